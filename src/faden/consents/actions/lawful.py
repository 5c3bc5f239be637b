"""Weitergabe by law: norm and facts by one person, checked by another; never suggested by the program."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.consents import policies
from faden.consents.models import LawfulRelease
from faden.consents.vocabulary import (
    LAW_ASKED,
    LAW_CONFIRMED,
    LAW_INFORMED,
    LAW_REFUSED,
    STAY_NORMS,
    TICKED_NORMS,
    DataClass,
    LawNorm,
    NotInformed,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid, NotFound
from faden.organisations.queries.recipients import Recipient
from faden.persons.models import Person


@dataclass(frozen=True)
class ByLaw:
    """What the first person states."""

    recipient: Recipient
    norm: LawNorm
    facts: str
    purpose: str
    data_classes: tuple[DataClass, ...]
    norm_words: str = ""
    informed_on: date | None = None
    not_informed: str = ""
    not_informed_words: str = ""

    def checked(self, *, today: date) -> None:
        """Each thing that is missing, as a sentence at its field."""
        if self.norm == LawNorm.OTHER and not self.norm_words:
            raise Invalid(_("Bitte nennen Sie die Vorschrift."), "norm_words")
        if not self.facts:
            raise Invalid(_("Bitte schreiben Sie die Tatsachen auf, auf die Sie sich stützen."), "facts")
        if not self.data_classes:
            raise Invalid(_("Bitte wählen Sie, um welche Angaben es geht."), "data_classes")
        if self.informed_on and self.informed_on > today:
            raise Invalid(_("Dieser Tag liegt in der Zukunft."), "informed_on")
        if not self.informed_on and self.not_informed not in NotInformed.values:
            raise Invalid(_("Bitte sagen Sie, wann die Person unterrichtet wurde, oder warum nicht."), "informed_on")
        if self.recipient.decides_about_stay and self.norm not in STAY_NORMS:
            raise Invalid(
                _("An diese Behörde geht ohne Einwilligung nur etwas auf ein Ersuchen, nach einer Pflicht zur Unterrichtung oder auf Anordnung eines Gerichts."),
                "norm",
            )
        immigrates = self.recipient.decides_about_stay and not self.recipient.naturalises
        if self.norm in (LawNorm.AUFENTHG_87_1, LawNorm.AUFENTHG_87_2) and not immigrates:
            raise Invalid(_("§ 87 AufenthG gilt nur gegenüber einer Ausländerbehörde."), "norm")
        if self.norm == LawNorm.STAG_32 and not self.recipient.naturalises:
            raise Invalid(_("§ 32 StAG gilt nur gegenüber einer Einbürgerungsbehörde."), "norm")


def ask(by_law: ByLaw, *, person: Person, by: Actor, at: datetime, today: date) -> LawfulRelease:
    """Written down for the second person; nothing leaves by it."""
    by_law.checked(today=today)
    made = LawfulRelease.objects.create(
        organisation_id=by.organisation_id, person=person, norm=by_law.norm, norm_words=by_law.norm_words,
        facts=by_law.facts, purpose=by_law.purpose,
        data_classes=[code for code in DataClass.values if code in by_law.data_classes],
        informed_on=by_law.informed_on, not_informed="" if by_law.informed_on else by_law.not_informed,
        not_informed_words="" if by_law.informed_on else by_law.not_informed_words,
        asked_at=at, asked_by=by.person, **by_law.recipient.columns,
    )  # fmt: skip
    audit.note(LAW_ASKED, by=by, at=at, subject=made.id, norm=by_law.norm)
    return made


def confirm(
    lawful_id: UUID, *, checked_87: bool = False, checked_88: bool = False, words: str = "", by: Actor, at: datetime
) -> LawfulRelease:
    """The second person has checked norm, facts and whether less would do."""
    lawful = _locked(lawful_id)
    policies.may_decide_by_law(lawful, by).require()
    if lawful.norm in TICKED_NORMS:
        if not checked_87:
            raise Invalid(_("Bitte bestätigen Sie, dass Sie das Ersuchen oder die Pflicht geprüft haben."), "checked_87")
        if not checked_88:
            raise Invalid(_("Bitte bestätigen Sie, dass keine Vorschrift entgegensteht."), "checked_88")
    lawful.checked_87, lawful.checked_88 = checked_87, checked_88
    return _decided(lawful, confirmed=True, words=words, by=by, at=at)


def refuse(lawful_id: UUID, *, words: str, by: Actor, at: datetime) -> LawfulRelease:
    """The second person does not agree, and says why."""
    lawful = _locked(lawful_id)
    policies.may_decide_by_law(lawful, by).require()
    if not words:
        raise Invalid(_("Bitte schreiben Sie, warum nicht."), "words")
    return _decided(lawful, confirmed=False, words=words, by=by, at=at)


def inform(lawful_id: UUID, *, informed_on: date, by: Actor, at: datetime) -> LawfulRelease:
    """The person has been told afterwards."""
    lawful = _locked(lawful_id)
    if lawful.informed_on:
        return lawful
    lawful.informed_on = informed_on
    lawful.save(update_fields=["informed_on"])
    audit.note(LAW_INFORMED, by=by, at=at, subject=lawful.id)
    return lawful


def _decided(lawful: LawfulRelease, *, confirmed: bool, words: str, by: Actor, at: datetime) -> LawfulRelease:
    lawful.confirmed, lawful.decided_words, lawful.decided_at, lawful.decided_by = confirmed, words, at, by.person
    lawful.save(
        update_fields=["confirmed", "decided_words", "decided_at", "decided_by", "checked_87", "checked_88"]
    )
    if confirmed:
        audit.note(LAW_CONFIRMED, by=by, at=at, subject=lawful.id, norm=lawful.norm)
    else:
        audit.note(LAW_REFUSED, by=by, at=at, subject=lawful.id, norm=lawful.norm)
    return lawful


def _locked(lawful_id: UUID) -> LawfulRelease:
    lawful = LawfulRelease.objects.select_for_update().filter(id=lawful_id).first()
    if lawful is None:
        raise NotFound(_("Diese Prüfung gibt es hier nicht."))
    return lawful
