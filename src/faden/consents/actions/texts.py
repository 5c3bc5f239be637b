"""Texts to be signed: taken over from the software, written anew, noted as reviewed, withdrawn; never changed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.consents.models import FormText
from faden.consents.queries.form_texts import TextShown, texts
from faden.consents.rules.form_texts import Mistake, Wrong, mistakes
from faden.consents.vocabulary import TEXT_LANGUAGES, TEXT_REVIEWED, TEXT_WITHDRAWN, TEXT_WRITTEN, FormKind
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Conflict, Invalid, NotFound
from faden.kernel.rls import wait_for_turn


@dataclass(frozen=True)
class Wording:
    """A title and its paragraphs, one a line."""

    title: str
    body: str


def row_of(shown: TextShown, *, by: Actor, at: datetime) -> FormText:
    """The row of a wording; a draft of the software becomes the service's as soon as somebody uses it."""
    wait_for_turn("form texts", by)
    if shown.id:
        return FormText.objects.get(id=shown.id)
    same = {"kind": shown.kind, "language": shown.language, "shipped_version": shown.shipped_version}
    present = FormText.objects.filter(**same).first()
    return present or _written(
        shown.kind, shown.language, Wording(shown.title, shown.body), shipped_version=shown.shipped_version, by=by, at=at
    )


def write(kind: FormKind, language: str, wording: Wording, *, by: Actor, at: datetime) -> FormText:
    """The service's own wording: a new version, and a draft until it is reviewed."""
    if language not in TEXT_LANGUAGES:
        raise NotFound(_("Diesen Text gibt es hier nicht."))
    wait_for_turn("form texts", by)
    german = None if language == "de" else texts().german(kind)
    wrong = mistakes(kind, wording.body, german.body if german else "")
    if wrong:
        raise Invalid(" ".join(str(_SENTENCES[one.what]) % {"where": _quoted(one)} for one in wrong), "body")
    return _written(kind, language, wording, shipped_version=None, by=by, at=at)


def _written(
    kind: FormKind, language: str, wording: Wording, *, shipped_version: int | None, by: Actor, at: datetime
) -> FormText:
    newest = FormText.objects.filter(kind=kind, language=language).order_by("-version").first()
    version = newest.version + 1 if newest else 1
    row = FormText.objects.create(
        organisation_id=by.organisation_id, kind=kind, language=language, version=version,
        of_version=version if language == "de" else _german(kind, by=by, at=at).version,
        shipped_version=shipped_version, title=wording.title, body=wording.body, made_at=at, made_by=by.person,
    )  # fmt: skip
    audit.note(TEXT_WRITTEN, by=by, at=at, subject=row.id, kind=kind, language=language, version=version)
    return row


def _german(kind: FormKind, *, by: Actor, at: datetime) -> FormText:
    german = texts().german(kind)
    if german is None:
        raise Invalid(_("Zuerst braucht es einen deutschen Text."))
    return row_of(german, by=by, at=at)


def review(
    shown: TextShown, *, reviewed_by: str, reviewed_on: date, by: Actor, at: datetime
) -> FormText:
    """Somebody has read it and answers for it: from now on it can be signed, and is never changed."""
    if reviewed_on > at.astimezone(BERLIN).date():
        raise Invalid(_("Dieser Tag liegt in der Zukunft."), "reviewed_on")
    row = _locked(row_of(shown, by=by, at=at).id)
    if row.withdrawn_at:
        raise Invalid(_("Dieser Text wurde zurückgezogen."))
    if row.reviewed_on:
        raise Invalid(_("Dieser Text ist schon geprüft."))
    german = texts().german(row.kind) if row.language != "de" else None  # type: ignore[arg-type]
    if german and german.version != row.of_version:
        raise Invalid(_("Diese Übersetzung gehört zu einem anderen deutschen Text als dem, der jetzt gilt."))
    row.reviewed_on, row.reviewed_by, row.review_noted_by = reviewed_on, reviewed_by.strip(), by.person
    row.save(update_fields=["reviewed_on", "reviewed_by", "review_noted_by"])
    audit.note(TEXT_REVIEWED, by=by, at=at, subject=row.id, kind=row.kind, language=row.language, version=row.version)
    return row


def withdraw(shown: TextShown, *, by: Actor, at: datetime) -> FormText:
    """Nobody is given it any more; what was signed stays signed."""
    row = _locked(row_of(shown, by=by, at=at).id)
    if row.withdrawn_at:
        raise Conflict(_("Dieser Text wurde inzwischen zurückgezogen."))
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    audit.note(TEXT_WITHDRAWN, by=by, at=at, subject=row.id, kind=row.kind, language=row.language, version=row.version)
    return row


def _locked(text_id: UUID) -> FormText:
    return FormText.objects.select_for_update(of=("self",)).get(id=text_id)


def _quoted(mistake: Mistake) -> str:
    if mistake.what in (Wrong.FIELD_MISSING, Wrong.FIELD_UNKNOWN):
        return f"{{{mistake.where}}}"
    return f"[{mistake.where}]" if mistake.what.value.startswith("code") else mistake.where


_SENTENCES = {
    Wrong.EMPTY: gettext_lazy("Bitte schreiben Sie einen Text."),
    Wrong.TOO_LONG: gettext_lazy("Der Text hat zu viele Absätze."),
    Wrong.FIELD_MISSING: gettext_lazy("Es fehlt %(where)s."),
    Wrong.FIELD_UNKNOWN: gettext_lazy("%(where)s gibt es in diesem Text nicht."),
    Wrong.CODE_MISSING: gettext_lazy("Es fehlt die Zeile %(where)s."),
    Wrong.CODE_UNKNOWN: gettext_lazy("Die Zeile %(where)s gibt es in diesem Text nicht."),
    Wrong.CODE_TWICE: gettext_lazy("Die Zeile %(where)s steht doppelt da."),
    Wrong.OTHER_SHAPE: gettext_lazy(
        "Absatz %(where)s passt nicht zum deutschen Text: gleich viele Absätze, dieselben Überschriften,"
        " Zeilen in eckigen und Felder in geschweiften Klammern, an denselben Stellen."
    ),
}
