"""A Schutzvermerk: every address, everybody of the cast, and everything that leaves the pages, searched for the secret."""

import re
from typing import Any

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from faden.desk.door import Sees
from tests import databases
from tests.cast import AMAL, BERND, CAST, LENA, everybody
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.pages.addresses import FRESH, NOBODY, PAGES, POSTS, address, named
from tests.pages.protected_world import ADDRESS, EVERYTHING, KINDS, NAMES, TOWN, WORDS, plant_protected
from tests.pages.world import plant
from tests.telling import told

# Where a secret may stand, for Amal who works with her. Everybody else: nowhere.
# Names and words: on every page below her case, which the one who works with her has opened.
ALLOWED_ADDRESS = {
    "protected-address": "the click that shows the address, a look of its own",
    "protected-address-change": "the form that corrects it, the same look",
}
ALLOWED_TOWN = {
    **ALLOWED_ADDRESS,
    "person-change": "the form that changes it",
    "entry": "the form that notes the first address here",
}
ALLOWED_KIND = {
    "protection": "the page of the mark itself",
    "protection-end": "the second look before it ends",
}
# The overview of the county names all its towns to everybody who may see it; an offer's form, for whose people it is.
TOWNS_OF_THE_COUNTY = {"overview", "directory-new", "directory-change", "own-offers-new", "own-offers-change"}
# Paper is left lying about: nothing of her on a sheet, her own included.
NOTHING_ON = {"sheet", "sheet:protected"}


@pytest.fixture(scope="module")
def planted(module_database):
    return {**plant(), **plant_protected(), "database": module_database}


@pytest.fixture
def superuser(planted):
    """Past all row policies: everything that stands in the database."""
    with psycopg.connect(databases.server().dsn("postgres", planted["database"])) as direct:
        yield direct


def visible(answer: Any) -> str:
    """What a page says; choices that nobody has chosen say nothing about her."""
    html = answer.content.decode(errors="replace")
    html = re.sub(r"<option(?![^>]*\bselected\b)[^>]*>[^<]*</option>", "", html)
    return html.lower()


def allowed(who: str, name: str) -> list[str]:
    """The secrets that this page may tell this person."""
    view = named()[name.partition(":")[0]]
    if name in TOWNS_OF_THE_COUNTY:
        return TOWN
    sees_case = getattr(view, "door", (None,))[0] is Sees.CASE
    if who != "Amal" or not sees_case or name in NOTHING_ON:
        return []
    more = ((ADDRESS, ALLOWED_ADDRESS), (TOWN, ALLOWED_TOWN), (KINDS, ALLOWED_KIND))
    return [*NAMES, *WORDS, *(word for words, pages in more if name in pages for word in words)]


def walk(planted: dict[str, Any], names: list[str], who: dict[str, Client]) -> dict[tuple[str, str], Any]:
    """Every answer: (who, address's name) to what came."""
    return {
        (person, name): ask(client, name, planted) for person, client in who.items() for name in names
    }


def ask(client: Client, name: str, planted: dict[str, Any]) -> Any:
    path = address(name, planted)
    return client.post(path, keyed()) if name in POSTS else client.get(path)


def leaks(answers: dict[tuple[str, str], Any]) -> dict[tuple[str, str], list[str]]:
    found = {
        key: sorted(set(told(visible(answer), EVERYTHING)) - set(allowed(*key)))
        for key, answer in answers.items()
    }
    return {key: words for key, words in found.items() if words}


def pages() -> list[str]:
    """Every address that somebody signed in may look at."""
    return [name for name, (who, _kwargs) in PAGES.items() if who not in (NOBODY, FRESH)]


def test_no_address_tells_anybody(planted):
    answers = walk(planted, pages(), everybody())
    assert leaks(answers) == {}
    assert {who for who, _name in answers} == CAST.keys()
    # It would have been seen: her pages are there, and say who she is.
    for name in ("case", "person", "facts", "family", "protection", "assessment", "network", "papers", "task"):
        assert answers["Amal", name].status_code == 200, name
        assert told(visible(answers["Amal", name]), NAMES), name
    for name in ("day", "caseload", "search", "inquiries"):
        assert answers["Amal", name].status_code == 200, name
    assert "geschützte person" in visible(answers["Amal", "caseload"])
    assert "geschützte person" in visible(answers["Amal", "day"])


def test_no_title_of_a_window_tells_who_it_is(planted):
    answers = walk(planted, pages(), {"Amal": signed_in(AMAL.email)})
    found = {
        name: words
        for (_who, name), answer in answers.items()
        for title in re.findall(r"<title>(.*?)</title>", visible(answer), re.S)
        if (words := told(title, EVERYTHING))
    }
    assert found == {}


def test_her_husbands_pages_and_sheet_do_not_tell_where_she_is(planted):
    """Hers and his address are one; his title is derived from hers."""
    husband = {**planted, "person": planted["husband"], "member": planted["husband"]}
    names = ["person", "sheet", "facts", "fact-history", "person-change", "arrival", "family", "protection"]
    amal = {"Amal": signed_in(AMAL.email)}
    kinds = ({**husband, "kind_residence": kind} for kind in ("address", "residence", "occupation"))
    for place in (husband, *kinds):
        answers = walk(place, names, amal)
        assert {name: told(visible(a), ADDRESS) for (_who, name), a in answers.items()} == dict.fromkeys(names, [])
        sheet = visible(answers["Amal", "sheet"])
        assert "ottokar" in sheet and told(sheet, ["xanthippe", "ksantippa", *TOWN, *WORDS, *KINDS]) == []


def test_the_history_of_her_address_does_not_tell_it(planted):
    place = {**planted, "kind_residence": "address", "fact_residence": planted["fact_address"]}
    answers = walk(place, ["fact-history", "fact-end", "fact-new"], {"Amal": signed_in(AMAL.email)})
    assert [told(visible(answer), ADDRESS) for answer in answers.values()] == [[], [], []]
    to_correct = signed_in(AMAL.email).get(address("fact", place))
    assert to_correct.headers["Location"] == address("protected-address-change", planted)


def test_no_answer_to_an_empty_form_tells_anybody(planted):
    """Last: it marks tasks as done and takes people out of groups."""
    names = sorted(POSTS, key=lambda name: name == "role-leaving")
    answers = walk(planted, names, everybody())
    assert leaks(answers) == {}
    shown = answers["Amal", "protected-address"]
    assert shown.status_code == 200 and told(visible(shown), ADDRESS) == ADDRESS


@pytest.mark.parametrize("typed", ["Quittenbaum", "Xanthippe", "Ксантиппа", "Kvittenbaum", "Hagebutte", "Ottokar"])
def test_a_search_finds_her_for_amal_without_a_word_and_for_nobody_else(planted, typed):
    for who in (AMAL, BERND, LENA):
        client = signed_in(who.email)
        for path, field in (("/suche/ergebnis/", "name"), ("/suche/kandidaten/", "family")):
            answer = client.post(path, {field: typed})
            said = visible(answer).replace(f'value="{typed.lower()}"', "")
            assert told(said, EVERYTHING) == [], (who.email, path)
            assert ("geschützte person" in said or planted["number"].lower() in said) is (
                who is AMAL and (typed != "Hagebutte" or field == "name")
            ), (who.email, path)


def test_opening_a_case_for_her_again_shows_a_colleague_nobody(planted):
    values = {"family": "Quittenbaum", "given": "Xanthippe", "born": "29.03.1987"}
    for who in (AMAL, BERND):
        answer = signed_in(who.email).post("/faelle/neu/", keyed(**values))
        assert answer.status_code == 422
        assert ("Geschützte Person" in text_of(answer)) is (who is AMAL)
        assert (planted["number"] in text_of(answer)) is (who is AMAL)


def test_a_known_id_is_not_enough(planted):
    """To open a case for her, or to take her into one's own."""
    from tests.case_making import open_a_case

    bernd = signed_in(BERND.email)
    assert bernd.get(f"/personen/{planted['person']}/fall/").status_code == 404
    own = open_a_case(BERND.email, family="Eigener")
    answer = bernd.post(f"/faelle/{own.id}/familie/aufnehmen/", keyed(known_person=str(planted["person"])))
    assert answer.status_code == 404


def test_no_filter_or_order_of_the_caseload_gives_her_away(planted):
    from faden.cases.vocabulary.caseload import CaseOrder

    amal = signed_in(AMAL.email)
    page = text_of(amal.get("/faelle/"))
    assert planted["number"] in page
    options = amal.get("/faelle/").content.decode()
    assert "05554032" not in options, "her town can be chosen"
    assert 'value="ka"' not in options, "her language can be chosen"
    for order in CaseOrder.values:
        assert told(visible(amal.get(f"/faelle/?sortierung={order}&order={order}")), EVERYTHING) == []


def test_what_leaves_the_pages_tells_nothing(planted, superuser):
    """The queue, the logs of deeds and looks, sessions, mail: whatever the walks above have left there."""
    from faden.casework.actions.protection import remind
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    by = actor_of(AMAL.email)
    with opened_for(by, write=True):
        remind(by=by, on=clock.today(), at=clock.now())
    for table in (
        "procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "cache_entries",
        "kernel_auditevent", "kernel_look", "kernel_auditblock", "kernel_submission", "usersessions_usersession",
        "organisations_listsetting", "findings_structuralfinding",
    ):  # fmt: skip
        query = f"SELECT coalesce(string_agg(t::text, '|'), '') FROM {table} AS t"
        rows = superuser.execute(query).fetchone()[0].lower()
        assert told(rows, EVERYTHING) == [], table
    assert superuser.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()[0] > 0
    assert told(str([session.get_decoded() for session in Session.objects.all()]).lower(), EVERYTHING) == []
    assert told("".join(str(sent.message()) for sent in mail.outbox).lower(), EVERYTHING) == []


def test_the_log_of_the_server_tells_nothing(planted, caplog):
    amal = signed_in(AMAL.email)
    with caplog.at_level("DEBUG"):
        for name in ("case", "person", "caseload", "day", "protection"):
            amal.get(address(name, planted))
        amal.post("/suche/ergebnis/", {"name": "Quittenbaum"})
    ours = [record for record in caplog.records if not record.name.startswith("django.template")]
    assert ours and told(" ".join(str(record.msg) + str(record.args) for record in ours).lower(), EVERYTHING) == []


def test_without_the_mark_all_of_this_would_be_seen(own_database):
    """What this file looks for can be found: otherwise it would prove nothing."""
    planted = {**plant(), **plant_protected(marked=False)}
    answers = walk(planted, pages(), {"Amal": signed_in(AMAL.email), "Bernd": signed_in(BERND.email)})
    found = {name for _who, name in leaks(answers)}
    assert {"caseload", "day", "sheet", "person", "inquiries", "inquiry"} <= found
    said = visible(signed_in(BERND.email).post("/suche/ergebnis/", {"name": "Kvitenbaum"}))
    assert "quittenbaum" in said
