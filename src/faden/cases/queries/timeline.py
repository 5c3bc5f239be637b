"""The history of one case: lines of several kinds, one statement per kind however many lines."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from faden.cases.models import (
    Appointment,
    Assessment,
    Attended,
    Case,
    CaseMember,
    Clarification,
    Closing,
    ContactNote,
    Inquiry,
    LeadChange,
    PhaseChange,
    Substitution,
    Task,
    TimelineEntry,
)
from faden.cases.queries.life_areas import labels
from faden.cases.rules.life_areas import Words
from faden.cases.vocabulary.appointment import Attendance
from faden.cases.vocabulary.case import EntryKind, Phase, Scope, SkipReason
from faden.cases.vocabulary.contact_note import ContactType, Interpreting
from faden.cases.vocabulary.course import AccessDecision, ClosingReason, LeadChangeReason
from faden.cases.vocabulary.task import DropReason
from faden.kernel.clock import BERLIN
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
    persons: tuple[UUID, ...] = ()
    confidential: bool = False
    about: tuple[str, ...] = ()
    town: str = ""


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
    areas: Words = field(default_factory=lambda: Words(()))
    substitutions: list[Substitution] = field(default_factory=list)
    # Whose history it is: of who else came nothing is said there.
    person: UUID | None = None

    def name(self, user_id: int | None, at: datetime | None = None) -> str:
        """Who it was, and for whom, if she stood in that day."""
        name = self.names.get(user_id or 0, "")
        for one in self.substitutions if at else ():
            if one.deputy.user_id == user_id and _stood(one, at):  # type: ignore[arg-type]
                return _("%(name)s in Vertretung für %(absent)s") % {"name": name, "absent": one.absent.name}
        return name


@dataclass(frozen=True)
class Of:
    """Whose history: the whole case's (nobody named), or one person's, or her vertraulicher Faden."""

    person: UUID | None = None
    confidential: bool = False


def concerning(of: Of) -> Q:
    """Rows that may be shown there: nothing tagged only to others, nothing confidential but where it belongs."""
    if of.person is None:
        return Q(confidential=False)
    # Lines about the case itself name nobody and say nothing about anybody.
    about_her = Q(persons__contains=[of.person])
    return about_her & Q(confidential=True) if of.confidential else Q(confidential=False) & (about_her | Q(persons__len=0))


def history_of(case: Case, *, of: Of = Of(), before: str = "", kind: str = "") -> History:
    """The newest lines of a case; at most fourteen statements whatever their number."""
    entries = TimelineEntry.objects.filter(concerning(of), case=case).order_by("-at", "-id")
    if place := _place(before):
        at, line_id = place
        # Several talks are noted for the same minute: the time alone would skip some.
        entries = entries.filter(at__lte=at).exclude(at=at, id__gte=line_id)
    if kind:
        entries = entries.filter(kind=kind)
    shown = list(entries[: PAGE + 1])
    sources = _load(shown[:PAGE], case)
    sources.person = of.person
    known = [entry for entry in shown[:PAGE] if entry.id in sources.rows or entry.kind in _FROM_ABOVE]
    lines = [
        replace(
            _LINES[EntryKind(entry.kind)](entry, sources),
            persons=tuple(entry.persons),
            confidential=entry.confidential,
        )
        for entry in known
    ]
    if of.person and case.scope == Scope.FAMILY:
        # Why a family's case ended may be another member's reason.
        lines = [replace(line, facts=()) if line.kind in _OF_THE_CASE else line for line in lines]
    last = shown[PAGE - 1] if len(shown) > PAGE else None
    return History(lines, f"{last.at.isoformat()}_{last.id}" if last else "")


def _place(text: str) -> tuple[datetime, UUID] | None:
    """Where the page before ended; anything else is the beginning."""
    moment, _separator, line_id = text.partition("_")
    try:
        at, key = datetime.fromisoformat(moment), UUID(line_id)
    except ValueError:
        return None
    # A year at the edge of the calendar cannot be turned into another time zone.
    return (at, key) if at.tzinfo and 1900 < at.year < 2200 else None


# Who came, in the same statement as the appointments.
_CAME = ArraySubquery(
    Attended.objects.filter(appointment=OuterRef("id")).values(said=JSONObject(person="person_id", state="state"))
)


def _load(entries: list[TimelineEntry], case: Case) -> _Sources:
    models = {
        (EntryKind.CONTACT,): ContactNote.objects.select_related("author"),
        (EntryKind.OPENED, EntryKind.PHASE): PhaseChange.objects.all(),
        (EntryKind.TASK,): Task.objects.all(),
        (EntryKind.APPOINTMENT,): Appointment.objects.select_related("host").annotate(came=_CAME),
        (EntryKind.INQUIRY,): Inquiry.objects.select_related("municipality"),
        (EntryKind.MEMBER,): CaseMember.objects.all(),
        (EntryKind.ASSESSMENT,): Assessment.objects.all(),
        (EntryKind.CLARIFIED,): Clarification.objects.all(),
        (EntryKind.CLOSED,): Closing.objects.all(),
        (EntryKind.LEAD,): LeadChange.objects.select_related("from_lead", "to_lead"),
    }
    sources = _Sources()
    for kinds, rows in models.items():
        # Without ids no statement is sent, but composing one takes longer than answering it.
        if ids := [entry.id for entry in entries if entry.kind in kinds]:
            sources.rows.update({row.id: row for row in rows.filter(id__in=ids)})
    sources.names = names_of(set(_people(sources.rows.values())))
    sources.areas = labels()
    earlier = LeadChange.objects.filter(case=case).values("from_lead")
    whose = Substitution.objects.filter(Q(absent_id=case.lead_id) | Q(absent_id__in=earlier))
    sources.substitutions = list(whose.select_related("absent", "deputy").order_by("from_on", "id"))
    return sources


_WHO = ("changed_by", "done_by", "taken_by", "decided_by", "closed_by")


def _people(rows: Iterable[object]) -> Iterable[int | None]:
    for row in rows:
        author = getattr(row, "author", None) or getattr(row, "host", None)
        yield from (getattr(row, name, None) for name in _WHO)
        yield author.user_id if author else None


def _stood(one: Substitution, at: datetime) -> bool:
    day = at.astimezone(BERLIN).date()
    return one.from_on <= day <= one.until_on and (one.ended_at is None or at <= one.ended_at)


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
        by=sources.name(note.author.user_id, note.recorded_at),
        text=note.text,
        facts=(*filter(None, facts), *sources.areas.all_at(note.life_areas, note.happened_at)),
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
        by=sources.name(change.changed_by, change.changed_at),
        facts=facts,
    )


def _clarified(entry: TimelineEntry, sources: _Sources) -> Line:
    clarified = sources.rows[entry.id]
    assert isinstance(clarified, Clarification)
    return Line(
        entry.id,
        entry.kind,
        str(EntryKind.CLARIFIED.label),
        entry.at,
        _("Zugang geklärt"),
        by=sources.name(clarified.decided_by, entry.at),
        facts=(str(AccessDecision(clarified.decision).label),),
    )


def _closed(entry: TimelineEntry, sources: _Sources) -> Line:
    closing = sources.rows[entry.id]
    assert isinstance(closing, Closing)
    facts = [str(ClosingReason(closing.reason).label)]
    if closing.reopened_at:
        again = {"day": f"{closing.reopened_at.astimezone(BERLIN):%d.%m.%Y}", "why": closing.reopened_because}
        facts.append(_("wieder aufgenommen am %(day)s: %(why)s") % again)
    return Line(
        entry.id,
        entry.kind,
        str(EntryKind.CLOSED.label),
        entry.at,
        _("Fall abgeschlossen"),
        by=sources.name(closing.closed_by, closing.closed_at),
        facts=tuple(facts),
    )


def _lead(entry: TimelineEntry, sources: _Sources) -> Line:
    change = sources.rows[entry.id]
    assert isinstance(change, LeadChange)
    names = {"from": change.from_lead.name, "to": change.to_lead.name}
    return Line(
        entry.id,
        entry.kind,
        str(EntryKind.LEAD.label),
        entry.at,
        _("Fallführung von %(from)s an %(to)s") % names,
        by=sources.name(change.changed_by, change.changed_at),
        facts=(str(LeadChangeReason(change.reason).label),),
    )


def _task(entry: TimelineEntry, sources: _Sources) -> Line:
    task = sources.rows[entry.id]
    assert isinstance(task, Task)
    return Line(
        entry.id,
        entry.kind,
        str(EntryKind.TASK.label),
        entry.at,
        task.title,
        by=sources.name(task.done_by, task.done_at),
        facts=_dropped(task.dropped_because, _("nicht erledigt")),
    )


def _dropped(because: str, word: str) -> tuple[str, ...]:
    return (f"{word}: {DropReason(because).label}",) if because else ()


def _appointment(entry: TimelineEntry, sources: _Sources) -> Line:
    appointment = sources.rows[entry.id]
    assert isinstance(appointment, Appointment)
    return Line(
        entry.id,
        entry.kind,
        str(EntryKind.APPOINTMENT.label),
        entry.at,
        appointment.subject,
        by=sources.name(appointment.host.user_id, appointment.made_at),
        facts=(
            *filter(None, [appointment.place, appointment.others]),
            *_dropped(appointment.dropped_because, _("abgesagt")),
            *_came(appointment, sources.person),
        ),
    )


def _came(appointment: Appointment, person: UUID | None) -> Iterable[str]:
    """Of one person her own; of all together how many each where there are several."""
    of_whom = {str(one) for one in appointment.persons if person in (None, one)}
    states = Counter(row["state"] for row in appointment.came if row["person"] in of_whom)  # type: ignore[attr-defined]
    several = len(of_whom) > 1
    return [f"{state.label}: {states[state]}" if several else str(state.label) for state in Attendance if states[state]]


def _inquiry(entry: TimelineEntry, sources: _Sources) -> Line:
    inquiry = sources.rows[entry.id]
    assert isinstance(inquiry, Inquiry)
    return Line(
        entry.id,
        entry.kind,
        str(EntryKind.INQUIRY.label),
        entry.at,
        str(EntryKind.INQUIRY.label),
        by=sources.name(inquiry.taken_by),
        text=inquiry.text or "",
        facts=sources.areas.all_at(inquiry.life_areas, inquiry.asked_at),
        town=inquiry.municipality.name if inquiry.municipality else "",
    )


def _member(entry: TimelineEntry, sources: _Sources) -> Line:
    return Line(entry.id, entry.kind, str(EntryKind.MEMBER.label), entry.at, _("gehört jetzt zum Fall"))


def _assessment(entry: TimelineEntry, sources: _Sources) -> Line:
    assessment = sources.rows[entry.id]
    assert isinstance(assessment, Assessment)
    title = _("Re-Assessment") if assessment.number > 1 else _("Assessment")
    facts = () if assessment.finished_on else (_("wieder in Arbeit"),)
    return Line(entry.id, entry.kind, str(EntryKind.ASSESSMENT.label), entry.at, title, facts=facts)


def _from_above(entry: TimelineEntry, sources: _Sources) -> Line:
    # Files, chains and plans stand in modules above; the desk puts in what they are called.
    return Line(entry.id, entry.kind, str(EntryKind(entry.kind).label), entry.at, "")


_FROM_ABOVE = (
    EntryKind.DOCUMENT, EntryKind.DECISION, EntryKind.CHAIN, EntryKind.STEP, EntryKind.PLAN, EntryKind.GOAL,
    EntryKind.RELEASE, EntryKind.REFERRAL, EntryKind.TRANSFER, EntryKind.CONFERENCE,
)  # fmt: skip
_LINES = {
    **dict.fromkeys(_FROM_ABOVE, _from_above),
    EntryKind.CONTACT: _contact,
    EntryKind.OPENED: _phase,
    EntryKind.PHASE: _phase,
    EntryKind.TASK: _task,
    EntryKind.APPOINTMENT: _appointment,
    EntryKind.INQUIRY: _inquiry,
    EntryKind.MEMBER: _member,
    EntryKind.ASSESSMENT: _assessment,
    EntryKind.CLARIFIED: _clarified,
    EntryKind.CLOSED: _closed,
    EntryKind.LEAD: _lead,
}
_OF_THE_CASE = (EntryKind.CLARIFIED, EntryKind.CLOSED)
