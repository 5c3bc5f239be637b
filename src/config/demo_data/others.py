"""The other services of the demo, by their key in the network, and who answers there."""

from datetime import date

from config.demo_data import network
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from faden.organisations.models import Organisation
from faden.organisations.queries import memberships


def service(key: str) -> Organisation:
    """Its row."""
    return Organisation.objects.get(name=next(one.name for one in network.SERVICES if one.key == key))


def somebody(key: str, *, today: date) -> Actor:
    """A case manager, who coordinates, or who answers for an agency."""
    with opened_for(Actor.system(service(key).id), write=False):
        staff = memberships.colleagues(on=today, roles=("case_manager", "coordinator", "partner")).select_related("organisation")
        return memberships.as_actor(staff[0])
