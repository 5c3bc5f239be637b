"""Kontaktnotizen: in five clicks from the case page, corrected with history."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions import contact_notes as actions
from faden.cases.queries.case_page import head_of
from faden.cases.queries.contact_notes import versions_of
from faden.cases.queries.members import Member, members_of
from faden.cases.vocabulary import ContactType, Interpreting
from faden.desk import choices
from faden.desk.about import AboutForm, back_to, initial_about, members_for, preset_about
from faden.desk.door import DeskRequest, Sees, edits
from faden.desk.forms import (
    Day,
    Text,
    initial_of,
    kept_draft,
    long_text,
    moment,
    number_from,
    version_shown,
)
from faden.desk.shell import case_page
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Invalid
from faden.look.forms import LongSelect
from faden.organisations.vocabulary import Permission


class ContactForm(AboutForm):
    """Preset so that an ordinary talk in the office needs text and one press."""

    text = long_text(gettext_lazy("Was wurde besprochen?"), rows=8)
    life_areas = forms.MultipleChoiceField(
        label=gettext_lazy("Lebensbereiche"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    type = forms.ChoiceField(
        label=gettext_lazy("Art"), choices=ContactType.choices, initial=ContactType.OFFICE
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minuten"), min_value=0, max_value=1440, initial=30)
    day = Day(label=gettext_lazy("Tag"))
    at = forms.TimeField(label=gettext_lazy("Uhrzeit"))
    place = Text(label=gettext_lazy("Ort"), max_length=120, required=False)
    language = forms.ChoiceField(
        widget=LongSelect, label=gettext_lazy("Sprache des Gesprächs"), required=False
    )
    interpreting = forms.ChoiceField(
        label=gettext_lazy("Sprachmittlung"), choices=Interpreting.choices, initial=Interpreting.NONE
    )

    def __init__(self, *args: object, members: list[Member], on: date, **options: object) -> None:
        super().__init__(*args, members=members, **options)
        before = self.initial.get("life_areas", ())
        self.fields["life_areas"].choices = choices.life_areas(on, also=before)  # type: ignore[attr-defined]
        self.fields["language"].choices = choices.languages()  # type: ignore[attr-defined]

    def contact(self) -> actions.Contact:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return actions.Contact(
            happened_at=moment(values["day"], values["at"]),
            type=values["type"],
            place=values["place"],
            minutes=values["minutes"],
            language=values["language"],
            interpreting=values["interpreting"],
            life_areas=tuple(values["life_areas"]),
            text=values["text"],
            about=self.about(),
        )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Note a contact."""
    head, kept = head_of(request.access), kept_draft(request)
    now = request.at.astimezone(BERLIN)
    preset = {"day": now.date(), "at": now.time().replace(second=0, microsecond=0)}
    form = ContactForm(
        request.POST or None,
        members=members_for(request),
        on=request.today,
        initial={**preset, **preset_about(request), **initial_of(ContactForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.record(form.contact(), case=request.access.case, by=request.actor, at=request.at)
            messages.success(request, _("Der Kontakt ist notiert."))
            return back_to(request, case_id)
        except Invalid as error:
            form.take_error(error)
    context = {"form": form, "kept": kept, "save": _("Kontakt speichern")}
    status = 422 if form.errors else 200
    return case_page(
        request, "desk/contact_form.html", context, head=head, title=_("Kontakt notieren"), status=status
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def correct(request: DeskRequest, case_id: UUID, note_id: UUID) -> HttpResponse:
    """Correct a note; what it said before stays readable below."""
    head, note = head_of(request.access), actions.note_of(request.access.case, note_id)
    happened = note.happened_at.astimezone(BERLIN)
    values = {
        name: getattr(note, name)
        for name in ("text", "life_areas", "type", "minutes", "place", "language", "interpreting")
    }
    kept = kept_draft(request)
    form = ContactForm(
        request.POST or None,
        members=members_of(request.access.case),
        on=request.today,
        initial={
            **values,
            **initial_about(note),
            "day": happened.date(),
            "at": happened.time(),
            **initial_of(ContactForm, kept, request),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            seen = number_from(request.POST.get("version", ""))
            actions.correct(note, form.contact(), seen_version=seen, by=request.actor, at=request.at)
            messages.success(request, _("Die Notiz ist berichtigt. Die frühere Fassung bleibt erhalten."))
            return back_to(request, case_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "kept": kept,
        "save": _("Berichtigung speichern"),
        "version": version_shown(note.version, kept, request),
        "versions": versions_of(note),
    }
    status = 422 if form.errors else 200
    return case_page(
        request,
        "desk/contact_form.html",
        context,
        head=head,
        title=_("Kontaktnotiz berichtigen"),
        status=status,
    )


urlpatterns = [
    path("faelle/<uuid:case_id>/kontakte/neu/", new, name="contact-new"),
    path("faelle/<uuid:case_id>/kontakte/<uuid:note_id>/", correct, name="contact"),
]
