"""The logs are sealed: whoever holds the database cannot change, remove or slip in a line unseen."""

import json

import pytest

from tests.kernel import sealed_log
from tests.kernel.sealed_log import Log
from tests.kernel.worlds import GRONAU, fill, seal

pytestmark = pytest.mark.debian

CHANGED = "was changed or not written by Faden"
MISSING = "a row before it is missing"


@pytest.fixture
def log(own_database, owner) -> Log:
    return sealed_log.made(owner)


def test_a_changed_line_is_named(log):
    values = {
        "at": "at + interval '1 second'", "user_id": "user_id + 1", "role": "'team_lead'", "event": "'case.opened'",
        "subject_id": "gen_random_uuid()", "details": "'{\"number\": 8}'", "mac": "'\\x00'",
    }  # fmt: skip
    line, xid = log.lines[1]
    for column, value in values.items():
        log.do(f"UPDATE kernel_auditevent SET {column} = {value} WHERE xid = %s::xid8", xid)
        assert log.problem() == log.says(2, line, CHANGED), column
        log.restore()


def test_a_line_with_another_id_is_named(log):
    [new] = log.do(
        "UPDATE kernel_auditevent SET id = gen_random_uuid() WHERE xid = %s::xid8 RETURNING id",
        log.lines[1][1],
    ).fetchone()  # type: ignore[misc]
    assert log.problem() == log.says(2, new, CHANGED)


def test_a_removed_line_is_named(log):
    log.do("DELETE FROM kernel_auditevent WHERE id = %s", log.lines[1][0])
    assert log.problem() == log.says(2, log.lines[2][0], MISSING)
    log.restore()
    log.do("DELETE FROM kernel_auditevent WHERE id = %s", log.lines[2][0])
    assert log.problem() == log.says(2, f"after {log.lines[1][0]}", "rows are missing")
    log.restore()
    log.do("DELETE FROM kernel_auditevent WHERE id = ANY(%s)", [i for i, _ in log.lines[:3]])
    assert log.problem() == log.says(2, "after the start", "rows are missing")


def test_an_inserted_line_is_named(log):
    """Below the horizon of a sealed block; the copy of a true line is no true line."""
    copy = """
        INSERT INTO kernel_auditevent (id, organisation_id, at, user_id, role, mac, epoch, xid, event, details)
        SELECT gen_random_uuid(), organisation_id, at, user_id, role, mac, epoch, %s::xid8, event, details
          FROM kernel_auditevent WHERE id = %s RETURNING id
    """
    for xid, block in ((log.lines[0][1], 2), ("3", 1), (log.lines[5][1], 4)):
        [new] = log.do(copy, xid, log.lines[4][0]).fetchone()  # type: ignore[misc]
        wanted = CHANGED if block < 4 else "not yet sealed, and changed"
        assert log.problem() == log.says(block, new, wanted)
        log.restore()


def test_a_line_moved_to_another_place_is_named(log):
    """Its signature is still right; the order is not."""
    log.do("UPDATE kernel_auditevent SET xid = '3' WHERE id = %s", log.lines[1][0])
    assert log.problem() == log.says(1, log.lines[1][0], "was inserted later")


def test_a_line_moved_within_its_block_is_named(log):
    log.do("UPDATE kernel_auditevent SET xid = %s::xid8 WHERE id = %s", log.lines[2][1], log.lines[0][0])
    assert (log.problem() or "").startswith("deeds block 2, ")


def test_a_line_in_a_made_up_epoch_is_named(log):
    unnoticed = []
    for epoch in (0, 2, 99):
        log.do("UPDATE kernel_auditevent SET epoch = %s, role = 'x' WHERE id = %s", epoch, log.lines[5][0])
        unnoticed += [epoch] if log.problem() is None else []
        log.restore()
    assert unnoticed == []


def test_a_changed_block_is_named(log):
    for column, value in {
        "hash": "'\\x00'", "previous_hash": "'\\x00'", "from_xid": "'5'", "horizon": "'6'", "epoch": "9", "number": "7",
    }.items():  # fmt: skip
        log.do(f"UPDATE kernel_auditblock SET {column} = {value} WHERE number = 2")
        assert (log.problem() or "").startswith(("deeds block 2, ", "deeds block 3, row –")), column
        log.restore()


def test_a_block_that_tells_something_else_is_named(log):
    unnoticed = []
    for change in (
        "count = 9",
        "marks = ''",
        "first_at = '2020-01-01'",
        "last_at = '2020-01-01'",
        "sealed_at = '2020-01-01'",
    ):
        log.do(f"UPDATE kernel_auditblock SET {change} WHERE number = 2")
        unnoticed += [change] if log.problem() is None else []
        log.restore()
    assert unnoticed == []


def test_a_removed_block_is_named(log):
    log.do("DELETE FROM kernel_auditblock WHERE number = 2")
    assert log.problem() == log.says(3, "–", "block 2 is missing")
    log.restore()
    log.do("DELETE FROM kernel_auditblock WHERE number = 1")
    assert log.problem() == log.says(2, "–", "block 1 is missing")


def test_a_cut_tail_is_named_with_an_anchor(log):
    """Without one a shorter log looks like a younger one."""
    anchor = log.tip()
    log.do("DELETE FROM kernel_auditblock WHERE number = 3")
    log.do("DELETE FROM kernel_auditevent WHERE xid >= %s::xid8", log.lines[3][1])
    assert log.problem() is None
    assert log.problem(anchor) == log.says(3, "–", "blocks 3 to 3 are missing")
    log.do("DELETE FROM kernel_auditblock")
    log.do("DELETE FROM kernel_auditevent")
    assert log.problem(anchor) == "deeds block 1, row –, –: blocks 1 to 3 are missing"


def test_an_anchor_of_another_log_does_not_fit(log):
    assert log.problem((3, "00" * 32)) == log.says(3, "–", "the anchor kept outside has another hash")
    assert log.problem(log.tip()) is None


def test_a_made_up_expiry_is_named(log):
    log.do("DELETE FROM kernel_auditevent WHERE id = %s", log.lines[1][0])
    log.do(
        "INSERT INTO kernel_auditexpiry SELECT gen_random_uuid(), organisation_id, now(), 3, id"
        " FROM kernel_auditblock WHERE number = 2"
    )
    assert log.problem() is not None


def test_each_service_and_each_log_stands_alone(log):
    gronau = fill(GRONAU)
    seal(gronau)
    seal(gronau, stream="looks")
    log.do("DELETE FROM kernel_auditevent WHERE id = %s", log.lines[1][0])
    assert log.problem() is not None
    assert [sealed_log.problem(gronau, stream=stream) for stream in ("deeds", "looks")] == [None, None]


def test_a_changed_look_is_named(log):
    block = seal(log.world, stream="looks")
    log.do("ALTER TABLE kernel_look DISABLE TRIGGER USER")
    for column in ("kind", "page", "purpose"):
        [line] = log.do(f"UPDATE kernel_look SET {column} = 'x' RETURNING id").fetchone()  # type: ignore[misc]
        assert (sealed_log.problem(log.world, stream="looks") or "").startswith(
            f"looks block {block.number}, row {line}, "
        )


def test_the_command_names_it_and_fails(log, tmp_path, capsys):
    """`faden audit verify --write-anchor`, then `--anchor`."""
    from config import audit

    file = tmp_path / "anchor.json"
    assert audit.verify({}, file) == 0
    anchor = json.loads(file.read_text())
    assert anchor[f"{log.world.organisation_id}/deeds"] == list(log.tip())
    assert audit.verify(anchor, None) == 0
    log.do("DELETE FROM kernel_auditblock WHERE number = 3")
    assert (audit.verify({}, None), audit.verify(anchor, None)) == (0, 1)
    told = capsys.readouterr()
    assert (
        told.err.strip()
        == f"service {log.world.organisation_id}: deeds block 3, row –, –: blocks 3 to 3 are missing"
    )
    assert told.out.splitlines()[-1].endswith("1 broken")
