"""The words of foreign directories, brought to our codes; what is not understood stays words."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from faden.cases.vocabulary.life_area import LifeArea
from faden.directory.vocabulary import Childcare, Gender
from faden.persons.codes import LANGUAGES, language_code
from faden.persons.vocabulary import Level

# What a category says by itself; a place of these kinds is for everybody who is looking for just that.
CATEGORIES: dict[str, tuple[LifeArea, ...]] = {
    "beratung": (LifeArea.ORIENTATION,),
    "behörde/amt": (LifeArea.ORIENTATION,),
    "behörde": (LifeArea.ORIENTATION,),
    "bildung": (LifeArea.TRAINING,),
    "freizeit": (LifeArea.PARTICIPATION,),
    "gesundheit": (LifeArea.HEALTH,),
    "kultur": (LifeArea.PARTICIPATION,),
    "mobilität": (LifeArea.MOBILITY,),
    "sport": (LifeArea.PARTICIPATION,),
    "treffpunkt": (LifeArea.PARTICIPATION,),
    "advice": (LifeArea.ORIENTATION,),
    "education": (LifeArea.TRAINING,),
    "health": (LifeArea.HEALTH,),
}
# Searched for in title, category and keywords, never in the long text: there every second place names a Jobcenter.
KEYWORDS: dict[LifeArea, str] = {
    LifeArea.RESIDENCE: r"ausländerbehörde|aufenthalt|asyl|migrationsberatung|einbürgerung|abschieb|flüchtlingsberatung|immigration|residence permit|refugee",
    LifeArea.ORIENTATION: r"migrationsdienst|migrationsberatung|integrationsberatung|sozialberatung|bürgerbüro|bürgerservice|rathaus|erstorientierung|orientierung|info-?point|lotsen?\b|welcome|integrationslots",
    LifeArea.LANGUAGE: r"deutschkurs|sprachkurs|sprachcaf[eé]|integrationskurs|deutsch (?:lernen|für|als)|deutsch\b.*\bkurs|alphabetisierung|sprachförder|sprachtreff|sprachschule|volkshochschule|\bvhs\b|\bmvhs\b|dolmetsch|sprachmittl|language (?:course|class|caf)|german (?:course|class)|\besol\b|interpret",
    LifeArea.SCHOOL: r"(?<!hoch)(?<!sprach)(?<!fahr)(?<!berufs)(?<!tanz)(?<!musik)schule\b|(?<!hoch)(?<!volkshoch)schul(?:amt|beratung|sozial|psycholog|system)|lernförder|nachhilfe|hausaufgaben|lernhilfe|tutoring|\bschools?\b|homework",
    LifeArea.CHILDCARE: r"\bkita|krippe|kindergarten|kindertages|kinderbetreuung|familienzentrum|familienberatung|familienbildung|erziehungsberatung|erziehung|elternberatung|eltern|frühe hilfen|kinder|familien|jugendamt|\bkitz\b|childcare|nursery|famil(?:y|ies)|parent",
    LifeArea.TRAINING: r"ausbildung|hochschule|universität|studier|studium|berufsschule|weiterbildung|bildungsberatung|bildungslokal|jugendberufs|apprentice|university|vocational|training",
    LifeArea.WORK: r"jobcenter|arbeit(?!slos)|arbeitsagentur|agentur für arbeit|\bjobs?\b|beruf|anerkennung|bewerbung|gründ(?:er|ung)|employment|career|qualification",
    LifeArea.BENEFITS: r"sozialamt|sozialbürgerhaus|sozialhilfe|bürgergeld|wohngeld|grundsicherung|kindergeld|familienkasse|rentenberatung|rentenversicherung|arbeitslos|tafel\b|kleiderkammer|sozialkaufhaus|benefits|food ?bank|welfare",
    LifeArea.HOUSING: r"wohnung|wohnen|obdach|mieter|notunterkunft|unterkunft|frauenhaus|housing|homeless|shelter|tenan",
    LifeArea.HEALTH: r"gesundheit|ärzt|arzt\b|klinik|krankenhaus|psych|sucht|schwanger|hebamme|therap|trauma|pflege|\baids|krankenkasse|hospi[tz]|health|mental|counsell?ing|addiction|pregnan|clinic",
    LifeArea.DEBTS: r"schuldner|insolvenz|schulden|\bdebts?\b|money advice",
    LifeArea.PARTICIPATION: r"treff\b|treffpunkt|nachbarschaft|begegnung|caf[eé]\b|ehrenamt|freiwillig|verein\b|sport|kultur|bibliothek|bücherei|museum|theater|freizeit|jugendzentrum|jugendtreff|gemeinschaftsgarten|behinder|inklusion|chor\b|migrationsbeirat|frauengruppe|community|volunteer|library|youth|leisure|social group|disab",
    LifeArea.MOBILITY: r"führerschein|fahrschule|verkehrsverbund|bahnhof|fahrrad|busbahnhof|driving|transport|\bbus\b",
    LifeArea.DOCUMENTS: r"\bpass(?:stelle|amt)?\b|standesamt|konsulat|botschaft|beglaubigung|übersetzungsbüro|passport|consulate|embassy",
}  # fmt: skip
_FOUND = {area: re.compile(pattern, re.IGNORECASE) for area, pattern in KEYWORDS.items()}
_LEVEL = re.compile(r"\b([abc])\s?([12])\b", re.IGNORECASE)
_UP_TO = re.compile(r"^\s*(bis|höchstens|max\.?|maximal|up to)\b", re.IGNORECASE)
_NOTHING = re.compile(
    r"(keine?r?|kein deutsch|ohne|nicht (?:nötig|erforderlich|notwendig)|none|alle|all|egal|beliebig|any|offen|offen für alle|für alle|m/w/d|divers|-|–|/)(\s.*)?",
    re.IGNORECASE,
)
_FEMALE = re.compile(r"frau|mädchen|weiblich|\bw\b|female|wom[ae]n|girl|mütter", re.IGNORECASE)
_MALE = re.compile(r"männ|\bmann\b|jungen|\bm\b|\bmale|\bm[ae]n\b|\bboys?\b|väter", re.IGNORECASE)


def life_areas_of(title: str, category: str, keywords: Iterable[str] = (), said: Iterable[str] = ()) -> list[str]:
    """Ours: those a table names, else those that category, keywords and title tell; none where nothing tells."""
    if named := [code for words in said if (code := _area(words))]:
        return _ordered(named)
    told = " · ".join([title, category, *keywords])
    found = [area for area, pattern in _FOUND.items() if pattern.search(told)]
    by_category = CATEGORIES.get(category.casefold().strip(), ())
    if not found or by_category in ((LifeArea.HEALTH,), (LifeArea.PARTICIPATION,)):
        found += by_category
    return _ordered(found)


def _ordered(areas: Iterable[str]) -> list[str]:
    chosen = set(areas)
    return [area for area in LifeArea.values if area in chosen]


def _area(words: str) -> str:
    plain = words.strip().casefold()
    for area in LifeArea:
        if plain in (area.value, str(area.label).casefold(), area.name.casefold()):
            return area.value
    return next((area.value for area, pattern in _FOUND.items() if pattern.search(words)), "")


def languages_of(words: Iterable[str]) -> list[str]:
    """Codes for codes and for names in German or English; what is none of ours is left out."""
    found = (_language(one) for one in words)
    return list(dict.fromkeys(code for code in found if code and len(code) <= 3))


@lru_cache(maxsize=512)
def _language(words: str) -> str:
    plain = words.strip().casefold()
    if code := language_code(re.split(r"[-_]", plain)[0]) if len(plain) <= 6 else None:
        return code
    return next((code for code, one in LANGUAGES.items() if plain in (one.name.casefold(), one.english.casefold())), "")


def levels_of(first: str, last: str) -> tuple[str, str] | None:
    """German from and up to which level; ("", "") where it says that none is asked for; None where it is not understood."""
    from_levels, to_levels = _levels(first), _levels(last)
    if _UP_TO.match(first) and from_levels and not to_levels:
        from_levels, to_levels = [], from_levels
    if len(from_levels) > 1 and not to_levels:
        from_levels, to_levels = from_levels[:1], from_levels[-1:]
    if not from_levels and not to_levels:
        return ("", "") if _NOTHING.fullmatch(first.strip()) else None
    low, high = (from_levels or [""])[0], (to_levels or [""])[-1]
    order = Level.values
    return (high, low) if low and high and order.index(low) > order.index(high) else (low, high)


def _levels(words: str) -> list[str]:
    return [f"{match[1]}{match[2]}".lower() for match in _LEVEL.finditer(words)]


def gender_of(words: str) -> str | None:
    """For whom; "" for everybody, None where it is not understood."""
    female, male = bool(_FEMALE.search(words)), bool(_MALE.search(words))
    if female != male:
        return (Gender.FEMALE if female else Gender.MALE).value
    return "" if female or _NOTHING.fullmatch(words.strip()) else None


def childcare_of(words: str) -> str | None:
    """Whether there is some; None where it is not understood."""
    plain = words.strip().casefold()
    if re.match(r"(ja|yes|true|wahr|1|x|mit|vorhanden|with)\b", plain):
        return Childcare.YES.value
    return Childcare.NO.value if re.match(r"(nein|no|false|falsch|0|ohne|keine|without)\b", plain) else None


class Towns:
    """The towns of NRW as addresses name them: by name, by postcode where only one town has it."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        self.by_name: dict[str, list[str]] = {}
        self.by_postcode: dict[str, list[str]] = {}
        self.postcodes: dict[str, set[str]] = {}
        for ags, name, postcodes in rows:
            self.by_name.setdefault(_bare(name), []).append(ags)
            self.postcodes[ags] = set(re.findall(r"\d{5}", postcodes))
            for postcode in self.postcodes[ags]:
                self.by_postcode.setdefault(postcode, []).append(ags)

    def ags_of(self, town: str, postcode: str) -> str:
        """Empty outside NRW and where it is not clear: there is more than one Borken."""
        match = re.search(r"\b\d{5}\b", postcode)
        there = self.by_postcode.get(match.group(), []) if match else []
        named = self.by_name.get(_bare(town), [])
        if match and not there:
            return ""
        both = [ags for ags in named if ags in there] if match else named
        if len(both) == 1:
            return both[0]
        return there[0] if len(there) == 1 else ""

    def all_of(self, areas: Iterable[str]) -> list[str] | None:
        """The towns these words name; None when one of them is no town of NRW."""
        found = [self.by_name.get(_bare(words), []) for words in areas]
        return [ags[0] for ags in found] if found and all(len(ags) == 1 for ags in found) else None


def _bare(name: str) -> str:
    plain = unicodedata.normalize("NFC", name).casefold()
    plain = re.sub(r"\(.*?\)|^(kreis)?(stadt|gemeinde|hansestadt)\s+|,.*$", " ", plain).strip()
    return re.sub(r"[^a-zäöüß]+", " ", plain).strip()
