"""What a file is, by its content; names can only speak against it."""

import gzip
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from tests.documents import samples
from tests.documents.fake_clamd import EICAR

from faden.documents.rules.contents import kind_of
from faden.documents.vocabulary import FileKind

TAKEN = [
    (samples.PDF, FileKind.PDF),
    (samples.PNG, FileKind.PNG),
    (samples.JPEG, FileKind.JPEG),
    (samples.HEIC, FileKind.HEIC),
    (samples.HEIC_OTHER_BRAND, FileKind.HEIC),
    (samples.TIFF, FileKind.TIFF),
    (samples.TIFF_BIG_END, FileKind.TIFF),
    (samples.DOCX, FileKind.DOCX),
    (samples.XLSX, FileKind.XLSX),
    (samples.ODT, FileKind.ODT),
    ("Grüße aus Ahaus\n\tund Șuceava".encode(), FileKind.TEXT),
    ("Grüße aus Ahaus".encode("cp1252"), FileKind.TEXT),
    ("سلام، نامه‌ها".encode("utf-16"), FileKind.TEXT),
    ("\ufeffmit BOM".encode(), FileKind.TEXT),
    (b"a < b und b > c, 3 <= 4", FileKind.TEXT),
    (b"# Protokoll\n- Punkt eins", FileKind.TEXT),
    (EICAR, FileKind.TEXT),
    (samples.office(samples.SHEET, **{"xl/printerSettings/printerSettings1.bin": b"x"}), FileKind.XLSX),
]


@pytest.mark.parametrize(("content", "kind"), TAKEN)
def test_taken(content, kind):
    assert kind_of(content, "irgendwas") == kind


@pytest.mark.parametrize("name", ["rechnung.exe", "seite.html", "bild.svg", "x", "", "foto.pdf.js"])
def test_a_wrong_name_does_not_make_a_pdf_something_else(name):
    assert kind_of(samples.PDF, name) == FileKind.PDF


REFUSED = {
    "html": b"<!DOCTYPE html><html><body>x</body></html>",
    "html after a blank": b"\n  \n<html><script>alert(1)</script>",
    "html in the middle": b"Guten Tag <ScRiPt >alert(1)</script>",
    "html in utf-16": "<html><script>1</script>".encode("utf-16"),
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "svg with prolog": b'<?xml version="1.0"?><svg/>',
    "php": b"Text <?php system($_GET[0]); ?>",
    "windows program": b"MZ\x90\x00" + b"\x00" * 60,
    "linux program": b"\x7fELF\x02\x01\x01" + b"\x00" * 60,
    "mac program": b"\xcf\xfa\xed\xfe" + b"\x00" * 60,
    "java class": b"\xca\xfe\xba\xbe\x00\x00\x00\x34",
    "shell script": b"#!/bin/sh\nrm -rf ~\n",
    "batch": b"@ECHO OFF\r\ndel *.*",
    "registry": b"Windows Registry Editor Version 5.00\r\n",
    "internet shortcut": b"[InternetShortcut]\r\nURL=http://example.org",
    "postscript": b"%!PS-Adobe-3.0\n",
    "rtf": b"{\\rtf1\\ansi Text}",
    "zip": samples.packed({"brief.txt": "Text"}),
    "zip with a program": samples.packed({"setup.exe": b"MZ"}),
    "gzip": gzip.compress(b"Text"),
    "7z": b"7z\xbc\xaf\x27\x1c" + b"\x00" * 30,
    "rar": b"Rar!\x1a\x07\x00" + b"\x00" * 30,
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "gif": b"GIF89a\x01\x00\x01\x00",
    "mp4": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
    "word with macros": samples.office(samples.WORD, **{"word/vbaProject.bin": b"x"}),
    "word with macros by its type": samples.office("application/vnd.ms-word.document.macroEnabled.main+xml"),
    "word with an object": samples.office(samples.WORD, **{"word/embeddings/oleObject1.bin": b"x"}),
    "word with a program": samples.office(samples.WORD, **{"word/media/setup.exe": b"MZ"}),
    "word and excel at once": samples.packed(
        {"[Content_Types].xml": f'<a ContentType="{samples.WORD}"/><b ContentType="{samples.SHEET}"/>'}
    ),
    "powerpoint": samples.office(f"{samples.OFFICE}.presentationml.presentation.main+xml"),
    "zip that only mentions word": samples.packed({"[Content_Types].xml": samples.WORD}),
    "odt with macros": samples.packed({"mimetype": FileKind.ODT.value, "Basic/Standard/Module1.xml": "x"}),
    "odt whose type is not first": samples.packed({"a": "", "mimetype": FileKind.ODT.value}),
    "spreadsheet of LibreOffice": samples.packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
    "broken zip": samples.DOCX[:60],
    "half a png": b"\x89PNGxxxx",
    "half a pdf": b"%PDFx",
    "zeros": b"\x00" * 100,
    "noise": bytes(range(256)) * 4,
    "terminal codes": b"Text \x1b[2J",
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("name", ["brief.pdf", "brief.txt"])
def test_refused_whatever_its_name_says(content, name):
    assert kind_of(content, name) is None


@pytest.mark.parametrize("ending", ["bat", "CMD", "ps1", "vbs", "js", "hta", "html", "svg", "url", "reg", "py", "sh", "lnk"])
def test_plain_text_under_the_name_of_a_program_is_refused(ending):
    assert kind_of(b"start calc", f"liste.{ending}") is None


def test_a_bomb_is_not_unpacked():
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<" + b" " * 60_000_000)
    assert len(kept.getvalue()) < 400_000
    tracemalloc.start()
    try:
        assert kind_of(kept.getvalue(), "bombe.docx") is None
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
