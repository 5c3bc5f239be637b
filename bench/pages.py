"""Pages through the real server: time at one user, requests a second at one and at eight, statements."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.urls import reverse

from bench import captured, load
from bench.figures import p50, p95
from bench.load import Call, User
from bench.samples import Lead, Samples
from faden.doors import session
from faden.kernel.actor import Actor
from faden.organisations.models import User as Account

CSRF = "b" * 32
FLOOR = "floor: readyz, SELECT 1"


@dataclass(frozen=True)
class Page:
    """One line of the table: a URL by name; `of` says whether it belongs to a case or is a search."""

    title: str
    url: str
    of: str = ""
    p50_target: float | None = None
    rate_target: float | None = None


# To measure another page, add a line.
PAGES = (
    Page(FLOOR, "readyz"),
    Page("Mein Tag", "day"),
    Page("caseload", "caseload", p50_target=40, rate_target=50),
    Page("caseload of the longest list", "caseload", of="heavy"),
    Page("case page", "case", of="case", p50_target=40, rate_target=40),
    Page("contact note form", "contact-new", of="case"),
    Page("name search", "search-find", of="search", p50_target=60),
    Page("log of looks", "looks", of="officer"),
)


@dataclass(frozen=True)
class Effort:
    """How long is measured."""

    requests: int = 200
    seconds: float = 15
    crowd_seconds: float = 8


def measure(port: int, samples: Samples, effort: Effort | None = None) -> list[dict[str, object]]:
    """One line per page."""
    effort = effort or Effort()
    sessions = {actor.user_id: signed_in(actor) for actor in _everybody(samples)}
    return [_line(port, page, samples, sessions, effort) for page in PAGES]


def _everybody(samples: Samples) -> list[Actor]:
    return [*(lead.actor for lead in samples.leads), samples.heavy.actor, samples.officer]


def signed_in(actor: Actor) -> str:
    """A session row as signing in and taking a role leave it; returns its cookie."""
    client = Client(SERVER_NAME=load.HOST)
    client.force_login(Account.objects.get(id=actor.user_id), backend=settings.AUTHENTICATION_BACKENDS[0])
    kept = client.session
    kept[session.MEMBERSHIP] = actor.membership_id
    kept[session.ORGANISATION] = actor.organisation_id
    kept[session.ROLE] = actor.role
    kept.save()
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def _line(
    port: int, page: Page, samples: Samples, sessions: dict[int | None, str], effort: Effort
) -> dict[str, object]:
    users = [User(cookie, CSRF, calls) for cookie, calls in _users(page, samples, sessions)]
    load.run(port, users, count=40, seconds=effort.seconds)  # both workers have seen everything once
    alone = load.run(port, users[:1], count=effort.requests, seconds=effort.seconds)
    crowd = load.run(port, users, count=100_000, seconds=effort.crowd_seconds)
    return {
        "page": page.title,
        "statements": _statements(users[0]),
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


def _calls(page: Page, lead: Lead, number: int) -> Callable[[], Iterator[Call]]:
    """The addresses one user asks for, over and over; each user begins at another case."""
    if page.of == "case":
        found = [Call(reverse(page.url, args=[case])) for case in lead.cases]
    elif page.of == "search":
        found = [Call(reverse(page.url), {"name": name, "born": ""}) for name in lead.searches]
    else:
        found = [Call(reverse(page.url))]
    start = number * 7 % len(found)
    return lambda: cycle(found[start:] + found[:start])


def _statements(user: User) -> int:
    """Counted in this process, with Django's client on the same database; the second time, when all is warm."""
    client = Client(SERVER_NAME=load.HOST)
    client.cookies[settings.SESSION_COOKIE_NAME] = user.cookie
    call = next(user.calls())
    for _ in range(2):
        with captured.statements() as sent:
            answer = client.get(call.path) if call.post is None else client.post(call.path, call.post)
        assert answer.status_code == 200, (call.path, answer.status_code)
    return len(sent)


def statements_by_length(samples: Samples) -> dict[str, int]:
    """The case page with 1 and with 300 notes: the same number of statements."""
    actor = samples.leads[0].actor
    cookie = signed_in(actor)

    def count(case: UUID) -> int:
        address = reverse("case", args=[case])
        return _statements(User(cookie, CSRF, lambda: iter([Call(address)])))

    return {"1 note": count(samples.few_notes), "300 notes": count(samples.many_notes)}
