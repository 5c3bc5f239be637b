"""What a new version of a Kettenvorlage would change, in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from faden.chains.rules import words
from faden.chains.rules.template_words import after_words, block_words, clock_words, who_words
from faden.chains.rules.templates import Template, TemplateStep

_VERSION = re.compile(r"^version:[ ]*\S*", re.MULTILINE)

Changed = tuple[str, str, str]  # (what, as it was, as it would be)


@dataclass(frozen=True)
class ChangedStep:
    """A step that stays, and what is different about it."""

    title: str
    fields: tuple[Changed, ...]


@dataclass(frozen=True)
class Differences:
    """Between two versions; all empty: they say the same."""

    head: tuple[Changed, ...] = ()
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    changed: tuple[ChangedStep, ...] = ()
    order: tuple[str, ...] = ()  # the steps that stay, in their new order; empty: the old one

    def __bool__(self) -> bool:
        return bool(self.head or self.added or self.dropped or self.changed or self.order)


def differences(old: Template, new: Template, *, life_areas: Mapping[str, str]) -> Differences:
    """Head, steps that come and go, steps that stay field by field, and their order."""
    before = {step.code: step for step in old.steps}
    after = {step.code: step for step in new.steps}
    stay = [code for code in after if code in before]
    return Differences(
        head=_compared(_head(old, life_areas), _head(new, life_areas)),
        added=tuple(step.title for code, step in after.items() if code not in before),
        dropped=tuple(step.title for code, step in before.items() if code not in after),
        changed=tuple(
            ChangedStep(after[code].title, fields)
            for code in stay
            if (fields := _compared(_step(before[code], old, life_areas), _step(after[code], new, life_areas)))
        ),
        order=tuple(after[code].title for code in stay)
        if stay != [code for code in before if code in after]
        else (),
    )


def next_version(source: str, version: int) -> str:
    """The same file with another version number: what a new version begins with."""
    return _VERSION.sub(f"version: {version}", source, count=1)


def _head(template: Template, life_areas: Mapping[str, str]) -> dict[str, str]:
    return {
        _("Titel"): template.title,
        _("Lebensbereich"): life_areas.get(template.life_area, template.life_area),
        _("Ziel"): template.goal,
        _("Quelle"): template.source,
        _("Rechtsstand"): template.as_of.strftime("%d.%m.%Y") if template.as_of else "",
        _("Varianten"): ", ".join(template.variants.values()),
    }


def _step(step: TemplateStep, template: Template, life_areas: Mapping[str, str]) -> dict[str, str]:
    titles = {step.code: step.title for step in template.steps}
    return {
        _("Titel"): step.title,
        _("Art"): str(step.kind.label),
        _("Lebensbereich"): life_areas.get(step.life_area, step.life_area),
        _("Wer"): who_words(step),
        _("Wartet auf"): after_words(step, titles),
        _("Dauer"): words.usual(step.usual_days, step.usual_source),
        _("Hinweis"): step.hint,
        _("Unterlagen"): ", ".join(step.documents),
        _("Was hindern kann"): ", ".join(block_words(step)),
        _("Paragraf"): step.law,
        _("Gesetzliche Frist"): clock_words(step, titles),
        _("Variante"): ", ".join(template.variants.get(code, code) for code in step.variants),
    }


def _compared(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Changed, ...]:
    return tuple((name, old[name], new[name]) for name in new if old[name] != new[name])
