"""The public search, measured alone: one search over 5,000 offers with words and filters, and what a new state costs."""

import random
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bench.figures import p50, p95
from bench.fill_offers import TODAY, TOWNS, drawn_offers

TARGET, TIMES, WORDS = 30.0, 400, 6000  # ms
_PARTS = "ber kur ler woh sprä deut schu amt fam mut jug job haus kind gär tre pun bil dung werk ankom stadt nähe straß über zuk".split()


def measured(many: int, *, quick: bool = False) -> dict[str, float]:
    """Building the index once, then every kind of search in turn; milliseconds."""
    from faden.directory.rules.search import Index, find

    offers = worded_offers(many)
    began = time.thread_time()
    index = Index(offers, dict(TOWNS))
    building = (time.thread_time() - began) * 1000
    spent, hits = [], 0
    for asked in searches(40 if quick else TIMES):
        began = time.thread_time()
        hits += len(find(index, asked, today=TODAY).order)
        spent.append((time.thread_time() - began) * 1000)
    return {
        "offers": len(offers), "index_ms": round(building, 1), "search_p50_ms": round(p50(spent), 2), "search_p95_ms": round(p95(spent), 2),
        "slowest_ms": round(max(spent), 2), "hits": round(hits / len(spent), 1),
    }  # fmt: skip


def shortfalls(found: dict[str, float]) -> list[str]:
    """The target holds for the slow ones too."""
    if found["search_p95_ms"] < TARGET:
        return []
    return [f"Angebote, one search: {found['search_p95_ms']} ms (target {TARGET:.0f})."]


def text(found: dict[str, float]) -> str:
    """One line of the report."""
    return (
        f"Angebote, {found['offers']} offers: one search p50 {found['search_p50_ms']} ms, p95 {found['search_p95_ms']} ms,"
        f" slowest {found['slowest_ms']} ms (target {TARGET:.0f}), {found['hits']} hits a search; the index of a new state {found['index_ms']} ms"
    )


def _words() -> list[str]:
    dice = random.Random(11)
    return ["".join(dice.choices(_PARTS, k=dice.choice([1, 2, 2, 3, 4]))) for _ in range(WORDS)]


def worded_offers(many: int) -> tuple[Any, ...]:
    """The drawn offers with sentences to search in: a title of four words, a summary of twenty-five."""
    dice, words = random.Random(13), _words()

    def said(count: int) -> str:
        return " ".join(dice.choices(words, k=count)).capitalize()

    return tuple(
        replace(
            one, title=f"{one.title} {said(3)}", summary=said(25)[:300], category=said(2), target_group=said(8), languages=("de", dice.choice(["ar", "uk", "fa", "tr"])),
            source=dice.choice(["", "", "Integreat", "HSDS"]),
        )
        for one in drawn_offers(many)
    )  # fmt: skip


def searches(many: int) -> list[Any]:
    """One letter and whole words, two words, each filter, all at once, and such that find nothing and have to say why."""
    from faden.directory.rules.search import Asked, Order

    dice, words = random.Random(17), _words()
    towns = [ags for ags, _point in TOWNS]

    def one() -> list[Asked]:
        word, town = dice.choice(words), dice.choice(towns)
        return [
            Asked(),
            Asked(words=word),
            Asked(words=word[:1]),
            Asked(words=f"{word[:3]} {dice.choice(words)[:2]}"),
            Asked(town=town, within=25),
            Asked(town=town, words=word[:2], order=Order.DISTANCE),
            Asked(area="language", language="ar", free=True, since=TODAY + timedelta(days=30)),
            Asked(words=word[:2], area="work", town=town, within=50, language="uk", fresh=True, source="HSDS", box=(51.7, 6.5, 52.0, 7.0)),
            Asked(words=f"{word} xyzzy", town=town, free=True, childcare=True, women=True),
            Asked(words=" ".join(other[:2] for other in dice.sample(words, 8))),
        ]

    return [asked for _ in range(many // 10) for asked in one()]
