"""What came of a Fallkonferenz: who was there, what was said and agreed, tasks and steps, and the minutes for each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from faden.cases.actions import attendance, tasks
from faden.cases.actions.by_law import note_release
from faden.cases.actions.concerning import About
from faden.cases.actions.timeline import tell
from faden.cases.models import Task
from faden.cases.vocabulary.appointment import Attendance
from faden.cases.vocabulary.case import EntryKind
from faden.chains.actions import bending, steps
from faden.chains.actions.bending import NewStep, Why
from faden.chains.actions.steps import Holder
from faden.chains.models import ChainStep
from faden.chains.vocabulary import BendReason, StepKind
from faden.consents.actions import links, releases
from faden.consents.actions.releases import Told
from faden.consents.models import Release
from faden.consents.rules.contents import Content, Fact
from faden.consents.vocabulary import Channel, DeliveryKind
from faden.documents.actions.letter_checks import check_nothing_secret, check_words
from faden.documents.actions.letters import Planned
from faden.kernel import audit
from faden.kernel.errors import Invalid
from faden.kernel.queue import enqueue
from faden.organisations.queries.letterheads import letterhead_of
from faden.organisations.queries.recipients import Recipient, recipient
from faden.referrals.actions.conferences import Seen, locked, participant_of, point_of
from faden.referrals.models import Conference, ConferencePoint, Hearing, Participant
from faden.referrals.queries.case_words import other_peoples_names
from faden.referrals.queries.conferences import ConferencePage, Row, conference_page
from faden.referrals.queries.minutes import minutes_content
from faden.referrals.rules.traces import TraceKind, traces
from faden.referrals.vocabulary import (
    CONFERENCE_CHANGED,
    CONFERENCE_HELD,
    CONFERENCE_MINUTES,
    ConferenceState,
    ParticipantKind,
)

# Minutes are there for a while, then the agreement has become work.
_KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Noted:
    """What was said to a point and agreed: who, until when."""

    said: str = ""
    agreed: str = ""
    who: str = ""
    until_on: date | None = None


@dataclass(frozen=True)
class Sent:
    """What went to one reader about one person; `code`: of a link, told once."""

    release: Release
    code: str = ""


def note(
    conference: Conference, noted: Mapping[UUID, Noted], seen: Seen, *, came: Collection[UUID] = ()
) -> list[str]:
    """First time: it was held, who came, and for each other body a line in the register of what was said before it.

    Returns who was there without a ground that stands today; later only the words change.
    """
    conference = locked(conference, seen, also_held=True)
    for point in ConferencePoint.objects.filter(conference=conference, id__in=list(noted)):
        words = noted[point.id]
        point.said, point.agreed = words.said or None, words.agreed or None
        point.who, point.until_on = words.who, words.until_on
        point.save()
    without: list[str] = []
    if conference.state == ConferenceState.PLANNED:
        without = _held(conference, came, seen)
    conference.version += 1
    conference.save()
    audit.note(CONFERENCE_CHANGED, by=seen.by, at=seen.at, subject=conference.case_id, conference=str(conference.id))
    return without


def _held(conference: Conference, came: Collection[UUID], seen: Seen) -> list[str]:
    if conference.appointment.dropped_because:
        raise Invalid(_("Der Termin dieser Fallkonferenz ist abgesagt."))
    if conference.appointment.starts_at > seen.at:
        raise Invalid(_("Die Fallkonferenz hat noch nicht begonnen."))
    conference.state, conference.held_at, conference.held_by = ConferenceState.HELD, seen.at, seen.by.person
    conference.save()
    for participant in Participant.objects.filter(conference=conference):
        participant.came = participant.id in came
        participant.save(update_fields=["came"])
        if participant.person_id and participant.person_id in conference.appointment.persons:
            state = Attendance.CAME if participant.came else Attendance.MISSED
            attendance.note(conference.appointment, participant.person_id, state, by=seen.by, at=seen.at)
    tell(
        conference.case, kind=EntryKind.CONFERENCE, about=conference.id, at=seen.at, persons=conference.persons,
        confidential=conference.confidential,
    )  # fmt: skip
    audit.note(CONFERENCE_HELD, by=seen.by, at=seen.at, subject=conference.case_id, conference=str(conference.id))
    page = conference_page(conference.case, conference.id, today=seen.today)
    return [name for row in page.rows if row.came for name in _spoken(page, row, seen)]


@translation.override("de")
def _spoken(page: ConferencePage, row: Row, seen: Seen) -> list[str]:
    """The lines of the register for what was said before one other body; its name where a ground is missing by now."""
    if row.kind != ParticipantKind.RECIPIENT:
        return []
    to = recipient(row.recipient_key, but=seen.by.organisation_id)
    for cell in row.cells:
        points = [one for one in page.points_for(row) if one.person_id == cell.person_id]
        if not points or not cell.hears.classes or not cell.hearing_id:
            continue
        facts = tuple(Fact(one.data_class, one.title, _("in der Fallkonferenz besprochen")) for one in points)
        content = Content(_("Fallkonferenz am %(day)s") % {"day": f"{page.day:%d.%m.%Y}"}, facts=facts, sender=seen.by.organisation_name)
        hearing = _hearing(cell.hearing_id)
        hearing.spoken = _released(page.row, _told(hearing, to, Channel.IN_PERSON, content, until=seen.today), seen)
        hearing.save(update_fields=["spoken"])
    return [row.name] if any(cell.is_warning for cell in row.cells) else []


def _released(conference: Conference, told: Told, seen: Seen) -> Release:
    """Out of a vertraulicher Faden it gets a line there: by it the register knows that it stands nowhere else."""
    if conference.confidential:
        return note_release(conference.case, told, confidential=True, by=seen.by, at=seen.at, today=seen.today)
    return releases.release(told, by=seen.by, at=seen.at, today=seen.today)


def _hearing(hearing_id: UUID) -> Hearing:
    return Hearing.objects.select_related("consent", "lawful", "minutes", "participant").get(id=hearing_id)


@translation.override("de")
def _told(hearing: Hearing, to: Recipient, channel: Channel, content: Content, *, until: date) -> Told:
    before = hearing.minutes if channel == Channel.INBOX and hearing.minutes and hearing.minutes.channel == channel else None
    return Told(
        DeliveryKind.CONFERENCE, to, channel, _("Fallkonferenz"), content, until, person_id=hearing.person_id,
        consent=hearing.consent, lawful=hearing.lawful, supersedes=before,
    )  # fmt: skip


# ---------- the minutes leave ----------


def for_reader(page: ConferencePage, row: Row, *, organisation_id: int) -> list[tuple[UUID, Content]]:
    """(hearing, what it says) for each person of whom this reader gets minutes; the preview is just this."""
    head = letterhead_of(organisation_id)
    found = [
        (cell.hearing_id, minutes_content(page, row, cell.person_id, service=head.service, contact=head.contact))
        for cell in row.cells
        if cell.hearing_id
    ]
    return [(key, content) for key, content in found if content.facts]


def check_print(page: ConferencePage, row: Row, *, organisation_id: int) -> None:
    """The print for another body says no more than what may be sent to it."""
    for key, content in for_reader(page, row, organisation_id=organisation_id):
        _names_nobody_else(page.row, _hearing(key).person_id, content)


def send(conference: Conference, participant_id: UUID, channel: Channel, seen: Seen) -> list[Sent]:
    """To one other body, about each person on her own ground; again after a correction as the next copy."""
    conference = locked(conference, seen, also_held=True)
    if conference.state != ConferenceState.HELD:
        raise Invalid(_("Ein Protokoll gibt es erst nach der Konferenz."))
    page = conference_page(conference.case, conference.id, today=seen.today)
    row = page.row_of(participant_id)
    if row.kind != ParticipantKind.RECIPIENT or participant_of(conference, participant_id).came is not True:
        raise Invalid(_("Das Protokoll bekommt nur, wer am Tisch saß."))
    told = for_reader(page, row, organisation_id=seen.by.organisation_id)
    if not told:
        raise Invalid(_("Für diese Stelle steht nichts im Protokoll, das sie lesen darf."))
    to = recipient(row.recipient_key, but=seen.by.organisation_id)
    return [_sent(conference, _hearing(key), to, channel, content, page, seen) for key, content in told]


def _sent(
    conference: Conference, hearing: Hearing, to: Recipient, channel: Channel, content: Content, page: ConferencePage, seen: Seen
) -> Sent:  # fmt: skip
    _names_nobody_else(conference, hearing.person_id, content)
    last = [one.until for one in page.present.grounds.values() if one.id == hearing.consent_id and one.until]
    until = min([seen.today + _KEPT, *last])
    made = _released(conference, _told(hearing, to, channel, content, until=until), seen)
    hearing.minutes = made
    hearing.save(update_fields=["minutes"])
    code = ""
    if channel == Channel.LINK:
        code = links.open_for(made, by=seen.by, at=seen.at).code
        enqueue("referrals.link_mail", by=seen.by, key=f"link-{made.id}", release_id=made.id)
    audit.note(
        CONFERENCE_MINUTES, by=seen.by, at=seen.at, subject=conference.case_id, conference=str(conference.id), channel=channel
    )
    return Sent(made, code)


def _names_nobody_else(conference: Conference, person: UUID, content: Content) -> None:
    """What is told about one says nobody else's name: of her the others have to speak themselves."""
    told = content.words
    check_nothing_secret(Planned("", body=told), case=conference.case)
    names = other_peoples_names(conference.case, but=(person,))
    for words in told.split("\n"):
        if found := [one for one in traces(words, names) if one.kind == TraceKind.NAME]:
            sentence = _(
                "Im Protokoll steht bei dieser Person „%(name)s“. Das ist der Name von jemand anderem aus der Familie."
                " Schreiben Sie zum Beispiel „der Sohn“, oder machen Sie daraus einen eigenen Punkt."
            )
            raise Invalid(sentence % {"name": found[0].words})


# ---------- agreements become work ----------


def to_task(
    conference: Conference, point_id: UUID, *, title: str, assignee: UUID, due_on: date | None, seen: Seen
) -> Task:
    """Somebody of us holds it until a day."""
    conference = locked(conference, seen, also_held=True)
    point = _without_work(conference, point_id)
    persons = (point.person_id,) if point.person_id else tuple(conference.persons)
    wanted = tasks.Wanted(title, due_on, assignee, About(persons, conference.confidential))
    point.task = tasks.make(wanted, case=conference.case, by=seen.by, at=seen.at)
    point.save(update_fields=["task"])
    return point.task


@translation.override("de")  # why it was added is stored
def to_step(
    conference: Conference, point_id: UUID, chain_id: UUID, *, title: str, holder: Holder, due_on: date | None, seen: Seen
) -> ChainStep:
    """A step in a chain of the person it is about, with its holder and the day agreed."""
    conference = locked(conference, seen, also_held=True)
    point = _without_work(conference, point_id)
    why = Why(BendReason.OTHER_WAY, _("In der Fallkonferenz am %(day)s vereinbart.") % {"day": f"{conference.appointment.starts_at:%d.%m.%Y}"})
    new = NewStep(title, StepKind.CLARIFY, holder)
    check_words(title, case=conference.case)  # the chain may be shared
    step = bending.add_step(chain_id, new, why, case=conference.case, by=seen.by, at=seen.at)
    if step.chain.persons != [point.person_id]:
        raise Invalid(_("Diese Kette gehört zu jemand anderem."), "chain")
    if due_on:
        step = steps.agree(
            step.id, due_from=None, due_on=due_on, case=conference.case, seen_version=step.version, by=seen.by, at=seen.at
        )
    point.step = step
    point.save(update_fields=["step"])
    return step


def _without_work(conference: Conference, point_id: UUID) -> ConferencePoint:
    point = point_of(conference, point_id)
    if not point.agreed:
        raise Invalid(_("Zu diesem Punkt ist nichts vereinbart."))
    if point.task_id or point.step_id:
        raise Invalid(_("Aus dieser Vereinbarung ist schon etwas geworden."))
    return point
