"""What is computed by column is what is meant row by row: verdicts, order, counts, blockers."""

from collections import Counter
from datetime import date

from hypothesis import given, settings

from faden.directory.rules.matching import Columns, ranked
from faden.directory.rules.verdict_words import Around, explained, tenths_to
from faden.directory.rules.ways import those_that_certify
from faden.directory.vocabulary import Condition, Fit
from tests.directory import drawn


def around(offers):
    return Around(those_that_certify(offers))


def plainly(offers, need):
    """The candidates as the page lists them, without a column."""
    found = [
        explained(one, need, around(offers))
        for one in offers
        if not one.is_example and not one.is_over(need.on) and (not need.life_area or need.life_area in one.life_areas)
    ]
    return sorted(found, key=lambda match: _place(match, need))


def _place(match, need):
    tenths, start = tenths_to(match.offer, need), match.offer.next_start
    begins = date.min if start is None else start if start >= need.on else date.max
    return match.fit, tenths is None, tenths or 0, begins, match.offer.title.casefold(), match.offer.id


@settings(max_examples=400, deadline=None)
@given(drawn.shelves(), drawn.needs())
def test_the_same_by_column_and_by_row(offers, need):
    columns = Columns(offers)
    ranking = ranked(columns, need)
    expected = plainly(offers, need)
    assert [columns.ids[at] for at in ranking.found] == [match.offer.id for match in expected]
    assert [Fit(fit) for fit in ranking.fits] == [match.fit for match in expected]
    by_column = [[Fit(fit) for fit in ranking.verdicts[:, at]] for at in ranking.found]
    assert by_column == [[one.fit for one in match.verdicts] for match in expected]
    assert ranking.counts() == {fit: Counter(match.fit for match in expected)[fit] for fit in Fit}
    assert ranking.blockers() == plain_blockers(expected)


def plain_blockers(matches):
    """How many offers a condition closes; of equal ones first what more often is the only one that does."""
    failing = [[one.condition for one in match.verdicts if one.fit == Fit.FAILS] for match in matches]
    often, alone = Counter(sum(failing, [])), Counter(one[0] for one in failing if len(one) == 1)
    return sorted(often.items(), key=lambda one: (-one[1], -alone[one[0]], list(Condition).index(one[0])))


@settings(max_examples=200, deadline=None)
@given(drawn.shelves(), drawn.needs())
def test_every_verdict_says_what_it_rests_on(offers, need):
    for match in plainly(offers, need):
        assert [one.condition for one in match.verdicts] == list(Condition)
        assert match.fit == max(one.fit for one in match.verdicts)
        for one in match.verdicts:
            assert one.asks and (one.mend or one.fit != Fit.UNKNOWN)
            assert one.mend == "" or one.fit != Fit.FITS
