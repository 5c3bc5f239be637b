"""How alike two whole names are: which part of one is which part of the other."""

from typing import NamedTuple

from faden.persons.rules.hearing import hear, script_of
from faden.persons.rules.nearness import How, Near, near
from faden.persons.rules.parts import Part, given_and_family
from faden.persons.rules.reasons import Reason

# All ways to pair the parts are tried, so their number must stay small.
MOST_COMPARED = 6
MOST_GIVEN = 3
PART_FITS = 0.75
ARTICLE_OMITTED = 0.95
PERHAPS_ARTICLE = 0.85
PARTICLE_WEIGHT = 0.25
BEGINS = 0.95
# A part left out costs little and two no more than one: people have more names on one paper than on another.
SHARE_OF_SHORTER, SHARE_OF_LONGER = 0.7, 0.3
# But where each has a part the other has not, they are brothers more often than one person.
CONFLICT = 0.6

TOLD = {
    How.SAME: Reason.SAME_SPELLING,
    How.FORM: Reason.SAME_LETTERS,
    How.NAMESAKE: Reason.OTHER_LANGUAGE,
    How.SOUND: Reason.SOUNDS_ALIKE,
    How.ARTICLE: Reason.ARTICLE_MISSING,
    How.BEGINNING: Reason.BEGINS_LIKE_IT,
}
SAME_AS_FAR_AS_GIVEN = {Reason.SAME_SPELLING, Reason.PART_MISSING}


class NameLikeness(NamedTuple):
    """value 0 … 1 and what it rests on, in the order it is told."""

    value: float
    reasons: tuple[Reason, ...]


class _Pair(NamedTuple):
    at: int
    to: int
    near: Near
    weight: float
    other_script: bool


class Name(NamedTuple):
    """Parts in the order given, family; `family` is where the latter begins, if a comma told."""

    parts: tuple[Part, ...]
    weights: tuple[float, ...]
    family: int | None


class _Fit(NamedTuple):
    """Two names laid over each other; `left` and `over` are the weights without a partner."""

    one: Name
    two: Name
    pairs: tuple[_Pair, ...]
    left: float
    over: float


ORDER = {reason: at for at, reason in enumerate(Reason)}
NOTHING_ALIKE = NameLikeness(0.0, ())


def name_of(text: str) -> Name:
    """ "Family, Given", or in any order without a comma."""
    given, family = given_and_family(text)
    given = given[:MOST_GIVEN]
    parts = (given + family)[:MOST_COMPARED]
    weights = tuple(PARTICLE_WEIGHT if part.is_particle else 1.0 for part in parts)
    return Name(parts, weights, len(given) if "," in text else None)


def name_likeness(one: Name, two: Name) -> NameLikeness:
    """The same either way round, since the names are put in order first."""
    first, second = (one, two) if one.parts <= two.parts else (two, one)
    fit = _fit(first, second, _best_pairs(first, second))
    return NameLikeness(_value(fit), _reasons(fit)) if fit.pairs else NOTHING_ALIKE


def typed_likeness(typed: Name, known: Name) -> NameLikeness:
    """For a search box: the last typed part may be incomplete and any part may be left out."""
    fit = _fit(typed, known, _best_pairs(typed, known, typed=True))
    if not fit.pairs:
        return NOTHING_ALIKE
    value = sum(pair.near.value * pair.weight for pair in fit.pairs)
    # What the known name has besides tells nothing, nor does the order of what was typed.
    told = _reasons(fit._replace(over=fit.left))
    reasons = tuple(reason for reason in told if reason is not Reason.NAMES_SWAPPED)
    return NameLikeness(value / (fit.left + sum(pair.weight for pair in fit.pairs)), reasons)


def _fit(one: Name, two: Name, pairs: tuple[_Pair, ...]) -> _Fit:
    left = _weight_without(one, {pair.at for pair in pairs})
    return _Fit(one, two, pairs, left, _weight_without(two, {pair.to for pair in pairs}))


def _weight_without(name: Name, taken: set[int]) -> float:
    return sum(weight for at, weight in enumerate(name.weights) if at not in taken)


def _value(fit: _Fit) -> float:
    matched = sum(pair.weight for pair in fit.pairs)
    shorter = matched + min(1.0, fit.left, fit.over)
    longer = matched + min(1.0, max(fit.left, fit.over))
    alike = sum(pair.near.value * pair.weight for pair in fit.pairs)
    value = alike / (SHARE_OF_SHORTER * shorter + SHARE_OF_LONGER * longer)
    return value * CONFLICT if fit.left and fit.over else value


def _best_pairs(one: Name, two: Name, typed: bool = False) -> tuple[_Pair, ...]:
    """The pairing with the greatest sum: taken parts of `two` as bits -> best pairs so far."""
    best: dict[int, tuple[float, tuple[_Pair, ...]]] = {0: (0.0, ())}
    for at in range(len(one.parts)):
        edges = _edges(one, two, at, typed and at == len(one.parts) - 1)
        for taken, (total, pairs) in list(best.items()):
            for pair in edges:
                now = taken | 1 << pair.to
                value = total + pair.near.value * pair.weight
                if now != taken and value > best.get(now, (0.0, ()))[0]:
                    best[now] = (value, (*pairs, pair))
    return max(best.values(), key=lambda found: found[0])[1]


def _edges(one: Name, two: Name, at: int, incomplete: bool) -> list[_Pair]:
    part, found = one.parts[at], []
    for to, other in enumerate(two.parts):
        likely = part_near(part, other)
        if incomplete and likely.value < BEGINS and _begins(part, other):
            likely = Near(BEGINS, How.BEGINNING)
        if likely.value >= PART_FITS:
            weight = min(one.weights[at], two.weights[to])
            scripts = part != other and script_of(part.word) != script_of(other.word)
            found.append(_Pair(at, to, likely, weight, scripts))
    return found


def part_near(part: Part, other: Part) -> Near:
    """Nearness of two parts; an article only one of them has costs little."""
    whole = near(part.word, other.word)
    if whole.value == 1.0 or not (part.bare or other.bare):
        return whole
    bare = near(part.bare or part.word, other.bare or other.word)
    if not (part.bare and other.bare):
        cost = PERHAPS_ARTICLE if part.glued or other.glued else ARTICLE_OMITTED
        bare = Near(bare.value * cost, How.ARTICLE)
    return max(whole, bare, key=lambda found: found.value)


def _begins(part: Part, other: Part) -> bool:
    beginnings = hear(part.word).forms
    return any(
        form.startswith(beginnings)
        for word in (other.word, other.bare, other.inside)
        for form in hear(word).forms
    )


def _reasons(fit: _Fit) -> tuple[Reason, ...]:
    found = {Reason.OTHER_SCRIPT if p.other_script else TOLD[p.near.how] for p in fit.pairs}
    if fit.left or fit.over:
        found.add(Reason.PART_DIFFERS if fit.left and fit.over else Reason.PART_MISSING)
    # "Gleich geschrieben" would be wrong if only one part is and another merely sounds alike.
    if len(found) > 1 and not found <= SAME_AS_FAR_AS_GIVEN:
        found.discard(Reason.SAME_SPELLING)
    if _is_swapped(fit):
        found.add(Reason.NAMES_SWAPPED)
    if fit.left and fit.over and _has_other_family_name(fit):
        found.add(Reason.OTHER_FAMILY_NAME)
    return tuple(sorted(found, key=ORDER.__getitem__))


def _is_swapped(fit: _Fit) -> bool:
    """First is last and last is first. Where only one name has a comma, the order tells nothing."""
    if (fit.one.family is None) != (fit.two.family is None):
        return False
    places = {(pair.at, pair.to) for pair in fit.pairs}
    ends = {(0, len(fit.two.parts) - 1), (len(fit.one.parts) - 1, 0)}
    return len(ends) == 2 and ends <= places


def _has_other_family_name(fit: _Fit) -> bool:
    """Given names pair with given names, and of the family names none has a partner."""
    if fit.one.family is None or fit.two.family is None:
        return False
    has_both = fit.one.family < len(fit.one.parts) and fit.two.family < len(fit.two.parts)
    return has_both and all(p.at < fit.one.family and p.to < fit.two.family for p in fit.pairs)
