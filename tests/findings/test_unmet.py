"""Bedarf ohne Angebot: counted for the own service, and nobody can be found behind a line."""

import re
from datetime import date, timedelta
from time import sleep
from typing import Any

import pytest
from django.urls import reverse

from faden.kernel import clock
from faden.kernel.rls import opened_for
from tests.accounts.signing import deeds
from tests.case_making import mark, open_a_case
from tests.cast import AMAL, ANTON, BERND, CEM, DORA, KARIN, LENA
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.referrals.offering import AHAUS, an_offer, changed, known_fact

WHERE = "/strukturhinweise/bedarf/"
UNMET = {"life_area": "language", "municipality": AHAUS, "condition": "german"}


@pytest.fixture
def by(own_database: str) -> Any:
    return actor_of(AMAL.email)


def stored(by: Any) -> list[Any]:
    from faden.findings.models import UnmetNeed

    with opened_for(by, write=False):
        return list(UnmetNeed.objects.all())


def form_of(answer: Any) -> dict[str, str]:
    """What the button on the page of the offers would send."""
    html = answer.content.decode()
    [inside] = re.findall(rf'<form method="post" action="{WHERE}".*?</form>', html, re.S)
    values = dict(re.findall(r'<input type="hidden" name="(life_area|municipality|form_key)" value="([^"]*)"', inside))
    values.setdefault("municipality", "")
    [values["condition"]] = re.findall(r'<option value="([^"]*)" selected>', inside)
    return values


def test_from_the_page_with_what_stood_in_the_way(by):
    case, amal = open_a_case(), signed_in(AMAL.email)
    known_fact(case.person, "german", skill="all", level="a1")
    an_offer("Kurs ab B2", german_from="b2")
    an_offer("Kurs ab C1", german_from="c1")
    page = amal.get(reverse("matches", args=[case.id]), {"person": str(case.person_id), "bereich": "language"})
    values = form_of(page)
    assert {name: values[name] for name in UNMET} == UNMET
    assert str(case.id) not in str(values) and str(case.person_id) not in str(values)
    answer = amal.post(WHERE, values)
    assert answer["Location"] == "/strukturhinweise/"
    assert amal.post(WHERE, values)["Location"] == answer["Location"]
    [row] = stored(by)
    assert (row.life_area, row.municipality_id, row.condition, row.in_month) == ("language", AHAUS, "german", clock.today().replace(day=1))


def test_where_something_fits_there_is_nothing_to_report(by):
    case, amal = open_a_case(), signed_in(AMAL.email)
    where, asked = reverse("matches", args=[case.id]), {"person": str(case.person_id), "bereich": "language"}
    assert form_of(amal.get(where, asked))["condition"] == "none", "no offer at all"
    an_offer("Kurs mit Duldung", papers=("duldung_60a",))
    page = amal.get(where, asked)
    assert form_of(page)["condition"] == "", "what is only unknown is neither missing nor an obstacle"
    assert "1 Angebot könnte passen: Dort fehlt nur eine Angabe." in text_of(page)
    assert amal.post(WHERE, form_of(page)).status_code == 422 and stored(by) == []
    an_offer("Kurs für Kinder", age_to=3)
    changed(case.person, birth_earliest=date(1990, 1, 1), birth_latest=date(1990, 1, 1), birth_precision="day")
    assert form_of(amal.get(where, asked))["condition"] == "age"
    an_offer("Offener Treff")
    assert WHERE not in amal.get(where, asked).content.decode()


def test_of_a_protected_person_the_town_is_left_out(by):
    case, amal = open_a_case(), signed_in(AMAL.email)
    mark(AMAL.email, case.person)
    where = reverse("matches", args=[case.id])
    for town in ("", AHAUS):
        page = amal.get(where, {"person": str(case.person_id), "bereich": "language", "ort": town})
        assert form_of(page)["municipality"] == ""


def test_no_column_holds_a_case_a_person_or_an_author(by):
    """Every column of the row is known, and each says nothing about anybody."""
    from faden.findings.models import UnmetNeed

    columns = {field.attname for field in UnmetNeed._meta.concrete_fields}
    assert columns == {"id", "organisation_id", "life_area", "municipality_id", "condition", "in_month"}
    assert {field.related_model.__name__ for field in UnmetNeed._meta.concrete_fields if field.related_model} == {"Organisation", "Municipality"}
    for _ in range(2):
        signed_in(AMAL.email).post(WHERE, keyed(**UNMET))
    assert [row.id.version for row in stored(by)] == [4, 4], "the usual ids begin with the millisecond"


def test_no_log_says_who_reported_or_when(by):
    """Beside the log of looks a name and a second would say whose need it was."""
    from faden.kernel.models import AuditEvent, Look

    amal = signed_in(AMAL.email)

    def remembered() -> tuple[int, int]:
        with opened_for(by, write=False):
            return AuditEvent.objects.count(), Look.objects.count()

    before = remembered()
    amal.post(WHERE, keyed(**UNMET))
    assert remembered() == before and len(stored(by)) == 1


def test_a_kept_form_key_does_not_tell_a_report_from_a_hint(by):
    amal = signed_in(AMAL.email)
    hint = amal.post("/strukturhinweise/neu/", keyed(category="no_place", life_area="language", municipality="", agency="", words="Kein Kurs."))
    assert hint.status_code == 303, text_of(hint)
    assert amal.post(WHERE, keyed(**UNMET))["Location"] == hint["Location"]


def test_neither_place_nor_transaction_tells_which_row_came_when(by):
    """Which transaction wrote a row stands in every row, and beside every event of the logs."""
    from django.db import connection

    def written() -> list[tuple[Any, ...]]:
        with opened_for(by, write=False), connection.cursor() as cursor:
            cursor.execute("SELECT xmin::text, id, in_month FROM findings_unmetneed ORDER BY ctid")
            return list(cursor.fetchall())

    from faden.findings.actions import Unmet, note_unmet

    for months in range(6):
        with opened_for(by, write=True):
            note_unmet(Unmet("language", AHAUS, "german"), by=by, on=clock.today() - timedelta(days=31 * months))
        rows = written()
        assert len(rows) == months + 1 and len({row[0] for row in rows}) == 1, "all of one transaction"
        assert [row[1] for row in rows] == sorted(row[1] for row in rows), "in the order of ids that say nothing"
    assert len({row[2] for row in rows}) == 6, "each keeps what it says"


def test_two_at_once_are_two(own_database, by):
    """The second waits for the first, and takes nothing of it along."""
    from threading import Thread

    from django.db import connection

    from faden.findings.actions import Unmet, note_unmet

    def other() -> None:
        with opened_for(by, write=True):
            note_unmet(Unmet("housing"), by=by, on=clock.today())
        connection.close()

    with opened_for(by, write=True):
        note_unmet(Unmet("language"), by=by, on=clock.today())
    second = Thread(target=other)
    with opened_for(by, write=True):
        note_unmet(Unmet("work"), by=by, on=clock.today())
        second.start()
        sleep(0.3)
    second.join()
    assert sorted(row.life_area for row in stored(by)) == ["housing", "language", "work"]


def test_the_number_of_a_month_is_sealed_without_who_and_when(by):
    from faden.jobs.findings import of_service
    from faden.kernel.models import AuditEvent

    for _ in range(2):
        signed_in(AMAL.email).post(WHERE, keyed(**UNMET))
    month, organisation = clock.today().replace(day=1), by.organisation_id
    clock.set_forward(((month + timedelta(days=32)).replace(day=1) - clock.today()).days)
    of_service(organisation)
    with opened_for(by, write=False):
        event = AuditEvent.objects.get(event="unmet_need.counted")
    assert (event.subject_id, event.user_id, event.details) == (None, None, {"month": f"{month:%Y-%m}", "count": 2})
    assert "unmet_need.counted" in deeds(organisation)
    other = actor_of(CEM.email).organisation_id
    of_service(other)
    assert "unmet_need.counted" not in deeds(other), "nothing reported, nothing said"


def test_it_is_counted_by_month_area_town_and_reason(by):
    amal = signed_in(AMAL.email)
    for values in (UNMET, UNMET, {**UNMET, "condition": "none"}, {**UNMET, "life_area": "housing", "municipality": ""}):
        amal.post(WHERE, keyed(**values))
    page = amal.get("/strukturhinweise/")
    words = text_of(page).partition("Wie oft nichts gepasst hat")[2]
    assert "Sprache Ahaus Deutsch 2" in words and "Sprache Ahaus kein Angebot 1" in words and "Wohnen – Deutsch 1" in words
    assert "Wohnen – Deutsch" not in text_of(amal.get("/strukturhinweise/?bereich=language"))


@pytest.mark.parametrize("wrong", [{"life_area": "<b>"}, {"condition": "nationality"}, {"municipality": "00000000"}, {"life_area": ""}, {"condition": ""}])
def test_only_codes_are_taken(by, wrong):
    assert signed_in(AMAL.email).post(WHERE, keyed(**{**UNMET, **wrong})).status_code == 422
    assert stored(by) == []


def test_other_services_and_roles_see_nothing(by):
    assert signed_in(AMAL.email).post(WHERE, keyed(**UNMET)).status_code == 303
    for email in (AMAL.email, BERND.email, LENA.email):
        assert "Sprache Ahaus Deutsch 1" in text_of(signed_in(email).get("/strukturhinweise/")), email
    assert "Sprache Ahaus Deutsch" not in text_of(signed_in(CEM.email).get("/strukturhinweise/"))
    for email, status in ((KARIN.email, 403), (ANTON.email, 403), (DORA.email, 404)):
        assert signed_in(email).post(WHERE, keyed(**UNMET)).status_code == status
    assert stored(actor_of(CEM.email)) == [] and len(stored(by)) == 1
