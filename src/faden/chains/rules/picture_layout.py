"""Where everything stands in the picture of integration chains; the same steps give the same picture."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from faden.cases.rules.label_text import FONT, width_of
from faden.chains.rules.graph import Key
from faden.chains.rules.picture import LANE_WIDTH, Bar, Flag, Lane, Link, Picture, Step, Tick
from faden.chains.rules.picture_lanes import GUTTER, LANE_GAP, NOTE_SIZE, fill
from faden.chains.vocabulary import SETTLED

PLOT, MARGIN = 1026, 44
LEFT = LANE_WIDTH + 22  # where the first day stands
RIGHT = LANE_WIDTH + PLOT - MARGIN
AXIS = 34
LEAST_BAR = 20
COLUMN, COLUMN_GAP = 166, 30  # of a picture without days
_TICKS = (1, 2, 3, 6, 12, 24, 60)  # months between two ticks
_FEWEST_TICKS = 62.0  # units between two words on the axis


def draw(steps: Sequence[Step], *, today: date) -> Picture:
    """By days: from the first of them to the last, today and the law's days in any case."""
    if not steps:
        return Picture(LANE_WIDTH + PLOT, AXIS, AXIS, (), (), ())
    days = [today, *(day for s in steps for day in (s.start, s.finish, s.clock_on) if day)]
    first, last = min(days), max(days)
    axis = _Axis(first, last)
    spans = {
        s.key: (axis(s.start) + GUTTER, max(axis(s.finish), axis(s.start) + GUTTER + LEAST_BAR))
        for s in steps
    }
    flags, flag_row = _flags(steps, axis)
    top = flag_row.y + flag_row.height + LANE_GAP if flag_row else AXIS + 12.0
    people = _people(steps)
    bars, lanes = fill(steps, spans, tints=dict(people), top=top, right=RIGHT + MARGIN - 8)
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
        people=people,
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
    people = _people(steps)
    bars, lanes = fill(steps, spans, tints=dict(people), top=2.0, right=width)
    return Picture(width, lanes[-1].y + lanes[-1].height + 2, 0, lanes, bars, _links(bars), people=people)


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
        rows[row : row + 1] = [end]
        y = AXIS + 12 + 18 + row * 26
        flags.append(
            Flag(step.key, x, y, y, x, step.clock_on, step.clock_word, step.number, step.is_missed, turned)
        )
    if not flags:
        return [], None
    return flags, Lane((), AXIS + 12, 36 + (len(rows) - 1) * 26, False)


def _people(steps: Sequence[Step]) -> tuple[tuple[str, int], ...]:
    names = dict.fromkeys(step.whose for step in steps if step.whose)
    return tuple((name, n % 5) for n, name in enumerate(names))
