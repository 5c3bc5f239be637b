"""The service's list of life areas: dated, its own, and old entries keep their word."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.cases.rules import life_areas as rules
from faden.cases.rules.life_areas import Change, Words
from faden.cases.vocabulary.life_area import LifeArea
from tests.case_making import open_a_case
from tests.cast import AMAL, CEM, LENA
from tests.desk_client import actor_of, keyed, signed_in, text_of

DAY = date(2026, 3, 1)
LATER = date(2026, 6, 1)
HOUSE = Change("housing", "Wohnen und Nachbarschaft", "housing", 250, LATER)
OWN = Change("own-1", "Ehrenamt", "participation", 260, DAY)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@st.composite
def changes(draw):
    """What a service may have done to its list: at most one change of a code a day, an end not before it began."""
    code = st.sampled_from([*LifeArea.values, "own-1", "own-2"])
    keys = draw(st.lists(st.tuples(code, days), unique=True, max_size=12))
    ends = st.none() | st.integers(0, 400)
    return [
        Change(code, f"Wort {n}", code if code in LifeArea.values else "work", draw(st.integers(0, 2000)), day,
               None if (end := draw(ends)) is None else day + timedelta(days=end))
        for n, (code, day) in enumerate(keys)
    ]  # fmt: skip


# ---------- rules ----------


def test_without_changes_it_is_the_programmes_list():
    offered = rules.offered([], DAY)
    assert [area.code for area in offered] == LifeArea.values
    assert {area.counts_as for area in offered} == set(LifeArea.values)
    assert not any(area.is_own for area in offered)


def test_a_change_holds_from_its_day_on():
    before, after = (rules.offered([HOUSE, OWN], day) for day in (LATER - timedelta(days=1), LATER))
    assert {area.code: area.label for area in before}["housing"] == "Wohnen"
    assert {area.code: area.label for area in after}["housing"] == "Wohnen und Nachbarschaft"
    assert [area.code for area in after][:4] == ["residence", "orientation", "housing", "own-1"]


def test_the_last_day_is_a_day_of_the_list():
    ended = Change("debts", "Schulden", "debts", 1100, DAY, until_on=LATER)
    on_list = {day: "debts" in {a.code for a in rules.offered([ended], day)} for day in (LATER, LATER + timedelta(days=1))}
    assert list(on_list.values()) == [True, False]
    assert "debts" in {area.code for area in rules.known([ended], LATER + timedelta(days=100))}


@pytest.mark.parametrize(("code", "day", "word"), [
    ("housing", LATER - timedelta(days=1), "Wohnen"),
    ("housing", LATER, "Wohnen und Nachbarschaft"),
    ("housing", date(2030, 1, 1), "Quartier"),
    ("own-1", DAY, "Ehrenamt"),
    ("own-1", DAY - timedelta(days=300), "Ehrenamt"),  # a talk from before the area, noted later
    ("work", DAY, "Arbeit und Anerkennung"),
    ("vorbei", DAY, "vorbei"),
])  # fmt: skip
def test_an_entry_keeps_the_word_of_its_day(code, day, word):
    words = Words([OWN, Change("housing", "Quartier", "housing", 1, date(2029, 1, 1)), HOUSE])
    assert words.on(code, day) == word


def test_a_plain_look_gives_the_newest_word():
    assert Words([HOUSE, OWN])["housing"] == "Wohnen und Nachbarschaft"
    assert Words([])["school"] == "Schule"


@given(changes(), days)
def test_every_area_stands_once_in_order_and_counts_as_one_of_the_programme(told, day):
    known = rules.known(told, day)
    assert len({area.code for area in known}) == len(known)
    assert [area.position for area in known] == sorted(area.position for area in known)
    assert {area.counts_as for area in known} <= set(LifeArea.values)
    assert set(LifeArea.values) <= {area.code for area in known}
    words = Words(told)
    assert all(words.on(area.code, day) == area.label for area in known)
    assert set(rules.coming(told, day)) == {change.code for change in told if change.from_on > day}


@given(changes(), days, st.data())
def test_the_order_of_telling_does_not_matter(told, day, data):
    assert rules.known(data.draw(st.permutations(told)), day) == rules.known(told, day)


@given(st.sampled_from(["", *LifeArea.values]))
def test_a_place_lies_behind_the_named_area(code):
    areas = rules.offered([], DAY)
    place = rules.place_after(areas, code)
    before = [area.code for area in areas if area.position <= place]
    assert (before[-1] if before else "") == code


# ---------- verbs ----------


@pytest.fixture
def lena(own_database):
    return actor_of(LENA.email)


def wanted(label="Ehrenamt", **options):
    from faden.cases.actions.life_areas import Wanted
    from faden.kernel import clock

    return Wanted(label, **{"counts_as": "participation", "after": "", "from_on": clock.today(), **options})


def offered(by, on=None):
    from faden.cases.queries.life_areas import areas
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    with opened_for(by, write=False):
        return {area.code: area.label for area in areas(on or clock.today())}


def deed(by, verb, *args, **options):
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    with opened_for(by, write=True):
        return verb(*args, **options, by=by, at=clock.now())


def test_an_area_of_ones_own_another_word_and_an_end(lena):
    from faden.cases.actions import life_areas as actions
    from faden.kernel import clock

    today = clock.today()
    code = deed(lena, actions.add, wanted())
    assert list(offered(lena))[0] == code
    deed(lena, actions.change, code, wanted("Verein", after="work"), seen_version=1)
    assert offered(lena)[code] == "Verein"
    assert list(offered(lena)).index(code) == list(offered(lena)).index("work") + 1
    deed(lena, actions.end, code, last_day=today, seen_version=2)
    assert code in offered(lena) and code not in offered(lena, today + timedelta(days=1))
    deed(lena, actions.end, "debts", last_day=today, seen_version=0)
    assert "debts" not in offered(lena, today + timedelta(days=1))
    assert offered(lena)["debts"] == "Schulden"
    deed(lena, actions.change, "debts", wanted("Schulden", from_on=today + timedelta(days=5)), seen_version=1)
    assert "debts" in offered(lena, today + timedelta(days=5))


def test_what_an_area_counts_as_stays(lena):
    from faden.cases.actions import life_areas as actions
    from faden.cases.models import OwnLifeArea
    from faden.kernel.rls import opened_for

    code = deed(lena, actions.add, wanted())
    deed(lena, actions.change, code, wanted("Verein", counts_as="health"), seen_version=1)
    deed(lena, actions.change, "work", wanted("Beruf", counts_as="health"), seen_version=0)
    with opened_for(lena, write=False):
        assert dict(OwnLifeArea.objects.values_list("code", "counts_as")) == {code: "participation", "work": "work"}


@pytest.mark.parametrize(("label", "options", "field"), [
    ("wohnen", {}, "label"),
    ("Neu", {"counts_as": "own-1"}, "counts_as"),
])  # fmt: skip
def test_what_cannot_stand_on_the_list(lena, label, options, field):
    from faden.cases.actions import life_areas as actions
    from faden.kernel.errors import Invalid

    with pytest.raises(Invalid) as refused:
        deed(lena, actions.add, wanted(label, **options))
    assert refused.value.field == field


def test_the_second_of_two_is_told(lena):
    from faden.cases.actions import life_areas as actions
    from faden.kernel.errors import Conflict, Invalid, NotFound

    deed(lena, actions.change, "work", wanted("Beruf"), seen_version=0)
    with pytest.raises(Conflict) as refused:
        deed(lena, actions.change, "work", wanted("Arbeit"), seen_version=0)
    assert refused.value.changes == (("Bezeichnung", "Beruf", "Arbeit"),)
    with pytest.raises(Invalid, match="schon eine Änderung"):
        deed(lena, actions.change, "work", wanted("Arbeit", from_on=DAY), seen_version=1)
    with pytest.raises(NotFound):
        deed(lena, actions.end, "nirgends", last_day=DAY, seen_version=0)


def test_one_area_stays(lena):
    from faden.cases.actions import life_areas as actions
    from faden.kernel.errors import Invalid

    for code in LifeArea.values[1:]:
        deed(lena, actions.end, code, last_day=DAY, seen_version=0)
    with pytest.raises(Invalid, match="Mindestens ein"):
        deed(lena, actions.end, LifeArea.values[0], last_day=DAY, seen_version=0)


def test_the_list_of_one_service_is_not_anothers(lena):
    from faden.cases.actions import life_areas as actions

    code = deed(lena, actions.add, wanted())
    assert code not in offered(actor_of(CEM.email))


# ---------- pages ----------


def test_a_note_keeps_the_word_it_was_written_with(lena):
    """Renamed and ended today: yesterday's talk still says what it said."""
    from faden.cases.actions import contact_notes
    from faden.cases.actions import life_areas as actions
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    case, amal, now = open_a_case(), actor_of(AMAL.email), clock.now()
    said = contact_notes.Contact(now - timedelta(days=1), "office", "", 30, "de", "none", ("housing", "debts"), "Gespräch")
    with opened_for(amal, write=True):
        note = contact_notes.record(said, case=case, by=amal, at=now)
    deed(lena, actions.change, "housing", wanted("Quartier"), seen_version=0)
    deed(lena, actions.end, "debts", last_day=clock.today() - timedelta(days=1), seen_version=0)
    client = signed_in(AMAL.email)
    page = text_of(client.get(f"/faelle/{case.id}/"))
    assert "Wohnen · Schulden" in page and "Quartier" not in page
    new = client.get(f"/faelle/{case.id}/kontakte/neu/").content.decode()
    assert "Quartier" in new and "Schulden" not in new and "Schulden" not in text_of(client.get("/anfragen/neu/"))
    # Correcting the note must not lose the area that has ended.
    assert 'value="debts" ' in client.get(f"/faelle/{case.id}/kontakte/{note.id}/").content.decode()


def test_the_team_lead_keeps_the_list(own_database):
    lena, amal = signed_in(LENA.email), signed_in(AMAL.email)
    values = {"label": "Ehrenamt", "counts_as": "participation", "after": "work", "from_on": "2026-01-01"}
    assert lena.post("/lebensbereiche/neu/", keyed(**values)).status_code == 303
    assert "Ehrenamt" in text_of(lena.get("/lebensbereiche/"))
    assert lena.post("/lebensbereiche/neu/", keyed(**values)).status_code == 422
    values = {"label": "Vereine", "after": "work", "from_on": "2026-02-01", "version": "1"}
    assert lena.post("/lebensbereiche/own-1/", keyed(**values)).status_code == 303
    assert lena.post("/lebensbereiche/own-1/", keyed(**values)).status_code == 409
    assert lena.post("/lebensbereiche/own-1/ende/", keyed(last_day="2026-03-01", version="2")).status_code == 303
    page = text_of(lena.get("/lebensbereiche/"))
    assert "Vereine" in page and "bis 01.03.2026" in page
    assert {amal.get(f"/lebensbereiche/{path}").status_code for path in ("", "neu/", "work/", "work/ende/")} == {403}
    assert lena.get("/lebensbereiche/nirgends/").status_code == 404
