"""Fallvorstellungen at the coordination: told without anybody in them, to read until their day, and to answer."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import Day, DeskForm, Text, initial_of, kept_draft
from faden.desk.shell import page
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission
from faden.referrals.actions import presentations as actions
from faden.referrals.actions.presentations import WORDS, Said
from faden.referrals.queries.presentations import answers_to, gone, presented, presented_one
from faden.referrals.vocabulary import PresentationAnswer


class ReplyForm(DeskForm):
    """What becomes of it; `seen`: the answer the page showed."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Was wird daraus?"), choices=PresentationAnswer.choices, widget=forms.RadioSelect
    )
    on = Day(
        label=gettext_lazy("Tag der Planungskonferenz"), required=False, help_text=gettext_lazy("Nur wenn der Fall dorthin kommt.")
    )
    words = Text(
        label=gettext_lazy("Dazu ein paar Sätze"), required=False, max_length=WORDS, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Der Dienst liest sie, wie Sie sie schreiben. Höchstens 300 Zeichen. Bitte fragen Sie nicht, um wen es geht."),
    )  # fmt: skip
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def said(self) -> Said:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return Said(PresentationAnswer(values["answer"]), values["on"], values["words"])


@reads(Sees.LIST, may=Permission.SEE_DEMAND)
def index(request: DeskRequest) -> HttpResponse:
    """What services have told, the newest first."""
    rows = presented()
    request.shown = [row.id for row in rows]
    return page(request, "desk/presented.html", {"rows": rows}, here="presented")


@edits(Sees.LIST, may=Permission.SEE_DEMAND)
def show(request: DeskRequest, delivery_id: UUID) -> HttpResponse:
    """One of them; POST answers it."""
    row, content = presented_one(delivery_id)
    request.shown = [row.id]
    given, kept = answers_to(row.id), kept_draft(request)
    form = _form(request, row.until, {"seen": given[0].id if given else None, **initial_of(ReplyForm, kept, request)})
    if request.method == "POST":
        if form is None:
            raise gone()
        if form.is_valid():
            try:
                actions.answer(
                    row.id, form.said(), seen=form.cleaned_data["seen"], by=request.actor, at=request.at, today=request.today
                )
                messages.success(request, _("Ihre Antwort ist beim Dienst."))
                return HttpResponseRedirect(reverse("presented-one", args=[row.id]), status=303)
            except Invalid as error:
                form.take_error(error)
    crumbs = ((_("Fallvorstellungen"), reverse("presented")), (row.occasion, ""))
    context = {"row": row, "content": content, "given": given, "form": form, "kept": kept}
    status = 422 if form is not None and form.errors else 200
    return page(request, "desk/presented_one.html", context, here="presented", crumbs=crumbs, status=status)


def _form(request: DeskRequest, until: date, initial: dict[str, Any]) -> ReplyForm | None:
    """Until its last day there is a way back."""
    return ReplyForm(request.POST or None, initial=initial) if request.today <= until else None


urlpatterns = [
    path("fallvorstellungen/", index, name="presented"),
    path("fallvorstellungen/<uuid:delivery_id>/", show, name="presented-one"),
]
