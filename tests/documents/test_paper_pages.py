"""Pages as we drew them: only of what was looked at, sealed, shown as pictures and nothing else, gone when infected."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.case_making import acting, open_a_case
from tests.desk_client import actor_of, signed_in, text_of
from tests.documents import samples
from tests.documents.conftest import (
    AMAL,
    BERND,
    CEM,
    LENA,
    draw,
    drawn,
    in_state,
    make,
    row_of,
    scan,
    store,
    take,
)


def jobs(task):
    from procrastinate.contrib.django.models import ProcrastinateJob

    return [str(job.args["file_id"]) for job in ProcrastinateJob.objects.filter(task_name=task)]


def base(case, file):
    return f"/faelle/{case.id}/dokumente/{file.paper_id}/"


def pages_of(file):
    from faden.documents.models import PageImage

    with acting(AMAL):
        return list(PageImage.objects.filter(file=file.id))


@pytest.mark.parametrize("with_scanner", [True, False])
def test_what_was_looked_at_is_drawn_next(case, request, with_scanner):
    if with_scanner:
        request.getfixturevalue("scanner")
    photo, text = store(case, samples.photo(), name="a.jpg"), store(case, b"nur Text", name="a.txt")
    assert jobs("documents.draw") == []
    for file in (photo, text):
        scan(file)
    assert row_of(photo).state == ("clean" if with_scanner else "unscanned")
    assert jobs("documents.draw") == [str(photo.id)], "text has no pages"
    [page] = draw(photo)
    assert (page.number, page.width, page.height) == (1, *samples.PAGE_SIZE)
    assert b"JFIF" not in bytes(page.content), "sealed"
    assert draw(photo) == [page], "once"


@pytest.mark.parametrize("state", ["quarantine", "infected"])
def test_nothing_is_drawn_of_what_nobody_may_open(case, state, monkeypatch):
    from faden.jobs import documents

    monkeypatch.setattr(documents.pages, "draw", lambda *_: 1 / 0)
    file = make(case, state, content=samples.photo(), name="a.jpg")
    assert draw(file) == [] and row_of(file).drawn_at is None


def test_what_became_infected_while_it_was_drawn_gets_no_pages(case, monkeypatch):
    from faden.jobs import documents

    file, real = make(case, "unscanned", content=samples.photo(), name="a.jpg"), documents.pages.draw

    def slowly(*what):
        in_state(file, "infected")
        return real(*what)

    monkeypatch.setattr(documents.pages, "draw", slowly)
    assert draw(file) == [] and row_of(file).drawn_at is None


def test_no_transaction_is_open_while_it_draws(case, monkeypatch):
    from faden.jobs import documents

    inside, real = [], documents.pages.draw
    monkeypatch.setattr(documents.pages, "draw", lambda *a: (inside.append(connection.in_atomic_block), real(*a))[1])
    drawn(case)
    assert inside == [False]


def test_pages_go_when_malware_is_found_later(case, scanner):
    from tests.documents.fake_clamd import EICAR

    file = make(case, "clean", content=samples.photo(comment=EICAR), name="a.jpg")
    assert draw(file)
    in_state(file, "unscanned")
    scan(file)
    assert row_of(file).state == "infected" and pages_of(file) == []


def test_what_cannot_be_drawn_is_not_tried_again_and_says_so(case):
    from faden.jobs import documents

    file = make(case, "clean", content=samples.PDF)
    assert draw(file) == [] and row_of(file).drawn_at is not None
    page = signed_in(AMAL).get(base(case, file))
    assert page.status_code == 200 and "Vorschau nicht möglich" in text_of(page)
    assert signed_in(AMAL).get(f"{base(case, file)}dateien/{file.id}/").content == samples.PDF
    assert signed_in(AMAL).get(f"{base(case, file)}pdf/").status_code == 404
    assert documents.draw_waiting(0) == 0


def test_what_was_stored_before_pages_were_drawn_is_drawn_later(case):
    from faden.jobs import documents

    for state, name, content in (("clean", "a.jpg", samples.photo()), ("unscanned", "b.jpg", samples.photo()),
                                 ("quarantine", "c.jpg", samples.photo()), ("clean", "d.docx", samples.DOCX)):  # fmt: skip
        make(case, state, content=content, name=name)
    assert documents.draw_waiting(0) == 2 and len(jobs("documents.draw")) == 2
    assert documents.draw_waiting(0) == 2, "those that wait already do not break the others"


def test_a_page_is_a_picture_and_nothing_else(case):
    file = drawn(case)
    [page] = pages_of(file)
    got = signed_in(AMAL).get(f"{base(case, file)}seiten/{page.id}/")
    assert got.status_code == 200 and got.content.startswith(b"\xff\xd8\xff")
    assert got.headers["Content-Type"] == "image/jpeg" and got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert "no-store" in got.headers["Cache-Control"]


def test_the_page_shows_its_pictures_and_says_what_they_are(case):
    file = drawn(case)
    [page] = pages_of(file)
    shown = signed_in(AMAL).get(base(case, file)).content.decode()
    assert f'src="{base(case, file)}seiten/{page.id}/" width="80" height="60"' in shown
    assert 'alt="Foto.jpg, Seite 1"' in shown and 'loading="lazy"' in shown


def test_of_an_unscanned_file_the_warning_comes_first(case):
    file = drawn(case, "unscanned")
    [page] = pages_of(file)
    client, picture = signed_in(AMAL), f"{base(case, file)}seiten/{page.id}/"
    first = client.get(base(case, file))
    assert "nicht auf Schadsoftware geprüft" in text_of(first) and "<img" not in first.content.decode().partition("<main")[2]
    assert client.get(picture).status_code == 403
    wanted = client.get(base(case, file) + "?trotzdem=ja").content.decode()
    assert f"{picture}?trotzdem=ja" in wanted
    assert client.get(picture + "?trotzdem=ja").status_code == 200
    warned = client.get(f"{base(case, file)}pdf/")
    assert warned.status_code == 200 and "Content-Disposition" not in warned.headers
    assert client.get(f"{base(case, file)}pdf/?trotzdem=ja").content.startswith(b"%PDF-")


@pytest.mark.parametrize("state", ["quarantine", "infected"])
def test_pages_of_what_nobody_may_open_are_not_shown(case, state):
    file = drawn(case)
    in_state(file, state)
    [page] = pages_of(file)
    client = signed_in(AMAL)
    assert client.get(f"{base(case, file)}seiten/{page.id}/?trotzdem=ja").status_code == 403
    assert "seiten/" + str(page.id) not in client.get(base(case, file) + "?trotzdem=ja").content.decode()
    assert client.get(f"{base(case, file)}pdf/?trotzdem=ja").status_code == 404


def test_all_pages_as_one_pdf_in_the_order_of_the_paper(case):
    from faden.documents.actions import papers
    from faden.kernel import clock
    from faden.outside.pages import draw as drawn_again

    paper = take(case, samples.photo((60, 80)), name="Bescheid: Teil 1/2.jpg")
    with acting(AMAL) as by:
        more = [("quer.jpg", samples.photo((90, 60))), ("Anlage.docx", samples.DOCX)]
        papers.add_pages(paper, more, by=by, at=clock.now())
        files = list(paper.files.order_by("position"))
    for file in files:
        draw(in_state(file, "clean"))
    with acting(AMAL) as by:
        papers.arrange(paper, {files[1].id: 1, files[0].id: 2}, seen_version=2, by=by, at=clock.now())
    client = signed_in(AMAL)
    got = client.get(f"/faelle/{case.id}/dokumente/{paper.id}/pdf/")
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.headers["Content-Disposition"].startswith("attachment") and ".jpg" not in got.headers["Content-Disposition"]
    assert [page.width > page.height for page in drawn_again(got.content, "application/pdf").pages] == [True, False]
    assert "Nicht oder nicht ganz im gemeinsamen PDF: Anlage.docx" in text_of(client.get(f"/faelle/{case.id}/dokumente/{paper.id}/"))


def test_a_cut_file_says_so(case):
    from faden.documents.models import StoredFile

    file = drawn(case)
    with acting(AMAL):
        StoredFile.objects.filter(id=file.id).update(pages_in_file=43)
    assert "die ersten 1 von 43 Seiten" in text_of(signed_in(AMAL).get(base(case, file)))


def test_a_page_moved_to_another_row_cannot_be_opened(case):
    from cryptography.exceptions import InvalidTag

    from faden.documents.models import PageImage
    from faden.documents.queries import files as queries
    from faden.kernel.rls import opened_for

    [one], [two] = pages_of(drawn(case)), pages_of(drawn(case))
    with opened_for(actor_of(AMAL), write=True):
        PageImage.objects.filter(id=two.id).update(content=one.content)
        with pytest.raises(InvalidTag):
            queries.page_of(two.id)


@pytest.mark.parametrize("email", [BERND, LENA, CEM, "verwaltung@caritas-ahaus.example", "datenschutz@caritas-ahaus.example"])
def test_nobody_without_a_way_into_the_case_sees_a_page(case, email):
    file = drawn(case)
    [page] = pages_of(file)
    for part in ("", f"seiten/{page.id}/", "pdf/"):
        answer = signed_in(email).get(base(case, file) + part)
        assert answer.status_code == {CEM: 404, LENA: 302}.get(email, 403)
        assert b"\xff\xd8\xff" not in answer.content and b"Foto" not in answer.content


def test_a_page_below_another_case_or_paper_is_not_there(case):
    file, other = drawn(case), open_a_case(AMAL, family="Andere")
    foreign, second = drawn(other), drawn(case)
    [page] = pages_of(file)
    client = signed_in(AMAL)
    for wrong in (base(other, foreign), base(case, second), base(other, file)):
        assert client.get(f"{wrong}seiten/{page.id}/").status_code == 404
    for part in ("", "pdf/", "angaben/"):
        assert client.get(base(other, file) + part).status_code == 404


def test_a_paper_costs_the_same_for_one_page_and_for_many(case):
    from faden.documents.actions import papers
    from faden.kernel import clock

    file = drawn(case)
    client, address = signed_in(AMAL), base(case, file)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    with acting(AMAL) as by:
        paper = papers.paper_of(case, file.paper_id)
        added = papers.add_pages(paper, [(f"{n}.jpg", samples.photo()) for n in range(3)], by=by, at=clock.now())
    for more in added:
        draw(in_state(more, "clean"))
    with CaptureQueriesContext(connection) as four:
        assert client.get(address).content.decode().count("<img src=\"/faelle") == 4
    assert len(one) == len(four)
    assert not any('"content"' in query["sql"] for query in four if "documents_" in query["sql"])


def test_keys_are_changed_for_pages_too(case):
    from config.keyring import sealed_columns

    assert ("PageImage", "content") in {(model.__name__, column) for model, column in sealed_columns()}
    assert ("Paper", "stored_because") in {(model.__name__, column) for model, column in sealed_columns()}
