"""What the row policies cost: the application's own statements with them and, raw, without them."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import NamedTuple
from uuid import UUID

import psycopg

from bench import captured
from bench.figures import p50, p95
from bench.samples import Lead, Samples
from faden.cases import policies
from faden.cases.models import Case, Task
from faden.cases.queries.case_page import case_page
from faden.cases.queries.caseload import open_cases, page_of
from faden.cases.queries.day import day_of
from faden.cases.queries.finding import hits
from faden.cases.queries.timeline import history_of
from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.models import Look
from faden.kernel.rls import opened_for
from faden.persons.rules.likeness import Asked

TIMES = 200
_FRAME = (
    "SELECT set_config('faden.organisation', %s, true), set_config('faden.user', %s, true),"
    " set_config('transaction_read_only', 'on', true)"
)
_EXPLAIN = "EXPLAIN (ANALYZE, TIMING OFF, BUFFERS OFF, FORMAT JSON) "
_LARGE = 10_000


@dataclass
class Pair:
    """One piece of work for one person: its statements with and without policies."""

    actor: Actor
    own: list[str]
    raw: list[str]


class Spent(NamedTuple):
    """Milliseconds: executing and planning as the server tells, waiting as the client sees it."""

    executed: float
    planned: float
    waited: float


@dataclass
class Compared:
    """One line of the report; milliseconds of server execution, planning and the whole wait apart."""

    name: str
    statements: int
    policy: list[Spent] = field(default_factory=list)
    raw: list[Spent] = field(default_factory=list)
    scans: set[str] = field(default_factory=set)

    def line(self) -> dict[str, object]:
        executed, raw = [s.executed for s in self.policy], [s.executed for s in self.raw]
        waited, raw_waited = p50([s.waited for s in self.policy]), p50([s.waited for s in self.raw])
        return {
            "name": self.name,
            "statements": self.statements,
            "policy_p50": p50(executed),
            "policy_p95": p95(executed),
            "raw_p50": p50(raw),
            "raw_p95": p95(raw),
            "ratio": round(p50(executed) / p50(raw), 2),
            "planning_policy_p50": p50([s.planned for s in self.policy]),
            "planning_raw_p50": p50([s.planned for s in self.raw]),
            "wait_policy_p50": waited,
            "wait_raw_p50": raw_waited,
            "wait_ratio": round(waited / raw_waited, 2),
            "large_scans": sorted(self.scans),
        }


def _caseload(lead: Lead, turn: int) -> None:
    today = clock.today()
    page_of(open_cases(UUID(lead.actor.membership_id), now=clock.now(), today=today), today=today)


def _case_page(lead: Lead, turn: int) -> None:
    access = policies.access(lead.actor, lead.cases[turn % len(lead.cases)], on=clock.today(), at=clock.now())
    case_page(access, actor=lead.actor, now=clock.now())


def _timeline(lead: Lead, turn: int) -> None:
    history_of(Case(id=lead.cases[turn % len(lead.cases)]))


def _search(lead: Lead, turn: int) -> None:
    asked = Asked(names=[lead.searches[turn % len(lead.searches)]])
    hits(asked, membership_id=UUID(lead.actor.membership_id), on=clock.today())


def _tasks(lead: Lead, turn: int) -> None:
    found = Task.objects.filter(assignee_id=UUID(lead.actor.membership_id), done_at__isnull=True)
    list(found.order_by("due_on", "id")[:50])


def _day(lead: Lead, turn: int) -> None:
    day_of(UUID(lead.actor.membership_id), today=clock.today())


def _looks(lead: Lead, turn: int) -> None:
    list(Look.objects.order_by("-at")[:50])


WORKS: dict[str, Callable[[Lead, int], None]] = {
    "caseload, 50 rows": _caseload,
    "case page": _case_page,
    "timeline, newest 20": _timeline,
    "name search": _search,
    "open tasks of a person": _tasks,
    "Mein Tag": _day,
    "newest looks": _looks,
}


def compare(samples: Samples, app_dsn: str, raw_dsn: str, *, times: int = TIMES) -> list[dict[str, object]]:
    """All works; both sides in turn, in the same transaction frame, on connections of their own."""
    found = []
    with psycopg.connect(app_dsn) as app, psycopg.connect(raw_dsn) as raw:
        for name, work in WORKS.items():
            pairs = list(_pairs(work, samples))
            compared = Compared(name, len(pairs[0].own))
            for pair in pairs:
                _warm_up(app, raw, pair, compared)
            for pair in islice(cycle(pairs), times):
                _measure(app, raw, pair, compared)
            found.append(compared.line())
    return found


def _pairs(work: Callable[[Lead, int], None], samples: Samples) -> Iterator[Pair]:
    """Three different cases or names of each of the eight."""
    for turn in range(3):
        for lead in samples.leads:
            with opened_for(lead.actor, write=False), captured.statements() as sent:
                work(lead, turn * 7)
            own = captured.reads(sent)
            raw = [captured.without_policies(sql, lead.actor.organisation_id) for sql in own]
            yield Pair(lead.actor, own, raw)


def _warm_up(app: psycopg.Connection, raw: psycopg.Connection, pair: Pair, compared: Compared) -> None:
    """Once each, so that both find the same pages in memory; notes scans of large tables."""
    for told in _explained(app, pair.actor, pair.own):
        compared.scans |= set(_large_scans(told["Plan"]))
    _explained(raw, pair.actor, pair.raw)


def _measure(app: psycopg.Connection, raw: psycopg.Connection, pair: Pair, compared: Compared) -> None:
    compared.policy.append(_spent(app, pair.actor, pair.own))
    compared.raw.append(_spent(raw, pair.actor, pair.raw))


def _spent(connection: psycopg.Connection, actor: Actor, sent: list[str]) -> Spent:
    told = _explained(connection, actor, sent)
    executed = sum(one["Execution Time"] for one in told)
    return Spent(executed, sum(one["Planning Time"] for one in told), _waited(connection, actor, sent))


@contextmanager
def _frame(connection: psycopg.Connection, actor: Actor) -> Iterator[None]:
    """The transaction as the door opens it; without policies its settings just have no effect."""
    with connection.transaction():
        connection.execute(_FRAME, [str(actor.organisation_id), str(actor.user_id)])
        yield


def _explained(connection: psycopg.Connection, actor: Actor, sent: list[str]) -> list[dict]:
    """What the server tells about each statement."""
    with _frame(connection, actor):
        return [connection.execute(_EXPLAIN + sql).fetchone()[0][0] for sql in sent]  # type: ignore[index, arg-type]


def _waited(connection: psycopg.Connection, actor: Actor, sent: list[str]) -> float:
    """The same statements once more as they are, with their rows brought over."""
    with _frame(connection, actor):
        began = time.perf_counter()
        for sql in sent:
            connection.execute(sql).fetchall()  # type: ignore[arg-type]
        return (time.perf_counter() - began) * 1000


def _large_scans(plan: dict) -> Iterator[str]:
    """Tables that a plan reads to a large part without need of it."""
    read = plan.get("Actual Rows", 0) * plan.get("Actual Loops", 1) + plan.get("Rows Removed by Filter", 0)
    if "Relation Name" in plan and read > _LARGE:
        yield f"{plan['Node Type']} on {plan['Relation Name']}: {read:.0f} rows"
    for part in plan.get("Plans", []):
        yield from _large_scans(part)
