"""Looks through a template and fills it, here and in this process; `limits` does it where nothing can be hurt."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from faden.outside.word.fields import sandbox, used_in
from faden.outside.word.package import W, content_types, is_xml, opened, parsed
from faden.outside.word.problems import Known, NotTaken, Problem

Values = Mapping[str, str | Sequence[str]]
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_FILLED_KINDS = tuple(f"{_KIND}{name}+xml" for name in ("document.main", "header", "footer", "footnotes"))
# Around each field's own name while a template is tried out: they show where a value comes to stand.
_OPEN, _SHUT = "\ue000", "\ue001"


class _Sandboxed(DocxTemplate):  # type: ignore[misc]
    """Each source is looked through in the very form in which it is rendered."""

    def __init__(self, content: bytes, known: Known) -> None:
        super().__init__(BytesIO(content))
        self.known = known
        self.fields: set[str] = set()

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        self.fields |= used_in(src_xml, self.known)
        return str(super().render_xml_part(src_xml, part, context, jinja_env))

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Title and author of the file stay as they are: nothing about anybody stands in them."""

    def sources(self) -> Iterator[str]:
        """What will be rendered, part by part."""
        self.render_init()
        yield self.patch_xml(self.get_xml())
        for uri in (self.HEADER_URI, self.FOOTER_URI):
            for _key, part in self.get_headers_footers(uri):
                yield self.patch_xml(self.get_part_xml(part))
        for part in self.docx.part.package.parts:
            if part.content_type == f"{_KIND}footnotes+xml":
                yield self.patch_xml(part.blob.decode())


def examine(content: bytes, known: Known) -> list[str]:
    """Which fields a template uses; raises NotTaken unless it can be filled."""
    parts = opened(content)
    problems = list(_fields_elsewhere(parts))
    try:
        for source in _Sandboxed(content, known).sources():
            try:
                used_in(source, known)
            except NotTaken as wrong:
                problems += wrong.problems
    except NotTaken:
        raise
    except Exception as wrong:  # docxtpl and python-docx fail in many ways on odd files
        raise NotTaken(Problem("broken")) from wrong
    if problems:
        raise NotTaken(*dict.fromkeys(problems))
    trial: dict[str, str | Sequence[str]] = {name: _marked(name) for name in known.fields}
    filled, fields = _rendered(content, known, trial | {name: [_marked(name)] for name in known.lists})
    if misplaced := list(dict.fromkeys(_misplaced(opened(filled)))):
        raise NotTaken(*misplaced)
    return sorted(fields)


def fill(content: bytes, known: Known, values: Values) -> bytes:
    """The document with these values; whatever they are, they come out as text."""
    opened(content)
    return _rendered(content, known, values)[0]


def words(content: bytes) -> str:
    """All text of a document, for looking through it; paragraphs and cells are kept apart."""
    parts = opened(content)
    kinds = content_types(parts)
    return "\n".join(_text(parsed(data)) for name, data in parts.items() if kinds.get(name) in _FILLED_KINDS)


def _rendered(content: bytes, known: Known, values: Values) -> tuple[bytes, set[str]]:
    template = _Sandboxed(content, known)
    try:
        template.render(_nested(values), jinja_env=sandbox(), autoescape=True)
        made = BytesIO()
        template.save(made)
    except NotTaken:
        raise
    except (TemplateError, RecursionError, TypeError) as wrong:
        raise NotTaken(Problem("not_filled")) from wrong
    except Exception as wrong:
        raise NotTaken(Problem("broken")) from wrong
    return _with_line_ends(made.getvalue()), template.fields


def _nested(values: Values) -> dict[str, Any]:
    """ "person.name" as a template reads it: a field of `person`."""
    nested: dict[str, Any] = {}
    for name, value in values.items():
        group, dot, leaf = name.partition(".")
        if dot:
            nested.setdefault(group, {})[leaf] = value
        else:
            nested[name] = value
    return nested


def _marked(name: str) -> str:
    return f"{_OPEN}{name}{_SHUT}"


def _misplaced(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Values that do not stand where Word shows text: in attributes, or between paragraphs."""
    for name, data in parts.items():
        if not is_xml(name):
            continue
        for element in parsed(data).iter(etree.Element):
            told = [element.tail or "", *map(str, element.attrib.values())]
            if element.tag != f"{W}t":
                told.append(element.text or "")
            if found := next((text for text in told if _OPEN in text), ""):
                yield Problem("misplaced", found.partition(_OPEN)[2].partition(_SHUT)[0])


def _fields_elsewhere(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Marks in parts that are not filled (end notes, properties) would go out as they are."""
    kinds = content_types(parts)
    for name, data in parts.items():
        if not is_xml(name) or name.endswith(".rels") or kinds.get(name) in _FILLED_KINDS or name.startswith("customXml/"):
            continue
        root = parsed(data)
        told = ["".join(root.itertext()), *(str(v) for one in root.iter(etree.Element) for v in one.attrib.values())]
        if any("{{" in text or "{%" in text for text in told):
            yield Problem("elsewhere", name)


def _with_line_ends(content: bytes) -> bytes:
    """Line ends and tabs inside a value, as Word writes them."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as packed, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as again:
        kinds = content_types({name: packed.read(name) for name in ("[Content_Types].xml",)})
        for info in packed.infolist():
            data = packed.read(info)
            if kinds.get(info.filename) in _FILLED_KINDS:
                data = _broken_up(data)
            again.writestr(info, data)
    return made.getvalue()


def _broken_up(data: bytes) -> bytes:
    root = parsed(data)
    for text in [one for one in root.iter(f"{W}t") if any(sign in (one.text or "") for sign in "\n\t")]:
        run, at = text.getparent(), text.getparent().index(text)
        pieces = [piece for line in _lines(text.text) for piece in line]
        run.remove(text)
        for offset, piece in enumerate(pieces):
            run.insert(at + offset, piece)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _lines(text: str) -> Iterator[list[etree._Element]]:
    for number, line in enumerate(text.split("\n")):
        pieces = [] if number == 0 else [etree.Element(f"{W}br")]
        for column, words_ in enumerate(line.split("\t")):
            if column:
                pieces.append(etree.Element(f"{W}tab"))
            if words_:
                piece = etree.Element(f"{W}t")
                piece.text = words_
                piece.set(XML_SPACE, "preserve")
                pieces.append(piece)
        yield pieces


def _text(root: etree._Element) -> str:
    """Paragraph by paragraph; inside one, runs belong together."""
    signs = {f"{W}p": "\n", f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t"}
    told = []
    for element in root.iter(f"{W}t", *signs):
        told.append(element.text or "" if element.tag == f"{W}t" else signs[element.tag])
    return "".join(told)
