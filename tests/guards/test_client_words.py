"""The fixed words of client papers: every language has exactly them, with the same places to fill, in its own script."""

import re

import pytest

from faden.cases.vocabulary.appointment import AppointmentKind
from faden.documents.queries.words import german, labels, shipped
from faden.documents.rules.words import GERMAN, LANGUAGES, placeholders
from faden.organisations.vocabulary import AgencyKind

# A letter of each script; the languages written in Latin letters are told apart by nothing here.
SCRIPT = {"uk": "[а-яіїєґ]", "ru": "[а-я]", "ar": "[ء-ي]", "fa": "[ء-یپچژگ]", "ti": "[ሀ-ፐ]"}
# Names and abbreviations that are the same everywhere.
MAY_STAY_LATIN = re.compile(r"^(?:\{\w+\}|[A-Z0-9§.,،፣ ()/-])*$")
# "(§ 25a Abs. 1)", "(§ 104c, bis 30.12.2025)": what stands last.
PARAGRAPH = re.compile(r"\((§ \w+(?: Abs\. \d+)?(?: StAG)?)(?:[,،፣] [^()]*)?\)$")
DAY = re.compile(r"\d\d\.\d\d\.\d{4}")
TRANSLATED = [code for code in LANGUAGES if code != GERMAN]


def test_there_are_ten_languages_and_the_list_is_counted():
    assert list(LANGUAGES) == "de en uk ru ar fa tr fr ti ku".split()
    titles = {code for code in german() if code.startswith(("step.", "template."))}
    rules = {code for code in german() if code.startswith(("path.", "proof."))}
    assert (len(labels()), len(rules), len(titles), len(german())) == (194, 55, 168, 417)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_exactly_these_texts(language):
    from faden.documents.queries.words import _read

    found = _read(language)
    assert sorted(set(german()) - set(found)) == [] and sorted(set(found) - set(german())) == []
    assert [code for code, text in found.items() if not text.strip() or text != text.strip()] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_places_to_fill_are_the_same(language):
    texts = shipped(language)
    wrong = {code: text for code, text in texts.items() if placeholders(text) != placeholders(german()[code])}
    assert wrong == {}
    assert [code for code, text in texts.items() if re.sub(r"\{[a-z]+\}", "", text).strip("{}") != re.sub(r"\{[a-z]+\}", "", text)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_path_of_residence_law_keeps_its_paragraph(language):
    """In brackets at the end, as it stands in German; an Arabic line holds it together with isolates."""
    texts = {code: re.sub("[\u2066\u2069]", "", text) for code, text in shipped(language).items() if code.startswith("path.")}
    wanted = {code: PARAGRAPH.findall(german()[code]) for code in texts}
    assert len(texts) == 26 and all(len(found) == 1 for found in wanted.values())
    assert {code: text for code, text in texts.items() if PARAGRAPH.findall(text) != wanted[code]} == {}
    # A day that stands beside the paragraph is the same day.
    assert {code for code, text in texts.items() if DAY.findall(text) != DAY.findall(german()[code])} == set()


@pytest.mark.parametrize("language", SCRIPT)
def test_a_text_is_in_the_script_of_its_language(language):
    wrong = {
        code: text
        for code, text in shipped(language).items()
        if not re.search(SCRIPT[language], text, re.IGNORECASE) and not MAY_STAY_LATIN.match(text)
    }
    assert wrong == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_hardly_anything_stayed_german(language):
    same = [code for code, text in shipped(language).items() if text == german()[code]]
    # "Jobcenter", "Foto", "Bank": what the letters say too.
    assert len(same) <= 12, same


def test_every_kind_has_its_word():
    wanted = {f"agency.{kind}" for kind in AgencyKind.values} | {f"appointment.{kind}" for kind in AppointmentKind.values}
    assert wanted <= set(labels())


def test_every_letter_has_a_font():
    """A letter that no font has stops the print of everybody who needs the word."""
    import tempfile
    from pathlib import Path

    from faden.outside import typeset

    for language in LANGUAGES:
        words = "\n\n".join(shipped(language).values())
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "all.typ"
            source.write_text(
                '#let data = json(bytes(sys.inputs.data))\n#set document(title: "x")\n'
                '#set text(font: ("Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic"), lang: data.language)\n#data.words'
            )
            assert typeset.pdf(source, {"words": words, "language": language})
