"""`faden bench`: fill, measure, report."""

import json
import os
import time
from collections.abc import Iterator
from typing import Any

import psycopg

from bench import place, report
from bench.sizes import SIZES, Size
from faden.outside.embedded_postgres import EmbeddedServer

COMPARED_WITH = SIZES["10k"]


def tell(line: str) -> None:
    """One line of progress."""
    print(line, flush=True)


def run(size: str, keep: bool, *, quick: bool = False) -> int:
    """Everything for one size; 0 also when a target is missed, 1 when it cannot be measured."""
    try:
        found = measured(SIZES[size], keep=keep, quick=quick)
    except place.NotEnoughDisk as problem:
        tell(str(problem))
        return 1
    found["short_of"] = report.shortfalls(found)
    report.write(found, place.FOLDER / f"{size}.json")
    tell("\n" + report.text(found))
    return 0


def run_residence() -> int:
    """The residence rules alone; they need no database."""
    from bench import residence

    found = residence.measured()
    tell(residence.text(found))
    for one in residence.shortfalls(found):
        tell(one)
    return 0


def measured(size: Size, *, keep: bool, quick: bool) -> dict[str, Any]:
    """The figures of one size; the scratch databases are dropped afterwards unless they are to be kept."""
    server = place.measured_server()
    server.start()
    try:
        place.use(server, size.database)
        about = _filled(server, size)
        larger = size.cases > COMPARED_WITH.cases
        if larger:
            _filled(server, COMPARED_WITH)
        found = {"size": size.name, "database": about}
        for part in _figures(server, size, quick=quick, larger=larger):
            found |= part
            # What is measured is kept, whatever comes after it.
            report.write(found, place.FOLDER / f"{size.name}.json")
        if not keep:
            place.let_go()
            for database in {size.database, *([COMPARED_WITH.database] if larger else [])}:
                place.drop(server, database)
        return found
    finally:
        server.stop()


def _filled(server: EmbeddedServer, size: Size) -> dict[str, Any]:
    """The kept database when it is still what would be filled, else a new one."""
    note = place.note_of(server, size.database)
    about = json.loads(note) if note else {}
    if about.get("fingerprint") == place.fingerprint():
        tell(f"Using the kept database {size.database}.")
        return about  # type: ignore[no-any-return]
    place.drop(server, size.database)
    place.ask_for_room(size)
    tell(f"Filling {size.database} with {size.cases} cases:")
    loading = place.loading_server()
    place.restart(server, loading)
    try:
        about = _fill(loading, size)
    finally:
        place.restart(loading, server)
    place.keep_note(server, size.database, json.dumps(about))
    return about


def _fill(server: EmbeddedServer, size: Size) -> dict[str, Any]:
    from bench.fill import fill

    began = time.monotonic()
    place.make(server, size.database)
    steps = {"migrations": round(time.monotonic() - began, 1)}
    steps |= fill(server.dsn("postgres", size.database), size, tell)
    with psycopg.connect(server.dsn("postgres", size.database)) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert row is not None
    return {
        "fingerprint": place.fingerprint(),
        "cases": size.cases,
        "filling": steps,
        "filled_in": round(time.monotonic() - began, 1),
        "gigabytes": round(row[0] / 1e9, 2),
    }


def _figures(server: EmbeddedServer, size: Size, *, quick: bool, larger: bool) -> Iterator[dict[str, Any]]:
    """Policies, pages, sealing, in this order: sealing adds a hundred thousand rows."""
    from bench import directory, matching, policies, residence, rules, samples, sealing

    dsn = {role: server.dsn(role, size.database) for role in ("postgres", "faden_app", "faden_backup")}
    chosen = samples.take(dsn["postgres"])
    yield {"load_before": round(os.getloadavg()[0], 1)}
    tell("Row policies …")
    times = 2 if quick else policies.TIMES
    yield {"policies": policies.compare(chosen, dsn["faden_app"], dsn["faden_backup"], times=times)}
    yield {"rules": rules.measured()}
    tell("Angebote …")
    yield {"offers": matching.measured(size.offers, quick=quick)}
    yield {"search": directory.measured(size.offers, quick=quick)}
    yield {"residence": residence.measured(quick=quick)}
    tell("Pages …")
    yield _pages(server, size, chosen, quick=quick, larger=larger)
    tell("Sealing …")
    crowd = sealing.Crowd(processes=1, seconds=0.3) if quick else None
    yield {"sealing": sealing.measure(dsn["postgres"], crowd)}


def _pages(server: EmbeddedServer, size: Size, chosen: Any, *, quick: bool, larger: bool) -> dict[str, Any]:
    """Through the real server; larger sizes take turns with the smallest."""
    from bench import pages, slow, webserver

    effort = pages.Effort(warm_up=1, requests=2, seconds=2, crowd_seconds=0.05) if quick else pages.Effort()
    found: dict[str, Any] = {"notes": pages.statements_by_length(chosen), "slow": slow.found(chosen, times=0 if quick else slow.TIMES)}
    planned = pages.visits(chosen)
    workers = 1 if quick else webserver.WORKERS
    with webserver.serving(place.environment_for(server, size.database), workers=workers) as port:
        found["pages"] = pages.measure(port, planned, effort)
        if larger:
            found["growth"] = _growth(server, port, planned, size)
    return found


def _growth(server: EmbeddedServer, port: int, planned: Any, size: Size) -> dict[str, float]:
    from bench import pages, samples, webserver

    small = COMPARED_WITH.database
    place.use(server, small)
    others = pages.visits(samples.take(server.dsn("postgres", small)))
    place.use(server, size.database)
    with webserver.serving(place.environment_for(server, small)) as other:
        return pages.compare(port, planned, other, others, pages.Effort())
