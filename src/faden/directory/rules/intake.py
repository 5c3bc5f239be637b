"""A foreign record as the columns of an offer: nothing is invented, and what the source does not say is called silent."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from html import escape
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from faden.directory.rules.intake_words import (
    Towns,
    childcare_of,
    gender_of,
    languages_of,
    levels_of,
    life_areas_of,
)
from faden.directory.rules.schedules import is_rule
from faden.directory.rules.table_fields import FIELD_LABELS
from faden.directory.rules.values import PlaceValues
from faden.directory.vocabulary import Condition
from faden.outside.offers.html import clipped
from faden.outside.offers.record import (
    ContactRecord,
    OfferRecord,
    PlaceRecord,
    ProviderRecord,
    ScheduleRecord,
)

MAIN_LANGUAGE = "de"
# Which columns a condition is kept in: a source speaks about all of them or about none.
COLUMNS_OF = {
    Condition.RESIDENCE: (),
    Condition.GERMAN: ("german_from", "german_to"),
    Condition.AGE: ("age_from", "age_to"),
    Condition.GENDER: ("gender",),
    Condition.TOWN: ("towns",),
    Condition.BENEFIT: (),
    Condition.CHILDCARE: ("childcare",),
}
_OF_CONDITIONS = frozenset(name for names in COLUMNS_OF.values() for name in names)


@dataclass(frozen=True)
class Intake:
    """One offer, ready to be written. `said` are the conditions that the source speaks about."""

    key: str
    language: str
    columns: dict[str, Any]
    said: frozenset[str]
    places: tuple[PlaceValues, ...]
    provider: ProviderRecord
    is_over: bool
    updated_on: date | None
    places_on: date | None
    digest: str

    @property
    def text(self) -> dict[str, Any]:
        """The words alone, as a translation has them."""
        return {"title": self.columns["title"], "summary": self.columns["summary"], "description": self.columns["description"], "reviewed": True}

    @property
    def told(self) -> dict[str, Any]:
        """What the source says, by column or condition; nothing where it is silent."""
        own = {name: value for name, value in self.columns.items() if name not in _OF_CONDITIONS and value is not None and value not in ("", [])}
        if not own["online"]:
            del own["online"]
        if "places_free" in own:
            own["places_free"] = [own["places_free"], self.places_on]
        if self.places:
            own["places"] = [asdict(place) for place in self.places]
        return own | {code: [self.columns[name] for name in COLUMNS_OF[Condition(code)]] for code in self.said}

    @property
    def silent(self) -> list[str]:
        """The others, in the order of the page."""
        return in_order(one.value for one in Condition if one.value not in self.said)


def intake_of(record: OfferRecord, towns: Towns) -> Intake:
    """Words that we add are German, whoever takes the file in."""
    with translation.override(MAIN_LANGUAGE):
        columns = {**_texts(record), **_facts(record)}
        conditions, said, words = _conditions(record, towns)
        columns |= conditions | {"condition_words": clipped(words, 500)}
        places = tuple(_place(place, towns) for place in record.places)
    told = [columns, sorted(said), [asdict(place) for place in places], asdict(record.provider), record.updated_on, record.places_on, record.is_over]
    digest = hashlib.blake2b(json.dumps(told, default=str, sort_keys=True, ensure_ascii=False).encode(), digest_size=24).hexdigest()
    return Intake(
        record.key, record.language, columns, frozenset(said), places, record.provider, record.is_over, record.updated_on, record.places_on,
        f"{record.language[:12]}:{digest}",
    )  # fmt: skip


def in_order(conditions: Iterable[str]) -> list[str]:
    """As a page shows them."""
    named = set(conditions)
    return [one.value for one in Condition if one.value in named]


def main_language(source_hash: str) -> str:
    """In which language the offer's own text was read in."""
    return source_hash.partition(":")[0] if ":" in source_hash else MAIN_LANGUAGE


def _texts(record: OfferRecord) -> dict[str, Any]:
    contact = record.contacts[0] if record.contacts else ContactRecord()
    return {
        "title": record.title,
        "summary": record.summary,
        "description": "".join([record.description, *_appended(record)]),
        "category": record.category,
        "target_group": record.target_group,
        "contact_role": contact.role,
        "phone": contact.phone,
        "email": contact.email,
        "website": record.website,
        "source_url": record.url,
    }


def _appended(record: OfferRecord) -> Iterator[str]:
    """What our columns have no place for, so that nothing of it is lost."""
    if record.appointment_url:
        yield f'<p><a href="{escape(record.appointment_url)}">{_("Termin vereinbaren")}</a></p>'
    for one in record.unclear:
        yield f"<p>{FIELD_LABELS[one.field]}: {escape(one.words)}</p>"
    if others := record.contacts[1:]:
        yield f"<h4>{_('Weitere Kontakte')}</h4><ul>{''.join(map(_contact, others))}</ul>"


def _contact(contact: ContactRecord) -> str:
    ways = [escape(contact.phone)] if contact.phone else []
    if contact.email:
        ways.append(f'<a href="mailto:{escape(contact.email)}">{escape(contact.email)}</a>')
    if contact.website:
        ways.append(f'<a href="{escape(contact.website)}">{escape(contact.website)}</a>')
    said = ", ".join(ways)
    return f"<li>{escape(contact.role)}: {said}</li>" if contact.role else f"<li>{said}</li>"


def _facts(record: OfferRecord) -> dict[str, Any]:
    first, last = record.next_start, record.ends_on
    return {
        "life_areas": life_areas_of(record.title, record.category, record.keywords, record.life_areas),
        "languages": languages_of(record.languages),
        "online": record.online,
        "schedules": [said for one in record.schedules if (said := _schedule(one))],
        "cost_words": record.cost_words,
        "is_free": record.is_free,
        "documents": list(record.documents)[:50],
        "places_free": record.places_free,
        "waiting_days": record.waiting_days,
        "next_start": None if first and last and first > last else first,
        "ends_on": last,
    }


def _schedule(one: ScheduleRecord) -> dict[str, Any] | None:
    words = [one.words]
    if one.by_appointment:
        words.append(_("nur mit Termin"))
    if one.closed:
        words.append(_("zurzeit geschlossen"))
    said = {
        "rrule": one.rrule if one.rrule and is_rule(one.rrule) else "",
        "from": one.first.isoformat() if one.first else None,
        "until": one.until.isoformat() if one.until else None,
        "opens": one.opens or None,
        "closes": one.closes or None,
        "words": ", ".join(filter(None, words)),
    }
    return said if any(said.values()) else None


def _conditions(record: OfferRecord, towns: Towns) -> tuple[dict[str, Any], set[str], str]:
    """Columns, which conditions the source speaks about, and in words what no column can hold."""
    found: dict[str, Any] = {"age_from": record.age_from, "age_to": record.age_to, "german_from": "", "german_to": "", "gender": "", "towns": [], "childcare": ""}
    said, words = set[str](), [record.condition_words]
    if record.age_from is not None or record.age_to is not None:
        said.add(Condition.AGE.value)
    if record.age_words:
        words.append(f"{Condition.AGE.label}: {record.age_words}")
    german = " – ".join(filter(None, (record.german_from, record.german_to)))
    area = ", ".join(record.areas)
    understood: tuple[tuple[Condition, str, Any], ...] = (
        (Condition.GERMAN, german, german and levels_of(record.german_from, record.german_to)),
        (Condition.GENDER, record.gender, gender_of(record.gender)),
        (Condition.CHILDCARE, record.childcare, childcare_of(record.childcare)),
        (Condition.TOWN, area, towns.all_of(record.areas)),
    )
    for condition, told, value in understood:
        if told and value is None:
            words.append(f"{condition.label}: {told}")
        elif told:
            said.add(condition.value)
            names = COLUMNS_OF[condition]
            found.update(zip(names, value if len(names) > 1 else (value,), strict=True))
    return found, said, "; ".join(filter(None, words))


def _place(place: PlaceRecord, towns: Towns) -> PlaceValues:
    return PlaceValues(
        place.name, place.street, place.postcode, place.town, towns.ags_of(place.town, place.postcode), place.latitude, place.longitude, place.barrier_free,
    )  # fmt: skip
