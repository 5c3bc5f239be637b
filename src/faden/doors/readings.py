"""Andere Lesarten der Regeln: the same pages at the desk and for building block 3 of an office."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from faden.doors.drafts import left_in
from faden.doors.keeper_side import page_number
from faden.findings.rules import Marks, found_in
from faden.kernel.errors import Invalid
from faden.law.rules import LAW_STATE
from faden.look.forms import LongSelect
from faden.look.typed import PlainForm, Text
from faden.residence.actions import readings as actions
from faden.residence.queries import readings as queries
from faden.residence.rules.readings import LONGEST, conditions_on, path_name

_OF = ":"  # between path and condition, in the list of rules


@dataclass(frozen=True)
class Side:
    """One audience: how it draws a page, and what its addresses are called."""

    draw: Callable[..., HttpResponse]  # (request, template, context, title=, status=)
    list_name: str
    new_name: str
    withdrawal_name: str


class ReadingForm(PlainForm):
    """Which rule, and how it is read."""

    rule = forms.ChoiceField(label=gettext_lazy("Welche Regel?"), widget=LongSelect)
    words = Text(
        label=gettext_lazy("Wie lesen Sie sie, und worauf stützen Sie sich?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Norm, Erlass, Urteil, Praxis. Alle Dienste und Behörden lesen es: bitte ohne Namen, Nummern und einzelne Fälle."),
    )  # fmt: skip

    def __init__(self, *args: Any, request: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups = [
            (name, [(path, _("der ganze Weg")), *((f"{path}{_OF}{condition}", asks) for condition, asks in conditions)])
            for path, name, conditions in conditions_on(request.today, get_language() or "de")
        ]
        self.fields["rule"].choices = [("", _("bitte wählen")), *groups]  # type: ignore[attr-defined]

    def clean_words(self) -> str:
        """Nothing by which somebody could be known."""
        words = str(self.cleaned_data["words"])
        if found := found_in(words, Marks()):
            raise forms.ValidationError(_("„%(words)s“ lässt jemanden erkennen. Bitte lassen Sie es weg.") % {"words": found.words})
        return words

    def said(self) -> actions.ReadOtherwise:
        """The values as the verb takes them."""
        path, _sign, condition = self.cleaned_data["rule"].partition(_OF)
        return actions.ReadOtherwise(path, condition, self.cleaned_data["words"])


def index(request: Any, side: Side) -> HttpResponse:
    """By path and condition; of one path (?weg=) alone."""
    language = get_language() or "de"
    paths = queries.paths_read()
    path = request.GET.get("weg", "")
    path = path if path in paths else ""
    shown = queries.readings(path=path, page=page_number(request.GET.get("seite", "")), by=request.actor, language=language)
    context = {
        "page": shown,
        "path": path,
        "paths": [(key, path_name(key, language)) for key in paths],
        "rows": [(row, reverse(side.withdrawal_name, args=[row.id]) if row.is_own else "") for row in shown.rows],
        "to_new": reverse(side.new_name),
    }
    return side.draw(request, "look/readings/index.html", context, title="")


def new(request: Any, side: Side) -> HttpResponse:
    """Note one; from a result the rule comes along (?weg=25b&bedingung=25b.1.2.nr4)."""
    path, condition = request.GET.get("weg", ""), request.GET.get("bedingung", "")
    initial = {"rule": f"{path}{_OF}{condition}" if condition else path, **left_in(ReadingForm, request)}
    form = ReadingForm(request.POST or None, request=request, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(form.said(), by=request.actor, at=request.at, today=request.today)
            messages.success(request, _("Die Lesart steht jetzt bei der Regel."))
            return HttpResponseRedirect(reverse(side.list_name), status=303)
        except Invalid as error:
            form.take_error(error)
    context = {"form": form, "back": reverse(side.list_name), "law_state": LAW_STATE}
    return side.draw(request, "look/readings/form.html", context, title=_("Neue Lesart"), status=422 if form.errors else 200)


def withdrawal(request: Any, side: Side, reading_id: UUID) -> HttpResponse:
    """Taken back by the service or office that wrote it."""
    actions.withdraw(reading_id, by=request.actor, at=request.at)
    messages.success(request, _("Die Lesart ist zurückgenommen."))
    return HttpResponseRedirect(reverse(side.list_name), status=303)
