"""What of a person's facts a need goes by: never more than was said, and nothing that runs out before the day."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from faden.persons.vocabulary import BenefitRegime, GermanSkill, Level, ResidencePaper

SMALL_CHILD = 6  # younger ones stay with somebody while a course runs
_SKILLS = (GermanSkill.LISTENING, GermanSkill.READING, GermanSkill.SPEAKING, GermanSkill.WRITING)
_LEVELS = [level for level in Level.values if level != Level.UNKNOWN]


@dataclass(frozen=True)
class Known:
    """A level of German, and the skills it was read from."""

    level: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class Certificate:
    """What somebody has a certificate for; `dated`: its day is noted too."""

    skill: str
    level: str
    dated: bool


def german(noted: Mapping[str, str]) -> Known | None:
    """Level by skill. What is noted as a whole counts; without it the weakest, but only of all four: a part is not the whole."""
    known = {skill: level for skill, level in noted.items() if level in _LEVELS}
    if GermanSkill.ALL in known:
        return Known(known[GermanSkill.ALL], (GermanSkill.ALL.value,))
    if not all(skill in known for skill in _SKILLS):
        return None
    return Known(min((known[skill] for skill in _SKILLS), key=_LEVELS.index), tuple(skill.value for skill in _SKILLS))


def certified(certificates: Iterable[Certificate], *, is_known: bool) -> tuple[str, str] | None:
    """The level that is surely proved, and the highest that may be; None: nobody knows (`is_known`: her level is).

    A certificate outlasts what is told after it. One without its day may be one or not.
    """
    found = [one for one in certificates if one.level in _LEVELS]
    surely = _proved(one for one in found if one.dated)
    if is_known:
        return surely, _proved(found)
    return (surely, _LEVELS[-1]) if surely != Level.NONE else None


def _proved(certificates: Iterable[Certificate]) -> str:
    """The highest of those for the whole and of what all four skills are proved for."""
    best = dict.fromkeys((GermanSkill.ALL, *_SKILLS), 0)
    for one in certificates:
        best[GermanSkill(one.skill)] = max(best[GermanSkill(one.skill)], _LEVELS.index(one.level))
    return _LEVELS[max(best[GermanSkill.ALL], min(best[skill] for skill in _SKILLS))]


def paper(code: str, *, on: date, today: date) -> str | None:
    """What counts on the day: who has not entered yet will have another paper by then."""
    if code == ResidencePaper.UNKNOWN or (code == ResidencePaper.NOT_ENTERED and on > today):
        return None
    return code


def regimes(codes: Collection[str]) -> frozenset[str] | None:
    """All she lives from, also what is not known; an empty set is own income alone."""
    if not codes or set(codes) == {BenefitRegime.UNKNOWN}:
        return None
    return frozenset(codes) - {BenefitRegime.NONE}
