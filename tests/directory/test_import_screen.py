"""Einlesen at the desk: file, columns, difference, taken in; and what may not be sent back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.cast import ANTON, KARIN, LENA
from tests.desk_client import keyed, signed_in, text_of
from tests.directory.importing import as_json, offers, place
from tests.pages.refusals import assert_errors_are_told, forms_of

CSV = "Kennung;Was;Ort;Leitung\n1;Nähkurs;Ahaus;Rosalinde Musterfrau\n2;Chor;Gronau;\n".encode()


@pytest.fixture
def karin(own_database):
    return signed_in(KARIN.email)


def upload(client, data, **values):
    sent = {"name": "Tabelle des Kreises", "licence": "CC0", "attribution": "", **values, "file": SimpleUploadedFile("d", data)}
    return client.post(reverse("directory-import-preview"), sent)


def state(answer):
    return answer.context["state"]


def run(client, answer, **values):
    return client.post(reverse("directory-import-run"), keyed(state=state(answer), **values))


def test_a_table_from_the_file_to_the_offers(karin):
    shown = upload(karin, CSV)
    assert shown.status_code == 200
    assert "Sagen Sie zuerst, in welcher Spalte der Titel" in text_of(shown)
    assert "Nähkurs · Chor" in text_of(shown), "samples stand below each column"
    chosen = {"spalte_0": "key", "spalte_1": "title", "spalte_2": "town", "spalte_3": ""}
    shown = karin.post(reverse("directory-import-preview"), {"state": state(shown), **chosen})
    assert shown.context["report"].new == 2
    assert offers("Tabelle des Kreises") == {}
    assert run(karin, shown, **chosen).status_code == 303
    rows = offers("Tabelle des Kreises")
    assert [row.title for row in rows.values()] == ["Nähkurs", "Chor"]
    assert "Rosalinde" not in str([vars(row) for row in rows.values()])
    again = upload(karin, CSV)
    assert (again.context["report"].unchanged, "Tabelle des Kreises" in text_of(karin.get(reverse("directory-import")))) == (2, True)


def test_integreat_is_recognised_and_taken_in(karin):
    shown = upload(karin, as_json([place(1), None, place(2)]), name="Integreat", is_example="on")
    assert (shown.context["format"], shown.context["report"].new) == ("Integreat (Export)", 2)
    assert "Das ist kein Angebot" in text_of(shown)
    assert run(karin, shown).status_code == 303
    assert offers("Integreat")["1"].source.is_example


@pytest.mark.parametrize(("data", "words"), [
    (b"<html>", "Internetseite"), (b"", "leer"), (b"[]", "kein einziges Angebot"), (b'{"a": 1}', "HSDS"), (b"\x00\x01", "keine Textdatei"),
    (b"Titel\n", "kein einziges Angebot"), (b"x" * (10 * 1024 * 1024 + 1), "höchstens 10 MB"),
])  # fmt: skip
def test_a_file_that_is_something_else_is_refused_and_nothing_typed_is_lost(karin, data, words):
    answer = upload(karin, data, attribution="Kreis Borken")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert words in html and "Kreis Borken" in html
    for form in forms_of(answer):
        assert_errors_are_told(html, form)


def test_two_columns_for_one_field_are_refused(karin):
    shown = upload(karin, CSV)
    answer = karin.post(reverse("directory-import-preview"), {"state": state(shown), "spalte_0": "title", "spalte_1": "title"})
    assert answer.status_code == 422
    assert "mehr als einer Spalte" in text_of(answer)
    assert run(karin, shown, spalte_0="title", spalte_1="title").status_code == 422
    assert offers("Tabelle des Kreises") == {}


def test_losing_many_has_to_be_confirmed(karin):
    run(karin, upload(karin, as_json([place(1), place(2), place(3)])))
    shown = upload(karin, as_json([place(1)]))
    assert "Ist die Datei vollständig?" in text_of(shown)
    assert run(karin, shown).status_code == 422
    assert all(row.ended_at is None for row in offers("Tabelle des Kreises").values())
    assert run(karin, shown, sure="on").status_code == 303
    assert sum(row.ended_at is not None for row in offers("Tabelle des Kreises").values()) == 2


def test_what_the_page_carries_is_the_uploaders_and_unchanged(karin):
    sealed = state(upload(karin, as_json([place(1)])))
    for sent, client in ((sealed[:-1] + "x", karin), ("", karin), ("a.b:c:d", karin), (sealed, signed_in(LENA.email))):
        answer = client.post(reverse("directory-import-run"), keyed(state=sent))
        assert answer.status_code == 422
        assert "gilt nicht mehr" in text_of(answer)
    assert offers("Tabelle des Kreises") == {}


def test_another_format_under_the_same_name_is_told_at_the_name(karin):
    run(karin, upload(karin, as_json([place(1)])))
    answer = upload(karin, b"Titel\nx")
    assert answer.status_code == 422
    assert "anderen Format" in text_of(answer)


def test_who_keeps_no_offers_takes_none_in(own_database):
    anton = signed_in(ANTON.email)
    assert anton.get(reverse("directory-import")).status_code == 403
    assert upload(anton, CSV).status_code == 403
    assert anton.post(reverse("directory-import-run"), keyed()).status_code == 403


def test_each_service_has_its_own_source_of_one_name(karin):
    run(karin, upload(karin, as_json([place(1)])))
    lena = signed_in(LENA.email)
    shown = upload(lena, as_json([place(1)]))
    assert shown.context["report"].new == 1, "another service's offers are not hers to change"
    assert run(lena, shown).status_code == 303


def test_an_earlier_preview_is_refused_when_a_newer_file_was_taken_in(karin):
    old = upload(karin, as_json([place(1)]))
    assert run(karin, upload(karin, as_json([place(1), place(2)]))).status_code == 303
    for answer in (run(karin, old, sure="on"), karin.post(reverse("directory-import-preview"), {"state": state(old)})):
        assert answer.status_code == 422
        html = answer.content.decode()
        assert "seit der Vorschau noch einmal eingelesen" in html
        assert 'value="Tabelle des Kreises"' in html and 'value="CC0"' in html, "what was typed is there"
    assert offers("Tabelle des Kreises")["2"].ended_at is None


def test_what_nobody_has_compared_is_shown_before_it_is_taken_in(karin):
    shown = upload(karin, CSV)
    answer = run(karin, shown, spalte_0="key", spalte_1="title")
    assert (answer.status_code, answer.context["report"].new) == (200, 2)
    assert offers("Tabelle des Kreises") == {}
    assert run(karin, answer, spalte_0="key", spalte_1="title").status_code == 303
