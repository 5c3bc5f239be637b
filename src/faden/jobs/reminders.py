"""Each morning, each service: who has an appointment in two working days is reminded, in her own language.

A mail goes out between two doors: the first asks once more whether it is still due, the second notes it.
"""

from uuid import UUID

from faden.cases.actions.reminders import settle
from faden.cases.queries.reminders import Due, Sender, due_now, sender
from faden.cases.vocabulary.appointment import ReminderState
from faden.documents.queries.words import words_in
from faden.documents.rules.reminder_texts import Reminding, mail_of
from faden.documents.rules.words import GERMAN, paper_language
from faden.jobs.doors import each_service, opened
from faden.jobs.queue import AGAIN_SOON, JOBS
from faden.kernel import clock
from faden.kernel.queue import enqueue
from faden.outside import mail


@JOBS.periodic(cron="0 7 * * *")
@JOBS.task(name="reminders.morning", queueing_lock="reminders.morning")
def morning(timestamp: int = 0) -> None:
    """One job per service, so that one that fails does not keep the others."""
    for organisation_id in each_service():
        with opened(organisation_id, write=True) as by:
            enqueue("reminders.of_service", by=by, key=f"reminders-{organisation_id}")


@JOBS.task(name="reminders.of_service")
def of_service(organisation_id: int) -> None:
    """Slips and refusals are noted at once; for each mail there is a job of its own."""
    with opened(organisation_id, write=True) as by:
        for due in due_now(now=clock.now()):
            if due.state == ReminderState.SENT:
                key = f"reminder-{due.appointment_id}-{due.person_id}"
                enqueue("reminders.mail", by=by, key=key, appointment_id=due.appointment_id, person_id=due.person_id)
            else:
                settle(due, due.state, by=by, at=clock.now())


# Waits 4, 16, 64 … seconds: six attempts are more than an hour. Each that failed stands in Mein Tag until one succeeds.
@JOBS.task(name="reminders.mail", retry=AGAIN_SOON)
def send(organisation_id: int, appointment_id: str, person_id: str) -> None:
    """One mail, outside any transaction; what was moved, answered or called off meanwhile is not sent."""
    with opened(organisation_id, write=False):
        found = due_now(now=clock.now(), appointment_id=UUID(appointment_id))
        due = next((one for one in found if one.person_id == UUID(person_id) and one.email), None)
        if due is None:
            return
        subject, text = _worded(due, sender(organisation_id))
    try:
        mail.send_plain(subject, text, to=due.email)
    except Exception:
        _note(organisation_id, due, ReminderState.FAILED)
        raise
    _note(organisation_id, due, ReminderState.SENT)


def _worded(due: Due, who: Sender) -> tuple[str, str]:
    words = words_in(paper_language([due.language]))
    said = Reminding(due.starts_at, who.office if due.in_the_office else "", who.name, who.contact)
    return mail_of(words, words_in(GERMAN), said)


def _note(organisation_id: int, due: Due, state: ReminderState) -> None:
    with opened(organisation_id, write=True) as by:
        settle(due, state, by=by, at=clock.now())
