"""The address behind a Schutzvermerk: read after one deliberate click, on a page of its own, which is a look of its own."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import person_here
from faden.cases.queries.protection import require_readable_address
from faden.desk.door import DeskRequest, Sees, asks, edits
from faden.desk.facts import correct_fact
from faden.desk.shell import case_page
from faden.organisations.vocabulary import Permission
from faden.persons.queries.addresses import addresses_in_full
from faden.persons.queries.cards import card_of
from faden.persons.vocabulary import FactKind


@asks(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Posted, so that no bookmark, history or restored tab opens it by itself."""
    person = person_here(request.access.case, person_id)
    require_readable_address(request.access.case, person_id)
    context = {"person": person, "card": card_of(person), "addresses": addresses_in_full(person_id)}
    return case_page(
        request, "desk/protected_address.html", context, head=head_of(request.access), title=_("Anschrift")
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID, person_id: UUID, fact_id: UUID) -> HttpResponse:
    """Correcting it shows it."""
    require_readable_address(request.access.case, person_id)
    return correct_fact(request, case_id, person_id, FactKind.ADDRESS, fact_id)


_ADDRESS = "faelle/<uuid:case_id>/personen/<uuid:person_id>/schutz/anschrift/"
urlpatterns = [
    path(_ADDRESS, show, name="protected-address"),
    path(_ADDRESS + "<uuid:fact_id>/", change, name="protected-address-change"),
]
