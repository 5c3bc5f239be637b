"""What a file is, told by its content: a name can say anything."""

import re
import zipfile
from io import BytesIO

import filetype

from faden.documents.vocabulary import PROGRAM_ENDINGS, FileKind

# Longer than the library's own: it takes four bytes of PNG and PDF for the whole sign.
_SIGNS = {
    FileKind.PDF: (b"%PDF-",),
    FileKind.PNG: (b"\x89PNG\r\n\x1a\n",),
    FileKind.JPEG: (b"\xff\xd8\xff",),
    FileKind.TIFF: (b"II*\x00", b"MM\x00*"),
}
_WITHOUT_SIGN = frozenset({FileKind.HEIC})
_ZIP = b"PK\x03\x04"
_PARTS = "[Content_Types].xml"
_LONGEST_PART = 256 * 1024
_OFFICE = {
    FileKind.DOCX: re.compile(rb"""["']%s\.main\+xml["']""" % re.escape(FileKind.DOCX.encode())),
    FileKind.XLSX: re.compile(rb"""["']%s\.main\+xml["']""" % re.escape(FileKind.XLSX.encode())),
}
_PROGRAMS_INSIDE = re.compile(r"vbaproject|\.(bin|exe|dll|js|vbs|bat|cmd|jar|ps1)$|^(basic|scripts)/", re.IGNORECASE)
# Office keeps printer settings in .bin parts; they are no programs.
_HARMLESS_INSIDE = re.compile(r"/printerSettings\d*\.bin$", re.IGNORECASE)

_MARKUP = re.compile(
    r"<\s*(!doctype|html|head|body|script|style|iframe|object|embed|form|meta|link|svg|\?xml|\?php|%)", re.IGNORECASE
)
_SCRIPT = re.compile(
    r"\s*(#!|@echo\b|windows registry editor|\[internetshortcut\]|\[desktop entry\]|%!ps|\{\\rtf)", re.IGNORECASE
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def kind_of(content: bytes, name: str = "") -> FileKind | None:
    """The kind, None when it is not one of ours. The name can only speak against a file, never for it."""
    if content.startswith(_ZIP):
        return _office(content)
    guessed = filetype.guess_mime(content[:8192])
    if guessed in _SIGNS or guessed in _WITHOUT_SIGN:
        kind = FileKind(guessed)
        return kind if kind in _WITHOUT_SIGN or content.startswith(_SIGNS[kind]) else None
    if guessed is not None:
        return None
    return FileKind.TEXT if _is_plain_text(content, name) else None


def _office(content: bytes) -> FileKind | None:
    """A document in a ZIP: what it says it contains must fit, and nothing in it may run."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
            if any(_PROGRAMS_INSIDE.search(n) and not _HARMLESS_INSIDE.search(n) for n in names):
                return None
            if names[:1] == ["mimetype"]:
                return FileKind.ODT if _part(packed, "mimetype").strip() == FileKind.ODT.encode() else None
            told = _part(packed, _PARTS) if _PARTS in names else b""
            kinds = [kind for kind, sign in _OFFICE.items() if sign.search(told)]
            return kinds[0] if len(kinds) == 1 and b"macroEnabled" not in told else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return None  # broken, encrypted or packed in a way nobody's office packs


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    """One part, never more than a bomb's first splinter."""
    with packed.open(name) as part:
        return part.read(_LONGEST_PART)


def _is_plain_text(content: bytes, name: str) -> bool:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in PROGRAM_ENDINGS:
        return False
    text = _decoded(content)
    if text is None or _CONTROLS.search(text):
        return False
    return not (_MARKUP.search(text) or _SCRIPT.match(text))


def _decoded(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        codecs = ["utf-16"]
    else:
        codecs = ["utf-8-sig", "cp1252"]  # what German editors write
    for codec in codecs:
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            continue
    return None
