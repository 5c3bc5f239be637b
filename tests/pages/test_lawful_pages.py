"""Weitergabe by law: two people, the §§ 87 and 88 ticked by the second one, one person, and who reads of it."""

from datetime import timedelta

import pytest

from tests.case_making import acting, add_member, agree, open_a_case
from tests.cast import AMAL, ANTON, BERND, CEM, DILAN, DORA, KARIN, LENA
from tests.desk_client import keyed, signed_in, text_of

FACTS = "Das Kind kam mit blauen Flecken, die Lehrerin hat es bestätigt."


@pytest.fixture
def case(own_database):
    return open_a_case()


def agency(name="Jugendamt Borken", kind="jugendamt"):
    from faden.kernel import clock
    from faden.organisations.actions.agencies import Described, note

    with acting(AMAL.email) as by:
        return note(Described(name, kind), by=by, at=clock.now())


def values(to, **more):
    return keyed(**{
        "recipient": f"a{to.id}", "norm": "kkg_4", "facts": FACTS, "purpose": "Schutz des Kindes", "data_classes": ["contact", "family"],
        "informed_on": "", "not_informed": "child_at_risk", "not_informed_words": "", **more,
    })  # fmt: skip


def ask(case, to, *, email=AMAL.email, form="neu", **more):
    return signed_in(email).post(f"/faelle/{case.id}/befugnis/{form}/", values(to, **more))


def asked(case, to, **more):
    """Put down; its id."""
    answer = ask(case, to, **more)
    assert answer.status_code == 303, text_of(answer)
    return answer.headers["Location"].rstrip("/").rpartition("/")[2]


def decide(one, email=LENA.email, **more):
    return signed_in(email).post(f"/befugnisse/{one}/", keyed(**{"decision": "ja", "words": "", **more}))


def pass_on(case, one, **more):
    """As the browser does it: shown first, then sent with the seal of what was shown."""
    amal, where = signed_in(AMAL.email), f"/faelle/{case.id}/befugnis/{one}/weitergabe/"
    sent = {"message": "Bitte sehen Sie nach.", "own_contact": "Oleksandra S.", "channel": "phone", **more}
    first = amal.post(where, keyed(**sent))
    seal = first.content.decode().partition('name="seal" value="')[2].partition('"')[0]
    return first, amal.post(where, keyed(**sent, seal=seal))


def releases(case):
    from faden.consents.models import Release

    with acting(AMAL.email):
        return list(Release.objects.filter(person=case.person_id))


def test_from_the_first_word_to_the_register(case):
    one = asked(case, agency())
    waits = text_of(signed_in(LENA.email).get("/befugnisse/"))
    assert case.number in waits and "§ 4 KKG" in waits and "Schewtschenko" not in waits and FACTS not in waits
    assert FACTS in text_of(signed_in(LENA.email).get(f"/befugnisse/{one}/"))
    assert decide(one).status_code == 303
    first, second = pass_on(case, one)
    assert first.status_code == 422 and "So liest es die Stelle jetzt" in text_of(first) and second.status_code == 303
    [made] = releases(case)
    assert (made.ground, made.channel, made.data_classes, str(made.lawful_id)) == ("gesetzliche_befugnis", "phone", ["contact"], one)
    page = text_of(signed_in(AMAL.email).get(f"/faelle/{case.id}/"))
    assert "Weitergabe an Jugendamt Borken" in page and "Gesetzliche Grundlage für eine Weitergabe" in page
    together = text_of(signed_in(AMAL.email).get(f"/faelle/{case.id}/zusammenarbeit/"))
    assert "Jugendamt Borken" in together and "die Person weiß es noch nicht" in together


def test_nothing_leaves_before_the_second_person_nor_after_a_no(case):
    one = asked(case, agency())
    pass_on(case, one)
    assert releases(case) == []
    assert decide(one, decision="nein", words="").status_code == 422
    assert decide(one, decision="nein", words="Ein Gespräch reicht zuerst.").status_code == 303
    pass_on(case, one)
    assert releases(case) == []
    assert decide(one).status_code == 403


def test_after_thirty_days_it_is_put_down_anew(case):
    """On the thirtieth day it still carries a Weitergabe, on the next none, on no way."""
    from faden.consents.queries.grounds import grounds_for
    from faden.documents.queries.forms import standing_for
    from faden.kernel import clock

    to = agency()
    one = asked(case, to)
    decide(one)

    def offered():
        with acting(AMAL.email):
            grounds = grounds_for(case.person_id, f"a{to.id}", on=clock.today()).by_law
            letters = standing_for(case, [case.person_id], on=clock.today()).by_law
        return [[str(row.id) for row in rows] for rows in (grounds, letters)]

    clock.set_forward(30)
    assert offered() == [[one], [one]]
    clock.set_forward(31)
    assert offered() == [[], []]
    _first, second = pass_on(case, one)
    assert second.status_code == 403 and "vor mehr als 30 Tagen" in text_of(second) and releases(case) == []
    clock.set_forward(30)
    assert pass_on(case, one)[1].status_code == 303


def test_only_what_was_confirmed_is_offered(case):
    one = asked(case, agency(), data_classes=["contact"])
    decide(one)
    page = signed_in(AMAL.email).get(f"/faelle/{case.id}/befugnis/{one}/weitergabe/").content.decode()
    assert 'name="own_contact"' in page and 'name="own_residence"' not in page and 'name="own_family"' not in page
    assert 'value="fax"' not in page and 'value="link"' not in page and 'value="inbox"' not in page
    first, second = pass_on(case, one, own_residence="Duldung", channel="fax")
    assert (first.status_code, second.status_code, releases(case)) == (422, 422, [])


def test_the_second_person_is_another_one_and_a_lead(case):
    one = asked(case, agency())
    for email, status in ((AMAL.email, 403), (BERND.email, 403), (DILAN.email, 403), (ANTON.email, 403), (KARIN.email, 403), (CEM.email, 403), (DORA.email, 404)):
        assert decide(one, email).status_code == status, email
    from faden.consents.models import LawfulRelease
    from tests.desk_client import actor_of

    lena = actor_of(LENA.email)
    with acting(LENA.email):
        LawfulRelease.objects.filter(id=one).update(asked_by=lena.user_id)
    assert decide(one).status_code == 403, "she put it down herself"
    assert "name=\"decision\"" not in signed_in(LENA.email).get(f"/befugnisse/{one}/").content.decode()


# ---------- offices that decide about the stay ----------


def offices():
    return agency("Ausländerbehörde Kreis Borken", "abh"), agency("Einbürgerung Kreis Borken", "einbuergerung")


def test_they_are_on_no_list_but_their_own(case):
    abh, naturalisation = offices()
    youth, amal = agency(), signed_in(AMAL.email)
    usual = amal.get(f"/faelle/{case.id}/befugnis/neu/").content.decode()
    assert str(youth.id) in usual and str(abh.id) not in usual and str(naturalisation.id) not in usual
    assert "aufenthg_87" not in usual and "stag_32" not in usual
    theirs = amal.get(f"/faelle/{case.id}/befugnis/ersuchen/").content.decode()
    assert str(abh.id) in theirs and str(naturalisation.id) in theirs and str(youth.id) not in theirs
    assert "kkg_4" not in theirs and 'checked="" name="norm"' not in theirs
    for to, norm, form in ((abh, "kkg_4", "neu"), (abh, "aufenthg_87_1", "neu"), (abh, "kkg_4", "ersuchen"), (youth, "aufenthg_87_1", "ersuchen")):
        assert ask(case, to, norm=norm, form=form).status_code == 422


def test_each_office_has_its_own_law(case):
    abh, naturalisation = offices()
    assert ask(case, naturalisation, norm="aufenthg_87_1", form="ersuchen").status_code == 422
    assert ask(case, abh, norm="stag_32", form="ersuchen").status_code == 422
    assert ask(case, naturalisation, norm="stag_32", form="ersuchen").status_code == 303
    assert ask(case, abh, norm="court", form="ersuchen").status_code == 303


@pytest.mark.parametrize("norm", ["aufenthg_87_1", "aufenthg_87_2", "stag_32"])
def test_both_paragraphs_are_ticked_by_the_second_person(case, norm):
    abh, naturalisation = offices()
    one = asked(case, naturalisation if norm == "stag_32" else abh, norm=norm, form="ersuchen")
    page = signed_in(LENA.email).get(f"/befugnisse/{one}/").content.decode()
    assert " checked" not in page, "nothing is ticked beforehand"
    for ticks in ({}, {"checked_87": "on"}, {"checked_88": "on"}):
        assert decide(one, **ticks).status_code == 422, ticks
    assert decide(one, checked_87="on", checked_88="on").status_code == 303
    assert pass_on(case, one)[1].status_code == 303
    assert len(releases(case)) == 1


def test_the_database_refuses_what_was_not_ticked(case):
    """The verb passed by: nothing reaches the office."""
    from django.db import IntegrityError, transaction

    from faden.consents.models import LawfulRelease

    one = asked(case, offices()[0], norm="aufenthg_87_1", form="ersuchen")
    with acting(LENA.email) as by, pytest.raises(IntegrityError), transaction.atomic():
        from faden.kernel import clock

        LawfulRelease.objects.filter(id=one).update(confirmed=True, decided_at=clock.now(), decided_by=by.user_id)


# ---------- who knows of it ----------


def test_the_persons_paper_is_silent_until_she_was_told(case):
    from faden.documents.queries.account import account_of
    from faden.kernel import clock

    one = asked(case, agency())
    decide(one)
    pass_on(case, one)
    where = f"/faelle/{case.id}/befugnis/{one}/unterrichtung/"
    sheets = [f"/faelle/{case.id}/personen/{case.person_id}/blatt/"]
    amal = signed_in(AMAL.email)
    for sheet in sheets:
        assert "Jugendamt" not in amal.get(sheet).content.decode()
    del account_of, clock
    tomorrow = f"{clock_today() + timedelta(days=1):%Y-%m-%d}"
    assert amal.post(where, keyed(informed_on=tomorrow)).status_code == 422
    assert amal.post(where, keyed(informed_on=f"{clock_today():%Y-%m-%d}")).status_code == 303
    assert "weiß es noch nicht" not in text_of(amal.get(f"/faelle/{case.id}/befugnis/{one}/"))


def clock_today():
    from faden.kernel import clock

    return clock.today()


def test_in_a_family_one_person_each_and_confidential_where_it_belongs(case):
    child = add_member(case, "Amina", born="2015")
    agree(child)
    to, amal, where = agency(), signed_in(AMAL.email), f"/faelle/{case.id}/"
    assert ask(case, to).status_code == 422, "it is about nobody"
    one = asked(case, to, persons=str(child.id), confidential="on")
    hidden = [where, f"{where}zusammenarbeit/", f"{where}personen/{case.person_id}/", f"{where}personen/{case.person_id}/zusammenarbeit/", f"{where}personen/{child.id}/zusammenarbeit/"]
    for page in hidden:
        assert "Jugendamt Borken" not in amal.get(page).content.decode(), page
    assert "Jugendamt Borken" in amal.get(f"{where}personen/{child.id}/vertraulich/zusammenarbeit/").content.decode()
    decide(one)
    pass_on(case, one)
    for page in hidden:
        assert "Jugendamt Borken" not in amal.get(page).content.decode(), page


def test_the_others_do_not_read_it(case):
    from tests.cases.test_emergencies import break_glass

    child = add_member(case, "Amina", born="2015")
    agree(child)
    one = asked(case, agency(), persons=str(child.id), confidential="on")
    pages = [f"/faelle/{case.id}/befugnis/{one}/{below}" for below in ("", "weitergabe/", "unterrichtung/")] + [f"/befugnisse/{one}/"]
    for email in (BERND.email, DILAN.email, ANTON.email, KARIN.email, CEM.email, DORA.email):
        for page in pages:
            answer = signed_in(email).get(page)
            assert answer.status_code in (403, 404) and FACTS not in answer.content.decode(), (email, page)
    break_glass(case)
    for page in pages:
        answer = signed_in(BERND.email).get(page)
        assert answer.status_code == 403 and FACTS not in answer.content.decode()


def test_another_case_of_the_same_service_does_not_have_it(case):
    one, other = asked(case, agency()), open_a_case(family="Anders")
    for below in ("", "weitergabe/", "unterrichtung/"):
        assert signed_in(AMAL.email).get(f"/faelle/{other.id}/befugnis/{one}/{below}").status_code == 404
