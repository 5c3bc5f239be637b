"""The end of a Fallübergabe at the old service: everything that is open ends with its holder, then our side ends."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions import appointments, interpreters, tasks
from faden.cases.actions.deadlines import end_for
from faden.cases.actions.members import leave
from faden.cases.models import Appointment, Case, InterpreterRequest, Task
from faden.cases.vocabulary.course import ClosingReason, Satisfaction
from faden.cases.vocabulary.deadline import DeadlineEnd
from faden.cases.vocabulary.task import DropReason
from faden.casework.actions.closing import Ending, close
from faden.chains.actions import ending as chains
from faden.chains.actions import goals, sharing
from faden.chains.models import Chain, ChainShare, Goal
from faden.chains.vocabulary import ChainEnd, GoalRating, ShareEnd
from faden.consents.actions import declarations
from faden.consents.vocabulary import DeclarationEnd, FormKind
from faden.documents.actions import decisions, letters
from faden.documents.actions.decisions import Settled
from faden.documents.models import Decision, Letter
from faden.documents.vocabulary import RemedyState
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid
from faden.referrals.actions import conferences, referrals, transfer_ends
from faden.referrals.models import CaseTransfer, Conference, Referral
from faden.referrals.queries.loose_parts import Asked, members_here, open_parts, to_place
from faden.referrals.queries.transfers import goers_of, placed_in
from faden.referrals.rules.transfers import OpenPart, Placed
from faden.referrals.vocabulary import GoesTo, LoosePartKind


@dataclass(frozen=True)
class Leaving:
    """How our side ends: what the client says, until when the file is kept."""

    keep_until: date
    client_view: str = Satisfaction.NOT_ASKED
    client_words: str = ""
    summary: str = ""


@dataclass(frozen=True)
class Act:
    """Who ends something, in which case, when."""

    case: Case
    by: Actor
    on: date
    at: datetime


def still_with_us(transfer: CaseTransfer, *, on: date, at: datetime) -> list[OpenPart]:
    """What is open and has no holder but us: as long as there is any, our side does not end."""
    return _with_us(to_place(_open(transfer, on=on, at=at)), placed_in(transfer))


def _with_us(parts: Iterable[OpenPart], placed: Mapping[tuple[str, UUID], Placed]) -> list[OpenPart]:
    return [part for part in parts if placed.get(part.key, Placed()).goes_to in ("", GoesTo.US)]


def finish(transfer: CaseTransfer, leaving: Leaving, *, by: Actor, on: date, at: datetime) -> CaseTransfer:
    """Close the case, or let who went leave it where others stay; refused while something open is only ours."""
    transfer = transfer_ends.accepted(transfer)
    act, placed, parts = Act(transfer.case, by, on, at), placed_in(transfer), to_place(_open(transfer, on=on, at=at))
    if open_here := _with_us(parts, placed):
        raise Invalid(_("Noch offen und ohne neuen Verbleib: %(number)d.") % {"number": len(open_here)})
    stays = set(members_here(transfer.case)) - set(transfer.persons)
    held = {part: placed[part.key] for part in parts if not set(part.persons or stays) & stays}
    _end(held, _NOT_ENDED_BY_CLOSING, act)
    if stays:
        _end(held, _ENDED_BY_CLOSING, act)
        _leave(transfer, act)
    # First: a case with an accepted Fallübergabe is not closed.
    finished = transfer_ends.done(transfer, by=by, at=at)
    if not stays:
        close(transfer.case, _ending(held, leaving), by=by, at=at)
    return finished


def finish_when_due(transfer: CaseTransfer, leaving: Leaving, *, by: Actor, on: date, at: datetime) -> bool:
    """In the night: it ends where everything has a holder; else the case stays open and its lead is told, once."""
    transfer = transfer_ends.accepted(transfer)
    if still_with_us(transfer, on=on, at=at):
        title = _("Überleitung ist vorbei, es ist noch etwas offen: bitte klären und die Fallübergabe abschließen")
        if not Task.objects.filter(case=transfer.case, title=title, done_at__isnull=True).exists():
            transfer_ends.ask_lead(transfer, title, by=by, at=at)
        return False
    finish(transfer, leaving, by=by, on=on, at=at)
    return True


def _open(transfer: CaseTransfer, *, on: date, at: datetime) -> list[OpenPart]:
    grounds = frozenset(goer.hers.consent for goer in goers_of(transfer, on=on) if goer.hers.consent)
    asked = Asked(transfer.case, tuple(transfer.persons), members_here(transfer.case), on, at, grounds)
    return open_parts(asked)


# ---------- closing the case ----------

# Whoever goes on with it, by where it went.
_DROPPED = {GoesTo.THEM: DropReason.OTHER_SERVICE, GoesTo.CLIENT: DropReason.CLIENT, GoesTo.ENDS: DropReason.NOT_NEEDED}
_RATED = {GoesTo.THEM: GoalRating.PASSED_ON, GoesTo.CLIENT: GoalRating.OVERTAKEN, GoesTo.ENDS: GoalRating.OVERTAKEN}
_SETTLED = {GoesTo.THEM: RemedyState.PASSED_ON, GoesTo.ENDS: RemedyState.NOT_NEEDED}

Held = Mapping[OpenPart, Placed]


def _ending(held: Held, leaving: Leaving) -> Ending:
    return Ending(
        reason=ClosingReason.TRANSFERRED,
        client_view=leaving.client_view,
        client_words=leaving.client_words,
        summary=leaving.summary,
        keep_until=leaving.keep_until,
        # A confidential piece of the same kind is among them: nothing is left to a rule for all.
        drop_one=_by_row(held, (LoosePartKind.TASK, LoosePartKind.APPOINTMENT), _DROPPED),
        rate_one=_by_row(held, (LoosePartKind.GOAL,), _RATED),
        settle_one=_by_row(held, (LoosePartKind.DECISION,), _SETTLED),
    )


def _by_row(held: Held, kinds: Iterable[LoosePartKind], words: Mapping[GoesTo, str]) -> dict[UUID, str]:
    return {part.reference: str(words[GoesTo(where.goes_to)]) for part, where in held.items() if part.kind in kinds}


# ---------- what closing a case does not end ----------


def _end_referral(part: OpenPart, _where: Placed, act: Act) -> None:
    # What a place was asked ends with our mandate; the new service asks again, on its own ground.
    referral = Referral.objects.get(id=part.reference)
    referrals.withdraw(referral, seen_version=referral.version, by=act.by, at=act.at)


def _end_share(part: OpenPart, _where: Placed, act: Act) -> None:
    sharing.end(ChainShare.objects.get(id=part.reference), ShareEnd.HANDED_OVER, by=act.by, at=act.at)


def _end_declaration(part: OpenPart, _where: Placed, act: Act) -> None:
    because = DeclarationEnd.DONE if part.codes[1] else DeclarationEnd.NOT_SIGNED
    declarations.end(FormKind(part.codes[0]), part.reference, because, ended_on=act.on, by=act.by, at=act.at)
    end_for(part.reference, case=act.case, by=act.by, at=act.at)


def _end_conference(part: OpenPart, _where: Placed, act: Act) -> None:
    conference = Conference.objects.get(id=part.reference)
    conferences.cancel(conference, DropReason.NOT_NEEDED, conferences.Seen(conference.version, act.by, act.at, act.on))


def _end_interpreter(part: OpenPart, _where: Placed, act: Act) -> None:
    request = InterpreterRequest.objects.get(id=part.reference)
    interpreters.call_off(request, seen=request.version, by=act.by, at=act.at)


def _end_letter(part: OpenPart, _where: Placed, act: Act) -> None:
    letter = Letter.objects.get(id=part.reference)
    letters.discard(letter, seen_version=letter.version, by=act.by, at=act.at)


End = Callable[[OpenPart, Placed, Act], None]
_NOT_ENDED_BY_CLOSING: dict[LoosePartKind, End] = {
    LoosePartKind.REFERRAL: _end_referral,
    LoosePartKind.SHARE: _end_share,
    LoosePartKind.DECLARATION: _end_declaration,
    LoosePartKind.CONFERENCE: _end_conference,
    LoosePartKind.INTERPRETER: _end_interpreter,
    LoosePartKind.LETTER: _end_letter,
}


def _end(held: Held, ends: Mapping[LoosePartKind, End], act: Act) -> None:
    for part, where in held.items():
        if end := ends.get(part.kind):
            end(part, where, act)


# ---------- where others stay ----------


def _drop_task(part: OpenPart, where: Placed, act: Act) -> None:
    tasks.drop(Task.objects.get(id=part.reference), _DROPPED[GoesTo(where.goes_to)], by=act.by, at=act.at)


def _drop_appointment(part: OpenPart, where: Placed, act: Act) -> None:
    meeting = Appointment.objects.get(id=part.reference)
    appointments.drop(meeting, _DROPPED[GoesTo(where.goes_to)], case=act.case, by=act.by, at=act.at)


def _rate_goal(part: OpenPart, where: Placed, act: Act) -> None:
    goal = Goal.objects.select_related("plan").get(id=part.reference)
    goals.rate(goal, goals.Rated(_RATED[GoesTo(where.goes_to)]), by=act.by, on=act.on, at=act.at)


def _settle_decision(part: OpenPart, where: Placed, act: Act) -> None:
    decision = Decision.objects.get(id=part.reference)
    settled = Settled(_SETTLED[GoesTo(where.goes_to)], act.on, where.because or _("bei der Fallübergabe"))
    decisions.settle(decision, settled, seen_version=decision.version, by=act.by, on=act.on, at=act.at)


def _end_chain(part: OpenPart, _where: Placed, act: Act) -> None:
    chain = Chain.objects.get(id=part.codes[0])
    if chain.ended_at is None:
        chains.end(chain.id, ChainEnd.NOT_NEEDED, case=act.case, seen_version=chain.version, by=act.by, at=act.at)


def _end_deadline(part: OpenPart, _where: Placed, act: Act) -> None:
    end_for(UUID(part.codes[2]), because=DeadlineEnd.GONE, case=act.case, by=act.by, at=act.at)


_ENDED_BY_CLOSING: dict[LoosePartKind, End] = {
    LoosePartKind.TASK: _drop_task,
    LoosePartKind.APPOINTMENT: _drop_appointment,
    LoosePartKind.GOAL: _rate_goal,
    LoosePartKind.DECISION: _settle_decision,
    LoosePartKind.STEP: _end_chain,
    LoosePartKind.DEADLINE: _end_deadline,
}


def _leave(transfer: CaseTransfer, act: Act) -> None:
    """Who went over leaves; a case cannot lose whom it is named after without somebody deciding what it becomes."""
    for person in transfer.persons:
        if person != act.case.person_id:
            leave(act.case, person, by=act.by, on=act.on, at=act.at)
    if act.case.person_id in transfer.persons:
        title = _("Der Fall ist nach einer Person benannt, die übergeben ist: für die anderen neu eröffnen oder abschließen")
        transfer_ends.ask_lead(transfer, title, by=act.by, at=act.at)
