"""Names of files as they are stored and offered: one line, no path, no tricks, the ending of the content."""

import re
import unicodedata

from django.utils.translation import gettext as _

from faden.documents.vocabulary import ENDINGS, PROGRAM_ENDINGS, FileKind

LONGEST = 120
LONGEST_BYTES = 200
# Persian and Indian scripts need these two inside words; all other invisible characters go.
_JOINERS = "\u200c\u200d"
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_KNOWN_ENDINGS = PROGRAM_ENDINGS.union(
    *ENDINGS.values(),
    "exe msi dll app apk deb dmg iso zip rar 7z gz tgz tar bz2 xz doc dot dotx docm xls xlsm xlsb ppt pptx pps ods odp"
    " odg rtf csv md log eml msg ics vcf json gif webp bmp ico heics mp3 mp4 mov avi wav ogg".split(),
)
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def clean_name(name: str, kind: FileKind) -> str:
    """A harmless name that ends as its content is."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").split("/")[-1]
    visible = "".join(map(_visible, last))
    stem = _without_ending(_FORBIDDEN.sub("_", " ".join(visible.split())))
    if _DEVICES.match(stem):
        stem = f"_{stem}"
    stem = _short(stem).strip(". ") or _("Datei")
    return f"{stem}.{_ending(name, kind)}"


def _visible(character: str) -> str:
    """Line ends become spaces; control, format (bidi overrides too), private and broken ones vanish."""
    if character in _JOINERS:
        return character
    category = unicodedata.category(character)
    if category in ("Zl", "Zp", "Zs") or character in "\t\n\r":
        return " "
    return "" if category.startswith("C") else character


def _without_ending(name: str) -> str:
    """Take known endings off: "rechnung.pdf.exe" that is a PDF becomes "rechnung"."""
    name = name.strip(". ")
    while True:
        stem, _dot, ending = name.rpartition(".")
        if not stem or ending.lower() not in _KNOWN_ENDINGS:
            return name
        name = stem.strip(". ")


def _ending(name: str, kind: FileKind) -> str:
    brought = name.rpartition(".")[2].lower()
    return brought if brought in ENDINGS[kind] else ENDINGS[kind][0]


def _short(stem: str) -> str:
    stem = stem[:LONGEST]
    while len(stem.encode()) > LONGEST_BYTES:
        stem = stem[:-1]
    return stem
