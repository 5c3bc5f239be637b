"""The course of a case as tables: what each phase needs, what is skipped, what clarifying and closing ask for."""

import pytest

from faden.cases.vocabulary.case import Phase, SkipReason
from faden.cases.vocabulary.course import AccessCriterion, AccessDecision, ClosingReason, CriterionState
from faden.casework.rules import (
    BY_CODE,
    CRITERIA,
    Change,
    ClarificationGap,
    Facts,
    Mark,
    Missing,
    Place,
    clarification_gap,
    closing_gap,
    course,
    following,
    guideline_for,
    judged,
)
from faden.casework.vocabulary import SENTENCES, ExitCriterion, Gap

DONE, NOT_YET, NOT_NEEDED = CriterionState.DONE, CriterionState.NOT_YET, CriterionState.NOT_NEEDED

# What rows show, criterion by criterion: facts -> nothing missing, or what.
PROVEN = [
    ("agreed", Facts(members=1, agreed=1), None),
    ("agreed", Facts(members=4, agreed=0), Missing(Gap.NOBODY_AGREED)),
    ("agreed", Facts(members=4, agreed=3), Missing(Gap.SOME_NOT_AGREED, 1)),
    ("clarified", Facts(), Missing(Gap.NOT_CLARIFIED)),
    ("clarified", Facts(decision="case_management"), None),
    ("clarified", Facts(decision="waiting_list"), Missing(Gap.OTHERWISE_DECIDED)),
    ("areas", Facts(), Missing(Gap.NOT_BEGUN)),
    ("areas", Facts(assessing=1, areas=5), Missing(Gap.BEGUN, 5)),
    ("areas", Facts(assessed=1, areas=5), None),
    ("areas", Facts(assessed=1, areas=0), Missing(Gap.NOT_BEGUN)),
    ("areas", Facts(assessing=1, assessed=1, areas=5), Missing(Gap.BEGUN, 5)),
    ("client_view", Facts(areas=5), Missing(Gap.NO_CLIENT_VIEW)),
    ("client_view", Facts(areas_with_client_view=1), None),
    ("network", Facts(), Missing(Gap.NO_TIES)),
    ("network", Facts(ties=1), None),
    ("next_step", Facts(), Missing(Gap.NO_NEXT_STEP)),
    ("next_step", Facts(open_tasks=1), None),
    ("next_step", Facts(coming_appointments=1), None),
    ("next_step", Facts(going_steps=1), None),
    ("next_step", Facts(open_goal_steps=1), None),
    ("next_step", Facts(unsettled_steps=1, open_goals=1), Missing(Gap.NO_NEXT_STEP)),
    ("goals", Facts(), Missing(Gap.NO_GOALS)),
    ("goals", Facts(goals=2, planned=2, plans_agreed=1), Missing(Gap.GOALS_NOT_AGREED, 1)),
    ("goals", Facts(goals=2, planned=2, plans_agreed=2), None),
    ("plan_changed", Facts(agreed_since=True), Missing(Gap.PLAN_IS_OLDER)),
    ("plan_changed", Facts(reassessed=1), Missing(Gap.PLAN_IS_OLDER)),
    ("plan_changed", Facts(reassessed=1, agreed_since=True), None),
    ("goals_rated", Facts(), Missing(Gap.NO_GOALS)),
    ("goals_rated", Facts(goals=3, open_goals=2), Missing(Gap.GOALS_OPEN, 2)),
    ("goals_rated", Facts(goals=3), None),
    ("contact", Facts(), Missing(Gap.NO_CONTACT)),
    ("contact", Facts(days_since_contact=0), None),
    ("contact", Facts(days_since_contact=42), None),
    ("contact", Facts(days_since_contact=43), Missing(Gap.LONG_AGO, 43)),
    ("nothing_overdue", Facts(open_tasks=2), None),
    ("nothing_overdue", Facts(open_tasks=2, overdue_tasks=1), Missing(Gap.OVERDUE, 1)),
    ("repeated", Facts(assessed=1), Missing(Gap.NOT_REPEATED)),
    ("repeated", Facts(reassessed=1), None),
    ("feedback", Facts(), Missing(Gap.AT_THE_END)),
    ("feedback", Facts(is_closed=True), None),
    ("findings", Facts(), Missing(Gap.AT_THE_END)),
    ("findings", Facts(is_closed=True), None),
    ("nothing_open", Facts(), None),
    ("nothing_open", Facts(open_tasks=1, coming_appointments=1), Missing(Gap.STILL_OPEN, 2)),
    ("nothing_open", Facts(open_tasks=1, unsettled_steps=3, open_goals=2), Missing(Gap.STILL_OPEN, 6)),
]


@pytest.mark.parametrize(("code", "facts", "missing"), PROVEN)
def test_what_rows_prove(code, facts, missing):
    assert BY_CODE[code].proof(facts) == missing


def test_every_proof_is_in_the_table_both_ways():
    for criterion in [criterion for criterion in CRITERIA if criterion.proof]:
        assert {missing is None for code, _facts, missing in PROVEN if code == criterion.code} == {True, False}


def test_every_criterion_stands_once_and_every_phase_has_one():
    assert sorted(BY_CODE) == sorted(ExitCriterion.values) and len(CRITERIA) == len(BY_CODE)
    assert {criterion.phase for criterion in CRITERIA} == set(Phase)
    assert SENTENCES.keys() == set(Gap)


@pytest.mark.parametrize(("code", "facts", "mark", "state", "reason"), [
    ("network", Facts(ties=1), None, DONE, ""),
    ("network", Facts(ties=1), Mark("not_needed", "will sie nicht"), DONE, ""),  # rows come first
    ("network", Facts(), Mark("done"), NOT_YET, ""),  # nobody can say "done" against the rows
    ("network", Facts(), Mark("not_needed", "will sie nicht"), NOT_NEEDED, "will sie nicht"),
    ("network", Facts(), Mark("not_yet", "beim nächsten Mal"), NOT_YET, "beim nächsten Mal"),
    ("goals", Facts(), None, NOT_YET, ""),
    ("goals", Facts(), Mark("done"), DONE, ""),
    ("goals", Facts(), Mark("not_needed", "geht nur um den Pass"), NOT_NEEDED, "geht nur um den Pass"),
])  # fmt: skip
def test_rows_come_before_words(code, facts, mark, state, reason):
    found = judged(BY_CODE[code], facts, mark)
    assert (found.state, found.reason) == (state, reason)
    assert (found.state == NOT_YET) <= bool(found.missing or found.reason), "why not yet is always told"


START = Change(Phase.CLARIFICATION)


def places(changes, present):
    return {phase.value: place.value for phase, (place, _why) in course([START, *changes], present).items()}


@pytest.mark.parametrize(("changes", "present", "told"), [
    ([], "clarification", {"clarification": "now", "assessment": "coming", "closed": "coming"}),
    ([("assessment", "")], "assessment", {"clarification": "past", "assessment": "now", "planning": "coming"}),
    ([("planning", "urgent")], "planning", {"clarification": "past", "assessment": "skipped", "planning": "now"}),
    ([("linking", "urgent")], "linking", {"assessment": "skipped", "planning": "skipped"}),
    ([("planning", "urgent"), ("assessment", "")], "assessment", {"assessment": "now", "planning": "coming"}),
    ([("planning", "urgent"), ("assessment", ""), ("planning", "")], "planning", {"assessment": "past"}),
    ([("assessment", ""), ("linking", "urgent")], "linking", {"assessment": "past", "planning": "skipped"}),
    # Back and forth once more: what was worked on is not called skipped afterwards.
    ([("assessment", ""), ("clarification", ""), ("planning", "urgent")], "planning", {"assessment": "past"}),
    ([("assessment", ""), ("closed", "")], "closed", {"assessment": "past", "planning": "skipped", "closed": "now"}),
])  # fmt: skip
def test_where_each_phase_stands(changes, present, told):
    found = places([Change(Phase(phase), why) for phase, why in changes], Phase(present))
    assert {phase: found[phase] for phase in told} == told
    assert list(found.values()).count("now") == 1


def test_a_skipped_phase_says_why():
    found = course([START, Change(Phase.PLANNING, SkipReason.CLIENT_WISH)], Phase.PLANNING)
    assert found[Phase.ASSESSMENT] == (Place.SKIPPED, SkipReason.CLIENT_WISH)


@pytest.mark.parametrize(("present", "after"), [
    ("clarification", "assessment"), ("reassessment", "evaluation"), ("evaluation", None), ("closed", None),
])  # fmt: skip
def test_closing_is_never_the_next_phase_by_itself(present, after):
    assert following(Phase(present)) == after


ALL = AccessCriterion.values
CM, REFERRED = AccessDecision.CASE_MANAGEMENT, AccessDecision.REFERRED


@pytest.mark.parametrize(("criteria", "decision", "words", "gap"), [
    (ALL, CM, "", None),
    (ALL, CM, "passt", None),
    (["consent"], CM, "", ClarificationGap.WHY_NOT_ALL),
    (["consent"], CM, "Familie in Not", None),
    ([c for c in ALL if c != "consent"], CM, "Familie in Not", ClarificationGap.CONSENT),
    ([], REFERRED, "", ClarificationGap.WHERE),
    ([], REFERRED, "MBE Ahaus", None),
    ([], AccessDecision.DECLINED, "", None),
    (ALL, AccessDecision.WAITING_LIST, "", None),
])  # fmt: skip
def test_clarifying(criteria, decision, words, gap):
    assert clarification_gap(criteria, decision, words) == gap


@pytest.mark.parametrize(("reason", "said", "gap"), [
    ("moved", {}, "handed_over"),
    ("moved", {"handed_over": False}, ""),
    ("moved", {"handed_over": True}, ""),
    ("no_contact", {}, "contact_attempts"),
    ("no_contact", {"attempts": 0}, "contact_attempts"),
    ("no_contact", {"attempts": 3}, ""),
    ("other", {}, "summary"),
    ("other", {"summary": "Haft"}, ""),
    *((reason, {}, "") for reason in ClosingReason.values if reason not in ("moved", "no_contact", "other")),
])  # fmt: skip
def test_closing_asks_what_its_reason_needs(reason, said, gap):
    answers = {"handed_over": None, "attempts": None, "summary": ""} | said
    assert closing_gap(reason, **answers) == gap


@pytest.mark.parametrize(("percent", "cases"), [(100, 16), (50, 8), (75, 12), (30, 5), (None, None)])
def test_the_guideline_follows_the_share_of_a_post(percent, cases):
    assert guideline_for(percent) == cases
