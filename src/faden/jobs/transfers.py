"""Each night: a Fallübergabe nobody answered ends, and where the overlap is over our side ends."""

from dataclasses import replace

from faden.casework.actions.handing_over import Leaving, finish_when_due
from faden.jobs.doors import OneByOne, each_service, opened
from faden.jobs.queue import JOBS
from faden.kernel import clock
from faden.kernel.queue import enqueue
from faden.referrals.actions import transfer_ends
from faden.referrals.queries.transfers import due_on
from faden.retention.policy import policy


@JOBS.periodic(cron="40 0 * * *")
@JOBS.task(name="transfers.night", queueing_lock="transfers.night")
def night(timestamp: int = 0) -> None:
    """One job per service, so that one that fails does not keep the others."""
    for organisation_id in each_service():
        with opened(organisation_id, write=True) as by:
            enqueue("transfers.of_service", by=by, key=f"transfers-{organisation_id}")


@JOBS.task(name="transfers.of_service")
def of_service(organisation_id: int) -> int:
    """How many cases ended here; a transaction each, so that one that cannot end keeps nobody else's."""
    work = OneByOne("transfers.of_service", organisation_id)
    work.once(lambda by: transfer_ends.expire(by=by, on=clock.today(), at=clock.now()))
    with opened(organisation_id, write=False):
        due = due_on(clock.today())
    leaving, ended = Leaving(policy().last_day("fallakte", since=clock.today())), []
    # The night does what somebody ordered when she sent it: her name stands there, with the night's role.
    work.each(due, lambda transfer, by: ended.append(
        finish_when_due(transfer, leaving, by=replace(by, user_id=transfer.sent_by), on=clock.today(), at=clock.now())
    ))  # fmt: skip
    work.report()
    return sum(ended)
