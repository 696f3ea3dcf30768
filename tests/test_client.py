"""The client against real servers on the loopback: answers, refusals, and every way in which no answer comes."""

from __future__ import annotations

import hmac
import json
import logging
import socket
import ssl
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from time import monotonic
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.model import Contact, Text
from bot.ports import Accepted, Messenger, Remedy, SendError
from bot.whatsapp.client import CloudApi
from bot.whatsapp.errors import BY_CODE, RANGES, remedy_for_code, send_error
from tests.servers import free_port

OUTBOX_ID = UUID("0192f0c4-5f6e-7000-8000-00000000002a")
TOKEN = "EAACanaryToken"
SECRET = "canary-secret"
NUMBER = "390000000001"
WORDS = "canarino nella gabbia"
TO = Contact(wa_id=NUMBER, profile_name="Canarina")
TAKEN = b'{"messaging_product":"whatsapp","contacts":[{"input":"+39","wa_id":"390000000001"}],"messages":[{"id":"wamid.A"}]}'
TIMEOUT_S = 0.6
AT_MOST_S = 4.0  # a deadline kept on a machine that is busy; without one each of these takes 7 to 20 s


def answer(body: bytes, status: str = "200 OK", headers: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body


def refusal(code: int, **more: object) -> bytes:
    """Write a refusal as Meta does, with words in it that must go no further."""
    error = {"message": f"(#{code}) {WORDS} {NUMBER}", "type": "OAuthException", "code": code, **more}
    return json.dumps({"error": error}).encode()


Behave = Callable[[socket.socket, bytes], None]


@dataclass
class Server:
    """A server that does with each request whatever it was told; keeps what it was sent."""

    behave: Behave
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self.accept)]
        self.threads[0].start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}"

    def accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.listening.accept()
                self.connections += 1
                self.threads.append(threading.Thread(target=self.serve, args=(connection,)))
                self.threads[-1].start()

    def serve(self, connection: socket.socket) -> None:
        with suppress(OSError), closing(connection), connection.makefile("rb") as read:
            while line := read.readline():
                headers = {}
                while (header := read.readline().decode().strip()) != "":
                    name, _, value = header.partition(": ")
                    headers[name] = value
                body = read.read(int(headers["Content-Length"]))
                self.requests.append((line.decode().strip(), headers, body))
                self.behave(connection, body)

    def stop(self) -> None:
        self.over.set()
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        for thread in self.threads:
            thread.join(10)


StartServer = Callable[[Behave | bytes], Server]


@pytest.fixture
def start_server() -> Iterator[StartServer]:
    """Start servers that end with the test."""
    started: list[Server] = []

    def start(behave: Behave | bytes) -> Server:
        server = Server((lambda connection, _: connection.sendall(behave)) if isinstance(behave, bytes) else behave)
        started.append(server)
        return server

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def talk_to() -> Iterator[Callable[[str], CloudApi]]:
    """Make clients that are closed with the test."""
    made: list[CloudApi] = []

    def make(url: str) -> CloudApi:
        made.append(CloudApi(url, "v26.0", "1001", TOKEN, SECRET, TIMEOUT_S))
        return made[-1]

    yield make
    for client in made:
        client.close()


TalkTo = Callable[[str], CloudApi]


def failure(client: CloudApi) -> SendError:
    with pytest.raises(SendError) as raised:
        client.send(TO, Text(WORDS), OUTBOX_ID)
    return raised.value


def outcome(client: CloudApi) -> object:
    try:
        return client.send(TO, Text(WORDS), OUTBOX_ID).message_id
    except SendError as error:
        return told(error)


def told(error: SendError) -> tuple[Remedy, int, bool]:
    return error.remedy, error.code, error.unknown


# ------------------------------------------------------------------------------------------------------------------ taken


def test_it_is_a_messenger(talk_to: TalkTo) -> None:
    messenger: Messenger = talk_to("http://127.0.0.1:1")

    assert isinstance(messenger, CloudApi)


def test_a_message_taken_has_its_id(start_server: StartServer, talk_to: TalkTo) -> None:
    accepted = talk_to(start_server(answer(TAKEN)).url).send(TO, Text(WORDS), OUTBOX_ID)

    assert accepted == Accepted("wamid.A", TO)


def test_meta_is_told_who_asks_what_and_with_which_proof(start_server: StartServer, talk_to: TalkTo) -> None:
    server = start_server(answer(TAKEN))

    talk_to(server.url + "/").send(TO, Text("perché"), OUTBOX_ID)

    (line, headers, body) = server.requests[0]
    proof = hmac.new(SECRET.encode(), TOKEN.encode(), "sha256").hexdigest()
    assert line == f"POST /v26.0/1001/messages?appsecret_proof={proof} HTTP/1.1"
    assert (headers["Authorization"], headers["Content-Type"]) == (f"Bearer {TOKEN}", "application/json")
    assert json.loads(body) == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": f"+{NUMBER}",
        "type": "text",
        "text": {"preview_url": False, "body": "perché"},
        "biz_opaque_callback_data": str(OUTBOX_ID),
    }


def test_ids_come_back_as_meta_spells_them(start_server: StartServer, talk_to: TalkTo) -> None:
    taken = TAKEN.replace(b'"wa_id":"390000000001"', b'"wa_id":"39000000000","user_id":"IT.1"')

    accepted = talk_to(start_server(answer(taken)).url).send(TO, Text(WORDS), OUTBOX_ID)

    assert accepted.contact == Contact("IT.1", "39000000000", "Canarina")


def test_a_template_meta_keeps_back_is_held(start_server: StartServer, talk_to: TalkTo) -> None:
    taken = TAKEN.replace(b'"id":"wamid.A"', b'"id":"wamid.A","message_status":"held_for_quality_assessment"')

    accepted = talk_to(start_server(answer(taken)).url).send(TO, Text(WORDS), OUTBOX_ID)

    assert accepted.held


def test_one_connection_serves_many_messages(start_server: StartServer, talk_to: TalkTo) -> None:
    server = start_server(answer(TAKEN))
    client = talk_to(server.url)

    for _ in range(5):
        client.send(TO, Text(WORDS), OUTBOX_ID)

    assert (len(server.requests), server.connections) == (5, 1)


def test_a_refusal_keeps_the_connection(start_server: StartServer, talk_to: TalkTo) -> None:
    server = start_server(answer(refusal(131047), "400 Bad Request"))
    client = talk_to(server.url)

    failure(client)
    failure(client)

    assert (len(server.requests), server.connections) == (2, 1)


def test_thirty_two_threads_share_a_client_and_each_gets_its_own_answer(
    start_server: StartServer, talk_to: TalkTo
) -> None:
    def echo(connection: socket.socket, body: bytes) -> None:
        connection.sendall(answer(b'{"messages":[{"id":"' + json.loads(body)["to"].encode() + b'"}]}'))

    client = talk_to(start_server(echo).url)

    with ThreadPoolExecutor(32) as threads:
        people = [Contact(wa_id=f"39{number:010}") for number in range(320)]
        taken = list(threads.map(lambda to: client.send(to, Text(WORDS), OUTBOX_ID).message_id, people))

    assert taken == [f"+{to.wa_id}" for to in people]


def test_a_client_closed_lets_go_of_its_connections_at_once(start_server: StartServer, talk_to: TalkTo) -> None:
    gone = threading.Event()

    def watch(connection: socket.socket, _: bytes) -> None:
        connection.sendall(answer(TAKEN))
        if connection.recv(1) == b"":
            gone.set()

    client = talk_to(start_server(watch).url)
    client.send(TO, Text(WORDS), OUTBOX_ID)
    pool = client._adapter.poolmanager.pools  # held, so that no garbage collection can do it for us
    held = [pool.get(key) for key in pool.keys()]

    client.close()

    assert (gone.wait(5), len(held)) == (True, 1)


# ---------------------------------------------------------------------------------------------------------------- refused


def test_a_refusal_says_what_to_do(start_server: StartServer, talk_to: TalkTo) -> None:
    server = start_server(answer(refusal(131056), "400 Bad Request"))

    error = failure(talk_to(server.url))

    assert asdict(error) == {
        "remedy": Remedy.WAIT,
        "code": 131056,
        "unknown": False,
        "whole_number": False,
        "wait_s": 6.0,
        "fault": "HTTP 400, code 131056: too many messages to this person",
    }


def test_a_reply_over_a_limit_is_given_up_without_a_call(start_server: StartServer, talk_to: TalkTo) -> None:
    server = start_server(answer(TAKEN))

    with pytest.raises(SendError) as raised:
        talk_to(server.url).send(TO, Text("x" * 4097), OUTBOX_ID)

    assert (told(raised.value), raised.value.fault, server.requests) == (
        (Remedy.GIVE_UP, 0, False),
        "payload: text body: 4097 characters, at most 4096",
        [],
    )


def test_a_redirect_is_not_followed(start_server: StartServer, talk_to: TalkTo) -> None:
    elsewhere = start_server(answer(TAKEN))
    server = start_server(answer(b"", "307 Temporary Redirect", f"Location: {elsewhere.url}/\r\n"))

    error = failure(talk_to(server.url))

    assert (told(error), elsewhere.requests) == ((Remedy.RETRY, 0, False), [])


def test_a_page_in_place_of_an_answer_may_hide_a_message_sent(start_server: StartServer, talk_to: TalkTo) -> None:
    server = start_server(answer(b"<html>Internal Server Error</html>", "500 Internal Server Error"))

    assert told(failure(talk_to(server.url))) == (Remedy.RETRY, 0, True)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>OK</html>", b"{}", b"[]", b"null", b'{"messages":[]}', b'{"messages":[{"id":""}]}', b"[" * 5000],
)
def test_a_200_that_names_no_message_may_have_been_sent(
    start_server: StartServer, talk_to: TalkTo, body: bytes
) -> None:
    assert told(failure(talk_to(start_server(answer(body)).url))) == (Remedy.RETRY, 0, True)


def test_a_huge_answer_is_not_read_to_its_end(start_server: StartServer, talk_to: TalkTo) -> None:
    sent = []

    def flood(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        while True:
            sent.append(connection.send(b" " * 65536))

    error = failure(talk_to(start_server(flood).url))

    assert told(error) == (Remedy.RETRY, 0, True)
    assert sum(sent) < 100_000_000


# ------------------------------------------------------------------------------------------------------------- no answer


def test_a_refused_connection_did_not_send(talk_to: TalkTo) -> None:
    assert told(failure(talk_to(f"http://127.0.0.1:{free_port()}"))) == (Remedy.RETRY, 0, False)


def test_a_name_nobody_knows_did_not_send(talk_to: TalkTo) -> None:
    assert told(failure(talk_to("http://nobody.invalid"))) == (Remedy.RETRY, 0, False)


def test_a_server_nobody_vouches_for_is_told_nothing(talk_to: TalkTo, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    heard: list[bytes] = []

    def serve(listening: socket.socket) -> None:
        with suppress(OSError), closing(listening.accept()[0]) as plain:
            with context.wrap_socket(plain, server_side=True) as secure:
                heard.append(secure.recv(65536))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=serve, args=(listening,))
        server.start()
        error = failure(talk_to(f"https://127.0.0.1:{listening.getsockname()[1]}"))
        server.join(10)

    assert (told(error), error.fault, heard) == ((Remedy.RETRY, 0, False), "not connected: SSLError", [])


@pytest.mark.parametrize(
    ("drip", "expected"), [(False, "wamid.A"), (True, (Remedy.RETRY, 0, True))], ids=["prompt", "dripping"]
)
def test_over_tls_an_answer_is_read_and_the_deadline_kept(
    talk_to: TalkTo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drip: bool, expected: object
) -> None:
    certificate = self_signed(tmp_path)
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    over = threading.Event()

    def serve(listening: socket.socket) -> None:
        with suppress(OSError), closing(listening.accept()[0]) as plain:
            with context.wrap_socket(plain, server_side=True) as secure:
                secure.recv(65536)
                slow(over, b"", answer(TAKEN))(secure, b"") if drip else secure.sendall(answer(TAKEN))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=serve, args=(listening,))
        server.start()
        begun = monotonic()
        found = outcome(talk_to(f"https://127.0.0.1:{listening.getsockname()[1]}"))
        took = monotonic() - begun
        over.set()
        server.join(10)

    assert (found, took < AT_MOST_S) == (expected, True)


def cut(connection: socket.socket, _: bytes) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def half(connection: socket.socket, _: bytes) -> None:
    connection.sendall(answer(TAKEN)[:-10])
    connection.shutdown(socket.SHUT_RDWR)


def nonsense(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"ciao ciao\r\n\r\n")


@pytest.mark.parametrize("behave", [cut, half, nonsense])
def test_a_cut_or_garbled_answer_may_have_been_sent(start_server: StartServer, talk_to: TalkTo, behave: Behave) -> None:
    assert told(failure(talk_to(start_server(behave).url))) == (Remedy.RETRY, 0, True)


def slow(over: threading.Event, first: bytes, then: bytes = b"") -> Behave:
    """Answer with `first` at once, then with one byte of `then` each 50 ms, then with nothing."""

    def behave(connection: socket.socket, _: bytes) -> None:
        connection.sendall(first)
        for byte in then:
            if over.wait(0.05):
                return
            connection.sendall(bytes([byte]))
        over.wait(20)

    return behave


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (b"", b""),
        (b"", b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 400),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n", b" " * 400),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 100),
        (b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 400\r\n\r\n", b" " * 400),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n" * 20),
    ],
    ids=["silent", "dripping headers", "dripping body", "dripping chunks", "dripping redirect", "dripping 100s"],
)
def test_a_slow_server_holds_nobody_beyond_the_deadline(
    start_server: StartServer, talk_to: TalkTo, first: bytes, then: bytes
) -> None:
    over = threading.Event()
    client = talk_to(start_server(slow(over, first, then)).url)

    begun = monotonic()
    error = failure(client)
    took = monotonic() - begun
    over.set()

    assert told(error) == (Remedy.RETRY, 0, True)
    assert TIMEOUT_S * 0.9 < took < AT_MOST_S


def test_the_next_call_has_its_own_time(start_server: StartServer, talk_to: TalkTo) -> None:
    over = threading.Event()
    turns: Iterator[Behave] = iter([slow(over, b""), lambda connection, _: connection.sendall(answer(TAKEN))])
    client = talk_to(start_server(lambda connection, body: next(turns)(connection, body)).url)

    failure(client)
    accepted = client.send(TO, Text(WORDS), OUTBOX_ID)
    over.set()

    assert accepted.message_id == "wamid.A"


# -------------------------------------------------------------------------------------------------------------- courtesy


def test_a_message_is_marked_as_read_with_typing(start_server: StartServer, talk_to: TalkTo) -> None:
    server = start_server(answer(b'{"success":true}'))

    talk_to(server.url).mark_read("wamid.B", typing=True)

    assert json.loads(server.requests[0][2]) == {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": "wamid.B",
        "typing_indicator": {"type": "text"},
    }


@pytest.mark.parametrize("behave", [cut, half, nonsense])
def test_a_courtesy_that_fails_disturbs_nobody(start_server: StartServer, talk_to: TalkTo, behave: Behave) -> None:
    server = start_server(behave)

    talk_to(server.url).mark_read("wamid.B", typing=False)

    assert len(server.requests) == 1


# ---------------------------------------------------------------------------------------------------------------- canary


@pytest.mark.parametrize(
    "behave",
    [
        cut,
        half,
        lambda connection, _: connection.sendall(answer(refusal(190), "401 Unauthorized")),
        lambda connection, _: connection.sendall(answer(TAKEN + b"?")),
        lambda connection, body: connection.sendall(answer(body, "500 Internal Server Error")),
    ],
    ids=["cut", "half", "refused", "unreadable", "echo"],
)
def test_no_token_number_word_or_proof_is_told_to_anyone(
    start_server: StartServer, talk_to: TalkTo, caplog: pytest.LogCaptureFixture, behave: Behave
) -> None:
    caplog.set_level(logging.DEBUG)
    client = talk_to(start_server(behave).url)

    error = failure(client)

    whole = "".join(traceback.format_exception(error)) + str(error) + repr(error) + repr(client) + caplog.text
    proof = hmac.new(SECRET.encode(), TOKEN.encode(), "sha256").hexdigest()
    assert [canary for canary in (TOKEN, SECRET, NUMBER, WORDS, "wamid", proof) if canary in whole] == []
    assert (error.__cause__, error.__context__) == (None, None)


def test_a_token_that_cannot_stand_in_a_header_is_not_repeated() -> None:
    with pytest.raises(ValueError, match="^the access token holds characters that no token has$"):
        CloudApi("http://127.0.0.1:1", "v26.0", "1001", TOKEN + "\n", SECRET)


# ------------------------------------------------------------------------------------------------------------- the table

CODES = {
    Remedy.RETRY: "1 2 131000 131016 133004",
    Remedy.WAIT: "4 17 613 80007 130429 131056 131057 133016",
    Remedy.HOLD: "131063 132015 137000",
    Remedy.ALARM: "0 3 10 33 190 200 299 368 130497 131005 131031 131037 131042 131044 131045 133000 133010 133015",
    Remedy.PAUSE: "131048 131064",
    Remedy.GIVE_UP: "100 130403 130472 131008 131009 131021 131026 131030 131047 131049 131050 131051 131052 131053 131055 "
    "131060 131062 132000 132001 132005 132007 132008 132012 132016 132018 132068 132069 134011 134100 134102 135000 "
    "138000 138006 138018 139000 139004 139100 139103 139200 2388039 2388293",
}
EACH = [(int(code), remedy) for remedy, codes in CODES.items() for code in codes.split()]


@pytest.mark.parametrize(("code", "remedy"), EACH)
def test_each_code_of_meta_has_its_remedy(code: int, remedy: Remedy) -> None:
    assert (remedy_for_code(code).remedy, send_error(400, refusal(code), {}).remedy) == (remedy, remedy)


def test_no_code_of_the_table_is_left_out_above() -> None:
    assert BY_CODE.keys() - {code for code, _ in EACH} == set()
    assert [(first, last) for first, last, _ in RANGES if not any(first <= code <= last for code, _ in EACH)] == []


def test_only_what_stops_every_row_stops_the_number() -> None:
    whole = {code for code, treatment in BY_CODE.items() if treatment.whole_number}

    assert whole == {
        *(0, 3, 4, 10, 17, 33, 190, 368, 613, 80007, 130429, 131005, 131031, 131037, 131042, 131045, 131057, 133016)
    }


def test_whatever_waits_says_how_long() -> None:
    waits = [code for code, treatment in BY_CODE.items() if treatment.remedy is Remedy.WAIT]

    assert [code for code in waits if not BY_CODE[code].first_wait_s] == []


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (307, (Remedy.RETRY, 0, False)),
        (400, (Remedy.GIVE_UP, 0, False)),
        (401, (Remedy.ALARM, 0, False)),
        (403, (Remedy.ALARM, 0, False)),
        (404, (Remedy.ALARM, 0, False)),
        (408, (Remedy.RETRY, 0, True)),
        (413, (Remedy.GIVE_UP, 0, False)),
        (429, (Remedy.WAIT, 0, False)),
        (500, (Remedy.RETRY, 0, True)),
        (502, (Remedy.RETRY, 0, True)),
        (503, (Remedy.RETRY, 0, True)),
    ],
)
@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b'{"error":"no"}', b'{"error":{"code":"190"}}'])
def test_an_answer_without_a_code_is_judged_by_its_status(
    status: int, body: bytes, expected: tuple[Remedy, int, bool]
) -> None:
    assert told(send_error(status, body, {})) == expected


def test_an_unknown_code_is_judged_by_its_status_and_named() -> None:
    assert told(send_error(400, refusal(999999), {})) == (Remedy.GIVE_UP, 999999, False)


def test_an_unknown_code_that_says_it_will_pass_is_tried_again() -> None:
    assert told(send_error(400, refusal(999999, is_transient=True), {})) == (Remedy.RETRY, 999999, False)


def test_a_temporary_failure_with_a_5xx_may_have_been_sent() -> None:
    assert told(send_error(500, refusal(131000), {})) == (Remedy.RETRY, 131000, True)


def test_a_refusal_that_names_its_reason_was_not_sent_whatever_its_status() -> None:
    assert told(send_error(500, refusal(131047), {})) == (Remedy.GIVE_UP, 131047, False)


def test_a_number_that_is_not_there_is_not_a_bad_parameter() -> None:
    assert told(send_error(400, refusal(100, error_subcode=33), {})) == (Remedy.ALARM, 33, False)


@pytest.mark.parametrize(("asked", "wait_s"), [("17", 17.0), ("999999", 3600.0), ("soon", 1.0), ("-5", 1.0), ("", 1.0)])
def test_a_wait_meta_asks_for_is_kept_within_an_hour(asked: str, wait_s: float) -> None:
    assert send_error(429, refusal(130429), {"Retry-After": asked}).wait_s == wait_s


def test_the_code_of_a_failed_status_that_nobody_knows_is_given_up() -> None:
    assert remedy_for_code(999999).remedy is Remedy.GIVE_UP


def self_signed(folder: Path) -> Path:
    """Write a certificate for 127.0.0.1 that only we believe."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "server.pem"
    path.write_bytes(secret + certificate.public_bytes(pem))
    return path
