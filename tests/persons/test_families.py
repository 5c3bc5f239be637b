"""Households, Bedarfsgemeinschaften and kinship: they change from a day on, and what was before stays."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import CEM
from tests.desk_client import actor_of
from tests.persons.conftest import NOW, TODAY

from faden.kernel.errors import Invalid, NotFound
from faden.persons.rules.birth import BirthDate
from faden.persons.vocabulary import GroupKind, LeavingReason, Relation, TieEnd

JANUARY, JUNE = date(2026, 1, 1), date(2026, 6, 1)
HOUSEHOLD, UNIT = GroupKind.HOUSEHOLD, GroupKind.BENEFIT_UNIT


@pytest.fixture
def people(make_person):
    """Mother, father, child, uncle."""
    born = (BirthDate(1988), BirthDate(1985), BirthDate(2015, 3, 2), BirthDate(1980))
    return [make_person(name, birth=birth) for name, birth in zip(("Amara", "Ben", "Chi", "Don"), born, strict=True)]


def ids(*people):
    return [person.id for person in people]


def groups(people, day=TODAY):
    from faden.persons.queries.families import groups_on

    return {(group.kind, frozenset(group.people), group.others) for group in groups_on(day, of=ids(*people))}


def form(amal, people, kind=HOUSEHOLD, on=JANUARY):
    from faden.persons.actions import families

    return families.form(kind, ids(*people), by=amal, on=on, at=NOW)


def test_three_things_that_do_not_coincide(amal, people):
    """She lives with her uncle, shares a benefit claim with her child, and has a husband elsewhere."""
    from faden.persons.actions.families import note_kinship
    from faden.persons.queries.families import core_families

    mother, father, child, uncle = people
    form(amal, [mother, uncle, child])
    form(amal, [mother, child], UNIT)
    for one, relation, other in (
        (father, Relation.PARTNER, mother), (child, Relation.CHILD, mother), (uncle, Relation.SIBLING, mother),
    ):  # fmt: skip
        note_kinship(one, relation, other, by=amal, at=NOW)
    assert groups([mother]) == {(HOUSEHOLD, frozenset(ids(mother)), 2), (UNIT, frozenset(ids(mother)), 1)}
    core = core_families(ids(*people), on=TODAY)
    assert {member.person_id for member in core[mother.id]} == set(ids(father, child))
    assert {member.person_id for member in core[uncle.id]} == set()


def test_split_and_merge_keep_what_was(amal, people):
    from faden.persons.actions import families
    from faden.persons.models import Group

    mother, father, child, uncle = people
    first = form(amal, people)
    second = families.split(first, ids(mother, child), by=amal, on=JUNE, at=NOW)
    assert second.split_from_id == first.id
    apart = {(HOUSEHOLD, frozenset(ids(father, uncle)), 0), (HOUSEHOLD, frozenset(ids(mother, child)), 0)}
    together = {(HOUSEHOLD, frozenset(ids(*people)), 0)}
    assert groups(people) == apart and groups(people, JUNE - timedelta(days=1)) == together
    families.merge(second, first, among=ids(*people), by=amal, on=date(2026, 9, 1), at=NOW)
    assert groups(people) == together and groups(people, JUNE) == apart and groups(people, JANUARY) == together
    assert Group.objects.get(id=second.id).merged_into_id == first.id
    with pytest.raises(Invalid, match="aufgegangen"):
        families.join(Group.objects.get(id=second.id), ids(mother), by=amal, on=TODAY, at=NOW)


def test_nobody_is_in_two_households_on_one_day(amal, people):
    from faden.persons.actions import families

    mother, father, child, _uncle = people
    first = form(amal, [mother])
    with pytest.raises(Invalid, match="Example, Amara gehört in dieser Zeit schon"):
        form(amal, [mother, father], on=date(2025, 1, 1))
    form(amal, [mother, father], UNIT)
    families.leave(first, ids(mother), LeavingReason.MOVED_OUT, by=amal, on=JUNE, at=NOW)
    with pytest.raises(Invalid, match="gehört in dieser Zeit schon"):
        form(amal, [mother, child], on=JUNE - timedelta(days=1))
    second = form(amal, [mother, child], on=JUNE)
    with pytest.raises(Invalid, match="erst seit dem 01.06.2026"):
        families.leave(second, ids(mother), LeavingReason.MOVED_OUT, by=amal, on=JUNE, at=NOW)


def test_what_was_entered_by_mistake_never_was(amal, people):
    from faden.persons.actions import families

    mother, father, *_others = people
    group = form(amal, [mother, father])
    families.leave(group, ids(father), LeavingReason.MISTAKE, by=amal, on=TODAY, at=NOW)
    assert groups([mother, father], JANUARY) == {(HOUSEHOLD, frozenset(ids(mother)), 0)}
    form(amal, [father])


def test_a_household_with_somebody_of_another_case_is_not_moved_from_here(amal, people):
    from faden.persons.actions import families

    mother, father, child, uncle = people
    ours, theirs = form(amal, [mother, child]), form(amal, [father, uncle])
    with pytest.raises(Invalid, match="nicht in diesem Fall"):
        families.merge(theirs, ours, among=ids(mother, child, father), by=amal, on=JUNE, at=NOW)
    with pytest.raises(Invalid, match="Mindestens eine Person bleibt"):
        families.split(ours, ids(mother, child), by=amal, on=JUNE, at=NOW)
    with pytest.raises(NotFound):
        families.split(ours, ids(father), by=amal, on=JUNE, at=NOW)


# ---------- whatever happens ----------

DAYS = st.integers(-400, 0).map(lambda number: TODAY + timedelta(days=number))
SOME = st.lists(st.integers(0, 3), min_size=1, max_size=4, unique=True)
DEEDS = st.lists(
    st.tuples(st.sampled_from(["form", "join", "leave", "split", "merge"]), SOME, DAYS, st.integers(0, 5), st.integers(0, 5)),
    max_size=12,
)  # fmt: skip
KINDS = st.sampled_from(list(GroupKind))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds=DEEDS, kind=KINDS)
def test_whatever_is_noted_intervals_never_overlap_and_the_past_stays(amal, people, deeds, kind):
    with transaction.atomic():
        formed = []
        for what, chosen, day, one, other in deeds:
            before = {earlier: groups(people, earlier) for earlier in (day - timedelta(days=1), day - timedelta(days=90))}
            try:
                with transaction.atomic():
                    formed += _do(what, amal, [people[n] for n in chosen], day, (formed, one, other, kind))
            except (Invalid, NotFound):
                continue
            assert {earlier: groups(people, earlier) for earlier in before} == before
            for person in people:
                _assert_apart(person)
        transaction.set_rollback(True)


def _do(what, amal, people, day, where):
    from faden.persons.actions import families
    from faden.persons.models import Group

    formed, one, other, kind = where
    if what == "form":
        return [form(amal, people, kind, day).id]
    if not formed:
        return []
    group, second = (Group.objects.get(id=formed[n % len(formed)]) for n in (one, other))
    if what == "join":
        families.join(group, ids(*people), by=amal, on=day, at=NOW)
    elif what == "leave":
        families.leave(group, ids(*people), LeavingReason.MOVED_OUT, by=amal, on=day, at=NOW)
    elif what == "split":
        return [families.split(group, ids(*people), by=amal, on=day, at=NOW).id]
    else:
        families.merge(group, second, among=ids(*people), by=amal, on=day, at=NOW)
    return []


def _assert_apart(person):
    from faden.persons.models import GroupMember

    rows = list(GroupMember.objects.filter(person=person).order_by("from_on"))
    for earlier, later in zip(rows, rows[1:], strict=False):
        assert earlier.until_on is not None and earlier.until_on < later.from_on


# ---------- kinship ----------


def test_kinship_is_noted_once_and_ends_or_never_was(amal, people):
    from faden.persons.actions.families import end_kinship, note_kinship
    from faden.persons.queries.families import represented_by, tie_of, ties_between

    mother, father, child, uncle = people
    first = note_kinship(mother, Relation.PARENT, child, represents=True, by=amal, at=NOW)
    note_kinship(father, Relation.PARTNER, mother, from_on=JANUARY, by=amal, at=NOW)
    for one, relation, other, says in (
        (child, Relation.CHILD, mother, "schon so eingetragen"),
        (mother, Relation.PARTNER, father, "schon so eingetragen"),
        (child, Relation.PARENT, mother, "umgekehrt"),
        (mother, Relation.PARENT, mother, "mit sich selbst"),
    ):
        with pytest.raises(Invalid, match=says):
            note_kinship(one, relation, other, by=amal, at=NOW)
    with pytest.raises(Invalid, match="Gesetzlich vertreten"):
        note_kinship(uncle, Relation.SIBLING, mother, represents=True, by=amal, at=NOW)
    assert represented_by(child.id, on=TODAY) == [mother.id]
    end_kinship(tie_of(first.id, of=ids(*people)), TieEnd.ENDED, by=amal, on=JUNE, at=NOW)
    assert represented_by(child.id, on=JUNE) == [mother.id] and represented_by(child.id, on=TODAY) == []
    [marriage] = ties_between(ids(*people), on=TODAY)
    end_kinship(tie_of(marriage.id, of=ids(*people)), TieEnd.MISTAKE, by=amal, on=TODAY, at=NOW)
    assert ties_between(ids(*people), on=JUNE) and not ties_between(ids(mother, father), on=JUNE)
    note_kinship(father, Relation.PARTNER, mother, by=amal, at=NOW)


def test_other_services_see_no_family(amal, people):
    from faden.kernel.rls import opened_for
    from faden.persons.actions.families import note_kinship
    from faden.persons.queries.families import core_families, group_of, tie_of

    mother, _father, child, _uncle = people
    group, tie = form(amal, people), note_kinship(mother, Relation.PARENT, child, by=amal, at=NOW)
    with opened_for(actor_of(CEM.email), write=False):
        assert groups(people) == set() and core_families([mother.id], on=TODAY) == {mother.id: ()}
        with pytest.raises(NotFound):
            group_of(group.id, of=[mother.id])
        with pytest.raises(NotFound):
            tie_of(tie.id, of=ids(mother, child))


@pytest.mark.parametrize("count", [2, 4])
def test_the_same_statements_for_any_family(amal, people, count):
    from faden.persons.actions.families import note_kinship
    from faden.persons.queries.families import core_families, groups_on

    for child in people[1:count]:
        note_kinship(people[0], Relation.PARENT, child, by=amal, at=NOW)
    form(amal, people[:count])
    with CaptureQueriesContext(connection) as asked:
        core_families(ids(*people[:count]), on=TODAY)
    assert len(asked) == 3
    with CaptureQueriesContext(connection) as asked:
        groups_on(TODAY, of=ids(*people[:count]))
    assert len(asked) == 2
