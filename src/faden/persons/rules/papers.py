"""Papers that are given only for a time: shown beside them as a hint, never a reason to refuse an entry.

A changed law is another row with its days, never an `if year`.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from faden.persons.rules.periods import Period
from faden.persons.vocabulary import ResidencePaper


@dataclass(frozen=True)
class NotGiven:
    """The days on which nobody is given this paper anew, and what to say about it."""

    paper: ResidencePaper
    days: Period
    words: object


NOT_GIVEN = (
    # G v. 21.12.2022 BGBl. I 2847: in force from 31.12.2022 to 30.12.2025; since then only a transition rule.
    NotGiven(
        ResidencePaper.AE_104C,
        Period(None, date(2022, 12, 30)),
        _("§ 104c gibt es erst seit dem 31.12.2022."),
    ),
    NotGiven(
        ResidencePaper.AE_104C,
        Period(date(2025, 12, 31), None),
        _(
            "§ 104c wird seit dem 31.12.2025 nicht mehr erteilt. Wer ihn hat, behält ihn bis zum letzten Tag; danach geht es nur mit § 25a oder § 25b weiter."
        ),
    ),
    # § 104 Abs. 14 AufenthG, BGBl. 2025 I Nr. 173.
    NotGiven(
        ResidencePaper.AE_36A,
        Period(date(2025, 7, 24), date(2027, 7, 23)),
        _(
            "Der Nachzug zu subsidiär Schutzberechtigten ist vom 24.07.2025 bis 23.07.2027 ausgesetzt (§ 104 Abs. 14 AufenthG)."
        ),
    ),
)


def hint(paper: str, *, given_on: date | None) -> str:
    """What to look at again when this paper is said to be given on this day; empty when nothing is odd."""
    for rule in NOT_GIVEN:
        if rule.paper == paper and given_on is not None and rule.days.holds_on(given_on):
            return str(rule.words)
    return ""


def closed_since(paper: str, *, on: date) -> date | None:
    """Since when nobody is given this paper any more, for the list to choose from."""
    for rule in NOT_GIVEN:
        if rule.paper == paper and rule.days.first and rule.days.holds_on(on):
            return rule.days.first
    return None
