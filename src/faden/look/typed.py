"""The base of all forms: text is cleaned the same way everywhere, and says what is wrong with it."""

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.kernel.errors import Invalid

LONGEST_TEXT = 20_000
_ALLOWED_CONTROLS = "\n\t"


class Text(forms.CharField):
    """Text as people type and paste it: NFC, plain line ends; broken bytes are named, not stored."""

    def to_python(self, value: Any) -> str:
        """Normalised text; refuses what is not text."""
        text = super().to_python(value) or ""
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        if "\ufffd" in text or any(
            unicodedata.category(c) in ("Cc", "Cs") and c not in _ALLOWED_CONTROLS for c in text
        ):
            raise forms.ValidationError(
                _("Der Text enthält Zeichen, die nicht lesbar sind. Bitte tippen Sie ihn neu.")
            )
        return text.strip() if self.strip else text


class Day(forms.DateField):
    """A day of people's lives: a typing slip like 0206 would be stored and could never be shown."""

    default_validators = [
        validators.MinValueValidator(
            date(1900, 1, 1), gettext_lazy("Dieser Tag liegt zu weit zurück. Bitte das Jahr prüfen.")
        ),
        validators.MaxValueValidator(
            date(2199, 12, 31),
            gettext_lazy("Dieser Tag liegt zu weit in der Zukunft. Bitte das Jahr prüfen."),
        ),
    ]


def long_text(label: Any, *, required: bool = False, rows: int = 6, hint: Any = "") -> Text:
    """A text area with the limit it tells."""
    return Text(
        label=label,
        required=required,
        help_text=hint,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "max_length": gettext_lazy(
                "Der Text ist zu lang: höchstens %(limit_value)d Zeichen, Sie haben %(show_value)d."
            )
        },
    )


class PlainForm(forms.Form):
    """Carries errors of the domain to their fields."""

    required_css_class = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.error_messages["required"] = _missing(field)

    def begin_with(self, name: str) -> None:
        """Where the page is there to write one thing, one writes at once."""
        self.fields[name].widget.attrs["autofocus"] = True

    def take_error(self, error: Invalid) -> None:
        """Show a refusal of a verb at its field, or above the form."""
        self.add_error(error.field if error.field in self.fields else None, str(error))


class BareForm(PlainForm):
    """Nothing to fill in: the page says what happens."""


def _missing(field: forms.Field) -> str:
    """What to do, in the word that fits: a box is ticked, an answer chosen, a line filled in."""
    if isinstance(field, forms.BooleanField):
        return _("Bitte ankreuzen.")
    if isinstance(field, forms.FileField):
        return _("Bitte wählen Sie eine Datei.")
    if isinstance(field, forms.ChoiceField):
        return _("Bitte wählen.")
    return _("Bitte ausfüllen.")
