"""The directory as its keepers see it: own offers first, what has to be checked, one offer with all of it, providers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page as PagedRows
from django.core.paginator import Paginator
from django.db.models import Case, Count, DateField, ExpressionWrapper, F, Prefetch, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from faden.directory.models import Offer, Place, Provider, Source
from faden.directory.rules import descriptions, said
from faden.directory.rules.conditions import Asks, asks
from faden.directory.rules.freshness import Freshness, freshness, is_to_ask, stale_after
from faden.directory.rules.owner_link import behind, token_of
from faden.directory.rules.schedules import words_of
from faden.directory.vocabulary import ASK_BEFORE_DAYS, Condition
from faden.kernel.actor import Actor
from faden.kernel.errors import NotFound
from faden.organisations.models import Municipality, Organisation

PER_PAGE = 50
STATES = ("laufend", "pruefen", "hinweis", "beendet")


@dataclass(frozen=True)
class Asked:
    """How a list is narrowed; `everybodys`: also what other services keep."""

    q: str = ""
    life_area: str = ""
    town: str = ""  # AGS
    provider: str = ""
    state: str = "laufend"
    source: str = ""
    everybodys: bool = False


@dataclass(frozen=True)
class OfferRow:
    """One line of the list."""

    id: UUID
    title: str
    provider: str
    towns: str
    next_start: date | None
    places: str
    confirmed_on: date
    freshness: Freshness
    is_ended: bool
    has_hint: bool
    kept_by: str  # empty: by the reader's own service
    source: str


@dataclass(frozen=True)
class OfferList:
    """One page of them, and how many there are of each kind in the own service."""

    rows: list[OfferRow]
    page: PagedRows[Offer]
    to_check: int
    hints: int


@dataclass(frozen=True)
class OfferView:
    """One offer with all that is known of it, in words."""

    offer: Offer
    description: str  # cleaned once more: whoever wrote the row, the page shows nothing that runs
    kept_by: str
    freshness: Freshness
    stale_after: date
    places_words: str
    schedules: list[str]
    conditions: list[Asks]  # those that are set or unknown
    free_of: list[str]  # what it does not ask for
    places: list[Place]


def offers(asked: Asked, *, by: Actor, today: date, page: int = 1) -> OfferList:
    """Own ones, or everybody's; what has to be checked first when that is asked for. Five statements."""
    mine = Offer.objects.filter(organisation_id=by.organisation_id, ended_at__isnull=True).exclude(source__is_example=True)
    counts = _due(mine).aggregate(
        to_check=Count("id", filter=Q(due__lt=today + timedelta(days=ASK_BEFORE_DAYS))), hints=Count("id", filter=~Q(hint=""))
    )
    found = Offer.objects.all() if asked.everybodys else Offer.objects.filter(organisation_id=by.organisation_id)
    shown = Paginator(_narrowed(_due(found), asked, by, today), PER_PAGE).get_page(page)
    rows = list(shown.object_list)
    return OfferList([_row(one, by, today) for one in rows], shown, counts["to_check"], counts["hints"])


def _due(found: "QuerySet[Offer]") -> "QuerySet[Any]":
    return found.annotate(due=ExpressionWrapper(F("confirmed_on") + F("confirm_every_days"), output_field=DateField()))


def _narrowed(found: "QuerySet[Any]", asked: Asked, by: Actor, today: date) -> "QuerySet[Any]":
    found = found.filter(ended_at__isnull=asked.state != "beendet")
    if asked.state == "pruefen":
        found = found.filter(due__lt=today + timedelta(days=ASK_BEFORE_DAYS))
    if asked.state == "hinweis":
        found = found.exclude(hint="").filter(organisation_id=by.organisation_id)
    for word in asked.q.split()[:6]:
        found = found.filter(Q(title__icontains=word) | Q(provider__name__icontains=word) | Q(summary__icontains=word))
    if asked.life_area:
        found = found.filter(life_areas__contains=[asked.life_area])
    if asked.town:
        found = found.filter(id__in=Place.objects.filter(municipality_id=asked.town).values("offer_id"))
    if asked.provider:
        found = found.filter(provider_id=asked.provider)
    if asked.source:
        found = found.filter(source__isnull=True) if asked.source == "eigene" else found.filter(source_id=asked.source)
    else:
        found = found.exclude(source__is_example=True)  # nobody here keeps an example from elsewhere: only when asked for
    first = ["due"] if asked.state == "pruefen" else []
    places = Prefetch("places", Place.objects.order_by("position"))
    return found.select_related("provider", "source", "organisation").defer("description", "texts").prefetch_related(places).order_by(*first, "title", "id")


def _row(one: Offer, by: Actor, today: date) -> OfferRow:
    towns = list(dict.fromkeys(place.town for place in one.places.all() if place.town))
    return OfferRow(
        one.id, one.title, one.provider.name, ", ".join(towns) or (_("online") if one.online else ""), one.next_start, said.free_places(one),
        one.confirmed_on, freshness(one.confirmed_on, one.confirm_every_days, on=today), bool(one.ended_at), bool(one.hint) and one.organisation_id == by.organisation_id,
        "" if one.organisation_id == by.organisation_id else one.organisation.name, one.source.name if one.source else "",
    )  # fmt: skip


def offer_of(offer_id: UUID) -> Offer:
    """One offer with provider, source and keeper, ended or not; whoever reads. One statement."""
    found = Offer.objects.select_related("provider", "source", "organisation").filter(id=offer_id).first()
    if found is None:
        raise NotFound(_("Dieses Angebot gibt es nicht."))
    return found


def view_of(offer: Offer, *, today: date) -> OfferView:
    """All of it in words. Two statements."""
    asked = asks(offer, towns=town_names(offer.towns))
    return OfferView(
        offer, descriptions.cleaned(offer.description), offer.organisation.name, freshness(offer.confirmed_on, offer.confirm_every_days, on=today),
        stale_after(offer.confirmed_on, offer.confirm_every_days), said.free_places(offer), [words_of(one) for one in offer.schedules],
        asked, [str(one.label) for one in Condition if one not in {line.condition for line in asked}], places_of(offer),
    )  # fmt: skip


def places_of(offer: Offer) -> list[Place]:
    """Where it happens, in order."""
    return list(offer.places.select_related("municipality").order_by("position"))


def town_names(towns: Iterable[str]) -> dict[str, str]:
    """Names by AGS; one statement, none for none."""
    wanted = set(towns)
    return dict(Municipality.objects.filter(ags__in=wanted).values_list("ags", "name")) if wanted else {}


def provider_choices(*, by: Actor) -> list[tuple[str, str]]:
    """The own service's providers by name; one statement."""
    rows = Provider.objects.filter(organisation_id=by.organisation_id).order_by("name", "id").values_list("id", "name")
    return [(str(key), name) for key, name in rows]


def source_choices(*, by: Actor) -> list[tuple[str, str]]:
    """What this service has read in; one statement."""
    rows = Source.objects.filter(organisation_id=by.organisation_id).order_by("name").values_list("id", "name")
    return [(str(key), name) for key, name in rows]


@dataclass(frozen=True)
class ProviderRow:
    """One provider with how many of its offers run."""

    id: UUID
    name: str
    kind: str
    phone: str
    email: str
    account: str
    offers: int


def providers(q: str, *, by: Actor, page: int = 1) -> tuple[list[ProviderRow], "PagedRows[Provider]"]:
    """The own service's, by name. Three statements."""
    found = Provider.objects.filter(organisation_id=by.organisation_id).select_related("account").order_by("name", "id")
    for word in q.split()[:6]:
        found = found.filter(name__icontains=word)
    shown = Paginator(found, PER_PAGE).get_page(page)
    running: dict[UUID, int] = Counter(
        Offer.objects.filter(organisation_id=by.organisation_id, provider__in=[one.id for one in shown.object_list], ended_at__isnull=True)
        .values_list("provider_id", flat=True)
    )  # fmt: skip
    rows = [
        ProviderRow(one.id, one.name, one.get_kind_display(), one.phone, one.email, one.account.name if one.account else "", running.get(one.id, 0))
        for one in shown.object_list
    ]
    return rows, shown


def provider_of(provider_id: UUID) -> Provider:
    """One of them, whoever keeps it. One statement."""
    found = Provider.objects.filter(id=provider_id).first()
    if found is None:
        raise NotFound(_("Diesen Anbieter gibt es nicht."))
    return found


def accounts(*, by: Actor) -> list[tuple[str, str]]:
    """Organisations that have an inbox here, the own one first; one statement."""
    rows = Organisation.objects.order_by(Case(When(id=by.organisation_id, then=Value(0)), default=Value(1)), "name").values_list("id", "name")
    return [(str(key), name) for key, name in rows]


# ---------- asking owners ----------


def to_ask(*, by: Actor, today: date) -> list[Offer]:
    """Whose owner gets the link tonight. One statement."""
    found = _due(Offer.objects.filter(organisation_id=by.organisation_id, ended_at__isnull=True)).exclude(keeper_email="")
    found = found.filter(due__lt=today + timedelta(days=ASK_BEFORE_DAYS)).order_by("id")
    return [one for one in found if is_to_ask(one.confirmed_on, one.confirm_every_days, one.asked_on, on=today)]


def behind_link(token: str, *, today: date) -> OfferView | None:
    """The offer a link names, also one that has ended since; None when the link does not count any more. Four statements."""
    named = behind(token, on=today)
    if named is None:
        return None
    offer = Offer.objects.select_related("provider", "source", "organisation").filter(id=named.offer_id, asked_on=named.asked_on).first()
    return view_of(offer, today=today) if offer and named.went_to(offer.keeper_email) else None


@dataclass(frozen=True)
class Asking:
    """What the mail with the link says."""

    email: str
    title: str
    keeper: str
    contact: str
    asked_on: date
    confirmed_on: date
    token: str


def to_mail(offer_id: UUID) -> Asking | None:
    """Whom to write to; None where there is nothing to ask any more. One statement."""
    found = Offer.objects.select_related("organisation").filter(id=offer_id, ended_at__isnull=True, asked_on__isnull=False).first()
    if found is None or found.asked_on is None or not found.keeper_email:
        return None
    who, day = found.organisation, found.asked_on
    return Asking(found.keeper_email, found.title, who.name, who.contact, day, found.confirmed_on, token_of(found.id, day, address=found.keeper_email))
