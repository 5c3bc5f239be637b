"""The chains the software ships: read without errors, and a case manager could begin each tomorrow."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from faden.chains.queries.templates import shipped
from faden.chains.rules.forecast import forecast
from faden.chains.rules.template_reading import parse
from faden.chains.rules.templates import Template
from faden.chains.vocabulary import HolderKind, StepKind

TEMPLATES = {one.template.code: one.template for one in shipped()}
VARIANTS = [
    pytest.param(template.for_variant(code), id=f"{template.code}-{code}".strip("-"))
    for template in TEMPLATES.values()
    for code in template.variants or [""]
]
TODAY = date(2026, 11, 22)
LAW = Path(__file__).resolve().parents[3] / "shared" / "law" / "text"


def test_the_chains_of_the_trade_are_there():
    assert set(TEMPLATES) == {
        "asyl", "sprache", "anerkennung", "seiteneinstieg", "wohnen", "gesundheit", "rechtskreiswechsel", "ukraine",
        "spurwechsel", "bleiberecht", "zuzug", "erstorientierung",
    }  # fmt: skip
    assert set(TEMPLATES["erstorientierung"].variants) == {"eu", "nachzug", "par24"}
    assert len({template.title for template in TEMPLATES.values()}) == len(TEMPLATES)


def test_each_file_is_named_after_its_template():
    from importlib.resources import files

    for file in files("faden.chains").joinpath("shipped").iterdir():
        template = parse(file.read_text(encoding="utf-8"))
        assert isinstance(template, Template), (file.name, template)
        assert file.name == f"{template.code}.yaml"


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_a_template_says_where_it_comes_from(template):
    assert template.source and template.goal and template.as_of == date(2026, 8, 19)


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_each_step_says_what_the_work_needs(template):
    for step in template.steps:
        assert step.block_reasons, step.code
        # What a source says is a number of that source; a number of ours is called an estimate.
        assert not step.usual_source or step.usual_days, step.code
        assert step.usual_days or step.holder == HolderKind.AGENCY, step.code
        assert step.agency_kind or step.holder != HolderKind.AGENCY, step.code
        assert "BAMF" in step.usual_source or "§" in step.usual_source or re.search(r"20\d\d", step.usual_source) or not step.usual_source


@pytest.mark.parametrize("template", VARIANTS)
def test_a_chain_is_neither_a_note_nor_a_novel(template):
    assert 6 <= len(template.steps) <= 14
    assert any(step.kind == StepKind.ANTRAGSHILFE for step in template.steps)


@pytest.mark.parametrize("template", VARIANTS)
def test_steps_run_beside_one_another_and_all_can_be_reached(template):
    codes = {step.code for step in template.steps}
    assert all(set(step.after) <= codes for step in template.steps)
    assert all(not step.clock_from or step.clock_from in codes for step in template.steps)
    ways = Counter(code for step in template.steps for code in step.after)
    begun = [step for step in template.steps if not step.after]
    assert len(begun) > 1 or max(ways.values()) > 1
    # Nothing waits for something further down: the file reads in the order of the work.
    seen = set()
    for step in template.steps:
        assert set(step.after) <= seen, step.code
        seen.add(step.code)


@pytest.mark.parametrize("template", VARIANTS)
def test_begun_today_no_clock_of_the_law_is_missed(template):
    """A template whose own durations break its own law would warn on the first day, every time."""
    graph = template.graph(TODAY)
    days = forecast(graph, today=TODAY)
    for step in template.steps:
        if step.clock_amount:
            began = days.finish[step.clock_from] if step.clock_from else TODAY
            length = step.clock_amount * {"days": 1, "weeks": 7, "months": 30, "years": 365}[step.clock_unit]
            assert (days.finish[step.code] - began).days <= length, step.code


@pytest.mark.skipif(not LAW.is_dir(), reason="the law texts stand beside the repository only where it is made")
def test_paragraphs_of_the_residence_act_exist():
    law = (LAW / "AufenthG.md").read_text(encoding="utf-8")
    there = set(re.findall(r"^# § (\d+[a-z]?)", law, re.MULTILINE))
    for template in TEMPLATES.values():
        for step in template.steps:
            for part in step.law.split("AufenthG")[:-1]:
                named = re.sub(r"(Abs\.|Satz|Nr\.|und|bis)\s*\d+[a-z]?(,? (und|bis) \d+)*", "", part.rpartition("§")[2])
                assert set(re.findall(r"\d+[a-z]?", named)) <= there, (step.code, step.law)
