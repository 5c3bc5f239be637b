"""The steps of a picture in their lanes: no two labels overlap, and a lane that is too full grows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from faden.cases.rules.label_text import FONT, width_of, wrapped
from faden.chains.rules.graph import Key
from faden.chains.rules.picture import BAR, LANE_WIDTH, Bar, Lane, Step, Text

LANE_GAP, PAD, ROW_GAP = 4, 11, 14
LINE, NOTE_LINE = 16, 15
GUTTER = 12
LABEL = 188
# The letters of the picture beside those the widths were measured with.
TITLE_SIZE, NOTE_SIZE, LANE_SIZE = 13, 12, 14


def fill(
    steps: Sequence[Step],
    spans: Mapping[Key, tuple[float, float]],
    *,
    tints: Mapping[str, int],
    top: float,
    right: float,
) -> tuple[tuple[Bar, ...], tuple[Lane, ...]]:
    """Each lane's steps in as few rows as their labels allow, the earliest first."""
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
        lanes.append(
            Lane(
                tuple(replace(text, y=first + 18 * i) for i, text in enumerate(label)), y, height, n % 2 == 1
            )
        )
        y += height + LANE_GAP
    return tuple(bars), tuple(lanes)


class _Item:
    """A step with its label: how wide both are together."""

    def __init__(self, step: Step, x: float, end: float, right: float) -> None:
        self.step, self.x, self.end = step, x, end
        scale = FONT / TITLE_SIZE
        self.lines = wrapped(step.label, max(LABEL, end - x) * scale)
        widest, note = (
            max(width_of(line) / scale for line in self.lines),
            width_of(step.note) * NOTE_SIZE / FONT,
        )
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
        row = next(
            (row for row in rows if row[-1].end <= item.left and row[-1].words_end + 10 <= item.left), None
        )
        if row is None:
            rows.append([item])
        else:
            row.append(item)
    return rows
