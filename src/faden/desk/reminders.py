"""Erinnerungen: slips to print, mails that did not arrive, and how a person wants to be reminded."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.actions import reminders as actions
from faden.cases.queries import reminders as queries
from faden.cases.queries.case_page import head_of
from faden.cases.queries.members import person_here
from faden.cases.queries.reminders import Sender, Slip
from faden.cases.vocabulary.appointment import ReminderWay
from faden.desk import choices
from faden.desk.door import DeskRequest, Sees, edits, reads, writes
from faden.desk.forms import DeskForm
from faden.desk.shell import case_page, page
from faden.documents.queries.words import words_in
from faden.documents.rules.reminder_texts import Reminding, slip_of
from faden.documents.rules.words import GERMAN, LANGUAGES, Words, paper_language
from faden.doors.downloads import attachment
from faden.kernel.errors import Invalid
from faden.look.papers import as_pdf
from faden.organisations.vocabulary import Permission


class WishForm(DeskForm):
    """By mail, on paper, or not at all."""

    way = forms.ChoiceField(
        label=gettext_lazy("Wie möchte die Person erinnert werden?"),
        choices=ReminderWay.choices,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=gettext_lazy("In welcher Sprache?"), required=False)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        own = ("", _("in der Sprache der Person"))
        self.fields["language"].choices = [own, *choices.paper_languages()]  # type: ignore[attr-defined]


@reads(Sees.LIST, may=Permission.SEE_DAY)
def index(request: DeskRequest) -> HttpResponse:
    """What is to be printed, and what did not arrive; one's own and of those one stands in for."""
    slips = _slips(request)
    request.shown = list(dict.fromkeys(slip.case_id for slip in slips))
    paper = [slip for slip in slips if slip.is_paper]
    context = {
        "paper": paper,
        "waiting": [slip for slip in paper if not slip.is_printed],
        "undelivered": [slip for slip in slips if not slip.is_paper],
        "languages": LANGUAGES,
    }
    crumbs = ((_("Termine"), reverse("calendar")), (_("Erinnerungen"), ""))
    return page(request, "desk/reminders.html", context, here="calendar", crumbs=crumbs)


def _slips(request: DeskRequest) -> list[Slip]:
    return queries.slips_for(UUID(request.actor.membership_id), today=request.today, now=request.at)


@writes(Sees.LIST, may=Permission.SEE_DAY, keyed=False)
def printing(request: DeskRequest) -> HttpResponse:
    """The chosen slips as one PDF; they count as printed, and can be printed again."""
    chosen = set(request.POST.getlist("slip"))
    slips = [slip for slip in _slips(request) if slip.is_paper and str(slip.id) in chosen]
    if not slips:
        messages.info(request, _("Bitte wählen Sie mindestens einen Zettel."))
        return HttpResponseRedirect(reverse("reminders"), status=303)
    request.shown = list(dict.fromkeys(slip.case_id for slip in slips))
    who = queries.sender(request.actor.organisation_id)
    pdf = as_pdf("reminder", {"title": _("Erinnerungen"), "sender": who.name, "slips": _papers(slips, who)})
    actions.printed([slip.id for slip in slips], by=request.actor, at=request.at)
    return attachment(pdf, kind="application/pdf", name="erinnerungen.pdf")


def _papers(slips: list[Slip], who: Sender) -> list[dict[str, object]]:
    """One statement for each language."""
    words: dict[str, Words] = {GERMAN: words_in(GERMAN)}
    found = []
    for slip in slips:
        language = paper_language([slip.language])
        words.setdefault(language, words_in(language))
        said = Reminding(slip.starts_at, who.office if slip.in_the_office else "", who.name, who.contact)
        found.append(slip_of(words[language], words[GERMAN], said, mark=slip.number))
    return found


@edits(Sees.CASE, may=Permission.OPEN_CASES)
def wish(request: DeskRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """How one person wants it."""
    person = person_here(request.access.case, person_id)
    stands = queries.wish_of(person_id)
    initial = {"way": stands.way, "language": stands.language} if stands else {}
    form = WishForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.wish(person, **form.cleaned_data, by=request.actor, at=request.at)
            messages.success(request, _("Der Wunsch ist notiert."))
            return HttpResponseRedirect(reverse("person", args=[case_id, person_id]), status=303)
        except Invalid as error:
            form.take_error(error)
    context = {
        "form": form,
        "back": reverse("person", args=[case_id, person_id]),
        "lead": _("Zwei Arbeitstage vor einem Termin. Ohne Eintrag geht eine E-Mail, wenn eine Adresse da ist."),
    }
    status = 422 if form.errors else 200
    return case_page(
        request, "desk/appointment_verb.html", context, head=head_of(request.access),
        title=_("Erinnerung an Termine"), status=status,
    )  # fmt: skip


urlpatterns = [
    path("termine/erinnerungen/", index, name="reminders"),
    path("termine/erinnerungen/drucken/", printing, name="reminders-print"),
    path("faelle/<uuid:case_id>/personen/<uuid:person_id>/erinnerung/", wish, name="reminder-wish"),
]
