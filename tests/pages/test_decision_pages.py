"""Bescheide on their pages: typed once, shown line by line, confirmed by a person, first in Mein Tag until it is settled."""

import re
from datetime import date, timedelta

import pytest

from tests.case_making import add_member, open_a_case
from tests.cases.test_deadlines import noted as frist_noted
from tests.cases.test_deadlines import today, within
from tests.cases.test_substitutions import agree_anew, stand_in
from tests.cast import AMAL, BERND, CEM, DILAN, LENA
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.documents.deciding import decided
from tests.pages.test_deadlines import protect
from tests.pages.test_statement_counts import statements

DAY = timedelta(days=1)
# What the pages cost; on Mein Tag what Bescheide add to a day without any.
LIST, ONE, NEW, ON_MY_DAY = 18, 20, 19, 2
FRIDAY = date(2025, 11, 7)


@pytest.fixture
def case(own_database):
    return open_a_case()


@pytest.fixture
def by(case):
    return actor_of(AMAL.email)


@pytest.fixture
def amal(case):
    return signed_in(AMAL.email)


def typed(**changes):
    """What is typed off the paper."""
    values = {
        "issuer": "Jobcenter Ahaus", "subject": "Mehrbedarf", "outcome": "rejected", "dated_on": "2025-11-04", "procedure": "social",
        "notified_how": "letter", "posted_on": "2025-11-05", "received_on": "2025-11-07", "remedy": "objection",
        "period_amount": "1", "period_unit": "months", "remedy_to": "Jobcenter Ahaus",
    }  # fmt: skip
    return keyed(**{**values, **changes})


def below(case):
    return f"/faelle/{case.id}/bescheide/"


def only(case, by):
    from faden.documents.models import Decision

    with within(by, write=False):
        return Decision.objects.get(case=case)


def test_from_the_form_to_the_confirmed_day(case, by, amal):
    answer = amal.post(f"{below(case)}neu/", typed())
    decision = only(case, by)
    assert (answer.status_code, answer["Location"]) == (303, f"{below(case)}{decision.id}/")
    page = text_of(amal.get(answer["Location"]))
    assert "Letzter Tag noch nicht bestätigt" in page
    for line in ("Mi, 05.11.2025 Zur Post gegeben", "So, 09.11.2025 Gilt als bekannt gegeben: 4. Tag danach", "Di, 09.12.2025 Ende der Frist: 1 Monat später"):
        assert line in page
    assert "§ 37 Abs. 2 SGB X" in page and "§ 64 Abs. 1, 2 SGG" in page
    assert "Vorgeschlagener letzter Tag Dienstag, 09.12.2025" in page and "Sicherer Tag Montag, 08.12.2025" in page
    answer = amal.post(f"{below(case)}{decision.id}/", keyed(day="proposed", version=1))
    assert answer.status_code == 303
    page = text_of(amal.get(f"{below(case)}{decision.id}/"))
    assert "Letzter Tag: Dienstag, 09.12.2025" in page and "Bestätigt von Amal" in page
    assert only(case, by).last_on == date(2025, 12, 9)


def test_what_is_wrong_is_said_and_nothing_is_lost(case, by, amal):
    wrong = typed(period_amount="", posted_on="2025-11-08", subject="Mehrbedarf <Ernährung>")
    answer = amal.post(f"{below(case)}neu/", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bitte tragen Sie die Frist so ein, wie sie gedruckt ist." in page
    assert 'value="Mehrbedarf &lt;Ernährung&gt;"' in page and 'value="2025-11-08"' in page
    answer = amal.post(f"{below(case)}neu/", typed(posted_on="2025-11-08"))
    assert "Der Poststempel muss zwischen" in answer.content.decode()
    answer = amal.post(f"{below(case)}neu/", typed(no_instruction="on"))
    assert "lassen Sie dieses Feld bitte leer" in answer.content.decode()


def test_without_an_instruction_it_is_a_year_and_nobody_relies_on_it(case, amal):
    answer = amal.post(f"{below(case)}neu/", typed(no_instruction="on", period_amount=""))
    page = text_of(amal.get(answer["Location"]))
    assert "Ende der Frist: ein Jahr später" in page and "Verlassen Sie sich nicht auf das Jahr." in page
    assert "Vorgeschlagener letzter Tag Montag, 09.11.2026" in page and "Sicherer Tag Montag, 08.12.2025" in page


def test_another_day_needs_a_reason(case, by, amal):
    decision = decided(case, FRIDAY)
    where = f"{below(case)}{decision.id}/"
    assert "Bitte tragen Sie den Tag ein." in text_of(amal.post(where, keyed(day="other", version=1)))
    answer = amal.post(where, keyed(day="other", other_day="2025-12-12", version=1))
    assert answer.status_code == 422 and "Bitte schreiben Sie, warum ein anderer Tag gilt." in text_of(answer)
    answer = amal.post(where, keyed(day="other", other_day="2025-12-12", because="Auskunft des Gerichts", version=1))
    assert answer.status_code == 303
    assert "Vorgeschlagen war der 09.12.2025: Auskunft des Gerichts" in text_of(amal.get(where))


def test_two_who_confirm_and_change_at_once(case, by, amal):
    decision = decided(case, FRIDAY)
    where = f"{below(case)}{decision.id}/"
    assert amal.post(f"{where}angaben/", typed(received_on="2025-11-20", version=1)).status_code == 303
    assert amal.post(where, keyed(day="proposed", version=1)).status_code == 409
    answer = amal.post(f"{where}angaben/", typed(issuer="Sozialamt", version=1))
    assert answer.status_code == 409 and "Sozialamt" in answer.content.decode()


def test_a_changed_receipt_asks_for_a_new_confirmation(case, by, amal):
    decision = decided(case, FRIDAY, confirmed=True)
    where = f"{below(case)}{decision.id}/"
    answer = amal.post(f"{where}angaben/", typed(received_on="2025-11-20", version=2), follow=True)
    assert "Bitte bestätigen Sie den letzten Tag neu." in text_of(answer)
    assert "Letzter Tag noch nicht bestätigt" in text_of(amal.get("/tag/"))


def test_it_begins_with_what_its_scan_says(case, by, amal):
    from faden.documents.models import Paper
    from faden.kernel import clock

    with within(by):
        paper = Paper.objects.create(
            organisation_id=by.organisation_id, case=case, kind="decision", title="Ablehnung", issuer="Jobcenter Ahaus", persons=[case.person_id],
            dated_on=date(2025, 11, 4), received_on=date(2025, 11, 14), noted_at=clock.now(), noted_by=by.person,
        )  # fmt: skip
    page = amal.get(f"{below(case)}neu/?dokument={paper.id}").content.decode()
    assert 'value="Ablehnung"' in page and 'value="Jobcenter Ahaus"' in page and 'value="2025-11-04"' in page
    assert f'value="{paper.id}" selected' in page
    # The day it was brought here is not the day it came to the person.
    assert "2025-11-14" not in page
    answer = amal.post(f"{below(case)}neu/", typed(paper=str(paper.id)))
    assert f"/dokumente/{paper.id}/" in amal.get(answer["Location"]).content.decode()
    for odd in ("", "x", "01890000-0000-7000-8000-000000000000"):
        assert amal.get(f"{below(case)}neu/?dokument={odd}").status_code == 200


# ---------- what became of it ----------


def test_settled_it_leaves_mein_tag_and_comes_back(case, by, amal):
    decision = decided(case, today() - 3 * DAY, confirmed=True)
    where = f"{below(case)}{decision.id}/"
    assert "eilt:" in text_of(amal.get("/tag/"))
    answer = amal.post(f"{where}ausgang/", keyed(state="missed", state_on=today().isoformat(), version=2))
    assert answer.status_code == 422 and "Bitte schreiben Sie in einem Satz dazu, warum." in text_of(answer)
    answer = amal.post(f"{where}ausgang/", keyed(state="lodged", state_on=today().isoformat(), version=2))
    assert answer.status_code == 303
    assert "eingelegt" in text_of(amal.get(where)) and 'id="bescheide"' not in amal.get("/tag/").content.decode()
    assert amal.post(f"{where}offen/", keyed()).status_code == 303
    assert "eilt:" in text_of(amal.get("/tag/"))


def test_the_frist_leads_to_its_bescheid_and_is_not_ended_beside_it(case, by, amal):
    from faden.cases.models import Deadline

    decision = decided(case, today() - 3 * DAY, confirmed=True)
    with within(by, write=False):
        frist = Deadline.objects.get(kind="remedy")
    where = f"/faelle/{case.id}/fristen/{frist.id}/"
    page = amal.get(where).content.decode()
    assert f'href="{below(case)}{decision.id}/"' in page and "Warum zählt diese Frist nicht mehr?" not in page
    assert amal.post(where, keyed(because="done")).status_code == 422
    amal.post(f"{below(case)}{decision.id}/ausgang/", keyed(state="lodged", state_on=today().isoformat(), version=2))
    amal.post(f"{where}offen/", keyed())
    assert "Wieder aufnehmen" not in text_of(amal.get(where))
    assert "Wieder aufnehmen" not in text_of(amal.get(f"/faelle/{case.id}/fristen/"))
    with within(by, write=False):
        assert Deadline.objects.get(kind="remedy").ended_at


def test_whoever_is_too_late_reads_what_still_helps(case, amal):
    decision = decided(case, FRIDAY, confirmed=True)
    page = text_of(amal.get(f"{below(case)}{decision.id}/"))
    assert "Die Frist ist vorbei" in page and "§ 44 SGB X" in page and "verstrichen" in page


def test_closing_the_case_asks_for_each(case, by, amal):
    confirmed, open_ = decided(case, today() - 3 * DAY, confirmed=True), decided(case, today() - 2 * DAY, subject="Wohngeld")
    where = f"/faelle/{case.id}/abschluss/"
    page = text_of(amal.get(where))
    assert "Offene Bescheide 2" in page and "Jobcenter Ahaus: Wohngeld, vorgeschlagener letzter Tag:" in page
    said = {"reason": "goals", "summary": "Fertig", "client_view": "much", "hinted": "none"}
    assert amal.post(where, keyed(**said)).status_code == 422
    # One answered and the other not is not enough.
    assert amal.post(where, keyed(**said, **{f"decision_{open_.id}": "not_needed"})).status_code == 422
    answers = {f"decision_{open_.id}": "not_needed", f"decision_{confirmed.id}": "passed_on"}
    assert amal.post(where, keyed(**said, **answers)).status_code == 303
    from faden.cases.models import Deadline
    from faden.documents.models import Decision

    with within(by, write=False):
        assert dict(Decision.objects.values_list("id", "state")) == {confirmed.id: "passed_on", open_.id: "not_needed"}
        assert Deadline.objects.get(kind="remedy").ended_because == "done"


# ---------- Mein Tag and Fristen ----------


def test_first_what_nobody_confirmed_then_remedies_then_the_rest(case, by, amal):
    frist_noted(case, by, due_on=today() - 2 * DAY)
    decided(case, today() - 3 * DAY, confirmed=True, subject="Bestätigtes")
    decided(case, today() - 1 * DAY, subject="Unbestätigtes")
    page = text_of(amal.get("/tag/"))
    order = [page.index(words) for words in ("Letzter Tag noch nicht bestätigt", "Rechtsbehelf gegen einen Bescheid", "vor 2 Tagen verstrichen")]
    assert order == sorted(order)
    assert "Unbestätigtes" in page and "bitte bestätigen" in page and "sicher bis" in page
    assert re.search(r"eilt: noch \d+ Tage", page)
    fristen = text_of(amal.get("/fristen/"))
    assert fristen.index("Bestätigtes") < fristen.index("vor 2 Tagen verstrichen")
    assert "Unbestätigtes" not in fristen
    own = text_of(amal.get(f"/faelle/{case.id}/fristen/"))
    assert own.index("Bestätigtes") < own.index("vor 2 Tagen verstrichen")


def test_red_whatever_the_days_left(case, by, amal):
    decided(case, today() - 3 * DAY, confirmed=True, period_amount=0)
    page = amal.get("/tag/").content.decode()
    row = page[page.index("Rechtsbehelf gegen einen Bescheid") :][:900]
    assert "kern-badge--danger" in row and "eilt: noch 36" in row
    assert 'id="fristen"' not in page, "it is counted nowhere else"


def test_the_deputy_has_both_and_the_day_after_none(case, by):
    from faden.kernel import clock

    decided(case, today() - 3 * DAY, confirmed=True, subject="Bestätigtes")
    open_ = decided(case, today() - 3 * DAY, subject="Unbestätigtes")
    stand_in(last=1)
    bernd = signed_in(BERND.email)
    page = text_of(bernd.get("/tag/"))
    assert "Bestätigtes" in page and "Unbestätigtes" in page
    assert page.count("in Vertretung für Amal") == 2
    assert page.index("Bestätigtes") < page.index("In Vertretung für Amal")
    assert bernd.post(f"{below(case)}{open_.id}/", keyed(day="proposed", version=1)).status_code == 303
    clock.set_forward(2)
    bernd = signed_in(BERND.email)
    for path in ("/tag/", "/fristen/"):
        assert "estätigtes" not in bernd.get(path).content.decode()
    assert bernd.get(f"{below(case)}{open_.id}/").status_code == 403


def test_without_agreement_the_deputy_is_told_nothing(case, by):
    agree_anew(case, to_substitute=False)
    decided(case, today() - 3 * DAY, confirmed=True)
    decided(case, today() - 3 * DAY)
    stand_in()
    page = text_of(signed_in(BERND.email).get("/tag/"))
    assert "Jobcenter" not in page and "Rechtsbehelf" not in page and "noch nicht bestätigt" not in page


def test_of_a_protected_family_only_the_days(case, by, amal):
    decided(case, today() - 3 * DAY, confirmed=True)
    decided(case, today() - 3 * DAY)
    protect(case, by)
    stand_in()
    for client in (amal, signed_in(BERND.email)):
        page = text_of(client.get("/tag/"))
        assert "Jobcenter" not in page and "Mehrbedarf" not in page and "Schewtschenko" not in page
        assert case.number in page and "eilt:" in page and "Letzter Tag noch nicht bestätigt" in page


def test_nobody_else_opens_it(case, by):
    decision = decided(case, FRIDAY, confirmed=True)
    for who, expected in ((BERND, 403), (LENA, 302), (CEM, 404), (DILAN, 403)):
        client = signed_in(who.email)
        for path in ("", f"{decision.id}/", f"{decision.id}/angaben/", f"{decision.id}/ausgang/", "neu/"):
            assert client.get(below(case) + path).status_code == expected, (who.email, path)
        assert client.post(f"{below(case)}{decision.id}/offen/", keyed()).status_code in (403, 404)
        day = client.get("/tag/")
        assert "Jobcenter" not in day.content.decode()


def test_what_is_confidential_stands_with_that_person_only(case, by, amal):
    from faden.cases.actions.concerning import About

    son = add_member(case, "Khaled")
    decided(case, FRIDAY, about=About((son.id,), confidential=True), subject="Geheimes")
    decided(case, FRIDAY, about=About((son.id,)), subject="Offenes")
    person = f"/faelle/{case.id}/personen/{son.id}"
    seen = {
        path: {words for words in ("Geheimes", "Offenes") if words in text_of(amal.get(path))}
        for path in (
            below(case), f"{person}/bescheide/", f"{person}/vertraulich/bescheide/", f"/faelle/{case.id}/",
            f"/faelle/{case.id}/personen/{case.person_id}/bescheide/", f"{person}/vertraulich/",
        )
    }  # fmt: skip
    assert list(seen.values()) == [{"Offenes"}, {"Offenes"}, {"Geheimes"}, {"Offenes"}, set(), {"Geheimes"}]


@pytest.mark.parametrize("count", [1, 30])
def test_the_same_number_of_statements(case, count):
    before, _page = statements(AMAL.email, "/tag/")
    for n in range(count):
        decided(case, today() - 3 * DAY, subject=f"Unbestätigtes {n}")
        decided(case, today() - 3 * DAY, confirmed=True, subject=f"Bestätigtes {n}")
    last = decided(case, today() - 3 * DAY)
    found = [statements(AMAL.email, path)[0] for path in (below(case), f"{below(case)}{last.id}/", f"{below(case)}neu/")]
    assert found == [LIST, ONE, NEW]
    assert statements(AMAL.email, "/tag/")[0] - before == ON_MY_DAY


