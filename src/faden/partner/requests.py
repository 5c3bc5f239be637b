"""Anfrage an KIM: somebody who knows a person asks for her, with her consent, and sees one of three states."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.doors.asking import AskingForm
from faden.doors.downloads import attachment
from faden.doors.drafts import left_in
from faden.doors.request_sheet import request_sheet
from faden.kernel.errors import Invalid
from faden.look.typed import Text
from faden.organisations.vocabulary import Permission
from faden.partner.door import PartnerRequest, Sees, edits, reads
from faden.partner.frame import page
from faden.referrals.actions import requests as actions
from faden.referrals.queries import requests as queries

ASK = Permission.ASK_SERVICES


class RequestForm(AskingForm):
    """With the sender's own sign, so that she finds it again without a name."""

    own_sign = Text(
        label=gettext_lazy("Ihr eigenes Zeichen"), required=False, max_length=40,
        help_text=gettext_lazy("Damit Sie die Anfrage wiederfinden. Bitte kein Name: Ihre Liste zeigt nur dieses Zeichen."),
    )  # fmt: skip


@reads(Sees.NOTHING, may=ASK)
def listing(request: PartnerRequest) -> HttpResponse:
    """What she sent herself: angekommen, Termin angeboten, nicht zuständig, and nothing more."""
    return page(request, "partner/requests.html", {"rows": queries.sent_by(request.actor)}, here="requests")


@edits(Sees.NOTHING, may=ASK)
def new(request: PartnerRequest) -> HttpResponse:
    """The form; it goes to the service competent for the town today."""
    form = RequestForm(
        request.POST or None, organisation_id=request.actor.organisation_id, initial=left_in(RequestForm, request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            _not_too_many(request)
            actions.send(
                form.asking(), own_sign=form.cleaned_data["own_sign"], by=request.actor, at=request.at, today=request.today
            )
        except Invalid as error:
            form.take_error(error)
        else:
            messages.success(request, _("Die Anfrage ist angekommen. Hier sehen Sie, sobald ein Termin angeboten ist."))
            return HttpResponseRedirect(reverse("sent-requests"), status=303)
    crumbs = ((_("Anfrage an KIM"), reverse("sent-requests")), (_("Neue Anfrage"), ""))
    status = 422 if form.errors else 200
    return page(request, "partner/request_form.html", {"form": form}, here="requests", crumbs=crumbs, status=status)


def _not_too_many(request: PartnerRequest) -> None:
    """One account cannot bury the people at the other end; what is refused is rolled back and counts for nothing."""
    if not ratelimit.consume(request, action="request"):
        raise Invalid(
            _("Von Ihnen kamen in einer Stunde sehr viele Anfragen. Bitte senden Sie diese später: Was Sie geschrieben haben, steht noch da.")
        )


@reads(Sees.NOTHING, may=ASK)
def sheet(request: PartnerRequest) -> HttpResponse:
    """The same on one page, to fill in by hand."""
    return attachment(request_sheet(), kind="application/pdf", name=f"{_('Anfrage an KIM')}.pdf")


urlpatterns = [
    path("anfragen/", listing, name="sent-requests"),
    path("anfragen/neu/", new, name="sent-request-new"),
    path("anfragen/blatt/", sheet, name="sent-request-sheet"),
]
