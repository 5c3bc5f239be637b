"""A case begins: information handed out, agreement given, legal basis, number, lead, phase."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from faden.cases import rules
from faden.cases.actions.timeline import tell
from faden.cases.models import (
    AnonymousMatter,
    Case,
    CaseMember,
    Inquiry,
    PhaseChange,
    TimelineEntry,
)
from faden.cases.vocabulary.case import CASE_OPENED, EntryKind, Phase, Urgency
from faden.cases.vocabulary.inquiry import BECAME_NAMED, InquiryResult
from faden.consents.actions.agreements import Agreed, note_agreement
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.kernel.rls import wait_for_turn
from faden.organisations.models import Membership, Organisation
from faden.persons.actions.changes import facts_changed
from faden.persons.actions.people import NewPerson, add
from faden.persons.models import Person


@dataclass(frozen=True)
class Opening:
    """All that opening a case records. `agreed` None: taken over from another service, she is asked here first."""

    agreed: Agreed | None
    urgency: str
    lead: UUID
    new_person: NewPerson | None = None
    known_person: UUID | None = None
    matter: UUID | None = None
    inquiry: UUID | None = None


def open_case(opening: Opening, *, by: Actor, on: date, at: datetime) -> Case:
    """Open a case for a new or a known person; from an anonymous matter it is named by this act."""
    person = _person(opening, by)
    matter = AnonymousMatter.objects.filter(id=opening.matter).first() if opening.matter else None
    if matter and Case.objects.filter(matter=matter).exists():
        raise Invalid(_("Zu diesem Kennwort gibt es schon einen Fall."))
    case = Case.objects.create(
        organisation_id=by.organisation_id,
        number=_next_number(by, on),
        person=person,
        lead=_lead(opening.lead),
        phase=Phase.CLARIFICATION,
        urgency=opening.urgency or Urgency.NORMAL,
        opened_on=on,
        matter=matter,
        inquiry_id=opening.inquiry,
    )
    if opening.agreed:
        note_agreement(opening.agreed, person=person, by=by, at=at)
    change = PhaseChange.objects.create(
        organisation_id=by.organisation_id, case=case, phase=case.phase, changed_at=at, changed_by=by.person
    )
    CaseMember.objects.create(organisation_id=by.organisation_id, case=case, person=person, from_on=on)
    tell(case, kind=EntryKind.OPENED, about=change.id, at=at, persons=())
    _take_over_inquiries(case, by=by, at=at)
    facts_changed(person.id, by=by)
    audit.note(CASE_OPENED, by=by, at=at, subject=case.id, number=case.number)
    return case


def _person(opening: Opening, by: Actor) -> Person:
    if opening.known_person:
        person = Person.objects.filter(id=opening.known_person).first()
        if person is None:
            raise NotFound(_("Diese Person gibt es hier nicht."))
        return person
    if opening.new_person is None:
        raise Invalid(_("Bitte geben Sie einen Namen an."), "family")
    return add(opening.new_person, by=by)


def _lead(membership_id: UUID) -> Membership:
    lead = Membership.objects.filter(id=membership_id, role="case_manager").first()
    if lead is None:
        raise Invalid(_("Bitte wählen Sie, wer den Fall führt."), "lead")
    return lead


def _next_number(by: Actor, on: date) -> str:
    # Two openings at once would read the same highest number.
    wait_for_turn("case-number", by)
    prefix = Organisation.objects.get(id=by.organisation_id).case_prefix
    start = rules.case_number(prefix, on.year, 0)[:-4]
    # From the longest on: after 9999 come five digits, which sort below as text.
    found = Case.objects.filter(number__gte=start, number__lt=start + ":")
    highest = found.annotate(running=Substr("number", len(start) + 1)).aggregate(Max("running"))[
        "running__max"
    ]
    return rules.case_number(prefix, on.year, int(highest or 0) + 1)


def _take_over_inquiries(case: Case, *, by: Actor, at: datetime) -> None:
    """The history under the Kennwort, or the one inquiry, becomes part of the case."""
    if case.matter_id:
        inquiries = list(Inquiry.objects.filter(matter_id=case.matter_id))
        audit.note(BECAME_NAMED, by=by, at=at, subject=case.id, contacts=len(inquiries))
    else:
        inquiries = list(Inquiry.objects.filter(id=case.inquiry_id)) if case.inquiry_id else []
    ids = [inquiry.id for inquiry in inquiries]
    if TimelineEntry.objects.filter(id__in=ids).exclude(case=case).exists():
        raise Conflict(_("Aus dieser Anfrage ist schon ein Fall entstanden."))
    for inquiry in inquiries:
        tell(case, kind=EntryKind.INQUIRY, about=inquiry.id, at=inquiry.asked_at, persons=[case.person_id])
    Inquiry.objects.filter(id__in=ids).update(result=InquiryResult.CASE_STARTED)
