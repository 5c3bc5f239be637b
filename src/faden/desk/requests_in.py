"""Anfragen von anderen: what towns, schools, jobcentres, guides and volunteers ask for, and the one answer they get."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import DeskForm, Text, initial_of, kept_draft, left_in
from faden.desk.inquiries import InquiryForm
from faden.desk.shell import page, page_number
from faden.doors.asking import AskingForm
from faden.doors.downloads import attachment
from faden.doors.request_sheet import request_sheet
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission
from faden.referrals.actions import requests as actions
from faden.referrals.queries import requests as queries
from faden.referrals.rules.requests import as_inquiry
from faden.referrals.vocabulary import RequestFrom, RequestState


class PaperForm(AskingForm):
    """What somebody filled in by hand."""

    sender_name = Text(label=gettext_lazy("Wer hat das Blatt geschickt?"), max_length=200)
    sent_from = forms.ChoiceField(
        label=gettext_lazy("Was für eine Stelle ist das?"), choices=[("", gettext_lazy("Bitte wählen")), *RequestFrom.choices]
    )
    field_order = ("sender_name", "sent_from")


class AnswerForm(DeskForm):
    """One of two words; only the word goes back."""

    state = forms.ChoiceField(
        label=gettext_lazy("Antwort"), widget=forms.RadioSelect,
        choices=[choice for choice in RequestState.choices if choice[0] != RequestState.ARRIVED],
    )  # fmt: skip
    passed_to = Text(
        label=gettext_lazy("Wer ist zuständig?"), required=False, max_length=200,
        help_text=gettext_lazy("Nur bei „nicht zuständig“, für Ihre eigenen Unterlagen. Die anfragende Stelle sieht es nicht; sagen Sie es ihr, wenn die Person das möchte."),
    )  # fmt: skip


@reads(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def index(request: DeskRequest) -> HttpResponse:
    """What came, the newest first; or only what waits, the oldest first."""
    only_waiting = request.GET.get("offen") == "1"
    shown = queries.came(page=page_number(request), only_waiting=only_waiting)
    request.shown = [row.id for row in shown.rows]
    context = {"page": shown, "only_waiting": only_waiting}
    crumbs = ((_("Anfragen"), reverse("inquiries")), (_("Von anderen Stellen"), ""))
    return page(request, "desk/requests_in.html", context, here="inquiries", crumbs=crumbs)


@edits(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def show(request: DeskRequest, request_id: UUID) -> HttpResponse:
    """One of them, with how to reach the person; POST answers Termin angeboten, or nicht zuständig."""
    came = queries.one_that_came(request_id)
    begun = {"state": "" if came.waits else came.state, "passed_to": came.passed_to}
    form = AnswerForm(request.POST or None, initial={**begun, **left_in(AnswerForm, request)})
    if request.method == "POST" and form.is_valid():
        values, seen = form.cleaned_data, request.POST.get("seen", "")
        try:
            actions.answer(
                request_id, RequestState(values["state"]), passed_to=values["passed_to"], seen=seen, by=request.actor, at=request.at
            )
        except Invalid as error:
            form.take_error(error)
        else:
            messages.success(request, _("Die anfragende Stelle sieht jetzt diese Antwort und sonst nichts."))
            return HttpResponseRedirect(reverse("request-in", args=[request_id]), status=303)
    request.shown = [came.id]
    crumbs = ((_("Anfragen"), reverse("inquiries")), (_("Von anderen Stellen"), reverse("requests-in")), (_("Anfrage"), ""))
    status = 422 if form.errors else 200
    return page(request, "desk/request_in.html", {"came": came, "form": form}, here="inquiries", crumbs=crumbs, status=status)


@edits(Sees.LIST, may=Permission.TAKE_INQUIRIES)
def take_up(request: DeskRequest, request_id: UUID) -> HttpResponse:
    """It becomes an Anfrage of this service, filled in as far as it was told; the name stays where it came."""
    came = queries.one_that_came(request_id)
    kept = kept_draft(request)
    form = InquiryForm(
        request.POST or None, organisation_id=request.actor.organisation_id, on=request.today,
        initial=initial_of(InquiryForm, kept, request) or as_inquiry(came.sent_from, came.topic_codes, came.needs_interpreter) | {
            "municipality": came.ags, "language": came.language_code, "text": came.words,
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        inquiry = actions.take_up(request_id, form.asked(), by=request.actor, at=request.at)
        messages.success(request, _("Die Anfrage ist aufgenommen."))
        return HttpResponseRedirect(reverse("inquiry", args=[inquiry.id]), status=303)
    request.shown = [came.id]
    crumbs = ((_("Von anderen Stellen"), reverse("requests-in")), (_("Anfrage"), reverse("request-in", args=[request_id])), (_("Aufnehmen"), ""))
    context = {"form": form, "kept": kept, "came": came}
    return page(request, "desk/request_take_up.html", context, here="inquiries", crumbs=crumbs, status=422 if form.errors else 200)


@edits(Sees.NOTHING, may=Permission.TAKE_INQUIRIES)
def paper(request: DeskRequest) -> HttpResponse:
    """It came on paper: the same, typed in here."""
    kept = kept_draft(request)
    form = PaperForm(
        request.POST or None, organisation_id=request.actor.organisation_id, initial=initial_of(PaperForm, kept, request)
    )
    if request.method == "POST" and form.is_valid():
        row = actions.note_paper(form.asking(), sender_name=form.cleaned_data["sender_name"], by=request.actor, at=request.at)
        messages.success(request, _("Die Anfrage ist festgehalten."))
        return HttpResponseRedirect(reverse("request-in", args=[row.id]), status=303)
    crumbs = ((_("Von anderen Stellen"), reverse("requests-in")), (_("Auf Papier"), ""))
    context = {"form": form, "kept": kept}
    return page(request, "desk/request_paper.html", context, here="inquiries", crumbs=crumbs, status=422 if form.errors else 200)


@reads(Sees.NOTHING, may=Permission.TAKE_INQUIRIES)
def sheet(request: DeskRequest) -> HttpResponse:
    """To hand out: one page to fill in by hand."""
    return attachment(request_sheet(), kind="application/pdf", name=f"{_('Anfrage an KIM')}.pdf")


urlpatterns = [
    path("anfragen/andere-stellen/", index, name="requests-in"),
    path("anfragen/andere-stellen/papier/", paper, name="request-paper"),
    path("anfragen/andere-stellen/blatt/", sheet, name="request-sheet"),
    path("anfragen/andere-stellen/<uuid:request_id>/", show, name="request-in"),
    path("anfragen/andere-stellen/<uuid:request_id>/aufnehmen/", take_up, name="request-in-inquiry"),
]
