"""The pages of the directory's keepers: desk and partner side, five people, the same number of statements."""

from datetime import timedelta
from uuid import uuid4

import pytest

from faden.kernel import clock
from tests.cast import AMAL, CEM, KARIN, LENA, everybody
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.directory.keeping import PETRA, again, form_of, noted, provider

pytestmark = pytest.mark.usefixtures("own_database")
FULL = {
    "summary": "Deutsch üben bei Kaffee.", "languages": ("ar", "uk"), "papers": ("duldung_60a", "ae_24"), "german_from": "a1", "german_to": "b1",
    "age_from": 16, "gender": "female", "towns": ("05554004",), "regimes": ("sgb2",), "childcare": "yes", "is_free": True, "documents": ("Pass", "Foto"),
    "description": "<h3>Eins</h3><p>mit <strong>Kraft</strong></p><ul><li>zwei</li></ul>", "condition_words": "Nur mit Anmeldung", "waiting_days": 14, "certifies": "a2", "contact_role": "Kursberatung",
    "phone": "02561 1", "email": "kurs@haus.example", "website": "https://haus.example/kurs", "keeper_email": "buero@haus.example", "confirm_every_days": 90,
    "schedules": ({"rrule": "FREQ=WEEKLY;BYDAY=MO,TH", "from": None, "until": "2027-01-31", "opens": "09:00", "closes": "12:00", "words": "nicht in den Ferien"},
                  {"rrule": "FREQ=MONTHLY;BYMONTHDAY=15", "from": None, "until": None, "opens": None, "closes": None, "words": ""}),
}  # fmt: skip


def full(by=None, **values):
    from faden.directory.rules.values import PlaceValues

    place = PlaceValues("Haus", "Markt 1", "48683", "", "05554004", 52.07, 7.01, True)
    return noted(by, **{**FULL, "places": (place, PlaceValues(town="Enschede", street="Plein 2"))}, **values)


def columns(offer):
    """All that was written of it but when and by which version."""
    row, left_out = again(offer), {"_state", "version", "changed_at", "noted_at", "confirmed_on", "confirmed_how"}
    places = [(p.name, p.street, p.postcode, p.town, p.municipality_id, p.latitude, p.longitude, p.barrier_free) for p in places_of(offer)]
    return {name: value for name, value in row.__dict__.items() if name not in left_out and not name.endswith("_cache")}, places


def places_of(offer):
    from faden.directory.models import Place
    from faden.kernel.rls import opened_for_everybody

    with opened_for_everybody():
        return list(Place.objects.filter(offer_id=offer.id).order_by("position"))


# ---------- new and change ----------


def test_two_minutes_title_provider_life_area_and_nothing_else():
    client = signed_in(AMAL.email)
    answer = client.post("/verzeichnis/neu/", keyed(title="Sprachcafé", new_provider="Haus", life_areas=["language"], confirm_every_days="180"))
    assert answer.status_code == 303, text_of(answer)
    page = client.get(answer.headers["Location"])
    offer = page.context["offer"]
    # What nobody said is not known; it is never "no condition".
    assert set(offer.silent) == {"residence", "german", "age", "gender", "town", "benefit", "childcare"}
    assert "„Sprachcafé“ steht im Verzeichnis" in text_of(page)


def test_a_form_sent_back_untouched_changes_nothing():
    offer = full()
    before, client = columns(offer), signed_in(AMAL.email)
    where = f"/verzeichnis/{offer.id}/aendern/"
    answer = client.post(where, form_of(client.get(where)))
    assert answer.status_code == 303, text_of(answer)
    assert columns(offer) == before
    assert again(offer).version == 2


def test_a_silent_offer_stays_silent_and_one_without_conditions_stays_so():
    client = signed_in(AMAL.email)
    for silent in ((), ("residence", "german", "age", "gender", "town", "benefit", "childcare"), ("age", "gender")):
        offer = noted(title=f"Treff {len(silent)}", provided=f"Haus {len(silent)}", silent=silent)
        where = f"/verzeichnis/{offer.id}/aendern/"
        assert client.post(where, form_of(client.get(where))).status_code == 303
        assert set(again(offer).silent) == set(silent)


def test_a_change_of_one_thing():
    offer, client = full(), signed_in(AMAL.email)
    where = f"/verzeichnis/{offer.id}/aendern/"
    page = client.get(where)
    answer = client.post(where, form_of(page, age_whether="any", age_from="", place0_street="Markt 2", confirms="on", schedule0_days=["TU"]))
    assert answer.status_code == 303, text_of(answer)
    row = again(offer)
    assert (row.age_from, row.silent, row.schedules[0]["rrule"]) == (None, [], "FREQ=WEEKLY;BYDAY=TU")
    # Another house: the point of the old one is not its.
    assert [(p.street, p.latitude) for p in places_of(offer)] == [("Markt 2", None), ("Plein 2", None)]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"title": ""}, "Bitte ausfüllen"), ({"age_whether": "any", "age_from": "18"}, "Sie haben etwas eingetragen"),
        ({"age_whether": "asks", "age_from": ""}, "Tragen Sie die Bedingung ein"), ({"website": "javascript:x"}, "https://"),
        ({"new_provider": "Noch eins"}, "nicht beides"), ({"schedule0_closes": "08:00"}, "liegt nicht nach dem Beginn"),
        ({"schedule2_rhythm": "m1"}, "Wählen Sie die Wochentage"), ({"schedule0_until": "2026-01-01", "schedule0_first": "2026-02-01"}, "vor dem ersten"),
        ({"places_free": "3"}, "von welchem Tag"), ({"life_areas": []}, "Bitte wählen"),
    ],
)  # fmt: skip
def test_a_refused_form_tells_why_and_keeps_what_was_typed(typed, told):
    offer, client = full(), signed_in(AMAL.email)
    where = f"/verzeichnis/{offer.id}/aendern/"
    answer = client.post(where, form_of(client.get(where), summary="Eben getippt", **typed))
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert "Eben getippt" in answer.content.decode()
    assert again(offer).version == 1


def test_somebody_else_was_faster():
    offer, client = full(), signed_in(AMAL.email)
    where = f"/verzeichnis/{offer.id}/aendern/"
    first, second = client.get(where), client.get(where)
    assert client.post(where, form_of(first, title="Erste")).status_code == 303
    answer = client.post(where, form_of(second, title="Zweite"))
    assert answer.status_code == 409
    assert "Zweite" in text_of(answer)
    assert again(offer).title == "Erste"


# ---------- the verbs of one offer ----------

VERBS = {
    "stimmt": {}, "telefon": {}, "plaetze": {"places_free": "3", "places_on": "2026-01-01"}, "link": {}, "ende": {"because": "ended"}, "hinweis": {},
    "wieder": {},
}  # fmt: skip


def test_confirmed_in_one_click():
    offer, client = full(), signed_in(AMAL.email)
    clock.set_forward(400)
    client = signed_in(AMAL.email)
    assert "veraltet" in text_of(client.get(f"/verzeichnis/{offer.id}/"))
    assert client.post(f"/verzeichnis/{offer.id}/stimmt/", keyed()).status_code == 303
    page = client.get(f"/verzeichnis/{offer.id}/")
    assert "frisch" in text_of(page) and "veraltet" not in text_of(page)
    assert again(offer).confirmed_how == "account"
    client.post(f"/verzeichnis/{offer.id}/telefon/", keyed())
    assert again(offer).confirmed_how == "phone"


def test_free_places_are_shown_with_their_day_only():
    offer, client = full(), signed_in(AMAL.email)
    day = clock.today() - timedelta(days=2)
    assert client.post(f"/verzeichnis/{offer.id}/plaetze/", keyed(places_free="3", places_on=day.isoformat())).status_code == 303
    for where in (f"/verzeichnis/{offer.id}/", "/verzeichnis/"):
        assert f"3 Plätze frei, Stand {day:%d.%m.%Y}" in text_of(client.get(where))
    late = client.post(f"/verzeichnis/{offer.id}/plaetze/", keyed(places_free="5", places_on=(clock.today() + timedelta(days=1)).isoformat()))
    assert late.status_code == 422 and again(offer).places_free == 3


def test_ended_and_taken_up_again():
    offer, client = full(), signed_in(AMAL.email)
    assert client.post(f"/verzeichnis/{offer.id}/ende/", keyed()).status_code == 422
    assert client.post(f"/verzeichnis/{offer.id}/ende/", keyed(because="gone")).status_code == 422
    assert client.post(f"/verzeichnis/{offer.id}/ende/", keyed(because="ended")).status_code == 303
    assert "gibt es nicht mehr" in text_of(client.get(f"/verzeichnis/{offer.id}/"))
    assert client.get(f"/verzeichnis/{offer.id}/aendern/").status_code == 403
    assert "Sprachcafé" not in text_of(client.get("/verzeichnis/")) and "Sprachcafé" in text_of(client.get("/verzeichnis/?stand=beendet"))
    assert client.post(f"/verzeichnis/{offer.id}/wieder/", keyed()).status_code == 303
    assert "Sprachcafé" in text_of(client.get("/verzeichnis/"))


def test_a_vermittlung_outlives_its_offer():
    """No key leads from it to the directory: ending, and even the row's going, leave its page as it was."""
    from faden.kernel.rls import opened_for
    from faden.referrals.models import Referral
    from tests.referrals.sending import school, sent_to

    offer, by = full(), actor_of(AMAL.email)
    sent = sent_to(school(), wish="Sprachcafé")
    with opened_for(by, write=True):
        Referral.objects.filter(id=sent.referral.id).update(offer_id=offer.id, offer_title=offer.title)
    client = signed_in(AMAL.email)
    where = f"/faelle/{sent.case.id}/vermittlungen/{sent.referral.id}/"
    assert "Sprachcafé" in text_of(client.get(where))
    assert client.post(f"/verzeichnis/{offer.id}/ende/", keyed(because="ended")).status_code == 303
    answer = client.get(where)
    assert answer.status_code == 200 and "Sprachcafé" in text_of(answer)
    with opened_for(by, write=True):
        Referral.objects.filter(id=sent.referral.id).update(offer_id=uuid4())
    assert client.get(where).status_code == 200


# ---------- who ----------


def test_what_each_of_the_cast_may():
    """Own service: case management and lead keep it; others read it; data protection, accounts and offices do not enter."""
    offer, browsers = full(), everybody()
    seen = {name: browser.get(f"/verzeichnis/{offer.id}/").status_code for name, browser in browsers.items()}
    assert seen == {"Amal": 200, "Bernd": 200, "Lena": 200, "Dilan": 403, "Anton": 403, "Cem": 200, "Karin": 200, "Dora": 404}
    keeps = {name: "Stimmt noch" in text_of(browsers[name].get(f"/verzeichnis/{offer.id}/")) for name, status in seen.items() if status == 200}
    assert keeps == {"Amal": True, "Bernd": True, "Lena": True, "Cem": False, "Karin": False}
    navigation = {name: "/verzeichnis/" in browsers[name].get("/hilfe/tastatur/", follow=True).content.decode() for name in ("Amal", "Lena")}
    assert all(navigation.values())


@pytest.mark.parametrize("who", [CEM.email, KARIN.email, PETRA])
def test_another_service_cannot_change_it(who):
    offer, client = full(), signed_in(who)
    prefix = "/partner/angebote" if who == PETRA else "/verzeichnis"
    before = columns(offer)
    for verb, typed in VERBS.items():
        assert client.post(f"{prefix}/{offer.id}/{verb}/", keyed(**typed)).status_code == 403, verb
    for page in ("aendern", "ende"):
        assert client.get(f"{prefix}/{offer.id}/{page}/").status_code == 403
    assert client.get(f"{prefix}/anbieter/{offer.provider_id}/").status_code == 403
    assert columns(offer) == before
    page = client.get(f"{prefix}/{offer.id}/")
    assert page.status_code == 200 and "pflegt ein anderer Dienst" in text_of(page)
    # An office's address, and what the owner wrote, are the keeper's.
    assert "buero@haus.example" not in page.content.decode()


def test_nobody_comes_in_without_signing_in(client):
    offer = full()
    for verb, typed in VERBS.items():
        assert client.post(f"/verzeichnis/{offer.id}/{verb}/", keyed(**typed)).status_code == 401
    assert client.get(f"/verzeichnis/{offer.id}/").status_code == 302


def test_an_unknown_offer_is_not_there():
    client = signed_in(AMAL.email)
    assert {client.get(f"/verzeichnis/{uuid4()}/{page}").status_code for page in ("", "aendern/", "ende/")} == {404}


# ---------- the partner side ----------


def test_an_agency_keeps_its_own_offers():
    client, petra = signed_in(PETRA), actor_of(PETRA)
    page = client.get("/partner/angebote/neu/")
    assert petra.organisation_name in page.content.decode()
    answer = client.post("/partner/angebote/neu/", form_of(page, title="Integrationskurs", life_areas=["language"]))
    assert answer.status_code == 303, text_of(answer)
    page = client.get("/partner/angebote/")
    assert "Integrationskurs" in text_of(page) and petra.organisation_name in text_of(page)
    offer = page.context["rows"][0][0]
    assert client.post(f"/partner/angebote/{offer.id}/stimmt/", keyed()).status_code == 303
    second = client.get("/partner/angebote/neu/")
    assert second.context["form"]["provider"].value() == str(again(offer).provider_id)


# ---------- the list ----------


def test_the_list_is_narrowed_by_each_question():
    by = actor_of(AMAL.email)
    full()
    noted(by, title="Mieterberatung", provided="Mieterverein", life_areas=("housing",), silent=("age",))
    noted(actor_of(CEM.email), title="Kleiderkammer", provided="Kreuz", life_areas=("benefits",))
    client = signed_in(AMAL.email)
    haus = provider(by, "Leer")

    def titles(asked):
        return sorted(row.title for row, _address in client.get(f"/verzeichnis/?{asked}").context["rows"])

    both = ["Mieterberatung", "Sprachcafé"]
    assert titles("") == both
    assert titles("pflege=alle") == ["Kleiderkammer", *both]
    assert titles("q=mieter") == ["Mieterberatung"] == titles("q=mieterverein") == titles("bereich=housing")
    assert titles("q=kaffee") == ["Sprachcafé"] == titles("ort=05554004")
    assert titles(f"anbieter={haus.id}") == [] == titles("stand=beendet") == titles("stand=pruefen") == titles("stand=hinweis")
    assert titles("quelle=eigene") == both
    assert titles("bereich=nichts&ort=abc&anbieter=x&quelle=x&stand=x&seite=-1") == both
    clock.set_forward(85)
    client = signed_in(AMAL.email)
    assert titles("stand=pruefen") == ["Sprachcafé"]
    assert "bald prüfen" in text_of(client.get("/verzeichnis/"))


COUNTS = {"/verzeichnis/": 13, "/verzeichnis/?pflege=alle": 13, "/verzeichnis/anbieter/": 9}


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same(count):
    from tests.pages.test_statement_counts import statements

    by = actor_of(AMAL.email)
    for number in range(count):
        full(by, title=f"Kurs {number}", provided=f"Haus {number}")
    found = {where: statements(AMAL.email, where)[0] for where in COUNTS}
    assert found == COUNTS


@pytest.mark.parametrize("count", [1, 9])
def test_one_offer_costs_the_same(count):
    from faden.directory.rules.values import PlaceValues
    from tests.pages.test_statement_counts import statements

    offer = noted(towns=("05554004",), places=tuple(PlaceValues(street=f"Markt {number}", municipality="05554004") for number in range(count)))
    assert statements(AMAL.email, f"/verzeichnis/{offer.id}/")[0] == 9
    assert statements(AMAL.email, f"/verzeichnis/{offer.id}/aendern/")[0] == 13


def test_a_list_of_more_than_a_page():
    by = actor_of(LENA.email)
    for number in range(51):
        noted(by, title=f"Kurs {number:02}", provided=f"Haus {number}")
    client = signed_in(LENA.email)
    assert [len(client.get(f"/verzeichnis/?seite={page}").context["rows"]) for page in (1, 2)] == [50, 1]
