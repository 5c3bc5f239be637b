"""What is typed in the Eingang: answer, report of a step, question, assignment, decision about erasure."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.chains.rules.sharing import HIDDEN_REASONS, THEIRS
from faden.chains.vocabulary import Breakpoint, ReportKind, StepState
from faden.consents.rules.contents import Step
from faden.consents.vocabulary import Erasure
from faden.doors.answering import LONGEST, AnswerForm
from faden.look.typed import Day, PlainForm, Text
from faden.referrals.actions.answers import Said
from faden.referrals.actions.received import Reported
from faden.referrals.rules.received import stands
from faden.referrals.vocabulary import AnswerKind


def _some_lines(label: Any, hint: Any = "", *, required: bool = False) -> Text:
    return Text(
        label=label, required=required, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}), help_text=hint
    )


class InboxAnswerForm(AnswerForm):
    """The answer from an inbox: only what can be said now; `seen` is the answer the page showed."""

    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: Iterable[AnswerKind], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]

    def as_said(self, today: date) -> Said:
        """The values as the verb takes them."""
        told = self.said()
        from_on = date.fromisoformat(told["from_on"]) if "from_on" in told else None
        return Said(AnswerKind(told["kind"]), today, from_on, told.get("reason", ""), told.get("words", ""))


class ReportForm(PlainForm):
    """Where a step stands that lies with us."""

    state = forms.ChoiceField(
        label=gettext_lazy("Wie steht es?"), choices=[(state.value, state.label) for state in THEIRS], widget=forms.RadioSelect
    )
    since_on = Day(label=gettext_lazy("Seit wann?"))
    due_on = Day(
        label=gettext_lazy("Vereinbarter Tag"), required=False,
        help_text=gettext_lazy("Zum Beispiel: Platz ab diesem Tag."),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=gettext_lazy("Woran hakt es?"), required=False,
        choices=[("", gettext_lazy("es hakt nicht")), *((b.value, b.label) for b in Breakpoint if b not in HIDDEN_REASONS)],
        help_text=gettext_lazy("Nur bei „blockiert“."),
    )  # fmt: skip
    words = _some_lines(
        gettext_lazy("Dazu ein Satz"),
        gettext_lazy("Der Absender liest ihn. Bitte nichts zur Gesundheit und nichts über andere Personen."),
    )
    seen = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A step that is stuck says where."""
        values = super().clean() or {}
        if values.get("state") == StepState.BLOCKED and not values.get("reason"):
            self.add_error("reason", _("Bitte wählen Sie, woran es hakt."))
        return values

    def reported(self, step: str) -> Reported:
        """The values as the verb takes them."""
        said = self.cleaned_data
        return Reported(
            step, StepState(said["state"]), said["seen"], said["since_on"], said["due_on"], said["reason"], said["words"]
        )

    @classmethod
    def begun(cls, step: Step, today: date) -> dict[str, Any]:
        """What stands in it at first."""
        return {"since_on": today, "seen": stands(step)}


class TalkForm(PlainForm):
    """A question to a step, or the answer to theirs."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Was ist es?"), initial=ReportKind.QUESTION, widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in (ReportKind.QUESTION, ReportKind.ANSWER)],
    )  # fmt: skip
    talk = _some_lines(gettext_lazy("Text"), required=True)


class AssignForm(PlainForm):
    """Who takes care of it."""

    member = forms.ChoiceField(label=gettext_lazy("Wer kümmert sich?"), required=False)

    def __init__(self, *args: Any, readers: Iterable[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        everybody = [("", _("niemand, alle sehen es")), *((str(key), name) for key, name in readers)]
        self.fields["member"].choices = everybody  # type: ignore[attr-defined]

    mark_optional = False


class ErasureForm(PlainForm):
    """What became of our copy after the end."""

    decision = forms.ChoiceField(label=gettext_lazy("Was ist mit den Angaben?"), choices=Erasure.choices, widget=forms.RadioSelect)
    words = Text(
        label=gettext_lazy("Warum bleibt etwas?"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Norm oder Aufgabe, nach der Sie die Angaben behalten. Der Absender liest das."),
    )  # fmt: skip
