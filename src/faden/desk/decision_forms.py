"""The forms about a Bescheid: what it says and how it came, which day counts, what became of it."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.desk.about import AboutForm
from faden.desk.forms import Day, DeskForm, Text
from faden.documents.actions.decisions import LONGEST_PERIOD, Noted, Settled
from faden.documents.queries.decisions import DecisionPage
from faden.documents.vocabulary import NotifiedHow, Outcome, PeriodUnit, Procedure, Remedy, RemedyState
from faden.look.forms import LongSelect

PROPOSED, SAFE, OTHER = "proposed", "safe", "other"


class DecisionForm(AboutForm):
    """A Bescheid as it lies on the desk. Nothing in it is guessed from the words of another."""

    # As the page shows them: what is missing is told in this order.
    field_order = (
        "issuer", "subject", "outcome", "dated_on", "reference", "persons", "confidential", "paper", "notified_how",
        "posted_on", "received_on", "procedure", "remedy", "period_amount", "period_unit", "no_instruction", "remedy_to",
    )  # fmt: skip

    paper = forms.ChoiceField(label=gettext_lazy("Dokument mit dem Scan"), required=False, widget=LongSelect)
    issuer = Text(label=gettext_lazy("Welche Stelle hat entschieden?"), max_length=160)
    subject = Text(
        label=gettext_lazy("Worum geht es?"), max_length=200, help_text=gettext_lazy("Zum Beispiel: Mehrbedarf Alleinerziehend, Aufenthaltserlaubnis.")
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Ergebnis"), choices=Outcome.choices, widget=forms.RadioSelect)
    reference = Text(label=gettext_lazy("Aktenzeichen"), max_length=80, required=False)
    dated_on = Day(label=gettext_lazy("Datum des Bescheids"))
    procedure = forms.ChoiceField(
        label=gettext_lazy("Welches Recht?"),
        choices=[("", gettext_lazy("bitte wählen")), *Procedure.choices],
        help_text=gettext_lazy(
            "Die Belehrung am Ende hilft: Sozialgericht oder Widerspruch beim Jobcenter heißt Sozialrecht, Verwaltungsgericht heißt"
            " Verwaltungsrecht, Einspruch heißt Steuerrecht. Beim BAMF steht Bundesamt im Briefkopf."
        ),
    )
    notified_how = forms.ChoiceField(
        label=gettext_lazy("Wie kam er zur Person?"),
        choices=NotifiedHow.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Ein Einwurf-Einschreiben zählt wie ein gewöhnlicher Brief."),
    )
    posted_on = Day(
        label=gettext_lazy("Poststempel"),
        required=False,
        help_text=gettext_lazy("Vom Umschlag. Bei elektronischen Bescheiden: wann gesendet oder benachrichtigt wurde. Nicht bekannt? Lassen Sie es leer."),
    )
    received_on = Day(
        label=gettext_lazy("Bei der Person angekommen am"),
        help_text=gettext_lazy("Der Tag im Briefkasten, nicht der Tag, an dem er geöffnet oder hierher gebracht wurde. Gelber Umschlag: der Tag, der darauf steht."),
    )
    remedy = forms.ChoiceField(
        label=gettext_lazy("Welcher Rechtsbehelf steht in der Belehrung?"), choices=Remedy.choices, widget=forms.RadioSelect
    )
    period_amount = forms.IntegerField(
        label=gettext_lazy("Frist, wie sie gedruckt ist"), min_value=1, max_value=LONGEST_PERIOD, required=False
    )
    period_unit = forms.ChoiceField(label=gettext_lazy("Tage, Wochen, Monate"), choices=PeriodUnit.choices, initial=PeriodUnit.MONTHS)
    remedy_to = Text(
        label=gettext_lazy("Wo einzulegen?"), max_length=160, required=False, help_text=gettext_lazy("Stelle oder Gericht aus der Belehrung.")
    )
    no_instruction = forms.BooleanField(
        label=gettext_lazy("Es gibt keine Rechtsbehelfsbelehrung, oder sie ist falsch"), required=False
    )

    def __init__(self, *args: Any, papers: list[tuple[Any, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        if papers:
            self.fields["paper"].choices = [("", _("keines")), *((str(key), title) for key, title in papers)]  # type: ignore[attr-defined]
        else:
            del self.fields["paper"]

    def clean(self) -> dict[str, Any]:
        """Either the period as printed, or that there is none to rely on."""
        values = super().clean() or {}
        if values.get("no_instruction"):
            if values.get("period_amount"):
                self.add_error("period_amount", _("Ist die Belehrung falsch, lassen Sie dieses Feld bitte leer."))
        elif not values.get("period_amount") and "period_amount" not in self.errors:
            self.add_error("period_amount", _("Bitte tragen Sie die Frist so ein, wie sie gedruckt ist."))
        return values

    def noted(self) -> Noted:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return Noted(
            issuer=values["issuer"],
            subject=values["subject"],
            outcome=values["outcome"],
            reference=values["reference"],
            dated_on=values["dated_on"],
            procedure=values["procedure"],
            notified_how=values["notified_how"],
            posted_on=values["posted_on"],
            received_on=values["received_on"],
            remedy=values["remedy"],
            remedy_to=values["remedy_to"],
            period_amount=values["period_amount"] or 0,
            period_unit=values["period_unit"],
            about=self.about(),
            paper_id=UUID(values["paper"]) if values.get("paper") else None,
        )


class ConfirmForm(DeskForm):
    """Which day counts; any other than the two that are offered needs a reason."""

    day = forms.ChoiceField(label=gettext_lazy("Welcher Tag soll gelten?"), widget=forms.RadioSelect)
    other_day = Day(label=gettext_lazy("Anderer Tag"), required=False)
    because = Text(label=gettext_lazy("Warum ein anderer Tag?"), max_length=300, required=False)

    def __init__(self, *args: Any, page: DecisionPage, **options: Any) -> None:
        super().__init__(*args, **options)
        self.page = page
        choices = [(PROPOSED, _("vorgeschlagener Tag: %(day)s") % {"day": _in_words(page.decision.proposed_on)})]
        if page.safe_is_earlier:
            choices.append((SAFE, _("sicherer Tag: %(day)s") % {"day": _in_words(page.decision.safe_on)}))
        self.fields["day"].choices = [*choices, (OTHER, _("ein anderer Tag"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Another day is named."""
        values = super().clean() or {}
        if values.get("day") == OTHER and not values.get("other_day") and "other_day" not in self.errors:
            self.add_error("other_day", _("Bitte tragen Sie den Tag ein."))
        return values

    def last_on(self) -> date:
        """The day that was chosen."""
        values, decision = self.cleaned_data, self.page.decision
        chosen: date = {PROPOSED: decision.proposed_on, SAFE: decision.safe_on}.get(values["day"], values["other_day"])
        return chosen


class SettleForm(DeskForm):
    """What became of it."""

    state = forms.ChoiceField(
        label=gettext_lazy("Was ist daraus geworden?"),
        choices=[choice for choice in RemedyState.choices if choice[0] != RemedyState.OPEN],
        widget=forms.RadioSelect,
    )
    state_on = Day(label=gettext_lazy("Wann?"), help_text=gettext_lazy("Bei „eingelegt“: der Tag, an dem der Rechtsbehelf bei der Stelle ankam."))
    words = Text(
        label=gettext_lazy("In einem Satz"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Nötig bei „nicht nötig“, „Frist versäumt“ und „eine andere Stelle übernimmt“."),
    )

    def settled(self) -> Settled:
        """The values as the verb takes them."""
        return Settled(**self.cleaned_data)


def _in_words(day: date) -> str:
    return date_format(day, "l, d.m.Y")
