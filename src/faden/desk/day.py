"""Mein Tag: what is overdue, due, new."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from faden.cases.queries.caseload import open_cases, page_of
from faden.cases.queries.covering import Covered, covered_day
from faden.cases.queries.day import day_of
from faden.cases.queries.substitutions import uncovered_cases
from faden.cases.rules.caseload import beside_tasks
from faden.casework.queries.takeover import leaving
from faden.chains.queries.lying import Lying, steps_lying_with
from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.shell import page
from faden.documents.queries.decisions import to_confirm
from faden.documents.queries.inbox import number_lying_with
from faden.organisations.policies import may
from faden.organisations.vocabulary import ROLES, Permission
from faden.referrals.queries.lying import number_needing

NEEDING = 5
LYING = 10
# Where each role begins its work.
_START = (
    (Permission.SEE_DAY, "day"),
    (Permission.SEE_DEMAND, "overview"),
    (Permission.SEE_LOOKS, "looks"),
    (Permission.MANAGE_ACCOUNTS, "accounts"),
)


@reads(Sees.LIST, may=Permission.SEE_DAY)
def show(request: DeskRequest) -> HttpResponse:
    """The first page of a working day."""
    day = day_of(UUID(request.actor.membership_id), today=request.today)
    covering = covered_day(UUID(request.actor.membership_id), today=request.today)
    lying = _lying(request, covering)
    absent = {cover.absent_id: cover.absent for cover in covering}
    unconfirmed = to_confirm(UUID(request.actor.membership_id), absent, today=request.today)
    planning = _planning(request)
    uncovered = [case.case_id for case in planning["uncovered"]]  # type: ignore[attr-defined]
    request.shown = [*day.case_ids, *(case_id for cover in covering for case_id in cover.case_ids), *uncovered]
    request.shown += [decision.case_id for decision in unconfirmed]
    request.shown += [step.case_id for _name, steps, _all in lying for step in steps]
    context = {
        "day": day,
        "covering": covering,
        "to_confirm": unconfirmed,
        "covered_remedies": [row for cover in covering for row in cover.deadlines.remedies],
        "lying": lying,
        "referrals": number_needing(UUID(request.actor.membership_id)),
        "scans": number_lying_with(UUID(request.actor.membership_id)),
        "planning": planning,
        "today": request.today,
        "leads": request.actor.role == "team_lead",
        "works_on_cases": bool(may(request.actor, Permission.WORK_ON_CASES)),
        **_needing(request),
    }
    return page(request, "desk/day.html", context, here="day")


def _lying(request: DeskRequest, covering: list[Covered]) -> list[tuple[str, list[Lying], int]]:
    """Steps of chains that lie with us or wait too long: one's own, then those of who is away; (whose, some, how many)."""
    own = UUID(request.actor.membership_id)
    found = steps_lying_with([own, *(cover.absent_id for cover in covering)], today=request.today)
    of_each = [("", [step for step in found if step.lead_id == own])]
    of_each += [
        (cover.absent, [s for s in found if s.lead_id == cover.absent_id and s.number not in cover.refused])
        for cover in covering
    ]
    return [(whose, steps[:LYING], len(steps)) for whose, steps in of_each if steps]


def _needing(request: DeskRequest) -> dict[str, object]:
    """The first of her cases in which something must happen, and how many there are."""
    if not may(request.actor, Permission.WORK_ON_CASES):
        return {"needing": [], "needing_all": 0}
    cases = open_cases(UUID(request.actor.membership_id), now=request.at, today=request.today)
    found = beside_tasks(cases)
    rows = page_of(found[:NEEDING], today=request.today).rows
    request.shown += [row.case_id for row in rows]
    return {"needing": rows, "needing_all": len(found)}


def _planning(request: DeskRequest) -> dict[str, list[object]]:
    """For who plans the work: who leaves with something in her name, and cases nobody may work on today."""
    if not may(request.actor, Permission.PLAN_WORK):
        return {"leaving": [], "uncovered": []}
    return {
        "leaving": [*leaving(now=request.at, today=request.today)],
        "uncovered": [*uncovered_cases(on=request.today)],
    }


@reads(Sees.NOTHING, may=Permission.SIGN_IN)
def start(request: DeskRequest) -> HttpResponse:
    """To the first page of the role that is worn."""
    allowed = ROLES[request.actor.role].permissions
    name = next(name for permission, name in _START if permission in allowed)
    return HttpResponseRedirect(reverse(name))


urlpatterns = [
    path("", start, name="start"),
    path("tag/", show, name="day"),
]
