"""The Anfrage an KIM as a form: for partners who send it, and for the desk where it came on paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from faden.doors.choices import languages, municipalities
from faden.look.forms import LongSelect
from faden.look.typed import PlainForm, Text
from faden.referrals.actions.requests import Asking
from faden.referrals.vocabulary import RequestFrom, RequestTopic

LONGEST = 1000


class AskingForm(PlainForm):
    """Nothing about anybody's stay: no field asks for it, and none is needed."""

    sent_from = forms.ChoiceField(
        label=gettext_lazy("Sie fragen an als"), choices=[("", gettext_lazy("Bitte wählen")), *RequestFrom.choices]
    )
    municipality = forms.ChoiceField(widget=LongSelect, label=gettext_lazy("Wo wohnt die Person?"))
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Worum geht es?"), choices=RequestTopic.choices, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(widget=LongSelect, label=gettext_lazy("In welcher Sprache spricht sie am liebsten?"), required=False)
    needs_interpreter = forms.BooleanField(label=gettext_lazy("Sie braucht Sprachmittlung."), required=False)
    reach = Text(
        label=gettext_lazy("Wie erreichen wir die Person?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Name, Telefonnummer oder E-Mail, wann es ihr passt. So, wie sie es möchte."),
    )  # fmt: skip
    words = Text(
        label=gettext_lazy("Was sollen wir noch wissen?"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Bitte nichts zu Aufenthalt, Gesundheit oder Religion. Danach fragen wir die Person selbst, wenn es nötig ist."),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=gettext_lazy("Die Person ist einverstanden, dass diese Angaben an das Case Management gehen und man sich bei ihr meldet.")
    )

    def __init__(self, *args: Any, organisation_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["municipality"].choices = municipalities(organisation_id, str(gettext_lazy("Bitte wählen")))  # type: ignore[attr-defined]
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]

    def asking(self) -> Asking:
        """As the verbs take it."""
        values = self.cleaned_data
        return Asking(**{**{name: values[name] for name in Asking.__dataclass_fields__}, "topics": tuple(values["topics"])})
