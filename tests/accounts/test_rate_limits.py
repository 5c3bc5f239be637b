"""The limits are counted in the database, so they hold across web processes."""

import os
import subprocess
import sys

import pytest

from tests.accounts.signing import AMAL, sign_in
from tests.desk_client import text_of

GUESSES = """
import django
django.setup()
from django.conf import settings
settings.ACCOUNT_RATE_LIMITS = {{}}
settings.ALLOWED_HOSTS = ["testserver"]
from django.test import Client
for number in range({number}):
    answer = Client().post("/konto/anmelden/", {{"login": "{email}", "password": f"falsch {{number}}"}})
    assert "stimmt nicht" in answer.content.decode(), answer.content.decode()
"""


@pytest.fixture
def limited(own_database, settings):
    settings.ACCOUNT_RATE_LIMITS = {}


def guess_elsewhere(number: int, email: str = AMAL) -> None:
    script = GUESSES.format(number=number, email=email)
    path = os.pathsep.join(["src", ".", os.environ.get("PYTHONPATH", "")])
    subprocess.run([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": path}, check=True)


def test_guesses_in_two_processes_add_up(limited):
    guess_elsewhere(3)
    guess_elsewhere(2)
    _, answer = sign_in(AMAL)
    assert "Zu viele Versuche" in text_of(answer), "even the right password has to wait now"
    client, other = sign_in("bernd@caritas-ahaus.example")
    assert other.status_code == 302, "nobody else is locked out"


def test_too_many_forms_from_one_place_get_a_plain_page(own_database, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(AMAL, "falsch")
    _, answer = sign_in(AMAL)
    assert answer.status_code == 429 and "Bitte warten Sie einige Minuten" in text_of(answer)


def test_below_the_limit_the_right_password_still_counts(limited):
    guess_elsewhere(4)
    assert sign_in(AMAL)[1].status_code == 302
