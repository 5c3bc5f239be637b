"""Who belongs to a case: joining makes a family of it, leaving keeps all that was written."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions.deadlines import end_for_person
from faden.cases.actions.timeline import tell
from faden.cases.models import Case, CaseMember
from faden.cases.vocabulary.case import MEMBER_JOINED, MEMBER_LEFT, EntryKind, Scope
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Invalid, NotFound
from faden.persons.actions.changes import facts_changed
from faden.persons.models import Person


def join(case: Case, person: Person, *, by: Actor, on: date, at: datetime) -> CaseMember:
    """One more person in the case; from the second on it is a family's."""
    if CaseMember.objects.filter(case=case, person=person, until_on__isnull=True).exists():
        raise Invalid(_("Diese Person gehört schon zu diesem Fall."), "person")
    member = CaseMember.objects.create(
        organisation_id=by.organisation_id, case=case, person=person, from_on=on
    )
    if case.scope == Scope.PERSON:
        Case.objects.filter(id=case.id).update(scope=Scope.FAMILY)
        case.scope = Scope.FAMILY
    tell(case, kind=EntryKind.MEMBER, about=member.id, at=at, persons=[person.id])
    facts_changed(person.id, by=by)
    audit.note(MEMBER_JOINED, by=by, at=at, subject=case.id, person=str(person.id))
    return member


def leave(case: Case, person_id: UUID, *, by: Actor, on: date, at: datetime) -> None:
    """The person is no longer part of the work; what was written stays with its tags."""
    if on > at.astimezone(BERLIN).date():
        # Until then she belongs, and all that hides her family would look away from today on.
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "last_day")
    if person_id == case.person_id:
        raise Invalid(_("Nach dieser Person ist der Fall benannt. Schließen Sie den Fall, statt sie herauszunehmen."))
    member = CaseMember.objects.filter(case=case, person_id=person_id, until_on__isnull=True).first()
    if member is None:
        raise NotFound(_("Diese Person gehört nicht zu diesem Fall."))
    member.until_on = max(on, member.from_on)
    member.save(update_fields=["until_on"])
    end_for_person(case, person_id, at=at)
    audit.note(MEMBER_LEFT, by=by, at=at, subject=case.id, person=str(person_id))
