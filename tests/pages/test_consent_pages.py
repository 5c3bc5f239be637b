"""Einwilligung at the desk: two sheets together, reported apart, withdrawn with a receipt; the register; who has seen what."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.case_making import acting, add_member, open_a_case
from tests.cast import AMAL, BERND, CEM, DILAN, DORA, LENA
from tests.declaring import review, sign
from tests.desk_client import keyed, membership_of, signed_in, text_of
from tests.pages.test_declaration_pages import at, day, forms_of, pdf_from

SPOKEN = {"interpreter_name": "Maria Beispiel", "interpreter_is_adult": "on"}


@pytest.fixture
def case(own_database):
    return open_a_case(AMAL.email)


@pytest.fixture
def amal(case):
    return signed_in(AMAL.email)


def reviewed():
    review("consent"), review("own_secrecy")


def office(email=DORA.email):
    return f"s{membership_of(email).organisation_id}"


def typed(**more):
    return keyed(**{
        "recipient": office(), "purpose": "Termin absprechen", "information": "Name und Sprache", "signers": "own",
        "data_classes": ["contact", "language"], "direction": "one_way", "valid_until": day(60), **more,
    })  # fmt: skip


def prepared(amal, case, **more):
    """Both sheets: consent, release of our staff."""
    answer = amal.post(at("consent-new", case), typed(**more))
    assert answer.status_code == 303, text_of(answer)
    by_kind = {form.form_for: form for form in forms_of(case)}
    return answer, by_kind["consent"], by_kind["own_secrecy"]


def standing_consent(amal, case, **more):
    reviewed()
    _answer, consent, staff = prepared(amal, case, **more)
    for form in (consent, staff):
        sign(form)
    return consent, staff


def told(case, form, *, kind="information", channel="inbox", email=AMAL.email, days=10):
    """A Weitergabe on this consent; its row."""
    from faden.consents.actions import releases
    from faden.consents.models import Consent
    from faden.consents.rules.contents import Content, Fact
    from faden.consents.vocabulary import Channel, DeliveryKind
    from faden.kernel import clock
    from faden.organisations.queries.recipients import as_recipient

    with acting(email) as by:
        consent = Consent.objects.select_related("recipient", "person", "agency").get(id=form.about)
        content = Content("Auskunft", facts=(Fact("contact", "Name", "Geheimwort"),), sender=by.organisation_name)
        return releases.release(
            releases.Told(
                DeliveryKind(kind), as_recipient(consent.recipient or consent.agency), Channel(channel), consent.purpose,
                content, clock.today() + timedelta(days=days), person_id=consent.person_id, consent=consent,
            ),
            by=by, at=clock.now(), today=clock.today(),
        )  # fmt: skip


def carries(case):
    from faden.consents.queries.declarations import standing_consents
    from faden.kernel import clock

    with acting(AMAL.email):
        return standing_consents([case.person_id], clock.today())


# ---------- prepared, printed, signed ----------


def test_two_sheets_are_one_print_and_count_only_with_both_signatures(amal, case):
    reviewed()
    answer, consent, staff = prepared(amal, case, special_categories=["health"])
    said = pdf_from(amal, answer)
    assert "Einwilligung" in said and "Entbindung unserer Fachkräfte" in said and consent.key in said and staff.key in said
    assert "kann niemand zurückholen" in said and "Gesundheit" in said
    page = text_of(amal.get(at("declaration", case, consent.about)))
    assert "wartet auf Unterschrift" in page and "Was sich nicht zurückholen lässt" in page
    sign(consent)
    assert carries(case) == []
    sign(staff)
    [one] = carries(case)
    assert one.recipient_key == office() and one.data_classes == ("contact", "language", "special")
    assert "gilt" in text_of(amal.get(at("declaration", case, consent.about)))


def test_a_draft_in_tigrinya_is_for_reading_and_the_german_text_is_signed_with_an_interpreter(amal, case):
    reviewed()
    assert "Entwurf, steht zum Lesen daneben" in text_of(amal.get(at("consent-new", case)))
    answer, consent, staff = prepared(amal, case, shown_language="ti")
    assert "ENTWURF" not in pdf_from(amal, answer)
    for form in (consent, staff):
        refused = amal.post(at("declaration-signed", case, form.about), keyed(seen="on", signed_on=day(), given_how="paper"))
        assert refused.status_code == 422 and "mündlich übersetzt" in text_of(refused)
        # All that is missing is said at once.
        assert "zur Verschwiegenheit verpflichtet wurde" in text_of(refused) and "Bitte bestätigen Sie" in text_of(refused)
        spoken = {**SPOKEN, "interpreter_obliged_on": day(-30), "interpreter_language": "ti"}
        done = amal.post(at("declaration-signed", case, form.about), keyed(seen="on", signed_on=day(), given_how="paper", **spoken))
        assert done.status_code == 303
    assert len(carries(case)) == 1
    page = text_of(amal.get(at("declaration", case, consent.about)))
    assert "Maria Beispiel" in page and "Text auf Deutsch" in page and "auf Papier unterschrieben" in page


def test_while_the_german_text_is_a_draft_nothing_is_signed(amal, case):
    answer, consent, _staff = prepared(amal, case, shown_language="ti")
    assert "ENTWURF, nicht unterschreiben" in pdf_from(amal, answer)
    spoken = {**SPOKEN, "interpreter_obliged_on": day(-30), "interpreter_language": "ti", "given_how": "paper"}
    refused = amal.post(at("declaration-signed", case, consent.about), keyed(seen="on", signed_on=day(), **spoken))
    assert refused.status_code == 422 and "noch ein Entwurf" in text_of(refused)


@pytest.mark.parametrize(("change", "words"), [
    ({"recipient": ""}, "Bitte wählen"), ({"recipient": "s999999"}, "recipient"), ({"valid_until": ""}, "Bitte ausfüllen"),
    ({"data_classes": []}, "Bitte wählen"), ({"data_classes": ["special"]}, "data_classes"),
])  # fmt: skip
def test_what_cannot_be_taken_comes_back_with_everything_typed(amal, case, change, words):
    answer = amal.post(at("consent-new", case), typed(**change))
    assert answer.status_code == 422 and words in answer.content.decode() and "Termin absprechen" in answer.content.decode()
    assert forms_of(case) == []


def test_nobody_chooses_the_own_service_or_a_colleague(amal, case):
    own = f"s{membership_of(AMAL.email).organisation_id}"
    page = amal.get(at("consent-new", case)).content.decode()
    assert f'value="{own}"' not in page and f'value="{office()}"' in page and "Lena" not in page
    assert amal.post(at("consent-new", case), typed(recipient=own)).status_code == 422


def test_an_office_that_decides_about_the_stay_says_so(amal, case):
    assert "entscheidet über den Aufenthalt" in text_of(amal.get(at("consent-new", case)))


def test_asked_for_from_elsewhere_it_begins_with_what_is_known_and_leads_back(amal, case):
    back = f"/faelle/{case.id}/vermittlungen/"
    page = amal.get(f"{at('consent-new', case)}?an={office()}&zweck=Kursplatz").content.decode()
    assert f'value="{office()}" selected' in page and "Kursplatz" in page
    for onward, kept in ((back, True), ("https://example.org/", False), (f"//x/faelle/{case.id}/", False), ("/konten/", False)):
        answer = amal.post(f"{at('consent-new', case)}?weiter={onward}", typed())
        page = amal.get(answer.headers["Location"]).content.decode()
        assert ("Weitermachen, wo Sie waren" in page) is kept and (f'href="{onward}"' in page) is kept


# ---------- reported ----------


def test_reported_is_never_given(amal, case):
    reviewed()
    _answer, consent, staff = prepared(amal, case)
    said = {"reported_by": "Helferin im Begegnungscafé", "reported_on": day()}
    assert amal.post(at("consent-reported", case, consent.about), keyed(reported_by="", reported_on=day())).status_code == 422
    assert amal.post(at("consent-reported", case, consent.about), keyed(**said)).status_code == 303
    assert carries(case) == []
    pages = [amal.get(at("declaration", case, consent.about)), amal.get(at("person-declarations", case))]
    pages.append(amal.get(reverse("together", args=[case.id])))
    for page in map(text_of, pages):
        assert "Helferin im Begegnungscafé" in page and "erteilt" not in page and "wartet auf Unterschrift" in page
    assert amal.get(at("consent-reported", case, staff.about)).status_code == 404


# ---------- withdrawn ----------


def test_the_withdrawal_says_before_what_happens_and_after_what_became_of_it(amal, case):
    consent, staff = standing_consent(amal, case)
    inbox, phone = told(case, consent), told(case, consent, channel="phone")
    dora = signed_in(DORA.email)
    assert "Geheimwort" in text_of(dora.get(reverse("delivery", args=[inbox.delivery_id])))
    before = text_of(amal.get(at("declaration-end", case, consent.about)))
    assert "Die Einsicht endet sofort" in before and "Am Telefon oder persönlich gesagt" in before
    ended = amal.post(at("declaration-end", case, consent.about), keyed(because="revoked", ended_on=day()))
    assert ended.headers["Location"] == at("consent-receipt", case, consent.about)
    receipt = text_of(amal.get(ended.headers["Location"]))
    assert "Die Stelle kann die Angaben nicht mehr öffnen." in receipt and "Das lässt sich nicht zurückholen." in receipt
    assert dora.get(reverse("delivery", args=[inbox.delivery_id])).status_code == 404
    assert carries(case) == [] and phone.id
    assert "beendet" in text_of(amal.get(at("declaration", case, staff.about)))


def test_what_the_recipient_filed_is_told_as_it_is(amal, case):
    from tests.documents.test_forms import text_in

    consent, _staff = standing_consent(amal, case)
    made = told(case, consent)
    signed_in(DORA.email).post(reverse("delivery-filing", args=[made.delivery_id]), keyed())
    amal.post(at("declaration-end", case, consent.about), keyed(because="revoked", ended_on=day()))
    assert "in ihrer eigenen Akte" in text_of(amal.get(at("consent-receipt", case, consent.about)))
    for language, words in (("de", "Sie muss prüfen, ob sie die Angaben löscht"), ("ti", "Meine Erlaubnis ist beendet")):
        answer = amal.get(f"{at('consent-receipt-paper', case, consent.about)}?sprache={language}")
        assert answer.status_code == 200 and words in " ".join(text_in(answer.content).split()), language


def test_the_release_of_our_staff_alone_can_be_taken_back_and_ends_everything_too(amal, case):
    consent, staff = standing_consent(amal, case)
    made = told(case, consent)
    assert "trägt auch die Einwilligung nichts mehr" in text_of(amal.get(at("declaration-end", case, staff.about)))
    ended = amal.post(at("declaration-end", case, staff.about), keyed(because="revoked", ended_on=day()))
    assert "nicht mehr öffnen" in text_of(amal.get(ended.headers["Location"]))
    assert signed_in(DORA.email).get(reverse("delivery", args=[made.delivery_id])).status_code == 404
    assert carries(case) == [] and "gilt" in text_of(amal.get(at("declaration", case, consent.about)))


def test_there_is_no_receipt_of_what_stands_or_was_never_signed(amal, case):
    consent, _staff = standing_consent(amal, case)
    for name in ("consent-receipt", "consent-receipt-paper"):
        assert amal.get(at(name, case, consent.about)).status_code == 404
    from tests.declaring import power

    assert amal.get(at("consent-receipt", case, power(case).about)).status_code == 404


def test_a_consent_that_was_never_signed_ends_without_a_receipt(amal, case):
    reviewed()
    _answer, consent, staff = prepared(amal, case)
    ended = amal.post(at("declaration-end", case, consent.about), keyed(because="not_signed", ended_on=day()))
    assert ended.headers["Location"] == at("declaration", case, consent.about)
    assert "nicht unterschrieben" in text_of(amal.get(at("declaration", case, staff.about)))


# ---------- who has seen it ----------


def test_the_account_names_offices_and_functions_and_nobody(amal, case):
    from tests.documents.test_forms import text_in

    consent, _staff = standing_consent(amal, case)
    told(case, consent)
    page = text_of(amal.get(at("person-account", case)))
    assert "Wer Daten über mich bekommen hat" in page and "Termin absprechen" in page and "Ich habe es erlaubt." in page
    assert "Fachkraft in der Beratung" in page and "Mal, zuletzt am" in page and "Geheimwort" not in page
    answer = amal.get(f"{at('person-account-paper', case)}?sprache=uk")
    said = text_in(answer.content)
    assert "Termin absprechen" in said and "Dora" not in said
    [sections] = re.findall(r"Wer Daten.*?So erreichen", " ".join(said.split()))
    assert "Amal" not in sections


def test_what_she_was_not_told_of_is_not_on_it(amal, case):
    from faden.consents.models import LawfulRelease, Release
    from faden.kernel import clock
    from tests.releasing import lawful

    informed, silent = lawful(case, purpose="Schutz des Kindes", informed=True), lawful(case, purpose="Still", informed=False)
    assert isinstance(informed, Release) and isinstance(silent, Release) and LawfulRelease and clock
    page = text_of(amal.get(at("person-account", case)))
    assert "Schutz des Kindes" in page and "§ 4 KKG" in page and "Still" not in page


# ---------- the register ----------


def test_the_register_is_the_services_for_lead_and_officer_and_her_own_for_a_worker(amal, case):
    consent, _staff = standing_consent(amal, case)
    told(case, consent)
    url = reverse("release-register")
    for email, sees in ((AMAL.email, True), (BERND.email, False), (LENA.email, True), (DILAN.email, True), (CEM.email, False)):
        page = text_of(signed_in(email).get(url))
        assert ("Termin absprechen" in page) is sees, email
        assert "Schewtschenko" not in page and "Geheimwort" not in page
    assert "Amal Haddad" not in text_of(signed_in(DILAN.email).get(url)).replace("Angemeldet", "")


def test_the_register_is_asked_by_day_ground_way_and_what_is_open(amal, case):
    consent, _staff = standing_consent(amal, case)
    told(case, consent), told(case, consent, channel="phone")
    lena, url = signed_in(LENA.email), reverse("release-register")

    def lines(query):
        return text_of(lena.get(f"{url}?{query}")).count("Termin absprechen")

    assert lines("") == 2 and lines("weg=phone") == 1 and lines("grund=gesetzliche_befugnis") == 0
    assert lines(f"seit={day(1)}") == 0 and lines(f"bis={day()}") == 2 and lines("offen=on") == 2
    amal.post(at("declaration-end", case, consent.about), keyed(because="revoked", ended_on=day()))
    assert lines("offen=on") == 0 and lines("") == 2
    assert lena.get(f"{url}?seit=2026-99-99").status_code == 422


def test_of_a_vertraulicher_faden_the_register_names_no_office(amal, case):
    add_member(case, "Amina", family="Darwisch", born="2015")
    consent, _staff = standing_consent(amal, case, confidential="on")
    told(case, consent)
    for email in (AMAL.email, LENA.email, DILAN.email):
        page = text_of(signed_in(email).get(reverse("release-register")))
        assert "steht nur im Fall" in page and "Termin absprechen" not in page, email
    together = reverse("together", args=[case.id])
    hidden = [amal.get(together), amal.get(at("person-together", case)), amal.get(at("person-account", case))]
    assert ["Termin absprechen" in page.content.decode() for page in hidden] == [False] * 3
    for name in ("person-together-confidential", "person-account-confidential"):
        assert "Termin absprechen" in amal.get(at(name, case)).content.decode(), name


def test_the_first_of_two_sheets_leads_to_the_second_and_lends_it_the_interpreter(amal, case):
    reviewed()
    _answer, consent, staff = prepared(amal, case, shown_language="ti")
    begun = f"einwilligung={consent.about}"
    spoken = {**SPOKEN, "interpreter_obliged_on": day(-30), "interpreter_language": "ti"}
    amal.post(at("declaration-signed", case, consent.about), keyed(seen="on", signed_on=day(), given_how="paper", **spoken))
    page, second = amal.get(at("declaration", case, consent.about)).content.decode(), at("declaration-signed", case, staff.about)
    assert "Das zweite Blatt fehlt noch" in page and f'href="{second}"' in page and begun not in page
    together = amal.get(reverse("together", args=[case.id])).content.decode()
    assert "die Entbindung dazu fehlt noch" in together and begun not in together
    assert 'value="Maria Beispiel"' in amal.get(second).content.decode()
    amal.post(second, keyed(seen="on", signed_on=day(), **spoken))
    page = amal.get(at("declaration", case, consent.about)).content.decode()
    assert "Das zweite Blatt fehlt noch" not in page and begun in page


def test_what_runs_comes_before_what_it_rests_on(amal, case):
    standing, _staff = standing_consent(amal, case)
    page = amal.get(reverse("together", args=[case.id])).content.decode()
    order = re.findall(r'<section class="f-card[^"]*" id="([a-z]+)"', page)
    assert order[0] == "vermittlungen" and order[-3:] == ["einwilligungen", "befugnis", "weitergaben"]
    assert f"einwilligung={standing.about}" in page


@pytest.mark.parametrize("name", ["release-register", "together", "person-account"])
def test_the_pages_ask_the_same_number_of_questions_for_one_and_for_many(amal, case, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    consent, _staff = standing_consent(amal, case)
    url = {"release-register": reverse(name) if name == "release-register" else ""}.get(name) or (
        reverse(name, args=[case.id]) if name == "together" else at(name, case)
    )

    def statements():
        with CaptureQueriesContext(connection) as found:
            assert amal.get(url).status_code == 200
        return len(found)

    told(case, consent), told(case, consent, channel="phone")
    statements()
    few = statements()
    for _n in range(3):
        told(case, consent)
    assert statements() == few


# ---------- what the others see ----------


def test_nobody_else_sees_anything(amal, case):
    consent, _staff = standing_consent(amal, case)
    told(case, consent)
    amal.post(at("declaration-end", case, consent.about), keyed(because="revoked", ended_on=day()))
    urls = [at(name, case) for name in ("consent-new", "person-account", "person-account-paper", "person-account-confidential")]
    urls += [at(name, case, consent.about) for name in ("consent-receipt", "consent-receipt-paper", "consent-reported")]
    for email, status in ((CEM.email, 404), (BERND.email, 403), (DILAN.email, 403), (LENA.email, 302)):
        client = signed_in(email)
        assert {client.get(url).status_code for url in urls} == {status}, email


def test_a_foreign_consent_below_an_own_case_is_nowhere(amal, case):
    other = open_a_case(AMAL.email, family="Andere")
    reviewed()
    amal.post(at("consent-new", other), typed())
    form = next(form for form in forms_of(other) if form.form_for == "consent")
    for name in ("consent-receipt", "consent-receipt-paper", "consent-reported"):
        assert amal.get(at(name, case, form.about)).status_code == 404
