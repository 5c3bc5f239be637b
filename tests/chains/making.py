"""Chains for tests, made through the verbs as the desk makes them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.desk_client import actor_of

AMAL = "amal@caritas-ahaus.example"


def step(code: str, *after: str, **more: Any) -> Any:
    """A template's step; by default the case manager's, of unknown duration."""
    from faden.chains.rules.templates import TemplateStep
    from faden.chains.vocabulary import HolderKind, Join, StepKind

    values = {
        "kind": StepKind.CLARIFY, "life_area": "work", "holder": HolderKind.CASE_MANAGER, "join": Join.ALL,
    } | more  # fmt: skip
    return TemplateStep(code=code, title=values.pop("title", code.capitalize()), after=after, **values)


def template(*steps: Any, code: str = "probe", title: str = "Probe") -> Any:
    """A template of these steps."""
    from faden.chains.rules.templates import Template

    return Template(code=code, version=1, title=title, life_area="work", steps=tuple(steps))


def begin(case: Any, *steps: Any, person: UUID | None = None, ago: int = 0, by: Any = None, **more: Any) -> Any:
    """A chain of these steps for the case's main person, begun so many days ago."""
    from faden.chains.actions.start import Begin, start
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    by = by or actor_of(AMAL)
    began = clock.today() - timedelta(days=ago)
    confidential = more.pop("confidential", False)
    with opened_for(by, write=True):
        told = Begin(person or case.person_id, began, confidential)
        return start(template(*steps, **more), told, case=case, by=by, at=clock.now())


class Hand:
    """Somebody at work on the chains of one case: verbs by step code, versions looked up."""

    def __init__(self, case: Any, by: Any = None) -> None:
        self.case, self.by = case, by or actor_of(AMAL)

    def row(self, code: str, chain: Any = None) -> Any:
        """A step as it stands in the database."""
        from faden.chains.models import ChainStep
        from faden.kernel.rls import opened_for

        with opened_for(self.by, write=False):
            found = ChainStep.objects.filter(case=self.case, code=code)
            return (found.filter(chain=chain) if chain else found).get()

    def do(self, verb: Any, code: str, *arguments: Any, chain: Any = None, **more: Any) -> Any:
        """One deed on one step, as it stands now."""
        from faden.kernel import clock
        from faden.kernel.rls import opened_for

        row = self.row(code, chain)
        more.setdefault("seen_version", row.version)
        with opened_for(self.by, write=True):
            return verb(row.id, *arguments, case=self.case, by=self.by, at=clock.now(), **more)

    def finish(self, code: str, *, chain: Any = None, since: date | None = None) -> Any:
        """Done, today unless said otherwise."""
        from faden.chains.actions.steps import finish
        from faden.kernel import clock

        return self.do(finish, code, chain=chain, since=since or clock.today())

    def undo(self, code: str, *, chain: Any = None) -> Any:
        """Take the last word back."""
        from faden.chains.actions.steps import undo

        return self.do(undo, code, chain=chain)

    def stand(self) -> dict[str, str]:
        """Where each step stands, by code."""
        from faden.chains.models import ChainStep
        from faden.kernel.rls import opened_for

        with opened_for(self.by, write=False):
            return dict(ChainStep.objects.filter(case=self.case).values_list("code", "state"))
