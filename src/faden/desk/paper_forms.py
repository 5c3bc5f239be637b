"""The forms of papers: several files at once, what is said about a paper, what came of only seeing it."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.members import Member
from faden.desk.about import AboutForm
from faden.desk.door import DeskRequest
from faden.desk.forms import Day, DeskForm, Text
from faden.documents.errors import TooMuch
from faden.documents.rules.described import Described
from faden.documents.vocabulary import ENDINGS, SEEN_NOT_STORED, Original, PaperKind, ReceivedHow
from faden.look.forms import LongSelect
from faden.persons.vocabulary import FactKind

# Made by the letters of the desk, not put there by hand.
_NOT_BY_HAND = frozenset({PaperKind.OUTGOING})
_EMPTY = [("", gettext_lazy("keine Angabe"))]


class FilesInput(forms.ClearableFileInput):
    """Several at once: photos of a phone, the PDFs of a scan folder."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        endings = (f".{ending}" for endings in ENDINGS.values() for ending in endings)
        super().__init__(attrs={"accept": ",".join(endings), "multiple": True})


class Files(forms.FileField):
    """A list of files in the order they were chosen."""

    widget = FilesInput

    def __init__(self, **options: Any) -> None:
        # An empty one is refused by the verb, with a sentence of our own.
        super().__init__(
            label=gettext_lazy("Dateien"),
            help_text=gettext_lazy(
                "Mehrere auf einmal, eine je Seite oder ein PDF. Höchstens 20 MB je Datei, 60 MB zusammen."
                " PDF, Bilder (JPEG, PNG, HEIC, TIFF), Text, Word (docx), Excel (xlsx), OpenDocument (odt)."
            ),
            allow_empty_file=True,
            **options,
        )

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each of them, as one file field would."""
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        if not sent and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(Files, self).clean(one, initial) for one in sent]


class FilesForm(DeskForm):
    """Nothing but files."""

    uploads = Files()


def sent_files(form: forms.Form) -> list[tuple[str, bytes]]:
    """(name, content) as the verbs take them."""
    return [(one.name, one.read()) for one in form.cleaned_data.get("uploads") or ()]


def never_arrived(form: forms.Form, request: DeskRequest) -> None:
    """Bodies over the limit of the settings are not read: the form only sees that there is no file."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        form.fields["uploads"].error_messages["required"] = str(TooMuch())
        form.fields["uploads"].required = True


class PaperForm(AboutForm):
    """What a paper is; only its kind has to be said."""

    field_order = ("kind", "uploads", "persons", "confidential", "issuer", "title")

    kind = forms.ChoiceField(label=gettext_lazy("Was ist es?"), widget=LongSelect)
    issuer = Text(
        label=gettext_lazy("Von wem"), max_length=160, required=False,
        help_text=gettext_lazy("Stelle, Schule, Praxis, zum Beispiel: Jobcenter Ahaus"),
    )  # fmt: skip
    title = Text(
        label=gettext_lazy("Titel"), max_length=200, required=False,
        help_text=gettext_lazy("Leer lassen: Art und Stelle werden der Titel."),
    )  # fmt: skip
    dated_on = Day(label=gettext_lazy("Datum auf dem Papier"), required=False)
    valid_until = Day(label=gettext_lazy("Gültig bis"), required=False)
    received_on = Day(label=gettext_lazy("Eingegangen am"), required=False)
    received_how = forms.ChoiceField(
        label=gettext_lazy("Wie ist es gekommen?"), choices=[*_EMPTY, *ReceivedHow.choices], required=False, widget=LongSelect
    )
    original = forms.ChoiceField(
        label=gettext_lazy("Wo ist das Original?"), choices=[*_EMPTY, *Original.choices], required=False, widget=LongSelect
    )
    original_where = Text(
        label=gettext_lazy("Wo genau in der Papierakte"), max_length=120, required=False,
        help_text=gettext_lazy("Ordner oder Schrank"),
    )  # fmt: skip
    step_id = forms.ChoiceField(label=gettext_lazy("Gehört zu diesem Schritt"), required=False, widget=LongSelect)
    deadline_id = forms.ChoiceField(label=gettext_lazy("Gehört zu dieser Frist"), required=False, widget=LongSelect)
    proves = forms.ChoiceField(
        label=gettext_lazy("Nachweis für"), choices=[("", gettext_lazy("nichts davon")), *FactKind.choices], required=False,
        widget=LongSelect,
    )  # fmt: skip
    because = Text(label=gettext_lazy("Warum muss es gespeichert werden?"), max_length=300, required=False)

    def __init__(
        self, *args: Any, members: list[Member], steps: list[tuple[str, str]], deadlines: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, members=members, **options)
        kinds = [(kind.value, kind.label) for kind in PaperKind if kind not in _NOT_BY_HAND or kind == self.initial.get("kind")]
        self.fields["kind"].choices = [("", _("Bitte wählen")), *kinds]  # type: ignore[attr-defined]
        self.fields["step_id"].choices = [("", _("keinem")), *steps]  # type: ignore[attr-defined]
        self.fields["deadline_id"].choices = [("", _("keiner")), *deadlines]  # type: ignore[attr-defined]

    @property
    def is_to_be_seen(self) -> bool:
        """Of a kind that is looked at and not kept, as a rule."""
        return self["kind"].value() in SEEN_NOT_STORED

    @property
    def more_is_open(self) -> bool:
        """Something stands in the part that is folded."""
        names = ("valid_until", "received_how", "original", "original_where", "step_id", "deadline_id", "proves", "title")
        return any(self[name].value() or self[name].errors for name in names)

    def described(self) -> Described:
        """The values as the verbs take them."""
        values = self.cleaned_data
        return Described(
            kind=values["kind"], title=values["title"], issuer=values["issuer"], dated_on=values["dated_on"],
            valid_until=values["valid_until"], received_on=values["received_on"], received_how=values["received_how"],
            original=values["original"], original_where=values["original_where"], proves=values["proves"],
            step_id=row_id(values["step_id"]), deadline_id=row_id(values["deadline_id"]),
        )  # fmt: skip


class NewPaperForm(PaperForm):
    """A new one: its files, or the day on which it was seen."""

    uploads = Files()
    seen_on = Day(label=gettext_lazy("Gesehen am"))

    def __init__(self, *args: Any, verb: str, has_scans: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["uploads"].error_messages["required"] = _("Bitte wählen Sie mindestens eine Datei.")
        # What is asked for depends on the button that was pressed, or will be.
        seen = verb == "seen" or (self.is_bound and self.is_to_be_seen and verb != "store")
        self.fields["uploads"].required = not (has_scans or seen)
        self.fields["seen_on"].required = not self.is_bound or verb == "seen"
        self.fields["because"].required = not self.is_bound


def row_id(typed: str) -> UUID | None:
    """An id as an address or a form brings it; anything else is none."""
    try:
        return UUID(typed)
    except ValueError:
        return None


def preset(request: DeskRequest, today: date) -> dict[str, object]:
    """What the address names: the kind, a step or a Frist it was opened from."""
    asked = {"kind": "art", "step_id": "schritt", "deadline_id": "frist"}
    named = {name: request.GET[key] for name, key in asked.items() if request.GET.get(key)}
    return {"received_on": today, "seen_on": today, **named}
