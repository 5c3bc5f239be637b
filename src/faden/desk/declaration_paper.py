"""Declarations as a PDF: what `look/typ/declaration.typ` needs, from what was printed."""

from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from faden.consents.queries.declaration_sheets import Column, DeclarationSheet
from faden.consents.queries.form_texts import labels, sheet_words
from faden.consents.rules.form_texts import Paragraph
from faden.documents.queries.forms import PrintedSheet, Prints
from faden.look import papers
from faden.outside import qr


def as_pdf(prints: Prints) -> bytes:
    """One file with all of them, each on its own pages."""
    titles = dict.fromkeys(one.sheet.columns[0].title for one in prints.sheets)
    data: dict[str, object] = {
        "title": ", ".join(titles),
        "service": prints.service,
        "address": prints.address,
        "contact": prints.contact,
        "labels": labels("de"),
        "words": sheet_words(),
        "sheets": [_sheet(one) for one in prints.sheets],
    }
    unset = _(
        "In der Erklärung oder im Namen steht ein Schriftzeichen, das unsere Schriften nicht haben."
        " Bitte schreiben Sie es in lateinischen Buchstaben."
    )
    return papers.as_pdf("declaration", data, unset=unset)


def _sheet(printed: PrintedSheet) -> dict[str, Any]:
    sheet = printed.sheet
    is_draft = printed.is_draft or sheet.is_draft
    return {
        "key": printed.key,
        "qr": qr.svg(printed.code),
        "is_draft": is_draft,
        "subject": f"{sheet.columns[0].title}: {sheet.to}",
        "columns": [_column(column, is_draft=is_draft, alone=len(sheet.columns) == 1) for column in sheet.columns],
        "interpreted": sheet.needs_interpreter or bool(sheet.interpreter_name),
        "interpreter": sheet.interpreter_name,
        "interpreter_language": sheet.interpreter_language,
        "obliged_on": f"{sheet.interpreter_obliged_on:%d.%m.%Y}" if sheet.interpreter_obliged_on else "",
        "signatures": list(_signatures(sheet)),
    }


def _column(column: Column, *, is_draft: bool, alone: bool) -> dict[str, Any]:
    if column.is_signed:
        note = "" if is_draft or alone else column.labels["sign_here"]
    else:
        drafted = "" if column.is_reviewed else column.labels["draft"]
        # Beside a reviewed translation that is signed, the German text stands without a word.
        note = " ".join(filter(None, (column.labels["reading_only"], drafted))) if column.language != "de" else ""
    return {"language": column.language, "title": column.title, "note": note, "parts": list(_parts(column.paragraphs))}


def _parts(paragraphs: tuple[Paragraph, ...]) -> Any:
    """Lines that are chosen one by one become a list."""
    for (is_heading, is_item), found in groupby(paragraphs, key=lambda one: (one.is_heading, bool(one.code))):
        words = [one.words for one in found]
        if is_item and len(words) > 1:
            yield {"kind": "list", "words": words}
        else:
            yield from ({"kind": "heading" if is_heading else "text", "words": [line]} for line in words)


def _signatures(sheet: DeclarationSheet) -> Any:
    """Who signs, one line each: the person, each representative, the interpreter."""
    signers = [("person", "")] if sheet.own else []
    signers += [("representative", name) for name in sheet.representatives]
    if sheet.needs_interpreter or sheet.interpreter_name:
        signers.append(("interpreter", sheet.interpreter_name))
    other = sheet.columns[1] if len(sheet.columns) > 1 else None
    for role, name in signers:
        yield {
            "label": labels("de")[role],
            "name": name,
            "language": other.language if other else "",
            "other": other.labels[role] if other else "",
            "other-place": other.labels["place_date"] if other else "",
        }
