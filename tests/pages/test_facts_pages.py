"""Angaben at the desk: noted, corrected, ended, as of any day; only with agreement, only here, only what is needed."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faden.kernel import clock
from tests.case_making import add_member, agree, open_a_case
from tests.cast import AMAL, BERND, CEM, KARIN, LENA
from tests.desk_client import actor_of, keyed, signed_in, text_of

NOTED = {"known_from": "seen", "from_on": "2023-05-01"}


@pytest.fixture
def case(own_database):
    return open_a_case(family="Darwisch", given="Rima")


@pytest.fixture
def amal(case):
    return signed_in(AMAL.email)


def below(case, tail="", person_id=None):
    return f"/faelle/{case.id}/personen/{person_id or case.person_id}/angaben/{tail}"


def fact_link(amal, case, kind="residence"):
    page = amal.get(below(case)).content.decode()
    return next(
        link for link in re.findall(r'href="([^"]+)"', page) if re.fullmatch(rf".*/{kind}/[0-9a-f-]{{36}}/", link)
    )


def note(amal, case, fact="residence", person_id=None, **values):
    return amal.post(below(case, f"{fact}/neu/", person_id), keyed(**{**NOTED, **values}))


def test_a_new_paper_is_noted_and_the_old_one_ends(amal, case):
    assert note(amal, case, paper="duldung_60a").status_code == 303
    page = amal.post(
        below(case, "residence/neu/"), keyed(paper="ae_25_2_1", from_on="2025-03-01", known_from="seen"), follow=True
    )
    assert "Ein früherer Eintrag hat dafür ein anderes Ende" in text_of(page)
    today, before = (text_of(amal.get(below(case, f"?am={day}"))) for day in ("", "2024-01-01"))
    assert "Flüchtling" in today and "Duldung" not in today
    assert "Duldung § 60a" in before and "Flüchtling" not in before and "01.01.2024" in before


def test_a_correction_keeps_what_was_believed_and_says_by_whom_and_why(amal, case):
    note(amal, case, paper="duldung_60a")
    where = fact_link(amal, case)
    form = amal.get(where).content.decode()
    assert '<option value="duldung_60a" selected>' in form and 'value="2023-05-01"' in form
    values = {**NOTED, "paper": "gestattung", "because": "mistake"}
    assert amal.post(where, keyed(**values)).status_code == 303
    past = text_of(amal.get(below(case, "residence/")))
    assert "Aufenthaltsgestattung" in past and "Duldung § 60a" in past
    assert "von Amal Testin: war falsch eingetragen" in past
    stale = amal.post(where, keyed(**{**values, "paper": "eu"}))
    assert stale.status_code == 409
    assert "Aufenthaltsgestattung" in text_of(stale) and "Freizügigkeit" in text_of(stale)
    assert amal.get(where).headers["Location"] == below(case, "residence/")


def test_an_end_and_a_strike(amal, case):
    note(amal, case, paper="duldung_60a")
    where = fact_link(amal, case)
    assert amal.post(f"{where}ende/", keyed(last_day="2023-04-01")).status_code == 422
    yesterday = clock.today() - timedelta(days=1)
    assert amal.post(f"{where}ende/", keyed(last_day=str(yesterday))).status_code == 303
    assert f"abgelaufen am {yesterday:%d.%m.%Y}" in text_of(amal.get(below(case)))
    note(amal, case, "benefit", regime="sgb2")
    where = fact_link(amal, case, "benefit")
    assert amal.post(f"{where}streichen/", keyed()).status_code == 303
    assert "SGB II" not in text_of(amal.get(below(case)))
    assert "SGB II (gestrichen)" in text_of(amal.get(below(case, "benefit/")))


def test_what_cannot_be_is_refused_and_nothing_is_lost(amal, case):
    answer = note(amal, case, paper="duldung_60a", until_on="2023-04-01")
    assert answer.status_code == 422 and "vor dem Anfang" in text_of(answer)
    assert '<option value="duldung_60a" selected>' in answer.content.decode()
    note(amal, case, paper="duldung_60a")
    answer = note(amal, case, paper="eu", from_on="")
    assert answer.status_code == 422 and "ab wann das gilt. Bisher steht hier: Duldung § 60a" in text_of(answer)
    assert note(amal, case, paper="brieftaube").status_code == 422


def test_competent_offices_stand_first_and_closed_papers_say_so(amal, case):
    html = amal.get(below(case, "residence/neu/")).content.decode()
    assert html.index("Ausländerbehörde Kreis Borken") < html.index("Ausländerbehörde Stadt Bocholt")
    assert "§ 104c (Chancen-Aufenthalt) – seit 31.12.2025 nicht neu erteilt" in html
    note(amal, case, paper="ae_104c", from_on="2026-01-15")
    assert "§ 104c wird seit dem 31.12.2025 nicht mehr erteilt" in text_of(amal.get(below(case)))


def test_health_has_no_room_for_a_diagnosis(amal, case):
    html = amal.get(below(case, "limit/neu/")).content.decode()
    assert "Nur die Folge, nie die Krankheit" in html
    assert "<textarea" not in html and 'maxlength="120"' in html
    assert note(amal, case, "limit", kind="no_course", words="x" * 121).status_code == 422


@pytest.mark.parametrize("kind", ["residence", "benefit", "address", "speaking", "german", "occupation", "qualification", "limit"])
def test_without_agreement_nothing_is_written_down_or_shown(amal, case, kind):
    father = add_member(case, "Khaled")
    for answer in (
        amal.get(below(case, "", father.id)), amal.get(below(case, f"{kind}/", father.id)),
        amal.get(below(case, f"{kind}/neu/", father.id)), note(amal, case, kind, father.id),
    ):  # fmt: skip
        assert answer.status_code == 403
        assert "noch keine Einwilligung in die Dokumentation" in text_of(answer)
    agree(father)
    assert amal.get(below(case, "", father.id)).status_code == 200


def test_only_people_of_the_case_and_only_their_own_facts(amal, case):
    other = open_a_case(family="Fremd", given="Jana")
    note(amal, other, paper="eu")
    theirs = fact_link(amal, other)
    assert amal.get(below(case, "", other.person_id)).status_code == 404
    assert amal.get(below(case, "luftfahrt/")).status_code == 404
    crossed = theirs.replace(str(other.id), str(case.id)).replace(str(other.person_id), str(case.person_id))
    assert {amal.get(crossed).status_code, amal.post(f"{crossed}streichen/", keyed()).status_code} == {404}
    refused = {who.email: signed_in(who.email).get(below(case)).status_code for who in (BERND, CEM, KARIN, LENA)}
    assert refused == {BERND.email: 403, CEM.email: 404, KARIN.email: 403, LENA.email: 302}


def test_nothing_of_the_father_on_the_mothers_page(amal, case):
    father = add_member(case, "Khaled")
    agree(father)
    note(amal, case, person_id=father.id, paper="duldung_60a")
    note(amal, case, "benefit", father.id, regime="asylblg_2")
    note(amal, case, "occupation", father.id, kind="work", what="Vatersache")
    note(amal, case, paper="ae_25_2_1")
    tails = ("", "residence/", "benefit/", "?am=2024-01-01", "residence/neu/")
    pages = [amal.get(below(case, tail)).content.decode() for tail in tails]
    pages += [amal.get(below(case, tail).replace("/angaben/", end)).content.decode() for tail, end in (("", "/"), ("", "/einreise/"))]
    shown = " ".join(re.sub(r"(?s)<select.*?</select>", "", page) for page in pages)
    assert not re.search(r"Duldung|AsylbLG|Vatersache", shown)
    assert "Flüchtling" in shown and "Duldung § 60a" in text_of(amal.get(below(case, "", father.id)))


def test_facts_cost_the_same_for_few_and_many(amal, case):
    def statements(where):
        amal.get(where)
        with CaptureQueriesContext(connection) as asked:
            assert amal.get(where).status_code == 200
        return len(asked)

    note(amal, case, "occupation", kind="school", what="Klasse 1")
    few = [statements(below(case)), statements(below(case, "occupation/"))]
    for number in range(6):
        note(amal, case, "occupation", kind="work", what=f"Arbeit {number}")
        note(amal, case, "speaking", language=("ar", "fr", "de", "en", "tr", "ru")[number])
    note(amal, case, paper="eu")
    assert [statements(below(case)), statements(below(case, "occupation/"))] == few


def test_two_at_once_do_not_leave_two_papers(amal, case):
    """Each alone would find the days free; whoever comes second waits and is told."""
    begin, answers = Barrier(2), []

    def press(paper):
        client = signed_in(AMAL.email)
        begin.wait(5)
        answers.append(note(client, case, paper=paper).status_code)
        connection.close()

    threads = [Thread(target=press, args=[paper]) for paper in ("eu", "visa")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(answers) == [303, 422]


def test_no_message_tells_a_secret_address(amal, case):
    from faden.kernel.rls import opened_for
    from faden.persons.actions.protection import NewMark, set_mark

    actor = actor_of(AMAL.email)
    note(amal, case, "address", street="Geheimweg 7", place="Ahaus")
    with opened_for(actor, write=True):
        set_mark(NewMark("address", clock.today()), person=case.person, by=actor, on=clock.today(), at=clock.now())
    moved = amal.post(below(case, "address/neu/"), keyed(street="Neuweg 1", from_on="2026-01-01", known_from="told"), follow=True)
    refused = note(amal, case, "address", street="Neuweg 1")
    assert moved.status_code == 200 and refused.status_code == 422
    for answer in (moved, refused, amal.get(below(case)), amal.get(below(case, "address/"))):
        assert "Geheimweg" not in answer.content.decode()


# ---------- a public body ----------


@pytest.fixture
def county(case, owner):
    """Her service belongs to the county."""
    owner.execute("UPDATE organisations_legalbody SET is_public = true WHERE id = (SELECT legal_body_id FROM organisations_organisation WHERE case_prefix = 'AH')")
    return signed_in(AMAL.email)


def test_a_public_body_is_asked_less_and_reads_the_notice_first(county, case):
    html = county.get(below(case, "residence/neu/")).content.decode()
    assert "§ 87 AufenthG" in html and 'name="notice_read"' in html
    assert not re.search(r'name="(derived_from|residence_rule)"|value="none"', html)
    answer = note(county, case, paper="duldung_60a")
    assert answer.status_code == 422 and "Bitte ankreuzen." in text_of(answer)
    assert note(county, case, paper="duldung_60a", notice_read="on").status_code == 303
    assert note(county, case, paper="none", notice_read="on").status_code == 422
    limit, speaking = (county.get(below(case, f"{kind}/neu/")).content.decode() for kind in ("limit", "speaking"))
    assert 'name="words"' not in limit and "§ 87" not in limit and "§ 87" not in speaking
    entry = county.get(below(case).replace("angaben/", "einreise/eingereist/")).content.decode()
    assert "§ 87 AufenthG" in entry and 'name="notice_read"' in entry


def test_others_are_not_bothered_with_it(amal, case):
    html = amal.get(below(case, "residence/neu/")).content.decode()
    assert "§ 87" not in html and 'name="derived_from"' in html and 'value="none"' in html


def test_looks_say_whose_page_it_was(amal, case):
    from faden.kernel.rls import opened_for

    amal.get(below(case))
    with opened_for(actor_of(AMAL.email), write=False), connection.cursor() as cursor:
        cursor.execute("SELECT page, shown FROM kernel_look ORDER BY at DESC LIMIT 1")
        page, shown = cursor.fetchone()
    assert page == "facts" and case.person_id in shown


def test_dates_that_are_none_are_today(amal, case):
    for odd in ("gestern", "0001-01-01", "9999-12-31", "2026-02-30"):
        assert "Was heute gilt" in text_of(amal.get(below(case, f"?am={odd}")))
