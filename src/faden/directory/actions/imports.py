"""Taking in a file of a foreign directory: compared first, then written in the one transaction of the door."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from faden.directory import policies
from faden.directory.actions.source_rows import write
from faden.directory.models import Source
from faden.directory.queries.imports import known_from, source_named, towns
from faden.directory.rules.differences import Differences, differences
from faden.directory.rules.intake import MAIN_LANGUAGE, Intake, intake_of
from faden.directory.vocabulary import OFFERS_IMPORTED
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict
from faden.kernel.rls import wait_for_turn
from faden.outside.offers.reading import UNFORESEEN, ReadFile, Rejected, Unread

log = logging.getLogger(__name__)
__all__ = ["Report", "SourceValues", "compare", "take_in"]
_TITLES = 200  # of a report: nobody reads more


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
    state: str = ""  # of the source, as it was compared with


def compare(read: ReadFile, source: SourceValues, *, organisation_id: int | None, compared: str | None = None) -> Report:
    """What the file would change; reads only. Without a service nothing is known yet."""
    row = source_named(source.name, organisation_id) if organisation_id else None
    _same_format(row, source)
    _same_state(row, compared)
    return _report(*_differences(read, row), row)


def take_in(read: ReadFile, source: SourceValues, *, by: Actor, at: datetime, today: date, compared: str | None = None) -> Report:
    """All of it or nothing. What is gone is ended, and taken up again when it comes back; other ends are people's.

    `compared` is the state that somebody saw the file compared with; None: nobody did.
    """
    policies.may_write(by).require()
    wait_for_turn("offers.import", by)
    row = source_named(source.name, by.organisation_id)
    _same_format(row, source)
    _same_state(row, compared)
    read, found = _differences(read, row)
    report = _report(read, found, row)
    row = _source(row, source, by=by, at=at)
    write(found, row, language=read.language, at=at, today=today)
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


def _same_state(row: Source | None, compared: str | None) -> None:
    if compared is not None and compared != _state(row):
        raise Conflict(_("Diese Quelle wurde seit der Vorschau noch einmal eingelesen. Wählen Sie die Datei noch einmal."))


def _state(row: Source | None) -> str:
    """Another one after each file that is taken in."""
    return row.imported_at.isoformat() if row and row.imported_at else ""


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
        state=_state(row),
        titles={
            "new": titles((*found.new, *found.back)),
            "changed": titles((*found.changed, *found.translated)),
            "gone": tuple(sorted(known[key].title for key in (*found.gone, *found.text_gone)))[:_TITLES],
        },
    )


def _source(row: Source | None, source: SourceValues, *, by: Actor, at: datetime) -> Source:
    row = row or Source(organisation_id=by.organisation_id, name=source.name, format=source.format)
    row.licence, row.imported_at = source.licence, at
    for name in ("attribution", "is_example", "mapping"):
        if (value := getattr(source, name)) is not None:
            setattr(row, name, value)
    row.save()
    return row
