"""Erinnerungen: who is to be reminded now, what lies there to be printed, what did not arrive."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from faden.cases.models import Appointment, CaseMember, ContactNote, Reminder, ReminderWish
from faden.cases.queries.masking import HERE, masked_cases
from faden.cases.queries.substitutions import deputised_by, not_to_deputies
from faden.cases.rules.reminders import JUST, Facts, what_happens
from faden.cases.vocabulary.appointment import AppointmentKind, ReminderState
from faden.cases.vocabulary.case import Phase
from faden.cases.vocabulary.contact_note import ContactType
from faden.organisations.models import Organisation, Site
from faden.persons.models import Person

# Two working days before Easter Monday are six days before.
HORIZON = timedelta(days=10)
UNDELIVERED = (ReminderState.FAILED, ReminderState.NO_ADDRESS)
_SETTLED = tuple(state for state in ReminderState.values if state != ReminderState.FAILED)


@dataclass(frozen=True)
class Due:
    """Somebody who is to be reminded of an appointment, and what happens."""

    appointment_id: UUID
    case_id: UUID
    person_id: UUID
    starts_at: datetime
    language: str
    email: str
    in_the_office: bool
    state: ReminderState


@dataclass(frozen=True)
class Sender:
    """What a reminder says about who sends it; the address only where there is one office."""

    name: str
    contact: str
    office: str


def due_now(*, now: datetime, appointment_id: UUID | None = None) -> list[Due]:
    """Everybody whose reminder is settled today and is not yet; seven statements."""
    appointments = _coming(now, appointment_id)
    persons = {person for row in appointments for person in row.persons}
    case_ids = {row.case_id for row in appointments if row.case_id}
    here = set(CaseMember.objects.filter(HERE, case_id__in=case_ids).values_list("case_id", "person_id"))
    people = {person.id: person for person in Person.objects.filter(id__in=persons)}
    wishes = {wish.person_id: wish for wish in ReminderWish.objects.filter(person_id__in=persons)}
    settled = set(
        Reminder.objects.filter(appointment__in=appointments, state__in=_SETTLED).values_list(
            "appointment_id", "person_id", "starts_at"
        )
    )
    masked, talks = masked_cases(case_ids), _last_talks(case_ids, now)
    found = []
    for row in appointments:
        for person_id in row.persons:
            if (row.case_id, person_id) not in here or (row.id, person_id, row.starts_at) in settled:
                continue
            person, wish = people[person_id], wishes.get(person_id)
            state = what_happens(_facts(row, person, wish, masked, talks), now=now)
            if state:
                found.append(_due(row, person, wish, state))
    return found


def _coming(now: datetime, appointment_id: UUID | None) -> list[Appointment]:
    found = Appointment.objects.filter(
        ~Q(case__phase=Phase.CLOSED),
        starts_at__gt=now,
        starts_at__lt=now + HORIZON,
        dropped_because="",
        case__isnull=False,
    )
    return list((found.filter(id=appointment_id) if appointment_id else found).order_by("starts_at", "id"))


def _last_talks(case_ids: Collection[UUID], now: datetime) -> dict[tuple[UUID, UUID], datetime]:
    """When each person was last spoken with; a contact with an agency is not one with her."""
    notes = ContactNote.objects.filter(~Q(type=ContactType.AGENCY), case_id__in=case_ids, happened_at__gte=now - JUST)
    found: defaultdict[tuple[UUID, UUID], list[datetime]] = defaultdict(list)
    for case_id, persons, at in notes.values_list("case_id", "persons", "happened_at"):
        for person in persons:
            found[case_id, person].append(at)
    return {key: max(moments) for key, moments in found.items()}


def _facts(
    row: Appointment,
    person: Person,
    wish: ReminderWish | None,
    masked: Collection[UUID],
    talks: dict[tuple[UUID, UUID], datetime],
) -> Facts:
    return Facts(
        starts_at=row.starts_at,
        made_at=row.made_at,
        way=wish.way if wish else "",
        has_address=bool(person.email),
        # With one protected person in the family nobody of it gets a mail: a mailbox may be shared.
        is_protected=row.case_id in masked,
        is_confidential=row.confidential,
        has_answered=bool(row.answer),
        last_contact=talks.get((row.case_id, person.id)),  # type: ignore[arg-type]
    )


def _due(row: Appointment, person: Person, wish: ReminderWish | None, state: ReminderState) -> Due:
    return Due(
        appointment_id=row.id,
        case_id=row.case_id,  # type: ignore[arg-type]
        person_id=person.id,
        starts_at=row.starts_at,
        language=(wish.language if wish else "") or language_of(person),
        email=person.email if state == ReminderState.SENT else "",
        in_the_office=row.kind == AppointmentKind.OFFICE,
        state=state,
    )


def language_of(person: Person) -> str:
    """The language she needs an interpreter for, else the first she named."""
    return person.interpreter_language or next(iter(person.languages), "")


def sender(organisation_id: int) -> Sender:
    """Two statements."""
    service = Organisation.objects.get(id=organisation_id)
    sites = list(Site.objects.values_list("name", "address")[:2])
    return Sender(service.name, service.contact, ", ".join(sites[0]) if len(sites) == 1 else "")


def wish_of(person_id: UUID) -> ReminderWish | None:
    """How she wants it; nothing where nobody asked her."""
    return ReminderWish.objects.filter(person_id=person_id).first()


@dataclass(frozen=True)
class Waiting:
    """How many reminders of a colleague want something: slips to print, mails that did not arrive."""

    to_print: int = 0
    undelivered: int = 0

    def __bool__(self) -> bool:
        return bool(self.to_print or self.undelivered)


def waiting_for(membership_ids: Iterable[UUID], *, now: datetime) -> Waiting:
    """Only what still counts: the appointment is to come, at this time; one statement."""
    return Waiting(
        **_counting(membership_ids, now).aggregate(
            to_print=Count("id", filter=Q(state=ReminderState.TO_PRINT)),
            undelivered=Count("id", filter=Q(state__in=UNDELIVERED)),
        )
    )


def _counting(membership_ids: Iterable[UUID], now: datetime) -> QuerySet[Reminder]:
    return Reminder.objects.filter(
        appointment__host_id__in=list(membership_ids),
        appointment__starts_at__gt=now,
        appointment__dropped_because="",
        starts_at=F("appointment__starts_at"),
    )


@dataclass(frozen=True)
class Slip:
    """A reminder as the list shows it: which case and when, never whom."""

    id: UUID
    case_id: UUID
    number: str
    starts_at: datetime
    language: str
    state: str
    in_the_office: bool  # and it may be said where that is

    @property
    def is_paper(self) -> bool:
        """It can be printed, perhaps once more."""
        return self.state in (ReminderState.TO_PRINT, ReminderState.PRINTED)

    @property
    def is_printed(self) -> bool:
        """It was."""
        return self.state == ReminderState.PRINTED

    @property
    def state_label(self) -> str:
        """The word for it."""
        return str(ReminderState(self.state).label)


def slips_for(membership_id: UUID, *, today: date, now: datetime) -> list[Slip]:
    """What is to be printed or was, and what did not arrive, by day; six statements at most.

    Of whom one stands in for only where the client agreed to that.
    """
    absent = [one.absent_id for one in deputised_by(membership_id, on=today)]
    shown = [ReminderState.TO_PRINT, ReminderState.PRINTED, *UNDELIVERED]
    found = _counting([membership_id, *absent], now).filter(state__in=shown).select_related("appointment__case")
    rows = [(row, row.appointment, row.appointment.case) for row in found.order_by("starts_at", "id")[:100]]
    refused = not_to_deputies(case for _row, of, case in rows if case and of.host_id != membership_id)
    # With day and hour on one paper, the place of our office is where a protected person can be waited for.
    masked = masked_cases(case.id for _row, _of, case in rows if case)
    return [
        Slip(
            row.id, case.id, case.number, row.starts_at, row.language, row.state,
            of.kind == AppointmentKind.OFFICE and case.id not in masked,
        )
        for row, of, case in rows
        if case and (of.host_id == membership_id or case.id not in refused)
    ]  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What became of the reminder of one person, for the page of the appointment."""

    person_id: UUID
    state: str
    settled_at: datetime
    for_another_time: bool


def told_of(appointment: Appointment) -> list[Told]:
    """The newest for each person; one statement."""
    rows = Reminder.objects.filter(appointment=appointment).order_by("settled_at", "id")
    newest = {row.person_id: row for row in rows}
    return [
        Told(row.person_id, str(ReminderState(row.state).label), row.settled_at, row.starts_at != appointment.starts_at)
        for row in newest.values()
    ]

