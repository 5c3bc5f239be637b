"""Termine: the week or the month, day by day."""

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from faden.cases.queries.calendar import calendar_of, taken_on
from faden.cases.rules.calendar import Span, month_of, week_of
from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.shell import page
from faden.kernel.clock import BERLIN
from faden.organisations.vocabulary import Permission

FREE_DAYS = 5
_EARLIEST, _LATEST = date(2000, 1, 3), date(2199, 12, 1)


@reads(Sees.LIST, may=Permission.SEE_DAY)
def show(request: DeskRequest) -> HttpResponse:
    """One's own appointments, and those of whom one stands in for; ?ansicht=monat&tag=2026-12-01."""
    day, by_month = day_asked(request, "tag"), request.GET.get("ansicht") == "monat"
    span = month_of(day) if by_month else week_of(day)
    found = calendar_of(UUID(request.actor.membership_id), span, today=request.today, now=request.at)
    request.shown = found.case_ids
    context = {
        "calendar": found,
        "by_month": by_month,
        "today": request.today,
        "said": _said(span, by_month=by_month),
        "views": _views(day, by_month=by_month),
        "before": _address(span.before, by_month=by_month),
        "after": _address(span.after, by_month=by_month),
        "now": _address(request.today, by_month=by_month),
        "blank": range(span.first.weekday()) if by_month else (),
    }
    return page(request, "desk/calendar.html", context, here="calendar")


def day_asked(request: DeskRequest, name: str) -> date:
    """The day of the address; what is none is today."""
    try:
        day = date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return request.today
    return day if _EARLIEST <= day <= _LATEST else request.today


def _views(day: date, *, by_month: bool) -> list[tuple[str, str, bool, None]]:
    return [
        (_("Woche"), _address(day, by_month=False), not by_month, None),
        (_("Monat"), _address(day, by_month=True), by_month, None),
    ]


def _address(day: date, *, by_month: bool) -> str:
    return f"{reverse('calendar')}?{'ansicht=monat&' if by_month else ''}tag={day.isoformat()}"


def _said(span: Span, *, by_month: bool) -> str:
    if by_month:
        return date_format(span.first, "F Y")
    return _("Woche %(week)s: %(first)s bis %(last)s") % {
        "week": span.first.isocalendar().week,
        "first": f"{span.first:%d.%m.}",
        "last": f"{span.last:%d.%m.%Y}",
    }


@reads(Sees.NOTHING, may=Permission.SEE_DAY)
def free(request: DeskRequest) -> HttpResponse:
    """The piece beside a form: one's own hours around a day; whom they belong to is not said."""
    return render(request, "desk/free_days.html", free_days(request, day_asked(request, "day")))


def free_days(request: DeskRequest, day: date, *, besides: UUID | None = None) -> dict[str, object]:
    """This day and the next working days; one statement."""
    days = [day]
    while len(days) < FREE_DAYS:
        last = days[-1] + timedelta(days=1)
        days.append(last + timedelta(days=max(0, 7 - last.weekday()) if last.weekday() > 4 else 0))
    taken = taken_on(UUID(request.actor.membership_id), days, besides=besides)
    return {"free_days": taken, "zone": BERLIN}


urlpatterns = [
    path("termine/", show, name="calendar"),
    path("termine/frei/", free, name="calendar-free"),
]
