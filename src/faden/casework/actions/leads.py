"""Who leads a case: one handed over, many taken over when somebody leaves, and how much work each is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions.passing_on import Passed, pass_on
from faden.cases.actions.timeline import tell
from faden.cases.models import Case, LeadChange
from faden.cases.vocabulary.case import WEIGHT_CHANGED, CaseWeight, EntryKind
from faden.cases.vocabulary.course import LEAD_CHANGED, LeadChangeReason
from faden.casework.policies import may_hand_over, may_weigh
from faden.casework.queries.takeover import cases_with_work_of
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid
from faden.organisations.models import Membership
from faden.organisations.policies import may
from faden.organisations.queries.memberships import colleagues
from faden.organisations.vocabulary import Permission


@dataclass(frozen=True)
class Taken:
    """What went over."""

    cases: int
    passed: Passed


def hand_over(
    case: Case, to: UUID, *, reason: LeadChangeReason, by: Actor, on: date, at: datetime
) -> LeadChange:
    """One case to a colleague, with what its lead still has to do in it."""
    may_hand_over(by, case).require()
    return _change(case, case.lead_id, _new_lead(to, on=on, field="to"), reason=reason, by=by, at=at)[0]


def _new_lead(to: UUID, *, on: date, field: str) -> Membership:
    found = colleagues(on=on, roles=("case_manager",)).filter(id=to).first()
    if found is None:
        raise Invalid(_("Bitte wählen Sie, wer den Fall führt."), field)
    return found


def _change(
    case: Case, holder: UUID, to: Membership, *, reason: LeadChangeReason, by: Actor, at: datetime
) -> tuple[LeadChange, Passed]:
    case = Case.objects.select_for_update(of=("self",)).get(id=case.id)
    if case.lead_id != holder:
        raise Conflict(
            _("Fall %(number)s führt inzwischen jemand anderes. Bitte laden Sie die Seite neu.")
            % {"number": case.number}
        )
    if to.id == holder:
        raise Invalid(_("Den Fall %(number)s führt diese Person schon.") % {"number": case.number}, "to")
    change = LeadChange.objects.create(
        organisation_id=by.organisation_id,
        case=case,
        from_lead_id=holder,
        to_lead=to,
        reason=reason,
        changed_at=at,
        changed_by=by.person,
    )
    Case.objects.filter(id=case.id).update(lead=to)
    passed = pass_on(holder, to.id, case=case, by=by, at=at)
    tell(case, kind=EntryKind.LEAD, about=change.id, at=at, persons=())
    audit.note(LEAD_CHANGED, by=by, at=at, subject=case.id, holder=str(holder), to=str(to.id), reason=reason)
    return change, passed


def take_over(
    holder: UUID,
    new_leads: Mapping[UUID, UUID],
    *,
    rest: bool,
    reason: LeadChangeReason,
    by: Actor,
    on: date,
    at: datetime,
) -> Taken:
    """Several cases at once; with `rest` also what the holder has to do in cases of others.

    That goes to those cases' leads, and what belongs to no case to whoever plans: nothing is left without
    a holder.
    """
    may(by, Permission.PLAN_WORK).require()
    leads = {to: _new_lead(to, on=on, field="bulk") for to in set(new_leads.values())}
    passed = Passed()
    # In one order, so that two who plan at once wait for each other instead of both failing.
    for case_id in sorted(new_leads):
        case = Case.objects.filter(id=case_id).first()
        if case is None:
            raise Conflict(_("Einen dieser Fälle gibt es nicht mehr. Bitte laden Sie die Seite neu."))
        passed += _change(case, holder, leads[new_leads[case_id]], reason=reason, by=by, at=at)[1]
    if rest:
        passed += _pass_on_the_rest(holder, by=by, at=at)
    return Taken(len(new_leads), passed)


def _pass_on_the_rest(holder: UUID, *, by: Actor, at: datetime) -> Passed:
    passed = pass_on(holder, UUID(by.membership_id), case=None, by=by, at=at)
    for case in cases_with_work_of(holder, now=at):
        passed += pass_on(holder, case.lead_id, case=case, by=by, at=at)
    return passed


def weigh(case: Case, weight: CaseWeight, *, by: Actor, at: datetime) -> None:
    """How much of a full-time post the case takes, as its lead sees it."""
    may_weigh(by, case).require()
    Case.objects.filter(id=case.id).update(weight=weight)
    audit.note(WEIGHT_CHANGED, by=by, at=at, subject=case.id, weight=int(weight))
