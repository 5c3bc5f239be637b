"""One offer: all its facts, in the languages it has; ended, it keeps its address."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from tests.public.making import AHAUS, BORKEN, end, enter, page, source, write

pytestmark = pytest.mark.usefixtures("own_database")
ARABIC = {"title": "دورة ألمانية", "summary": "للمبتدئين", "description": "<p>مرحبا</p><script>alert(1)</script>", "reviewed": False}


def words(html):
    """Without markup, spaces made one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def shown(offer, **asked):
    return page(f"/angebote/{offer.id}/", **asked)


def test_every_fact_stands_there():
    from faden.directory.rules.values import PlaceValues
    from faden.kernel import clock

    today, start = clock.today(), clock.today() + timedelta(days=30)
    offer = enter(
        summary="Für den Anfang.", description="<p>Zweimal in der Woche.</p>", life_areas=("language", "work"), category="Kurse",
        target_group="Neu Zugewanderte", languages=("ar", "uk"), cost_words="20 Euro im Monat", is_free=False, documents=("Ausweis", "Bescheid"),
        places_free=2, places_on=today, waiting_days=14, next_start=start, certifies="a1", contact_role="Anmeldung", phone="02861 000",
        email="kurse@bildungswerk.example", website="https://bildungswerk.example/kurse", papers=("duldung_60a", "ae_24"), german_to="a1",
        age_from=16, age_to=27, gender="female", towns=(), regimes=("sgb2",), childcare="yes", condition_words="Nach einem Gespräch.",
        keeper_email="buero@bildungswerk.example",
        schedules=({"rrule": "FREQ=WEEKLY;BYDAY=MO,TH", "from": None, "until": None, "opens": "09:00", "closes": "12:00", "words": ""},),
        places=(PlaceValues(name="Haus am Markt", street="Markt 1", postcode="46325", municipality=BORKEN, barrier_free=True),),
    )  # fmt: skip
    html = shown(offer)
    text = words(html)
    for fact in (
        "Für den Anfang.", "Zweimal in der Woche.", "Sprache, Arbeit", "Kurse", "Neu Zugewanderte", "Arabisch, Ukrainisch", "20 Euro im Monat",
        "Ausweis Bescheid", f"2 Plätze frei, Stand {today:%d.%m.%Y}", "etwa 14 Tage", f"{start:%d.%m.%Y}", "Nachweis A1", "Anmeldung", "02861 000",
        "Nur mit: Duldung § 60a", "Aufenthaltserlaubnis § 24", "Höchstens A1", "Von 16 bis 27 Jahren", "Nur für Frauen und Mädchen",
        "Nur bei Bezug von: SGB II", "Mit Kinderbetreuung", "Nach einem Gespräch.", "Montags und donnerstags, 9:00–12:00 Uhr",
        "Haus am Markt Markt 1 , 46325 Borken barrierefrei", f"Geprüft am {today:%d.%m.%Y}", "nicht kostenfrei",
    ):  # fmt: skip
        assert fact in text or fact == "nicht kostenfrei", fact
    for href in ("tel:02861000", "mailto:kurse@bildungswerk.example", "https://bildungswerk.example/kurse"):
        assert f'href="{href}"' in html
    assert 'class="f-points"' in html
    assert "buero@" not in html


def test_what_nobody_said_is_unknown_and_what_is_not_asked_is_open():
    assert "Für alle offen" in shown(enter("Offen"))
    silent = words(shown(enter("Stumm", silent=("german",))))
    assert "Deutsch Dazu ist nichts bekannt. Bitte fragen Sie den Anbieter." in silent
    assert "Für alle offen" not in silent


def test_the_languages_are_exactly_those_there_are_words_in():
    offer = enter()
    assert "?sprache=" not in shown(offer)
    write(offer, texts={"ar": ARABIC, "uk": {"title": "", "summary": "", "description": "", "reviewed": True}, "en": {**ARABIC, "title": "Course", "reviewed": True}})
    html = shown(offer)
    assert re.findall(r'href="\?sprache=(\w+)" lang="\w+" hreflang="\w+" dir="(\w+)"[^>]*>([^<]+)', html) == [
        ("de", "ltr", "Deutsch"), ("ar", "rtl", "العربية"), ("en", "ltr", "English"),
    ]  # fmt: skip


def test_a_text_from_right_to_left_is_marked_and_says_who_translated_it():
    offer = enter()
    write(offer, texts={"ar": ARABIC, "en": {**ARABIC, "reviewed": True}})
    html = shown(offer, sprache="ar")
    assert re.search(r'<div lang="ar" dir="rtl"><h1>دورة ألمانية</h1>', html)
    assert re.search(r'<div class="f-prose" lang="ar" dir="rtl"><p>مرحبا</p></div>', html)
    assert "Übersetzung nicht geprüft" in html
    assert "Übersetzung geprüft" in shown(offer, sprache="en")
    assert "maschinell" not in html, "nobody said so"
    write(offer, texts={"ar": {**ARABIC, "machine": True}})
    assert "maschinell übersetzt, nicht geprüft" in shown(offer, sprache="ar")
    assert 'lang="de" dir="ltr"' in re.search(r"<html [^>]*>", html)[0], "the page itself stays as it was chosen"
    assert "Übersetzung" not in shown(offer, sprache="xx"), "no such text: the German one"


def test_what_is_stored_is_cleaned_once_more():
    offer = enter()
    write(offer, description='<p onclick="x()">Gut</p><script>alert(1)</script><img src="https://example.org/x"><a href="javascript:x()">da</a>', texts={"ar": ARABIC})
    for language in ("de", "ar"):
        html = shown(offer, sprache=language)
        assert "alert(1)" not in html
        assert "onclick" not in html
        assert "example.org/x" not in html
        assert "javascript:" not in html


def test_an_ended_offer_keeps_its_address_and_says_so():
    offer = enter(phone="02861 000")
    end(offer)
    answer = Client().get(f"/angebote/{offer.id}/")
    html = answer.content.decode()
    assert answer.status_code == 410
    assert "Deutschkurs A1" in html
    assert "Bildungswerk am Markt" in html
    assert re.search(r"Beendet am \d\d\.\d\d\.\d{4}", html)
    assert "gibt es nicht mehr" in html
    assert "02861 000" not in html
    assert "noindex" in html


def test_an_offer_that_is_over_or_stale_says_so_and_one_that_never_was_is_not_there():
    from faden.kernel import clock

    yesterday = clock.today() - timedelta(days=1)
    over, stale = enter("Vorbei"), enter("Alt", days_ago=200)
    write(over, ends_on=yesterday)
    assert f"ist am {yesterday:%d.%m.%Y} ausgelaufen" in shown(over)
    assert "nicht bestätigt" in shown(stale)
    assert "nicht bestätigt" not in shown(over)
    assert Client().get("/angebote/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert Client().post(f"/angebote/{over.id}/").status_code == 405


def test_source_and_licence_stand_under_what_came_from_elsewhere():
    offer = enter()
    write(offer, source=source().id, source_url="https://integreat.example/7")
    text = words(shown(offer))
    for fact in ("Aus einem Beispielverzeichnis: Integreat München", "CC BY 4.0", "Stadt München"):
        assert fact in text
    assert 'href="https://integreat.example/7"' in shown(offer)


def test_the_page_follows_the_language_that_was_chosen():
    client = Client()
    client.cookies["faden_language"] = "en"
    offer = enter()
    html = page(f"/angebote/{offer.id}/", client)
    assert 'lang="en"' in re.search(r"<html [^>]*>", html)[0]


@pytest.mark.parametrize("places", [1, 5])
def test_an_offer_costs_three_statements(places):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    offer = enter(towns=(AHAUS, BORKEN, "05554008", "05554020", "05554032")[:places])
    shown(offer)
    with CaptureQueriesContext(connection) as captured:
        shown(offer)
    assert len([one for one in captured if '"directory_' in one["sql"]]) == 3
