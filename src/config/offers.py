"""`faden offers import`: a foreign directory from a file, for the service that keeps it."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import click
from django.db import Error as DatabaseError
from django.utils import translation

from faden.directory.actions.imports import Report, SourceValues, compare, take_in
from faden.directory.queries.imports import sources
from faden.directory.queries.reading import read
from faden.directory.rules.refusals import about_file, about_record
from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.errors import FadenError
from faden.kernel.rls import opened_for, opened_for_everybody
from faden.organisations.queries.services import integration_centres, service_named
from faden.outside.offers.files import read_bytes
from faden.outside.offers.record import NotWhatItClaims, ReadFile

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
    with translation.override("en"):
        try:
            _check(source)
            owner = _owner(asked)
            source = _mapped(source, owner, asked)
            content = read(read_bytes(file), source.format, mapping=source.mapping, language=asked.language)
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
        _tell(report, asked)
    return 0


def _refused(sentence: str) -> int:
    click.echo(f"faden: {sentence} Nothing was written.", err=True)
    return REFUSED


def _check(source: SourceValues) -> None:
    for name, value, most in (("source", source.name, 160), ("licence", source.licence, 200), ("attribution", source.attribution or "", 300)):
        if len(value) > most:
            raise Refused(f"--{name} has {len(value)} characters, {most} is the most.")
        if not value.strip() and name != "attribution":
            raise Refused(f"--{name} is empty.")


def _mapped(source: SourceValues, owner: int | None, asked: Asked) -> SourceValues:
    """A table's columns as said now, else as the source remembers them from the last time."""
    said = _mapping(asked.mapping)
    if said is None and owner:
        with opened_for_everybody():
            said = next((one.mapping for one in sources(owner) if one.name == source.name and one.mapping), None)
    return replace(source, mapping=said)


def _mapping(file: Path | None) -> dict[str, str] | None:
    if file is None:
        return None
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"--mapping {file}: {error}.") from None
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise Refused(f'--mapping {file}: an object like {{"title": "name of the column"}} is needed.')
    return said


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


def _tell(report: Report, asked: Asked) -> None:
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
    _list("Gone", list(report.titles["gone"]), report.gone)
    _list("Rejected", [f"{one['record']} - {one['reason']}" for one in rejected], len(rejected))


def _list(head: str, lines: list[str], number: int) -> None:
    if lines:
        click.echo(f"{head}:")
        for line in lines[:_MANY]:
            click.echo(f"  {line}")
        if number > _MANY:
            click.echo(f"  ... and {number - _MANY} more")
