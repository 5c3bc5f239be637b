"""Lawful habitual residence as §§ 4 (3), 9, 10 and 12b StAG ask for it: another count than for §§ 25a, 25b AufenthG."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from faden.law import kinds
from faden.law.days import ONE_DAY, plus_months
from faden.law.facts import Asylum, Span, Stay

MONTHS_ABROAD = 6  # § 12b (1) S. 1 StAG
RECOGNISED = frozenset({"refugee", "subsidiary"})
PROTECTED = frozenset({"ae_25_1", "ae_25_2_1", "ae_25_2_2"})
_LAWFUL = kinds.TITLES | {kinds.FIKTION, kinds.FIKTION_3}
# These are given to people whom the Bundesamt did not recognise; other titles say nothing about an asylum procedure before.
_NOT_RECOGNISED = (kinds.SECTION_5 - PROTECTED) | {"ae_16g", "ae_19d"}


class Lawful(NamedTuple):
    """The lawful residence that goes on today."""

    start: date  # its first day; anew after a gap and after more than six months abroad
    if_permitted: date  # the same, if the office had allowed the long absences nobody asked about
    if_late: date  # the same, if a gap comes from a late application alone (§ 12b (3) S. 1); moved on by the gap
    if_recognised: date  # the same, if the asylum procedure before it ended with a recognition (§ 55 (3) AsylG)
    earlier_days: int  # lawful days before the last break
    broken_by: str  # "absence", "gap", the kind of paper before it; "" if nothing was before
    absent: tuple[Span, ...]  # abroad since then


class _Piece(NamedTuple):
    """Lawful days without a gap."""

    start: date
    end: date


def lawful_residence(stays: tuple[Stay, ...], absences: tuple[Span, ...], asylum: Asylum, on: date) -> Lawful | None:
    """None where today's paper is not a lawful stay of this kind, or no paper is known for today."""
    recognised = asylum.state in RECOGNISED or any(one.kind in PROTECTED or one.kind == "ne_26_3" for one in stays)
    counts = _LAWFUL | {kinds.GESTATTUNG} if recognised else _LAWFUL
    last = stays[-1] if stays else None
    if last is None or last.kind not in counts or (last.end is not None and last.end < on):
        return None
    pieces, broken_by, may_count = _pieces(stays, counts, on)
    piece = pieces[0]
    if recognised and asylum.applied and asylum.applied < piece.start and not _before(stays, asylum.applied, piece.start):
        piece = _Piece(asylum.applied, piece.end)  # the stay was permitted by law from the application on (§ 55 (1) AsylG)
    start, if_permitted, cut = _after_absences(absences, piece.start, on)
    if start > piece.start:
        broken_by = "absence"
    earlier = sum((one.end - one.start).days + 1 for one in pieces[1:]) + max(0, (cut - piece.start).days if start > piece.start else 0)
    if_late = _late(pieces) if start == piece.start and broken_by in {"gap", "unlawful"} else start
    first = may_count if may_count and asylum.state is None and start == piece.start else start
    return Lawful(start, if_permitted, if_late, first, earlier, broken_by, tuple(one for one in absences if if_permitted <= one.start <= on))


def _pieces(stays: tuple[Stay, ...], counts: frozenset[str], on: date) -> tuple[list[_Piece], str, date | None]:
    """The lawful pieces, today's first; what came before today's; since when an asylum procedure led up to it that may count."""
    pieces: list[_Piece] = []
    broken_by, may_count = "", None
    after = following = stays[-1]  # the lawful paper, and any paper, that came next
    begun, until = following.start, on
    for stay in stays[-2::-1]:
        end = min(stay.end or date.max, following.start - ONE_DAY)
        following = stay
        if stay.kind not in counts:
            if not pieces and not broken_by:
                broken_by = stay.kind
                if stay.kind == kinds.GESTATTUNG and after.kind not in _NOT_RECOGNISED and end + ONE_DAY >= begun:
                    may_count = stay.start
            continue
        if not broken_by and _joins(stay, after, end, begun):
            begun = min(begun, stay.start)
        else:
            broken_by = broken_by or "gap"
            pieces.append(_Piece(begun, until))
            begun, until = stay.start, max(end, stay.start)
        after = stay
    pieces.append(_Piece(begun, until))
    return pieces, broken_by, may_count


def _joins(stay: Stay, after: Stay, end: date, begun: date) -> bool:
    """No gap between them; until the title of a recognised person is given out the stay is permitted (§ 25 (1) S. 3, (2) S. 3)."""
    if end + ONE_DAY >= begun:
        return True
    return stay.kind == kinds.GESTATTUNG and after.kind in PROTECTED


def _before(stays: Iterable[Stay], applied: date, start: date) -> bool:
    """Something else than a permitted stay lies between the application and the start."""
    return any(one.start < start and (one.end or date.max) >= applied and one.kind not in {kinds.GESTATTUNG, kinds.VISUM} for one in stays)


def _after_absences(absences: Iterable[Span], start: date, on: date) -> tuple[date, date, date]:
    """The day after the last absence that breaks, the same if silence means permission, and the last day before the first of them."""
    strict, lenient, cut = start, start, start
    for one in absences:
        if one.start < start or one.start > on or one.permitted or one.end + ONE_DAY <= plus_months(one.start, MONTHS_ABROAD):
            continue
        if one.end + ONE_DAY > strict:
            strict, cut = one.end + ONE_DAY, one.start
        if one.permitted is False:
            lenient = max(lenient, one.end + ONE_DAY)
    return strict, lenient, cut


def _late(pieces: list[_Piece]) -> date:
    """The pieces as one, less the days between today's and the one before."""
    if len(pieces) < 2:
        return pieces[0].start
    gap = (pieces[0].start - pieces[1].end).days - 1
    return pieces[1].start + gap * ONE_DAY
