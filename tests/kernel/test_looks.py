"""First note, then look: no note, no page; and what is noted is what was shown."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.desk_client import keyed, signed_in
from tests.kernel.addresses import address, desk
from tests.kernel.worlds import AHAUS, GRONAU, World, fill, release_to

WHO = {"work": AHAUS.case_manager, "lead": AHAUS.team_lead, "dpo": AHAUS.dpo, "coordination": "karin@ki-kreis-borken.example"}
# Where the planted row stands these lead on or refuse; that is a look too.
LED_ON = {"emergency-end": 403, "lawful-release": 303, "referral-to": 302, "transfer-finish": 303}
OF_COORDINATION = ("presented", "presented-one")
OF_DPO = ("emergencies", "emergency-review", "looks", "deeds", "matters", "oversight-matter")
OF_LEAD = ("lawful-waiting", "lawful-decide", "team-cases", "matters-to-confirm", "takeover-of")


def looking() -> list[str]:
    """Screens whose door notes a look when they are opened."""
    from faden.desk.door import Sees

    return [name for name, (door, _) in desk().items() if door[0] is not Sees.NOTHING and _opens(door)]  # type: ignore[index]


def _opens(door: Any) -> bool:
    from faden.desk.door import Sees

    return "GET" in door[2] or door[0] is Sees.SEARCH


def open_screen(name: str, world: World) -> Any:
    """As whoever may open it."""
    email = WHO["dpo" if name in OF_DPO else "lead" if name in OF_LEAD else "coordination" if name in OF_COORDINATION else "work"]
    client = signed_in(email)
    client.raise_request_exception = False
    if name in ("search-find", "search-candidates"):
        return client.post(address(name, world), keyed(name=world.family, family=world.family, born=""))
    return client.get(address(name, world))


def newest_look(superuser: Any) -> tuple[str, UUID | None, list[UUID]]:
    return superuser.execute(
        "SELECT kind, subject_id, shown FROM kernel_look ORDER BY at DESC, id DESC LIMIT 1"
    ).fetchone()


def looks(superuser: Any) -> int:
    return superuser.execute("SELECT count(*) FROM kernel_look").fetchone()[0]


@pytest.fixture
def opened_file(two, superuser) -> World:
    """The scan has said yes."""
    superuser.execute("UPDATE documents_storedfile SET state = 'clean'")
    return two[0]


def test_each_screen_with_data_notes_one_look(opened_file, superuser):
    found = {}
    for name in looking():
        before = looks(superuser)
        status = open_screen(name, opened_file).status_code
        found[name] = (status, looks(superuser) - before, newest_look(superuser)[0])
    kinds = {name: door[0].value for name, (door, _) in desk().items()}  # type: ignore[index]
    assert found == {name: (LED_ON.get(name, 200), 1, kinds[name]) for name in looking()}


def test_without_a_note_there_is_no_page(opened_file, owner):
    with owner.transaction():
        owner.execute("REVOKE INSERT ON kernel_look FROM faden_app")
    for name in looking():
        answer = open_screen(name, opened_file)
        body = answer.content.decode("utf-8", "replace")
        assert (answer.status_code, opened_file.family in body, opened_file.case.number in body) == (
            500,
            False,
            False,
        ), name


def test_without_a_note_there_is_no_delivery(own_database, owner):
    dora = _dora_with_a_delivery()
    owner.execute("REVOKE INSERT ON kernel_look FROM faden_app")
    for path in ("/partner/", dora.delivery_path):
        answer = dora.get(path)
        assert (answer.status_code, b"Beratung" in answer.content) == (500, False)


def test_a_delivery_notes_what_it_shows(own_database, superuser):
    dora = _dora_with_a_delivery()
    delivery = UUID(dora.delivery_path.split("/")[-2])
    assert dora.get("/partner/").status_code == 200
    assert newest_look(superuser) == ("deliveries", None, [delivery])
    assert AHAUS.family in dora.get(dora.delivery_path).content.decode()
    assert newest_look(superuser) == ("delivery", delivery, [])


def _dora_with_a_delivery() -> Any:
    from types import SimpleNamespace

    from tests.desk_client import actor_of

    ahaus, dora = fill(AHAUS), actor_of("dora@abh-kreis-borken.example")
    _consent, release = release_to(ahaus, SimpleNamespace(organisation_id=dora.organisation_id))  # type: ignore[arg-type]
    client = signed_in("dora@abh-kreis-borken.example")
    client.raise_request_exception = False
    client.delivery_path = f"/partner/zustellungen/{release.delivery_id}/"
    return client


def ids_in(answer: Any, before: str) -> list[UUID]:
    """Ids of the links of a page, in order."""
    return [
        UUID(found)
        for found in dict.fromkeys(re.findall(rf'href="{before}([0-9a-f-]{{36}})/', answer.content.decode()))
    ]


@pytest.fixture
def many(own_database) -> World:
    """Ahaus with more than one case, and another service besides."""
    from tests.case_making import open_a_case

    fill(GRONAU)
    world = fill(AHAUS)
    open_a_case(AHAUS.case_manager, family="Ahausbeispiel", given="Zweite")
    open_a_case("bernd@caritas-ahaus.example", family="Kollegenfall", given="Dritte")
    return world


@pytest.mark.parametrize(("name", "links"), [
    ("caseload", "/faelle/"), ("inquiries", "/anfragen/"), ("team-cases", "/faelle/"),
])  # fmt: skip
def test_a_list_notes_exactly_what_it_shows(many, superuser, name, links):
    answer = open_screen(name, many)
    shown = ids_in(answer, links)
    assert len(shown) >= 2
    assert newest_look(superuser) == ("list", None, shown)


def test_the_day_notes_every_case_it_shows(many, superuser):
    shown = ids_in(open_screen("day", many), "/faelle/")
    assert set(newest_look(superuser)[2]) >= set(shown) != set()


def test_a_search_notes_exactly_whom_it_shows(many, superuser):
    """All who bear the name: by name, or behind a Schutzvermerk by a line without; entries by their case."""
    answer = open_screen("search-find", many)
    people = dict(
        superuser.execute(
            "SELECT person_id, given FROM persons_personname WHERE family = %s AND organisation_id = %s",
            [many.family, many.organisation_id],
        ).fetchall()
    )
    words = answer.content.decode()
    named = {person for person, given in people.items() if f"{many.family}, {given}" in words}
    kind, subject, shown = newest_look(superuser)
    assert people.keys() - named == {many.case.person_id}
    assert (kind, subject, set(shown) - {many.family_case.id}) == ("search", None, {*people, many.case.id})


def test_a_search_without_hits_is_noted_too(many, superuser):
    signed_in(AHAUS.case_manager).post("/suche/ergebnis/", keyed(name="Niemandheisstso", born=""))
    assert newest_look(superuser) == ("search", None, [])


def test_candidates_beside_the_form_are_noted(many, superuser):
    """Without JavaScript they come with the refused form."""
    answer = signed_in(AHAUS.case_manager).post("/faelle/neu/", keyed(family=many.family, given="Test"))
    assert answer.status_code == 422 and many.family in answer.content.decode()
    kind, _subject, shown = newest_look(superuser)
    assert kind == "search" and many.case.person_id in shown


def test_a_refused_form_of_a_case_is_a_look(ahaus, superuser):
    before = looks(superuser)
    answer = signed_in(AHAUS.case_manager).post(f"/faelle/{ahaus.case.id}/aufgaben/neu/", keyed(title=""))
    assert (answer.status_code, ahaus.family in answer.content.decode()) == (422, True)
    assert looks(superuser) == before + 1


def test_a_refused_look_is_none(ahaus, superuser):
    before = looks(superuser)
    bernd: Client = signed_in("bernd@caritas-ahaus.example")
    assert bernd.get(f"/faelle/{ahaus.case.id}/").status_code == 403
    assert signed_in(GRONAU.case_manager).get(f"/faelle/{ahaus.case.id}/").status_code == 404
    assert looks(superuser) == before


def test_a_conflict_that_quotes_the_case_is_a_look(ahaus, superuser):
    """Two corrected the same note: the second is shown what the first wrote."""
    before = looks(superuser)
    sent = {"text": "Meine Fassung", "type": "office", "minutes": 30, "day": "2026-01-02", "at": "10:00"}
    answer = signed_in(AHAUS.case_manager).post(
        address("contact", ahaus), keyed(**sent, interpreting="none", version="1")
    )
    assert (answer.status_code, f"Berichtigt {ahaus.family}" in answer.content.decode()) == (409, True)
    assert looks(superuser) == before + 1
