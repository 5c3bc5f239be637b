"""Whether two entries may be one person, and what is said for it."""

import time
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faden.persons.rules.birth import BirthDate, parse
from faden.persons.rules.likeness import CANDIDATE, SHOWN, WORDS, Asked, Known, Reason, compare, rank
from faden.persons.rules.names import name_likeness, name_of
from faden.persons.rules.nearness import near

quick = settings(max_examples=25, database=None, deadline=None)
TODAY = date(2026, 11, 22)
HERE = Path(__file__).parent


def lines(name):
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def split(line):
    return [name.strip() for name in line.lstrip("+- ").split("|")]


def score(one, two):
    return compare(Asked([one]), Known(1, [two])).score


def told(asked, known, birth=None, known_birth=None, **facts):
    """(score, reasons) of two names with birth dates as text."""
    one = Asked([asked], birth and parse(birth, TODAY), facts.get("phone"), facts.get("email"))
    two = Known(1, [known], known_birth and parse(known_birth, TODAY), *facts.get("contacts", ()))
    return compare(one, two)


@pytest.mark.parametrize("line", lines("spellings_that_meet.txt"))
def test_spellings_of_one_name_are_candidates(line):
    weak = [(one, two) for one, two in combinations(split(line), 2) if score(one, two) < CANDIDATE]
    assert weak == []


@pytest.mark.parametrize("line", lines("spellings_that_differ.txt"))
def test_two_names_are_no_candidates(line):
    assert score(*split(line)) < CANDIDATE


@pytest.mark.parametrize("line", lines("spellings_we_miss.txt"))
def test_known_misses_are_still_missed(line):
    """If this fails, the rules have become better: move the line to the other file."""
    meets = score(*split(line)) >= CANDIDATE
    assert meets is line.startswith("-")


def test_there_is_enough_to_go_by():
    assert len(lines("spellings_that_meet.txt")) >= 60
    assert len(lines("spellings_that_differ.txt")) >= 30


@pytest.mark.parametrize(
    ("asked", "known", "reasons"),
    [
        ("Öz, Ali", "Öz, Ali", ["SAME_SPELLING"]),
        ("Öz, Ali", "ÖZ, ALI", ["SAME_SPELLING"]),
        ("Öz, Ali", "Oez, Ali", ["SAME_LETTERS"]),
        ("Öz, Mohammed", "Öz, Muhamad", ["SOUNDS_ALIKE"]),
        ("Öz, Igor", "Öz, Ihor", ["OTHER_LANGUAGE"]),
        ("Hassan, Omar", "عمر حسن", ["OTHER_SCRIPT"]),
        ("Шевченко, Олена", "Schewtschenko, Olena", ["OTHER_SCRIPT"]),
        ("Al-Masri, Omar", "Masri, Omar", ["ARTICLE_MISSING"]),
        ("Öz, Ali Can", "Öz, Ali", ["SAME_SPELLING", "PART_MISSING"]),
        ("Öz, Ali", "Öz, Omar", ["PART_DIFFERS"]),
        ("Öz, Ali", "Ali, Öz", ["SAME_SPELLING", "NAMES_SWAPPED"]),
        ("Ali Öz", "Öz Ali", ["SAME_SPELLING", "NAMES_SWAPPED"]),
        ("Ali Öz", "Öz, Ali", ["SAME_SPELLING"]),
        ("Öz Ali", "Öz, Ali", ["SAME_SPELLING"]),  # without a comma nobody knows the order
        ("Melnyk, Oksana", "Bondar, Oksana", ["PART_DIFFERS", "OTHER_FAMILY_NAME"]),
        ("Melnyk, Oksana", "Melnyk, Daryna", ["PART_DIFFERS"]),
        ("Melnyk, Oksana", "Oksana, Daryna", ["PART_DIFFERS"]),
        ("Melnyk, Oksana", "Daryna, Melnyk", ["PART_DIFFERS"]),
        ("Öz, Ali", "Kurt, Veli", []),
        ("", "Öz", []),
        ("", "", []),
    ],
)
def test_what_is_told_of_names(asked, known, reasons):
    assert [reason.name for reason in told(asked, known).reasons] == reasons


@pytest.mark.parametrize(
    ("birth", "known", "reasons"),
    [
        ("12.4.1998", "12.4.1998", ["SAME_BIRTH_DAY"]),
        ("12.4.1998", "4/1998", ["SAME_BIRTH_MONTH"]),
        ("4/1998", "4/1998", ["SAME_BIRTH_MONTH"]),
        ("12.4.1998", "1998", ["SAME_BIRTH_YEAR"]),
        ("12.4.1998", "1.1.1998", ["SAME_BIRTH_YEAR"]),  # 1 January stands for "some day"
        ("1.1.1998", "1.1.1998", ["SAME_BIRTH_YEAR"]),
        ("4/1998", "1.1.1998", ["SAME_BIRTH_YEAR"]),
        ("12.4.1998", "ca. 1997", ["BIRTH_POSSIBLE"]),
        ("ca. 1998", "ca. 1998", ["BIRTH_POSSIBLE"]),
        ("12.4.1998", "4.12.1998", ["BIRTH_MISTYPED"]),
        ("12.4.1998", "12.4.1989", ["BIRTH_MISTYPED"]),
        ("12.4.1998", "17.4.1998", ["BIRTH_MISTYPED"]),
        ("12.4.1998", "12.4.1997", ["BIRTH_MISTYPED"]),
        ("12.4.1998", "13.5.1998", ["BIRTH_DIFFERS"]),
        ("12.4.1998", "4.12.1997", ["BIRTH_DIFFERS"]),
        ("12.4.1998", "5/1998", ["BIRTH_DIFFERS"]),
        ("1998", "1999", ["BIRTH_DIFFERS"]),
        ("1998", "ca. 1991", ["BIRTH_DIFFERS"]),
        ("12.4.1998", None, []),
        (None, "12.4.1998", []),
    ],
)
def test_what_is_told_of_birth_dates(birth, known, reasons):
    found = told("Öz", "Kurt", birth, known)
    assert [reason.name for reason in found.reasons] == reasons
    assert found.reasons == told("Öz", "Kurt", known, birth).reasons


@pytest.mark.parametrize(
    ("phone", "known", "same"),
    [
        ("0171 2345678", "+49 171 2345678", True),
        ("0049171/2345678", "+491712345678", True),
        ("+49 (0) 171 2345678", "0171-2345678", True),
        ("0171 2345678", "0171 2345679", False),
        ("+380 44 1234567", "+49 44 1234567", False),
        ("", "", False),
        ("keine", "keine", False),
    ],
)
def test_phone(phone, known, same):
    reasons = told("Öz", "Kurt", phone=phone, contacts=([known], [])).reasons
    assert (Reason.SAME_PHONE in reasons) is same


def test_email():
    assert Reason.SAME_EMAIL in told("Öz", "Kurt", email=" A@b.de", contacts=([], ["a@B.de"])).reasons
    assert Reason.SAME_EMAIL not in told("Öz", "Kurt", email="", contacts=([], [""])).reasons


def test_the_points_of_typical_pairs():
    """The table a caseworker can check: the same name is 0.7, what else agrees comes on top."""
    same = ("Hassan, Mohammed", "Hassan, Mohammed")
    assert told(*same).score == 0.7
    assert told(*same, "12.4.1998", "12.4.1998").score == 1.0
    assert told(*same, "12.4.1998", "4/1998").score == 0.92
    assert told(*same, "12.4.1998", "1998").score == 0.85
    assert told(*same, "12.4.1998", "4.12.1998").score == 0.82
    assert told(*same, "12.4.1998", "ca. 1998").score == 0.78
    assert told(*same, "12.4.1998", "5.6.1990").score == 0.4
    assert told(*same, phone="0171 1", contacts=(["0171 1"], [])).score == 0.78


def test_a_part_left_out_costs_once():
    assert told("Öz, Ali Can", "Öz, Ali").score == 0.6087
    assert told("Öz, Ali Can Deniz", "Öz, Ali").score == 0.6087
    assert told("Öz, Ali", "Öz").score == 0.5385
    assert told("von Öz, Ali", "Öz, Ali").score == 0.6747


def test_long_names_keep_their_family_name():
    long_name = "Al-Masri, Ali Can Deniz Emre Firat Gani Hadi"
    assert told(long_name, "Al-Masri, Ali").score == 0.6087
    assert told(long_name, "Kurt, Ali").score < CANDIDATE


@pytest.mark.parametrize(
    ("one", "two", "value"),
    [("mina", "nina", 0.667), ("tina", "dina", 0.833), ("murat", "murad", 0.95), ("karim", "karima", 0.706)],
)
def test_a_wrong_first_sound_and_a_feminine_ending_weigh_more(one, two, value):
    assert near(one, two).value == pytest.approx(value, abs=0.001)


def test_letters_nobody_knows_are_no_likeness():
    assert near("𐴀𐴁", "𐴂𐴃").value == 0.0


HOUSEHOLD = {"phone": "0171 1", "email": "a@b.de", "contacts": (["0171 1"], ["a@b.de"])}


def test_twins_are_two_people():
    assert told("Öz, Ali", "Öz, Can", "12.4.1998", "12.4.1998", **HOUSEHOLD).score < CANDIDATE


def test_spouses_are_two_people():
    assert told("Petrov, Ivan", "Petrova, Daryna", **HOUSEHOLD).score < CANDIDATE
    assert told("Öz, Ali", "Öz, Aylin", "1990", "1990", **HOUSEHOLD).score < CANDIDATE


def test_who_married_is_still_found():
    found = told("Melnyk, Oksana", "Bondar, Oksana", "12.4.1998", "12.4.1998")
    assert found.score >= CANDIDATE
    assert told("Melnyk, Oksana", "Bondar, Oksana", "12.4.1998", "4/1998").score < CANDIDATE


def test_the_best_of_several_spellings_counts():
    known = Known(1, ["Kurt, Veli", "محمد حسن", "Hassan, Mohamet"])
    best = compare(Asked(["حسن محمد"]), known)
    assert best == compare(Asked(["حسن محمد"]), Known(2, ["محمد حسن"]))
    assert best == compare(Asked(["Öz, Ali", "حسن محمد"]), known)
    assert best.score == 0.7


def test_every_reason_has_its_sentence():
    assert set(WORDS) == set(Reason)
    assert len(set(WORDS.values())) == len(WORDS)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Moh", ["Hassan, Mohammed", "محمد حسن"]),
        ("Hassan, Moh", ["Hassan, Mohammed", "محمد حسن"]),
        ("Mohammed", ["Hassan, Mohammed", "محمد حسن"]),
        ("mul", ["Müller, Anna"]),
        ("Anna M", ["Müller, Anna"]),
        ("xyz", []),
        ("", []),
    ],
)
def test_a_search_box_shows_what_begins_so(typed, found):
    names = ["Hassan, Mohammed", "Hasan, Mona", "Al-Hassan, Ali", "محمد حسن", "Müller, Anna", "Kurt, Veli"]
    ranked = rank(Asked([typed], typed=True), [Known(n, [n]) for n in names], 10)
    assert sorted(entry.id for entry, _ in ranked) == sorted(found)
    assert all(likeness.score >= SHOWN for _, likeness in ranked)


def test_a_search_box_puts_the_whole_before_the_beginning():
    known = [Known(1, ["Mohammedi, Ali"]), Known(2, ["Öz, Muhammad"]), Known(3, ["Öz, Mohammed"])]
    ranked = rank(Asked(["mohammed"], typed=True), known, 10)
    assert [entry.id for entry, _ in ranked] == [3, 1, 2]


def test_a_search_box_tells_why():
    known = Known(1, ["Hassan, Mohammed"])
    assert compare(Asked(["Moh"], typed=True), known).reasons == (Reason.BEGINS_LIKE_IT,)
    assert compare(Asked(["Ali Hassan Mohammed"], typed=True), known).reasons == (Reason.PART_DIFFERS,)
    assert compare(Asked(["Hassan Mohammed"], typed=True), known).reasons == (Reason.SAME_SPELLING,)


def test_rank_is_limited_and_sorted():
    known = [Known(at, [name]) for at, name in enumerate(["Öz, Ali", "Oez, Aly", "Kurt, Veli", "Öz, Ali"])]
    ranked = rank(Asked(["Öz, Ali"]), known, 10)
    assert [entry.id for entry, _ in ranked] == [0, 3, 1]
    assert [entry.id for entry, _ in rank(Asked(["Öz, Ali"]), known, 2)] == [0, 3]
    assert len(rank(Asked(["Öz, Ali"]), known, 10, at_least=0.0)) == 4


NAMES = (
    "Mohammed Muhamad محمد Hassan Hussein حسن Al-Hassan Alhassan Öz Oez Oz Ali علي Олена Olena Elena "
    "von van bin Nguyen Do Le Igor Ihor Шевченко Shevchenko ትግስት Tigist Abd al-Rahman عبد الرحمن"
)
names = st.lists(
    st.sampled_from(NAMES.split()) | st.text(max_size=8),
    max_size=5,
).map(" ".join) | st.builds("{}, {}".format, st.sampled_from(["Öz", "Hassan", "حسن"]), st.text(max_size=8))
births = st.none() | st.builds(BirthDate, st.integers(1950, 2020), st.none() | st.integers(1, 12))
contacts = st.none() | st.sampled_from(["0171 1", "+49 171 1", "", "x"])


@quick
@given(names, names, births, births)
def test_the_same_either_way_round(one, two, birth, other):
    there = compare(Asked([one], birth), Known(1, [two], other))
    assert there == compare(Asked([two], other), Known(1, [one], birth))
    assert 0 <= there.score <= 1


@quick
@given(st.text(max_size=12), st.text(max_size=12))
def test_nearness_is_mutual(one, two):
    assert near(one.lower(), two.lower()) == near(two.lower(), one.lower())
    assert 0 <= near(one.lower(), two.lower()).value <= 1


@quick
@given(names)
def test_a_name_is_like_itself(name):
    likeness = name_likeness(name_of(name), name_of(name))
    assert likeness.value == pytest.approx(1.0 if name_of(name).parts else 0.0)


@quick
@given(names, names, births, births, contacts, contacts)
def test_nothing_without_a_name_makes_a_candidate(one, two, birth, other, phone, email):
    name = name_likeness(name_of(one), name_of(two)).value
    known = Known(1, [two], other, [phone or ""], [email or ""])
    found = compare(Asked([one], birth, phone, email), known)
    assert found.score <= 0.7 * name + 0.3 + 0.16 * (name >= 0.75) + 0.1
    assert found.score < CANDIDATE or name > 0.25


@quick
@given(
    names, st.permutations(["Öz, Ali", "علي", "Ali", "Olena", "Hassan, Ali", "Öz", "Oez, Ali"]), st.booleans()
)
def test_the_order_of_candidates_does_not_matter(name, order, typed):
    asked = Asked([name], typed=typed)
    known = [Known(text, [text]) for text in order]
    assert rank(asked, known, 5, 0.0) == rank(asked, known[::-1], 5, 0.0)


@quick
@given(names, st.permutations(["Öz, Ali", "علي", "Ali Can"]))
def test_the_order_of_spellings_does_not_matter(name, spellings):
    assert compare(Asked([name]), Known(1, spellings)) == compare(Asked([name]), Known(1, spellings[::-1]))


def test_three_hundred_candidates_in_a_blink():
    families = ["Hassan", "Hasan", "Alhasan", "Hassani", "Hassoun", "Khassan", "Hashan", "Hasani"]
    given_names = [
        "Mohammed",
        "Mohamed",
        "Muhammad",
        "Mohamad",
        "Mehmet",
        "Ali",
        "Omar",
        "Layla",
        "Ana",
        "Lin",
    ]
    known = [
        Known(
            at, [f"{families[at % 8]}, {given_names[at % 10]}"], BirthDate(1950 + at % 70, 4, 12), ["0171 1"]
        )
        for at in range(300)
    ]
    asked = Asked(["Hassan, Mohammed"], BirthDate(1998, 4, 12), "0171 1")
    rank(asked, known, 20)
    spent = []
    for _ in range(5):
        start = time.process_time()
        rank(asked, known, 20)
        spent.append(time.process_time() - start)
    # 9 ms where it was measured; three times that leaves room for a slow machine.
    assert min(spent) < 0.027


@pytest.mark.parametrize("text", ["a " * 100_000, "ch" * 100_000, "\u0301\u0323" * 100_000, "al-" * 66_000])
def test_a_huge_name_takes_no_time(text):
    start = time.process_time()
    compare(Asked([text], phone=text, email=text), Known(1, [text], None, [text], [text]))
    assert time.process_time() - start < 0.3
