"""Anfragen an die Behörde for the pages: answered in every way, an application without a receipt, one taken back."""

from datetime import timedelta
from typing import Any
from uuid import UUID


def asked_of_an_office(by: Any, case_id: UUID, person_id: UUID, *, long: str, typed: str) -> dict[str, Any]:
    """One on a consent by letter, the others carried by herself."""
    from faden.cases.queries.access import case_or_not_found
    from faden.consents.rules.contents import Content, Fact
    from faden.consents.vocabulary import Channel
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.organisations.actions import agencies
    from faden.organisations.queries.recipients import as_recipient
    from faden.persons.models import Person
    from faden.residence.actions import answers, requests
    from faden.residence.rules.office_said import OfficeSaid
    from faden.residence.vocabulary import OfficeAnswerKind, OfficeAnswerWay, RequestKind
    from tests.releasing import consented

    now, today = clock.now(), clock.today()
    content = Content(typed, typed, (Fact("contact", "Name", typed),), parts=((typed, (typed, long)),), sender="Ahaus", sender_contact=typed)
    with opened_for(by, write=True):
        case, person = case_or_not_found(case_id), Person.objects.get(id=person_id)
        place = agencies.note(agencies.Described(f"ABH {long} {typed}"[:150], "abh", "", f"{typed}, 48683 Ahaus"), by=by, at=now)
        consent = consented(person, place, by=by, purpose=typed[:150], days=120)

        def ask(kind: RequestKind, channel: Channel, **more: Any) -> Any:
            asked = requests.Asked(kind, ("25b", "19d"), person_id, as_recipient(place), channel, content, **more)
            return requests.send(asked, case=case, by=by, at=now, today=today)

        answered = ask(RequestKind.PRELIMINARY, Channel.LETTER, consent_id=consent.id, until=today + timedelta(days=60))
        cover = ask(RequestKind.COVER, Channel.CARRIED, filed_on=today - timedelta(days=20))
        ended = ask(RequestKind.PRELIMINARY, Channel.CARRIED)
        requests.withdraw(ended, seen_version=1, by=by, at=now)
        for kind in OfficeAnswerKind:
            said = OfficeSaid(kind, ("language", "passport"), today + timedelta(days=9), typed[:200], typed[:200], typed)
            answers.note(answered, said, said_on=today, way=OfficeAnswerWay.LETTER, said_by=long, by=by, at=now)
    return {"office_answered": answered.id, "office_cover": cover.id, "office_ended": ended.id}
