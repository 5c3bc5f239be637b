"""Declarations on paper: what each says, German first, beside the person's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from faden.consents.models import Declared, FormText, PowerOfAttorney, SecrecyRelease
from faden.consents.queries.declarations import consent_of, rows_of, said_of
from faden.consents.queries.form_texts import Texts, TextShown, as_shown, labels, name_of_language
from faden.consents.rules.declarations import needs_interpreter
from faden.consents.rules.form_texts import DIRECTIONS, Paragraph, filled
from faden.consents.vocabulary import RIGHT_TO_LEFT, FormKind
from faden.persons.queries.cards import main_names


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
    """These declarations as they are printed; seven statements however many."""
    rows = rows_of(ids)
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
        to=said_of(row)[0],
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
    if isinstance(row, SecrecyRelease):
        return {**common, "discloser": row.discloser, "purpose": row.purpose, "information": row.information}
    consent = consent_of(row)
    return {
        **common, "recipient": consent.recipient_name, "purpose": consent.purpose, "information": consent.information or ""
    }


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
    named = row if isinstance(row, SecrecyRelease) else consent_of(row)
    return {DIRECTIONS[1] if named.mutual else DIRECTIONS[0], *named.data_classes, *named.special_categories}
