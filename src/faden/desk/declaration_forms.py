"""The forms of Vollmacht and Entbindung: prepare, note the signature, note the end."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.consents.actions.declarations import How
from faden.consents.actions.powers import Power
from faden.consents.actions.secrecy import Secrecy
from faden.consents.queries.form_texts import Texts, name_of_language
from faden.consents.rules.declarations import Signing
from faden.consents.vocabulary import (
    TEXT_LANGUAGES,
    DataClass,
    DeclarationEnd,
    FormKind,
    PowerScope,
    SpecialCategory,
)
from faden.desk import choices
from faden.desk.forms import Day, DeskForm, Text
from faden.desk.paper_forms import Files
from faden.documents.queries.forms import Around
from faden.documents.vocabulary import Original
from faden.look.forms import CheckboxList, LongSelect

SIGNERS = (
    ("own", gettext_lazy("die Person selbst")),
    ("both", gettext_lazy("die Person und ihre gesetzliche Vertretung")),
    ("represented", gettext_lazy("nur die gesetzliche Vertretung")),
)
_ONE_WAY, _MUTUAL = "one_way", "mutual"


class HowFields(DeskForm):
    """What every declaration asks: until when, in which language, who signs, who interprets."""

    valid_until = Day(label=gettext_lazy("Gilt bis"))
    shown_language = forms.ChoiceField(
        label=gettext_lazy("Sprache neben dem Deutschen"), required=False, widget=forms.RadioSelect
    )
    signers = forms.ChoiceField(
        label=gettext_lazy("Wer unterschreibt?"), choices=SIGNERS, initial="own", widget=forms.RadioSelect
    )
    represented_by = forms.MultipleChoiceField(
        label=gettext_lazy("Wer vertritt die Person gesetzlich?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    interpreter_name = Text(
        label=gettext_lazy("Mündlich übersetzt von"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Wenn es schon feststeht. Kinder und Jugendliche übersetzen nicht."),
    )
    interpreter_obliged_on = Day(
        label=gettext_lazy("Zur Verschwiegenheit verpflichtet am"), required=False
    )
    confidential = forms.BooleanField(
        label=gettext_lazy("Vertraulicher Faden: steht nur auf der Seite dieser Person"), required=False
    )

    kind: FormKind
    usual_days = 365

    def __init__(
        self, *args: Any, texts: Texts, around: Around, minor: bool, family: bool, today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["valid_until"].initial = today + timedelta(days=self.usual_days)
        self.fields["shown_language"].choices = [  # type: ignore[attr-defined]
            ("", _("nur Deutsch")),
            *((code, _state(texts, self.kind, code)) for code in TEXT_LANGUAGES if code != "de"),
        ]
        if minor:
            self.fields["represented_by"].choices = [(str(key), name) for key, name in around.adults]  # type: ignore[attr-defined]
        else:
            del self.fields["signers"], self.fields["represented_by"]
        if not family:
            del self.fields["confidential"]

    def how(self) -> How:
        """The values as the verbs take them."""
        values = self.cleaned_data
        signers = values.get("signers", "own")
        named = tuple(UUID(key) for key in values.get("represented_by", ()))
        language = values["shown_language"] if values["interpreter_name"] else ""
        return How(
            valid_until=values["valid_until"],
            shown_language=values["shown_language"],
            own=signers != "represented",
            represented_by=named if signers != "own" else (),
            interpreter_name=values["interpreter_name"],
            interpreter_language=language,
            interpreter_obliged_on=values["interpreter_obliged_on"] if values["interpreter_name"] else None,
        )

    @property
    def confidential_chosen(self) -> bool:
        return bool(self.cleaned_data.get("confidential", False))

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """What only this kind asks."""
        return [self[name] for name in self.fields if name not in HowFields.base_fields]

    @property
    def how_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name in HowFields.base_fields]


def _state(texts: Texts, kind: FormKind, language: str) -> str:
    """A language with what its text is good for."""
    text, name = texts.counting(kind, language), name_of_language(language)
    if text is None:
        return _("%(language)s: keine Übersetzung dieses Textes") % {"language": name}
    if text.is_reviewed:
        return _("%(language)s: geprüft, wird unterschrieben") % {"language": name}
    return _("%(language)s: Entwurf, steht zum Lesen daneben") % {"language": name}


class PowerForm(HowFields):
    """Towards which office, in which matter, who, how far."""

    kind = FormKind.POWER
    field_order = ("authority", "procedure", "scope", "deputies")

    authority = Text(
        label=gettext_lazy("Gegenüber welcher Stelle?"), max_length=160,
        help_text=gettext_lazy("Genau eine, zum Beispiel: Jobcenter im Kreis Borken, Standort Ahaus"),
    )  # fmt: skip
    procedure = Text(
        label=gettext_lazy("In welcher Sache?"), max_length=200,
        help_text=gettext_lazy("So genau wie möglich, mit Aktenzeichen, zum Beispiel: Antrag auf Bürgergeld, BG-Nummer 41203"),
    )  # fmt: skip
    scope = forms.MultipleChoiceField(
        label=gettext_lazy("Was umfasst sie?"), choices=PowerScope.choices, widget=CheckboxList
    )
    deputies = Text(label=gettext_lazy("Wer wird bevollmächtigt?"), max_length=200)

    def power(self) -> Power:
        """The values as the verb takes them."""
        values = self.cleaned_data
        scope = tuple(PowerScope(code) for code in values["scope"])
        return Power(values["authority"], values["procedure"], values["deputies"], scope)


class SecrecyForm(HowFields):
    """Who may tell us what, for which purpose."""

    kind = FormKind.SECRECY
    usual_days = 180
    field_order = ("discloser", "purpose", "information", "data_classes", "special_categories", "direction")

    discloser = Text(
        label=gettext_lazy("Wer darf uns etwas sagen?"), max_length=160,
        help_text=gettext_lazy("Genau eine Stelle oder Person, zum Beispiel: Dr. Beispiel, Hausarztpraxis in Ahaus"),
    )  # fmt: skip
    purpose = Text(
        label=gettext_lazy("Wozu?"), max_length=200,
        help_text=gettext_lazy("Ein Zweck, zum Beispiel: Antrag auf einen Pflegegrad stellen"),
    )  # fmt: skip
    information = Text(
        label=gettext_lazy("Welche Angaben genau?"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Nur was für diesen Zweck nötig ist. Zu weit gefasst ist die Erklärung unwirksam."),
    )  # fmt: skip
    data_classes = forms.MultipleChoiceField(
        label=gettext_lazy("Zu welchen Bereichen gehören sie?"), choices=DataClass.choices, widget=CheckboxList
    )
    special_categories = forms.MultipleChoiceField(
        label=gettext_lazy("Besonders geschützte Angaben, einzeln benannt"), choices=SpecialCategory.choices,
        required=False, widget=CheckboxList,
    )  # fmt: skip
    direction = forms.ChoiceField(
        label=gettext_lazy("In welche Richtung?"),
        choices=(
            (_ONE_WAY, gettext_lazy("nur zu uns")),
            (_MUTUAL, gettext_lazy("in beide Richtungen, über genau diese Angaben")),
        ),
        initial=_ONE_WAY,
        widget=forms.RadioSelect,
    )

    def release(self) -> Secrecy:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return Secrecy(
            values["discloser"],
            values["purpose"],
            values["information"],
            tuple(DataClass(code) for code in values["data_classes"]),
            tuple(SpecialCategory(code) for code in values["special_categories"]),
            mutual=values["direction"] == _MUTUAL,
        )


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
    uploads = Files(required=False)

    def __init__(self, *args: Any, is_back: bool, needs_interpreter: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if needs_interpreter:
            self.fields["interpreter_name"].required = True
            self.fields["interpreter_name"].error_messages["required"] = _(
                "Unterschrieben ist der deutsche Text. Bitte notieren Sie, wer ihn mündlich übersetzt hat."
            )
        self.fields["interpreter_language"].choices = choices.languages()  # type: ignore[attr-defined]
        if is_back:
            del self.fields["uploads"], self.fields["original"]

    def signing(self) -> Signing:
        """The values as the verb takes them."""
        names = (
            "signed_on", "read_aloud", "interpreter_name", "interpreter_language", "interpreter_obliged_on",
            "interpreter_is_adult",
        )  # fmt: skip
        return Signing(**{name: self.cleaned_data[name] for name in names})


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

