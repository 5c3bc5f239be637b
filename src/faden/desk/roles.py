"""Rolle: in which service and role somebody acts; one at a time."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import path, reverse

from faden.doors import person, session
from faden.doors.entering import enter
from faden.doors.person import PersonRequest


@person.edits
def role(request: PersonRequest) -> HttpResponse:
    """One's own memberships across services; POST takes one of them."""
    if request.method == "POST":
        return _take(request)
    context = {
        "memberships": request.memberships,
        "worn": session.membership_id(request),
        "form_key": uuid4(),
    }
    return render(request, "desk/role.html", context)


def _take(request: PersonRequest) -> HttpResponse:
    chosen = request.POST.get("membership", "")
    membership = next((m for m in request.memberships if str(m.id) == chosen), None)
    if membership is None:
        raise Http404
    enter(request, membership, at=request.at)
    return HttpResponseRedirect("/", status=303)


@person.writes
def leave(request: PersonRequest) -> HttpResponse:
    """Out of the role, still signed in."""
    session.leave_role(request)
    return HttpResponseRedirect(reverse("role"), status=303)


def keepalive(request: HttpRequest) -> HttpResponse:
    """204 keeps the session alive and names the token of its forms, 401 when it has ended."""
    if not request.user.is_authenticated or session.idle_too_long(request):
        return HttpResponse(status=401)
    return HttpResponse(status=204, headers={"X-CSRFToken": get_token(request)})


urlpatterns = [
    path("rolle/", role, name="role"),
    path("rolle/wechseln/", leave, name="role-leaving"),
    path("konto/angemeldet/", keepalive, name="keepalive"),
]
