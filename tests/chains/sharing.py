"""Laufende Freigaben for tests: begun by Ahaus, read and answered by the course provider, through the verbs."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.chains.making import Hand
from tests.desk_client import actor_of
from tests.releasing import consented, withdrawn

PETRA = "petra@bildungswerk.example"
DORA = "dora@abh-kreis-borken.example"
CLASSES = ("contact", "school_work")


def service_of(email: str) -> Any:
    """Her service's row."""
    from faden.kernel.rls import opened_for
    from faden.organisations.models import Organisation

    actor = actor_of(email)
    with opened_for(actor, write=False):
        return Organisation.objects.get(id=actor.organisation_id)


class Sharing:
    """One chain of one case, and one participant."""

    def __init__(self, hand: Hand, chain: Any, *, with_: str = PETRA, classes: Iterable[str] = CLASSES, days: int = 30, **more: Any) -> None:
        from faden.kernel.rls import opened_for

        self.hand, self.chain, self.them = hand, chain, actor_of(with_)
        self.by, self.service = hand.by, service_of(with_)
        with opened_for(self.by, write=True):
            whose = more.pop("person", chain.case.person)
            self.consent = consented(whose, self.service, by=self.by, data_classes=tuple(classes), days=days, **more)

    def begin(self, *holds: str | UUID, days: int = 20) -> "Sharing":
        """Shared until then; these steps lie with them."""
        from faden.chains.actions.sharing import share
        from faden.kernel import clock
        from faden.kernel.rls import opened_for
        from faden.organisations.queries.recipients import as_recipient

        keys = [code if isinstance(code, UUID) else self.hand.row(code, self.chain).id for code in holds]
        with opened_for(self.by, write=True):
            self.share = share(
                self.chain.id, recipient=as_recipient(self.service), consent=self.consent,
                until=clock.today() + timedelta(days=days), holds=keys, case=self.hand.case, by=self.by, at=clock.now(),
            )  # fmt: skip
        return self

    def row(self) -> Any:
        """The share as it stands in the database."""
        from faden.chains.models import ChainShare
        from faden.kernel.rls import opened_for

        with opened_for(self.by, write=False):
            return ChainShare.objects.select_related("release").get(id=self.share.id)

    def copies(self) -> list[Any]:
        """What of this chain they may see now through their own door, the newest first."""
        from faden.consents.models import Delivery
        from faden.kernel.rls import opened_for

        with opened_for(self.them, write=False):
            found = Delivery.objects.select_related("sender").filter(purpose=self.chain.title)
            return list(found.order_by("-number"))

    def read(self) -> Any:
        """The newest copy's content, as they read it."""
        from faden.consents.rules.contents import from_json

        return from_json(self.copies()[0].content)

    def step(self, code: str) -> Any:
        """One step of it; None: it is not in it."""
        return next((step for step in self.read().steps if step.code == code), None)

    def says(self, code: str, *, copy: Any = None, taken: bool = True, **said: str) -> Any:
        """They report on a step, and the sender's job takes it up; `taken=False`: not yet, returns the reply's id."""
        from faden.consents.actions import replies
        from faden.jobs.deliveries import replied
        from faden.kernel import clock
        from faden.kernel.rls import opened_for

        delivery = copy or self.copies()[0]
        told = {"what": "step", "step": code, "kind": "state", **said}
        with opened_for(self.them, write=True):
            reply_id = replies.reply(delivery.id, told, by=self.them, at=clock.now())
        if taken:
            replied(self.by.organisation_id, str(reply_id))
        return reply_id

    def files(self) -> Any:
        """They take the newest copy to their file."""
        from faden.consents.actions import releases
        from faden.kernel import clock
        from faden.kernel.rls import opened_for

        copy = self.copies()[0]
        with opened_for(self.them, write=True):
            releases.take_to_file(copy.id, by=self.them, at=clock.now())
        return copy

    def reports(self) -> list[Any]:
        """What was said on either side, in its order."""
        from faden.chains.models import StepReport
        from faden.kernel.rls import opened_for

        with opened_for(self.by, write=False):
            found = StepReport.objects.select_related("step", "change").filter(share_id=self.share.id)
            return list(found.order_by("said_at", "id"))

    def withdraw(self) -> None:
        """She takes her consent back; nothing queued has run."""
        from faden.kernel.rls import opened_for

        with opened_for(self.by, write=True):
            withdrawn(self.consent, by=self.by)
