"""The real export of Munich: exact counts, and the same again without doubles."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.directory.importing import counts, munich, offers, taken_in

SOURCE = "Integreat München"


@pytest.fixture
def places():
    return munich()


@pytest.mark.django_db
def test_all_places_come_once_and_nothing_changes_the_second_time(places):
    assert counts(taken_in(places, source=SOURCE)) == (518, 0, 0, 0, 0)
    before = {key: (row.id, row.version, row.changed_at) for key, row in offers(SOURCE).items()}
    assert counts(taken_in(places, source=SOURCE)) == (0, 0, 518, 0, 0)
    assert {key: (row.id, row.version, row.changed_at) for key, row in offers(SOURCE).items()} == before
    assert len(before) == 518


@pytest.mark.django_db
def test_one_changed_one_gone_one_broken_one_new(places):
    taken_in(places, source=SOURCE)
    fresh = {**places[5], "id": 999_999, "title": "Neu", "location": {**places[5]["location"], "id": 888_888}}
    later = [{**places[0], "content": "<p>Anders</p>"}, {**places[2], "title": None}, *places[3:], fresh]
    report = taken_in(later, source=SOURCE)
    assert counts(report) == (1, 1, 515, 1, 1)
    rows = offers(SOURCE)
    gone, broken = (rows[str(places[at]["location"]["id"])] for at in (1, 2))
    assert gone.ended_because == "gone"
    assert broken.ended_at is None, "a record that is broken in the new file is not gone from the source"


@pytest.mark.django_db
def test_what_the_real_file_gives(places):
    taken_in(places, source=SOURCE)
    rows = offers(SOURCE).values()
    assert sum(len(row.places.all()) for row in rows) == 518
    assert all(place.latitude and 47 < place.latitude < 50 for row in rows for place in row.places.all())
    assert sum(bool(row.phone or row.email or row.website) for row in rows) == 380
    assert sum(bool(row.schedules) for row in rows) == 32  # 31 with opening hours, one closed for the time being
    assert {row.confirmed_how for row in rows} == {"source"}
    assert {tuple(row.silent) for row in rows} == {("residence", "german", "age", "gender", "town", "benefit", "childcare")}
    assert not any("<img" in row.description or "<span" in row.description or "style=" in row.description for row in rows)
    assert sum(row.category == "Beratung" for row in rows) == 107


@pytest.mark.django_db
def test_names_of_contacts_stay_behind(places):
    marked = [
        {**one, "contacts": [{**contact, "name": f"Zwetschge Nr{number}-{at}"} for at, contact in enumerate(one["contacts"])]}
        for number, one in enumerate(places)
    ]
    assert sum(len(one["contacts"]) for one in marked) == 427
    taken_in(marked, source=SOURCE)
    with connection.cursor() as cursor:
        for table in ("offer", "provider", "place", "source"):
            cursor.execute(f"SELECT count(*) FROM directory_{table} AS row WHERE row::text LIKE %s", ["%Zwetschge%"])
            assert cursor.fetchone() == (0,), table


@pytest.mark.django_db
def test_the_number_of_statements_does_not_grow_with_the_records(places):
    def cost(some):
        with CaptureQueriesContext(connection) as queries:
            taken_in(some, source=f"Quelle {len(some)}")
        return len(queries)

    assert cost(places[:10]) == cost(places[:150])
    assert cost(places) <= cost(places[:10]) + 8  # batches of 200


@pytest.mark.django_db
def test_it_takes_seconds(places):
    """Of this process's own work, whatever else the machine does: measured 0.9 s and 0.5 s."""
    begun = time.process_time()
    taken_in(places, source=SOURCE)
    assert time.process_time() - begun < 6
    begun = time.process_time()
    taken_in(places, source=SOURCE)
    assert time.process_time() - begun < 4
