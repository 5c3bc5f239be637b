"""Bescheide: nothing counts until a person has confirmed the day; the Frist follows what became of it."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from tests.case_making import add_member, open_a_case
from tests.desk_client import actor_of
from tests.documents.deciding import AMAL, decided, noted

from faden.kernel.errors import Conflict, Invalid, NotFound

CEM = "cem@drk-gronau.example"
DAY = timedelta(days=1)
FRIDAY = date(2025, 11, 7)


@pytest.fixture
def by(case):
    return actor_of(AMAL)


@pytest.fixture
def act(by):
    """A verb in a transaction of Amal's, on the present row."""
    from faden.documents.actions import decisions
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    def do(verb, decision, *args, **options):
        with opened_for(by, write=True):
            if verb in ("change", "settle"):
                options.setdefault("on", clock.today())
            if verb != "reopen":
                options.setdefault("seen_version", decision.version)
            return getattr(decisions, verb)(decision, *args, by=by, at=clock.now(), **options)

    return do


def frist(case, by):
    """(kind, day, ended because, ended words) of all Fristen of Bescheide."""
    from faden.cases.models import Deadline
    from faden.kernel.rls import opened_for

    with opened_for(by, write=False):
        return list(Deadline.objects.filter(case=case, kind="remedy").values_list("due_on", "ended_because", "ended_words"))


def deeds(by):
    from faden.kernel.models import AuditEvent
    from faden.kernel.rls import opened_for

    with opened_for(by, write=False):
        return [event for event in AuditEvent.objects.order_by("at", "id").values_list("event", flat=True) if event.startswith("decision.")]


def settled(state, on, words=""):
    from faden.documents.actions.decisions import Settled

    return Settled(state, on, words)


def test_a_noted_bescheid_keeps_its_calculation_and_counts_for_nothing(case, by):
    decision = decided(case, FRIDAY)
    assert (decision.proposed_on, decision.safe_on, decision.last_on) == (date(2025, 12, 9), date(2025, 12, 8), None)
    assert decision.calculation == [
        ["posted", "2025-11-05", "§ 37 Abs. 2 SGB X", ""],
        ["presumed", "2025-11-09", "§ 37 Abs. 2 SGB X", "4"],
        ["ends", "2025-12-09", "§ 64 Abs. 1, 2 SGG", "1 months"],
    ]
    assert frist(case, by) == []
    assert deeds(by) == ["decision.noted"]


def test_confirming_makes_the_frist(case, by, act):
    decision = act("confirm", decided(case, FRIDAY), last_on=date(2025, 12, 9))
    assert (decision.last_on, decision.confirmed_by, decision.differs_because) == (date(2025, 12, 9), by.person, "")
    assert frist(case, by) == [(date(2025, 12, 9), "", "")]
    # Again with the safe day: the Frist moves, nobody has to explain that.
    act("confirm", decision, last_on=date(2025, 12, 8))
    assert frist(case, by) == [(date(2025, 12, 8), "", "")]


@pytest.mark.parametrize("day", [date(2025, 12, 10), date(2025, 12, 1)])
def test_any_other_day_needs_a_reason(case, by, act, day):
    decision = decided(case, FRIDAY)
    with pytest.raises(Invalid) as refused:
        act("confirm", decision, last_on=day, because="  ")
    assert refused.value.field == "because"
    assert frist(case, by) == []
    decision = act("confirm", decision, last_on=day, because="Das Gericht hat es so mitgeteilt.")
    assert decision.differs_because == "Das Gericht hat es so mitgeteilt."


def test_nobody_confirms_what_was_calculated_from_other_facts(case, act):
    decision = decided(case, FRIDAY)
    act("change", decision, noted(FRIDAY, received_on=FRIDAY + 10 * DAY))
    with pytest.raises(Conflict):
        act("confirm", decision, last_on=decision.proposed_on)


def test_another_receipt_asks_for_a_new_confirmation(case, by, act):
    decision = decided(case, FRIDAY, confirmed=True)
    decision = act("change", decision, noted(FRIDAY, received_on=FRIDAY + 10 * DAY))
    assert decision.last_on is None and decision.proposed_on == date(2025, 12, 17)
    assert frist(case, by) == [(date(2025, 12, 9), "gone", "")]
    act("confirm", decision, last_on=decision.proposed_on)
    assert frist(case, by) == [(date(2025, 12, 17), "", "")]


def test_another_word_leaves_the_confirmed_day_and_moves_with_the_frist(case, by, act):
    from faden.cases.models import Deadline
    from faden.kernel.rls import opened_for

    decision = decided(case, FRIDAY, confirmed=True)
    decision = act("change", decision, noted(FRIDAY, subject="Mehrbedarf Ernährung"))
    assert decision.last_on == date(2025, 12, 9)
    with opened_for(by, write=False):
        assert Deadline.objects.get(kind="remedy").subject == "Jobcenter Ahaus: Mehrbedarf Ernährung"


def test_the_second_of_two_is_shown_what_the_first_changed(case, act):
    decision = decided(case, FRIDAY)
    act("change", decision, noted(FRIDAY, reference="BG 1"))
    with pytest.raises(Conflict) as conflict:
        act("change", decision, noted(FRIDAY, issuer="Jobcenter Stadtlohn"), seen_version=1)
    assert ("Stelle", "Jobcenter Ahaus", "Jobcenter Stadtlohn") in conflict.value.changes
    assert ("Aktenzeichen", "BG 1", "") in conflict.value.changes


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"received_on": date(2099, 1, 1)}, "received_on"),
        ({"dated_on": FRIDAY + DAY}, "dated_on"),
        ({"posted_on": FRIDAY + DAY}, "posted_on"),
        ({"posted_on": FRIDAY - 3 * DAY}, "posted_on"),
        ({"period_amount": 367}, "period_amount"),
    ],
)
def test_days_that_cannot_be(case, changes, field):
    with pytest.raises(Invalid) as refused:
        decided(case, FRIDAY, **changes)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("state", "words", "ended"),
    [
        ("lodged", "", "done"),
        ("passed_on", "Rechtsanwältin Sommer", "done"),
        ("not_wanted", "", "not_needed"),
        ("not_needed", "Der Bescheid ist richtig.", "not_needed"),
        ("missed", "Folgen besprochen", "passed"),
    ],
)
def test_what_became_of_it_ends_the_frist_and_taking_it_back_brings_it_again(case, by, act, state, words, ended):
    decision = act("settle", decided(case, FRIDAY, confirmed=True), settled(state, FRIDAY + 3 * DAY, words))
    assert (decision.state, decision.state_on) == (state, FRIDAY + 3 * DAY)
    assert frist(case, by) == [(date(2025, 12, 9), ended, words)]
    with pytest.raises(Invalid):
        act("confirm", decision, last_on=decision.proposed_on)
    decision = act("reopen", decision)
    assert (decision.state, decision.state_on, decision.state_words) == ("open", None, "")
    assert frist(case, by) == [(date(2025, 12, 9), "", "")]
    assert deeds(by) == ["decision.noted", "decision.confirmed", "decision.settled", "decision.reopened"]


@pytest.mark.parametrize("state", ["not_needed", "missed", "passed_on"])
def test_some_answers_need_a_sentence(case, act, state):
    with pytest.raises(Invalid) as refused:
        act("settle", decided(case, FRIDAY), settled(state, FRIDAY, " "))
    assert refused.value.field == "words"


@pytest.mark.parametrize("day", [FRIDAY - 3 * DAY, date(2099, 1, 1)])
def test_it_is_settled_between_the_bescheid_and_today(case, act, day):
    with pytest.raises(Invalid) as refused:
        act("settle", decided(case, FRIDAY), settled("lodged", day))
    assert refused.value.field == "state_on"


def test_a_good_bescheid_is_settled_without_a_confirmed_day(case, by, act):
    decision = act("settle", decided(case, FRIDAY, outcome="granted"), settled("not_needed", FRIDAY, "bewilligt wie beantragt"))
    assert decision.last_on is None
    assert frist(case, by) == []
    act("reopen", decision)
    assert frist(case, by) == []


def test_the_frist_is_not_ended_beside_its_bescheid(case, by):
    from faden.cases.actions import deadlines
    from faden.cases.models import Deadline
    from faden.cases.vocabulary.deadline import DeadlineEnd
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    decided(case, FRIDAY, confirmed=True)
    with opened_for(by, write=True), pytest.raises(Invalid):
        deadlines.end(Deadline.objects.get(kind="remedy"), DeadlineEnd.DONE, "", by=by, at=clock.now())


def test_whom_it_concerns_goes_with_the_frist(case, by, act):
    from faden.cases.actions.concerning import About
    from faden.cases.models import Deadline, TimelineEntry
    from faden.kernel.rls import opened_for

    son = add_member(case, "Khaled")
    decision = decided(case, FRIDAY, confirmed=True, about=About((son.id,)))
    act("change", decision, noted(FRIDAY, about=About((son.id,), confidential=True)))
    with opened_for(by, write=False):
        frist, line = Deadline.objects.get(kind="remedy"), TimelineEntry.objects.get(kind="decision")
        assert [(row.persons, row.confidential) for row in (frist, line)] == 2 * [([son.id], True)]
    with pytest.raises(Invalid):
        decided(case, FRIDAY)


def test_who_was_asked_and_what_is_read(case, by):
    from faden.cases.queries.timeline import Of
    from faden.documents.queries import decisions as queries
    from faden.kernel.rls import opened_for

    son = add_member(case, "Khaled")
    from faden.cases.actions.concerning import About

    own = decided(case, FRIDAY, about=About((case.person_id,)))
    hidden = decided(case, FRIDAY, about=About((son.id,), confidential=True), subject="Geheimes")
    with opened_for(by, write=False):
        def of(view):
            return {row.id for row in queries.decisions_of(case, view, today=FRIDAY)}

        assert of(Of()) == {own.id}
        assert of(Of(case.person_id)) == {own.id}
        assert of(Of(son.id)) == set()
        assert of(Of(son.id, confidential=True)) == {hidden.id}


def test_a_confidential_paper_is_not_named_by_an_open_bescheid(case, by, act):
    from faden.cases.actions.concerning import About
    from faden.documents.models import Paper
    from faden.documents.queries.decisions import decision_in, page_of
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    son = add_member(case, "Khaled")
    with opened_for(by, write=True):
        paper = Paper.objects.create(
            organisation_id=by.organisation_id, case=case, kind="decision", title="Geheimes", persons=[son.id], confidential=True,
            noted_at=clock.now(), noted_by=by.person,
        )  # fmt: skip
    with pytest.raises(Invalid):
        decided(case, FRIDAY, about=About((son.id,)), paper_id=paper.id)
    decision = decided(case, FRIDAY, about=About((son.id,), confidential=True), paper_id=paper.id)
    with opened_for(by, write=True):
        assert page_of(decision_in(case, decision.id), today=FRIDAY).paper == paper
        Paper.objects.filter(id=paper.id).update(confidential=True)
        decision.confidential = False
        decision.save()
        assert page_of(decision_in(case, decision.id), today=FRIDAY).paper is None


def test_another_services_bescheid_is_not_there(case):
    from faden.documents.queries.decisions import decision_in
    from faden.kernel.rls import opened_for

    decision, other = decided(case, FRIDAY), open_a_case(CEM, family="Yilmaz")
    for someone, of in ((CEM, case), (CEM, other), (AMAL, open_a_case(family="Rahimi"))):
        with opened_for(actor_of(someone), write=False), pytest.raises(NotFound):
            decision_in(of, UUID(str(decision.id)))


def test_a_failing_audit_leaves_nothing(case, by, monkeypatch):
    from faden.documents.models import Decision
    from faden.kernel import audit
    from faden.kernel.rls import opened_for

    def fail(*_args, **_options):
        raise RuntimeError

    monkeypatch.setattr(audit, "note", fail)
    with pytest.raises(RuntimeError):
        decided(case, FRIDAY)
    with opened_for(by, write=False):
        assert not Decision.objects.exists()
