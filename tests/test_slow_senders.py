"""Senders that never come to an end cannot keep the web from answering: gunicorn for real, with two threads."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.conftest import StartProgram
from tests.servers import answers, free_port, until

POST = b"POST /webhook HTTP/1.1\r\nHost: x\r\n"
UNSIGNED = POST + b"Content-Length: 1000\r\n\r\n"
MALFORMED = POST + b"X-Hub-Signature-256: sha256=00\r\nContent-Length: 1000\r\n\r\n"
SIGNED = POST + b"X-Hub-Signature-256: sha256=" + b"0" * 64 + b"\r\nContent-Length: 1000\r\n\r\n"
HEADERS_WITHOUT_END = POST + b"X-Long: "


@pytest.fixture
def port(start_program: StartProgram, environ: dict[str, str], tmp_path: Path) -> Iterator[int]:
    """The port of a web process with two threads; its database is empty, which the door does not mind."""
    number = free_port()
    told = environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/desk.sqlite", "PORT": str(number)}
    command = [sys.executable, "-m", "gunicorn", "--threads", "2", "bot.app:create_app()"]
    program = start_program(*command, environ=dict(os.environ) | told)
    program.wait_http(f"http://127.0.0.1:{number}/healthz", timeout_s=60)
    yield number
    program.stop()


def trickle(line: socket.socket) -> None:
    """Send a little more; whether anybody still listens does not matter."""
    with suppress(OSError):
        line.sendall(b"x")


def test_requests_that_go_on_forever_are_ended(port: int) -> None:
    with closing(socket.create_connection(("127.0.0.1", port))) as one:
        with closing(socket.create_connection(("127.0.0.1", port))) as other:
            one.sendall(HEADERS_WITHOUT_END)
            other.sendall(SIGNED)

            def is_answered() -> bool:
                trickle(one)
                trickle(other)
                return answers(f"http://127.0.0.1:{port}/healthz", timeout_s=1) == 200

            assert until(lambda: not is_answered(), 5), "two slow senders hold both threads"
            assert until(is_answered, 25)


@pytest.mark.parametrize("begun", [UNSIGNED, MALFORMED], ids=["unsigned", "malformed"])
def test_a_post_nobody_signed_is_refused_before_its_body_is_read(port: int, begun: bytes) -> None:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=5)) as line:
        line.sendall(begun)

        said = line.recv(100)

        assert said.startswith(b"HTTP/1.1 403 ")


def test_posts_nobody_signed_hold_no_thread(port: int) -> None:
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(12)]
    for line in lines:
        line.sendall(UNSIGNED)

    status = answers(f"http://127.0.0.1:{port}/healthz", timeout_s=4)

    for line in lines:
        line.close()
    assert status == 200
