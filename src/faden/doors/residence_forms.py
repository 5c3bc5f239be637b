"""The questions of a Vorprüfung as a form: for the desk, and for the tool that stores nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from faden.law import kinds, words
from faden.law.paths import PATHS
from faden.law.schema import Fact
from faden.look.forms import CheckboxList, LongSelect, RadioChips
from faden.look.typed import Day, PlainForm, Text
from faden.persons.codes import NAME_OF_ISO
from faden.persons.rules.latin import sort_key
from faden.residence.rules.answers import NONE, Answers, Filed, Row, Value
from faden.residence.rules.lines import choice, paper, row_words
from faden.residence.rules.questions import SECTIONS, SETTLED, Question, rows_to_show

NO_PROOF, NONE_AT_ALL = "/no-proof", "/none"
SECTION_WORDS = {
    "person": gettext_lazy("Person"), "residence": gettext_lazy("Einreise, Papiere, Identität"), "family": gettext_lazy("Familie und Wohnung"),
    "german": gettext_lazy("Deutsch und Kurse"), "work": gettext_lazy("Schule, Ausbildung, Arbeit"),
    "living": gettext_lazy("Lebensunterhalt"), "exceptions": gettext_lazy("Ausnahmen"),
}  # fmt: skip
SETTLED_WORDS = {
    "convictions": gettext_lazy("Verurteilungen: im Gespräch geklärt, nichts steht entgegen"),
    "held.proceedings": gettext_lazy("Laufende Verfahren: im Gespräch geklärt, nichts steht entgegen"),
    "identity": gettext_lazy("Identität: im Gespräch geklärt, nichts steht entgegen"),
    "absences": gettext_lazy("Reisen: im Gespräch geklärt, nichts steht entgegen"),
    "household.spouse.convictions_clear": gettext_lazy("Verurteilungen des Ehegatten: im Gespräch geklärt, nichts steht entgegen"),
}
_EMPTY_ROWS = {"stays": 3}
_HUNDRED = 100


def language() -> str:
    """The language the rules speak on this page."""
    return "en" if (get_language() or "de").startswith("en") else "de"


class PathsForm(PlainForm):
    """Which paths are looked at."""

    paths = forms.MultipleChoiceField(label=gettext_lazy("Welche Wege wollen Sie prüfen?"), widget=CheckboxList)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["paths"].choices = [(one.key, words.of("paths", one.key, language())) for one in PATHS]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class RowShown:
    """What the file says of a row, and the columns to fill in."""

    said: str
    fields: list[forms.BoundField]
    is_empty: bool


@dataclass(frozen=True)
class Asked:
    """A question with its fields as the page draws them."""

    question: Question
    paths: tuple[str, ...]
    fields: list[forms.BoundField]
    rows: list[RowShown]

    @property
    def told(self) -> list[RowShown]:
        """Rows with something in them, of the file or answered; where there is none, the empty ones too."""
        return [row for row in self.rows if not row.is_empty] or self.rows

    @property
    def more(self) -> list[RowShown]:
        """Empty rows, where others stand there already."""
        return [row for row in self.rows if row.is_empty] if len(self.told) < len(self.rows) else []


class QuestionsForm(PlainForm):
    """Made from the questions. `at_once`: for one view only, so what is never kept is asked too; `settled`: what was before."""

    mark_optional = False

    def __init__(self, *args: Any, asked: Sequence[Question], answers: Answers, filed: Filed, at_once: bool = False, **options: Any) -> None:
        left: Mapping[str, object] = options.pop("left", {})
        before: Collection[str] = options.pop("settled", ())
        super().__init__(*args, **options)
        self.asked = [one for one in asked if at_once or one.is_kept]
        self.rows: dict[str, list[tuple[str, Row, tuple[Fact, ...]]]] = {}
        for one in self.asked:
            if one.fact:
                self._single(one, answers.facts.get(one.key))
            else:
                self._group(one, answers, filed)
        self.settled_fields: list[str] = []
        if at_once:
            self._day_and_settled({*before, *(one.key for one in asked)})
        self.initial.update(left)
        for field in self.fields.values():
            field.error_messages["required"] = _("Bitte ausfüllen.")

    def _single(self, one: Question, value: Any) -> None:
        assert one.fact
        self.fields[one.key] = field_of(one.fact, one.ask)
        if one.fact.type == "proof":
            self.fields[one.key + NO_PROOF] = forms.BooleanField(label=_("liegt nicht vor"), required=False)
            self.initial[one.key + NO_PROOF] = value is False
        self.initial[one.key] = _shown(one.fact, value)

    def _group(self, one: Question, answers: Answers, filed: Filed) -> None:
        shown = rows_to_show(one, answers, filed, _EMPTY_ROWS.get(one.key, 1))
        if not filed.rows.get(one.key):
            self.fields[one.key + NONE_AT_ALL] = forms.BooleanField(label=_("keine"), required=False)
            self.initial[one.key + NONE_AT_ALL] = answers.facts.get(one.key) == NONE
        self.rows[one.key] = []
        for ref, said, answered in shown:
            columns = tuple(column for column in one.columns if not said or (_name(column) not in said and _name(column) in one.needed))
            self.rows[one.key].append((ref, said, columns))
            for column in columns:
                name = f"{one.key}/{ref}/{_name(column)}"
                self.fields[name] = field_of(column, words.of("names", f"{one.key}.{_name(column)}", language()))
                self.initial[name] = _shown(column, answered.get(_name(column)))

    def _day_and_settled(self, keys: Collection[str]) -> None:
        self.fields["am"] = Day(label=_("An welchem Tag?"), required=False, help_text=_("Leer: heute. Auch ein Tag, der noch kommt."))
        for key in SETTLED:
            if key in keys or any(one.startswith(f"{key}.") for one in keys):
                self.fields[f"geklaert/{key}"] = forms.BooleanField(label=SETTLED_WORDS[key], required=False)
                self.settled_fields.append(f"geklaert/{key}")

    def clean(self) -> dict[str, Any]:
        """A row somebody began says at least what it is and since when."""
        values = super().clean() or {}
        for group, rows in self.rows.items():
            for ref, said, columns in rows:
                names = {_name(column): f"{group}/{ref}/{_name(column)}" for column in columns}
                if said or not any(_given(values.get(name)) for name in names.values()):
                    continue
                for column in columns:
                    if column.required and not _given(values.get(names[_name(column)])) and names[_name(column)] not in self.errors:
                        self.add_error(names[_name(column)], _("Bitte ausfüllen."))
        return values

    # ---------- what was said ----------

    def answers(self) -> Answers:
        """The values as the verbs take them."""
        facts: dict[str, Value] = {}
        rows: dict[str, dict[str, Row]] = {}
        for one in self.asked:
            if one.fact:
                value = self._said(one.key, one.fact)
                if value is not None:
                    facts[one.key] = value
                continue
            found = {ref: row for ref, row in self._rows_said(one.key) if row}
            if found:
                rows[one.key] = found
            elif self.cleaned_data.get(one.key + NONE_AT_ALL):
                facts[one.key] = NONE
        return Answers(facts, rows)

    def settled(self) -> tuple[str, ...]:
        """What was settled in the conversation."""
        return tuple(name.partition("/")[2] for name in self.settled_fields if self.cleaned_data.get(name))

    def day(self, today: date) -> date:
        """The day that was asked about."""
        return self.cleaned_data.get("am") or today

    def _rows_said(self, group: str) -> Iterator[tuple[str, Row]]:
        for ref, _said_in_file, columns in self.rows[group]:
            told = {_name(column): self._said(f"{group}/{ref}/{_name(column)}", column) for column in columns}
            yield ref, {name: value for name, value in told.items() if value is not None}

    def _said(self, name: str, fact: Fact) -> Value | None:
        value: Any = self.cleaned_data.get(name)
        if fact.type == "proof" and self.cleaned_data.get(name + NO_PROOF):
            return False
        if not _given(value):
            return None
        if isinstance(value, date):
            return value.isoformat()
        if fact.type == "answer":
            return bool(value == "yes")
        if fact.type == "codes":
            return NONE if NONE in value else list(value)
        if fact.type == "share":
            return float(value) / _HUNDRED
        return float(value) if fact.type == "amount" else str(value) if isinstance(value, str) else int(value)

    # ---------- as the page draws it ----------

    @property
    def sections(self) -> list[tuple[str, list[Asked]]]:
        """Heading and questions, in the order of the conversation."""
        found: dict[str, list[Asked]] = {name: [] for name in SECTIONS}
        for one in self.asked:
            found[one.section].append(Asked(one, tuple(words.of("paths", key, language()) for key in one.paths), self._of(one), self._rows_of(one)))
        return [(str(SECTION_WORDS[name]), rows) for name, rows in found.items() if rows]

    @property
    def settled_shown(self) -> list[forms.BoundField]:
        """The boxes of what was settled in the conversation."""
        return [self[name] for name in self.settled_fields]

    def _of(self, one: Question) -> list[forms.BoundField]:
        names = [one.key, one.key + NO_PROOF] if one.fact else [one.key + NONE_AT_ALL]
        return [self[name] for name in names if name in self.fields]

    def _rows_of(self, one: Question) -> list[RowShown]:
        return [self._row_shown(one.key, ref, said, columns) for ref, said, columns in self.rows.get(one.key, ())]

    def _row_shown(self, group: str, ref: str, said: Row, columns: tuple[Fact, ...]) -> RowShown:
        fields = [self[f"{group}/{ref}/{_name(column)}"] for column in columns]
        return RowShown(row_words(group, said, language()), fields, not said and not any(_given(field.value()) or field.errors for field in fields))


def field_of(fact: Fact, label: str) -> forms.Field:
    """One field for one fact; all may stay empty: unknown is an answer."""
    if fact.type in {"date", "proof"}:
        return Day(label=label, required=False)
    if fact.type == "answer":
        return forms.ChoiceField(label=label, required=False, choices=_answers(), widget=RadioChips)
    if fact.type == "codes":
        every = [(NONE, _("keine")), *((code, choice(fact, code, language())) for code in fact.choices)]
        return forms.MultipleChoiceField(label=label, required=False, choices=every, widget=CheckboxList)
    if fact.type in {"code", "country", "path"}:
        return forms.ChoiceField(label=label, required=False, choices=[("", _("nicht bekannt")), *_choices(fact)], widget=LongSelect)
    if fact.type == "count":
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=10_000)
    if fact.type == "share":
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=_HUNDRED, help_text=_("in Prozent, 0 bis 100"))
    if fact.type == "amount":
        return forms.FloatField(label=label, required=False, min_value=0, max_value=10_000_000)
    return Text(label=label, required=False, max_length=200)


def _answers() -> list[tuple[str, str]]:
    told = words.told("choices")["answer"]
    return [("yes", told["yes"][language()]), ("no", told["no"][language()]), ("", _("nicht bekannt"))]


def _choices(fact: Fact) -> Iterable[tuple[str, str]]:
    if fact.type == "country":
        return sorted(NAME_OF_ISO.items(), key=lambda pair: sort_key(pair[1], ""))
    if fact.type == "path":
        return [(one.key, words.of("paths", one.key, language())) for one in PATHS]
    if fact.choices and fact.choices[0] in kinds.ALL:
        return sorted(((code, paper(code, language())) for code in kinds.ALL), key=lambda pair: pair[1])
    return [(code, choice(fact, code, language())) for code in fact.choices]


def _shown(fact: Fact, value: Any) -> Any:
    """A kept answer as its field takes it."""
    if value is None or (fact.type == "proof" and isinstance(value, bool)):
        return None
    if fact.type == "answer":
        return "yes" if value is True else "no"
    if fact.type == "codes":
        return [NONE] if value == NONE else value
    if fact.type == "share":
        return round(float(value) * _HUNDRED)
    return value


def _given(value: Any) -> bool:
    return value not in (None, "", [])


def _name(fact: Fact) -> str:
    return fact.key.rpartition(".")[2]
