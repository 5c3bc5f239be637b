"""Making and rotating the keyring."""

import click
from django.apps import apps

from faden.kernel import keys
from faden.kernel.actor import Actor
from faden.kernel.fields import EncryptedTextField
from faden.kernel.rls import opened_for


def ensure() -> None:
    """Make a key file if none is there (demo, tests, first installation)."""
    from config.environment import environment  # noqa: PLC0415 -- settings may not be ready

    env = environment()
    path = env.keys_file or env.folder / "keys.json"
    if not env.keys and not path.exists():
        keys.write_keyring(keys.fresh_keyring(), path)


def new() -> None:
    """`faden keys new`."""
    ensure()
    click.echo(
        "The keyring is there. Keep a copy of it apart from the backups: without it they are unreadable."
    )


def rotate() -> None:
    """New key, reseal every value, retire the old keys."""
    path = keys.key_file()
    if path is None:
        raise click.ClickException("The keyring comes from FADEN_KEYS; put it into a file to rotate it.")
    ring = keys.keyring().with_new_key()
    _use(ring, path)
    count = sum(reseal_service(organisation_id) for organisation_id in _services())
    _use(ring.without(set(ring.keys) - {ring.active}), path)
    click.echo(f"{count} values are sealed with {ring.active}; the older keys are retired from the ring.")
    click.echo("Backups made before need the old ring: keep it with them.")


def _use(ring: keys.Keyring, path: object) -> None:
    keys.write_keyring(ring, path)  # type: ignore[arg-type]
    keys.keyring.cache_clear()


def _services() -> list[int]:
    from faden.organisations.queries.services import service_ids  # noqa: PLC0415 -- needs Django

    return service_ids()


def sealed_columns() -> list[tuple[type, str]]:
    """Every encrypted column of every model, files and their pages included."""
    found = [
        (model, field.attname)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField)
    ]
    bytes_of = [(apps.get_model("documents", name), "content") for name in ("StoredFile", "PageImage")]
    return [*found, *bytes_of]


def reseal_service(organisation_id: int) -> int:
    """Seal one service's values with the active key; returns how many were changed."""
    changed = 0
    with opened_for(Actor.system(organisation_id), write=True):
        for model, column in sealed_columns():
            changed += _reseal(model, column)
    return changed


def _reseal(model: type, column: str) -> int:
    from django.db import connection  # noqa: PLC0415 -- needs Django

    ring, table = keys.keyring(), model._meta.db_table  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {table} WHERE substring({column} FROM 1 FOR {keys.KEY_ID}) <> %s",  # noqa: S608 -- own names
            [ring.active.encode()],
        )
        old = [row_id for (row_id,) in cursor.fetchall()]
        for row_id in old:
            # One at a time: some are files of twenty megabytes.
            cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [row_id])  # noqa: S608 -- own names
            value = bytes(cursor.fetchone()[0])
            place = f"{table}/{column}/{row_id}"
            fresh = ring.seal(ring.open(value, bound_to=place), bound_to=place)
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [fresh, row_id])  # noqa: S608 -- own names
    return len(old)
