"""From a person's dated facts to what the directory is asked with: each fact with its source, none of it stored."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from faden.cases.models import CaseMember
from faden.directory.rules.needs import Need
from faden.directory.vocabulary import Condition, Gender
from faden.organisations.models import Municipality
from faden.persons.models import (
    Address,
    Benefit,
    DatedFact,
    German,
    GroupMember,
    Occupation,
    Person,
    Residence,
)
from faden.persons.queries.addresses import GERMANY
from faden.persons.queries.facts import period_of
from faden.persons.queries.protection import with_secret_address
from faden.persons.rules.age import years
from faden.persons.rules.periods import Period
from faden.persons.vocabulary import (
    BenefitRegime,
    GermanSkill,
    GroupKind,
    KnownFrom,
    LeavingReason,
    Level,
    OccupationKind,
    ResidencePaper,
)
from faden.referrals.rules import needs as rules


@dataclass(frozen=True)
class Sought:
    """For whom, in which area of the programme, from when; the last three are asked for one search and written nowhere."""

    case_id: UUID
    person_id: UUID
    life_area: str
    on: date
    gender: str = ""
    childcare: bool | None = None
    town: str = ""


@dataclass(frozen=True)
class FactUsed:
    """One line of "Womit gesucht wird"; `enter`: the kind of facts it is noted under, "person" or "search"."""

    condition: Condition
    words: str
    known: bool
    enter: str

    @property
    def label(self) -> str:
        return str(self.condition.label)


@dataclass(frozen=True)
class Needed:
    """What is sought, and with which facts."""

    need: Need
    facts: tuple[FactUsed, ...]
    town: str  # its name; "" where none may be used
    town_is_guarded: bool


def need_of(sought: Sought, *, today: date) -> Needed:
    """One; at most eleven statements whatever is known."""
    return needs_of([sought], today=today)[0]


def needs_of(asked: Sequence[Sought], *, today: date) -> list[Needed]:
    """The same for many in the same statements, in their order; who is no person of ours any more is left out."""
    known = _Known({one.person_id for one in asked}, {one.case_id for one in asked}, {one.town for one in asked if one.town})
    return [_needed(one, known, today) for one in asked if one.person_id in known.people]


class _Known:
    """Everything needed about some people, read at once."""

    def __init__(self, people: Collection[UUID], cases: Collection[UUID], towns: Collection[str]) -> None:
        self.people = {row.id: row for row in Person.objects.filter(id__in=people).select_related("municipality")}
        members: dict[UUID, set[UUID]] = defaultdict(set)
        here = CaseMember.objects.filter(case__in=cases, until_on__isnull=True)
        for case_id, person_id in here.values_list("case_id", "person_id"):
            members[case_id].add(person_id)
        secret = with_secret_address({*people, *(one for ids in members.values() for one in ids)})
        # As everywhere on the pages of a case: beside one protected person nobody's address is read.
        self.guarded = {case_id for case_id, ids in members.items() if ids & secret}
        self.secret, self.members = secret, members
        self.papers = _by_person(Residence, people)
        self.benefits = _by_person(Benefit, people)
        self.german = _by_person(German, people)
        self.addresses = _by_person(Address, people, "municipality")
        self.homes = _homes(people)
        children = {row.person_id for rows in self.homes.values() for row in rows}
        self.cared_for = _by_person(Occupation, children, kind=OccupationKind.CHILDCARE)
        self.towns = {town.ags: town for town in Municipality.objects.filter(ags__in=towns)}


def _by_person(model: type[DatedFact], people: Collection[UUID], *related: str, **only: str) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    rows = model._default_manager.filter(person__in=people, superseded_at__isnull=True, **only).order_by("-from_on", "-noted_at", "id")
    for row in rows.select_related(*related) if related else rows:
        found[row.person_id].append(row)
    return found


def _homes(people: Collection[UUID]) -> dict[UUID, list[GroupMember]]:
    """Who is noted as living with whom; she herself too. One statement."""
    mates = GroupMember.objects.filter(kind=GroupKind.HOUSEHOLD, group__members__person__in=people)
    found: dict[UUID, list[GroupMember]] = defaultdict(list)
    groups: dict[UUID, list[GroupMember]] = defaultdict(list)
    for row in mates.exclude(left_because=LeavingReason.MISTAKE).select_related("person").distinct().order_by("from_on", "id"):
        groups[row.group_id].append(row)
    for rows in groups.values():
        for row in rows:
            if row.person_id in people:
                found[row.person_id] += [mate for mate in rows if _lived_together(row, mate)]
    return found


def _lived_together(one: GroupMember, other: GroupMember) -> bool:
    return Period(one.from_on, one.until_on).overlaps(Period(other.from_on, other.until_on))


def _needed(sought: Sought, known: _Known, today: date) -> Needed:
    person = known.people[sought.person_id]
    paper, paper_fact = _paper(known.papers[person.id], sought.on, today)
    level, certified, german_fact = _german(known.german[person.id], sought.on)
    regimes, benefit_fact = _regimes(known.benefits[person.id], sought.on)
    childcare, childcare_fact = _childcare(sought, known)
    town, town_fact, guarded = _town(sought, person, known)
    born = (person.birth_earliest, person.birth_latest) if person.birth_earliest and person.birth_latest else None
    facts = (
        paper_fact, german_fact, _age(born, sought.on), _gender(sought.gender), town_fact, benefit_fact, childcare_fact,
    )  # fmt: skip
    point = (town.latitude, town.longitude) if town and town.latitude is not None and town.longitude is not None else None
    need = Need(
        life_area=sought.life_area, on=sought.on, paper=paper, german=level, certified=certified, born=born,
        gender=sought.gender or None,
        town=town.ags if town else None, point=point, regimes=regimes, needs_childcare=childcare,
        # Her age is said by each offer: it counts on the day that one begins.
        said={fact.condition: fact.words for fact in facts if fact.condition != Condition.AGE or not fact.known},
    )  # fmt: skip
    return Needed(need, facts, town.name if town else "", guarded)


# ---------- each condition: the value, and the line that says where it comes from ----------


def _paper(rows: list[Residence], on: date, today: date) -> tuple[str | None, FactUsed]:
    row = _holding(rows, on)
    code = rules.paper(row.paper, on=on, today=today) if row else None
    if row and code is None and row.paper == ResidencePaper.NOT_ENTERED:
        words = _("Noch nicht eingereist: Welches Papier sie dann hat, steht nicht fest.")
    else:
        words = _said(row, _label(ResidencePaper, row.paper)) if row else _ran_out(rows, on, lambda one: _label(ResidencePaper, one.paper))
    return code, FactUsed(Condition.RESIDENCE, words, code is not None, "residence")


def _german(rows: list[German], on: date) -> tuple[str | None, tuple[str, str] | None, FactUsed]:
    held = {row.skill: row for row in reversed([row for row in rows if _holds(row, on)])}
    found = rules.german({skill: row.level for skill, row in held.items()})
    papers = [row for row in rows if _is_certified_by(row, on)]
    certified = rules.certified(
        [rules.Certificate(row.skill, row.level, row.certified_on is not None) for row in papers], is_known=found is not None
    )
    used = [held[skill] for skill in (found.by if found else [skill for skill in GermanSkill.values if skill in held])]
    words = "; ".join(_german_words(row) for row in used) or _ran_out(rows, on, _german_words)
    if found is None and used:
        words = _("%(parts)s. Wie gut insgesamt, ist nicht notiert.") % {"parts": words}
    more = [_said(row, _("Nachweis über %(level)s") % {"level": _certificate_words(row)}) for row in papers if row not in used]
    words = "; ".join([words, *more])
    return found.level if found else None, certified, FactUsed(Condition.GERMAN, words, found is not None, "german")


def _is_certified_by(row: German, on: date) -> bool:
    """There is a certificate on the day; that another level was told since takes nothing from it."""
    since = row.certified_on or row.from_on
    return _has_certificate(row) and row.level != Level.UNKNOWN and (since is None or since <= on)


def _has_certificate(row: German) -> bool:
    return bool(row.certificate or row.certified_on)


def _german_words(row: German) -> str:
    if _has_certificate(row) and row.level != Level.UNKNOWN:
        return _said(row, _("%(level)s, Nachweis %(day)s") % {"level": _level_words(row), "day": _certificate_day(row)})
    return _said(row, _("%(level)s, ohne Nachweis") % {"level": _level_words(row)} if row.level != Level.UNKNOWN else _level_words(row))


def _certificate_words(row: German) -> str:
    """ "B1 vom 03.05.2024"."""
    return f"{_level_words(row)} {_certificate_day(row)}"


def _certificate_day(row: German) -> str:
    return _("vom %(day)s") % {"day": _day(row.certified_on)} if row.certified_on else _("ohne Tag")


def _level_words(row: German) -> str:
    level = _label(Level, row.level)
    return level if row.skill == GermanSkill.ALL else f"{_label(GermanSkill, row.skill)} {level}"


def _regimes(rows: list[Benefit], on: date) -> tuple[frozenset[str] | None, FactUsed]:
    held = [row for row in rows if _holds(row, on)]
    found = rules.regimes([row.regime for row in held])
    words = "; ".join(_said(row, _label(BenefitRegime, row.regime)) for row in held)
    words = words or _ran_out(rows, on, lambda one: _label(BenefitRegime, one.regime))
    return found, FactUsed(Condition.BENEFIT, words, found is not None, "benefit")


def _age(born: tuple[date, date] | None, on: date) -> FactUsed:
    if born is None:
        return FactUsed(Condition.AGE, _("Das Geburtsdatum ist nicht notiert."), known=False, enter="person")
    youngest, oldest = years(born[1], on=on), years(born[0], on=on)
    age = str(youngest) if youngest == oldest else f"{youngest}–{oldest}"
    words = _("%(age)s Jahre am %(day)s") % {"age": age, "day": _day(on)}
    return FactUsed(Condition.AGE, words, known=True, enter="person")


def _gender(code: str) -> FactUsed:
    if code:
        words = _("%(group)s, nur für diese Suche angegeben") % {"group": _label(Gender, code)}
    else:
        words = _("Steht in keiner Akte. Für diese Suche können Sie es angeben.")
    return FactUsed(Condition.GENDER, words, bool(code), "search")


def _town(sought: Sought, person: Person, known: _Known) -> tuple[Municipality | None, FactUsed, bool]:
    guarded = sought.case_id in known.guarded or person.id in known.secret
    if asked := known.towns.get(sought.town):
        words = _("%(town)s, nur für diese Suche angegeben") % {"town": asked.name}
        return asked, FactUsed(Condition.TOWN, words, known=True, enter="search"), guarded
    if guarded:
        words = _("Wegen des Schutzvermerks wird der Wohnort nicht verwendet. Für diese Suche können Sie einen Ort angeben.")
        return None, FactUsed(Condition.TOWN, words, known=False, enter="search"), guarded
    row, expected = _holding(known.addresses[person.id], sought.on), person.expected_on and not person.entered_on
    if row and not row.municipality_id:
        if not expected and _is_elsewhere(row):
            return None, FactUsed(Condition.TOWN, _elsewhere(row), known=False, enter="address"), guarded
        row = None
    town = row.municipality if row else person.municipality
    if town is None:
        return None, FactUsed(Condition.TOWN, _("Der Wohnort ist nicht notiert."), known=False, enter="address"), guarded
    source = _said(row, town.name) if row else _("%(town)s (erwarteter Wohnort)") % {"town": town.name} if expected else town.name
    return town, FactUsed(Condition.TOWN, source, known=True, enter="address" if row else "person"), guarded


def _is_elsewhere(row: Address) -> bool:
    """It says where she lives, and that is no town we know: the town noted before holds no more."""
    return bool(row.place or row.postcode or row.country not in {"", GERMANY})


def _elsewhere(row: Address) -> str:
    where = _said(row, row.place or _("ein anderer Wohnort"))
    return _("%(where)s: keine Stadt oder Gemeinde in Nordrhein-Westfalen. Der Wohnort ist deshalb unbekannt.") % {"where": where}


def _childcare(sought: Sought, known: _Known) -> tuple[bool | None, FactUsed]:
    if sought.childcare is not None:
        words = _("nötig, nur für diese Suche angegeben") if sought.childcare else _("nicht nötig, nur für diese Suche angegeben")
        return sought.childcare, FactUsed(Condition.CHILDCARE, words, known=True, enter="search")
    home = [row.person for row in known.homes[sought.person_id] if Period(row.from_on, row.until_on).holds_on(sought.on)]
    # Of whom only another case knows nothing is told here.
    others = [one for one in home if one.id != sought.person_id and one.id in known.members[sought.case_id]]
    if any(_may_be_younger(one, rules.SMALL_CHILD, sought.on) and not _is_cared_for(one, known, sought.on) for one in others):
        words = _("Im Haushalt ist ein Kind unter 6 ohne Betreuungsplatz. Bitte fragen Sie, ob sie Betreuung braucht.")
    else:
        words = _("nicht gefragt")
    return None, FactUsed(Condition.CHILDCARE, words, known=False, enter="search")


def _may_be_younger(person: Person, age: int, on: date) -> bool:
    return person.birth_latest is not None and years(person.birth_latest, on=on) < age


def _is_cared_for(child: Person, known: _Known, on: date) -> bool:
    return any(_holds(row, on) for row in known.cared_for[child.id])


# ---------- words ----------


def _holds(row: DatedFact, on: date) -> bool:
    return period_of(row).holds_on(on)


def _holding(rows: Iterable[Any], on: date) -> Any:
    return next((row for row in rows if _holds(row, on)), None)


def _said(row: DatedFact, text: str) -> str:
    """ "Duldung § 60a (Papier gesehen, seit 01.03.2026)"."""
    source = [str(KnownFrom(row.known_from).label)]
    if row.from_on:
        source.append(_("seit %(day)s") % {"day": _day(row.from_on)})
    if row.until_on:
        source.append(_("bis %(day)s") % {"day": _day(row.until_on)})
    return f"{text} ({', '.join(source)})"


def _ran_out(rows: Sequence[Any], on: date, say: Any) -> str:
    """Nothing holds on that day: what ended last before it, else that nothing is noted."""
    over = [row for row in rows if row.until_on and row.until_on < on]
    last = max(over, key=lambda row: row.until_on, default=None)
    if last is None:
        return _("nichts notiert")
    return _("%(fact)s ist nur bis %(day)s notiert.") % {"fact": say(last), "day": _day(last.until_on)}


def _label(choices: Any, code: str) -> str:
    return str(choices(code).label)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
