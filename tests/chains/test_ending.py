"""Chains begin and end: of a template, free, with their case, and back."""

from datetime import timedelta

import pytest

from faden.kernel.errors import Conflict, Invalid, NotFound
from tests.case_making import add_member, open_a_case
from tests.chains.making import Hand, begin, step, template


@pytest.fixture
def hand(own_database):
    return Hand(open_a_case())


def within(hand, *, write=False):
    from faden.kernel.rls import opened_for

    return opened_for(hand.by, write=write)


def today():
    from faden.kernel import clock

    return clock.today()


def common(hand):
    from faden.kernel import clock

    return {"case": hand.case, "by": hand.by, "at": clock.now()}


def test_a_chain_is_its_template_copied(hand):
    from faden.chains.models import StepChange
    from faden.chains.vocabulary import HolderKind, Join, StepKind

    first = step("a", documents=("Pass", "Zeugnis"), hint="früh fragen", block_reasons=("document",))
    second = step("b")
    third = step(
        "c", "a", "b", join=Join.ANY, kind=StepKind.DECISION, holder=HolderKind.AGENCY, agency_kind="kammer",
        usual_days=77, usual_source="BQ-Portal", law="§ 4 BQFG", clock_amount=3, clock_unit="months", clock_from="a",
    )  # fmt: skip
    chain = begin(hand.case, first, second, third, ago=3)
    row = hand.row("c")
    assert (row.join, row.kind, row.holder, row.agency_kind, row.usual_days, row.usual_source) == (
        "any", "entscheidung", "agency", "kammer", 77, "BQ-Portal",
    )  # fmt: skip
    assert (row.law, row.clock_amount, row.clock_unit, row.clock_from, row.position) == ("§ 4 BQFG", 3, "months", "a", 3)
    assert (hand.row("a").documents, hand.row("a").block_reasons) == (["Pass", "Zeugnis"], ["document"])
    assert (chain.template_code, chain.template_version, chain.started_on) == ("probe", 1, today() - timedelta(days=3))
    assert {hand.row(code).since_on for code in "abc"} == {today() - timedelta(days=3)}
    with within(hand):
        assert sorted(StepChange.objects.values_list("step__code", "kind", "state")) == [
            ("a", "added", "ready"), ("b", "added", "ready"), ("c", "added", "open"),
        ]  # fmt: skip


def test_a_free_chain(hand):
    from faden.chains.actions.start import Begin, FreeStep, start_free
    from faden.chains.models import StepLink

    told = Begin(hand.case.person_id, today())
    rows = [FreeStep("Eins"), FreeStep("Zwei"), FreeStep("Zugleich", parallel=True), FreeStep(" "), FreeStep("Drei")]
    with within(hand, write=True):
        chain = start_free(" Umzug ", "housing", rows, told, **common(hand))
    assert (chain.title, chain.template_code, chain.template_version) == ("Umzug", "", None)
    with within(hand):
        links = set(StepLink.objects.values_list("before__title", "step__title"))
    assert links == {("Eins", "Zwei"), ("Eins", "Zugleich"), ("Zwei", "Drei"), ("Zugleich", "Drei")}


@pytest.mark.parametrize(("title", "rows", "field"), [(" ", ["x"], "title"), ("Umzug", [" "], "steps")])
def test_a_free_chain_has_a_name_and_a_step(hand, title, rows, field):
    from faden.chains.actions.start import Begin, FreeStep, start_free

    told = Begin(hand.case.person_id, today())
    with pytest.raises(Invalid) as refused, within(hand, write=True):
        start_free(title, "housing", [FreeStep(row) for row in rows], told, **common(hand))
    assert refused.value.field == field


def test_a_chain_is_a_members(hand):
    from faden.chains.actions.start import Begin, start

    stranger = open_a_case(given="Fremd").person_id
    add_member(hand.case, "Khaled")
    with pytest.raises(Invalid), within(hand, write=True):
        start(template(step("a")), Begin(stranger, today()), **common(hand))
    with pytest.raises(Invalid), within(hand, write=True):
        start(template(step("a")), Begin(hand.case.person_id, today() + timedelta(days=1)), **common(hand))


def test_a_case_has_at_most_a_thousand_steps(hand, monkeypatch):
    from faden.chains.actions import board

    monkeypatch.setattr(board, "MOST_STEPS", 3)
    begin(hand.case, step("a"), step("b"))
    with pytest.raises(Invalid):
        begin(hand.case, step("c"), step("d"))
    begin(hand.case, step("c"))
    assert sorted(hand.stand()) == ["a", "b", "c"]


def end(hand, chain, because="not_needed", seen=1):
    from faden.chains.actions.ending import end

    with within(hand, write=True):
        return end(chain.id, because, seen_version=seen, **common(hand))


def reopen(hand, chain):
    from faden.chains.actions.ending import reopen

    with within(hand, write=True):
        return reopen(chain.id, **common(hand))


def test_ending_sets_free_who_waited_and_reopening_binds_again(hand):
    from faden.chains.actions.bending import Why, change_links

    first = begin(hand.case, step("a"), step("b", "a"))
    begin(hand.case, step("z"))
    hand.do(change_links, "z", after=[hand.row("b").id], join="all", why=Why("agency", "verlangt es"))
    assert hand.stand() == {"a": "ready", "b": "open", "z": "open"}
    end(hand, first)
    assert hand.stand() == {"a": "ready", "b": "open", "z": "ready"}
    with pytest.raises(Conflict):
        hand.finish("a")
    with pytest.raises(Conflict):
        end(hand, first, seen=2)
    reopen(hand, first)
    assert hand.stand() == {"a": "ready", "b": "open", "z": "open"}
    with pytest.raises(Conflict):
        reopen(hand, first)


@pytest.mark.parametrize("because", ["", "case_closed", "weil"])
def test_why_is_chosen_from_the_list(hand, because):
    chain = begin(hand.case, step("a"))
    with pytest.raises(Invalid) as refused:
        end(hand, chain, because)
    assert refused.value.field == "because"


def test_closing_the_case_ends_all_and_reopening_only_those(hand):
    from faden.cases.models import Deadline
    from faden.chains.actions.ending import end_all, reopen_closed
    from faden.chains.actions.steps import agree
    from faden.chains.models import Chain

    done, first, _second = (begin(hand.case, step(code)) for code in "abc")
    hand.do(agree, "b", due_from=None, due_on=today())
    end(hand, done, "finished")

    def running():
        with within(hand):
            return sorted(step.code for chain in Chain.objects.filter(ended_at=None) for step in chain.chainstep_set.all())

    def frists():
        with within(hand):
            return Deadline.objects.filter(case=hand.case, kind="step_due", ended_at=None).count()

    with within(hand, write=True):
        end_all(hand.case, by=hand.by, at=common(hand)["at"])
    assert (running(), frists()) == ([], 0)
    with within(hand, write=True):
        reopen_closed(hand.case, by=hand.by, at=common(hand)["at"])
    assert (running(), frists()) == (["b", "c"], 1)


def test_the_end_has_its_own_line(hand):
    from faden.cases.queries.timeline import Of, history_of
    from faden.chains.queries.lines import told

    chain = begin(hand.case, step("a"))

    def lines():
        with within(hand):
            found = [line for line in history_of(hand.case, of=Of()).lines if line.kind == "chain"]
            said = told((line.id, line.kind) for line in found)
            return [(said[line.id].title, *said[line.id].facts) for line in found]

    end(hand, chain, "finished")
    assert lines() == [("Kette beendet: Probe", "am Ziel"), ("Kette begonnen: Probe",)]
    reopen(hand, chain)
    assert lines() == [("Kette beendet: Probe", "läuft inzwischen wieder"), ("Kette begonnen: Probe",)]
    end(hand, chain, "client_wish", seen=3)
    assert lines() == [("Kette beendet: Probe", "auf Wunsch der Person"), ("Kette begonnen: Probe",)]


def test_a_chain_of_another_case_is_not_there(hand):
    other = Hand(open_a_case(given="Andere"))
    chain = begin(other.case, step("a"))
    with pytest.raises(NotFound):
        end(hand, chain)
