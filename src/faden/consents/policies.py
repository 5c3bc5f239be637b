"""May this leave the service? Each refusal is a sentence."""

from datetime import date

from django.utils.translation import gettext as _

from faden.consents import rules
from faden.consents.models import Consent
from faden.kernel.verdict import Verdict, no, yes

GAPS = {
    "withdrawn": "Die Einwilligung wurde widerrufen.",
    "other_person": "Die Einwilligung ist von einer anderen Person.",
    "other_recipient": "Die Einwilligung nennt diese Stelle nicht.",
    "not_valid_today": "Die Einwilligung gilt heute nicht.",
    "release_outlives_consent": "Die Weitergabe würde länger gelten als die Einwilligung.",
    "data_not_named": "Die Einwilligung nennt diese Angaben nicht.",
}


def may_release(
    consent: Consent,
    *,
    person_id: object,
    recipient_id: int,
    data_classes: list[str],
    until: date,
    on: date,
) -> Verdict:
    """Does this consent allow that release today?"""
    covers = rules.Covers(
        person_id=consent.person_id,
        recipient_id=consent.recipient_id,
        data_classes=frozenset(consent.data_classes),
        given_on=consent.given_on,
        valid_until=consent.valid_until,
        withdrawn=consent.withdrawals.exists(),
    )
    gap = rules.gap(
        covers,
        person_id=person_id,
        recipient_id=recipient_id,
        data_classes=frozenset(data_classes),
        until=until,
        on=on,
    )
    return no(_(GAPS[gap])) if gap else yes()
