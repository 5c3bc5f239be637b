"""Five invented people on the way to a stay that lasts, with five outcomes of the Vorprüfung; a Voranfrage can be sent for the first."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from config.demo_data import network, others, signed
from faden.cases.actions import open_case
from faden.cases.models import Case
from faden.consents.actions.agreements import Agreed
from faden.consents.actions.consents import Sharing
from faden.consents.actions.declarations import How
from faden.consents.vocabulary import DataClass
from faden.kernel.actor import Actor
from faden.organisations.queries.recipients import as_recipient
from faden.persons.actions import facts
from faden.persons.actions.people import NewPerson, Spelling
from faden.persons.rules.birth import BirthDate
from faden.persons.rules.periods import Period
from faden.persons.vocabulary import FactKind, KnownFrom
from faden.residence.actions import outlooks, prechecks
from faden.residence.queries.known import known_of
from faden.residence.rules.answers import Answers, Row, Value

Noted = tuple[FactKind, date | None, date | None, dict[str, object]]


@dataclass(frozen=True)
class Scene:
    """One person: what the file says, which paths are looked at, what was answered."""

    name: Spelling
    born: BirthDate
    nationality: str
    language: str
    paths: tuple[str, ...]
    noted: tuple[Noted, ...]
    facts: dict[str, Value] = field(default_factory=dict)
    more: dict[str, Row] = field(default_factory=dict)  # group: what is answered to each of its rows in the file
    watched: bool = True


def run(by: Actor, *, today: date, now: datetime) -> None:
    """Opened in the last weeks by this case manager."""
    for number, scene in enumerate(_scenes(today)):
        at = now - timedelta(days=40 - 5 * number)
        case = _open(scene, by, at)
        for kind, first, last, values in scene.noted:
            stated = facts.Stated(values, Period(first, last), KnownFrom.SEEN)
            facts.record(kind, stated, person=case.person, by=by, on=today, at=at)
        prechecks.choose(case.person_id, scene.paths, case=case, by=by, at=at)
        filed = known_of([(case.id, case.person_id)], on=today)[case.id, case.person_id].filed
        rows = {group: {one.ref: dict(row) for one in filed.rows[group]} for group, row in scene.more.items()}
        prechecks.answer(case.person_id, Answers(scene.facts, rows), filed, seen_version=1, case=case, by=by, at=at)
        if scene.watched:
            outlooks.begin(case.person_id, agreed_on=at.date(), case=case, by=by, at=at, today=today)
        if number == 0:
            _may_ask_the_office(case, by, today=today, at=at)


def _open(scene: Scene, by: Actor, at: datetime) -> Case:
    agreed = Agreed(
        language=scene.language, given_on=at.date(), given_how="paper", interpreted_by="Sprachmittlerin", to_documentation=True,
        to_team_and_substitute=True, special_categories=(),
    )  # fmt: skip
    person = NewPerson(
        name=scene.name, birth=scene.born, nationalities=(scene.nationality,), languages=(scene.language,), municipality=network.TOWNS["Ahaus"]
    )
    opening = open_case.Opening(agreed=agreed, urgency="normal", lead=UUID(by.membership_id), new_person=person)
    return open_case.open_case(opening, by=by, on=at.date(), at=at)


def _may_ask_the_office(case: Case, by: Actor, *, today: date, at: datetime) -> None:
    """She has signed that the office in her county may be asked."""
    classes = (DataClass.CONTACT, DataClass.LANGUAGE, DataClass.RESIDENCE, DataClass.SCHOOL_WORK, DataClass.BENEFITS_HOUSING, DataClass.FAMILY)
    sharing = Sharing(
        as_recipient(others.service("abh-kreis")), "Voranfrage zum Bleiberecht", "Was sie selbst ankreuzt: Papiere, Deutsch, Arbeit", classes
    )
    signed.consent(sharing, How(today + timedelta(days=170)), case=case, person=case.person, by=by, at=at)


def _scenes(today: date) -> tuple[Scene, ...]:
    spring = date(today.year + (today >= date(today.year, 4, 12)), 4, 12)
    five_years_before = spring.replace(year=spring.year - 5)
    turns_27 = date(today.year, today.month, 1) + timedelta(days=150)
    paper, german, job, school = FactKind.RESIDENCE, FactKind.GERMAN, FactKind.OCCUPATION, FactKind.OCCUPATION
    certificate = date(today.year - 1, 3, 1)
    return (
        # Nach diesen Angaben liegt alles vor.
        Scene(
            Spelling("Haile", "Rahwa", "ራህዋ ሃይለ"), BirthDate(1994, 5, 9), "224", "ti", ("25b",),
            (
                (paper, date(2017, 8, 1), date(2019, 5, 31), {"paper": "gestattung"}),
                (paper, date(2019, 6, 1), None, {"paper": "duldung_60a"}),
                (german, certificate, None, {"skill": "speaking", "level": "a2", "certificate": "telc A2", "certified_on": certificate}),
                (job, date(2023, 2, 1), None, {"kind": "work", "what": "Küchenhilfe", "hours_a_week": 35}),
            ),
            {
                "household.children": "none", "civics.test_passed": date(today.year - 1, 6, 14).isoformat(), "civics.commitment": True,
                "livelihood.share_by_work": 0.85, "identity.state": "clarified",
            },
            {"work": {"insured": True}},
        ),
        # § 104c: Die Brücke endet am 30.06.2027, es fehlen Deutsch und Test.
        Scene(
            Spelling("Nkomo", "Jean"), BirthDate(1988, 11, 2), "262", "fr", ("25b", "104c"),
            (
                (paper, date(2016, 4, 1), date(2018, 9, 30), {"paper": "gestattung"}),
                (paper, date(2018, 10, 1), date(2025, 12, 14), {"paper": "duldung_60a"}),
                (paper, date(2025, 12, 15), date(2027, 6, 14), {"paper": "ae_104c"}),
                (german, None, None, {"skill": "speaking", "level": "a1"}),
            ),
            {"household.children": "none", "identity.state": "clarified", "livelihood.share_by_work": 0.6, "civics.commitment": True},
        ),
        # Einbürgerung: Die fünf Jahre sind an einem Tag im nächsten Frühjahr voll.
        Scene(
            Spelling("Sabbagh", "Noor", "نور صباغ"), BirthDate(1990, 3, 21), "475", "ar", ("stag_10", "26_3"),
            (
                (paper, five_years_before, five_years_before + timedelta(days=200), {"paper": "gestattung"}),
                (paper, five_years_before + timedelta(days=201), spring + timedelta(days=700), {"paper": "ae_25_2_1"}),
                (german, certificate, None, {"skill": "all", "level": "b1", "certificate": "DTZ B1", "certified_on": certificate}),
                (job, date(2024, 1, 8), None, {"kind": "work", "what": "Zahnmedizinische Fachangestellte", "hours_a_week": 38}),
                (FactKind.BENEFIT, date(2024, 1, 8), None, {"regime": "none"}),
            ),
            {
                "asylum.applied": five_years_before.isoformat(), "asylum.state": "refugee", "identity.state": "clarified",
                "civics.test_passed": date(today.year - 1, 9, 6).isoformat(), "civics.commitment": True, "civics.commitment_history": True,
                "livelihood.share_by_work": 1.0,
            },
        ),
        # § 25a: Die Behörde wägt ab, und der 27. Geburtstag ist nah.
        Scene(
            Spelling("Rahimi", "Mahdi", "مهدی رحیمی"), BirthDate(turns_27.year - 27, turns_27.month, turns_27.day), "423", "prs", ("25a", "60c"),
            (
                (paper, date(2021, 10, 1), date(2023, 6, 30), {"paper": "gestattung"}),
                (paper, date(2023, 7, 1), None, {"paper": "duldung_60a"}),
                (school, date(2022, 8, 10), None, {"kind": "school", "what": "Abendrealschule"}),
            ),
            {
                "identity.state": "clarified", "livelihood.benefits": "none", "livelihood.secured": True, "entry_date": "2021-09-20",
                "asylum.state": "rejected",
            },
            {"school": {"successful": True}},
        ),
        # Spurwechsel nach abgelehntem Asylantrag: Dieser Weg ist vor der Ausreise versperrt.
        Scene(
            Spelling("Gashi", "Vjosa"), BirthDate(1996, 7, 30), "121", "sq", ("18a", "19d"),
            (
                (paper, date(2022, 2, 1), date(2023, 10, 31), {"paper": "gestattung"}),
                (paper, date(2023, 11, 1), None, {"paper": "duldung_60a"}),
                (job, date(2024, 3, 1), None, {"kind": "work", "what": "Pflegefachkraft", "hours_a_week": 39}),
            ),
            {
                "asylum.state": "rejected", "asylum.decided": "2023-10-12", "entry_date": "2022-01-20", "qualification.kind": "vocational",
                "qualification.recognised": True,
            },
            watched=False,
        ),
    )  # fmt: skip
