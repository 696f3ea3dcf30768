"""A small threaded HTTP/1.1 server: keep-alive, one write per answer, and the bad manners a test needs (cut, silence)."""

from __future__ import annotations

import http
import logging
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import parse_qsl, unquote, urlsplit

from simulator.faultlog import where

LONGEST_LINE = 65_536
MOST_HEADERS = 100
PHRASES = {status.value: status.phrase for status in http.HTTPStatus} | {529: "Overloaded"}
LARGEST_BODY = 101 * 1024 * 1024  # a document of 100 MB and its form

log = logging.getLogger("simulator")


@dataclass(frozen=True, slots=True)
class Request:
    """One request, read whole. Header names are in lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer written in one piece."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json; charset=UTF-8"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """Close the connection without an answer."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Keep the connection open and never answer."""


@dataclass(frozen=True, slots=True)
class Stream:
    """An answer that goes on (server-sent events); its connection ends with it."""

    pieces: Iterator[bytes]
    content_type: str = "text/event-stream; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


Reaction = Answer | Cut | Silence | Stream
Handler = Callable[[Request], Reaction]


class Unreadable(Exception):
    """What came is not a request we can read."""


class HttpServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Listen, and hand each request to `handler`, on one thread per connection."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 512

    def __init__(self, address: tuple[str, int], handler: Handler) -> None:
        self.handler = handler
        self.stopping = threading.Event()
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(address, _Connection)

    def opened(self, connection: socket.socket) -> None:
        with self._guard:
            self._open.add(connection)

    def closed(self, connection: socket.socket) -> None:
        with self._guard:
            self._open.discard(connection)

    def stop(self) -> None:
        """Stop listening and end every open connection."""
        self.stopping.set()
        self.shutdown()
        self.server_close()
        with self._guard:
            still_open = tuple(self._open)
        for connection in still_open:
            _hang_up(connection)


class _Connection(socketserver.StreamRequestHandler):
    """Answer the requests of one connection, one after the other."""

    disable_nagle_algorithm = True
    rbufsize = 65_536

    def setup(self) -> None:
        super().setup()
        self.house = cast(HttpServer, self.server)
        self.house.opened(self.connection)

    def finish(self) -> None:
        self.house.closed(self.connection)
        try:
            super().finish()
        except OSError:
            pass

    def handle(self) -> None:
        try:
            while not self.house.stopping.is_set() and self._answer_one():
                pass
        except (OSError, ValueError):  # the other side hung up, or we closed the socket to stop
            pass

    def _answer_one(self) -> bool:
        """Read and answer one request; return whether the connection goes on."""
        try:
            request = self._read_request()
        except Unreadable as fault:
            self.connection.sendall(written(Answer(400, str(fault).encode(), "text/plain"), keep=False))
            return False
        if request is None:
            return False
        keep = request.headers.get("connection", "").lower() != "close"
        return self._react(self._ask(request), keep, request.method)

    def _ask(self, request: Request) -> Reaction:
        try:
            return self.house.handler(request)
        except Exception as fault:  # the door: one bad request must not take the server along
            log.error("a request failed: %s", where(fault))
            return Answer(500, b'{"error":{"message":"(#1) API Unknown","type":"OAuthException","code":1}}')

    def _react(self, reaction: Reaction, keep: bool, method: str) -> bool:
        match reaction:
            case Answer():
                self.connection.sendall(written(reaction, keep, headless=method == "HEAD"))
                return keep
            case Silence():
                self._wait_until_gone()
            case Stream():
                self._stream(reaction)
        _hang_up(self.connection)
        return False

    def _wait_until_gone(self) -> None:
        while not self.house.stopping.is_set() and self.connection.recv(4096):
            pass

    def _stream(self, stream: Stream) -> None:
        extra = (*stream.headers, ("Content-Type", stream.content_type), ("Connection", "close"))
        self.connection.sendall(_head(200, extra))
        for piece in stream.pieces:
            if self.house.stopping.is_set():
                return
            self.connection.sendall(piece)

    def _read_request(self) -> Request | None:
        """Return the next request, None when the other side has no more."""
        line = self.rfile.readline(LONGEST_LINE)
        if not line:
            return None
        method, target = _read_request_line(line)
        headers = self._read_headers()
        if line.rstrip().endswith(b"HTTP/1.0"):
            headers.setdefault("connection", "close")
        if headers.get("expect", "").lower() == "100-continue":
            self.connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = self._read_body(headers)
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query, keep_blank_values=True)) if parts.query else {}
        return Request(method, unquote(parts.path), query, headers, body)

    def _read_headers(self) -> dict[str, str]:
        headers: dict[str, str] = {}
        for _ in range(MOST_HEADERS):
            line = self.rfile.readline(LONGEST_LINE)
            if line in (b"\r\n", b"\n", b""):
                return headers
            name, colon, value = line.decode("latin-1").partition(":")
            if not colon:
                raise Unreadable("a header has no colon")
            headers[name.strip().lower()] = value.strip()
        raise Unreadable("too many headers")

    def _read_body(self, headers: dict[str, str]) -> bytes:
        if "transfer-encoding" in headers:
            raise Unreadable("send a Content-Length")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            raise Unreadable("the Content-Length is wrong or too large")
        body = self.rfile.read(int(length)) if length != "0" else b""
        if len(body) != int(length):
            raise Unreadable("the body is shorter than its Content-Length")
        return body


def written(answer: Answer, keep: bool, headless: bool = False) -> bytes:
    """Return the whole answer as bytes, so that it leaves in one write."""
    headers = (
        ("Content-Type", answer.content_type),
        ("Content-Length", str(len(answer.body))),
        ("Connection", "keep-alive" if keep else "close"),
        *answer.headers,
    )
    return _head(answer.status, headers) + (b"" if headless else answer.body)


def _head(status: int, headers: tuple[tuple[str, str], ...]) -> bytes:
    lines = [f"HTTP/1.1 {status} {PHRASES.get(status, 'Unknown')}", *(f"{name}: {value}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _read_request_line(line: bytes) -> tuple[str, str]:
    parts = line.decode("latin-1").split()
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise Unreadable("this is not HTTP/1.1")
    return parts[0], parts[1]


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
