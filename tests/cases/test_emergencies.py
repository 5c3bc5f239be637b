"""Notzugriff: who may, what stays closed, that it ends to the minute, and that two others hear of it and judge it."""

from datetime import timedelta

import pytest
from django.core import mail

from faden.kernel.errors import NotAllowed, NotFound
from tests.case_making import acting, add_member, agree, mark, open_a_case
from tests.cast import AMAL, ANTON, BERND, CEM, DILAN, DORA, KARIN, LENA
from tests.desk_client import actor_of, keyed, signed_in, text_of

WORDS = "Vermieter steht mit dem Schlüsseldienst vor der Tür."


@pytest.fixture
def case(own_database):
    return open_a_case()


def break_glass(case, email=BERND.email, *, hours="2", words=WORDS):
    return signed_in(email).post(f"/faelle/{case.id}/notzugriff/", keyed(words=words, hours=hours))


def at(monkeypatch, moment):
    from faden.kernel import clock

    monkeypatch.setattr(clock, "now", lambda: moment)


def test_it_is_offered_and_opens_the_case_with_its_minute(case):
    bernd, where = signed_in(BERND.email), f"/faelle/{case.id}/"
    refused = bernd.get(where)
    assert refused.status_code == 403 and f'href="{where}notzugriff/"' in refused.content.decode()
    found = bernd.post("/suche/ergebnis/", {"name": "Schewtschenko", "born": ""}, follow=True)
    assert f'href="{where}notzugriff/"' in found.content.decode()
    form = text_of(bernd.get(f"{where}notzugriff/"))
    assert case.number in form and "Schewtschenko" not in form
    assert break_glass(case).status_code == 303
    for below in ("", "kontakte/neu/", "dokumente/", "briefe/", "zusammenarbeit/"):
        page = text_of(bernd.get(where + below))
        assert "Notzugriff bis" in page and "noch 1:59 Stunden" in page, below
        assert "Sie haben diesen Fall im Notzugriff geöffnet" in page and WORDS in page


def test_it_ends_to_the_minute_and_when_it_is_given_back(case, monkeypatch):
    from faden.kernel import clock

    begun = clock.now()
    assert break_glass(case).status_code == 303
    bernd, where = signed_in(BERND.email), f"/faelle/{case.id}/"
    at(monkeypatch, begun + timedelta(minutes=119))
    assert bernd.get(where).status_code == 200
    at(monkeypatch, begun + timedelta(minutes=121))
    assert bernd.get(where).status_code == 403
    at(monkeypatch, begun + timedelta(minutes=5))
    assert bernd.post(f"{where}notzugriff/ende/", keyed()).status_code == 303
    assert bernd.get(where).status_code == 403
    assert bernd.post(f"{where}notzugriff/ende/", keyed()).status_code == 403


def test_nobody_else_may_and_nobody_else_gets_in_by_it(case):
    for email, status in ((AMAL.email, 403), (LENA.email, 403), (DILAN.email, 403), (ANTON.email, 403), (KARIN.email, 403), (CEM.email, 404), (DORA.email, 404)):
        assert break_glass(case, email).status_code == status, email
    break_glass(case)
    for email, status in ((LENA.email, 302), (DILAN.email, 403), (ANTON.email, 403), (KARIN.email, 403), (CEM.email, 404)):
        assert signed_in(email).get(f"/faelle/{case.id}/").status_code == status, email


@pytest.mark.parametrize(("words", "hours"), [("", "2"), ("  ", "2"), (WORDS, "24"), (WORDS, ""), (WORDS, "-1"), ("x" * 301, "1")])
def test_without_words_or_for_a_day_it_is_not_opened(case, words, hours):
    answer = break_glass(case, words=words, hours=hours)
    assert answer.status_code == 422
    assert signed_in(BERND.email).get(f"/faelle/{case.id}/").status_code == 403


def test_a_closed_case_has_no_emergency(case):
    from faden.cases.models import Case

    with acting(AMAL.email):
        Case.objects.filter(id=case.id).update(phase="closed")
    assert break_glass(case).status_code == 403
    assert "notzugriff" not in signed_in(BERND.email).get(f"/faelle/{case.id}/").content.decode()


def test_a_contact_is_noted_and_nothing_else_is_written(case):
    break_glass(case)
    bernd, where = signed_in(BERND.email), f"/faelle/{case.id}/"
    contact = keyed(
        text="Mit dem Vermieter gesprochen.", type="phone", minutes="20", day="2026-01-05", at="10:00", language="de",
        interpreting="none", place="Büro", life_areas="housing",
    )  # fmt: skip
    assert bernd.post(f"{where}kontakte/neu/", contact).status_code == 303
    assert "Mit dem Vermieter gesprochen." in text_of(bernd.get(where))
    for path, values in (("aufgaben/neu/", {"title": "Nein"}), ("phase/", {"phase": "planning"}), ("briefe/neu/schreiben/", {"recipient": "A", "body": "B"})):
        assert bernd.post(where + path, keyed(**values)).status_code == 403, path
    assert f'href="{where}aufgaben/neu/"' not in bernd.get(where).content.decode()


def test_what_is_confidential_stays_closed_by_list_and_by_id(case):
    from faden.cases.actions import contact_notes, tasks
    from faden.cases.actions.concerning import About
    from faden.kernel import clock
    from tests.case_making import put_paper

    person, secret = case.person_id, About((case.person_id,), confidential=True)
    with acting(AMAL.email) as by:
        task = tasks.make(tasks.Wanted("GEHEIM Aufgabe", clock.today(), case.lead_id, about=secret), case=case, by=by, at=clock.now())
        said = contact_notes.Contact(clock.now(), "office", "", 5, "de", "none", ("housing",), "GEHEIM Notiz", about=secret)
        note = contact_notes.record(said, case=case, by=by, at=clock.now())
        paper = put_paper(case, "GEHEIM.pdf", by=by, about=secret)
    below = (
        f"personen/{person}/vertraulich/", f"aufgaben/{task.id}/", f"kontakte/{note.id}/", f"dokumente/{paper.id}/",
        f"personen/{person}/vertraulich/dokumente/", f"kontakte/neu/?person={person}&vertraulich=1",
        f"personen/{person}/vertraulich/zusammenarbeit/", f"personen/{person}/schutz/anschrift/",
    )  # fmt: skip
    amal, bernd, where = signed_in(AMAL.email), signed_in(BERND.email), f"/faelle/{case.id}/"
    assert [amal.get(where + path).status_code for path in below[:4]] == [200] * 4
    break_glass(case)
    for path in below:
        answer = bernd.get(where + path)
        assert answer.status_code in (403, 405) and "GEHEIM" not in answer.content.decode(), path
    assert bernd.get(where).status_code == 200


def test_what_belongs_to_something_confidential_stays_closed_by_id(case):
    """A step, what was sent: rows without tags of their own."""
    from faden.cases.models import Deadline
    from tests.chains.making import Hand, begin, step
    from tests.referrals.sending import school, sent_to
    from tests.referrals.test_in_confidence import begun

    begin(case, step("a", title="GEHEIM Schritt"), confidential=True)
    sending = sent_to(school(), case=case, referral=begun(case, confidential=True, wish="GEHEIM"), wish="GEHEIM").sending
    with acting(AMAL.email):
        assert not Deadline.objects.filter(case=case, confidential=False).exists()
    below = (f"ketten/schritte/{Hand(case).row('a').id}/", f"sendungen/{sending.id}/link/")
    amal, bernd, where = signed_in(AMAL.email), signed_in(BERND.email), f"/faelle/{case.id}/"
    assert [amal.get(where + path).status_code for path in below] == [200] * 2
    break_glass(case)
    for path in below:
        answer = bernd.get(where + path)
        assert answer.status_code == 403 and "GEHEIM" not in answer.content.decode(), path


def test_what_is_confidential_is_not_prefilled_into_a_form(case):
    from faden.cases.actions.concerning import About
    from tests.case_making import put_paper
    from tests.chains.making import Hand, begin, step

    secret = About((case.person_id,), confidential=True)
    begin(case, step("a", title="GEHEIM Schritt"), confidential=True)
    with acting(AMAL.email) as by:
        paper = put_paper(case, "GEHEIM.pdf", by=by, about=secret)
    below = (f"vermittlungen/neu/?schritt={Hand(case).row('a').id}", f"bescheide/neu/?dokument={paper.id}")
    amal, bernd, where = signed_in(AMAL.email), signed_in(BERND.email), f"/faelle/{case.id}/"
    assert ["GEHEIM" in amal.get(where + path).content.decode() for path in below] == [True] * 2
    break_glass(case)
    for path in below:
        answer = bernd.get(where + path)
        assert answer.status_code == 403 and "GEHEIM" not in answer.content.decode(), path


def test_a_protected_address_is_not_opened_in_it(case):
    from tests.case_making import fact

    person = case.person
    fact(AMAL.email, person, "address", street="Geheimweg 7")
    mark(AMAL.email, person)
    break_glass(case)
    where = f"/faelle/{case.id}/personen/{person.id}/schutz/anschrift/"
    assert "Geheimweg" in signed_in(AMAL.email).post(where, keyed()).content.decode()
    answer = signed_in(BERND.email).post(where, keyed())
    assert answer.status_code == 403 and "Geheimweg" not in answer.content.decode()
    for page in ("", f"personen/{person.id}/", f"personen/{person.id}/angaben/"):
        assert "Geheimweg" not in signed_in(BERND.email).get(f"/faelle/{case.id}/{page}").content.decode()


# ---------- told and judged ----------


def the_one(case):
    from faden.cases.models import CaseOpening

    with acting(LENA.email):
        return CaseOpening.objects.get(case=case, reason="emergency")


def test_both_are_written_to_at_once_without_content(case):
    from tests.cases.test_deadline_letters import work

    work()
    mail.outbox.clear()
    break_glass(case)
    work()
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([LENA.email, DILAN.email])
    text = "".join(letter.subject + letter.body for letter in mail.outbox)
    assert not [told for told in (case.number, WORDS, "Bernd", "Schewtschenko") if told in text]


def test_the_lead_reads_who_it_was_and_the_officer_does_not(case):
    break_glass(case)
    signed_in(BERND.email).get(f"/faelle/{case.id}/")
    where = f"/notzugriffe/{the_one(case).id}/"
    for email, knows in ((LENA.email, True), (DILAN.email, False)):
        for page in ("/notzugriffe/", where):
            shown = text_of(signed_in(email).get(page))
            assert case.number in shown and WORDS in shown and "Schewtschenko" not in shown
            assert ("Bernd" in shown) is knows
    shown = text_of(signed_in(LENA.email).get(where))
    assert "Geöffnete Seiten Fallseite (1)" in shown
    for email, status in ((AMAL.email, 403), (BERND.email, 403), (ANTON.email, 403), (KARIN.email, 403), (CEM.email, 403)):
        assert signed_in(email).get("/notzugriffe/").status_code == status
        assert signed_in(email).get(where).status_code == status


def test_it_stands_on_the_first_page_of_both_until_they_judged(case):
    pages = {LENA.email: "/team/faelle/", DILAN.email: "/zugriffe/"}
    said = "Ein Notzugriff wartet auf Ihr Urteil."
    assert not any(said in text_of(signed_in(email).get(page)) for email, page in pages.items())
    break_glass(case)
    assert all(said in text_of(signed_in(email).get(page)) for email, page in pages.items())
    signed_in(LENA.email).post(f"/notzugriffe/{the_one(case).id}/", keyed(verdict="justified", words=""))
    assert [said in text_of(signed_in(email).get(page)) for email, page in pages.items()] == [False, True]


def test_each_says_once_and_a_doubt_in_words(case):
    break_glass(case)
    where, lena, dilan = f"/notzugriffe/{the_one(case).id}/", signed_in(LENA.email), signed_in(DILAN.email)
    assert lena.post(where, keyed(verdict="question", words="")).status_code == 422
    assert lena.post(where, keyed(verdict="question", words="War Amal nicht da?")).status_code == 303
    assert lena.post(where, keyed(verdict="justified", words="")).status_code == 409
    assert dilan.post(where, keyed(verdict="justified", words="")).status_code == 303
    assert "wartet auf Sie" not in text_of(lena.get("/notzugriffe/")) + text_of(dilan.get("/notzugriffe/"))
    shown = text_of(dilan.get(where))
    assert "Rückfrage" in shown and "War Amal nicht da?" in shown and "nachvollziehbar" in shown


def test_nobody_judges_her_own(case):
    from faden.cases.actions.emergencies import review
    from faden.cases.models import CaseOpening
    from faden.cases.vocabulary.case import EmergencyVerdict
    from faden.kernel import clock

    break_glass(case)
    one = the_one(case)
    lena = actor_of(LENA.email)
    with acting(LENA.email):
        CaseOpening.objects.filter(id=one.id).update(opened_by=lena.user_id)
    with acting(LENA.email) as by, pytest.raises(NotAllowed):
        review(one.id, EmergencyVerdict.JUSTIFIED, words="", by=by, at=clock.now())
    with acting(CEM.email) as by, pytest.raises(NotFound):
        review(one.id, EmergencyVerdict.JUSTIFIED, words="", by=by, at=clock.now())


def test_the_look_says_that_it_was_one(case):
    from faden.kernel.models import Look

    break_glass(case)
    signed_in(BERND.email).get(f"/faelle/{case.id}/")
    with acting(LENA.email):
        assert list(Look.objects.filter(subject_id=case.id).values_list("purpose", "page")) == [("emergency", "case")]


def test_one_of_a_family_reads_the_rest_in_it(case):
    child = add_member(case, "Amina", born="2015")
    agree(child)
    break_glass(case)
    assert signed_in(BERND.email).get(f"/faelle/{case.id}/personen/{child.id}/").status_code == 200
