"""What the house sweeps by itself: finished jobs. No service's rows."""

from procrastinate.contrib.django import app

from faden.jobs.queue import JOBS

KEEP_HOURS = 14 * 24


@JOBS.periodic(cron="17 3 * * *")
@JOBS.task(name="house.sweep", queueing_lock="house.sweep")
async def sweep(timestamp: int = 0) -> None:
    """Once a night: jobs that ended two weeks ago."""
    await app.job_manager.delete_old_jobs(nb_hours=KEEP_HOURS, include_failed=True)
