"""A small load generator: threads with one kept connection each; ends by itself after a count or a time."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

HOST = "127.0.0.1"
TIMEOUT = 30


@dataclass(frozen=True)
class Call:
    """One request: where to, and for a search what is posted."""

    path: str
    post: dict[str, str] | None = None


@dataclass(frozen=True)
class User:
    """A signed-in session and the addresses it asks for, one after the other."""

    cookie: str
    csrf: str
    calls: Callable[[], Iterator[Call]]


@dataclass(frozen=True)
class Outcome:
    """What was measured: milliseconds of each request, and how many a second."""

    milliseconds: list[float]
    per_second: float
    failed: int


def run(port: int, users: list[User], *, count: int, seconds: float) -> Outcome:
    """All users at once until together `count` requests are answered or the time is over."""
    times: list[float] = []
    failures: list[int] = []
    left = threading.Semaphore(count)
    began = time.monotonic()
    threads = [
        threading.Thread(target=_ask, args=(port, user, left, began + seconds, times, failures), daemon=True)
        for user in users
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + TIMEOUT)
    took = time.monotonic() - began
    return Outcome(times, round(len(times) / took, 1), len(failures))


def _ask(
    port: int, user: User, left: threading.Semaphore, until: float, times: list[float], failures: list[int]
) -> None:
    connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT)
    calls = user.calls()
    while time.monotonic() < until and left.acquire(blocking=False):
        began = time.monotonic()
        status = send(connection, user, next(calls))
        times.append((time.monotonic() - began) * 1000)
        if status != 200:
            failures.append(status)
    connection.close()


def send(connection: http.client.HTTPConnection, user: User, call: Call) -> int:
    """One request on the kept connection; returns the status."""
    headers = {
        "Cookie": f"faden_session={user.cookie}; faden_csrf={user.csrf}",
        "Host": f"{HOST}:{connection.port}",
    }
    if call.post is None:
        connection.request("GET", call.path, headers=headers)
    else:
        body = urlencode({**call.post, "csrfmiddlewaretoken": user.csrf})
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST", call.path, body, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status
