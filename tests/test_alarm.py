"""Alarms: a row each, one e-mail per cause and hour however many processes there are, and ids only."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from bot.alarm import Teller
from bot.background import Background
from bot.ports import Alarm
from bot.store import tables
from tests.conftest import MakeDesk
from tests.desks import ANNA, DeskInProcess, Patient, minutes, together
from tests.servers import free_port

EMERGENCY = "ho un forte dolore al petto e non respiro"


class Post(socketserver.ThreadingTCPServer):
    """A mail server that takes every letter and keeps it; with `is_broken` it takes none."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.is_broken = False
        super().__init__(("127.0.0.1", 0), Talk)

    @property
    def url(self) -> str:
        """Its address as SMTP_URL."""
        return (
            f"smtp://127.0.0.1:{self.server_address[1]}?from=desk@example.org&to=ops@example.org&to=chief@example.org"
        )


class Talk(socketserver.StreamRequestHandler):
    """One conversation in the words of RFC 5321."""

    def handle(self) -> None:
        """Answer line by line."""
        assert isinstance(self.server, Post)
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.letters.append(message_from_bytes(self._letter()))
            broken = self.server.is_broken and word == b"MAIL"
            self.wfile.write(b"451 not now\r\n" if broken else b"250 fine\r\n" if word != b"QUIT" else b"221 bye\r\n")

    def _letter(self) -> bytes:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(lines)


@pytest.fixture
def post() -> Iterator[Post]:
    server = Post()
    running = threading.Thread(target=server.serve_forever)
    running.start()
    yield server
    server.shutdown()
    running.join()
    server.server_close()


def sweeper(desk: DeskInProcess, post: Post) -> Background:
    teller = Teller(post.url, "https://desk.example.org")
    return Background(desk.desk, desk.built.watch, desk.built.records, teller, "worker")


def subjects(post: Post) -> list[str]:
    return [str(letter["Subject"]) for letter in post.letters]


def test_an_emergency_is_one_letter_with_ids_only(desk: DeskInProcess, patient: Patient, post: Post) -> None:
    patient.writes(EMERGENCY)

    sweeper(desk, post)._sweep()

    (letter,), (handoff,) = post.letters, desk.rows(tables.handoff)
    assert (letter["Subject"], letter["To"]) == ("Sportello: emergency", "ops@example.org, chief@example.org")
    said = letter.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert f"Id or code: {handoff.id}" in said
    assert [word for word in ("dolore", "petto", "393330000001", "Anna", "wamid") if word in letter.as_string()] == []


def test_a_cause_is_told_once_an_hour_however_often_it_happens(desk: DeskInProcess, post: Post) -> None:
    sweep = sweeper(desk, post)._sweep
    for number in range(12):
        desk.built.records.ring("row_failed", str(number))
        sweep()
        desk.clock.move(minutes(4))
    within = len(post.letters)

    desk.clock.move(minutes(13))
    sweep()

    assert within == 1
    assert subjects(post) == ["Sportello: row_failed"] * 2
    assert "Times: 11" in str(post.letters[1].get_payload())  # the first is over by now


def test_each_emergency_is_told_of_whoever_elses_was_told_before(desk: DeskInProcess, post: Post) -> None:
    sweep = sweeper(desk, post)._sweep
    for number in range(3):
        desk.patient(f"39333{number:07}").writes(EMERGENCY)
        sweep()
        desk.clock.move(minutes(4))
    sweep()

    told = [str(one.get_payload()) for one in post.letters if one["Subject"] == "Sportello: emergency"]
    handoffs = [str(row.id) for row in desk.rows(tables.handoff)]
    assert len(told) == 3
    assert all(any(handoff in letter for letter in told) for handoff in handoffs)


def test_each_cause_has_its_own_letter(desk: DeskInProcess, post: Post) -> None:
    for cause in ("row_failed", "no_disk", "row_failed"):
        desk.built.records.ring(cause, "131026")

    sweeper(desk, post)._sweep()

    assert sorted(subjects(post)) == ["Sportello: no_disk", "Sportello: row_failed"]


def test_many_processes_tell_of_an_alarm_once(make_postgres_desk: MakeDesk, post: Post) -> None:
    desk = make_postgres_desk()
    sweeps = [sweeper(desk, post)._sweep for _ in range(6)]

    for cause in range(8):
        desk.built.records.ring(f"cause_{cause}", "x")
        together(6, lambda index: sweeps[index]())

    assert sorted(subjects(post)) == [f"Sportello: cause_{cause}" for cause in range(8)]


def test_a_letter_that_could_not_be_sent_is_sent_by_the_next_sweep(desk: DeskInProcess, post: Post) -> None:
    desk.built.records.ring("row_failed", "131026")
    post.is_broken = True
    sweeper(desk, post)._sweep()
    none = subjects(post)
    post.is_broken = False

    sweeper(desk, post)._sweep()

    assert (none, subjects(post)) == ([], ["Sportello: row_failed"])


class Stranger(socketserver.ThreadingTCPServer):
    """A mail server with a certificate nobody vouches for; it keeps whatever is said to it over TLS."""

    daemon_threads = True

    def __init__(self, home: Path, speaks_tls_at_once: bool) -> None:
        self.said = b""
        self.at_once = speaks_tls_at_once
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self_signed(home))
        super().__init__(("127.0.0.1", 0), Overheard)


class Overheard(socketserver.BaseRequestHandler):
    """Offers TLS, and goes on over it if the other side does."""

    def handle(self) -> None:
        """Speak just enough of RFC 3207."""
        assert isinstance(self.server, Stranger)
        if not self.server.at_once:
            self.request.sendall(b"220 here\r\n")
            self.request.recv(1000)
            self.request.sendall(b"250-here\r\n250 STARTTLS\r\n")
            self.request.recv(1000)
            self.request.sendall(b"220 go on\r\n")
        with suppress(OSError), self.server.context.wrap_socket(self.request, server_side=True) as line:
            if self.server.at_once:
                line.sendall(b"220 here\r\n")
            for answer in (b"250-here\r\n250 AUTH PLAIN\r\n", b"235 come in\r\n", b"250 fine\r\n"):
                self.server.said += line.recv(1000)
                line.sendall(answer)


def self_signed(home: Path) -> Path:
    """Write a key and a certificate for 127.0.0.1 that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (home / "pair.pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
    )
    return home / "pair.pem"


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_mail_server_nobody_vouches_for_is_told_nothing(tmp_path: Path, scheme: str) -> None:
    alarm = Alarm("row_failed", "131026", datetime.now(UTC), datetime.now(UTC), 1)
    with Stranger(tmp_path, speaks_tls_at_once=scheme == "smtps") as stranger:
        running = threading.Thread(target=stranger.serve_forever)
        running.start()
        url = f"{scheme}://desk:word@127.0.0.1:{stranger.server_address[1]}?from=a@example.org&to=b@example.org"

        told = Teller(url, "https://desk.example.org").tell(alarm)

        stranger.shutdown()
        running.join()
    assert (told, stranger.said) == (False, b"")


def test_a_mail_server_that_is_away_stops_nothing(desk: DeskInProcess) -> None:
    desk.built.records.ring("row_failed", "131026")
    away = Teller(f"smtp://127.0.0.1:{free_port()}?from=a@example.org&to=b@example.org", "https://desk.example.org")

    Background(desk.desk, desk.built.watch, desk.built.records, away, "worker")._sweep()

    assert [row.closed_at for row in desk.rows(tables.alarm)] == [None]


def test_an_alarm_not_repeated_for_an_hour_is_over(desk: DeskInProcess, post: Post) -> None:
    desk.built.records.ring("row_failed", "131026")
    desk.clock.move(timedelta(hours=1, seconds=1))

    sweeper(desk, post)._sweep()

    assert [row.closed_at for row in desk.rows(tables.alarm)] == [desk.clock.now()]
    assert post.letters == []


def test_an_emergency_is_over_only_when_a_person_takes_it(desk: DeskInProcess, patient: Patient, post: Post) -> None:
    patient.writes(EMERGENCY)
    desk.clock.move(timedelta(hours=5))
    sweeper(desk, post)._sweep()
    still = {row.cause: row.closed_at for row in desk.rows(tables.alarm)}
    (conversation,) = desk.rows(tables.conversation)

    desk.desk.claim(conversation.id, ANNA)

    assert still == {"emergency": None, "handoff_unclaimed_long": None}
    assert {row.closed_at for row in desk.rows(tables.alarm)} == {desk.clock.now()}


def test_the_same_alarm_again_is_counted_not_opened(desk: DeskInProcess) -> None:
    for _ in range(5):
        desk.built.records.ring("row_failed", "131026")

    assert [(row.cause, row.count) for row in desk.rows(tables.alarm)] == [("row_failed", 5)]
