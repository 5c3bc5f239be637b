"""Code lists: nationalities (Destatis) and languages (ISO 639), with their German names."""

import json
from pathlib import Path
from typing import NamedTuple

from babel import Locale
from babel.core import get_global

from faden.persons.rules.latin import sort_key

NATIONALITY_FILE = Path(__file__).parent / "data" / "nationalities" / "staatsangehoerigkeit.json"

# Two letters where ISO 639-1 has the language; "sh" was withdrawn.
TWO_LETTERS = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
    "de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy "
    "hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg "
    "li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or "
    "os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
    "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)

# Three letters (ISO 639-3) where our clients speak something the short list lumps or lacks,
# and the names offices use where the Unicode names (CLDR) are others.
OWN_NAMES = """
fa|Farsi (Persisch)|Persian (Farsi)
ku|Kurdisch (ohne Angabe)|Kurdish (unspecified)
pa|Panjabi|Punjabi
rn|Kirundi|Kirundi
sw|Swahili|Swahili
yi|Jiddisch|Yiddish
aii|Assyrisch (Neuaramäisch)|Assyrian Neo-Aramaic
acm|Irakisches Arabisch|Mesopotamian Arabic
apc|Levantinisches Arabisch|Levantine Arabic
arq|Algerisches Arabisch|Algerian Arabic
ary|Marokkanisches Arabisch|Moroccan Arabic
arz|Ägyptisches Arabisch|Egyptian Arabic
ayl|Libysches Arabisch|Libyan Arabic
azb|Südaserbaidschanisch|South Azerbaijani
bal|Belutschisch|Balochi
bin|Edo (Bini)|Edo
byn|Bilen|Blin
ckb|Sorani (Zentralkurdisch)|Sorani (Central Kurdish)
cld|Chaldäisch (Neuaramäisch)|Chaldean Neo-Aramaic
cnr|Montenegrinisch|Montenegrin
crh|Krimtatarisch|Crimean Tatar
dar|Darginisch|Dargwa
dyu|Dioula|Dyula
fil|Filipino|Filipino
gag|Gagausisch|Gagauz
gsg|Deutsche Gebärdensprache|German Sign Language
haz|Hazaragi|Hazaragi
inh|Inguschisch|Ingush
kab|Kabylisch|Kabyle
kmr|Kurmandschi (Nordkurdisch)|Kurmanji (Northern Kurdish)
kri|Krio|Krio
lez|Lesgisch|Lezghian
luo|Luo|Luo
men|Mende|Mende
mnk|Mandinka|Mandinka
mos|Mòoré|Mossi
pcm|Nigerianisches Pidgin|Nigerian Pidgin
prs|Dari|Dari
rhg|Rohingya|Rohingya
rif|Tarifit (Rif-Berberisch)|Riffian
rom|Romanes|Romani
rue|Ruthenisch|Rusyn
rup|Aromunisch|Aromanian
sdh|Südkurdisch|Southern Kurdish
shi|Taschelhit|Tachelhit
sid|Sidama|Sidamo
skr|Saraiki|Saraiki
srr|Serer|Serer
ssy|Saho|Saho
sus|Susu|Susu
tem|Temne|Timne
tig|Tigre|Tigre
tru|Turoyo (Surayt)|Turoyo
wal|Wolaytta|Wolaytta
xmf|Mingrelisch|Mingrelian
yue|Kantonesisch|Cantonese
zgh|Tamazight (Berberisch)|Standard Moroccan Tamazight
zza|Zaza|Zaza
"""

# Other codes in use for languages of this list, mostly three letters for a two-letter one.
SAME_LANGUAGE = {
    "pes": "fa", "fas": "fa", "per": "fa", "tir": "ti", "kur": "ku", "deu": "de", "ger": "de",
    "eng": "en", "ara": "ar", "arb": "ar", "ukr": "uk", "rus": "ru", "tur": "tr", "fra": "fr",
    "fre": "fr", "sqi": "sq", "alb": "sq", "srp": "sr", "ron": "ro", "rum": "ro", "bul": "bg",
    "pol": "pl", "spa": "es", "som": "so", "pus": "ps", "kat": "ka", "geo": "ka", "hye": "hy",
    "arm": "hy", "amh": "am", "urd": "ur", "syr": "aii", "rmn": "rom", "rmy": "rom",
    "diq": "zza", "kiu": "zza",
}  # fmt: skip

# Offered first, roughly as often as advice centres in NRW need them.
MOST_ASKED_FOR = (
    "de en ar uk ru fa prs tr kmr ckb fr ti sq sr ro bg pl es so ps ka hy rom mk bs hr el it pt hu "
    "am om ur pa bn ta az ku zza aii vi zh sw ha wo ff gsg"
)
COMMON_LANGUAGES = tuple(MOST_ASKED_FOR.split())


class Nationality(NamedTuple):
    """State and adjective: ("Afghanistan", "afghanisch")."""

    name: str
    adjective: str


class Language(NamedTuple):
    """German and English name: ("Ukrainisch", "Ukrainian")."""

    name: str
    english: str


def _nationalities() -> dict[str, Nationality]:
    rows = json.loads(NATIONALITY_FILE.read_text(encoding="utf-8"))["list"]
    return {row["code"]: Nationality(row["name"], row["adjective"]) for row in rows}


def _languages() -> dict[str, Language]:
    """The common ones first, then by German name."""
    german, english = Locale.parse("de").languages, Locale.parse("en").languages
    found = {code: Language(german[code], english[code]) for code in TWO_LETTERS.split()}
    for line in OWN_NAMES.strip().splitlines():
        code, *names = line.split("|")
        found[code] = Language(*names)
    rest = sorted(found.keys() - set(COMMON_LANGUAGES), key=lambda code: sort_key(found[code].name, ""))
    return {code: found[code] for code in (*COMMON_LANGUAGES, *rest)}


# What CLDR names otherwise; states that are no more and "ohne Angabe" have none. XXA: stateless, XXX: unclear (ICAO 9303).
_OTHER_ISO = {
    "411": "HKG", "245": "COG", "246": "COD", "434": "PRK", "467": "KOR", "412": "MAC", "146": "MDA", "531": "NRU", "459": "PSE",
    "160": "RUS", "133": "SRB", "276": "SDN", "997": "XXA", "998": "XXX",
}  # fmt: skip


def _iso() -> dict[str, str]:
    """Destatis to ISO 3166-1 alpha-3, by the German name; the rules of residence speak ISO."""
    two = {name: code for code, name in Locale.parse("de").territories.items() if len(code) == 2}
    three = {to[0]: code for code, to in get_global("territory_aliases").items() if len(code) == 3 and code.isalpha() and len(to) == 1}
    by_name = {code: three[two[one.name]] for code, one in NATIONALITIES.items() if two.get(one.name) in three}
    return {**_OTHER_ISO, **by_name}  # of two that were one state, today's name is the later one


NATIONALITIES = _nationalities()
LANGUAGES = _languages()
ISO = _iso()
NAME_OF_ISO = {iso: NATIONALITIES[code].name for code, iso in ISO.items()}


def language_code(code: str) -> str | None:
    """Our code for any code in use: "TIR" -> "ti", "pes" -> "fa"; None if it is none of ours."""
    plain = code.strip().lower()
    plain = SAME_LANGUAGE.get(plain, plain)
    return plain if plain in LANGUAGES else None
