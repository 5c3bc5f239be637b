"""Anfragen: taken in a minute, without a name."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import SystemRandom

from django.utils.translation import gettext as _

from faden.cases import rules
from faden.cases.models import AnonymousMatter, Inquiry
from faden.cases.rules import codewords
from faden.cases.vocabulary.inquiry import INQUIRY_CHANGED, INQUIRY_TAKEN, INQUIRY_TEXT_DELETED, InquiryResult
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid, NotFound


@dataclass(frozen=True)
class Asked:
    """The eight fields of an inquiry."""

    asked_by: str
    municipality: str
    language: str
    interpreting: str
    life_areas: tuple[str, ...]
    urgency: str
    result: str
    text: str


def take(asked: Asked, *, under: AnonymousMatter | None, by: Actor, at: datetime) -> Inquiry:
    """Record an inquiry; `under` continues an anonymous matter."""
    inquiry = Inquiry.objects.create(
        organisation_id=by.organisation_id,
        matter=under,
        asked_at=at,
        asked_by=asked.asked_by,
        municipality_id=asked.municipality or None,
        language=asked.language,
        interpreting=asked.interpreting,
        life_areas=list(asked.life_areas),
        urgency=asked.urgency,
        result=asked.result,
        text=asked.text or None,
        taken_by=by.person,
    )
    audit.note(INQUIRY_TAKEN, by=by, at=at, subject=inquiry.id, result=inquiry.result)
    return inquiry


def give_codeword(inquiry: Inquiry, *, wish: str = "", by: Actor, on: date) -> AnonymousMatter:
    """Make the inquiry the first contact of an anonymous matter under a Kennwort."""
    word = codewords.plain_codeword(wish) if wish else _free_codeword()
    if not 0 < len(word) <= codewords.LONGEST_CODEWORD:
        # Also after the change to capitals: "ß" becomes "SS".
        raise Invalid(_("Ein Kennwort hat 1 bis 40 Buchstaben oder Ziffern."), "codeword")
    if AnonymousMatter.objects.filter(codeword=word).exists():
        raise Invalid(_("Dieses Kennwort ist schon vergeben. Bitte ein anderes wählen."), "codeword")
    matter = AnonymousMatter.objects.create(organisation_id=by.organisation_id, codeword=word, began_on=on)
    Inquiry.objects.filter(id=inquiry.id).update(matter=matter)
    return matter


def _free_codeword() -> str:
    chance = SystemRandom()
    for _attempt in range(200):
        word = codewords.codeword(chance)
        if not AnonymousMatter.objects.filter(codeword=word).exists():
            return word
    raise Invalid(_("Es ist kein Kennwort mehr frei."))


def nothing_noted() -> str:
    """For a Kennwort nobody has, and for one behind which somebody is protected."""
    return _("Unter diesem Kennwort ist nichts notiert. Bitte prüfen Sie die Schreibweise.")


def matter_of(codeword: str) -> AnonymousMatter:
    """The matter behind a Kennwort, exactly as it was given: no list, no guessing by parts."""
    matter = AnonymousMatter.objects.filter(codeword=codewords.plain_codeword(codeword)).first()
    if matter is None:
        raise NotFound(nothing_noted())
    return matter


def change_result(inquiry: Inquiry, result: InquiryResult, *, by: Actor, at: datetime) -> None:
    """What became of it is known later than it was asked."""
    Inquiry.objects.filter(id=inquiry.id).update(result=result)
    audit.note(INQUIRY_CHANGED, by=by, at=at, subject=inquiry.id, result=result)


def forget_texts(*, by: Actor, on: date, at: datetime) -> int:
    """Nightly: texts older than 90 days go, unless the matter became a case; the rows stay counted."""
    old = (
        Inquiry.objects.filter(text__isnull=False, case__isnull=True)
        .exclude(matter__case__isnull=False)
        .filter(asked_at__lt=at - timedelta(days=rules.TEXT_DAYS))
    )
    ids = list(old.values_list("id", flat=True))
    Inquiry.objects.filter(id__in=ids).update(text=None, text_deleted_on=on)
    for inquiry_id in ids:
        audit.note(INQUIRY_TEXT_DELETED, by=by, at=at, subject=inquiry_id)
    return len(ids)
