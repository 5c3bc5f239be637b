"""`faden backup` and `faden restore`: one encrypted file, and the proof that it came back whole."""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click
import psycopg
from psycopg import sql

from config.environment import environment
from config.places import GRANTS
from faden.kernel import keys
from faden.outside import dump


def _stop(problem: object) -> click.ClickException:
    return click.ClickException(str(problem))


def backup(target: Path, recipient: str | None) -> None:
    """Dump a consistent snapshot as faden_backup and count every table in the same snapshot."""
    recipient = recipient or _recipient_of_the_demo()
    if not target.resolve().parent.is_dir():
        raise _stop(f"the folder {target.resolve().parent} is not there")
    from django.conf import settings  # noqa: PLC0415 -- tells the keyring where it is

    settings.FADEN  # noqa: B018 -- loads it
    url = environment().backup_database_url
    with psycopg.connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = str(_one(connection, "SELECT pg_export_snapshot()"))
        manifest: dict[str, object] = {
            "made_at": datetime.now(tz=UTC).isoformat(timespec="seconds"),
            "server": str(_one(connection, "SHOW server_version")),
            "keys": sorted(keys.keyring().keys),
            "counts": counts(connection),
        }
        try:
            dump.write(url, snapshot, manifest, recipient, target.resolve())
        except dump.DumpProblem as problem:
            raise _stop(problem) from problem
    rows = sum(manifest["counts"].values())  # type: ignore[attr-defined]
    click.echo(f"{target}: {rows} rows of {len(manifest['counts'])} tables, {target.stat().st_size} bytes")  # type: ignore[arg-type]
    click.echo(f"It needs the keys {', '.join(manifest['keys'])} of the keyring, which is not in it.")  # type: ignore[arg-type]


def _one(connection: psycopg.Connection, statement: str) -> object:
    row = connection.execute(statement).fetchone()  # type: ignore[arg-type]
    return row[0] if row else None


def counts(connection: psycopg.Connection) -> dict[str, int]:
    """Rows of every table, as a role that sees them all."""
    tables = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    ).fetchall()
    return {name: _rows_of(connection, name) for (name,) in tables}


def _rows_of(connection: psycopg.Connection, table: str) -> int:
    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    return int(row[0]) if row else 0


def _recipient_of_the_demo() -> str:
    """An installation names its recipient; the demo makes a key pair of its own."""
    env = environment()
    if not env.demo:
        raise _stop("say for whom to encrypt: --recipient age1… or FADEN_BACKUP_RECIPIENT")
    path = env.folder / "backup-identity.txt"
    if not path.exists():
        identity, recipient = dump.new_identity()
        path.touch(mode=0o600)
        path.write_text(f"{identity}\n{recipient}\n")
    return path.read_text().splitlines()[1]


def restore(source: Path, identity: Path | None) -> None:
    """Into an empty database; then compare the counts, begin a new epoch, verify both logs."""
    env = environment()
    secret = _secret_in(identity or env.folder / "backup-identity.txt")
    _require_empty(env.owner_database_url)
    with psycopg.connect(env.owner_database_url) as connection:
        # Before the dump: it hands functions to the steward, who must be allowed to own them here.
        connection.execute(GRANTS.read_text())  # type: ignore[arg-type]
        major = connection.info.server_version // 10000
    with tempfile.TemporaryDirectory() as folder:
        try:
            manifest = dump.read(source, secret, Path(folder))
            dump.load(Path(folder), env.owner_database_url, major)
        except dump.DumpProblem as problem:
            raise _stop(problem) from problem
    _compare(manifest["counts"])  # type: ignore[arg-type]
    _prove(manifest)


def _secret_in(path: Path) -> str:
    """The secret key of an age identity file; comments before it are age-keygen's."""
    lines = path.read_text().splitlines() if path.is_file() else []
    secret = next((line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")), "")
    if not secret:
        raise _stop(f"no AGE-SECRET-KEY-… in {path}: name the identity file with --identity")
    return secret


def _require_empty(url: str) -> None:
    try:
        with psycopg.connect(url) as connection:
            if _one(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"):
                raise _stop("the database is not empty: create a new one and name it in the URLs")
    except psycopg.OperationalError as problem:
        raise _stop(f"the database cannot be reached: {str(problem).splitlines()[0]}") from problem


def _compare(wanted: dict[str, int]) -> None:
    with psycopg.connect(environment().backup_database_url) as connection:
        found = counts(connection)
    different = sorted(name for name in wanted if wanted[name] != found.get(name))
    if different:
        raise _stop(f"rows are missing after the restore: {', '.join(different)}")
    click.echo(f"{sum(found.values())} rows of {len(found)} tables, as in the backup")


def _prove(manifest: dict[str, object]) -> None:
    """The logs as they came are sealed and verified; then transaction ids start anew."""
    os.environ["FADEN_ACT_AS"] = "app"
    import django  # noqa: PLC0415 -- after the restore

    django.setup()
    missing = set(manifest["keys"]) - set(keys.keyring().keys)  # type: ignore[call-overload]
    if missing:
        raise _stop(f"the keyring lacks {', '.join(sorted(missing))}: put the old key file back")
    from config import audit, epochs  # noqa: PLC0415 -- needs Django

    epochs.close()
    with psycopg.connect(environment().owner_database_url) as connection:
        epochs.begin(connection, reason="restore")
    if audit.verify({}, None):
        raise _stop("the audit of the backup is broken, see above")
    click.echo("Restored and verified. Start the server and the worker again.")
