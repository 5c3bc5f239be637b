"""The client for clamd, against a server that speaks the real protocol."""

import socket

import pytest
from tests.documents import fake_clamd
from tests.documents.fake_clamd import EICAR

from faden.outside import clamd
from faden.outside.clamd import Outcome


@pytest.fixture
def fake(tmp_path):
    with fake_clamd.on_socket(tmp_path) as server:
        yield server


def test_clean_over_a_unix_socket(fake):
    assert clamd.scan(b"ein Brief", address=fake.address) == clamd.Answer(Outcome.CLEAN)
    assert fake.seen == [b"ein Brief"]


def test_infected_over_tcp():
    with fake_clamd.on_port() as fake:
        answer = clamd.scan(b"%PDF-1.7 " + EICAR, address=fake.address)
    assert answer == clamd.Answer(Outcome.INFECTED, "Eicar-Signature")


@pytest.mark.parametrize("size", [0, 1, clamd.CHUNK - 1, clamd.CHUNK, clamd.CHUNK + 1, 3 * clamd.CHUNK, 20 * 1024 * 1024])
def test_every_byte_arrives(fake, size):
    content = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    assert clamd.scan(content, address=fake.address).outcome is Outcome.CLEAN
    assert fake.seen == [content]


def test_no_address_is_no_scanner():
    assert clamd.scan(b"x", address="").outcome is Outcome.NO_SCANNER


@pytest.mark.parametrize("address", ["clamd", "unix:", "tcp:3310", "tcp:localhost:http", "http://x", "tcp::3310", "unix:/no/such.ctl"])
def test_an_address_that_leads_nowhere_is_no_answer(address):
    answer = clamd.scan(b"x", address=address)
    assert answer.outcome is Outcome.NO_ANSWER and answer.words


def test_a_closed_port_is_no_answer():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert clamd.scan(b"x", address=f"tcp:127.0.0.1:{port}").outcome is Outcome.NO_ANSWER


def test_a_scanner_that_is_silent_is_given_up(fake):
    fake.answer = None
    answer = clamd.scan(b"x", address=fake.address, seconds=0.2)
    assert answer.outcome is Outcome.NO_ANSWER and "Timeout" in answer.words


def test_too_large_for_the_scanner_is_no_answer_and_tells_why(fake):
    fake.limit = 100_000
    answer = clamd.scan(b"x" * 5_000_000, address=fake.address)
    assert answer == clamd.Answer(Outcome.NO_ANSWER, "INSTREAM size limit exceeded. ERROR")


@pytest.mark.parametrize(
    "words",
    [b"stream: Can't allocate memory ERROR\0", b"\0", b"OK\0", b"stream: OK but\0", b"FOUND\0", b"Eicar FOUND\0", b"\xff\xfe\0", b"stream: OK FOUND ERROR\0"],
)
def test_what_is_neither_ok_nor_found_is_never_clean(fake, words):
    fake.answer = words
    assert clamd.scan(b"x", address=fake.address).outcome is Outcome.NO_ANSWER
