"""A letter as it is printed: plain data for the sheet, after DIN 5008."""

from datetime import date

from faden.documents.models import Letter
from faden.documents.queries.letter_texts import texts
from faden.documents.queries.letter_values import facts_on_paper, spelled
from faden.documents.rules.letter_fields import blocks
from faden.kernel.actor import Actor
from faden.organisations.queries.letterheads import letterhead_of


def sheet_of(
    letter: Letter, *, on: date, signer: str, by: Actor, with_number: bool = True, enclosed: str = ""
) -> dict[str, object]:
    """Head, window, date, subject, text, signature. What the person writes herself has her name in our place.

    Without a number where the letter must not say whose case it is. Three statements, more where she writes.
    """
    text = texts().get(letter.shipped_code)
    hers = bool(text and text.is_hers and letter.persons)
    return {
        "language": letter.language or "de",
        "title": letter.subject or letter.recipient,
        "date": f"{on:%d.%m.%Y}",
        "recipient": [letter.recipient, *(line.strip() for line in letter.address.split("\n") if line.strip())],
        "subject": letter.subject,
        "reference": letter.reference,
        "blocks": blocks(letter.body or ""),
        "enclosed": enclosed,
        **(_from_person(letter, on) if hers else _from_service(letter, signer, by, with_number=with_number)),
    }


def _from_service(letter: Letter, signer: str, by: Actor, *, with_number: bool) -> dict[str, object]:
    head = letterhead_of(by.organisation_id)
    return {
        "sender": head.provider,
        "below": [head.service, *head.address.split(", "), head.contact],
        "window": head.line,
        "own_reference": letter.case.number if with_number else "",
        "signer": [signer, head.service],
    }


def _from_person(letter: Letter, on: date) -> dict[str, object]:
    """Nothing of the service stands on it: it is her letter."""
    person = letter.persons[0]
    found = spelled([person]).get(person)
    name = found.full if found else ""
    address, _residence = facts_on_paper(letter.case, person, on=on)
    lines = [line for line in address.split(", ") if line]
    return {"sender": name, "below": lines, "window": " · ".join([name, *lines]), "own_reference": "", "signer": [name]}
