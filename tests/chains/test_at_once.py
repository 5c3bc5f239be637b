"""Two people work on the same case in the same moment: the graph is consistent afterwards."""

import threading
from typing import Any

import pytest

from faden.kernel.errors import FadenError, Invalid
from tests.case_making import open_a_case
from tests.chains.making import Hand, begin, step


@pytest.fixture
def hand(own_database):
    return Hand(open_a_case())


def at_once(*deeds: Any) -> list[str]:
    """Each in a thread with a connection of its own, begun together; returns what was refused."""
    from django.db import connections

    gate, refused = threading.Barrier(len(deeds)), []

    def run(deed: Any) -> None:
        try:
            gate.wait(timeout=20)
            deed()
        except FadenError as error:
            refused.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return refused


def deed(hand, verb, code, **more):
    """A deed whose form was open before: row and version are looked up now, the deed is done later."""
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    row = hand.row(code)

    def run() -> None:
        with opened_for(hand.by, write=True):
            verb(row.id, case=hand.case, seen_version=row.version, by=hand.by, at=clock.now(), **more)

    return run


def test_two_finish_what_a_third_step_waits_for(hand):
    """Without the lock each would see the other's step still open, and nobody would make the third ready."""
    from faden.chains.actions.steps import finish
    from faden.kernel import clock

    for number in range(4):
        a, b, c = (f"{code}{number}" for code in "abc")
        begin(hand.case, step(a), step(b), step(c, a, b))
        assert at_once(*(deed(hand, finish, code, since=clock.today()) for code in (a, b))) == []
        assert [hand.stand()[code] for code in (a, b, c)] == ["done", "done", "ready"]


def test_two_finish_the_same(hand):
    from faden.chains.actions.steps import finish
    from faden.chains.models import StepChange
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    begin(hand.case, step("a"), step("b", "a"))
    assert at_once(*(deed(hand, finish, "a", since=clock.today()) for _ in range(2))) == []
    with opened_for(hand.by, write=False):
        assert StepChange.objects.filter(kind="state").count() == 1


def test_two_halves_of_a_loop(hand):
    """Each link alone is right; one of them comes second and is refused."""
    from faden.chains.actions.bending import Why, change_links

    begin(hand.case, step("a"), step("b"))
    why, a, b = Why("agency", "verlangt es"), hand.row("a").id, hand.row("b").id
    refused = at_once(
        deed(hand, change_links, "a", after=[b], join="all", why=why),
        deed(hand, change_links, "b", after=[a], join="all", why=why),
    )
    assert refused == [Invalid.__name__]
    assert sorted(hand.stand().values()) == ["open", "ready"]


def test_two_changes_of_a_shared_chain_are_two_numbers(hand):
    """Without the lock both would deliver the same number, or one of them without the other's news."""
    from faden.chains.actions.steps import finish
    from faden.kernel import clock
    from tests.chains.sharing import Sharing

    for number in range(3):
        a, b, c = (f"{code}{number}" for code in "abc")
        chain = begin(hand.case, step(a), step(b), step(c), title=f"Kette {number}")
        sharing = Sharing(hand, chain).begin()
        assert at_once(*(deed(hand, finish, code, since=clock.today()) for code in (a, b))) == []
        (copy,) = sharing.copies()
        assert (copy.number, sharing.row().number) == (3, 3)
        assert [one.state for one in sharing.read().steps] == ["done", "done", "ready"]


def test_our_question_and_their_report_at_once(hand):
    from faden.chains.actions.sharing import ask, share_of
    from faden.chains.vocabulary import ReportKind
    from faden.jobs.deliveries import replied
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from tests.chains.sharing import Sharing

    for number in range(3):
        code = f"x{number}"
        chain = begin(hand.case, step(code), title=f"Kette {number}")
        sharing = Sharing(hand, chain).begin(code)
        row, reply_id = hand.row(code, chain), sharing.says(code, state="waiting_person", taken=False)

        def question(sharing=sharing, row=row) -> None:
            with opened_for(hand.by, write=True):
                share = share_of(hand.case, sharing.share.id)
                ask(share, row.id, words="Wann?", kind=ReportKind.QUESTION, by=hand.by, at=clock.now())

        def report(reply_id=reply_id) -> None:
            replied(hand.by.organisation_id, str(reply_id))

        assert at_once(question, report) == []
        told = sharing.step(code)
        assert (told.state, len(told.talk), sharing.row().number) == ("waiting_person", 1, 3)
