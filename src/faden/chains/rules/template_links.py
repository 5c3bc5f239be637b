"""How the steps of a Kettenvorlage hang together: what each waits for, and that it ends somewhere."""

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from django.utils.translation import gettext as _
from yaml.nodes import Node

from faden.chains.rules.template_errors import Errors, nearest, short
from faden.chains.rules.template_fields import Fields
from faden.chains.rules.template_words import quoted
from faden.chains.rules.templates import TemplateStep

# A step, and the fields of the file it was read from.
Placed = tuple[TemplateStep, Fields]


def check_links(steps: Sequence[Placed], variants: Mapping[str, str], errors: Errors) -> None:
    """Each step known by one name, what it waits for there, no loop, and something in every variant."""
    there: dict[str, TemplateStep] = {}
    for step, fields in steps:
        if step.code in there:
            errors.add(
                fields.at("code"),
                _("Den Kurznamen „%(code)s“ hat schon ein anderer Schritt.") % {"code": step.code},
            )
        elif step.code:
            there[step.code] = step
    for step, fields in steps:
        for code, node in fields.texts("after", 40):
            _check_meant(code, node, there, errors)
            if code in there and not _meet(step, there[code]):
                errors.add(
                    node,
                    _("„%(step)s“ und „%(before)s“ stehen nie in derselben Variante.")
                    % {"step": step.title, "before": there[code].title},
                )
        if step.clock_from:
            _check_clock(step, fields, there, errors)
    _check_loops(steps, there, errors)
    for code in variants:
        if steps and not any(not step.variants or code in step.variants for step, _fields in steps):
            errors.add(0, _("Die Variante „%(code)s“ hat keinen Schritt.") % {"code": code})


def _check_meant(code: str, node: Node, there: Mapping[str, TemplateStep], errors: Errors) -> None:
    if code not in there:
        errors.add(
            node,
            _("Den Schritt „%(code)s“ gibt es in dieser Vorlage nicht.") % {"code": short(code)}
            + nearest(code, {code: step.title for code, step in there.items()}),
        )


def _check_clock(
    step: TemplateStep, fields: Fields, there: Mapping[str, TemplateStep], errors: Errors
) -> None:
    """A clock must know its first day in every variant the step stands in."""
    _check_meant(step.clock_from, fields.at("clock_from"), there, errors)
    begins = there.get(step.clock_from)
    if begins and begins.variants and not (step.variants and set(step.variants) <= set(begins.variants)):
        errors.add(
            fields.at("clock_from"),
            _("„%(before)s“ fehlt in einer Variante, in der diese Frist läuft.") % {"before": begins.title},
        )


def _check_loops(steps: Sequence[Placed], there: Mapping[str, TemplateStep], errors: Errors) -> None:
    """Each loop once, by the titles of its steps."""
    after = {step.code: [code for code in step.after if code in there] for step in there.values()}
    places = {step.code: fields.at("after") for step, fields in reversed(steps)}
    while loop := _loop(after):
        words = " → ".join(quoted(there[code].title) for code in loop)
        last = min(loop, key=lambda code: places[code].start_mark.line)
        errors.add(
            places[last],
            _("Diese Schritte warten im Kreis aufeinander: %(loop)s. Bitte einen davon aus „after“ nehmen.")
            % {"loop": words},
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
