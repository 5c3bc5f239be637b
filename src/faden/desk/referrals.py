"""Vermittlung: begun from a need or a step, its page with all that happened, changed, withdrawn, taken up again."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import head_of
from faden.cases.vocabulary.case import Part
from faden.desk import choices
from faden.desk.about import id_in, members_for, preset_about
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.facts import head_about
from faden.desk.forms import BareForm, DeskForm, initial_of, kept_draft, version_sent, version_shown
from faden.desk.here import Here
from faden.desk.referral_forms import HelpedForm, ReopenForm, WishForm
from faden.desk.shell import case_page
from faden.kernel.drafts import Kept
from faden.kernel.errors import Invalid
from faden.organisations.queries.recipients import Recipient, recipient, recipients
from faden.organisations.vocabulary import Permission
from faden.referrals.actions import offers
from faden.referrals.actions import referrals as actions
from faden.referrals.actions.referrals import referral_of
from faden.referrals.queries.grounds import consents_in
from faden.referrals.queries.offers import Provided, offer_now, provided
from faden.referrals.queries.referrals import referral_page, referrals_in
from faden.referrals.queries.steps import step_for
from faden.referrals.vocabulary import Helped, ReferralState

# How a state is marked where it stands in a list.
BADGES = {
    ReferralState.DRAFT: "neutral",
    ReferralState.SENT: "info",
    ReferralState.RECEIVED: "info",
    ReferralState.QUESTION: "warning",
    ReferralState.WAITING: "info",
    ReferralState.ACCEPTED: "success",
    ReferralState.DECLINED: "danger",
    ReferralState.NO_SHOW: "warning",
    ReferralState.FINISHED: "success",
    ReferralState.EXPIRED: "warning",
    ReferralState.WITHDRAWN: "neutral",
}


def section(here: Here) -> dict[str, Any]:
    """Its part of the page Zusammenarbeit."""
    rows, today = referrals_in(here.case, here.of), here.request.today
    return {"rows": [(row, BADGES[row.state], row.is_late(today)) for row in rows], "about": here.about}


# ---------- begun, changed ----------


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """?person=…&bereich=…&schritt=…&einwilligung=…&an=…&angebot=…: from a need, a step, a consent or an offer some of it is known.

    With &ohne=1 it becomes a question for a place, without a name.
    """
    case, head, members, kept = request.access.case, head_of(request.access), members_for(request), kept_draft(request)
    step = step_for(case, request.GET.get("schritt", ""))
    known: dict[str, object] = {**preset_about(request), "life_area": request.GET.get("bereich", ""), "recipient": request.GET.get("an", "")}
    known["persons"] = request.GET.get("person", "")
    known |= _from_consent(request, [member.person_id for member in members])
    if step:
        known |= {"wish": step.title, "life_area": step.life_area, "persons": str(step.person_id), "confidential": step.confidential}
    offer, nameless = _offer(request, kept), _is_nameless(request, kept)
    recipients = grouped(request, [member.person_id for member in members], confidential=request.part is Part.CONFIDENTIAL)
    if offer:
        known |= {"wish": offer.title, "recipient": offer.key}
        recipients = [*_of_offer(offer), *recipients]
    form = WishForm(
        request.POST or None,
        members=members,
        areas=choices.life_areas(request.today),
        recipients=recipients,
        initial={**known, **initial_of(WishForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            wish, key = form.wanted(step=step.id if step else None), form.cleaned_data.get("recipient", "")
            if offer:
                begun = offers.begin(wish, offer, case=case, key=key, by=request.actor, at=request.at)
                return begun_from_offer(request, begun, nameless=nameless)
            made = actions.begin(wish, case=case, by=request.actor, at=request.at)
            return _begun(case_id, made.id, key)
        except Invalid as error:
            form.take_error(error)
    context: dict[str, Any] = {"form": form, "kept": kept, "step": step, "offer": offer, "nameless": nameless}
    context |= {"about": _sought(request), "back": reverse("together", args=[case_id])}
    status = 422 if form.errors else 200
    return case_page(request, "desk/referral_form.html", context, head=head, title=_("Neue Vermittlung"), status=status)


def _sought(request: DeskRequest) -> str:
    """The search in the directory begins with what is known here."""
    known = {name: request.GET[name] for name in ("person", "bereich", "schritt", "vertraulich") if request.GET.get(name)}
    return f"?{urlencode(known)}" if known else ""


def _offer(request: DeskRequest, kept: Kept | None) -> Provided | None:
    """The offer it is begun from; a draft knows it too."""
    drafted = (kept.values.get("angebot") or [""])[-1] if kept and request.GET.get("entwurf") == "weiter" else ""
    try:
        offer_id = UUID(request.POST.get("angebot") or request.GET.get("angebot") or drafted)
    except ValueError:
        return None
    return provided(offer_id, by_service=request.actor.organisation_id)


def _is_nameless(request: DeskRequest, kept: Kept | None) -> bool:
    """A question from which nobody can be known; a draft knows that too."""
    return "ohne" in request.POST or "ohne" in request.GET or bool(kept and request.GET.get("entwurf") == "weiter" and kept.values.get("ohne"))


def _of_offer(offer: Provided) -> list[tuple[str, list[tuple[str, str]]]]:
    """Its provider, where the address book does not know it yet."""
    if not offer.is_new:
        return []
    words = _("%(name)s (kommt damit ins Adressbuch)") % {"name": offer.provider}
    return [(_("aus dem Verzeichnis"), [(offer.key, words)])]


def begun_from_offer(request: DeskRequest, begun: offers.Begun, *, nameless: bool = False) -> HttpResponse:
    """On to the page on which it is sent; says which agency is new in the address book."""
    if begun.noted:
        messages.success(request, _("%(name)s steht jetzt im Adressbuch.") % {"name": begun.noted})
    answer = _begun(request.access.case.id, begun.referral.id, begun.key)
    if nameless and begun.key:
        answer["Location"] += "?ohne=1"
    return answer


def _from_consent(request: DeskRequest, people: list[UUID]) -> dict[str, object]:
    """What a consent that stands says already: for whom, to whom, what for."""
    asked = id_in(request, "einwilligung")
    found = consents_in(request.access.case, people, confidential=request.part is Part.CONFIDENTIAL, on=request.today) if asked else []
    one = next((one for one in found if one.id == asked), None)
    return {"persons": str(one.person_id), "recipient": one.recipient_key, "wish": one.purpose} if one else {}


def _begun(case_id: UUID, referral_id: UUID, recipient: str) -> HttpResponse:
    name, where = ("referral-send", [recipient]) if recipient else ("referral", [])
    return HttpResponseRedirect(reverse(name, args=[case_id, referral_id, *where]), status=303)


def grouped(request: DeskRequest, people: list[UUID], *, confidential: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    """Whom one of these people has allowed first, then those with an inbox, then the address book; five statements."""
    standing = consents_in(request.access.case, people, confidential=confidential, on=request.today)
    allowed = {one.recipient_key for one in standing}
    found: dict[str, list[Recipient]] = {}
    for one in recipients(but=request.actor.organisation_id):
        group = _("mit gültiger Einwilligung") if one.key in allowed else _("mit Postfach") if one.has_account else _("Adressbuch")
        found.setdefault(group, []).append(one)
    order = (_("mit gültiger Einwilligung"), _("Adressbuch"), _("mit Postfach"))
    return [(group, [(one.key, f"{one.name} ({one.kind})") for one in found[group]]) for group in order if group in found]


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Wish, company, second choice; whom it is about stays."""
    referral, kept = referral_of(request.access.case, referral_id), kept_draft(request)
    names = ("wish", "life_area", "accompanied", "second_choice")
    form = WishForm(
        request.POST or None,
        members=[],
        areas=choices.life_areas(request.today, also=[referral.life_area]),
        initial={**{name: getattr(referral, name) for name in names}, **initial_of(WishForm, kept, request)},
    )

    def save() -> None:
        wish = form.wanted(step=referral.step_id, person=referral.persons[0])
        actions.change(referral, wish, seen_version=version_sent(request), by=request.actor, at=request.at)
        messages.success(request, _("Die Vermittlung ist geändert. Was schon gesendet ist, bleibt, wie es war."))

    return answer(request, referral, form, save, template="desk/referral_form.html", title=_("Vermittlung ändern"), kept=kept)


# ---------- its page ----------


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Where it stands, what that means, what can be done, and all that happened."""
    referral = referral_of(request.access.case, referral_id)
    shown = referral_page(referral)
    is_here = referral.persons[0] in {member.person_id for member in members_for(request)}
    context = {
        "page": shown,
        "row": shown.row,
        "badge": BADGES[shown.row.state],
        "referral": referral,
        "groups": grouped(request, referral.persons, confidential=referral.confidential) if is_here and not shown.row.is_over else [],
        "late": shown.row.is_late(request.today),
        "offer": offer_now(referral, on=request.today),
    }
    return case_page(request, "desk/referral.html", context, head=head_about(request, referral.persons[0]), title=_("Vermittlung"))


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def to(request: DeskRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """?an=…: to the page on which it is sent to this recipient."""
    key = request.GET.get("an", "")
    found = recipient(key, but=request.actor.organisation_id) if key else None
    where = ("referral-send", [found.key]) if found else ("referral", [])
    return HttpResponseRedirect(reverse(where[0], args=[case_id, referral_id, *where[1]]))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def withdraw(request: DeskRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """We, or the person, do not want it any more."""
    referral = referral_of(request.access.case, referral_id)
    form = BareForm(request.POST or None)

    def save() -> None:
        actions.withdraw(referral, seen_version=version_sent(request), by=request.actor, at=request.at)
        messages.success(request, _("Die Vermittlung ist zurückgezogen. Was mit jeder Weitergabe geschah, steht im Verlauf."))

    more = {"sendings": referral_page(referral).standing}
    return answer(request, referral, form, save, template="desk/referral_withdraw.html", title=_("Vermittlung zurückziehen"), **more)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def reopen(request: DeskRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Over, and after all not."""
    referral, kept = referral_of(request.access.case, referral_id), kept_draft(request)
    form = ReopenForm(request.POST or None, initial=initial_of(ReopenForm, kept, request))

    def save() -> None:
        actions.reopen(
            referral, because=form.cleaned_data["because"], seen_version=version_sent(request), by=request.actor, at=request.at
        )
        messages.success(request, _("Die Vermittlung geht weiter. Gesendet ist damit noch nichts."))

    return answer(request, referral, form, save, title=_("Vermittlung wieder aufnehmen"), kept=kept)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def helped(request: DeskRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Two weeks later: what the person says."""
    referral, kept = referral_of(request.access.case, referral_id), kept_draft(request)
    now = {"helped": referral.helped, "words": referral.helped_words, "on": referral.helped_on or request.today}
    form = HelpedForm(request.POST or None, initial={**now, **initial_of(HelpedForm, kept, request)})

    def save() -> None:
        said = form.cleaned_data
        actions.note_helped(referral, Helped(said["helped"]), words=said["words"], on=said["on"], by=request.actor, at=request.at)
        messages.success(request, _("Notiert."))

    return answer(request, referral, form, save, title=_("Hat es geholfen?"), kept=kept)


def answer(
    request: DeskRequest, referral: Any, form: DeskForm, save: Any, *, title: str, template: str = "desk/referral_verb.html",
    kept: Any = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    """Saved: back to the Vermittlung; else the form with what was typed."""
    back = reverse("referral", args=[request.access.case.id, referral.id])
    if request.method == "POST" and form.is_valid():
        try:
            save()
            return HttpResponseRedirect(back, status=303)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form, "referral": referral, "version": version_shown(referral.version, kept, request), "kept": kept, "back": back, **more
    }
    status = 422 if form.errors else 200
    return case_page(request, template, context, head=head_about(request, referral.persons[0]), title=title, status=status)


_ONE = "faelle/<uuid:case_id>/vermittlungen/<uuid:referral_id>/"
urlpatterns = [
    path("faelle/<uuid:case_id>/vermittlungen/neu/", new, name="referral-new"),
    path(_ONE, show, name="referral"),
    path(f"{_ONE}aendern/", change, name="referral-change"),
    path(f"{_ONE}an/", to, name="referral-to"),
    path(f"{_ONE}zurueckziehen/", withdraw, name="referral-withdraw"),
    path(f"{_ONE}wiederaufnahme/", reopen, name="referral-reopen"),
    path(f"{_ONE}geholfen/", helped, name="referral-helped"),
]
