"""What a ground asks of recipient, way and text: pure rules by tables."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.documents.rules.letter_grounds import (
    Known,
    found_in,
    is_person,
    names_recipient,
    street_in,
    ways_for,
    with_whom_in,
)
from faden.documents.vocabulary import LetterGround, LetterWay


def test_every_ground_has_its_ways_and_nobody_faxes():
    assert [ground for ground in LetterGround.values if not ways_for(ground)] == [LetterGround.CONSENT_NOTED]
    assert "fax" not in " ".join(LetterWay.values)
    assert ways_for(LetterGround.CARRIED) == (LetterWay.HANDED,)
    for ground in (LetterGround.POWER, LetterGround.SECRECY, LetterGround.CONSENT, LetterGround.LAW, LetterGround.NO_PERSON):
        assert LetterWay.HANDED not in ways_for(ground)
    assert ways_for("") == ways_for("anders") == ()


@pytest.mark.parametrize(("named", "recipient", "fits"), [
    ("Jobcenter im Kreis Borken", "Jobcenter im Kreis Borken", True),
    ("Jobcenter im Kreis Borken", "Jobcenter Kreis Borken, Team Ahaus", True),
    ("JOBCENTER KREIS BORKEN", "An das Jobcenter des Kreises Borken", False),
    ("Jobcenter", "Jobcenter Kreis Borken", True),
    ("Jobcenter Kreis Borken", "Jobcenter", False),
    ("Ausländerbehörde Kreis Borken", "Auslaenderbehoerde Kreis Borken", True),
    ("Ausländerbehörde Kreis Borken", "Jobcenter Kreis Borken", False),
    ("der die das", "der die das", False),
    ("", "Jobcenter", False),
    ("Familienkasse", "Familienkassen-Service", False),
])  # fmt: skip
def test_the_office_a_declaration_names(named: str, recipient: str, fits: bool):
    assert names_recipient(named, recipient) is fits


@pytest.mark.parametrize(("recipient", "names", "fits"), [
    ("Rima Al-Hassoun", [("Rima", "Al-Hassoun")], True),
    ("Frau Al-Hassoun, Rima", [("Rima", "Al-Hassoun")], True),
    ("RIMA AL HASSOUN", [("Rima", "Al-Hassoun")], True),
    ("Familie Al-Hassoun", [("Rima", "Al-Hassoun")], False),
    ("Jobcenter Kreis Borken", [("Rima", "Al-Hassoun")], False),
    ("Ali", [("Ali", "")], True),
    ("Jobcenter", [("", "")], False),
    ("Müller, Özlem", [("Oezlem", "Mueller")], True),
    ("Rima Al-Hassoun", [], False),
])  # fmt: skip
def test_the_person_herself(recipient: str, names: list[tuple[str, str]], fits: bool):
    assert is_person(recipient, names) is fits


RIMA = Known("r", ("Al-Hassoun", "Rima", "ريما الحسون"), ("AH-2026-0042", "02561 12345", "rima@example.org"), date(1990, 5, 14))


@pytest.mark.parametrize(("text", "found"), [
    ("Wir bitten um Informationen zum Kurs.", []),
    ("Es geht um Rima.", ["Rima"]),
    ("RIMA al hassoun", ["Al-Hassoun", "Rima"]),
    ("Frau Hassoun", ["Al-Hassoun"]),
    ("Rimaldi kommt", []),
    ("für ريما", ["ريما الحسون"]),
    ("Unser Zeichen: AH-2026-0042", ["AH-2026-0042"]),
    ("Unser Zeichen: ah 2026 0042", ["AH-2026-0042"]),
    ("AH-2026-0043", []),
    ("geboren 14.05.1990", ["14.05.1990"]),
    ("geboren 14.5.90", ["14.05.1990"]),
    ("geboren 1990-05-14", ["14.05.1990"]),
    ("am 14.05.2026", []),
    ("Tel. 0256112345", ["02561 12345"]),
    ("schreiben Sie an Rima@Example.org", ["Rima", "rima@example.org"]),
])  # fmt: skip
def test_by_what_somebody_is_recognised(text: str, found: list[str]):
    assert found_in(text, [RIMA]) == found


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u2060"])
def test_what_nobody_sees_hides_nothing(unseen: str):
    assert found_in(f"Frau Al-Has{unseen}soun", [RIMA])
    assert street_in(f"Geheim{unseen}weg 5", ["Geheimweg 5"])


@pytest.mark.parametrize(("text", "found"), [
    ("Sie wohnt im Frauenhaus Pflaume.", True), ("FRAUENHAUS PFLAUME", True), ("Ein Frauenhaus, Pflaumen", False), ("bei Ali", False), ("", False),
])  # fmt: skip
def test_with_whom_somebody_stays(text: str, found: bool):
    assert bool(with_whom_in(text, ["Ali", "Frauenhaus Pflaume"])) is found


def test_short_names_count_only_beside_the_others():
    li = Known("l", ("Li", "Bo Li"))
    assert found_in("Bo sagt: Li", [li]) == []
    assert found_in("An Bo Li", [li]) == ["Bo Li"]


@given(st.text(min_size=3, max_size=20, alphabet=st.characters(categories=("Ll", "Lu", "Lo"))))
def test_a_name_is_found_however_it_is_written(name: str):
    assert found_in(f"Guten Tag {name}!", [Known("x", (name,))]) == [name]
    assert found_in(f"Guten Tag {name.upper()}!", [Known("x", (name,))]) == [name]


@pytest.mark.parametrize(("text", "street"), [
    ("Musterstraße 12, Ahaus", "Musterstraße 12"), ("MUSTERSTRASSE 12", "Musterstraße 12"), ("Musterstr. 12", "Musterstraße 12"),
    ("in der Musterstraße  12.", "Musterstraße 12"), ("Musterstraße 13", ""), ("nichts", ""),
])  # fmt: skip
def test_a_street_is_found_however_it_is_written(text: str, street: str):
    assert street_in(text, ["Musterstraße 12", ""]) == street
