"""Reviews of the fixed words: somebody who speaks the language has looked at them, as shipped or corrected."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.documents.models import ReviewedWords
from faden.documents.queries.words import Wording, german, translated, wordings
from faden.documents.rules.words import placeholders
from faden.documents.vocabulary import WORDS_REVIEW_WITHDRAWN, WORDS_REVIEWED
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.kernel.rls import wait_for_turn

LONGEST = 300
_EMPTY = gettext_lazy("Bitte schreiben Sie die Übersetzung hinein oder nehmen Sie das Häkchen weg.")


@dataclass(frozen=True)
class Wanted:
    """One text as it shall stand; `seen`: as it stood on the page."""

    code: str
    words: str
    seen: str


class Unfit(Invalid):
    """Some of the texts cannot be taken; `errors` by code."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(_("Geprüft wurde nichts: Einige Texte brauchen noch eine Änderung."))
        self.errors = errors


def review(
    language: str, texts: Sequence[Wanted], *, reviewed_by: str, reviewed_on: date, by: Actor, on: date, at: datetime
) -> int:
    """All of them or none; returns how many."""
    wait_for_turn("words", by)
    if texts and not reviewed_by:
        raise Invalid(_("Bitte schreiben Sie, wer geprüft hat."), "reviewed_by")
    if reviewed_on > on:
        raise Invalid(_("Der Tag liegt in der Zukunft."), "reviewed_on")
    standing = {wording.code: wording for wording in wordings(translated(language).code)}
    if errors := {one.code: fault for one in texts if (fault := _fault(one))}:
        raise Unfit(errors)
    if moved := [(standing[one.code], one) for one in texts if standing[one.code].words != one.seen]:
        raise Conflict(_("Diese Übersetzung wurde inzwischen von jemand anderem geprüft."), _differences(moved))
    for one in texts:
        ReviewedWords.objects.update_or_create(
            organisation_id=by.organisation_id,
            language=language,
            code=one.code,
            defaults={
                "german": german()[one.code],
                "words": one.words,
                "reviewed_by": reviewed_by,
                "reviewed_on": reviewed_on,
                "noted_by": by.person,
            },
        )
    if texts:
        codes = sorted(one.code for one in texts)
        audit.note(WORDS_REVIEWED, by=by, at=at, language=language, codes=codes, number=len(codes))
    return len(texts)


def withdraw(language: str, codes: Iterable[str], *, by: Actor, at: datetime) -> int:
    """They count as machine-drafted again, in the shipped words; returns how many."""
    wait_for_turn("words", by)
    rows = ReviewedWords.objects.filter(language=translated(language).code, code__in=list(codes))
    gone = sorted(rows.values_list("code", flat=True))
    rows.delete()
    if gone:
        audit.note(WORDS_REVIEW_WITHDRAWN, by=by, at=at, language=language, codes=gone, number=len(gone))
    return len(gone)


def _fault(one: Wanted) -> str:
    if one.code not in german():
        raise NotFound
    if not one.words:
        return str(_EMPTY)
    if len(one.words) > LONGEST:
        return _("Der Text ist zu lang: höchstens %(most)d Zeichen.") % {"most": LONGEST}
    wanted = placeholders(german()[one.code])
    if placeholders(one.words) != wanted:
        names = ", ".join(f"{{{name}}}" for name in wanted) or "–"
        return _("Diese Platzhalter müssen genau einmal darin stehen: %(names)s") % {"names": names}
    return ""


def _differences(moved: Iterable[tuple[Wording, Wanted]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((theirs.german, theirs.words, yours.words) for theirs, yours in moved)
