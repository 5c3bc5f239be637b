"""The point map: every offer in one dot, every dot in its own square, the county as the frame."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.directory.rules.point_map import CELL, WIDTH, Town, point_map
from faden.directory.rules.search import Asked, Index, find
from tests.directory.drawn import TODAY, offer, spot

TOWNS = [Town("Ahaus", (52.08, 7.0)), Town("Borken", (51.84, 6.86)), Town("Bocholt", (51.84, 6.61)), Town("Gronau", (52.21, 7.03))]
COUNTY = Path(__file__).parents[2] / "src/faden/organisations/data/municipalities/nrw_gemeinden.csv"
NEAR = st.tuples(st.floats(51.8, 52.25), st.floats(6.6, 7.05))


@given(st.lists(NEAR, min_size=1, max_size=40))
def test_the_list_behind_a_dot_counts_the_same(points):
    index = Index(tuple(offer(n, spots=(spot(point),)) for n, point in enumerate(points)), {})
    drawn = point_map([(n, "", point) for n, point in enumerate(points)], TOWNS)
    assert sum(dot.count for dot in drawn.dots) + drawn.outside == len(points)
    for dot in drawn.dots:
        assert len(find(index, Asked(box=dot.box), today=TODAY).order) == dot.count


@given(st.lists(NEAR, min_size=1, max_size=40))
def test_no_dot_covers_another_or_leaves_the_picture(points):
    dots = point_map([(n, "", point) for n, point in enumerate(points)], TOWNS).dots
    for at, one in enumerate(dots):
        assert 0 <= one.x <= WIDTH
        for other in dots[:at]:
            assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= (one.radius + other.radius) ** 2 - 5
        assert one.radius * 2 <= CELL


def test_an_offer_with_two_places_in_one_square_is_one():
    drawn = point_map([(1, "Ahaus", (52.08, 7.0)), (1, "Ahaus", (52.0801, 7.0001)), (2, "Ahaus", (52.08, 7.0))], TOWNS)
    assert [(dot.count, dot.places) for dot in drawn.dots] == [(2, ("Ahaus",))]


def test_the_scale_is_true():
    drawn = point_map([(1, "Ahaus", (52.08, 7.0)), (2, "Gronau", (52.21, 7.0))], TOWNS)
    ahaus, gronau = (next(mark for mark in drawn.marks if mark.name == name) for name in ("Ahaus", "Gronau"))
    # 0.13 degrees of latitude are 14.5 km.
    assert (ahaus.y - gronau.y) / drawn.scale_width * drawn.scale_km == pytest.approx(0.13 * 111.32, rel=0.02)


def test_north_is_up_and_east_is_right():
    drawn = point_map([(1, "", (52.0, 6.8))], TOWNS)
    at = {mark.name: (mark.x, mark.y) for mark in drawn.marks}
    assert at["Gronau"][1] < at["Ahaus"][1] < at["Borken"][1]
    assert at["Bocholt"][0] < at["Borken"][0] < at["Ahaus"][0]


def test_names_cover_neither_dots_nor_each_other():
    many = [Town(f"Ortschaft {n}", (52.0 + n / 1000, 6.9)) for n in range(12)]
    drawn = point_map([(n, one.name, one.point) for n, one in enumerate(many)], [*TOWNS, *many])
    boxes = []
    for mark in (mark for mark in drawn.marks if mark.anchor):
        wide = len(mark.name) * 7.2
        left = {"start": mark.label_x, "middle": mark.label_x - wide / 2, "end": mark.label_x - wide}[mark.anchor]
        boxes.append((left, mark.label_y - 12, left + wide, mark.label_y + 4))
    assert 4 <= len(boxes) < len(drawn.marks), "some had no room"
    for at, one in enumerate(boxes):
        assert all(one[0] >= b[2] or one[2] <= b[0] or one[1] >= b[3] or one[3] <= b[1] for b in boxes[:at])


def test_without_a_point_there_is_no_map_and_elsewhere_it_moves_there():
    assert point_map([], TOWNS) is None
    munich = point_map([(1, "München", (48.14, 11.58))], TOWNS)
    assert ([mark.name for mark in munich.marks], munich.outside) == (["München"], 0)


def room_of(mark):
    """Left, top, right, bottom of a name."""
    wide = len(mark.name) * 7.2
    left = {"start": mark.label_x, "middle": mark.label_x - wide / 2, "end": mark.label_x - wide}[mark.anchor]
    return left, mark.label_y - 11, left + wide, mark.label_y + 4


def apart(one, other):
    return one[0] >= other[2] or one[2] <= other[0] or one[1] >= other[3] or one[3] <= other[1]


def test_no_name_stands_in_the_scale():
    low = [Town(f"Dorf {n}", (51.8 + (n % 5) * 0.012, 6.6 + (n // 5) * 0.03)) for n in range(15)]
    drawn = point_map([(1, "Gronau", (52.3, 7.1))], [*low, Town("Gronau", (52.3, 7.1))])
    scale = (16, drawn.height - 46, 16 + drawn.scale_width, drawn.height - 16)
    named = [mark for mark in drawn.marks if mark.anchor]
    assert len(named) > 3
    assert all(apart(room_of(mark), scale) for mark in named)


def test_a_town_under_a_dot_is_named_beside_the_dot():
    drawn = point_map([(1, "Ahaus", (52.081, 7.001))], TOWNS)
    [ahaus], [dot] = [mark for mark in drawn.marks if mark.is_under_a_dot], drawn.dots
    assert ahaus.name == "Ahaus"
    assert apart(room_of(ahaus), (dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius))


def test_the_county_has_all_its_names_on_a_telephone():
    """The seventeen towns of Kreis Borken, each with offers."""
    with COUNTY.open(encoding="utf-8") as file:
        towns = [Town(row["name"], (float(row["lat"]), float(row["lon"]))) for row in csv.DictReader(file) if row["kreis_ags"] == "05554"]
    drawn = point_map([(n, town.name, town.point) for n, town in enumerate(towns * 12)], towns)
    assert drawn.width <= 344, "what a telephone of 360 px has beside its margins"
    assert [mark.name for mark in drawn.marks if not mark.anchor] == []
    assert min(dot.radius for dot in drawn.dots) >= 8
    assert CELL >= 24, "a finger hits it"
