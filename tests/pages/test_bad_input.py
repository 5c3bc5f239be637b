"""Bad input gets a clear German sentence at its field, loses nothing, writes nothing, and never makes a 500."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest

from faden.kernel import clock
from tests.cast import AMAL
from tests.desk_client import keyed, signed_in
from tests.pages import addresses
from tests.pages.refusals import assert_refused, nothing_written
from tests.pages.world import plant

LONG_NOTE = "Sie sagt, es sei dringend. " * 7408  # 200,016 characters
AGREED = {
    "informed": "on",
    "to_documentation": "on",
    "given_how": "paper",
    "told_language": "de",
    "urgency": "normal",
}
TALK = {"type": "office", "minutes": "30", "day": "2026-01-12", "at": "10:00", "interpreting": "none"}
MEETING = {"subject": "Schule", "kind": "office", "day": "2026-12-01", "starts": "10:00", "ends": "11:00"}
ASKED = {"asked_by": "self", "interpreting": "none", "urgency": "normal", "result": "open"}
UNREADABLE = "nicht lesbar"

# What is sent where, which field it concerns, and a word of the sentence that is said.
TABLE = {
    "letters outside DIN 91379": ("case-new", AGREED, "family", "Ωmar 王", "DIN 91379"),
    "a Greek given name": ("case-new", AGREED, "given", "Νίκος", "Nicht dazu gehört: Ν"),
    "a birth date in the future": ("case-new", AGREED, "born", "12.04.2999", "Zukunft"),
    "a birth date that is none": ("case-new", AGREED, "born", "31.02.1998", "Kalender"),
    "an agreement of tomorrow": ("case-new", AGREED, "given_on", "2999-01-01", "Zukunft"),
    "a nationality that is none": ("case-new", AGREED, "nationality", "Atlantis", "Atlantis"),
    "an address that is none": ("case-new", AGREED, "email", "so nicht", "E-Mail"),
    "NUL in a name": ("case-new", AGREED, "family", "Rah\0imi", UNREADABLE),
    "an end before its start": ("appointment-new", MEETING, "ends", "09:00", "vor dem Anfang"),
    "an end at its start": ("appointment-new", MEETING, "ends", "10:00", "vor dem Anfang"),
    "an hour that is none": ("appointment-new", MEETING, "starts", "25:61", "Uhrzeit"),
    "a changed end before its start": ("appointment-change", MEETING, "ends", "08:00", "vor dem Anfang"),
    "a note of 200,000 characters": ("contact-new", TALK, "text", LONG_NOTE, "20000"),
    "a correction of 200,000 characters": ("contact", {**TALK, "version": "2"}, "text", LONG_NOTE, "20000"),
    "a working note of 200,000 characters": ("working-note-new", {}, "text", LONG_NOTE, "20000"),
    "an inquiry of 200,000 characters": ("inquiry-new", ASKED, "text", LONG_NOTE, "20000"),
    "an empty working note": ("working-note-new", {}, "text", "", "Bitte ausfüllen."),
    "a talk in the future": ("contact-new", TALK, "day", "2999-01-01", "Zukunft"),
    "a year mistyped": ("contact-new", TALK, "day", "0206-01-12", "Jahr"),
    "a task due in the year 9999": ("task-new", {"title": "Anrufen"}, "due_on", "9999-12-31", "Jahr"),
    "a day that is none": ("contact-new", TALK, "day", "2026-02-30", "Datum"),
    "minutes below zero": ("contact-new", TALK, "minutes", "-1", "0"),
    "a huge number": ("contact-new", TALK, "minutes", "9" * 5000, ""),
    "a number that is none": ("contact-new", TALK, "minutes", "viele", "Zahl"),
    "a type that is none": ("contact-new", TALK, "type", "brieftaube", "brieftaube"),
    "a life area that is none": ("contact-new", TALK, "life_areas", "luftfahrt", "luftfahrt"),
    "NUL in a note": ("contact-new", TALK, "text", "Hallo\0Welt", UNREADABLE),
    "a bell in a note": ("contact-new", TALK, "text", "Hallo\x07Welt", UNREADABLE),
    "a title that is too long": ("task-new", {}, "title", "x" * 201, "200"),
    "somebody else's colleague": ("task-new", {"title": "Anrufen"}, "assignee", str(uuid4()), ""),
    "a phase that is none": ("phase", {}, "phase", "feierabend", "feierabend"),
    "a phase skipped without a reason": ("phase", {"phase": "linking"}, "skip_reason", "", "Grund"),
    "an unknown Kennwort": ("codeword", {}, "codeword", "Gibtesnicht-1", "Schreibweise"),
    "a taken Kennwort": ("codeword-new", {}, "codeword", "linde 482", "schon vergeben"),
    "a Kennwort of no letters": ("codeword-new", {}, "codeword", " - - ", ""),
    "a Kennwort that grows": ("codeword-new", {}, "codeword", "ß" * 40, ""),
    "no reason to open": ("case-opening", {"words": "Urlaub"}, "reason", "", "Bitte wählen."),
    "a case that is not there": (
        "matter-new",
        {"occasion": "complaint", "words": "x"},
        "number",
        "AH-1900-1",
        "nicht",
    ),
    "an invitation to nowhere": (
        "account-invitation",
        {"name": "N", "role": "dpo"},
        "email",
        "nix",
        "E-Mail",
    ),
    "a role that is none": (
        "account-invitation",
        {"name": "N", "email": "n@x.de"},
        "role",
        "chefin",
        "chefin",
    ),
    "a last day that is none": ("account-end", {}, "last_day", "morgen", "Datum"),
}


@pytest.fixture(scope="module")
def planted(module_database):
    return plant()


@pytest.mark.parametrize(
    ("name", "others", "field", "typed", "word"), [pytest.param(*row, id=what) for what, row in TABLE.items()]
)
def test_the_table(planted, name, others, field, typed, word):
    client = addresses.client_of(addresses.owner(name))
    values = keyed(**{**others, field: typed})
    if name in ("case-new", "task-new"):
        chosen = "lead" if name == "case-new" else "assignee"
        values = {chosen: client.session["membership"], "given_on": str(clock.today())} | values
    with nothing_written():
        answer = client.post(addresses.address(name, planted), values)
    said = assert_refused(
        answer, field, "" if field in ("phase", "type", "life_areas", "nationality") else typed
    )
    assert word in said
    for other in others.keys() - {field}:
        assert others[other] in answer.content.decode(), f"{other} is lost"


# ---------- bytes that are no text ----------

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("multipart", [False, True])
@pytest.mark.parametrize("raw", [b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80"])
def test_bytes_that_are_no_text(planted, raw, multipart):
    """Invalid UTF-8, a lone surrogate, NUL in two bytes, a letter beyond Unicode."""
    values = {name: str(value).encode() for name, value in keyed(**TALK).items()} | {"text": b"Hallo" + raw}
    if multipart:
        part = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        body = b"".join(part % (name.encode(), value) for name, value in values.items()) + b"--x--\r\n"
    else:
        body = urlencode(values).encode()
    where, kind = (
        addresses.address("contact-new", planted),
        "multipart/form-data; boundary=x" if multipart else FORM,
    )
    with nothing_written():
        answer = signed_in(AMAL.email).generic("POST", where, body, content_type=kind)
    assert UNREADABLE in assert_refused(answer, "text", "Hallo")


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("multipart/form-data", b"no boundary", 400),
        ("multipart/form-data; boundary=x", b"--x\r\nnot a part", 422),
        ("application/json", b'{"text": "\xed\xa0\x80"}', 422),
        (FORM, b"text=\xff\xfe", 422),
        (FORM, b"&".join(b"a=1" for _ in range(1001)), 400),
        (f"{FORM}; charset=utf-16", b"text=x", 400),
        (f"{FORM}; charset=nonsense", b"text=x", 422),
    ],
)
def test_bodies_that_are_no_form(planted, content_type, body, status):
    client = signed_in(AMAL.email)
    with nothing_written():
        answer = client.generic(
            "POST", addresses.address("contact-new", planted), body, content_type=content_type
        )
    assert answer.status_code == status
