"""Each night, each service: whose parents' consents end today."""

from faden.casework.actions.coming_of_age import come_of_age
from faden.consents.queries import agreements as consents
from faden.jobs.doors import each_service, opened
from faden.jobs.queue import JOBS
from faden.kernel import clock
from faden.kernel.queue import enqueue


@JOBS.periodic(cron="5 0 * * *")
@JOBS.task(name="of_age.night", queueing_lock="of_age.night")
def night(timestamp: int = 0) -> None:
    """One job per service, so that one that fails does not keep the others."""
    for organisation_id in each_service():
        with opened(organisation_id, write=True) as by:
            enqueue("of_age.of_service", by=by, key=f"of-age-{organisation_id}")


@JOBS.task(name="of_age.of_service")
def of_service(organisation_id: int) -> None:
    """Just after midnight: nobody's parents decide for her on her eighteenth birthday."""
    with opened(organisation_id, write=True) as by:
        for person_id in consents.grown_up(on=clock.today()):
            come_of_age(person_id, by=by, on=clock.today(), at=clock.now())
