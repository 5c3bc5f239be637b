"""Numbers and days of the law: each with its paragraph, source, mark and the time it is valid."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

import yaml

ALWAYS = date.min


@dataclass(frozen=True, slots=True)
class Value:
    """One value while it was or is in force; None: not published yet, so whatever needs it stays unknown."""

    value: Any
    since: date = ALWAYS
    until: date = date.max


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of one path."""

    path: str
    name: str
    law: str
    mark: str  # verified, practice, unverified
    source: str
    authority: str  # whose practice; "" for the law itself
    values: tuple[Value, ...]

    def on(self, day: date) -> Any:
        """None where none is in force."""
        return next((one.value for one in self.values if one.since <= day <= one.until), None)


@cache
def parameters() -> tuple[Parameter, ...]:
    """All of them, as the YAML files beside this one say."""
    found = []
    for file in sorted(files(__name__).iterdir(), key=lambda one: one.name):
        if file.name.endswith(".yaml"):
            content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
            found += [_parameter(file.name.removesuffix(".yaml"), name, told) for name, told in content.items()]
    return tuple(found)


def _parameter(path: str, name: str, told: dict[str, Any]) -> Parameter:
    values = tuple(Value(one["value"], one.get("from", ALWAYS), one.get("until", date.max)) for one in told["values"])
    return Parameter(path, name, told["law"], told["mark"], told.get("source", ""), told.get("authority", ""), values)


def values_on(path: str, day: date) -> SimpleNamespace:
    """What a path's rules read on this day: its own values over the common ones."""
    return SimpleNamespace(**{one.name: one.on(day) for one in parameters() if one.path in {"common", path}})
