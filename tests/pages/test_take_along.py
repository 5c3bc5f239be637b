"""Zum Mitnehmen: the default print tells nothing of residence, health and others; the full one tells it all."""

import re

import pypdfium2
import pytest
from django.urls import reverse

from tests.cast import AMAL, BERND, CEM, DORA, LENA
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.documents.pdf_reading import words_of
from tests.pages.take_along_world import HARMLESS, TELLING, plant

# What the pages cost, doors, sessions and the note of the look included.
PAGE, TEXTS = 44, 31


@pytest.fixture
def case(own_database):
    return plant()


@pytest.fixture
def amal(case):
    return signed_in(AMAL.email)


def at(name, case, *more):
    return reverse(name, args=[case.id, case.person_id, *more])


def printed(client, case, name="sheet", **values):
    answer = client.post(at(name, case), keyed(**values))
    assert answer.status_code == 200, answer.content[:300]
    return answer.content


def told(text):
    return [word for word in TELLING if word.casefold() in text.casefold()]


def test_the_page_is_the_reduced_print_in_her_language(amal, case):
    page = amal.get(at("sheet", case)).content.decode()
    assert told(page) == []
    assert [word for word in HARMLESS if word not in page] == []
    assert 'value="ar" selected' in page and 'dir="rtl"' in page, "apc reads Arabic"


@pytest.mark.parametrize("language", ["de", "en", "uk", "ar", "ti"])
def test_nothing_leaks_into_the_reduced_pdf_or_its_metadata(amal, case, language):
    pdf = printed(amal, case, sprache=language)
    assert told(words_of(pdf)) == [] and told(pdf.decode("latin-1")) == []
    assert told(str(pypdfium2.PdfDocument(pdf).get_metadata_dict())) == []
    # Beside Arabic the words come out in another order.
    words = set(words_of(pdf).split())
    assert [said for said in HARMLESS if not set(said.split()) <= words] == []


def test_the_full_print_has_all_of_hers_and_nothing_confidential(amal, case):
    page = text_of(amal.get(at("sheet", case) + "?umfang=voll&sprache=de"))
    hidden = {"Geheimziel", "Geheimkette", "Geheimtermin", "Diagnosewort", "Asyl", "Duldenburg", "BAMF", "Fatma"}
    missing = {word for word in TELLING if word not in page}
    assert missing - hidden <= {"Asyl"}, missing
    assert not [word for word in hidden - {"Asyl", "BAMF", "Fatma"} if word in page]
    pdf = words_of(printed(amal, case, umfang="voll", sprache="de"))
    assert "Leyla Haddad" in pdf and "Niederlassungserlaubnis" in pdf and "Geheim" not in pdf


def test_the_confidential_print_has_only_her_secret(amal, case):
    page = text_of(amal.get(at("sheet-confidential", case) + "?sprache=de"))
    assert "Geheimziel" in page and "Geheimkette Schritt" in page and "Geheimtermin" in page
    assert "Köchin" not in page and "Zeugnis" not in page
    assert "Geheimziel" in words_of(printed(amal, case, "sheet-confidential", sprache="de"))


def test_who_else_sees_it(case):
    """A colleague without the case, the team lead before she gave a reason, a DPO and a worker of another service."""
    answers = {}
    for person in (BERND, LENA, DORA, CEM):
        client = signed_in(person.email)
        answers[person] = [
            client.get(at("sheet", case)).status_code,
            client.post(at("sheet", case), keyed(sprache="de")).status_code,
            client.get(at("sheet-texts", case, "de")).status_code,
        ]
    refused = [404, 404, 404]
    assert answers == {BERND: [403, 403, 403], LENA: [302, 403, 302], DORA: refused, CEM: refused}


def test_printing_is_a_line_of_the_register_once(amal, case):
    from faden.documents.models import Letter
    from faden.kernel.models import AuditEvent
    from faden.kernel.rls import opened_for

    form = keyed(sprache="uk")
    assert amal.post(at("sheet", case), form).status_code == 200
    again = amal.post(at("sheet", case), form)
    assert again.status_code == 303 and again.headers["Location"] == at("sheet", case)
    with opened_for(actor_of(AMAL.email), write=False):
        [letter] = Letter.objects.filter(shipped_code="take_along")
        assert letter.persons == [case.person_id] and not letter.confidential
        assert (letter.state, letter.way, letter.language) == ("sent", "handed", "uk")
        assert "ohne Aufenthalt, Gesundheit, Namen anderer (Deutsch und Ukrainisch)" in letter.subject
        assert re.search(r"\d+ Texte maschinell übersetzt", letter.subject)
        assert AuditEvent.objects.filter(event="sheet.taken_along").count() == 1


def test_a_text_with_a_name_comes_on_the_paper_when_it_is_said_otherwise(amal, case):
    address = at("sheet-texts", case, "uk")
    page = amal.get(address)
    assert "Gefunden: Leylas" in text_of(page) and "Name einer anderen Person" in text_of(page)
    field = field_of(page, "Leylas Kinder")
    values = {**form_values(page), f"de-{field}": "Unsere Kinder spielen zusammen", f"uebersetzung-{field}": "Наші діти граються разом"}
    assert amal.post(address, keyed(**values)).status_code == 303
    sheet = text_of(amal.get(at("sheet", case) + "?sprache=uk"))
    assert "Unsere Kinder spielen zusammen" in sheet and "Наші діти граються разом" in sheet and "Leyla" not in sheet
    pdf = words_of(printed(amal, case, sprache="uk"))
    assert "Наші діти граються разом" in pdf
    # The file stays as it is, and so does the full print's source.
    assert "Leylas Kinder" in text_of(amal.get(reverse("plan", args=[case.id, case.person_id])))


def test_a_name_in_a_translation_keeps_the_translation_off(amal, case):
    address = at("sheet-texts", case, "en")
    page = amal.get(address)
    field = field_of(page, "Ich arbeite als Köchin")
    amal.post(address, keyed(**{**form_values(page), f"uebersetzung-{field}": "I cook with Leyla"}))
    sheet = text_of(amal.get(at("sheet", case) + "?sprache=en"))
    assert "Ich arbeite als Köchin" in sheet and "Leyla" not in sheet
    assert "In der Übersetzung steht ein Name: Leyla" in text_of(amal.get(address))
    assert "I cook with Leyla" in text_of(amal.get(at("sheet", case) + "?sprache=en&umfang=voll"))


def test_a_translation_of_an_older_goal_is_not_printed_until_somebody_says_so(amal, case):
    address = at("sheet-texts", case, "uk")
    page = amal.get(address)
    field = field_of(page, "Ich arbeite als Köchin")
    amal.post(address, keyed(**{**form_values(page), f"uebersetzung-{field}": "Я працюю кухаркою"}))
    change_goal(case, "Ich arbeite als Köchin", "Ich leite eine Küche")
    assert "кухаркою" not in text_of(amal.get(at("sheet", case) + "?sprache=uk"))
    page = amal.get(address)
    assert "Der deutsche Text hat sich geändert" in text_of(page)
    amal.post(address, keyed(**form_values(page)))
    assert "кухаркою" not in text_of(amal.get(at("sheet", case) + "?sprache=uk")), "saving the page says nothing"
    amal.post(address, keyed(**{**form_values(amal.get(address)), f"passt-{field}": "on"}))
    assert "кухаркою" in text_of(amal.get(at("sheet", case) + "?sprache=uk"))


def test_two_at_one_paper_lose_nothing(amal, case):
    address = at("sheet-texts", case, "uk")
    page = amal.get(address)
    values, field = form_values(page), field_of(page, "Ich arbeite als Köchin")
    assert amal.post(address, keyed(**{**values, f"uebersetzung-{field}": "Перша"})).status_code == 303
    late = amal.post(address, keyed(**{**values, f"uebersetzung-{field}": "Друга"}))
    assert late.status_code == 409 and "Перша" in text_of(late) and "Друга" in text_of(late)


def test_what_is_too_long_comes_back(amal, case):
    address = at("sheet-texts", case, "uk")
    page = amal.get(address)
    field = field_of(page, "Ich arbeite als Köchin")
    answer = amal.post(address, keyed(**{**form_values(page), f"uebersetzung-{field}": "я" * 2001}))
    assert answer.status_code == 422 and "я" * 2001 in answer.content.decode()


def test_no_such_language(amal, case):
    assert amal.get(at("sheet-texts", case, "xx")).status_code == 404
    assert 'value="ar" selected' in amal.get(at("sheet", case) + "?sprache=xx").content.decode()


def test_her_own_number_stands_on_it(amal, case):
    address = at("sheet-texts", case, "de")
    page = amal.get(address)
    assert amal.post(address, keyed(**{**form_values(page), "phone": "02561 429-17"})).status_code == 303
    assert "02561 429-17" in text_of(amal.get(at("sheet", case)))


def test_a_schutzvermerk_leaves_neither_name_nor_places(amal, case):
    from faden.kernel.rls import opened_for
    from faden.persons.models import Person
    from tests.pages.test_seen_by_colleagues import mark

    with opened_for(actor_of(AMAL.email), write=False):
        rima = Person.objects.get(id=case.person_id)
    mark(AMAL.email, rima)
    for address in ("", "?umfang=voll"):
        page = text_of(amal.get(at("sheet", case) + (address + "&sprache=de" if address else "?sprache=de")))
        assert "weder Namen noch Anschrift, Stellen oder Orte" in page
        assert [w for w in ("Darwisch", "Rima", "Rathaus", "Köchin", "Kursträger", "Ahaus, Zimmer", "Lebenslauf") if w in page] == []
    pdf = words_of(printed(amal, case, sprache="de", umfang="voll"))
    assert [w for w in ("Darwisch", "Rathaus", "Köchin") if w in pdf] == [] and "Sie haben einen Termin" in pdf


def test_a_letter_no_font_has_is_a_sentence_and_not_an_error(amal, case):
    change_goal(case, "Ich arbeite als Köchin", "Ich koche \u65e5\u672c")
    answer = amal.post(at("sheet", case), keyed(sprache="de"))
    assert answer.status_code == 422 and "Schriftzeichen" in text_of(answer)


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_costs_the_same_however_much_there_is(case, count):
    from tests.pages.test_statement_counts import statements

    more_goals(case, count)
    path = at("sheet", case) + "?sprache=uk&umfang=voll"
    found = [statements(AMAL.email, one)[0] for one in (path, at("sheet-texts", case, "uk"))]
    assert found == [PAGE, TEXTS]


def more_goals(case, count):
    from datetime import timedelta

    from faden.cases.actions import appointments
    from faden.cases.actions.concerning import About
    from faden.cases.models import Case
    from faden.chains.actions import goals
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    by, now = actor_of(AMAL.email), clock.now()
    with opened_for(by, write=True):
        fresh = Case.objects.get(id=case.id)
        for number in range(count):
            goal = goals.make(fresh, case.person_id, goals.Wanted(f"Ziel {number}", "work"), by=by, on=clock.today(), at=now)
            goals.add_step(goal, goals.StepWanted(f"Schritt {number}", "client"), by=by, at=now)
            starts = now + timedelta(days=number + 20)
            plan = appointments.Planned(f"Treffen {number}", starts, starts + timedelta(hours=1), "Café", "", About((case.person_id,)))
            appointments.make(plan, case=fresh, by=by, at=now)


def field_of(page, german):
    """The id of the text that says this in the file."""
    html = page.content.decode()
    place = html.index(f">{german}")
    return re.search(r'name="de-([0-9a-f-]{36})"', html[place:]).group(1)


def form_values(page):
    """What the form sends when nothing is touched."""
    form = page.context["form"]
    values = {name: form[name].value() or "" for name in form.fields if not name.startswith("passt-")}
    return {**values, "version": page.context["version"]}


def change_goal(case, old, new):
    from faden.chains.models import Goal
    from faden.kernel.rls import opened_for

    with opened_for(actor_of(AMAL.email), write=True):
        goal = next(goal for goal in Goal.objects.filter(plan__case=case) if goal.words == old)
        goal.words = new
        goal.save()
