"""What the night lets go of, and what it keeps: texts, notes, drafts, keys, whole sealed blocks."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.case_making import open_a_case
from tests.desk_client import actor_of, signed_in

AMAL, CEM = "amal@caritas-ahaus.example", "cem@drk-gronau.example"


@pytest.fixture
def ahaus(own_database):
    """Amal, on a database of this test's own."""
    return actor_of(AMAL)


def within(actor, *, write=False):
    """The actor's door."""
    from faden.kernel.rls import opened_for

    return opened_for(actor, write=write)


def the_night(actor):
    """The night's work for one service."""
    from faden.jobs import retention

    retention.of_service(actor.organisation_id)


def take_inquiry(actor, text="Text der Anfrage"):
    from faden.cases.actions import inquiries
    from faden.kernel import clock

    asked = inquiries.Asked(
        asked_by="self", municipality="", language="", interpreting="none", life_areas=(), urgency="normal",
        result="informed", text=text,
    )
    with within(actor, write=True):
        return inquiries.take(asked, under=None, by=actor, at=clock.now())


def inquiries_of(actor):
    from faden.cases.models import Inquiry

    with within(actor):
        return [(i.text, i.text_deleted_on) for i in Inquiry.objects.order_by("asked_at")]


def test_the_text_of_an_inquiry_goes_after_90_days_and_the_count_stays(ahaus):
    from faden.kernel import clock

    take_inquiry(ahaus)
    clock.set_forward(89)
    the_night(ahaus)
    assert inquiries_of(ahaus) == [("Text der Anfrage", None)]
    clock.set_forward(91)
    the_night(ahaus)
    assert inquiries_of(ahaus) == [(None, clock.today())]


def test_a_working_note_goes_on_its_day(ahaus):
    from faden.cases.actions import working_notes
    from faden.cases.models import WorkingNote
    from faden.kernel import clock

    case = open_a_case(AMAL)
    with within(ahaus, write=True):
        working_notes.write("nur für mich", case=case, by=ahaus, on=clock.today(), at=clock.now())
    for days, left in ((89, 1), (90, 0)):
        clock.set_forward(days)
        the_night(ahaus)
        with within(ahaus):
            assert WorkingNote.objects.count() == left


def test_drafts_and_form_keys_go_after_14_days(ahaus):
    from faden.kernel import clock, drafts, submissions
    from faden.kernel.models import Draft, Submission

    with within(ahaus, write=True):
        drafts.save("/anfragen/neu/", {"text": ["halb"]}, by=ahaus, at=clock.now())
        submissions.claim(uuid4(), digest=b"sent", by=ahaus, at=clock.now())
    for days, left in ((13, 1), (15, 0)):
        clock.set_forward(days)
        the_night(ahaus)
        with within(ahaus):
            assert (Draft.objects.count(), Submission.objects.count()) == (left, left)


def test_another_service_is_not_touched(ahaus):
    from faden.kernel import clock

    gronau = actor_of(CEM)
    take_inquiry(ahaus)
    take_inquiry(gronau)
    clock.set_forward(100)
    the_night(ahaus)
    assert inquiries_of(ahaus)[0][0] is None
    assert inquiries_of(gronau)[0][0] == "Text der Anfrage"


def test_what_went_is_a_deed_with_its_number(ahaus):
    from faden.kernel import clock
    from faden.kernel.models import AuditEvent

    take_inquiry(ahaus)
    take_inquiry(ahaus)
    clock.set_forward(100)
    the_night(ahaus)
    with within(ahaus):
        [event] = AuditEvent.objects.filter(event="retention.let_go", details__record_class="anfragetext")
    assert event.details["rows"] == 2 and event.user_id is None


def test_one_class_that_fails_does_not_keep_the_others(ahaus, monkeypatch):
    from faden.jobs.retention import StepsFailed
    from faden.kernel import clock
    from faden.retention import actions

    take_inquiry(ahaus)
    steps = {"entwurf": lambda *_: 1 / 0, "anfragetext": actions.STEPS["anfragetext"]}
    monkeypatch.setattr(actions, "STEPS", steps)
    clock.set_forward(100)
    with pytest.raises(StepsFailed, match="entwurf"):
        the_night(ahaus)
    assert inquiries_of(ahaus)[0][0] is None


# ---------- the logs ----------


def act(actor, *, days_ago, times=3):
    """Deeds and looks of that day, sealed into a block each."""
    from faden.kernel import audit, clock, sealing
    from faden.oversight.vocabulary import OVERSIGHT_ENDED

    clock.set_forward(-days_ago)
    with within(actor, write=True):
        for _number in range(times):
            audit.note(OVERSIGHT_ENDED, by=actor, at=clock.now())
            audit.note_look(by=actor, at=clock.now(), kind="list", page="day", purpose=actor.role)
    clock.set_forward(0)
    for stream in sealing.STREAMS:
        with within(actor, write=True):
            # Closing: the horizon would wait for transactions of other tests on the same server.
            assert sealing.seal(actor.organisation_id, stream=stream, at=clock.now(), closing=True)


def logs(actor):
    """How many rows, blocks and expiries per log, and whether what is left is still as it was sealed."""
    from faden.kernel import sealing
    from faden.kernel.models import AuditBlock, AuditEvent, AuditExpiry, Look

    with within(actor):
        broken = [sealing.verify(actor.organisation_id, stream=stream) for stream in sealing.STREAMS]
        deeds = AuditEvent.objects.filter(event="oversight.ended").count()
        return {
            "deeds": deeds, "looks": Look.objects.count(), "blocks": AuditBlock.objects.count(),
            "expired": AuditExpiry.objects.count(), "broken": [b for b in broken if b],
        }


def test_a_block_goes_whole_when_its_period_is_over_and_its_hash_stays(ahaus):
    from faden.kernel.models import AuditBlock, AuditExpiry

    act(ahaus, days_ago=400)
    act(ahaus, days_ago=300)
    with within(ahaus):
        hashes = {bytes(block.hash) for block in AuditBlock.objects.all()}
    the_night(ahaus)
    assert logs(ahaus) == {"deeds": 6, "looks": 3, "blocks": 4, "expired": 1, "broken": []}
    with within(ahaus):
        assert {bytes(block.hash) for block in AuditBlock.objects.all()} == hashes
        expiry = AuditExpiry.objects.select_related("block").get()
    assert (expiry.block.stream, expiry.block.number, expiry.count) == ("looks", 1, 3)


def test_deeds_stay_five_years(ahaus):
    act(ahaus, days_ago=1826)
    the_night(ahaus)
    assert logs(ahaus)["deeds"] == 3
    act(ahaus, days_ago=1828)
    the_night(ahaus)
    # Its own deed was noted in between: the second block is as young as its youngest row.
    assert logs(ahaus)["deeds"] == 6


def test_old_deeds_go(ahaus):
    act(ahaus, days_ago=1828)
    the_night(ahaus)
    assert logs(ahaus) == {"deeds": 0, "looks": 0, "blocks": 2, "expired": 2, "broken": []}


def test_every_following_night_finds_nothing_more_to_do(ahaus):
    act(ahaus, days_ago=400)
    the_night(ahaus)
    before = logs(ahaus)
    the_night(ahaus)
    assert logs(ahaus) == before


def test_a_clock_put_forward_takes_nothing_younger_than_a_year(ahaus):
    from faden.kernel import clock

    act(ahaus, days_ago=0)
    act(ahaus, days_ago=364)
    clock.set_forward(4000)
    the_night(ahaus)
    clock.set_forward(0)
    assert logs(ahaus) == {"deeds": 6, "looks": 6, "blocks": 4, "expired": 0, "broken": []}


def test_the_database_refuses_a_block_younger_than_a_year_whoever_asks(ahaus):
    from faden.kernel.models import AuditBlock

    act(ahaus, days_ago=364)
    with within(ahaus, write=True):
        for block_id in list(AuditBlock.objects.values_list("id", flat=True)):
            with pytest.raises(DatabaseError, match="a year at least"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT audit_expire(%s)", [block_id])
    assert logs(ahaus)["looks"] == 3


def test_a_block_of_another_service_does_not_exist(ahaus):
    from faden.kernel.models import AuditBlock

    act(ahaus, days_ago=400)
    with within(ahaus):
        block_id = AuditBlock.objects.filter(stream="looks").get().id
    with within(actor_of(CEM), write=True), pytest.raises(DatabaseError, match="no such block"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT audit_expire(%s)", [block_id])


def test_a_row_taken_without_expiry_is_still_found(ahaus, owner):
    act(ahaus, days_ago=400)
    act(ahaus, days_ago=300)
    the_night(ahaus)
    owner.execute("SELECT set_config('faden.organisation', %s, false)", [str(ahaus.organisation_id)])
    owner.execute("SELECT set_config('faden.expiring', 'kernel_look', false)")
    owner.execute("DELETE FROM kernel_look WHERE id = (SELECT id FROM kernel_look ORDER BY at LIMIT 1)")
    assert logs(ahaus)["broken"]


# ---------- the night itself ----------


def test_the_night_queues_one_job_per_service_once(ahaus):
    from procrastinate.contrib.django.models import ProcrastinateJob

    from faden.jobs import retention
    from faden.jobs.doors import each_service

    retention.night(0)
    retention.night(0)
    jobs = ProcrastinateJob.objects.filter(task_name="retention.of_service")
    assert sorted(job.args["organisation_id"] for job in jobs) == sorted(each_service())


def test_ended_sign_ins_go_and_living_ones_stay(ahaus):
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.models import Session

    from faden.kernel import clock
    from faden.retention import actions

    living, ended = signed_in(AMAL).session.session_key, signed_in(CEM).session.session_key
    user = {"ip": "192.0.2.1", "user_agent": "Browser", "user_id": ahaus.user_id}
    for key in (living, ended):
        UserSession.objects.get_or_create(session_key=key, defaults=user)
    Session.objects.filter(session_key=ended).update(expire_date=clock.now() - timedelta(days=2))
    assert actions.forget_sessions(at=clock.now()) == 1
    assert [s.session_key for s in Session.objects.all()] == [living]
    assert [s.session_key for s in UserSession.objects.all()] == [living]
