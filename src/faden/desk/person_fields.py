"""What several forms ask about a person: her names and birth date, and how she was informed and agreed."""

from datetime import date
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.consents.actions.agreements import Agreed
from faden.consents.vocabulary import GivenHow, SpecialCategory
from faden.desk import choices
from faden.desk.forms import Day, Text
from faden.look.forms import CheckboxList, LongSelect
from faden.persons.actions.people import Spelling
from faden.persons.rules import birth, latin
from faden.persons.rules.birth import BirthDate, BirthDateProblem


class LatinName(Text):
    """A name in Latin letters as registers know them (DIN 91379)."""

    def to_python(self, value: object) -> str:
        """Normalised; names the letters that no register can hold."""
        name = latin.normalise(super().to_python(value))
        if foreign := latin.offending(name):
            raise forms.ValidationError(
                _(
                    "Hier gehen nur lateinische Buchstaben (DIN 91379). Nicht dazu gehört: %(letters)s. Andere Schriften bitte in das Feld „Name in eigener Schrift“."
                ),
                params={"letters": " ".join(foreign[:10])},
            )
        return name


class NameFields(forms.Form):
    """Name in every script, and the birth date as far as it is known."""

    today: date

    family = LatinName(label=gettext_lazy("Familienname"), max_length=120, required=False)
    given = LatinName(label=gettext_lazy("Vorname"), max_length=120, required=False)
    native = Text(label=gettext_lazy("Name in eigener Schrift"), max_length=120, required=False)
    other_spellings = Text(
        label=gettext_lazy("Andere Schreibweisen"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Eine je Zeile, zum Beispiel wie im alten Pass: Familienname, Vorname"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    born = Text(
        label=gettext_lazy("Geburtsdatum"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("12.04.1998, 04/1998, 1998 oder „etwa 1998“"),
    )

    def clean_born(self) -> BirthDate | None:
        """An unclear birth date, or what is wrong with it."""
        typed = self.cleaned_data["born"]
        try:
            return birth.parse(typed, self.today) if typed else None
        except BirthDateProblem as problem:
            raise forms.ValidationError(_(str(problem))) from problem

    @property
    def is_named(self) -> bool:
        """One name, in whatever script."""
        return any(self.cleaned_data.get(name) for name in ("family", "given", "native"))

    def main_name(self) -> Spelling:
        """The name she goes by."""
        values = self.cleaned_data
        return Spelling(values["family"], values["given"], values["native"])

    def spellings(self) -> tuple[Spelling, ...]:
        """One on each line."""
        lines = self.cleaned_data["other_spellings"].splitlines()
        return tuple(_spelling(line) for line in lines if line.strip())


def _spelling(line: str) -> Spelling:
    """ "Familienname, Vorname" on one line; other scripts go where they belong."""
    written, _slash, native = (part.strip()[:120] for part in line.partition(" / "))
    family, _comma, given = (part.strip()[:120] for part in written.partition(","))
    if latin.offending(family) or latin.offending(given):
        return Spelling(native=line.strip()[:120])
    return Spelling(family, given, native)


class AgreementFields(forms.Form):
    """Privacy information and the agreement to counselling and documentation."""

    today: date

    told_language = forms.ChoiceField(
        widget=LongSelect, label=gettext_lazy("Sprache der Information und der Einwilligung"), initial="de"
    )
    given_on = Day(label=gettext_lazy("Ausgehändigt und unterschrieben am"))
    given_how = forms.ChoiceField(
        label=gettext_lazy("Wie gegeben?"),
        choices=GivenHow.choices,
        initial=GivenHow.PAPER,
        widget=forms.RadioSelect,
    )
    interpreted_by = Text(label=gettext_lazy("Mündlich übersetzt von"), max_length=120, required=False)
    informed = forms.BooleanField(
        label=gettext_lazy("Die Datenschutzinformation wurde ausgehändigt und besprochen.")
    )
    to_documentation = forms.BooleanField(
        label=gettext_lazy("Die Person willigt in Beratung und Dokumentation ein.")
    )
    to_team_and_substitute = forms.BooleanField(
        label=gettext_lazy("Sie ist einverstanden, dass im Team besprochen und vertreten wird."),
        required=False,
    )
    special_categories = forms.MultipleChoiceField(
        label=gettext_lazy("Sie willigt ausdrücklich ein, dass wir auch notieren:"),
        required=False,
        choices=SpecialCategory.choices,
        widget=CheckboxList,
    )

    def begin_agreement(self, today: date) -> None:
        """Lists and today's date, once the form is made."""
        self.fields["told_language"].choices = choices.languages()[1:]  # type: ignore[attr-defined]
        self.fields["given_on"].initial = today

    def clean_given_on(self) -> object:
        """Not in the future."""
        given_on = self.cleaned_data["given_on"]
        if given_on and given_on > self.today:
            raise forms.ValidationError(_("Dieser Tag liegt in der Zukunft."))
        return given_on

    def agreed(self, *, represented_by: tuple[UUID, ...] = (), own_agreement: bool = True) -> Agreed:
        """How information and agreement were given, and by whom."""
        values = self.cleaned_data
        return Agreed(
            language=values["told_language"],
            given_on=values["given_on"],
            given_how=values["given_how"],
            interpreted_by=values["interpreted_by"],
            to_documentation=values["to_documentation"],
            to_team_and_substitute=values["to_team_and_substitute"],
            special_categories=tuple(values["special_categories"]),
            represented_by=represented_by,
            own_agreement=own_agreement,
        )
