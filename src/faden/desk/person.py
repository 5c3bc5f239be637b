"""One person of a case: only what concerns her; and her vertraulicher Faden, which stands nowhere else."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.queries.assessments import summary_of
from faden.cases.queries.case_page import CasePage, case_page
from faden.cases.queries.duplicates import also_known
from faden.cases.queries.members import person_in
from faden.cases.queries.protection import facts_in
from faden.cases.queries.timeline import Of
from faden.chains.queries.chains import chains_of
from faden.chains.queries.plans import line_of
from faden.desk import shell
from faden.desk.door import DeskRequest, Sees, reads
from faden.desk.lines import from_above
from faden.organisations.vocabulary import Permission
from faden.persons.queries.cards import card_of


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Her facts of today, what is next with her, her part of the history."""
    return _page(request, case_id, person_id, confidential=False)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def confidential(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """What she said for herself alone."""
    return _page(request, case_id, person_id, confidential=True)


def _page(request: DeskRequest, case_id: UUID, person_id: UUID, *, confidential: bool) -> HttpResponse:
    person = person_in(request.access.case, person_id)
    shown = case_page(
        request.access,
        actor=request.actor,
        now=request.at,
        of=Of(person_id, confidential=confidential),
        before=request.GET.get("vor", ""),
    )
    is_here = any(member.person_id == person_id and member.is_here for member in shown.members)
    card = card_of(person) if is_here and not request.access.is_closed else card_of(person).without_contact()
    context = {
        "case": shown,
        "person": person,
        "card": card,
        "is_here": is_here,
        "also_known": also_known(request.actor, person_id, on=request.today) if is_here else [],
        "facts": facts_in(request.access.case, person_id, on=request.today),
        "areas": [] if confidential else summary_of(request.access.case, person_id),
        "plan": None if confidential else line_of(request.access.case, person=person_id),
        "chains": chains_of(request.access.case, of=Of(person_id, confidential=confidential), today=request.today),
        "chains_url": reverse("person-chains-confidential" if confidential else "person-chains", args=[case_id, person_id]),
        "lines": from_above(shown.history.lines),
        "tabs": _tabs(case_id, shown, person_id, confidential=confidential),
        "confidential": confidential,
        "today": request.today,
        "paged": "vor" in request.GET,
        # New entries begin with her named, and in her vertraulicher Faden where the page is that.
        "about": f"?person={person_id}" + ("&vertraulich=1" if confidential else ""),
    }
    title = _("Vertraulicher Faden: %(name)s") % {"name": card.name} if confidential else card.name
    # Her own banner: the case may be named after somebody else.
    head = replace(shown.head, card=card)
    return shell.case_page(request, "desk/person.html", context, head=head, title=title)


def _tabs(
    case_id: UUID, shown: CasePage, person_id: UUID, *, confidential: bool
) -> list[tuple[str, str, bool, None]]:
    """The family and each of its members side by side."""
    if not shown.head.is_family:
        return []
    family = (_("Ganze Familie"), reverse("case", args=[case_id]), False, None)
    return [
        family,
        *(
            (
                member.card.name,
                reverse("person", args=[case_id, member.person_id]),
                member.person_id == person_id and not confidential,
                None,
            )
            for member in shown.members
        ),
    ]


urlpatterns = [
    path("faelle/<uuid:case_id>/personen/<uuid:person_id>/", show, name="person"),
    path(
        "faelle/<uuid:case_id>/personen/<uuid:person_id>/vertraulich/", confidential, name="person-confidential"
    ),
]
