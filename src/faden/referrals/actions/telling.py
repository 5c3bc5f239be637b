"""From what a person chose to a Weitergabe: on which ground, until when, and that nobody is named where nobody may be."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from faden.consents import policies
from faden.consents.actions.releases import Told
from faden.consents.queries.grounds import consent_of, lawful_of
from faden.consents.rules.contents import Content
from faden.consents.vocabulary import Channel, DeliveryKind
from faden.documents.rules.take_along import names_in
from faden.kernel.errors import Invalid
from faden.organisations.queries.recipients import Recipient
from faden.referrals.models import Referral
from faden.referrals.queries.case_words import case_words
from faden.referrals.queries.telling import names_around
from faden.referrals.rules.traces import TraceKind, traces

# So long a recipient may look at what it got, unless the consent ends before.
LOOKS_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Resting:
    """On what it rests: a consent, a confirmed Befugnis, or without naming anybody; none of them: carried by herself."""

    consent: UUID | None = None
    lawful: UUID | None = None
    nobody: bool = False


def as_told(
    referral: Referral, recipient: Recipient, channel: Channel, content: Content, resting: Resting, *, until: date | None = None, on: date
) -> Told:
    """As `releases.release` takes it; the purpose is the one the person has signed, or that was confirmed."""
    person = referral.persons[0]
    consent = consent_of(person, resting.consent) if resting.consent else None
    lawful = lawful_of(person, resting.lawful) if resting.lawful else None
    if resting.nobody:
        _names_nobody(referral, content)
    days = [on + LOOKS_FOR, *filter(None, [until])]
    told = Told(
        DeliveryKind.REFERRAL, recipient, channel, consent.purpose if consent else lawful.purpose if lawful else referral.wish,
        content, min(days), person_id=None if resting.nobody else person, consent=consent, lawful=lawful,
    )  # fmt: skip
    # Said while the form is still open; the Weitergabe itself asks again.
    if not (verdict := policies.may_release(told.wanted, consent=consent, lawful=lawful, on=on)):
        raise Invalid(verdict.reason, "ground")
    return told


def _names_nobody(referral: Referral, content: Content) -> None:
    if content.facts:
        raise Invalid(_("Ohne Personenbezug geht keine Angabe zur Person mit."), "facts")
    if found := names_in(content.words, names_around(referral.case)):
        raise Invalid(
            _("Darin steht ein Name aus diesem Fall (%(names)s). Ohne Personenbezug darf niemand zu erkennen sein.")
            % {"names": ", ".join(found)},
            "message",
        )
    known = [one for one in case_words(referral.case) if one.kind in (TraceKind.CONTACT, TraceKind.NUMBER)]
    if numbers := [one.words for one in traces(content.words, known) if one.kind == TraceKind.CONTACT]:
        raise Invalid(
            _("Darin steht, wie jemand zu erreichen oder zu finden ist (%(words)s). Ohne Personenbezug darf niemand zu erkennen sein.")
            % {"words": ", ".join(numbers)},
            "message",
        )
