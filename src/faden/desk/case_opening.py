"""Opening a case: search first, then information, agreement, name."""

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions.open_case import Opening, open_case
from faden.cases.queries import inquiries as inquiry_queries
from faden.cases.queries.protection import require_findable
from faden.cases.vocabulary.case import Urgency
from faden.consents.queries.agreements import texts_for
from faden.desk import choices
from faden.desk.door import DeskRequest, Sees, edits
from faden.desk.forms import DeskForm, Text, initial_of, kept_draft
from faden.desk.person_fields import AgreementFields, NameFields
from faden.desk.search import Shown, asked_from, shown_hits
from faden.desk.shell import page
from faden.kernel.errors import Invalid
from faden.look.forms import LongSelect
from faden.organisations.vocabulary import Permission
from faden.persons.actions.people import NewPerson


class CaseForm(AgreementFields, NameFields, DeskForm):
    """Person, agreement, case."""

    nationality = forms.ChoiceField(
        widget=LongSelect, label=gettext_lazy("Staatsangehörigkeit"), required=False
    )
    language = forms.ChoiceField(widget=LongSelect, label=gettext_lazy("Sprache"), required=False)
    interpreter = forms.BooleanField(label=gettext_lazy("Sprachmittlung wird gebraucht"), required=False)
    municipality = forms.ChoiceField(widget=LongSelect, label=gettext_lazy("Wohnort"), required=False)
    phone = Text(label=gettext_lazy("Telefon"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("E-Mail"), required=False, max_length=200)
    urgency = forms.ChoiceField(
        label=gettext_lazy("Wie dringend?"),
        choices=Urgency.choices,
        initial=Urgency.NORMAL,
        widget=forms.RadioSelect,
    )
    lead = forms.ChoiceField(label=gettext_lazy("Fallführung"))
    other_person = forms.BooleanField(
        label=gettext_lazy("Ich habe verglichen: Es ist eine andere Person."), required=False
    )

    def __init__(self, *args: object, request: DeskRequest, known: bool, **options: object) -> None:
        super().__init__(*args, **options)
        self.today, self.known = request.today, known
        organisation_id = request.actor.organisation_id
        for name, values in {
            "nationality": choices.nationalities(),
            "language": choices.languages(),
            "municipality": choices.municipalities(organisation_id),
            "lead": choices.case_managers(request.today),
        }.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]
        self.fields["lead"].initial = request.actor.membership_id
        self.begin_agreement(request.today)

    def clean(self) -> dict[str, object]:
        """A new person needs one name, in whatever script."""
        values = super().clean() or {}
        if not self.known and not self.errors and not self.is_named:
            self.add_error("family", _("Bitte geben Sie einen Namen an."))
        return values

    def person(self) -> NewPerson:
        """The new person."""
        values = self.cleaned_data
        return NewPerson(
            name=self.main_name(),
            other_spellings=self.spellings(),
            birth=values["born"],
            nationalities=(values["nationality"],) if values["nationality"] else (),
            languages=(values["language"],) if values["language"] else (),
            interpreter_language=values["language"] if values["interpreter"] else "",
            phone=values["phone"],
            email=values["email"],
            municipality=values["municipality"],
        )


@edits(Sees.NOTHING, may=Permission.WORK_ON_CASES)
def new(request: DeskRequest) -> HttpResponse:
    """A case from nowhere."""
    return _form(request)


@edits(Sees.NOTHING, may=Permission.WORK_ON_CASES)
def from_inquiry(request: DeskRequest, inquiry_id: UUID) -> HttpResponse:
    """A case from one inquiry."""
    inquiry = inquiry_queries.inquiry(inquiry_id)
    values = {
        "language": inquiry.language,
        "municipality": inquiry.municipality_id,
        "urgency": inquiry.urgency,
    }
    if inquiry.matter_id:
        return HttpResponseRedirect(reverse("case-from-matter", args=[inquiry.matter_id]), status=303)
    return _form(request, inquiry=inquiry_id, initial=values)


@edits(Sees.NOTHING, may=Permission.WORK_ON_CASES)
def from_matter(request: DeskRequest, matter_id: UUID) -> HttpResponse:
    """An anonymous person agrees to be named: an act of its own, with the whole history."""
    matter = inquiry_queries.matter(matter_id)
    contacts = inquiry_queries.contacts_under(matter)
    last = contacts[-1] if contacts else None
    values = {"language": last.language, "municipality": last.municipality_id} if last else {}
    return _form(request, matter=matter_id, initial=values, codeword=matter.codeword)


@edits(Sees.NOTHING, may=Permission.WORK_ON_CASES)
def for_person(request: DeskRequest, person_id: UUID) -> HttpResponse:
    """A new case for somebody who was here before."""
    require_findable(person_id, by=request.actor, on=request.today)
    return _form(request, person=person_id)


def _form(
    request: DeskRequest,
    *,
    inquiry: UUID | None = None,
    matter: UUID | None = None,
    person: UUID | None = None,
    initial: Mapping[str, object] | None = None,
    codeword: str = "",
) -> HttpResponse:
    kept = kept_draft(request)
    form = CaseForm(
        request.POST or None,
        request=request,
        known=person is not None,
        initial={**(initial or {}), **initial_of(CaseForm, kept, request)},
    )
    found = _candidates(request) if request.method == "POST" and not person else []
    if found and form.is_valid() and not form.cleaned_data["other_person"] and any(f.likely for f in found):
        form.add_error("other_person", _("Diese Person könnte schon bekannt sein. Bitte vergleichen Sie."))
    if request.method == "POST" and form.is_valid():
        try:
            opening = Opening(
                agreed=form.agreed(),
                urgency=form.cleaned_data["urgency"],
                lead=UUID(form.cleaned_data["lead"]),
                new_person=None if person else form.person(),
                known_person=person,
                matter=matter,
                inquiry=inquiry,
            )
            case = open_case(opening, by=request.actor, on=request.today, at=request.at)
            request.shown = []  # the candidates are not in the answer
            messages.success(request, _("Der Fall ist eröffnet."))
            own = str(case.lead_id) == request.actor.membership_id
            return HttpResponseRedirect(
                reverse("case", args=[case.id]) if own else reverse("caseload"), status=303
            )
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "kept": kept,
        "codeword": codeword,
        "person_id": person,
        "texts": texts_for(request.actor.organisation_id, on=request.today),
        "found": found,
    }
    crumbs = ((_("Meine Fälle"), reverse("caseload")), (_("Fall eröffnen"), ""))
    return page(
        request,
        "desk/case_form.html",
        context,
        here="caseload",
        crumbs=crumbs,
        status=422 if form.errors else 200,
    )


def _candidates(request: DeskRequest) -> list[Shown]:
    """Without JavaScript the candidates come with the answer."""
    posted = request.POST
    name = ", ".join(filter(None, (posted.get("family", "")[:120], posted.get("given", "")[:120])))
    return shown_hits(
        request, asked_from(name, posted.get("born", "")[:30], today=request.today), limit=8, any_part=True
    )


urlpatterns = [
    path("faelle/neu/", new, name="case-new"),
    path("anfragen/<uuid:inquiry_id>/fall/", from_inquiry, name="case-from-inquiry"),
    path("kennwort/<uuid:matter_id>/fall/", from_matter, name="case-from-matter"),
    path("personen/<uuid:person_id>/fall/", for_person, name="case-for-person"),
]
