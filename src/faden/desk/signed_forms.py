"""What is noted of a declaration that was prepared: it was reported, it came back signed, it ended."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from faden.consents.rules.declarations import Signing
from faden.consents.vocabulary import DeclarationEnd, GivenHow
from faden.desk import choices
from faden.desk.forms import Day, DeskForm, Text
from faden.desk.paper_forms import Files
from faden.documents.vocabulary import Original
from faden.look.forms import LongSelect


class ReportForm(DeskForm):
    """Somebody says that she agreed."""

    reported_by = Text(
        label=gettext_lazy("Wer hat es berichtet?"), max_length=160,
        help_text=gettext_lazy("Name oder Aufgabe, zum Beispiel: ehrenamtliche Helferin aus dem Begegnungscafé"),
    )  # fmt: skip
    reported_on = Day(label=gettext_lazy("Wann?"))


# Of a text that was interpreted; each is asked at once, not one after the other.
_INTERPRETED = {
    "interpreter_name": gettext_lazy("Unterschrieben ist der deutsche Text. Bitte notieren Sie, wer ihn mündlich übersetzt hat."),
    "interpreter_obliged_on": gettext_lazy("Bitte notieren Sie, wann die Person zur Verschwiegenheit verpflichtet wurde."),
    "interpreter_is_adult": gettext_lazy("Bitte bestätigen Sie: Die Person ist volljährig und kein Kind der Familie."),
}


class SignedForm(DeskForm):
    """It came back: when, in which language, read by whom."""

    seen = forms.BooleanField(label=gettext_lazy("Ich habe das Blatt gesehen. Alle Unterschriften sind da."))
    signed_on = Day(label=gettext_lazy("Unterschrieben am"))
    read_aloud = forms.BooleanField(label=gettext_lazy("Der Text wurde vorgelesen."), required=False)
    interpreter_name = Text(label=gettext_lazy("Mündlich übersetzt von"), required=False, max_length=120)
    interpreter_language = forms.ChoiceField(
        label=gettext_lazy("In welche Sprache?"), required=False, widget=LongSelect
    )
    interpreter_obliged_on = Day(
        label=gettext_lazy("Zur Verschwiegenheit verpflichtet am"), required=False
    )
    interpreter_is_adult = forms.BooleanField(
        label=gettext_lazy("Wer übersetzt hat, ist volljährig und kein Kind der Familie."), required=False
    )
    original = forms.ChoiceField(
        label=gettext_lazy("Wo ist das Original?"), choices=[("", gettext_lazy("keine Angabe")), *Original.choices],
        required=False, widget=LongSelect,
    )  # fmt: skip
    given_how = forms.ChoiceField(
        label=gettext_lazy("Wie wurde die Einwilligung gegeben?"), choices=GivenHow.choices, initial=GivenHow.PAPER,
        widget=forms.RadioSelect,
    )  # fmt: skip
    uploads = Files(required=False)

    def __init__(self, *args: Any, is_back: bool, needs_interpreter: bool, is_consent: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_consent:
            del self.fields["given_how"]
        if needs_interpreter:
            for name, missing in _INTERPRETED.items():
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = missing
        self.fields["interpreter_language"].choices = choices.languages()  # type: ignore[attr-defined]
        if is_back:
            del self.fields["uploads"], self.fields["original"]

    def signing(self) -> Signing:
        """The values as the verb takes them."""
        names = (
            "signed_on", "read_aloud", "interpreter_name", "interpreter_language", "interpreter_obliged_on",
            "interpreter_is_adult",
        )  # fmt: skip
        how = GivenHow(self.cleaned_data.get("given_how") or GivenHow.PAPER)
        return Signing(**{name: self.cleaned_data[name] for name in names}, given_how=how)


class EndForm(DeskForm):
    """Why it ends, and from when on it counts no more."""

    because = forms.ChoiceField(label=gettext_lazy("Warum?"), widget=forms.RadioSelect)
    ended_on = Day(
        label=gettext_lazy("Gilt nicht mehr ab"),
        help_text=gettext_lazy("Ein Widerruf gilt ab dem Tag, an dem die Person ihn erklärt hat."),
    )

    def __init__(self, *args: Any, is_signed: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        codes = (DeclarationEnd.REVOKED, DeclarationEnd.DONE) if is_signed else (DeclarationEnd.NOT_SIGNED,)
        self.fields["because"].choices = [(code.value, code.label) for code in codes]  # type: ignore[attr-defined]
        if not is_signed:
            self.fields["because"].initial = DeclarationEnd.NOT_SIGNED
            self.fields["ended_on"].help_text = ""

