"""The stand-in, asked over HTTP: what it refuses as Meta does, what it posts, what goes wrong on purpose, and its phones."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from simulator.config import Config
from simulator.control import Control, ControlError
from simulator.faults import read_faults
from simulator.server import Running, start

if TYPE_CHECKING:
    from playwright.sync_api import Page

Json = dict[str, Any]

SECRET, VERIFY, TOKEN = "an-app-secret", "a-verify-token", "an-access-token"
PROOF = hmac.new(SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()
QUICK = (0.0, 0.02, 0.04)
DAY = 24 * 3600
COMMAND = ("--port", "0", "--app-secret", SECRET, "--verify-token", VERIFY, "--access-token", TOKEN)


class FakeDesk:
    """A webhook that keeps what is posted and answers as it is told."""

    def __init__(self) -> None:
        self.posts: list[tuple[bytes, str]] = []
        self.handshakes = 0
        self.trusts = VERIFY
        self.answers: list[int] = []  # the next answers; then 200
        self.respond: Callable[[Json], None] = lambda body: None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/webhook"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def bodies(self) -> list[Json]:
        return [json.loads(body) for body, _ in self.posts]

    def values(self) -> list[Json]:
        return [body["entry"][0]["changes"][0]["value"] for body in self.bodies()]

    def messages(self) -> list[Json]:
        return [message for value in self.values() for message in value.get("messages", [])]

    def heard(self, kind: str) -> bool:
        return kind in [message["type"] for message in self.messages()]

    def first(self, kind: str) -> Json:
        """Return the first message of a type; webhooks come in no promised order."""
        return next(message for message in self.messages() if message["type"] == kind)

    def statuses(self) -> list[Json]:
        return [status for value in self.values() for status in value.get("statuses", [])]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        desk = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked = parse_qs(urlsplit(self.path).query)
                desk.handshakes += 1
                trusted = asked["hub.verify_token"] == [desk.trusts]
                self._answer(200 if trusted else 403, asked["hub.challenge"][0].encode() if trusted else b"")

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                desk.posts.append((body, self.headers["X-Hub-Signature-256"]))
                status = desk.answers.pop(0) if desk.answers else 200
                self._answer(status, b"")
                if status == 200:
                    desk.respond(json.loads(body))

            def _answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler


class Meta:
    """Speak to the stand-in as a desk speaks to Meta."""

    def __init__(self, running: Running, token: str = TOKEN) -> None:
        self.url = running.url
        self.number = running.world.config.phone_number_id
        self.account = running.world.config.waba_id
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"Bearer {token}"

    def ask(self, method: str, path: str, **how: Any) -> requests.Response:
        return self.session.request(method, f"{self.url}/v26.0/{path}", timeout=10, **how)

    def post(self, body: Json, **how: Any) -> requests.Response:
        return self.ask("POST", f"{self.number}/messages", json={"messaging_product": "whatsapp", **body}, **how)

    def text(self, to: str | None, words: str = "Buongiorno", **more: Any) -> requests.Response:
        return self.post({"to": f"+{to}", "type": "text", "text": {"body": words}, **more})


def code(answer: requests.Response) -> int:
    """Return Meta's code of a refusal, 0 when the request was accepted."""
    return int(answer.json().get("error", {}).get("code", 0))


def until(holds: Callable[[], object], seconds: float = 30.0) -> None:
    """Wait until something holds; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


@pytest.fixture
def desk() -> Iterator[FakeDesk]:
    fake = FakeDesk()
    yield fake
    fake.stop()


@pytest.fixture
def stand_in(desk: FakeDesk) -> Iterator[Running]:
    running = start(Config(SECRET, VERIFY, TOKEN, webhook_url=desk.url, status_delays_s=QUICK))
    yield running
    running.stop()


class Started:
    """A stand-in of a test's own, with a desk's and a tester's client."""

    def __init__(self, **how: Any) -> None:
        self.running = start(Config(SECRET, VERIFY, TOKEN, status_delays_s=QUICK, **how))
        self.meta, self.control = Meta(self.running), Control(self.running.url)

    def __enter__(self) -> Started:
        return self

    def __exit__(self, *_: object) -> None:
        self.meta.session.close()
        self.control.close()
        self.running.stop()


@pytest.fixture
def control(stand_in: Running) -> Iterator[Control]:
    client = Control(stand_in.url)
    yield client
    client.close()


@pytest.fixture
def meta(stand_in: Running) -> Iterator[Meta]:
    client = Meta(stand_in)
    yield client
    client.session.close()


@pytest.fixture
def ada(control: Control) -> str:
    """Somebody with a number who has just written: her number."""
    person = control.add_person("Ada")
    control.say(person.key, "ciao")
    assert person.wa_id is not None
    return person.wa_id


# ------------------------------------------------------------------------------------------------- shapes and limits


def buttons(*titles: str, **more: Any) -> Json:
    replies = [{"type": "reply", "reply": {"id": f"id-{n}", "title": title}} for n, title in enumerate(titles)]
    part = {"type": "button", "body": {"text": "Scelga"}, "action": {"buttons": replies}, **more}
    return {"type": "interactive", "interactive": part}


def rows(*sections: tuple[str | None, int], **row: Any) -> Json:
    """Return a list message with sections of so many rows."""
    made = [
        ({"title": title} if title else {})
        | {"rows": [{"id": f"{place}-{n}", "title": f"Riga {n}", **row} for n in range(many)]}
        for place, (title, many) in enumerate(sections)
    ]
    action = {"button": "Apri", "sections": made}
    return {"type": "interactive", "interactive": {"type": "list", "body": {"text": "Scelga"}, "action": action}}


def changed(body: Json, path: str, value: Any) -> Json:
    """Return a copy with the value at a dotted path replaced; None takes it away."""
    copy = json.loads(json.dumps(body))
    *parents, last = path.split(".")
    part = copy
    for name in parents:
        part = part[int(name)] if isinstance(part, list) else part[name]
    if value is None:
        del part[last]
    else:
        part[last] = value
    return dict(copy)


TEXT: Json = {"type": "text", "text": {"body": "Buongiorno"}}
LINK: Json = {
    "type": "interactive",
    "interactive": {
        "type": "cta_url",
        "body": {"text": "Vada qui"},
        "action": {"name": "cta_url", "parameters": {"display_text": "Apri", "url": "https://example.org/a"}},
    },
}
PLACE: Json = {
    "type": "location",
    "location": {"latitude": "45.4", "longitude": "9.1", "name": "Sede", "address": "Via"},
}
WHERE: Json = {
    "type": "interactive",
    "interactive": {
        "type": "location_request_message",
        "body": {"text": "Dove si trova?"},
        "action": {"name": "send_location"},
    },
}
HEADED = buttons("Sì", header={"type": "text", "text": "h" * 60}, footer={"text": "f" * 60})
IMAGE: Json = {"type": "image", "image": {"link": "https://example.org/a.png", "caption": "c" * 1024}}
DOCUMENT: Json = {"type": "document", "document": {"link": "https://example.org/a.pdf", "filename": "a.pdf"}}
PATH = "interactive.action"


@pytest.mark.parametrize(
    "body",
    [
        {"type": "text", "text": {"body": "x" * 4096, "preview_url": True}},
        {**TEXT, "recipient_type": "individual", "biz_opaque_callback_data": "d" * 512},
        buttons("a" * 20, "b", "c"),
        HEADED,
        rows((None, 10)),
        rows(("Una", 5), ("Due", 5), description="d" * 72),
        changed(rows((None, 1)), "interactive.body.text", "x" * 4096),
        LINK,
        WHERE,
        PLACE,
        IMAGE,
        DOCUMENT,
        {"type": "video", "video": {"link": "https://example.org/a.mp4"}},
        {"type": "audio", "audio": {"link": "https://example.org/a.ogg", "voice": True}},
    ],
)
def test_what_stays_within_metas_limits_is_accepted(meta: Meta, ada: str, body: Json) -> None:
    answer = meta.post({"to": f"+{ada}", **body})

    assert (answer.status_code, code(answer)) == (200, 0)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"type": "text", "text": {"body": "x" * 4097}}, 100),
        ({"type": "text", "text": {"body": "😀" * 2049}}, 100),
        ({"type": "text", "text": {"body": "  "}}, 100),
        ({"type": "text", "text": {}}, 100),
        ({"type": "text"}, 131008),
        ({"type": "text", "text": "ciao"}, 100),
        ({"type": "text", "text": {"body": 5}}, 100),
        ({"type": "poll", "poll": {}}, 100),
        ({**TEXT, "category": "utility"}, 100),
        ({**TEXT, "recipient_type": "group"}, 100),
        ({**TEXT, "biz_opaque_callback_data": "d" * 513}, 131009),
        ({**TEXT, "context": {}}, 131008),
        ({**TEXT, "messaging_product": "sms"}, 100),
        (changed(TEXT, "text.colour", "red"), 100),
        (buttons(), 131009),
        (buttons("a", "b", "c", "d"), 131009),
        (buttons("a" * 21), 131009),
        (buttons(""), 131009),
        (buttons("uguali", "uguali"), 131009),
        (changed(buttons("a", "b"), f"{PATH}.buttons.1.reply.id", "id-0"), 131009),
        (changed(buttons("a"), f"{PATH}.buttons.0.reply.id", " a"), 131009),
        (changed(buttons("a"), f"{PATH}.buttons.0.reply.id", "i" * 257), 131009),
        (changed(buttons("a"), "interactive.body.text", "x" * 1025), 131009),
        (changed(buttons("a"), "interactive.body", None), 131008),
        (changed(buttons("a"), "interactive.action", None), 131008),
        (changed(HEADED, "interactive.header.text", "h" * 61), 131009),
        (changed(HEADED, "interactive.footer.text", "f" * 61), 131009),
        (rows((None, 11)), 131009),
        (rows(("Una", 6), ("Due", 5)), 131009),
        (rows((None, 1), (None, 1)), 131008),
        (rows(("t" * 25, 1), ("Due", 1)), 131009),
        (rows((None, 0)), 131009),
        (rows((None, 1), title="t" * 25), 131009),
        (rows((None, 1), description="d" * 73), 131009),
        (rows((None, 1), id="i" * 201), 131009),
        (rows((None, 2), id="stesso"), 131009),
        (changed(rows((None, 1)), f"{PATH}.button", "b" * 21), 131009),
        (changed(rows((None, 1)), "interactive.body.text", "x" * 4097), 131009),
        (changed(LINK, f"{PATH}.parameters.display_text", "d" * 21), 131009),
        (changed(LINK, f"{PATH}.parameters.url", "javascript:alert(1)"), 131009),
        (changed(LINK, f"{PATH}.parameters.url", None), 131008),
        (changed(WHERE, "interactive.footer", {"text": "no"}), 100),
        (changed(PLACE, "location.latitude", "91"), 131009),
        (changed(PLACE, "location.longitude", "est"), 131009),
        (changed(IMAGE, "image.caption", "c" * 1025), 131009),
        (changed(IMAGE, "image.link", None), 131008),
        (changed(IMAGE, "image.link", "ftp://example.org/a"), 131009),
        (changed(IMAGE, "image.filename", "a.png"), 100),
        ({"type": "image", "image": {"id": "1"}}, 131009),
    ],
)
def test_what_exceeds_metas_limits_is_refused_with_its_code(meta: Meta, ada: str, body: Json, expected: int) -> None:
    answer = meta.post({"to": f"+{ada}", **body})

    assert code(answer) == expected


def test_a_refusal_has_metas_shape(meta: Meta, ada: str) -> None:
    answer = meta.post({"to": f"+{ada}", **buttons("troppo lungo per un bottone")})

    error = answer.json()["error"]
    assert len(error.pop("fbtrace_id")) > 10
    assert (answer.status_code, error) == (
        400,
        {
            "message": "(#131009) Parameter value is not valid",
            "type": "OAuthException",
            "code": 131009,
            "error_data": {
                "messaging_product": "whatsapp",
                "details": "Button title length invalid. Min length: 1, Max length: 20",
            },
        },
    )


def test_a_body_that_is_not_json_is_refused(meta: Meta) -> None:
    answer = meta.ask("POST", f"{meta.number}/messages", data=b"{no")

    assert (answer.status_code, code(answer)) == (400, 100)


# -------------------------------------------------------------------------------------------------------- who may call


def test_a_wrong_token_is_refused_with_190(stand_in: Running, ada: str) -> None:
    stranger = Meta(stand_in, token="another")

    answer = stranger.text(ada)

    stranger.session.close()
    assert (answer.status_code, code(answer)) == (401, 190)


def test_a_wrong_proof_is_refused_and_a_right_one_is_not(meta: Meta, ada: str) -> None:
    body: Json = {"to": f"+{ada}", **TEXT}

    codes = [code(meta.post(body, params={"appsecret_proof": proof})) for proof in ("0" * 64, PROOF)]

    assert codes == [100, 0]


def test_a_missing_proof_is_refused_where_it_is_required() -> None:
    with Started(require_proof=True, strangers=True) as own:
        codes = [code(own.meta.text("393331234567", **proof)) for proof in ({}, {"appsecret_proof": PROOF})]

    assert codes == [100, 0]


def test_an_unknown_number_of_ours_is_refused_with_33(meta: Meta) -> None:
    answer = meta.ask("POST", "1/messages", json={"messaging_product": "whatsapp", "to": "+393331234567", **TEXT})

    assert code(answer) == 33


def test_a_version_that_expired_is_refused(meta: Meta, ada: str) -> None:
    answer = meta.session.post(f"{meta.url}/v20.0/{meta.number}/messages", json={}, timeout=10)

    assert code(answer) == 2635


def test_a_stranger_is_refused_with_131026(meta: Meta) -> None:
    assert code(meta.text("393339999999")) == 131026


def test_our_own_number_is_refused_with_131021(meta: Meta, stand_in: Running) -> None:
    assert code(meta.text(stand_in.world.line.display_phone_number)) == 131021


@pytest.mark.parametrize("to", ["Ada", "+39 x", ""])
def test_a_number_that_is_none_is_refused(meta: Meta, to: str) -> None:
    assert code(meta.post({"to": to, **TEXT})) == 131009


def test_a_request_to_nobody_is_refused(meta: Meta) -> None:
    assert code(meta.post(TEXT)) == 100


# ------------------------------------------------------------------------------------------------- acceptance and time


def test_an_accepted_message_names_the_number_and_gives_a_wamid_that_holds_it(meta: Meta, ada: str) -> None:
    answer = meta.post({"to": f"+{ada[:2]} {ada[2:]}", **TEXT}).json()

    wamid = answer["messages"][0]["id"]
    assert ada.encode() in base64.b64decode(wamid.removeprefix("wamid."))
    assert answer == {
        "messaging_product": "whatsapp",
        "contacts": [{"input": f"+{ada[:2]} {ada[2:]}", "wa_id": ada}],
        "messages": [{"id": wamid}],
    }


def test_whoever_has_no_number_is_reached_by_their_id(meta: Meta, control: Control, desk: FakeDesk) -> None:
    bruno = control.add_person("Bruno", shape="bsuid", username="bruno.v")
    control.say(bruno.key, "ciao")

    answer = meta.post({"recipient": bruno.user_id, **TEXT}).json()

    until(lambda: len(desk.statuses()) == 3)
    assert answer["contacts"] == [{"input": bruno.user_id, "user_id": bruno.user_id}]
    assert [(one.get("recipient_id"), one["recipient_user_id"]) for one in desk.statuses()] == [
        (None, bruno.user_id)
    ] * 3


def test_whoever_has_no_number_is_told_without_one(control: Control, desk: FakeDesk) -> None:
    bruno = control.add_person("Bruno", shape="bsuid", username="bruno.v")

    control.say(bruno.key, "ciao")

    until(desk.values)
    value = desk.values()[0]
    assert value["contacts"] == [{"profile": {"name": "Bruno", "username": "bruno.v"}, "user_id": bruno.user_id}]
    assert ("from" in value["messages"][0], value["messages"][0]["from_user_id"]) == (False, bruno.user_id)


def test_an_old_shape_carries_no_business_scoped_id(control: Control, desk: FakeDesk) -> None:
    carla = control.add_person("Carla", shape="phone", wa_id="393330000001")

    control.say(carla.key, "ciao")

    until(desk.values)
    value = desk.values()[0]
    assert value["contacts"] == [{"profile": {"name": "Carla"}, "wa_id": "393330000001"}]
    assert ("from_user_id" in value["messages"][0], value["messages"][0]["from"]) == (False, "393330000001")


def test_after_24_hours_only_a_template_is_accepted(meta: Meta, control: Control, ada: str) -> None:
    hello: Json = {"type": "template", "template": {"name": "hello_world", "language": {"code": "en_US"}}}

    before = code(meta.text(ada))
    control.move_clock(DAY + 1)
    after = code(meta.text(ada))
    template = meta.post({"to": f"+{ada}", **hello})

    assert (before, after, code(template)) == (0, 131047, 0)
    assert template.json()["messages"][0]["message_status"] == "accepted"


def test_whoever_never_wrote_has_no_window(meta: Meta, control: Control) -> None:
    person = control.add_person("Dino")

    assert code(meta.text(person.wa_id)) == 131047


def test_a_message_opens_the_window_again(meta: Meta, control: Control, ada: str) -> None:
    control.move_clock(2 * DAY)
    control.say(ada, "ci siete?")

    assert code(meta.text(ada)) == 0


def test_the_46th_message_at_once_is_refused_and_six_seconds_allow_one_more(
    meta: Meta, control: Control, ada: str
) -> None:
    burst = [code(meta.text(ada)) for _ in range(46)]
    control.move_clock(6)
    later = [code(meta.text(ada)), code(meta.text(ada))]

    assert burst == [0] * 45 + [131056]
    assert later == [0, 131056]


def test_one_persons_limit_is_not_anothers(meta: Meta, control: Control, ada: str) -> None:
    other = control.add_person("Elsa")
    control.say(other.key, "ciao")
    for _ in range(45):
        meta.text(ada)

    assert (code(meta.text(ada)), code(meta.text(other.wa_id))) == (131056, 0)


def test_more_than_the_throughput_is_refused_with_130429() -> None:
    with Started(strangers=True, throughput=3) as own:
        codes = [code(own.meta.text(f"39333000000{n}")) for n in range(8)]

    assert codes[:3] == [0, 0, 0]
    assert 130429 in codes


# ----------------------------------------------------------------------------------------------------------- templates


REMINDER: Json = {
    "name": "promemoria",
    "language": "it",
    "category": "UTILITY",
    "parameter_format": "NAMED",
    "components": [
        {"type": "BODY", "text": "Gentile {{nome}}, la aspettiamo {{quando}}. A presto."},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "QUICK_REPLY", "text": "Confermo"},
                {"type": "URL", "text": "Dettagli", "url": "https://example.org/a/{{1}}"},
            ],
        },
    ],
}


def filled(*pairs: tuple[str, str], name: str = "promemoria", payload: str = "@r/1/si") -> Json:
    values = [{"type": "text", "parameter_name": key, "text": value} for key, value in pairs]
    components: list[Json] = [
        {"type": "body", "parameters": values},
        {
            "type": "button",
            "sub_type": "quick_reply",
            "index": "0",
            "parameters": [{"type": "payload", "payload": payload}],
        },
        {"type": "button", "sub_type": "url", "index": "1", "parameters": [{"type": "text", "text": "x7"}]},
    ]
    return {"type": "template", "template": {"name": name, "language": {"code": "it"}, "components": components}}


GOOD = filled(("nome", "Ada"), ("quando", "martedì alle 9"))


def test_a_filled_template_is_what_the_person_reads_and_taps(
    meta: Meta, control: Control, ada: str, desk: FakeDesk
) -> None:
    control.add_template(REMINDER)

    meta.post({"to": f"+{ada}", **GOOD})
    control.tap(ada, "@r/1/si")

    until(lambda: len(desk.messages()) == 2)
    read = control.reads(ada)[0]
    assert (read.words, read.category) == ("Gentile Ada, la aspettiamo martedì alle 9. A presto.", "utility")
    assert desk.first("button")["button"] == {"payload": "@r/1/si", "text": "Confermo"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (filled(("nome", "Ada")), 132000),
        (filled(("nome", "Ada"), ("ora", "9")), 100),
        (filled(("nome", "Ada"), ("quando", "a\nb")), 132018),
        (filled(("nome", "Ada"), ("quando", "x" * 1000)), 132005),
        (filled(("nome", "Ada"), ("quando", "9"), name="altro"), 132001),
        (changed(GOOD, "template.components.1.index", "5"), 132000),
        (changed(GOOD, "template.components.1.sub_type", "url"), 132012),
        (changed(GOOD, "template.components.2.parameters", []), 132000),
        (changed(GOOD, "template.language", None), 131008),
    ],
)
def test_a_template_filled_wrongly_is_refused(
    meta: Meta, control: Control, ada: str, body: Json, expected: int
) -> None:
    control.add_template(REMINDER)

    assert code(meta.post({"to": f"+{ada}", **body})) == expected


@pytest.mark.parametrize(("status", "expected"), [("PAUSED", 132015), ("DISABLED", 132016), ("REJECTED", 132001)])
def test_a_template_not_approved_is_refused_and_the_desk_is_told(
    meta: Meta, control: Control, ada: str, desk: FakeDesk, status: str, expected: int
) -> None:
    control.add_template(REMINDER)

    control.set_template_status("promemoria", "it", status)

    until(lambda: any("event" in value for value in desk.values()))
    assert code(meta.post({"to": f"+{ada}", **GOOD})) == expected


def test_templates_are_added_listed_and_removed(meta: Meta) -> None:
    added = meta.ask("POST", f"{meta.account}/message_templates", json=REMINDER).json()
    listed = meta.ask("GET", f"{meta.account}/message_templates", params={"name": "promemoria"}).json()
    removed = meta.ask("DELETE", f"{meta.account}/message_templates", params={"name": "promemoria"}).json()
    left = meta.ask("GET", f"{meta.account}/message_templates").json()

    assert (added["status"], added["category"]) == ("APPROVED", "UTILITY")
    assert [(one["name"], one["id"]) for one in listed["data"]] == [("promemoria", added["id"])]
    assert removed == {"success": True}
    assert [one["name"] for one in left["data"]] == ["hello_world"]


@pytest.mark.parametrize(
    ("path", "value", "subcode"),
    [
        ("name", "Promemoria", 2388023),
        ("components.0.text", "x" * 1025, 2388040),
        ("components.0.text", "{{nome}} la aspettiamo", 2388299),
        ("components.0.text", "La aspettiamo {{nome}} {{quando}} qui", 2388299),
        ("components.1.buttons.0.text", "b" * 26, 2388040),
    ],
)
def test_a_template_meta_would_not_take_is_refused(meta: Meta, path: str, value: str, subcode: int) -> None:
    answer = meta.ask("POST", f"{meta.account}/message_templates", json=changed(REMINDER, path, value))

    assert (code(answer), answer.json()["error"]["error_subcode"]) == (100, subcode)


def test_an_authentication_template_needs_a_number(meta: Meta, control: Control) -> None:
    control.add_template({**REMINDER, "name": "codice", "category": "AUTHENTICATION"})
    bruno = control.add_person("Bruno", shape="bsuid")

    answer = meta.post({"recipient": bruno.user_id, **filled(("nome", "B"), ("quando", "9"), name="codice")})

    assert code(answer) == 131062


# --------------------------------------------------------------------------------------------------- media and account


def test_a_file_somebody_sent_can_be_fetched_for_five_minutes(
    meta: Meta, control: Control, ada: str, desk: FakeDesk
) -> None:
    control.send_file(ada, "voice", b"OggS-and-so-on", "audio/ogg; codecs=opus")
    until(lambda: len(desk.messages()) == 2)
    told = desk.first("audio")["audio"]

    found = meta.ask("GET", told["id"]).json()
    content = meta.session.get(found["url"], timeout=10)
    control.move_clock(301)
    expired = meta.session.get(found["url"], timeout=10)

    assert told["voice"] is True
    assert (content.content, content.headers["Content-Type"]) == (b"OggS-and-so-on", "audio/ogg; codecs=opus")
    assert found["sha256"] == told["sha256"] == base64.b64encode(hashlib.sha256(content.content).digest()).decode()
    assert expired.status_code == 404


def test_a_file_is_not_given_without_the_token(stand_in: Running, meta: Meta, control: Control, ada: str) -> None:
    line = control.send_file(ada, "image")
    url = meta.ask("GET", line.payload["image"]["id"]).json()["url"]

    assert requests.get(url, timeout=10).status_code == 401


def test_an_uploaded_file_can_be_sent_and_removed(meta: Meta, ada: str) -> None:
    form = {"messaging_product": "whatsapp", "type": "image/png"}
    uploaded = meta.ask(
        "POST", f"{meta.number}/media", data=form, files={"file": ("a.png", b"PNG", "image/png")}
    ).json()
    body: Json = {"to": f"+{ada}", "type": "image", "image": {"id": uploaded["id"]}}

    sent = code(meta.post(body))
    removed = meta.ask("DELETE", uploaded["id"]).json()
    again = code(meta.post(body))

    assert (sent, removed, again) == (0, {"success": True}, 131009)


def test_a_file_that_is_too_large_is_refused(meta: Meta) -> None:
    form = {"messaging_product": "whatsapp", "type": "image/png"}
    large = b"x" * (5 * 1024 * 1024 + 1)

    answer = meta.ask("POST", f"{meta.number}/media", data=form, files={"file": ("a.png", large, "image/png")})

    assert code(answer) == 131053


def test_the_number_tells_its_quality_and_limit(meta: Meta, control: Control) -> None:
    control.set_number(quality_rating="YELLOW")
    fields = "quality_rating,whatsapp_business_manager_messaging_limit"

    told = meta.ask("GET", meta.number, params={"fields": fields}).json()

    limit = "whatsapp_business_manager_messaging_limit"
    assert told == {"quality_rating": "YELLOW", limit: "TIER_250", "id": meta.number}


def test_the_token_and_the_subscription_can_be_asked_for(meta: Meta) -> None:
    token = meta.ask("GET", "debug_token", params={"input_token": TOKEN}).json()["data"]
    other = meta.ask("GET", "debug_token", params={"input_token": "another"}).json()["data"]
    subscribed = meta.ask("POST", f"{meta.account}/subscribed_apps").json()
    apps = meta.ask("GET", f"{meta.account}/subscribed_apps").json()["data"]

    assert (token["is_valid"], "whatsapp_business_messaging" in token["scopes"]) == (True, True)
    assert (other["is_valid"], subscribed, len(apps)) == (False, {"success": True}, 1)


# ------------------------------------------------------------------------------------------------------------ webhooks


def test_a_message_is_posted_signed_and_escaped_as_meta_does(control: Control, desk: FakeDesk) -> None:
    person = control.add_person("Ada", wa_id="393330000001", user_id="IT.1")

    line = control.say(person.key, "è/😀")

    until(lambda: desk.posts)
    body, signature = desk.posts[0]
    assert signature == "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert b'"body":"\\u00e8\\/\\ud83d\\ude00"' in body
    change = json.loads(body)["entry"][0]["changes"][0]
    assert change == {
        "field": "messages",
        "value": {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "390255550100", "phone_number_id": "106540352242922"},
            "contacts": [{"profile": {"name": "Ada"}, "wa_id": "393330000001", "user_id": "IT.1"}],
            "messages": [
                {
                    "from": "393330000001",
                    "from_user_id": "IT.1",
                    "id": line.id,
                    "timestamp": str(int(line.at)),
                    "type": "text",
                    "text": {"body": "è/😀"},
                }
            ],
        },
    }


def test_sent_delivered_and_read_come_back_with_the_callback_data(meta: Meta, ada: str, desk: FakeDesk) -> None:
    wamid = meta.text(ada, biz_opaque_callback_data="row-7").json()["messages"][0]["id"]

    until(lambda: len(desk.statuses()) == 3)
    pricing = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "service"}
    told = [(one["id"], one["status"], one["biz_opaque_callback_data"], one.get("pricing")) for one in desk.statuses()]
    assert sorted(told, key=lambda one: ["sent", "delivered", "read"].index(one[1])) == [
        (wamid, "sent", "row-7", pricing),
        (wamid, "delivered", "row-7", pricing),
        (wamid, "read", "row-7", None),
    ]


def test_of_a_reaction_only_sent_is_told(meta: Meta, control: Control, ada: str, desk: FakeDesk) -> None:
    message = control.chat(ada)[0]

    sent = code(meta.post({"to": f"+{ada}", "type": "reaction", "reaction": {"message_id": message.id, "emoji": "👍"}}))

    until(lambda: desk.statuses() and control.counts().steps == control.counts().pending == 0)
    assert (sent, control.chat(ada)[0].reaction, [one["status"] for one in desk.statuses()]) == (0, "👍", ["sent"])


def test_a_phone_that_is_off_gets_its_messages_later(meta: Meta, control: Control, ada: str, desk: FakeDesk) -> None:
    control.change_person(ada, online=False)
    meta.text(ada)
    until(lambda: len(desk.statuses()) == 1)
    off = control.reads(ada)[0].state

    control.change_person(ada, online=True)

    until(lambda: len(desk.statuses()) == 3)
    assert (off, control.reads(ada)[0].state) == ("sent", "read")


def test_a_message_to_somebody_unreachable_is_accepted_and_fails(
    meta: Meta, control: Control, ada: str, desk: FakeDesk
) -> None:
    control.change_person(ada, reachable=False)

    accepted = code(meta.text(ada))

    until(desk.statuses)
    value = next(value for value in desk.values() if "statuses" in value)
    assert (accepted, value["statuses"][0]["status"], value["statuses"][0]["errors"][0]["code"]) == (
        0,
        "failed",
        131026,
    )
    assert "contacts" not in value


def test_a_webhook_is_repeated_until_it_is_answered_with_200(control: Control, desk: FakeDesk) -> None:
    person = control.add_person("Ada")
    desk.answers = [500, 403, 202]

    control.say(person.key, "ciao")
    until(lambda: len(desk.posts) == 2)
    waiting = control.chat(person.key)[0].state
    until(lambda: (control.move_clock(2), len(desk.posts) == 4)[1])

    until(lambda: control.counts().pending == 0)
    assert waiting == "sent"
    assert len({body for body, _ in desk.posts}) == 1
    assert control.chat(person.key)[0].state == "delivered"


def test_what_was_said_while_the_desk_was_down_arrives_when_it_is_back(control: Control, desk: FakeDesk) -> None:
    person = control.add_person("Ada")
    address = desk.url
    control.set_webhook("http://127.0.0.1:9/webhook")
    control.say(person.key, "uno")
    control.say(person.key, "due")
    until(lambda: control.counts().webhooks.get("no_answer", 0) >= 2)

    control.set_webhook(address)

    until(lambda: control.counts().pending == 0)
    assert {one["text"]["body"] for one in desk.messages()} == {"due", "uno"}  # what was on its way may come twice


def test_a_webhook_is_dropped_after_a_week(control: Control, desk: FakeDesk) -> None:
    person = control.add_person("Ada")
    control.set_webhook("http://127.0.0.1:9/webhook")
    control.say(person.key, "ciao")

    control.move_clock(8 * DAY)

    until(lambda: control.counts().pending == 0)
    assert control.chat(person.key)[0].state == "failed"


def test_nothing_is_posted_before_the_handshake_went_well(control: Control, desk: FakeDesk) -> None:
    person = control.add_person("Ada")

    control.say(person.key, "ciao")

    until(lambda: desk.posts)
    assert (desk.handshakes, control.verify_webhook()) == (1, True)


def test_a_webhook_that_does_not_know_the_token_gets_nothing(desk: FakeDesk) -> None:
    desk.trusts = "another"
    with Started(webhook_url=desk.url) as own:
        own.control.say(own.control.add_person("Ada").key, "ciao")
        until(lambda: desk.handshakes >= 2)

    assert desk.posts == []


def test_marking_as_read_gives_blue_ticks_and_shows_typing(meta: Meta, control: Control, ada: str) -> None:
    message = control.say(ada, "ci siete?")

    answer = meta.post({"status": "read", "message_id": message.id, "typing_indicator": {"type": "text"}})

    typing = control.person(ada).typing_s
    meta.text(ada)
    assert answer.json() == {"success": True}
    assert [line.state for line in control.chat(ada) if line.mine] == ["read", "read"]
    assert (20 < typing <= 25, control.person(ada).typing_s) == (True, 0)


def test_an_unknown_message_cannot_be_marked_as_read(meta: Meta) -> None:
    assert code(meta.post({"status": "read", "message_id": "wamid.none"})) == 131009


CARD: Json = {"name": {"formatted_name": "Ada Neri"}, "phones": [{"phone": "+39351555", "type": "CELL"}]}
ITEM: Json = {"product_retailer_id": "demo-1", "quantity": 1, "item_price": 30, "currency": "EUR"}


@pytest.mark.parametrize(
    ("act", "kind", "part"),
    [
        ({"type": "location", "latitude": 45.1, "longitude": 9.2}, "location", {"latitude": 45.1, "longitude": 9.2}),
        ({"type": "unsupported"}, "unsupported", {"type": "poll_creation"}),
        ({"type": "contacts", "contacts": [CARD]}, "contacts", [CARD]),
        (
            {"type": "order", "text": "uno"},
            "order",
            {"catalog_id": "194836987003835", "text": "uno", "product_items": [ITEM]},
        ),
        ({"type": "raw", "kind": "hologram", "part": [1]}, "hologram", [1]),
    ],
)
def test_what_a_phone_can_do_becomes_metas_message(
    control: Control, ada: str, desk: FakeDesk, act: Json, kind: str, part: Any
) -> None:
    control.act(ada, **act)

    until(lambda: len(desk.messages()) == 2)
    told = next(one for one in desk.messages() if one["type"] != "text")
    assert (told["type"], told[kind]) == (kind, part)


def test_a_correction_and_a_removal_name_the_message(control: Control, ada: str, desk: FakeDesk) -> None:
    message = control.say(ada, "domani")

    control.act(ada, "edit", body="dopodomani")
    control.act(ada, "revoke", message=message.id)

    until(lambda: len(desk.messages()) == 4)
    told = {one["type"]: one for one in desk.messages()}
    inner = {"type": "text", "text": {"body": "dopodomani"}}
    assert told["edit"]["edit"] == {"original_message_id": message.id, "message": inner}
    assert told["revoke"]["revoke"] == {"original_message_id": message.id}


def test_a_tap_carries_the_id_the_title_and_the_message_it_is_about(
    meta: Meta, control: Control, ada: str, desk: FakeDesk
) -> None:
    wamid = meta.post({"to": f"+{ada}", **rows((None, 2), description="Nota")}).json()["messages"][0]["id"]

    control.tap(ada, "0-1")

    until(lambda: len(desk.messages()) == 2)
    told = desk.first("interactive")
    reply = {"id": "0-1", "title": "Riga 1", "description": "Nota"}
    assert told["interactive"] == {"type": "list_reply", "list_reply": reply}
    assert told["context"] == {"from": "390255550100", "id": wamid}


def test_what_was_not_offered_cannot_be_tapped_except_by_force(control: Control, ada: str, desk: FakeDesk) -> None:
    with pytest.raises(ControlError, match="offers this option"):
        control.tap(ada, "nothing")

    control.tap_unoffered(ada, "nothing")

    until(lambda: len(desk.messages()) == 2)
    reply = {"type": "button_reply", "button_reply": {"id": "nothing", "title": "nothing"}}
    assert reply in [one.get("interactive") for one in desk.messages()]


def test_a_new_number_is_told_as_a_system_message(control: Control, ada: str, desk: FakeDesk) -> None:
    user_id = control.person(ada).user_id

    control.change_ids(ada, wa_id="393337777777", user_id="IT.2")

    until(lambda: len(desk.messages()) == 2)
    told = desk.first("system")
    told["system"].pop("body")
    assert (told["from"], told["system"]) == (
        ada,
        {"type": "user_changed_number", "wa_id": "393337777777", "user_id": "IT.2", "previous_user_id": user_id},
    )


def test_stopping_marketing_is_told(control: Control, ada: str, desk: FakeDesk) -> None:
    control.change_person(ada, wants_marketing=False)

    until(lambda: any("user_preferences" in value for value in desk.values()))
    told = next(value for value in desk.values() if "user_preferences" in value)["user_preferences"][0]
    assert (told["wa_id"], told["category"], told["value"]) == (ada, "marketing_messages", "stop")


def test_a_change_of_any_field_can_be_posted(control: Control, desk: FakeDesk) -> None:
    control.post_change("account_update", {"event": "DISABLED_UPDATE"})

    until(lambda: desk.posts)
    entry = desk.bodies()[0]["entry"][0]
    assert isinstance(entry.pop("time"), int)
    change = {"value": {"event": "DISABLED_UPDATE"}, "field": "account_update"}
    assert entry == {"id": "419561257915477", "changes": [change]}


def test_whoever_is_removed_is_unknown(meta: Meta, control: Control, ada: str) -> None:
    control.remove_person(ada)

    assert (control.people(), code(meta.text(ada))) == ((), 131026)


def test_a_reaction_names_the_message(meta: Meta, control: Control, ada: str, desk: FakeDesk) -> None:
    wamid = meta.text(ada).json()["messages"][0]["id"]

    control.react(ada, "❤️")

    until(lambda: desk.heard("reaction"))
    assert desk.first("reaction")["reaction"] == {"message_id": wamid, "emoji": "❤️"}


def test_any_body_can_be_posted_signed(control: Control, desk: FakeDesk) -> None:
    control.post_raw('{"broken": ')

    until(lambda: desk.posts)
    body, signature = desk.posts[0]
    expected = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert (body, signature) == (b'{"broken": ', expected)


# -------------------------------------------------------------------------------------------------------------- faults


def test_a_lost_answer_means_delivered_though_the_caller_saw_a_cut(meta: Meta, control: Control, ada: str) -> None:
    control.set_faults(rules=[{"effect": "lose", "times": 1}])

    with pytest.raises(requests.ConnectionError):
        meta.text(ada, "una volta sola")

    until(lambda: [line.state for line in control.reads(ada)] == ["read"])
    assert (control.counts().accepted, control.counts().troubled) == (1, {"lose": 1})


def test_a_cut_means_not_delivered(meta: Meta, control: Control, ada: str) -> None:
    control.set_faults(rules=[{"effect": "cut", "times": 1}])

    with pytest.raises(requests.ConnectionError):
        meta.text(ada)

    assert (control.reads(ada), code(meta.text(ada))) == ((), 0)


def test_a_silent_stand_in_never_answers(stand_in: Running, meta: Meta, control: Control, ada: str) -> None:
    control.set_faults(rules=[{"effect": "silent", "times": 1}])

    with pytest.raises(requests.ReadTimeout):
        meta.session.post(
            f"{meta.url}/v26.0/{meta.number}/messages",
            json={"messaging_product": "whatsapp", "to": ada, **TEXT},
            timeout=0.3,
        )

    assert control.counts().troubled == {"silent": 1}


def test_the_next_sends_are_refused_with_the_code_that_was_asked_for(meta: Meta, control: Control, ada: str) -> None:
    control.refuse_next(131016, times=2)

    answers = [meta.text(ada) for _ in range(3)]

    assert [(answer.status_code, code(answer)) for answer in answers] == [(500, 131016), (500, 131016), (200, 0)]
    assert control.counts().refused == {"131016": 2}


def test_a_rule_for_one_person_leaves_others_alone(meta: Meta, control: Control, ada: str) -> None:
    other = control.add_person("Elsa")
    control.say(other.key, "ciao")

    control.refuse_next(130472, times=9, to=ada)

    assert (code(meta.text(ada)), code(meta.text(other.wa_id))) == (130472, 0)


def test_a_message_can_be_made_to_fail_after_it_was_accepted(
    meta: Meta, control: Control, ada: str, desk: FakeDesk
) -> None:
    control.set_faults(rules=[{"effect": "fail", "code": 131049, "times": 1}])

    accepted = code(meta.text(ada, biz_opaque_callback_data="row-9"))

    until(desk.statuses)
    status = desk.statuses()[0]
    assert accepted == 0
    assert (status["status"], status["errors"][0]["code"], status["biz_opaque_callback_data"]) == (
        "failed",
        131049,
        "row-9",
    )


def test_a_slow_answer_comes_late(meta: Meta, control: Control, ada: str) -> None:
    control.set_faults(rules=[{"effect": "slow", "seconds": 0.2, "times": 1}])
    began = time.monotonic()

    answer = meta.text(ada)

    assert (code(answer), time.monotonic() - began >= 0.2) == (0, True)


def test_duplicates_repeat_the_same_body(control: Control, desk: FakeDesk) -> None:
    control.set_faults(manners={"duplicate": 1.0})
    person = control.add_person("Ada")

    control.say(person.key, "ciao")

    until(lambda: len(desk.posts) == 2)
    assert desk.posts[0] == desk.posts[1]


@pytest.mark.parametrize("words", ["duplicate=0.3,disorder=0.4,delay=1,lose=0.2,refuse=131000:0.1,slow=2:0.5"])
def test_the_same_seed_makes_the_same_faults_whatever_others_do(words: str) -> None:
    quiet, busy, other = read_faults(words, 7), read_faults(words, 7), read_faults(words, 8)

    alone = [(quiet.on_request("a", ["a"]), quiet.on_delivery("a")) for _ in range(50)]
    among = []
    for _ in range(50):
        busy.on_request("b", ["b"])
        among.append((busy.on_request("a", ["a"]), busy.on_delivery("a")))

    assert alone == among
    assert alone != [(other.on_request("a", ["a"]), other.on_delivery("a")) for _ in range(50)]


def test_faults_that_cannot_be_read_are_named() -> None:
    with pytest.raises(ValueError, match="cannot read the fault 'explode=1'"):
        read_faults("explode=1", 0)


# ------------------------------------------------------------------------------------------- clock, state, command line


def test_the_clock_stands_in_a_file_that_others_read_and_write(tmp_path: Path) -> None:
    file = tmp_path / "clock"

    with Started(clock=file) as own:
        own.control.move_clock(3600)
        written = float(file.read_text())
        file.write_text("7200.25\n")
        read = own.control.clock().offset

    assert (written, read) == (3600.0, 7200.25)


def test_people_chats_and_waiting_webhooks_survive_a_restart(tmp_path: Path, desk: FakeDesk) -> None:
    state = tmp_path / "state.json"
    with Started(webhook_url="http://127.0.0.1:9/x", state=state) as before:
        person = before.control.add_person("Ada")
        before.control.say(person.key, "mi sente?")

    with Started(webhook_url=desk.url, state=state) as after:
        until(lambda: after.control.counts().pending == 0 and desk.posts)
        people, words = after.control.people(), [line.words for line in after.control.chat(person.key)]

    assert [(one.key, one.wa_id, one.user_id) for one in people] == [(person.key, person.wa_id, person.user_id)]
    assert (words, [one["text"]["body"] for one in desk.messages()]) == (["mi sente?"], ["mi sente?"])


def test_everybody_has_a_number_of_their_own(control: Control) -> None:
    numbers = {control.add_person(f"Persona {n}").wa_id for n in range(600)}

    assert len(numbers) == 600


def test_somebody_can_be_added_after_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with Started(webhook_url="http://127.0.0.1:9/x", state=state) as before:
        before.control.add_person("Ada", shape="bsuid")

    with Started(webhook_url="http://127.0.0.1:9/x", state=state) as after:
        after.control.add_person("Bruno", shape="bsuid")
        names = [person.name for person in after.control.people()]

    assert names == ["Ada", "Bruno"]


def test_a_foreign_state_file_stops_the_start(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_text("{}")

    command = [sys.executable, "-m", "simulator", *COMMAND, "--state", str(state)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert "written by another version" in ended.stderr


def test_a_reset_forgets_everybody_and_their_chats(control: Control, ada: str) -> None:
    control.move_clock(60)

    control.reset()

    assert (control.people(), control.counts().incoming, control.clock().offset) == ((), 0, 0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_says_where_it_listens_and_ends_cleanly(number: signal.Signals) -> None:
    command = [sys.executable, "-m", "simulator", *COMMAND, "--strangers"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        words, _, url = program.stdout.readline().strip().rpartition(" ")
        answer = requests.get(f"{url}/_control/counts", timeout=10)
        program.send_signal(number)
        rest = program.communicate(timeout=10)

    assert (words, answer.status_code, rest, program.returncode) == ("listening on", 200, ("", ""), 0)


def test_instant_mode_knows_everybody_and_tells_nothing(desk: FakeDesk) -> None:
    with Started(webhook_url=desk.url, instant=True, statuses=False) as own:
        codes = {code(own.meta.text("393331234567")) for _ in range(100)}
        refused = code(own.meta.post({"to": "+393331234567", **buttons("troppo lungo per un bottone")}))
        accepted = own.control.counts().accepted

    assert (codes, refused, accepted, desk.posts) == ({0}, 131009, 100, [])


def test_instant_mode_tells_statuses_when_asked(desk: FakeDesk) -> None:
    with Started(webhook_url=desk.url, instant=True) as own:
        own.meta.text("393331234567", biz_opaque_callback_data="row-1")
        until(lambda: len(desk.statuses()) == 3)

    assert {one["biz_opaque_callback_data"] for one in desk.statuses()} == {"row-1"}


def test_an_answer_leaves_in_one_piece_on_a_connection_that_stays(stand_in: Running) -> None:
    connection = http.client.HTTPConnection(urlsplit(stand_in.url).netloc, timeout=10)
    connection.request("GET", "/_control/clock")
    connection.getresponse().read()
    assert connection.sock is not None
    kept = connection.sock

    kept.sendall(b"GET /_control/counts HTTP/1.1\r\nHost: x\r\n\r\n")
    piece = kept.recv(65_536)

    connection.close()
    head, _, body = piece.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert json.loads(body)["accepted"] == 0


# ------------------------------------------------------------------------------------------------------------ the page


def test_a_foreign_page_cannot_move_the_stand_in(stand_in: Running) -> None:
    url = f"{stand_in.url}/_control/people"

    plain = requests.post(url, data='{"name": "Eva"}', headers={"Content-Type": "text/plain"}, timeout=10)
    foreign = requests.post(url, json={"name": "Eva"}, headers={"Origin": "https://example.org"}, timeout=10)

    assert (plain.status_code, foreign.status_code) == (403, 403)


def test_the_page_allows_nothing_from_outside(stand_in: Running) -> None:
    answer = requests.get(f"{stand_in.url}/", timeout=10)

    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy


def test_a_patient_writes_taps_and_chooses_on_the_page(
    page: Page, meta: Meta, control: Control, desk: FakeDesk
) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda fault: faults.append(str(fault)))

    def respond(body: Json) -> None:
        for message in body["entry"][0]["changes"][0]["value"].get("messages", []):
            reply = buttons("Prenota", "Altro") if message["type"] == "text" else rows(("Visite", 2), ("Esami", 2))
            meta.post({"to": message["from"], **reply})

    desk.respond = respond
    ada = control.add_person("Ada")
    control.add_person("Bruno", shape="bsuid")
    page.goto(f"{meta.url}/")
    phone = page.locator(f'[data-person="{ada.key}"]')

    phone.get_by_role("textbox").fill("ciao <b>*a tutti*</b>")
    phone.get_by_role("textbox").press("Enter")
    phone.get_by_role("button", name="Prenota").click()
    phone.get_by_role("button", name="Apri").click()
    phone.get_by_role("dialog").get_by_label("Riga 1").nth(1).check()
    phone.get_by_role("dialog").get_by_role("button", name="Invia").click()

    until(lambda: any(line.tapped == "1-1" for line in control.reads(ada.key)))
    phone.locator("article.mine").nth(2).wait_for()
    words = [line.words for line in control.chat(ada.key) if line.mine]
    assert (words, page.locator("[data-person]").count()) == (["ciao <b>*a tutti*</b>", "Prenota", "Riga 1"], 2)
    assert phone.locator("article.mine").first.locator("strong").text_content() == "a tutti"
    assert faults == []


def test_everything_in_the_menu_reaches_the_desk(
    page: Page, stand_in: Running, control: Control, desk: FakeDesk
) -> None:
    ada = control.add_person("Ada")
    meta = Meta(stand_in)
    control.say(ada.key, "ciao")
    meta.text(ada.wa_id)
    page.goto(f"{stand_in.url}/")
    phone = page.locator(f'[data-person="{ada.key}"]')
    phone.locator("article:not(.mine)").wait_for()
    kinds = {
        "voice": "audio",
        "photo": "image",
        "document": "document",
        "location": "location",
        "contacts": "contacts",
        "reaction": "reaction",
        "edit": "edit",
        "revoke": "revoke",
        "unsupported": "unsupported",
    }

    for action, kind in kinds.items():
        phone.get_by_role("textbox").fill("corretto" if action == "edit" else "")
        phone.locator('[data-action="attach"]').click()
        phone.locator(f'.menu [data-action="{action}"]').click()
        until(partial(desk.heard, kind))

    meta.session.close()
    assert sorted(one["type"] for one in desk.messages()) == sorted(["text", *kinds.values()])


def test_the_list_is_left_with_escape_and_the_focus_comes_back(page: Page, meta: Meta, control: Control) -> None:
    ada = control.add_person("Ada")
    control.say(ada.key, "ciao")
    meta.post({"to": ada.wa_id, **rows(("Visite", 2))})
    page.goto(f"{meta.url}/")
    opener = page.get_by_role("button", name="Apri", exact=True)

    opener.press("Enter")
    page.get_by_role("dialog").get_by_role("radio").first.press("Escape")

    assert page.get_by_role("dialog").count() == 0
    assert opener.evaluate("button => button === document.activeElement")


def test_the_clock_and_the_faults_can_be_moved_on_the_page(page: Page, stand_in: Running, control: Control) -> None:
    page.goto(f"{stand_in.url}/")

    page.get_by_role("button", name="+1 giorno").click()
    page.get_by_role("button", name="Guasti").click()
    page.get_by_label("Codice d’errore").fill("131016")
    page.get_by_label("Per quante volte").fill("2")
    page.get_by_role("button", name="Applica").click()

    until(lambda: control.faults()["rules"])
    rule = control.faults()["rules"][0]
    assert control.clock().offset == DAY
    assert (rule["effect"], rule["code"], rule["times"]) == ("refuse", 131016, 2)
