"""Schutzvermerke of one person: set at once, ended only after a second look."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.policies import may_protect
from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import person_here
from faden.desk.door import DeskRequest, Sees, edits
from faden.desk.forms import Day, DeskForm, Text, left_in
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission
from faden.persons.actions.protection import NewMark, end_mark, set_mark
from faden.persons.queries.cards import card_of
from faden.persons.queries.protection import mark_of, marks_of
from faden.persons.vocabulary import ProtectionKind


class MarkForm(DeskForm):
    """Why, and from when; the reason is seen on this page only."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Warum?"), choices=ProtectionKind.choices, widget=forms.RadioSelect
    )
    from_on = Day(label=gettext_lazy("Seit"))
    until_on = Day(
        label=gettext_lazy("Befristet bis"),
        required=False,
        help_text=gettext_lazy(
            "Eine Auskunftssperre endet nach zwei Jahren, wenn im Bescheid kein anderer Tag steht."
        ),
    )
    words = Text(
        label=gettext_lazy("Kurz in eigenen Worten"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Nur, was für die Arbeit nötig ist. Keine Anschrift, keine Namen."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def mark(self) -> NewMark:
        """The values as the verb takes them."""
        return NewMark(**self.cleaned_data)


class EndForm(DeskForm):
    """The second look."""

    sure = forms.BooleanField(
        label=gettext_lazy("Ich habe das mit der Person besprochen. Der Schutzvermerk soll enden.")
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES, when=may_protect)
def index(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """What stands and stood, and a form for one more."""
    person = person_here(request.access.case, person_id)
    form = MarkForm(request.POST or None, initial={"from_on": request.today, **left_in(MarkForm, request)})
    if request.method == "POST" and form.is_valid():
        try:
            set_mark(form.mark(), person=person, by=request.actor, on=request.today, at=request.at)
            messages.success(request, _("Der Schutzvermerk ist gesetzt."))
            return _back(case_id, person_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "person": person,
        "card": card_of(person),
        "marks": marks_of(person_id),
        "today": request.today,
        "may_protect": bool(may_protect(request.access)),
    }
    status = 422 if form.errors else 200
    head = head_of(request.access)
    return case_page(request, "desk/protection.html", context, head=head, title=_("Schutzvermerk"), status=status)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def end(request: DeskRequest, case_id: UUID, person_id: UUID, mark_id: UUID) -> HttpResponse:
    """What will be seen again, and a box to tick."""
    person, mark = person_here(request.access.case, person_id), mark_of(person_id, mark_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and mark.ended_at:
        messages.info(request, _("Dieser Schutzvermerk ist schon beendet."))
        return _back(case_id, person_id)
    if request.method == "POST" and form.is_valid():
        end_mark(mark, by=request.actor, at=request.at)
        messages.success(request, _("Der Schutzvermerk ist beendet."))
        return _back(case_id, person_id)
    standing = [found for found in marks_of(person_id) if found.stands]
    context = {
        "form": form,
        "person": person,
        "card": card_of(person),
        "mark": next((found for found in standing if found.id == mark_id), None),
        "others": len([found for found in standing if found.id != mark_id]),
    }
    status = 422 if form.errors else 200
    head, title = head_of(request.access), _("Schutzvermerk beenden")
    return case_page(request, "desk/protection_end.html", context, head=head, title=title, status=status)


def _back(case_id: UUID, person_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("protection", args=[case_id, person_id]), status=303)


_PERSON = "faelle/<uuid:case_id>/personen/<uuid:person_id>/schutz/"
urlpatterns = [
    path(_PERSON, index, name="protection"),
    path(_PERSON + "<uuid:mark_id>/ende/", end, name="protection-end"),
]
