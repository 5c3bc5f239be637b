"""Fills a scratch database: plan, rows, keys, statistics; two tables at a time on two cores."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg

from bench import fill_chains as chains
from bench import fill_network as network
from bench import fill_offers as offers
from bench import fill_papers as papers
from bench import fill_rows as rows
from bench.fill_plan import Moment, draw_up, this_moment
from bench.sizes import TASKS, Size
from bench.tables import FILLED, Dressing, undress

Tell = Callable[[str], None]
WORKERS = 2


def fill(dsn: str, size: Size, tell: Tell) -> dict[str, float]:
    """Everything; returns the seconds of each step."""
    took: dict[str, float] = {}
    now = this_moment()
    with _connected(dsn) as connection:
        _timed(took, "plan", tell, lambda: draw_up(connection, size, now))
        dressing = undress(connection)
    _timed(took, "rows and indexes", tell, lambda: _each_table(dsn, dressing, now, tell))
    with _connected(dsn) as connection:
        chains.fill_goals(connection)
        offers.put_in(connection, size.offers)
    _timed(took, "vacuum and statistics", tell, lambda: _vacuum(dsn))
    _timed(took, "foreign keys", tell, lambda: _keys(dsn, dressing))
    with _connected(dsn) as connection:
        connection.execute("DROP SCHEMA bench CASCADE")
        connection.execute("CHECKPOINT")
    return took


def _connected(dsn: str, *, autocommit: bool = True) -> psycopg.Connection:
    """Values are put into the text here: the server takes several statements at once only without them."""
    return psycopg.connect(dsn, autocommit=autocommit, cursor_factory=psycopg.ClientCursor)


def _timed(took: dict[str, float], step: str, tell: Tell, work: Callable[[], object]) -> None:
    began = time.monotonic()
    work()
    took[step] = round(time.monotonic() - began, 1)
    tell(f"  {step}: {took[step]:.0f} s")


def _statements() -> dict[str, list[str]]:
    """What fills each table, the longest first."""
    rounds = rows.rounds()
    entries = [rows.note_entries(k, source) for k, source in rounds]
    entries += [rows.task_entries(k) for k in range(1, TASKS + 1)] + chains.chain_entries()
    entries += papers.paper_entries() + network.network_entries()
    return {
        "cases_contactnote": [rows.note_rows(k, source) for k, source in rounds],
        "cases_timelineentry": entries + rows.other_entries(),
        "cases_task": [rows.task_rows(k) for k in range(1, TASKS + 1)],
        "persons_namekey": [rows.NAME_KEYS],
        "kernel_look": [rows.look_rows()],
        "cases_case": [rows.CASES],
        "persons_person": [rows.PERSONS],
        "persons_personname": [rows.PERSON_NAMES],
        "cases_inquiry": [rows.INQUIRIES],
        "cases_appointment": [rows.appointment_rows(1), rows.appointment_rows(2)],
        "cases_phasechange": [rows.PHASES],
        "cases_casemember": [rows.MEMBERS],
        "consents_counsellingagreement": [rows.AGREEMENTS],
        **{table: [rows.fact_rows(table, *parts)] for table, parts in rows.FACTS.items()},
        **chains.TABLES,
        **papers.TABLES,
        **network.TABLES,
    }


def _each_table(dsn: str, dressing: Dressing, now: Moment, tell: Tell) -> None:
    statements = _statements()
    assert tuple(statements) == FILLED
    with ThreadPoolExecutor(WORKERS) as pool:
        jobs = [
            pool.submit(_one_table, dsn, table, statements[table], dressing.indexes.get(table, []), now, tell)
            for table in FILLED
        ]
        for job in jobs:
            job.result()


def _one_table(
    dsn: str, table: str, statements: list[str], indexes: list[str], now: Moment, tell: Tell
) -> None:
    """In one transaction with TRUNCATE: under wal_level minimal nothing of it goes through the WAL."""
    began = time.monotonic()
    with _connected(dsn, autocommit=False) as connection:
        connection.execute(f"TRUNCATE {table}")
        for statement in statements:
            connection.execute(statement, {"now": now.ms})
        filled = time.monotonic()
        for index in indexes:
            connection.execute(index)
    tell(f"    {table}: rows {filled - began:.0f} s, indexes {time.monotonic() - filled:.0f} s")


def _vacuum(dsn: str) -> None:
    def one(table: str) -> None:
        with _connected(dsn) as connection:
            connection.execute(f"VACUUM (ANALYZE) {table}")

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(one, FILLED))
    with _connected(dsn) as connection:
        connection.execute("ANALYZE")


def _keys(dsn: str, dressing: Dressing) -> None:
    with _connected(dsn) as connection:
        for statement in dressing.keys:
            connection.execute(statement)

    def check(statements: list[str]) -> None:
        with _connected(dsn) as connection:
            for statement in statements:
                connection.execute(statement)

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(check, dressing.checks.values()))
