"""`faden serve` on the scratch database, as its own process, ended when the measuring is over."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.place import FOLDER, PROJECT
from faden.outside.embedded_postgres.keeper import dies_with

WORKERS = 2
PATIENCE = 60


@contextmanager
def serving(environment: dict[str, str], *, workers: int = WORKERS) -> Iterator[int]:
    """The port on which it answers."""
    _collect_static()
    port = _free_port()
    log = FOLDER / f"serve-{port}.log"
    with log.open("wb") as out:
        command = [
            sys.executable,
            "-m",
            "config.cli",
            "serve",
            "--port",
            str(port),
            "--workers",
            str(workers),
        ]
        server = subprocess.Popen(
            command,
            cwd=PROJECT,
            stdout=out,
            stderr=out,
            env={**os.environ, **environment},
            start_new_session=True,
            preexec_fn=dies_with(os.getpid(), by=signal.SIGTERM),
        )
        try:
            _await(port, server, log)
            yield port
            log.unlink()
        finally:
            _end(server)


def _collect_static() -> None:
    """Pages name their files by the manifest."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"faden serve ended: see {log}")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status < 500:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"faden serve did not answer within {PATIENCE} s: see {log}")


def _end(server: subprocess.Popen[bytes]) -> None:
    """Its own session, so its workers end with it."""
    if server.poll() is None:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(15)
