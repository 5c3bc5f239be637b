"""Addresses with views that misbehave, behind the real door."""

from uuid import UUID

from django.db import connection
from django.http import HttpResponse
from django.urls import include, path

from faden.desk.door import DeskRequest, Sees, asks, edits, reads, writes
from faden.kernel import audit, submissions
from faden.kernel.errors import Conflict, Invalid
from faden.organisations.vocabulary import TEAM_MADE, Permission

MAY = Permission.SEE_DAY
KEY = UUID("01890000-0000-7000-8000-00000000abcd")


def _write(request: DeskRequest) -> HttpResponse:
    submissions.claim(KEY, digest=b"typed", by=request.actor, at=request.at)
    return HttpResponse("written")


@reads(Sees.NOTHING, may=MAY)
def page(request: DeskRequest) -> HttpResponse:
    return _write(request)


@reads(Sees.LIST, may=MAY)
def listing(request: DeskRequest) -> HttpResponse:
    return _write(request)


@reads(Sees.CASE, may=MAY)
def case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    return _write(request)


@asks(Sees.SEARCH, may=MAY)
def search(request: DeskRequest) -> HttpResponse:
    return _write(request)


@edits(Sees.NOTHING, may=MAY)
def form(request: DeskRequest) -> HttpResponse:
    return _write(request)


@reads(Sees.NOTHING, may=MAY)
def stubborn(request: DeskRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('transaction_read_only', 'off', true)")
    return _write(request)


@reads(Sees.NOTHING, may=MAY)
def deed(request: DeskRequest) -> HttpResponse:
    audit.note(TEAM_MADE, by=request.actor, at=request.at)
    return HttpResponse("noted")


@writes(Sees.NOTHING, may=MAY)
def crash(request: DeskRequest) -> HttpResponse:
    _write(request)
    raise ZeroDivisionError


@writes(Sees.NOTHING, may=MAY)
def quoting(request: DeskRequest) -> HttpResponse:
    raise ValueError(request.POST["text"])


@writes(Sees.NOTHING, may=MAY)
def conflict(request: DeskRequest) -> HttpResponse:
    _write(request)
    raise Conflict("Inzwischen geändert.")


@writes(Sees.NOTHING, may=MAY)
def invalid(request: DeskRequest) -> HttpResponse:
    _write(request)
    raise Invalid("So nicht.")


@writes(Sees.NOTHING, may=MAY)
def refused_form(request: DeskRequest) -> HttpResponse:
    _write(request)
    return HttpResponse("again", status=422)


@writes(Sees.NOTHING, may=MAY)
def fine(request: DeskRequest) -> HttpResponse:
    return _write(request)


@reads(Sees.CASE, may=MAY)
def noted_before(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Tells how many looks are committed while the view runs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM kernel_look WHERE subject_id = %s AND page = 'planted_urls'", [case_id]
        )
        return HttpResponse(str(cursor.fetchone()[0]))


urlpatterns = [
    *(
        path(f"gepflanzt/{view.__name__}/", view)
        for view in (
            page,
            listing,
            search,
            form,
            stubborn,
            deed,
            crash,
            quoting,
            conflict,
            invalid,
            refused_form,
            fine,
        )
    ),
    path("gepflanzt/<uuid:case_id>/case/", case),
    path("gepflanzt/<uuid:case_id>/noted_before/", noted_before),
    path("", include("config.urls")),
]
handler404 = "faden.doors.refusals.not_found"
