"""The forms around a Voranfrage or a Begleitschreiben: what goes to which office, on what, and its receipt."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.consents.queries.declarations import StandingConsent
from faden.consents.vocabulary import Channel, DataClass
from faden.desk.forms import Day, DeskForm, Text, long_text
from faden.doors.office_answer_form import OfficeSaidForm
from faden.look.forms import CheckboxList
from faden.referrals.rules.composing import Offer, by_class
from faden.residence.queries.requests import OfficeChoice, Offices
from faden.residence.rules.requests import Chosen, Document, Tellable
from faden.residence.vocabulary import OfficeAnswerWay, ReceiptKind, RequestKind

CARRIED = "mitgegeben"
_WAYS = {"p": Channel.INBOX, "b": Channel.LETTER}


class RequestForm(DeskForm):
    """Which kind, about which paths, to which office, how; and what of all that is known. Nothing is ticked to begin with."""

    kind = forms.ChoiceField(label=gettext_lazy("Was soll hinausgehen?"), choices=RequestKind.choices, widget=forms.RadioSelect)
    filed_on = Day(
        label=gettext_lazy("Antrag gestellt am"), required=False,
        help_text=gettext_lazy("Nur beim Begleitschreiben: der Tag, an dem der Antrag gestellt ist oder heute gestellt wird."),
    )  # fmt: skip
    paths = forms.MultipleChoiceField(label=gettext_lazy("Um welchen Weg geht es?"), widget=CheckboxList)
    office = forms.ChoiceField(label=gettext_lazy("An welche Behörde?"), widget=forms.RadioSelect)
    way = forms.ChoiceField(label=gettext_lazy("Wie kommt es dorthin?"), widget=forms.RadioSelect)
    lines = forms.MultipleChoiceField(
        label=gettext_lazy("Welche Angaben gehen mit?"), required=False, widget=CheckboxList,
        help_text=gettext_lazy("Kreuzen Sie an, was die Person der Behörde sagen will. Sonst geht nichts mit."),
    )  # fmt: skip
    documents = forms.MultipleChoiceField(
        label=gettext_lazy("Welche Unterlagen werden genannt?"), required=False, widget=CheckboxList,
        help_text=gettext_lazy("Genannt werden Art, gesehen am und gültig bis. Die Datei und der Titel in Klammern bleiben hier."),
    )  # fmt: skip
    message = long_text(
        gettext_lazy("Was die Person fragt"), rows=5, required=True,
        hint=gettext_lazy("In ihren Worten. Kein Ergebnis der Vorprüfung, keine Namen anderer, nichts über Strafen."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, offices: Offices, consents: Sequence[StandingConsent], paths: Sequence[tuple[str, list[tuple[str, str]]]], lines: Iterable[Tellable],
        documents: Iterable[Document], **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.offices = offices
        self.consents = [one for one in consents if any(one.recipient_key == office.key for office in offices.rows)]
        self.fields["message"].widget.attrs["lang"] = "de"  # the office reads it
        self._choices("paths", [one for _office, group in paths for one in group])
        self._choices("office", [(one.key, _named(one, offices.town)) for one in offices.rows])
        self._choices("way", [*self._on_consents(), (CARRIED, _("Die Person nimmt das Blatt selbst mit"))])
        told = [Offer(one.key, DataClass(one.data_class), one.label, one.value) for one in lines]
        self._choices("lines", [(title, _in_german(found)) for title, found in by_class(told)])
        self._choices("documents", _in_german((one.key, one.choice) for one in documents))

    def _choices(self, name: str, found: Any) -> None:
        self.fields[name].choices = found  # type: ignore[attr-defined]

    def _on_consents(self) -> Iterable[tuple[str, str]]:
        for one in self.consents:
            said = {"office": one.recipient_name, "consent": one.words}
            if self.offices.one(one.recipient_key).reads_clients:
                yield f"p{one.id}", _("Über Faden, auf die Einwilligung an %(office)s: %(consent)s") % said
            yield f"b{one.id}", _("Als Brief, auf die Einwilligung an %(office)s: %(consent)s") % said

    def clean(self) -> dict[str, Any]:
        """The consent is one towards the office that was chosen."""
        values = self.cleaned_data
        consent = self.consent
        if consent and values.get("office") and consent.recipient_key != values["office"]:
            self.add_error("way", _("Diese Einwilligung nennt eine andere Behörde."))
        return values

    @property
    def consent(self) -> StandingConsent | None:
        """The consent it is to rest on; None: she takes it along."""
        way = self.cleaned_data.get("way", "")
        return next((one for one in self.consents if way[:1] in _WAYS and str(one.id) == way[1:]), None)

    @property
    def channel(self) -> Channel:
        """By which it goes."""
        return _WAYS[self.cleaned_data["way"][0]] if self.consent else Channel.CARRIED

    @property
    def chosen_office(self) -> OfficeChoice:
        """Of the valid form."""
        return self.offices.one(self.cleaned_data["office"])

    def chosen(self) -> Chosen:
        """Of the valid form, as the rules take it."""
        values = self.cleaned_data
        filed: date | None = values["filed_on"]
        return Chosen(
            RequestKind(values["kind"]), tuple(values["paths"]), tuple(values["lines"]), tuple(values["documents"]), values["message"], filed
        )  # fmt: skip

    @property
    def consent_id(self) -> UUID | None:
        return self.consent.id if self.consent else None

    @property
    def until(self) -> date | None:
        """The last day of the consent."""
        return self.consent.until if self.consent else None


def _in_german(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """As the office reads it, whatever the language of the page."""
    return [(key, format_html('<span lang="de">{}</span>', text)) for key, text in found]


def _named(one: OfficeChoice, town: str) -> str:
    if one.is_competent:
        return _("%(name)s (heute zuständig für %(town)s)") % {"name": one.to.name, "town": town}
    return one.to.name if one.to.has_account else _("%(name)s (Adressbuch)") % {"name": one.to.name}


class HeardForm(OfficeSaidForm):
    """Antwort nachtragen: what the office said on paper or by telephone, and how it came."""

    way = forms.ChoiceField(label=gettext_lazy("Wie kam die Antwort?"), widget=forms.RadioSelect)
    said_on = Day(label=gettext_lazy("Wann?"))
    said_by = Text(
        label=gettext_lazy("Wer hat es gesagt?"), max_length=120, required=False,
        help_text=gettext_lazy("Funktion oder Name, wie im Brief oder am Telefon genannt."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        ways = [(one.value, one.label) for one in OfficeAnswerWay if one != OfficeAnswerWay.INBOX]
        self.fields["way"].choices = ways  # type: ignore[attr-defined]


class ReceiptForm(DeskForm):
    """By what it is shown that the application arrived."""

    receipt = forms.ChoiceField(label=gettext_lazy("Womit ist der Eingang belegt?"), choices=ReceiptKind.choices, widget=forms.RadioSelect)
    receipt_on = Day(label=gettext_lazy("Eingegangen am"))
