"""Anfragen of clients to an office: one PDF for its own files, and what its building block 3 answers."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.consents.vocabulary import DeliveryKind
from faden.doors import received
from faden.doors.downloads import attachment
from faden.doors.drafts import left_in
from faden.doors.office_answer_form import OfficeSaidForm
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Invalid, NotFound
from faden.look.papers import as_pdf
from faden.organisations.vocabulary import Permission
from faden.partner.deliveries import SIDE
from faden.partner.door import PartnerRequest, Sees, edits, reads
from faden.referrals.queries.received import Page
from faden.residence.actions import office_answers
from faden.residence.queries.request_sheets import delivered_sheet

ANSWER = Permission.ANSWER_CLIENTS


class OfficeAnswerForm(OfficeSaidForm):
    """As the office gives it."""

    correcting = forms.BooleanField(label=gettext_lazy("Diese Antwort berichtigt unsere vorige."), required=False)

    def __init__(self, *args: Any, may_correct: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].label = _("Ihre Antwort")
        if not may_correct:
            del self.fields["correcting"]


@edits(Sees.DELIVERY, may=ANSWER)
def answer(request: PartnerRequest, delivery_id: UUID) -> HttpResponse:
    """To the sender, where it becomes a step."""
    page = _asked(request, delivery_id)
    if page.delivery.is_over:
        raise NotFound(_("Diese Anfrage ist beendet. Der Absender nimmt keine Antwort mehr an; bitte rufen Sie dort an."))
    frame = received.frame(SIDE, page)
    may_correct = bool(frame["office"]["answers"])
    form = OfficeAnswerForm(request.POST or None, may_correct=may_correct, initial=left_in(OfficeAnswerForm, request))
    if request.method == "POST" and form.is_valid():
        try:
            correcting = form.cleaned_data.get("correcting", False)
            office_answers.answer(page.delivery.id, form.said(), correcting=correcting, by=request.actor, at=request.at, today=request.today)
            messages.success(request, _("Ihre Antwort ist beim Absender."))
            return HttpResponseRedirect(SIDE.to(page.delivery.id), status=303)
        except Invalid as error:
            form.take_error(error)
    context = {**frame, "form": form, "send": _("Antwort senden")}
    return received.form_page(request, SIDE, "look/received/office_answer.html", context, _("Antworten"))


@reads(Sees.DELIVERY, may=ANSWER)
def paper(request: PartnerRequest, delivery_id: UUID) -> HttpResponse:
    """The whole request on paper, for the office's own file system; its name says nobody's."""
    page = _asked(request, delivery_id)
    if page.content is None:
        raise NotFound(_("Diese Angaben sind gelöscht."))
    day = page.delivery.delivered_at.astimezone(BERLIN).date()
    data = delivered_sheet(page.content, request.actor.organisation_name, day=day)
    return attachment(as_pdf("office_request", data), kind="application/pdf", name=f"{_('Anfrage')}-{day:%Y-%m-%d}.pdf")


def _asked(request: PartnerRequest, delivery_id: UUID) -> Page:
    """Only what clients ask is answered and printed here."""
    page = received.page_of(request, delivery_id)
    if page.delivery.kind != DeliveryKind.RESIDENCE:
        raise NotFound(_("Diese Anfrage gibt es hier nicht, oder sie ist beendet."))
    return page


_ONE = "zustellungen/<uuid:delivery_id>"
urlpatterns = [
    path(f"{_ONE}/auskunft/", answer, name="delivery-office-answer"),
    path(f"{_ONE}/blatt/", paper, name="delivery-paper"),
]
