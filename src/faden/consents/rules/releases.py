"""Does this consent cover that release? Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Covers:
    """What a consent allows, as values."""

    person_id: object
    recipient_id: int
    data_classes: frozenset[str]
    given_on: date
    valid_until: date
    withdrawn: bool


def gap(
    consent: Covers,
    *,
    person_id: object,
    recipient_id: int,
    data_classes: frozenset[str],
    until: date,
    on: date,
) -> str:
    """Why the consent does not cover the release, as a code; "" when it does."""
    if consent.withdrawn:
        return "withdrawn"
    if consent.person_id != person_id:
        return "other_person"
    if consent.recipient_id != recipient_id:
        return "other_recipient"
    if not consent.given_on <= on <= consent.valid_until:
        return "not_valid_today"
    if until > consent.valid_until:
        return "release_outlives_consent"
    return "" if data_classes <= consent.data_classes else "data_not_named"
