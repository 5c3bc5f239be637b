"""The page Fristen und Chancen: what costs most first, chances of who agreed, and nothing of whom a list may not name."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from faden.kernel import clock
from tests.case_making import acting, add_member, agree, mark, open_a_case
from tests.cases.test_substitutions import stand_in
from tests.cast import AMAL, BERND, CEM, everybody
from tests.desk_client import keyed, signed_in, text_of
from tests.pages.test_statement_counts import statements
from tests.residence.watching import agreed_to, night, opening_in, openings, outlooks

DAY = timedelta(days=1)
PATH = "Einbürgerung mit Anspruch"


@pytest.fixture
def case(own_database: str) -> Any:
    return open_a_case()


@pytest.fixture
def amal(case: Any) -> Any:
    return signed_in(AMAL.email)


def frist(case: Any, kind: str, days: int, **more: Any) -> Any:
    from faden.cases.actions import deadlines

    told = {"persons": [case.person_id], **more}
    with acting(AMAL.email):
        return deadlines.note(case, kind=kind, reference=uuid4(), due_on=clock.today() + days * DAY, at=clock.now(), **told)


def page(client: Any, query: str = "") -> str:
    answer = client.get(reverse("outlook") + query)
    assert answer.status_code == 200
    return text_of(answer)


def of_person(case: Any, person: Any = None) -> str:
    return reverse("person-outlook", args=[case.id, (person or case.person).id])


# ---------- Fristen ----------


def test_what_costs_the_stay_stands_first_whatever_is_nearer(case, amal):
    for kind, days in (("course_claim", 1), ("passport", 2), ("age_27", 3), ("bridge_104c", 100), ("title", 170)):
        frist(case, kind, days, subject="ae_25b" if kind == "title" else "")
    shown = page(amal)
    heads = ["Aufenthaltspapier läuft ab", "Brücke aus § 104c endet", "27. Geburtstag", "Pass oder Ausweis läuft ab", "Anspruch auf den Integrationskurs"]
    places = [shown.index(head) for head in heads]
    assert places == sorted(places)
    assert "Nur ein rechtzeitiger Antrag vor Ablauf schützt" in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert "Vorprüfung, keine Entscheidung, keine Rechtsberatung" in shown and "Rechtsstand der Regeln: 19.08.2026" in shown


def test_bands_narrow_and_what_does_not_touch_a_stay_is_not_here(case, amal):
    for days in (-1, 30, 31, 90, 91, 180, 181):
        frist(case, "title", days, law=f"Tag {days}")
    frist(case, "benefit", 3, law="Bewilligung")
    frist(case, "title", 3, law="Vertraulich", confidential=True)
    told = {"": (-1, 30, 31, 90, 91, 180), "?bis=verstrichen": (-1,), "?bis=30": (30,), "?bis=90": (31, 90), "?bis=180": (91, 180)}
    for query, days in told.items():
        shown = page(amal, query)
        assert {one for one in (-1, 30, 31, 90, 91, 180, 181) if f"Tag {one} " in f"{shown} "} == set(days), query
        assert "Bewilligung" not in shown and "Vertraulich" not in shown


@pytest.mark.parametrize(("procedure", "is_here"), [("administrative", True), ("federal", True), ("social", False), ("tax", False)])
def test_only_a_bescheid_about_a_stay_has_its_rechtsbehelf_here(case, amal, procedure, is_here):
    from faden.documents.models import Decision

    row = frist(case, "remedy", 5)
    with acting(AMAL.email) as by:
        Decision.objects.create(
            id=row.reference, organisation_id=by.organisation_id, case=case, persons=[case.person_id], procedure=procedure, outcome="rejected",
            dated_on=clock.today(), received_on=clock.today(), remedy="objection", period_amount=1,
            period_unit="months", proposed_on=row.due_on, safe_on=row.due_on, issuer="Stelle", subject="Antrag", notified_how="letter", noted_at=clock.now(), noted_by=by.person,
        )  # fmt: skip
    assert ("Danach gilt der Bescheid" in page(amal)) is is_here


# ---------- chances ----------


def test_chances_of_who_agreed_with_the_day_what_sets_it_and_her_result(case, amal):
    other = open_a_case(family="Rahimi")
    day = opening_in(case.person, 100)
    opening_in(other.person, 101)
    agreed_to(case)
    answer = amal.get(reverse("outlook"))
    shown = text_of(answer)
    chances = shown[shown.index("Nur für Menschen, die zugestimmt haben"):]
    assert PATH in chances and f"öffnet am {day:%d.%m.%Y}" in chances and "Schewtschenko" in chances and case.number in chances
    assert shown.count(PATH) == 1, "of who was not asked nothing is said"
    assert reverse("residence", args=[case.id, case.person_id]) in answer.content.decode()
    assert "Noch nicht gefragt: ein Mensch" in shown and of_person(other) in answer.content.decode()


def test_what_sets_the_day_is_said_in_the_words_of_the_rules(case, amal):
    from faden.law import words

    opening_in(case.person, 100)
    agreed_to(case)
    assert words.condition("stag_10.1.residence") in page(amal).replace("\N{NO-BREAK SPACE}", " ")


def test_who_ended_it_or_lost_the_agreement_is_shown_no_more_and_not_asked_again(case, amal):
    from faden.consents.actions import agreements

    opening_in(case.person, 100)
    outlook = agreed_to(case)
    assert PATH in page(amal)
    with acting(AMAL.email) as by:
        agreements.withdraw(case.person_id, by=by, at=clock.now())
    assert PATH not in page(amal)
    agree(case.person)
    assert PATH in page(amal)
    amal.post(f"{of_person(case)}ende/", keyed(because="withdrawn"))
    shown = page(amal)
    assert PATH not in shown and "Noch nicht gefragt" not in shown and outlooks()[0].id == outlook.id


def test_of_a_family_with_a_schutzvermerk_nothing_but_the_number(case, amal):
    from faden.cases.models import Deadline

    frist(case, "title", 5, law="Geheimer Tag")
    opening_in(case.person, 100)
    agreed_to(case)
    child = add_member(case, "Yusuf")
    mark(AMAL.email, child)
    shown = page(amal)
    assert "Ein Fall mit Schutzvermerk" in shown and case.number in shown
    for hidden in ("Schewtschenko", "Oleksandra", "Yusuf", "Geheimer", "Aufenthaltspapier läuft ab", PATH, "öffnet am"):
        assert hidden not in shown, hidden
    # The same without anything that runs out: the list tells no difference.
    with acting(AMAL.email):
        Deadline.objects.all().delete()
    amal.post(f"{of_person(case)}ende/", keyed(because="done"), follow=True)
    assert page(amal) == shown


def test_an_empty_page_says_what_to_do(case, amal):
    shown = page(amal)
    assert "In den nächsten 180 Tagen läuft nichts ab" in shown and "Noch niemand hat zugestimmt" in shown
    assert "Keine Frist in dieser Nähe" in page(amal, "?bis=30")
    agreed_to(case)
    assert "Zurzeit öffnet oder schließt sich kein Weg" in page(amal)
    assert "Keine Fälle" in page(signed_in(BERND.email))


# ---------- one person ----------


def test_agreement_is_noted_and_ended_on_her_page(case, amal):
    day = opening_in(case.person, 100)
    assert of_person(case) in amal.get(reverse("person", args=[case.id, case.person_id])).content.decode()
    assert "Einwilligung notieren" in text_of(amal.get(of_person(case)))
    answer = amal.post(of_person(case), keyed(agreed_on=f"{clock.today():%d.%m.%Y}"))
    assert (answer.status_code, answer["Location"]) == (303, of_person(case))
    shown = text_of(amal.get(of_person(case)))
    assert PATH in shown and f"öffnet am {day:%d.%m.%Y}" in shown and "Zugestimmt am" in shown
    assert amal.post(f"{of_person(case)}ende/", keyed(because="withdrawn")).status_code == 303
    shown = text_of(amal.get(of_person(case)))
    assert PATH not in shown and "möchte es nicht mehr" in shown and "Einwilligung notieren" in shown


def test_what_is_wrong_comes_back_with_what_was_typed(case, amal):
    tomorrow = f"{clock.today() + DAY:%d.%m.%Y}"
    answer = amal.post(of_person(case), keyed(agreed_on=tomorrow))
    assert answer.status_code == 422 and "liegt in der Zukunft" in text_of(answer) and tomorrow in answer.content.decode()
    assert amal.post(of_person(case), keyed(agreed_on="irgendwann")).status_code == 422
    agreed_to(case)
    answer = amal.post(f"{of_person(case)}ende/", keyed(because="case_closed"))
    assert answer.status_code == 422 and "Warum endet es?" in text_of(answer)
    assert [one.ended_at for one in outlooks()] == [None]


def test_without_her_agreement_to_counselling_there_is_no_form(case, amal):
    child = add_member(case, "Yusuf")
    shown = text_of(amal.get(of_person(case, child)))
    assert "Die Einwilligung in Beratung und Dokumentation fehlt" in shown and "Sie hat zugestimmt" not in shown
    assert amal.post(of_person(case, child), keyed(agreed_on=f"{clock.today():%d.%m.%Y}")).status_code == 422
    assert outlooks() == []


def test_facts_that_cannot_be_right_are_said(case, amal, monkeypatch):
    from faden.law.reading import BadFacts
    from faden.residence.queries import looking

    def refuse(_told: Any) -> Any:
        raise BadFacts(("stays",), "overlaps")

    monkeypatch.setattr(looking, "facts_from", refuse)
    agreed_to(case)
    assert "Mit diesen Angaben lässt sich nicht rechnen" in text_of(amal.get(of_person(case)))


# ---------- who sees it ----------


def test_what_the_others_see(case):
    """Her deputy works in the case; everybody else has no business in it."""
    opening_in(case.person, 100)
    frist(case, "title", 5, law="Auffälliger Tag")
    agreed_to(case)
    stand_in(BERND.email)
    may_read = {"Amal", "Bernd"}
    for name, client in everybody().items():
        listed = client.get(reverse("outlook"))
        own = client.get(of_person(case))
        if name != "Amal":
            assert "Schewtschenko" not in text_of(listed) and "Auffälliger" not in text_of(listed), name
            assert client.post(f"{of_person(case)}ende/", keyed()).status_code in ((422,) if name in may_read else (403, 404)), name
        assert (listed.status_code == 200) is (name in ("Amal", "Bernd", "Cem")), name
        assert (PATH in text_of(own)) is (name in may_read), (name, own.status_code)
    assert [one.ended_at for one in outlooks()] == [None]


def test_a_person_of_another_case_is_not_found_here(case, amal):
    other = open_a_case(family="Rahimi")
    agreed_to(other)
    wrong = reverse("person-outlook", args=[case.id, other.person_id])
    assert amal.get(wrong).status_code == 404
    assert amal.post(f"{wrong}ende/", keyed(because="done")).status_code == 404
    assert amal.post(wrong, keyed(agreed_on=f"{clock.today():%d.%m.%Y}")).status_code == 404
    assert amal.post(f"{of_person(case)}ende/", keyed(because="done")).status_code == 404
    assert [one.ended_at for one in outlooks()] == [None]


def test_another_service_is_not_looked_at_in_our_night(case):
    theirs = open_a_case(CEM.email, family="Haddad")
    agreed_to(theirs, email=CEM.email)
    day = opening_in(theirs.person, 100, email=CEM.email)
    night()
    assert openings(email=CEM.email) == []
    night(email=CEM.email)
    assert [one.opens_on for one in openings(email=CEM.email)] == [day] and openings() == []


# ---------- cost ----------


def test_six_families_cost_what_one_costs(case):
    def planted(one: Any) -> None:
        agreed_to(one)
        frist(one, "title", 20)
        opening_in(one.person, 100)
        add_member(one, "Yusuf")

    planted(case)
    night()
    first = statements(AMAL.email, reverse("outlook"))[0]
    for number in range(5):
        planted(open_a_case(family=f"Rahimi{'abcde'[number]}"))
    night()
    assert statements(AMAL.email, reverse("outlook"))[0] == first == 20
    assert statements(AMAL.email, of_person(case))[0] == 21
