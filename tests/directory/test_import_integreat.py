"""Integreat as other regions may send it: one record at a time, and what becomes of it."""

from datetime import date

import pytest

from faden.outside.offers import integreat
from faden.outside.offers.reading import NotWhatItClaims, Unread, Wrong
from tests.directory.importing import as_json, counts, offer, offers, place, taken_in, written

pytestmark = pytest.mark.django_db


def refused(data):
    with pytest.raises(NotWhatItClaims) as error:
        integreat.read(data if isinstance(data, bytes) else as_json(data))
    return error.value.wrong


def only(record, language=""):
    found = integreat.read(as_json([record]), language)
    assert not found.rejected, found.rejected
    return found.records[0]


def test_a_place_becomes_an_offer():
    taken_in([place()])
    row = offer()
    assert (row.title, row.provider.name, row.category, row.life_areas) == ("Sprachcafé 1", "Sprachcafé 1", "Treffpunkt", ["language", "participation"])
    assert (row.summary, row.phone, row.email, row.website) == ("Deutsch sprechen bei Kaffee.", "+49 2561 000", "treff@treff.example", "https://treff.example/")
    assert row.description.startswith("<p>Deutsch sprechen bei <strong>Kaffee</strong>.</p>")
    assert (row.confirmed_on, row.confirmed_how) == (date(2026, 5, 7), "source"), "the day in Germany"
    assert (row.source.licence, row.source_url) == ("CC BY 4.0", "https://integreat.app/musterkreis/de/locations/sprachcafe/")
    [there] = row.places.all()
    assert (there.name, there.street, there.postcode, there.town, there.municipality_id) == ("Bürgerhaus", "Markt 1", "48683", "Ahaus", "05554004")


def test_of_a_contact_the_function_stays_and_the_name_goes():
    taken_in([place()])
    assert "Anmeldung: +49 2561 111" in offer().description
    assert "Rosalinde" not in str(vars(offer()))


def test_a_function_that_holds_the_name_loses_it():
    contact = {"area_of_responsibility": "Rosalinde Musterfrau, Anmeldung", "name": "Rosalinde Musterfrau", "phone_number": "1234"}
    found = only(place(contacts=[contact], phone_number=None, email=None, website=None))
    assert [one.role for one in found.contacts] == ["Anmeldung"]


@pytest.mark.parametrize(("content", "left"), [
    ("<p>a<img src=x onerror=alert(1)>b</p>", "<p>ab</p>"),
    ("<script>alert(1)</script><p>a</p>", "<p>a</p>"),
    ("<style>p{}</style><p style='x' onclick=y class=z>a</p>", "<p>a</p>"),
    ("<a href='javascript:alert(1)'>x</a>", "<a>x</a>"),
    ("<a href='mailto:a@b.example' target=_blank>x</a>", '<a href="mailto:a@b.example">x</a>'),
    ("<a href='tel:+49123'>x</a><a href='data:text/html,x'>y</a>", '<a href="tel:+49123">x</a><a>y</a>'),
    ("<div>Montag</div><div>Dienstag</div>", "<p>Montag</p><p>Dienstag</p>"),
    ("<p></p><p>&nbsp;</p><p>a</p><iframe src=x>b</iframe>", "<p>a</p>"),
    ("<h1>a</h1><b>b</b><i>c</i><svg><a href=x>d</a></svg>", "<h3>a</h3><strong>b</strong><em>c</em>"),
    ("plain\n\ntext < 3 & more", "<p>plain</p><p>text &lt; 3 &amp; more</p>"),
])  # fmt: skip
def test_html_is_cleaned(content, left):
    assert only(place(content=content, contacts=[])).description == left


@pytest.mark.parametrize(("title", "shown"), [
    ("Frauen &amp; M&auml;dchen", "Frauen & Mädchen"), ("<b>Fett</b> gedruckt", "Fett gedruckt"), ("  zu   weit\n", "zu weit"),
    ("a\x00b\u202ec\ud800d", "abcd"), ("مقهى اللغة", "مقهى اللغة"), (12, "12"), ("x" * 500, "x" * 199 + "…"),
])  # fmt: skip
def test_titles_are_plain_and_fit(title, shown):
    data = as_json([place(title="T")]).replace(b'"T"', __import__("json").dumps(title).encode())
    assert integreat.read(data).records[0].title == shown


@pytest.mark.parametrize(("latitude", "longitude", "point"), [
    (52.07, 7.0, (52.07, 7.0)), ("52,07", "7.0", (52.07, 7.0)), (7.0, 52.07, (52.07, 7.0)), (0, 0, None), (0.0, "0", None),
    (None, 7.0, None), (152.0, 7.0, None), ("north", 7.0, None), (True, True, None), (-33.9, 18.4, (-33.9, 18.4)),
])  # fmt: skip
def test_points_are_points_or_none(latitude, longitude, point):
    [there] = only(place(location_latitude=latitude, location_longitude=longitude)).places
    assert ((there.latitude, there.longitude) if point else there.latitude) == point


@pytest.mark.parametrize(("said", "day"), [
    ("2026-07-19T23:30:00+00:00", date(2026, 7, 20)), ("2026-07-19", date(2026, 7, 19)), ("2026-07-19 10:00:00", date(2026, 7, 19)),
    ("19.07.2026", date(2026, 7, 19)), (1784450000, date(2026, 7, 19)), ("yesterday", None), ("2026-13-45", None), ("0001-01-01", None), ([], None),
])  # fmt: skip
def test_days_in_any_form(said, day):
    assert only(place(last_updated=said, modified_gmt=None)).updated_on == day


def test_without_a_day_it_is_true_as_of_the_import_and_a_day_ahead_is_not_believed():
    taken_in([place(1, last_updated=None, modified_gmt=None), place(2, last_updated="2031-01-01T00:00:00Z")])
    assert {row.confirmed_on for row in offers().values()} == {date(2026, 11, 23)}
    assert counts(taken_in([place(1, last_updated=None, modified_gmt=None)], today=date(2026, 12, 1)))[2] == 1, "another day is no change"


def hours(*days):
    return [{"allDay": False, "closed": not slots, "timeSlots": [{"start": a, "end": b} for a, b in slots], "appointmentOnly": False} for slots in days]


def test_opening_hours_become_rules():
    week = hours([("09:00", "12:00"), ("14:00", "16:00")], [("09:00", "12:00")], [], [], [("14:00", "16:00")], [], [])
    taken_in([place(opening_hours=week)])
    assert [(one["rrule"], one["opens"], one["closes"]) for one in offer().schedules] == [
        ("FREQ=WEEKLY;BYDAY=MO,TU", "09:00", "12:00"), ("FREQ=WEEKLY;BYDAY=MO,FR", "14:00", "16:00"),
    ]  # fmt: skip


@pytest.mark.parametrize(("said", "left"), [
    ([{"allDay": True, "closed": False, "timeSlots": [], "appointmentOnly": False}] * 7, [("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59")]),
    ([{"appointmentOnly": True, "timeSlots": None}], [("FREQ=WEEKLY;BYDAY=MO", "", "")]),
    ({"monday": {"timeSlots": ["09:00-10:00"]}, "fr": {"timeSlots": [{"start": "9:00:00", "end": "24:00"}]}},
     [("FREQ=WEEKLY;BYDAY=MO", "09:00", "10:00"), ("FREQ=WEEKLY;BYDAY=FR", "09:00", "23:59")]),
    ([{"timeSlots": [{"start": "22:00", "end": "06:00"}, {"start": "x", "end": None}, None, 3]}], [("FREQ=WEEKLY;BYDAY=MO", "22:00", "06:00")]),
    ([{"timeSlots": [{"start": "18:00", "end": "00:00"}, {"start": "09:00", "end": "09:00"}]}], [("FREQ=WEEKLY;BYDAY=MO", "18:00", "23:59")]),
    ("Mo-Fr 9-12 Uhr", [("", "", "")]), ([None, 1, "x", []], []), (7, []), ([], []), (None, []),
])  # fmt: skip
def test_opening_hours_in_odd_forms(said, left):
    assert [(one.rrule, one.opens, one.closes) for one in only(place(opening_hours=said)).schedules] == left


def test_closed_for_the_time_being_is_said():
    taken_in([place(temporarily_closed=True)])
    assert offer().schedules == [{"rrule": "", "from": None, "until": None, "opens": None, "closes": None, "words": "zurzeit geschlossen"}]


# ---------- which record is which offer ----------


def test_a_new_version_of_the_text_is_the_same_offer():
    taken_in([place(1)])
    assert counts(taken_in([place(1, id=5000, content="<p>neu</p>")])) == (0, 1, 0, 0, 0)
    assert len(offers()) == 1


@pytest.mark.parametrize("twin", [{}, {"id": 9}, {"title": "Anderes"}])
def test_the_same_record_twice_is_taken_once(twin):
    report = taken_in([place(1), {**place(1), **twin}])
    assert counts(report) == (1, 0, 0, 0, 1)
    assert report.rejected[0].reason is Unread.TWICE


def test_two_different_offers_in_one_house_are_two():
    both = [place(1), {**place(1), "id": 9, "title": "Nähkurs"}]
    assert counts(taken_in(both)) == (2, 0, 0, 0, 0)
    assert counts(taken_in(both)) == (0, 0, 2, 0, 0)


def test_a_number_and_its_digits_are_the_same_place():
    taken_in([place(1)])
    assert counts(taken_in([place(1, id="101", location_id="1")])) == (0, 0, 1, 0, 0)


def test_without_a_place_the_path_tells_which_it_is():
    taken_in([{**place(1), "location": None}])
    assert list(offers()) == ["path:/musterkreis/de/locations/sprachcafe/"]
    assert offer("path:/musterkreis/de/locations/sprachcafe/").places.count() == 0


@pytest.mark.parametrize(("broken", "reason"), [
    (None, Unread.NO_OBJECT), ("x", Unread.NO_OBJECT), ([], Unread.NO_OBJECT), (3, Unread.NO_OBJECT), ({}, Unread.NO_KEY),
    (place(2, title=None), Unread.NO_TITLE), (place(2, title={"de": "x"}), Unread.NO_TITLE), (place(2, title=" <br> "), Unread.NO_TITLE),
    ({"title": "x"}, Unread.NO_KEY), (place(2, path="/musterkreis/en/locations/x/"), Unread.OTHER_LANGUAGE),
])  # fmt: skip
def test_a_broken_record_is_rejected_and_the_rest_is_taken(broken, reason):
    report = taken_in([place(1), broken, place(3)])
    assert counts(report) == (2, 0, 0, 0, 1)
    assert report.rejected[0].reason is reason
    assert report.rejected[0].record.startswith("2")


# ---------- what is gone, and what comes back ----------


def test_what_the_source_no_longer_has_is_ended_and_comes_back():
    taken_in([place(1), place(2), place(3)])
    assert counts(taken_in([place(1), place(3)])) == (0, 0, 2, 1, 0)
    assert offer("2").ended_because == "gone"
    assert counts(taken_in([place(1), place(3)])) == (0, 0, 2, 0, 0), "it is gone once"
    report = taken_in([place(1), place(2), place(3)])
    assert (counts(report), report.back) == ((1, 0, 2, 0, 0), 1)
    assert (offer("2").ended_at, len(offers())) == (None, 3)


def test_what_people_ended_stays_ended():
    taken_in([place(1), place(2)])
    written("2", ended_at="2026-11-01T00:00:00Z", ended_because="mistake")
    assert counts(taken_in([place(1), place(2, content="<p>x</p>")])) == (0, 1, 1, 0, 0)
    assert offer("2").ended_because == "mistake"


def test_losing_more_than_half_is_said():
    taken_in([place(number) for number in range(1, 6)])
    assert not taken_in([place(number) for number in range(1, 4)]).loses_many
    assert taken_in([place(1)]).loses_many


def test_other_sources_are_left_alone():
    taken_in([place(1), place(2)], source="Eine")
    assert counts(taken_in([place(1)], source="Andere")) == (1, 0, 0, 0, 0)
    assert all(row.ended_at is None for row in offers("Eine").values())


def test_what_was_noted_here_about_conditions_survives_a_change():
    taken_in([place(1)])
    written("1", german_from="b1", silent=["age"], life_areas=["work"])
    taken_in([place(1, content="<p>neu</p>")])
    row = offer()
    assert (row.german_from, row.silent) == ("b1", ["age"])
    assert "<p>neu</p>" in row.description


# ---------- languages ----------


def arabic(number=1, **changed):
    path = f"/musterkreis/ar/locations/{number}/"
    words = {"title": "مقهى اللغة", "excerpt": "تعلم", "content": "<p>مرحبا</p>", "id": 7000 + number, "path": path}
    return place(number, **{**words, "url": f"https://admin.integreat-app.de{path}", **changed})


def test_another_language_fills_the_texts_of_the_same_offer():
    taken_in([place(1), place(2)])
    report = taken_in([arabic(1)])
    assert (counts(report), report.language) == ((0, 1, 0, 0, 0), "ar")
    row = offer("1")
    assert (row.title, row.texts["ar"]["title"], row.texts["ar"]["reviewed"]) == ("Sprachcafé 1", "مقهى اللغة", True)
    assert offer("2").ended_at is None, "the Arabic file never had it"
    assert counts(taken_in([arabic(1)])) == (0, 0, 1, 0, 0)
    assert counts(taken_in([place(1), place(2)])) == (0, 0, 2, 0, 0), "and the German file still says the same"


def test_a_text_that_is_gone_takes_only_the_text_away():
    taken_in([place(1), place(2)])
    taken_in([arabic(1), arabic(2)])
    assert counts(taken_in([arabic(1)])) == (0, 0, 1, 1, 0)
    assert (offer("2").texts, offer("2").ended_at) == ({}, None)
    assert counts(taken_in([arabic(1)])) == (0, 0, 1, 0, 0)


def test_a_machine_translation_is_no_text():
    taken_in([place(1)])
    report = taken_in([arabic(1, id=None)])
    assert report.rejected[0].reason is Unread.MACHINE
    assert offer().texts == {}


def test_a_region_without_german_is_taken_as_it_is_and_german_takes_over():
    assert counts(taken_in([arabic(1), arabic(2)])) == (2, 0, 0, 0, 0)
    assert (offer().title, offer().texts["ar"]["title"]) == ("مقهى اللغة", "مقهى اللغة")
    assert counts(taken_in([place(1)])) == (0, 1, 0, 0, 0)
    assert (offer("1").title, offer("1").texts["ar"]["title"], offer("2").ended_at) == ("Sprachcafé 1", "مقهى اللغة", None)
    assert counts(taken_in([arabic(1), arabic(2)])) == (0, 0, 2, 0, 0)


def test_the_language_can_be_said():
    report = taken_in([{**place(1), "path": None, "url": None}], read_as="uk")
    assert (report.language, list(offer().texts)) == ("uk", ["uk"])


# ---------- the file as a whole ----------


@pytest.mark.parametrize(("data", "wrong"), [
    (b"", Wrong.EMPTY), (b"  \n", Wrong.EMPTY), (b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", Wrong.HTML),
    (b"\xef\xbb\xbf<html>", Wrong.HTML), (b'[{"title": "x", "location": {', Wrong.CUT_OFF), (b'[{"title": "x', Wrong.CUT_OFF),
    (b"{'a': 1}", Wrong.NO_JSON), (b"title;location\nx;y", Wrong.NO_JSON), (b"\x89PNG\r\n\x1a\n\x00\x00", Wrong.BINARY),
    (b"PK\x03\x04\x00\x00", Wrong.BINARY), (b"\xff\xfa\xf0", Wrong.BINARY), (b"[" * 100_000, Wrong.NO_JSON),
    (b"null", Wrong.NO_LIST), (b"42", Wrong.NO_LIST), (b'"x"', Wrong.NO_LIST), (b"[]", Wrong.NO_RECORDS), (b"[null, 1]", Wrong.NOT_INTEGREAT),
    ([{"id": "x", "name": "Service", "status": "active"}], Wrong.NOT_INTEGREAT), ({"error": "not found"}, Wrong.NOT_INTEGREAT),
    ([{"id": 1, "code": "de", "native_name": "Deutsch", "dir": "ltr"}], Wrong.NOT_INTEGREAT),
    ([{"id": 1, "title": "Seite", "path": "/x/de/y/", "content": "", "last_updated": "", "parent": {}}], Wrong.NO_PLACES),
    ([{**place(1), "event": {"id": 1, "start": "2026-01-01"}}], Wrong.NO_PLACES),
])  # fmt: skip
def test_a_file_that_is_something_else_is_refused(data, wrong):
    assert refused(data) is wrong


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_json(encoding):
    import json

    data = json.dumps([place(1, title="Café")], ensure_ascii=False).encode(encoding)
    assert integreat.read(data).records[0].title == "Café"


def test_a_real_file_cut_off_anywhere_is_refused():
    whole = as_json([place(number) for number in range(3)])
    for end in range(1, len(whole), 97):
        assert refused(whole[:end]) in (Wrong.CUT_OFF, Wrong.NO_JSON)
