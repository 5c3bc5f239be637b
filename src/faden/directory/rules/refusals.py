"""Why a file or one of its records was not taken in, as a sentence."""

from django.utils.translation import gettext_lazy as _

from faden.outside.offers.reading import NotWhatItClaims, Rejected, Unread, Wrong

FILE_SENTENCES = {
    Wrong.NO_FILE: _("Die Datei kann nicht gelesen werden."),
    Wrong.TOO_LARGE: _("Die Datei ist zu groß."),
    Wrong.EMPTY: _("Die Datei ist leer."),
    Wrong.HTML: _("Das ist eine Internetseite, keine Daten-Datei. Vielleicht wurde eine Fehler- oder Anmeldeseite gespeichert."),
    Wrong.BINARY: _("Das ist keine Textdatei."),
    Wrong.NO_JSON: _("Die Datei ist kein lesbares JSON."),
    Wrong.CUT_OFF: _("Die Datei ist nicht vollständig: Sie hört mittendrin auf."),
    Wrong.NO_LIST: _("In der Datei steht weder eine Liste noch ein Angebot."),
    Wrong.NO_RECORDS: _("In der Datei steht kein einziges Angebot."),
    Wrong.NOT_INTEGREAT: _("Das ist kein Export von Orten aus Integreat (API v3, locations)."),
    Wrong.NO_PLACES: _("Das sind Seiten oder Veranstaltungen aus Integreat, keine Orte (locations)."),
    Wrong.NOT_HSDS: _("Das sind keine Angebote nach HSDS 3 (services)."),
    Wrong.NO_SERVICES: _("In der HSDS-Datei stehen keine Angebote (services)."),
    Wrong.NO_TABLE: _("Das ist keine Tabelle (CSV oder XLSX), die gelesen werden kann."),
    Wrong.TOO_FAR: _(
        "Die Tabelle reicht zu weit: höchstens 50.000 Zeilen und 200 Spalten."
        " Löschen Sie, was leer ist oder einzeln weit unter oder neben den Angeboten steht."
    ),
    Wrong.NO_TITLE_COLUMN: _("Es ist nicht zu erkennen, in welcher Spalte der Titel des Angebots steht. Ordnen Sie die Spalten zu."),
    Wrong.NO_SUCH_COLUMN: _("Eine zugeordnete Spalte gibt es in der Tabelle nicht."),
}
RECORD_SENTENCES = {
    Unread.NO_OBJECT: _("Das ist kein Angebot, sondern ein einzelner Wert."),
    Unread.NO_TITLE: _("Der Titel fehlt."),
    Unread.NO_KEY: _("Eine Kennung fehlt: Beim nächsten Mal wäre nicht zu erkennen, dass es dasselbe Angebot ist."),
    Unread.TWICE: _("Es steht schon weiter oben in der Datei."),
    Unread.OTHER_LANGUAGE: _("Es ist in einer anderen Sprache als die Datei."),
    Unread.MACHINE: _("In dieser Sprache gibt es nur eine maschinelle Übersetzung."),
    Unread.TOO_MANY_CELLS: _("Die Zeile hat mehr Spalten als die Kopfzeile."),
    Unread.BROKEN: _("Der Datensatz kann nicht gelesen werden."),
}


def about_file(error: NotWhatItClaims) -> str:
    """Why nothing of the file was read."""
    sentence = str(FILE_SENTENCES[error.wrong])
    return f"{sentence} ({error.detail})" if error.detail else sentence


def about_record(rejected: Rejected) -> str:
    """Why this one was left out."""
    sentence = str(RECORD_SENTENCES[rejected.reason])
    return f"{sentence} ({rejected.detail})" if rejected.detail else sentence
