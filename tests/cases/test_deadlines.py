"""Fristen as rows: they follow facts, are ended and taken back by people, end with the case, and come again."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from faden.kernel.errors import Invalid, NotFound
from tests.case_making import add_member, open_a_case
from tests.cast import AMAL, CEM
from tests.desk_client import actor_of

DAY = timedelta(days=1)


@pytest.fixture
def case(own_database):
    return open_a_case()


@pytest.fixture
def by(case):
    return actor_of(AMAL.email)


def within(by, *, write=True):
    from faden.kernel.rls import opened_for

    return opened_for(by, write=write)


def today():
    from faden.kernel import clock

    return clock.today()


def now():
    from faden.kernel import clock

    return clock.now()


def paper(person, last, *, by, code="duldung_60a", first=None):
    """She has this paper until this day."""
    from faden.persons.actions import facts
    from faden.persons.rules.periods import Period
    from faden.persons.vocabulary import FactKind

    stated = facts.Stated({"paper": code}, Period(first or today() - 100 * DAY, last), notice_read=True)
    with within(by):
        return facts.record(FactKind.RESIDENCE, stated, person=person, by=by, on=today(), at=now()).row


def corrected(row, last, *, by):
    from faden.persons.actions import facts
    from faden.persons.rules.periods import Period
    from faden.persons.vocabulary import CorrectionReason

    stated = facts.Stated({"paper": row.paper}, Period(row.from_on, last), notice_read=True)
    with within(by):
        return facts.correct(row, stated, CorrectionReason.MORE, by=by, on=today(), at=now()).row


def queued(task="persons.facts_changed"):
    from procrastinate.contrib.django.models import ProcrastinateJob

    return list(ProcrastinateJob.objects.filter(task_name=task, status="todo").values_list("args", flat=True))


def follow(person, by):
    """As the job does it; returns how many rows it wrote."""
    from faden.cases.actions import following
    from faden.kernel.actor import Actor

    system = Actor.system(by.organisation_id)
    with within(system):
        return following.follow(person.id, by=system, on=today(), at=now())


def rows(case, by, *columns):
    from faden.cases.models import Deadline

    with within(by, write=False):
        found = Deadline.objects.filter(case=case).order_by("due_on", "kind")
        return list(found.values_list(*(columns or ("kind", "due_on", "ended_because"))))


def only_row(case, by):
    from faden.cases.models import Deadline

    with within(by, write=False):
        return Deadline.objects.get(case=case)


# ---------- following ----------


def test_a_changed_fact_queues_one_look_at_the_person(case, by):
    with within(by):
        already = len(queued())
    row = paper(case.person, today() + 40 * DAY, by=by)
    corrected(row, today() + 50 * DAY, by=by)
    with within(by):
        # Opening the case queued it already; ten changes make one job.
        assert already == 1
        assert [args["person_id"] for args in queued()] == [str(case.person_id)]


def test_the_row_appears_moves_and_goes_with_the_fact(case, by):
    from faden.persons.actions import facts

    first = today() + 40 * DAY
    row = paper(case.person, first, by=by)
    assert follow(case.person, by) == 1
    assert rows(case, by) == [("title", first, "")]
    corrected_row = corrected(row, first + 20 * DAY, by=by)
    assert follow(case.person, by) == 1
    assert rows(case, by) == [("title", first + 20 * DAY, "")], "moved, not doubled"
    with within(by):
        facts.strike(corrected_row, by=by, on=today(), at=now())
    assert follow(case.person, by) == 1
    assert rows(case, by) == [("title", first + 20 * DAY, "gone")]


def test_following_twice_writes_nothing_the_second_time(case, by):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    paper(case.person, today() + 40 * DAY, by=by)
    follow(case.person, by)
    with CaptureQueriesContext(connection) as captured:
        assert follow(case.person, by) == 0
    written = [q["sql"] for q in captured if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []


def test_the_statements_do_not_grow_with_the_people(case, by):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from faden.cases.actions import following

    people = [case.person, *(add_member(case, f"Kind {letter}") for letter in "ABCDEFGHIJ")]
    counts = []
    for some in (people[:1], people[1:]):
        for person in some:
            paper(person, today() + 40 * DAY, by=by)
        with within(by), CaptureQueriesContext(connection) as captured:
            following.follow_all([person.id for person in some], by=by, on=today(), at=now())
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_night_finds_who_turns_14_without_anybody_writing(case, by):
    from faden.jobs import deadlines
    from faden.kernel import clock

    child = add_member(case, "Samir", born=(today() - timedelta(days=13 * 365 + 200)).strftime("%d.%m.%Y"))
    paper(child, None, by=by)
    assert deadlines.of_service(by.organisation_id) == 0
    clock.set_forward(365)
    assert deadlines.of_service(by.organisation_id) == 1
    assert [row[0] for row in rows(case, by)] == ["age_27"]
    assert deadlines.of_service(by.organisation_id) == 0


def test_the_night_goes_on_after_a_full_batch(case, by, monkeypatch):
    from faden.jobs import deadlines

    monkeypatch.setattr(deadlines, "BATCH", 2)
    people = [case.person, *(add_member(case, name) for name in ("Ali", "Bea", "Cem"))]
    for person in people:
        paper(person, today() + 40 * DAY, by=by)
    assert deadlines.of_service(by.organisation_id) == 4


def test_the_worker_does_it(case, by):
    from procrastinate.contrib.django import app

    paper(case.person, today() + 40 * DAY, by=by)
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    assert [row[0] for row in rows(case, by)] == ["title"]


def test_a_closed_case_is_left_alone(case, by):
    from faden.cases.models import Case

    with within(by):
        Case.objects.filter(id=case.id).update(phase="closed")
    paper(case.person, today() + 40 * DAY, by=by)
    assert follow(case.person, by) == 0


def test_each_case_of_a_person_gets_its_row_and_hers_end_where_she_leaves(case, by):
    from faden.cases.actions.members import join, leave

    other = open_a_case(family="Darwisch")
    with within(by):
        join(other, case.person, by=by, on=today(), at=now())
    paper(case.person, today() + 40 * DAY, by=by)
    paper(other.person, today() + 50 * DAY, by=by)
    follow(case.person, by)
    follow(other.person, by)
    assert len(rows(case, by)) == 1 and len(rows(other, by)) == 2
    with within(by):
        leave(other, case.person_id, by=by, on=today(), at=now())
    assert [row[2] for row in rows(other, by)] == ["gone", ""]
    assert [row[2] for row in rows(case, by)] == [""]
    assert follow(case.person, by) == 0
    with within(by):
        join(other, case.person, by=by, on=today(), at=now())
    follow(case.person, by)
    assert [row[2] for row in rows(other, by)] == ["", ""]


# ---------- the verbs ----------


def noted(case, by, *, due_on=None, reference=None, kind="goal", confidential=False):
    from faden.cases.actions import deadlines

    with within(by):
        return deadlines.note(
            case, kind=kind, reference=reference or uuid4(), due_on=due_on or today() + 20 * DAY,
            persons=[case.person_id], confidential=confidential, subject="Anmelden", at=now(),
        )  # fmt: skip


def end(deadline, by, because="done", words=""):
    from faden.cases.actions import deadlines
    from faden.cases.vocabulary.deadline import DeadlineEnd

    with within(by):
        return deadlines.end(deadline, DeadlineEnd(because), words, by=by, at=now())


def test_noting_again_moves_the_row_and_warns_anew(case, by):
    from faden.cases.models import Deadline

    row = noted(case, by)
    with within(by):
        Deadline.objects.filter(id=row.id).update(warned_at_days=30)
    same = noted(case, by, reference=row.reference)
    assert (same.id, same.warned_at_days) == (row.id, 30)
    moved = noted(case, by, reference=row.reference, due_on=row.due_on + DAY)
    assert (moved.id, moved.warned_at_days, moved.due_on) == (row.id, None, row.due_on + DAY)


@pytest.mark.parametrize(("because", "words"), [("done", ""), ("not_needed", "Zieht weg."), ("passed", "Besprochen.")])
def test_what_somebody_ended_comes_back_only_with_another_day(case, by, because, words):
    row = noted(case, by)
    end(row, by, because, words)
    assert only_row(case, by).ended_words == words
    noted(case, by, reference=row.reference)
    assert only_row(case, by).ended_because == because
    noted(case, by, reference=row.reference, due_on=row.due_on + DAY)
    back = only_row(case, by)
    assert (back.ended_because, back.ended_at, back.ended_by, back.ended_words) == ("", None, None, "")


def test_what_was_gone_comes_back_when_its_ground_does(case, by):
    from faden.cases.actions import deadlines

    row = noted(case, by)
    with within(by):
        assert deadlines.end_for(row.reference, kind="title", at=now()) == 0
        assert deadlines.end_for(row.reference, case=case, kind="goal", at=now()) == 1
        assert deadlines.end_for(row.reference, at=now()) == 0
    assert only_row(case, by).ended_because == "gone"
    noted(case, by, reference=row.reference)
    assert only_row(case, by).ended_because == ""


@pytest.mark.parametrize(("because", "words", "field"), [
    ("gone", "", "because"), ("case_closed", "x", "because"), ("not_needed", " ", "words"), ("passed", "", "words"),
])  # fmt: skip
def test_who_ends_one_says_why(case, by, because, words, field):
    row = noted(case, by)
    with pytest.raises(Invalid) as refused:
        end(row, by, because, words)
    assert refused.value.field == field
    assert only_row(case, by).ended_at is None


def test_ending_and_taking_back_are_remembered_and_the_first_of_two_counts(case, by):
    from faden.cases.actions import deadlines
    from faden.kernel.models import AuditEvent

    row = end(noted(case, by), by, "not_needed", "Hat schon eins.")
    assert end(row, by).ended_words == "Hat schon eins."
    with within(by):
        deadlines.reopen(row, by=by, at=now())
        deadlines.reopen(row, by=by, at=now())
        events = AuditEvent.objects.filter(subject_id=case.id, event__startswith="deadline.").order_by("at", "id")
        assert list(events.values_list("event", flat=True)) == ["deadline.ended", "deadline.reopened"]
        assert "Hat schon" not in str([event.details for event in events])
    assert only_row(case, by).ended_at is None


def test_closing_ends_all_and_reopening_restores_just_these(case, by):
    from faden.cases.actions import deadlines

    by_hand, standing = noted(case, by), noted(case, by, due_on=today() + 30 * DAY)
    end(by_hand, by)
    with within(by):
        assert deadlines.end_all_for(case, by=by, at=now()) == 1
    assert [row[2] for row in rows(case, by)] == ["done", "case_closed"]
    with within(by):
        assert deadlines.restore(case, by=by, at=now()) == 1
        assert queued() == [{"organisation_id": by.organisation_id, "person_id": str(case.person_id)}]
    assert [row[2] for row in rows(case, by)] == ["done", ""]
    assert standing.case_id == case.id


def test_a_deadline_of_another_case_is_not_found(case, by):
    from faden.cases.actions import deadlines

    row, other = noted(case, by), open_a_case(family="Darwisch")
    with within(by):
        assert deadlines.deadline_of(case, row.id).id == row.id
        with pytest.raises(NotFound):
            deadlines.deadline_of(other, row.id)


def test_another_service_sees_and_touches_nothing(case, by):
    from faden.cases.actions import deadlines
    from faden.cases.models import Deadline

    row, stranger = noted(case, by), actor_of(CEM.email)
    with within(stranger):
        assert not Deadline.objects.exists()
        assert deadlines.end_for(row.reference, at=now()) == 0
        with pytest.raises(Deadline.DoesNotExist):
            deadlines.reopen(row, by=stranger, at=now())
    assert only_row(case, by).ended_at is None


def test_a_day_that_is_over_stays_until_somebody_says_so(case, by):
    from faden.kernel import clock

    paper(case.person, today() + 10 * DAY, by=by)
    follow(case.person, by)
    clock.set_forward(60)
    assert follow(case.person, by) == 0
    assert [row[2] for row in rows(case, by)] == [""]


def test_the_database_wants_a_reason(case, by):
    from django.db import IntegrityError, transaction

    from faden.cases.models import Deadline

    row = noted(case, by)
    with within(by), pytest.raises(IntegrityError), transaction.atomic():
        Deadline.objects.filter(id=row.id).update(ended_because="done")
    assert isinstance(row.due_on, date)
