"""Earlier versions of a contact note."""

from dataclasses import dataclass
from datetime import datetime

from faden.cases.models import ContactNote, ContactNoteVersion
from faden.cases.queries.life_areas import labels
from faden.cases.vocabulary.contact_note import ContactType
from faden.organisations.queries.memberships import names_of


@dataclass(frozen=True)
class Earlier:
    """What a note said before."""

    version: int
    replaced_at: datetime
    by: str
    happened_at: datetime
    title: str
    life_areas: tuple[str, ...]
    text: str


def versions_of(note: ContactNote) -> list[Earlier]:
    """Newest correction first; three statements."""
    rows = list(ContactNoteVersion.objects.filter(note=note).order_by("-version"))
    names, words = names_of({row.replaced_by for row in rows}), labels()
    return [
        Earlier(
            row.version,
            row.replaced_at,
            names.get(row.replaced_by, ""),
            row.happened_at,
            str(ContactType(row.type).label),
            words.all_at(row.life_areas, row.happened_at),
            row.text,
        )
        for row in rows
    ]
