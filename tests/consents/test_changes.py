"""What a new copy says differently: nothing is missed, nothing that was taken out is repeated."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as some

from faden.consents.rules.changes import changed_since, says_the_same
from faden.consents.rules.contents import Change, Content, Fact, Step, from_json, to_json

facts = some.lists(some.tuples(some.sampled_from("abc"), some.sampled_from(["1", "2"])), unique_by=lambda fact: fact[0], max_size=3)
contents = some.builds(
    lambda message, told: Content("Titel", message, tuple(Fact("contact", label, value) for label, value in told)),
    some.sampled_from(["", "Nachricht"]), facts,
)  # fmt: skip


@given(contents, contents)
def test_there_is_a_change_where_something_differs(before, now):
    made = changed_since(before, now)
    assert bool(made.changes) == (before.message != now.message or set(before.facts) != set(now.facts))
    assert says_the_same(made, now) and from_json(to_json(made)) == made
    assert not any(change.was for change in made.changes), "an earlier value is not told again"


def test_a_step_says_from_where_to_where():
    step = Step("a", "Anmelden", "wir", "open", "offen", "2026-01-01")
    before = Content("Kette", steps=(step, replace(step, code="b", title="Test")))
    now = Content("Kette", steps=(replace(step, state="done", state_words="erledigt"), replace(step, code="c", title="Kurs")))
    assert changed_since(before, now).changes == (
        Change("new", "Kurs"), Change("moved", "Anmelden", "offen", "erledigt"), Change("gone", "Test"),
    )  # fmt: skip


def test_another_day_of_the_same_state_is_a_change():
    step = Step("a", "Anmelden", "wir", "open", "offen", "2026-01-01")
    changes = changed_since(Content("K", steps=(step,)), Content("K", steps=(replace(step, due="2026-02-03"),))).changes
    assert changes == (Change("changed", "Anmelden"),)
