"""Word templates: what they may say, what is refused by which sentence, and that values stay text."""

import subprocess
import sys
import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.documents import word_making as make
from tests.documents.word_making import docx

from faden.documents.rules.letter_fields import FIELDS, LISTS, examples
from faden.documents.rules.template_problems import _sentences, sentence
from faden.outside import word
from faden.outside.word import filling, limits
from faden.outside.word.fields import LONGEST_VALUE
from faden.outside.word.problems import Problem
from faden.outside.word.starter import starter

KNOWN = word.Known(FIELDS, LISTS)


def problems_of(content: bytes) -> list[tuple[str, str]]:
    with pytest.raises(word.NotTaken) as refused:
        filling.examine(content, KNOWN)
    return [(problem.code, problem.detail) for problem in refused.value.problems]


def codes_of(content: bytes) -> set[str]:
    return {code for code, _detail in problems_of(content)}


def filled(content: bytes, **values: object) -> bytes:
    return filling.fill(content, KNOWN, {**examples(), **{name.replace("__", "."): v for name, v in values.items()}})  # type: ignore[dict-item]


@pytest.mark.parametrize("words", [
    "{{ person.name }}", "{{person.name}}", "{{ person.name|upper }}", "Ohne Feld", "{{ heute }} {# was ein Kommentar ist #}",
    "{% if zeichen %}Ihr Zeichen {{ zeichen }}{% else %}–{% endif %}", "{% if zeichen and not personen %}x{% elif text %}y{% endif %}",
    "{% for zeile in anschrift_zeilen %}{{ zeile }} {% endfor %}", "{% if absaetze %}x{% endif %}", "{{ betreff|trim|title }}",
])  # fmt: skip
def test_simple_words_are_taken(words: str):
    filling.examine(docx(words), KNOWN)


def test_what_is_used_is_told():
    paragraphs = ("{{ person.name }}", "{%p for a in absaetze %}", "{{ a }}", "{%p endfor %}")
    assert filling.examine(docx(*paragraphs, header="{{ dienst.name }}", footer="{% if zeichen %}x{% endif %}"), KNOWN) == [
        "absaetze", "dienst.name", "person.name", "zeichen",
    ]  # fmt: skip


ATTACKS = [
    ("{{ ''.__class__ }}", "not_allowed"),
    ("{{ person.__class__ }}", "unknown"),
    ("{{ person.name.__class__.__mro__ }}", "not_allowed"),
    ("{{ person['name'] }}", "not_allowed"),
    ("{{ cycler }}", "unknown"),
    ("{{ cycler.__init__.__globals__ }}", "not_allowed"),
    ("{{ lipsum.__globals__ }}", "unknown"),
    ("{{ namespace() }}", "not_allowed"),
    ("{{ self }}", "unknown"),
    ("{{ self._TemplateReference__context }}", "unknown"),
    ("{{ config }}", "unknown"),
    ("{{ request }}", "unknown"),
    ("{{ range(999999999) }}", "not_allowed"),
    ("{% for i in range(999999999) %}x{% endfor %}", "not_allowed"),
    ("{% for a in person %}x{% endfor %}", "unknown_list"),
    ("{% for a in text %}x{% endfor %}", "unknown_list"),
    ("{% for a in absaetze if a %}x{% endfor %}", "not_allowed"),
    ("{% for a in absaetze recursive %}x{% endfor %}", "not_allowed"),
    ("{% for a, b in absaetze %}x{% endfor %}", "not_allowed"),
    ("{% for a in absaetze %}{% for b in absaetze %}{{ b }}{% endfor %}{% endfor %}", "nested"),
    ("{% for a in absaetze %}{{ loop.index }}{% endfor %}", "unknown"),
    ("{% for a in absaetze %}{{ a.x }}{% endfor %}", "unknown"),
    ("{{ 'a' * 999999999 }}", "not_allowed"),
    ("{{ 9 ** 9 ** 9 }}", "not_allowed"),
    ("{{ 1 + 1 }}", "not_allowed"),
    ("{{ 'x' }}", "not_allowed"),
    ("{{ person.name ~ text }}", "not_allowed"),
    ("{{ person.name[0] }}", "not_allowed"),
    ("{{ person.name() }}", "not_allowed"),
    ("{{ person.name.upper() }}", "not_allowed"),
    ("{{ person.name|attr('__class__') }}", "filter"),
    ("{{ person.name|map('upper') }}", "filter"),
    ("{{ person.name|safe }}", "filter"),
    ("{{ person.name|tojson }}", "filter"),
    ("{{ person.name|trim('x') }}", "filter"),
    ("{{ person.name|center(999999999) }}", "filter"),
    ("{{ person.name|upper|pprint }}", "filter"),
    ("{% if person.name == 'x' %}x{% endif %}", "not_allowed"),
    ("{% if person.name is defined %}x{% endif %}", "not_allowed"),
    ("{% if cycler %}x{% endif %}", "unknown"),
    ("{% import 'os' as os %}", "not_allowed"),
    ("{% from 'os' import path %}", "not_allowed"),
    ("{% include '/etc/passwd' %}", "not_allowed"),
    ("{% extends 'x' %}", "not_allowed"),
    ("{% block x %}x{% endblock %}", "not_allowed"),
    ("{% macro x() %}x{% endmacro %}", "not_allowed"),
    ("{% set x = 1 %}", "not_allowed"),
    ("{% set x %}x{% endset %}", "not_allowed"),
    ("{% filter upper %}x{% endfilter %}", "not_allowed"),
    ("{% autoescape false %}{{ text }}{% endautoescape %}", "not_allowed"),
    ("{% with x = 1 %}x{% endwith %}", "not_allowed"),
    ("{% do x %}", "syntax"),
    ("{{ person.name", "syntax"),
    ("{% if person.name %}", "syntax"),
    ("{{ }}", "syntax"),
    ("{{ absaetze }}", "list"),
    ("{{r person.name }}", "misplaced"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code"), ATTACKS)
def test_everything_else_is_refused(words: str, code: str):
    assert code in codes_of(docx("Guten Tag", words))


@pytest.mark.parametrize("words", ["{{ cycler.__init__ }}", "{% import 'os' as os %}", "{{ person.name|attr('x') }}"])
@pytest.mark.parametrize("where", ["header", "footer", "text box", "split over runs", "footnote"])
def test_wherever_it_stands(words: str, where: str):
    places = {"header": in_header, "footer": in_footer, "text box": in_text_box, "split over runs": split, "footnote": in_footnote}
    assert codes_of(places[where](words)) & {"not_allowed", "filter", "unknown"}


def in_header(words: str) -> bytes:
    return docx("Guten Tag", header=words)


def in_footer(words: str) -> bytes:
    return docx("Guten Tag", footer=words)


def in_footnote(words: str) -> bytes:
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="1"><w:p><w:r>'
        f"<w:t>{escaped(words)}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    content = make.with_part("word/footnotes.xml", notes.encode(), content=make.related("footnotes", "footnotes.xml"))
    named = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    return make.changed(content, make.TYPES, b"</Types>", named.encode())


@pytest.mark.parametrize("name", ["endnotes", "comments", "glossary"])
def test_parts_that_are_not_filled_may_hold_no_fields(name: str):
    notes = '<w:x xmlns:w="urn:x"><w:t>{</w:t><w:t>{ person.name }}</w:t></w:x>'
    assert codes_of(make.with_part(f"word/{name}.xml", notes.encode())) == {"elsewhere"}


def escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def in_text_box(words: str) -> bytes:
    box = (
        '<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent><w:p><w:r>'
        f"<w:t>{escaped(words)}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    return make.in_body(box)


def split(words: str) -> bytes:
    """Each sign in a run of its own, as Word splits what was corrected."""
    runs = "".join(f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{escaped(sign)}</w:t></w:r>' for sign in words)
    return make.in_body(f"<w:p>{runs}</w:p>")


def test_all_loops_together_are_counted():
    words = "{% for a in absaetze %}x{% endfor %}"
    filling.examine(docx(*[words] * 20), KNOWN)
    assert codes_of(docx(*[words] * 21)) == {"loops"}


def test_all_problems_are_told_at_once_and_where():
    assert problems_of(docx("Tag {{ person.nmae }}", "{{ cycler }}", header="{{ 1 + 1 }}")) == [
        ("unknown", "person.nmae"), ("unknown", "cycler"), ("not_allowed", "{{ 1 + 1 }}"),
    ]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), [
    ("person.nmae", "person.name"), ("Person.Name", "person.name"), ("empfänger", "empfaenger"), ("person.geburtstag", "person.geburtsdatum"),
    ("betref", "betreff"), ("absätze", "absaetze"), ("xyzzy", ""),
])  # fmt: skip
def test_an_unknown_field_names_the_nearest(typed: str, meant: str):
    with pytest.raises(word.NotTaken) as refused:
        filling.examine(docx(f"{{{{ {typed} }}}}"), KNOWN)
    [problem] = refused.value.problems
    assert (problem.code, problem.detail, problem.near) == ("unknown", typed, meant)
    assert ("Meinten Sie" in sentence(problem)) == bool(meant)


BIG = b"<x>" + b"a" * (5 * 1024 * 1024) + b"</x>"
FILES = [
    (b"", "not_word"),
    (b"%PDF-1.7", "not_word"),
    (b"PK\x03\x04 nothing", "not_word"),
    (docx()[:-200], "not_word"),
    (docx() + b"\x00" * (6 * 1024 * 1024), "too_large"),
    (make.with_part("word/media/image1.png", b"MZ\x90"), "picture"),
    (make.with_part("word/media/image1.svg", b"<svg/>"), "picture"),
    (make.with_part("word/media/image1.emf", b"\x01\x00\x00\x00"), "picture"),
    (make.with_part("word/vbaProject.bin", b"x"), "macro"),
    (make.with_part("word/embeddings/oleObject1.bin", b"x"), "object"),
    (make.with_part("evil.exe", b"x"), "object"),
    (make.with_part("word/big.xml", BIG), "bomb"),
    (make.with_part("../../etc/passwd", b"x"), "broken"),
    (make.with_part("/etc/passwd", b"x"), "broken"),
    (make.with_part("word\\evil.xml", b"<x/>"), "broken"),
    (make.with_part("WORD/document.xml", b"<x/>"), "broken"),
    (make.with_part("word/x.xml", b"<x>"), "broken"),
    (make.with_part("word/x.xml", b'<?xml version="1.0" encoding="utf-7"?><x/>'), "encoding"),
    (make.with_part("word/x.xml", b"<!DOCTYPE x><x/>"), "dtd"),
    (make.with_part("word/x.xml", "\ufeff<!DOCTYPE x><x/>".encode("utf-16-le")), "dtd"),
    (make.with_part("word/x.xml", b'<!doctype x [<!ENTITY a "b">]><x>&a;</x>'), "dtd"),
    (make.changed(docx(), make.BODY, b"<w:document", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document'), "dtd"),
    (make.changed(docx(), make.TYPES, b"document.main+xml", b"template.main+xml"), "not_word"),
    (make.changed(docx(), make.TYPES, b"wordprocessingml.document.main+xml", b"macroEnabled.main+xml"), "macro"),
    (make.related("attachedTemplate", "https://example.org/boese.dotm", external=True), "attached_template"),
    (make.related("attachedTemplate", "file:///C:/Normal.dotm", external=True), "attached_template"),
    (make.related("image", "https://example.org/zaehler.png", external=True), "external"),
    (make.related("hyperlink", "file://server/teilen", external=True), "external"),
    (make.related("hyperlink", "javascript:alert(1)", external=True), "external"),
    (make.related("oleObject", "embeddings/x.bin"), "object"),
    (make.related("aFChunk", "x.html"), "object"),
    (make.related("frame", "https://example.org", external=True), "object"),
    (make.related("vbaProject", "vbaProject.bin"), "macro"),
    (make.related("comments", "comments.xml"), "comments"),
    (make.in_body('<w:altChunk/>'), "object"),
    (make.in_body('<w:p><w:r><w:object/></w:r></w:p>'), "object"),
    (make.in_body('<w:p><w:ins w:author="x" w:id="1"><w:r><w:t>neu</w:t></w:r></w:ins></w:p>'), "changes"),
    (make.in_body('<w:p><w:del w:author="x" w:id="1"><w:r><w:delText>alt</w:delText></w:r></w:del></w:p>'), "changes"),
    (make.changed(docx(), "word/settings.xml", b"</w:settings>", b"<w:mailMerge/></w:settings>"), "mail_merge"),
    (make.field_code('INCLUDEPICTURE "https://example.org/x.png"'), "field_code"),
    (make.field_code("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe"), "field_code"),
    (make.field_code('INCLUDETEXT "\\\\\\\\server\\\\x.docx"'), "field_code"),
    (make.field_code("ddeauto x"), "field_code"),
    (make.field_code('HYPERLINK "file://server/x"'), "external"),
    (make.field_code('HYPERLINK "file://server/x" \\l "Marke"'), "external"),
    (make.in_body('<w:p><w:fldSimple w:instr="DDE x"/></w:p>'), "field_code"),
    (make.changed(docx("Rahmen"), make.BODY, b"<w:r>", b'<w:r w:rsidR="{{ person.name }}">'), "misplaced"),
    (make.changed(docx(), "docProps/core.xml", b"</cp:coreProperties>", b"<cp:x>{{ text }}</cp:x></cp:coreProperties>"), "elsewhere"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "code"), FILES, ids=lambda one: one if isinstance(one, str) else "")
def test_files_that_bring_something_are_refused(content: bytes, code: str):
    assert code in codes_of(content)


def test_a_zip_that_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    parts = {**make.parts_of(docx()), **{f"word/media/{n}.png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 3_900_000 for n in range(12)}}
    assert codes_of(make.zipped(parts)) == {"bomb"}
    many = {**make.parts_of(docx()), **{f"word/x{n}.xml": b"<x/>" for n in range(301)}}
    assert codes_of(make.zipped(many)) == {"bomb"}


def test_a_password_is_named():
    content = bytearray(docx())
    with zipfile.ZipFile(BytesIO(content)) as packed:
        at = packed.start_dir  # type: ignore[attr-defined]
    content[at + 8] |= 1
    assert codes_of(bytes(content)) == {"encrypted"}


HARMLESS = [
    make.related("hyperlink", "mailto:info@example.org", external=True),
    make.related("hyperlink", "https://example.org/", external=True),
    make.field_code("PAGE"),
    make.field_code("NUMPAGES \\* MERGEFORMAT"),
    make.field_code('HYPERLINK "https://example.org"'),
    make.field_code('HYPERLINK \\l "Marke"'),
    make.with_part("word/media/image1.png", b"\x89PNG\r\n\x1a\nx"),
    make.with_part("word/media/image1.jpg", b"\xff\xd8\xffx"),
    make.with_part("word/fonts/font1.odttf", b"x"),
]


@pytest.mark.parametrize("content", HARMLESS)
def test_what_every_letterhead_has_is_taken(content: bytes):
    assert filling.examine(content, KNOWN) == ["person.name"]


@pytest.mark.parametrize("value", [
    "</w:t>", "{{ x }}", "{% import 'os' %}", "{_{ y }_}", "<w:p/>", "&lt;b&gt;", "&amp;", "a\nb", "a\tb", "a\n\nb", "a\r\nb",
    "D’Arc \"Zitat\" „so“", "عبد الرحمن", "ትግርኛ", "Łukasz Žółć", "\u202eevil", "#{x} $y$ *z*", "{{{{", "}}", "%}", "{#", "{r", "-%}",
])  # fmt: skip
def test_values_stay_text(value: str):
    content = filled(docx("Herrn {{ person.name }}, Tag", header="{{ person.name }}"), person__name=value)
    read = Document(BytesIO(content))
    assert [p.text for p in read.paragraphs] == [f"Herrn {value}, Tag".replace("\r\n", "\n")]
    assert read.sections[0].header.paragraphs[0].text == value.replace("\r\n", "\n")


# Letters of names: DIN 91379 and what stands around them, scripts from right to left, and every sign that means something.
NAMES = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")),
        st.sampled_from("<>&\"'{}%#_|\\/$*[]()`~^=+-.,;: äöüßÅØŁŠŽőű’‘“”«»ابتثጀሀ\u200d\u200e\u200f\u202a\u202e\u2066\u2069"),
    ),
    min_size=1, max_size=40,
)  # fmt: skip

EVERYWHERE = docx("An {{ person.name }}", "{%p for zeile in absaetze %}", "{{ zeile }}", "{%p endfor %}", footer="{{ personen }}")


@settings(max_examples=25, deadline=None)
@given(NAMES)
@example("</w:t></w:r></w:p><w:p>")
@example("{_{ person.name }_}")
def test_whatever_name_goes_in_comes_out_as_text(name: str):
    content = filled(EVERYWHERE, person__name=name, absaetze=[name, "zwei"], personen=name)
    told = filling.words(content)
    assert told == f"\nAn {name}\n{name}\nzwei\n\n{name}"
    assert len(make.parts_of(content)) == len(make.parts_of(EVERYWHERE))


def test_a_value_is_only_as_long_as_a_letter():
    told = filling.words(filled(docx("{{ text }}"), text="x" * (LONGEST_VALUE + 1)))
    assert told.count("x") == LONGEST_VALUE


def test_what_no_xml_can_hold_falls_away():
    assert "ab" in filling.words(filled(docx("{{ text }}"), text="a\x00\x08\ufffe\uffffb"))


@pytest.mark.parametrize("value", [7, None, object(), {"a": 1}])
def test_only_text_is_written(value: object):
    with pytest.raises(word.NotTaken):
        filled(docx("{{ text }}"), text=value)


def test_the_process_of_its_own_does_the_same(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FADEN_KEYS", "geheim")
    content = docx("Tag {{ person.name }}")
    assert word.examined(content, KNOWN) == ["person.name"]
    assert "Tag Amal" in word.words_of(word.filled(content, KNOWN, examples()))
    with pytest.raises(word.NotTaken) as refused:
        word.examined(docx("{{ persn.name }}"), KNOWN)
    assert refused.value.problems == (Problem("unknown", "persn.name", "person.name"),)


def test_it_knows_nothing_of_ours_and_writes_no_file(tmp_path: Any):
    said = f"import os; limit(); print(sorted(os.environ)); open({str(tmp_path / 'x')!r}, 'w').write('x')"
    start = limits._START.replace("import main; main()", "import limit;") + said
    command = [sys.executable, "-I", "-X", "utf8", "-c", start, str(limits._SOURCE)]
    done = subprocess.run(command, capture_output=True, env={}, check=False, text=True)
    assert done.stdout.strip() in ("[]", "['LC_CTYPE']")
    assert not (tmp_path / "x").read_bytes()


def test_what_takes_too_long_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "SECONDS", 0.001)
    with pytest.raises(word.NotTaken) as refused:
        word.examined(docx(), KNOWN)
    assert refused.value.problems == (Problem("too_long"),)


def test_the_starter_is_a_template_that_is_taken():
    made = starter({"theirs": "Ihr Zeichen", "ours": "Unser Zeichen", "greeting": "Gruß"})
    assert {"absaetze", "anschrift_zeilen", "betreff", "traeger.name", "fachkraft"} <= set(filling.examine(made, KNOWN))
    told = filling.words(filling.fill(made, KNOWN, examples()))
    assert "{{" not in told and "{%" not in told and "Amal Beispiel" in told


def test_every_problem_has_its_sentence():
    said = {code for _file, code in FILES} | {code for _words, code in ATTACKS} | {"loops", "encrypted", "too_long"}
    assert said - {"unknown"} <= set(_sentences())
    for code in _sentences():
        assert "%(" not in sentence(Problem(code, "wo"))
