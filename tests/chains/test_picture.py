"""The picture of chains: every step once, nothing over anything else, connectors from bar to bar, the same as the list."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faden.chains.rules import picture_layout
from faden.chains.rules.picture import Step
from faden.chains.vocabulary import StepState

TODAY = date(2026, 11, 22)
LANES = ("Rima", "Case Management", "Ausländerbehörde", "Kommunales Integrationszentrum", "王" * 30)
WORDS = ("Antrag", "Zulassung zum Integrationskurs mit Kinderbetreuung", "Bundesamtsantragsunterlagen" * 4, "", "ش" * 60)


def day(number):
    return TODAY + timedelta(days=number)


@st.composite
def chains(draw):
    """Up to thirty steps, each waiting for some before it, with days as wild as people's lives."""
    count = draw(st.integers(1, 30))
    steps = []
    for number in range(count):
        begin = draw(st.integers(-400, 900))
        steps.append(
            Step(
                key=number,
                number=number + 1,
                title=draw(st.sampled_from(WORDS)),
                lane=draw(st.sampled_from(LANES)),
                state=draw(st.sampled_from(StepState.values)),
                start=day(begin),
                finish=day(begin + draw(st.integers(0, 500))),
                before=tuple(draw(st.sets(st.integers(0, number - 1), max_size=3))) if number else (),
                whose=draw(st.sampled_from(("", "Rima", "Khaled"))),
                note=draw(st.sampled_from(("", "seit 6 Wochen: kein Platz"))),
                is_suspended=draw(st.booleans()),
                is_critical=draw(st.booleans()),
                clock_on=draw(st.none() | st.integers(-300, 900).map(day)),
                clock_word="§ 44 Abs. 2 AufenthG",
                lane_order=draw(st.integers(0, 2)),
            )
        )
    return steps


both = pytest.mark.parametrize("drawing", [lambda s: picture_layout.draw(s, today=TODAY), picture_layout.draw_order], ids=["by days", "by order"])
thoroughly = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@both
@thoroughly
@given(steps=chains())
def test_every_step_is_drawn_once_inside_its_lane_and_the_picture(drawing, steps):
    drawn = drawing(steps)
    assert sorted(bar.step.key for bar in drawn.bars) == [step.key for step in steps]
    names = list(dict.fromkeys(step.lane for step in sorted(steps, key=lambda step: step.lane_order)))
    assert len(drawn.lanes) == len(names)
    for bar in drawn.bars:
        lane = drawn.lanes[names.index(bar.step.lane)]
        x, y, width, height = bar.room
        assert lane.y <= y and y + height <= lane.y + lane.height
        assert drawn.lane_end <= x and x + width <= drawn.width
        assert drawn.lane_end <= bar.x and bar.end <= drawn.width


@both
@thoroughly
@given(steps=chains())
def test_no_bar_and_no_label_stands_on_another(drawing, steps):
    rooms = [bar.room for bar in drawing(steps).bars]
    for number, (x, y, width, height) in enumerate(rooms):
        for other_x, other_y, other_width, other_height in rooms[number + 1 :]:
            apart = x + width <= other_x or other_x + other_width <= x or y + height <= other_y or other_y + other_height <= y
            assert apart, (rooms[number], (other_x, other_y, other_width, other_height))


@both
@thoroughly
@given(steps=chains())
def test_connectors_lead_from_the_end_of_one_bar_to_the_beginning_of_the_next(drawing, steps):
    drawn = drawing(steps)
    bars = {bar.step.key: bar for bar in drawn.bars}
    assert {(link.before, link.after) for link in drawn.links} == {(b, s.key) for s in steps for b in s.before}
    for link in drawn.links:
        if not link.path:
            continue
        begin = re.match(r"M([-\d.e+]+) ([-\d.e+]+)", link.path)
        assert (float(begin[1]), float(begin[2])) == pytest.approx((bars[link.before].end, bars[link.before].middle), rel=1e-3)
        assert float(link.path.rpartition("H")[2]) == pytest.approx(bars[link.after].x - 2, rel=1e-3)


@thoroughly
@given(steps=chains())
def test_days_stand_in_their_order_and_the_law_has_a_flag_each(steps):
    drawn = picture_layout.draw(steps, today=TODAY)
    by_start = sorted(drawn.bars, key=lambda bar: bar.step.start)
    assert [bar.x for bar in by_start] == sorted(bar.x for bar in by_start)
    assert [tick.x for tick in drawn.ticks] == sorted({tick.x for tick in drawn.ticks})
    assert all(drawn.lane_end < tick.x < drawn.width for tick in drawn.ticks)
    assert sorted(flag.key for flag in drawn.flags) == [step.key for step in steps if step.clock_on]
    assert drawn.lane_end < drawn.today < drawn.width


def test_the_same_steps_give_the_same_picture_and_no_steps_an_empty_one():
    steps = [Step(n, n, "Antrag", "Rima", "open", day(n), day(n + 9), before=(n - 1,)) for n in range(1, 9)]
    assert picture_layout.draw(steps, today=TODAY) == picture_layout.draw(list(steps), today=TODAY)
    assert picture_layout.draw([], today=TODAY).bars == picture_layout.draw_order([]).bars == ()


def test_parallel_steps_of_a_lane_stand_below_one_another_and_what_follows_beside():
    steps = [
        Step("a", 1, "Zeugnisse", "Rima", "ready", day(0), day(60)),
        Step("b", 2, "Sprachkurs", "Rima", "ready", day(0), day(60)),
        Step("c", 3, "Antrag", "Rima", "open", day(60), day(90), before=("a", "b")),
    ]
    a, b, c = sorted(picture_layout.draw(steps, today=TODAY).bars, key=lambda bar: bar.step.number)
    assert a.y != b.y and c.y in (a.y, b.y) and c.x > a.end


def test_ranks_follow_what_waits_for_what():
    steps = [Step(n, n, "", "Rima", "open", TODAY, TODAY, before=before) for n, before in ((1, ()), (2, (1,)), (3, ()), (4, (2, 3)), (5, (9,)))]
    assert picture_layout.ranks_of(steps) == {1: 0, 2: 1, 3: 0, 4: 2, 5: 0}


@pytest.mark.parametrize(("days", "apart"), [(30, {7}), (300, {28, 29, 30, 31}), (3650, set(range(300, 400)))])
def test_the_axis_says_weeks_months_or_years(days, apart):
    ticks = picture_layout.draw([Step(1, 1, "", "Rima", "open", TODAY, day(days))], today=TODAY).ticks
    assert {(b.on - a.on).days for a, b in zip(ticks, ticks[1:], strict=False)} <= apart
    assert ticks[0].says_year


def test_what_occurs_is_explained():
    steps = [
        Step(1, 1, "", "Rima", "done", day(-9), day(-3)),
        Step(2, 2, "", "Rima", "open", day(0), day(9), before=(1,), is_suspended=True, clock_on=day(3), is_missed=True),
    ]
    assert [code for code, _word in picture_layout.draw(steps, today=TODAY).legend] == ["done", "suspended", "missed"]


def test_the_list_and_the_picture_say_the_same(own_database):
    from tests.cast import AMAL
    from tests.desk_client import signed_in
    from tests.pages.addresses import address
    from tests.pages.world import plant

    planted, client = plant(), signed_in(AMAL.email)
    for page in ("chain", "chains", "person-chains", "chain:confidential"):
        html = client.get(address(page, planted)).content.decode()
        svg, below = html.partition("<svg class=\"f-chain")[2].partition("</svg>")[0], html.partition('id="liste"')[2]
        drawn = {unescape(words).partition(" ")[0] for words in re.findall(r'<g class="f-chain__step [^>]*><title>([^<]*)', svg)}
        listed = set(re.findall(r'class="f-step__number"[^>]*>(\d+)<', below))
        assert drawn == listed and drawn, page
        assert 'role="img"' in svg and "<title" in svg and "<desc" in svg
