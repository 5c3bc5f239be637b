"""A client's request that lies in the inbox of an immigration office, for tests that need one."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from faden.kernel.rls import opened_for
from tests.case_making import acting, open_a_case
from tests.cast import AMAL, DORA
from tests.desk_client import actor_of, keyed, membership_of
from tests.releasing import consented

VERA = "baustein3@abh-kreis-borken.example"
NAME, TICKED = "Schewtschenko, Oleksandra", "B1, Zertifikat gesehen"


@dataclass(frozen=True)
class Delivered:
    """The request at its sender, and where it lies at the office."""

    case: Any
    request: Any
    consent: Any

    @property
    def address(self) -> str:
        return f"/partner/zustellungen/{self.request.release.delivery_id}/"

    def now(self) -> Any:
        """The request as it stands."""
        from faden.residence.models import OfficeRequest

        with opened_for(actor_of(AMAL.email), write=False):
            return OfficeRequest.objects.get(id=self.request.id)

    def answers(self) -> list[Any]:
        """What the sender has, the oldest first."""
        from faden.residence.models import OfficeAnswer

        with opened_for(actor_of(AMAL.email), write=False):
            return list(OfficeAnswer.objects.filter(request=self.request.id).select_related("step", "reply").order_by("noted_at"))

    def steps(self) -> list[Any]:
        """Of all chains of the case, without the one every free chain begins with."""
        from faden.chains.models import ChainStep

        with opened_for(actor_of(AMAL.email), write=False):
            return list(ChainStep.objects.filter(chain__case=self.case.id).exclude(title="Voraussetzungen prüfen").order_by("title"))


def delivered(*, kind: str = "preliminary", case: Any = None, office: Any = None) -> Delivered:
    """Of Amal's client, on her consent, to the immigration office's inbox."""
    from faden.consents.rules.contents import Content, Fact
    from faden.consents.vocabulary import Channel
    from faden.kernel import clock
    from faden.organisations.queries.recipients import as_recipient
    from faden.residence.actions import requests
    from faden.residence.models import OfficeRequest
    from faden.residence.vocabulary import RequestKind

    case, to = case or open_a_case(AMAL.email), office or membership_of(DORA.email).organisation
    filed_on = clock.today() if kind == "cover" else None
    with acting(AMAL.email) as by:
        consent = consented(case.person, to, by=by, purpose="Anfrage nach § 25b", data_classes=("contact", "language"), days=60)
        content = Content(
            "Voranfrage § 25b AufenthG", "Was fehlt noch?", (Fact("contact", "Name", NAME), Fact("language", "Deutsch", TICKED)),
            parts=(("Unterlagen, die vorliegen", ("Sprachzertifikat",)),), sender=by.organisation_name, sender_contact="02561 000",
            extra={"kind": kind, "paths": "25b", "filed_on": filed_on.isoformat() if filed_on else ""},
        )  # fmt: skip
        asked = requests.Asked(
            RequestKind(kind), ("25b",), case.person_id, as_recipient(to), Channel.INBOX, content, consent_id=consent.id,
            until=clock.today() + timedelta(days=60), filed_on=filed_on,
        )  # fmt: skip
        made = requests.send(asked, case=case, by=by, at=clock.now(), today=clock.today())
        return Delivered(case, OfficeRequest.objects.select_related("release").get(id=made.id), consent)


def answered(client: Any, sent: Delivered, **values: Any) -> Any:
    """Through the office's page."""
    return client.post(f"{sent.address}auskunft/", keyed(**values))
