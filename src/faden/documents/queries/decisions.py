"""Bescheide of a case, one of them with its calculation, and those whose last day nobody has confirmed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.queries.deadlines import left
from faden.cases.queries.masking import cards_for_list, masked_cases
from faden.cases.queries.naming import names_of_entries, who
from faden.cases.queries.substitutions import not_to_deputies
from faden.cases.queries.timeline import Of, concerning
from faden.cases.vocabulary.case import Phase
from faden.cases.vocabulary.deadline import DeadlineKind
from faden.documents.models import Decision, Paper
from faden.documents.rules.remedy import Calculation, Line, Notice, Period, Step, cautions
from faden.documents.rules.remedy_words import Told, caution, period_in_words, told
from faden.documents.vocabulary import (
    NotifiedHow,
    Outcome,
    PaperKind,
    PeriodUnit,
    Procedure,
    Remedy,
    RemedyState,
)
from faden.kernel.errors import NotFound
from faden.organisations.queries.memberships import names_of

PAGE = 50
TO_CONFIRM = 30


@dataclass(frozen=True)
class DecisionRow:
    """One Bescheid as the list of a case shows it."""

    id: UUID
    title: str
    issuer: str
    outcome: str
    dated_on: date
    received_on: date
    last_on: date | None
    proposed_on: date
    state: str
    state_label: str
    state_on: date | None
    left: str
    persons: tuple[UUID, ...]
    confidential: bool

    @property
    def is_open(self) -> bool:
        """Nothing is said yet about what became of it."""
        return self.state == RemedyState.OPEN

    @property
    def is_to_confirm(self) -> bool:
        """Nobody has looked at the last day yet."""
        return self.is_open and self.last_on is None


@dataclass(frozen=True)
class DecisionPage:
    """One Bescheid with everything that belongs to it."""

    row: DecisionRow
    decision: Decision
    reference: str
    procedure: str
    notified_how: str
    remedy: str
    remedy_to: str
    period: str
    lines: list[Told]
    cautions: list[str]
    noted_by: str
    confirmed_by: str
    paper: Paper | None
    is_passed: bool  # open or missed, and the day is over
    is_safe_passed: bool

    @property
    def safe_is_earlier(self) -> bool:
        """There is a day nobody can argue about, before the proposed one."""
        return self.decision.safe_on < self.decision.proposed_on

    @property
    def may_be_preset(self) -> bool:
        """Without a right instruction nobody confirms a whole year by one press."""
        return bool(self.decision.period_amount)

    @property
    def was_late(self) -> bool:
        """Lodged, but after the last day."""
        one = self.decision
        return one.state == RemedyState.LODGED and bool(one.last_on and one.state_on and one.state_on > one.last_on)


def notice_of(decision: Decision) -> Notice:
    """How it came, as the rules take it."""
    return Notice(
        Procedure(decision.procedure), NotifiedHow(decision.notified_how), decision.received_on, decision.posted_on,
        decision.dated_on,
    )  # fmt: skip


def period_of(decision: Decision) -> Period:
    """What the instruction says, as the rules take it."""
    return Period(decision.period_amount, PeriodUnit(decision.period_unit))


def kept(calculation: Calculation) -> list[list[str]]:
    """The lines as they are stored, so that the page shows later what she saw then."""
    return [[line.step.value, line.day.isoformat(), line.law, line.detail] for line in calculation.lines]


def lines_of(decision: Decision) -> list[Line]:
    """The lines as they were shown."""
    return [Line(Step(step), date.fromisoformat(day), law, detail) for step, day, law, detail in decision.calculation]


def decision_in(case: Case, decision_id: UUID) -> Decision:
    """A Bescheid of this case; one statement."""
    found = Decision.objects.select_related("paper", "case").filter(case=case, id=decision_id).first()
    if found is None:
        raise NotFound(_("Diesen Bescheid gibt es hier nicht."))
    return found


def page_of(decision: Decision, *, today: date) -> DecisionPage:
    """Everything about one; one statement."""
    staff = names_of({decision.noted_by, decision.confirmed_by})
    return DecisionPage(
        row=row_of(decision, today=today),
        decision=decision,
        reference=decision.reference,
        procedure=str(Procedure(decision.procedure).label),
        notified_how=str(NotifiedHow(decision.notified_how).label),
        remedy=str(Remedy(decision.remedy).label),
        remedy_to=decision.remedy_to,
        period=period_in_words(decision.period_amount, decision.period_unit),
        lines=[told(line) for line in lines_of(decision)],
        cautions=[caution(one) for one in cautions(notice_of(decision), period_of(decision))],
        noted_by=staff.get(decision.noted_by, ""),
        confirmed_by=staff.get(decision.confirmed_by or 0, ""),
        paper=_shown_paper(decision),
        is_safe_passed=decision.safe_on < today,
        is_passed=decision.state in (RemedyState.OPEN, RemedyState.MISSED) and (decision.last_on or decision.proposed_on) < today,
    )


def _shown_paper(decision: Decision) -> Paper | None:
    """What became confidential since then is not named on a page that is not."""
    paper = decision.paper
    return None if paper and paper.confidential and not decision.confidential else paper


def row_of(decision: Decision, *, today: date) -> DecisionRow:
    """As lists show it."""
    due_on = decision.last_on or decision.proposed_on
    return DecisionRow(
        id=decision.id,
        title=title_of(decision),
        issuer=decision.issuer,
        outcome=str(Outcome(decision.outcome).label),
        dated_on=decision.dated_on,
        received_on=decision.received_on,
        last_on=decision.last_on,
        proposed_on=decision.proposed_on,
        state=decision.state,
        state_label=str(RemedyState(decision.state).label),
        state_on=decision.state_on,
        left=left(DeadlineKind.REMEDY, (due_on - today).days),
        persons=tuple(decision.persons),
        confidential=decision.confidential,
    )


def title_of(decision: Decision) -> str:
    """ "Jobcenter Ahaus: Mehrbedarf"."""
    return f"{decision.issuer}: {decision.subject}"


def decisions_of(case: Case, of: Of, *, today: date) -> list[DecisionRow]:
    """Of the case or one person, what is still open first, then the newest; one statement."""
    found = Decision.objects.filter(concerning(of), case=case).order_by("-received_on", "-id")[: 4 * PAGE]
    rows = [row_of(one, today=today) for one in found]
    return sorted(rows, key=lambda row: (not row.is_to_confirm, not row.is_open))


def decisions_of_paper(paper: Paper, *, today: date) -> list[DecisionRow]:
    """What was noted from this paper; nothing confidential where the paper is confidential no more. One statement."""
    found = Decision.objects.filter(case=paper.case, paper=paper).order_by("received_on", "id")
    found = found if paper.confidential else found.filter(confidential=False)
    return [row_of(one, today=today) for one in found]


# Who lodged a remedy says so at the Bescheid, with the day; at the end of a case these are left.
SETTLED_AT_THE_END = tuple(
    (state.value, state.label)
    for state in (RemedyState.PASSED_ON, RemedyState.NOT_WANTED, RemedyState.NOT_NEEDED, RemedyState.MISSED)
)


@dataclass(frozen=True)
class OpenDecision:
    """A Bescheid that must be answered before the case ends."""

    id: UUID
    version: int
    title: str
    due_on: date
    is_confirmed: bool
    confidential: bool


def open_decisions(case: Case) -> list[OpenDecision]:
    """All of which nobody has said what became of them, confidential ones too; one statement."""
    found = Decision.objects.filter(case=case, state=RemedyState.OPEN).order_by("received_on", "id")
    return [
        OpenDecision(
            one.id, one.version, title_of(one), one.last_on or one.proposed_on, one.last_on is not None, one.confidential
        )
        for one in found
    ]


# ---------- lines of the history ----------


@dataclass(frozen=True)
class Noted:
    """What one line of the history says."""

    title: str
    by: str
    facts: tuple[str, ...]


def lines_told(decision_ids: Collection[UUID]) -> dict[UUID, Noted]:
    """By id; two statements, none without ids."""
    if not decision_ids:
        return {}
    rows = list(Decision.objects.filter(id__in=decision_ids))
    staff = names_of({row.noted_by for row in rows})
    return {row.id: Noted(title_of(row), staff.get(row.noted_by, ""), _facts(row)) for row in rows}


def _facts(row: Decision) -> tuple[str, ...]:
    facts = [str(Outcome(row.outcome).label)]
    if row.last_on:
        facts.append(_("letzter Tag: %(day)s") % {"day": f"{row.last_on:%d.%m.%Y}"})
    elif row.state == RemedyState.OPEN:
        facts.append(_("letzter Tag noch nicht bestätigt"))
    if row.state != RemedyState.OPEN:
        facts.append(str(RemedyState(row.state).label))
    return tuple(facts)


# ---------- Mein Tag ----------


@dataclass(frozen=True)
class ToConfirm:
    """A Bescheid whose last day nobody has confirmed; of a protected family only the days."""

    id: UUID
    case_id: UUID
    title: str
    outcome: str
    who: str
    proposed_on: date
    safe_on: date
    left: str
    absent: str

    @property
    def safe_is_earlier(self) -> bool:
        """The two days differ."""
        return self.safe_on < self.proposed_on


def to_confirm(own: UUID, absent: Mapping[UUID, str], *, today: date) -> list[ToConfirm]:
    """In one's own cases and those one stands in for (with the names of who is away), nearest first.

    One statement where there is none, else six at most.

    Of cases whose client has not agreed to Vertretung the deputy is told nothing.
    """
    leads = [own, *absent]
    found = list(
        Decision.objects.filter(~Q(case__phase=Phase.CLOSED), case__lead_id__in=leads, last_on__isnull=True, state=RemedyState.OPEN)
        .select_related("case__person__municipality")
        .order_by("safe_on", "id")[:TO_CONFIRM]
    )
    covered = {one.case_id: one.case for one in found if one.case.lead_id != own}
    refused = not_to_deputies(covered.values()) if covered else set()
    shown = [one for one in found if one.case_id not in refused]
    if not shown:
        return []
    masked = masked_cases(one.case_id for one in shown)
    cards = cards_for_list([one.case for one in shown], masked=masked)
    names = names_of_entries(shown, cards, masked)
    return [
        ToConfirm(
            id=one.id,
            case_id=one.case_id,
            title="" if one.case_id in masked else title_of(one),
            outcome="" if one.case_id in masked else str(Outcome(one.outcome).label),
            who=who(one, cards[one.case_id], names),
            proposed_on=one.proposed_on,
            safe_on=one.safe_on,
            left=left(DeadlineKind.REMEDY, (one.proposed_on - today).days),
            absent=absent.get(one.case.lead_id, ""),
        )
        for one in shown
    ]


# ---------- forms ----------


def said(decision: Decision) -> dict[str, object]:
    """What it says now, by the names of the form."""
    names = (
        "issuer", "subject", "outcome", "reference", "dated_on", "procedure", "notified_how", "posted_on",
        "received_on", "remedy", "remedy_to", "period_unit",
    )  # fmt: skip
    return {
        **{name: getattr(decision, name) for name in names},
        "period_amount": decision.period_amount or None,
        "no_instruction": not decision.period_amount,
        "paper": str(decision.paper_id or ""),
    }


def said_by_paper(case: Case, paper_id: str) -> dict[str, Any]:
    """What a Bescheid can take over from its scan; when it came to the person no scan knows."""
    try:
        paper = Paper.objects.filter(case=case, id=UUID(paper_id)).first()
    except ValueError:
        return {}
    if paper is None:
        return {}
    return {
        "paper": str(paper.id),
        "issuer": paper.issuer,
        # A title nobody typed says only what kind of paper it is and whose.
        "subject": "" if paper.title.startswith(str(PaperKind(paper.kind).label)) else paper.title,
        "dated_on": paper.dated_on,
        "persons": [str(person) for person in paper.persons],
        "confidential": paper.confidential,
    }
