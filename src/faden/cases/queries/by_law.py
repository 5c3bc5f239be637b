"""Weitergaben by law: those of a case, those that wait for a second person, and one of them with its facts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case, TimelineEntry
from faden.cases.queries.timeline import Of, concerning
from faden.cases.vocabulary.case import EntryKind
from faden.consents.models import LawfulRelease
from faden.consents.queries.grounds import ByLaw, by_law, confirmed_lately
from faden.consents.queries.releases import ReleaseRow, released, releases_by_law
from faden.consents.vocabulary import TICKED_NORMS, DataClass, LawNorm, NotInformed
from faden.kernel.actor import Actor
from faden.kernel.errors import NotFound
from faden.organisations.queries.memberships import names_of


@dataclass(frozen=True)
class LawfulRow:
    """What one person stated, what the second one said, and what has left by it."""

    id: UUID
    case_id: UUID
    number: str
    person_id: UUID
    confidential: bool
    norm: LawNorm
    norm_words: str
    recipient: str
    purpose: str
    data_classes: tuple[str, ...]
    facts: str
    informed_on: date | None
    not_informed: str
    asked_at: datetime
    asked_by: str
    is_mine: bool
    decided_at: datetime | None
    decided_by: str
    confirmed: bool | None
    decided_words: str
    releases: tuple[ReleaseRow, ...] = ()

    @property
    def law(self) -> str:
        """The norm in words."""
        return self.norm_words if self.norm == LawNorm.OTHER else str(self.norm.label)

    @property
    def classes_words(self) -> tuple[str, ...]:
        """What may be told."""
        return tuple(str(DataClass(code).label) for code in self.data_classes)

    @property
    def is_ticked(self) -> bool:
        """Towards an office that decides about the stay: both paragraphs are ticked by the second person."""
        return self.norm in TICKED_NORMS

    @property
    def waits(self) -> bool:
        """For the second person."""
        return self.decided_at is None


def lawful_in(case: Case, of: Of, *, by: Actor) -> list[LawfulRow]:
    """Of a case, of one person in it, or of her vertraulicher Faden; the newest first. Eight statements at most."""
    entries = TimelineEntry.objects.filter(concerning(of), case=case, kind=EntryKind.RELEASE, persons__len=1)
    return _rows(list(entries.select_related("case")), by)


def lawful_one(case: Case, lawful_id: UUID, *, by: Actor) -> LawfulRow:
    """One of this case."""
    return _rows([entry_of(case, lawful_id)], by)[0]


def entry_of(case: Case, lawful_id: UUID) -> TimelineEntry:
    """Its line: by it it belongs to this case."""
    entry = TimelineEntry.objects.filter(id=lawful_id, case=case, kind=EntryKind.RELEASE).select_related("case").first()
    if entry is None or not LawfulRelease.objects.filter(id=lawful_id).exists():
        raise _not_here()
    return entry


def lawful_to_decide(lawful_id: UUID, *, by: Actor) -> LawfulRow:
    """One of the service, for the second person; decided or not."""
    entries = TimelineEntry.objects.filter(id=lawful_id, kind=EntryKind.RELEASE).select_related("case")
    rows = _rows(list(entries), by)
    if not rows:
        raise _not_here()
    return rows[0]


def lawful_waiting(*, by: Actor) -> list[LawfulRow]:
    """All of the service that nobody has decided, the oldest first."""
    waiting = LawfulRelease.objects.filter(decided_at__isnull=True).values_list("id", flat=True)
    entries = TimelineEntry.objects.filter(id__in=list(waiting), kind=EntryKind.RELEASE).select_related("case")
    return list(reversed(_rows(list(entries), by)))


def waiting_by_law(by: Actor) -> int:
    """How many wait for this reader; one statement."""
    return LawfulRelease.objects.filter(decided_at__isnull=True).exclude(asked_by=by.person).count()


def confirmed_in(case: Case, persons: Collection[UUID], *, confidential: bool, on: date) -> list[ByLaw]:
    """What a second person lately confirmed in this case about one of them; of a vertraulicher Faden only there. Two statements."""
    lines = TimelineEntry.objects.filter(case=case, kind=EntryKind.RELEASE, persons__overlap=list(persons))
    if not confidential:
        lines = lines.filter(confidential=False)
    ids = list(lines.values_list("id", flat=True))
    if not ids:
        return []
    return [by_law(row) for row in LawfulRelease.objects.filter(confirmed_lately(on), id__in=ids).order_by("-decided_at", "-id")]


@dataclass(frozen=True)
class ReleaseLine:
    """What the line of a check or of a Weitergabe says in the history of a case."""

    title: str
    by: str
    facts: tuple[str, ...]


def release_lines(ids: Collection[UUID]) -> dict[UUID, ReleaseLine]:
    """Checks by law and what has left; six statements, none without ids."""
    if not ids:
        return {}
    asked = list(LawfulRelease.objects.filter(id__in=list(ids)).defer("facts"))
    names = names_of({row.asked_by for row in asked})
    lines = {row.id: _checked(row, names.get(row.asked_by, "")) for row in asked}
    for row in released(ids).values():
        title = _("Weitergabe an %(recipient)s") % {"recipient": row.recipient}
        lines[row.id] = ReleaseLine(title, row.released_by, (str(row.ground.label), str(row.channel.label), *row.data_classes))
    return lines


def _checked(row: LawfulRelease, by: str) -> ReleaseLine:
    states = {None: _("wartet auf die zweite Person"), True: _("bestätigt"), False: _("abgelehnt")}
    title = _("Gesetzliche Grundlage für eine Weitergabe an %(recipient)s") % {"recipient": row.recipient_name}
    return ReleaseLine(title, by, (row.norm_words or str(LawNorm(row.norm).label), states[row.confirmed]))


def _rows(entries: list[TimelineEntry], by: Actor) -> list[LawfulRow]:
    lines = {entry.id: entry for entry in entries}
    found = list(LawfulRelease.objects.filter(id__in=lines).order_by("-asked_at", "-id"))
    names = names_of({user for row in found for user in (row.asked_by, row.decided_by)})
    gone = releases_by_law([row.id for row in found])
    return [_row(row, lines[row.id], names, gone.get(row.id, ()), by) for row in found]


def _row(
    row: LawfulRelease, entry: TimelineEntry, names: dict[int, str], gone: Collection[ReleaseRow], by: Actor
) -> LawfulRow:
    reason = str(NotInformed(row.not_informed).label) if row.not_informed else ""
    return LawfulRow(
        row.id, entry.case_id, entry.case.number, row.person_id, entry.confidential, LawNorm(row.norm), row.norm_words,
        row.recipient_name, row.purpose, tuple(row.data_classes), row.facts or "", row.informed_on,
        " ".join(filter(None, (reason, row.not_informed_words))), row.asked_at, names.get(row.asked_by, ""),
        row.asked_by == by.user_id, row.decided_at, names.get(row.decided_by or 0, ""), row.confirmed, row.decided_words,
        tuple(gone),
    )  # fmt: skip


def _not_here() -> NotFound:
    return NotFound(_("Diese Weitergabe gibt es hier nicht."))
