"""The shelf: every offer that is not ended, kept in the process as long as the directory stands still."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Func

from faden.directory.models import Offer, Place, Shelf
from faden.directory.rules.offers import ShelfOffer, Spot

_PLAIN = (
    "id organisation_id provider_id title summary category target_group online is_free places_free places_on waiting_days"
    " next_start ends_on certifies german_from german_to german_proof age_from age_to gender childcare confirmed_on"
    " confirm_every_days"
).split()
_SETS = "life_areas papers towns regimes silent".split()
_OTHERS = "languages text_languages provider__name provider__account_id source__name source__is_example".split()
_PLACE = (
    "offer_id name street postcode town barrier_free latitude longitude municipality_id municipality__name"
    " municipality__latitude municipality__longitude"
).split()
# Which translations there are, without reading them.
_KEYS_OF_TEXTS = Func(
    F("texts"), template="ARRAY(SELECT jsonb_object_keys(%(expressions)s))", output_field=ArrayField(CharField())
)
_kept: "Shelved | None" = None


@dataclass(frozen=True)
class Shelved:
    """One state of the directory; `offers` by title and id."""

    version: int
    offers: tuple[ShelfOffer, ...]

    @cached_property
    def by_id(self) -> dict[UUID, ShelfOffer]:
        """Each by its id."""
        return {offer.id: offer for offer in self.offers}


def shelf() -> Shelved:
    """The newest state: one statement when it is the kept one, three when it changed."""
    global _kept
    version = Shelf.objects.values_list("version", flat=True).get()
    if _kept is None or _kept.version != version:
        _kept = Shelved(version, _read())
    return _kept


def _read() -> tuple[ShelfOffer, ...]:
    """By values: five thousand rows as objects, with all their texts, take three times as long."""
    spots = _spots()
    rows = Offer.objects.filter(ended_at__isnull=True).annotate(text_languages=_KEYS_OF_TEXTS).values_list(*_PLAIN, *_SETS, *_OTHERS)
    found = [_shelved(row, spots) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.id)))


def _shelved(row: tuple[Any, ...], spots: Mapping[UUID, list[Spot]]) -> ShelfOffer:
    plain = dict(zip(_PLAIN, row, strict=False))
    sets: dict[str, Any] = {name: frozenset(value) for name, value in zip(_SETS, row[len(_PLAIN) :], strict=False)}
    languages, texts, provider, account, source, is_example = row[-len(_OTHERS) :]
    return ShelfOffer(
        **plain,
        **sets,
        languages=tuple(languages),
        text_languages=tuple(texts),
        provider=provider,
        account_id=account,
        source=source or "",
        is_example=bool(is_example),
        spots=tuple(spots.get(plain["id"], ())),
    )


def _spots() -> dict[UUID, list[Spot]]:
    """The places of each offer in their order; where the house is not known, the middle of its town."""
    found: dict[UUID, list[Spot]] = defaultdict(list)
    rows = Place.objects.filter(offer__ended_at__isnull=True).order_by("position").values_list(*_PLACE)
    for offer, name, street, postcode, written, barrier_free, latitude, longitude, ags, town, town_latitude, town_longitude in rows:
        point = _point(latitude, longitude) or _point(town_latitude, town_longitude)
        found[offer].append(Spot(name, street, postcode, written or town or "", ags or "", point, barrier_free))
    return found


def _point(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    return None if latitude is None or longitude is None else (latitude, longitude)
