"""The demo's directory: every record is one the verbs take, nobody real is in it, and the family finds in it what the manual says."""

import inspect
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from config.demo_data.data import borken, munich
from config.demo_data.network import TOWNS
from faden.cases.vocabulary.life_area import LifeArea
from faden.directory.vocabulary import Condition, Fit
from tests.conftest import own_database
from tests.desk_client import actor_of

ORIGINAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "integreat-muenchen" / "locations_de.json"
AMAL = "amal@caritas-ahaus.example"


@pytest.fixture(scope="module")
def family(django_db_blocker):
    """The family and the directory as `make demo` leaves them, in a database of this file's own."""
    from config.demo_data import declarations, family, offers
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    database = inspect.unwrap(own_database)(django_db_blocker)
    next(database)
    by = actor_of(AMAL)
    with opened_for(by, write=True):
        declarations.review_texts(by, today=clock.today(), now=clock.now())
        family.run(by)
    offers.run()
    yield offers.Family.found(offers.Directory(now=clock.now(), today=clock.today()))
    next(database, None)


def shelved():
    """What everybody can read, the example apart."""
    from faden.directory.queries.shelf import shelf

    return [offer for offer in shelf().offers if not offer.is_example]


def found(family, given, area, *, days=0):
    """The page of a member of the family, in all its rows."""
    from faden.directory.queries.matches import matches_for
    from faden.referrals.queries.needs import Sought, need_of

    sought = Sought(family.case.id, family.person(given).id, area, family.today + timedelta(days=days))
    return matches_for(need_of(sought, today=family.today).need)


def row(page, title):
    """The one offer called so."""
    [match] = [match for match in page.rows if match.offer.title == title]
    return match


def short_of(match):
    """The conditions that are not met, and how."""
    return {verdict.condition: verdict.fit for verdict in match.verdicts if verdict.fit}


def reading(family):
    from faden.kernel.rls import opened_for

    return opened_for(family.by, write=False)


def test_every_record_stands_in_the_rows_of_its_keeper(family):
    from config.demo_data import others
    from faden.directory.models import Offer
    from faden.kernel.rls import opened_for_everybody

    with opened_for_everybody():
        rows = {(row.provider.name, row.title): row for row in Offer.objects.select_related("provider").filter(source__isnull=True)}
    written = borken.written()
    assert len(rows) == len(written) > 90
    for one in written:
        made = rows[borken.provider_values(one.of, None).name, one.record["title"]]
        assert made.organisation_id == others.service(borken.keepers()[one.of]).id
        assert bool(made.ended_at) == ("ended" in one.record), one.code
        assert (made.confirmed_how, bool(made.hint)) == (one.record.get("how", "account"), "hint" in one.record)
        assert (made.places_free, bool(made.places_on)) == ((one.record["places"][0], True) if "places" in one.record else (None, False))


def test_every_life_area_and_every_town_has_an_offer(family):
    with reading(family):
        offers = shelved()
    assert set().union(*(offer.life_areas for offer in offers)) == set(LifeArea.values)
    assert {spot.ags for offer in offers for spot in offer.spots} == set(TOWNS.values())


def test_no_condition_is_left_out(family):
    with reading(family):
        offers = shelved()
    for name in ("papers", "german_from", "german_to", "german_proof", "age_from", "age_to", "gender", "towns", "regimes", "childcare", "silent"):
        assert any(getattr(offer, name) for offer in offers), name
        assert any(not getattr(offer, name) for offer in offers), name
    assert {offer.is_stale(family.today) for offer in offers} == {True, False}
    assert {code for offer in offers for code in offer.text_languages} >= {"ar", "uk", "tr", "en"}


def test_nobody_can_take_it_for_real():
    text = borken.FILE.read_text(encoding="utf-8")
    hosts = re.findall(r"@([\w.-]+)|https?://([\w.-]+)", text)
    assert hosts
    assert all((mail or page).endswith(".example") for mail, page in hosts)
    assert all(borken.provider_values(key, None).name.endswith("(Beispiel)") for key in borken.keepers())


def test_a_place_lies_in_its_town(family):
    from faden.directory.rules.nearness import tenths_between
    from faden.organisations.models import Municipality

    with reading(family):
        points = {town.ags: (town.latitude, town.longitude) for town in Municipality.objects.filter(ags__in=TOWNS.values())}
        spots = [spot for offer in shelved() for spot in offer.spots]
    assert all(0 < tenths_between(points[spot.ags], spot.point) < 20 for spot in spots)


def test_one_offer_fits_rima_and_one_lacks_what_no_file_says(family):
    with reading(family):
        page = found(family, "Rima", "language")
    assert row(page, "Integrationskurs am Vormittag, mit Kinderbetreuung").fit is Fit.FITS
    assert short_of(row(page, "Frauencafé, mit Kinderbetreuung")) == {Condition.GENDER: Fit.UNKNOWN}


def test_khaled_lacks_nothing_but_the_certificate_and_the_next_test_is_named(family):
    with reading(family):
        match = row(found(family, "Khaled", "work"), "Teilqualifizierung Elektrotechnik, Baustein 1")
    assert short_of(match) == {Condition.GERMAN: Fit.FAILS}
    [german] = [verdict for verdict in match.verdicts if verdict.condition == Condition.GERMAN]
    test = family.today + timedelta(days=24)
    assert "B1" in german.fact
    assert "Nachweis fehlt" in german.mend
    assert f"{test:%d.%m.%Y}" in german.mend


def test_nothing_in_training_fits_khaled_because_of_his_age_and_the_steering_knows(family):
    from faden.findings.queries import unmet_needs

    with reading(family):
        page = found(family, "Khaled", "training")
        lines = unmet_needs(life_area="training")
    assert page.counts[Fit.FITS] == page.counts.get(Fit.UNKNOWN, 0) == 0
    assert page.blockers[0][0] is Condition.AGE
    assert [(line.town, line.condition, line.count) for line in lines] == [("Ahaus", Condition.AGE.label, 1)]


def test_who_is_on_her_way_finds_what_begins_in_spring(family):
    with reading(family):
        expected = family.person("Amina").expected_on
        page = found(family, "Amina", "language", days=(expected - family.today).days)
    course = row(page, "Deutsch 60 plus, langsam und mit Pausen")
    assert course.fit is Fit.FITS
    assert course.offer.next_start > expected
    assert short_of(row(page, "Ankommen in Ahaus, Kurs für die ersten Wochen")) == {Condition.RESIDENCE: Fit.UNKNOWN}


def test_the_watched_search_has_told_its_news_once(family):
    from faden.cases.models import Task
    from faden.referrals.queries.watches import looked_at

    with reading(family):
        titles = list(Task.objects.filter(case=family.case, title__contains="Angebot").values_list("title", flat=True))
        [looked] = looked_at(today=family.today)
        group = row(found(family, "Noor", "childcare"), "Spielgruppe vor der Kita")
    assert titles == ["Neues Angebot passt (Kinderbetreuung und Familie): Spielgruppe vor der Kita"]
    assert group.offer.id in looked.fits
    assert not looked.fresh


def test_two_vermittlungen_came_from_offers_and_one_offer_is_over(family):
    from faden.referrals.models import Referral, Sending
    from faden.referrals.queries.offers import offer_now

    with reading(family):
        rows = {row.offer_title: row for row in Referral.objects.filter(case=family.case, offer_id__isnull=False)}
        now = {title: offer_now(one, on=family.today) for title, one in rows.items()}
        sending = Sending.objects.select_related("release").get(referral=rows["Wohnungshilfe"])
    assert set(rows) == {"Wohnungshilfe", "Offener Computertreff für Bewerbungen"}
    assert now["Wohnungshilfe"].is_open
    assert now["Offener Computertreff für Bewerbungen"].ended_on == family.today - timedelta(days=8)
    assert (sending.release.ground, sending.release.person_id) == ("ohne_personenbezug", None)


def test_munich_is_read_whole_and_apart(family):
    from faden.directory.models import Source
    from faden.directory.queries.shelf import shelf
    from faden.kernel.rls import opened_for_everybody

    with opened_for_everybody():
        source = Source.objects.get(name="Beispielverzeichnis München (Integreat)")
        examples = [offer for offer in shelf().offers if offer.is_example]
    assert len(examples) == 518
    assert source.is_example
    assert "CC BY 4.0" in source.licence
    assert "Landeshauptstadt München" in source.attribution


# ---------- the cleaned export itself ----------

COPY = json.loads(munich.HERE.read_text(encoding="utf-8"))


def test_the_copy_names_no_person_and_shows_no_picture():
    contacts = [contact for record in COPY for contact in record["contacts"]]
    assert len(COPY) == 518
    assert len(contacts) > 400
    assert {contact["name"] for contact in contacts} == {""}
    assert {contact["mobile_number"] for contact in contacts} == {""}
    numbers = [one["phone_number"] or "" for one in (*COPY, *contacts)]
    assert not [number for number in numbers if re.match(r"(\+49|0)\s?1[567]", number)]
    assert "<img" not in munich.HERE.read_text(encoding="utf-8").lower()
    assert munich.HERE.stat().st_size < 1_500_000


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("beratung@haus.example", True),
        ("kita.musterweg@stadt.example", True),
        ("musterhaus@verein.example", True),
        ("erika.mustermann@stadt.example", False),
        ("emustermann@stadt.example", False),
        ("e.mustermann@musterhaus.example", False),
    ],
)
def test_an_address_stays_only_when_it_speaks_of_a_place(address, kept):
    contact = {"area_of_responsibility": "", "name": "Erika Mustermann", "email": address, "phone_number": "", "mobile_number": ""}
    record = {
        **COPY[0], "title": "Musterhaus", "organization": None, "email": address, "contacts": [contact], "available_languages": {},
        "location": {**COPY[0]["location"], "address": "Musterweg 1"},
    }  # fmt: skip
    [made] = munich.cleaned([record])
    assert (made["email"], made["contacts"][0]["email"]) == ((address, address) if kept else (None, ""))
    assert made["contacts"][0]["name"] == ""


@pytest.mark.skipif(not ORIGINAL.is_file(), reason="the export stands beside the repository only where it is made")
def test_the_copy_is_what_the_script_makes_of_the_export():
    original = json.loads(ORIGINAL.read_text(encoding="utf-8"))
    assert munich.written(munich.cleaned(original)) == munich.HERE.read_text(encoding="utf-8")
    assert [one["location"]["id"] for one in COPY] == [one["location"]["id"] for one in original]
