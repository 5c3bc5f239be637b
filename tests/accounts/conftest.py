"""The browser of these tests, and passwords that do not cost half a second each."""

import pytest

from config.demo_data.network import PASSWORD
from tests.browser import browse, chromium, site, started

__all__ = ["browse", "chromium", "site", "started"]
MD5 = "django.contrib.auth.hashers.MD5PasswordHasher"


@pytest.fixture(autouse=True)
def quick_passwords(request: pytest.FixtureRequest, settings: object) -> None:
    """The planted people keep their password, hashed cheaply."""
    from django.conf import settings as real
    from django.contrib.auth.hashers import make_password

    if "own_database" not in request.fixturenames:
        return
    request.getfixturevalue("own_database")
    from faden.organisations.models import User

    settings.PASSWORD_HASHERS = [MD5, *real.PASSWORD_HASHERS]  # type: ignore[attr-defined]
    User.objects.update(password=make_password(PASSWORD))
