"""Laufende Freigabe of one Integrationskette: begun after a look at what goes out, asked and answered on, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.chains.actions import sharing as actions
from faden.chains.queries import sharing as queries
from faden.chains.queries.chains import chain_page
from faden.chains.queries.shown import ChainPage, StepRow
from faden.chains.queries.whose import view_of
from faden.chains.rules.sharing import is_told
from faden.chains.vocabulary import ReportKind, ShareEnd
from faden.consents.queries.declarations import StandingConsent
from faden.consents.queries.grounds import consent_of, recipient_of
from faden.consents.rules.contents import Content
from faden.desk.door import DeskRequest, Sees, edits, reads
from faden.desk.facts import head_about
from faden.desk.forms import BareForm, Day, DeskForm, kept_draft, left_in, long_text
from faden.desk.here import Here
from faden.desk.shell import case_page
from faden.documents.actions.letter_checks import check_words
from faden.kernel.errors import Invalid, NotFound
from faden.kernel.rehearsal import rehearsed
from faden.look.forms import CheckboxList
from faden.organisations.vocabulary import Permission
from faden.referrals.queries.grounds import consents_in
from faden.referrals.rules.composing import seal_of


class ShareForm(DeskForm):
    """With whom, which steps it holds, until when."""

    mark_optional = False
    consent = forms.ChoiceField(label=gettext_lazy("Mit wem, auf welche Einwilligung?"), widget=forms.RadioSelect)
    holds = forms.MultipleChoiceField(
        label=gettext_lazy("Welche Schritte liegen bei der Stelle?"), required=False, widget=CheckboxList,
        help_text=gettext_lazy("Nur zu diesen Schritten kann sie einen Stand melden. Fragen kann sie zu allen."),
    )  # fmt: skip
    until = Day(
        label=gettext_lazy("Bis wann?"),
        help_text=gettext_lazy("Spätestens zwölf Monate von heute, und nicht länger als die Einwilligung."),
    )

    def __init__(self, *args: Any, ready: Sequence[StandingConsent], steps: Sequence[StepRow], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["consent"].choices = [(str(one.id), f"{one.recipient_name}: {one.words}") for one in ready]  # type: ignore[attr-defined]
        told = {code for one in ready for code in one.data_classes}
        open_ones = [step for step in steps if not step.is_settled and is_told(step.life_area, told)]
        self.fields["holds"].choices = [(str(step.id), f"{step.title} ({step.state_label})") for step in open_ones]  # type: ignore[attr-defined]
        if len(ready) == 1:
            self.fields["consent"].initial = str(ready[0].id)
            self.fields["until"].initial = ready[0].until

    def held(self) -> list[UUID]:
        """The steps chosen."""
        return [UUID(key) for key in self.cleaned_data["holds"]]


class AskForm(DeskForm):
    """A question to the participant, or an answer."""

    mark_optional = False
    step = forms.ChoiceField(label=gettext_lazy("Zu welchem Schritt?"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Was ist es?"), widget=forms.RadioSelect,
        choices=[(ReportKind.QUESTION.value, ReportKind.QUESTION.label), (ReportKind.ANSWER.value, gettext_lazy("Antwort oder Mitteilung"))],
    )  # fmt: skip
    words = long_text(
        gettext_lazy("In Worten"), rows=4, required=True,
        hint=gettext_lazy("Die Stelle liest genau das. Nichts aus Notizen, nichts über andere aus der Familie."),
    )  # fmt: skip

    def __init__(self, *args: Any, steps: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["step"].choices = [("", _("bitte wählen")), *steps]  # type: ignore[attr-defined]


# ---------- begun ----------


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def new(request: DeskRequest, case_id: UUID, chain_id: UUID) -> HttpResponse:
    """Nothing goes out before somebody has seen just this copy."""
    page = _page_of(request, chain_id)
    card = page.card
    if not card.may_be_shared:
        raise NotFound(_("Diese Kette wird nicht laufend freigegeben."))
    standing = consents_in(request.access.case, [card.person_id], on=request.today)
    partners = queries.partners_for(
        chain_id, standing=standing, life_area=card.life_area, but=request.actor.organisation_id, on=request.today
    )
    form = ShareForm(request.POST or None, ready=partners.ready, steps=page.steps, initial=left_in(ShareForm, request))
    shown, changed = None, False
    if request.method == "POST" and form.is_valid():
        try:
            shown = rehearsed(lambda: _first_copy(request, form, card.person_id, chain_id))
            if "freigeben" in request.POST and request.POST.get("gesehen") == _seal(form, shown):
                made = _share(request, form, card.person_id, chain_id)
                messages.success(request, _("Die Kette ist freigegeben. Die erste Fassung ist zugestellt."))
                return HttpResponseRedirect(reverse("chain-shared", args=[case_id, chain_id, made.id]), status=303)
            changed = "freigeben" in request.POST
        except Invalid as error:
            form.take_error(error)
            shown = None
    context = {
        "form": form,
        "kept": kept_draft(request),
        "card": card,
        "partners": partners,
        "content": shown,
        "changed": changed,
        "seen": _seal(form, shown) if shown else "",
        "back": reverse("chain", args=[case_id, chain_id]),
        # The look was a form of its own: what follows it counts once more.
        **({"form_key": uuid4()} if shown else {}),
    }
    status = 422 if form.errors else 200
    title = _("Laufend freigeben: %(chain)s") % {"chain": card.title}
    return case_page(request, "desk/chain_share.html", context, head=head_about(request, card.person_id), title=title, status=status)


def _page_of(request: DeskRequest, chain_id: UUID) -> ChainPage:
    case = request.access.case
    return chain_page(case, chain_id, of=view_of(case, chain_id), today=request.today)


def _share(request: DeskRequest, form: ShareForm, person_id: UUID, chain_id: UUID) -> Any:
    consent = consent_of(person_id, UUID(form.cleaned_data["consent"]))
    return actions.share(
        chain_id, recipient=recipient_of(consent), consent=consent, until=form.cleaned_data["until"], holds=form.held(),
        case=request.access.case, by=request.actor, at=request.at,
    )  # fmt: skip


def _first_copy(request: DeskRequest, form: ShareForm, person_id: UUID, chain_id: UUID) -> Content:
    made = _share(request, form, person_id, chain_id)
    content = queries.copies_of(request.access.case, made.id)[0].content
    check_words(content.words, case=request.access.case)
    return content


def _seal(form: ShareForm, shown: Content) -> str:
    """Tells whether the look was at just this: what was chosen, and what would go out."""
    return seal_of(shown, str(sorted((name, str(value)) for name, value in form.cleaned_data.items())))


# ---------- one that runs ----------


@dataclass(frozen=True)
class Opened:
    """A Laufende Freigabe with its chain."""

    row: queries.ShareRow
    page: ChainPage
    held: list[StepRow]


def _opened(request: DeskRequest, chain_id: UUID, share_id: UUID) -> Opened:
    case, page = request.access.case, _page_of(request, chain_id)
    row = queries.share_row(case, share_id, on=request.today)
    if row.chain_id != chain_id:
        raise NotFound(_("Diese Laufende Freigabe gibt es hier nicht."))
    held = set(queries.held_by(case, chain_id).get(share_id, ()))
    return Opened(row, page, [step for step in page.steps if step.id in held])


@reads(Sees.CASE, may=Permission.OPEN_CASES)
def show(request: DeskRequest, case_id: UUID, chain_id: UUID, share_id: UUID) -> HttpResponse:
    """What the participant reads, what was sent when, what was asked, and the way to end it."""
    one, case = _opened(request, chain_id, share_id), request.access.case
    copies = queries.copies_of(case, share_id)
    said = queries.reports_on(case, chain_id, share_id=share_id)
    context = {
        "row": one.row,
        "card": one.page.card,
        "held": one.held,
        "copies": copies,
        "content": copies[0].content if copies else None,
        "talks": [(step, said[step.id]) for step in one.page.steps if step.id in said],
        "back": reverse("chain", args=[case_id, chain_id]),
    }
    title = _("Gemeinsam mit %(service)s") % {"service": one.row.recipient}
    return case_page(request, "desk/chain_shared.html", context, head=head_about(request, one.page.card.person_id), title=title)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def ask(request: DeskRequest, case_id: UUID, chain_id: UUID, share_id: UUID) -> HttpResponse:
    """A question or an answer on one step; it goes out with the next copy, at once."""
    one, case = _opened(request, chain_id, share_id), request.access.case
    copies = queries.copies_of(case, share_id)
    told = {step.code for step in copies[0].content.steps} if copies else set()
    steps = [(str(step.id), step.title) for step in one.page.steps if step.code in told]
    begun = {"step": request.GET.get("schritt", ""), "kind": request.GET.get("art", ""), **left_in(AskForm, request)}
    form = AskForm(request.POST or None, steps=steps, initial=begun)
    back = reverse("chain-shared", args=[case_id, chain_id, share_id])
    if request.method == "POST" and form.is_valid():
        values, share = form.cleaned_data, actions.share_of(case, share_id)
        try:
            kind = ReportKind(values["kind"])
            check_words(values["words"], case=case)
            actions.ask(share, UUID(values["step"]), words=values["words"], kind=kind, by=request.actor, at=request.at)
            messages.success(request, _("Zugestellt mit der neuen Fassung."))
            return HttpResponseRedirect(back, status=303)
        except Invalid as error:
            form.take_error(error)
    title = _("Frage oder Antwort an %(service)s") % {"service": one.row.recipient}
    context = {"form": form, "kept": kept_draft(request), "back": back}
    status = 422 if form.errors else 200
    return case_page(request, "desk/form_page.html", context, head=head_about(request, one.page.card.person_id), title=title, status=status)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def end(request: DeskRequest, case_id: UUID, chain_id: UUID, share_id: UUID) -> HttpResponse:
    """From now on the participant reads nothing of it; the page says first what stays."""
    one, case = _opened(request, chain_id, share_id), request.access.case
    back = reverse("chain", args=[case_id, chain_id]) + "#gemeinsam"
    if request.method == "POST":
        actions.end(actions.share_of(case, share_id), ShareEnd.ENDED, by=request.actor, at=request.at)
        messages.success(request, _("Die Laufende Freigabe ist beendet."))
        return HttpResponseRedirect(back, status=303)
    context = {"form": BareForm(), "row": one.row, "card": one.page.card, "held": one.held, "back": back}
    title = _("Laufende Freigabe beenden")
    return case_page(request, "desk/chain_share_end.html", context, head=head_about(request, one.page.card.person_id), title=title)


def section(here: Here) -> dict[str, Any] | None:
    """Its part of the page Zusammenarbeit."""
    if here.of.confidential:
        return None
    rows, names = queries.shares_in(here.case, here.of, on=here.request.today), here.names
    return {"rows": [(row, names.get(row.person_id, "")) for row in rows]}


_CHAIN = "faelle/<uuid:case_id>/ketten/<uuid:chain_id>"
urlpatterns = [
    path(f"{_CHAIN}/freigabe/", new, name="chain-share"),
    path(f"{_CHAIN}/freigaben/<uuid:share_id>/", show, name="chain-shared"),
    path(f"{_CHAIN}/freigaben/<uuid:share_id>/frage/", ask, name="chain-share-ask"),
    path(f"{_CHAIN}/freigaben/<uuid:share_id>/ende/", end, name="chain-share-end"),
]
