"""What a condition and a path can come to; part C of the specification. Unclear is a result, not an error."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple


class State(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    DECISION = "decision"
    WAIVED = "waived"  # of a condition: not met, and an exception that the law names is proved
    CLOSED = "closed"  # of a path: repealed or not yet in force


class Binding(StrEnum):
    """What it means for the path when a condition is not met."""

    MUST = "must"  # the path is not met
    USUAL = "usual"  # "in der Regel", "regelmäßig": the office weighs; alone it never closes the path
    BAR = "bar"  # a ground of refusal, said the right way round: met means nothing bars
    HELD = "held"  # a ground of refusal only the office knows: unknown is said as an assumption and holds nothing up
    ASSUMED = "assumed"  # usual, and taken for granted until somebody says otherwise


class Claim(StrEnum):
    CLAIM = "claim"  # "ist zu erteilen"
    USUALLY = "usually"  # "in der Regel zu erteilen"
    SHALL = "shall"  # "soll"
    MAY = "may"  # "kann": at best a decision


class Outcome(NamedTuple):
    """One condition, for one person, on one day."""

    state: State
    code: str = ""  # which of the condition's sentences says it
    value: Any = None  # the fact used: a day, a number, a code
    missing: tuple[str, ...] = ()  # facts, or proofs of facts ("language.proof"), by their keys
    earliest: date | None = None  # of a dated condition: from this day on it is or was met
    latest: date | None = None  # an application after this day is too late
    final: bool = False  # not met, and neither time nor effort cures it
    open: tuple[str, ...] = ()  # exceptions nobody has asked about yet
    claimed: tuple[str, ...] = ()  # exceptions said to exist that the office has to weigh
    assumes: tuple[str, ...] = ()  # what the result takes for granted, by codes
    tolerance: int = 1  # days the earliest day may be off; 0 for birthdays and fixed days


_MET, _NOT_MET = State.MET, State.NOT_MET  # looking a member up in its enum is slow


def met(value: Any = None, code: str = "", **more: Any) -> Outcome:
    """It is met."""
    return Outcome(_MET, code, value, **more)


def not_met(value: Any = None, code: str = "", **more: Any) -> Outcome:
    """It is known not to be met today."""
    return Outcome(_NOT_MET, code, value, **more)


@lru_cache(4096)  # the same few hundred, over and over
def unknown(*missing: str, code: str = "", **more: Any) -> Outcome:
    """These facts or proofs are missing."""
    return Outcome(State.UNKNOWN, code, missing=missing, **more)


def decision(code: str, value: Any = None, **more: Any) -> Outcome:
    """All is known, and the law leaves it to the office."""
    return Outcome(State.DECISION, code, value, **more)


def said(answer: bool | None, fact: str, *, final: bool = False) -> Outcome:
    """Yes meets it, no does not, unknown is asked."""
    if answer is None:
        return unknown(fact)
    return met(answer) if answer else not_met(answer, final=final)


def free_of(answer: bool | None, fact: str) -> Outcome:
    """A ground of refusal: no meets it, yes bars, unknown stays unknown."""
    if answer is None:
        return unknown(fact)
    return not_met(answer, final=True) if answer else met(answer)


def reached(day: date, on: date, value: Any = None, *, tolerance: int = 1, code: str = "") -> Outcome:
    """Met from this day on; before, not yet."""
    if day <= on:
        return Outcome(_MET, code, value or day, earliest=day, tolerance=tolerance)
    return Outcome(_NOT_MET, code or "not_yet", value or day, earliest=day, tolerance=tolerance)


def either(outcomes: Iterable[Outcome]) -> Outcome:
    """One of several ways is enough; while one is still unknown, it is asked before anything is weighed."""
    return min(outcomes, key=lambda one: _BEST[one.state])


_BEST = {State.MET: 0, State.WAIVED: 1, State.UNKNOWN: 2, State.DECISION: 3, State.NOT_MET: 4}


def unless(base: Outcome, answer: bool | None, exception: str) -> Outcome:
    """An exception the law itself grants ("wird abgesehen"): proved it waives, unasked it stays open, denied it changes nothing."""
    if base.state is not _NOT_MET:
        return base
    if answer:
        return base._replace(state=State.WAIVED, code="waived")
    return base if answer is False else base._replace(open=(*base.open, exception))


def weighed(base: Outcome, answer: bool | None, exception: str) -> Outcome:
    """An exception the office may grant: claimed it is weighed, unasked it stays open, denied it changes nothing."""
    if base.state is not _NOT_MET:
        return base
    if answer:
        return base._replace(claimed=(*base.claimed, exception))
    return base if answer is False else base._replace(open=(*base.open, exception))
