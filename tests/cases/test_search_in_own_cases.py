"""The search in every page's head: people and numbers of the service, words only in one's own cases."""

import html
import re
from datetime import timedelta

import pytest

from faden.cases.rules.snippets import AROUND, snippet, words_of
from tests.case_making import add_member, open_a_case, put_paper
from tests.cast import AMAL, BERND, CEM, LENA
from tests.desk_client import actor_of, membership_of, signed_in, text_of


@pytest.mark.parametrize(("typed", "expected"), [
    ("", []), ("ab", []), ("a b", []), ("abc", ["abc"]), ("ab cd", ["ab", "cd"]), ("Kurs  Kurs", ["Kurs"]),
    ("a b c d e f g h", ["a", "b", "c", "d", "e", "f"]),
])  # fmt: skip
def test_words(typed, expected):
    assert words_of(typed) == expected


@pytest.mark.parametrize(("text", "words", "expected"), [
    ("Der Bescheid liegt bei.", ["bescheid"], ("Der ", "Bescheid", " liegt bei.")),
    ("Zwei\nZeilen\n\nText", ["text"], ("Zwei Zeilen ", "Text", "")),
    ("Kurs und Bescheid", ["bescheid", "kurs"], ("", "Kurs", " und Bescheid")),
    ("50 % (Antrag)", ["(antrag)"], ("50 % ", "(Antrag)", "")),
    ("Nichts davon", ["Übung"], ("", "", "Nichts davon")),
    ("", ["abc"], ("", "", "")),
])  # fmt: skip
def test_snippet(text, words, expected):
    found = snippet(text, words)
    assert (found.before, found.word, found.after) == expected


def test_a_snippet_of_a_long_text_is_short_and_cut_between_words():
    found = snippet("Anfang " * 100 + "Bescheid" + " Ende" * 100, ["bescheid"])
    assert found.word == "Bescheid"
    assert found.before.startswith("… Anfang") and len(found.before) <= AROUND + 2
    assert found.after.endswith("Ende …") and len(found.after) <= AROUND + 2


# ---------- the page ----------


@pytest.fixture
def by(own_database):
    return actor_of(AMAL.email)


def within(by):
    from faden.kernel.rls import opened_for

    return opened_for(by, write=True)


def write(case, by, word, *persons, confidential=False):
    """A task, an appointment, a note and a file with this word in them."""
    from faden.cases.actions import appointments, contact_notes, tasks
    from faden.cases.actions.concerning import About
    from faden.kernel import clock

    now = clock.now()
    about = About(tuple(persons) or (case.person_id,), confidential)
    starts = now + timedelta(days=1)
    with within(by):
        tasks.make(tasks.Wanted(f"{word} anfordern", None, case.lead_id, about), case=case, by=by, at=now)
        planned = appointments.Planned(f"Wegen {word}", starts, starts + timedelta(hours=1), "", "", about)
        appointments.make(planned, case=case, by=by, at=now)
        said = contact_notes.Contact(now, "office", "", 30, "", "none", (), f"Der {word} liegt bei.", about)
        contact_notes.record(said, case=case, by=by, at=now)
        put_paper(case, f"{word}.pdf", about=about, by=by)


def search(email, words, **more):
    answer = signed_in(email).post("/suche/ergebnis/", {"name": words, **more})
    assert answer.status_code == 200
    return answer


def groups(answer):
    """The titles of the hits by their heading."""
    found = {}
    for part in re.findall(r"<section .*?</section>", answer.content.decode(), re.S):
        heading = re.search(r"<h2[^>]*>(.*?) <span", part, re.S)[1]
        titles = re.findall(r'f-task__title">(.*?)</div>', part, re.S)
        found[heading] = [html.unescape(re.sub(r"<[^>]+>", "", title)).strip() for title in titles]
    return found


HERE = "in Ihren Fällen"


def test_words_in_ones_own_cases(by):
    case = open_a_case(family="Rahimi", given="Parwin")
    write(case, by, "Bescheid")
    answer = search(AMAL.email, "bescheid")
    assert groups(answer) == {
        f"Aufgaben {HERE}": ["Bescheid anfordern"],
        f"Termine {HERE}": ["Wegen Bescheid"],
        f"Kontaktnotizen {HERE}": ["Der Bescheid liegt bei."],
        f"Dokumente {HERE}": ["Bescheid.pdf"],
    }
    assert text_of(answer).count(f"{case.number} · Rahimi, Parwin") == 4
    assert answer.content.decode().count("<mark>Bescheid</mark>") == 4
    assert groups(search(AMAL.email, "liegt BESCHEID")).keys() == {f"Kontaktnotizen {HERE}"}
    assert "Nichts gefunden" in text_of(search(AMAL.email, "bescheid kurs"))


@pytest.mark.parametrize("typed", ["Übergangslösung", "ÜBERGANGSLÖSUNG", "übergangs"])
def test_large_and_small_letters_with_dots(by, typed):
    write(open_a_case(), by, "Übergangslösung")
    assert len(groups(search(AMAL.email, typed))) == 4


@pytest.mark.parametrize("typed", ["50%", "5_%", r"a\b", "'; --"])
def test_signs_mean_themselves(by, typed):
    write(open_a_case(), by, "50 Prozent axb")
    assert groups(search(AMAL.email, typed)) == {}


def test_nobody_elses_cases(by):
    write(open_a_case(), by, "Bescheid")
    for other in (BERND, LENA, CEM):
        assert groups(search(other.email, "Bescheid")) == {}, other


def test_closed_cases_are_left_out(by):
    from faden.cases.models import Case

    case = open_a_case()
    write(case, by, "Bescheid")
    with within(by):
        Case.objects.filter(id=case.id).update(phase="closed")
    assert groups(search(AMAL.email, "Bescheid")) == {}


@pytest.fixture
def family(by):
    case = open_a_case(family="Darwisch", given="Rima")
    return case, add_member(case, "Khaled")


def stand_in(by, who):
    """She works for Amal today."""
    from faden.cases.models import Substitution
    from faden.kernel import clock

    deputy = membership_of(who.email)
    with within(by):
        Substitution.objects.create(
            organisation_id=by.organisation_id, absent_id=by.membership_id, deputy=deputy, from_on=clock.today(),
            until_on=clock.today(), reason="leave", arranged_at=clock.now(), arranged_by=by.person,
        )  # fmt: skip


def test_persons_of_a_family_and_the_vertraulicher_faden(by, family):
    case, father = family
    with within(by):
        case.refresh_from_db()
    write(case, by, "Anzeige", father.id, confidential=True)
    write(case, by, "Kurs", case.person_id, father.id)
    secret = text_of(search(AMAL.email, "anzeige"))
    assert secret.count("vertraulicher Faden") == 4 and secret.count(f"{case.number} · Darwisch, Khaled") == 4
    open_ = text_of(search(AMAL.email, "kurs"))
    assert "vertraulicher Faden" not in open_ and f"{case.number} · Darwisch, Rima · Darwisch, Khaled" in open_


def test_who_stands_in_finds_the_words_but_not_the_vertraulicher_faden(by):
    case = open_a_case()
    write(case, by, "Kurs")
    write(case, by, "Anzeige", confidential=True)
    stand_in(by, BERND)
    assert len(groups(search(BERND.email, "kurs"))) == 4
    assert groups(search(BERND.email, "anzeige")) == {}


def test_behind_a_schutzvermerk_a_hit_says_only_where(by):
    from faden.kernel import clock
    from faden.persons.actions.protection import NewMark, set_mark
    from faden.persons.models import Person

    case = open_a_case(family="Rahimi", given="Parwin")
    write(case, by, "Frauenhaus")
    with within(by):
        person = Person.objects.get(id=case.person_id)
        set_mark(NewMark("shelter", clock.today()), person=person, by=by, on=clock.today(), at=clock.now())
    answer = search(AMAL.email, "frauenhaus")
    assert groups(answer)[f"Aufgaben {HERE}"] == ["Aufgabe"]
    shown = text_of(answer)
    assert f"{case.number} · Geschützte Person" in shown
    assert "Rahimi" not in shown and "Frauenhaus" not in shown.replace('value="frauenhaus"', "")


def test_case_numbers_by_their_beginning(by):
    own, other = open_a_case(), open_a_case(BERND.email)
    answer = search(AMAL.email, own.number[:-1].lower())
    assert groups(answer) == {"Fallnummern": [other.number, own.number]}
    assert f'href="/faelle/{own.id}/"' in answer.content.decode()
    assert f'href="/faelle/{other.id}/"' not in answer.content.decode()
    assert groups(search(CEM.email, own.number[:-1])) == {}
    exact = signed_in(AMAL.email).post("/suche/ergebnis/", {"name": own.number})
    assert exact.headers["Location"] == f"/faelle/{own.id}/"


def test_with_a_birth_date_only_people_are_meant(by):
    write(open_a_case(), by, "Bescheid")
    assert groups(search(AMAL.email, "Bescheid", born="1990")) == {}


def test_what_was_shown_is_noted_and_what_was_typed_is_not(by):
    from faden.kernel.models import Look

    case, other = open_a_case(family="Rahimi"), open_a_case(family="Kurz")
    write(case, by, "Bescheid")
    search(AMAL.email, "Bescheid")
    with within(by):
        look = Look.objects.filter(page="search").get()
        assert look.shown == [case.id] and other.id not in look.shown
        assert "escheid" not in str(look.__dict__)


def test_every_page_of_who_may_search_has_the_field(by):
    for email, there in ((AMAL.email, True), (LENA.email, True), ("datenschutz@caritas-ahaus.example", False)):
        page = signed_in(email).get("/hilfe/tastatur/").content.decode()
        assert ('action="/suche/ergebnis/"' in page) is there, email


def test_more_than_eight_says_so(by):
    case = open_a_case()
    for _ in range(9):
        write(case, by, "Bescheid")
    answer = search(AMAL.email, "bescheid")
    assert {len(titles) for titles in groups(answer).values()} == {8}
    assert text_of(answer).count("Es gibt mehr davon.") == 4


def test_an_empty_search_leads_to_what_was_open_last(by):
    client = signed_in(AMAL.email)
    answer = client.post("/suche/ergebnis/", {"name": " "})
    assert answer.headers["Location"] == "/suche/"


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_statements_does_not_grow(by, count):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for n in range(count):
        write(open_a_case(family=f"Nummer{chr(97 + n)}"), by, "Bescheid")
    search(AMAL.email, "bescheid")
    client = signed_in(AMAL.email)
    with CaptureQueriesContext(connection) as captured:
        client.post("/suche/ergebnis/", {"name": "bescheid"})
    assert len(captured) == STATEMENTS


STATEMENTS = 23
