"""What the door promises: looking changes nothing, a crash leaves nothing, no note no page."""

import pytest
from django.test import Client

from tests.desk_client import keyed, signed_in
from tests.kernel.planted_urls import KEY

pytestmark = pytest.mark.debian


@pytest.fixture
def amal(ahaus, settings) -> Client:
    """Signed in, among planted views; an error is an answer here, as in the web server."""
    settings.ROOT_URLCONF = "tests.kernel.planted_urls"
    client = signed_in("amal@caritas-ahaus.example")
    client.raise_request_exception = False
    return client


def written(superuser) -> int:
    return superuser.execute("SELECT count(*) FROM kernel_submission WHERE key = %s", [KEY]).fetchone()[0]


@pytest.mark.parametrize("view", ["page", "listing", "form", "stubborn"])
def test_a_get_cannot_write(amal, superuser, view):
    answer = amal.get(f"/gepflanzt/{view}/")
    assert (answer.status_code, written(superuser)) == (500, 0)
    assert answer.exc_info[0].__name__ == "InternalError" and "read-" in str(answer.exc_info[1])


def test_a_look_at_a_case_cannot_write(amal, ahaus, superuser):
    assert amal.get(f"/gepflanzt/{ahaus.case.id}/case/").status_code == 500
    assert written(superuser) == 0


def test_a_search_is_posted_and_cannot_write(amal, superuser):
    assert amal.post("/gepflanzt/search/").status_code == 500
    assert written(superuser) == 0


def test_a_get_cannot_even_note_a_deed(amal, superuser):
    before = superuser.execute("SELECT count(*) FROM kernel_auditevent").fetchone()
    assert amal.get("/gepflanzt/deed/").status_code == 500
    assert superuser.execute("SELECT count(*) FROM kernel_auditevent").fetchone() == before


@pytest.mark.parametrize(
    ("view", "status"), [("crash", 500), ("conflict", 409), ("invalid", 422), ("refused_form", 422)]
)
def test_what_does_not_end_well_leaves_nothing(amal, superuser, view, status):
    sent = keyed()
    answer = amal.post(f"/gepflanzt/{view}/", sent)
    assert (answer.status_code, written(superuser)) == (status, 0)
    kept = "SELECT count(*) FROM kernel_submission WHERE key = %s"
    assert superuser.execute(kept, [sent["form_key"]]).fetchone()[0] == 0, "the same form may be sent again"


def test_what_ends_well_stays(amal, superuser):
    assert amal.post("/gepflanzt/fine/", keyed()).status_code == 200
    assert written(superuser) == 1


@pytest.mark.parametrize("path", ["/faelle/", "/gepflanzt/page/"])
def test_a_page_takes_no_post(amal, path):
    assert amal.post(path, keyed()).status_code == 405


@pytest.mark.parametrize("view", ["fine", "search"])
def test_a_verb_takes_no_get(amal, view):
    assert amal.get(f"/gepflanzt/{view}/").status_code == 405


def test_a_look_is_committed_before_the_view_runs(amal, ahaus):
    assert amal.get(f"/gepflanzt/{ahaus.case.id}/noted_before/").content == b"1"
    assert amal.get(f"/gepflanzt/{ahaus.case.id}/noted_before/").content == b"2"
