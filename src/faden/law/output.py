"""A result as plain data for JSON and pages: stable keys, sentences in German or English."""

from datetime import date
from functools import cache, lru_cache
from typing import Any

from faden.law import kinds, words
from faden.law.decide import PathResult, Result
from faden.law.outcome import Claim, Outcome, State
from faden.law.rules import LAW_STATE, Condition
from faden.law.schema import facts

Codes = tuple[str, ...]


def as_data(result: Result, language: str = "de") -> dict[str, Any]:
    """The whole result; dates in ISO form. Every dict and list of it is the caller's own."""
    return {
        "on": result.on.isoformat(),
        "law_state": result.law_state.isoformat(),
        "notice": notice(language),
        "contradictions": [{"code": one, "text": words.of("contradictions", one, language)} for one in result.contradictions],
        "paths": {key: path_data(one, language) for key, one in result.paths.items()},
    }


@cache
def notice(language: str = "de") -> str:
    """What stands on every result."""
    return words.of("notices", "result", language).format(law_state=_shown(LAW_STATE, language))


def path_data(path: PathResult, language: str = "de") -> dict[str, Any]:
    """One path."""
    return _path_alone(path.key, path.state, path.code, path.on_day.claim, language) | {
        "earliest_date": _iso(path.earliest_date),
        "tolerance_days": path.tolerance_days,
        "set_by": list(path.set_by),
        "latest_date": _iso(path.latest_date),
        "latest_by": list(path.latest_by),
        "missing": [missing_data(one, language) for one in path.missing],
        "exceptions_open": [{"fact": one, "text": words.of("exceptions", one, language)} for one in path.exceptions_open],
        "assumptions": [{"code": one, "text": assumption(one, language)} for one in path.assumptions],
        "conditions": _conditions(path, language),
    }


@cache
def _path_alone(key: str, state: State, code: str, claim: Claim | None, language: str) -> dict[str, Any]:
    """What is the same for everybody whose path came to this; to be copied, not changed."""
    own = f"path_{code}"
    return {
        "title": words.of("paths", key, language),
        "state": state.value,
        "code": code,
        "text": words.of("states", own if own in words.told("states") else f"path_{state.value}", language),
        "claim": claim.value if claim else None,
    }


def _conditions(path: PathResult, language: str) -> list[dict[str, Any]]:
    """Each condition with the fact used, the law and its wording's date."""
    told = []
    for condition, (state, code, value, missing, earliest, latest, _, open_, claimed, assumes, _) in path.answered():
        alike, has_blanks = _alike(condition, state, code, missing, open_ + claimed if claimed else open_, assumes, language)
        found = alike.copy()
        if value is not None:
            found["value"] = value.isoformat() if isinstance(value, date) else value
        if earliest is not None:
            found["earliest_date"] = earliest.isoformat()
        if latest is not None:
            found["latest_date"] = latest.isoformat()
        if has_blanks:
            found["explanation"] = _filled(found["explanation"], value, earliest, language)
        told.append(found)
    return told


@lru_cache(8192)  # some thousand; a person's days and numbers are not among them
def _alike(
    condition: Condition, state: State, code: str, missing: Codes, exceptions: Codes, assumes: Codes, language: str
) -> tuple[dict[str, Any], bool]:
    """What is the same for everybody whose condition came to this, to be copied, not changed; whether its sentence has blanks to fill."""
    sentence = words.sentence(condition.id, code, state, language)
    return {
        "id": condition.id,
        "text": words.condition(condition.id, language),
        "law": condition.law,
        "wording_since": condition.since.isoformat() if condition.since > date.min else None,
        "binding": condition.binding,
        "state": state,
        "code": code,
        "value": None,
        "explanation": sentence,
        "earliest_date": None,
        "latest_date": None,
        "missing": missing,
        "exceptions_open": exceptions,
        "assumptions": assumes,
    }, "{" in sentence


def explanation(answered: tuple[Condition, Outcome], language: str = "de") -> str:
    """Why it came to this, in one sentence."""
    condition, outcome = answered
    return _filled(words.sentence(condition.id, outcome.code, outcome.state, language), outcome.value, outcome.earliest, language)


def _filled(sentence: str, value: Any, earliest: date | None, language: str) -> str:
    return sentence.format(value=_shown(value, language), earliest=_shown(earliest, language))


@cache
def assumption(code: str, language: str = "de") -> str:
    """An assumption; a condition's id stands for a condition nobody but the office can answer."""
    told = words.told("assumptions")
    if code in told:
        return str(told[code][language])
    return words.of("notices", "held", language).format(condition=words.condition(code, language))


def missing_data(key: str, language: str = "de") -> dict[str, Any]:
    """A missing fact or proof: the question, which proofs count and who issues them."""
    asked = _missing(key, language)
    return asked | {"proofs": [one.copy() for one in asked["proofs"]]}


@cache
def _missing(key: str, language: str) -> dict[str, Any]:
    """The same, kept; to be copied, not changed."""
    fact, _, proof = key.partition(".proof") if key.endswith(".proof") else (key, "", "")
    number = key.removeprefix("parameter.")
    told = words.told("facts").get(fact, {}) if number == key else words.told("parameters").get(number, {})
    proofs = [{"name": words.of("proofs", one, language), "issued_by": words.told("proofs")[one]["by"][language]} for one in told.get("proofs", ())]
    return {"fact": key, "question": told.get("ask", {}).get(language, key), "why": told.get("why", {}).get(language, ""), "proofs": proofs}


def facts_page(language: str = "de") -> str:
    """The schema as a page for people: docs/law/facts.md."""
    lines = [words.of("notices", "facts_page", language), ""]
    group = None
    for one in facts():
        head, _, _name = one.key.rpartition(".")
        if head != group:
            group = head
            lines += ["", f"## {head or '–'}", ""]
        told = words.told("facts").get(one.key.replace("[]", ""), words.told("facts").get(head.replace("[]", ""), {}))
        choices = ": " + ", ".join(f"`{choice}`" for choice in one.choices) if one.choices and len(one.choices) < 20 else ""
        asked = ", `asked_in_conversation`" if one.sensitive else ""
        proofs = "; ".join(f"{words.of('proofs', key, language)} ({words.told('proofs')[key]['by'][language]})" for key in told.get("proofs", ()))
        lines.append(f"- `{one.key}` ({one.type}{choices}{asked}): {told.get('ask', {}).get(language, '')}{' ' + proofs + '.' if proofs else ''}")
    papers = [f"- `{one}`" for one in sorted(kinds.ALL)]
    return "\n".join([*lines, "", f"## {words.of('notices', 'papers', language)}", "", *papers, ""])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _shown(value: Any, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.day:02}.{value.month:02}.{value.year}" if language == "de" else value.isoformat()
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", "," if language == "de" else ".")
    return str(value)


