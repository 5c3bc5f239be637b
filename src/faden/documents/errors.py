"""Why a file is not taken."""

from django.utils.translation import gettext as _

from faden.documents.vocabulary import MOST_FILES
from faden.kernel.errors import Invalid


def _named(name: str, sentence: str) -> str:
    """Of several files the one that is meant."""
    return f"{name[:120]}: {sentence}" if name else sentence


class TooLarge(Invalid):
    """Over 20 MB."""

    def __init__(self, name: str = "") -> None:
        super().__init__(_named(name, _("Diese Datei ist zu groß. Möglich sind höchstens 20 MB.")), "uploads")


class TooMuch(Invalid):
    """So much at once that it never arrived."""

    def __init__(self) -> None:
        super().__init__(_("Das ist auf einmal zu viel: höchstens 20 MB je Datei und 60 MB zusammen."), "uploads")


class TooMany(Invalid):
    """More files than one paper takes."""

    def __init__(self) -> None:
        super().__init__(
            _("Ein Dokument hat höchstens %(number)d Dateien. Teilen Sie es bitte auf.") % {"number": MOST_FILES}, "files"
        )


class Empty(Invalid):
    """Nothing in it."""

    def __init__(self, name: str = "") -> None:
        super().__init__(_named(name, _("Diese Datei ist leer.")), "uploads")


class KindNotTaken(Invalid):
    """Something else than we take, whatever its name says."""

    def __init__(self, name: str = "") -> None:
        super().__init__(
            _named(
                name,
                _(
                    "Diese Art von Datei nehmen wir nicht an. Möglich sind PDF, Bilder (JPEG, PNG, HEIC, TIFF), Text,"
                    " Word (docx), Excel (xlsx) und OpenDocument (odt), alle ohne Makros."
                ),
            ),
            "uploads",
        )
