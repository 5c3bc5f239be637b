"""The family's page: taking in and taking out, agreement, kinship, households as of a day."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faden.kernel import clock
from tests.case_making import add_member, agree, open_a_case
from tests.cast import AMAL, BERND, CEM
from tests.desk_client import actor_of, keyed, signed_in, text_of

AGREED = {
    "giver": "own", "informed": "on", "to_documentation": "on", "told_language": "ar", "given_how": "paper",
}  # fmt: skip


@pytest.fixture
def case(own_database):
    return open_a_case(family="Darwisch", given="Rima")


@pytest.fixture
def amal(case):
    return signed_in(AMAL.email)


def family(case, tail=""):
    return f"/faelle/{case.id}/familie/{tail}"


def take_in(client, case, **values):
    values = {"giver": "none", "relation": "child_of", "member": str(case.person_id), **values}
    if values["giver"] != "none":
        values = {**AGREED, "given_on": str(clock.today()), **values}
    return client.post(family(case, "aufnehmen/"), keyed(**values))


def members(case, email=AMAL.email):
    from faden.cases.queries.members import members_of
    from faden.kernel.rls import opened_for

    with opened_for(actor_of(email), write=False):
        return {member.card.name: member for member in members_of(case)}


def test_without_agreement_only_name_birth_and_kinship(amal, case):
    html = amal.get(family(case, "aufnehmen/")).content.decode()
    assert not re.search(r'id="id_(phone|email|nationality|language|municipality)"', html)
    assert take_in(amal, case, family="Darwisch", given="Karim", born="12.04.2015", represents="on").status_code == 303
    page = text_of(amal.get(family(case)))
    assert "geb. 12.04.2015" in page and "noch keine Einwilligung" in page
    assert "Darwisch, Rima: Elternteil von Darwisch, Karim" in page and "vertritt gesetzlich" in page
    assert "Kernfamilie: Darwisch, Karim (Kind)" in page
    karim = members(case)["Darwisch, Karim"].person_id
    assert amal.get(f"/faelle/{case.id}/personen/{karim}/angaben/").status_code == 403
    change = amal.get(f"/faelle/{case.id}/personen/{karim}/bearbeiten/").content.decode()
    assert 'name="phone"' not in change and 'name="born"' in change


def test_half_an_agreement_is_none_and_nothing_typed_is_lost(amal, case):
    answer = take_in(amal, case, family="Darwisch", given="Karim", giver="own", informed="", interpreted_by="Frau Ümit")
    assert answer.status_code == 422 and "Frau Ümit" in answer.content.decode()
    assert 'value="Karim"' in answer.content.decode() and "<details class=\"f-more\" open>" in answer.content.decode()
    assert list(members(case)) == ["Darwisch, Rima"]


def test_a_minors_agreement_names_who_gave_it(amal, case):
    answer = take_in(amal, case, family="Darwisch", given="Karim", born="2015", giver="own")
    assert answer.status_code == 422 and "Bei Minderjährigen geben die gesetzlichen Vertreter" in text_of(answer)
    assert take_in(amal, case, family="D", given="K", giver="represented").status_code == 422
    given = {"giver": "represented", "represented_by": [str(case.person_id)], "own_agreement": "on"}
    assert take_in(amal, case, family="Darwisch", given="Karim", born="2010", **given).status_code == 303
    assert "Einwilligung liegt vor" in text_of(amal.get(family(case)))
    from faden.consents.models import CounsellingAgreement
    from faden.kernel.rls import opened_for

    karim = members(case)["Darwisch, Karim"].person_id
    with opened_for(actor_of(AMAL.email), write=False):
        found = CounsellingAgreement.objects.get(person_id=karim)
    assert found.represented_by == [case.person_id] and found.own_agreement


def test_the_agreement_can_come_later(amal, case):
    father = add_member(case, "Khaled", born="1985")
    where = family(case, f"{father.id}/einwilligung/")
    assert amal.post(where, keyed(**{**AGREED, "giver": "none"})).status_code == 422
    assert amal.post(where, keyed(**AGREED, given_on=str(clock.today()))).status_code == 303
    assert amal.get(f"/faelle/{case.id}/personen/{father.id}/angaben/").status_code == 200


def test_a_known_person_is_found_and_taken_in(amal, case):
    other = open_a_case(family="Wanderer", given="Hanna")
    change(amal, other, family="Wanderer", given="Hanna", born="12.04.1990")
    typed = {"family": "Wanderer", "given": "Hanna", "born": "12.04.1990"}
    answer = take_in(amal, case, **typed)
    assert answer.status_code == 422 and "könnte schon bekannt sein" in text_of(answer)
    assert f'name="known_person" value="{other.person_id}"' in answer.content.decode()
    assert take_in(amal, case, **typed, known_person=str(other.person_id)).status_code == 303
    assert members(case)["Wanderer, Hanna"].person_id == other.person_id
    assert take_in(amal, case, **typed, known_person=str(other.person_id)).status_code == 422
    assert take_in(amal, case, **typed, other_person="on").status_code == 303


def test_what_she_told_a_colleague_is_not_opened_by_calling_her_a_relative(amal, case):
    theirs = open_a_case(BERND.email, family="Wanderer", given="Hanna")
    pressed = {"family": "Wanderer", "known_person": str(theirs.person_id)}
    answer = take_in(amal, case, **pressed)
    assert answer.status_code == 422 and "in einem anderen Fall beraten" in text_of(answer)
    assert amal.get(f"/faelle/{case.id}/personen/{theirs.person_id}/angaben/").status_code == 404
    assert take_in(amal, case, **pressed, giver="own").status_code == 303


def test_nobody_of_another_service_is_found_or_taken_in(amal, case):
    foreign = open_a_case(CEM.email, family="Gronauer", given="Isa")
    answer = take_in(amal, case, family="Gronauer", known_person=str(foreign.person_id))
    assert answer.status_code == 404
    found = amal.post("/suche/kandidaten/", {"family": "Gronauer", "taking_in": "1"})
    assert str(foreign.person_id) not in found.content.decode()
    assert signed_in(CEM.email).get(family(case)).status_code == 404


def test_taking_out_keeps_what_was_and_the_named_one_stays(amal, case):
    child = add_member(case, "Karim")
    today = str(clock.today())
    assert amal.post(family(case, f"{case.person_id}/herausnehmen/"), keyed(last_day=today)).status_code == 422
    assert amal.post(family(case, f"{child.id}/herausnehmen/"), keyed(last_day=today)).status_code == 303
    assert "dazu" in text_of(amal.get(family(case))) and not members(case)["Darwisch, Karim"].is_here
    assert take_in(amal, case, family="Darwisch", known_person=str(child.id)).status_code == 303
    assert members(case)["Darwisch, Karim"].is_here and len(members(case)) == 2


def test_households_split_and_merge_and_the_past_can_be_asked(amal, case):
    father, child = add_member(case, "Khaled", born="1985"), add_member(case, "Karim", born="2015")
    today = clock.today()
    begun, parted = today - timedelta(days=300), today - timedelta(days=30)
    everybody = [str(one) for one in (case.person_id, father.id, child.id)]
    values = {"kind": "household", "members": everybody, "on": str(begun)}
    assert amal.post(family(case, "gruppen/neu/"), keyed(**values)).status_code == 303
    assert amal.post(family(case, "gruppen/neu/"), keyed(**values)).status_code == 422
    group = group_id(amal, case)
    assert amal.post(family(case, f"gruppen/{group}/aufteilen/"), keyed(members=everybody, on=str(parted))).status_code == 422
    moved = keyed(members=[everybody[0], everybody[2]], on=str(parted))
    assert amal.post(family(case, f"gruppen/{group}/aufteilen/"), moved).status_code == 303
    assert households(amal, case) == 2 and households(amal, case, f"?am={parted - timedelta(days=1)}") == 1
    merge = amal.get(family(case, f"gruppen/{group}/zusammenlegen/")).content.decode()
    [into] = re.findall(r'name="into" value="([^"]+)"', merge)
    done = amal.post(family(case, f"gruppen/{group}/zusammenlegen/"), keyed(into=into, on=str(today)))
    assert done.status_code == 303
    assert households(amal, case) == 1 and households(amal, case, f"?am={parted}") == 2
    assert households(amal, case, f"?am={begun - timedelta(days=1)}") == 0


def households(client, case, tail=""):
    """How many the page shows: each begins with who lives there since when."""
    return len(re.findall(r"Haushalt Darwisch, \w+ \(seit", text_of(client.get(family(case, tail)))))


def group_id(client, case):
    return re.search(r"gruppen/([0-9a-f-]{36})/dazu", client.get(family(case)).content.decode())[1]


def test_who_is_not_of_the_case_is_counted_and_not_named(amal, case):
    from faden.kernel.rls import opened_for
    from faden.persons.actions import families
    from faden.persons.vocabulary import GroupKind, Relation

    other, actor = open_a_case(BERND.email, family="Geheimer", given="Onkel"), actor_of(AMAL.email)
    with opened_for(actor, write=True):
        more = {"by": actor, "at": clock.now()}
        families.form(GroupKind.HOUSEHOLD, [case.person_id, other.person_id], on=clock.today(), **more)
        families.note_kinship(other.person, Relation.PARTNER, case.person, **more)
    page = text_of(amal.get(family(case)))
    assert "und eine Person, die nicht zum Fall gehört" in page and "Geheimer" not in page
    assert "Kernfamilie: eine Person, die nicht zum Fall gehört" in page
    foreign = open_a_case(family="Andere", given="Familie")
    group = group_id(amal, case)
    for tail in ("dazu", "heraus", "aufteilen", "zusammenlegen"):
        assert amal.get(family(foreign, f"gruppen/{group}/{tail}/")).status_code == 404


def test_kinship_between_members_of_the_case_only(amal, case):
    child, stranger = add_member(case, "Karim"), open_a_case(family="Fremd", given="Jana").person_id
    values = {"one": str(case.person_id), "relation": "parent_of", "other": str(child.id), "represents": "on"}
    assert amal.post(family(case, "verwandtschaft/neu/"), keyed(**{**values, "other": str(stranger)})).status_code == 422
    assert amal.post(family(case, "verwandtschaft/neu/"), keyed(**values)).status_code == 303
    tie = re.search(r"verwandtschaft/([0-9a-f-]{36})/", amal.get(family(case)).content.decode())[1]
    ended = amal.post(family(case, f"verwandtschaft/{tie}/"), keyed(because="mistake", on=str(clock.today())))
    assert ended.status_code == 303 and "Noch keine Verwandtschaft" in text_of(amal.get(family(case)))


@pytest.mark.parametrize("count", [1, 6])
def test_the_page_costs_the_same_for_one_and_six(amal, case, count):
    from faden.kernel.rls import opened_for
    from faden.persons.actions import families
    from faden.persons.vocabulary import GroupKind, Relation

    actor = actor_of(AMAL.email)
    for number in range(count - 1):
        child = add_member(case, f"Kind{number}", born="2015")
        with opened_for(actor, write=True):
            families.note_kinship(child, Relation.CHILD, case.person, by=actor, at=clock.now())
            families.form(GroupKind.HOUSEHOLD, [child.id], by=actor, on=clock.today(), at=clock.now())
    amal.get(family(case))
    with CaptureQueriesContext(connection) as asked:
        amal.get(family(case))
    assert len(asked) == FAMILY


# Doors, session, the note of the look and the banner included.
FAMILY = 28


# ---------- a person's name ----------


def change(client, case, person_id=None, **values):
    where = f"/faelle/{case.id}/personen/{person_id or case.person_id}/bearbeiten/"
    version = re.search(r'name="version" value="(\d+)"', client.get(where).content.decode())[1]
    return client.post(where, keyed(**{"family": "Darwisch", "given": "Rima", "version": version, **values}))


def test_a_new_name_is_found_and_the_old_one_too(amal, case):
    assert change(amal, case, family="Sommer", keep_former_name="on", phone="02561 1", nationality="423").status_code == 303
    for typed in ("Sommer", "Darwisch"):
        assert "Sommer, Rima" in text_of(amal.post("/suche/ergebnis/", {"name": typed}))
    # A typing slip is not kept.
    assert change(amal, case, family="Winter", other_spellings="").status_code == 303
    assert "Winter" not in text_of(amal.post("/suche/ergebnis/", {"name": "Sommer"}))
    assert change(amal, case, family="", given="").status_code == 422


def test_the_second_of_two_is_shown_what_the_first_changed(amal, case):
    stale = change(amal, case, phone="1", version="7")
    assert stale.status_code == 409
    assert change(amal, case, phone="02561 1").status_code == 303
    where = f"/faelle/{case.id}/personen/{case.person_id}/bearbeiten/"
    told = amal.post(where, keyed(family="Darwisch", given="Rima", phone="0170 2", version="1"))
    assert told.status_code == 409 and "02561 1" in text_of(told) and "0170 2" in text_of(told)


# ---------- future arrivals ----------


def test_a_future_arrival_from_the_first_word_to_the_day_she_is_here(amal, case):
    """No German address, no number; on entry nothing is typed twice."""
    sister = add_member(case, "Salma", born="1990")
    agree(sister)
    below = f"/faelle/{case.id}/personen/{sister.id}/"
    soon = clock.today() + timedelta(days=60)
    assert amal.post(below + "einreise/", keyed(expected_on=str(soon))).status_code == 303
    who = {"relation": "family", "agreed_how": "contact_said", "agreed_language": "ar", "agreed_on": str(clock.today())}
    assert amal.post(below + "einreise/kontaktperson/", keyed(**who)).status_code == 422
    assert amal.post(below + "einreise/kontaktperson/", keyed(**who, known_person=str(case.person_id))).status_code == 303
    page = text_of(amal.get(below + "einreise/"))
    assert f"erwartet am {soon:%d.%m.%Y}" in page and "Darwisch, Rima (Familie)" in page and "Zustimmung nachholen" in page
    for kind, values in (
        ("speaking", {"language": "ar"}), ("address", {"place": "Herat", "country": "423"}), ("residence", {"paper": "visa"}),
        ("qualification", {"what": "Hebamme", "recognition": "applied"}),
    ):  # fmt: skip
        assert amal.post(f"{below}angaben/{kind}/neu/", keyed(known_from="told", **values)).status_code == 303
    today = clock.today()
    entry = {"entered_on": str(today), "street": "Weg 1", "municipality": "05554020", "paper": ""}
    assert amal.post(below + "einreise/eingereist/", keyed(**{**entry, "entered_on": str(soon)})).status_code == 422
    assert amal.post(below + "einreise/eingereist/", keyed(**entry)).status_code == 303
    told = text_of(amal.get(below + "angaben/"))
    assert "Ein früherer Eintrag hat dafür ein anderes Ende" in told
    now = text_of(amal.get(below + "angaben/"))
    assert "Weg 1, Gronau" in now and "Visum" in now and "Hebamme" in now and "Herat" not in now
    assert "Herat, Afghanistan" in text_of(amal.get(f"{below}angaben/?am={today - timedelta(days=1)}"))
    assert amal.post(below + "einreise/eingereist/", keyed(**entry)).status_code == 409
    contact = re.search(r"kontaktperson/([0-9a-f-]{36})/ende", amal.get(below + "einreise/").content.decode())[1]
    assert amal.post(f"{below}einreise/kontaktperson/{contact}/ende/", keyed()).status_code == 303
    assert amal.post(f"{below}einreise/kontaktperson/{UUID(int=7)}/ende/", keyed()).status_code == 404


def test_arrivals_need_her_agreement_and_the_case(amal, case):
    sister = add_member(case, "Salma")
    other = open_a_case(family="Fremd", given="Jana")
    for tail in ("einreise/", "einreise/kontaktperson/", "einreise/eingereist/"):
        assert amal.get(f"/faelle/{case.id}/personen/{sister.id}/{tail}").status_code == 403
        assert amal.get(f"/faelle/{case.id}/personen/{other.person_id}/{tail}").status_code == 404
