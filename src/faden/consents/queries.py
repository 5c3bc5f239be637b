"""Questions about agreements, and about what was delivered to this service."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from faden.consents.models import Consent, CounsellingAgreement, Delivery
from faden.consents.texts import AGREEMENT, INFORMATION, Text, text_for
from faden.consents.vocabulary import DataClass
from faden.kernel.errors import NotFound
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
    """Whose parents' agreements and consents stand although she may be 18 by now; two statements.

    With an unclear birth date the first possible day counts: a parent's word must not outlast her childhood.
    """
    born = {"person__birth_earliest__lte": eighteen_years_before(on), "own_agreement": False}
    agreements = CounsellingAgreement.objects.filter(**born, ended_at__isnull=True)
    consents = Consent.objects.filter(**born, withdrawals__isnull=True)
    found = [*agreements.values_list("person_id", flat=True), *consents.values_list("person_id", flat=True)]
    return sorted(set(found))


@dataclass(frozen=True)
class Delivered:
    """A copy that was delivered here, without its content."""

    id: UUID
    sender: str
    purpose: str
    ground: str
    data_classes: list[str]
    delivered_at: datetime
    valid_until: date
    filed_at: datetime | None
    ended_at: datetime | None


def deliveries() -> list[Delivered]:
    """What this service may see now, the newest first; what has ended is not among the rows."""
    found = Delivery.objects.select_related("sender").defer("content").order_by("-delivered_at")
    return [_as_delivered(delivery) for delivery in found]


def delivery(delivery_id: UUID) -> Delivered:
    """One of them, without its content."""
    return _as_delivered(_one(delivery_id))


def content_of(delivery_id: UUID) -> list[tuple[str, list[str]]]:
    """What was delivered, as words and their values in the sender's order."""
    content = json.loads(_one(delivery_id).content)
    return [(str(word), _lines(value)) for word, value in content.items()]


def _one(delivery_id: UUID) -> Delivery:
    found = Delivery.objects.select_related("sender").filter(id=delivery_id).first()
    if found is None:
        # Never delivered here, run out, ended: the same answer.
        raise NotFound(_("Diese Zustellung gibt es hier nicht, oder sie ist beendet."))
    return found


def _lines(value: object) -> list[str]:
    if isinstance(value, dict):
        return [f"{word}: {', '.join(_lines(part))}" for word, part in value.items()]
    if isinstance(value, list):
        return [", ".join(_lines(part)) for part in value]
    return ["" if value is None else str(value)]


def _as_delivered(found: Delivery) -> Delivered:
    return Delivered(
        found.id,
        found.sender.name,
        found.purpose,
        found.get_ground_display(),
        [str(DataClass(code).label) for code in found.data_classes],
        found.delivered_at,
        found.valid_until,
        found.filed_at,
        found.ended_at,
    )
