"""Reads a Kettenvorlage from its YAML text: a template, or everything that is wrong with the file at once."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from typing import Any, TypeVar

import yaml
from django.db.models import Choices
from django.utils.translation import gettext as _
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, ScalarEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from faden.cases.vocabulary import LifeArea
from faden.chains.rules.template_words import quoted
from faden.chains.rules.templates import Template, TemplateError, TemplateStep
from faden.chains.vocabulary import AgencyKind, Breakpoint, HolderKind, Join, StepKind, TimeUnit

Code = TypeVar("Code", bound=Choices)

LONGEST_FILE = 100_000
MOST_STEPS = 60
MOST_ERRORS = 50
_MOST_VARIANTS = 10
_MOST_IN_A_LIST = 20
_DEEPEST = 6
_LONGEST_USUAL = 3_650
_LONGEST_CLOCK = 100 * 365

# The same language, read by C where the wheel brings it: ten times as fast.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
# Addresses of the desk stand at these names.
_TAKEN = ("neu", "frei")
_DURATION = re.compile(r"(\d{1,5})?\s*([^\W\d_]*)")
_DAYS = {TimeUnit.DAYS: 1, TimeUnit.WEEKS: 7, TimeUnit.MONTHS: 30, TimeUnit.YEARS: 365}
_UNITS = {spelling: unit for unit in TimeUnit for spelling in (unit.value, unit.value[:-1])}

_OF_TEMPLATE = ("template", "version", "title", "life_area", "goal", "source", "as_of", "news", "variants", "steps")
_OF_STEP = (
    "code", "title", "kind", "life_area", "holder", "agency", "after", "join", "usual", "usual_source",
    "hint", "documents", "block_reasons", "law", "clock", "clock_from", "variants",
)


def parse(text: str, *, life_areas: Collection[str] = LifeArea.values) -> Template | tuple[TemplateError, ...]:
    """The template, or all errors in the order of the file. `life_areas`: what the service works with."""
    errors = _Errors()
    root = _composed(text, errors)
    template = None if root is None else _Reader(errors, life_areas).template(root)
    return template if template and not errors.found else errors.in_order()


class _Errors:
    def __init__(self) -> None:
        self.found: list[TemplateError] = []

    def add(self, at: Node | int, reason: str) -> None:
        line = at if isinstance(at, int) else at.start_mark.line + 1
        error = TemplateError(line, reason)
        if error not in self.found:
            self.found.append(error)

    def in_order(self) -> tuple[TemplateError, ...]:
        """By line, not more than somebody mends before trying again."""
        ordered = sorted(self.found, key=lambda error: error.line)
        if len(ordered) > MOST_ERRORS:
            rest = TemplateError(0, _("… und weitere. Bitte zuerst diese beheben."))
            ordered = [*ordered[:MOST_ERRORS], rest]
        return tuple(ordered)


# ---- From text to nodes --------------------------------------------------------------------------


def _composed(text: str, errors: _Errors) -> Node | None:
    """The file as YAML nodes, which know their lines; nothing is built from tags."""
    if len(text) > LONGEST_FILE:
        errors.add(0, _("Die Datei ist zu lang: höchstens %(most)d Zeichen.") % {"most": LONGEST_FILE})
        return None
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            errors.add(number, _("Am Anfang der Zeile steht ein Tabulator. Bitte mit Leerzeichen einrücken."))
    if errors.found:
        return None
    try:
        text.encode()
        _check_shape(text, errors)
        root = None if errors.found else yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as problem:
        # What is not closed is looked for where it was opened, everything else where it went wrong.
        is_open = any(word in (problem.context or "") for word in ("quoted", "flow"))
        mark = (problem.context_mark if is_open else None) or problem.problem_mark or problem.context_mark
        errors.add(mark.line + 1 if mark else 0, _broken(problem))
        return None
    except (yaml.YAMLError, UnicodeEncodeError):
        errors.add(0, _("Die Datei enthält Zeichen, die nicht lesbar sind. Bitte als UTF-8 speichern."))
        return None
    if root is None and not errors.found:
        errors.add(0, _("Die Datei ist leer."))
    return root


def _check_shape(text: str, errors: _Errors) -> None:
    """Before anything is held in memory: no references that multiply, no nesting without end."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            errors.add(line, _("Verweise mit & und * sind hier nicht möglich. Bitte ausschreiben."))
            return
        if isinstance(event, CollectionStartEvent | ScalarEvent) and event.tag:
            errors.add(line, _("Angaben mit ! sind hier nicht möglich. Texte mit ! am Anfang bitte in Anführungszeichen setzen."))
            return
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            errors.add(line, _("Hier ist zu tief verschachtelt. Eine Vorlage hat Felder, eine Liste von Schritten und deren Felder."))
            return


def _broken(problem: yaml.MarkedYAMLError) -> str:
    """What somebody who writes a template can do about broken YAML."""
    indent = _("Die Einrückung stimmt nicht. Felder eines Schritts stehen genau untereinander.")
    said = f"{problem.context or ''} {problem.problem or ''}"
    for part, words in (
        ("mapping values are not allowed", _("Hier steht ein Doppelpunkt zu viel, oder die Einrückung stimmt nicht. Texte mit Doppelpunkt bitte in Anführungszeichen setzen.")),
        ("could not find expected ':'", _("Hier fehlt ein Doppelpunkt nach dem Namen eines Felds.")),
        ("unexpected end of stream", _("Ein Anführungszeichen wird nicht geschlossen.")),
        ("expected ',' or", _("Eine Liste in eckigen Klammern wird nicht geschlossen, oder es fehlt ein Komma.")),
        ("expected <block end>", indent),
        ("expected key", indent),
        ("expected '-' indicator", indent),
        ("found character", _("Hier steht ein Zeichen, mit dem kein Wert beginnen kann. Bitte den Text in Anführungszeichen setzen.")),
        ("single document", _("In einer Datei steht genau eine Vorlage. Bitte die Zeile --- und was danach kommt entfernen.")),
    ):
        if part in said:
            return words
    return _("Hier ist die Datei kein gültiges YAML. Bitte Einrückung, Doppelpunkte und Anführungszeichen prüfen.")


# ---- From nodes to fields ------------------------------------------------------------------------


class _Fields:
    """The fields of one mapping, read one by one; what is wrong is noted, and a harmless value goes on."""

    def __init__(self, node: MappingNode, known: tuple[str, ...], errors: _Errors) -> None:
        self.node, self.errors = node, errors
        self.values: dict[str, Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else ""
            if name not in known:
                errors.add(key, _("Das Feld „%(name)s“ gibt es nicht.") % {"name": _short(name)} + _nearest(name, known))
            elif name in self.values:
                errors.add(key, _("Das Feld „%(name)s“ steht hier zweimal.") % {"name": name})
            else:
                self.values[name] = value

    def at(self, name: str) -> Node:
        """Where the field stands; the mapping, if it is missing."""
        return self.values.get(name, self.node)

    def has(self, name: str) -> bool:
        """Written and not left empty."""
        node = self.values.get(name)
        return node is not None and not _is_empty(node)

    def text(self, name: str, longest: int, *, required: bool = False) -> str:
        """One line of text, spaces put together."""
        node = self.values.get(name)
        if node is None or _is_empty(node):
            if required:
                self.errors.add(self.at(name), _("Das Feld „%(name)s“ fehlt. Bitte ergänzen.") % {"name": name})
            return ""
        return self._words(name, node, longest)

    def texts(self, name: str, longest: int) -> list[tuple[str, Node]]:
        """A list of texts with their places; one text alone is a list of one."""
        node = self.values.get(name)
        if node is None:
            return []
        if _is_empty(node):
            self.errors.add(node, _("Das Feld „%(name)s“ ist leer. Bitte ausfüllen oder die Zeile entfernen.") % {"name": name})
            return []
        if isinstance(node, MappingNode):
            self.errors.add(node, _("„%(name)s“ ist eine Liste, etwa: [erstes, zweites].") % {"name": name})
            return []
        items = node.value if isinstance(node, SequenceNode) else [node]
        if len(items) > _MOST_IN_A_LIST:
            self.errors.add(node, _("„%(name)s“ hat zu viele Einträge: höchstens %(most)d.") % {"name": name, "most": _MOST_IN_A_LIST})
            return []
        found = [(self._words(name, item, longest), item) for item in items]
        for place, (words, item) in enumerate(found):
            if words and words in [earlier for earlier, _node in found[:place]]:
                self.errors.add(item, _("„%(value)s“ steht in „%(name)s“ zweimal.") % {"value": words, "name": name})
        return [(words, item) for words, item in found if words]

    def choice(self, name: str, offered: Mapping[str, str], *, required: bool = False) -> str:
        """A code of a list; "" when it is missing or none of them."""
        written = self.text(name, 200, required=required)
        return self.one_of(name, written, offered, self.at(name)) if written else ""

    def one_of(self, name: str, written: str, offered: Mapping[str, str], at: Node) -> str:
        """The code, if it is one of the list."""
        if written in offered:
            return written
        self.errors.add(
            at,
            _("„%(value)s“ ist bei „%(name)s“ nicht möglich.") % {"value": _short(written), "name": name}
            + _nearest(written, offered),
        )
        return ""

    def code(self, name: str) -> str:
        """The short name by which others mean it."""
        written = self.text(name, 200, required=True)
        if written in _TAKEN:
            self.errors.add(self.at(name), _("Der Kurzname „%(value)s“ ist vergeben. Bitte einen anderen wählen.") % {"value": written})
            return ""
        if written and not _CODE.fullmatch(written):
            self.errors.add(
                self.at(name),
                _("„%(value)s“ ist kein Kurzname: Kleinbuchstaben ohne Umlaute, Ziffern, Bindestrich, höchstens 40 Zeichen.")
                % {"value": _short(written)},
            )
            return ""
        return written

    def duration(self, name: str, longest_days: int) -> tuple[int, TimeUnit] | None:
        """A number and a unit: „11 weeks“."""
        written = self.text(name, 60)
        if not written:
            if name in self.values:
                self.errors.add(self.at(name), _("„%(name)s“ braucht eine Zahl und eine Einheit, etwa: 11 weeks.") % {"name": name})
            return None
        found = _DURATION.fullmatch(written)
        number, unit = found.groups() if found else (None, written)
        if not number:
            self.errors.add(self.at(name), _("Bei „%(name)s: %(value)s“ fehlt die ganze Zahl, etwa: 11 weeks.") % {"name": name, "value": _short(written)})
        elif unit not in _UNITS:
            self.errors.add(
                self.at(name),
                _("„%(value)s“ ist keine Einheit für „%(name)s“.")
                % {"value": _short(unit), "name": name}
                + _nearest(unit, {str(unit.value): str(unit.label) for unit in TimeUnit}),
            )
        elif not 0 < int(number) * _DAYS[_UNITS[unit]] <= longest_days:
            self.errors.add(self.at(name), _("„%(name)s: %(value)s“ ist zu kurz oder zu lang.") % {"name": name, "value": written})
        else:
            return int(number), _UNITS[unit]
        return None

    def _words(self, name: str, node: Node, longest: int) -> str:
        if not isinstance(node, ScalarNode):
            self.errors.add(node, _("„%(name)s“ ist ein Text, keine Liste und keine Gruppe von Feldern.") % {"name": name})
            return ""
        words = " ".join(node.value.split())
        if len(words) > longest:
            self.errors.add(node, _("„%(name)s“ ist zu lang: höchstens %(most)d Zeichen.") % {"name": name, "most": longest})
            return words[:longest]
        if "\0" in words:
            self.errors.add(node, _("„%(name)s“ enthält Zeichen, die nicht lesbar sind.") % {"name": name})
            return ""
        return words


# ---- From fields to the template -----------------------------------------------------------------


class _Reader:
    """Reads the template, then looks at how its steps hang together."""

    def __init__(self, errors: _Errors, life_areas: Collection[str]) -> None:
        self.errors = errors
        words = _labels(LifeArea)
        self.life_areas = {code: words.get(code, code) for code in life_areas}

    def template(self, root: Node) -> Template | None:
        """All of it; None when there is nothing to go on with."""
        if not isinstance(root, MappingNode):
            self.errors.add(root, _("Eine Vorlage besteht aus Feldern wie „template: sprache“."))
            return None
        fields = _Fields(root, _OF_TEMPLATE, self.errors)
        variants = self._variants(fields)
        template = Template(
            code=fields.code("template"),
            version=self._version(fields),
            title=fields.text("title", 120, required=True),
            life_area=fields.choice("life_area", self.life_areas, required=True),
            goal=fields.text("goal", 300),
            source=fields.text("source", 500, required=True),
            as_of=self._as_of(fields),
            news=fields.text("news", 300),
            variants=variants,
            steps=(),
        )
        steps = self._steps(fields, template)
        self._check_links(steps, variants)
        return replace(template, steps=tuple(step for step, _fields in steps))

    def _version(self, fields: _Fields) -> int:
        written = fields.text("version", 20, required=True)
        if not written:
            return 0
        if not re.fullmatch(r"[1-9]\d{0,3}", written, re.ASCII):
            self.errors.add(fields.at("version"), _("„version“ ist eine ganze Zahl ab 1."))
            return 0
        return int(written)

    def _as_of(self, fields: _Fields) -> date | None:
        written = fields.text("as_of", 40)
        try:
            return date.fromisoformat(written) if written else None
        except ValueError:
            self.errors.add(fields.at("as_of"), _("„as_of“ ist ein Tag in dieser Form: 2026-08-19."))
            return None

    def _variants(self, fields: _Fields) -> dict[str, str]:
        node = fields.values.get("variants")
        if node is None:
            return {}
        if not isinstance(node, MappingNode) or not node.value:
            self.errors.add(node, _("„variants“ nennt zu jedem Kurznamen einen Titel, etwa: eu: Menschen aus der EU."))
            return {}
        if len(node.value) > _MOST_VARIANTS:
            self.errors.add(node, _("„variants“ hat zu viele Einträge: höchstens %(most)d.") % {"most": _MOST_VARIANTS})
            return {}
        found = {}
        names = tuple(key.value for key, _value in node.value if isinstance(key, ScalarNode))
        inner = _Fields(node, names, self.errors)
        for name in inner.values:
            if not _CODE.fullmatch(name):
                self.errors.add(inner.at(name), _("„%(value)s“ ist kein Kurzname: Kleinbuchstaben ohne Umlaute, Ziffern, Bindestrich, höchstens 40 Zeichen.") % {"value": _short(name)})
            found[name] = inner.text(name, 120, required=True)
        return found

    def _steps(self, fields: _Fields, template: Template) -> list[tuple[TemplateStep, _Fields]]:
        node = fields.values.get("steps")
        if node is None or _is_empty(node) or not node.value:
            self.errors.add(fields.at("steps"), _("Die Vorlage hat keine Schritte. Bitte unter „steps“ mindestens einen nennen."))
            return []
        if not isinstance(node, SequenceNode):
            self.errors.add(node, _("„steps“ ist eine Liste: jeder Schritt beginnt mit „- code:“."))
            return []
        if len(node.value) > MOST_STEPS:
            self.errors.add(node, _("Die Vorlage hat zu viele Schritte: höchstens %(most)d.") % {"most": MOST_STEPS})
            return []
        steps = []
        for item in node.value:
            if isinstance(item, MappingNode):
                inner = _Fields(item, _OF_STEP, self.errors)
                steps.append((self._step(inner, template), inner))
            else:
                self.errors.add(item, _("Ein Schritt besteht aus Feldern und beginnt mit „- code:“."))
        return steps

    def _step(self, fields: _Fields, template: Template) -> TemplateStep:
        usual = fields.duration("usual", _LONGEST_USUAL)
        clock = fields.duration("clock", _LONGEST_CLOCK)
        step = TemplateStep(
            code=fields.code("code"),
            title=fields.text("title", 160, required=True),
            kind=_member(StepKind, fields.choice("kind", _labels(StepKind), required=True), StepKind.CLARIFY),
            life_area=fields.choice("life_area", self.life_areas) or template.life_area,
            holder=_member(HolderKind, fields.choice("holder", _labels(HolderKind), required=True), HolderKind.CLIENT),
            agency_kind=fields.choice("agency", _labels(AgencyKind)),
            after=tuple(words for words, _node in fields.texts("after", 40)),
            join=_member(Join, fields.choice("join", _labels(Join)), Join.ALL),
            usual_days=usual[0] * _DAYS[usual[1]] if usual else None,
            usual_source=fields.text("usual_source", 300),
            hint=fields.text("hint", 500),
            documents=tuple(words for words, _node in fields.texts("documents", 160)),
            block_reasons=self._codes(fields, "block_reasons", _labels(Breakpoint)),
            law=fields.text("law", 160),
            clock_amount=clock[0] if clock else None,
            clock_unit=clock[1].value if clock else "",
            clock_from=fields.text("clock_from", 40),
            variants=self._codes(fields, "variants", template.variants),
        )
        self._check_step(step, fields)
        return step

    @staticmethod
    def _codes(fields: _Fields, name: str, offered: Mapping[str, str]) -> tuple[str, ...]:
        codes = [fields.one_of(name, words, offered, node) for words, node in fields.texts(name, 200)]
        return tuple(code for code in codes if code)

    def _check_step(self, step: TemplateStep, fields: _Fields) -> None:
        """What one step must say so that a chain can be made of it."""
        for fails, at, reason in (
            (step.holder == HolderKind.AGENCY and not fields.has("agency"), "holder", _("Der Schritt liegt bei einer Stelle. Bitte unter „agency“ sagen, bei welcher Art.")),
            (fields.has("usual_source") and not fields.has("usual"), "usual_source", _("Zur Quelle fehlt die Dauer („usual“).")),
            (fields.has("clock") and "§" not in step.law and "Art." not in step.law, "clock", _("Eine gesetzliche Frist braucht ihren Paragrafen („law“).")),
            (fields.has("clock_from") and not fields.has("clock"), "clock_from", _("Zu „clock_from“ fehlt die Frist („clock“).")),
            (step.join == Join.ANY and len(step.after) < 2, "join", _("„join: any“ braucht mindestens zwei Schritte unter „after“.")),
        ):
            if fails:
                self.errors.add(fields.at(at), reason)

    # ---- How the steps hang together ----

    def _check_links(self, steps: list[tuple[TemplateStep, _Fields]], variants: Mapping[str, str]) -> None:
        there: dict[str, TemplateStep] = {}
        for step, fields in steps:
            if step.code in there:
                self.errors.add(fields.at("code"), _("Den Kurznamen „%(code)s“ hat schon ein anderer Schritt.") % {"code": step.code})
            elif step.code:
                there[step.code] = step
        for step, fields in steps:
            for code, node in fields.texts("after", 40):
                self._check_meant(code, node, there)
                if code in there and not _meet(step, there[code]):
                    self.errors.add(node, _("„%(step)s“ und „%(before)s“ stehen nie in derselben Variante.") % {"step": step.title, "before": there[code].title})
            if step.clock_from:
                self._check_clock(step, fields, there)
        self._check_loops(steps, there)
        for code in variants:
            if steps and not any(not step.variants or code in step.variants for step, _fields in steps):
                self.errors.add(0, _("Die Variante „%(code)s“ hat keinen Schritt.") % {"code": code})

    def _check_meant(self, code: str, node: Node, there: Mapping[str, TemplateStep]) -> None:
        if code not in there:
            self.errors.add(
                node,
                _("Den Schritt „%(code)s“ gibt es in dieser Vorlage nicht.") % {"code": _short(code)}
                + _nearest(code, {code: step.title for code, step in there.items()}),
            )

    def _check_clock(self, step: TemplateStep, fields: _Fields, there: Mapping[str, TemplateStep]) -> None:
        """A clock must know its first day in every variant the step stands in."""
        self._check_meant(step.clock_from, fields.at("clock_from"), there)
        begins = there.get(step.clock_from)
        if begins and begins.variants and not (step.variants and set(step.variants) <= set(begins.variants)):
            self.errors.add(fields.at("clock_from"), _("„%(before)s“ fehlt in einer Variante, in der diese Frist läuft.") % {"before": begins.title})

    def _check_loops(self, steps: list[tuple[TemplateStep, _Fields]], there: Mapping[str, TemplateStep]) -> None:
        """Each loop once, by the titles of its steps."""
        after = {step.code: [code for code in step.after if code in there] for step in there.values()}
        places = {step.code: fields.at("after") for step, fields in reversed(steps)}
        while loop := _loop(after):
            words = " → ".join(quoted(there[code].title) for code in loop)
            last = min(loop, key=lambda code: places[code].start_mark.line)
            self.errors.add(
                places[last],
                _("Diese Schritte warten im Kreis aufeinander: %(loop)s. Bitte einen davon aus „after“ nehmen.") % {"loop": words},
            )
            after[loop[1]].remove(loop[0])


def _loop(after: Mapping[str, Iterable[str]]) -> list[str] | None:
    """One loop, from predecessor to successor, its first step again at the end."""
    try:
        TopologicalSorter(after).prepare()
    except CycleError as error:
        return list(error.args[1])
    return None


def _meet(one: TemplateStep, other: TemplateStep) -> bool:
    """There is a variant with both."""
    return not one.variants or not other.variants or bool(set(one.variants) & set(other.variants))


def _member(kind: Callable[[str], Code], code: str, otherwise: Code) -> Code:
    return kind(code) if code else otherwise


def _labels(choices: Any) -> dict[str, str]:
    return {str(code): str(label) for code, label in choices.choices}


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and (not node.value.strip() or (not node.style and node.value in ("~", "null")))


def _short(written: str) -> str:
    line = " ".join(written.split())
    return line if len(line) <= 40 else line[:39] + "…"


def _nearest(written: str, offered: Iterable[str] | Mapping[str, str]) -> str:
    """The one that was probably meant, by its code or its German word; all of a short list otherwise."""
    labels = offered if isinstance(offered, Mapping) else dict.fromkeys(offered, "")
    by_word = {label.casefold(): code for code, label in labels.items() if label}
    by_word.update({code: code for code in labels})
    near = get_close_matches(_short(written).casefold(), by_word, n=1, cutoff=0.6)
    if near:
        return " " + _("Meinten Sie „%(code)s“?") % {"code": by_word[near[0]]}
    if labels and len(labels) <= 8:
        return " " + _("Möglich sind: %(codes)s.") % {"codes": ", ".join(labels)}
    return ""
