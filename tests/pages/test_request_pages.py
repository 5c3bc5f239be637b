"""Anfragen von anderen at the desk and on the partner side: what each sees, and what is never asked."""

import re

import pypdfium2
import pytest

from tests.desk_client import keyed, signed_in, text_of
from tests.documents.pdf_reading import words_of

AMAL, LENA, CEM = "amal@caritas-ahaus.example", "lena@caritas-ahaus.example", "cem@drk-gronau.example"
ILSE, DORA, PETRA = "lotsin@abh-kreis-borken.example", "dora@abh-kreis-borken.example", "petra@bildungswerk.example"
NOT_AT_ALL = ("datenschutz@caritas-ahaus.example", "verwaltung@caritas-ahaus.example", "karin@ki-kreis-borken.example")
NEW = "/partner/anfragen/neu/"
ASKED = {
    "sent_from": "guide", "municipality": "05554068", "topics": ["language", "money"], "language": "ti", "needs_interpreter": "on",
    "reach": "Frau Selam Beispiel, 0151 123", "words": "Am besten nachmittags", "agreed": "on", "own_sign": "L-7",
}  # fmt: skip


def ask(email: str = ILSE, **more):
    return signed_in(email).post(NEW, keyed(**{**ASKED, **more}))


@pytest.fixture
def asked(own_database) -> str:
    """The address of the Anfrage at Ahaus."""
    assert ask().headers["Location"] == "/partner/anfragen/"
    page = signed_in(AMAL).get("/anfragen/andere-stellen/").content.decode()
    [address] = set(re.findall(r"/anfragen/andere-stellen/[0-9a-f-]{36}/", page))
    return address


# ---------- the partner side ----------


def test_no_field_asks_about_somebodys_stay(own_database):
    page = signed_in(ILSE).get(NEW)
    names = set(re.findall(r'name="(\w+)"', page.content.decode()))
    assert names - {"csrfmiddlewaretoken", "form_key", "next", "language", "theme", "viewport", "robots"} == set(ASKED) - {"language"}
    assert "Aufenthaltstitel" not in text_of(page) and "Duldung" not in text_of(page)
    assert "Bitte nichts zu Aufenthalt" in text_of(page)


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ({"agreed": ""}, "Bitte ankreuzen."), ({"sent_from": ""}, "Bitte wählen."), ({"reach": ""}, "Bitte ausfüllen."), ({"topics": []}, "Bitte wählen."),
        ({"municipality": ""}, "Bitte wählen."), ({"municipality": "05515000"}, "Kommunale Integrationszentrum"),
        ({"reach": "x" * 1001}, "1000"), ({"own_sign": "x" * 41}, "40"), ({"topics": ["asylum"]}, "keine gültige Auswahl"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_lost(own_database, left_out, sentence):
    answer = ask(**left_out)
    assert answer.status_code == 422 and sentence in text_of(answer)
    assert "Am besten nachmittags" in answer.content.decode()
    assert "Hier ist nichts" in text_of(signed_in(AMAL).get("/anfragen/andere-stellen/"))


def test_sent_twice_counts_once(own_database):
    client, form = signed_in(ILSE), keyed(**ASKED)
    for _ in range(2):
        assert client.post(NEW, form).headers["Location"] == "/partner/anfragen/"
    assert text_of(client.get("/partner/anfragen/")).count("L-7") == 1


def test_one_account_cannot_bury_the_others(own_database, settings):
    """Counted by person and hour; whatever was typed comes back, and nobody else waits."""
    settings.ACCOUNT_RATE_LIMITS = {"request": "2/h/user"}
    assert ask(reach="").status_code == 422, "what is not sent counts for nothing"
    assert [ask().status_code for _ in range(2)] == [303, 303]
    answer = ask(words="Die dritte, am Nachmittag")
    assert answer.status_code == 422 and "sehr viele Anfragen" in text_of(answer)
    assert "Die dritte, am Nachmittag" in answer.content.decode() and "Frau Selam Beispiel" in answer.content.decode()
    assert ask(DORA).status_code == 303, "nobody else waits"
    assert text_of(signed_in(ILSE).get("/partner/anfragen/")).count("L-7") == 2


def test_the_sender_sees_three_words_and_no_more(asked):
    """Read, taken up, answered with a name: the page is the same until the answer, and then one word differs."""
    ilse, amal = signed_in(ILSE), signed_in(AMAL)
    before = text_of(ilse.get("/partner/anfragen/"))
    assert "angekommen" in before and "Vreden" in before and "L-7" in before
    assert "Beispiel" not in before and "0151" not in before
    amal.get(asked)
    amal.get("/anfragen/andere-stellen/")
    amal.post(f"{asked}aufnehmen/", keyed(asked_by="other", interpreting="missing", urgency="normal", result="open", municipality="05554068"))
    assert text_of(ilse.get("/partner/anfragen/")) == before
    amal.post(f"{asked}", keyed(state="offered", seen="arrived"))
    assert text_of(ilse.get("/partner/anfragen/")) == before.replace("angekommen", "Termin angeboten")
    amal.post(f"{asked}", keyed(state="not_competent", passed_to="Caritas Borken, Frau Beispiel", seen="offered"))
    assert text_of(ilse.get("/partner/anfragen/")) == before.replace("angekommen", "nicht zuständig")


def test_colleagues_of_the_sender_see_nothing_of_it(asked):
    assert "L-7" in text_of(signed_in(ILSE).get("/partner/anfragen/"))
    for email in (DORA, PETRA):
        assert "Sie haben noch nichts angefragt" in text_of(signed_in(email).get("/partner/anfragen/"))


def test_the_sheet_is_one_page_with_the_same_questions(own_database):
    for email, address in ((ILSE, "/partner/anfragen/blatt/"), (AMAL, "/anfragen/andere-stellen/blatt/")):
        answer = signed_in(email).get(address)
        assert answer.headers["Content-Type"] == "application/pdf" and "attachment" in answer.headers["Content-Disposition"]
        assert len(pypdfium2.PdfDocument(answer.content)) == 1
        said = words_of(answer.content)
        for words in ("Wo wohnt die Person?", "Deutsch lernen", "Geld und Schulden", "Die Person ist einverstanden", "Bitte nichts zu Aufenthalt"):
            assert words in said, words


# ---------- the desk ----------


def test_the_desk_reads_who_where_and_how_to_reach(asked):
    page = text_of(signed_in(AMAL).get(asked))
    for words in ("Ausländerbehörde Kreis Borken", "Integrationslotsin", "Vreden", "Deutsch lernen", "Tigrinya", "braucht Sprachmittlung",
                  "Frau Selam Beispiel, 0151 123", "Am besten nachmittags", "einverstanden"):  # fmt: skip
        assert words in page, words
    listed = text_of(signed_in(LENA).get("/anfragen/andere-stellen/"))
    assert "Vreden" in listed and "Selam" not in listed, "names stand on its own page only"


def test_another_service_and_those_without_the_right_see_nothing(asked):
    cem = signed_in(CEM)
    assert "Hier ist nichts" in text_of(cem.get("/anfragen/andere-stellen/"))
    for more in ("", "aufnehmen/"):
        assert cem.get(f"{asked}{more}").status_code == 404
    assert cem.post(f"{asked}", keyed(state="offered", seen="arrived")).status_code == 404
    for email in NOT_AT_ALL:
        client = signed_in(email)
        assert client.get("/anfragen/andere-stellen/").status_code == client.get(asked).status_code == 403
    for email in (ILSE, PETRA):
        assert signed_in(email).get(asked).status_code == 404


def test_looks_are_noted(asked):
    from faden.kernel.models import Look
    from faden.kernel.rls import opened_for
    from tests.desk_client import actor_of

    signed_in(AMAL).get(asked)
    signed_in(AMAL).get(f"{asked}aufnehmen/")
    with opened_for(actor_of(AMAL), write=False):
        shown = [[str(i) for i in look.shown] for look in Look.objects.filter(page="requests_in").order_by("at")]
    assert shown[-2:] == [[asked.split("/")[3]]] * 2


def test_it_is_taken_up_filled_in_and_without_a_name(asked):
    amal = signed_in(AMAL)
    page = amal.get(f"{asked}aufnehmen/").content.decode()
    assert re.search(r'value="language"[^>]*checked', page) and re.search(r'value="benefits"[^>]*checked', page)
    assert '<option value="05554068" selected' in page and "Am besten nachmittags" in page and "Selam" not in page
    done = amal.post(f"{asked}aufnehmen/", keyed(
        asked_by="other", municipality="05554068", language="ti", interpreting="missing", life_areas=["language"], urgency="soon",
        result="open", text="Am besten nachmittags",
    ))  # fmt: skip
    assert re.fullmatch(r"/anfragen/[0-9a-f-]{36}/", done.headers["Location"])
    assert "Zur aufgenommenen Anfrage" in text_of(amal.get(asked))
    again = amal.post(f"{asked}aufnehmen/", keyed(asked_by="other", interpreting="none", urgency="normal", result="open"))
    assert again.status_code == 409


def test_who_is_not_competent_says_who_is_and_two_answers_meet(asked):
    amal = signed_in(AMAL)
    empty = amal.post(f"{asked}", keyed(state="not_competent", seen="arrived"))
    assert empty.status_code == 422 and "wer zuständig ist" in text_of(empty) and "Selam" in text_of(empty)
    assert amal.post(f"{asked}", keyed(state="offered", seen="arrived")).status_code == 303
    late = signed_in(LENA).post(f"{asked}", keyed(state="not_competent", passed_to="Borken", seen="arrived"))
    assert late.status_code == 409 and "Termin angeboten" in text_of(late)


def test_on_paper(own_database):
    amal = signed_in(AMAL)
    form = {**ASKED, "sender_name": "Grundschule Vreden", "sent_from": "school"}
    done = amal.post("/anfragen/andere-stellen/papier/", keyed(**form))
    page = text_of(amal.get(done.headers["Location"]))
    assert "Grundschule Vreden" in page and "auf Papier" in page and "am Telefon" in page
    assert amal.post("/anfragen/andere-stellen/papier/", keyed(**{**form, "agreed": ""})).status_code == 422


def test_the_list_costs_the_same_for_one_and_for_three(asked, django_assert_num_queries):
    client = signed_in(AMAL)
    client.get("/anfragen/andere-stellen/")
    for more in (0, 2):
        for _ in range(more):
            ask()
        with django_assert_num_queries(11):
            client.get("/anfragen/andere-stellen/")
