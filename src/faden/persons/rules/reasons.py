"""What speaks for or against two entries being one person, and how it is said."""

from enum import StrEnum


class Reason(StrEnum):
    """A fact of the comparison, in the order it is told; its sentence stands in WORDS."""

    SAME_SPELLING = "same_spelling"
    SAME_LETTERS = "same_letters"
    BEGINS_LIKE_IT = "begins_like_it"
    SOUNDS_ALIKE = "sounds_alike"
    OTHER_LANGUAGE = "other_language"
    OTHER_SCRIPT = "other_script"
    ARTICLE_MISSING = "article_missing"
    PART_MISSING = "part_missing"
    PART_DIFFERS = "part_differs"
    NAMES_SWAPPED = "names_swapped"
    OTHER_FAMILY_NAME = "other_family_name"
    SAME_BIRTH_DAY = "same_birth_day"
    SAME_BIRTH_MONTH = "same_birth_month"
    SAME_BIRTH_YEAR = "same_birth_year"
    BIRTH_POSSIBLE = "birth_possible"
    BIRTH_MISTYPED = "birth_mistyped"
    BIRTH_DIFFERS = "birth_differs"
    SAME_PHONE = "same_phone"
    SAME_EMAIL = "same_email"


WORDS: dict[Reason, str] = {
    Reason.SAME_SPELLING: "gleich geschrieben",
    Reason.SAME_LETTERS: "gleich bis auf Umlaute und Sonderzeichen",
    Reason.BEGINS_LIKE_IT: "beginnt so",
    Reason.SOUNDS_ALIKE: "klingt ähnlich",
    Reason.OTHER_LANGUAGE: "gleicher Name in anderer Sprache oder Schreibweise",
    Reason.OTHER_SCRIPT: "andere Schrift, gleicher Klang",
    Reason.ARTICLE_MISSING: "gleich ohne den Artikel (al-, el-)",
    Reason.PART_MISSING: "ein Namensteil fehlt",
    Reason.PART_DIFFERS: "ein Namensteil ist anders",
    Reason.NAMES_SWAPPED: "Vor- und Nachname vertauscht",
    Reason.OTHER_FAMILY_NAME: "anderer Familienname",
    Reason.SAME_BIRTH_DAY: "gleicher Geburtstag",
    Reason.SAME_BIRTH_MONTH: "gleicher Geburtsmonat",
    Reason.SAME_BIRTH_YEAR: "gleiches Geburtsjahr",
    Reason.BIRTH_POSSIBLE: "Geburtsdatum könnte passen",
    Reason.BIRTH_MISTYPED: "Geburtsdatum bis auf eine Ziffer oder einen Zahlendreher gleich",
    Reason.BIRTH_DIFFERS: "anderes Geburtsdatum",
    Reason.SAME_PHONE: "gleiche Telefonnummer",
    Reason.SAME_EMAIL: "gleiche E-Mail-Adresse",
}
