"""Fristen as they are shown: how near, what, with whom; on Mein Tag, in a list, on the pages of a case."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from faden.cases.models import Case, Deadline
from faden.cases.queries.masking import cards_for_list, masked_cases
from faden.cases.queries.naming import Names, names_of_entries, who
from faden.cases.queries.substitutions import deputised_by, not_to_deputies
from faden.cases.queries.timeline import Of, concerning
from faden.cases.rules.deadlines import EARLIEST, band
from faden.cases.vocabulary.case import Phase
from faden.cases.vocabulary.deadline import ENDED_AT_ITS_SOURCE, DeadlineBand, DeadlineEnd, DeadlineKind
from faden.organisations.queries.memberships import names_of
from faden.persons.queries.cards import Card
from faden.persons.vocabulary import BenefitRegime, ResidencePaper

PAGE = 50
BY_HAND = (DeadlineEnd.DONE, DeadlineEnd.NOT_NEEDED, DeadlineEnd.PASSED)
ON_THE_DAY = 100
NEAR = timedelta(days=DeadlineBand.MONTH)
IN_SIGHT = timedelta(days=DeadlineBand.HALF_YEAR)
_ONE_DAY = {0: gettext_lazy("heute"), 1: gettext_lazy("morgen")}
_SIGNS = {DeadlineBand.PASSED: "danger", DeadlineBand.MONTH: "warning"}
# A remedy stands before everything else, however many days are left.
_FIRST = models.Case(models.When(kind=DeadlineKind.REMEDY, then=models.Value(0)), default=models.Value(1))
# Codes instead of words, so that both languages can say them.
_SUBJECTS = {DeadlineKind.TITLE: ResidencePaper, DeadlineKind.BENEFIT: BenefitRegime}


@dataclass(frozen=True)
class DeadlineRow:
    """One Frist, ready to be shown; no card: a case one may not open."""

    id: UUID
    case_id: UUID
    number: str
    kind: str
    title: str
    detail: str
    law: str
    due_on: date
    band: DeadlineBand
    left: str
    reference: UUID
    persons: tuple[UUID, ...]
    confidential: bool
    is_urgent: bool = False
    who: str = ""
    absent: str = ""  # for whom one stands in
    card: Card | None = None
    ended: str = ""
    ended_words: str = ""
    ended_by: str = ""
    ended_at: datetime | None = None

    @property
    def sign(self) -> str:
        """The kind of badge; what is further away has none."""
        return "danger" if self.is_urgent else _SIGNS.get(self.band, "")

    @property
    def how_near(self) -> str:
        """The words of the badge: red is never only a colour."""
        return _("eilt: %(left)s") % {"left": self.left} if self.is_urgent and self.band else self.left

    @property
    def says(self) -> str:
        """What it is about, and the paragraph."""
        return " · ".join(filter(None, (self.detail, self.law)))

    @property
    def may_come_back(self) -> bool:
        """Somebody ended it; what is gone by itself comes back by itself."""
        return bool(self.ended_by) and not self.ends_at_its_source

    @property
    def ends_at_its_source(self) -> bool:
        """Nobody ends it here: what became of it is asked where it comes from."""
        return self.kind in ENDED_AT_ITS_SOURCE


def row_of(deadline: Deadline, *, today: date) -> DeadlineRow:
    """As the pages of its own case show it."""
    return DeadlineRow(
        id=deadline.id,
        case_id=deadline.case_id,
        number="",
        kind=deadline.kind,
        title=str(DeadlineKind(deadline.kind).label),
        detail=subject_of(deadline.kind, deadline.subject),
        law=deadline.law,
        due_on=deadline.due_on,
        band=band(deadline.due_on, today),
        left=left(deadline.kind, (deadline.due_on - today).days),
        is_urgent=deadline.kind == DeadlineKind.REMEDY,
        reference=deadline.reference,
        persons=tuple(deadline.persons),
        confidential=deadline.confidential,
        ended=str(DeadlineEnd(deadline.ended_because).label) if deadline.ended_because else "",
        ended_words=deadline.ended_words,
        ended_at=deadline.ended_at,
    )


def subject_of(kind: str, subject: str) -> str:
    """What it is about, in words."""
    if subject == EARLIEST:
        return _("Geburtstag nicht genau bekannt, gerechnet vom frühesten Tag an")
    codes = _SUBJECTS.get(DeadlineKind(kind))
    return str(codes(subject).label) if codes and subject in codes.values else subject


def left(kind: str, days: int) -> str:
    """How many days are left, in words."""
    if days in _ONE_DAY:
        return str(_ONE_DAY[days])
    if days > 0:
        # Of a remedy every day counts, also of five weeks.
        return _left(days, "day") if kind == DeadlineKind.REMEDY else _left(*_counted(days))
    # School duty goes on from its day; the others are over.
    return _since(*_counted(-days)) if kind == DeadlineKind.SCHOOL_DUTY else _passed(*_counted(-days))


def _counted(days: int) -> tuple[int, str]:
    """As precisely as it matters: days for a month, weeks for half a year, then months."""
    if days <= DeadlineBand.MONTH:
        return days, "day"
    return (days // 7, "week") if days <= DeadlineBand.HALF_YEAR else (days // 30, "month")


def _left(n: int, unit: str) -> str:
    words = {
        "day": ngettext("noch %(n)s Tag", "noch %(n)s Tage", n),
        "week": ngettext("noch %(n)s Woche", "noch %(n)s Wochen", n),
        "month": ngettext("noch %(n)s Monat", "noch %(n)s Monate", n),
    }
    return words[unit] % {"n": n}


def _passed(n: int, unit: str) -> str:
    words = {
        "day": ngettext("vor %(n)s Tag verstrichen", "vor %(n)s Tagen verstrichen", n),
        "week": ngettext("vor %(n)s Woche verstrichen", "vor %(n)s Wochen verstrichen", n),
        "month": ngettext("vor %(n)s Monat verstrichen", "vor %(n)s Monaten verstrichen", n),
    }
    return words[unit] % {"n": n}


def _since(n: int, unit: str) -> str:
    words = {
        "day": ngettext("besteht seit %(n)s Tag", "besteht seit %(n)s Tagen", n),
        "week": ngettext("besteht seit %(n)s Woche", "besteht seit %(n)s Wochen", n),
        "month": ngettext("besteht seit %(n)s Monat", "besteht seit %(n)s Monaten", n),
    }
    return words[unit] % {"n": n}


def listed(
    deadline: Deadline, card: Card | None, names: Names, *, masked: Collection[UUID], today: date
) -> DeadlineRow:
    """As lists of several cases show it: of a protected family, that there is something and when."""
    row = replace(
        row_of(deadline, today=today), number=deadline.case.number, who=who(deadline, card, names), card=card
    )
    if card is None or deadline.case_id in masked:
        days = (deadline.due_on - today).days
        return replace(row, title=_("Frist"), detail="", law="", kind="", left=left("", days))
    return row


# ---------- Mein Tag ----------


@dataclass(frozen=True)
class Nearing:
    """Remedies, what has passed and what comes within 30 days one by one; what comes later as numbers."""

    lead: UUID
    rows: list[DeadlineRow]
    near: int  # without remedies
    within_quarter: int
    within_half_year: int

    @property
    def remedies(self) -> list[DeadlineRow]:
        """They stand before everything else."""
        return [row for row in self.rows if row.is_urgent]

    @property
    def others(self) -> list[DeadlineRow]:
        """Everything else."""
        return [row for row in self.rows if not row.is_urgent]

    @property
    def more(self) -> int:
        """Near ones that did not fit."""
        return max(0, self.near - len(self.others))

    @property
    def is_empty(self) -> bool:
        """Nothing in half a year, but for remedies."""
        return not (self.others or self.within_quarter or self.within_half_year)


def still_open(case_ids: Collection[UUID] | None = None, *, leads: Collection[UUID] = ()) -> QuerySet[Deadline]:
    """What counts: of these cases, or of the open ones somebody leads; remedies first, then the nearest."""
    found = Deadline.objects.filter(ended_at__isnull=True)
    if case_ids is None:
        found = found.filter(~Q(case__phase=Phase.CLOSED), case__lead_id__in=list(leads))
    else:
        found = found.filter(case_id__in=list(case_ids))
    return found.order_by(_FIRST, "due_on", "id")


def within(days: timedelta, today: date) -> Q:
    """So near, or a remedy: that is shown whatever its day."""
    return Q(due_on__lte=today + days) | Q(kind=DeadlineKind.REMEDY)


def is_near(deadline: Deadline, today: date) -> bool:
    """Whether it stands on Mein Tag by itself."""
    return deadline.due_on <= today + NEAR or deadline.kind == DeadlineKind.REMEDY


def near_of(lead: UUID, *, today: date) -> tuple[list[Deadline], dict[DeadlineBand, int]]:
    """The rows for one's own day, and how many there are in each band; two statements."""
    found = still_open(leads=[lead])
    near = found.filter(within(NEAR, today)).select_related("case__person__municipality")
    return list(near[:ON_THE_DAY]), counts(found.filter(due_on__lte=today + IN_SIGHT), today=today)


def counts(found: QuerySet[Deadline], *, today: date) -> dict[DeadlineBand, int]:
    """How many in each band; one statement."""
    bands = [
        models.When(due_on__lte=today + timedelta(days=limit - (limit == DeadlineBand.PASSED)), then=models.Value(limit.value))
        for limit in DeadlineBand
        if limit != DeadlineBand.LATER
    ]
    banded = found.order_by().annotate(
        band=models.Case(*bands, default=models.Value(DeadlineBand.LATER.value))
    )
    return {DeadlineBand(code): number for code, number in banded.values_list("band").annotate(number=models.Count("id"))}


def nearing(lead: UUID, rows: list[DeadlineRow], numbers: Mapping[DeadlineBand, int]) -> Nearing:
    """The section of Mein Tag."""
    return Nearing(
        lead,
        rows,
        near=numbers.get(DeadlineBand.PASSED, 0)
        + numbers.get(DeadlineBand.MONTH, 0)
        - sum(row.is_urgent and row.band <= DeadlineBand.MONTH for row in rows),
        within_quarter=numbers.get(DeadlineBand.QUARTER, 0),
        within_half_year=numbers.get(DeadlineBand.HALF_YEAR, 0),
    )


# ---------- the list ----------


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed by; empty: all of it."""

    band: DeadlineBand | None = None
    kind: str = ""
    whose: UUID | None = None


@dataclass(frozen=True)
class DeadlinePage:
    """Fifty, whether there are more, and how many in each band."""

    rows: list[DeadlineRow]
    numbers: dict[DeadlineBand, int]
    number: int
    has_more: bool


@dataclass(frozen=True)
class Whose:
    """Whose Fristen one sees: one's own, and those of who is away today."""

    own: UUID
    absent: tuple[tuple[UUID, str], ...]


def whose_of(membership_id: UUID, *, today: date) -> Whose:
    """One statement."""
    standing_in = deputised_by(membership_id, on=today)
    return Whose(membership_id, tuple((one.absent_id, one.absent.name) for one in standing_in))


def deadlines_of(whose: Whose, *, today: date, wanted: Wanted = Wanted(), page: int = 1) -> DeadlinePage:
    """Of the cases one leads or stands in for, those left out that one may not open; nine statements."""
    absent = [lead for lead, _name in whose.absent]
    covered = list(Case.objects.filter(~Q(phase=Phase.CLOSED), lead_id__in=absent))
    refused = not_to_deputies(covered)
    leads = [wanted.whose] if wanted.whose in (whose.own, *absent) else [whose.own, *absent]
    found = still_open(leads=[lead for lead in leads if lead]).exclude(case_id__in=refused)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.kind and (hidden := masked_cases(found.values_list("case_id", flat=True))):
        # A filter must not tell what the row does not.
        found = found.exclude(case_id__in=hidden)
    numbers = counts(found, today=today)
    shown = list(
        _in_band(found, wanted.band, today).select_related("case__person__municipality")[
            (page - 1) * PAGE : page * PAGE + 1
        ]
    )
    rows = listed_all(shown[:PAGE], today=today)
    return DeadlinePage(rows, numbers, page, has_more=len(shown) > PAGE)


def listed_all(deadlines: Iterable[Deadline], *, today: date) -> list[DeadlineRow]:
    """Rows of cases one may open; three statements."""
    found = list(deadlines)
    masked = masked_cases(one.case_id for one in found)
    cards = cards_for_list([one.case for one in found], masked=masked)
    names = names_of_entries(found, cards, masked)
    return [listed(one, cards[one.case_id], names, masked=masked, today=today) for one in found]


def _in_band(found: QuerySet[Deadline], wanted: DeadlineBand | None, today: date) -> QuerySet[Deadline]:
    if wanted is None:
        return found
    limits = sorted(DeadlineBand)
    first = {limit: limits[place - 1] for place, limit in enumerate(limits) if place}.get(wanted)
    if wanted == DeadlineBand.PASSED:
        return found.filter(due_on__lt=today)
    found = found.filter(due_on__lte=today + timedelta(days=wanted)) if wanted != DeadlineBand.LATER else found
    if first == DeadlineBand.PASSED:
        return found.filter(due_on__gte=today)
    return found.filter(due_on__gt=today + timedelta(days=first or 0))


# ---------- one case ----------


def in_sight(case: Case, *, of: Of, today: date) -> list[DeadlineRow]:
    """Passed and within 180 days, for the pages of the case; one statement."""
    found = still_open([case.id]).filter(concerning(of), within(IN_SIGHT, today))
    return [row_of(one, today=today) for one in found[:ON_THE_DAY]]


def of_case(case: Case, *, of: Of, today: date) -> tuple[list[DeadlineRow], list[DeadlineRow]]:
    """All that count, and what somebody ended, newest first; three statements."""
    counting = [row_of(one, today=today) for one in still_open([case.id]).filter(concerning(of))]
    ended = list(
        Deadline.objects.filter(concerning(of), case=case, ended_because__in=BY_HAND).order_by("-ended_at", "id")[:PAGE]
    )
    staff = names_of({one.ended_by for one in ended})
    return counting, [
        replace(row_of(one, today=today), ended_by=staff.get(one.ended_by or 0, "–")) for one in ended
    ]


def one(deadline: Deadline, *, today: date) -> DeadlineRow:
    """One Frist with who ended it; one statement."""
    staff = names_of({deadline.ended_by})
    ended_by = staff.get(deadline.ended_by or 0, "") if deadline.ended_because in BY_HAND else ""
    return replace(row_of(deadline, today=today), ended_by=ended_by)
