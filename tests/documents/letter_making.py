"""Letters for tests, through the verbs; declarations as rows, so that each of their states can be had."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.case_making import acting
from tests.documents.word_making import docx

AMAL = "amal@caritas-ahaus.example"
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"
OFFICE = "Jobcenter im Kreis Borken"
BODY = "Sehr geehrte Damen und Herren,\n\nwir bitten um Auskunft.\n\n- Punkt"


def plan(recipient: str = OFFICE, *, about: tuple[UUID, ...] = (), confidential: bool = False, **more: Any) -> Any:
    """A letter to an office."""
    from faden.cases.actions.concerning import About
    from faden.documents.actions.letters import Planned

    said = {"subject": "Sachstand", "body": BODY, **more}
    return Planned(recipient=recipient, about=About(about, confidential), **said)


def draft(case: Any, planned: Any = None, *, email: str = AMAL) -> Any:
    """A draft in this case."""
    from faden.documents.actions import letters
    from faden.kernel import clock

    with acting(email) as by:
        return letters.draft(case, planned=planned or plan(), by=by, at=clock.now())


def sending(ground: str, way: str = "post", **more: Any) -> Any:
    """How it goes out today."""
    from faden.documents.actions.letters import Sending
    from faden.kernel import clock

    return Sending(ground, way, more.pop("on", clock.today()), **more)


def send(letter: Any, said: Any, *, kind: str = "pdf", content: bytes = PDF, email: str = AMAL, version: int = 0) -> Any:
    """Record that it goes out."""
    from faden.documents.actions import letters
    from faden.kernel import clock

    name = "brief.docx" if kind == "word" else "brief.pdf"
    with acting(email) as by:
        as_sent = letters.AsSent(kind, name, content)
        return letters.send(
            letter, said, as_sent, seen_version=version or letter.version, by=by, on=clock.today(), at=clock.now()
        )


def sent(case: Any, planned: Any = None, *, email: str = AMAL) -> Any:
    """One that the person took along."""
    return send(draft(case, planned, email=email), sending("carried", "handed"), email=email)


def power(person: Any, *, to: str = OFFICE, scope: tuple[str, ...] = ("information",), **more: Any) -> Any:
    """A Vollmacht; signed yesterday and valid for months unless said otherwise."""
    from faden.consents.models import PowerOfAttorney

    said = {"authority": to, "procedure": "Bürgergeld", "deputies": "Amal", "scope": list(scope)}
    return _declared(PowerOfAttorney, person, said, more)


def release(person: Any, *, to: str = OFFICE, mutual: bool = True, **more: Any) -> Any:
    """A release from secrecy towards us."""
    from faden.consents.models import SecrecyRelease

    said = {"discloser": to, "purpose": "Absprache", "data_classes": ["contact"], "information": "Termine", "mutual": mutual}
    return _declared(SecrecyRelease, person, said, more)


def _declared(model: Any, person: Any, said: dict[str, Any], more: dict[str, Any]) -> Any:
    from faden.consents.actions import texts
    from faden.consents.queries.form_texts import texts as shipped
    from faden.consents.vocabulary import FormKind
    from faden.kernel import clock

    today, now = clock.today(), clock.now()
    with acting(AMAL) as by:
        own = {"organisation_id": by.organisation_id}
        kind = FormKind.POWER if "authority" in said else FormKind.SECRECY
        text = texts.row_of(shipped().signed_in(kind, ""), by=by, at=now)
        days: dict[str, Any] = {"signed_on": today - timedelta(days=1), "valid_until": today + timedelta(days=90), "noted_by": by.person}
        row = model(**own, person_id=getattr(person, "person_id", None) or person.id, text=text, prepared_at=now, prepared_by=by.person, **days, **said)
        for name, value in more.items():
            setattr(row, name, value)
        if row.signed_on is None:
            row.noted_by = None
        row.save()
        _printed(row, by=by, at=now)
        return row


def _printed(row: Any, *, by: Any, at: Any) -> None:
    """The sheet she signed, in her case: only there it is a ground."""
    from faden.cases.models import CaseMember
    from faden.documents.models import PrintedForm

    member = CaseMember.objects.filter(person_id=row.person_id).order_by("id").first()
    form_for = "power" if hasattr(row, "authority") else "secrecy"
    PrintedForm.objects.create(
        organisation_id=by.organisation_id, case_id=member.case_id, key=row.id.hex, form_for=form_for, about=row.id,
        persons=[row.person_id], printed_at=at, printed_by=by.person,
    )  # fmt: skip


def template(*paragraphs: str, title: str = "Briefkopf", code: str = "", email: str = "lena@caritas-ahaus.example") -> Any:
    """A Word template of the office."""
    from faden.documents.actions import letter_templates
    from faden.kernel import clock

    with acting(email) as by:
        return letter_templates.publish(title, docx(*paragraphs), code=code, by=by, at=clock.now())


def yesterday() -> date:
    from faden.kernel import clock

    return clock.today() - timedelta(days=1)
