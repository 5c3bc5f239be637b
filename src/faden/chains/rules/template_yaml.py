"""A file of a Kettenvorlage from text to YAML nodes, which know their lines; nothing is built from tags."""

from typing import Any

import yaml
from django.utils.translation import gettext as _
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, ScalarEvent
from yaml.nodes import Node

from faden.chains.rules.template_errors import Errors

LONGEST_FILE = 100_000
_DEEPEST = 6

# The same language, read by C where the wheel brings it: ten times as fast.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def composed(text: str, errors: Errors) -> Node | None:
    """Its first node; None when there is none, and why not is noted."""
    if len(text) > LONGEST_FILE:
        errors.add(0, _("Die Datei ist zu lang: höchstens %(most)d Zeichen.") % {"most": LONGEST_FILE})
        return None
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            errors.add(number, _("Am Anfang der Zeile steht ein Tabulator. Bitte mit Leerzeichen einrücken."))
    if errors.found:
        return None
    try:
        text.encode()
        _check_shape(text, errors)
        root = None if errors.found else yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as problem:
        # What is not closed is looked for where it was opened, everything else where it went wrong.
        is_open = any(word in (problem.context or "") for word in ("quoted", "flow"))
        mark = (problem.context_mark if is_open else None) or problem.problem_mark or problem.context_mark
        errors.add(mark.line + 1 if mark else 0, _broken(problem))
        return None
    except (yaml.YAMLError, UnicodeEncodeError):
        errors.add(0, _("Die Datei enthält Zeichen, die nicht lesbar sind. Bitte als UTF-8 speichern."))
        return None
    if root is None and not errors.found:
        errors.add(0, _("Die Datei ist leer."))
    return root


def _check_shape(text: str, errors: Errors) -> None:
    """Before anything is held in memory: no references that multiply, no nesting without end."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            errors.add(line, _("Verweise mit & und * sind hier nicht möglich. Bitte ausschreiben."))
            return
        if isinstance(event, CollectionStartEvent | ScalarEvent) and event.tag:
            errors.add(
                line,
                _(
                    "Angaben mit ! sind hier nicht möglich. Texte mit ! am Anfang bitte in Anführungszeichen setzen."
                ),
            )
            return
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            errors.add(
                line,
                _(
                    "Hier ist zu tief verschachtelt. Eine Vorlage hat Felder, eine Liste von Schritten und deren Felder."
                ),
            )
            return


def _broken(problem: yaml.MarkedYAMLError) -> str:
    """What somebody who writes a template can do about broken YAML."""
    indent = _("Die Einrückung stimmt nicht. Felder eines Schritts stehen genau untereinander.")
    said = f"{problem.context or ''} {problem.problem or ''}"
    for part, words in (
        (
            "mapping values are not allowed",
            _(
                "Hier steht ein Doppelpunkt zu viel, oder die Einrückung stimmt nicht. Texte mit Doppelpunkt bitte in Anführungszeichen setzen."
            ),
        ),
        ("could not find expected ':'", _("Hier fehlt ein Doppelpunkt nach dem Namen eines Felds.")),
        ("unexpected end of stream", _("Ein Anführungszeichen wird nicht geschlossen.")),
        (
            "expected ',' or",
            _("Eine Liste in eckigen Klammern wird nicht geschlossen, oder es fehlt ein Komma."),
        ),
        ("expected <block end>", indent),
        ("expected key", indent),
        ("expected '-' indicator", indent),
        (
            "found character",
            _(
                "Hier steht ein Zeichen, mit dem kein Wert beginnen kann. Bitte den Text in Anführungszeichen setzen."
            ),
        ),
        (
            "single document",
            _("In einer Datei steht genau eine Vorlage. Bitte die Zeile --- und was danach kommt entfernen."),
        ),
    ):
        if part in said:
            return words
    return _(
        "Hier ist die Datei kein gültiges YAML. Bitte Einrückung, Doppelpunkte und Anführungszeichen prüfen."
    )
