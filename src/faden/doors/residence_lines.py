"""The result of a Vorprüfung as lines of a page: what a path comes to, what is next, which gap makes which step."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from faden.law import words
from faden.law.decide import PathResult
from faden.law.outcome import Binding, State
from faden.residence.queries.prechecks import Checked
from faden.residence.rules.answers import is_kept
from faden.residence.rules.questions import missing_in

# Not red: the check decides nothing, and what is missing can mostly be got.
_COURSE = "course_44"  # nobody asks the immigration office for it
_WORKED_FOR = frozenset({Binding.MUST, Binding.USUAL, Binding.ASSUMED})  # what bars is no step, and nobody writes down why
BADGES = {"met": "success", "decision": "info", "unknown": "warning", "not_met": "neutral", "closed": "neutral", "waived": "success"}


@dataclass(frozen=True)
class ToDo:
    """What a gap would be as a step."""

    title: str
    law: str
    documents: tuple[str, ...]
    hint: str


@dataclass(frozen=True)
class ConditionLine:
    """One condition: its state, the law's own words, and the step its gap makes."""

    data: dict[str, Any]
    badge: str
    since: date | None
    todo: ToDo | None


@dataclass(frozen=True)
class PathLine:
    """One path on the page."""

    key: str
    data: dict[str, Any]
    badge: str
    conditions: list[ConditionLine]
    missing: list[dict[str, Any]]
    next: str  # "questions", "conversation", "request" or nothing
    step_by: date | None
    earliest: date | None
    latest: date | None


def lines(data: dict[str, Any], found: Checked, *, step_by: date | None = None) -> list[PathLine]:
    """All paths that were looked at, in the order of the rules; `step_by`: until when a step is proposed."""
    made = []
    for key, path in data["paths"].items():
        result = found.result.paths[key]
        conditions = [ConditionLine(one, BADGES[one["state"]], _since(one), to_do(found, key, one["id"])) for one in path["conditions"]]
        by = min(filter(None, (result.latest_date, step_by)), default=None)
        made.append(
            PathLine(key, path, BADGES[path["state"]], conditions, path["missing"], _next(path, result), by, result.earliest_date, result.latest_date)
        )
    return made


def _since(condition: dict[str, Any]) -> date | None:
    told = condition["wording_since"]
    return date.fromisoformat(told) if told else None


def _next(path: dict[str, Any], result: PathResult) -> str:
    if path["state"] == State.CLOSED:
        return ""
    missing = list(missing_in(result))
    if missing:
        return "questions" if any(map(is_kept, missing)) else "conversation"
    return "request" if path["state"] in {State.MET, State.DECISION} and result.key != _COURSE else ""


def to_do(found: Checked, path: str, condition: str) -> ToDo | None:
    """The gap of a condition as a step: what lacks a proof is got, what is not there yet is worked for; what bars is neither."""
    result = found.result.paths.get(path)
    answered = next((one for one in result.conditions if one.condition.id == condition), None) if result else None
    if result is None or answered is None or result.state is State.CLOSED or answered.condition.binding not in _WORKED_FOR:
        return None
    outcome, missing = answered.outcome, set(missing_in(result))
    lacks = [key for key in outcome.missing if key in missing and is_kept(key)]
    is_worked_for = outcome.state is State.NOT_MET and not outcome.final
    if not lacks and not (is_worked_for and outcome.earliest is None):
        return None
    proofs = dict.fromkeys(
        proof for key in lacks for proof in words.told("facts").get(key.removesuffix(".proof"), {}).get("proofs", ())
    )  # fmt: skip
    return ToDo(
        words.condition(condition), answered.condition.law, tuple(words.of("proofs", one) for one in proofs), words.of("paths", path)
    )
