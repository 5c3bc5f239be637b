"""May this file be opened or judged, may this paper be mended?"""

from datetime import datetime

from django.utils.translation import gettext as _

from faden.documents.rules.papers import is_fresh
from faden.documents.vocabulary import FRESH, FileState
from faden.kernel.actor import Actor
from faden.kernel.verdict import Verdict, no, yes


def may_open(state: str) -> Verdict:
    """Nobody opens what was not looked at yet, or what is infected; the reason of a yes is a warning."""
    if state == FileState.INFECTED:
        return no(_("Diese Datei enthält Schadsoftware. Sie ist gesperrt und lässt sich nicht öffnen."))
    if state == FileState.QUARANTINE:
        return no(_("Diese Datei wird noch geprüft. Bitte versuchen Sie es in ein paar Minuten noch einmal."))
    if state == FileState.UNSCANNED:
        return yes(_("Diese Datei wurde nicht auf Schadsoftware geprüft. Öffnen Sie sie nur, wenn Sie der Quelle trauen."))
    return yes()


def may_judge(actor: Actor, state: str) -> Verdict:
    """Only the scan's own job says what a file is, and a judgement is not taken back."""
    if not actor.is_system:
        return no(_("Ob eine Datei sauber ist, stellt die Prüfung fest, nicht eine Person."))
    if state not in (FileState.QUARANTINE, FileState.UNSCANNED):
        return no(_("Diese Datei ist schon geprüft."))
    return yes()


def may_add_pages(*, seen_only: bool) -> Verdict:
    """What was seen and not stored has no pages."""
    if seen_only:
        return no(_("Dieses Papier wurde nur gesehen und nicht gespeichert. Legen Sie dafür ein neues Dokument an."))
    return yes()


def may_mend(noted_at: datetime, *, now: datetime) -> Verdict:
    """Only what was just put there loses pages; later it belongs to the file as it is."""
    if is_fresh(noted_at, now):
        return yes()
    return no(
        _("Dieses Dokument gehört fest zur Akte: Nur in den ersten %(days)d Tagen lassen sich Seiten löschen.") % {"days": FRESH.days}
    )
