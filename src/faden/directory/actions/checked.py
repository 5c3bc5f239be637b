"""What may stand in an offer: each refusal says in one sentence what is missing and names its field."""

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from faden.cases.vocabulary.life_area import LifeArea
from faden.directory.models import Offer, Place, Provider
from faden.directory.rules import descriptions
from faden.directory.rules.schedules import is_rule
from faden.directory.rules.values import OfferValues, PlaceValues
from faden.directory.vocabulary import CONFIRM_DAYS, Childcare, Condition, Gender
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid
from faden.organisations.models import Municipality
from faden.persons.codes import LANGUAGES
from faden.persons.vocabulary import BenefitRegime, Level, ResidencePaper

AGE_MOST, DAYS_MOST, PLACES_MOST = 120, 3650, 9999
# What a condition may not say while it is said not to be known.
SAYS = {
    Condition.RESIDENCE: ("papers",),
    Condition.GERMAN: ("german_from", "german_to", "german_proof"),
    Condition.AGE: ("age_from", "age_to"),
    Condition.GENDER: ("gender",),
    Condition.TOWN: ("towns",),
    Condition.BENEFIT: ("regimes",),
    Condition.CHILDCARE: ("childcare",),
}
_LISTS: dict[str, Iterable[str]] = {
    "life_areas": LifeArea.values, "papers": ResidencePaper.values, "regimes": BenefitRegime.values, "silent": Condition.values, "languages": LANGUAGES,
}  # fmt: skip
_ONE_OF: dict[str, Iterable[str]] = {
    "certifies": Level.values, "german_from": Level.values, "german_to": Level.values, "gender": Gender.values, "childcare": Childcare.values,
}  # fmt: skip
_LEVELS = [level for level in Level.values if level != Level.UNKNOWN]


def checked(values: OfferValues, *, by: Actor, today: date, before: Offer | None = None) -> OfferValues:
    """The same, trimmed and cleaned, or Invalid. What stood there before and was not touched is its source's matter."""
    values = _trimmed(values, before)
    if not values.title:
        raise Invalid(_("Geben Sie dem Angebot einen Titel."), "title")
    if values.provider is None:
        raise Invalid(_("Wählen Sie einen Anbieter, oder geben Sie den Namen eines neuen ein."), "provider")
    if not Provider.objects.filter(organisation_id=by.organisation_id, id=values.provider).exists():
        raise Invalid(_("Wählen Sie einen Anbieter aus Ihrer Liste."), "provider")
    _lengths(values)
    _codes(values)
    _numbers(values)
    _days(values, today)
    _addresses(values, before)
    _silence(values)
    _schedules(values, before)
    return _placed(values)


def website_checked(address: str) -> None:
    """Only what a browser opens as a page: no other scheme, no address without a host."""
    if address and not _opens(address):
        raise Invalid(_("Geben Sie die Adresse der Internetseite mit https:// am Anfang ein."), "website")


def _opens(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and parts.port != 0 and not re.search(r"\s", address)
    except ValueError:  # half an IPv6 address, a port that is none
        return False


def email_checked(address: str, field: str) -> None:
    """An address a mail can go to."""
    try:
        if address:
            validate_email(address)
    except ValidationError as error:
        raise Invalid(_("Prüfen Sie die E-Mail-Adresse."), field) from error


def lengths_checked(model: Any, values: Any, names: Iterable[str]) -> None:
    """No text is longer than its column."""
    for name in names:
        most = model._meta.get_field(name).max_length
        if most and len(getattr(values, name)) > most:
            raise Invalid(_("Das sind mehr als %(most)s Zeichen.") % {"most": most}, name)


def columns_of(values: OfferValues) -> dict[str, Any]:
    """As the row has them; the places are rows of their own."""
    found = {one.name: getattr(values, one.name) for one in fields(values) if one.name not in ("provider", "new_provider", "places", "texts")}
    found = {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}
    found["schedules"] = [dict(one) for one in values.schedules]
    if values.texts is not None:
        found["texts"] = {code: dict(text) for code, text in values.texts.items()}
    return {"provider_id": values.provider, **found}


def _trimmed(values: OfferValues, before: Offer | None) -> OfferValues:
    texts = {one.name: getattr(values, one.name).strip() for one in fields(values) if isinstance(getattr(values, one.name), str)}
    sets = {name: tuple(dict.fromkeys(getattr(values, name))) for name in (*_LISTS, "towns")}
    papers = tuple(line.strip() for line in values.documents if line.strip())
    places = tuple(place for place in values.places if place.says_something)
    was = before.description if before else ""
    description = was if values.description == was else descriptions.cleaned(values.description)
    return replace(values, **{**texts, **sets, "documents": papers, "places": places, "description": description})


def _lengths(values: OfferValues) -> None:
    texts = [one.name for one in fields(values) if isinstance(getattr(values, one.name), str) and one.name != "new_provider"]
    lengths_checked(Offer, values, texts)
    for line in values.documents:
        if len(line) > 160:
            raise Invalid(_("Eine Zeile hat mehr als %(most)s Zeichen.") % {"most": 160}, "documents")


def _codes(values: OfferValues) -> None:
    for name, known in _LISTS.items():
        if set(getattr(values, name)) - set(known):
            raise Invalid(_("Wählen Sie aus der Liste."), name)
    for name, known in _ONE_OF.items():
        if getattr(values, name) and getattr(values, name) not in set(known):
            raise Invalid(_("Wählen Sie aus der Liste."), name)
    if values.confirm_every_days not in CONFIRM_DAYS:
        raise Invalid(_("Wählen Sie, wie oft das Angebot geprüft wird."), "confirm_every_days")
    wanted = {*values.towns, *(place.municipality for place in values.places if place.municipality)}
    if wanted and Municipality.objects.filter(ags__in=wanted).count() != len(wanted):
        raise Invalid(_("Diesen Ort gibt es in der Liste nicht."), "towns" if set(values.towns) else "places")


def _numbers(values: OfferValues) -> None:
    for name, most in (("age_from", AGE_MOST), ("age_to", AGE_MOST), ("waiting_days", DAYS_MOST), ("places_free", PLACES_MOST)):
        number = getattr(values, name)
        if number is not None and not 0 <= number <= most:
            raise Invalid(_("Geben Sie eine Zahl von 0 bis %(most)s ein.") % {"most": most}, name)
    if values.age_from is not None and values.age_to is not None and values.age_from > values.age_to:
        raise Invalid(_("Das Höchstalter liegt unter dem Mindestalter."), "age_to")
    if Level.UNKNOWN in (values.german_from, values.german_to, values.certifies):
        raise Invalid(_("Wählen Sie ein Sprachniveau, oder dass es nicht bekannt ist."), "german_from")
    if values.german_from and values.german_to and _LEVELS.index(values.german_from) > _LEVELS.index(values.german_to):
        raise Invalid(_("Das höchste Deutschniveau liegt unter dem niedrigsten."), "german_to")
    if values.german_proof and not values.german_from:
        raise Invalid(_("Wählen Sie, welches Niveau nachgewiesen werden muss."), "german_from")


def _days(values: OfferValues, today: date) -> None:
    if values.places_free is not None and values.places_on is None:
        raise Invalid(_("Geben Sie an, von welchem Tag die Zahl der freien Plätze ist."), "places_on")
    if values.places_on and values.places_on > today:
        raise Invalid(_("Der Stand der freien Plätze kann nicht in der Zukunft liegen."), "places_on")
    if values.next_start and values.ends_on and values.next_start > values.ends_on:
        raise Invalid(_("Der nächste Beginn liegt nach dem letzten Tag des Angebots."), "next_start")


def _addresses(values: OfferValues, before: Offer | None) -> None:
    if before is None or values.website != before.website:
        website_checked(values.website)
    if before is None or values.email != before.email:
        email_checked(values.email, "email")
    email_checked(values.keeper_email, "keeper_email")


def _silence(values: OfferValues) -> None:
    for condition, names in SAYS.items():
        if condition in values.silent and any(getattr(values, name) not in ("", None, (), False) for name in names):
            raise Invalid(
                _("%(condition)s: Entweder ist die Bedingung nicht bekannt, oder Sie tragen sie ein.") % {"condition": condition.label},
                names[0],
            )


def _schedules(values: OfferValues, before: Offer | None) -> None:
    for one in values.schedules:
        if before and dict(one) in before.schedules:
            continue  # a source may know hours past midnight
        opens, closes, first, last = (one.get(name) for name in ("opens", "closes", "from", "until"))
        if one.get("rrule") and not is_rule(one["rrule"]):
            raise Invalid(_("Diesen Rhythmus versteht kein Kalender."), "schedules")
        if opens and closes and opens >= closes:
            raise Invalid(_("Die Uhrzeit „bis“ liegt nicht nach der Uhrzeit „von“."), "schedules")
        if first and last and first > last:
            raise Invalid(_("Der letzte Tag liegt vor dem ersten."), "schedules")


def _placed(values: OfferValues) -> OfferValues:
    for place in values.places:
        lengths_checked(Place, place, ("name", "street", "postcode", "town"))
        if (place.latitude is None) != (place.longitude is None):
            raise Invalid(_("Ein Punkt hat Breite und Länge."), "places")
    names = dict(Municipality.objects.filter(ags__in={place.municipality for place in values.places}).values_list("ags", "name"))
    return replace(values, places=tuple(_named(place, names) for place in values.places))


def _named(place: PlaceValues, names: dict[str, str]) -> PlaceValues:
    return replace(place, town=place.town or names.get(place.municipality, ""))
