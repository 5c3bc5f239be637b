"""`faden offers import`: a foreign directory from a file, for the service that keeps it."""

import json
import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click
from django.db import Error as DatabaseError
from django.utils import translation

from faden.directory.actions.imports import Report, SourceValues, compare, take_in
from faden.directory.queries.imports import sources
from faden.directory.queries.reading import read
from faden.directory.rules.refusals import about_file, about_record
from faden.directory.vocabulary import SourceFormat
from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.errors import FadenError
from faden.kernel.rls import opened_for, opened_for_everybody
from faden.organisations.queries.services import integration_centres, service_named
from faden.outside.offers.files import read_bytes
from faden.outside.offers.headings import FIELDS, guess
from faden.outside.offers.reading import NotWhatItClaims, ReadFile
from faden.outside.offers.sheets import table

_LONGEST = {"name": 160, "licence": 200, "attribution": 300}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-zA-Z0-9]{2,8})?")
_MANY = 20  # of the rejected and the gone, in the report for people; --json has all
REFUSED = 2


@dataclass(frozen=True)
class Asked:
    """How the file is to be read and what comes out."""

    owner: str = ""
    language: str = ""
    mapping: Path | None = None
    dry_run: bool = False
    as_json: bool = False
    refuse_many_gone: bool = False


class Refused(Exception):
    """One sentence for the person at the keyboard; nothing was written."""


def import_file(file: Path, source: SourceValues, asked: Asked) -> int:
    """0 when the file was taken in, also with rejected records; 2 when nothing of it was."""
    with translation.override("en"), _quiet_pool():
        try:
            source = _checked(source, asked)
            owner, source, content = _read(file, source, asked)
            report = _imported(content, source, owner, asked)
        except NotWhatItClaims as error:
            return _refused(f"{file}: {about_file(error)}")
        except Refused as refusal:
            return _refused(str(refusal))
        except FadenError as error:
            return _refused(f"{file}: {error}")
        except DatabaseError as error:
            click.echo(f"faden: the database does not answer: {str(error).splitlines()[0]}", err=True)
            return 1
        _tell(report, asked, _left_out(content, source))
    return 0


@contextmanager
def _quiet_pool() -> Iterator[None]:
    """One sentence says that no database answers; the pool would say it after each of its tries."""
    pool = logging.getLogger("psycopg.pool")
    before = pool.level
    pool.setLevel(logging.ERROR)
    try:
        yield
    finally:
        pool.setLevel(before)


def _read(file: Path, source: SourceValues, asked: Asked) -> tuple[int | None, SourceValues, ReadFile]:
    """Who keeps it, and the file; what is wrong with a file is said also where no database answers."""
    mapping, data = _mapping(asked.mapping), read_bytes(file)
    if source.format == SourceFormat.CSV and mapping is None:
        table(data)
        owner = _owner(asked)
        mapping = _remembered(source, owner)
        return owner, replace(source, mapping=mapping), read(data, source.format, mapping=mapping, language=asked.language)
    content = read(data, source.format, mapping=mapping, language=asked.language)
    return _owner(asked), replace(source, mapping=mapping), content


def _refused(sentence: str) -> int:
    click.echo(f"faden: {sentence} Nothing was written.", err=True)
    return REFUSED


def _checked(source: SourceValues, asked: Asked) -> SourceValues:
    """As the desk takes them: trimmed, not too long, and nothing in them that no page can show."""
    told = {name: (getattr(source, name) or "").strip() for name in _LONGEST}
    for name, value in told.items():
        option = "source" if name == "name" else name
        if not value and name != "attribution":
            raise Refused(f"--{option} is empty.")
        if len(value) > _LONGEST[name]:
            raise Refused(f"--{option} has {len(value)} characters, {_LONGEST[name]} is the most.")
    for option, value in (("source", told["name"]), ("licence", told["licence"]), ("attribution", told["attribution"]), ("owner", asked.owner)):
        if any(unicodedata.category(char) in ("Cc", "Cs") for char in value):
            raise Refused(f"--{option} has characters that are no text.")
    if asked.language and not _LANGUAGE.fullmatch(asked.language):
        raise Refused('--language: a code like "ar" is needed.')
    if asked.mapping and source.format != SourceFormat.CSV:
        raise Refused("--mapping is for tables (--format csv).")
    return replace(source, name=told["name"], licence=told["licence"], attribution=None if source.attribution is None else told["attribution"])


def _remembered(source: SourceValues, owner: int | None) -> dict[str, str] | None:
    """A table's columns as they were said the last time."""
    if not owner:
        return None
    with opened_for_everybody():
        return next((one.mapping for one in sources(owner) if one.name == source.name and one.mapping), None)


def _mapping(file: Path | None) -> dict[str, str] | None:
    if file is None:
        return None
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(f"--mapping {file}: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise Refused(f"--mapping {file}: this is not readable JSON.") from None
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise Refused(f'--mapping {file}: an object like {{"title": "name of the column"}} is needed.')
    if unknown := ", ".join(name for name in said if name not in FIELDS):
        raise Refused(f"--mapping {file}: there is no field {unknown}. There are: {', '.join(FIELDS)}.")
    return said


def _left_out(content: ReadFile, source: SourceValues) -> tuple[str, ...]:
    """Columns of a table that are none of our fields: perhaps their names were only not understood."""
    taken = (source.mapping or guess(content.columns)).values()
    return tuple(column for column in content.columns if column not in taken)


def _imported(content: ReadFile, source: SourceValues, owner: int | None, asked: Asked) -> Report:
    if asked.dry_run:
        # In a transaction that can only read: whatever happens, nothing is written.
        with opened_for_everybody():
            return compare(content, source, organisation_id=owner)
    assert owner
    actor = Actor.system(owner)
    if asked.refuse_many_gone:
        with opened_for(actor, write=False):
            if (found := compare(content, source, organisation_id=owner)).loses_many:
                raise Refused(f"{found.gone} of {found.before} earlier offers are not in this file (--refuse-many-gone).")
    with opened_for(actor, write=True):
        return take_in(content, source, by=actor, at=clock.now(), today=clock.today())


def _owner(asked: Asked) -> int | None:
    if asked.owner:
        if (named := service_named(asked.owner)) is None:
            raise Refused(f"There is no service with a desk called '{asked.owner}' (--owner).")
        return named
    centres = integration_centres()
    if not centres and not asked.dry_run:
        raise Refused("There is no integration centre that could keep the offers: name the service with --owner.")
    return centres[0] if centres else None


# ---------- telling ----------


def _tell(report: Report, asked: Asked, left_out: tuple[str, ...]) -> None:
    if report.loses_many:
        click.echo(
            f"faden: warning: {report.gone} of {report.before} earlier offers of this source are not in the file. Is it complete?"
            " Offers that come back are taken up again.",
            err=True,
        )
    rejected = [{"record": one.record, "reason": about_record(one)} for one in report.rejected]
    if asked.as_json:
        numbers = {name: getattr(report, name) for name in ("new", "changed", "unchanged", "gone")}
        click.echo(json.dumps({**numbers, "rejected": rejected}, ensure_ascii=False))
        return
    click.echo(f"{'Dry run, nothing was written' if asked.dry_run else 'Taken in'} (language of the file: {report.language}):")
    for name in ("new", "changed", "unchanged", "gone"):
        again = f" ({report.back} of them taken up again)" if name == "new" and report.back else ""
        click.echo(f"  {name:<10}{getattr(report, name):>6}{again}")
    click.echo(f"  {'rejected':<10}{len(rejected):>6}")
    if not report.complete:
        click.echo("The file is a part of a larger one: nothing was ended.")
    if left_out:
        click.echo(f"Columns that were not taken (--mapping): {', '.join(left_out)}")
    _list("Gone", list(report.titles["gone"]), report.gone)
    _list("Rejected", [f"{one['record']} - {one['reason']}" for one in rejected], len(rejected))


def _list(head: str, lines: list[str], number: int) -> None:
    if lines:
        click.echo(f"{head}:")
        for line in lines[:_MANY]:
            click.echo(f"  {line}")
        if number > _MANY:
            click.echo(f"  ... and {number - _MANY} more")
