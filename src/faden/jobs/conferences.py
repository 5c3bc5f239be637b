"""Invitations to a Fallkonferenz by mail: day, time and place, and no word about whom."""

from uuid import UUID

from faden.jobs.doors import opened
from faden.jobs.queue import AGAIN_SOON, JOBS
from faden.outside import mail
from faden.referrals.queries.invitations import mail_for


@JOBS.task(name="conferences.invite", retry=AGAIN_SOON)
def invite(organisation_id: int, participant_id: str) -> None:
    """One mail, outside any transaction; who is off the list, or what is called off meanwhile, gets none."""
    with opened(organisation_id, write=False):
        found = mail_for(UUID(participant_id))
    if found:
        mail.send_plain(found.subject, found.words, to=found.to)
