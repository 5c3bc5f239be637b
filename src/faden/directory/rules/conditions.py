"""All an offer asks for, as its own page and other directories say it: nothing shortened, nothing unknown hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from faden.directory.rules.asking import asked_for
from faden.directory.vocabulary import Condition
from faden.persons.vocabulary import Level

_ALL = 1000


@dataclass(frozen=True)
class Asks:
    """One line; `known` is false where nobody said anything."""

    condition: Condition
    words: str
    known: bool = True


def asks(offer: Any, *, towns: Mapping[str, str]) -> list[Asks]:
    """Every condition that is set or unknown, of a row or of an offer of the shelf; `towns`: names by AGS. None: open to everybody."""
    found = []
    for condition in Condition:
        if _sets(condition, offer):
            words = asked_for(condition, offer, towns, named=_ALL)
            found.append(Asks(condition, words[:1].upper() + words[1:]))
        elif condition in offer.silent:
            found.append(Asks(condition, _("Dazu ist nichts bekannt. Bitte fragen Sie den Anbieter."), known=False))
    return found


def _sets(condition: Condition, offer: Any) -> bool:
    match condition:
        case Condition.RESIDENCE:
            return bool(offer.papers)
        case Condition.GERMAN:
            lowest, highest = offer.german_from not in {"", Level.NONE, Level.UNKNOWN}, offer.german_to not in {"", Level.NATIVE, Level.UNKNOWN}
            return lowest or highest or offer.german_proof
        case Condition.AGE:
            return bool(offer.age_from) or offer.age_to is not None
        case Condition.GENDER:
            return bool(offer.gender)
        case Condition.TOWN:
            return bool(offer.towns)
        case Condition.BENEFIT:
            return bool(offer.regimes)
        case Condition.CHILDCARE:
            return bool(offer.childcare)
