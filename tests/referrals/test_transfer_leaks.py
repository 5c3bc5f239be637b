"""What a Fallübergabe tells: only of her, only what her consent names, nothing confidential, nothing of notes."""

import pytest

from faden.kernel import clock
from faden.kernel.errors import Invalid
from tests.case_making import acting, add_member, agree
from tests.desk_client import actor_of
from tests.referrals import handing_over as over
from tests.referrals.handing_over import AMAL, CEM, facts_told, in_ahaus, in_gronau, put


@pytest.fixture
def case(own_database):
    return over.a_case()


def jot(case, text):
    """A contact note about the only one, or the first."""
    from faden.cases.actions import contact_notes
    from faden.cases.actions.concerning import About

    with acting(AMAL) as by:
        said = contact_notes.Contact(clock.now(), "talk", "Büro", 20, "de", "none", (), text, About((case.person_id,)))
        contact_notes.record(said, case=case, by=by, at=clock.now())


def placing(**by_title):
    """Rows by the beginning of their title."""
    from faden.referrals.rules.transfers import Placed

    def choose(row):
        return next((Placed(*said) for title, said in by_title.items() if row.part.title.startswith(title)), None)

    return choose


def test_what_tells_residence_or_health_goes_only_where_the_consent_names_it(case):
    from faden.consents.vocabulary import DataClass

    put(case, title="Duldung verlängern")
    put(case, title="Therapieplatz suchen")
    transfer = over.prepared(case)
    over.describe(case, transfer, case.person, over.ground(case.person))
    rows = {row.part.title: row for row in over.seen(case, transfer).rows}
    assert rows["Duldung verlängern"].part.data_class == DataClass.RESIDENCE
    assert rows["Therapieplatz suchen"].part.data_class == DataClass.SPECIAL
    assert all("them" not in rows[title].allowed for title in ("Duldung verlängern", "Therapieplatz suchen"))
    # Nor worded anew, nor by calling it something else.
    over.place_all(case, transfer, choose=placing(Duldung=("them", "Termin", "contact")))
    assert {row.part.title: row.gap for row in over.seen(case, transfer).rows}["Duldung verlängern"] == "not_there"
    put(case, title="Nachfragen")
    over.place_all(case, transfer, choose=placing(Nachfragen=("them", "wegen der Abschiebung", "contact"), Duldung=("ends", "so", ""), Therapie=("ends", "so", "")))
    [gap] = [row.gap for row in over.seen(case, transfer).rows if row.part.title == "Nachfragen"]
    assert gap == "class_not_named"
    with pytest.raises(Invalid):
        over.send(case, transfer)


def test_residence_goes_with_a_consent_that_names_it(case):
    put(case, title="Duldung verlängern")
    consent = over.ground(case.person, classes=("contact", "residence"))
    transfer = over.prepared(case)
    over.describe(case, transfer, case.person, consent)
    over.place_all(case, transfer)
    over.send(case, transfer)
    assert any("Duldung verlängern" in one for one in facts_told())
    from faden.consents.models import Release

    assert set(in_ahaus(Release, kind="transfer")[0].data_classes) == {"contact", "residence"}


def test_nothing_of_others_nothing_confidential_no_notes(case):
    from faden.consents.models import Delivery

    child = add_member(case, "Danylo", family="Schewtschenko")
    agree(child)
    jot(case, "Geheime Notiz")
    put(case, title="Für Danylo: Kita", person=child.id)
    put(case, title="Vertrauliche Aufgabe", secret=True)
    put(case, title="Danylos Platz klären")
    transfer = over.prepared(case)
    consent = over.ground(case.person)
    over.describe(case, transfer, case.person, consent)
    rows = {row.part.title: row for row in over.seen(case, transfer).rows}
    assert "Für Danylo: Kita" not in rows
    assert "them" not in rows["Vertrauliche Aufgabe"].allowed and rows["Vertrauliche Aufgabe"].title == "vertraulich: Aufgabe"
    over.place_all(case, transfer)
    assert {row.part.title: row.gap for row in over.seen(case, transfer).rows}["Danylos Platz klären"] == "names_others"
    over.place_all(case, transfer, choose=placing(Danylos=("them", "Platz klären", "contact")))
    with pytest.raises(Invalid) as refused:
        over.describe(case, transfer, case.person, consent, lines=(("contact", "Mutter von Danylo"),))
    assert "Danylo" in str(refused.value)
    over.send(case, transfer)
    [copy] = in_gronau(Delivery)
    for secret in ("Danylo", "Vertraulich", "Geheime", "Kita"):
        assert secret not in copy.content
    assert "Platz klären" in copy.content


def test_where_a_protected_person_lives_is_not_proposed(case):
    from faden.kernel.rls import opened_for as door
    from faden.persons.models import Person
    from faden.referrals.queries.summaries import proposed_lines
    from tests.case_making import mark

    with acting(AMAL):
        Person.objects.filter(id=case.person_id).update(phone="0151 777", email="wo@example.org")
    every = {"contact", "language", "school_work", "benefits_housing", "residence", "special", "family"}
    with door(actor_of(AMAL), write=False):
        assert "0151 777" in proposed_lines(case, case.person_id, every, on=clock.today())["contact"]
        assert "contact" not in proposed_lines(case, case.person_id, {"language"}, on=clock.today())
    mark(AMAL, case.person)
    with door(actor_of(AMAL), write=False):
        said = str(proposed_lines(case, case.person_id, every, on=clock.today()))
    assert "0151" not in said and "example.org" not in said and "Ahaus" not in said


# ---------- who reads a package at the new service ----------


def test_a_package_somebody_has_is_neither_read_nor_answered_by_another(case):
    from tests.desk_client import keyed, membership_of, signed_in, text_of

    child = add_member(case, "Danylo", family="Schewtschenko")
    agree(child)
    over.sent(case, (case.person, child))
    tilda, cem, pages = "tilda@drk-gronau.example", signed_in(CEM), over.deliveries()
    # One copy of it is enough: the page shows them together.
    given = signed_in(tilda).post(f"/eingang/{pages[0]}/zuteilung/", keyed(member=str(membership_of(tilda).id)))
    assert given.status_code == 303
    for one in pages:
        for address in (f"/eingang/{one}/uebergabe/", f"/eingang/{one}/uebergabe/ablehnen/"):
            answers = (cem.get(address), cem.post(address, keyed(words="nein", lead=str(membership_of(CEM).id))))
            assert [answer.status_code for answer in answers] == [403, 403], address
            assert "Schewtschenko" not in "".join(text_of(answer) for answer in answers)
    given = signed_in(tilda).post(f"/eingang/{pages[0]}/zuteilung/", keyed(member=str(membership_of(CEM).id)))
    assert given.status_code == 303
    assert [cem.get(f"/eingang/{one}/uebergabe/").status_code for one in pages] == [200, 200]


def test_once_taken_over_it_is_read_by_who_leads_the_case_and_no_longer_by_all(case):
    """The case asks a colleague for a reason, or for a right she has not; its Eingang must not be the way round."""
    from uuid import UUID

    from faden.consents.models import Delivery
    from faden.referrals.actions.taking_over import Accepting, Arriving, accept
    from tests.desk_client import signed_in, text_of
    from tests.referrals.arriving import arrive

    bernd, here = "bernd@caritas-ahaus.example", actor_of(AMAL)
    delivery = arrive(here, "Tesfaye")["transfer"]
    pages = (f"/eingang/{delivery}/", f"/eingang/{delivery}/uebergabe/")
    assert all("Tesfaye" in text_of(signed_in(bernd).get(page)) for page in pages), "nobody has it yet"
    with acting(AMAL) as by:
        taken = accept(Accepting((Arriving(delivery),), UUID(here.membership_id)), by=by, on=clock.today(), at=clock.now())
        assert Delivery.objects.get(id=delivery).filed_at is not None
    assert signed_in(bernd).get(f"/faelle/{taken.id}/").status_code == 403
    for page in pages:
        refused = signed_in(bernd).get(page)
        assert refused.status_code == 403 and "Tesfaye" not in text_of(refused), page
        assert "Tesfaye" in text_of(signed_in(AMAL).get(page)), page
