"""Files people sent, fetched from Meta: its id becomes an address that lives five minutes, the address the bytes; both are checked.

The token goes to Meta's own hosts only: whatever address an answer names, it is compared before anything is sent there.
Source: developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import logging
from time import monotonic
from typing import Any
from urllib.parse import quote, urlsplit

import requests
import urllib3

from bot.model import Media
from bot.ports import MediaError

LARGEST = 16 * 1024 * 1024  # what we keep; Meta allows 100 MB for a document
LONGEST_ANSWER = 64 * 1024
CONNECT_S, READ_S = 3.0, 10.0
WHOLE_S = 45.0  # less than the lease of a file
PIECE = 64 * 1024
META_HOST = "lookaside.fbsbx.com"
TYPES = {
    "image/jpeg",
    "image/png",
    "image/webp",
    "video/mp4",
    "video/3gpp",
    "audio/aac",
    "audio/mp4",
    "audio/mpeg",
    "audio/amr",
    "audio/ogg",
    "audio/opus",
    "application/pdf",
    "text/plain",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

# Their DEBUG lines carry the whole URL, and with it the proof of the secret.
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


class CloudMedia:
    """The files of one WhatsApp number; fills `bot.ports.MediaSource`. Any number of threads may share it."""

    def __init__(self, base_url: str, version: str, phone_number_id: str, access_token: str, app_secret: str) -> None:
        self._base = f"{base_url.rstrip('/')}/{quote(version, safe='')}"
        self._number = phone_number_id
        self._token = access_token
        self._proof = hmac.digest(app_secret.encode(), access_token.encode(), "sha256").hex()
        self._hosts = {("https", META_HOST), urlsplit(base_url)[:2]}

    def fetch(self, media: Media) -> tuple[bytes, str]:
        """Return the content and its bare type. Raise MediaError."""
        told = self._described(media)
        mime, size = _bare(told.get("mime_type")), told.get("file_size")
        if mime not in TYPES:
            raise MediaError("kind")
        if not isinstance(size, int) or not 0 < size <= LARGEST:
            raise MediaError("size")
        content = self._content(str(told.get("url")), size)
        _check_sum(content, media.sha256, told.get("sha256"))
        return content, mime

    def _described(self, media: Media) -> dict[str, Any]:
        address = f"{self._base}/{quote(media.id, safe='')}"
        params = {"phone_number_id": self._number, "appsecret_proof": self._proof}
        told = _parsed(_get(address, self._token, params, LONGEST_ANSWER))
        if not isinstance(told, dict):
            raise MediaError("answer")
        return told

    def _content(self, address: str, size: int) -> bytes:
        if _host(address) not in self._hosts:
            raise MediaError("address")
        content = _get(address, self._token, {}, size)
        if len(content) != size:
            raise MediaError("size")
        return content


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _host(address: str) -> tuple[str, str] | None:
    try:
        return urlsplit(address)[:2]
    except ValueError:
        return None


def _get(address: str, token: str, params: dict[str, str], most: int) -> bytes:
    """Return a body of at most so many bytes. Raise MediaError without the address in it or behind it."""
    found = _exchange(address, token, params, most)
    if isinstance(found, MediaError):
        raise found  # out here, so that no library's error, which holds the address, hangs on it
    return found


def _exchange(address: str, token: str, params: dict[str, str], most: int) -> bytes | MediaError:
    """Ask; no redirect is followed, nothing is read of the environment."""
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity", "User-Agent": "sportello"}
    options: dict[str, Any] = {"timeout": (CONNECT_S, READ_S), "stream": True, "allow_redirects": False}
    try:
        with requests.Session() as session:
            session.trust_env = False
            with session.get(address, params=params, headers=headers, **options) as answer:
                if answer.status_code != 200:
                    return MediaError("refused", passing=answer.status_code == 429 or answer.status_code >= 500)
                return _read(answer, most)
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError):
        return MediaError("away", passing=True)


def _read(answer: requests.Response, most: int) -> bytes | MediaError:
    content, until = bytearray(), monotonic() + WHOLE_S
    for piece in answer.iter_content(PIECE):
        content += piece
        if len(content) > most:
            return MediaError("size")
        if monotonic() > until:
            return MediaError("slow", passing=True)
    return bytes(content)


def _bare(mime: object) -> str:
    """Return a type without its parameters ("audio/ogg; codecs=opus")."""
    return str(mime).partition(";")[0].strip().lower()


def _check_sum(content: bytes, *sums: object) -> None:
    """Compare with each SHA-256 that is named, in base64 or in hex. Raise MediaError."""
    found = hashlib.sha256(content).digest()
    for named in sums:
        if named is not None and not hmac.compare_digest(found, _digest(str(named))):
            raise MediaError("sum", passing=True)


def _digest(named: str) -> bytes:
    try:
        return bytes.fromhex(named) if len(named) == 64 else base64.b64decode(named + "=" * (-len(named) % 4))
    except (ValueError, binascii.Error):
        return b""
