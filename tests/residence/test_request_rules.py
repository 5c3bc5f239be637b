"""What a request says, what to talk about before it leaves, and when a paper runs out: pure."""

from datetime import date, timedelta
from typing import Any

import pytest

from faden.consents.rules.releases import Lawful as ByLaw
from faden.consents.rules.releases import Wanted, against, law_gap
from faden.consents.vocabulary import Channel, DeliveryKind
from faden.residence.rules.requests import (
    Chosen,
    Document,
    Tellable,
    cautions,
    composed,
    is_mixed,
    is_naturalisation,
    is_receipt_missing,
    law_of,
    may_be_told,
    runs_out,
    title_of,
    without_settled,
)
from faden.residence.vocabulary import RequestKind

TODAY = date(2026, 11, 24)
LINES = [
    Tellable("person.name", "contact", "Name", "Oleksandra Muster"),
    Tellable("stays[0]", "residence", "Papiere", "Duldung § 60a"),
    Tellable("language[0]", "language", "Deutsch", "B1"),
]
DOCUMENTS = [
    Document("d1", "language", "Sprachnachweis (von Olga)", "Sprachnachweis, gesehen am 12.11.2026"),
    Document("d2", "family", "Urkunde (Heirat)", "Urkunde, gesehen am 12.11.2026", about_others=True),
]


def chosen(*lines: str, kind: str = "preliminary", paths: tuple[str, ...] = ("25b",), **more: Any) -> Chosen:
    return Chosen(RequestKind(kind), paths, lines, **more)


def content(one: Chosen) -> Any:
    return composed(one, LINES, DOCUMENTS, sender="Caritas", contact="02561 1")


def codes(*lines: str, facts: dict[str, Any] | None = None, documents: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> list[str]:
    found = cautions(chosen("person.name", *lines, documents=documents), facts or {}, DOCUMENTS, names=names, on=TODAY)
    assert all(one.words.endswith((".", "?")) for one in found)
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("path", "law"),
    [
        ("25b", "§ 25b AufenthG"), ("25a_2", "§ 25a Abs. 2 AufenthG"), ("9", "§ 9 AufenthG"), ("course_44", "§ 44 AufenthG"),
        ("stag_10", "§ 10 StAG"), ("stag_4_3", "§ 4 Abs. 3 StAG"), ("104c", "§ 104c AufenthG"),
    ],
)  # fmt: skip
def test_a_path_is_named_by_its_paragraph(path: str, law: str):
    assert law_of(path) == law
    assert title_of(RequestKind.PRELIMINARY, [path]) == f"Voranfrage {law}"
    assert title_of(RequestKind.COVER, [path]) == f"Begleitschreiben zum Antrag {law}"


def test_every_path_of_the_rules_has_a_paragraph():
    from faden.law import words

    assert len({law_of(path) for path in words.told("paths")}) == len(words.told("paths"))


def test_which_office_decides_is_known_from_the_paths():
    assert is_naturalisation(["stag_10", "stag_9"]) and not is_naturalisation(["25b"]) and not is_naturalisation([])
    assert is_mixed(["25b", "stag_10"]) and not is_mixed(["stag_10"]) and not is_mixed(["25b", "9"])


def test_only_what_is_ticked_is_told_and_every_class_is_named():
    made = content(chosen("language[0]", "stays[9]", documents=("d1", "other"), message="Was fehlt?"))
    assert [(fact.label, fact.value) for fact in made.facts] == [("Deutsch", "B1")]
    assert ("Unterlagen, die vorliegen", ("Sprachnachweis, gesehen am 12.11.2026",)) in made.parts
    assert "Olga" not in made.words and "Duldung" not in made.words and "Muster" not in made.words
    assert made.extra == {"kind": "preliminary", "paths": "25b", "filed_on": ""}
    assert made.data_classes == ("language",)
    assert content(chosen("person.name", documents=("d2",))).data_classes == ("contact", "family")


def test_a_document_alone_asks_for_its_class():
    from faden.consents.rules.contents import from_json, to_json

    made = content(chosen(documents=("d1",)))
    assert made.data_classes == ("language",) and from_json(to_json(made)) == made


def test_a_voranfrage_says_that_it_is_none_and_a_cover_when_it_was_filed():
    said = ("Hinweis", ("Dies ist kein Antrag. Fristen laufen weiter.",))
    assert said in content(chosen()).parts
    cover = content(chosen(kind="cover", filed_on=date(2026, 11, 3), documents=("d1",)))
    assert said not in cover.parts
    assert ("Antrag gestellt am", ("03.11.2026",)) in cover.parts
    assert ("Anlagen", ("Sprachnachweis, gesehen am 12.11.2026",)) in cover.parts
    assert cover.extra["filed_on"] == "2026-11-03"


def test_convictions_and_what_only_offices_hold_are_never_offered():
    assert not any(may_be_told(key) for key in ("convictions", "convictions[0]", "held.section_54", "identity.deception", "identity.no_cooperation"))
    assert all(may_be_told(key) for key in ("identity.state", "stays[0]", "household.minor_child_living_with"))


def test_what_was_settled_in_the_conversation_is_taken_out_at_any_depth():
    settled = "asked_in_conversation"
    facts = {"absences": settled, "identity": {"state": settled, "passport": True}, "stays": [{"from": "2020-01-01", "kind": settled}]}
    assert without_settled(facts) == {"identity": {"passport": True}, "stays": [{"from": "2020-01-01"}]}


# ---- What to talk about before


def test_a_request_without_a_name_is_said_to_belong_to_nobody():
    found = cautions(chosen("language[0]"), {}, [], names=(), on=TODAY)
    assert [one.code for one in found] == ["no_name"]
    assert codes("language[0]") == []


@pytest.mark.parametrize(("state", "expected"), [("open", ["identity"]), ("efforts", ["identity"]), ("clarified", [])])
def test_identity_that_is_not_clarified(state: str, expected: list[str]):
    facts = {"identity": {"state": state}}
    assert codes("identity.state", facts=facts) == expected
    assert codes(facts=facts) == []


@pytest.mark.parametrize(
    ("stays", "expected"),
    [
        ([{"kind": "duldung_60a", "from": "2020-01-01"}], []),
        ([{"kind": "gestattung", "from": "2019-01-01", "to": "2019-12-31"}, {"kind": "duldung_60a", "from": "2020-01-01"}], []),
        ([{"kind": "gestattung", "from": "2019-01-01", "to": "2019-12-30"}, {"kind": "duldung_60a", "from": "2020-01-01"}], ["gaps"]),
        ([{"kind": "duldung_60a", "from": "2020-01-01", "to": "2026-11-24"}], []),
        ([{"kind": "duldung_60a", "from": "2020-01-01", "to": "2026-11-23"}], ["gaps"]),
        ([{"kind": "duldung_60b", "from": "2020-01-01"}], ["gaps"]),
        ([{"kind": "unlawful", "from": "2020-01-01"}], ["gaps"]),
        ([{"from": "2020-01-01"}, {"kind": "gestattung", "from": "2020-02-01", "to": "2020-03-01"}], []),
    ],
)
def test_times_without_a_paper(stays: list[dict[str, str]], expected: list[str]):
    assert codes("stays[0]", facts={"stays": stays}) == expected
    assert codes("language[0]", facts={"stays": stays}) == []


def test_trips_work_benefits_and_others():
    assert codes("absences[0]") == ["trips"] and codes("absences") == []
    assert codes("work[0]") == ["work"]
    assert codes("livelihood.benefits", facts={"livelihood": {"benefits": ["sgb2"]}}) == ["benefits"]
    assert codes("livelihood.benefits", facts={"livelihood": {"benefits": "none"}}) == []
    assert codes("household.children[0]") == ["others"]
    assert codes(documents=("d2",)) == ["others"] and codes(documents=("d1",)) == []


def test_names_of_others_in_the_message():
    found = cautions(chosen("person.name"), {}, [], names=("Olga", "Petro"), on=TODAY)
    assert [one.code for one in found] == ["names"] and "Olga, Petro" in found[0].words


# ---- § 81 (4)


def stay(kind: str | None, days: int, *, begun: str = "2024-01-01", day: str = "to") -> dict[str, Any]:
    row = {"from": begun, day: (TODAY + timedelta(days=days)).isoformat()}
    return row if kind is None else {"kind": kind, **row}


@pytest.mark.parametrize("kind", ["ae_25_5", "ae_104c", "fiktion_81_4", "fiktion_81_3", "visum", None])
@pytest.mark.parametrize(("days", "late"), [(91, False), (90, True), (0, True), (-1, True)])
def test_a_title_or_fiktion_that_ends_within_ninety_days(kind: str | None, days: int, late: bool):
    found = runs_out([stay(kind, days)], on=TODAY)
    assert (found is not None) == late
    if found:
        assert found.on == TODAY + timedelta(days=days) and found.is_over == (days < 0) and found.is_bridge == (kind == "ae_104c")


@pytest.mark.parametrize("kind", ["duldung_60a", "gestattung", "ne"])
def test_what_no_application_keeps_alive_runs_out_unsaid(kind: str):
    assert runs_out([stay(kind, 10)], on=TODAY) is None


def test_only_the_paper_of_today_counts():
    old, new = stay("ae_25_5", -400, begun="2020-01-01"), stay("ae_25b", 700, begun="2025-10-01")
    assert runs_out([new, old], on=TODAY) is None
    assert runs_out([old], on=TODAY) is not None
    assert runs_out([old, stay("ae_25b", 700, begun="2026-12-01")], on=TODAY) is not None
    assert runs_out([stay("ae_25_5", 700, day="to") | {"valid_until": "2026-12-24"}], on=TODAY) is not None
    assert runs_out([], on=TODAY) is None and runs_out([{"kind": "ae_25_5", "from": "2020-01-01"}], on=TODAY) is None


def test_a_receipt_is_missed_two_weeks_after_the_application():
    filed = TODAY - timedelta(days=15)
    assert is_receipt_missing("cover", filed, "", on=TODAY)
    assert not is_receipt_missing("cover", filed + timedelta(days=1), "", on=TODAY)
    assert not is_receipt_missing("cover", filed, "stamp", on=TODAY)
    assert not is_receipt_missing("preliminary", None, "", on=TODAY)


# ---- The kind of the Weitergabe


def test_it_goes_only_to_an_office_that_decides_about_the_stay_and_never_by_law():
    def wanted(stay_office: bool, kind: DeliveryKind = DeliveryKind.RESIDENCE) -> Wanted:
        return Wanted(kind, "p", "s1", stay_office, frozenset({"contact"}), Channel.INBOX, TODAY)

    assert against(wanted(False), on=TODAY) == "only_to_offices_of_stay" and against(wanted(True), on=TODAY) == ""
    assert against(wanted(True, DeliveryKind.CHAIN), on=TODAY) == "not_to_this_office"
    law = ByLaw("p", "s1", frozenset({"contact"}), "aufenthg_87_1", TODAY, True)
    assert law_gap(law, wanted(True), on=TODAY) == "never_by_law"
    assert law_gap(law, wanted(True, DeliveryKind.INFORMATION), on=TODAY) == ""
