"""Invitations: a link becomes a membership. Only the hash of its token is kept."""

import base64
import hashlib
import secrets
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.organisations import rules
from faden.organisations.models import Invitation, Membership, Organisation, User
from faden.organisations.policies import may
from faden.organisations.vocabulary import (
    INVITATION_ACCEPTED,
    INVITATION_WITHDRAWN,
    INVITED,
    MEMBERSHIP_GIVEN,
    Permission,
)

LIFETIME = timedelta(days=7)


def invite(
    *, email: str, name: str, role: str, by: Actor, at: datetime, today: date
) -> tuple[Invitation, str]:
    """A new invitation and the token of its link; the token is told once, here."""
    may(by, Permission.MANAGE_ACCOUNTS).require()
    email = email.strip().lower()
    _role_fits(role, by.organisation_id)
    if _held(email, role, today):
        raise Invalid(_("Diese Person hat diese Rolle hier schon."), "role")
    if _still_open(email, role, at):
        raise Conflict(_("Für diese Adresse und Rolle ist schon eine Einladung offen."))
    token = secrets.token_bytes(32)
    invitation = Invitation.objects.create(
        organisation_id=by.organisation_id, email=email, name=name.strip(), role=role,
        token_hash=hashlib.sha256(token).digest(), invited_by=by.person, invited_at=at,
        expires_at=at + LIFETIME,
    )
    audit.note(INVITED, by=by, at=at, subject=invitation.id, role=role)
    return invitation, base64.urlsafe_b64encode(token).decode().rstrip("=")


def _role_fits(role: str, organisation_id: int) -> None:
    kind = Organisation.objects.values_list("kind", flat=True).get(id=organisation_id)
    if role not in rules.roles_for(kind):
        raise Invalid(_("Diese Rolle gibt es in einer Stelle dieser Art nicht."), "role")


def _held(email: str, role: str, today: date) -> bool:
    held = Membership.objects.filter(user__email=email, role=role)
    return held.exclude(until__lt=today).exists()


def _still_open(email: str, role: str, at: datetime) -> bool:
    return Invitation.objects.filter(
        email=email, role=role, accepted_at=None, withdrawn_at=None, expires_at__gt=at
    ).exists()


def withdraw(invitation_id: UUID, *, by: Actor, at: datetime) -> None:
    """The link does not count any more."""
    may(by, Permission.MANAGE_ACCOUNTS).require()
    open_ones = Invitation.objects.filter(id=invitation_id, accepted_at=None, withdrawn_at=None)
    if not open_ones.update(withdrawn_at=at):
        raise NotFound(_("Diese Einladung gibt es hier nicht, oder sie ist schon angenommen."))
    audit.note(INVITATION_WITHDRAWN, by=by, at=at, subject=invitation_id)


def accept_as_new(invitation: Invitation, *, password: str, at: datetime, today: date) -> Membership:
    """Make the account the invitation was sent for, and its membership."""
    locked = _locked(invitation, at)
    try:
        with transaction.atomic():
            user = User.objects.create_user(locked.email, password, name=locked.name)
            # Whoever holds the link reads the mailbox it was sent to.
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    except IntegrityError:
        raise Conflict(_("Zu dieser Adresse gibt es schon ein Konto. Bitte melden Sie sich an.")) from None
    return _give(locked, user, at=at, today=today)


def accept_as(invitation: Invitation, *, user_id: int, at: datetime, today: date) -> Membership:
    """Add the membership to the account that has the invited address."""
    locked = _locked(invitation, at)
    user = User.objects.get(id=user_id)
    if user.email.lower() != locked.email.lower():
        raise Invalid(_("Diese Einladung gilt für eine andere Adresse als die Ihres Kontos."))
    return _give(locked, user, at=at, today=today)


def _locked(invitation: Invitation, at: datetime) -> Invitation:
    """Once more under a lock: a link opens one membership, however often it is sent."""
    locked = (
        Invitation.objects.select_for_update()
        .filter(id=invitation.id, accepted_at=None, withdrawn_at=None, expires_at__gt=at)
        .first()
    )
    if locked is None:
        raise Conflict(_("Diese Einladung gilt nicht mehr."))
    _role_fits(locked.role, locked.organisation_id)
    return locked


def _give(invitation: Invitation, user: User, *, at: datetime, today: date) -> Membership:
    if _held(user.email, invitation.role, today):
        raise Conflict(_("Sie haben diese Rolle in diesem Dienst schon."))
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    membership = Membership.objects.create(
        organisation_id=invitation.organisation_id, user=user, role=invitation.role,
        name=invitation.name, since=today,
    )
    by = Actor(organisation_id=invitation.organisation_id, user_id=user.pk, role=invitation.role)
    audit.note(INVITATION_ACCEPTED, by=by, at=at, subject=invitation.id)
    audit.note(MEMBERSHIP_GIVEN, by=by, at=at, subject=membership.id, role=membership.role)
    return membership
