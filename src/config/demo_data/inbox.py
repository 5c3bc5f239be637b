"""Three deliveries each in the inbox of DRK Gronau and of the course provider: new, answered, in the file and ended."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from config.demo_data import others, signed
from faden.cases.models import Case
from faden.consents.actions import releases
from faden.consents.actions.consents import Sharing
from faden.consents.actions.declarations import How
from faden.consents.models import Consent, Release
from faden.consents.rules.contents import Content, Fact
from faden.consents.vocabulary import Channel, DataClass, DeliveryKind, ReleaseEnd
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from faden.organisations.queries.recipients import Recipient, as_recipient
from faden.persons.queries.cards import card_of
from faden.referrals.actions import received, referrals
from faden.referrals.actions.answers import Said
from faden.referrals.vocabulary import AnswerKind


@dataclass(frozen=True)
class _Sent:
    """To which service, as what, what for, in which words; days ago."""

    to: str
    kind: DeliveryKind
    purpose: str
    message: str
    ago: int


SENT = {
    "new": _Sent("gronau", DeliveryKind.REFERRAL, "Begleitung zur Anerkennung als Pflegekraft", "Sie ist nach Gronau gezogen und hat dort eine Stelle in Aussicht.", 1),
    "accepted": _Sent("gronau", DeliveryKind.REFERRAL, "Beratung zur Familienzusammenführung", "Die Unterlagen der Kinder liegen übersetzt vor.", 12),
    "filed": _Sent("gronau", DeliveryKind.INFORMATION, "Absprache zum Umzug", "Der Umzug war für Mai geplant.", 40),
    "course": _Sent("kurs", DeliveryKind.REFERRAL, "Integrationskurs mit Kinderbetreuung", "Sie kann nur vormittags.", 2),
    "waiting": _Sent("kurs", DeliveryKind.REFERRAL, "Kurs B2 am Abend", "Er arbeitet im Schichtdienst.", 15),
}  # fmt: skip


def run(by: Actor, *, today: date, now: datetime) -> None:
    """The third one of the course provider is the Weitergabe of `sites`."""
    scene = _Inbox(by, today, now)
    with opened_for(by, write=True):
        cases = list(Case.objects.select_related("person").order_by("number")[1 : 1 + len(SENT)])
        made = {key: scene.send(sent, case) for (key, sent), case in zip(SENT.items(), cases, strict=True)}
    scene.answer(made["accepted"], "gronau", Said(AnswerKind.ACCEPTED, today, today + timedelta(days=5), words="Montag, 10 Uhr, mit Sprachmittlung."))
    scene.answer(made["waiting"], "kurs", Said(AnswerKind.WAITING, today, today + timedelta(days=60)))
    scene.file(made["filed"], "gronau")
    with opened_for(by, write=True):
        releases.end(made["filed"], ReleaseEnd.RECALLED, by=by, at=now)


class _Inbox:
    """Sends from one service, and answers in another."""

    def __init__(self, by: Actor, today: date, now: datetime) -> None:
        self.by, self.today, self.now = by, today, now

    def send(self, sent: _Sent, case: Case) -> Release:
        at, to = self.now - timedelta(days=sent.ago), as_recipient(others.service(sent.to))
        card = card_of(case.person)
        facts = (Fact(DataClass.CONTACT, "Name", card.name), Fact(DataClass.LANGUAGE, "Sprache", ", ".join(card.languages)))
        content = Content(sent.purpose, sent.message, facts, sender=self.by.organisation_name, sender_contact=self.by.user_name)
        told = releases.Told(
            sent.kind, to, Channel.INBOX, sent.purpose, content, self.today + timedelta(days=90), person_id=case.person_id,
            consent=self._consent(case, to, sent),
        )  # fmt: skip
        if sent.kind != DeliveryKind.REFERRAL:
            return releases.release(told, by=self.by, at=at, today=self.today)
        begun = referrals.begin(referrals.Wish(sent.purpose, "work", case.person_id), case=case, by=self.by, at=at)
        addressed = referrals.Addressed(told, self.today + timedelta(days=14))
        return referrals.send(begun, addressed, seen_version=begun.version, by=self.by, at=at, today=self.today).release

    def answer(self, release: Release, key: str, said: Said) -> None:
        who = others.somebody(key, today=self.today)
        with opened_for(who, write=True):
            assert release.delivery_id
            received.assign(release.delivery_id, UUID(who.membership_id), by=who, at=self.now, today=self.today)
            received.answer(release.delivery_id, said, seen=None, by=who, at=self.now, today=self.today)

    def file(self, release: Release, key: str) -> None:
        who = others.somebody(key, today=self.today)
        with opened_for(who, write=True):
            assert release.delivery_id
            received.take_to_file(release.delivery_id, by=who, at=self.now, today=self.today)

    def _consent(self, case: Case, to: Recipient, sent: _Sent) -> Consent:
        sharing = Sharing(to, sent.purpose, f"Name und Sprache für: {sent.purpose}", (DataClass.CONTACT, DataClass.LANGUAGE))
        consent, _sheet = signed.consent(
            sharing, How(self.today + timedelta(days=170)), case=case, person=case.person, by=self.by,
            at=self.now - timedelta(days=sent.ago + 1),
        )  # fmt: skip
        return consent

