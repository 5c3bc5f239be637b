"""The deeds are a closed list: each is declared once with its German sentence, and each is done somewhere."""

import ast

from faden.kernel.audit import EVENTS
from tests.guards import source


def declared() -> dict[str, str]:
    """Constant to code of every `Event(...)` in the source."""
    found = {}
    for file in source.files("src"):
        for node in ast.walk(source.tree(file)):
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.Call)
                and source.last_name(node.value.func) == "Event"
            ):
                assert "vocabulary" in (file.stem, file.parent.name), (
                    f"{source.name_of(file)}: deeds are declared in vocabularies"
                )
                assert isinstance(node.targets[0], ast.Name) and isinstance(node.value.args[0], ast.Constant)
                found[node.targets[0].id] = node.value.args[0].value
    return found


def noted(module: ast.Module) -> list[ast.expr]:
    """What is given to `audit.note`; a Frist or who came is noted too, as `deadlines.note` and `attendance.note`."""
    return [
        call.args[0]
        for call in source.calls(module, "note")
        if call.args and len(call.keywords) >= 2 and not _is_another_verb(call)
    ]


def _is_another_verb(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and source.last_name(call.func.value) != "audit"


def named(deed: ast.expr, module: ast.Module) -> list[str | None]:
    """The constant, or all constants of the table it is looked up in."""
    if not isinstance(deed, ast.Subscript):
        return [source.last_name(deed)]
    tables = {
        node.targets[0].id: node.value.values
        for node in module.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Dict)
    }
    return [source.last_name(value) for value in tables.get(source.last_name(deed.value) or "", [deed])]


def used() -> set[str]:
    """Constants that the source reads somewhere (an import alone does not count)."""
    return {
        node.id
        for file in source.files("src")
        for node in ast.walk(source.tree(file))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def test_the_list_is_closed():
    assert sorted(declared().values()) == sorted(EVENTS)


def test_every_deed_is_done_somewhere():
    assert declared().keys() - used() == set()


def test_only_declared_deeds_are_noted():
    names = declared().keys()
    odd = {
        f"{source.name_of(file)}:{deed.lineno}"
        for file in source.files("src")
        for deed in noted(source.tree(file))
        if not names >= set(named(deed, source.tree(file)))
    }
    assert odd == set()


def test_every_deed_has_a_german_sentence():
    """It follows a function or a name: "hat eine Datei abgelegt"."""
    from django.utils import translation

    # Whatever language the page of an earlier test was in.
    with translation.override("de"):
        assert [code for code, event in EVENTS.items() if not str(event.sentence).startswith("hat ")] == []


def test_no_code_is_declared_twice():
    import pytest

    from faden.kernel.audit import Event

    with pytest.raises(ValueError, match="declared twice"):
        Event("case.opened", "hat einen Fall eröffnet")


def test_a_deed_by_its_code_is_found():
    planted = ast.parse('audit.note("case.opened", by=by, at=at)')
    assert [source.last_name(deed) for deed in noted(planted)] == [""]
