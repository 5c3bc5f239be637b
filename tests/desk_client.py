"""A browser that is signed in as somebody of the planted network, in one of her roles."""

import re
from typing import Any
from uuid import uuid4

from django.test import Client

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def membership_of(email: str, *, role: str = "") -> Any:
    """The membership with its service; `role` chooses when there are several."""
    from faden.kernel.rls import opened_for_person
    from faden.organisations.models import Membership, User

    user = User.objects.get(email=email)
    with opened_for_person(user.id):
        found = [own for own in Membership.objects.raw("SELECT * FROM own_memberships()") if not role or own.role == role]
        [membership] = found
        # Loaded while the transaction is open: who asks later may be in none.
        assert membership.organisation and membership.user
        return membership


def actor_of(email: str, *, role: str = "") -> Any:
    """The actor this person is, for calling verbs directly."""
    from faden.organisations.queries.memberships import as_actor

    return as_actor(membership_of(email, role=role))


def signed_in(email: str, *, role: str = "") -> Client:
    """A client with this person's session; the sign-in pages have tests of their own."""
    from faden.doors import session

    membership = membership_of(email, role=role)
    client = Client()
    client.force_login(membership.user, backend=BACKEND)
    kept = client.session
    kept[session.MEMBERSHIP] = str(membership.id)
    kept[session.ORGANISATION] = membership.organisation_id
    kept[session.ROLE] = membership.role
    kept.save()
    return client


def text_of(answer: Any) -> str:
    """The words of a page, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def keyed(**values: Any) -> dict[str, Any]:
    """Form values with a fresh key."""
    return {"form_key": str(uuid4()), **values}
