"""The sentences of the rules in German and English: per condition, per code, per fact, per path."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Words = dict[str, dict[str, Any]]
_SHARED = ("paths", "assumptions", "exceptions", "codes", "facts", "proofs", "issuers", "states", "claims", "notices", "contradictions", "parameters", "names", "choices")


@cache
def _all() -> tuple[Words, dict[str, Words]]:
    """Conditions, and what is shared, from all files beside this one."""
    conditions: Words = {}
    shared: dict[str, Words] = {name: {} for name in _SHARED}
    for file in sorted(files(__name__).iterdir(), key=lambda one: one.name):
        if file.name.endswith(".yaml"):
            for key, told in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).items():
                if key in shared:
                    shared[key].update({str(name): one for name, one in told.items()})  # YAML reads the path 9 as a number
                else:
                    conditions.setdefault(str(key), {}).update(told)
    return conditions, shared


@cache
def condition(id: str, language: str = "de") -> str:
    """What the condition asks, in one line."""
    return str(_all()[0][id][language])


@cache
def of(kind: str, key: str, language: str = "de") -> str:
    """A shared sentence: of a path, an assumption, an exception, a code."""
    return str(_all()[1][kind][key][language])


def told(kind: str) -> Words:
    """All that is shared of a kind."""
    return _all()[1][kind]


@cache
def sentence(id: str, code: str, state: str, language: str = "de") -> str:
    """Why the condition came to this; {value} and {earliest} still stand in it."""
    conditions, shared = _all()
    own: dict[str, dict[str, str]] = conditions[id].get("codes", {})
    if code and code in own:
        return own[code][language]
    if code and code in shared["codes"]:
        return str(shared["codes"][code][language])
    return code or str(shared["states"][state][language])
