"""Whatever changes a shared chain delivers the next copy in its own transaction: each verb is found, none is forgotten."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.case_making import open_a_case
from tests.chains.making import Hand, begin, step
from tests.chains.sharing import Sharing

# Changes no chain that runs: templates, durations, the plan and its goals; or is the sharing itself.
OTHER_MODULES = {"templates", "measure", "plans", "goals", "copies", "share_ends"}
# Tested where they are: they begin, end, or carry the share.
OF_THE_SHARE = {
    "sharing.share", "sharing.end", "sharing.end_on", "sharing.end_expired", "sharing.share_of", "sharing.check_open",
}  # fmt: skip
# Of a board that is open; called by verbs that are tried here.
INSIDE = {"steps.put", "board.opened", "board.check_seen", "board.line_of", "board.note_days", "suspending.steps_of"}
# A chain that begins is nobody else's yet; taken up again, nobody shares it.
NOT_SHARED_YET = {"start.start", "start.start_free", "ending.reopen", "ending.reopen_closed"}
# The participant's copy ends instead (test_sharing).
ENDS_IT = {"ending.end", "ending.end_all"}


def verbs() -> set[str]:
    """Public functions of `chains.actions`, by module and name."""
    import faden.chains.actions as package

    found = set()
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        own = (one for name, one in inspect.getmembers(module, inspect.isfunction) if not name.startswith("_"))
        if info.name not in OTHER_MODULES:
            found |= {f"{info.name}.{one.__name__}" for one in own if one.__module__ == module.__name__}
    return found


def today(days: int = 0) -> Any:
    from faden.kernel import clock

    return clock.today() + timedelta(days=days)


def why() -> Any:
    from faden.chains.actions.bending import Why

    return Why("agency", "verlangt es")


def verb(name: str) -> Callable[..., Any]:
    module, function = name.split(".")
    return getattr(importlib.import_module(f"faden.chains.actions.{module}"), function)


def on_step(name: str, code: str = "b", **more: Any) -> Callable[[Sharing], object]:
    """A verb on one step."""

    def deed(sharing: Sharing) -> object:
        return sharing.hand.do(verb(name), code, chain=sharing.chain, **{key: _now(value) for key, value in more.items()})

    return deed


def _now(value: Any) -> Any:
    return value() if callable(value) else value


def on_chain(name: str, **more: Any) -> Callable[[Sharing], object]:
    """A verb on the chain."""

    def deed(sharing: Sharing) -> object:
        from faden.chains.models import Chain
        from faden.kernel import clock
        from faden.kernel.rls import opened_for

        by = sharing.by
        with opened_for(by, write=True):
            version = Chain.objects.get(id=sharing.chain.id).version
        values = {key: _now(value) for key, value in more.items()}
        if "seen_version" in inspect.signature(verb(name)).parameters:
            values["seen_version"] = version
        with opened_for(by, write=True):
            return verb(name)(sharing.chain.id, case=sharing.hand.case, by=by, at=clock.now(), **values)

    return deed


def after(first: Callable[[Sharing], object], then: Callable[[Sharing], object]) -> Callable[[Sharing], object]:
    """The second is looked at."""

    def deed(sharing: Sharing) -> object:
        return then(sharing)

    deed.first = first  # type: ignore[attr-defined]
    return deed


def add_step() -> Callable[[Sharing], object]:
    def new() -> Any:
        from faden.chains.actions.bending import NewStep
        from faden.chains.actions.steps import Holder
        from faden.chains.vocabulary import HolderKind, StepKind

        return NewStep("Dazu", StepKind.CLARIFY, Holder(HolderKind.CASE_MANAGER))

    return on_chain("bending.add_step", new=new, why=why)


def reorder(sharing: Sharing) -> object:
    keys = [sharing.hand.row(code, sharing.chain).id for code in ("a", "d", "b", "c")]
    return on_chain("bending.reorder", step_ids=keys)(sharing)


def end_exemptions(sharing: Sharing) -> object:
    """As the night does, without a person."""
    from faden.chains.models import ChainStep
    from faden.jobs.doors import opened
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    with opened_for(sharing.by, write=True):
        ChainStep.objects.filter(chain=sharing.chain, code="b").update(exempt_until=today(-1))
    with opened(sharing.by.organisation_id, write=True) as night:
        return verb("bending.end_exemptions")(sharing.hand.case, by=night, at=clock.now())


def asked(sharing: Sharing) -> object:
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    row = sharing.hand.row("b", sharing.chain)
    with opened_for(sharing.by, write=True):
        return verb("sharing.ask")(sharing.share, row.id, words="Wann?", kind="question", by=sharing.by, at=clock.now())


def reported(sharing: Sharing) -> object:
    return sharing.says("b", state="waiting_person")


def linked(sharing: Sharing) -> object:
    """What was open is ready: it waits for nothing any more."""
    return on_step("bending.change_links", "c", after=list, join="all", why=why)(sharing)


NEWS: dict[str, Callable[[Sharing], object]] = {
    "steps.finish": on_step("steps.finish", since=today),
    "steps.block": on_step("steps.block", reason="no_place", since=today),
    "steps.wait_for_agency": on_step("steps.wait_for_agency", agency_kind="kita", since=today),
    "steps.wait_for_person": on_step("steps.wait_for_person", since=today),
    "steps.release": after(on_step("steps.block", reason="no_place", since=today), on_step("steps.release", since=today)),
    "steps.undo": after(on_step("steps.finish", since=today), on_step("steps.undo")),
    "steps.give_to": on_step("steps.give_to", "a", holder=lambda: held_by_client()),
    "steps.agree": on_step("steps.agree", due_from=lambda: None, due_on=lambda: today(9)),
    "steps.reported": reported,
    "bending.drop": on_step("bending.drop", why=why),
    "bending.exempt": on_step("bending.exempt", why=why, until=lambda: today(5)),
    "bending.end_exemptions": after(on_step("bending.exempt", why=why, until=lambda: today(5)), end_exemptions),
    "bending.add_step": add_step(),
    "bending.change_links": linked,
    "bending.reorder": reorder,
    "suspending.suspend": after(
        on_step("steps.agree", due_from=lambda: None, due_on=lambda: today(9)), on_step("suspending.suspend", until=lambda: today(5), why=why)
    ),
    "suspending.resume": after(
        lambda s: (on_step("steps.agree", due_from=lambda: None, due_on=lambda: today(9))(s), on_step("suspending.suspend", until=lambda: today(5), why=why)(s)),
        on_step("suspending.resume"),
    ),
    "suspending.suspend_chain": after(
        on_step("steps.agree", due_from=lambda: None, due_on=lambda: today(9)), on_chain("suspending.suspend_chain", until=lambda: today(5), why=why)
    ),
    "suspending.resume_chain": after(
        lambda s: (on_step("steps.agree", due_from=lambda: None, due_on=lambda: today(9))(s), on_chain("suspending.suspend_chain", until=lambda: today(5), why=why)(s)),
        on_chain("suspending.resume_chain"),
    ),
    "sharing.ask": asked,
    "reports.take": reported,
}


def held_by_client() -> Any:
    from faden.chains.actions.steps import Holder
    from faden.chains.vocabulary import HolderKind

    return Holder(HolderKind.CLIENT)


@pytest.fixture
def sharing(own_database):
    hand = Hand(open_a_case())
    chain = begin(hand.case, step("a"), step("b"), step("c", "b"), step("d"), title="Deutschkurs", ago=3)
    return Sharing(hand, chain).begin("b")


def test_no_verb_is_forgotten():
    """A new verb stands here, with the news it makes, or with why it makes none."""
    known = NEWS.keys() | OF_THE_SHARE | INSIDE | NOT_SHARED_YET | ENDS_IT
    assert verbs() == known


@pytest.mark.parametrize("name", sorted(NEWS))
def test_each_delivers_one_copy_with_the_news(sharing, name):
    deed = NEWS[name]
    if first := getattr(deed, "first", None):
        first(sharing)
    before, number = sharing.read(), sharing.row().number
    deed(sharing)
    assert sharing.row().number == number + 1, "exactly one"
    (copy,) = sharing.copies()
    assert copy.number == number + 1
    assert sharing.read().steps != before.steps


def test_a_change_that_is_taken_back_takes_its_copy_along(sharing):
    from faden.chains.actions.steps import finish
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    before, row = sharing.read(), sharing.hand.row("b", sharing.chain)
    with pytest.raises(ZeroDivisionError), opened_for(sharing.by, write=True):
        finish(row.id, since=today(), case=sharing.hand.case, seen_version=row.version, by=sharing.by, at=clock.now())
        raise ZeroDivisionError
    assert (sharing.read(), sharing.row().number) == (before, 1)
