"""Who is signed in, in which role; the session holds ids only."""

from typing import cast
from uuid import UUID

from allauth.account.authentication import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from faden.doors import refusals
from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.organisations.models import Membership

MEMBERSHIP, ORGANISATION, ROLE, SEEN = "membership", "organisation", "role", "seen"
_STEP = 60


class NotHere(Exception):
    """The membership ended: choose again."""


class OtherSide(Exception):
    """The membership stands, but this address belongs to another audience."""


def actor_of(request: HttpRequest) -> Actor | HttpResponse:
    """The actor the session names (not yet confirmed), or the answer that leads there."""
    if (answer := not_fully_signed_in(request)) is not None:
        return answer
    if MEMBERSHIP not in request.session:
        return choose_again(request)
    return Actor(
        organisation_id=request.session[ORGANISATION],
        user_id=request.user.pk,
        role=request.session[ROLE],
        membership_id=request.session[MEMBERSHIP],
    )


def not_fully_signed_in(request: HttpRequest) -> HttpResponse | None:
    """Where somebody has to go first: sign in, or set up the second factor; None when all is there."""
    if not request.user.is_authenticated or idle_too_long(request):
        return _signed_out(request)
    if lacks_second_factor(request):
        return HttpResponseRedirect(reverse("mfa_index"))
    return None


def begin(request: HttpRequest) -> None:
    """The idle time runs from the sign-in on, not from what this browser did before."""
    request.session[SEEN] = int(clock.now().timestamp())


def idle_too_long(request: HttpRequest) -> bool:
    """Sign out after the idle time; a minute's step keeps the session row from being written each time."""
    now = int(clock.now().timestamp())
    seen = request.session.get(SEEN, now)
    if now - seen > settings.FADEN_IDLE_SECONDS:
        logout(request)
        return True
    if now - seen >= _STEP or SEEN not in request.session:
        request.session[SEEN] = now
    return False


def lacks_second_factor(request: HttpRequest) -> bool:
    """It is compulsory here (not in the demo), and this session has not shown one."""
    return settings.FADEN_SECOND_FACTOR and not has_second_factor(request)


def has_second_factor(request: HttpRequest) -> bool:
    """Signed in with a second factor or a passkey in this session."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def drop_second_factor(request: HttpRequest) -> None:
    """The last factor was removed: the session counts as without one again."""
    records = get_authentication_records(request, request.user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [r for r in records if r["method"] != "mfa"]


def _signed_out(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return refusals.signed_out(request)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")


def choose_again(request: HttpRequest) -> HttpResponse:
    """To the choice of service and role."""
    leave_role(request)
    return HttpResponseRedirect(reverse("role"))


def leave_role(request: HttpRequest) -> None:
    """Forget the role; the sign-in stays."""
    for name in (MEMBERSHIP, ORGANISATION, ROLE):
        request.session.pop(name, None)


def take_role(request: HttpRequest, membership: Membership) -> None:
    """From now on this session acts in this role for this service; a new session key goes with it."""
    before = request.session.session_key
    request.session.cycle_key()
    # The list of a person's sessions goes by the key: without this it could not end this one any more.
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
    request.session[MEMBERSHIP] = str(membership.id)
    request.session[ORGANISATION] = membership.organisation_id
    request.session[ROLE] = membership.role


def user_id(request: HttpRequest) -> int:
    """The account that is signed in; only after `not_fully_signed_in`."""
    return cast(int, request.user.pk)


def membership_id(request: HttpRequest) -> UUID | None:
    """The membership the session names."""
    value = request.session.get(MEMBERSHIP)
    return UUID(value) if value else None

