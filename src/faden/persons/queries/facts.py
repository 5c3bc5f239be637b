"""What is known about a person: as of any day, as it was believed at any moment, and how it came to be known."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from faden.kernel.errors import NotFound
from faden.organisations.queries.memberships import names_of
from faden.persons.models import Address, DatedFact, Person, PersonName, Residence
from faden.persons.queries.addresses import guarded, hidden_address
from faden.persons.queries.fact_kinds import KINDS, Kind, Names, kind_of
from faden.persons.queries.protection import is_protected
from faden.persons.rules import papers
from faden.persons.rules.periods import Period
from faden.persons.vocabulary import CorrectionReason, FactKind, KnownFrom


@dataclass(frozen=True)
class Line:
    """One fact, ready to be shown."""

    id: UUID
    kind: str
    kind_label: str
    text: str
    details: tuple[str, ...]
    from_on: date | None
    until_on: date | None
    known_from: str
    hint: str = ""

    @property
    def days(self) -> str:
        """ "seit 01.03.2025", "bis 28.02.2027", both, or nothing."""
        if self.from_on and self.until_on:
            return _("%(first)s bis %(last)s") % {"first": _day(self.from_on), "last": _day(self.until_on)}
        if self.from_on:
            return _("seit %(day)s") % {"day": _day(self.from_on)}
        return _("bis %(day)s") % {"day": _day(self.until_on)} if self.until_on else ""


@dataclass(frozen=True)
class Section:
    """All facts of one kind that hold; `ran_out`: what ended last, where only one holds at a time and none does."""

    kind: FactKind
    lines: tuple[Line, ...]
    ran_out: Line | None = None

    @property
    def label(self) -> str:
        """As the page heads it."""
        return str(self.kind.label)

    def without_addresses(self) -> "Section":
        """That there is an address, and no more."""
        if self.kind != FactKind.ADDRESS:
            return self
        hidden = tuple(replace(line, text=hidden_address(), details=()) for line in self.lines)
        return replace(self, lines=hidden, ran_out=None)


@dataclass(frozen=True)
class Snapshot:
    """What was true of one person on a day."""

    day: date
    sections: tuple[Section, ...] = field(default=())

    @property
    def lines(self) -> list[Line]:
        """All that held, kind after kind."""
        return [line for section in self.sections for line in section.lines]

    def of(self, kind: FactKind) -> tuple[Line, ...]:
        """What held of one kind."""
        return next((section.lines for section in self.sections if section.kind == kind), ())

    def without_addresses(self) -> "Snapshot":
        """For pages on which the address of one may be the hidden one of another."""
        return replace(self, sections=tuple(section.without_addresses() for section in self.sections))

    def discreet(self) -> "Snapshot":
        """For a protected person's paper: not where she lives, where she goes day by day, or which offices know her."""
        told = (
            replace(section, lines=tuple(replace(line, details=()) for line in section.lines))
            for section in self.sections
            if section.kind not in (FactKind.ADDRESS, FactKind.OCCUPATION)
        )
        return replace(self, sections=tuple(told))


def as_of(person_id: UUID, day: date, *, believed_at: datetime | None = None) -> Snapshot:
    """What was true on a day, as we know today or as was believed at a moment; nine statements."""
    return snapshots([person_id], day, believed_at=believed_at)[person_id]


def snapshots(
    person_ids: Collection[UUID],
    day: date,
    *,
    kinds: Iterable[FactKind] = tuple(KINDS),
    believed_at: datetime | None = None,
) -> dict[UUID, Snapshot]:
    """The same for many people: a statement per kind and one for names, however many people and facts."""
    believed = _believed(believed_at)
    rows = {kind: list(rows_of(KINDS[kind]).filter(believed, person__in=person_ids)) for kind in kinds}
    names = _derived_from(person_ids)
    return {
        person_id: Snapshot(
            day,
            tuple(
                _section(KINDS[kind], [row for row in found if row.person_id == person_id], day, names)
                for kind, found in rows.items()
            ),
        )
        for person_id in person_ids
    }


def _believed(at: datetime | None) -> Q:
    if at is None:
        return Q(superseded_at__isnull=True)
    return Q(noted_at__lte=at) & (Q(superseded_at__isnull=True) | Q(superseded_at__gt=at))


def rows_of(kind: Kind) -> QuerySet[Any]:
    """All that was ever noted of a kind, ready to be said: an address knows whether it is secret."""
    rows: QuerySet[Any] = kind.model._default_manager.select_related(*kind.related)
    if kind.code == FactKind.ADDRESS:
        rows = guarded(rows)
    # Newest first; what has no beginning has held longest.
    return rows.order_by("-from_on", "-noted_at", "id")


def _derived_from(person_ids: Collection[UUID]) -> Names:
    """Names of the people their titles are derived from; a protected one has none here."""
    titles = Residence.objects.filter(person__in=person_ids, derived_from__isnull=False)
    found = PersonName.objects.filter(person__in=titles.values("derived_from"), is_main=True).exclude(
        is_protected("person_id")
    )
    return {name.person_id: name.full for name in found}


def _section(kind: Kind, rows: list[DatedFact], day: date, names: Names) -> Section:
    held = [row for row in rows if period_of(row).holds_on(day)]
    lines = sorted(
        (line_of(row, names) for row in held), key=lambda line: line.from_on or date.min, reverse=True
    )
    over = [row for row in rows if row.until_on and row.until_on < day]
    last = max(over, key=lambda row: row.until_on or date.min, default=None)
    ran_out = line_of(last, names) if last and not held and kind.slot == () else None
    return Section(kind.code, tuple(lines), ran_out)


def period_of(row: DatedFact) -> Period:
    """From when until when a row holds."""
    return Period(row.from_on, row.until_on)


def line_of(row: DatedFact, names: Names) -> Line:
    """One row as it is shown."""
    kind = kind_of(row)
    text, details = kind.say(row, names)
    return Line(
        row.id,
        kind.code,
        str(kind.code.label),
        str(text),
        tuple(str(detail) for detail in details if detail),
        row.from_on,
        row.until_on,
        str(KnownFrom(row.known_from).label),
        papers.hint(row.paper, given_on=row.from_on) if isinstance(row, Residence) else "",
    )


@dataclass(frozen=True)
class Belief:
    """One row of a fact's history: what was noted, by whom and when, and what became of it."""

    line: Line
    noted_at: datetime
    noted_by: str
    replaced_at: datetime | None
    replaced_by: str
    because: str

    @property
    def stands(self) -> bool:
        """Still what we know."""
        return self.replaced_at is None


@dataclass(frozen=True)
class Thread:
    """A fact with all it was believed to be, newest first; nothing is ever overwritten."""

    newest: Belief
    earlier: tuple[Belief, ...]

    def without_addresses(self) -> "Thread":
        """When, by whom and why, but not where."""
        return Thread(_hidden(self.newest), tuple(_hidden(belief) for belief in self.earlier))


def _hidden(belief: Belief) -> Belief:
    return replace(belief, line=replace(belief.line, text=hidden_address(), details=()))


def history_of(person_id: UUID, kind: FactKind, *, until: datetime | None = None) -> list[Thread]:
    """Every fact of a kind that was ever noted (or noted until a moment), struck ones too; three statements."""
    rows = list(rows_of(KINDS[kind]).filter(person_id=person_id))
    if until:
        rows = [_as_believed(row, until) for row in rows if row.noted_at <= until]
    names = _derived_from([person_id])
    staff = names_of({user for row in rows for user in (row.noted_by, row.superseded_by)})
    by_id = {row.id: row for row in rows}
    replaced = {row.replaces_id for row in rows}
    return [
        Thread(newest, tuple(earlier))
        for head in rows
        if head.id not in replaced
        for newest, *earlier in [[_belief(row, names, staff) for row in _chain(head, by_id)]]
    ]


def _as_believed(row: DatedFact, at: datetime) -> DatedFact:
    """The row without what became of it later; never saved."""
    if row.superseded_at and row.superseded_at > at:
        row.superseded_at, row.superseded_by, row.superseded_because = None, None, ""
    return row


def history_of_fact(row: DatedFact) -> Thread:
    """The history of this one fact, whichever of its rows is given."""
    found = history_of(row.person_id, kind_of(row).code)
    return next(
        thread
        for thread in found
        if row.id in {belief.line.id for belief in (thread.newest, *thread.earlier)}
    )


def _chain(row: DatedFact, by_id: Mapping[UUID, DatedFact]) -> Iterable[DatedFact]:
    """The row, the one it replaced, and so on."""
    found: DatedFact | None = row
    while found:
        yield found
        found = by_id.get(found.replaces_id) if found.replaces_id else None


def _belief(row: DatedFact, names: Names, staff: Mapping[int, str]) -> Belief:
    return Belief(
        line_of(row, names),
        row.noted_at,
        staff.get(row.noted_by, ""),
        row.superseded_at,
        staff.get(row.superseded_by or 0, ""),
        str(CorrectionReason(row.superseded_because).label) if row.superseded_because else "",
    )


def fact_of(person: Person, kind: FactKind, fact_id: UUID) -> DatedFact:
    """A row of this person, also one that was replaced."""
    row = rows_of(KINDS[kind]).filter(person=person, id=fact_id).first()
    if row is None:
        raise NotFound(_("Diese Angabe gibt es hier nicht."))
    return row


def said_by(row: DatedFact) -> dict[str, object]:
    """What a row says, by the names its form uses."""
    kind = kind_of(row)
    said = {name: getattr(row, column) for name, column in zip(kind.fields, kind.columns, strict=True)}
    return {**said, "from_on": row.from_on, "until_on": row.until_on, "known_from": row.known_from}


def town_on(person: Person, day: date) -> str:
    """The town whose offices are competent for her on this day: by her address, else by what is known; one statement."""
    lives_there = Q(from_on__isnull=True) | Q(from_on__lte=day)
    still = Q(until_on__isnull=True) | Q(until_on__gte=day)
    address = (
        Address.objects.filter(lives_there, still, _believed(None), person=person, municipality__isnull=False)
        .order_by("-from_on")
        .first()
    )
    return (address.municipality_id if address else person.municipality_id) or ""


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")
