"""Sprachmittlung for one appointment: asked, answered, done, called off."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions import appointments
from faden.cases.actions import interpreters as actions
from faden.cases.queries.case_page import head_of
from faden.cases.queries.interpreters import Wanted, wanted_for
from faden.cases.rules.interpreters import InTime, cost
from faden.desk.door import DeskRequest, Sees, edits, writes
from faden.desk.forms import DeskForm, Text, initial_of, kept_draft, version_sent, version_shown
from faden.desk.shell import case_page
from faden.kernel.errors import Invalid, NotFound
from faden.look.forms import LongSelect
from faden.organisations.vocabulary import Permission


class AskForm(DeskForm):
    """Whom was asked, and what they were told about who does not suit."""

    source = forms.ChoiceField(label=gettext_lazy("Wen fragen Sie?"), widget=LongSelect)
    words = Text(
        label=gettext_lazy("Wer ist nicht geeignet?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Zum Beispiel: lieber eine Frau. Bitte keine Gründe und keine Namen von Angehörigen."),
    )

    def __init__(self, *args: object, wanted: Wanted, **options: object) -> None:
        super().__init__(*args, **options)
        found = [(f"{one.source.id}:{one.way}", _offered(one)) for one in wanted.possible]
        self.fields["source"].choices = [("", _("Bitte wählen")), *found]  # type: ignore[attr-defined]

    def asked(self) -> actions.Asked:
        """The values as the verb takes them."""
        source, _colon, way = self.cleaned_data["source"].partition(":")
        return actions.Asked(UUID(source), way, self.cleaned_data["words"])


def _offered(one: InTime) -> str:
    day = f"{one.last_day:%d.%m.}"
    words = {"source": one.source.name, "way": one.way.label, "day": day}
    return (_("%(source)s, %(way)s (zu spät seit %(day)s)") if one.is_late else _("%(source)s, %(way)s: fragen bis %(day)s")) % words


class AnswerForm(DeskForm):
    """Yes, perhaps with a name, or no."""

    confirmed = forms.ChoiceField(
        label=gettext_lazy("Antwort"),
        choices=[("yes", gettext_lazy("zugesagt")), ("no", gettext_lazy("abgesagt"))],
        widget=forms.RadioSelect,
    )
    interpreter = Text(label=gettext_lazy("Wer kommt?"), max_length=120, required=False)


class DoneForm(DeskForm):
    """How long, and what it cost."""

    minutes = forms.IntegerField(label=gettext_lazy("Minuten"), min_value=1, max_value=1440)
    cost = forms.DecimalField(
        label=gettext_lazy("Kosten in Euro"),
        min_value=Decimal(0),
        max_digits=7,
        decimal_places=2,
        localize=True,
        required=False,
        help_text=gettext_lazy("Vorschlag aus Dauer und Preis der Quelle. Sie können ihn ändern."),
    )

    def done(self) -> actions.Done:
        """The values as the verb takes them."""
        paid = self.cleaned_data["cost"]
        return actions.Done(self.cleaned_data["minutes"], None if paid is None else int(paid * 100))


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def ask(request: DeskRequest, case_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Choose whom to ask; those that can still be asked come first."""
    appointment, wanted = _wanted(request, appointment_id)
    kept = kept_draft(request)
    chosen = f"{wanted.request.source_id or ''}:{wanted.request.way}"
    initial = {"source": chosen, "words": wanted.request.words, **initial_of(AskForm, kept, request)}
    form = AskForm(request.POST or None, wanted=wanted, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(
                wanted.request, form.asked(), appointment=appointment, seen=_seen(request), by=request.actor, at=request.at
            )
            messages.success(request, _("Die Anfrage ist notiert."))
            return _back(case_id, appointment_id)
        except Invalid as error:
            form.take_error(error)
    context = {
        "wanted": wanted,
        "asking": True,
        "lead": _("Faden schreibt niemanden an: Fragen Sie auf dem Weg der Quelle, und notieren Sie es hier."),
        "save": _("Anfrage notieren"),
    }
    return _form(request, form, title=_("Sprachmittlung anfragen"), wanted=wanted, kept=kept, context=context)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def answer(request: DeskRequest, case_id: UUID, appointment_id: UUID) -> HttpResponse:
    """The source said yes or no."""
    _appointment, wanted = _wanted(request, appointment_id)
    kept = kept_draft(request)
    initial = {"interpreter": wanted.request.interpreter, **initial_of(AnswerForm, kept, request)}
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answered(
                wanted.request,
                confirmed=form.cleaned_data["confirmed"] == "yes",
                interpreter=form.cleaned_data["interpreter"],
                seen=_seen(request),
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Die Antwort ist notiert."))
            return _back(case_id, appointment_id)
        except Invalid as error:
            form.take_error(error)
    return _form(request, form, title=_("Antwort der Sprachmittlung"), wanted=wanted, kept=kept)


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def finish(request: DeskRequest, case_id: UUID, appointment_id: UUID) -> HttpResponse:
    """It took place: minutes and cost, proposed from time and price."""
    appointment, wanted = _wanted(request, appointment_id)
    kept, asked = kept_draft(request), wanted.request
    minutes = asked.minutes or int((appointment.ends_at - appointment.starts_at).total_seconds() // 60)
    cents = asked.cents if asked.minutes else cost(minutes, asked.source.cents_an_hour if asked.source else None)
    proposed = {"minutes": minutes, "cost": None if cents is None else Decimal(cents).scaleb(-2)}
    form = DoneForm(request.POST or None, initial={**proposed, **initial_of(DoneForm, kept, request)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.finish(asked, form.done(), seen=_seen(request), by=request.actor, at=request.at)
            messages.success(request, _("Dauer und Kosten sind notiert."))
            return _back(case_id, appointment_id)
        except Invalid as error:
            form.take_error(error)
    return _form(request, form, title=_("Dauer und Kosten der Sprachmittlung"), wanted=wanted, kept=kept)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def call_off(request: DeskRequest, case_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Not needed any more."""
    _appointment, wanted = _wanted(request, appointment_id)
    actions.call_off(wanted.request, seen=_seen(request), by=request.actor, at=request.at)
    messages.success(request, _("Die Sprachmittlung ist abgesagt. Bitte sagen Sie dort Bescheid, wenn schon angefragt war."))
    return _back(case_id, appointment_id)


def _wanted(request: DeskRequest, appointment_id: UUID) -> tuple[Any, Wanted]:
    appointment = appointments.appointment_of(request.access.case, appointment_id)
    wanted = wanted_for(appointment, today=request.today)
    if wanted is None:
        raise NotFound(_("Für diesen Termin wird keine Sprachmittlung gebraucht."))
    return appointment, wanted


def _seen(request: DeskRequest) -> int:
    return version_sent(request)


def _form(
    request: DeskRequest, form: DeskForm, *, title: str, wanted: Wanted, kept: Any, context: dict[str, object] | None = None
) -> HttpResponse:
    case_id, appointment_id = request.access.case.id, wanted.request.appointment_id
    shown = {
        "form": form,
        "kept": kept,
        "version": version_shown(wanted.request.version, kept, request),
        "back": reverse("appointment", args=[case_id, appointment_id]),
        **(context or {}),
    }
    status = 422 if form.errors else 200
    return case_page(
        request, "desk/appointment_verb.html", shown, head=head_of(request.access), title=title, status=status
    )


def _back(case_id: UUID, appointment_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("appointment", args=[case_id, appointment_id]) + "#sprachmittlung", status=303)


_ONE = "faelle/<uuid:case_id>/termine/<uuid:appointment_id>/sprachmittlung/"
urlpatterns = [
    path(f"{_ONE}anfrage/", ask, name="interpreter-ask"),
    path(f"{_ONE}antwort/", answer, name="interpreter-answer"),
    path(f"{_ONE}dauer/", finish, name="interpreter-done"),
    path(f"{_ONE}absage/", call_off, name="interpreter-off"),
]
