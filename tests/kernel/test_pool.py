"""Two services through one small pool of connections: no answer ever shows the other's rows."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import local

import pytest
from django.db import connection, connections
from django.test import Client

from tests.desk_client import keyed, signed_in
from tests.kernel.addresses import address
from tests.kernel.worlds import World

pytestmark = pytest.mark.debian

REQUESTS, THREADS = 200, 4
# Each shows the service's name when it works; the last two crash or are refused in the middle.
PAGES = ("caseload", "day", "case", "contact", "task", "search", "foreign case", "broken")


@pytest.fixture
def one_small_pool(two):
    """Fewer connections than threads, so that each serves both services in turn."""
    options = connections["default"].settings_dict["OPTIONS"]
    before = options["pool"]
    connections["default"].close()
    connections["default"].close_pool()
    options["pool"] = {"min_size": 1, "max_size": 2, "timeout": 30}
    yield two
    connections["default"].close()
    connections["default"].close_pool()
    options["pool"] = before


def ask(client: Client, page: str, own: World, other: World) -> tuple[int, str]:
    """One request; afterwards the connection goes back to the pool, as after each real one."""
    try:
        if page == "search":
            answer = client.post("/suche/ergebnis/", keyed(name=own.family, born=""))
        elif page == "foreign case":
            answer = client.get(f"/faelle/{other.case.id}/")
        elif page == "broken":
            answer = client.post(f"/faelle/{own.case.id}/aufgaben/neu/", keyed(title=""))
        else:
            answer = client.get(address(page, own))
        return answer.status_code, answer.content.decode()
    finally:
        connection.close()


def test_no_answer_shows_the_other_service(one_small_pool):
    two, chance, mine = one_small_pool, Random(7), local()
    emails = ("amal@caritas-ahaus.example", "cem@drk-gronau.example")
    wanted = [(chance.randrange(2), chance.choice(PAGES)) for _ in range(REQUESTS)]

    def one(job: tuple[int, str]) -> tuple[str, int, bool, bool]:
        which, page = job
        if not hasattr(mine, "clients"):
            mine.clients = [signed_in(email) for email in emails]
        own, other = two[which], two[1 - which]
        status, body = ask(mine.clients[which], page, own, other)
        return page, status, own.family in body, other.family in body

    with ThreadPoolExecutor(THREADS) as threads:
        answers = set(threads.map(one, wanted))
    right = {"foreign case": (404, False, False), "broken": (422, True, False)}
    assert answers == {(page, *right.get(page, (200, True, False))) for page in PAGES}
