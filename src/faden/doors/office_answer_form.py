"""What an office can answer to a client's request, as a form: typed by the office itself, or noted after a letter or a call."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from faden.look.forms import CheckboxList
from faden.look.typed import Day, PlainForm, Text
from faden.residence.rules.office_said import GROUPS, LONGEST_LINE, LONGEST_WORDS, OfficeSaid, proofs_by_group
from faden.residence.vocabulary import OfficeAnswerKind


def _proofs(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=CheckboxList)


class OfficeSaidForm(PlainForm):
    """What fits to the chosen answer is sent, the rest is not."""

    kind = forms.ChoiceField(label=gettext_lazy("Was sagt die Behörde?"), choices=OfficeAnswerKind.choices, widget=forms.RadioSelect)
    who = _proofs(gettext_lazy("Es fehlt zu Person und Identität"))
    stay = _proofs(gettext_lazy("Es fehlt zum Aufenthalt"))
    family = _proofs(gettext_lazy("Es fehlt zu Familie und Wohnung"))
    german = _proofs(gettext_lazy("Es fehlt zu Deutsch und Einbürgerungstest"))
    school = _proofs(gettext_lazy("Es fehlt zu Schule, Ausbildung und Abschlüssen"))
    work = _proofs(gettext_lazy("Es fehlt zu Arbeit und Lebensunterhalt"))
    exceptions = _proofs(gettext_lazy("Es fehlt zu Ausnahmen"))
    appointment_on = Day(label=gettext_lazy("Tag des Termins"), required=False, help_text=gettext_lazy("Nur bei „Termin“."))
    appointment_words = Text(
        label=gettext_lazy("Uhrzeit und Ort"), required=False, max_length=LONGEST_LINE, help_text=gettext_lazy("Nur bei „Termin“, zum Beispiel: 10 Uhr, Zimmer 2114."),
    )  # fmt: skip
    competent = Text(
        label=gettext_lazy("Wer ist zuständig?"), required=False, max_length=LONGEST_LINE, help_text=gettext_lazy("Nur bei „nicht zuständig“."),
    )  # fmt: skip
    words = Text(
        label=gettext_lazy("Dazu in eigenen Worten"), required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Die Person liest es mit. Bitte keine Entscheidung und nichts über andere Personen."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for group, proofs in proofs_by_group(get_language() or "de"):
            self.fields[group].choices = proofs  # type: ignore[attr-defined]

    def said(self) -> OfficeSaid:
        """The values as the verb takes them."""
        values = self.cleaned_data
        documents = tuple(key for group in GROUPS for key in values[group])
        return OfficeSaid(
            OfficeAnswerKind(values["kind"]), documents, values["appointment_on"], values["appointment_words"], values["competent"], values["words"]
        )
