"""After a talk: one form, several deeds, all or nothing."""

import re
from datetime import date, time, timedelta

import pytest

from faden.casework.rules import next_meeting
from tests.case_making import acting, add_member, open_a_case
from tests.cast import AMAL, BERND, LENA
from tests.chains.making import begin, step
from tests.desk_client import keyed, signed_in, text_of


@pytest.mark.parametrize(("after", "starts", "minutes", "day", "ends"), [
    (date(2026, 1, 12), time(10), 60, date(2026, 1, 26), time(11)),
    (date(2025, 12, 11), time(10), 60, date(2025, 12, 29), time(11)),  # 25 December, then the 2nd day, then a weekend
    (date(2026, 4, 23), time(9, 30), 45, date(2026, 5, 7), time(10, 15)),
    (date(2026, 4, 17), time(9), 30, date(2026, 5, 4), time(9, 30)),  # 1 May is a Friday
    (date(2026, 1, 10), time(9), 30, date(2026, 1, 26), time(9, 30)),  # talked on a Saturday
    (date(2026, 1, 12), time(23, 30), 60, date(2026, 1, 26), time(23, 59)),
])  # fmt: skip
def test_when_the_next_talk_could_be(after, starts, minutes, day, ends):
    found = next_meeting(after, starts, minutes)
    assert (found.day, found.starts, found.ends) == (day, starts, ends)


# ---------- the form ----------


@pytest.fixture
def case(own_database):
    return open_a_case()


@pytest.fixture
def amal(case):
    return signed_in(AMAL.email)


def address(case, **asked):
    return f"/faelle/{case.id}/kontakte/neu/" + "".join(
        f"{'&' if n else '?'}{k}={v}" for n, (k, v) in enumerate(asked.items())
    )


def said(**more):
    from faden.kernel import clock

    return keyed(
        text="Was besprochen wurde",
        type="office",
        minutes=30,
        day=clock.today(),
        at="00:00",
        interpreting="none",
        **more,
    )


def the_next(**more):
    from faden.kernel import clock

    day = clock.today() + timedelta(days=14)
    return {
        "next_make": "on",
        "next_subject": "Gespräch",
        "next_day": day,
        "next_starts": "10:00",
        "next_ends": "11:00",
        **more,
    }


def task(case, title="Kita anrufen", *, about=None, due_on=None):
    from faden.cases.actions import tasks
    from faden.cases.actions.concerning import About
    from faden.kernel import clock

    with acting(AMAL.email) as by:
        return tasks.make(
            tasks.Wanted(title, due_on, case.lead_id, about or About()), case=case, by=by, at=clock.now()
        )


def plan_step(case, what="Unterlagen sammeln"):
    from faden.chains.actions import goals
    from faden.kernel import clock

    with acting(AMAL.email) as by:
        wanted = goals.Wanted("Arbeiten gehen", "work")
        goal = goals.make(case, case.person_id, wanted, by=by, on=clock.today(), at=clock.now())
        return goals.add_step(goal, goals.StepWanted(what, "client"), by=by, at=clock.now())


def meeting(case, *, starts=None, about=None, **more):
    from faden.cases.actions import appointments
    from faden.cases.actions.concerning import About
    from faden.kernel import clock

    starts = starts or clock.now() - timedelta(minutes=1)
    planned = appointments.Planned(
        more.pop("subject", "Beratung"),
        starts,
        starts + timedelta(minutes=45),
        "Rathaus Ahaus",
        more.pop("language", ""),
        about or About(),
    )
    with acting(AMAL.email) as by:
        return appointments.make(planned, case=case, by=by, at=clock.now())


def boxes(answer):
    """The open steps the form offers: words to value."""
    found = re.findall(
        r'name="done" value="([^"]+)".*?<label[^>]*>(.*?) <span', answer.content.decode(), re.S
    )
    return {words: value for value, words in found}


def rows(model, **where):
    from faden.kernel.rls import opened_for
    from tests.desk_client import actor_of

    with opened_for(actor_of(AMAL.email), write=False):
        return list(model.objects.filter(**where))


def test_everything_at_once(case, amal):
    from faden.cases.models import Appointment, ContactNote, Task
    from faden.chains.models import ChainStep, GoalStep

    todo, wanted = task(case), plan_step(case)
    begin(case, step("kurs", life_area="language", title="Kurs finden"), step("test", "kurs"))
    offered = boxes(amal.get(address(case)))
    assert set(offered) == {"Kita anrufen", "Unterlagen sammeln", "Kurs finden"}, (
        "what waits for another step is not offered"
    )
    answer = amal.post(
        address(case), said(done=list(offered.values()), life_areas=["language"], **the_next())
    )
    assert answer.status_code == 303
    [note] = rows(ContactNote, case=case)
    assert (note.minutes, note.life_areas, note.text) == (30, ["language"], "Was besprochen wurde")
    [done] = rows(Task, id=todo.id)
    [settled] = rows(GoalStep, id=wanted.id)
    states = {row.code: row.state for row in rows(ChainStep, case=case)}
    [made] = rows(Appointment, case=case)
    assert (bool(done.done_at), bool(settled.done_on), states) == (
        True,
        True,
        {"kurs": "done", "test": "ready"},
    )
    assert (made.subject, made.persons) == ("Gespräch", [case.person_id])
    told = text_of(amal.get(answer.headers["Location"]))
    assert "Der Kontakt ist notiert. 3 Schritte sind erledigt. Nächster Termin:" in told


def test_a_letter_is_drafted_and_opened(case, amal):
    from faden.documents.models import Letter

    answer = amal.post(address(case), said(letter="sachstand"))
    [letter] = rows(Letter, case=case)
    assert (letter.state, letter.shipped_code, letter.persons, letter.sent_on) == (
        "draft",
        "sachstand",
        [case.person_id],
        None,
    )
    assert "Schewtschenko" in letter.subject + letter.body
    assert str(letter.id) in answer.headers["Location"]


def test_without_a_tick_only_the_note_is_written(case, amal):
    from faden.cases.models import Appointment, ContactNote

    task(case)
    assert amal.post(address(case), said(next_day="", next_starts="Unsinn")).status_code == 303
    assert (len(rows(ContactNote, case=case)), rows(Appointment, case=case)) == (1, [])


# ---------- all or nothing ----------


@pytest.mark.parametrize(("wrong", "field", "sentence"), [
    (the_next, "next_ends", "Das Ende liegt vor dem Anfang."),
    (the_next, "next_day", "Bitte ausfüllen."),
])  # fmt: skip
def test_an_error_loses_nothing_and_keeps_nothing(case, amal, wrong, field, sentence):
    from faden.cases.models import Appointment, ContactNote, Task

    task(case)
    [ticked] = boxes(amal.get(address(case))).values()
    sent = wrong(**{field: "09:00" if field == "next_ends" else ""})
    answer = amal.post(address(case), said(done=[ticked], **sent))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'<a href="#id_{field}">[^<]*{sentence}', html)
    assert "Was besprochen wurde" in html and re.search(rf'value="{ticked}"[^>]*checked', html)
    banner = text_of(answer).split("Als Nächstes:")[1][:40]
    assert "Kita anrufen" in banner, "what is not done yet still comes next"
    assert (rows(ContactNote, case=case), rows(Appointment, case=case)) == ([], [])
    assert [row.done_at for row in rows(Task, case=case)] == [None]


def test_a_step_somebody_else_moved_meanwhile_is_named(case, amal):
    from faden.cases.models import ContactNote
    from faden.chains.actions import steps
    from tests.chains.making import Hand

    begin(case, step("kurs", title="Kurs finden"))
    [ticked] = boxes(amal.get(address(case))).values()
    from faden.kernel import clock

    Hand(case).do(steps.wait_for_agency, "kurs", agency_kind="bamf", since=clock.today())
    answer = amal.post(address(case), said(done=[ticked]))
    assert answer.status_code == 422
    assert "hat sich inzwischen geändert" in text_of(answer) and "Was besprochen wurde" in text_of(answer)
    assert rows(ContactNote, case=case) == []


def test_steps_of_another_case_cannot_be_ticked(case, amal):
    from faden.cases.models import Task

    other = open_a_case(family="Rahimi")
    theirs = task(other)
    assert amal.post(address(case), said(done=[f"task:{theirs.id}:1"])).status_code == 422
    assert [row.done_at for row in rows(Task, id=theirs.id)] == [None]


# ---------- today's appointment ----------


def test_todays_appointment_asks_who_came_and_proposes_the_next(case, amal):
    from faden.cases.models import Appointment, Attended
    from faden.kernel import clock

    held = meeting(case, language="uk")
    page = text_of(amal.get(address(case)))
    assert "Wer war beim Termin am" in page
    day = next_meeting(clock.today(), time(10), 45).day
    assert f"{day:%d.%m.%Y}" in page
    answer = amal.post(
        address(case), said(**{f"came_{case.person_id}": "missed"}, **the_next(next_interpreter="on"))
    )
    assert answer.status_code == 303
    assert [(row.appointment_id, row.state) for row in rows(Attended)] == [(held.id, "missed")]
    [made] = rows(Appointment, case=case, starts_at__gt=clock.now() + timedelta(days=1))
    assert made.interpreter_language == "uk"


def test_from_an_appointment_the_note_is_preset(case, amal):
    from faden.kernel import clock

    held = meeting(case, starts=clock.now() - timedelta(days=3))
    html = amal.get(address(case, termin=held.id)).content.decode()
    assert f'value="{held.starts_at.astimezone(clock.BERLIN).date()}"' in html
    assert 'name="minutes" value="45"' in html and 'value="Rathaus Ahaus"' in html
    assert re.search(rf'name="came_{case.person_id}" value="came"[^>]*checked', html)


@pytest.mark.parametrize("nonsense", ["x", "00000000-0000-0000-0000-000000000000"])
def test_an_appointment_that_is_not_there_is_passed_over(case, amal, nonsense):
    assert amal.get(address(case, termin=nonsense)).status_code == 200


def test_of_another_case_nothing_is_shown(case, amal):
    other = open_a_case(family="Rahimi")
    held = meeting(other, subject="Geheime Sache")
    assert "Geheime Sache" not in text_of(amal.get(address(case, termin=held.id)))


# ---------- a family: whose, and the vertraulicher Faden ----------


@pytest.fixture
def family(case):
    """Oleksandra's case with Artem; each has a task, Artem's is confidential."""
    from faden.cases.actions.concerning import About

    artem = add_member(case, "Artem")
    task(case, "Frauenarzt", about=About((case.person_id,)))
    task(case, "Schulweg üben", about=About((artem.id,)))
    task(case, "Mit dem Lehrer reden", about=About((artem.id,), confidential=True))
    return artem


@pytest.mark.parametrize(("asked", "offered"), [
    ({}, {"Frauenarzt", "Schulweg üben"}),
    ({"person": "artem"}, {"Schulweg üben"}),
    ({"person": "artem", "vertraulich": 1}, {"Mit dem Lehrer reden"}),
])  # fmt: skip
def test_only_what_concerns_her_is_offered(case, family, amal, asked, offered):
    asked = {name: family.id if value == "artem" else value for name, value in asked.items()}
    answer = amal.get(address(case, **asked))
    assert set(boxes(answer)) == offered
    assert ("Mit dem Lehrer reden" in answer.content.decode()) == ("Mit dem Lehrer reden" in offered)


def test_what_is_confidential_cannot_be_ticked_elsewhere(case, family, amal):
    [hidden] = boxes(amal.get(address(case, person=family.id, vertraulich=1))).values()
    assert amal.post(address(case), said(done=[hidden], persons=[str(family.id)])).status_code == 422


def test_a_confidential_appointment_shows_on_its_page_only(case, family, amal):
    from faden.cases.actions.concerning import About

    held = meeting(case, subject="Nur mit Artem", about=About((family.id,), confidential=True))
    assert "Wer war beim Termin" not in text_of(amal.get(address(case, termin=held.id)))
    assert "Wer war beim Termin" in text_of(
        amal.get(address(case, person=family.id, vertraulich=1, termin=held.id))
    )


def test_appointment_and_letter_are_about_whom_the_note_is(case, family, amal):
    from faden.cases.models import Appointment
    from faden.documents.models import Letter

    about = {"persons": [str(family.id)], "confidential": "on"}
    amal.post(address(case, person=family.id, vertraulich=1), said(letter="sachstand", **about, **the_next()))
    for model in (Appointment, Letter):
        assert [(row.persons, row.confidential) for row in rows(model, case=case)] == [([family.id], True)]


def test_several_persons_and_no_name_is_asked_at_its_field(case, family, amal):
    answer = amal.post(address(case), said(**the_next()))
    assert answer.status_code == 422
    assert re.search(r'<a href="#id_persons_0">', answer.content.decode())


# ---------- who else ----------


def test_a_colleague_without_the_case_gets_neither_form_nor_steps(case, amal):
    task(case)
    answer = signed_in(BERND.email).get(address(case))
    assert answer.status_code in (403, 404) and "Kita anrufen" not in text_of(answer)


def test_in_vertretung_it_works_and_says_for_whom(case, amal):
    from faden.cases.models import ContactNote

    lena = signed_in(LENA.email)
    lena.post(f"/team/faelle/{case.id}/oeffnen/", keyed(reason="substitution"))
    task(case)
    [ticked] = boxes(lena.get(address(case))).values()
    assert lena.post(address(case), said(done=[ticked], **the_next())).status_code == 303
    assert len(rows(ContactNote, case=case)) == 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_form_costs_the_same_however_much_is_open(case, amal, count):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for number in range(count):
        task(case, f"Aufgabe {number}")
    begin(case, *(step(f"s{n}") for n in range(count)))
    amal.get(address(case))
    with CaptureQueriesContext(connection) as captured:
        answer = amal.get(address(case))
    assert (len(captured), len(boxes(answer))) == (23, min(2 * count, 12))
