"""Zusammenarbeit: all that goes out of this case to others and comes back, each part by the screen that owns it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import members_of, person_in
from faden.cases.queries.timeline import Of
from faden.desk import (
    chain_sharing,
    conferences,
    declaration_consents,
    lawful,
    matches,
    office_requests,
    referrals,
    transfers,
)
from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.facts import personal_head
from faden.desk.here import Here
from faden.desk.shell import case_page
from faden.organisations.vocabulary import Permission

# In the order of the page: what runs with others, what it rests on, what went out. Each is shown by
# desk/_together_<name>.html with what its function returns as `part`; None: it is not on this page.
SECTIONS: tuple[tuple[str, Callable[[Here], dict[str, Any] | None]], ...] = (
    ("referrals", referrals.section),
    ("watches", matches.section),
    ("shares", chain_sharing.section),
    ("requests", office_requests.section),
    ("conferences", conferences.section),
    ("transfer", transfers.section),
    ("consents", declaration_consents.section),
    ("lawful", lawful.section),
    ("released", declaration_consents.released_section),
)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Of everybody in the case; nothing confidential."""
    return _page(request, Of(), _("Zusammenarbeit"))


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_person(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """One person's."""
    return _page(request, Of(person_id), _("Zusammenarbeit"))


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_person_confidential(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """That of her vertraulicher Faden."""
    return _page(request, Of(person_id, confidential=True), _("Vertraulicher Faden: Zusammenarbeit"))


def _page(request: DeskRequest, of: Of, title: str) -> HttpResponse:
    case = request.access.case
    head = personal_head(request, person_in(case, of.person)) if of.person else head_of(request.access)
    members = [one for one in members_of(case) if one.is_here and of.person in (None, one.person_id)]
    here = Here(request, head, of, members)
    found = [(f"desk/_together_{name}.html", section(here)) for name, section in SECTIONS]
    context = {"here": here, "parts": [(template, part) for template, part in found if part is not None]}
    return case_page(request, "desk/together.html", context, head=head, title=title)


_PERSON = "faelle/<uuid:case_id>/personen/<uuid:person_id>/"
urlpatterns = [
    path("faelle/<uuid:case_id>/zusammenarbeit/", of_case, name="together"),
    path(f"{_PERSON}zusammenarbeit/", of_person, name="person-together"),
    path(f"{_PERSON}vertraulich/zusammenarbeit/", of_person_confidential, name="person-together-confidential"),
]
