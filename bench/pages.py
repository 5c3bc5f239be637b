"""Pages through the real server: time at one user, requests a second at one and at eight, statements."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle, repeat
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from bench import captured, load
from bench.figures import p50, p95
from bench.load import Call, User
from bench.samples import Lead, Samples
from faden.doors import session
from faden.kernel.actor import Actor
from faden.organisations.models import User as Account

CSRF = "b" * 32
TURNS = 4
FLOOR = "floor: readyz, SELECT 1"


@dataclass(frozen=True)
class Page:
    """One line of the table: a URL by name; `of` says what it belongs to, or that it is a search."""

    title: str
    url: str
    of: str = ""
    p50_target: float | None = None
    rate_target: float | None = None


# To measure another page, add a line.
PAGES = (
    Page(FLOOR, "readyz"),
    Page("Mein Tag", "day", p50_target=60),
    Page("Fristen", "deadlines"),
    Page("caseload", "caseload", p50_target=40, rate_target=50),
    Page("caseload of the longest list", "caseload", of="heavy"),
    Page("case page", "case", of="case", p50_target=40, rate_target=40),
    Page("case page, family of 4", "case", of="family", p50_target=50),
    Page("case page, 3 chains of 20 steps", "case", of="chained", p50_target=60),
    Page("chains of a case", "chains", of="chained"),
    Page("chain with its picture", "chain", of="chain"),
    Page("plan", "plan", of="plan"),
    Page("Vermittlungen of mine", "referral-list"),
    Page("Eingang", "received"),
    Page("register of Weitergaben", "release-register"),
    Page("contact note form", "contact-new", of="case"),
    Page("Angebote for a person", "matches", of="case", p50_target=100),
    Page("Angebote, public list", "offers"),
    Page("name search", "search-find", of="search", p50_target=60),
    Page("log of looks", "looks", of="officer"),
)


@dataclass(frozen=True)
class Effort:
    """How long is measured."""

    warm_up: int = 40
    requests: int = 200
    seconds: float = 15
    crowd_seconds: float = 8


class Visits(NamedTuple):
    """A page and who asks for it: the first alone, all of them as a crowd."""

    page: Page
    users: list[User]


def visits(samples: Samples) -> list[Visits]:
    """Everybody signed in on the database this process uses; pages without an address yet are left out."""
    sessions = {actor.user_id: signed_in(actor) for actor in _everybody(samples)}
    found = []
    for page in PAGES:
        with suppress(NoReverseMatch):
            users = [User(cookie, CSRF, calls) for cookie, calls in _users(page, samples, sessions)]
            found.append(Visits(page, users))
    return found


def measure(port: int, planned: list[Visits], effort: Effort) -> list[dict[str, object]]:
    """One line per page."""
    return [_line(port, visit, effort) for visit in planned]


def compare(
    port: int, planned: list[Visits], other: int, others: list[Visits], effort: Effort
) -> dict[str, float]:
    """How many times slower each page is than on the other database, taking turns."""
    ratios = {}
    for visit, small in zip(planned, others, strict=True):
        own_times: list[float] = []
        other_times: list[float] = []
        for _ in range(TURNS):
            count = effort.requests // TURNS
            own_times += load.run(port, visit.users[:1], count=count, seconds=effort.seconds).milliseconds
            other_times += load.run(other, small.users[:1], count=count, seconds=effort.seconds).milliseconds
        ratios[visit.page.title] = round(p50(own_times) / p50(other_times), 2)
    return ratios


def _everybody(samples: Samples) -> list[Actor]:
    return [*(lead.actor for lead in samples.leads), samples.heavy.actor, samples.officer]


def signed_in(actor: Actor) -> str:
    """A session row as signing in and taking a role leave it; returns its cookie."""
    client = Client(SERVER_NAME=load.HOST)
    client.force_login(
        Account.objects.get(id=actor.user_id or 0), backend=settings.AUTHENTICATION_BACKENDS[0]
    )
    kept = client.session
    kept[session.MEMBERSHIP] = actor.membership_id
    kept[session.ORGANISATION] = actor.organisation_id
    kept[session.ROLE] = actor.role
    kept.save()
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def _line(port: int, visit: Visits, effort: Effort) -> dict[str, object]:
    page, users = visit
    load.run(
        port, users, count=effort.warm_up, seconds=effort.seconds
    )  # both workers have seen everything once
    alone = load.run(port, users[:1], count=effort.requests, seconds=effort.seconds)
    crowd = load.run(port, users, count=100_000, seconds=effort.crowd_seconds)
    return {
        "page": page.title,
        "statements": _statements(users[0]),
        "cpu": _cpu(users[0], times=max(2, effort.requests // 8)),
        "p50": p50(alone.milliseconds),
        "p95": p95(alone.milliseconds),
        "per_second_1": alone.per_second,
        "crowd_p50": p50(crowd.milliseconds),
        "crowd_p95": p95(crowd.milliseconds),
        "per_second_8": crowd.per_second,
        "failed": alone.failed + crowd.failed,
        "p50_target": page.p50_target,
        "rate_target": page.rate_target,
    }


def _users(
    page: Page, samples: Samples, sessions: dict[int | None, str]
) -> Iterator[tuple[str, Callable[[], Iterator[Call]]]]:
    """Eight sessions with their calls; eight times the same person where only one fits."""
    leads = samples.leads
    if page.of == "heavy":
        leads = [samples.heavy] * len(leads)
    for number, lead in enumerate(leads):
        actor = samples.officer if page.of == "officer" else lead.actor
        yield sessions[actor.user_id], _calls(page, lead, number)


# What stands in the address of a page below a case.
_ARGUMENTS: dict[str, Callable[[Lead], list[tuple[UUID, ...]]]] = {
    "case": lambda lead: [(case,) for case in lead.cases],
    "family": lambda lead: [(case,) for case in lead.families],
    "chained": lambda lead: [(case,) for case in lead.chained],
    "chain": lambda lead: [*lead.chains],
    "plan": lambda lead: [*lead.plans],
}


def _calls(page: Page, lead: Lead, number: int) -> Callable[[], Iterator[Call]]:
    """The addresses one user asks for, over and over; each user begins at another case."""
    if page.of in _ARGUMENTS:
        found = [Call(reverse(page.url, args=given)) for given in _ARGUMENTS[page.of](lead)]
    elif page.of == "search":
        found = [Call(reverse(page.url), {"name": name, "born": ""}) for name in lead.searches]
    else:
        found = [Call(reverse(page.url))]
    start = number * 7 % len(found)
    return lambda: cycle(found[start:] + found[:start])


def _asked_here(user: User, calls: Iterator[Call]) -> Callable[[], None]:
    """The next of a user's requests, answered in this process by Django's client."""
    client = Client(SERVER_NAME=load.HOST)
    client.cookies[settings.SESSION_COOKIE_NAME] = user.cookie

    def ask() -> None:
        call = next(calls)
        answer = client.get(call.path) if call.post is None else client.post(call.path, call.post)
        assert answer.status_code == 200, (call.path, answer.status_code)

    return ask


def _statements(user: User) -> int:
    """Counted the second time, when nothing is asked for the first time any more."""
    first = next(user.calls())
    ask = _asked_here(user, repeat(first))
    ask()
    with captured.statements() as sent:
        ask()
    return len(sent)


def _cpu(user: User, times: int) -> float:
    """Milliseconds of Python a request costs: steady however busy the machine is."""
    ask = _asked_here(user, user.calls())
    spent = []
    for _ in range(times):
        began = time.thread_time()
        ask()
        spent.append((time.thread_time() - began) * 1000)
    return p50(spent)


def statements_by_length(samples: Samples) -> dict[str, int]:
    """The case page with 1 and with 300 notes, with 1 and with 6 persons: the same number of statements."""
    actor = samples.leads[0].actor
    cookie = signed_in(actor)

    def count(case: UUID) -> int:
        address = reverse("case", args=[case])
        return _statements(User(cookie, CSRF, lambda: repeat(Call(address))))

    return {
        "1 note": count(samples.few_notes),
        "300 notes": count(samples.many_notes),
        "family of 6": count(samples.family_of_six),
    }
