"""German, civics, school attendance: what several paths ask in the same way."""

from datetime import date

from faden.law.case import LEVELS, Case
from faden.law.days import plus_years
from faden.law.facts import Proof
from faden.law.outcome import Outcome, met, not_met, said, unknown

SCHOOL_AGE = (6, 18)  # §§ 35, 38 SchulG NRW: from six, eighteen years at most


def german(case: Case, level: str, skill: str = "all", *, rows: tuple[Proof, ...] | None = None, fact: str = "language") -> Outcome:
    """This level, proved. Told without proof it is unknown; "all" wants speaking and writing both."""
    told_rows = case.facts.language if rows is None and fact == "language" else rows
    if told_rows is None:
        return unknown(fact)
    proved, told = case.level(skill, told_rows)
    wanted = LEVELS[level]
    if proved >= wanted:
        return met(level)
    if told >= wanted:
        return unknown(f"{fact}.proof", code="proof", value=level)
    return not_met(level, "level")


def civic_knowledge(case: Case) -> Outcome:
    """Leben in Deutschland, Einbürgerungstest or a German school certificate."""
    civics = case.facts.civics
    if (civics.test_passed and civics.test_passed <= case.on) or civics.school_certificate or case.facts.course.passed:
        return met(None if civics.test_passed == date.min else civics.test_passed)
    if any(one.certificate and one.certificate <= case.on for one in case.facts.school or ()):
        return met(code="school")
    if civics.test_passed or ("civics.test_passed" not in case.facts.denied and civics.school_certificate is None):
        return unknown("civics.test_passed")
    return not_met()


def commitment(case: Case) -> Outcome:
    """To the free democratic order; understood, not only signed."""
    return said(case.facts.civics.commitment, "civics.commitment")


def children_at_school(case: Case) -> Outcome:
    """Actual attendance of all children of school age; nobody of that age meets it."""
    children = case.facts.household.children
    if children is None:
        if case.minor_child is False:
            return met(code="none")
        return unknown("household.children")
    missing = []
    for child in children:
        if child.birth_date is None:
            missing.append("household.children.birth_date")
        elif _at_school_age(child.birth_date, case.on):
            if child.attends_school is False:
                return not_met()
            if child.attends_school is None:
                missing.append("household.children.attends_school")
    return unknown(*dict.fromkeys(missing)) if missing else met(code="" if children else "none")


def _at_school_age(birth_date: date, on: date) -> bool:
    return plus_years(birth_date, SCHOOL_AGE[0]) <= on < plus_years(birth_date, SCHOOL_AGE[1])
