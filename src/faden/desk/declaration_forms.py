"""The forms that prepare a declaration; what is noted of it afterwards is in `signed_forms`."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.consents.actions.consents import Sharing
from faden.consents.actions.declarations import How
from faden.consents.actions.powers import Power
from faden.consents.actions.secrecy import Secrecy
from faden.consents.queries.form_texts import Texts, name_of_language
from faden.consents.vocabulary import (
    TEXT_LANGUAGES,
    DataClass,
    FormKind,
    PowerScope,
    SpecialCategory,
)
from faden.desk.forms import Day, DeskForm, Text
from faden.documents.queries.forms import Around
from faden.look.forms import CheckboxList, LongSelect
from faden.organisations.queries.recipients import Recipient

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
    lead: Any
    usual_days = 365

    def __init__(
        self, *args: Any, texts: Texts, around: Around, minor: bool, family: bool, today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["valid_until"].initial = today + timedelta(days=self.usual_days)
        self.fields["shown_language"].choices = [  # type: ignore[attr-defined]
            ("", _("nur Deutsch")),
            *((code, _state(texts, self.kinds, code)) for code in TEXT_LANGUAGES if code != "de"),
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
    def kinds(self) -> tuple[FormKind, ...]:
        """The texts on what is printed."""
        return (FormKind.CONSENT, FormKind.OWN_SECRECY) if self.kind == FormKind.CONSENT else (self.kind,)

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


def _state(texts: Texts, kinds: tuple[FormKind, ...], language: str) -> str:
    """A language with what its texts are good for."""
    found, name = [texts.counting(kind, language) for kind in kinds], name_of_language(language)
    if None in found:
        return _("%(language)s: keine Übersetzung dieses Textes") % {"language": name}
    if all(text.is_reviewed for text in found if text):
        return _("%(language)s: geprüft, wird unterschrieben") % {"language": name}
    return _("%(language)s: Entwurf, steht zum Lesen daneben") % {"language": name}


class PowerForm(HowFields):
    """Towards which office, in which matter, who, how far."""

    kind = FormKind.POWER
    lead = gettext_lazy("Für eine Stelle und eine Sache. Am besten handelt die Person selbst; eine Vollmacht ist freiwillig.")
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


class ToldFields(HowFields):
    """What is told, for which purpose, in which direction; special categories are named one by one."""

    usual_days = 180

    purpose = Text(label=gettext_lazy("Wozu?"), max_length=200)
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
    direction = forms.ChoiceField(label=gettext_lazy("In welche Richtung?"), initial=_ONE_WAY, widget=forms.RadioSelect)

    one_way: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        both = _("in beide Richtungen, über genau diese Angaben")
        self.fields["direction"].choices = [(_ONE_WAY, self.one_way), (_MUTUAL, both)]  # type: ignore[attr-defined]

    @property
    def chosen_classes(self) -> tuple[DataClass, ...]:
        return tuple(DataClass(code) for code in self.cleaned_data["data_classes"])

    @property
    def chosen_categories(self) -> tuple[SpecialCategory, ...]:
        return tuple(SpecialCategory(code) for code in self.cleaned_data["special_categories"])

    @property
    def is_mutual(self) -> bool:
        return bool(self.cleaned_data["direction"] == _MUTUAL)


class SecrecyForm(ToldFields):
    """Who may tell us what, for which purpose."""

    kind = FormKind.SECRECY
    lead = gettext_lazy("Für eine Stelle und einen Zweck. Am besten holt die Person die Angaben selbst; die Erklärung ist freiwillig.")
    one_way = gettext_lazy("nur zu uns")
    field_order = ("discloser", "purpose", "information", "data_classes", "special_categories", "direction")

    discloser = Text(
        label=gettext_lazy("Wer darf uns etwas sagen?"), max_length=160,
        help_text=gettext_lazy("Genau eine Stelle oder Person, zum Beispiel: Dr. Beispiel, Hausarztpraxis in Ahaus"),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["purpose"].help_text = _("Ein Zweck, zum Beispiel: Antrag auf einen Pflegegrad stellen")

    def release(self) -> Secrecy:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return Secrecy(
            values["discloser"], values["purpose"], values["information"], self.chosen_classes, self.chosen_categories,
            mutual=self.is_mutual,
        )  # fmt: skip


class ConsentForm(ToldFields):
    """Whom we may tell what, for which purpose; the release of our staff says the same and is signed apart."""

    kind = FormKind.CONSENT
    lead = gettext_lazy(
        "Eine Stelle, ein Zweck, ein letzter Tag. Gedruckt werden zwei Blätter mit je einer Unterschrift: die Einwilligung"
        " und die Entbindung unserer Fachkräfte von der Schweigepflicht. Beides ist freiwillig."
    )
    one_way = gettext_lazy("nur von uns an die Stelle")
    field_order = ("recipient", "purpose", "information", "data_classes", "special_categories", "direction")

    recipient = forms.ChoiceField(
        label=gettext_lazy("An welche Stelle?"), widget=LongSelect,
        help_text=gettext_lazy("Eine Stelle, nie eine Kollegin. Fehlt sie, tragen Sie sie zuerst in das Adressbuch ein."),
    )  # fmt: skip

    def __init__(self, *args: Any, recipients: list[Recipient], **options: Any) -> None:
        super().__init__(*args, **options)
        self.recipients = {one.key: one for one in recipients}
        with_inbox = [(one.key, _named(one)) for one in recipients if one.has_account]
        others = [(one.key, _named(one)) for one in recipients if not one.has_account]
        groups = ((_("Mit Postfach in Faden"), with_inbox), (_("Aus unserem Adressbuch"), others))
        self.fields["recipient"].choices = [("", _("bitte wählen")), *((name, rows) for name, rows in groups if rows)]  # type: ignore[attr-defined]
        self.fields["purpose"].help_text = _("Ein Zweck, zum Beispiel: einen Platz im Sprachkurs finden")
        # On their own: whoever names one of them has named the class.
        self.fields["data_classes"].choices = [  # type: ignore[attr-defined]
            (code, label) for code, label in DataClass.choices if code != DataClass.SPECIAL
        ]
        self.fields["data_classes"].required = not self.data.get("special_categories")
        self.fields["special_categories"].help_text = _("Nur wenn es ohne sie nicht geht. Jede steht einzeln auf dem Blatt.")

    @property
    def chosen_classes(self) -> tuple[DataClass, ...]:
        named = super().chosen_classes
        return (*named, DataClass.SPECIAL) if self.chosen_categories else named

    def sharing(self) -> Sharing:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return Sharing(
            self.recipients[values["recipient"]], values["purpose"], values["information"], self.chosen_classes,
            self.chosen_categories, mutual=self.is_mutual,
        )  # fmt: skip


def _named(recipient: Recipient) -> str:
    """With what it is, and said where it decides about somebody's stay."""
    words = f"{recipient.name} ({recipient.kind})"
    return _("%(office)s: entscheidet über den Aufenthalt") % {"office": words} if recipient.decides_about_stay else words
