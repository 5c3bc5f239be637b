"""Abschluss and Wiederaufnahme: reason, what the client says, nothing left open, the retention clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions import appointments, deadlines, phases, tasks
from faden.cases.actions.timeline import tell
from faden.cases.models import Case, CaseMember, Closing
from faden.cases.vocabulary.case import EntryKind, Phase
from faden.cases.vocabulary.course import CASE_CLOSED, CASE_REOPENED
from faden.cases.vocabulary.task import DropReason
from faden.casework.actions import letting_go
from faden.casework.queries.closing import coming_appointments, open_tasks
from faden.casework.rules import closing_gap
from faden.chains.actions import ending as chains
from faden.chains.actions import goals
from faden.consents.actions import agreements
from faden.documents.actions import decisions
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Conflict, Invalid
from faden.referrals.actions import conferences
from faden.referrals.models import Conference
from faden.referrals.vocabulary import ConferenceState

# Beside the reasons to drop a task: it is done, only nobody had said so.
DONE = "done"


@dataclass(frozen=True)
class Ending:
    """All that closing a case records."""

    reason: str
    client_view: str
    keep_until: date
    handed_over: bool | None = None
    contact_attempts: int | None = None
    summary: str = ""
    client_words: str = ""
    findings_noted: int = 0
    # What happens to what is open: for all, and for single tasks and appointments otherwise.
    drop_all: str = ""
    drop_one: Mapping[UUID, str] = field(default_factory=dict)
    # What became of the open goals of all members.
    rate_all: str = ""
    rate_one: Mapping[UUID, str] = field(default_factory=dict)
    # What becomes of the Bescheide that are open.
    settle_all: str = ""
    settle_one: Mapping[UUID, str] = field(default_factory=dict)
    # What of it others had, as the page told it; None: no page, as when a Fallübergabe ends.
    seen_outside: str | None = None
    # Who took back the agreement to counselling and documentation.
    withdrawn_by: tuple[UUID, ...] = ()


def close(case: Case, ending: Ending, *, by: Actor, at: datetime) -> Closing:
    """Close the case; what is open ends with a reason, here and at others; goals with a rating; members and notes stay."""
    case = _locked(case)
    if case.phase == Phase.CLOSED:
        raise Conflict(_("Dieser Fall ist schon abgeschlossen."))
    _check(ending)
    if ending.seen_outside is not None:
        letting_go.check_seen(case, ending.seen_outside, at=at)
    _end_what_is_open(case, ending, by=by, at=at)
    letting_go.let_go(case, by=by, at=at)
    on = at.astimezone(BERLIN).date()
    decisions.settle_open(case, ending.settle_one, for_all=ending.settle_all, by=by, on=on, at=at)
    goals.rate_open(case, ending.rate_one, for_all=ending.rate_all, by=by, on=on, at=at)
    chains.end_all(case, by=by, at=at)
    deadlines.end_all_for(case, by=by, at=at)
    _end_agreements(case, ending.withdrawn_by, by=by, at=at)
    letting_go.check_nobody_answers(case)
    phases.end(case, by=by, at=at)
    closing = Closing.objects.create(
        organisation_id=by.organisation_id,
        case=case,
        reason=ending.reason,
        handed_over=ending.handed_over,
        contact_attempts=ending.contact_attempts,
        summary=ending.summary or None,
        client_view=ending.client_view,
        client_words=ending.client_words or None,
        findings_noted=ending.findings_noted,
        closed_at=at,
        closed_by=by.person,
        keep_until=ending.keep_until,
    )
    tell(case, kind=EntryKind.CLOSED, about=closing.id, at=at, persons=())
    audit.note(
        CASE_CLOSED, by=by, at=at, subject=case.id, reason=ending.reason, keep_until=ending.keep_until.isoformat()
    )
    return closing


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update().get(id=case.id)


def _check(ending: Ending) -> None:
    gap = closing_gap(
        ending.reason,
        handed_over=ending.handed_over,
        attempts=ending.contact_attempts,
        summary=ending.summary,
    )
    if gap:
        sentence = {
            "handed_over": _("Bitte sagen Sie, ob der Fall am neuen Ort übergeben ist."),
            "contact_attempts": _("Bitte tragen Sie ein, wie oft Sie es versucht haben."),
            "summary": _("Bitte schreiben Sie, aus welchem Grund."),
        }[gap]
        raise Invalid(sentence, gap)


def _end_what_is_open(case: Case, ending: Ending, *, by: Actor, at: datetime) -> None:
    for task in open_tasks(case):
        chosen = _chosen(ending, task.id)
        if chosen == DONE:
            tasks.finish(task, by=by, at=at)
        else:
            tasks.drop(task, DropReason(chosen), by=by, at=at)
    planned = {one.appointment_id: one for one in Conference.objects.filter(case=case, state=ConferenceState.PLANNED)}
    for appointment in coming_appointments(case, now=at):
        because = DropReason(_chosen(ending, appointment.id))
        if conference := planned.get(appointment.id):
            seen = conferences.Seen(conference.version, by, at, at.astimezone(BERLIN).date())
            conferences.cancel(conference, because, seen)
        else:
            appointments.drop(appointment, because, case=case, by=by, at=at)


def _end_agreements(case: Case, persons: Sequence[UUID], *, by: Actor, at: datetime) -> None:
    members = set(CaseMember.objects.filter(case=case).values_list("person_id", flat=True))
    if not set(persons) <= members:
        raise Invalid(_("Diese Person gehört nicht zu diesem Fall."), "withdrawn_by")
    for person_id in persons:
        agreements.withdraw(person_id, by=by, at=at)


def _chosen(ending: Ending, row_id: UUID) -> str:
    chosen = ending.drop_one.get(row_id) or ending.drop_all
    if not chosen:
        raise Invalid(_("Bitte sagen Sie, was mit den offenen Aufgaben und Terminen geschieht."), "drop_all")
    return chosen


def reopen(case: Case, *, because: str, by: Actor, at: datetime) -> Case:
    """Take the case up again in the phase it was closed in; the closing stays in its history.

    Chains and Fristen go on where the closing ended them; a goal keeps its rating until somebody takes it up again.
    """
    case = _locked(case)
    if case.phase != Phase.CLOSED:
        raise Conflict(_("Dieser Fall ist schon wieder offen."))
    closing = Closing.objects.filter(case=case, reopened_at__isnull=True).first()
    if closing:
        closing.reopened_at, closing.reopened_by, closing.reopened_because = at, by.person, because
        closing.save(update_fields=["reopened_at", "reopened_by", "reopened_because"])
    phases.put_back(case, by=by, at=at)
    chains.reopen_closed(case, by=by, at=at)
    deadlines.restore(case, by=by, at=at)
    audit.note(CASE_REOPENED, by=by, at=at, subject=case.id)
    return case
