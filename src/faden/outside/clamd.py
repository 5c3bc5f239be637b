"""Asks a ClamAV daemon about some bytes (INSTREAM). Plain data in, a typed answer out."""

import socket
import struct
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

CHUNK = 64 * 1024
CONNECT_SECONDS = 5.0
# From the first byte sent to the whole answer: a busy scanner is given time, a dead one is not.
ANSWER_SECONDS = 120.0
LONGEST_ANSWER = 4096


class Outcome(Enum):
    """What came of asking."""

    CLEAN = "clean"
    INFECTED = "infected"
    NO_SCANNER = "no_scanner"  # none is configured
    NO_ANSWER = "no_answer"  # configured, but not reachable, too slow, or it reports an error


@dataclass(frozen=True)
class Answer:
    """The outcome; `words` is the signature's name, or the reason why there is no answer."""

    outcome: Outcome
    words: str = ""


class _BadAddress(ValueError):
    """Neither unix:/path nor tcp:host:port."""


def scan(content: bytes, *, address: str, seconds: float = ANSWER_SECONDS) -> Answer:
    """Send the bytes to the daemon at `address`: "unix:/path", "tcp:host:port", or "" for none."""
    if not address:
        return Answer(Outcome.NO_SCANNER)
    try:
        with _connected(address) as connection:
            connection.settimeout(seconds)
            return _read(_ask(connection, content))
    except (OSError, _BadAddress) as problem:
        return Answer(Outcome.NO_ANSWER, f"{type(problem).__name__}: {problem}")


def _connected(address: str) -> socket.socket:
    kind, _, where = address.partition(":")
    if kind == "unix" and where:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(CONNECT_SECONDS)
            connection.connect(where)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = where.rpartition(":")
    if kind != "tcp" or not host or not port.isdecimal():
        raise _BadAddress(f"{address!r} is neither unix:/path nor tcp:host:port")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS)


def _ask(connection: socket.socket, content: bytes) -> bytes:
    # A daemon that has enough (size limit) answers and hangs up while we still send.
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            piece = content[start : start + CHUNK]
            connection.sendall(struct.pack("!I", len(piece)) + piece)
        connection.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        piece = connection.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer


def _read(answer: bytes) -> Answer:
    """"stream: OK", "stream: Eicar-Signature FOUND", or anything else, which is no answer."""
    words = answer.rstrip(b"\0").decode("utf-8", "replace").strip()
    if words == "stream: OK":
        return Answer(Outcome.CLEAN)
    if words.startswith("stream: ") and words.endswith(" FOUND"):
        return Answer(Outcome.INFECTED, words.removeprefix("stream: ").removesuffix(" FOUND"))
    return Answer(Outcome.NO_ANSWER, words or "the scanner closed the connection without an answer")
