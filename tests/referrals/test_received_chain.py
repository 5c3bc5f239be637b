"""A shared chain in the inbox of the participant: reporting on its own steps, asking on the others, round and back."""

import re
from datetime import timedelta

import pytest

from tests.case_making import acting, open_a_case
from tests.chains.making import Hand, begin, step
from tests.chains.sharing import PETRA, Sharing
from tests.desk_client import keyed, signed_in, text_of
from tests.referrals.sending import AMAL, work

CEM, TILDA = "cem@drk-gronau.example", "tilda@drk-gronau.example"
SIDES = [(CEM, "/eingang/"), (PETRA, "/partner/zustellungen/")]


@pytest.fixture(params=SIDES, ids=["desk", "partner"])
def shared(request, own_database):
    """A chain of three steps; the second lies with them. Returns (sharing, their browser, where it is read)."""
    email, begins = request.param
    case = open_a_case(AMAL)
    chain = begin(case, step("anmelden"), step("platz"), step("besuchen", "platz"))
    sharing = Sharing(Hand(case), chain, with_=email).begin("platz")
    return sharing, signed_in(email), begins


def address(sharing, begins, code=""):
    one = f"{begins}{sharing.copies()[0].id}/"
    return f"{one}schritte/{code}/" if code else one


def reported(client, page, **values):
    """Through the page, with how the step stood on it."""
    form = client.get(page).content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', form)[1]
    since = re.search(r'name="since_on" value="([^"]*)"', form)[1]
    return client.post(page, keyed(seen=seen, since_on=since, **values))


def test_a_place_from_a_day_shows_on_both_sides(shared):
    sharing, client, begins = shared
    from faden.kernel import clock

    assert "Ihr Schritt" in text_of(client.get(address(sharing, begins)))
    day, first = clock.today() + timedelta(days=30), address(sharing, begins)
    answer = reported(client, address(sharing, begins, "platz"), state="waiting_person", due_on=day.isoformat(), words="Platz ist frei.")
    assert answer.status_code == 303
    work()
    assert sharing.hand.row("platz").state == "waiting_person"
    page = text_of(client.get(first))
    assert "Fassung 2" in page, "an older address leads to what counts now"
    assert "Platz: wartet auf Person (vorher:" in page and f"bis {day:%d.%m.%Y}" in page
    case = text_of(signed_in(AMAL).get(f"/faelle/{sharing.hand.case.id}/"))
    assert "Platz" in case


def test_what_happened_meanwhile_is_told_and_nothing_is_overwritten(shared):
    sharing, client, begins = shared
    page = address(sharing, begins, "platz")
    form = client.get(page).content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', form)[1]
    since = re.search(r'name="since_on" value="([^"]*)"', form)[1]
    sharing.hand.finish("platz")
    late = client.post(page, keyed(seen=seen, since_on=since, state="blocked", reason="no_place"))
    assert late.status_code == 409 and "inzwischen geändert" in text_of(late)
    work()
    assert sharing.hand.row("platz").state == "done"


def test_a_change_elsewhere_does_not_disturb(shared):
    sharing, client, begins = shared
    page = address(sharing, begins, "platz")
    form = client.get(page).content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', form)[1]
    since = re.search(r'name="since_on" value="([^"]*)"', form)[1]
    sharing.hand.finish("anmelden")
    assert client.post(page, keyed(seen=seen, since_on=since, state="done")).status_code == 303
    work()
    assert sharing.hand.row("platz").state == "done"


def test_on_the_others_one_asks_and_does_not_report(shared):
    sharing, client, begins = shared
    page = address(sharing, begins, "anmelden")
    assert "liegt nicht bei Ihnen" in text_of(client.get(page))
    refused = client.post(page, keyed(seen="", since_on="2026-01-01", state="done"))
    assert refused.status_code == 200 and "liegt nicht bei Ihnen" in text_of(refused)
    empty = client.post(f"{page}gespraech/", keyed(kind="question", talk=" "))
    assert empty.status_code == 422
    assert client.post(f"{page}gespraech/", keyed(kind="question", talk="Ist sie angemeldet?")).status_code == 303
    work()
    assert sharing.hand.row("anmelden").state == "ready"
    assert "Ist sie angemeldet?" in text_of(client.get(address(sharing, begins, "anmelden")))
    assert [(said.kind, said.words) for said in sharing.reports()] == [("question", "Ist sie angemeldet?")]


@pytest.mark.parametrize(
    ("values", "says"),
    [({"state": "blocked"}, "woran es hakt"), ({"state": "open"}, "Wie steht es?"), ({"state": "blocked", "reason": "health"}, "Woran hakt es?"),
     ({"state": "done", "since_on": "2199-01-01"}, "liegt in der Zukunft")],
)  # fmt: skip
def test_what_does_not_fit_comes_back_with_a_sentence(shared, values, says):
    sharing, client, begins = shared
    page = address(sharing, begins, "platz")
    form = client.get(page).content.decode()
    kept = {"since_on": re.search(r'name="since_on" value="([^"]*)"', form)[1], "words": "Wir warten noch."}
    seen = re.search(r'name="seen" value="([^"]*)"', form)[1]
    answer = client.post(page, keyed(**{"seen": seen, **kept, **values}))
    assert answer.status_code == 422 and says in text_of(answer) and "Wir warten noch." in text_of(answer)


def test_notes_and_what_is_hidden_never_reach_the_page(shared):
    from faden.cases.actions import contact_notes
    from faden.kernel import clock

    sharing, client, begins = shared
    with acting(AMAL) as by:
        said = contact_notes.Contact(clock.now(), "office", "Rathaus", 45, "ar", "phone", ("work",), "Ganz geheime Notiz")
        contact_notes.record(said, case=sharing.hand.case, by=by, at=clock.now())
    sharing.hand.finish("anmelden")
    html = client.get(address(sharing, begins)).content.decode()
    assert "erledigt" in html and "geheim" not in html and "Rathaus" not in html


def test_after_the_end_there_is_nothing_to_read_or_to_say(shared):
    sharing, client, begins = shared
    one, page = address(sharing, begins), address(sharing, begins, "platz")
    sharing.withdraw()
    assert [client.get(one).status_code, client.get(page).status_code] == [404, 404]
    posts = [client.post(page, keyed(state="done")), client.post(f"{page}gespraech/", keyed(kind="question", talk="Wie geht es ihr?"))]
    assert [answer.status_code for answer in posts] == [404, 404]
    listed = text_of(client.get("/eingang/" if begins == "/eingang/" else "/partner/"))
    assert "Laufende Freigabe einer Integrationskette von Caritas Ahaus" in listed and "Probe" not in listed and "Schewtschenko" not in listed


def test_an_earlier_copy_in_the_file_asks_for_a_decision_when_the_consent_ends(shared):
    sharing, client, begins = shared
    filed = sharing.files()
    sharing.hand.finish("anmelden")
    old, new = f"{begins}{filed.id}/", address(sharing, begins)
    assert "Fassung 1" in text_of(client.get(new)) and "Über die Löschung" not in text_of(client.get(old))
    sharing.withdraw()
    assert "Über die Löschung entscheiden" in text_of(client.get(old))
    assert "Über die Löschung entscheiden" in text_of(client.get(new)), "the newer one is gone, what is left is the filed one"
    words = "Aufbewahrung nach den Regeln des Kursträgers"
    assert client.post(f"{old}loeschung/", keyed(decision="kept", words=words)).status_code == 303
    assert words in text_of(client.get(old))


def test_who_takes_it_from_a_page_that_is_older_than_the_newest_copy(shared):
    from uuid import UUID

    from faden.kernel.rls import opened_for
    from faden.referrals.models import Assignment

    sharing, client, begins = shared
    older, me = address(sharing, begins), sharing.them.membership_id
    sharing.hand.finish("anmelden")
    assert client.post(f"{older}zuteilung/", keyed(member=me)).status_code == 303
    with opened_for(sharing.them, write=False):
        assert list(Assignment.objects.values_list("member_id", flat=True)) == [UUID(me)]
