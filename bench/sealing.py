"""Sixteen writers into the audit, with and without a sealing job every second: is anything lost or slowed?"""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench.figures import p50
from faden.outside.embedded_postgres.keeper import dies_with

SECONDS = 20
EVERY = 1.0
SERVICES_WRITTEN = 8
PATIENCE = 600


@dataclass(frozen=True)
class Crowd:
    """How many write, and how long."""

    processes: int = 4
    threads: int = 4
    seconds: float = SECONDS


def measure(dsn: str, crowd: Crowd | None = None) -> dict[str, object]:
    """Without sealing, with it, without once more: the middle is compared with its neighbours."""
    from faden.jobs.audit import seal_everything

    crowd = crowd or Crowd()
    seal_everything()
    before = _written(crowd, sealing=False)
    during = _written(crowd, sealing=True)
    after = _written(crowd, sealing=False)
    seal_everything()
    alone = (before["per_second"] + after["per_second"]) / 2
    return {
        "writers": crowd.processes * crowd.threads,
        "seconds": crowd.seconds,
        "alone_per_second": round(alone, 1),
        "sealed_per_second": round(during["per_second"], 1),
        "share": round(during["per_second"] / alone, 2),
        "sealing_runs": during["sealing_runs"],
        "sealing_p50_ms": during["sealing_p50_ms"],
        **_checked(dsn, int(before["written"] + during["written"] + after["written"])),
    }


def _written(crowd: Crowd, *, sealing: bool) -> dict[str, float]:
    """All writers for so many seconds, each process with its own connections."""
    told = _together(["write"] * crowd.processes + ["seal"] * sealing, crowd)
    written = sum(one.get("written", 0) for one in told)
    sealer = told[-1]
    return {
        "written": written,
        "per_second": written / crowd.seconds,
        "sealing_runs": sealer.get("runs", 0),
        "sealing_p50_ms": sealer.get("p50_ms", 0),
    }


def _together(tasks: list[str], crowd: Crowd) -> list[dict[str, float]]:
    """Child processes that begin at the same moment: each says it is ready and waits for the word."""
    children = [_child(task, crowd) for task in tasks]
    try:
        for child in children:
            child.stdout.readline()  # type: ignore[union-attr]
        for child in children:
            child.stdin.write("go\n")  # type: ignore[union-attr]
            child.stdin.flush()  # type: ignore[union-attr]
        answers = [child.communicate(timeout=PATIENCE) for child in children]
    finally:
        for child in children:
            if child.poll() is None:
                child.kill()
    for task, child, (_, problem) in zip(tasks, children, answers, strict=True):
        if child.returncode:
            raise RuntimeError(f"{task} failed:\n{problem[-3000:]}")
    return [json.loads(answer.splitlines()[-1]) for answer, _ in answers]


def _child(task: str, crowd: Crowd) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "bench.sealing", task, str(crowd.threads), str(crowd.seconds)],
        cwd=Path(__file__).resolve().parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=dies_with(os.getpid(), by=signal.SIGTERM),
    )


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
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


def _wait_for_the_word() -> float:
    """The moment all begin."""
    print("ready", flush=True)
    sys.stdin.readline()
    return time.time()


def _write(threads: int, seconds: float) -> dict[str, float]:
    """Each thread with a connection of its own: one event a transaction, as verbs do it."""
    from faden.organisations.queries.services import service_ids

    services = service_ids()[:SERVICES_WRITTEN]
    start = _wait_for_the_word()
    with ThreadPoolExecutor(threads) as pool:
        jobs = [pool.submit(_write_in_turn, services, number, start + seconds) for number in range(threads)]
        return {"written": sum(job.result() for job in jobs)}


def _write_in_turn(services: list[int], number: int, until: float) -> int:
    from django.db import connection

    from faden.cases.vocabulary.contact_note import CONTACT_RECORDED
    from faden.kernel import audit, clock
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for

    written, turn = 0, number
    while time.time() < until:
        actor = Actor(services[turn % len(services)], user_id=1, role="case_manager")
        with opened_for(actor, write=True):
            audit.note(CONTACT_RECORDED, by=actor, at=clock.now(), note="bench")
        written, turn = written + 1, turn + 1
    connection.close()
    return written


def _seal(seconds: float) -> dict[str, float]:
    """The real job over all services and both logs, begun once a second."""
    from faden.jobs.audit import seal_everything

    took: list[float] = []
    start = _wait_for_the_word()
    while time.time() < start + seconds:
        began = time.time()
        seal_everything()
        took.append((time.time() - began) * 1000)
        time.sleep(max(0.0, EVERY - (time.time() - began)))
    return {"runs": len(took), "p50_ms": p50(took)}


def main(task: str, threads: str, seconds: str) -> None:
    """One child process; its last line is what it tells."""
    _start_django()
    told = _write(int(threads), float(seconds)) if task == "write" else _seal(float(seconds))
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
