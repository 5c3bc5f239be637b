"""The scan's job: between two transactions, again when the scanner is silent, once per file."""

import pytest
from tests.desk_client import actor_of
from tests.documents import samples
from tests.documents.conftest import AMAL, make, row_of, scan, store


def jobs(task="documents.scan"):
    """The queue."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    return ProcrastinateJob.objects.filter(task_name=task)


def test_the_worker_does_it(case, scanner):
    from procrastinate.contrib.django import app

    file = store(case, samples.PDF)
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    assert row_of(file).state == "clean"
    assert [job.status for job in jobs()] == ["succeeded"]


def test_no_transaction_is_open_while_the_scanner_thinks(case, scanner, monkeypatch):
    from django.db import connection

    from faden.jobs import documents

    inside = []
    real = documents.clamd.scan
    monkeypatch.setattr(
        documents.clamd, "scan", lambda *a, **k: (inside.append(connection.in_atomic_block), real(*a, **k))[1]
    )
    scan(store(case, samples.PDF))
    assert inside == [False]


def test_a_silent_scanner_leaves_the_file_in_quarantine(case, scanner):
    from faden.jobs.documents import ScannerSilent

    scanner.answer = b"stream: out of memory ERROR\0"
    file = store(case, samples.PDF)
    with pytest.raises(ScannerSilent):
        scan(file)
    assert row_of(file).state == "quarantine"
    scanner.answer = b""
    scan(file)
    assert row_of(file).state == "clean"


def test_it_is_tried_again_by_itself(case, scanner):
    from procrastinate.contrib.django import app

    scanner.answer = b"stream: busy ERROR\0"
    store(case, samples.PDF)
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    [job] = jobs()
    assert (job.status, job.attempts) == ("todo", 1) and job.scheduled_at is not None


@pytest.mark.parametrize("state", ["clean", "infected"])
def test_what_is_judged_stays_judged(case, scanner, state):
    file = make(case, state)
    scan(file)
    assert row_of(file).state == state and scanner.seen == []


def test_a_file_that_is_gone_is_no_trouble(case, scanner):
    from uuid import uuid4

    from faden.jobs import documents

    documents.scan(case.organisation_id, str(uuid4()))
    assert scanner.seen == []


def judge(file, state, actor):
    """Call the verb as this actor."""
    from faden.documents.actions import files as actions
    from faden.documents.vocabulary import FileState
    from faden.kernel import clock
    from faden.kernel.rls import opened_for

    with opened_for(actor, write=True):
        actions.judge(file.id, state=FileState(state), by=actor, at=clock.now())
    return row_of(file).state


def test_a_person_does_not_judge(case):
    from faden.kernel.actor import Actor

    file = store(case, samples.PDF)
    assert judge(file, "clean", actor_of(AMAL)) == "quarantine"
    assert judge(file, "clean", Actor.system(case.organisation_id)) == "clean"


@pytest.mark.parametrize(("before", "after"), [("infected", "clean"), ("infected", "unscanned"), ("clean", "quarantine")])
def test_a_judgement_is_not_taken_back(case, before, after):
    from faden.kernel.actor import Actor

    assert judge(make(case, before), after, Actor.system(case.organisation_id)) == before


def test_another_service_cannot_judge(case):
    from faden.kernel.actor import Actor

    assert judge(store(case, samples.PDF), "clean", Actor.system(case.organisation_id + 1)) == "quarantine"


def test_what_was_stored_before_there_was_a_scanner_is_scanned_later(case, scanner):
    from faden.jobs import documents

    left, unscanned, clean = store(case, samples.PDF), make(case, "unscanned"), make(case, "clean")
    jobs().delete()
    assert documents.scan_waiting(0) == 2
    assert {job.args["file_id"] for job in jobs()} == {str(left.id), str(unscanned.id)}
    assert documents.scan_waiting(0) == 2, "those that wait already do not break the others"
    assert jobs().count() == 2
    scan(unscanned)
    assert (row_of(unscanned).state, row_of(clean).state) == ("clean", "clean")


def test_without_a_scanner_nothing_is_queued_again(case):
    from faden.jobs import documents

    make(case, "unscanned")
    jobs().delete()
    assert documents.scan_waiting(0) == 0 and not jobs().exists()


def test_storing_and_its_deed_are_one(case, monkeypatch):
    from faden.documents.actions import files as actions
    from faden.documents.models import StoredFile
    from faden.kernel.rls import opened_for

    monkeypatch.setattr(actions.audit, "note", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store(case, samples.PDF)
    with opened_for(actor_of(AMAL), write=False):
        assert not StoredFile.objects.exists()
    assert not jobs().exists()
