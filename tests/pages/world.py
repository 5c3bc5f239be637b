"""One service with something on every page: long names, every state, more than one page."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.cast import AMAL, ANTON, BERND, DILAN, DORA, LENA
from tests.desk_client import actor_of, keyed, membership_of, signed_in
from tests.pages.asked_world import asked_of_an_office
from tests.pages.conference_world import conferred
from tests.pages.keeping_world import kept
from tests.pages.offer_world import matched
from tests.pages.office_world import asked_the_office
from tests.pages.outlook_world import watched_for
from tests.pages.referral_world import referred
from tests.pages.request_world import asked_from_outside
from tests.pages.residence_world import prechecked
from tests.pages.share_world import shared
from tests.pages.transfer_world import handed_over
from tests.pages.trust_world import by_law
from tests.referrals.arriving import STEP, arrive
from tests.releasing import consented, released

PETRA = "petra@bildungswerk.example"
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
    planted |= _family(by)
    planted |= _assessment(by, planted["family_case"])
    planted |= _plan(by, planted["family_case"])
    planted |= _chains(by, planted["family_case"], planted["relative"])
    planted |= {"matter": _evaluations(planted["number"]), "token": _invitation()}
    planted |= _course(by)
    planted |= _own_template()
    planted |= _declarations(planted["family_case"], planted["member"])
    planted |= _letters(by, planted["family_case"], planted["member"])
    planted |= referred(by, planted["family_case"], planted["member"], long=LONG, typed=TYPED)
    planted |= matched(by, planted["case"], planted["person"], long=LONG, typed=TYPED)
    planted |= by_law(planted["family_case"], planted["member"], long=LONG, typed=TYPED)
    planted |= conferred(by, planted["family_case"], planted["member"], planted["relative"], long=LONG, typed=TYPED)
    planted |= shared(by, planted["family_case"], planted["chain"], typed=TYPED)
    planted |= kept(by, long=LONG, typed=TYPED)
    planted |= watched_for(by, planted["family_case"], planted["member"])
    planted |= prechecked(by, planted["case"], planted["person"], family_case=planted["family_case"], member=planted["member"])
    planted |= asked_the_office(by, typed=TYPED)
    planted |= asked_of_an_office(by, planted["family_case"], planted["member"], long=LONG, typed=TYPED)
    planted |= _protected(by)
    planted |= _alike(by)
    planted |= asked_from_outside(by, long=LONG, typed=TYPED)
    planted |= {"delivery": _delivery(by), **_arrived(by), "colleague": membership_of(LENA.email).id}
    planted |= handed_over(
        by, planted["case"], planted["family_case"], planted["member"], planted["arrived_transfer"], typed=TYPED
    )
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
    from faden.cases.vocabulary.case import Phase
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
    source = _interpreters(by)
    plan = appointments.Planned(TYPED, starts, starts + timedelta(hours=1), "Rathaus", "ar", others=TYPED)
    appointment = appointments.make(plan, case=case, by=by, at=now)
    earlier = today - timedelta(days=80)
    kept = working_notes.write(TEXT, case=case, by=by, on=earlier, at=now - timedelta(days=80))
    phases.move(case, Phase.ASSESSMENT, skip_reason="", by=by, at=now)
    return {
        "case": case.id, "number": case.number, "person": case.person_id, "contact": notes[-1].id,
        "working_note": kept.id, "task": task.id, "appointment": appointment.id, **_papers(case, by),
        "interpreter_source": source.id, "past_appointment": _met(case, plan, by), **_deadlines(case, by),
        **_decisions(case, by),
    }  # fmt: skip


def _interpreters(by: Any) -> Any:
    """Whom one can ask, and one that ended."""
    from faden.cases.actions import interpreters
    from faden.kernel import clock

    offer = interpreters.Offer(TYPED, ("ar", "uk", "ti"), ("on_site", "phone"), 0, 4550, TYPED)
    ended = interpreters.add_source(interpreters.Offer(LONG, (), ("video",), 5), by=by, at=clock.now())
    interpreters.end_source(ended, by=by, on=clock.today(), at=clock.now())
    return interpreters.add_source(offer, by=by, at=clock.now())


def _met(case: Any, plan: Any, by: Any) -> UUID:
    """Yesterday: she came, an interpreter was paid; of another appointment a slip waits and a mail did not arrive."""
    from faden.cases.actions import appointments, attendance, interpreters
    from faden.cases.models import InterpreterRequest, Reminder
    from faden.kernel import clock
    from faden.persons.models import Person

    now, other = clock.now(), Person.objects.exclude(id=case.person_id).first()
    past = replace(plan, starts_at=now - timedelta(days=1), ends_at=now - timedelta(hours=23))
    met = appointments.make(past, case=case, by=by, at=now)
    attendance.note(met, case.person_id, "came", by=by, at=now)
    request = interpreters.request_of(met)
    InterpreterRequest.objects.filter(id=request.id).update(state="confirmed", interpreter=LONG)
    interpreters.finish(request, interpreters.Done(60, 4550), seen=request.version, by=by, at=now)
    coming = appointments.make(replace(plan, interpreter_language="fj"), case=case, by=by, at=now)
    for person_id, state in ((case.person_id, "to_print"), (other.id if other else None, "failed")):
        if person_id:
            Reminder.objects.create(
                organisation_id=by.organisation_id, appointment=coming, person_id=person_id, starts_at=coming.starts_at,
                way="print", language="ar", state=state, settled_at=now,
            )  # fmt: skip
    return UUID(str(met.id))


def _deadlines(case: Any, by: Any) -> dict[str, Any]:
    """One in each band, what each kind of fact leads to, and one that somebody ended."""
    from faden.cases.actions import deadlines
    from faden.cases.vocabulary.deadline import DeadlineEnd
    from faden.kernel import clock

    now, today, person = clock.now(), clock.today(), [case.person_id]
    for days, kind, subject in (
        (-60, "school_duty", "earliest"), (-3, "title", "duldung_60a"), (0, "age_27", ""), (12, "benefit", "sgb2"),
        (60, "course_claim", ""), (150, "bridge_104c", ""), (400, "sgb2_74", ""),
    ):  # fmt: skip
        last = deadlines.note(
            case, kind=kind, reference=uuid4(), due_on=today + timedelta(days=days), persons=person,
            law="§ 44 Abs. 2 AufenthG", subject=subject, at=now,
        )  # fmt: skip
    ended = deadlines.note(
        case, kind="occupation", reference=uuid4(), due_on=today, persons=person, subject=TYPED, at=now
    )
    deadlines.end(ended, DeadlineEnd.NOT_NEEDED, TYPED, by=by, at=now)
    return {"deadline": last.id, "ended_deadline": ended.id}


def _decisions(case: Any, by: Any) -> dict[str, Any]:
    """One to confirm, one confirmed with another day and every caution, one that somebody settled."""
    from faden.documents.actions import decisions
    from faden.kernel import clock
    from tests.documents.deciding import noted

    now, today = clock.now(), clock.today()
    more = {"by": by, "on": today, "at": now}
    said = {"issuer": LONG, "subject": TYPED, "reference": TYPED[:80], "remedy_to": TYPED}
    first = decisions.note(case, noted(today - timedelta(days=3), **said), **more)
    odd = noted(
        today - timedelta(days=9), **said, procedure="federal", notified_how="certificate", posted_on=None, period_amount=0,
    )  # fmt: skip
    second = decisions.note(case, odd, **more)
    decisions.confirm(second, last_on=today + timedelta(days=20), because=TYPED, seen_version=1, by=by, at=now)
    third = decisions.note(case, noted(today - timedelta(days=90)), **more)
    decisions.settle(third, decisions.Settled("missed", today, TYPED), seen_version=1, **more)
    return {"decision": first.id, "confirmed_decision": second.id, "settled_decision": third.id}


def _family(by: Any) -> dict[str, Any]:
    """A family's case: a fact of every kind, a household of two, a tie, somebody who speaks for one of them."""
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.persons.actions import arrivals, facts, families
    from faden.persons.rules.periods import Period
    from faden.persons.vocabulary import FactKind, GroupKind, Relation
    from tests.case_making import add_member, open_a_case

    case, now, today = open_a_case(family=LONG), clock.now(), clock.today()
    child, brother = (add_member(case, name, family=LONG, born="2015") for name in ("Amina", "Basim"))
    earlier = today - timedelta(days=400)
    said = {
        FactKind.RESIDENCE: {"paper": "ae_104c"}, FactKind.BENEFIT: {"regime": "sgb2"}, FactKind.ADDRESS: {"street": TYPED},
        FactKind.SPEAKING: {"language": "ar"}, FactKind.GERMAN: {"skill": "all", "level": "b1"},
        FactKind.OCCUPATION: {"kind": "work", "what": TYPED}, FactKind.QUALIFICATION: {"what": TYPED, "recognition": "full"},
        FactKind.LIMIT: {"kind": "no_course"},
    }  # fmt: skip
    more = {"by": by, "on": today, "at": now}
    with opened_for(by, write=True):
        rows = {
            kind: facts.record(kind, facts.Stated(values, Period(earlier)), person=case.person, **more).row
            for kind, values in said.items()
        }
        tie = families.note_kinship(child, Relation.CHILD, case.person, by=by, at=now)
        group = families.form(GroupKind.HOUSEHOLD, [case.person_id, child.id], by=by, on=earlier, at=now)
        families.form(GroupKind.HOUSEHOLD, [brother.id], by=by, on=earlier, at=now)
        speaker = arrivals.SpokenFor("family", today, "video", "ar", name=LONG)
        contact = arrivals.note_contact_person(case.person, speaker, **more)
    return {
        "family_case": case.id, "member": case.person_id, "relative": child.id, "tie": tie.id, "group": group.id,
        "contact_person": contact.id, **{f"kind_{kind}": kind.value for kind in FactKind},
        **{f"fact_{kind}": row.id for kind, row in rows.items()},
    }  # fmt: skip


def _assessment(by: Any, case_id: UUID) -> dict[str, Any]:
    """A second look after a first one, both views in each area, and a map with something of every kind and line."""
    from faden.cases.actions import assessments, network
    from faden.cases.models import AreaView
    from faden.cases.queries.access import case_or_not_found
    from faden.cases.vocabulary.assessment import TieKind, TieQuality
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    now, today, earlier = clock.now(), clock.today(), clock.today() - timedelta(days=200)
    with opened_for(by, write=True):
        case = case_or_not_found(case_id)
        for views, urgency in ((("2", "4"), "soon"), (("4", "1"), "now")):
            look = assessments.begin(case, case.person_id, by=by, on=earlier, at=now)
            said = assessments.Said(TEXT, views[1], urgency, TEXT, TYPED, views[0])
            for area in ("housing", "health"):
                assessments.speak_about(look, area, said, seen_version=0, by=by, on=today, at=now)
            if urgency == "soon":
                assessments.finish(look, by=by, on=earlier, at=now)
        for n, quality in enumerate(TieQuality.values):
            tie = network.Tie(TieKind.values[n % 3], f"{LONG} {n}", TYPED, quality, n % 3 + 1, TEXT)
            added = network.add(case, case.person_id, tie, since=earlier, by=by, at=now)
        network.end(network.add(case, case.person_id, tie, since=earlier, by=by, at=now), last_day=earlier, seen_version=1, by=by, at=now)
        view = AreaView.objects.get(assessment=look, area="housing")
    return {"network_tie": added.id, "view": view.id, "area": "housing"}


def _own_template() -> dict[str, Any]:
    """A template of the service's own, with everything a step can say, in two versions."""
    from faden.chains.actions import templates
    from faden.chains.queries.templates import shipped
    from faden.chains.rules.template_changes import next_version
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    by, source = actor_of(LENA.email), next(one.source for one in shipped() if one.template.code == "sprache")
    source = source.replace("template: sprache", "template: eigene").replace("Deutsch lernen", f"Deutsch {LONG}")
    with opened_for(by, write=True):
        for version in (1, 2):
            templates.publish(next_version(source, version), by=by, at=clock.now())
    return {"own_template": "eigene", "template": "sprache", "one": 1, "paper_language": "ar"}


def _declarations(case_id: UUID, person_id: UUID) -> dict[str, Any]:
    """A Vollmacht of each state, a draft that was reviewed since, one with an unreviewed translation; own wordings."""
    from faden.cases.queries.access import case_or_not_found
    from faden.consents.actions.texts import Wording, write
    from faden.consents.queries.form_texts import texts
    from faden.consents.vocabulary import FormKind
    from faden.kernel import clock
    from faden.persons.models import Person
    from tests import declaring
    from tests.case_making import acting

    with acting(AMAL.email):
        case, person = case_or_not_found(case_id), Person.objects.get(id=person_id)
    outdated = declaring.power(case, person)
    declaring.review("power"), declaring.review("power", "uk")
    signed, ended, waiting = (declaring.power(case, person, shown_language=code) for code in ("uk", "", "ti"))
    declaring.sign(signed, read_aloud=True), declaring.sign(ended, **declaring.INTERPRETED)
    declaring.end(ended)
    draft = declaring.release(case, person, shown_language="ar", interpreter_name=f"Maria {LONG}")
    declaring.release(case, person, confidential=True)
    with acting(LENA.email) as by:
        german = texts().german(FormKind.POWER)
        assert german
        for title in (TYPED, LONG):
            write(FormKind.POWER, "de", Wording(title, f"{german.body}\n{TYPED}"), by=by, at=clock.now())
    return {
        **_consents(case, person),
        "form": waiting.id, "declared": waiting.about, "signed_declared": signed.about, "ended_declared": ended.about,
        "outdated_declared": outdated.about, "draft_declared": draft.about,
        "power_kind": "power", "secrecy_kind": "secrecy", "german": "de", "arabic": "ar", "two": 2,
    }  # fmt: skip


def _consents(case: Any, person: Any) -> dict[str, Any]:
    """One that carries two Weitergaben, one that was reported, one that ended and left a receipt of every kind."""
    from faden.consents.models import Consent
    from tests import declaring
    from tests.case_making import acting

    office = membership_of(DORA.email).organisation
    declaring.review("consent"), declaring.review("own_secrecy")
    standing, ended, waiting = (declaring.consent(case, person, to=office, shown_language=code) for code in ("", "", "ti"))
    for form in (*standing, *ended):
        declaring.sign(form)
    with acting(AMAL.email) as by:
        for one in (standing[0], ended[0]):
            consent = Consent.objects.select_related("recipient", "person").get(id=one.about)
            released(consent, by=by, purpose=TYPED)
    declaring.end(ended[0])
    with acting(AMAL.email) as by:
        from faden.documents.actions import forms
        from faden.kernel import clock

        forms.reported(waiting[0], reported_by=TYPED, reported_on=clock.today(), by=by, at=clock.now())
    return {"consent": standing[0].about, "staff": standing[1].about, "ended_consent": ended[0].about, "waiting_consent": waiting[0].about}


def _plan(by: Any, case_id: UUID) -> dict[str, Any]:
    """Goals of every kind: agreed and changed since, overdue, rated, with a chain, a confidential one."""
    from faden.cases.queries.access import case_or_not_found
    from faden.chains.actions import goals, plans
    from faden.chains.queries.plans import plan_of
    from faden.chains.vocabulary import GoalRating, HolderKind
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    now, today = clock.now(), clock.today()
    more = {"by": by, "on": today, "at": now}
    late = today - timedelta(days=9)
    with opened_for(by, write=True):
        case = case_or_not_found(case_id)

        def make(words, **rest):
            return goals.make(case, case.person_id, goals.Wanted(words, "housing", **rest), **more)

        goal = make(TYPED, seen_by=TEXT[:400], until_on=late)
        steps = [
            goals.add_step(goal, goals.StepWanted(TYPED, who, LONG, late, late), by=by, at=now)
            for who in HolderKind.values
        ]
        goals.finish_step(steps[1], on=today, by=by, at=now)
        goals.drop_step(steps[2], "not_possible", by=by, at=now)
        plans.frame(case, case.person_id, plans.Frame(today, TEXT), seen_version=0, **more)
        for confidential in (False, True):
            make(f"Noch ein Ziel {confidential}", confidential=confidential)
            seen = plan_of(case, case.person_id, today=today, confidential=confidential).seal
            agreed = plans.Agreement(today, "ar", "signed", LONG, review_on=today, seen=seen)
            plans.agree(case, case.person_id, agreed, confidential=confidential, **more)
        for rating in GoalRating.values:
            goals.rate(make(f"Bewertet {rating}"), goals.Rated(rating, rating, TEXT), **more)
    return {"goal": goal.id, "goal_step": steps[0].id}


def _chains(by: Any, case_id: UUID, relative: UUID) -> dict[str, Any]:
    """A chain with a step in every state, one that waits for it, an ended one, and a confidential one."""
    from faden.cases.queries.access import case_or_not_found
    from faden.chains.actions import bending, ending, start, steps, suspending
    from faden.chains.models import ChainStep
    from faden.chains.vocabulary import BendReason, Breakpoint, Join
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.organisations.vocabulary import AgencyKind

    now, today = clock.now(), clock.today()
    earlier, later = today - timedelta(days=40), today + timedelta(days=40)
    why = bending.Why(BendReason.CLIENT_WISH, TEXT[:200])
    with opened_for(by, write=True):
        case = case_or_not_found(case_id)
        more = {"case": case, "by": by, "at": now}

        def begin(title, whose, n=1, **rest):
            own = [start.FreeStep(f"{LONG} {TYPED} {number}", usual_days=number * 9, parallel=True) for number in range(n)]
            chain = start.start_free(title, "housing", own, start.Begin(whose, earlier, **rest), **more)
            return chain, list(ChainStep.objects.filter(chain=chain).order_by("position"))

        chain, rows = begin(TYPED, case.person_id, 8)
        seen = {**more, "seen_version": 1}
        steps.finish(rows[0].id, since=earlier, **seen)
        steps.block(rows[1].id, reason=Breakpoint.NO_PLACE, since=earlier, words=TEXT, **seen)
        steps.wait_for_agency(rows[2].id, agency_kind=AgencyKind.ABH, agency=LONG, since=earlier, **seen)
        steps.wait_for_person(rows[3].id, person=relative, since=earlier, **seen)
        bending.drop(rows[4].id, why, **seen)
        steps.agree(rows[5].id, due_from=None, due_on=later, **seen)
        suspending.suspend(rows[5].id, until=later, why=why, **{**more, "seen_version": 2})
        bending.exempt(rows[6].id, why, until=later, **seen)
        _other, (waiting,) = begin(f"{LONG} {TYPED}", relative)
        bending.change_links(waiting.id, after=[rows[1].id], join=Join.ALL, why=why, **seen)
        ended, _rows = begin("Beendet", relative)
        ending.end(ended.id, "finished", **seen)
        hidden, _rows = begin("Vertraulich", case.person_id, confidential=True)
    return {
        "chain": chain.id, "chain_step": rows[1].id, "ended_chain": ended.id, "waiting_step": waiting.id,
        "hidden_chain": hidden.id,
    }  # fmt: skip


def _letters(by: Any, case_id: UUID, person_id: UUID) -> dict[str, Any]:
    """Drafts with a gap and a template, one that went out, one of the vertraulicher Faden; two versions of a template."""
    from faden.cases.actions.concerning import About
    from faden.cases.queries.access import case_or_not_found
    from faden.documents.actions import letters
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from tests.documents.letter_making import template

    row = template("{{ person.name }}, {{ person.anschrift }}", title=LONG[:30])
    row = template("{{ person.name }}, {{ person.anschrift }}", title=f"{LONG} {TYPED}"[:120], code=row.code)
    with opened_for(by, write=True):
        case = case_or_not_found(case_id)

        def drafted(confidential: bool = False) -> Any:
            said = letters.Planned(
                LONG, TYPED, f"Zum [Datum] {TYPED}"[:200], TYPED[:80], TEXT, shipped_code="widerspruch", template_id=row.id,
                about=About((person_id,), confidential),
            )  # fmt: skip
            return letters.draft(case, planned=said, by=by, at=clock.now())

        letter = drafted()
        drafted(confidential=True)
        gone = letters.record_handed_over(
            case, what=TYPED, about=About((person_id,)), language="ar", by=by, on=clock.today(), at=clock.now()
        )
    return {"letter": letter.id, "sent_letter": gone.id, "letter_template": row.code}


def _protected(by: Any) -> dict[str, Any]:
    """A case with two Schutzvermerke, one of them past its day, and an address."""
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.persons.actions import facts
    from faden.persons.actions.protection import NewMark, set_mark
    from faden.persons.vocabulary import FactKind
    from tests.case_making import open_a_case

    case, now, today = open_a_case(family=LONG, given="Mona"), clock.now(), clock.today()
    with opened_for(by, write=True):
        said = facts.Stated({"street": TYPED})
        address = facts.record(FactKind.ADDRESS, said, person=case.person, by=by, on=today, at=now).row
        long_ago = NewMark("register", today - timedelta(days=800), words=TEXT)
        for mark in (long_ago, NewMark("shelter", today)):
            mark = set_mark(mark, person=case.person, by=by, on=today, at=now)
    return {
        "hidden_case": case.id, "hidden_person": case.person_id, "mark": mark.id, "hidden_address": address.id,
    }  # fmt: skip


def _alike(by: Any) -> dict[str, Any]:
    """Two pairs of entries of one human being, one of them linked; one entry is a colleague's."""
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.persons.actions.identity import link
    from faden.persons.models import LikePair
    from tests.case_making import open_a_case

    cases = [open_a_case(who, family=LONG, given="Lina") for who in (AMAL.email, BERND.email, AMAL.email)]
    found = {"score": 0.9, "reasons": ["same_spelling", "same_birth_year"], "state": "open", "found_at": clock.now()}
    with opened_for(by, write=True):
        pair, linked = (
            LikePair.objects.create(
                organisation_id=by.organisation_id, first_id=cases[0].person_id, second_id=case.person_id, **found
            )
            for case in cases[1:]
        )
        link(linked, by=by, at=clock.now())
    return {"pair": pair.id, "linked_pair": linked.id}


def _course(by: Any) -> dict[str, Any]:
    """A closed case and one that ends, a colleague away, somebody who leaves, a hint."""
    from faden.cases.actions.substitutions import Absence, arrange
    from faden.cases.actions.tasks import Wanted, make
    from faden.casework.actions.clarification import Clarified, clarify
    from faden.casework.actions.closing import Ending, close
    from faden.findings.actions import Hint, note
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from tests.case_making import open_a_case

    closed, ending = open_a_case(), open_a_case(family="Darwisch", given="Amina")
    open_a_case(BERND.email, family=LONG, given="Yusuf")
    now, today, lead = clock.now(), clock.today(), actor_of(LENA.email)
    me, absent = UUID(by.membership_id), membership_of(BERND.email).id
    with opened_for(by, write=True):
        make(Wanted(TYPED, today, me), case=ending, by=by, at=now)
        clarify(Clarified((), "waiting_list", TEXT, today), case=ending, by=by, on=today, at=now)
        close(closed, Ending("goals", "much", today, summary=TEXT, client_words=TEXT), by=by, at=now)
        note(Hint("no_place", "language", "05554004", "VHS", TEXT), by=by, on=today, at=now)
    with opened_for(lead, write=True):
        away = Absence(absent, me, today, today + timedelta(days=3), "leave")
        substitution = arrange(away, by=lead, on=today, at=now)
    return {
        "closed_case": closed.id, "ending_case": ending.id, "substitution": substitution.id, "absent": absent,
        "criterion": "goals",
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


def _papers(case: Any, by: Any) -> dict[str, Any]:
    """A long one with everything said, drawn; one nobody scanned; one seen only; and a scan in the Eingang."""
    from faden.documents.actions import files, inbox, papers
    from faden.documents.actions.papers import Described
    from faden.kernel import clock
    from tests.case_making import PDF, file_in, put_paper
    from tests.documents import samples

    now, today, system = clock.now(), clock.today(), _system(by)
    more = {"by": by, "at": now}
    photos = [(f"{LONG}.jpg", samples.photo()), ("Seite 2.jpg", samples.photo()), ("Anlage.docx", samples.DOCX)]
    said = Described(
        "residence", TYPED, LONG, today, today - timedelta(days=1), today, "photo", "paper_file", TYPED[:120], "residence"
    )
    long = papers.take(case, described=said, files=photos, **more)
    unscanned = put_paper(case, "Bescheid.pdf", by=by, kind="decision")
    seen = papers.seen(case, described=Described("medical", "Attest"), seen_on=today, **more)
    [scan, broken] = inbox.put([("Scan.jpg", samples.photo()), ("kaputt.pdf", PDF)], **more)
    drawn = files.DrawnPage(*samples.PAGE_SIZE, samples.photo())
    for file in (*long.files.all(), scan):
        files.judge(file.id, state="clean", by=system, at=now)
    for file in (file_in(long), file_in(unscanned), scan):
        files.judge(file.id, state="unscanned", by=system, at=now)
        files.keep_pages(file.id, [drawn], pages_in_file=41, by=system, at=now)
    files.judge(broken.id, state="clean", by=system, at=now)
    files.keep_pages(broken.id, [], pages_in_file=0, by=system, at=now)
    return {
        "paper": long.id, "file": file_in(unscanned).id, "unscanned_paper": unscanned.id, "seen_paper": seen.id, "scan": scan.id,
        "page": file_in(long).pages.get().id, "scan_page": scan.pages.get().id,
    }  # fmt: skip


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
    from faden.consents.models import Delivery
    from faden.kernel.rls import opened_for
    from faden.persons.models import Person

    recipient = membership_of(DORA.email).organisation
    with opened_for(by, write=True):
        released(consented(Person.objects.first(), recipient, purpose=TYPED, by=by), purpose=TYPED, facts={"Name": LONG}, by=by)
    with opened_for(actor_of(DORA.email), write=False):
        return Delivery.objects.filter(purpose=TYPED).latest("delivered_at").id


def _arrived(by: Any) -> dict[str, Any]:
    """What a third service delivered to Ahaus, and to the course provider."""
    ours, theirs = arrive(by, LONG), arrive(actor_of(PETRA), LONG)
    return {**{f"arrived_{what}": key for what, key in ours.items()}, **{f"their_{what}": key for what, key in theirs.items()}, "arrived_step": STEP}
