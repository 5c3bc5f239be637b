"""A family's assessments side by side: persons by areas, and what holds for several of them."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions.assessments import holds_also_for
from faden.cases.queries.case_page import head_of
from faden.cases.queries.family_assessment import family_table, sharable
from faden.cases.queries.members import Member
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import DeskForm
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.look.forms import CheckboxList
from faden.organisations.vocabulary import Permission


class AlsoForm(DeskForm):
    """For whom else it holds."""

    persons = forms.MultipleChoiceField(label=gettext_lazy("Gilt auch für"), widget=CheckboxList)

    def __init__(self, *args: object, others: list[Member], **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["persons"].choices = [(str(m.person_id), m.card.name) for m in others]  # type: ignore[attr-defined]


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Persons by areas, in words."""
    context = {"table": family_table(request.access.case, on=request.today)}
    return case_page(
        request, "desk/family_assessment.html", context, head=head_of(request.access), title=_("Assessment der Familie")
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def also(request: DeskRequest, case_id: UUID, view_id: UUID) -> HttpResponse:
    """Let what was written about one member's area hold for others too: a chosen act, never a default."""
    head, shown = head_of(request.access), sharable(request.access.case, view_id)
    if request.method == "POST" and not shown.others:
        raise Invalid(_("Bei den anderen steht zu diesem Bereich schon etwas, oder ihre Einwilligung in die Dokumentation fehlt noch."))
    form = AlsoForm(request.POST or None, others=shown.others)
    if request.method == "POST" and form.is_valid():
        try:
            persons = [UUID(key) for key in form.cleaned_data["persons"]]
            holds_also_for(shown.row, persons, by=request.actor, on=request.today, at=request.at)
            messages.success(request, _("Es steht jetzt auch bei den gewählten Personen."))
            return HttpResponseRedirect(reverse("family-assessment", args=[case_id]), status=303)
        except Invalid as error:
            form.take_error(error)
    title = _("%(area)s: gilt auch für …") % {"area": shown.label}
    context, status = {"form": form, "shown": shown}, 422 if form.errors else 200
    return case_page(request, "desk/assessment_also.html", context, head=head, title=title, status=status)


urlpatterns = [
    path("faelle/<uuid:case_id>/assessment/", show, name="family-assessment"),
    path("faelle/<uuid:case_id>/assessment/<uuid:view_id>/gilt-auch/", also, name="assessment-also"),
]
