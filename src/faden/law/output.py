"""A result as plain data for JSON and pages: stable keys, sentences in German or English."""

from datetime import date
from functools import cache
from typing import Any

from faden.law import kinds, words
from faden.law.decide import Answered, PathResult, Result
from faden.law.outcome import Outcome
from faden.law.rules import LAW_STATE
from faden.law.schema import facts


def as_data(result: Result, language: str = "de") -> dict[str, Any]:
    """The whole result; dates in ISO form."""
    return {
        "on": result.on.isoformat(),
        "law_state": result.law_state.isoformat(),
        "notice": notice(language),
        "contradictions": [{"code": one, "text": words.of("contradictions", one, language)} for one in result.contradictions],
        "paths": {key: path_data(one, language) for key, one in result.paths.items()},
    }


def notice(language: str = "de") -> str:
    """What stands on every result."""
    return words.of("notices", "result", language).format(law_state=_shown(LAW_STATE, language))


def path_data(path: PathResult, language: str = "de") -> dict[str, Any]:
    """One path."""
    return {
        "title": words.of("paths", path.key, language),
        "state": path.state.value,
        "code": path.code,
        "text": _path_text(path, language),
        "claim": path.on_day.claim.value if path.on_day.claim else None,
        "earliest_date": _iso(path.earliest_date),
        "tolerance_days": path.tolerance_days,
        "set_by": list(path.set_by),
        "latest_date": _iso(path.latest_date),
        "latest_by": list(path.latest_by),
        "missing": [missing_data(one, language) for one in path.missing],
        "exceptions_open": [{"fact": one, "text": words.of("exceptions", one, language)} for one in path.exceptions_open],
        "assumptions": [{"code": one, "text": assumption(one, language)} for one in path.assumptions],
        "conditions": [condition_data(one, language) for one in path.conditions],
    }


def condition_data(answered: Answered, language: str = "de") -> dict[str, Any]:
    """One condition with the fact used, the law and its wording's date."""
    condition, outcome = answered
    state, code, value, missing, earliest, latest, _, open_, claimed, assumes, _ = outcome
    pattern = words.sentence(condition.id, code, state, language)
    return {
        "id": condition.id,
        "text": words.condition(condition.id, language),
        "law": condition.law,
        "wording_since": condition.since.isoformat() if condition.since > date.min else None,
        "binding": condition.binding,
        "state": state,
        "code": code,
        "value": value.isoformat() if isinstance(value, date) else value,
        "explanation": _filled(pattern, outcome, language) if "{" in pattern else pattern,
        "earliest_date": earliest.isoformat() if earliest else None,
        "latest_date": latest.isoformat() if latest else None,
        "missing": missing,
        "exceptions_open": open_ + claimed,
        "assumptions": assumes,
    }


def explanation(answered: Answered, language: str = "de") -> str:
    """Why it came to this, in one sentence."""
    condition, outcome = answered
    return _filled(words.sentence(condition.id, outcome.code, outcome.state, language), outcome, language)


def _filled(pattern: str, outcome: Outcome, language: str) -> str:
    return pattern.format(value=_shown(outcome.value, language), earliest=_shown(outcome.earliest, language))


@cache
def assumption(code: str, language: str = "de") -> str:
    """An assumption; a condition's id stands for a condition nobody but the office can answer."""
    told = words.told("assumptions")
    if code in told:
        return str(told[code][language])
    return words.of("notices", "held", language).format(condition=words.condition(code, language))


@cache
def missing_data(key: str, language: str = "de") -> dict[str, Any]:
    """A missing fact or proof: the question, which proofs count and who issues them."""
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


def _path_text(path: PathResult, language: str) -> str:
    key = f"path_{path.code}"
    return words.of("states", key if key in words.told("states") else f"path_{path.state.value}", language)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _shown(value: Any, language: str) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}" if language == "de" else value.isoformat()
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", "," if language == "de" else ".")
    return "" if value is None else str(value)


