"""Two services with rows in every table: a leak test needs something that could leak."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from time import sleep as pause
from typing import Any
from uuid import uuid4

from django.db import connection

from faden.kernel import audit, clock, drafts, sealing, submissions
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from tests.case_making import open_a_case
from tests.desk_client import actor_of
from tests.kernel.network_rows import plant_network
from tests.referrals.arriving import arrive
from tests.releasing import consented, released, withdrawn

TEMPLATE = """\
template: %(code)s
version: 1
title: %(title)s
life_area: work
source: Eigene Erfahrung
steps: [{code: a, title: Anfang, kind: klaerung, holder: client}]
"""
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass(frozen=True)
class Staff:
    """Who acts for a service, and a name that stands only in its rows."""

    case_manager: str
    team_lead: str
    dpo: str
    administrator: str
    family: str


AHAUS = Staff(
    "amal@caritas-ahaus.example", "lena@caritas-ahaus.example", "datenschutz@caritas-ahaus.example",
    "verwaltung@caritas-ahaus.example", "Ahausbeispiel",
)  # fmt: skip
GRONAU = Staff(
    "cem@drk-gronau.example", "tilda@drk-gronau.example", "datenschutz@drk-gronau.example",
    "verwaltung@drk-gronau.example", "Gronaumuster",
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """One service's actor and some of its rows."""

    actor: Actor
    case: Any
    inquiry: Any
    matter: Any
    codeword_inquiry: Any
    note: Any
    working_note: Any
    task: Any
    deadline: Any
    appointment: Any
    interpreter_source: Any
    paper: Any
    decision: Any
    letter: Any
    file: Any
    page: Any
    scan: Any
    scan_page: Any
    declared: Any
    ended_consent: Any
    waiting_consent: Any
    oversight: Any
    invitation: Any
    mark: Any
    hidden_address: Any
    pair: Any
    view: Any
    network_tie: Any
    lawful: Any
    emergency: Any
    goal: Any
    goal_step: Any
    chain: Any
    chain_step: Any
    substitution: Any
    limit: Any
    group: Any
    kinship: Any
    contact_person: Any
    family_case: Any
    member: Any
    provider: Any
    offer: Any
    watch: Any
    family: str
    network: dict[str, Any] = field(default_factory=dict)  # by noun, once the other service has its rows too
    arrived: dict[str, Any] = field(default_factory=dict)  # ids of what a third service delivered

    @property
    def organisation_id(self) -> int:
        return self.actor.organisation_id


def asked(text: str = "Frage nach einem Kurs") -> Any:
    """An inquiry as the form takes it."""
    from faden.cases.actions.inquiries import Asked

    return Asked(
        asked_by="self", municipality="", language="de", interpreting="none", life_areas=("language",),
        urgency="normal", result="open", text=text,
    )  # fmt: skip


def contact(text: str) -> Any:
    """A contact note as the form takes it."""
    from faden.cases.actions.contact_notes import Contact

    happened = clock.now() - timedelta(hours=1)
    return Contact(
        happened_at=happened, type="office", place="", minutes=30, language="de", interpreting="none",
        life_areas=("work",), text=text,
    )  # fmt: skip


def meeting(subject: str) -> Any:
    """Tomorrow at ten."""
    from faden.cases.actions.appointments import Planned

    starts = datetime.combine(clock.today() + timedelta(days=1), time(10), tzinfo=clock.BERLIN)
    return Planned(subject, starts, starts + timedelta(hours=1), "", "")


def fill(staff: Staff) -> World:
    """Through the verbs, as the desk makes them; every row carries the service's name where it can."""
    from faden.cases.actions import (
        appointments,
        contact_notes,
        deadlines,
        inquiries,
        phases,
        tasks,
        working_notes,
    )
    from faden.cases.vocabulary.case import Phase

    case = open_a_case(staff.case_manager, family=staff.family, given=f"Test {staff.family}")
    by, at, on = actor_of(staff.case_manager), clock.now(), clock.today()
    name = staff.family
    with opened_for(by, write=True):
        note = contact_notes.record(contact(f"Gespräch {name}"), case=case, by=by, at=at)
        contact_notes.correct(note, contact(f"Berichtigt {name}"), seen_version=1, by=by, at=at)
        named = inquiries.take(asked(f"Kennwortfrage {name}"), under=None, by=by, at=at)
        world = {
            "note": note,
            "working_note": working_notes.write(f"Arbeitsnotiz {name}", case=case, by=by, on=on, at=at),
            "task": tasks.make(
                tasks.Wanted(f"Aufgabe {name}", on, by.membership_id), case=case, by=by, at=at
            ),  # type: ignore[arg-type]
            "deadline": deadlines.note(
                case, kind="occupation", reference=uuid4(), due_on=on, persons=[case.person_id], subject=f"Kurs {name}", at=at
            ),
            "appointment": appointments.make(meeting(f"Termin {name}"), case=case, by=by, at=at),
            **_papers(by, case, name),
            "inquiry": inquiries.take(asked(f"Frage {name}"), under=None, by=by, at=at),
            "codeword_inquiry": named,
            "matter": inquiries.give_codeword(named, by=by, on=on),
        }
        phases.move(
            case,
            Phase.ASSESSMENT if hasattr(Phase, "ASSESSMENT") else list(Phase)[1],
            skip_reason="",
            by=by,
            at=at,
        )
        submissions.claim(uuid4(), digest=b"typed", by=by, at=at)
        drafts.save("/faelle/neu/", {"family": [name]}, by=by, at=at)
        audit.note_look(by=by, at=at, kind="case", page="case", purpose="caseload", subject=case.id)
    world |= _plant_the_rest(by, case, name) | {"arrived": arrive(by, name)}
    world |= _assessed(by, case, name)
    world |= _planned(by, case, name)
    world |= _chained(by, case, name)
    world |= _met(by, case, world["appointment"], name)
    world |= _substituted(by)
    world |= _declared(by, case, name)
    _translated(by, case, world["goal"], name)
    world |= _lettered(by, case, name)
    return World(actor=by, case=case, family=name, **world, **_overseen(staff, case))  # type: ignore[arg-type]


def _papers(by: Actor, case: Any, name: str) -> dict[str, Any]:
    """A paper with a file that was looked at and drawn, a Bescheid in it, and a scan that lies with who put it there."""
    from faden.documents.actions import decisions, files, inbox
    from faden.documents.actions.papers import Described, take
    from faden.documents.vocabulary import FileState
    from tests.documents import samples
    from tests.documents.deciding import noted

    at, system = clock.now(), Actor.system(by.organisation_id)
    described = Described("medical", f"Papier {name}", issuer=f"Stelle {name}")
    because = f"Warum gespeichert {name}"
    paper = take(case, described=described, files=[(f"{name}.pdf", PDF)], because=because, by=by, at=at)
    [scan], file = inbox.put([(f"Scan {name}.pdf", PDF)], by=by, at=at), paper.files.get()
    for one in (file, scan):
        files.judge(one.id, state=FileState.CLEAN, by=system, at=at)
        drawn = files.DrawnPage(*samples.PAGE_SIZE, samples.photo(comment=f"Seite {name}".encode()))
        files.keep_pages(one.id, [drawn], pages_in_file=1, by=system, at=at)
    on = clock.today()
    said = noted(
        on, issuer=f"Amt {name}", subject=f"Bescheid {name}", reference=f"AZ {name}", remedy_to=f"Gericht {name}", paper_id=paper.id
    )
    decision = decisions.note(case, said, by=by, on=on, at=at)
    decisions.confirm(decision, last_on=on, because=f"Grund {name}", seen_version=1, by=by, at=at)
    return {"paper": paper, "decision": decision, "file": file, "page": file.pages.get(), "scan": scan, "scan_page": scan.pages.get()}


def _assessed(by: Actor, case: Any, name: str) -> dict[str, Any]:
    """An open assessment and a map of the person the case is named after."""
    from faden.cases.actions import assessments, network
    from faden.cases.models import AreaView

    at, on = clock.now(), clock.today()
    with opened_for(by, write=True):
        look = assessments.begin(case, case.person_id, by=by, on=on, at=at)
        assessments.speak_about(
            look, "housing", assessments.Said(need=f"Wohnung {name}"), seen_version=0, by=by, on=on, at=at
        )
        tie = network.Tie("person", f"Nachbar {name}", "", "strong", 1, "")
        return {
            "view": AreaView.objects.get(assessment=look),
            "network_tie": network.add(case, case.person_id, tie, since=on, by=by, at=at),
        }


def _planned(by: Actor, case: Any, name: str) -> dict[str, Any]:
    """A goal with a step, agreed."""
    from faden.chains.actions import goals, plans
    from faden.chains.queries.plans import plan_of

    at, on, person = clock.now(), clock.today(), case.person_id
    with opened_for(by, write=True):
        wanted = goals.Wanted(f"Ziel {name}", "housing", f"Merkmal {name}", until_on=on)
        goal = goals.make(case, person, wanted, by=by, on=on, at=at)
        step = goals.add_step(goal, goals.StepWanted(f"Schritt {name}", "client"), by=by, at=at)
        goals.rate(goal, goals.Rated("partly", "reached", f"Bewertung {name}"), by=by, on=on, at=at)
        goals.take_up(goal, by=by, at=at)
        rated = goals.make(case, person, goals.Wanted(f"Altes Ziel {name}", "work"), by=by, on=on, at=at)
        goals.rate(rated, goals.Rated("reached", "", f"Bewertet {name}"), by=by, on=on, at=at)
        plans.frame(case, person, plans.Frame(on, f"Wichtig {name}"), seen_version=0, by=by, on=on, at=at)
        seen = plan_of(case, person, today=on).seal
        plans.agree(case, person, plans.Agreement(on, "de", "signed", review_on=on, seen=seen), by=by, on=on, at=at)
    return {"goal": goal, "goal_step": step}


def _translated(by: Actor, case: Any, goal: Any, name: str) -> None:
    """A goal translated for its person, and a fixed word that somebody of this service reviewed."""
    from faden.documents.actions import translations, words
    from faden.documents.queries.words import shipped
    from faden.documents.rules.take_along_paper import seal

    at, on = clock.now(), clock.today()
    text = translations.Worded(goal.id, goal.words, f"Anders gesagt {name}", f"Переклад {name}", (case.person_id,))
    reviewed = words.Wanted("sheet.title", f"Аркуш {name}", shipped("uk")["sheet.title"])
    with opened_for(by, write=True):
        translations.keep(case, [text], language="uk", confidential=False, seen=seal({}), by=by, at=at)
        words.review("uk", [reviewed], reviewed_by=f"Prüferin {name}", reviewed_on=on, by=by, on=on, at=at)


def _chained(by: Actor, case: Any, name: str) -> dict[str, Any]:
    """A chain with two steps, one after the other; the client brings something for the second."""
    from faden.chains.actions import start, steps
    from faden.chains.models import ChainStep

    at, own = clock.now(), [start.FreeStep(f"Erstes {name}"), start.FreeStep(f"Zweites {name}")]
    with opened_for(by, write=True):
        begin = start.Begin(case.person_id, clock.today())
        chain = start.start_free(f"Kette {name}", "work", own, begin, case=case, by=by, at=at)
        first, second = ChainStep.objects.filter(chain=chain).order_by("position")
        steps.wait_for_person(
            second.id, since=clock.today(), words=f"Mitbringen {name}", case=case, seen_version=1, by=by, at=clock.now()
        )
        return {"chain": chain, "chain_step": first}


def _declared(by: Actor, case: Any, name: str) -> dict[str, Any]:
    """Reviewed texts, a signed Vollmacht that ended, a release from secrecy that waits for its signature."""
    from faden.consents.actions import powers, secrecy, texts
    from faden.consents.actions.declarations import How
    from faden.consents.queries import form_texts
    from faden.consents.rules.declarations import Signing
    from faden.consents.vocabulary import DataClass, DeclarationEnd, FormKind, PowerScope
    from faden.documents.actions import forms

    at, on = clock.now(), clock.today()
    more, how = {"by": by, "at": at}, How(on + timedelta(days=90))
    with opened_for(by, write=True):
        for kind in FormKind:
            shown = form_texts.texts().counting(kind, "de")
            assert shown
            texts.review(shown, reviewed_by=f"Prüferin {name}", reviewed_on=on, **more)
        power = powers.Power(f"Amt {name}", f"Sache {name}", f"Fachkraft {name}", (PowerScope.APPLY,))
        ended = forms.prepare_power(power, how, case=case, person=case.person, **more)
        forms.signed(ended, Signing(on, interpreter_name=f"Sprachmittlerin {name}", interpreter_obliged_on=on, interpreter_is_adult=True), **more)
        forms.ended(ended, DeclarationEnd.REVOKED, ended_on=on, **more)
        said = secrecy.Secrecy(f"Praxis {name}", f"Zweck {name}", f"Befunde {name}", (DataClass.CONTACT,))
        waiting = forms.prepare_release(said, how, case=case, person=case.person, **more)
        return {"declared": waiting, **_consented(by, case, name)}


def _consented(by: Actor, case: Any, name: str) -> dict[str, Any]:
    """A consent that was withdrawn, and one that somebody reported; each with the release of our staff."""
    from faden.consents.actions.consents import Sharing
    from faden.consents.actions.declarations import How
    from faden.consents.rules.declarations import Signing
    from faden.consents.vocabulary import DataClass, DeclarationEnd
    from faden.documents.actions import forms
    from faden.organisations.actions import agencies
    from faden.organisations.queries.recipients import as_recipient

    at, on = clock.now(), clock.today()
    more, how = {"by": by, "at": at}, How(on + timedelta(days=90))
    school = as_recipient(agencies.note(agencies.Described(f"Schule {name}", "schule"), **more))
    sharing = Sharing(school, f"Zweck {name}", f"Angaben {name}", (DataClass.CONTACT,))
    ended, staff = forms.prepare_consent(sharing, how, case=case, person=case.person, **more)
    for form in (ended, staff):
        forms.signed(form, Signing(on), **more)
    forms.ended(ended, DeclarationEnd.REVOKED, ended_on=on, **more)
    waiting, _staff = forms.prepare_consent(sharing, how, case=case, person=case.person, **more)
    forms.reported(waiting, reported_by=f"Helferin {name}", reported_on=on, **more)
    return {"ended_consent": ended, "waiting_consent": waiting}


def _lettered(by: Actor, case: Any, name: str) -> dict[str, Any]:
    """A Word template, a letter drafted on it, and a line of the register."""
    from faden.cases.actions.concerning import About
    from faden.documents.actions import letters
    from faden.documents.models import LetterTemplate
    from tests.documents.word_making import docx

    at, on = clock.now(), clock.today()
    with opened_for(by, write=True):
        template = LetterTemplate.objects.create(
            organisation_id=by.organisation_id, code=name.lower(), version=1, title=f"Briefkopf {name}",
            content=docx("{{ text }}"), fields=["text"], published_at=at, published_by=by.person,
        )  # fmt: skip
        said = letters.Planned(
            f"Stelle {name}", f"Straße {name}", f"Betreff {name}", f"Zeichen {name}", f"Brieftext {name}", template_id=template.id
        )
        letters.record_handed_over(case, what=f"Blatt {name}", about=About(), language="de", by=by, on=on, at=at)
        return {"letter": letters.draft(case, planned=said, by=by, at=at)}


def _met(by: Actor, case: Any, appointment: Any, name: str) -> dict[str, Any]:
    """Who came, who interprets, who is reminded, and a calendar address."""
    from faden.cases.actions import attendance, calendar_feeds, interpreters, reminders
    from faden.cases.models import InterpreterRequest, Reminder
    from faden.persons.models import Person

    at, own = clock.now(), {"organisation_id": by.organisation_id}
    with opened_for(by, write=True):
        person = Person.objects.get(id=case.person_id)
        offer = interpreters.Offer(f"Pool {name}", ["ar"], ["on_site"], 0, 4000, f"Kontakt {name}")
        source = interpreters.add_source(offer, by=by, at=at)
        InterpreterRequest.objects.create(
            **own, appointment=appointment, source=source, language="ar", way="on_site", state="asked",
            asked_for=appointment.starts_at, asked_on=clock.today(), interpreter=f"Dolmetscherin {name}",
            words=f"Nicht {name}", noted_at=at, noted_by=by.person,
        )  # fmt: skip
        attendance.note(appointment, case.person_id, "excused", by=by, at=at)
        reminders.wish(person, way="print", language="ar", by=by, at=at)
        Reminder.objects.create(
            **own, appointment=appointment, person=person, starts_at=appointment.starts_at, way="print", language="ar",
            state="to_print", settled_at=at,
        )  # fmt: skip
        calendar_feeds.make(by=by, at=at)
    return {"interpreter_source": source}


def _plant_the_rest(by: Actor, case: Any, name: str) -> dict[str, Any]:
    """A row in each table of families, facts and the course of a case; what the verbs do has tests of its own."""
    from faden.cases import models as cases
    from faden.chains.actions import templates
    from faden.chains.models import MeasuredDuration
    from faden.findings.models import StructuralFinding, UnmetNeed
    from faden.organisations.models import ListSetting, Membership
    from faden.persons import models as persons
    from faden.referrals.models import OfferWatch
    from faden.residence.models import Opening, Outlook, Precheck
    from tests.case_making import add_member

    # In a case of its own: the first stays one person's, whose forms need nobody named.
    main_case, main, family = case, case.person, open_a_case(_email_of(by), family=name, given=f"Familie {name}")
    other, case = add_member(family, f"Kind {name}", family=name, email=_email_of(by)), family
    at, on, me = clock.now(), clock.today(), by.membership_id
    own = {"organisation_id": by.organisation_id}
    noted = {**own, "noted_at": at, "noted_by": by.person}
    fact = {**noted, "person": main, "from_on": on, "known_from": "told"}
    with opened_for(by, write=True):
        colleague = Membership.objects.exclude(id=me).filter(role="team_lead").first()
        group = persons.Group.objects.create(**own, kind="household", formed_on=on)
        persons.GroupMember.objects.create(**noted, group=group, person=other, kind="household", from_on=on)
        kinship = persons.Kinship.objects.create(**noted, person=other, relative=case.person, tie="parent")
        mark = persons.ProtectionMark.objects.create(
            **noted, person=main, kind="address", from_on=on, words=f"Schutz {name}"
        )
        hidden = persons.Address.objects.create(**fact, street=f"Gasse {name} 1")
        contact_person = persons.ContactPerson.objects.create(
            **noted, person=main, name=f"Tante {name}", relation="family", agreed_on=on, agreed_how="phone", agreed_language="de"
        )
        first, second = sorted([main.id, other.id])
        pair = persons.LikePair.objects.create(
            **own, first_id=first, second_id=second, score=0.9, state="open", found_at=at
        )
        for model, values in (
            (persons.Residence, {"paper": "ae_25_3"}), (persons.Benefit, {"regime": "sgb2"}),
            (persons.German, {"skill": "all", "level": "a1"}),
            (persons.Occupation, {"kind": "school", "what": f"Schule {name}"}),
            (persons.Qualification, {"what": f"Abschluss {name}", "recognition": "not_asked"}),
            (persons.Speaking, {"language": "ar"}), (persons.Limit, {"kind": "no_course", "words": f"Folge {name}"}),
        ):  # fmt: skip
            latest = model.objects.create(**fact, **values)
        cases.OwnLifeArea.objects.create(**own, code="own", label=f"Bereich {name}", counts_as="work", from_on=on)
        assessment = cases.Assessment.objects.create(
            **own, case=case, person=other, number=1, began_on=on, began_by=by.person
        )
        cases.AreaView.objects.create(
            **own, assessment=assessment, area="housing", need=f"Bedarf {name}", resources=f"Mittel {name}",
            client_words=f"Eigene Worte {name}", changed_at=at, changed_by=by.person,
        )  # fmt: skip
        cases.NetworkTie.objects.create(
            **own, case=case, person=other, kind="person", name=f"Freund {name}", quality="strong", since_on=on, gives=f"Hilfe {name}"
        )
        cases.Clarification.objects.create(
            **own, case=case, decision="case_management", decided_on=on, decided_by=by.person, words=f"Warum {name}"
        )
        cases.CriterionMark.objects.create(
            **own, case=case, phase="clarification", criterion="x", state="done", marked_at=at, marked_by=by.person
        )
        cases.Closing.objects.create(
            **own, case=case, reason="goals", client_view="much", closed_at=at, closed_by=by.person, keep_until=on,
            reopened_at=at, reopened_by=by.person, reopened_because="zu früh",
            summary=f"Verlauf {name}", client_words=f"Rückmeldung {name}",
        )  # fmt: skip
        cases.LeadChange.objects.create(
            **own, case=case, from_lead_id=me, to_lead=colleague, reason="capacity", changed_at=at, changed_by=by.person
        )
        cases.Substitution.objects.create(
            **own, absent=colleague, deputy_id=me, from_on=on, until_on=on, reason="leave", arranged_at=at,
            arranged_by=by.person,
        )  # fmt: skip
        StructuralFinding.objects.create(
            **own, category="no_place", life_area="language", words=f"Hinweis {name}", noted_on=on, noted_by=by.person
        )
        offers = _offered(own, name)
        watch = OfferWatch.objects.create(
            **own, case=main_case, persons=[main.id], life_area="language", looked_on=on, began_at=at, began_by=by.person
        )
        Precheck.objects.create(
            **own, case=main_case, person=main, paths=["25b"], answers="{}", begun_at=at, begun_by=by.person, changed_at=at, changed_by=by.person
        )
        outlook = Outlook.objects.create(
            **own, case=main_case, person=main, agreed_on=on, began_at=at, began_by=by.person, mark="x", look_on=on
        )
        Opening.objects.create(**own, outlook=outlook, path="stag_10", state="not_met", opens_on=on, found_on=on)
        UnmetNeed.objects.create(**own, life_area="language", in_month=on.replace(day=1))
        MeasuredDuration.objects.create(
            **own, template_code=name.lower(), step_code="a", finished=10, median_days=7, measured_on=on
        )
        ListSetting.objects.create(**own, membership_id=me, screen="caseload", values={"order": "name"})
        templates.publish(TEMPLATE % {"code": name.lower(), "title": f"Vorlage {name}"}, by=by, at=at)
    return {
        **offers,
        "watch": watch,
        "mark": mark,
        "hidden_address": hidden,
        "pair": pair,
        "limit": latest,
        "group": group,
        "kinship": kinship,
        "contact_person": contact_person,
        "family_case": family,
        "member": other,
    }


def _offered(own: dict[str, int], name: str) -> dict[str, Any]:
    """What everybody may read, and only its service may write."""
    from faden.directory.models import Offer, Place, Provider, Source

    at, on = clock.now(), clock.today()
    Source.objects.create(**own, name=f"Verzeichnis {name}", format="csv", licence="CC0")
    provider = Provider.objects.create(**own, name=f"Anbieter {name}")
    offer = Offer.objects.create(
        **own, provider=provider, title=f"Angebot {name}", life_areas=["language"], confirmed_on=on, confirmed_how="account",
        keeper_email="buero@haus.example", hint=f"Hinweis {name}", hint_on=on, noted_at=at, changed_at=at,
    )  # fmt: skip
    Place.objects.create(**own, offer=offer, town=f"Ort {name}")
    return {"provider": provider, "offer": offer}


def _substituted(by: Actor) -> dict[str, Any]:
    """The planted Vertretung: the actor stands in for her team lead today."""
    from faden.cases.models import Substitution

    with opened_for(by, write=False):
        return {"substitution": Substitution.objects.get()}


def _email_of(by: Actor) -> str:
    return next(staff.case_manager for staff in (AHAUS, GRONAU) if actor_of(staff.case_manager) == by)


def _overseen(staff: Staff, case: Any) -> dict[str, Any]:
    from faden.cases.actions.openings import open_with_reason
    from faden.cases.models import CaseOpening
    from faden.cases.vocabulary.case import OpeningReason
    from faden.organisations.actions import invitations
    from faden.oversight import actions as oversight
    from faden.oversight.vocabulary import Occasion

    lead, dpo, administrator = (
        actor_of(email) for email in (staff.team_lead, staff.dpo, staff.administrator)
    )
    at, on = clock.now(), clock.today()
    with opened_for(lead, write=True):
        open_with_reason(
            case, reason=OpeningReason.SUBSTITUTION, words="Urlaub", by=lead, on=on - timedelta(days=1), at=at
        )
    with opened_for(worker := actor_of(staff.case_manager), write=True):
        lawful = _by_law(case, staff.family, worker)
        emergency = CaseOpening.objects.create(
            organisation_id=worker.organisation_id, case=case, opened_by=worker.person, opened_at=at, until=on,
            until_at=at + timedelta(hours=1), reason=OpeningReason.EMERGENCY, words=f"Notfall {staff.family}",
        )  # fmt: skip
    with opened_for(dpo, write=True):
        matter = oversight.ask(
            number=case.number, occasion=Occasion.COMPLAINT, words="Prüfung", by=dpo, on=on, at=at
        )
    with opened_for(administrator, write=True):
        invitation, _token = invitations.invite(
            email=f"neu@{staff.family.lower()}.example",
            name="Neue Kraft",
            role="case_manager",
            by=administrator,
            at=at,
            today=on,
        )
    return {"oversight": matter, "invitation": invitation, "lawful": lawful, "emergency": emergency}


def _by_law(case: Any, name: str, by: Actor) -> Any:
    """Put before the second person; nobody has decided."""
    from faden.cases.actions.by_law import ask
    from faden.cases.actions.concerning import About
    from faden.consents.actions.lawful import ByLaw
    from faden.consents.vocabulary import DataClass, LawNorm
    from faden.organisations.actions.agencies import Described, note
    from faden.organisations.queries.recipients import as_recipient

    at, on = clock.now(), clock.today()
    to = note(Described(f"Jugendamt {name}", "jugendamt"), by=by, at=at)
    said = ByLaw(as_recipient(to), LawNorm.KKG_4, f"Tatsachen {name}", f"Schutz {name}", (DataClass.CONTACT,), informed_on=on)
    return ask(case, said, about=About((case.person_id,)), by=by, at=at, today=on)


def release_to(sender: World, recipient: World, *, purpose: str = "Beratung") -> tuple[Any, Any]:
    """A signed consent with the release of the staff, and one Weitergabe on it: (consent, release)."""
    from faden.organisations.models import Organisation

    with opened_for(sender.actor, write=True):
        to = Organisation.objects.get(id=recipient.organisation_id)
        consent = consented(sender.case.person, to, purpose=purpose, by=sender.actor)
        return consent, released(consent, purpose=purpose, facts={"Name": sender.family}, by=sender.actor)


def full_ahaus() -> World:
    """One of both."""
    return fill(AHAUS)


def two_full_services() -> tuple[World, World]:
    """Rows of both in every tenant table, sealed blocks and deliveries included."""
    ahaus, gronau = fill(AHAUS), fill(GRONAU)
    for sender, recipient in ((ahaus, gronau), (gronau, ahaus)):
        standing = release_to(sender, recipient)
        sender.network.update(plant_network(sender, recipient, *standing))
        consent, _release = release_to(sender, recipient, purpose="Widerrufen")
        with opened_for(sender.actor, write=True):
            withdrawn(consent, by=sender.actor)
    for world in (ahaus, gronau):
        seal(world)
    return ahaus, gronau


def seal(world: World, *, stream: str = "deeds") -> Any:
    """One block over all that is there now; other databases of the test server may hold the horizon for a moment."""
    table, system = sealing.STREAMS[stream][0], Actor.system(world.organisation_id)
    for _attempt in range(300):
        with opened_for(system, write=True), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT pg_snapshot_xmin(pg_current_snapshot()) > max(xid::text::bigint)::text::xid8 FROM {table}"
            )
            if cursor.fetchone()[0]:
                return sealing.seal(world.organisation_id, stream=stream, at=clock.now())
        pause(0.1)
    raise AssertionError("the horizon stood still for 30 seconds")
