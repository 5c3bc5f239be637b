"""Kettenvorlagen: what a template says, as plain data, and what is left of it for one variant."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from faden.chains.rules.graph import Graph, Node
from faden.chains.vocabulary import HolderKind, Join, StepKind, StepState


@dataclass(frozen=True, slots=True)
class TemplateStep:
    """One step; the fields are named as in ChainStep, so that a chain is copied field by field."""

    code: str
    title: str
    kind: StepKind
    life_area: str
    holder: HolderKind
    agency_kind: str = ""
    after: tuple[str, ...] = ()
    join: Join = Join.ALL
    usual_days: int | None = None  # None: nobody knows
    usual_source: str = ""  # "": estimated
    hint: str = ""
    documents: tuple[str, ...] = ()
    block_reasons: tuple[str, ...] = ()
    law: str = ""
    clock_amount: int | None = None
    clock_unit: str = ""
    clock_from: str = ""  # "": from the chain's start
    variants: tuple[str, ...] = ()  # (): in every variant


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a template; steps in the order of the file."""

    code: str
    version: int
    title: str
    life_area: str
    steps: tuple[TemplateStep, ...]
    goal: str = ""
    source: str = ""
    as_of: date | None = None  # the state of the law it was written by
    news: str = ""
    variants: Mapping[str, str] = field(default_factory=dict)  # code: title

    def for_variant(self, code: str) -> "Template":
        """Only the steps of this variant; who waited for a dropped step waits for what that one waited for."""
        if not self.variants and code == "":
            return self
        if code not in self.variants:
            raise KeyError(code)
        kept = {step.code for step in self.steps if not step.variants or code in step.variants}
        after = {step.code: step.after for step in self.steps}
        steps = tuple(
            replace(step, after=_reconnected(step.code, after, kept), variants=())
            for step in self.steps
            if step.code in kept
        )
        return replace(self, steps=tuple(map(_joined, steps)), variants={})

    def graph(self, today: date) -> Graph:
        """The steps as nodes, as if the chain began today; a chain's key is the template's code."""
        return {
            step.code: Node(
                key=step.code,
                chain=self.code,
                state=StepState.OPEN if step.after else StepState.READY,
                since=today,
                before=step.after,
                join=step.join,
                usual_days=step.usual_days,
            )
            for step in self.steps
        }


@dataclass(frozen=True, slots=True)
class TemplateError:
    """What is wrong in a file and what to do; `line` counts from 1, 0 is the whole file."""

    line: int
    reason: str


def _reconnected(code: str, after: Mapping[str, tuple[str, ...]], kept: set[str]) -> tuple[str, ...]:
    """The nearest kept steps before this one, each once, in the order they are named."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = list(reversed(after[code]))
    while waiting:
        before = waiting.pop()
        if before in kept:
            found.setdefault(before)
        elif before not in seen:
            seen.add(before)
            waiting.extend(reversed(after[before]))
    return tuple(found)


def _joined(step: TemplateStep) -> TemplateStep:
    """With one predecessor left there is nothing to choose between."""
    return replace(step, join=Join.ALL) if len(step.after) < 2 else step
