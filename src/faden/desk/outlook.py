"""Fristen und Chancen: what runs out and what opens in one's own cases; whether the night looks for a person."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.members import person_here
from faden.cases.vocabulary.deadline import DeadlineBand
from faden.desk.deadlines import BANDS, source_of
from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.facts import head_about
from faden.desk.forms import Day, DeskForm, left_in
from faden.desk.shell import case_page, page
from faden.doors.residence_forms import language
from faden.kernel.errors import Invalid
from faden.law.output import notice
from faden.organisations.vocabulary import Permission
from faden.residence.actions import outlooks as actions
from faden.residence.queries import outlooks as queries
from faden.residence.vocabulary import WatchEnd

Chip = tuple[object, str, bool, int | None]


class BeginForm(DeskForm):
    """The day on which she said so."""

    agreed_on = Day(
        label=gettext_lazy("Zugestimmt am"),
        help_text=gettext_lazy("Für ein Kind stimmen die zu, die es vertreten. Mit 18 wird es selbst gefragt."),
    )


class EndForm(DeskForm):
    """Why nobody looks any more."""

    because = forms.ChoiceField(
        label=gettext_lazy("Warum endet es?"),
        choices=[(end.value, end.label) for end in actions.BY_HAND],
        widget=forms.RadioSelect,
    )


@reads(Sees.LIST, may=Permission.WORK_ON_CASES)
def index(request: DeskRequest) -> HttpResponse:
    """The cases this person leads: Fristen by what a passed day costs, and paths that open or close."""
    sight = queries.sight_of(UUID(request.actor.membership_id), language=language(), today=request.today)
    chosen = BANDS.get(request.GET.get("bis", ""))
    rows = [row for row in sight.deadlines if chosen in (None, row.band)]
    request.shown = list(dict.fromkeys([*(row.case_id for row in rows), *sight.shown_cases]))
    context = {
        "sight": sight,
        "groups": [(group, [(row, source_of(row)) for row in group.rows]) for group in queries.by_consequence(rows)],
        "bands": _chips(sight, chosen),
        "narrowed": chosen is not None,
        "notice": notice(language()),
        "today": request.today,
    }
    return page(request, "desk/outlook.html", context, here="outlook")


def _chips(sight: queries.Sight, chosen: DeadlineBand | None) -> list[Chip]:
    numbers = queries.counted(sight.deadlines)
    return [
        (_("Alle"), "?", chosen is None, len(sight.deadlines)),
        *(
            (band.label, f"?bis={name}", chosen == band, numbers.get(band, 0))
            for name, band in BANDS.items()
            if band != DeadlineBand.LATER
        ),
    ]


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def person(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Of one person: whether the night looks for her, and what it found; POST notes that she agreed."""
    person_here(request.access.case, person_id)
    form = BeginForm(request.POST or None, initial=left_in(BeginForm, request) or {"agreed_on": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.begin(
                person_id, agreed_on=form.cleaned_data["agreed_on"], case=request.access.case, by=request.actor, at=request.at,
                today=request.today,
            )  # fmt: skip
            messages.success(request, _("Notiert. Faden sieht ab jetzt jede Nacht nach."))
            return _back(case_id, person_id)
        except Invalid as error:
            form.take_error(error)
    return _page(request, person_id, form, EndForm())


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def end(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Nobody looks any more: she does not want it, or it is not needed."""
    form = EndForm(request.POST)
    if not form.is_valid():
        person_here(request.access.case, person_id)
        return _page(request, person_id, BeginForm(initial={"agreed_on": request.today}), form)
    outlook = actions.outlook_of(request.access.case, person_id)
    actions.end(outlook, WatchEnd(form.cleaned_data["because"]), by=request.actor, at=request.at)
    messages.success(request, _("Beendet. Faden sieht für diese Person nicht mehr nach."))
    return _back(case_id, person_id)


def _page(request: DeskRequest, person_id: UUID, form: BeginForm, end_form: EndForm) -> HttpResponse:
    sight = queries.sight_of_person(request.access.case, person_id, language=language())
    if form.errors and sight.outlook:
        return _back(request.access.case.id, person_id)  # somebody else noted it meanwhile: there is nothing left to fill in
    context = {
        "person_id": person_id,
        "sight": sight,
        "form": form,
        "end_form": end_form,
        "notice": notice(language()),
    }
    status = 422 if form.errors or end_form.errors else 200
    head = head_about(request, person_id)
    return case_page(request, "desk/person_outlook.html", context, head=head, title=_("Fristen und Chancen"), status=status)


def _back(case_id: UUID, person_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("person-outlook", args=[case_id, person_id]), status=303)


_OF_PERSON = "faelle/<uuid:case_id>/personen/<uuid:person_id>/fristen-chancen/"
urlpatterns = [
    path("fristen-chancen/", index, name="outlook"),
    path(_OF_PERSON, person, name="person-outlook"),
    path(f"{_OF_PERSON}ende/", end, name="person-outlook-end"),
]
