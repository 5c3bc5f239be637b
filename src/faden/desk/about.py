"""Whom an entry of a family case concerns: the same two questions on every form that writes into a case."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions.concerning import About
from faden.cases.queries.members import Member, members_of
from faden.cases.queries.timeline import Of
from faden.desk.door import DeskRequest
from faden.desk.forms import DeskForm


class AboutForm(DeskForm):
    """The part of a form that names persons; in the case of one person it is not there."""

    # The question comes after what the entry says; names a form does not have are passed over.
    field_order: tuple[str, ...] = ("title", "subject", "text", "file", "persons", "confidential")

    persons = forms.MultipleChoiceField(
        label=gettext_lazy("Wen betrifft es?"), widget=forms.CheckboxSelectMultiple
    )
    confidential = forms.BooleanField(
        label=gettext_lazy("Vertraulicher Faden: steht nur auf der Seite dieser Person"), required=False
    )

    def __init__(self, *args: object, members: list[Member], **options: object) -> None:
        super().__init__(*args, **options)
        # Of a family of which one is left, she is meant.
        self.only = tuple(member.person_id for member in members) if len(members) == 1 else ()
        if len(members) < 2:
            del self.fields["persons"], self.fields["confidential"]
        else:
            self.fields["persons"].choices = [(str(m.person_id), m.card.name) for m in members]  # type: ignore[attr-defined]

    @property
    def about_fields(self) -> list[forms.BoundField]:
        """The two fields, where there are several persons."""
        return [self[name] for name in ("persons", "confidential") if name in self.fields]

    def about(self) -> About:
        """The values as the verbs take them."""
        values = self.cleaned_data
        return About(
            tuple(UUID(key) for key in values.get("persons", ())) or self.only, bool(values.get("confidential", False))
        )


class AboutOneForm(AboutForm):
    """About exactly one of the case: each has her own ground."""

    whom: Any

    def __init__(self, *args: object, members: list[Member], **options: object) -> None:
        super().__init__(*args, members=members, **options)
        if "persons" in self.fields:
            people = [(str(member.person_id), member.card.name) for member in members]
            self.fields["persons"] = forms.ChoiceField(
                label=self.whom, widget=forms.RadioSelect, choices=people, error_messages={"required": _("Bitte wählen.")}
            )
            self.order_fields(self.field_order)

    def about(self) -> About:
        """The one person, and whether it stands in her vertraulicher Faden."""
        values = self.cleaned_data
        chosen = (UUID(values["persons"]),) if values.get("persons") else self.only
        return About(chosen, bool(values.get("confidential", False)))


def members_for(request: DeskRequest) -> list[Member]:
    """Who can be named on a new entry: those who belong to the case today; two statements."""
    return [member for member in members_of(request.access.case) if member.is_here]


def preset_about(request: DeskRequest) -> dict[str, object]:
    """From a person's page: she is named already, and the vertraulicher Faden is chosen where she came from it."""
    person = request.GET.get("person", "")
    return {"persons": [person], "confidential": "vertraulich" in request.GET} if person else {}


def initial_about(row: object) -> dict[str, object]:
    """What an entry says now, for the form that changes it."""
    return {
        "persons": [str(person) for person in row.persons],  # type: ignore[attr-defined]
        "confidential": row.confidential,  # type: ignore[attr-defined]
    }


def page_of(request: DeskRequest) -> Of:
    """The page the form was opened from: the case, a person, her vertraulicher Faden."""
    person = id_in(request, "person")
    return Of(person, confidential=bool(person) and "vertraulich" in request.GET)


def id_in(request: DeskRequest, name: str) -> UUID | None:
    """An id in the address, after the question mark; anything else is none."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def back_to(request: DeskRequest, case_id: UUID) -> HttpResponseRedirect:
    """After saving: to the person's page the form was opened from, else to the case."""
    of = page_of(request)
    if of.person is None:
        return HttpResponseRedirect(reverse("case", args=[case_id]), status=303)
    name = "person-confidential" if of.confidential else "person"
    return HttpResponseRedirect(reverse(name, args=[case_id, of.person]), status=303)
