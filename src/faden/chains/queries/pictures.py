"""The steps of chains in the order of time, and the picture of them: both say the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from faden.chains.queries.shown import StepRow
from faden.chains.rules import picture, picture_layout
from faden.chains.rules.picture import Picture
from faden.chains.rules.templates import Template, TemplateStep
from faden.chains.vocabulary import SETTLED, HolderKind, StepState
from faden.organisations.vocabulary import AgencyKind

_BEGUN = (StepState.BLOCKED, StepState.WAITING_AGENCY, StepState.WAITING_PERSON)
_LANES = (HolderKind.CLIENT, HolderKind.FAMILY, HolderKind.CASE_MANAGER, HolderKind.AGENCY)


@dataclass(frozen=True)
class Numbered:
    """A step with its number in the list and in the picture."""

    number: int
    row: StepRow
    whose: str = ""


@dataclass(frozen=True)
class Drawn:
    """The picture and what it says in words."""

    picture: Picture
    steps: list[Numbered]
    several: bool = False
    by_number: Mapping[UUID, int] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What the picture says first."""
        done = sum(one.row.state in SETTLED for one in self.steps)
        blocked = sum(one.row.state == StepState.BLOCKED for one in self.steps)
        said = [_("%(done)d von %(all)d Schritten sind erledigt oder entfallen.") % {"done": done, "all": len(self.steps)}]
        if blocked:
            said.append(_("Blockiert: %(count)d.") % {"count": blocked})
        return " ".join(said)


def drawn(rows: Iterable[StepRow], *, today: date, whose: Mapping[UUID, str] | None = None) -> Drawn:
    """By days; `whose`: names by chain, where several persons' chains stand in one picture."""
    in_time = sorted(rows, key=lambda row: (_start(row), row.finish, row.chain_id, row.position))
    steps = [Numbered(n, row, (whose or {}).get(row.chain_id, "")) for n, row in enumerate(in_time, 1)]
    return Drawn(
        picture_layout.draw([_step(one) for one in steps], today=today),
        steps,
        several=bool(whose),
        by_number={one.row.id: one.number for one in steps},
    )


def lines_of(template: Template) -> list[tuple[TemplateStep, str]]:
    """The steps with who holds each, in words."""
    return [(step, _template_lane(step.holder, step.agency_kind)) for step in template.steps]


def drawn_template(template: Template) -> Picture:
    """By order; nobody knows the days yet."""
    day = date(2000, 1, 1)
    order = {step.code: n for n, step in enumerate(template.steps, 1)}
    return picture_layout.draw_order(
        [
            picture.Step(
                key=step.code,
                number=order[step.code],
                title=step.title,
                lane=_template_lane(step.holder, step.agency_kind),
                state=StepState.OPEN,
                start=day,
                finish=day,
                before=step.after,
                lane_order=_LANES.index(HolderKind(step.holder)),
            )
            for step in template.steps
        ]
    )


def _template_lane(holder: str, agency_kind: str) -> str:
    return str(AgencyKind(agency_kind).label if agency_kind else HolderKind(holder).label)


def _start(row: StepRow) -> date:
    """Who waits or is stuck has begun, whatever the forecast reckons with from today on."""
    return min(row.start, row.since) if row.state in _BEGUN else row.start


def short(name: str) -> str:
    """The given name of "Al-Hassoun, Rima": the picture has little room, and the family one name."""
    return name.partition(", ")[2] or name


def _step(one: Numbered) -> picture.Step:
    row = one.row
    suspended = row.suspended_until is not None and row.state not in SETTLED
    start = _start(row)
    return picture.Step(
        key=row.id,
        number=one.number,
        title=row.title,
        lane=short(row.holder_label) if row.holder in (HolderKind.CLIENT, HolderKind.FAMILY) else row.holder_label,
        state=row.state,
        start=start,
        finish=max(start, row.finish),
        before=tuple(waits.id for waits in row.before if waits.id),
        whose=one.whose,
        note=_note(row, suspended=suspended, brief=bool(one.whose)),
        words=f"{one.number} {row.title}: {row.since_words}",
        is_suspended=suspended,
        # Among several persons' chains what counts is who waits for whom.
        is_critical=row.is_critical and row.state not in SETTLED and not one.whose,
        is_brief=bool(one.whose) and row.state in SETTLED,
        chain=row.chain_id,
        clock_on=row.clock_due_on if row.state not in SETTLED else None,
        clock_word=row.law,
        is_missed=row.clock_missed,
        lane_order=_LANES.index(HolderKind(row.holder)),
    )


def _note(row: StepRow, *, suspended: bool, brief: bool) -> str:
    if suspended:
        return _("ausgesetzt bis %(day)s") % {"day": f"{row.suspended_until:%d.%m.%Y}"}
    if row.state == StepState.BLOCKED:
        # Only the head of the reason: "kein Platz (Kurs, Kita …)".
        return f"{row.since_words}: {row.block_label.partition(' (')[0]}"
    if row.state in (StepState.WAITING_AGENCY, StepState.WAITING_PERSON, StepState.READY):
        return row.since_words
    if row.state == StepState.DROPPED:
        return "" if brief else str(row.state_label)
    return "" if brief else _elsewhere(row)


def _elsewhere(row: StepRow) -> str:
    """What it waits for outside this picture."""
    outside = [waits for waits in row.before if not waits.is_here and waits.state not in SETTLED]
    if row.state in SETTLED or not outside:
        return ""
    first = outside[0]
    name = f"{short(first.person)}: {first.title}" if first.person else first.title
    return _("wartet auf %(step)s") % {"step": name}


def numbered(rows: Sequence[StepRow], drawn_: Drawn) -> list[Numbered]:
    """Some of the steps of a picture, with the numbers they have there and in their order."""
    found = [Numbered(drawn_.by_number[row.id], row) for row in rows if row.id in drawn_.by_number]
    return sorted(found, key=lambda one: one.number)
