"""Meta's part at our own webhook: the handshake, a signed notification that tells nothing, and one nobody signed."""

from __future__ import annotations

import hmac
import json
import secrets

from bot.preflight import NotAsked, Post, RoundTrip, Silent
from bot.reach import Unreached, ask

EMPTY = json.dumps({"object": "whatsapp_business_account", "entry": []}).encode()


def rehearse(public_url: str, verify_token: str | None, app_secret: str | None) -> RoundTrip:
    """Go the whole way round through the address that Meta uses; what a missing setting forbids is not tried."""
    url = f"{public_url}/webhook"
    return RoundTrip(
        handshake=_handshake(url, verify_token) if verify_token else NotAsked(("WHATSAPP_VERIFY_TOKEN",)),
        signed=_post(url, app_secret) if app_secret else NotAsked(("WHATSAPP_APP_SECRET",)),
        unsigned=_post(url, None),
    )


def _handshake(url: str, verify_token: str) -> Post | Silent:
    challenge = str(secrets.randbelow(10**10))
    query = {"hub.mode": "subscribe", "hub.verify_token": verify_token, "hub.challenge": challenge}
    try:
        answer = ask("GET", url, query)
    except Unreached as fault:
        return Silent(fault.why)
    return Post(answer.status, echoed=answer.body == challenge.encode())


def _post(url: str, app_secret: str | None) -> Post | Silent:
    headers = {"Content-Type": "application/json"}
    if app_secret is not None:
        headers["X-Hub-Signature-256"] = f"sha256={hmac.digest(app_secret.encode(), EMPTY, 'sha256').hex()}"
    try:
        return Post(ask("POST", url, headers=headers, body=EMPTY).status)
    except Unreached as fault:
        return Silent(fault.why)
