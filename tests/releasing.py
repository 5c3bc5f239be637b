"""A consent as it is signed, and a Weitergabe on it, for tests that need one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from faden.kernel import clock
from faden.kernel.actor import Actor


def consented(
    person: Any,
    recipient: Any,
    *,
    by: Actor,
    purpose: str = "Beratung",
    data_classes: tuple[str, ...] = ("contact",),
    days: int = 30,
    own: bool = True,
    represented_by: tuple[UUID, ...] = (),
) -> Any:
    """Both declarations signed today: consent, and release of our staff. Inside `by`'s door."""
    from faden.consents.actions import consents, declarations
    from faden.consents.models import Consent
    from faden.consents.rules.declarations import Signing
    from faden.consents.vocabulary import DataClass, FormKind
    from faden.organisations.queries.recipients import as_recipient

    reviewed(by)
    classes = tuple(DataClass(code) for code in data_classes)
    sharing = consents.Sharing(as_recipient(recipient), purpose, f"Angaben für: {purpose}", classes)
    how = declarations.How(clock.today() + timedelta(days=days), own=own, represented_by=represented_by)
    consent, staff = consents.prepare(sharing, how, person=person, children=(), by=by, at=clock.now())
    for kind, row in ((FormKind.CONSENT, consent), (FormKind.OWN_SECRECY, staff)):
        declarations.sign(kind, row.id, Signing(clock.today()), printed_as_draft=False, children=(), by=by, at=clock.now())
    return Consent.objects.select_related("person", "recipient").get(id=consent.id)


def released(
    consent: Any,
    *,
    by: Actor,
    facts: dict[str, str] | None = None,
    data_class: str = "contact",
    purpose: str = "Beratung",
    days: int = 10,
    kind: str = "information",
) -> Any:
    """To the consent's recipient, by its inbox. Inside `by`'s door."""
    from faden.consents.actions import releases
    from faden.consents.rules.contents import Content, Fact
    from faden.consents.vocabulary import Channel, DeliveryKind
    from faden.organisations.queries.recipients import as_recipient

    told = tuple(Fact(data_class, word, value) for word, value in (facts or {"Name": "Muster"}).items())
    content = Content(purpose, facts=told, sender=by.organisation_name)
    return releases.release(
        releases.Told(
            DeliveryKind(kind), as_recipient(consent.recipient), Channel.INBOX, purpose, content,
            clock.today() + timedelta(days=days), person_id=consent.person_id, consent=consent,
        ),
        by=by, at=clock.now(), today=clock.today(),
    )  # fmt: skip


def withdrawn(consent: Any, *, by: Actor) -> None:
    """The person takes it back today. Inside `by`'s door."""
    from faden.consents.actions import declarations
    from faden.consents.vocabulary import DeclarationEnd, FormKind

    declarations.end(
        FormKind.CONSENT, consent.id, DeclarationEnd.REVOKED, ended_on=clock.today(), by=by, at=clock.now()
    )


def reviewed(by: Actor) -> None:
    """The German texts count, as after a lawyer has read them."""
    from faden.consents.actions import texts
    from faden.consents.queries import form_texts
    from faden.consents.vocabulary import FormKind

    for kind in (FormKind.CONSENT, FormKind.OWN_SECRECY):
        shown = form_texts.texts().counting(kind, "de")
        if shown and not shown.is_reviewed:
            texts.review(shown, reviewed_by="Prüferin", reviewed_on=clock.today(), by=by, at=clock.now())


def lawful(case: Any, *, purpose: str, informed: bool, email: str = "amal@caritas-ahaus.example") -> Any:
    """A Weitergabe by law about the case's person to the immigration office's neighbour, by phone; confirmed by another."""
    from faden.consents.actions import releases
    from faden.consents.models import LawfulRelease
    from faden.consents.rules.contents import Content, Fact
    from faden.consents.vocabulary import Channel, DeliveryKind
    from faden.organisations.actions.agencies import Described, note
    from faden.organisations.queries.recipients import as_recipient
    from tests.case_making import acting

    with acting(email) as by:
        now, today = clock.now(), clock.today()
        agency = note(Described(f"Jugendamt {purpose}", "jugendamt"), by=by, at=now)
        row = LawfulRelease.objects.create(
            organisation_id=by.organisation_id, person_id=case.person_id, norm="kkg_4", facts="Was war", purpose=purpose,
            data_classes=["contact"], informed_on=today if informed else None,
            not_informed="" if informed else "child_at_risk", asked_at=now, asked_by=by.person, decided_at=now,
            decided_by=by.person + 1, confirmed=True, agency=agency, recipient_name=agency.name,
        )  # fmt: skip
        content = Content(purpose, facts=(Fact("contact", "Name", "Muster"),), sender=by.organisation_name)
        return releases.release(
            releases.Told(
                DeliveryKind.INFORMATION, as_recipient(agency), Channel.PHONE, purpose, content,
                today + timedelta(days=5), person_id=case.person_id, lawful=row,
            ),
            by=by, at=now, today=today,
        )  # fmt: skip
