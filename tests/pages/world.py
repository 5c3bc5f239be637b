"""One service with something on every page: long names, every state, more than one page."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.cast import AMAL, ANTON, DILAN, DORA, LENA
from tests.desk_client import actor_of, keyed, membership_of, signed_in

LONG = "Abdulrahmanzadeh-Al-Mutairi"
TYPED = "Ärger mit <b>\"Müller\" & 'Söhnen'</b>"
TEXT = (
    "Sie fragt nach dem Sprachkurs.\nDer Bescheid liegt bei.\n\n" + "https://www.example.org/" + "lang" * 40
)


def plant() -> dict[str, Any]:
    """Something on every page; returns the ids the addresses need."""
    from faden.kernel.rls import opened_for

    by = actor_of(AMAL.email)
    with opened_for(by, write=True):
        planted = {**_inquiries(by), **_case(by)}
    planted |= {"matter": _evaluations(planted["number"]), "token": _invitation()}
    planted |= {"delivery": _delivery(by), "colleague": membership_of(LENA.email).id}
    return planted


def _inquiries(by: Any) -> dict[str, Any]:
    from faden.cases.actions import inquiries
    from faden.kernel import clock

    asked = inquiries.Asked("self", "05554004", "ar", "phone", ("housing", "work"), "now", "open", TEXT)
    first, plain = (inquiries.take(asked, under=None, by=by, at=clock.now()) for _ in range(2))
    matter = inquiries.give_codeword(first, wish="Linde-482", by=by, on=clock.today())
    inquiries.take(asked, under=matter, by=by, at=clock.now())
    return {"inquiry": plain.id, "anonymous": matter.id}


def _case(by: Any) -> dict[str, Any]:
    """A long name, a full page: overdue and coming, more than one page of history, a file."""
    from faden.cases.actions import appointments, contact_notes, phases, tasks, working_notes
    from faden.cases.vocabulary import Phase
    from faden.documents import actions as documents
    from faden.kernel import clock

    now, today = clock.now(), clock.today()
    case = _opened(by)
    said = contact_notes.Contact(now, "office", "Rathaus", 45, "ar", "phone", ("housing",), TEXT)
    notes = [contact_notes.record(said, case=case, by=by, at=now) for _ in range(22)]
    contact_notes.correct(notes[-1], said, seen_version=1, by=by, at=now)
    lead = UUID(by.membership_id)
    task = tasks.make(tasks.Wanted(TYPED, today - timedelta(days=3), lead), case=case, by=by, at=now)
    tasks.make(tasks.Wanted("Heute anrufen", today, lead), case=case, by=by, at=now)
    starts = now + timedelta(days=1)
    plan = appointments.Planned(TYPED, starts, starts + timedelta(hours=1), "Rathaus", "ar")
    appointment = appointments.make(plan, case=case, by=by, at=now)
    earlier = today - timedelta(days=80)
    kept = working_notes.write(TEXT, case=case, by=by, on=earlier, at=now - timedelta(days=80))
    phases.move(case, Phase.ASSESSMENT, skip_reason="", by=by, at=now)
    file = documents.store(
        case, name="Bescheid.pdf", content=b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n", by=by, at=now
    )
    documents.judge(file.id, state="unscanned", by=_system(by), at=now)
    return {
        "case": case.id, "number": case.number, "person": case.person_id, "contact": notes[-1].id,
        "working_note": kept.id, "task": task.id, "appointment": appointment.id, "file": file.id,
    }  # fmt: skip


def _opened(by: Any) -> Any:
    from faden.cases.actions.open_case import Opening, open_case
    from faden.consents.actions.agreements import Agreed
    from faden.kernel import clock
    from faden.persons.actions.people import NewPerson, Spelling
    from faden.persons.rules.birth import BirthDate

    agreed = Agreed(
        language="de", given_on=clock.today(), given_how="paper", interpreted_by="", to_documentation=True,
        to_team_and_substitute=True, special_categories=(),
    )  # fmt: skip
    person = NewPerson(
        name=Spelling(LONG, "Oleksandra", "عبد الرحمن"), birth=BirthDate(1998), languages=("ar",), phone="02561 12345",
        interpreter_language="ar", email=f"{LONG}@example.org", municipality="05554004",
    )  # fmt: skip
    opening = Opening(agreed=agreed, urgency="now", lead=UUID(by.membership_id), new_person=person)
    return open_case(opening, by=by, on=clock.today(), at=clock.now())


def _system(by: Any) -> Any:
    from faden.kernel.actor import Actor

    return Actor.system(by.organisation_id)


def _evaluations(number: str) -> str:
    """One is open, the other waits for its second person; returns the open one."""
    from tests.case_making import open_a_case

    dilan, lena = signed_in(DILAN.email), signed_in(LENA.email)
    found = []
    for case_number in (number, open_a_case().number):
        values = keyed(occasion="complaint", number=case_number, words="Beschwerde vom 3. November")
        found.append(dilan.post("/auswertungen/neu/", values).headers["Location"])
    assert lena.post(found[0] + "bestaetigung/", keyed()).status_code == 303
    return str(found[0].strip("/").split("/")[-1])


def _invitation() -> str:
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.organisations.actions.invitations import invite

    by = actor_of(ANTON.email)
    new = {"email": "neu@caritas-ahaus.example", "name": "Nora Neu", "role": "case_manager"}
    with opened_for(by, write=True):
        return str(invite(**new, by=by, at=clock.now(), today=clock.today())[1])


def _delivery(by: Any) -> Any:
    """Something Ahaus released to the immigration office."""
    from faden.consents.actions import releases
    from faden.consents.models import Delivery
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.persons.models import Person

    recipient, today = membership_of(DORA.email).organisation, clock.today()
    more = {"data_classes": ["contact"], "purpose": TYPED, "by": by, "at": clock.now()}
    with opened_for(by, write=True):
        consent = releases.note_consent(
            person=Person.objects.first(), recipient=recipient, given_on=today, language="de", text_version="1",
            valid_until=today + timedelta(days=30), given_how="paper", **more,
        )  # fmt: skip
        releases.release_by_consent(
            consent=consent, content={"Name": LONG}, until=today + timedelta(days=10), today=today, **more
        )
    with opened_for(actor_of(DORA.email), write=False):
        return Delivery.objects.get().id
