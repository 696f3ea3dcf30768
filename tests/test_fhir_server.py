"""A FHIR server's answers, whichever vendor's: what they mean, what is asked once more, and what is never followed."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bot.agenda import CalendarUnavailable, NotThere, SlotTaken
from bot.client_key import ClientKey
from bot.scheduling.fhir.server import MOST, FhirServer
from bot.scheduling.fhir.tokens import Tokens

SLOT = {"resourceType": "Slot", "id": "1", "status": "free", "meta": {"versionId": "7"}}
ERROR = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "conflict"}]}
HINT = {"resourceType": "OperationOutcome", "issue": [{"severity": "information", "code": "informational"}]}


@dataclass
class Said:
    """One answer a test has the other side give; None as status: it hangs up."""

    status: int | None = 200
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class OtherSide:
    """A server that says what it is told to, in order, the last answer again and again; it notes what it was asked."""

    def __init__(self) -> None:
        self.says: list[Said | Callable[[Asked], Said]] = []
        self.asked: list[Asked] = []
        side = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                side.asked.append(Asked(self.command, self.path, dict(self.headers.items()), raw))
                told = side.says.pop(0) if len(side.says) > 1 else side.says[0]
                told = told(side.asked[-1]) if callable(told) else told
                if told.status is None:
                    self.close_connection = True
                    return
                content = told.body if isinstance(told.body, bytes) else json.dumps(told.body).encode()
                content = b"" if told.body is None else content
                (self.send_response_only if "Date" in told.headers else self.send_response)(told.status)
                for name, value in {"Content-Length": str(len(content)), **told.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PATCH = answer  # noqa: N815  # the library's names

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def side() -> Iterator[OtherSide]:
    made = OtherSide()
    yield made
    made.stop()


@pytest.fixture
def server(side: OtherSide) -> FhirServer:
    return FhirServer(f"{side.url}/fhir/R4")


def bundle(*resources: object, next_url: str | None = None) -> dict[str, Any]:
    links = [{"relation": "next", "url": next_url}] if next_url else []
    return {"resourceType": "Bundle", "entry": [{"resource": one} for one in resources], "link": links}


# --------------------------------------------------------------------------------------------------------------- reading


def test_a_resource_comes_with_its_version_as_the_server_spells_it(side: OtherSide, server: FhirServer) -> None:
    side.says = [Said(body=SLOT, headers={"ETag": 'W/"410v79"'})]

    told = server.read("Slot/1")

    assert (told.resource, told.etag) == (SLOT, 'W/"410v79"')
    assert (side.asked[0].method, side.asked[0].path) == ("GET", "/fhir/R4/Slot/1")


def test_a_version_that_is_only_in_the_resource_is_found(side: OtherSide, server: FhirServer) -> None:
    side.says = [Said(body=SLOT)]

    assert server.read("Slot/1").etag == 'W/"7"'


def test_a_search_follows_its_pages(side: OtherSide, server: FhirServer) -> None:
    second = f"{side.url}/fhir/R4?page=2&token=opaque"
    side.says = [Said(body=bundle(SLOT, next_url=second)), Said(body=bundle({**SLOT, "id": "2"}, HINT))]

    found = list(server.search("Slot", (("status", "free"), ("start", "ge2026"), ("start", "lt2027"))))

    assert [one["id"] for one in found] == ["1", "2"]
    assert [one.path for one in side.asked] == [
        "/fhir/R4/Slot?status=free&start=ge2026&start=lt2027",
        "/fhir/R4?page=2&token=opaque",
    ]


def test_a_page_on_another_host_is_not_followed(side: OtherSide, server: FhirServer) -> None:
    side.says = [Said(body=bundle(SLOT, next_url="http://elsewhere.example/fhir?page=2"))]

    with pytest.raises(CalendarUnavailable, match="foreign_link"):
        list(server.search("Slot", ()))


def test_a_redirect_is_not_followed(side: OtherSide, server: FhirServer) -> None:
    side.says = [Said(302, headers={"Location": "http://elsewhere.example/"})]

    with pytest.raises(CalendarUnavailable, match="rejected"):
        server.read("Slot/1")


def test_pages_without_an_end_are_given_up(side: OtherSide, server: FhirServer) -> None:
    side.says = [Said(body=bundle(SLOT, next_url=f"{side.url}/fhir/R4?again"))]

    with pytest.raises(CalendarUnavailable, match="pages_in_a_circle"):
        list(server.search("Slot", ()))


def paged(side: OtherSide, pages: int, each: int) -> Callable[[Asked], Said]:
    """Give so many pages of so many slots, one after the other."""

    def answer(asked: Asked) -> Said:
        page = int(asked.path.partition("page=")[2] or 0)
        found = [{**SLOT, "id": f"{page}-{n}"} for n in range(each)]
        return Said(body=bundle(*found, next_url=f"{side.url}/fhir/R4?page={page + 1}" if page + 1 < pages else None))

    return answer


def test_a_server_with_small_pages_is_read_to_its_end(side: OtherSide, server: FhirServer) -> None:
    side.says = [paged(side, 30, 20)]

    assert len(list(server.search("Slot", ()))) == 600


def test_what_is_more_than_anybody_looks_at_is_given_up(side: OtherSide, server: FhirServer) -> None:
    side.says = [paged(side, 1000, 500)]

    with pytest.raises(CalendarUnavailable, match="too_many"):
        list(server.search("Slot", ()))

    assert len(side.asked) == MOST / 500


def test_a_reference_on_this_server_is_read_without_its_address_one_on_another_stays(
    side: OtherSide, server: FhirServer
) -> None:
    other = {"reference": "https://other.example/fhir/R4/Slot/5"}
    side.says = [Said(body={**SLOT, "slot": [{"reference": f"{side.url}/fhir/R4/Slot/5/_history/2"}, other]})]

    assert (server.read("Slot/1").resource or {})["slot"] == [{"reference": "Slot/5/_history/2"}, other]


# ------------------------------------------------------------------------------------------------------ what it means


@pytest.mark.parametrize("status", [400, 409, 412, 422, 423])
def test_every_way_to_say_that_it_changed_means_taken(side: OtherSide, server: FhirServer, status: int) -> None:
    side.says = [Said(status, ERROR)]

    with pytest.raises(SlotTaken):
        server.patch("Slot/1", {"status": "busy-tentative"}, 'W/"7"')


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_not_there(side: OtherSide, server: FhirServer, status: int) -> None:
    side.says = [Said(status, ERROR)]

    with pytest.raises(NotThere):
        server.read("Slot/1")


@pytest.mark.parametrize(
    ("said", "why", "unknown"),
    [
        (Said(500, ERROR), "broken", True),
        (Said(502, b"<html>Bad gateway</html>"), "broken", True),
        (Said(503, headers={"Retry-After": "20"}), "busy", False),
        (Said(403, ERROR), "refused", False),
        (Said(405), "rejected", False),
        (Said(200, ERROR), "outcome", True),
        (Said(201, b'{"resourceType": "Appoi'), "malformed", True),
        (Said(201, b"[" * 100_000), "malformed", True),
        (Said(None), "broken_off", True),
    ],
)
def test_what_cannot_be_used_says_whether_it_may_have_been_done(
    side: OtherSide, server: FhirServer, said: Said, why: str, unknown: bool
) -> None:
    side.says = [said]

    with pytest.raises(CalendarUnavailable) as refused:
        server.create("Appointment", {"resourceType": "Appointment"})

    assert (refused.value.why, refused.value.unknown) == (why, unknown)
    assert refused.value.__context__ is None


def test_an_error_among_the_matches_fails_the_whole(side: OtherSide, server: FhirServer) -> None:
    side.says = [Said(body=bundle(SLOT, ERROR))]

    with pytest.raises(CalendarUnavailable, match="outcome"):
        list(server.search("Slot", ()))


def test_nobody_there_was_not_asked() -> None:
    with pytest.raises(CalendarUnavailable) as refused:
        FhirServer("http://127.0.0.1:9/fhir").create("Appointment", {})

    assert (refused.value.why, refused.value.unknown) == ("no_connection", False)


def test_an_empty_answer_to_a_change_keeps_its_version(side: OtherSide, server: FhirServer) -> None:
    side.says = [Said(204, headers={"ETag": 'W/"8"'})]

    told = server.patch("Slot/1", {"status": "busy"}, 'W/"7"')

    assert (told.resource, told.etag) == (None, 'W/"8"')
    (asked,) = side.asked
    assert (asked.headers["If-Match"], asked.headers["Content-Type"]) == ('W/"7"', "application/json-patch+json")
    assert json.loads(asked.body) == [{"op": "replace", "path": "/status", "value": "busy"}]


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ({"Retry-After": "20"}, 20.0),
        ({"Retry-After": "Mon, 23 Nov 2026 09:02:00 GMT", "Date": "Mon, 23 Nov 2026 09:00:30 GMT"}, 90.0),
        ({"Retry-After": "Mon, 23 Nov 2026 09:00:00 GMT", "Date": "Mon, 23 Nov 2026 09:00:30 GMT"}, 0.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "\u00b2"}, None),
        ({"Retry-After": "Mon, 99 Nov 2026 09:02:00 GMT"}, None),
        ({}, None),
    ],
)
def test_how_long_it_asks_to_be_left_alone_is_read_either_way(
    side: OtherSide, server: FhirServer, told: Mapping[str, str], seconds: float | None
) -> None:
    side.says = [Said(503, headers=told)]

    with pytest.raises(CalendarUnavailable, match="busy") as refused:
        server.create("Appointment", {})

    assert refused.value.retry_after_s == seconds


def test_a_short_wait_is_waited_once(side: OtherSide, server: FhirServer) -> None:
    side.says = [Said(503, headers={"Retry-After": "0"}), Said(body=SLOT)]

    assert server.read("Slot/1").resource == SLOT


def test_nothing_is_created_where_it_is_already(side: OtherSide, server: FhirServer) -> None:
    side.says = [Said(200, SLOT)]

    server.create("Appointment", {}, none_exist="identifier=urn:x|1")

    assert side.asked[0].headers["If-None-Exist"] == "identifier=urn:x|1"


# ----------------------------------------------------------------------------------------------------------------- tokens

EC = ec.generate_private_key(ec.SECP384R1())
RSA = rsa.generate_private_key(65537, 2048)
SCOPE = "system/Slot.rs system/Appointment.cruds"


def pem(key: Any) -> str:
    return str(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


def granting(lasts_s: int = 300, scope: str = SCOPE) -> Callable[[Asked], Said]:
    count = iter(range(1, 100))
    return lambda _: Said(body={"access_token": f"t{next(count)}", "expires_in": lasts_s, "scope": scope})


@pytest.mark.parametrize(("key", "algorithm"), [(EC, "ES384"), (RSA, "RS384")])
def test_the_assertion_is_signed_for_this_server_and_for_minutes(side: OtherSide, key: Any, algorithm: str) -> None:
    side.says = [granting()]
    signer = ClientKey("k1", pem(key))
    url = f"{side.url}/token"

    token = Tokens(url, "clinic", (signer,), SCOPE).token()

    form = {name: values[0] for name, values in parse_qs(side.asked[0].body.decode()).items()}
    assertion = form.pop("client_assertion")
    claims = jwt.decode(assertion, key.public_key(), algorithms=[algorithm], audience=url)
    assert token == "t1"
    assert form == {
        "grant_type": "client_credentials",
        "scope": SCOPE,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    }
    assert jwt.get_unverified_header(assertion) == {"alg": algorithm, "kid": "k1", "typ": "JWT"}
    assert (claims["iss"], claims["sub"], claims["exp"] - claims["iat"]) == ("clinic", "clinic", 240)


def test_a_published_key_proves_what_was_signed(side: OtherSide) -> None:
    side.says = [granting()]
    signer = ClientKey("k1", pem(EC))
    Tokens(f"{side.url}/token", "clinic", (signer,), SCOPE).token()

    published = signer.published()
    (assertion,) = parse_qs(side.asked[0].body.decode())["client_assertion"]

    claims = jwt.decode(assertion, jwt.PyJWK(dict(published)).key, algorithms=["ES384"], audience=f"{side.url}/token")
    assert claims["iss"] == "clinic"
    assert "d" not in published


def test_a_token_is_kept_until_shortly_before_its_end(side: OtherSide) -> None:
    side.says = [granting()]
    now = [1000.0]
    tokens = Tokens(f"{side.url}/token", "clinic", (ClientKey("k1", pem(EC)),), SCOPE, lambda: now[0])

    first = tokens.token()
    now[0] += 269
    kept = tokens.token()
    now[0] += 1
    new = tokens.token()

    assert (first, kept, new) == ("t1", "t1", "t2")


def test_two_assertions_are_never_the_same(side: OtherSide) -> None:
    side.says = [granting(lasts_s=0)]
    tokens = Tokens(f"{side.url}/token", "clinic", (ClientKey("k1", pem(EC)),), SCOPE)

    tokens.token()
    tokens.token()

    assert len({asked.body for asked in side.asked}) == 2


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (Said(body={"access_token": "t", "expires_in": 300, "scope": "system/Slot.rs"}), "scope_refused"),
        (Said(body={"expires_in": 300}), "token_malformed"),
        (Said(body=[1]), "token_away"),
        (Said(401, {"error": "invalid_client"}), "token_refused"),
        (Said(500), "token_away"),
        (Said(None), "token_away"),
    ],
)
def test_a_token_that_cannot_be_had_says_why_and_nothing_else(side: OtherSide, said: Said, why: str) -> None:
    side.says = [said]

    with pytest.raises(CalendarUnavailable) as refused:
        Tokens(f"{side.url}/token", "clinic", (ClientKey("k1", pem(EC)),), SCOPE).token()

    assert (str(refused.value), refused.value.__context__) == (why, None)


def test_a_refused_token_is_asked_anew_once(side: OtherSide) -> None:
    held = {"Bearer t2"}

    def answer(asked: Asked) -> Said:
        if asked.path == "/token":
            return grant(asked)
        return Said(body=SLOT) if asked.headers.get("Authorization") in held else Said(401)

    grant = granting()
    side.says = [answer]
    tokens = Tokens(f"{side.url}/token", "clinic", (ClientKey("k1", pem(EC)),), SCOPE)

    told = FhirServer(f"{side.url}/fhir", tokens).read("Slot/1")

    assert told.resource == SLOT
    assert [asked.path for asked in side.asked] == ["/token", "/fhir/Slot/1", "/token", "/fhir/Slot/1"]


def test_a_key_that_signs_neither_is_refused() -> None:
    with pytest.raises(ValueError, match="neither an EC key"):
        _ = ClientKey("k1", pem(ec.generate_private_key(ec.SECP256R1()))).algorithm


def test_keys_and_tokens_are_in_no_repr(side: OtherSide) -> None:
    assert "PRIVATE" not in repr(ClientKey("k1", pem(EC)))
