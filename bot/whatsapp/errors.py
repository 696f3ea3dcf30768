"""What to do about each error code of Meta's: one table, read by the client and by whoever reads a failed status.

Source: developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes (11 September 2026);
"seen" marks a code that only public libraries document. Meta asks to build on the code, not on the HTTP status: its
table gives no status for throttles. The status decides only where there is no code we know.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.ports import Remedy, SendError

LONGEST_WAIT_S = 3600.0  # what a Retry-After may ask of us


@dataclass(frozen=True, slots=True)
class Treatment:
    """What to do about a code; `first_wait_s` is before the second try, further tries back off from there."""

    remedy: Remedy
    meaning: str
    whole_number: bool = False
    first_wait_s: float | None = None


def _retry(meaning: str, first_wait_s: float = 1.0) -> Treatment:
    return Treatment(Remedy.RETRY, meaning, first_wait_s=first_wait_s)


def _wait(meaning: str, first_wait_s: float, whole_number: bool = True) -> Treatment:
    return Treatment(Remedy.WAIT, meaning, whole_number, first_wait_s)


def _hold(meaning: str) -> Treatment:
    return Treatment(Remedy.HOLD, meaning)


def _give_up(meaning: str) -> Treatment:
    return Treatment(Remedy.GIVE_UP, meaning)


def _pause(meaning: str) -> Treatment:
    return Treatment(Remedy.PAUSE, meaning)


def _alarm(meaning: str, whole_number: bool = True) -> Treatment:
    return Treatment(Remedy.ALARM, meaning, whole_number)


BY_CODE: Mapping[int, Treatment] = {
    0: _alarm("token invalid"),
    1: _retry("unknown error"),  # can also be a bad request: the number of tries is bounded
    2: _retry("service temporarily down"),
    3: _alarm("capability or permission missing"),
    4: _wait("rate limit of the app", 60.0),
    10: _alarm("permission missing or removed"),
    # 17 and 613: developers.facebook.com/docs/graph-api/overview/rate-limiting
    17: _wait("rate limit of the token", 60.0),
    33: _alarm("phone number deleted"),
    100: _give_up("bad parameter"),
    190: _alarm("token expired"),
    368: _alarm("account restricted for a policy violation"),
    613: _wait("rate limit of the call", 60.0),
    80007: _wait("rate limit of the account", 60.0),
    130403: _give_up("we have blocked this user"),  # seen
    130429: _wait("throughput of the number reached", 1.0),
    130472: _give_up("user is part of a marketing experiment"),
    130497: _alarm("not allowed to message people in this country", whole_number=False),
    131000: _retry("something went wrong"),
    131005: _alarm("access denied"),
    131008: _give_up("required parameter missing"),
    131009: _give_up("parameter value not valid"),
    131016: _retry("service unavailable"),
    131021: _give_up("recipient is the sender"),
    131026: _give_up("undeliverable"),
    131030: _give_up("recipient not in the allow list of a test number"),  # seen
    131031: _alarm("account locked"),
    131037: _alarm("display name not approved"),
    131042: _alarm("payment method problem"),
    131044: _alarm("payment method problem for calls", whole_number=False),  # seen
    131045: _alarm("number not registered"),
    131047: _give_up("more than 24 hours since the person's last message"),
    # Whether replies inside the window fail too is not documented: each row shows for itself.
    131048: _pause("spam limit of the number"),
    131049: _give_up("marketing limit of this person"),
    131050: _give_up("person stopped marketing messages"),
    131051: _give_up("message type not supported"),
    131052: _give_up("media of the person cannot be downloaded"),
    131053: _give_up("our media cannot be uploaded"),
    131055: _give_up("only for the marketing messages API"),
    # Meta: try again after 4^X seconds; a pair earns one message each 6 s, so nothing sooner can succeed.
    131056: _wait("too many messages to this person", 6.0, whole_number=False),
    131057: _wait("maintenance of the account", 120.0),
    131060: _give_up("message unavailable"),
    131062: _give_up("user id not allowed for this message"),
    131063: _hold("marketing templates disabled on this API"),
    131064: _pause("template limit cut for wrong categories"),
    132000: _give_up("number of template parameters"),
    132001: _give_up("template or its language missing"),
    132005: _give_up("template text too long"),
    132007: _give_up("template violates a policy"),
    132008: _give_up("template parameter value"),  # seen
    132012: _give_up("template parameter format"),
    132015: _hold("template paused"),
    132016: _give_up("template disabled"),
    132018: _give_up("template parameters not valid"),
    132068: _give_up("WhatsApp Flow blocked"),
    132069: _give_up("WhatsApp Flow throttled"),
    133004: _retry("registration server temporarily unavailable"),
    133016: _wait("registered too often", LONGEST_WAIT_S),
    134011: _give_up("terms of payments not accepted"),
    135000: _give_up("parameters of the message"),
    137000: _hold("identity of the person changed"),  # seen
}

# (first, last, what to do); a code of its own above wins
RANGES: tuple[tuple[int, int, Treatment], ...] = (
    (200, 299, _alarm("permission missing")),
    (133000, 133015, _alarm("registration or PIN of the number")),
    (134100, 134102, _give_up("only for the marketing messages API")),
    (138000, 138018, _give_up("calling")),
    (139000, 139004, _give_up("WhatsApp Flow")),
    (139100, 139103, _give_up("blocking users")),
    (139200, 139200, _give_up("Direct Send blocked")),
    (2388000, 2388999, _give_up("template definition")),
)

UNKNOWN_CODE = _give_up("unknown code")


def known_treatment(code: int) -> Treatment | None:
    """Return what the table says about a code; None if Meta has told us nothing about it."""
    found = BY_CODE.get(code)
    if found is not None:
        return found
    return next((treatment for first, last, treatment in RANGES if first <= code <= last), None)


def remedy_for_code(code: int) -> Treatment:
    """Return what to do about the code of a `failed` status; an unknown one is given up, for Meta has given up."""
    return known_treatment(code) or UNKNOWN_CODE


def treatment_for_status(status: int) -> Treatment:
    """Return what to do about an answer whose code says nothing, by its HTTP status."""
    if status == 429:
        return _wait("too many requests", 1.0)
    if status in (401, 403, 404, 407):
        return _alarm("refused before Meta's own checks")
    if 400 <= status < 500 and status != 408:
        return _give_up("refused")
    return _retry("no answer we can read")


def send_error(status: int, body: bytes, headers: Mapping[str, str]) -> SendError:
    """Turn a refusal into a SendError; nothing of the body but numbers goes into it."""
    answer = _error_of(body)
    code = _code_of(answer)
    treatment = None if code is None else known_treatment(code)
    if treatment is None:
        treatment = _retry("transient") if answer.get("is_transient") is True else treatment_for_status(status)
    return SendError(
        remedy=treatment.remedy,
        code=code or 0,
        unknown=_may_have_been_sent(status, treatment),
        whole_number=treatment.whole_number,
        wait_s=_wait_s(treatment, headers),
        fault=f"HTTP {status}, code {'none' if code is None else code}: {treatment.meaning}",
    )


def _may_have_been_sent(status: int, treatment: Treatment) -> bool:
    """A 5xx may come from a gateway behind which the message went out; a refusal that names its reason did not send."""
    return treatment.remedy is Remedy.RETRY and (status >= 500 or status == 408 or status < 300)


def _error_of(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    error = answer.get("error") if isinstance(answer, dict) else None
    return error if isinstance(error, dict) else {}


def _code_of(error: dict[str, Any]) -> int | None:
    code = error.get("code")
    if isinstance(code, bool) or not isinstance(code, int) or not 0 <= code < 10**8:
        return None
    # Graph's own way of saying that the number in the path is gone or not ours:
    # "Unsupported post request. Object with ID ... does not exist" is code 100, subcode 33.
    return 33 if code == 100 and error.get("error_subcode") == 33 else code


def _wait_s(treatment: Treatment, headers: Mapping[str, str]) -> float | None:
    if treatment.remedy not in (Remedy.RETRY, Remedy.WAIT):
        return None
    asked = headers.get("Retry-After", "")
    if asked.isascii() and asked.isdigit():
        return min(float(asked), LONGEST_WAIT_S)
    return treatment.first_wait_s
