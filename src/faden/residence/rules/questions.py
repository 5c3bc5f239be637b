"""Which questions the chosen paths still need, and only those: read from what the rules miss. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from faden.law import words
from faden.law.decide import PathResult, Result
from faden.law.outcome import State
from faden.law.schema import Fact, facts, tree
from faden.residence.rules.answers import OWN, Answers, Filed, Row, group_at, is_kept

# The columns a row is asked with; what a path misses besides comes to them.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "stays": ("kind", "from", "to"), "absences": ("from", "to"), "language": ("level", "skill", "proof"),
    "school": ("kind", "from", "to", "successful"), "training": ("kind", "from", "to", "completed"),
    "work": ("from", "to", "hours_per_week", "insured"), "household.children": ("birth_date", "living_with", "attends_school"),
    "household.parents": ("title", "living_with", "german"), "household.spouse.language": ("level", "skill", "proof"),
    "applications": ("path", "date"), "convictions": ("kind", "daily_rates", "months", "foreigners_only", "intentional"),
}  # fmt: skip
# What somebody may settle in the conversation; it is used at once and written nowhere.
SETTLED = ("convictions", "held.proceedings", "identity", "absences", "household.spouse.convictions_clear")
_NOT_ASKED_ON = frozenset({"final", "refused"})  # what bars the path no further answer mends


@dataclass(frozen=True)
class Question:
    """One single fact, or the rows of a group with the columns they are asked with."""

    key: str
    label: str
    ask: str
    why: str
    proofs: tuple[tuple[str, str], ...]  # name, who issues it
    paths: tuple[str, ...]
    fact: Fact | None
    columns: tuple[Fact, ...] = ()  # of a new row
    needed: frozenset[str] = frozenset()  # of a row the file has: only what a path misses or somebody answered

    @property
    def is_kept(self) -> bool:
        """Whether an answer may be written down at all."""
        return is_kept(self.key)

    @property
    def section(self) -> str:
        """Under which heading it stands."""
        head = self.key.partition(".")[0]
        return _SECTIONS.get(head, "residence")


_SECTIONS = {
    "person": "person", "identity": "residence", "household": "family", "language": "german", "civics": "german", "course": "german",
    "school": "work", "training": "work", "qualification": "work", "work": "work", "job_offer": "work", "pension_months": "work",
    "livelihood": "living", "exceptions": "exceptions",
}  # fmt: skip
SECTIONS = ("person", "residence", "family", "german", "work", "living", "exceptions")


def missing_in(path: PathResult) -> Iterator[str]:
    """What this path would still have to know; nothing where it is closed, barred or met."""
    if path.state is State.CLOSED or path.code in _NOT_ASKED_ON or (path.state is State.NOT_MET and not path.code):
        return
    for key in (*path.missing, *path.exceptions_open):
        if not key.startswith("parameter."):
            yield key


def questions(result: Result, answers: Answers, language: str = "de") -> list[Question]:
    """What is missing on the paths, and what was answered before, in the order of the schema."""
    wanted: dict[str, set[str]] = {}
    columns: dict[str, set[str]] = {}
    for path in result.paths.values():
        for key in missing_in(path):
            name, column = _place(key)
            wanted.setdefault(name, set()).add(path.key)
            if column:
                columns.setdefault(name, set()).add(column)
    for key in (*answers.facts, *answers.rows):
        wanted.setdefault(key, set())
    for group, rows in answers.rows.items():
        columns.setdefault(group, set()).update(name for row in rows.values() for name in row)
    order = {key: number for number, key in enumerate(_order())}
    return [_question(key, wanted[key], columns.get(key, set()), language) for key in sorted(wanted, key=lambda key: order.get(key, 999))]


def rows_to_show(question: Question, answers: Answers, filed: Filed, more: int = 1) -> list[tuple[str, Row, Row]]:
    """(name, what the file says, what was answered): the file's rows, own ones, and empty ones to fill in."""
    answered = answers.rows.get(question.key, {})
    shown = [(one.ref, dict(one.values), dict(answered.get(one.ref, {}))) for one in filed.rows.get(question.key, ())]
    own = [(ref, Row(), dict(row)) for ref, row in answered.items() if ref.startswith(OWN)]
    used = {ref for ref, _, _ in own}
    free = (f"{OWN}{number}" for number in range(1, 200))
    empty = [(ref, Row(), Row()) for ref in free if ref not in used][:more]
    return [*shown, *own, *empty]


def _question(key: str, paths: set[str], more: set[str], language: str) -> Question:
    told = words.told("facts").get(key, {})
    proofs = tuple((words.of("proofs", one, language), str(words.told("proofs")[one]["by"][language])) for one in told.get("proofs", ()))
    group = group_at(key)
    fact = None if group else _single()[key]
    columns: tuple[Fact, ...] = ()
    if group:
        usual = _COLUMNS.get(key, ())
        columns = tuple(one for name, one in group.below.items() if isinstance(one, Fact) and (name in usual or name in more or one.required))
    label = words.of("names", key, language)
    return Question(
        key, label, told.get("ask", {}).get(language, label), told.get("why", {}).get(language, ""), proofs, tuple(sorted(paths)), fact, columns,
        frozenset(more) | {_last(one) for one in columns if one.required},
    )  # fmt: skip


def _last(fact: Fact) -> str:
    return fact.key.rpartition(".")[2]


def _place(key: str) -> tuple[str, str]:
    """The question a missing fact belongs to, and the column where it is one of rows."""
    head, _, name = key.rpartition(".")
    while head:
        if group_at(head):
            return head, name
        head, _, name = head.rpartition(".")
    return key, ""


def _single() -> Mapping[str, Fact]:
    return {one.key: one for one in facts() if "[]" not in one.key}


def _order() -> Iterable[str]:
    return dict.fromkeys(one.key.partition("[]")[0] for one in facts())


def settle(told: dict[str, Any], settled: Iterable[str]) -> dict[str, Any]:
    """The facts with what was settled in the conversation said as such; only what is not known otherwise."""
    found = dict(told)
    for key in settled:
        here, group = found, tree()
        *groups, name = key.split(".")
        for one in groups:
            here[one] = dict(here.get(one, {}))
            here, group = here[one], group.below[one]  # type: ignore[assignment]
        if key in SETTLED and name in group.below:
            here.setdefault(name, "asked_in_conversation")
    return found
