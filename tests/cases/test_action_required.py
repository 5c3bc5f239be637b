"""Handlungsbedarf as a table: what makes a case need somebody, from which day on, and what comes first."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.cases.rules.action_required import (
    ASSESSMENT_DAYS,
    CRITERION_DAYS,
    PHASE_DAYS,
    SILENCE_DAYS,
    Reason,
    Standing,
    order_by_need,
    reasons,
)
from faden.cases.vocabulary.case import Phase, Urgency
from faden.cases.vocabulary.caseload import ActionNeeded

TODAY = date(2026, 11, 22)
OPEN = [phase for phase in Phase if phase != Phase.CLOSED]


def ago(days):
    return TODAY - timedelta(days=days)


def standing(**more):
    """A case that needs nothing: met yesterday, next step planned."""
    calm = {
        "phase": Phase.LINKING, "urgency": Urgency.NORMAL, "opened_on": ago(20), "last_contact_on": ago(1),
        "in_phase_since": ago(5), "open_tasks": 1, "first_due": TODAY + timedelta(days=3),
    }  # fmt: skip
    return Standing(**{**calm, **more})


def kinds(**more):
    return [str(reason.kind) for reason in reasons(standing(**more), today=TODAY)]


SILENT = {"open_tasks": 0, "first_due": None}


@pytest.mark.parametrize(("more", "expected"), [
    ({}, []),
    ({"first_due": ago(1)}, ["overdue"]),
    ({"first_due": TODAY}, []),
    ({"without_agreement": 2}, ["agreement"]),
    # Nothing planned counts from the last contact, or from the opening when there was none.
    ({**SILENT, "last_contact_on": ago(21)}, []),
    ({**SILENT, "last_contact_on": ago(22)}, ["silence"]),
    ({**SILENT, "last_contact_on": None, "opened_on": ago(22)}, ["silence"]),
    ({**SILENT, "last_contact_on": ago(90), "next_appointment_on": TODAY}, []),
    ({**SILENT, "last_contact_on": ago(90), "open_tasks": 1}, []),
    # What is urgent may not lie as long.
    ({**SILENT, "last_contact_on": ago(8), "urgency": Urgency.SOON}, ["silence"]),
    ({**SILENT, "last_contact_on": ago(7), "urgency": Urgency.SOON}, []),
    ({**SILENT, "last_contact_on": ago(3), "urgency": Urgency.NOW}, ["silence"]),
    ({"not_yet_since": ago(CRITERION_DAYS)}, []),
    ({"not_yet_since": ago(CRITERION_DAYS + 1)}, ["criterion"]),
    ({"in_phase_since": ago(PHASE_DAYS[Phase.LINKING] + 1)}, ["phase"]),
    ({"assessing_since": ago(ASSESSMENT_DAYS + 1)}, ["assessment"]),
    ({"assessing_since": ago(ASSESSMENT_DAYS)}, []),
    ({"first_due": ago(3), "without_agreement": 1, "assessing_since": ago(99)}, ["overdue", "agreement", "assessment"]),
])  # fmt: skip
def test_reasons(more, expected):
    assert kinds(**more) == expected


@pytest.mark.parametrize("phase", OPEN)
def test_every_phase_has_its_patience(phase):
    wait = SILENCE_DAYS[phase]
    assert kinds(phase=phase, **SILENT, last_contact_on=ago(wait)) == []
    assert kinds(phase=phase, **SILENT, last_contact_on=ago(wait + 1)) == ["silence"]
    assert kinds(phase=phase, in_phase_since=ago(PHASE_DAYS[phase])) == []
    assert kinds(phase=phase, in_phase_since=ago(PHASE_DAYS[phase] + 1)) == ["phase"]


def test_a_reason_says_how_long_or_how_many():
    found = reasons(standing(first_due=ago(12), without_agreement=3), today=TODAY)
    assert found == (Reason(ActionNeeded.OVERDUE_TASK, days=12), Reason(ActionNeeded.NO_AGREEMENT, persons=3))


days = st.none() | st.dates(ago(400), TODAY + timedelta(days=60))
past = st.none() | st.dates(ago(400), TODAY)
any_standing = st.builds(
    Standing, phase=st.sampled_from(Phase), urgency=st.sampled_from(Urgency), opened_on=st.dates(ago(900), TODAY),
    last_contact_on=past, in_phase_since=past, open_tasks=st.integers(0, 9), first_due=days,
    next_appointment_on=st.none() | st.dates(TODAY, TODAY + timedelta(days=60)), without_agreement=st.integers(0, 5),
    not_yet_since=past, assessing_since=past,
)  # fmt: skip


@given(any_standing)
def test_the_most_pressing_comes_first_and_nothing_twice(case):
    found = [reason.kind for reason in reasons(case, today=TODAY)]
    assert found == [kind for kind in ActionNeeded if kind in found]
    assert case.phase != Phase.CLOSED or found == []


@given(any_standing)
def test_a_day_later_no_reason_is_gone_by_itself(case):
    """Only what somebody does takes a reason away."""
    today = {reason.kind for reason in reasons(case, today=TODAY)}
    assert today <= {reason.kind for reason in reasons(case, today=TODAY + timedelta(days=1))}


def test_order():
    """Urgent before pressing, pressing before long; what needs nothing by its next day."""
    calm_soon, calm_later = standing(), standing(first_due=TODAY + timedelta(days=30))
    nothing = standing(open_tasks=0, first_due=None)
    now = standing(urgency=Urgency.NOW, assessing_since=ago(50))
    overdue_long, overdue = standing(first_due=ago(20)), standing(first_due=ago(2))
    silent = standing(**SILENT, last_contact_on=ago(200))
    wanted = [now, overdue_long, overdue, silent, calm_soon, calm_later, nothing]
    mixed = [*wanted[3:], *wanted[:3]]
    assert sorted(mixed, key=lambda case: order_by_need(case, reasons(case, today=TODAY))) == wanted
