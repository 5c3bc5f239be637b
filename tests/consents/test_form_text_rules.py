"""Texts to be signed: how they are written, what is wrong with a wording, and that what is shipped is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.consents.queries.form_texts import labels, shipped
from faden.consents.rules.form_texts import (
    CODES,
    FIELDS,
    Mistake,
    Paragraph,
    Wrong,
    filled,
    mistakes,
    paragraphs,
)
from faden.consents.vocabulary import TEXT_LANGUAGES, FormKind

KINDS = list(FormKind)
OTHERS = [language for language in TEXT_LANGUAGES if language != "de"]


def german(kind):
    return shipped(kind, "de").body


@pytest.mark.parametrize("kind", KINDS)
def test_the_german_draft_says_everything_its_kind_has_to_say(kind):
    assert mistakes(kind, german(kind)) == ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_shape_of_the_german_text(kind, language):
    text = shipped(kind, language)
    assert text, f"{kind}.{language}.yaml is missing"
    assert mistakes(kind, text.body, german(kind)) == ()
    assert mistakes(kind, text.body) == ()
    assert text.version == shipped(kind, "de").version
    assert text.title.strip() and text.title != shipped(kind, "de").title


@pytest.mark.parametrize("language", OTHERS)
def test_what_stands_around_a_text_is_translated(language):
    own, source = labels(language), labels("de")
    assert own.keys() == source.keys()
    assert [key for key in source if own[key] == source[key]] == []


def test_lines_are_headings_choices_or_text():
    assert paragraphs("# Wer?\n\n{person}\n[apply] Anträge stellen\n [a b] bleibt") == (
        Paragraph("Wer?", is_heading=True),
        Paragraph("{person}"),
        Paragraph("Anträge stellen", code="apply"),
        Paragraph("[a b] bleibt"),
    )


def test_what_was_not_chosen_is_not_printed():
    said = filled("[apply] Anträge\n[remedy] Widerspruch\nBis {until}.", {"until": "1.2.2027"}, {"apply"})
    assert [one.words for one in said] == ["Anträge", "Bis 1.2.2027."]


@given(st.text(max_size=60))
def test_a_value_is_printed_as_it_was_typed(value):
    [one] = filled("Nur hier: {authority}", {"authority": value}, ())
    assert one.words == f"Nur hier: {value}"


@pytest.mark.parametrize("value", ["{until}", "[apply] alles", "# Titel", r"\g<0>"])
def test_a_value_cannot_become_a_field_or_a_choice(value):
    said = filled("{authority}\n[apply] Anträge\nBis {until}", {"authority": value, "until": "morgen"}, ())
    assert [(one.words, one.is_heading) for one in said] == [(value, False), ("Bis morgen", False)]


@pytest.mark.parametrize(("change", "wrong"), [
    (lambda body: "", Mistake(Wrong.EMPTY)),
    (lambda body: "\n".join(["Satz."] * 81), Mistake(Wrong.TOO_LONG)),
    (lambda body: body.replace("{until}", "morgen"), Mistake(Wrong.FIELD_MISSING, "until")),
    (lambda body: body + "\n{address}", Mistake(Wrong.FIELD_UNKNOWN, "address")),
    (lambda body: body.replace("[remedy]", ""), Mistake(Wrong.CODE_MISSING, "remedy")),
    (lambda body: body + "\n[money] Geld annehmen", Mistake(Wrong.CODE_UNKNOWN, "money")),
    (lambda body: body + "\n[apply] noch einmal", Mistake(Wrong.CODE_TWICE, "apply")),
])  # fmt: skip
def test_a_german_wording_that_leaves_something_out_is_not_taken(change, wrong):
    assert mistakes(FormKind.POWER, change(german(FormKind.POWER))) == (wrong,)


@pytest.mark.parametrize("change", [
    lambda body: body.replace("# Wer gibt", "Wer gibt"),
    lambda body: "\n".join(body.split("\n")[:-1]),
    lambda body: body + "\nNoch ein Satz.",
    lambda body: body.replace("[apply]", "[remedy]"),
    lambda body: body.replace("{until}", "{person}"),
    lambda body: body.replace("[file] meine Akte ansehen", "[file]"),
])  # fmt: skip
def test_a_translation_of_another_shape_is_not_taken(change):
    source = german(FormKind.POWER)
    [wrong] = mistakes(FormKind.POWER, change(source), source)
    assert wrong.what == Wrong.OTHER_SHAPE and wrong.where.isdecimal()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_fields_and_choices(kind):
    assert {"person", "until"} <= set(FIELDS[kind]) and len(set(CODES[kind])) == len(CODES[kind])
