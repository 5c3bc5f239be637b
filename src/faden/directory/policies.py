"""Who keeps an offer: the service that wrote it, in a role that keeps offers; a link's owner acts as that service."""

from django.utils.translation import gettext as _

from faden.directory.models import Offer, Provider
from faden.kernel.actor import Actor
from faden.kernel.verdict import Verdict, no, yes
from faden.organisations import policies
from faden.organisations.vocabulary import Permission


def may_write(actor: Actor) -> Verdict:
    """Does the role that is worn now keep offers?"""
    return yes() if actor.is_system else policies.may(actor, Permission.KEEP_OFFERS)


def may_keep(actor: Actor, row: Offer | Provider) -> Verdict:
    """Is this one its own service's?"""
    if row.organisation_id != actor.organisation_id:
        return no(_("Diesen Eintrag pflegt ein anderer Dienst. Sie können ihn lesen."))
    return may_write(actor)
