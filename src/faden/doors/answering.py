"""The answer to a Vermittlung: the same form for an inbox, for the partner side and for a link."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.kernel import clock
from faden.look.typed import Day, PlainForm, Text
from faden.referrals.vocabulary import AnswerKind, DeclineReason

LONGEST = 2000
# A day a little back is when it began; one further back is a slip in the year.
FURTHEST_BACK = timedelta(days=366)


def is_a_slip(day: date | None, *, on: date) -> bool:
    """Nobody is taken on from a day as long ago as this."""
    return day is not None and day < on - FURTHEST_BACK


class AnswerForm(PlainForm):
    """Received is not accepted is not finished; a refusal says why, in a word that is counted."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Ihre Antwort"), choices=AnswerKind.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("Sie können später noch einmal antworten, zum Beispiel zuerst „eingegangen“ und danach „angenommen“."),
    )  # fmt: skip
    from_on = Day(
        label=gettext_lazy("Ab wann, oder Termin"), required=False,
        help_text=gettext_lazy("Bei „angenommen“ oder „Warteliste“, wenn Sie den Tag schon wissen."),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=gettext_lazy("Warum nicht?"), choices=[("", gettext_lazy("keine Ablehnung")), *DeclineReason.choices], required=False,
        help_text=gettext_lazy("Nur bei „abgelehnt“."),
    )  # fmt: skip
    words = Text(
        label=gettext_lazy("Nachricht an die Beratungsstelle"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Eine Frage, Uhrzeit und Ort, was noch fehlt. Bitte nur, was dafür nötig ist."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What belongs to the chosen answer must be there; what belongs to another one is not sent."""
        values = super().clean() or {}
        kind = values.get("kind")
        if kind == AnswerKind.DECLINED and not values.get("reason"):
            self.add_error("reason", _("Bitte wählen Sie, warum Sie ablehnen."))
        if is_a_slip(values.get("from_on"), on=clock.today()):
            self.add_error("from_on", _("Dieser Tag liegt mehr als ein Jahr zurück. Bitte prüfen Sie das Jahr."))
        if kind == AnswerKind.QUESTION and not values.get("words"):
            self.add_error("words", _("Bitte schreiben Sie Ihre Frage."))
        return values

    def said(self) -> dict[str, str]:
        """As `consents.actions.replies` takes it."""
        values, kind = self.cleaned_data, self.cleaned_data["kind"]
        day = values["from_on"] if kind in (AnswerKind.ACCEPTED, AnswerKind.WAITING) else None
        reason = values["reason"] if kind == AnswerKind.DECLINED else ""
        said = {"what": "answer", "kind": kind, "from_on": day.isoformat() if day else "", "reason": reason, "words": values["words"]}
        return {name: value for name, value in said.items() if value}
