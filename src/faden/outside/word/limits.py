"""The same in a process of its own: without our keys and database, with little time and memory, writing no file."""

import json
import struct
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from faden.outside.word.filling import Values
from faden.outside.word.problems import Known, NotTaken, Problem

SECONDS = 20.0
_SOURCE = Path(__file__).parents[3]
# Isolated: nothing of our environment reaches it, and what it imports does not depend on where we stand.
_START = "import sys; sys.path.insert(0, sys.argv[1]); from faden.outside.word.work import main; main()"
_LENGTH = struct.Struct(">I")


def examined(content: bytes, known: Known) -> list[str]:
    """Which fields a template uses; raises NotTaken with everything that is wrong with it."""
    return list(_worked("examine", content, known=_asked(known))[0]["fields"])


def filled(content: bytes, known: Known, values: Values) -> bytes:
    """The document with these values in it."""
    return _worked("fill", content, known=_asked(known), values=dict(values))[1]


def words_of(content: bytes) -> str:
    """All text of a document; raises NotTaken where it cannot be read."""
    return str(_worked("words", content)[0]["words"])


def packed(told: dict[str, Any], content: bytes = b"") -> bytes:
    """What is said and a document, in one piece."""
    head = json.dumps(told).encode()
    return _LENGTH.pack(len(head)) + head + content


def unpacked(data: bytes) -> tuple[dict[str, Any], bytes]:
    """The two again."""
    (length,) = _LENGTH.unpack_from(data)
    end = _LENGTH.size + length
    return json.loads(data[_LENGTH.size : end]), data[end:]


def _asked(known: Known) -> dict[str, list[str]]:
    return {name: sorted(words) for name, words in asdict(known).items()}


def _worked(what: str, content: bytes, **asked: Any) -> tuple[dict[str, Any], bytes]:
    command = [sys.executable, "-I", "-X", "utf8", "-c", _START, str(_SOURCE)]
    try:
        done = subprocess.run(
            command, input=packed({"what": what, **asked}, content), capture_output=True, timeout=SECONDS, env={}, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise NotTaken(Problem("too_long")) from late
    if done.returncode != 0:
        raise NotTaken(Problem("too_long"))
    answer, made = unpacked(done.stdout)
    if "problems" in answer:
        raise NotTaken(*(Problem(**problem) for problem in answer["problems"]))
    return answer, made
