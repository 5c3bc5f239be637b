"""Scan-Eingang: seen by nobody else, joined into a paper, recognised by the code on a form, gone after fourteen days."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.case_making import acting, add_member, mark, open_a_case
from tests.declaring import power
from tests.desk_client import actor_of, keyed, membership_of, signed_in, text_of
from tests.documents import samples
from tests.documents.conftest import AMAL, BERND, CEM, LENA, draw, in_state, row_of, take
from tests.documents.test_page_drawing import code_on, saved


def put(*names, email=AMAL, content=None):
    """Through the form; returns the rows."""
    sent = [SimpleUploadedFile(name, content or samples.photo()) for name in names]
    answer = signed_in(email).post("/scan-eingang/", keyed(uploads=sent))
    assert answer.status_code == 303, text_of(answer)
    return [row for row in lying(email) if row.name in names]


def lying(email=AMAL):
    from faden.documents.models import StoredFile

    whose = membership_of(email).id
    with acting(email):
        return list(StoredFile.objects.filter(lies_with_id=whose).order_by("stored_at", "position"))


def papers_in(case, email=AMAL):
    from faden.documents.models import Paper

    with acting(email):
        return list(Paper.objects.filter(case=case).prefetch_related("files"))


def clean(*files):
    for file in files:
        draw(in_state(file, "clean"))
    return files


def test_several_scans_become_one_paper(case):
    one, two, other = put("1.jpg", "2.jpg", "3.jpg")
    client = signed_in(AMAL)
    chosen = client.post("/scan-eingang/zuordnen/", keyed(scan=[str(two.id), str(one.id)], case=str(case.id)))
    form = chosen.headers["Location"]
    assert chosen.status_code == 303 and form.startswith(f"/faelle/{case.id}/dokumente/neu/?scan=")
    page = text_of(client.get(form))
    assert "2 Scans aus Ihrem Eingang" in page and page.index("2.jpg") < page.index("1.jpg")
    values = keyed(kind="decision", issuer="Jobcenter Ahaus", scan=[str(two.id), str(one.id)])
    assert client.post(f"/faelle/{case.id}/dokumente/neu/", values).status_code == 303
    [paper] = papers_in(case)
    with acting(AMAL):
        assert [file.name for file in paper.files.order_by("position")] == ["2.jpg", "1.jpg"]
    assert [row.id for row in lying()] == [other.id]


def test_no_scan_and_no_case_is_no_choice(case):
    [one] = put("1.jpg")
    client = signed_in(AMAL)
    for values in ({}, {"scan": str(one.id)}, {"case": str(case.id)}, {"scan": "x", "case": "y"}):
        answer = client.post("/scan-eingang/zuordnen/", keyed(**values))
        assert answer.status_code == 422 and "mindestens einen Scan und einen Fall" in text_of(answer)


@pytest.mark.parametrize("email", [BERND, CEM])
def test_nobody_else_sees_takes_or_deletes_it(case, email):
    [one] = clean(*put("Geheim.jpg"))
    own = open_a_case(email, family="Eigene")
    other = signed_in(email)
    with acting(AMAL):
        page = one.pages.get()
    assert "Geheim" not in text_of(other.get("/scan-eingang/"))
    assert [other.get(address).status_code for address in (f"/scan-eingang/{one.id}/?trotzdem=ja", f"/scan-eingang/seiten/{page.id}/?trotzdem=ja")] == [404, 404]
    assert other.post("/scan-eingang/loeschen/", keyed(scan=str(one.id))).status_code == 422
    assert "Geheim" not in text_of(other.get(f"/faelle/{own.id}/dokumente/neu/?scan={one.id}"))
    taken = other.post(f"/faelle/{own.id}/dokumente/neu/", keyed(kind="other", scan=str(one.id)))
    assert taken.status_code == 422 and papers_in(own, email) == []
    assert [row.id for row in lying()] == [one.id]


def test_a_vertretung_does_not_see_it(case):
    from tests.documents.test_papers import substitute

    put("Geheim.jpg")
    substitute(AMAL, BERND)
    assert "Geheim" not in text_of(signed_in(BERND).get("/scan-eingang/"))
    assert signed_in(BERND).get(f"/faelle/{case.id}/dokumente/").status_code == 200, "but she does see the case"


@pytest.mark.parametrize("email", [LENA, "verwaltung@caritas-ahaus.example", "datenschutz@caritas-ahaus.example"])
def test_who_does_not_work_on_cases_has_none(case, email):
    assert signed_in(email).get("/scan-eingang/").status_code == 403


def test_the_scan_of_another_case_does_not_go_into_ones_own_paper_twice(case):
    """What is filed lies nowhere any more: a second send finds nothing."""
    [one] = put("1.jpg")
    for status in (303, 422):
        answer = signed_in(AMAL).post(f"/faelle/{case.id}/dokumente/neu/", keyed(kind="other", scan=str(one.id)))
        assert answer.status_code == status
    assert len(papers_in(case)) == 1


def test_an_infected_scan_can_only_be_deleted(case):
    [one] = clean(*put("1.jpg"))
    in_state(one, "infected")
    client = signed_in(AMAL)
    assert "/scan-eingang/seiten/" not in client.get("/scan-eingang/?trotzdem=ja").content.decode()
    answer = client.post(f"/faelle/{case.id}/dokumente/neu/", keyed(kind="other", scan=str(one.id)))
    assert answer.status_code == 422 and "Er lässt sich nur löschen" in text_of(answer)
    assert client.get(f"/scan-eingang/{one.id}/?trotzdem=ja").status_code == 403
    assert client.post("/scan-eingang/loeschen/", keyed(scan=str(one.id))).status_code == 303
    assert lying() == [] and papers_in(case) == []


def test_seen_and_not_stored_deletes_the_scan(case):
    [one] = put("Attest.jpg")
    values = keyed(kind="medical", scan=str(one.id), verb="seen", seen_on="2026-01-07")
    first = signed_in(AMAL).post(f"/faelle/{case.id}/dokumente/neu/", keyed(kind="medical", scan=str(one.id)))
    assert first.status_code == 422 and "werden dann gelöscht" in text_of(first) and len(lying()) == 1
    assert signed_in(AMAL).post(f"/faelle/{case.id}/dokumente/neu/", values).status_code == 303
    [paper] = papers_in(case)
    assert paper.seen_on and lying() == []


def test_its_own_page_comes_as_a_picture_after_the_warning(case):
    [one] = put("1.jpg")
    draw(in_state(one, "unscanned"))
    client = signed_in(AMAL)
    assert "<img src=\"/scan-eingang" not in client.get("/scan-eingang/").content.decode()
    with acting(AMAL):
        address = f"/scan-eingang/seiten/{one.pages.get().id}/"
    assert address in client.get("/scan-eingang/?trotzdem=ja").content.decode()
    assert client.get(address).status_code == 403
    got = client.get(address + "?trotzdem=ja")
    assert got.headers["Content-Type"] == "image/jpeg" and got.content.startswith(b"\xff\xd8\xff")
    warned = client.get(f"/scan-eingang/{one.id}/")
    assert warned.status_code == 200 and "Content-Disposition" not in warned.headers
    assert client.get(f"/scan-eingang/{one.id}/?trotzdem=ja").headers["Content-Disposition"].startswith("attachment")


def test_a_filed_page_is_no_longer_below_the_inbox(case):
    [one] = clean(*put("1.jpg"))
    with acting(AMAL):
        page = one.pages.get()
    client = signed_in(AMAL)
    assert client.get(f"/scan-eingang/seiten/{page.id}/").status_code == 200
    client.post(f"/faelle/{case.id}/dokumente/neu/", keyed(kind="other", scan=str(one.id)))
    assert client.get(f"/scan-eingang/seiten/{page.id}/").status_code == 404


# ---------- forms that come back ----------


def scanned(form, *, email=AMAL, pages=1):
    """The printed sheet, photographed."""
    content = saved(code_on(f"FADEN1:{form.key}"), "JPEG")
    return clean(*put(*(f"Blatt {n}.jpg" for n in range(pages)), email=email, content=content))


def test_a_signed_sheet_finds_its_person_and_a_person_files_it(case):
    form = power(case)
    one, two = scanned(form, pages=2)
    assert row_of(one).form_key == form.key
    client = signed_in(AMAL)
    page = client.get("/scan-eingang/")
    assert "Vollmacht" in text_of(page) and "Schewtschenko, Oleksandra" in text_of(page) and case.number in text_of(page)
    assert "Alle 2 Seiten hier ablegen" in text_of(page)
    assert papers_in(case) == [], "nothing is filed by the machine"
    answer = client.post(f"/faelle/{case.id}/scan-eingang/{form.id}/", keyed(scan=[str(one.id), str(two.id)]))
    assert answer.status_code == 303
    assert client.get(answer.headers["Location"]).status_code == 200, "on to who signed"
    [paper] = papers_in(case)
    assert (paper.kind, paper.title, paper.persons) == ("signed", "Vollmacht", [case.person_id])
    with acting(AMAL):
        form.refresh_from_db()
        assert form.paper_id == paper.id and form.returned_at
    assert lying() == []


def test_a_confidential_one_goes_to_the_vertraulicher_faden(case):
    khaled = add_member(case, "Khaled")
    form = power(case, khaled, confidential=True)
    [one] = scanned(form)
    assert signed_in(AMAL).post(f"/faelle/{case.id}/scan-eingang/{form.id}/", keyed(scan=str(one.id))).status_code == 303
    [paper] = papers_in(case)
    assert (paper.persons, paper.confidential) == ([khaled.id], True)


def test_of_a_case_she_does_not_work_in_nobody_is_named(case):
    other = open_a_case(BERND, family="Fremdname")
    form = power(other, email=BERND)
    [one] = scanned(form)
    client = signed_in(AMAL)
    page = client.get("/scan-eingang/")
    assert "aus einem Fall, in dem Sie nicht arbeiten" in text_of(page)
    assert "Fremdname" not in text_of(page) and other.number not in text_of(page) and str(form.id) not in page.content.decode()
    assert client.post(f"/faelle/{other.id}/scan-eingang/{form.id}/", keyed(scan=str(one.id))).status_code == 403
    assert client.post(f"/faelle/{case.id}/scan-eingang/{form.id}/", keyed(scan=str(one.id))).status_code == 404
    assert len(lying()) == 1


def test_another_services_sheet_says_nothing(case):
    theirs = open_a_case(CEM, family="Gronauer")
    scanned(power(theirs, email=CEM))
    page = text_of(signed_in(AMAL).get("/scan-eingang/"))
    assert "Vollmacht" not in page and "gedrucktes Blatt" not in page


def test_a_protected_person_is_not_named_in_the_list(case):
    mark(AMAL, case.person)
    scanned(power(case))
    page = text_of(signed_in(AMAL).get("/scan-eingang/"))
    assert "Geschützte Person" in page and "Schewtschenko" not in page


@pytest.mark.parametrize("what", ["another sheet", "twice"])
def test_a_sheet_comes_back_once_and_with_its_own_scan(case, what):
    form, other = power(case), power(case)
    [one], address = scanned(form), f"/faelle/{case.id}/scan-eingang/{form.id}/"
    client = signed_in(AMAL)
    if what == "another sheet":
        assert client.post(f"/faelle/{case.id}/scan-eingang/{other.id}/", keyed(scan=str(one.id))).status_code == 422
        assert papers_in(case) == []
        return
    assert client.post(address, keyed(scan=str(one.id))).status_code == 303
    [again] = scanned(form)
    assert "schon einmal zurückgekommen" in text_of(client.get("/scan-eingang/"))
    assert client.post(address, keyed(scan=str(again.id))).status_code == 422
    assert len(papers_in(case)) == 1 and [row.id for row in lying()] == [again.id]


# ---------- the day, the night ----------


def test_mein_tag_says_how_many_lie_there_to_her_alone(case):
    assert "Ihrem Eingang" not in text_of(signed_in(AMAL).get("/tag/"))
    put("1.jpg")
    assert "1 Scan liegt in Ihrem Eingang" in text_of(signed_in(AMAL).get("/tag/"))
    put("2.jpg")
    assert "2 Scans liegen in Ihrem Eingang" in text_of(signed_in(AMAL).get("/tag/"))
    assert "Ihrem Eingang" not in text_of(signed_in(BERND).get("/tag/"))


def test_the_night_deletes_what_nobody_filed_in_fourteen_days(case):
    from faden.documents.models import PageImage, StoredFile
    from faden.jobs import retention
    from faden.kernel import clock

    old, new, filed = clean(*put("alt.jpg", "neu.jpg", "abgelegt.jpg"))
    take(case, samples.PDF)
    signed_in(AMAL).post(f"/faelle/{case.id}/dokumente/neu/", keyed(kind="other", scan=str(filed.id)))
    now = clock.now()
    with acting(AMAL):
        StoredFile.objects.exclude(id=new.id).update(stored_at=now - timedelta(days=14, minutes=1))
        StoredFile.objects.filter(id=new.id).update(stored_at=now - timedelta(days=13, hours=23))
    retention.of_service(actor_of(AMAL).organisation_id)
    assert [row.id for row in lying()] == [new.id]
    with acting(AMAL):
        assert StoredFile.objects.count() == 3 and not PageImage.objects.filter(file=old.id).exists()


def test_the_inbox_costs_the_same_for_one_and_for_many(case):
    scanned(power(case))
    client = signed_in(AMAL)
    client.get("/scan-eingang/")
    with CaptureQueriesContext(connection) as one:
        client.get("/scan-eingang/")
    for _n in range(2):
        scanned(power(open_a_case(AMAL)))
    with CaptureQueriesContext(connection) as three:
        assert client.get("/scan-eingang/").content.decode().count("Hier ablegen") == 3
    assert len(one) == len(three)
    assert not any('"documents_storedfile"."content"' in query["sql"] for query in three)
