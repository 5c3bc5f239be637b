"""The directory as it is kept in the process: each column, places with the middle of their town, nothing that is ended."""

import pytest

from faden.directory.models import Offer, Place
from faden.directory.queries.shelf import shelf
from faden.directory.rules.offers import Spot
from faden.directory.vocabulary import OfferEnd
from tests.directory.drawn import TODAY
from tests.directory.shelving import NOW, shelve


@pytest.fixture
def amal(db):
    from faden.kernel.rls import opened_for
    from tests.cast import AMAL
    from tests.desk_client import actor_of

    actor = actor_of(AMAL.email)
    with opened_for(actor, write=True):
        yield actor


def test_every_column_comes_as_it_stands(amal):
    texts = {"uk": {"title": "Курс"}, "ar": {"title": "دورة"}}
    row = shelve(
        amal, "Kurs", languages=["de", "ar"], texts=texts, papers=["ae_24"], towns=["05554004"], regimes=["sgb2"], silent=["age"], places_free=3,
        places_on=TODAY, certifies="b1", german_from="a1", german_to="b1", german_proof=True, age_from=16, age_to=27, gender="female", childcare="yes",
        waiting_days=30, next_start=TODAY, ends_on=TODAY, online=True, is_free=False, category="Sprache", target_group="Alle", example=True,
    )  # fmt: skip
    found = shelf().by_id[row.id]
    for name in (
        "title summary category target_group online is_free places_free places_on waiting_days next_start ends_on certifies german_from"
        " german_to german_proof age_from age_to gender childcare confirmed_on confirm_every_days organisation_id provider_id"
    ).split():
        assert getattr(found, name) == getattr(row, name), name
    assert [set(found.life_areas), found.papers, found.towns, found.regimes, found.silent] == [
        {"language"}, {"ae_24"}, {"05554004"}, {"sgb2"}, {"age"},
    ]  # fmt: skip
    assert (found.languages, found.text_languages) == (("de", "ar"), ("ar", "uk"))
    assert (found.provider, found.account_id, found.source, found.is_example) == ("Haus der Begegnung", None, "Beispiel", True)


def test_places_in_their_order_and_the_middle_of_the_town_for_a_house_not_known(amal):
    row = shelve(amal, points=[(51.9, 7.1)])
    mine = {"offer": row, "organisation_id": amal.organisation_id}
    Place.objects.create(position=2, name="Rathaus", municipality_id="05554004", barrier_free=True, **mine)
    Place.objects.create(position=1, town="Enschede", **mine)
    house, abroad, town = shelf().by_id[row.id].spots
    assert house == Spot("", "", "", "Ort", "", (51.9, 7.1), None)
    assert abroad == Spot("", "", "", "Enschede", "", None, None)
    assert (town.name, town.town, town.ags, town.barrier_free) == ("Rathaus", "Ahaus", "05554004", True)
    assert town.point is not None and abs(town.point[0] - 52.07) < 0.1


def test_by_title_whatever_its_case_and_nothing_that_is_ended(amal):
    for title in ("Zebra", "apfel", "Birne"):
        shelve(amal, title)
    gone = shelve(amal, "Ende")
    Offer.objects.filter(id=gone.id).update(ended_at=NOW, ended_because=OfferEnd.ENDED)
    assert [one.title for one in shelf().offers if one.provider == "Haus der Begegnung"] == ["apfel", "Birne", "Zebra"]


def test_one_statement_while_it_stands_still_three_when_it_changed(amal, django_assert_num_queries):
    shelve(amal)
    with django_assert_num_queries(3):
        first = shelf()
    with django_assert_num_queries(1):
        assert shelf() is first
