"""Facts as lines for people: what it is, what is said of it, and which data class a consent has to name. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from faden.consents.vocabulary import DataClass
from faden.law import words
from faden.law.schema import Fact, Group, tree
from faden.persons.codes import NAME_OF_ISO

_CLASSES = {
    "person": DataClass.CONTACT, "language": DataClass.LANGUAGE, "household": DataClass.FAMILY, "school": DataClass.SCHOOL_WORK,
    "training": DataClass.SCHOOL_WORK, "qualification": DataClass.SCHOOL_WORK, "work": DataClass.SCHOOL_WORK,
    "job_offer": DataClass.SCHOOL_WORK, "course": DataClass.SCHOOL_WORK, "pension_months": DataClass.SCHOOL_WORK,
    "livelihood": DataClass.BENEFITS_HOUSING, "household.housing_sufficient": DataClass.BENEFITS_HOUSING,
    "exceptions.illness_or_age": DataClass.SPECIAL,
}  # fmt: skip
_NOT_TOLD = ("convictions", "held")


@dataclass(frozen=True)
class FactLine:
    """ "stays[1]": "Papiere und ihre Zeiten", "Duldung § 60a, von 01.06.2019"."""

    key: str
    label: str
    value: str
    data_class: str


def lines_of(facts: Mapping[str, Any], language: str = "de") -> list[FactLine]:
    """All that is known, in the order of the schema; convictions and what only offices hold are never among them."""
    return list(_lines(facts, tree(), "", language))


def _lines(facts: Mapping[str, Any], group: Group, at: str, language: str) -> Iterator[FactLine]:
    for name, below in group.below.items():
        value, key = facts.get(name), f"{at}.{name}" if at else name
        if value is None or value == "unknown" or key.startswith(_NOT_TOLD):
            continue
        if isinstance(below, Fact):
            yield _line(key, shown(below, value, language), language)
        elif not below.rows:
            if isinstance(value, Mapping):
                yield from _lines(value, below, key, language)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            for number, row in enumerate(value):
                yield _line(key, row_words(key, row, language), language, f"{key}[{number}]")
        else:
            yield _line(key, words.of("notices", "none_there", language), language)


def _line(key: str, value: str, language: str, own: str = "") -> FactLine:
    head = key.partition(".")[0]
    return FactLine(own or key, words.of("names", key, language), value, _CLASSES.get(key, _CLASSES.get(head, DataClass.RESIDENCE)))


def row_words(group: str, row: Mapping[str, Any], language: str = "de") -> str:
    """ "Duldung § 60a, von 01.06.2019 bis 31.05.2021, sozialversichert: ja"."""
    below: Any = tree()
    for name in group.split("."):
        below = below.below[name]
    parts = []
    for name, fact in below.below.items():
        value = row.get(name)
        if value is None or value == "unknown" or not isinstance(fact, Fact):
            continue
        said = shown(fact, value, language)
        parts.append(said if name in {"kind", "level"} else f"{words.of('names', f'{group}.{name}', language)} {said}")
    return ", ".join(parts)


def shown(fact: Fact, value: Any, language: str = "de") -> str:
    """One value in words."""
    if fact.type == "codes" and value == "none":
        return words.of("notices", "none_there", language)
    if isinstance(value, list):
        return ", ".join(choice(fact, one, language) for one in value)
    if fact.type in {"date", "proof"} and not isinstance(value, bool) and value != "no":
        return day(value, language)
    if fact.type == "share":
        return f"{float(value) * 100:.0f} %"
    if fact.type == "country":
        return NAME_OF_ISO.get(str(value), str(value))
    if fact.type in {"code", "codes"}:
        return choice(fact, value, language)
    return _answer(value, language) if isinstance(value, bool) or value in {"yes", "no", "none"} else _number(value, language)


def choice(fact: Fact, code: Any, language: str = "de") -> str:
    """A code in words; papers by their paragraph."""
    told = words.told("choices")
    name = fact.key.replace("[]", "")
    for key in (name, name.rpartition(".")[2]):
        if key in told and code in told[key]:
            return str(told[key][code][language])
    return paper(str(code), language) if name.endswith((".title", "stays.kind")) else str(code)


def paper(code: str, language: str = "de") -> str:
    """ "ae_23_1": "Aufenthaltserlaubnis § 23 Abs. 1"."""
    told = words.told("choices")["papers"]
    if code in told:
        return str(told[code][language])
    prefix, _, rest = code.partition("_")
    section, *more = rest.split("_")
    law = " ".join([f"§ {section}", *(f"{name} {number}" for name, number in zip(_SUB[language], more, strict=False))])
    return str(told["ne_of" if prefix == "ne" else "ae"][language]).format(law=law)


_SUB = {"de": ("Abs.", "S."), "en": ("para.", "s.")}


def day(value: Any, language: str = "de") -> str:
    """A day as people write it; ISO text is one too."""
    found = value if isinstance(value, date) else date.fromisoformat(str(value))
    return f"{found:%d.%m.%Y}" if language == "de" else found.isoformat()


def _answer(value: Any, language: str) -> str:
    told = words.told("choices")["answer"]
    return str(told["yes" if value in (True, "yes") else "no"][language])


def _number(value: Any, language: str) -> str:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text.replace(".", ",") if language == "de" and isinstance(value, float) else text
