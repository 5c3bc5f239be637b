"""What of a person's facts a need goes by: never more than was said, and nothing that runs out before the day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from faden.persons.vocabulary import BenefitRegime, GermanSkill, Level, ResidencePaper

SMALL_CHILD = 6  # younger ones stay with somebody while a course runs
_SKILLS = (GermanSkill.LISTENING, GermanSkill.READING, GermanSkill.SPEAKING, GermanSkill.WRITING)
_ORDER = {level: number for number, level in enumerate(Level.values)}


@dataclass(frozen=True)
class Known:
    """A level of one skill; `proved`: there is a certificate with its day."""

    level: str
    proved: bool


def german(noted: Mapping[str, Known]) -> Known | None:
    """By skill. The level noted as a whole counts; without it the weakest, but only of all four: a part is not the whole."""
    known = {skill: one for skill, one in noted.items() if one.level != Level.UNKNOWN}
    if GermanSkill.ALL in known:
        return known[GermanSkill.ALL]
    if not all(skill in known for skill in _SKILLS):
        return None
    four = [known[skill] for skill in _SKILLS]
    return Known(min((one.level for one in four), key=_ORDER.__getitem__), all(one.proved for one in four))


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
