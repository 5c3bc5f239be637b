"""Angebote für eine Person: what there is for her need, each condition with the fact it was held against."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from faden.cases.queries.case_page import head_of
from faden.cases.queries.life_areas import areas
from faden.cases.queries.members import person_here
from faden.cases.rules.life_areas import Area
from faden.cases.vocabulary.case import Part
from faden.desk.about import members_for
from faden.desk.door import DeskRequest, NotAllowed, Sees, reads, writes
from faden.desk.facts import head_about
from faden.desk.here import Here
from faden.desk.match_forms import NEEDED, NO_OFFER, SearchForm, UnmetForm
from faden.desk.referrals import begun_from_offer
from faden.desk.shell import case_page, page_number
from faden.directory.queries.matches import MatchPage, matches_for
from faden.directory.rules.freshness import freshness
from faden.directory.rules.matching import Match, Verdict
from faden.directory.vocabulary import Condition, Fit
from faden.kernel.errors import Invalid
from faden.organisations.vocabulary import Permission
from faden.persons.vocabulary import language_name
from faden.referrals.actions import offers, watches
from faden.referrals.actions.referrals import Wish
from faden.referrals.queries.needs import FactUsed, Needed, Sought, need_of
from faden.referrals.queries.offers import Provided, provided, provided_for
from faden.referrals.queries.steps import From, step_for
from faden.referrals.queries.watches import watch_for, watches_in

BADGES = {Fit.FITS: "success", Fit.UNKNOWN: "warning", Fit.FAILS: "danger"}
_ONLY = {fit.name.lower(): fit for fit in Fit}


@dataclass(frozen=True)
class Line:
    """One condition of one offer; `enter`: where the missing fact is noted."""

    verdict: Verdict
    badge: str
    enter: str


@dataclass(frozen=True)
class Row:
    """One offer as the page shows it."""

    match: Match
    badge: str
    lines: tuple[Line, ...]
    area: str
    area_is_certain: bool
    asked: Provided | None  # where a question for a place would go
    towns: tuple[str, ...]
    fresh: Any
    languages: tuple[str, ...]
    is_spoken: bool  # the language that was asked for
    is_ours: bool


def section(here: Here) -> dict[str, Any]:
    """Its part of the page Zusammenarbeit."""
    return {"rows": watches_in(here.case, here.of), "about": here.about}


@reads(Sees.CASE, may=Permission.OPEN_CASES, whose="person")
def show(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """?person=…&bereich=…&schritt=…&ab=…&ort=…: from a need, a step, a goal or an arrival some of it is known."""
    if request.access.is_closed:
        raise NotAllowed(_("Dieser Fall ist abgeschlossen. Angebote werden nur für laufende Fälle gesucht."))
    case, members, step = request.access.case, members_for(request), step_for(request.access.case, request.GET.get("schritt", ""))
    if step and step.confidential and request.part is not Part.CONFIDENTIAL:
        return HttpResponseRedirect(f"{request.get_full_path()}&vertraulich=1")
    form = SearchForm(_begun(request, members, step), members=members, areas=areas(request.today), request=request)
    person_id = form.person_id if form.is_valid() else None
    found = _found(request, form, person_id) if person_id else {}
    context = {"form": form, "step": step, "confidential": request.part is Part.CONFIDENTIAL, **found}
    head = head_about(request, person_id) if person_id else head_of(request.access)
    return case_page(request, "desk/matches.html", {"case_id": case.id, **context}, head=head, title=_("Angebote"))


def _begun(request: DeskRequest, members: list[Any], step: From | None) -> dict[str, str]:
    """What the address says, completed by what is known: the only person, the step's area, the day of an arrival."""
    typed = {name: request.GET.get(name, "") for name in SearchForm.base_fields}
    if step:
        typed["person"] = typed["person"] or str(step.person_id)
        # An empty one was chosen: all of them.
        typed["bereich"] = request.GET.get("bereich", step.life_area)
    if len(members) == 1:
        typed["person"] = str(members[0].person_id)
    if not typed["ab"].strip() and typed["person"] in {str(member.person_id) for member in members}:
        person = person_here(request.access.case, UUID(typed["person"]))
        if person.expected_on and not person.entered_on and person.expected_on > request.today:
            typed["ab"] = person.expected_on.isoformat()
    return typed


def _found(request: DeskRequest, form: SearchForm, person_id: UUID) -> dict[str, Any]:
    values, area, case = form.cleaned_data, form.area, request.access.case
    on = max(values["ab"] or request.today, request.today)
    programme = area.counts_as if area else ""
    sought = Sought(
        case.id, person_id, programme, on, values["geschlecht"], NEEDED.get(values["betreuung"]), values["ort"]
    )
    needed = need_of(sought, today=request.today)
    only = _ONLY.get(request.GET.get("nur", ""))
    page = matches_for(needed.need, page=page_number(request), only=only)
    watched = watch_for(case, person_id, programme, confidential=request.part is Part.CONFIDENTIAL) if area else None
    return {
        "person_id": person_id, "area": area, "on": on, "needed": needed, "page": page, "watch": watched,
        "facts": [(fact, _where(request, person_id, fact)) for fact in needed.facts],
        "groups": _groups(request, form, page, needed, person_id), "chips": _chips(request, page, only),
        "question": _question(needed, area, on, request), "unmet": _unmet(needed, page, area),
        "unknown": page.counts[Fit.UNKNOWN],
        "about": _about(request, person_id), "everywhere": _to(request, bereich=""),
    }  # fmt: skip


def _question(needed: Needed, area: Area | None, on: date, request: DeskRequest) -> str:
    """ "Was gibt es in Ahaus ab März 2027?" """
    words = {"town": needed.town, "month": date_format(on, "F Y"), "area": area.label if area else ""}
    if needed.town and on > request.today:
        return _("Was gibt es in %(town)s ab %(month)s?") % words
    if on > request.today:
        return _("Was gibt es ab %(month)s?") % words
    return _("Was gibt es für %(area)s?") % words if area else _("Was gibt es?")


def _groups(request: DeskRequest, form: SearchForm, page: MatchPage, needed: Needed, person_id: UUID) -> list[tuple[Fit, str, int, list[Row]]]:
    facts = {fact.condition: (fact, _where(request, person_id, fact)) for fact in needed.facts}
    rows: dict[Fit, list[Row]] = {}
    shown = [match.offer.id for match in page.rows] if request.access.may_write else []
    asked = provided_for(shown, by_service=request.actor.organisation_id)
    for match in page.rows:
        rows.setdefault(match.fit, []).append(_row(request, form, match, facts, asked.get(match.offer.id)))
    return [(fit, BADGES[fit], page.counts[fit], rows[fit]) for fit in Fit if fit in rows]


def _row(
    request: DeskRequest, form: SearchForm, match: Match, facts: dict[Condition, tuple[FactUsed, str]], asked: Provided | None
) -> Row:
    offer, spoken = match.offer, form.cleaned_data["sprache"]
    possible = [form.area] if form.area else [area for area in form.areas.values() if area.counts_as in offer.life_areas]
    return Row(
        match, BADGES[match.fit], tuple(_line(verdict, facts) for verdict in match.verdicts),
        # In the order of the service's list; which of several is meant only she can say.
        possible[0].code if possible else "", len(possible) == 1, asked,
        tuple(dict.fromkeys(spot.town for spot in offer.spots if spot.town)),
        freshness(offer.confirmed_on, offer.confirm_every_days, on=request.today),
        tuple(language_name(code) for code in offer.languages), spoken in offer.languages if spoken else False,
        offer.account_id == request.actor.organisation_id,
    )  # fmt: skip


def _line(verdict: Verdict, facts: dict[Condition, tuple[FactUsed, str]]) -> Line:
    fact, where = facts[verdict.condition]
    # Where the offer says nothing, no fact about her would help.
    missing = verdict.fit is Fit.UNKNOWN and not fact.known and bool(verdict.fact)
    return Line(verdict, BADGES[verdict.fit], where if missing else "")


def _where(request: DeskRequest, person_id: UUID, fact: FactUsed) -> str:
    """The page on which this fact is noted."""
    case_id = request.access.case.id
    if not request.access.may_write:
        return ""
    if fact.enter == "search":
        return "#nur-hier"
    if fact.enter == "person":
        return reverse("person-change", args=[case_id, person_id])
    return reverse("fact-new", args=[case_id, person_id, fact.enter])


def _chips(request: DeskRequest, page: MatchPage, only: Fit | None) -> list[tuple[str, str, bool, int]]:
    """All, and each of the three with its number; the rest of the address stays."""

    return [
        (_("alle"), _to(request, nur=""), only is None, sum(page.counts.values())),
        *((fit.label, _to(request, nur=code), only is fit, page.counts[fit]) for code, fit in _ONLY.items()),
    ]


def _to(request: DeskRequest, **other: str) -> str:
    """The same search but for one thing, from its first page on."""
    kept = request.GET.copy()
    kept.pop("seite", None)
    for name, value in other.items():
        kept[name] = value
    return f"?{kept.urlencode()}"


def _unmet(needed: Needed, page: MatchPage, area: Area | None) -> UnmetForm | None:
    """Only where nothing fits; where a Schutzvermerk stands, without the town.

    What is only unknown stands in nobody's way yet: then nothing is chosen, and she says it.
    """
    if area is None or page.counts[Fit.FITS]:
        return None
    town = "" if needed.town_is_guarded else needed.need.town or ""
    first = next((condition.value for condition, _count in page.blockers), "" if page.counts[Fit.UNKNOWN] else NO_OFFER)
    return UnmetForm(initial={"condition": first, "life_area": area.counts_as, "municipality": town})


def _about(request: DeskRequest, person_id: UUID) -> str:
    return f"?person={person_id}" + ("&vertraulich=1" if request.part is Part.CONFIDENTIAL else "")


# ---------- from an offer on ----------


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def ask(request: DeskRequest, case_id: UUID, offer_id: UUID) -> HttpResponse:
    """Nach einem Platz fragen, ohne Namen: a Vermittlung is begun, and the page on which it is sent stands ready.

    Whose address the page did not show is not written into the address book: then the form comes first, which shows it.
    """
    case, person_id, area = request.access.case, _person(request), _area(request)
    step = step_for(case, request.POST.get("schritt", ""))
    offer = provided(offer_id, by_service=request.actor.organisation_id)
    if offer.is_new and request.POST.get("an", "") != offer.shown:
        where = f"{reverse('referral-new', args=[case_id])}{_about(request, person_id)}&bereich={area.code}&angebot={offer_id}&ohne=1"
        return HttpResponseRedirect(where + (f"&schritt={step.id}" if step else ""), status=303)
    wish = Wish(
        offer.title, area.code, person_id, step.id if step else None, confidential=request.part is Part.CONFIDENTIAL
    )
    begun = offers.begin(wish, offer, case=case, key=offer.key, by=request.actor, at=request.at)
    return begun_from_offer(request, begun, nameless=True)


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def watch(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """Sagen Sie mir, wenn etwas Neues passt."""
    person_id, area = _person(request), _area(request)
    from_on = _day(request.POST.get("ab", ""))
    watched = watches.Watched(
        person_id, area.counts_as, from_on if from_on and from_on > request.today else None, request.part is Part.CONFIDENTIAL
    )
    watches.begin(watched, case=request.access.case, by=request.actor, at=request.at, today=request.today)
    messages.success(request, _("Faden sieht jede Nacht nach. Passt etwas Neues, entsteht eine Aufgabe für die Fallführung."))
    return _back(request, person_id, area, request.POST.get("ab", "") if from_on else "")


@writes(Sees.CASE, may=Permission.OPEN_CASES)
def watch_end(request: DeskRequest, case_id: UUID, watch_id: UUID) -> HttpResponse:
    """Nobody wants to be told any more."""
    found = watches.watch_of(request.access.case, watch_id)
    watches.end(found, by=request.actor, at=request.at)
    messages.success(request, _("Die beobachtete Suche ist beendet."))
    if "bereich" in request.POST:
        return _back(request, found.persons[0], _area(request), "")
    return HttpResponseRedirect(_together(case_id, found), status=303)


def _together(case_id: UUID, found: Any) -> str:
    if found.confidential:
        return reverse("person-together-confidential", args=[case_id, found.persons[0]])
    return reverse("together", args=[case_id])


def _back(request: DeskRequest, person_id: UUID, area: Area, on: str) -> HttpResponse:
    where = reverse("matches", args=[request.access.case.id]) + _about(request, person_id) + f"&bereich={area.code}"
    return HttpResponseRedirect(where + (f"&ab={on}" if on else ""), status=303)


def _person(request: DeskRequest) -> UUID:
    """Somebody who belongs to the case today."""
    here = {str(member.person_id): member.person_id for member in members_for(request)}
    if (typed := request.POST.get("person", "")) not in here:
        raise Invalid(_("Bitte wählen Sie, für wen gesucht wird."), "persons")
    return here[typed]


def _area(request: DeskRequest) -> Area:
    found = {area.code: area for area in areas(request.today)}.get(request.POST.get("bereich", ""))
    if found is None:
        raise Invalid(_("Bitte wählen Sie einen Lebensbereich."), "life_area")
    return found


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


_ALL = "faelle/<uuid:case_id>/angebote/"
urlpatterns = [
    path(_ALL, show, name="matches"),
    path(f"{_ALL}<uuid:offer_id>/fragen/", ask, name="match-ask"),
    path(f"{_ALL}beobachten/", watch, name="match-watch"),
    path(f"{_ALL}beobachten/<uuid:watch_id>/ende/", watch_end, name="match-watch-end"),
]
