"""Noting a Strukturhinweis: from a case or from anywhere, without anybody in it, and for the own service only."""

import pytest

from tests.accounts.signing import deeds
from tests.case_making import add_member, open_a_case
from tests.cast import AMAL, ANTON, BERND, CEM, DORA, KARIN, LENA
from tests.desk_client import actor_of, keyed, signed_in, text_of

WHERE = "/strukturhinweise/neu/"
HINT = {"category": "no_place", "life_area": "language", "municipality": "05554004", "agency": "VHS", "words": "Seit Mai kein Platz."}


@pytest.fixture
def by(own_database):
    return actor_of(AMAL.email)


def stored(by):
    from faden.findings.models import StructuralFinding
    from faden.kernel.rls import opened_for

    with opened_for(by, write=False):
        return list(StructuralFinding.objects.order_by("id"))


def test_a_hint_is_noted_and_stands_in_the_list(by):
    amal = signed_in(AMAL.email)
    assert amal.post(WHERE, keyed(**HINT)).headers["Location"] == "/strukturhinweise/"
    page = text_of(amal.get("/strukturhinweise/"))
    for words in ("kein Platz (Kurs, Kita, Schule, Therapie)", "Sprache", "Ahaus", "VHS", "Seit Mai kein Platz."):
        assert words in page
    assert "Amal" not in page.partition("neueste zuerst")[2], "who gave it is not told"
    assert "Seit Mai" not in text_of(amal.get("/strukturhinweise/?art=document"))
    assert "Seit Mai" in text_of(amal.get("/strukturhinweise/?art=no_place&bereich=language"))
    assert "finding.noted" in deeds(by.organisation_id)


def test_out_of_a_case_its_people_stay_out_of_the_text(by):
    case = open_a_case()
    add_member(case, "Yusuf", family="Darwisch", born="12.04.2015")
    amal, where = signed_in(AMAL.email), f"{WHERE}?fall={case.id}"
    page = amal.get(where).content.decode()
    assert f'name="fall" value="{case.id}"' in page and "Schewtschenko" not in page
    for field, text in (
        ("words", "Yusuf wartet auf die Kita."), ("words", "Kind, geboren 12.04.2015"), ("words", f"Fall {case.number}"),
        ("agency", "Schewtschenko"),
    ):  # fmt: skip
        answer = amal.post(where, keyed(**{**HINT, field: text}))
        assert answer.status_code == 422 and field in answer.context["form"].errors, text
        assert text in answer.content.decode(), "nothing is lost"
    assert stored(by) == []
    assert amal.post(WHERE, keyed(fall=str(case.id), **HINT)).headers["Location"] == f"/faelle/{case.id}/"
    assert len(stored(by)) == 1


def test_nothing_of_the_case_is_kept(by):
    from faden.kernel.models import AuditEvent
    from faden.kernel.rls import opened_for

    case = open_a_case()
    signed_in(AMAL.email).post(f"{WHERE}?fall={case.id}", keyed(**HINT))
    [finding] = stored(by)
    with opened_for(by, write=False):
        event = AuditEvent.objects.get(event="finding.noted")
    kept = f"{vars(finding)} {event.subject_id} {event.details}"
    assert str(case.id) not in kept and case.number not in kept and str(case.person_id) not in kept


def test_the_check_tells_nobody_who_is_in_a_case(by):
    """Else a colleague could try names on cases she may not open."""
    case = open_a_case()
    for email, status in ((BERND.email, 403), (LENA.email, 403), (CEM.email, 404)):
        client = signed_in(email)
        where, values = f"{WHERE}?fall={case.id}", keyed(**{**HINT, "words": "Frau Schewtschenko"})
        assert [client.get(where).status_code, client.post(where, values).status_code] == [status, status], email
    assert signed_in(BERND.email).post(WHERE, keyed(**{**HINT, "words": "Frau Schewtschenko"})).status_code == 303


def test_an_address_of_no_case_is_as_none(by):
    assert signed_in(AMAL.email).get(f"{WHERE}?fall=keiner").status_code == 200


def test_other_services_and_roles_see_nothing(by):
    signed_in(AMAL.email).post(WHERE, keyed(**HINT))
    assert "Seit Mai" in text_of(signed_in(BERND.email).get("/strukturhinweise/"))
    assert "Seit Mai" in text_of(signed_in(LENA.email).get("/strukturhinweise/"))
    assert "Seit Mai" not in text_of(signed_in(CEM.email).get("/strukturhinweise/"))
    for email, status in ((KARIN.email, 403), (ANTON.email, 403), (DORA.email, 404)):
        assert signed_in(email).get("/strukturhinweise/").status_code == status
    assert stored(actor_of(CEM.email)) == []


def test_from_a_draft_the_case_is_known_again(by):
    """Going on with a draft must not lose the check."""
    from faden.kernel import clock, drafts
    from faden.kernel.rls import opened_for

    case, amal = open_a_case(), signed_in(AMAL.email)
    with opened_for(by, write=True):
        drafts.save(WHERE, {"words": ["Frau S."], "fall": [str(case.id)]}, by=by, at=clock.now())
    page = amal.get(f"{WHERE}?entwurf=weiter").content.decode()
    assert "Frau S." in page and f'name="fall" value="{case.id}"' in page
