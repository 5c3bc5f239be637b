"""Who works here, in which role."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from faden.kernel.actor import Actor
from faden.organisations.models import Membership, Team


def valid_on(day: date) -> Q:
    """Memberships that count on this day."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def of_person(*, on: date) -> list[Membership]:
    """All roles the person of this transaction may choose from, across services; two statements."""
    own = Membership.objects.raw(
        "SELECT * FROM own_memberships() WHERE since <= %(on)s AND (until IS NULL OR until >= %(on)s)", {"on": on}
    )
    found = list(own.prefetch_related("organisation"))
    return sorted(found, key=lambda membership: (membership.organisation.name, membership.role))


def current(membership_id: UUID, *, user_id: int, on: date) -> Membership | None:
    """The membership a session acts under; None once it ended, even in the middle of a session."""
    return (
        Membership.objects.filter(valid_on(on), id=membership_id, user_id=user_id, user__is_active=True)
        .select_related("organisation")
        .first()
    )


def is_at_desk(membership: Membership) -> bool:
    """Both the service and the role have a desk; immigration offices and other agencies never do."""
    return membership.organisation.has_desk and membership.role_class.at_desk


def is_at_agency(membership: Membership) -> bool:
    """The partner side: an agency without a desk, and somebody who answers for it."""
    return not membership.organisation.has_desk and not membership.role_class.at_desk


def as_actor(membership: Membership) -> Actor:
    """The actor a membership stands for."""
    return Actor(
        organisation_id=membership.organisation_id,
        user_id=membership.user_id,
        role=membership.role,
        user_name=membership.name,
        organisation_name=membership.organisation.name,
        role_label=str(membership.role_class.label),
        membership_id=str(membership.id),
    )


def colleagues(*, on: date, roles: tuple[str, ...] = ()) -> QuerySet[Membership]:
    """Who works in this service now, by name."""
    found = Membership.objects.filter(valid_on(on)).order_by("name")
    return found.filter(role__in=roles) if roles else found


def teams() -> QuerySet[Team]:
    """The service's teams, by name."""
    return Team.objects.order_by("name")


def names_of(user_ids: set[int | None]) -> dict[int, str]:
    """User id to name within this service, ended memberships included."""
    found = Membership.objects.filter(user_id__in=[i for i in user_ids if i]).order_by("since")
    return dict(found.values_list("user_id", "name"))


def name_of_membership(membership_id: UUID) -> str:
    """Who it is; one statement."""
    return Membership.objects.filter(id=membership_id).values_list("name", flat=True).first() or ""


def names_by_membership(membership_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names for a list, in one statement: joined to a million cases they cost a third of a second."""
    found = Membership.objects.filter(id__in=set(membership_ids))
    return dict(found.values_list("id", "name"))


def address_of(membership_id: UUID, *, on: date) -> str:
    """Where this colleague gets mail while she works here; empty for who left. One statement."""
    found = Membership.objects.filter(valid_on(on), id=membership_id, user__is_active=True)
    return found.values_list("user__email", flat=True).first() or ""
