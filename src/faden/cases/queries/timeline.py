"""The history of one case: lines of several kinds, one statement per kind however many lines."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from faden.cases.models import Appointment, Case, ContactNote, Inquiry, PhaseChange, Task, TimelineEntry
from faden.cases.vocabulary import (
    ContactType,
    EntryKind,
    Interpreting,
    LifeArea,
    Phase,
    SkipReason,
)
from faden.organisations.queries.memberships import names_of
from faden.persons.vocabulary import language_name

PAGE = 20


@dataclass(frozen=True)
class Line:
    """One line as it is shown."""

    id: UUID
    kind: str
    kind_label: str
    at: datetime
    title: str
    by: str = ""
    text: str = ""
    facts: tuple[str, ...] = ()
    corrected: bool = False


@dataclass(frozen=True)
class History:
    """Twenty lines, newest first, and from where to go on."""

    lines: list[Line]
    older_than: str


@dataclass
class _Sources:
    """The rows behind the lines, by id."""

    rows: dict[UUID, object] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    def name(self, user_id: int | None) -> str:
        return self.names.get(user_id or 0, "")


def history_of(case: Case, *, before: str = "", kind: str = "") -> History:
    """The newest lines of a case; at most eight statements whatever their number."""
    entries = TimelineEntry.objects.filter(case=case).order_by("-at", "-id")
    if place := _place(before):
        at, line_id = place
        # Several talks are noted for the same minute: the time alone would skip some.
        entries = entries.filter(at__lte=at).exclude(at=at, id__gte=line_id)
    if kind:
        entries = entries.filter(kind=kind)
    shown = list(entries[: PAGE + 1])
    sources = _load(shown[:PAGE])
    known = [entry for entry in shown[:PAGE] if entry.id in sources.rows or entry.kind == EntryKind.DOCUMENT]
    lines = [_LINES[EntryKind(entry.kind)](entry, sources) for entry in known]
    last = shown[PAGE - 1] if len(shown) > PAGE else None
    return History(lines, f"{last.at.isoformat()}_{last.id}" if last else "")


def _place(text: str) -> tuple[datetime, UUID] | None:
    """Where the page before ended; anything else is the beginning."""
    moment, _separator, line_id = text.partition("_")
    try:
        at, key = datetime.fromisoformat(moment), UUID(line_id)
    except ValueError:
        return None
    return (at, key) if at.tzinfo else None


def _load(entries: list[TimelineEntry]) -> _Sources:
    models = {
        (EntryKind.CONTACT,): ContactNote.objects.select_related("author"),
        (EntryKind.OPENED, EntryKind.PHASE): PhaseChange.objects.all(),
        (EntryKind.TASK,): Task.objects.all(),
        (EntryKind.APPOINTMENT,): Appointment.objects.select_related("host"),
        (EntryKind.INQUIRY,): Inquiry.objects.select_related("municipality"),
    }
    sources = _Sources()
    for kinds, rows in models.items():
        ids = [entry.id for entry in entries if entry.kind in kinds]
        # Also when there are none: the number of statements must not tell or depend on what is there.
        sources.rows.update({row.id: row for row in rows.filter(id__in=ids)})
    sources.names = names_of(set(_people(sources.rows.values())))
    return sources


def _people(rows: Iterable[object]) -> Iterable[int | None]:
    for row in rows:
        yield getattr(row, "changed_by", None)
        yield getattr(row, "done_by", None)
        yield getattr(row, "taken_by", None)


def _labels(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(LifeArea(code).label) for code in codes)


def _contact(entry: TimelineEntry, sources: _Sources) -> Line:
    note = sources.rows[entry.id]
    assert isinstance(note, ContactNote)
    facts = [f"{note.minutes} Min.", note.place]
    if note.language:
        facts.append(language_name(note.language))
    if note.interpreting != Interpreting.NONE:
        facts.append(str(Interpreting(note.interpreting).label))
    return Line(
        entry.id,
        entry.kind,
        str(EntryKind.CONTACT.label),
        entry.at,
        str(ContactType(note.type).label),
        by=note.author.name,
        text=note.text,
        facts=(*filter(None, facts), *_labels(note.life_areas)),
        corrected=note.version > 1,
    )


def _phase(entry: TimelineEntry, sources: _Sources) -> Line:
    change = sources.rows[entry.id]
    assert isinstance(change, PhaseChange)
    facts = (str(SkipReason(change.skip_reason).label),) if change.skip_reason else ()
    return Line(
        entry.id,
        entry.kind,
        str(EntryKind(entry.kind).label),
        entry.at,
        str(Phase(change.phase).label),
        by=sources.name(change.changed_by),
        facts=facts,
    )


def _task(entry: TimelineEntry, sources: _Sources) -> Line:
    task = sources.rows[entry.id]
    assert isinstance(task, Task)
    return Line(
        entry.id, entry.kind, str(EntryKind.TASK.label), entry.at, task.title, by=sources.name(task.done_by)
    )


def _appointment(entry: TimelineEntry, sources: _Sources) -> Line:
    appointment = sources.rows[entry.id]
    assert isinstance(appointment, Appointment)
    return Line(
        entry.id,
        entry.kind,
        str(EntryKind.APPOINTMENT.label),
        entry.at,
        appointment.subject,
        by=appointment.host.name,
        facts=(appointment.place,) if appointment.place else (),
    )


def _inquiry(entry: TimelineEntry, sources: _Sources) -> Line:
    inquiry = sources.rows[entry.id]
    assert isinstance(inquiry, Inquiry)
    town = (inquiry.municipality.name,) if inquiry.municipality else ()
    return Line(
        entry.id,
        entry.kind,
        str(EntryKind.INQUIRY.label),
        entry.at,
        str(EntryKind.INQUIRY.label),
        by=sources.name(inquiry.taken_by),
        text=inquiry.text or "",
        facts=(*town, *_labels(inquiry.life_areas)),
    )


def _document(entry: TimelineEntry, sources: _Sources) -> Line:
    # Files stand in a module above; the desk puts in their names.
    return Line(entry.id, entry.kind, str(EntryKind.DOCUMENT.label), entry.at, "")


_LINES = {
    EntryKind.DOCUMENT: _document,
    EntryKind.CONTACT: _contact,
    EntryKind.OPENED: _phase,
    EntryKind.PHASE: _phase,
    EntryKind.TASK: _task,
    EntryKind.APPOINTMENT: _appointment,
    EntryKind.INQUIRY: _inquiry,
}
