"""Fallkonferenzen for tests, through the verbs as the desk makes them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.case_making import acting
from tests.cast import AMAL


def seen(by: Any, version: int, *, at: Any = None) -> Any:
    """As the desk says it."""
    from faden.kernel import clock
    from faden.referrals.actions.conferences import Seen

    moment = at or clock.now()
    return Seen(version, by, moment, moment.astimezone(clock.BERLIN).date())


def version_of(conference: Any) -> int:
    """As it is now."""
    from faden.referrals.models import Conference

    return Conference.objects.get(id=conference.id).version


def planned(
    case: Any, persons: tuple[UUID, ...], *, days: int = 7, title: str = "Runde Kurs", question: str = "Wer sucht den Platz?",
    confidential: bool = False,
) -> Any:  # fmt: skip
    """One in so many days (or so many days ago), led by Amal."""
    from faden.cases.actions.appointments import Planned
    from faden.cases.actions.concerning import About
    from faden.kernel import clock
    from faden.referrals.actions import conferences

    starts = clock.now() + timedelta(days=days)
    with acting(AMAL.email) as by:
        wished = conferences.Wished(
            Planned(title, starts, starts + timedelta(hours=1), "Rathaus, Zimmer 12", "", About(persons, confidential)), question
        )
        return conferences.plan(wished, case=case, by=by, at=clock.now())


def seated(conference: Any, **who: Any) -> Any:
    """One more at the table."""
    from faden.referrals.actions import conferences
    from faden.referrals.vocabulary import ParticipantKind

    kind = ParticipantKind(who.pop("kind"))
    with acting(AMAL.email) as by:
        return conferences.seat(conference, conferences.Seated(kind, **who), seen(by, version_of(conference)))


def hears(conference: Any, participant: Any, person: UUID, by: str, ground: UUID | None = None) -> None:
    """By what she may hear of this person."""
    from faden.referrals.actions import conferences
    from faden.referrals.vocabulary import HearsBy

    with acting(AMAL.email) as who:
        heard = [conferences.Heard(person, HearsBy(by), ground)]
        conferences.decide(conference, participant.id, heard, seen(who, version_of(conference)))


def point(conference: Any, title: str, person: UUID | None = None, data_class: str = "") -> Any:
    """One more on the agenda."""
    from faden.referrals.actions import conferences

    with acting(AMAL.email) as by:
        return conferences.add_point(conference, conferences.OnAgenda(title, person, data_class), seen(by, version_of(conference)))


def noted(conference: Any, words: dict[UUID, Any], *, came: tuple[UUID, ...] = ()) -> list[str]:
    """It was held; or the words are put right."""
    from faden.referrals.actions import minutes

    with acting(AMAL.email) as by:
        return minutes.note(conference, words, seen(by, version_of(conference)), came=came)


def sent(conference: Any, participant: Any, channel: str = "inbox") -> list[Any]:
    """The minutes go to this reader."""
    from faden.consents.vocabulary import Channel
    from faden.referrals.actions import minutes

    with acting(AMAL.email) as by:
        return minutes.send(conference, participant.id, Channel(channel), seen(by, version_of(conference)))


def page(conference: Any) -> Any:
    """As its page stands now."""
    from faden.cases.models import Case
    from faden.kernel import clock
    from faden.referrals.queries.conferences import conference_page

    with acting(AMAL.email):
        case = Case.objects.select_related("person__municipality", "lead").get(id=conference.case_id)
        return conference_page(case, conference.id, today=clock.today())


def consent_to(case: Any, person: Any, name: str, *, classes: tuple[str, ...] = ("contact", "school_work"), days: int = 60) -> Any:
    """A signed consent of this person to a service of the network, with the release of our staff."""
    from faden.organisations.models import Organisation
    from tests.releasing import consented

    with acting(AMAL.email) as by:
        return consented(person, Organisation.objects.get(name=name), by=by, purpose="Kurs", data_classes=classes, days=days)


def organisation(name: str) -> Any:
    """A service as a recipient."""
    from faden.organisations.models import Organisation
    from faden.organisations.queries.recipients import as_recipient

    with acting(AMAL.email):
        return as_recipient(Organisation.objects.get(name=name))
