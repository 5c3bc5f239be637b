"""Fallkonferenz: planned with its appointment, who sits there and by what, the agenda, the invitation, called off."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from faden.cases.actions import appointments
from faden.cases.actions.appointments import Planned
from faden.cases.actions.concerning import checked
from faden.cases.models import Case
from faden.cases.queries.members import person_here
from faden.cases.vocabulary.task import DropReason
from faden.consents.vocabulary import DataClass
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.organisations.models import Membership
from faden.organisations.queries.recipients import Recipient
from faden.referrals.models import Conference, ConferencePoint, Hearing, Participant
from faden.referrals.queries.conferences import present_at, seat_of
from faden.referrals.rules.conferences import choices
from faden.referrals.vocabulary import (
    CONFERENCE_CANCELLED,
    CONFERENCE_CHANGED,
    CONFERENCE_INVITED,
    CONFERENCE_PLANNED,
    ConferenceState,
    HearsBy,
    InvitedBy,
    ParticipantKind,
)


@dataclass(frozen=True)
class Wished:
    """When and where (the appointment, and which version of it was seen), about whom (its `about`), and the question."""

    planned: Planned
    question: str
    appointment_version: int = 0


@dataclass(frozen=True)
class Seated:
    """Who is to sit there: exactly one of person, member and recipient, or a name alone for who comes along."""

    kind: ParticipantKind
    name: str = ""
    person: UUID | None = None
    member: UUID | None = None
    recipient: Recipient | None = None


@dataclass(frozen=True)
class OnAgenda:
    """A point: of one person and one class of data, or about nobody."""

    title: str
    person: UUID | None = None
    data_class: str = ""


@dataclass(frozen=True)
class Heard:
    """By what one may hear of one person, as a form sends it: "consent:<id>", "self"."""

    person: UUID
    by: HearsBy
    ground: UUID | None = None


@dataclass(frozen=True)
class Seen:
    """Who changes a conference, when, and which version of it she saw."""

    version: int
    by: Actor
    at: datetime
    today: date


def plan(wished: Wished, *, case: Case, by: Actor, at: datetime) -> Conference:
    """With its appointment in the calendar; nobody is invited yet."""
    tags = checked(wished.planned.about, case=case)
    appointment = appointments.make(wished.planned, case=case, by=by, at=at)
    conference = Conference.objects.create(
        organisation_id=by.organisation_id, case=case, appointment=appointment, question=wished.question,
        planned_at=at, planned_by=by.person, **tags,
    )  # fmt: skip
    audit.note(CONFERENCE_PLANNED, by=by, at=at, subject=case.id, conference=str(conference.id))
    return conference


def change(conference: Conference, wished: Wished, seen: Seen) -> Conference:
    """Day, place and question; about whom it is stays, since the grounds hang on it."""
    conference = locked(conference, seen)
    conference.appointment = appointments.change(
        conference.appointment, wished.planned, case=conference.case, seen_version=wished.appointment_version, by=seen.by, at=seen.at
    )
    conference.question = wished.question
    return _changed(conference, seen)


def cancel(conference: Conference, because: DropReason, seen: Seen) -> Conference:
    """It does not take place: the appointment is called off with it."""
    conference = locked(conference, seen)
    appointments.drop(conference.appointment, because, case=conference.case, by=seen.by, at=seen.at)
    conference.state, conference.version = ConferenceState.CANCELLED, conference.version + 1
    conference.save()
    audit.note(
        CONFERENCE_CANCELLED, by=seen.by, at=seen.at, subject=conference.case_id, conference=str(conference.id), because=because
    )
    return conference


# ---------- who sits there ----------


def seat(conference: Conference, seated: Seated, seen: Seen) -> Participant:
    """One more at the table. She hears nothing of anybody before somebody says by what; herself apart."""
    conference = locked(conference, seen)
    if seated.recipient and seated.recipient.decides_about_stay:
        raise Invalid(_("Ausländer- und Einbürgerungsbehörden nehmen an keiner Fallkonferenz teil."), "who")
    participant = Participant(
        organisation_id=seen.by.organisation_id, conference=conference, kind=seated.kind, name=_named(conference, seated),
        person_id=seated.person, member_id=seated.member,
        recipient_id=seated.recipient.organisation_id if seated.recipient else None,
        agency_id=seated.recipient.agency_id if seated.recipient else None,
    )  # fmt: skip
    _sits_once(participant)
    participant.save()
    for person in conference.persons:
        own = HearsBy.SELF if person == seated.person else HearsBy.NO_NAMES
        Hearing.objects.create(
            organisation_id=seen.by.organisation_id, participant=participant, person_id=person, ground=own
        )
    _changed(conference, seen)
    return participant


def _named(conference: Conference, seated: Seated) -> str:
    """What the minutes call her: function and body; of a client nothing, her name is not kept twice."""
    if seated.kind == ParticipantKind.CLIENT and seated.person:
        person_here(conference.case, seated.person)
        return str(ParticipantKind.CLIENT.label)
    if seated.kind == ParticipantKind.STAFF:
        member = Membership.objects.filter(id=seated.member).first() if seated.member else None
        if member is None:
            raise Invalid(_("Bitte wählen Sie, wer teilnimmt."), "who")
        return member.name
    if seated.kind == ParticipantKind.RECIPIENT:
        if seated.recipient is None:
            raise Invalid(_("Bitte wählen Sie, wer teilnimmt."), "who")
        return f"{seated.name}, {seated.recipient.name}"[:200] if seated.name else seated.recipient.name
    if not seated.name:
        raise Invalid(_("Bitte schreiben Sie, wer kommt."), "name")
    return seated.name


def _sits_once(new: Participant) -> None:
    others = Participant.objects.filter(conference_id=new.conference_id)
    same = [one for one in others if (one.person_id, one.member_id) == (new.person_id, new.member_id) != (None, None)]
    if same:
        raise Invalid(_("Diese Person steht schon auf der Liste."), "who")


def unseat(conference: Conference, participant_id: UUID, seen: Seen) -> None:
    """She does not come after all."""
    conference = locked(conference, seen)
    participant_of(conference, participant_id).delete()
    _changed(conference, seen)


def decide(conference: Conference, participant_id: UUID, heard: list[Heard], seen: Seen) -> None:
    """By what she may hear of each person; only what stands today can be chosen."""
    conference = locked(conference, seen)
    participant = participant_of(conference, participant_id)
    everybody = list(Participant.objects.filter(conference=conference))
    present = present_at(conference, everybody, today=seen.today)
    for one in heard:
        if (one.by, one.ground) not in choices(seat_of(participant), one.person, present):
            raise Invalid(_("Diese Grundlage gilt hier nicht. Bitte wählen Sie noch einmal."), f"by_{one.person.hex}")
        Hearing.objects.update_or_create(
            organisation_id=seen.by.organisation_id, participant=participant, person_id=one.person,
            defaults={
                "ground": one.by,
                "consent_id": one.ground if one.by == HearsBy.CONSENT else None,
                "lawful_id": one.ground if one.by == HearsBy.LAW else None,
            },
        )  # fmt: skip
    _changed(conference, seen)


def invited(conference: Conference, participant_id: UUID, how: InvitedBy, *, by: Actor, at: datetime) -> None:
    """Asked to come; with day and place, and no word about whom."""
    participant = participant_of(conference, participant_id)
    participant.invited_at, participant.invited_how = at, how
    participant.save(update_fields=["invited_at", "invited_how"])
    audit.note(CONFERENCE_INVITED, by=by, at=at, subject=conference.case_id, conference=str(conference.id), how=how)


def participant_of(conference: Conference, participant_id: UUID) -> Participant:
    """One at this table."""
    found = Participant.objects.filter(conference=conference, id=participant_id).select_related("recipient", "agency").first()
    if found is None:
        raise NotFound(_("Diese Person sitzt hier nicht am Tisch."))
    return found


# ---------- the agenda ----------


def add_point(conference: Conference, point: OnAgenda, seen: Seen) -> ConferencePoint:
    """At the end of the agenda."""
    conference = locked(conference, seen, also_held=True)
    last = ConferencePoint.objects.filter(conference=conference).aggregate(last=Max("position"))["last"] or 0
    made = ConferencePoint.objects.create(
        organisation_id=seen.by.organisation_id, conference=conference, position=last + 1, **_columns(conference, point)
    )
    _changed(conference, seen)
    return made


def change_point(conference: Conference, point_id: UUID, point: OnAgenda, seen: Seen) -> None:
    """Call it otherwise, or say of whom and what it is."""
    conference = locked(conference, seen, also_held=True)
    row = point_of(conference, point_id)
    for name, value in _columns(conference, point).items():
        setattr(row, name, value)
    row.save()
    _changed(conference, seen)


def drop_point(conference: Conference, point_id: UUID, seen: Seen) -> None:
    """Off the agenda; what was said to it would be lost, so not after the conference."""
    conference = locked(conference, seen)
    point_of(conference, point_id).delete()
    _changed(conference, seen)


def point_of(conference: Conference, point_id: UUID) -> ConferencePoint:
    """One point of this conference."""
    found = ConferencePoint.objects.filter(conference=conference, id=point_id).select_related("conference__case").first()
    if found is None:
        raise NotFound(_("Diesen Punkt gibt es hier nicht."))
    return found


def _columns(conference: Conference, point: OnAgenda) -> dict[str, object]:
    if point.person and point.person not in conference.persons:
        raise Invalid(_("Über diese Person wird in dieser Konferenz nicht gesprochen."), "person")
    if point.person and point.data_class not in DataClass.values:
        raise Invalid(_("Bitte wählen Sie, zu welchen Angaben der Punkt gehört."), "data_class")
    return {"title": point.title, "person_id": point.person, "data_class": point.data_class if point.person else ""}


def locked(conference: Conference, seen: Seen, *, also_held: bool = False) -> Conference:
    """The row as it is now, unless somebody changed it meanwhile or it is over."""
    rows = Conference.objects.select_for_update(of=("self",)).select_related("case__lead", "appointment")
    found = rows.get(id=conference.id)
    if found.version != seen.version:
        raise Conflict(_("Diese Fallkonferenz hat sich inzwischen geändert."))
    if found.state == ConferenceState.CANCELLED or (found.state == ConferenceState.HELD and not also_held):
        raise Invalid(_("Diese Fallkonferenz ist schon vorbei oder abgesagt."))
    return found


def _changed(conference: Conference, seen: Seen) -> Conference:
    conference.version += 1
    conference.save()
    audit.note(CONFERENCE_CHANGED, by=seen.by, at=seen.at, subject=conference.case_id, conference=str(conference.id))
    return conference
