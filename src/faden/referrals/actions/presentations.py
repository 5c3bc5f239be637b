"""Anonyme Fallvorstellung: made by code, changed and read through by a person, released without a person, taken back."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from faden.cases.actions import tasks
from faden.cases.actions.concerning import About
from faden.cases.models import Case
from faden.cases.vocabulary.case import Phase
from faden.consents.actions import releases, replies
from faden.consents.actions.releases import Told
from faden.consents.models import Reply
from faden.consents.rules.contents import Content
from faden.consents.vocabulary import Channel, DeliveryKind, ReleaseEnd
from faden.documents.actions.letter_checks import check_nothing_secret
from faden.documents.actions.letters import Planned
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Conflict, Invalid
from faden.organisations.queries.letterheads import letterhead_of
from faden.organisations.queries.recipients import Recipient
from faden.referrals.models import CasePresentation, GivenAnswer
from faden.referrals.queries.case_words import case_words
from faden.referrals.queries.presentations import (
    answers_to,
    coordinations,
    finds_in,
    finds_standing,
    gone,
    left,
    text_for,
    told_here,
)
from faden.referrals.vocabulary import (
    DELIVERY_ANSWERED,
    PRESENTATION_ANSWERED,
    PRESENTATION_CHANGED,
    PRESENTATION_MADE,
    PRESENTATION_REVIEWED,
    PRESENTATION_SENT,
    PRESENTATION_WITHDRAWN,
    PresentationAnswer,
    PresentationCheck,
    PresentationState,
    PresentationTells,
)

# The coordination works with it for a while; longer needs a new one.
LONGEST = timedelta(days=180)
# A Planungskonferenz is planned within a year.
FARTHEST = timedelta(days=366)
WORDS = 300


@dataclass(frozen=True)
class Wording:
    """What leaves: the occasion, the question, the text."""

    occasion: str
    question: str
    body: str


def make(
    case: Case, *, occasion: str, question: str, tells: Collection[str], by: Actor, at: datetime, today: date
) -> CasePresentation:
    """A draft from the case; nothing leaves by it."""
    told = [code for code in PresentationTells.values if code in tells]
    row = CasePresentation.objects.create(
        organisation_id=by.organisation_id, case=case, occasion=occasion, question=question, tells=told,
        body=text_for(case, set(told), today=today), made_at=at, made_by=by.person,
    )  # fmt: skip
    audit.note(PRESENTATION_MADE, by=by, at=at, subject=case.id, presentation=str(row.id))
    return row


def change(row: CasePresentation, wording: Wording, *, seen_version: int, by: Actor, at: datetime) -> CasePresentation:
    """Other words have to be read through again."""
    row = _locked(row, seen_version, wording)
    row.occasion, row.question, row.body = wording.occasion, wording.question, wording.body
    _back_to_draft(row)
    row.version += 1
    row.save()
    audit.note(PRESENTATION_CHANGED, by=by, at=at, subject=row.case_id, presentation=str(row.id), version=row.version)
    return row


def review(
    row: CasePresentation, *, checked: Collection[str], harmless: Collection[str], seen_version: int, by: Actor, at: datetime
) -> CasePresentation:  # fmt: skip
    """Every point of the list is ticked, and nothing stands in the text that nobody has looked at."""
    row = _locked(row, seen_version)
    known = case_words(row.case)
    may_stay = {one.key for one in finds_in(row, known) if one.may_stay}
    row.harmless = "\n".join(sorted((set(harmless) & may_stay) | (left(row) & may_stay))) or None
    _nothing_stands(row)
    if missing := [one for one in PresentationCheck if one not in checked]:
        raise Invalid(_("Bitte gehen Sie jeden Punkt der Liste durch. Es fehlt: %(point)s") % {"point": missing[0].label}, "checked")
    row.checked = list(PresentationCheck.values)
    row.state, row.reviewed_at, row.reviewed_by = PresentationState.REVIEWED, at, by.person
    row.version += 1
    row.save()
    audit.note(PRESENTATION_REVIEWED, by=by, at=at, subject=row.case_id, presentation=str(row.id))
    return row


def send(
    row: CasePresentation, to: Recipient, *, until: date, seen_version: int, by: Actor, at: datetime, today: date
) -> CasePresentation:  # fmt: skip
    """To one coordination's inbox, without a person; looked through once more with what the case knows today."""
    row = _locked(row, seen_version)
    if row.state != PresentationState.REVIEWED:
        raise Invalid(_("Bitte sehen Sie den Text zuerst durch."))
    if to.key not in {one.key for one in coordinations(but=by.organisation_id)}:
        raise Invalid(_("Vorgestellt wird nur einer Koordinierungsstelle."), "recipient")
    if not today <= until <= today + LONGEST:
        raise Invalid(_("Bitte wählen Sie einen Tag in den nächsten sechs Monaten."), "until")
    _nothing_stands(row)
    check_nothing_secret(Planned("", subject=row.occasion, body=f"{row.question}\n{row.body}"), case=row.case)
    told = Told(
        DeliveryKind.PRESENTATION, to, Channel.INBOX, row.occasion, content_of(row, organisation_id=by.organisation_id), until
    )
    row.release = releases.release(told, by=by, at=at, today=today)
    row.state, row.version = PresentationState.SENT, row.version + 1
    row.save()
    audit.note(PRESENTATION_SENT, by=by, at=at, subject=row.case_id, presentation=str(row.id))
    return row


def withdraw(row: CasePresentation, *, seen_version: int, by: Actor, at: datetime) -> CasePresentation:
    """The coordination can read it no more."""
    row = _locked(row, seen_version, over=PresentationState.WITHDRAWN)
    if row.release is None:
        raise Invalid(_("Diese Fallvorstellung ist nirgends hingegangen."))
    releases.end(row.release, ReleaseEnd.RECALLED, by=by, at=at)
    row.state, row.version = PresentationState.WITHDRAWN, row.version + 1
    row.save()
    audit.note(PRESENTATION_WITHDRAWN, by=by, at=at, subject=row.case_id, presentation=str(row.id))
    return row


# ---------- the coordination answers ----------


@dataclass(frozen=True)
class Said:
    """What becomes of it; the day only of a Planungskonferenz."""

    answer: PresentationAnswer
    on: date | None = None
    words: str = ""

    def checked(self, today: date) -> None:
        """Nothing is said by an answer without words, or by a Planungskonferenz on no day."""
        if self.answer == PresentationAnswer.PLANNED and self.on is None:
            raise Invalid(_("Bitte wählen Sie den Tag der Planungskonferenz."), "on")
        if self.answer == PresentationAnswer.PLANNED and self.on and not today <= self.on <= today + FARTHEST:
            raise Invalid(_("Bitte wählen Sie einen Tag in den nächsten zwölf Monaten."), "on")
        if self.answer == PresentationAnswer.ANSWERED and not self.words:
            raise Invalid(_("Bitte schreiben Sie Ihre Antwort."), "words")


def answer(delivery_id: UUID, said: Said, *, seen: UUID | None, by: Actor, at: datetime, today: date) -> GivenAnswer:
    """At the coordination; a later answer takes the place of the earlier. `seen`: the one that counted on the page."""
    copy = told_here().select_for_update(of=("self",)).filter(id=delivery_id).first()
    if copy is None or copy.valid_until < today:
        raise gone()
    newest = next(iter(answers_to(copy.id)), None)
    if (newest.id if newest else None) != seen:
        raise Conflict(_("Inzwischen hat jemand geantwortet. Bitte sehen Sie nach, was jetzt gilt."))
    said.checked(today)
    on = said.on if said.answer == PresentationAnswer.PLANNED else None
    told = {"what": "presentation", "answer": str(said.answer), "on": on.isoformat() if on else "", "words": said.words}
    given = GivenAnswer.objects.create(
        organisation_id=by.organisation_id, delivery=copy, series_id=copy.series_id, kind=said.answer, from_on=on,
        words=said.words or None, reply_id=replies.reply(copy.id, told, by=by, at=at), answered_at=at, answered_by=by.person,
    )  # fmt: skip
    audit.note(DELIVERY_ANSWERED, by=by, at=at, subject=copy.id, kind=said.answer)
    return given


def take(reply: Reply, *, by: Actor, at: datetime) -> CasePresentation | None:
    """What the coordination said, at the service: the newest counts, and whoever leads the case gets a task to read it."""
    said = json.loads(reply.content)
    replies.taken(reply, at=at)
    if said.get("what") != "presentation" or said.get("answer") not in PresentationAnswer.values:
        return None
    rows = CasePresentation.objects.select_for_update(of=("self",)).select_related("case")
    row = rows.filter(release=reply.release_id).first()
    if row is None or (row.answered_at and row.answered_at > reply.replied_at):
        return None  # taken up late: a newer one stands there already
    is_first = not row.answer
    row.answer, row.answered_at = said["answer"], reply.replied_at
    row.answer_on = date.fromisoformat(said["on"]) if said.get("on") else None
    row.answer_words = said.get("words", "")[:WORDS] or None
    row.save(update_fields=["answer", "answer_on", "answer_words", "answered_at"])
    if row.case.phase != Phase.CLOSED:
        _tell_lead(row, is_first=is_first, by=by, at=at)
    audit.note(PRESENTATION_ANSWERED, by=by, at=at, subject=row.case_id, presentation=str(row.id), answer=row.answer)
    return row


def _tell_lead(row: CasePresentation, *, is_first: bool, by: Actor, at: datetime) -> None:
    # A job has no reader whose language could be asked.
    with translation.override("de"):
        first = _("Antwort der Koordination auf die Fallvorstellung lesen: %(occasion)s")
        changed = _("Geänderte Antwort der Koordination auf die Fallvorstellung lesen: %(occasion)s")
        title = (first if is_first else changed) % {"occasion": row.occasion}
    tomorrow = at.astimezone(BERLIN).date() + timedelta(days=1)
    wanted = tasks.Wanted(title[:200], tomorrow, row.case.lead_id, About((row.case.person_id,)))
    tasks.make(wanted, case=row.case, by=by, at=at)


def content_of(row: CasePresentation, *, organisation_id: int) -> Content:
    """What the coordination reads; the preview is just this."""
    head = letterhead_of(organisation_id)
    message = f"{row.question}\n\n{row.body}"
    return Content(row.occasion, message=message, sender=head.service, sender_contact=head.contact)


def _nothing_stands(row: CasePresentation) -> None:
    found = finds_standing(row, case_words(row.case))
    if found:
        sentence = _("Im Text steht noch, was auf die Familie hinweist: %(words)s")
        raise Invalid(sentence % {"words": ", ".join(_("„%(words)s“") % {"words": one.words} for one in found[:5])})


def _back_to_draft(row: CasePresentation) -> None:
    row.state, row.reviewed_at, row.reviewed_by, row.checked = PresentationState.DRAFT, None, None, []


def _locked(
    row: CasePresentation, seen_version: int, wording: Wording | None = None, *, over: PresentationState = PresentationState.SENT
) -> CasePresentation:  # fmt: skip
    """The row as it is now; what was sent is only taken back, never changed."""
    rows = CasePresentation.objects.select_for_update(of=("self",)).select_related("case__person__municipality", "release")
    found = rows.get(id=row.id)
    if found.version != seen_version:
        raise Conflict(_("Diese Fallvorstellung hat sich inzwischen geändert."), _differences(found, wording))
    if found.state in (over, PresentationState.WITHDRAWN):
        raise Invalid(_("Diese Fallvorstellung ist schon vorgestellt oder zurückgezogen."))
    return found


def _differences(found: CasePresentation, wording: Wording | None) -> tuple[tuple[str, str, str], ...]:
    if wording is None:
        return ()
    pairs = (
        (_("Anlass"), found.occasion, wording.occasion),
        (_("Frage"), found.question, wording.question),
        (_("Text"), found.body, wording.body),
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])
