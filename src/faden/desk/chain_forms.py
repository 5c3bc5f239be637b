"""The forms around a step of an Integrationskette."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.members import Member
from faden.chains.actions.bending import NewStep, Why
from faden.chains.actions.steps import Holder
from faden.chains.queries.shown import StepRow, Waits
from faden.chains.rules import suspension, weeks
from faden.chains.vocabulary import BendReason, Breakpoint, HolderKind, Join, StepKind, StepState
from faden.desk.choices import Choices
from faden.desk.forms import Day, DeskForm, Text, long_text
from faden.look.forms import CheckboxList
from faden.organisations.vocabulary import AgencyKind

CHOOSE = ("", gettext_lazy("bitte wählen"))
NEWS = (
    (StepState.DONE, gettext_lazy("erledigt")),
    (StepState.WAITING_AGENCY, gettext_lazy("wartet auf eine Stelle")),
    (StepState.WAITING_PERSON, gettext_lazy("wartet auf die Person oder jemanden aus der Familie")),
    (StepState.BLOCKED, gettext_lazy("blockiert: Es geht nicht weiter")),
    (StepState.READY, gettext_lazy("kann weitergehen")),
)


class StateForm(DeskForm):
    """What has happened to a step; which of the lower fields count follows from the first."""

    mark_optional = False
    state = forms.ChoiceField(label=gettext_lazy("Was ist mit diesem Schritt?"), choices=NEWS, widget=forms.RadioSelect)
    since = Day(label=gettext_lazy("Seit wann?"))
    reason = forms.ChoiceField(label=gettext_lazy("Woran hängt es?"), required=False)
    agency_kind = forms.ChoiceField(
        label=gettext_lazy("Bei welcher Stelle?"), choices=[CHOOSE, *AgencyKind.choices], required=False
    )
    agency = Text(label=gettext_lazy("Name der Stelle"), max_length=120, required=False)
    person = forms.ChoiceField(label=gettext_lazy("Auf wen wartet es?"), required=False)
    words = long_text(
        gettext_lazy("In Worten"), rows=3, hint=gettext_lazy("Was fehlt, was wurde gefragt, was ist zugesagt?")
    )

    def __init__(self, *args: Any, step: StepRow, members: Sequence[Member], whose: UUID, **options: Any) -> None:
        super().__init__(*args, **options)
        likely = list(step.block_reasons)
        codes = {code for code, _label in likely}
        rest = [choice for choice in Breakpoint.choices if choice[0] not in codes]
        grouped = [(_("bei diesem Schritt häufig"), likely), (_("alle"), rest)] if likely else rest
        self.fields["reason"].choices = [CHOOSE, *grouped]  # type: ignore[attr-defined]
        self.fields["person"].choices = people(members, whose)  # type: ignore[attr-defined]


def people(members: Sequence[Member], whose: UUID) -> Choices:
    """Whose chain it is first; she is the answer where nobody is chosen."""
    own = [("", m.card.name) for m in members if m.person_id == whose]
    return [*(own or [("", _("die Person selbst"))]), *((str(m.person_id), m.card.name) for m in members if m.is_here and m.person_id != whose)]


class AgreeForm(DeskForm):
    """By a day, or any time in its week; empty: nothing is agreed any more."""

    due_on = Day(label=gettext_lazy("Bis wann ist es vereinbart?"), required=False)
    whole_week = forms.BooleanField(label=gettext_lazy("Irgendwann in der Woche dieses Tages"), required=False)

    def window(self) -> dict[str, Any]:
        """The values as the verb takes them."""
        first, last = weeks.window(self.cleaned_data["due_on"], whole_week=self.cleaned_data["whole_week"])
        return {"due_from": first, "due_on": last}


class HolderForm(DeskForm):
    """At whom a step lies."""

    holder = forms.ChoiceField(
        label=gettext_lazy("Wer hält den Schritt?"), choices=HolderKind.choices, widget=forms.RadioSelect,
        initial=HolderKind.CASE_MANAGER,
    )  # fmt: skip
    holder_person = forms.ChoiceField(label=gettext_lazy("Wer aus der Familie?"), required=False)
    agency_kind = forms.ChoiceField(
        label=gettext_lazy("Welche Stelle?"), choices=[CHOOSE, *AgencyKind.choices], required=False
    )
    agency = Text(label=gettext_lazy("Name der Stelle"), max_length=120, required=False)

    def __init__(self, *args: Any, members: Sequence[Member], whose: UUID, **options: Any) -> None:
        super().__init__(*args, **options)
        others = [(str(m.person_id), m.card.name) for m in members if m.is_here and m.person_id != whose]
        self.fields["holder_person"].choices = [CHOOSE, *others]  # type: ignore[attr-defined]

    def held(self) -> Holder:
        """Only what belongs to the chosen kind of holder."""
        values = self.cleaned_data
        kind = HolderKind(values["holder"])
        agency = kind == HolderKind.AGENCY
        family = kind == HolderKind.FAMILY and values["holder_person"]
        return Holder(
            kind,
            UUID(values["holder_person"]) if family else None,
            values["agency_kind"] if agency else "",
            values["agency"] if agency else "",
        )


class WhyForm(DeskForm):
    """Why a chain is bent for this client: a category, and words."""

    reason = forms.ChoiceField(label=gettext_lazy("Grund"), choices=[CHOOSE, *BendReason.choices])
    because = Text(label=gettext_lazy("Warum, in Worten?"), max_length=300)

    def why(self) -> Why:
        """The values as the verbs take them."""
        return Why(BendReason(self.cleaned_data["reason"]), self.cleaned_data["because"])


class DropForm(WhyForm):
    """A step that is not needed here, for good or until a day."""

    field_order = ("reason", "because", "until")
    until = Day(
        label=gettext_lazy("Nur befreit bis"),
        required=False,
        help_text=gettext_lazy("Leer: Der Schritt entfällt ganz. Mit Tag: Danach steht er wieder da."),
    )


class LinksForm(WhyForm):
    """What a step waits for, also in other chains of the case."""

    field_order = ("after", "join", "reason", "because")
    after = forms.MultipleChoiceField(
        label=gettext_lazy("Wartet auf"), required=False, widget=CheckboxList,
        help_text=gettext_lazy("Nichts angekreuzt: Er kann sofort beginnen."),
    )  # fmt: skip
    join = forms.ChoiceField(
        label=gettext_lazy("Wie viele davon?"), choices=Join.choices, widget=forms.RadioSelect, initial=Join.ALL
    )

    def __init__(self, *args: Any, steps: Sequence[StepRow], others: Sequence[Waits], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["after"].choices = _step_choices(steps, others)  # type: ignore[attr-defined]

    def chosen(self) -> list[UUID]:
        """The steps it waits for."""
        return [UUID(key) for key in self.cleaned_data["after"]]


def _step_choices(steps: Sequence[StepRow], others: Sequence[Waits]) -> Choices:
    own = [(str(step.id), f"{step.title} ({step.state_label})") for step in steps]
    return [*own, *((str(w.id), f"{w.person} – {w.chain_title}: {w.title} ({w.state_label})") for w in others)]


class AddForm(HolderForm, WhyForm):
    """A step more, and between which steps it stands."""

    field_order = (
        "title", "kind", "usual_days", "holder", "holder_person", "agency_kind", "agency", "hint", "after", "before",
        "reason", "because",
    )  # fmt: skip
    title = Text(label=gettext_lazy("Welcher Schritt?"), max_length=160)
    kind = forms.ChoiceField(label=gettext_lazy("Art"), choices=StepKind.choices)
    usual_days = forms.IntegerField(
        label=gettext_lazy("Dauert meist (Tage)"), min_value=0, max_value=3650, required=False,
        help_text=gettext_lazy("Leer: nicht bekannt."),
    )  # fmt: skip
    hint = Text(label=gettext_lazy("Hinweis"), max_length=500, required=False)
    after = forms.MultipleChoiceField(label=gettext_lazy("Kommt nach"), required=False, widget=CheckboxList)
    before = forms.MultipleChoiceField(label=gettext_lazy("Kommt vor"), required=False, widget=CheckboxList)

    def __init__(self, *args: Any, steps: Sequence[StepRow], others: Sequence[Waits], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["after"].choices = _step_choices(steps, others)  # type: ignore[attr-defined]
        self.fields["before"].choices = _step_choices(steps, ())  # type: ignore[attr-defined]

    def step(self) -> NewStep:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return NewStep(values["title"], StepKind(values["kind"]), self.held(), values["usual_days"], values["hint"])

    def between(self) -> dict[str, list[UUID]]:
        """The steps before it and after it."""
        return {name: [UUID(key) for key in self.cleaned_data[name]] for name in ("after", "before")}


class SuspendForm(WhyForm):
    """Until a day, or for so many days: one of the two is enough, and with script each computes the other."""

    field_order = ("until", "days", "reason", "because")
    until = Day(label=gettext_lazy("Ausgesetzt bis"), required=False)
    days = forms.IntegerField(
        label=gettext_lazy("Das sind Tage"), min_value=1, max_value=3650, required=False,
        help_text=gettext_lazy("Tag oder Anzahl: Eines von beiden genügt."),
    )  # fmt: skip
    shown = ""

    @classmethod
    def in_step(cls, typed: Any, *, shown: str, today: date, initial: dict[str, object]) -> "SuspendForm":
        """Both fields say the same: what was typed anew wins over what the page had shown (`shown`)."""
        form = cls(typed, initial=initial)
        if typed and form.is_valid():
            values = form.cleaned_data
            until, days = values["until"], values["days"]
            if until is None or (days and until.isoformat() == shown):
                until = suspension.day_after(days, today)
            both = typed.copy()
            both["until"], both["days"] = until.isoformat(), max(1, suspension.days_until(until, today))
            form = cls(both)
            form.shown = until.isoformat()
        return form

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        values = super().clean() or {}
        if not self.errors and not values.get("until") and not values.get("days"):
            self.add_error("until", _("Bitte einen Tag oder eine Anzahl Tage angeben."))
        return values
