"""Each night, each service: exemptions and Laufende Freigaben end, and finished steps teach how long things take."""

from faden.chains.actions.bending import end_exemptions
from faden.chains.actions.measure import measure
from faden.chains.actions.sharing import end_expired
from faden.chains.queries.exemptions import cases_with_ended_exemptions
from faden.chains.queries.sharing import cases_with_expired_shares
from faden.jobs.doors import each_service, opened
from faden.jobs.queue import JOBS
from faden.kernel import clock
from faden.kernel.queue import enqueue


@JOBS.periodic(cron="20 0 * * *")
@JOBS.task(name="chains.night", queueing_lock="chains.night")
def night(timestamp: int = 0) -> None:
    """One job per service, so that one that fails does not keep the others."""
    for organisation_id in each_service():
        with opened(organisation_id, write=True) as by:
            enqueue("chains.of_service", by=by, key=f"chains-{organisation_id}")


@JOBS.task(name="chains.of_service")
def of_service(organisation_id: int) -> None:
    """Exemptions first: steps that are back are ready before anybody looks. A transaction for each case."""
    with opened(organisation_id, write=False):
        cases, shared = cases_with_ended_exemptions(on=clock.today()), cases_with_expired_shares(on=clock.today())
    for case in shared:
        with opened(organisation_id, write=True) as by:
            end_expired(case, by=by, at=clock.now())
    for case in cases:
        with opened(organisation_id, write=True) as by:
            end_exemptions(case, by=by, at=clock.now())
    with opened(organisation_id, write=True) as by:
        measure(by=by, on=clock.today())
