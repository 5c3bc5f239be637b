"""A row in each table of the network, in both services: what the verbs do has tests of its own."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for


def plant_network(sender: Any, recipient: Any, consent: Any, release: Any) -> dict[str, Any]:
    """Of the sender: register, links, answers, Vermittlung, share, Übergabe, Konferenz; what the recipient has, in its rows."""
    with opened_for(sender.actor, write=True):
        planted = _sent(sender, consent, release)
        planted |= _referred(sender, consent, release)
        planted |= _by_link(sender, planted)
        planted |= _shared(sender, recipient, consent, release)
        planted |= _handed_over(sender, recipient, release)
        planted |= _met(sender, consent, release)
        planted |= _asked_office(sender, consent, release)
    with opened_for(recipient.actor, write=True):
        _received(recipient, sender)
    return planted


def _own(by: Actor) -> dict[str, Any]:
    return {"organisation_id": by.organisation_id}


def _sent(world: Any, consent: Any, release: Any) -> dict[str, Any]:
    from faden.cases.models import CaseOpening, EmergencyReview
    from faden.consents.actions import links, releases
    from faden.consents.models import LawfulRelease, Reply
    from faden.consents.rules.contents import Content, Fact
    from faden.consents.vocabulary import Channel, DeliveryKind
    from faden.organisations.actions import agencies
    from faden.organisations.queries.recipients import as_recipient

    by, at, on, name = world.actor, clock.now(), clock.today(), world.family
    described = agencies.Described(f"Stelle {name}", "schule", "", f"Platz {name} 1", "02561 99", f"stelle@{name.lower()}.example")
    agency = agencies.note(described, by=by, at=at)
    lawful = LawfulRelease.objects.create(
        **_own(by), person=world.case.person, norm="other", norm_words=f"Norm {name}", facts=f"Tatsachen {name}",
        purpose=f"Zweck {name}", data_classes=["contact"], informed_on=on, asked_at=at, asked_by=by.person,
        agency=agency, recipient_name=agency.name,
    )  # fmt: skip
    content = Content(f"Nur Link {name}", facts=(Fact("contact", "Name", name),), sender=by.organisation_name)
    told = releases.Told(
        DeliveryKind.INFORMATION, as_recipient(agency), Channel.LINK, f"Nur Link {name}", content, on + timedelta(days=5)
    )
    by_link = releases.release(told, by=by, at=at, today=on)
    links.open_for(by_link, by=by, at=at)
    reply = Reply.objects.create(**_own(by), release=release, content=f'{{"what": "talk", "words": "{name}"}}', replied_at=at)
    opening = CaseOpening.objects.filter(case=world.case).first()
    EmergencyReview.objects.create(
        **_own(by), opening=opening, role="team_lead", verdict="justified", words=f"Durchgesehen {name}",
        reviewed_at=at, reviewed_by=by.person,
    )  # fmt: skip
    return {"agency": agency, "lawful": lawful, "by_link": by_link, "reply": reply, "consent": consent, "release": release}


def _referred(world: Any, consent: Any, release: Any) -> dict[str, Any]:
    from faden.referrals.models import Answer, IncomingRequest, Referral, ReferralChange, Sending, SentRequest

    by, at, on, name, case = world.actor, clock.now(), clock.today(), world.family, world.case
    referral = Referral.objects.create(
        **_own(by), case=case, persons=[case.person_id], life_area="language", wish=f"Kurs {name}", state="accepted",
        state_at=at, second_choice=f"Zweite Wahl {name}", begun_at=at, begun_by=by.person, helped="yes",
        helped_words=f"Geholfen {name}", helped_on=on, helped_noted_by=by.person,
    )  # fmt: skip
    sending = Sending.objects.create(
        **_own(by), case=case, referral=referral, number=1, release=release, channel="inbox", answer_by=on,
        sent_at=at, sent_by=by.person, recipient=consent.recipient, recipient_name=consent.recipient_name,
    )  # fmt: skip
    answer = Answer.objects.create(
        **_own(by), case=case, referral=referral, sending=sending, kind="accepted", said_on=on, words=f"Antwort {name}",
        way="phone", said_by=f"Frau {name}", noted_at=at, noted_by=by.person,
    )  # fmt: skip
    ReferralChange.objects.create(
        **_own(by), case=case, referral=referral, kind="reopened", words=f"Grund {name}", changed_at=at, changed_by=by.person
    )
    key, town = uuid4(), "05554004"
    SentRequest.objects.create(
        **_own(by), request_id=key, municipality_id=town, to=consent.recipient, own_sign=f"Zeichen {name}", topics=["work"],
        state_at=at, sent_at=at, sent_by=by.person,
    )  # fmt: skip
    request = IncomingRequest.objects.create(
        **_own(by), sender_name=f"Schule {name}", sent_from="school", municipality_id=town, topics=["work"],
        reach=f"Erreichbar {name}", words=f"Worte {name}", agreed=True, arrived_at=at,
    )  # fmt: skip
    return {"referral": referral, "sending": sending, "answer": answer, "incoming_request": request}


def _by_link(world: Any, planted: dict[str, Any]) -> dict[str, Any]:
    from faden.referrals.models import Sending

    by, agency, release = world.actor, planted["agency"], planted["by_link"]
    sending = Sending.objects.create(
        **_own(by), case=world.case, referral=planted["referral"], number=2, release=release, channel="link",
        sent_at=clock.now(), sent_by=by.person, agency=agency, recipient_name=agency.name,
    )  # fmt: skip
    return {"link_sending": sending}


def _shared(world: Any, recipient: Any, consent: Any, release: Any) -> dict[str, Any]:
    from faden.chains.models import ChainShare, StepReport

    by, at, on, case = world.actor, clock.now(), clock.today(), world.case
    share = ChainShare.objects.create(
        **_own(by), case=case, chain=world.chain, recipient_id=recipient.organisation_id, consent=consent,
        started_on=on, until_on=on + timedelta(days=20), number=1, release=release, made_at=at, made_by=by.person,
    )  # fmt: skip
    StepReport.objects.create(
        **_own(by), case=case, step=world.chain_step, share=share, kind="question", words=f"Frage {world.family}",
        from_them=False, said_at=at, said_by=by.person,
    )  # fmt: skip
    return {"share": share}


def _handed_over(world: Any, recipient: Any, release: Any) -> dict[str, Any]:
    from faden.referrals.models import CaseTransfer, LoosePart, TransferRelease

    by, at, name, case = world.actor, clock.now(), world.family, world.case
    transfer = CaseTransfer.objects.create(
        **_own(by), case=case, persons=[case.person_id], recipient_id=recipient.organisation_id, reason="moved",
        summary=f"Zusammenfassung {name}", answer_words=f"Übergabe {name}", prepared_at=at, prepared_by=by.person,
    )  # fmt: skip
    TransferRelease.objects.create(**_own(by), transfer=transfer, person=case.person, release=release)
    LoosePart.objects.create(
        **_own(by), transfer=transfer, kind="task", reference=world.task.id, goes_to="ends", because=f"Erledigt {name}"
    )
    return {"transfer": transfer}


def _met(world: Any, consent: Any, release: Any) -> dict[str, Any]:
    from faden.referrals.models import CasePresentation, Conference, ConferencePoint, Hearing, Participant

    by, at, name, case = world.actor, clock.now(), world.family, world.case
    conference = Conference.objects.create(
        **_own(by), case=case, persons=[case.person_id], appointment=world.appointment, question=f"Konferenz {name}",
        planned_at=at, planned_by=by.person,
    )  # fmt: skip
    participant = Participant.objects.create(
        **_own(by), conference=conference, kind="recipient", recipient=consent.recipient, name=f"Teilnehmerin {name}"
    )
    Hearing.objects.create(**_own(by), participant=participant, person=case.person, ground="consent", consent=consent, spoken=release)
    point = ConferencePoint.objects.create(
        **_own(by), conference=conference, position=1, title=f"Punkt {name}", person=case.person, data_class="contact",
        said=f"Gesagt {name}", agreed=f"Vereinbart {name}",
    )  # fmt: skip
    presentation = CasePresentation.objects.create(
        **_own(by), case=case, occasion=f"Anlass {name}", question=f"Frage {name}", body=f"Text {name}", harmless=f"Belanglos {name}",
        answer_words=f"Antwort {name}", made_at=at, made_by=by.person,
    )  # fmt: skip
    return {"conference": conference, "participant": participant, "point": point, "presentation": presentation}


def _asked_office(world: Any, consent: Any, release: Any) -> dict[str, Any]:
    from faden.residence.models import OfficeAnswer, OfficeRequest, RuleReading

    by, at, on, name, case = world.actor, clock.now(), clock.today(), world.family, world.case
    request = OfficeRequest.objects.create(
        **_own(by), case=case, person=case.person, kind="preliminary", paths=["25b"], release=release, state_at=at, sent_at=at,
        sent_by=by.person, recipient=consent.recipient, recipient_name=consent.recipient_name,
    )  # fmt: skip
    OfficeAnswer.objects.create(
        **_own(by), request=request, kind="not_competent", competent=f"Amt {name}", words=f"Behördlich {name}", said_on=on, way="letter",
        said_by=f"Frau {name}", noted_at=at, noted_by=by.person,
    )  # fmt: skip
    reading = RuleReading.objects.create(
        **_own(by), path="25b", condition="25b.1.2.nr4", law_state=on, words="Anders gelesen", written_at=at, written_by=by.person
    )
    return {"office_request": request, "reading": reading}


def _received(world: Any, sender: Any) -> None:
    from faden.consents.models import Delivery
    from faden.referrals.models import Assignment, GivenAnswer, TakenOver
    from faden.residence.models import GivenOfficeAnswer

    by, at, name = world.actor, clock.now(), world.family
    delivery = Delivery.objects.filter(sender_id=sender.organisation_id, ended_at__isnull=True).first()
    copy = {**_own(by), "delivery": delivery, "series_id": delivery.series_id}
    Assignment.objects.create(**copy, member_id=by.membership_id, assigned_at=at, assigned_by=by.person)
    GivenAnswer.objects.create(
        **copy, kind="accepted", words=f"Gegeben {name}", reply_id=uuid4(), answered_at=at, answered_by=by.person
    )
    GivenOfficeAnswer.objects.create(
        **copy, kind="will_check", words=f"Behördlich gegeben {name}", reply_id=uuid4(), answered_at=at, answered_by=by.person
    )
    world.network["taken"] = TakenOver.objects.create(
        **_own(by), case=world.family_case, person=world.family_case.person, delivery=delivery, sender_id=sender.organisation_id,
        their_number=f"N {name}"[:30], taken_at=at, taken_by=by.person,
    )  # fmt: skip
