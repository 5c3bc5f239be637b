"""Search keys: every spelling of a name is found under every other."""

import time
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faden.persons.rules import cologne
from faden.persons.rules.hearing import ARABIC_ALIKE, KNOWN_VOWELS, SAME_NAME, hear
from faden.persons.rules.latin import SEARCH_FORM
from faden.persons.rules.namesakes import ONE_NAME
from faden.persons.rules.parts import Part, given_and_family, parts_of
from faden.persons.rules.spelling import LONGEST_VALUE, Key, Sought, keys_of, search_keys

quick = settings(max_examples=25, database=None, deadline=None)
MEET = Path(__file__).with_name("spellings_that_meet.txt")
groups = [
    [name.strip() for name in line.split("|")]
    for line in MEET.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
letters = st.sampled_from(sorted(SEARCH_FORM))
words = st.lists(letters, min_size=1, max_size=12).map("".join)


def finds(query, name):
    """What the database does: each typed part must have one of the stored keys."""
    stored = keys_of(name)
    parts = search_keys(query)
    return bool(parts) and all(any(fits(sought, key) for sought in part for key in stored) for part in parts)


def fits(sought, key):
    if sought.beginning:
        return sought.kind == key.kind and sought.value <= key.value < sought.until
    return (sought.kind, sought.value) == key


def test_there_are_many_groups():
    assert len(groups) >= 150


@pytest.mark.parametrize("group", groups, ids=lambda group: group[0])
def test_every_spelling_finds_every_other(group):
    missed = [(one, two) for one, two in combinations(group, 2) if not (finds(one, two) and finds(two, one))]
    assert missed == []


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Moh", "Hassan, Mohammed"),
        ("Hassan, Moh", "Hassan, Mohammed"),
        ("Mohammed Has", "Hassan, Mohammed"),
        ("Mu", "Müller, Anna"),
        ("Mul", "Müller, Anna"),
        ("Mue", "Müller, Anna"),
        ("Mül", "Mueller, Anna"),
        ("strau", "Strauß"),
        ("Masri", "Al-Masri, Omar"),
        ("al-mas", "Al-Masri, Omar"),
        ("almas", "Al-Masri, Omar"),
        ("Rahm", "Abd al-Rahman, Omar"),
        ("Berg", "von Berg, Ali"),
        ("von Berg", "Berg, Ali"),
        ("von", "von Berg, Ali"),
        ("Öztürk", "Müller-Öztürk, Ayşe"),
        ("محم", "محمد حسن"),
        ("Mohammed", "محمد حسن"),
        ("Moha", "محمد حسن"),
        ("Shev", "Олена Шевченко"),
        ("Шев", "Schewtschenko, Olena"),
        ("ıl", "İlhan"),
        ("IL", "ılhan"),
        ("O'N", "O’Neill"),
    ],
)
def test_a_beginning_is_enough(query, name):
    assert finds(query, name)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Hassan", "Ali, Omar"),
        ("Hassan, Ali", "Hassan, Omar"),
        ("Muller", "Möbius"),
        ("Bert", "Al, Ed"),
        ("", "Ali"),
    ],
)
def test_what_is_not_meant_is_not_found(query, name):
    assert not finds(query, name)


def test_keys_of_a_name():
    assert keys_of("Müller, Ali") == {
        Key("form", "mueller"),
        Key("form", "muller"),
        Key("sound", "657"),
        Key("bones", "mlr"),
        Key("form", "ali"),
        Key("sound", "05"),
        Key("bones", "al"),
    }


def test_a_particle_is_stored_as_typed_only():
    assert keys_of("von Berg") - keys_of("Berg") == {Key("form", "von")}


def test_what_may_be_no_article_is_cut_off_for_the_bones_only():
    assert Key("form", "hassan") in keys_of("Al-Hassan")
    assert Key("form", "hassan") not in keys_of("Alhassan")
    assert {Key("bones", "hsn"), Key("bones", "alhsn")} <= keys_of("Alhassan")
    assert Key("form", "rahman") in keys_of("Abd al-Rahman")


def test_search_keys_of_a_query():
    complete, last = search_keys("Berg, Moh")
    assert Sought("form", "berg") in complete
    assert Sought("form", "moh", beginning=True) in last
    assert not any(sought.beginning for sought in complete)


@pytest.mark.parametrize(("value", "until"), [("moh", "moi"), ("az", "a{"), ("a", "b")])
def test_the_end_of_a_beginning(value, until):
    assert Sought("form", value, True).until == until


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("muellerluedenscheidt", "65752682"),  # the examples of the literature
        ("wikipedia", "3412"),
        ("breschnew", "17863"),
        ("mueller", "657"),
        ("meier", "67"),
        ("hoffmann", "0366"),
        ("schaefer", "837"),
        ("fischer", "387"),
        ("wagner", "3467"),
        ("philipp", "351"),
        ("xaver", "4837"),
        ("max", "648"),
        ("beckx", "148"),
        ("ceran", "876"),
        ("clara", "457"),
        ("lucas", "548"),
        ("oscar", "087"),
        ("matthias", "628"),
        ("fritz", "378"),
        ("aaa", "0"),
        ("h", ""),
        ("", ""),
    ],
)
def test_cologne(word, code):
    assert cologne.code(word) == code


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mohammed Al-Hassan", ["mohammed", "alhassan"]),
        ("al-Masri, Abd el Karim", ["abdelkarim", "almasri"]),
        ("Abd Allah", ["abdullah"]),
        ("Nur ad-Din Öz", ["nureddin", "öz"]),
        ("Abu Bakr", ["abubakr"]),
        ("An Nguyen", ["an", "nguyen"]),
        ("Mohammed Din", ["mohammed", "din"]),
        ("عبد الرحمن", ["عبدالرحمن"]),
        ("عبد‌الرضا", ["عبدالرضا"]),
        ("مُحَمَّد", ["محمد"]),
        ("K͟halid IŞIK", ["khalid", "işik"]),
        ("O’Neill", ["oneill"]),
        ("Ma'rouf", ["marouf"]),
        ("አብዱ፡ገብረ", ["አብዱ", "ገብረ"]),
        ("-- ,, \0", []),
        ("Abd", ["abd"]),
        ("al", ["al"]),
    ],
)
def test_parts(name, expected):
    assert [part.word for part in parts_of(name)] == expected


def test_articles_and_second_halves():
    assert parts_of("Al-Hassan") == (Part("alhassan", bare="hassan"),)
    assert parts_of("Alhassan") == (Part("alhassan", bare="hassan", glued=True),)
    assert parts_of("Abd al-Rahman") == (Part("abdalrahman", inside="rahman"),)
    assert given_and_family("Öz, Ali Can") == ((Part("ali"), Part("can")), (Part("öz"),))


def test_names_with_known_vowels_are_written_as_they_are_looked_up():
    assert [name for name in KNOWN_VOWELS if name.translate(ARABIC_ALIKE) != name] == []


def test_known_vowels_fit_their_consonants():
    """A slip in the table would make one name of two: its bones must be those of the letters."""
    for name, vowelled in KNOWN_VOWELS.items():
        unknown = hear.__wrapped__("ـ" + name)  # the stroke keeps it from being looked up
        assert unknown.bones & hear(vowelled).bones, name


def test_no_name_is_of_two_groups():
    assert len(SAME_NAME) == len(ONE_NAME.split())


@quick
@given(words)
def test_every_letter_has_a_form_of_plain_letters(word):
    forms = {key.value for key in keys_of(word) if key.kind == "form"}
    assert forms
    assert all(form.isascii() and form.isalpha() and form.islower() for form in forms)


@quick
@given(st.text(max_size=300))
def test_no_text_crashes_and_keys_stay_small(text):
    for kind, value in keys_of(text):
        assert kind in {"form", "sound", "bones"}
        assert 0 < len(value) <= LONGEST_VALUE
        assert value.isascii()
        assert value.isalnum()
    search_keys(text)


@quick
@given(words, st.integers(1, 12))
def test_every_beginning_of_a_word_finds_it(word, length):
    typed = word[:length]
    if search_keys(typed):
        assert finds(typed, word)


@quick
@given(st.lists(words, min_size=1, max_size=3).map(" ".join))
def test_capitals_change_nothing(name):
    assert keys_of(name.upper()) == keys_of(name)


def test_a_name_has_few_keys():
    names = [name for group in groups for name in group]
    assert sum(len(keys_of(name)) for name in names) / len(names) < 8


@pytest.mark.parametrize(
    "text",
    [
        "\u0301\u0323" * 100_000,
        "K\u035f" * 100_000,
        "漢" * 200_000,
        "ﷺ " * 66_000,
        "ch" * 100_000,
        "al " * 66_000,
        "\0",
    ],
    ids=["marks", "sequences", "signs", "ligatures", "readings", "articles", "nul"],
)
def test_a_huge_text_takes_no_time(text):
    start = time.process_time()
    keys_of(text), search_keys(text)
    assert time.process_time() - start < 0.3


def test_keys_are_made_in_an_instant():
    names = [name for group in groups for name in group]
    [keys_of(name) for name in names]
    start = time.process_time()
    [keys_of(name) for name in names]
    assert (time.process_time() - start) / len(names) < 0.0002
