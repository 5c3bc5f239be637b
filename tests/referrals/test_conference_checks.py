"""Fallkonferenz and Fallvorstellung: what the verbs refuse whatever a form sends."""

from datetime import timedelta

import pytest

from faden.kernel import clock
from faden.kernel.errors import FadenError, Invalid
from tests.case_making import acting, add_member, mark, open_a_case
from tests.cast import AMAL, KARIN
from tests.desk_client import membership_of
from tests.referrals.conferring import (
    consent_to,
    hears,
    noted,
    organisation,
    planned,
    point,
    seated,
    seen,
    sent,
    version_of,
)
from tests.referrals.test_conferences import COURSE, held, noted_as
from tests.referrals.test_presented_names import EVERY_POINT


@pytest.fixture
def case(own_database):
    return open_a_case(AMAL.email, family="Darwisch", given="Rima")


# ---------- at the table ----------


def test_nobody_sits_there_twice(case):
    conference = planned(case, (case.person_id,))
    me = membership_of(AMAL.email).id
    for who in ({"kind": "staff", "member": me}, {"kind": "client", "person": case.person_id}):
        seated(conference, **who)
        with pytest.raises(Invalid, match="steht schon"):
            seated(conference, **who)
    for name in ("Tante", "Nachbarin"):
        seated(conference, kind="companion", name=name)


def test_only_of_whom_it_is_about_a_point_speaks(case):
    child = add_member(case, "Amina", born="2015")
    conference = planned(case, (case.person_id,))
    with pytest.raises(Invalid) as refused:
        point(conference, "Schule", child.id, "school_work")
    assert refused.value.field == "person"
    with pytest.raises(Invalid) as refused:
        point(conference, "Schule", case.person_id, "")
    assert refused.value.field == "data_class"


# ---------- after it ----------


def test_a_point_with_what_was_said_is_not_dropped(case):
    from faden.referrals.actions import conferences
    from faden.referrals.models import ConferencePoint

    conference, _provider, points, _consent = held(case)
    with pytest.raises(Invalid, match="vorbei"), acting(AMAL.email) as by:
        conferences.drop_point(conference, points["course"].id, seen(by, version_of(conference)))
    with acting(AMAL.email):
        assert ConferencePoint.objects.get(id=points["course"].id).said


def test_no_minutes_before_it_and_none_for_who_stayed_away(case):
    conference = planned(case, (case.person_id,), days=-1)
    consent = consent_to(case, case.person, COURSE)
    provider = seated(conference, kind="recipient", recipient=organisation(COURSE))
    hears(conference, provider, case.person_id, "consent", consent.id)
    one = point(conference, "Kurs", case.person_id, "school_work")
    with pytest.raises(Invalid, match="erst nach"):
        sent(conference, provider)
    noted(conference, {one.id: noted_as("Platz frei")}, came=())
    with pytest.raises(Invalid, match="wer am Tisch saß"):
        sent(conference, provider)


def test_minutes_are_read_no_longer_than_the_consent_counts(case):
    from faden.consents.models import Release

    conference, provider, _points, _consent = held(case)
    [one] = sent(conference, provider)
    with acting(AMAL.email):
        assert Release.objects.get(id=one.release.id).valid_until == clock.today() + timedelta(days=60)


def test_what_was_agreed_for_one_is_no_step_of_another(case):
    from faden.chains.actions.steps import Holder
    from faden.chains.models import ChainStep
    from faden.chains.vocabulary import HolderKind
    from faden.referrals.actions import minutes
    from tests.chains.making import begin, step

    child = add_member(case, "Amina", born="2015")
    conference, _provider, points, _consent = held(case)
    chain = begin(case, step("a"), person=child.id)
    with pytest.raises(Invalid) as refused, acting(AMAL.email) as by:
        minutes.to_step(
            conference, points["course"].id, chain.id, title="Platz halten", holder=Holder(HolderKind.CLIENT), due_on=None,
            seen=seen(by, version_of(conference)),
        )  # fmt: skip
    assert refused.value.field == "chain"
    with acting(AMAL.email):
        assert not ChainStep.objects.filter(title="Platz halten").exists()


# ---------- Fallvorstellung ----------


class Presenting:
    """One that is read through already."""

    def __init__(self, case):
        from faden.referrals.actions import presentations as actions

        self.actions, self.case = actions, case
        with acting(AMAL.email) as by:
            self.id = actions.make(case, occasion="Planung", question="Wer?", tells=(), by=by, at=clock.now(), today=clock.today()).id
        self.do("change", actions.Wording("Planung", "Wer?", "Elternteil ohne Kursplatz."))
        self.do("review", checked=EVERY_POINT, harmless=())

    def row(self):
        from faden.referrals.models import CasePresentation

        with acting(AMAL.email):
            return CasePresentation.objects.select_related("case__person__municipality", "release").get(id=self.id)

    def do(self, verb, *arguments, **more):
        now = self.row()
        with acting(AMAL.email) as by:
            getattr(self.actions, verb)(now, *arguments, **more, seen_version=now.version, by=by, at=clock.now())

    def send(self, days=30):
        from faden.organisations.queries.recipients import as_recipient

        to = as_recipient(membership_of(KARIN.email).organisation)
        self.do("send", to, until=clock.today() + timedelta(days=days), today=clock.today())


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (180, True), (181, False)])
def test_it_is_read_half_a_year_at_most(case, days, fits):
    shown = Presenting(case)
    if fits:
        shown.send(days)
        assert shown.row().release.valid_until == clock.today() + timedelta(days=days)
    else:
        with pytest.raises(Invalid) as refused:
            shown.send(days)
        assert refused.value.field == "until" and shown.row().release is None


def test_what_was_sent_is_neither_changed_nor_sent_again(case):
    shown = Presenting(case)
    shown.send()
    for again in (
        lambda: shown.do("change", shown.actions.Wording("A", "B", "C")),
        lambda: shown.do("review", checked=EVERY_POINT, harmless=()),
        shown.send,
    ):
        with pytest.raises(Invalid, match="schon vorgestellt"):
            again()
    shown.do("withdraw")
    with pytest.raises(Invalid, match="zurückgezogen"):
        shown.do("withdraw")
    assert shown.row().body == "Elternteil ohne Kursplatz."


def test_of_who_is_protected_since_the_review_nothing_goes(case):
    """A street that a Schutzvermerk hides since this morning is found though somebody left it as harmless."""
    from tests.case_making import fact

    shown = Presenting(case)
    shown.do("change", shown.actions.Wording("Planung", "Wer?", "Sie wohnen im Bahnweg 3."))
    from faden.referrals.queries.case_words import case_words
    from faden.referrals.queries.presentations import finds_in

    row = shown.row()
    with acting(AMAL.email):
        harmless = {one.key for one in finds_in(row, case_words(row.case))}
    shown.do("review", checked=EVERY_POINT, harmless=harmless)
    fact(AMAL.email, case.person, "address", street="Bahnweg 3", place="Ahaus")
    mark(AMAL.email, case.person)
    with pytest.raises(FadenError):
        shown.send()
    assert shown.row().release is None


def test_by_what_she_hears_is_chosen_only_from_what_stands(case):
    """As somebody sends it who does not use the form."""
    child = add_member(case, "Amina", born="2015")
    conference = planned(case, (case.person_id, child.id))
    of_mother = consent_to(case, case.person, COURSE)
    provider = seated(conference, kind="recipient", recipient=organisation(COURSE))
    for person, by, ground in (
        (child.id, "consent", of_mother.id), (child.id, "self", None), (case.person_id, "team", None), (case.person_id, "consent", None),
    ):  # fmt: skip
        with pytest.raises(Invalid, match="gilt hier nicht"):
            hears(conference, provider, person, by, ground)
    hears(conference, provider, case.person_id, "consent", of_mother.id)
