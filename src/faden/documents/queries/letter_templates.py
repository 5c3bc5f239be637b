"""The office's own Word templates: what may be chosen, what there was before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from faden.documents.models import LetterTemplate
from faden.documents.rules.letter_fields import BY_CODE, SAYS, says_something
from faden.kernel.clock import BERLIN
from faden.kernel.errors import NotFound
from faden.organisations.queries.memberships import names_of

_SHORT = ("id", "code", "version", "title", "fields", "published_at", "published_by", "withdrawn_at")


@dataclass(frozen=True)
class TemplateRow:
    """One version as lists show it; its content stays where it is."""

    id: UUID
    code: str
    version: int
    title: str
    fields: tuple[str, ...]
    says: tuple[str, ...]
    published_on: date
    published_by: str
    withdrawn_on: date | None
    is_offered: bool


def all_versions() -> list[TemplateRow]:
    """Every version, newest first under its title; two statements."""
    rows = list(LetterTemplate.objects.only(*_SHORT).order_by("title", "code", "-version"))
    names = names_of({row.published_by for row in rows})
    newest: dict[str, int] = {}
    for row in rows:
        if row.withdrawn_at is None:
            newest[row.code] = max(row.version, newest.get(row.code, 0))
    return [_row(row, names.get(row.published_by, ""), newest.get(row.code) == row.version) for row in rows]


def offered_templates() -> list[tuple[UUID, str]]:
    """The newest version of each that is not withdrawn, by title; one statement."""
    rows = LetterTemplate.objects.filter(withdrawn_at__isnull=True).order_by("code", "-version").distinct("code")
    found = [(row.id, row.title) for row in rows.only("id", "code", "title")]
    return sorted(found, key=lambda row: row[1].casefold())


def template_row(code: str) -> TemplateRow:
    """The version that is offered, else the newest there was; two statements."""
    found = [row for row in all_versions() if row.code == code]
    if not found:
        raise NotFound(_("Diese Briefvorlage gibt es hier nicht."))
    return next((row for row in found if row.is_offered), found[0])


def newest_version(code: str) -> int:
    """The highest number there is; guards withdrawing."""
    return LetterTemplate.objects.filter(code=code).order_by("-version").values_list("version", flat=True).first() or 0


def content_of_template(template_id: UUID) -> bytes:
    """The file as it was uploaded."""
    content = LetterTemplate.objects.filter(id=template_id).values_list("content", flat=True).first()
    if content is None:
        raise NotFound(_("Diese Briefvorlage gibt es hier nicht."))
    return bytes(content)


def version_of(code: str, version: int) -> LetterTemplate:
    """One version, withdrawn or not, without its content."""
    found = LetterTemplate.objects.only(*_SHORT).filter(code=code, version=version).first()
    if found is None:
        raise NotFound(_("Diese Briefvorlage gibt es hier nicht."))
    return found


def _row(row: LetterTemplate, by: str, is_offered: bool) -> TemplateRow:
    return TemplateRow(
        row.id, row.code, row.version, row.title, tuple(code for code in row.fields if code in BY_CODE), said(row.fields),
        row.published_at.astimezone(BERLIN).date(), by,
        row.withdrawn_at.astimezone(BERLIN).date() if row.withdrawn_at else None, is_offered,
    )  # fmt: skip


def said(codes: Iterable[str]) -> tuple[str, ...]:
    """What these fields say beyond who it is about, in words."""
    return tuple(str(SAYS[says]) for says in says_something(codes))
