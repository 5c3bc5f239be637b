"""DIN 91379: what a register can hold, and how names are sorted."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faden.persons.rules.latin import (
    LONGEST_NAME,
    NAME_CHARACTERS,
    SEARCH_FORM,
    normalise,
    offending,
    search_form,
    sort_key,
)

quick = settings(max_examples=25, database=None, deadline=None)
din_names = st.lists(st.sampled_from(sorted(NAME_CHARACTERS)), max_size=20).map("".join)


def test_the_whole_list_is_there():
    assert len(SEARCH_FORM) == 649
    assert len(NAME_CHARACTERS) == 649 + 18


def test_every_letter_is_held_and_has_a_search_form():
    for letter, form in SEARCH_FORM.items():
        assert offending(letter) == [], letter
        assert search_form(letter) == form.lower()
        assert re.fullmatch("[A-Z]+", form), letter


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Đorđević-Müller ’t Ḥasan ʿAlī", []),
        ("K͟hān", []),
        ("Ç̆", []),
        ("Öztürk", []),  # typed with a separate mark: normalised first
        ("Ωmar 王王", ["Ω", "王"]),
        ("محمد", ["م", "ح", "د"]),
        ("Q̀asim", ["Q̀"]),
        ("Ç̆̀", ["Ç̆̀"]),  # a listed sequence with one mark too many is another letter
        ("K͟h̀ān", ["K͟h̀"]),
        ("R2D2", ["2"]),
        ("A\u00adli", ["\u00ad"]),
        ("A\u200dli", ["\u200d"]),
        ("Ali\tHassan\0", ["\t", "\0"]),
        ("ʼ", ["ʼ"]),
        ("", []),
    ],
)
def test_offending(name, expected):
    assert offending(name) == expected


def test_what_stands_behind_the_cut_is_found_too():
    assert offending("a" * (3 * LONGEST_NAME) + "Ω") == ["Ω"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Al\u00a0 Hassan\t", "Al Hassan"),
        ("Ö", "Ö"),
        ("O’Neill", "O’Neill"),
        ("O'Neill", "O'Neill"),
        ("Soloviova, Mariaʼna", "Soloviova, Maria’na"),
        ("Abd‑al\u2010Karim", "Abd-al-Karim"),
        ("A\0li", "A li"),
        ("\0", ""),
    ],
)
def test_normalise(typed, stored):
    assert normalise(typed) == stored


@quick
@given(st.text(max_size=400))
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once
    assert len(once) <= LONGEST_NAME


@quick
@given(din_names, st.sampled_from("ЖΩم王1\u200b\u00ad"))
def test_one_bad_letter_is_found_anywhere(name, bad):
    assert bad in offending(name + bad)
    assert bad in offending(f"{bad} {name}")


@quick
@given(st.lists(st.sampled_from(sorted(NAME_CHARACTERS)), max_size=20).map("-".join))
def test_names_of_listed_letters_are_good(name):
    assert offending(name) == []
    assert offending(normalise(name)) == []


@pytest.mark.parametrize(
    ("family", "first", "key"),
    [
        ("Müller", "Änne", "mueller aenne"),
        ("Öztürk", "İsmail", "oeztuerk ismail"),
        ("Weiß", "Ali", "weiss ali"),
        ("Åse", "Ærø", "ase aero"),
        ("Sørensen", "Łukasz", "sorensen lukasz"),
        ("Đorđević", "Þor", "dordevic thor"),
        ("von der Leyen", "Ana María", "von-der-leyen ana-maria"),
        ("al-Masri", "Omar", "al-masri omar"),
        ("El Masri", "Omar", "el-masri omar"),
        ("O’Neill", "Séamus", "oneill seamus"),
        ("K͟hān", "ʿAlī", "khan ali"),
        ("Шевченко", "Олена", "shevchenko olena"),
        ("", "Ali", "ali"),
        ("", "", ""),
    ],
)
def test_sort_key(family, first, key):
    assert sort_key(family, first) == key


def test_order_in_collate_c():
    in_order = [
        ("Berg", "Zoe"),
        ("Berg-Meier", "Anna"),
        ("Bergmann", "Anna"),
        ("Muelder", "Ali"),
        ("Müller", "Ali"),
        ("Mueller", "Bela"),
        ("Muller", "Ali"),
        ("Ödmann", "Ali"),
        ("Ohm", "Ali"),
        ("von Berg", "Ali"),
    ]
    assert sorted(in_order, key=lambda name: sort_key(*name)) == in_order


words = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=1, max_size=6)


@quick
@given(words, words, words, words)
def test_family_names_decide_before_firsts(family, other, first, other_given):
    if family < other:
        assert sort_key(family, first) < sort_key(other, other_given)


@quick
@given(words, words, words)
def test_a_double_name_stands_right_behind_its_first_half(family, second, first):
    key = sort_key(f"{family}-{second}", first)
    assert sort_key(family, "zzzzzz") < key < sort_key(family + "a", "a")


@quick
@given(st.text(), st.text())
def test_sort_keys_are_plain(family, first):
    key = sort_key(family, first)
    assert key.isascii()
    assert key == key.lower().strip()
    assert len(key) <= 200


@pytest.mark.parametrize("text", ["\u0301\u0323" * 100_000, "K\u035f" * 100_000, "漢" * 200_000])
def test_a_huge_text_takes_no_time(text):
    start = time.process_time()
    offending(text), normalise(text), sort_key(text, text)
    assert time.process_time() - start < 1.5
