"""The schema of the facts as data: one for the command line, the interview, the API and the page in docs/law."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from faden.law import kinds

ROWS = "[]"


@dataclass(frozen=True, slots=True)
class Fact:
    """One key: what is written under it and how it may be answered."""

    key: str
    type: str
    choices: tuple[str, ...] = ()
    required: bool = False
    sensitive: bool = False


@dataclass(slots=True)
class Group:
    """Keys that stand below one; `rows` where there may be several of them."""

    rows: bool
    sensitive: bool
    below: "dict[str, Fact | Group]"
    required: "dict[str, Fact]" = field(default_factory=dict)  # what no row can do without


@cache
def facts() -> tuple[Fact, ...]:
    """Every key with a value of its own, in the order of the file."""
    return tuple(_facts(_told()))


@cache
def tree() -> Group:
    """The same by what stands below what."""
    root = Group(False, False, {})
    for key, told in _told().items():
        _place(root, key, told)
    return root


@cache
def _told() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(files(__package__).joinpath("facts.yaml").read_text(encoding="utf-8"))
    return found


def _facts(told: dict[str, dict[str, Any]]) -> Iterator[Fact]:
    for key, one in told.items():
        if "type" in one:
            yield _fact(key, one)


def _fact(key: str, told: dict[str, Any]) -> Fact:
    choices = told.get("choices", ())
    if choices == "stay_kinds":
        choices = (*sorted(kinds.ALL), *sorted(kinds.ALSO))
    return Fact(key, told["type"], tuple(choices), told.get("required", False), told.get("sensitive", False))


def _place(root: Group, key: str, told: dict[str, Any]) -> None:
    *groups, name = key.split(".")
    here = root
    for group in groups:
        rows = group.endswith(ROWS)
        found = here.below.setdefault(group.removesuffix(ROWS), Group(rows, False, {}))
        assert isinstance(found, Group)
        here = found
    if "type" in told:
        fact = here.below[name] = _fact(key, told)
        here.required |= {name: fact} if fact.required else {}
    else:
        here.below[name.removesuffix(ROWS)] = Group(name.endswith(ROWS), told.get("sensitive", False), {})
