"""Angebote as a county has them, the same ones each time: for the rules alone and, as rows, for the pages."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

PROVIDERS = 600
TODAY, AT = date(2026, 11, 23), datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LEVELS = ("none", "a1", "a2", "b1", "b2", "c1")
_TOWNS = 60  # of a county and its neighbours
_TITLES = "Beratung Kurs Treff Gruppe Werkstatt Sprechstunde Training Begleitung Hilfe Café Lotsen Projekt".split()
_TEXT = "<p>" + "Wer neu hier ist, bekommt Hilfe bei Fragen zu Sprache, Schule, Arbeit und Ämtern. " * 9 + "</p>"
_LANGUAGES = ("en", "ar", "uk", "fa", "tr", "ku")


def put_in(connection: psycopg.Connection, many: int) -> None:
    """The offers as rows of the first service; each third with its text in six more languages."""
    row = connection.execute("SELECT min(id) FROM organisations_organisation").fetchone()
    assert row is not None
    for rows in _rows(row[0], many):
        _copy(connection, rows)


def _rows(organisation: int, many: int) -> tuple[list[Any], list[Any], list[Any]]:
    """Providers, offers, places."""
    from faden.directory.models import Offer, Place, Provider

    drawn = drawn_offers(many)
    providers = [Provider(id=UUID(int=1 + number), organisation_id=organisation, name=f"Anbieter {number}") for number in range(PROVIDERS)]
    offers = [Offer(**_values(one, organisation)) for one in drawn]
    places = [
        Place(organisation_id=organisation, offer_id=one.id, position=position, town=spot.town, latitude=spot.point[0], longitude=spot.point[1])
        for one in drawn
        for position, spot in enumerate(one.spots)
    ]  # fmt: skip
    return providers, offers, places


def _values(drawn: Any, organisation: int) -> dict[str, Any]:
    from faden.directory.models import Offer

    named = {field.name for field in Offer._meta.concrete_fields} - {"id", "provider", "source", "organisation"}
    values = {name: getattr(drawn, name) for name in named if hasattr(drawn, name)}
    listed = {name: sorted(value) if isinstance(value, frozenset) else list(value) for name, value in values.items() if isinstance(value, frozenset | tuple)}
    text = {"title": drawn.title, "summary": "", "description": _TEXT, "reviewed": False}
    return values | listed | {
        "id": drawn.id, "organisation_id": organisation, "provider_id": UUID(int=1 + drawn.id.int % PROVIDERS), "description": _TEXT,
        "texts": dict.fromkeys(_LANGUAGES, text) if drawn.id.int % 3 == 0 else {}, "confirmed_how": "account", "noted_at": AT, "changed_at": AT,
    }  # fmt: skip


def _copy(connection: psycopg.Connection, rows: list[Any]) -> None:
    """All at once, so that the shelf counts once."""
    from django.db import connection as own

    fields = rows[0]._meta.concrete_fields
    names = ", ".join(field.column for field in fields)
    with connection.cursor().copy(f"COPY {rows[0]._meta.db_table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([field.get_db_prep_save(getattr(row, field.attname), own) for field in fields])


def drawn_offers(many: int) -> tuple[Any, ...]:
    """In the shelf's order. Four of ten ask for a level, a fifth for a paper, a quarter for an age; a tenth comes from a silent source."""
    dice = random.Random(7)
    offers = [_offer(dice, number) for number in range(many)]
    return tuple(sorted(offers, key=lambda one: (one.title.casefold(), one.id)))


def _towns() -> list[tuple[str, tuple[float, float]]]:
    dice = random.Random(3)
    return [(f"05554{4 * number:03}", (51.6 + dice.random() * 0.7, 6.3 + dice.random() * 1.3)) for number in range(1, _TOWNS + 1)]


TOWNS = _towns()


def _offer(dice: random.Random, number: int) -> Any:
    from faden.cases.vocabulary.life_area import LifeArea
    from faden.directory.rules.offers import ShelfOffer, Spot
    from faden.directory.vocabulary import Condition
    from faden.persons.vocabulary import BenefitRegime, ResidencePaper

    def seldom(share: float, value: Any, nothing: Any) -> Any:
        return value if dice.random() < share else nothing

    silent = frozenset(seldom(0.1, [one.value for one in Condition], []))
    asks = not silent
    low = dice.randrange(0, 5)
    age = dice.choice([(0, 5), (6, 14), (14, 27), (16, 27), (18, None), (60, None)])
    area = dice.choices(LifeArea.values, weights=[2, 4, 8, 3, 4, 3, 5, 2, 2, 4, 1, 8, 1, 1])[0]
    ages = seldom(0.25 * asks, age, (None, None))
    at = dice.sample(TOWNS, dice.choice([1, 1, 1, 1, 2]))
    spots = tuple(Spot("", "", "", "Ort", ags, (lat + dice.random() / 50, lon + dice.random() / 50), None) for ags, (lat, lon) in at)
    wants_level = dice.random() < 0.4 * asks
    return ShelfOffer(
        id=UUID(int=number), organisation_id=1, provider_id=UUID(int=number % PROVIDERS), provider=f"Anbieter {number % PROVIDERS}", account_id=None,
        title=f"{dice.choice(_TITLES)} {number % 400}", summary="", text_languages=(), life_areas=frozenset({area, *seldom(0.2, ["participation"], [])}),
        category="", target_group="", languages=("de",), online=dice.random() < 0.08, is_free=True, places_free=None, places_on=None,
        waiting_days=seldom(0.3, dice.randrange(90), None), next_start=seldom(0.4, TODAY + timedelta(days=dice.randrange(-30, 200)), None),
        ends_on=seldom(0.15, TODAY + timedelta(days=dice.randrange(-30, 500)), None),
        certifies=seldom(0.4 if area == "language" else 0, LEVELS[low + 1], ""),
        papers=frozenset(seldom(0.2 * asks, dice.sample(ResidencePaper.values, dice.randrange(2, 20)), [])),
        german_from=LEVELS[low] if wants_level else "", german_to=LEVELS[min(low + 2, 5)] if wants_level and dice.random() < 0.3 else "",
        german_proof=wants_level and dice.random() < 0.25, age_from=ages[0], age_to=ages[1],
        gender=seldom(0.12 * asks, dice.choice(["female", "female", "male"]), ""),
        towns=frozenset(seldom(0.3 * asks, [ags for ags, _ in dice.sample(TOWNS, dice.randrange(1, 17))], [])),
        regimes=frozenset(seldom(0.12 * asks, dice.sample(BenefitRegime.values[:-1], dice.randrange(1, 4)), [])),
        childcare=seldom(0.3, dice.choice(["yes", "no"]), ""), silent=silent, confirmed_on=TODAY - timedelta(days=dice.randrange(300)),
        confirm_every_days=180, source="", is_example=False, spots=spots,
    )  # fmt: skip
