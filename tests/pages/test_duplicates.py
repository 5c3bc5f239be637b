"""Doppelte Einträge: who sees which pair, what stands side by side, linking and undoing."""

import pytest

from tests.case_making import open_a_case
from tests.cast import AMAL, BERND, CEM, LENA
from tests.desk_client import actor_of, keyed, signed_in, text_of

FOUND = {"score": 0.9, "reasons": ["same_spelling", "same_birth_year"], "state": "open"}


@pytest.fixture
def by(own_database):
    return actor_of(AMAL.email)


def pair(by, one, two):
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.persons.models import LikePair

    first, second = sorted([one.person_id, two.person_id])
    with opened_for(by, write=True):
        return LikePair.objects.create(
            organisation_id=by.organisation_id, first_id=first, second_id=second, found_at=clock.now(), **FOUND
        )


def enrich(by, case, **values):
    from faden.kernel.rls import opened_for
    from faden.persons.models import Person

    with opened_for(by, write=True):
        Person.objects.filter(id=case.person_id).update(**values)


@pytest.fixture
def two(by):
    """One entry of Amal's, one of Bernd's, and a pair of them."""
    cases = [open_a_case(who.email, family="Rahimi", given=given) for who, given in ((AMAL, "Parwana"), (BERND, "Parvana"))]
    born = {"birth_precision": "day", "birth_earliest": "1998-04-12", "birth_latest": "1998-04-12"}
    enrich(by, cases[0], phone="0171 2345678", languages=["fa"], nationalities=["423"], **born)
    enrich(by, cases[1], phone="+49 171 2345678", languages=["fa", "ps"], nationalities=["475"], municipality=None, **born)
    return cases, pair(by, *cases)


def test_who_works_with_one_of_them_sees_the_pair(two):
    cases, found = two
    for who in (AMAL, BERND):
        page = signed_in(who.email).get("/doppelte/")
        assert "Rahimi, Parwana" in text_of(page) and "Rahimi, Parvana" in text_of(page)
        assert f'href="/doppelte/{found.id}/"' in page.content.decode()
        assert all(case.number in text_of(page) for case in cases)
        assert "gleich geschrieben, gleiches Geburtsjahr" in text_of(page)


def test_a_team_lead_sees_numbers_without_names(two):
    cases, found = two
    lena = signed_in(LENA.email)
    page = lena.get("/doppelte/")
    assert all(case.number in text_of(page) for case in cases)
    assert "Rahimi" not in text_of(page) and f"/doppelte/{found.id}/" not in page.content.decode()
    assert lena.get(f"/doppelte/{found.id}/").status_code == 403


def test_who_works_with_neither_sees_nothing(two, by):
    _cases, found = two
    others = [open_a_case(BERND.email, family="Rahimi", given=given) for given in ("Eins", "Zwei")]
    theirs = pair(by, *others)
    amal = signed_in(AMAL.email)
    assert amal.get(f"/doppelte/{theirs.id}/").status_code == 404
    assert "Eins" not in text_of(amal.get("/doppelte/"))
    for verb in ("dieselbe", "verschieden", "loesen"):
        assert amal.post(f"/doppelte/{theirs.id}/{verb}/", keyed()).status_code == 404
        assert signed_in(CEM.email).post(f"/doppelte/{found.id}/{verb}/", keyed()).status_code == 404
    assert "Rahimi" not in text_of(signed_in(CEM.email).get("/doppelte/"))


def test_side_by_side_says_in_words_what_agrees(two):
    _cases, found = two
    page = text_of(signed_in(AMAL.email).get(f"/doppelte/{found.id}/"))
    assert "Geboren 12.04.1998 12.04.1998 gleicher Geburtstag" in page
    assert "Name Rahimi, Parwana Rahimi, Parvana verschieden" in page
    # Of the colleague's entry only what a search tells; for the rest the word.
    assert "Telefon 0171 2345678 – gleich" in page
    # Where few values are possible, not even the word: it would be found out by trying.
    assert "Staatsangehörigkeit Afghanistan – Wohnort" in " ".join(page.split())
    assert "Paschtu" not in page and "+49 171" not in page
    theirs = text_of(signed_in(BERND.email).get(f"/doppelte/{found.id}/"))
    assert "+49 171 2345678" in theirs and "0171 2345678" not in theirs.replace("+49 171 2345678", "")


def test_linking_shows_on_both_pages_and_in_the_search_and_is_undone(two):
    cases, found = two
    amal, bernd = signed_in(AMAL.email), signed_in(BERND.email)
    pages = [
        (client, f"/faelle/{case.id}/personen/{case.person_id}/")
        for client, case in zip((amal, bernd), cases, strict=True)
    ]
    assert all("auch geführt als" not in text_of(client.get(path)) for client, path in pages)
    before = text_of(amal.post("/suche/ergebnis/", {"name": "Rahimi Parwana"}))
    assert before.count("Fallführung:") == 2 and "Personen 2" in before
    assert amal.post(f"/doppelte/{found.id}/dieselbe/", keyed()).status_code == 303
    assert f"auch geführt als Rahimi, Parvana (Fall {cases[1].number}, Fallführung" in text_of(amal.get(pages[0][1]))
    assert f"auch geführt als Rahimi, Parwana (Fall {cases[0].number}, Fallführung" in text_of(bernd.get(pages[1][1]))
    after = text_of(amal.post("/suche/ergebnis/", {"name": "Rahimi Parwana"}))
    assert "Personen 1" in after and all(case.number in after for case in cases)
    assert found.id.hex not in amal.get("/doppelte/").content.decode().replace("-", "")
    decided = text_of(amal.get("/doppelte/?stand=entschieden"))
    assert "dieselbe Person" in decided and "Amal" in decided
    assert bernd.post(f"/doppelte/{found.id}/loesen/", keyed()).status_code == 303
    assert all("auch geführt als" not in text_of(client.get(path)) for client, path in pages)
    assert "Rahimi, Parvana" in text_of(amal.get("/doppelte/"))


def test_different_people_do_not_come_up_again_and_may_be_found_the_same_later(two):
    _cases, found = two
    amal = signed_in(AMAL.email)
    assert amal.post(f"/doppelte/{found.id}/verschieden/", keyed()).status_code == 303
    assert "Nichts zu vergleichen" in text_of(amal.get("/doppelte/"))
    page = text_of(amal.get(f"/doppelte/{found.id}/"))
    assert "verschiedene Personen" in page and "Dieselbe Person" in page
    assert amal.post(f"/doppelte/{found.id}/verschieden/", keyed()).status_code == 409
    assert amal.post(f"/doppelte/{found.id}/dieselbe/", keyed()).status_code == 303


def protect(by, case):
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.persons.actions.protection import NewMark, set_mark

    with opened_for(by, write=True):
        set_mark(NewMark("shelter", clock.today()), person=case.person, by=by, on=clock.today(), at=clock.now())


def test_a_protected_person_is_never_offered_to_others(two, by):
    cases, found = two
    protect(by, cases[0])
    bernd, lena = signed_in(BERND.email), signed_in(LENA.email)
    assert "Nichts zu vergleichen" in text_of(bernd.get("/doppelte/"))
    assert bernd.get(f"/doppelte/{found.id}/").status_code == 404
    assert bernd.post(f"/doppelte/{found.id}/dieselbe/", keyed()).status_code == 404
    assert cases[0].number not in text_of(lena.get("/doppelte/"))


def test_who_works_with_her_compares_words_only(two, by):
    cases, found = two
    protect(by, cases[0])
    amal = signed_in(AMAL.email)
    assert "Geschützte Person – Rahimi, Parvana" in text_of(amal.get("/doppelte/"))
    page = amal.get(f"/doppelte/{found.id}/")
    text = text_of(page)
    assert "Parwana" not in text and "0171 2345678" not in text and "Afghanistan" not in text
    assert "Telefon – – gleich" in text and "gleich geschrieben" not in text
    # Linked, both entries are one protected human being, also for the colleague.
    assert amal.post(f"/doppelte/{found.id}/dieselbe/", keyed()).status_code == 303
    bernd = signed_in(BERND.email)
    assert "Geschützte Person" in text_of(bernd.get("/faelle/"))
    theirs = text_of(bernd.get(f"/faelle/{cases[1].id}/personen/{cases[1].person_id}/"))
    assert "auch geführt als" not in theirs and cases[0].number not in theirs


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_for_one_pair_and_for_many(by, count):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    mine = open_a_case(family="Rahimi", given="Parwana")
    for n in range(count):
        found = pair(by, mine, open_a_case(BERND.email, family="Rahimi", given=f"Nummer {n}"))
    amal = signed_in(AMAL.email)
    costs = []
    for path in ("/doppelte/", f"/doppelte/{found.id}/"):
        assert amal.get(path).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            amal.get(path)
        costs.append(len(captured))
    assert costs == [22, 24]


def test_pages_of_fifty(by):
    mine = open_a_case(family="Rahimi", given="Parwana")
    for n in range(52):
        pair(by, mine, open_a_case(family="Rahimi", given=f"Nummer {n}"))
    amal = signed_in(AMAL.email)
    pages = [text_of(amal.get(f"/doppelte/?seite={n}")).count("Rahimi, Parwana –") for n in (1, 2, 3)]
    assert sorted(pages) == [0, 2, 50]
