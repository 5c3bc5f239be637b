"""What a declaration is on a day, and everything that stands against a signature."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faden.consents import policies
from faden.consents.rules.declarations import (
    Born,
    Paper,
    Reviewed,
    Signing,
    against_signers,
    against_signing,
    is_named_like_one_of,
    state_of,
)
from faden.consents.vocabulary import TEXT_LANGUAGES, DeclarationEnd, DeclarationState, FormKind

TODAY, DAY = date(2026, 11, 20), timedelta(days=1)
REVIEWED_ON = date(2026, 3, 1)
WAITING, STANDING, EXPIRED, ENDED, NOT_SIGNED = DeclarationState


@pytest.mark.parametrize(("signed", "until", "ended", "because", "state"), [
    (None, None, None, "", WAITING),
    (None, TODAY - DAY, None, "", WAITING),
    (None, None, TODAY, "not_signed", NOT_SIGNED),
    (TODAY, None, None, "", STANDING),
    (TODAY, TODAY, None, "", STANDING),
    (TODAY - 2 * DAY, TODAY - DAY, None, "", EXPIRED),
    (TODAY - DAY, TODAY + DAY, TODAY, "revoked", ENDED),
    (TODAY, TODAY + DAY, TODAY, "revoked", ENDED),
    (TODAY - DAY, TODAY - DAY, TODAY, "done", ENDED),
    (TODAY - DAY, None, TODAY, "of_age", ENDED),
    (None, None, TODAY, "of_age", ENDED),
])  # fmt: skip
def test_what_a_declaration_is_on_a_day(signed, until, ended, because, state):
    assert state_of(signed_on=signed, valid_until=until, ended_on=ended, because=because, on=TODAY) == state


def paper(**more):
    text = Reviewed("de", REVIEWED_ON, german_reviewed_on=REVIEWED_ON)
    plain = Paper(
        FormKind.POWER, text, "", TODAY - 10 * DAY, TODAY + 100 * DAY, is_signed=False, is_ended=False,
        printed_as_draft=False, born=Born(date(1990, 4, 12), date(1990, 4, 12)), own=True, represented_by=(),
    )  # fmt: skip
    return replace(plain, **more)


def against(said, *, children=(), **more):
    return against_signing(said, Signing(**{"signed_on": TODAY, **more}), children=children, today=TODAY)


MARIA = {"interpreter_name": "Maria Beispiel", "interpreter_obliged_on": date(2026, 1, 5), "interpreter_is_adult": True}
CHILD, PERHAPS = Born(date(2015, 1, 1), date(2015, 12, 31)), Born(date(2008, 1, 1), date(2008, 12, 31))
YOUTH = Born(date(2010, 5, 1), date(2010, 5, 1))
DRAFT = Reviewed("de", None)


@pytest.mark.parametrize(("change", "said", "code"), [
    ({}, {}, ""),
    ({"is_ended": True}, {}, "ended"),
    ({"is_signed": True}, {}, "signed_already"),
    ({"text": DRAFT}, {}, "german_is_draft"),
    ({"text": Reviewed("uk", REVIEWED_ON)}, {}, "german_is_draft"),
    ({"text": Reviewed("uk", None, german_reviewed_on=REVIEWED_ON)}, {}, "translation_is_draft"),
    ({"text": Reviewed("uk", REVIEWED_ON, german_reviewed_on=REVIEWED_ON), "shown_language": "uk"}, {}, ""),
    ({"printed_as_draft": True}, {}, "printed_as_draft"),
    ({"text": Reviewed("de", TODAY, german_reviewed_on=TODAY)}, {"signed_on": TODAY - DAY}, "signed_before_review"),
    ({"text": Reviewed("uk", REVIEWED_ON, german_reviewed_on=TODAY)}, {"signed_on": TODAY - DAY}, "signed_before_review"),
    ({"text": Reviewed("de", REVIEWED_ON, TODAY - DAY, REVIEWED_ON)}, {}, "text_withdrawn"),
    ({"text": Reviewed("de", REVIEWED_ON, TODAY, REVIEWED_ON)}, {}, ""),
    ({}, {"signed_on": TODAY + DAY}, "in_the_future"),
    ({}, {"signed_on": TODAY - 11 * DAY}, "before_prepared"),
    ({}, {"signed_on": TODAY - 10 * DAY}, ""),
    ({"valid_until": TODAY - DAY}, {}, "over_already"),
    ({"valid_until": TODAY - DAY}, {"signed_on": TODAY - DAY}, ""),
    ({"valid_until": None}, {}, ""),
    ({"own": False}, {}, "nobody_signs"),
    ({"born": CHILD}, {}, "too_young_alone"),
    ({"born": CHILD, "kind": FormKind.SECRECY}, {}, ""),
    ({"born": CHILD, "own": False, "represented_by": (uuid4(),)}, {}, ""),
    ({"born": YOUTH}, {}, ""),
    ({"own": False, "represented_by": (uuid4(),)}, {}, "of_age_signs_herself"),
    ({"born": PERHAPS, "own": False, "represented_by": (uuid4(),)}, {}, ""),
    ({"born": Born(), "own": False, "represented_by": (uuid4(),)}, {}, ""),
    ({"shown_language": "ti"}, {}, "interpreter_missing"),
    ({"shown_language": "ti"}, MARIA, ""),
    ({"shown_language": "de"}, {}, ""),
    ({}, {**MARIA, "interpreter_obliged_on": None}, "not_obliged"),
    ({}, {**MARIA, "interpreter_is_adult": False}, "adult_not_confirmed"),
    ({}, {**MARIA, "interpreter_name": "Amina"}, "child_interprets"),
])  # fmt: skip
def test_what_stands_against_a_signature(change, said, code):
    assert against(paper(**change), children=("Amina Darwisch",), **said) == code


@pytest.mark.parametrize("kind", list(FormKind))
@pytest.mark.parametrize("language", TEXT_LANGUAGES)
@pytest.mark.parametrize("german_on", [None, REVIEWED_ON])
@pytest.mark.parametrize("own_on", [None, REVIEWED_ON])
@pytest.mark.parametrize("withdrawn", [None, TODAY - DAY])
def test_only_a_reviewed_text_with_a_reviewed_german_one_is_signed(kind, language, german_on, own_on, withdrawn):
    text = Reviewed(language, german_on if language == "de" else own_on, withdrawn, german_on)
    may = not against(paper(kind=kind, text=text, shown_language=language))
    assert may == (text.reviewed_on is not None and german_on is not None and withdrawn is None)


def test_every_refusal_has_a_sentence():
    codes = {mark.args[1][n][2] for mark in test_what_stands_against_a_signature.pytestmark for n in range(len(mark.args[1]))}
    assert codes - {""} == policies.AGAINST_SIGNING.keys()


@given(st.dates(date(1950, 1, 1), TODAY), st.booleans())
def test_parents_alone_never_sign_for_somebody_of_age(born, exact):
    known = Born(born, born if exact else born + 300 * DAY)
    code = against_signers(FormKind.POWER, known, own=False, represented_by=(uuid4(),), on=TODAY)
    assert (code == "of_age_signs_herself") == (not known.may_be_minor(TODAY))


@pytest.mark.parametrize(("typed", "children", "is_one"), [
    ("Amina Darwisch", ["Amina Darwisch"], True),
    ("Darwisch, Amina", ["Amina Darwisch"], True),
    ("  amina  ", ["Amina Darwisch"], True),
    ("Amina Darwisch (Tochter)", ["Amina Darwisch"], True),
    ("Ámina DARWISCH", ["Amina Darwisch"], True),
    ("أمينة درويش", ["Amina Darwisch", "أمينة درويش"], True),
    ("Darwisch", ["Amina Darwisch"], True),
    ("Amal Haddad", ["Amina Darwisch"], False),
    ("Amina Haddad", ["Amina Darwisch"], False),
    ("Maria Beispiel", [], False),
    ("Maria Beispiel", ["–"], False),
    ("", ["Amina"], False),
])  # fmt: skip
def test_a_child_of_the_case_is_recognised_by_her_name(typed, children, is_one):
    assert is_named_like_one_of(typed, children) is is_one


def test_why_a_declaration_ends_has_words():
    assert all(end.label for end in DeclarationEnd)
