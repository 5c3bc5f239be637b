"""Vermittlung: sent as it was shown, answered by phone, taken back, amended; what others see of it."""

import re
from typing import Any

import pytest
from django.urls import reverse

from tests.case_making import add_member, open_a_case
from tests.cast import AMAL, everybody
from tests.desk_client import actor_of, keyed, signed_in, text_of
from tests.releasing import consented


@pytest.fixture
def case(own_database: str) -> Any:
    return open_a_case()


@pytest.fixture
def amal(case: Any) -> Any:
    return signed_in(AMAL.email)


def agency(name: str = "Jobcenter Ahaus", *, email: str = "", kind: str = "jobcenter") -> Any:
    from faden.kernel import clock
    from faden.kernel.rls import opened_for
    from faden.organisations.actions import agencies

    by = actor_of(AMAL.email)
    with opened_for(by, write=True):
        return agencies.note(agencies.Described(name, kind, "", "Marktplatz 1, 48683 Ahaus", "02561 1", email), by=by, at=clock.now())


def allow(case: Any, recipient: Any, *classes: str, days: int = 200) -> Any:
    from faden.kernel.rls import opened_for

    by = actor_of(AMAL.email)
    with opened_for(by, write=True):
        return consented(case.person, recipient, by=by, purpose="Arbeit finden", data_classes=classes or ("contact", "language"), days=days)


def begun(amal: Any, case: Any, *, wish: str = "Sprachkurs B1", to: Any = None, **more: Any) -> str:
    """The address to go on at."""
    values = keyed(wish=wish, life_area="language", recipient=f"a{to.id}" if to else "", **more)
    answer = amal.post(reverse("referral-new", args=[case.id]), values)
    assert answer.status_code == 303, text_of(answer)
    return str(answer["Location"])


def hidden(page: Any, name: str) -> str:
    return re.findall(rf'name="{name}" value="([^"]*)"', page.content.decode())[0]


def sent(amal: Any, where: str, **more: Any) -> Any:
    """Exactly what the page offers, sent; `more` overrides, and is shown again first."""
    page = amal.get(where)
    html = page.content.decode()
    ground = re.findall(r'name="ground" value="([^"]*)"[^>]*checked', html)
    facts = re.findall(r'name="facts" value="([^"]*)"[^>]*checked', html)
    channel = re.findall(r'name="channel" value="([^"]*)"[^>]*checked', html)
    values = {
        "ground": ground[0] if ground else "", "facts": facts, "channel": channel[0], "message": "",
        "answer_by": re.findall(r'name="answer_by" value="([^"]*)"', html)[0],
        "version": hidden(page, "version"), "seal": hidden(page, "seal"),
    } | more  # fmt: skip
    answer = amal.post(where, keyed(**values))
    if answer.status_code == 422 and "So liest es die Stelle jetzt" in answer.content.decode():
        answer = amal.post(where, keyed(**values | {"seal": hidden(answer, "seal")}))
    return answer


def referrals_of(case: Any) -> list[Any]:
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for
    from faden.referrals.models import Referral

    with opened_for(Actor.system(case.organisation_id), write=False):
        return list(Referral.objects.filter(case=case).order_by("begun_at"))


def releases_of(case: Any) -> list[Any]:
    from faden.consents.models import Release
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for

    with opened_for(Actor.system(case.organisation_id), write=False):
        return list(Release.objects.filter(kind="referral").order_by("released_at"))


# ---- The main way


def test_a_known_recipient_with_a_standing_consent_takes_two_forms(case: Any, amal: Any):
    place = agency()
    allow(case, place)
    where = begun(amal, case, to=place)
    page = amal.get(where)
    assert "Genau das liest die Stelle" in text_of(page) and "Oleksandra Schewtschenko" in text_of(page)
    assert sent(amal, where, channel="letter").status_code == 303
    [release], [referral] = releases_of(case), referrals_of(case)
    assert referral.state == "sent" and release.channel == "letter" and release.purpose == "Arbeit finden"
    shown = text_of(amal.get(reverse("referral", args=[case.id, referral.id])))
    assert "gesendet, noch keine Antwort" in shown and "Ob jemand sie gelesen hat, wissen wir nicht" in shown


def test_a_consent_says_for_whom_to_whom_and_what_for(case: Any, amal: Any):
    place = agency()
    consent = allow(case, place)
    where = f"{reverse('referral-new', args=[case.id])}?person={case.person_id}&einwilligung={{}}"
    form = amal.get(where.format(consent.id)).content.decode()
    assert 'value="Arbeit finden"' in form and re.search(rf'value="a{place.id}" selected', form)
    other = amal.get(where.format(case.id)).content.decode()
    assert "Arbeit finden" not in other and not re.search(rf'value="a{place.id}" selected', other)


def test_the_banner_names_her_whose_it_is(case: Any, amal: Any):
    khaled = add_member(case, given="Khaled")
    where = begun(amal, case, to=agency(), persons=str(khaled.id))
    for path in (where, re.sub(r"senden/.*", "", where)):
        banner = re.search(r'f-client__name">(.*?)</p>', amal.get(path).content.decode(), re.DOTALL)
        assert banner and "Khaled" in banner[1], path


def test_what_no_consent_names_is_marked(case: Any, amal: Any):
    place = agency()
    marked = "nennt keine Einwilligung an diese Stelle"
    where = begun(amal, case, to=place)
    assert marked not in text_of(amal.get(where))
    allow(case, place, "family")
    assert f"Name und Erreichbarkeit: {marked}" in text_of(amal.get(where))
    allow(case, place, "contact")
    assert f"Name und Erreichbarkeit: {marked}" not in text_of(amal.get(where))


def test_the_recipient_reads_what_the_sender_was_shown(case: Any, amal: Any):
    from faden.consents.rules.contents import from_json

    place = agency()
    allow(case, place)
    where = begun(amal, case, to=place)
    answer = sent(amal, where, channel="letter", message="Bitte einen Platz ab März.")
    assert answer.status_code == 303
    [release] = releases_of(case)
    content = from_json(release.content)
    assert content.message == "Bitte einen Platz ab März."
    assert [fact.label for fact in content.facts] == ["Name"]


def test_nothing_leaves_that_was_not_shown(case: Any, amal: Any):
    place = agency()
    allow(case, place)
    where = begun(amal, case, to=place)
    page = amal.get(where)
    facts = re.findall(r'name="facts" value="([^"]*)"', page.content.decode())
    ground = re.findall(r'name="ground" value="(c[^"]*)"', page.content.decode())[0]
    values = {"ground": ground, "facts": facts, "channel": "letter", "message": "Neu", "version": 1, "seal": hidden(page, "seal")}
    answer = amal.post(where, keyed(**values))
    assert answer.status_code == 422 and "So liest es die Stelle jetzt" in text_of(answer)
    assert releases_of(case) == [] and "Neu" in text_of(answer)


def test_without_a_consent_it_stays_a_draft_and_leads_to_one(case: Any, amal: Any):
    place = agency()
    where = begun(amal, case, to=place)
    page = amal.get(where)
    assert "gilt heute keine Einwilligung" in text_of(page) and reverse("consent-new", args=[case.id, case.person_id]) in page.content.decode()
    answer = sent(amal, where, channel="letter")
    assert answer.status_code == 422 and releases_of(case) == [] and referrals_of(case)[0].state == "draft"


def test_she_takes_it_along_herself(case: Any, amal: Any):
    where = begun(amal, case, to=agency())
    refused = sent(amal, where, ground="mitgegeben", channel="letter", facts=["name"])
    assert refused.status_code == 422 and "geht auf keinem anderen Weg" in text_of(refused)
    assert sent(amal, where, ground="mitgegeben", channel="carried", facts=["name"]).status_code == 303
    [release] = releases_of(case)
    assert (release.ground, release.person_id) == ("selbst_mitgenommen", case.person_id)


@pytest.mark.parametrize("message", ["Frau Schewtschenko sucht", "oleksandra fragt", "SCHEWTSCHENKO", "Oleksandras Kinder"])
def test_what_names_nobody_has_no_name_in_it(case: Any, amal: Any, message: str):
    where = begun(amal, case, to=agency())
    refused = sent(amal, where, ground="niemand", channel="phone", message=message)
    assert refused.status_code == 422 and "Darin steht ein Name" in text_of(refused) and releases_of(case) == []


def test_a_question_that_names_nobody(case: Any, amal: Any):
    where = begun(amal, case, to=agency())
    assert sent(amal, where, ground="niemand", channel="phone", message="Ist ein Platz frei?").status_code == 303
    [release] = releases_of(case)
    assert (release.ground, release.person_id) == ("ohne_personenbezug", None)


def test_data_the_consent_does_not_name_stay_here(case: Any, amal: Any):
    place = agency()
    allow(case, place, "contact")
    where = begun(amal, case, to=place)
    refused = sent(amal, where, channel="letter", special="sitzt im Rollstuhl")
    assert refused.status_code == 422 and "nennt diese Angaben nicht" in text_of(refused) and releases_of(case) == []


def test_fax_is_off_and_never_for_special_categories(case: Any, amal: Any, settings: Any):

    place = agency()
    allow(case, place)
    where = begun(amal, case, to=place)
    assert 'value="fax"' not in amal.get(where).content.decode()
    assert sent(amal, where, channel="fax").status_code == 422 and releases_of(case) == []


def test_a_link_tells_its_code_once(case: Any, amal: Any):
    place = agency(email="post@jobcenter.example")
    allow(case, place)
    where = begun(amal, case, to=place)
    answer = sent(amal, where)
    assert answer.status_code == 200
    [code] = re.findall(r"\b(\d{4}) (\d{4})\b", text_of(answer))
    [referral] = referrals_of(case)
    page = amal.get(reverse("referral", args=[case.id, referral.id])).content.decode()
    assert "".join(code) not in page and " ".join(code) not in page and "Link und Code" in page


# ---- Antwort nachtragen


def noted(amal: Any, case: Any, referral: Any, kind: str, **more: Any) -> Any:
    from faden.kernel import clock

    where = reverse("referral-answer", args=[case.id, referral.id])
    page = amal.get(where)
    sending = re.findall(r'name="sending" value="([^"]*)"', page.content.decode())[-1]
    values = {"kind": kind, "sending": sending, "way": "phone", "said_by": "Frau Berg", "said_on": clock.today().isoformat()} | more
    return amal.post(where, keyed(**values))


@pytest.fixture
def out(case: Any, amal: Any) -> Any:
    """A Vermittlung that lies at the jobcentre, by letter."""
    place = agency()
    allow(case, place)
    assert sent(amal, begun(amal, case, to=place), channel="letter").status_code == 303
    return referrals_of(case)[0]


def deadlines_of(case: Any) -> list[Any]:
    from faden.cases.models import Deadline
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for

    with opened_for(Actor.system(case.organisation_id), write=False):
        return list(Deadline.objects.filter(case=case, kind="answer_due", ended_at__isnull=True))


def test_the_day_for_an_answer_stands_until_there_is_one(case: Any, amal: Any, out: Any):
    [deadline] = deadlines_of(case)
    page = amal.get(reverse("deadline", args=[case.id, deadline.id])).content.decode()
    assert reverse("referral", args=[case.id, out.id]) in page
    noted(amal, case, out, "received")
    assert len(deadlines_of(case)) == 1  # received is no answer
    noted(amal, case, out, "accepted")
    assert deadlines_of(case) == []


def test_antwort_nachtragen_moves_the_timeline_and_is_taken_back(case: Any, amal: Any, out: Any):
    assert noted(amal, case, out, "declined").status_code == 422  # says why
    assert noted(amal, case, out, "declined", reason="full").status_code == 303
    line = text_of(amal.get(reverse("case", args=[case.id])))
    assert "abgelehnt" in line and "Sprachkurs B1" in line and "kein Platz frei" in line
    page = amal.get(reverse("referral", args=[case.id, out.id]))
    assert "gesagt von Frau Berg" in text_of(page) and "Der Bedarf besteht weiter" in text_of(page)
    [undo] = re.findall(r'action="([^"]*zuruecknehmen/)"', page.content.decode())
    assert amal.post(undo, keyed()).status_code == 303
    page = amal.get(reverse("referral", args=[case.id, out.id]))
    assert "zurückgenommen am" in text_of(page) and "<s>abgelehnt</s>" in page.content.decode()
    assert referrals_of(case)[0].state == "sent" and len(deadlines_of(case)) == 1


def test_a_question_to_us_is_read_and_answered_where_it_stands(case: Any, amal: Any, out: Any):
    where = reverse("referral", args=[case.id, out.id])
    assert "Rückfrage beantworten" not in text_of(amal.get(where))
    noted(amal, case, out, kind="question", words="Welcher Abschluss?")
    page = amal.get(where)
    stand = text_of(page).split("Verlauf")[0]
    assert "„Welcher Abschluss?“" in stand and "Wieder aufnehmen" not in stand
    to = reverse("referral-send", args=[case.id, out.id, f"a{releases_of(case)[0].agency_id}"])
    assert f'href="{to}"' in page.content.decode() and "Rückfrage beantworten" in stand
    assert sent(amal, to, message="Elektriker", amended_because="Ihre Frage").status_code == 303
    assert "Rückfrage beantworten" not in text_of(amal.get(where))


def test_received_is_not_accepted_is_not_finished(case: Any, amal: Any, out: Any):
    shown = []
    for kind in ("received", "accepted", "finished"):
        assert noted(amal, case, out, kind).status_code == 303
        page = amal.get(reverse("referral", args=[case.id, out.id])).content.decode()
        shown += re.findall(r'aria-current="step">([^<]*)', page.split("Weg der Vermittlung")[1])[:1]
    assert shown == ["eingegangen", "angenommen", "abgeschlossen"]


@pytest.mark.parametrize(("kind", "more"), [("no_show", {}), ("accepted", {"said_on": "2199-01-01"}), ("accepted", {"way": "inbox"}), ("accepted", {"from_on": "2020-01-01"}), ("nonsense", {})])
def test_what_cannot_be_said_comes_back(case: Any, amal: Any, out: Any, kind: str, more: dict[str, Any]):
    assert noted(amal, case, out, kind, **more).status_code == 422
    assert referrals_of(case)[0].state == "sent"


def test_amended_with_the_reason_and_what_changed(case: Any, amal: Any, out: Any):
    [release] = releases_of(case)
    where = reverse("referral-send", args=[case.id, out.id, f"a{release.agency_id}"])
    refused = sent(amal, where, channel="letter", message="Jetzt mit Kind.")
    assert refused.status_code == 422
    answer = sent(amal, where, channel="letter", message="Jetzt mit Kind.", amended_because="Das Kind ist da.")
    assert answer.status_code == 303
    page = text_of(amal.get(reverse("referral", args=[case.id, out.id])))
    assert "geändert gesendet" in page and "Das Kind ist da." in page and "andere Nachricht" in page
    assert "Was sich geändert hat" in releases_of(case)[-1].content


def test_withdrawn_reopened_and_asked_whether_it_helped(case: Any, amal: Any, out: Any):
    def do(name: str, **values: Any) -> Any:
        page = amal.get(reverse(name, args=[case.id, out.id]))
        return amal.post(reverse(name, args=[case.id, out.id]), keyed(version=hidden(page, "version"), **values))

    assert "nicht zurückholen" in text_of(amal.get(reverse("referral-withdraw", args=[case.id, out.id])))
    assert do("referral-withdraw").status_code == 303 and referrals_of(case)[0].state == "withdrawn"
    assert do("referral-reopen").status_code == 422
    assert do("referral-reopen", because="Sie will es doch").status_code == 303
    assert "Sie will es doch" in text_of(amal.get(reverse("referral", args=[case.id, out.id])))
    from faden.kernel import clock

    assert do("referral-helped", helped="partly", words="Der Weg ist weit", on=clock.today().isoformat()).status_code == 303
    assert "teilweise" in text_of(amal.get(reverse("referral", args=[case.id, out.id])))


def test_the_change_log_says_how_it_was(case: Any, amal: Any, out: Any):
    where = reverse("referral-change", args=[case.id, out.id])
    page = amal.get(where)
    values = keyed(wish="Sprachkurs B2", life_area="language", version=hidden(page, "version"))
    assert amal.post(where, values).status_code == 303
    shown = text_of(amal.get(reverse("referral", args=[case.id, out.id])))
    assert "Sprachkurs B2" in shown and "vorher: Sprachkurs B1" in shown
    assert amal.post(where, keyed(wish="Sprachkurs C1", life_area="language", version=1)).status_code == 409


def test_a_withdrawn_consent_stops_it_in_the_same_instant(case: Any, amal: Any, out: Any):
    from faden.consents.models import Consent
    from faden.jobs import deliveries
    from faden.kernel.rls import opened_for
    from tests.releasing import withdrawn

    by = actor_of(AMAL.email)
    with opened_for(by, write=True):
        consent = Consent.objects.select_related("person", "recipient").get()
        withdrawn(consent, by=by)
    page = text_of(amal.get(reverse("referral", args=[case.id, out.id])))
    assert "Einwilligung widerrufen" in page
    deliveries.ended(by.organisation_id, str(consent.id))
    assert referrals_of(case)[0].state == "withdrawn" and deadlines_of(case) == []


def test_the_sheet_says_what_went_out(case: Any, amal: Any, out: Any):
    from tests.pages.test_letter_pages import words_in_pdf

    page = amal.get(reverse("referral", args=[case.id, out.id])).content.decode()
    [where] = set(re.findall(r'href="([^"]*blatt/[^"]*)"', page))
    sheet = amal.get(where)
    words = words_in_pdf(sheet.content)
    assert "Oleksandra Schewtschenko" in words and "Jobcenter Ahaus" in words and "Antwort erbeten" in words
    assert case.number not in words and case.number not in sheet["Content-Disposition"]


# ---- What others see


def test_what_the_others_see(case: Any, amal: Any, out: Any):
    one = [case.id, out.id]
    places = [
        reverse("together", args=[case.id]), reverse("referral-new", args=[case.id]),
        *(reverse(name, args=one) for name in ("referral", "referral-change", "referral-answer", "referral-withdraw", "referral-reopen", "referral-helped")),
        reverse("referral-send", args=[*one, f"a{releases_of(case)[0].agency_id}"]),
    ]  # fmt: skip
    for name, client in everybody().items():
        for where in places:
            answer = client.get(where)
            if name == "Amal":
                assert answer.status_code in (200, 302), where
            else:
                assert "Sprachkurs" not in answer.content.decode() and answer.status_code in (302, 403, 404), (name, where)
        if name not in ("Amal",):
            answer = client.get(reverse("referral-list"))
            assert "Sprachkurs" not in answer.content.decode()
    assert "Sprachkurs" in text_of(signed_in(AMAL.email).get(reverse("referral-list")))
