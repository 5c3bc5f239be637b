"""Warum sehe ich das: each page that opens says by which rule, and the words change with the ground."""


import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.case_making import acting, open_a_case
from tests.cases.test_emergencies import WORDS, break_glass
from tests.cases.test_substitutions import stand_in
from tests.cast import AMAL, BERND, DILAN, LENA
from tests.desk_client import keyed, signed_in
from tests.kernel.addresses import desk
from tests.pages.addresses import PAGES, address, client_of
from tests.pages.world import plant

# What is handed to the client or printed for her, without the desk's frame.
PAPERS = {"sheet", "sheet-confidential", "sheet-texts", "sheet-texts-confidential", "plan-paper", "residence-paper", "plan-paper-confidential"}


@pytest.fixture
def case(own_database):
    return open_a_case()


def why(email, where):
    """The sentences of the element, with the page's status."""
    answer = signed_in(email).get(where)
    page = answer.content.decode()
    found = page.partition('<details class="f-more f-why">')[2].partition("</details>")[0]
    return [line.partition("</li>")[0] for line in found.split("<li>")[1:]]


def opened_by_lead(case, reason):
    assert signed_in(LENA.email).post(f"/team/faelle/{case.id}/oeffnen/", keyed(reason=reason, words="")).status_code == 303


def test_the_words_change_with_the_ground(case):
    where = f"/faelle/{case.id}/"
    assert why(AMAL.email, where) == ["Sie führen diesen Fall.", "Sie können hier lesen und schreiben."]
    opened_by_lead(case, "supervision")
    assert why(LENA.email, where) == [
        "Geöffnet als Teamleitung: Fachaufsicht.", "Sie haben diesen Fall nur zum Lesen geöffnet.",
    ]  # fmt: skip
    opened_by_lead(case, "substitution")
    assert why(LENA.email, where)[0] == "Geöffnet als Teamleitung: Vertretung."
    break_glass(case)
    assert why(BERND.email, where)[0].startswith("Sie haben diesen Fall im Notzugriff geöffnet, bis ")
    assert WORDS in why(BERND.email, where)[0]
    stand_in()
    assert why(BERND.email, where)[0].startswith("Sie vertreten Amal Testin bis ")


def test_each_part_says_why_it_opens(case):
    person = f"/faelle/{case.id}/personen/{case.person_id}/"
    assert why(AMAL.email, person + "vertraulich/")[1].startswith("Der vertrauliche Faden gehört zum Fall.")
    assert len(why(AMAL.email, person)) == 2


def test_the_officer_in_a_confirmed_matter(case):
    from faden.kernel import clock
    from faden.oversight.actions import ask, confirm
    from faden.oversight.vocabulary import Occasion

    with acting(DILAN.email) as by:
        matter = ask(number=case.number, occasion=Occasion.COMPLAINT, words="Beschwerde", by=by, on=clock.today(), at=clock.now())
    with acting(LENA.email) as by:
        confirm(matter, by=by, on=clock.today(), at=clock.now())
    assert why(DILAN.email, f"/faelle/{case.id}/")[0] == "Bestätigte Auswertung zu diesem Fall."


def test_every_page_below_a_case_has_a_reason(own_database):
    """All pages below a case that the tests of pages know, as whoever may open them."""
    from faden.desk.door import Sees

    planted, doors = plant(), desk()
    below = [name for name in PAGES if (door := doors.get(name.partition(":")[0])) and door[0][0] is Sees.CASE]
    clients = {who: client_of(who) for who in {PAGES[name][0] for name in below}}
    answers = {name: clients[PAGES[name][0]].get(address(name, planted)).content.decode() for name in below}
    without = {name.partition(":")[0] for name, page in answers.items() if 'class="f-more f-why"' not in page}
    assert without <= PAPERS and len(answers) > 100


# ---------- the rule ----------


@given(st.permutations(["caseload", "substitution", "emergency", "supervision", "oversight"]), st.integers(1, 5))
def test_whoever_gets_in_is_told_by_which_way(ways, number):
    """Of any ways that stand open, the first in the order of the rules is taken, and its words are told."""
    from faden.cases import policies
    from faden.cases.queries.access import CaseAccess
    from faden.cases.vocabulary.case import Part
    from faden.kernel.verdict import no

    class Nothing:
        phase = "assessment"

    standing = set(ways[:number])
    order = ["caseload", "substitution", "emergency", "supervision", "oversight"]
    said = [
        CaseAccess(Nothing(), code, f"weil {code}", may_write=False) if code in standing else no("")  # type: ignore[arg-type]
        for code in order
    ]
    first = next(one for one in said if isinstance(one, CaseAccess))
    assert policies.why(first, Part.CASE)[0] == f"weil {next(code for code in order if code in standing)}"
