"""What one colleague reads of another's clients, and one member of the others: nothing in passing."""

import re
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest

from tests.case_making import acting, add_member, agree, fact, mark, open_a_case, put_paper
from tests.cast import AMAL, BERND
from tests.desk_client import actor_of, keyed, signed_in, text_of


@pytest.fixture
def fled(own_database):
    """He is Amal's client; she left his case, is protected, and has a case of her own with Bernd."""
    from faden.cases.actions.members import leave
    from faden.cases.actions.open_case import Opening, open_case
    from faden.kernel import clock
    from faden.persons.actions import people
    from faden.persons.actions.people import Changed, Reached, Spelling
    from tests.pages.protected_world import agreed

    case = open_a_case(family="Ottmann", given="Ottokar")
    wife = add_member(case, "Xanthippe", family="Quittenbaum")
    agree(wife)
    with acting(AMAL.email) as who:
        leave(case, wife.id, by=who, on=clock.today(), at=clock.now())
    with acting(BERND.email) as who:
        own = open_case(
            Opening(agreed=agreed(), urgency="now", lead=UUID(who.membership_id), known_person=wife.id),
            by=who,
            on=clock.today(),
            at=clock.now(),
        )
        people.change(
            wife,
            Changed(
                Spelling("Quittenbaum", "Xanthippe"),
                reached=Reached(phone="0151 98765432", municipality="05554032"),
            ),
            seen_version=wife.version,
            by=who,
            at=clock.now(),
        )
    fact(BERND.email, wife, "occupation", kind="work", what="Nachtschicht", where="Hagebuttenwerk")
    fact(BERND.email, wife, "residence", paper="ae_25_3")
    one = mark(BERND.email, wife)
    return case, wife, own, one


def test_who_left_a_case_is_not_read_in_it(fled):
    """Facts, telephone and town noted later in the case of a colleague."""
    case, wife, _own, _mark = fled
    amal = signed_in(AMAL.email)
    below = f"/faelle/{case.id}/personen/{wife.id}/"
    # the search and a known id say: not here
    assert amal.get(f"/personen/{wife.id}/fall/").status_code == 404
    seen = {
        name: amal.get(below + name).content.decode()
        for name in ("", "angaben/", "bearbeiten/", "blatt/", "schutz/", "einreise/eingereist/")
    }
    told = {
        name: [w for w in ("Hagebuttenwerk", "98765432", "§ 25 Abs. 3") if w in page]
        + (["town"] if 'value="05554032" selected' in page else [])
        + (
            ["kind of mark"]
            if "Schutzeinrichtung" in re.sub(r"<label.*?</label>", "", page, flags=re.S)
            else []
        )
        for name, page in seen.items()
    }
    assert {name: words for name, words in told.items() if words} == {}


def test_who_left_a_case_is_not_changed_in_it(fled):
    """The husband's worker ends her Schutzvermerk and rewrites her."""
    from faden.kernel.rls import opened_for
    from faden.persons.models import Person, ProtectionMark

    case, wife, _own, one = fled
    amal = signed_in(AMAL.email)
    below = f"/faelle/{case.id}/personen/{wife.id}/"
    answer = amal.post(f"{below}schutz/{one.id}/ende/", keyed(sure="on"))
    with opened_for(actor_of(BERND.email), write=False):
        ended = ProtectionMark.objects.get(id=one.id).ended_at
        version = Person.objects.get(id=wife.id).version
    changed = amal.post(
        f"{below}bearbeiten/",
        keyed(family="Neu", given="Name", version=version, phone="0", born="", nationality=""),
    )
    assert (answer.status_code, ended, changed.status_code) == (404, None, 404)


def test_a_last_day_to_come_does_not_unmask_today(own_database):
    """Until_on in the future counts as gone at once."""
    from faden.kernel import clock

    case = open_a_case(family="Ottmann", given="Ottokar")
    wife = add_member(case, "Xanthippe", family="Quittenbaum")
    mark(AMAL.email, wife)
    amal = signed_in(AMAL.email)
    assert "Ottmann" not in text_of(amal.get("/faelle/"))
    later = clock.today() + timedelta(days=60)
    amal.post(f"/faelle/{case.id}/familie/{wife.id}/herausnehmen/", keyed(last_day=later.isoformat()))
    assert "Ottmann" not in text_of(amal.get("/faelle/")), "she belongs for two more months"


def test_a_conflict_does_not_tell_a_secret_address(own_database):
    """POST an end for an address row that was replaced: 409 quotes it in full, the look says `facts`."""
    from faden.kernel import clock
    from faden.persons.actions import facts

    case = open_a_case(family="Quittenbaum", given="Xanthippe")
    from faden.kernel.rls import opened_for
    from faden.persons.models import Person

    with opened_for(actor_of(AMAL.email), write=False):
        person = Person.objects.get(id=case.person_id)
    row = fact(
        AMAL.email, person, "address", street="Mirabellenweg 7", postcode="99871", place="Schlehenhausen"
    )
    with acting(AMAL.email) as who:
        facts.end(row, clock.today() + timedelta(days=30), by=who, on=clock.today(), at=clock.now())
    mark(AMAL.email, person)
    amal = signed_in(AMAL.email)
    path = f"/faelle/{case.id}/personen/{person.id}/angaben/address/{row.id}/ende/"
    assert "Mirabellenweg" not in amal.get(path).content.decode()
    answer = amal.post(path, keyed(last_day=clock.today().isoformat()))
    assert answer.status_code == 409
    assert "Mirabellenweg" not in answer.content.decode()


def test_flash_messages_hold_no_facts(own_database):
    """A message with the paper travels in the cookie, and stands on whatever page comes next."""
    from faden.kernel import clock
    from faden.persons.rules.periods import Period

    case = open_a_case(family="Darwisch", given="Rima")
    father = add_member(case, "Khaled")
    agree(father)
    fact(AMAL.email, father, "residence", Period(clock.today() - timedelta(days=400)), paper="duldung_60a")
    amal = signed_in(AMAL.email)
    answer = amal.post(
        f"/faelle/{case.id}/personen/{father.id}/angaben/residence/neu/",
        keyed(paper="ae_25_5", from_on=clock.today().isoformat(), known_from="told"),
    )
    assert answer.status_code == 303, text_of(answer)[:600]
    from django.contrib.messages.storage.cookie import CookieStorage

    kept = answer.cookies["messages"].value if "messages" in answer.cookies else ""
    plain = str([m.message for m in CookieStorage(None)._decode(kept)] if kept else "")
    # the next page opened in another tab is the mother's
    mother = amal.get(f"/faelle/{case.id}/personen/{case.person_id}/").content.decode()
    # With its sign: three letters of the sort stand in every other id by chance.
    assert ("§ 60a" in plain, "§ 60a" in mother) == (False, False), plain


def test_the_address_of_a_protected_family_is_not_told_in_passing(own_database):
    """His address is hers, the facts page hides it; the flash and the entry form tell it."""
    from faden.kernel import clock
    from faden.persons.rules.periods import Period

    case = open_a_case(family="Ottmann", given="Ottokar")
    wife = add_member(case, "Xanthippe", family="Quittenbaum")
    agree(wife)
    from faden.kernel.rls import opened_for
    from faden.persons.models import Person

    with opened_for(actor_of(AMAL.email), write=False):
        husband = Person.objects.get(id=case.person_id)
    fact(
        AMAL.email,
        husband,
        "address",
        Period(clock.today() - timedelta(days=300)),
        street="Mirabellenweg 7",
        place="Schlehenhausen",
    )
    mark(AMAL.email, wife)
    amal = signed_in(AMAL.email)
    below = f"/faelle/{case.id}/personen/{husband.id}/"
    for name in ("", "angaben/", "angaben/address/", "blatt/"):
        assert "Mirabellenweg" not in amal.get(below + name).content.decode(), name
    found = {"entry": "Mirabellenweg" in amal.get(below + "einreise/eingereist/").content.decode()}
    wrong = amal.post(below + "angaben/address/neu/", keyed(place="Ahaus", from_on="", known_from="told"))
    found["refusal"] = "Mirabellenweg" in wrong.content.decode()
    moved = amal.post(
        below + "angaben/address/neu/",
        keyed(place="Ahaus", from_on=clock.today().isoformat(), known_from="told"),
        follow=True,
    )
    found["flash"] = "Mirabellenweg" in moved.content.decode()
    assert found == {"entry": False, "refusal": False, "flash": False}


def test_the_familys_files_show_nothing_confidential(own_database):
    from faden.cases.actions.concerning import About

    case = open_a_case(family="Darwisch", given="Rima")
    add_member(case, "Khaled")
    with acting(AMAL.email) as who:
        put_paper(case, "Muttergeheim Strafanzeige.pdf", about=About((case.person_id,), True), by=who)
    amal = signed_in(AMAL.email)
    assert "Muttergeheim" not in amal.get(f"/faelle/{case.id}/").content.decode()
    assert "Muttergeheim" not in amal.get(f"/faelle/{case.id}/dokumente/").content.decode()


def test_a_task_made_confidential_leaves_the_familys_history(own_database):
    """Done, opened again, made confidential: its old line keeps the old tags and shows the new title."""
    from faden.cases.actions import tasks
    from faden.cases.actions.concerning import About
    from faden.kernel import clock

    case = open_a_case(family="Darwisch", given="Rima")
    father = add_member(case, "Khaled")
    now, today = clock.now(), clock.today()
    with acting(AMAL.email) as who:
        task = tasks.make(
            tasks.Wanted("Termin klären", today, case.lead_id, About((case.person_id, father.id))),
            case=case,
            by=who,
            at=now,
        )
        tasks.finish(task, by=who, at=now)
    amal = signed_in(AMAL.email)
    amal.post(f"/faelle/{case.id}/aufgaben/{task.id}/offen/", keyed())
    answer = amal.post(
        f"/faelle/{case.id}/aufgaben/{task.id}/",
        keyed(
            title="Muttergeheim Frauenhaus anrufen",
            assignee=str(case.lead_id),
            due_on=today.isoformat(),
            persons=[str(case.person_id)],
            confidential="on",
            version="3",
        ),
    )
    assert answer.status_code == 303, text_of(answer)[:500]
    pages = {
        "family": f"/faelle/{case.id}/",
        "father": f"/faelle/{case.id}/personen/{father.id}/",
        "his sheet": f"/faelle/{case.id}/personen/{father.id}/blatt/?umfang=voll",
    }
    assert [n for n, path in pages.items() if "Muttergeheim" in amal.get(path).content.decode()] == []


def test_a_protected_sheet_names_no_office(own_database):
    """The sheet says that it names no Stellen."""
    from faden.kernel.rls import opened_for
    from faden.organisations.models import Organisation
    from faden.persons.models import Person

    case = open_a_case(family="Quittenbaum", given="Xanthippe")
    with opened_for(actor_of(AMAL.email), write=False):
        person = Person.objects.get(id=case.person_id)
        office = (
            Organisation.objects.filter(kind="jobcentre").first()
            or Organisation.objects.filter(kind="immigration_office").first()
        )
    fact(AMAL.email, person, "residence", paper="ae_25_3", office=office.id)
    mark(AMAL.email, person)
    page = text_of(signed_in(AMAL.email).get(f"/faelle/{case.id}/personen/{person.id}/blatt/"))
    assert "weder Namen noch Anschrift, Stellen oder Orte" in page
    assert office.name not in page


def test_a_colleagues_client_is_not_read_by_taking_her_in(own_database):
    """Her agreement has ended (18th birthday, withdrawal): she is taken in as a relative without any, and read."""
    from faden.consents.models import CounsellingAgreement
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.persons.models import Person

    hers = open_a_case(BERND.email, family="Fremd", given="Frieda")
    with opened_for(actor_of(BERND.email), write=False):
        frieda = Person.objects.get(id=hers.person_id)
    fact(BERND.email, frieda, "residence", paper="duldung_60a")
    fact(BERND.email, frieda, "limit", kind="no_course", words="nur vormittags")
    own = open_a_case(AMAL.email, family="Eigen", given="Emil")
    amal = signed_in(AMAL.email)
    values = {"known_person": str(frieda.id), "giver": "none"}
    refused = amal.post(f"/faelle/{own.id}/familie/aufnehmen/", keyed(**values))
    assert refused.status_code == 422
    with acting(BERND.email):
        CounsellingAgreement.objects.filter(person=frieda).update(
            ended_at=clock.now(), ended_because="of_age"
        )
    amal.post(f"/faelle/{own.id}/familie/aufnehmen/", keyed(**values))
    pages = [amal.get(f"/faelle/{own.id}/personen/{frieda.id}/{name}") for name in ("", "blatt/", "angaben/")]
    assert [("60a" in p.content.decode(), "nur vormittags" in p.content.decode()) for p in pages] == [
        (False, False)
    ] * 3


def test_an_inquiry_belongs_to_one_case(own_database):
    """A colleague opens a case from the same inquiry: its line leaves the first case."""
    from faden.cases.actions import inquiries
    from faden.cases.actions.open_case import Opening, open_case
    from faden.cases.models import TimelineEntry
    from faden.kernel import clock
    from faden.kernel.errors import FadenError
    from faden.kernel.rls import opened_for
    from faden.persons.actions.people import NewPerson, Spelling
    from tests.pages.protected_world import agreed

    amal, bernd, now, today = actor_of(AMAL.email), actor_of(BERND.email), clock.now(), clock.today()
    with opened_for(amal, write=True):
        inquiry = inquiries.take(
            inquiries.Asked("self", "", "", "none", (), "normal", "open", "Hagebutte"),
            under=None,
            by=amal,
            at=now,
        )

    def open_from(by, given):
        with opened_for(by, write=True):
            return open_case(
                Opening(
                    agreed=agreed(),
                    urgency="normal",
                    lead=UUID(by.membership_id),
                    inquiry=inquiry.id,
                    new_person=NewPerson(Spelling("F", given)),
                ),
                by=by,
                on=today,
                at=now,
            )

    first = open_from(amal, "Eins")
    with suppress(FadenError):
        open_from(bernd, "Zwei")
    with opened_for(amal, write=False):
        assert TimelineEntry.objects.get(id=inquiry.id).case_id == first.id


def test_a_hint_is_checked_with_unseen_letters_and_streets(own_database):
    """A soft hyphen or zero-width space inside a name; the street where she lives."""
    from faden.findings.queries import marks_of
    from faden.findings.rules import found_in
    from faden.kernel.rls import opened_for
    from faden.persons.models import Person

    case = open_a_case(family="Quittenbaum", given="Xanthippe")
    with opened_for(actor_of(AMAL.email), write=False):
        person = Person.objects.get(id=case.person_id)
    fact(AMAL.email, person, "address", street="Mirabellenweg 7", place="Schlehenhausen")
    with opened_for(actor_of(AMAL.email), write=False):
        marks = marks_of(case)
    texts = {
        "plain": "Frau Quittenbaum wartet",
        "soft hyphen": "Frau Quitten\u00adbaum wartet",
        "zwsp": "Frau Quitten\u200bbaum wartet",
        "hyphen at a line's end": "Frau Quitten-\nbaum wartet",
        "compound": "die Quittenbaumkinder",
        "street": "die Frau im Mirabellenweg 7",
    }
    assert [name for name, text in texts.items() if not found_in(text, marks)] == []


def test_a_childs_sheet_of_a_protected_family_names_no_school(own_database):
    case = open_a_case(family="Quittenbaum", given="Xanthippe")
    child = add_member(case, "Kind", family="Quittenbaum")
    agree(child)
    from faden.kernel.rls import opened_for
    from faden.persons.models import Person

    with opened_for(actor_of(AMAL.email), write=False):
        mother = Person.objects.get(id=case.person_id)
    fact(AMAL.email, child, "occupation", kind="school", what="Klasse 3", where="Grundschule Schlehenhausen")
    mark(AMAL.email, mother)
    page = text_of(signed_in(AMAL.email).get(f"/faelle/{case.id}/personen/{child.id}/blatt/"))
    assert "Schlehenhausen" not in page
