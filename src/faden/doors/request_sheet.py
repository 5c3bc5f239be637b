"""The Anfrage an KIM on one page, to fill in by hand; where it is given in, the desk notes it."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from faden.look.papers import as_pdf
from faden.referrals.vocabulary import RequestFrom, RequestTopic


def request_sheet() -> bytes:
    """In German, whoever prints it: it is read at an office."""
    with override("de"):
        return as_pdf("request", _words())


def _words() -> dict[str, object]:
    return {
        "title": _("Anfrage an das Case Management (KIM)"),
        "sender": "",
        "foot": _("Bitte bei der Beratungsstelle abgeben, die für den Wohnort zuständig ist. Nicht per E-Mail oder Fax senden."),
        "lead": _("Für eine Person, die Unterstützung sucht und damit einverstanden ist. Alles Weitere besprechen wir mit ihr selbst."),
        "who": _("Wer fragt an? Name, Stelle, Telefon"),
        "as": _("Sie fragen an als"),
        "senders": [str(label) for _code, label in RequestFrom.choices],
        "town": _("Wo wohnt die Person?"),
        "about": _("Worum geht es?"),
        "topics": [str(label) for _code, label in RequestTopic.choices],
        "language": _("In welcher Sprache spricht sie am liebsten?"),
        "interpreter": _("Sie braucht Sprachmittlung."),
        "reach": _("Wie erreichen wir die Person? Name, Telefon oder E-Mail, wann es ihr passt"),
        "words": _("Was sollen wir noch wissen?"),
        "not_needed": _("Bitte nichts zu Aufenthalt, Gesundheit oder Religion. Danach fragen wir die Person selbst, wenn es nötig ist."),
        "agreed": _("Die Person ist einverstanden, dass diese Angaben an das Case Management gehen und man sich bei ihr meldet."),
        "signed": _("Datum, Unterschrift der Person oder der Stelle, die mit ihr gesprochen hat"),
    }
