"""From when on two entries are put before people as perhaps the same human being, and what each of their lines says."""

from collections.abc import Collection
from enum import Enum

# The labelled spellings (tests/persons/spellings_*.txt) decide: every pair labelled as one name reaches it
# with the same year of birth (lowest 0.757), no pair labelled as two names does (highest 0.733). A name
# alone (at most 0.7) never does: many bear it, and the search before a new entry shows it anyway.
ALIKE = 0.75


class Says(Enum):
    """What a line of the comparison says, told in words beside both values."""

    SAME = "same"
    PARTLY = "partly"
    DIFFERS = "differs"
    ONE = "one"  # known of one only
    NONE = "none"


def said_of(one: Collection[str], two: Collection[str]) -> Says:
    """Of two sets of codes, or of one value each."""
    first, second = {*filter(None, one)}, {*filter(None, two)}
    if not first or not second:
        return Says.ONE if first or second else Says.NONE
    if first == second:
        return Says.SAME
    return Says.PARTLY if first & second else Says.DIFFERS
