"""Termine: moved, called off, answered; who came; what the history tells about it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from faden.kernel import clock
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.kernel.rls import opened_for
from tests.case_making import add_member, open_a_case
from tests.cast import AMAL, BERND
from tests.desk_client import actor_of, membership_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def case(own_database):
    return open_a_case()


@pytest.fixture
def by(case):
    return actor_of(AMAL.email)


def planned(days=3, **more):
    from faden.cases.actions.appointments import Planned

    starts = clock.now().replace(microsecond=0) + days * DAY
    return Planned("Gespräch", starts, starts + HOUR, "Büro", "", **more)


def make(case, by, plan=None):
    from faden.cases.actions import appointments

    with opened_for(by, write=True):
        return appointments.make(plan or planned(), case=case, by=by, at=clock.now())


def fresh(row):
    return type(row).objects.get(id=row.id)


def change(row, plan, *, case, by, seen=None):
    from faden.cases.actions import appointments

    with opened_for(by, write=True):
        return appointments.change(
            row, plan, case=case, seen_version=seen or fresh(row).version, by=by, at=clock.now()
        )


def answer(row, said, *, case, by):
    from faden.cases.actions import appointments

    with opened_for(by, write=True):
        appointments.answered(row, said, case=case, seen_version=fresh(row).version, by=by, at=clock.now())
        return fresh(row)


def drop(row, *, case, by):
    from faden.cases.actions import appointments
    from faden.cases.vocabulary.task import DropReason

    with opened_for(by, write=True):
        appointments.drop(row, DropReason.NOT_POSSIBLE, case=case, by=by, at=clock.now())


def attend(row, person, state, *, by, at=None):
    from faden.cases.actions import attendance

    with opened_for(by, write=True):
        return attendance.note(row, person, state, by=by, at=at or clock.now())


def history(case, by, **of):
    from faden.cases.queries.timeline import Of, history_of

    with opened_for(by, write=False):
        return [line.facts for line in history_of(case, of=Of(**of)).lines if line.kind == "appointment"]


def test_kind_and_others_are_kept(case, by):
    row = make(case, by, planned(kind="home", others="Frau Meier, Jugendamt"))
    assert (row.kind, row.others) == ("home", "Frau Meier, Jugendamt")
    assert make(case, by).kind == "office"


def test_an_answer_is_about_one_time(case, by):
    row = make(case, by)
    assert answer(row, "coming", case=case, by=by).answer == "coming"
    renamed = replace(planned(), starts_at=row.starts_at, ends_at=row.ends_at, subject="Anderes")
    assert change(row, renamed, case=case, by=by).answer == "coming"
    moved = change(row, planned(5), case=case, by=by)
    assert (moved.answer, moved.answered_at) == ("", None)


def test_the_second_of_two_is_told_what_differs(case, by):
    row = make(case, by)
    change(row, planned(4, kind="phone"), case=case, by=by, seen=1)
    with pytest.raises(Conflict) as refused:
        change(row, planned(5), case=case, by=by, seen=1)
    assert {"Beginn", "Ende", "Art"} == {label for label, *_ in refused.value.changes}


def test_called_off_once_and_for_all(case, by):
    row = make(case, by)
    drop(row, case=case, by=by)
    with opened_for(by, write=False):
        row = fresh(row)
        version = row.version
    drop(row, case=case, by=by)
    with opened_for(by, write=False):
        assert fresh(row).version == version
    for verb in (
        lambda: change(row, planned(), case=case, by=by, seen=version),
        lambda: answer(row, "coming", case=case, by=by),
        lambda: attend(row, case.person_id, "excused", by=by),
    ):
        with pytest.raises(Invalid):
            verb()
    assert history(case, by) == [("Büro", "abgesagt: war nicht möglich")]


def test_attendance_is_corrected_and_stands_in_the_history(case, by):
    row = make(case, by, planned(0))
    attend(row, case.person_id, "missed", by=by)
    first = attend(row, case.person_id, "came", by=by)
    assert history(case, by) == [("Büro", "erschienen")]
    assert attend(row, case.person_id, "excused", by=by).id == first.id
    assert history(case, by) == [("Büro", "entschuldigt")]


def test_nobody_has_come_to_what_is_still_to_be(case, by):
    row = make(case, by, planned(2))
    with pytest.raises(Invalid):
        attend(row, case.person_id, "came", by=by)
    assert attend(row, case.person_id, "excused", by=by).state == "excused"


def test_of_one_person_only_her_own_attendance_is_told(case, by):
    from faden.cases.actions.concerning import About

    son = add_member(case, "Ihor", family="Schewtschenko")
    with opened_for(by, write=False):
        case.refresh_from_db()
    row = make(case, by, planned(0, about=About((case.person_id, son.id))))
    attend(row, case.person_id, "came", by=by)
    attend(row, son.id, "missed", by=by)
    assert history(case, by) == [("Büro", "erschienen: 1", "nicht erschienen: 1")]
    assert history(case, by, person=case.person_id) == [("Büro", "erschienen")]
    assert history(case, by, person=son.id) == [("Büro", "nicht erschienen")]


def test_who_is_not_meant_did_not_attend(case, by):
    stranger = open_a_case(family="Anders")
    with pytest.raises(NotFound):
        attend(make(case, by, planned(0)), stranger.person_id, "came", by=by)


def test_an_overlap_is_found_and_one_after_the_other_is_none(case, by):
    from faden.cases.queries.calendar import overlaps

    first = make(case, by)
    beside = make(case, by, replace(planned(), starts_at=first.ends_at, ends_at=first.ends_at + HOUR))
    with opened_for(by, write=False):
        assert not overlaps(first) and not overlaps(beside)
    within = make(case, by, replace(planned(), starts_at=first.starts_at + HOUR / 2, ends_at=first.ends_at))
    with opened_for(by, write=False):
        assert overlaps(first) and overlaps(within) and not overlaps(beside)
    drop(within, case=case, by=by)
    with opened_for(by, write=False):
        assert not overlaps(first)
    other = actor_of(BERND.email)
    make(open_a_case(BERND.email, family="Anders"), other, replace(planned(), starts_at=first.starts_at, ends_at=first.ends_at))
    with opened_for(by, write=False):
        assert not overlaps(first)


def test_free_hours_are_ones_own(case, by):
    from faden.cases.queries.calendar import taken_on

    row = make(case, by, planned(1))
    day = row.starts_at.astimezone(clock.BERLIN).date()
    with opened_for(by, write=False):
        [mine] = taken_on(row.host_id, [day])
        [without] = taken_on(row.host_id, [day], besides=row.id)
        [others] = taken_on(membership_of_bernd(), [day])
    assert [one.starts_at for one in mine.entries] == [row.starts_at]
    assert without.entries == others.entries == []


def membership_of_bernd():
    return membership_of(BERND.email).id
