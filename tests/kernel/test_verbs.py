"""A deed and its line in the log are one transaction: if the line fails, nothing has happened."""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import ProgrammingError

from faden.kernel import clock
from faden.kernel.actor import Actor
from faden.kernel.rls import opened_for
from tests.desk_client import actor_of, keyed, signed_in
from tests.guards.tables import tables
from tests.kernel import worlds
from tests.kernel.worlds import AHAUS, GRONAU, World

pytestmark = pytest.mark.debian

Verb = Callable[[World, World], Any]


def _as(who: str, do: Callable[[Actor], Any]) -> Any:
    actor = actor_of(who)
    with opened_for(actor, write=True):
        return do(actor)


def _take_inquiry(world: World, _other: World) -> Any:
    from faden.cases.actions.inquiries import take

    return _as(AHAUS.case_manager, lambda by: take(worlds.asked(), under=None, by=by, at=clock.now()))


def _change_result(world: World, _other: World) -> Any:
    from faden.cases.actions.inquiries import change_result
    from faden.cases.vocabulary.inquiry import InquiryResult

    return _as(
        AHAUS.case_manager,
        lambda by: change_result(world.inquiry, InquiryResult.INFORMED, by=by, at=clock.now()),
    )


def _open_case(_world: World, _other: World) -> Any:
    from tests.case_making import open_a_case

    return open_a_case(AHAUS.case_manager, family="Neufall")


def _record(world: World, _other: World) -> Any:
    from faden.cases.actions.contact_notes import record

    return _as(
        AHAUS.case_manager, lambda by: record(worlds.contact("x"), case=world.case, by=by, at=clock.now())
    )


def _correct(world: World, _other: World) -> Any:
    from faden.cases.actions.contact_notes import correct

    text = worlds.contact("y")
    return _as(
        AHAUS.case_manager, lambda by: correct(world.note, text, seen_version=2, by=by, at=clock.now())
    )


def _finish_task(world: World, _other: World) -> Any:
    from faden.cases.actions.tasks import finish

    return _as(AHAUS.case_manager, lambda by: finish(world.task, by=by, at=clock.now()))


def _destroy_note(world: World, _other: World) -> Any:
    from faden.cases.actions.working_notes import destroy

    return _as(AHAUS.case_manager, lambda by: destroy(world.working_note, by=by, at=clock.now()))


def _transfer_note(world: World, _other: World) -> Any:
    from faden.cases.actions.working_notes import transfer

    text = worlds.contact("z")
    return _as(
        AHAUS.case_manager,
        lambda by: transfer(world.working_note, text, case=world.case, by=by, at=clock.now()),
    )


def _store_file(world: World, _other: World) -> Any:
    from tests.case_making import put_paper

    return _as(AHAUS.case_manager, lambda by: put_paper(world.case, "a.pdf", by=by))


def _release(world: World, other: World) -> Any:
    return worlds.release_to(world, other)


def _end_membership(_world: World, _other: World) -> Any:
    from faden.organisations.actions.memberships import end

    bernd = actor_of("bernd@caritas-ahaus.example")
    return _as(
        AHAUS.administrator,
        lambda by: end(UUID(bernd.membership_id), on=None, by=by, at=clock.now(), today=clock.today()),
    )


def _invite(_world: World, _other: World) -> Any:
    from faden.organisations.actions.invitations import invite

    values = {
        "email": "x@y.example",
        "name": "X",
        "role": "case_manager",
        "at": clock.now(),
        "today": clock.today(),
    }
    return _as(AHAUS.administrator, lambda by: invite(by=by, **values))


def _confirm_matter(world: World, _other: World) -> Any:
    from faden.oversight.actions import confirm

    return _as(AHAUS.team_lead, lambda by: confirm(world.oversight, by=by, on=clock.today(), at=clock.now()))


def _clarify(world: World, _other: World) -> Any:
    from faden.casework.actions.clarification import Clarified, clarify

    said, more = Clarified((), "waiting_list", "", clock.today()), {"on": clock.today(), "at": clock.now()}
    return _as(AHAUS.case_manager, lambda by: clarify(said, case=world.case, by=by, **more))


def _mark(world: World, _other: World) -> Any:
    from faden.cases.vocabulary.course import CriterionState
    from faden.casework.actions.criteria import mark

    done = CriterionState.DONE
    return _as(
        AHAUS.case_manager, lambda by: mark("goals", done, reason="", case=world.case, by=by, at=clock.now())
    )


def _note_finding(world: World, _other: World) -> Any:
    from faden.findings.actions import Hint, note

    hint, more = Hint("no_place", "work", "", "", "Kein Platz"), {"on": clock.today(), "at": clock.now()}
    return _as(AHAUS.case_manager, lambda by: note(hint, out_of=world.case, by=by, **more))


def _finish_step(world: World, _other: World) -> Any:
    from faden.chains.actions.steps import finish

    more = {"since": clock.today(), "seen_version": world.chain_step.version, "at": clock.now()}
    return _as(AHAUS.case_manager, lambda by: finish(world.chain_step.id, case=world.case, by=by, **more))


def _add_step(world: World, _other: World) -> Any:
    from faden.chains.actions.bending import NewStep, Why, add_step
    from faden.chains.actions.steps import Holder
    from faden.chains.vocabulary import HolderKind, StepKind

    new = NewStep("Zwischenschritt", StepKind.CLARIFY, Holder(HolderKind.CLIENT))
    more = {"after": [world.chain_step.id], "case": world.case, "at": clock.now()}
    return _as(AHAUS.case_manager, lambda by: add_step(world.chain.id, new, Why("agency", "so verlangt"), by=by, **more))


def _arrange(world: World, _other: World) -> Any:
    from faden.cases.actions.substitutions import Absence, arrange

    days = {"from_on": clock.today() + timedelta(days=9), "until_on": clock.today() + timedelta(days=10)}
    bernd = UUID(actor_of("bernd@caritas-ahaus.example").membership_id)
    absence = Absence(UUID(world.actor.membership_id), bernd, reason="leave", **days)
    return _as(AHAUS.team_lead, lambda by: arrange(absence, by=by, on=clock.today(), at=clock.now()))


def _close(world: World, _other: World) -> Any:
    from faden.casework.actions.closing import Ending, close

    ending = Ending("goals", "much", clock.today(), drop_all="not_needed", rate_all="reached", settle_all="not_wanted")
    return _as(AHAUS.case_manager, lambda by: close(world.case, ending, by=by, at=clock.now()))


def _take_over(world: World, _other: World) -> Any:
    from faden.cases.vocabulary.course import LeadChangeReason
    from faden.casework.actions.leads import take_over

    holder, bernd = (UUID(actor_of(f"{name}@caritas-ahaus.example").membership_id) for name in ("amal", "bernd"))
    more = {"rest": True, "reason": LeadChangeReason.LEAVING, "on": clock.today(), "at": clock.now()}
    return _as(AHAUS.team_lead, lambda by: take_over(holder, {world.case.id: bernd}, by=by, **more))


def _review_text(world: World, _other: World) -> Any:
    from faden.consents.actions.texts import review
    from faden.consents.queries.form_texts import texts
    from faden.consents.vocabulary import FormKind

    def do(by: Actor) -> Any:
        shown = texts().counting(FormKind.POWER, "uk")
        assert shown
        return review(shown, reviewed_by="Prüferin", reviewed_on=clock.today(), by=by, at=clock.now())

    return _as(AHAUS.team_lead, do)


def _sign(world: World, _other: World) -> Any:
    from faden.consents.rules.declarations import Signing
    from faden.documents.actions.forms import signed

    return _as(AHAUS.case_manager, lambda by: signed(world.declared, Signing(clock.today()), by=by, at=clock.now()))


VERBS: tuple[Verb, ...] = (
    _take_inquiry, _change_result, _open_case, _record, _correct, _finish_task, _destroy_note, _transfer_note,
    _clarify, _mark, _note_finding, _finish_step, _add_step, _arrange, _take_over, _close,
    _store_file, _release, _end_membership, _invite, _confirm_matter, _review_text, _sign,
)  # fmt: skip


@pytest.fixture(scope="module")
def contents() -> Callable[[psycopg.Connection], dict[str, str]]:
    """A digest of every table, queue included."""

    def read(superuser: psycopg.Connection) -> dict[str, str]:
        return {
            name: superuser.execute(
                f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {name} AS t"
            ).fetchone()[0]  # type: ignore[index, arg-type]
            for name in tables(superuser)
        }

    return read


def test_without_its_line_no_verb_changes_anything(own_database, owner, superuser, contents):
    ahaus, gronau = worlds.fill(AHAUS), worlds.fill(GRONAU)
    owner.execute("REVOKE INSERT ON kernel_auditevent FROM faden_app")
    before = contents(superuser)
    for verb in VERBS:
        with pytest.raises(ProgrammingError, match="kernel_auditevent"):
            verb(ahaus, gronau)
        assert contents(superuser) == before, verb.__name__


def test_with_its_line_each_verb_changes_something(own_database, superuser, contents):
    """Else the test above would prove nothing."""
    ahaus, gronau = worlds.fill(AHAUS), worlds.fill(GRONAU)
    for verb in (verb for verb in VERBS if verb is not _transfer_note):  # the note is destroyed by then
        before = contents(superuser)
        verb(ahaus, gronau)
        changed = {name for name, digest in contents(superuser).items() if digest != before[name]}
        assert "kernel_auditevent" in changed and len(changed) >= 2, verb.__name__


def test_through_the_door_a_failed_line_is_an_error_and_nothing_else(ahaus, owner, superuser, contents):
    owner.execute("REVOKE INSERT ON kernel_auditevent FROM faden_app")
    amal = signed_in(AHAUS.case_manager)
    amal.raise_request_exception = False
    before = contents(superuser)
    sent = {"title": "Neue Aufgabe", "assignee": ahaus.actor.membership_id}
    assert amal.post(f"/faelle/{ahaus.case.id}/aufgaben/neu/", keyed(**sent)).status_code == 500
    assert contents(superuser) == before


REFUSED = psycopg.errors.InsufficientPrivilege


@pytest.fixture
def inside(ahaus):
    """The app role's own connection with Ahaus put on."""
    with psycopg.connect(os.environ["FADEN_DATABASE_URL"], autocommit=True) as connection:
        connection.execute("SELECT set_config('faden.organisation', %s, false)", [str(ahaus.organisation_id)])
        yield connection


def test_the_app_changes_no_line(inside):
    for table in ("kernel_auditevent", "kernel_look", "kernel_auditblock", "kernel_auditexpiry"):
        for words in ("UPDATE {} SET organisation_id = organisation_id", "DELETE FROM {}", "TRUNCATE {}"):
            with pytest.raises(REFUSED):
                inside.execute(words.format(table))


def test_the_app_names_neither_transaction_nor_epoch(inside, ahaus):
    columns = "id, organisation_id, at, role, mac, {}"
    for table in ("kernel_auditevent", "kernel_look"):
        for column, value in {"xid": "'1'::xid8", "epoch": "1"}.items():
            values = f"'{uuid4()}', {ahaus.organisation_id}, now(), 'x', '', {value}"
            with pytest.raises(REFUSED):
                inside.execute(f"INSERT INTO {table} ({columns.format(column)}) VALUES ({values})")


def test_not_even_the_owner_changes_a_record_by_mistake(two, owner):
    owner.execute("SELECT set_config('faden.organisation', %s, false)", [str(two[0].organisation_id)])
    for table in ("kernel_auditevent", "kernel_look", "kernel_auditblock", "consents_release"):
        for words in ("UPDATE {} SET organisation_id = organisation_id", "DELETE FROM {}"):
            with pytest.raises(psycopg.Error, match="append-only"):
                owner.execute(words.format(table))
