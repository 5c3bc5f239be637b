"""Fallübergabe: what a form cannot send, what has changed since somebody looked, and what the new service gets to work with."""

from datetime import timedelta
from uuid import UUID

import pytest

from faden.kernel import clock
from faden.kernel.errors import Conflict, Invalid
from faden.kernel.rls import opened_for
from tests.case_making import acting, add_member, agree
from tests.desk_client import actor_of
from tests.referrals import handing_over as over
from tests.referrals.handing_over import AMAL, CEM, in_ahaus, in_gronau
from tests.referrals.test_transfers import clock_at, with_work


@pytest.fixture
def case(own_database):
    return over.a_case()


# ---------- Laufende Freigaben of who goes ----------


@pytest.mark.parametrize(("goes", "runs"), [("ends", False), ("us", True)])
def test_a_laufende_freigabe_ends_with_the_answer_unless_it_stays_with_us(case, goes, runs):
    """Whoever works along the chain turns to the new service; a chain of somebody who stays is shared on."""
    from faden.chains.models import ChainShare
    from faden.referrals.rules.transfers import Placed
    from tests.referrals.open_things import share

    child = add_member(case, "Danylo", family="Schewtschenko")
    agree(child)
    share(case, case.person, False)
    share(case, child, False)

    def choose(row):
        return Placed(goes, "dort neu") if row.part.kind == "share" else None

    transfer = over.sent(case, choose=choose)
    assert standing_shares(case) == {case.person_id, child.id}
    over.accept()
    assert standing_shares(case) == {case.person_id, child.id}, "until the answer is here"
    over.answered()
    assert standing_shares(case) == {child.id, *([case.person_id] if runs else [])}
    if runs:
        [row] = [row for row in over.seen(case, transfer).rows if row.part.kind == "share"]
        placed(case, transfer, {row.part.key: Placed("ends", "doch jetzt")})
    assert standing_shares(case) == {child.id}
    assert {one.ended_because for one in in_ahaus(ChainShare, case=case)} == {"", "handed_over"}


def standing_shares(case):
    """Whose chains somebody works along and can read now."""
    from faden.chains.models import ChainShare

    rows = [one for one in in_ahaus(ChainShare, case=case) if not one.ended_at]
    with opened_for(actor_of(AMAL), write=False):
        ended = {one.release_id for one in rows if one.release.endings.exists()}
        return {one.chain.person_id for one in rows if one.release_id not in ended}


def placed(case, transfer, where):
    """Somebody says later where parts go."""
    from faden.referrals.actions import transfers
    from faden.referrals.queries.transfers import transfer_of

    with acting(AMAL) as by:
        found = transfer_of(case, transfer.id)
        transfers.place(found, where, seen_version=found.version, by=by, at=clock.now())


# ---------- what a form cannot send, and what has changed since somebody looked ----------


def test_a_service_with_cases_that_decides_about_the_stay_gets_none(case):
    from dataclasses import replace

    from faden.organisations.queries.recipients import as_recipient

    frame = over.frame((case.person_id,))
    office = replace(frame, recipient=replace(as_recipient(over.gronau()), decides_about_stay=True))
    with pytest.raises(Invalid, match="Einbürgerungsbehörden") as refused:
        office.checked(on=clock.today())
    assert refused.value.field == "recipient"


@pytest.mark.parametrize(("days", "together", "field"), [(-1, None, "overlap_until"), (5, 6, "together_on"), (5, 5, ""), (0, None, "")])
def test_the_overlap_lies_ahead_and_the_talk_within_it(case, days, together, field):
    on = clock.today()
    frame = over.frame(
        (case.person_id,), overlap_until=on + timedelta(days=days), together_on=on + timedelta(days=together) if together else None
    )
    if not field:
        assert frame.checked(on=on) == over.gronau().id
        return
    with pytest.raises(Invalid) as refused:
        frame.checked(on=on)
    assert refused.value.field == field


def ready(case):
    """Described and placed; nothing is missing but the sending."""
    with_work(case)
    consent, transfer = over.ground(case.person), over.prepared(case)
    over.describe(case, transfer, case.person, consent)
    over.place_all(case, transfer)
    return transfer, consent


def send_as(case, transfer, seal):
    from faden.referrals.actions import transfers
    from faden.referrals.queries.transfers import transfer_of

    with acting(AMAL) as by:
        transfers.send(transfer_of(case, transfer.id), seen=seal, by=by, today=clock.today(), at=clock.now())


@pytest.mark.parametrize("what", ["words", "title", "holder"])
def test_only_what_was_looked_at_is_sent(case, what):
    """Nothing is missing, but it says something else by now."""
    from faden.cases.models import Task
    from faden.referrals.rules.transfers import Placed

    transfer, consent = ready(case)
    seal = over.seen(case, transfer).seal
    if what == "words":
        over.describe(case, transfer, case.person, consent, (("contact", "Nur abends."),))
    elif what == "title":
        with acting(AMAL):
            Task.objects.filter(case=case).update(title="Bei Frau Berg anrufen")
    else:
        [row] = [row for row in over.seen(case, transfer).rows if row.part.kind == "task"]
        placed(case, transfer, {row.part.key: Placed("client")})
    with pytest.raises(Conflict, match="noch einmal an"):
        send_as(case, transfer, seal)
    assert over.deliveries() == [] and over.now(case, transfer).state == "draft"
    send_as(case, transfer, over.seen(case, transfer).seal)
    assert len(over.deliveries()) == 1


def test_a_draft_that_lay_too_long_asks_for_another_day(case):
    transfer, _consent = ready(case)
    with clock_at(days=15), pytest.raises(Invalid, match="ist vorbei"):
        send_as(case, transfer, over.seen(case, transfer).seal)
    assert over.deliveries() == []


def test_who_places_parts_sees_what_somebody_else_placed_meanwhile(case):
    from faden.referrals.actions import transfers
    from faden.referrals.queries.transfers import transfer_of
    from faden.referrals.rules.transfers import Placed

    transfer, _consent = ready(case)
    [row] = [row for row in over.seen(case, transfer).rows if row.part.kind == "task"]
    with acting(AMAL) as by:
        version = transfer_of(case, transfer.id).version
    placed(case, transfer, {row.part.key: Placed("client")})
    with pytest.raises(Conflict), acting(AMAL) as by:
        transfers.place(transfer_of(case, transfer.id), {row.part.key: Placed("them")}, seen_version=version, by=by, at=clock.now())
    assert [one.placed.goes_to for one in over.seen(case, transfer).rows if one.part.kind == "task"] == ["client"]


# ---------- what arrives ----------


def test_the_copies_are_read_sixty_days_at_most(case):
    from faden.consents.models import Release
    from faden.referrals.vocabulary import TRANSFER_DAYS

    over.ground(case.person, days=10)
    consent, transfer = over.ground(case.person, days=200), over.prepared(case)
    over.describe(case, transfer, case.person, consent)
    over.place_all(case, transfer)
    over.send(case, transfer)
    [release] = in_ahaus(Release, kind="transfer")
    assert release.valid_until == clock.today() + TRANSFER_DAYS


def test_what_was_settled_before_the_sending_is_told_no_more(case):
    """Placed yesterday, done today: no row says any more that it goes somewhere."""
    from faden.cases.actions import tasks
    from faden.cases.models import Task
    from faden.referrals.models import LoosePart

    transfer, _consent = ready(case)
    with acting(AMAL) as by:
        task = Task.objects.get(case=case, done_at=None)
        tasks.finish(task, by=by, at=clock.now())
    over.send(case, transfer)
    assert "task" not in {part.kind for part in in_ahaus(LoosePart, transfer=transfer)}
    assert not any("Kursträger" in fact for fact in over.facts_told())


def test_days_come_with_steps_fristen_and_tasks(case):
    from faden.cases.models import Deadline, Task
    from faden.chains.actions import steps
    from faden.chains.models import ChainStep
    from tests.documents.deciding import decided

    with_work(case)
    day = clock.today() + timedelta(days=40)
    with acting(AMAL) as by:
        step = ChainStep.objects.get(case=case, title="Kurs B1 suchen")
        steps.agree(step.id, due_from=None, due_on=day, case=case, seen_version=step.version, by=by, at=clock.now())
    decided(case, clock.today(), confirmed=True)
    due = {one.due_on for one in in_ahaus(Deadline, case=case, ended_at=None, kind="remedy")}
    over.sent(case)
    theirs = over.accept()
    assert in_gronau(ChainStep, title="Kurs B1 suchen")[0].due_on == day
    taken = in_gronau(Deadline, case=theirs, kind="taken_over", ended_at=None)
    assert {one.due_on for one in taken} == due and due
    assert {one.due_on for one in in_gronau(Task, title__startswith="Kursträger anrufen")} == {clock.today()}


def taking(*deliveries, known=()):
    from faden.referrals.actions.taking_over import Accepting, Arriving, accept

    whose = dict(known)
    wanted = Accepting(tuple(Arriving(one, whose.get(one)) for one in deliveries), UUID(actor_of(CEM).membership_id))
    with acting(CEM) as by:
        return accept(wanted, by=by, on=clock.today(), at=clock.now())


def test_two_packages_are_not_one_case(case):
    over.sent(case)
    [first] = over.deliveries()
    over.sent(over.a_case(family="Andere"))
    with pytest.raises(Invalid, match="nicht zu einer"):
        taking(*over.deliveries())
    assert taking(first).number


def test_one_known_person_is_not_two_of_the_family(case):
    from tests.case_making import open_a_case

    child = add_member(case, "Danylo", family="Schewtschenko")
    agree(child)
    known = open_a_case(CEM)
    over.sent(case, (case.person, child))
    both = over.deliveries()
    with pytest.raises(Invalid, match="nicht zwei"):
        taking(*both, known=[(one, known.person_id) for one in both])
