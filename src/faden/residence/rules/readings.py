"""Which rules somebody can read otherwise: paths and their conditions in force, by their names. Pure."""

from datetime import date

from faden.law import words
from faden.law.rules import law_on

LONGEST = 2000


def conditions_on(day: date, language: str = "de") -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(path, its name, [(condition, what it asks)]), as they are in force."""
    return [
        (one.path.key, words.of("paths", one.path.key, language), [(c.id, words.condition(c.id, language)) for c in one.conditions])
        for one in law_on(day)
        if one.claim is not None
    ]


def is_known(path: str, condition: str, *, on: date) -> bool:
    """Whether the path is there on this day, and the condition in it; "" is the whole path."""
    return any(key == path and (not condition or condition in dict(conditions)) for key, _name, conditions in conditions_on(on))


def path_name(path: str, language: str = "de") -> str:
    """What it is called; one that the rules no longer have keeps its key."""
    return words.of("paths", path, language) if path in words.told("paths") else path


def condition_name(condition: str, language: str = "de") -> str:
    """The same of a condition."""
    try:
        return words.condition(condition, language)
    except KeyError:
        return condition
