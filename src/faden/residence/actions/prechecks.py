"""Vorprüfung: the paths chosen and the answers given. No verb writes what was settled in the conversation."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import Case
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.errors import Conflict, Invalid
from faden.law.paths import PATHS
from faden.law.reading import BadFacts, facts_from
from faden.residence.models import Precheck
from faden.residence.rules.answers import Answers, Filed, told
from faden.residence.vocabulary import PRECHECK_ANSWERED, PRECHECK_BEGUN

KEYS = tuple(path.key for path in PATHS)
_DEEDS = {True: PRECHECK_BEGUN, False: PRECHECK_ANSWERED}


def choose(person_id: UUID, paths: Sequence[str], *, case: Case, by: Actor, at: datetime) -> Precheck:
    """Which paths are looked at; the first time begins the Vorprüfung."""
    if not paths or set(paths) - set(KEYS):
        raise Invalid(_("Bitte wählen Sie mindestens einen Weg."), "paths")
    row = _locked(case, person_id) or Precheck(
        organisation_id=by.organisation_id, case=case, person_id=person_id, begun_at=at, begun_by=by.person, version=0
    )
    row.paths = [key for key in KEYS if key in set(paths)]
    return _saved(row, by=by, at=at)


def answer(person_id: UUID, answers: Answers, filed: Filed, *, seen_version: int, case: Case, by: Actor, at: datetime) -> Precheck:
    """All answers as the form shows them; what no calendar allows is refused, with the line it stands in."""
    row = _locked(case, person_id)
    if row is None or row.version != seen_version:
        raise Conflict(_("Diese Vorprüfung hat inzwischen jemand anderes geändert."))
    checked(answers, filed)
    row.answers = answers.to_json()
    return _saved(row, by=by, at=at)


def checked(answers: Answers, filed: Filed) -> None:
    """Refuses facts that cannot be together: two papers on the same days, an end before its beginning."""
    try:
        facts_from(told(filed, answers).facts)
    except BadFacts as bad:
        raise Invalid(_cannot_be(bad), str(bad.place[0]) if bad.place else "") from None


def _cannot_be(bad: BadFacts) -> str:
    group = str(bad.place[0]) if bad.place else ""
    sentences = {
        "stays": _("Zwei Papiere stehen für dieselben Tage, oder eines endet vor seinem Beginn. Bitte prüfen Sie die Zeiten."),
        "absences": _("Eine Reise endet vor ihrem Beginn, oder zwei Reisen überschneiden sich."),
    }
    return sentences.get(group, _("Eine Angabe kann so nicht stimmen. Bitte prüfen Sie die Tage."))


def _locked(case: Case, person_id: UUID) -> Precheck | None:
    return Precheck.objects.select_for_update(of=("self",)).filter(case=case, person_id=person_id).first()


def _saved(row: Precheck, *, by: Actor, at: datetime) -> Precheck:
    began = row.version == 0
    row.changed_at, row.changed_by, row.version = at, by.person, row.version + 1
    row.save(force_insert=began)
    audit.note(_DEEDS[began], by=by, at=at, subject=row.case_id, person=str(row.person_id))
    return row
