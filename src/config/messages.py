"""`make messages`: collects the German texts, keeps the English catalogue in step and compiles it; no gettext needed."""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

FADEN = Path(__file__).resolve().parents[1] / "faden"
CATALOGUE = FADEN / "locale" / "en" / "LC_MESSAGES" / "django.po"

SINGULAR, PLURAL, IN_CONTEXT, PLURAL_IN_CONTEXT = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), SINGULAR),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), IN_CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), PLURAL_IN_CONTEXT),
}
# Tables of plain sentences in modules that know no Django; their callers translate what they take from them.
TABLES = (
    ("persons/rules/birth.py", "SENTENCES"),
    ("persons/rules/reasons.py", "WORDS"),
)

Text = str | tuple[str, ...]  # a text, or its singular and plural
Key = tuple[str, Text]  # after its context


class Stable(Catalog):
    """A catalogue that is written the same everywhere: no dates, no program's version."""

    mime_headers = [
        ("Project-Id-Version", "faden"),
        ("Language", "en"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", "nplurals=2; plural=(n != 1);\n"),
    ]


def collected() -> list[Key]:
    """Every message of the source, each once, in a stable order."""
    found = {key for file in FADEN.rglob("*.py") for key in _extracted(file.read_text(encoding="utf-8"))}
    for file in FADEN.rglob("templates/**/*"):
        if file.suffix in {".html", ".txt"}:
            found.update(of_template(file.read_text(encoding="utf-8"), str(file.relative_to(FADEN))))
    found.update(("", text) for place, name in TABLES for text in table(place, name))
    return sorted(found, key=lambda key: (_first(key[1]), key[0], str(key[1])))


def of_template(text: str, origin: str = "") -> Iterator[Key]:
    """A template's messages: Django makes calls of its tags; in brackets their indentation means nothing."""
    return _extracted(f"(\n{templatize(text, origin)}\n)")


def _extracted(python: str) -> Iterator[Key]:
    lines = io.BytesIO(python.encode())
    for _line, text, _comments, context in extract("python", lines, keywords=KEYWORDS):
        yield context or "", text if isinstance(text, str) else (text[0], text[1])


def table(place: str, name: str) -> list[str]:
    """The values of a dictionary that stands in this file under this name; read, not imported."""
    module = ast.parse((FADEN / place).read_text(encoding="utf-8"))
    for node in module.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        if isinstance(value, ast.Dict) and any(isinstance(t, ast.Name) and t.id == name for t in targets):
            return [ast.literal_eval(sentence) for sentence in value.values]
    raise LookupError(f"{place} has no table {name} any more: correct TABLES in {__file__}")


def _first(text: Text) -> str:
    return text if isinstance(text, str) else text[0]


def id_of(message: Message) -> Text:
    """Babel knows lists too."""
    return message.id if isinstance(message.id, str) else tuple(message.id)


def english(message: Message) -> tuple[str, ...]:
    """What stands in English: one text, or one for each number."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def stored() -> dict[Key, Message]:
    """The catalogue as it lies there; what is marked fuzzy counts as not translated."""
    if not CATALOGUE.exists():
        return {}
    with CATALOGUE.open("rb") as file:
        read = read_po(file, locale="en", ignore_obsolete=True, abort_invalid=True)
    return {(m.context or "", id_of(m)): m for m in read if m.id and not m.fuzzy}


def merged() -> Stable:
    """The source's messages with the translations there are; nothing else."""
    catalogue, known = Stable(locale="en", fuzzy=False, header_comment="# Faden in English."), stored()
    for context, text in collected():
        old = known.get((context, text))
        catalogue.add(text, old.string if old else None, context=context or None)
    return catalogue


def missing(catalogue: Catalog) -> list[str]:
    """Messages without English words."""
    return [_first(id_of(message)) for message in catalogue if message.id and not all(english(message))]


def written(catalogue: Catalog) -> bytes:
    """As a .po file: one line per text, no places in the source, so that a change shows as itself."""
    lines = io.BytesIO()
    write_po(lines, catalogue, width=0, no_location=True, ignore_obsolete=True)
    return lines.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """As the .mo file that is read at run time; it is committed, a fresh clone has no step for it."""
    lines = io.BytesIO()
    write_mo(lines, catalogue)
    return lines.getvalue()


def problems() -> list[str]:
    """What `make messages` would change, and what only a translator can mend."""
    catalogue, binary = merged(), CATALOGUE.with_suffix(".mo")
    found = [f"{CATALOGUE.name}: no English for {text!r}" for text in missing(catalogue)]
    if not CATALOGUE.exists() or CATALOGUE.read_bytes() != written(catalogue):
        found.append(f"{CATALOGUE.name} is not what the source says: run `make messages`")
    if not binary.exists() or binary.read_bytes() != compiled(catalogue):
        found.append(f"{binary.name} was not made of {CATALOGUE.name}: run `make messages`")
    return found


def main(words: list[str]) -> int:
    """Write both files, or with --check only say what is wrong; 1 when a translation is missing."""
    if "--check" not in words:
        catalogue = merged()
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_bytes(written(catalogue))
        CATALOGUE.with_suffix(".mo").write_bytes(compiled(catalogue))
    found = problems()
    print("\n".join(found) or f"{len(merged())} texts, all in English.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
