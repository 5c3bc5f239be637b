"""What pages say of chains, to whom: one case, one person, her vertraulicher Faden."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faden.kernel.errors import NotFound
from tests.case_making import add_member, open_a_case
from tests.chains.making import Hand, begin, step


@pytest.fixture
def hand(own_database):
    return Hand(open_a_case(family="Darwisch", given="Rima"))


def day(number):
    from faden.kernel import clock

    return clock.today() + timedelta(days=number)


def within(hand, *, write=False):
    from faden.kernel.rls import opened_for

    return opened_for(hand.by, write=write)


def ask(hand, question, *arguments, person=None, confidential=False):
    from faden.cases.queries.timeline import Of

    of = Of(getattr(person, "id", person), confidential)
    with within(hand):
        return question(hand.case, *arguments, of=of, today=day(0))


def cards(hand, **more):
    from faden.chains.queries.chains import chains_of

    return ask(hand, chains_of, **more)


def why(words="verlangt es"):
    from faden.chains.actions.bending import Why

    return Why("agency", words)


def link(hand, code, *after):
    from faden.chains.actions.bending import change_links

    hand.do(change_links, code, after=[hand.row(other).id for other in after], join="all", why=why())


def recognition():
    from faden.chains.vocabulary import HolderKind

    agency = {"holder": HolderKind.AGENCY, "agency_kind": "kammer"}
    return (
        step("antrag", title="Antrag", usual_days=3),
        step("bescheid", "antrag", title="Anerkennungsbescheid", usual_days=77, usual_source="BQ-Portal", **agency),
        step("arbeit", "bescheid", title="Arbeit"),
    )


def test_a_card_says_where_the_chain_stands(hand):
    from faden.chains.actions.steps import wait_for_agency

    chain = begin(hand.case, *recognition(), ago=60)
    hand.finish("antrag", since=day(-50))
    hand.do(wait_for_agency, "bescheid", agency_kind="kammer", agency="HWK Münster", since=day(-42))
    (card,) = cards(hand)
    assert (card.id, card.title, card.person, card.done, card.total, card.percent) == (
        chain.id, "Probe", "Darwisch, Rima", 1, 3, 33,
    )  # fmt: skip
    assert card.finish_on == day(35)
    assert card.finish_words == f"frühestens am {day(35):%d.%m.%Y}"
    assert card.bottleneck == "Anerkennungsbescheid, meist 11 Wochen (Quelle: BQ-Portal), seit 6 Wochen offen"
    assert card.unknown == 1
    assert [(row.title, row.holder_label, row.since_words) for row in card.frontier] == [
        ("Anerkennungsbescheid", "HWK Münster", "seit 6 Wochen"),
    ]  # fmt: skip


def test_missed_clocks_and_long_waits_stand_on_the_card(hand):
    begin(
        hand.case, step("a", usual_days=7, law="§ 1", clock_amount=10, clock_unit="days"), step("b", "a"), ago=9,
    )  # fmt: skip
    (card,) = cards(hand)
    assert [row.title for row in card.overdue] == ["A"]
    assert card.missed == ()
    from faden.chains.actions.steps import block

    hand.do(block, "a", reason="no_appointment", since=day(-1))
    (card,) = cards(hand)
    assert [(row.title, row.clock_due_on, row.clock_missed) for row in card.missed] == [("A", day(1), True)]
    assert card.bottleneck == "A, meist 7 Tage (geschätzt), seit 1 Tag blockiert: kein Termin"


def test_the_page_has_every_step_with_what_it_waits_for(hand):
    from faden.chains.queries.chains import chain_page

    begin(hand.case, step("x", title="Kita"))
    chain = begin(hand.case, *recognition(), ago=20)
    link(hand, "bescheid", "antrag", "x")
    hand.finish("antrag", since=day(-4))
    page = ask(hand, chain_page, chain.id)
    assert [row.title for row in page.steps] == ["Antrag", "Anerkennungsbescheid", "Arbeit"]
    done, decision, work = page.steps
    assert (done.start, done.finish, done.can_undo, done.is_settled) == (day(-20), day(-4), True, True)
    assert [(w.title, w.is_here, w.state, w.because) for w in decision.before] == [
        ("Antrag", True, "done", ""), ("Kita", False, "ready", "verlangt es"),
    ]  # fmt: skip
    assert [w.title for w in decision.after] == ["Arbeit"]
    assert (decision.is_critical, decision.is_bottleneck, work.usual_words) == (True, True, "ohne bekannte Dauer")
    assert (decision.lane, done.lane, decision.holder_label) == ("kammer", "case_manager", "Kammer (IHK, HWK)")


def test_a_step_says_what_it_would_make_ready(hand):
    from faden.chains.queries.chains import step_page

    begin(hand.case, step("a"), step("b", "a", title="Weiter"), step("c", "b"))
    assert ask(hand, step_page, hand.row("a").id).step.unlocks == ("Weiter",)


def test_the_history_of_a_step(hand):
    from faden.chains.actions.steps import block
    from faden.chains.queries.chains import step_page

    begin(hand.case, step("a"))
    hand.do(block, "a", reason="document", since=day(-2), words="Geburtsurkunde fehlt")
    hand.undo("a")
    page = ask(hand, step_page, hand.row("a").id)
    assert [(row.kind, row.state, row.block_label, row.words, bool(row.undone_at)) for row in page.changes] == [
        ("state", "blocked", "Unterlage fehlt", "Geburtsurkunde fehlt", True), ("added", "ready", "", "", False),
    ]  # fmt: skip


class TestWho:
    """Nothing tagged only to others, nothing confidential but where it belongs."""

    @pytest.fixture
    def father(self, hand):
        return add_member(hand.case, "Khaled")

    def titles(self, hand, **more):
        return [card.title for card in cards(hand, **more)]

    def test_each_sees_hers(self, hand, father):
        mother = hand.case.person_id
        begin(hand.case, step("a"), title="Mutter")
        begin(hand.case, step("b"), title="Vater", person=father.id)
        begin(hand.case, step("c"), title="Geheim", confidential=True)
        assert self.titles(hand) == ["Mutter", "Vater"]
        assert self.titles(hand, person=mother) == ["Mutter"]
        assert self.titles(hand, person=father) == ["Vater"]
        assert self.titles(hand, person=mother, confidential=True) == ["Geheim"]
        assert self.titles(hand, person=father, confidential=True) == []

    def test_pages_that_are_not_hers_are_not_there(self, hand, father):
        from faden.chains.queries.chains import chain_page, other_steps, step_page

        secret = begin(hand.case, step("c"), confidential=True)
        mother, row = hand.case.person_id, hand.row("c")
        for person, confidential in ((None, False), (mother, False), (father, False), (father, True)):
            for question, key in ((chain_page, secret.id), (step_page, row.id)):
                with pytest.raises(NotFound):
                    ask(hand, question, key, person=person, confidential=confidential)
        assert ask(hand, chain_page, secret.id, person=mother, confidential=True).card.confidential
        open_ = begin(hand.case, step("a"))
        assert ask(hand, other_steps, open_.id) == []

    def test_on_her_page_the_others_are_nobody(self, hand, father):
        """That she waits for somebody is hers; for what and whom is not."""
        from faden.chains.queries.chains import chain_page, step_page

        hers = begin(hand.case, step("a"), step("b", "a"))
        begin(hand.case, step("z", title="Entzug", usual_days=90), person=father.id, title="Gesundheit")
        link(hand, "a", "z")
        for question, key in ((chain_page, hers.id), (step_page, hand.row("a").id)):
            said = repr(ask(hand, question, key, person=hand.case.person_id))
            assert "Entzug" not in said
            assert "Khaled" not in said
            assert "Gesundheit" not in said
            assert "ein Schritt einer anderen Person" in said
            assert "Entzug" in repr(ask(hand, question, key))
        (card,) = cards(hand, person=hand.case.person_id)
        assert card.bottleneck == "ein Schritt einer anderen Person"

    def test_what_waits_in_secret_is_not_told(self, hand):
        from faden.chains.queries.chains import chain_page, step_page

        open_ = begin(hand.case, step("a"))
        begin(hand.case, step("s", title="Schutzwohnung"), confidential=True, title="Schutz")
        link(hand, "s", "a")
        for person in (None, hand.case.person_id):
            for question, key in ((chain_page, open_.id), (step_page, hand.row("a").id)):
                said = repr(ask(hand, question, key, person=person))
                assert "Schutz" not in said
        page = ask(hand, step_page, hand.row("s").id, person=hand.case.person_id, confidential=True)
        assert [w.title for w in page.step.before] == ["A"]

    def test_a_secret_end_is_not_told(self, hand):
        from faden.cases.queries.timeline import Of, history_of
        from faden.chains.actions.ending import end
        from faden.chains.queries.chains import all_chains
        from faden.kernel import clock

        secret = begin(hand.case, step("s"), confidential=True)
        hand.finish("s")
        with within(hand, write=True):
            end(secret.id, "finished", case=hand.case, seen_version=1, by=hand.by, at=clock.now())
        with within(hand):
            assert all_chains(hand.case, of=Of(), today=day(0)).ended == []
            assert [row.done for row in all_chains(hand.case, of=Of(hand.case.person_id, True), today=day(0)).ended] == [1]
            assert not [line for line in history_of(hand.case, of=Of()).lines if line.kind in ("chain", "step")]
            hers = history_of(hand.case, of=Of(hand.case.person_id, True)).lines
            assert sorted(line.kind for line in hers) == ["chain", "chain", "step"]


def count(hand, question):
    with within(hand), CaptureQueriesContext(connection) as statements:
        question()
    return len(statements)


@pytest.mark.parametrize("name", ["cards", "page", "step", "all"])
def test_one_or_thirty_steps_cost_the_same(hand, name):
    from faden.cases.queries.timeline import Of
    from faden.chains.queries import chains

    def questions(chain, row):
        of, today = Of(), day(0)
        return {
            "cards": lambda: chains.chains_of(hand.case, of=of, today=today),
            "page": lambda: chains.chain_page(hand.case, chain.id, of=of, today=today),
            "step": lambda: chains.step_page(hand.case, row.id, of=of, today=today),
            "all": lambda: chains.all_chains(hand.case, of=of, today=today),
        }[name]

    first = begin(hand.case, step("a"))
    hand.finish("a")
    one = count(hand, questions(first, hand.row("a")))
    many = [step(f"b{number}", *([f"b{number - 1}"] if number else [])) for number in range(30)]
    second, _third = begin(hand.case, *many), begin(hand.case, *many)
    hand.finish("b0", chain=second)
    expected = {"cards": 6, "page": 7, "step": 9, "all": 6, "ended": 4}[name]
    assert (one, count(hand, questions(second, hand.row("b1", second)))) == (expected, expected)


class TestMyDay:
    """Steps that lie with the case management, or wait too long."""

    def lying(self, hand, lead=None):
        from faden.chains.queries.lying import steps_lying_with

        with within(hand):
            return steps_lying_with([lead or hand.by.membership_id], today=day(0))

    def test_what_is_ready_with_me_and_what_waits_too_long(self, hand):
        from faden.chains.actions.steps import wait_for_agency, wait_for_person

        begin(
            hand.case, step("mine"), step("later", "mine"), step("agency", usual_days=7), step("usual", usual_days=9),
            step("hers", usual_days=1), step("nobody_knows"), ago=9,
        )  # fmt: skip
        for code in ("agency", "usual", "nobody_knows"):
            hand.do(wait_for_agency, code, agency_kind="abh", since=day(-8))
        hand.do(wait_for_person, "hers", since=day(-1))
        assert [(one.title, one.is_longer, one.who, one.why) for one in self.lying(hand)] == [
            ("Agency", True, "Darwisch, Rima", "seit 8 Tagen, meist 7 Tage"),
            ("Mine", False, "Darwisch, Rima", "seit 9 Tagen"),
        ]  # fmt: skip

    def test_what_rests_or_has_ended_lies_with_nobody(self, hand):
        from faden.chains.actions.ending import end
        from faden.chains.actions.suspending import suspend
        from faden.kernel import clock

        begin(hand.case, step("a"))
        ended = begin(hand.case, step("b"))
        hand.do(suspend, "a", until=day(5), why=why())
        with within(hand, write=True):
            end(ended.id, "not_needed", case=hand.case, seen_version=1, by=hand.by, at=clock.now())
        assert self.lying(hand) == []
        clock.set_forward(5)
        try:
            assert [one.title for one in self.lying(hand)] == ["A"]
        finally:
            clock.set_forward(0)

    def test_other_peoples_cases_are_not_mine(self, hand):
        begin(hand.case, step("a"))
        other = Hand(open_a_case("bernd@caritas-ahaus.example", given="Andere"))
        begin(other.case, step("b"))
        assert [one.title for one in self.lying(hand)] == ["A"]
        assert [one.title for one in self.lying(hand, other.case.lead_id)] == ["B"]

    def test_whose_it_is_in_a_family(self, hand):
        father = add_member(hand.case, "Khaled")
        begin(hand.case, step("a"), person=father.id)
        begin(hand.case, step("b"), confidential=True)
        assert sorted(one.who for one in self.lying(hand)) == [
            "Darwisch, Khaled", "Darwisch, Rima · vertraulicher Faden",
        ]  # fmt: skip

    def test_a_protected_person_is_not_named(self, hand):
        from faden.kernel import clock
        from faden.persons.models import ProtectionMark

        begin(hand.case, step("a", title="Schutzwohnung"), ago=3)
        with within(hand, write=True):
            ProtectionMark.objects.create(
                organisation_id=hand.by.organisation_id, person_id=hand.case.person_id, kind="address", from_on=day(0),
                words="Gefahr", noted_at=clock.now(), noted_by=hand.by.person,
            )  # fmt: skip
        (one,) = self.lying(hand)
        assert (one.title, one.why, one.card.masked) == ("Schritt", "", True)
        assert "Rima" not in repr(one)
        assert "Schutzwohnung" not in repr(one)

    def test_one_or_thirty_steps_cost_the_same(self, hand):
        add_member(hand.case, "Khaled")
        begin(hand.case, step("a"))
        one = count(hand, lambda: self._asked(hand))
        begin(hand.case, *(step(f"b{number}") for number in range(30)))
        assert (one, count(hand, lambda: self._asked(hand))) == (6, 6)

    def _asked(self, hand):
        from faden.chains.queries.lying import steps_lying_with

        return steps_lying_with([hand.by.membership_id], today=day(0))
