"""Help with the words of a goal: short questions, beginnings to take, and what is still missing; never a rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from faden.cases.vocabulary.life_area import LifeArea
from faden.chains.vocabulary import HolderKind

WHAT = _("Was genau möchten Sie erreichen? Am besten in Ihren eigenen Worten.")
SEEN_BY = _("Etwas, das beide sehen oder zählen können, zum Beispiel ein Vertrag, ein Platz, ein Zeugnis.")
UNTIL = _("Ein Tag genügt; mit dem Häkchen gilt die ganze Woche.")

# Beginnings that end where the person goes on in her own words.
BEGINNINGS: dict[str, tuple[Promise | str, ...]] = {
    LifeArea.RESIDENCE: (_("Ich habe einen gültigen Aufenthaltstitel als …"), _("Ich habe den Antrag bei der Ausländerbehörde gestellt für …")),
    LifeArea.ORIENTATION: (_("Ich kann Briefe von Behörden selbst …"), _("Ich weiß, welche Stelle zuständig ist für …")),
    LifeArea.LANGUAGE: (_("Ich besuche einen Sprachkurs, Niveau …"), _("Ich bestehe die Prüfung …"), _("Ich kann auf Deutsch …")),
    LifeArea.SCHOOL: (_("Mein Kind geht zur Schule in …"), _("Ich mache den Schulabschluss …")),
    LifeArea.CHILDCARE: (_("Mein Kind hat einen Platz in der Kita ab …"), _("Jemand betreut die Kinder, während ich …")),
    LifeArea.TRAINING: (_("Ich beginne eine Ausbildung als …"), _("Ich mache ein Praktikum bei …")),
    LifeArea.WORK: (_("Ich arbeite als …"), _("Mein Abschluss als … ist anerkannt"), _("Ich darf arbeiten als …")),
    LifeArea.BENEFITS: (_("Meine Leistungen kommen regelmäßig von …"), _("Ich verdiene genug, um …")),
    LifeArea.HOUSING: (_("Wir wohnen in einer eigenen Wohnung mit … Zimmern"), _("Ich habe einen Wohnberechtigungsschein für …")),
    LifeArea.HEALTH: (_("Ich habe einen Hausarzt oder eine Hausärztin in …"), _("Ich bekomme Unterstützung, damit ich wieder …")),
    LifeArea.DEBTS: (_("Ich habe einen Überblick über meine Schulden und zahle …"), _("Ich habe eine Vereinbarung mit …")),
    LifeArea.PARTICIPATION: (_("Ich treffe regelmäßig andere Menschen, zum Beispiel …"), _("Ich mache mit bei …")),
    LifeArea.MOBILITY: (_("Ich komme ohne Hilfe zu …"), _("Ich mache den Führerschein bis …")),
    LifeArea.DOCUMENTS: (_("Ich habe einen gültigen Pass von …"), _("Diese Urkunden sind übersetzt: …")),
}


class Gap(Enum):
    """What a goal does not say yet."""

    NO_DAY = "no_day"
    NO_STEP = "no_step"
    NO_NAME = "no_name"


SENTENCES: dict[Gap, Promise | str] = {
    Gap.NO_DAY: _("Noch kein Tag: Bis wann soll es so weit sein?"),
    Gap.NO_STEP: _("Noch kein Schritt: Was ist das Erste, und wer macht es?"),
    Gap.NO_NAME: _("Bei einem Schritt fehlt der Name: Welche Stelle, wer aus der Familie?"),
}


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does an open step: kind and name."""

    who: str
    name: str = ""


def gaps(until_on: date | None, open_hands: Sequence[Hands], *, has_steps: bool) -> tuple[Gap, ...]:
    """What to ask next. `has_steps`: some of its own, settled ones too, or a chain that brings them."""
    unnamed = any(one.who in (HolderKind.AGENCY, HolderKind.FAMILY) and not one.name for one in open_hands)
    found = ((Gap.NO_DAY, until_on is None), (Gap.NO_STEP, not has_steps), (Gap.NO_NAME, unnamed))
    return tuple(gap for gap, holds in found if holds)
