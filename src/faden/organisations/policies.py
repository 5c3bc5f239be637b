"""What a role allows, with the sentence for when it does not."""

from django.utils.translation import gettext as _

from faden.kernel.actor import Actor
from faden.kernel.verdict import Verdict, no, yes
from faden.organisations.vocabulary import ROLES, Permission


def may(actor: Actor, permission: Permission) -> Verdict:
    """Does the role that is worn now allow this?"""
    role = ROLES.get(actor.role)
    if role and (permission is Permission.SIGN_IN or permission in role.permissions):
        return yes()
    return no(_("Ihre Rolle „%(role)s“ umfasst das nicht.") % {"role": actor.role_label})
