"""The picture of integration chains: what stands in it and how large it is; the drawing itself is a template.

A lane for each holder, time from left to right, parallel steps below one another in their lane. Above them the
days of the law, on a row of their own. A step's label stands over its bar, a word on where it stands below it.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from faden.chains.rules.graph import Key
from faden.chains.vocabulary import StepState

LANE_WIDTH = 174
BAR = 16
_LEGEND = (
    StepState.DONE, StepState.READY, StepState.WAITING_AGENCY, StepState.WAITING_PERSON, StepState.BLOCKED,
    StepState.OPEN, StepState.DROPPED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """What the picture needs to know of a step."""

    key: Key
    number: int
    title: str
    lane: str
    state: str
    start: date
    finish: date
    before: tuple[Key, ...] = ()
    whose: str = ""  # where the picture shows several persons' chains
    note: str = ""  # a few words below the bar: "seit 6 Wochen"
    words: str = ""  # the same as in the list, for pointers and screen readers
    is_suspended: bool = False
    is_critical: bool = False
    clock_on: date | None = None
    clock_word: str = ""
    is_missed: bool = False
    lane_order: int = 0  # lanes of a lower number stand higher
    chain: Key = None
    is_brief: bool = False  # the label says its number and whose it is; the list says the rest

    @property
    def label(self) -> str:
        """What stands over the bar."""
        return self.mark.removesuffix(":") if self.is_brief else f"{self.mark} {self.title}"

    @property
    def mark(self) -> str:
        """The part of the label that is printed bold: its number, and whose step it is."""
        return f"{self.number} {self.whose}:" if self.whose else str(self.number)

    @property
    def strong(self) -> str:
        """As much of it as stands on the first line."""
        return self.mark.removesuffix(":") if self.is_brief else self.mark


@dataclass(frozen=True, slots=True)
class Text:
    """A line of words with the place where it begins (or ends)."""

    x: float
    y: float
    words: str
    strong: str = ""  # comes before the words


@dataclass(frozen=True, slots=True)
class Bar:
    """A step as it is drawn; `x`, `y` are its upper left corner, `room` what nothing else may stand in."""

    step: Step
    x: float
    y: float
    width: float
    title: tuple[Text, ...]
    note: Text | None
    tint: int
    room: tuple[float, float, float, float]

    @property
    def middle(self) -> float:
        return self.y + BAR / 2

    @property
    def end(self) -> float:
        return self.x + self.width

    @property
    def glyph(self) -> float:
        """Where the sign of the state stands."""
        return self.x + min(self.width / 2, BAR / 2 + 1)


@dataclass(frozen=True, slots=True)
class Link:
    """From a step to one that waits for it, in right angles; `points` as SVG takes them."""

    before: Key
    after: Key
    path: str
    is_critical: bool
    is_over: bool
    is_across: bool  # from one chain to another


@dataclass(frozen=True, slots=True)
class Lane:
    """One holder's band."""

    label: tuple[Text, ...]
    y: float
    height: float
    is_odd: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis; the first one and each January say the year."""

    x: float
    on: date
    says_year: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """A day of the law: a diamond, and a thin line down to its step and along to the end of its bar."""

    key: Key
    x: float
    y: float
    foot: float
    end: float
    on: date
    word: str
    number: int
    is_missed: bool
    turned: bool  # its words stand on the left of it

    @property
    def words_x(self) -> float:
        """Where its words begin, or end."""
        return self.x - 13 if self.turned else self.x + 13


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything in its place."""

    width: float
    height: float
    top: float
    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    links: tuple[Link, ...]
    ticks: tuple[Tick, ...] = ()
    flags: tuple[Flag, ...] = ()
    flag_row: Lane | None = None
    today: float | None = None
    today_on: date | None = None
    people: tuple[tuple[str, int], ...] = ()  # whose colour is which
    lane_end: float = LANE_WIDTH
    bar_height: float = BAR

    @property
    def is_near(self) -> bool:
        """Weeks on the axis, so that their days are said."""
        return len(self.ticks) > 1 and (self.ticks[1].on - self.ticks[0].on).days < 28

    @property
    def flag_words(self) -> float:
        """The line on which the name of the law's row stands."""
        return self.flag_row.y + 23 if self.flag_row else 0

    @property
    def legend(self) -> tuple[tuple[str, str], ...]:
        """What the signs mean that occur here, as (code, word)."""
        states = {bar.step.state for bar in self.bars if not bar.step.is_suspended}
        marks = (
            ("suspended", _("ausgesetzt"), any(bar.step.is_suspended for bar in self.bars)),
            (
                "critical",
                _("davon hängt das Ende ab"),
                any(link.is_critical and not link.is_across for link in self.links),
            ),
            ("across", _("wartet auf eine andere Kette"), any(link.is_across for link in self.links)),
            ("clock", _("gesetzliche Frist"), any(not flag.is_missed for flag in self.flags)),
            ("missed", _("gesetzliche Frist in Gefahr"), any(flag.is_missed for flag in self.flags)),
        )
        said = [(str(state), str(state.label)) for state in _LEGEND if state in states]
        return (*said, *((code, word) for code, word, occurs in marks if occurs))
