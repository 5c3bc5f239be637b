"""Words of the directory: what an offer may ask for, how a condition comes out, who says that it is still true."""

from enum import IntEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from faden.kernel.audit import Event


class Condition(models.TextChoices):
    """What an offer may ask of a person; the order is that of the verdict's columns and of the page."""

    RESIDENCE = "residence", _("Aufenthalt")
    GERMAN = "german", _("Deutsch")
    AGE = "age", _("Alter")
    GENDER = "gender", _("Geschlecht")
    TOWN = "town", _("Wohnort")
    BENEFIT = "benefit", _("Leistungen")
    CHILDCARE = "childcare", _("Kinderbetreuung")


class Fit(IntEnum):
    """How one condition comes out; of an offer as a whole: the worst of all. The order is that of a list."""

    FITS = 0
    UNKNOWN = 1
    FAILS = 2

    @property
    def label(self) -> str:
        """As the page says it."""
        return str(FIT_LABELS[self])


FIT_LABELS = {Fit.FITS: _("passt"), Fit.UNKNOWN: _("unbekannt"), Fit.FAILS: _("passt nicht")}


class Gender(models.TextChoices):
    """For whom an offer is; of a person it is asked for one search and written nowhere."""

    FEMALE = "female", _("Frauen und Mädchen")
    MALE = "male", _("Männer und Jungen")


class Childcare(models.TextChoices):
    """Whether somebody looks after the children meanwhile; empty: the offer does not say."""

    YES = "yes", _("mit Kinderbetreuung")
    NO = "no", _("ohne Kinderbetreuung")


class SourceFormat(models.TextChoices):
    """How a directory of others comes in."""

    INTEGREAT = "integreat", _("Integreat (Export)")
    HSDS = "hsds", _("HSDS (JSON)")
    CSV = "csv", _("Tabelle (CSV, XLSX)")


class OfferEnd(models.TextChoices):
    """Why an offer is not shown any more; the row stays, because a Vermittlung may name it."""

    ENDED = "ended", _("gibt es nicht mehr")
    GONE = "gone", _("steht nicht mehr in der Quelle")
    MISTAKE = "mistake", _("war falsch eingetragen")


class ConfirmedHow(models.TextChoices):
    """How an owner said that an offer is still as it stands here."""

    ACCOUNT = "account", _("hier eingetragen oder bestätigt")
    LINK = "link", _("über den Link bestätigt")
    PHONE = "phone", _("am Telefon bestätigt")
    SOURCE = "source", _("Stand der Quelle")


CONFIRM_DAYS = (30, 90, 180, 365)  # the cycles an owner may choose
CONFIRM_DAYS_BY_DEFAULT = 180
ASK_BEFORE_DAYS = 14  # so many days before an offer becomes stale its owner is asked
ASK_AGAIN_DAYS = 14  # never more often
ASK_UNTIL_DAYS = 90  # so long after it became stale; then a person telephones
LINK_DAYS = 60  # so long the link to confirm counts

OFFER_NOTED = Event("offer.noted", _("hat ein Angebot eingetragen"))
OFFER_CHANGED = Event("offer.changed", _("hat ein Angebot geändert"))
OFFER_CONFIRMED = Event("offer.confirmed", _("hat ein Angebot geprüft"))
OFFER_ENDED = Event("offer.ended", _("hat ein Angebot beendet"))
OFFER_PLACES_SET = Event("offer.places_set", _("hat freie Plätze eingetragen"))
OFFER_ASKED = Event("offer.asked", _("hat dem Anbieter den Link zum Bestätigen geschickt"))
OFFER_HINTED = Event("offer.hinted", _("hat einen Hinweis des Anbieters zu einem Angebot aufgenommen"))
OFFER_HINT_DONE = Event("offer.hint_done", _("hat einen Hinweis des Anbieters erledigt"))
OFFER_BACK = Event("offer.back", _("hat ein Angebot wieder aufgenommen"))
OFFERS_IMPORTED = Event("offers.imported", _("hat ein Verzeichnis eingelesen"))
PROVIDER_NOTED = Event("provider.noted", _("hat einen Anbieter eingetragen"))
PROVIDER_CHANGED = Event("provider.changed", _("hat einen Anbieter geändert"))
