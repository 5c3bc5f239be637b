"""Vollmacht and release from secrecy: what counts on a day, and each as pages and paper show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from faden.consents.models import DECLARED, Declared, FormText, PowerOfAttorney, SecrecyRelease
from faden.consents.queries.form_texts import Texts, TextShown, as_shown, labels, name_of_language
from faden.consents.rules.declarations import needs_interpreter, state_of
from faden.consents.rules.form_texts import DIRECTIONS, Paragraph, filled
from faden.consents.vocabulary import (
    RIGHT_TO_LEFT,
    DataClass,
    DeclarationEnd,
    DeclarationState,
    FormKind,
    PowerScope,
    SpecialCategory,
)
from faden.organisations.queries.memberships import names_of
from faden.persons.queries.cards import main_names
from faden.persons.rules.age import eighteen_years_before


@dataclass(frozen=True)
class Standing:
    """A declaration that counts on a day, as a letter relies on it."""

    id: UUID
    kind: FormKind
    person_id: UUID
    to: str  # the authority; who may tell us
    words: str  # the procedure; the purpose
    signed_on: date | None
    until: date | None
    scope: tuple[str, ...] = ()
    data_classes: tuple[str, ...] = ()
    mutual: bool = False

    @property
    def scope_words(self) -> str:
        """What it covers, in words."""
        labels_of = PowerScope if self.kind == FormKind.POWER else DataClass
        codes = self.scope if self.kind == FormKind.POWER else self.data_classes
        return "; ".join(str(labels_of(code).label) for code in codes)


def _counting(model: type[Declared], person_ids: Iterable[UUID], on: date) -> QuerySet[Declared]:
    """Signed, not run out, not ended; what parents alone signed counts until the day she may be of age."""
    signed = model.objects.filter(person__any=list(person_ids), signed_on__lte=on)
    return (
        signed.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
        .exclude(own_agreement=False, person__birth_earliest__lte=eighteen_years_before(on))
        .order_by("-signed_on", "-id")
    )


def standing_powers(person_ids: Iterable[UUID], on: date) -> list[Standing]:
    """Vollmachten that count on this day, the newest first; one statement."""
    rows: Iterable[PowerOfAttorney] = _counting(PowerOfAttorney, person_ids, on)  # type: ignore[assignment]
    return [
        Standing(
            row.id, FormKind.POWER, row.person_id, row.authority, row.procedure, row.signed_on, row.valid_until,
            scope=tuple(row.scope),
        )
        for row in rows
    ]  # fmt: skip


def standing_secrecy_releases(person_ids: Iterable[UUID], on: date) -> list[Standing]:
    """Releases from secrecy towards us that count on this day, the newest first; one statement."""
    rows: Iterable[SecrecyRelease] = _counting(SecrecyRelease, person_ids, on).defer("information")  # type: ignore[assignment]
    return [
        Standing(
            row.id, FormKind.SECRECY, row.person_id, row.discloser, row.purpose, row.signed_on, row.valid_until,
            data_classes=tuple(row.data_classes), mutual=row.mutual,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class DeclarationRow:
    """One declaration as lists and its own page show it."""

    id: UUID
    kind: FormKind
    person_id: UUID
    to: str
    words: str
    details: tuple[str, ...]
    information: str
    mutual: bool
    state: DeclarationState
    valid_until: date | None
    prepared_at: datetime
    prepared_by: str
    signed_on: date | None
    ended_on: date | None
    ended_because: str
    signed_language: str  # in words
    shown_language: str  # code; "" only German
    text_is_draft: bool
    needs_interpreter: bool
    interpreter_name: str
    interpreter_language: str
    interpreter_obliged_on: date | None
    read_aloud: bool
    own: bool
    represented_by: tuple[UUID, ...]

    @property
    def is_waiting(self) -> bool:
        return self.state == DeclarationState.WAITING

    @property
    def is_standing(self) -> bool:
        return self.state == DeclarationState.STANDING

    @property
    def is_power(self) -> bool:
        return self.kind == FormKind.POWER


def declarations(ids: Iterable[UUID], *, on: date) -> dict[UUID, DeclarationRow]:
    """These declarations of both kinds; three statements however many."""
    rows = _rows(ids)
    names = names_of({row.prepared_by for row in rows})
    return {row.id: _row(row, names, on) for row in rows}


def _rows(ids: Iterable[UUID]) -> list[Declared]:
    wanted = list(ids)
    return [row for model in DECLARED for row in model.objects.filter(id__in=wanted).select_related("text", "person")]


def _row(row: Declared, names: dict[int, str], on: date) -> DeclarationRow:
    state = state_of(
        signed_on=row.signed_on, valid_until=row.valid_until, ended_on=row.ended_on, because=row.ended_because, on=on
    )
    to, words = _said(row)
    return DeclarationRow(
        id=row.id,
        kind=row.kind,
        person_id=row.person_id,
        to=to,
        words=words,
        details=_details(row),
        information=row.information if isinstance(row, SecrecyRelease) else "",
        mutual=isinstance(row, SecrecyRelease) and row.mutual,
        state=state,
        valid_until=row.valid_until,
        prepared_at=row.prepared_at,
        prepared_by=names.get(row.prepared_by, ""),
        signed_on=row.signed_on,
        ended_on=row.ended_on,
        ended_because=str(DeclarationEnd(row.ended_because).label) if row.ended_because else "",
        signed_language=name_of_language(row.text.language),
        shown_language=row.shown_language,
        text_is_draft=row.text.reviewed_on is None,
        needs_interpreter=needs_interpreter(row.text.language, row.shown_language),
        interpreter_name=row.interpreter_name,
        interpreter_language=row.interpreter_language,
        interpreter_obliged_on=row.interpreter_obliged_on,
        read_aloud=row.read_aloud,
        own=row.own_agreement,
        represented_by=tuple(row.represented_by),
    )


def _said(row: Declared) -> tuple[str, str]:
    """Towards whom, and what for."""
    if isinstance(row, PowerOfAttorney):
        return row.authority, row.procedure
    return row.discloser, row.purpose


def _details(row: Declared) -> tuple[str, ...]:
    if isinstance(row, PowerOfAttorney):
        return tuple(str(PowerScope(code).label) for code in row.scope)
    classes = (str(DataClass(code).label) for code in row.data_classes if code != DataClass.SPECIAL)
    return (*classes, *(str(SpecialCategory(code).label) for code in row.special_categories))


# ---------- on paper ----------


@dataclass(frozen=True)
class Column:
    """One language of a sheet: the text as it is filled in, and what stands around it."""

    language: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    labels: dict[str, str]
    is_signed: bool
    is_reviewed: bool


@dataclass(frozen=True)
class DeclarationSheet:
    """What one declaration says on paper, German first; `is_draft`: not to be signed."""

    id: UUID
    kind: FormKind
    to: str
    columns: tuple[Column, ...]
    is_draft: bool
    own: bool
    representatives: tuple[str, ...]
    interpreter_name: str
    interpreter_language: str
    interpreter_obliged_on: date | None
    needs_interpreter: bool


def sheets(ids: Iterable[UUID], *, service: str) -> dict[UUID, DeclarationSheet]:
    """These declarations as they are printed; five statements however many."""
    rows = _rows(ids)
    found = list(FormText.objects.order_by("-version"))
    names = main_names({*(row.person_id for row in rows), *(key for row in rows for key in row.represented_by)})
    return {row.id: _sheet(row, found, names, service) for row in rows}


def _sheet(row: Declared, found: list[FormText], names: dict[UUID, str], service: str) -> DeclarationSheet:
    german, other = _wordings(row, found)
    values, chosen = _values(row, names, service), _chosen(row)
    columns = tuple(
        Column(
            one.language, one.title, filled(one.body, _placed(values, one.language), chosen), labels(one.language),
            is_signed=one.id == row.text_id, is_reviewed=one.reviewed_on is not None,
        )
        for one in (german, other)
        if one
    )  # fmt: skip
    language = row.interpreter_language or row.shown_language
    return DeclarationSheet(
        id=row.id,
        kind=german.kind,
        to=_said(row)[0],
        columns=columns,
        is_draft=any(column.is_signed and not column.is_reviewed for column in columns) or not columns[0].is_reviewed,
        own=row.own_agreement,
        representatives=tuple(names.get(key, "") for key in row.represented_by),
        interpreter_name=row.interpreter_name,
        interpreter_language=name_of_language(language) if language else "",
        interpreter_obliged_on=row.interpreter_obliged_on,
        needs_interpreter=needs_interpreter(row.text.language, row.shown_language),
    )


def _wordings(row: Declared, found: list[FormText]) -> tuple[TextShown, TextShown | None]:
    """The German text, and the one beside it: signed if it is reviewed, else for reading."""
    signed = as_shown(row.text)
    if not signed.is_german:
        german = next(t for t in found if (t.kind, t.language, t.version) == (signed.kind, "de", signed.of_version))
        return as_shown(german), signed
    if row.shown_language in ("", "de"):
        return signed, None
    # Beside a German wording stands its own translation, whatever counts by now.
    return signed, Texts(t for t in found if t.language != "de" or t.id == signed.id).translation(
        signed.kind, row.shown_language
    )


def _values(row: Declared, names: dict[UUID, str], service: str) -> dict[str, str]:
    """What stands for the fields; a birth date with the name, an address never."""
    person = names.get(row.person_id, "–")
    if born := _birth(row):
        person = f"{person}, * {born}"
    common = {"person": person, "until": f"{row.valid_until:%d.%m.%Y}" if row.valid_until else "–", "service": service}
    if isinstance(row, PowerOfAttorney):
        return {**common, "authority": row.authority, "procedure": row.procedure, "deputies": row.deputies}
    return {**common, "discloser": row.discloser, "purpose": row.purpose, "information": row.information}


def _placed(values: dict[str, str], language: str) -> dict[str, str]:
    """Among words from right to left each value keeps its own direction (first strong isolate)."""
    if language not in RIGHT_TO_LEFT:
        return values
    return {field: f"\u2068{value}\u2069" for field, value in values.items()}


def _birth(row: Declared) -> str:
    earliest = row.person.birth_earliest
    return f"{earliest:%d.%m.%Y}" if earliest and earliest == row.person.birth_latest else ""


def _chosen(row: Declared) -> set[str]:
    if isinstance(row, PowerOfAttorney):
        return set(row.scope)
    return {DIRECTIONS[1] if row.mutual else DIRECTIONS[0], *row.data_classes, *row.special_categories}
