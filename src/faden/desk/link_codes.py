"""Link und Code: how the link of a Vermittlung stands; another code to be told by phone; its mail once more."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _

from faden.desk.door import DeskRequest, Sees, edits
from faden.desk.facts import head_about
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission
from faden.referrals.actions import sent_links as actions
from faden.referrals.queries.sent_links import SentLink, sent_link


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, sending_id: UUID) -> HttpResponse:
    """The code stands on the one page that answers the button, and nowhere else."""
    sent = sent_link(request.access.case, sending_id)
    if request.method != "POST":
        return _page(request, sent)
    if request.POST.get("what") == "mail":
        actions.mail_again(sent, by=request.actor, at=request.at)
        messages.success(request, _("Die E-Mail mit dem Link geht noch einmal hinaus."))
        return HttpResponseRedirect(request.path, status=303)
    if request.POST.get("what") != "code":
        raise Invalid(_("Bitte wählen Sie, was geschehen soll."))
    return _page(request, sent, code=actions.renew_code(sent, by=request.actor, at=request.at))


def _page(request: DeskRequest, sent: SentLink, *, code: str = "") -> HttpResponse:
    context = {"sent": sent, "sending": sent.sending, "is_over": sent.is_over(request.at), "code": code}
    return case_page(request, "desk/link_code.html", context, head=head_about(request, sent.sending.referral.persons[0]), title=_("Link und Code"))


urlpatterns = [path("faelle/<uuid:case_id>/sendungen/<uuid:sending_id>/link/", show, name="sending-link")]
