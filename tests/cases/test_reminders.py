"""Erinnerungen: one mail in her language and German, once, and what is noted instead of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail as outbox

from faden.kernel import clock
from faden.kernel.errors import Invalid
from faden.kernel.rls import opened_for
from tests.case_making import add_member, mark, open_a_case
from tests.cases.test_appointments import answer, change, drop, fresh, make, planned
from tests.cast import AMAL
from tests.desk_client import actor_of
from tests.telling import told

ADDRESS = "oleksandra@person.example"


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    """Every appointment of these tests is on a Wednesday; it is booked a week before, and reminded of on Monday."""
    from faden.jobs import reminders

    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 16, 8, tzinfo=UTC))
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 16))
    yield lambda at: (monkeypatch.setattr(clock, "now", lambda: at), monkeypatch.setattr(clock, "today", lambda: at.date()))
    assert reminders.clock is clock


@pytest.fixture
def case(own_database, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    outbox.outbox = []
    case = open_a_case()
    reach(case, email=ADDRESS, interpreter_language="uk")
    return case


@pytest.fixture
def by(case):
    return actor_of(AMAL.email)


def reach(case, person_id=None, **values):
    from faden.persons.models import Person

    with opened_for(actor_of(AMAL.email), write=True):
        Person.objects.filter(id=person_id or case.person_id).update(**values)


def wednesday(**more):
    starts = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    return replace(planned(**more), subject="Schuldenfrage", place="Gartenweg 3", starts_at=starts, ends_at=starts + timedelta(hours=1))


def run(monday, at=datetime(2026, 11, 23, 7, tzinfo=UTC)):
    """The morning's job, and the jobs it queued."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from faden.jobs import reminders

    monday(at)
    reminders.morning()
    for args in _queued("reminders.of_service"):
        reminders.of_service(**args)
    for args in _queued("reminders.mail"):
        reminders.send(**args)
    assert ProcrastinateJob


def _queued(name):
    from django.db import connection
    from procrastinate.contrib.django.models import ProcrastinateJob

    found = list(ProcrastinateJob.objects.filter(task_name=name, status="todo").values_list("args", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [name])
    return found


def states(by):
    from faden.cases.models import Reminder

    with opened_for(by, write=False):
        return sorted(Reminder.objects.values_list("state", flat=True))


def wish(case, way, *, by, person=None, language=""):
    from faden.cases.actions import reminders
    from faden.persons.models import Person

    with opened_for(by, write=True):
        row = Person.objects.get(id=person or case.person_id)
        return reminders.wish(row, way=way, language=language, by=by, at=clock.now())


def test_one_mail_two_working_days_before_and_no_second(case, by, monday):
    make(case, by, wednesday())
    for _morning in range(2):
        run(monday)
    run(monday, datetime(2026, 11, 24, 7, tzinfo=UTC))
    [letter] = outbox.outbox
    assert letter.to == [ADDRESS] and states(by) == ["sent"]


def test_not_on_friday(case, by, monday):
    make(case, by, wednesday())
    run(monday, datetime(2026, 11, 20, 7, tzinfo=UTC))
    assert outbox.outbox == [] and states(by) == []


def test_what_it_says_and_what_not(case, by, monday):
    make(case, by, wednesday(kind="office", others="Jugendamt Fuchs"))
    run(monday)
    [letter] = outbox.outbox
    text = f"{letter.subject}\n{letter.body}"
    assert "Mittwoch, 25. November 2026" in text and "10:30" in text and "Caritas" in text
    assert letter.subject.endswith("Erinnerung an Ihren Termin")
    assert letter.body.index("--") < letter.body.index("Guten Tag")
    assert told(text, ["Schuldenfrage", "Gartenweg", "Fuchs", "Oleksandra", "Schewtschenko", case.number, "Amal"]) == []


def test_the_office_only_where_it_is_our_own(case, by, monday):
    from faden.documents.queries.words import words_in
    from faden.documents.rules.reminder_texts import Reminding, mail_of, slip_of

    said = Reminding(datetime(2026, 11, 25, 9, 30, tzinfo=UTC), "Beratungsstelle, Wall 1", "Caritas", "02561 1")
    with opened_for(by, write=False):
        german, ukrainian = words_in("de"), words_in("uk")
    assert "Ort: Beratungsstelle, Wall 1" in mail_of(german, german, said)[1]
    assert mail_of(german, german, said)[1].count("Guten Tag") == 1
    assert "Ort" not in mail_of(german, german, replace(said, office=""))[1]
    slip = slip_of(ukrainian, german, said, mark="AH-1")
    assert [part["language"] for part in slip["parts"]] == ["uk", "de"]
    assert slip["parts"][0]["drafted"] and not slip["parts"][1]["drafted"]


def test_a_home_visit_says_no_place(case, by, monday):
    make(case, by, wednesday(kind="home"))
    run(monday)
    # Booked the week before too: who has just booked is not reminded.
    monday(datetime(2026, 11, 16, 8, tzinfo=UTC))
    make(case, by, wednesday(kind="office"))
    run(monday)
    assert ["Beratungsstelle Ahaus" in letter.body for letter in outbox.outbox] == [False, True]


@pytest.mark.parametrize(
    ("way", "found"), [("none", []), ("print", ["to_print"]), ("mail", ["sent"])]
)
def test_her_wish_counts(case, by, monday, way, found):
    wish(case, way, by=by)
    make(case, by, wednesday())
    run(monday)
    assert states(by) == found and len(outbox.outbox) == (way == "mail")


def test_in_the_language_of_her_wish(case, by, monday):
    wish(case, "mail", by=by, language="de")
    make(case, by, wednesday())
    run(monday)
    assert outbox.outbox[0].subject == "Erinnerung an Ihren Termin"


def test_a_moved_appointment_reminds_anew(case, by, monday):
    row = make(case, by, wednesday())
    run(monday)
    moved = wednesday()
    later = timedelta(hours=26)
    change(row, replace(moved, starts_at=moved.starts_at + later, ends_at=moved.ends_at + later), case=case, by=by)
    run(monday)
    assert len(outbox.outbox) == 1
    run(monday, datetime(2026, 11, 24, 7, tzinfo=UTC))
    assert len(outbox.outbox) == 2 and states(by) == ["sent", "sent"]


@pytest.mark.parametrize("what", ["answered", "talked", "agency", "dropped", "closed", "left"])
def test_who_is_not_written_to(case, by, monday, what):
    from tests.kernel.worlds import contact

    row = make(case, by, wednesday())
    monday(datetime(2026, 11, 22, 10, tzinfo=UTC))
    if what == "answered":
        answer(row, "coming", case=case, by=by)
    elif what in ("talked", "agency"):
        from faden.cases.actions import contact_notes

        said = replace(contact("Gespräch"), type="phone" if what == "talked" else "agency")
        with opened_for(by, write=True):
            contact_notes.record(said, case=case, by=by, at=clock.now())
    elif what == "dropped":
        drop(row, case=case, by=by)
    elif what == "closed":
        close(case, by)
    elif what == "left":
        leave(case, by)
    run(monday)
    expected = {"agency": ["sent"], "answered": ["answered"], "talked": ["answered"]}
    assert states(by) == expected.get(what, [])
    assert len(outbox.outbox) == (states(by) == ["sent"])


def close(case, by):
    from faden.cases.models import Case
    from faden.casework.actions.closing import Ending
    from faden.casework.actions.closing import close as end

    with opened_for(by, write=True):
        ending = Ending("goals", "much", clock.today(), summary="Fertig", drop_all="not_needed")
        end(Case.objects.get(id=case.id), ending, by=by, at=clock.now())


def leave(case, by):
    from faden.cases.models import CaseMember

    with opened_for(by, write=True):
        assert CaseMember.objects.filter(case=case).update(until_on=clock.today())


def test_what_happens_between_the_morning_and_the_mail(case, by, monday):
    from faden.jobs import reminders

    row = make(case, by, wednesday())
    monday(datetime(2026, 11, 23, 7, tzinfo=UTC))
    reminders.of_service(by.organisation_id)
    [args] = _queued("reminders.mail")
    drop(row, case=case, by=by)
    reminders.send(**args)
    assert outbox.outbox == [] and states(by) == []


def test_no_mail_to_a_protected_person_nor_to_who_is_with_her(case, by, monday):
    from faden.cases.actions.concerning import About

    husband = add_member(case, "Taras", family="Schewtschenko")
    reach(case, husband.id, email="taras@person.example")
    mark(AMAL.email, case.person)
    with opened_for(by, write=False):
        case.refresh_from_db()
    make(case, by, wednesday(about=About((case.person_id, husband.id))))
    run(monday)
    assert outbox.outbox == [] and states(by) == ["protected", "protected"]
    with pytest.raises(Invalid):
        wish(case, "mail", by=by)
    assert wish(case, "print", by=by).way == "print"


def test_of_her_confidential_thread_only_who_asked_for_mails_gets_one(case, by, monday):
    from faden.cases.actions.concerning import About

    add_member(case, "Taras")
    make(case, by, wednesday(about=About((case.person_id,), confidential=True)))
    run(monday)
    assert outbox.outbox == [] and states(by) == []
    wish(case, "mail", by=by)
    run(monday)
    assert len(outbox.outbox) == 1 and states(by) == ["sent"]


def test_without_an_address(case, by, monday):
    reach(case, email="")
    with pytest.raises(Invalid):
        wish(case, "mail", by=by)
    make(case, by, wednesday())
    run(monday)
    assert states(by) == []


def test_a_mail_that_fails_is_shown_until_one_succeeds(case, by, monday, monkeypatch):
    from faden.cases.queries.reminders import waiting_for
    from faden.jobs import reminders

    def refuse(*_args, **_more):
        raise OSError("no server")

    row = make(case, by, wednesday())
    with monkeypatch.context() as patched:
        patched.setattr(reminders.mail, "send_plain", refuse)
        with pytest.raises(OSError):
            run(monday)
    assert states(by) == ["failed"]
    with opened_for(by, write=False):
        assert waiting_for([row.host_id], now=clock.now()).undelivered == 1
    reminders.send(by.organisation_id, str(row.id), str(case.person_id))
    assert states(by) == ["sent"] and len(outbox.outbox) == 1
    with opened_for(by, write=False):
        assert not waiting_for([row.host_id], now=clock.now())


def test_nothing_leaves_inside_a_transaction(case, by, monday, monkeypatch):
    from django.db import connection

    from faden.jobs import reminders

    inside = []
    monkeypatch.setattr(reminders.mail, "send_plain", lambda *_a, **_m: inside.append(connection.in_atomic_block))
    make(case, by, wednesday())
    run(monday)
    assert inside == [False]


def test_of_a_slip_nothing_waits_once_the_appointment_is_moved(case, by, monday):
    from faden.cases.queries.reminders import waiting_for

    wish(case, "print", by=by)
    row = make(case, by, wednesday())
    run(monday)
    with opened_for(by, write=False):
        assert waiting_for([row.host_id], now=clock.now()).to_print == 1
        row = fresh(row)
    change(row, replace(wednesday(), ends_at=row.ends_at, starts_at=row.starts_at + timedelta(minutes=5)), case=case, by=by)
    with opened_for(by, write=False):
        assert not waiting_for([row.host_id], now=clock.now())


def test_the_morning_asks_a_fixed_number_of_questions(case, by, monday):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from faden.cases.queries.reminders import due_now

    found = []
    for count in (1, 10):
        for _n in range(count):
            make(case, by, wednesday())
        monday(datetime(2026, 11, 23, 7, tzinfo=UTC))
        with opened_for(by, write=False), CaptureQueriesContext(connection) as captured:
            assert due_now(now=clock.now())
        found.append(len(captured))
        monday(datetime(2026, 11, 16, 8, tzinfo=UTC))
    assert found[0] == found[1]
