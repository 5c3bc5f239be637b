"""A bad file is refused with its line and a sentence; a good one loses nothing."""

from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from faden.law import facts as types
from faden.law.facts import Facts
from faden.law.reading import ALWAYS, BadFacts, facts_from, known_fields, made_of, read
from faden.law.schema import facts
from tests.law.cases import HERE

SAMPLE = (HERE / "sample.yaml").read_text(encoding="utf-8")


def test_the_sample_of_the_promise_is_read():
    found = read(SAMPLE)
    assert found.person.birth_date == date(1998, 4, 12) and found.stays and found.stays[1].kind == "duldung_60a" and found.stays[1].end is None
    assert found.asked == {"convictions"} and found.convictions is None
    assert found.exceptions.illness_or_age is False and found.exceptions.special_achievement is None
    assert found.livelihood.benefits == ("wohngeld",) and found.pension_months == 22


@pytest.mark.parametrize(
    ("told", "instead", "line", "said"),
    [
        ("birth_date: 1998-04-12", "birth_date: 1998-02-30", 1, "1998-02-30"),
        ("birth_date: 1998-04-12", "birth_date: 12.4.1998", 1, "impossible date"),
        ("birth_date: 1998-04-12", "birth_date: 0998-04-12", 1, "impossible date"),
        ("nationality: SYR", "nationality: Syrien", 1, "three letters"),
        ("identity:", "identiti:", 7, "nearest known one is identity"),
        ("state: clarified", "state: clear", 7, "nearest known one is clarified"),
        ("to: 2019-05-31", "to: 2020-05-31", 5, "overlaps"),
        ("to: 2019-05-31", "to: 2016-05-31", 4, "before it begins"),
        ("kind: gestattung", "kind: gestatung", 4, "nearest known one is gestattung"),
        ("kind: gestattung, from: 2017-08-01", "kind: gestattung", 4, "from is missing"),
        ("{kind: duldung_60a, from: 2019-06-01}", "duldung_60a", 5, "group of facts"),
        ("share_by_work: 0.8", "share_by_work: 80", 13, "0.8 means four fifths"),
        ("share_by_work: 0.8", "share_by_work: .nan", 13, "no share"),
        ("pension_months: 22", "pension_months: -1", 14, "whole number"),
        ("pension_months: 22", "pension_months: yes", 14, "whole number"),
        ("commitment: yes", "commitment: maybe", 10, "yes, no or unknown"),
        ("commitment: yes", "commitment: asked_in_conversation", 10, "could harm"),
        ("commitment: yes", "commitment: [1]", 10, "yes, no or unknown"),
        ("illness_or_age: no", "illness_or_age: no, illness_or_age: yes", 15, "twice"),
        ("stays:", "work:", 12, "twice"),
        ("person: {birth_date: 1998-04-12, nationality: SYR}", "person: 3", 1, "group of facts"),
        ("benefits: [wohngeld]", "benefits: wohngeld", 13, "no list"),
        ("convictions: asked_in_conversation", "convictions: {kind: fine}", 16, "list of rows"),
        ("absences: [{from: 2021-08-01", "absences: [{from: {value: 2021-08-01, sauce: x}", 6, "sauce"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_line(told, instead, line, said):
    assert told in SAMPLE
    with pytest.raises(BadFacts) as bad:
        read(SAMPLE.replace(told, instead, 1))
    assert bad.value.line == line and said in bad.value.reason


@pytest.mark.parametrize("text", ["", "# nothing", "- a\n- b", "just words", "42", "null"])
def test_a_file_without_facts_is_refused(text):
    with pytest.raises(BadFacts) as bad:
        read(text)
    assert bad.value.line == 1


@pytest.mark.parametrize("text", ["person: {birth_date: 1998-04-12", "a: b: c", "\tperson: {}", "person: !!python/object:os.system {}", "[" * 5000, "a: &x [*x]", "a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d]", "\x00"])  # fmt: skip
def test_what_is_no_yaml_is_refused_and_runs_nothing(text):
    with pytest.raises(BadFacts):
        read(text)


def test_a_value_may_name_its_source_and_the_proof_seen():
    found = read("entry_date: {value: 2017-07-14, source: told, seen: Ankunftsnachweis}\nstays:\n  - {kind: gestattung, from: 2017-08-01, source: Kopie}\n")
    assert found.entry_date == date(2017, 7, 14) and found.sources == {"entry_date": "told; Ankunftsnachweis", "stays": "Kopie"}


def test_none_is_told_and_unknown_is_not():
    assert read("absences: none\nwork: no\nlanguage: []\n") == Facts(absences=(), work=(), language=())
    assert read("absences: unknown\nwork: null\nperson: unknown\npension_months: unknown\nentry_date: 2020-01-01\n") == Facts(entry_date=date(2020, 1, 1))


def test_a_proof_may_be_a_day_yes_or_no():
    assert read("civics: {test_passed: yes}").civics.test_passed == ALWAYS
    denied = read("civics: {test_passed: no}")
    assert denied.civics.test_passed is None and denied.denied == {"civics.test_passed"}


def test_old_names_of_papers_mean_the_same():
    found = facts_from({"stays": [{"kind": "ae_25_2_1_alt2", "from": date(2020, 1, 1)}]})
    assert found.stays and found.stays[0].kind == "ae_25_2_2"


@pytest.mark.parametrize(("told", "meant"), [("ae_28_1_1", "ae_28"), ("ae_25_5_1", "ae_25_5"), ("duldung_60a_2_3", "duldung_60a"), ("ae_16g_8", "ae_16g")])
def test_a_paper_may_be_told_with_its_sentence(told, meant):
    found = facts_from({"stays": [{"kind": told, "from": date(2020, 1, 1)}]})
    assert found.stays and found.stays[0].kind == meant


@pytest.mark.parametrize("told", ["ae_25_9", "ae", "ae_", "duldung_60z", "fiktion_99"])
def test_a_paper_nobody_knows_is_refused(told):
    with pytest.raises(BadFacts):
        facts_from({"stays": [{"kind": told, "from": date(2020, 1, 1)}]})


def test_papers_may_change_hands_on_one_day():
    assert read("stays:\n  - {kind: gestattung, from: 2017-08-01, to: 2019-06-01}\n  - {kind: duldung_60a, from: 2019-06-01}\n").stays


def test_a_fiktion_may_stand_beside_the_title_it_prolongs():
    assert read("stays:\n  - {kind: ae_25b, from: 2023-08-01, to: 2026-06-01}\n  - {kind: fiktion_81_4, from: 2026-05-01}\n").stays


def test_schema_and_types_say_the_same():
    """Every fact of the file is a field of its type, and the other way round."""
    told: dict[str, set[str]] = {}
    for one in facts():
        *groups, name = one.key.replace("[]", "").split(".")
        told.setdefault(".".join(groups), set()).add({"from": "start", "to": "end", "date": "on"}.get(name, name))
    typed = {key: set(names) for key, names in known_fields().items()}
    typed["household"] = {one.name for one in fields(types.Household)} - {"spouse", "children", "parents"}
    typed["household.spouse"] -= {"language"}
    typed[""] = {one.name for one in fields(Facts) if not is_dataclass(one.default) and "tuple" not in str(one.type)} - {"asked", "denied", "doubted", "sources"}
    assert told == typed


def test_a_row_without_what_it_needs_is_refused_and_never_a_crash():
    for group, made in ((key, made) for key, made in made_of().items() if is_dataclass(made)):
        needed = {one.name for one in fields(made) if one.default is MISSING and one.default_factory is MISSING}
        required = {
            {"from": "start", "to": "end", "date": "on"}.get(name, name)
            for one in facts()
            if one.required
            for head, _, name in [one.key.replace("[]", "").rpartition(".")]
            if head == group
        }
        assert needed <= required, group
    with pytest.raises(BadFacts, match="kind is missing"):
        facts_from({"stays": [{"from": "2020-01-01"}]})


def test_every_fact_a_path_can_miss_has_its_question():
    from faden.law import words
    from faden.law.decide import decide
    from tests.law.cases import cases

    asked = {key for case in cases() for path in decide(facts_from(case.facts), case.on).paths.values() for key in path.missing}
    known = set(words.told("facts")) | {f"parameter.{one}" for one in words.told("parameters")}
    assert not {one for one in asked if one.removesuffix(".proof") not in known}


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Duldung", "duldung_60a"), ("AE_25_2_1", "ae_25_2_1"), ("ae-25-3", "ae_25_3"), ("ae_28_abs_1", "ae_28"), ("ae_25_2_1_2", "ae_25_2_2"),
        ("ae_25_2_subsidiary", "ae_25_2_2"), ("ne_26_3_3", "ne_26_3"), ("ne_23_2", "ne"), ("ne_9a", "daueraufenthalt_eu"), ("ae_19a", "ae_18g"),
        ("niederlassungserlaubnis_26_3", "ne_26_3"), ("ausbildungsduldung", "duldung_60c"), ("aufenthaltsbefugnis", "ae_25_5"),
    ],
)  # fmt: skip
def test_a_paper_may_be_written_in_another_way_that_means_nothing_else(written, read_as):
    stays = facts_from({"stays": [{"kind": written, "from": "2020-01-01"}]}).stays
    assert stays and stays[0].kind == read_as


@pytest.mark.parametrize("written", ["ae_25", "ae_23", "ae_25_2_sub", "duldung_light", "gestatung"])
def test_what_may_mean_two_papers_is_none(written):
    with pytest.raises(BadFacts, match=f"{written} is not known here"):
        facts_from({"stays": [{"kind": written, "from": "2020-01-01"}]})


def test_codes_may_be_written_in_another_way_that_means_nothing_else():
    found = facts_from({
        "livelihood": {"benefits": ["SGB II", "alg_1", "sozialhilfe"]}, "language": [{"level": "b1", "skill": "speaking"}],
        "household": {"spouse": {"nationality": "DEU"}, "children": [{"nationality": "SYR"}, {"nationality": "unknown"}]},
    })  # fmt: skip
    assert found.livelihood.benefits == ("sgb2", "alg1", "sgb12") and found.language and found.language[0] == types.Proof(level="B1", skill="oral")
    household = found.household
    assert household.spouse and household.spouse.german and [one.german for one in household.children or ()] == [False, None]


def test_none_says_of_some_groups_that_there_is_nothing():
    found = facts_from({"asylum": "none", "qualification": "none", "job_offer": False, "exceptions": "none"})
    assert (found.asylum.state, found.qualification.kind, found.job_offer.exists) == ("none", "none", False)
    assert found.exceptions.illness_or_age is False and found.exceptions.guest_worker is False
    with pytest.raises(BadFacts, match="group of facts"):
        facts_from({"livelihood": "none"})


def test_who_is_subsidiarily_protected_holds_what_is_sentence_2_today():
    def kinds_of(state: str, *papers: str) -> list[str]:
        rows = [{"kind": one, "from": f"202{number}-01-01", "to": f"202{number}-12-31"} for number, one in enumerate(papers)]
        return [one.kind for one in facts_from({"asylum": {"state": state}, "stays": rows}).stays or ()]

    assert kinds_of("subsidiary", "gestattung", "ae_25_2_1") == ["gestattung", "ae_25_2_2"]
    assert kinds_of("refugee", "ae_25_2_1") == ["ae_25_2_1"]
    assert kinds_of("subsidiary", "ae_25_2_1", "ae_25_2_2") == ["ae_25_2_1", "ae_25_2_2"]


def test_the_page_of_the_facts_is_of_today():
    from faden.law.output import facts_page

    page = Path(__file__).parents[2] / "docs" / "law" / "facts.md"
    assert page.read_text(encoding="utf-8") == facts_page(), "write it anew: faden residence facts --page > docs/law/facts.md"


def test_facts_survive_a_round_through_plain_data():
    """What the interview stores and the API gives is read back as the same facts."""
    data: Any = yaml.safe_load(SAMPLE)
    assert facts_from(data) == read(SAMPLE)


def test_every_fact_and_every_choice_has_a_name_for_forms_and_papers():
    from faden.law import kinds, words

    names, choices = words.told("names"), words.told("choices")
    for one in facts():
        key = one.key.replace("[]", "")
        assert names[key]["de"] and names[key]["en"]
        assert key.rpartition(".")[0] in {"", *names} or not any(g.endswith("[]") for g in one.key.split(".")), key
        if one.choices and one.choices[0] not in kinds.ALL:
            told = choices.get(key) or choices[key.rpartition(".")[2]]
            assert set(one.choices) <= set(told), key
