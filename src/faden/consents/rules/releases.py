"""Does this ground cover that Weitergabe? Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from faden.consents.vocabulary import STAY_NORMS, Channel, DataClass, DeliveryKind

# What two people found right says nothing about a later day.
CONFIRMED_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Wanted:
    """A Weitergabe before it is made."""

    kind: DeliveryKind
    person_id: object
    recipient_key: str
    decides_about_stay: bool
    data_classes: frozenset[str]
    channel: Channel
    until: date


@dataclass(frozen=True)
class Covers:
    """What a consent, with the release of our staff that belongs to it, allows."""

    person_id: object
    recipient_key: str
    data_classes: frozenset[str]
    signed_on: date | None
    valid_until: date | None
    ended: bool
    staff_released_until: date | None  # None: no release from secrecy stands


@dataclass(frozen=True)
class Lawful:
    """What a second person confirmed."""

    person_id: object
    recipient_key: str
    data_classes: frozenset[str]
    norm: str
    confirmed_on: date | None  # None: nobody has
    checked_87_and_88: bool


# What goes along a chain, or about a whole case, never reaches an office that decides about the stay.
_ALONG_A_CHAIN = frozenset(
    {DeliveryKind.CHAIN, DeliveryKind.TRANSFER, DeliveryKind.CONFERENCE, DeliveryKind.PRESENTATION}
)


def against(wanted: Wanted, *, on: date) -> str:
    """What stands against it whatever the ground, as a code; "" when nothing does."""
    if wanted.until < on:
        return "over_already"
    if wanted.decides_about_stay and wanted.kind in _ALONG_A_CHAIN:
        return "not_to_this_office"
    if wanted.kind == DeliveryKind.RESIDENCE and not wanted.decides_about_stay:
        return "only_to_offices_of_stay"
    return "not_by_fax" if wanted.channel == Channel.FAX and DataClass.SPECIAL in wanted.data_classes else ""


def consent_gap(consent: Covers, wanted: Wanted, *, on: date) -> str:
    """Why the consent does not cover it, as a code; "" when it does."""
    if consent.ended:
        return "withdrawn"
    if consent.signed_on is None:
        return "not_signed"
    if consent.person_id != wanted.person_id:
        return "other_person"
    if consent.recipient_key != wanted.recipient_key:
        return "other_recipient"
    if not consent.signed_on <= on <= (consent.valid_until or date.min):
        return "not_valid_today"
    if wanted.until > (consent.valid_until or date.min):
        return "release_outlives_consent"
    if not wanted.data_classes <= consent.data_classes:
        return "data_not_named"
    if consent.staff_released_until is None:
        return "staff_not_released"
    return "release_outlives_secrecy" if wanted.until > consent.staff_released_until else ""


def law_gap(law: Lawful, wanted: Wanted, *, on: date) -> str:
    """Why what was confirmed does not cover it, as a code; "" when it does."""
    if wanted.kind == DeliveryKind.RESIDENCE:
        return "never_by_law"  # it is hers to ask
    if law.confirmed_on is None:
        return "not_confirmed"
    if on > law.confirmed_on + CONFIRMED_FOR:
        return "confirmed_long_ago"
    if (law.person_id, law.recipient_key) != (wanted.person_id, wanted.recipient_key):
        return "confirmed_for_another"
    if not wanted.data_classes <= law.data_classes:
        return "data_not_confirmed"
    if not wanted.decides_about_stay:
        return ""
    if law.norm not in STAY_NORMS:
        return "norm_not_for_this_office"
    return "" if law.norm == "court" or law.checked_87_and_88 else "not_checked_87_88"
