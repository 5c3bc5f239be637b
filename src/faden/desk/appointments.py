"""Termine of a case: one appointment with who came, making and moving it, calling it off."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions import appointments as actions
from faden.cases.actions import attendance
from faden.cases.queries.appointments import AppointmentPage, Invited, appointment_page
from faden.cases.queries.calendar import overlaps
from faden.cases.queries.case_page import head_of
from faden.cases.queries.interpreters import wanted_for
from faden.cases.queries.members import Member, members_of
from faden.cases.vocabulary.appointment import (
    AppointmentAnswer,
    AppointmentKind,
    Attendance,
    InterpreterState,
)
from faden.cases.vocabulary.task import DropReason
from faden.desk import choices
from faden.desk.about import AboutForm, back_to, initial_about, members_for, preset_about
from faden.desk.calendar import free_days
from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.forms import (
    Day,
    DeskForm,
    Text,
    initial_of,
    kept_draft,
    moment,
    version_sent,
    version_shown,
)
from faden.desk.shell import case_page
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Invalid
from faden.look.forms import LongSelect
from faden.organisations.vocabulary import Permission

_TOLD = (InterpreterState.ASKED, InterpreterState.CONFIRMED)


class AppointmentForm(AboutForm):
    """What, when, where, who else, which language to interpret."""

    subject = Text(label=gettext_lazy("Worum geht es?"), max_length=200)
    day = Day(label=gettext_lazy("Tag"))
    starts = forms.TimeField(label=gettext_lazy("Von"))
    ends = forms.TimeField(label=gettext_lazy("Bis"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Art"), choices=AppointmentKind.choices, initial=AppointmentKind.OFFICE, required=False
    )
    place = Text(label=gettext_lazy("Ort"), max_length=120, required=False)
    others = Text(
        label=gettext_lazy("Wer ist noch dabei?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Stellen, Ehrenamtliche, Angehörige"),
    )
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
            kind=values["kind"],
            place=values["place"],
            others=values["others"],
            interpreter_language=values["interpreter_language"],
            about=self.about(),
        )

    def day_shown(self, *, today: date) -> date:
        """The day whose free hours stand beside the form."""
        typed = self["day"].value()
        try:
            return typed if isinstance(typed, date) else date.fromisoformat(str(typed))
        except ValueError:
            return today


class DropForm(DeskForm):
    """Why it does not take place."""

    because = forms.ChoiceField(
        label=gettext_lazy("Warum findet der Termin nicht statt?"),
        choices=DropReason.choices,
        widget=forms.RadioSelect,
    )


class AttendanceForm(DeskForm):
    """One question for each person of the appointment; who is not answered for stays as she was."""

    mark_optional = False

    def __init__(self, *args: object, invited: Sequence[Invited], **options: object) -> None:
        super().__init__(*args, **options)
        self.invited = invited
        for one in invited:
            self.fields[str(one.person_id)] = forms.ChoiceField(
                label=one.name,
                choices=Attendance.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=one.state,
            )

    def said(self) -> list[tuple[UUID, str]]:
        """Whose state was chosen and is another than before."""
        values = self.cleaned_data
        found = [(one, values[str(one.person_id)]) for one in self.invited]
        return [(one.person_id, state) for one, state in found if state and state != one.state]


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, appointment_id: UUID) -> HttpResponse:
    """One appointment."""
    found = _found(request, appointment_id)
    return _page(request, found, AttendanceForm(invited=found.invited))


def _found(request: DeskRequest, appointment_id: UUID) -> AppointmentPage:
    case = request.access.case
    row = actions.appointment_of(case, appointment_id)
    return appointment_page(row, members_of(case), today=request.today)


def _page(request: DeskRequest, found: AppointmentPage, form: AttendanceForm) -> HttpResponse:
    context = {"found": found, "appointment": found.appointment, "wanted": found.wanted, "attendance": form}
    status = 422 if form.errors else 200
    return case_page(
        request, "desk/appointment.html", context, head=head_of(request.access), title=_("Termin"), status=status
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Make an appointment."""
    kept = kept_draft(request)
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
            made = actions.make(form.planned(), case=request.access.case, by=request.actor, at=request.at)
            messages.success(request, _("Der Termin ist angelegt."))
            _say_overlap(request, made)
            return back_to(request, case_id)
        except Invalid as error:
            form.take_error(error)
    return _form(request, form, title=_("Neuer Termin"), kept=kept)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Move or rename an appointment; ?neu=1 proposes another day, when she cannot come."""
    found = actions.appointment_of(request.access.case, appointment_id)
    starts, ends = found.starts_at.astimezone(BERLIN), found.ends_at.astimezone(BERLIN)
    values = {
        "subject": found.subject,
        "day": next_week(max(starts.date(), request.today)) if "neu" in request.GET else starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "kind": found.kind,
        "place": found.place,
        "others": found.others,
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
            seen = version_sent(request)
            changed = actions.change(
                found, form.planned(), case=request.access.case, seen_version=seen, by=request.actor, at=request.at
            )
            messages.success(request, _("Der Termin ist geändert."))
            _say_overlap(request, changed)
            return _to(request, case_id, appointment_id)
        except Invalid as error:
            form.take_error(error)
    version = version_shown(found.version, kept, request)
    return _form(request, form, title=_("Termin ändern"), kept=kept, version=version, appointment=found)


def _form(request: DeskRequest, form: AppointmentForm, *, title: str, kept: Any, **context: Any) -> HttpResponse:
    besides = context["appointment"].id if "appointment" in context else None
    beside = free_days(request, form.day_shown(today=request.today), besides=besides)
    context = {"form": form, "kept": kept, **beside, **context}
    status = 422 if form.errors else 200
    return case_page(
        request, "desk/appointment_form.html", context, head=head_of(request.access), title=title, status=status
    )


def _say_overlap(request: DeskRequest, appointment: Any) -> None:
    if overlaps(appointment):
        messages.warning(request, _("Zur selben Zeit steht schon ein anderer Termin im Kalender."))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def drop(request: DeskRequest, case_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Call it off; who interprets is called off too."""
    found = actions.appointment_of(request.access.case, appointment_id)
    form = DropForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = wanted_for(found, today=request.today)
        because = DropReason(form.cleaned_data["because"])
        actions.drop(found, because, case=request.access.case, by=request.actor, at=request.at)
        messages.success(request, _("Der Termin ist abgesagt."))
        if wanted and wanted.request.state in _TOLD:
            messages.warning(request, _("Bitte sagen Sie auch der Sprachmittlung Bescheid."))
        return _to(request, case_id, appointment_id)
    context = {
        "form": form,
        "lead": f"{found.subject}, {date_format(localtime(found.starts_at, BERLIN), 'l, d.m.Y, H:i')}",
        "save": _("Termin absagen"),
        "back": reverse("appointment", args=[case_id, appointment_id]),
    }
    status = 422 if form.errors else 200
    return case_page(
        request, "desk/appointment_verb.html", context, head=head_of(request.access), title=_("Termin absagen"),
        status=status,
    )  # fmt: skip


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def answer(request: DeskRequest, case_id: UUID, appointment_id: UUID) -> HttpResponse:
    """What she says: she comes, or she cannot, and then another day is proposed."""
    found = actions.appointment_of(request.access.case, appointment_id)
    said = request.POST.get("answer", "")
    if said not in AppointmentAnswer.values:
        raise Invalid(_("Bitte wählen Sie eine Antwort."), "answer")
    seen = version_sent(request)
    actions.answered(found, said, case=request.access.case, seen_version=seen, by=request.actor, at=request.at)
    if said == AppointmentAnswer.CANNOT:
        messages.info(request, _("Die Absage ist notiert. Vorschlag: eine Woche später, oder Sie sagen den Termin ab."))
        address = reverse("appointment-change", args=[case_id, appointment_id])
        return HttpResponseRedirect(f"{address}?neu=1", status=303)
    messages.success(request, _("Die Antwort ist notiert."))
    return _to(request, case_id, appointment_id)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def attend(request: DeskRequest, case_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Who came; the same form corrects it later."""
    found = _found(request, appointment_id)
    form = AttendanceForm(request.POST, invited=found.invited)
    if form.is_valid():
        try:
            for person_id, state in form.said():
                attendance.note(found.appointment, person_id, state, by=request.actor, at=request.at)
            messages.success(request, _("Die Anwesenheit ist notiert."))
            return _to(request, case_id, appointment_id)
        except Invalid as error:
            form.take_error(error)
    return _page(request, found, form)


def _to(request: DeskRequest, case_id: UUID, appointment_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("appointment", args=[case_id, appointment_id]), status=303)


def next_week(today: date) -> date:
    """In a week, but not at the weekend."""
    day = today + timedelta(days=7)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


_ONE = "faelle/<uuid:case_id>/termine/<uuid:appointment_id>/"
urlpatterns = [
    path("faelle/<uuid:case_id>/termine/neu/", new, name="appointment-new"),
    path(_ONE, show, name="appointment"),
    path(f"{_ONE}aendern/", change, name="appointment-change"),
    path(f"{_ONE}absage/", drop, name="appointment-drop"),
    path(f"{_ONE}antwort/", answer, name="appointment-answer"),
    path(f"{_ONE}anwesenheit/", attend, name="appointment-attendance"),
]
