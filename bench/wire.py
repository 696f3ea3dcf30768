"""Both ends of the wire in one loop: webhooks go out, replies come in at a WhatsApp that answers at once.

One thread, one epoll: what is sent and what arrives is timed by one clock, and the bench costs the web no core.
"""

from __future__ import annotations

import gc
import selectors
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol

from bench.crowd import Crowd, Walker, recipient, wamid

LOST_S = 6.0  # house rule 3: whoever is not answered by then never was
CHUNK = 65_536


@dataclass(slots=True)
class Turn:
    """One message on its way: when it was due, answered 200, and replied to."""

    walker: Walker
    due: float
    ok_at: float = 0.0
    reply_at: float = 0.0
    reply: bytes | None = None


@dataclass(slots=True)
class Measured:
    """What came of a round. Times in seconds; `ended` are turns that ended within it."""

    seconds: float
    ended: int = 0
    lost: int = 0
    to_200: list[float] = field(default_factory=list)
    to_reply: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Return the turns that ended each second."""
        return self.ended / self.seconds


class Wire:
    """The loop: a listening WhatsApp, and the lines on which webhooks are posted."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._listener.setblocking(False)
        self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        self._waiting: dict[str, tuple[Round, Turn]] = {}
        self.port: int = self._listener.getsockname()[1]

    def close(self) -> None:
        """Close every socket."""
        for key in [*self._selector.get_map().values()]:
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()

    def round(self, port: int, crowd: Crowd, replies: bool) -> Round:
        """Return a round against one web."""
        return Round(self, port, crowd, replies)

    def turn(self, timeout_s: float) -> None:
        """Wait for the wire and do what it asks for."""
        for key, _ in self._selector.select(max(0.0, timeout_s)):
            key.data()

    def expect(self, round_: Round, turn: Turn) -> None:
        """Remember whose reply is awaited."""
        person = turn.walker.person
        self._waiting[person.wa_id or ""] = self._waiting[person.user_id or ""] = (round_, turn)

    def forget(self, turn: Turn) -> None:
        """Await a reply no longer."""
        self._waiting.pop(turn.walker.person.wa_id or "", None)
        self._waiting.pop(turn.walker.person.user_id or "", None)

    def open(self, port: int, answered: Answered) -> Line:
        """Open a line to a web."""
        line = Line(port, answered)
        self._selector.register(line.socket, selectors.EVENT_READ, line.read)
        return line

    def shut(self, line: Line) -> None:
        """Close a line."""
        self._selector.unregister(line.socket)
        line.socket.close()

    def _accept(self) -> None:
        connection, _ = self._listener.accept()
        stand = _Stand(self, connection)
        self._selector.register(connection, selectors.EVENT_READ, stand.read)

    def gone(self, connection: socket.socket) -> None:
        """Let go of a connection the desk has closed."""
        self._selector.unregister(connection)
        connection.close()

    def heard(self, to: str, sent: bytes) -> None:
        """Note a reply that arrived."""
        awaited = self._waiting.get(to)
        if awaited is not None and awaited[1].reply is None:
            round_, turn = awaited
            turn.reply, turn.reply_at = sent, perf_counter()
            round_.settle(turn)


class _Stand:
    """A connection on which the desk posts messages: each is accepted at once, in one write."""

    def __init__(self, wire: Wire, connection: socket.socket) -> None:
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wire, self._connection, self._had = wire, connection, b""

    def read(self) -> None:
        try:
            came = self._connection.recv(CHUNK)
        except ConnectionError:
            came = b""
        if not came:
            return self._wire.gone(self._connection)
        self._had += came
        while (end := _end(self._had)) and len(self._had) >= end:
            sent, self._had = self._had[:end], self._had[end:]
            to = recipient(sent) or ""
            self._connection.sendall(_accepted(to))
            self._wire.heard(to, sent)
        return None


def _accepted(to: str) -> bytes:
    contact = f'{{"input":"+{to}","wa_id":"{to}"}}'
    body = f'{{"messaging_product":"whatsapp","contacts":[{contact}],"messages":[{{"id":"{wamid()}"}}]}}'
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return (head + body).encode()


def _end(had: bytes) -> int:
    """Return where the first request or answer of these bytes ends; 0 while its head is not whole."""
    head = had.find(b"\r\n\r\n")
    if head < 0:
        return 0
    at = had.lower().find(b"content-length:", 0, head)
    length = int(had[at + 15 : had.find(b"\r\n", at)]) if at >= 0 else 0
    return head + 4 + length


class Line:
    """A kept connection to the web, on which one request is open at a time."""

    def __init__(self, port: int, answered: Answered) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=5)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.turn: Turn | None = None
        self._answered, self._had = answered, b""

    def send(self, turn: Turn, request: bytes) -> None:
        """Post a webhook."""
        self.turn = turn
        self.socket.sendall(request)

    def read(self) -> None:
        """Take what came; tell when the answer is whole."""
        try:
            came = self.socket.recv(CHUNK)
        except ConnectionError:
            came = b""
        if not came:
            turn, self.turn = self.turn, None
            return self._answered.hung_up(self, turn)
        self._had += came
        end = _end(self._had)
        if end and len(self._had) >= end:
            is_ok, self._had = self._had.startswith(b"HTTP/1.1 200"), self._had[end:]
            turn, self.turn = self.turn, None
            assert turn is not None
            if is_ok:
                turn.ok_at = perf_counter()
            self._answered.free(self, turn, is_ok)
        return None


class Answered(Protocol):
    """Who is told that a line is free again."""

    def free(self, line: Line, turn: Turn, is_ok: bool) -> None:
        """Go on after a 200, or after anything else."""
        ...

    def hung_up(self, line: Line, turn: Turn | None) -> None:
        """Go on without a line the web has closed: while it was idle, or in the middle of a turn."""
        ...


class Round(Answered):
    """One measurement against one web. A turn ends with its 200 and, where replies are sent, with its reply."""

    def __init__(self, wire: Wire, port: int, crowd: Crowd, replies: bool) -> None:
        self._wire, self._port, self._crowd, self._replies = wire, port, crowd, replies
        self._free: list[Line] = []
        self._lines: list[Line] = []
        self._open: dict[int, Turn] = {}
        self._until, self._left, self._closed = 0.0, 0, True
        self._measured = Measured(0.0)

    def closed(self, flights: int, seconds: float, most: int = 1_000_000) -> Measured:
        """Keep `flights` turns under way for so long, or until `most` were begun: each that ends begins the next."""
        with self._running(seconds):
            self._left = most
            begun = perf_counter()
            self._until = begun + seconds
            for _ in range(min(flights, most)):
                self._begin(begun)
            while self._open:
                self._wire.turn(0.2)
                self._give_up(perf_counter())
            if not self._left:
                self._measured.seconds = perf_counter() - begun
        return self._measured

    def paced(self, moments: list[float]) -> Measured:
        """Post at these moments, whether the web keeps up or not; each turn is timed from when it was due."""
        with self._running(moments[-1]):
            self._closed, start = False, perf_counter() + 0.05
            self._until = start + moments[-1] + LOST_S
            for moment in moments:
                while (now := perf_counter()) < start + moment:
                    self._wire.turn(start + moment - now)
                self._give_up(now)
                if self._crowd.is_free:
                    self._begin(start + moment)
                else:
                    self._measured.lost += 1  # everybody still waits for an answer
            while self._open:
                self._wire.turn(0.2)
                self._give_up(perf_counter())
        return self._measured

    @contextmanager
    def _running(self, seconds: float) -> Iterator[None]:
        self._measured = Measured(seconds)
        self._closed = True
        gc.collect()
        gc.disable()
        try:
            yield
        finally:
            gc.enable()
            for line in self._lines:
                self._wire.shut(line)
            self._lines, self._free = [], []

    def _begin(self, due: float) -> None:
        walker, request = self._crowd.next()
        turn = Turn(walker, due)
        self._left -= 1
        self._open[id(turn)] = turn
        if self._replies:
            self._wire.expect(self, turn)
        if self._closed:
            turn.due = perf_counter()
        line = self._line()
        try:
            line.send(turn, request)
        except ConnectionError:
            self.hung_up(line, turn)

    def _line(self) -> Line:
        if not self._free:
            self._lines.append(self._wire.open(self._port, self))
            return self._lines[-1]
        return self._free.pop()

    def free(self, line: Line, turn: Turn, is_ok: bool) -> None:
        """Free the line; the turn may still wait for its reply, and is lost if it was refused (Meta would repeat it)."""
        self._free.append(line)
        if is_ok:
            self.settle(turn)
        elif self._open.pop(id(turn), None) is not None:
            self._lose(turn)
            self._next()

    def hung_up(self, line: Line, turn: Turn | None) -> None:
        """Let go of a line the web has closed: one it kept for long enough, or one whose turn it lost."""
        self._lines.remove(line)
        if line in self._free:
            self._free.remove(line)
        self._wire.shut(line)
        if turn is not None and self._open.pop(id(turn), None) is not None:
            self._lose(turn)
            self._next()

    def settle(self, turn: Turn) -> None:
        """End a turn if everything it waits for has come."""
        if not turn.ok_at or (self._replies and not turn.reply_at) or self._open.pop(id(turn), None) is None:
            return
        self._wire.forget(turn)
        self._crowd.answered(turn.walker, turn.reply)
        self._note(turn)
        self._next()

    def _next(self) -> None:
        if self._closed and self._left > 0 and perf_counter() < self._until:
            self._begin(0.0)

    def _note(self, turn: Turn) -> None:
        ended = max(turn.ok_at, turn.reply_at)
        if ended <= self._until:
            self._measured.ended += 1
        self._measured.to_200.append(turn.ok_at - turn.due)
        if self._replies:
            self._measured.to_reply.append(turn.reply_at - turn.due)

    def _give_up(self, now: float) -> None:
        for turn in [turn for turn in self._open.values() if now - turn.due > LOST_S]:
            del self._open[id(turn)]
            self._lose(turn)
            self._next()

    def _lose(self, turn: Turn) -> None:
        self._wire.forget(turn)
        self._measured.lost += 1
        self._crowd.lost(turn.walker)
        self._crowd.answered(turn.walker, None)
