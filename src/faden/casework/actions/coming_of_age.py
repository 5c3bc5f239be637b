"""Someone turns 18: what her parents agreed to ends, and whoever works with her is told to ask her herself."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from faden.cases.actions import tasks
from faden.cases.actions.concerning import About
from faden.cases.models import Case, CaseMember
from faden.cases.vocabulary.case import Phase
from faden.consents.actions.of_age import end_what_parents_gave
from faden.documents.actions import forms
from faden.kernel.actor import Actor
from faden.residence.actions import outlooks

DAYS_TO_ASK = 14


def come_of_age(person_id: UUID, *, by: Actor, on: date, at: datetime) -> int:
    """End the parents' consents and declarations, and make a task in each open case she is in; returns how many tasks."""
    end_what_parents_gave(person_id, by=by, at=at)
    forms.of_age(person_id, by=by, on=on, at=at)
    outlooks.end_of_age(person_id, by=by, at=at)
    memberships = CaseMember.objects.filter(person_id=person_id, until_on__isnull=True).select_related("case")
    cases = [member.case for member in memberships if member.case.phase != Phase.CLOSED]
    for case in cases:
        tasks.make(_wanted(case, person_id, on), case=case, by=by, at=at)
    return len(cases)


def _wanted(case: Case, person_id: UUID, on: date) -> tasks.Wanted:
    # A job has no reader whose language could be asked: the desk's own is German.
    with translation.override("de"):
        title = _("Volljährig: eigene Einwilligung besprechen, die der Eltern ist beendet")
    return tasks.Wanted(title, on + timedelta(days=DAYS_TO_ASK), case.lead_id, About((person_id,)))
