"""Letters of a case: drafts and what went out, one of them, and what it may rest on."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.cases.queries.timeline import Of, concerning
from faden.documents.models import Letter
from faden.documents.queries.forms import Grounds, standing_for
from faden.documents.queries.letter_texts import kind_of_letter, texts
from faden.documents.rules.letter_texts import LetterText
from faden.documents.vocabulary import LetterGround, LetterState, LetterWay
from faden.kernel.errors import NotFound
from faden.organisations.queries.memberships import names_of
from faden.persons.queries.cards import main_names

PAGE = 50


@dataclass(frozen=True)
class LetterRow:
    """A line of the list of a case."""

    id: UUID
    kind: str
    recipient: str
    subject: str
    is_draft: bool
    made_at: datetime
    sent_on: date | None
    way: str
    ground: str
    by: str
    about: tuple[str, ...]


@dataclass(frozen=True)
class LetterPage:
    """Drafts first, then what went out, newest first."""

    rows: list[LetterRow]
    number: int
    has_more: bool

    @property
    def drafts(self) -> list[LetterRow]:
        """Nothing of these has left."""
        return [row for row in self.rows if row.is_draft]

    @property
    def sent(self) -> list[LetterRow]:
        """Lines of the register."""
        return [row for row in self.rows if not row.is_draft]


def letters_of(case: Case, of: Of, *, page: int = 1) -> LetterPage:
    """Fifty of them; three statements."""
    found = Letter.objects.filter(concerning(of), case=case).defer("body").order_by("state", "-made_at", "-id")
    rows = list(found[(page - 1) * PAGE : page * PAGE + 1])
    writers = names_of({row.sent_by or row.made_by for row in rows})
    people = main_names(person for row in rows for person in row.persons)
    lines = [
        LetterRow(
            row.id, kind_of_letter(row.shipped_code), row.recipient, row.subject, row.state == LetterState.DRAFT,
            row.made_at, row.sent_on, way_label(row.way), ground_label(row.ground),
            writers.get(row.sent_by or row.made_by, ""), tuple(people[p] for p in row.persons if p in people),
        )
        for row in rows
    ]  # fmt: skip
    return LetterPage(lines[:PAGE], page, has_more=len(lines) > PAGE)


def letter_of(case: Case, letter_id: UUID) -> Letter:
    """A letter of this case."""
    found = Letter.objects.select_related("case", "template", "power", "secrecy_release", "consent", "lawful").defer("template__content")
    letter = found.filter(id=letter_id, case=case).first()
    if letter is None:
        raise NotFound(_("Diesen Brief gibt es hier nicht."))
    return letter


def grounds_for(letter: Letter, *, on: date) -> Grounds:
    """Vollmachten, mutual releases from secrecy and consents given in this case, and what was confirmed by law; six statements."""
    found = standing_for(letter.case, letter.persons, confidential=letter.confidential, on=on)
    return replace(found, releases=[one for one in found.releases if one.mutual])


def choices_of_texts() -> list[LetterText]:
    """What a letter can begin with, in the order people look for it."""
    return list(texts().values())


def ground_label(code: str) -> str:
    """In words, "" for a draft."""
    return str(LetterGround(code).label) if code else ""


def way_label(code: str) -> str:
    """In words, "" for a draft."""
    return str(LetterWay(code).label) if code else ""


def writer_of(letter: Letter) -> str:
    """Who sent it, or who drafted it; one statement."""
    user = letter.sent_by or letter.made_by
    return names_of({user}).get(user, "")
