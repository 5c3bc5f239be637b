"""Migration steps that put a table under the database's guard."""

from typing import Any

from django.db import router
from django.db.migrations.operations.base import Operation

from faden.kernel.fields import EncryptedTextField, SameServiceKey

# A scalar read once per statement: an array or a function per row costs the index order.
_SERVICE = "(SELECT nullif(current_setting('faden.organisation', true), '')::bigint)"


def same_service_keys(model: Any) -> list[SameServiceKey]:
    """The fields of a model whose composite key the database has to check."""
    return [field for field in model._meta.local_fields if isinstance(field, SameServiceKey)]


def key_sql(table: str, field: SameServiceKey) -> str:
    """Ties one reference to the same service."""
    target = field.remote_field.model._meta.db_table
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_{field.column}_same_service"
        f" FOREIGN KEY (organisation_id, {field.column})"
        f" REFERENCES {target} (organisation_id, id)"
    )


def policy_sql(table: str) -> list[str]:
    """Row security that holds for the owner too (FORCE)."""
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY own_service ON {table} TO faden_app, faden_owner"
        f" USING (organisation_id = {_SERVICE}) WITH CHECK (organisation_id = {_SERVICE})",
    ]


def append_only_sql(table: str) -> list[str]:
    """Nobody changes or removes a row; whole expired blocks go through `audit_expire`."""
    return [
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM faden_app",
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION faden_refuse_change()",
    ]


class GuardTable(Operation):
    """Row security, a primary key that starts with the service, composite foreign keys."""

    reversible = False

    def __init__(self, name: str, *, append_only: bool = False) -> None:
        self.name = name
        self.append_only = append_only

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change; the database's guard does."""

    def database_forwards(self, app_label: str, schema_editor: Any, _from: Any, to: Any) -> None:
        model = to.apps.get_model(app_label, self.name)
        if not router.allow_migrate_model(schema_editor.connection.alias, model):
            return
        table = model._meta.db_table
        statements = [
            f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey CASCADE,"
            f" ADD CONSTRAINT {table}_pkey PRIMARY KEY (organisation_id, id)",
            *(key_sql(table, field) for field in same_service_keys(model)),
            *policy_sql(table),
        ]
        if self.append_only:
            statements += append_only_sql(table)
        # The keys queued by the CreateModel just before must exist first.
        schema_editor.deferred_sql, waiting = [], list(schema_editor.deferred_sql)
        for statement in [*map(str, waiting), *statements]:
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Put {self.name} under the guard of the database"


class GuardHistory(Operation):
    """After `GuardTable`, for dated facts: a row's content never changes, it is superseded once.

    Encrypted columns may be written again under another key (`keys rotate`), so the trigger leaves them out;
    the verbs never update them.
    """

    reversible = False

    def __init__(self, name: str) -> None:
        self.name = name

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change; the database's guard does."""

    def database_forwards(self, app_label: str, schema_editor: Any, _from: Any, to: Any) -> None:
        model = to.apps.get_model(app_label, self.name)
        table = model._meta.db_table
        free = [f.column for f in model._meta.local_fields if isinstance(f, EncryptedTextField)]
        columns = ", ".join(f"'{c}'" for c in ("superseded_at", "superseded_by", "superseded_because", *free))
        schema_editor.execute(
            f"CREATE TRIGGER {table}_history BEFORE UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION faden_keep_history({columns})",
            params=None,
        )

    def describe(self) -> str:
        return f"Keep the history of {self.name}"


class GuardKey(Operation):
    """The composite constraint for a `SameServiceKey` that was added later."""

    reversible = False

    def __init__(self, name: str, field: str) -> None:
        self.name = name
        self.field = field

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change; the database's guard does."""

    def database_forwards(self, app_label: str, schema_editor: Any, _from: Any, to: Any) -> None:
        model = to.apps.get_model(app_label, self.name)
        field = model._meta.get_field(self.field)
        schema_editor.execute(key_sql(model._meta.db_table, field), params=None)

    def describe(self) -> str:
        return f"Tie {self.name}.{self.field} to the same service"


class ForEachService(Operation):
    """A data migration that cannot touch nothing unnoticed.

    As owner under FORCE an UPDATE without context changes 0 rows and reports success, so this sets
    each service in turn and fails if fewer rows changed than `at_least` announces for all together.
    """

    reversible = True
    reduces_to_sql = False

    def __init__(self, sql: str, *, at_least: int = 0) -> None:
        self.sql = sql
        self.at_least = at_least

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Data only."""

    def database_forwards(self, app_label: str, schema_editor: Any, _from: Any, to: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT id FROM organisations_organisation ORDER BY id")
            touched = sum(self._run_for(cursor, row[0]) for row in cursor.fetchall())
        if touched < self.at_least:
            raise RuntimeError(f"announced {self.at_least} rows, touched {touched}: {self.sql}")

    def _run_for(self, cursor: Any, organisation_id: int) -> int:
        cursor.execute("SELECT set_config('faden.organisation', %s, true)", [str(organisation_id)])
        cursor.execute(self.sql)
        touched = cursor.rowcount
        cursor.execute("SELECT set_config('faden.organisation', '', true)")
        return touched

    def database_backwards(self, *_: Any) -> None:
        """What was filled in stays."""

    def describe(self) -> str:
        return "Change rows of each service in turn"
