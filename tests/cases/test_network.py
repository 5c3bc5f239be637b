"""The network and resource map: a list with a history, and a picture in which no two labels overlap."""

from datetime import date, timedelta
from itertools import combinations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faden.cases.rules import network_map
from faden.cases.rules.label_text import LINE, MOST_LINES, width_of, wrapped
from faden.cases.rules.network_map import Box, Tie, picture
from faden.cases.vocabulary.assessment import Distance, TieKind, TieQuality
from tests.case_making import add_member, agree, open_a_case
from tests.cast import AMAL, BERND, CEM
from tests.desk_client import actor_of, keyed, signed_in, text_of

SECTORS = {"person": "Familie, Freunde, Bekannte", "agency": "Stellen und Vereine", "resource": "Eigene Stärken und Mittel"}
NAMES = [
    "Mariam", "Tante Mariam aus Enschede", "Jobcenter Kreis Borken", "عبد الرحمن المطيري", "Олександра Шевченко",
    "Abdulrahmanzadeh-Al-Mutairi Oleksandra", "Führerschein Klasse B", "W" * 120, "李小龙", "ü", "خاله ی من در هلند",
]  # fmt: skip
names = st.sampled_from(NAMES) | st.text(min_size=1, max_size=120)


def ties(most=30, **fixed):
    one = st.builds(
        Tie,
        key=st.uuids().map(str),
        name=fixed.get("name", names),
        kind=fixed.get("kind", st.sampled_from(TieKind.values)),
        quality=st.sampled_from(TieQuality.values),
        distance=fixed.get("distance", st.sampled_from(Distance.values)),
    )
    return st.lists(one, max_size=most, unique_by=lambda tie: tie.key)


# ---------- the picture ----------


def assert_readable(drawn):
    """Everything inside, nothing on top of anything else, everybody in the right ring and sector."""
    frame = Box(drawn.left, drawn.top, drawn.width, drawn.height)
    boxes = [tie.box for tie in drawn.ties]
    middle = Box(-drawn.centre_radius, -drawn.centre_radius, 2 * drawn.centre_radius, 2 * drawn.centre_radius)
    captions = [
        Box({"start": 0, "middle": -0.5, "end": -1}[label.anchor] * width_of(words) + label.x, y - LINE, width_of(words), LINE)
        for _kind, label in drawn.captions
        for words, y in label.lines
    ]
    rings = [Box(-20, -radius - 8, 40, 16) for radius, _label in drawn.rings]
    for one, other in combinations([middle, *captions, *rings, *boxes], 2):
        assert not one.overlaps(other)
    for box in [*boxes, *captions]:
        assert frame.x <= box.x and box.x + box.width <= frame.x + frame.width
        assert frame.y <= box.y and box.y + box.height <= frame.y + frame.height
    radii = [radius for radius, _label in drawn.rings]
    for tie in drawn.ties:
        inner, outer = [0.0, *radii][tie.tie.distance - 1], radii[tie.tie.distance - 1]
        assert inner < hypot(tie.x, tie.y) < outer
        assert tie.box.x <= tie.x <= tie.box.x + tie.box.width and tie.box.y <= tie.y <= tie.box.y + tie.box.height
        assert {"person": tie.x < 0, "agency": tie.x > 0, "resource": tie.y > 0}[tie.tie.kind]
        for line, _y in tie.label.lines:
            assert width_of(line) <= tie.box.width


@settings(deadline=None, max_examples=60)
@given(names, ties())
def test_no_two_labels_overlap(name, told):
    drawn = picture(name, told, SECTORS)
    assert_readable(drawn)
    assert [tie.tie for tie in drawn.ties] == told
    assert picture(name, told, SECTORS) == drawn


@pytest.mark.parametrize("kind", TieKind.values)
@pytest.mark.parametrize("distance", Distance.values)
def test_thirty_in_one_place_have_room(kind, distance):
    told = [Tie(str(n), NAMES[n % len(NAMES)], kind, TieQuality.values[n % 5], distance) for n in range(30)]
    drawn = picture("Oleksandra Abdulrahmanzadeh-Al-Mutairi", told, SECTORS)
    assert_readable(drawn)


def test_an_empty_map_is_a_map():
    drawn = picture("", [], SECTORS)
    assert drawn.ties == () and len(drawn.rings) == 3
    assert_readable(drawn)


@pytest.mark.parametrize(("quality", "pieces"), [
    ("strong", 2), ("helpful", 1), ("weak", 1), ("strained", 1), ("broken", 4),
])  # fmt: skip
def test_how_a_line_is_drawn(quality, pieces):
    [tie] = picture("Parwin", [Tie("1", "Mariam", "person", quality, 2)], SECTORS).ties
    assert len(tie.strokes) == pieces
    inner, outer = tie.strokes[0], tie.strokes[-1 if pieces < 4 else 1]
    assert hypot(inner.x1, inner.y1) < hypot(outer.x2, outer.y2) < hypot(tie.x, tie.y)
    if quality == "broken":
        before, after = tie.strokes[:2]
        assert hypot(after.x1, after.y1) - hypot(before.x2, before.y2) == pytest.approx(10, abs=0.3)


def test_a_second_tie_does_not_stand_on_the_first():
    """What the property above would miss if boxes were made too small: the text itself."""
    told = [Tie(str(n), "Abdulrahmanzadeh Oleksandra", "person", "weak", 1) for n in range(2)]
    one, other = picture("P", told, SECTORS).ties
    assert one.box.width >= max(width_of(line) for line, _y in one.label.lines) and not one.box.overlaps(other.box)


# ---------- text whose width nobody measures ----------


@given(st.text(max_size=200), st.floats(40, 200))
def test_wrapped_text_fits(text, width):
    lines = wrapped(text, width)
    assert 1 <= len(lines) <= MOST_LINES
    assert all(line.strip() for line in lines)
    # One sign may be wider than the line; then it stands alone.
    assert all(width_of(line) <= width or len(line.rstrip("…")) <= 1 for line in lines)


@pytest.mark.parametrize(("text", "lines"), [
    ("Mariam", ["Mariam"]),
    ("Jobcenter Kreis Borken", ["Jobcenter", "Kreis Borken"]),
    ("Abdulrahmanzadeh-Al-Mutairi", ["Abdulrahmanz", "adeh-Al-", "Mutairi"]),
    ("eins zwei drei vier fünf sechs sieben acht neun", ["eins zwei drei", "vier fünf sechs", "sieben acht…"]),
    ("", ["–"]),
    ("A - B", ["A - B"]),
])  # fmt: skip
def test_wrapping(text, lines):
    assert wrapped(text, 112) == lines


def test_signs_stay_with_their_letter():
    assert wrapped("e\u0301" * 12, 60) == ["e\u0301" * 6, "e\u0301" * 6]
    assert width_of("e\u0301") == width_of("e")


# ---------- verbs ----------


@pytest.fixture
def amal(own_database):
    return actor_of(AMAL.email)


def said(name="Mariam", **options):
    from faden.cases.actions.network import Tie as Said

    return Said(**{"kind": "person", "name": name, "role": "Schwester", "quality": "helpful", "distance": 1, "gives": "", **options})


def deed(by, verb, *args, **options):
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    with opened_for(by, write=True):
        return verb(*args, **options, by=by, at=clock.now())


def page_of(by, case, person_id, on=None, **options):
    from faden.cases.queries.network import network_page
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    with opened_for(by, write=False):
        return network_page(case, person_id, name="Parwin", on=on or clock.today(), **options)


def rows(page):
    return {row.name: row for group in page.now.groups for row in group.rows}


def added(by, case, name="Mariam", since=date(2026, 1, 1), **options):
    from faden.cases.actions import network

    return deed(by, network.add, case, case.person_id, said(name, **options), since=since)


def test_put_right_changed_and_ended(amal):
    from faden.cases.actions import network

    case = open_a_case()
    tie = added(amal, case)
    deed(amal, network.put_right, tie, said("Maryam"), seen_version=1)
    assert list(rows(page_of(amal, case, case.person_id))) == ["Maryam"]
    new = deed(amal, network.change_from, tie, said("Maryam", quality="strained"), since=date(2026, 5, 1), seen_version=2)
    assert rows(page_of(amal, case, case.person_id))["Maryam"].quality == "belastet"
    before = page_of(amal, case, case.person_id, on=date(2026, 4, 30))
    assert (rows(before)["Maryam"].quality, rows(before)["Maryam"].until_on) == ("hilft manchmal", date(2026, 4, 30))
    deed(amal, network.end, new, last_day=date(2026, 6, 30), seen_version=1)
    page = page_of(amal, case, case.person_id)
    assert rows(page) == {}
    assert [(row.quality, row.until_on) for row in page.ended] == [
        ("belastet", date(2026, 6, 30)), ("hilft manchmal", date(2026, 4, 30)),
    ]  # fmt: skip
    assert "Maryam" in rows(page_of(amal, case, case.person_id, on=date(2026, 6, 30)))


def test_what_a_tie_refuses(amal):
    from faden.cases.actions import network
    from faden.kernel import clock
    from faden.kernel.errors import Conflict, Invalid, NotFound

    case, tomorrow = open_a_case(), clock.today() + timedelta(days=1)
    tie = added(amal, case)
    with pytest.raises(Invalid, match="Zukunft"):
        added(amal, case, since=tomorrow)
    with pytest.raises(Invalid, match="Zukunft"):
        deed(amal, network.end, tie, last_day=tomorrow, seen_version=1)
    with pytest.raises(Invalid, match="späteren Tag"):
        deed(amal, network.change_from, tie, said(), since=tie.since_on, seen_version=1)
    with pytest.raises(Invalid, match="vor dem Anfang"):
        deed(amal, network.end, tie, last_day=date(2025, 12, 31), seen_version=1)
    deed(amal, network.put_right, tie, said("Maryam"), seen_version=1)
    with pytest.raises(Conflict) as refused:
        deed(amal, network.put_right, tie, said("Miriam", quality="weak"), seen_version=1)
    assert refused.value.changes == (
        ("Wer oder was?", "Maryam", "Miriam"), ("Wie ist die Verbindung?", "hilft manchmal", "lose"),
    )  # fmt: skip
    deed(amal, network.end, tie, last_day=date(2026, 2, 1), seen_version=2)
    with pytest.raises(Invalid, match="besteht nicht mehr"):
        deed(amal, network.put_right, tie, said(), seen_version=3)
    with pytest.raises(NotFound):
        deed(amal, network.add, case, open_a_case(family="Rahimi").person_id, said(), since=date(2026, 1, 1))


def test_only_with_the_persons_own_agreement(amal):
    from faden.cases.actions import network
    from faden.kernel.errors import NotAllowed

    case = open_a_case()
    silent = add_member(case, "Rashid")
    with pytest.raises(NotAllowed):
        deed(amal, network.add, case, silent.id, said(), since=date(2026, 1, 1))


def test_then_and_now(amal):
    """The map of the day of the last assessment, beside today's."""
    from faden.cases.actions import assessments, network
    from faden.kernel import clock

    case = open_a_case()
    tie = added(amal, case)
    begun = deed(amal, assessments.begin, case, case.person_id, on=date(2026, 3, 1))
    deed(amal, assessments.speak_about, begun, "work", assessments.Said(need="x"), seen_version=0, on=clock.today())
    deed(amal, assessments.finish, begun, on=date(2026, 3, 1))
    deed(amal, network.change_from, tie, said(quality="strong"), since=date(2026, 5, 1), seen_version=1)
    page = page_of(amal, case, case.person_id, compare=True)
    assert (page.then.on, page.last_assessment) == (date(2026, 3, 1), date(2026, 3, 1))
    [then], [now] = page.then.picture.ties, page.now.picture.ties
    assert (then.tie.quality, now.tie.quality) == ("helpful", "strong")
    assert page_of(amal, case, case.person_id).then is None


# ---------- pages ----------


def where(case, person_id, rest=""):
    return f"/faelle/{case.id}/personen/{person_id}/netzwerk/{rest}"


VALUES = {"name": "Jobcenter", "kind": "agency", "role": "", "quality": "strained", "distance": "2", "gives": "Bürgergeld", "day": "2026-01-01"}


def test_onto_the_map_and_off_again(own_database, amal):
    from faden.cases.models import NetworkTie
    from faden.kernel.rls import opened_for

    case = open_a_case()
    client, place = signed_in(AMAL.email), where(case, case.person_id)
    assert "noch leer" in text_of(client.get(place))
    assert client.post(f"{place}neu/", keyed(**VALUES)).status_code == 303
    html = client.get(place).content.decode()
    assert "Bürgergeld" in html and "f-map__tie--strained" in html and "1 Verbindung." in html
    with opened_for(amal, write=False):
        tie = NetworkTie.objects.get()
    assert client.post(f"{place}{tie.id}/", keyed(**VALUES, version="1", news="changed")).status_code == 422
    changed = {**VALUES, "version": "1", "news": "changed", "day": "2026-02-01", "quality": "strong"}
    assert client.post(f"{place}{tie.id}/", keyed(**{**changed, "day": ""})).status_code == 422
    assert client.post(f"{place}{tie.id}/", keyed(**changed)).status_code == 303
    assert client.post(f"{place}{tie.id}/", keyed(**changed)).status_code == 409
    page = text_of(client.get(place))
    assert "trägt gut" in page and "01.01.2026 – 31.01.2026" in page


def test_the_picture_says_in_words_what_it_shows(own_database, amal):
    case = open_a_case()
    added(amal, case, "Ali & <B>")
    added(amal, case, "عبد الرحمن", kind="person", quality="broken")
    html = signed_in(AMAL.email).get(where(case, case.person_id)).content.decode()
    assert "<title id=" in html and "<desc id=" in html
    assert "2 Verbindungen. Familie, Freunde, Bekannte: 2; Stellen und Vereine: 0" in html
    assert html.count("Ali &amp; &lt;B&gt;") >= 2


def test_nothing_of_one_member_on_anothers_map(own_database, amal):
    from faden.cases.actions import network

    case = open_a_case()
    father, daughter = add_member(case, "Rashid"), add_member(case, "Leila")
    agree(father)
    tie = deed(amal, network.add, case, father.id, said("Heimlicher Freund", gives="Geld"), since=date(2026, 1, 1))
    client = signed_in(AMAL.email)
    assert "Heimlicher Freund" in client.get(where(case, father.id)).content.decode()
    for person_id in (case.person_id, daughter.id):
        assert "Heimlicher" not in client.get(where(case, person_id)).content.decode()
        assert client.get(where(case, person_id, f"{tie.id}/")).status_code == 404
    assert "Heimlicher" not in client.get(f"/faelle/{case.id}/").content.decode()


def test_who_does_not_belong_is_nowhere(own_database, amal):
    case, other = open_a_case(), open_a_case(family="Rahimi")
    tie = added(amal, case)
    client = signed_in(AMAL.email)
    for rest in ("", "neu/", f"{tie.id}/"):
        assert client.get(where(case, other.person_id, rest)).status_code == 404
        assert client.get(where(other, case.person_id, rest)).status_code == 404
        assert signed_in(CEM.email).get(where(case, case.person_id, rest)).status_code == 404
        assert signed_in(BERND.email).get(where(case, case.person_id, rest)).status_code == 403
    assert client.post(where(other, other.person_id, f"{tie.id}/"), keyed(**VALUES)).status_code == 404


def test_statements_do_not_grow(own_database, amal):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = []
    for count in (1, 30):
        case = open_a_case()
        for n in range(count):
            added(amal, case, NAMES[n % len(NAMES)], kind=TieKind.values[n % 3], distance=n % 3 + 1)
        client, path = signed_in(AMAL.email), where(case, case.person_id)
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        counted.append(len(captured))
    assert counted[0] == counted[1] < 25


def test_a_map_of_an_ordinary_size_is_quick():
    """Counted in looks at places, not in seconds."""
    told = [Tie(str(n), NAMES[n % 5], TieKind.values[n % 3], "helpful", n % 3 + 1) for n in range(12)]
    drawn = picture("Parwin", told, SECTORS)
    assert [radius for radius, _label in drawn.rings] == [network_map.NEAR_BEGINS + network_map.RING * n for n in (1, 2, 3)]
