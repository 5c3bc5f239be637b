"""The short forms of who keeps a directory: a provider, free places, the end of an offer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.directory.rules import descriptions
from faden.directory.rules.values import ProviderValues
from faden.directory.vocabulary import OfferEnd
from faden.doors.offer_rows import lets_stand
from faden.look.forms import LongSelect
from faden.look.typed import Day, PlainForm, Text
from faden.organisations.vocabulary import AgencyKind


class ProviderForm(PlainForm):
    """Who offers something."""

    name = Text(label=gettext_lazy("Name des Anbieters"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Art"), required=False, widget=LongSelect, choices=[("", gettext_lazy("keine Angabe")), *AgencyKind.choices]
    )
    description = Text(label=gettext_lazy("Was macht er?"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    phone = Text(label=gettext_lazy("Telefon"), required=False, max_length=60)
    email = forms.EmailField(label=gettext_lazy("E-Mail"), required=False, help_text=gettext_lazy("Die der Stelle, nicht die einer Person."))
    website = Text(label=gettext_lazy("Internetseite"), required=False, max_length=500)
    account = forms.TypedChoiceField(
        label=gettext_lazy("Postfach in Faden"), required=False, coerce=int, empty_value=None, widget=LongSelect,
        help_text=gettext_lazy("Hat der Anbieter hier ein Postfach, geht eine Vermittlung dorthin."),
    )  # fmt: skip

    def __init__(self, *args: Any, accounts: list[tuple[str, str]], provider: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["account"].choices = [("", _("keins")), *accounts]  # type: ignore[attr-defined]
        self._before = provider.description if provider else ""
        for name, value in (self.begun(provider) if provider else {}).items():
            lets_stand(self.fields[name], value)

    def values(self) -> ProviderValues:
        """As the verbs take it; a description that nobody touched keeps its paragraphs."""
        typed = self.cleaned_data["description"]
        description = self._before if typed == descriptions.to_plain(self._before) else descriptions.from_plain(typed)
        return ProviderValues(**{**self.cleaned_data, "description": description})

    @classmethod
    def begun(cls, provider: Any) -> dict[str, Any]:
        """What stands in it at first."""
        names = ("name", "kind", "phone", "email", "website")
        return {
            **{name: getattr(provider, name) for name in names}, "account": provider.account_id or "",
            "description": descriptions.to_plain(provider.description),
        }  # fmt: skip


class PlacesForm(PlainForm):
    """How many places are free, and on which day that was so."""

    places_free = forms.IntegerField(
        label=gettext_lazy("Freie Plätze"), required=False, min_value=0, max_value=9999, help_text=gettext_lazy("Leer, wenn es niemand weiß.")
    )
    places_on = Day(label=gettext_lazy("Stand vom"))
    mark_optional = False

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_places_on(self) -> date:
        """Nobody knows today how many will be free tomorrow."""
        day: date = self.cleaned_data["places_on"]
        if day > self.today:
            raise forms.ValidationError(_("Der Stand kann nicht in der Zukunft liegen."))
        return day


class EndForm(PlainForm):
    """Why it is not shown any more."""

    because = forms.ChoiceField(
        label=gettext_lazy("Warum?"), widget=forms.RadioSelect,
        choices=[(end.value, end.label) for end in OfferEnd if end != OfferEnd.GONE],
    )  # fmt: skip
