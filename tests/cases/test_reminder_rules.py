"""Who is reminded, how, and who not."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from faden.cases.rules.reminders import Facts, remind_on, what_happens
from faden.kernel.clock import BERLIN


def at(day, hour=8, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


# Wednesday the 25th at ten: two working days before is Monday the 23rd.
PLAIN = Facts(starts_at=at(25, 10), made_at=at(2), has_address=True)
MONDAY = at(23)


@pytest.mark.parametrize(
    ("starts", "day"),
    [
        (at(25, 10), date(2026, 11, 23)),
        (at(23, 10), date(2026, 11, 19)),
        (at(24, 10), date(2026, 11, 20)),
        (datetime(2026, 4, 7, 9, tzinfo=BERLIN), date(2026, 4, 1)),  # after Easter
        (datetime(2026, 11, 25, 23, 30, tzinfo=BERLIN), date(2026, 11, 23)),  # the day in Germany, not in UTC
        (datetime(2026, 11, 25, 0, 15, tzinfo=BERLIN), date(2026, 11, 23)),
    ],
)
def test_two_working_days_before(starts, day):
    assert remind_on(starts) == day


@pytest.mark.parametrize(
    ("now", "what"),
    [
        (at(22), None),
        (at(23, 0, 1), "sent"),
        (MONDAY, "sent"),
        (at(24, 23, 59), "sent"),  # a worker that stood still a day
        (at(25, 0, 1), None),  # on the day itself it comes too late
    ],
)
def test_when(now, what):
    assert what_happens(PLAIN, now=now) == what


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({}, "sent"),
        ({"way": "mail"}, "sent"),
        ({"way": "print"}, "to_print"),
        ({"way": "none"}, None),
        ({"has_address": False}, None),  # nobody asked for a mail
        ({"has_address": False, "way": "mail"}, "no_address"),
        ({"has_address": False, "way": "print"}, "to_print"),
        ({"is_protected": True}, "protected"),
        ({"is_protected": True, "way": "mail"}, "protected"),
        ({"is_protected": True, "has_address": False}, "protected"),
        ({"is_protected": True, "way": "print"}, "to_print"),
        ({"is_protected": True, "way": "none"}, None),
        # The mailbox may be the whole family's.
        ({"is_confidential": True}, None),
        ({"is_confidential": True, "way": "mail"}, "sent"),
        ({"is_confidential": True, "way": "print"}, "to_print"),
        ({"has_answered": True}, "answered"),
        ({"has_answered": True, "way": "print"}, "answered"),
        ({"has_answered": True, "way": "none"}, None),
        ({"last_contact": MONDAY - timedelta(days=2)}, "answered"),
        ({"last_contact": MONDAY - timedelta(days=2, seconds=1)}, "sent"),
        ({"last_contact": MONDAY + timedelta(hours=1)}, "sent"),  # noted for later: not yet spoken
        ({"made_at": MONDAY - timedelta(days=1)}, "answered"),  # just booked
        ({"made_at": MONDAY - timedelta(days=3)}, "sent"),
    ],
)
def test_how(changes, what):
    assert what_happens(replace(PLAIN, **changes), now=MONDAY) == what
