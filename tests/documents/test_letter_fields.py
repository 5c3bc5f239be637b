"""The catalogue of fields, the shipped texts, and what a text still lacks."""

import pytest

from faden.consents.vocabulary import PowerScope
from faden.documents.queries.letter_texts import kind_of_letter, texts
from faden.documents.rules.letter_fields import (
    BY_CODE,
    CATALOGUE,
    FIELDS,
    LISTS,
    Says,
    blocks,
    examples,
    gaps,
    marks_in,
    paragraphs,
    says_something,
    written_out,
)
from faden.documents.rules.letter_texts import read

VALUES = {code: f"<{code}>" for code in FIELDS}


def test_each_field_stands_once_with_an_example():
    assert len(BY_CODE) == len(CATALOGUE)
    assert set(examples()) == FIELDS | LISTS
    assert all(isinstance(value, list) == (code in LISTS) for code, value in examples().items())


@pytest.mark.parametrize(("codes", "says"), [
    (["person.name", "person.geburtsdatum", "text", "betreff"], []),
    (["person.anschrift"], [Says.ADDRESS]),
    (["personen", "person.aufenthalt"], [Says.RESIDENCE, Says.OTHERS]),
    (["gibt.es.nicht"], []),
])  # fmt: skip
def test_what_a_template_says_beyond_the_person(codes: list[str], says: list[Says]):
    assert says_something(codes) == says


def test_only_the_named_fields_say_more():
    """Whoever adds a field about somebody's life has to mark it."""
    assert {field.code for field in CATALOGUE if field.says} == {"person.anschrift", "person.aufenthalt", "personen"}


@pytest.mark.parametrize(("text", "values", "written"), [
    ("An {{ person.name }}", VALUES, "An <person.name>"),
    ("An {{person.name}}, {{ heute }}", VALUES, "An <person.name>, <heute>"),
    ("Geboren am {{ person.geburtsdatum }}", {"person.geburtsdatum": ""}, "Geboren am [Geburtsdatum]"),
    ("{{ person.name }}", {"person.name": "{{ heute }}", "heute": "x"}, "{{ heute }}"),
    ("{{ person.name }}", {"person.name": r"\g<0> \1"}, r"\g<0> \1"),
    ("nichts", {}, "nichts"),
])  # fmt: skip
def test_a_text_is_written_out(text: str, values: dict[str, str], written: str):
    assert written_out(text, values) == written


@pytest.mark.parametrize(("texts_", "found"), [
    (("Vom [Datum]", "[Grund] und [Datum]"), ["[Datum]", "[Grund]"]), (("nichts",), []), (("[]", "[x]"), []), (("[a\nb]",), []),
])  # fmt: skip
def test_gaps(texts_: tuple[str, ...], found: list[str]):
    assert gaps(*texts_) == found


def test_paragraphs_and_lists():
    text = "\nGuten Tag,\n\nbitte:\n- eins\n– zwei\ndanke\n\n\n \nEnde\n"
    assert paragraphs(text) == ["Guten Tag,", "bitte:\n- eins\n– zwei\ndanke", "Ende"]
    assert [(b["kind"], b["lines"]) for b in blocks(text)] == [
        ("text", ["Guten Tag,"]), ("text", ["bitte:"]), ("list", ["eins", "zwei"]), ("text", ["danke"]), ("text", ["Ende"]),
    ]  # fmt: skip
    assert paragraphs("") == [] and blocks(" \n ") == []


def test_the_shipped_texts_are_whole():
    found = texts()
    assert 8 <= len(found) <= 10
    assert {"sachstand", "widerspruch", "schule", "bestaetigung"} <= set(found)
    for text in found.values():
        assert text.title and text.fits and text.hint and text.subject
        assert len(text.body) > 80 and "  " not in text.body
        assert not text.scope or text.scope in PowerScope.values
        # Nothing of a special kind comes into a letter by itself.
        assert not says_something(marks_in(text.subject + text.body))
        assert "Mit freundlichen" not in text.body  # the print says it


def test_a_remedy_gives_no_reasons_and_never_goes_by_mail():
    text = texts()["widerspruch"]
    assert text.is_hers and text.no_mail and text.scope == PowerScope.REMEDY
    assert "weil" not in text.body and "[Grund" not in text.body


@pytest.mark.parametrize("source", [
    "x: {title: a, for: a, hint: a, voice: chef, subject: a, body: a}",
    "x: {title: a, for: a, hint: a, voice: service, subject: '{{ person.kosename }}', body: a}",
    "x: {title: a, for: a, hint: a, voice: service, subject: a, body: a, color: red}",
])  # fmt: skip
def test_a_file_that_says_something_unknown_is_not_read(source: str):
    with pytest.raises(ValueError):
        read(source)


@pytest.mark.parametrize(("code", "said"), [("sachstand", "Sachstandsanfrage"), ("", "freier Brief"), ("take_along", "Blatt zum Mitnehmen"), ("weg", "freier Brief")])
def test_what_the_register_calls_it(code: str, said: str):
    assert kind_of_letter(code) == said
