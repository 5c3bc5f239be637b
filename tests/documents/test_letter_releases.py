"""A letter on a consent or by law is a Weitergabe: it names its key, stands in both registers, and stops with its ground."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from tests.case_making import acting, add_member, agree, open_a_case
from tests.declaring import consent as prepared
from tests.declaring import end, review, sign
from tests.documents.letter_making import AMAL, OFFICE, draft, plan, send, sending
from tests.documents.test_letters import refused, row_of

from faden.kernel.errors import Invalid

LENA = "lena@caritas-ahaus.example"


@pytest.fixture
def case(own_database: None) -> Any:
    return open_a_case(AMAL)


def office(name: str = OFFICE, kind: str = "jobcenter") -> Any:
    from faden.kernel import clock
    from faden.organisations.actions.agencies import Described, note

    with acting(AMAL) as by:
        return note(Described(name, kind), by=by, at=clock.now())


def signed(case: Any, to: Any, person: Any = None, **more: Any) -> tuple[Any, Any]:
    """Consent and release of our staff, both signed today: their sheets."""
    review("consent"), review("own_secrecy")
    forms = prepared(case, person, to=to, **more)
    for form in forms:
        sign(form)
    return forms


def by_consent(form: Any, way: str = "post", *, told: tuple[str, ...] = ("contact",), **more: Any) -> Any:
    return sending("by_consent", way, consent_id=form.about, data_classes=told, **more)


def confirmed(case: Any, to: Any, *, norm: str = "kkg_4", confidential: bool = False, decided: bool | None = True) -> Any:
    """Put down by Amal, decided by Lena."""
    from faden.cases.actions.by_law import ask
    from faden.cases.actions.concerning import About
    from faden.consents.actions.lawful import ByLaw, confirm, refuse
    from faden.consents.vocabulary import DataClass, LawNorm
    from faden.kernel import clock
    from faden.organisations.queries.recipients import as_recipient

    now, today = clock.now(), clock.today()
    said = ByLaw(as_recipient(to), LawNorm(norm), "Was war", "Schutz", (DataClass.CONTACT,), not_informed="child_at_risk")
    with acting(AMAL) as by:
        row = ask(case, said, about=About((case.person_id,), confidential), by=by, at=now, today=today)
    if decided is not None:
        with acting(LENA) as by:
            confirm(row.id, by=by, at=now) if decided else refuse(row.id, words="Nein", by=by, at=now)
    return row


def releases(case: Any) -> list[Any]:
    from faden.consents.models import Release

    with acting(AMAL):
        return list(Release.objects.filter(person=case.person_id))


def test_a_letter_on_a_consent_stands_in_the_register(case: Any):
    from faden.cases.models import TimelineEntry
    from faden.consents.queries.releases import told

    consent, _staff = signed(case, office())
    letter = row_of(send(draft(case), by_consent(consent)))
    [made] = releases(case)
    assert (letter.consent_id, letter.release_id, letter.lawful_id) == (consent.about, made.id, None)
    assert (made.kind, made.ground, made.channel, made.data_classes) == ("information", "einwilligung", "letter", ["contact"])
    assert (made.consent_id, made.purpose, made.recipient_name) == (consent.about, "Platz im Sprachkurs", OFFICE)
    with acting(AMAL):
        content = told(made.id)
        entry = TimelineEntry.objects.get(id=made.id)
    assert content.message == letter.body and content.extra["letter"] == str(letter.id)
    assert (entry.kind, entry.persons, entry.confidential) == ("release", [case.person_id], False)


def test_without_a_key_it_does_not_leave(case: Any):
    assert refused(draft(case), sending("by_consent"))[0] == "consent"
    assert refused(draft(case), sending("by_law"))[0] == "lawful"
    assert refused(draft(case), sending("consent"))[0] == "way", "words are no ground any more"
    assert releases(case) == []


def test_withdrawn_it_does_not_leave_and_nothing_is_half_done(case: Any):
    consent, staff = signed(case, office())
    letter = draft(case)
    end(staff)
    assert refused(letter, by_consent(consent))[0] == "consent", "our staff is not released"
    end(consent)
    assert refused(letter, by_consent(consent))[0] == "consent"
    assert (row_of(letter).state, releases(case)) == ("draft", [])


def test_an_earlier_letter_ends_with_its_consent(case: Any):
    from faden.consents.models import ReleaseEnding

    consent, _staff = signed(case, office())
    send(draft(case), by_consent(consent))
    end(consent)
    with acting(AMAL):
        assert list(ReleaseEnding.objects.values_list("because", "outcome")) == [("withdrawn", "out_of_reach")]


@pytest.mark.parametrize(("told", "recipient", "way", "field"), [
    (("contact",), "Sozialamt Ahaus", "post", "consent"),
    ((), OFFICE, "post", "data_classes"),
    (("contact", "residence"), OFFICE, "post", "data_classes"),
    (("special",), OFFICE, "mail", "way"),
    (("contact",), OFFICE, "handed", "way"),
    (("contact",), OFFICE, "mail", "nothing_special"),
])  # fmt: skip
def test_it_says_only_what_and_to_whom_was_named(case: Any, told: tuple[str, ...], recipient: str, way: str, field: str):
    consent, _staff = signed(case, office())
    assert refused(draft(case, plan(recipient)), by_consent(consent, way, told=told))[0] == field
    assert releases(case) == []


def test_of_each_person_her_own(case: Any):
    child = add_member(case, "Amina", born="2015")
    agree(child)
    consent, _staff = signed(case, office())
    both, hers = plan(about=(case.person_id, child.id)), plan(about=(child.id,))
    for planned in (both, hers):
        assert refused(draft(case, planned), by_consent(consent))[0] in ("ground", "consent")
    assert row_of(send(draft(case, plan(about=(case.person_id,))), by_consent(consent))).ground == "by_consent"


def test_what_was_given_in_confidence_is_no_ground_elsewhere(case: Any):
    consent, _staff = signed(case, office(), confidential=True)
    assert refused(draft(case), by_consent(consent))[0] == "consent"
    letter = send(draft(case, plan(about=(case.person_id,), confidential=True)), by_consent(consent))
    from faden.cases.models import TimelineEntry

    key = row_of(letter).release_id
    with acting(AMAL):
        assert TimelineEntry.objects.get(id=key).confidential


def test_of_another_case_it_is_none(case: Any):
    other = open_a_case(AMAL, family="Anders")
    consent, _staff = signed(case, office())
    assert refused(draft(other), by_consent(consent))[0] == "consent"


def test_what_was_confirmed_by_law_is_a_ground(case: Any):
    to = office("Jugendamt Borken", "jugendamt")
    waiting, no = confirmed(case, to, decided=None), confirmed(case, to, decided=False)
    planned = plan("Jugendamt Borken")
    for row in (waiting, no):
        assert refused(draft(case, planned), sending("by_law", lawful_id=row.id, data_classes=("contact",)))[0] == "lawful"
    yes = confirmed(case, to)
    assert refused(draft(case, planned), sending("by_law", lawful_id=yes.id, data_classes=("family",)))[0] == "data_classes"
    letter = row_of(send(draft(case, planned), sending("by_law", lawful_id=yes.id, data_classes=("contact",))))
    [made] = releases(case)
    assert (letter.lawful_id, letter.release_id, made.ground, made.lawful_id) == (yes.id, made.id, "gesetzliche_befugnis", yes.id)


def test_lines_from_before_keep_their_words(case: Any):
    """Nobody writes a register anew: what was noted in words stays so, and is shown so."""
    from tests.desk_client import signed_in, text_of

    from faden.documents.models import Letter

    letter = send(draft(case), sending("carried", "handed"))
    old = row_of(letter)
    with acting(AMAL) as by:
        noted = Letter.objects.create(
            organisation_id=by.organisation_id, case=case, recipient=OFFICE, subject="Früher", persons=[case.person_id], state="sent",
            ground="consent", ground_words="04.05.2026: Austausch mit der Schule", way="post", sent_on=old.sent_on, sent_by=by.person,
            made_at=old.made_at, made_by=by.person,
        )  # fmt: skip
    page = text_of(signed_in(AMAL).get(f"/faelle/{case.id}/briefe/{noted.id}/"))
    assert "mit Einwilligung der Person (auf Papier, in der Akte)" in page and "Austausch mit der Schule" in page


@pytest.mark.parametrize("ground", ["by_consent", "by_law"])
def test_the_database_asks_for_the_key(case: Any, ground: str):
    from faden.documents.models import Letter

    letter = draft(case)
    with pytest.raises(IntegrityError), acting(AMAL):
        Letter.objects.filter(id=letter.id).update(ground=ground)


def test_the_form_offers_what_counts_and_keeps_what_was_typed(case: Any):
    from tests.desk_client import keyed, signed_in, text_of

    amal, letter = signed_in(AMAL), draft(case)
    where = f"/faelle/{case.id}/briefe/{letter.id}/senden/"
    page = amal.get(where).content.decode()
    assert 'value="by_consent"' not in page and 'value="by_law"' not in page and 'value="consent"' not in page
    assert "Einwilligung vorbereiten" in page
    consent, _staff = signed(case, office())
    page = amal.get(where).content.decode()
    assert 'value="by_consent"' in page and str(consent.about) in page and "Platz im Sprachkurs" in page
    from faden.kernel import clock

    values = {"ground": "by_consent", "consent": str(consent.about), "way": "post", "sent_on": f"{clock.today():%Y-%m-%d}", "as_sent": "pdf", "version": "1"}
    wrong = amal.post(where, keyed(**values))
    assert wrong.status_code == 422 and "welche Angaben im Brief stehen" in text_of(wrong)
    assert amal.post(where, keyed(**values, data_classes=["contact"])).status_code == 303
    assert len(releases(case)) == 1
    shown = text_of(amal.get(f"/faelle/{case.id}/"))
    assert f"Weitergabe an {OFFICE}" in shown


def test_a_letter_of_yesterday_needs_the_consent_of_yesterday(case: Any):
    from faden.kernel import clock

    consent, _staff = signed(case, office())
    assert refused(draft(case), by_consent(consent, on=clock.today() - timedelta(days=1)))[0] == "sent_on"


def test_the_audit_failing_leaves_nothing(case: Any, monkeypatch: pytest.MonkeyPatch):
    """Letter and register are one transaction."""
    from faden.documents.actions import letters

    consent, _staff = signed(case, office())
    letter = draft(case)

    def broken(*_args: Any, **_more: Any) -> None:
        raise Invalid("kaputt")

    monkeypatch.setattr(letters.papers, "take", broken)
    with pytest.raises(Invalid):
        send(letter, by_consent(consent))
    assert (row_of(letter).state, releases(case)) == ("draft", [])
