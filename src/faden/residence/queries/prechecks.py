"""The Vorprüfung of one person as a page: what is known, what it comes to, what is still asked. Nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from faden.cases.models import Case
from faden.law.decide import Result, decide
from faden.law.output import as_data
from faden.law.reading import BadFacts, facts_from
from faden.law.rules import FIRST_DAY
from faden.law.texts import wordings
from faden.residence.models import Precheck
from faden.residence.queries.known import Known, known_of
from faden.residence.rules.answers import Answers, Filed, Told, told
from faden.residence.rules.questions import Question, questions, settle

# What is looked at where nobody has chosen yet: what building block III is for.
USUAL = ("25b", "25a", "stag_10")


@dataclass(frozen=True)
class Checked:
    """What facts came to on a day; `wrong`: they cannot be together, and nothing was reckoned."""

    on: date
    result: Result
    asked: list[Question]
    told: Told
    wrong: bool = False

    def as_data(self, language: str) -> dict[str, Any]:
        """As the command and the API give it, with the law's own words beside each condition."""
        found = as_data(self.result, language)
        for path in found["paths"].values():
            for condition in path["conditions"]:
                condition["wording"] = wordings(condition["law"])
        return found


@dataclass(frozen=True)
class Begun:
    """What stands of a Vorprüfung: the paths, what is known, and the version a form is sent with."""

    paths: tuple[str, ...]
    known: Known
    version: int  # 0: nobody has chosen yet

    @property
    def filed(self) -> Filed:
        """What the file says."""
        return self.known.filed

    @property
    def answers(self) -> Answers:
        """What was answered beyond it."""
        return self.known.answers


def begun(case: Case, person_id: UUID, *, on: date) -> Begun:
    """Eleven statements whatever is known."""
    row = Precheck.objects.filter(case=case, person_id=person_id).first()
    known = known_of([(case.id, person_id)], on=on)[case.id, person_id]
    return Begun(tuple(row.paths) if row else (), known, row.version if row else 0)


def checked(paths: Iterable[str], filed: Filed, answers: Answers, *, on: date, settled: Iterable[str] = (), language: str = "de") -> Checked:
    """Reckoned at once and kept nowhere. A day before the rules begin counts as their first."""
    both = told(filed, answers)
    day, wrong = max(on, FIRST_DAY), False
    try:
        facts = facts_from(settle(both.facts, settled))
    except BadFacts:
        facts, wrong = facts_from({}), True
    result = decide(facts, day, frozenset(paths))
    return Checked(day, result, questions(result, answers, language), both, wrong)
