"""What was signed, confirmed or sent in a vertraulicher Faden, or in another case, shows and carries nothing elsewhere."""

from typing import Any

import pytest

from tests.case_making import acting, add_member, open_a_case
from tests.cast import AMAL, BERND, DILAN, LENA
from tests.declaring import how, review, sign
from tests.desk_client import keyed, signed_in, text_of
from tests.documents.test_letter_releases import confirmed, office

PURPOSE, NORM = "Platz im Sprachkurs", "§ 4 KKG"
WISH = "Platz im Frauenhaus"


@pytest.fixture
def case(own_database: None) -> Any:
    return open_a_case(AMAL.email)


def begun(case: Any, *, confidential: bool = False, person: Any = None, wish: str = WISH) -> Any:
    from faden.kernel import clock
    from faden.referrals.actions import referrals

    with acting(AMAL.email) as by:
        wanted = referrals.Wish(wish, "health", person or case.person_id, confidential=confidential)
        return referrals.begin(wanted, case=case, by=by, at=clock.now())


def signed(case: Any, to: Any, *, confidential: bool, classes: tuple[str, ...] = ("contact", "school_work")) -> Any:
    """Consent and release of our staff, prepared on paper in this case and signed today: the consent's id."""
    from faden.consents.actions.consents import Sharing
    from faden.consents.vocabulary import DataClass
    from faden.documents.actions import forms
    from faden.kernel import clock
    from faden.organisations.queries.recipients import as_recipient

    review("consent"), review("own_secrecy")
    said = Sharing(as_recipient(to), PURPOSE, "Name", tuple(DataClass(code) for code in classes))
    with acting(AMAL.email) as by:
        sheets = forms.prepare_consent(said, how(), case=case, person=case.person, confidential=confidential, by=by, at=clock.now())
    for sheet in sheets:
        sign(sheet)
    return sheets[0].about


def where(case: Any, referral: Any, to: Any) -> str:
    return f"/faelle/{case.id}/vermittlungen/{referral.id}/senden/a{to.id}/"


def offered(case: Any, referral: Any, to: Any, email: str = AMAL.email) -> str:
    return str(signed_in(email).get(where(case, referral, to)).content.decode())


def test_a_ground_of_the_vertraulicher_faden_is_offered_only_there(case: Any):
    to = office("Jugendamt Borken", "jugendamt")
    consent, lawful = signed(case, to, confidential=True), confirmed(case, to, confidential=True)
    inside, outside = begun(case, confidential=True), begun(case, wish="Kita-Platz")
    assert str(consent) in offered(case, inside, to) and str(lawful.id) in offered(case, inside, to)
    page = offered(case, outside, to)
    assert str(consent) not in page and str(lawful.id) not in page
    for ground in (f"c{consent}", f"l{lawful.id}"):
        answer = signed_in(AMAL.email).post(where(case, outside, to), keyed(ground=ground, channel="letter", message="x"))
        assert answer.status_code == 422


def test_a_notzugriff_does_not_learn_of_it_from_a_form(case: Any):
    to = office("Jugendamt Borken", "jugendamt")
    signed(case, to, confidential=True), confirmed(case, to, confidential=True)
    open_one = begun(case, wish="Kita-Platz")
    assert signed_in(BERND.email).post(f"/faelle/{case.id}/notzugriff/", keyed(words="Schlüsseldienst vor der Tür.", hours="2")).status_code == 303
    page = offered(case, open_one, to, BERND.email)
    assert PURPOSE not in page and NORM not in page


def test_what_was_confirmed_in_one_case_is_not_told_in_another(case: Any):
    """She belongs to two cases; the colleague who leads the other one does not learn of it."""
    from faden.cases.actions.members import join
    from faden.kernel import clock

    to = office("Jugendamt Borken", "jugendamt")
    consent, lawful = signed(case, to, confidential=False), confirmed(case, to)
    other = open_a_case(BERND.email, family="Anders")
    with acting(BERND.email) as by:
        join(other, case.person, by=by, on=clock.today(), at=clock.now())
        from faden.referrals.actions import referrals

        made = referrals.begin(referrals.Wish("Kita-Platz", "childcare", case.person_id), case=other, by=by, at=clock.now())
    page = offered(other, made, to, BERND.email)
    assert str(consent) not in page and str(lawful.id) not in page


def carried(case: Any, referral: Any, to: Any) -> None:
    """She takes it along herself: shown, and then sent."""
    amal, url = signed_in(AMAL.email), where(case, referral, to)
    values: dict[str, Any] = {"ground": "mitgegeben", "channel": "carried", "message": "Sie kommt heute.", "version": "1"}
    shown = amal.post(url, keyed(**values))
    seal = shown.content.decode().split('name="seal" value="')[1].split('"')[0]
    assert amal.post(url, keyed(**values, seal=seal)).status_code == 303


@pytest.mark.parametrize("family", [False, True])
def test_what_left_a_vertraulicher_faden_stands_only_there(case: Any, family: bool):
    if family:
        add_member(case, "Danylo")
    to = office("Frauenhaus Borken", "andere")
    carried(case, begun(case, confidential=True), to)
    below, amal = f"/faelle/{case.id}/", signed_in(AMAL.email)
    hers = f"{below}personen/{case.person_id}/"
    for path in (f"{hers}vertraulich/zusammenarbeit/", f"{hers}vertraulich/wer-hat-gesehen/"):
        assert "Frauenhaus" in text_of(amal.get(path)), path
    for path in (below, f"{below}zusammenarbeit/", f"{hers}zusammenarbeit/", f"{hers}wer-hat-gesehen/", f"{hers}", "/weitergaberegister/"):
        assert "Frauenhaus" not in text_of(amal.get(path)), path
    for email in (LENA.email, DILAN.email):
        assert "Frauenhaus" not in text_of(signed_in(email).get("/weitergaberegister/")), email


# ---------- the other ways out of a case ----------


@pytest.fixture
def secret(case: Any) -> Any:
    """A consent of her vertraulicher Faden towards the service in Gronau, which names everything."""
    from tests.referrals.handing_over import gronau

    return signed(case, gronau(), confidential=True)


def test_it_carries_no_fallkonferenz_but_a_confidential_one(case: Any, secret: Any):
    from tests.referrals import conferring as at

    for confidential in (False, True):
        conference = at.planned(case, (case.person_id,), confidential=confidential)
        assert (secret in at.page(conference).present.grounds) == confidential


def test_it_carries_no_uebergabe(case: Any, secret: Any):
    from tests.referrals import handing_over as over

    (goer,) = over.seen(case, over.prepared(case)).goers
    assert goer.grounds == ()


def test_it_carries_no_laufende_freigabe(case: Any, secret: Any):
    from tests.chains.making import begin, step

    chain = begin(case, step("a"))
    page = signed_in(AMAL.email).get(f"/faelle/{case.id}/ketten/{chain.id}/freigabe/")
    assert page.status_code == 200 and str(secret) not in page.content.decode()


def test_a_step_of_a_vertraulicher_faden_is_named_on_no_open_vermittlung(case: Any):
    from faden.kernel import clock
    from faden.kernel.errors import Invalid
    from faden.referrals.actions import referrals
    from tests.chains.making import Hand, begin, step

    for hidden in (True, False):
        begin(case, step(f"a{hidden}"), title=f"Kette {hidden}", confidential=hidden)
        row = Hand(case).row(f"a{hidden}")
        wanted = referrals.Wish(WISH, "work", case.person_id, row.id, confidential=not hidden)
        with pytest.raises(Invalid), acting(AMAL.email) as by:
            referrals.begin(wanted, case=case, by=by, at=clock.now())


def test_what_a_confidential_fallkonferenz_told_stands_only_there(case: Any):
    from faden.organisations.queries.recipients import as_recipient
    from tests.referrals import conferring as at
    from tests.referrals.test_conferences import noted_as

    to = office("Jugendamt Borken", "jugendamt")
    lawful = confirmed(case, to, confidential=True)
    conference = at.planned(case, (case.person_id,), days=-1, confidential=True)
    seat = at.seated(conference, kind="recipient", recipient=as_recipient(to))
    at.hears(conference, seat, case.person_id, "law", lawful.id)
    told = at.point(conference, "Schutz", case.person_id, "contact")
    at.noted(conference, {told.id: noted_as("Besprochen")}, came=(seat.id,))
    hers, amal = f"/faelle/{case.id}/personen/{case.person_id}/", signed_in(AMAL.email)
    assert "Jugendamt" in text_of(amal.get(f"{hers}vertraulich/zusammenarbeit/"))
    for path in (f"/faelle/{case.id}/zusammenarbeit/", f"{hers}zusammenarbeit/", "/weitergaberegister/"):
        assert "Jugendamt" not in text_of(amal.get(path)), path
    assert "Jugendamt" not in text_of(signed_in(LENA.email).get("/weitergaberegister/"))
