"""Laufende Freigabe: who may, on what, what goes out, and how it ends."""

from datetime import timedelta

import pytest

from faden.kernel.errors import Conflict, FadenError, Invalid
from tests.case_making import add_member, open_a_case
from tests.chains.making import Hand, begin, step
from tests.chains.sharing import CLASSES, DORA, PETRA, Sharing, service_of


@pytest.fixture
def hand(own_database):
    return Hand(open_a_case(family="Darwisch", given="Rima"))


@pytest.fixture
def chain(hand):
    return begin(hand.case, step("anmeldung"), step("test", "anmeldung"), step("kurs", "test"), title="Deutschkurs")


@pytest.fixture
def sharing(hand, chain):
    return Sharing(hand, chain)


def today():
    from faden.kernel import clock

    return clock.today()


def test_the_first_copy_says_where_each_step_stands(hand, sharing):
    hand.finish("anmeldung")
    sharing.begin("test")
    (copy,) = sharing.copies()
    assert (copy.number, copy.kind, copy.sender.name, copy.purpose) == (1, "chain", sharing.by.organisation_name, "Deutschkurs")
    content = sharing.read()
    assert [(fact.label, fact.value) for fact in content.facts] == [
        ("Name", "Darwisch, Rima"), ("Lebensbereich", "Arbeit und Anerkennung"),
    ]  # fmt: skip
    assert [(one.code, one.state, one.is_yours) for one in content.steps] == [
        ("anmeldung", "done", False), ("test", "ready", True), ("kurs", "open", False),
    ]  # fmt: skip
    assert sharing.step("test").holder == sharing.service.name
    assert sharing.step("kurs").holder == "Case Management"


def test_a_change_delivers_the_next_number_and_the_older_copy_is_gone(hand, sharing):
    sharing.begin("test")
    hand.finish("anmeldung")
    (copy,) = sharing.copies()
    assert (copy.number, sharing.row().number) == (2, 2)
    assert sharing.step("anmeldung").state == "done"


def test_what_changes_nothing_they_see_makes_no_copy(hand, sharing):
    from django.utils import translation

    from faden.chains.actions.board import opened
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    sharing.begin("test")
    with translation.override("en"), opened_for(hand.by, write=True):
        opened(hand.case, by=hand.by, at=clock.now()).deliver()
    assert sharing.row().number == 1


@pytest.mark.parametrize("life_area", ["residence", "health"])
def test_chains_of_hidden_areas_are_not_shared(hand, life_area):
    from faden.kernel.rls import opened_for

    begun = begin(hand.case, step("a"))
    with opened_for(hand.by, write=True):
        type(begun).objects.filter(id=begun.id).update(life_area=life_area)
    with pytest.raises(Invalid, match="Aufenthalt und Gesundheit"):
        Sharing(hand, begun, classes=("contact", "school_work", "residence")).begin()


def test_what_is_confidential_is_not_shared(hand):
    with pytest.raises(Invalid, match="vertraulichen Faden"):
        Sharing(hand, begin(hand.case, step("a"), confidential=True)).begin()


def test_an_office_that_decides_about_the_stay_is_refused(hand, chain):
    with pytest.raises(Invalid, match="keine Laufende Freigabe"):
        Sharing(hand, chain, with_=DORA).begin()


def test_on_another_persons_consent_nothing_goes(hand):
    child = add_member(hand.case, "Noor")
    begun = begin(hand.case, step("a"), person=child.id)
    with pytest.raises(Invalid, match="anderen Person"):
        Sharing(hand, begun).begin()


@pytest.mark.parametrize(("days", "match"), [(366, "zwölf Monaten"), (-1, "zwölf Monaten"), (40, "länger gelten als die Einwilligung")])
def test_it_ends_within_twelve_months_and_within_the_consent(sharing, days, match):
    with pytest.raises(Invalid, match=match):
        sharing.begin(days=days)


def test_a_consent_names_the_class_of_the_chain(hand, chain):
    with pytest.raises(Invalid, match="nennt diese Angaben nicht"):
        Sharing(hand, chain, classes=("contact",)).begin()


def test_only_a_consent_that_stands_carries_it(sharing):
    sharing.withdraw()
    with pytest.raises(FadenError, match="beendet"):
        sharing.begin()


def test_once_with_a_service(sharing):
    sharing.begin()
    with pytest.raises(Invalid, match="arbeitet schon"):
        sharing.begin()


def test_steps_of_other_chains_settled_ones_and_hidden_ones_are_nobodys_to_hold(hand, sharing):
    begin(hand.case, step("fremd"))
    with pytest.raises(Invalid, match="nicht übernehmen"):
        sharing.begin(hand.row("fremd").id)
    hand.finish("anmeldung")
    with pytest.raises(Invalid, match="nicht übernehmen"):
        sharing.begin("anmeldung")


def test_what_one_participant_holds_another_does_not(hand, chain, sharing):
    sharing.begin("test")
    with pytest.raises(Invalid, match="nicht übernehmen"):
        Sharing(hand, chain, with_="cem@drk-gronau.example").begin("test")
    assert hand.row("test", chain).held_by_share_id == sharing.share.id


# ---------- the end ----------


def ended(sharing, because):
    row = sharing.row()
    assert (row.ended_because, bool(row.ended_at)) == (because, True)
    assert sharing.copies() == []
    assert sharing.hand.row("test", sharing.chain).held_by_share_id is None


def test_ended_by_hand(sharing):
    from faden.chains.actions.sharing import end, share_of
    from faden.chains.vocabulary import ShareEnd
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    sharing.begin("test")
    with opened_for(sharing.by, write=True):
        end(share_of(sharing.hand.case, sharing.share.id), ShareEnd.ENDED, by=sharing.by, at=clock.now())
    ended(sharing, "ended")


def test_the_chain_ends_and_with_it_the_share(hand, chain, sharing):
    from faden.chains.actions.ending import end, reopen
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    sharing.begin("test")
    with opened_for(hand.by, write=True):
        end(chain.id, "finished", case=hand.case, seen_version=1, by=hand.by, at=clock.now())
    ended(sharing, "chain_over")
    with opened_for(hand.by, write=True):
        reopen(chain.id, case=hand.case, by=hand.by, at=clock.now())
    assert sharing.copies() == [], "taken up again, nobody shares it by itself"


def test_closing_the_case_ends_it(hand, sharing):
    from faden.chains.actions.ending import end_all
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    sharing.begin("test")
    with opened_for(hand.by, write=True):
        end_all(hand.case, by=hand.by, at=clock.now())
    ended(sharing, "chain_over")


def test_withdrawal_ends_the_copy_at_once_and_a_change_meanwhile_delivers_nothing(hand, sharing):
    sharing.begin("test")
    sharing.withdraw()
    assert sharing.copies() == [], "in the withdrawal's own transaction"
    hand.finish("anmeldung")  # before the job: not refused, and nothing goes out
    ended(sharing, "withdrawn")
    from faden.jobs.deliveries import ended as job

    job(sharing.by.organisation_id, str(sharing.consent.id))
    ended(sharing, "withdrawn")


def test_the_job_of_a_withdrawal_ends_it_where_nobody_changes_anything(sharing):
    from faden.jobs.deliveries import ended as job

    sharing.begin("test")
    sharing.withdraw()
    job(sharing.by.organisation_id, str(sharing.consent.id))
    ended(sharing, "withdrawn")


def test_of_age_ends_what_parents_signed(hand):
    from faden.consents.actions.of_age import end_declarations
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    child = add_member(hand.case, "Noor", born="05.06.2014")
    begun = begin(hand.case, step("anmeldung"), step("test"), person=child.id)
    more = {"person": child, "own": False, "represented_by": (hand.case.person_id,)}
    sharing = Sharing(hand, begun, **more).begin("test")
    with opened_for(hand.by, write=True):
        end_declarations(child.id, by=hand.by, on=clock.today(), at=clock.now())
    assert sharing.copies() == []
    hand.finish("anmeldung")
    ended(sharing, "withdrawn")


def test_a_birthday_that_is_corrected_ends_it_and_keeps_nobody_from_working(hand):
    """What parents signed carries no copy beyond the eve of her coming of age, as it is known now."""
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.persons.models import Person

    child = add_member(hand.case, "Noor", born="05.06.2014")
    begun = begin(hand.case, step("anmeldung"), step("test"), person=child.id)
    sharing = Sharing(hand, begun, person=child, own=False, represented_by=(hand.case.person_id,)).begin("test", days=20)
    soon = clock.today() + timedelta(days=10)
    born = soon.replace(year=soon.year - 18)
    with opened_for(hand.by, write=True):
        Person.objects.filter(id=child.id).update(birth_earliest=born, birth_latest=born)
    hand.finish("anmeldung")
    assert hand.row("anmeldung", begun).state == "done"
    ended(sharing, "withdrawn")


def test_handed_over(hand, sharing):
    from faden.chains.actions.sharing import end
    from faden.chains.vocabulary import ShareEnd
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    sharing.begin("test")
    with opened_for(hand.by, write=True):
        end(sharing.share, ShareEnd.HANDED_OVER, by=hand.by, at=clock.now())
    ended(sharing, "handed_over")


def test_the_last_day_passes(hand, sharing):
    from faden.chains.actions.sharing import end_expired
    from faden.chains.models import ChainShare
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    sharing.begin("test", days=0)
    on, yesterday = today(), today() - timedelta(days=1)
    with opened_for(hand.by, write=True):
        assert end_expired(hand.case, by=hand.by, at=clock.now()) == 0, "its last day counts"
        ChainShare.objects.filter(id=sharing.share.id).update(started_on=yesterday, until_on=yesterday)
        assert end_expired(hand.case, by=hand.by, at=clock.now()) == 1
    assert on == today()
    ended(sharing, "expired")


# ---------- copies that are over ----------


def test_a_superseded_copy_keeps_no_content_unless_it_was_filed(hand, sharing, owner):
    sharing.begin("test")
    first = sharing.files()
    hand.finish("anmeldung")
    hand.finish("test")
    owner.execute("SELECT set_config('faden.organisation', %s, false)", [str(sharing.them.organisation_id)])
    kept = dict(owner.execute("SELECT number, content IS NOT NULL FROM consents_delivery").fetchall())
    assert kept == {1: True, 2: False, 3: True}
    assert first.number == 1


def test_withdrawn_nothing_is_left_at_the_recipient_but_what_it_filed(sharing, owner):
    sharing.begin("test")
    sharing.withdraw()
    owner.execute("SELECT set_config('faden.organisation', %s, false)", [str(sharing.them.organisation_id)])
    assert owner.execute("SELECT content FROM consents_delivery").fetchall() == [(None,)]


# ---------- several at once ----------


def test_each_participant_reads_its_own_talk(hand, chain, sharing):
    from faden.chains.actions.sharing import ask, share_of
    from faden.chains.vocabulary import ReportKind
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    other = Sharing(hand, chain, with_="cem@drk-gronau.example").begin()
    sharing.begin("test")
    row = hand.row("test", chain)
    with opened_for(hand.by, write=True):
        share = share_of(hand.case, sharing.share.id)
        ask(share, row.id, words="Wann ist der Test?", kind=ReportKind.QUESTION, by=hand.by, at=clock.now())
    assert "Wann ist der Test?" in " ".join(sharing.step("test").talk)
    assert other.step("test").talk == ()
    assert (sharing.step("test").is_yours, other.step("test").is_yours) == (True, False)
    assert service_of(PETRA).name == other.step("test").holder
    assert CLASSES


def test_after_the_end_nobody_is_asked(hand, chain, sharing):
    from faden.chains.actions.sharing import ask, share_of
    from faden.chains.vocabulary import ReportKind
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    sharing.begin("test")
    row = hand.row("test", chain)
    with opened_for(hand.by, write=True):
        share = share_of(hand.case, sharing.share.id)
    sharing.withdraw()
    hand.finish("anmeldung")
    with pytest.raises(Conflict), opened_for(hand.by, write=True):
        ask(share, row.id, words="?", kind=ReportKind.QUESTION, by=hand.by, at=clock.now())
