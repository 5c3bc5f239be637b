"""Letters: drafted, changed, thrown away; sent with a recorded ground, and then never changed again."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from faden.cases.actions.by_law import note_release
from faden.cases.actions.concerning import About, checked
from faden.cases.models import Case
from faden.consents.actions.releases import Told
from faden.consents.models import Release
from faden.consents.queries.declarations import standing_consents
from faden.consents.queries.grounds import consent_of, lawful_of, recipient_of
from faden.consents.rules.contents import Content, Fact
from faden.consents.vocabulary import Channel, DataClass, DeliveryKind
from faden.documents.actions import letter_checks as checks
from faden.documents.actions import papers
from faden.documents.actions.letter_checks import AsSent, Sending
from faden.documents.models import Letter, LetterTemplate, Paper
from faden.documents.queries.letter_texts import TAKE_ALONG
from faden.documents.queries.letter_values import spelled
from faden.documents.rules.words import LANGUAGES
from faden.documents.vocabulary import (
    LETTER_CHANGED,
    LETTER_DISCARDED,
    LETTER_DRAFTED,
    LETTER_SENT,
    RELEASING_GROUNDS,
    TAKEN_ALONG,
    LetterGround,
    LetterState,
    LetterWay,
    PaperKind,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid

__all__ = ["AsSent", "Planned", "Sending", "change", "discard", "draft", "record_handed_over", "send"]


@dataclass(frozen=True)
class Planned:
    """What a letter says, and to whom. `template_id`: the Word template of the office it is written on."""

    recipient: str
    address: str = ""
    subject: str = ""
    reference: str = ""
    body: str = ""
    language: str = "de"
    shipped_code: str = ""
    template_id: UUID | None = None
    about: About = About()


def draft(case: Case, *, planned: Planned, by: Actor, at: datetime) -> Letter:
    """A draft; nothing has left yet."""
    columns = _columns(planned, case)
    letter = Letter.objects.create(
        organisation_id=by.organisation_id, case=case, shipped_code=planned.shipped_code, made_at=at, made_by=by.person, **columns
    )
    audit.note(LETTER_DRAFTED, by=by, at=at, subject=case.id, letter=str(letter.id), text=planned.shipped_code)
    return letter


def change(letter: Letter, planned: Planned, *, seen_version: int, by: Actor, at: datetime) -> Letter:
    """Say it otherwise, as long as it is a draft. Which text it began with stays."""
    letter = _locked_draft(letter)
    if letter.version != seen_version:
        raise Conflict(_("Dieser Briefentwurf wurde inzwischen geändert."), _differences(letter, planned))
    for name, value in _columns(planned, letter.case).items():
        setattr(letter, name, value)
    letter.version += 1
    letter.save()
    audit.note(LETTER_CHANGED, by=by, at=at, subject=letter.case_id, letter=str(letter.id), version=letter.version)
    return letter


def discard(letter: Letter, *, seen_version: int, by: Actor, at: datetime) -> None:
    """Throw a draft away."""
    letter = _locked_draft(letter)
    if letter.version != seen_version:
        raise Conflict(_("Dieser Briefentwurf wurde inzwischen geändert. Bitte sehen Sie ihn noch einmal an."))
    letter.delete()
    audit.note(LETTER_DISCARDED, by=by, at=at, subject=letter.case_id, letter=str(letter.id))


def send(
    letter: Letter, sending: Sending, as_sent: AsSent, *, seen_version: int, by: Actor, on: date, at: datetime
) -> Letter:
    """Record that it goes out: on which ground, how, when, and the very file; from now on nothing of it changes."""
    letter = _locked_draft(letter)
    if letter.version != seen_version:
        raise Conflict(_("Dieser Brief wurde inzwischen geändert. Bitte sehen Sie ihn noch einmal an."))
    checks.check_sending(letter, sending, as_sent, on=on)
    released = _released(letter, sending, by=by, on=on, at=at)
    about = About(tuple(letter.persons), letter.confidential)
    described = papers.Described(
        PaperKind.OUTGOING, title=_("Brief an %(recipient)s") % {"recipient": letter.recipient}, dated_on=sending.on
    )
    paper = papers.take(
        letter.case, described=described, files=[(as_sent.name, as_sent.content)], about=about, by=by, at=at
    )
    for name, value in {**checks.ground_columns(sending), "state": LetterState.SENT, "release": released, "paper": paper, "sent_by": by.person}.items():
        setattr(letter, name, value)
    letter.version += 1
    letter.save()
    audit.note(
        LETTER_SENT, by=by, at=at, subject=letter.case_id, letter=str(letter.id), ground=letter.ground, way=letter.way,
        text=letter.shipped_code,
    )  # fmt: skip
    return letter


def _released(letter: Letter, sending: Sending, *, by: Actor, on: date, at: datetime) -> Release | None:
    """On a consent or by law a letter is a Weitergabe: its line stands in that register in the same transaction."""
    if sending.ground not in RELEASING_GROUNDS:
        return None
    [person] = letter.persons
    consent = consent_of(person, sending.consent_id) if sending.ground == LetterGround.CONSENT and sending.consent_id else None
    lawful = lawful_of(person, sending.lawful_id) if sending.ground == LetterGround.LAW and sending.lawful_id else None
    ground = consent or lawful
    assert ground is not None
    # A letter is told once: nothing of it is open on a later day, unless a consent can still be withdrawn.
    standing = standing_consents([person], on) if consent else []
    until = next((one.until for one in standing if one.id == ground.id), on)
    with translation.override("de"):
        facts = tuple(
            Fact(code, str(DataClass(code).label), _("steht im Brief")) for code in DataClass.values if code in sending.data_classes
        )
    content = Content(
        letter.subject, letter.body or "", facts, sender=by.organisation_name, extra={"what": "letter", "letter": str(letter.id)}
    )
    told = Told(
        DeliveryKind.INFORMATION, recipient_of(ground), _CHANNELS[LetterWay(sending.way)], ground.purpose, content, until,
        person_id=person, consent=consent, lawful=lawful,
    )  # fmt: skip
    return note_release(letter.case, told, confidential=letter.confidential, by=by, at=at, today=on)


# How the register of Weitergaben calls the ways of a letter that may be one.
_CHANNELS = {
    LetterWay.POST: Channel.LETTER,
    LetterWay.REGISTERED: Channel.LETTER,
    LetterWay.DELIVERED: Channel.IN_PERSON,
    LetterWay.MAIL: Channel.LETTER,
    LetterWay.PORTAL: Channel.LETTER,
}


def record_handed_over(  # noqa: PLR0913 -- one call says a line of the register
    case: Case,
    *,
    what: str,
    about: About,
    language: str,
    paper: Paper | None = None,
    shipped_code: str = TAKE_ALONG,
    by: Actor,
    on: date,
    at: datetime,
) -> Letter:
    """What the person took along, as a line of the register."""
    tags: Any = checked(about, case=case)
    names = spelled(tags["persons"])
    recipient = ", ".join(names[person].full for person in tags["persons"] if person in names)
    letter = Letter.objects.create(
        organisation_id=by.organisation_id, case=case, shipped_code=shipped_code, recipient=recipient[:160], subject=what[:200],
        language=language, state=LetterState.SENT, ground=LetterGround.TO_PERSON, way=LetterWay.HANDED, sent_on=on,
        paper=paper, made_at=at, made_by=by.person, sent_by=by.person, **tags,
    )  # fmt: skip
    audit.note(TAKEN_ALONG, by=by, at=at, subject=case.id, letter=str(letter.id), language=language)
    return letter


def _columns(planned: Planned, case: Case) -> dict[str, Any]:
    """The columns of a draft; no address that is kept secret is written into one."""
    tags = checked(planned.about, case=case)
    checks.check_nothing_secret(planned, case=case)
    if planned.language not in LANGUAGES:
        raise Invalid(_("In dieser Sprache gibt es keine Papiere."), "language")
    template = None
    if planned.template_id:
        template = LetterTemplate.objects.defer("content").filter(id=planned.template_id).first()
        if template is None:
            raise Invalid(_("Diese Briefvorlage gibt es hier nicht."), "template")
    return {
        **tags,
        "recipient": planned.recipient,
        "address": planned.address,
        "subject": planned.subject,
        "reference": planned.reference,
        "body": planned.body,
        "language": planned.language,
        "template": template,
    }


def _locked_draft(letter: Letter) -> Letter:
    """The letter as it is now; what was sent is closed."""
    now = Letter.objects.select_for_update(of=("self",)).select_related("case", "template").defer("template__content")
    letter = now.get(id=letter.id)
    if letter.state != LetterState.DRAFT:
        raise Invalid(_("Dieser Brief ist gesendet. Im Register ändert sich nichts mehr."))
    return letter


def _differences(letter: Letter, yours: Planned) -> tuple[tuple[str, str, str], ...]:
    """(label, what it says now, what you wanted) for each field that differs."""
    told = (
        (_("Empfänger"), letter.recipient, yours.recipient),
        (_("Anschrift"), letter.address, yours.address),
        (_("Zeichen der Stelle"), letter.reference, yours.reference),
        (_("Betreff"), letter.subject, yours.subject),
        (_("Text"), letter.body or "", yours.body),
    )
    return tuple(row for row in told if row[1] != row[2])
