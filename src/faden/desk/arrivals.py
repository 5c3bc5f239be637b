"""Future arrivals: the day she is expected, who here speaks for her, and the day she is here."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.members import members_of
from faden.cases.queries.protection import facts_in
from faden.desk import choices
from faden.desk.door import DeskRequest, Sees, edits, writes
from faden.desk.fact_forms import Frame
from faden.desk.facts import documented, personal_head
from faden.desk.forms import Day, DeskForm, Text, left_in
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.look.forms import LongSelect
from faden.organisations.vocabulary import Kind, Permission
from faden.persons.actions import arrivals as actions
from faden.persons.queries.arrivals import contact_persons
from faden.persons.vocabulary import AgreedHow, ContactRelation, FactKind

_ADDRESS = ("street", "postcode", "municipality", "care_of")
_PAPER = ("paper", "office")


class ExpectedForm(DeskForm):
    """When she is expected."""

    expected_on = Day(
        label=gettext_lazy("Einreise erwartet am"),
        required=False,
        help_text=gettext_lazy("Ungefähr genügt. Leer: nicht mehr erwartet."),
    )


class ContactPersonForm(DeskForm):
    """Who here speaks for her, and how she agreed to that herself."""

    known_person = forms.ChoiceField(label=gettext_lazy("Aus diesem Fall"), required=False)
    name = Text(label=gettext_lazy("Oder: Name"), max_length=200, required=False)
    relation = forms.ChoiceField(label=gettext_lazy("Wer ist das für sie?"), choices=ContactRelation.choices)
    phone = Text(label=gettext_lazy("Telefon"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("E-Mail"), max_length=200, required=False)
    agreed_how = forms.ChoiceField(
        label=gettext_lazy("Wie hat die Person selbst zugestimmt?"),
        choices=AgreedHow.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Ohne ihre eigene Zustimmung sprechen wir mit niemandem über sie."),
    )
    agreed_language = forms.ChoiceField(label=gettext_lazy("In welcher Sprache?"), widget=LongSelect)
    agreed_on = Day(label=gettext_lazy("Wann?"))

    def __init__(self, *args: Any, request: DeskRequest, person_id: UUID, **options: Any) -> None:
        super().__init__(*args, **options)
        others = [
            (str(one.person_id), one.card.name)
            for one in members_of(request.access.case)
            if one.person_id != person_id
        ]
        self.fields["known_person"].choices = [("", _("niemand aus diesem Fall")), *others]  # type: ignore[attr-defined]
        self.fields["agreed_language"].choices = choices.languages(empty=_("Bitte wählen"))  # type: ignore[attr-defined]
        self.fields["agreed_on"].initial = request.today

    def contact(self) -> actions.SpokenFor:
        """As the verb takes it."""
        values = self.cleaned_data
        return actions.SpokenFor(
            relation=values["relation"],
            agreed_on=values["agreed_on"],
            agreed_how=values["agreed_how"],
            agreed_language=values["agreed_language"],
            known_person=UUID(values["known_person"]) if values["known_person"] else None,
            name=values["name"],
            phone=values["phone"],
            email=values["email"],
        )


class EntryForm(DeskForm):
    """Only what is new: the day, where she lives now, which paper she has."""

    entered_on = Day(label=gettext_lazy("Eingereist am"))
    street = Text(label=gettext_lazy("Straße und Hausnummer"), max_length=120, required=False)
    postcode = Text(label=gettext_lazy("Postleitzahl"), max_length=12, required=False)
    municipality = forms.TypedChoiceField(
        label=gettext_lazy("Stadt oder Gemeinde in NRW"), required=False, widget=LongSelect, empty_value=None
    )
    care_of = Text(label=gettext_lazy("Post über (c/o)"), max_length=120, required=False)
    paper = forms.ChoiceField(label=gettext_lazy("Titel oder Papier"), required=False, widget=LongSelect)
    office = forms.TypedChoiceField(
        label=gettext_lazy("Ausländerbehörde"), required=False, coerce=int, empty_value=None
    )
    paper_until = Day(label=gettext_lazy("Papier gilt bis"), required=False)
    notice_read = forms.BooleanField(label=gettext_lazy("Ich habe den Hinweis gelesen."), required=False)

    def __init__(self, *args: Any, frame: Frame, **options: Any) -> None:
        super().__init__(*args, **options)
        is_public = frame.employer.is_public
        lists = {
            "municipality": choices.municipalities(frame.organisation_id),
            "paper": [("", _("nichts Neues")), *choices.papers(on=frame.today, is_public=is_public)[1:]],
            "office": frame.offices((Kind.IMMIGRATION_OFFICE,)),
        }
        for name, values in lists.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]
        if not frame.shows_notice:
            del self.fields["notice_read"]

    def entry(self) -> actions.Entry:
        """As the verb takes it."""
        values = self.cleaned_data
        return actions.Entry(
            values["entered_on"],
            {name: values[name] for name in _ADDRESS},
            {name: values[name] for name in _PAPER},
            values["paper_until"],
            notice_read=values.get("notice_read", False),
        )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Expected, spoken for, entered; the day she is expected is changed here."""
    person = documented(request, person_id)
    form = ExpectedForm(request.POST or None, initial={"expected_on": person.expected_on})
    if request.method == "POST" and form.is_valid():
        actions.expect(person, form.cleaned_data["expected_on"], by=request.actor, at=request.at)
        messages.success(request, _("Die erwartete Einreise ist gespeichert."))
        return _back(case_id, person_id)
    context = {"form": form, "person": person, "contacts": contact_persons(person)}
    return case_page(
        request,
        "desk/arrival.html",
        context,
        head=personal_head(request, person),
        title=_("Einreise"),
        status=422 if form.errors else 200,
    )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def contact_new(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Note a Kontaktperson."""
    person = documented(request, person_id)
    language = person.languages[0] if person.languages else ""
    form = ContactPersonForm(
        request.POST or None,
        request=request,
        person_id=person_id,
        initial={"agreed_language": language, **left_in(ContactPersonForm, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            contact = form.contact()
            actions.note_contact_person(person, contact, by=request.actor, on=request.today, at=request.at)
            messages.success(request, _("Die Kontaktperson ist notiert."))
            return _back(case_id, person_id)
        except Invalid as error:
            form.take_error(error)
    return case_page(
        request,
        "desk/arrival_form.html",
        {"form": form, "person": person},
        head=personal_head(request, person),
        title=_("Kontaktperson"),
        status=422 if form.errors else 200,
    )


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def contact_end(request: DeskRequest, case_id: UUID, person_id: UUID, contact_id: UUID) -> HttpResponse:
    """We no longer speak with this person."""
    person = documented(request, person_id)
    actions.end_contact_person(person, contact_id, by=request.actor, on=request.today, at=request.at)
    messages.success(request, _("Mit dieser Kontaktperson wird nicht mehr gesprochen."))
    return _back(case_id, person_id)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def entry(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """She is here: only what is new is asked."""
    person = documented(request, person_id)
    frame = Frame(request, person, FactKind.RESIDENCE)
    initial = {"entered_on": request.today, "municipality": person.municipality_id, **left_in(EntryForm, request)}
    form = EntryForm(request.POST or None, frame=frame, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            written = actions.enter(person, form.entry(), by=request.actor, on=request.today, at=request.at)
            messages.success(
                request, _("Die Einreise ist eingetragen. Alles, was schon notiert war, gilt weiter.")
            )
            for sentence in (sentence for one in written for sentence in one.told()):
                messages.success(request, sentence)
            return HttpResponseRedirect(reverse("person", args=[case_id, person_id]), status=303)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "person": person,
        "snapshot": facts_in(request.access.case, person_id, on=request.today).snapshot,
        "shows_notice": frame.shows_notice,
    }
    return case_page(
        request,
        "desk/entry_form.html",
        context,
        head=personal_head(request, person),
        title=_("Ist eingereist"),
        status=422 if form.errors else 200,
    )


def _back(case_id: UUID, person_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("arrival", args=[case_id, person_id]), status=303)


_BELOW = "faelle/<uuid:case_id>/personen/<uuid:person_id>/einreise/"
urlpatterns = [
    path(_BELOW, show, name="arrival"),
    path(f"{_BELOW}kontaktperson/", contact_new, name="contact-person-new"),
    path(f"{_BELOW}kontaktperson/<uuid:contact_id>/ende/", contact_end, name="contact-person-end"),
    path(f"{_BELOW}eingereist/", entry, name="entry"),
]
