"""Reads the demo's directory for Kreis Borken; how a record is written stands at the head of offers_borken.yaml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID
from zlib import crc32

import yaml

from config.demo_data.network import TOWNS
from faden.directory.rules.descriptions import from_plain
from faden.directory.rules.values import OfferValues, PlaceValues, ProviderValues
from faden.directory.vocabulary import ConfirmedHow

FILE = Path(__file__).with_name("offers_borken.yaml")
EVERY_DAYS = 180
Points = Mapping[str, tuple[float, float]]  # of the towns, by AGS
_TIME = re.compile(r"(?P<days>(-?\d)?[A-Z]{2}(,[A-Z]{2})*) (?P<opens>\d+:\d\d)-(?P<closes>\d+:\d\d)(?: (?P<words>.+))?$")
_SAME = ("areas", "category", "languages", "documents", "waiting_days", "certifies", "gender", "regimes", "childcare", "silent", "online")
_CALLED = {"areas": "life_areas"}


@dataclass(frozen=True)
class Written:
    """One offer as it stands in the file; `number` is its place there."""

    number: int
    record: Mapping[str, Any]

    @property
    def code(self) -> str:
        return str(self.record["code"])

    @property
    def of(self) -> str:
        return str(self.record["of"])

    @property
    def checked(self) -> int:
        """So many days ago somebody said that it is so."""
        return int(self.record["checked"])

    @property
    def free(self) -> tuple[int, int] | None:
        """Free places, and how many days ago that was."""
        return tuple(self.record["places"]) if "places" in self.record else None

    @property
    def how(self) -> ConfirmedHow:
        """How it was said."""
        return ConfirmedHow(self.record.get("how", ConfirmedHow.ACCOUNT))

    @property
    def hint(self) -> tuple[int, str] | None:
        """How many days ago its owner wrote what through the link."""
        return tuple(self.record["hint"]) if "hint" in self.record else None

    @property
    def ended(self) -> tuple[str, int] | None:
        """Why, and how many days ago."""
        return tuple(self.record["ended"]) if "ended" in self.record else None


@cache
def _file() -> dict[str, Any]:
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def written() -> list[Written]:
    """All offers in the order of the file."""
    return [Written(number, record) for number, record in enumerate(_file()["offers"], 1)]


def keepers() -> dict[str, str]:
    """Whose rows a provider's offers are: keys of services by keys of providers."""
    return {key: one["keeper"] for key, one in _file()["providers"].items()}


def account(provider: str) -> str:
    """The key of the service whose inbox it has; empty: none."""
    return str(_file()["providers"][provider].get("account", ""))


def provider_values(key: str, account_id: int | None) -> ProviderValues:
    """A provider as the verb takes it."""
    one = _file()["providers"][key]
    return ProviderValues(one["name"], one["kind"], website=one.get("website", ""), email=one["email"], account=account_id)


def values(one: Written, provider: UUID, *, today: date, points: Points) -> OfferValues:
    """An offer as the verb takes it, without its free places: they have a day of their own."""
    record, said = one.record, _file()
    german = (record.get("german") or "-").split("-")
    age = record.get("age") or (None, None)
    first_town = record["at"][0][0] if record.get("at") else "Borken"
    papers = record.get("papers", ())
    same: dict[str, Any] = {_CALLED.get(name, name): record[name] for name in _SAME if name in record}
    return OfferValues(
        provider=provider, title=record["title"], summary=record["summary"], description=from_plain(record.get("text", "")),
        texts={code: _text(text) for code, text in record.get("texts", {}).items()},
        schedules=tuple(_schedule(line) for line in record.get("when", ())),
        cost_words=record.get("cost", ""), is_free="cost" not in record,
        next_start=_in(record.get("starts"), today), ends_on=_in(record.get("ends"), today),
        contact_role=record.get("contact", ""), phone=f"{said['phones'][first_town]} 00{one.number:03}",
        email=said["providers"][one.of]["email"], keeper_email=record.get("keeper", ""),
        papers=tuple(said["papers"][papers] if isinstance(papers, str) else papers),
        german_from=german[0], german_to=german[1], german_proof=record.get("proof", False), age_from=age[0], age_to=age[1],
        towns=tuple(TOWNS[name] for name in record.get("towns", ())), condition_words=record.get("words", ""),
        confirm_every_days=record.get("every", EVERY_DAYS), places=tuple(_place(*where, points=points) for where in record.get("at", ())),
        **_tuples(same),
    )  # fmt: skip


def _tuples(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in record.items()}


def _in(days: int | None, today: date) -> date | None:
    return None if days is None else today + timedelta(days=days)


def _text(text: Mapping[str, Any]) -> dict[str, Any]:
    return {"title": text["title"], "summary": text["summary"], "description": "", "reviewed": text.get("reviewed", False)}


def _schedule(line: str) -> dict[str, Any]:
    found = _TIME.match(line)
    if found is None:
        raise ValueError(line)
    days = found["days"]
    often = "WEEKLY" if days[:2].isalpha() else "MONTHLY"
    opens, closes = (f"{found[name]:0>5}" for name in ("opens", "closes"))
    return {
        "rrule": f"FREQ={often};BYDAY={days}", "from": None, "until": None, "opens": opens, "closes": closes, "words": found["words"] or "",
    }  # fmt: skip


def _place(town: str, street: str, name: str, *, points: Points) -> PlaceValues:
    """Near the town's own point: the same house always in the same spot."""
    ags = TOWNS[town]
    chance = crc32(f"{town} {street}".encode())
    north, east = chance % 201 - 100, chance // 201 % 201 - 100
    latitude, longitude = points[ags]
    return PlaceValues(
        name, street, town=town, municipality=ags, latitude=round(latitude + north / 10_000, 5), longitude=round(longitude + east / 7_000, 5),
        barrier_free=None if chance % 3 else chance % 2 == 0,
    )  # fmt: skip
