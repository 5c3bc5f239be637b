"""Nationalities and languages as offices name them."""

import json

import pycountry
import pytest

from faden.persons.codes import (
    COMMON_LANGUAGES,
    LANGUAGES,
    NATIONALITIES,
    NATIONALITY_FILE,
    SAME_LANGUAGE,
    language_code,
)


def test_all_nationalities_of_the_list_are_there():
    declared = json.loads(NATIONALITY_FILE.read_text(encoding="utf-8"))["_meta"]["count"]
    assert len(NATIONALITIES) == declared == 211


@pytest.mark.parametrize(
    ("code", "name", "adjective"),
    [
        ("000", "Deutschland", "deutsch"),
        ("423", "Afghanistan", "afghanisch"),
        ("997", "staatenlos", "staatenlos"),
        ("166", "Ukraine", "ukrainisch"),
    ],
)
def test_nationality(code, name, adjective):
    assert NATIONALITIES[code].name.lower() == name.lower()
    assert NATIONALITIES[code].adjective == adjective


def test_source_and_licence_lie_beside_the_data():
    data = NATIONALITY_FILE.parents[1]
    assert "Destatis" in (data / "nationalities" / "SOURCE.md").read_text(encoding="utf-8")
    assert "CC BY 4.0" in (data / "din-91379" / "SOURCE.md").read_text(encoding="utf-8")
    assert "CC-BY 4.0" in (data / "din-91379" / "LICENSE.md").read_text(encoding="utf-8")


def test_every_two_letter_language_is_there():
    two_letters = {language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2")}
    assert two_letters - set(LANGUAGES) == {"sh"}


def test_every_code_is_an_iso_code():
    for code in (*LANGUAGES, *SAME_LANGUAGE):
        found = pycountry.languages.get(alpha_2=code) or pycountry.languages.get(alpha_3=code)
        assert found or pycountry.languages.get(bibliographic=code), code


def test_no_two_languages_have_one_name():
    names = [language.name for language in LANGUAGES.values()]
    assert len(set(names)) == len(names)
    assert all(language.name and language.english for language in LANGUAGES.values())


def test_common_languages_come_first():
    assert tuple(LANGUAGES)[: len(COMMON_LANGUAGES)] == COMMON_LANGUAGES
    assert len(set(COMMON_LANGUAGES)) == len(COMMON_LANGUAGES)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("ckb", "Sorani (Zentralkurdisch)"),
        ("kmr", "Kurmandschi (Nordkurdisch)"),
        ("fa", "Farsi (Persisch)"),
        ("prs", "Dari"),
        ("ti", "Tigrinya"),
        ("tig", "Tigre"),
        ("rom", "Romanes"),
        ("aii", "Assyrisch (Neuaramäisch)"),
        ("bal", "Belutschisch"),
        ("haz", "Hazaragi"),
        ("uk", "Ukrainisch"),
    ],
)
def test_german_name(code, name):
    assert LANGUAGES[code].name == name


def test_other_names_of_a_code():
    assert language_code(" TIR ") == "ti"
    assert language_code("pes") == "fa"
    assert language_code("ckb") == "ckb"
    assert language_code("xx") is None
    assert all(code in LANGUAGES for code in SAME_LANGUAGE.values())
