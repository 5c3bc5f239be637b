"""The forms of a plan: a goal, one of its steps, its rating."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from faden.cases.vocabulary.task import DropReason
from faden.chains.actions import goals as actions
from faden.chains.rules import wording
from faden.chains.rules.weeks import is_week, window
from faden.chains.vocabulary import GoalRating, HolderKind
from faden.desk.forms import Day, DeskForm, Text, long_text

_WEEK = gettext_lazy("irgendwann in dieser Woche (Montag bis Sonntag)")


def key_or_none(value: str) -> UUID | None:
    """A chosen row, or none."""
    return UUID(value) if value else None


def days_of(first: date | None, last: date | None) -> dict[str, object]:
    """A window as the two fields ask for it."""
    return {"day": last, "week": is_week(first, last)}


class GoalForm(DeskForm):
    """One sentence is enough; the rest may come later."""

    words = Text(
        label=gettext_lazy("Ziel"),
        help_text=wording.WHAT,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen_by = Text(
        label=gettext_lazy("Woran merken wir es?"),
        help_text=wording.SEEN_BY,
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    life_area = forms.ChoiceField(label=gettext_lazy("Lebensbereich"))
    day = Day(label=gettext_lazy("Bis wann?"), help_text=wording.UNTIL, required=False)
    week = forms.BooleanField(label=_WEEK, required=False)
    chain_id = forms.TypedChoiceField(
        label=gettext_lazy("Integrationskette, die dorthin führt"), required=False, coerce=key_or_none, empty_value=None
    )
    confidential = forms.BooleanField(
        label=gettext_lazy("Vertraulicher Faden: steht nur auf der Seite dieser Person"), required=False
    )

    def __init__(
        self,
        *args: Any,
        life_areas: Iterable[tuple[str, str]],
        chains: Iterable[tuple[UUID, str]],
        is_family: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["life_area"].choices = [("", gettext_lazy("Bitte wählen")), *life_areas]  # type: ignore[attr-defined]
        known = [(str(chain_id), title) for chain_id, title in chains]
        self.fields["chain_id"].choices = [("", gettext_lazy("keine")), *known]  # type: ignore[attr-defined]
        if not known:
            del self.fields["chain_id"]
        if not is_family:
            del self.fields["confidential"]

    def wanted(self) -> actions.Wanted:
        """The values as the verb takes them."""
        values = self.cleaned_data
        first, last = window(values["day"], whole_week=values["week"])
        return actions.Wanted(
            words=values["words"],
            seen_by=values["seen_by"],
            life_area=values["life_area"],
            until_from=first,
            until_on=last,
            chain_id=values.get("chain_id"),
            confidential=values.get("confidential", False),
        )


class StepForm(DeskForm):
    """What, who, until when."""

    what = Text(label=gettext_lazy("Was ist zu tun?"), max_length=200)
    who = forms.ChoiceField(
        label=gettext_lazy("Wer macht es?"),
        choices=HolderKind.choices,
        initial=HolderKind.CLIENT,
        widget=forms.RadioSelect,
    )
    who_name = Text(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Wer aus der Familie, welche Stelle? Bei der Person selbst bleibt es leer."),
        max_length=120,
        required=False,
    )
    day = Day(label=gettext_lazy("Bis wann?"), required=False)
    week = forms.BooleanField(label=_WEEK, required=False)

    def wanted(self) -> actions.StepWanted:
        """The values as the verb takes them."""
        values = self.cleaned_data
        first, last = window(values["day"], whole_week=values["week"])
        return actions.StepWanted(values["what"], values["who"], values["who_name"], first, last)


class DropForm(DeskForm):
    """Why a step is not done."""

    because = forms.ChoiceField(
        label=gettext_lazy("Warum entfällt der Schritt?"), choices=DropReason.choices, widget=forms.RadioSelect
    )


class RatingForm(DeskForm):
    """What became of a goal: both views beside each other."""

    rating = forms.ChoiceField(
        label=gettext_lazy("Einschätzung der Fachkraft"), choices=GoalRating.choices, widget=forms.RadioSelect
    )
    client_rating = forms.ChoiceField(
        label=gettext_lazy("Eigene Sicht der Person"),
        choices=[("", gettext_lazy("nicht gefragt")), *GoalRating.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    words = long_text(
        gettext_lazy("Was hat geholfen, was hat gefehlt?"),
        rows=4,
        hint=gettext_lazy("Möglichst in den Worten der Person."),
    )

    def rated(self) -> actions.Rated:
        """The values as the verb takes them."""
        return actions.Rated(**self.cleaned_data)
