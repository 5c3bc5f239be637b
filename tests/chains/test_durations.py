"""Own figures replace the source's, once there are enough."""

from datetime import timedelta

import pytest

from tests.case_making import open_a_case
from tests.chains.making import Hand, begin, step


@pytest.fixture
def hand(own_database):
    return Hand(open_a_case())


def day(number):
    from faden.kernel import clock

    return clock.today() + timedelta(days=number)


def night(hand):
    from faden.jobs.chains import of_service

    of_service(hand.by.organisation_id)


def measured(hand):
    from faden.chains.queries.durations import measured
    from faden.kernel.rls import opened_for

    with opened_for(hand.by, write=False):
        return {codes: (row.days, row.finished) for codes, row in measured().items()}


def finished(hand, days, *, code="bescheid", template="anerkennung"):
    """A chain whose second step took so many days."""
    chain = begin(hand.case, step("antrag"), step(code, "antrag", usual_days=7), code=template, ago=100)
    hand.finish("antrag", chain=chain, since=day(-90))
    hand.finish(code, chain=chain, since=day(-90 + days))
    return chain


def test_the_median_of_ten_replaces_the_source(hand):
    from faden.cases.queries.timeline import Of
    from faden.chains.queries.chains import chains_of
    from faden.kernel.rls import opened_for

    for days in (10, 20, 20, 30, 30, 40, 50, 60, 70):
        finished(hand, days)
    night(hand)
    assert measured(hand) == {}
    finished(hand, 80)
    night(hand)
    assert measured(hand)["anerkennung", "bescheid"] == (40, 10)
    chain = begin(hand.case, step("antrag"), step("bescheid", "antrag", usual_days=7), code="anerkennung")
    hand.finish("antrag", chain=chain)
    with opened_for(hand.by, write=False):
        card = next(card for card in chains_of(hand.case, of=Of(), today=day(0)) if card.id == chain.id)
    assert card.finish_on == day(40)
    assert card.bottleneck == "Bescheid, meist 6 Wochen (gemessen, 10 Fälle), seit heute offen"


def test_what_is_taken_back_does_not_count(hand):
    chains = [finished(hand, 10) for _number in range(10)]
    night(hand)
    assert measured(hand)["anerkennung", "bescheid"] == (10, 10)
    hand.undo("bescheid", chain=chains[0])
    night(hand)
    assert ("anerkennung", "bescheid") not in measured(hand)
    hand.finish("bescheid", chain=chains[0], since=day(-10))
    night(hand)
    assert measured(hand)["anerkennung", "bescheid"] == (10, 10)


def test_ready_again_after_an_undo_counts_from_then(hand):
    """The first time it was ready was a mistake: those days were nobody's waiting."""
    from faden.chains.queries.durations import times_taken
    from faden.kernel.rls import opened_for

    chain = begin(hand.case, step("antrag"), step("bescheid", "antrag"), code="anerkennung", ago=100)
    hand.finish("antrag", chain=chain, since=day(-90))
    hand.undo("antrag", chain=chain)
    hand.finish("antrag", chain=chain, since=day(-40))
    hand.finish("bescheid", chain=chain, since=day(-30))
    with opened_for(hand.by, write=False):
        assert times_taken()["anerkennung", "bescheid"] == [10]


def test_free_chains_teach_nothing(hand):
    for _number in range(10):
        finished(hand, 10, template="")
    night(hand)
    assert measured(hand) == {}


def test_another_services_figures_are_its_own(hand):
    from faden.chains.queries.durations import measured as figures
    from faden.kernel.rls import opened_for
    from tests.desk_client import actor_of

    for _number in range(10):
        finished(hand, 10)
    night(hand)
    with opened_for(actor_of("cem@drk-gronau.example"), write=False):
        assert figures() == {}
