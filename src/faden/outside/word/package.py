"""A .docx opened within limits: no bombs, nothing that runs, nothing that is fetched from elsewhere."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO

from lxml import etree

from faden.outside.word.problems import NotTaken, Problem

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_OF_A_PART = 4 * 1024 * 1024
MOST_PARTS = 300

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ENCRYPTED, _STORED_OR_DEFLATED = 0x1, (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

# By its last word: what may hang on a document. Everything else runs, is embedded or is somebody else's.
_RELATIONS = frozenset(
    "officeDocument core-properties extended-properties custom-properties thumbnail styles stylesWithEffects settings"
    " webSettings fontTable font numbering theme themeOverride header footer footnotes endnotes image hyperlink"
    " customXml customXmlProps glossaryDocument people".split()
)
_COMMENTS = frozenset({"comments", "commentsExtended", "commentsIds", "commentsExtensible"})
_PICTURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}
_PICTURE_NAME = re.compile(r"\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp|ico)$", re.IGNORECASE)
_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)

# Elements that bring in another document, a program or a database.
_FORBIDDEN = {
    "altChunk": "object", "subDoc": "object", "object": "object", "control": "object", "movie": "object",
    "OLEObject": "object", "mailMerge": "mail_merge", "ins": "changes", "del": "changes", "moveFrom": "changes",
    "moveTo": "changes", "commentReference": "comments",
}  # fmt: skip
# Word's own fields: these only count, date and refer; others (INCLUDETEXT, DDEAUTO) fetch or run something.
_FIELD_CODES = frozenset(
    "PAGE NUMPAGES SECTIONPAGES SECTION DATE TIME CREATEDATE SAVEDATE PRINTDATE HYPERLINK PAGEREF REF STYLEREF SEQ"
    " FORMTEXT FORMCHECKBOX FORMDROPDOWN SYMBOL".split()
)
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENCODINGS = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii", b"utf-16"})


def opened(content: bytes) -> dict[str, bytes]:
    """All parts by name; raises NotTaken with everything that is wrong."""
    parts = _unpacked(content)
    problems = list(dict.fromkeys(_problems(parts)))
    if problems:
        raise NotTaken(*problems)
    return parts


def parsed(part: bytes) -> etree._Element:
    """An XML part; no entity is opened and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as wrong:
        raise NotTaken(Problem("broken")) from wrong


def is_xml(name: str) -> bool:
    """Parts that are read as XML."""
    return name.endswith((".xml", ".rels"))


def content_types(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The content type of each part that says one of its own."""
    types = parsed(parts["[Content_Types].xml"])
    return {one.get("PartName", "").lstrip("/"): one.get("ContentType", "") for one in types if one.get("PartName")}


def _unpacked(content: bytes) -> dict[str, bytes]:
    if len(content) > MOST_BYTES:
        raise NotTaken(Problem("too_large"))
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            return dict(_parts(packed))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, etree.LxmlError) as wrong:
        raise NotTaken(Problem("not_word")) from wrong


def _parts(packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """What is really in it, counted while it is unpacked: a directory of a zip can say anything."""
    infos, seen, left = packed.infolist(), set[str](), MOST_UNPACKED
    if len(infos) > MOST_PARTS:
        raise NotTaken(Problem("bomb"))
    for info in infos:
        name = info.filename
        if info.flag_bits & _ENCRYPTED:
            raise NotTaken(Problem("encrypted"))
        if info.is_dir():
            continue
        if name.casefold() in seen or name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise NotTaken(Problem("broken"))
        if info.compress_type not in _STORED_OR_DEFLATED:
            raise NotTaken(Problem("not_word"))
        seen.add(name.casefold())
        most = min(left, MOST_OF_A_PART)
        with packed.open(info) as part:
            data = part.read(most + 1)
        if len(data) > most:
            raise NotTaken(Problem("bomb"))
        left -= len(data)
        yield name, data


def _problems(parts: dict[str, bytes]) -> Iterator[Problem]:
    if "[Content_Types].xml" not in parts:
        yield Problem("not_word")
        return
    unreadable = [problem for name, data in parts.items() if is_xml(name) for problem in _as_xml(data)]
    if unreadable:
        yield from unreadable
        return
    yield from _kind(parts)
    for name, data in parts.items():
        if name.endswith(".rels"):
            yield from _relations(parsed(data))
        elif is_xml(name):
            yield from _elements(parsed(data))
        else:
            yield from _foreign(name, data)


def _as_xml(data: bytes) -> Iterator[Problem]:
    """Only encodings that say what they mean, and no DTD: entities are how XML becomes a bomb."""
    plain = data.decode("utf-16", "replace").encode() if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data
    declared = _DECLARED.search(plain[:200])
    if declared and declared.group(1).lower() not in _ENCODINGS:
        yield Problem("encoding")
    elif _DOCTYPE.search(plain) or parsed(data).getroottree().docinfo.internalDTD is not None:
        yield Problem("dtd")


def _kind(parts: dict[str, bytes]) -> Iterator[Problem]:
    types = [one.get("ContentType", "") for one in parsed(parts["[Content_Types].xml"])]
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in types):
        yield Problem("macro")
    elif MAIN not in types:
        yield Problem("not_word")


def _relations(rels: etree._Element) -> Iterator[Problem]:
    for one in rels.iter(_RELATION):
        kind, target = one.get("Type", "").rpartition("/")[2], one.get("Target", "")
        if kind == "attachedTemplate":
            yield Problem("attached_template", target)
        elif kind in _COMMENTS:
            yield Problem("comments")
        elif kind == "vbaProject":
            yield Problem("macro")
        elif kind not in _RELATIONS:
            yield Problem("object", kind)
        elif one.get("TargetMode") == "External" and not (kind == "hyperlink" and _LINK.match(target)):
            yield Problem("external", target)


def _elements(root: etree._Element) -> Iterator[Problem]:
    for element in root.iter(etree.Element):
        code = _FORBIDDEN.get(etree.QName(element).localname)
        # Formulas have elements of these names too; only with an author they are changes.
        if code and (code != "changes" or element.get(f"{W}author") is not None):
            yield Problem(code)
    for code in _field_codes(root):
        words = code.split()
        name = words[0].upper() if words else ""
        if name and name not in _FIELD_CODES:
            yield Problem("field_code", name)
        elif name == "HYPERLINK" and not _leads_somewhere_harmless(code):
            yield Problem("external", code.strip())


def _field_codes(root: etree._Element) -> Iterator[str]:
    """Word's field codes, put together again where they are split over several runs, also inside each other."""
    open_codes: list[list[str]] = []
    for element in root.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}instrText"):
        if element.tag == f"{W}fldSimple":
            yield element.get(f"{W}instr", "")
        elif element.tag == f"{W}instrText":
            if open_codes:
                open_codes[-1].append(element.text or "")
            else:
                yield element.text or ""
        elif element.get(f"{W}fldCharType") == "begin":
            open_codes.append([])
        elif open_codes and element.get(f"{W}fldCharType") == "end":
            yield "".join(open_codes.pop())
    yield from ("".join(code) for code in open_codes)


def _leads_somewhere_harmless(code: str) -> bool:
    """To the web, or to a mark in the letter itself: then the switch stands where an address would."""
    words = code.split()
    quoted = re.findall(r'"([^"]*)"', code)
    return words[1:2] == [r"\l"] or bool(quoted and _LINK.match(quoted[0]))


def _foreign(name: str, data: bytes) -> Iterator[Problem]:
    """Parts that are no XML: pictures by what they are, embedded fonts; nothing else."""
    if re.search(r"vbaProject", name, re.IGNORECASE):
        yield Problem("macro")
    elif _PICTURE_NAME.search(name):
        if not any(data.startswith(sign) for sign in _PICTURES):
            yield Problem("picture", name.rpartition("/")[2])
    elif not name.endswith(".odttf"):
        yield Problem("object", name.rpartition("/")[2])
