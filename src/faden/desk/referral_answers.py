"""Antwort nachtragen: what a recipient said by phone, letter or in person, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.desk.door import DeskRequest, Sees, edits, writes
from faden.desk.forms import initial_of, kept_draft
from faden.desk.referral_forms import AnswerForm
from faden.desk.referrals import answer as answered
from faden.organisations.vocabulary import Permission
from faden.referrals.actions import answers as actions
from faden.referrals.actions.referrals import referral_of
from faden.referrals.queries.referrals import sendings_of
from faden.referrals.queries.steps import step_is_settled
from faden.referrals.vocabulary import AnswerWay, ReferralState


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def note(request: DeskRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Who said what, when and how; step, Fristen and timeline follow."""
    referral, kept = referral_of(request.access.case, referral_id), kept_draft(request)
    sendings = sendings_of(referral)
    if not sendings:
        return HttpResponseRedirect(reverse("referral", args=[case_id, referral_id]))
    form = AnswerForm(
        request.POST or None,
        state=ReferralState(referral.state),
        sendings=[(str(one.id), one.recipient_name) for one in sendings],
        initial={"said_on": request.today, "way": AnswerWay.PHONE, **initial_of(AnswerForm, kept, request)},
    )

    def save() -> None:
        sending = next(one for one in sendings if str(one.id) == form.cleaned_data["sending"])
        way, said_by = AnswerWay(form.cleaned_data["way"]), form.cleaned_data["said_by"]
        actions.note(sending, form.said(), way=way, said_by=said_by, by=request.actor, at=request.at)
        messages.success(request, _("Die Antwort ist nachgetragen."))

    more = {"step": referral.step}
    return answered(request, referral, form, save, template="desk/referral_answer.html", title=_("Antwort nachtragen"), kept=kept, **more)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def undo(request: DeskRequest, case_id: UUID, referral_id: UUID, answer_id: UUID) -> HttpResponse:
    """Noted by mistake: it stays in the history, struck out."""
    referral = referral_of(request.access.case, referral_id)
    actions.undo(actions.answer_of(referral, answer_id), by=request.actor, at=request.at)
    messages.success(request, _("Die Antwort ist zurückgenommen. Sie bleibt durchgestrichen im Verlauf."))
    if step_is_settled(referral):
        messages.info(request, _("Der Schritt der Kette bleibt erledigt. Wenn das nicht stimmt, nehmen Sie ihn dort zurück."))
    return HttpResponseRedirect(reverse("referral", args=[case_id, referral_id]), status=303)


_ONE = "faelle/<uuid:case_id>/vermittlungen/<uuid:referral_id>/"
urlpatterns = [
    path(f"{_ONE}antwort/", note, name="referral-answer"),
    path(f"{_ONE}antworten/<uuid:answer_id>/zuruecknehmen/", undo, name="referral-answer-undo"),
]
