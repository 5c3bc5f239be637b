"""Integrationsketten: all of a case, one person's, and one chain with its picture, its list and what is next."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import members_of, person_in
from faden.cases.queries.timeline import Of
from faden.chains.queries.chains import all_chains, chain_page, changes_of
from faden.chains.queries.pictures import drawn, numbered, short
from faden.chains.queries.sharing import shares_on
from faden.chains.queries.whose import view_of
from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.shell import case_page
from faden.organisations.vocabulary import Permission
from faden.persons.queries.cards import card_of


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Everybody's chains in one picture, then chain by chain."""
    return _list(request, Of(), title=_("Integrationsketten"))


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_person(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """One person's chains."""
    name = card_of(person_in(request.access.case, person_id)).name
    return _list(request, Of(person_id), title=_("Ketten: %(name)s") % {"name": name})


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def of_person_confidential(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """The chains of her vertraulicher Faden."""
    name = card_of(person_in(request.access.case, person_id)).name
    title = _("Vertraulicher Faden: %(name)s") % {"name": name}
    return _list(request, Of(person_id, confidential=True), title=title)


def _list(request: DeskRequest, of: Of, *, title: str) -> HttpResponse:
    case, head = request.access.case, head_of(request.access)
    found = all_chains(case, of=of, today=request.today)
    several = len({card.person_id for card in found.cards}) > 1
    whose = {card.id: short(card.person) for card in found.cards} if several else None
    context = {
        "cards": found.cards,
        "ended": found.ended,
        "drawn": drawn(found.steps, today=request.today, whose=whose),
        "of": of,
        "tabs": _tabs(request, of) if head.is_family and not of.confidential else [],
        "about": _about(of),
    }
    return case_page(request, "desk/chains.html", context, head=head, title=title)


def _about(of: Of) -> str:
    """What a chain begun from here begins with."""
    if of.person is None:
        return ""
    return f"?person={of.person}" + ("&vertraulich=1" if of.confidential else "")


def _tabs(request: DeskRequest, of: Of) -> list[tuple[str, str, bool, None]]:
    """The whole family, and each of its members."""
    case = request.access.case
    family = (_("Ganze Familie"), reverse("chains", args=[case.id]), of.person is None, None)
    return [
        family,
        *(
            (m.card.name, reverse("person-chains", args=[case.id, m.person_id]), m.person_id == of.person, None)
            for m in members_of(case)
        ),
    ]


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, chain_id: UUID) -> HttpResponse:
    """One chain: what is in danger, how it stands, what is next, the picture, the list, what was changed."""
    case = request.access.case
    of = view_of(case, chain_id)
    page = chain_page(case, chain_id, of=of, today=request.today)
    shown = drawn(page.steps, today=request.today)
    context = {
        "page": page,
        "card": page.card,
        "drawn": shown,
        "now": numbered(page.card.frontier, shown),
        "changes": changes_of(case, chain_id, of=of, today=request.today),
        "shares": shares_on(case, chain_id, on=request.today),
        "of": of,
    }
    return case_page(request, "desk/chain.html", context, head=head_of(request.access), title=page.card.title)


_PERSON = "faelle/<uuid:case_id>/personen/<uuid:person_id>"
urlpatterns = [
    path("faelle/<uuid:case_id>/ketten/", of_case, name="chains"),
    path("faelle/<uuid:case_id>/ketten/<uuid:chain_id>/", show, name="chain"),
    path(f"{_PERSON}/ketten/", of_person, name="person-chains"),
    path(f"{_PERSON}/vertraulich/ketten/", of_person_confidential, name="person-chains-confidential"),
]
