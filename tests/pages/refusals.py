"""What a refused form owes: 422, the words still there, the error German, at its field and in the list, nothing written."""

import re
from contextlib import contextmanager
from html import escape
from typing import Any

import psycopg
from django import forms
from django.db import connection
from psycopg import sql

from tests import databases

# Looks are noted also when a form comes back; the session is the door's own.
NOT_COUNTED = ("kernel_look", "django_session", "usersessions_usersession")
ENGLISH = re.compile(r"\b(the|this|is|are|enter|valid|value|ensure|required|select|characters)\b", re.I)


def rows() -> dict[str, int]:
    """How many rows each table has, past all row policies; one statement."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(databases.server().dsn("postgres", name)) as direct:
        found = direct.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        tables = sorted(table for (table,) in found if table not in NOT_COUNTED)
        one = "SELECT {} AS name, count(*) FROM {}"
        parts = [sql.SQL(one).format(sql.Literal(table), sql.Identifier(table)) for table in tables]
        return dict(direct.execute(sql.SQL(" UNION ALL ").join(parts)).fetchall())


@contextmanager
def nothing_written():
    """No table has a row more or less afterwards."""
    before = rows()
    yield
    after = rows()
    assert {table: (before[table], after[table]) for table in before if before[table] != after[table]} == {}


def assert_refused(answer: Any, field: str, typed: str = "") -> str:
    """All that a form with an error in one field owes; returns the sentences about that field."""
    html = answer.content.decode()
    assert answer.status_code == 422, (answer.status_code, answer.headers.get("Location"))
    [form] = [form for form in forms_of(answer) if form.errors]
    assert field in form.errors, dict(form.errors)
    assert_errors_are_told(html, form)
    assert escape(typed) in html, "what was typed is gone"
    return " ".join(form.errors[field])


def assert_errors_are_told(html: str, form: forms.BaseForm) -> None:
    """Each error in German at its field, told to screen readers there, and in the list on top with a link to it."""
    top = html.partition("f-errors")[2].partition("</ul>")[0]
    for name, sentences in form.errors.items():
        for sentence in sentences:
            assert not ENGLISH.search(sentence), sentence
            assert escape(sentence) in top, f"the list on top does not say: {sentence}"
        # A hidden field has no place on the page, and nobody has typed into it.
        if name != "__all__" and not form[name].is_hidden:
            assert_error_at(html, top, form[name].auto_id)


def assert_error_at(html: str, top: str, auto_id: str) -> None:
    assert f'id="{auto_id}_error"' in html, f"no error at {auto_id}"
    [target] = set(re.findall(rf'href="#({auto_id}(?:_0)?)"', top)) or [""]
    assert f'id="{target}"' in html, f"the list on top does not lead to {auto_id}"
    tags = re.findall(r"<(?:input|select|textarea|fieldset)[^>]*>", html)
    assert any(f"{auto_id}_error" in tag.partition("aria-describedby")[2] for tag in tags), auto_id


def forms_of(answer: Any) -> list[forms.BaseForm]:
    """All forms a page was drawn with."""
    found: dict[int, forms.BaseForm] = {}
    for context in answer.context or []:
        for layer in context.dicts:
            found |= {id(value): value for value in layer.values() if isinstance(value, forms.BaseForm)}
    return list(found.values())
