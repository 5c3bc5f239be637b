"""One offer held against one need, row by row and in words: only for what is shown.

Where an offer asks for nothing: passt; where it is `silent`: unbekannt. Where it asks and the fact is not known:
unbekannt. Childcare is the need's condition, not the offer's:

| she needs it | offer: yes | no          | says nothing (silent) | nothing, not silent |
|--------------|------------|-------------|-----------------------|---------------------|
| yes          | passt      | passt nicht | unbekannt             | unbekannt           |
| no           | passt      | passt       | passt                 | passt               |
| not known    | passt      | unbekannt   | unbekannt             | passt               |
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from faden.directory.rules.asking import asked_for
from faden.directory.rules.matching import HIGHEST, RANKS, Columns, Match, Verdict
from faden.directory.rules.nearness import tenths_between
from faden.directory.rules.needs import Need
from faden.directory.rules.offers import ShelfOffer
from faden.directory.rules.ways import Way, those_that_take, to_the_level, to_the_proof
from faden.directory.vocabulary import Childcare, Condition, Fit, Gender
from faden.persons.rules.age import years
from faden.persons.vocabulary import BenefitRegime, Level, ResidencePaper

Outcome = tuple[Fit, str]  # and the nearest mend
FITS: Outcome = (Fit.FITS, "")


@dataclass(frozen=True)
class Around:
    """What the words need of the rest of the directory: tests and courses by their start, towns by AGS."""

    certifying: tuple[ShelfOffer, ...] = ()
    towns: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def columns(self) -> Columns:
        """Of the tests and courses: none is named to somebody it does not take."""
        return Columns(self.certifying)


def explained(offer: ShelfOffer, need: Need, around: Around) -> Match:
    """The offer with all its conditions."""
    verdicts = tuple(verdict(condition, offer, need, around) for condition in Condition)
    tenths = tenths_to(offer, need)
    return Match(offer, max(one.fit for one in verdicts), verdicts, None if tenths is None else tenths / 10)


def verdict(condition: Condition, offer: ShelfOffer, need: Need, around: Around) -> Verdict:
    """One condition: what is asked, the fact, how it comes out, what would mend it."""
    if condition == Condition.CHILDCARE:
        return _childcare(offer, need)
    if not asks(condition, offer):
        return _not_asked(condition, offer)
    fit, mend = _held_against(condition, offer, need, around)
    return Verdict(condition, fit, asked_for(condition, offer, around.towns), _fact(condition, offer, need, around), mend)


def asks(condition: Condition, offer: ShelfOffer) -> bool:
    """Whether it asks for anything here; a bound that takes everybody is none."""
    if condition == Condition.GERMAN:
        return _has_level_bounds(offer) or offer.german_proof
    return bool({
        Condition.RESIDENCE: offer.papers,
        Condition.AGE: offer.age_from or offer.age_to is not None,
        Condition.GENDER: offer.gender,
        Condition.TOWN: offer.towns,
        Condition.BENEFIT: offer.regimes,
        Condition.CHILDCARE: offer.childcare,
    }[condition])  # fmt: skip


def tenths_to(offer: ShelfOffer, need: Need) -> int | None:
    """Hundreds of metres to its nearest place, online 0."""
    if offer.online:
        return 0
    if need.point is None:
        return None
    return min((tenths_between(need.point, spot.point) for spot in offer.spots if spot.point), default=None)


def _not_asked(condition: Condition, offer: ShelfOffer) -> Verdict:
    if condition in offer.silent:
        return Verdict(condition, Fit.UNKNOWN, _("das Angebot sagt dazu nichts"), "", _("Beim Anbieter nachfragen."))
    return Verdict(condition, Fit.FITS, _("verlangt dazu nichts"), "", "")


def _held_against(condition: Condition, offer: ShelfOffer, need: Need, around: Around) -> Outcome:
    if condition == Condition.RESIDENCE:
        return _residence(offer, need)
    if condition == Condition.GERMAN:
        return _german(offer, need, around)
    if condition == Condition.AGE:
        return _age(offer, need)
    if condition == Condition.GENDER:
        ask = _("Angeben, für wen gesucht wird; es wird nirgends gespeichert.")
        return _one_of({offer.gender}, need.gender, ask)
    if condition == Condition.TOWN:
        return _one_of(offer.towns, need.town, _("Nach dem Wohnort fragen."))
    return _benefit(offer, need)


def _one_of(wanted: frozenset[str] | set[str], fact: str | None, ask: str) -> Outcome:
    if not fact:
        return Fit.UNKNOWN, ask
    return FITS if fact in wanted else (Fit.FAILS, "")


def _residence(offer: ShelfOffer, need: Need) -> Outcome:
    if need.paper == ResidencePaper.NOT_ENTERED and need.paper not in offer.papers:
        return Fit.UNKNOWN, _("Steht fest, wenn das Papier nach der Einreise da ist.")
    paper = None if need.paper == ResidencePaper.UNKNOWN else need.paper
    return _one_of(offer.papers, paper, _("Nach dem Aufenthaltspapier fragen."))


def _has_level_bounds(offer: ShelfOffer) -> bool:
    return RANKS.get(offer.german_from, 0) > 0 or RANKS.get(offer.german_to, HIGHEST) < HIGHEST


def _german(offer: ShelfOffer, need: Need, around: Around) -> Outcome:
    return max(_reached(offer, need, around), _not_above(offer, need), _proved(offer, need, around), key=lambda outcome: outcome[0])


def _reached(offer: ShelfOffer, need: Need, around: Around) -> Outcome:
    """By the level that was told; where a certificate is asked for, hers counts although she told another level since."""
    rank, lowest = RANKS.get(need.german or ""), RANKS.get(offer.german_from, 0)
    if not lowest or (rank is not None and rank >= lowest):
        return FITS
    surely, at_most = _certified(need) if offer.german_proof and need.certified else (0, 0)
    if surely >= lowest:
        return FITS
    if rank is None:
        return Fit.UNKNOWN, _("Nach dem Sprachstand fragen.")
    if at_most >= lowest:
        return Fit.UNKNOWN, _("Nach dem Nachweis fragen (Zertifikat, Zeugnis).")
    way = to_the_level(offer, need, those_that_take(need, around.columns))
    return Fit.FAILS, _way_to_the_level(offer, way) if way else ""


def _not_above(offer: ShelfOffer, need: Need) -> Outcome:
    rank, highest = RANKS.get(need.german or ""), RANKS.get(offer.german_to, HIGHEST)
    if rank is None:
        return FITS if highest == HIGHEST else (Fit.UNKNOWN, _("Nach dem Sprachstand fragen."))
    return FITS if rank <= highest else (Fit.FAILS, "")


def _proved(offer: ShelfOffer, need: Need, around: Around) -> Outcome:
    needed, (surely, at_most) = max(RANKS.get(offer.german_from, 0), 1), _certified(need)
    if not offer.german_proof or surely >= needed or need.german == Level.NATIVE:
        return FITS
    if at_most >= needed:
        return Fit.UNKNOWN, _("Nach dem Nachweis fragen (Zertifikat, Zeugnis).")
    way = to_the_proof(offer, need, those_that_take(need, around.columns))
    if way is None:
        return Fit.FAILS, _("Nachweis fehlt.")
    return Fit.FAILS, _("Nachweis fehlt: nächster Test %(day)s (%(what)s)") % {"day": _day(way.begins), "what": _what(way)}


def _certified(need: Need) -> tuple[int, int]:
    """The rank a certificate surely proves, and the highest that may be proved."""
    if need.certified is None:
        return 0, HIGHEST
    surely, at_most = need.certified
    return RANKS.get(surely, 0), RANKS.get(at_most, 0)


def _way_to_the_level(offer: ShelfOffer, way: Way) -> str:
    words = {"level": _label_of_level(way.level), "day": _day(way.begins), "what": _what(way)}
    if RANKS[way.level] < RANKS[offer.german_from]:
        return _("Zuerst %(level)s: nächster Kurs oder Test %(day)s (%(what)s)") % words
    return _("Bis %(level)s: nächster Kurs oder Test %(day)s (%(what)s)") % words


def _what(way: Way) -> str:
    where = f"{way.title}, {way.town}" if way.town else way.title
    if way.full_on is None:
        return where
    return _("%(what)s; keine freien Plätze am %(day)s") % {"what": where, "day": _day(way.full_on)}


def _begins(offer: ShelfOffer, need: Need) -> date:
    """The day on which she would begin: its next start, where that is still to come."""
    return max(need.on, offer.next_start) if offer.next_start else need.on


def _age(offer: ShelfOffer, need: Need) -> Outcome:
    if need.born is None:
        return Fit.UNKNOWN, _("Nach dem Geburtsdatum fragen.")
    begins, lowest = _begins(offer, need), offer.age_from or 0
    least, most = years(need.born[1], on=begins), years(need.born[0], on=begins)
    if most < lowest:
        return Fit.FAILS, _old_enough(offer, need.born, lowest)
    if offer.age_to is not None and least > offer.age_to:
        return Fit.FAILS, ""
    if least < lowest or (offer.age_to is not None and most > offer.age_to):
        return Fit.UNKNOWN, _("Nach dem genauen Geburtsdatum fragen.")
    return FITS


def _old_enough(offer: ShelfOffer, born: tuple[date, date], lowest: int) -> str:
    """From when, unless the offer will be over by then."""
    earliest, latest = (_birthday(day, lowest) for day in born)
    if offer.ends_on and latest > offer.ends_on:
        return ""
    words = _("ab %(day)s alt genug") if earliest == latest else _("spätestens ab %(day)s alt genug")
    return words % {"day": _day(latest)}


def _birthday(born: date, age: int) -> date:
    """Who is born on 29 February is a year older on 1 March where there is none."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def _benefit(offer: ShelfOffer, need: Need) -> Outcome:
    ask = _("Nach den Leistungen fragen.")
    if need.regimes is None:
        return Fit.UNKNOWN, ask
    known = (need.regimes or frozenset({BenefitRegime.NONE.value})) - {BenefitRegime.UNKNOWN}
    if known & offer.regimes:
        return FITS
    return (Fit.UNKNOWN, ask) if BenefitRegime.UNKNOWN in need.regimes else (Fit.FAILS, "")


def _childcare(offer: ShelfOffer, need: Need) -> Verdict:
    """See the table above."""
    said = Childcare(offer.childcare).label if offer.childcare in Childcare.values else _("das Angebot sagt dazu nichts")
    silent = offer.childcare not in Childcare.values and Condition.CHILDCARE in offer.silent
    fit, mend = FITS
    if need.needs_childcare and offer.childcare == Childcare.NO:
        fit, mend = Fit.FAILS, _("Betreuung für diese Zeit anders finden.")
    elif need.needs_childcare and offer.childcare != Childcare.YES:
        fit, mend = Fit.UNKNOWN, _("Beim Anbieter nach Kinderbetreuung fragen.")
    elif need.needs_childcare is None and (offer.childcare == Childcare.NO or silent):
        fit, mend = Fit.UNKNOWN, _("Fragen, ob jemand auf Kinder aufpassen muss.")
    return Verdict(Condition.CHILDCARE, fit, str(said), _fact(Condition.CHILDCARE, offer, need, Around()), mend)


def _fact(condition: Condition, offer: ShelfOffer, need: Need, around: Around) -> str:
    """As the need says it with its source, else the bare value."""
    if said := need.said.get(condition):
        return said
    return _bare_fact(condition, offer, need, around) or _("nicht bekannt")


def _bare_fact(condition: Condition, offer: ShelfOffer, need: Need, around: Around) -> str:
    if condition == Condition.RESIDENCE:
        return str(ResidencePaper(need.paper).label) if need.paper in ResidencePaper.values else ""
    if condition == Condition.GERMAN:
        return _bare_german(need)
    if condition == Condition.AGE:
        return _bare_age(offer, need)
    if condition == Condition.GENDER:
        return str(Gender(need.gender).label) if need.gender in Gender.values else need.gender or ""
    if condition == Condition.TOWN:
        return around.towns.get(need.town, need.town) if need.town else ""
    if condition == Condition.BENEFIT:
        return _bare_regimes(need.regimes)
    if need.needs_childcare is None:
        return ""
    return _("braucht Kinderbetreuung") if need.needs_childcare else _("braucht keine Kinderbetreuung")


def _bare_german(need: Need) -> str:
    level = _label_of_level(need.german) if need.german in RANKS else ""
    if need.certified is None or need.german in {Level.NONE, Level.NATIVE}:
        return level
    told, (surely, at_most) = RANKS.get(need.german or "", 0), _certified(need)
    words = {"level": level, "proved": _label_of_level(need.certified[0])}
    if level and surely == told:
        return _("%(level)s mit Nachweis") % words
    if level and not at_most:
        return _("%(level)s ohne Nachweis") % words
    if not surely:
        return level
    return _("%(level)s, Nachweis über %(proved)s") % words if level else _("Nachweis über %(proved)s") % words


def _bare_age(offer: ShelfOffer, need: Need) -> str:
    if need.born is None:
        return ""
    begins = _begins(offer, need)
    least, most = years(need.born[1], on=begins), years(need.born[0], on=begins)
    words = {"least": least, "most": most, "day": _day(begins)}
    if least == most:
        return _("am %(day)s %(least)d Jahre alt") % words
    return _("am %(day)s %(least)d bis %(most)d Jahre alt") % words


def _bare_regimes(regimes: frozenset[str] | None) -> str:
    if regimes is None:
        return ""
    held = regimes or {BenefitRegime.NONE}
    return ", ".join(str(one.label) for one in BenefitRegime if one in held)


def _label_of_level(code: str) -> str:
    return str(Level(code).label)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
