"""What one fact may change, what another offer may change, and that the night finds what the page shows."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faden.directory.rules.match_many import BEST, match_many
from faden.directory.rules.matching import Columns, ranked
from faden.directory.rules.needs import Need
from faden.directory.rules.verdict_words import Around, explained
from faden.directory.rules.ways import those_that_certify
from faden.directory.vocabulary import Condition, Fit
from tests.directory import drawn

USES = {
    "paper": {Condition.RESIDENCE}, "german": {Condition.GERMAN}, "certified": {Condition.GERMAN}, "born": {Condition.AGE},
    "gender": {Condition.GENDER}, "town": {Condition.TOWN}, "regimes": {Condition.BENEFIT}, "needs_childcare": {Condition.CHILDCARE},
    "point": set(), "life_area": set(),
}  # fmt: skip
# They decide which test is within reach and takes her: that mend names another one, nothing else does.
NAMES_THE_TEST = {"paper", "born", "gender", "town", "regimes", "point"}


def verdicts(offers, need):
    around = Around(those_that_certify(offers))
    return {one.id: explained(one, need, around).verdicts for one in offers}


@pytest.mark.parametrize("fact", USES)
@settings(max_examples=60, deadline=None)
@given(st.data(), drawn.shelves(most=8), drawn.needs())
def test_one_fact_changes_the_reasons_that_use_it(fact, data, offers, need):
    other = replace(need, **{fact: data.draw(drawn.values(fact))})
    before, after = verdicts(offers, need), verdicts(offers, other)
    for id_, reasons in before.items():
        for one, then in zip(reasons, after[id_], strict=True):
            if one.condition == Condition.GERMAN and fact in NAMES_THE_TEST:
                assert replace(one, mend="") == replace(then, mend="")
            elif one.condition not in USES[fact]:
                assert one == then
    by_column, then = Columns(offers).verdicts(need), Columns(offers).verdicts(other)
    for condition, row, other_row in zip(Condition, by_column, then, strict=True):
        assert condition in USES[fact] or row.tobytes() == other_row.tobytes()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(Condition)), drawn.shelves(most=8), drawn.needs())
def test_another_word_for_a_fact_changes_only_that_word(condition, offers, need):
    before, after = verdicts(offers, need), verdicts(offers, replace(need, said={condition: "so gesagt"}))
    for id_, reasons in before.items():
        for one, then in zip(reasons, after[id_], strict=True):
            assert then == (replace(one, fact="so gesagt") if one.condition == condition and one.fact else one)


@settings(max_examples=100, deadline=None)
@given(drawn.shelves(most=8), drawn.offers(99), drawn.needs())
def test_an_unrelated_offer_adds_its_own_row_and_nothing_else(offers, more, need):
    more = replace(more, certifies="")
    together = tuple(sorted((*offers, more), key=lambda one: (one.title.casefold(), one.id)))
    after = verdicts(together, need)
    after.pop(more.id)
    assert after == verdicts(offers, need)
    assert [id_ for id_ in order(together, need) if id_ != UUID(int=99)] == order(offers, need)


def order(offers, need):
    columns = Columns(offers)
    return [columns.ids[at] for at in ranked(columns, need).found]


@settings(max_examples=150, deadline=None)
@given(drawn.shelves(most=30), st.lists(drawn.needs(), max_size=6))
def test_the_night_finds_what_the_page_shows(offers, needs):
    columns = Columns(offers)
    for need, summary in zip(needs, match_many(needs, columns), strict=True):
        ranking = ranked(columns, need)
        assert dict(zip(Fit, summary.counts, strict=True)) == ranking.counts()
        assert summary.best == tuple(columns.ids[at] for at in ranking.found[:BEST])
        assert summary.fits == tuple(columns.ids[at] for at in ranking.only(Fit.FITS))


def test_a_row_kept_for_one_need_is_not_changed_by_the_next():
    """Rows are shared: whoever wrote into one would change the verdict of everybody after."""
    columns = Columns([drawn.offer(number, papers=frozenset({"ae_24"})) for number in range(3)])
    lacking, having = (Need("language", drawn.TODAY, paper=paper) for paper in ("duldung_60a", "ae_24"))
    counts = [one.counts for one in match_many([having, lacking, having, lacking], columns)]
    assert counts == [(3, 0, 0), (0, 0, 3)] * 2
