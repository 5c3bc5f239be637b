"""A protected woman with a secret in every field, her husband in the same case, and colleagues near enough to see."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.cast import AMAL, BERND
from tests.desk_client import actor_of, membership_of

# Unmistakable: no template, list of names or place has any of these.
NAMES = ["quittenbaum", "xanthippe", "ксантиппа", "kvittenbaum", "29.03.1987", "98765432", "quitte.example"]
ADDRESS = ["mirabellenweg", "99871", "schlehenhausen", "frauenhaus pflaume"]
TOWN = ["isselburg"]
WORDS = ["hagebutte"]  # what is written about her, and the offers she uses
KINDS = ["schutzeinrichtung", "schutzwort"]
EVERYTHING = [*NAMES, *ADDRESS, *TOWN, *WORDS, *KINDS]


def plant_protected(*, marked: bool = True) -> dict[str, Any]:
    """Everything through the verbs; returns the ids that the addresses of `tests.pages.addresses` need."""
    from faden.cases.actions import (
        assessments,
        contact_notes,
        deadlines,
        inquiries,
        network,
        tasks,
        working_notes,
    )
    from faden.cases.actions.concerning import About
    from faden.cases.models import AreaView
    from faden.cases.vocabulary.deadline import DeadlineEnd
    from faden.kernel import clock, drafts
    from faden.kernel.rls import opened_for
    from faden.persons.actions import arrivals, facts, families
    from faden.persons.actions.protection import NewMark, set_mark
    from faden.persons.vocabulary import FactKind, GroupKind, Relation
    from tests.case_making import add_member, agree, put_paper

    by, now, today = actor_of(AMAL.email), clock.now(), clock.today()
    me, colleague = UUID(by.membership_id), membership_of(BERND.email).id
    with opened_for(by, write=True):
        asked = inquiries.Asked("self", "05554032", "ka", "phone", ("housing",), "now", "open", "Hagebutte fragt")
        inquiry = inquiries.take(asked, under=None, by=by, at=now)
        matter = inquiries.give_codeword(inquiry, wish="Hagebutte-482", by=by, on=today)
        case = opened(by, matter.id)
    husband = add_member(case, "Ottokar", family="Quittenbaum", born="1980")
    agree(husband)
    about, more = About((case.person_id,)), {"by": by, "at": now}
    said = {
        FactKind.RESIDENCE: {"paper": "ae_25_3"}, FactKind.BENEFIT: {"regime": "sgb2"}, FactKind.SPEAKING: {"language": "ka"},
        FactKind.ADDRESS: {
            "street": "Mirabellenweg 7", "postcode": "99871", "place": "Schlehenhausen", "care_of": "Frauenhaus Pflaume",
        },
        FactKind.GERMAN: {"skill": "all", "level": "b1", "certificate": "Zeugnis"},
        FactKind.OCCUPATION: {"kind": "course", "what": "Kurs Hagebutte", "where": "Hagebuttenschule"},
        FactKind.QUALIFICATION: {"what": "Köchin", "recognition": "full"},
        FactKind.LIMIT: {"kind": "no_course", "words": "vormittags"},
    }  # fmt: skip
    with opened_for(by, write=True):
        rows = {
            kind: facts.record(kind, facts.Stated(values), person=case.person, on=today, **more).row
            for kind, values in said.items()
        }
        # He lives where she lives, or used to.
        facts.record(
            FactKind.ADDRESS, facts.Stated(said[FactKind.ADDRESS]), person=husband, on=today, **more
        )
        derived = facts.Stated({"paper": "ae_36", "derived_from": case.person_id})
        facts.record(FactKind.RESIDENCE, derived, person=husband, on=today, **more)
        tie = families.note_kinship(husband, Relation.PARTNER, case.person, **more)
        group = families.form(GroupKind.HOUSEHOLD, [case.person_id, husband.id], on=today, **more)
        families.form(GroupKind.BENEFIT_UNIT, [case.person_id], on=today, **more)
        speaker = arrivals.SpokenFor("family", today, "video", "ka", name="Tante Hagebutte")
        contact_person = arrivals.note_contact_person(case.person, speaker, on=today, **more)
        task = tasks.make(tasks.Wanted("Mit Hagebutte telefonieren", today, me, about), case=case, **more)
        tasks.make(tasks.Wanted("Hagebutte begleiten", today, colleague, about), case=case, **more)
        appointment = _meeting(case, about, me, by)
        talk = contact_notes.Contact(now, "office", "Hagebuttenhof", 45, "ka", "phone", ("housing",), "Hagebutte", about)
        note = contact_notes.record(talk, case=case, **more)
        kept = working_notes.write("Hagebutte", case=case, about=about, by=by, on=today - timedelta(days=80), at=now)
        paper = put_paper(case, "Hagebutte.pdf", about=about, by=by)
        look = assessments.begin(case, case.person_id, on=today, **more)
        words = assessments.Said("Hagebutte", "2", "now", "Hagebutte", "Hagebutte", "2")
        assessments.speak_about(look, "housing", words, seen_version=0, on=today, **more)
        place = network.Tie("agency", "Haus Hagebutte", "Schutz", "strong", 1, "")
        added = network.add(case, case.person_id, place, since=today, **more)
        told = {"case": case, "persons": [case.person_id], "subject": "Hagebutte", "law": "Hagebutte", "at": now}
        deadline, ended = (
            deadlines.note(kind="occupation", reference=uuid4(), due_on=today + timedelta(days=days), **told)
            for days in (5, 6)
        )
        deadlines.end(ended, DeadlineEnd.NOT_NEEDED, "Hagebutte", **more)
        decision = _decisions(case, about, by)
        letter = _letters(case, about, by)
        declared = _declarations(case, by)
        referred = _referrals(case, by)
        drafts.save(f"/faelle/{case.id}/kontakte/neu/", {"text": ["Hagebutte"]}, by=by, at=now)
        mark = set_mark(
            NewMark("shelter", today, words="Schutzwort"), person=case.person, by=by, on=today, at=now
        )
        if not marked:
            from faden.persons.actions.protection import end_mark

            end_mark(mark, by=by, at=now)
        view = AreaView.objects.get(assessment=look)
    hidden = {"hidden_case": case.id, "hidden_person": case.person_id, "hidden_address": rows[FactKind.ADDRESS].id}
    return {
        **declared, **referred,
        "case": case.id, "number": case.number, "person": case.person_id, "contact": note.id, "working_note": kept.id,
        "task": task.id, "deadline": deadline.id, "decision": decision, **letter, "ended_deadline": ended.id, "appointment": appointment.id, "paper": paper.id, "family_case": case.id,
        "member": case.person_id, "relative": husband.id, "tie": tie.id, "group": group.id, "view": view.id,
        "contact_person": contact_person.id, "network_tie": added.id, "mark": mark.id, "ending_case": case.id,
        "inquiry": inquiry.id, "anonymous": matter.id, "area": "housing", "husband": husband.id, **hidden,
        **{f"fact_{kind}": row.id for kind, row in rows.items()},
    }  # fmt: skip


def _referrals(case: Any, by: Any) -> dict[str, Any]:
    """Sent with what the desk offers of her, a question of the agency; a draft; one that is over."""
    from faden.consents.actions.releases import Told
    from faden.consents.rules.contents import Content, Fact
    from faden.consents.vocabulary import Channel, DeliveryKind
    from faden.kernel import clock
    from faden.organisations.actions import agencies
    from faden.organisations.queries.recipients import as_recipient
    from faden.referrals.actions import answers, referrals
    from faden.referrals.vocabulary import AnswerKind, AnswerWay
    from tests.releasing import consented

    now, today = clock.now(), clock.today()
    place = agencies.note(agencies.Described("Stelle ohne Namen", "beratungsstelle"), by=by, at=now)
    consent = consented(case.person, place, by=by, purpose="Hagebutte")
    wish = referrals.Wish("Hagebutte", "housing", case.person_id, second_choice="Hagebutte")
    draft, out, over = (referrals.begin(wish, case=case, by=by, at=now) for _ in range(3))
    content = Content("Hagebutte", "Hagebutte", (Fact("contact", "Name", "Xanthippe Quittenbaum"),), sender="Ahaus")
    told = Told(
        DeliveryKind.REFERRAL, as_recipient(place), Channel.LETTER, "Hagebutte", content, today + timedelta(days=9),
        person_id=case.person_id, consent=consent,
    )  # fmt: skip
    sent = referrals.send(out, referrals.Addressed(told, today), seen_version=1, by=by, at=now, today=today)
    said = answers.Said(AnswerKind.QUESTION, today, words="Hagebutte")
    answer = answers.note(sent.sending, said, way=AnswerWay.PHONE, said_by="Hagebutte", by=by, at=now)
    referrals.withdraw(over, seen_version=1, by=by, at=now)
    return {
        "referral": out.id, "draft_referral": draft.id, "over_referral": over.id, "sending": sent.sending.id, "answer": answer.id,
        "agency": place.id, "agency_key": f"a{place.id}",
    }  # fmt: skip


def _declarations(case: Any, by: Any) -> dict[str, Any]:
    """A Vollmacht that counts and one that waits, each towards an office of hers."""
    from faden.consents.actions import powers, texts
    from faden.consents.actions.declarations import How
    from faden.consents.queries import form_texts
    from faden.consents.rules.declarations import Signing
    from faden.consents.vocabulary import FormKind, PowerScope
    from faden.documents.actions import forms
    from faden.kernel import clock

    today, more = clock.today(), {"by": by, "at": clock.now()}
    shown = form_texts.texts().german(FormKind.POWER)
    assert shown
    if not shown.is_reviewed:
        texts.review(shown, reviewed_by="Prüferin", reviewed_on=today, **more)
    power = powers.Power("Amt Hagebutte", "Hagebutte", "Amal", (PowerScope.APPLY,))
    how = How(today + timedelta(days=7))
    signed, waiting = (forms.prepare_power(power, how, case=case, person=case.person, **more) for _n in range(2))
    forms.signed(signed, Signing(today), **more)
    return {
        "declared": waiting.about, "signed_declared": signed.about, "power_kind": "power", "german": "de", "one": 1,
    }  # fmt: skip


def agreed() -> Any:
    """An agreement of today."""
    from faden.consents.actions.agreements import Agreed
    from faden.kernel import clock

    return Agreed(
        language="de", given_on=clock.today(), given_how="paper", interpreted_by="", to_documentation=True,
        to_team_and_substitute=True, special_categories=(),
    )  # fmt: skip


def opened(by: Any, matter: UUID) -> Any:
    """Her case, out of an anonymous matter."""
    from faden.cases.actions.open_case import Opening, open_case
    from faden.kernel import clock
    from faden.persons.actions.people import NewPerson, Spelling
    from faden.persons.rules.birth import BirthDate

    person = NewPerson(
        name=Spelling("Quittenbaum", "Xanthippe", "Ксантиппа"), other_spellings=(Spelling("Kvittenbaum", "Ksantippa"),),
        birth=BirthDate(1987, 3, 29), nationalities=("430",), languages=("ka",), interpreter_language="ka",
        phone="0151 98765432", email="x@quitte.example", municipality="05554032",
    )  # fmt: skip
    opening = Opening(
        agreed=agreed(), urgency="now", lead=UUID(by.membership_id), new_person=person, matter=matter
    )
    return open_case(opening, by=by, on=clock.today(), at=clock.now())


def _decisions(case: Any, about: Any, by: Any) -> UUID:
    """One whose day is confirmed, and one to confirm."""
    from faden.documents.actions import decisions
    from faden.kernel import clock
    from tests.documents.deciding import noted

    today, now = clock.today(), clock.now()
    said = noted(today - timedelta(days=3), issuer="Amt Hagebutte", subject="Hagebutte", remedy_to="Hagebutte", about=about)
    first, second = (decisions.note(case, said, by=by, on=today, at=now) for _ in range(2))
    decisions.confirm(first, last_on=first.proposed_on, seen_version=1, by=by, at=now)
    return UUID(str(second.id))


def _letters(case: Any, about: Any, by: Any) -> dict[str, Any]:
    """A draft, and one that she took along."""
    from faden.documents.actions import letters
    from faden.kernel import clock

    today, now = clock.today(), clock.now()
    said = letters.Planned("Amt Hagebutte", "Hagebutte", "Hagebutte", "Hagebutte", "Hagebutte", shipped_code="widerspruch", about=about)
    letter = letters.draft(case, planned=said, by=by, at=now)
    gone = letters.record_handed_over(case, what="Hagebutte", about=about, language="ka", by=by, on=today, at=now)
    return {"letter": letter.id, "sent_letter": gone.id}


def _meeting(case: Any, about: Any, host: UUID, by: Any) -> Any:
    from faden.cases.actions import appointments
    from faden.kernel import clock

    starts = clock.now() + timedelta(hours=3)
    plan = appointments.Planned(
        "Hagebutte besuchen", starts, starts + timedelta(hours=1), "Hagebuttenhof", "ka", about, "home", "Hagebuttenwirtin"
    )
    made = appointments.make(plan, case=case, by=by, at=clock.now())
    _reminded_and_interpreted(made, case.person_id, by)
    return made


def _reminded_and_interpreted(appointment: Any, person_id: UUID, by: Any) -> None:
    """A slip that waits, and a request that says something."""
    from faden.cases.models import InterpreterRequest, Reminder
    from faden.kernel import clock

    Reminder.objects.create(
        organisation_id=by.organisation_id, appointment=appointment, person_id=person_id, way="print", language="ka",
        starts_at=appointment.starts_at, state="to_print", settled_at=clock.now(),
    )  # fmt: skip
    InterpreterRequest.objects.filter(appointment=appointment).update(words="Hagebutte nicht", interpreter="Hagebutte")
