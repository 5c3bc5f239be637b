"""`faden residence`: the check of residence rules over a file of facts, without a database; and what is read otherwise."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from faden.law import words
from faden.law.decide import PathResult, Result, decide
from faden.law.output import as_data, explanation, facts_page, missing_data, notice
from faden.law.parameters import parameters
from faden.law.paths import PATHS
from faden.law.reading import ASKED, BadFacts, read
from faden.law.rules import FIRST_DAY, law_on
from faden.law.schema import facts

REFUSED = 2


def check(file: Path, on: date, path: str | None, *, as_json: bool) -> int:
    """0 with any result; 2 and one line with file, line and reason when the file cannot be right."""
    if on < FIRST_DAY:
        click.echo(f"faden: the rules begin on {FIRST_DAY}; they say nothing about {on}", err=True)
        return REFUSED
    if path is not None and path not in (known := [one.key for one in PATHS]):
        click.echo(f"faden: there is no path {path}; there are {', '.join(known)}", err=True)
        return REFUSED
    try:
        found = read(file.read_text(encoding="utf-8"))
    except BadFacts as bad:
        click.echo(f"{file}:{bad.line}: {bad.key + ': ' if bad.key else ''}{bad.reason}", err=True)
        return REFUSED
    except (OSError, UnicodeDecodeError) as error:
        click.echo(f"{file}:1: cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}", err=True)
        return REFUSED
    result = decide(found, on, None if path is None else {path})
    if as_json:
        click.echo(json.dumps(as_data(result), ensure_ascii=False, indent=2))
    else:
        for line in _lines(result, whole=path is not None):
            click.echo(line)
    return 0


def _lines(result: Result, *, whole: bool) -> Iterator[str]:
    yield notice()
    yield f"Stichtag {result.on:%d.%m.%Y}"
    for one in result.contradictions:
        yield f"Widerspruch: {words.of('contradictions', one)}"
    for key, path in result.paths.items():
        yield ""
        yield f"{key:10} {path.state.value:9} {words.of('paths', key)}"
        yield from _about(path, whole=whole)


def _about(path: PathResult, *, whole: bool) -> Iterator[str]:
    if path.earliest_date:
        yield f"           ab {path.earliest_date:%d.%m.%Y} (± {path.tolerance_days}): {', '.join(path.set_by)}"
    if path.latest_date:
        yield f"           bis {path.latest_date:%d.%m.%Y}: {', '.join(path.latest_by)}"
    for key in path.missing:
        yield f"           ? {missing_data(key)['question']}"
    for key in path.exceptions_open:
        yield f"           Ausnahme offen: {words.of('exceptions', key)}"
    if whole:
        for answered in path.conditions:
            condition, outcome = answered
            yield f"  {outcome.state.value:9} {words.condition(condition.id)} ({condition.law}): {explanation(answered)}"


def print_facts(*, page: bool) -> None:
    """The schema, a line per fact; or as the page in docs/law."""
    if page:
        click.echo(facts_page(), nl=False)
        return
    for one in facts():
        choices = f": {', '.join(one.choices)}" if one.choices else ""
        click.echo(f"{one.key}  ({one.type}{choices}{', ' + ASKED if one.sensitive else ''})")


def print_law(on: date) -> int:
    """Which paths, conditions and numbers are in force on a day."""
    if on < FIRST_DAY:
        click.echo(f"faden: the rules begin on {FIRST_DAY}", err=True)
        return REFUSED
    click.echo(notice())
    for path in law_on(on):
        click.echo(f"\n{path.path.key}  {path.path.law}: {words.of('claims', path.claim.value) if path.claim else words.of('states', 'closed')}")
        if path.claim is None:
            continue
        for condition in path.conditions:
            click.echo(f"  {condition.id}  {condition.law}: {words.condition(condition.id)} [{condition.binding.value}]")
        for one in parameters():
            if one.path == path.path.key:
                click.echo(f"  {one.name} = {one.on(on)}  ({one.law}; {one.mark}{'; ' + one.authority if one.authority else ''})")
    return 0


def print_readings(*, as_json: bool) -> None:
    """What services and offices read otherwise, for whoever keeps the rules; the only command here that asks the database."""
    from faden.kernel.rls import opened_for_everybody  # noqa: PLC0415 -- needs Django
    from faden.residence.queries.readings import all_readings  # noqa: PLC0415 -- needs Django

    with opened_for_everybody():
        found = all_readings()
    if as_json:
        told = [
            {
                "path": one.path, "condition": one.condition, "from": one.who, "written_on": one.at.date().isoformat(),
                "law_state": one.law_state.isoformat(), "words": one.words,
            }
            for one in found
        ]  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(f"{one.condition or one.path}  {one.who}, {one.at:%d.%m.%Y}, Rechtsstand {one.law_state:%d.%m.%Y}: {one.words}")
