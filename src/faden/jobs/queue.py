"""The list of all jobs. A job names a service and ids, opens that service's door, calls one action."""

import procrastinate

JOBS = procrastinate.Blueprint()


def ready(app: procrastinate.App) -> None:
    """Called by procrastinate once Django is ready: give it all jobs."""
    from faden.jobs import registered  # noqa: F401, PLC0415 -- jobs need Django's models

    app.add_tasks_from(JOBS, namespace="")
