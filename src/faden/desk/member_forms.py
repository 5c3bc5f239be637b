"""The forms for taking somebody into a case, and for the agreement she gives then or later."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions.families import Belongs, Newcomer
from faden.cases.queries.members import Member
from faden.consents.actions.agreements import Agreed
from faden.desk.door import DeskRequest
from faden.desk.forms import DeskForm
from faden.desk.person_fields import AgreementFields, NameFields
from faden.persons.actions.people import NewPerson
from faden.persons.vocabulary import Relation

GIVERS = (
    ("none", gettext_lazy("noch keine Einwilligung")),
    ("own", gettext_lazy("von ihr selbst")),
    ("represented", gettext_lazy("von der gesetzlichen Vertretung (Minderjährige, rechtliche Betreuung)")),
)
_ASKED_ON_AGREEMENT = ("told_language", "given_on", "given_how", "informed", "to_documentation")


class GivenFields(AgreementFields):
    """Who gave the agreement: she herself, or who represents her, and whether she agreed too."""

    giver = forms.ChoiceField(
        label=gettext_lazy("Einwilligung"),
        choices=GIVERS,
        initial="none",
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Ohne Einwilligung werden nur Name, Geburtsdatum und Verwandtschaft notiert."),
    )
    represented_by = forms.MultipleChoiceField(
        label=gettext_lazy("Bei gesetzlicher Vertretung: Wer hat sie gegeben?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own_agreement = forms.BooleanField(
        label=gettext_lazy("Sie hat auch selbst zugestimmt und kann die Tragweite beurteilen."),
        required=False,
    )

    def begin_given(self, request: DeskRequest, others: list[Member]) -> None:
        """The other members are who may represent; what an agreement asks is asked only where there is one."""
        self.today = request.today
        self.begin_agreement(request.today)
        names = [(str(member.person_id), member.card.name) for member in others]
        self.fields["represented_by"].choices = names  # type: ignore[attr-defined]
        for name in _ASKED_ON_AGREEMENT:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Half an agreement is none."""
        values = super().clean() or {}
        if values.get("giver") in ("own", "represented"):
            for name in _ASKED_ON_AGREEMENT:
                if name not in self.errors and not values.get(name):
                    self.add_error(name, _("Bitte ausfüllen."))
        if values.get("giver") == "represented" and not values.get("represented_by"):
            self.add_error("represented_by", _("Bitte wählen Sie, wer die Einwilligung gegeben hat."))
        return values

    def agreement(self) -> Agreed:
        """By whom, and how."""
        values = self.cleaned_data
        if values["giver"] == "own":
            return self.agreed()
        representatives = tuple(UUID(key) for key in values["represented_by"])
        return self.agreed(represented_by=representatives, own_agreement=values["own_agreement"])


class MemberForm(GivenFields, NameFields, DeskForm):
    """Somebody who comes into the case."""

    relation = forms.ChoiceField(
        label=gettext_lazy("Sie ist"),
        required=False,
        choices=[("", gettext_lazy("nicht angegeben")), *Relation.choices],
    )
    member = forms.ChoiceField(label=gettext_lazy("von wem"), required=False)
    represents = forms.BooleanField(
        label=gettext_lazy("Gesetzliche Vertretung: Der ältere Teil vertritt den jüngeren."), required=False
    )
    other_person = forms.BooleanField(
        label=gettext_lazy("Ich habe verglichen: Es ist eine andere Person."), required=False
    )

    def __init__(self, *args: Any, request: DeskRequest, members: list[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        self.begin_given(request, members)
        names = [(str(member.person_id), member.card.name) for member in members]
        self.fields["member"].choices = names  # type: ignore[attr-defined]

    def newcomer(self, known: UUID | None) -> Newcomer:
        """Who is taken in, and how she belongs."""
        values = self.cleaned_data
        belongs = None
        if values["relation"] and values["member"]:
            belongs = Belongs(Relation(values["relation"]), UUID(values["member"]), values["represents"])
        new = NewPerson(name=self.main_name(), other_spellings=self.spellings(), birth=values["born"])
        agreed = self.agreement() if values["giver"] != "none" else None
        return Newcomer(belongs, agreed, new_person=None if known else new, known_person=known)


class AgreementForm(GivenFields, DeskForm):
    """The agreement of somebody who belongs to the case already."""

    def __init__(self, *args: Any, request: DeskRequest, others: list[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        self.begin_given(request, others)
        self.fields["giver"].choices = GIVERS[1:]  # type: ignore[attr-defined]
        self.fields["giver"].initial = "own"
