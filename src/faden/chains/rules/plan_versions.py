"""What a plan says, as plain data: kept as JSON with each agreed version, and compared line by line."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faden.cases.vocabulary.task import DropReason
from faden.chains.rules.weeks import window_in_words
from faden.chains.vocabulary import GoalRating, HolderKind

# First and last day; (None, day): by that day; (None, None): nothing agreed.
Window = tuple[date | None, date | None]
NO_DAY: Window = (None, None)


@dataclass(frozen=True, slots=True)
class Step:
    """What one side does."""

    key: str
    what: str
    who: tuple[str, str] = (HolderKind.CLIENT.value, "")  # kind and name
    due: Window = NO_DAY
    done_on: date | None = None
    dropped: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal with its steps in order."""

    key: str
    words: str
    seen_by: str = ""
    area: str = ""
    until: Window = NO_DAY
    chain: str = ""
    rating: str = ""
    client_rating: str = ""
    rating_words: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A whole plan."""

    goals: tuple[Goal, ...] = ()
    important: str = ""
    review_on: date | None = None


# ---------- JSON ----------


def to_json(content: Content) -> str:
    """The same content is always the same text."""
    return json.dumps(asdict(content), default=date.isoformat, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Content:
    """What `to_json` wrote; what a later version of Faden added or dropped stays out."""
    said = json.loads(text)
    return Content(
        goals=tuple(_goal(goal) for goal in said["goals"]),
        important=said["important"],
        review_on=_day(said["review_on"]),
    )


def _goal(said: dict[str, Any]) -> Goal:
    steps = tuple(_step(step) for step in said["steps"])
    return Goal(**{**_known(Goal, said), "until": _window(said["until"]), "steps": steps})


def _step(said: dict[str, Any]) -> Step:
    days = {"due": _window(said["due"]), "done_on": _day(said["done_on"])}
    return Step(**{**_known(Step, said), **days, "who": tuple(said["who"])})


def _known(of: type, said: dict[str, Any]) -> dict[str, Any]:
    return {field.name: said[field.name] for field in fields(of) if field.name in said}


def _window(said: list[str | None]) -> Window:
    return _day(said[0]), _day(said[1])


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def seal_of(content: Content) -> str:
    """A short sign of this content: a form carries it, so that nobody agrees on what she has not seen."""
    return sha256(to_json(content).encode()).hexdigest()[:24]


# ---------- differences ----------


class Kind(Enum):
    """What happened to a goal, a step or a word of the plan."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: of the plan itself (no goal), of a goal, or of a step of it."""

    kind: Kind
    goal: str = ""
    step: str = ""
    name: str = ""
    before: Any = None
    after: Any = None
    title: str = ""  # the words of the goal or step it is about, as they are now


def changes(old: Content, new: Content) -> tuple[Change, ...]:
    """All that leads from the old to the new; nothing when they are equal."""
    now = {goal.key: goal for goal in new.goals}
    found = [*_plan_changes(old, new), *_moved(old.goals, new.goals)]
    for before in old.goals:
        if before.key not in now:
            found.append(Change(Kind.REMOVED, before.key, before=before, title=before.words))
            continue
        found += _goal_changes(before, now[before.key])
    here = {goal.key for goal in old.goals}
    found += [Change(Kind.ADDED, g.key, after=g, title=g.words) for g in new.goals if g.key not in here]
    return tuple(found)


def applied(old: Content, found: Iterable[Change]) -> Content:
    """The old content after all these changes."""
    content = old
    orders = []
    for change in found:
        if change.kind is Kind.ORDER:
            orders.append(change)
        else:
            content = _applied(content, change)
    for order in orders:
        content = _ordered(content, order)
    return content


def _plan_changes(old: Content, new: Content) -> list[Change]:
    return [
        Change(Kind.CHANGED, name=name, before=getattr(old, name), after=getattr(new, name))
        for name in ("review_on", "important")
        if getattr(old, name) != getattr(new, name)
    ]


def _goal_changes(before: Goal, after: Goal) -> list[Change]:
    found = _field_changes(before, after, goal=after.key, title=after.words)
    now = {step.key: step for step in after.steps}
    for step in before.steps:
        if step.key not in now:
            found.append(Change(Kind.REMOVED, after.key, step.key, before=step, title=step.what))
        else:
            found += _field_changes(step, now[step.key], goal=after.key, step=step.key, title=now[step.key].what)
    here = {step.key for step in before.steps}
    added = [step for step in after.steps if step.key not in here]
    found += [Change(Kind.ADDED, after.key, step.key, after=step, title=after.words) for step in added]
    return found + _moved(before.steps, after.steps, goal=after.key, title=after.words)


def _field_changes(before: Goal | Step, after: Goal | Step, *, goal: str, step: str = "", title: str) -> list[Change]:
    names = [field.name for field in fields(before) if field.name not in ("key", "steps")]
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in names]
    return [Change(Kind.CHANGED, goal, step, name, was, now, title) for name, was, now in pairs if was != now]


def _moved(before: Sequence[Goal | Step], after: Sequence[Goal | Step], *, goal: str = "", title: str = "") -> list[Change]:
    """One change when the order is another than what adding at the end and taking out would give."""
    was, now = [one.key for one in before], [one.key for one in after]
    without_moving = [key for key in was if key in now] + [key for key in now if key not in was]
    return [Change(Kind.ORDER, goal, before=tuple(was), after=tuple(now), title=title)] if without_moving != now else []


def _applied(content: Content, change: Change) -> Content:
    if not change.goal:
        return replace(content, **{change.name: change.after})
    if not change.step and change.kind is Kind.ADDED:
        return replace(content, goals=(*content.goals, change.after))
    if not change.step and change.kind is Kind.REMOVED:
        return replace(content, goals=tuple(goal for goal in content.goals if goal.key != change.goal))
    goals = tuple(_changed_goal(goal, change) if goal.key == change.goal else goal for goal in content.goals)
    return replace(content, goals=goals)


def _changed_goal(goal: Goal, change: Change) -> Goal:
    if not change.step:
        return replace(goal, **{change.name: change.after})
    if change.kind is Kind.ADDED:
        return replace(goal, steps=(*goal.steps, change.after))
    if change.kind is Kind.REMOVED:
        return replace(goal, steps=tuple(step for step in goal.steps if step.key != change.step))
    steps = (replace(s, **{change.name: change.after}) if s.key == change.step else s for s in goal.steps)
    return replace(goal, steps=tuple(steps))


def _ordered(content: Content, order: Change) -> Content:
    place = {key: at for at, key in enumerate(order.after)}
    if not order.goal:
        return replace(content, goals=tuple(sorted(content.goals, key=lambda goal: place[goal.key])))
    goals = (
        replace(goal, steps=tuple(sorted(goal.steps, key=lambda step: place[step.key])))
        if goal.key == order.goal
        else goal
        for goal in content.goals
    )
    return replace(content, goals=tuple(goals))


# ---------- in words ----------

Words = Callable[[str], str]


def differences(old: Content, new: Content, *, area: Words = str) -> tuple[str, ...]:
    """What a person reads: one line per change; `area` gives the word of a life area."""
    return tuple(_line(change, area) for change in changes(old, new))


def _line(change: Change, area: Words) -> str:
    if change.kind is Kind.ORDER:
        return _("Reihenfolge der Schritte geändert: „%(goal)s“") % {"goal": change.title} if change.goal else _("Reihenfolge der Ziele geändert")
    if not change.goal:
        return _plan_line(change)
    return _step_line(change) if change.step else _goal_line(change, area)


def _plan_line(change: Change) -> str:
    label = _("Gemeinsam ansehen am") if change.name == "review_on" else _("Was noch wichtig ist")
    return _turned(label, _shown(change.before), _shown(change.after))


def _goal_line(change: Change, area: Words) -> str:
    said = {"goal": change.title}
    if change.kind is Kind.ADDED:
        return _added_goal(change.after)
    if change.kind is Kind.REMOVED:
        return _("Ziel nicht mehr im Plan: „%(goal)s“") % said
    if change.name == "words":
        return _("Ziel „%(old)s“ heißt jetzt „%(goal)s“") % {**said, "old": change.before}
    labels: dict[str, tuple[str, Words]] = {
        "seen_by": (_("Woran wir es merken"), str),
        "area": (_("Lebensbereich"), area),
        "chain": (_("Integrationskette"), str),
        "rating": (_("Bewertung"), _rating),
        "client_rating": (_("eigene Bewertung"), _rating),
        "rating_words": (_("Worte zur Bewertung"), str),
    }
    if change.name == "until":
        label, was, now = _("Tag"), window_in_words(*change.before), window_in_words(*change.after)
    else:
        label, word = labels[change.name]
        was, now = (word(said) if said else "" for said in (change.before, change.after))
    return _("Ziel „%(goal)s“: %(change)s") % {**said, "change": _turned(label, was, now)}


def _added_goal(goal: Goal) -> str:
    if not goal.steps:
        return _("Neues Ziel: „%(goal)s“") % {"goal": goal.words}
    steps = "; ".join(step_in_words(step) for step in goal.steps)
    return ngettext(
        "Neues Ziel: „%(goal)s“ mit dem Schritt %(steps)s", "Neues Ziel: „%(goal)s“ mit den Schritten %(steps)s", len(goal.steps)
    ) % {"goal": goal.words, "steps": steps}


def step_in_words(step: Step) -> str:
    """What, who, when: "Kurs anmelden (die Person, bis 30.11.2026)"."""
    details = ", ".join(filter(None, [holder_in_words(*step.who), window_in_words(*step.due)]))
    return f"{step.what} ({details})"


def holder_in_words(kind: str, name: str) -> str:
    """Who does it: the name where there is one."""
    return name or str(HolderKind(kind).label)


def _step_line(change: Change) -> str:
    said = {"step": change.title}
    if change.kind is Kind.ADDED:
        return _("Neuer Schritt bei „%(goal)s“: %(step)s") % {"goal": change.title, "step": step_in_words(change.after)}
    if change.kind is Kind.REMOVED:
        return _("Schritt nicht mehr im Plan: „%(step)s“") % said
    return _CHANGED_STEPS[change.name](change, said)


def _renamed(change: Change, said: dict[str, str]) -> str:
    return _("Schritt „%(old)s“ heißt jetzt „%(step)s“") % {**said, "old": change.before}


def _other_hands(change: Change, said: dict[str, str]) -> str:
    hands = {"was": _kind_and_name(*change.before), "now": _kind_and_name(*change.after)}
    return _("Schritt „%(step)s“ macht jetzt %(now)s, vorher %(was)s") % {**said, **hands}


def _kind_and_name(kind: str, name: str) -> str:
    label = str(HolderKind(kind).label)
    return f"{label} ({name})" if name else label


def _postponed(change: Change, said: dict[str, str]) -> str:
    was, now = window_in_words(*change.before), window_in_words(*change.after)
    if not was:
        return _("Schritt „%(step)s“ jetzt mit Tag: %(now)s") % {**said, "now": now}
    if not now:
        return _("Schritt „%(step)s“ jetzt ohne Tag, vorher %(was)s") % {**said, "was": was}
    return _("Schritt „%(step)s“ verschoben von „%(was)s“ auf „%(now)s“") % {**said, "was": was, "now": now}


def _done(change: Change, said: dict[str, str]) -> str:
    if change.after is None:
        return _("Schritt „%(step)s“ ist doch nicht erledigt") % said
    return _("Schritt „%(step)s“ erledigt am %(day)s") % {**said, "day": f"{change.after:%d.%m.%Y}"}


def _dropped(change: Change, said: dict[str, str]) -> str:
    if not change.after:
        return _("Schritt „%(step)s“ gilt wieder") % said
    return _("Schritt „%(step)s“ entfällt: %(why)s") % {**said, "why": DropReason(change.after).label}


_CHANGED_STEPS = {"what": _renamed, "who": _other_hands, "due": _postponed, "done_on": _done, "dropped": _dropped}


def _turned(label: str, was: str, now: str) -> str:
    said = {"label": label, "was": was, "now": now}
    if not was:
        return _("%(label)s: neu „%(now)s“") % said
    if not now:
        return _("%(label)s: nicht mehr „%(was)s“") % said
    return _("%(label)s: von „%(was)s“ zu „%(now)s“") % said


def _rating(code: str) -> str:
    return str(GoalRating(code).label)


def _shown(value: Any) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value or "")
