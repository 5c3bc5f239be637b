"""Nothing personal stands where it has no business: logs, queue, sessions, cache, mail, the logs of deeds."""

import hashlib
import io
import json
import logging
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from config.demo_data.network import PASSWORD
from tests import databases
from tests.accounts.signing import sign_in
from tests.desk_client import keyed, signed_in
from tests.kernel.worlds import AHAUS, PDF
from tests.telling import told

pytestmark = pytest.mark.debian

# Unmistakable: no template, list or name of a place has any of these.
PERSON = {
    "family": "Quittenbaum", "given": "Xanthippe", "native": "Ксантиппа", "born": "29.03.1987", "phone": "0151 98765432",
    "email": "xanthippe@quitte.example", "other_spellings": "Kvittenbaum, Ksantippa",
}  # fmt: skip
TEXT = "Pflaumenmuskummer"
CODEWORD = "Mirabelle-777"
WORDS = [
    "quittenbaum",
    "kvittenbaum",
    "xanthippe",
    "ксантиппа",
    "1987",
    "98765432",
    "pflaumenmus",
    "mirabelle",
]


def traces(text: str) -> list[str]:
    return told(text, WORDS)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the real handler would write, with every logger at INFO."""
    root, out = logging.getLogger(), io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(root.handlers[0].formatter)
    assert type(handler.formatter).__name__ == "ProcessorFormatter"
    levels = {
        name: logging.getLogger(name).level for name in ("", "faden", "django", "procrastinate", "allauth")
    }
    for name in levels:
        logging.getLogger(name).setLevel(logging.INFO)
    root.addHandler(handler)
    yield out
    root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


class Journey:
    """A morning of Amal's, from the sign-in to a file; addresses are kept, they stand in logs."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.client, answer = sign_in(AHAUS.case_manager)
        self.addresses.append(answer.headers["Location"])

    def post(self, path: str, status: int = 303, **values: Any) -> str:
        answer = self.client.post(path, keyed(**values))
        assert answer.status_code == status, (path, answer.status_code)
        self.addresses += [path, answer.headers.get("Location", "")]
        return answer.headers.get("Location", "")

    def ask(self) -> None:
        asked = {
            "asked_by": "self",
            "interpreting": "none",
            "urgency": "normal",
            "result": "open",
            "text": TEXT,
        }
        inquiry = self.post("/anfragen/neu/", **asked)
        matter = self.post(f"{inquiry}kennwort/", codeword=CODEWORD)
        self.post("/kennwort/", codeword=CODEWORD)
        self.client.get(matter)
        self.post("/kennwort/", codeword=CODEWORD + "x", status=422)

    def open_case(self) -> str:
        self.post("/suche/ergebnis/", name=PERSON["family"], born=PERSON["born"], status=200)
        self.post("/suche/kandidaten/", **PERSON, status=200)
        self.post("/entwuerfe/", draft_name="/faelle/neu/", **PERSON, status=204)
        self.post("/faelle/neu/", **PERSON, status=422)
        agreed = {
            "urgency": "normal", "lead": self.client.session["membership"], "told_language": "de",
            "given_on": "2026-01-05", "given_how": "paper", "informed": "on", "to_documentation": "on",
        }  # fmt: skip
        return self.post("/faelle/neu/", **PERSON, **agreed)

    def work(self, case: str) -> None:
        note = {
            "text": TEXT,
            "type": "office",
            "minutes": 30,
            "day": "2026-01-06",
            "at": "10:00",
            "interpreting": "none",
        }
        self.post(f"{case}kontakte/neu/", **note, place=PERSON["family"])
        self.post(f"{case}arbeitsnotizen/neu/", text=TEXT)
        self.post(f"{case}aufgaben/neu/", title=TEXT, assignee=self.client.session["membership"])
        self.post(f"{case}aufgaben/neu/", title=TEXT * 100, assignee="x", status=422)
        file = SimpleUploadedFile(f"{PERSON['family']} {TEXT}.pdf", PDF)
        self.post(f"{case}dokumente/neu/", uploads=file, kind="other", title=TEXT, issuer=PERSON["family"])
        self.client.get(case)
        self.client.get("/faelle/")
        self.post("/suche/ergebnis/", name=PERSON["given"], born="", status=200)

    def fail(self, case: str) -> None:
        """The database refuses an INSERT and quotes it; a view falls over with a text in its hands."""
        self.client.raise_request_exception = False
        self.post(f"{case}aufgaben/neu/", title=TEXT, assignee=self.client.session["membership"], status=500)
        self.post(
            "/anfragen/neu/",
            asked_by="self",
            interpreting="none",
            urgency="normal",
            result="open",
            text=TEXT,
            status=500,
        )


def run_jobs() -> None:
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


@pytest.fixture
def walked(own_database, owner, logged) -> Journey:
    journey = Journey()
    journey.ask()
    case = journey.open_case()
    journey.work(case)
    run_jobs()
    signed_in(AHAUS.administrator).post(
        "/konten/einladung/",
        keyed(email="kraft@caritas-ahaus.example", name="Neue Kraft", role="case_manager"),
    )
    owner.execute("REVOKE INSERT ON kernel_auditevent FROM faden_app")
    # Refused in the middle of its columns: the error would quote the row.
    owner.execute("ALTER TABLE cases_task ADD CONSTRAINT planted CHECK (title = '') NOT VALID")
    journey.fail(case)
    return journey


def test_a_journey_leaves_no_trace(walked, logged, superuser):
    assert superuser.execute("SELECT family FROM persons_personname WHERE is_main").fetchall() == [
        (PERSON["family"],)
    ]
    text = logged.getvalue()
    assert "request_finished" in text and "request_failed" in text and "documents" in text
    assert traces(text) == [], "in the log"
    assert PASSWORD not in text
    assert traces(" ".join(walked.addresses)) == [], "in an address"
    for table in (
        "procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "cache_entries",
        "kernel_auditevent", "kernel_look", "kernel_auditblock", "kernel_submission", "usersessions_usersession",
    ):  # fmt: skip
        rows = superuser.execute(
            f"SELECT coalesce(string_agg(t::text, '|'), '') FROM {table} AS t"
        ).fetchone()[0]
        assert traces(rows) == [], table
    assert superuser.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()[0] > 0
    assert {key for (args,) in superuser.execute("SELECT args FROM procrastinate_jobs") for key in args} <= {
        "organisation_id", "file_id", "person_id", "timestamp",
    }  # fmt: skip


def test_sessions_hold_ids_only(walked):
    decoded = [session.get_decoded() for session in Session.objects.all()]
    assert decoded and traces(str(decoded)) == []
    assert "amal" not in str(decoded).lower()
    assert traces(str(walked.client.cookies)) == []


def test_mail_tells_nothing(walked):
    assert len(mail.outbox) == 1
    assert traces(str(mail.outbox[0].message())) == []


def test_sealed_columns_are_sealed(walked, superuser):
    for column, table in (
        ("text", "cases_inquiry"),
        ("text", "cases_workingnote"),
        ("content", "documents_storedfile"),
    ):
        [value] = superuser.execute(f"SELECT {column} FROM {table}").fetchone()
        assert value and traces(bytes(value).decode("latin-1")) == [], table


def test_an_error_is_logged_without_its_words(own_database, logged, settings):
    settings.ROOT_URLCONF = "tests.kernel.planted_urls"
    client = signed_in(AHAUS.case_manager)
    client.raise_request_exception = False
    assert client.post("/gepflanzt/quoting/?wort=" + TEXT, keyed(text=TEXT)).status_code == 500
    assert "ValueError" in logged.getvalue() and traces(logged.getvalue()) == []


def test_a_link_that_opens_something_is_not_logged(own_database, logged):
    """Whoever reads the log of the day could take the invitation."""
    from django.test import Client

    from faden.directory.rules.owner_link import token_of

    token = "x" * 43
    Client().get(f"/einladung/{token}/")
    assert "/einladung/" in logged.getvalue() and token not in logged.getvalue()
    signed = token_of(uuid4(), date(2026, 11, 23), address="buero@haus.example")
    Client().get(f"/angebot-bestaetigen/{signed}/")
    assert "/angebot-bestaetigen/" in logged.getvalue() and not any(part in logged.getvalue() for part in signed.split(":"))


def test_the_database_logs_no_values(own_database, owner):
    log = databases.server().log
    known = log.stat().st_size
    owner.execute("ALTER TABLE cases_task ADD CONSTRAINT planted CHECK (title = '') NOT VALID")
    journey = Journey()
    case = journey.open_case()
    journey.client.raise_request_exception = False
    journey.post(
        f"{case}aufgaben/neu/", title=TEXT, assignee=journey.client.session["membership"], status=500
    )
    with log.open("rb") as file:
        file.seek(known)
        written = file.read().decode("utf-8", "replace")
    assert "planted" in written and traces(written) == []


def test_a_used_form_key_confirms_no_guess(own_database, superuser):
    """Whoever reads the table and suspects what was typed could try it."""
    client, sent = signed_in(AHAUS.case_manager), keyed(text=TEXT, asked_by="self", urgency="normal")
    sent |= {"interpreting": "none", "result": "open"}
    assert client.post("/anfragen/neu/", sent).status_code == 303
    typed = sorted((name, [value]) for name, value in sent.items())
    guess = hashlib.sha256(json.dumps(["/anfragen/neu/", typed, []]).encode()).digest()
    assert superuser.execute("SELECT digest FROM kernel_submission").fetchone()[0] != guess
