"""Weitergabe by law out of a case: put before the second person, and told once she has confirmed it."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions import timeline
from faden.cases.actions.concerning import About, checked
from faden.cases.models import Case
from faden.cases.queries.by_law import entry_of
from faden.cases.vocabulary.case import EntryKind
from faden.consents.actions import lawful as verbs
from faden.consents.actions import releases
from faden.consents.actions.lawful import ByLaw
from faden.consents.actions.releases import Told
from faden.consents.models import LawfulRelease, Release
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid
from faden.persons.models import Person


def ask(case: Case, by_law: ByLaw, *, about: About, by: Actor, at: datetime, today: date) -> LawfulRelease:
    """About exactly one person of the case; its line tells to which case it belongs, and nothing has left."""
    tags = checked(about, case=case)
    persons: list[UUID] = tags["persons"]  # type: ignore[assignment]
    if len(persons) != 1:
        raise Invalid(_("Eine Weitergabe betrifft genau eine Person. Legen Sie für jede eine eigene vor."), "persons")
    made = verbs.ask(by_law, person=Person.objects.get(id=persons[0]), by=by, at=at, today=today)
    timeline.tell(case, kind=EntryKind.RELEASE, about=made.id, at=at, persons=persons, confidential=about.confidential)
    return made


def inform(case: Case, lawful_id: UUID, *, informed_on: date, by: Actor, at: datetime, today: date) -> None:
    """The person has been told of it."""
    entry_of(case, lawful_id)
    if informed_on > today:
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "informed_on")
    verbs.inform(lawful_id, informed_on=informed_on, by=by, at=at)


def pass_on(case: Case, told: Told, *, by: Actor, at: datetime, today: date) -> Release:
    """What was confirmed leaves now; a line of the register and of the case, confidential where the check was."""
    assert told.lawful is not None
    confidential = entry_of(case, told.lawful.id).confidential
    return note_release(case, told, confidential=confidential, by=by, at=at, today=today)


def note_release(case: Case, told: Told, *, confidential: bool, by: Actor, at: datetime, today: date) -> Release:
    """Whatever the ground: the Weitergabe and its line, in the vertraulicher Faden where it came from one."""
    assert told.person_id is not None
    made = releases.release(told, by=by, at=at, today=today)
    timeline.tell(
        case, kind=EntryKind.RELEASE, about=made.id, at=at, persons=[told.person_id], confidential=confidential
    )
    return made
