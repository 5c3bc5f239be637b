"""Who may hear what of whom: by ground, at once when it ends, and for the whole table. Pure."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.referrals.rules.conferences import (
    EVERYTHING,
    Named,
    Present,
    Seat,
    at_the_table,
    choices,
    is_shown,
    may_hear,
)
from faden.referrals.vocabulary import HearsBy, ParticipantKind

MOTHER, CHILD, FATHER = (UUID(int=n) for n in (1, 2, 3))
CONSENT, LAW, SEAT, AMAL = (UUID(int=n) for n in (11, 12, 21, 31))
OFFICE = Seat(SEAT, ParticipantKind.RECIPIENT, recipient_key="s7")
DAY = date(2026, 12, 1)


def present(**more):
    named = Named(CONSENT, MOTHER, "s7", frozenset({"contact", "school_work"}), date(2026, 12, 31))
    return Present(**{"grounds": {CONSENT: named}, "day": DAY, **more})


def test_a_consent_says_what_and_nothing_else():
    heard = may_hear(OFFICE, MOTHER, HearsBy.CONSENT, CONSENT, present())
    assert heard.classes == {"contact", "school_work"} and heard.gap == ""


@pytest.mark.parametrize(("seat", "person", "by", "ground", "now", "gap"), [
    (OFFICE, MOTHER, HearsBy.CONSENT, CONSENT, present(grounds={}), "ground_over"),
    (OFFICE, CHILD, HearsBy.CONSENT, CONSENT, present(), "ground_of_another"),
    (Seat(SEAT, "recipient", recipient_key="s8"), MOTHER, HearsBy.CONSENT, CONSENT, present(), "ground_of_another"),
    (OFFICE, MOTHER, HearsBy.CONSENT, CONSENT, present(day=date(2027, 1, 1)), "ground_over_by_then"),
    (Seat(SEAT, "companion"), MOTHER, HearsBy.CONSENT, CONSENT, present(), "ground_over"),
    (OFFICE, MOTHER, HearsBy.CONSENT, None, present(), "ground_over"),
    (OFFICE, MOTHER, HearsBy.NO_NAMES, None, present(), "no_names"),
    (OFFICE, MOTHER, HearsBy.SELF, None, present(), "not_herself"),
    (OFFICE, MOTHER, HearsBy.TEAM, None, present(agreed_to_team=frozenset({MOTHER})), "not_of_our_service"),
    (OFFICE, MOTHER, HearsBy.BROUGHT, None, present(seated=frozenset({MOTHER})), "ground_of_another"),
    (Seat(SEAT, "staff", member=AMAL), MOTHER, HearsBy.TEAM, None, present(), "not_agreed_to_team"),
    (Seat(SEAT, "companion"), MOTHER, HearsBy.BROUGHT, None, present(), "nobody_there_to_agree"),
    (Seat(SEAT, "client", person=FATHER), CHILD, HearsBy.REPRESENTS, None, present(), "represents_no_more"),
])  # fmt: skip
def test_without_a_ground_nothing_is_told(seat, person, by, ground, now, gap):
    heard = may_hear(seat, person, by, ground, now)
    assert heard.classes == frozenset() and heard.gap == gap


@pytest.mark.parametrize(("seat", "person", "by", "now"), [
    (Seat(SEAT, "client", person=MOTHER), MOTHER, HearsBy.SELF, present()),
    (Seat(SEAT, "client", person=MOTHER), CHILD, HearsBy.REPRESENTS, present(represents=frozenset({(MOTHER, CHILD)}))),
    (Seat(SEAT, "staff", member=AMAL), MOTHER, HearsBy.TEAM, present(works_on_it=frozenset({AMAL}))),
    (Seat(SEAT, "staff", member=AMAL), MOTHER, HearsBy.TEAM, present(agreed_to_team=frozenset({MOTHER}))),
    (Seat(SEAT, "companion"), MOTHER, HearsBy.BROUGHT, present(seated=frozenset({MOTHER}))),
    (Seat(SEAT, "interpreter"), CHILD, HearsBy.BROUGHT, present(seated=frozenset({MOTHER}), represents=frozenset({(MOTHER, CHILD)}))),
])  # fmt: skip
def test_who_belongs_to_it_hears_it(seat, person, by, now):
    assert may_hear(seat, person, by, None, now).classes == EVERYTHING


def test_nobody_agrees_for_herself_to_hear_another():
    father = Seat(SEAT, "client", person=FATHER)
    assert may_hear(father, MOTHER, HearsBy.BROUGHT, None, present(seated=frozenset({FATHER}))).gap == "nobody_there_to_agree"
    assert may_hear(father, MOTHER, HearsBy.BROUGHT, None, present(seated=frozenset({FATHER, MOTHER}))).gap == ""


def test_what_can_be_chosen_is_what_stands_and_that_she_hears_nothing():
    assert choices(OFFICE, MOTHER, present()) == [(HearsBy.NO_NAMES, None), (HearsBy.CONSENT, CONSENT)]
    law = Named(LAW, MOTHER, "s7", frozenset({"contact"}))
    both = present(grounds={CONSENT: present().grounds[CONSENT], LAW: law})
    assert (HearsBy.LAW, LAW) in choices(OFFICE, MOTHER, both) and (HearsBy.LAW, LAW) not in choices(OFFICE, CHILD, both)
    assert choices(Seat(SEAT, "companion"), MOTHER, present()) == [(HearsBy.NO_NAMES, None)]


CLASSES = st.frozensets(st.sampled_from(sorted(EVERYTHING)))


@given(st.lists(CLASSES, min_size=1, max_size=6))
def test_the_whole_table_hears_what_each_of_them_may(sets):
    cells = [may_hear(OFFICE, MOTHER, HearsBy.CONSENT, CONSENT, present(grounds={CONSENT: Named(CONSENT, MOTHER, "s7", one, DAY)})) for one in sets]
    common = at_the_table(cells)
    assert all(common <= one for one in sets)
    assert all(any(word not in one for one in sets) for word in EVERYTHING - common)


@given(CLASSES, st.sampled_from(sorted(EVERYTHING)))
def test_minutes_show_a_point_only_to_who_may_hear_it(classes, data_class):
    hears = {MOTHER: may_hear(OFFICE, MOTHER, HearsBy.CONSENT, CONSENT, present(grounds={CONSENT: Named(CONSENT, MOTHER, "s7", classes, DAY)}))}
    assert is_shown(MOTHER, data_class, hears) == (data_class in classes)
    assert is_shown(None, "", hears) and not is_shown(CHILD, data_class, hears)
