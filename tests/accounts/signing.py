"""Signing in through the pages, as people do."""

from typing import Any

from django.test import Client

from config.demo_data.network import PASSWORD

AMAL = "amal@caritas-ahaus.example"
ANTON = "verwaltung@caritas-ahaus.example"
DORA = "dora@abh-kreis-borken.example"


def sign_in(email: str, password: str = PASSWORD, client: Client | None = None) -> tuple[Client, Any]:
    """A fresh browser that has sent the sign-in form, and the answer."""
    client = client or Client()
    return client, client.post("/konto/anmelden/", {"login": email, "password": password})


def code_for(secret: str) -> str:
    """The code an app would show now."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def set_up_totp(client: Client) -> str:
    """Go through the page that sets up an app; returns its secret."""
    page = client.get("/konto/zweiter-faktor/app/")
    secret = page.context["form"].secret
    answer = client.post("/konto/zweiter-faktor/app/", {"code": code_for(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def deeds(organisation_id: int) -> list[str]:
    """The codes of what was done in a service, in order; those of one moment by name."""
    from faden.kernel.actor import Actor
    from faden.kernel.models import AuditEvent
    from faden.kernel.rls import opened_for

    with opened_for(Actor.system(organisation_id), write=False):
        return list(AuditEvent.objects.order_by("at", "event").values_list("event", flat=True))
