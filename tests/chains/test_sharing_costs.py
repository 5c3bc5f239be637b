"""What sharing costs: the pages ask the same however many share, a change pays for each copy."""

import time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.case_making import open_a_case
from tests.cast import AMAL, CEM, KARIN
from tests.chains.making import Hand, begin, step
from tests.chains.sharing import PETRA, Sharing
from tests.desk_client import signed_in

PARTNERS = (PETRA, CEM.email, KARIN.email)


@pytest.fixture
def hand(own_database):
    return Hand(open_a_case())


def plan() -> list[Any]:
    """A chain as the shipped ones are."""
    return [step(f"s{n}", *([f"s{n - 1}"] if n else [])) for n in range(14)]


def asked(path: str) -> int:
    client = signed_in(AMAL.email)
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_pages_ask_the_same_for_one_and_for_three(hand):
    chain = begin(hand.case, *plan(), title="Deutschkurs")
    names = ("chain", [chain.id]), ("chains", []), ("case", []), ("together", [])
    paths = [reverse(name, args=[hand.case.id, *more]) for name, more in names]
    first = Sharing(hand, chain).begin("s3")
    first.says("s3", state="waiting_agency")
    shared = reverse("chain-shared", args=[hand.case.id, chain.id, first.share.id])
    one = [asked(path) for path in [*paths, shared]]
    for partner in PARTNERS[1:]:
        other = Sharing(hand, chain, with_=partner).begin()
        for n in range(3):
            other.says("s5", kind="question", words=f"Frage {n}")
    assert [asked(path) for path in [*paths, shared]] == one


def test_a_change_pays_for_each_copy(hand, capsys):
    """0, 1 and 3 participants: statements, and the time of a change of the same chain (printed)."""
    from faden.chains.actions.steps import block, release
    from faden.kernel import clock

    told = []
    for count in (0, 1, 3):
        chain = begin(hand.case, *plan(), title=f"Kurs mit {count}")
        for partner in PARTNERS[:count]:
            Sharing(hand, chain, with_=partner).begin()
        took, statements = [], 0
        for verb, more in ((block, {"reason": "no_place"}), (release, {})) * 5:
            began = time.perf_counter()
            with CaptureQueriesContext(connection) as captured:
                hand.do(verb, "s0", chain=chain, since=clock.today(), **more)
            took.append(time.perf_counter() - began)
            statements = len(captured)
        told.append((count, statements, sorted(took)[len(took) // 2]))
    with capsys.disabled():
        for count, statements, seconds in told:
            print(f"\n{count} participants: {statements} statements, {seconds * 1000:.0f} ms", end="")
    (_none, base, _), (_one, one, _), (_three, three, _) = told
    # Nothing but the question who shares; then what is read once for all, and what each copy costs.
    assert (base, one - base, (three - one) / 2) == (17, 20, 13)
