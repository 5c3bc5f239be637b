"""What all declarations of a person have in common: begun, signed, ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.consents import policies
from faden.consents.actions import releases
from faden.consents.actions import texts as text_actions
from faden.consents.models import DECLARED, Consent, Declared, FormText, OwnSecrecyRelease
from faden.consents.policies import AtField
from faden.consents.queries.form_texts import texts
from faden.consents.rules import declarations as rules
from faden.consents.rules.declarations import Born, Reviewed, Signing
from faden.consents.vocabulary import (
    CONSENT_WITHDRAWN,
    CONSENTED,
    OWN_SECRECY_ENDED,
    OWN_SECRECY_SIGNED,
    POWER_ENDED,
    POWER_SIGNED,
    SECRECY_ENDED,
    SECRECY_SIGNED,
    DeclarationEnd,
    FormKind,
    ReleaseEnd,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Invalid
from faden.persons.models import Person

KINDS = {model.kind: model for model in DECLARED}
_SIGNED = {
    FormKind.POWER: POWER_SIGNED,
    FormKind.SECRECY: SECRECY_SIGNED,
    FormKind.CONSENT: CONSENTED,
    FormKind.OWN_SECRECY: OWN_SECRECY_SIGNED,
}
_ENDED = {
    FormKind.POWER: POWER_ENDED,
    FormKind.SECRECY: SECRECY_ENDED,
    FormKind.CONSENT: CONSENT_WITHDRAWN,
    FormKind.OWN_SECRECY: OWN_SECRECY_ENDED,
}
# What a Weitergabe says when the declaration under it ends.
_RELEASES_END = {
    DeclarationEnd.REVOKED: ReleaseEnd.WITHDRAWN,
    DeclarationEnd.DONE: ReleaseEnd.DONE,
    DeclarationEnd.OF_AGE: ReleaseEnd.OF_AGE,
}
_LONGEST_YEARS = 3


@dataclass(frozen=True)
class How:
    """What every declaration says besides its content: until when, in which language, who signs, who interprets."""

    valid_until: date
    shown_language: str = ""
    own: bool = True
    represented_by: tuple[UUID, ...] = ()
    interpreter_name: str = ""
    interpreter_language: str = ""
    interpreter_obliged_on: date | None = None


def begun(
    kind: FormKind, how: How, *, person: Person, children: Iterable[str], by: Actor, at: datetime
) -> dict[str, object]:
    """The common columns of a new declaration; which text is signed follows from the review states."""
    today = at.astimezone(BERLIN).date()
    if how.valid_until < today:
        raise Invalid(_("Dieser Tag liegt in der Vergangenheit."), "valid_until")
    if how.valid_until.year > today.year + _LONGEST_YEARS:
        raise Invalid(_("Länger als drei Jahre gilt keine Erklärung. Bitte wählen Sie einen früheren Tag."), "valid_until")
    _require(policies.may_sign(kind, _born(person), own=how.own, represented_by=how.represented_by, on=today))
    _require(policies.may_interpret(how.interpreter_name, children=children))
    text = texts().signed_in(kind, how.shown_language)
    if text is None:
        raise Invalid(_("Es gibt keinen deutschen Text dafür. Die Leitung kann einen schreiben: „Texte zum Unterschreiben“."))
    return {
        "organisation_id": by.organisation_id,
        "person": person,
        "text": text_actions.row_of(text, by=by, at=at),
        "shown_language": how.shown_language,
        "interpreter_name": how.interpreter_name,
        "interpreter_language": how.interpreter_language,
        "interpreter_obliged_on": how.interpreter_obliged_on,
        "represented_by": list(how.represented_by),
        "own_agreement": how.own,
        "valid_until": how.valid_until,
        "prepared_at": at,
        "prepared_by": by.person,
    }


def sign(
    kind: FormKind,
    declared_id: UUID,
    signing: Signing,
    *,
    printed_as_draft: bool,
    children: Iterable[str],
    by: Actor,
    at: datetime,
) -> Declared:
    """It came back signed; from now on it counts."""
    declared = _locked(kind, declared_id)
    today = at.astimezone(BERLIN).date()
    paper = as_paper(declared, printed_as_draft=printed_as_draft)
    _require(policies.may_be_signed(paper, signing, children=children, today=today))
    declared.signed_on, declared.noted_by = signing.signed_on, by.person
    declared.read_aloud = signing.read_aloud
    declared.interpreter_name = signing.interpreter_name
    declared.interpreter_language = signing.interpreter_language if signing.interpreter_name else ""
    declared.interpreter_obliged_on = signing.interpreter_obliged_on if signing.interpreter_name else None
    if isinstance(declared, Consent):
        declared.given_how = signing.given_how
    declared.save()
    audit.note(_SIGNED[kind], by=by, at=at, subject=declared.id)
    return declared


def end(
    kind: FormKind, declared_id: UUID, because: DeclarationEnd, *, ended_on: date, by: Actor, at: datetime
) -> Declared:
    """Revoked, done, or never signed; it counts no more from this day on. Saying it twice changes nothing."""
    declared = _locked(kind, declared_id)
    if declared.ended_on:
        return declared
    wanted = (DeclarationEnd.NOT_SIGNED,) if declared.signed_on is None else (DeclarationEnd.REVOKED, DeclarationEnd.DONE)
    if because not in wanted:
        raise Invalid(_("Bitte wählen Sie, warum die Erklärung endet."), "because")
    if ended_on > at.astimezone(BERLIN).date():
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "ended_on")
    if declared.signed_on and ended_on < declared.signed_on:
        raise Invalid(_("An diesem Tag war die Erklärung noch nicht unterschrieben."), "ended_on")
    ended(declared, because, ended_on=ended_on, by=by, at=at)
    return declared


def ended(declared: Declared, because: DeclarationEnd, *, ended_on: date, by: Actor, at: datetime) -> None:
    """Write the end, whoever found it; what went out on it ends in this transaction on every channel."""
    _end_row(declared, because, ended_on=ended_on, by=by, at=at)
    if isinstance(declared, Consent):
        # The release of our staff serves this consent and nothing else.
        for belonging in declared.secrecy_releases.filter(ended_on__isnull=True):
            _end_row(belonging, _along(belonging, because), ended_on=ended_on, by=by, at=at)
    consent = consent_under(declared)
    if consent and because != DeclarationEnd.NOT_SIGNED:
        releases.end_all_on(consent, _RELEASES_END[because], by=by, at=at)


def _end_row(declared: Declared, because: DeclarationEnd, *, ended_on: date, by: Actor, at: datetime) -> None:
    declared.ended_on, declared.ended_because, declared.ended_noted_by = ended_on, because, by.user_id
    declared.save(update_fields=["ended_on", "ended_because", "ended_noted_by"])
    audit.note(_ENDED[declared.kind], by=by, at=at, subject=declared.id, because=because)


def _along(belonging: OwnSecrecyRelease, because: DeclarationEnd) -> DeclarationEnd:
    """Why it ends with its consent: of one that was signed nobody says that it was not, nor the other way round."""
    if because == DeclarationEnd.OF_AGE:
        return because
    if belonging.signed_on is None:
        return DeclarationEnd.NOT_SIGNED
    return DeclarationEnd.DONE if because == DeclarationEnd.NOT_SIGNED else because


def consent_under(declared: Declared) -> Consent | None:
    """Without the release of our staff a consent carries nothing either."""
    if isinstance(declared, OwnSecrecyRelease):
        return declared.consent
    return declared if isinstance(declared, Consent) else None


def as_paper(declared: Declared, *, printed_as_draft: bool) -> rules.Paper:
    """The declaration as the rules see it."""
    text = declared.text
    return rules.Paper(
        kind=declared.kind,
        text=Reviewed(text.language, text.reviewed_on, _withdrawn_on(text), _german_review(text)),
        shown_language=declared.shown_language,
        prepared_on=declared.prepared_at.astimezone(BERLIN).date(),
        valid_until=declared.valid_until,
        is_signed=declared.signed_on is not None,
        is_ended=declared.ended_on is not None,
        printed_as_draft=printed_as_draft,
        born=_born(declared.person),
        own=declared.own_agreement,
        represented_by=tuple(declared.represented_by),
    )


def _german_review(text: FormText) -> date | None:
    """When the German text was reviewed that this one is or translates."""
    if text.language == "de":
        return text.reviewed_on
    german = FormText.objects.filter(kind=text.kind, language="de", version=text.of_version)
    return german.values_list("reviewed_on", flat=True).first()


def _withdrawn_on(text: FormText) -> date | None:
    return text.withdrawn_at.astimezone(BERLIN).date() if text.withdrawn_at else None


def _born(person: Person) -> Born:
    return Born(person.birth_earliest, person.birth_latest)


def _locked(kind: FormKind, declared_id: UUID) -> Declared:
    rows = KINDS[kind].objects.select_for_update(of=("self",)).select_related("text", "person")
    return rows.get(id=declared_id)


def _require(verdict: AtField) -> None:
    if not verdict:
        raise Invalid(verdict.reason, verdict.field)
