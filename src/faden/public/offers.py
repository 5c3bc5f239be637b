"""Angebote: the directory for everybody, to search, to look at, on a map."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from babel import Locale, UnknownLocaleError
from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faden.cases.vocabulary.life_area import LifeArea
from faden.directory.queries import search
from faden.directory.queries.offer_page import OfferPage, offer_page
from faden.directory.queries.search import PAGE, Choices, Hit, Searchable
from faden.directory.rules.said import free_places
from faden.directory.rules.search import HERE, Asked, Box, Order
from faden.look.forms import LongSelect
from faden.look.typed import Day, PlainForm, Text
from faden.persons.vocabulary import language_name
from faden.public.door import PublicRequest, reads

WITHIN = (10, 25, 50)
RIGHT_TO_LEFT = frozenset("ar arq ary arz acm apc ayl fa prs ps ur ckb sdh he yi dv sd ug azb aii skr bal haz".split())
# In the address: a box to tick -> the filter it sets.
ONLY = {
    "kostenfrei": "free", "barrierefrei": "barrier_free", "kinderbetreuung": "childcare",
    "frauen": "women", "plaetze": "places", "frisch": "fresh",
}  # fmt: skip
ONLY_WORDS = {
    "kostenfrei": gettext_lazy("kostenfrei"),
    "barrierefrei": gettext_lazy("barrierefrei"),
    "kinderbetreuung": gettext_lazy("mit Kinderbetreuung"),
    "frauen": gettext_lazy("für Frauen"),
    "plaetze": gettext_lazy("freie Plätze"),
    "frisch": gettext_lazy("nur frisch geprüfte"),
}
# Which parameters of the address go when a filter goes.
PARAMETERS = {
    "words": ("wort",), "area": ("bereich",), "town": ("ort", "umkreis"), "language": ("sprache",),
    "since": ("ab",), "source": ("quelle",), "box": ("ausschnitt",),
}  # fmt: skip


class SearchForm(PlainForm):
    """What is looked for; sent by GET, every part may stay empty."""

    mark_optional = False
    wort = Text(label=gettext_lazy("Wonach suchen Sie?"), max_length=120, required=False, widget=forms.TextInput(attrs={"type": "search"}))
    bereich = forms.ChoiceField(label=gettext_lazy("Lebensbereich"), required=False, widget=LongSelect)
    ort = forms.ChoiceField(label=gettext_lazy("Ort"), required=False, widget=LongSelect)
    umkreis = forms.TypedChoiceField(label=gettext_lazy("Umkreis"), required=False, widget=LongSelect, coerce=int, empty_value=None)
    sprache = forms.ChoiceField(label=gettext_lazy("Sprache, die dort gesprochen wird"), required=False, widget=LongSelect)
    ab = Day(label=gettext_lazy("Beginnt ab"), required=False)
    quelle = forms.ChoiceField(label=gettext_lazy("Quelle"), required=False, widget=LongSelect)
    nur = forms.MultipleChoiceField(
        label=gettext_lazy("Nur zeigen"), required=False, widget=forms.CheckboxSelectMultiple, choices=list(ONLY_WORDS.items())
    )
    reihe = forms.ChoiceField(label=gettext_lazy("Reihenfolge"), required=False, widget=LongSelect)

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, found in _choices(choices).items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def asked(self, box: Box | None) -> Asked:
        """As the search takes it; a field that cannot be read narrows nothing and says so on the page."""
        self.is_valid()
        said = {name: self.cleaned_data.get(name) for name in self.fields}
        order = said["reihe"]
        return Asked(
            words=said["wort"] or "", area=said["bereich"] or "", town=said["ort"] or "", within=said["umkreis"] or 0,
            language=said["sprache"] or "", since=said["ab"], source=said["quelle"] or "", box=box,
            order=Order(order) if order else None, **{ONLY[one]: True for one in said["nur"] or ()},
        )  # fmt: skip


def _choices(found: Choices) -> dict[str, Iterable[tuple[Any, Any]]]:
    areas = [(str(code), str(label)) for code, label in LifeArea.choices if code in found.areas]
    languages = sorted(((code, language_name(code)) for code in found.languages), key=lambda one: one[1])
    towns: list[tuple[Any, Any]] = [("", _("überall")), (_("Im Kreis"), list(found.home))]
    return {
        "bereich": [("", _("alle")), *areas],
        "ort": [*towns, (_("Weitere Orte"), list(found.elsewhere))] if found.elsewhere else towns,
        "umkreis": [("", _("nur dort")), *((km, _("im Umkreis von %(km)s km") % {"km": km}) for km in WITHIN)],
        "sprache": [("", _("alle")), *languages],
        "quelle": [("", _("alle")), *((name, _source_name(name)) for name in found.sources)],
        "reihe": [
            ("", _("was am besten passt")), (Order.RELEVANCE, _("Treffer im Titel zuerst")),
            (Order.DISTANCE, _("Entfernung")), (Order.START, _("nächster Beginn")),
        ],
    }  # fmt: skip


def _source_name(name: str) -> str:
    return _("hier eingetragen") if name == HERE else name


@reads
def index(request: PublicRequest) -> HttpResponse:
    """The list, or the map of the same."""
    box = _box(request.GET.get("ausschnitt", ""))
    held = search.searchable()
    form = SearchForm(request.GET, choices=search.choices(held))
    asked = form.asked(box)
    as_map = request.GET.get("ansicht") == "karte"
    context = {
        "form": form, "chips": _chips(asked, request.GET, held), "kept": _kept(request.GET, form, box), "as_map": as_map,
        # What narrows the list is never hidden.
        "more_open": any(request.GET.get(name) for name in ("sprache", "ab", "quelle", "reihe")),
        "views": [
            (_("Liste"), _address(request.GET, drop=("ansicht", "seite")), not as_map, None),
            (_("Karte"), _address(request.GET, drop=("seite",), ansicht="karte"), as_map, None),
        ],
    }  # fmt: skip
    return (_map if as_map else _list)(request, held, asked, context)


def _list(request: PublicRequest, held: Searchable, asked: Asked, context: dict[str, Any]) -> HttpResponse:
    number = request.GET.get("seite", "1")
    page = search.search(held, asked, page=int(number) if number.isdecimal() and len(number) < 7 else 1, today=request.today)
    # The rows are there already; this is only what the paging draws itself from.
    paging = Paginator(range(page.total), PAGE).page(page.number)
    words = dict(_in_words(asked, held))
    looser = [(words[name], count, _without(name, request.GET)) for name, count in page.loosen if count]
    more = {"page": page, "paging": paging, "rows": [_row(hit) for hit in page.rows], "looser": looser, "order": page.order}
    return render(request, "public/offers.html", context | more)


def _map(request: PublicRequest, held: Searchable, asked: Asked, context: dict[str, Any]) -> HttpResponse:
    found = search.mapped(held, asked, today=request.today)
    dots = []
    for dot in found.picture.dots if found.picture else ():
        south, west, north, east = dot.box
        url = _address(request.GET, drop=("ansicht", "seite"), ausschnitt=f"{south},{west},{north},{east}")
        dots.append((dot, url, ", ".join(dot.places[:3]) + (" …" if len(dot.places) > 3 else "")))
    return render(request, "public/offers.html", context | {"found": found, "dots": dots})


# ---------- what is asked, as it is shown ----------


@dataclass(frozen=True)
class Chip:
    """One filter in use, and the address without it."""

    words: str
    url: str


def _chips(asked: Asked, query: QueryDict, held: Searchable) -> list[Chip]:
    return [Chip(words, _without(name, query)) for name, words in _in_words(asked, held)]


def _in_words(asked: Asked, held: Searchable) -> list[tuple[str, str]]:
    """(filter, its words) for each in use."""
    said = {
        "words": _("„%(words)s“") % {"words": asked.words},
        "area": str(dict(LifeArea.choices).get(asked.area, "")),
        "town": _town(asked, held),
        "language": language_name(asked.language),
        "since": _("ab %(day)s") % {"day": date_format(asked.since, "d.m.Y")} if asked.since else "",
        "source": _source_name(asked.source),
        "box": _("Ausschnitt der Karte"),
        **{ONLY[code]: str(words) for code, words in ONLY_WORDS.items()},
    }
    return [(name, words) for name, words in said.items() if getattr(asked, name)]


def _town(asked: Asked, held: Searchable) -> str:
    name = held.town_name(asked.town)
    return _("%(town)s und %(km)s km darum") % {"town": name, "km": asked.within} if asked.within else name


def _without(name: str, query: QueryDict) -> str:
    if name in PARAMETERS:
        return _address(query, drop=(*PARAMETERS[name], "seite"))
    code = next(code for code, one in ONLY.items() if one == name)
    left = query.copy()
    left.setlist("nur", [one for one in query.getlist("nur") if one != code])
    return _address(left, drop=("seite",))


def _address(query: QueryDict, *, drop: Iterable[str] = (), **put: str) -> str:
    """The same search with something taken out or put in; what is empty does not stand in an address."""
    left = query.copy()
    for name in drop:
        left.pop(name, None)
    for name, value in put.items():
        left[name] = value
    for name in list(left):
        left.setlist(name, [one for one in left.getlist(name) if one])
    return f"?{left.urlencode()}"


def _kept(query: QueryDict, form: SearchForm, box: Box | None) -> list[tuple[str, str]]:
    """What the form does not ask but shall not lose."""
    kept = [("ansicht", "karte")] if query.get("ansicht") == "karte" else []
    return [*kept, ("ausschnitt", str(query["ausschnitt"]))] if box else kept


def _box(text: str) -> Box | None:
    """South, west, north, east; anything else is none."""
    try:
        south, west, north, east = (float(part) for part in text.split(","))
    except ValueError:
        return None
    inside = -90 <= south < north <= 90 and -180 <= west < east <= 180
    return (south, west, north, east) if inside else None


@dataclass(frozen=True)
class Row:
    """One offer of the list, in words."""

    hit: Hit
    languages: str
    free: str
    areas: str


def _row(hit: Hit) -> Row:
    offer = hit.offer
    return Row(hit, ", ".join(language_name(code) for code in offer.languages), free_places(offer), _areas(offer.life_areas))


def _areas(codes: Iterable[str]) -> str:
    return ", ".join(str(label) for code, label in LifeArea.choices if code in set(codes))


# ---------- one ----------


@reads
def show(request: PublicRequest, offer_id: UUID) -> HttpResponse:
    """All facts of one offer; of an ended one that it ended."""
    offer = offer_page(offer_id, today=request.today)
    if offer.facts is None:
        return render(request, "public/offer_ended.html", {"offer": offer}, status=410)
    text = offer.text(request.GET.get("sprache", "de"))
    facts = offer.facts
    context = {
        "offer": offer, "facts": facts, "text": text, "direction": _direction(text.language),
        "text_languages": _text_languages(offer, text.language), "free": free_places(facts), "areas": _areas(facts.life_areas),
        "languages": ", ".join(language_name(code) for code in facts.languages), "certifies": facts.certifies.upper(),
        "dots": [(dot, "", ", ".join(dot.places)) for dot in offer.picture.dots] if offer.picture else [],
    }  # fmt: skip
    return render(request, "public/offer.html", context)


def _text_languages(offer: OfferPage, chosen: str) -> list[tuple[str, str, str, bool]]:
    """(code, own name, direction, chosen) of exactly those there are words in."""
    if len(offer.texts) < 2:
        return []
    return [(one.language, own_name(one.language), _direction(one.language), one.language == chosen) for one in offer.texts]


def _direction(language: str) -> str:
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def own_name(code: str) -> str:
    """As the language calls itself: who needs it finds it."""
    try:
        return Locale.parse(code.replace("-", "_")).get_display_name() or language_name(code)
    except (UnknownLocaleError, ValueError):
        return language_name(code)


urlpatterns = [
    path("angebote/", index, name="offers"),
    path("angebote/<uuid:offer_id>/", show, name="offer"),
]
