"""When an offer happens, in words, as a form and as a rule; a description typed as plain text."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.directory.rules import descriptions
from faden.directory.rules.freshness import Freshness, freshness, is_to_ask
from faden.directory.rules.schedules import DAYS, KEPT, RHYTHMS, Row, is_rule, row_of, schedule_of, words_of

WORDS = [
    ({"rrule": "FREQ=WEEKLY;BYDAY=MO"}, "Montags"),
    ({"rrule": "FREQ=WEEKLY;BYDAY=TH,MO", "opens": "09:00", "closes": "12:30"}, "Montags und donnerstags, 9:00–12:30 Uhr"),
    ({"rrule": "FREQ=WEEKLY;BYDAY=MO,TU,WE"}, "Montags, dienstags und mittwochs"),
    ({"rrule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"}, "Montags bis freitags"),
    ({"rrule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"}, "Täglich"),
    ({"rrule": "FREQ=DAILY"}, "Täglich"),
    ({"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"}, "Alle zwei Wochen dienstags"),
    ({"rrule": "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,FR"}, "Alle 3 Wochen dienstags und freitags"),
    ({"rrule": "FREQ=MONTHLY;BYDAY=1TU"}, "Jeden ersten Dienstag im Monat"),
    ({"rrule": "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1"}, "Jeden ersten Dienstag im Monat"),
    ({"rrule": "FREQ=MONTHLY;BYDAY=-1FR"}, "Jeden letzten Freitag im Monat"),
    ({"rrule": "FREQ=MONTHLY;BYDAY=2MO,2WE"}, "Jeden zweiten Montag und Mittwoch im Monat"),
    ({"rrule": "FREQ=MONTHLY;BYMONTHDAY=15"}, "Am 15. jedes Monats"),
    ({"rrule": "FREQ=MONTHLY;BYMONTHDAY=15,1"}, "Am 1. und 15. jedes Monats"),
    ({"rrule": "FREQ=MONTHLY;BYMONTHDAY=1,-1"}, "Am 1. und letzten Tag jedes Monats"),
    ({"rrule": "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=3"}, "Alle 2 Monate am 3."),
    ({"rrule": "FREQ=MONTHLY;BYMONTHDAY=-5"}, "Jeden Monat"),
    ({"rrule": "FREQ=MONTHLY;BYDAY=1MO,3MO"}, "Jeden ersten und dritten Montag im Monat"),
    ({"rrule": "FREQ=MONTHLY;BYDAY=1MO,3WE"}, "Jeden ersten Montag und dritten Mittwoch im Monat"),
    ({"rrule": "FREQ=MONTHLY;BYDAY=1MO,3MO,1WE,3WE"}, "Jeden ersten und dritten Montag und Mittwoch im Monat"),
    ({"rrule": "FREQ=MONTHLY;INTERVAL=3;BYDAY=-2FR"}, "Alle 3 Monate am vorletzten Freitag"),
    ({"rrule": "FREQ=MONTHLY;BYDAY=MO,TH"}, "Montags und donnerstags"),
    ({"rrule": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"}, "Jeden Monat"),
    ({"rrule": "FREQ=DAILY;BYDAY=SA,SU"}, "Samstags und sonntags"),
    ({"rrule": "FREQ=DAILY;INTERVAL=3"}, "Alle 3 Tage"),
    ({"rrule": "FREQ=WEEKLY;BYDAY=FR", "opens": "22:00", "closes": "06:00"}, "Freitags, 22:00–6:00 Uhr am nächsten Tag"),
    ({"rrule": "FREQ=YEARLY"}, "Einmal im Jahr"),
    ({"rrule": "FREQ=WEEKLY", "from": "2026-11-24"}, "Dienstags, ab 24. November 2026"),
    ({"rrule": "RRULE:FREQ=WEEKLY;BYDAY=SA", "opens": "10:00"}, "Samstags, ab 10:00 Uhr"),
    ({"rrule": "", "words": "nach Vereinbarung"}, "Nach Vereinbarung"),
    ({"rrule": "", "from": "2026-12-05", "until": "2026-12-05", "opens": "14:00"}, "Ab 14:00 Uhr, am 5. Dezember 2026"),
    (
        {"rrule": "FREQ=WEEKLY;BYDAY=WE", "from": "2026-09-01", "until": "2027-01-31", "words": "nicht in den Ferien"},
        "Mittwochs, 1. September 2026 bis 31. Januar 2027, nicht in den Ferien",
    ),
    ({"rrule": "FREQ=MONTHLY;BYDAY=XX", "words": "fragen"}, "Jeden Monat, fragen"),
    ({}, ""),
]


@pytest.mark.parametrize(("schedule", "words"), WORDS)
def test_a_rule_in_words(schedule, words):
    assert words_of(schedule) == words


ROWS = st.builds(
    Row, rhythm=st.sampled_from(RHYTHMS), days=st.sets(st.sampled_from(DAYS), min_size=1).map(lambda found: tuple(day for day in DAYS if day in found)),
    opens=st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)), closes=st.none() | st.just(time(23, 59)),
    first=st.none() | st.dates(), until=st.none() | st.dates(), words=st.text(max_size=20),
)  # fmt: skip


@given(ROWS)
def test_what_a_form_says_comes_back_as_it_was(row):
    schedule = schedule_of(row)
    assert row_of(schedule) == row
    assert is_rule(schedule["rrule"])


@pytest.mark.parametrize(
    "rule", ["FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=MONTHLY;BYDAY=1MO,3MO", "FREQ=WEEKLY;COUNT=5;BYDAY=MO", "FREQ=DAILY"]
)
def test_a_rule_the_form_cannot_draw_is_kept(rule):
    row = row_of({"rrule": rule})
    assert (row.rhythm, row.rule) == (KEPT, rule)
    assert schedule_of(row)["rrule"] == rule


@pytest.mark.parametrize(
    ("rule", "good"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", True), ("FREQ=MONTHLY;BYDAY=-1FR", True), ("FREQ=SECONDLY", False), ("FREQ=MINUTELY;INTERVAL=1", False),
        ("", False), ("jeden Montag", False), ("FREQ=WEEKLY;BYDAY=MONTAG", False), ("FREQ=WEEKLY;INTERVAL=x", False),
    ],
)  # fmt: skip
def test_what_is_a_rule(rule, good):
    assert is_rule(rule) is good


@pytest.mark.parametrize("said", ["25:00", "9 Uhr", "2026-02-30"])
def test_a_broken_time_or_day_is_no_error(said):
    assert words_of({"rrule": "FREQ=WEEKLY;BYDAY=MO", "opens": said, "from": said}) == "Montags"


PLAIN = [
    ("Ein Satz.", "<p>Ein Satz.</p>"),
    ("Eins\nzwei\n\nDrei", "<p>Eins<br>zwei</p><p>Drei</p>"),
    ("Bringen Sie:\n- Pass\n- Foto", "<p>Bringen Sie:</p><ul><li>Pass</li><li>Foto</li></ul>"),
    ("a < b & c", "<p>a &lt; b &amp; c</p>"),
    ("", ""),
]


@pytest.mark.parametrize(("typed", "html"), PLAIN)
def test_plain_text_becomes_paragraphs(typed, html):
    assert descriptions.cleaned(descriptions.from_plain(typed)) == html


def test_an_address_becomes_a_link_and_stays_one_when_changed():
    html = descriptions.cleaned(descriptions.from_plain("Siehe https://www.example.org/kurs?a=1&b=2. Danke"))
    assert 'href="https://www.example.org/kurs?a=1&amp;b=2"' in html
    assert descriptions.to_plain(html) == "Siehe https://www.example.org/kurs?a=1&b=2. Danke"


@given(st.lists(st.text("abc ÄÖ.,<&\"'", min_size=1).map(lambda one: " ".join(one.split())).filter(bool), max_size=6))
def test_plain_text_comes_back_as_it_was(lines):
    typed = "\n\n".join(lines)
    assert descriptions.to_plain(descriptions.cleaned(descriptions.from_plain(typed))) == typed


@pytest.mark.parametrize(
    ("html", "gone"),
    [
        ("<script>alert(1)</script><p>x</p>", "script"), ('<p onclick="x()">x</p>', "onclick"), ('<a href="javascript:x()">x</a>', "javascript"),
        ('<img src="x" onerror="x()">', "img"), ('<p style="color:red">x</p>', "style"), ('<a href="data:text/html,x">x</a>', "data:"),
    ],
)  # fmt: skip
def test_what_a_description_may_not_hold_is_gone(html, gone):
    assert gone not in descriptions.cleaned(html)


CHECKED = date(2026, 5, 1)  # 180 days: the last fresh day is 28 October


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 5, 1), Freshness.FRESH), (date(2026, 10, 14), Freshness.FRESH), (date(2026, 10, 15), Freshness.SOON),
        (date(2026, 10, 28), Freshness.SOON), (date(2026, 10, 29), Freshness.STALE),
    ],
)  # fmt: skip
def test_how_fresh_an_offer_is(day, expected):
    assert freshness(CHECKED, 180, on=day) is expected


@pytest.mark.parametrize(
    ("day", "asked_on", "expected"),
    [
        (date(2026, 10, 14), None, False), (date(2026, 10, 15), None, True), (date(2026, 10, 28), date(2026, 10, 15), False),
        (date(2026, 10, 29), date(2026, 10, 15), True), (date(2027, 1, 26), date(2026, 10, 15), True), (date(2027, 1, 27), None, False),
    ],
)  # fmt: skip
def test_when_an_owner_is_asked(day, asked_on, expected):
    assert is_to_ask(CHECKED, 180, asked_on, on=day) is expected


def test_who_is_stale_for_the_keeper_is_stale_for_everybody():
    """One rule: the shelf's word and the keeper's badge agree on every day."""
    from tests.directory.drawn import offer  # the plain offers of the matching's tests

    for days in range(400):
        day = date.fromordinal(CHECKED.toordinal() + days)
        one = offer(confirmed_on=CHECKED, confirm_every_days=180)
        assert one.is_stale(day) == (freshness(CHECKED, 180, on=day) is Freshness.STALE)
