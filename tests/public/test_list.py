"""Angebote: what everybody finds, without signing in and without being remembered."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import AMAL
from tests.desk_client import signed_in
from tests.public.making import AHAUS, BOCHOLT, BORKEN, end, enter, page, source, titles, write

pytestmark = pytest.mark.usefixtures("own_database")


def test_everybody_sees_the_list_and_signs_in_nowhere():
    enter()
    answer = Client().get("/angebote/")
    assert answer.status_code == 200
    assert titles(answer.content.decode()) == ["Deutschkurs A1"]
    assert "index, follow" in answer.content.decode()
    assert "noindex, follow" in page(wort="deutsch")


def test_who_is_signed_in_gets_the_same_bytes():
    offer = enter(keeper_email="buero@bildungswerk.example")

    def bytes_of(client, address):
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page(address, client))

    for address in ("/angebote/", "/angebote/?ansicht=karte", f"/angebote/{offer.id}/"):
        html = bytes_of(Client(), address)
        assert bytes_of(signed_in(AMAL.email), address) == html
        assert "buero@bildungswerk.example" not in html
        assert AMAL.email not in html


def test_words_are_found_by_their_beginnings_with_and_without_umlauts():
    enter("Nähcafé Straßburg")
    for word in ("nähc", "naehcafe", "nahcafe", "NÄHCAFÉ", "strasburg"[:4], "strassburg", "Straß", "bildungsw", "ahau"):
        assert titles(page(wort=word)) == ["Nähcafé Straßburg"], word
    assert titles(page(wort="café")) == []


def test_a_hit_in_the_title_stands_above_the_others():
    enter("Werkstatt", summary="Hier geht es um Wohnen.")
    enter("Zimmer und Wohnen")
    assert titles(page(wort="wohnen")) == ["Zimmer und Wohnen", "Werkstatt"]


def test_each_filter_narrows_and_they_survive_each_other():
    from faden.directory.rules.values import PlaceValues
    from faden.kernel import clock

    soon = clock.today() + timedelta(days=20)
    enter("Alles", life_areas=("work",), languages=("ar",), is_free=True, childcare="yes", gender="female", places_free=3, places_on=clock.today(),
          next_start=soon, places=(PlaceValues(municipality=BORKEN, barrier_free=True),))  # fmt: skip
    enter("Nichts", life_areas=("health",), languages=("uk",), is_free=False, places_free=0, places_on=clock.today(),
          next_start=soon - timedelta(days=15), places=(PlaceValues(municipality=BOCHOLT, barrier_free=False),))  # fmt: skip
    every = {"bereich": "work", "ort": BORKEN, "sprache": "ar", "ab": soon.isoformat(),
             "nur": ["kostenfrei", "barrierefrei", "kinderbetreuung", "frauen", "plaetze", "frisch"], "quelle": "-"}  # fmt: skip
    assert sorted(titles(page())) == ["Alles", "Nichts"]
    for name, value in every.items():
        for one in value if isinstance(value, list) else [value]:
            expected = ["Alles", "Nichts"] if one in ("frisch", "-") else ["Alles"]
            assert sorted(titles(page(**{name: one}))) == expected, (name, one)
    assert titles(page(**every)) == ["Alles"]


def test_a_stale_offer_is_marked_and_never_looks_fresh():
    from faden.kernel import clock

    enter("Alt", days_ago=200)
    enter("Neu")
    html, then = page(), clock.today() - timedelta(days=200)
    assert html.count("nicht bestätigt") == 1
    assert f"seit {then.day}.{then.month}.{then.year} nicht bestätigt" in html
    assert titles(page(nur="frisch")) == ["Neu"]


def test_within_so_many_kilometres_and_nearest_first():
    enter("Weit", towns=(BOCHOLT,))
    enter("Nah", towns=(BORKEN,))
    enter("Da", towns=(AHAUS,))
    assert titles(page(ort=AHAUS)) == ["Da"]
    assert titles(page(ort=AHAUS, umkreis="10")) == ["Da"]
    html = page(ort=AHAUS, umkreis="50")
    assert titles(html) == ["Da", "Nah", "Weit"]
    # Ahaus 52.08/7.00, Borken 51.84/6.86, Bocholt 51.84/6.61: 29 and 38 km as the crow flies
    assert [round(float(one.replace(",", "."))) for one in re.findall(r"([\d,]+) km</p>", html)] == [0, 29, 38]
    assert titles(page(ort=AHAUS, umkreis="25")) == ["Da"]


def test_an_offer_that_happens_anywhere_is_near_everybody():
    enter("Beratung am Telefon", towns=(), online=True)
    assert titles(page(ort=AHAUS)) == ["Beratung am Telefon"]


def test_what_is_over_or_ended_is_not_listed():
    from faden.kernel import clock

    today = clock.today()
    enter("Heute zuletzt", ends_on=today)
    write(enter("Gestern zuletzt"), ends_on=today - timedelta(days=1))
    end(enter("Beendet"))
    assert titles(page()) == ["Heute zuletzt"]


def test_twenty_a_page_and_the_filters_go_along():
    for number in range(23):
        enter(f"Kurs {number:02}", towns=())
    enter("Anderes", towns=())
    first, second = page(wort="kurs"), page(wort="kurs", seite="2")
    assert titles(first) == [f"Kurs {number:02}" for number in range(20)]
    assert titles(second) == ["Kurs 20", "Kurs 21", "Kurs 22"]
    assert "23 Angebote" in first
    assert 'href="?wort=kurs&amp;seite=2"' in first
    assert titles(page(wort="kurs", seite="99")) == titles(second)
    assert titles(page(wort="kurs", seite="x")) == titles(first)


def test_a_chip_takes_one_filter_away_and_leaves_the_rest():
    enter(is_free=True)
    html = page(wort="deutsch", nur=["kostenfrei", "frisch"], ort=AHAUS, umkreis="10", seite="1")
    chips = re.findall(r'<a class="f-chip" href="(\?[^"]*)"><bdi>([^<]*)', html)
    assert {words: url.replace("&amp;", "&") for url, words in chips} == {
        "„deutsch“": f"?nur=kostenfrei&nur=frisch&ort={AHAUS}&umkreis=10",
        "Ahaus und 10 km darum": "?wort=deutsch&nur=kostenfrei&nur=frisch",
        "kostenfrei": f"?wort=deutsch&nur=frisch&ort={AHAUS}&umkreis=10",
        "nur frisch geprüfte": f"?wort=deutsch&nur=kostenfrei&ort={AHAUS}&umkreis=10",
    }


def test_when_nothing_is_found_the_page_says_which_filter_takes_most_away():
    for number in range(3):
        enter(f"Kurs {number}", is_free=True)
    enter("Kurs in Borken", towns=(BORKEN,))
    html = page(wort="kurs", ort=BOCHOLT, nur="kostenfrei")
    assert "Am meisten nimmt „Bocholt“ weg." in html
    assert "ohne „Bocholt“: 3 Angebote" in html
    assert "ohne „kostenfrei“" not in html, "it would still be nothing"


def test_an_example_from_elsewhere_is_named_and_stands_last():
    write(enter("A aus München", towns=()), source=source().id)
    enter("Z von hier", towns=())
    html = page()
    assert titles(html) == ["Z von hier", "A aus München"]
    assert html.count("Beispielverzeichnis") == 1
    assert titles(page(quelle="Integreat München")) == ["A aus München"]
    assert titles(page(quelle="-")) == ["Z von hier"]


def test_the_towns_of_the_county_come_first_then_where_there_is_something():
    from faden.directory.rules.values import PlaceValues

    enter("Hier")
    enter("Dort", places=(PlaceValues(town="München", latitude=48.14, longitude=11.58),))
    html = page()
    options = re.findall(r'<optgroup label="([^"]*)">(.*?)</optgroup>', html)
    assert [label for label, _inside in options] == ["Im Kreis", "Weitere Orte"]
    assert options[0][1].count("<option") == 17
    assert re.findall(r">([^<]+)</option>", options[1][1]) == ["München"]
    assert titles(page(ort="münchen", umkreis="10")) == ["Dort"]


def test_free_places_are_never_told_without_their_day():
    from faden.kernel import clock

    enter(places_free=3, places_on=clock.today())
    assert f"3 Plätze frei, Stand {clock.today():%d.%m.%Y}" in page()


def test_a_field_that_cannot_be_read_says_so_and_narrows_nothing():
    enter()
    html = page(ab="31.02.2027", ort="00000000")
    assert titles(html) == ["Deutschkurs A1"]
    assert html.count('class="kern-error') == 2


@pytest.mark.parametrize("view", ["", "karte"])
def test_one_offer_or_thirty_cost_the_same(view):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    costs = []
    for many in (1, 30):
        for number in range(many):
            enter(f"Kurs {many}-{number}", languages=("ar", "uk"))
        page(ansicht=view)
        with CaptureQueriesContext(connection) as captured:
            page(ansicht=view)
        costs.append([one["sql"] for one in captured if "directory_" in one["sql"]])
    assert [len(one) for one in costs] == [1, 1], "only the number of the shelf"


# ---------- the map ----------


def test_each_dot_leads_to_a_list_with_as_many_offers():
    for number in range(5):
        enter(f"In Ahaus {number}", towns=(AHAUS,))
    enter("In Borken", towns=(BORKEN,))
    enter("Überall", towns=(AHAUS, BORKEN, BOCHOLT))
    enter("Am Telefon", towns=(), online=True)
    html = page(ansicht="karte")
    links = re.findall(r'<a class="f-points__link" href="([^"]*)" aria-label="(\d+) Angebote?: ([^"]*)"', html)
    assert {town: int(count) for _url, count, town in links} == {"Ahaus": 6, "Borken": 2, "Bocholt": 1}
    for url, count, _town in links:
        found = page(f"/angebote/{url.replace('&amp;', '&')}")
        assert len(titles(found)) == int(count)
        assert "Ausschnitt der Karte" in found
    assert html.count('<th scope="row"><a href="?ausschnitt=') == 3, "the same as a table"
    assert "1 Angebot hat keinen Ort auf der Karte." in html


def test_the_map_has_names_and_a_scale_and_no_style_of_its_own():
    enter()
    html = page(ansicht="karte")
    svg = re.search(r"<svg class=\"f-points\".*?</svg>", html, re.S)[0]
    assert "<title" in svg
    assert "<desc" in svg
    assert re.search(r">\d+ km</text>", svg)
    assert len(re.findall(r'class="f-points__town"', svg)) == 16, "the seventeenth lies under its dot"
    assert len(re.findall(r'class="f-points__name"', svg)) == 17 + 1, "each has its name, and the scale"
    assert "style=" not in svg
    assert not re.search(r'\d,\d', re.sub(r'href="[^"]*"|aria-label="[^"]*"', "", svg)), "numbers of a picture have a point"


def test_what_lies_far_away_is_told_and_does_not_shrink_the_county():
    from faden.directory.rules.values import PlaceValues

    enter("Hier")
    enter("Dort", places=(PlaceValues(town="München", latitude=48.14, longitude=11.58),))
    assert "1 Angebot liegt außerhalb der Karte." in page(ansicht="karte")
    only = page(ansicht="karte", ort="münchen")
    assert "außerhalb" not in only
    assert 'aria-label="1 Angebot: München"' in only
    enter("Dort und hier", towns=(AHAUS,), places=(PlaceValues(municipality=AHAUS), PlaceValues(town="München", latitude=48.14, longitude=11.58)))
    both = page(ansicht="karte", ort="münchen")
    assert 'aria-label="2 Angebote: München"' in both
    assert "Angebot: Ahaus" not in both
