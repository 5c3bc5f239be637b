"""Anfragen: taken at the door in under two minutes, at most eight fields, no name."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions import inquiries as actions
from faden.cases.queries import inquiries as queries
from faden.cases.vocabulary.case import Urgency
from faden.cases.vocabulary.contact_note import Interpreting
from faden.cases.vocabulary.inquiry import AskedBy, InquiryResult
from faden.desk import choices
from faden.desk.about import id_in
from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.forms import DeskForm, initial_of, kept_draft, long_text
from faden.desk.shell import page, page_number
from faden.doors.received import as_inquiry
from faden.kernel.errors import Invalid
from faden.look.forms import LongSelect
from faden.organisations.vocabulary import Permission
from faden.persons.vocabulary import language_name
from faden.referrals.actions.received import note_inquiry


class InquiryForm(DeskForm):
    """Eight fields; only who asks and the result need an answer, both are preset."""

    asked_by = forms.ChoiceField(
        label=gettext_lazy("Wer fragt an?"), choices=AskedBy.choices, initial=AskedBy.SELF
    )
    municipality = forms.ChoiceField(widget=LongSelect, label=gettext_lazy("Wohnort"), required=False)
    language = forms.ChoiceField(widget=LongSelect, label=gettext_lazy("Sprache"), required=False)
    interpreting = forms.ChoiceField(
        label=gettext_lazy("Sprachmittlung"), choices=Interpreting.choices, initial=Interpreting.NONE
    )
    life_areas = forms.MultipleChoiceField(
        label=gettext_lazy("Worum geht es?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("Wie dringend?"),
        choices=Urgency.choices,
        initial=Urgency.NORMAL,
        widget=forms.RadioSelect,
    )
    result = forms.ChoiceField(
        label=gettext_lazy("Ergebnis"),
        initial=InquiryResult.OPEN,
        choices=[c for c in InquiryResult.choices if c[0] != InquiryResult.CASE_STARTED],
    )
    text = long_text(
        gettext_lazy("Notiz"),
        rows=4,
        hint=gettext_lazy(
            "Bitte ohne Namen. Der Text wird nach 90 Tagen gelöscht, gezählt bleibt die Anfrage."
        ),
    )

    def __init__(self, *args: object, organisation_id: int, on: date, **options: object) -> None:
        super().__init__(*args, **options)
        before = self.initial.get("life_areas", ())
        self.fields["life_areas"].choices = choices.life_areas(on, also=before)  # type: ignore[attr-defined]
        self.fields["municipality"].choices = choices.municipalities(organisation_id)  # type: ignore[attr-defined]
        self.fields["language"].choices = choices.languages()  # type: ignore[attr-defined]

    def asked(self) -> actions.Asked:
        """The values as the verb takes them."""
        values = dict(self.cleaned_data)
        return actions.Asked(**{**values, "life_areas": tuple(values["life_areas"])})


@reads(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def index(request: DeskRequest) -> HttpResponse:
    """All inquiries, newest first."""
    result = request.GET.get("ergebnis", "")
    result = result if result in InquiryResult.values else ""
    shown = queries.inquiries(page=page_number(request), result=result)
    request.shown = [row.id for row in shown.rows]
    context = {"page": shown, "results": InquiryResult.choices, "result": result}
    return page(request, "desk/inquiries.html", context, here="inquiries")


@edits(Sees.NOTHING, may=Permission.TAKE_INQUIRIES)
def new(request: DeskRequest) -> HttpResponse:
    """The form at the door; what came by the Eingang is named in the address (?zustellung=…)."""
    return _form(request, None, delivery=id_in(request, "zustellung"))


@edits(Sees.NOTHING, may=Permission.TAKE_INQUIRIES)
def further(request: DeskRequest, matter_id: UUID) -> HttpResponse:
    """Another contact under a Kennwort."""
    return _form(request, matter_id)


def _form(request: DeskRequest, matter_id: UUID | None, delivery: UUID | None = None) -> HttpResponse:
    matter = queries.matter(matter_id) if matter_id else None
    preset = as_inquiry(request, delivery) if delivery else {}
    kept = kept_draft(request)
    form = InquiryForm(
        request.POST or None,
        organisation_id=request.actor.organisation_id,
        on=request.today,
        initial={**preset, **initial_of(InquiryForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        inquiry = actions.take(form.asked(), under=matter, by=request.actor, at=request.at)
        if delivery:
            note_inquiry(delivery, inquiry, by=request.actor, at=request.at, today=request.today)
        messages.success(request, _("Die Anfrage ist notiert."))
        name, key = ("matter", matter.id) if matter else ("inquiry", inquiry.id)
        return HttpResponseRedirect(reverse(name, args=[key]), status=303)
    crumbs = ((_("Anfragen"), reverse("inquiries")), (_("Neue Anfrage"), ""))
    return page(
        request,
        "desk/inquiry_form.html",
        {"form": form, "matter": matter, "kept": kept},
        here="inquiries",
        crumbs=crumbs,
        status=422 if form.errors else 200,
    )


@reads(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def show(request: DeskRequest, inquiry_id: UUID) -> HttpResponse:
    """One inquiry, and what may come of it."""
    inquiry = queries.inquiry(inquiry_id)
    request.shown = [inquiry.id]
    crumbs = ((_("Anfragen"), reverse("inquiries")), (_("Anfrage"), ""))
    results = [c for c in InquiryResult.choices if c[0] != InquiryResult.CASE_STARTED]
    context = {
        "inquiry": inquiry,
        "language": language_name(inquiry.language),
        "results": results,
    }
    return page(request, "desk/inquiry.html", context, here="inquiries", crumbs=crumbs)


@writes(Sees.NOTHING, may=Permission.TAKE_INQUIRIES)
def result(request: DeskRequest, inquiry_id: UUID) -> HttpResponse:
    """What became of it."""
    inquiry = queries.inquiry(inquiry_id)
    chosen = request.POST.get("result", "")
    if chosen not in InquiryResult.values or chosen == InquiryResult.CASE_STARTED:
        raise Invalid(_("Bitte wählen Sie ein Ergebnis aus der Liste."), "result")
    actions.change_result(inquiry, InquiryResult(chosen), by=request.actor, at=request.at)
    messages.success(request, _("Das Ergebnis ist geändert."))
    return HttpResponseRedirect(reverse("inquiry", args=[inquiry_id]), status=303)


urlpatterns = [
    path("anfragen/", index, name="inquiries"),
    path("anfragen/neu/", new, name="inquiry-new"),
    path("anfragen/<uuid:inquiry_id>/", show, name="inquiry"),
    path("anfragen/<uuid:inquiry_id>/ergebnis/", result, name="inquiry-result"),
    path("kennwort/<uuid:matter_id>/neu/", further, name="matter-inquiry-new"),
]
