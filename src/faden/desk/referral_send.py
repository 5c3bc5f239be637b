"""Vermittlung senden: ground, data, words and channel, beside exactly what the recipient will read."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.consents.actions.releases import Told
from faden.consents.queries.grounds import Grounds
from faden.consents.rules.contents import Content
from faden.consents.vocabulary import Channel
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.facts import head_about
from faden.desk.forms import initial_of, kept_draft, version_sent, version_shown
from faden.desk.referral_forms import NOBODY, SendForm
from faden.desk.shell import case_page
from faden.doors.downloads import attachment
from faden.kernel.errors import Invalid
from faden.look.papers import as_pdf
from faden.organisations.queries.recipients import Recipient, recipient
from faden.organisations.vocabulary import Permission
from faden.referrals.actions import referrals as actions
from faden.referrals.actions.referrals import Addressed, Sent, referral_of
from faden.referrals.actions.telling import Resting, as_told
from faden.referrals.queries.grounds import grounds_in
from faden.referrals.queries.sheets import sheet_of
from faden.referrals.queries.telling import Tellable, already_at, sender, tellable
from faden.referrals.rules.composing import composed, seal_of, usual
from faden.referrals.vocabulary import OVER

ANSWER_AFTER = timedelta(days=14)
_BY_HAND = (Channel.LETTER, Channel.IN_PERSON, Channel.CARRIED, Channel.PHONE)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def send(request: DeskRequest, case_id: UUID, referral_id: UUID, key: str) -> HttpResponse:
    """What goes out is what was shown: another wording is shown again before it leaves."""
    case, referral, kept = request.access.case, referral_of(request.access.case, referral_id), kept_draft(request)
    if referral.state in OVER:
        return HttpResponseRedirect(reverse("referral", args=[case_id, referral_id]))
    to, person = recipient(key, but=request.actor.organisation_id), referral.persons[0]
    known = tellable(case, person, on=request.today)
    grounds = grounds_in(case, person, key, confidential=referral.confidential, on=request.today)
    before = already_at(referral, to, known.offers)
    channels = _channels(to)
    form = SendForm(
        request.POST or None, recipient=to, grounds=grounds, offers=known.offers, channels=channels, amends=before is not None,
        initial={**_begin(request, grounds, known, channels), **(before or {}), **initial_of(SendForm, kept, request)},
    )  # fmt: skip
    content, told_again = _content(request, form, referral, known), False
    # The recipient reads what the ground was given for: another ground is another preview.
    seal = seal_of(content, f"{key} {form['ground'].value()}")
    if request.method == "POST" and form.is_valid():
        try:
            told = _told(request, referral, form, content)
            told_again = request.POST.get("seal") != seal or "zeigen" in request.POST
            if not told_again:
                return _sent(request, referral, form, told)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form, "referral": referral, "to": to, "kept": kept, "grounds": grounds, "guarded": known.guarded, "content": content,
        "seal": seal, "told_again": told_again, "version": version_shown(referral.version, kept, request),
        "amends": before is not None, "person": person, "back": reverse("referral", args=[case_id, referral_id]),
    }  # fmt: skip
    status = 422 if form.errors or told_again else 200
    title = _("Vermittlung an %(name)s") % {"name": to.name}
    return case_page(request, "desk/referral_send.html", context, head=head_about(request, person), title=title, status=status)


def _channels(to: Recipient) -> list[Channel]:
    """All stand side by side; what cannot reach this recipient is not there."""
    first = [Channel.INBOX] if to.has_account else [Channel.LINK] if to.email else []
    return [*first, *_BY_HAND, *([Channel.FAX] if settings.FADEN.fax else [])]


def _begin(request: DeskRequest, grounds: Grounds, known: Tellable, channels: list[Channel]) -> dict[str, Any]:
    """The newest consent that stands, what is usual of what it names, the first channel; all of it is shown.

    ?ohne=1, from an offer: a question for a place, from which nobody can be known.
    """
    if "ohne" in request.GET:
        words = _("Haben Sie einen freien Platz, und ab wann? Wir fragen zuerst ohne Namen.")
        return {"ground": NOBODY, "facts": [], "message": words, "channel": channels[0], "answer_by": request.today + ANSWER_AFTER}
    first = next(iter(grounds.consents), None)
    return {
        "ground": f"c{first.id}" if first else "",
        "facts": usual(known.offers, first.data_classes) if first else [],
        "channel": channels[0],
        "answer_by": request.today + ANSWER_AFTER,
    }


def _content(request: DeskRequest, form: SendForm, referral: Any, known: Tellable) -> Content:
    """As the form stands now; while something is missing in it, as it began."""
    return composed(form.chosen(referral), known.offers, sender=sender(request.actor), codes={"what": "referral"})


def _told(request: DeskRequest, referral: Any, form: SendForm, content: Content) -> Told:
    resting, channel = Resting(form.consent_id, form.lawful_id, form.names_nobody), Channel(form.cleaned_data["channel"])
    return as_told(referral, form.recipient, channel, content, resting, until=form.until, on=request.today)


def _sent(request: DeskRequest, referral: Any, form: SendForm, told: Told) -> HttpResponse:
    values, today = form.cleaned_data, request.today
    addressed = Addressed(told, values["answer_by"], values.get("amended_because", ""))
    done = actions.send(referral, addressed, seen_version=version_sent(request), by=request.actor, at=request.at, today=today)
    if done.link:
        return _code_told(request, done)
    messages.success(request, _after(done))
    return HttpResponseRedirect(reverse("referral", args=[request.access.case.id, referral.id]), status=303)


def _after(done: Sent) -> str:
    """What is left to do by hand."""
    said = {
        Channel.INBOX: _("Gesendet. Die Stelle sieht die Vermittlung jetzt in ihrem Postfach."),
        Channel.PHONE: _("Notiert: am Telefon weitergegeben."),
    }
    return said.get(Channel(done.sending.channel), _("Notiert. Bitte drucken Sie jetzt das Blatt."))


def _code_told(request: DeskRequest, done: Sent) -> HttpResponse:
    """The code stands on this one page and nowhere else: it is told by phone."""
    context = {"sending": done.sending, "link": done.link, "referral": done.sending.referral}
    title = _("Code für den Link")
    return case_page(request, "desk/referral_code.html", context, head=head_about(request, done.sending.referral.persons[0]), title=title)


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def sheet(request: DeskRequest, case_id: UUID, referral_id: UUID, sending_id: UUID) -> HttpResponse:
    """What went out on paper, to print."""
    referral = referral_of(request.access.case, referral_id)
    content = as_pdf("told", sheet_of(referral, sending_id, by=request.actor, on=request.today))
    # No number and no name: it lies in a folder of downloads.
    return attachment(content, kind="application/pdf", name="Vermittlung.pdf")


_ONE = "faelle/<uuid:case_id>/vermittlungen/<uuid:referral_id>/"
urlpatterns = [
    path(f"{_ONE}senden/<str:key>/", send, name="referral-send"),
    path(f"{_ONE}blatt/<uuid:sending_id>/", sheet, name="referral-sheet"),
]
