"""The directory as HSDS 3.1: what other directories get, held against the schemas of the specification."""

import json
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.cast import AMAL
from tests.desk_client import actor_of, signed_in
from tests.public.making import BORKEN, end, enter, source, write

SCHEMAS = Path(__file__).parent / "hsds-3.1"
pytestmark = pytest.mark.usefixtures("own_database")


@cache
def registry():
    small = [(file.name, json.loads(file.read_text())) for file in SCHEMAS.glob("*.json") if file.name != "openapi.json"]
    return Registry().with_resources((name, Resource.from_contents(body, default_specification=DRAFT202012)) for name, body in small)


@cache
def validator(name):
    file = SCHEMAS / name
    body = json.loads(file.read_text())
    if name == "openapi.json":
        # Required by 3.1.1, in the text of the specification.
        body = {**body["components"]["schemas"]["Page"], "required": ["total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty"]}
    return Draft202012Validator(body, registry=registry(), format_checker=FormatChecker())


def wrong(name, body):
    """What the schema says against it; and nothing in it may be null, which HSDS does not know."""
    nulls = ["null"] if "null" in json.dumps(body, ensure_ascii=False).replace('"null', "") else []
    return [f"{'.'.join(map(str, one.absolute_path))}: {one.message}" for one in validator(name).iter_errors(body)] + nulls


def asked(path, **params):
    answer = Client().get(f"/hsds/{path}", params)
    assert answer.status_code == 200, (path, answer.status_code, answer.content)
    assert answer.headers["Content-Type"] == "application/json"
    return answer.json()


def full_offer():
    from faden.directory.rules.values import PlaceValues
    from faden.kernel import clock

    offer = enter(
        description="<p>Zweimal in der <strong>Woche</strong>.</p>", life_areas=("language", "work"), category="Kurse", target_group="Neu Zugewanderte",
        languages=("ar", "kmr"), cost_words="20 Euro", is_free=False, documents=("Ausweis", "Bescheid"), places_free=2, places_on=clock.today(),
        waiting_days=14, contact_role="Anmeldung", phone="02861 000", email="kurse@bildungswerk.example", website="https://bildungswerk.example/kurse",
        papers=("duldung_60a",), age_from=16, age_to=27, regimes=("sgb2",), condition_words="Nach einem Gespräch.",
        towns=(), keeper_email="buero@bildungswerk.example", schedules=(
            {"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "from": "2026-09-01", "until": "2026-12-01", "opens": "09:00", "closes": "12:00", "words": "nicht in den Ferien"},
            {"rrule": "FREQ=MONTHLY;BYDAY=2TU", "from": None, "until": None, "opens": None, "closes": None, "words": ""},
            {"rrule": "FREQ=DAILY", "from": None, "until": None, "opens": "08:00", "closes": None, "words": ""},
            {"rrule": "", "from": None, "until": None, "opens": None, "closes": None, "words": "nach Vereinbarung"},
        ),
        places=(PlaceValues(name="Haus am Markt", street="Markt 1", postcode="46325", municipality=BORKEN, barrier_free=True), PlaceValues(town="Dülmen")),
    )  # fmt: skip
    write(offer, source=source(is_example=False).id, source_key="7", towns=[BORKEN])
    return offer


def test_the_root_says_which_version():
    assert asked("")["version"] == "3.1"
    assert asked("")["profile"].startswith("https://")


def test_a_service_with_everything_is_valid_and_says_what_the_offer_says():
    from faden.kernel import clock

    offer = full_offer()
    got = asked(f"services/{offer.id}")
    assert wrong("service.json", got) == []
    assert (got["name"], got["status"], got["organization"]["name"]) == ("Deutschkurs A1", "active", "Bildungswerk am Markt")
    assert got["description"] == "Zweimal in der Woche."
    assert [one["code"] for one in got["languages"]] == ["ar", "kmr"]
    assert [{key: one.get(key) for key in ("freq", "interval", "byday", "opens_at", "valid_from", "until")} for one in got["schedules"]] == [
        {"freq": "WEEKLY", "interval": 2, "byday": "MO,TH", "opens_at": "09:00", "valid_from": "2026-09-01", "until": "2026-12-01"},
        {"freq": "MONTHLY", "interval": 1, "byday": "2TU", "opens_at": None, "valid_from": None, "until": None},
        {"freq": "WEEKLY", "interval": 1, "byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "08:00", "valid_from": None, "until": None},
        {"freq": None, "interval": None, "byday": None, "opens_at": None, "valid_from": None, "until": None},
    ]
    assert got["schedules"][3]["notes"] == "nach Vereinbarung"
    assert [one["document"] for one in got["required_documents"]] == ["Ausweis", "Bescheid"]
    assert (got["minimum_age"], got["maximum_age"], got["wait_time"]) == (16, 27, "14 Tage")
    assert [one["name"] for one in got["service_areas"]] == ["Borken"]
    for words in ("Neu Zugewanderte", "Duldung § 60a", "SGB II", "Von 16 bis 27 Jahren", "Nach einem Gespräch."):
        assert words in got["eligibility_description"]
    assert got["assured_date"] == clock.today().isoformat()
    assert [one["available"] for one in got["capacities"]] == [2]
    first, second = (one["location"] for one in got["service_at_locations"])
    assert first["addresses"][0]["city"] == "Borken"
    assert first["addresses"][0]["address_1"] == "Markt 1"
    assert first["accessibility"][0]["description"] == "barrierefrei"
    assert (round(first["latitude"], 1), second["addresses"][0]["city"], second["addresses"][0]["postal_code"]) == (51.8, "Dülmen", "")
    assert {one["taxonomy_term"]["code"] for one in got["attributes"] if "taxonomy_term" in one} == {"language", "work"}
    assert {one["label"]: one["value"] for one in got["attributes"] if "label" in one} == {
        "Kategorie der Quelle": "Kurse", "Quelle": "Integreat München", "Lizenz": "CC BY 4.0", "Namensnennung": "Stadt München",
    }  # fmt: skip
    assert {one["field_name"]: one["replacement_value"] for one in got["metadata"]}["license"] == "CC BY 4.0"
    assert "buero@" not in json.dumps(got)


def test_an_offer_that_says_next_to_nothing_is_valid_too():
    assert wrong("service.json", asked(f"services/{enter('Nur ein Name', towns=()).id}")) == []


def test_the_lists_are_pages_and_their_entries_valid():
    full_offer()
    enter("Zweites", provider="Verein am See")
    cases = {
        "services": "compiled/service_list.json", "services?full=true": "service.json",
        "organizations": "compiled/organization_list.json", "organizations?full=true": "organization.json",
        "service_at_locations": "service_at_location.json", "service_at_locations?full=true": "service_at_location.json",
        "taxonomies": "taxonomy.json", "taxonomy_terms": "taxonomy_term.json",
    }  # fmt: skip
    for path, schema in cases.items():
        got = asked(path)
        assert wrong("openapi.json", {key: value for key, value in got.items() if key != "contents"}) == [], path
        assert got["contents"], path
        assert [wrong(schema, one) for one in got["contents"]] == [[]] * got["size"], path


def test_every_entry_of_a_list_can_be_asked_for_by_its_id():
    full_offer()
    schemas = {
        "services": "service.json", "organizations": "organization.json", "service_at_locations": "service_at_location.json",
        "taxonomies": "taxonomy.json", "taxonomy_terms": "taxonomy_term.json",
    }  # fmt: skip
    for path, schema in schemas.items():
        for one in asked(path)["contents"]:
            whole = asked(f"{path}/{one['id']}")
            assert whole["id"] == one["id"]
            assert wrong(schema, whole) == [], path
    organisation = asked("organizations")["contents"][0]
    assert [one["name"] for one in asked(f"organizations/{organisation['id']}")["services"]] == ["Deutschkurs A1"]


def test_pages_follow_each_other_without_gap_or_double():
    for number in range(5):
        enter(f"Kurs {number}", towns=())
    pages = [asked("services", page=number, per_page=2) for number in (1, 2, 3)]
    names = [one["name"] for page in pages for one in page["contents"]]
    assert sorted(names) == [f"Kurs {number}" for number in range(5)]
    assert [(p["page_number"], p["size"], p["first_page"], p["last_page"], p["empty"]) for p in pages] == [
        (1, 2, True, False, False), (2, 2, False, False, False), (3, 1, False, True, False),
    ]  # fmt: skip
    assert {(p["total_items"], p["total_pages"]) for p in pages} == {(5, 3)}
    beyond = asked("services", page=9, per_page=2)
    assert (beyond["empty"], beyond["size"], beyond["last_page"]) == (True, 0, True)


def test_the_filters_of_the_api():
    from faden.directory.rules.hsds.areas import term_id

    language, work = enter("Sprache", life_areas=("language",)), enter("Arbeit", life_areas=("work",), provider="Verein am See")
    assert [one["name"] for one in asked("services", search="arb")["contents"]] == ["Arbeit"]
    assert [one["name"] for one in asked("services", taxonomy_term_id=term_id("language"))["contents"]] == ["Sprache"]
    assert [one["id"] for one in asked("services", organization_id=work.provider_id)["contents"]] == [str(work.id)]
    assert [one["service_id"] for one in asked("service_at_locations", organization_id=language.provider_id)["contents"]] == [str(language.id)]
    assert [one["name"] for one in asked("organizations", search="see")["contents"]] == ["Verein am See"]
    assert {frozenset(one) for one in asked("services", minimal="true")["contents"]} == {frozenset({"id", "last_modified"})}


def test_who_asks_what_changed_also_hears_what_ended():
    from faden.kernel import clock

    old, new = enter("Alt", days_ago=20, towns=()), enter("Neu", towns=())
    gone = enter("Weg", days_ago=20, towns=())
    end(gone)
    since = (clock.today() - timedelta(days=3)).isoformat()
    assert {one["name"] for one in asked("services")["contents"]} == {"Alt", "Neu"}
    assert {one["name"]: one["status"] for one in asked("services", modified_after=since)["contents"]} == {"Neu": "active", "Weg": "defunct"}
    assert asked("services", modified_after=f"{since}T00:00:00+01:00")["total_items"] == 2
    assert asked(f"services/{gone.id}")["status"] == "defunct"
    whole = [asked(f"services/{gone.id}"), *asked("services", modified_after=since, full="true")["contents"]]
    ended = [one for one in whole if one["id"] == str(gone.id)]
    assert len(ended) == 2 and all(one.keys() == {"id", "organization_id", "name", "status", "last_modified", "organization"} for one in ended)
    assert (asked(f"services/{old.id}")["status"], asked(f"services/{new.id}")["status"]) == ("active", "active")


def test_what_ran_out_is_told_as_inactive_and_only_to_whom_asks_what_changed():
    """Like the page: no longer in the list, still to be read, never as if it ran."""
    from faden.kernel import clock

    today = clock.today()
    running, over = enter("Läuft heute noch", days_ago=30, ends_on=today, towns=()), enter("Vorbei", provider="Verein am See", days_ago=30, ends_on=today - timedelta(days=1))
    assert [one["name"] for one in asked("services")["contents"]] == [running.title]
    assert [one["name"] for one in asked("services", full="true")["contents"]] == [running.title]
    assert [one["name"] for one in asked("organizations")["contents"]] == ["Bildungswerk am Markt"]
    assert asked("service_at_locations")["contents"] == []
    whole = asked(f"services/{over.id}")
    assert (whole["status"], asked(f"services/{running.id}")["status"]) == ("inactive", "active")
    assert wrong("service.json", whole) == []
    assert [one["status"] for one in asked(f"organizations/{over.provider_id}")["services"]] == ["inactive"]
    # Nobody wrote anything in the night it ran out: who has a copy hears of it nonetheless.
    since = {days: (today - timedelta(days=days)).isoformat() for days in (0, 3)}
    told = asked("services", modified_after=since[0], minimal="true")["contents"]
    assert [(one["id"], one["last_modified"] >= f"{since[3]}T") for one in told] == [(str(over.id), True)]
    assert {one["name"]: one["status"] for one in asked("services", modified_after=since[3])["contents"]} == {"Vorbei": "inactive"}


def test_an_example_is_marked_wherever_it_is_told():
    """A harvester reads no badge: it would take the example for a place to go to."""
    from faden.directory.models import Place, Provider
    from faden.kernel.rls import opened_for

    real, shown = enter("Echt"), enter("Nur ein Beispiel", provider="Beispielhaus", days_ago=1)
    example = source(is_example=True)
    write(shown, source=example.id, source_key="7")
    with opened_for(actor_of(AMAL.email), write=True):
        Provider.objects.filter(id=shown.provider_id).update(source=example.id, source_key="7")
        place = Place.objects.get(offer=shown)
    lists = ("services", "services?full=true", "services?modified_after=2020-01-01", "organizations", "organizations?full=true",
             "service_at_locations", "service_at_locations?full=true")  # fmt: skip
    for path in lists:
        marked = sorted("Aus einem Beispielverzeichnis" in json.dumps(one) for one in asked(path)["contents"])
        assert marked == [False, True], path
    whole = asked(f"services/{shown.id}")
    assert wrong("service.json", whole) == []
    assert whole["alert"].startswith("Aus einem Beispielverzeichnis")
    assert "alert" not in asked(f"services/{real.id}")
    for path, schema in ((f"organizations/{shown.provider_id}", "organization.json"), (f"service_at_locations/{place.id}", "service_at_location.json")):
        got = asked(path)
        assert wrong(schema, got) == []
        assert "Aus einem Beispielverzeichnis" in json.dumps(got)
    end(shown)
    assert asked(f"services/{shown.id}")["alert"].startswith("Aus einem Beispielverzeichnis")


def test_what_cannot_be_meant_is_refused_as_json():
    for query in (
        "page=0", "page=-1", "page=x", "page=²", "per_page=101", "per_page=0", "page=99999999", "full=vielleicht", "format=ndjson",
        "modified_after=gestern", "modified_after=2026-02-30", "organization_id=7", "taxonomy_term_id=7",
        "taxonomy_id=7e9fbb3c-0000-4000-8000-000000000000",
    ):  # fmt: skip
        answer = Client().get(f"/hsds/services?{query}")
        assert answer.status_code == 400, query
        assert answer.json()["parameter"] == query.split("=")[0]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_what_is_not_there_is_json_too():
    nobody = "00000000-0000-4000-8000-000000000000"
    for path in ("nichts", "services/7", f"services/{nobody}", "organizations/x/y", f"taxonomies/{nobody}"):
        answer = Client().get(f"/hsds/{path}")
        assert (answer.status_code, answer.json()) == (404, {"error": "not found"}), path


def test_a_slash_more_or_less_is_the_same_and_nothing_can_be_sent():
    offer = enter()
    for path in ("services", f"services/{offer.id}", "organizations"):
        assert Client().get(f"/hsds/{path}").content == Client().get(f"/hsds/{path}/").content
    assert Client().get("/hsds").json() == asked("")
    answer = Client().post("/hsds/services", {"name": "x"})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_any_page_may_fetch_it_and_nobody_is_recognised():
    enter()
    answers = [client.get("/hsds/services?full=true") for client in (Client(), signed_in(AMAL.email))]
    assert answers[0].content == answers[1].content
    for answer in answers:
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert not answer.cookies
    assert "Access-Control-Allow-Origin" not in Client().get("/angebote/").headers
    assert "no-store" in Client().get("/angebote/").headers["Cache-Control"]


def test_a_harvester_that_comes_again_hears_that_nothing_changed():
    enter()
    tag = Client().get("/hsds/services").headers["ETag"]
    again = Client().get("/hsds/services", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    enter("Zweites")
    assert Client().get("/hsds/services", headers={"If-None-Match": tag}).status_code == 200


def test_one_offer_or_thirty_cost_the_same():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    costs = {}
    for many in (1, 10):
        for number in range(many):
            enter(f"Kurs {many}-{number}", provider=f"Anbieter {many}-{number}")
        for path in ("services?full=true", "organizations", "service_at_locations?full=true"):
            asked(path)
            with CaptureQueriesContext(connection) as captured:
                asked(path)
            costs.setdefault(path, []).append(len([one for one in captured if '"directory_' in one["sql"]]))
    # The shelf for the ETag and once more for the names of towns; rows, count, places.
    assert costs == {"services?full=true": [5, 5], "organizations": [3, 3], "service_at_locations?full=true": [5, 5]}


def test_what_the_keepers_hold_among_themselves_leaves_no_public_address():
    """The mail of the keeper, an owner's hint, marks of the last reading, who wrote it: on no page, in no export, by GET or HEAD."""
    offer = full_offer()
    write(offer, hint="Frau Geheim ist krank", hint_on="2026-03-01", from_source={"title": "marke-des-lesens"}, source_hash="hash-der-quelle")
    held = ("buero@bildungswerk.example", "Geheim", "marke-des-lesens", "hash-der-quelle", "Amal", "caritas-ahaus.example")
    client = Client()
    addresses = [f"/hsds/{kind}{one}" for kind in ("services", "organizations", "service_at_locations") for one in ("", "?full=true", "?minimal=true")]
    addresses += [f"/hsds/services/{offer.id}", f"/hsds/organizations/{offer.provider_id}", "/angebote/", "/angebote/?ansicht=karte", f"/angebote/{offer.id}/"]
    for address in addresses:
        for answer in (client.get(address), client.head(address)):
            assert answer.status_code == 200, address
            told = answer.content.decode() + str(answer.headers)
            assert not [word for word in held if word in told], address
