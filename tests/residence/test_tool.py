"""The check that stores nothing: for who reads the rules at a desk, and for building block 3 at an office."""

import re
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import AMAL, ANTON, BERND, DORA
from tests.desk_client import signed_in, text_of
from tests.stored import everything_stored

FACTS = {
    "jetzt-stays/n1/kind": "duldung_60a", "jetzt-stays/n1/from": "2018-03-01", "jetzt-household.children/none": "on",
    "jetzt-language/n1/level": "A2", "jetzt-language/n1/skill": "oral", "jetzt-language/n1/proof": "2025-03-01",
    "jetzt-civics.test_passed": "2025-05-01", "jetzt-civics.commitment": "yes", "jetzt-livelihood.share_by_work": "80",
    "jetzt-identity.state": "clarified", "jetzt-geklaert/convictions": "on", "jetzt-geklaert/held.proceedings": "on",
}  # fmt: skip


@pytest.fixture
def amal(own_database: str) -> Any:
    return signed_in(AMAL.email)


def asked(browser: Any, *paths: str, to: str = "residence-tool-answer", **values: Any) -> Any:
    return browser.post(reverse(to), {"jetzt-paths": list(paths), **values})


def test_paths_then_questions_then_a_result_and_nothing_is_stored(amal):
    assert "Nichts wird gespeichert" in text_of(amal.get(reverse("residence-tool")))
    before = everything_stored()
    first = asked(amal, "25b")
    assert first.status_code == 200 and 'name="jetzt-stays/n1/kind"' in first.content.decode()
    assert "Ergebnis für den" not in text_of(first), "nothing was asked yet"
    done = asked(amal, "25b", gefragt="1", **FACTS)
    words = text_of(done)
    assert done.status_code == 200 and "Ergebnis für den" in words
    assert "Nach diesen Angaben liegen die Voraussetzungen vor" in words, words[:2000]
    assert "Vorprüfung, keine Entscheidung, keine Rechtsberatung" in words and "Rechtsstand der Regeln" in words
    assert everything_stored() == before


def test_what_was_said_is_sent_again_in_the_next_round(amal):
    html = asked(amal, "25b", gefragt="1", **FACTS).content.decode()
    assert re.search(r'name="jetzt-livelihood.share_by_work"[^>]*value="80"', html)
    assert 'value="2018-03-01"' in html and re.search(r'name="jetzt-geklaert/convictions"[^>]*checked', html)


def test_a_slip_is_said_and_loses_nothing(amal):
    wrong = asked(amal, "25b", gefragt="1", **{**FACTS, "jetzt-livelihood.share_by_work": "180"})
    assert wrong.status_code == 422 and 'value="180"' in wrong.content.decode() and 'value="2018-03-01"' in wrong.content.decode()
    assert asked(amal, "no-such-path").status_code == 422


def test_overlapping_papers_are_said_and_nothing_is_reckoned(amal):
    both = {"jetzt-stays/n1/kind": "duldung_60a", "jetzt-stays/n1/from": "2018-03-01", "jetzt-stays/n2/kind": "gestattung", "jetzt-stays/n2/from": "2019-03-01"}  # fmt: skip
    assert "So kann nicht gerechnet werden" in text_of(asked(amal, "25b", gefragt="1", **both))


def test_who_may_use_it(own_database):
    assert signed_in(BERND.email).get(reverse("residence-tool")).status_code == 200
    assert signed_in(ANTON.email).get(reverse("residence-tool")).status_code == 403
    assert signed_in(DORA.email).get(reverse("partner-residence-tool")).status_code == 403, "any partner is not building block 3"
