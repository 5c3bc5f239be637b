"""Andere Lesarten: of a rule, never of a person; read by everybody who works with the rules, told by service or office."""

import json
from uuid import UUID

import pytest

from tests.case_making import open_a_case
from tests.cast import AMAL, ANTON, BERND, CEM, DILAN, DORA, KARIN, LENA
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.residence.at_the_office import VERA

PETRA = "petra@bildungswerk.example"
DESK, OFFICE = "/regeln/lesarten/", "/partner/lesarten/"
RULE, WORDS = "25b:25b.1.2.nr4", "Wir lassen die mündliche Sprachprüfung in der Behörde genügen."


@pytest.fixture(autouse=True)
def database(own_database):
    """Real commits: several services."""


def written(email: str = AMAL.email, base: str = DESK, **values: str):
    """Through the page."""
    return signed_in(email).post(f"{base}neu/", keyed(**{"rule": RULE, "words": WORDS, **values}))


def rows():
    from faden.kernel.rls import opened_for
    from faden.residence.models import RuleReading

    with opened_for(actor_of(AMAL.email), write=False):
        return list(RuleReading.objects.order_by("written_at"))


@pytest.mark.parametrize(("email", "base"), [(AMAL.email, DESK), (VERA, OFFICE)])
def test_one_is_noted_and_read_on_both_sides(email, base):
    assert written(email, base).status_code == 303
    for reader, where in ((AMAL.email, DESK), (CEM.email, DESK), (KARIN.email, DESK), (LENA.email, DESK), (VERA, OFFICE)):
        page = text_of(signed_in(reader).get(where))
        assert WORDS in page and "25b.1.2.nr4" in page and "19.08.2026" in page, reader
    told = text_of(signed_in(CEM.email).get(DESK))
    assert "Vera Bleibtreu" not in told and "Amal Testin" not in told


def test_it_is_shown_by_service_never_by_person():
    written()
    page = signed_in(CEM.email).get(DESK).content.decode()
    assert "Caritas Ahaus" in page and "Amal" not in page


@pytest.mark.parametrize(
    ("email", "base"),
    [(DILAN.email, DESK), (ANTON.email, DESK), (DORA.email, OFFICE), (PETRA, OFFICE)],
)
def test_who_does_not_work_with_the_rules_has_no_such_page(email, base):
    client = signed_in(email)
    assert client.get(base).status_code == 403 and client.get(f"{base}neu/").status_code == 403
    assert client.post(f"{base}neu/", keyed(rule=RULE, words=WORDS)).status_code == 403
    written()
    assert client.post(f"{base}{rows()[0].id}/ruecknahme/", keyed()).status_code == 403
    assert [row.withdrawn_at for row in rows()] == [None]


def test_from_a_result_the_rule_comes_along():
    html = signed_in(AMAL.email).get(f"{DESK}neu/?weg=25b&bedingung=25b.1.2.nr4").content.decode()
    assert f'value="{RULE}" selected' in html
    whole = signed_in(AMAL.email).get(f"{DESK}neu/?weg=stag_10").content.decode()
    assert 'value="stag_10" selected' in whole
    for odd in ("?weg=25b&bedingung=nonsense", "?weg=%00", "?weg=x&bedingung=y"):
        page = signed_in(AMAL.email).get(f"{DESK}neu/{odd}")
        assert page.status_code == 200
        assert " selected" not in page.content.decode().partition('id="id_rule"')[2].partition("</select>")[0]


@pytest.mark.parametrize("rule", ["", "25b:nonsense", "25b:25a.1.1.nr1", "99", "25b:"])
def test_only_a_rule_that_is_there_is_read_otherwise(rule):
    answer = written(rule=rule)
    assert answer.status_code == 422 and WORDS in text_of(answer) and rows() == []


@pytest.mark.parametrize(
    "words",
    [
        "Bei Oleksandra Quittenbaum lesen wir es so.", "oleksandra QUITTENBAUM hatte A2.", "Bitte an amt@behoerde.example schreiben.",
        "Siehe AH-2026-0001.", "Frau Quittenbaum-Nowak, Oleksandra: genügt.",
    ],
)  # fmt: skip
def test_nobody_is_named_in_it(words):
    open_a_case(AMAL.email, family="Quittenbaum", given="Oleksandra")
    open_a_case(AMAL.email, family="Nowak Lipska", given="Oleksandra")
    answer = written(words=words)
    assert answer.status_code == 422 and words in text_of(answer) and rows() == []


def test_what_is_refused_tells_nobody_who_is_a_client_here():
    """A colleague, another service and the county would learn by guessing that somebody is counselled."""
    open_a_case(AMAL.email, family="Quittenbaum", given="Oleksandra")
    for email in (BERND.email, LENA.email, CEM.email, KARIN.email):
        assert written(email, words="Wie bei Oleksandra Quittenbaum.").status_code == 303, email


@pytest.mark.parametrize(
    "words",
    ["§ 25b verlangt nach dem Erlass vom 20.12.2023 nur A2.", "Der deutsche Pass der Kinder genügt.", "Deutsch kann auch mündlich belegt sein."],
)
def test_a_word_that_is_also_a_family_name_does_no_harm_by_itself(words):
    open_a_case(AMAL.email, family="Deutsch", given="Erika")
    assert written(words=words).status_code == 303


def test_too_long_or_empty_is_asked_again():
    assert written(words="").status_code == 422
    assert written(words="x" * 2001).status_code == 422
    assert rows() == []


def test_the_own_is_taken_back_another_service_cannot():
    written()
    [row] = rows()
    cem = signed_in(CEM.email)
    assert "ruecknahme" not in cem.get(DESK).content.decode()
    assert cem.post(f"{DESK}{row.id}/ruecknahme/", keyed()).status_code == 404
    assert signed_in(VERA).post(f"{OFFICE}{row.id}/ruecknahme/", keyed()).status_code == 404
    assert rows()[0].withdrawn_at is None
    bernd = signed_in(BERND.email)
    assert bernd.post(f"{DESK}{row.id}/ruecknahme/", keyed()).status_code == 303
    assert rows()[0].withdrawn_at is not None
    assert WORDS not in text_of(bernd.get(DESK))
    assert bernd.post(f"{DESK}{row.id}/ruecknahme/", keyed()).status_code == 404, "once"


def test_of_one_path_alone():
    written()
    written(rule="stag_10", words="Wir rechnen die Zeiten anders.")
    amal = signed_in(AMAL.email)
    both, one = text_of(amal.get(DESK)), text_of(amal.get(f"{DESK}?weg=stag_10"))
    assert WORDS in both and "anders." in both
    assert "Wir rechnen die Zeiten anders." in one and WORDS not in one
    assert WORDS in text_of(amal.get(f"{DESK}?weg=nonsense"))


def test_the_list_costs_the_same_for_many():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    amal = signed_in(AMAL.email)
    amal.get(DESK)  # what is kept in memory from then on
    counted = []
    for _ in range(2):
        written()
        with CaptureQueriesContext(connection) as captured:
            amal.get(DESK)
        counted.append(len(captured))
    assert counted[0] == counted[1]


def test_one_that_the_rules_no_longer_have_keeps_its_name():
    from faden.kernel.rls import opened_for
    from faden.residence.models import RuleReading

    written()
    with opened_for(actor_of(AMAL.email), write=True):
        RuleReading.objects.update(path="gone", condition="gone.1.2")
    assert "gone.1.2" in text_of(signed_in(CEM.email).get(DESK))


def test_nothing_of_it_is_read_as_markup():
    written(words="<script>alert(1)</script> genügt")
    assert "<script>alert" not in signed_in(CEM.email).get(DESK).content.decode()


def test_it_is_in_the_sealed_log_without_the_words():
    from faden.kernel.models import AuditEvent
    from faden.kernel.rls import opened_for

    written()
    [row] = rows()
    signed_in(AMAL.email).post(f"{DESK}{row.id}/ruecknahme/", keyed())
    with opened_for(actor_of(AMAL.email), write=False):
        events = [(event.event, event.details) for event in AuditEvent.objects.filter(subject_id=row.id).order_by("at", "id")]
    assert [name for name, _details in events] == ["rule.read_otherwise", "rule.reading_withdrawn"]
    assert WORDS not in str(events)


def test_whoever_keeps_the_rules_gets_them_as_json(capsys):
    from config.residence import print_readings

    written()
    written(VERA, OFFICE, rule="stag_10", words="Wir rechnen die Zeiten anders.")
    signed_in(AMAL.email).post(f"{DESK}{UUID(int=1)}/ruecknahme/", keyed())
    print_readings(as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert [(one["path"], one["condition"], one["from"]) for one in told] == [
        ("25b", "25b.1.2.nr4", "Caritas Ahaus, Fachdienst Integration und Migration"), ("stag_10", "", "Ausländerbehörde Kreis Borken"),
    ]  # fmt: skip
    assert told[0]["words"] == WORDS and told[0]["law_state"] == "2026-08-19"
    print_readings(as_json=False)
    assert WORDS in capsys.readouterr().out


def test_nobody_reads_them_without_signing_in():
    from django.test import Client

    written()
    for address in (DESK, OFFICE):
        assert Client().get(address).status_code == 302
