"""Vermittlungen in every state for the pages: a draft, by letter with answers, amended by link, over."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID


def referred(by: Any, case_id: UUID, person_id: UUID, *, long: str, typed: str) -> dict[str, Any]:
    """On one consent each; the address book has an entry with everything and one with only a name."""
    from faden.cases.queries.access import case_or_not_found
    from faden.consents.actions.links import as_written, token_of
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.organisations.actions import agencies
    from faden.persons.models import Person
    from faden.referrals.actions import answers, referrals
    from faden.referrals.actions.answers import Said
    from faden.referrals.vocabulary import AnswerKind, AnswerWay, Helped
    from tests.releasing import consented

    now, today = clock.now(), clock.today()
    with opened_for(by, write=True):
        case, person = case_or_not_found(case_id), Person.objects.get(id=person_id)
        full = agencies.Described(f"{long} {typed}"[:150], "jobcenter", "05554004", f"{typed}, 48683 Ahaus", "02561 99", "post@stelle.example")
        place = agencies.note(full, by=by, at=now)
        agencies.note(agencies.Described("Kita Am Bach", "kita"), by=by, at=now)
        consent = consented(person, place, by=by, purpose=typed[:150], days=120)
        wish = referrals.Wish(typed[:150], "language", person_id, None, accompanied=True, second_choice=long)
        draft = referrals.begin(wish, case=case, by=by, at=now)
        out, over = (referrals.begin(wish, case=case, by=by, at=now) for _ in range(2))
        told = _told(place, consent, typed, until=today + timedelta(days=60))
        first = referrals.send(
            out, referrals.Addressed(told, today - timedelta(days=2)), seen_version=out.version, by=by, at=now, today=today
        )
        said = Said(AnswerKind.QUESTION, today, words=typed)
        undone = answers.note(first.sending, said, way=AnswerWay.PHONE, said_by=long, by=by, at=now)
        answers.undo(undone, by=by, at=now)
        answer = answers.note(first.sending, said, way=AnswerWay.PHONE, said_by=long, by=by, at=now)
        version = referrals.referral_of(case, out.id).version
        again = referrals.Addressed(replace(told, channel="link"), today, amended_because=typed)
        by_link = referrals.send(out, again, seen_version=version, by=by, at=now, today=today)
        version = referrals.referral_of(case, out.id).version
        referrals.change(out, replace(wish, wish=long), seen_version=version, by=by, at=now)
        referrals.withdraw(over, seen_version=over.version, by=by, at=now)
        referrals.note_helped(over, Helped.PARTLY, words=typed, on=today, by=by, at=now)
    return {
        "draft_referral": draft.id, "referral": out.id, "over_referral": over.id, "sending": first.sending.id, "answer": answer.id,
        "agency": place.id, "agency_key": f"a{place.id}", "link_sending": by_link.sending.id,
        "link_token": as_written(token_of(by_link.release.delivery_id)),
    }  # fmt: skip


def _told(place: Any, consent: Any, typed: str, *, until: Any) -> Any:
    from faden.consents.actions.releases import Told
    from faden.consents.rules.contents import Content, Fact
    from faden.consents.vocabulary import Channel, DeliveryKind
    from faden.organisations.queries.recipients import as_recipient

    content = Content(typed, typed, (Fact("contact", "Name", typed),), sender="Ahaus", sender_contact=typed)
    return Told(
        DeliveryKind.REFERRAL, as_recipient(place), Channel.LETTER, typed[:150], content, until, person_id=consent.person_id, consent=consent
    )
