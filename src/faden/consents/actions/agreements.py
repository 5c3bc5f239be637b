"""What a person was told and what she agreed to before a case begins."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.consents.models import CounsellingAgreement, InformationHandedOut
from faden.consents.texts import AGREEMENT, INFORMATION, text_for
from faden.consents.vocabulary import AGREED, AGREEMENT_ENDED, INFORMED, EndReason
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Invalid
from faden.organisations.models import Organisation
from faden.persons.models import Person


@dataclass(frozen=True)
class Agreed:
    """How information and agreement were given."""

    language: str
    given_on: date
    given_how: str
    interpreted_by: str
    to_documentation: bool
    to_team_and_substitute: bool
    special_categories: tuple[str, ...]
    # A minor's legal representatives; and whether she agreed herself, being able to judge it.
    represented_by: tuple[UUID, ...] = ()
    own_agreement: bool = True


def note_agreement(agreed: Agreed, *, person: Person, by: Actor, at: datetime) -> CounsellingAgreement:
    """Record privacy information and agreement; which texts, is a rule per legal regime and day."""
    if not agreed.to_documentation:
        raise Invalid(
            _("Ohne Einwilligung in die Dokumentation kann kein Fall geführt werden."), "to_documentation"
        )
    if agreed.given_on > at.astimezone(BERLIN).date():
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "given_on")
    if not agreed.own_agreement and not agreed.represented_by:
        raise Invalid(_("Bitte wählen Sie, wer die Einwilligung gegeben hat."), "represented_by")
    regime = Organisation.objects.select_related("legal_body").get(id=by.organisation_id).legal_body.regime
    told = text_for(INFORMATION, regime=regime, on=agreed.given_on)
    form = text_for(AGREEMENT, regime=regime, on=agreed.given_on)
    information = InformationHandedOut.objects.create(
        organisation_id=by.organisation_id,
        person=person,
        text_code=told.code,
        text_version=told.version,
        language=agreed.language,
        handed_on=agreed.given_on,
        noted_by=by.person,
    )
    audit.note(INFORMED, by=by, at=at, subject=information.id, text=told.code)
    agreement = CounsellingAgreement.objects.create(
        organisation_id=by.organisation_id,
        person=person,
        legal_basis=str(form.legal_basis),
        text_code=form.code,
        text_version=form.version,
        language=agreed.language,
        interpreted_by=agreed.interpreted_by,
        given_how=agreed.given_how,
        given_on=agreed.given_on,
        to_documentation=agreed.to_documentation,
        to_team_and_substitute=agreed.to_team_and_substitute,
        special_categories=list(agreed.special_categories),
        represented_by=list(agreed.represented_by),
        own_agreement=agreed.own_agreement,
        noted_by=by.person,
    )
    audit.note(AGREED, by=by, at=at, subject=agreement.id, text=form.code)
    return agreement


def withdraw(person_id: UUID, *, by: Actor, at: datetime) -> int:
    """She takes her agreement to counselling and documentation back; how many ended."""
    standing = CounsellingAgreement.objects.select_for_update().filter(person_id=person_id, ended_at__isnull=True)
    for agreement in standing:
        agreement.ended_at, agreement.ended_because = at, EndReason.WITHDRAWN
        agreement.save(update_fields=["ended_at", "ended_because"])
        audit.note(AGREEMENT_ENDED, by=by, at=at, subject=agreement.id)
    return len(standing)
