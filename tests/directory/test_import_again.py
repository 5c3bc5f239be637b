"""A source is read in again: it changes and takes back what it filled, and leaves what was noted here."""

from datetime import UTC, date, datetime

import pytest

from tests.directory.importing import centre, counts, offer, place, service, taken_in, written

pytestmark = pytest.mark.django_db
KEY = service(1)["id"]
HEAD = "Nr;Titel;Träger;Telefon;E-Mail;Zeiten;Kosten;Mindestniveau;Geschlecht;Ort;Freie Plätze;Beginn;Online;Unterlagen;Kurzbeschreibung"
FULL = "1;Nähkurs;Treff;02561 1;post@treff.example;Mo 9 Uhr;kostenlos;A2;Frauen;Ahaus;3;01.02.2027;ja;Ausweis;Kurz"
BARE = "1;Nähkurs;Treff" + ";" * 12
COLUMNS = ("phone", "email", "schedules", "is_free", "cost_words", "german_from", "gender", "places_free", "places_on", "next_start", "online", "documents", "summary")


def table(*lines):
    return "\n".join((HEAD, *lines)).encode()


def by_hand(model, **columns):
    """As if somebody here had noted it."""
    from faden.directory import models
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for

    with opened_for(Actor.system(centre()), write=True):
        assert getattr(models, model).objects.update(**columns) == 1


def test_what_the_source_withdraws_goes():
    taken_in(table(FULL), "csv")
    before = offer("1")
    assert all(getattr(before, name) for name in COLUMNS if name != "cost_words"), "everything was filled"
    assert counts(taken_in(table(BARE), "csv")) == (0, 1, 0, 0, 0)
    after = offer("1")
    assert not any(getattr(after, name) for name in COLUMNS)
    assert {"german", "gender"} <= set(after.silent), "what nobody says any more is not known"
    assert (after.places.count(), after.provider.name) == (0, "Treff")


def test_what_was_noted_here_stays_when_the_source_is_silent():
    taken_in(table(BARE), "csv")
    noted = {
        "phone": "02561 9", "email": "hier@treff.example", "contact_role": "Büro", "website": "https://treff.example/", "summary": "Von uns", "cost_words": "5 Euro",
        "schedules": [{"rrule": "", "from": None, "until": None, "opens": None, "closes": None, "words": "freitags"}], "documents": ["Pass"], "online": True,
        "german_from": "b1", "silent": ["age"], "places_free": 2, "places_on": date(2026, 11, 1), "category": "Kurs", "condition_words": "mit Anmeldung", "description": "<p>Hier</p>",
    }  # fmt: skip
    written("1", **noted)
    by_hand("Provider", phone="02561 8", website="https://traeger.example/")
    assert counts(taken_in(table(BARE.replace("Nähkurs", "Nähkurs neu")), "csv")) == (0, 1, 0, 0, 0)
    row = offer("1")
    assert row.title == "Nähkurs neu"
    assert {name: getattr(row, name) for name in noted} == noted
    assert (row.provider.phone, row.provider.website) == ("02561 8", "https://traeger.example/")


def test_what_was_put_right_here_stays_until_the_source_says_something_else():
    taken_in(table(FULL), "csv")
    written("1", phone="02561 9", german_from="b1", places_free=1, places_on=date(2026, 11, 22), silent=["age", "gender"], gender="")
    taken_in(table(FULL.replace("Kurz", "Länger")), "csv")
    row = offer("1")
    assert (row.summary, row.phone, row.german_from, row.places_free, row.places_on) == ("Länger", "02561 9", "b1", 1, date(2026, 11, 22))
    assert "gender" in row.silent and row.gender == ""
    taken_in(table(FULL.replace("02561 1", "02561 7").replace("A2", "A1").replace(";3;", ";5;")), "csv")
    row = offer("1")
    assert (row.phone, row.german_from, row.places_free, row.places_on) == ("02561 7", "a1", 5, date(2026, 11, 23))
    written("1", phone="02561 6")
    taken_in(table(BARE), "csv")
    assert (offer("1").phone, offer("1").german_from) == ("02561 6", ""), "put right here: not the source's to take away"


def test_places_too():
    from faden.directory.models import Place

    taken_in([place(1)])
    taken_in([{**place(1), "location": {"id": 1}}])
    assert offer().places.count() == 0, "the source filled it, the source takes it back"
    taken_in([place(1)])
    by_hand("Place", street="Hintereingang 2")
    taken_in([place(1, content="<p>neu</p>")])
    assert offer().places.get().street == "Hintereingang 2", "the source says of the place what it said before"
    taken_in([{**place(1), "location": {"id": 1}}])
    assert offer().places.get().street == "Hintereingang 2"
    taken_in([place(1, location_address="Markt 9")])
    assert Place.objects.get(offer_id=offer().id).street == "Markt 9"


def test_free_places_keep_their_day_when_another_thing_changes():
    taken_in(table(FULL), "csv")
    taken_in(table(FULL.replace("Kurz", "Länger")), "csv", today=date(2026, 12, 24))
    assert offer("1").places_on == date(2026, 11, 23), "nobody has counted them again"


def test_a_condition_that_asks_for_nothing_is_taken_back_too():
    taken_in(table(FULL.replace("Frauen", "alle")), "csv")
    assert "gender" not in offer("1").silent
    taken_in(table(FULL.replace("Frauen", "")), "csv")
    assert "gender" in offer("1").silent


def test_a_provider_loses_what_its_source_no_longer_says():
    org = {"id": "o", "name": "Verein", "phones": [{"number": "02561 1"}], "email": "post@verein.example", "website": "https://verein.example/"}
    taken_in([service(1, organization=org)], "hsds")
    by_hand("Provider", email="hier@verein.example")
    taken_in([service(1, organization={"id": "o", "name": "Verein"})], "hsds")
    provider = offer(KEY).provider
    assert (provider.phone, provider.website, provider.email) == ("", "", "hier@verein.example")


def test_a_record_that_only_names_its_provider_takes_nothing_from_it():
    org = {"id": "o", "name": "Verein", "email": "post@verein.example"}
    taken_in([service(1, organization=org), service(2, organization={"id": "o", "name": "Verein"})], "hsds")
    taken_in([service(1, organization=org), service(2, organization={"id": "o", "name": "Verein"}, description="neu")], "hsds")
    assert offer(KEY).provider.email == "post@verein.example"


def test_another_provider_chosen_here_stays():
    from faden.directory.models import Provider
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for

    taken_in(table(FULL), "csv")
    with opened_for(Actor.system(centre()), write=True):
        other = Provider.objects.create(organisation_id=centre(), name="Der richtige Träger")
    written("1", provider_id=other.id)
    taken_in(table(FULL.replace("Kurz", "Länger")), "csv")
    assert offer("1").provider.name == "Der richtige Träger"
    taken_in(table(FULL.replace("Treff", "Neuer Träger")), "csv")
    assert offer("1").provider.name == "Neuer Träger"


def test_who_looked_later_than_the_source_has_looked():
    taken_in([place(1)])
    written("1", confirmed_on=date(2026, 11, 20), confirmed_how="phone")
    taken_in([place(1, content="<p>neu</p>", last_updated="2026-11-10T00:00:00Z")])
    assert (offer().confirmed_on, offer().confirmed_how) == (date(2026, 11, 20), "phone")
    taken_in([place(1, content="<p>noch neuer</p>", last_updated="2026-11-21T00:00:00Z")])
    assert (offer().confirmed_on, offer().confirmed_how) == (date(2026, 11, 21), "source")


def test_a_translation_of_our_own_is_not_the_sources_to_take_away():
    def arabic(number):
        return place(number, title="مقهى", path=f"/musterkreis/ar/locations/{number}/", url="")

    taken_in([place(1), place(2)])
    own = {"ar": {"title": "نادي", "summary": "", "description": "", "reviewed": True}}
    written("1", texts=own)
    assert counts(taken_in([arabic(2)])) == (0, 1, 0, 0, 0)
    assert (offer("1").texts, offer("2").texts["ar"]["title"]) == (own, "مقهى")
    taken_in([place(1, content="<p>neu</p>"), place(2, content="<p>neu</p>")])
    assert counts(taken_in([arabic(1)])) == (0, 1, 0, 1, 0), "and the German file left the marks of the others"
    assert offer("2").texts == {}


def test_a_day_that_fell_away_for_another_comes_back():
    taken_in(b"Nr;Titel;Beginn;Ende\n1;Kurs;01.03.2027;01.06.2027", "csv")
    written("1", ends_on=date(2027, 2, 1))
    taken_in(b"Nr;Titel;Beginn;Ende;Telefon\n1;Kurs;01.03.2027;01.06.2027;0256", "csv")
    assert offer("1").next_start is None, "it would begin after its last day"
    taken_in(b"Nr;Titel;Beginn;Ende;Telefon\n1;Kurs;01.03.2027;01.07.2027;0256", "csv")
    assert (offer("1").next_start, offer("1").ends_on) == (date(2027, 3, 1), date(2027, 7, 1))


# ---------- a preview holds for the state it showed ----------


def read_and_compared(data):
    from faden.directory.actions.imports import SourceValues, compare
    from faden.directory.queries.reading import read
    from faden.kernel.rls import opened_for_everybody

    source = SourceValues("Musterquelle", "csv", "CC0")
    with opened_for_everybody():
        return read(data, "csv"), source, compare(read(data, "csv"), source, organisation_id=centre()).state


@pytest.mark.parametrize("times", [0, 1])
def test_a_file_that_was_compared_before_a_newer_one_came_is_refused(times):
    from faden.directory.actions.imports import take_in
    from faden.kernel.actor import Actor
    from faden.kernel.errors import Conflict
    from faden.kernel.rls import opened_for

    for _time in range(times):
        taken_in(table(FULL), "csv", at=datetime(2026, 11, 1, tzinfo=UTC))
    read, source, state = read_and_compared(table(BARE))
    taken_in(table(FULL.replace("Kurz", "Neuer")), "csv", at=datetime(2026, 11, 2, tzinfo=UTC))
    actor = Actor.system(centre())
    with pytest.raises(Conflict, match="seit der Vorschau"), opened_for(actor, write=True):
        take_in(read, source, by=actor, at=datetime(2026, 11, 3, tzinfo=UTC), today=date(2026, 11, 3), compared=state)
    assert offer("1").summary == "Neuer"
    read, source, state = read_and_compared(table(BARE))
    with opened_for(actor, write=True):
        take_in(read, source, by=actor, at=datetime(2026, 11, 3, tzinfo=UTC), today=date(2026, 11, 3), compared=state)
    assert offer("1").summary == ""
