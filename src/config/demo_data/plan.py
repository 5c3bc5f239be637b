"""The invented family's plans: what each wants, who does what until when, what was agreed in Arabic and changed since."""

from datetime import date, datetime, timedelta
from typing import Any

from faden.cases.models import Case
from faden.chains.actions import goals, plans
from faden.chains.models import Goal
from faden.chains.queries.plans import plan_of
from faden.chains.rules.weeks import window
from faden.chains.vocabulary import GoalRating, HolderKind, PlanConfirmed
from faden.kernel.actor import Actor
from faden.persons.models import Person

CLIENT, FAMILY, US, AGENCY = HolderKind.CLIENT, HolderKind.FAMILY, HolderKind.CASE_MANAGER, HolderKind.AGENCY
# what, who, name, days from today, whole week
Step = tuple[str, str, str, int, bool]


def run(
    case: Case, mother: Person, father: Person, children: tuple[Person, Person], *, by: Actor, today: date, now: datetime
) -> None:
    """Rima's plan is agreed and has moved on since, Khaled's is agreed, the children's are new."""
    son, daughter = children
    scene = _Plans(case, by, today, now - timedelta(days=21))
    course = scene.goal(
        mother, "language", "Ich besuche einen Deutschkurs, während Noor betreut ist.", "Ich gehe drei Mal in der Woche hin.", 120,
        ("Im Nähcafé nach dem Kurs mit Kinderbetreuung fragen", CLIENT, "", -5, False),
        ("Beim Kursträger auf die Liste setzen lassen", US, "", 9, True),
        ("Auf Noor aufpassen, bis der Kita-Platz da ist", FAMILY, "Khaled", 20, True),
    )  # fmt: skip
    flat = scene.goal(
        mother, "housing", "Wir wohnen in einer eigenen Wohnung mit drei Zimmern.", "Jedes Kind schläft durch.", 240,
        ("WBS-Antrag unterschreiben und abgeben", CLIENT, "", 6, False),
        ("WBS ausstellen", AGENCY, "Wohnungsamt", 34, True),
    )  # fmt: skip
    scene.agree(mother, "Die Kinder sollen zusammen bleiben können. Bitte Termine am Vormittag.", 60)
    scene.now = now - timedelta(days=4)
    scene.done(course, "Im Nähcafé nach dem Kurs mit Kinderbetreuung fragen", 4)
    goals.add_step(flat, scene.step(("Bruder in Gronau nach dem Auto für den Umzug fragen", CLIENT, "", 40, True)), by=by, at=scene.now)
    scene.goal(mother, "work", "Später arbeite ich wieder als Schneiderin.", "", None)
    scene.goal(
        mother, "health", "Ich habe jeden Vormittag eine Stunde für mich.", "", 60,
        ("Bei der Frauenberatung anrufen", CLIENT, "", 3, False),
        confidential=True,
    )  # fmt: skip
    scene.now = now - timedelta(days=14)
    scene.goal(
        father, "work", "Ich arbeite mit Erlaubnis als Elektriker.", "Ich habe einen Arbeitsvertrag.", 150,
        ("Zeugnisse zur Übersetzung bringen", CLIENT, "", -12, False),
        ("Arbeitserlaubnis beantragen", US, "", 3, False),
        ("Über den Antrag entscheiden", AGENCY, "Ausländerbehörde", 60, True),
    )  # fmt: skip
    known = scene.goal(father, "documents", "Ich weiß, was in meinen Papieren steht.", "Ich kann den Brief selbst erklären.", -20)
    goals.rate(
        known, goals.Rated(GoalRating.REACHED, GoalRating.PARTLY, "Den ersten Brief ja. Den zweiten noch nicht allein."),
        by=by, on=today, at=scene.now,
    )  # fmt: skip
    scene.agree(father, "", 45)
    scene.now = now - timedelta(days=2)
    scene.goal(
        son, "school", "Yusuf wechselt im Sommer auf eine Schule, die zu ihm passt.", "Er kennt dort jemanden.", 200,
        ("Mit der Klassenlehrerin sprechen", FAMILY, "Rima", 5, False),
    )  # fmt: skip
    scene.goal(
        daughter, "childcare", "Noor hat einen Kita-Platz.", "Sie bleibt gern dort.", 180,
        ("Auf der Warteliste nachfragen", US, "", 6, True),
    )  # fmt: skip


class _Plans:
    """Writes goals, steps and agreements in one case."""

    def __init__(self, case: Case, by: Actor, today: date, now: datetime) -> None:
        self.case, self.by, self.today, self.now = case, by, today, now

    def goal(
        self, person: Person, area: str, words: str, seen_by: str, days: int | None, *steps: Step, confidential: bool = False
    ) -> Goal:
        until = None if days is None else self.today + timedelta(days=days)
        wanted = goals.Wanted(words, area, seen_by, None, until, confidential=confidential)
        goal = goals.make(self.case, person.id, wanted, by=self.by, on=self.today, at=self.now)
        for said in steps:
            goals.add_step(goal, self.step(said), by=self.by, at=self.now)
        return goal

    def step(self, said: Step) -> goals.StepWanted:
        what, who, name, days, week = said
        return goals.StepWanted(what, who, name, *window(self.today + timedelta(days=days), whole_week=week))

    def done(self, goal: Goal, what: str, days_ago: int) -> None:
        on = self.today - timedelta(days=days_ago)
        goals.finish_step(goal.goalstep_set.get(what=what), on=on, by=self.by, at=self.now)

    def agree(self, person: Person, important: str, days: int) -> None:
        review = self.today + timedelta(days=days)
        more: dict[str, Any] = {"by": self.by, "on": self.today, "at": self.now}
        version = plan_of(self.case, person.id, today=self.today).version
        plans.frame(self.case, person.id, plans.Frame(review, important), seen_version=version, **more)
        agreed = plans.Agreement(
            agreed_on=self.today - timedelta(days=7), language="ar", confirmed=PlanConfirmed.SIGNED,
            interpreted_by="Sprachmittlerin", review_on=review, seen=plan_of(self.case, person.id, today=self.today).seal,
        )  # fmt: skip
        self.now += timedelta(hours=1)
        plans.agree(self.case, person.id, agreed, **{**more, "at": self.now})
