"""A step of a Kettenvorlage, said as it is read: who, after what, how long, by which law."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faden.chains.rules import words
from faden.chains.rules.templates import Template, TemplateStep
from faden.chains.vocabulary import Breakpoint, HolderKind, Join, TimeUnit
from faden.organisations.vocabulary import AgencyKind


@dataclass(frozen=True)
class Line:
    """One step in words, with its number in the list and in the picture."""

    number: int
    title: str
    kind: str
    life_area: str
    who: str
    after: str
    usual: str
    hint: str
    documents: tuple[str, ...]
    block_reasons: tuple[str, ...]
    law: str
    clock: str
    variants: tuple[str, ...]


def lines(template: Template, *, life_areas: Mapping[str, str], variants: Mapping[str, str]) -> list[Line]:
    """All steps in the order of the file; `variants`: the titles, where those of all variants stand together."""
    titles = {step.code: step.title for step in template.steps}
    return [
        Line(
            number=number,
            title=step.title,
            kind=str(step.kind.label),
            life_area=life_areas.get(step.life_area, step.life_area),
            who=who_words(step),
            after=after_words(step, titles),
            usual=words.usual(step.usual_days, step.usual_source),
            hint=step.hint,
            documents=step.documents,
            block_reasons=block_words(step),
            law=step.law,
            clock=clock_words(step, titles),
            variants=tuple(variants.get(code, code) for code in step.variants),
        )
        for number, step in enumerate(template.steps, 1)
    ]


def clock_words(step: TemplateStep, titles: Mapping[str, str]) -> str:
    """ "1 Jahr nach „Titel liegt vor“"; "" without a clock."""
    if step.clock_amount is None:
        return ""
    time = _amount(step.clock_amount, TimeUnit(step.clock_unit))
    if not step.clock_from:
        return _("%(time)s nach Beginn der Kette") % {"time": time}
    return _("%(time)s nach „%(step)s“") % {"time": time, "step": titles.get(step.clock_from, step.clock_from)}


def who_words(step: TemplateStep) -> str:
    """Who holds the step, and which kind of agency it is about."""
    agency = str(AgencyKind(step.agency_kind).label) if step.agency_kind else ""
    if step.holder == HolderKind.AGENCY:
        return agency
    holder = str(step.holder.label)
    return _("%(holder)s, mit: %(agency)s") % {"holder": holder, "agency": agency} if agency else holder


def after_words(step: TemplateStep, titles: Mapping[str, str]) -> str:
    """What the step waits for, by title."""
    named = ", ".join(quoted(titles.get(code, code)) for code in step.after)
    return _("einer genügt: %(steps)s") % {"steps": named} if step.join == Join.ANY else named


def quoted(title: str) -> str:
    """In quotation marks, as the language of the page writes them."""
    return _("„%(title)s“") % {"title": title}


def block_words(step: TemplateStep) -> tuple[str, ...]:
    """What may go wrong."""
    return tuple(str(Breakpoint(code).label) for code in step.block_reasons)


def _amount(amount: int, unit: TimeUnit) -> str:
    said = {
        TimeUnit.DAYS: ngettext("%(count)d Tag", "%(count)d Tage", amount),
        TimeUnit.WEEKS: ngettext("%(count)d Woche", "%(count)d Wochen", amount),
        TimeUnit.MONTHS: ngettext("%(count)d Monat", "%(count)d Monate", amount),
        TimeUnit.YEARS: ngettext("%(count)d Jahr", "%(count)d Jahre", amount),
    }
    return said[unit] % {"count": amount}
