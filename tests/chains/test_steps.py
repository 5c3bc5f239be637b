"""What is said about steps: followed by others, taken back, refused where it makes no sense."""

from datetime import timedelta

import pytest

from faden.kernel.errors import Conflict, Invalid, NotFound
from tests.case_making import add_member, open_a_case
from tests.chains.making import Hand, begin, step
from tests.desk_client import actor_of


@pytest.fixture
def hand(own_database):
    return Hand(open_a_case())


def today():
    from faden.kernel import clock

    return clock.today()


def within(hand, *, write=False):
    from faden.kernel.rls import opened_for

    return opened_for(hand.by, write=write)


def everything(hand):
    """All columns of all steps but the version, the words opened."""
    from faden.chains.models import ChainStep

    with within(hand):
        rows = list(ChainStep.objects.filter(case=hand.case).order_by("position"))
        names = [field.attname for field in ChainStep._meta.fields if field.name != "version"]
        return [{name: getattr(row, name) for name in names} for row in rows]


def test_finishing_a_step_makes_exactly_its_successors_ready(hand):
    begin(hand.case, step("a"), step("b", "a"), step("c", "a", "b"), step("d", "c"), step("e"))
    assert hand.stand() == {"a": "ready", "b": "open", "c": "open", "d": "open", "e": "ready"}
    hand.finish("a")
    assert hand.stand() == {"a": "done", "b": "ready", "c": "open", "d": "open", "e": "ready"}
    hand.finish("b")
    assert hand.stand() == {"a": "done", "b": "done", "c": "ready", "d": "open", "e": "ready"}


def test_where_one_suffices_the_first_is_enough(hand):
    from faden.chains.vocabulary import Join

    begin(hand.case, step("a"), step("b"), step("c", "a", "b", join=Join.ANY))
    hand.finish("b")
    assert hand.stand()["c"] == "ready"


def test_ready_since_the_day_the_last_was_done(hand):
    begin(hand.case, step("a"), step("b"), step("c", "a", "b"), ago=30)
    hand.finish("a", since=today() - timedelta(days=3))
    hand.finish("b", since=today() - timedelta(days=9))
    assert hand.row("c").since_on == today() - timedelta(days=3)


@pytest.mark.parametrize("deed", ["finish", "block", "agency", "person", "drop", "exempt"])
def test_undo_restores_everything(hand, deed):
    from faden.chains.actions import bending, steps

    begin(hand.case, step("a"), step("b", "a"), step("c", "b"), ago=20)
    hand.finish("a", since=today() - timedelta(days=5))
    before, why = everything(hand), bending.Why("client_wish", "möchte nicht")
    since = today() - timedelta(days=1)
    {
        "finish": lambda: hand.finish("b", since=since),
        "block": lambda: hand.do(steps.block, "b", reason="document", since=since, words="Urkunde fehlt"),
        "agency": lambda: hand.do(steps.wait_for_agency, "b", agency_kind="abh", agency="ABH Borken", since=since),
        "person": lambda: hand.do(steps.wait_for_person, "b", since=since, words="bringt den Pass"),
        "drop": lambda: hand.do(bending.drop, "b", why),
        "exempt": lambda: hand.do(bending.exempt, "b", why, until=today() + timedelta(days=40)),
    }[deed]()
    assert everything(hand) != before
    hand.undo("b")
    assert everything(hand) == before


def test_undo_after_undo_goes_back_one_more(hand):
    from faden.chains.actions import steps

    begin(hand.case, step("a"), step("b", "a"))
    first = everything(hand)
    hand.do(steps.block, "a", reason="no_place", since=today(), words="Warteliste")
    blocked = everything(hand)
    hand.finish("a")
    hand.undo("a")
    assert everything(hand) == blocked
    hand.undo("a")
    assert everything(hand) == first
    with pytest.raises(Invalid):
        hand.undo("a")


def test_undo_leaves_what_was_said_of_others(hand):
    begin(hand.case, step("a"), step("b", "a"), step("c", "b"))
    hand.finish("a")
    hand.finish("b")
    hand.undo("a")
    assert hand.stand() == {"a": "ready", "b": "done", "c": "ready"}


def test_undo_keeps_ready_what_another_way_made_ready(hand):
    from faden.chains.vocabulary import Join

    begin(hand.case, step("a"), step("b"), step("c", "a", "b", join=Join.ANY), ago=9)
    hand.finish("a", since=today() - timedelta(days=4))
    hand.finish("b", since=today() - timedelta(days=2))
    hand.undo("a")
    assert hand.stand()["c"] == "ready"


def test_a_holder_given_later_stays_when_the_block_is_taken_back(hand):
    from faden.chains.actions import steps

    begin(hand.case, step("a"))
    hand.do(steps.block, "a", reason="competence", since=today())
    hand.do(steps.give_to, "a", steps.Holder("agency", agency_kind="jobcenter", agency="Jobcenter Ahaus"))
    row = hand.undo("a")
    assert (row.state, row.holder, row.agency) == ("ready", "agency", "Jobcenter Ahaus")


def test_releasing_follows_what_comes_before(hand):
    from faden.chains.actions import steps

    begin(hand.case, step("a"), step("b", "a"))
    for code, state in (("a", "ready"), ("b", "open")):
        hand.do(steps.wait_for_agency, code, agency_kind="abh", since=today())
        assert hand.do(steps.release, code, since=today()).state == state


def test_a_blocked_step_says_why(hand):
    from faden.chains.actions import steps

    begin(hand.case, step("a"))
    with pytest.raises(Invalid) as refused:
        hand.do(steps.block, "a", reason="", since=today())
    assert refused.value.field == "reason"


def test_nothing_is_said_for_tomorrow(hand):
    begin(hand.case, step("a"))
    with pytest.raises(Invalid) as refused:
        hand.finish("a", since=today() + timedelta(days=1))
    assert refused.value.field == "since"


def test_what_is_settled_is_taken_back_first(hand):
    from faden.chains.actions import steps

    begin(hand.case, step("a"))
    hand.finish("a")
    with pytest.raises(Invalid):
        hand.do(steps.block, "a", reason="cost", since=today())
    assert hand.finish("a").version == 2  # twice changes nothing


def test_a_lost_update_says_what_differs(hand):
    from faden.chains.actions import steps

    begin(hand.case, step("a"))
    hand.do(steps.block, "a", reason="cost", since=today())
    with pytest.raises(Conflict) as refused:
        hand.do(steps.finish, "a", since=today(), seen_version=1)
    assert refused.value.changes == (("Stand", "blockiert", "erledigt"), ("Warum", "Kosten", "–"))


def test_what_follows_is_no_lost_update(hand):
    """The form of `b` was open while `a` was finished: what it says still holds."""
    from faden.chains.actions import steps

    begin(hand.case, step("a"), step("b", "a"))
    hand.finish("a")
    assert hand.do(steps.block, "b", reason="cost", since=today(), seen_version=1).state == "blocked"


def test_only_members_hold_a_step(hand):
    from faden.chains.actions import steps

    begin(hand.case, step("a"))
    child = add_member(hand.case, "Yusuf")
    stranger = open_a_case(given="Fremd").person_id
    waiting = hand.do(steps.wait_for_person, "a", person=child.id, since=today())
    assert (waiting.holder, waiting.holder_person_id) == ("family", child.id)
    with pytest.raises(Invalid):
        hand.do(steps.wait_for_person, "a", person=stranger, since=today())


def test_an_agency_has_a_kind(hand):
    from faden.chains.actions import steps

    begin(hand.case, step("a"))
    with pytest.raises(Invalid) as refused:
        hand.do(steps.give_to, "a", steps.Holder("agency"))
    assert refused.value.field == "agency_kind"


def test_a_step_of_another_case_is_not_there(hand):
    other = Hand(open_a_case(given="Andere"))
    begin(other.case, step("z"))
    begin(hand.case, step("a"))
    from faden.chains.actions import steps
    from faden.kernel import clock

    with pytest.raises(NotFound), within(hand, write=True):
        steps.finish(other.row("z").id, since=today(), case=hand.case, seen_version=1, by=hand.by, at=clock.now())


def test_another_service_sees_nothing(hand):
    from faden.chains.models import Chain, ChainStep, StepChange, StepLink
    from faden.kernel.rls import opened_for

    begin(hand.case, step("a"), step("b", "a"))
    hand.finish("a")
    with opened_for(actor_of("cem@drk-gronau.example"), write=False):
        assert [model.objects.count() for model in (Chain, ChainStep, StepLink, StepChange)] == [0, 0, 0, 0]


def test_done_and_blocked_stand_in_the_history(hand):
    from faden.cases.queries.timeline import Of, history_of
    from faden.chains.actions import steps
    from faden.chains.queries.lines import told

    begin(hand.case, step("a"), step("b"))
    hand.do(steps.wait_for_agency, "a", agency_kind="abh", since=today())
    hand.finish("a")
    hand.do(steps.block, "b", reason="no_place", since=today())
    hand.undo("a")
    with within(hand):
        lines = [line for line in history_of(hand.case, of=Of()).lines if line.kind in ("chain", "step")]
        said = told((line.id, line.kind) for line in lines)
        shown = [(said[line.id].title, said[line.id].facts) for line in lines]
    assert shown == [
        ("B: blockiert", ("kein Platz (Kurs, Kita, Schule, Therapie)",)),
        ("A: erledigt", ("zurückgenommen",)),
        ("Kette begonnen: Probe", ()),
    ]


def test_the_audit_goes_with_the_deed(hand, monkeypatch):
    from faden.kernel import audit

    def fails(*_args, **_more):
        raise RuntimeError("no audit")

    begin(hand.case, step("a"), step("b", "a"))
    before = everything(hand)
    monkeypatch.setattr(audit, "note", fails)
    with pytest.raises(RuntimeError):
        hand.finish("a")
    assert everything(hand) == before


class TestDays:
    """Fristen that come from steps."""

    def due(self, hand):
        from faden.cases.models import Deadline

        with within(hand):
            rows = Deadline.objects.filter(case=hand.case, ended_at__isnull=True).order_by("due_on")
            return [(row.kind, row.subject, row.due_on) for row in rows]

    def test_a_law_clock_runs_from_the_step_it_counts_from(self, hand):
        from faden.chains.rules.clocks import due_day

        begin(
            hand.case,
            step("bescheid", title="Bescheid"),
            step("klage", "bescheid", title="Klage", law="§ 74 AsylG", clock_amount=2, clock_unit="weeks", clock_from="bescheid"),
        )
        assert self.due(hand) == []
        hand.finish("bescheid", since=today() - timedelta(days=2))
        day = due_day(today() - timedelta(days=2), 2, "weeks")
        assert hand.row("klage").clock_due_on == day
        assert self.due(hand) == [("step_clock", "Klage", day)]
        hand.undo("bescheid")
        assert hand.row("klage").clock_due_on is None
        assert self.due(hand) == []
        hand.finish("bescheid")
        hand.finish("klage")
        assert self.due(hand) == []

    def test_one_that_runs_from_the_start_of_the_chain(self, hand):
        begin(hand.case, step("a", law="§ 44 AufenthG", clock_amount=1, clock_unit="years"), ago=10)
        from faden.chains.rules.clocks import due_day

        assert self.due(hand) == [("step_clock", "A", due_day(today() - timedelta(days=10), 1, "years"))]

    def test_an_agreed_day(self, hand):
        from faden.chains.actions import steps

        begin(hand.case, step("a"))
        friday = today() + timedelta(days=4)
        hand.do(steps.agree, "a", due_from=today(), due_on=friday)
        assert self.due(hand) == [("step_due", "A", friday)]
        hand.finish("a")
        assert self.due(hand) == []
        hand.undo("a")
        assert self.due(hand) == [("step_due", "A", friday)]
        hand.do(steps.agree, "a", due_from=None, due_on=None)
        assert self.due(hand) == []

    @pytest.mark.parametrize("window", [(1, None), (3, 1)])
    def test_a_window_ends_after_it_began(self, hand, window):
        from faden.chains.actions import steps

        begin(hand.case, step("a"))
        first, last = (today() + timedelta(days=days) if days else None for days in window)
        with pytest.raises(Invalid) as refused:
            hand.do(steps.agree, "a", due_from=first, due_on=last)
        assert refused.value.field == "due_on"

    def test_an_exemption_ends_with_its_day(self, hand):
        from faden.chains.actions import bending
        from faden.jobs.chains import of_service
        from faden.kernel import clock

        begin(hand.case, step("a"), step("b", "a"))
        until = today() + timedelta(days=30)
        hand.do(bending.exempt, "a", bending.Why("not_possible", "stillt"), until=until)
        assert hand.stand() == {"a": "dropped", "b": "ready"}
        assert self.due(hand) == [("exemption", "A", until)]
        for days, stands in ((30, {"a": "dropped", "b": "ready"}), (31, {"a": "ready", "b": "open"})):
            clock.set_forward(days)
            try:
                of_service(hand.by.organisation_id)
            finally:
                clock.set_forward(0)
            assert hand.stand() == stands
        assert self.due(hand) == []
