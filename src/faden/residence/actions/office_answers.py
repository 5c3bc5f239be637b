"""At the office: what its building block 3 answers to a request of a client. Never a decision, never a result."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from faden.consents.actions import replies
from faden.consents.models import Delivery
from faden.consents.vocabulary import DeliveryKind, ReleaseEnd
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Invalid, NotFound
from faden.residence import policies
from faden.residence.models import GivenOfficeAnswer
from faden.residence.rules.office_said import OfficeSaid, as_reply, lacking
from faden.residence.vocabulary import OFFICE_ANSWER_GIVEN


def answer(
    delivery_id: UUID, said: OfficeSaid, *, correcting: bool = False, by: Actor, at: datetime, today: date
) -> GivenOfficeAnswer:
    """To the sender, where it becomes a step; several may follow each other, and a correction is one that says so."""
    policies.may_answer_clients(by).require()
    asked = Delivery.objects.select_for_update(of=("self",)).filter(id=delivery_id, kind=DeliveryKind.RESIDENCE).first()
    if asked is None:
        raise NotFound(_("Diese Anfrage gibt es hier nicht, oder sie ist beendet."))
    if asked.ended_at is not None and asked.ended_because != ReleaseEnd.SUPERSEDED:
        raise Invalid(_("Diese Anfrage ist beendet. Der Absender nimmt keine Antwort mehr an; bitte rufen Sie dort an."))
    if lacks := lacking(said, today=today):
        raise Invalid(lack_words(lacks), lacks)
    said = _marked(said.bare) if correcting else said.bare
    given = GivenOfficeAnswer.objects.create(
        organisation_id=by.organisation_id, delivery=asked, series_id=asked.series_id, kind=said.kind, documents=list(said.documents),
        appointment_on=said.appointment_on, appointment_words=said.appointment_words, competent=said.competent, words=said.words or None,
        reply_id=replies.reply(delivery_id, as_reply(said), by=by, at=at), answered_at=at, answered_by=by.person,
    )  # fmt: skip
    audit.note(OFFICE_ANSWER_GIVEN, by=by, at=at, subject=delivery_id, kind=said.kind)
    return given


def lack_words(field: str) -> str:
    """What to do about a field without which the answer says nothing."""
    return {
        "documents": _("Bitte kreuzen Sie an, was fehlt, oder schreiben Sie es."),
        "appointment_on": _("Bitte geben Sie den Tag an. Er darf nicht in der Vergangenheit liegen."),
        "appointment_words": _("Bitte schreiben Sie Uhrzeit und Ort."),
        "competent": _("Bitte schreiben Sie, wer zuständig ist, oder dass Sie es nicht wissen."),
    }[field]


def _marked(said: OfficeSaid) -> OfficeSaid:
    with override("de"):  # it is read at the other side
        mark = _("Berichtigung: Diese Antwort gilt anstelle der vorigen.")
    return OfficeSaid(said.kind, said.documents, said.appointment_on, said.appointment_words, said.competent, f"{mark}\n{said.words}".strip())
