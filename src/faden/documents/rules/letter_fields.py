"""The words a letter can be written with: what each gives, and which say something about a person's life."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

_MARK = re.compile(r"\{\{\s*([a-z_.]+)\s*\}\}")
_GAP = re.compile(r"\[[^\[\]\n]{2,80}\]")


class Says(StrEnum):
    """What a field says beyond who it is about; such a letter never goes by e-mail."""

    ADDRESS = "address"
    RESIDENCE = "residence"
    OTHERS = "others"


SAYS = {
    Says.ADDRESS: _("Anschrift der Person"),
    Says.RESIDENCE: _("Aufenthalt"),
    Says.OTHERS: _("Namen aller, die der Brief betrifft"),
}


@dataclass(frozen=True)
class Field:
    """One word; `says` is empty for what every letter needs."""

    code: str
    label: object
    example: str
    says: Says | None = None
    is_list: bool = False

    @property
    def written(self) -> str:
        """As it stands in a Word template."""
        if self.is_list:
            return f"{{%p for zeile in {self.code} %}}\n{{{{ zeile }}}}\n{{%p endfor %}}"
        return f"{{{{ {self.code} }}}}"


CATALOGUE = (
    Field("empfaenger", _("Empfänger: Stelle oder Person"), "Jobcenter im Kreis Borken"),
    Field("anschrift", _("Anschrift des Empfängers"), "Musterstraße 1\n48683 Ahaus"),
    Field("zeichen", _("Zeichen der Stelle (Aktenzeichen, BG-Nummer)"), "31502//0012345"),
    Field("unser_zeichen", _("unser Zeichen: die Fallnummer"), "AH-2026-0042"),
    Field("betreff", _("Betreff"), "Sachstand: Amal Beispiel, geboren am 12.04.1998"),
    Field("text", _("der ganze Text"), "Sehr geehrte Damen und Herren,\n\nwir bitten um Auskunft über den Stand."),
    Field("heute", _("Datum des Briefs"), "02.12.2026"),
    Field("person.name", _("Vor- und Familienname"), "Amal Beispiel"),
    Field("person.vorname", _("Vorname"), "Amal"),
    Field("person.nachname", _("Familienname"), "Beispiel"),
    Field("person.geburtsdatum", _("Geburtsdatum"), "12.04.1998"),
    Field("person.anschrift", _("Anschrift der Person; bei einem Schutzvermerk leer"), "Musterweg 2, 48683 Ahaus", Says.ADDRESS),
    Field("person.aufenthalt", _("Aufenthaltspapier von heute"), "Aufenthaltserlaubnis § 25 Abs. 3 AufenthG", Says.RESIDENCE),
    Field("personen", _("alle, die der Brief betrifft"), "Amal Beispiel, Noor Beispiel", Says.OTHERS),
    Field("fachkraft", _("wer den Brief schreibt"), "Jana Muster"),
    Field("dienst.name", _("Name des Dienstes"), "Caritas Ahaus, Fachdienst Integration und Migration"),
    Field("dienst.anschrift", _("Anschrift der Beratungsstelle"), "Wüllener Straße 80, 48683 Ahaus"),
    Field("dienst.kontakt", _("Telefon oder E-Mail des Dienstes"), "02561 00000"),
    Field("traeger.name", _("Name des Trägers"), "Caritasverband Ahaus-Vreden"),
    Field("absaetze", _("der Text Absatz für Absatz"), "Sehr geehrte Damen und Herren,", is_list=True),
    Field("anschrift_zeilen", _("Empfänger und Anschrift Zeile für Zeile"), "Jobcenter im Kreis Borken", is_list=True),
)
BY_CODE = {field.code: field for field in CATALOGUE}
FIELDS = frozenset(field.code for field in CATALOGUE if not field.is_list)
LISTS = frozenset(field.code for field in CATALOGUE if field.is_list)


def examples() -> dict[str, str | list[str]]:
    """A letter about nobody, for trying a template out."""
    return {field.code: [field.example, field.example] if field.is_list else field.example for field in CATALOGUE}


def says_something(codes: Iterable[str]) -> list[Says]:
    """What these fields say beyond who it is about, in the order of the catalogue."""
    used = set(codes)
    return list(dict.fromkeys(field.says for field in CATALOGUE if field.says and field.code in used))


def marks_in(text: str) -> set[str]:
    """The fields a shipped text uses."""
    return set(_MARK.findall(text))


def written_out(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled; what is not known stays as a gap with its name in square brackets."""

    def value(mark: re.Match[str]) -> str:
        code = mark.group(1)
        return values.get(code) or f"[{BY_CODE[code].label}]"

    return _MARK.sub(value, text)


def gaps(*texts: str) -> list[str]:
    """What has still to be filled in, as it stands in the text."""
    return list(dict.fromkeys(gap for text in texts for gap in _GAP.findall(text)))


def paragraphs(text: str) -> list[str]:
    """Paragraphs as they are typed: an empty line between them."""
    return [block.strip("\n") for block in re.split(r"\n(?:[ \t]*\n)+", text.strip("\n")) if block.strip()]


def blocks(text: str) -> list[dict[str, object]]:
    """The same for a print: lines of text, and lists where each line begins with a dash."""
    return [block for paragraph in paragraphs(text) for block in _blocks(paragraph.split("\n"))]


def _blocks(lines: list[str]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for line in lines:
        item = re.fullmatch(r"\s*[-–•]\s+(.*)", line)
        kind, words = ("list", item.group(1)) if item else ("text", line)
        if found and found[-1]["kind"] == kind:
            found[-1]["lines"].append(words)  # type: ignore[attr-defined]
        else:
            found.append({"kind": kind, "lines": [words]})
    return found
