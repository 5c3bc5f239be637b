"""A first migration draws less than Django would: what it draws is never old, and the tables are those the models say."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from config import first_migration, schema

OURS = tuple(config.label for config in apps.get_app_configs() if config.name.startswith("faden."))
COLUMNS = """
SELECT relname, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, pg_get_expr(adbin, adrelid)
FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid LEFT JOIN pg_attrdef d ON adrelid = c.oid AND adnum = attnum
WHERE relnamespace = %(schema)s::text::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped"""
CONSTRAINTS = """
SELECT relname, conname, pg_get_constraintdef(o.oid) FROM pg_constraint o JOIN pg_class c ON c.oid = conrelid
WHERE relnamespace = %(schema)s::text::regnamespace AND contype <> 'n'
UNION SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = %(schema)s::text"""
# What the database fills in itself, so that nobody can say otherwise.
FILLED_IN = {("epoch", "faden_epoch()"), ("xid", "pg_current_xact_id()")}


def related(model: Any) -> Iterator[Any]:
    return (field for field in model._meta.local_fields + model._meta.local_many_to_many if field.is_relation)


def old_ones(state: ProjectState) -> list[str]:
    """Fields that still point at a class which was drawn anew since."""
    return [
        str(field) for model in state.apps.get_models(include_auto_created=True) for field in related(model)
        if field.related_model is not state.apps.get_model(field.related_model._meta.label)
    ]  # fmt: skip


def drawn(state: ProjectState) -> dict[str, Any]:
    """All that a step of a migration can ask a model for."""
    return {
        model._meta.label: (
            {field.name: (repr(field.deconstruct()[1:]), field.db_parameters(connection), field.column) for field in model._meta.local_fields},
            sorted((str(field), field.related_model._meta.label) for field in related(model)),
            sorted(str(field.field) for field in model._meta.get_fields(include_hidden=True) if field.auto_created and not field.concrete),
            [(one.name, one.deconstruct()) for one in (*model._meta.constraints, *model._meta.indexes)],
            (model._meta.db_table, model._meta.ordering, model._meta.unique_together, model.__bases__),
        )
        for model in state.apps.get_models(include_auto_created=True)
    }  # fmt: skip


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None)


def test_this_is_the_django_that_was_read():
    with first_migration.drawn_sparingly():
        assert getattr(ProjectState, first_migration._DRAWS) is first_migration.who_sees
    assert getattr(ProjectState, first_migration._DRAWS).__module__ == "django.db.migrations.state"


@pytest.mark.parametrize(("path", "is_sparing"), [("public", False), ("pg_catalog", True)])
def test_a_database_with_tables_is_migrated_by_django_as_it_comes(own_database, monkeypatch, tmp_path, path, is_sparing):
    found = []
    monkeypatch.setattr(schema, "call_command", lambda *_, **__: found.append(getattr(ProjectState, first_migration._DRAWS)))
    monkeypatch.setattr(schema, "GRANTS", tmp_path / "grants.sql")
    schema.GRANTS.write_text(f"SET search_path TO {path}")  # as which tables there are
    schema.migrate()
    assert (found[0] is first_migration.who_sees) is is_sparing


def test_nothing_that_is_drawn_is_ever_old(loader):
    graph, state, seen = loader.graph, ProjectState(), set()
    assert state.apps is not None  # from here on each step draws
    with first_migration.drawn_sparingly():
        for leaf in graph.leaf_nodes():
            for node in graph.forwards_plan(leaf):
                if node not in seen:
                    seen.add(node)
                    graph.nodes[node].mutate_state(state, preserve=False)
                    assert (node, old_ones(state)) == (node, [])
    assert state.is_delayed, "a RunPython would not draw everything anew"
    anew = state.clone()
    anew.clear_delayed_apps_cache()
    assert anew.apps is not state.apps and drawn(anew) == drawn(state)


def test_every_change_of_a_model_has_its_migration(loader):
    translation.deactivate_all()  # names as the migrations hold them
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)
    assert {label: found for label, found in changes.items() if label in OURS} == {}


def rows(owner: psycopg.Connection, question: str, schema: str) -> set[tuple[Any, ...]]:
    """Without the schema's name: it stands before every table that is not on the path."""
    owner.execute(f"SET search_path TO {schema}")
    found = owner.execute(question, {"schema": schema}).fetchall()
    return {tuple(part.replace(f"{schema}.", "") if isinstance(part, str) else part for part in row) for row in found}


def test_the_tables_are_those_the_models_say(own_database, owner):
    """Made a second time from the models alone, beside those that the migrations made."""
    owner.execute("CREATE SCHEMA as_said; GRANT ALL ON SCHEMA as_said TO faden_app")
    models = [model for model in apps.get_models() if model._meta.app_label in OURS]
    with connection.cursor() as cursor:
        cursor.execute("SET search_path TO as_said, public")
    with connection.schema_editor() as editor:
        for model in models:
            editor.create_model(model)
    ours = {model._meta.db_table for model in models}
    said, made = (
        {kind: {row for row in rows(owner, question, schema) if row[0] in ours} for kind, question in (("columns", COLUMNS), ("rest", CONSTRAINTS))}
        for schema in ("as_said", "public")
    )
    columns = {(*row[:-1], None if (row[1], row[-1]) in FILLED_IN else row[-1]) for row in made["columns"]}
    assert len(said["columns"]) > 1000 and columns == said["columns"]

    def without_guard(found: set[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
        return {row for row in found if not row[1].endswith(("_pkey", "_same_service"))}

    assert len(without_guard(said["rest"])) > 500 and without_guard(made["rest"]) == without_guard(said["rest"])
