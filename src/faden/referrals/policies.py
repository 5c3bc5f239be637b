"""Who may read what was delivered to the service. Each refusal is a sentence."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from faden.kernel.actor import Actor
from faden.kernel.verdict import Verdict, no, yes
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission
from faden.referrals.queries.received import assignments_of, deputised, sees_all
from faden.referrals.rules.received import is_readable


def may_read_inbox(actor: Actor) -> Verdict:
    """Who works with people here, and who answers for them; at an agency everybody who answers deliveries."""
    return yes() if may(actor, Permission.ANSWER_DELIVERIES) else may(actor, Permission.TAKE_INQUIRIES)


def may_read_delivery(actor: Actor, *, assigned: UUID | None, who: str, on: date) -> Verdict:
    """What nobody has is everybody's; what somebody has is hers, her deputy's, and who assigns it."""
    allowed = may_read_inbox(actor)
    deputising = deputised(actor, on=on) if allowed and assigned else frozenset()
    if not allowed or is_readable(actor.membership_id, assigned, deputising, sees_all=sees_all(actor)):
        return allowed
    return no(_("Darum kümmert sich %(who)s. Die Teamleitung kann die Zuteilung ändern.") % {"who": who})


def may_read_package(actor: Actor, series_ids: Collection[UUID], *, on: date) -> Verdict:
    """Copies that belong together: all of them, or none."""
    given = assignments_of(series_ids)
    asked = (may_read_delivery(actor, assigned=one.member_id, who=one.member.name if one.member else "", on=on) for one in given)
    return next((verdict for verdict in asked if not verdict), may_read_inbox(actor))
