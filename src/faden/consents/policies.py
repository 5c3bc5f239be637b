"""May this leave the service, and may this be signed? Each refusal is a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.consents.models import Consent
from faden.consents.rules import declarations
from faden.consents.rules import releases as rules
from faden.consents.rules.declarations import Born, Signing
from faden.consents.vocabulary import FormKind
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


# Sentence and the field of the form it belongs to.
AGAINST_SIGNING = {
    "ended": (gettext_lazy("Diese Erklärung ist beendet."), ""),
    "signed_already": (gettext_lazy("Diese Erklärung ist schon als unterschrieben notiert."), ""),
    "german_is_draft": (
        gettext_lazy(
            "Der deutsche Text ist noch ein Entwurf. Unterschreiben geht erst, wenn Ihr Dienst ihn geprüft hat:"
            " unter „Texte zum Unterschreiben“, durch die Leitung."
        ),
        "",
    ),
    "translation_is_draft": (
        gettext_lazy("Die Übersetzung ist noch ein Entwurf. Unterschrieben wird der deutsche Text."), "",
    ),
    "printed_as_draft": (
        gettext_lazy("Auf diesem Blatt steht „ENTWURF, nicht unterschreiben“. Bitte drucken Sie es neu."), "",
    ),
    "signed_before_review": (gettext_lazy("An diesem Tag war der Text noch nicht geprüft."), "signed_on"),
    "text_withdrawn": (
        gettext_lazy("Dieser Text wurde vorher zurückgezogen. Bitte bereiten Sie die Erklärung neu vor."), "",
    ),
    "in_the_future": (gettext_lazy("Dieser Tag liegt in der Zukunft."), "signed_on"),
    "before_prepared": (gettext_lazy("An diesem Tag gab es das Blatt noch nicht."), "signed_on"),
    "over_already": (gettext_lazy("An diesem Tag war die Erklärung schon abgelaufen."), "signed_on"),
    "nobody_signs": (gettext_lazy("Bitte wählen Sie, wer unterschreibt."), "represented_by"),
    "too_young_alone": (
        gettext_lazy(
            "Unter 15 Jahren kann niemand allein eine Vollmacht geben (§ 36 SGB I)."
            " Bitte wählen Sie, wer die Person gesetzlich vertritt."
        ),
        "represented_by",
    ),
    "of_age_signs_herself": (
        gettext_lazy("Volljährige unterschreiben selbst. Wer rechtlich betreut, unterschreibt mit."), "signers",
    ),
    "interpreter_missing": (
        gettext_lazy(
            "Unterschrieben ist der deutsche Text. Bitte notieren Sie, wer ihn mündlich übersetzt hat."
        ),
        "interpreter_name",
    ),
    "child_interprets": (
        gettext_lazy(
            "So heißt ein Kind in diesem Fall. Kinder und Jugendliche übersetzen nicht."
            " Ist es jemand anderes, schreiben Sie bitte Vornamen und Nachnamen."
        ),
        "interpreter_name",
    ),
    "adult_not_confirmed": (
        gettext_lazy("Bitte bestätigen Sie: Die Person ist volljährig und kein Kind der Familie."),
        "interpreter_is_adult",
    ),
    "not_obliged": (
        gettext_lazy("Bitte notieren Sie, wann die Person zur Verschwiegenheit verpflichtet wurde."),
        "interpreter_obliged_on",
    ),
}


@dataclass(frozen=True)
class AtField(Verdict):
    """A verdict that knows to which field of a form its refusal belongs; "" the whole form."""

    field: str = ""


def _verdict(gap: str) -> AtField:
    if not gap:
        return AtField(True)
    sentence, field = AGAINST_SIGNING[gap]
    return AtField(False, str(sentence), field)


def may_be_signed(
    paper: declarations.Paper, signing: Signing, *, children: Iterable[str], today: date
) -> AtField:
    """May this declaration be noted as signed, in this way?"""
    return _verdict(declarations.against_signing(paper, signing, children=children, today=today))


def may_sign(kind: FormKind, born: Born, *, own: bool, represented_by: tuple[UUID, ...], on: date) -> AtField:
    """Are these the ones who can sign?"""
    return _verdict(declarations.against_signers(kind, born, own=own, represented_by=represented_by, on=on))


def may_interpret(name: str, *, children: Iterable[str]) -> AtField:
    """Children of the case do not, wherever their name is typed."""
    return _verdict("child_interprets" if declarations.is_named_like_one_of(name, children) else "")
