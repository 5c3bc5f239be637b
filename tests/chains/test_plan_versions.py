"""What a plan says, kept and compared: nothing when equal, everything when not, one readable line each."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.cases.vocabulary.task import DropReason
from faden.chains.rules.plan_versions import (
    NO_DAY,
    Content,
    Goal,
    Step,
    applied,
    changes,
    differences,
    from_json,
    seal_of,
    to_json,
)
from faden.chains.rules.weeks import window
from faden.chains.vocabulary import GoalRating, HolderKind

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
windows = st.just(NO_DAY) | st.builds(lambda day, week: window(day, whole_week=week), days, st.booleans())
# No N: "None" in a line is then a Python None that slipped through, not what somebody typed.
texts = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="N"), max_size=12)
words = st.text("abcdefgü „“:", min_size=1, max_size=8)
maybe_rated = st.sampled_from(["", *GoalRating.values])
step_values = {
    "what": words, "who": st.tuples(st.sampled_from(HolderKind.values), texts), "due": windows,
    "done_on": st.none() | days, "dropped": st.sampled_from(["", *DropReason.values]),
}  # fmt: skip


def several(values, keys):
    """Some of these keys in any order, each with its values."""
    return st.lists(st.sampled_from(keys), unique=True).flatmap(lambda chosen: st.tuples(*(values(key) for key in chosen)))


def steps(key):
    return st.builds(Step, key=st.just(key), **step_values)


def goals(key):
    return st.builds(
        Goal, key=st.just(key), words=words, seen_by=texts, area=st.sampled_from(["work", "housing"]), until=windows,
        chain=texts, rating=maybe_rated, client_rating=maybe_rated, rating_words=texts,
        steps=several(steps, [f"{key}-{n}" for n in range(4)]),
    )  # fmt: skip


contents = st.builds(
    Content, goals=several(goals, ["a", "b", "c", "d"]), important=texts, review_on=st.none() | days
)


@given(contents)
def test_json_gives_back_what_was_kept(content):
    assert from_json(to_json(content)) == content


@given(contents, contents)
def test_no_difference_means_equal_and_the_other_way_round(old, new):
    assert (differences(old, new) == ()) == (old == new)
    assert (seal_of(old) == seal_of(new)) == (old == new)


@given(contents, contents)
def test_applying_all_changes_leads_to_the_new_plan(old, new):
    assert applied(old, changes(old, new)) == new


@given(contents, contents)
def test_every_change_is_one_line_that_says_something(old, new):
    lines = differences(old, new)
    assert len(lines) == len(changes(old, new))
    assert all(line.strip() and "None" not in line for line in lines)


PLAIN = Goal("g", "Deutsch lernen", steps=(Step("s", "Kurs anmelden", due=window(date(2026, 11, 25), whole_week=True)),))
OTHER = Goal("h", "Wohnung")


def changed(**values):
    return replace(PLAIN, **values)


def with_step(**values):
    return changed(steps=(replace(PLAIN.steps[0], **values),))


@pytest.mark.parametrize(("before", "after", "line"), [
    ((), (PLAIN,), "Neues Ziel: „Deutsch lernen“ mit dem Schritt Kurs anmelden (die Person, KW 48 (23.–29.11.2026))"),
    ((), (OTHER,), "Neues Ziel: „Wohnung“"),
    ((PLAIN,), (), "Ziel nicht mehr im Plan: „Deutsch lernen“"),
    ((PLAIN,), (changed(words="B1 bestehen"),), "Ziel „Deutsch lernen“ heißt jetzt „B1 bestehen“"),
    ((PLAIN,), (changed(seen_by="Zeugnis"),), "Ziel „Deutsch lernen“: Woran wir es merken: neu „Zeugnis“"),
    ((PLAIN,), (changed(until=(None, date(2026, 12, 1))),), "Ziel „Deutsch lernen“: Tag: neu „bis 01.12.2026“"),
    ((PLAIN,), (changed(rating="partly"),), "Ziel „Deutsch lernen“: Bewertung: neu „teilweise erreicht“"),
    ((changed(rating="partly"),), (changed(rating="reached"),), "Ziel „Deutsch lernen“: Bewertung: von „teilweise erreicht“ zu „erreicht“"),
    ((PLAIN,), (with_step(due=window(date(2026, 12, 9), whole_week=True)),),
     "Schritt „Kurs anmelden“ verschoben von „KW 48 (23.–29.11.2026)“ auf „KW 50 (07.–13.12.2026)“"),
    ((PLAIN,), (with_step(due=NO_DAY),), "Schritt „Kurs anmelden“ jetzt ohne Tag, vorher KW 48 (23.–29.11.2026)"),
    ((PLAIN,), (with_step(done_on=date(2026, 11, 24)),), "Schritt „Kurs anmelden“ erledigt am 24.11.2026"),
    ((with_step(done_on=date(2026, 11, 24)),), (PLAIN,), "Schritt „Kurs anmelden“ ist doch nicht erledigt"),
    ((PLAIN,), (with_step(dropped="not_possible"),), "Schritt „Kurs anmelden“ entfällt: war nicht möglich"),
    ((PLAIN,), (with_step(who=("agency", "VHS")),), "Schritt „Kurs anmelden“ macht jetzt Stelle (VHS), vorher die Person"),
    ((PLAIN,), (with_step(what="Kurs suchen"),), "Schritt „Kurs anmelden“ heißt jetzt „Kurs suchen“"),
    ((PLAIN,), (changed(steps=()),), "Schritt nicht mehr im Plan: „Kurs anmelden“"),
    ((PLAIN, OTHER), (OTHER, PLAIN), "Reihenfolge der Ziele geändert"),
])  # fmt: skip
def test_what_a_person_reads(before, after, line):
    assert differences(Content(before), Content(after)) == (line,)


def test_the_word_of_a_life_area_comes_from_the_service():
    old, new = Content((OTHER,)), Content((replace(OTHER, area="work"),))
    assert differences(old, new, area={"work": "Arbeit und Anerkennung"}.get) == (
        "Ziel „Wohnung“: Lebensbereich: neu „Arbeit und Anerkennung“",
    )
