"""Makes the demo's example directory from Munich's Integreat export; what it changes is listed in SOURCE.md.

    python -m config.demo_data.data.munich locations_de.json
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent / "integreat_muenchen_de.json"
LANGUAGES = ("en", "ar", "fa", "uk", "ru", "tr", "fr", "ro", "sq", "kmr")
KEPT_TRANSLATION = ("id", "path")  # of a translation that somebody has reviewed: it has an id
KEPT_CATEGORY = ("id", "name")
PICTURES = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
MOBILE = re.compile(r"^\s*(?:\+49|0049|0)\s*\(?0?\)?\s*1[567]")
# An address is kept only when it says what a place does or how it is called: all others may be somebody's name.
FUNCTIONS = re.compile(
    r"info|kontakt|mail$|beratung|berat|anlauf|anmeldung|angebot|arbeit|asyl|asz|aids|amt|anerkennung|ausbildung|azuro|basecamp|bewerb"
    r"|behindert|beistand|beurkund|bibliothek|bildung|biz|bruecke|buero|cafe|center|clearing|club|einwander|eutb|familie|frauen|fremd"
    r"|fundbuero|gast|gebaer|geschaeft|gesundheit|gewalt|hilfe|ibz|infothek|integration|jobcenter|jugend|jmd|jules|kasse|khb|kinder|kita"
    r"|kitz|kultur|maedchen|mbe|medien|mgh|migration|muenchen|munich|nachbar|office|oba|open|peers|pflege|poststelle|psych|qualifiz|radl"
    r"|rechts|refugees|regional|reha|reintegration|restart|sbh|schul|schwanger|service|servus|sozial|spiel|stadt|stb|sucht|team|theater"
    r"|tierpark|treff|validier|verhuet|vermittl|verwaltung|welcome|wohnung|zuschuess"
)
FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def cleaned(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same records in the same order, without persons and pictures."""
    return [_record(record) for record in records]


def _record(record: dict[str, Any]) -> dict[str, Any]:
    about = f"{record['title']} {(record['organization'] or {}).get('name', '')} {record['location']['address']}"
    reviewed = {
        language: {key: version[key] for key in KEPT_TRANSLATION}
        for language, version in record["available_languages"].items()
        if version["id"] is not None and language in LANGUAGES
    }
    return {
        **record,
        "content": PICTURES.sub("", record["content"] or ""),
        "icon": None,
        "thumbnail": None,
        "email": _of_a_place(record["email"], about),
        "phone_number": _of_a_desk(record["phone_number"]),
        "contacts": [_contact(contact, about) for contact in record["contacts"]],
        "available_languages": reviewed,
        "category": {key: record["category"][key] for key in KEPT_CATEGORY},
    }


def _contact(contact: dict[str, Any], about: str) -> dict[str, Any]:
    about = f"{about} {contact['area_of_responsibility'] or ''}"
    return {
        **contact,
        "name": "",
        "email": _of_a_place(contact["email"], about) or "",
        "phone_number": _of_a_desk(contact["phone_number"]) or "",
        "mobile_number": "",
    }


def _of_a_place(address: str | None, about: str) -> str | None:
    """The address, when its part before the @ speaks of a function, the house or the place."""
    local, _, host = (address or "").lower().partition("@")
    known = re.sub(r"[^a-z]", "", f"{about} ".lower().translate(FOLDED) + host)
    words = [word for word in re.split(r"[^a-z]+", local) if len(word) > 3]
    named = bool(words) and all(word in known or word[:8] in known for word in words)
    return address if address and (named or FUNCTIONS.search(local)) else None


def _of_a_desk(number: str | None) -> str | None:
    """A mobile number is mostly one person's."""
    return None if number and MOBILE.match(number) else number


def written(records: list[dict[str, Any]]) -> str:
    """One record a line, so that a difference can be read."""
    lines = (json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in records)
    return "[\n" + ",\n".join(lines) + "\n]\n"


if __name__ == "__main__":
    original = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    HERE.write_text(written(cleaned(original)), encoding="utf-8")
