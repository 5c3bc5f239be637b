"""Every queued name has a job, and the worker knows every job that is declared."""

import ast

from procrastinate.contrib.django import app

from tests.guards import source

JOBS = "src/faden/jobs"
# One that fails is started anew by the clock: each night, each morning or each hour.
BY_THE_CLOCK = {
    "chains.of_service", "consents.expire", "deadlines.of_service", "deadlines.warn", "documents.draw", "of_age.of_service", "offers.of_service",
    "outlooks.of_service",
    "persons.compare", "persons.facts_changed", "protection.remind", "referrals.of_service", "referrals.remind",
    "reminders.of_service", "retention.of_service", "transfers.of_service", "watches.of_service",
}  # fmt: skip


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


def test_what_the_clock_does_not_start_anew_tries_again():
    """A letter, an answer or a look that failed once would otherwise be lost without anybody knowing."""
    by_the_clock = {one.task.name for one in app.periodic_registry.periodic_tasks.values()} | BY_THE_CLOCK
    once = {name for name in known() if app.tasks[name].retry_strategy is None}
    assert once == by_the_clock


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
