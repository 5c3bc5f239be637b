"""What an offer asks for, condition by condition, in words."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faden.directory.rules.offers import ShelfOffer
from faden.directory.vocabulary import Childcare, Condition, Gender
from faden.persons.vocabulary import BenefitRegime, Level, ResidencePaper

NAMED = 3  # more of a list would hide the rest of the page


def asked_for(condition: Condition, offer: ShelfOffer, towns: Mapping[str, str], *, named: int = NAMED) -> str:
    """ "verlangt mindestens B1 mit Nachweis"; only where it asks for something. `towns`: names by AGS."""
    if condition == Condition.RESIDENCE:
        return _("nur mit: %(papers)s") % {"papers": _some(_labels(ResidencePaper, offer.papers), named)}
    if condition == Condition.GERMAN:
        return _german(offer)
    if condition == Condition.AGE:
        return _ages(offer)
    if condition == Condition.GENDER:
        return _("nur für %(gender)s") % {"gender": _label(Gender, offer.gender)}
    if condition == Condition.TOWN:
        return _("nur für Menschen aus %(towns)s") % {"towns": _some(sorted(towns.get(ags, ags) for ags in offer.towns), named)}
    if condition == Condition.BENEFIT:
        return _("nur bei Bezug von: %(regimes)s") % {"regimes": _some(_labels(BenefitRegime, offer.regimes), named)}
    return _label(Childcare, offer.childcare)


def _german(offer: ShelfOffer) -> str:
    lowest, highest = offer.german_from, offer.german_to
    if lowest in {"", Level.NONE, Level.UNKNOWN}:
        lowest = ""
    if highest in {"", Level.NATIVE, Level.UNKNOWN}:
        highest = ""
    levels = {"low": _label(Level, lowest), "high": _label(Level, highest)}
    if lowest and highest:
        words = _("verlangt %(low)s bis %(high)s") % levels if lowest != highest else _("verlangt %(low)s") % levels
    elif lowest:
        words = _("verlangt mindestens %(low)s") % levels
    elif highest == Level.NONE:
        words = _("nur, wer noch kein Deutsch kann")
    elif highest:
        words = _("höchstens %(high)s") % levels
    else:
        return _("verlangt einen Nachweis über Deutsch")
    return _("%(level)s mit Nachweis") % {"level": words} if offer.german_proof else words


def _ages(offer: ShelfOffer) -> str:
    ages = {"low": offer.age_from, "high": offer.age_to}
    if not offer.age_from:
        return _("bis %(high)d Jahre") % ages
    if offer.age_to is None:
        return _("ab %(low)d Jahren") % ages
    if offer.age_from == offer.age_to:
        return _("nur mit %(low)d Jahren") % ages
    return _("von %(low)d bis %(high)d Jahren") % ages


def _label(words: type[Level] | type[Gender] | type[Childcare], code: str) -> str:
    return str(words(code).label) if code in words.values else code


def _labels(words: type[ResidencePaper] | type[BenefitRegime], codes: Iterable[str]) -> list[str]:
    """In the order of the vocabulary; what is not in it, as it is."""
    wanted = set(codes)
    return [str(one.label) for one in words if one.value in wanted] + sorted(wanted - set(words.values))


def _some(names: list[str], named: int) -> str:
    if len(names) <= named + 1:
        return ", ".join(names)
    rest = len(names) - named
    more = ngettext("%(names)s und %(rest)d weitere", "%(names)s und %(rest)d weitere", rest)
    return more % {"names": ", ".join(names[:named]), "rest": rest}
