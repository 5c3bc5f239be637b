"""What can be told at all: nothing of others, nothing of where a protected person is; and who may take it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.case_making import acting, add_member, agree, fact, mark, open_a_case
from tests.cast import AMAL, BERND
from tests.desk_client import actor_of, keyed, membership_of, signed_in, text_of
from tests.pages.test_referral_pages import (
    agency,
    allow,
    begun,
    deadlines_of,
    noted,
    referrals_of,
    releases_of,
    sent,
)
from tests.pages.test_statement_counts import statements

# Statements of the worker's list, a Vermittlung, the address book, and the form that sends.
LIST, ONE, BOOK, SEND = 19, 37, 7, 48
STREET, SCHOOL = "Mirabellenweg", "Hagebuttenschule"


@pytest.fixture
def case(own_database: str) -> Any:
    return open_a_case()


def with_facts(case: Any, person: Any = None) -> None:
    person = person or case.person
    fact(AMAL.email, person, "address", street=f"{STREET} 7", postcode="48683", place="Ahaus")
    fact(AMAL.email, person, "occupation", kind="school", what="Klasse 7", where=SCHOOL)
    fact(AMAL.email, person, "limit", kind="no_course", words="Rollstuhl")


def offered(case: Any, person: Any = None) -> Any:
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.referrals.queries.telling import tellable

    with opened_for(actor_of(AMAL.email), write=False):
        return tellable(case, (person or case.person).id, on=clock.today())


def words(found: Any) -> str:
    return " ".join(f"{one.label} {one.value}" for one in found.offers)


def test_facts_have_the_class_a_consent_must_name(case: Any):
    with_facts(case)
    classes = {one.label: str(one.data_class) for one in offered(case).offers}
    assert classes == {
        "Name": "contact", "Wohnort": "contact", "Anschrift": "contact", "Schule, Ausbildung, Arbeit": "school_work",
        "Was gerade nicht geht": "special",
    }  # fmt: skip


def test_health_is_never_ticked_beforehand(case: Any):
    with_facts(case)
    assert {one.label for one in offered(case).offers if one.usual} <= {"Name", "Telefon", "Sprachmittlung nötig"}


def test_a_schutzvermerk_keeps_back_where_she_is(case: Any):
    with_facts(case)
    assert STREET in words(offered(case)) and SCHOOL in words(offered(case)) and not offered(case).guarded
    mark(AMAL.email, case.person)
    told = offered(case)
    assert told.guarded and not any(word in words(told) for word in (STREET, SCHOOL, "Ahaus"))
    page = signed_in(AMAL.email).get(begun(signed_in(AMAL.email), case, to=agency("Praxis Linde")))
    assert "Wegen des Schutzvermerks" in text_of(page) and STREET not in text_of(page)


def test_a_protected_child_keeps_back_her_mothers_address_too(case: Any):
    child = add_member(case, "Mona")
    agree(child)
    with_facts(case)
    mark(AMAL.email, child)
    assert STREET not in words(offered(case)) and SCHOOL not in words(offered(case))


def test_of_a_title_that_comes_from_somebody_else_only_the_title(case: Any):
    husband = add_member(case, "Ottokar", family="Quittenbaum")
    agree(husband)
    fact(AMAL.email, case.person, "residence", paper="ae_36", derived_from=husband.id)
    assert "Quittenbaum" not in words(offered(case)) and "§ 36" in words(offered(case))


def test_in_a_family_every_one_has_her_own(case: Any):
    child = add_member(case, "Mona")
    agree(child)
    amal, place = signed_in(AMAL.email), agency()
    allow(case, place)
    refused = amal.post(reverse("referral-new", args=[case.id]), keyed(wish="Kita", life_area="language", recipient=f"a{place.id}"))
    assert refused.status_code == 422
    where = begun(amal, case, to=place, persons=str(child.id))
    page = text_of(amal.get(where))
    # Her mother's consent is not hers, and nothing of her mother is there to be ticked.
    assert "gilt heute keine Einwilligung" in page and "Name: Mona" in page and "Name: Oleksandra" not in page


def test_a_consent_of_another_person_carries_nothing(case: Any):
    child = add_member(case, "Mona")
    agree(child)
    amal, place = signed_in(AMAL.email), agency()
    consent = allow(case, place)
    where = begun(amal, case, to=place, persons=str(child.id))
    assert sent(amal, where, ground=f"c{consent.id}", channel="letter", facts=["name"]).status_code == 422
    assert releases_of(case) == []


def test_of_the_vertraulicher_faden_nothing_stands_beside_it(case: Any):
    agree(add_member(case, "Mona"))
    amal, place = signed_in(AMAL.email), agency("Praxis Linde", kind="gesundheit")
    allow(case, place)
    where = begun(amal, case, wish="Therapieplatz", to=place, persons=str(case.person_id), confidential="on")
    assert sent(amal, where, channel="letter").status_code == 303
    for name, extra in (("case", []), ("together", []), ("person", [case.person_id]), ("person-together", [case.person_id]), ("case-deadlines", [])):
        assert "Therapieplatz" not in text_of(amal.get(reverse(name, args=[case.id, *extra]))), name
    for name in ("person-together-confidential", "person-confidential"):
        assert "Therapieplatz" in text_of(amal.get(reverse(name, args=[case.id, case.person_id]))), name


def test_an_immigration_office_gets_what_she_consents_to_and_nothing_without(case: Any):
    amal, office = signed_in(AMAL.email), agency("Ausländerbehörde Musterkreis", kind="abh")
    where = begun(amal, case, to=office)
    assert sent(amal, where, channel="letter", facts=["name"]).status_code == 422 and releases_of(case) == []
    allow(case, office)
    assert sent(amal, where, channel="letter").status_code == 303


def test_a_withdrawn_entry_of_the_address_book_is_no_recipient(case: Any):
    amal, place = signed_in(AMAL.email), agency()
    where = begun(amal, case, to=place)
    assert amal.post(reverse("agency-end", args=[place.id]), keyed()).status_code == 303
    assert amal.get(where).status_code == 404
    assert f"a{place.id}" not in amal.get(reverse("referral-new", args=[case.id])).content.decode()


def test_the_address_book_is_the_services_own(case: Any):
    from tests.cast import CEM

    place, cem = agency("Praxis Linde"), signed_in(CEM.email)
    assert "Praxis Linde" not in cem.get(reverse("agencies")).content.decode()
    assert cem.get(reverse("agency", args=[place.id])).status_code == 404
    assert cem.post(reverse("agency-end", args=[place.id]), keyed()).status_code == 404
    assert "Praxis Linde" in signed_in(BERND.email).get(reverse("agencies")).content.decode()


def test_two_of_one_name_and_two_at_once(case: Any):
    amal, place = signed_in(AMAL.email), agency("Praxis Linde")
    values = {"name": "Praxis Linde", "kind": "gesundheit"}
    assert amal.post(reverse("agency-new"), keyed(**values)).status_code == 422
    assert amal.post(reverse("agency", args=[place.id]), keyed(**values | {"phone": "1"}, version=1)).status_code == 303
    assert amal.post(reverse("agency", args=[place.id]), keyed(**values | {"phone": "2"}, version=1)).status_code == 409


# ---- Step, list, day


def stepped(case: Any) -> Any:
    from tests.chains.making import begin, step

    return begin(case, step("course", life_area="language", title="Platz im Kurs"), by=actor_of(AMAL.email))


def step_of(case: Any) -> Any:
    from faden.chains.models import ChainStep

    with acting(AMAL.email):
        return ChainStep.objects.get(case=case)


def test_step_and_frist_follow_every_answer(case: Any):
    from faden.kernel import clock

    stepped(case)
    amal, place, step = signed_in(AMAL.email), agency(), step_of(case)
    allow(case, place)
    values = keyed(wish="Kurs", life_area="language", recipient=f"a{place.id}")
    where = amal.post(f"{reverse('referral-new', args=[case.id])}?schritt={step.id}", values)["Location"]
    assert sent(amal, where, channel="letter").status_code == 303
    [out], step = referrals_of(case), step_of(case)
    assert (step.state, step.agency) == ("waiting_agency", "Jobcenter Ahaus")
    noted(amal, case, out, "waiting", from_on=(clock.today() + timedelta(days=30)).isoformat())
    assert step_of(case).due_on == clock.today() + timedelta(days=30)
    noted(amal, case, out, "declined", reason="full")
    assert (step_of(case).state, step_of(case).block_reason) == ("blocked", "no_place")
    assert amal.post(reverse("referral-reopen", args=[case.id, out.id]), keyed(because="Neuer Platz", version=referrals_of(case)[0].version)).status_code == 303
    assert deadlines_of(case) == []


def test_a_step_of_another_case_is_none(case: Any):
    other = open_a_case(family="Andere")
    stepped(other)
    answer = signed_in(AMAL.email).get(f"{reverse('referral-new', args=[case.id])}?schritt={step_of(other).id}")
    assert answer.status_code == 200 and "Platz im Kurs" not in text_of(answer)
    assert signed_in(AMAL.email).get(f"{reverse('referral-new', args=[case.id])}?schritt=nichts").status_code == 200


def sent_many(case: Any, number: int) -> None:
    from faden.kernel import clock
    from faden.referrals.actions import referrals

    with acting(AMAL.email) as by:
        for n in range(number):
            wish = referrals.Wish(f"Kurs {n}", "language", case.person_id)
            referrals.begin(wish, case=case, by=by, at=clock.now())


@pytest.mark.parametrize("count", [1, 30])
def test_pages_take_the_same_number_of_statements(case: Any, count: int):
    amal, place = signed_in(AMAL.email), agency()
    allow(case, place)
    assert sent(amal, begun(amal, case, to=place), channel="letter").status_code == 303
    [out] = referrals_of(case)
    for _ in range(count):
        noted(amal, case, out, "received")
    sent_many(case, count)
    found = [
        statements(AMAL.email, where)[0]
        for where in (
            reverse("referral-list"), reverse("referral", args=[case.id, out.id]), reverse("agencies"),
            reverse("referral-send", args=[case.id, out.id, f"a{place.id}"]),
        )
    ]  # fmt: skip
    assert found == [LIST, ONE, BOOK, SEND]


def test_mein_tag_says_what_waits_for_us_and_the_deputy_finds_it(case: Any):
    amal, place = signed_in(AMAL.email), agency()
    allow(case, place)
    assert sent(amal, begun(amal, case, to=place), channel="letter").status_code == 303
    assert "die auf uns warten" not in text_of(amal.get("/tag/"))
    noted(amal, case, referrals_of(case)[0], "question", words="Welche Sprache?")
    assert "die auf uns warten" in text_of(amal.get("/tag/")) and "Rückfrage an uns" in text_of(amal.get("/tag/"))
    listed = text_of(amal.get(f"{reverse('referral-list')}?teil=wir"))
    assert "Sprachkurs B1" in listed and "Schewtschenko" in listed
    assert "Sprachkurs" not in text_of(amal.get(f"{reverse('referral-list')}?teil=beendet"))
    assert "Sprachkurs" not in text_of(signed_in(BERND.email).get(reverse("referral-list")))
    stand_in(case)
    assert "Sprachkurs B1" in text_of(signed_in(BERND.email).get(reverse("referral-list")))


def stand_in(case: Any) -> None:
    """Bernd works for Amal this week."""
    from faden.cases.models import Substitution
    from faden.kernel import clock

    deputy = membership_of(BERND.email).id
    with acting(AMAL.email) as by:
        Substitution.objects.create(
            organisation_id=by.organisation_id, absent_id=case.lead_id, deputy_id=deputy,
            from_on=clock.today(), until_on=clock.today() + timedelta(days=5), reason="leave",
            arranged_at=clock.now(), arranged_by=by.person,
        )  # fmt: skip


def test_of_a_case_without_agreement_to_vertretung_the_deputy_sees_nothing(case: Any):
    from faden.consents.models import CounsellingAgreement

    stand_in(case)
    sent_many(case, 1)
    assert "Kurs 0" in text_of(signed_in(BERND.email).get(reverse("referral-list")))
    with acting(AMAL.email):
        CounsellingAgreement.objects.filter(person=case.person_id).update(to_team_and_substitute=False)
    assert "Kurs 0" not in text_of(signed_in(BERND.email).get(reverse("referral-list")))


def test_a_consent_towards_one_office_is_none_towards_another(case: Any):
    amal, jobcentre, praxis = signed_in(AMAL.email), agency(), agency("Praxis Linde", kind="gesundheit")
    consent = allow(case, jobcentre)
    where = begun(amal, case, to=praxis)
    assert "gilt heute keine Einwilligung" in text_of(amal.get(where)) and str(consent.id) not in amal.get(where).content.decode()
    assert sent(amal, where, ground=f"c{consent.id}", channel="letter", facts=["name"]).status_code == 422
    assert releases_of(case) == []


def test_what_does_not_fit_is_refused_by_the_verb_too(case: Any):
    from faden.kernel import clock
    from faden.kernel.errors import Conflict
    from faden.referrals.actions import answers, referrals
    from faden.referrals.models import Sending
    from faden.referrals.vocabulary import AnswerKind, AnswerWay

    amal, place = signed_in(AMAL.email), agency()
    allow(case, place)
    assert sent(amal, begun(amal, case, to=place), channel="letter").status_code == 303
    now, heard = clock.now(), {"way": AnswerWay.PHONE, "said_by": "Frau Berg"}
    with acting(AMAL.email) as by:
        sending = Sending.objects.select_related("referral").get()
        with pytest.raises(Conflict):
            answers.note(sending, answers.Said(AnswerKind.NO_SHOW, clock.today()), by=by, at=now, **heard)
        referrals.withdraw(sending.referral, seen_version=sending.referral.version, by=by, at=now)
        with pytest.raises(Conflict):
            answers.note(sending, answers.Said(AnswerKind.ACCEPTED, clock.today()), by=by, at=now, **heard)
