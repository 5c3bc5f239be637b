"""The rows of a source: its offers, their places and who offers them, many in few statements."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from faden.directory.models import Offer, Place, Provider, Source
from faden.directory.rules.differences import Differences
from faden.directory.rules.filled import TEXT, outcome, words_mark
from faden.directory.rules.intake import COLUMNS_OF, MAIN_LANGUAGE, Intake, in_order
from faden.directory.rules.values import PlaceValues
from faden.directory.vocabulary import ConfirmedHow, OfferEnd
from faden.kernel.identifiers import uuid7
from faden.outside.offers.html import clipped

_BATCH = 200
_PROVIDER = ("name", "description", "website", "phone", "email")
_PLACE = ("name", "street", "postcode", "town", "latitude", "longitude", "barrier_free")
_CONDITIONS: dict[str, tuple[str, ...]] = {condition.value: names for condition, names in COLUMNS_OF.items() if names}


def write(found: Differences, source: Source, *, language: str, at: datetime, today: date) -> None:
    """What is new, changed, back or gone; the rest is not touched."""
    fresh, seen = found.new, (*found.back, *found.changed)
    providers = _providers((*fresh, *seen), found.unchanged, source)
    rows = {row.source_key: row for row in _rows(source, [intake.key for intake in (*seen, *found.translated)])}
    stand = _standing_places(source, [rows[intake.key].id for intake in seen])
    made, moved = [], []
    for intake in fresh:
        row = Offer(
            id=uuid7(), organisation_id=source.organisation_id, source_id=source.id, source_key=intake.key, noted_at=at, **intake.columns
        )
        _put_new(row, intake, providers[intake.provider.key], at=at, today=today)
        made.append(row)
    for intake in seen:
        row = rows[intake.key]
        if _put(row, intake, providers[intake.provider.key], stand.get(row.id, []), at=at, today=today):
            moved.append((row, intake))
    for intake in found.translated:
        row = rows[intake.key]
        _put_text(row, intake)
        row.changed_at, row.version = at, row.version + 1
    Offer.objects.bulk_create(made, batch_size=_BATCH)
    _overwrite(Offer, rows.values())
    _put_places(list(zip(made, fresh, strict=True)), moved, source)
    _end(found, source, language=language, at=at)


def _rows(source: Source, keys: list[str]) -> list[Offer]:
    found = Offer.objects.filter(organisation_id=source.organisation_id, source_id=source.id, source_key__in=keys) if keys else Offer.objects.none()
    return list(found.order_by("id").select_for_update())


def _overwrite(model: Any, rows: Iterable[Any]) -> None:
    """Many rows in one statement: an UPDATE with a case for each of forty columns is ten times slower."""
    names = [column.name for column in model._meta.concrete_fields if column.name not in ("id", "organisation")]
    model.objects.bulk_create(
        list(rows), batch_size=_BATCH, update_conflicts=True, unique_fields=["organisation", "id"], update_fields=names
    )


# ---------- one offer ----------


def _put_new(row: Offer, intake: Intake, provider: UUID, *, at: datetime, today: date) -> None:
    row.silent = intake.silent
    row.from_source = outcome({}, intake.told | {"provider": provider}, lambda _name: ()).marks
    _put_free(row, intake, today)
    row.provider_id = provider
    row.confirmed_on, row.confirmed_how = min(intake.updated_on or today, today), ConfirmedHow.SOURCE
    _put_rest(row, intake, at)


def _put(row: Offer, intake: Intake, provider: UUID, places: list[dict[str, Any]], *, at: datetime, today: date) -> bool:
    """What the source says anew, and without what it says no more; what was noted here stays. Whether its places are others now."""
    change = outcome(row.from_source, intake.told | {"provider": provider}, lambda name: _standing(row, name, places))
    row.from_source = change.marks
    for name in change.written | change.withdrawn:
        for column in _CONDITIONS.get(name, (name,)):
            if column in intake.columns:
                setattr(row, column, intake.columns[column])
    if "places_free" in change.written | change.withdrawn:
        _put_free(row, intake, today)
    if "provider" in change.written:
        row.provider_id = provider
    row.silent = in_order((set(row.silent) - change.written) | (change.withdrawn & _CONDITIONS.keys()))
    if row.next_start and row.ends_on and row.next_start > row.ends_on:
        row.next_start = None
        row.from_source.pop("next_start", None)
    confirmed = min(intake.updated_on or today, today)
    if row.confirmed_how == ConfirmedHow.SOURCE or confirmed > row.confirmed_on:
        row.confirmed_on, row.confirmed_how = confirmed, ConfirmedHow.SOURCE
    row.version += 1
    _put_rest(row, intake, at)
    return "places" in change.written | change.withdrawn


def _standing(row: Offer, name: str, places: list[dict[str, Any]]) -> tuple[Any, ...]:
    """What stands there, in the forms in which a source says it."""
    if name == "places":
        return (places,)
    if name == "provider":
        return (row.provider_id,)
    if name == "places_free":
        return ([row.places_free, row.places_on], [row.places_free, None])
    if name in _CONDITIONS:
        return ([getattr(row, column) for column in _CONDITIONS[name]],)
    return (getattr(row, name, None),)


def _put_free(row: Offer, intake: Intake, today: date) -> None:
    free = intake.columns["places_free"]
    row.places_free, row.places_on = free, None if free is None else min(intake.places_on or today, today)


def _put_rest(row: Offer, intake: Intake, at: datetime) -> None:
    if intake.language != MAIN_LANGUAGE:
        _put_text(row, intake)
    row.source_hash, row.changed_at = intake.digest, at
    if intake.is_over and row.ended_at is None:
        row.ended_at, row.ended_because = at, OfferEnd.GONE
    elif not intake.is_over and row.ended_because == OfferEnd.GONE:
        row.ended_at, row.ended_because, row.asked_on = None, "", None


def _put_text(row: Offer, intake: Intake) -> None:
    row.texts = {**row.texts, intake.language: intake.text}
    row.from_source = {**row.from_source, TEXT + intake.language: words_mark(intake.text)}


# ---------- where it happens ----------


def _standing_places(source: Source, offers: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """As a source says them, by offer; one statement."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    if offers:
        rows = Place.objects.filter(organisation_id=source.organisation_id, offer_id__in=offers).order_by("offer_id", "position")
        for row in rows:
            values = PlaceValues(**{name: getattr(row, name) for name in _PLACE}, municipality=row.municipality_id or "")
            found.setdefault(row.offer_id, []).append(asdict(values))
    return found


def _put_places(made: list[tuple[Offer, Intake]], moved: list[tuple[Offer, Intake]], source: Source) -> None:
    if moved:
        Place.objects.filter(organisation_id=source.organisation_id, offer_id__in=[row.id for row, _intake in moved]).delete()
    Place.objects.bulk_create(
        [
            Place(
                organisation_id=source.organisation_id, offer_id=row.id, position=position, municipality_id=place.municipality or None,
                **{name: getattr(place, name) for name in _PLACE},
            )
            for row, intake in (*made, *moved)
            for position, place in enumerate(intake.places)
        ],
        batch_size=_BATCH * 2,
    )  # fmt: skip


# ---------- who offers it ----------


def _providers(wanted: Iterable[Intake], others: Iterable[Intake], source: Source) -> dict[str, UUID]:
    """Each provider that is needed, made or brought up to date; by the source's key."""
    needed = {intake.provider.key for intake in wanted}
    if not needed:
        return {}
    said: dict[str, dict[str, str]] = {}
    # One record may name it only, another tell all of it: what any of them tells is said.
    for intake in (*wanted, *others):
        if intake.provider.key in needed:
            told = {name: value for name in _PROVIDER if (value := getattr(intake.provider, name))}
            said[intake.provider.key] = told | said.get(intake.provider.key, {})
    rows = Provider.objects.filter(organisation_id=source.organisation_id, source_id=source.id, source_key__in=list(said))
    known = {row.source_key: row for row in rows.order_by("id").select_for_update()}
    made, changed = [], []
    for key, values in said.items():
        values["name"] = clipped(values["name"], 200)
        if (row := known.get(key)) is None:
            marks = outcome({}, values, lambda _name: ()).marks
            known[key] = row = Provider(
                id=uuid7(), organisation_id=source.organisation_id, source_id=source.id, source_key=key, from_source=marks, **values
            )
            made.append(row)
        elif _brought_up_to_date(row, values):
            changed.append(row)
    Provider.objects.bulk_create(made, batch_size=_BATCH)
    if changed:
        _overwrite(Provider, changed)
    return {key: row.id for key, row in known.items()}


def _brought_up_to_date(row: Provider, values: Mapping[str, str]) -> bool:
    """Whether there is anything to be written."""
    change = outcome(row.from_source, values, lambda name: (getattr(row, name, None),))
    for name in change.written | change.withdrawn:
        setattr(row, name, values.get(name, ""))
    row.version += bool(change.written or change.withdrawn)
    before, row.from_source = row.from_source, change.marks
    return before != change.marks


# ---------- what is gone ----------


def _end(found: Differences, source: Source, *, language: str, at: datetime) -> None:
    from_it = Offer.objects.filter(organisation_id=source.organisation_id, source_id=source.id)
    if found.gone:
        from_it.filter(source_key__in=found.gone).update(ended_at=at, ended_because=OfferEnd.GONE, changed_at=at)
    if found.text_gone:
        rows = list(from_it.filter(source_key__in=found.text_gone).order_by("id").select_for_update())
        for row in rows:
            row.texts = {code: text for code, text in row.texts.items() if code != language}
            row.from_source = {name: value for name, value in row.from_source.items() if name != TEXT + language}
            row.changed_at, row.version = at, row.version + 1
        _overwrite(Offer, rows)
