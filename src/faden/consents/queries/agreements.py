"""Who has agreed to counselling, which texts count, who is too old for a parent's word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from faden.consents.models import DECLARED, CounsellingAgreement
from faden.consents.texts import AGREEMENT, INFORMATION, Text, text_for
from faden.organisations.models import Organisation
from faden.persons.rules.age import eighteen_years_before


@dataclass(frozen=True)
class Texts:
    """The two forms that are handed out."""

    information: Text
    agreement: Text


def texts_for(organisation_id: int, *, on: date) -> Texts:
    """Which forms this service uses on this day; a rule per legal regime. One statement."""
    regime = Organisation.objects.select_related("legal_body").get(id=organisation_id).legal_body.regime
    return Texts(text_for(INFORMATION, regime=regime, on=on), text_for(AGREEMENT, regime=regime, on=on))


def agreed(person_ids: Iterable[UUID]) -> set[UUID]:
    """Who of them has a standing agreement to counselling and documentation; one statement."""
    standing = CounsellingAgreement.objects.filter(person_id__in=list(person_ids), ended_at__isnull=True)
    return set(standing.values_list("person_id", flat=True))


def agreed_to_substitution(person_ids: Iterable[UUID]) -> dict[UUID, bool]:
    """What each one's standing agreement says about team and Vertretung, the newest last; one statement."""
    standing = CounsellingAgreement.objects.filter(person_id__in=list(person_ids), ended_at__isnull=True)
    return dict(standing.order_by("given_on", "id").values_list("person_id", "to_team_and_substitute"))


def ever_agreed(person_id: UUID) -> bool:
    """She has told this service something once, whether or not that agreement still stands; one statement."""
    return CounsellingAgreement.objects.filter(person_id=person_id).exists()


def standing_of(person_ids: Iterable[UUID]) -> dict[UUID, bool]:
    """Who of them ever agreed: True while an agreement stands, False when all have ended; one statement."""
    given = CounsellingAgreement.objects.filter(person__any=list(person_ids)).order_by()
    stand = Count("id", filter=Q(ended_at__isnull=True))
    return {person: bool(count) for person, count in given.values_list("person_id").annotate(stand=stand)}


def grown_up(*, on: date) -> list[UUID]:
    """Whose parents' agreements and declarations stand although she may be 18 by now; five statements.

    With an unclear birth date the first possible day counts: a parent's word must not outlast her childhood.
    """
    born = {"person__birth_earliest__lte": eighteen_years_before(on), "own_agreement": False}
    agreements = CounsellingAgreement.objects.filter(**born, ended_at__isnull=True)
    declared = (model.objects.filter(**born, ended_on__isnull=True) for model in DECLARED)
    rows = (agreements, *declared)
    return sorted({person_id for found in rows for person_id in found.values_list("person_id", flat=True)})
