"""Fallkonferenzen of a case: the list, and one with its table "Wer darf was hören" as it stands now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.models import Appointment, Case
from faden.consents.models import LawfulRelease
from faden.consents.queries.agreements import agreed_to_substitution
from faden.consents.queries.declarations import standing_consents
from faden.consents.queries.grounds import confirmed_lately
from faden.consents.vocabulary import DataClass, LawNorm
from faden.documents.queries.forms import signed_elsewhere
from faden.kernel.clock import BERLIN
from faden.kernel.errors import NotFound
from faden.persons.queries.cards import main_names
from faden.persons.queries.families import ties_between
from faden.referrals.models import Conference, ConferencePoint, Hearing, Participant
from faden.referrals.rules.conferences import (
    Hears,
    Named,
    Present,
    Seat,
    at_the_table,
    choices,
    is_shown,
    may_hear,
)
from faden.referrals.vocabulary import ConferenceState, HearsBy, InvitedBy, ParticipantKind

# Why somebody may be told nothing of a person, by the code of the rule.
GAPS = {
    "no_names": gettext_lazy("hört nichts über die Person"),
    "ground_over": gettext_lazy("die Grundlage gilt nicht mehr"),
    "ground_over_by_then": gettext_lazy("die Einwilligung endet vor dem Tag der Konferenz"),
    "ground_of_another": gettext_lazy("die Grundlage gilt für jemand anderen"),
    "not_herself": gettext_lazy("es geht nicht um sie selbst"),
    "represents_no_more": gettext_lazy("vertritt die Person nicht"),
    "not_of_our_service": gettext_lazy("gehört nicht zu unserem Dienst"),
    "not_agreed_to_team": gettext_lazy("die Person hat nicht zugestimmt, dass das Team von ihr erfährt"),
    "nobody_there_to_agree": gettext_lazy("die Person sitzt nicht am Tisch und kann nicht zustimmen"),
}
# Nothing is wrong with it: somebody chose that she hears nothing.
_CHOSEN = "no_names"


def words_of(classes: Iterable[str]) -> tuple[str, ...]:
    """Data classes in words, in the order of the vocabulary."""
    known = set(classes)
    return tuple(str(one.label) for one in DataClass if one in known)


@dataclass(frozen=True)
class Cell:
    """What one at the table may hear of one person."""

    hearing_id: UUID | None
    person_id: UUID
    hears: Hears
    by: str
    ground_id: UUID | None
    ground: str  # in words

    @property
    def words(self) -> tuple[str, ...]:
        """The classes in words; ("alles",) where nothing is left out."""
        return (_("alles, was zum Fall gehört"),) if self.hears.is_all else words_of(self.hears.classes)

    @property
    def why_not(self) -> str:
        """Why nothing may be told."""
        return str(GAPS[self.hears.gap]) if self.hears.gap else ""

    @property
    def is_warning(self) -> bool:
        """A ground was chosen and does not carry any more."""
        return self.hears.gap not in ("", _CHOSEN)


@dataclass(frozen=True)
class Row:
    """One at the table with what she may hear of each."""

    id: UUID
    kind: ParticipantKind
    name: str
    function: str
    cells: tuple[Cell, ...]
    came: bool | None
    invited: str
    recipient_key: str
    person_id: UUID | None
    minutes_sent: bool

    @property
    def hears(self) -> dict[UUID, Hears]:
        """By person."""
        return {cell.person_id: cell.hears for cell in self.cells}


@dataclass(frozen=True)
class Point:
    """A point of the agenda; `not_before`: those at the table who may not hear it."""

    id: UUID
    position: int
    title: str
    person_id: UUID | None
    person: str
    data_class: str
    class_words: str
    said: str
    agreed: str
    who: str
    until_on: date | None
    task_id: UUID | None
    step_id: UUID | None
    chain_id: UUID | None
    not_before: tuple[str, ...]


@dataclass(frozen=True)
class ConferencePage:
    """One Fallkonferenz as it stands now."""

    id: UUID
    row: Conference
    appointment: Appointment
    question: str
    state: ConferenceState
    persons: tuple[tuple[UUID, str], ...]
    confidential: bool
    rows: tuple[Row, ...]
    points: tuple[Point, ...]
    together: tuple[tuple[UUID, str, tuple[str, ...]], ...]  # person, name, what all may hear
    version: int
    present: Present

    @property
    def title(self) -> str:
        return self.appointment.subject

    @property
    def day(self) -> date:
        """German day on which it takes place."""
        return self.appointment.starts_at.astimezone(BERLIN).date()

    @property
    def is_planned(self) -> bool:
        """Still ahead, or not yet noted."""
        return self.state == ConferenceState.PLANNED and not self.appointment.dropped_because

    @property
    def is_held(self) -> bool:
        return self.state == ConferenceState.HELD

    @property
    def warnings(self) -> list[tuple[str, str, str]]:
        """(who, about whom, why) where a chosen ground does not carry any more."""
        names = dict(self.persons)
        return [
            (row.name, names[cell.person_id], cell.why_not) for row in self.rows for cell in row.cells if cell.is_warning
        ]

    def has_begun(self, at: datetime) -> bool:
        """From then on it can be noted."""
        return self.appointment.starts_at <= at

    def row_of(self, participant_id: UUID) -> Row:
        """One at the table."""
        found = next((row for row in self.rows if row.id == participant_id), None)
        if found is None:
            raise NotFound(_("Diese Person sitzt hier nicht am Tisch."))
        return found

    def point(self, point_id: UUID) -> Point:
        """One of the agenda."""
        found = next((one for one in self.points if one.id == point_id), None)
        if found is None:
            raise NotFound(_("Diesen Punkt gibt es hier nicht."))
        return found

    def points_for(self, row: Row) -> list[Point]:
        """Those that may stand in her minutes."""
        return [one for one in self.points if is_shown(one.person_id, one.data_class, row.hears)]


def conference_in(case: Case, conference_id: UUID) -> Conference:
    """One of this case."""
    found = Conference.objects.select_related("appointment", "case").filter(case=case, id=conference_id).first()
    if found is None:
        raise NotFound(_("Diese Fallkonferenz gibt es hier nicht."))
    return found


def conference_page(case: Case, conference_id: UUID, *, today: date) -> ConferencePage:
    """One with all that stands on its page; fifteen statements whatever the size of the table."""
    row = conference_in(case, conference_id)
    seats = list(
        Participant.objects.filter(conference=row).select_related("recipient", "agency", "member").order_by("id")
    )
    hearings = {
        (one.participant_id, one.person_id): one for one in Hearing.objects.filter(participant__conference=row)
    }
    names = main_names({*row.persons, *(seat.person_id for seat in seats if seat.person_id)})
    present = present_at(row, seats, today=today)
    labels = ground_labels(present, today=today)
    rows = tuple(_row(seat, row.persons, hearings, present, names, labels) for seat in seats)
    found = ConferencePoint.objects.filter(conference=row).select_related("step").order_by("position")
    return ConferencePage(
        row.id, row, row.appointment, row.question, ConferenceState(row.state),
        tuple((person, names.get(person, "")) for person in row.persons), row.confidential, rows,
        tuple(_point(one, rows, names) for one in found),
        tuple(
            (person, names.get(person, ""), words_of(at_the_table(one.hears[person] for one in rows)) if rows else ())
            for person in row.persons
        ),
        row.version, present,
    )  # fmt: skip


def present_at(row: Conference, seats: Iterable[Participant], *, today: date) -> Present:
    """What counts now for everybody at this table; seven statements."""
    grounds = {
        one.id: Named(one.id, one.person_id, one.recipient_key, frozenset(one.data_classes), one.until)
        for one in standing_consents(row.persons, today)
    }
    lawful = LawfulRelease.objects.filter(confirmed_lately(today), person__in=row.persons).defer("facts")
    grounds |= {
        one.id: Named(one.id, one.person_id, one.recipient_key, frozenset(one.data_classes)) for one in lawful
    }
    hidden = signed_elsewhere(row.case, grounds, confidential=row.confidential)
    grounds = {key: one for key, one in grounds.items() if key not in hidden}
    seated = frozenset(seat.person_id for seat in seats if seat.person_id)
    ties = ties_between({*row.persons, *seated}, on=today)
    agreed = agreed_to_substitution(row.persons)
    return Present(
        grounds, seated, frozenset((tie.relative_id, tie.person_id) for tie in ties if tie.represents),
        frozenset(person for person, yes in agreed.items() if yes), frozenset({row.case.lead_id}),
        row.appointment.starts_at.astimezone(BERLIN).date(),
    )  # fmt: skip


def ground_labels(present: Present, *, today: date, in_full: bool = False) -> dict[UUID, str]:
    """Each ground in words: the consent with its purpose and last day, `in_full` also what it names; the norm of a Befugnis."""
    short, full = _("Einwilligung „%(purpose)s“, bis %(day)s"), _("Einwilligung „%(purpose)s“ (%(classes)s), bis %(day)s")
    words = {
        one.id: (full if in_full else short) % {"purpose": one.purpose, "classes": one.classes_words, "day": f"{one.until:%d.%m.%Y}"}
        for one in standing_consents({one.person for one in present.grounds.values()}, today)
    }
    rest = [key for key in present.grounds if key not in words]
    norms = LawfulRelease.objects.filter(id__in=rest).values_list("id", "norm", "norm_words")
    return words | {key: (named if norm == LawNorm.OTHER else str(LawNorm(norm).label)) for key, norm, named in norms}


def seat_of(row: Participant) -> Seat:
    """A row as the rules see it."""
    key = f"s{row.recipient_id}" if row.recipient_id else f"a{row.agency_id}" if row.agency_id else ""
    return Seat(row.id, row.kind, row.person_id, row.member_id, key)


def choices_for(row: Participant, person: UUID, present: Present, *, today: date) -> list[tuple[str, object]]:
    """(what a form sends, in words) of all by which this one could hear of this person."""
    labels = ground_labels(present, today=today, in_full=True)
    return [
        (f"{by}:{ground}" if ground else str(by), labels.get(ground, "") if ground else str(by.label))
        for by, ground in choices(seat_of(row), person, present)
    ]


def _row(
    seat: Participant, persons: list[UUID], hearings: dict[tuple[UUID, UUID], Hearing], present: Present,
    names: dict[UUID, str], labels: dict[UUID, str],
) -> Row:  # fmt: skip
    known = seat_of(seat)
    cells = tuple(_cell(known, person, hearings.get((seat.id, person)), present, labels) for person in persons)
    name = names.get(seat.person_id, "") if seat.person_id else seat.name
    mine = [one for (participant, _person), one in hearings.items() if participant == seat.id]
    return Row(
        seat.id, ParticipantKind(seat.kind), name or seat.name, str(ParticipantKind(seat.kind).label), cells, seat.came,
        str(InvitedBy(seat.invited_how).label) if seat.invited_how else "", known.recipient_key, seat.person_id,
        any(one.minutes_id for one in mine),
    )  # fmt: skip


def _cell(seat: Seat, person: UUID, hearing: Hearing | None, present: Present, labels: dict[UUID, str]) -> Cell:
    if hearing is None:
        return Cell(None, person, Hears(frozenset(), _CHOSEN), HearsBy.NO_NAMES, None, "")
    ground = hearing.consent_id or hearing.lawful_id
    label = labels.get(ground, "") if ground else ""
    return Cell(
        hearing.id, person, may_hear(seat, person, hearing.ground, ground, present), hearing.ground, ground,
        label or str(HearsBy(hearing.ground).label),
    )  # fmt: skip


def _point(row: ConferencePoint, rows: tuple[Row, ...], names: dict[UUID, str]) -> Point:
    barred = [one.name for one in rows if not is_shown(row.person_id, row.data_class, one.hears)]
    return Point(
        row.id, row.position, row.title, row.person_id, names.get(row.person_id, "") if row.person_id else "", row.data_class,
        str(DataClass(row.data_class).label) if row.data_class else "", row.said or "", row.agreed or "", row.who, row.until_on,
        row.task_id, row.step_id, row.step.chain_id if row.step else None, tuple(barred),
    )  # fmt: skip
