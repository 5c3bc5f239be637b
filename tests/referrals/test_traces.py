"""What in a text may tell who it is about: the case's own words in every spelling, and what looks like them. Pure."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faden.documents.rules.spelling import folded
from faden.referrals.rules.marking import pieces
from faden.referrals.rules.traces import Known, TraceKind, cleaned, standing, traces, without_titles

NAME, BODY, PLACE, NUMBER, CONTACT, DAY = (
    TraceKind.NAME, TraceKind.BODY, TraceKind.PLACE, TraceKind.NUMBER, TraceKind.CONTACT, TraceKind.DAY,
)  # fmt: skip
ADDRESS = TraceKind.ADDRESS
KNOWN = [
    Known(NAME, "Schewtschenko"), Known(NAME, "Oleksandra"), Known(NAME, "Олександра"), Known(NAME, "Al-Hassan"), Known(NAME, "Çelik"), Known(NAME, "O'Brien"), Known(NAME, "Yılmaz"), Known(NAME, "محمد"),
    Known(PLACE, "Ahaus"), Known(PLACE, "Südlohn"), Known(BODY, "Tischlerei Probe"), Known(CONTACT, "02561 12345"),
    Known(NUMBER, "AH-2026-0001"), Known(NUMBER, "BG 41203//77"), Known(DAY, "März 1987"), Known(PLACE, "Lindenhof"),
    Known(ADDRESS, "Gartenstraße 7"),
]  # fmt: skip


def found(text):
    return [(one.kind, one.words) for one in traces(text, KNOWN)]


@pytest.mark.parametrize(("text", "kind", "words"), [
    ("Frau Schewtschenko kam.", NAME, "Schewtschenko"), ("oleksandra und", NAME, "oleksandra"), ("Oleksandras Sohn", NAME, "Oleksandras"),
    ("OLEKSANDRA", NAME, "OLEKSANDRA"), ("Олександра", NAME, "Олександра"), ("Familie Hassan", NAME, "Hassan"),
    ("Herr Celik", NAME, "Celik"), ("wohnt in Ahaus", PLACE, "Ahaus"), ("die Ahauser Schule", PLACE, "Ahauser"),
    ("in Suedlohn", PLACE, "Suedlohn"), ("bei der Tischlerei Probe", BODY, "Tischlerei Probe"),
    ("Tel. 02561/12345", CONTACT, "02561/12345"), ("Tel. +49 2561 12345", CONTACT, "+49 2561 12345"),
    ("Oleksandra's Kurs", NAME, "Oleksandra's"), ("Oleksandra’s Kurs", NAME, "Oleksandra’s"), ("die Çelik'sche Wohnung", NAME, "Çelik'sche"),
    ("Olek\u00adsandra kam", NAME, "Olek\u00adsandra"), ("bei O’Brien", NAME, "O’Brien"), ("bei Yilmazens", NAME, "Yilmazens"), ("مُحَمَّد kam", NAME, "مُحَمَّد"),
    ("in der Gartenstraße", ADDRESS, "Gartenstraße"), ("Gartenstr. 9", ADDRESS, "Gartenstr"), ("GARTENSTRASSE", ADDRESS, "GARTENSTRASSE"),
    ("geboren im März 1987", DAY, "März 1987"), ("am 3.4.2026", DAY, "3.4.2026"), ("am 3. April", DAY, "3. April"),
    ("am 2026-04-03", DAY, "2026-04-03"), ("48683 Irgendwo", NUMBER, "48683"), ("Kundennummer 123D456", NUMBER, "123D456"),
    ("rima@example.org", CONTACT, "rima@example.org"), ("Bahnhofstraße 12", PLACE, "Bahnhofstraße 12"), ("www.example.org/x", CONTACT, "www.example.org/x"),
])  # fmt: skip
def test_it_is_found(text, kind, words):
    assert (kind, words) in found(text)


@pytest.mark.parametrize("text", [
    "Elternteil, zwischen 30 und 39 Jahren", "seit März 2026", "Kind im Grundschulalter", "Der Kurs hat 20 Plätze.",
    "Die Tischlerei sucht.", "seit 5 Monaten kein Platz", "Arbeitsplatz und Umweg", "im Kreis Ahaus", "§ 24 des Gesetzes",
])  # fmt: skip
def test_what_tells_nothing_is_left_alone(text):
    assert found(text) == []


def test_another_spelling_is_found_and_may_be_left_but_a_name_may_not():
    [like] = traces("Alexandra sagte", KNOWN)
    assert (like.kind, like.may_stay) == (TraceKind.LIKE_NAME, True)
    assert standing([like], {like.key}) == [] and standing([like], set()) == [like]
    [name] = traces("Oleksandra sagte", KNOWN)
    assert standing([name], {name.key}) == [name]


def test_the_street_where_they_live_is_not_left_and_another_may():
    hers, other = traces("Gartenstraße 7 und Bahnhofstraße 3", KNOWN)
    assert [one.may_stay for one in (hers, other)] == [False, True]


def test_titles_typed_by_hand_lose_what_tells():
    assert cleaned("Platz für Oleksandra in Ahaus, 48683", KNOWN) == "Platz für … in …, …"


def test_a_neighbour_is_found_by_her_name_and_not_by_what_she_is():
    assert without_titles("Frau Müller, Nachbarin") == "Müller,"


LETTERS = st.text(st.characters(whitelist_categories=("Lu", "Ll"), max_codepoint=0x24F), min_size=3, max_size=12)


@settings(max_examples=60, deadline=None)
@given(LETTERS, st.sampled_from(["%s kam.", "Mit %s und", "(%s)", "%ss Kind", "„%s“", "der Sohn von %s"]))
def test_a_name_in_any_sentence_is_found(name, sentence):
    assert any(one.kind == NAME for one in traces(sentence % name, [Known(NAME, name)]))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_the_pieces_are_the_text(text):
    assert "".join(one.words for one in pieces(text, KNOWN, ())) == text


def test_small_words_among_capitals_are_nobodys_name():
    """ "Nachbarin im dritten Stock" on a network map; typed in small letters throughout it is looked for as it is."""
    neighbour = [Known(NAME, "Yilmaz im dritten Stock")]
    assert [one.words for one in traces("Sie wohnt im Haus von Yilmaz.", neighbour)] == ["Yilmaz"]
    assert [one.words for one in traces("Es hilft Frau Demir.", [Known(NAME, "demir")])] == ["Demir"]


# ---------- names as they are, in sentences as they are written ----------

SYLLABLES = st.sampled_from([
    "al", "ar", "dar", "de", "ha", "ı", "iz", "ka", "ko", "lu", "man", "mi", "ol", "rah", "sah", "sche", "wisch", "ya", "za", "ö", "ü", "ß", "ç", "ğ", "é", "ł", "ñ",
])  # fmt: skip
PLAIN = st.lists(SYLLABLES, min_size=2, max_size=4).map("".join).map(str.capitalize).filter(lambda name: len(name) > 3)
PARTICLE = st.sampled_from(["von der", "al-", "El ", "bin", "de la", "ben ", "van", "O'", "O’"])
NAMES = st.one_of(
    PLAIN,
    st.tuples(PLAIN, PLAIN).map("-".join),
    st.tuples(PLAIN, PLAIN).map(" ".join),
    st.tuples(PARTICLE, PLAIN).map(lambda both: both[0] + both[1] if both[0].endswith(("-", "'", "’", " ")) else " ".join(both)),
)
# How a name stands in a sentence: declined, shouted, as another keyboard writes it, copied from a print.
WRITTEN = {
    "as it is": lambda name: name,
    "declined": lambda name: f"{name}s",
    "with an apostrophe": lambda name: f"{name}'s",
    "with another apostrophe": lambda name: f"{name}’s",
    "ends in s": lambda name: f"{name}'",
    "of the family": lambda name: f"{name}'sche",
    "shouted": str.upper,
    "small": str.lower,
    "without ı": lambda name: name.replace("ı", "i").replace("ğ", "g").replace("ç", "c"),
    "with ae": lambda name: name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss"),
    "in pieces": lambda name: unicodedata.normalize("NFD", name),
    "from a print": lambda name: f"{name[:-2]}\u00ad{name[-2:]}",
    "without hyphen": lambda name: name.replace("-", " "),
    "with a hyphen": lambda name: name.replace(" ", "-"),
}  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(NAMES, st.sampled_from(sorted(WRITTEN)), st.sampled_from(["%s kam.", "Mit %s und dem Amt", "(%s)", "Der Kurs für %s ist voll", "„%s“", "%s"]))
def test_a_name_cannot_be_left_however_it_is_written(name, written, sentence):
    """What a worker ticks as harmless never covers it."""
    text = sentence % WRITTEN[written](name)
    found = traces(text, [Known(NAME, name)])
    left = standing(found, {one.key for one in found})
    assert [one for one in left if one.kind == NAME], (text, found)
    kept = "".join(piece for piece in cleaned(text, [Known(NAME, name)]) if piece.isalpha())
    longest = max(re.findall(r"[^\W\d_]+", name), key=len)
    assert folded(longest) not in folded(kept), cleaned(text, [Known(NAME, name)])


def test_a_short_name_is_not_the_small_word_that_every_text_has():
    """Else nothing about a family called An or Im could ever be told."""
    short = [Known(NAME, "An Im")]
    assert traces("Wer fängt im Mai an?", short) == []
    assert [one.words for one in traces("Familie An sucht, Herr Im auch.", short)] == ["An", "Im"]
