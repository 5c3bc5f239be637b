"""HSDS 3.x in all the shapes that its files have."""

import time
from datetime import date

import pytest

from faden.outside.offers import hsds
from faden.outside.offers.reading import NotWhatItClaims, Unread, Wrong
from tests.directory.importing import as_json, counts, example, offer, offers, service, shared, taken_in

pytestmark = pytest.mark.django_db
KEY = "ac148810-d857-441c-9679-408f346de14b"
EXAMPLES = "hsds-3.1/examples/"
MOCK = "hsds-3-examples/mock-hsds-api/data/"


def only(record):
    found = hsds.read(as_json([record]))
    assert not found.rejected, found.rejected
    return found.records[0]


@pytest.mark.parametrize("path", [
    EXAMPLES + "service_full.json", EXAMPLES + "service_list.json", EXAMPLES + "organization_full.json", EXAMPLES + "service_at_location_full.json",
    EXAMPLES + "service_at_location_list.json", EXAMPLES + "tabular.json", MOCK + f"services/{KEY}.json",
    MOCK + "organizations/d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610.json", MOCK + "service_at_locations/e94c9f38-1e8f-4564-91d4-d53501ab1765.json",
])  # fmt: skip
def test_every_shape_of_the_specification_is_one_offer(path):
    content = example(path)
    assert counts(taken_in(content, "hsds")) == (1, 0, 0, 0, 0)
    assert counts(taken_in(content, "hsds")) == (0, 0, 1, 0, 0)
    row = offer(KEY)
    assert (row.title, row.age_from, row.age_to) == ("Community Counselling", 12, 100)
    assert "age" not in row.silent and len(row.silent) == 6
    assert "Persona" not in str([vars(one) for one in (row, row.provider, *row.places.all())])


def test_a_full_service_with_everything_it_tells():
    taken_in(example(EXAMPLES + "service_full.json"), "hsds")
    row = offer(KEY)
    assert (row.provider.name, row.provider.email) == ("Example Organization Inc.", "email@example.com")
    assert (row.languages, row.phone, row.is_free, row.places_free, row.places_on) == (["ur"], "+44 1234 234567-100", False, 12, date(2024, 9, 25))
    assert row.schedules[0]["rrule"] == "FREQ=WEEKLY;BYDAY=TH,FR"
    assert (row.schedules[0]["opens"], row.schedules[0]["closes"]) == ("10:00", "18:00")
    assert row.documents[0].startswith("Any official identification")
    assert "35 GBP" in row.cost_words
    assert "aged 12 and over" in row.condition_words
    assert row.confirmed_on == date(2023, 3, 15)
    [there] = row.places.all()
    assert (there.name, there.town, there.latitude) == ("MyCity Civic Center", "MyCity", None), "100/101 is no point on earth"


@pytest.mark.parametrize("path", [
    "base.json", "location.json", "taxonomy.json", "taxonomy_list.json", "taxonomy_term.json", "taxonomy_term_list.json", "organization_list.json",
])  # fmt: skip
def test_other_files_of_hsds_are_refused(path):
    with pytest.raises(NotWhatItClaims) as error:
        hsds.read(shared(EXAMPLES + path).read_bytes())
    assert error.value.wrong in (Wrong.NOT_HSDS, Wrong.NO_SERVICES)


@pytest.mark.parametrize(("data", "wrong"), [
    (b"<html><body>Error</body></html>", Wrong.HTML), (b"[]", Wrong.NO_RECORDS), (b'{"contents": []}', Wrong.NO_RECORDS),
    (b'{"error": "x"}', Wrong.NOT_HSDS), (b"[1, 2]", Wrong.NOT_HSDS), (b"7", Wrong.NO_LIST), (b'{"contents": [{"id": "1",', Wrong.CUT_OFF),
    (b'{"type": "FeatureCollection", "features": []}', Wrong.NOT_HSDS), (b'{"organizations.csv": []}', Wrong.NO_SERVICES),
])  # fmt: skip
def test_a_file_that_is_something_else_is_refused(data, wrong):
    with pytest.raises(NotWhatItClaims) as error:
        hsds.read(data)
    assert error.value.wrong is wrong


def test_an_export_of_integreat_is_none_of_hsds():
    with pytest.raises(NotWhatItClaims):
        hsds.read(shared("integreat-muenchen/locations_de.json").read_bytes())


def test_only_what_is_required_is_enough():
    bare = {"id": "1", "name": "Beratung", "status": "active"}
    assert counts(taken_in([bare], "hsds")) == (1, 0, 0, 0, 0)
    assert offer("1").provider.name == "Beratung"
    assert len(offer("1").silent) == 7


def test_a_list_a_page_and_several_pages_are_the_same():
    rows = [service(number) for number in range(1, 5)]
    page = {"total_items": 4, "total_pages": 1, "page_number": 1, "size": 4, "first_page": True, "last_page": True, "contents": rows}
    pages = [
        {"total_pages": 2, "page_number": at, "size": 2, "contents": some} for at, some in ((1, rows[:2]), (2, rows[2:]))
    ]  # fmt: skip
    assert counts(taken_in(rows, "hsds")) == (4, 0, 0, 0, 0)
    assert counts(taken_in(page, "hsds")) == (0, 0, 4, 0, 0)
    assert counts(taken_in(pages, "hsds")) == (0, 0, 4, 0, 0)
    assert counts(taken_in(rows[:3], "hsds")) == (0, 0, 3, 1, 0)


@pytest.mark.parametrize("content", [
    {"total_pages": 3, "page_number": 1, "contents": [service(1)]}, {"last_page": False, "contents": [service(1)]}, service(1),
    [{"total_pages": 3, "contents": [service(1)]}, {"total_pages": 3, "contents": [service(2)]}],
])  # fmt: skip
def test_one_page_of_several_ends_nothing(content):
    taken_in([service(1), service(2), service(3)], "hsds")
    report = taken_in(content, "hsds")
    assert (report.gone, report.complete) == (0, False)


def test_organisations_with_their_services():
    org = {"id": "o", "name": "Verein", "description": "x", "website": "https://verein.example"}
    content = [{**org, "services": [{"id": "1", "name": "A", "status": "active"}, None, {"id": "2", "name": "B"}]}, {**org, "id": "p", "services": []}]
    assert counts(taken_in(content, "hsds")) == (2, 0, 0, 0, 1)
    assert {row.provider.name for row in offers().values()} == {"Verein"}
    assert offer("1").provider.website == "https://verein.example"


def test_one_organisation_with_its_services_is_no_package_of_tables():
    found = hsds.read(as_json({"id": "o", "name": "Verein", "services": [{"id": "1", "name": "A"}], "organizations": []}))
    assert ([one.provider.name for one in found.records], found.complete) == (["Verein"], False)


def test_one_service_told_at_each_of_its_places_is_one_offer():
    def at(number):
        location = {"id": str(number), "location_type": "physical", "latitude": 52.0 + number / 10, "longitude": 7.0, "name": f"Haus {number}"}
        return {"id": f"sal{number}", "location": location, "service": service(1)}

    assert counts(taken_in([at(1), at(2)], "hsds")) == (1, 0, 0, 0, 0)
    [row] = offers().values()
    assert sorted(place.name for place in row.places.all()) == ["Haus 1", "Haus 2"]


@pytest.mark.parametrize(("rule", "rrule"), [
    ({"freq": "WEEKLY", "byday": "MO,WE"}, "FREQ=WEEKLY;BYDAY=MO,WE"), ({"freq": "weekly", "byday": ["mo"], "interval": 2}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
    ({"freq": "MONTHLY", "byday": "1TU"}, "FREQ=MONTHLY;BYDAY=1TU"), ({"freq": "WEEKLY", "byday": "1MO,XX", "bymonthday": "3"}, "FREQ=WEEKLY;BYDAY=MO"),
    ({"freq": "MONTHLY", "bymonthday": "2,40,-1"}, "FREQ=MONTHLY;BYMONTHDAY=2,-1"), ({"freq": "SECONDLY"}, ""), ({"freq": 3, "byday": {}}, ""),
])  # fmt: skip
def test_schedules_become_rules_that_a_calendar_reads(rule, rrule):
    from faden.directory.rules.schedules import is_rule

    [found] = only(service(schedules=[{**rule, "opens_at": "09:00", "closes_at": "10:00"}])).schedules
    assert found.rrule == rrule
    assert not rrule or is_rule(rrule)


@pytest.mark.parametrize(("low", "high", "ages"), [
    (12, 18.0, (12, 18)), (17.5, None, (17, None)), (0, None, (None, None)), (None, None, (None, None)), ("16", "99", (16, 99)),
    (30, 12, (None, None)), (-3, 900, (None, None)), (True, [], (None, None)),
])  # fmt: skip
def test_ages(low, high, ages):
    found = only(service(minimum_age=low, maximum_age=high))
    assert (found.age_from, found.age_to) == ages


def test_a_service_that_is_over_is_not_shown_and_comes_back():
    assert counts(taken_in([service(1, status="defunct"), service(2)], "hsds")) == (2, 0, 0, 0, 0)
    key = service(1)["id"]
    assert offer(key).ended_because == "gone"
    assert counts(taken_in([service(1, status="defunct"), service(2)], "hsds")) == (0, 0, 2, 0, 0)
    taken_in([service(1), service(2)], "hsds")
    assert offer(key).ended_at is None
    taken_in([service(1, status="inactive"), service(2)], "hsds")
    assert offer(key).ended_because == "gone"


def test_categories_languages_and_areas():
    attributes = [{"id": "a", "taxonomy_term": {"id": "t", "name": "Housing advice"}}, {"id": "b", "label": "Debt"}]
    languages = [{"code": "TIR"}, {"name": "Arabisch"}, {"name": "Ukrainian", "code": None}, {"code": "en-GB"}, {"name": "Klingon"}]
    areas = [{"name": "Ahaus"}, {"name": "Stadt Gronau (Westf.)"}]
    taken_in([service(1, attributes=attributes, languages=languages, service_areas=areas)], "hsds")
    [row] = offers().values()
    assert (row.category, row.life_areas) == ("Housing advice", ["housing", "debts"])
    assert row.languages == ["ti", "ar", "uk", "en"]
    assert len(row.towns) == 2 and "town" not in row.silent


def test_a_record_with_nothing_but_nulls_is_taken_or_rejected_by_itself():
    empty = {**dict.fromkeys(example(EXAMPLES + "service_full.json")), "id": "9", "name": "Leer"}
    report = taken_in([service(1), empty, {**empty, "id": None}, {**empty, "id": "10", "name": None}], "hsds")
    assert counts(report) == (2, 0, 0, 0, 2)
    assert [one.reason for one in report.rejected] == [Unread.NO_KEY, Unread.NO_TITLE]


def test_of_contacts_the_function_stays_and_the_name_goes():
    persons = [
        {"name": "Rosalinde Musterfrau", "title": "Anmeldung", "department": "Beratung", "email": "anmeldung@verein.example"},
        {"name": "Rosalinde Musterfrau", "title": "Rosalinde Musterfrau, Leitung", "phones": [{"number": "02561 2"}]},
    ]
    first, second = only(service(contacts=persons)).contacts
    assert (first.role, first.email) == ("Anmeldung, Beratung", "anmeldung@verein.example")
    assert (second.role, second.phone) == ("", "02561 2")


@pytest.mark.parametrize(("said", "free"), [
    ({"fees_description": "Free of charge."}, True), ({"fees_description": "Not free, please ask"}, None),
    ({"fees_description": "Feel free to ask us about prices"}, None), ({"cost_options": [{"id": "1", "amount": 0}]}, True),
    ({"cost_options": [{"id": "1", "amount": 0, "option": "children"}, {"id": "2", "option": "adults"}]}, None),
    ({"cost_options": [{"id": "1", "amount": 0}, {"id": "2", "amount": 5}]}, False),
])  # fmt: skip
def test_free_is_only_what_says_so(said, free):
    assert hsds.read(as_json(service(**said))).records[0].is_free is free


@pytest.mark.parametrize("page", [{"total_items": 90, "size": 1}, {"totalElements": 90, "last": False}, {"total_pages": 3, "page_number": 1}])
def test_one_page_of_many_ends_nothing(page):
    assert not hsds.read(as_json({**page, "contents": [service()]})).complete
    assert hsds.read(as_json({"total_items": 1, "total_pages": 1, "contents": [service()]})).complete


def test_a_long_description_of_one_organisation_is_cleaned_once():
    told = {"id": "o", "name": "Haus", "description": "<p>" + "<em>" * 5000 + " " * 30_000 + "</p>", "services": [service(n) for n in range(200)]}
    began = time.process_time()
    assert len(hsds.read(as_json(told)).records) == 200
    assert time.process_time() - began < 5
