"""How near two heard name parts are: a weighted edit distance over sounds, 0 … 1."""

from enum import Enum
from functools import lru_cache
from heapq import nlargest
from itertools import product
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from faden.persons.rules.hearing import SAME_NAME, Heard, hear

# Below this the slow distance is not worth its time: such parts never count as one name.
WORTH_A_LOOK = 0.55
# The same spelling stands before the same letters, and those before the same sound.
SAME_LETTERS_NEAR = 0.99
SAME_SOUND_NEAR = 0.98
ONE_NAME_NEAR = 0.93
# Karim and Karima, Petrow and Petrowa: mostly brother and sister, husband and wife.
FEMININE_ENDING = 0.8
# Tina is no Dina, but Murat is Murad. Hissing sounds are mixed up at the start, too.
FIRST_SOUND = 2.5
CLEAR_AT_THE_START = frozenset("tdpbkgfvlrmn")

WEIGHT = dict.fromkeys("aeiouAWY", 0.5) | {"y": 0.3, "h": 0.7, "E": 0.0}

# What it costs to take one sound for the other; pairs that are not here cost both their weights.
CHANGES = """
ae 20  ao 60  ai 80  au 80  ei 15  eo 50  eu 50  io 70  iu 50  ou 10
iy 05  ey 30  ay 50  oy 50  uy 50  uv 30  ov 40
td 20  pb 20  kg 30  sz 15  sS 25  zS 40  SZ 30  zZ 30  CJ 30  SC 40  JZ 15  Cs 50  Js 50
Jg 50  kh 50  gh 40  fv 30  bv 50  mn 60  lr 80  Jy 30  Zy 30
Wu 0  Wo 0  Wv 0  We 60  Wa 80  Wi 80  Yi 0  Yy 0  Ye 05  Ya 70  Yu 80
Aa 0  Ae 05  Ai 60  Ao 30  Au 60  Ea 0  Ee 0  Ei 0  Eo 0  Eu 0  Ey 10  EA 0  EY 20  EW 20
"""


class How(Enum):
    """Why two parts are taken for one."""

    SAME = "same"
    FORM = "form"
    NAMESAKE = "namesake"
    SOUND = "sound"
    ARTICLE = "article"
    BEGINNING = "beginning"


class Near(NamedTuple):
    value: float
    how: How


def _change_table() -> dict[str, float]:
    fields = CHANGES.split()
    costs = {pair: int(cost) / 100 for pair, cost in zip(fields[::2], fields[1::2], strict=True)}
    return costs | {pair[::-1]: cost for pair, cost in costs.items()}


CHANGE = _change_table()


def near(word: str, other: str) -> Near:
    """Two parts in lower case, any scripts; the same either way round."""
    return _near(word, other) if word <= other else _near(other, word)


@lru_cache(maxsize=50_000)
def _near(word: str, other: str) -> Near:
    if word == other:
        return Near(1.0, How.SAME)
    first, second = hear(word), hear(other)
    if not set(first.forms).isdisjoint(second.forms) and first.script == second.script:
        return Near(SAME_LETTERS_NEAR, How.FORM)
    value = _sounds_near(first, second)
    if value < ONE_NAME_NEAR and _groups(first) & _groups(second):
        return Near(ONE_NAME_NEAR, How.NAMESAKE)
    return Near(min(value, SAME_SOUND_NEAR), How.SOUND)


def _groups(heard: Heard) -> set[str]:
    return {SAME_NAME[form] for form in heard.forms if form in SAME_NAME}


def _sounds_near(first: Heard, second: Heard) -> float:
    pairs = product(first.readings, second.readings)
    likely = nlargest(3, ((Levenshtein.normalized_similarity(a, b), a, b) for a, b in pairs))
    if likely[0][0] < WORTH_A_LOOK and first.bones.isdisjoint(second.bones):
        return 0.0
    silent = not (first.vowels and second.vowels)
    return max(_similarity(one, two, silent) for _, one, two in likely)


def _similarity(one: str, two: str, silent: bool) -> float:
    """silent: one of them is written without short vowels, so the other's may be missing."""
    weights = [0.0 if silent and s in "aeiou" else WEIGHT.get(s, 1.0) for s in one + two]
    total = sum(weights) / 2
    if not total:
        return 0.0  # letters we cannot hear at all
    value = max(0.0, 1 - _distance(one, two, silent) / total)
    return value * FEMININE_ENDING if _one_is_feminine(one, two) else value


def _one_is_feminine(one: str, two: str) -> bool:
    ends = {one[-1:], two[-1:]}
    return len(ends & {"a", "A"}) == 1 and len(ends - set("aeiouhAWYE")) == 1


def _gap(sound: str, silent: bool) -> float:
    return 0.0 if silent and sound in "aeiou" else WEIGHT.get(sound, 1.0)


def _distance(one: str, two: str, silent: bool) -> float:
    gaps = [_gap(sound, silent) for sound in two]
    row = [0.0]
    for gap in gaps:
        row.append(row[-1] + gap)
    for at, sound in enumerate(one):
        gap = _gap(sound, silent)
        above, row = row, [row[0] + gap]
        for to, other in enumerate(two):
            changed = above[to] + _change(sound, other, at == to == 0)
            row.append(min(changed, above[to + 1] + gap, row[to] + gaps[to]))
    return row[-1]


def _change(sound: str, other: str, is_first: bool) -> float:
    if sound == other:
        return 0.0
    cost = CHANGE.get(sound + other, 2.0)
    clear = is_first and sound in CLEAR_AT_THE_START and other in CLEAR_AT_THE_START
    return min(1.0, cost * FIRST_SOUND) if clear else cost
