"""Fristen on Mein Tag, in their list and on the pages of a case: nearest first, for whom they are, until somebody ends them."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.case_making import add_member, open_a_case
from tests.cases.test_deadlines import DAY, noted, only_row, today, within
from tests.cases.test_substitutions import agree_anew, stand_in
from tests.cast import AMAL, BERND, CEM, LENA
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.pages.test_statement_counts import statements


@pytest.fixture
def case(own_database):
    return open_a_case()


@pytest.fixture
def by(case):
    return actor_of(AMAL.email)


@pytest.fixture
def amal(case):
    return signed_in(AMAL.email)


def in_days(case, by, days, **more):
    from faden.cases.actions import deadlines
    from faden.kernel import clock

    told = {"kind": "benefit", "subject": "sgb2", "persons": [case.person_id], **more}
    with within(by):
        return deadlines.note(
            case, reference=uuid4(), due_on=today() + timedelta(days=days), at=clock.now(), **told
        )


def protect(case, by):
    from faden.kernel import clock
    from faden.persons.actions.protection import NewMark, set_mark

    with within(by):
        set_mark(NewMark("shelter", today()), person=case.person, by=by, on=today(), at=clock.now())


# ---------- Mein Tag ----------


def test_my_day_lists_what_is_near_and_counts_the_rest(case, by, amal):
    for days, name in ((-3, "passed"), (0, "now"), (30, "month"), (31, "quarter"), (90, "quarter"), (91, "half"), (180, "half"), (181, "later")):  # fmt: skip
        in_days(case, by, days, kind="goal", subject=f"Ziel {name} {days}")
    page = text_of(amal.get("/tag/"))
    assert page.index("Ziel passed -3") < page.index("Ziel now 0") < page.index("Ziel month 30")
    for hidden in ("quarter", "half", "later"):
        assert f"Ziel {hidden}" not in page
    assert "vor 3 Tagen verstrichen" in page and "noch 30 Tage" in page
    assert "in 90 Tagen: 2" in page and "in 180 Tagen: 2" in page


def test_what_does_not_fit_is_counted(case, by, amal, monkeypatch):
    monkeypatch.setattr("faden.cases.queries.deadlines.ON_THE_DAY", 30)
    for n in range(33):
        in_days(case, by, n % 30, kind="goal", subject=f"Ziel {n}")
    assert "und 3 weitere" in text_of(amal.get("/tag/"))


def test_without_any_there_is_no_section(case, amal):
    assert 'id="fristen"' not in amal.get("/tag/").content.decode()


def test_a_colleague_and_another_service_see_nothing(case, by):
    row = in_days(case, by, 5)
    for who in (BERND, CEM, LENA):
        client = signed_in(who.email)
        for path in ("/tag/", "/fristen/"):
            page = client.get(path)
            assert page.status_code in (200, 403)
            assert "Bewilligung der Leistung" not in re.sub(r"<option[^>]*>[^<]*</option>", "", page.content.decode())
        expected = {CEM: 404, BERND: 403, LENA: 302}[who]
        for path in (f"/faelle/{case.id}/fristen/", f"/faelle/{case.id}/fristen/{row.id}/"):
            assert client.get(path).status_code == expected
        assert client.post(f"/faelle/{case.id}/fristen/{row.id}/", keyed(because="done")).status_code in (403, 404)
    assert only_row(case, by).ended_at is None


def test_the_deputy_sees_them_and_the_day_after_no_longer(case, by):
    from faden.kernel import clock

    in_days(case, by, 5)
    in_days(case, by, 60)
    stand_in(last=1)
    bernd = signed_in(BERND.email)
    page = text_of(bernd.get("/tag/"))
    assert "In Vertretung für Amal" in page and "Bewilligung der Leistung endet" in page
    assert "in 90 Tagen: 1" in page
    assert "Bewilligung der Leistung endet SGB II" in text_of(bernd.get("/fristen/"))
    clock.set_forward(2)
    bernd = signed_in(BERND.email)
    for path in ("/tag/", "/fristen/"):
        assert "SGB II" not in re.sub(r"<option[^>]*>[^<]*</option>", "", bernd.get(path).content.decode())


def test_without_agreement_the_deputy_is_told_the_number_and_no_more(case, by):
    agree_anew(case, to_substitute=False)
    in_days(case, by, 5)
    stand_in()
    bernd = signed_in(BERND.email)
    page = text_of(bernd.get("/tag/"))
    assert case.number in page and "SGB II" not in page
    assert case.number not in text_of(bernd.get("/fristen/"))


def test_a_protected_family_is_a_number(case, by, amal):
    in_days(case, by, 5)
    protect(case, by)
    stand_in()
    for client in (amal, signed_in(BERND.email)):
        for path in ("/tag/", "/fristen/"):
            page = re.sub(r"<option[^>]*>[^<]*</option>", "", client.get(path).content.decode())
            assert case.number in page and "Geschützte Person" in page
            assert "SGB II" not in page and "Bewilligung" not in page
    # No filter tells what the row does not.
    assert case.number not in text_of(amal.get("/fristen/?art=benefit"))
    assert "Bewilligung der Leistung endet" in text_of(amal.get(f"/faelle/{case.id}/fristen/"))


def test_the_lead_takes_them_along(case, by):
    from faden.cases.models import Case
    from tests.desk_client import membership_of

    in_days(case, by, 5)
    bernd = membership_of(BERND.email).id
    with within(by):
        Case.objects.filter(id=case.id).update(lead=bernd)
    assert "SGB II" in text_of(signed_in(BERND.email).get("/tag/"))
    assert "SGB II" not in text_of(signed_in(AMAL.email).get("/tag/"))


# ---------- the list ----------


@pytest.mark.parametrize(("bis", "shown"), [
    ("", "abcdefgh"), ("verstrichen", "a"), ("30", "bc"), ("90", "de"), ("180", "fg"), ("spaeter", "h"), ("anderes", "abcdefgh"),
])  # fmt: skip
def test_bands_part_the_list(case, by, amal, bis, shown):
    for letter, days in zip("abcdefgh", (-1, 0, 30, 31, 90, 91, 180, 181), strict=True):
        in_days(case, by, days, kind="goal", subject=f"Ziel-{letter}-")
    page = text_of(amal.get(f"/fristen/?bis={bis}"))
    assert "".join(re.findall(r"Ziel-(\w)-", page)) == shown


def test_kind_whose_and_nonsense_in_the_address(case, by, amal):
    other = open_a_case(BERND.email, family="Darwisch")
    in_days(case, by, 5)
    in_days(case, by, 6, kind="goal", subject="Zieltext")
    in_days(other, actor_of(BERND.email), 7, kind="goal", subject="Bernds Ziel")
    stand_in(AMAL.email, for_=BERND.email)
    bernd = actor_of(BERND.email).membership_id
    every = text_of(amal.get("/fristen/"))
    assert "Zieltext" in every and "Bernds Ziel" in every
    assert "Bernds Ziel" not in text_of(amal.get(f"/fristen/?wessen={by.membership_id}"))
    assert "Zieltext" not in text_of(amal.get(f"/fristen/?wessen={bernd}"))
    assert "SGB II" not in text_of(amal.get("/fristen/?art=goal")).split("Woher")[1]
    for odd in ("?wessen=x", f"?wessen={UUID(int=0)}", "?art=x", "?seite=-1", "?bis=30&seite=99999"):
        assert amal.get(f"/fristen/{odd}").status_code == 200
    assert "Bernds Ziel" in text_of(amal.get(f"/fristen/?wessen={UUID(int=0)}")), "an unknown one filters nothing"


def test_fifty_on_a_page(case, by, amal):
    for n in range(51):
        in_days(case, by, n, kind="goal", subject=f"Ziel-{n}-")
    first, second = (set(re.findall(r"Ziel-(\d+)-", text_of(amal.get(f"/fristen/?seite={n}")))) for n in (1, 2))
    assert (len(first), second) == (50, {"50"})


@pytest.mark.parametrize("path", ["/tag/", "/fristen/", "case", "fristen", "person"])
def test_the_statements_do_not_grow_with_the_rows(case, by, path):
    add_member(case, "Amina")
    stand_in(AMAL.email, for_=BERND.email)
    other = open_a_case(BERND.email, family="Darwisch")
    where = {
        "case": f"/faelle/{case.id}/",
        "fristen": f"/faelle/{case.id}/fristen/",
        "person": f"/faelle/{case.id}/personen/{case.person_id}/",
    }.get(path, path)
    found = []
    for count in (1, 20):
        for n in range(count):
            for days in (-1, 5, 60, 150):
                in_days(case, by, days + n % 5)
                in_days(other, actor_of(BERND.email), days + n % 5)
        found.append(statements(AMAL.email, where)[0])
    assert found[0] == found[1]


# ---------- one case ----------


def test_the_case_and_the_person_say_what_is_in_sight(case, by, amal):
    amina = add_member(case, "Amina")
    in_days(case, by, 5)
    in_days(case, by, 6, persons=[amina.id], kind="course_claim", subject="")
    in_days(case, by, 181, kind="goal", subject="Noch weit")
    page = text_of(amal.get(f"/faelle/{case.id}/"))
    assert "Bewilligung der Leistung endet" in page and "Anspruch auf den Integrationskurs" in page
    assert "Noch weit" not in page
    hers = text_of(amal.get(f"/faelle/{case.id}/personen/{amina.id}/"))
    assert "Anspruch auf den Integrationskurs" in hers and "Bewilligung der Leistung" not in hers
    assert "Noch weit" in text_of(amal.get(f"/faelle/{case.id}/fristen/"))
    only_hers = text_of(amal.get(f"/faelle/{case.id}/personen/{amina.id}/fristen/"))
    assert "Anspruch auf den Integrationskurs" in only_hers and "Noch weit" not in only_hers
    stranger = open_a_case(family="Fremd")
    assert amal.get(f"/faelle/{case.id}/personen/{stranger.person_id}/fristen/").status_code == 404


def test_a_confidential_one_stands_only_on_her_own_confidential_page(case, by, amal):
    add_member(case, "Amina")
    in_days(case, by, 5, kind="goal", subject="Heimlich", confidential=True)
    here = f"/faelle/{case.id}/"
    for path in ("", "fristen/", f"personen/{case.person_id}/", f"personen/{case.person_id}/fristen/"):
        assert "Heimlich" not in text_of(amal.get(here + path)), path
    assert "Heimlich" in text_of(amal.get(f"{here}personen/{case.person_id}/vertraulich/"))
    assert "vertraulicher Faden" in text_of(amal.get("/tag/"))


def test_the_next_step_may_be_a_frist(case, by, amal):
    in_days(case, by, -5)
    files = f"/faelle/{case.id}/dokumente/"
    assert "Nichts geplant." in text_of(amal.get(files)), "what has passed is no next step"
    row = in_days(case, by, 5, kind="course_claim", subject="")
    for path in (files, f"/faelle/{case.id}/"):
        html = amal.get(path).content.decode()
        banner = html.split("f-client__next")[1].split("</p>")[0]
        assert f"/fristen/{row.id}/" in banner and "Anspruch auf den Integrationskurs" in banner


def test_ending_one_and_taking_it_back(case, by, amal):
    row = in_days(case, by, 5)
    where = f"/faelle/{case.id}/fristen/{row.id}/"
    refused = amal.post(where, keyed(because="passed", words=""))
    assert refused.status_code == 422 and "warum" in text_of(refused)
    assert amal.post(where, keyed(because="gone")).status_code == 422
    assert amal.post(where, keyed(because="passed", words="Mit ihr besprochen.")).status_code == 303
    assert "SGB II" not in text_of(amal.get("/tag/"))
    page = text_of(amal.get(where))
    assert "verstrichen, Folgen besprochen: Mit ihr besprochen." in page and "Amal Testin" in page
    assert "Mit ihr besprochen." in text_of(amal.get(f"/faelle/{case.id}/fristen/"))
    assert amal.post(f"{where}offen/", keyed()).status_code == 303
    assert "SGB II" in text_of(amal.get("/tag/"))


def test_what_is_gone_is_not_taken_back_by_hand(case, by, amal):
    from faden.cases.actions import deadlines
    from faden.kernel import clock

    row = in_days(case, by, 5)
    with within(by):
        deadlines.end_for(row.reference, at=clock.now())
    where = f"/faelle/{case.id}/fristen/{row.id}/"
    assert "Wieder aufnehmen" not in text_of(amal.get(where))
    amal.post(f"{where}offen/", keyed())
    assert only_row(case, by).ended_because == "gone"


def test_every_kind_leads_to_where_it_comes_from(case, by, amal):
    from faden.cases.vocabulary.deadline import DeadlineKind

    for kind in DeadlineKind:
        row = in_days(case, by, 5, kind=kind, subject="")
        assert amal.get(f"/faelle/{case.id}/fristen/{row.id}/").status_code == 200, kind
    page = amal.get("/fristen/").content.decode()
    assert len(re.findall(r"ansehen<span", page)) == len(DeadlineKind)
    for address in set(re.findall(r'<a class="f-link" href="(/faelle/[^"]+)">ansehen', page)):
        # What stands behind it was never made here.
        expected = 404 if any(part in address for part in ("schritte", "bescheide", "dokumente/", "erklaerungen/", "vermittlungen/")) else 200
        assert amal.get(address).status_code == expected, address


def test_after_the_leave_the_case_is_read_only_and_so_are_they(case, by, amal):
    from faden.cases.models import Case

    row = noted(case, by, due_on=today() + 5 * DAY)
    with within(by):
        Case.objects.filter(id=case.id).update(phase="closed")
    where = f"/faelle/{case.id}/fristen/{row.id}/"
    assert "Frist beenden" not in text_of(amal.get(where))
    assert amal.post(where, keyed(because="done")).status_code == 403


# ---------- steps of chains ----------


def chain_in(case, by, title="Bei der Bank anrufen"):
    from faden.chains.actions.start import Begin, FreeStep, start_free
    from faden.kernel import clock

    with within(by):
        start_free(
            "Konto", "benefits", [FreeStep(title)], Begin(case.person_id, today()), case=case, by=by, at=clock.now()
        )


def test_steps_that_lie_with_us_stand_on_my_day_and_on_the_deputys(case, by, amal):
    chain_in(case, by)
    assert "Bei der Bank anrufen" in text_of(amal.get("/tag/"))
    bernd = signed_in(BERND.email)
    assert "Bei der Bank anrufen" not in text_of(bernd.get("/tag/"))
    stand_in()
    page = text_of(bernd.get("/tag/"))
    assert "Schritte in Ketten, in Vertretung für Amal Testin" in page and "Bei der Bank anrufen" in page
    agree_anew(case, to_substitute=False)
    assert "Bei der Bank anrufen" not in text_of(bernd.get("/tag/"))


def test_of_a_protected_family_only_that_there_is_a_step(case, by, amal):
    chain_in(case, by)
    protect(case, by)
    page = text_of(amal.get("/tag/"))
    assert "Bei der Bank" not in page and "Schritte in Ketten" in page and case.number in page
