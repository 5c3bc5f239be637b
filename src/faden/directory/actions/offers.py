"""Offers as their owners keep them: noted, changed, confirmed, ended; never deleted, because a Vermittlung names them."""

from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from faden.directory import policies
from faden.directory.actions import providers
from faden.directory.actions.checked import checked, columns_of
from faden.directory.models import Offer, Place
from faden.directory.rules.values import OfferValues, PlaceValues, ProviderValues
from faden.directory.vocabulary import (
    OFFER_ASKED,
    OFFER_BACK,
    OFFER_CHANGED,
    OFFER_CONFIRMED,
    OFFER_ENDED,
    OFFER_HINT_DONE,
    OFFER_HINTED,
    OFFER_NOTED,
    OFFER_PLACES_SET,
    ConfirmedHow,
    OfferEnd,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from faden.kernel.queue import enqueue

__all__ = [
    "OfferValues", "PlaceValues", "ProviderValues", "asked", "back", "change", "confirm", "end", "hint", "hint_done", "note", "set_next_start", "set_places",
]  # fmt: skip
HINT_MAX, PLACES_MAX = 1000, 9999


def note(values: OfferValues, *, by: Actor, at: datetime, today: date) -> Offer:
    """A new one, true as of today; its provider too, when it is not in the list yet."""
    policies.may_write(by).require()
    values = checked(_provided(values, by, at), by=by, today=today)
    offer = Offer.objects.create(
        organisation_id=by.organisation_id, confirmed_on=today, confirmed_how=ConfirmedHow.ACCOUNT, noted_at=at, changed_at=at, **columns_of(values)
    )
    _put_places(offer, values.places)
    audit.note(OFFER_NOTED, by=by, at=at, subject=offer.id)
    return offer


def change(
    offer: Offer, values: OfferValues, *, seen_version: int, by: Actor, at: datetime, today: date, confirms: bool = False
) -> Offer:
    """What holds now; who has gone through all of it says so with `confirms`."""
    row = _locked(offer, by)
    values = checked(_provided(values, by, at), by=by, today=today, before=row)
    if row.version != seen_version:
        raise Conflict(_("Jemand hat dieses Angebot inzwischen geändert."), _differences(row, values))
    written = columns_of(values)
    if values.texts is None and any(getattr(row, name) != written[name] for name in ("title", "summary", "description")):
        # A translation says what stood there before: nobody has looked at it since.
        row.texts = {code: {**text, "reviewed": False} for code, text in row.texts.items()}
    if row.keeper_email != written["keeper_email"]:
        row.asked_on = None  # the link that went to the other address ends
    for name, value in written.items():
        setattr(row, name, value)
    if confirms:
        row.confirmed_on, row.confirmed_how = today, ConfirmedHow.ACCOUNT
    row.changed_at, row.version = at, row.version + 1
    row.save()
    _put_places(row, values.places)
    audit.note(OFFER_CHANGED, by=by, at=at, subject=row.id)
    if confirms:
        audit.note(OFFER_CONFIRMED, by=by, at=at, subject=row.id, how=ConfirmedHow.ACCOUNT.value)
    return row


def confirm(offer: Offer, *, how: ConfirmedHow, by: Actor, at: datetime, today: date) -> Offer:
    """It is still as it stands here. Twice on one day is once."""
    row = _locked(offer, by)
    _runs(row)
    if row.confirmed_on == today and row.confirmed_how == how:
        return row
    row.confirmed_on, row.confirmed_how = today, how
    row.save(update_fields=["confirmed_on", "confirmed_how"])
    audit.note(OFFER_CONFIRMED, by=by, at=at, subject=row.id, how=how)
    return row


def set_places(offer: Offer, free: int | None, *, on: date, by: Actor, at: datetime, how: ConfirmedHow = ConfirmedHow.ACCOUNT) -> Offer:
    """So many places were free on that day; none: nobody knows."""
    row = _locked(offer, by)
    _runs(row)
    if free is not None and not 0 <= free <= PLACES_MAX:
        raise Invalid(_("Geben Sie eine Zahl von 0 bis %(most)s ein.") % {"most": PLACES_MAX}, "places_free")
    row.places_free, row.places_on = free, None if free is None else on
    row.changed_at, row.version = at, row.version + 1
    row.save(update_fields=["places_free", "places_on", "changed_at", "version"])
    audit.note(OFFER_PLACES_SET, by=by, at=at, subject=row.id, how=how)
    return row


def set_next_start(offer: Offer, start: date | None, *, by: Actor, at: datetime, how: ConfirmedHow = ConfirmedHow.ACCOUNT) -> Offer:
    """When it begins the next time."""
    row = _locked(offer, by)
    _runs(row)
    if start and row.ends_on and start > row.ends_on:
        raise Invalid(_("Der nächste Beginn liegt nach dem letzten Tag des Angebots."), "next_start")
    row.next_start, row.changed_at, row.version = start, at, row.version + 1
    row.save(update_fields=["next_start", "changed_at", "version"])
    audit.note(OFFER_CHANGED, by=by, at=at, subject=row.id, how=how)
    return row


def end(offer: Offer, because: OfferEnd, *, by: Actor, at: datetime, how: ConfirmedHow = ConfirmedHow.ACCOUNT) -> Offer:
    """Nobody finds it any more; the row stays. What has ended stays ended as it did."""
    row = _locked(offer, by)
    if row.ended_at:
        return row
    row.ended_at, row.ended_because, row.changed_at, row.version = at, because, at, row.version + 1
    row.save(update_fields=["ended_at", "ended_because", "changed_at", "version"])
    audit.note(OFFER_ENDED, by=by, at=at, subject=row.id, because=because, how=how)
    return row


def back(offer: Offer, *, by: Actor, at: datetime, today: date) -> Offer:
    """It exists again, and is true as of today."""
    row = _locked(offer, by)
    if not row.ended_at:
        return row
    row.ended_at, row.ended_because, row.changed_at, row.version = None, "", at, row.version + 1
    row.confirmed_on, row.confirmed_how, row.asked_on = today, ConfirmedHow.ACCOUNT, None
    row.save()
    audit.note(OFFER_BACK, by=by, at=at, subject=row.id)
    return row


# ---------- asking the owner ----------


def asked(offer: Offer, *, on: date, by: Actor, at: datetime) -> Offer:
    """The owner gets a link; an earlier one ends, because a link names the day it was asked on."""
    row = _locked(offer, by)
    _runs(row)
    if not row.keeper_email:
        raise NotAllowed(_("Tragen Sie zuerst die E-Mail-Adresse ein, an die der Link gehen soll."))
    if row.asked_on == on:
        raise NotAllowed(_("Der Link ist heute schon an den Anbieter gegangen."))
    row.asked_on = on
    row.save(update_fields=["asked_on"])
    audit.note(OFFER_ASKED, by=by, at=at, subject=row.id)
    enqueue("offers.send_link", by=by, key=f"offer-link-{row.id}", offer_id=row.id)
    return row


def hint(offer: Offer, words: str, *, on: date, by: Actor, at: datetime) -> Offer:
    """What the owner wants changed, in the owner's words; a person takes it into the offer."""
    row = _locked(offer, by)
    if not words.strip():
        raise Invalid(_("Schreiben Sie, was sich geändert hat."), "words")
    row.hint, row.hint_on = words.strip()[:HINT_MAX], on
    row.save(update_fields=["hint", "hint_on"])
    audit.note(OFFER_HINTED, by=by, at=at, subject=row.id)
    return row


def hint_done(offer: Offer, *, by: Actor, at: datetime) -> Offer:
    """It was taken in or does not matter; the words go."""
    row = _locked(offer, by)
    if not row.hint:
        return row
    row.hint, row.hint_on = "", None
    row.save(update_fields=["hint", "hint_on"])
    audit.note(OFFER_HINT_DONE, by=by, at=at, subject=row.id)
    return row


# ---------- within ----------


def _provided(values: OfferValues, by: Actor, at: datetime) -> OfferValues:
    name = values.new_provider.strip()
    if not name:
        return values
    if values.provider is not None:
        raise Invalid(_("Wählen Sie einen Anbieter, oder geben Sie einen neuen ein, nicht beides."), "provider")
    # An agency that offers something itself has its inbox here.
    account = by.organisation_id if name == by.organisation_name else None
    return replace(values, provider=providers.note(ProviderValues(name, account=account), by=by, at=at).id)


def _locked(offer: Offer, by: Actor) -> Offer:
    policies.may_keep(by, offer).require()
    row = Offer.objects.select_for_update().filter(organisation_id=by.organisation_id, id=offer.id).first()
    if row is None:
        raise NotFound(_("Dieses Angebot gibt es hier nicht."))
    return row


def _runs(row: Offer) -> None:
    if row.ended_at:
        raise NotAllowed(_("Das Angebot ist beendet. Nehmen Sie es zuerst wieder auf."))


def _put_places(offer: Offer, places: tuple[PlaceValues, ...]) -> None:
    offer.places.all().delete()
    Place.objects.bulk_create(
        Place(
            organisation_id=offer.organisation_id, offer=offer, position=position, municipality_id=place.municipality or None,
            **{one.name: getattr(place, one.name) for one in fields(place) if one.name != "municipality"},
        )
        for position, place in enumerate(places)
    )  # fmt: skip


def _differences(row: Offer, values: OfferValues) -> tuple[tuple[str, str, str], ...]:
    pairs: tuple[tuple[str, Any, Any], ...] = (
        (str(_("Titel")), row.title, values.title),
        (str(_("Kurz gesagt")), row.summary, values.summary),
        (str(_("Freie Plätze")), row.places_free, values.places_free),
        (str(_("Nächster Beginn")), row.next_start, values.next_start),
    )
    return tuple((label, _said(theirs), _said(yours)) for label, theirs, yours in pairs if theirs != yours)


def _said(value: Any) -> str:
    return "" if value is None else str(value)
