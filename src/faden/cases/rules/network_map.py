"""Where everything stands on a network and resource map; the drawing itself is a template.

The person in the middle, three rings (near, middle, far), three sectors (people, agencies, own strengths).
No two labels overlap: a ring that is too full grows. The same ties give the same picture.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, pi, sin

from faden.cases.rules.label_text import LINE, width_of, wrapped
from faden.cases.vocabulary.assessment import Distance, TieKind, TieQuality

CENTRE, NEAR_BEGINS = 58, 94
RING = 76
SYMBOL = 10
GAP = 5
# The name in the middle is written smaller: these are its 100 at the size of the labels.
LABEL_WIDTH, CENTRE_WIDTH = 136, 124
CAPTION = 34
# Degrees clockwise from the top. People and agencies have the sides, where labels stack best.
SECTORS = {TieKind.PERSON: (244.0, 356.0), TieKind.AGENCY: (4.0, 116.0), TieKind.RESOURCE: (124.0, 236.0)}
_DIRECTIONS = 30
_RADII = 7


@dataclass(frozen=True)
class Tie:
    """What the map needs to know of a tie."""

    key: str
    name: str
    kind: str
    quality: str
    distance: int


@dataclass(frozen=True)
class Box:
    """A place nothing else may stand at."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: "Box", gap: float = 0) -> bool:
        """Do they share a point, or come nearer than `gap`?"""
        return (
            self.x < other.x + other.width + gap
            and other.x < self.x + self.width + gap
            and self.y < other.y + other.height + gap
            and other.y < self.y + self.height + gap
        )

    def is_crossed(self, x: float, y: float) -> bool:
        """Does the straight way from the middle of the map to this point lead through the box?"""
        steps = max(2, int(hypot(x, y) / 12))
        return any(
            self.x < x * n / steps < self.x + self.width and self.y < y * n / steps < self.y + self.height
            for n in range(1, steps)
        )


@dataclass(frozen=True)
class Stroke:
    """One straight piece of a line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Label:
    """Lines of text: `x` with its anchor, and a height for each."""

    x: float
    anchor: str
    lines: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Drawn:
    """One tie on the map: its symbol, its line to the middle, its label and the place of both."""

    tie: Tie
    x: float
    y: float
    label: Label
    box: Box
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True)
class Picture:
    """The whole map; the middle is the origin, `left` and `top` are where the picture begins."""

    left: float
    top: float
    width: float
    height: float
    centre: Label
    centre_radius: float
    rings: tuple[tuple[float, Label], ...]
    captions: tuple[tuple[str, Label], ...]
    borders: tuple[Stroke, ...]
    ties: tuple[Drawn, ...]


@dataclass
class _Rings:
    """How wide each ring is by now; a ring that is too full grows."""

    widths: list[float] = field(default_factory=lambda: [float(RING)] * 3)

    def band(self, distance: int) -> tuple[float, float]:
        """Where a ring begins and ends."""
        inner = NEAR_BEGINS + sum(self.widths[: distance - 1])
        return inner, inner + self.widths[distance - 1]

    def grow(self, distance: int) -> None:
        self.widths[distance - 1] *= 1.3


def picture(name: str, ties: Sequence[Tie], captions: dict[str, str]) -> Picture:
    """The map of these ties; `captions` names the three sectors."""
    rings = _Rings()
    while isinstance(placed := _placed(ties, rings), int):
        rings.grow(placed)
    radius = rings.band(3)[1]
    reach_x = max([radius, *(max(-d.box.x, d.box.x + d.box.width) for d in placed)]) + 2 * GAP
    above = min([-radius, *(d.box.y for d in placed)]) - CAPTION
    below = max([radius, *(d.box.y + d.box.height for d in placed)]) + CAPTION
    half = max([reach_x, *(width_of(words) for words in captions.values())]) + GAP
    return Picture(
        left=-half,
        top=above,
        width=2 * half,
        height=below - above,
        centre=_centred(wrapped(name, CENTRE_WIDTH), 0.0),
        centre_radius=CENTRE,
        rings=tuple((rings.band(distance)[1], _ring_label(rings, distance)) for distance in Distance),
        captions=_captions(captions, half, above, below),
        borders=tuple(_border(degrees, radius) for degrees in (0.0, 120.0, 240.0)),
        ties=tuple(placed),
    )


def _placed(ties: Sequence[Tie], rings: _Rings) -> list[Drawn] | int:
    """Everything in its place, or the ring that has no room for all of its ties."""
    counts = Counter((tie.kind, tie.distance) for tie in ties)
    seen: Counter[tuple[str, int]] = Counter()
    middle = Box(-CENTRE, -CENTRE, 2 * CENTRE, 2 * CENTRE)
    drawn: dict[str, Drawn] = {}
    # The way to a symbol may lead through the middle and past the words of the rings.
    taken = [middle, *(_ring_box(rings, distance) for distance in Distance)]
    first = len(taken)
    for tie in sorted(ties, key=lambda tie: tie.distance):
        cell = (tie.kind, tie.distance)
        share = (seen[cell] + 0.5) / counts[cell]
        found = _place(tie, rings.band(tie.distance), share, taken[:first], taken[first:])
        if found is None:
            return tie.distance
        seen[cell] += 1
        taken.append(found.box)
        drawn[tie.key] = found
    return [drawn[tie.key] for tie in ties]


def _place(
    tie: Tie, band: tuple[float, float], share: float, fixed: list[Box], placed: list[Box]
) -> Drawn | None:
    """The free place nearest to the wished one, best one whose line crosses no label."""
    lines = wrapped(tie.name, LABEL_WIDTH)
    second = None
    for x, y in _wishes(TieKind(tie.kind), band, share):
        label, box = _label(x, y, lines)
        if any(box.overlaps(other, GAP) for other in (*fixed, *placed)):
            continue
        found = Drawn(tie, round(x, 1), round(y, 1), label, box, ())
        if not any(other.is_crossed(x, y) for other in placed):
            return _with_line(found)
        second = second or found
    return _with_line(second) if second else None


def _wishes(kind: TieKind, band: tuple[float, float], share: float) -> Iterator[tuple[float, float]]:
    """Places of one cell, from the wished one outward."""
    first, last = SECTORS[kind]
    inner, outer = band[0] + SYMBOL + 2, band[1] - SYMBOL - 2
    middle, wish = (inner + outer) / 2, first + (last - first) * share
    directions = [first + (last - first) * n / _DIRECTIONS for n in range(_DIRECTIONS + 1)]
    steps = max(_RADII, int((outer - inner) / 18))
    radii = [inner + (outer - inner) * n / (steps - 1) for n in range(steps)]
    places = [(r, d) for r in (middle, *radii) for d in (wish, *directions)]
    places.sort(key=lambda place: (abs(place[1] - wish) * pi / 180 * place[0] + 0.8 * abs(place[0] - middle), place))
    for radius, degrees in places:
        yield radius * sin(degrees * pi / 180), -radius * cos(degrees * pi / 180)


def _label(x: float, y: float, lines: list[str]) -> tuple[Label, Box]:
    """Outside of the symbol, away from the middle, so that no line runs through its own label."""
    width, height = max(width_of(line) for line in lines), len(lines) * LINE
    if abs(x) > 0.8 * abs(y):
        return _beside(x, y, lines, width, height)
    top = y + SYMBOL + 2 if y > 0 else y - SYMBOL - 2 - height
    label = Label(round(x, 1), "middle", _heights(lines, top))
    begins = min(top, y - SYMBOL)
    half = max(width / 2, SYMBOL)
    return label, Box(x - half, begins, 2 * half, height + 2 * SYMBOL + 2)


def _beside(x: float, y: float, lines: list[str], width: float, height: float) -> tuple[Label, Box]:
    side = 1 if x > 0 else -1
    edge = x + side * (SYMBOL + 4)
    label = Label(round(edge, 1), "start" if side > 0 else "end", _heights(lines, y - height / 2))
    tall = max(height, 2 * SYMBOL)
    return label, Box(min(x - side * SYMBOL, edge + side * width), y - tall / 2, width + 2 * SYMBOL + 4, tall)


def _heights(lines: list[str], top: float) -> tuple[tuple[str, float], ...]:
    """Each line with its baseline."""
    return tuple((line, round(top + LINE * (n + 0.75), 1)) for n, line in enumerate(lines))


def _ring_label(rings: _Rings, distance: Distance) -> Label:
    """Its word, at the top of the ring."""
    return _centred([str(distance.label)], -rings.band(distance)[1])


def _ring_box(rings: _Rings, distance: Distance) -> Box:
    width = width_of(str(distance.label))
    return Box(-width / 2, -rings.band(distance)[1] - LINE / 2, width, LINE)


def _centred(lines: list[str], y: float) -> Label:
    return Label(0.0, "middle", _heights(lines, y - len(lines) * LINE / 2))


def _with_line(drawn: Drawn) -> Drawn:
    """Strong ties are double, broken ones have a gap; the rest differs in how the line is drawn."""
    length = hypot(drawn.x, drawn.y)
    dx, dy = drawn.x / length, drawn.y / length
    begin, end = CENTRE + 2.0, length - SYMBOL - 3.0
    if drawn.tie.quality == TieQuality.STRONG:
        strokes = tuple(_piece(dx, dy, begin, end, aside) for aside in (-2.5, 2.5))
    elif drawn.tie.quality == TieQuality.BROKEN:
        half = (begin + end) / 2
        before, after = half - 5, half + 5
        strokes = (
            _piece(dx, dy, begin, before),
            _piece(dx, dy, after, end),
            _bar(dx, dy, before),
            _bar(dx, dy, after),
        )
    else:
        strokes = (_piece(dx, dy, begin, end),)
    return Drawn(drawn.tie, drawn.x, drawn.y, drawn.label, drawn.box, strokes)


def _piece(dx: float, dy: float, begin: float, end: float, aside: float = 0.0) -> Stroke:
    """Along the way out, `aside` of it."""
    return _rounded(dx * begin - dy * aside, dy * begin + dx * aside, dx * end - dy * aside, dy * end + dx * aside)


def _bar(dx: float, dy: float, at: float) -> Stroke:
    """Across the way out."""
    return _rounded(dx * at - dy * 6, dy * at + dx * 6, dx * at + dy * 6, dy * at - dx * 6)


def _border(degrees: float, radius: float) -> Stroke:
    """Between two sectors."""
    dx, dy = sin(degrees * pi / 180), -cos(degrees * pi / 180)
    return _piece(dx, dy, CENTRE + 2.0, radius)


def _rounded(*numbers: float) -> Stroke:
    return Stroke(*(round(number, 1) for number in numbers))


def _captions(captions: dict[str, str], half: float, above: float, below: float) -> tuple[tuple[str, Label], ...]:
    """In bands of their own, above and below everything."""
    upper, lower = above + LINE + GAP, below - GAP
    places = {
        TieKind.PERSON: (-half + GAP, "start", upper),
        TieKind.AGENCY: (half - GAP, "end", upper),
        TieKind.RESOURCE: (0.0, "middle", lower),
    }
    return tuple(
        (kind, Label(round(x, 1), anchor, ((captions[kind], round(y, 1)),)))
        for kind, (x, anchor, y) in places.items()
        if kind in captions
    )
