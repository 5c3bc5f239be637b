"""A stand-in for clamd that speaks its protocol: zINSTREAM, pieces with a length before them, one answer."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# In two pieces, so that no scanner takes this file for the test virus.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
LIMIT = 25 * 1024 * 1024


class FakeClamd:
    """`answer` overrules what the bytes would get; None means: say nothing until the client gives up."""

    def __init__(self, listener: socket.socket, address: str) -> None:
        self.address = address
        self.seen: list[bytes] = []
        self.answer: bytes | None = b""
        self.limit = LIMIT
        self._listener = listener
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """No more connections."""
        self._over.set()
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        self._listener.settimeout(0.05)
        while not self._over.is_set():
            try:
                connection, _peer = self._listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        stream = connection.makefile("rb")
        command = b""
        while not command.endswith(b"\0"):
            command += stream.read(1) or b"\0"
        if command != b"zINSTREAM\0":
            connection.sendall(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while (length := struct.unpack("!I", stream.read(4))[0]) > 0:
            content += stream.read(length)
            if len(content) > self.limit:
                connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.seen.append(content)
        if self.answer is None:
            self._over.wait(5)
            return
        connection.sendall(self.answer or verdict_on(content))


def verdict_on(content: bytes) -> bytes:
    """What clamd says with its ordinary signatures."""
    return b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@contextmanager
def on_socket(folder: Path) -> Iterator[FakeClamd]:
    """Listening on a unix socket."""
    path = folder / "clamd.ctl"
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    yield from _running(listener, f"unix:{path}")


@contextmanager
def on_port(host: str = "127.0.0.1") -> Iterator[FakeClamd]:
    """Listening on a free TCP port."""
    listener = socket.create_server((host, 0))
    yield from _running(listener, f"tcp:{host}:{listener.getsockname()[1]}")


def _running(listener: socket.socket, address: str) -> Iterator[FakeClamd]:
    listener.listen()
    fake = FakeClamd(listener, address)
    try:
        yield fake
    finally:
        fake.stop()
