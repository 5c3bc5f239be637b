"""Kalender abonnieren: the page for one's private address, and the feed behind it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from faden.cases.actions import calendar_feeds as actions
from faden.cases.queries import calendar_feeds as queries
from faden.cases.queries.calendar_feeds import Busy
from faden.desk.door import DeskRequest, Sees, reads, writes
from faden.desk.shell import page
from faden.doors import subscribed
from faden.doors.subscribed import SubscribedRequest
from faden.organisations.vocabulary import Permission

HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Content-Disposition": 'inline; filename="termine.ics"',
}


@reads(Sees.NOTHING, may=Permission.SEE_DAY)
def show(request: DeskRequest) -> HttpResponse:
    """Whether there is an address, and what stands behind it."""
    return _page(request, made_at=queries.made_at(UUID(request.actor.membership_id)))


@writes(Sees.NOTHING, may=Permission.SEE_DAY)
def make(request: DeskRequest) -> HttpResponse:
    """A new address, shown this once; the one before it ends."""
    token = actions.make(by=request.actor, at=request.at)
    address = request.build_absolute_uri(reverse("calendar-feed", args=[token]))
    return _page(request, made_at=request.at, address=address)


@writes(Sees.NOTHING, may=Permission.SEE_DAY)
def revoke(request: DeskRequest) -> HttpResponse:
    """It does not count any more."""
    actions.revoke(by=request.actor, at=request.at)
    messages.success(request, _("Die Kalenderadresse ist gesperrt."))
    return HttpResponseRedirect(reverse("calendar-address"), status=303)


def _page(request: DeskRequest, **context: object) -> HttpResponse:
    crumbs = ((_("Termine"), reverse("calendar")), (_("Kalender abonnieren"), ""))
    return page(request, "desk/calendar_feed.html", context, here="calendar", crumbs=crumbs)


def gone(request: HttpRequest) -> HttpResponse:
    """Unknown, revoked, or of somebody who does not work here any more: nothing tells which."""
    return HttpResponse("", status=404, content_type="text/plain; charset=utf-8", headers=HEADERS)


@subscribed.reads(gone=gone)
def feed(request: SubscribedRequest) -> HttpResponse:
    """Busy from when until when, and whether at the desk or out of the house. No place, person, number or subject."""
    entries = queries.entries_of(request.membership_id, on=request.today, now=request.at)
    if entries is None:
        return gone(request)
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.FADEN.product}//DE")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Termine"))
    for entry in entries:
        calendar.add_component(_event(entry, request))
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8", headers=HEADERS)


def _event(entry: Busy, request: SubscribedRequest) -> Entry:
    event = Entry()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", request.at)
    # In UTC: no time zone has to be described, and the hours the clocks change are never ambiguous.
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", entry.word)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    return event


urlpatterns = [
    path("termine/kalender/", show, name="calendar-address"),
    path("termine/kalender/neu/", make, name="calendar-address-new"),
    path("termine/kalender/sperren/", revoke, name="calendar-address-revocation"),
    path("kalender/<str:token>.ics", feed, name="calendar-feed"),
]
