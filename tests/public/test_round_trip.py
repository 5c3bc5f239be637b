"""What this directory tells other directories, it can read back itself."""

import json

import pytest
from django.test import Client

from tests.cast import AMAL
from tests.desk_client import actor_of
from tests.public.making import BORKEN, enter

pytestmark = pytest.mark.usefixtures("own_database")


def offers_of(source):
    """What counts for who looks for something, by title."""
    from faden.directory.queries.shelf import shelf
    from faden.kernel.rls import opened_for_everybody

    with opened_for_everybody():
        rows = [one for one in shelf().offers if one.source == source]
    return {
        one.title: (one.provider, [(s.name, s.street, s.postcode, s.town, s.ags) for s in one.spots], one.languages, one.age_from, one.age_to)
        for one in rows
    }  # fmt: skip


def test_our_own_services_come_back_as_they_went():
    from faden.directory.actions.imports import SourceValues, take_in
    from faden.directory.queries.shelf import shelf
    from faden.directory.rules.values import PlaceValues
    from faden.kernel import clock
    from faden.kernel.rls import opened_for, opened_for_everybody
    from faden.outside.offers import hsds

    house = PlaceValues(name="Haus am Markt", street="Markt 1", postcode="46325", town="Borken", municipality=BORKEN, barrier_free=True)
    enter("Sprachcafé", languages=("ar", "uk"), is_free=True, life_areas=("language",), places=(house,), age_from=16, age_to=27, waiting_days=14)
    enter("Schwimmen für Mütter", provider="Verein am See", is_free=False, cost_words="5 Euro", life_areas=("health",), places=(house,))
    sent = [Client().get("/hsds/services", {"full": "true", "per_page": "1", "page": page}).json() for page in ("1", "2")]
    by = actor_of(AMAL.email)
    with opened_for(by, write=True):
        read = hsds.read(json.dumps(sent).encode())
        take_in(read, SourceValues("Wir selbst", "hsds", "CC BY 4.0"), by=by, at=clock.now(), today=clock.today())
    ours, theirs = offers_of(""), offers_of("Wir selbst")
    assert read.rejected == ()
    assert theirs.keys() == ours.keys() == {"Sprachcafé", "Schwimmen für Mütter"}
    assert theirs == ours
    with opened_for_everybody():
        areas = {source: {one.title: one.life_areas for one in shelf().offers if one.source == source} for source in ("", "Wir selbst")}
    # What reads it may find more in the words, never less than we said.
    assert all(areas["Wir selbst"][title] >= own for title, own in areas[""].items())
