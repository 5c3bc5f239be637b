"""Reads a Kettenvorlage from its YAML text: a template, or everything that is wrong with the file at once."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from django.db.models import Choices
from django.utils.translation import gettext as _
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from faden.cases.vocabulary.life_area import LifeArea
from faden.chains.rules.template_errors import Errors
from faden.chains.rules.template_fields import DAYS, Fields, is_empty
from faden.chains.rules.template_links import Placed, check_links
from faden.chains.rules.template_yaml import composed
from faden.chains.rules.templates import Template, TemplateError, TemplateStep
from faden.chains.vocabulary import Breakpoint, HolderKind, Join, StepKind
from faden.organisations.vocabulary import AgencyKind

Code = TypeVar("Code", bound=Choices)

MOST_STEPS = 60
_MOST_VARIANTS = 10
_LONGEST_USUAL = 3_650
_LONGEST_CLOCK = 100 * 365

_OF_TEMPLATE = tuple("template version title life_area goal source as_of news variants steps".split())
_OF_STEP = (
    *"code title kind life_area holder agency after join usual usual_source hint documents".split(),
    *"block_reasons law clock clock_from variants".split(),
)


def parse(
    text: str, *, life_areas: Collection[str] = LifeArea.values
) -> Template | tuple[TemplateError, ...]:
    """The template, or all errors in the order of the file. `life_areas`: what the service works with."""
    errors = Errors()
    root = composed(text, errors)
    template = None if root is None else _Reader(errors, life_areas).template(root)
    return template if template and not errors.found else errors.in_order()


class _Reader:
    """From fields to the template."""

    def __init__(self, errors: Errors, life_areas: Collection[str]) -> None:
        self.errors = errors
        words = _labels(LifeArea)
        self.life_areas = {code: words.get(code, code) for code in life_areas}

    def template(self, root: Node) -> Template | None:
        """All of it; None when there is nothing to go on with."""
        if not isinstance(root, MappingNode):
            self.errors.add(root, _("Eine Vorlage besteht aus Feldern wie „template: sprache“."))
            return None
        fields = Fields(root, _OF_TEMPLATE, self.errors)
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
        check_links(steps, variants, self.errors)
        return replace(template, steps=tuple(step for step, _fields in steps))

    def _version(self, fields: Fields) -> int:
        written = fields.text("version", 20, required=True)
        if not written:
            return 0
        if not re.fullmatch(r"[1-9]\d{0,3}", written, re.ASCII):
            self.errors.add(fields.at("version"), _("„version“ ist eine ganze Zahl ab 1."))
            return 0
        return int(written)

    def _as_of(self, fields: Fields) -> date | None:
        written = fields.text("as_of", 40)
        try:
            return date.fromisoformat(written) if written else None
        except ValueError:
            self.errors.add(fields.at("as_of"), _("„as_of“ ist ein Tag in dieser Form: 2026-08-19."))
            return None

    def _variants(self, fields: Fields) -> dict[str, str]:
        node = fields.values.get("variants")
        if node is None:
            return {}
        if not isinstance(node, MappingNode) or not node.value:
            self.errors.add(
                node, _("„variants“ nennt zu jedem Kurznamen einen Titel, etwa: eu: Menschen aus der EU.")
            )
            return {}
        if len(node.value) > _MOST_VARIANTS:
            self.errors.add(
                node, _("„variants“ hat zu viele Einträge: höchstens %(most)d.") % {"most": _MOST_VARIANTS}
            )
            return {}
        found = {}
        names = tuple(key.value for key, _value in node.value if isinstance(key, ScalarNode))
        inner = Fields(node, names, self.errors)
        for name in inner.values:
            inner.is_code(name, inner.at(name))
            found[name] = inner.text(name, 120, required=True)
        return found

    def _steps(self, fields: Fields, template: Template) -> list[Placed]:
        node = fields.values.get("steps")
        if node is None or is_empty(node) or not node.value:
            self.errors.add(
                fields.at("steps"),
                _("Die Vorlage hat keine Schritte. Bitte unter „steps“ mindestens einen nennen."),
            )
            return []
        if not isinstance(node, SequenceNode):
            self.errors.add(node, _("„steps“ ist eine Liste: jeder Schritt beginnt mit „- code:“."))
            return []
        if len(node.value) > MOST_STEPS:
            self.errors.add(
                node, _("Die Vorlage hat zu viele Schritte: höchstens %(most)d.") % {"most": MOST_STEPS}
            )
            return []
        steps = []
        for item in node.value:
            if isinstance(item, MappingNode):
                inner = Fields(item, _OF_STEP, self.errors)
                steps.append((self._step(inner, template), inner))
            else:
                self.errors.add(item, _("Ein Schritt besteht aus Feldern und beginnt mit „- code:“."))
        return steps

    def _step(self, fields: Fields, template: Template) -> TemplateStep:
        usual = fields.duration("usual", _LONGEST_USUAL)
        clock = fields.duration("clock", _LONGEST_CLOCK)
        step = TemplateStep(
            code=fields.code("code"),
            title=fields.text("title", 160, required=True),
            kind=_member(StepKind, fields.choice("kind", _labels(StepKind), required=True), StepKind.CLARIFY),
            life_area=fields.choice("life_area", self.life_areas) or template.life_area,
            holder=_member(
                HolderKind, fields.choice("holder", _labels(HolderKind), required=True), HolderKind.CLIENT
            ),
            agency_kind=fields.choice("agency", _labels(AgencyKind)),
            after=tuple(words for words, _node in fields.texts("after", 40)),
            join=_member(Join, fields.choice("join", _labels(Join)), Join.ALL),
            usual_days=usual[0] * DAYS[usual[1]] if usual else None,
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
    def _codes(fields: Fields, name: str, offered: Mapping[str, str]) -> tuple[str, ...]:
        codes = [fields.one_of(name, words, offered, node) for words, node in fields.texts(name, 200)]
        return tuple(code for code in codes if code)

    def _check_step(self, step: TemplateStep, fields: Fields) -> None:
        """What one step must say so that a chain can be made of it."""
        for fails, at, reason in (
            (
                step.holder == HolderKind.AGENCY and not fields.has("agency"),
                "holder",
                _("Der Schritt liegt bei einer Stelle. Bitte unter „agency“ sagen, bei welcher Art."),
            ),
            (
                fields.has("usual_source") and not fields.has("usual"),
                "usual_source",
                _("Zur Quelle fehlt die Dauer („usual“)."),
            ),
            (
                fields.has("clock") and "§" not in step.law and "Art." not in step.law,
                "clock",
                _("Eine gesetzliche Frist braucht ihren Paragrafen („law“)."),
            ),
            (
                fields.has("clock_from") and not fields.has("clock"),
                "clock_from",
                _("Zu „clock_from“ fehlt die Frist („clock“)."),
            ),
            (
                step.join == Join.ANY and len(step.after) < 2,
                "join",
                _("„join: any“ braucht mindestens zwei Schritte unter „after“."),
            ),
        ):
            if fails:
                self.errors.add(fields.at(at), reason)


def _member(kind: Callable[[str], Code], code: str, otherwise: Code) -> Code:
    return kind(code) if code else otherwise


def _labels(choices: Any) -> dict[str, str]:
    return {str(code): str(label) for code, label in choices.choices}
