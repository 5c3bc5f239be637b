"""What gives somebody away in a text, and what does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.findings.rules import Marks, Trace, found_in

FAMILY = Marks(
    names=("Oleksandra Schewtschenko", "Ali van der Berg", "Nur Al-Mutairi", "Çelik Müller", "عبد الرحمن", "Xu Li"),
    phones=("02561 12345", "+49 151 234567"),
    births=(date(1998, 4, 12),),
    numbers=("AH-2026-0012",),
)

GIVES_AWAY = [
    ("Frau Schewtschenko wartet seit Mai.", Trace.NAME, "Schewtschenko"),
    ("Schewtschenkos Antrag liegt dort.", Trace.NAME, "Schewtschenkos"),
    ("oleksandra wartet", Trace.NAME, "oleksandra"),
    ("SCHEWTSCHENKO!", Trace.NAME, "SCHEWTSCHENKO"),
    ("Ali bekommt keinen Platz.", Trace.NAME, "Ali"),
    ("der Berg an Anträgen wächst", Trace.NAME, "Berg"),  # a wrong guess that costs one word
    ("Herr Mueller wurde weggeschickt", Trace.NAME, "Mueller"),
    ("celik war da", Trace.NAME, "celik"),
    ("Der Kurs für عبد fehlt", Trace.NAME, "عبد"),
    ("Familie Al-Mutairi", Trace.NAME, "Mutairi"),
    ("Xu Li war beim Amt", Trace.NAME, "Xu Li"),
    ("Li, Xu war beim Amt", Trace.NAME, "Li Xu"),
    ("Rückruf 02561/12345 vergeblich", Trace.PHONE, "02561/12345"),
    ("Rückruf +49 2561 12345 vergeblich", Trace.PHONE, "+49 2561 12345"),
    ("0151 234567 ist falsch gespeichert", Trace.PHONE, "0151 234567"),
    ("geboren am 12.04.1998", Trace.BIRTH, "12.04.1998"),
    ("geboren am 12.4.98", Trace.BIRTH, "12.4.98"),
    ("1998-04-12 steht falsch", Trace.BIRTH, "1998-04-12"),
    ("am 12. April 1998 geboren", Trace.BIRTH, "12. April 1998"),
    ("Fall AH-2026-0012", Trace.NUMBER, "AH-2026-0012"),
    ("fall ah 2026 0012", Trace.NUMBER, "AH-2026-0012"),
    ("Fall GR-2025-0001 eines anderen Dienstes", Trace.NUMBER, "GR-2025-0001"),
    ("Mail an o.s@example.org kam zurück", Trace.MAIL, "o.s@example.org"),
]
SAYS_NOTHING = [
    "Im Mai gab es keinen Platz im Integrationskurs.",
    "Nur montags von 8 bis 12 Uhr, die Warteliste wächst.",
    "Die Allianz der Träger fordert alle Unterlagen.",
    "Der Termin am 12.04.2026 wurde abgesagt.",
    "Seit 1998 ist das Formular unverändert.",
    "Das Amt ist unter 02561 999 nicht erreichbar.",
    "Bearbeitung dauert 4 Monate, 3 von 5 Anträgen liegen.",
    "",
]


@pytest.mark.parametrize(("text", "trace", "words"), GIVES_AWAY)
def test_it_is_found(text, trace, words):
    found = found_in(text, FAMILY)
    assert found is not None
    assert (found.trace, found.words) == (trace, words)


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_it_says_nothing_about_anybody(text):
    assert found_in(text, FAMILY) is None


def test_an_everyday_word_that_is_a_name_counts_only_as_the_whole_name():
    assert found_in("Nur montags", FAMILY) is None
    assert found_in("Frau Nur Al Mutairi", FAMILY).trace is Trace.NAME
    assert found_in("der Berg ist hoch", Marks(names=("Ali van der Tal",))) is None


def test_without_a_case_only_addresses_and_numbers_are_seen():
    assert found_in("Schewtschenko, geboren 12.04.1998, 02561 12345", Marks()) is None
    assert found_in("AH-2026-0012", Marks()).trace is Trace.NUMBER


@given(before=st.text(max_size=40), after=st.text(max_size=40))
def test_whatever_stands_around_a_name_it_is_found(before, after):
    found = found_in(f"{before} Schewtschenko {after}", FAMILY)
    assert found is not None


@given(st.text(max_size=300))
def test_any_text_can_be_asked(text):
    found_in(text, FAMILY)
