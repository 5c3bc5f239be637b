"""The rules of a Vermittlung: where it stands, what was chosen, what an amended one says otherwise."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.consents.rules.contents import Content, Fact, from_json, to_json
from faden.consents.vocabulary import DataClass
from faden.referrals.rules.changes import differences
from faden.referrals.rules.composing import Chosen, Offer, Sender, composed, seal_of, usual
from faden.referrals.rules.states import AFTER, Happened, ask_on, may_answer, needs_us, state_after, stations
from faden.referrals.vocabulary import FAILED, OVER, AnswerKind, ReferralState

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
NAME = Offer("name", DataClass.CONTACT, "Name", "Ada", usual=True)
PHONE = Offer("phone", DataClass.CONTACT, "Telefon", "0151", usual=True)
LIMIT = Offer("limit-1", DataClass.SPECIAL, "Was gerade nicht geht", "Rollstuhl", usual=False)
US = Sender("Ahaus", "Amal, 02561")


def after(*states: ReferralState) -> ReferralState:
    return state_after(Happened(START + timedelta(hours=n), one) for n, one in enumerate(states))


@pytest.mark.parametrize(
    ("happened", "stands"),
    [
        ((), "draft"),
        (("sent",), "sent"),
        (("sent", "received"), "received"),
        (("sent", "accepted", "received"), "accepted"),  # a late receipt takes nothing back
        (("sent", "accepted", "finished"), "finished"),
        (("sent", "declined", "sent"), "sent"),  # the second choice
        (("sent", "question", "received"), "question"),
    ],
)
def test_where_it_stands(happened, stands):
    assert after(*(ReferralState(one) for one in happened)) == stands


@given(st.lists(st.sampled_from(list(ReferralState)), min_size=1, max_size=8))
def test_the_order_in_which_it_is_told_does_not_matter(happened):
    events = [Happened(START + timedelta(hours=n), one) for n, one in enumerate(happened)]
    assert state_after(reversed(events)) == state_after(events)


@pytest.mark.parametrize("state", list(ReferralState))
def test_the_picture_has_one_place_at_most_and_never_ahead_of_it(state):
    places = [one.place for one in stations(state)]
    assert [one.state for one in stations(state)] == ["sent", "received", "accepted", "finished"]
    assert places.count("now") <= 1 and places == sorted(places, key=["past", "now", "coming"].index)
    assert (places.count("now") == 0) is (state in (ReferralState.DRAFT, ReferralState.WITHDRAWN))
    if state in (ReferralState.RECEIVED, ReferralState.QUESTION, ReferralState.WAITING, ReferralState.DECLINED):
        assert places == ["past", "now", "coming", "coming"]  # received is not accepted


@pytest.mark.parametrize("kind", list(AnswerKind))
def test_after_the_end_and_before_the_sending_nobody_answers(kind):
    assert not any(may_answer(state, kind) for state in (*OVER, ReferralState.DRAFT))
    assert may_answer(ReferralState.ACCEPTED, kind)


def test_what_needs_us_is_a_question_or_a_failure():
    assert {state for state in ReferralState if needs_us(state)} == {ReferralState.QUESTION, *FAILED}
    assert not needs_us(AFTER[AnswerKind.RECEIVED])


def test_she_is_asked_two_weeks_after_the_end():
    ended = date(2026, 11, 23)
    assert ask_on(ended, "") == ask_on(ended, "not_reached") == date(2026, 12, 7)
    assert ask_on(None, "") is None and ask_on(ended, "yes") is None


# ---- What is told


def test_only_what_was_ticked_is_told():
    content = composed(Chosen("Kurs", "Bitte", ("phone", "made-up")), [NAME, PHONE, LIMIT], sender=US, codes={})
    assert [fact.label for fact in content.facts] == ["Telefon"] and content.data_classes == ("contact",)


def test_words_of_a_class_count_as_that_class():
    own = ((DataClass.SPECIAL, "Besonders geschützt", "Rollstuhl"), (DataClass.FAMILY, "Familie und Haushalt", ""))
    content = composed(Chosen("Kurs", "", ("name",), own), [NAME], sender=US, codes={})
    assert content.data_classes == ("contact", "special")


def test_nothing_is_ticked_that_the_ground_does_not_name():
    assert usual([NAME, PHONE, LIMIT], ["contact", "special"]) == ["name", "phone"]
    assert usual([NAME, PHONE, LIMIT], ["special"]) == []


@given(st.text(max_size=20), st.text(max_size=20))
def test_another_wording_is_another_seal(one, other):
    seals = {seal_of(Content("Kurs", words), "a1") for words in (one, other)}
    assert len(seals) == len({one, other})
    assert seal_of(Content("Kurs", one), "a1") != seal_of(Content("Kurs", one), "a2")


def test_the_seal_is_of_what_is_shown():
    content = Content("Kurs", "Bitte", (Fact("contact", "Name", "Ada"),), extra={"what": "referral"})
    assert seal_of(content, "a1") == seal_of(from_json(to_json(content)), "a1")
    assert seal_of(content, "a1") == seal_of(Content("Kurs", "Bitte", content.facts), "a1")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.text(max_size=3)), max_size=4))
def test_a_copy_is_no_other_than_itself(facts):
    content = Content("Kurs", "Bitte", tuple(Fact("contact", label, value) for label, value in facts))
    assert not differences(content, content)


def test_what_changed_is_named():
    before = Content("Kurs", "Bitte", (Fact("contact", "Name", "Ada"), Fact("contact", "Telefon", "1")))
    now = Content("Kurs", "Bitte bald", (Fact("contact", "Telefon", "2"), Fact("language", "Sprachen", "Dari")))
    found = differences(before, now)
    assert (found.added, found.gone, found.changed, found.other_words) == (("Sprachen",), ("Name",), (("Telefon", "1", "2"),), True)
