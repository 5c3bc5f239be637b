"""Which files are taken, and the states of a stored one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event

MAX_BYTES = 20 * 1024 * 1024


class FileKind(models.TextChoices):
    """What is taken, by its content; the value is the media type it is sent with."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    HEIC = "image/heic", "HEIC"
    TIFF = "image/tiff", "TIFF"
    TEXT = "text/plain", _("Text")
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word (docx)"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel (xlsx)"
    ODT = "application/vnd.oasis.opendocument.text", "OpenDocument (odt)"


# The first ending is given to files that bring none or a wrong one.
ENDINGS = {
    FileKind.PDF: ("pdf",),
    FileKind.JPEG: ("jpg", "jpeg"),
    FileKind.PNG: ("png",),
    FileKind.HEIC: ("heic", "heif"),
    FileKind.TIFF: ("tif", "tiff"),
    FileKind.TEXT: ("txt",),
    FileKind.DOCX: ("docx",),
    FileKind.XLSX: ("xlsx",),
    FileKind.ODT: ("odt",),
}

# Text under such a name is run by somebody's computer; "txt" is not.
PROGRAM_ENDINGS = frozenset(
    "bat cmd com ps1 psm1 vbs vbe js jse mjs wsf wsh hta sh bash zsh py pyw pl rb php phtml lua reg inf url lnk"
    " desktop html htm xhtml shtml mht svg xml xsl jar jnlp scr sql applescript command".split()
)


class FileState(models.TextChoices):
    """Nobody opens a file before it was looked at."""

    QUARANTINE = "quarantine", _("wird geprüft")
    CLEAN = "clean", _("geprüft")
    UNSCANNED = "unscanned", _("nicht auf Schadsoftware geprüft")
    INFECTED = "infected", _("gesperrt: Schadsoftware")


FILE_STORED = Event("file.stored", _("hat eine Datei abgelegt"))
FILE_JUDGED = Event("file.judged", _("hat eine Datei geprüft"))
