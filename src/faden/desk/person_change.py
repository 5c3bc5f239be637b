"""Name, spellings, birth date, how she is reached: what stands with a person without days."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.policies import may_document
from faden.cases.queries.members import person_here
from faden.desk import choices
from faden.desk.door import DeskRequest, Sees, edits
from faden.desk.facts import personal_head
from faden.desk.forms import DeskForm, Text, initial_of, kept_draft, version_sent, version_shown
from faden.desk.person_fields import NameFields
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.look.forms import LongSelect
from faden.organisations.vocabulary import Permission
from faden.persons.actions import people
from faden.persons.queries.search import birth_of

_REACHED = ("nationality", "second_nationality", "municipality", "phone", "email")


class PersonForm(NameFields, DeskForm):
    """Without her agreement: name and birth date, nothing else."""

    keep_former_name = forms.BooleanField(
        label=gettext_lazy("Bei anderem Namen: den bisherigen als weitere Schreibweise behalten"),
        required=False,
        initial=True,
    )
    nationality = forms.ChoiceField(
        widget=LongSelect, label=gettext_lazy("Staatsangehörigkeit"), required=False
    )
    second_nationality = forms.ChoiceField(
        widget=LongSelect, label=gettext_lazy("Weitere Staatsangehörigkeit"), required=False
    )
    municipality = forms.ChoiceField(widget=LongSelect, label=gettext_lazy("Wohnort"), required=False)
    phone = Text(label=gettext_lazy("Telefon"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("E-Mail"), required=False, max_length=200)

    def __init__(self, *args: Any, request: DeskRequest, has_agreed: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today, self.has_agreed = request.today, has_agreed
        if not has_agreed:
            for name in _REACHED:
                del self.fields[name]
            return
        for name in ("nationality", "second_nationality"):
            self.fields[name].choices = choices.nationalities()  # type: ignore[attr-defined]
        towns = choices.municipalities(request.actor.organisation_id)
        self.fields["municipality"].choices = towns  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One name, in whatever script."""
        values = super().clean() or {}
        if not self.errors and not self.is_named:
            self.add_error("family", _("Bitte geben Sie einen Namen an."))
        return values

    def changed(self) -> people.Changed:
        """What stands from now on."""
        values = self.cleaned_data
        reached = None
        if self.has_agreed:
            states = (values["nationality"], values["second_nationality"])
            reached = people.Reached(
                tuple(filter(None, states)), values["phone"], values["email"], values["municipality"]
            )
        return people.Changed(
            self.main_name(), self.spellings(), values["born"], reached, values["keep_former_name"]
        )


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Change them; the second of two is shown what the first changed."""
    person = person_here(request.access.case, person_id)
    kept = kept_draft(request)
    form = PersonForm(
        request.POST or None,
        request=request,
        has_agreed=bool(may_document(person_id)),
        initial={**_now(person), **initial_of(PersonForm, kept, request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            seen = version_sent(request)
            people.change(person, form.changed(), seen_version=seen, by=request.actor, at=request.at)
            messages.success(request, _("Die Angaben sind gespeichert."))
            address = reverse("person", args=[case_id, person_id])
            return HttpResponseRedirect(address, status=303)
        except Invalid as error:
            form.take_error(error)
    version = request.POST.get("version") or version_shown(person.version, kept, request)
    context = {"form": form, "person": person, "version": version, "kept": kept}
    return case_page(
        request,
        "desk/person_form.html",
        context,
        head=personal_head(request, person),
        title=_("Person bearbeiten"),
        status=422 if form.errors else 200,
    )


def _now(person: Any) -> dict[str, object]:
    """What stands with her."""
    main, *others = people.spellings_of(person) or [people.Spelling()]
    states = [*person.nationalities, "", ""]
    return {
        "family": main.family,
        "given": main.given,
        "native": main.native,
        "other_spellings": "\n".join(spelling.shown for spelling in others),
        "born": str(birth_of(person) or ""),
        "nationality": states[0],
        "second_nationality": states[1],
        "municipality": person.municipality_id,
        "phone": person.phone,
        "email": person.email,
    }


urlpatterns = [
    path("faelle/<uuid:case_id>/personen/<uuid:person_id>/bearbeiten/", change, name="person-change"),
]
