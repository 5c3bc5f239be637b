"""Real records with values taken away, made null or of another kind at random: nothing crashes, and the counts add up."""

import copy
import json
import random
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faden.outside.offers import hsds, integreat, table
from faden.outside.offers.reading import NotWhatItClaims, Unread
from tests.directory.importing import as_json, counts, example, munich, offers, service, taken_in

ODD = [
    None, True, False, 0, -1, 1, 7.5, 1e308, float("nan"), 10**30, "", " ", "x", "0", "null", "2026-02-30", "\x00", "\ud800", "\u202e", "=1+1",
    "مرحبا", "<b", "<p>x", "&amp;", "a" * 3000, [], {}, [[]], [None], [1, "x", {}], {"x": None}, {"id": 1}, {"name": "x"}, [{"id": None}], "24:00",
]  # fmt: skip


def paths(value, before=()):
    """Every place in a record."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inside:
        yield (*before, name)
        yield from paths(one, (*before, name))


def mutated(record, dice, times):
    record = copy.deepcopy(record)
    for _time in range(times):
        places = list(paths(record))
        if not places:
            break
        *way, last = dice.choice(places)
        inside = record
        for name in way:
            inside = inside[name]
        match dice.randrange(3):
            case 0 if isinstance(inside, dict):
                del inside[last]
            case _:
                inside[last] = copy.deepcopy(dice.choice(ODD))
    return record


def slim(one):
    """Without 23 languages that are all alike."""
    return {**one, "available_languages": dict(list(one["available_languages"].items())[:2])}


RICH = [slim(one) for one in munich() if one["contacts"] and one["opening_hours"]]
FULL = [
    example("hsds-3.1/examples/service_full.json"), example("hsds-3.1/examples/service_at_location_full.json"),
    example("hsds-3.1/examples/organization_full.json"), service(1),
]  # fmt: skip
SIGNS = [sign for sign in string.printable if sign not in '";\r\n\x0b\x0c'] + ["ä", "€", "م"]
fuzzed = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@fuzzed
@given(seed=st.integers(0, 2**32))
def test_no_mutated_place_breaks_the_reader(seed):
    dice = random.Random(seed)
    some = [mutated(dice.choice(RICH), dice, dice.randrange(1, 12)) for _number in range(6)]
    found = integreat.read(as_json([RICH[0], *some]))
    assert found.total == 7
    assert not [one for one in found.rejected if one.reason is Unread.BROKEN]


@fuzzed
@given(seed=st.integers(0, 2**32))
def test_no_mutated_service_breaks_the_reader(seed):
    dice = random.Random(seed)
    kind = dice.choice(FULL)
    some = [mutated(kind, dice, dice.randrange(1, 15)) for _number in range(4)]
    data = json.dumps([kind, *some]).encode()
    found = hsds.read(data)
    assert not [one for one in found.rejected if one.reason is Unread.BROKEN]
    if kind in (FULL[0], FULL[3]):
        assert found.total == 5


@fuzzed
@given(data=st.binary(max_size=400))
def test_no_bytes_break_a_reader(data):
    for read in (integreat.read, hsds.read, table.read):
        try:
            read(data)
        except NotWhatItClaims:
            continue


@fuzzed
@given(seed=st.integers(0, 2**32))
def test_no_json_breaks_a_reader(seed):
    dice = random.Random(seed)

    def anything(depth=0):
        match dice.randrange(6 if depth < 3 else 4):
            case 4:
                return [anything(depth + 1) for _number in range(dice.randrange(4))]
            case 5:
                names = dice.sample(("id", "title", "name", "location", "path", "status", "contents", "services", "service", "organization", "services.csv", "content"), 4)
                return {name: anything(depth + 1) for name in names}
        return dice.choice(ODD)

    for read in (integreat.read, hsds.read, table.read):
        try:
            assert not [one for one in read(json.dumps(anything()).encode()).rejected if one.reason is Unread.BROKEN]
        except NotWhatItClaims:
            continue


@fuzzed
@given(seed=st.integers(0, 2**32))
def test_no_line_breaks_a_table(seed):
    dice = random.Random(seed)
    lines = ["Nr;Titel;Ort;PLZ;Beginn;Niveau;Kosten;Mindestalter;E-Mail;Breite;Länge"]
    for number in range(8):
        cells = [str(number), *("".join(dice.choices(SIGNS, k=dice.randrange(12))) for _cell in range(10))]
        lines.append(";".join(cells))
    found = table.read("\n".join(lines).encode())
    assert found.total == 8
    assert not [one for one in found.rejected if one.reason is Unread.BROKEN]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("format_", ["integreat", "hsds"])
def test_what_is_read_can_be_written_and_is_unchanged_the_next_time(seed, format_):
    """As many answers as records, twice; a database that refuses one of them would refuse all."""
    dice = random.Random(seed)
    rows = RICH if format_ == "integreat" else [{**FULL[0], "id": f"s{number}"} for number in range(25)]
    content = json.dumps([rows[0], *(mutated(one, dice, dice.randrange(1, 8)) for one in rows[1:])]).encode()
    first = taken_in(content, format_)
    assert sum(counts(first)) == len(rows)
    again = taken_in(content, format_)
    assert (again.new, again.changed, again.gone) == (0, 0, 0)
    assert again.unchanged == first.new == len(offers())
    changed = json.dumps([mutated(one, dice, 2) for one in json.loads(content)]).encode()
    third = taken_in(changed, format_)
    assert sum(counts(third)) - third.gone == len(rows)
