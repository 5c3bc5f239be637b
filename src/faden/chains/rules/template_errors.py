"""What is wrong in a file of a Kettenvorlage, in the words of whoever writes it."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from django.utils.translation import gettext as _
from yaml.nodes import Node

from faden.chains.rules.templates import TemplateError

MOST_ERRORS = 50


class Errors:
    """All that is wrong in one file, each thing once."""

    def __init__(self) -> None:
        self.found: list[TemplateError] = []

    def add(self, at: Node | int, reason: str) -> None:
        """At a place in the file; 0 for the whole of it."""
        line = at if isinstance(at, int) else at.start_mark.line + 1
        error = TemplateError(line, reason)
        if error not in self.found:
            self.found.append(error)

    def in_order(self) -> tuple[TemplateError, ...]:
        """By line, not more than somebody mends before trying again."""
        ordered = sorted(self.found, key=lambda error: error.line)
        if len(ordered) > MOST_ERRORS:
            rest = TemplateError(0, _("… und weitere. Bitte zuerst diese beheben."))
            ordered = [*ordered[:MOST_ERRORS], rest]
        return tuple(ordered)


def short(written: str) -> str:
    """As much of what somebody wrote as fits into a sentence."""
    line = " ".join(written.split())
    return line if len(line) <= 40 else line[:39] + "…"


def nearest(written: str, offered: Iterable[str] | Mapping[str, str]) -> str:
    """The one that was probably meant, by its code or its German word; all of a short list otherwise."""
    labels = offered if isinstance(offered, Mapping) else dict.fromkeys(offered, "")
    by_word = {label.casefold(): code for code, label in labels.items() if label}
    by_word.update({code: code for code in labels})
    near = get_close_matches(short(written).casefold(), by_word, n=1, cutoff=0.6)
    if near:
        return " " + _("Meinten Sie „%(code)s“?") % {"code": by_word[near[0]]}
    if labels and len(labels) <= 8:
        return " " + _("Möglich sind: %(codes)s.") % {"codes": ", ".join(labels)}
    return ""
