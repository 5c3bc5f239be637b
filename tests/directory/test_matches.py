"""What a need finds in the directory as it stands: pages, counts, one offer alone, the watch, the night."""

from datetime import date

import pytest

from faden.directory.queries import matches
from faden.directory.queries.matches import PAGE_SIZE, found_for, matches_for
from faden.directory.rules.needs import Need
from faden.directory.vocabulary import Condition, Fit
from tests.directory.drawn import TODAY
from tests.directory.shelving import shelve

AHAUS, BOCHOLT, MUNICH = (52.0748, 7.0059), (51.8383, 6.6151), (48.1372, 11.5756)


@pytest.fixture
def amal(db):
    from faden.kernel.rls import opened_for
    from tests.cast import AMAL
    from tests.desk_client import actor_of

    actor = actor_of(AMAL.email)
    with opened_for(actor, write=True):
        yield actor


def need(**facts):
    return Need(**{"life_area": "language", "on": TODAY, "point": AHAUS, "german": "a2", "certified": ("none", "none")} | facts)


def titles(page):
    return [one.offer.title for one in page.rows]


def test_the_best_first_and_the_nearest_of_them(amal):
    shelve(amal, "zu schwer", points=[AHAUS], german_from="b2")
    shelve(amal, "weit", points=[BOCHOLT])
    shelve(amal, "sagt nichts", points=[AHAUS], silent=["german"])
    shelve(amal, "irgendwo")
    shelve(amal, "nah", points=[MUNICH, AHAUS])
    shelve(amal, "am Bildschirm", points=[MUNICH], online=True)
    shelve(amal, "anderer Bereich", life_areas=["work"], points=[AHAUS])
    shelve(amal, "vorbei", ends_on=date(2026, 11, 22), points=[AHAUS])
    shelve(amal, "Beispiel", points=[AHAUS], example=True)
    page = matches_for(need())
    assert titles(page) == ["am Bildschirm", "nah", "weit", "irgendwo", "sagt nichts", "zu schwer"]
    assert [one.km for one in page.rows] == [0.0, 0.0, 37.5, None, 0.0, 0.0]
    assert page.counts == {Fit.FITS: 4, Fit.UNKNOWN: 1, Fit.FAILS: 1}
    assert page.blockers == [(Condition.GERMAN, 1)]


def test_equally_near_ones_by_their_start(amal):
    for title, start in (("im März", date(2027, 3, 1)), ("hat begonnen", date(2026, 9, 1)), ("heute", TODAY), ("jederzeit", None), ("b im März", date(2027, 3, 1))):
        shelve(amal, title, next_start=start)
    assert titles(matches_for(need())) == ["jederzeit", "heute", "b im März", "im März", "hat begonnen"]
    # Who comes in February asks about February.
    assert titles(matches_for(need(on=date(2027, 2, 1)))) == ["jederzeit", "b im März", "im März", "hat begonnen", "heute"]


def test_pages_and_one_kind_only(amal):
    for number in range(PAGE_SIZE + 1):
        shelve(amal, f"Kurs {number:02}")
    shelve(amal, "Zu schwer", german_from="c1")
    first, second = matches_for(need()), matches_for(need(), page=2)
    assert len(first.rows) == PAGE_SIZE and first.has_more and not second.has_more
    assert titles(second) == ["Kurs 20", "Zu schwer"]
    fails = matches_for(need(), only=Fit.FAILS)
    assert titles(fails) == ["Zu schwer"] and not fails.has_more
    assert fails.counts == first.counts == {Fit.FITS: PAGE_SIZE + 1, Fit.UNKNOWN: 0, Fit.FAILS: 1}
    assert matches_for(need(), only=Fit.UNKNOWN).rows == ()


def test_no_example_and_nothing_ended_is_matched(amal):
    shelve(amal, example=True)
    assert matches_for(need()).rows == () and found_for([need()])[0].fits == ()


def test_what_changed_is_seen_at_once(amal):
    row = shelve(amal)
    assert found_for([need()])[0].fits == (row.id,)
    row.german_from = "b1"
    row.save()
    assert found_for([need()])[0].fits == ()
    assert matches_for(need()).counts[Fit.FAILS] == 1


def test_a_kept_state_costs_one_statement(amal, django_assert_num_queries):
    for number in range(3):
        shelve(amal, f"Kurs {number}", points=[AHAUS], german_from="b1", german_proof=True)
    matches_for(need())
    with django_assert_num_queries(1):
        matches_for(need(german="b1"))
    with django_assert_num_queries(1):
        found_for([need(), need(on=date(2027, 2, 1))])


def test_the_night_and_the_watch_find_what_the_page_shows(amal):
    shelve(amal, "a", papers=["ae_24"])
    shelve(amal, "b", age_from=18)
    shelve(amal, "c", towns=["05554004"], next_start=date(2027, 3, 1))
    asked = [need(paper="ae_24"), need(born=(date(2010, 1, 1),) * 2), need(town="05554004", life_area=""), need(life_area="debts")]
    for one, summary in zip(asked, found_for(asked), strict=True):
        page = matches_for(one)
        assert summary.best == tuple(row.offer.id for row in page.rows)
        assert dict(zip(Fit, summary.counts, strict=True)) == page.counts
        assert summary.fits == tuple(row.offer.id for row in page.rows if row.fit == Fit.FITS)


def test_a_failed_change_leaves_nothing_behind(amal):
    """The number of a state that was rolled back is never given again: nobody finds what was not written."""
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        row = shelve(amal)
        assert found_for([need()])[0].fits == (row.id,)
        raise RuntimeError
    assert found_for([need()])[0].fits == ()
    assert matches.prepared().columns.offers == ()
