"""The forms around a letter: what it says, and how it goes out."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.members import Member
from faden.consents.queries.declarations import Standing
from faden.consents.vocabulary import DataClass
from faden.desk import choices
from faden.desk.about import AboutForm
from faden.desk.forms import Day, DeskForm, Text, long_text
from faden.documents.actions.letters import Planned, Sending
from faden.documents.queries.forms import Grounds
from faden.documents.vocabulary import LetterGround, LetterWay

CHOOSE = ("", gettext_lazy("bitte wählen"))


class LetterForm(AboutForm):
    """One letter; recipient and text are all that it needs."""

    field_order: tuple[str, ...] = (  # type: ignore[assignment]
        "recipient", "address", "reference", "subject", "body", "persons", "confidential", "template", "language",
    )  # fmt: skip

    recipient = Text(
        label=gettext_lazy("Empfänger"),
        max_length=160,
        help_text=gettext_lazy("Eine Stelle, oder die Person selbst mit Vor- und Familienname."),
        widget=forms.TextInput(attrs={"list": "stellen", "autocomplete": "off"}),
    )
    address = Text(
        label=gettext_lazy("Anschrift"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    reference = Text(
        label=gettext_lazy("Zeichen der Stelle"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Aktenzeichen, BG-Nummer oder Kundennummer, wenn Sie es kennen."),
    )
    subject = Text(label=gettext_lazy("Betreff"), max_length=200, required=False)
    body = long_text(
        gettext_lazy("Text"),
        required=True,
        rows=18,
        hint=gettext_lazy(
            "Eine leere Zeile trennt Absätze, ein Strich am Zeilenanfang macht eine Aufzählung. Gruß und Name setzt der Druck."
        ),
    )
    template = forms.ChoiceField(
        label=gettext_lazy("Briefvorlage (Word)"),
        required=False,
        help_text=gettext_lazy("Ohne Vorlage entsteht der Brief als PDF mit dem Namen Ihres Trägers."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Sprache des Textes"),
        choices=choices.paper_languages,
        initial="de",
    )

    def __init__(self, *args: Any, members: list[Member], templates: Sequence[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(*args, members=members, **options)
        if templates:
            choices = [("", _("keine")), *((str(key), title) for key, title in templates)]
            self.fields["template"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["template"]

    def planned(self, *, shipped_code: str = "") -> Planned:
        """The values as the verb takes them."""
        values = self.cleaned_data
        template = values.get("template")
        return Planned(
            recipient=values["recipient"],
            address=values["address"],
            subject=values["subject"],
            reference=values["reference"],
            body=values["body"],
            language=values["language"],
            shipped_code=shipped_code,
            template_id=UUID(template) if template else None,
            about=self.about(),
        )


class SendForm(DeskForm):
    """Why it may leave, how it goes, and which file it is."""

    mark_optional = False

    ground = forms.ChoiceField(
        label=gettext_lazy("Auf welchem Grund geht der Brief hinaus?"), widget=forms.RadioSelect, choices=LetterGround.choices
    )
    power = forms.ChoiceField(label=gettext_lazy("Welche Vollmacht?"), required=False)
    secrecy_release = forms.ChoiceField(label=gettext_lazy("Welche Entbindung?"), required=False)
    consent = forms.ChoiceField(label=gettext_lazy("Welche Einwilligung?"), required=False)
    lawful = forms.ChoiceField(label=gettext_lazy("Welche gesetzliche Grundlage?"), required=False)
    data_classes = forms.MultipleChoiceField(
        label=gettext_lazy("Welche Angaben stehen im Brief?"), choices=DataClass.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Bei Einwilligung und gesetzlicher Grundlage: So steht es im Register der Weitergaben."),
    )  # fmt: skip
    way = forms.ChoiceField(label=gettext_lazy("Wie geht er hinaus?"), widget=forms.RadioSelect, choices=LetterWay.choices)
    nothing_special = forms.BooleanField(
        label=gettext_lazy(
            "Bei E-Mail: Ich habe den Brief durchgesehen. Nichts über Gesundheit, Aufenthalt, Religion oder Familie steht darin."
        ),
        required=False,
        help_text=gettext_lazy(
            "Eine E-Mail ist offen wie eine Postkarte, auch im Betreff. Faden verschickt sie nicht, sondern hält nur fest, dass Sie es getan haben."
        ),
    )
    sent_on = Day(label=gettext_lazy("Wann?"))
    as_sent = forms.ChoiceField(label=gettext_lazy("Was geht hinaus?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=gettext_lazy("Die fertige Datei"),
        required=False,
        allow_empty_file=True,  # refused with a sentence of our own
        help_text=gettext_lazy("Wenn Sie den Brief in Word fertig gemacht haben: genau die Datei, die hinausgeht."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.odt"}),
    )

    def __init__(self, *args: Any, grounds: Grounds, has_template: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ground"].choices = [one for one in LetterGround.choices if one[0] != LetterGround.CONSENT_NOTED]  # type: ignore[attr-defined]
        self._offer("power", [(one.id, _words(one)) for one in grounds.powers], LetterGround.POWER)
        self._offer("secrecy_release", [(one.id, _words(one)) for one in grounds.releases], LetterGround.SECRECY)
        self._offer("consent", [(one.id, f"{one.recipient_name}: {one.words}") for one in grounds.consents], LetterGround.CONSENT)
        self._offer("lawful", [(one.id, f"{one.recipient_name}: {one.norm}") for one in grounds.by_law], LetterGround.LAW)
        if not grounds.consents and not grounds.by_law:
            del self.fields["data_classes"]
        word = [("word", _("die Word-Datei, wie Faden sie gefüllt hat"))] if has_template else []
        self.fields["as_sent"].choices = [  # type: ignore[attr-defined]
            ("pdf", _("das PDF von Faden")), *word, ("file", _("eine Datei, die ich fertig gemacht habe")),
        ]  # fmt: skip

    def _offer(self, name: str, standing: list[tuple[UUID, str]], ground: LetterGround) -> None:
        """What counts today; a ground for which nothing is signed is not offered."""
        if standing:
            self.fields[name].choices = [CHOOSE, *((str(key), words) for key, words in standing)]  # type: ignore[attr-defined]
            return
        del self.fields[name]
        choices = self.fields["ground"].choices  # type: ignore[attr-defined]
        self.fields["ground"].choices = [one for one in choices if one[0] != ground]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The file belongs to the answer that asks for it."""
        values = self.cleaned_data
        if values.get("as_sent") == "file" and not values.get("file"):
            self.add_error("file", _("Bitte wählen Sie die Datei, die hinausgeht."))
        return values

    def sending(self) -> Sending:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return Sending(
            ground=values["ground"],
            way=values["way"],
            on=values["sent_on"],
            power_id=_key(values.get("power")),
            secrecy_release_id=_key(values.get("secrecy_release")),
            consent_id=_key(values.get("consent")),
            lawful_id=_key(values.get("lawful")),
            data_classes=tuple(values.get("data_classes", ())),
            nothing_special=values["nothing_special"],
        )


def _words(one: Standing) -> str:
    until = _("bis %(day)s") % {"day": f"{one.until:%d.%m.%Y}"} if one.until else _("ohne Ende")
    return f"{one.to}: {one.words} ({until}; {one.scope_words})"


def _key(typed: str | None) -> UUID | None:
    return UUID(typed) if typed else None
