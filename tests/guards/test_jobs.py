"""Every queued name has a job, and the worker knows every job that is declared."""

import ast

from procrastinate.contrib.django import app

from tests.guards import source

JOBS = "src/faden/jobs"


def queued(module: ast.Module) -> set[str]:
    """Names given to `enqueue`; one that is computed cannot be checked and is called "?"."""
    first = [call.args[0] if call.args else None for call in source.calls(module, "enqueue")]
    return {str(arg.value) if isinstance(arg, ast.Constant) else "?" for arg in first}


def declared(module: ast.Module) -> set[str]:
    """Names of the jobs in a module."""
    words = [word for call in source.calls(module, "task") for word in call.keywords if word.arg == "name"]
    return {str(word.value.value) for word in words if isinstance(word.value, ast.Constant)}


def known() -> set[str]:
    return {name for name in app.tasks if not name.startswith(("builtin", "procrastinate"))}


def test_every_queued_name_has_a_job():
    names = {name for file in source.files("src") for name in queued(source.tree(file))}
    assert names - known() == set()


def test_the_worker_knows_every_job():
    assert known() == {name for file in source.files(JOBS) for name in declared(source.tree(file))}


def test_jobs_name_their_service_and_ids_only():
    """What a job is given stands in the queue's table, in the clear."""
    allowed = {"organisation_id", "timestamp"}
    odd = {
        f"{name}: {argument}"
        for name in known()
        for argument in app.tasks[name].func.__annotations__.keys() - {"return"} - allowed
        if not argument.endswith("_id")
    }
    assert odd == set()


def test_a_name_without_a_job_is_found():
    planted = ast.parse('enqueue("mails.send", by=by); queue.enqueue(name, by=by)')
    assert queued(planted) - known() == {"mails.send", "?"}
