"""Scan-Eingang: what somebody has put there and filed nowhere yet. Only she sees it, nobody in her Vertretung."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.queries.masking import masked_cases
from faden.cases.queries.own_cases import own_cases
from faden.consents.vocabulary import FormKind
from faden.documents.models import PrintedForm, StoredFile
from faden.documents.queries.files import FileShown, shown
from faden.kernel.errors import NotFound
from faden.persons.queries.cards import main_names

MOST = 100


@dataclass(frozen=True)
class FormRead:
    """The printed form whose key stands on a scan; of a case one does not work in, only that there is one."""

    id: UUID
    kind: str
    case_id: UUID | None
    number: str = ""
    whose: str = ""
    is_returned: bool = False


@dataclass(frozen=True)
class Scan:
    """A file that lies there, and the form it is, if one was recognised."""

    file: FileShown
    form: FormRead | None
    # All that lie there with the same key: the pages of one sheet.
    together: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Inbox:
    """What lies there, and into which cases it can go: (id, number and name)."""

    scans: list[Scan]
    cases: list[tuple[str, str]]

    @property
    def case_ids(self) -> list[UUID]:
        """Whose names the page shows."""
        return [UUID(case_id) for case_id, _label in self.cases]


def inbox_of(membership_id: UUID, *, on: date) -> Inbox:
    """Everything for the page, oldest first: the order it came in; eight statements, two more for a deputy."""
    files = shown(_lying(membership_id)[:MOST])
    cases = {case.id: case for case in own_cases(membership_id, on=on)}
    masked = masked_cases(cases)
    found = _forms({file.form_key for file in files if file.form_key})
    names = _names(cases, found, masked)
    forms = {form.key: _form(form, cases.get(form.case_id), names) for form in found}
    return Inbox([_scan(file, forms, files) for file in files], _choices(cases, names))


def _lying(membership_id: UUID) -> QuerySet[StoredFile]:
    found = StoredFile.objects.filter(lies_with_id=membership_id, paper__isnull=True)
    return found.defer("content").order_by("stored_at", "position", "id")


def _scan(file: FileShown, forms: dict[str, FormRead], files: list[FileShown]) -> Scan:
    if file.form_key not in forms:
        return Scan(file, None)
    return Scan(file, forms[file.form_key], tuple(one.id for one in files if one.form_key == file.form_key))


def _forms(keys: Collection[str]) -> list[PrintedForm]:
    return list(PrintedForm.objects.filter(key__in=keys)) if keys else []


def _names(cases: dict[UUID, Case], forms: list[PrintedForm], masked: set[UUID]) -> dict[UUID, str]:
    """Of whom one works with, and of nobody in a case with a Schutzvermerk; one statement."""
    named = [case.person_id for case in cases.values() if case.id not in masked]
    named += [person for form in forms if form.case_id in cases.keys() - masked for person in form.persons]
    return main_names(named)


def _choices(cases: dict[UUID, Case], names: dict[UUID, str]) -> list[tuple[str, str]]:
    """The newest number first."""
    hidden = _("Geschützte Person")
    newest = sorted(cases.values(), key=lambda case: case.number, reverse=True)
    return [(str(case.id), f"{case.number} · {names.get(case.person_id, hidden)}") for case in newest]


def _form(form: PrintedForm, case: Case | None, names: dict[UUID, str]) -> FormRead:
    kind = str(FormKind(form.form_for).label)
    if case is None:
        return FormRead(form.id, kind, None)
    whose = ", ".join(names[person] for person in form.persons if person in names) or _("Geschützte Person")
    return FormRead(form.id, kind, case.id, case.number, whose, form.returned_at is not None)


def number_lying_with(membership_id: UUID) -> int:
    """For Mein Tag; one statement."""
    return int(StoredFile.objects.filter(lies_with_id=membership_id, paper__isnull=True).count())


def scans_of(membership_id: UUID, file_ids: Collection[UUID]) -> list[FileShown]:
    """These of her scans, in this order; what is filed meanwhile, or not hers, is left out. Two statements."""
    found = {file.id: file for file in shown(_lying(membership_id).filter(id__in=list(file_ids)))}
    return [found[key] for key in dict.fromkeys(file_ids) if key in found]


def scan_of(membership_id: UUID, file_id: UUID) -> StoredFile:
    """One of her scans, without its content."""
    file = _lying(membership_id).filter(id=file_id).first()
    if file is None:
        raise NotFound(_("Dieser Scan liegt nicht in Ihrem Eingang."))
    return file


def lying_since_before(moment: datetime) -> list[UUID]:
    """Scans that nobody filed in time, whoever put them there."""
    found = StoredFile.objects.filter(paper__isnull=True, stored_at__lt=moment)
    return list(found.values_list("id", flat=True))
