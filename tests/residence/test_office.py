"""A client's request at the office: its building block 3 reads it, and nothing else; everybody else there reads all but that."""

from datetime import timedelta

import pytest

from tests.case_making import acting, open_a_case
from tests.cast import AMAL, CEM, DORA
from tests.desk_client import actor_of, keyed, membership_of, signed_in, text_of
from tests.referrals.sending import sent_to, work
from tests.releasing import consented, released, withdrawn
from tests.residence.at_the_office import NAME, TICKED, VERA, answered, delivered

ILSE, HENK, PETRA = "lotsin@abh-kreis-borken.example", "henk@abh-bocholt.example", "petra@bildungswerk.example"
NOT_AN_APPLICATION = "Dies ist kein Antrag. Fristen laufen weiter."
OF_BUILDING_BLOCK_3 = ("auskunft/", "blatt/")
PARTS = ("", *OF_BUILDING_BLOCK_3, "antwort/", "berichtigung/", "akte/", "loeschung/", "schritte/a/", "schritte/a/gespraech/")
POSTS = ("auskunft/", "antwort/", "berichtigung/", "akte/", "loeschung/", "zuteilung/", "schritte/a/", "schritte/a/gespraech/")


@pytest.fixture(autouse=True)
def database(own_database):
    """Real commits: two services."""


@pytest.fixture
def sent():
    return delivered()


@pytest.fixture
def vera():
    return signed_in(VERA)


def to_the_office(purpose="Termin zur Verlängerung"):
    """Something else for the same office, on a consent; the address at it."""
    case, office = open_a_case(AMAL.email, family="Nebenan"), membership_of(DORA.email).organisation
    with acting(AMAL.email) as by:
        consent = consented(case.person, office, by=by, purpose=purpose)
        release = released(consent, by=by, facts={"Name": "Nebenan"}, purpose=purpose)
    return f"/partner/zustellungen/{release.delivery_id}/"


# ---------- who reads what ----------


def test_building_block_3_reads_what_the_client_told(sent, vera):
    assert "Anfrage nach § 25b" in text_of(vera.get("/partner/"))
    page = text_of(vera.get(sent.address))
    for told in (NAME, TICKED, "Was fehlt noch?", "Sprachzertifikat", NOT_AN_APPLICATION, "02561 000"):
        assert told in page, told
    assert vera.head(sent.address).status_code == 200


def test_a_cover_letter_is_no_preliminary_question(vera):
    sent = delivered(kind="cover")
    assert NOT_AN_APPLICATION not in text_of(vera.get(sent.address))


@pytest.mark.parametrize("email", [DORA.email, ILSE, HENK, PETRA, CEM.email])
def test_nobody_else_reads_it(sent, email):
    client = signed_in(email)
    begins = "/eingang/" if email == CEM.email else "/partner/"
    address = sent.address.replace("/partner/zustellungen/", "/eingang/") if email == CEM.email else sent.address
    listed = text_of(client.get(begins)) + text_of(client.get(f"{begins}?stand=alle"))
    assert "25b" not in listed and "Zurzeit liegt nichts vor" in listed
    for part in PARTS:
        refused = 403 if part in OF_BUILDING_BLOCK_3 and email != CEM.email else 404  # her role has no such page, of whatever
        assert client.get(f"{address}{part}").status_code == refused, part
        assert client.head(f"{address}{part}").status_code == refused, part
    for part in POSTS:
        refused = 403 if part in OF_BUILDING_BLOCK_3 and email != CEM.email else 404
        said = keyed(kind="will_check", member=str(membership_of(email).id), decision="erased", words="x", talk="x", state="done")
        assert client.post(f"{address}{part}", said).status_code == refused, part
    work()
    assert sent.answers() == []


def test_a_request_that_is_not_hers_is_answered_as_one_that_never_was(sent):
    never = sent.address.replace(str(sent.request.release.delivery_id), "01890000-0000-7000-8000-000000000000")
    dora = signed_in(DORA.email)
    there, nowhere = dora.get(sent.address), dora.get(never)
    assert (there.status_code, text_of(there)) == (nowhere.status_code, text_of(nowhere))


def test_building_block_3_reads_nothing_else_of_the_office(vera):
    address = to_the_office()
    assert signed_in(DORA.email).get(address).status_code == 200
    assert "Termin zur Verlängerung" not in text_of(vera.get("/partner/?stand=alle"))
    for part in PARTS:
        assert vera.get(f"{address}{part}").status_code == 404, part
    for part in POSTS:
        said = keyed(kind="accepted", member=str(membership_of(VERA).id), decision="erased", words="x", talk="x", state="done")
        assert vera.post(f"{address}{part}", said).status_code == 404, part


def test_even_what_is_addressed_past_the_pages_is_refused(sent):
    """The verbs ask for themselves: no page is between them and the row."""
    from faden.kernel import clock
    from faden.kernel.errors import FadenError
    from faden.kernel.rls import opened_for
    from faden.referrals.actions import received
    from faden.residence.actions import office_answers
    from faden.residence.rules.office_said import OfficeSaid
    from faden.residence.vocabulary import OfficeAnswerKind

    key, dora = sent.request.release.delivery_id, actor_of(DORA.email)
    when = {"by": dora, "at": clock.now(), "today": clock.today()}
    tries = (
        lambda: received.assign(key, None, **when),
        lambda: received.take_to_file(key, **when),
        lambda: office_answers.answer(key, OfficeSaid(OfficeAnswerKind.WILL_CHECK), **when),
    )
    for attempt in tries:
        with opened_for(dora, write=True), pytest.raises(FadenError):
            attempt()


def test_the_partner_accounts_of_an_office_see_all_other_kinds_and_she_only_hers():
    """The whole table: a new kind of Weitergabe goes to the file clerk until somebody decides otherwise."""
    from faden.consents.vocabulary import DeliveryKind
    from faden.organisations.vocabulary import ROLES
    from faden.referrals.rules.received import kinds_read_by, roles_reading

    for role in ROLES:
        expected = {DeliveryKind.RESIDENCE} if role == "residence_officer" else set(DeliveryKind) - {DeliveryKind.RESIDENCE}
        assert kinds_read_by(role) == expected, role
    assert roles_reading(DeliveryKind.RESIDENCE) == ("residence_officer",)
    assert "residence_officer" not in roles_reading(DeliveryKind.REFERRAL)


def test_an_unknown_role_reads_no_request_of_a_client():
    from faden.consents.vocabulary import DeliveryKind
    from faden.referrals.rules.received import kinds_read_by

    assert DeliveryKind.RESIDENCE not in kinds_read_by("system") and DeliveryKind.RESIDENCE not in kinds_read_by("")


def test_it_is_given_to_building_block_3_only(sent, vera):
    page = vera.get(sent.address).content.decode()
    assert "Vera Bleibtreu" in page and "Dora Amtmann" not in page and "Ilse Lotsin" not in page
    to_dora = vera.post(f"{sent.address}zuteilung/", keyed(member=str(membership_of(DORA.email).id)))
    assert to_dora.status_code == 422
    assert vera.post(f"{sent.address}zuteilung/", keyed(member=str(membership_of(VERA).id))).status_code == 303
    other = to_the_office()
    dora = signed_in(DORA.email)
    assert "Vera Bleibtreu" not in dora.get(other).content.decode()
    assert dora.post(f"{other}zuteilung/", keyed(member=str(membership_of(VERA).id))).status_code == 422


def test_only_building_block_3_gets_a_letter_about_it(sent):
    from django.core import mail

    work()
    assert [message.to for message in mail.outbox] == [[VERA]]
    mail.outbox.clear()
    to_the_office()
    work()
    assert sorted(to for message in mail.outbox for to in message.to) == sorted([DORA.email, ILSE])


def test_nothing_is_sent_to_an_inbox_that_nobody_of_building_block_3_reads():
    from django.core import mail

    from faden.kernel.errors import Invalid

    with pytest.raises(Invalid, match="liest niemand Anfragen"):
        delivered(office=membership_of(HENK).organisation)
    work()
    assert mail.outbox == []


def test_what_has_ended_is_told_to_her_alone(sent, vera):
    with acting(AMAL.email) as by:
        withdrawn(sent.consent, by=by)
    work()
    assert "beendete Weitergabe" in text_of(vera.get("/partner/"))
    assert "beendete Weitergabe" not in text_of(signed_in(DORA.email).get("/partner/"))
    assert vera.get(sent.address).status_code == 404


def test_a_look_at_it_is_noted_and_one_that_was_refused_is_not(sent, vera):
    from faden.kernel.models import Look
    from faden.kernel.rls import opened_for

    vera.get(sent.address)
    signed_in(DORA.email).get(sent.address)
    with opened_for(actor_of(VERA), write=False):
        looks = list(Look.objects.filter(subject_id=sent.request.release.delivery_id).values_list("user_id", "page"))
    assert looks == [(actor_of(VERA).user_id, "deliveries")]


# ---------- what she has besides ----------


def test_she_has_what_she_needs_and_nothing_of_the_others(vera):
    page = vera.get("/partner/").content.decode()
    assert "Anfragen</a>" in page.replace("\n", "") or "Anfragen" in text_of(vera.get("/partner/"))
    assert "Andere Lesarten" in page and "Anfrage an KIM" not in page and "Unsere Angebote" not in page
    for address in ("anfragen/", "anfragen/neu/", "anfragen/blatt/", "angebote/", "angebote/neu/"):
        assert vera.get(f"/partner/{address}").status_code == 403, address
    dora = signed_in(DORA.email)
    assert "Andere Lesarten" not in dora.get("/partner/").content.decode()
    assert dora.get("/partner/lesarten/").status_code == 403


def test_the_role_is_given_at_offices_that_decide_about_stay_only():
    from faden.organisations.rules import roles_for
    from faden.organisations.vocabulary import STAY_KINDS, Kind

    assert {kind for kind in Kind if "residence_officer" in roles_for(kind)} == STAY_KINDS


def test_an_administrator_of_the_office_invites_her(sent):
    """The verb asks the kind of office; a course provider has nobody of building block 3."""
    from faden.kernel import clock
    from faden.kernel.actor import Actor
    from faden.kernel.errors import Invalid
    from faden.kernel.rls import opened_for
    from faden.organisations.actions import invitations

    for email, refused in ((DORA.email, False), (PETRA, True)):
        boss = Actor(organisation_id=membership_of(email).organisation_id, user_id=1, role="administrator")
        with opened_for(boss, write=True):
            asked = {"email": "neu@amt.example", "name": "Neu", "role": "residence_officer", "by": boss, "at": clock.now(), "today": clock.today()}
            if refused:
                with pytest.raises(Invalid):
                    invitations.invite(**asked)
            else:
                invitations.invite(**asked)


# ---------- paper, file, erasure ----------


def test_one_pdf_for_her_own_files_named_after_nobody(sent, vera):
    import pypdfium2

    answer = vera.get(f"{sent.address}blatt/")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    assert "Schewtschenko" not in answer["Content-Disposition"]
    pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(answer.content)]
    text = " ".join(pages)
    for told in (NAME, TICKED, "Was fehlt noch?", "Sprachzertifikat"):
        assert told in text, told
    assert all(NOT_AN_APPLICATION in page for page in pages)


def test_taken_to_file_it_stays_and_asks_for_a_decision(sent, vera):
    assert vera.post(f"{sent.address}akte/", keyed()).status_code == 303
    with acting(AMAL.email) as by:
        withdrawn(sent.consent, by=by)
    work()
    page = text_of(vera.get(sent.address))
    assert "Diese Weitergabe ist beendet" in page and NAME in page
    assert answered(vera, sent, kind="will_check").status_code == 404
    assert vera.post(f"{sent.address}loeschung/", keyed(decision="erased")).status_code == 303
    assert NAME not in text_of(vera.get(sent.address))
    assert vera.get(f"{sent.address}blatt/").status_code == 404


# ---------- answers ----------


def test_an_answer_without_what_it_needs_keeps_what_was_typed(sent, vera):
    from faden.kernel import clock

    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    for said in (
        {"kind": "documents"},
        {"kind": "appointment", "appointment_words": "10 Uhr, Zimmer 7"},
        {"kind": "appointment", "appointment_on": yesterday, "appointment_words": "10 Uhr, Zimmer 7"},
        {"kind": "appointment", "appointment_on": clock.today().isoformat()},
        {"kind": "not_competent"},
        {"kind": "granted", "words": "Bewilligt"},
        {"kind": "documents", "who": ["judgment"], "words": "Führungszeugnis"},
    ):
        answer = answered(vera, sent, **{"words": "", "competent": "", **said, "exceptions": []})
        assert answer.status_code == 422, said
        for typed in ("appointment_words", "words"):
            assert said.get(typed, "") in answer.content.decode(), said
    work()
    assert sent.answers() == []


def test_what_is_ticked_stays_ticked_when_it_comes_back(sent, vera):
    answer = answered(vera, sent, kind="appointment", who=["passport"], words="Bitte mit Pass")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Bitte mit Pass" in html
    box = html[: html.index('value="passport"') + 80].rpartition("<input")[2]
    assert "checked" in box


def test_what_she_answered_stands_with_the_request_and_settles_it(sent, vera):
    assert answered(vera, sent, kind="documents", german=["language"], work=["pension"], words="Bitte in Kopie.").status_code == 303
    page = text_of(vera.get(sent.address))
    assert "Unterlagen fehlen" in page and "Sprachzertifikat (DTZ" in page and "Versicherungsverlauf" in page and "Bitte in Kopie." in page
    assert "Anfrage nach § 25b" not in text_of(vera.get("/partner/"))
    done = text_of(vera.get("/partner/?stand=erledigt"))
    assert "Anfrage nach § 25b" in done and "Unterlagen fehlen" in done


def test_that_it_is_looked_at_leaves_it_open(sent, vera):
    answered(vera, sent, kind="will_check")
    listed = text_of(vera.get("/partner/"))
    assert "Anfrage nach § 25b" in listed and "wird geprüft" in listed


def test_a_correction_is_one_more_answer_that_says_so(sent, vera):
    form = vera.get(f"{sent.address}auskunft/").content.decode()
    assert "berichtigt unsere vorige" not in form, "there is nothing to correct yet"
    answered(vera, sent, kind="will_check")
    assert "berichtigt unsere vorige" in vera.get(f"{sent.address}auskunft/").content.decode()
    answered(vera, sent, kind="not_competent", competent="Stadt Bocholt", correcting="on")
    page = text_of(vera.get(sent.address))
    assert "wird geprüft" in page and "nicht zuständig : Stadt Bocholt".replace(" :", ":") in page.replace(" :", ":")
    assert "Berichtigung: Diese Antwort gilt anstelle der vorigen." in page
    work()
    assert [answer.kind for answer in sent.answers()] == ["will_check", "not_competent"]
    assert sent.answers()[-1].words.startswith("Berichtigung")


def test_no_form_of_the_office_speaks_of_a_result(sent, vera):
    form = vera.get(f"{sent.address}auskunft/").content.decode()
    for word in ("bewilligt", "abgelehnt", "erteilt", "Erfolg", "angenommen"):
        assert word not in form, word


def test_the_words_of_a_vermittlung_do_not_answer_it(sent, vera):
    assert vera.post(f"{sent.address}antwort/", keyed(kind="accepted")).status_code == 404
    school = sent_to(membership_of(PETRA).organisation, channel="inbox")
    petra = signed_in(PETRA)
    at_petras = f"/partner/zustellungen/{school.release.delivery_id}/"
    assert petra.post(f"{at_petras}auskunft/", keyed(kind="will_check")).status_code == 403
    assert petra.get(f"{at_petras}blatt/").status_code == 403


def test_every_proof_that_can_be_asked_for_is_in_the_form_once():
    from faden.law import words
    from faden.residence.rules.office_said import GROUPS, NOT_ASKED_FOR

    shown = [key for keys in GROUPS.values() for key in keys]
    assert len(shown) == len(set(shown))
    assert set(shown) | NOT_ASKED_FOR == set(words.told("proofs")) and not set(shown) & NOT_ASKED_FOR
