"""The last day for a remedy: cases as a lawyer reads them, and what holds whatever the days are."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.documents.rules.remedy import Calculation, Caution, Notice, Period, Step, calculate, cautions
from faden.documents.rules.remedy_words import caution, period_in_words, told
from faden.documents.vocabulary import NotifiedHow, PeriodUnit, Procedure
from faden.kernel.holidays import why_no_working_day

DAY = timedelta(days=1)
SOCIAL, ADMINISTRATIVE, FEDERAL, TAX = Procedure.SOCIAL, Procedure.ADMINISTRATIVE, Procedure.FEDERAL, Procedure.TAX
LETTER, HANDED, YELLOW, PORTAL = NotifiedHow.LETTER, NotifiedHow.HANDED, NotifiedHow.CERTIFICATE, NotifiedHow.ELECTRONIC
MONTH, WEEK, TWO_WEEKS, NONE = Period(1), Period(1, PeriodUnit.WEEKS), Period(2, PeriodUnit.WEEKS), Period(0)


def on(text: str) -> date:
    """ "31.12.2024"."""
    day, month, year = text.split(".")
    return date(int(year), int(month), int(day))


def worked_out(how: NotifiedHow, posted: str, received: str, period: Period, procedure: Procedure = SOCIAL) -> Calculation:
    return calculate(Notice(procedure, how, on(received), on(posted) if posted else None), period)


def steps(calculation: Calculation) -> list[tuple[str, str]]:
    return [(line.step.value, f"{line.day:%d.%m.%Y}") for line in calculation.lines]


# (what, how, posted, received, period, last day, safe day)
SOCIAL_CASES = [
    ("posted on the last day of the old law: third day", LETTER, "31.12.2024", "02.01.2025", MONTH, "03.02.2025", "03.02.2025"),
    ("posted on the first day of the new law: fourth day", LETTER, "01.01.2025", "03.01.2025", MONTH, "05.02.2025", "03.02.2025"),
    ("came on Friday, before the presumed day: only safer", LETTER, "05.11.2025", "07.11.2025", MONTH, "09.12.2025", "08.12.2025"),
    ("presumed on a Saturday: it stays there", LETTER, "04.11.2025", "06.11.2025", MONTH, "08.12.2025", "08.12.2025"),
    ("presumed on a Sunday: it stays there", LETTER, "05.11.2025", "09.11.2025", MONTH, "09.12.2025", "09.12.2025"),
    ("came later than presumed: the real day", LETTER, "05.11.2025", "17.11.2025", MONTH, "17.12.2025", "09.12.2025"),
    ("came on the presumed day", LETTER, "06.11.2025", "10.11.2025", MONTH, "10.12.2025", "10.12.2025"),
    ("31 January and a month: the last of February", HANDED, "", "31.01.2025", MONTH, "28.02.2025", "28.02.2025"),
    ("31 January in a leap year", HANDED, "", "31.01.2024", MONTH, "29.02.2024", "29.02.2024"),
    ("29 February and a month", HANDED, "", "29.02.2024", MONTH, "02.04.2024", "02.04.2024"),
    ("31 May and a month: 30 June", HANDED, "", "31.05.2023", MONTH, "30.06.2023", "30.06.2023"),
    ("ends on Good Friday: after Easter Monday", HANDED, "", "18.03.2025", MONTH, "22.04.2025", "22.04.2025"),
    ("ends on Whit Monday", HANDED, "", "09.05.2025", MONTH, "10.06.2025", "10.06.2025"),
    ("ends on Corpus Christi", HANDED, "", "19.05.2025", MONTH, "20.06.2025", "20.06.2025"),
    ("ends on All Saints, a Saturday: Monday", HANDED, "", "01.10.2025", MONTH, "03.11.2025", "03.11.2025"),
    ("ends on 3 October, a Friday: Monday", HANDED, "", "03.09.2025", MONTH, "06.10.2025", "06.10.2025"),
    ("ends on Christmas Day 2025: over the weekend", HANDED, "", "25.11.2025", MONTH, "29.12.2025", "29.12.2025"),
    ("Christmas Eve is a working day", HANDED, "", "24.11.2025", MONTH, "24.12.2025", "24.12.2025"),
    ("New Year's Eve is one too", HANDED, "", "30.11.2025", MONTH, "30.12.2025", "30.12.2025"),
    ("New Year's Day", HANDED, "", "01.12.2025", MONTH, "02.01.2026", "02.01.2026"),
    ("1 May, Thursday", HANDED, "", "01.04.2025", MONTH, "02.05.2025", "02.05.2025"),
    ("over the end of the year", HANDED, "", "15.12.2025", MONTH, "15.01.2026", "15.01.2026"),
    ("three months", HANDED, "", "30.11.2025", Period(3), "02.03.2026", "02.03.2026"),
    ("yellow envelope: the day written on it", YELLOW, "03.11.2025", "05.11.2025", MONTH, "05.12.2025", "05.12.2025"),
    ("two weeks end on the same weekday", HANDED, "", "05.11.2025", TWO_WEEKS, "19.11.2025", "19.11.2025"),
    ("ten days", HANDED, "", "05.11.2025", Period(10, PeriodUnit.DAYS), "17.11.2025", "17.11.2025"),
    ("no instruction: a year; nobody relies on it", LETTER, "05.11.2025", "10.11.2025", NONE, "10.11.2026", "09.12.2025"),
    ("no instruction, given on 29 February", HANDED, "", "29.02.2024", NONE, "28.02.2025", "02.04.2024"),
    ("posting not known: the real day", LETTER, "", "07.11.2025", MONTH, "08.12.2025", "08.12.2025"),
    ("portal of the Jobcenter: fourth day after the notice", PORTAL, "05.11.2025", "05.11.2025", MONTH, "09.12.2025", "05.12.2025"),
]  # fmt: skip
OTHER_CASES = [
    ("tax: presumed Saturday moves to Monday", TAX, LETTER, "04.11.2025", "06.11.2025", MONTH, "10.12.2025", "08.12.2025"),
    ("tax: presumed on a Sunday", TAX, LETTER, "05.11.2025", "10.11.2025", MONTH, "10.12.2025", "10.12.2025"),
    ("tax: presumed on Christmas Day moves over the weekend", TAX, LETTER, "21.12.2025", "23.12.2025", MONTH, "29.01.2026", "23.01.2026"),
    ("Ausländerbehörde: presumed Saturday stays", ADMINISTRATIVE, LETTER, "04.11.2025", "06.11.2025", MONTH, "08.12.2025", "08.12.2025"),
    ("BAMF: two weeks from the yellow envelope", FEDERAL, YELLOW, "", "05.11.2025", TWO_WEEKS, "19.11.2025", "19.11.2025"),
    ("BAMF: one week", FEDERAL, YELLOW, "", "05.11.2025", WEEK, "12.11.2025", "12.11.2025"),
    ("BAMF to an old address: safe from the posting", FEDERAL, YELLOW, "03.11.2025", "06.11.2025", WEEK, "13.11.2025", "10.11.2025"),
    ("BAMF without instruction: a week is safe", FEDERAL, HANDED, "", "05.11.2025", NONE, "05.11.2026", "12.11.2025"),
    ("fetched from a portal on the same day: the day after", ADMINISTRATIVE, PORTAL, "05.11.2025", "05.11.2025", MONTH, "08.12.2025", "05.12.2025"),
    ("fetched when it is presumed anyway", ADMINISTRATIVE, PORTAL, "05.11.2025", "08.11.2025", MONTH, "09.12.2025", "08.12.2025"),
    ("fetched later: the real day, the presumed one is safe", ADMINISTRATIVE, PORTAL, "05.11.2025", "12.11.2025", MONTH, "12.12.2025", "09.12.2025"),
    ("AsylbLG: by the law of NRW", Procedure.ASYLBLG, LETTER, "06.11.2025", "07.11.2025", MONTH, "10.12.2025", "08.12.2025"),
    ("Übergabe-Einschreiben", ADMINISTRATIVE, NotifiedHow.REGISTERED, "06.11.2025", "07.11.2025", MONTH, "10.12.2025", "08.12.2025"),
    ("Rückschein: the day on it", ADMINISTRATIVE, NotifiedHow.RETURN_RECEIPT, "06.11.2025", "07.11.2025", MONTH, "08.12.2025", "08.12.2025"),
]  # fmt: skip


@pytest.mark.parametrize(("how", "posted", "received", "period", "last", "safe"), [case[1:] for case in SOCIAL_CASES], ids=[case[0] for case in SOCIAL_CASES])
def test_in_social_law(how, posted, received, period, last, safe):
    found = worked_out(how, posted, received, period)
    assert (found.last_day, found.safe_day) == (on(last), on(safe))


@pytest.mark.parametrize(("law", "how", "posted", "received", "period", "last", "safe"), [case[1:] for case in OTHER_CASES], ids=[case[0] for case in OTHER_CASES])
def test_in_other_laws(law, how, posted, received, period, last, safe):
    found = worked_out(how, posted, received, period, law)
    assert (found.last_day, found.safe_day) == (on(last), on(safe))


def test_every_step_stands_there():
    assert steps(worked_out(LETTER, "05.11.2025", "07.11.2025", MONTH)) == [
        ("posted", "05.11.2025"),
        ("presumed", "09.11.2025"),
        ("ends", "09.12.2025"),
    ]
    assert steps(worked_out(LETTER, "20.11.2025", "28.11.2025", MONTH)) == [
        ("posted", "20.11.2025"),
        ("presumed", "24.11.2025"),
        ("came_later", "28.11.2025"),
        ("ends", "28.12.2025"),
        ("no_working_day", "29.12.2025"),
    ]


def test_without_the_postmark_the_date_of_the_letter_counts():
    notice = Notice(SOCIAL, LETTER, on("07.11.2025"), dated_on=on("03.11.2025"))
    found = calculate(notice, MONTH)
    assert steps(found)[:2] == [("dated", "03.11.2025"), ("presumed", "07.11.2025")]
    assert Caution.NO_POSTMARK in cautions(notice, MONTH)
    # One that is dated after it came tells nothing about the posting.
    odd = calculate(Notice(SOCIAL, LETTER, on("07.11.2025"), dated_on=on("09.11.2025")), MONTH)
    assert steps(odd)[0] == ("given", "07.11.2025")


@pytest.mark.parametrize(
    ("procedure", "how", "period", "expected"),
    [
        (SOCIAL, LETTER, MONTH, {Caution.NO_POSTMARK}),
        (SOCIAL, HANDED, MONTH, set()),
        (ADMINISTRATIVE, YELLOW, NONE, {Caution.ENVELOPE, Caution.NO_INSTRUCTION}),
        (FEDERAL, YELLOW, WEEK, {Caution.ENVELOPE, Caution.ASYLUM}),
        (SOCIAL, PORTAL, MONTH, {Caution.NO_POSTMARK, Caution.PORTAL}),
    ],
)
def test_what_makes_it_uncertain(procedure, how, period, expected):
    assert set(cautions(Notice(procedure, how, on("07.11.2025")), period)) == expected


@pytest.mark.parametrize(
    ("procedure", "how", "laws"),
    [
        (SOCIAL, LETTER, ["§ 37 Abs. 2 SGB X", "§ 37 Abs. 2 SGB X", "§ 64 Abs. 1, 2 SGG"]),
        (Procedure.ASYLBLG, LETTER, ["§ 41 Abs. 2 VwVfG NRW", "§ 41 Abs. 2 VwVfG NRW", "§ 64 Abs. 1, 2 SGG"]),
        (TAX, NotifiedHow.REGISTERED, ["§ 122 Abs. 5 AO, § 4 Abs. 2 VwZG", "§ 122 Abs. 5 AO, § 4 Abs. 2 VwZG", "§ 108 Abs. 1 AO, §§ 187, 188 BGB"]),
        (ADMINISTRATIVE, YELLOW, ["§ 3 LZG NRW, §§ 177 bis 182 ZPO", "§ 57 Abs. 2 VwGO, § 222 Abs. 1 ZPO, §§ 187, 188 BGB"]),
    ],
)
def test_the_paragraphs_beside_the_steps(procedure, how, laws):
    found = worked_out(how, "06.11.2025", "08.11.2025", MONTH, procedure)
    assert [line.law for line in found.lines if line.step != Step.NO_WORKING_DAY] == laws


def test_every_step_has_words():
    said = set()
    for case in SOCIAL_CASES:
        for line in worked_out(*case[1:5]).lines:
            words = told(line)
            assert words.title and words.means and words.day == line.day
            said.add(line.step)
    for procedure, how, posted, received, period in (case[1:6] for case in OTHER_CASES):
        said |= {line.step for line in worked_out(how, posted, received, period, procedure).lines if told(line).means}
    assert said == set(Step) - {Step.DATED}
    assert all(caution(one) for one in Caution)
    assert [period_in_words(*args) for args in ((1, "months"), (2, "weeks"), (10, "days"))] == ["1 Monat", "2 Wochen", "10 Tage"]


# ---------- whatever the days are ----------

days = st.dates(date(2015, 1, 1), date(2060, 12, 31))
periods = st.builds(Period, st.integers(0, 60), st.sampled_from(PeriodUnit))
notices = st.builds(
    lambda procedure, how, received, ago: Notice(procedure, how, received, None if ago is None else received - ago * DAY),
    st.sampled_from(Procedure),
    st.sampled_from(NotifiedHow),
    days,
    st.one_of(st.none(), st.integers(0, 90)),
)


@given(notices, periods)
def test_the_last_day_is_a_working_day_after_it_came_and_the_safe_one_not_later(notice, period):
    found = calculate(notice, period)
    assert not why_no_working_day(found.last_day)
    assert not why_no_working_day(found.safe_day)
    assert found.last_day > notice.received_on
    assert found.safe_day <= found.last_day
    assert found.lines[-1].day == found.last_day
    assert [line.day for line in found.lines] == sorted(line.day for line in found.lines)


@given(notices, periods, st.integers(1, 40))
def test_who_gets_it_later_never_has_less_time(notice, period, more):
    from dataclasses import replace

    posted = notice.posted_on or notice.received_on
    first = calculate(replace(notice, posted_on=posted), period)
    later = calculate(replace(notice, posted_on=posted, received_on=notice.received_on + more * DAY), period)
    assert later.last_day >= first.last_day
    assert later.safe_day >= first.safe_day


@given(notices, st.integers(1, 30))
def test_a_longer_period_never_ends_earlier(notice, amount):
    for unit in PeriodUnit:
        assert calculate(notice, Period(amount + 1, unit)).last_day >= calculate(notice, Period(amount, unit)).last_day


@given(notices, periods)
def test_only_tax_law_moves_the_day_of_notification(notice, period):
    moved = [line.step for line in calculate(notice, period).lines]
    before = moved[: moved.index(Step.ENDS if period.amount else Step.NO_INSTRUCTION)]
    assert notice.procedure == TAX or Step.NO_WORKING_DAY not in before
