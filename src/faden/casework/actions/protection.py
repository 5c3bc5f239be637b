"""An Auskunftssperre ends soon: whoever works with the person is told in time to ask for another term."""

from datetime import date, datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from faden.cases.actions import tasks
from faden.cases.actions.concerning import About
from faden.cases.models import Case, CaseMember
from faden.cases.vocabulary.case import Phase
from faden.kernel.actor import Actor
from faden.persons.actions.protection import note_reminded
from faden.persons.models import ProtectionMark
from faden.persons.queries.protection import to_remind_of

# The registry office needs a request with reasons, and time to decide.
BEFORE_THE_END = timedelta(days=28)


def remind(*, by: Actor, on: date, at: datetime) -> int:
    """A task for the lead of each open case the person is in; once for each mark. Returns how many tasks."""
    return sum(_remind_of(mark, by=by, on=on, at=at) for mark in to_remind_of(on=on))


def _remind_of(mark: ProtectionMark, *, by: Actor, on: date, at: datetime) -> int:
    memberships = CaseMember.objects.filter(person_id=mark.person_id, until_on__isnull=True).select_related("case")
    cases = [member.case for member in memberships if member.case.phase != Phase.CLOSED]
    for case in cases:
        tasks.make(_wanted(mark, case, on), case=case, by=by, at=at)
    # Without an open case it stays to be said: a case taken up again later is told then.
    if cases:
        note_reminded(mark, at=at)
    return len(cases)


def _wanted(mark: ProtectionMark, case: Case, on: date) -> tasks.Wanted:
    assert mark.until_on is not None  # `to_remind_of` finds no others
    # A job has no reader whose language could be asked. The kind of the mark stands on its page only.
    with translation.override("de"):
        title = _("Schutzvermerk: Verlängerung klären, Frist %(day)s") % {"day": f"{mark.until_on:%d.%m.%Y}"}
    return tasks.Wanted(title, max(on, mark.until_on - BEFORE_THE_END), case.lead_id, About((mark.person_id,)))
