"""The cases a lawyer can read: tests/law/<path>/<day>/<case>.yaml."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
EXPECTED = frozenset({
    "state", "code", "earliest_date", "latest_date", "set_by", "conditions", "missing", "exceptions_open", "assumptions", "contradictions", "codes",
})  # fmt: skip


@dataclass(frozen=True)
class LegalCase:
    """Facts, a day, one path and what must come out."""

    file: Path
    path: str
    on: date
    facts: dict[str, Any]
    expect: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.path}-{self.on}-{self.file.stem}"


@cache
def cases() -> tuple[LegalCase, ...]:
    """All of them."""
    return tuple(_case(file) for file in sorted(HERE.glob("*/????-??-??/*.yaml")))


def _case(file: Path) -> LegalCase:
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert told["title"] and told["source"], f"{file}: title and source say what the case is and where it comes from"
    assert told["expect"].keys() <= EXPECTED and "state" in told["expect"], f"{file}: expect says {sorted(told['expect'])}"
    path = file.parent.parent.name
    facts = told.get("facts") or {}
    if base := told.get("base"):
        ground = yaml.safe_load((HERE / path / "base" / f"{base}.yaml").read_text(encoding="utf-8"))
        facts = _merged(ground, facts)
    return LegalCase(file, path, date.fromisoformat(file.parent.name), facts, told["expect"])


def _merged(ground: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Groups are merged, lists and values replaced; null takes a fact away."""
    found = dict(ground)
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(found.get(key), dict):
            found[key] = _merged(found[key], value)
        elif value is None:
            found.pop(key, None)
        else:
            found[key] = value
    return found
