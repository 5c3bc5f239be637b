"""Which privacy information and which agreement form is used, per legal regime and day.

The texts themselves belong to the controllers; these are Faden's examples, state "Entwurf".
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Text:
    """A form: code, version, from when on it is used, its title and legal basis."""

    regime: str
    code: str
    version: str
    valid_from: date
    title: object
    legal_basis: object


INFORMATION = [
    Text(
        "gdpr",
        "information-dsgvo",
        "1",
        date(2018, 5, 25),
        _("Datenschutzinformation nach Art. 13 DSGVO"),
        "",
    ),
    Text("kdg", "information-kdg", "1", date(2018, 5, 24), _("Datenschutzinformation nach § 15 KDG"), ""),
    Text(
        "dsg_ekd",
        "information-dsgekd",
        "1",
        date(2018, 5, 24),
        _("Datenschutzinformation nach § 17 DSG-EKD"),
        "",
    ),
    Text(
        "state",
        "information-land",
        "1",
        date(2018, 5, 25),
        _("Datenschutzinformation nach Art. 13 DSGVO und § 82a SGB X"),
        "",
    ),
]
AGREEMENT = [
    Text("gdpr", "beratung-dsgvo", "1", date(2018, 5, 25), _("Einwilligung in Beratung und Dokumentation"), _("Art. 6 Abs. 1 Buchst. a und Art. 9 Abs. 2 Buchst. a DSGVO")),
    Text("kdg", "beratung-kdg", "1", date(2018, 5, 24), _("Einwilligung in Beratung und Dokumentation"), _("§ 6 Abs. 1 Buchst. b und § 11 Abs. 2 Buchst. a KDG")),
    Text("dsg_ekd", "beratung-dsgekd", "1", date(2018, 5, 24), _("Einwilligung in Beratung und Dokumentation"), _("§ 6 Nr. 2 und § 13 Abs. 2 Nr. 1 DSG-EKD")),
    Text("state", "beratung-land", "1", date(2018, 5, 25), _("Einwilligung in Beratung und Dokumentation"), _("Art. 6 Abs. 1 Buchst. a und Art. 9 Abs. 2 Buchst. a DSGVO, § 67b Abs. 2 SGB X")),
]  # fmt: skip


def text_for(texts: list[Text], *, regime: str, on: date) -> Text:
    """The newest text of this regime that is in use on the day."""
    return max((t for t in texts if t.regime == regime and t.valid_from <= on), key=lambda t: t.valid_from)
