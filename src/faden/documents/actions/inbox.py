"""Scan-Eingang: scans put there without a case, filed as a paper, discarded, let go after some days."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.actions.concerning import About
from faden.cases.models import Case
from faden.consents.vocabulary import FormKind
from faden.documents.actions import files as stored
from faden.documents.actions import forms
from faden.documents.actions.files import Sent
from faden.documents.actions.papers import Described, begun, seen
from faden.documents.errors import TooMany
from faden.documents.models import Paper, PrintedForm, StoredFile
from faden.documents.queries.inbox import lying_since_before
from faden.documents.vocabulary import (
    FILE_DISCARDED,
    FILE_FILED,
    MOST_FILES,
    FileState,
    PaperKind,
    ReceivedHow,
)
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Invalid, NotFound


def put(files: Sent, *, by: Actor, at: datetime) -> list[StoredFile]:
    """Files without a case; only who put them there sees them."""
    if not files:
        raise Invalid(_("Bitte wählen Sie mindestens eine Datei."), "uploads")
    return stored.store(files, by=by, at=at)


def file_scans(
    files: Sequence[UUID],
    *,
    case: Case,
    described: Described,
    about: About = About(),  # noqa: B008 -- frozen
    because: str = "",
    by: Actor,
    at: datetime,
) -> Paper:
    """One's own scans become one paper of a case, in this order."""
    scans = _own(files, by=by)
    if any(scan.state == FileState.INFECTED for scan in scans):
        raise Invalid(_("Ein Scan enthält Schadsoftware. Er lässt sich nur löschen."), "scans")
    paper = begun(case, described=described, about=about, because=because, by=by, at=at)
    for position, scan in enumerate(scans, start=1):
        StoredFile.objects.filter(id=scan.id).update(paper=paper, lies_with=None, position=position)
        audit.note(FILE_FILED, by=by, at=at, subject=case.id, file=str(scan.id), paper=str(paper.id))
    return paper


def file_form(files: Sequence[UUID], *, form: PrintedForm, by: Actor, at: datetime) -> Paper:
    """A signed sheet of ours comes back: a paper of whom it is about; that it is signed is still for a person to say."""
    if not StoredFile.objects.filter(id__in=list(files), form_key=form.key).exists():
        raise Invalid(_("Auf diesen Scans steht ein anderes Blatt."), "scans")
    day = at.astimezone(BERLIN).date()
    kind = str(FormKind(form.form_for).label)
    described = Described(PaperKind.SIGNED, kind[:1].upper() + kind[1:], received_on=day, received_how=ReceivedHow.BROUGHT)
    about = About(tuple(form.persons), form.confidential)
    paper = file_scans(files, case=form.case, described=described, about=about, by=by, at=at)
    forms.returned(form, paper=paper, by=by, at=at)
    return paper


def seen_scans(
    files: Sequence[UUID], *, case: Case, described: Described, seen_on: date, about: About, by: Actor, at: datetime
) -> Paper:
    """It was seen and is not stored: the scans go."""
    paper = seen(case, described=described, seen_on=seen_on, about=about, by=by, at=at)
    discard(files, by=by, at=at)
    return paper


def discard(files: Sequence[UUID], *, by: Actor, at: datetime) -> int:
    """Throw some of one's own scans away; returns how many."""
    scans = _own(files, by=by)
    for scan in scans:
        audit.note(FILE_DISCARDED, by=by, at=at, file=str(scan.id))
    stored.remove([scan.id for scan in scans])
    return len(scans)


def let_go(*, before: datetime) -> int:
    """What nobody filed in time; the night notes how many."""
    old = lying_since_before(before)
    stored.remove(old)
    return len(old)


def _own(files: Sequence[UUID], *, by: Actor) -> list[StoredFile]:
    """These scans of the actor, locked, in the order given."""
    wanted = list(dict.fromkeys(files))
    if not wanted:
        raise Invalid(_("Bitte wählen Sie mindestens einen Scan."), "scans")
    if len(wanted) > MOST_FILES:
        raise TooMany
    own = StoredFile.objects.select_for_update(of=("self",)).filter(lies_with_id=UUID(by.membership_id), id__in=wanted)
    found = {scan.id: scan for scan in own.defer("content")}
    if len(found) < len(wanted):
        raise NotFound(_("Dieser Scan liegt nicht mehr in Ihrem Eingang."))
    return [found[key] for key in wanted]

