"""Both logs as the data protection officer reads them: functions and case numbers, no content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from faden.cases.models import Case, CaseOpening
from faden.cases.vocabulary.case import OpeningReason
from faden.kernel.audit import EVENTS
from faden.kernel.clock import BERLIN
from faden.kernel.models import AuditEvent, Look
from faden.organisations.queries.memberships import names_of
from faden.organisations.vocabulary import ROLES
from faden.oversight.vocabulary import LookKind

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """Which part of a log; empty means all. `before` is the place where the last page ended."""

    first: date | None = None
    last: date | None = None
    kind: str = ""
    case_id: UUID | None = None
    before: str = ""


@dataclass(frozen=True)
class LookLine:
    """One look: in which function, at what, for which reason. `name` only in an open evaluation."""

    at: datetime
    role: str
    kind: str
    number: str
    shown: int
    page: str
    reason: str
    name: str = ""


@dataclass(frozen=True)
class DeedLine:
    """One deed with its German sentence."""

    at: datetime
    role: str
    sentence: str
    number: str


@dataclass(frozen=True)
class LogPage:
    """Fifty lines, newest first, and from where to go on ("" at the end)."""

    lines: list[Any]
    older: str


def looks(asked: Asked) -> LogPage:
    """All looks of this service without names; three statements."""
    rows, older = _page(_of_case(Look.objects.all(), asked), asked)
    return LogPage(_look_lines(rows, names={}), older)


def looks_with_names(asked: Asked) -> LogPage:
    """Looks at one case, in lists too, and by whom; four statements. Only for an open evaluation."""
    rows, older = _page(_of_case(Look.objects.all(), asked), asked)
    return LogPage(_look_lines(rows, names=names_of({row.user_id for row in rows})), older)


def deeds(asked: Asked) -> LogPage:
    """All deeds of this service without names; two statements."""
    found = AuditEvent.objects.all()
    if asked.kind:
        found = found.filter(event=asked.kind)
    if asked.case_id:
        found = found.filter(subject_id=asked.case_id)
    rows, older = _page(found, asked)
    numbers = _numbers(row.subject_id for row in rows)
    lines = [DeedLine(row.at, _role(row.role), _sentence(row.event), numbers.get(row.subject_id, "")) for row in rows]
    return LogPage(lines, older)


def _of_case(found: QuerySet[Look], asked: Asked) -> QuerySet[Look]:
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.case_id:
        # A list shows the case, a search its person: both were seen.
        person_id = Case.objects.filter(id=asked.case_id).values_list("person_id", flat=True).first()
        shown = [i for i in (asked.case_id, person_id) if i]
        found = found.filter(Q(subject_id=asked.case_id) | Q(shown__overlap=shown))
    return found


def _page(found: QuerySet[Any], asked: Asked) -> tuple[list[Any], str]:
    if asked.first:
        found = found.filter(at__gte=_midnight(asked.first))
    if asked.last:
        found = found.filter(at__lt=_midnight(asked.last + timedelta(days=1)))
    if place := _place(asked.before):
        # A place, not a page number: each look at this page adds a line at the top.
        at, row_id = place
        found = found.filter(Q(at__lt=at) | Q(at=at, id__lt=row_id))
    rows = list(found.order_by("-at", "-id")[: PAGE + 1])
    older = f"{rows[PAGE - 1].at.isoformat()}/{rows[PAGE - 1].id}" if len(rows) > PAGE else ""
    return rows[:PAGE], older


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=BERLIN)


def _place(written: str) -> tuple[datetime, UUID] | None:
    at, _slash, row_id = written.partition("/")
    try:
        moment = datetime.fromisoformat(at)
        return (moment, UUID(row_id)) if moment.tzinfo else None
    except ValueError:
        return None


def _look_lines(rows: list[Look], *, names: dict[int, str]) -> list[LookLine]:
    numbers, openings = _numbers(row.subject_id for row in rows), _openings(rows)
    return [
        LookLine(
            at=row.at, role=_role(row.role), kind=_kind(row.kind), number=numbers.get(row.subject_id, ""),
            shown=len(row.shown), page=row.page, reason=_reason(row, openings), name=names.get(row.user_id or 0, ""),
        )
        for row in rows
    ]


def _openings(rows: list[Look]) -> list[CaseOpening]:
    """What team leads wrote when they opened these cases."""
    cases = {row.subject_id for row in rows if row.subject_id and row.purpose in OpeningReason.values}
    return list(CaseOpening.objects.filter(case_id__in=cases).order_by("-opened_at"))


def _reason(row: Look, openings: Iterable[CaseOpening]) -> str:
    if row.purpose == "caseload":
        return _("führt den Fall")
    if row.purpose == "oversight":
        return _("bestätigte Auswertung")
    if row.purpose not in OpeningReason.values:
        return ""  # lists: the function says it already
    label = str(OpeningReason(row.purpose).label)
    for opening in openings:
        same = (opening.case_id, opening.opened_by) == (row.subject_id, row.user_id)
        if same and opening.reason == row.purpose and opening.opened_at <= row.at:
            return f"{label}: {opening.words}" if opening.words else label
    return label


def _numbers(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Case id to number; ids of other rows are simply not there."""
    wanted = {i for i in ids if i}
    return dict(Case.objects.filter(id__in=wanted).values_list("id", "number"))


def _role(code: str) -> str:
    return str(ROLES[code].label) if code in ROLES else _("Faden selbst")


def _kind(code: str) -> str:
    return str(LookKind(code).label) if code in LookKind.values else code


def _sentence(code: str) -> str:
    return str(EVENTS[code].sentence) if code in EVENTS else code
