"""The small language of templates: known fields, if and for over known lists. Nothing else is even compiled."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.filters import FILTERS
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from faden.outside.word.problems import Known, NotTaken, Problem

ALLOWED_FILTERS = frozenset({"upper", "lower", "title", "trim"})
MOST_LOOPS = 20
LONGEST_VALUE = 40_000
_TAG = re.compile(r"<[^>]*>")
_MARK = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
# What XML can hold; the rest cannot be written at all.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN = re.compile(r"[^A-Za-z0-9 ]")


def sandbox() -> SandboxedEnvironment:
    """Renders checked sources: no globals, no tests, a handful of filters; what is missing is an error."""
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=as_text)
    environment.globals.clear()
    environment.tests.clear()
    environment.filters = {name: FILTERS[name] for name in ALLOWED_FILTERS}
    return environment


def as_text(value: object) -> Markup:
    """A value as text and nothing but text: every sign that could mean something is written as its number."""
    if not isinstance(value, str):
        raise TypeError("only text is written into a template")
    plain = _NO_XML.sub("", value[:LONGEST_VALUE]).replace("\r\n", "\n").replace("\r", "\n")
    return Markup(_PLAIN.sub(lambda sign: f"&#{ord(sign.group())};", plain))  # noqa: S704 -- digits only


@dataclass
class _Reading:
    """What was found in one source so far."""

    known: Known
    lines: list[str]
    fields: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    loops: int = 0

    def refuse(self, code: str, node: nodes.Node, detail: str = "", near: str = "") -> None:
        self.problems.append(Problem(code, detail or self.written(node.lineno or 0), near))

    def written(self, line: int) -> str:
        """The marks on this line of the source, as somebody would look for them in Word."""
        source = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        found = " ".join(_TAG.sub("", mark) for mark in _MARK.findall(source))
        return " ".join((found or _TAG.sub("", source)).split())[:80]


def used_in(source: str, known: Known) -> set[str]:
    """The fields and lists a source uses; raises NotTaken with all that it may not say."""
    # A paragraph per line, as docxtpl renders it: so that a problem can quote where it is.
    source = re.sub(r"<w:p([ >])", r"\n<w:p\1", source)
    reading = _Reading(known, source.split("\n"))
    try:
        tree = sandbox().parse(source)
    except TemplateSyntaxError as wrong:
        raise NotTaken(Problem("syntax", reading.written(wrong.lineno))) from wrong
    except RecursionError as wrong:
        raise NotTaken(Problem("syntax")) from wrong
    for node in tree.body:
        _statement(node, reading, frozenset())
    if reading.loops > MOST_LOOPS:
        reading.problems.append(Problem("loops"))
    if reading.problems:
        raise NotTaken(*dict.fromkeys(reading.problems))
    return reading.fields


def _statement(node: nodes.Node, reading: _Reading, scope: frozenset[str]) -> None:
    if isinstance(node, nodes.Output):
        for part in node.nodes:
            if not isinstance(part, nodes.TemplateData):
                _value(part, reading, scope)
    elif isinstance(node, nodes.If):
        _condition(node.test, reading, scope)
        for inner in _branches(node):
            _statement(inner, reading, scope)
    elif isinstance(node, nodes.For):
        _loop(node, reading, scope)
    else:
        reading.refuse("not_allowed", node)


def _branches(node: nodes.If) -> Iterator[nodes.Node]:
    yield from node.body
    yield from node.elif_
    yield from node.else_


def _loop(node: nodes.For, reading: _Reading, scope: frozenset[str]) -> None:
    reading.loops += 1
    if scope:
        reading.refuse("nested", node)
        return
    if node.test or node.recursive or node.else_ or not isinstance(node.target, nodes.Name):
        reading.refuse("not_allowed", node)
        return
    name = _dotted(node.iter)
    if name not in reading.known.lists:
        reading.refuse(*_unknown(name, node, reading, lists_only=True))
        return
    reading.fields.add(name)
    for inner in node.body:
        _statement(inner, reading, frozenset({node.target.name}))


def _value(node: nodes.Node, reading: _Reading, scope: frozenset[str]) -> None:
    while isinstance(node, nodes.Filter) and node.node is not None:
        if node.name not in ALLOWED_FILTERS or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            reading.refuse("filter", node, node.name)
            return
        node = node.node
    name = _dotted(node)
    if name in scope:
        return
    if name in reading.known.fields:
        reading.fields.add(name)
    elif name in reading.known.lists:
        reading.refuse("list", node, name)
    else:
        reading.refuse(*_unknown(name, node, reading))


def _condition(node: nodes.Node, reading: _Reading, scope: frozenset[str]) -> None:
    """Whether a field has a value: with not, and, or."""
    if isinstance(node, nodes.Not):
        _condition(node.node, reading, scope)
    elif isinstance(node, nodes.And | nodes.Or):
        _condition(node.left, reading, scope)
        _condition(node.right, reading, scope)
    elif (name := _dotted(node)) and name in {*reading.known.fields, *reading.known.lists}:
        reading.fields.add(name)
    elif name not in scope:
        reading.refuse(*_unknown(name, node, reading))


def _dotted(node: nodes.Node) -> str:
    """The name as it is written, "" for anything that is more than a name."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{node.node.name}.{node.attr}"
    return ""


def _unknown(
    name: str, node: nodes.Node, reading: _Reading, *, lists_only: bool = False
) -> tuple[str, nodes.Node, str, str]:
    if not name:
        return "not_allowed", node, "", ""
    words = sorted(reading.known.lists if lists_only else {*reading.known.fields, *reading.known.lists})
    near = get_close_matches(name.casefold(), words, n=1, cutoff=0.5)
    return ("unknown_list" if lists_only else "unknown"), node, name, near[0] if near else ""
