"""The pages of integration chains: what they cost, what they keep back, and that a preview writes nothing."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from faden.kernel import clock
from tests.case_making import add_member, open_a_case
from tests.cast import AMAL
from tests.chains.making import Hand, begin, step
from tests.desk_client import keyed, signed_in, text_of
from tests.pages.test_statement_counts import statements


@pytest.fixture
def case(own_database):
    return open_a_case()


@pytest.fixture
def amal(case):
    return signed_in(AMAL.email)


def row(count, *, ago=50, case=None, **more):
    """A chain of so many steps, each after the one before."""
    codes = [f"s{n}" for n in range(count)]
    waiting = zip(codes, [None, *codes], strict=False)
    return begin(case, *(step(code, *filter(None, [before]), usual_days=7) for code, before in waiting), ago=ago, **more)


def at(case, chain=None, *rest):
    return "/".join(["/faelle", str(case.id), "ketten", *([str(chain.id)] if chain else []), *rest]) + "/"


def test_pages_cost_the_same_for_one_step_and_thirty(case):
    def costs(case, count):
        chain, hers = row(count, case=case), f"/faelle/{case.id}/personen/{case.person_id}/"
        step = at(case, None, "schritte", str(Hand(case).row("s0").id))
        paths = (at(case, chain), at(case), f"{hers}ketten/", step, f"{step}reihenfolge/", f"{hers}blatt/?umfang=voll")
        return [statements(AMAL.email, path)[0] for path in paths]

    one = costs(case, 1)
    assert costs(open_a_case(family="Kabbani"), 30) == one


def test_the_case_page_costs_the_same_for_one_chain_and_three(case):
    row(1, case=case)
    one, _answer = statements(AMAL.email, f"/faelle/{case.id}/")
    for n in (2, 3):
        row(20, case=case, code=f"probe{n}")
    three, answer = statements(AMAL.email, f"/faelle/{case.id}/")
    assert one == three
    assert answer.content.decode().count("0 von 20 Schritten") == 2


def test_what_is_confidential_stands_on_her_confidential_page_only(case, amal):
    child = add_member(case, "Noor")
    row(2, case=case, confidential=True, title="Nur für sie")
    row(2, case=case, person=child.id, code="two", title="Des Kindes")
    base = f"/faelle/{case.id}/"
    hers = f"{base}personen/{case.person_id}/"
    for path in (base, f"{base}ketten/", f"{base}familie/", hers, f"{hers}ketten/", f"{hers}blatt/?umfang=voll", f"{base}personen/{child.id}/"):
        assert "Nur für sie" not in text_of(amal.get(path)), path
    for path in (f"{hers}vertraulich/", f"{hers}vertraulich/ketten/"):
        said = text_of(amal.get(path))
        assert "Nur für sie" in said and "Des Kindes" not in said, path


def test_a_person_of_another_case_has_no_chains_here(case, amal):
    other = open_a_case(family="Kabbani")
    chain = row(1, case=other)
    for path in ("", "vertraulich/"):
        assert amal.get(f"/faelle/{case.id}/personen/{other.person_id}/{path}ketten/").status_code == 404
    for path in (at(case, chain), at(case, chain, "ende"), at(case, None, "schritte", str(Hand(other).row("s0").id)), at(case, None, "schritte", str(uuid4()))):
        assert amal.get(path).status_code == 404


def bend(client, path, version, **values):
    return client.post(path, keyed(version=version, because="Ist so", reason="client_wish", **values))


def hidden(answer, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    return found[1] if found else ""


def test_dropping_shows_first_what_becomes_ready_and_writes_nothing(case, amal):
    chain = row(3, case=case)
    hand = Hand(case)
    first = hand.row("s0")
    path = at(case, None, "schritte", str(first.id), "entfaellt")
    shown = bend(amal, path, first.version)
    assert shown.status_code == 200
    assert "S1: offen → bereit" in text_of(shown) and "S2" not in text_of(shown).partition("Das ändert sich")[2]
    assert hand.row("s0") == first and hand.row("s1").state == "open"
    # Saving other values than the preview showed is a preview again.
    again = bend(amal, path, first.version, speichern="1", gesehen=hidden(shown, "gesehen"), until=(clock.today() + timedelta(days=9)).isoformat())
    assert again.status_code == 200 and hand.row("s0").state == "ready"
    saved = bend(amal, path, first.version, speichern="1", gesehen=hidden(shown, "gesehen"))
    assert saved.status_code == 303 and saved["Location"].startswith(at(case, chain))
    assert [hand.row(code).state for code in ("s0", "s1", "s2")] == ["dropped", "ready", "open"]


def test_a_loop_is_named_and_what_was_ticked_stays(case, amal):
    row(3, case=case)
    hand = Hand(case)
    first, last = hand.row("s0"), hand.row("s2")
    answer = bend(amal, at(case, None, "schritte", str(first.id), "reihenfolge"), first.version, after=str(last.id), join="all")
    assert answer.status_code == 422
    assert "wartet die Kette auf sich selbst" in text_of(answer)
    assert re.search(rf'value="{last.id}"[^>]*checked', answer.content.decode())


@pytest.mark.parametrize(
    ("typed", "days"),
    [({"days": "14"}, 14), ({"until": 21}, 21), ({"until": 21, "days": "14"}, 21), ({"until": 21, "days": "14", "gezeigt": 21}, 14)],
    ids=["days", "a day", "both", "days changed after a preview"],
)
def test_days_and_day_compute_each_other_without_script(case, amal, typed, days):
    row(2, case=case)
    first = Hand(case).row("s0")
    sent = {name: (clock.today() + timedelta(days=v)).isoformat() if isinstance(v, int) else v for name, v in typed.items()}
    answer = bend(amal, at(case, None, "schritte", str(first.id), "aussetzen"), first.version, **sent)
    until = clock.today() + timedelta(days=days)
    html = answer.content.decode()
    assert f"Ausgesetzt bis {until:%d.%m.%Y}, das sind {days} Tage." in html
    assert re.search(rf'name="until" value="{until.isoformat()}"', html) and re.search(rf'name="days" value="{days}"', html)
    assert Hand(case).row("s0").suspended_until is None


def test_a_block_needs_its_reason_and_keeps_the_words(case, amal):
    row(1, case=case)
    first = Hand(case).row("s0")
    said = {"state": "blocked", "since": clock.today().isoformat(), "words": "Sie warten auf den Brief."}
    answer = amal.post(at(case, None, "schritte", str(first.id)), keyed(version=first.version, **said))
    assert answer.status_code == 422
    assert "Bitte wählen Sie, woran es hängt." in text_of(answer) and "Sie warten auf den Brief." in text_of(answer)
    assert Hand(case).row("s0").state == "ready"


def test_the_second_of_two_learns_what_the_first_did(case, amal):
    row(1, case=case)
    hand = Hand(case)
    seen = hand.row("s0").version
    hand.finish("s0")
    path = at(case, None, "schritte", str(hand.row("s0").id))
    said = {"state": "waiting_person", "since": clock.today().isoformat()}
    assert amal.post(path, keyed(version=seen, **said)).status_code == 409


def test_a_structural_finding_begins_with_what_stalled_and_nobody(case, amal):
    from faden.chains.actions.steps import block

    begin(case, step("s0", holder="agency", agency_kind="abh", life_area="residence"))
    Hand(case).do(block, "s0", reason="processing", since=clock.today())
    link = re.search(r'href="([^"]*strukturhinweise/neu/[^"]*)"', amal.get(at(case, chain_of(case))).content.decode())[1].replace("&amp;", "&")
    html = amal.get(link).content.decode()
    for value in ("processing", "residence"):
        assert re.search(rf'<option value="{value}" selected', html)
    assert 'value="Ausländerbehörde"' in html


def chain_of(case):
    from faden.chains.models import Chain
    from faden.kernel.rls import opened_for

    with opened_for(Hand(case).by, write=False):
        return Chain.objects.get(case=case)
