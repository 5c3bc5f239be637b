"""Why a file is not taken."""

from django.utils.translation import gettext as _

from faden.kernel.errors import Invalid


class TooLarge(Invalid):
    """Over 20 MB; also one so large that it never arrived whole."""

    def __init__(self) -> None:
        super().__init__(_("Diese Datei ist zu groß. Möglich sind höchstens 20 MB."), "file")


class Empty(Invalid):
    """Nothing in it."""

    def __init__(self) -> None:
        super().__init__(_("Diese Datei ist leer."), "file")


class KindNotTaken(Invalid):
    """Something else than we take, whatever its name says."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Diese Art von Datei nehmen wir nicht an. Möglich sind PDF, Bilder (JPEG, PNG, HEIC, TIFF), Text,"
                " Word (docx), Excel (xlsx) und OpenDocument (odt), alle ohne Makros."
            ),
            "file",
        )
