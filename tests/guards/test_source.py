"""Kinds of files and what may stand in them."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.guards import source

AUDIENCES = ("src/faden/desk", "src/faden/portal", "src/faden/partner", "src/faden/jobs")
DRAWERS = re.compile(r"(utils?|helpers?|common|misc|services?|stuff|tools)", re.I)
NO_DRAWER = {"src/faden/organisations/queries/services.py": "the services (Fachdienste) themselves"}

# They render after the door's transaction has ended and would show 0 rows.
LATE = {"TemplateResponse", "SimpleTemplateResponse", "StreamingHttpResponse", "FileResponse"}
LATE_MODULES = ("django.views.generic", "django.template.response")
LATE_ALLOWED = {
    "src/faden/desk/second_factor.py": "allauth's own page about one's factors, no record of a service"
}


def touches_tables(module: ast.Module) -> set[str]:
    """Imports of models, and the ways around an import."""
    found = {
        name
        for name in source.imports(module)
        if re.match(r"faden\.\w+\.models\b", name)
        or name.startswith(("django.db.models", "django.apps.apps"))
    }
    return found | {"get_model()" for _call in source.calls(module, "get_model")}


def renders_late(module: ast.Module) -> set[str]:
    """Answers that are made after the view has returned."""
    names = {name for name in source.imports(module) if name.startswith(LATE_MODULES)}
    names |= {node.id for node in ast.walk(module) if isinstance(node, ast.Name) and node.id in LATE}
    names |= {
        node.attr
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in {*LATE, "as_view"}
    }
    return names


def is_bare(comment: str) -> bool:
    """A suppression that does not say what it suppresses."""
    if re.search(r"\bnoqa\b", comment):
        return "ruff:" in comment or not re.search(
            r"# noqa: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)*( -- .+)?$", comment
        )
    if re.search(r"\btype: ignore\b|\bmypy:", comment):
        return not re.search(r"type: ignore\[[a-z-]+(, ?[a-z-]+)*\]", comment)
    return False


def is_unreasoned(comment: str) -> bool:
    """In the source itself a lint's exception says why."""
    return bool(re.search(r"\bnoqa\b", comment)) and " -- " not in comment


def test_audiences_touch_no_tables():
    found = {source.name_of(file): touches_tables(source.tree(file)) for file in source.files(*AUDIENCES)}
    assert {name: names for name, names in found.items() if names} == {}


def test_there_are_no_drawers():
    names = {
        source.name_of(file) for file in source.files("src", "tests", "bench") if DRAWERS.fullmatch(file.stem)
    }
    folders = {
        f.name
        for file in source.files("src", "tests", "bench")
        for f in file.relative_to(source.PROJECT).parents
    }
    assert names == NO_DRAWER.keys()
    assert {name for name in folders if DRAWERS.fullmatch(name)} == set()


def test_pages_are_rendered_inside_the_door():
    found = {source.name_of(file): renders_late(source.tree(file)) for file in source.files("src/faden")}
    assert {name for name, names in found.items() if names} == LATE_ALLOWED.keys()
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS")


def test_suppressions_say_what_they_suppress():
    bare = [
        f"{source.name_of(file)}:{line}"
        for file in source.files("src", "tests", "bench")
        for line, comment in source.comments(file)
        if is_bare(comment)
    ]
    assert bare == []


def test_exceptions_in_the_source_say_why():
    bare = [
        f"{source.name_of(file)}:{line}"
        for file in source.files("src")
        for line, comment in source.comments(file)
        if is_unreasoned(comment)
    ]
    assert bare == []


def test_tests_are_not_left_out_without_a_reason():
    odd = [
        f"{source.name_of(file)}:{call.lineno}"
        for file in source.files("tests")
        for name in ("skip", "skipif", "xfail", "importorskip")
        for call in source.calls(source.tree(file), name)
        if not any(word.arg == "reason" for word in call.keywords) and not call.args
    ]
    assert odd == []


@pytest.mark.parametrize("planted", [
    "from faden.cases.models import Case", "from faden.cases import models", "import faden.cases.models.case",
    "def view():\n    from faden.persons.models import Person", "apps.get_model('cases', 'Case')",
    "from django.db.models import Count", "from django.apps import apps",
])  # fmt: skip
def test_a_touched_table_is_found(planted):
    assert touches_tables(ast.parse(planted))


@pytest.mark.parametrize("planted", [
    "from django.template.response import TemplateResponse", "from django.views.generic import ListView",
    "return_ = StreamingHttpResponse(rows)", "http.FileResponse(f)", "index = Page.as_view()",
])  # fmt: skip
def test_a_late_answer_is_found(planted):
    assert renders_late(ast.parse(planted))


@pytest.mark.parametrize(("comment", "found"), [
    ("# noqa", True), ("# noqa: E731", False), ("# noqa: PLC0415 -- slow import", False), ("# noqa because", True),
    ("# ruff: noqa: E501", True), ("# type: ignore", True), ("# type: ignore[arg-type]", False), ("# mypy: ignore-errors", True),
])  # fmt: skip
def test_a_bare_suppression_is_found(comment, found):
    assert is_bare(comment) is found


def test_a_drawer_is_found():
    assert [name for name in ("utils", "Helpers", "common", "case_page") if DRAWERS.fullmatch(Path(name).stem)] == [
        "utils", "Helpers", "common",
    ]  # fmt: skip
