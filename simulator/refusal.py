"""How Meta says no: its codes with their titles, and the shape of an error answer and of an error in a status."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

HREF = "/documentation/business-messaging/whatsapp/support/error-codes"

# developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
TITLES = {
    0: "AuthException",
    1: "API Unknown",
    2: "API Service",
    3: "API Method",
    4: "API Too Many Calls",
    10: "Permission Denied",
    33: "Parameter value is not valid",
    100: "Invalid parameter",
    190: "Invalid OAuth access token - Cannot parse access token",
    368: "Temporarily blocked for policies violations",
    2635: "You are calling a deprecated version of the API",
    80007: "Rate limit issues",
    130403: "User is blocked",
    130429: "Rate limit hit",
    130472: "User's number is part of an experiment",
    130497: "Business account is restricted from messaging users in this country",
    131000: "Something went wrong",
    131005: "Access denied",
    131008: "Required parameter is missing",
    131009: "Parameter value is not valid",
    131016: "Service unavailable",
    131021: "Recipient cannot be sender",
    131026: "Message undeliverable",
    131030: "Recipient phone number not in allowed list",
    131031: "Business Account locked",
    131037: "Display name approval is required",
    131042: "Business eligibility payment issue",
    131045: "Incorrect certificate",
    131047: "Re-engagement message",
    131048: "Spam rate limit hit",
    131049: "This message was not delivered to maintain healthy ecosystem engagement.",
    131050: "User has stopped marketing messages",
    131051: "Unsupported message type",
    131052: "Media download error",
    131053: "Media upload error",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
    131057: "Account in maintenance mode",
    131060: "This message is currently unavailable",
    131062: "Business-scoped user IDs are not supported for this message",
    131063: "Marketing templates are disabled on Cloud API",
    131064: "Messaging limit reduced for wrongly categorised templates",
    132000: "Template Param Count Mismatch",
    132001: "Template does not exist",
    132005: "Template Hydrated Text Too Long",
    132007: "Template Format Character Policy Violated",
    132008: "Template parameter value is not valid",
    132012: "Template Parameter Format Mismatch",
    132015: "Template is Paused",
    132016: "Template is Disabled",
    132018: "Template parameters are not valid",
    132068: "Flow is blocked",
    132069: "Flow is throttled",
    133004: "Server Temporarily Unavailable",
    133010: "Phone number not registered",
    133016: "Too many registration attempts",
    135000: "Generic user error",
    137000: "Recipient identity key hash mismatch",
    139200: "Direct Send is blocked",
}

# Where nothing is said here the answer is 400. Meta's table gives no status for throttles: nobody should lean on these.
STATUSES = {
    0: 401,
    190: 401,
    1: 500,
    2: 503,
    3: 500,
    10: 403,
    368: 403,
    131000: 500,
    131005: 403,
    131016: 500,
    131031: 403,
    133004: 503,
}


@dataclass(eq=False)
class Refusal(Exception):
    """A request is not accepted. `details` is Meta's sentence in `error_data`; it names parameters, never their values."""

    code: int
    details: str = ""
    subcode: int | None = None
    user_title: str = ""
    status: int = 0

    @property
    def http_status(self) -> int:
        return self.status or STATUSES.get(self.code, 400)


def title(code: int) -> str:
    """Return Meta's title of a code."""
    return TITLES.get(code, "Something went wrong")


def error_body(refusal: Refusal) -> Json:
    """Return what Meta answers to a refused request."""
    error: Json = {"message": _message(refusal), "type": "OAuthException", "code": refusal.code}
    if refusal.subcode is not None:
        error["error_subcode"] = refusal.subcode
    if refusal.user_title:
        error |= {"error_user_title": refusal.user_title, "error_user_msg": refusal.details}
    elif refusal.code != 190:
        error["error_data"] = {"messaging_product": "whatsapp", "details": refusal.details or title(refusal.code)}
    return {"error": error | {"fbtrace_id": "A" + secrets.token_urlsafe(16)}}


def status_error(code: int, details: str = "") -> Json:
    """Return an entry of `statuses[].errors`."""
    name = title(code)
    return {"code": code, "title": name, "message": name, "error_data": {"details": details or name}, "href": HREF}


def _message(refusal: Refusal) -> str:
    if refusal.code == 190:
        return title(190)
    return f"(#{refusal.code}) {title(refusal.code)}"
