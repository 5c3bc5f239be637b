"""What runs in the process of its own: one document in, one answer out."""

import resource
import sys
from dataclasses import asdict
from typing import Any

from faden.outside.word import filling
from faden.outside.word.limits import packed, unpacked
from faden.outside.word.problems import Known, NotTaken

CPU_SECONDS = 10
MEMORY = 1024 * 1024 * 1024


def main() -> None:
    """One answer to what comes in."""
    limit()
    sys.stdout.buffer.write(_answer(*unpacked(sys.stdin.buffer.read())))


def limit() -> None:
    """Take away what the work does not need; it cannot be given back."""
    for kind, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(kind, (most, most))


def _answer(asked: dict[str, Any], content: bytes) -> bytes:
    known = Known(**asked.get("known", {"fields": ()}))
    try:
        if asked["what"] == "words":
            return packed({"words": filling.words(content)})
        if asked["what"] == "examine":
            return packed({"fields": filling.examine(content, known)})
        return packed({}, filling.fill(content, known, asked["values"]))
    except NotTaken as wrong:
        return packed({"problems": [asdict(problem) for problem in wrong.problems]})
