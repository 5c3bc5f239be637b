"""Assessment of one person: a conversation over her life areas, in any order, in as many sittings as it takes."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions import assessments as actions
from faden.cases.policies import may_document
from faden.cases.queries import assessments as queries
from faden.cases.queries.area_views import View
from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import person_in
from faden.cases.vocabulary.assessment import Strength
from faden.cases.vocabulary.case import Urgency
from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.forms import (
    DeskForm,
    initial_of,
    kept_draft,
    long_text,
    version_sent,
    version_shown,
)
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission
from faden.persons.queries.cards import card_of


class AreaForm(DeskForm):
    """What the person says comes first; everything may stay empty."""

    mark_optional = False
    client_words = long_text(
        gettext_lazy("Eigene Worte"),
        rows=7,
        hint=gettext_lazy("Wie ist es für Sie? Was soll so bleiben, was soll anders werden? Möglichst wörtlich."),
    )
    client_view = forms.ChoiceField(
        label=gettext_lazy("Eigene Sicht"),
        choices=[("", gettext_lazy("noch nicht gefragt")), *Strength.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    resources = long_text(
        gettext_lazy("Ressourcen"),
        rows=3,
        hint=gettext_lazy("Was geht schon? Wer oder was hilft? Wann ging es einmal besser, und was war da anders?"),
    )
    need = long_text(gettext_lazy("Bedarf"), rows=3, hint=gettext_lazy("Was wird gebraucht?"))
    urgency = forms.ChoiceField(
        label=gettext_lazy("Dringlichkeit"),
        choices=[("", gettext_lazy("noch offen")), *Urgency.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    worker_view = forms.ChoiceField(
        label=gettext_lazy("Einschätzung der Fachkraft"),
        choices=[("", gettext_lazy("noch keine")), *Strength.choices],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: object, area: str, in_place: bool, **options: object) -> None:
        # Several areas may be open on one page.
        super().__init__(*args, auto_id=f"id_{area}_%s", **options)
        if in_place:
            self.fields["client_words"].widget.attrs["autofocus"] = True

    def said(self) -> actions.Said:
        """The values as the verb takes them."""
        return actions.Said(**self.cleaned_data)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """All areas on one page: what is known, what has moved, what is worth a talk, what is still open."""
    case, person = request.access.case, person_in(request.access.case, person_id)
    head, name = head_of(request.access), card_of(person).name
    context = {
        "person": person,
        "page": queries.assessment_page(case, person_id, on=request.today),
        "documented": may_document(person_id),
    }
    title = _("Assessment: %(name)s") % {"name": name}
    return case_page(request, "desk/assessment.html", context, head=head, title=title)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def begin(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """The first one, or the next."""
    person_in(request.access.case, person_id)
    actions.begin(request.access.case, person_id, by=request.actor, on=request.today, at=request.at)
    return _to(case_id, person_id)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def area(request: DeskRequest, case_id: UUID, person_id: UUID, area: str) -> HttpResponse:
    """Speak about one area; with htmx it opens in its place on the page."""
    case, person = request.access.case, person_in(request.access.case, person_id)
    assessment = actions.open_assessment(case, person_id)
    line = queries.area_line(queries.assessment_page(case, person_id, on=request.today), area)
    kept = kept_draft(request)
    form = AreaForm(
        request.POST or None,
        area=area,
        in_place="HX-Request" in request.headers,
        initial={**_said(request, line), **initial_of(AreaForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.speak_about(
                assessment,
                area,
                form.said(),
                seen_version=version_sent(request),
                by=request.actor,
                on=request.today,
                at=request.at,
            )
            return _to(case_id, person_id, f"#bereich-{area}")
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "line": line,
        "person": person,
        "kept": kept,
        "version": version_shown(line.now.version if line.now else 0, kept, request),
    }
    title = _("%(area)s: %(name)s") % {"area": line.label, "name": card_of(person).name}
    status = 422 if form.errors else 200
    return case_page(
        request, "desk/assessment_area.html", context, head=head_of(request.access), title=title, status=status
    )


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def finish(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Done for now."""
    person_in(request.access.case, person_id)
    assessment = actions.open_assessment(request.access.case, person_id)
    actions.finish(assessment, by=request.actor, on=request.today, at=request.at)
    messages.success(request, _("Das Assessment ist abgeschlossen und steht im Verlauf."))
    return _to(case_id, person_id)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def reopen(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """It was finished too early."""
    person_in(request.access.case, person_id)
    actions.reopen(request.access.case, person_id, by=request.actor, at=request.at)
    return _to(case_id, person_id)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def course(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Every area over all assessments: a picture and the table that says the same."""
    person = person_in(request.access.case, person_id)
    context = {
        "person": person,
        "courses": queries.courses(request.access.case, person_id),
    }
    title = _("Über die Zeit: %(name)s") % {"name": card_of(person).name}
    return case_page(request, "desk/assessment_course.html", context, head=head_of(request.access), title=title)


def _said(request: DeskRequest, line: queries.AreaLine) -> dict[str, object]:
    """What the form begins with; last time's needs and means only when they are asked for (?wie=zuletzt)."""
    if line.now:
        return {**_workers_part(line.now), "client_words": line.now.client_words, "client_view": line.now.views.client}
    if line.before and request.GET.get("wie") == "zuletzt":
        return _workers_part(line.before)
    return {}


def _workers_part(view: View) -> dict[str, object]:
    """All but the person's own words and view: those are asked anew each time."""
    return {
        "resources": view.resources,
        "need": view.need,
        "urgency": view.urgency_code,
        "worker_view": view.views.worker,
    }


def _to(case_id: UUID, person_id: UUID, place: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse("assessment", args=[case_id, person_id]) + place, status=303)


_PERSON = "faelle/<uuid:case_id>/personen/<uuid:person_id>/assessment/"
urlpatterns = [
    path(_PERSON, show, name="assessment"),
    path(f"{_PERSON}beginn/", begin, name="assessment-begin"),
    path(f"{_PERSON}abschluss/", finish, name="assessment-finish"),
    path(f"{_PERSON}weiter/", reopen, name="assessment-reopen"),
    path(f"{_PERSON}verlauf/", course, name="assessment-course"),
    path(f"{_PERSON}bereiche/<slug:area>/", area, name="assessment-area"),
]
