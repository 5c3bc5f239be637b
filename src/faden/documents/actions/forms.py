"""Declarations in a case: prepared, printed with a key, back with a scan, signed, ended.

`consents` knows the declaration and the person; here are the case, its members, its tasks and Fristen.
"""

import secrets
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from faden.cases.actions import deadlines, tasks
from faden.cases.actions.concerning import About, checked
from faden.cases.models import Case
from faden.cases.vocabulary.deadline import DeadlineEnd, DeadlineKind
from faden.cases.vocabulary.task import DropReason
from faden.consents.actions import consents, declarations, powers, secrecy
from faden.consents.actions.declarations import How
from faden.consents.actions.of_age import end_declarations
from faden.consents.models import Consent, Declared, PowerOfAttorney, SecrecyRelease
from faden.consents.queries.declarations import loaded
from faden.consents.rules.declarations import Signing
from faden.consents.vocabulary import DeclarationEnd, FormKind
from faden.documents.models import Paper, PrintedForm
from faden.documents.queries.forms import Around, around
from faden.documents.vocabulary import FORM_PRINTED, FORM_RETURNED
from faden.kernel import audit
from faden.kernel.actor import Actor
from faden.kernel.clock import BERLIN
from faden.kernel.errors import Invalid, NotFound
from faden.persons.models import Person

DAYS_TO_SIGN = 14
# Capital letters and digits: a QR code of them is small. None that look alike, for whoever types the key.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_KEY_LENGTH = 20


def prepare_power(
    power: powers.Power, how: How, *, case: Case, person: Person, confidential: bool = False, by: Actor, at: datetime
) -> PrintedForm:
    """A Vollmacht and its first sheet; who gets it signed has a task."""
    children = _checked(how, case=case, person=person, at=at).children
    declared = powers.prepare(power, how, person=person, children=children, by=by, at=at)
    return _begun(declared, case=case, confidential=confidential, by=by, at=at)


def prepare_release(
    release: secrecy.Secrecy, how: How, *, case: Case, person: Person, confidential: bool = False, by: Actor, at: datetime
) -> PrintedForm:
    """A release from secrecy and its first sheet; who gets it signed has a task."""
    children = _checked(how, case=case, person=person, at=at).children
    declared = secrecy.prepare(release, how, person=person, children=children, by=by, at=at)
    return _begun(declared, case=case, confidential=confidential, by=by, at=at)


def prepare_consent(
    sharing: consents.Sharing, how: How, *, case: Case, person: Person, confidential: bool = False, by: Actor, at: datetime
) -> tuple[PrintedForm, PrintedForm]:
    """Consent and release of our staff, a sheet and a signature each, one task for both."""
    children = _checked(how, case=case, person=person, at=at).children
    consent, release = consents.prepare(sharing, how, person=person, children=children, by=by, at=at)
    first = _begun(consent, case=case, confidential=confidential, by=by, at=at)
    about = About((person.id,), confidential)
    second = printed(
        release.id, FormKind.OWN_SECRECY, case=case, about=about, is_draft=_is_draft(release), task_id=first.task_id,
        by=by, at=at,
    )  # fmt: skip
    return first, second


def _checked(how: How, *, case: Case, person: Person, at: datetime) -> Around:
    """Who represents is an adult of this case."""
    others = around(case, person.id, on=at.astimezone(BERLIN).date())
    if not set(how.represented_by) <= {key for key, _name in others.adults}:
        raise Invalid(_("Vertreten kann nur eine erwachsene Person aus diesem Fall."), "represented_by")
    return others


def _begun(declared: Declared, *, case: Case, confidential: bool, by: Actor, at: datetime) -> PrintedForm:
    about = About((declared.person_id,), confidential)
    due_on = at.astimezone(BERLIN).date() + timedelta(days=DAYS_TO_SIGN)
    task = tasks.make(tasks.Wanted(_title(declared), due_on, case.lead_id, about), case=case, by=by, at=at)
    return printed(
        declared.id, declared.kind, case=case, about=about, is_draft=_is_draft(declared),
        task_id=task.id, by=by, at=at,
    )  # fmt: skip


def _title(declared: Declared) -> str:
    # It stays as it is written, whoever reads it: the desk's own language.
    with translation.override("de"):
        if isinstance(declared, PowerOfAttorney):
            title = _("Unterschrift einholen: Vollmacht für %(office)s") % {"office": declared.authority}
        elif isinstance(declared, SecrecyRelease):
            title = _("Unterschrift einholen: Schweigepflicht, %(office)s") % {"office": declared.discloser}
        else:
            consent = declared if isinstance(declared, Consent) else declared.consent
            title = _("Unterschriften einholen: Einwilligung und Entbindung, %(office)s") % {"office": consent.recipient_name}
    return title[:200]


def printed(  # noqa: PLR0913 -- one call says a row
    declared_id: UUID,
    form_for: FormKind,
    *,
    case: Case,
    about: About,
    is_draft: bool = False,
    task_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> PrintedForm:
    """One more sheet with a key of its own, which says nothing about anybody."""
    form = PrintedForm.objects.create(
        organisation_id=by.organisation_id, case=case, key="".join(secrets.choice(_LETTERS) for _ in range(_KEY_LENGTH)),
        form_for=form_for, about=declared_id, is_draft=is_draft, task_id=task_id, printed_at=at, printed_by=by.person,
        **checked(about, case=case),
    )  # fmt: skip
    audit.note(FORM_PRINTED, by=by, at=at, subject=case.id, form=str(form.id), kind=form_for)
    return form


def sheet_for(form: PrintedForm, *, by: Actor, at: datetime) -> PrintedForm:
    """The sheet to sign: this one, or a new one where it says ENTWURF and the text has been reviewed since."""
    declared = declared_by(form)
    if declared.signed_on or declared.ended_on:
        raise Invalid(_("Gedruckt wird nur, was noch zu unterschreiben ist."))
    is_draft = _is_draft(declared)
    if form.is_draft == is_draft:
        return form
    about = About(tuple(form.persons), form.confidential)
    return printed(form.about, FormKind(form.form_for), case=form.case, about=about, is_draft=is_draft, by=by, at=at)


def returned(form: PrintedForm, *, paper: Paper, by: Actor, at: datetime) -> PrintedForm:
    """The sheet is back as a paper of the case; that it is signed is still for a person to say."""
    form = _locked(form)
    if form.case_id != paper.case_id:
        raise Invalid(_("Dieses Blatt gehört zu einem anderen Fall."))
    if form.returned_at:
        raise Invalid(_("Dieses Blatt ist schon abgelegt."))
    form.paper, form.returned_at = paper, at
    form.save(update_fields=["paper", "returned_at"])
    audit.note(FORM_RETURNED, by=by, at=at, subject=form.case_id, form=str(form.id), paper=str(paper.id))
    return form


def signed(form: PrintedForm, signing: Signing, *, by: Actor, at: datetime) -> None:
    """Somebody has seen the signatures: it counts, the task is done, its last day is a Frist."""
    form = _locked(form)
    children = around(form.case, form.persons[0], on=at.astimezone(BERLIN).date()).children
    declared = declarations.sign(
        FormKind(form.form_for), form.about, signing, printed_as_draft=form.is_draft, children=children, by=by, at=at
    )
    for task in _tasks_of(form):
        if not _waits_for_another(task, form):
            tasks.finish(task, by=by, at=at)
    ends = _last_day(declared)
    if ends and declared.valid_until:
        deadlines.note(
            form.case, kind=ends[0], reference=declared.id, due_on=declared.valid_until,
            persons=form.persons, confidential=form.confidential, subject=ends[1], at=at,
        )  # fmt: skip


def reported(form: PrintedForm, *, reported_by: str, reported_on: date, by: Actor, at: datetime) -> None:
    """Somebody says that she agreed; it counts for nothing."""
    form = _locked(form)
    declared = declared_by(form)
    if not isinstance(declared, Consent):
        raise NotFound(_("Diese Erklärung gibt es hier nicht."))
    consents.report(declared, reported_by=reported_by, reported_on=reported_on, by=by, at=at)


def _last_day(declared: Declared) -> tuple[DeadlineKind, str] | None:
    """What has to be renewed in time, and towards whom."""
    if isinstance(declared, PowerOfAttorney):
        return DeadlineKind.POWER_ENDS, declared.authority
    return (DeadlineKind.CONSENT_ENDS, declared.recipient_name) if isinstance(declared, Consent) else None


def _waits_for_another(task: tasks.Task, form: PrintedForm) -> bool:
    """The other sheet of the same task still wants its signature."""
    others = PrintedForm.objects.filter(task=task).exclude(about=form.about)
    return any(one.signed_on is None and one.ended_on is None for one in map(declared_by, others))


def ended(form: PrintedForm, because: DeclarationEnd, *, ended_on: date, by: Actor, at: datetime) -> None:
    """Revoked, done, or never signed."""
    form = _locked(form)
    declarations.end(FormKind(form.form_for), form.about, because, ended_on=ended_on, by=by, at=at)
    for task in _tasks_of(form):
        tasks.drop(task, DropReason.NOT_NEEDED, by=by, at=at)
    deadlines.end_for(form.about, because=DeadlineEnd.GONE, case=form.case, at=at)


def of_age(person_id: UUID, *, by: Actor, on: date, at: datetime) -> None:
    """She is 18: what her parents alone signed counts no more, and nobody is warned of its last day."""
    for declared_id in end_declarations(person_id, by=by, on=on, at=at):
        deadlines.end_for(declared_id, at=at)


def form_of(case: Case, form_id: UUID) -> PrintedForm:
    """A sheet of this case."""
    form = PrintedForm.objects.select_related("case").filter(case=case, id=form_id).first()
    if form is None:
        raise NotFound(_("Dieses Blatt gibt es hier nicht."))
    return form


def declared_by(form: PrintedForm) -> Declared:
    """The declaration on a sheet."""
    declared: Declared = loaded(declarations.KINDS[FormKind(form.form_for)]).get(id=form.about)
    return declared


def _is_draft(declared: Declared) -> bool:
    paper = declarations.as_paper(declared, printed_as_draft=False)
    return paper.text.reviewed_on is None or paper.text.german_reviewed_on is None


def _tasks_of(form: PrintedForm) -> list[tasks.Task]:
    made = PrintedForm.objects.filter(about=form.about, task__isnull=False).select_related("task")
    return [one.task for one in made if one.task]


def _locked(form: PrintedForm) -> PrintedForm:
    return PrintedForm.objects.select_for_update(of=("self",)).select_related("case").get(id=form.id)
