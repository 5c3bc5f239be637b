"""Offers and needs, drawn from few values each, so that they meet: hypothesis draws how many, and a number to begin from."""

from datetime import date
from random import Random
from uuid import UUID

from hypothesis import strategies as st

from faden.directory.rules.needs import Need
from faden.directory.rules.offers import ShelfOffer, Spot
from faden.directory.vocabulary import Condition

TODAY = date(2026, 11, 23)
PAPERS = ["duldung_60a", "ae_24", "not_entered", "german"]
LEVELS = ["none", "a1", "a2", "b1", "b2", "c1", "c2", "native"]
TOWNS = ["05554004", "05554008", "05554012"]
REGIMES = ["none", "sgb2", "asylblg_3"]
AREAS = ["language", "work", "health"]
POINTS = [(52.07, 7.01), (51.84, 6.61), (51.84, 6.86), (48.14, 11.58)]
DAYS = [date(2026, 10, 14), TODAY, date(2026, 12, 1), date(2027, 3, 14), date(2028, 2, 29)]
AGES = [None, None, 0, 3, 14, 16, 17, 18, 27, 66]
BIRTHS = [date(2026, 11, 30), date(2012, 2, 29), date(2010, 11, 23), date(2009, 3, 14), date(2008, 2, 29), date(1999, 12, 31), date(1960, 5, 1)]


def spot(point, town="Ahaus"):
    return Spot("", "", "", town, "05554004", point, None)


def offer(number=1, **values):
    """An offer that asks for nothing."""
    plain = {
        "id": UUID(int=number), "organisation_id": 1, "provider_id": UUID(int=9), "provider": "Haus der Begegnung", "account_id": None,
        "title": f"Angebot {number}", "summary": "", "text_languages": (), "life_areas": frozenset({"language"}), "category": "",
        "target_group": "", "languages": (), "online": False, "is_free": None, "places_free": None, "places_on": None,
        "waiting_days": None, "next_start": None, "ends_on": None, "certifies": "", "papers": frozenset(), "german_from": "",
        "german_to": "", "german_proof": False, "age_from": None, "age_to": None, "gender": "", "towns": frozenset(),
        "regimes": frozenset(), "childcare": "", "silent": frozenset(), "confirmed_on": TODAY, "confirm_every_days": 180,
        "source": "", "is_example": False, "spots": (),
    }  # fmt: skip
    return ShelfOffer(**plain | values)


def _some(dice, values):
    return frozenset(dice.sample(values, dice.choice([0, 0, 1, 2])))


def _ages(dice):
    first, last = dice.choice(AGES), dice.choice(AGES)
    return (last, first) if first is not None and last is not None and first > last else (first, last)


def _offer(dice, number):
    first, last = _ages(dice)
    levels = ["", "", *LEVELS, "unknown"]
    return offer(
        number,
        title=dice.choice(["Deutschkurs", "Beratung", "Prüfung"]),
        life_areas=_some(dice, AREAS),
        online=dice.random() < 0.2,
        next_start=dice.choice([None, *DAYS]),
        ends_on=dice.choice([None, None, *DAYS]),
        certifies=dice.choice(levels),
        papers=_some(dice, PAPERS),
        german_from=dice.choice(levels),
        german_to=dice.choice(levels),
        german_proof=dice.random() < 0.5,
        age_from=first,
        age_to=last,
        gender=dice.choice(["", "", "female", "male"]),
        towns=_some(dice, TOWNS),
        regimes=_some(dice, REGIMES),
        childcare=dice.choice(["", "yes", "no"]),
        silent=_some(dice, [one.value for one in Condition]),
        is_example=dice.random() < 0.1,
        spots=tuple(spot(dice.choice([None, *POINTS])) for _ in range(dice.choice([0, 1, 1, 2]))),
    )


def _shelf(seed, many):
    """As the shelf hands them over: by title and id."""
    dice = Random(seed)
    found = [_offer(dice, number) for number in range(many)]
    return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.id)))


def _born(dice):
    return tuple(sorted(dice.choices(BIRTHS, k=2))) if dice.random() < 0.3 else (dice.choice(BIRTHS),) * 2


FACTS = {
    "paper": lambda dice: dice.choice([None, *PAPERS, "unknown", "visa"]),
    "german": lambda dice: dice.choice([None, *LEVELS, "unknown"]),
    "certified": lambda dice: dice.choice([None, ("none", "none"), tuple(sorted(dice.choices(LEVELS, k=2), key=LEVELS.index))]),
    "born": lambda dice: None if dice.random() < 0.1 else _born(dice),
    "gender": lambda dice: dice.choice([None, "female", "male"]),
    "town": lambda dice: dice.choice([None, *TOWNS, "05554099"]),
    "point": lambda dice: dice.choice([None, *POINTS]),
    "regimes": lambda dice: None if dice.random() < 0.1 else _some(dice, [*REGIMES, "unknown", "bafoeg"]),
    "needs_childcare": lambda dice: dice.choice([None, True, False]),
    "life_area": lambda dice: dice.choice(["", "", *AREAS, "debts"]),
    "on": lambda dice: dice.choice(DAYS),
}
_SEEDS = st.integers(0, 2**32)


def shelves(most=12):
    return st.builds(_shelf, _SEEDS, st.integers(0, most))


def offers(number):
    return _SEEDS.map(lambda seed: _offer(Random(seed), number))


def needs():
    return _SEEDS.map(_need)


def values(fact):
    return _SEEDS.map(lambda seed: FACTS[fact](Random(seed)))


def _need(seed):
    dice = Random(seed)
    return Need(**{fact: draw(dice) for fact, draw in FACTS.items()})
