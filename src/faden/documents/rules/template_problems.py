"""What is wrong with a Word template, as sentences that say what to do about it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from faden.outside.word import Problem


def sentences(problems: Iterable[Problem]) -> list[str]:
    """One sentence per problem, each once."""
    return list(dict.fromkeys(sentence(problem) for problem in problems))


def sentence(problem: Problem) -> str:
    """What is wrong, and what helps."""
    if problem.code == "unknown" and problem.near:
        return _("Das Feld „%(field)s“ gibt es nicht. Meinten Sie „%(near)s“?") % {"field": problem.detail, "near": problem.near}
    told = _sentences().get(problem.code) or _("Diese Datei lässt sich nicht als Vorlage verwenden.")
    return told % {"detail": problem.detail[:120]} if "%(detail)s" in told else told


def _sentences() -> dict[str, str]:
    return {
        "not_word": _("Das ist keine Word-Datei. Bitte speichern Sie die Vorlage in Word als „Word-Dokument (.docx)“."),
        "broken": _("Diese Word-Datei lässt sich nicht lesen. Bitte öffnen Sie sie in Word und speichern Sie sie neu."),
        "encrypted": _("Diese Word-Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort."),
        "too_large": _("Diese Datei ist zu groß. Eine Vorlage darf höchstens 5 MB haben; verkleinern Sie das Logo."),
        "bomb": _("Diese Datei enthält ausgepackt zu viel. Bitte verkleinern Sie die Bilder und speichern Sie sie neu."),
        "too_long": _("Das Füllen dieser Vorlage dauert zu lange. Bitte machen Sie sie einfacher."),
        "encoding": _("Diese Word-Datei verwendet eine unbekannte Zeichencodierung. Bitte speichern Sie sie in Word neu."),
        "dtd": _("Diese Datei enthält eine Dokumenttyp-Erklärung. In Word-Dateien hat sie nichts zu suchen; wir nehmen sie nicht an."),
        "macro": _("Diese Datei enthält Makros. Bitte speichern Sie sie als „Word-Dokument (.docx)“ ohne Makros."),
        "object": _("In der Datei steckt etwas Eingebettetes oder Eingebundenes (%(detail)s). Bitte löschen Sie es; Text und Bilder genügen."),
        "mail_merge": _("Die Datei ist mit einem Seriendruck verbunden. Bitte lösen Sie ihn in Word: Sendungen › Seriendruck starten › Normales Word-Dokument."),
        "attached_template": _("Die Datei hängt an einer anderen Vorlage (%(detail)s). Bitte lösen Sie sie in Word: Entwicklertools › Dokumentvorlage › Normal."),
        "external": _("Die Datei lädt etwas von außen: %(detail)s. Bilder fügen Sie bitte fest ein; Verweise dürfen nur auf Internetseiten und E-Mail-Adressen gehen."),
        "picture": _("Das Bild „%(detail)s“ hat eine Art, die wir nicht annehmen. Bitte fügen Sie es als PNG oder JPEG ein."),
        "field_code": _("Die Datei enthält die Word-Funktion „%(detail)s“. Sie kann Fremdes laden; bitte löschen Sie sie."),
        "comments": _("In der Datei stehen Kommentare. Sie gingen mit jedem Brief hinaus; bitte löschen Sie sie."),
        "changes": _("In der Datei stehen nachverfolgte Änderungen. Bitte nehmen Sie sie an oder lehnen Sie sie ab."),
        "unknown": _("Das Feld „%(detail)s“ gibt es nicht. Alle Felder stehen in der Liste auf dieser Seite."),
        "unknown_list": _("„%(detail)s“ ist keine Liste, die sich Zeile für Zeile ausgeben lässt."),
        "list": _("„%(detail)s“ ist eine Liste. Sie wird Zeile für Zeile ausgegeben, wie die Liste der Felder es zeigt."),
        "filter": _("„|%(detail)s“ ist nicht vorgesehen. Erlaubt sind upper, lower, title und trim."),
        "not_allowed": _("Das ist in einer Vorlage nicht vorgesehen: %(detail)s. Erlaubt sind Felder, „if“ und „for“."),
        "syntax": _("Hier ist ein Feld nicht richtig geschrieben: %(detail)s. So ist es richtig: {{ person.name }}"),
        "nested": _("„for“ innerhalb von „for“ ist nicht vorgesehen: %(detail)s"),
        "loops": _("Die Vorlage enthält zu viele „for“. Höchstens 20 sind möglich."),
        "misplaced": _("Das Feld „%(detail)s“ steht an einer Stelle, an der Word keinen Text zeigt. Bitte schreiben Sie es als gewöhnlichen Text."),
        "elsewhere": _("In „%(detail)s“ stehen Felder, die dort nicht gefüllt werden. Gefüllt werden Text, Kopf- und Fußzeilen und Fußnoten."),
        "not_filled": _("Die Vorlage ließ sich nicht füllen. Bitte vergleichen Sie die Felder mit der Liste auf dieser Seite."),
    }  # fmt: skip
