"""What answers tell by being different: conflicts, numbers, Kennwörter, comparisons."""

import threading
from datetime import timedelta

from tests.case_making import acting, add_member, agree, fact, mark, open_a_case
from tests.cast import AMAL, BERND, LENA
from tests.desk_client import actor_of, keyed, membership_of, signed_in, text_of
from tests.pages.test_at_the_same_moment import post_twice


def test_a_closed_case_is_not_moved_on(own_database, monkeypatch):
    """The phase is changed while the case is closed: it is open again, and its closing stands."""
    from faden.cases.models import Case, Closing
    from faden.desk import phases as screen
    from faden.kernel.rls import opened_for

    case = open_a_case(family="Zu", given="Fall")
    entered, closed, real = threading.Event(), threading.Event(), screen.move

    def slow(*args, **more):
        entered.set()
        closed.wait(10)
        return real(*args, **more)

    monkeypatch.setattr(screen, "move", slow)

    def close(client):
        entered.wait(10)
        try:
            return client.post(
                f"/faelle/{case.id}/abschluss/", keyed(reason="goals", client_view="not_asked", hinted="none")
            )
        finally:
            closed.set()

    got = post_twice(
        [signed_in(AMAL.email), signed_in(AMAL.email)],
        [lambda c: c.post(f"/faelle/{case.id}/phase/", keyed(phase="assessment")), close],
    )
    by = actor_of(AMAL.email)
    with opened_for(by, write=False):
        phase, standing = (
            Case.objects.get(id=case.id).phase,
            Closing.objects.filter(case=case, reopened_at__isnull=True).count(),
        )
    assert (phase, standing) == ("closed", 1), got


def test_a_family_of_which_one_is_left_can_be_written_about(own_database):
    """After the other has left there is nobody to choose, and somebody must be chosen."""
    from faden.cases.actions.members import leave
    from faden.kernel import clock

    case = open_a_case(family="Ottmann", given="Ottokar")
    wife = add_member(case, "Xanthippe")
    with acting(AMAL.email) as who:
        leave(case, wife.id, by=who, on=clock.today(), at=clock.now())
    amal = signed_in(AMAL.email)
    note = keyed(
        text="x",
        type="office",
        minutes="5",
        day=(clock.today() - timedelta(days=1)).isoformat(),
        at="10:00",
        interpreting="none",
    )
    got = {
        "note": amal.post(f"/faelle/{case.id}/kontakte/neu/", note).status_code,
        "task": amal.post(
            f"/faelle/{case.id}/aufgaben/neu/", keyed(title="x", assignee=str(case.lead_id))
        ).status_code,
        "working note": amal.post(f"/faelle/{case.id}/arbeitsnotizen/neu/", keyed(text="x")).status_code,
    }
    assert set(got.values()) == {303}, got


def test_a_kennwort_does_not_tell_that_it_is_protected(own_database):
    from tests.pages.protected_world import plant_protected

    plant_protected()
    bernd = signed_in(BERND.email)
    known, unknown = (
        bernd.post("/kennwort/", {"codeword": word}, follow=True).status_code
        for word in ("Hagebutte-482", "Nirgends-111")
    )
    assert known == unknown


def test_a_number_of_a_masked_case_is_not_told_apart(own_database):
    """The list of numbers leaves it out; typed in full it leads there."""
    from tests.pages.protected_world import plant_protected

    number = plant_protected()["number"]
    bernd = signed_in(BERND.email)
    known, unknown = (bernd.post("/suche/ergebnis/", {"name": n}) for n in (number, number[:-1] + "9"))
    assert number not in text_of(bernd.post("/suche/ergebnis/", {"name": number[:-1]}))
    assert known.status_code == unknown.status_code


def test_takeover_moves_only_what_the_preview_showed(own_database):
    case = open_a_case(family="Erste", given="E")
    amal, bernd = membership_of(AMAL.email).id, membership_of(BERND.email).id
    lena = signed_in(LENA.email)
    values = {"bulk": str(bernd), "reason": "leaving"}
    shown = lena.post(f"/uebernahme/{amal}/vorschau/", values)
    assert case.number in text_of(shown)
    later = open_a_case(family="Zweite", given="Z")
    import re

    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown.content.decode()))
    lena.post(f"/uebernahme/{amal}/bestaetigung/", {**sent})
    from faden.cases.models import Case
    from faden.kernel.rls import opened_for

    by = actor_of(AMAL.email)
    with opened_for(by, write=False):
        leads = [Case.objects.get(id=c.id).lead_id for c in (case, later)]
    assert leads == [bernd, amal]


def test_the_comparison_is_no_oracle(own_database):
    """Amal changes her own entry until the page says "gleich": town and states of a colleague's client."""
    from faden.kernel import clock
    from faden.persons.actions import people
    from faden.persons.actions.identity import note_alike
    from faden.persons.actions.people import Changed, Reached, Spelling
    from faden.persons.models import LikePair, Person
    from faden.persons.rules.birth import BirthDate

    hers, own = (
        open_a_case(BERND.email, family="Doppelmann", given="Dora"),
        open_a_case(AMAL.email, family="Doppelmann", given="Dora"),
    )
    for email, case, town in ((BERND.email, hers, "05554032"), (AMAL.email, own, "")):
        with acting(email) as who:
            person = Person.objects.get(id=case.person_id)
            people.change(
                person,
                Changed(
                    Spelling("Doppelmann", "Dora"),
                    birth=BirthDate(1990, 1, 1),
                    reached=Reached(municipality=town),
                ),
                seen_version=person.version,
                by=who,
                at=clock.now(),
            )
    with acting(AMAL.email) as who:
        note_alike(own.person_id, by=who, at=clock.now())
        pair = LikePair.objects.get()
    amal, said = signed_in(AMAL.email), {}
    for town in ("05554004", "05554032"):
        with acting(AMAL.email) as who:
            person = Person.objects.get(id=own.person_id)
            people.change(
                person,
                Changed(
                    Spelling("Doppelmann", "Dora"),
                    birth=BirthDate(1990, 1, 1),
                    reached=Reached(municipality=town),
                ),
                seen_version=person.version,
                by=who,
                at=clock.now(),
            )
        page = text_of(amal.get(f"/doppelte/{pair.id}/"))
        said[town] = (
            page[page.index("Wohnort", page.index("Vergleich Name")) :][:70]
            if "Vergleich Name" in page
            else page[page.index("Wohnort") :][:70]
        )
    assert "verschieden" not in said["05554004"] or "gleich" not in said["05554032"], said


def test_an_address_that_is_never_shown_here_is_not_told_by_a_conflict(own_database):
    """She left his case; its page says NEVER; 409 tells."""
    from faden.cases.actions.members import leave
    from faden.kernel import clock
    from faden.persons.actions import facts

    case = open_a_case(family="Ottmann", given="Ottokar")
    wife = add_member(case, "Xanthippe")
    agree(wife)
    with acting(AMAL.email) as who:
        leave(case, wife.id, by=who, on=clock.today(), at=clock.now())
    row = fact(AMAL.email, wife, "address", street="Mirabellenweg 7", place="Schlehenhausen")
    with acting(AMAL.email) as who:
        facts.end(row, clock.today() + timedelta(days=30), by=who, on=clock.today(), at=clock.now())
    mark(AMAL.email, wife)
    amal = signed_in(AMAL.email)
    below = f"/faelle/{case.id}/personen/{wife.id}/"
    assert amal.post(f"{below}schutz/anschrift/", {}).status_code == 404
    history = amal.get(f"{below}angaben/address/").content.decode()
    assert "Mirabellenweg" not in history
    answer = amal.post(f"{below}angaben/address/{row.id}/ende/", keyed(last_day=clock.today().isoformat()))
    assert "Mirabellenweg" not in answer.content.decode(), answer.status_code
