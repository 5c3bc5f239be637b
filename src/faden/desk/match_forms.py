"""What is sought for whom, and what is told for this one search."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.members import Member
from faden.cases.rules.life_areas import Area
from faden.desk import choices
from faden.desk.door import DeskRequest
from faden.desk.forms import Day, DeskForm
from faden.directory.vocabulary import Condition, Gender
from faden.findings.actions import Unmet
from faden.look.forms import LongSelect

NEEDED = {"ja": True, "nein": False}
NOT_SAID = ("", gettext_lazy("keine Angabe"))


class SearchForm(DeskForm):
    """Sent by GET: codes and days only, no words."""

    mark_optional = False
    person = forms.ChoiceField(label=gettext_lazy("Für wen?"), required=False)
    bereich = forms.ChoiceField(label=gettext_lazy("Lebensbereich"), required=False, widget=LongSelect)
    ab = Day(label=gettext_lazy("Ab wann?"), required=False)
    geschlecht = forms.ChoiceField(label=gettext_lazy("Gesucht wird für"), required=False, choices=[NOT_SAID, *Gender.choices])
    betreuung = forms.ChoiceField(
        label=gettext_lazy("Kinderbetreuung nötig?"), required=False,
        choices=[NOT_SAID, ("ja", gettext_lazy("ja")), ("nein", gettext_lazy("nein"))],
    )  # fmt: skip
    ort = forms.ChoiceField(label=gettext_lazy("Anderer Wohnort"), required=False, widget=LongSelect)
    sprache = forms.ChoiceField(label=gettext_lazy("Sprache, in der gesprochen wird"), required=False, widget=LongSelect)

    def __init__(self, *args: Any, members: list[Member], areas: list[Area], request: DeskRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.areas = {area.code: area for area in areas}
        people = [(str(member.person_id), member.card.name) for member in members]
        for name, values in {
            "person": [("", _("bitte wählen")), *people],
            "bereich": [("", _("alle Lebensbereiche")), *((area.code, area.label) for area in areas)],
            "ort": choices.municipalities(request.actor.organisation_id, empty=_("wie notiert")),
            "sprache": choices.languages(),
        }.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]
        if len(people) == 1:
            self.fields["person"].widget = forms.HiddenInput()

    @property
    def once_only(self) -> list[forms.BoundField]:
        """What is told for this search and stored nowhere."""
        return [self[name] for name in ("geschlecht", "betreuung", "ort", "sprache")]

    @property
    def is_told_more(self) -> bool:
        """Something of it is filled in."""
        return any(field.value() for field in self.once_only)

    @property
    def person_id(self) -> UUID | None:
        typed = self.cleaned_data.get("person")
        return UUID(typed) if typed else None

    @property
    def area(self) -> Area | None:
        """As the service calls it, with the area of the programme it counts as."""
        return self.areas.get(self.cleaned_data.get("bereich", ""))


NO_OFFER = "none"


class UnmetForm(DeskForm):
    """Nothing fits: what stood in the way; nothing about anybody."""

    condition = forms.ChoiceField(label=gettext_lazy("Woran liegt es?"))
    life_area = forms.CharField(max_length=20, widget=forms.HiddenInput())
    municipality = forms.CharField(max_length=8, required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        none = (NO_OFFER, _("Es gibt kein Angebot."))
        self.fields["condition"].choices = [("", _("bitte wählen")), none, *Condition.choices]  # type: ignore[attr-defined]

    def unmet(self) -> Unmet:
        """The values as the verb takes them."""
        said = self.cleaned_data
        condition = "" if said["condition"] == NO_OFFER else said["condition"]
        return Unmet(said["life_area"], said["municipality"], condition)
