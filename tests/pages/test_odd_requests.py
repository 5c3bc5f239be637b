"""What stands in no field: addresses, ids, cookies, names of drafts, keys of forms, texts one cannot hear."""

import re
from uuid import uuid4

import pytest

from tests.case_making import open_a_case
from tests.cast import AMAL, ANTON, CEM, DILAN, LENA
from tests.desk_client import keyed, signed_in
from tests.pages import addresses
from tests.pages.refusals import nothing_written
from tests.pages.test_bad_input import MEETING, TALK
from tests.pages.world import plant


@pytest.fixture(scope="module")
def planted(module_database):
    return plant()


def test_an_unknown_case_and_a_foreign_one_are_the_same_404(planted):
    cem = signed_in(CEM.email)
    for name in [
        name
        for name, (_who, kwargs) in addresses.PAGES.items()
        if "case_id" in kwargs and name != "case-opening"
    ]:
        path = addresses.address(name, planted)
        foreign, unknown = cem.get(path), cem.get(path.replace(str(planted["case"]), str(uuid4())))
        assert (foreign.status_code, unknown.status_code) == (404, 404), name
        assert without_what_varies(foreign) == without_what_varies(unknown), name
    found = cem.post("/suche/ergebnis/", {"name": planted["number"]})
    assert (
        found.status_code == 200
        and planted["number"] not in found.content.decode().partition('id="treffer"')[2]
    )


def without_what_varies(answer):
    return re.sub(r'(value|href)="[^"]*"', "", answer.content.decode())


WITH_IDS = [name for name, (_who, kwargs) in addresses.PAGES.items() if kwargs and name != "invitation"]


@pytest.mark.parametrize("name", WITH_IDS)
def test_unknown_ids_are_404(planted, name):
    client = addresses.client_of(addresses.owner(name))
    unknown = planted | {
        key: 987_654 if isinstance(planted[key], int) else uuid4() for key in addresses.PAGES[name][1].values()
    }
    with nothing_written():
        assert client.get(addresses.address(name, unknown)).status_code == 404
        answer = client.post(addresses.address(name, unknown), keyed(text="x"))
    assert answer.status_code in (404, 405)


def test_ids_of_another_case_are_404(planted):
    """Right for the person, right for the note, but they do not belong together."""
    client, other = signed_in(AMAL.email), open_a_case().id
    elsewhere = planted | {name: other for name in planted if name.endswith("case")}
    kwargs_of = {name: addresses.PAGES[name][1] for name in WITH_IDS}
    # A code, like a criterion's, belongs to every case.
    below = [name for name, kwargs in kwargs_of.items() if len(kwargs) == 2 and all(k.endswith("_id") for k in kwargs)]
    assert len(below) >= 5
    for name in below:
        assert client.get(addresses.address(name, elsewhere)).status_code == 404, name
        assert client.post(addresses.address(name, elsewhere), keyed(text="x")).status_code in (404, 405), (
            name
        )


ODD = [
    "",
    "-1",
    "0",
    "²",
    "99999999999999999999",
    "\0",
    "%00",
    "\udcff".encode("utf-8", "surrogateescape"),
    "é" * 5000,
]
MOMENTS = [
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-02-30T00:00:00Z",
    "2026-11-22T10:00:00",
]


@pytest.mark.parametrize(
    ("email", "path", "names"),
    [
        (AMAL.email, "/faelle/", ["seite", "phase"]),
        (AMAL.email, "/anfragen/", ["seite", "ergebnis"]),
        (AMAL.email, "case", ["vor", "art"]),
        (AMAL.email, "contact-new", ["entwurf"]),
        (LENA.email, "/team/faelle/", ["seite"]),
        (DILAN.email, "/zugriffe/", ["first", "last", "number", "kind", "vor"]),
        (DILAN.email, "/zugriffe/vorgaenge/", ["first", "last", "number", "kind", "vor"]),
        (DILAN.email, "/auswertungen/", ["seite"]),
        (ANTON.email, "/konten/", ["seite"]),
    ],
)
def test_questions_in_an_address(planted, email, path, names):
    client = signed_in(email)
    where = path if path.startswith("/") else addresses.address(path, planted)
    for name in names:
        for value in [*ODD, *MOMENTS, *(f"{m}/{uuid4()}" for m in MOMENTS)] if name == "vor" else ODD:
            assert client.get(where, {name: value}).status_code in (200, 422), (name, value)


def test_cookies_and_headers_that_are_nonsense(planted):
    for name, value in {
        "faden_theme": "\\303",
        "faden_language": "xx\0",
        "faden_session": "x" * 500,
        "messages": "x:y",
    }.items():
        client = signed_in(AMAL.email)
        client.cookies[name] = value
        assert client.get("/tag/").status_code in (200, 302), name
    for value in ("de;q=zwei", "*" * 5000, "\0"):
        assert signed_in(AMAL.email).get("/tag/", headers={"accept-language": value}).status_code == 200


@pytest.mark.parametrize("name", ["ь", "Ali ء", "Али Ъ", "Ali ー"])
def test_searching_for_signs_that_have_no_sound(planted, name):
    client = signed_in(AMAL.email)
    assert client.post("/suche/ergebnis/", {"name": name}).status_code == 200
    assert client.post("/suche/kandidaten/", {"native": name}).status_code == 200


@pytest.mark.parametrize("what", ["contact-new", "appointment-new"])
def test_a_day_before_all_days_does_not_spoil_the_case(planted, what):
    """Stored, the first of January 1 at midnight could never be read again: the year is one earlier in UTC."""
    client, spoiled = signed_in(AMAL.email), planted | {"case": open_a_case().id}
    values = {"contact-new": {**TALK, "at": "00:00"}, "appointment-new": {**MEETING, "starts": "00:00"}}[what]
    client.post(addresses.address(what, spoiled), keyed(**{**values, "day": "0001-01-01"}))
    assert client.get(addresses.address("case", spoiled)).status_code == 200
    assert client.get("/faelle/").status_code == 200


@pytest.mark.parametrize("name", ["//[", "//\u2100", "/a\0b"])
@pytest.mark.parametrize("path", ["/entwuerfe/", "/entwuerfe/verwerfen/"])
def test_names_of_drafts_that_are_no_address(planted, path, name):
    assert signed_in(AMAL.email).post(path, {"draft_name": name, "text": "x"}).status_code < 500


def test_another_kennwort_on_the_same_page_opens_another_matter(planted):
    client, key = signed_in(AMAL.email), keyed()
    assert client.post("/kennwort/", {**key, "codeword": "Linde-482"}).status_code == 303
    assert client.post("/kennwort/", {**key, "codeword": "Gibtesnicht-1"}).status_code == 422


def test_other_words_under_a_used_key_are_not_lost(planted):
    client, key = signed_in(AMAL.email), keyed(**TALK)
    where = addresses.address("contact-new", planted)
    assert client.post(where, {**key, "text": "Erster Text"}).status_code == 303
    answer = client.post(where, {**key, "text": "Erster Text, nach Zurück ergänzt"}, follow=True)
    assert "nach Zurück ergänzt" in answer.content.decode()




@pytest.mark.parametrize("name", ["task", "contact"])
def test_a_draft_resumed_after_a_change_does_not_overwrite_it(planted, name):
    """The draft was begun on an older version: sending it must end in the 409 that shows both."""
    client, where = signed_in(AMAL.email), addresses.address(name, planted)
    begun = version_on(client.get(where))
    client.post(
        "/entwuerfe/", {"draft_name": where, "title": "Alter Stand", "text": "Alter Stand", "version": begun}
    )
    other = {**TALK, "text": "Neuer Stand", "title": "Neuer Stand", "assignee": client.session["membership"]}
    assert lena_changes(planted, name, other).status_code == 303
    resumed = client.get(f"{where}?entwurf=weiter")
    assert "Alter Stand" in resumed.content.decode()
    assert version_on(resumed) == begun


def version_on(answer):
    return re.search(r'name="version" value="(\d+)"', answer.content.decode())[1]


def lena_changes(planted, name, values):
    lena = signed_in(LENA.email)
    lena.post(addresses.address("case-opening", planted), keyed(reason="substitution", words="Urlaub"))
    where = addresses.address(name, planted)
    return lena.post(where, keyed(**values, version=version_on(lena.get(where))))
