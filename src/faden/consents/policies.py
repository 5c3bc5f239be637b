"""May this leave the service, and may this be signed? Each refusal is a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.consents.models import Consent, LawfulRelease
from faden.consents.rules import declarations
from faden.consents.rules import releases as rules
from faden.consents.rules.declarations import Born, Signing
from faden.consents.vocabulary import Channel, FormKind
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.verdict import Verdict, no, yes
from faden.organisations.policies import may
from faden.organisations.vocabulary import Permission

# Why something may not leave, by the code of the rule.
AGAINST_RELEASE = {
    "over_already": gettext_lazy("Dieser Tag liegt in der Vergangenheit."),
    "not_to_this_office": gettext_lazy("An Ausländer- und Einbürgerungsbehörden geht nichts aus einer Zusammenarbeit am Fall."),
    "only_to_offices_of_stay": gettext_lazy("Eine Voranfrage oder ein Begleitschreiben geht nur an eine Ausländer- oder Einbürgerungsbehörde."),
    "never_by_law": gettext_lazy("Eine Voranfrage oder ein Begleitschreiben geht nur hinaus, wenn die Person es will: mit Einwilligung, oder sie nimmt es mit."),
    "not_by_fax": gettext_lazy("Besonders geschützte Angaben gehen nie per Fax."),
    "no_ground": gettext_lazy("Es fehlt der Grund: eine Einwilligung, oder eine geprüfte gesetzliche Befugnis."),
    "withdrawn": gettext_lazy("Die Einwilligung ist beendet."),
    "not_signed": gettext_lazy("Die Einwilligung ist nicht unterschrieben."),
    "other_person": gettext_lazy("Die Einwilligung ist von einer anderen Person."),
    "other_recipient": gettext_lazy("Die Einwilligung nennt diese Stelle nicht."),
    "not_valid_today": gettext_lazy("Die Einwilligung gilt heute nicht."),
    "release_outlives_consent": gettext_lazy("Die Weitergabe würde länger gelten als die Einwilligung."),
    "data_not_named": gettext_lazy("Die Einwilligung nennt diese Angaben nicht."),
    "staff_not_released": gettext_lazy("Die Entbindung unserer Fachkräfte von der Schweigepflicht ist nicht unterschrieben oder beendet."),
    "release_outlives_secrecy": gettext_lazy("Die Weitergabe würde länger gelten als die Entbindung unserer Fachkräfte."),
    "not_confirmed": gettext_lazy("Eine zweite Person hat diese Weitergabe noch nicht bestätigt."),
    "confirmed_long_ago": gettext_lazy("Bestätigt wurde diese Weitergabe vor mehr als 30 Tagen. Bitte legen Sie sie neu vor: Vielleicht ist heute etwas anders."),
    "confirmed_for_another": gettext_lazy("Bestätigt wurde eine Weitergabe an eine andere Stelle oder über eine andere Person."),
    "data_not_confirmed": gettext_lazy("Bestätigt wurden andere Angaben."),
    "norm_not_for_this_office": gettext_lazy("Diese Vorschrift trägt keine Weitergabe an diese Behörde."),
    "not_checked_87_88": gettext_lazy("§§ 87 und 88 AufenthG sind nicht geprüft."),
}  # fmt: skip


def may_release(
    wanted: rules.Wanted, *, consent: Consent | None, lawful: LawfulRelease | None, on: date
) -> Verdict:
    """Does the ground carry this Weitergabe today?"""
    gap = rules.against(wanted, on=on)
    if not gap and consent:
        gap = rules.consent_gap(_covers(consent, on), wanted, on=on)
    elif not gap and lawful:
        gap = rules.law_gap(_lawful(lawful), wanted, on=on)
    elif not gap and wanted.person_id is not None and wanted.channel != Channel.CARRIED:
        gap = "no_ground"
    return no(str(AGAINST_RELEASE[gap])) if gap else yes()


def may_decide_by_law(lawful: LawfulRelease, actor: Actor) -> Verdict:
    """Another person than the one who asked, and one who answers for the team's work."""
    if lawful.decided_at:
        return no(_("Darüber ist schon entschieden."))
    if lawful.asked_by == actor.person:
        return no(_("Das prüft eine zweite Person. Sie haben es selbst vorgelegt."))
    return may(actor, Permission.OPEN_CASES_WITH_REASON)


def _covers(consent: Consent, on: date) -> rules.Covers:
    born = consent.person.birth_earliest
    released = consent.secrecy_releases.filter(signed_on__lte=on, ended_on__isnull=True, valid_until__gte=on)
    days = [declarations.last_day(one.valid_until, own=one.own_agreement, born=born) for one in released]
    return rules.Covers(
        consent.person_id, consent.recipient_key, frozenset(consent.data_classes), consent.signed_on,
        declarations.last_day(consent.valid_until, own=consent.own_agreement, born=born),
        consent.ended_on is not None, max((day for day in days if day), default=None),
    )  # fmt: skip


def _lawful(lawful: LawfulRelease) -> rules.Lawful:
    return rules.Lawful(
        lawful.person_id, lawful.recipient_key, frozenset(lawful.data_classes), lawful.norm,
        lawful.decided_at.astimezone(BERLIN).date() if lawful.confirmed and lawful.decided_at else None,
        lawful.checked_87 and lawful.checked_88,
    )  # fmt: skip


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
