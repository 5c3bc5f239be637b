"""The statements Faden itself sends for a piece of work, and the same statements without policies."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.backends.postgresql.psycopg_any import mogrify

_FROM = r'\b(FROM|JOIN)\s+"?({tables})"?(?![\w"])(?:\s+(?:AS\s+)?"?([A-Z]\d+)"?(?!\w))?'


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collects every statement of this block with its values put in."""
    found: list[str] = []

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append(mogrify(sql, params, connection) if params else sql)
        return execute(sql, params, many, context)

    connection.ensure_connection()
    with connection.execute_wrapper(keep):
        yield found


def reads(found: list[str]) -> list[str]:
    """Only what reads rows: the door's own settings and writes are left out."""
    return [sql for sql in found if sql.lstrip("(\n ").startswith(("SELECT", "WITH")) and " FROM " in sql]


def tenant_tables() -> list[str]:
    """Tables with a row policy: all that carry organisation_id."""
    return [
        model._meta.db_table
        for model in apps.get_models()
        if any(field.column == "organisation_id" for field in model._meta.local_fields)
        and model._meta.app_label not in {"auth"}
        and model._meta.model_name not in {"competence"}
    ]


def without_policies(sql: str, organisation_id: int) -> str:
    """The same statement with `organisation_id = N` written out for each tenant table in it."""
    tables = "|".join(sorted(tenant_tables(), key=len, reverse=True))

    def named(match: re.Match[str]) -> str:
        keyword, table, alias = match.groups()
        rows = f"(SELECT * FROM {table} AS rows_of WHERE rows_of.organisation_id = {organisation_id})"
        return f"{keyword} {rows} AS {alias or table}"

    return re.sub(_FROM.format(tables=tables), named, sql)
