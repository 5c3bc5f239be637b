"""Who works in a service: teams, memberships, invitations."""

from django.db import models
from django.db.models import F, Q

from faden.kernel.fields import SameServiceKey
from faden.organisations.models.tenant import ServiceOwned
from faden.organisations.models.user import User
from faden.organisations.vocabulary import ROLE_CHOICES, ROLES, Role


class Site(ServiceOwned):
    """A place where the service receives people."""

    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200)
    municipality = models.ForeignKey("organisations.Municipality", models.PROTECT)

    def __str__(self) -> str:
        return self.name


class Team(ServiceOwned):
    """People who stand in for each other; its rights end at the service."""

    name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="a_team_has_one_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(ServiceOwned):
    """One person in one role for one service, from a day, until a day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    name = models.CharField(max_length=120)
    team = SameServiceKey(Team, null=True)
    since = models.DateField()
    until = models.DateField(null=True)
    # Share of a full-time post for this work; null where nobody plans with it.
    post_percent = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_post_is_at_most_a_full_one", condition=Q(post_percent__isnull=True) | Q(post_percent__range=(1, 100))
            ),
            models.CheckConstraint(
                name="a_membership_ends_after_it_began",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                fields=["organisation", "user", "role"],
                condition=Q(until__isnull=True),
                name="a_role_is_held_once_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "role"], name="membership_by_role")]

    def __str__(self) -> str:
        return f"{self.name} ({self.role})"

    @property
    def role_class(self) -> type[Role]:
        """The role with its description and permissions."""
        return ROLES[self.role]


class Invitation(ServiceOwned):
    """A link that turns into a membership; only the hash of its token is kept."""

    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    token_hash = models.BinaryField()
    invited_by = models.BigIntegerField()
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-invited_at"], name="invitation_by_time")]

    def __str__(self) -> str:
        return str(self.id)


class ListSetting(ServiceOwned):
    """How a person likes a list: filters and order; never names or words that were searched for."""

    membership = SameServiceKey(Membership, related_name="+")
    screen = models.CharField(max_length=40)
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "membership", "screen"], name="a_list_is_set_once_per_person"
            ),
        ]

    def __str__(self) -> str:
        return self.screen
