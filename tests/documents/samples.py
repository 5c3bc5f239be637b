"""The smallest files of each kind that are still what they say."""

import zipfile
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

OFFICE = "application/vnd.openxmlformats-officedocument"
WORD, SHEET = f"{OFFICE}.wordprocessingml.document.main+xml", f"{OFFICE}.spreadsheetml.sheet.main+xml"


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP with these parts, in this order."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def office(kind: str, **more: str | bytes) -> bytes:
    """An Office document that says it is of this kind."""
    told = f'<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    return packed({"[Content_Types].xml": told, "word/document.xml": "<w:document/>", **more})


PAGE_SIZE = (80, 60)


def photo(size: tuple[int, int] = PAGE_SIZE, kind: str = "JPEG", **more: Any) -> bytes:
    """A real picture: red, its upper left corner blue."""
    picture, kept = Image.new("RGB", size, "red"), BytesIO()
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="blue")
    picture.save(kept, kind, **more)
    return kept.getvalue()


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <<>> endobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 32
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 16
HEIC_OTHER_BRAND = b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic" + b"\x00" * 16
TIFF = b"II*\x00\x08\x00\x00\x00\x00\x00\x00\x00"
TIFF_BIG_END = b"MM\x00*\x00\x00\x00\x08\x00\x00\x00\x00"
DOCX, XLSX = office(WORD), office(SHEET)
ODT = packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"})
