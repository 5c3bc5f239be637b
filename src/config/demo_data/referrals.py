"""Vermittlungen of the invented family: a waiting list that was told by phone, a question that waits for us, one that came to its end."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from config.demo_data import signed
from faden.cases.models import Case
from faden.chains.models import ChainStep
from faden.consents.actions.consents import Sharing
from faden.consents.actions.declarations import How
from faden.consents.actions.releases import Told
from faden.consents.models import Consent
from faden.consents.rules.contents import Content, Fact
from faden.consents.vocabulary import Channel, DataClass, DeliveryKind
from faden.kernel.actor import Actor
from faden.organisations.actions import agencies
from faden.organisations.models import Agency
from faden.organisations.queries.recipients import as_recipient
from faden.persons.models import Person
from faden.referrals.actions import answers, referrals
from faden.referrals.models import Sending
from faden.referrals.vocabulary import AnswerKind, AnswerWay

ADDRESS_BOOK = (
    agencies.Described("VHS-Zweckverband Musterkreis", "kurstraeger", "05554004", "Kursweg 1, 48683 Ahaus", "02561 00010"),
    agencies.Described("Anerkennungsberatung Musterkreis", "beratungsstelle", "05554008", "Beratungsweg 2, 46325 Borken", "02861 00020", "anerkennung@beratung.example"),
    agencies.Described("Lernhaus Musterstadt", "andere", "05554004", "Lernweg 3, 48683 Ahaus", "02561 00030"),
    agencies.Described("Gesamtschule Musterstadt", "schule", "05554004", "Schulweg 4, 48683 Ahaus", "02561 00040", "sekretariat@schule.example"),
)  # fmt: skip


def run(case: Case, mother: Person, father: Person, son: Person, *, by: Actor, today: date, now: datetime) -> None:
    """Each on a consent of her own; the son's his parents have signed."""
    places = [agencies.note(one, by=by, at=now - timedelta(days=200)) for one in ADDRESS_BOOK]
    scene = _Referrals(case, by, today, now)
    step = ChainStep.objects.filter(case=case, code="einstufung").first()
    language = _Wish(mother, places[0], "Einstufung und Sprachkurs B1, vormittags", "language", "Sprachcafé der Pfarrgemeinde, bis der Kurs beginnt")
    sent = scene.send(language, Channel.LETTER, 27, "Sie hat eine kleine Tochter und kann vormittags.", step=step)
    scene.answer(sent, AnswerKind.WAITING, 12, "Frau Kurs, Anmeldung", "Platz voraussichtlich im übernächsten Monat.")
    recognition = _Wish(father, places[1], "Anerkennung als Elektriker: Beratung", "work", "IHK, Erstberatung")
    sent = scene.send(recognition, Channel.LINK, 9, "Zeugnisse liegen übersetzt vor.")
    scene.answer(sent, AnswerKind.QUESTION, 3, "Herr Probe", "Welches Referenzgewerk? Bitte die Stundenübersicht.")
    lessons = _Wish(son, places[2], "Hausaufgabenhilfe Deutsch", "school", "", represented_by=(mother, father))
    sent = scene.send(lessons, Channel.CARRIED, 60, "")
    scene.answer(sent, AnswerKind.ACCEPTED, 52, "Lernhaus, Büro", "Zweimal in der Woche.")
    scene.answer(sent, AnswerKind.FINISHED, 20, "Lernhaus, Büro", "Bis zu den Ferien besucht.")


@dataclass(frozen=True)
class _Wish:
    person: Person
    place: Agency
    wish: str
    area: str
    second_choice: str
    represented_by: tuple[Person, ...] = ()


class _Referrals:
    """Sends and answers in one case."""

    def __init__(self, case: Case, by: Actor, today: date, now: datetime) -> None:
        self.case, self.by, self.today, self.now = case, by, today, now

    def _at(self, days_ago: int) -> dict[str, Any]:
        return {"by": self.by, "at": self.now - timedelta(days=days_ago)}

    def send(self, wish: _Wish, channel: Channel, days_ago: int, message: str, *, step: ChainStep | None = None) -> Sending:
        consent = self._consent(wish, days_ago + 2)
        on = self.today - timedelta(days=days_ago)
        wanted = referrals.Wish(wish.wish, wish.area, wish.person.id, step.id if step else None, second_choice=wish.second_choice)
        begun = referrals.begin(wanted, case=self.case, **self._at(days_ago))
        name = wish.person.names.get(is_main=True)
        facts = (Fact(DataClass.CONTACT, "Name", f"{name.given} {name.family}"), Fact(DataClass.LANGUAGE, "Sprachen", "Arabisch"))
        content = Content(wish.wish, message, facts, sender=self.by.organisation_name, sender_contact=self.by.user_name)
        told = Told(
            DeliveryKind.REFERRAL, as_recipient(wish.place), channel, consent.purpose, content, on + timedelta(days=90),
            person_id=wish.person.id, consent=consent,
        )  # fmt: skip
        addressed = referrals.Addressed(told, on + timedelta(days=21))
        return referrals.send(begun, addressed, seen_version=begun.version, today=on, **self._at(days_ago)).sending

    def answer(self, sending: Sending, kind: AnswerKind, days_ago: int, said_by: str, words: str) -> None:
        said = answers.Said(kind, self.today - timedelta(days=days_ago), words=words)
        answers.note(sending, said, way=AnswerWay.PHONE, said_by=said_by, **self._at(days_ago))

    def _consent(self, wish: _Wish, days_ago: int) -> Consent:
        """As it is signed at the desk: the German text, the interpreter named."""
        sharing = Sharing(
            as_recipient(wish.place), wish.wish, f"Name, Erreichbarkeit und Sprache für: {wish.wish}", (DataClass.CONTACT, DataClass.LANGUAGE)
        )
        how = How(
            self.today + timedelta(days=200), shown_language="ar", own=not wish.represented_by,
            represented_by=tuple(one.id for one in wish.represented_by),
        )  # fmt: skip
        consent, _sheet = signed.consent(sharing, how, case=self.case, person=wish.person, **self._at(days_ago))
        return consent
