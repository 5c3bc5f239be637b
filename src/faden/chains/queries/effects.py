"""What a change of a chain does, before it is made: steps that move, ends that shift, law clocks in danger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from faden.cases.models import Case
from faden.cases.queries.timeline import Of
from faden.chains.queries.chains import all_chains
from faden.chains.queries.shown import ChainCard, StepRow


@dataclass(frozen=True)
class Standing:
    """How the chains of a page stand at one moment."""

    cards: Sequence[ChainCard]
    steps: dict[UUID, StepRow]


@dataclass(frozen=True)
class Moved:
    """A step that stands otherwise afterwards."""

    title: str
    old: str
    new: str


@dataclass(frozen=True)
class Shifted:
    """A chain that ends on another day afterwards."""

    title: str
    person: str
    old: date | None
    new: date | None


@dataclass(frozen=True)
class Effect:
    """The difference between two moments."""

    added: tuple[str, ...]
    moved: tuple[Moved, ...]
    shifted: tuple[Shifted, ...]
    missed: tuple[StepRow, ...]

    @property
    def is_none(self) -> bool:
        return not (self.added or self.moved or self.shifted or self.missed)


def standing(case: Case, *, of: Of, today: date) -> Standing:
    """The chains of this view and their steps."""
    found = all_chains(case, of=of, today=today)
    return Standing(found.cards, {row.id: row for row in found.steps})


def effect(before: Standing, after: Standing) -> Effect:
    """What is otherwise afterwards."""
    old = {card.id: card for card in before.cards}
    return Effect(
        added=tuple(row.title for key, row in after.steps.items() if key not in before.steps),
        moved=tuple(
            Moved(row.title, str(before.steps[key].state_label), str(row.state_label))
            for key, row in after.steps.items()
            if key in before.steps and before.steps[key].state != row.state
        ),
        shifted=tuple(
            Shifted(card.title, card.person, old[card.id].finish_on, card.finish_on)
            for card in after.cards
            if card.id in old and old[card.id].finish_on != card.finish_on
        ),
        missed=tuple(
            row
            for key, row in after.steps.items()
            if row.clock_missed and not (key in before.steps and before.steps[key].clock_missed)
        ),
    )
