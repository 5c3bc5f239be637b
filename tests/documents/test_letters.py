"""Letters: drafted, changed, sent with a ground that fits, and closed then."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import Error
from tests.case_making import acting, add_member, agree, fact, mark, open_a_case
from tests.documents.letter_making import (
    AMAL,
    OFFICE,
    PDF,
    draft,
    plan,
    power,
    release,
    send,
    sending,
    sent,
    template,
    yesterday,
)
from tests.documents.word_making import docx

from faden.kernel.errors import Conflict, Invalid, NotFound


@pytest.fixture
def case(db: None) -> Any:
    """Oleksandra's case."""
    return open_a_case(AMAL)


@pytest.fixture
def family(db: None) -> Any:
    """A mother and her child, whom she represents."""
    from faden.kernel import clock
    from faden.persons.actions.families import note_kinship
    from faden.persons.vocabulary import Relation

    case = open_a_case(AMAL, family="Darwisch", given="Samira")
    child = add_member(case, "Noor", born="2019")
    agree(child, represented_by=(case.person_id,), own=False)
    with acting(AMAL) as by:
        note_kinship(child, Relation.CHILD, case.person, represents=True, by=by, at=clock.now())
    case.child = child
    return case


def refused(letter: Any, said: Any, **more: Any) -> tuple[str, str]:
    with pytest.raises(Invalid) as wrong:
        send(letter, said, **more)
    return wrong.value.field, str(wrong.value)


def row_of(letter: Any) -> Any:
    from faden.documents.models import Letter
    from faden.kernel.actor import Actor
    from faden.kernel.rls import opened_for

    with opened_for(Actor.system(letter.organisation_id), write=False):
        found = Letter.objects.select_related("paper").get(id=letter.id)
        assert found.body is not None or not found.body
        return found


def test_a_draft_keeps_what_was_said(case: Any):
    letter = row_of(draft(case, plan(address="Musterstraße 1\n48683 Ahaus", reference="31502", shipped_code="sachstand")))
    assert (letter.state, letter.recipient, letter.reference, letter.version) == ("draft", OFFICE, "31502", 1)
    assert letter.persons == [case.person_id] and not letter.confidential
    assert (letter.ground, letter.way, letter.sent_on, letter.paper_id) == ("", "", None, None)
    assert "Auskunft" in letter.body


def test_in_a_family_somebody_is_named(family: Any):
    with pytest.raises(Invalid):
        draft(family)
    letter = draft(family, plan(about=(family.child.id,), confidential=True))
    assert (letter.persons, letter.confidential) == ([family.child.id], True)


@pytest.mark.parametrize("more", [{"language": "xx"}, {"template_id": "0190a0a0-0000-7000-8000-000000000000"}])
def test_what_is_not_there_cannot_be_chosen(case: Any, more: dict[str, Any]):
    with pytest.raises(Invalid):
        draft(case, plan(**more))


def test_a_change_keeps_its_text_and_counts(case: Any):
    from faden.documents.actions import letters
    from faden.kernel import clock

    letter = draft(case, plan(shipped_code="sachstand"))
    with acting(AMAL) as by:
        letters.change(letter, plan(subject="Neu"), seen_version=1, by=by, at=clock.now())
    now = row_of(letter)
    assert (now.subject, now.version, now.shipped_code) == ("Neu", 2, "sachstand")
    with pytest.raises(Conflict) as conflict, acting(AMAL) as by:
        letters.change(letter, plan(subject="Alt", body="anders"), seen_version=1, by=by, at=clock.now())
    assert [change[0] for change in conflict.value.changes] == ["Betreff", "Text"]
    with pytest.raises(Conflict), acting(AMAL) as by:
        letters.discard(letter, seen_version=1, by=by, at=clock.now())
    with pytest.raises(Conflict):
        send(letter, sending("carried", "handed"), version=1)


def test_a_draft_can_be_thrown_away(case: Any):
    from faden.documents.actions import letters
    from faden.documents.models import Letter
    from faden.kernel import clock

    letter = draft(case)
    with acting(AMAL) as by:
        letters.discard(letter, seen_version=1, by=by, at=clock.now())
        assert not Letter.objects.filter(id=letter.id).exists()


def test_a_sent_letter_is_a_line_and_a_file(case: Any):
    letter = send(draft(case), sending("carried", "handed", on=yesterday()))
    now = row_of(letter)
    assert (now.state, now.ground, now.way, now.sent_on) == ("sent", "carried", "handed", yesterday())
    assert (now.paper.kind, now.paper.persons, now.paper.dated_on) == ("outgoing", now.persons, yesterday())
    assert now.sent_by == now.made_by


def test_the_file_is_sealed_and_looked_at_like_every_other(case: Any):
    from tests.desk_client import actor_of

    from faden.documents.models import StoredFile
    from faden.kernel.rls import opened_for

    letter = sent(case)
    with opened_for(actor_of(AMAL), write=False):
        file = StoredFile.objects.get(paper_id=letter.paper_id)
    assert file.state == "quarantine" and bytes(file.content) != PDF


def test_nothing_of_what_was_sent_changes(case: Any):
    from faden.documents.actions import letters
    from faden.documents.models import Letter
    from faden.kernel import clock

    letter = sent(case)
    for verb in (
        lambda by: letters.change(letter, plan(), seen_version=letter.version, by=by, at=clock.now()),
        lambda by: letters.discard(letter, seen_version=letter.version, by=by, at=clock.now()),
    ):
        with pytest.raises(Invalid), acting(AMAL) as by:
            verb(by)
    assert "gesendet" in refused(letter, sending("carried", "handed"))[1]
    for change in ({"ground": "power"}, {"recipient": "Andere"}, {"sent_on": yesterday()}, {"state": "draft"}, {"version": 9}, {"paper": None}):
        with pytest.raises(Error, match="register"), acting(AMAL):
            Letter.objects.filter(id=letter.id).update(**change)


def test_a_draft_may_be_written_in_the_database(case: Any):
    """The trigger that guards the register leaves drafts alone."""
    from faden.documents.models import Letter

    letter = draft(case)
    with acting(AMAL):
        assert Letter.objects.filter(id=letter.id).update(recipient="Andere") == 1


def test_the_text_of_a_sent_letter_may_be_sealed_under_another_key(case: Any):
    from faden.documents.models import Letter

    letter = sent(case)
    with acting(AMAL):
        one = Letter.objects.get(id=letter.id)
        one.body = str(one.body)
        one.save(update_fields=["body"])


@pytest.mark.parametrize(("ground", "way", "field"), [
    ("carried", "post", "way"), ("carried", "mail", "way"), ("to_person", "portal", "way"), ("to_person", "delivered", "way"),
    ("consent", "handed", "way"), ("no_person", "handed", "way"), ("", "post", "way"), ("law", "post", "way"), ("consent", "fax", "way"),
])  # fmt: skip
def test_the_way_fits_the_ground(case: Any, ground: str, way: str, field: str):
    assert refused(draft(case), sending(ground, way))[0] == field


def test_not_in_the_future(case: Any):
    assert refused(draft(case), sending("carried", "handed", on=yesterday() + timedelta(days=2)))[0] == "sent_on"


@pytest.mark.parametrize("more", [{"body": "Am [Datum]"}, {"subject": "Zu [Aktenzeichen]"}])
def test_nothing_leaves_with_a_gap(case: Any, more: dict[str, Any]):
    field, sentence = refused(draft(case, plan(**more)), sending("carried", "handed"))
    assert field == "" and "[" in sentence


# ---- To the person herself


@pytest.mark.parametrize("recipient", ["Oleksandra Schewtschenko", "Frau Oleksandra Schewtschenko", "SCHEWTSCHENKO, Oleksandra"])
def test_to_the_person_herself(case: Any, recipient: str):
    assert send(draft(case, plan(recipient)), sending("to_person", "post")).ground == "to_person"


@pytest.mark.parametrize("recipient", [OFFICE, "Familie Schewtschenko", "Oleksandra", "Samira Darwisch"])
def test_to_nobody_else(case: Any, recipient: str):
    assert refused(draft(case, plan(recipient)), sending("to_person", "post"))[0] == "ground"


def test_to_who_represents_a_child_but_nothing_confidential(family: Any):
    about = (family.child.id,)
    assert send(draft(family, plan("Samira Darwisch", about=about)), sending("to_person", "post"))
    hidden = draft(family, plan("Samira Darwisch", about=about, confidential=True))
    assert refused(hidden, sending("to_person", "post"))[0] == "ground"
    assert send(draft(family, plan("Noor Darwisch", about=about, confidential=True)), sending("to_person", "handed"))


def test_not_to_the_child_what_concerns_the_mother(family: Any):
    letter = draft(family, plan("Noor Darwisch", about=(family.person_id,)))
    assert refused(letter, sending("to_person", "post"))[0] == "ground"


# ---- Vollmacht and Entbindung


def test_with_a_power_that_stands_and_names_the_office(case: Any):
    letter = send(draft(case), sending("power", power_id=power(case).id))
    assert row_of(letter).power_id is not None


@pytest.mark.parametrize("more", [
    {"signed_on": None, "valid_until": None}, {"ended_on": "today", "ended_because": "revoked"}, {"valid_until": "yesterday"},
])  # fmt: skip
def test_only_with_one_that_stands_today(case: Any, more: dict[str, Any]):
    days = {"today": yesterday() + timedelta(days=1), "yesterday": yesterday()}
    row = power(case, **{name: days.get(value, value) if isinstance(value, str) else value for name, value in more.items()})
    assert refused(draft(case), sending("power", power_id=row.id))[0] == "power"


def test_only_with_her_own_and_towards_this_office(case: Any, family: Any):
    assert refused(draft(case), sending("power", power_id=power(family).id))[0] == "power"
    assert refused(draft(case), sending("power"))[0] == "power"
    field, sentence = refused(draft(case, plan("Sozialamt Ahaus")), sending("power", power_id=power(case).id))
    assert field == "power" and OFFICE in sentence


def test_not_before_it_was_signed(case: Any):
    row = power(case)
    assert refused(draft(case), sending("power", power_id=row.id, on=yesterday() - timedelta(days=1)))[0] == "sent_on"


@pytest.mark.parametrize(("scope", "taken"), [(("information",), False), (("remedy",), True)])
def test_it_covers_what_the_text_asks_for(case: Any, scope: tuple[str, ...], taken: bool):
    letter, said = draft(case, plan(shipped_code="widerspruch")), sending("power", power_id=power(case, scope=scope).id)
    if taken:
        assert send(letter, said)
    else:
        assert "Widerspruch einlegen" in refused(letter, said)[1]


def test_each_person_of_the_letter_has_signed(family: Any):
    both = (family.person_id, family.child.id)
    hers = power(family, to="Sozialamt Ahaus")
    letter, said = draft(family, plan("Sozialamt Ahaus", about=both)), sending("power", power_id=hers.id)
    field, sentence = refused(letter, said)
    assert field == "ground" and "Noor Darwisch" in sentence
    power(family.child, to="Sozialamt Ahaus", own_agreement=False, represented_by=[family.person_id])
    assert send(letter, said)


def test_only_a_release_that_goes_both_ways(case: Any):
    one_way, mutual = release(case, mutual=False), release(case)
    assert refused(draft(case), sending("secrecy", secrecy_release_id=one_way.id))[0] == "secrecy_release"
    assert refused(draft(case, plan("Andere Stelle")), sending("secrecy", secrecy_release_id=mutual.id))[0] == "secrecy_release"
    assert row_of(send(draft(case), sending("secrecy", secrecy_release_id=mutual.id))).secrecy_release_id == mutual.id


# ---- Without reference to a person


@pytest.mark.parametrize(("more", "found"), [
    ({"body": "Es geht um Oleksandra."}, "Oleksandra"), ({"subject": "Fall {number}"}, "{number}"),
    ({"recipient": "Schewtschenko GmbH"}, "Schewtschenko"), ({"reference": "{number}"}, "{number}"),
    ({"reference": "31502//0012345"}, "Zeichen der Stelle"),
])  # fmt: skip
def test_about_nobody_names_nobody(case: Any, more: dict[str, Any], found: str):
    more = {name: value.format(number=case.number) for name, value in more.items()}
    field, sentence = refused(draft(case, plan(**more)), sending("no_person"))
    assert field == "ground" and found.format(number=case.number) in sentence


def test_about_nobody_goes_without_names(case: Any):
    assert send(draft(case), sending("no_person")).ground == "no_person"


def test_about_nobody_the_file_is_looked_through_too(case: Any):
    content = docx("Sehr geehrte Frau Schewtschenko")
    assert "Schewtschenko" in refused(draft(case), sending("no_person"), kind="word", content=content)[1]
    assert refused(draft(case), sending("no_person"), kind="file")[0] == "as_sent"
    assert send(draft(case), sending("no_person"), kind="word", content=docx("Guten Tag"))


def test_names_of_who_left_count_too(family: Any):
    letter = draft(family, plan(about=(family.person_id,), body="Noor kommt nicht mit."))
    assert "Noor" in refused(letter, sending("no_person"))[1]


# ---- By e-mail


def test_an_email_is_looked_through_before(case: Any):
    said = {"power_id": power(case).id}
    assert refused(draft(case), sending("power", "mail", **said))[0] == "nothing_special"
    assert send(draft(case), sending("power", "mail", nothing_special=True, **said)).way == "mail"


def test_some_letters_never_go_by_email(case: Any, family: Any):
    from faden.documents.models import PrintedForm

    with_address = template("{{ person.anschrift }}", title="Mit Anschrift")
    for letter in (
        draft(case, plan(shipped_code="widerspruch")),
        draft(case, plan(shipped_code="auslaenderbehoerde")),
        draft(case, plan(template_id=with_address.id)),
        draft(family, plan(about=(family.child.id,), confidential=True)),
    ):
        whose = family.child if letter.confidential else case
        held = power(whose, scope=("information", "apply", "remedy"))
        with acting(AMAL):
            PrintedForm.objects.filter(about=held.id).update(confidential=letter.confidential)
        assert refused(letter, sending("power", "mail", power_id=held.id, nothing_special=True))[0] == "way"
    held = power(case)
    assert send(draft(case, plan(template_id=template("{{ text }}", title="Ohne").id)), sending("power", "mail", power_id=held.id, nothing_special=True))


# ---- A protected address


def test_a_protected_address_stands_on_no_letter(db: None):
    from faden.documents.actions import letters
    from faden.kernel import clock

    case = open_a_case(AMAL)
    fact(AMAL, case.person, "address", street="Geheimweg 5", place="Ahaus")
    before = draft(case, plan(address="Geheimweg 5, Ahaus"))
    mark(AMAL, case.person)
    for name in ("recipient", "address", "reference", "subject", "body"):
        with pytest.raises(Invalid) as wrong:
            draft(case, plan(**{name: "An: GEHEIM-WEG 5"}))
        assert wrong.value.field == name and "Geheim" not in str(wrong.value)
    assert refused(before, sending("carried", "handed"))[0] == "address"
    with pytest.raises(Invalid), acting(AMAL) as by:
        letters.change(before, plan(body="Geheimweg 5"), seen_version=1, by=by, at=clock.now())
    said = sending("to_person", "mail", nothing_special=True)
    assert refused(draft(case, plan("Oleksandra Schewtschenko")), said)[0] == "way"


def test_nor_with_whom_she_stays_though_one_may_write_there(db: None):
    case = open_a_case(AMAL)
    fact(AMAL, case.person, "address", street="Geheimweg 5", place="Ahaus", care_of="Frauenhaus Pflaume")
    mark(AMAL, case.person)
    for name in ("address", "reference", "subject", "body"):
        with pytest.raises(Invalid) as wrong:
            draft(case, plan(**{name: "jetzt im Frauenhaus Pflaume"}))
        assert wrong.value.field == name
    assert draft(case, plan("Frauenhaus Pflaume")).recipient == "Frauenhaus Pflaume"


@pytest.mark.parametrize("words", ["Sie wohnt Geheimweg 5", "Sie ist im Frauenhaus Pflaume"])
def test_nor_in_a_word_file_that_was_finished_by_hand(db: None, words: str):
    case = open_a_case(AMAL)
    fact(AMAL, case.person, "address", street="Geheimweg 5", place="Ahaus", care_of="Frauenhaus Pflaume")
    letter = draft(case)
    mark(AMAL, case.person)
    assert refused(letter, sending("carried", "handed"), kind="file", content=docx(words))[0] == "file"
    assert send(letter, sending("carried", "handed"), kind="file", content=docx("Guten Tag")).state == "sent"


def test_a_letter_is_found_in_its_case_only(case: Any, family: Any):
    from tests.desk_client import actor_of

    from faden.documents.queries.letters import letter_of
    from faden.kernel.rls import opened_for

    letter = draft(case)
    with opened_for(actor_of(AMAL), write=False):
        assert letter_of(case, letter.id).id == letter.id
        with pytest.raises(NotFound):
            letter_of(family, letter.id)


def test_what_she_took_along_is_a_line_of_the_register(family: Any):
    from faden.cases.actions.concerning import About
    from faden.documents.actions.letters import record_handed_over
    from faden.kernel import clock

    with acting(AMAL) as by:
        letter = record_handed_over(
            family, what="Mein Plan", about=About((family.child.id,)), language="ar", by=by, on=clock.today(), at=clock.now()
        )
    now = row_of(letter)
    assert (now.recipient, now.ground, now.way, now.state, now.shipped_code) == ("Noor Darwisch", "to_person", "handed", "sent", "take_along")
    assert now.persons == [family.child.id] and now.sent_on == clock.today()
