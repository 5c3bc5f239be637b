"""What can go wrong, each in one line that says what to do."""

import errno
import os
import shutil
from pathlib import Path

NO_SPACE = "No space left"
NO_NAME = "user does not exist"
NEARLY_NOTHING = 2 * 1024 * 1024


class ServerProblem(Exception):
    """What is wrong with the embedded server and what to do about it, in one line."""


def disk_full(folder: Path) -> ServerProblem:
    return ServerProblem(f"The disk with {folder} is full: free at least 300 MB there and start again.")


def unwritable(folder: Path, error: OSError) -> ServerProblem:
    """The sentence for a folder in which nothing can be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(folder)
    reason = (error.strerror or str(error)).lower()
    return ServerProblem(
        f"Cannot write in {folder} ({reason}): make it writable for this user or choose another folder."
    )


def told_by_log(doing: str, log: Path, known: int) -> ServerProblem:
    """The sentence for a program that gave up; what it logged after the first `known` bytes tells why."""
    lines = logged(log, known)
    # On a full disk even the log has no room for the reason.
    if any(NO_SPACE in line for line in lines) or shutil.disk_usage(log.parent).free < NEARLY_NOTHING:
        return disk_full(log.parent)
    if any(NO_NAME in line for line in lines):
        return ServerProblem(
            f"{doing} failed: the user id {os.geteuid()} has no name here; PostgreSQL wants one: "
            "add it to /etc/passwd (containers: run as a named user)."
        )
    return ServerProblem(f"{doing} failed: {last_words(lines)} (see {log})")


def logged(log: Path, known: int) -> list[str]:
    with log.open("rb") as file:
        file.seek(known)
        return file.read().decode("utf-8", "replace").splitlines()


def last_words(lines: list[str]) -> str:
    """The line that names the cause: the last FATAL or error, else the last line."""
    telling = [line for line in lines if "FATAL" in line or "PANIC" in line or "error:" in line]
    return (telling or lines or ["nothing was logged"])[-1].strip()
