"""Files of a paper at the desk: uploaded into quarantine, judged, downloaded, never shown."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.case_making import open_a_case
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.documents import samples
from tests.documents.conftest import AMAL, BERND, CEM, LENA, make, row_of, scan, store
from tests.documents.fake_clamd import EICAR
from tests.documents.test_contents import REFUSED

MEGABYTE = 1024 * 1024


def upload(case, content, *, name="Bescheid.pdf", email=AMAL, **values):
    """Send the form as a browser does."""
    sent = SimpleUploadedFile(name, content)
    return signed_in(email).post(f"/faelle/{case.id}/dokumente/neu/", keyed(uploads=sent, kind="other", **values))


def at(case, file):
    """Where a file is downloaded."""
    return f"/faelle/{case.id}/dokumente/{file.paper_id}/dateien/{file.id}/"


def files_in(case, email=AMAL):
    """The rows of a case."""
    from faden.documents.models import StoredFile
    from faden.kernel.rls import opened_for

    with opened_for(actor_of(email), write=False):
        return list(StoredFile.objects.filter(paper__case=case))


def test_an_upload_goes_sealed_into_quarantine_and_to_the_scan(case):
    from procrastinate.contrib.django.models import ProcrastinateJob

    answer = upload(case, samples.PDF, name="../Bescheid\u202e vom Amt.PDF")
    [file] = files_in(case)
    assert answer.status_code == 303 and answer.headers["Location"].endswith(f"/dokumente/{file.paper_id}/")
    assert (file.state, file.name, file.content_type, file.size) == (
        "quarantine", "Bescheid vom Amt.pdf", "application/pdf", len(samples.PDF),
    )
    assert b"obj" not in bytes(file.content), "sealed"
    [job] = ProcrastinateJob.objects.filter(task_name="documents.scan")
    assert job.args == {"organisation_id": case.organisation_id, "file_id": str(file.id)}
    page = text_of(signed_in(AMAL).get(answer.headers["Location"]))
    assert "Bescheid vom Amt.pdf" in page and "wird geprüft" in page and "Amal Testin" in page


def test_it_stands_in_the_timeline_and_among_the_deeds(case):
    from faden.cases.models import TimelineEntry
    from faden.kernel.models import AuditEvent
    from faden.kernel.rls import opened_for

    file = store(case, samples.PDF)
    with opened_for(actor_of(AMAL), write=False):
        entry = TimelineEntry.objects.get(id=file.paper_id)
        event = AuditEvent.objects.get(event="file.stored")
    assert (entry.kind, entry.case_id, entry.at) == ("document", case.id, file.stored_at)
    assert event.subject_id == case.id and "Bescheid" not in str(event.details)


@pytest.mark.parametrize("what", ["html", "svg", "windows program", "linux program", "shell script", "zip", "word with macros"])
def test_what_we_do_not_take_is_refused_with_a_sentence(case, what):
    answer = upload(case, REFUSED[what])
    assert answer.status_code == 422
    assert "Diese Art von Datei nehmen wir nicht an" in text_of(answer)
    assert files_in(case) == []


def test_larger_than_20_megabytes_is_refused_with_a_sentence(case):
    answer = upload(case, b"%PDF-1.7" + b"x" * (20 * MEGABYTE))
    assert answer.status_code == 422
    assert "Bescheid.pdf: Diese Datei ist zu groß. Möglich sind höchstens 20 MB." in text_of(answer)
    assert files_in(case) == []


def test_so_much_that_it_never_arrived_is_refused_with_a_sentence(case):
    answer = upload(case, b"%PDF-1.7" + b"x" * (65 * MEGABYTE))
    assert answer.status_code == 422
    assert "höchstens 20 MB je Datei und 60 MB zusammen" in text_of(answer)
    assert "Bitte wählen Sie eine Datei." not in text_of(answer)
    assert files_in(case) == []


def test_of_several_one_that_is_not_taken_refuses_all(case):
    sent = [SimpleUploadedFile("a.pdf", samples.PDF), SimpleUploadedFile("b.exe", REFUSED["windows program"])]
    answer = signed_in(AMAL).post(f"/faelle/{case.id}/dokumente/neu/", keyed(uploads=sent, kind="other"))
    assert answer.status_code == 422 and "b.exe: Diese Art von Datei" in text_of(answer)
    assert files_in(case) == []


def test_exactly_20_megabytes_are_taken_and_come_back_whole(case):
    content = b"%PDF-1.7" + b"x" * (20 * MEGABYTE - 8)
    assert upload(case, content).status_code == 303
    [file] = files_in(case)
    scan(file)
    got = signed_in(AMAL).get(at(case, file) + "?trotzdem=ja")
    assert got.content == content


@pytest.mark.parametrize(("content", "sentence"), [(b"", "leer.pdf: Diese Datei ist leer."), (None, "Bitte wählen Sie mindestens eine Datei.")])
def test_nothing_is_no_file(case, content, sentence):
    file = {} if content is None else {"uploads": SimpleUploadedFile("leer.pdf", content)}
    answer = signed_in(AMAL).post(f"/faelle/{case.id}/dokumente/neu/", keyed(kind="other", **file))
    assert answer.status_code == 422 and sentence in text_of(answer)


def test_pressing_twice_stores_once(case):
    client, values = signed_in(AMAL), keyed(kind="other")
    for _press in range(2):
        sent = [SimpleUploadedFile(name, samples.PDF) for name in ("a.pdf", "b.pdf")]
        answer = client.post(f"/faelle/{case.id}/dokumente/neu/", {**values, "uploads": sent})
        assert answer.status_code == 303
    assert len(files_in(case)) == 2


def test_other_files_under_the_same_key_are_another_form(case):
    """Also where only the first of several is another: the key is not the answer to a different question."""
    client, values = signed_in(AMAL), keyed(kind="other")
    answers = []
    for first in ("a.pdf", "c.pdf"):
        sent = [SimpleUploadedFile(name, samples.PDF) for name in (first, "b.pdf")]
        answers.append(client.post(f"/faelle/{case.id}/dokumente/neu/", {**values, "uploads": sent}).status_code)
    assert answers[0] == 303 and answers[1] != 303
    assert len(files_in(case)) == 2


def test_clean_is_downloaded_and_never_shown(case, scanner):
    file = store(case, samples.PDF, name="Bescheid für Frau Ș.pdf")
    scan(file)
    assert scanner.seen == [samples.PDF], "the scanner gets the plain bytes"
    got = signed_in(AMAL).get(at(case, file))
    assert got.status_code == 200 and got.content == samples.PDF
    assert got.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''Bescheid%20f%C3%BCr%20Frau%20%C8%98.pdf"
    )
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert "no-store" in got.headers["Cache-Control"]
    assert got.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("kind", ["PDF", "PNG", "JPEG", "HEIC", "TIFF", "DOCX", "XLSX", "ODT"])
def test_every_kind_comes_as_an_attachment(case, kind):
    file = make(case, "clean", content=getattr(samples, kind), name="datei.html")
    got = signed_in(AMAL).get(at(case, file))
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert ".html" not in got.headers["Content-Disposition"]
    assert got.headers["Content-Type"].startswith(row_of(file).content_type)


def test_the_test_virus_is_never_opened(case, scanner):
    from faden.kernel.models import AuditEvent
    from faden.kernel.rls import opened_for

    file = store(case, EICAR, name="eicar.txt")
    scan(file)
    assert row_of(file).state == "infected"
    client = signed_in(AMAL)
    for address in (at(case, file), at(case, file) + "?trotzdem=ja"):
        answer = client.get(address)
        assert answer.status_code == 403 and "Schadsoftware" in text_of(answer)
        assert b"EICAR-STANDARD" not in answer.content
    page = client.get(f"/faelle/{case.id}/dokumente/{file.paper_id}/")
    assert "gesperrt: Schadsoftware" in text_of(page) and at(case, file) not in page.content.decode(), "no link"
    assert "gesperrt: Schadsoftware" in text_of(client.get(f"/faelle/{case.id}/dokumente/"))
    with opened_for(actor_of(AMAL), write=False):
        details = AuditEvent.objects.get(event="file.judged").details
    assert details["state"] == "infected" and details["finding"] == "Eicar-Signature"


def test_nobody_opens_what_is_still_in_quarantine(case):
    file = store(case, samples.PDF)
    answer = signed_in(AMAL).get(at(case, file) + "?trotzdem=ja")
    assert answer.status_code == 403 and "wird noch geprüft" in text_of(answer)


def test_without_a_scanner_a_warning_comes_first(case):
    file = store(case, samples.PDF)
    scan(file)
    assert row_of(file).state == "unscanned"
    client, address = signed_in(AMAL), at(case, file)
    warned = client.get(address)
    assert warned.status_code == 200 and "nicht auf Schadsoftware geprüft" in text_of(warned)
    assert "Content-Disposition" not in warned.headers and samples.PDF not in warned.content
    link = re.search(r'href="([^"]+trotzdem[^"]+)"', warned.content.decode()).group(1)
    got = client.get(link)
    assert got.content == samples.PDF and got.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(("part", "screen"), [
    ("", "papers"), ("neu/", "paper_new"), ("{paper}/", "papers"), ("{paper}/dateien/{file}/", "paper_pages"),
])  # fmt: skip
def test_each_page_is_a_look_at_the_case(case, part, screen):
    from faden.kernel.models import Look
    from faden.kernel.rls import opened_for

    file = make(case, "clean")
    signed_in(AMAL).get(f"/faelle/{case.id}/dokumente/{part.format(file=file.id, paper=file.paper_id)}")
    with opened_for(actor_of(AMAL), write=False):
        [look] = Look.objects.filter(kind="case")
    assert (look.subject_id, look.page, look.purpose) == (case.id, screen, "caseload")


def test_a_file_of_another_case_is_not_there(case):
    other = open_a_case(AMAL, family="Andere")
    file = make(other, "clean")
    client = signed_in(AMAL)
    assert client.get(at(other, file)).status_code == 200
    assert client.get(at(case, file)).status_code == 404
    second = make(other, "clean")
    assert client.get(f"/faelle/{other.id}/dokumente/{second.paper_id}/dateien/{file.id}/").status_code == 404, "another paper"


def test_for_another_service_nothing_is_there(case):
    file = make(case, "clean")
    own = open_a_case(CEM, family="Gronauer")
    cem = signed_in(CEM)
    papers = f"/faelle/{case.id}/dokumente/"
    for address in (papers, f"{papers}neu/", f"{papers}{file.paper_id}/", at(case, file)):
        assert cem.get(address).status_code == 404
    assert cem.get(at(own, file)).status_code == 404
    assert upload(case, samples.PDF, email=CEM).status_code == 404
    assert len(files_in(case)) == 1


@pytest.mark.parametrize("email", [BERND, LENA, "verwaltung@caritas-ahaus.example", "datenschutz@caritas-ahaus.example"])
def test_colleagues_without_a_way_into_the_case_see_no_file(case, email):
    file = make(case, "clean")
    client = signed_in(email)
    papers = f"/faelle/{case.id}/dokumente/"
    for address in (papers, f"{papers}{file.paper_id}/", at(case, file)):
        answer = client.get(address)
        # The team lead is led to the page where she gives her reason.
        assert answer.status_code == (302 if email == LENA else 403)
        assert "Bescheid" not in answer.content.decode()
    assert upload(case, samples.PDF, email=email).status_code in (302, 403)
    assert len(files_in(case)) == 1


def test_content_moved_to_another_row_cannot_be_opened(case):
    from cryptography.exceptions import InvalidTag

    from faden.documents.models import StoredFile
    from faden.documents.queries import files as queries
    from faden.kernel.rls import opened_for

    second, moved = make(case, "clean", content=samples.PNG), row_of(make(case, "clean")).content
    with opened_for(actor_of(AMAL), write=True):
        assert queries.content_of(second.id) == samples.PNG
        StoredFile.objects.filter(id=second.id).update(content=moved)
        with pytest.raises(InvalidTag):
            queries.content_of(second.id)


def test_the_list_costs_the_same_for_one_and_for_many_and_loads_no_content(case):
    make(case, "clean")
    client, address = signed_in(AMAL), f"/faelle/{case.id}/dokumente/"
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _more in range(4):
        make(case, "clean")
    with CaptureQueriesContext(connection) as five:
        assert client.get(address).content.decode().count("Bescheid.pdf") == 5
    assert len(one) == len(five)
    asked = [query["sql"] for query in five if "documents_storedfile" in query["sql"]]
    assert asked and not any('"content"' in sql for sql in asked)
