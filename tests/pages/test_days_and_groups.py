"""Days that have not come yet, and groups that were never theirs."""

from datetime import timedelta
from uuid import UUID

from tests.case_making import acting, add_member, agree, fact, mark, open_a_case
from tests.cast import AMAL, BERND
from tests.desk_client import actor_of, keyed, signed_in, text_of


def test_a_group_that_was_never_theirs_takes_nobody(own_database):
    """Struck as a mistake ("war falsch eingetragen"): the group still counts as one of this case."""
    from faden.kernel import clock
    from faden.persons.actions import families
    from faden.persons.models import GroupMember
    from faden.persons.vocabulary import GroupKind, LeavingReason

    case = open_a_case(family="Darwisch", given="Rima")
    other = open_a_case(BERND.email, family="Quittenbaum", given="Xanthippe")
    child = add_member(case, "Kind")
    with acting(BERND.email) as who:
        since = clock.today() - timedelta(days=10)
        home = families.form(
            GroupKind.HOUSEHOLD, [other.person_id, child.id], by=who, on=since, at=clock.now()
        )
        families.leave(home, [child.id], LeavingReason.MISTAKE, by=who, on=clock.today(), at=clock.now())
    amal = signed_in(AMAL.email)
    answer = amal.post(
        f"/faelle/{case.id}/familie/gruppen/{home.id}/dazu/",
        keyed(members=[str(case.person_id)], on=clock.today().isoformat()),
    )
    by = actor_of(AMAL.email)
    from faden.kernel.rls import opened_for

    with opened_for(by, write=False):
        inside = list(
            GroupMember.objects.filter(group=home, until_on__isnull=True).values_list("person_id", flat=True)
        )
    assert (answer.status_code, case.person_id in inside) == (404, False)


def test_an_agreement_of_today_is_taken_after_midnight(own_database, monkeypatch):
    """30 in Germany is yesterday in UTC."""
    from dataclasses import replace
    from datetime import UTC, date, datetime

    from faden.consents.actions.agreements import note_agreement
    from faden.persons.models import Person
    from tests.pages.protected_world import agreed

    case = open_a_case(family="A", given="B")
    at = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    with acting(AMAL.email) as who:
        person = Person.objects.get(id=case.person_id)
        note_agreement(replace(agreed(), given_on=date(2026, 7, 2)), person=person, by=who, at=at)


def test_a_household_that_ends_later_still_hides_the_address(own_database):
    """He moves out in two months; until then his address is hers."""
    from faden.cases.actions.open_case import Opening, open_case
    from faden.kernel import clock
    from faden.persons.actions import families
    from faden.persons.models import Person
    from faden.persons.vocabulary import GroupKind, LeavingReason
    from tests.pages.protected_world import agreed

    case = open_a_case(family="Quittenbaum", given="Xanthippe")
    son = add_member(case, "Sohn", family="Ottmann")
    agree(son)
    with acting(AMAL.email) as who:
        home = families.form(
            GroupKind.HOUSEHOLD,
            [case.person_id, son.id],
            by=who,
            on=clock.today() - timedelta(days=9),
            at=clock.now(),
        )
    with acting(BERND.email) as who:
        own = open_case(
            Opening(agreed=agreed(), urgency="now", lead=UUID(who.membership_id), known_person=son.id),
            by=who,
            on=clock.today(),
            at=clock.now(),
        )
        mother = Person.objects.get(id=case.person_id)
    fact(AMAL.email, son, "address", street="Mirabellenweg 7", place="X")
    mark(AMAL.email, mother)
    bernd = signed_in(BERND.email)
    path = f"/faelle/{own.id}/personen/{son.id}/angaben/"
    assert "Mirabellenweg" not in text_of(bernd.get(path))
    with acting(AMAL.email) as who:
        families.leave(
            home,
            [son.id],
            LeavingReason.MOVED_OUT if hasattr(LeavingReason, "MOVED_OUT") else list(LeavingReason)[0],
            by=who,
            on=clock.today() + timedelta(days=60),
            at=clock.now(),
        )
    assert "Mirabellenweg" not in text_of(bernd.get(path))
