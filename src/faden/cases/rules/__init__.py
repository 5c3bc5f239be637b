"""Pure rules of case work: numbers, periods, the order of phases."""

from datetime import date, timedelta

from faden.cases.vocabulary.case import Phase

TEXT_DAYS = 90
WORKING_NOTE_DAYS = 90


def case_number(prefix: str, year: int, running: int) -> str:
    """AH-2026-0012."""
    return f"{prefix or 'F'}-{year}-{running:04d}"


def working_note_ends_on(written: date) -> date:
    """By this day an Arbeitsnotiz is transferred or destroyed."""
    return written + timedelta(days=WORKING_NOTE_DAYS)


def skipped(present: Phase, wanted: Phase) -> bool:
    """Is at least one phase between them left out? Going back skips nothing."""
    order = list(Phase)
    return order.index(wanted) > order.index(present) + 1
