"""Each condition with its outcome, the fact used and the nearest mend, as a table."""

from dataclasses import replace
from datetime import date

import pytest

from faden.directory.rules.matching import Columns
from faden.directory.rules.nearness import tenths_between
from faden.directory.rules.needs import Need
from faden.directory.rules.verdict_words import Around, explained, verdict
from faden.directory.rules.ways import those_that_certify
from faden.directory.vocabulary import Condition, Fit
from tests.directory.drawn import TODAY, offer, spot

FITS, UNKNOWN, FAILS = Fit
TOWNS = {"05554004": "Ahaus", "05554008": "Bocholt"}
NEED = Need("language", TODAY)
NO_PROOF = ("none", "none")


def said(condition, asks, facts, *, shelf=()):
    """In words; and by column it comes out the same."""
    asking, need = offer(**asks), replace(NEED, **facts)
    one = verdict(condition, asking, need, Around(those_that_certify(shelf), TOWNS))
    assert one.condition == condition
    assert Columns([asking]).verdicts(need)[list(Condition).index(condition), 0] == one.fit
    return one.fit, one.asks, one.fact, one.mend


@pytest.mark.parametrize("condition", [one for one in Condition if one != Condition.CHILDCARE])
def test_silence_is_not_a_no_and_no_condition_is_a_yes(condition):
    assert said(condition, {"silent": frozenset({condition})}, {}) == (UNKNOWN, "das Angebot sagt dazu nichts", "", "Beim Anbieter nachfragen.")
    assert said(condition, {}, {}) == (FITS, "verlangt dazu nichts", "", "")


def test_what_it_says_counts_although_the_source_is_silent_about_the_rest():
    assert said("age", {"age_from": 18, "silent": frozenset({"age"})}, {"born": (date(2012, 1, 1),) * 2})[0] == FAILS


CHILDCARE = {  # she needs it: (offer says yes, no, nothing and is silent, nothing)
    True: (FITS, FAILS, UNKNOWN, UNKNOWN),
    False: (FITS, FITS, FITS, FITS),
    None: (FITS, UNKNOWN, UNKNOWN, FITS),
}
SAYS = ({"childcare": "yes"}, {"childcare": "no"}, {"silent": frozenset({"childcare"})}, {})


@pytest.mark.parametrize(("needs", "says", "fit"), [(needs, says, fit) for needs, fits in CHILDCARE.items() for says, fit in zip(SAYS, fits, strict=True)])
def test_childcare(needs, says, fit):
    assert said(Condition.CHILDCARE, says, {"needs_childcare": needs})[0] == fit


@pytest.mark.parametrize(
    ("condition", "asks", "facts", "expected"),
    [
        ("residence", {"papers": frozenset({"ae_24"})}, {"paper": "ae_24"}, (FITS, "nur mit: Aufenthaltserlaubnis § 24 (vorübergehender Schutz)", "Aufenthaltserlaubnis § 24 (vorübergehender Schutz)", "")),
        ("residence", {"papers": frozenset({"visa"})}, {"paper": "duldung_60a"}, (FAILS, "nur mit: Visum", "Duldung § 60a", "")),
        ("residence", {"papers": frozenset({"visa"})}, {"paper": "unknown"}, (UNKNOWN, "nur mit: Visum", "nicht bekannt oder nicht gefragt", "Nach dem Aufenthaltspapier fragen.")),
        ("residence", {"papers": frozenset({"visa"})}, {"paper": "not_entered"}, (UNKNOWN, "nur mit: Visum", "noch nicht eingereist", "Steht fest, wenn das Papier nach der Einreise da ist.")),
        ("residence", {"papers": frozenset({"not_entered"})}, {"paper": "not_entered"}, (FITS, "nur mit: noch nicht eingereist", "noch nicht eingereist", "")),
        ("german", {"german_from": "a2", "german_to": "b1"}, {"german": "b1"}, (FITS, "verlangt A2 bis B1", "B1", "")),
        ("german", {"german_from": "a2", "german_to": "b1"}, {"german": "b2", "certified": ("b2", "b2")}, (FAILS, "verlangt A2 bis B1", "B2 mit Nachweis", "")),
        ("german", {"german_to": "none"}, {"german": "a1"}, (FAILS, "nur, wer noch kein Deutsch kann", "A1", "")),
        ("german", {"german_from": "b1"}, {"german": "unknown"}, (UNKNOWN, "verlangt mindestens B1", "nicht bekannt", "Nach dem Sprachstand fragen.")),
        ("german", {"german_from": "none", "german_to": "native"}, {}, (FITS, "verlangt dazu nichts", "", "")),
        ("german", {"german_from": "b1", "german_proof": True}, {"german": "b2"}, (UNKNOWN, "verlangt mindestens B1 mit Nachweis", "B2", "Nach dem Nachweis fragen (Zertifikat, Zeugnis).")),
        ("german", {"german_from": "b1", "german_proof": True}, {"german": "b1", "certified": NO_PROOF}, (FAILS, "verlangt mindestens B1 mit Nachweis", "B1 ohne Nachweis", "Nachweis fehlt.")),
        ("german", {"german_from": "b1", "german_proof": True}, {"german": "b1", "certified": ("b1", "b1")}, (FITS, "verlangt mindestens B1 mit Nachweis", "B1 mit Nachweis", "")),
        # What was told since takes nothing from a certificate; where one is asked for it counts beside the level.
        ("german", {"german_from": "b1", "german_proof": True}, {"german": "b2", "certified": ("b1", "b1")}, (FITS, "verlangt mindestens B1 mit Nachweis", "B2, Nachweis über B1", "")),
        ("german", {"german_from": "b2", "german_proof": True}, {"german": "b2", "certified": ("b1", "b1")}, (FAILS, "verlangt mindestens B2 mit Nachweis", "B2, Nachweis über B1", "Nachweis fehlt.")),
        ("german", {"german_from": "b1", "german_proof": True}, {"german": "a2", "certified": ("b1", "b1")}, (FITS, "verlangt mindestens B1 mit Nachweis", "A2, Nachweis über B1", "")),
        ("german", {"german_from": "b1"}, {"german": "a2", "certified": ("b1", "b1")}, (FAILS, "verlangt mindestens B1", "A2, Nachweis über B1", "")),
        ("german", {"german_from": "b1", "german_proof": True}, {"certified": ("b1", "native")}, (FITS, "verlangt mindestens B1 mit Nachweis", "Nachweis über B1", "")),
        # A certificate without its day may be one.
        ("german", {"german_from": "b1", "german_proof": True}, {"german": "b1", "certified": ("none", "b1")}, (UNKNOWN, "verlangt mindestens B1 mit Nachweis", "B1", "Nach dem Nachweis fragen (Zertifikat, Zeugnis).")),
        ("german", {"german_from": "b1", "german_proof": True}, {"german": "a2", "certified": ("none", "b1")}, (UNKNOWN, "verlangt mindestens B1 mit Nachweis", "A2", "Nach dem Nachweis fragen (Zertifikat, Zeugnis).")),
        ("german", {"german_from": "b2", "german_proof": True}, {"german": "b2", "certified": ("none", "b1")}, (FAILS, "verlangt mindestens B2 mit Nachweis", "B2", "Nachweis fehlt.")),
        ("german", {"german_from": "a2", "german_proof": True}, {"german": "b1", "certified": ("a2", "b1")}, (FITS, "verlangt mindestens A2 mit Nachweis", "B1, Nachweis über A2", "")),
        ("german", {"german_proof": True}, {"german": "native"}, (FITS, "verlangt einen Nachweis über Deutsch", "Muttersprache", "")),
        ("age", {"age_from": 16, "age_to": 27}, {"born": (date(2010, 11, 23),) * 2}, (FITS, "von 16 bis 27 Jahren", "am 23.11.2026 16 Jahre alt", "")),
        ("age", {"age_from": 16}, {"born": (date(2010, 11, 24),) * 2}, (FAILS, "ab 16 Jahren", "am 23.11.2026 15 Jahre alt", "ab 24.11.2026 alt genug")),
        ("age", {"age_from": 18}, {"born": (date(2009, 3, 1), date(2009, 3, 31))}, (FAILS, "ab 18 Jahren", "am 23.11.2026 17 Jahre alt", "spätestens ab 31.03.2027 alt genug")),
        ("age", {"age_from": 18, "ends_on": date(2027, 3, 1)}, {"born": (date(2009, 3, 14),) * 2}, (FAILS, "ab 18 Jahren", "am 23.11.2026 17 Jahre alt", "")),
        ("age", {"age_from": 18}, {"born": (date(2008, 1, 1), date(2008, 12, 31))}, (UNKNOWN, "ab 18 Jahren", "am 23.11.2026 17 bis 18 Jahre alt", "Nach dem genauen Geburtsdatum fragen.")),
        ("age", {"age_from": 13, "age_to": 14}, {"born": (date(2004, 1, 1), date(2020, 1, 1))}, (UNKNOWN, "von 13 bis 14 Jahren", "am 23.11.2026 6 bis 22 Jahre alt", "Nach dem genauen Geburtsdatum fragen.")),
        ("age", {"age_to": 27}, {"born": (date(1998, 11, 24),) * 2}, (FITS, "bis 27 Jahre", "am 23.11.2026 27 Jahre alt", "")),
        ("age", {"age_to": 27}, {"born": (date(1998, 11, 23),) * 2}, (FAILS, "bis 27 Jahre", "am 23.11.2026 28 Jahre alt", "")),
        # On the day it begins she is old enough; one that has begun counts from the day on which it is sought.
        ("age", {"age_from": 18, "next_start": date(2027, 3, 14)}, {"born": (date(2009, 3, 14),) * 2}, (FITS, "ab 18 Jahren", "am 14.03.2027 18 Jahre alt", "")),
        ("age", {"age_from": 18, "next_start": date(2026, 9, 1)}, {"born": (date(2008, 11, 23),) * 2}, (FITS, "ab 18 Jahren", "am 23.11.2026 18 Jahre alt", "")),
        ("age", {"age_from": 18}, {"born": (date(2008, 2, 29),) * 2, "on": date(2026, 2, 28)}, (FAILS, "ab 18 Jahren", "am 28.02.2026 17 Jahre alt", "ab 01.03.2026 alt genug")),
        ("age", {"age_from": 0, "age_to": 2}, {"born": (date(2027, 1, 1),) * 2}, (FITS, "bis 2 Jahre", "am 23.11.2026 0 Jahre alt", "")),
        ("age", {"age_from": 0}, {}, (FITS, "verlangt dazu nichts", "", "")),
        ("gender", {"gender": "female"}, {"gender": "male"}, (FAILS, "nur für Frauen und Mädchen", "Männer und Jungen", "")),
        ("gender", {"gender": "female"}, {}, (UNKNOWN, "nur für Frauen und Mädchen", "nicht bekannt", "Angeben, für wen gesucht wird; es wird nirgends gespeichert.")),
        ("town", {"towns": frozenset(TOWNS)}, {"town": "05554008"}, (FITS, "nur für Menschen aus Ahaus, Bocholt", "Bocholt", "")),
        ("town", {"towns": frozenset({"05554004"})}, {"town": "05554008"}, (FAILS, "nur für Menschen aus Ahaus", "Bocholt", "")),
        ("town", {"towns": frozenset({"05554004"})}, {}, (UNKNOWN, "nur für Menschen aus Ahaus", "nicht bekannt", "Nach dem Wohnort fragen.")),
        ("benefit", {"regimes": frozenset({"sgb2", "sgb12"})}, {"regimes": frozenset({"wohngeld", "sgb12"})}, (FITS, "nur bei Bezug von: SGB II, SGB XII", "SGB XII, Wohngeld, Kinderzuschlag", "")),
        ("benefit", {"regimes": frozenset({"sgb2"})}, {"regimes": frozenset()}, (FAILS, "nur bei Bezug von: SGB II", "keine Leistungen, eigenes Einkommen", "")),
        ("benefit", {"regimes": frozenset({"none"})}, {"regimes": frozenset()}, (FITS, "nur bei Bezug von: keine Leistungen, eigenes Einkommen", "keine Leistungen, eigenes Einkommen", "")),
        ("benefit", {"regimes": frozenset({"sgb2"})}, {"regimes": frozenset({"wohngeld", "unknown"})}, (UNKNOWN, "nur bei Bezug von: SGB II", "Wohngeld, Kinderzuschlag, nicht bekannt oder nicht gefragt", "Nach den Leistungen fragen.")),
        ("childcare", {"childcare": "no"}, {"needs_childcare": True}, (FAILS, "ohne Kinderbetreuung", "braucht Kinderbetreuung", "Betreuung für diese Zeit anders finden.")),
    ],
)  # fmt: skip
def test_in_words(condition, asks, facts, expected):
    assert said(Condition(condition), asks, facts) == expected


def test_a_fact_with_its_source_is_shown_as_the_file_says_it():
    facts = {"german": "a2", "said": {Condition.GERMAN: "Deutsch A2, Papier gesehen 3.5.2026"}}
    assert said(Condition.GERMAN, {"german_from": "b1"}, facts)[2] == "Deutsch A2, Papier gesehen 3.5.2026"


def test_of_a_long_list_three_and_how_many_more():
    papers = frozenset({"visa", "eu", "ae_24", "ae_25b", "ae_28"})
    assert said(Condition.RESIDENCE, {"papers": papers}, {"paper": "eu"})[1] == (
        "nur mit: Freizügigkeit (EU/EWR), Visum, Aufenthaltserlaubnis § 24 (vorübergehender Schutz) und 2 weitere"
    )


HOME, NEAR, FAR = (52.07, 7.01), (51.84, 6.61), (48.14, 11.58)


def exam(number, level, day, title="Prüfung", **more):
    return offer(number, title=title, certifies=level, next_start=day, **more)


OCTOBER, NOVEMBER = date(2027, 10, 14), date(2027, 11, 2)
LACKS_PROOF = {"german": "b1", "certified": NO_PROOF, "point": HOME, "paper": "duldung_60a", "born": (date(1990, 5, 1),) * 2, "town": "05554004"}
ASKS_PROOF = {"german_from": "b1", "german_proof": True}


@pytest.mark.parametrize(
    ("shelf", "mend"),
    [
        ((exam(2, "b1", OCTOBER), exam(3, "b1", NOVEMBER)), "Nachweis fehlt: nächster Test 14.10.2027 (Prüfung)"),
        ((exam(2, "b1", NOVEMBER, "Abschluss"), exam(3, "b1", OCTOBER)), "Nachweis fehlt: nächster Test 14.10.2027 (Prüfung)"),
        ((exam(2, "b1", OCTOBER, spots=(spot(FAR, "München"),)), exam(3, "b1", NOVEMBER, spots=(spot(NEAR, "Bocholt"),))), "Nachweis fehlt: nächster Test 02.11.2027 (Prüfung, Bocholt)"),
        ((exam(2, "b1", OCTOBER, spots=(spot(FAR, "München"),), online=True),), "Nachweis fehlt: nächster Test 14.10.2027 (Prüfung, München)"),
        # One of her own level before one above it; below it none helps.
        ((exam(2, "b2", OCTOBER), exam(3, "b1", NOVEMBER)), "Nachweis fehlt: nächster Test 02.11.2027 (Prüfung)"),
        ((exam(2, "b2", OCTOBER), exam(3, "a2", NOVEMBER)), "Nachweis fehlt: nächster Test 14.10.2027 (Prüfung)"),
        ((exam(3, "a2", NOVEMBER),), "Nachweis fehlt."),
        # What has begun, what asks for the certificate itself, an example from elsewhere, and the offer itself.
        ((exam(2, "b1", date(2026, 11, 22)),), "Nachweis fehlt."),
        ((exam(2, "b1", TODAY),), "Nachweis fehlt: nächster Test 23.11.2026 (Prüfung)"),
        ((exam(2, "b1", OCTOBER, german_proof=True),), "Nachweis fehlt."),
        ((exam(2, "b1", OCTOBER, is_example=True),), "Nachweis fehlt."),
        ((exam(1, "b1", OCTOBER),), "Nachweis fehlt."),
        # What does not take her is no way: by age on its day, paper, town, level; what is not known refuses nobody.
        ((exam(2, "b1", OCTOBER, age_to=20), exam(3, "b1", NOVEMBER)), "Nachweis fehlt: nächster Test 02.11.2027 (Prüfung)"),
        ((exam(2, "b1", OCTOBER, papers=frozenset({"eu"})), exam(3, "b1", NOVEMBER)), "Nachweis fehlt: nächster Test 02.11.2027 (Prüfung)"),
        ((exam(2, "b1", OCTOBER, towns=frozenset({"05554008"})),), "Nachweis fehlt."),
        ((exam(2, "b2", OCTOBER, german_from="b2"),), "Nachweis fehlt."),
        ((exam(2, "b1", OCTOBER, gender="female", regimes=frozenset({"sgb2"}), silent=frozenset({"age"})),), "Nachweis fehlt: nächster Test 14.10.2027 (Prüfung)"),
        # One with places before one that had none; alone it says so.
        ((exam(2, "b1", OCTOBER, places_free=0, places_on=TODAY), exam(3, "b1", NOVEMBER)), "Nachweis fehlt: nächster Test 02.11.2027 (Prüfung)"),
        ((exam(2, "b1", OCTOBER, places_free=0, places_on=TODAY),), "Nachweis fehlt: nächster Test 14.10.2027 (Prüfung; keine freien Plätze am 23.11.2026)"),
    ],
)
def test_the_next_test_for_a_missing_proof(shelf, mend):
    assert said(Condition.GERMAN, ASKS_PROOF, LACKS_PROOF, shelf=shelf)[3] == mend


@pytest.mark.parametrize(
    ("shelf", "mend"),
    [
        ((exam(2, "b1", NOVEMBER, "Kurs B1", german_from="a1"), exam(3, "a2", OCTOBER, "Kurs A2")), "Bis B1: nächster Kurs oder Test 02.11.2027 (Kurs B1)"),
        ((exam(2, "b1", OCTOBER, "Kurs B1", german_from="a2"), exam(3, "a2", NOVEMBER, "Kurs A2")), "Zuerst A2: nächster Kurs oder Test 02.11.2027 (Kurs A2)"),
        ((exam(2, "a1", OCTOBER, "Kurs A1"),), ""),
        ((exam(2, "b1", OCTOBER, "Kurs B1", german_to="none"),), ""),
        ((exam(2, "b1", OCTOBER, "Kurs B1", papers=frozenset({"eu"})), exam(3, "a2", NOVEMBER, "Kurs A2")), "Zuerst A2: nächster Kurs oder Test 02.11.2027 (Kurs A2)"),
        ((), ""),
    ],
)
def test_the_way_to_a_level_that_is_not_reached(shelf, mend):
    assert said(Condition.GERMAN, {"german_from": "b1"}, {"german": "a1", "certified": NO_PROOF, "paper": "duldung_60a"}, shelf=shelf)[3] == mend


def test_an_offer_is_as_good_as_its_worst_condition():
    one = offer(gender="female", age_from=18)
    assert explained(one, replace(NEED, gender="female"), Around()).fit == UNKNOWN
    assert explained(one, replace(NEED, gender="male"), Around()).fit == FAILS


@pytest.mark.parametrize(
    ("one", "other", "tenths"),
    [((52.0, 7.0), (52.0, 7.0), 0), ((52.0, 7.0), (53.0, 7.0), 1112), ((0.0, 179.5), (0.0, -179.5), 1112), ((90.0, 0.0), (-90.0, 0.0), 200151)],
)
def test_distance(one, other, tenths):
    assert tenths_between(one, other) == tenths_between(other, one) == tenths
