"""Einlesen: a file of another directory, its columns brought to ours, the difference shown, and then taken in.

Nothing is kept here between the steps: the file travels in the page itself, signed, until somebody takes it in.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.desk.door import DeskRequest, Sees, asks, reads, writes
from faden.desk.forms import DeskForm, Text, kept_draft, left_in
from faden.desk.shell import page
from faden.directory.actions.imports import Report, SourceValues, compare, take_in
from faden.directory.queries.imports import SourceRow, sources
from faden.directory.queries.reading import format_of, read
from faden.directory.rules.refusals import about_file, about_record
from faden.directory.rules.table_fields import FIELD_LABELS
from faden.directory.vocabulary import SourceFormat
from faden.kernel.errors import Conflict, FadenError, Invalid
from faden.look.forms import LongSelect
from faden.organisations.vocabulary import Permission
from faden.outside.offers.headings import guess
from faden.outside.offers.reading import NotWhatItClaims, ReadFile
from faden.outside.offers.sheets import Table, table

KEEP = Permission.KEEP_OFFERS
MOST_MEGABYTES = 10
_A_DAY = 24 * 60 * 60


class UploadForm(DeskForm):
    """The file, and whose it is."""

    file = forms.FileField(
        label=gettext_lazy("Datei"), allow_empty_file=True,
        help_text=gettext_lazy("Export aus Integreat (JSON), HSDS 3 (JSON) oder eine Tabelle (CSV, XLSX), höchstens 10 MB. Faden erkennt das Format."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.csv,.tsv,.txt,.xlsx,.xls,.ods"}),
    )  # fmt: skip
    name = Text(
        label=gettext_lazy("Name der Quelle"), max_length=160,
        help_text=gettext_lazy("Er steht unter jedem Angebot. Derselbe Name bringt dasselbe Verzeichnis auf den neuen Stand."),
    )  # fmt: skip
    licence = Text(
        label=gettext_lazy("Lizenz"), max_length=200,
        help_text=gettext_lazy("Name der Lizenz oder wer es erlaubt hat. Ohne Erlaubnis darf ein fremdes Verzeichnis nicht veröffentlicht werden."),
    )  # fmt: skip
    attribution = Text(label=gettext_lazy("Wer genannt werden muss"), max_length=300, required=False)
    is_example = forms.BooleanField(
        label=gettext_lazy("Nur ein Beispiel: nicht aus unserem Kreis, wird nie mit einer Person abgeglichen"), required=False
    )

    def clean_file(self) -> bytes:
        """Its bytes, if they are not too many."""
        sent = self.cleaned_data["file"]
        if sent.size > MOST_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(too_large())
        return bytes(sent.read())


class MappingForm(DeskForm):
    """One choice for each column of a table."""

    mark_optional = False

    def __init__(self, *args: Any, content: Table, mapping: dict[str, str], **options: Any) -> None:
        theirs = {column: field for field, column in mapping.items()}
        self.columns = {f"spalte_{place}": column for place, column in enumerate(content.columns)}
        options["initial"] = {name: theirs.get(column, "") for name, column in self.columns.items()}
        super().__init__(*args, **options)
        choices = [("", _("nicht übernehmen")), *FIELD_LABELS.items()]
        for name, column in self.columns.items():
            samples = " · ".join(sample[:60] for sample in content.samples(column))
            self.fields[name] = forms.ChoiceField(
                label=column, choices=choices, required=False, widget=LongSelect, help_text=escape(samples) or _("leer")
            )

    def clean(self) -> dict[str, Any]:
        """Each of our fields once."""
        chosen = [field for name in self.columns if (field := self.cleaned_data.get(name))]
        for name in self.columns:
            field = self.cleaned_data.get(name)
            if field and chosen.count(field) > 1:
                self.add_error(name, _("„%(field)s“ ist mehr als einer Spalte zugeordnet.") % {"field": FIELD_LABELS[field]})
        if "title" not in chosen:
            self.add_error(None, _("Sagen Sie, in welcher Spalte der Titel des Angebots steht."))
        return self.cleaned_data

    def mapping(self) -> dict[str, str]:
        """{our field: their column}."""
        return {self.cleaned_data[name]: column for name, column in self.columns.items() if self.cleaned_data.get(name)}


class SureForm(DeskForm):
    """Asked only where a file would end more than half of what is there."""

    sure = forms.BooleanField(label=gettext_lazy("Die Datei ist vollständig: Was darin fehlt, soll enden"))


@dataclass(frozen=True)
class Carried:
    """What the page carries from step to step; `compared` is the state of the source that the page shows the difference to."""

    source: SourceValues
    data: bytes
    compared: str | None = None

    def sealed(self, request: DeskRequest) -> str:
        """Only who uploaded it can send it back, and only unchanged."""
        said = {"name": self.source.name, "format": self.source.format, "licence": self.source.licence}
        said |= {"attribution": self.source.attribution or "", "is_example": bool(self.source.is_example)}  # type: ignore[dict-item]
        packed = base64.urlsafe_b64encode(zlib.compress(self.data, 6)).decode()
        return _signer(request).sign(base64.urlsafe_b64encode(json.dumps([said, self.compared]).encode()).decode() + "." + packed)

    @classmethod
    def opened(cls, request: DeskRequest) -> "Carried":
        """Or Invalid: too old, of somebody else, or changed on its way."""
        try:
            said, _dot, packed = _signer(request).unsign(request.POST.get("state", ""), max_age=_A_DAY).partition(".")
            source, compared = json.loads(base64.urlsafe_b64decode(said))
            return cls(SourceValues(**source), zlib.decompress(base64.urlsafe_b64decode(packed)), compared)
        except (signing.BadSignature, binascii.Error, zlib.error, ValueError) as error:
            raise Invalid(_("Diese Vorschau gilt nicht mehr. Wählen Sie die Datei noch einmal.")) from error


def _signer(request: DeskRequest) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"offers.import:{request.actor.organisation_id}:{request.actor.person}")


def too_large() -> str:
    """What to do with a larger file."""
    return _("Die Datei ist zu groß: höchstens %(number)s MB. Größere liest der Betrieb ein (faden offers import).") % {"number": MOST_MEGABYTES}


@reads(Sees.NOTHING, may=KEEP)
def index(request: DeskRequest) -> HttpResponse:
    """The file, and what was taken in before."""
    known = sources(request.actor.organisation_id)
    again = next((one for one in known if str(one.id) == request.GET.get("quelle")), None)
    return _upload_page(request, UploadForm(initial={**_initial(again), **left_in(UploadForm, request)}), known)


def _initial(again: SourceRow | None) -> dict[str, Any]:
    if again is None:
        return {}
    return {"name": again.name, "licence": again.licence, "attribution": again.attribution, "is_example": again.is_example}


def _upload_page(request: DeskRequest, form: UploadForm, known: list[SourceRow] | None = None) -> HttpResponse:
    known = sources(request.actor.organisation_id) if known is None else known
    context = {"form": form, "sources": known, "kept": kept_draft(request)}
    return _page(request, "offer_import", context, _("Verzeichnis einlesen"), status=422 if form.errors else 200)


@asks(Sees.NOTHING, may=KEEP)
def preview(request: DeskRequest) -> HttpResponse:
    """What would change; from a file, or from the page itself with another mapping."""
    if "state" in request.POST:
        return _continued(request, lambda carried: _preview_page(request, carried, remap=True))
    form = UploadForm(request.POST, request.FILES)
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        form.fields["file"].error_messages["required"] = too_large()
    if not form.is_valid():
        return _upload_page(request, form)
    values = form.cleaned_data
    try:
        source = SourceValues(values["name"], format_of(values["file"]), values["licence"], values["attribution"], values["is_example"])
        return _preview_page(request, Carried(source, values["file"]))
    except NotWhatItClaims as error:
        form.add_error("file", about_file(error))
    except Conflict as error:
        form.add_error("name", str(error))
    return _upload_page(request, form)


def _continued(request: DeskRequest, step: Callable[[Carried], HttpResponse]) -> HttpResponse:
    """The next step; where the page holds no longer, the first one again with what was typed there."""
    try:
        carried = Carried.opened(request)
    except Invalid as error:
        return _begin_again(request, {}, error)
    try:
        return step(carried)
    except Conflict as error:
        return _begin_again(request, asdict(carried.source), error)


def _begin_again(request: DeskRequest, typed: dict[str, Any], error: FadenError) -> HttpResponse:
    form = UploadForm(typed)
    form.errors.clear()
    form.add_error(None, str(error))
    return _upload_page(request, form)


def _columns(request: DeskRequest, carried: Carried, *, remap: bool) -> MappingForm | None:
    """Of a table: as chosen now, else as the source remembers, else guessed."""
    if carried.source.format != SourceFormat.CSV:
        return None
    content = table(carried.data)
    if remap:
        return MappingForm(request.POST, content=content, mapping={})
    known = next((one.mapping for one in sources(request.actor.organisation_id) if one.name == carried.source.name), {})
    still = {field: column for field, column in known.items() if column in content.columns}
    return MappingForm(content=content, mapping=still or guess(content.columns))


def _read(carried: Carried, columns: MappingForm | None) -> tuple[ReadFile, SourceValues] | None:
    """None while it is not clear which column is the title."""
    source = carried.source
    if columns is not None:
        if columns.is_bound and not columns.is_valid():
            return None
        chosen = columns.mapping() if columns.is_bound else {field: columns.columns[name] for name, field in columns.initial.items() if field}
        if "title" not in chosen:
            return None
        source = replace(source, mapping=chosen)
    return read(carried.data, source.format, mapping=source.mapping), source


def _preview_page(request: DeskRequest, carried: Carried, *, remap: bool = False, sure: SureForm | None = None) -> HttpResponse:
    columns = _columns(request, carried, remap=remap)
    found = _read(carried, columns)
    report = compare(*found, organisation_id=request.actor.organisation_id, compared=carried.compared) if found else None
    carried = replace(carried, compared=report.state) if report else carried
    context: dict[str, Any] = {
        "source": carried.source, "format": SourceFormat(carried.source.format).label, "columns": columns, "report": report,
        "rejected": _rejected(report), "state": carried.sealed(request), "form_key": uuid4(),
        "sure": sure or SureForm(),
    }  # fmt: skip
    wrong = bool(columns and columns.errors) or bool(sure and sure.errors)
    return _page(request, "offer_import_preview", context, _("Vorschau"), status=422 if wrong else 200, above=True)


def _rejected(report: Report | None) -> list[tuple[str, str]]:
    return [(one.record, about_record(one)) for one in report.rejected[:100]] if report else []


@writes(Sees.NOTHING, may=KEEP)
def run(request: DeskRequest) -> HttpResponse:
    """All of the file or nothing."""
    return _continued(request, lambda carried: _run(request, carried))


def _run(request: DeskRequest, carried: Carried) -> HttpResponse:
    found = _read(carried, _columns(request, carried, remap=True))
    if found is None or carried.compared is None:
        return _preview_page(request, carried, remap=True)
    sure = SureForm(request.POST)
    before = compare(*found, organisation_id=request.actor.organisation_id, compared=carried.compared)
    if before.loses_many and not sure.is_valid():
        return _preview_page(request, carried, remap=True, sure=sure)
    done = take_in(*found, by=request.actor, at=request.at, today=request.today, compared=carried.compared)
    sentence = _("Eingelesen: %(new)s neu, %(changed)s geändert, %(unchanged)s unverändert, %(gone)s weg, %(rejected)s abgelehnt.")
    numbers = {"new": done.new, "changed": done.changed, "unchanged": done.unchanged, "gone": done.gone, "rejected": len(done.rejected)}
    messages.success(request, sentence % numbers)
    return HttpResponseRedirect(reverse("directory"), status=303)


def _page(request: DeskRequest, template: str, context: dict[str, Any], title: str, *, status: int, above: bool = False) -> HttpResponse:
    first = ((_("Verzeichnis einlesen"), reverse("directory-import")),) if above else ()
    crumbs = ((_("Angebote"), reverse("directory")), *first, (title, ""))
    return page(request, f"desk/{template}.html", {"title": title, **context}, here="directory", crumbs=crumbs, status=status)


urlpatterns = [
    path("verzeichnis/einlesen/", index, name="directory-import"),
    path("verzeichnis/einlesen/vorschau/", preview, name="directory-import-preview"),
    path("verzeichnis/einlesen/uebernehmen/", run, name="directory-import-run"),
]
