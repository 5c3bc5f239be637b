"""What may stand on the paper at the bus stop: by life area, office, law, template, and by the words of free texts."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from faden.chains.queries.templates import shipped as shipped_templates
from faden.documents.queries.words import german, step_code
from faden.documents.rules import take_along as rules
from faden.documents.rules.take_along import Entry, Part, Saying, Why

SISTER = rules.others([rules.parts_of("Leyla", "Haddad", "ليلى حداد"), rules.parts_of("Оксана", "Шевченко")], {"Darwisch"})
ROW = UUID(int=7)


def free(text: str, part: Part = Part.GOAL, **rest: object) -> Entry:
    return Entry(part, Saying(text, source=ROW), **rest)


def fixed(code: str, part: Part = Part.DATE, **rest: object) -> Entry:
    return Entry(part, Saying(german()[code], code), **rest)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (free("Ich arbeite", life_areas=("work",)), None),
        (free("Ich wohne allein", life_areas=("housing",)), None),
        (free("Alles gut", life_areas=("residence",)), Why.RESIDENCE),
        (free("Alles gut", life_areas=("documents",)), Why.RESIDENCE),
        (free("Alles gut", life_areas=("health",)), Why.HEALTH),
        (free("Alles gut", life_areas=("work", "residence")), Why.RESIDENCE),
        (free("Alles gut", life_areas=("own-1",)), None),
        (free("Alles gut", Part.IMPORTANT), Why.ANYTHING),
        (free("Alles gut", template="asyl"), Why.RESIDENCE),
        (free("Alles gut", template="asyl", step="anmeldung"), Why.RESIDENCE),
        (free("Alles gut", template="gesundheit"), Why.HEALTH),
        (free("Alles gut", template="wohnen"), None),
        (free("Antrag", Part.OURS, agency_kind="abh"), Why.RESIDENCE),
        (free("Antrag", Part.OURS, agency_kind="auslandsvertretung"), Why.RESIDENCE),
        (free("Termin", Part.OTHERS, agency_kind="gesundheit"), Why.HEALTH),
        (free("Antrag", Part.OURS, agency_kind="jobcenter"), None),
        (free("Antrag", law="§ 3 AsylbLG"), Why.RESIDENCE),
        (free("Antrag", law="§ 25b Abs. 1 AufenthG"), Why.RESIDENCE),
        (free("Kurs", law="§ 44 Abs. 4 AufenthG, § 5 Abs. 1 IntV"), None),
        (free("Kurs", law="§ 45a AufenthG"), None),
        (free("Kurs", law="§ 44a Abs. 1 AufenthG, § 25 AufenthG"), Why.RESIDENCE),
        (free("Geld", law="§ 7 Abs. 1 SGB II"), None),
        (fixed("deadline.title", deadline="title"), Why.RESIDENCE),
        (fixed("deadline.age_27", deadline="age_27"), Why.RESIDENCE),
        (fixed("deadline.bridge_104c", deadline="bridge_104c"), Why.RESIDENCE),
        (fixed("deadline.sgb2_74", deadline="sgb2_74"), Why.RESIDENCE),
        (fixed("deadline.benefit", deadline="benefit"), None),
        (fixed("deadline.remedy", deadline="remedy"), None),
    ],
)  # fmt: skip
def test_by_where_it_comes_from(entry, why):
    assert rules.why_by_origin(entry) is why


def test_the_steps_of_shipped_templates_that_stay():
    """The whole list: who changes a template sees here what becomes of it."""
    kept: dict[str, list[str]] = {}
    for offered in shipped_templates():
        template = offered.template
        for step in template.steps:
            text = Saying(step.title, step_code(template.code, step.code))
            entry = Entry(
                Part.OURS, text, life_areas=(step.life_area,), template=template.code, step=step.code,
                agency_kind=step.agency_kind, law=step.law,
            )  # fmt: skip
            if rules.reduced([entry], []).kept:
                kept.setdefault(template.code, []).append(step.code)
    assert {code: " ".join(steps) for code, steps in kept.items()} == {
        "anerkennung": "referenzberuf unterlagen uebersetzung sprache zwischenjob nachweis-stelle antragshilfe eingang"
        " vollstaendig bescheid ausgleich arbeit",
        "asyl": "anmeldung",
        "erstorientierung": "anmeldung leistung-24 arbeit-eu konto kindergeld schule kita sprache rechte antidiskriminierung",
        "rechtskreiswechsel": "zustaendig antragshilfe konto kindergeld miete vollstaendig bescheid potenzialanalyse"
        " fortschreibung",
        "seiteneinstieg": "meldung zeugnisse gespraech sprachmittlung vorschlag anmeldung ausstattung beginn deutsch nachfassen",
        "sprache": "antragshilfe-zulassung verpflichtung kinderbetreuung traeger anmeldung anspruch-wahren einstufung beginn kurs"
        " pruefung berufssprachkurs",
        "spurwechsel": "ausbildungsplatz",
        "ukraine": "anmeldung antragshilfe-leistung schule arbeit",
        "wohnen": "obergrenze wbs mappe suche angebot kaution mietvertrag einzug ummelden strom zustaendigkeit",
        "zuzug": "anerkennung wohnung anmeldung kinder sprache",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Meine Duldung verlängern", "Aufenthaltstitel abholen", "zur Ausländerbehörde gehen", "Termin ABH", "Asylverfahren", "Anhörung",
        "Einbürgerung beantragen", "Visum für den Mann", "Fiktionsbescheinigung", "Niederlassungserlaubnis", "nach § 25b",
        "§25a prüfen", "Zuweisung ändern", "Wohnsitzauflage", "Identität klären", "der Titel läuft ab", "Brief vom BAMF",
        "keine Abschiebung", "Geflüchtete beraten", "Botschaft von Eritrea", "Pass beschaffen", "subsidiärer Schutz",
    ],
)  # fmt: skip
def test_words_that_tell_residence(text):
    assert rules.why_in_words(text) is Why.RESIDENCE


@pytest.mark.parametrize(
    "text",
    [
        "zum Arzt", "Fachärztin suchen", "Depression behandeln", "PTBS", "Traumatherapie", "schwanger", "Hebamme finden", "ich bin krank",
        "Krankschreibung", "Impfpass", "Schwerbehindertenausweis", "Pflegegrad 2", "Alkohol", "Schmerzen", "OP im Mai", "Reha",
        "Psychologin", "Medikamente nehmen", "Praxis Dr. Weber", "Klinik Rheine", "HIV-Test", "Attest vorlegen",
    ],
)  # fmt: skip
def test_words_that_tell_health(text):
    assert rules.why_in_words(text) is Why.HEALTH


@pytest.mark.parametrize(
    "text",
    [
        "Ich arbeite als Köchin", "Krankenkasse wählen", "Krankenversicherung klären", "Wohnung suchen", "Jobcenter Rheine",
        "Zuweisung eines Schulplatzes", "Mittel gegen Schimmel kaufen", "Untertitel lesen", "Mein Kind geht in die Schule",
        "Kontoauszüge mitbringen", "Fahrschule besuchen", "Praxis und Theorie", "Kurs A2", "Optiker", "suchte lange",
        "Pass mitbringen", "Ausweis", "Schutzhelm kaufen", "Einrichtung bezahlen",
    ],
)  # fmt: skip
def test_words_that_tell_nothing(text):
    assert rules.why_in_words(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Leyla hilft mir", ("Leyla",)),
        ("Leylas Kinder", ("Leylas",)),
        ("bei Frau Haddad-Weber", ("Haddad-Weber",)),
        ("Weber-Haddad", ("Weber-Haddad",)),
        ("LEYLA", ("LEYLA",)),
        ("مع ليلى", ("ليلى",)),
        ("وليلى", ("وليلى",)),
        ("з Оксаною", ("Оксаною",)),
        ("Rima Darwisch", ()),
        ("Leylaland ist weit", ()),
        ("Ich lerne Deutsch", ()),
    ],
)
def test_names_in_a_text(text, found):
    assert rules.names_in(text, SISTER) == found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Şahin", "Mit Sahin zum Rathaus"), ("Müller", "Mueller kommt mit"), ("Müller", "Mullers Kinder"), ("Mueller", "Frau Müller"),
        ("Al-Hassan", "Hassan holt die Kinder"), ("Aïcha", "Aicha hilft mir"), ("Nguyễn", "Frau Nguyen hilft"), ("Lê", "Le holt uns ab"),
        ("Abdul Rahman", "Abdulrahman kommt"), ("Noor-Eddin", "Nooreddin kommt"), ("José", "Jose\u0301 kommt"),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_spelled(name, text):
    assert rules.names_in(text, rules.others([rules.parts_of(name)], ()))


def test_short_names_only_as_they_are_written():
    assert rules.names_in("Lernen und lesen, Leute!", [rules.OtherPerson(("Lê",))]) == ()
    people = rules.others([("An", "Ali")], ())
    assert rules.names_in("An einem Tag kommt Ali an", people) == ("An", "Ali")
    assert rules.names_in("an alis Tür", people) == ()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("Schwester Leyla und Karim", ("Leyla", "Karim")), ("Oma", ()), ("Frau Aziz (Verein)", ("Aziz",)), ("أخي كريم", ("أخي", "كريم"))],
)
def test_names_of_helpers(typed, found):
    assert rules.named(typed) == found


def test_her_own_name_is_nobody_elses():
    people = rules.others([rules.parts_of("Leyla", "Darwisch")], {"Rima", "darwisch"})
    assert rules.names_in("Frau Darwisch", people) == () and rules.names_in("Leyla", people)


def test_of_an_appointment_its_day_stays():
    more = (Saying("Gespräch mit Leyla", source=ROW), Saying("Rathaus", source=uuid4()), Saying("Traumaklinik", source=uuid4()))
    entry = fixed("appointment.agency", more=more, named="Dr. Weber", at=datetime(2026, 12, 1, 9, tzinfo=UTC))
    chosen = rules.reduced([entry], SISTER)
    [kept] = chosen.kept
    assert kept.at and [one.german for one in kept.more] == ["Rathaus"] and kept.named == ""
    assert [(one.why, one.names) for one in chosen.left_out] == [(Why.NAME, ("Leyla",)), (Why.HEALTH, ())]


def test_a_goal_with_a_name_stays_off_whole():
    chosen = rules.reduced([free("Leyla und ich", life_areas=("work",), more=(Saying("Vertrag", source=uuid4()),))], SISTER)
    assert chosen.kept == () and chosen.left_out[0].names == ("Leyla",)


def test_a_schutzvermerk_leaves_fixed_words_without_places():
    entries = [
        free("Ich arbeite", life_areas=("work",)),
        fixed("step.wohnen.mappe", Part.MINE),
        fixed("step.sprache.traeger", Part.OURS, agency_kind="kurstraeger", by=Saying("Sprachschule", "agency.kurstraeger")),
        fixed("appointment.town_hall", at=datetime(2026, 12, 1, 9, tzinfo=UTC), more=(Saying("Rathaus", source=ROW),)),
        fixed("deadline.benefit", until=date(2026, 12, 1), deadline="benefit"),
    ]
    chosen = rules.discreet(rules.reduced(entries, []))
    assert [one.text.code for one in chosen.kept] == ["step.wohnen.mappe", "reminder.text", "deadline.benefit"]
    assert all(not one.more and not one.named for one in chosen.kept)


def test_the_full_print_has_everything():
    entries = [free("Duldung", life_areas=("residence",), named="Leyla"), free("Wichtig", Part.IMPORTANT)]
    assert rules.complete(entries).kept == tuple(entries)
