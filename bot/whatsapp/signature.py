"""Whether a webhook was signed with the app's secret: the only door check, with no switch to turn it off."""

from __future__ import annotations

import hmac

PREFIX = "sha256="


def is_signed(raw: bytes, header: str | None, secret: bytes) -> bool:
    """Say whether `header` (X-Hub-Signature-256) signs exactly these bytes.

    The bytes must be as received: Meta escapes unicode, so JSON written again has another signature. An empty secret
    signs nothing: anybody could compute it.
    """
    if not secret or header is None or not header.startswith(PREFIX):
        return False
    wanted = hmac.digest(secret, raw, "sha256").hex().encode()
    given = header[len(PREFIX) :].strip().lower().encode("utf-8", "replace")
    return hmac.compare_digest(wanted, given)
