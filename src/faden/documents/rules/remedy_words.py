"""The calculation of a last day as it is read: each step with what it means, in plain language."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from faden.documents.rules.remedy import Caution, Line, Step
from faden.documents.vocabulary import NotifiedHow, PeriodUnit


@dataclass(frozen=True)
class Told:
    """One step in words: what, the day, the paragraph, and why."""

    title: str
    day: date
    law: str
    means: str


_MEANS: dict[Step, Promise | str] = {
    Step.POSTED: gettext_lazy("Der Poststempel auf dem Umschlag. Ab hier rechnet das Gesetz."),
    Step.DATED: gettext_lazy("Der Poststempel ist nicht bekannt. Gerechnet wird vorsichtig vom Datum des Schreibens an."),
    Step.SENT: gettext_lazy("An diesem Tag hat die Stelle abgeschickt oder benachrichtigt. Ab hier rechnet das Gesetz."),
    Step.PRESUMED: gettext_lazy("Diesen Tag nimmt das Gesetz an. Er gilt auch, wenn der Bescheid früher da war."),
    Step.CAME_LATER: gettext_lazy(
        "Der Bescheid kam später als vermutet: Dann zählt der wirkliche Tag. Heben Sie den Umschlag auf."
        " Die Stelle kann bezweifeln, dass er so spät kam."
    ),
    Step.FETCHED: gettext_lazy("Wer aus einem Portal abruft, für den zählt der Tag danach."),
    Step.ENDS: gettext_lazy(
        "Der Tag der Bekanntgabe zählt nicht mit. Eine Monatsfrist endet am Tag mit derselben Zahl,"
        " sonst am letzten Tag des Monats; eine Wochenfrist am selben Wochentag."
    ),
    Step.NO_INSTRUCTION: gettext_lazy(
        "Fehlt die Belehrung oder ist sie falsch, gilt ein Jahr. Ob sie falsch ist, entscheidet am Ende ein Gericht."
    ),
    Step.NO_WORKING_DAY: gettext_lazy("An Samstagen, Sonntagen und Feiertagen in NRW endet keine Frist. Es zählt der nächste Tag."),
}
_GIVEN: dict[str, tuple[Promise | str, Promise | str]] = {
    NotifiedHow.HANDED: (gettext_lazy("Persönlich übergeben"), gettext_lazy("Was übergeben wird, ist am selben Tag bekannt gegeben.")),
    NotifiedHow.CERTIFICATE: (
        gettext_lazy("Förmlich zugestellt"),
        gettext_lazy("Es zählt der Tag, der auf dem gelben Umschlag steht, auch wenn er erst später geöffnet oder abgeholt wurde."),
    ),
    NotifiedHow.RETURN_RECEIPT: (gettext_lazy("Zugestellt mit Rückschein"), gettext_lazy("Es zählt der Tag auf dem Rückschein.")),
}
# The names of `kernel.holidays`, so that the catalogue knows them.
_NO_WORKING_DAYS = (
    gettext_noop("Samstag"), gettext_noop("Sonntag"), gettext_noop("Neujahr"), gettext_noop("Karfreitag"),
    gettext_noop("Ostermontag"), gettext_noop("1. Mai"), gettext_noop("Christi Himmelfahrt"),
    gettext_noop("Pfingstmontag"), gettext_noop("Fronleichnam"), gettext_noop("Tag der Deutschen Einheit"),
    gettext_noop("Allerheiligen"), gettext_noop("1. Weihnachtstag"), gettext_noop("2. Weihnachtstag"),
    gettext_noop("Reformationstag"),
)  # fmt: skip
_CAUTIONS: dict[Caution, Promise | str] = {
    Caution.NO_POSTMARK: gettext_lazy(
        "Der Poststempel fehlt. Steht auf dem Umschlag ein späterer Tag, tragen Sie ihn ein: Dann ist vielleicht mehr Zeit."
    ),
    Caution.ENVELOPE: gettext_lazy(
        "Gelber Umschlag: Prüfen Sie, ob oben wirklich der Tag vom Umschlag steht und nicht der Tag, an dem die Person ihn geholt hat."
    ),
    Caution.PORTAL: gettext_lazy(
        "Für Postfächer und Portale gelten verschiedene Regeln. Richten Sie sich im Zweifel nach dem sicheren Tag."
    ),
    Caution.ASYLUM: gettext_lazy(
        "BAMF im Asylverfahren: Ging der Bescheid an eine alte Anschrift, kann die Frist schon mit dem Absenden begonnen haben"
        " (§ 10 Abs. 2 AsylG). In einer Aufnahmeeinrichtung gilt er spätestens drei Tage nach der Übergabe dorthin als zugestellt"
        " (§ 10 Abs. 4 AsylG). Die Klagefrist beträgt zwei Wochen oder eine Woche (§ 74 Abs. 1 AsylG); bei einer Woche muss in"
        " dieser Zeit auch der Eilantrag gestellt sein (§ 36 Abs. 3 AsylG). Holen Sie sofort rechtlichen Rat."
    ),
    Caution.NO_INSTRUCTION: gettext_lazy(
        "Verlassen Sie sich nicht auf das Jahr. Der sichere Tag rechnet so, als wäre die Belehrung richtig."
    ),
}


def told(line: Line) -> Told:
    """One step as the page shows it."""
    return Told(_title(line), line.day, line.law, _means(line))


def caution(one: Caution) -> str:
    """A caution as the page shows it."""
    return str(_CAUTIONS[one])


def period_in_words(amount: int, unit: str) -> str:
    """ "1 Monat"; a year where there is no right instruction."""
    if not amount:
        return _("ein Jahr (keine oder falsche Belehrung)")
    words = {
        PeriodUnit.DAYS: ngettext("%(n)s Tag", "%(n)s Tage", amount),
        PeriodUnit.WEEKS: ngettext("%(n)s Woche", "%(n)s Wochen", amount),
        PeriodUnit.MONTHS: ngettext("%(n)s Monat", "%(n)s Monate", amount),
    }
    return words[PeriodUnit(unit)] % {"n": amount}


def _title(line: Line) -> str:
    if line.step == Step.GIVEN:
        return str(_GIVEN[line.detail][0]) if line.detail in _GIVEN else _("Angekommen")
    if line.step == Step.PRESUMED:
        return _("Gilt als bekannt gegeben: %(n)s. Tag danach") % {"n": line.detail}
    if line.step == Step.ENDS:
        amount, unit = line.detail.split()
        return _("Ende der Frist: %(period)s später") % {"period": period_in_words(int(amount), unit)}
    if line.step == Step.NO_WORKING_DAY:
        return _("%(day)s: einen Tag weiter") % {"day": _(line.detail)}
    plain = {
        Step.POSTED: _("Zur Post gegeben"),
        Step.DATED: _("Datum des Schreibens"),
        Step.SENT: _("Elektronisch gesendet"),
        Step.CAME_LATER: _("Wirklich angekommen"),
        Step.FETCHED: _("Tag nach dem Abruf"),
        Step.NO_INSTRUCTION: _("Ende der Frist: ein Jahr später"),
    }
    return plain[line.step]


def _means(line: Line) -> str:
    if line.step == Step.GIVEN:
        return str(_GIVEN[line.detail][1]) if line.detail in _GIVEN else _("Wann der Bescheid abgeschickt wurde, ist nicht bekannt. Es zählt der Tag, an dem er da war.")
    return str(_MEANS[line.step])
