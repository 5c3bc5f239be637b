"""Übersetzungen: reviewed one by one or a page at once; a review counts for the German text it was made for."""

import pytest
from django.urls import reverse

from tests.cast import AMAL, LENA
from tests.desk_client import actor_of, keyed, signed_in, text_of

TOTAL = 417
WHO = {"reviewed_by": "Olena Koval, Sprachmittlerpool", "reviewed_on": "2026-11-02"}


@pytest.fixture
def lena(own_database):
    return signed_in(LENA.email)


def address(language="uk", *more):
    return reverse("translation-page" if more else "translation", args=[language, *more])


def filled(page, **values):
    """What the form sends when nothing is touched, with some of it changed."""
    form = page.context["form"]
    said = {"code": [row.wording.code for row in form.rows]}
    for row in form.rows:
        said |= {row.seen: row.wording.words, row.name("text"): row.wording.words}
        if row.wording.is_reviewed:
            said[row.name("geprueft")] = "on"
    return keyed(**{**said, **WHO, **values})


def counted(client, language="uk"):
    [one] = [one for one, _name in client.get(reverse("translations")).context["languages"] if one.language.code == language]
    return one.reviewed, one.total


def test_the_list_counts_each_language(lena):
    page = lena.get(reverse("translations"))
    assert counted(lena) == (0, TOTAL) and len(page.context["languages"]) == 9
    assert f"{TOTAL} feste Texte" in text_of(page) and f"0 von {TOTAL}" in text_of(page)
    assert "Ukrainisch" in text_of(signed_in(AMAL.email).get(reverse("translations")))


def test_one_is_reviewed_as_it_is(lena):
    page = lena.get(address())
    answer = lena.post(address(), filled(page, **{"geprueft-sheet.title": "on"}))
    assert answer.status_code == 303
    said = text_of(lena.get(address()))
    assert counted(lena) == (1, TOTAL) and counted(lena, "ru") == (0, TOTAL)
    assert "geprüft von Olena Koval, Sprachmittlerpool am 02.11.2026" in said and "1 Text ist als geprüft eingetragen" in said
    assert [row.wording.code for row in lena.get(address() + "?offen=1").context["form"].rows][0] != "sheet.title"


def test_a_correction_is_a_review_and_is_printed(lena):
    lena.post(address(), filled(lena.get(address()), **{"text-sheet.title": "Мій листок"}))
    assert counted(lena) == (1, TOTAL)
    assert words().__call__("sheet.title") == "Мій листок" and words().is_reviewed("sheet.title")


def test_a_page_at_once_and_one_taken_back(lena):
    page = lena.get(address("uk", 2))
    first, second = [row.wording.code for row in page.context["form"].rows][:2]
    assert lena.post(address("uk", 2), filled(page, alle="1")).status_code == 303
    assert counted(lena) == (30, TOTAL)
    form = filled(lena.get(address("uk", 2)))
    form.pop(f"geprueft-{first}")
    form["reviewed_by"] = ""
    assert lena.post(address("uk", 2), form).status_code == 303
    assert counted(lena) == (29, TOTAL) and not words().is_reviewed(first) and words().is_reviewed(second)


def test_a_review_without_a_name_is_none(lena):
    answer = lena.post(address(), filled(lena.get(address()), **{"geprueft-sheet.title": "on", "reviewed_by": ""}))
    assert answer.status_code == 422 and "wer geprüft hat" in text_of(answer) and counted(lena) == (0, TOTAL)


def test_a_day_to_come_is_none(lena):
    answer = lena.post(address(), filled(lena.get(address()), **{"geprueft-sheet.title": "on", "reviewed_on": "2199-01-01"}))
    assert answer.status_code == 422 and counted(lena) == (0, TOTAL)


@pytest.mark.parametrize("typed", ["Станом", "Станом на {tag}", "{day} {day}", "", "x" * 301])
def test_a_text_that_cannot_be_filled_is_refused_and_kept(lena, typed):
    values = {"text-sheet.as_of": typed, "geprueft-sheet.as_of": "on", "text-sheet.goals": "Моя ціль"}
    answer = lena.post(address(), filled(lena.get(address()), **values))
    assert answer.status_code == 422 and counted(lena) == (0, TOTAL)
    assert answer.context["form"]["text-sheet.as_of"].value() == typed
    assert "Моя ціль" in answer.content.decode() and typed in answer.content.decode()


def test_two_reviewers_lose_nothing(lena):
    page = lena.get(address())
    lena.post(address(), filled(page, **{"text-sheet.title": "Перший"}))
    late = lena.post(address(), filled(page, **{"text-sheet.title": "Другий"}))
    assert late.status_code == 409 and "Перший" in text_of(late) and "Другий" in text_of(late)
    assert words()("sheet.title") == "Перший"


def test_a_review_ends_when_the_german_text_changes(lena):
    from faden.documents.models import ReviewedWords
    from faden.kernel.rls import opened_for

    lena.post(address(), filled(lena.get(address()), **{"text-sheet.title": "Мій листок"}))
    with opened_for(actor_of(LENA.email), write=True):
        ReviewedWords.objects.update(german="Mein altes Blatt")
    assert counted(lena) == (0, TOTAL) and words()("sheet.title") == "Мій аркуш"
    assert "Der deutsche Text hat sich geändert" in text_of(lena.get(address()))


def test_no_such_language(lena):
    assert lena.get(address("de")).status_code == 404 and lena.get(address("xx")).status_code == 404
    assert lena.get(address("uk", 99)).status_code == 200


def words():
    from faden.documents.queries.words import words_in
    from faden.kernel.rls import opened_for

    with opened_for(actor_of(LENA.email), write=False):
        return words_in("uk")
