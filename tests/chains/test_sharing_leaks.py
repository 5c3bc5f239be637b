"""Nothing of notes, residence, health, the family, confidential chains or a protected address is ever in a copy."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.case_making import add_member, mark, open_a_case
from tests.chains.making import AMAL, Hand, begin, step
from tests.chains.sharing import Sharing

# Stands in everything a copy must not tell.
SECRET = "GEHEIM"


def enum(name):
    from faden.chains import vocabulary

    return list(getattr(vocabulary, name))


def areas():
    from faden.cases.vocabulary.life_area import LifeArea

    return list(LifeArea)


def classes():
    from faden.consents.vocabulary import DataClass

    return list(DataClass)


def agency_kinds():
    from faden.organisations.vocabulary import AgencyKind

    return ["", *AgencyKind]


@st.composite
def rows(draw):
    """Any step a chain can have; what would be secret in it is marked."""
    from faden.chains.rules.sharing import HIDDEN_AGENCIES, HIDDEN_AREAS, SharedStep, class_of
    from faden.chains.vocabulary import HolderKind

    area, holder = draw(st.sampled_from(areas())), draw(st.sampled_from(enum("HolderKind")))
    kind = draw(st.sampled_from(agency_kinds()[1:] if holder == HolderKind.AGENCY else agency_kinds()))
    allowed = draw(st.shared(st.frozensets(st.sampled_from(classes())), key="classes"))
    hidden = area in HIDDEN_AREAS or class_of(area) not in allowed
    theirs = draw(st.booleans()) and not hidden
    agency = f"Amt {SECRET}" if kind in HIDDEN_AGENCIES and not theirs else "Amt"
    name = {HolderKind.AGENCY: agency}.get(holder, str(holder.label))
    state = draw(st.sampled_from(enum("StepState")))
    return SharedStep(
        code=draw(st.uuids().map(str)), title=f"Schritt {SECRET}" if hidden else "Schritt", life_area=area, holder_kind=holder,
        agency_kind=kind, holder=name, state=state, since=date(2027, 1, 1), due_on=None,
        block_reason=draw(st.sampled_from(enum("Breakpoint"))) if state == "blocked" else "", is_theirs=theirs,
        talk=(talk(f"Wort {SECRET}" if hidden else "Wort"),) if draw(st.booleans()) else (),
    )  # fmt: skip


def talk(words):
    from faden.chains.rules.sharing import Talk
    from faden.chains.vocabulary import ReportKind

    return Talk(ReportKind.QUESTION, "Stelle", datetime(2027, 1, 1, 12, tzinfo=UTC), words)


@settings(max_examples=300, deadline=None)
@given(steps=st.lists(rows(), max_size=6), allowed=st.shared(st.frozensets(st.deferred(lambda: st.sampled_from(classes()))), key="classes"))
def test_of_any_steps_a_copy_tells_only_what_it_may(steps, allowed):
    from faden.chains.rules.sharing import HIDDEN_REASONS, SharedChain, content_of, is_told
    from faden.consents.rules.contents import to_json

    chain = SharedChain("Kette", "language", "Rima", allowed)
    content = content_of(chain, steps, sender="Dienst", contact="", extra={})
    assert SECRET not in to_json(content)
    assert {one.code for one in content.steps} == {one.code for one in steps if is_told(one.life_area, allowed)}
    assert not {one.block for one in content.steps} & {str(reason.label) for reason in HIDDEN_REASONS}


@given(rows())
def test_of_whom_is_protected_no_agency_is_named(one):
    from dataclasses import replace

    from faden.chains.rules.sharing import SharedChain, content_of
    from faden.chains.vocabulary import HolderKind
    from faden.consents.rules.contents import to_json

    if one.holder_kind != HolderKind.AGENCY or one.is_theirs:
        return
    step_ = replace(one, title="Schritt", holder="Frauenhaus am Markt", talk=())
    chain = SharedChain("Kette", "language", "Rima", frozenset(classes()), names_agencies=False)
    assert "Frauenhaus" not in to_json(content_of(chain, [step_], sender="Dienst", contact="", extra={}))


# ---------- with all that a case can hold ----------


@pytest.fixture
def hand(own_database):
    return Hand(open_a_case(family="Darwisch", given="Rima"))


def everything(hand, chain):
    """Secrets wherever the case has room for them; what is shared stands between."""
    from faden.cases.actions import tasks
    from faden.cases.actions.concerning import About
    from faden.chains.actions.bending import NewStep, Why, add_step, change_links, drop
    from faden.chains.actions.steps import Holder, block, give_to, wait_for_agency, wait_for_person
    from faden.chains.actions.suspending import suspend
    from faden.chains.vocabulary import HolderKind, StepKind
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    today, now = clock.today(), clock.now()
    child = add_member(hand.case, f"Noor{SECRET}")
    begin(hand.case, step("kita", title=f"Kita {SECRET}"), person=child.id, title=f"Kita {SECRET}")
    begin(hand.case, step("schutz", title=f"Schutz {SECRET}"), confidential=True, title=f"Vertraulich {SECRET}")
    why = Why("agency", f"Begründung {SECRET}")
    hand.do(wait_for_agency, "titel", agency_kind="abh", agency=f"Ausländerbehörde {SECRET}", since=today, words=SECRET)
    hand.do(wait_for_agency, "arzt", agency_kind="gesundheit", agency=f"Praxis {SECRET}", since=today, words=SECRET)
    hand.do(give_to, "papier", Holder(HolderKind.AGENCY, agency_kind="abh", agency=f"Behörde {SECRET}"))
    hand.do(wait_for_person, "begleitung", person=child.id, since=today, words=f"Notiz {SECRET}")
    hand.do(block, "test", reason="health", since=today, words=f"Wegen {SECRET}")
    hand.do(drop, "extra", why)
    keys = [hand.row(code).id for code in ("titel", "kita")]
    hand.do(change_links, "kurs", after=[hand.row("test").id, *keys], join="all", why=why)
    hand.do(suspend, "kurs", until=today + timedelta(days=9), why=why)
    with opened_for(hand.by, write=True):
        new = NewStep("Neu", StepKind.CLARIFY, Holder(HolderKind.CASE_MANAGER), hint=f"Hinweis {SECRET}")
        add_step(chain.id, new, why, case=hand.case, by=hand.by, at=now)
        hidden = NewStep(f"Klinik {SECRET}", StepKind.CLARIFY, Holder(HolderKind.CASE_MANAGER), life_area="health")
        add_step(chain.id, hidden, why, case=hand.case, by=hand.by, at=now)
        tasks.make(tasks.Wanted(f"Aufgabe {SECRET}", today, hand.case.lead_id, About((hand.case.person_id,))), case=hand.case, by=hand.by, at=now)



def plan():
    return (
        step("titel", title=f"Titel {SECRET}", life_area="residence"), step("test"), step("kurs", "test"),
        step("arzt", title=f"Arzt {SECRET}", life_area="health"), step("papier"), step("begleitung"), step("extra"),
        step("ausweis", title=f"Pass {SECRET}", life_area="documents"),
    )  # fmt: skip


def test_no_copy_tells_it_and_no_later_one(hand):
    from faden.consents.models import Release
    from faden.kernel.rls import opened_for

    chain = begin(hand.case, *plan(), title="Deutschkurs")
    sharing = Sharing(hand, chain).begin("test")
    everything(hand, chain)
    with opened_for(hand.by, write=False):
        sent = [row.content for row in Release.objects.filter(kind="chain")]
    assert len(sent) > 5
    assert [text for text in sent if SECRET in text] == []
    content = sharing.read()
    assert [one.title for one in content.steps] == ["Neu", "Test", "Kurs", "Papier", "Begleitung", "Extra"]
    told = {one.code: one for one in content.steps}
    assert told["test"].block == "anderes"
    assert told["papier"].holder == "andere Stelle"
    assert told["begleitung"].holder == "Familie"
    assert told["kurs"].state == "open", "what it waits for is nobody's to know"


def test_the_same_of_a_family_when_one_of_them_is_named_in_words(hand, owner):
    """The recipient's rows too: sealed, and with nothing beside the content."""
    chain = begin(hand.case, *plan(), title="Deutschkurs")
    sharing = Sharing(hand, chain).begin("test")
    everything(hand, chain)
    owner.execute("SELECT set_config('faden.organisation', %s, false)", [str(sharing.them.organisation_id)])
    rows = owner.execute("SELECT row_to_json(d)::text FROM consents_delivery AS d").fetchall()
    assert rows and not any(SECRET in text or "Darwisch" in text for (text,) in rows)


def test_a_protected_persons_agencies_are_kinds(hand):
    from faden.chains.actions.steps import wait_for_agency
    from faden.kernel import clock

    mark(AMAL, hand.case.person)
    chain = begin(hand.case, step("wohnung"), step("test"), title="Deutschkurs")
    sharing = Sharing(hand, chain).begin("test")
    hand.do(wait_for_agency, "wohnung", agency_kind="beratungsstelle", agency="Frauenhaus am Markt", since=clock.today())
    assert sharing.step("wohnung").holder == "Beratungsstelle"
    assert sharing.step("test").holder == sharing.service.name


def test_a_chain_that_becomes_confidential_ends(hand):
    from faden.chains.models import Chain
    from faden.kernel.rls import opened_for

    chain = begin(hand.case, step("test"), step("kurs", "test"), title="Deutschkurs")
    sharing = Sharing(hand, chain).begin("test")
    with opened_for(hand.by, write=True):
        Chain.objects.filter(id=chain.id).update(confidential=True)
    hand.finish("test")
    assert sharing.copies() == []


def test_the_register_names_the_class_of_each_step_that_is_told(hand):
    """A chain about work tells of language too: the database compares with the consent what really leaves."""
    chain = begin(hand.case, step("a"), step("b", life_area="language"), step("c", life_area="housing"))
    sharing = Sharing(hand, chain, classes=("contact", "school_work", "language")).begin()
    assert {one.title for one in sharing.read().steps} == {"A", "B"}
    assert set(sharing.row().release.data_classes) == {"contact", "school_work", "language"}
