"""A chain bent for one client: nothing is lost, nobody waits for itself, every change has its reason."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faden.kernel.errors import Conflict, Invalid
from tests.case_making import add_member, open_a_case
from tests.chains.making import Hand, begin, step


@pytest.fixture
def hand(own_database):
    return Hand(open_a_case())


@pytest.fixture
def why():
    from faden.chains.actions.bending import Why

    return Why("other_way", "geht hier anders")


def today():
    from faden.kernel import clock

    return clock.today()


def within(hand, *, write=False):
    from faden.kernel.rls import opened_for

    return opened_for(hand.by, write=write)


def links(hand):
    """Who waits for whom, by code."""
    from faden.chains.models import StepLink

    with within(hand):
        return set(StepLink.objects.filter(case=hand.case).values_list("before__code", "step__code"))


def order(hand):
    from faden.chains.models import ChainStep

    with within(hand):
        return list(ChainStep.objects.filter(case=hand.case).order_by("position").values_list("code", flat=True))


def add(hand, chain, why, *, after=(), before=(), title="Neu"):
    from faden.chains.actions.bending import NewStep, add_step
    from faden.chains.actions.steps import Holder
    from faden.kernel import clock

    places = {"after": [hand.row(code).id for code in after], "before": [hand.row(code).id for code in before]}
    new = NewStep(title, "klaerung", Holder("case_manager"))
    with within(hand, write=True):
        return add_step(chain.id, new, why, **places, case=hand.case, by=hand.by, at=clock.now())


def link(hand, code, why, *after, join="all", **more):
    from faden.chains.actions.bending import change_links

    wanted = [hand.row(other).id for other in after]
    return hand.do(change_links, code, after=wanted, join=join, why=why, **more)


def test_dropping_keeps_the_successors_connected(hand, why):
    from faden.chains.actions.bending import drop

    begin(hand.case, step("a"), step("b", "a"), step("c", "b"))
    row = hand.do(drop, "b", why)
    assert (row.state, row.bent, row.bent_because) == ("dropped", "other_way", "geht hier anders")
    assert hand.stand() == {"a": "ready", "b": "dropped", "c": "open"}
    hand.finish("a")
    assert hand.stand()["c"] == "ready"


@pytest.mark.parametrize(("reason", "words", "field"), [("", "x", "reason"), ("mistake", "  ", "because")])
def test_a_reason_and_words(hand, reason, words, field):
    from faden.chains.actions.bending import Why, drop

    begin(hand.case, step("a"))
    with pytest.raises(Invalid) as refused:
        hand.do(drop, "a", Why(reason, words))
    assert refused.value.field == field


def test_exempt_until_a_day_that_comes(hand, why):
    from faden.chains.actions.bending import exempt

    begin(hand.case, step("a"))
    with pytest.raises(Invalid) as refused:
        hand.do(exempt, "a", why, until=today())
    assert refused.value.field == "until"


def test_a_step_between_two(hand, why):
    chain = begin(hand.case, step("a"), step("b", "a"), step("c", "a"))
    new = add(hand, chain, why, after=["a"], before=["b"])
    assert links(hand) == {("a", new.code), (new.code, "b"), ("a", "c")}
    assert order(hand) == ["a", new.code, "b", "c"]
    assert (new.state, new.is_added, new.bent, new.version) == ("open", True, "other_way", 1)
    hand.finish("a")
    assert hand.stand() == {"a": "done", new.code: "ready", "b": "open", "c": "ready"}


def test_a_step_before_a_ready_one_makes_it_wait(hand, why):
    chain = begin(hand.case, step("a"))
    new = add(hand, chain, why, before=["a"])
    assert hand.stand() == {"a": "open", new.code: "ready"}
    assert order(hand) == [new.code, "a"]


def test_a_step_that_nothing_hangs_on(hand, why):
    chain = begin(hand.case, step("a"))
    new = add(hand, chain, why)
    assert hand.stand() == {"a": "ready", new.code: "ready"}


def test_a_loop_is_named(hand, why):
    begin(hand.case, step("a", title="Anmeldung"), step("b", "a", title="Konto"), step("c", "b", title="Vertrag"))
    with pytest.raises(Invalid) as refused:
        link(hand, "a", why, "c")
    assert refused.value.field == "after"
    loop = str(refused.value).partition(": ")[2].split(" → ")
    assert loop[0] == loop[-1]
    assert loop[1:] in (
        ["Konto", "Vertrag", "Anmeldung"], ["Vertrag", "Anmeldung", "Konto"], ["Anmeldung", "Konto", "Vertrag"]
    )  # fmt: skip
    assert links(hand) == {("a", "b"), ("b", "c")}


def test_a_step_between_two_the_wrong_way_round_is_a_loop(hand, why):
    chain = begin(hand.case, step("a"), step("b", "a"))
    with pytest.raises(Invalid) as refused:
        add(hand, chain, why, after=["b"], before=["a"])
    assert "Neu" in str(refused.value)


def test_other_links_are_kept_with_their_reason(hand, why):
    from dataclasses import replace

    from faden.chains.models import StepLink

    begin(hand.case, step("a"), step("b"), step("c", "a"))
    link(hand, "c", why, "a", "b")
    link(hand, "c", replace(why, words="noch ein Grund"), "a", "b", join="any")
    with within(hand):
        told = dict(StepLink.objects.values_list("before__code", "because"))
    assert told == {"a": "", "b": "geht hier anders"}
    assert hand.row("c").join == "any"
    hand.finish("b")
    assert hand.stand()["c"] == "ready"
    assert link(hand, "c", why, "a", join="any").join == "all"
    assert hand.stand()["c"] == "open"


def test_a_step_waits_for_another_members(hand, why):
    father = add_member(hand.case, "Khaled")
    begin(hand.case, step("kita"))
    begin(hand.case, step("kurs"), step("arbeit", "kurs"), person=father.id)
    link(hand, "kurs", why, "kita")
    assert hand.stand() == {"kita": "ready", "kurs": "open", "arbeit": "open"}
    hand.finish("kita")
    assert hand.stand() == {"kita": "done", "kurs": "ready", "arbeit": "open"}
    with pytest.raises(Invalid):
        link(hand, "kita", why, "arbeit")


def test_what_is_open_does_not_wait_for_what_is_confidential(hand, why):
    father = add_member(hand.case, "Khaled")
    begin(hand.case, step("geheim"), confidential=True)
    begin(hand.case, step("auch"), confidential=True, person=father.id)
    chain = begin(hand.case, step("offen"))
    for code, other in (("offen", "geheim"), ("auch", "geheim")):
        with pytest.raises(Invalid) as refused:
            link(hand, code, why, other)
        assert refused.value.field == "after"
    with pytest.raises(Invalid):
        add(hand, chain, why, after=["geheim"])
    link(hand, "geheim", why, "offen")
    assert hand.stand()["geheim"] == "open"


def test_the_list_in_another_order(hand):
    from faden.chains.actions.bending import reorder
    from faden.kernel import clock

    chain = begin(hand.case, step("a"), step("b", "a"), step("c"))

    def wanted(*codes, seen=1):
        ids = [hand.row(code).id for code in codes]
        with within(hand, write=True):
            reorder(chain.id, ids, case=hand.case, seen_version=seen, by=hand.by, at=clock.now())

    wanted("c", "b", "a")
    assert order(hand) == ["c", "a", "b"]
    with pytest.raises(Conflict):
        wanted("a", "b", "c")
    with pytest.raises(Invalid):
        wanted("a", "b", seen=2)


def test_lost_updates(hand, why):
    from faden.chains.actions.bending import drop

    begin(hand.case, step("a"), step("b"))
    hand.finish("a")
    hand.undo("a")
    for verb, more in ((drop, {}),):
        with pytest.raises(Conflict):
            hand.do(verb, "a", why, seen_version=1, **more)
    with pytest.raises(Conflict) as refused:
        link(hand, "a", why, "b", seen_version=1)
    assert refused.value.changes == (("Wartet auf", "–", "B"),)


def test_undo_of_a_drop_keeps_an_order_changed_since(hand, why):
    from faden.chains.actions.bending import drop

    begin(hand.case, step("a"), step("b"))
    link(hand, "b", why, "a")
    hand.do(drop, "b", why)
    row = hand.undo("b")
    assert (row.state, row.bent, row.bent_because) == ("open", "other_way", "geht hier anders")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_done_stands_as_its_predecessors_say(hand, why, data):
    """Any deeds one after another: the rows stand as the rules say, and nothing waits for itself."""
    from faden.chains.actions import bending, steps
    from faden.chains.models import Chain, ChainStep, StepChange, StepLink
    from faden.chains.queries.graphs import graph_of, rows_of
    from faden.chains.rules.graph import find_cycle, following

    with within(hand, write=True):
        from faden.cases.models import Deadline

        Deadline.objects.all().delete()
        for model in (StepChange, StepLink, ChainStep, Chain):
            model.objects.all().delete()
    begin(hand.case, step("a"), step("b", "a"), step("c", "a", "b"), step("d"))
    begin(hand.case, step("e"), step("f", "e"))
    codes = "abcdef"
    deeds = {
        "finish": lambda code: hand.finish(code),
        "undo": lambda code: hand.undo(code),
        "drop": lambda code: hand.do(bending.drop, code, why),
        "exempt": lambda code: hand.do(bending.exempt, code, why, until=today() + timedelta(days=9)),
        "block": lambda code: hand.do(steps.block, code, reason="cost", since=today()),
        "release": lambda code: hand.do(steps.release, code, since=today()),
        "link": lambda code: link(
            hand, code, why, *data.draw(st.sets(st.sampled_from(codes), max_size=2)), join=data.draw(st.sampled_from(["all", "any"]))
        ),
    }  # fmt: skip
    for _number in range(data.draw(st.integers(1, 8))):
        try:
            deeds[data.draw(st.sampled_from(sorted(deeds)))](data.draw(st.sampled_from(codes)))
        except Invalid:
            continue
    with within(hand):
        graph = graph_of(rows_of([hand.case.id]))
        assert following(graph) == {}
        assert find_cycle(graph) is None
        assert len(graph) == 6
