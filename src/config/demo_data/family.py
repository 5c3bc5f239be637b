"""One invented family with five threads at once: papers of two kinds, a flat, two schools, a tired mother.

After the model family of the programme (domain.md 3.2): nobody is meant.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from config.demo_data import (
    chains,
    conferences,
    consents,
    decisions,
    declarations,
    letters,
    papers,
    plan,
    referrals,
    sharing,
    take_along,
    transfers,
    trust,
)
from faden.cases.actions import (
    appointments,
    assessments,
    contact_notes,
    families,
    network,
    open_case,
    phases,
    tasks,
)
from faden.cases.actions.concerning import About
from faden.cases.models import Case
from faden.cases.vocabulary.appointment import AppointmentKind
from faden.cases.vocabulary.case import Phase
from faden.consents.actions.agreements import Agreed
from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.persons.actions import arrivals, facts
from faden.persons.actions.families import form, note_kinship
from faden.persons.actions.people import NewPerson, Spelling
from faden.persons.models import Person
from faden.persons.rules.birth import BirthDate
from faden.persons.rules.periods import Period
from faden.persons.vocabulary import FactKind, GroupKind, KnownFrom, Relation

FAMILY, NATIVE = "Al-Hassoun", "الحسون"
SYRIA, ARABIC = "475", "ar"


def run(by: Actor) -> None:
    """Opened four months ago by this case manager, now between assessment and plan."""
    at = (clock.now() - timedelta(days=120)).astimezone(clock.BERLIN)
    scene = Scene(by, clock.today(), clock.now(), at)
    scene.open()
    scene.note_facts()
    scene.talk()
    scene.assess()
    scene.plan()
    scene.link_up()
    scene.agree_on_goals()
    scene.decide()
    scene.declare()
    # Last: whether somebody has signed a Vollmacht decides how a letter goes out.
    scene.write_letters()
    scene.refer()
    scene.say_it_in_arabic()
    scene.meet()
    # Nothing may happen on a shared chain before it was shared.
    scene.share()
    scene.think_of_moving()
    scene.answer_a_court()


def _agreed(given_on: date, represented_by: tuple[Person, ...] = ()) -> Agreed:
    return Agreed(
        language=ARABIC,
        given_on=given_on,
        given_how="paper",
        interpreted_by="Sprachmittlerin",
        to_documentation=True,
        to_team_and_substitute=True,
        special_categories=("health",),
        represented_by=tuple(person.id for person in represented_by),
        own_agreement=not represented_by,
    )


def _new(given: str, native: str, born: date) -> NewPerson:
    return NewPerson(
        name=Spelling(FAMILY, given, f"{native} {NATIVE}"),
        birth=BirthDate(born.year, born.month, born.day),
        nationalities=(SYRIA,),
        languages=(ARABIC,),
        interpreter_language=ARABIC,
        municipality="05554004",
    )


@dataclass
class Scene:
    """The family and who works with it."""

    by: Actor
    today: date
    now: datetime
    began: datetime

    def open(self) -> None:
        """The mother comes to the door; the others follow, the grandmother has not arrived yet."""
        by, at, on = self.by, self.began, self.began.date()
        opening = open_case.Opening(
            agreed=_agreed(on),
            urgency="soon",
            lead=by.membership_id,  # type: ignore[arg-type]
            new_person=_new("Rima", "ريما", date(1990, 5, 14)),
        )
        self.case = open_case.open_case(opening, by=by, on=on, at=at)
        self.mother = Person.objects.get(id=self.case.person_id)
        self.father = self._join("Khaled", "خالد", date(1986, 2, 3), Relation.PARTNER, _agreed(on))
        parents = (self.mother, self.father)
        self.son = self._join("Yusuf", "يوسف", self._years_ago(10), Relation.CHILD, _agreed(on, parents), represents=True)
        self.daughter = self._join("Noor", "نور", self._years_ago(4), Relation.CHILD, _agreed(on, parents), represents=True)
        for child in (self.son, self.daughter):
            note_kinship(child, Relation.CHILD, self.father, represents=True, by=by, at=at)
        self.grandmother = self._join("Amina", "أمينة", date(1959, 1, 1), Relation.PARENT, None)
        by_video = replace(_agreed(self.today - timedelta(days=12)), given_how="electronic")
        families.note_agreement_of(self.case, self.grandmother, by_video, by=by, on=self.today, at=self.now)
        form(GroupKind.HOUSEHOLD, [p.id for p in (*parents, self.son, self.daughter)], by=by, on=on, at=at)
        # § 25 Abs. 2 and a Duldung: two benefit laws under one roof.
        form(GroupKind.BENEFIT_UNIT, [p.id for p in (self.mother, self.son, self.daughter)], by=by, on=on, at=at)
        arrivals.expect(self.grandmother, self.today + timedelta(days=70), by=by, at=self.now)
        contact = arrivals.SpokenFor(
            relation="family", agreed_on=self.today - timedelta(days=12), agreed_how="video", agreed_language=ARABIC,
            known_person=self.mother.id,
        )  # fmt: skip
        arrivals.note_contact_person(self.grandmother, contact, by=by, on=self.today, at=self.now)

    def _years_ago(self, years: int) -> date:
        return self.began.date() - timedelta(days=365 * years + 100)

    def _join(
        self, given: str, native: str, born: date, relation: Relation, agreed: Agreed | None, *, represents: bool = False
    ) -> Person:
        belongs = families.Belongs(relation, self.case.person_id, represents)
        newcomer = families.Newcomer(belongs, agreed, new_person=_new(given, native, born))
        member = families.take_in(
            Case.objects.get(id=self.case.id), newcomer, by=self.by, on=self.began.date(), at=self.began
        )
        return member.person

    def note_facts(self) -> None:
        """Papers, benefits, German, address, school and work, each with its days."""
        month = timedelta(days=30)
        two_years = self.today - 24 * month
        for person, paper, until in (
            (self.mother, "ae_25_2_2", self.today + 14 * month),
            (self.father, "duldung_60a", self.today + 2 * month),
            (self.son, "ae_25_2_2", self.today + 14 * month),
            (self.daughter, "ae_25_2_2", self.today + 14 * month),
        ):
            self._fact(person, FactKind.RESIDENCE, Period(two_years, until), KnownFrom.COPY, paper=paper)
        for person, regime in ((self.mother, "sgb2"), (self.father, "asylblg_2"), (self.son, "sgb2"), (self.daughter, "sgb2")):
            self._fact(person, FactKind.BENEFIT, Period(two_years), regime=regime)
        for person in (self.mother, self.father, self.son, self.daughter):
            self._fact(
                person, FactKind.ADDRESS, Period(two_years), street="Musterstraße 12", postcode="48683", place="Ahaus",
                municipality="05554004", care_of="Gemeinschaftsunterkunft, Zimmer 7",
            )  # fmt: skip
        self._fact(self.mother, FactKind.GERMAN, Period(self.today - 3 * month), skill="all", level="a1", literacy="own_script")
        self._fact(self.father, FactKind.GERMAN, Period(self.today - 5 * month), skill="speaking", level="a2", literacy="latin")
        self._fact(self.mother, FactKind.LIMIT, Period(self.today - 2 * month), kind="no_course")
        self._fact(self.son, FactKind.OCCUPATION, Period(two_years), kind="school", what="Grundschule, Klasse 4", where="Musterschule")
        self._fact(self.father, FactKind.QUALIFICATION, Period(), what="Elektriker, zehn Jahre Arbeit", country=SYRIA, recognition="collecting")

    def _fact(
        self, person: Person, which: FactKind, days: Period, known_from: KnownFrom = KnownFrom.TOLD, **values: object
    ) -> None:
        stated = facts.Stated(values, days, known_from)
        facts.record(which, stated, person=person, by=self.by, on=self.today, at=self.now)

    def talk(self) -> None:
        """Five threads, each with the persons it concerns; one is the mother's alone."""
        said = (
            (110, (self.father,), ("residence",), "Der Brief zur Duldung wurde nicht verstanden. Zusammen gelesen: Sie gilt weiter, er fragt nach der Arbeitserlaubnis."),
            (90, (self.mother, self.father, self.son, self.daughter), ("housing",), "Zu viert in einem Zimmer. Wohnungssuche begonnen, WBS-Antrag vorbereitet."),
            (60, (self.son,), ("school",), "Yusuf wechselt im Sommer auf die weiterführende Schule. Gespräch mit der Klassenlehrerin vereinbart."),
            (45, (self.daughter,), ("childcare",), "Noor hat noch keinen Kita-Platz. Anmeldung im Portal, Warteliste bei zwei Kitas."),
            (20, (self.father,), ("work",), "Der Betrieb würde ihn einstellen, wenn die Erlaubnis kommt. Zeugnisse werden übersetzt."),
        )  # fmt: skip
        for days_ago, persons, areas, words in said:
            self._talk(days_ago, persons, areas, words)
        self._talk(
            30, (self.mother,), ("health",), "Sie möchte allein sprechen, nicht vor der Familie. Nächstes Mal vormittags.",
            confidential=True,
        )  # fmt: skip

    def _talk(
        self, days_ago: int, persons: tuple[Person, ...], areas: tuple[str, ...], words: str, *, confidential: bool = False
    ) -> None:
        happened = datetime.combine(self.today - timedelta(days=days_ago), time(10, 30), tzinfo=clock.BERLIN)
        contact = contact_notes.Contact(
            happened_at=happened, type="office", place="", minutes=45, language=ARABIC, interpreting="professional",
            life_areas=areas, text=words, about=About(tuple(p.id for p in persons), confidential),
        )  # fmt: skip
        contact_notes.record(contact, case=Case.objects.get(id=self.case.id), by=self.by, at=happened)

    def assess(self) -> None:
        """The mother's assessment and who stands around her."""
        by, on, case = self.by, self.today - timedelta(days=28), Case.objects.get(id=self.case.id)
        at = datetime.combine(on, time(11, 0), tzinfo=clock.BERLIN)
        phases.move(case, Phase.ASSESSMENT, skip_reason="", by=by, at=at)
        assessment = assessments.begin(case, self.mother.id, by=by, on=on, at=at)
        for area, said in (
            ("housing", assessments.Said("Zu viert in einem Zimmer, nachts ist es laut.", "1", "soon", "Wohnung mit drei Zimmern", "Bruder hilft beim Umzug", "2")),
            ("language", assessments.Said("Ich möchte lernen, aber wer ist bei Noor?", "2", "normal", "Kurs mit Kinderbetreuung", "lernt schnell, übt mit dem Sohn", "2")),
            ("childcare", assessments.Said("Noor soll mit anderen Kindern spielen.", "2", "soon", "Kita-Platz", "Nachbarin passt manchmal auf", "3")),
            ("work", assessments.Said("Später. Ich habe als Schneiderin gearbeitet.", "3", "normal", "", "Schneiderin, zwölf Jahre", "4")),
            ("participation", assessments.Said("Im Nähcafé bin ich gern.", "4", "", "", "Nähcafé, kennt viele Frauen im Haus", "4")),
        ):  # fmt: skip
            assessments.speak_about(assessment, area, said, seen_version=0, by=by, on=on, at=at)
        for tie in (
            network.Tie("person", "Nachbarin im Haus", "passt auf Noor auf", "strong", 1, "Zeit am Nachmittag"),
            network.Tie("person", "Bruder in Gronau", "Bruder", "helpful", 2, "Auto, Umzug"),
            network.Tie("agency", "Nähcafé", "Treffpunkt", "strong", 2, "Kontakte, Deutsch üben"),
            network.Tie("agency", "Jobcenter", "Leistungen", "strained", 3, ""),
            network.Tie("resource", "Schneidern", "Beruf", "strong", 1, "zwölf Jahre Erfahrung"),
        ):
            network.add(case, self.mother.id, tie, since=on, by=by, at=at)

    def link_up(self) -> None:
        """The five threads as chains, some of them waiting for each other."""
        case = Case.objects.get(id=self.case.id)
        chains.run(
            case, mother=self.mother, father=self.father, son=self.son, daughter=self.daughter, by=self.by, today=self.today
        )

    def agree_on_goals(self) -> None:
        """What each of them wants to reach."""
        case = Case.objects.get(id=self.case.id)
        children = (self.son, self.daughter)
        plan.run(case, self.mother, self.father, children, by=self.by, today=self.today, now=self.now)

    def decide(self) -> None:
        """What the agencies decided, and until when one can act against it."""
        case = Case.objects.get(id=self.case.id)
        paper_id = papers.of_the_family(case, self.mother, self.son, by=self.by, today=self.today, now=self.now)
        decisions.of_the_family(case, self.mother, paper_id=paper_id, by=self.by, today=self.today, now=self.now)
        decisions.to_confirm(self.by, besides=case, today=self.today, now=self.now)

    def declare(self) -> None:
        """What they signed for the service."""
        case = Case.objects.get(id=self.case.id)
        declarations.of_the_family(case, self.mother, self.father, self.son, by=self.by, today=self.today, now=self.now)
        consents.of_the_family(case, self.mother, self.father, by=self.by, today=self.today, now=self.now)

    def share(self) -> None:
        """Her way into the course, together with who gives it."""
        sharing.share(Case.objects.get(id=self.case.id), self.mother, by=self.by, today=self.today, now=self.now)

    def write_letters(self) -> None:
        """What went out, and what was begun."""
        case = Case.objects.get(id=self.case.id)
        letters.run(case, self.mother, self.father, self.son, by=self.by, today=self.today, now=self.now)

    def refer(self) -> None:
        """To a course, to advice, to lessons: waiting, asked back, come to an end."""
        case = Case.objects.get(id=self.case.id)
        referrals.run(case, self.mother, self.father, self.son, by=self.by, today=self.today, now=self.now)

    def say_it_in_arabic(self) -> None:
        """Her goals in her language, for the paper she takes along."""
        take_along.run(Case.objects.get(id=self.case.id), self.mother, by=self.by, today=self.today, now=self.now)

    def meet(self) -> None:
        """At a table with others, and told without names."""
        conferences.run(Case.objects.get(id=self.case.id), self.mother, by=self.by, today=self.today, now=self.now)

    def think_of_moving(self) -> None:
        """To Gronau: what a Fallübergabe needs is being prepared."""
        transfers.run(
            Case.objects.get(id=self.case.id), self.mother, self.father, by=self.by, today=self.today, now=self.now
        )

    def answer_a_court(self) -> None:
        """Without consent, by law; and who opened the case when nobody else was there."""
        trust.run(Case.objects.get(id=self.case.id), self.father, by=self.by, today=self.today, now=self.now)

    def plan(self) -> None:
        """What is next, and for whom."""
        case, me = Case.objects.get(id=self.case.id), self.by.membership_id
        for title, days, persons in (
            ("Arbeitserlaubnis bei der Ausländerbehörde beantragen", 3, (self.father,)),
            ("Kita: auf der Warteliste nachfragen", 6, (self.daughter,)),
            ("WBS-Antrag abschicken", -2, (self.mother, self.father)),
        ):
            due = self.today + timedelta(days=days)
            wanted = tasks.Wanted(title, due, me, About(tuple(p.id for p in persons)))  # type: ignore[arg-type]
            tasks.make(wanted, case=case, by=self.by, at=self.now - timedelta(days=15))
        starts = datetime.combine(self.today + timedelta(days=5), time(9, 0), tzinfo=clock.BERLIN)
        planned = appointments.Planned(
            "Gespräch in der Schule", starts, starts + timedelta(hours=1), "Musterschule", ARABIC,
            About((self.son.id, self.mother.id)), AppointmentKind.AGENCY,
        )  # fmt: skip
        appointments.make(planned, case=case, by=self.by, at=self.now - timedelta(days=15))
