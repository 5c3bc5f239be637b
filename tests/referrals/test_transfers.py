"""Fallübergabe between two services, through the verbs: nothing open without a holder, nothing told without a ground."""

from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest

from faden.kernel import clock
from faden.kernel.errors import Conflict, Invalid
from faden.kernel.rls import opened_for
from tests.case_making import acting, add_member, agree
from tests.desk_client import actor_of, membership_of
from tests.referrals import handing_over as over
from tests.referrals.handing_over import AMAL, CEM, facts_told, in_ahaus, in_gronau, put


@pytest.fixture
def case(own_database):
    return over.a_case()


def with_work(case, person=None):
    """A goal with a step, a chain of two steps, a task, an appointment, a Vollmacht."""
    from faden.cases.actions import appointments, tasks
    from faden.cases.actions.concerning import About
    from faden.chains.actions import goals
    from faden.chains.actions.start import Begin, FreeStep, start_free
    from faden.chains.vocabulary import HolderKind

    person = person or case.person
    about, at, on = About((person.id,)), clock.now(), clock.today()
    with acting(AMAL) as by:
        goal = goals.make(case, person.id, goals.Wanted("Ich will als Bäckerin arbeiten", "work", until_on=on + timedelta(days=90)), by=by, on=on, at=at)
        goals.add_step(goal, goals.StepWanted("Bewerbung schreiben", HolderKind.CLIENT), by=by, at=at)
        steps = [FreeStep("Kurs B1 suchen"), FreeStep("Kurs B1 anmelden", holder=HolderKind.CLIENT)]
        start_free("Deutsch bis B1", "language", steps, Begin(person.id, on), case=case, by=by, at=at)
        tasks.make(tasks.Wanted("Kursträger anrufen", on, case.lead_id, about), case=case, by=by, at=at)
        starts = at + timedelta(days=3)
        planned = appointments.Planned("Gespräch zum Kurs", starts, starts + timedelta(hours=1), "Geheimer Ort 7", "", about)
        appointments.make(planned, case=case, by=by, at=at)
    return goal


def test_the_whole_round(case):
    from faden.cases.models import Case, Closing, Deadline, Task
    from faden.chains.models import Chain, ChainStep, Goal, GoalStep
    from faden.consents.models import Delivery
    from faden.jobs.transfers import of_service
    from faden.referrals.models import LoosePart, TakenOver

    with_work(case)
    transfer = over.sent(case)
    told = facts_told()
    assert "Familienname: Schewtschenko" in told and "Ziel: Ich will als Bäckerin arbeiten · bis " in str(told)
    assert "Schritt: Kurs B1 suchen · bereit, Case Management" in told and "Vereinbarter Schritt: Bewerbung schreiben" in told
    assert not any("Geheimer Ort" in one for one in told)
    assert all(part.goes_to for part in in_ahaus(LoosePart, transfer=transfer))

    theirs = over.accept(words="Willkommen")
    over.answered()
    now = over.now(case, transfer)
    assert (now.state, now.their_number, now.answer_words) == ("accepted", theirs.number, "Willkommen")

    [taken] = in_gronau(TakenOver)
    assert (taken.their_number, taken.case_id) == (case.number, theirs.id)
    assert [one.title for one in in_gronau(Chain)] == [f"Deutsch bis B1 (übernommen von {membership_of(AMAL).organisation.name})"[:120]]
    assert {one.title for one in in_gronau(ChainStep)} == {"Kurs B1 suchen", "Kurs B1 anmelden"}
    titles = [one.title for one in in_gronau(Task)]
    assert any(title.startswith("Kursträger anrufen (übernommen von") for title in titles)
    assert any(title.startswith("Gespräch zum Kurs · im Büro, ") for title in titles)
    assert any(title.startswith("Einwilligung in Beratung") for title in titles)
    assert in_gronau(Delivery)[0].filed_at
    assert not in_gronau(Goal)

    with pytest.raises(Exception, match="noch keine Einwilligung"), acting(CEM) as by:
        take_goals(taken, by)
    with opened_for(actor_of(CEM), write=False):
        person = theirs.person
    over.agreed_in_gronau(person)
    with acting(CEM) as by:
        assert take_goals(taken, by) == 1
    assert in_gronau(Goal)[0].words == "Ich will als Bäckerin arbeiten"
    assert [step.what[:24] for step in in_gronau(GoalStep)] == ["Ziel gemeinsam durchsehe", "Bewerbung schreiben"]
    with acting(CEM) as by:
        assert take_goals(taken, by) == 0

    with clock_at(days=15):
        assert of_service(actor_of(AMAL).organisation_id) == 1
    [closing] = in_ahaus(Closing, case=case)
    assert (closing.reason, closing.client_view) == ("transferred", "not_asked")
    assert in_ahaus(Case, id=case.id)[0].phase == "closed"
    assert {one.rating for one in in_ahaus(Goal)} == {"passed_on"}
    assert not in_ahaus(Deadline, ended_at=None) and not in_ahaus(Task, case=case, done_at=None)
    assert over.now(case, transfer).state == "done"


def take_goals(taken, by):
    from faden.referrals.actions import taking_over

    return taking_over.take_goals(taken, by=by, on=clock.today(), at=clock.now())


@contextmanager
def clock_at(*, days):
    """The clock so many days later."""
    clock.set_forward(days)
    try:
        yield
    finally:
        clock.set_forward(0)


# ---------- grounds ----------


def test_who_has_no_consent_cannot_go(case):
    child = add_member(case, "Danylo", family="Schewtschenko")
    agree(child)
    over.ground(case.person)
    transfer = over.prepared(case, (case.person_id, child.id))
    planned = over.seen(case, transfer)
    assert [goer.name for goer in planned.without_ground] == ["Schewtschenko, Oleksandra", "Schewtschenko, Danylo"]
    consent = over.ground(case.person)
    over.describe(case, transfer, case.person, consent)
    over.place_all(case, transfer)
    with pytest.raises(Invalid, match="Danylo"):
        over.send(case, transfer)
    assert over.deliveries() == []
    # Without the child it goes, and the child's case stays here.
    with_work(case, child)
    change(case, transfer, over.frame((case.person_id,)))
    over.place_all(case, transfer)
    over.send(case, transfer)
    assert len(over.deliveries()) == 1 and not any("Danylo" in one or "Bäckerin" in one for one in facts_told())
    over.accept()
    over.answered()
    finish(transfer)
    now = over.now(case, transfer)
    assert now.state == "done" and now.case.phase != "closed"
    from faden.cases.models import Task

    titles = [task.title for task in in_ahaus(Task, case=case, done_at=None)]
    assert "Kursträger anrufen" in titles and any("nach einer Person benannt" in title for title in titles)


def change(case, transfer, frame):
    from faden.referrals.actions import transfers
    from faden.referrals.queries.transfers import transfer_of

    with acting(AMAL) as by:
        found = transfer_of(case, transfer.id)
        transfers.change(found, frame, seen_version=found.version, by=by, on=clock.today(), at=clock.now())


def finish(transfer, **more):
    from faden.casework.actions.handing_over import Leaving
    from faden.casework.actions.handing_over import finish as end

    row = over.now(None, transfer)
    with acting(AMAL) as by:
        end(row, Leaving(clock.today(), **more), by=by, on=clock.today(), at=clock.now())


def test_some_of_a_family_leave_and_the_others_stay(case):
    from faden.cases.models import CaseMember

    child = add_member(case, "Danylo", family="Schewtschenko")
    agree(child)
    with_work(case, child)
    with_work(case)
    transfer = over.sent(case, (child,))
    theirs = over.accept()
    over.answered()
    finish(transfer)
    assert [row.person_id for row in in_ahaus(CaseMember, case=case, until_on=None)] == [case.person_id]
    assert over.now(case, transfer).case.phase != "closed"
    from faden.chains.models import Chain, Goal

    assert {goal.persons[0] for goal in in_ahaus(Goal, rating="")} == {case.person_id}
    assert {chain.persons[0] for chain in in_ahaus(Chain, ended_at=None)} == {case.person_id}
    assert theirs.scope == "person"


def test_a_family_arrives_as_one_case_each_on_her_own_ground(case):
    from faden.cases.models import CaseMember
    from faden.consents.models import Release
    from faden.referrals.models import TakenOver

    child = add_member(case, "Danylo", family="Schewtschenko", born="04.05.2015")
    agree(child)
    over.sent(case, (case.person, child))
    releases = in_ahaus(Release, kind="transfer")
    assert {row.person_id for row in releases} == {case.person_id, child.id}
    assert len({row.consent_id for row in releases}) == 2
    theirs = over.accept()
    assert theirs.scope == "family" and len(in_gronau(CaseMember, case=theirs)) == 2
    taken = in_gronau(TakenOver, case=theirs)
    assert {row.person_id for row in taken} == {row.person_id for row in in_gronau(CaseMember, case=theirs)}
    with opened_for(actor_of(CEM), write=False):
        from faden.persons.models import PersonName

        assert PersonName.objects.get(person=theirs.person, is_main=True).given == "Oleksandra"


@pytest.mark.parametrize("email", ["dora@abh-kreis-borken.example", "petra@bildungswerk.example"])
def test_only_a_service_with_cases_of_its_own(case, email):
    with pytest.raises(Invalid):
        over.prepared(case, recipient=membership_of(email).organisation)


def test_the_consent_must_name_who_she_is(case):
    consent = over.ground(case.person, classes=("school_work",))
    transfer = over.prepared(case)
    with pytest.raises(Invalid) as refused:
        over.describe(case, transfer, case.person, consent, lines=(("contact", "x"),))
    assert refused.value.field == "about_contact"
    over.describe(case, transfer, case.person, consent, lines=(("school_work", "Sie lernt."),))
    assert over.seen(case, transfer).without_ground


def test_another_services_consent_carries_nothing(case):
    from tests.chains.sharing import PETRA, service_of

    consent = over.ground(case.person, recipient=service_of(PETRA))
    transfer = over.prepared(case)
    with pytest.raises(Invalid) as refused:
        over.describe(case, transfer, case.person, consent)
    assert refused.value.field == "consent"


# ---------- how it goes on ----------


def end_consent(consent):
    from faden.jobs.deliveries import ended
    from tests.releasing import withdrawn

    with acting(AMAL) as by:
        withdrawn(consent, by=by)
    ended(actor_of(AMAL).organisation_id, str(consent.id))


def test_withdrawn_before_the_answer_the_whole_package_ends(case):
    from faden.consents.models import Consent

    child = add_member(case, "Danylo", family="Schewtschenko")
    agree(child)
    transfer = over.sent(case, (case.person, child))
    [consent] = in_ahaus(Consent, person=child)
    end_consent(consent)
    assert over.now(case, transfer).state == "withdrawn" and over.deliveries() == []
    with pytest.raises(Exception, match="gehören|gibt es hier nicht|list index"):
        over.accept()


def test_withdrawn_after_the_answer_both_are_told(case):
    from faden.cases.models import Task
    from faden.consents.models import Consent, Delivery
    from faden.referrals.queries.arriving import taken_over

    transfer = over.sent(case)
    theirs = over.accept()
    over.answered()
    end_consent(in_ahaus(Consent)[0])
    assert over.now(case, transfer).state == "accepted"
    assert any("Einwilligung beendet nach" in task.title for task in in_ahaus(Task, case=case, done_at=None))
    [copy] = in_gronau(Delivery)
    assert copy.ended_at and copy.filed_at
    with opened_for(actor_of(CEM), write=False):
        [row] = taken_over(theirs)
    assert row.ended_because == "Einwilligung widerrufen"


def test_recalled_before_the_answer_and_never_after(case):
    from faden.referrals.actions import transfer_ends

    transfer = over.sent(case)
    with acting(AMAL) as by:
        transfer_ends.withdraw(transfer, by=by, at=clock.now())
    assert over.now(case, transfer).state == "withdrawn" and over.deliveries() == []
    again = over.sent(case)
    over.accept()
    over.answered()
    with pytest.raises(Conflict), acting(AMAL) as by:
        transfer_ends.withdraw(again, by=by, at=clock.now())


def test_accepted_there_while_it_was_recalled_here(case):
    from faden.cases.models import Task
    from faden.referrals.actions import transfer_ends

    transfer = over.sent(case)
    over.accept()
    with acting(AMAL) as by:
        transfer_ends.withdraw(transfer, by=by, at=clock.now())
    over.answered()
    assert over.now(case, transfer).state == "withdrawn"
    assert any("dort schon angenommen" in task.title for task in in_ahaus(Task, case=case, done_at=None))


def test_declined_by_one_and_taken_over_by_another_in_the_same_moment(case):
    """Before our job has ended the copies there: a case exists that we believe was refused. Somebody is told."""
    from faden.cases.models import Task
    from faden.referrals.actions.taking_over import decline

    transfer = over.sent(case)
    ids = over.deliveries()
    with acting(CEM) as by:
        decline(ids, words="Kein Platz frei.", by=by, at=clock.now())
    over.accept()
    over.answered()
    assert over.now(case, transfer).state == "declined"
    assert any("doch noch angenommen" in task.title for task in in_ahaus(Task, case=case, done_at=None))


def test_a_case_is_taken_over_once(case):
    over.sent(case)
    ids = over.deliveries()
    over.accept()
    from faden.referrals.actions.taking_over import Accepting, Arriving, accept, decline

    wanted = Accepting(tuple(Arriving(one) for one in ids), UUID(actor_of(CEM).membership_id))
    with pytest.raises(Conflict), acting(CEM) as by:
        accept(wanted, by=by, on=clock.today(), at=clock.now())
    with pytest.raises(Conflict), acting(CEM) as by:
        decline(ids, words="doch nicht", by=by, at=clock.now())


def test_half_a_package_is_not_taken_over(case):
    from faden.referrals.actions.taking_over import Accepting, Arriving, accept

    child = add_member(case, "Danylo", family="Schewtschenko")
    agree(child)
    over.sent(case, (case.person, child))
    one = Accepting((Arriving(over.deliveries()[0]),), UUID(actor_of(CEM).membership_id))
    with pytest.raises(Conflict), acting(CEM) as by:
        accept(one, by=by, on=clock.today(), at=clock.now())


def test_nobody_answers(case):
    from faden.cases.models import Task
    from faden.jobs.transfers import of_service

    transfer = over.sent(case)
    with clock_at(days=61):
        of_service(actor_of(AMAL).organisation_id)
    assert over.now(case, transfer).state == "withdrawn"
    assert any("ohne Antwort abgelaufen" in task.title for task in in_ahaus(Task, case=case, done_at=None))


def test_after_the_sending_nothing_more_goes_over(case):
    from faden.referrals.actions import transfers
    from faden.referrals.rules.transfers import Placed

    transfer = over.sent(case)
    put(case, title="Neu")
    [row] = [row for row in over.seen(case, transfer).rows if row.part.title == "Neu"]
    now = over.now(case, transfer)
    with pytest.raises(Invalid), acting(AMAL) as by:
        transfers.place(now, {row.part.key: Placed("them", "", "contact")}, seen_version=now.version, by=by, at=clock.now())
    with acting(AMAL) as by:
        transfers.place(now, {row.part.key: Placed("client")}, seen_version=now.version, by=by, at=clock.now())


def test_one_transfer_at_a_time(case):
    over.prepared(case)
    with pytest.raises(Invalid):
        over.prepared(case)


def test_somebody_known_there_is_taken_by_hand_and_never_by_itself(case):
    from faden.persons.models import Person
    from tests.case_making import open_a_case

    known = open_a_case(CEM)
    over.sent(case)
    [delivery] = over.deliveries()
    theirs = over.accept(known={delivery: known.person_id})
    assert theirs.person_id == known.person_id and theirs.id != known.id
    assert len(in_gronau(Person)) == 1
