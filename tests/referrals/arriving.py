"""What lies in somebody's inbox, told by a third service: a Vermittlung, a shared chain, and a copy in the file whose ground ended."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from tests.desk_client import actor_of
from tests.releasing import consented, withdrawn

NADJA = "nadja@awo-bocholt.example"
STEP = "platz"


def arrive(me: Actor, family: str) -> dict[str, UUID]:
    """Deliveries about people of this name: `referral` (answered once), `chain`, `transfer`, and `filed`, whose ground ended."""
    from faden.referrals.actions import received
    from faden.referrals.actions.answers import Said
    from faden.referrals.vocabulary import AnswerKind

    ids, consents = {}, {}
    for kind in ("referral", "chain", "transfer", "filed"):
        ids[kind], consents[kind] = _told(me, kind if kind in ("chain", "transfer") else "referral", family, f"{kind} {family}")
    at, today = clock.now(), clock.today()
    with opened_for(me, write=True):
        received.answer(ids["referral"], Said(AnswerKind.ACCEPTED, today), seen=None, by=me, at=at, today=today)
        received.take_to_file(ids["filed"], by=me, at=at, today=today)
    sender = actor_of(NADJA)
    with opened_for(sender, write=True):
        withdrawn(consents["filed"], by=sender)
        ids["presented"] = _presented(sender)
    return ids


def _presented(by: Actor) -> UUID:
    """A case told without names, in the inbox of the county's coordination."""
    from faden.consents.actions import releases
    from faden.consents.rules.contents import Content
    from faden.consents.vocabulary import Channel, DeliveryKind
    from faden.organisations.models import Organisation
    from faden.organisations.queries.recipients import as_recipient

    to = Organisation.objects.filter(kind="integration_centre").first()
    content = Content("Planungskonferenz", "Elternteil mit zwei Kindern wartet auf einen Kursplatz.", sender=by.organisation_name)
    told = releases.Told(
        DeliveryKind.PRESENTATION, as_recipient(to), Channel.INBOX, "Planungskonferenz", content, clock.today() + timedelta(days=20)
    )
    return releases.release(told, by=by, at=clock.now(), today=clock.today()).delivery_id


def _told(me: Actor, kind: str, family: str, purpose: str) -> tuple[UUID, Any]:
    from faden.consents.actions import releases
    from faden.consents.rules.contents import Content, Fact, Step
    from faden.consents.vocabulary import Channel, DeliveryKind
    from faden.organisations.models import Organisation
    from faden.organisations.queries.recipients import as_recipient
    from faden.persons.models import Person, PersonName

    by, on = actor_of(NADJA), clock.today()
    with opened_for(by, write=True):
        own = {"organisation_id": by.organisation_id}
        person = Person.objects.create(**own, sort_key=family.lower(), birth_precision="unknown")
        PersonName.objects.create(**own, person=person, family=family, is_main=True)
        to = Organisation.objects.get(id=me.organisation_id)
        consent = consented(person, to, purpose=purpose, by=by)
        since = on.isoformat()
        steps = (
            Step(STEP, "Platz im Kurs", to.name, "ready", "bereit", since, is_yours=True),
            Step("test", "Einstufungstest", by.organisation_name, "open", "offen", since, talk=("AWO, 01.02.2027: Wann?",)),
        )
        content = Content(
            purpose, "Bitte melden Sie sich bald.", (Fact("contact", "Name", family), Fact("contact", "Telefon", "0151 000")),
            steps if kind == "chain" else (), sender=by.organisation_name, sender_contact="02871 000",
            extra={"transfer": str(person.id), "number": "BOH-1", "people": "1", "0": "family"} if kind == "transfer" else {},
        )  # fmt: skip
        told = releases.Told(
            DeliveryKind(kind), as_recipient(to), Channel.INBOX, purpose, content, on + timedelta(days=20), person_id=person.id,
            consent=consent,
        )  # fmt: skip
        made = releases.release(told, by=by, at=clock.now(), today=on)
    return made.delivery_id, consent
