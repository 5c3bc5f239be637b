"""Founds the demo's network; run as faden_owner, and by the tests for their template database."""

from config.demo_data import network
from faden.organisations.actions import founding
from faden.organisations.models import LegalBody, Organisation, User


def run() -> None:
    """Towns, legal bodies, services, competences, invented staff."""
    founding.load_municipalities()
    bodies = {
        body.key: LegalBody.objects.create(name=body.name, regime=body.regime, is_public=body.is_public)
        for body in network.BODIES
    }
    services = {service.key: _found(service, bodies[service.body]) for service in network.SERVICES}
    # One hash for all: the password is the same, and hashing 21 times costs seconds.
    first = User(email="x", name="x")
    first.set_password(network.PASSWORD)
    for person in network.STAFF:
        user = User.objects.create(email=person.address, name=person.name, password=first.password)
        founding.employ(
            services[person.service],
            user=user,
            role=person.role,
            name=person.name,
            since=network.BEGAN,
            team=person.team,
        )


def _found(service: network.Service, body: LegalBody) -> Organisation:
    town = network.TOWNS[service.town]
    organisation = founding.found_service(
        legal_body=body, name=service.name, kind=service.kind, town=town, case_prefix=service.prefix
    )
    founding.make_competent(
        organisation, towns=[network.TOWNS[name] for name in service.towns], since=network.BEGAN
    )
    if service.site:
        founding.open_site(organisation, name=service.site, address="Musterstraße 1", town=town)
    return organisation
