"""A Schutzvermerk in a family, in Vertretung, after a split, and the task that asks for its next term."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.case_making import add_member, open_a_case
from tests.cast import AMAL, BERND, LENA
from tests.desk_client import actor_of, membership_of

pytestmark = pytest.mark.debian


@pytest.fixture
def by(own_database):
    return actor_of(AMAL.email)


@pytest.fixture
def clock():
    from faden.kernel import clock

    return clock


def protect(person, by, *, kind="shelter", until_on=None):
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.persons.actions.protection import NewMark, set_mark

    with opened_for(by, write=True):
        new = NewMark(kind, clock.today() - timedelta(days=1), until_on)
        return set_mark(new, person=person, by=by, on=clock.today(), at=clock.now())


def inside(by, ask):
    from faden.kernel.rls import opened_for

    with opened_for(by, write=False):
        return ask()


def family(by):
    case = open_a_case(family="Darwisch", given="Rima")
    husband = add_member(case, "Khaled", born="1980")
    return case, husband


def leave(case, person, by, clock):
    from faden.cases.actions.members import leave as take_out
    from faden.kernel.rls import opened_for

    with opened_for(by, write=True):
        take_out(case, person.id, by=by, on=clock.today(), at=clock.now())


def test_one_protected_member_masks_the_familys_lists(by):
    from faden.cases.queries.masking import cards_for_list, masked_cases

    case, husband = family(by)
    other = open_a_case(family="Offen")
    assert inside(by, lambda: masked_cases([case.id, other.id])) == set()
    protect(husband, by)
    assert inside(by, lambda: masked_cases([case.id, other.id, None])) == {case.id}
    cards = inside(by, lambda: cards_for_list([case, other]))
    assert cards[case.id].masked and "Darwisch" not in str(cards[case.id])
    assert cards[other.id].name.startswith("Offen")


def test_of_two_cases_of_one_person_the_familys_is_masked(by, clock):
    """He is not protected himself; beside his name in one line the other would tell who she is."""
    from faden.cases.actions.open_case import Opening, open_case
    from faden.cases.queries.caseload import open_cases, page_of
    from faden.kernel.rls import opened_for
    from tests.pages.protected_world import agreed

    case, wife = family(by)
    with opened_for(by, write=True):
        opening = Opening(agreed=agreed(), urgency="normal", lead=UUID(by.membership_id), known_person=case.person_id)
        own = open_case(opening, by=by, on=clock.today(), at=clock.now())
    protect(wife, by)
    more = {"now": clock.now(), "today": clock.today()}
    found = inside(by, lambda: page_of(open_cases(UUID(by.membership_id), **more), today=clock.today()))
    assert {row.case_id: row.card.masked for row in found.rows} == {case.id: True, own.id: False}


def test_who_left_no_longer_masks_the_case(by, clock):
    from faden.cases.queries.masking import masked_cases

    case, husband = family(by)
    protect(husband, by)
    leave(case, husband, by, clock)
    assert inside(by, lambda: masked_cases([case.id])) == set()


def test_colleagues_find_neither_her_nor_her_family(by, clock):
    from faden.cases.queries.protection import hidden_people

    case, husband = family(by)
    stranger = open_a_case(family="Offen")
    protect(case.person, by)
    people = [case.person_id, husband.id, stranger.person_id]

    def hidden(who):
        membership = membership_of(who.email).id
        return inside(by, lambda: hidden_people(people, membership_id=membership, on=clock.today()))

    assert hidden(AMAL) == set()
    assert hidden(BERND) == hidden(LENA) == {case.person_id, husband.id}


@pytest.mark.parametrize(("agreed", "finds"), [(True, True), (False, False)])
def test_a_deputy_finds_whom_she_may_work_with(by, clock, agreed, finds):
    from faden.cases.actions.substitutions import Absence, arrange
    from faden.cases.queries.finding import hits
    from faden.consents.models import CounsellingAgreement
    from faden.kernel.rls import opened_for
    from faden.persons.rules.likeness import Asked

    case = open_a_case(family="Quittenbaum")
    protect(case.person, by)
    lead, deputy, today = actor_of(LENA.email), membership_of(BERND.email).id, clock.today()
    with opened_for(lead, write=True):
        CounsellingAgreement.objects.filter(person=case.person).update(to_team_and_substitute=agreed)
        away = Absence(UUID(by.membership_id), deputy, today, today + timedelta(days=3), "leave")
        arrange(away, by=lead, on=today, at=clock.now())

    def found(on):
        return inside(by, lambda: hits(Asked(["Quittenbaum"], typed=True), membership_id=deputy, on=on))

    assert [hit.found.name for hit in found(today)] == ["Geschützte Person"] * finds
    assert [hit.own.number for hit in found(today)] == [case.number] * finds
    assert found(today + timedelta(days=4)) == []


def test_a_familys_hits_are_one_line(by, clock):
    from faden.cases.queries.finding import hits
    from faden.persons.rules.likeness import Asked

    case, husband = family(by)
    protect(husband, by)
    asked = Asked(["Darwisch"], typed=True)
    [hit] = inside(by, lambda: hits(asked, membership_id=UUID(by.membership_id), on=clock.today()))
    assert (hit.found.name, hit.found.birth, hit.found.likeness.reasons) == ("Geschützte Person", None, ())
    assert [case_.number for case_ in hit.cases] == [case.number]


SHOWN = {
    # (who is protected, who has left): what of her, what of him
    ("nobody", "nobody"): ("openly", "openly"),
    ("nobody", "him"): ("openly", "openly"),
    ("her", "nobody"): ("on_asking", "on_asking"),
    ("him", "nobody"): ("on_asking", "on_asking"),
    ("her", "him"): ("on_asking", "never"),  # she stayed in the case: his is nobody's business here
    ("him", "him"): ("openly", "never"),  # he has a case of his own now
}


@pytest.mark.parametrize(("protected", "left"), SHOWN)
def test_where_an_address_may_be_read(by, clock, protected, left):
    from faden.cases.queries.protection import address_in

    case, him = family(by)
    if protected != "nobody":
        protect(case.person if protected == "her" else him, by)
    if left == "him":
        leave(case, him, by, clock)
    hers, his = inside(by, lambda: [address_in(case, person) for person in (case.person_id, him.id)])
    assert (hers.value, his.value) == SHOWN[protected, left]


def test_the_lead_is_reminded_once(by, clock):
    from faden.cases.models import Task
    from faden.casework.actions.protection import remind
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for

    today, system = clock.today(), Actor.system(by.organisation_id)
    case, husband = family(by)
    protect(husband, by, kind="register", until_on=today + timedelta(days=59))
    protect(case.person, by, kind="register", until_on=today + timedelta(days=61))

    def night(on):
        with opened_for(system, write=True):
            return remind(by=system, on=on, at=clock.now())

    assert [night(today), night(today)] == [1, 0]
    task = inside(by, lambda: Task.objects.get(case=case))
    assert (str(task.assignee_id), task.persons, task.made_by) == (by.membership_id, [husband.id], None)
    assert task.due_on == today + timedelta(days=31)
    assert "Auskunftssperre" not in task.title and "§ 51" not in task.title
    assert night(today + timedelta(days=1)) == 1, "the other one"


def test_without_an_open_case_the_reminder_waits(by, clock):
    from faden.cases.models import Case
    from faden.casework.actions.protection import remind
    from faden.kernel.rls import opened_for

    case, _husband = family(by)
    protect(case.person, by, until_on=clock.today())
    with opened_for(by, write=True):
        Case.objects.filter(id=case.id).update(phase="closed")
        assert remind(by=by, on=clock.today(), at=clock.now()) == 0
        Case.objects.filter(id=case.id).update(phase="clarification")
        assert remind(by=by, on=clock.today(), at=clock.now()) == 1


def test_the_night_goes_through_all_services(by, clock):
    from faden.cases.models import Task
    from faden.jobs import protection as job

    case = open_a_case()
    protect(case.person, by, until_on=clock.today() + timedelta(days=5))
    job.remind_leads(by.organisation_id)
    assert inside(by, lambda: Task.objects.filter(case=case).count()) == 1


def test_inquiries_of_a_protected_person_are_read_in_her_case_only(by, clock):
    from faden.cases.actions import inquiries as actions
    from faden.cases.queries import inquiries as queries
    from faden.kernel.errors import NotFound
    from faden.kernel.rls import opened_for
    from tests.pages.protected_world import opened

    with opened_for(by, write=True):
        asked = actions.Asked("self", "", "de", "none", ("housing",), "normal", "open", "Frage")
        plain, hers = (actions.take(asked, under=None, by=by, at=clock.now()) for _ in range(2))
        matter = actions.give_codeword(hers, wish="Linde-483", by=by, on=clock.today())
        case = opened(by, matter.id)
    assert {row.id for row in inside(by, lambda: queries.inquiries()).rows} == {plain.id, hers.id}
    protect(case.person, by)
    assert [row.id for row in inside(by, lambda: queries.inquiries()).rows] == [plain.id]
    for ask in (lambda: queries.inquiry(hers.id), lambda: queries.matter(matter.id)):
        with pytest.raises(NotFound):
            inside(by, ask)
