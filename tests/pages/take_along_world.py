"""A woman whose file holds what must not stand on a paper at the bus stop: title, illness, her sister, a secret."""

from datetime import timedelta
from typing import Any

from tests.case_making import add_member, agree, open_a_case
from tests.cast import AMAL
from tests.desk_client import actor_of

# What the reduced print must not say, in any form; each stands in her file.
TELLING = (
    "Niederlassung", "Duldung", "Duldenburg", "Ausländerbehörde", "BAMF", "Anhörung", "Asyl", "PTBS", "Traumaklinik", "Medikament", "Leyla",
    "Haddad", "Geheimziel", "Geheimkette", "Geheimtermin", "§ 25a", "Diagnosewort", "Wichtigwort", "Aufenthaltspapier", "Samira", "Fatma",
)  # fmt: skip
# What it must say: hers, and harmless.
HARMLESS = ("Ich arbeite als Köchin", "Lohn auf dem Konto", "Zeugnis suchen", "Wohnsitz anmelden", "Kursträger und Kursart auswählen")


def plant(email: str = AMAL.email) -> Any:
    """The case; its person is Rima."""
    from faden.cases.actions import appointments, assessments, deadlines, network
    from faden.cases.actions.concerning import About
    from faden.cases.models import Case
    from faden.chains.actions import goals, plans, start
    from faden.chains.models import ChainStep
    from faden.chains.queries.templates import template_of
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.persons.actions import facts
    from faden.persons.models import Person
    from faden.persons.rules.periods import Period

    by, now, today = actor_of(email), clock.now(), clock.today()
    case = open_a_case(email, family="Darwisch", given="Rima")
    sister = add_member(case, "Leyla", family="Haddad", email=email)
    agree(sister)
    more = {"by": by, "on": today, "at": now}
    with opened_for(by, write=True):
        rima = Person.objects.get(id=case.person_id)
        Person.objects.filter(id=rima.id).update(languages=["apc", "de"])
        case = Case.objects.get(id=case.id)
        facts.record("residence", facts.Stated({"paper": "duldung_60a"}, Period(today)), person=rima, **more)

        def goal(words: str, area: str, seen_by: str = "", **rest: Any) -> Any:
            return goals.make(case, rima.id, goals.Wanted(words, area, seen_by, **rest), **more)

        work = goal("Ich arbeite als Köchin", "work", "Lohn auf dem Konto", until_on=today + timedelta(days=60))
        for what, who, name in (
            ("Zeugnis suchen", "client", ""), ("Kinder bringt Leyla zur Schule", "family", "Leyla"),
            ("Bewerbung lesen", "case_manager", ""), ("Oma fragen", "family", "Fatma Oma"),
        ):  # fmt: skip
            goals.add_step(work, goals.StepWanted(what, who, name, None, today + timedelta(days=9)), by=by, at=now)
        goal("Ich habe eine Niederlassungserlaubnis", "residence")
        goal("Ich lerne Deutsch, obwohl die Duldung bald endet", "language")
        goal("Ich arbeite, trotz PTBS und Medikamenten", "work")
        goal("Leylas Kinder und meine spielen zusammen", "participation")
        goal("Fatma hilft mir beim Putzen", "work")
        goal("Ich schlafe wieder gut", "health", "weniger Termine in der Traumaklinik")
        goal("Geheimziel", "work", confidential=True)
        plans.frame(case, rima.id, plans.Frame(today + timedelta(days=90), "Wichtigwort: der Bruder darf nichts wissen"), seen_version=0, **more)
        for code, variant, confidential in (("asyl", "", False), ("sprache", "", False), ("gesundheit", "asylblg", False)):
            template = template_of(code).template
            variant = variant or next(iter(template.variants), "")
            chosen = template.for_variant(variant)
            start.start(chosen, start.Begin(rima.id, today, confidential), case=case, by=by, at=now)
        hidden = [start.FreeStep("Geheimkette Schritt")]
        start.start_free("Geheimkette", "work", hidden, start.Begin(rima.id, today, True), case=case, by=by, at=now)
        free = [start.FreeStep("Brief an die Ausländerbehörde", parallel=True), start.FreeStep("Samira anrufen", parallel=True)]
        start.start_free("Duldenburg", "orientation", free, start.Begin(rima.id, today), case=case, by=by, at=now)
        # Ready, so that they stand on the full print.
        ChainStep.objects.filter(case=case, code__in=["anmeldung", "anhoerung", "traeger"]).update(state="ready")
        network.add(case, rima.id, network.Tie("person", "Samira Aziz", "Freundin", "strong", 1, ""), since=today, by=by, at=now)
        begins = now + timedelta(days=3)
        hers = About((rima.id,))
        for number, (subject, place, others, about) in enumerate((
            ("Anhörung vorbereiten", "Ausländerbehörde, Zimmer 3", "Leyla Haddad", hers),
            ("Lebenslauf schreiben", "Rathaus Ahaus, Zimmer 12", "", hers),
            ("Gespräch mit Leyla", "Traumaklinik", "", About((rima.id, sister.id))),
            ("Geheimtermin", "Geheimtermin", "", About((rima.id,), True)),
        )):  # fmt: skip
            at = begins + timedelta(days=number)
            plan = appointments.Planned(subject, at, at + timedelta(hours=1), place, "", about, others=others)
            appointments.make(plan, case=case, by=by, at=now)
        for kind, subject in (("title", "duldung_60a"), ("age_27", ""), ("benefit", "asylblg_2"), ("remedy", "")):
            deadlines.note(
                case, kind=kind, reference=rima.id, due_on=today + timedelta(days=30), persons=[rima.id], law="§ 25a AufenthG",
                subject=subject, at=now,
            )  # fmt: skip
        look = assessments.begin(case, rima.id, **more)
        said = assessments.Said("Diagnosewort F43.1", "2", "normal", "Diagnosewort", "", "2")
        assessments.speak_about(look, "health", said, seen_version=0, **more)
    return case
