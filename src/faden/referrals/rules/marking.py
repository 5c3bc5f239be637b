"""A text cut into pieces, so that a page can mark what in it may tell who it is about. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from faden.referrals.rules.traces import Known, TraceKind, traces


@dataclass(frozen=True)
class Piece:
    """Words of a text; `kind`: what they are, where they may tell; `is_left`: somebody looked at them."""

    words: str
    kind: TraceKind | None = None
    is_left: bool = False


def pieces(text: str, known: Sequence[Known], left: Collection[str]) -> list[Piece]:
    """The whole text, in order."""
    found, at = [], 0
    for one in traces(text, known):
        found += [Piece(text[at : one.start]), Piece(one.words, one.kind, one.may_stay and one.key in left)]
        at = one.end
    return [one for one in (*found, Piece(text[at:])) if one.words]
