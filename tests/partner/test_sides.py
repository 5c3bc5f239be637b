"""Desk and partner side: nobody gets a page of the other, and immigration offices never get a desk."""

import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from tests.accounts.signing import sign_in
from tests.desk_client import keyed, membership_of, signed_in

AMAL = "amal@caritas-ahaus.example"
DORA = "dora@abh-kreis-borken.example"
PETRA = "petra@bildungswerk.example"
# Open to everybody who is signed in, or to all.
OPEN = ("konto/", "rolle/", "einladung/", "sprache/", "anzeige/", "healthz", "readyz", "impressum/", "datenschutz/",
        "barrierefreiheit/", ".well-known/", "static/", "partner/", "angebote/", "angebot-bestaetigen/", "^hsds/")  # fmt: skip
SAMPLES = {"uuid": str(uuid.UUID(int=1)), "int": "1", "str": "x", "slug": "x", "path": "x"}


def addresses(patterns: list[object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Every address of the URLconf with made-up values, and its view."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)  # type: ignore[attr-defined]
        if isinstance(pattern, URLPattern):
            yield filled(pattern, route), pattern.callback
        else:
            yield from addresses(pattern.url_patterns, route)  # type: ignore[attr-defined]


def filled(pattern: URLPattern, route: str) -> str:
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        sample = SAMPLES.get(kind.replace("string", "str"), "x")
        for written in (f"<{kind.replace('string', 'str')}:{name}>", f"<{name}>"):
            route = route.replace(written, sample)
    return route


def desk_addresses() -> list[str]:
    found = [address for address, _ in addresses(get_resolver().url_patterns)]
    return [address for address in found if not address.startswith(OPEN) and address]


@pytest.mark.parametrize("email", [DORA, PETRA, "henk@abh-bocholt.example", "baustein3@abh-kreis-borken.example"])
def test_an_agency_gets_no_page_of_the_desk(own_database, email):
    client = signed_in(email)
    walked = desk_addresses()
    assert len(walked) > 20
    for address in walked:
        answers = {client.get(f"/{address}").status_code, client.post(f"/{address}", keyed()).status_code}
        assert answers <= {404, 405} and 404 in answers, f"{address}: {answers}"


def test_not_even_with_a_desk_role_that_was_slipped_in(own_database):
    """Rows that no verb makes: a desk role in an immigration office still opens no desk."""
    from faden.organisations.models import Membership

    dora = membership_of(DORA)
    for role in ("case_manager", "administrator", "coordinator", "dpo", "team_lead"):
        with opened_for(Actor.system(dora.organisation_id), write=True):
            Membership.objects.create(
                organisation_id=dora.organisation_id, user=dora.user, role=role, name="Dora", since=clock.today()
            )
        client = signed_in(DORA, role=role)
        for address in desk_addresses():
            answers = {client.get(f"/{address}").status_code, client.post(f"/{address}", keyed()).status_code}
            assert answers <= {404, 405}, f"{role} {address}: {answers}"
        assert client.get("/partner/").status_code == 404, "nor does a desk role open the partner side"


def test_nor_does_a_partner_role_in_a_service_with_a_desk(own_database):
    from faden.organisations.models import Membership

    amal = membership_of(AMAL)
    with opened_for(Actor.system(amal.organisation_id), write=True):
        Membership.objects.create(
            organisation_id=amal.organisation_id, user=amal.user, role="partner", name="Amal", since=clock.today()
        )
    client = signed_in(AMAL, role="partner")
    for address in (*desk_addresses(), "partner/"):
        answers = {client.get(f"/{address}").status_code, client.post(f"/{address}", keyed()).status_code}
        assert answers <= {404, 405}, f"{address}: {answers}"


def test_the_bare_host_leads_each_to_her_own_side(own_database):
    assert signed_in(DORA).get("/").headers["Location"] == "/partner/"
    assert signed_in(AMAL).get("/").headers["Location"] == "/tag/"


def test_signing_in_leads_an_agency_to_its_deliveries(own_database):
    client, answer = sign_in(DORA)
    assert client.get(answer.headers["Location"], follow=True).redirect_chain[-1][0] == "/partner/"


@pytest.mark.parametrize("email", [AMAL, "lena@caritas-ahaus.example", "karin@ki-kreis-borken.example", "verwaltung@caritas-ahaus.example"])
def test_the_desk_gets_no_page_of_the_partner_side(own_database, email):
    client = signed_in(email)
    for address, _view in addresses(get_resolver().url_patterns):
        if address.startswith("partner/"):
            answers = {client.get(f"/{address}").status_code, client.post(f"/{address}", keyed()).status_code}
            assert answers <= {404, 405} and 404 in answers, address


def test_without_signing_in_both_sides_ask_for_it(own_database):
    for address in ("/partner/", "/tag/"):
        assert Client().get(address).headers["Location"].startswith("/konto/anmelden/")
