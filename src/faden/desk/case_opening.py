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
from faden.cases.vocabulary import Urgency
from faden.consents.actions.agreements import Agreed
from faden.consents.queries import texts_for
from faden.consents.vocabulary import GivenHow, SpecialCategory
from faden.desk import choices
from faden.desk.door import DeskRequest, Sees, edits
from faden.desk.forms import Day, DeskForm, Text, initial_of, kept_draft
from faden.desk.search import Shown, asked_from, shown_hits
from faden.desk.shell import page
from faden.kernel.errors import Invalid
from faden.look.forms import CheckboxList, LongSelect
from faden.organisations.vocabulary import Permission
from faden.persons.actions.people import NewPerson, Spelling
from faden.persons.queries.search import require_known
from faden.persons.rules import birth, latin
from faden.persons.rules.birth import BirthDate, BirthDateProblem


class LatinName(Text):
    """A name in Latin letters as registers know them (DIN 91379)."""

    def to_python(self, value: object) -> str:
        """Normalised; names the letters that no register can hold."""
        name = latin.normalise(super().to_python(value))
        if foreign := latin.offending(name):
            raise forms.ValidationError(
                _(
                    "Hier gehen nur lateinische Buchstaben (DIN 91379). Nicht dazu gehört: %(letters)s. Andere Schriften bitte in das Feld „Name in eigener Schrift“."
                ),
                params={"letters": " ".join(foreign[:10])},
            )
        return name


class CaseForm(DeskForm):
    """Person, agreement, case."""

    family = LatinName(label=gettext_lazy("Familienname"), max_length=120, required=False)
    given = LatinName(label=gettext_lazy("Vorname"), max_length=120, required=False)
    native = Text(label=gettext_lazy("Name in eigener Schrift"), max_length=120, required=False)
    other_spellings = Text(
        label=gettext_lazy("Andere Schreibweisen"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Eine je Zeile, zum Beispiel wie im alten Pass: Familienname, Vorname"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    born = Text(
        label=gettext_lazy("Geburtsdatum"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("12.04.1998, 04/1998, 1998 oder „etwa 1998“"),
    )
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
    told_language = forms.ChoiceField(
        widget=LongSelect, label=gettext_lazy("Sprache der Information und der Einwilligung"), initial="de"
    )
    given_on = Day(label=gettext_lazy("Ausgehändigt und unterschrieben am"))
    given_how = forms.ChoiceField(
        label=gettext_lazy("Wie gegeben?"),
        choices=GivenHow.choices,
        initial=GivenHow.PAPER,
        widget=forms.RadioSelect,
    )
    interpreted_by = Text(label=gettext_lazy("Mündlich übersetzt von"), max_length=120, required=False)
    informed = forms.BooleanField(
        label=gettext_lazy("Die Datenschutzinformation wurde ausgehändigt und besprochen.")
    )
    to_documentation = forms.BooleanField(
        label=gettext_lazy("Die Person willigt in Beratung und Dokumentation ein.")
    )
    to_team_and_substitute = forms.BooleanField(
        label=gettext_lazy("Sie ist einverstanden, dass im Team besprochen und vertreten wird."),
        required=False,
    )
    special_categories = forms.MultipleChoiceField(
        label=gettext_lazy("Sie willigt ausdrücklich ein, dass wir auch notieren:"),
        required=False,
        choices=SpecialCategory.choices,
        widget=CheckboxList,
    )

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
            "told_language": choices.languages()[1:],
            "municipality": choices.municipalities(organisation_id),
            "lead": choices.case_managers(request.today),
        }.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]
        self.fields["lead"].initial = request.actor.membership_id
        self.fields["given_on"].initial = request.today

    def clean_born(self) -> BirthDate | None:
        """An unclear birth date, or what is wrong with it."""
        typed = self.cleaned_data["born"]
        try:
            return birth.parse(typed, self.today) if typed else None
        except BirthDateProblem as problem:
            raise forms.ValidationError(_(str(problem))) from problem

    def clean_given_on(self) -> object:
        """Not in the future."""
        if self.cleaned_data["given_on"] > self.today:
            raise forms.ValidationError(_("Dieser Tag liegt in der Zukunft."))
        return self.cleaned_data["given_on"]

    def clean(self) -> dict[str, object]:
        """A new person needs one name, in whatever script."""
        values = super().clean() or {}
        if (
            not self.known
            and not self.errors
            and not any(values.get(n) for n in ("family", "given", "native"))
        ):
            self.add_error("family", _("Bitte geben Sie einen Namen an."))
        return values

    def person(self) -> NewPerson:
        """The new person."""
        values = self.cleaned_data
        return NewPerson(
            name=Spelling(values["family"], values["given"], values["native"]),
            other_spellings=tuple(
                _spelling(line) for line in values["other_spellings"].splitlines() if line.strip()
            ),
            birth=values["born"],
            nationalities=(values["nationality"],) if values["nationality"] else (),
            languages=(values["language"],) if values["language"] else (),
            interpreter_language=values["language"] if values["interpreter"] else "",
            phone=values["phone"],
            email=values["email"],
            municipality=values["municipality"],
        )

    def agreed(self) -> Agreed:
        """How information and agreement were given."""
        values = self.cleaned_data
        return Agreed(
            language=values["told_language"],
            given_on=values["given_on"],
            given_how=values["given_how"],
            interpreted_by=values["interpreted_by"],
            to_documentation=values["to_documentation"],
            to_team_and_substitute=values["to_team_and_substitute"],
            special_categories=tuple(values["special_categories"]),
        )


def _spelling(line: str) -> Spelling:
    """ "Familienname, Vorname" on one line; other scripts go where they belong."""
    family, _comma, given = (part.strip()[:120] for part in line.partition(","))
    if latin.offending(family) or latin.offending(given):
        return Spelling(native=line.strip()[:120])
    return Spelling(family, given)


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
    require_known(person_id)
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
