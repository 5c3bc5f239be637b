"""Beobachtete Suche: what is new is told once, in a task that only the case sees."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from faden.kernel import clock
from faden.kernel.rls import opened_for
from tests.case_making import add_member, mark, open_a_case
from tests.cast import AMAL, everybody
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.referrals.offering import BORKEN, an_offer, changed, ended, known_fact


@pytest.fixture
def case(own_database: str) -> Any:
    return open_a_case()


@pytest.fixture
def amal(case: Any) -> Any:
    return signed_in(AMAL.email)


def watch(case: Any, *, person: Any = None, amal: Any = None, **more: Any) -> Any:
    """Begun on the page."""
    values = keyed(person=str(person or case.person_id), bereich="language", **more)
    answer = (amal or signed_in(AMAL.email)).post(reverse("match-watch", args=[case.id]), values)
    assert answer.status_code == 303, text_of(answer)
    return answer


def watches() -> list[Any]:
    from faden.referrals.models import OfferWatch

    with opened_for(actor_of(AMAL.email), write=False):
        return list(OfferWatch.objects.order_by("began_at"))


def night(days: int = 1, *, times: int = 2) -> None:
    """The night of the service, so many days from now, twice: the second time nothing is left to do."""
    from faden.jobs.watches import of_service

    clock.set_forward(days)
    for _ in range(times):
        of_service(actor_of(AMAL.email).organisation_id)


def tasks() -> list[Any]:
    from faden.cases.models import Task

    with opened_for(actor_of(AMAL.email), write=False):
        return list(Task.objects.filter(title__contains="Neue").order_by("made_at", "id"))


def closed(case: Any) -> None:
    from faden.cases.models import Case
    from faden.casework.actions.closing import Ending, close

    by = actor_of(AMAL.email)
    with opened_for(by, write=True):
        row = Case.objects.get(id=case.id)
        close(row, Ending("goals", "much", clock.today() + timedelta(days=400), rate_all="reached", drop_all="not_needed"), by=by, at=clock.now())


def test_what_is_new_becomes_one_task_for_the_case_lead(amal, case):
    an_offer("Kurs von früher")
    watch(case)
    night()
    assert tasks() == [], "what fitted before is no news"
    an_offer("Neuer Kurs")
    an_offer("Kurs, der nicht passt", life_areas=("housing",))
    an_offer("Kurs, von dem wir nicht wissen, ob er passt", papers=("eu",))
    night(2)
    [task] = tasks()
    assert task.title == "Neues Angebot passt (Sprache): Neuer Kurs"
    assert (task.case_id, task.assignee_id, task.persons, task.confidential) == (case.id, case.lead_id, [case.person_id], False)
    assert "Schewtschenko" not in task.title
    night(3)
    assert len(tasks()) == 1, "told once"


def test_a_fact_that_becomes_known_makes_news_too(amal, case):
    an_offer("Kurs mit Duldung", papers=("duldung_60a",))
    watch(case)
    known_fact(case.person, "residence", paper="duldung_60a")
    night()
    assert [task.title for task in tasks()] == ["Neues Angebot passt (Sprache): Kurs mit Duldung"]


def test_several_are_one_task_and_its_title_has_an_end(amal, case):
    watch(case)
    for number in range(5):
        an_offer(f"Kurs {number} " + "mit einem langen Namen " * 3)
    night()
    [task] = tasks()
    assert task.title.startswith("Neue Angebote passen (Sprache): Kurs 0") and len(task.title) <= 200


def test_what_is_gone_is_no_news_and_coming_back_is(amal, case):
    from faden.directory.actions import offers

    offer = an_offer("Kurs")
    watch(case)
    ended(offer)
    night()
    assert tasks() == [] and watches()[0].known == []
    by = actor_of(AMAL.email)
    with opened_for(by, write=True):
        offers.back(offer, by=by, at=clock.now(), today=clock.today())
    night(2)
    assert len(tasks()) == 1


def test_a_crash_between_two_tells_nobody_twice(amal, case):
    """What the night found is asked again where the watch is locked."""
    from faden.kernel.actor import Actor
    from faden.referrals.actions import watches as actions
    from faden.referrals.queries.watches import looked_at

    watch(case)
    an_offer("Neuer Kurs")
    by = Actor.system(case.organisation_id)
    with opened_for(by, write=False):
        [found] = looked_at(today=clock.today())
    told = []
    for _ in range(2):
        with opened_for(by, write=True):
            told.append(actions.tell(found, by=by, on=clock.today(), at=clock.now()))
    assert told == [True, False] and len(tasks()) == 1


def test_one_person_and_area_are_watched_once(amal, case):
    child = add_member(case, "Yusuf")
    for _ in range(2):
        watch(case)
    watch(case, person=child.id)
    assert [one.persons for one in watches()] == [[case.person_id], [child.id]]


def test_it_stands_on_its_page_and_on_zusammenarbeit_and_can_be_ended(amal, case):
    page = reverse("matches", args=[case.id]) + f"?person={case.person_id}&bereich=language"
    assert "Sagen Sie mir, wenn etwas Neues passt" in text_of(amal.get(page))
    assert watch(case)["Location"] == page
    assert "Nicht mehr beobachten" in text_of(amal.get(page))
    together = reverse("together", args=[case.id])
    assert "Angebote: Sprache" in text_of(amal.get(together))
    [one] = watches()
    assert amal.post(reverse("match-watch-end", args=[case.id, one.id]), keyed())["Location"] == together
    assert "Angebote: Sprache" not in text_of(amal.get(together))
    an_offer("Neuer Kurs")
    night()
    assert tasks() == []


def test_it_ends_with_its_case(amal, case):
    watch(case)
    closed(case)
    [one] = watches()
    assert one.ended_at and one.ended_by == actor_of(AMAL.email).user_id
    an_offer("Neuer Kurs")
    night()
    assert tasks() == []


def test_who_takes_back_her_agreement_is_not_looked_for(amal, case):
    from faden.consents.actions import agreements

    watch(case)
    an_offer("Neuer Kurs")
    by = actor_of(AMAL.email)
    with opened_for(by, write=True):
        agreements.withdraw(case.person_id, by=by, at=clock.now())
    night()
    assert tasks() == []


def test_who_left_the_case_is_not_looked_for(amal, case):
    from tests.case_making import agree

    child = add_member(case, "Yusuf")
    agree(child)
    watch(case, person=child.id)
    an_offer("Neuer Kurs")
    from faden.cases.models import CaseMember

    with opened_for(actor_of(AMAL.email), write=True):
        CaseMember.objects.filter(person=child).update(until_on=clock.today())
    night()
    assert tasks() == []


def test_a_protected_address_brings_no_news(amal, case):
    known_fact(case.person, "address", municipality=BORKEN)
    mark(AMAL.email, case.person)
    watch(case)
    an_offer("Nur für Borken", towns=(BORKEN,))
    night()
    assert tasks() == []


def test_a_confidential_watch_makes_a_confidential_task(amal, case):
    add_member(case, "Yusuf")
    watch(case, vertraulich="1")
    an_offer("Frauenberatung")
    assert "Angebote: Sprache" not in text_of(amal.get(reverse("together", args=[case.id])))
    assert "Angebote: Sprache" in text_of(amal.get(reverse("person-together-confidential", args=[case.id, case.person_id])))
    night()
    [task] = tasks()
    assert task.confidential and task.persons == [case.person_id]


def test_an_arrival_is_looked_for_from_her_day(amal, case):
    day = clock.today() + timedelta(days=60)
    changed(case.person, expected_on=day)
    watch(case, ab=day.isoformat())
    an_offer("Kurs davor", ends_on=day - timedelta(days=1))
    an_offer("Kurs danach", ends_on=day + timedelta(days=30))
    night()
    assert [task.title for task in tasks()] == ["Neues Angebot passt (Sprache): Kurs danach"]


def test_three_watches_cost_what_one_costs(case):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from faden.referrals.queries.watches import looked_at

    def cost() -> int:
        with opened_for(actor_of(AMAL.email), write=False):
            looked_at(today=clock.today())
            with CaptureQueriesContext(connection) as captured:
                looked_at(today=clock.today())
        return len(captured)

    an_offer("Kurs")
    watch(case)
    one = cost()
    for name in ("Rahimi", "Haddad", "Öztürk"):
        other = open_a_case(family=name)
        known_fact(other.person, "residence", paper="duldung_60a")
        watch(other)
    assert cost() == one == 13


def test_nobody_else_can_watch_or_end(amal, case):
    watch(case)
    [one] = watches()
    begin, end = reverse("match-watch", args=[case.id]), reverse("match-watch-end", args=[case.id, one.id])
    for name, client in everybody().items():
        if name != "Amal":
            assert client.post(begin, keyed(person=str(case.person_id), bereich="housing")).status_code in (403, 404), name
            assert client.post(end, keyed()).status_code in (403, 404), name
    other = open_a_case(family="Rahimi")
    assert amal.post(reverse("match-watch-end", args=[other.id, one.id]), keyed()).status_code == 404
    assert [row.ended_at for row in watches()] == [None]
