"""Who works in a service: taking a role, ending a membership, teams."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.organisations import rules
from faden.organisations.models import Membership, Team
from faden.organisations.policies import may
from faden.organisations.vocabulary import (
    MEMBERSHIP_ENDED,
    POST_SHARED,
    ROLE_TAKEN,
    TEAM_ASSIGNED,
    TEAM_MADE,
    Permission,
)


def take_role(membership_id: UUID, *, by: Actor, at: datetime) -> None:
    """Remember that somebody begins to act in this role."""
    audit.note(ROLE_TAKEN, by=by, at=at, subject=membership_id)


def end(membership_id: UUID, *, on: date | None, by: Actor, at: datetime, today: date) -> Membership:
    """End a membership at once, or after the day `on`; a service keeps an administrator."""
    may(by, Permission.MANAGE_ACCOUNTS).require()
    if on is not None and on < today:
        raise Invalid(_("Der letzte Tag liegt in der Vergangenheit."), "last_day")
    membership = _locked_with_administrators(membership_id, today=today)
    membership.since, membership.until = rules.last_day(since=membership.since, today=today, wanted=on)
    if membership.role == "administrator":
        _keep_one(membership)
    membership.save(update_fields=["since", "until"])
    audit.note(
        MEMBERSHIP_ENDED, by=by, at=at, subject=membership.id, role=membership.role,
        until=membership.until.isoformat(),
    )
    return membership


def _locked_with_administrators(membership_id: UUID, *, today: date) -> Membership:
    """Locked in one order, so that two administrators who end each other meet here one by one."""
    rows = Membership.objects.select_for_update().filter(Q(id=membership_id) | Q(role="administrator"))
    membership = next((row for row in rows.order_by("id") if row.id == membership_id), None)
    if membership is None:
        raise NotFound(_("Diesen Zugang gibt es hier nicht."))
    if membership.until is not None and membership.until < today:
        raise Conflict(_("Dieser Zugang ist schon beendet."))
    return membership


def _keep_one(leaving: Membership) -> None:
    others = Membership.objects.filter(
        role="administrator", since__lte=leaving.until + timedelta(days=1), user__is_active=True  # type: ignore[operator]
    ).exclude(id=leaving.id)
    until = list(others.order_by("id").values_list("until", flat=True))
    if not rules.keeps_an_administrator(until, after=leaving.until):  # type: ignore[arg-type]
        raise Conflict(
            _("Das ist der letzte Zugang zur Verwaltung der Konten. Geben Sie diese Aufgabe zuerst weiter.")
        )


def make_team(name: str, *, by: Actor, at: datetime) -> Team:
    """A new team of this service."""
    may(by, Permission.MANAGE_ACCOUNTS).require()
    if Team.objects.filter(name__iexact=name).exists():
        raise Invalid(_("Ein Team mit diesem Namen gibt es schon."), "name")
    team = Team.objects.create(organisation_id=by.organisation_id, name=name)
    audit.note(TEAM_MADE, by=by, at=at, subject=team.id)
    return team


def assign_team(membership_id: UUID, *, team_id: UUID | None, by: Actor, at: datetime) -> Membership:
    """Put somebody into a team of this service, or into none."""
    may(by, Permission.MANAGE_ACCOUNTS).require()
    membership = Membership.objects.filter(id=membership_id).first()
    if membership is None:
        raise NotFound(_("Diesen Zugang gibt es hier nicht."))
    if team_id is not None and not Team.objects.filter(id=team_id).exists():
        raise NotFound(_("Dieses Team gibt es hier nicht."))
    membership.team_id = team_id  # type: ignore[attr-defined]
    membership.save(update_fields=["team"])
    audit.note(
        TEAM_ASSIGNED, by=by, at=at, subject=membership.id, team=str(team_id) if team_id else None
    )
    return membership


def share_post(membership_id: UUID, percent: int | None, *, by: Actor, at: datetime) -> Membership:
    """How much of a full-time post somebody has for this work; None where nobody plans with it."""
    may(by, Permission.PLAN_WORK).require()
    if percent is not None and not 1 <= percent <= 100:
        raise Invalid(_("Ein Stellenanteil liegt zwischen 1 und 100 Prozent."), "percent")
    membership = Membership.objects.filter(id=membership_id).first()
    if membership is None:
        raise NotFound(_("Diesen Zugang gibt es hier nicht."))
    membership.post_percent = percent
    membership.save(update_fields=["post_percent"])
    audit.note(POST_SHARED, by=by, at=at, subject=membership.id, percent=percent)
    return membership
