"""Statements that take long on a large database: every page that needs no argument, in every role."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from bench import load
from bench.pages import signed_in
from bench.samples import Samples

LIMIT_MS = 15
TIMES = 3
# Filters that a page offers and that ask the database for something rare.
FILTERS = {
    "caseload": ("?phase=closed", "?phase=monitoring", "?seite=2"),
    "inquiries": ("?ergebnis=open", "?ergebnis=declined"),
    "looks": ("?kind=export", "?number={number}"),
    "deeds": ("?kind=case.opened", "?number={number}"),
    "team-cases": ("?seite=2",),
}
_LEAVE_OUT = ("account_", "mfa_", "socialaccount_", "saml_", "openid", "usersessions")


def found(samples: Samples, *, times: int = TIMES) -> list[dict[str, object]]:
    """The slow ones, the slowest first."""
    seen: dict[str, dict[str, object]] = {}
    for actor in (samples.heavy.actor, samples.team_lead, samples.officer, samples.administrator):
        cookie = signed_in(actor)
        for address in _addresses(samples.number):
            for sql, ms in _timed(cookie, address, times):
                if ms > LIMIT_MS:
                    line = {"role": actor.role, "address": address, "ms": round(ms, 1), "sql": sql[:2000]}
                    seen.setdefault(f"{address} {sql[:80]} {sql[-80:]}", line)
    return sorted(seen.values(), key=lambda line: -float(str(line["ms"])))


def _addresses(number: str) -> Iterator[str]:
    for name in sorted(_names(get_resolver().url_patterns)):
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        yield address
        yield from (address + query.format(number=number) for query in FILTERS.get(name, ()))


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if not pattern.namespace:
                yield from _names(pattern.url_patterns)
        elif pattern.name and not pattern.name.startswith(_LEAVE_OUT):
            yield pattern.name


def _timed(cookie: str, address: str, times: int) -> list[tuple[str, float]]:
    """The statements of one page, each at its best of so many after a first time: the machine may be busy."""
    client = Client(SERVER_NAME=load.HOST, raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    rounds = [_clocked(client, address) for _ in range(times + 1)]
    best: dict[str, float] = {}
    for sql, ms in (pair for sent in rounds[1:] or rounds for pair in sent):
        best[sql] = min(ms, best.get(sql, ms))
    return list(best.items())


def _clocked(client: Client, address: str) -> list[tuple[str, float]]:
    times: list[tuple[str, float]] = []

    def clock(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            times.append((sql, (time.perf_counter() - began) * 1000))

    with connection.execute_wrapper(clock):
        client.get(address)
    return times
