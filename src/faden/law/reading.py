"""Facts from a file or from plain data; what cannot be right is refused with its place, and nothing is guessed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from typing import Any

import yaml

from faden.law import facts as f
from faden.law import kinds
from faden.law.schema import Fact, Group, tree

ASKED = "asked_in_conversation"
UNKNOWN = "unknown"
NONE = frozenset({"none", "no"})
ALWAYS = date.min  # proved on a day nobody noted
DOUBTED = frozenset({"convictions.foreigners_only", "convictions.intentional", "convictions.suspended"})  # left out it means no, with an assumption; unknown is asked
MANY_BYTES = 1_000_000
MANY_VALUES = 20_000
DEEP = 8
_PLAIN_TAGS = frozenset({"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})
_NAMES = {"from": "start", "to": "end", "date": "on"}  # YAML reads the key "on" as yes
Place = tuple[str | int, ...]


class BadFacts(ValueError):
    """Why a file is refused: where, and one sentence."""

    def __init__(self, place: Place, reason: str, line: int | None = None, *, at_key: bool = False) -> None:
        super().__init__(reason)
        self.place, self.reason, self.line, self.at_key = place, reason, line, at_key

    @property
    def key(self) -> str:
        """As written: stays[0].from."""
        return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in self.place).removeprefix(".")


def read(text: str) -> f.Facts:
    """Facts from YAML (JSON is YAML too). BadFacts names the line."""
    if len(text) > MANY_BYTES:
        raise BadFacts((), "this file is far too long for the facts of one person", 1)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise BadFacts((), f"not YAML: {getattr(error, 'problem', None) or error}", mark.line + 1 if mark else 1) from None
    except RecursionError:
        raise BadFacts((), "nested too deeply", 1) from None
    lines: dict[Place, int] = {}
    if node is None:
        raise BadFacts((), "the file is empty; unknown facts may be left out, but not all of them", 1)
    data = _plain(node, (), lines)
    if not isinstance(data, dict):
        raise BadFacts((), "the file holds no facts: keys like person, entry_date, stays", 1)
    try:
        return facts_from(data)
    except BadFacts as bad:
        if bad.line is None:
            place = bad.place
            while place not in lines and place:
                place = place[:-1]
            bad.line = lines.get(place, 1)
        raise


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _plain(node: yaml.Node, place: Place, lines: dict[Place, int]) -> Any:
    """The node as plain data, with the line of each place."""
    line = node.start_mark.line + 1
    lines.setdefault(place, line)
    if len(place) > DEEP or len(lines) > MANY_VALUES:  # an alias may lead back to itself or unfold without end
        raise BadFacts(place[:DEEP], "nested too deeply or far too many values for one person", line)
    if not isinstance(node, yaml.ScalarNode) and node.tag not in _PLAIN_TAGS:
        raise BadFacts(place, f"{node.tag} is not read; facts are plain values", line)
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            here = (*place, key)
            lines[here] = key_node.start_mark.line + 1
            if key in found:
                raise BadFacts(here, f"{key} stands here twice", lines[here])
            found[key] = _plain(value_node, here, lines)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one, (*place, number), lines) for number, one in enumerate(node.value)]
    return _scalar(node, place, line)


def _scalar(node: yaml.Node, place: Place, line: int) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node)  # type: ignore[no-untyped-call]
    except (ValueError, yaml.YAMLError):
        raise BadFacts(place, f"{node.value} is no day of the calendar and no other value known here", line) from None
    finally:
        loader.dispose()  # type: ignore[no-untyped-call]


def facts_from(data: Mapping[str, Any]) -> f.Facts:
    """Facts from plain data as YAML or JSON gives it."""
    reader = _Reader()
    values = reader.group(data, tree(), ())
    found = f.Facts(**values, asked=frozenset(reader.asked), denied=frozenset(reader.denied), doubted=frozenset(reader.doubted), sources=reader.sources)
    _check(found)
    return _in_todays_words(found)


def _in_todays_words(facts: f.Facts) -> f.Facts:
    """Until 2026-06-11 subsidiary protection was in sentence 1 of § 25 (2) too: who was granted it holds what is sentence 2 today."""
    stays = facts.stays or ()
    papers = {one.kind for one in stays}
    if facts.asylum.state != "subsidiary" or "ae_25_2_1" not in papers or "ae_25_2_2" in papers:
        return facts
    return replace(facts, stays=tuple(replace(one, kind="ae_25_2_2") if one.kind == "ae_25_2_1" else one for one in stays))


_NATIONALITY = Fact("nationality", "country")
_NONE_OF_IT: dict[str, dict[str, Any]] = {  # what "none" says of a group
    "asylum": {"state": "none"},
    "qualification": {"kind": "none"},
    "job_offer": {"exists": False},
    "exceptions": {one.name: False for one in fields(f.Exceptions)},
}


class _Reader:
    """Walks data beside the schema; remembers what was asked only, what was denied and where things come from."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.denied: set[str] = set()
        self.doubted: set[str] = set()
        self.sources: dict[str, str] = {}

    def group(self, data: Any, group: Group, place: Place) -> dict[str, Any]:
        if not isinstance(data, Mapping):
            raise BadFacts(place, f"{_last(place)} is a group of facts: {', '.join(list(group.below)[:4])} …")
        found: dict[str, Any] = {}
        for told_name, value in data.items():
            name = str(told_name)
            here = (*place, name)
            if name not in group.below:
                if name == "nationality" and "german" in group.below:  # of the family only this is asked of it
                    country = self.value(value, _NATIONALITY, here)
                    found |= {} if country is None else {"german": country == "DEU"}
                    continue
                if name in {"source", "seen"} and place:
                    self.sources[_key(place)] = "; ".join(filter(None, (self.sources.get(_key(place)), str(value))))
                    continue
                raise BadFacts(here, _nearest(name, group), at_key=True)
            below = group.below[name]
            told = self.value(value, below, here)
            if told is not None:
                found[_NAMES.get(name, name)] = told
            elif _key(here) in DOUBTED:
                self.doubted.add(_key(here))
        for name, fact in group.required.items():
            if _NAMES.get(name, name) not in found:
                raise BadFacts(place, f"{name} is missing: {_shape(fact)}")
        return found

    def value(self, value: Any, below: Fact | Group, place: Place) -> Any:
        if value is None or (isinstance(value, str) and value == UNKNOWN):
            return None
        if isinstance(value, str) and value == ASKED:
            if not below.sensitive:
                raise BadFacts(place, f"only what could harm somebody is answered with {ASKED}; {_last(place)} is not of that kind")
            self.asked.add(_key(place))
            return None
        if isinstance(below, Fact):
            return self.fact(value, below, place)
        if below.rows:
            return self.rows(value, below, place)
        key = _key(place)
        if _is_none(value) and key == "household.spouse":
            return False
        if _is_none(value) and key in _NONE_OF_IT:
            value = _NONE_OF_IT[key]
        return _MADE[key](**self.group(value, below, place))

    def rows(self, value: Any, below: Group, place: Place) -> Any:
        if _is_none(value):
            return ()
        if value is True and _key(place) == "convictions":
            return (f.Conviction(kind="unspecified"),)
        if not isinstance(value, list):
            raise BadFacts(place, f"{_last(place)} is a list of rows, or none, or unknown")
        made = _MADE[_key(place)]
        if any(isinstance(one, Mapping) and _unsaid(one, below) for one in value):
            return None  # with a row nobody can place the list is not known
        return tuple(made(**self.group(one, below, (*place, number))) for number, one in enumerate(value))

    def fact(self, value: Any, fact: Fact, place: Place) -> Any:
        if isinstance(value, Mapping) and "value" in value:
            if extra := next((one for one in value if one not in {"value", "source", "seen"}), None):
                raise BadFacts((*place, extra), f"beside value there may stand source and seen, not {extra}", at_key=True)
            told = "; ".join(str(value[one]) for one in ("source", "seen") if value.get(one))
            if told:
                self.sources[_key(place)] = told
            return self.value(value["value"], fact, place)
        if fact.type == "proof" and _is_none(value):
            self.denied.add(_key(place))
            return None
        try:
            return _READ[fact.type](value, fact)
        except BadFacts as bad:
            raise BadFacts(place, bad.reason) from None


def _unsaid(row: Mapping[str, Any], group: Group) -> bool:
    """Something the row cannot do without is said to be unknown."""
    return any(name in row and (row[name] is None or row[name] == UNKNOWN) for name in group.required)


def _is_none(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value in NONE)


def _key(place: Place) -> str:
    return ".".join(str(one) for one in place if not isinstance(one, int))


def _last(place: Place) -> str:
    return str(next((one for one in reversed(place) if isinstance(one, str)), "this"))


def _nearest(name: str, group: Group) -> str:
    near = get_close_matches(name, group.below, 1, 0.5)
    return f"unknown fact {name}; {'the nearest known one is ' + near[0] if near else 'known here: ' + ', '.join(group.below)}"


def _shape(fact: Fact) -> str:
    return ", ".join(fact.choices[:6]) if fact.choices else fact.type


def _date(value: Any, _fact: Fact) -> date:
    if isinstance(value, datetime):
        raise BadFacts((), f"{value} has a time of day; write the day alone")
    if isinstance(value, date):
        found = value
    else:
        try:
            found = date.fromisoformat(str(value)) if not isinstance(value, bool) else _no_day(value)
        except ValueError:
            found = _no_day(value)
    if not 1900 <= found.year <= 2100:
        raise BadFacts((), f"{found} is an impossible date: years 1900 to 2100 are read")
    return found


def _no_day(value: Any) -> date:
    raise BadFacts((), f"{value} is an impossible date; write it like 2026-03-31")


def _proof(value: Any, fact: Fact) -> date:
    return ALWAYS if value is True or value == "yes" else _date(value, fact)


def _answer(value: Any, _fact: Fact) -> bool:
    known = {True: True, False: False, "yes": True, "no": False, "none": False}
    if not isinstance(value, bool | str) or value not in known:
        raise BadFacts((), f"{value} is no answer; yes, no or unknown")
    return known[value]


def _count(value: Any, _fact: Fact) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10_000:
        raise BadFacts((), f"{value} is no whole number from 0")
    return value


def _amount(value: Any, _fact: Fact) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 10_000_000:
        raise BadFacts((), f"{value} is no number from 0")
    return float(value)


def _share(value: Any, _fact: Fact) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise BadFacts((), f"{value} is no share; 0.8 means four fifths, 1 means all of it")
    return float(value)


def _code(value: Any, fact: Fact) -> str:
    told = "none" if value is False and "none" in fact.choices else str(value)
    if told not in fact.choices:
        told = _otherwise_written(told, fact)
    if fact.choices[0] in kinds.ALL:
        told = _paper(told, fact)
    if told not in fact.choices:
        near = get_close_matches(told, fact.choices, 1, 0.5)
        raise BadFacts((), f"{value} is not known here; {'the nearest known one is ' + near[0] if near else ', '.join(fact.choices[:12])}")
    return kinds.ALSO.get(told, told) if fact.choices[0] in kinds.ALL else told


def _otherwise_written(told: str, fact: Fact) -> str:
    """The same word in another case, with blanks or hyphens, or one of the few that mean nothing else."""
    plain = _NO_LETTERS.sub("_", told.lower()).strip("_")
    found = next((one for one in fact.choices if one.lower() in {plain, plain.replace("_", "")}), None)
    if found is not None:
        return found
    meant = _MEANT.get(plain.replace("_", ""))
    if meant in fact.choices:
        return str(meant)
    if fact.choices[0] not in kinds.ALL:
        return told
    paper = _WORDS_BETWEEN.sub("_", plain)
    return paper.replace("aufenthaltserlaubnis_", "ae_").replace("niederlassungserlaubnis_", "ne_")


_NO_LETTERS = re.compile(r"[^a-z0-9]+")
_WORDS_BETWEEN = re.compile(r"_(?:abs|absatz|satz|nr)_(?=\d)")
_MEANT = {
    "sgbii": "sgb2", "alg2": "sgb2", "algii": "sgb2", "arbeitslosengeld2": "sgb2", "sgbxii": "sgb12", "sozialhilfe": "sgb12",
    "arbeitslosengeld": "alg1", "arbeitslosengeld1": "alg1", "algi": "alg1", "asylblg2": "asylblg", "asylblg3": "asylblg", "sgbviii": "sgb8",
    "jugendhilfe": "sgb8", "kdu": "housing_costs", "speaking": "oral", "writing": "written", "geldstrafe": "fine", "freiheitsstrafe": "prison",
    "jugendstrafe": "youth_prison", "refused": "rejected", "apprenticeship": "qualified", "vocational": "qualified", "degree": "academic",
}  # fmt: skip


def _paper(told: str, fact: Fact) -> str:
    """A paper may be told with its subsection and sentence: ae_28_1_1 is one of ae_28. An unlimited right of any paragraph is one."""
    shorter = told
    while shorter not in fact.choices and "_" in shorter and _NUMBERED.match(shorter):
        shorter = shorter.rpartition("_")[0]
    return shorter if shorter in fact.choices else told


_NUMBERED = re.compile(r"(?:(?:ae|duldung)_\w+|ne|ne_\w+)_(?:nr|s|alt)?\d+[a-z]?$")


def _codes(value: Any, fact: Fact) -> tuple[str, ...]:
    if _is_none(value):
        return ()
    if not isinstance(value, list):
        raise BadFacts((), f"{value} is no list; write [{', '.join(fact.choices[:2])}], or none")
    return tuple(_code(one, fact) for one in value)


def _country(value: Any, _fact: Fact) -> str:
    told = {False: "NOR"}.get(value, value) if isinstance(value, bool) else value
    if not isinstance(told, str) or len(told) != 3 or not told.isascii() or not told.isalpha():
        raise BadFacts((), f"{value} is no country code of three letters, like SYR")
    return told.upper()


def _text(value: Any, _fact: Fact) -> str:
    return str(value)[:200]


def _path(value: Any, _fact: Fact) -> str:
    from faden.law.paths import PATHS  # noqa: PLC0415 -- the paths read facts

    known = [one.key for one in PATHS]
    if str(value) not in known:
        raise BadFacts((), f"{value} is no path; known are {', '.join(known)}")
    return str(value)


_READ: dict[str, Callable[[Any, Fact], Any]] = {
    "date": _date, "proof": _proof, "answer": _answer, "count": _count, "amount": _amount, "share": _share, "code": _code, "codes": _codes,
    "country": _country, "text": _text, "path": _path,
}  # fmt: skip
_MADE: dict[str, Callable[..., Any]] = {
    "person": f.Person, "stays": f.Stay, "absences": f.Span, "asylum": f.Asylum, "identity": f.Identity, "household": lambda **v: _household(v),
    "household.spouse": f.Spouse, "household.spouse.language": f.Proof, "household.children": f.Child, "household.parents": f.Parent,
    "language": f.Proof, "civics": f.Civics, "school": f.School, "training": f.Training, "qualification": f.Qualification, "work": f.Work,
    "job_offer": f.JobOffer, "livelihood": f.Livelihood, "exceptions": f.Exceptions, "convictions": f.Conviction, "held": f.Held,
    "course": f.Course, "applications": f.Application,
}  # fmt: skip


def _household(values: dict[str, Any]) -> f.Household:
    spouse = values.pop("spouse", None)
    if spouse is not None:
        values.setdefault("has_spouse", bool(spouse))
    return f.Household(**values, spouse=spouse or None)


def _check(facts: f.Facts) -> None:
    """What no calendar allows: an end before its beginning, two papers that exclude each other on the same days."""
    for name in ("stays", "absences", "school", "training", "work"):
        for number, row in enumerate(getattr(facts, name) or ()):
            if row.start and row.end and row.end < row.start:
                raise BadFacts((name, number, "to"), f"ends on {row.end}, before it begins on {row.start}")
    _exclusive("stays", [(n, one) for n, one in enumerate(facts.stays or ()) if one.kind not in {kinds.FIKTION, kinds.FIKTION_3}])
    _exclusive("absences", list(enumerate(facts.absences or ())))


def _exclusive(name: str, rows: list[tuple[int, Any]]) -> None:
    """Papers may change hands on one day; two of them for longer cannot both have been held."""
    ordered = sorted(rows, key=lambda one: one[1].start)
    for (_, before), (number, after) in zip(ordered, ordered[1:], strict=False):
        if (before.end or date.max) > after.start:
            end = before.end or "today"
            what = getattr(after, "kind", "this")
            raise BadFacts(
                (name, number, "from"), f"{what} from {after.start} overlaps {getattr(before, 'kind', 'the one')} from {before.start} to {end}"
            )  # fmt: skip


def made_of() -> Mapping[str, Callable[..., Any]]:
    """What each group is made into, for the test that holds the schema against the types."""
    return _MADE


@cache
def known_fields() -> dict[str, frozenset[str]]:
    """Names of each group as types hold them, for the test that keeps schema and types equal."""
    return {key: frozenset(one.name for one in fields(made)) for key, made in _MADE.items() if isinstance(made, type)}


