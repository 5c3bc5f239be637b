"""A ground ends, however it ends: every Vermittlung on it is over, no mail that still waits goes out, nothing more leaves on it."""

from datetime import timedelta

import pytest

from faden.kernel import clock
from faden.kernel.errors import NotAllowed
from faden.kernel.rls import opened_for
from tests.case_making import acting, add_member, open_a_case
from tests.cast import AMAL, CEM
from tests.desk_client import actor_of, membership_of
from tests.referrals.sending import school, work
from tests.releasing import consented

ENDS = ("withdrawn", "staff", "of_age", "passed")
WAYS = ("link", "inbox", "letter")
DAYS = 20


@pytest.fixture
def mails(own_database):
    from django.core import mail

    mail.outbox = []
    yield mail.outbox
    clock.set_forward(0)


class OnConsent:
    """A daughter's consent, signed by her mother, and a Vermittlung on it; a second one is a draft."""

    def __init__(self, way):
        from faden.referrals.actions import referrals

        self.case, self.by = open_a_case(AMAL.email), actor_of(AMAL.email)
        self.child = add_member(self.case, "Amina", born="2014")
        self.to = membership_of(CEM.email).organisation if way == "inbox" else school()
        self.way = way
        self.consent = self.agreed(self.to)
        with opened_for(self.by, write=True):
            wishes = [referrals.Wish(words, "school", self.child.id) for words in ("Platz in der Klasse 7", "Hausaufgabenhilfe")]
            self.sent, self.draft = (referrals.begin(one, case=self.case, by=self.by, at=clock.now()) for one in wishes)
        self.send(self.sent)

    def agreed(self, to):
        signed = {"own": False, "represented_by": (self.case.person_id,)}
        with opened_for(self.by, write=True):
            return consented(self.child, to, by=self.by, days=DAYS, **signed)

    def send(self, referral, *, to=None, consent=None):
        from faden.consents.actions.releases import Told
        from faden.consents.rules.contents import Content, Fact
        from faden.consents.vocabulary import Channel, DeliveryKind
        from faden.organisations.queries.recipients import as_recipient
        from faden.referrals.actions import referrals

        content = Content("Platz", facts=(Fact("contact", "Name", "Amina"),), sender=self.by.organisation_name)
        told = Told(
            DeliveryKind.REFERRAL, as_recipient(to or self.to), Channel(self.way), "Platz", content, clock.today() + timedelta(days=1),
            person_id=self.child.id, consent=consent or self.consent,
        )  # fmt: skip
        with opened_for(self.by, write=True):
            now = referrals.referral_of(self.case, referral.id)
            referrals.send(
                now, referrals.Addressed(told), seen_version=now.version, by=self.by, at=clock.now(), today=clock.today()
            )

    def end(self, how):
        from faden.consents.actions import declarations, of_age
        from faden.consents.models import Consent
        from faden.consents.vocabulary import DeclarationEnd, FormKind
        from faden.jobs import consents, referrals

        if how == "passed":
            clock.set_forward(DAYS + 1)
            consents.of_service(self.by.organisation_id)
            referrals.of_service(self.by.organisation_id)
            return
        with acting(AMAL.email) as by:
            if how == "of_age":
                of_age.end_declarations(self.child.id, by=by, on=clock.today(), at=clock.now())
                return
            consent = Consent.objects.get(id=self.consent.id)
            kind, row = (FormKind.CONSENT, consent) if how == "withdrawn" else (FormKind.OWN_SECRECY, consent.secrecy_releases.get())
            declarations.end(kind, row.id, DeclarationEnd.REVOKED, ended_on=clock.today(), by=by, at=clock.now())

    def sendings(self):
        from faden.referrals.models import Sending

        with opened_for(self.by, write=False):
            return list(Sending.objects.filter(case=self.case).select_related("release"))

    def states(self):
        from faden.referrals.models import Referral

        with opened_for(self.by, write=False):
            return [str(Referral.objects.get(id=one.id).state) for one in (self.sent, self.draft)]


@pytest.mark.parametrize(("way", "mail"), [("link", True), ("inbox", True), ("letter", False)])
def test_while_it_stands_it_goes_out(mails, way, mail):
    on_it = OnConsent(way)
    work()
    assert bool(mails) is mail
    assert on_it.states() == ["sent", "draft"] and on_it.sendings()[0].ended_at is None


@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize("way", WAYS)
def test_nothing_that_waits_goes_out_and_what_went_is_over(mails, way, how):
    """The mail of the first is still in the queue when the ground ends."""
    on_it = OnConsent(way)
    on_it.end(how)
    work()
    assert mails == []
    [sending] = on_it.sendings()
    assert sending.ended_at
    with opened_for(on_it.by, write=False):
        assert sending.release.endings.get().because == {"passed": "expired", "of_age": "of_age"}.get(how, "withdrawn")
    assert on_it.states() == ["expired" if how == "passed" else "withdrawn", "draft"]


@pytest.mark.parametrize("how", ENDS)
def test_a_draft_leaves_on_it_no_more(mails, how):
    on_it = OnConsent("letter")
    on_it.end(how)
    with pytest.raises(NotAllowed):
        on_it.send(on_it.draft)
    assert len(on_it.sendings()) == 1


def test_what_a_second_place_has_on_another_ground_goes_on(mails):
    on_it, other = OnConsent("letter"), school("Realschule")
    on_it.send(on_it.sent, to=other, consent=on_it.agreed(other))
    on_it.end("withdrawn")
    work()
    assert [one.ended_at is None for one in sorted(on_it.sendings(), key=lambda one: one.number)] == [False, True]
    assert on_it.states()[0] == "sent"


def test_its_step_lies_with_us_again(mails):
    """Nobody waits for a place that was told to forget her."""
    from faden.chains.models import ChainStep
    from faden.referrals.models import Referral
    from tests.chains.making import begin, step

    on_it = OnConsent("letter")
    chain = begin(on_it.case, step("platz", title="Platz finden"), person=on_it.child.id)
    with acting(AMAL.email):
        [row] = ChainStep.objects.filter(chain=chain)
        Referral.objects.filter(id=on_it.draft.id).update(step=row)
    on_it.send(on_it.draft)
    with acting(AMAL.email):
        assert ChainStep.objects.get(id=row.id).state == "waiting_agency"
    on_it.end("withdrawn")
    work()
    with acting(AMAL.email):
        assert ChainStep.objects.get(id=row.id).state == "ready"
