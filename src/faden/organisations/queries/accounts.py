"""Questions of whoever runs the accounts: who works here, since when, until when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from faden.kernel.errors import NotFound
from faden.organisations import rules
from faden.organisations.models import Membership, Organisation
from faden.organisations.vocabulary import ROLES


@dataclass(frozen=True)
class Person:
    """One membership as the list of accounts shows it."""

    membership_id: UUID
    user_id: int
    name: str
    email: str
    role: str
    team_id: UUID | None
    team: str
    since: date
    until: date | None
    is_past: bool
    post_percent: int | None


def people(*, on: date) -> list[Person]:
    """All memberships of this service, by name; ended ones too. One statement."""
    found = Membership.objects.select_related("user", "team").order_by("name", "role", "since")
    return [_as_person(membership, on) for membership in found]


def person(membership_id: UUID, *, on: date) -> Person:
    """One of them, or NotFound."""
    found = Membership.objects.select_related("user", "team").filter(id=membership_id).first()
    if found is None:
        raise NotFound(_("Diesen Zugang gibt es hier nicht."))
    return _as_person(found, on)


def roles_to_give(organisation_id: int) -> list[tuple[str, str, str]]:
    """(code, label, description) of the roles this service may give."""
    kind = Organisation.objects.values_list("kind", flat=True).get(id=organisation_id)
    return [(code, str(ROLES[code].label), str(ROLES[code].description)) for code in rules.roles_for(kind)]


def _as_person(membership: Membership, on: date) -> Person:
    return Person(
        membership_id=membership.id, user_id=membership.user_id, name=membership.name,
        email=membership.user.email, role=str(membership.role_class.label), team_id=membership.team_id,
        team=membership.team.name if membership.team else "", since=membership.since, until=membership.until,
        is_past=membership.until is not None and membership.until < on,
        post_percent=membership.post_percent,
    )
