"""Every address has a door, or stands here with its reason."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

OPEN = "shows nobody's data"
SIGNING_IN = "allauth: signing in comes before every door"
OWN_ACCOUNT = "allauth: a signed-in person and her own account, no record of a service"

WITHOUT_DOOR = {
    "healthz": OPEN,
    "readyz": OPEN,
    "impressum": OPEN,
    "datenschutz": OPEN,
    "barrierefreiheit": OPEN,
    "security-txt": OPEN,
    "set_language": "sets a cookie",
    "theme": "sets a cookie",
    "keepalive": "tells whether the session lives, 204 or 401",
    "account_login": SIGNING_IN,
    "account_logout": SIGNING_IN,
    "account_inactive": SIGNING_IN,
    "account_signup": "allauth: always closed",
    "account_reset_password": SIGNING_IN,
    "account_reset_password_done": SIGNING_IN,
    "account_reset_password_from_key": SIGNING_IN,
    "account_reset_password_from_key_done": SIGNING_IN,
    "mfa_authenticate": SIGNING_IN,
    "mfa_login_webauthn": SIGNING_IN,
    "account_reauthenticate": OWN_ACCOUNT,
    "account_change_password": OWN_ACCOUNT,
    "account_set_password": OWN_ACCOUNT,
    "mfa_index": OWN_ACCOUNT,
    "mfa_reauthenticate": OWN_ACCOUNT,
    "mfa_activate_totp": OWN_ACCOUNT,
    "mfa_deactivate_totp": OWN_ACCOUNT,
    "mfa_view_recovery_codes": OWN_ACCOUNT,
    "mfa_generate_recovery_codes": OWN_ACCOUNT,
    "mfa_download_recovery_codes": OWN_ACCOUNT,
    "mfa_list_webauthn": OWN_ACCOUNT,
    "mfa_add_webauthn": OWN_ACCOUNT,
    "mfa_reauthenticate_webauthn": OWN_ACCOUNT,
    "mfa_edit_webauthn": OWN_ACCOUNT,
    "mfa_remove_webauthn": OWN_ACCOUNT,
    "usersessions_list": OWN_ACCOUNT,
}


def patterns(found: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """All addresses, however they are included."""
    for entry in found:
        if isinstance(entry, URLResolver):
            yield from patterns(entry.url_patterns)
        else:
            yield entry


def doorless(found: list[URLPattern | URLResolver]) -> set[str]:
    """Names (or routes) of addresses whose view no door stands before."""
    return {
        entry.name or str(entry.pattern) for entry in patterns(found) if not hasattr(entry.callback, "door")
    }


def test_every_address_has_a_door_or_a_reason():
    assert doorless(get_resolver().url_patterns) == WITHOUT_DOOR.keys()


def test_every_address_has_one_name():
    names = [entry.name for entry in patterns(get_resolver().url_patterns)]
    assert sorted(filter(None, names)) == sorted(set(names)), "two with one name, or one without"


@pytest.mark.parametrize("name", ["planted", None])
def test_an_address_without_a_door_is_found(name):
    def view(request: object) -> HttpResponse:
        return HttpResponse()

    planted = [*get_resolver().url_patterns, path("gepflanzt/", view, name=name)]
    assert doorless(planted) - WITHOUT_DOOR.keys() == {name or "gepflanzt/"}
