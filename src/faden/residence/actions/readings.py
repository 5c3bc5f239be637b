""" "Wir lesen § 25b anders": noted per condition for whoever keeps the rules, without anybody's name; taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid, NotFound
from faden.law.rules import LAW_STATE
from faden.residence import policies
from faden.residence.models import RuleReading
from faden.residence.queries.readings import names_somebody
from faden.residence.rules.readings import LONGEST, is_known
from faden.residence.vocabulary import RULE_READ_OTHERWISE, RULE_READING_WITHDRAWN


@dataclass(frozen=True)
class ReadOtherwise:
    """Which rule, and how it is read; no condition: the whole path."""

    path: str
    condition: str
    words: str


def write(said: ReadOtherwise, *, by: Actor, at: datetime, today: date) -> RuleReading:
    """Everybody who works with the rules reads it, under the name of the service or office."""
    policies.may_read_rules(by).require()
    if not is_known(said.path, said.condition, on=today):
        raise Invalid(_("Bitte wählen Sie eine Regel aus der Liste."), "rule")
    if not said.words.strip() or len(said.words) > LONGEST:
        raise Invalid(_("Bitte schreiben Sie, wie Sie die Regel lesen."), "words")
    if names_somebody(said.words, by=by):
        raise Invalid(_("Darin steht der Name einer Person aus Ihren Fällen. Alle Dienste und Behörden lesen es: bitte ohne Namen."), "words")
    made = RuleReading.objects.create(
        organisation_id=by.organisation_id, path=said.path, condition=said.condition, law_state=LAW_STATE, words=said.words.strip(),
        written_at=at, written_by=by.person,
    )  # fmt: skip
    audit.note(RULE_READ_OTHERWISE, by=by, at=at, subject=made.id, path=said.path, condition=said.condition)
    return made


def withdraw(reading_id: UUID, *, by: Actor, at: datetime) -> None:
    """Of the own service or office; whoever of it sees that it was wrong."""
    policies.may_read_rules(by).require()
    standing = RuleReading.objects.filter(id=reading_id, organisation=by.organisation_id, withdrawn_at=None)
    if not standing.update(withdrawn_at=at):
        raise NotFound(_("Diese Lesart gibt es hier nicht, oder sie ist schon zurückgenommen."))
    audit.note(RULE_READING_WITHDRAWN, by=by, at=at, subject=reading_id)
