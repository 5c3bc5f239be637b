"""What a new copy says differently from the one before. Pure.

The recipient cannot read the earlier copy any more: the sender says what changed, in the new one. A value that was
taken out or corrected is not repeated; of a step, which both have seen, it says from where to where.
"""

from collections.abc import Mapping
from dataclasses import replace

from faden.consents.rules.contents import Change, Content, Step, to_json


def changed_since(before: Content, now: Content) -> Content:
    """The new copy with its list of changes."""
    return replace(now, changes=(*_message(before, now), *_facts(before, now), *_steps(before, now), *_parts(before, now)))


def says_the_same(before: Content, now: Content) -> bool:
    """Nothing a reader would notice."""
    return to_json(replace(before, changes=())) == to_json(replace(now, changes=()))


def _message(before: Content, now: Content) -> list[Change]:
    if before.message == now.message:
        return []
    return [Change("changed" if now.message and before.message else "new" if now.message else "gone", "")]


def _facts(before: Content, now: Content) -> list[Change]:
    return _compared(
        {fact.label: fact.value for fact in before.facts}, {fact.label: fact.value for fact in now.facts}
    )


def _parts(before: Content, now: Content) -> list[Change]:
    return _compared(dict(before.parts), dict(now.parts))


def _compared(before: Mapping[str, object], now: Mapping[str, object]) -> list[Change]:
    new = [Change("new", label) for label in now if label not in before]
    changed = [Change("changed", label) for label in now if label in before and before[label] != now[label]]
    return [*new, *changed, *(Change("gone", label) for label in before if label not in now)]


def _steps(before: Content, now: Content) -> list[Change]:
    was, is_ = {step.code: step for step in before.steps}, {step.code: step for step in now.steps}
    found = [Change("new", step.title) for code, step in is_.items() if code not in was]
    found += [_moved(was[code], step) for code, step in is_.items() if code in was and was[code] != step]
    return [*found, *(Change("gone", step.title) for code, step in was.items() if code not in is_)]


def _moved(was: Step, now: Step) -> Change:
    if was.state != now.state:
        return Change("moved", now.title, was.state_words, now.state_words)
    return Change("changed", now.title)
