"""The list of all jobs. A job names a service and ids, opens that service's door, calls one action."""

import procrastinate

JOBS = procrastinate.Blueprint()

# Waits 4, 16, 64 … seconds: ten attempts are more than three days, six are an hour and a half.
AGAIN = procrastinate.RetryStrategy(max_attempts=10, exponential_wait=4)
AGAIN_SOON = procrastinate.RetryStrategy(max_attempts=6, exponential_wait=4)


def ready(app: procrastinate.App) -> None:
    """Called by procrastinate once Django is ready: give it all jobs."""
    from faden.jobs import registered  # noqa: F401, PLC0415 -- jobs need Django's models

    app.add_tasks_from(JOBS, namespace="")
