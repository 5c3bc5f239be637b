"""Reads the policy, refuses one that contradicts itself, and compares it with the tables there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.db.models import Model

from faden.retention.vocabulary import LOGS, LOGS_AT_LEAST_DAYS, KeptBy


class PolicyProblem(Exception):
    """The policy cannot be followed as it is written; the text says where."""


@dataclass(frozen=True)
class RecordClass:
    """Records that go together: from when the period runs, how long, what then happens, by what."""

    code: str
    title: str
    starts: str
    days: int | None
    years: int | None
    then: str
    by: KeptBy


@dataclass(frozen=True)
class Policy:
    """Record classes, for each table the class of each field, and tables that hold nothing personal."""

    classes: dict[str, RecordClass]
    tables: dict[str, dict[str, str]]
    without_personal_data: dict[str, str]

    def days(self, code: str) -> int:
        """The period of a class that the nightly run keeps."""
        days = self.classes[code].days
        if days is None:
            raise PolicyProblem(f"{code} hat keine Frist in Tagen")
        return days

    def last_day(self, code: str, *, since: date) -> date:
        """The last day of a period that runs in years and ends with a year."""
        years = self.classes[code].years
        if years is None:
            raise PolicyProblem(f"{code} hat keine Frist in Jahren")
        return date(since.year + years, 12, 31)

    def kept_by(self, by: KeptBy) -> set[str]:
        """Codes of the classes that go in this way."""
        return {code for code, record in self.classes.items() if record.by == by}


class _Loader(yaml.SafeLoader):
    """YAML lets the last of two equal keys win in silence; here that is a mistake."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _value in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise PolicyProblem(f"zweimal genannt: {', '.join(map(str, twice))}")
        return super().construct_mapping(node, deep)


@cache
def policy() -> Policy:
    """The policy of this installation, checked once per process."""
    return parse(files("config").joinpath("retention.yaml").read_text(encoding="utf-8"))


def parse(text: str) -> Policy:
    """A policy from its text; raises PolicyProblem."""
    data = yaml.load(text, Loader=_Loader)  # noqa: S506 -- a SafeLoader that refuses more
    classes = {code: _record_class(code, written) for code, written in data["classes"].items()}
    tables = {label: _fields(label, rule, classes) for label, rule in data["tables"].items()}
    free = dict(data["without_personal_data"])
    if both := tables.keys() & free.keys():
        raise PolicyProblem(f"mit und ohne Personenbezug zugleich: {', '.join(both)}")
    used = {code for fields in tables.values() for code in fields.values()}
    if unused := classes.keys() - used:
        raise PolicyProblem(f"keine Tabelle nutzt: {', '.join(sorted(unused))}")
    return Policy(classes, tables, free)


def _record_class(code: str, written: dict[str, Any]) -> RecordClass:
    unknown = written.keys() - {"title", "starts", "days", "years", "then", "by"}
    if unknown:
        raise PolicyProblem(f"{code}: unbekannt: {', '.join(sorted(unknown))}")
    try:
        record = RecordClass(
            code, written["title"], written["starts"], written.get("days"), written.get("years"),
            written["then"], KeptBy(written["by"]),
        )
    except (KeyError, ValueError) as problem:
        raise PolicyProblem(f"{code}: es fehlt oder stimmt nicht: {problem}") from problem
    if (record.by == KeptBy.NIGHT) != (isinstance(record.days, int) and record.days > 0):
        raise PolicyProblem(f"{code}: eine Frist in Tagen hat genau, was der nächtliche Lauf löscht")
    if record.years is not None and not (isinstance(record.years, int) and record.years > 0):
        raise PolicyProblem(f"{code}: eine Frist in Jahren ist eine ganze Zahl")
    if code in LOGS and (record.days or 0) < LOGS_AT_LEAST_DAYS:
        raise PolicyProblem(f"{code}: Protokolle bleiben mindestens ein Jahr ({LOGS_AT_LEAST_DAYS} Tage)")
    return record


def _fields(label: str, rule: Any, classes: dict[str, RecordClass]) -> dict[str, str]:
    """One rule for all fields, or a list of rules for some each."""
    found: dict[str, str] = {}
    for part in rule if isinstance(rule, list) else [rule]:
        if part["class"] not in classes:
            raise PolicyProblem(f"{label}: die Klasse {part['class']} gibt es nicht")
        for field in part["fields"]:
            if field in found:
                raise PolicyProblem(f"{label}.{field} ist zweimal genannt")
            found[field] = part["class"]
    return found


def differences(written: Policy, models: Iterable[type[Model]]) -> list[str]:
    """What the policy leaves out and what it names in vain; each line says what to do."""
    found = []
    there = {model._meta.label: {field.name for field in model._meta.local_fields} for model in models}
    for label, fields in there.items():
        if label in written.without_personal_data:
            continue
        missing = sorted(fields - written.tables.get(label, {}).keys())
        if missing:
            found.append(f"ohne Regel, bitte ergänzen:  {label}: {{class: ?, fields: [{', '.join(missing)}]}}")
    for label, fields_ in written.tables.items():
        stale = sorted(fields_.keys() - there.get(label, set()))
        if stale:
            found.append(f"gibt es nicht (mehr), bitte streichen:  {label}: {', '.join(stale)}")
    found += [f"gibt es nicht (mehr), bitte streichen:  {label}" for label in written.without_personal_data if label not in there]
    return found
