"""Which wording counts, who has reviewed it, and that a reviewed one never changes."""

from datetime import timedelta

import pytest
from tests.case_making import acting
from tests.declaring import AMAL, LENA, review

CEM = "cem@drk-gronau.example"


@pytest.fixture(autouse=True)
def database(own_database):
    """Real commits."""


def counting(kind="power", language="de", *, email=AMAL):
    from faden.consents.queries.form_texts import texts
    from faden.consents.vocabulary import FormKind

    with acting(email):
        return texts().counting(FormKind(kind), language)


def signed_in(language, kind="power"):
    from faden.consents.queries.form_texts import texts
    from faden.consents.vocabulary import FormKind

    with acting(AMAL):
        return texts().signed_in(FormKind(kind), language).language


def write(body=None, language="de", kind="power", title="Eigene Vollmacht"):
    from faden.consents.actions.texts import Wording
    from faden.consents.actions.texts import write as verb
    from faden.consents.vocabulary import FormKind
    from faden.kernel import clock

    text = body or counting(kind, language).body
    with acting(LENA) as by:
        return verb(FormKind(kind), language, Wording(title, text), by=by, at=clock.now())


def withdraw(kind="power", language="de"):
    from faden.consents.actions.texts import withdraw as verb
    from faden.kernel import clock

    shown = counting(kind, language)
    with acting(LENA) as by:
        return verb(shown, by=by, at=clock.now())


def test_what_is_shipped_is_a_draft_until_somebody_answers_for_it():
    shown = counting()
    assert (shown.version, shown.is_reviewed, shown.is_own) == (0, False, False)
    review()
    shown = counting()
    assert (shown.version, shown.is_reviewed, shown.reviewed_by) == (1, True, "Ruth Probe, Leitung")
    assert counting(email=CEM).version == 0


def test_a_review_is_of_the_past_and_noted_once():
    from faden.consents.actions.texts import review as verb
    from faden.kernel import clock
    from faden.kernel.errors import Invalid

    with pytest.raises(Invalid) as refused:
        review(on=clock.today() + timedelta(days=1))
    assert refused.value.field == "reviewed_on"
    review()
    shown = counting()
    with acting(LENA) as by, pytest.raises(Invalid):
        verb(shown, reviewed_by="Zweite", reviewed_on=clock.today(), by=by, at=clock.now())


@pytest.mark.parametrize(("column", "value"), [
    ("title", "Anders"), ("body", "Anders"), ("reviewed_by", "Jemand"), ("reviewed_on", None), ("language", "en"), ("version", 9),
])  # fmt: skip
def test_the_database_refuses_to_change_a_reviewed_text(column, value):
    from django.db import DatabaseError

    from faden.consents.models import FormText

    row = review()
    with acting(LENA), pytest.raises(DatabaseError, match="FormText|consents_formtext"):
        FormText.objects.filter(id=row.id).update(**{column: value})


def test_a_draft_may_still_be_mended_and_a_reviewed_one_withdrawn():
    from faden.consents.models import FormText
    from faden.kernel import clock

    draft = write()
    with acting(LENA):
        FormText.objects.filter(id=draft.id).update(title="Berichtigt")
    review()
    with acting(LENA):
        assert FormText.objects.filter(id=draft.id).update(withdrawn_at=clock.now()) == 1


def test_an_own_wording_counts_once_it_is_reviewed():
    review()
    row = write(counting().body.replace("Briefe annehmen", "Post annehmen"))
    assert (counting().version, row.version) == (1, 2)
    from faden.consents.actions.texts import review as verb
    from faden.consents.queries.form_texts import text_page
    from faden.kernel import clock

    with acting(LENA) as by:
        verb(text_page("power", "de", 2).shown, reviewed_by="Ruth", reviewed_on=clock.today(), by=by, at=clock.now())
    assert counting().version == 2 and "Post annehmen" in counting().body


def test_a_wording_that_leaves_a_field_out_is_refused_with_its_name():
    from faden.kernel.errors import Invalid

    with pytest.raises(Invalid, match="{until}") as refused:
        write(counting().body.replace("{until}", "bald"))
    assert refused.value.field == "body"


def test_a_translation_belongs_to_the_german_text_it_translates():
    review("power", "de")
    review("power", "uk")
    assert counting("power", "uk").is_reviewed and signed_in("uk") == "uk"
    row = write(counting().body + "\nEin Satz mehr.")
    # The reviewed German still counts, and with it its translation.
    assert signed_in("uk") == "uk"
    from faden.consents.actions.texts import review as verb
    from faden.consents.queries.form_texts import text_page
    from faden.kernel import clock

    with acting(LENA) as by:
        verb(text_page("power", "de", row.version).shown, reviewed_by="Ruth", reviewed_on=clock.today(), by=by, at=clock.now())
    assert counting("power", "uk") is None and signed_in("uk") == "de"


def test_the_shipped_translations_are_not_of_the_services_own_german_text():
    write(counting().body + "\nEin Satz mehr.")
    # The shipped German is not withdrawn, but the newer draft counts as long as neither is reviewed.
    assert counting().version == 1 and counting("power", "fr") is None
    review()
    assert signed_in("fr") == "de" and counting("power", "fr") is None


def test_a_translation_of_another_shape_is_refused():
    from faden.kernel.errors import Invalid

    with pytest.raises(Invalid, match="Absatz"):
        write(counting("power", "fr").body + "\nUne phrase.", "fr")


@pytest.mark.parametrize(("reviewed", "language", "signed"), [
    ((), "uk", "de"), (("de",), "uk", "de"), (("uk",), "uk", "de"), (("de", "uk"), "uk", "uk"), (("de", "uk"), "ar", "de"),
    (("de", "uk"), "", "de"), (("de",), "", "de"), (("de", "ti"), "ti", "ti"), (("de",), "ti", "de"),
])  # fmt: skip
def test_which_text_is_signed(reviewed, language, signed):
    for one in reviewed:
        review("power", one)
    assert signed_in(language) == signed
    assert signed_in(language, "secrecy") == "de"


def test_a_withdrawn_text_is_given_to_nobody():
    review()
    first = counting().version
    assert first == 1
    withdraw()
    assert counting() is None


def test_the_wording_before_counts_again_when_the_newer_is_withdrawn():
    review()
    write(counting().body + "\nEin Satz mehr.")
    from faden.consents.actions import texts as actions
    from faden.consents.queries.form_texts import text_page
    from faden.kernel import clock

    with acting(LENA) as by:
        shown = text_page("power", "de", 2).shown
        actions.review(shown, reviewed_by="Ruth", reviewed_on=clock.today(), by=by, at=clock.now())
    withdraw()
    assert counting().version == 1
