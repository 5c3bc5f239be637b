"""A case told without anybody in it: roles for names, ages in spans, months for days, a region for a town. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from faden.chains.vocabulary import SETTLED, Breakpoint, HolderKind, StepState
from faden.organisations.vocabulary import AgencyKind
from faden.referrals.rules.traces import Known, TraceKind, cleaned

# A combination so rare that somebody of the trade may know who it is; counted in the service's own rows.
RARE_BELOW = 5
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


@dataclass(frozen=True)
class Somebody:
    """One of the family: her part in it, how old at least and at most."""

    id: UUID
    is_parent: bool = False
    is_partner: bool = False
    ages: tuple[int, int] | None = None

    @property
    def is_child(self) -> bool:
        """Surely not of age."""
        return self.ages is not None and self.ages[1] < 18


@dataclass(frozen=True)
class Step:
    """A step of a chain: where it stands, never a word that was written to it."""

    title: str
    state: StepState
    since: date
    holder: HolderKind
    agency_kind: str = ""
    block: str = ""


@dataclass(frozen=True)
class Chain:
    """A running chain of one of them."""

    title: str
    person: UUID
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Story:
    """All that a presentation is made of."""

    people: Sequence[Somebody]
    chains: Sequence[Chain]
    begun: date
    today: date
    district: str = ""
    town: str = ""  # only where it was ticked
    nationalities: Sequence[str] = ()  # only where it was ticked
    known: Sequence[Known] = field(default_factory=tuple)


def roles(people: Sequence[Somebody]) -> dict[UUID, str]:
    """What each is called; several of the same part are numbered."""
    parts = {one.id: _part(one, alone=len(people) == 1) for one in people}
    again = {part for part in parts.values() if list(parts.values()).count(part) > 1}
    numbers: dict[str, int] = {}
    called = {}
    for person, part in parts.items():
        numbers[part] = numbers.get(part, 0) + 1
        called[person] = f"{part} {numbers[part]}" if part in again else part
    return called


def _part(one: Somebody, *, alone: bool) -> str:
    if one.is_child:
        return _("Kind")
    if one.is_parent:
        return _("Elternteil")
    if one.is_partner:
        return _("Partnerin oder Partner")
    return _("Ratsuchende Person") if alone else _("Angehörige Person")


def age_words(ages: tuple[int, int] | None) -> str:
    """A span that many have: by school for children, by ten years for grown-ups."""
    if ages is None:
        return _("Alter nicht bekannt")
    spans = ((3, _("unter drei Jahren")), (6, _("im Kitaalter")), (10, _("im Grundschulalter")), (18, _("im Alter der weiterführenden Schule")))
    for below, words in spans:
        if ages[1] < below:
            return words
    lowest = max(ages[0], 18) // 10 * 10
    return _("über 70 Jahre") if lowest >= 70 else _("zwischen %(from)d und %(to)d Jahren") % {"from": max(lowest, 18), "to": lowest + 9}


def told(story: Story) -> str:
    """The text a worker begins with; she reads it through and changes what she likes."""
    called = roles(story.people)
    blocks = [
        (_("Wer"), [*_who(story, called)]),
        (_("Was läuft"), [line for chain in story.chains for line in _chain(chain, story, called)]),
        (_("Wo es hängt"), [*_stuck(story, called)]),
    ]
    return "\n\n".join("\n".join([title, *lines]) for title, lines in blocks if lines)


def _who(story: Story, called: Mapping[UUID, str]) -> Iterable[str]:
    for one in story.people:
        yield f"- {called[one.id]}, {age_words(one.ages)}"
    if story.nationalities:
        yield "- " + _("Staatsangehörigkeit: %(of)s") % {"of": ", ".join(story.nationalities)}
    if story.town:
        yield "- " + _("Ort: %(town)s") % {"town": story.town}
    elif story.district:
        yield "- " + _("Ort: eine Kommune im Kreis %(district)s") % {"district": story.district.removeprefix("Kreis ")}
    yield "- " + _("In Begleitung: %(since)s") % {"since": since(story.begun, story)}


def _chain(chain: Chain, story: Story, called: Mapping[UUID, str]) -> Iterable[str]:
    yield f"{_clean(chain.title, story)} ({called.get(chain.person, _('Angehörige Person'))})"
    for step in chain.steps:
        yield f"- {_clean(step.title, story)}: {_state(step, story)}"


def _state(step: Step, story: Story) -> str:
    state = str(step.state.label)
    if step.state in (StepState.OPEN, StepState.READY, StepState.DROPPED):
        return state
    words = [state, *([_at(step)] if step.state not in SETTLED else []), since(step.since, story)]
    return ", ".join(words)


def _at(step: Step) -> str:
    """At whom it lies: the kind of agency, never its name."""
    if step.holder == HolderKind.AGENCY and step.agency_kind:
        return str(AgencyKind(step.agency_kind).label)
    return str(step.holder.label)


def _stuck(story: Story, called: Mapping[UUID, str]) -> Iterable[str]:
    """What stands still or waits, the longest first."""
    waiting = (StepState.BLOCKED, StepState.WAITING_AGENCY, StepState.WAITING_PERSON)
    found = [(step.since, step, chain) for chain in story.chains for step in chain.steps if step.state in waiting]
    for _since, step, chain in sorted(found, key=lambda one: one[0]):
        why = str(Breakpoint(step.block).label) if step.block else str(step.state.label)
        yield f"- {_clean(step.title, story)} ({called.get(chain.person, '')}): {why}, {_at(step)}, {_for(step.since, story.today)}"


def _clean(words: str, story: Story) -> str:
    """Titles may be typed: what tells who it is becomes "…"."""
    return cleaned(words, story.known)


def since(day: date, story: Story) -> str:
    """A month; not the one somebody was born in, that one reads as a birth date."""
    month = f"{MONTHS[day.month - 1]} {day.year}"
    if any(one.kind == TraceKind.DAY and one.words == month for one in story.known):
        return _for(day, story.today)
    return _("seit %(month)s") % {"month": month}


def _for(day: date, today: date) -> str:
    months = (today.year - day.year) * 12 + today.month - day.month
    if months < 1:
        return _("seit kurzem")
    return _("seit einem Monat") if months == 1 else _("seit %(n)d Monaten") % {"n": months}
