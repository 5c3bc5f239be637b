"""Rima's language chain is worked on together with the course provider: a question, a report with a day, and an answer to give."""

from datetime import date, datetime, timedelta

from config.demo_data import others
from faden.cases.models import Case
from faden.chains.actions import reports, sharing
from faden.chains.models import Chain, ChainShare, ChainStep
from faden.chains.vocabulary import ReportKind, StepState
from faden.consents.models import Consent, Delivery, Reply
from faden.consents.queries.replies import reply_to_take
from faden.consents.rules.contents import Step, from_json
from faden.consents.vocabulary import DataClass, DeliveryKind
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from faden.organisations.queries.recipients import as_recipient
from faden.persons.models import Person
from faden.referrals.actions import received
from faden.referrals.rules.received import stands

HELD = ("einstufung", "beginn", "kurs")


def share(case: Case, mother: Person, *, by: Actor, today: date, now: datetime) -> None:
    """On the consent she signed for the course; three steps lie with the provider."""
    provider = others.service("kurs")
    consents = Consent.objects.select_related("person").filter(person=mother, recipient=provider, ended_on__isnull=True)
    consent = next(one for one in consents.order_by("-signed_on") if DataClass.FAMILY in one.data_classes)
    chain = Chain.objects.get(case=case, template_code="sprache")
    holds = ChainStep.objects.filter(chain=chain, code__in=HELD).values_list("id", flat=True)
    made = sharing.share(
        chain.id, recipient=as_recipient(provider), consent=consent, until=today + timedelta(days=120), holds=list(holds),
        case=case, by=by, at=now - timedelta(days=9),
    )  # fmt: skip
    begin = ChainStep.objects.get(chain=chain, code="beginn")
    question = "Gibt es einen Kurs am Vormittag, und ab wann?"
    sharing.ask(made, begin.id, words=question, kind=ReportKind.QUESTION, by=by, at=now - timedelta(days=8))


def answer(by: Actor, *, today: date, now: datetime) -> None:
    """From the provider's own door; what it says is taken up at once."""
    with opened_for(by, write=False):
        found = ChainShare.objects.select_related("release").filter(recipient=others.service("kurs"), ended_at__isnull=True).first()
        copy = found.release.delivery_id if found and found.release else None
    if copy is None:
        return
    who = others.somebody("kurs", today=today)
    with opened_for(who, write=True):
        step = _step(Delivery.objects.get(id=copy), "beginn")
        place = received.Reported(
            step.code, StepState.WAITING_AGENCY, stands(step), today, today + timedelta(days=72),
            words="Platz im Vormittagskurs ab diesem Tag.",
        )  # fmt: skip
        received.report(copy, place, by=who, at=now, today=today)
        received.say(copy, "kurs", "Braucht Frau Al-Hassoun eine Kursbegleitung?", kind=ReportKind.QUESTION, by=who, at=now, today=today)
    night = Actor.system(by.organisation_id)
    with opened_for(night, write=True):
        for reply_id in Reply.objects.filter(release__kind=DeliveryKind.CHAIN, taken_at__isnull=True).values_list("id", flat=True):
            waiting = reply_to_take(reply_id)
            if waiting:
                reports.take(waiting, by=night, at=now)


def _step(copy: Delivery, code: str) -> Step:
    assert copy.content
    return next(step for step in from_json(copy.content).steps if step.code == code)
