"""What a participant reports: taken over where the step still stands as in its copy; else kept, answered, and nothing changes."""

from datetime import timedelta

import pytest

from tests.case_making import open_a_case
from tests.chains.making import Hand, begin, step
from tests.chains.sharing import Sharing
from tests.desk_client import actor_of


@pytest.fixture
def hand(own_database):
    return Hand(open_a_case(family="Darwisch", given="Rima"))


@pytest.fixture
def chain(hand):
    steps = (step("test"), step("kurs", "test"), step("kita", life_area="childcare"), step("titel", life_area="residence"))
    return begin(hand.case, *steps, title="Deutschkurs", ago=5)


@pytest.fixture
def sharing(hand, chain):
    return Sharing(hand, chain).begin("test")


def day(number):
    from faden.kernel import clock

    return clock.today() + timedelta(days=number)


def tasks(hand):
    from faden.cases.models import Task
    from faden.kernel.rls import opened_for

    with opened_for(hand.by, write=False):
        return [(task.title, task.assignee_id) for task in Task.objects.filter(case=hand.case)]


def test_a_place_from_a_day_on(hand, chain, sharing):
    sharing.says("test", state="waiting_agency", due=day(60).isoformat(), words="Platz ab dann")
    row = hand.row("test", chain)
    assert (row.state, row.due_on, row.agency, row.words) == ("waiting_agency", day(60), sharing.service.name, None)
    (report,) = sharing.reports()
    assert (report.kind, report.state, report.outcome, report.words, report.from_them) == (
        "state", "waiting_agency", "taken", "Platz ab dann", True,
    )  # fmt: skip
    assert report.change.state == "waiting_agency"
    assert (sharing.row().number, sharing.step("test").due) == (2, day(60).isoformat()), "one copy for both"
    assert tasks(hand) == []


@pytest.mark.parametrize(
    ("said", "state", "reason", "holder"),
    [
        ({"state": "done"}, "done", "", "agency"),
        ({"state": "blocked", "reason": "no_place"}, "blocked", "no_place", "agency"),
        ({"state": "blocked", "reason": "xyz"}, "blocked", "other", "agency"),
        ({"state": "waiting_person"}, "waiting_person", "", "client"),
    ],
)
def test_what_they_may_say(hand, chain, sharing, said, state, reason, holder):
    sharing.says("test", **said)
    row = hand.row("test", chain)
    assert (row.state, row.block_reason, row.holder) == (state, reason, holder)
    assert hand.row("kurs", chain).state == ("ready" if state == "done" else "open")


def test_since_when_is_believed_within_the_chain(hand, chain, sharing):
    sharing.says("test", state="done", since=day(-2).isoformat())
    assert hand.row("test", chain).since_on == day(-2)


@pytest.mark.parametrize("since", ["2031-01-01", "1999-01-01", "gestern", ""])
def test_a_day_that_cannot_be_is_the_day_of_the_report(hand, chain, sharing, since):
    sharing.says("test", state="done", since=since)
    assert hand.row("test", chain).since_on == day(0)


@pytest.mark.parametrize("due", ["irgendwann", "0001-01-01", "9999-12-31", "3.2."])
def test_a_due_day_that_cannot_be_is_left_out(hand, chain, sharing, due):
    sharing.says("test", state="waiting_agency", due=due)
    assert (hand.row("test", chain).state, hand.row("test", chain).due_on) == ("waiting_agency", None)


# ---------- nothing changes ----------


def unchanged(hand, chain, code, before):
    after = hand.row(code, chain)
    assert (after.state, after.since_on, after.due_on, after.version) == (
        before.state, before.since_on, before.due_on, before.version,
    )  # fmt: skip


def kept(sharing, outcome, words="gemeldet „erledigt“"):
    """In the record, with the case lead, and said to the participant."""
    (report,) = sharing.reports()
    assert (report.outcome, report.change) == (outcome, None)
    [(title, lead)] = tasks(sharing.hand)
    assert (sharing.service.name in title, lead) == (True, sharing.hand.case.lead_id)
    (line,) = sharing.step(report.step.code).talk
    assert (words in line, "nicht übernommen" in line) == (True, True)


def test_a_step_it_does_not_hold(hand, chain, sharing):
    before = hand.row("kurs", chain)
    sharing.says("kurs", state="done")
    unchanged(hand, chain, "kurs", before)
    kept(sharing, "not_held")


@pytest.mark.parametrize(
    ("verb", "holder"),
    [("give_to", ("case_manager",)), ("give_to", ("client",)), ("give_to", ("agency", None, "jobcenter", "Jobcenter Ahaus")), ("wait_for_agency", ())],
)
def test_a_step_that_lay_with_it_and_was_given_to_somebody_else(hand, chain, sharing, verb, holder):
    from faden.chains.actions import steps

    if verb == "give_to":
        hand.do(steps.give_to, "test", steps.Holder(*holder))
    else:
        hand.do(steps.wait_for_agency, "test", agency_kind="jobcenter", agency="Jobcenter Ahaus", since=day(0))
    assert not sharing.step("test").is_yours
    before = hand.row("test", chain)
    sharing.says("test", state="done")
    unchanged(hand, chain, "test", before)
    kept(sharing, "not_held")


def test_a_word_of_ours_about_their_step_leaves_it_with_them(hand, chain, sharing):
    from faden.chains.actions import steps

    hand.do(steps.wait_for_agency, "test", agency_kind="kurstraeger", agency=sharing.service.name, since=day(0))
    hand.do(steps.wait_for_person, "test", since=day(0))
    assert sharing.step("test").is_yours
    sharing.says("test", state="done")
    assert hand.row("test", chain).state == "done"


@pytest.mark.parametrize("state", ["ready", "open", "dropped", "", "xyz"])
def test_a_state_that_is_not_theirs_to_say(hand, chain, sharing, state):
    before = hand.row("test", chain)
    sharing.says("test", state=state)
    unchanged(hand, chain, "test", before)
    assert [one.outcome for one in sharing.reports()] == ["unclear"]


def test_a_settled_step(hand, chain, sharing):
    hand.finish("test")
    before = hand.row("test", chain)
    sharing.says("test", state="blocked", reason="no_place")
    unchanged(hand, chain, "test", before)
    kept(sharing, "settled", "gemeldet „blockiert“")


def test_both_sides_change_the_same_step(hand, chain, sharing):
    """Ours, which was first, stays; theirs is kept for a person to look at."""
    from faden.chains.actions.steps import block
    from faden.jobs.deliveries import replied

    reply_id = sharing.says("test", state="done", taken=False)
    hand.do(block, "test", reason="childcare", since=day(0))
    before = hand.row("test", chain)
    replied(sharing.by.organisation_id, str(reply_id))
    unchanged(hand, chain, "test", before)
    kept(sharing, "changed")


def test_both_sides_change_different_steps(hand, chain, sharing):
    """The number is older, the step is not: what they say of it is as true as before."""
    from faden.chains.actions.steps import block
    from faden.jobs.deliveries import replied

    reply_id = sharing.says("test", state="done", taken=False)
    hand.do(block, "kurs", reason="childcare", since=day(0))
    replied(sharing.by.organisation_id, str(reply_id))
    assert (hand.row("test", chain).state, hand.row("kurs", chain).state) == ("done", "blocked")
    assert sharing.row().number == 3


def test_an_older_copy_from_their_file(hand, chain, sharing):
    from faden.chains.actions.steps import block

    older = sharing.files()
    hand.do(block, "test", reason="childcare", since=day(0))
    before = hand.row("test", chain)
    sharing.says("test", state="done", copy=older)
    unchanged(hand, chain, "test", before)
    kept(sharing, "changed")


def test_our_form_from_before_their_report_is_a_conflict(hand, chain, sharing):
    from faden.chains.actions.steps import block
    from faden.kernel.errors import Conflict

    version = hand.row("test", chain).version
    sharing.says("test", state="waiting_person")
    with pytest.raises(Conflict) as refused:
        hand.do(block, "test", reason="childcare", since=day(0), seen_version=version)
    assert ("Stand", "wartet auf Person", "blockiert") in refused.value.changes


@pytest.mark.parametrize("code", ["titel", "kita", "fremd", "gibt-es-nicht", ""])
def test_hidden_steps_other_chains_and_what_is_none(hand, chain, sharing, code):
    begin(hand.case, step("fremd"))
    before = hand.stand()
    sharing.says(code, state="done")
    assert (hand.stand(), sharing.reports(), sharing.row().number) == (before, [], 1)
    from faden.consents.models import Reply
    from faden.kernel.rls import opened_for

    with opened_for(hand.by, write=False):
        (reply,) = Reply.objects.all()
    assert reply.taken_at, "kept, and taken up once"


def test_after_the_end_a_filed_copy_still_answers_and_nothing_happens(hand, chain, sharing):
    copy = sharing.files()
    sharing.withdraw()
    sharing.says("test", state="done", copy=copy)
    assert (hand.row("test", chain).state, sharing.reports()) == ("ready", [])


def test_after_the_end_a_copy_that_was_not_filed_takes_no_answer(sharing):
    from django.db import DatabaseError

    (copy,) = sharing.copies()
    sharing.withdraw()
    with pytest.raises(DatabaseError, match="no such delivery"):
        sharing.says("test", state="done", copy=copy)


def test_the_job_twice_counts_once(sharing):
    from faden.jobs.deliveries import replied

    reply_id = sharing.says("test", state="waiting_person")
    replied(sharing.by.organisation_id, str(reply_id))
    assert (len(sharing.reports()), sharing.row().number) == (1, 2)


# ---------- questions ----------


def test_their_question_becomes_a_task_and_our_answer_reaches_them(hand, chain, sharing):
    from faden.chains.actions.sharing import ask, share_of
    from faden.chains.vocabulary import ReportKind
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    sharing.says("kurs", kind="question", words="Ist vormittags möglich?")
    ((title, _lead),) = tasks(hand)
    assert title == f"Frage von {sharing.service.name} beantworten: Kurs"
    row = hand.row("kurs", chain)
    with opened_for(hand.by, write=True):
        share = share_of(hand.case, sharing.share.id)
        ask(share, row.id, words="Ja, bis 12 Uhr.", kind=ReportKind.ANSWER, by=hand.by, at=clock.now())
    first, second = sharing.step("kurs").talk
    assert (first.startswith(sharing.service.name), "vormittags" in first) == (True, True)
    assert (second.startswith(hand.by.organisation_name), "bis 12 Uhr" in second) == (True, True)
    assert sharing.row().number == 3


def test_very_long_words_are_cut(sharing):
    sharing.says("test", kind="question", words="ä" * 5000)
    assert [len(one.words) for one in sharing.reports()] == [2000]


def test_no_other_service_answers_on_it(sharing):
    from django.db import DatabaseError

    (copy,) = sharing.copies()
    sharing.them = actor_of("cem@drk-gronau.example")
    with pytest.raises(DatabaseError, match="no such delivery"):
        sharing.says("test", state="done", copy=copy)
