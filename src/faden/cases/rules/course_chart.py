"""Where the points and lines of a course over time stand; the drawing itself is a template.

Worker: squares on an unbroken line. Client: circles on a dashed line. At each look they stand side by side,
so that neither hides the other where both say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from faden.cases.rules.assessment import Views, step_of
from faden.cases.vocabulary.assessment import Strength

WORDS, COLUMN, STEP, TOP, BELOW = 150, 96, 34, 20, 40
LEAST_WIDTH = 480
APART = 8
_BASELINE = 5


@dataclass(frozen=True)
class Point:
    """One view at one look."""

    x: int
    y: int


@dataclass(frozen=True)
class Line:
    """From one look to the next."""

    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True)
class Course:
    """The views of one of the two; a look at which nothing was said has no point."""

    points: tuple[Point, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Chart:
    """Both courses, the words of the scale at the side, the days below."""

    width: int
    height: int
    scale: tuple[tuple[str, int, int], ...]
    days: tuple[tuple[date, int], ...]
    worker: Course
    client: Course
    words_end: int = WORDS - 12
    lines_begin: int = WORDS

    @property
    def day_line(self) -> int:
        """The height on which the days stand."""
        return self.height - 10


def chart(looks: Sequence[tuple[date, Views]]) -> Chart:
    """The course of one area, oldest look first."""
    width = max(LEAST_WIDTH, WORDS + COLUMN * len(looks))
    column = (width - WORDS) / max(1, len(looks))
    places = [round(WORDS + column * (n + 0.5)) for n in range(len(looks))]
    views = [look for _day, look in looks]
    return Chart(
        width,
        TOP + (len(Strength) - 1) * STEP + BELOW,
        # The best step stands at the top: word, its line, the baseline of the word.
        tuple((str(step.label), row, row + _BASELINE) for step in Strength if (row := _row(step_of(step)))),
        tuple((day, x) for (day, _views), x in zip(looks, places, strict=True)),
        _course(places, [step_of(view.worker) for view in views], -APART),
        _course(places, [step_of(view.client) for view in views], APART),
    )


def _row(step: int) -> int:
    return TOP + (len(Strength) - step) * STEP


def _course(places: list[int], steps: list[int], aside: int) -> Course:
    points = [Point(x + aside, _row(step)) for x, step in zip(places, steps, strict=True) if step]
    lines = [Line(a.x, a.y, b.x, b.y) for a, b in zip(points, points[1:], strict=False)]
    return Course(tuple(points), tuple(lines))
