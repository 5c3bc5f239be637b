"""Durations and bottlenecks, spoken."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faden.chains.vocabulary import StepState

DAYS_OF_A_MONTH = 30.44


def duration(days: int) -> str:
    """Days below two weeks, then weeks, from twenty weeks on months."""
    if days < 14:
        return ngettext("%(count)d Tag", "%(count)d Tage", days) % {"count": days}
    if days < 140:
        weeks = round(days / 7)
        return ngettext("%(count)d Woche", "%(count)d Wochen", weeks) % {"count": weeks}
    months = round(days / DAYS_OF_A_MONTH)
    return ngettext("%(count)d Monat", "%(count)d Monate", months) % {"count": months}


def usual(days: int | None, source: str, *, measured: int | None = None) -> str:
    """How long it usually takes, and who says so; `measured`: of so many steps of this service."""
    if days is None:
        return _("ohne bekannte Dauer")
    if measured is not None:
        return _("meist %(time)s (gemessen, %(count)s Fälle)") % {"time": duration(days), "count": measured}
    if source:
        return _("meist %(time)s (Quelle: %(source)s)") % {"time": duration(days), "source": source}
    return _("meist %(time)s (geschätzt)") % {"time": duration(days)}


def since(days: int) -> str:
    """ "seit 6 Wochen"; on the first day "seit heute"."""
    if days <= 0:
        return _("seit heute")
    if days < 14:
        return ngettext("seit %(count)d Tag", "seit %(count)d Tagen", days) % {"count": days}
    if days < 140:
        weeks = round(days / 7)
        return ngettext("seit %(count)d Woche", "seit %(count)d Wochen", weeks) % {"count": weeks}
    months = round(days / DAYS_OF_A_MONTH)
    return ngettext("seit %(count)d Monat", "seit %(count)d Monaten", months) % {"count": months}


def bottleneck(title: str, usually: str, state: StepState, days: int, why: str) -> str:
    """What a chain hangs on, in a sentence: „Bescheid, meist 11 Wochen (Quelle: …), seit 6 Wochen offen“."""
    if state == StepState.OPEN:
        standing = _("noch nicht begonnen")
    elif state == StepState.BLOCKED:
        standing = _("%(since)s blockiert: %(why)s") % {"since": since(days), "why": why}
    else:
        standing = _("%(since)s offen") % {"since": since(days)}
    return f"{title}, {usually}, {standing}"
