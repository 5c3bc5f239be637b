"""Fristen und Chancen: only who agreed is looked at, only what is different is written, and news is told once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faden.kernel import clock
from faden.kernel.errors import Invalid, NotFound
from faden.kernel.rls import opened_for
from faden.law.days import plus_years
from tests.case_making import acting, add_member, agree, open_a_case
from tests.cast import AMAL
from tests.desk_client import actor_of
from tests.residence.watching import agreed_to, night, opening_in, openings, outlooks, protected_since, tasks

DAY, BORN = timedelta(days=1), date(1995, 5, 1)


@pytest.fixture
def case(own_database: str) -> Any:
    return open_a_case()


def events(kind: str) -> list[Any]:
    from faden.kernel.models import AuditEvent

    with opened_for(actor_of(AMAL.email), write=False):
        return list(AuditEvent.objects.filter(event=kind))


# ---------- begun and ended ----------


def test_what_is_found_when_it_begins_stands_there_and_is_no_news(case):
    day = opening_in(case.person, 100)
    agreed_to(case)
    [one] = openings()
    assert (one.state, one.opens_on, one.closes_on, one.set_by, one.gone_on) == ("not_met", day, None, "stag_10.1.residence", None)
    night()
    assert tasks() == [] and len(openings()) == 1


def test_noted_a_second_time_it_is_the_same(case):
    first, second = agreed_to(case, on=clock.today() - 3 * DAY), agreed_to(case)
    assert first.id == second.id and [one.agreed_on for one in outlooks()] == [clock.today() - 3 * DAY]
    assert len(events("outlook.begun")) == 1


def test_only_with_her_agreement_for_somebody_who_is_here_and_not_from_tomorrow(case):
    child = add_member(case, "Yusuf")
    with pytest.raises(Invalid, match="Einwilligung in Beratung"):
        agreed_to(case, child)
    with pytest.raises(Invalid, match="Zukunft"):
        agreed_to(case, on=clock.today() + DAY)
    with pytest.raises(NotFound):
        agreed_to(case, open_a_case(family="Rahimi").person)
    assert outlooks() == []


def ended(outlook: Any, because: str = "withdrawn") -> None:
    from faden.residence.actions.outlooks import end
    from faden.residence.vocabulary import WatchEnd

    with acting(AMAL.email) as by:
        end(outlook, WatchEnd(because), by=by, at=clock.now())


def test_who_does_not_want_it_any_more_is_not_looked_at(case):
    outlook = agreed_to(case)
    for _ in range(2):
        ended(outlook)
    [one] = outlooks()
    assert (one.ended_because, one.ended_by) == ("withdrawn", actor_of(AMAL.email).user_id) and len(events("outlook.ended")) == 1
    opening_in(case.person, 100)
    night()
    assert openings() == [] and tasks() == []
    assert agreed_to(case).id != outlook.id, "asked again it is a new one"


def test_it_ends_with_its_case(case):
    from faden.cases.models import Case
    from faden.casework.actions.closing import Ending, close

    agreed_to(case)
    with acting(AMAL.email) as by:
        row = Case.objects.get(id=case.id)
        close(row, Ending("goals", "much", clock.today() + 400 * DAY, rate_all="reached", drop_all="not_needed"), by=by, at=clock.now())
    [one] = outlooks()
    assert one.ended_because == "case_closed" and one.ended_at
    opening_in(case.person, 100)
    night()
    assert openings() == [] and tasks() == []


def test_what_parents_agreed_to_ends_when_she_is_eighteen(case):
    from faden.jobs.coming_of_age import of_service
    from faden.persons.models import Person

    child, older = add_member(case, "Yusuf"), add_member(case, "Mina")
    for person in (child, older):
        agree(person, represented_by=(case.person_id,), own=person is older)
        agreed_to(case, person)
    with acting(AMAL.email):
        Person.objects.filter(id__in=[child.id, older.id]).update(birth_earliest=plus_years(clock.today(), -19))
    of_service(actor_of(AMAL.email).organisation_id)
    assert {one.person_id: one.ended_because for one in outlooks()} == {child.id: "of_age", older.id: ""}


# ---------- the night ----------


def test_a_night_without_changes_only_reads(case):
    opening_in(case.person, 100)
    agreed_to(case)
    before = [(one.mark, one.look_on) for one in outlooks()]
    with CaptureQueriesContext(connection) as captured:
        night(times=1)
    writes = [one["sql"] for one in captured if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE") or "FOR UPDATE" in one["sql"]]
    assert writes == [] and [(one.mark, one.look_on) for one in outlooks()] == before


def test_a_fact_that_becomes_known_is_one_task_for_the_case_lead(case):
    agreed_to(case)
    night()
    assert tasks() == [] and openings() == []
    day = opening_in(case.person, 100)
    night()
    [task] = tasks()
    assert task.title.startswith("Weg öffnet am ") and f"{day:%d.%m.%Y}: Einbürgerung mit Anspruch (§ 10 Abs. 1 StAG)" in task.title
    assert (task.case_id, task.assignee_id, task.persons, task.confidential) == (case.id, case.lead_id, [case.person_id], False)
    assert "Schewtschenko" not in task.title
    night(1)
    assert len(tasks()) == 1, "told once"


def test_a_day_comes_into_sight_and_then_has_come(case):
    day = opening_in(case.person, 240)
    agreed_to(case)
    assert openings() == []
    night(30)
    assert openings() == [] and tasks() == []
    night(80)
    assert [one.opens_on for one in openings()] == [day] and len(tasks()) == 1
    night(239)
    assert len(tasks()) == 1
    night((day - clock.today()).days + 239)
    [one] = [row for row in openings() if row.gone_on is None]
    assert (one.state, one.opens_on) == ("unknown", day)
    assert [task.title.partition(":")[0] for task in tasks()][1:] == ["Zeit ist erreicht, es fehlen Angaben"]
    night(500)
    assert [row.gone_on is None for row in openings()] == [False] and len(tasks()) == 2


def test_what_is_no_longer_so_is_gone_and_keeps_its_day(case):
    from faden.persons.actions import facts

    day = clock.today() + 100 * DAY
    row = protected_since(case.person, plus_years(day, -5))
    agreed_to(case)
    [found] = openings()
    with acting(AMAL.email) as by:
        facts.strike(row, by=by, on=clock.today(), at=clock.now())
    night(1)
    [one] = openings()
    assert (one.gone_on, one.opens_on) == (clock.today(), found.opens_on) and tasks() == []


def test_who_never_agreed_is_not_even_read(case, monkeypatch):
    from faden.residence.queries import looking

    other = open_a_case(family="Rahimi")
    opening_in(other.person, 100)
    agreed_to(case)
    asked: list[Any] = []
    known_of = looking.known_of
    monkeypatch.setattr(looking, "known_of", lambda people, *, on: asked.extend(people) or known_of(people, on=on))
    night()
    assert set(asked) == {(case.id, case.person_id)} and openings() == []


def test_who_takes_back_her_agreement_to_counselling_or_leaves_is_not_looked_at(case):
    from faden.cases.models import CaseMember
    from faden.consents.actions import agreements

    child = add_member(case, "Yusuf")
    agree(child)
    for person in (case.person, child):
        agreed_to(case, person)
        opening_in(person, 100)
    with acting(AMAL.email) as by:
        agreements.withdraw(case.person_id, by=by, at=clock.now())
        CaseMember.objects.filter(person=child).update(until_on=clock.today())
    night()
    assert openings() == [] and tasks() == []


def test_facts_that_cannot_be_right_stop_nobody_and_are_written_once(case, monkeypatch):
    from faden.law.reading import BadFacts
    from faden.persons.models import Person
    from faden.residence.queries import looking

    other = open_a_case(family="Rahimi")
    opening_in(case.person, 100)
    for one in (case, other):
        agreed_to(one)
    day = opening_in(other.person, 90)
    with acting(AMAL.email):
        Person.objects.filter(id=case.person_id).update(birth_precision="day", birth_earliest=BORN, birth_latest=BORN)
    facts_from = looking.facts_from

    def read(told: Any) -> Any:
        if told.get("person"):
            raise BadFacts(("stays",), "overlaps")
        return facts_from(told)

    monkeypatch.setattr(looking, "facts_from", read)
    night(1, times=1)
    assert [row.opens_on for row in openings() if row.gone_on is None] == [day], "what was found cannot be said any more"
    marks = {one.case_id: one.mark for one in outlooks()}
    assert marks[case.id] == "" and marks[other.id] != ""
    with CaptureQueriesContext(connection) as captured:
        night(1, times=1)
    assert not any(one["sql"].startswith(("INSERT", "UPDATE")) for one in captured)


@pytest.mark.parametrize(("before", "now", "is_written"), [(0, 1, False), (-3, 1, False), (0, 9, True), (9, 9, False)])
def test_who_is_looked_at_again_tomorrow_anyway_is_not_written(before, now, is_written):
    """Some answers hold for a day only, for years: that would be a line each night."""
    from faden.residence.models import Outlook
    from faden.residence.queries.looking import Looked, _is_news

    today = clock.today()
    row = Outlook(mark="same", look_on=today + before * DAY)
    assert _is_news(row, Looked(row.id, (), "same", today + now * DAY), {}, today) is is_written


def test_a_corrected_rule_looks_at_everybody_again(case, monkeypatch):
    from faden.residence.queries import looking

    agreed_to(case)
    looking._rules.cache_clear()
    monkeypatch.setattr(looking, "_rules", lambda: b"another wording")
    with opened_for(actor_of(AMAL.email), write=False):
        assert [one.outlook_id for one in looking.looked_at(today=clock.today())] == [outlooks()[0].id]


def test_a_crash_between_two_tells_nobody_twice(case):
    """What the night found is held against the rows again where they are locked."""
    from faden.kernel.actor import Actor
    from faden.residence.actions import outlooks as actions
    from faden.residence.queries.looking import looked_at

    agreed_to(case)
    opening_in(case.person, 100)
    by = Actor.system(case.organisation_id)
    with opened_for(by, write=False):
        [found] = looked_at(today=clock.today())
    told = []
    for _ in range(2):
        with opened_for(by, write=True):
            told.append(actions.take(found, by=by, on=clock.today(), at=clock.now()))
    assert told == [True, False] and len(tasks()) == 1


def test_several_are_one_task_and_its_title_has_an_end():
    from faden.residence.actions.outlooks import TITLE, _title
    from faden.residence.rules.outlook import Told
    from faden.residence.vocabulary import News

    told = [Told(News.OPENS, path, clock.today()) for path in ("stag_10", "9a", "26_3", "9", "25b")]
    assert len(_title(told)) <= TITLE and "Einbürgerung" in _title(told)
    assert _title(told[:1]).count(";") == 0 and _title([told[0], told[4]]).count(";") == 1


def test_four_people_cost_what_one_costs(case):
    from faden.residence.queries.looking import looked_at

    def cost() -> int:
        with opened_for(actor_of(AMAL.email), write=False):
            looked_at(today=clock.today())
            with CaptureQueriesContext(connection) as captured:
                looked_at(today=clock.today())
        return len(captured)

    def news_for(one: Any) -> None:
        agreed_to(one)
        opening_in(one.person, 100)

    news_for(case)
    first = cost()
    for name in ("Rahimi", "Haddad", "Öztürk"):
        news_for(open_a_case(family=name))
    assert cost() == first == 14


# ---------- passports ----------


def passport(case: Any, until: Any, **more: Any) -> Any:
    from faden.cases.actions.concerning import About
    from faden.documents.actions.papers import Described, seen

    described = Described(kind=more.pop("kind", "identity"), title="Pass", valid_until=until)
    with acting(AMAL.email) as by:
        return seen(case, described=described, seen_on=clock.today(), about=About(**more), by=by, at=clock.now())


def frist(case: Any) -> list[tuple[Any, ...]]:
    from faden.cases.models import Deadline

    with opened_for(actor_of(AMAL.email), write=False):
        rows = Deadline.objects.filter(case=case, kind="passport").order_by("noted_at")
        return [(row.due_on, row.persons, row.confidential, row.subject, row.ended_because) for row in rows]


def test_a_passport_that_runs_out_is_a_frist_and_follows_its_paper(case):
    from faden.cases.actions.concerning import About
    from faden.documents.actions.papers import change, discard, paper_of, said_of

    until = clock.today() + 60 * DAY
    paper = passport(case, until)
    assert frist(case) == [(until, [case.person_id], False, "Pass", "")]
    with acting(AMAL.email) as by:
        more = {"about": About(), "by": by, "at": clock.now()}
        paper = change(paper, replace(said_of(paper), valid_until=until + DAY), seen_version=paper.version, **more)
    assert [row[0] for row in frist(case)] == [until + DAY]
    with acting(AMAL.email) as by:
        more = {"about": About(), "by": by, "at": clock.now()}
        paper = change(paper, replace(said_of(paper), valid_until=None), seen_version=paper.version, **more)
    assert [row[4] for row in frist(case)] == ["gone"]
    with acting(AMAL.email) as by:
        more = {"about": About(), "by": by, "at": clock.now()}
        paper = change(paper, replace(said_of(paper), valid_until=until), seen_version=paper.version, **more)
    assert [row[4] for row in frist(case)] == [""]
    with acting(AMAL.email) as by:
        discard(paper_of(case, paper.id), by=by, at=clock.now())
    assert [row[4] for row in frist(case)] == ["gone"]


def test_only_a_passport_that_was_valid_when_it_was_noted(case):
    passport(case, clock.today() - DAY)
    passport(case, clock.today() + 60 * DAY, kind="certificate")
    passport(case, None)
    assert frist(case) == []
    passport(case, clock.today(), confidential=True)
    assert [(row[0], row[2]) for row in frist(case)] == [(clock.today(), True)]


def test_passports_from_before_have_their_frist_too(case):
    """What the migration does for each service, for papers that were noted before there was this Frist."""
    from importlib import import_module

    from faden.cases.models import CaseMember, Deadline

    child = add_member(case, "Yusuf")
    until = clock.today() + 60 * DAY
    for person in (case.person, child):
        passport(case, until, persons=(person.id,))
    passport(case, None, persons=(child.id,))
    [operation] = import_module("faden.documents.migrations.0015_passports_run_out").Migration.operations
    with acting(AMAL.email):
        Deadline.objects.all().delete()
        CaseMember.objects.filter(person=child).update(until_on=clock.today())
        with connection.cursor() as cursor:
            cursor.execute(operation.sql)
    assert frist(case) == [(until, [case.person_id], False, "Pass", "")]
