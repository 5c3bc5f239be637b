"""Who is core family of whom: partner and unmarried minor children; for a child parents and minor siblings."""

from datetime import date
from uuid import UUID

import pytest

from faden.persons.rules.birth import BirthDate
from faden.persons.rules.core_family import Kin, core_family, is_minor
from faden.persons.rules.papers import closed_since, hint
from faden.persons.vocabulary import Tie

TODAY = date(2026, 11, 22)
MOTHER, FATHER, SON, DAUGHTER, GROWN, UNCLE, STEP, HUSBAND, BABY = (UUID(int=n) for n in range(1, 10))
BIRTHS = {
    MOTHER: BirthDate(1988, 5, 1), FATHER: BirthDate(1985), SON: BirthDate(2010, 3, 2), DAUGHTER: BirthDate(2009, 11, 22),
    GROWN: BirthDate(2006, 1, 1), UNCLE: BirthDate(1980), STEP: BirthDate(2015, 1, 1), HUSBAND: BirthDate(2004, 1, 1),
    BABY: BirthDate(2026, 1, 1),
}  # fmt: skip
MODEL = [
    Kin(FATHER, MOTHER, Tie.PARTNER),
    *(Kin(child, parent, Tie.PARENT) for child in (SON, DAUGHTER, GROWN) for parent in (MOTHER, FATHER)),
    Kin(STEP, FATHER, Tie.PARENT),
    Kin(MOTHER, UNCLE, Tie.SIBLING),
    Kin(SON, UNCLE, Tie.GUARDIAN),
]


def family(person, kin=MODEL, births=BIRTHS, on=TODAY):
    return {(member.person_id, member.role) for member in core_family(person, kin, births, on=on)}


@pytest.mark.parametrize(("person", "belongs"), [
    (MOTHER, {(FATHER, "partner"), (SON, "child"), (DAUGHTER, "child")}),  # not the grown, not the step child
    (FATHER, {(MOTHER, "partner"), (SON, "child"), (DAUGHTER, "child"), (STEP, "child")}),
    (SON, {(MOTHER, "parent"), (FATHER, "parent"), (DAUGHTER, "sibling"), (STEP, "sibling")}),
    (GROWN, set()),  # of age: a family of his own, or none
    (UNCLE, set()),  # neither the sister nor the ward
])  # fmt: skip
def test_the_model_family(person, belongs):
    assert family(person) == belongs


def test_the_eighteenth_birthday_is_the_first_day_outside():
    the_day_before = date(2027, 11, 21)
    assert (DAUGHTER, "child") in family(MOTHER, on=the_day_before)
    assert (DAUGHTER, "child") not in family(MOTHER, on=date(2027, 11, 22))
    assert (MOTHER, "parent") not in family(DAUGHTER, on=date(2027, 11, 22))


def test_a_married_child_is_no_child_of_the_core_family():
    married = [*MODEL, Kin(DAUGHTER, HUSBAND, Tie.PARTNER), Kin(BABY, DAUGHTER, Tie.PARENT)]
    assert (DAUGHTER, "child") not in family(MOTHER, married)
    assert (DAUGHTER, "sibling") not in family(SON, married)
    assert family(DAUGHTER, married) == {(HUSBAND, "partner"), (BABY, "child")}


@pytest.mark.parametrize(("born", "minor"), [
    (BirthDate(2008), None), (BirthDate(2009), True), (BirthDate(2007), False), (BirthDate(2008, 11), None),
    (BirthDate(2008, 11, 22), False), (BirthDate(2008, 11, 23), True), (BirthDate(2008, estimated=True), None), (None, None),
])  # fmt: skip
def test_an_unclear_birth_date_is_said_to_be_unclear(born, minor):
    assert is_minor(born, on=TODAY) is minor
    child = [member for member in core_family(MOTHER, MODEL, {**BIRTHS, SON: born}, on=TODAY) if member.person_id == SON]
    assert [member.is_sure for member in child] == ([] if minor is False else [bool(minor)])


@pytest.mark.parametrize(("paper", "day", "odd"), [
    ("ae_104c", date(2022, 12, 30), True), ("ae_104c", date(2022, 12, 31), False), ("ae_104c", date(2025, 12, 30), False),
    ("ae_104c", date(2025, 12, 31), True), ("ae_104c", None, False), ("ae_25b", date(2026, 1, 1), False),
    ("ae_36a", date(2025, 7, 23), False), ("ae_36a", date(2025, 7, 24), True), ("ae_36a", date(2027, 7, 23), True),
    ("ae_36a", date(2027, 7, 24), False),
])  # fmt: skip
def test_papers_that_are_not_given_any_more_carry_a_hint(paper, day, odd):
    assert bool(hint(paper, given_on=day)) is odd


def test_the_list_to_choose_from_says_since_when():
    assert closed_since("ae_104c", on=TODAY) == date(2025, 12, 31)
    assert closed_since("ae_104c", on=date(2025, 6, 1)) is None
    assert closed_since("duldung_60a", on=TODAY) is None
