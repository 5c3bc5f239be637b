"""Fallkonferenz: planned, shown with its table "Wer darf was hören", moved, called off."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import members_of
from faden.cases.vocabulary.task import DropReason
from faden.desk.about import members_for, preset_about
from faden.desk.appointments import DropForm, next_week
from faden.desk.conference_forms import ConferenceForm
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import DeskForm, initial_of, kept_draft, number_from, version_sent, version_shown
from faden.desk.here import Here
from faden.desk.shell import case_page
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission
from faden.referrals.actions import conferences as actions
from faden.referrals.actions.conferences import Seen
from faden.referrals.queries.conference_lines import conferences_of
from faden.referrals.queries.conferences import ConferencePage, conference_in, conference_page
from faden.referrals.queries.presentations import presentations_of


def section(here: Here) -> dict[str, Any] | None:
    """The part of Zusammenarbeit: conferences, and below them what was told without names."""
    names = {one.person_id: one.card.name for one in members_of(here.case)} if here.names_people else {}
    rows = conferences_of(here.case, here.of)
    return {
        "conferences": [(row, [names[key] for key in row.persons if key in names]) for row in rows],
        # Told without anybody in it: it stands with the case, not with one of them.
        "presentations": presentations_of(here.case) if here.of.person is None else None,
        "about": here.about,
    }


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, conference_id: UUID) -> HttpResponse:
    """Who sits there, who may hear what, the agenda, what came of it."""
    page = conference_of(request, conference_id)
    return conference_shown(request, "desk/conference.html", page, {"has_begun": page.has_begun(request.at)})


def conference_of(request: DeskRequest, conference_id: UUID) -> ConferencePage:
    """The conference as it stands now."""
    return conference_page(request.access.case, conference_id, today=request.today)


def conference_shown(request: DeskRequest, template: str, page: ConferencePage, context: dict[str, Any]) -> HttpResponse:
    """A page below a conference; a form with errors is 422."""
    form = context.get("form")
    title = context.pop("title", page.title)
    status = 422 if form is not None and form.errors else 200
    back = reverse("conference", args=[request.access.case.id, page.id])
    return case_page(
        request, template, {"page": page, "back": back, **context}, head=head_of(request.access), title=title, status=status
    )


def answered(
    request: DeskRequest, page: ConferencePage, form: DeskForm, deed: Callable[[], HttpResponse | None], *, title: str,
    template: str = "desk/conference_step.html", **more: Any,
) -> HttpResponse:  # fmt: skip
    """The form; once the deed is done, where it leads to, else back to the conference."""
    if request.method == "POST" and form.is_valid():
        try:
            return deed() or to_conference(request, page.id)
        except Invalid as error:
            form.take_error(error)
    version = version_shown(page.version, more.get("kept"), request)
    return conference_shown(request, template, page, {"form": form, "version": version, "title": title, **more})


def seen(request: DeskRequest) -> Seen:
    """Who did it, when, and what she saw."""
    return Seen(version_sent(request), request.actor, request.at, request.today)


def to_conference(request: DeskRequest, conference_id: UUID) -> HttpResponse:
    """After saving."""
    return HttpResponseRedirect(reverse("conference", args=[request.access.case.id, conference_id]), status=303)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Plan one; who sits there comes next."""
    kept, case = kept_draft(request), request.access.case
    begin = {
        "day": next_week(request.today), "starts": "10:00", "ends": "11:30", "interpreter_language": case.person.interpreter_language,
    }  # fmt: skip
    form = ConferenceForm(
        request.POST or None, members=members_for(request),
        initial={**begin, **preset_about(request), **initial_of(ConferenceForm, kept, request)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan(form.wished(), case=case, by=request.actor, at=request.at)
            messages.success(request, _("Die Fallkonferenz steht im Kalender. Wer sitzt am Tisch?"))
            return to_conference(request, made.id)
        except Invalid as error:
            form.take_error(error)
    context = {"form": form, "kept": kept, "back": reverse("together", args=[case_id])}
    status = 422 if form.errors else 200
    return case_page(request, "desk/conference_form.html", context, head=head_of(request.access), title=_("Neue Fallkonferenz"), status=status)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID, conference_id: UUID) -> HttpResponse:
    """Another day or place, another question."""
    kept = kept_draft(request)
    row = conference_in(request.access.case, conference_id)
    appointment = row.appointment
    starts, ends = appointment.starts_at.astimezone(BERLIN), appointment.ends_at.astimezone(BERLIN)
    now = {
        "subject": appointment.subject, "question": row.question, "day": starts.date(), "starts": starts.time(), "ends": ends.time(),
        "place": appointment.place, "interpreter_language": appointment.interpreter_language,
    }  # fmt: skip
    form = ConferenceForm(
        request.POST or None, members=members_of(request.access.case), asks_whom=False,
        initial={**now, **initial_of(ConferenceForm, kept, request)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            wished = form.wished(now=appointment, seen=number_from(request.POST.get("appointment_version", "")))
            actions.change(row, wished, seen(request))
            messages.success(request, _("Die Fallkonferenz ist geändert. Wer eingeladen ist, weiß noch nichts davon."))
            return to_conference(request, conference_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form, "kept": kept, "version": version_shown(row.version, kept, request), "appointment": appointment,
        "back": reverse("conference", args=[case_id, conference_id]),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return case_page(request, "desk/conference_form.html", context, head=head_of(request.access), title=_("Fallkonferenz ändern"), status=status)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def cancel(request: DeskRequest, case_id: UUID, conference_id: UUID) -> HttpResponse:
    """It does not take place."""
    page = conference_of(request, conference_id)
    form = DropForm(request.POST or None)

    def deed() -> None:
        actions.cancel(page.row, DropReason(form.cleaned_data["because"]), seen(request))
        messages.success(request, _("Die Fallkonferenz ist abgesagt. Bitte sagen Sie allen Bescheid, die eingeladen sind."))

    title, verb = _("Fallkonferenz absagen"), "desk/appointment_verb.html"
    return answered(request, page, form, deed, title=title, template=verb, save=_("Absagen"), lead=page.title)


_ALL = "faelle/<uuid:case_id>/konferenzen/"
_ONE = f"{_ALL}<uuid:conference_id>/"
urlpatterns = [
    path(f"{_ALL}neu/", new, name="conference-new"),
    path(_ONE, show, name="conference"),
    path(f"{_ONE}aendern/", change, name="conference-change"),
    path(f"{_ONE}absage/", cancel, name="conference-cancel"),
]
