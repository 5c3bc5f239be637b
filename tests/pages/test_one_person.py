"""Everything that is made for one person of a family: nothing of the others, whichever page comes to be added.

The addresses are read from the URLs themselves, so a new page below a person is asked too.
"""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.case_making import add_member, agree, open_a_case, put_paper
from tests.cast import AMAL
from tests.desk_client import actor_of, signed_in
from tests.documents.pdf_reading import words_of as pdf_words

SECRET = re.compile("Vaterwort|Duldung § 60a|AsylbLG § 2|Vatergeheim|Muttergeheim")
OPTION = re.compile(r"<option(?![^>]*\bselected\b)[^>]*>[^<]*</option>")


@pytest.fixture
def by(own_database):
    return actor_of(AMAL.email)


@pytest.fixture
def family(by):
    """The father's rows each carry his word; both have something confidential."""
    from faden.cases.actions import appointments, assessments, contact_notes, network, tasks, working_notes
    from faden.cases.actions.concerning import About
    from faden.chains.actions import goals, plans
    from faden.chains.queries.plans import plan_of
    from faden.consents.actions import powers
    from faden.consents.actions.declarations import How
    from faden.consents.vocabulary import PowerScope
    from faden.documents.actions import decisions, forms, letters
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.persons.actions import facts
    from faden.persons.models import Person
    from faden.persons.rules.periods import Period
    from tests.documents.deciding import noted

    case = open_a_case(family="Darwisch", given="Rima")
    father = add_member(case, "Khaled")
    agree(father)
    now, today = clock.now(), clock.today()
    his = About((father.id,))

    def contact(words, about):
        return contact_notes.Contact(now, "office", "", 30, "", "none", (), words, about)

    def fact(which, **values):
        facts.record(which, facts.Stated(values, Period(today)), person=father, by=by, on=today, at=now)

    with opened_for(by, write=True):
        mother = Person.objects.get(id=case.person_id)
        contact_notes.record(contact("Vaterwort Gespräch", his), case=case, by=by, at=now)
        contact_notes.record(contact("beide, für die Mutter lesbar", About((mother.id, father.id))), case=case, by=by, at=now)
        contact_notes.record(contact("Vatergeheim", About((father.id,), True)), case=case, by=by, at=now)
        contact_notes.record(contact("Muttergeheim", About((mother.id,), True)), case=case, by=by, at=now)
        tasks.make(tasks.Wanted("Vaterwort Aufgabe", today, case.lead_id, his), case=case, by=by, at=now)
        start = now + timedelta(days=1)
        appointments.make(
            appointments.Planned("Vaterwort Termin", start, start + timedelta(hours=1), "", "", his), case=case, by=by, at=now
        )
        working_notes.write("Vaterwort Notiz", case=case, about=his, by=by, on=today, at=now)
        put_paper(case, "Vaterwort.pdf", about=his, by=by)
        put_paper(case, "Vatergeheim.pdf", about=About((father.id,), True), by=by)
        put_paper(case, "Muttergeheim.pdf", about=About((mother.id,), True), by=by)
        for person, word, confidential in (
            (father, "Vaterwort", False), (father, "Vatergeheim", True), (mother, "Muttergeheim", True),
        ):  # fmt: skip
            said = noted(today, issuer=f"{word} Amt", subject=f"{word} Bescheid", about=About((person.id,), confidential))
            decision = decisions.note(case, said, by=by, on=today, at=now)
            letter = letters.Planned(f"{word} Stelle", subject=f"{word} Brief", body=word, about=About((person.id,), confidential))
            letters.draft(case, planned=letter, by=by, at=now)
            decisions.confirm(decision, last_on=decision.proposed_on, seen_version=1, by=by, at=now)
            power = powers.Power(f"{word} Vollmachtstelle", f"{word} Sache", "Amal", (PowerScope.APPLY,))
            until = How(today + timedelta(days=9))
            forms.prepare_power(power, until, case=case, person=person, confidential=confidential, by=by, at=now)
        fact("residence", paper="duldung_60a")
        fact("benefit", regime="asylblg_2")
        fact("occupation", kind="work", what="Vaterwort Lager")
        assessment = assessments.begin(case, father.id, by=by, on=today, at=now)
        said = assessments.Said("Vaterwort Assessment", "2", "normal", "Vaterwort Bedarf", "Vaterwort Mittel", "2")
        assessments.speak_about(assessment, "work", said, seen_version=0, by=by, on=today, at=now)
        tie = network.Tie("person", "Vaterwort Freund", "Freund", "strong", 1, "")
        network.add(case, father.id, tie, since=today, by=by, at=now)
        for person, word, confidential in (
            (father, "Vaterwort", False), (father, "Vatergeheim", True), (mother, "Muttergeheim", True),
        ):  # fmt: skip
            wanted = goals.Wanted(f"{word} Ziel", "work", f"{word} Merkmal", until_on=today, confidential=confidential)
            goal = goals.make(case, person.id, wanted, by=by, on=today, at=now)
            goals.add_step(goal, goals.StepWanted(f"{word} Schritt", "agency", f"{word} Stelle"), by=by, at=now)
            seen = plan_of(case, person.id, today=today, confidential=confidential).seal
            agreed = plans.Agreement(today, "ar", "signed", seen=seen)
            plans.agree(case, person.id, agreed, confidential=confidential, by=by, on=today, at=now)
            goals.change(goal, replace(wanted, words=f"{word} Ziel neu"), seen_version=1, by=by, on=today, at=now)
    return case, mother, father


def below_a_person(case, person):
    """Every address whose arguments are a case, a person of it, and at most a kind of fact or a life area."""
    from faden.cases.vocabulary.life_area import LifeArea
    from faden.persons.vocabulary import FactKind

    more = [{}, *({"kind": kind} for kind in FactKind.values), *({"area": area} for area in LifeArea.values)]
    found = []
    for name in sorted(str(key) for key in get_resolver().reverse_dict if isinstance(key, str)):
        for extra in more:
            try:
                found.append(reverse(name, kwargs={"case_id": case.id, "person_id": person.id, **extra}))
            except NoReverseMatch:
                continue
    return found


def words_of(client, address):
    """What a page says; the words of a list to choose from say nothing about anybody."""
    answer = client.get(address)
    if answer.status_code != 200:
        return ""
    if answer.headers["Content-Type"] == "application/pdf":
        return pdf_words(answer.content)
    return OPTION.sub("", answer.content.decode())


def test_there_are_such_pages(family):
    case, mother, _father = family
    assert len(below_a_person(case, mother)) >= 8


def test_no_page_of_the_mother_tells_of_the_father(family):
    case, mother, _father = family
    client = signed_in(AMAL.email)
    for address in [*below_a_person(case, mother), reverse("sheet", args=[case.id, mother.id]) + "?umfang=voll"]:
        words = words_of(client, address).replace("Muttergeheim", "" if "/vertraulich/" in address else "Muttergeheim")
        assert SECRET.findall(words) == [], address


def test_the_same_rows_stand_on_the_fathers_pages(family):
    """What was planted could have leaked."""
    case, _mother, father = family
    client = signed_in(AMAL.email)
    words = "".join(words_of(client, address) for address in below_a_person(case, father))
    told = ("Vaterwort Gespräch", "Vaterwort Aufgabe", "Vaterwort Termin", "Vaterwort Notiz", "Duldung § 60a", "AsylbLG § 2",
            "Vaterwort Lager", "Vaterwort Ziel", "Vaterwort Schritt", "Vaterwort Stelle", "Vatergeheim Ziel", "Vaterwort Assessment", "Vaterwort Freund", "Vatergeheim", "Vaterwort.pdf", "Vatergeheim.pdf", "Vaterwort Brief", "Vatergeheim Brief", "Vaterwort Vollmachtstelle", "Vatergeheim Vollmachtstelle")  # fmt: skip
    assert [word for word in told if word not in words] == []


def test_the_sheet_shows_what_is_hers(family):
    case, mother, father = family
    address = [reverse("sheet", args=[case.id, person.id]) + "?umfang=voll" for person in (mother, father)]
    hers, his = (words_of(signed_in(AMAL.email), path) for path in address)
    assert "Rima" in hers and "Vaterwort" not in hers and "Vaterwort Schritt" in his


def test_the_family_page_shows_nothing_confidential(family):
    case, _mother, _father = family
    words = words_of(signed_in(AMAL.email), reverse("case", args=[case.id]))
    assert "Vaterwort Gespräch" in words and "geheim" not in words


def test_a_person_of_another_case_is_not_here(family):
    case, _mother, _father = family
    other = open_a_case(family="Gashi", given="Vjosa")
    client = signed_in(AMAL.email)
    for name in ("person", "person-confidential", "sheet"):
        assert client.get(reverse(name, args=[case.id, other.person_id])).status_code == 404
