"""Many persons in a night: who is unchanged and whose day has not come is passed over, all others are decided anew."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from faden.law.decide import Result
from faden.law.reading import facts_from
from faden.law.standing import decide_until


class Kept(NamedTuple):
    """What a night leaves of one person: a mark of the facts and how long the answer stands."""

    mark: bytes
    until: int  # ordinal of the first day on which to look again


class Decided(NamedTuple):
    """One person decided anew."""

    number: int
    kept: Kept
    result: Result


def mark_of(told: bytes) -> bytes:
    """The same facts, told in the same words, have the same mark."""
    return blake2b(told, digest_size=8).digest()


def night(told: Iterable[bytes], on: date, kept: Callable[[int], Kept | None] = lambda number: None) -> Iterator[Decided]:
    """Persons as lines of JSON, in order; gives only those that had to be looked at."""
    today = on.toordinal()
    for number, line in enumerate(told):
        mark = mark_of(line)
        before = kept(number)
        if before is not None and before.mark == mark and today < before.until:
            continue
        result, until = decide_until(facts_from(json.loads(line)), on)
        yield Decided(number, Kept(mark, until.toordinal()), result)
