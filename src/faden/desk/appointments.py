"""Termine of a case."""

from datetime import date, timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions import appointments as actions
from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import Member, members_of
from faden.desk import choices
from faden.desk.about import AboutForm, back_to, initial_about, members_for, preset_about
from faden.desk.door import DeskRequest, Sees, edits
from faden.desk.forms import (
    Day,
    Text,
    initial_of,
    kept_draft,
    moment,
    number_from,
    version_shown,
)
from faden.desk.shell import case_page
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Invalid
from faden.look.forms import LongSelect
from faden.organisations.vocabulary import Permission


class AppointmentForm(AboutForm):
    """What, when, where, which language to interpret."""

    subject = Text(label=gettext_lazy("Worum geht es?"), max_length=200)
    day = Day(label=gettext_lazy("Tag"))
    starts = forms.TimeField(label=gettext_lazy("Von"))
    ends = forms.TimeField(label=gettext_lazy("Bis"))
    place = Text(label=gettext_lazy("Ort"), max_length=120, required=False)
    interpreter_language = forms.ChoiceField(
        widget=LongSelect, label=gettext_lazy("Sprachmittlung in"), required=False
    )

    def __init__(self, *args: object, members: list[Member], **options: object) -> None:
        super().__init__(*args, members=members, **options)
        self.fields["interpreter_language"].choices = choices.languages(_("nicht nötig"))  # type: ignore[attr-defined]

    def planned(self) -> actions.Planned:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return actions.Planned(
            subject=values["subject"],
            starts_at=moment(values["day"], values["starts"]),
            ends_at=moment(values["day"], values["ends"]),
            place=values["place"],
            interpreter_language=values["interpreter_language"],
            about=self.about(),
        )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Make an appointment."""
    head, kept = head_of(request.access), kept_draft(request)
    preset = {
        "day": next_week(request.today),
        "starts": "10:00",
        "ends": "11:00",
        "interpreter_language": request.access.case.person.interpreter_language,
    }
    form = AppointmentForm(
        request.POST or None,
        members=members_for(request),
        initial={**preset, **preset_about(request), **initial_of(AppointmentForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.make(form.planned(), case=request.access.case, by=request.actor, at=request.at)
            messages.success(request, _("Der Termin ist angelegt."))
            return back_to(request, case_id)
        except Invalid as error:
            form.take_error(error)
    context, status = {"form": form, "kept": kept}, 422 if form.errors else 200
    return case_page(
        request, "desk/drafted_form.html", context, head=head, title=_("Neuer Termin"), status=status
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Move an appointment."""
    head, found = head_of(request.access), actions.appointment_of(request.access.case, appointment_id)
    starts, ends = found.starts_at.astimezone(BERLIN), found.ends_at.astimezone(BERLIN)
    values = {
        "subject": found.subject,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "place": found.place,
        "interpreter_language": found.interpreter_language,
    }
    kept = kept_draft(request)
    form = AppointmentForm(
        request.POST or None,
        members=members_of(request.access.case),
        initial={**values, **initial_about(found), **initial_of(AppointmentForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            seen = number_from(request.POST.get("version", ""))
            actions.change(
                found, form.planned(), case=request.access.case, seen_version=seen, by=request.actor, at=request.at
            )
            messages.success(request, _("Der Termin ist geändert."))
            return back_to(request, case_id)
        except Invalid as error:
            form.take_error(error)
    context, status = {"form": form, "version": version_shown(found.version, kept, request), "kept": kept}, 422 if form.errors else 200
    return case_page(
        request, "desk/drafted_form.html", context, head=head, title=_("Termin"), status=status
    )


def next_week(today: date) -> date:
    """In a week, but not at the weekend."""
    day = today + timedelta(days=7)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


urlpatterns = [
    path("faelle/<uuid:case_id>/termine/neu/", new, name="appointment-new"),
    path("faelle/<uuid:case_id>/termine/<uuid:appointment_id>/", change, name="appointment"),
]
