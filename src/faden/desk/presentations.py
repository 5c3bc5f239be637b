"""Anonyme Fallvorstellung: made from the case, changed, read through with what still tells, told, taken back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.queries.case_page import head_of
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.forms import (
    BareForm,
    Day,
    DeskForm,
    Text,
    initial_of,
    kept_draft,
    long_text,
    version_sent,
    version_shown,
)
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid
from faden.look.forms import CheckboxList
from faden.organisations.queries.recipients import Recipient, recipient
from faden.organisations.vocabulary import Permission
from faden.referrals.actions import presentations as actions
from faden.referrals.actions.presentations import Wording
from faden.referrals.queries.case_words import case_words
from faden.referrals.queries.presentations import (
    answer_words,
    coordinations,
    finds_in,
    has_ended,
    left,
    presentation_in,
    rarity_of,
)
from faden.referrals.rules.marking import Piece, pieces
from faden.referrals.rules.traces import Trace, TraceKind, standing
from faden.referrals.vocabulary import PresentationCheck, PresentationState, PresentationTells

FIND_WORDS = {
    TraceKind.NAME: gettext_lazy("Name aus dem Fall"),
    TraceKind.LIKE_NAME: gettext_lazy("klingt wie ein Name aus dem Fall"),
    TraceKind.BODY: gettext_lazy("Stelle, Betrieb oder Verein"),
    TraceKind.DAY: gettext_lazy("Tag oder Geburtsmonat"),
    TraceKind.NUMBER: gettext_lazy("Nummer"),
    TraceKind.PLACE: gettext_lazy("Ort oder Straße"),
    TraceKind.ADDRESS: gettext_lazy("Ort oder Straße"),
    TraceKind.CONTACT: gettext_lazy("Telefon, E-Mail oder Zeichen aus dem Fall"),
}


class BeginForm(DeskForm):
    """What for, and what besides has to be said."""

    occasion = Text(
        label=gettext_lazy("Anlass"), max_length=200, help_text=gettext_lazy("Zum Beispiel: „Planungskonferenz im März“. Kein Name.")
    )
    question = Text(label=gettext_lazy("Was soll die Koordination beantworten oder mitnehmen?"), max_length=300)
    tells = forms.MultipleChoiceField(
        label=gettext_lazy("Das wird sonst weggelassen. Ist es für die Frage nötig?"), required=False, widget=CheckboxList,
        choices=PresentationTells.choices,
    )  # fmt: skip


class WordingForm(DeskForm):
    """The words, changed by a person."""

    occasion = Text(label=gettext_lazy("Anlass"), max_length=200)
    question = Text(label=gettext_lazy("Was soll die Koordination beantworten oder mitnehmen?"), max_length=300)
    body = long_text(gettext_lazy("Text"), required=True, rows=22)

    def wording(self) -> Wording:
        """The values as the verb takes them."""
        values = self.cleaned_data
        return Wording(values["occasion"], values["question"], values["body"])


class ReviewForm(DeskForm):
    """Each find that may stay is looked at, each point of the list is ticked."""

    mark_optional = False
    harmless = forms.MultipleChoiceField(
        label=gettext_lazy("Das habe ich angesehen. Es verrät niemanden und bleibt stehen:"), required=False, widget=CheckboxList
    )
    checked = forms.MultipleChoiceField(
        label=gettext_lazy("Ich habe den ganzen Text gelesen:"), required=False, widget=CheckboxList, choices=PresentationCheck.choices
    )

    def __init__(self, *args: Any, finds: Sequence[Trace], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = {one.key: _("„%(words)s“: %(what)s") % {"words": one.words, "what": FIND_WORDS[one.kind]} for one in finds if one.may_stay}
        self.fields["harmless"].choices = list(offered.items())  # type: ignore[attr-defined]
        if not offered:
            del self.fields["harmless"]


class TellForm(DeskForm):
    """To which coordination, and how long it may read it."""

    recipient = forms.ChoiceField(label=gettext_lazy("An welche Koordination?"), widget=forms.RadioSelect)
    until = Day(label=gettext_lazy("Lesbar bis"), help_text=gettext_lazy("Höchstens sechs Monate."))

    def __init__(self, *args: Any, recipients: Sequence[Recipient], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["recipient"].choices = [(one.key, one.name) for one in recipients]  # type: ignore[attr-defined]


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Begin one; the text is made from the case."""
    kept = kept_draft(request)
    form = BeginForm(request.POST or None, initial=initial_of(BeginForm, kept, request))
    if request.method == "POST" and form.is_valid():
        made = actions.make(request.access.case, **form.cleaned_data, by=request.actor, at=request.at, today=request.today)
        messages.success(request, _("Der Entwurf ist da. Bitte lesen Sie ihn durch: Hinausgegangen ist noch nichts."))
        return _to(case_id, made.id)
    context = {"form": form, "kept": kept, "back": reverse("together", args=[case_id])}
    return _shown(request, "desk/presentation_form.html", context, _("Anonyme Fallvorstellung"))


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, presentation_id: UUID) -> HttpResponse:
    """The text with its finds marked, and what can be done."""
    row = presentation_in(request.access.case, presentation_id)
    known = case_words(request.access.case)
    finds = finds_in(row, known)
    open_ones = standing(finds, left(row))
    context = {
        "row": row,
        "state": PresentationState(row.state),
        "marked": [(label, _pieces(text, known, row)) for label, text in ((_("Frage"), row.question), (_("Text"), row.body))],
        "finds": _once(open_ones),
        "rarity": rarity_of(row),
        "is_over": row.state in (PresentationState.SENT, PresentationState.WITHDRAWN),
        "has_ended": has_ended(row),
        "answer": answer_words(row.answer, row.answer_on),
    }
    return _shown(request, "desk/presentation.html", context, row.occasion)


def _pieces(text: str, known: Any, row: Any) -> list[Piece]:
    return pieces(text, known, left(row))


def _once(finds: Sequence[Trace]) -> list[tuple[str, str, bool]]:
    """(words, what it is, may it stay), each word once."""
    return list({(one.words, str(FIND_WORDS[one.kind]), one.may_stay): None for one in finds})


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def change(request: DeskRequest, case_id: UUID, presentation_id: UUID) -> HttpResponse:
    """Other words; they have to be read through again."""
    row, kept = presentation_in(request.access.case, presentation_id), kept_draft(request)
    now = {"occasion": row.occasion, "question": row.question, "body": row.body}
    form = WordingForm(request.POST or None, initial={**now, **initial_of(WordingForm, kept, request)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(row, form.wording(), seen_version=version_sent(request), by=request.actor, at=request.at)
            messages.success(request, _("Gespeichert. Bitte sehen Sie den Text danach noch einmal durch."))
            return _to(case_id, presentation_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form, "kept": kept, "version": version_shown(row.version, kept, request), "back": _place(case_id, presentation_id),
    }  # fmt: skip
    return _shown(request, "desk/presentation_form.html", context, _("Text ändern"))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def review(request: DeskRequest, case_id: UUID, presentation_id: UUID) -> HttpResponse:
    """Read through: find by find, point by point; without all of it nothing goes on."""
    row = presentation_in(request.access.case, presentation_id)
    known = case_words(request.access.case)
    finds = finds_in(row, known)
    form = ReviewForm(request.POST or None, finds=finds, initial={"harmless": sorted(left(row))})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.review(
                row, checked=values["checked"], harmless=values.get("harmless", ()), seen_version=version_sent(request),
                by=request.actor, at=request.at,
            )  # fmt: skip
            messages.success(request, _("Durchgesehen. Jetzt kann der Fall vorgestellt werden."))
            return _to(case_id, presentation_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form, "row": row, "version": row.version, "rarity": rarity_of(row), "back": _place(case_id, presentation_id),
        "marked": [(label, _pieces(text, known, row)) for label, text in ((_("Anlass"), row.occasion), (_("Frage"), row.question), (_("Text"), row.body))],
        "must_go": [one for one in _once(finds) if not one[2]],
    }  # fmt: skip
    return _shown(request, "desk/presentation_review.html", context, _("Durchsehen"))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def send(request: DeskRequest, case_id: UUID, presentation_id: UUID) -> HttpResponse:
    """To one coordination, as it stands here."""
    row = presentation_in(request.access.case, presentation_id)
    offered = coordinations(but=request.actor.organisation_id)
    form = TellForm(request.POST or None, recipients=offered, initial={"until": request.today + timedelta(days=60)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.send(
                row, recipient(form.cleaned_data["recipient"], but=request.actor.organisation_id), until=form.cleaned_data["until"],
                seen_version=version_sent(request), by=request.actor, at=request.at, today=request.today,
            )  # fmt: skip
            messages.success(request, _("Vorgestellt. Die Koordination liest den Text jetzt unter „Fallvorstellungen“."))
            return _to(case_id, presentation_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form, "row": row, "version": row.version, "back": _place(case_id, presentation_id),
        "content": actions.content_of(row, organisation_id=request.actor.organisation_id),
    }  # fmt: skip
    return _shown(request, "desk/presentation_send.html", context, _("Der Koordination vorstellen"))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def withdraw(request: DeskRequest, case_id: UUID, presentation_id: UUID) -> HttpResponse:
    """The coordination can read it no more."""
    row = presentation_in(request.access.case, presentation_id)
    form = BareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(row, seen_version=version_sent(request), by=request.actor, at=request.at)
            messages.success(request, _("Zurückgezogen."))
            return _to(case_id, presentation_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form, "version": row.version, "lead": row.occasion, "save": _("Zurückziehen"), "back": _place(case_id, presentation_id),
    }  # fmt: skip
    return _shown(request, "desk/appointment_verb.html", context, _("Fallvorstellung zurückziehen"))


def _shown(request: DeskRequest, template: str, context: dict[str, Any], title: str) -> HttpResponse:
    form = context.get("form")
    status = 422 if form is not None and form.errors else 200
    return case_page(request, template, context, head=head_of(request.access), title=title, status=status)


def _place(case_id: UUID, presentation_id: UUID) -> str:
    return reverse("presentation", args=[case_id, presentation_id])


def _to(case_id: UUID, presentation_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(_place(case_id, presentation_id), status=303)


_ALL = "faelle/<uuid:case_id>/fallvorstellungen/"
_ONE = f"{_ALL}<uuid:presentation_id>/"
urlpatterns = [
    path(f"{_ALL}neu/", new, name="presentation-new"),
    path(_ONE, show, name="presentation"),
    path(f"{_ONE}text/", change, name="presentation-change"),
    path(f"{_ONE}durchsicht/", review, name="presentation-review"),
    path(f"{_ONE}vorstellen/", send, name="presentation-send"),
    path(f"{_ONE}zurueckziehen/", withdraw, name="presentation-withdraw"),
]
