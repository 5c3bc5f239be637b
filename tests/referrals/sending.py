"""A Vermittlung sent to an agency without an account by link, or to one with an inbox, for tests that need one."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from faden.kernel import clock
from faden.kernel.rls import opened_for
from tests.case_making import open_a_case
from tests.desk_client import actor_of

AMAL = "amal@caritas-ahaus.example"
SCHOOL_MAIL = "sekretariat@schule-ahaus.example"


@dataclass(frozen=True)
class BySending:
    """What came of it."""

    case: Any
    referral: Any
    sending: Any
    release: Any
    consent: Any
    code: str = ""

    @property
    def address(self) -> str:
        """Where the link leads, as its mail says."""
        from faden.consents.actions.links import as_written, token_of

        return f"/weitergabe/{as_written(token_of(self.release.delivery_id))}/"

    def again(self) -> Any:
        """The Vermittlung as it stands now."""
        from faden.referrals.models import Referral

        with opened_for(actor_of(AMAL), write=False):
            return Referral.objects.get(id=self.referral.id)

    def answers(self) -> list[tuple[str, str]]:
        from faden.referrals.models import Answer

        with opened_for(actor_of(AMAL), write=False):
            return list(Answer.objects.filter(referral=self.referral).order_by("noted_at").values_list("kind", "way"))


def school(name: str = "Gesamtschule Ahaus", email: str = SCHOOL_MAIL) -> Any:
    """In the address book of Ahaus."""
    from faden.organisations.actions import agencies

    by = actor_of(AMAL)
    with opened_for(by, write=True):
        return agencies.note(agencies.Described(name, "schule", "", "Schulstraße 1", "02561 1", email), by=by, at=clock.now())


def sent_to(
    recipient: Any, *, channel: str = "link", family: str = "Muster", wish: str = "Platz in der Klasse 7", answer_by: date | None = None,
    case: Any = None, referral: Any = None, days: int = 60, amended: str = "",
) -> BySending:  # fmt: skip
    """A case of Amal's, her client's consent, and what it allows sent on its way."""
    from faden.consents.actions.releases import Told
    from faden.consents.rules.contents import Content, Fact
    from faden.consents.vocabulary import Channel, DeliveryKind
    from faden.organisations.queries.recipients import as_recipient
    from faden.referrals.actions import referrals
    from tests.releasing import consented

    by, at, today = actor_of(AMAL), clock.now(), clock.today()
    case = case or open_a_case(AMAL, family=family)
    with opened_for(by, write=True):
        consent = consented(case.person, recipient, by=by, purpose=wish, days=days)
        referral = referral or referrals.begin(referrals.Wish(wish, "school", case.person_id), case=case, by=by, at=at)
        facts = (Fact("contact", "Name", f"{family}, Oleksandra"), Fact("contact", "Telefon", "0151 000 111"))
        content = Content(wish, f"Sie sucht: {wish}", facts, sender=by.organisation_name, sender_contact="02561 000")
        told = Told(
            DeliveryKind.REFERRAL, as_recipient(recipient), Channel(channel), wish, content, today + timedelta(days=days),
            person_id=case.person_id, consent=consent,
        )  # fmt: skip
        made = referrals.send(
            referral, referrals.Addressed(told, answer_by, amended), seen_version=referral.version, by=by, at=at, today=today
        )
    return BySending(case, referral, made.sending, made.release, consent, made.link.code if made.link else "")


def link_row(by_sending: BySending) -> Any:
    """How the link stands, at its sender."""
    from faden.consents.models import LinkDelivery

    with opened_for(actor_of(AMAL), write=False):
        return LinkDelivery.objects.get(id=by_sending.release.delivery_id)


def work() -> None:
    """The worker, until nothing is left to do."""
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
