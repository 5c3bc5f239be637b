"""The texts that the software brings for common letters."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from django.utils.translation import gettext as _

from faden.documents.rules.letter_texts import LetterText, read
from faden.kernel.errors import NotFound

TAKE_ALONG = "take_along"


@cache
def texts() -> Mapping[str, LetterText]:
    """By code, in the order of the file; read once per process."""
    source = files("faden.documents").joinpath("shipped", "letters.yaml").read_text(encoding="utf-8")
    return MappingProxyType(read(source))


def text_of(code: str) -> LetterText:
    """One of them."""
    if code not in texts():
        raise NotFound(_("Diesen Text gibt es nicht."))
    return texts()[code]


def kind_of_letter(code: str) -> str:
    """What a letter was, as the register says it."""
    if code == TAKE_ALONG:
        return _("Blatt zum Mitnehmen")
    return texts()[code].title if code in texts() else _("freier Brief")
