"""Where everything stands in the picture of integration chains; the drawing itself is a template.

A lane for each holder, time from left to right, parallel steps below one another in their lane. Above them the
days of the law, on a row of their own. No two labels overlap: a lane that is too full grows. A step's label
stands over its bar, a word on where it stands below it. The same steps give the same picture.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from faden.cases.rules.label_text import FONT, width_of, wrapped
from faden.chains.rules.graph import Key
from faden.chains.vocabulary import SETTLED, StepState

LANE_WIDTH, PLOT, MARGIN = 174, 1026, 44
LEFT = LANE_WIDTH + 22  # where the first day stands
RIGHT = LANE_WIDTH + PLOT - MARGIN
AXIS, LANE_GAP, PAD, ROW_GAP = 34, 4, 11, 14
BAR, LINE, NOTE_LINE = 16, 16, 15
GUTTER, LEAST_BAR = 12, 20
LABEL = 188
COLUMN, COLUMN_GAP = 166, 30  # of a picture without days
# The letters of the picture beside those the widths were measured with.
TITLE_SIZE, NOTE_SIZE, LANE_SIZE = 13, 12, 14
_TICKS = (1, 2, 3, 6, 12, 24, 60)  # months between two ticks
_LEGEND = (
    StepState.DONE, StepState.READY, StepState.WAITING_AGENCY, StepState.WAITING_PERSON, StepState.BLOCKED,
    StepState.OPEN, StepState.DROPPED,
)  # fmt: skip
_FEWEST_TICKS = 62.0  # units between two words on the axis


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
            ("critical", _("davon hängt das Ende ab"), any(link.is_critical and not link.is_across for link in self.links)),
            ("across", _("wartet auf eine andere Kette"), any(link.is_across for link in self.links)),
            ("clock", _("gesetzliche Frist"), any(not flag.is_missed for flag in self.flags)),
            ("missed", _("gesetzliche Frist in Gefahr"), any(flag.is_missed for flag in self.flags)),
        )
        said = [(str(state), str(state.label)) for state in _LEGEND if state in states]
        return (*said, *((code, word) for code, word, occurs in marks if occurs))


def draw(steps: Sequence[Step], *, today: date) -> Picture:
    """By days: from the first of them to the last, today and the law's days in any case."""
    if not steps:
        return Picture(LANE_WIDTH + PLOT, AXIS, AXIS, (), (), ())
    days = [today, *(day for s in steps for day in (s.start, s.finish, s.clock_on) if day)]
    first, last = min(days), max(days)
    axis = _Axis(first, last)
    spans = {s.key: (axis(s.start) + GUTTER, max(axis(s.finish), axis(s.start) + GUTTER + LEAST_BAR)) for s in steps}
    flags, flag_row = _flags(steps, axis)
    bars, lanes = _fill(steps, spans, top=flag_row.y + flag_row.height + LANE_GAP if flag_row else AXIS + 12.0, right=RIGHT + MARGIN - 8)
    found = {bar.step.key: bar for bar in bars}
    return Picture(
        LANE_WIDTH + PLOT,
        lanes[-1].y + lanes[-1].height + 2,
        AXIS,
        lanes,
        bars,
        _links(bars),
        ticks=tuple(axis.ticks()),
        flags=tuple(replace(flag, foot=found[flag.key].middle, end=found[flag.key].end) for flag in flags),
        flag_row=flag_row,
        today=axis(today),
        today_on=today,
        people=_people(steps),
    )


def draw_order(steps: Sequence[Step]) -> Picture:
    """By what waits for what: a column for each rank, no days. For templates."""
    if not steps:
        return Picture(LANE_WIDTH + PLOT, 0, 0, (), (), ())
    ranks = ranks_of(steps)
    left = LANE_WIDTH + 12.0
    spans = {}
    for step in steps:
        x = left + ranks[step.key] * (COLUMN + COLUMN_GAP) + GUTTER
        spans[step.key] = (x, x + COLUMN - GUTTER)
    width = max(LANE_WIDTH + PLOT / 2, left + (max(ranks.values()) + 1) * (COLUMN + COLUMN_GAP))
    bars, lanes = _fill(steps, spans, top=2.0, right=width)
    return Picture(width, lanes[-1].y + lanes[-1].height + 2, 0, lanes, bars, _links(bars), people=_people(steps))


def ranks_of(steps: Sequence[Step]) -> dict[Key, int]:
    """How many steps stand before each at most; what waits for itself (no saved chain does) counts once."""
    known = {step.key: step for step in steps}
    ranks: dict[Key, int] = {}
    for start in steps:
        stack, open_ = [start.key], set()
        while stack:
            key = stack[-1]
            missing = [k for k in known[key].before if k in known and k not in ranks and k not in open_]
            if key in ranks or not missing:
                inner = [ranks[k] + 1 for k in known[key].before if k in ranks]
                ranks.setdefault(key, max(inner, default=0))
                stack.pop()
            else:
                open_.add(key)
                stack += missing
    return ranks


class _Axis:
    """Days to places, and the words below."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.days = max((last - first).days, 28)
        self.unit = (RIGHT - LEFT) / self.days

    def __call__(self, day: date) -> float:
        return round(LEFT + (day - self.first).days * self.unit, 1)

    def ticks(self) -> Iterator[Tick]:
        """Months, or so many of them that their words keep apart; weeks where all is near."""
        if self.days <= 75:
            days = [self.first + timedelta(days=(7 - self.first.weekday()) % 7 + 7 * n) for n in range(12)]
        else:
            step = next((n for n in _TICKS if n * 30 * self.unit >= _FEWEST_TICKS), _TICKS[-1])
            days = list(self._months(step))
        shown_year = None
        for day in days:
            if day > self.first + timedelta(days=self.days):
                break
            yield Tick(self(day), day, day.year != shown_year)
            shown_year = day.year

    def _months(self, step: int) -> Iterator[date]:
        month = self.first.year * 12 + self.first.month
        month += -month % step if step <= 12 else -(month // 12) % (step // 12) * 12 + -month % 12
        while (day := date(month // 12, month % 12 + 1, 1)) <= self.last:
            yield day
            month += step


def _fill(
    steps: Sequence[Step], spans: dict[Key, tuple[float, float]], *, top: float, right: float
) -> tuple[tuple[Bar, ...], tuple[Lane, ...]]:
    """Each lane's steps in as few rows as their labels allow, the earliest first."""
    tints = dict(_people(steps))
    by_lane: dict[str, list[Step]] = defaultdict(list)
    for step in sorted(steps, key=lambda s: (spans[s.key][0], s.number)):
        by_lane[step.lane].append(step)
    names = list(dict.fromkeys(step.lane for step in sorted(steps, key=lambda s: s.lane_order)))
    bars: list[Bar] = []
    lanes: list[Lane] = []
    y = top
    for n, name in enumerate(names):
        rows = _rows([_Item(step, *spans[step.key], right) for step in by_lane[name]])
        inside = y + PAD
        for row in rows:
            above = max(len(item.lines) for item in row) * LINE
            bars += [item.at(inside + above + 4, tints.get(item.step.whose, 0)) for item in row]
            inside += above + 4 + BAR + max(NOTE_LINE if item.step.note else 0 for item in row) + ROW_GAP
        label = [Text(14, 0, words) for words in wrapped(name, (LANE_WIDTH - 16) * FONT / LANE_SIZE)]
        height = max(inside - ROW_GAP + PAD - y, len(label) * 18 + 2 * PAD)
        first = y + PAD + 11
        lanes.append(Lane(tuple(replace(text, y=first + 18 * i) for i, text in enumerate(label)), y, height, n % 2 == 1))
        y += height + LANE_GAP
    return tuple(bars), tuple(lanes)


class _Item:
    """A step with its label: how wide both are together."""

    def __init__(self, step: Step, x: float, end: float, right: float) -> None:
        self.step, self.x, self.end = step, x, end
        scale = FONT / TITLE_SIZE
        self.lines = wrapped(step.label, max(LABEL, end - x) * scale)
        widest, note = max(width_of(line) / scale for line in self.lines), width_of(step.note) * NOTE_SIZE / FONT
        # A label at the right edge is pushed back into the picture.
        self.label_x, self.note_x = (max(min(x, right - width), LANE_WIDTH + 4.0) for width in (widest, note))
        self.left = min(x - GUTTER, self.label_x, self.note_x)
        self.words_end = max(self.label_x + widest, self.note_x + note)
        self.right = max(end, self.words_end)

    def at(self, y: float, tint: int) -> Bar:
        """The bar with its upper edge there."""
        first = y - 6 - LINE * (len(self.lines) - 1)
        title = tuple(self._line(n, first + LINE * n) for n in range(len(self.lines)))
        bottom = y + BAR + (NOTE_LINE if self.step.note else 0)
        return Bar(
            self.step,
            self.x,
            y,
            round(self.end - self.x, 1),
            title,
            Text(self.note_x, y + BAR + 13, self.step.note) if self.step.note else None,
            tint,
            (self.left, first - 12, self.right - self.left, bottom - first + 12),
        )

    def _line(self, n: int, y: float) -> Text:
        words, mark = self.lines[n], self.step.strong
        strong = mark if n == 0 and words.startswith(mark) else ""
        return Text(self.label_x, y, words.removeprefix(strong), strong)


def _rows(items: list[_Item]) -> list[list[_Item]]:
    rows: list[list[_Item]] = []
    for item in items:
        # The first row whose last label has ended; a bar may begin where the one before it ends.
        row = next((row for row in rows if row[-1].end <= item.left and row[-1].words_end + 10 <= item.left), None)
        if row is None:
            rows.append([item])
        else:
            row.append(item)
    return rows


def _links(bars: tuple[Bar, ...]) -> tuple[Link, ...]:
    found = {bar.step.key: bar for bar in bars}
    return tuple(
        Link(
            key,
            bar.step.key,
            _path(found[key], bar),
            bar.step.is_critical and found[key].step.is_critical,
            found[key].step.state in SETTLED,
            found[key].step.chain != bar.step.chain,
        )
        for bar in bars
        for key in dict.fromkeys(bar.step.before)
        if key in found
    )


def _path(before: Bar, after: Bar) -> str:
    """Out at the right end, down or up before the next bar begins, in from the left."""
    tip = after.x - 2
    turn = after.x - GUTTER + 2
    if before.middle == after.middle:
        return f"M{before.end:g} {before.middle:g}H{tip:g}" if before.end < tip else ""
    if turn >= before.end + 2:
        return f"M{before.end:g} {before.middle:g}H{turn:g}V{after.middle:g}H{tip:g}"
    # The next one began before this one ends: round below this one, or above the next, and back.
    out = before.end + 6
    below = after.y > before.y
    way = after.room[1] - 5 if below else after.room[1] + after.room[3] + 5
    return f"M{before.end:g} {before.middle:g}H{out:g}V{way:g}H{turn:g}V{after.middle:g}H{tip:g}"


def _flags(steps: Sequence[Step], axis: _Axis) -> tuple[list[Flag], Lane | None]:
    """The law's days on a band of their own, in as few rows as their words allow."""
    rows: list[float] = []
    flags = []
    for step in sorted((s for s in steps if s.clock_on), key=lambda s: (s.clock_on, s.number)):
        assert step.clock_on
        x = axis(step.clock_on)
        wide = (width_of(step.clock_word) + width_of("00.00.0000  ")) * NOTE_SIZE / FONT + 16
        turned = x + wide > RIGHT + MARGIN
        left, end = (x - wide, x + 10) if turned else (x - 10, x + wide)
        row = next((n for n, taken in enumerate(rows) if taken + 10 <= left), len(rows))
        rows[row:row + 1] = [end]
        y = AXIS + 12 + 18 + row * 26
        flags.append(Flag(step.key, x, y, y, x, step.clock_on, step.clock_word, step.number, step.is_missed, turned))
    if not flags:
        return [], None
    return flags, Lane((), AXIS + 12, 36 + (len(rows) - 1) * 26, False)


def _people(steps: Sequence[Step]) -> tuple[tuple[str, int], ...]:
    names = dict.fromkeys(step.whose for step in steps if step.whose)
    return tuple((name, n % 5) for n, name in enumerate(names))
