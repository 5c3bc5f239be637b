"""The agreed versions of a plan: who agreed when, and what has changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.queries.life_areas import labels
from faden.cases.rules.life_areas import Words
from faden.chains.models import Goal, Plan, PlanVersion
from faden.chains.queries.goals import goal_rows
from faden.chains.rules import plan_versions as rules
from faden.chains.vocabulary import PlanConfirmed
from faden.organisations.queries.memberships import names_of
from faden.persons.queries.cards import main_names
from faden.persons.vocabulary import language_name


@dataclass(frozen=True)
class VersionLine:
    """What was agreed on a day, without its content."""

    number: int
    agreed_on: date
    language: str
    how: str
    interpreted_by: str
    by_whom: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True)
class Compared:
    """Two versions and what lies between them, in words; the newer may be the plan as it is now (None)."""

    lines: tuple[VersionLine, ...]
    old: VersionLine | None
    new: VersionLine | None
    differences: tuple[str, ...]


def compared(case: Case, person_id: UUID, *, old: int, new: int, confidential: bool = False) -> Compared:
    """All versions, and the difference between two of them; 0 for `new`: the plan as it is now."""
    plan = Plan.objects.filter(case=case, person_id=person_id).first()
    rows = list(_versions(plan, confidential=confidential))
    by_number = dict(zip((row.number for row in rows), _lines(rows), strict=True))
    contents = {row.number: row for row in rows}
    hidden = _other_side(plan, confidential=confidential)
    goals = goal_rows([plan.id] if plan else [], confidential=confidential)
    now = content_of(plan, goals, confidential=confidential)
    area = _area_words(labels())
    old = old if old in contents else max((number for number in contents if number != new), default=0)
    found: tuple[str, ...] = ()
    if old in contents:
        after = _kept(contents[new], hidden) if new in contents else now
        found = rules.differences(_kept(contents[old], hidden), after, area=area)
    return Compared(tuple(reversed(by_number.values())), by_number.get(old), by_number.get(new), found)


def present_content(plan: Plan, *, confidential: bool) -> rules.Content:
    """The plan as it stands now, as it would be agreed; two statements."""
    return content_of(plan, goal_rows([plan.id], confidential=confidential), confidential=confidential)


def since_agreed(
    plan: Plan | None, now: rules.Content, words: Words, *, confidential: bool
) -> tuple[VersionLine | None, tuple[str, ...]]:
    """What was agreed last, and what has changed since, in words; nothing before the first time."""
    newest = _versions(plan, confidential=confidential).last()
    if newest is None:
        return None, ()
    then = _kept(newest, _other_side(plan, confidential=confidential))
    return _lines([newest])[0], rules.differences(then, now, area=_area_words(words))


def content_of(plan: Plan | None, rows: Sequence[Goal], *, confidential: bool) -> rules.Content:
    """What stands in these rows, as it would be agreed; the confidential side has goals only."""
    goals = tuple(_goal_content(row) for row in rows)
    if plan is None or confidential:
        return rules.Content(goals)
    return rules.Content(goals, plan.important or "", plan.review_on)


def _goal_content(row: Goal) -> rules.Goal:
    return rules.Goal(
        key=str(row.id),
        words=row.words,
        seen_by=row.seen_by or "",
        area=row.life_area,
        until=(row.until_from, row.until_on),
        chain=row.chain.title if row.chain else "",
        rating=row.rating,
        client_rating=row.client_rating,
        rating_words=row.rating_words or "",
        steps=tuple(
            rules.Step(
                str(step.id),
                step.what,
                (step.who, step.who_name),
                (step.due_from, step.due_on),
                step.done_on,
                step.dropped_because,
            )
            for step in row.own_steps  # type: ignore[attr-defined]
        ),
    )


def _versions(plan: Plan | None, *, confidential: bool) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.filter(plan=plan, confidential=confidential).order_by("number")


def _other_side(plan: Plan | None, *, confidential: bool) -> set[str]:
    """Goals that belong to the other side by now: what was agreed about them earlier is shown only there."""
    found = Goal.objects.filter(plan=plan, confidential=not confidential)
    return {str(goal_id) for goal_id in found.values_list("id", flat=True)}


def _kept(row: PlanVersion, hidden: set[str]) -> rules.Content:
    content = rules.from_json(row.content)
    goals = tuple(goal for goal in content.goals if goal.key not in hidden)
    return rules.Content(goals, content.important, content.review_on)


def _lines(rows: Sequence[PlanVersion]) -> list[VersionLine]:
    people = names_of({row.recorded_by for row in rows})
    givers = main_names(person for row in rows for person in row.represented_by)
    return [
        VersionLine(
            row.number,
            row.agreed_on,
            language_name(row.language),
            str(PlanConfirmed(row.confirmed).label),
            row.interpreted_by,
            _by_whom(row, givers),
            people.get(row.recorded_by, ""),
            row.recorded_at,
        )
        for row in rows
    ]


def _by_whom(row: PlanVersion, names: dict[UUID, str]) -> str:
    if not row.represented_by:
        return ""
    given = ", ".join(names.get(person, "–") for person in row.represented_by)
    words = _("von ihr selbst und von %(names)s") if row.herself else _("von %(names)s")
    return words % {"names": given}


def _area_words(words: Words) -> rules.Words:
    return lambda code: words.get(code, code)
