"""Anfragen an KIM: two from the integration guide, one of them answered, and one that a school brought on paper."""

from datetime import date, datetime, timedelta

from config.demo_data import network
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for, opened_for_person
from faden.organisations.models import User
from faden.organisations.queries import memberships
from faden.referrals.actions import requests
from faden.referrals.queries.requests import came
from faden.referrals.vocabulary import RequestState

GUIDE = "lotsin@abh-kreis-borken.example"
SENT = (
    ("L-14", requests.Asking(
        "guide", network.TOWNS["Vreden"], ("language", "offices"), "Selam Tesfay, 0151 000 2231, nachmittags", agreed=True,
        language="ti", needs_interpreter=True, words="Sucht einen Deutschkurs mit Kinderbetreuung.",
    )),
    ("L-15", requests.Asking(
        "guide", network.TOWNS["Stadtlohn"], ("work",), "Omar Haddad, 0151 000 4410", agreed=True, language="ar",
        words="Ist gelernter Elektriker und möchte seinen Abschluss anerkennen lassen.",
    )),
)  # fmt: skip
ON_PAPER = requests.Asking(
    "school", network.TOWNS["Heek"], ("school", "family"), "Familie Kovalenko, Telefon 0151 000 7782, bitte anrufen", agreed=True, language="uk"
)


def run(by: Actor, *, now: datetime, today: date) -> None:
    """In the rows of the service that is competent for these towns."""
    guide = _guide(today)
    with opened_for(guide, write=True):
        for days_ago, (sign, asking) in zip((6, 1), SENT, strict=True):
            requests.send(asking, own_sign=sign, by=guide, at=now - timedelta(days=days_ago), today=today)
    with opened_for(by, write=True):
        first = next(row for row in came().rows if row.ags == network.TOWNS["Vreden"])
        requests.answer(first.id, RequestState.OFFERED, seen=first.state, by=by, at=now)
        requests.note_paper(ON_PAPER, sender_name="Grundschule Heek (Beispiel)", by=by, at=now)


def _guide(today: date) -> Actor:
    user = User.objects.get(email=GUIDE)
    with opened_for_person(user.id):
        [membership] = memberships.of_person(on=today)
    return memberships.as_actor(membership)
