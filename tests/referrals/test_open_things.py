"""Whatever is open in a case is found by a Fallübergabe, and afterwards somebody holds it."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faden.kernel import clock
from faden.kernel.rls import opened_for
from tests.case_making import add_member, agree
from tests.desk_client import actor_of
from tests.referrals import handing_over as over
from tests.referrals import open_things as things
from tests.referrals.handing_over import AMAL

# Each table of a case: what of it can be open, or why nothing of it ever is.
OPEN = {
    "cases.Task": "task",
    "cases.Appointment": "appointment",
    "cases.Deadline": "deadline",
    "cases.InterpreterRequest": "interpreter",
    "chains.ChainStep": "step",
    "chains.Goal": "goal",
    "chains.ChainShare": "share",
    "consents.PowerOfAttorney": "declaration",
    "consents.SecrecyRelease": "declaration",
    "consents.Consent": "declaration",
    "documents.Decision": "decision",
    "documents.Paper": "original",
    "documents.Letter": "letter",
    "referrals.Referral": "referral",
    "referrals.Conference": "conference",
}
_RECORD = "a record of what was"
_WITH = "a piece of something that is asked about"
_LIST = "a list or a setting of the service"
NEVER_OPEN = {
    "cases.Case": "what is handed over",
    "cases.AnonymousMatter": "an Anfrage is no case",
    "cases.Inquiry": "an Anfrage is no case",
    "cases.PhaseChange": _RECORD,
    "cases.CaseOpening": _RECORD,
    "cases.EmergencyReview": "stands on the list of team lead and data protection officer",
    "cases.TimelineEntry": _RECORD,
    "cases.Attended": _RECORD,
    "cases.InterpreterSource": _LIST,
    "cases.ReminderWish": _LIST,
    "cases.Reminder": _WITH,
    "cases.CalendarFeed": _LIST,
    "cases.OwnLifeArea": _LIST,
    "cases.Assessment": "begun or finished, it stays as it is when a case ends",
    "cases.AreaView": _RECORD,
    "cases.NetworkTie": _RECORD,
    "cases.ContactNote": _RECORD,
    "cases.ContactNoteVersion": _RECORD,
    "cases.WorkingNote": "its author's own, destroyed by its day",
    "cases.Clarification": _RECORD,
    "cases.CriterionMark": _RECORD,
    "cases.Closing": _RECORD,
    "cases.LeadChange": _RECORD,
    "cases.Substitution": _LIST,
    "cases.CaseMember": _RECORD,
    "chains.ChainTemplate": _LIST,
    "chains.MeasuredDuration": _LIST,
    "chains.Chain": "its steps are asked about",
    "chains.StepLink": _RECORD,
    "chains.StepChange": _RECORD,
    "chains.Plan": "its goals and its day are asked about",
    "chains.GoalStep": _WITH,
    "chains.PlanVersion": _RECORD,
    "chains.StepReport": _WITH,
    "consents.InformationHandedOut": _RECORD,
    "consents.CounsellingAgreement": "ends with the case or stays a proof",
    "consents.FormText": _LIST,
    "consents.OwnSecrecyRelease": "ends with its consent",
    "consents.LawfulRelease": "stands on the second person's list, whoever leads the case",
    "consents.Release": "ends with what it was for",
    "consents.ReleaseEnding": _RECORD,
    "consents.Delivery": "lies in the service's inbox with whoever has it",
    "consents.LinkDelivery": "ends with what it was for",
    "consents.Reply": "taken up by itself",
    "documents.StoredFile": _WITH,
    "documents.PageImage": _WITH,
    "documents.PrintedForm": "its declaration is asked about",
    "documents.LetterTemplate": _LIST,
    "documents.ReviewedWords": _LIST,
    "documents.WorkerTranslation": _RECORD,
    "referrals.Participant": _WITH,
    "referrals.Hearing": _WITH,
    "referrals.ConferencePoint": "what was agreed is a task or a step",
    "referrals.CasePresentation": "without a person, nobody waits for it",
    "referrals.Assignment": "lies in the service's inbox",
    "referrals.GivenAnswer": _RECORD,
    "residence.Precheck": "answers that were noted, nobody waits for them",
    "residence.OfficeRequest": "ends with the case; closing it says so, and that an application goes on",
    "residence.OfficeAnswer": "its step is asked about",
    "residence.GivenOfficeAnswer": _RECORD,
    "residence.RuleReading": "no case",
    "referrals.Sending": _WITH,
    "referrals.Answer": _RECORD,
    "referrals.ReferralChange": _RECORD,
    "referrals.SentRequest": "no case",
    "referrals.IncomingRequest": "an Anfrage is no case",
    "referrals.CaseTransfer": "it asks all this",
    "referrals.TransferRelease": _WITH,
    "referrals.LoosePart": "says where the others go",
    "referrals.TakenOver": _RECORD,
    "referrals.OfferWatch": "waits for nobody outside; it ends with the case",
    "residence.Outlook": "waits for nobody outside; it ends with the case",
    "residence.Opening": _WITH,
}


def tables():
    from django.apps import apps

    named = ("cases", "chains", "consents", "documents", "referrals", "residence")
    return {model._meta.label for name in named for model in apps.get_app_config(name).get_models()}


def test_a_new_table_says_whether_something_of_it_can_be_open():
    assert tables() == OPEN.keys() | NEVER_OPEN.keys()
    assert not OPEN.keys() & NEVER_OPEN.keys()


def test_each_kind_of_open_part_has_its_table_and_is_collected():
    from faden.referrals.queries.loose_parts import COLLECTED
    from faden.referrals.vocabulary import LoosePartKind

    kinds = {kind.value for kind in LoosePartKind}
    assert set(OPEN.values()) == kinds
    assert {kind.value for kind, _collect in COLLECTED} | {"deadline"} == kinds


def holders(transfer):
    """Where each part goes, as the rows say."""
    from faden.referrals.models import LoosePart

    with opened_for(actor_of(AMAL), write=False):
        return {(row.kind, row.reference): row.goes_to for row in LoosePart.objects.filter(transfer=transfer)}


def open_now(transfer):
    """Everything that is open and concerns who goes."""
    from faden.casework.actions.handing_over import _open
    from faden.referrals.models import CaseTransfer

    with opened_for(actor_of(AMAL), write=False):
        row = CaseTransfer.objects.select_related("case").get(id=transfer.id)
        return _open(row, on=clock.today(), at=clock.now())


def finish(transfer):
    from faden.casework.actions.handing_over import Leaving, finish_when_due
    from tests.case_making import acting

    row = over.now(None, transfer)
    with acting(AMAL) as by:
        return finish_when_due(row, Leaving(clock.today()), by=by, on=clock.today(), at=clock.now())


made = st.lists(st.tuples(st.sampled_from(things.KINDS), st.booleans(), st.booleans()), min_size=1, max_size=6)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=made, both=st.booleans(), some_with_us=st.booleans(), keeps=st.randoms(use_true_random=False))
def test_nothing_open_is_without_a_holder(own_database, made, both, some_with_us, keeps):
    _check(made, both, some_with_us, keeps)


@pytest.mark.parametrize(("both", "some_with_us"), [(True, False), (True, True), (False, False)])
def test_one_of_every_kind_has_a_holder(own_database, both, some_with_us):
    every = [(kind, second, secret) for second in (False, True) for secret in (False, True) for kind in things.KINDS]
    _check(every, both, some_with_us, random.Random(7))


def _check(made, both, some_with_us, keeps):
    """Random open things of two people, some confidential; one goes or both; random holders."""
    case = over.a_case()
    child = add_member(case, "Danylo", family="Schewtschenko")
    agree(child)
    for kind, of_child, secret in made:
        if not (secret and kind is things.share):
            kind(case, child if of_child else case.person, secret)
    goers = (case.person, child) if both else (child,)

    def choose(row):
        from faden.referrals.rules.transfers import Placed

        goes = keeps.choice([one for one in row.allowed if some_with_us or one != "us"])
        told_as = "contact" if goes == "them" and not row.part.data_class else ""
        return Placed(goes, "nicht mehr nötig" if goes == "ends" else "", told_as)

    transfer = over.sent(case, goers, choose=choose)
    held = holders(transfer)
    assert {part.key for part in open_now(transfer)} <= held.keys()
    assert all(held.values())
    over.accept()
    over.answered()
    with_us = "us" in held.values()
    ended = finish(transfer)
    assert ended is not with_us
    left = open_now(transfer)
    if ended:
        # Who stayed keeps what is also hers; of who went nothing is open any more.
        assert [part for part in left if set(part.persons) <= {one.id for one in goers} and part.kind != "original"] == []
    else:
        assert over.now(case, transfer).case.phase != "closed"


def test_what_somebody_put_in_since_keeps_the_case_open(own_database):
    case = over.a_case()
    transfer = over.sent(case)
    over.accept()
    over.answered()
    things.task(case, case.person, False)
    assert finish(transfer) is False
    with opened_for(actor_of(AMAL), write=False):
        from faden.cases.models import Task

        assert Task.objects.filter(case=case, title__startswith="Überleitung ist vorbei").count() == 1
    assert finish(transfer) is False
    assert over.now(case, transfer).state == "accepted"


@pytest.mark.parametrize("kind", things.KINDS, ids=lambda kind: kind.__name__)
def test_each_kind_is_asked_about(own_database, kind):
    case = over.a_case()
    transfer = over.prepared(case)
    before = len(over.seen(case, transfer).rows)
    kind(case, case.person, False)
    assert len(over.seen(case, transfer).rows) > before
