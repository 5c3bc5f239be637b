"""Bescheide: noted with a proposed last day, confirmed by a person, settled; the Frist follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions import deadlines
from faden.cases.actions.concerning import About, checked
from faden.cases.actions.timeline import tell
from faden.cases.models import Case
from faden.cases.vocabulary.case import EntryKind
from faden.cases.vocabulary.deadline import DeadlineEnd, DeadlineKind
from faden.documents.models import Decision, Paper
from faden.documents.queries.decisions import (
    SETTLED_AT_THE_END,
    decision_in,
    kept,
    lines_of,
    notice_of,
    open_decisions,
    period_of,
    title_of,
)
from faden.documents.rules.remedy import Step, calculate
from faden.documents.rules.remedy_words import period_in_words
from faden.documents.vocabulary import (
    DECISION_CHANGED,
    DECISION_CONFIRMED,
    DECISION_NOTED,
    DECISION_REOPENED,
    DECISION_SETTLED,
    NotifiedHow,
    Outcome,
    PeriodUnit,
    Procedure,
    Remedy,
    RemedyState,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid

_ENDS = {
    RemedyState.LODGED: DeadlineEnd.DONE,
    RemedyState.PASSED_ON: DeadlineEnd.DONE,
    RemedyState.NOT_WANTED: DeadlineEnd.NOT_NEEDED,
    RemedyState.NOT_NEEDED: DeadlineEnd.NOT_NEEDED,
    RemedyState.MISSED: DeadlineEnd.PASSED,
}
# What one sentence must explain to whoever reads it later.
_NEEDS_WORDS = frozenset({RemedyState.NOT_NEEDED, RemedyState.MISSED, RemedyState.PASSED_ON})
LONGEST_PERIOD = 366


@dataclass(frozen=True)
class Noted:
    """A Bescheid as it lies on the desk; `period_amount` 0: the instruction is missing or wrong."""

    issuer: str
    subject: str
    outcome: str
    dated_on: date
    procedure: str
    notified_how: str
    received_on: date
    remedy: str
    period_amount: int
    period_unit: str = PeriodUnit.MONTHS
    posted_on: date | None = None
    reference: str = ""
    remedy_to: str = ""
    about: About = About()
    paper_id: UUID | None = None


@dataclass(frozen=True)
class Settled:
    """What became of it."""

    state: str
    state_on: date
    words: str = ""


def note(case: Case, noted: Noted, *, by: Actor, on: date, at: datetime) -> Decision:
    """A Bescheid with the calculation as it is shown; nothing counts until somebody confirms the day."""
    decision = Decision(organisation_id=by.organisation_id, case=case, noted_at=at, noted_by=by.person)
    _fill(decision, noted, case, on=on)
    decision.save(force_insert=True)
    _tell(decision)
    audit.note(DECISION_NOTED, by=by, at=at, **_about(decision))
    return decision


def change(decision: Decision, noted: Noted, *, seen_version: int, by: Actor, on: date, at: datetime) -> Decision:
    """Correct what it says, unless somebody else did meanwhile; another calculation asks for a new confirmation."""
    decision = _locked(decision)
    if decision.version != seen_version:
        raise Conflict(_("Dieser Bescheid wurde inzwischen von jemand anderem geändert."), _differences(decision, noted))
    _must_be_open(decision)
    before = _calculated(decision)
    _fill(decision, noted, decision.case, on=on)
    if _calculated(decision) != before:
        _unconfirm(decision, at=at)
    _save(decision)
    if decision.last_on:
        _note_deadline(decision, at=at)
    audit.note(DECISION_CHANGED, by=by, at=at, **_about(decision))
    return decision


def confirm(
    decision: Decision, *, last_on: date, because: str = "", seen_version: int, by: Actor, at: datetime
) -> Decision:
    """A person says which day counts. Any other day than the proposed or the safe one needs a reason."""
    decision = _locked(decision)
    if decision.version != seen_version:
        raise Conflict(_("Die Angaben zu diesem Bescheid haben sich geändert. Bitte sehen Sie sich die Berechnung noch einmal an."))
    _must_be_open(decision)
    is_offered = last_on in (decision.proposed_on, decision.safe_on)
    if not is_offered and not because.strip():
        raise Invalid(_("Bitte schreiben Sie, warum ein anderer Tag gilt."), "because")
    if last_on < decision.dated_on:
        raise Invalid(_("Dieser Tag liegt vor dem Datum des Bescheids."), "other_day")
    decision.last_on, decision.differs_because = last_on, "" if is_offered else because.strip()
    decision.confirmed_at, decision.confirmed_by = at, by.person
    _save(decision)
    _note_deadline(decision, at=at)
    audit.note(DECISION_CONFIRMED, by=by, at=at, **_about(decision), day=last_on.isoformat(), proposed=decision.proposed_on.isoformat())
    return decision


def settle(decision: Decision, settled: Settled, *, seen_version: int, by: Actor, on: date, at: datetime) -> Decision:
    """What became of it; the Frist ends with it. A Bescheid against which nothing is to be done needs no confirmed day."""
    decision = _locked(decision)
    if decision.version != seen_version:
        raise Conflict(_("Dieser Bescheid wurde inzwischen von jemand anderem geändert."))
    _must_be_open(decision)
    state = RemedyState(settled.state)
    if state not in _ENDS:
        raise Invalid(_("Bitte wählen Sie, was daraus wurde."), "state")
    if state in _NEEDS_WORDS and not settled.words.strip():
        raise Invalid(_("Bitte schreiben Sie in einem Satz dazu, warum."), "words")
    if not decision.dated_on <= settled.state_on <= on:
        raise Invalid(_("Dieser Tag kann nicht stimmen: Er liegt vor dem Bescheid oder in der Zukunft."), "state_on")
    decision.state, decision.state_on, decision.state_words = state, settled.state_on, settled.words.strip()
    _save(decision)
    deadlines.end_for(
        decision.id,
        because=_ENDS[state],
        kind=DeadlineKind.REMEDY,
        case=decision.case,
        words=settled.words.strip(),
        by=by,
        at=at,
    )
    audit.note(DECISION_SETTLED, by=by, at=at, **_about(decision), state=state)
    return decision


def reopen(decision: Decision, *, by: Actor, at: datetime) -> Decision:
    """It is open after all; a confirmed day counts again."""
    decision = _locked(decision)
    if decision.state == RemedyState.OPEN:
        return decision
    decision.state, decision.state_on, decision.state_words = RemedyState.OPEN, None, ""
    _save(decision)
    if decision.last_on:
        deadlines.count_again(decision.id, kind=DeadlineKind.REMEDY, case=decision.case)
        _note_deadline(decision, at=at)
    audit.note(DECISION_REOPENED, by=by, at=at, **_about(decision))
    return decision


def settle_open(
    case: Case, answers: Mapping[UUID, str], *, for_all: str, by: Actor, on: date, at: datetime
) -> int:
    """At the end of a case: every Bescheid that is open; returns how many were settled."""
    found = open_decisions(case)
    for one in found:
        state = answers.get(one.id) or for_all
        if state not in dict(SETTLED_AT_THE_END):
            raise Invalid(_("Bitte sagen Sie, was aus den offenen Bescheiden wird."), "settle_all")
        settled = Settled(state, on, _("beim Abschluss des Falls"))
        settle(decision_in(case, one.id), settled, seen_version=one.version, by=by, on=on, at=at)
    return len(found)


# ---------- what they have in common ----------


def _locked(decision: Decision) -> Decision:
    return Decision.objects.select_for_update(of=("self",)).select_related("case", "paper").get(id=decision.id)


def _must_be_open(decision: Decision) -> None:
    if decision.state != RemedyState.OPEN:
        raise Invalid(_("Dieser Bescheid ist erledigt. Nehmen Sie ihn zuerst wieder auf."))


def _fill(decision: Decision, noted: Noted, case: Case, *, on: date) -> None:
    _check(noted, on=on)
    for name in (
        "issuer", "subject", "outcome", "dated_on", "procedure", "notified_how", "received_on", "remedy",
        "period_amount", "period_unit", "posted_on", "reference", "remedy_to",
    ):  # fmt: skip
        setattr(decision, name, getattr(noted, name))
    for name, value in checked(noted.about, case=case).items():
        setattr(decision, name, value)
    decision.paper = _paper(case, noted, decision)
    calculation = calculate(notice_of(decision), period_of(decision))
    decision.proposed_on, decision.safe_on = calculation.last_day, calculation.safe_day
    decision.calculation = kept(calculation)


def _check(noted: Noted, *, on: date) -> None:
    if noted.received_on > on:
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "received_on")
    if noted.dated_on > noted.received_on:
        raise Invalid(_("Das Datum des Bescheids liegt nach dem Tag, an dem er ankam. Bitte prüfen Sie beide."), "dated_on")
    if noted.posted_on and not noted.dated_on <= noted.posted_on <= noted.received_on:
        raise Invalid(_("Der Poststempel muss zwischen dem Datum des Bescheids und dem Tag liegen, an dem er ankam."), "posted_on")
    if not 0 <= noted.period_amount <= LONGEST_PERIOD:
        raise Invalid(_("Diese Frist kann nicht stimmen."), "period_amount")


def _paper(case: Case, noted: Noted, decision: Decision) -> Paper | None:
    """A paper of the same case; who may not see the paper must not learn of it from the Bescheid, and the other way round."""
    if noted.paper_id is None:
        return None
    paper = Paper.objects.filter(id=noted.paper_id, case=case).first()
    if paper is None:
        raise Invalid(_("Dieses Dokument gibt es hier nicht."), "paper")
    if (paper.confidential or decision.confidential) and (paper.confidential, paper.persons) != (decision.confidential, decision.persons):
        raise Invalid(_("Das Dokument gehört zu einem vertraulichen Faden. Der Bescheid muss dieselbe Person betreffen und auch vertraulich sein."), "persons")
    return paper


def _calculated(decision: Decision) -> tuple[object, ...]:
    """What somebody confirmed: the days and how they came about."""
    return decision.proposed_on, decision.safe_on, decision.calculation


def _unconfirm(decision: Decision, *, at: datetime) -> None:
    decision.last_on, decision.differs_because = None, ""
    decision.confirmed_at, decision.confirmed_by = None, None
    deadlines.end_for(decision.id, because=DeadlineEnd.GONE, kind=DeadlineKind.REMEDY, case=decision.case, at=at)


def _save(decision: Decision) -> None:
    decision.version += 1
    decision.save()
    _tell(decision)


def _tell(decision: Decision) -> None:
    tell(
        decision.case,
        kind=EntryKind.DECISION,
        about=decision.id,
        at=decision.noted_at,
        persons=decision.persons,
        confidential=decision.confidential,
    )


def _note_deadline(decision: Decision, *, at: datetime) -> None:
    assert decision.last_on
    deadlines.note(
        decision.case,
        kind=DeadlineKind.REMEDY,
        reference=decision.id,
        due_on=decision.last_on,
        persons=decision.persons,
        confidential=decision.confidential,
        law=next(line.law for line in lines_of(decision) if line.step in (Step.ENDS, Step.NO_INSTRUCTION)),
        subject=title_of(decision),
        at=at,
    )


def _about(decision: Decision) -> dict[str, Any]:
    """What every deed at a Bescheid is noted with."""
    return {"subject": decision.case_id, "decision": str(decision.id), "version": decision.version}


def _differences(decision: Decision, yours: Noted) -> tuple[tuple[str, str, str], ...]:
    """(label, what it says now, what you wanted) for each part that differs."""
    pairs = (
        (_("Stelle"), decision.issuer, yours.issuer),
        (_("Aktenzeichen"), decision.reference, yours.reference),
        (_("Worum es geht"), decision.subject, yours.subject),
        (_("Ergebnis"), str(Outcome(decision.outcome).label), str(Outcome(yours.outcome).label)),
        (_("Datum des Bescheids"), _day(decision.dated_on), _day(yours.dated_on)),
        (_("Verfahren"), str(Procedure(decision.procedure).label), str(Procedure(yours.procedure).label)),
        (_("Wie er ankam"), str(NotifiedHow(decision.notified_how).label), str(NotifiedHow(yours.notified_how).label)),
        (_("Poststempel"), _day(decision.posted_on), _day(yours.posted_on)),
        (_("Angekommen am"), _day(decision.received_on), _day(yours.received_on)),
        (_("Rechtsbehelf"), str(Remedy(decision.remedy).label), str(Remedy(yours.remedy).label)),
        (_("Einzulegen bei"), decision.remedy_to, yours.remedy_to),
        (
            _("Frist"),
            period_in_words(decision.period_amount, decision.period_unit),
            period_in_words(yours.period_amount, yours.period_unit),
        ),
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else "–"
