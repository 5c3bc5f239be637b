"""Briefregister: was hinausgegangen ist, an wen, wie und auf welchem Grund; ohne Inhalt."""

from django.http import HttpResponse
from django.urls import path

from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.release_register import tabs
from faden.desk.shell import page, page_number
from faden.documents.queries.letter_register import register
from faden.organisations.vocabulary import Permission


@reads(Sees.LIST, may=Permission.OPEN_CASES)
def index(request: DeskRequest) -> HttpResponse:
    """Case workers see their own cases' lines, team lead and data protection the service's."""
    shown = register(by=request.actor, on=request.today, page=page_number(request))
    request.shown = list(dict.fromkeys(row.case_id for row in shown.rows))
    return page(request, "desk/letter_register.html", {"page": shown, "tabs": tabs("letters")}, here="letter_register")


urlpatterns = [path("briefregister/", index, name="letter-register")]
