"""Reading our own source: files, syntax trees, comments."""

import ast
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SRC = PROJECT / "src"


def files(*folders: str) -> list[Path]:
    """Python files below these folders of the project, without written-by-machine migrations."""
    return sorted(
        file
        for folder in folders
        for file in (PROJECT / folder).rglob("*.py")
        if not (file.parent.name == "migrations" and file.name[0] == "0") and "node_modules" not in file.parts
    )


def name_of(file: Path) -> str:
    """As the findings name it."""
    return str(file.relative_to(PROJECT))


@cache
def tree(file: Path) -> ast.Module:
    """Parsed once."""
    return ast.parse(file.read_text(encoding="utf-8"))


def imports(module: ast.Module) -> Iterator[str]:
    """Everything a module imports, as dotted names; `from a import b` is a.b. Late imports too."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def calls(module: ast.Module, name: str) -> Iterator[ast.Call]:
    """Calls of something with this name: name(...) and x.name(...)."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and last_name(node.func) == name:
            yield node


def last_name(node: ast.expr) -> str:
    """`note` of `audit.note`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def comments(file: Path) -> Iterator[tuple[int, str]]:
    """Line and text of each comment."""
    with file.open("rb") as lines:
        for token in tokenize.tokenize(lines.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string
