"""Names of files: one visible line that ends as the content is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.documents.rules.names import clean_name
from faden.documents.vocabulary import ENDINGS, FileKind

KINDS = {"pdf": FileKind.PDF, "txt": FileKind.TEXT, "jpg": FileKind.JPEG}


@pytest.mark.parametrize(
    ("brought", "kept"),
    [
        ("Bescheid.pdf", "Bescheid.pdf"),
        ("BESCHEID.PDF", "BESCHEID.pdf"),
        ("Bescheid", "Bescheid.pdf"),
        ("Bescheid vom 12.11.2026.pdf", "Bescheid vom 12.11.2026.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\amal\\Bescheid.pdf", "Bescheid.pdf"),
        ("ordner/", "Datei.pdf"),
        ("rechnung.pdf.exe", "rechnung.pdf"),
        ("rechnung\u202efdp.exe", "rechnungfdp.pdf"),
        ("a\u2066b\u2069c\u200ed.pdf", "abcd.pdf"),
        ("zei\nle\r\neins\ttab.pdf", "zei le eins tab.pdf"),
        ("nul\x00l\x07.pdf", "null.pdf"),
        ('x";filename="evil.html.pdf', "x_;filename=_evil.pdf"),
        ("a:b*c?d|e<f>g.pdf", "a_b_c_d_e_f_g.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("com1", "_com1.pdf"),
        ("console.pdf", "console.pdf"),
        ("...pdf", "pdf.pdf"),
        ("", "Datei.pdf"),
        (" . ", "Datei.pdf"),
        ("\u202e\u200b", "Datei.pdf"),
        ("نامه\u200cها.pdf", "نامه\u200cها.pdf"),
        ("Zu\u0308rich.pdf", "Zürich.pdf"),
        ("\ud800kaputt.pdf", "kaputt.pdf"),
    ],
)
def test_cleaned(brought, kept):
    assert clean_name(brought, FileKind.PDF) == kept


def test_the_ending_follows_the_content():
    assert clean_name("foto.jpeg", FileKind.JPEG) == "foto.jpeg"
    assert clean_name("foto.png", FileKind.JPEG) == "foto.jpg"
    assert clean_name("start.bat", FileKind.TEXT) == "start.txt"


def test_300_characters_are_cut():
    name = clean_name("ä" * 300 + ".pdf", FileKind.PDF)
    assert name.endswith("ä.pdf") and len(name.encode()) <= 204
    assert len(clean_name("🙂" * 300, FileKind.PDF).encode()) <= 204


@given(st.text(max_size=400), st.sampled_from(list(FileKind)))
def test_any_name_becomes_harmless(brought, kind):
    name = clean_name(brought, kind)
    assert 0 < len(name) <= 200
    assert name.rpartition(".")[2] in ENDINGS[kind]
    assert not set(name) & set('/\\<>:"|?*\n\r\t\0')
    assert all(unicodedata.category(c)[0] != "C" or c in "\u200c\u200d" for c in name)
    assert not name.startswith((".", " ")) and name == name.strip()
