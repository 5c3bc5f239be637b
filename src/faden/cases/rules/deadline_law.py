"""The numbers and days the law sets for Fristen, in one place, each with its paragraph and how sure we are.

A changed law is another value here with its days. Marks: K read in the law text of 2026-08-19, W read in a
public page, M general knowledge: shown with its paragraph, to be checked by whoever relies on it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from faden.persons.vocabulary import ResidencePaper as Paper

LAW_READ_ON = date(2026, 8, 19)
T = TypeVar("T")


@dataclass(frozen=True)
class Parameter(Generic[T]):
    """A value, the paragraph shown beside a deadline, and where we have it from."""

    value: T
    law: str
    source: str
    mark: str


# The words for § 104c in §§ 25a, 25b fall away on 2027-07-01; the title itself is not extended (§ 104c Abs. 2).
BRIDGE_LAST_DAY = Parameter(
    date(2027, 6, 30),
    "§ 25a Abs. 1, 5, 6, § 25b Abs. 1, 7, 8 AufenthG",
    "asyl.net/view/gesetzesaenderungen-zum-jahreswechsel",
    "W",
)
# "vor Vollendung des 27. Lebensjahres": the last day is the one before the birthday (§ 187 Abs. 2 BGB).
BEFORE_AGE = Parameter(27, "§ 25a Abs. 1 Satz 1 Nr. 3 AufenthG", "AufenthG § 25a", "K")
# Whoever is younger is no "Jugendlicher" yet (§ 7 Abs. 1 Nr. 2 SGB VIII).
YOUTH_FROM = Parameter(14, "§ 7 Abs. 1 Nr. 2 SGB VIII", "SGB VIII § 7", "K")
# "erlischt ein Jahr nach Erteilung … oder bei dessen Wegfall".
COURSE_YEARS = Parameter(1, "§ 44 Abs. 2 AufenthG", "AufenthG § 44", "K")
# Children in a school career have no claim (§ 44 Abs. 3 Nr. 1); younger ones are nobody's course members.
COURSE_FROM_AGE = Parameter(16, "§ 44 Abs. 3 Satz 1 Nr. 1 AufenthG", "practice", "M")
# "Der Bewilligungszeitraum ist … auf längstens sechs Monate zu verkürzen".
FICTION_MONTHS = Parameter(6, "§ 74 Abs. 1 Satz 3 SGB II", "SGB II § 74", "K")
# Who is six "bis zum Beginn des 30. September" goes to school from 1 August of that year.
SCHOOL_FROM_AGE = Parameter(6, "§ 34, § 35 Abs. 1 SchulG NRW", "SchulG NRW § 35", "M")
# Until the end of the school year (31 July) in which somebody turns eighteen.
SCHOOL_UNTIL_AGE = Parameter(18, "§ 38 Abs. 3 SchulG NRW", "SchulG NRW § 38", "M")
# Titles of § 24 of Ukrainians that were valid on this day go on until that one without extension.
UKRAINE_VALID_ON = Parameter(date(2026, 2, 1), "§ 2 Abs. 1 UkraineAufenthFGV", "UkraineAufenthFGV § 2", "K")
UKRAINE_GOES_ON_UNTIL = Parameter(date(2027, 3, 4), "§ 2 Abs. 1 UkraineAufenthFGV", "UkraineAufenthFGV § 2", "K")

# A title stays alive while its extension is asked for in time (§ 81 Abs. 4); a Duldung and the rest do not.
EXTENSION_LAW = "§ 81 Abs. 4 AufenthG"
CHANCE_LAW = "§ 104c Abs. 2 AufenthG"

# Whoever stays here needs a valid passport or a paper that stands for it.
PASSPORT_LAW = "§ 3 Abs. 1 AufenthG"

NO_PAPER = frozenset({Paper.NONE, Paper.NOT_ENTERED, Paper.UNKNOWN, Paper.GERMAN})
TOLERATED = frozenset({Paper.DULDUNG_60A, Paper.DULDUNG_60B, Paper.DULDUNG_60C, Paper.DULDUNG_60D})
FICTIONS = frozenset({Paper.FIKTION_81_3, Paper.FIKTION_81_4})
# § 44 Abs. 1: first title for work, family, protection or § 25b. § 25a, § 24 and § 25 Abs. 5 give none.
COURSE_CLAIM = frozenset({
    Paper.AE_18, Paper.AE_19C, Paper.AE_21, Paper.AE_28, Paper.AE_30, Paper.AE_32, Paper.AE_36, Paper.AE_36A,
    Paper.AE_25_1, Paper.AE_25_2_1, Paper.AE_25_2_2, Paper.AE_25B,
})  # fmt: skip
# Our list of papers is coarser than the law here, so the words say on what it depends.
COURSE_CLAIM_PERHAPS = {
    Paper.AE_25_4A: "nur bei § 25 Abs. 4a Satz 3",
    Paper.AE_23: "nur bei § 23 Abs. 2 oder 4",
}
UKRAINE = "166"
