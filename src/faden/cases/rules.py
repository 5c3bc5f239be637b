"""Pure rules of case work: numbers, Kennwörter, periods, the order of phases."""

from datetime import date, timedelta
from random import Random

from faden.cases.vocabulary import Phase

TEXT_DAYS = 90
WORKING_NOTE_DAYS = 90
LONGEST_CODEWORD = 40
# Nouns everybody can say, spell and remember; none names a person or a place.
CODEWORDS = [
    "Ahorn",
    "Amsel",
    "Anker",
    "Apfel",
    "Birke",
    "Birne",
    "Boot",
    "Brücke",
    "Brunnen",
    "Buche",
    "Dorn",
    "Düne",
    "Eiche",
    "Eis",
    "Elster",
    "Erle",
    "Esche",
    "Falke",
    "Farn",
    "Feder",
    "Feld",
    "Fenster",
    "Fichte",
    "Fluss",
    "Garten",
    "Glocke",
    "Gras",
    "Hafen",
    "Hafer",
    "Hase",
    "Hirse",
    "Holz",
    "Honig",
    "Hügel",
    "Insel",
    "Kamm",
    "Kastanie",
    "Kerze",
    "Kiefer",
    "Kirsche",
    "Klee",
    "Koralle",
    "Korb",
    "Krone",
    "Lampe",
    "Laterne",
    "Leiter",
    "Lerche",
    "Linde",
    "Mandel",
    "Meise",
    "Melone",
    "Minze",
    "Mohn",
    "Mond",
    "Moos",
    "Muschel",
    "Nebel",
    "Nuss",
    "Olive",
    "Palme",
    "Pappel",
    "Perle",
    "Quelle",
    "Regen",
    "Reis",
    "Rose",
    "Salbei",
    "Sand",
    "Schiff",
    "Schilf",
    "Schnee",
    "Schwalbe",
    "See",
    "Segel",
    "Sommer",
    "Sonne",
    "Spatz",
    "Stern",
    "Strand",
    "Tanne",
    "Taube",
    "Tor",
    "Tulpe",
    "Turm",
    "Ufer",
    "Ulme",
    "Wald",
    "Weide",
    "Welle",
    "Wiese",
    "Wind",
    "Wolke",
    "Wolle",
    "Wurzel",
    "Zeder",
    "Ziegel",
    "Zitrone",
    "Zwiebel",
]


def case_number(prefix: str, year: int, running: int) -> str:
    """AH-2026-0012."""
    return f"{prefix or 'F'}-{year}-{running:04d}"


def codeword(chance: Random) -> str:
    """A Kennwort like "Linde-482": a word and three digits."""
    return f"{chance.choice(CODEWORDS)}-{chance.randrange(100, 1000)}"


def plain_codeword(typed: str) -> str:
    """How a Kennwort is compared: "  linde 482" is "Linde-482"."""
    word = "-".join(typed.replace("-", " ").split())
    return word[:1].upper() + word[1:].lower()


def working_note_ends_on(written: date) -> date:
    """By this day an Arbeitsnotiz is transferred or destroyed."""
    return written + timedelta(days=WORKING_NOTE_DAYS)


def skipped(present: Phase, wanted: Phase) -> bool:
    """Is at least one phase between them left out? Going back skips nothing."""
    order = list(Phase)
    return order.index(wanted) > order.index(present) + 1
