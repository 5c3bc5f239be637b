"""Sixteen writers into the audit, with and without a sealing job every second: throughput, and nothing missing."""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg

PROCESSES, THREADS = 4, 4
SECONDS = 20
EVERY = 1.0
TARGET = 0.8
SERVICES_WRITTEN = 8


def measure(dsn: str, *, seconds: float = SECONDS) -> dict[str, object]:
    """First without sealing, then with it, then without once more: the middle is compared with its neighbours."""
    _seal_everything(seconds * 30)
    before = _written(seconds, sealing=False)
    during = _written(seconds, sealing=True)
    after = _written(seconds, sealing=False)
    _seal_everything(seconds * 30)
    alone = (before["per_second"] + after["per_second"]) / 2
    return {
        "writers": PROCESSES * THREADS,
        "seconds": seconds,
        "alone_per_second": round(alone, 1),
        "sealed_per_second": round(during["per_second"], 1),
        "share": round(during["per_second"] / alone, 2),
        "sealing_runs": during["sealing_runs"],
        "sealing_p50_ms": during["sealing_p50_ms"],
        **_checked(dsn, before["written"] + during["written"] + after["written"]),
    }


def _written(seconds: float, *, sealing: bool) -> dict[str, float]:
    """All writers for so many seconds; each is a process of its own with four connections."""
    start = time.time() + 4  # all are ready by then
    with ThreadPoolExecutor(PROCESSES + 1) as pool:
        writers = [pool.submit(_child, "write", start, seconds) for _ in range(PROCESSES)]
        sealer = pool.submit(_child, "seal", start, seconds) if sealing else None
        written = sum(job.result()["written"] for job in writers)
        told = sealer.result() if sealer else {"runs": 0, "p50_ms": 0}
    return {
        "written": written,
        "per_second": written / seconds,
        "sealing_runs": told["runs"],
        "sealing_p50_ms": told["p50_ms"],
    }


def _seal_everything(limit: float) -> None:
    """What the filling and earlier runs left unsealed."""
    _child("seal-once", time.time(), limit)


def _child(task: str, start: float, seconds: float) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.sealing", task, str(start), str(seconds)]
    done = subprocess.run(
        command, cwd=Path(__file__).resolve().parents[1], capture_output=True, text=True, check=False,
        timeout=seconds + 600,
    )
    if done.returncode:
        raise RuntimeError(f"{task} failed:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def _checked(dsn: str, expected: int) -> dict[str, object]:
    """Every row written is there, and is either in a block or not yet sealed; the chain verifies."""
    from faden.kernel import sealing
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for
    from faden.organisations.queries.services import service_ids

    broken = []
    for organisation_id in service_ids()[:SERVICES_WRITTEN]:
        with opened_for(Actor.system(organisation_id), write=False):
            problem = sealing.verify(organisation_id, stream="deeds")
        broken += [str(problem)] if problem else []
    with psycopg.connect(dsn) as connection:
        rows = connection.execute("SELECT count(*) FROM kernel_auditevent").fetchone()
        blocks = connection.execute(
            "SELECT count(*), coalesce(sum(count), 0) FROM kernel_auditblock WHERE stream = 'deeds'"
        ).fetchone()
        # Below the last horizon of its service, yet in no block: lost by the sealing.
        unsealed = connection.execute(
            "SELECT count(*) FROM kernel_auditevent e WHERE e.xid >= coalesce((SELECT max(b.horizon)"
            " FROM kernel_auditblock b WHERE b.stream = 'deeds' AND b.organisation_id = e.organisation_id), '0')"
        ).fetchone()
    assert rows and blocks and unsealed
    return {
        "rows": rows[0],
        "blocks": blocks[0],
        "sealed": int(blocks[1]),
        "unsealed": unsealed[0],
        "missing": rows[0] - int(blocks[1]) - unsealed[0],
        "written": expected,
        "broken": broken,
    }


# --- the children -------------------------------------------------------------------------------


def _start_django() -> None:
    os.environ["FADEN_ACT_AS"] = "app"
    import django

    django.setup()


def _write(start: float, seconds: float) -> dict[str, float]:
    """Four threads, each with a connection: one event a transaction, as verbs do it."""
    from faden.organisations.queries.services import service_ids

    services = service_ids()[:SERVICES_WRITTEN]
    with ThreadPoolExecutor(THREADS) as pool:
        jobs = [pool.submit(_write_in_turn, services, number, start, seconds) for number in range(THREADS)]
        return {"written": sum(job.result() for job in jobs)}


def _write_in_turn(services: list[int], number: int, start: float, seconds: float) -> int:
    from django.db import connection

    from faden.cases.vocabulary import CONTACT_RECORDED
    from faden.kernel import audit, clock
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for

    written, turn = 0, number
    connection.ensure_connection()
    time.sleep(max(0.0, start - time.time()))
    while time.time() < start + seconds:
        actor = Actor(services[turn % len(services)], user_id=1, role="case_manager")
        with opened_for(actor, write=True):
            audit.note(CONTACT_RECORDED, by=actor, at=clock.now(), note="bench")
        written, turn = written + 1, turn + 1
    connection.close()
    return written


def _seal(start: float, seconds: float) -> dict[str, float]:
    """The real job over all services and both logs, begun once a second."""
    from faden.jobs.audit import seal_everything

    took: list[float] = []
    time.sleep(max(0.0, start - time.time()))
    while time.time() < start + seconds:
        began = time.time()
        seal_everything()
        took.append((time.time() - began) * 1000)
        time.sleep(max(0.0, EVERY - (time.time() - began)))
    took.sort()
    return {"runs": len(took), "p50_ms": round(took[len(took) // 2], 1) if took else 0}


def _seal_once() -> dict[str, float]:
    from faden.jobs.audit import seal_everything

    began = time.time()
    return {"blocks": seal_everything(), "seconds": time.time() - began}


def main(task: str, start: str, seconds: str) -> None:
    """One child process."""
    _start_django()
    if task == "write":
        told = _write(float(start), float(seconds))
    elif task == "seal":
        told = _seal(float(start), float(seconds))
    else:
        told = _seal_once()
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
