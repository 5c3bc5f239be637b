"""`faden bench`: fill, measure, report."""

import json
import os
import time
from typing import Any

import psycopg

from bench import place
from bench.sizes import SIZES, Size
from faden.outside.embedded_postgres import EmbeddedServer


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
    from bench import report

    missed = report.shortfalls(found, report.read(place.FOLDER / "10k.json") if size != "10k" else None)
    found["short_of"] = missed
    report.write(found, place.FOLDER / f"{size}.json")
    tell("\n" + report.text(found, missed))
    return 0


def measured(size: Size, *, keep: bool, quick: bool) -> dict[str, Any]:
    """The figures of one size; the scratch database is dropped afterwards unless it is to be kept."""
    server = place.measured_server()
    place.FOLDER.mkdir(parents=True, exist_ok=True)
    server.start()
    try:
        _use(server, size)
        about = _filled(server, size)
        found = {"size": size.name, "database": about, **_figures(server, size, quick=quick)}
        if not keep:
            _close_django()
            place.drop(server, size.database)
        return found
    finally:
        server.stop()


def _use(server: EmbeddedServer, size: Size) -> None:
    """This process is faden_app on the scratch database."""
    os.environ.update(place.environment_for(server, size.database))
    os.environ["FADEN_ACT_AS"] = "app"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config import keyring

    keyring.ensure()
    import django

    django.setup()


def _close_django() -> None:
    from django.db import connection

    connection.close()
    connection.close_pool()


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


def _figures(server: EmbeddedServer, size: Size, *, quick: bool) -> dict[str, Any]:
    """Policies, pages, sealing, in this order: sealing adds a hundred thousand rows."""
    from bench import pages, policies, samples, sealing, webserver

    database = size.database
    chosen = samples.take(server.dsn("postgres", database))
    tell("Row policies …")
    found: dict[str, Any] = {
        "policies": policies.compare(
            chosen, server.dsn("faden_app", database), server.dsn("faden_backup", database), times=10 if quick else 200
        )
    }
    tell("Pages …")
    effort = pages.Effort(requests=10, seconds=2, crowd_seconds=0.5) if quick else None
    with webserver.serving() as port:
        found["pages"] = pages.measure(port, chosen, effort)
    found["notes"] = pages.statements_by_length(chosen)
    tell("Sealing …")
    found["sealing"] = sealing.measure(server.dsn("postgres", database), seconds=1 if quick else sealing.SECONDS)
    return found
