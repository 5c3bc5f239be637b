"""Blatt: what is known and agreed about one person, to print and take along; nothing of anybody else's."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import case_page
from faden.cases.queries.members import person_here
from faden.cases.queries.protection import on_paper
from faden.cases.queries.timeline import Of
from faden.chains.queries.chains import chains_of
from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.lines import from_above
from faden.desk.shell import case_page as page_of_case
from faden.organisations.vocabulary import Permission


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Facts of today, what is next; the newest talks and chains only when asked for (?verlauf, ?ketten)."""
    person = person_here(request.access.case, person_id)
    shown = case_page(request.access, actor=request.actor, now=request.at, of=Of(person_id))
    paper = on_paper(request.access.case, person, on=request.today)
    with_history, with_chains = (name in request.GET and not paper.discreet for name in ("verlauf", "ketten"))
    context = {
        "case": shown,
        "paper": paper,
        "card": paper.card,
        "person": person,
        "snapshot": paper.snapshot,
        "lines": from_above(shown.history.lines) if with_history else [],
        "with_history": with_history,
        "chains": chains_of(request.access.case, of=Of(person_id), today=request.today) if with_chains else [],
        "with_chains": with_chains,
        "today": request.today,
        "service": request.actor.organisation_name,
    }
    head = replace(shown.head, card=paper.card)
    return page_of_case(request, "desk/sheet.html", context, head=head, title=_("Blatt"))


urlpatterns = [path("faelle/<uuid:case_id>/personen/<uuid:person_id>/blatt/", show, name="sheet")]
