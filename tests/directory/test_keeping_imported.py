"""What was read in and is opened by who keeps it: a form that nobody touched refuses nothing and cuts nothing."""

import pytest

from tests.cast import KARIN
from tests.desk_client import signed_in, text_of
from tests.directory.importing import offer, service, taken_in
from tests.directory.keeping import again, form_of

pytestmark = pytest.mark.usefixtures("own_database")
LONG = "Wort für Wort. " * 2500  # 37,500 characters


def much():
    """More of everything than we would let anybody type."""
    schedules = [
        {"freq": "WEEKLY", "interval": 2, "byday": "MO", "wkst": "SU", "opens_at": f"{8 + n % 10:02}:{n:02}", "closes_at": "20:00", "description": f"{n} {'w' * 290}"}
        for n in range(40)
    ]  # fmt: skip
    schedules[1] |= {"opens_at": "20:00", "closes_at": "02:00"}  # the next day
    houses = [
        {"location": {"name": f"Haus {n}", "latitude": 52.0 + n / 100, "longitude": 7.0, "addresses": [{"address_1": f"Weg {n}", "city": "Ahaus", "postal_code": "48683"}]}}
        for n in range(30)
    ]  # fmt: skip
    return service(
        1, name="Zwölf", email="kurs@haus_am_markt.example", description=f"<p>{LONG}</p><ul><li>eins&#0;&#129;</li></ul>",
        required_documents=[{"document": f"{n} {'d' * 150}"} for n in range(45)], schedules=schedules, service_at_locations=houses,
        organization={"id": "0f000000-0000-4000-8000-000000000001", "name": "Musterverein", "email": "post@haus_am_markt.example",
                      "description": "<p>Wir.</p><p>" + "Wir sind viele. " * 500 + "</p>"},
    )  # fmt: skip


def columns(row):
    left_out = {"version", "changed_at", "confirmed_on", "confirmed_how"}
    own = {name: value for name, value in vars(row).items() if not name.startswith("_") and not name.endswith("_cache") and name not in left_out}
    places = [{name: value for name, value in vars(one).items() if name not in ("_state", "id")} for one in row.places.all()]
    return own, sorted(places, key=lambda one: one["position"])


def test_an_offer_with_more_than_we_would_take_is_saved_as_it_was():
    taken_in([much()], "hsds")
    before = offer("00000000-0000-4000-8000-000000000001")
    assert (len(before.documents), len(before.schedules), len(before.places.all()), before.life_areas) == (45, 40, 30, [])
    assert len(before.description) > 30_000 and len(before.schedules[0]["words"]) > 200
    client, where = signed_in(KARIN.email), f"/verzeichnis/{before.id}/aendern/"
    page = client.get(where)
    assert "20 weitere Zeilen aus der Quelle bleiben, wie sie sind" in text_of(page)
    sent = form_of(page)
    assert len(sent) < 500, "a browser sends a thousand fields at most"
    answer = client.post(where, sent)
    assert answer.status_code == 303, [page.context["form"].errors for page in [answer] if answer.context]
    after = offer(before.source_key)
    assert after.version == before.version + 1
    assert columns(after) == columns(before)


def test_one_word_changed_changes_one_thing():
    taken_in([much()], "hsds")
    before = offer("00000000-0000-4000-8000-000000000001")
    client, where = signed_in(KARIN.email), f"/verzeichnis/{before.id}/aendern/"
    assert client.post(where, form_of(client.get(where), phone="02561 7", schedule1_opens="01:00")).status_code == 303
    own, places = columns(offer(before.source_key))
    expected, _places = columns(before)
    assert own["schedules"][1]["opens"] == "01:00"
    expected["phone"], expected["schedules"][1] = "02561 7", own["schedules"][1]
    assert (own, places) == (expected, _places)


@pytest.mark.parametrize(("field", "typed"), [("documents", "d" * 160 + "\n" + "e\n" * 2000), ("email", "neu@haus_am_markt.example"), ("schedule0_words", "w" * 201)])
def test_what_somebody_types_is_still_held_to_our_limits(field, typed):
    taken_in([much()], "hsds")
    row = offer("00000000-0000-4000-8000-000000000001")
    client, where = signed_in(KARIN.email), f"/verzeichnis/{row.id}/aendern/"
    answer = client.post(where, form_of(client.get(where), **{field: typed}))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert again(row).version == row.version


def test_its_provider_too():
    taken_in([much()], "hsds")
    provider = offer("00000000-0000-4000-8000-000000000001").provider
    assert len(provider.description) > 5000
    client, where = signed_in(KARIN.email), f"/verzeichnis/anbieter/{provider.id}/"
    page = client.get(where)
    assert "<p>" not in page.context["form"]["description"].value()
    assert client.post(where, form_of(page)).status_code == 303
    after = offer("00000000-0000-4000-8000-000000000001").provider
    assert (after.version, after.description, after.email) == (provider.version + 1, provider.description, provider.email)


def test_a_last_day_far_away_stays():
    taken_in(b"Was;Ende;Beginn\nChor;2200-05-01;2200-04-01\n", "csv", mapping={"title": "Was", "ends_on": "Ende", "next_start": "Beginn"})
    [row] = offers_of_table()
    client, where = signed_in(KARIN.email), f"/verzeichnis/{row.id}/aendern/"
    answer = client.post(where, form_of(client.get(where)))
    assert answer.status_code == 303, answer.context and answer.context["form"].errors
    assert (again(row).ends_on, again(row).next_start) == (row.ends_on, row.next_start)


def offers_of_table():
    from tests.directory.importing import offers

    return list(offers().values())
