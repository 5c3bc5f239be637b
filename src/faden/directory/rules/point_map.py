"""Where offers are, as a picture: dots over the towns of a county, no tiles. Pure geometry."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from faden.directory.rules.search import Box, Point

WIDTH, MARGIN = 340, 28  # as wide as a telephone: nothing is moved to be read, and nothing is nearer to each other than a finger is wide
LOWEST, HIGHEST = 180, 420
CELL = 24  # what lies in one square is one dot, and a finger hits it
LEAST_SPAN = 0.02  # degrees; a single place would have no extent
_POINT = 4  # of a town, with its line
_SPARE = 0.06  # around the outermost, as a share
_KM_OF_A_DEGREE = 111.32
_LETTER, _LINE, _AIR = 7.2, 15, 2  # of a name, a little more than most take
_CORNER = 16  # where the scale stands, from below and from the left

Room = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Town:
    """A town to find one's way by."""

    name: str
    point: Point


@dataclass(frozen=True)
class Dot:
    """Offers that lie near each other; `box` is exactly the square they were counted in."""

    x: float
    y: float
    radius: float
    count: int
    box: Box
    places: tuple[str, ...]  # their towns, most first


@dataclass(frozen=True)
class Mark:
    """A town's point, unless a dot lies on it, and its name where there is room for it."""

    name: str
    x: float
    y: float
    label_x: float = 0
    label_y: float = 0
    anchor: str = ""  # empty: no room, the point alone
    is_under_a_dot: bool = False


@dataclass(frozen=True)
class PointMap:
    """The drawn map; `outside` offers lie beyond it."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    marks: tuple[Mark, ...]
    scale_km: int
    scale_width: float
    outside: int


@dataclass(frozen=True)
class _Frame:
    """From degrees to pixels; the height follows from the width."""

    box: Box

    @property
    def _narrow(self) -> float:
        return math.cos(math.radians((self.box[0] + self.box[2]) / 2))

    @property
    def scale(self) -> float:
        """Pixels of a degree of latitude."""
        south, west, north, east = self.box
        across = (WIDTH - 2 * MARGIN) / ((east - west) * self._narrow)
        return min(across, (HIGHEST - 2 * MARGIN) / (north - south))

    @property
    def height(self) -> int:
        return max(LOWEST, math.ceil((self.box[2] - self.box[0]) * self.scale) + 2 * MARGIN)

    def place(self, point: Point) -> tuple[float, float]:
        """Pixels from the upper left corner, the box in the middle."""
        south, west, north, east = self.box
        x = WIDTH / 2 + (point[1] - (west + east) / 2) * self._narrow * self.scale
        return x, self.height / 2 - (point[0] - (south + north) / 2) * self.scale

    def degrees(self, x: float, y: float) -> Point:
        """The way back."""
        south, west, north, east = self.box
        latitude = (south + north) / 2 + (self.height / 2 - y) / self.scale
        return latitude, (west + east) / 2 + (x - WIDTH / 2) / (self._narrow * self.scale)

    def holds(self, point: Point) -> bool:
        """Whether it lies on the picture."""
        x, y = self.place(point)
        return 0 <= x < WIDTH and 0 <= y < self.height


def point_map(
    spots: Sequence[tuple[int, str, Point]], towns: Sequence[Town], *, box: Box | None = None, about: Sequence[Point] = ()
) -> PointMap | None:
    """Of (offer, town, point); over the towns when anything of what it is about lies there, else over that; None without any point."""
    if not spots:
        return None
    frame = _Frame(_spread(box) if box else _frame_box(about or [point for _offer, _town, point in spots], towns))
    inside = [spot for spot in spots if frame.holds(spot[2])]
    outside = {offer for offer, _town, _point in spots} - {offer for offer, _town, _point in inside}
    dots = _dots(inside, frame)
    known = [town for town in towns if frame.holds(town.point)] or _towns_of(inside)
    km = _KM_OF_A_DEGREE / frame.scale
    scale_km = max([step for step in (1, 2, 5, 10, 20, 50, 100, 200) if step / km <= WIDTH / 4] or [1])
    scale = round(scale_km / km, 1)
    return PointMap(WIDTH, frame.height, dots, _marks(known, dots, scale, frame), scale_km, scale, len(outside))


def _frame_box(points: Sequence[Point], towns: Sequence[Town]) -> Box:
    county = _around([town.point for town in towns]) if towns else None
    if county and any(_within(point, county) for point in points):
        return county
    return _around(points)


def _around(points: Iterable[Point]) -> Box:
    latitudes, longitudes = zip(*points, strict=True)
    return _spread((min(latitudes), min(longitudes), max(latitudes), max(longitudes)), share=_SPARE)


def _spread(box: Box, *, share: float = 0) -> Box:
    """Never without extent, and a little wider than asked."""
    south, west, north, east = box
    high, wide = max(north - south, LEAST_SPAN), max(east - west, LEAST_SPAN)
    more_high, more_wide = (high * (1 + share) - (north - south)) / 2, (wide * (1 + share) - (east - west)) / 2
    return south - more_high, west - more_wide, north + more_high, east + more_wide


def _within(point: Point, box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _dots(spots: Sequence[tuple[int, str, Point]], frame: _Frame) -> tuple[Dot, ...]:
    cells: dict[tuple[int, int], list[tuple[int, str, Point]]] = defaultdict(list)
    for spot in spots:
        cells[_cell(spot[2], frame)].append(spot)
    return tuple(_dot(cell, cells[cell], frame) for cell in sorted(cells, key=lambda one: (one[1], one[0])))


def cell_box(column: int, row: int, frame: _Frame) -> Box:
    """A square of the picture in degrees, as the address of its list carries it: rounded."""
    north, west = frame.degrees(column * CELL, row * CELL)
    south, east = frame.degrees((column + 1) * CELL, (row + 1) * CELL)
    return round(south, 6), round(west, 6), round(north, 6), round(east, 6)


def _cell(point: Point, frame: _Frame) -> tuple[int, int]:
    """Decided by the rounded box, so that the list behind a dot counts the same."""
    x, y = frame.place(point)
    guess = int(x // CELL), int(y // CELL)
    near = [guess, *((guess[0] + dx, guess[1] + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy)]
    for column, row in near:
        south, west, north, east = cell_box(column, row, frame)
        if south <= point[0] < north and west <= point[1] < east:
            return column, row
    return guess


def _dot(cell: tuple[int, int], spots: Sequence[tuple[int, str, Point]], frame: _Frame) -> Dot:
    offers = {offer for offer, _town, _point in spots}
    placed = [frame.place(point) for _offer, _town, point in spots]
    radius = 8.5 if len(offers) < 10 else 9.5 if len(offers) < 100 else 11.5
    # Kept off the edge of its square, so that no two dots cover each other.
    spare = CELL / 2 - radius
    x = _kept(sum(one[0] for one in placed) / len(placed), (cell[0] + 0.5) * CELL, spare)
    y = _kept(sum(one[1] for one in placed) / len(placed), (cell[1] + 0.5) * CELL, spare)
    return Dot(round(x, 1), round(y, 1), radius, len(offers), cell_box(*cell, frame), _names(spots))


def _kept(value: float, middle: float, spare: float) -> float:
    return min(max(value, middle - spare), middle + spare)


def _names(spots: Sequence[tuple[int, str, Point]]) -> tuple[str, ...]:
    counts: dict[str, int] = defaultdict(int)
    for _offer, town, _point in spots:
        if town:
            counts[town] += 1
    return tuple(sorted(counts, key=lambda one: (-counts[one], one)))


def _towns_of(spots: Sequence[tuple[int, str, Point]]) -> list[Town]:
    """Where no town of the list lies on the picture: the places of the offers themselves."""
    points: dict[str, list[Point]] = defaultdict(list)
    for _offer, town, point in spots:
        if town:
            points[town].append(point)
    return [
        Town(name, (sum(p[0] for p in found) / len(found), sum(p[1] for p in found) / len(found)))
        for name, found in sorted(points.items(), key=lambda one: (-len(one[1]), one[0]))
    ]


def _marks(towns: Sequence[Town], dots: Sequence[Dot], scale: float, frame: _Frame) -> tuple[Mark, ...]:
    """Each name beside its point, where it covers neither a dot nor another point or name, nor the scale."""
    corner: Room = (_CORNER, frame.height - _CORNER - 2 * _LINE, _CORNER + scale, frame.height - _CORNER)
    taken: list[Room] = [corner, *((dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius) for dot in dots)]
    found = []
    for town in towns:
        x, y = (round(one, 1) for one in frame.place(town.point))
        over = next((dot for dot in dots if math.hypot(dot.x - x, dot.y - y) < dot.radius + _POINT), None)
        found.append((Mark(town.name, x, y, is_under_a_dot=over is not None), over))
        if over is None:
            taken.append((x - _POINT, y - _POINT, x + _POINT, y + _POINT))
    wished = [(mark, [name for name in _names_of(mark, over) if _is_free(name, taken, frame)]) for mark, over in found]
    # Whose name has the fewest places left chooses first.
    return tuple(_labelled(mark, names, taken, frame) for mark, names in sorted(wished, key=lambda one: len(one[1])))


@dataclass(frozen=True)
class _Name:
    """A place where a town's name could stand."""

    x: float
    y: float
    anchor: str
    room: Room


def _names_of(mark: Mark, over: Dot | None) -> Iterator[_Name]:
    """Beside the dot that lies on the town, so that half of a point does not look out; else beside its point; near ones first."""
    wide = len(mark.name) * _LETTER
    x, y, nearest = (over.x, over.y, over.radius + _AIR + 1) if over else (mark.x, mark.y, 8)
    for away in (nearest, *(nearest + more for more in (6, 12, 20))):
        above, below = y - away - 2, y + away + 10
        for anchor, at, line, left in (
            ("middle", x, below, x - wide / 2), ("middle", x, above, x - wide / 2),
            ("start", x + away, y + 4, x + away), ("end", x - away, y + 4, x - away - wide),
            ("start", x - nearest, below, x - nearest), ("end", x + nearest, below, x + nearest - wide),
            ("start", x - nearest, above, x - nearest), ("end", x + nearest, above, x + nearest - wide),
        ):  # fmt: skip
            yield _Name(round(at, 1), round(line, 1), anchor, (left - _AIR, line - _LINE + 4, left + wide + _AIR, line + 4))


def _is_free(name: _Name, taken: Iterable[Room], frame: _Frame) -> bool:
    left, top, right, bottom = name.room
    if left < 0 or right > WIDTH or top < 2 or bottom > frame.height - 2:
        return False
    return not any(left < one[2] and right > one[0] and top < one[3] and bottom > one[1] for one in taken)


def _labelled(mark: Mark, names: Iterable[_Name], taken: list[Room], frame: _Frame) -> Mark:
    name = next((one for one in names if _is_free(one, taken, frame)), None)
    if name is None:
        return mark
    taken.append(name.room)
    return replace(mark, label_x=name.x, label_y=name.y, anchor=name.anchor)
