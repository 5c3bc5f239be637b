"""What there is for a need: every offer with each of its conditions, the best first."""

from collections.abc import Sequence
from dataclasses import dataclass

from faden.directory.queries.shelf import Shelved, shelf
from faden.directory.rules.match_many import Summary, match_many
from faden.directory.rules.matching import Columns, Match, ranked
from faden.directory.rules.needs import Need
from faden.directory.rules.verdict_words import Around, explained
from faden.directory.rules.ways import those_that_certify
from faden.directory.vocabulary import Condition, Fit
from faden.organisations.models import Municipality

PAGE_SIZE = 20


@dataclass(frozen=True)
class MatchPage:
    """One page of matches; `counts` and `blockers` are of all candidates, whatever is shown.

    `blockers`: which condition closes how many offers, most first.
    """

    rows: tuple[Match, ...]
    counts: dict[Fit, int]
    blockers: list[tuple[Condition, int]]
    without_area: int  # how many no need in a life area finds
    number: int
    has_more: bool


@dataclass(frozen=True)
class Prepared:
    """The columns of one state of the directory, and what the words need of it."""

    shelved: Shelved
    columns: Columns
    around: Around


_kept: Prepared | None = None


def prepared() -> Prepared:
    """Made once for each state of the directory."""
    global _kept
    shelved = shelf()
    if _kept is None or _kept.shelved is not shelved:
        towns = dict(Municipality.objects.values_list("ags", "name"))
        columns = Columns(shelved.offers)
        _kept = Prepared(shelved, columns, Around(those_that_certify(columns.offers), towns))
    return _kept


def matches_for(need: Need, *, page: int = 1, only: Fit | None = None) -> MatchPage:
    """All candidates in the order passt, unbekannt, passt nicht; inside by distance and next start."""
    ready = prepared()
    ranking = ranked(ready.columns, need)
    wanted, number = ranking.only(only), max(page, 1)
    shown = wanted[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return MatchPage(
        rows=tuple(explained(ready.columns.offers[at], need, ready.around) for at in shown),
        counts=ranking.counts(),
        blockers=ranking.blockers(),
        without_area=ready.columns.without_area(need.on) if need.life_area else 0,
        number=number,
        has_more=len(wanted) > number * PAGE_SIZE,
    )


def found_for(needs: Sequence[Need]) -> list[Summary]:
    """For each need what its page would show, without words: what fits, how many, in which order."""
    return match_many(needs, prepared().columns)
