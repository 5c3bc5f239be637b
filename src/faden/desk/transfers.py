"""Fallübergabe, the old service's pages: draft, each person's part, open parts, the look before sending, the end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import head_of
from faden.casework.actions import handing_over
from faden.desk.about import members_for
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import BareForm, kept_draft, left_in, left_made, version_left, version_sent
from faden.desk.here import Here
from faden.desk.shell import case_page
from faden.desk.transfer_forms import ABOUT, FinishForm, FrameForm, PartsForm, PersonForm, classes_of
from faden.kernel.errors import Invalid, NotFound
from faden.organisations.queries.recipients import Recipient, recipients
from faden.organisations.vocabulary import Permission
from faden.referrals.actions import transfer_ends
from faden.referrals.actions import transfers as actions
from faden.referrals.queries import arriving
from faden.referrals.queries import transfers as queries
from faden.referrals.queries.summaries import proposed_lines
from faden.referrals.queries.transfer_copies import left_behind
from faden.referrals.vocabulary import GoesTo, TransferState
from faden.retention.policy import policy

_BADGES = {
    TransferState.DRAFT: "neutral",
    TransferState.SENT: "info",
    TransferState.ACCEPTED: "success",
    TransferState.DECLINED: "warning",
    TransferState.WITHDRAWN: "neutral",
    TransferState.DONE: "success",
}


def section(here: Here) -> dict[str, Any] | None:
    """In the case's Zusammenarbeit: its Fallübergaben, and where it came from. Six statements at most."""
    if here.of.confidential:
        return None
    rows = [row for row in queries.transfers_of(here.case) if here.of.person is None or here.of.person in row.persons]
    return {
        "rows": [(row, _BADGES[row.state], row.state.label) for row in rows],
        "may_begin": not any(row.is_open for row in rows) and here.of.person is None,
        "taken": arriving.taken_over(here.case, of=here.of),
    }


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """A draft; nothing leaves by it."""
    form = _frame_form(request, left_in(FrameForm, request))
    if request.method == "POST" and form.is_valid():
        try:
            frame = form.frame(but=request.actor.organisation_id)
            made = actions.prepare(frame, case=request.access.case, by=request.actor, on=request.today, at=request.at)
            messages.success(request, _("Der Entwurf ist angelegt. Hinausgegangen ist noch nichts."))
            return _to(case_id, made.id)
        except Invalid as error:
            form.take_error(error)
    context = {"form": form, "kept": kept_draft(request), "back": reverse("together", args=[case_id])}
    return _page(request, "desk/transfer_form.html", context, title=_("Fallübergabe vorbereiten"))


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, transfer_id: UUID) -> HttpResponse:
    """Where it stands: as a draft what is missing, afterwards what came back."""
    transfer = queries.transfer_of(request.access.case, transfer_id)
    is_draft = transfer.state == TransferState.DRAFT
    context = {
        "transfer": transfer,
        "row": queries.row_of(transfer, {}),
        "badge": _BADGES[TransferState(transfer.state)],
        "planned": queries.planned(transfer, by=request.actor, on=request.today, now=request.at) if is_draft else None,
        "goers": () if is_draft else queries.goers_of(transfer, on=request.today),
        "left_behind": left_behind(),
        "placed": {} if is_draft else queries.parts_placed(transfer),
        "with_us": _with_us(request, transfer),
    }
    return _page(request, "desk/transfer.html", context, title=_("Fallübergabe"))


def _with_us(request: DeskRequest, transfer: Any) -> list[Any]:
    if transfer.state != TransferState.ACCEPTED:
        return []
    return handing_over.still_with_us(transfer, on=request.today, at=request.at)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID, transfer_id: UUID) -> HttpResponse:
    """Another service, other persons, another day."""
    transfer = _draft(request, transfer_id)
    if isinstance(transfer, HttpResponse):
        return transfer
    said = {
        "recipient": f"s{transfer.recipient_id}", "reason": transfer.reason, "persons": [str(key) for key in transfer.persons],
        "overlap_until": transfer.overlap_until, "together_on": transfer.together_on,
    }  # fmt: skip
    form = _frame_form(request, {**said, **left_in(FrameForm, request)})
    if request.method == "POST" and form.is_valid():
        try:
            frame, seen = form.frame(but=request.actor.organisation_id), version_sent(request)
            actions.change(transfer, frame, seen_version=seen, by=request.actor, on=request.today, at=request.at)
            messages.success(request, _("Der Entwurf ist gespeichert. Hinausgegangen ist noch nichts."))
            return _to(case_id, transfer_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form, "kept": kept_draft(request), "version": version_left(transfer.version, request),
        "back": reverse("transfer", args=[case_id, transfer_id]),
    }  # fmt: skip
    return _page(request, "desk/transfer_form.html", context, title=_("Fallübergabe ändern"))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def describe(request: DeskRequest, case_id: UUID, transfer_id: UUID, person_id: UUID) -> HttpResponse:
    """The ground of one person, and what is said of her."""
    transfer = _draft(request, transfer_id)
    if isinstance(transfer, HttpResponse):
        return transfer
    goer = next((one for one in queries.goers_of(transfer, on=request.today) if one.person_id == person_id), None)
    if goer is None:
        raise NotFound(_("Diese Person gehört nicht zu dieser Fallübergabe."))
    classes = {code for one in goer.grounds for code in one.data_classes}
    words = dict(goer.hers.lines) or proposed_lines(request.access.case, person_id, classes, on=request.today)
    begun = {"consent": str(goer.hers.consent or ""), **{f"{ABOUT}{code}": said for code, said in words.items()}}
    form = PersonForm(
        request.POST or None, grounds=goer.grounds,
        initial={name: value for name, value in {**begun, **left_made(kept_draft(request), request)}.items() if value},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            seen = version_sent(request)
            actions.describe(transfer, person_id, form.hers(), seen_version=seen, by=request.actor, on=request.today, at=request.at)
            messages.success(request, _("Gespeichert. Hinausgegangen ist noch nichts."))
            return _to(case_id, transfer_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form, "kept": kept_draft(request), "transfer": transfer, "goer": goer,
        "version": version_left(transfer.version, request), "is_proposed": not goer.hers.lines,
    }  # fmt: skip
    title = _("Fallübergabe: %(name)s") % {"name": goer.name}
    return _page(request, "desk/transfer_person.html", context, title=title)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def parts(request: DeskRequest, case_id: UUID, transfer_id: UUID) -> HttpResponse:
    """Each open part: where it goes."""
    transfer = queries.transfer_of(request.access.case, transfer_id)
    if transfer.state not in (TransferState.DRAFT, TransferState.SENT, TransferState.ACCEPTED):
        return _to(case_id, transfer_id)
    planned = queries.planned(transfer, by=request.actor, on=request.today, now=request.at)
    form = PartsForm(request.POST or None, rows=planned.rows, classes=classes_of(planned.goers), initial=left_made(kept_draft(request), request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.place(transfer, form.placed(), seen_version=version_sent(request), by=request.actor, at=request.at)
            messages.success(request, _("Gespeichert."))
            return _to(case_id, transfer_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form, "kept": kept_draft(request), "transfer": transfer,
        "version": version_left(transfer.version, request),
    }  # fmt: skip
    return _page(request, "desk/transfer_parts.html", context, title=_("Wohin geht, was offen ist?"))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def send(request: DeskRequest, case_id: UUID, transfer_id: UUID) -> HttpResponse:
    """Exactly what the new service will read, and the button."""
    transfer = _draft(request, transfer_id)
    if isinstance(transfer, HttpResponse):
        return transfer
    planned = queries.planned(transfer, by=request.actor, on=request.today, now=request.at)
    form = BareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send(transfer, seen=request.POST.get("seal", ""), by=request.actor, today=request.today, at=request.at)
            messages.success(request, _("Die Fallübergabe ist gesendet. Bis zum Ende der Überleitung arbeiten beide Dienste."))
            return _to(case_id, transfer_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form, "transfer": transfer, "planned": planned, "left_behind": left_behind(),
        "copies": [(goer, planned.contents[goer.person_id]) for goer in planned.goers if goer.person_id in planned.contents],
        "not_over": [row for row in planned.rows if row.placed.goes_to != GoesTo.THEM],
    }  # fmt: skip
    return _page(request, "desk/transfer_send.html", context, title=_("Fallübergabe senden"))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def withdraw(request: DeskRequest, case_id: UUID, transfer_id: UUID) -> HttpResponse:
    """Before the new service has accepted: the draft goes, or every copy ends."""
    transfer = queries.transfer_of(request.access.case, transfer_id)
    if transfer.state not in (TransferState.DRAFT, TransferState.SENT):
        return _to(case_id, transfer_id)
    form = BareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        transfer_ends.withdraw(transfer, by=request.actor, at=request.at)
        messages.success(request, _("Die Fallübergabe ist zurückgezogen. Alles liegt weiter bei uns."))
        return HttpResponseRedirect(reverse("together", args=[case_id]), status=303)
    context = {"form": form, "transfer": transfer}
    return _page(request, "desk/transfer_withdraw.html", context, title=_("Fallübergabe zurückziehen"))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def finish(request: DeskRequest, case_id: UUID, transfer_id: UUID) -> HttpResponse:
    """Our side ends now, and not in the night."""
    transfer = queries.transfer_of(request.access.case, transfer_id)
    if transfer.state != TransferState.ACCEPTED:
        return _to(case_id, transfer_id)
    form = FinishForm(request.POST or None, initial=left_in(FinishForm, request))
    keep_until = policy().last_day("fallakte", since=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            leaving = handing_over.Leaving(keep_until, **form.cleaned_data)
            handing_over.finish(transfer, leaving, by=request.actor, on=request.today, at=request.at)
            messages.success(request, _("Unsere Begleitung ist beendet."))
            return HttpResponseRedirect(reverse("case", args=[case_id]), status=303)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form, "kept": kept_draft(request), "transfer": transfer, "keep_until": keep_until,
        "with_us": _with_us(request, transfer),
    }  # fmt: skip
    return _page(request, "desk/transfer_finish.html", context, title=_("Fallübergabe abschließen"))


# ---------- what they have in common ----------


def _frame_form(request: DeskRequest, initial: dict[str, Any]) -> FrameForm:
    return FrameForm(request.POST or None, members=members_for(request), services=_services(request), initial=initial)


def _services(request: DeskRequest) -> list[Recipient]:
    """Those that lead cases of their own; never an office that decides about somebody's stay."""
    found = recipients(but=request.actor.organisation_id, along_a_chain=True, with_account=True)
    return [one for one in found if one.has_desk]


def _draft(request: DeskRequest, transfer_id: UUID) -> Any:
    """A draft, or the way to what became of it."""
    transfer = queries.transfer_of(request.access.case, transfer_id)
    return transfer if transfer.state == TransferState.DRAFT else _to(request.access.case.id, transfer_id)


def _page(request: DeskRequest, template: str, context: dict[str, Any], *, title: str) -> HttpResponse:
    form = context.get("form")
    status = 422 if form is not None and form.errors else 200
    return case_page(request, template, context, head=head_of(request.access), title=title, status=status)


def _to(case_id: UUID, transfer_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("transfer", args=[case_id, transfer_id]), status=303)


_ALL = "faelle/<uuid:case_id>/uebergabe/"
_ONE = f"{_ALL}<uuid:transfer_id>/"
urlpatterns = [
    path(f"{_ALL}neu/", new, name="transfer-new"),
    path(_ONE, show, name="transfer"),
    path(f"{_ONE}aendern/", change, name="transfer-change"),
    path(f"{_ONE}personen/<uuid:person_id>/", describe, name="transfer-person"),
    path(f"{_ONE}offenes/", parts, name="transfer-parts"),
    path(f"{_ONE}senden/", send, name="transfer-send"),
    path(f"{_ONE}rueckzug/", withdraw, name="transfer-withdraw"),
    path(f"{_ONE}abschluss/", finish, name="transfer-finish"),
]
