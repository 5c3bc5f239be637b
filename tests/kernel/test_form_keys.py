"""A form counts once: the second press of the button gets the first result."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from tests.desk_client import keyed, signed_in, text_of
from tests.kernel.worlds import AHAUS, GRONAU, World, fill

pytestmark = pytest.mark.debian


def inquiry(**more: str) -> dict[str, str]:
    return keyed(
        asked_by="self", interpreting="none", urgency="normal", result="open", text="Zweimal", **more
    )


def count(superuser, table: str = "cases_inquiry") -> int:
    return superuser.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


@pytest.fixture
def amal(ahaus) -> Client:
    return signed_in(AHAUS.case_manager)


def test_the_second_press_gets_the_first_result(amal, superuser):
    before, deeds, sent = count(superuser), count(superuser, "kernel_auditevent"), inquiry()
    first, second = (amal.post("/anfragen/neu/", sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    assert first.headers["Location"].startswith("/anfragen/")
    assert (count(superuser), count(superuser, "kernel_auditevent")) == (before + 1, deeds + 1)


def test_two_presses_at_once_write_once(amal, superuser):
    before, sent, together, answers = count(superuser), inquiry(), Barrier(4), []

    def press() -> None:
        client = signed_in(AHAUS.case_manager)
        together.wait(10)
        try:
            answers.append(client.post("/anfragen/neu/", sent))
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert count(superuser) == before + 1
    assert [answer.status_code for answer in answers] == [303] * 4
    assert len({answer.headers["Location"] for answer in answers}) == 1


def test_a_refused_form_may_be_sent_again(amal, superuser):
    before, sent = count(superuser), inquiry()
    assert amal.post("/anfragen/neu/", {**sent, "urgency": "?"}).status_code == 422
    assert count(superuser) == before
    assert amal.post("/anfragen/neu/", sent).status_code == 303
    assert count(superuser) == before + 1


def test_another_service_may_use_the_same_key(amal, superuser):
    fill(GRONAU)
    before, sent = count(superuser), inquiry()
    answers = [client.post("/anfragen/neu/", sent) for client in (amal, signed_in(GRONAU.case_manager))]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["Location"] != answers[1].headers["Location"]
    assert count(superuser) == before + 2


def test_a_colleague_with_the_same_key_is_told_nothing(amal, superuser):
    before, sent = count(superuser), inquiry()
    amal.post("/anfragen/neu/", sent)
    answer = signed_in("bernd@caritas-ahaus.example").post("/anfragen/neu/", sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert count(superuser) == before + 1


@pytest.mark.parametrize("key", [None, "", "1", "x" * 400])
def test_a_missing_key_is_refused_clearly(amal, superuser, key):
    before, sent = count(superuser), inquiry()
    sent.pop("form_key")
    answer = amal.post("/anfragen/neu/", sent if key is None else {**sent, "form_key": key})
    assert (answer.status_code, count(superuser)) == (422, before)
    assert "Das Formular war unvollständig. Bitte laden Sie die Seite neu." in text_of(answer)
    assert "Zweimal" in text_of(answer), "what was typed is not lost"


def test_a_second_filing_of_a_delivery_is_the_same(ahaus: World, superuser):
    """At the partner side's door too."""
    from types import SimpleNamespace

    from tests.desk_client import actor_of
    from tests.kernel.worlds import release_to

    agency = SimpleNamespace(organisation_id=actor_of("dora@abh-kreis-borken.example").organisation_id)
    _consent, release = release_to(ahaus, agency)  # type: ignore[arg-type]
    dora, sent = signed_in("dora@abh-kreis-borken.example"), {"form_key": str(uuid4())}
    filed = "SELECT count(*) FROM kernel_auditevent WHERE event = 'delivery.filed'"
    before = superuser.execute(filed).fetchone()[0]
    answers = [dora.post(f"/partner/zustellungen/{release.delivery_id}/akte/", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert superuser.execute(filed).fetchone()[0] - before == 1
