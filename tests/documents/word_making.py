"""Word files for tests: honest ones, and such as somebody would make to break in."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from docx import Document

RELS = "word/_rels/document.xml.rels"
BODY = "word/document.xml"
TYPES = "[Content_Types].xml"


def docx(*paragraphs: str, header: str = "", footer: str = "") -> bytes:
    """A Word file with these paragraphs."""
    document = Document()
    for words in paragraphs or ("{{ person.name }}",):
        document.add_paragraph(words)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """All parts by name."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Parts as a file again."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return made.getvalue()


def changed(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """One part with something else in it."""
    parts = parts_of(content)
    assert old in parts[name], f"{old!r} is not in {name}"
    return zipped({**parts, name: parts[name].replace(old, new, 1)})


def in_body(xml: str, *paragraphs: str) -> bytes:
    """A document with this XML before its last section."""
    return changed(docx(*paragraphs), BODY, b"<w:sectPr", xml.encode() + b"<w:sectPr")


def related(kind: str, target: str, *, external: bool = False) -> bytes:
    """A document that something hangs on."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    if kind == "vbaProject":
        base = "http://schemas.microsoft.com/office/2006/relationships/"
    mode = ' TargetMode="External"' if external else ""
    one = f'<Relationship Id="rId99" Type="{base}{kind}" Target="{target}"{mode}/></Relationships>'
    return changed(docx(), RELS, b"</Relationships>", one.encode())


def with_part(name: str, data: bytes, *, content: bytes | None = None) -> bytes:
    """One more part, or another in its place."""
    return zipped({**parts_of(content or docx()), name: data})


def field_code(code: str) -> bytes:
    """A field of Word's own, split over two runs as Word does it."""
    first, rest = code[: len(code) // 2], code[len(code) // 2 :]
    runs = "".join(
        f"<w:r>{inner}</w:r>"
        for inner in (
            '<w:fldChar w:fldCharType="begin"/>',
            f'<w:instrText xml:space="preserve">{first}</w:instrText>',
            f"<w:instrText>{rest}</w:instrText>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return in_body(f"<w:p>{runs}</w:p>")
