"""Vermittlung: what the verbs refuse whatever a form sends, and what they end."""

from datetime import timedelta

import pytest

from faden.kernel import clock
from faden.kernel.errors import Invalid
from faden.kernel.rls import opened_for
from tests.case_making import acting, add_member, open_a_case
from tests.cast import AMAL, CEM
from tests.desk_client import actor_of, membership_of
from tests.referrals.sending import school, sent_to
from tests.releasing import consented


@pytest.fixture
def gronau(own_database):
    return membership_of(CEM.email).organisation


def sendings(sent):
    from faden.referrals.models import Sending

    with acting(AMAL.email):
        return list(Sending.objects.filter(referral=sent.referral).select_related("release").order_by("number"))


def endings(sendings):
    """Why each Weitergabe ended; "" it stands."""
    with acting(AMAL.email):
        return [getattr(one.release.endings.first(), "because", "") for one in sendings]


def read_there():
    """How many copies lie in the inbox and count."""
    from faden.consents.models import Delivery

    with opened_for(actor_of(CEM.email), write=False):
        return Delivery.objects.filter(ended_at__isnull=True).count()


def test_what_is_for_one_is_not_sent_about_another(gronau):
    from faden.consents.actions.releases import Told
    from faden.consents.rules.contents import Content, Fact
    from faden.consents.vocabulary import Channel, DeliveryKind
    from faden.organisations.queries.recipients import as_recipient
    from faden.referrals.actions import referrals

    case = open_a_case(AMAL.email)
    child = add_member(case, "Amina")
    with acting(AMAL.email) as by:
        consent = consented(child, gronau, by=by, days=60)
        mine = referrals.begin(referrals.Wish("Platz", "school", case.person_id), case=case, by=by, at=clock.now())
        told = Told(
            DeliveryKind.REFERRAL, as_recipient(gronau), Channel.INBOX, "Platz", Content("Platz", facts=(Fact("contact", "Name", "A"),)),
            clock.today() + timedelta(days=5), person_id=child.id, consent=consent,
        )  # fmt: skip
        with pytest.raises(Invalid, match="andere Person"):
            referrals.send(mine, referrals.Addressed(told), seen_version=mine.version, by=by, at=clock.now(), today=clock.today())
    assert read_there() == 0


def again(sent, **more):
    from faden.referrals.actions.referrals import referral_of

    with acting(AMAL.email):
        now = referral_of(sent.case, sent.referral.id)
    return sent_to(membership_of(CEM.email).organisation, channel="inbox", case=sent.case, referral=now, **more)


def test_to_who_has_it_already_it_goes_again_only_with_the_reason(gronau):
    first = sent_to(gronau, channel="inbox")
    with pytest.raises(Invalid) as refused:
        again(first)
    assert refused.value.field == "amended_because"
    assert len(sendings(first)) == 1
    again(first, amended="Die Telefonnummer ist neu")
    one, two = sendings(first)
    assert one.ended_at and not two.ended_at
    assert (two.amends_id, two.amended_because, two.release.number) == (one.id, "Die Telefonnummer ist neu", 2)
    assert endings((one, two)) == ["superseded", ""] and read_there() == 1


def test_withdrawn_every_copy_ends(gronau):
    from faden.referrals.actions import referrals

    first = sent_to(gronau, channel="inbox")
    other = school()
    with acting(AMAL.email):
        now = referrals.referral_of(first.case, first.referral.id)
    sent_to(other, case=first.case, referral=now)
    with acting(AMAL.email) as by:
        now = referrals.referral_of(first.case, first.referral.id)
        referrals.withdraw(now, seen_version=now.version, by=by, at=clock.now())
    assert endings(sendings(first)) == ["recalled", "recalled"] and read_there() == 0
    assert all(one.ended_at for one in sendings(first))


def test_taken_up_again_only_with_a_reason(gronau):
    from faden.referrals.actions import referrals

    first = sent_to(gronau, channel="inbox")

    def reopen(because):
        with acting(AMAL.email) as by:
            now = referrals.referral_of(first.case, first.referral.id)
            referrals.reopen(now, because=because, seen_version=now.version, by=by, at=clock.now())

    with pytest.raises(Invalid, match="läuft"):
        reopen("doch")
    with acting(AMAL.email) as by:
        now = referrals.referral_of(first.case, first.referral.id)
        referrals.withdraw(now, seen_version=now.version, by=by, at=clock.now())
    with pytest.raises(Invalid) as refused:
        reopen("")
    assert refused.value.field == "because" and first.again().state == "withdrawn"
    reopen("Sie möchte doch")
    assert first.again().state == "draft" and read_there() == 0


def test_a_step_of_somebody_else_is_not_what_she_waits_for(gronau):
    from faden.chains.models import ChainStep
    from faden.referrals.actions import referrals
    from tests.chains.making import begin, step

    case = open_a_case(AMAL.email)
    child = add_member(case, "Amina")
    chain = begin(case, step("platz"), person=child.id)
    with acting(AMAL.email) as by:
        theirs = ChainStep.objects.get(chain=chain).id
        with pytest.raises(Invalid) as refused:
            referrals.begin(referrals.Wish("Platz", "school", case.person_id, step_id=theirs), case=case, by=by, at=clock.now())
        assert refused.value.field == "step"
        assert referrals.begin(referrals.Wish("Platz", "school", child.id, step_id=theirs), case=case, by=by, at=clock.now()).step_id == theirs


def noted(sent, kind, **more):
    from faden.referrals.actions import answers
    from faden.referrals.vocabulary import AnswerKind, AnswerWay

    said, to = answers.Said(AnswerKind(kind), clock.today(), **more), sendings(sent)[-1]
    with acting(AMAL.email) as by:
        return answers.note(to, said, way=AnswerWay.PHONE, said_by="Frau Berg", by=by, at=clock.now())


@pytest.mark.parametrize("kind", ["no_show", "accepted"])
def test_what_does_not_fit_is_not_noted(gronau, kind):
    """Nobody stays away before a yes, and nothing is said after the end."""
    from faden.kernel.errors import Conflict

    first = sent_to(gronau, channel="inbox")
    if kind == "accepted":
        noted(first, "declined", reason="full")
        noted(first, "finished", words="doch geklappt")
    with pytest.raises(Conflict):
        noted(first, kind)
    assert first.again().state == ("sent" if kind == "no_show" else "finished")


def test_what_they_said_themselves_is_theirs_to_take_back(gronau):
    from faden.consents.actions import replies
    from faden.referrals.actions import answers
    from faden.referrals.models import Answer
    from tests.referrals.sending import work

    first = sent_to(gronau, channel="inbox")
    by = actor_of(CEM.email)
    with opened_for(by, write=True):
        replies.reply(first.release.delivery_id, {"what": "answer", "kind": "accepted"}, by=by, at=clock.now())
    work()
    ours = noted(first, "waiting")
    with acting(AMAL.email) as who:
        theirs = Answer.objects.get(referral=first.referral, kind="accepted")
        with pytest.raises(Invalid, match="von der Stelle selbst"):
            answers.undo(theirs, by=who, at=clock.now())
        answers.undo(ours, by=who, at=clock.now())
    assert first.again().state == "accepted"
