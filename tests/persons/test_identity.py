"""Entries that may be one human being: noted by the machine, decided by people, undone without a trace in the rows."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.persons.conftest import NOW
from tests.persons.test_likeness import lines, split

from faden.persons.actions.identity import find_different, link, note_alike, unlink
from faden.persons.models import LikePair, Person
from faden.persons.queries.identity import entries_of
from faden.persons.queries.likeness import alike, changed_since
from faden.persons.rules.birth import BirthDate
from faden.persons.rules.duplicates import ALIKE, Says, said_of
from faden.persons.rules.likeness import Asked, Known, compare

quick = settings(max_examples=40, database=None, deadline=None)
BORN, SAME_YEAR = BirthDate(1998, 4, 12), BirthDate(1998)


# ---------- the threshold ----------


def scores(file, one, two):
    return [
        compare(Asked([a], one), Known(1, [b], two)).score
        for line in lines(file)
        for a, b in combinations(split(line), 2)
    ]


def test_one_name_and_one_year_of_birth_are_always_noted():
    assert min(scores("spellings_that_meet.txt", BORN, SAME_YEAR)) >= ALIKE


def test_two_names_and_one_year_of_birth_are_never_noted():
    assert max(scores("spellings_that_differ.txt", BORN, SAME_YEAR)) < ALIKE


def test_a_name_alone_is_never_noted_and_another_birthday_never_either():
    assert max(scores("spellings_that_meet.txt", None, None)) < ALIKE
    assert max(scores("spellings_that_meet.txt", BORN, BirthDate(1990, 1, 2))) < ALIKE


# ---------- rules ----------


@pytest.mark.parametrize(
    ("one", "two", "says"),
    [
        (["ar"], ["ar"], Says.SAME), (["ar", "ku"], ["ku", "ar"], Says.SAME), (["ar", "ku"], ["ar"], Says.PARTLY),
        (["ar"], ["ku"], Says.DIFFERS), (["ar"], [], Says.ONE), ([""], ["ku"], Says.ONE), ([""], [], Says.NONE),
    ],
)  # fmt: skip
def test_what_two_lines_say(one, two, says):
    assert said_of(one, two) is says is said_of(two, one)


# ---------- noting ----------

pytestmark = pytest.mark.debian
database = pytest.mark.django_db


@pytest.fixture
def make(amal):
    from faden.persons.actions.people import NewPerson, Spelling, add

    def add_(family, given_, born=BORN, **more):
        return add(NewPerson(name=Spelling(family, given_), birth=born, **more), by=amal)

    return add_


def pairs():
    return {(pair.first_id, pair.second_id): pair.state for pair in LikePair.objects.all()}


@database
def test_who_looks_alike_is_noted_once_from_either_side(amal, make):
    old, young = make("Schewtschenko", "Olena"), make("Shevchenko", "Olena", SAME_YEAR)
    make("Schewtschenko", "Olena", BirthDate(1970, 1, 2))
    make("Bondar", "Mykola")
    assert note_alike(young.id, by=amal, at=NOW) == 1
    assert note_alike(old.id, by=amal, at=NOW) == 0
    assert pairs() == {(old.id, young.id): "open"}
    [pair] = LikePair.objects.all()
    assert pair.score >= ALIKE and pair.reasons


@database
def test_another_spelling_finds_her_too(amal, make):
    from faden.persons.actions.people import Spelling, add_spelling

    old = make("Rahimi", "Parwana")
    add_spelling(old, Spelling("Schewtschenko", "Olena"), is_main=False, by=amal)
    young = make("Shevchenko", "Olena")
    assert [found.person_id for found in alike(young.id)] == [old.id]
    assert [found.person_id for found in alike(old.id)] == [young.id]


@database
def test_protected_people_are_compared_too(amal, make):
    """Who may see the pair is asked when it is shown."""
    from faden.persons.actions.protection import NewMark, set_mark

    old, young = make("Rahimi", "Parwana"), make("Rahimi", "Parvana")
    set_mark(NewMark("shelter", NOW.date()), person=old, by=amal, on=NOW.date(), at=NOW)
    assert [found.person_id for found in alike(young.id)] == [old.id]


@database
def test_nobody_is_like_herself_and_an_unknown_id_like_nobody(amal, make):
    from faden.kernel.identifiers import uuid7

    assert alike(make("Rahimi", "Parwana").id) == alike(uuid7()) == []


@database
def test_a_decided_pair_stays_decided(amal, make):
    old, young = make("Rahimi", "Parwana"), make("Rahimi", "Parvana")
    note_alike(young.id, by=amal, at=NOW)
    find_different(LikePair.objects.get(), by=amal, at=NOW)
    note_alike(old.id, by=amal, at=NOW)
    assert pairs() == {(old.id, young.id): "different"}


@database
def test_adding_and_changing_queue_the_comparison_with_ids_only(amal, make):
    from procrastinate.contrib.django.models import ProcrastinateJob

    from faden.persons.actions.people import Changed, Spelling, change

    person = make("Rahimi", "Parwana")
    jobs = ProcrastinateJob.objects.filter(task_name="persons.compare", args__person_id=str(person.id))
    assert [set(job.args) for job in jobs] == [{"organisation_id", "person_id"}]
    changed = Changed(name=Spelling("Rahimi", "Parvana"), birth=BORN)
    change(person, changed, seen_version=1, by=amal, at=NOW)
    assert jobs.count() == 1, "one that waits is enough"
    jobs.update(queueing_lock=None)
    change(person, changed, seen_version=2, by=amal, at=NOW)
    assert jobs.count() == 2


@database
def test_the_night_asks_for_who_was_added_or_respelled(amal, make):
    from faden.kernel import clock

    before = clock.now()
    person = make("Rahimi", "Parwana")
    assert person.id in changed_since(before)
    assert person.id not in changed_since(clock.now())


def test_the_jobs_note_what_the_verbs_note(own_database):
    from tests.case_making import open_a_case
    from tests.cast import AMAL
    from tests.desk_client import actor_of

    from faden.jobs import duplicates as job
    from faden.kernel.rls import opened_for

    by = actor_of(AMAL.email)
    cases = [open_a_case(family="Rahimi", given="Parwana") for _ in range(2)]
    with opened_for(by, write=True):
        Person.objects.update(birth_earliest="1998-04-12", birth_latest="1998-04-12", birth_precision="day")
    job.compare(by.organisation_id, str(cases[0].person_id))
    with opened_for(by, write=True):
        assert pairs() == {tuple(case.person_id for case in cases): "open"}
        LikePair.objects.all().delete()
    job.compare_changed()
    with opened_for(by, write=False):
        assert len(pairs()) == 1


# ---------- linking ----------


@pytest.fixture
def many(amal, make):
    """Four entries, and a pair for any two of them."""
    people = [make("Rahimi", f"Parwana {word}") for word in ("Eins", "Zwei", "Drei", "Vier")]
    found = {"score": 0.9, "state": "open", "found_at": NOW, "organisation_id": amal.organisation_id}
    pairs_ = {
        (a, b): LikePair.objects.create(first=people[a], second=people[b], **found)
        for a, b in combinations(range(4), 2)
    }
    return people, pairs_


def heads(people):
    """Whom each entry points to, by its place in the list."""
    place = {person.id: n for n, person in enumerate(people)}
    rows = dict(Person.objects.filter(id__in=place).values_list("id", "identity_id"))
    return [place.get(rows[person.id]) for person in people]


@database
def test_the_younger_entry_points_to_the_older(amal, many):
    people, found = many
    link(found[1, 2], by=amal, at=NOW)
    assert heads(people) == [None, None, 1, None]
    assert entries_of([people[2].id])[people[2].id] == [people[1].id, people[2].id]
    assert entries_of([people[0].id])[people[0].id] == [people[0].id]


@database
def test_chains_lead_to_the_oldest_and_come_apart_again(amal, many):
    people, found = many
    for pair in ((2, 3), (1, 2), (0, 3)):
        link(found[pair], by=amal, at=NOW)
    assert heads(people) == [None, 0, 0, 0]
    unlink(found[0, 3], by=amal, at=NOW)
    assert heads(people) == [None, None, 1, 1]
    unlink(found[1, 2], by=amal, at=NOW)
    assert heads(people) == [None, None, None, 2]


@database
def test_another_link_may_still_hold_them(amal, many):
    people, found = many
    for pair in ((0, 1), (1, 2), (0, 2)):
        link(found[pair], by=amal, at=NOW)
    unlink(found[0, 1], by=amal, at=NOW)
    assert heads(people) == [None, 0, 0, None]


def groups_of(links):
    """Which of four entries hang together, the plain way."""
    group = {n: {n} for n in range(4)}
    for a, b in links:
        merged = group[a] | group[b]
        for n in merged:
            group[n] = merged
    return [None if n == min(group[n]) else min(group[n]) for n in range(4)]


@database
@pytest.mark.parametrize("seed", range(8))
def test_any_order_of_linking_and_unlinking(amal, many, seed):
    from random import Random

    people, found = many
    chance, linked = Random(seed), set()
    for _ in range(12):
        pair = chance.choice(sorted(found))
        (unlink if pair in linked else link)(found[pair], by=amal, at=NOW)
        linked ^= {pair}
        assert heads(people) == groups_of(linked)


@quick
@given(st.lists(st.sampled_from(sorted(combinations(range(4), 2))), unique=True))
def test_the_plain_way_does_not_depend_on_the_order(links):
    assert groups_of(links) == groups_of(links[::-1])


@database
def test_nothing_but_the_pointer_changes(amal, many):
    from faden.persons.models import NameKey, PersonName

    people, found = many

    def rows():
        kept = [list(model.objects.order_by("id").values()) for model in (PersonName, NameKey)]
        return kept, list(Person.objects.order_by("id").values(*(f.attname for f in Person._meta.fields if f.name != "identity")))

    before = rows()
    link(found[0, 1], by=amal, at=NOW)
    unlink(found[0, 1], by=amal, at=NOW)
    assert rows() == before and heads(people) == [None] * 4
    pair = LikePair.objects.get(id=found[0, 1].id)
    assert (pair.state, pair.decided_at, pair.decided_by) == ("open", None, None)


@database
def test_deciding_twice_is_told(amal, many):
    from faden.kernel.errors import Conflict

    _people, found = many
    pair = found[0, 1]
    with pytest.raises(Conflict):
        unlink(pair, by=amal, at=NOW)
    find_different(pair, by=amal, at=NOW)
    with pytest.raises(Conflict):
        find_different(pair, by=amal, at=NOW)
    link(pair, by=amal, at=NOW)  # found out better
    with pytest.raises(Conflict):
        link(pair, by=amal, at=NOW)
    with pytest.raises(Conflict):
        find_different(pair, by=amal, at=NOW)


@database
def test_every_decision_is_noted(amal, many):
    from faden.kernel.models import AuditEvent

    people, found = many
    pair = found[0, 1]
    for decide in (find_different, link, unlink):
        decide(pair, by=amal, at=NOW)
    noted = AuditEvent.objects.filter(subject_id=people[0].id, event__startswith="person.").order_by("id")
    events = [(row.event, row.details["other"]) for row in noted if "pair" in row.details]
    other = str(people[1].id)
    assert events == [("person.found_different", other), ("person.linked", other), ("person.unlinked", other)]
