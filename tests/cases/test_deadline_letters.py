"""The morning's letters: one for each who has something nearer, once per band, with nothing in them."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import get_connection

from tests.case_making import open_a_case
from tests.cases.test_deadlines import DAY, end, noted, now, only_row, today, within
from tests.cases.test_substitutions import agree_anew, stand_in
from tests.cast import AMAL, BERND, CEM, LENA
from tests.desk_client import actor_of

SAID = "In Faden sind Fristen näher gerückt. Bitte sehen Sie in Mein Tag nach.\n"


@pytest.fixture
def case(own_database):
    return open_a_case()


@pytest.fixture
def by(case):
    return actor_of(AMAL.email)


def work():
    """The worker, until nothing is left to do."""
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


@pytest.fixture
def morning(by, monkeypatch):
    """One morning of the service, so many days from today; returns who got a letter."""
    from faden.jobs import deadlines
    from faden.kernel import clock

    def come(days=0):
        clock.set_forward(days)
        mail.outbox.clear()
        deadlines.warn(by.organisation_id)
        work()
        return sorted(letter.to[0] for letter in mail.outbox)

    return come


def test_one_letter_for_each_band_however_many(case, by, morning):
    for days in (170, 175, 160):
        noted(case, by, due_on=today() + days * DAY)
    assert morning() == [AMAL.email]
    assert morning() == [], "not twice"
    assert morning(1) == []
    assert morning(80) == [AMAL.email], "160 and 170 days are 80 and 90 now"
    assert morning(85) == [AMAL.email], "and 175 is 90"
    assert morning(145) == [AMAL.email]
    assert morning(170) == [AMAL.email], "160 has passed"
    assert morning(171) == [AMAL.email]
    assert morning(172) == []


@pytest.mark.parametrize(("days", "letters"), [(181, 0), (180, 1), (31, 1), (0, 1), (-1, 1), (-400, 1)])
def test_from_which_day_on(case, by, morning, days, letters):
    noted(case, by, due_on=today() + days * DAY)
    assert len(morning()) == letters


def test_the_letter_says_nothing(case, by, morning):
    noted(case, by)
    morning()
    [letter] = mail.outbox
    assert (letter.subject, letter.body, letter.attachments) == ("Fristen", SAID, [])
    assert case.number not in str(letter.message())


def test_who_stands_in_today_is_told_too_and_tomorrow_no_longer(case, by, morning):
    noted(case, by)
    stand_in(last=1)
    assert morning() == sorted([AMAL.email, BERND.email])
    noted(case, by)
    assert morning(2) == [AMAL.email]


def test_a_deputy_without_agreement_is_not_told(case, by, morning):
    agree_anew(case, to_substitute=False)
    noted(case, by)
    stand_in()
    assert morning() == [AMAL.email]


def test_what_is_ended_or_in_a_closed_case_warns_nobody(case, by, morning):
    from faden.cases.models import Case

    end(noted(case, by), by)
    closed = open_a_case(family="Darwisch")
    noted(closed, by)
    with within(by):
        Case.objects.filter(id=closed.id).update(phase="closed")
    assert morning() == []


def test_another_day_is_a_new_warning_and_the_new_lead_gets_it(case, by, morning):
    from faden.cases.models import Case
    from tests.desk_client import membership_of

    row = noted(case, by)
    assert morning() == [AMAL.email]
    bernd = membership_of(BERND.email).id
    with within(by):
        Case.objects.filter(id=case.id).update(lead=bernd)
    assert morning() == []
    noted(case, by, reference=row.reference, due_on=row.due_on + DAY)
    assert morning() == [BERND.email]


def test_whoever_left_gets_no_mail(case, by, morning):
    from faden.organisations.models import Membership

    noted(case, by)
    with within(by):
        Membership.objects.filter(id=by.membership_id).update(until=today() - DAY)
    assert morning() == []


def test_a_mail_server_that_is_down_loses_nothing(case, by, morning, monkeypatch):
    from procrastinate.contrib.django.models import ProcrastinateJob

    class Down(type(get_connection("django.core.mail.backends.locmem.EmailBackend"))):
        def send_messages(self, messages):
            raise smtplib.SMTPServerDisconnected("gone")

    with monkeypatch.context() as patched:
        patched.setattr("faden.outside.mail.connection_for", lambda url: Down())
        patched.setattr("django.conf.settings.EMAIL_BACKEND", "faden.outside.mail.ConfiguredBackend")
        noted(case, by)
        assert morning() == []
        job = ProcrastinateJob.objects.get(task_name="deadlines.letter")
        assert (job.status, job.attempts) == ("todo", 1) and job.scheduled_at - now() < timedelta(minutes=1)
    from faden.jobs import deadlines

    deadlines.letter(**job.args)
    assert [letter.to for letter in mail.outbox] == [[AMAL.email]]
    assert only_row(case, by).warned_at_days == 30


def test_other_services_have_their_own_morning(case, by, morning):
    from faden.jobs import deadlines

    noted(case, by)
    mail.outbox.clear()
    deadlines.warn(actor_of(CEM.email).organisation_id)
    work()
    assert mail.outbox == [] and only_row(case, by).warned_at_days is None
    assert LENA.email not in morning()


def test_a_remedy_warns_in_days_not_months(case, by, morning):
    noted(case, by, kind="remedy", due_on=today() + 30 * DAY)
    written = [days for days in range(33) if morning(days)]
    assert written == [16, 23, 27, 29, 31], "14, 7, 3 and 1 day before, and when it has passed"
