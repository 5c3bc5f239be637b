"""Meine Fälle: sorted by what needs acting, filters that stay, and nobody else's."""

import re
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest

from faden.cases.rules.action_required import Reason, Standing
from faden.cases.rules.caseload import Filter, OpenCase, beside_tasks, choices, chosen
from faden.cases.vocabulary.case import Phase, Urgency
from faden.cases.vocabulary.caseload import ActionNeeded
from tests.case_making import add_member, open_a_case
from tests.cast import AMAL, BERND, CEM
from tests.desk_client import actor_of, signed_in, text_of

TODAY = date(2026, 11, 22)
OVERDUE, SILENT = Reason(ActionNeeded.OVERDUE_TASK, days=3), Reason(ActionNeeded.SILENCE, days=40)


def case(number, *, reasons=(), **more):
    about = {
        "sort_key": number, "town": ("05554004", "Ahaus"), "languages": ("ar",), "members": 1, "scope": "person", "weight": 2,
        "last_contact_at": None, "next_appointment_at": None, "masked": False,
    }  # fmt: skip
    standing = {"phase": Phase.LINKING, "urgency": Urgency.NORMAL, "opened_on": TODAY}
    standing |= {name: more.pop(name) for name in list(more) if name in Standing.__dataclass_fields__}
    return OpenCase(
        case_id=uuid4(), number=number, person_id=uuid4(), standing=Standing(**standing), reasons=tuple(reasons),
        **{**about, **more},
    )  # fmt: skip


def numbers(found):
    return "".join(case.number for case in found)


CASES = [
    case("a", phase=Phase.CLARIFICATION, urgency=Urgency.NOW, reasons=[SILENT]),
    case("b", town=("05554020", "Gronau"), languages=("uk", "ru"), reasons=[OVERDUE]),
    case("c", scope="family", members=4, weight=3),
    case("d", town=("", ""), languages=(), masked=True, reasons=[OVERDUE, SILENT]),
]


@pytest.mark.parametrize(("wanted", "expected"), [
    ({}, "abcd"), ({"phase": "clarification"}, "a"), ({"phase": "evaluation"}, ""), ({"urgency": "now"}, "a"),
    ({"need": "any"}, "abd"), ({"need": "silence"}, "ad"), ({"need": "agreement"}, ""), ({"town": "05554004"}, "ac"),
    ({"language": "uk"}, "b"), ({"scope": "family"}, "c"), ({"weight": "3"}, "c"), ({"need": "any", "town": "05554004"}, "a"),
])  # fmt: skip
def test_filter(wanted, expected):
    assert numbers(chosen(CASES, Filter(**wanted, order="name"))) == expected


@pytest.mark.parametrize(("order", "expected"), [("need", "adbc"), ("name", "abcd"), ("next", "dcab"), ("contact", "cbad"), ("opened", "dabc")])
def test_order(order, expected):
    days = {"a": 9, "b": None, "c": 5, "d": 1}
    contacts = {"a": 2, "b": 30, "c": 90, "d": None}
    opened = {"a": 100, "b": 200, "c": 300, "d": 0}
    cases = [
        case(
            old.number, reasons=old.reasons, urgency=old.standing.urgency, masked=old.masked,
            first_due=days[old.number] and TODAY + timedelta(days=days[old.number]),
            last_contact_on=contacts[old.number] and TODAY - timedelta(days=contacts[old.number]),
            opened_on=TODAY - timedelta(days=opened[old.number]),
        )
        for old in CASES
    ]  # fmt: skip
    assert numbers(chosen(cases, Filter(order=order))) == expected


def test_a_masked_name_sorts_last_and_its_town_is_no_choice():
    hidden = case("0", sort_key="", town=("", ""), languages=(), masked=True)
    assert numbers(chosen([hidden, case("z")], Filter(order="name"))) == "z0"
    assert choices([hidden, case("z")]).towns == [("05554004", "Ahaus")]


def test_the_day_shows_what_does_not_stand_there_as_a_task():
    assert numbers(beside_tasks(CASES)) == "ad"


# ---------- the page ----------


@pytest.fixture
def by(own_database):
    return actor_of(AMAL.email)


def within(by):
    from faden.kernel.rls import opened_for

    return opened_for(by, write=True)


def changed(by, made, **values):
    from faden.cases.models import Case

    with within(by):
        Case.objects.filter(id=made.id).update(**values)


def names(answer):
    return re.findall(r'<th scope="row"><bdi><a [^>]*>([^<]*)</a>', answer.content.decode())


def settings(by):
    from faden.organisations.models import ListSetting

    with within(by):
        return list(ListSetting.objects.filter(screen="caseload").values_list("values", flat=True))


@pytest.fixture
def two(by):
    """One that has waited for long, one that needs nothing."""
    from faden.kernel import clock

    waiting, calm = open_a_case(family="Rahimi", given="Parwin"), open_a_case(family="Osei", given="Kwame")
    changed(by, waiting, opened_on=clock.today() - timedelta(days=60))
    return waiting, calm


def test_what_needs_acting_comes_first_and_says_why(two):
    answer = signed_in(AMAL.email).get("/faelle/")
    assert names(answer) == ["Rahimi, Parwin", "Osei, Kwame"]
    assert "nichts geplant, lange kein Kontakt seit 60 Tagen" in text_of(answer)
    assert "Handlungsbedarf 1" in text_of(answer)


def test_a_family_says_how_many(by):
    made = open_a_case(family="Darwisch", given="Rima")
    for given in ("Khaled", "Yusuf", "Nour"):
        add_member(made, given)
    assert "Familie, 4 Personen" in text_of(signed_in(AMAL.email).get("/faelle/"))


def test_every_reason_is_read_from_the_rows(by):
    """One case with all of them."""
    from faden.cases.actions import tasks
    from faden.cases.models import Assessment, CriterionMark, PhaseChange
    from faden.consents.models import CounsellingAgreement
    from faden.kernel import clock

    made, now, today = open_a_case(), clock.now(), clock.today()
    long_ago = now - timedelta(days=100)
    changed(by, made, phase=Phase.ASSESSMENT)
    with within(by):
        tasks.make(tasks.Wanted("Anrufen", today - timedelta(days=1), made.lead_id), case=made, by=by, at=now)
        CounsellingAgreement.objects.update(ended_at=now, ended_because="withdrawn")
        PhaseChange.objects.update(changed_at=long_ago)
        mark = {"case": made, "phase": "assessment", "criterion": "areas", "marked_by": by.person, "organisation_id": by.organisation_id}
        CriterionMark.objects.create(**mark, state="done", marked_at=now - timedelta(days=200))
        CriterionMark.objects.create(**mark, state="not_yet", reason="fehlt", marked_at=now - timedelta(days=50))
        Assessment.objects.create(
            organisation_id=by.organisation_id, case=made, person_id=made.person_id, number=1,
            began_on=today - timedelta(days=90), began_by=by.person,
        )  # fmt: skip
    page = text_of(signed_in(AMAL.email).get("/faelle/"))
    for words in ("Aufgabe überfällig seit 1 Tag", "Einwilligung fehlt 1 Person", "Kriterium der Phase lange offen seit 50 Tagen",
                  "Phase dauert lange seit 100 Tagen", "Assessment lange offen seit 90 Tagen"):  # fmt: skip
        assert words in page
    with within(by):
        CriterionMark.objects.create(**mark, state="done", marked_at=now)
        Assessment.objects.update(finished_on=today)
    page = text_of(signed_in(AMAL.email).get("/faelle/"))
    assert "Kriterium der Phase lange offen seit" not in page and "Assessment lange offen seit" not in page


def test_a_filter_stays_until_it_is_put_back(two, by):
    client = signed_in(AMAL.email)
    narrowed = client.get("/faelle/", {"bedarf": "silence", "sortierung": "name"})
    assert names(narrowed) == ["Rahimi, Parwin"]
    assert "Handlungsbedarf: nichts geplant, lange kein Kontakt Filter zurücksetzen" in text_of(narrowed)
    again = signed_in(AMAL.email).get("/faelle/")
    assert names(again) == names(narrowed)
    assert settings(by) == [{"need": "silence", "order": "name"}]
    reset = unescape(re.search(r'href="(\?[^"]*)">Filter zurücksetzen', again.content.decode())[1])
    assert len(names(client.get("/faelle/" + reset))) == 2
    assert names(client.get("/faelle/")) == ["Rahimi, Parwin", "Osei, Kwame"]
    assert settings(by) == [{}]


def test_a_filter_is_ones_own(two, by):
    signed_in(AMAL.email).get("/faelle/", {"fuer": "family"})
    open_a_case(BERND.email, family="Demir", given="Elif")
    open_a_case(CEM.email, family="Kaya", given="Deniz")
    assert names(signed_in(BERND.email).get("/faelle/")) == ["Demir, Elif"]
    assert names(signed_in(CEM.email).get("/faelle/")) == ["Kaya, Deniz"]
    assert settings(actor_of(CEM.email)) == []


def test_closed_cases_are_looked_up_and_left_again(two, by):
    client = signed_in(AMAL.email)
    changed(by, two[1], phase=Phase.CLOSED)
    assert names(client.get("/faelle/", {"phase": "closed"})) == ["Osei, Kwame"]
    assert names(client.get("/faelle/")) == ["Rahimi, Parwin"]


@pytest.mark.parametrize("odd", ["phase=nie", "ort=99999999", "sprache=xx", "sortierung=zufall", "seite=0", "gewicht=9", "bedarf=%00"])
def test_what_cannot_be_chosen_narrows_nothing(two, by, odd):
    answer = signed_in(AMAL.email).get(f"/faelle/?{odd}")
    assert (answer.status_code, len(names(answer)), settings(by)) == (200, 2, [])


def test_words_are_never_kept(two, by):
    signed_in(AMAL.email).get("/faelle/", {"bedarf": "any", "name": "Rahimi", "suche": "Bescheid"})
    assert settings(by) == [{"need": "any"}]


def test_a_protected_family_is_told_by_its_number_alone(two, by):
    from faden.kernel import clock
    from faden.persons.actions.protection import NewMark, set_mark
    from faden.persons.models import Person

    with within(by):
        person = Person.objects.get(id=two[0].person_id)
        set_mark(NewMark("shelter", clock.today()), person=person, by=by, on=clock.today(), at=clock.now())
        Person.objects.filter(id=person.id).update(municipality_id="05554020", languages=["ti"])
    page = signed_in(AMAL.email).get("/faelle/").content.decode()
    assert two[0].number in page and "Rahimi" not in page
    assert "Gronau" not in page and "Tigrin" not in page


def test_lists_longer_than_a_page(by):
    for n in range(52):
        open_a_case(family=f"Nummer{chr(97 + n // 26)}{chr(97 + n % 26)}")
    client = signed_in(AMAL.email)
    first = client.get("/faelle/", {"sortierung": "name"})
    second = client.get("/faelle/", {"seite": "2"})
    assert (len(names(first)), len(names(second))) == (50, 2)
    assert not set(names(first)) & set(names(second))
    assert "Alle 52 Fälle dieser Liste" in text_of(first)
