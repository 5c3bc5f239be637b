"""Taking in a file of a foreign directory: compared first, then written in the one transaction of the door."""

import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from faden.directory import policies
from faden.directory.models import Offer, Place, Provider, Source
from faden.directory.queries.imports import known_from, source_named, towns
from faden.directory.rules.differences import Differences, differences
from faden.directory.rules.intake import COLUMNS_OF, MAIN_LANGUAGE, ONLY_IF_SAID, Intake, intake_of
from faden.directory.vocabulary import OFFERS_IMPORTED, ConfirmedHow, OfferEnd
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict
from faden.kernel.identifiers import uuid7
from faden.kernel.rls import wait_for_turn
from faden.outside.offers.html import clipped
from faden.outside.offers.record import UNFORESEEN, ReadFile, Rejected, Unread

log = logging.getLogger(__name__)
__all__ = ["Report", "SourceValues", "compare", "take_in"]
_BATCH = 200
_TITLES = 200  # of a report: nobody reads more
_PROVIDER = ("name", "description", "website", "phone", "email")


@dataclass(frozen=True)
class SourceValues:
    """Whose directory it is; None: as it is already known."""

    name: str
    format: str
    licence: str
    attribution: str | None = None
    is_example: bool | None = None
    mapping: dict[str, str] | None = None


@dataclass(frozen=True)
class Report:
    """The difference, as numbers and with the titles; `back` is a part of `new`."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    back: int = 0
    rejected: tuple[Rejected, ...] = ()
    before: int = 0
    loses_many: bool = False
    complete: bool = True
    language: str = MAIN_LANGUAGE
    titles: dict[str, tuple[str, ...]] = field(default_factory=dict)


def compare(read: ReadFile, source: SourceValues, *, organisation_id: int | None) -> Report:
    """What the file would change; reads only. Without a service nothing is known yet."""
    row = source_named(source.name, organisation_id) if organisation_id else None
    _same_format(row, source)
    return _report(*_differences(read, row), row)


def take_in(read: ReadFile, source: SourceValues, *, by: Actor, at: datetime, today: date) -> Report:
    """All of it or nothing. What is gone is ended, and taken up again when it comes back; other ends are people's."""
    policies.may_write(by).require()
    wait_for_turn("offers.import", by)
    row = source_named(source.name, by.organisation_id)
    _same_format(row, source)
    read, found = _differences(read, row)
    report = _report(read, found, row)
    row = _source(row, source, by=by, at=at)
    _write(found, row, language=read.language, at=at, today=today)
    audit.note(
        OFFERS_IMPORTED, by=by, at=at, subject=row.id,
        new=report.new, changed=report.changed, unchanged=report.unchanged, gone=report.gone, rejected=len(report.rejected),
    )  # fmt: skip
    return report


def _same_format(row: Source | None, source: SourceValues) -> None:
    if row is not None and row.format != source.format:
        raise Conflict(
            _("Die Quelle „%(name)s“ kam bisher in einem anderen Format (%(format)s). Wählen Sie dieses oder einen anderen Namen.")
            % {"name": row.name, "format": row.get_format_display()}
        )


def _differences(read: ReadFile, row: Source | None) -> tuple[ReadFile, Differences]:
    """The file without what cannot be brought to our columns, and what the rest of it changes."""
    places = towns()
    intakes, rejected = list[Intake](), list(read.rejected)
    for record in read.records:
        try:
            intakes.append(intake_of(record, places))
        except UNFORESEEN:
            log.exception("offer %s of a directory cannot be taken in", record.key)
            rejected.append(Rejected(record.title, Unread.BROKEN, record.key))
    kept = frozenset(one.key for one in rejected if one.key)
    known = known_from(row) if row else {}
    found = differences(tuple(intakes), known, language=read.language, kept=kept, complete=read.complete)
    return replace(read, rejected=tuple(rejected)), found


def _report(read: ReadFile, found: Differences, row: Source | None) -> Report:
    known = known_from(row) if row and found.lost else {}

    def titles(intakes: Iterable[Intake]) -> tuple[str, ...]:
        return tuple(intake.columns["title"] for intake in intakes)[:_TITLES]

    return Report(
        new=len(found.new) + len(found.back),
        changed=len(found.changed) + len(found.translated),
        unchanged=len(found.unchanged),
        gone=found.lost,
        back=len(found.back),
        rejected=read.rejected,
        before=found.before,
        loses_many=found.loses_many,
        complete=read.complete,
        language=read.language,
        titles={
            "new": titles((*found.new, *found.back)),
            "changed": titles((*found.changed, *found.translated)),
            "gone": tuple(sorted(known[key].title for key in (*found.gone, *found.text_gone)))[:_TITLES],
        },
    )


# ---------- writing ----------


def _source(row: Source | None, source: SourceValues, *, by: Actor, at: datetime) -> Source:
    row = row or Source(organisation_id=by.organisation_id, name=source.name, format=source.format)
    row.licence, row.imported_at = source.licence, at
    for name in ("attribution", "is_example", "mapping"):
        if (value := getattr(source, name)) is not None:
            setattr(row, name, value)
    row.save()
    return row


def _write(found: Differences, source: Source, *, language: str, at: datetime, today: date) -> None:
    fresh, seen = found.new, (*found.back, *found.changed)
    providers = _providers((*fresh, *seen), source)
    rows = {row.source_key: row for row in _rows(source, [intake.key for intake in (*seen, *found.translated)])}
    made = []
    for intake in fresh:
        row = Offer(
            id=uuid7(), organisation_id=source.organisation_id, source_id=source.id, source_key=intake.key, silent=intake.silent, noted_at=at
        )
        _put(row, intake, providers, is_new=True, at=at, today=today)
        made.append(row)
    for intake in seen:
        _put(rows[intake.key], intake, providers, is_new=False, at=at, today=today)
    for intake in found.translated:
        row = rows[intake.key]
        row.texts, row.changed_at, row.version = {**row.texts, intake.language: intake.text}, at, row.version + 1
    Offer.objects.bulk_create(made, batch_size=_BATCH)
    _overwrite(Offer, rows.values())
    _places([(row, intake) for row, intake in zip(made, fresh, strict=True)], [(rows[intake.key], intake) for intake in seen], source)
    _end(found, source, language=language, at=at)


def _rows(source: Source, keys: list[str]) -> list[Offer]:
    found = Offer.objects.filter(organisation_id=source.organisation_id, source_id=source.id, source_key__in=keys) if keys else Offer.objects.none()
    return list(found.order_by("id").select_for_update())


def _put(row: Offer, intake: Intake, providers: dict[str, UUID], *, is_new: bool, at: datetime, today: date) -> None:
    """The source's columns. Where it says nothing about a condition, what was noted here stays."""
    silent = {name for condition, names in COLUMNS_OF.items() if condition.value not in intake.said for name in names}
    for name, value in intake.columns.items():
        if is_new or not (name in silent or (name in ONLY_IF_SAID and value in (None, "", []))):
            setattr(row, name, value)
    row.silent = [code for code in row.silent if code not in intake.said]
    if intake.columns["places_free"] is not None:
        row.places_on = min(intake.places_on or today, today)
    if row.next_start and row.ends_on and row.next_start > row.ends_on:
        row.next_start = None
    row.provider_id = providers[intake.provider.key]
    if intake.language != MAIN_LANGUAGE:
        row.texts = {**row.texts, intake.language: intake.text}
    row.confirmed_on, row.confirmed_how = min(intake.updated_on or today, today), ConfirmedHow.SOURCE
    row.source_hash, row.changed_at = intake.digest, at
    row.version = row.version if is_new else row.version + 1
    _put_end(row, intake, at)


def _put_end(row: Offer, intake: Intake, at: datetime) -> None:
    if intake.is_over and row.ended_at is None:
        row.ended_at, row.ended_because = at, OfferEnd.GONE
    elif not intake.is_over and row.ended_because == OfferEnd.GONE:
        row.ended_at, row.ended_because, row.asked_on = None, "", None


def _overwrite(model: Any, rows: Iterable[Any]) -> None:
    """Many rows in one statement: an UPDATE with a case for each of forty columns is ten times slower."""
    names = [column.name for column in model._meta.concrete_fields if column.name not in ("id", "organisation")]
    model.objects.bulk_create(
        list(rows), batch_size=_BATCH, update_conflicts=True, unique_fields=["organisation", "id"], update_fields=names
    )


def _places(made: list[tuple[Offer, Intake]], changed: list[tuple[Offer, Intake]], source: Source) -> None:
    if changed:
        Place.objects.filter(organisation_id=source.organisation_id, offer_id__in=[row.id for row, _intake in changed]).delete()
    Place.objects.bulk_create(
        [
            Place(
                organisation_id=source.organisation_id, offer_id=row.id, position=position, municipality_id=place.municipality or None,
                **{name: value for name, value in asdict(place).items() if name != "municipality"},
            )
            for row, intake in (*made, *changed)
            for position, place in enumerate(intake.places)
        ],
        batch_size=_BATCH * 2,
    )  # fmt: skip


def _providers(intakes: Iterable[Intake], source: Source) -> dict[str, UUID]:
    """Each provider that is needed, made or brought up to date; by the source's key."""
    wanted = {intake.provider.key: intake.provider for intake in reversed(list(intakes))}
    if not wanted:
        return {}
    rows = Provider.objects.filter(organisation_id=source.organisation_id, source_id=source.id, source_key__in=list(wanted))
    known = {row.source_key: row for row in rows.order_by("id").select_for_update()}
    made, changed = [], []
    for key, one in wanted.items():
        values = {name: getattr(one, name) for name in _PROVIDER}
        values["name"] = clipped(values["name"], 200)
        if (row := known.get(key)) is None:
            known[key] = row = Provider(id=uuid7(), organisation_id=source.organisation_id, source_id=source.id, source_key=key, **values)
            made.append(row)
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.version += 1
            changed.append(row)
    Provider.objects.bulk_create(made, batch_size=_BATCH)
    if changed:
        _overwrite(Provider, changed)
    return {key: row.id for key, row in known.items()}


def _end(found: Differences, source: Source, *, language: str, at: datetime) -> None:
    from_it = Offer.objects.filter(organisation_id=source.organisation_id, source_id=source.id)
    if found.gone:
        from_it.filter(source_key__in=found.gone).update(ended_at=at, ended_because=OfferEnd.GONE, changed_at=at)
    if found.text_gone:
        rows = list(from_it.filter(source_key__in=found.text_gone).order_by("id").select_for_update())
        for row in rows:
            row.texts = {code: text for code, text in row.texts.items() if code != language}
            row.changed_at, row.version = at, row.version + 1
        _overwrite(Offer, rows)
