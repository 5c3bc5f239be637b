"""The family's threads as living chains, in every state; and a beginning in three other cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from faden.cases.models import Case
from faden.chains.actions import bending, start, steps, suspending
from faden.chains.actions.bending import NewStep, Why
from faden.chains.actions.start import Begin, FreeStep
from faden.chains.actions.steps import Holder
from faden.chains.models import Chain, ChainStep
from faden.chains.queries.templates import template_of
from faden.chains.vocabulary import BendReason, Breakpoint, HolderKind, Join, StepKind
from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.organisations.vocabulary import AgencyKind
from faden.persons.models import Person

AGENCY, CLIENT, CASE_MANAGER = HolderKind.AGENCY, HolderKind.CLIENT, HolderKind.CASE_MANAGER


@dataclass
class Desk:
    """Who works on which case, and when."""

    case_id: UUID
    by: Actor
    today: date

    def at(self, days_ago: int, hour: int = 10) -> datetime:
        """A working hour so many days ago, never later than now."""
        moment = datetime.combine(self.today - timedelta(days=days_ago), time(hour), tzinfo=clock.BERLIN)
        return min(moment, clock.now())

    def _common(self, days_ago: int) -> dict[str, Any]:
        return {"case": Case.objects.get(id=self.case_id), "by": self.by, "at": self.at(days_ago)}

    def begin(self, code: str, variant: str, person: Person, days_ago: int, *, confidential: bool = False) -> "Thread":
        """A chain from a shipped template."""
        template = template_of(code).template.for_variant(variant)
        begin = Begin(person.id, self.today - timedelta(days=days_ago), confidential)
        return Thread(self, start.start(template, begin, **self._common(days_ago)))

    def begin_free(self, title: str, area: str, own: Iterable[FreeStep], person: Person, days_ago: int) -> "Thread":
        """A chain of one's own."""
        begin = Begin(person.id, self.today - timedelta(days=days_ago))
        return Thread(self, start.start_free(title, area, list(own), begin, **self._common(days_ago)))


@dataclass
class Thread:
    """One chain and what happens to its steps."""

    desk: Desk
    chain: Chain

    def step(self, code: str) -> ChainStep:
        """By the template's code, or by the beginning of its title."""
        found = ChainStep.objects.filter(chain=self.chain)
        return found.filter(code=code).first() or found.get(title__startswith=code)

    def _on(self, code: str, days_ago: int) -> tuple[UUID, dict[str, Any]]:
        step = self.step(code)
        return step.id, {**self.desk._common(days_ago), "seen_version": step.version}

    def done(self, *codes: tuple[str, int]) -> "Thread":
        """Each on its day."""
        for code, days_ago in codes:
            step_id, common = self._on(code, days_ago)
            steps.finish(step_id, since=self.desk.today - timedelta(days=days_ago), **common)
        return self

    def waits_for_agency(self, code: str, kind: AgencyKind, agency: str, days_ago: int, words: str = "") -> None:
        """It lies there since that day."""
        step_id, common = self._on(code, days_ago)
        since = self.desk.today - timedelta(days=days_ago)
        steps.wait_for_agency(step_id, agency_kind=kind, agency=agency, since=since, words=words, **common)

    def waits_for_person(self, code: str, days_ago: int, words: str = "") -> None:
        """The person has it in hand."""
        step_id, common = self._on(code, days_ago)
        steps.wait_for_person(step_id, since=self.desk.today - timedelta(days=days_ago), words=words, **common)

    def blocked(self, code: str, reason: Breakpoint, days_ago: int, words: str) -> None:
        """It stands still."""
        step_id, common = self._on(code, days_ago)
        since = self.desk.today - timedelta(days=days_ago)
        steps.block(step_id, reason=reason, since=since, words=words, **common)

    def lies_with(self, code: str, holder: Holder, days_ago: int) -> None:
        """Who holds it."""
        step_id, common = self._on(code, days_ago)
        steps.give_to(step_id, holder, **common)

    def agreed(self, code: str, in_days: int) -> None:
        """A day agreed with the person."""
        step_id, common = self._on(code, 1)
        steps.agree(step_id, due_from=None, due_on=self.desk.today + timedelta(days=in_days), **common)

    def also_waits(self, code: str, *others: ChainStep, because: str) -> None:
        """For steps of other chains, beside what it waits for already."""
        from faden.chains.models import StepLink  # noqa: PLC0415 -- only here

        step_id, common = self._on(code, 1)
        own = StepLink.objects.filter(step_id=step_id).values_list("before_id", flat=True)
        after = [*own, *(other.id for other in others)]
        why = Why(BendReason.OTHER_WAY, because)
        bending.change_links(step_id, after=after, join=Join.ALL, why=why, **common)

    def dropped(self, code: str, reason: BendReason, words: str, days_ago: int) -> None:
        """Not needed here."""
        step_id, common = self._on(code, days_ago)
        bending.drop(step_id, Why(reason, words), **common)

    def rests(self, code: str, in_days: int, words: str) -> None:
        """Suspended until a day to come."""
        step_id, common = self._on(code, 1)
        until = self.desk.today + timedelta(days=in_days)
        suspending.suspend(step_id, until=until, why=Why(BendReason.CLIENT_WISH, words), **common)


def run(case: Case, *, mother: Person, father: Person, son: Person, daughter: Person, by: Actor, today: date) -> None:
    """Five threads at once, and a sixth that is the mother's alone."""
    desk = Desk(case.id, by, today)
    _recognition(desk, father)
    language = _language(desk, mother)
    place = _childcare(desk, daughter)
    # The course needs the place, and the town asks for the course before it gives one.
    language.also_waits("kinderbetreuung", place.step("Zusage"), because="Ohne Platz für Noor kein Kurs")
    place.also_waits("Bedarf bescheinigen", language.step("einstufung"), because="Die Stadt will den Kurs schriftlich")
    place.blocked("Zusage", Breakpoint.NO_PLACE, 45, "Beide Kitas führen Noor auf der Warteliste. Das Jugendamt sucht mit.")
    home = _housing(desk, mother)
    _school(desk, son, home)
    health = desk.begin("gesundheit", _first_variant("gesundheit"), mother, 25, confidential=True)
    assert health.chain.confidential


def _first_variant(code: str) -> str:
    return next(iter(template_of(code).template.variants), "")


def _recognition(desk: Desk, father: Person) -> None:
    thread = desk.begin("anerkennung", "allgemein", father, 110)
    thread.done(("referenzberuf", 92), ("unterlagen", 38))
    permit = NewStep(
        "Erlaubnis zur Beschäftigung bei der Ausländerbehörde", StepKind.APPLICATION, Holder(AGENCY, None, AgencyKind.ABH, ""), 56
    )
    first, interim = thread.step("referenzberuf"), thread.step("zwischenjob")
    bending.add_step(
        thread.chain.id, permit, Why(BendReason.AGENCY, "Mit Duldung nur mit Erlaubnis"),
        after=[first.id], before=[interim.id], case=Case.objects.get(id=desk.case_id), by=desk.by, at=desk.at(80),
    )  # fmt: skip
    thread.waits_for_agency("Erlaubnis zur", AgencyKind.ABH, "", 66, "Antrag liegt vor, Nachfrage am Telefon ohne Ergebnis.")
    thread.waits_for_agency("uebersetzung", AgencyKind.SPRACHMITTLUNG, "", 20, "Drei Zeugnisse, Kostenvoranschlag angenommen.")


def _language(desk: Desk, mother: Person) -> Thread:
    thread = desk.begin("sprache", "anspruch", mother, 85)
    thread.done(("titel", 85), ("bestaetigung", 64), ("traeger", 50), ("anmeldung", 41), ("anspruch-wahren", 40))
    thread.waits_for_agency("einstufung", AgencyKind.KURSTRAEGER, "VHS-Zweckverband Musterkreis", 27)
    return thread


def _childcare(desk: Desk, daughter: Person) -> Thread:
    own = (
        FreeStep("Im Kita-Portal anmelden", StepKind.APPLICATION, CLIENT, usual_days=7),
        FreeStep("Auf der Warteliste nachfragen", StepKind.FOLLOW_UP, CASE_MANAGER, usual_days=14),
        FreeStep("Zusage eines Platzes", StepKind.PLACE, AGENCY, AgencyKind.GEMEINDE, usual_days=90),
        FreeStep("Bedarf bescheinigen", StepKind.DOCUMENTS, CASE_MANAGER, usual_days=7, parallel=True),
        FreeStep("Eingewöhnung in der Kita", StepKind.BEGIN, AGENCY, AgencyKind.KITA, usual_days=28),
    )
    return desk.begin_free("Kita-Platz für Noor", "childcare", own, daughter, 70).done(("Im Kita", 66), ("Auf der", 52))


def _housing(desk: Desk, mother: Person) -> Thread:
    thread = desk.begin("wohnen", "", mother, 88)
    thread.done(("obergrenze", 80), ("mappe", 62))
    thread.dropped("wohnsitzregel", BendReason.NOT_NEEDED, "Die Regel gilt seit zwei Jahren nicht mehr", 79)
    thread.dropped("aufhebung", BendReason.NOT_NEEDED, "Die Regel gilt seit zwei Jahren nicht mehr", 79)
    thread.waits_for_agency("wbs", AgencyKind.GEMEINDE, "Stadt Ahaus, Wohnungsamt", 33, "Einkommensnachweis nachgereicht.")
    thread.agreed("suche", 60)
    return thread


def _school(desk: Desk, son: Person, home: Thread) -> None:
    own = (
        FreeStep("Gespräch mit der Klassenlehrerin", StepKind.APPOINTMENT, CLIENT, usual_days=14),
        FreeStep("Empfehlung der Grundschule", StepKind.DECISION, AGENCY, AgencyKind.SCHULE, usual_days=42),
        FreeStep("Schulen ansehen", StepKind.CLARIFY, CLIENT, usual_days=28, parallel=True),
        FreeStep("Anmeldung an der weiterführenden Schule", StepKind.APPLICATION, CLIENT, usual_days=14),
        FreeStep("Fahrkarte und Schulbedarf beantragen", StepKind.ANTRAGSHILFE, CASE_MANAGER, usual_days=14),
    )
    thread = desk.begin_free("Wechsel auf die weiterführende Schule", "school", own, son, 58)
    thread.waits_for_person("Gespräch", 5, "Termin steht, der Vater nimmt sich frei.")
    thread.agreed("Schulen", 40)
    thread.agreed("Anmeldung", 75)
    thread.also_waits("Fahrkarte", home.step("ummelden"), because="Der Schulweg hängt an der neuen Wohnung")
    thread.rests("Schulen", 49, "Erst nach den Ferien")


def begin_elsewhere(case: Case, person: Person, n: int, *, by: Actor, at: datetime, today: date) -> None:
    """In three other cases of a service: a chain that has just begun."""
    chosen = {2: ("sprache", "zulassung"), 5: ("seiteneinstieg", ""), 8: ("rechtskreiswechsel", "")}.get(n)
    if chosen is None or at.date() > today - timedelta(days=3):
        return
    desk = Desk(case.id, by, today)
    days_ago = min((today - at.date()).days, 60)
    thread = desk.begin(*chosen, person, days_ago)
    first = ChainStep.objects.filter(chain=thread.chain).order_by("position").first()
    assert first
    thread.done((first.code, days_ago // 2))


__all__ = ["begin_elsewhere", "run"]
