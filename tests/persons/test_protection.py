"""Schutzvermerk: set at once, ended by a person and by nobody else, for every entry of the same human being."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.persons.conftest import NOW, TODAY

from faden.persons.actions.protection import NewMark, end_mark, set_mark
from faden.persons.queries.protection import mark_of, marks_of, protected, to_remind_of, with_secret_address
from faden.persons.rules.protection import usual_end

pytestmark = [pytest.mark.django_db, pytest.mark.debian]
quick = settings(max_examples=50, database=None, deadline=None)


@pytest.mark.parametrize(
    ("kind", "from_on", "ends"),
    [
        ("register", date(2026, 11, 22), date(2028, 11, 22)),
        ("register", date(2028, 2, 29), date(2030, 3, 1)),
        ("shelter", date(2026, 11, 22), None),
        ("address", date(2026, 11, 22), None),
        ("trafficking", date(2026, 11, 22), None),
    ],
)
def test_only_an_auskunftssperre_has_an_end_of_its_own(kind, from_on, ends):
    assert usual_end(kind, from_on) == ends


@quick
@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_two_years_whatever_the_day(from_on):
    assert 730 <= (usual_end("register", from_on) - from_on).days <= 731


@pytest.fixture
def protect(amal):
    def set_(person, kind="shelter", from_on=TODAY, **more):
        return set_mark(NewMark(kind, from_on, **more), person=person, by=amal, on=TODAY, at=NOW)

    return set_


def test_it_protects_until_somebody_ends_it(amal, rojin, protect):
    assert protected([rojin.id]) == set()
    first, second = protect(rojin), protect(rojin, "register", words="Bescheid liegt vor")
    assert protected([rojin.id]) == {rojin.id}
    end_mark(first, by=amal, at=NOW)
    assert protected([rojin.id]) == {rojin.id}, "the other still stands"
    end_mark(second, by=amal, at=NOW)
    assert protected([rojin.id]) == set()


def test_a_day_that_has_passed_opens_nothing(rojin, protect):
    protect(rojin, "register", TODAY - timedelta(days=3000))
    assert protected([rojin.id]) == {rojin.id}


def test_a_letter_with_another_day_is_right(rojin, protect):
    mark = protect(rojin, "register", until_on=date(2030, 1, 31))
    assert mark.until_on == date(2030, 1, 31)


@pytest.mark.parametrize(
    ("from_on", "until_on", "field"),
    [(TODAY + timedelta(days=1), None, "from_on"), (TODAY, TODAY - timedelta(days=1), "until_on")],
)
def test_days_that_cannot_be_are_refused(rojin, protect, from_on, until_on, field):
    from faden.kernel.errors import Invalid

    with pytest.raises(Invalid) as refused:
        protect(rojin, from_on=from_on, until_on=until_on)
    assert refused.value.field == field and protected([rojin.id]) == set()


def test_both_deeds_are_noted_without_the_kind(amal, rojin, protect):
    from faden.kernel.models import AuditEvent

    mark = protect(rojin, "trafficking", words="Zeugin")
    end_mark(mark, by=amal, at=NOW)
    end_mark(mark, by=amal, at=NOW)  # twice changes nothing
    noted = AuditEvent.objects.filter(subject_id=rojin.id, event__startswith="protection").order_by("id")
    assert [row.event for row in noted] == ["protection.set", "protection.ended"]
    assert "trafficking" not in str([row.details for row in noted]) and "Zeugin" not in str(list(noted))


def test_a_deed_that_cannot_be_noted_is_not_done(amal, rojin, protect, monkeypatch):
    from django.db import transaction

    from faden.kernel import audit

    def refuse(*_args, **_more):
        raise OSError

    monkeypatch.setattr(audit, "note", refuse)
    with pytest.raises(OSError), transaction.atomic():
        protect(rojin)
    assert protected([rojin.id]) == set()


def test_the_page_of_the_mark_tells_what_stands_first(amal, rojin, protect):
    ended = protect(rojin, words="früher")
    end_mark(ended, by=amal, at=NOW)
    standing = protect(rojin, "register")
    found = marks_of(rojin.id)
    assert [mark.id for mark in found] == [standing.id, ended.id]
    assert [mark.stands for mark in found] == [True, False]
    assert found[1].words == "früher" and found[1].ended_by == found[1].noted_by != ""


def test_a_mark_is_this_persons(rojin, make_person, protect):
    from faden.kernel.errors import NotFound

    mark = protect(rojin)
    assert mark_of(rojin.id, mark.id).id == mark.id
    with pytest.raises(NotFound):
        mark_of(make_person("Mona").id, mark.id)


def test_linked_entries_are_protected_together(amal, make_person, protect):
    from faden.persons.models import Person

    old, young, youngest, other = (make_person(name) for name in ("Mona", "Muna", "Mouna", "Rima"))
    Person.objects.filter(id__in=[young.id, youngest.id]).update(identity=old)
    mark = protect(young)
    asked = [old.id, young.id, youngest.id, other.id]
    assert protected(asked) == {old.id, young.id, youngest.id}
    end_mark(mark, by=amal, at=NOW)
    protect(old)
    assert protected(asked) == {old.id, young.id, youngest.id}


def test_who_shares_her_home_shares_her_address(amal, make_person, protect):
    from faden.persons.actions import families
    from faden.persons.vocabulary import GroupKind, LeavingReason

    her, child, husband, aunt = (make_person(name) for name in ("Mona", "Lina", "Omar", "Rima"))
    more, earlier = {"by": amal, "at": NOW}, TODAY - timedelta(days=90)
    home = families.form(GroupKind.HOUSEHOLD, [her.id, child.id, husband.id], on=earlier, **more)
    families.form(GroupKind.BENEFIT_UNIT, [her.id, aunt.id], on=earlier, **more)
    protect(her)
    ids = [her.id, child.id, husband.id, aunt.id]
    assert with_secret_address(ids) == {her.id, child.id, husband.id}
    families.leave(home, [husband.id], LeavingReason.SPLIT, on=TODAY, **more)
    assert with_secret_address(ids) == {her.id, child.id}


@pytest.mark.parametrize(
    ("ends_in", "due"), [(61, False), (60, True), (1, True), (0, True), (-5, True), (None, False)]
)
def test_who_is_to_be_reminded(amal, rojin, protect, ends_in, due):
    from faden.persons.actions.protection import note_reminded

    until_on = TODAY + timedelta(days=ends_in) if ends_in is not None else None
    mark = protect(rojin, from_on=TODAY - timedelta(days=700), until_on=until_on)
    assert bool(to_remind_of(on=TODAY)) is due
    note_reminded(mark, at=NOW)
    assert to_remind_of(on=TODAY) == []


def test_an_ended_mark_reminds_nobody(amal, rojin, protect):
    end_mark(protect(rojin, until_on=TODAY), by=amal, at=NOW)
    assert to_remind_of(on=TODAY) == []


def test_one_statement_for_one_and_for_thirty(make_person, protect, django_assert_num_queries):
    people = [make_person(f"Mona {n}").id for n in "abcdefghij"]
    protect_all = [people[:1], people]
    for ids in protect_all:
        with django_assert_num_queries(1):
            protected(ids)
        with django_assert_num_queries(2):
            with_secret_address(ids)
