"""Steps rest: agreed days move and come back, the preview says beforehand what the verb does."""

from datetime import timedelta

import pytest

from faden.kernel.errors import Conflict, Invalid
from tests.case_making import add_member, open_a_case
from tests.chains.making import Hand, begin, step


@pytest.fixture
def hand(own_database):
    return Hand(open_a_case())


@pytest.fixture
def why():
    from faden.chains.actions.bending import Why

    return Why("client_wish", "Mutter ist im Krankenhaus")


def day(number):
    from faden.kernel import clock

    return clock.today() + timedelta(days=number)


def within(hand, *, write=False):
    from faden.kernel.rls import opened_for

    return opened_for(hand.by, write=write)


def agreed(hand):
    from faden.chains.models import ChainStep

    with within(hand):
        rows = ChainStep.objects.filter(case=hand.case, due_on__isnull=False)
        return {row.code: (row.due_from, row.due_on) for row in rows}


def deadlines(hand):
    from faden.cases.models import Deadline

    with within(hand):
        rows = Deadline.objects.filter(case=hand.case, ended_at__isnull=True).order_by("subject", "kind")
        return [(row.kind, row.subject, row.due_on) for row in rows]


def look(hand, code, until, *, of=None):
    from faden.cases.queries.timeline import Of
    from faden.chains.queries.suspension import preview

    step_id = hand.row(code).id
    with within(hand):
        return preview(hand.case, [step_id], until=until, of=of or Of(), today=day(0))


@pytest.fixture
def chain(hand):
    """a → b → c, d beside; days agreed on all, the law's on c."""
    from faden.chains.actions.steps import agree

    chain = begin(
        hand.case, step("a", usual_days=5), step("b", "a", usual_days=10),
        step("c", "b", usual_days=5, law="§ 9", clock_amount=30, clock_unit="days"), step("d"),
    )  # fmt: skip
    for code, first, last in (("a", None, 3), ("b", 10, 16), ("c", None, 25), ("d", None, 4)):
        hand.do(agree, code, due_from=first and day(first), due_on=day(last))
    return chain


def test_suspending_moves_what_depends_and_resuming_puts_it_back(hand, chain, why):
    from faden.chains.actions.suspending import resume, suspend

    before, frists = agreed(hand), deadlines(hand)
    hand.do(suspend, "b", until=day(8), why=why)
    assert agreed(hand) == {
        "a": (None, day(3)), "b": (day(18), day(24)), "c": (None, day(33)), "d": (None, day(4)),
    }  # fmt: skip
    assert ("step_due", "B", day(24)) in deadlines(hand)
    assert ("step_clock", "C", day(30)) in deadlines(hand)
    assert hand.row("b").suspended_until == day(8)
    assert hand.row("c").suspended_until is None
    hand.do(resume, "b")
    assert (agreed(hand), deadlines(hand), hand.row("b").suspended_until) == (before, frists, None)


def test_going_on_early_gives_back_what_is_left(hand, chain, why):
    from faden.chains.actions.suspending import resume, suspend
    from faden.kernel import clock

    hand.do(suspend, "b", until=day(8), why=why)
    last = day(16)
    clock.set_forward(3)
    try:
        hand.do(resume, "b")
    finally:
        clock.set_forward(0)
    assert agreed(hand)["b"][1] == last + timedelta(days=3)


def test_the_preview_is_what_happens(hand, chain, why):
    from faden.chains.actions.suspending import suspend

    seen = look(hand, "b", day(11))
    assert seen.days == 11
    assert [(one.title, one.old, one.new) for one in seen.moves] == [("B", day(16), day(27)), ("C", day(25), day(36))]
    assert (seen.moves[0].old_from, seen.moves[0].new_from) == (day(10), day(21))
    assert [(one.title, one.law, one.due_on) for one in look(hand, "b", day(16)).missed] == [("C", "§ 9", day(30))]
    assert look(hand, "b", day(15)).missed == ()
    hand.do(suspend, "b", until=day(11), why=why)
    assert {code: due for code, (_first, due) in agreed(hand).items() if code in "bc"} == {"b": day(27), "c": day(36)}
    back = look(hand, "b", None)
    assert [(one.title, one.old, one.new) for one in back.moves] == [("B", day(27), day(16)), ("C", day(36), day(25))]


def test_a_whole_chain_rests(hand, chain, why):
    from faden.chains.actions.suspending import resume_chain, suspend_chain
    from faden.kernel import clock

    hand.finish("d")
    before, common = agreed(hand), {"case": hand.case, "by": hand.by}
    with within(hand, write=True):
        suspend_chain(chain.id, until=day(10), why=why, seen_version=1, at=clock.now(), **common)
    assert agreed(hand) == {
        "a": (None, day(13)), "b": (day(20), day(26)), "c": (None, day(35)), "d": (None, day(4)),
    }  # fmt: skip
    assert hand.row("d").suspended_until is None
    with pytest.raises(Conflict), within(hand, write=True):
        resume_chain(chain.id, seen_version=1, at=clock.now(), **common)
    with within(hand, write=True):
        resume_chain(chain.id, seen_version=2, at=clock.now(), **common)
    assert agreed(hand) == before


def test_other_persons_days_move_but_are_not_named_on_her_page(hand, chain, why):
    from faden.cases.queries.timeline import Of
    from faden.chains.actions.bending import change_links
    from faden.chains.actions.steps import agree

    father = add_member(hand.case, "Khaled")
    begin(hand.case, step("z"), person=father.id)
    hand.do(agree, "z", due_from=None, due_on=day(40))
    hand.do(change_links, "z", after=[hand.row("b").id], join="all", why=why)
    hers = look(hand, "b", day(2), of=Of(hand.case.person_id))
    assert ([one.title for one in hers.moves], hers.elsewhere) == (["B", "C"], 1)
    assert [one.title for one in look(hand, "b", day(2)).moves] == ["B", "C", "Z"]


@pytest.mark.parametrize(("until", "reason", "words", "field"), [(0, "agency", "x", "until"), (4, "", "x", "reason"), (4, "agency", " ", "because")])
def test_what_it_takes(hand, chain, until, reason, words, field):
    from faden.chains.actions.bending import Why
    from faden.chains.actions.suspending import suspend

    with pytest.raises(Invalid) as refused:
        hand.do(suspend, "b", until=day(until), why=Why(reason, words))
    assert refused.value.field == field


def test_what_does_not_rest_cannot_go_on_and_what_is_done_cannot_rest(hand, chain, why):
    from faden.chains.actions.suspending import resume, suspend

    with pytest.raises(Invalid):
        hand.do(resume, "b")
    hand.finish("b")
    with pytest.raises(Invalid):
        hand.do(suspend, "b", until=day(5), why=why)


def test_the_history_says_why(hand, chain, why):
    from faden.cases.queries.timeline import Of
    from faden.chains.actions.suspending import suspend
    from faden.chains.queries.chains import step_page

    hand.do(suspend, "b", until=day(5), why=why)
    step_id = hand.row("b").id
    with within(hand):
        page = step_page(hand.case, step_id, of=Of(), today=day(0))
    line = page.changes[0]
    assert (line.kind, line.until_on, line.because, line.by) == (
        "suspended", day(5), "Mutter ist im Krankenhaus", "Amal Testin",
    )  # fmt: skip
    assert (page.step.suspended_until, page.step.bent) == (day(5), "")
