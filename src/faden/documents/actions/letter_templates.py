"""Word templates of the office: looked through and tried out, then published; withdrawn ones stay for old letters."""

from datetime import datetime

from django.utils.text import slugify
from django.utils.translation import gettext as _

from faden.documents.errors import Empty
from faden.documents.models import LetterTemplate
from faden.documents.rules.letter_fields import FIELDS, LISTS
from faden.documents.rules.template_problems import sentences
from faden.documents.vocabulary import LETTER_TEMPLATE_PUBLISHED, LETTER_TEMPLATE_WITHDRAWN
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.kernel.rls import wait_for_turn
from faden.outside import word

KNOWN = word.Known(FIELDS, LISTS)
LONGEST_CODE = 40
# Words that stand in addresses where a template's short name would.
RESERVED = frozenset({"neu", "muster"})


class Broken(Invalid):
    """The file is not taken; `sentences` are all reasons."""

    def __init__(self, found: list[str]) -> None:
        super().__init__(_("Diese Datei lässt sich so nicht verwenden. Veröffentlicht wurde nichts."), "file")
        self.sentences = found


def looked_through(content: bytes) -> list[str]:
    """The fields a template uses, after filling it once with nobody's data."""
    if not content:
        raise Empty
    try:
        return word.examined(content, KNOWN)
    except word.NotTaken as wrong:
        raise Broken(sentences(wrong.problems)) from wrong


def publish(title: str, content: bytes, *, code: str = "", by: Actor, at: datetime) -> LetterTemplate:
    """A new template, or with the code of one that is there its next version."""
    used = looked_through(content)
    wait_for_turn("letter templates", by)
    versions = LetterTemplate.objects.filter(code=code).order_by("-version") if code else LetterTemplate.objects.none()
    newest = versions.values_list("version", flat=True).first()
    if code and newest is None:
        raise NotFound(_("Diese Briefvorlage gibt es hier nicht."))
    row = LetterTemplate.objects.create(
        organisation_id=by.organisation_id,
        code=code or _free_code(title),
        version=(newest or 0) + 1,
        title=title,
        content=content,
        fields=used,
        published_at=at,
        published_by=by.person,
    )
    audit.note(LETTER_TEMPLATE_PUBLISHED, by=by, at=at, template=row.code, version=row.version)
    return row


def withdraw(code: str, *, seen: int, by: Actor, at: datetime) -> None:
    """It is no longer offered; letters that were written on it keep it."""
    wait_for_turn("letter templates", by)
    rows = LetterTemplate.objects.filter(code=code)
    newest = rows.order_by("-version").values_list("version", flat=True).first()
    if newest is None:
        raise NotFound(_("Diese Briefvorlage gibt es hier nicht."))
    if newest != seen:
        raise Conflict(
            _("Diese Briefvorlage wurde inzwischen von jemand anderem geändert."),
            ((_("Neueste Fassung"), str(newest), str(seen)),),
        )
    if not rows.filter(withdrawn_at__isnull=True).update(withdrawn_at=at, withdrawn_by=by.person):
        raise Invalid(_("Diese Briefvorlage wird schon nicht mehr angeboten."))
    audit.note(LETTER_TEMPLATE_WITHDRAWN, by=by, at=at, template=code, version=newest)


def filled(content: bytes, values: dict[str, str | list[str]]) -> bytes:
    """A template with these values; it was looked through when it was published, and is again."""
    try:
        return word.filled(content, KNOWN, values)
    except word.NotTaken as wrong:
        raise Broken(sentences(wrong.problems)) from wrong


def _free_code(title: str) -> str:
    """A short name from the title that no other template has."""
    stem = slugify(title)[: LONGEST_CODE - 4].strip("-") or "vorlage"
    stem = f"vorlage-{stem}" if stem in RESERVED else stem
    taken = set(LetterTemplate.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for n in range(1, len(taken) + 2) if (code := stem if n == 1 else f"{stem}-{n}") not in taken)
