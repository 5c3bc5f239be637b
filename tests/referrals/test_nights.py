"""What the nights do to a Vermittlung: each thing once, and again nothing after a crash."""

from datetime import timedelta

import pytest
from django.core import mail

from faden.kernel import clock
from faden.kernel.errors import Invalid
from faden.kernel.rls import opened_for
from tests.desk_client import actor_of, membership_of
from tests.referrals.sending import AMAL, SCHOOL_MAIL, link_row, school, sent_to, work

DORA, PETRA, CEM, TILDA = (
    "dora@abh-kreis-borken.example", "petra@bildungswerk.example", "cem@drk-gronau.example", "tilda@drk-gronau.example",
)  # fmt: skip


def service() -> int:
    return actor_of(AMAL).organisation_id


def night(days: int) -> None:
    """The night and the morning of the service, so many days from now, twice: the second time nothing is left to do."""
    from faden.jobs import referrals

    clock.set_forward(days)
    for _ in range(2):
        referrals.of_service(service())
        referrals.remind(service())
        work()


def letters() -> list[str]:
    """Reminders; that something arrived is told on its own."""
    return sorted(letter.to[0] for letter in mail.outbox if "wartet" in letter.body)


def written(sent, kind: str, **more) -> None:
    """Antwort nachtragen."""
    from faden.referrals.actions import answers
    from faden.referrals.vocabulary import AnswerKind, AnswerWay

    by = actor_of(AMAL)
    with opened_for(by, write=True):
        said = answers.Said(AnswerKind(kind), clock.today(), **more)
        answers.note(sent.sending, said, way=AnswerWay.PHONE, said_by="Frau Beispiel", by=by, at=clock.now())


def standing(sent) -> bool:
    from faden.referrals.models import Sending

    with opened_for(actor_of(AMAL), write=False):
        return Sending.objects.get(id=sent.sending.id).ended_at is None


def log_of(sent) -> list[str]:
    from faden.referrals.models import ReferralChange

    with opened_for(actor_of(AMAL), write=False):
        return list(ReferralChange.objects.filter(referral=sent.referral).order_by("changed_at").values_list("kind", flat=True))


def tasks() -> list[str]:
    from faden.cases.models import Task

    with opened_for(actor_of(AMAL), write=False):
        return list(Task.objects.filter(title__startswith="Nachfragen").values_list("title", flat=True))


# ---------- reminders ----------


def test_by_link_the_address_comes_once_more(own_database):
    sent = sent_to(school())
    work()
    mail.outbox = []
    night(6)
    assert letters() == []
    night(7)
    assert letters() == [SCHOOL_MAIL]
    [letter] = mail.outbox
    assert sent.address in letter.body and "wartet noch auf Ihre Antwort" in letter.body and "Muster" not in letter.body
    night(8)
    assert letters() == [SCHOOL_MAIL], "once"


def test_a_link_that_is_locked_brings_nobody_anywhere(own_database):
    """Five wrong codes: the mail comes once there is another code, and only then it is noted."""
    from faden.consents.models import LinkDelivery
    from faden.referrals.actions import sent_links
    from faden.referrals.queries.sent_links import sent_link

    sent, by = sent_to(school()), actor_of(AMAL)
    work()
    mail.outbox = []
    with opened_for(by, write=True):
        LinkDelivery.objects.filter(id=sent.release.delivery_id).update(wrong_codes=5)
    night(7)
    assert letters() == [] and log_of(sent) == []
    with opened_for(by, write=True):
        link = sent_link(sent.case, sent.sending.id)
        with pytest.raises(Invalid, match="neuen Code"):
            sent_links.mail_again(link, by=by, at=clock.now())
        sent_links.renew_code(link, by=by, at=clock.now())
    night(8)
    assert letters() == [SCHOOL_MAIL] and log_of(sent) == ["reminded"]


def test_what_waits_in_the_queue_for_a_locked_link_is_not_sent(own_database):
    from faden.consents.models import LinkDelivery

    sent = sent_to(school())
    with opened_for(actor_of(AMAL), write=True):
        LinkDelivery.objects.filter(id=sent.release.delivery_id).update(wrong_codes=5)
    work()
    assert mail.outbox == []


def test_in_an_inbox_those_are_written_to_who_answer_there(own_database):
    sent_to(membership_of(PETRA).organisation, channel="inbox")
    night(7)
    assert letters() == [PETRA]
    assert "Muster" not in mail.outbox[0].body + mail.outbox[0].subject


def test_at_a_desk_the_team_lead_is_written_to(own_database):
    sent_to(membership_of(CEM).organisation, channel="inbox")
    night(7)
    assert letters() == [TILDA]


def test_at_a_desk_it_is_whoever_works_on_it(own_database):
    from uuid import UUID

    from faden.referrals.actions import received

    cem, sent = actor_of(CEM), sent_to(membership_of(CEM).organisation, channel="inbox")
    with opened_for(cem, write=True):
        received.assign(sent.release.delivery_id, UUID(cem.membership_id), by=cem, at=clock.now(), today=clock.today())
    night(7)
    assert letters() == [CEM]


@pytest.mark.parametrize("channel", ["letter", "phone", "in_person"])
def test_nobody_is_written_to_who_got_paper_or_a_call(own_database, channel):
    sent_to(school(), channel=channel)
    night(7)
    assert letters() == []


def test_who_answered_is_not_reminded(own_database):
    sent = sent_to(school())
    work()
    mail.outbox = []
    written(sent, "question", words="Welche Klasse?")
    night(7)
    assert letters() == []


def test_a_mail_server_that_is_down_is_tried_again_and_nothing_goes_twice(own_database, monkeypatch):
    from faden.jobs import referrals
    from faden.outside import mail as way_out

    sent_to(membership_of(PETRA).organisation, channel="inbox")
    right = way_out.send_plain

    def down(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(way_out, "send_plain", down)
    clock.set_forward(7)
    referrals.remind(service())
    work()
    monkeypatch.setattr(way_out, "send_plain", right)
    referrals.remind(service())
    assert letters() == [], "it is noted: the mail's own job tries again"


# ---------- the end of waiting ----------


def test_after_the_last_day_the_copy_ends(own_database):
    sent = sent_to(school(), answer_by=clock.today() + timedelta(days=5))
    night(5)
    assert (sent.again().state, standing(sent)) == ("sent", True), "the whole last day is the recipient's"
    night(6)
    assert (sent.again().state, standing(sent), link_row(sent).ended_at is not None) == ("expired", False, True)
    assert sent.again().ended_on is None, "it is not over: a person takes the second choice"


def test_without_a_day_a_link_ends_with_its_fourteenth(own_database):
    sent = sent_to(school())
    night(14)
    assert standing(sent)
    night(15)
    assert (sent.again().state, standing(sent)) == ("expired", False)


def test_who_said_that_it_arrived_keeps_it(own_database):
    sent = sent_to(school(), channel="letter", answer_by=clock.today() + timedelta(days=5))
    written(sent, "received")
    night(6)
    assert (sent.again().state, standing(sent)) == ("received", True)


def calls() -> list[str]:
    from faden.cases.models import Task

    with opened_for(actor_of(AMAL), write=False):
        return list(Task.objects.filter(title__startswith="Nachfragen bei").values_list("title", flat=True))


def test_who_only_said_that_it_arrived_is_called_once_the_link_has_ended(own_database):
    """Nothing else moves: where it stands is left to a person."""
    sent = sent_to(school(), answer_by=clock.today() + timedelta(days=5))
    written(sent, "received")
    night(14)
    assert calls() == []
    night(15)
    night(16)
    [title] = calls()
    assert "Antwort fehlt noch" in title and log_of(sent).count("silent") == 1
    assert (sent.again().state, standing(sent)) == ("received", True)


def test_who_said_more_is_not_called(own_database):
    sent = sent_to(school())
    written(sent, "received")
    written(sent, "waiting")
    night(15)
    assert calls() == []


def test_an_answer_keeps_it(own_database):
    sent = sent_to(membership_of(PETRA).organisation, channel="inbox", answer_by=clock.today() + timedelta(days=5))
    written(sent, "waiting")
    night(6)
    assert (sent.again().state, standing(sent)) == ("waiting", True)


def test_of_two_that_were_asked_the_silent_one_ends_alone(own_database):
    """What the other said stands: a silent recipient does not make it expire."""
    first = sent_to(school(), channel="letter", answer_by=clock.today() + timedelta(days=5))
    by_day = clock.today() + timedelta(days=9)
    second = sent_to(membership_of(PETRA).organisation, channel="inbox", case=first.case, referral=first.again(), answer_by=by_day)
    night(6)
    assert (standing(first), standing(second), first.again().state) == (False, True, "sent")
    written(second, "accepted")
    night(10)
    assert (standing(second), first.again().state) == (True, "accepted")


def test_the_last_of_two_silent_ones_makes_it_expire(own_database):
    first = sent_to(school(), channel="letter", answer_by=clock.today() + timedelta(days=5))
    by_day = clock.today() + timedelta(days=9)
    sent_to(membership_of(PETRA).organisation, channel="inbox", case=first.case, referral=first.again(), answer_by=by_day)
    night(6)
    night(10)
    assert first.again().state == "expired"


def test_a_crash_between_two_loses_and_doubles_nothing(own_database, monkeypatch):
    from faden.jobs import referrals as jobs
    from faden.referrals.actions import referrals
    from faden.referrals.models import ReferralChange

    by_day = clock.today() + timedelta(days=5)
    rows = [sent_to(school(f"Schule {n}"), channel="letter", answer_by=by_day, family=f"Familie{n}") for n in range(3)]
    right, done = referrals.expire, []

    def falls_over(sending: object, **more: object) -> None:
        if done:
            raise RuntimeError
        right(sending, **more)
        done.append(sending)

    clock.set_forward(6)
    monkeypatch.setattr(referrals, "expire", falls_over)
    with pytest.raises(RuntimeError):
        jobs.of_service(service())
    assert sorted(standing(row) for row in rows) == [False, True, True]
    monkeypatch.setattr(referrals, "expire", right)
    jobs.of_service(service())
    assert [standing(row) for row in rows] == [False, False, False]
    with opened_for(actor_of(AMAL), write=False):
        assert ReferralChange.objects.filter(kind="expired").count() == 3


def test_one_bad_row_keeps_no_other_from_its_turn(own_database, monkeypatch, caplog):
    """Nor the client's question, nor the names of old Anfragen; and the job is seen to have failed, without a name."""
    from faden.jobs import referrals as jobs
    from faden.referrals.actions import referrals, requests
    from tests.referrals.test_requests import sent as anfrage

    by_day = clock.today() + timedelta(days=5)
    rows = [sent_to(school(f"Schule {n}"), channel="letter", answer_by=by_day, family=f"Familie{n}") for n in range(3)]
    asked = sent_to(school("Realschule"), channel="letter", family="Anders")
    written(asked, "finished")
    old = [anfrage().request_id for _ in range(2)]
    right, forgets, forgotten = referrals.expire, requests.forget, []

    def falls_over(sending: object, **more: object) -> None:
        if sending.id == rows[1].sending.id:
            raise ValueError("Familie1 steht hier")
        right(sending, **more)

    monkeypatch.setattr(referrals, "expire", falls_over)
    def forgets_one(request_id: object, **more: object) -> None:
        if request_id == old[0]:
            raise ValueError
        forgets(request_id, **more)
        forgotten.append(request_id)

    monkeypatch.setattr(requests, "forget", forgets_one)
    clock.set_forward(91)
    with pytest.raises(RuntimeError, match=r"referrals.of_service: 2$"):
        jobs.of_service(service())
    assert [standing(row) for row in rows] == [False, True, False]
    assert len(tasks()) == 1 and forgotten == [old[1]]
    assert str(rows[1].sending.id) in caplog.text and "ValueError" in caplog.text and "Familie1" not in caplog.text


def test_a_reminder_that_fails_keeps_no_other(own_database, monkeypatch):
    from faden.jobs import referrals as jobs
    from faden.referrals.actions import referrals

    rows = [sent_to(school(f"Schule {n}", f"buero{n}@schule.example"), family=f"Familie{n}") for n in range(2)]
    work()
    mail.outbox = []
    right = referrals.remind

    def falls_over(sending: object, **more: object) -> None:
        if sending.id == rows[0].sending.id:
            raise ValueError
        right(sending, **more)

    monkeypatch.setattr(referrals, "remind", falls_over)
    clock.set_forward(7)
    with pytest.raises(RuntimeError):
        jobs.remind(service())
    work()
    assert letters() == ["buero1@schule.example"]


def test_nothing_of_another_service_is_touched(own_database):
    sent = sent_to(school(), answer_by=clock.today() + timedelta(days=5))
    from faden.jobs import referrals

    clock.set_forward(20)
    referrals.of_service(actor_of(CEM).organisation_id)
    assert standing(sent)


# ---------- two weeks later ----------


def test_two_weeks_after_the_end_there_is_a_task_once(own_database):
    sent = sent_to(school(), channel="letter")
    written(sent, "finished")
    night(13)
    assert tasks() == []
    night(14)
    assert tasks() == ["Nachfragen, ob es geholfen hat: Platz in der Klasse 7"]
    night(30)
    assert len(tasks()) == 1


def test_who_was_asked_already_is_not_asked_again(own_database):
    from faden.referrals.actions import referrals
    from faden.referrals.vocabulary import Helped

    sent = sent_to(school(), channel="letter")
    written(sent, "finished")
    by, now = actor_of(AMAL), sent.again()
    with opened_for(by, write=True):
        referrals.note_helped(now, Helped.YES, words="", on=clock.today(), by=by, at=clock.now())
    night(14)
    assert tasks() == []


def test_a_confidential_one_stays_confidential(own_database):
    from faden.cases.models import Task
    from faden.referrals.models import Referral

    sent = sent_to(school(), channel="letter")
    written(sent, "finished")
    with opened_for(actor_of(AMAL), write=True):
        Referral.objects.filter(id=sent.referral.id).update(confidential=True)
    night(14)
    with opened_for(actor_of(AMAL), write=False):
        task = Task.objects.get(title__startswith="Nachfragen")
        assert (task.confidential, task.persons) == (True, [sent.case.person_id])


def test_a_fallübergabe_that_cannot_end_keeps_no_other(own_database, monkeypatch):
    from faden.jobs import transfers as jobs
    from tests.case_making import open_a_case
    from tests.referrals.handing_over import prepared

    transfers = [prepared(open_a_case(family=f"Familie{n}")) for n in range(2)]
    with opened_for(actor_of(AMAL), write=True):
        for one in transfers:
            type(one).objects.filter(id=one.id).update(state="accepted", sent_at=clock.now(), sent_by=1)
    tried = []

    def falls_over(transfer: object, *_: object, **__: object) -> bool:
        tried.append(transfer.id)
        if len(tried) == 1:
            raise ValueError
        return True

    monkeypatch.setattr(jobs, "finish_when_due", falls_over)
    clock.set_forward(30)
    with pytest.raises(RuntimeError, match=r"transfers.of_service: 1$"):
        jobs.of_service(service())
    assert sorted(tried) == sorted(one.id for one in transfers)
