"""`faden`: one command for everything an installation needs."""

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def _django(act_as: str = "app") -> None:
    """Start Django as one database role; a process is either owner or app, never both."""
    os.environ["FADEN_ACT_AS"] = act_as
    import django  # noqa: PLC0415 -- slow import

    django.setup()


def _for_the_demo_here() -> None:
    """Where no database is named, the demo that runs in this folder is meant."""
    from config import demo as demo_  # noqa: PLC0415 -- slow import
    from config.environment import Environment  # noqa: PLC0415 -- slow import

    if "database_url" not in Environment().model_fields_set and (found := demo_.running_here()):
        os.environ.update(found)
        click.echo("faden: for the demo that runs here.", err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def faden() -> None:
    """Faden: Kommunales Integrationsmanagement. Every command reads FADEN_* and /etc/faden/faden.toml."""


@faden.command()
@click.option("--port", default=8000, envvar="PORT", show_default=True)
@click.option("--reset", is_flag=True, envvar="RESET", help="throw the demo's data away first")
def demo(port: int, reset: bool) -> None:
    """Start everything with invented data: database, web server, worker."""
    from config import demo as demo_  # noqa: PLC0415 -- slow import

    sys.exit(demo_.run(port=port, reset=reset))


@faden.command()
@click.option("--port", default=None, type=int, help="default: FADEN_PORT or 8000")
@click.option("--workers", default=2, show_default=True)
def serve(port: int | None, workers: int) -> None:
    """Run the web server on the loopback address; put a TLS proxy before it."""
    from config import server  # noqa: PLC0415 -- slow import

    server.serve(port=port, workers=workers)


@faden.command()
def worker() -> None:
    """Run queued and nightly jobs."""
    _django()
    from config import server  # noqa: PLC0415 -- slow import

    server.work()


@faden.command()
def migrate() -> None:
    """Bring the database to this version, as faden_owner."""
    _django("owner")
    from config import schema  # noqa: PLC0415 -- slow import

    schema.migrate()


@faden.command()
def seed() -> None:
    """Fill an empty demo database with invented services, staff and people."""
    from config.demo_data import fill  # noqa: PLC0415 -- slow import

    fill.run()


@faden.command(hidden=True)
def found() -> None:
    """The demo's services and staff, as faden_owner."""
    _django("owner")
    from config.demo_data import found as found_  # noqa: PLC0415 -- slow import

    found_.run()


@faden.command(hidden=True)
def accounts() -> None:
    """Print one demo account per role."""
    from config.demo_data import fill  # noqa: PLC0415 -- slow import

    fill.print_accounts()


@faden.command()
def doctor() -> None:
    """Say in one line each what is wrong and how to mend it; exit 1 if anything is."""
    from config import doctor as doctor_  # noqa: PLC0415 -- slow import

    sys.exit(doctor_.run())


@faden.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--recipient", envvar="FADEN_BACKUP_RECIPIENT", help="age1… public key")
def backup(file: Path, recipient: str | None) -> None:
    """Write one age-encrypted file: the dump and which keys it needs."""
    from config import backup as backup_  # noqa: PLC0415 -- slow import

    backup_.backup(file, recipient)


@faden.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--identity", type=click.Path(path_type=Path, exists=True), help="file with AGE-SECRET-KEY-…")
def restore(file: Path, identity: Path | None) -> None:
    """Restore into the empty database of FADEN_OWNER_DATABASE_URL, compare counts, verify the audit."""
    from config import backup as backup_  # noqa: PLC0415 -- slow import

    backup_.restore(file, identity)


@faden.group()
def offers() -> None:
    """The directory of offers."""


@offers.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(["integreat", "hsds", "csv"]), required=True, help="csv: also XLSX")
@click.option("--source", required=True, help="name of the directory it comes from; the same name brings it up to date")
@click.option("--licence", required=True, help="stands under every offer")
@click.option("--attribution", default=None, help="who has to be named, as the licence asks")
@click.option("--owner", default="", help="name of the service that keeps them; default: the integration centre")
@click.option("--language", default="", help="of the file; default: as the file says, else de")
@click.option("--mapping", type=click.Path(path_type=Path), help='for csv: JSON file {"title": "name of the column", ...}')
@click.option("--example", is_flag=True, default=None, help="from elsewhere: shown apart, never matched")
@click.option("--dry-run", is_flag=True, help="say what would change, write nothing")
@click.option("--json", "as_json", is_flag=True, help="new, changed, unchanged, gone, rejected as one object")
@click.option("--refuse-many-gone", is_flag=True, help="exit 2 when more than half of the earlier offers are gone")
def offers_import(file: Path, format_: str, source: str, licence: str, **options: Any) -> None:
    """Take in a foreign directory; exit 2 when the file is not what it claims."""
    _for_the_demo_here()
    _django()
    from config import offers as offers_  # noqa: PLC0415 -- slow import

    known = {name: options.pop(name) for name in ("attribution", "example")}
    values = offers_.SourceValues(source, format_, licence, known["attribution"], known["example"])
    sys.exit(offers_.import_file(file, values, offers_.Asked(**options)))


_DAY = click.DateTime(["%Y-%m-%d"])


@faden.group()
def residence() -> None:
    """Residence rules: a preliminary check, no decision, no legal advice."""


@residence.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--on", "on", type=_DAY, required=True, help="the day that is asked about")
@click.option("--path", "path", help="one path alone, with every condition")
@click.option("--json", "as_json", is_flag=True)
def residence_check(file: Path, on: datetime, path: str | None, *, as_json: bool) -> None:
    """Check the facts in FILE; exit 2 when the file cannot be right."""
    from config import residence as residence_  # noqa: PLC0415 -- slow import

    sys.exit(residence_.check(file, on.date(), path, as_json=as_json))


@residence.command("facts")
@click.option("--page", is_flag=True, help="as the page docs/law/facts.md")
def residence_facts(*, page: bool) -> None:
    """Print every fact that can be told, and how."""
    from config import residence as residence_  # noqa: PLC0415 -- slow import

    residence_.print_facts(page=page)


@residence.command("law")
@click.option("--on", "on", type=_DAY, required=True, help="the day that is asked about")
def residence_law(on: datetime) -> None:
    """Print which paths, conditions and numbers are in force."""
    from config import residence as residence_  # noqa: PLC0415 -- slow import

    sys.exit(residence_.print_law(on.date()))


@residence.command("readings")
@click.option("--json", "as_json", is_flag=True)
def residence_readings(*, as_json: bool) -> None:
    """Print what services and offices read otherwise, by condition."""
    _for_the_demo_here()
    _django()
    from config import residence as residence_  # noqa: PLC0415 -- slow import

    residence_.print_readings(as_json=as_json)


@faden.group()
def audit() -> None:
    """The sealed logs."""


@audit.command("verify")
@click.option(
    "--anchor", type=click.Path(path_type=Path, exists=True), help="hashes kept outside by an earlier run"
)
@click.option(
    "--write-anchor", type=click.Path(path_type=Path), help="write the present hashes, to be kept outside"
)
def verify(anchor: Path | None, write_anchor: Path | None) -> None:
    """Check every row and block of both logs; names the first break of each; exit 1 if there is one."""
    _django()
    from config import audit as audit_  # noqa: PLC0415 -- slow import

    sys.exit(audit_.verify(json.loads(anchor.read_text()) if anchor else {}, write_anchor))


@faden.group("keys")
def keys_() -> None:
    """The keyring."""


@keys_.command("new")
def keys_new() -> None:
    """Make a keyring where FADEN_KEYS_FILE says, if there is none."""
    from config import keyring  # noqa: PLC0415 -- slow import

    keyring.new()


@keys_.command("rotate")
def keys_rotate() -> None:
    """Make a new key, seal every value anew with it, retire the old keys."""
    _django("owner")  # a delivered copy is not the app's to change
    from config import keyring  # noqa: PLC0415 -- slow import

    keyring.rotate()


@faden.command(context_settings={"ignore_unknown_options": True})
@click.option("--size", type=click.Choice(["10k", "20k", "100k", "1m"]), default="10k", show_default=True)
@click.option("--keep", is_flag=True, help="keep the scratch database for another run")
@click.option("--residence", "alone", is_flag=True, help="the residence rules alone, without a database")
def bench(size: str, keep: bool, alone: bool) -> None:
    """Measure pages, row policies, rules and sealing on a scratch database."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from bench import run  # noqa: PLC0415 -- slow import

    sys.exit(run.run_residence() if alone else run.run(size, keep=keep))


if __name__ == "__main__":
    faden()
