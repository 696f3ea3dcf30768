"""The Cloud API over HTTP: one message out, one answer or one SendError back. Never a token, a number or a word in an error or a log.

requests' adapter is used without its Session: a Session reads proxies and netrc from the environment, follows redirects
and keeps cookies at every call, none of which may happen here, and it reads the body of a redirect without bound.
Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
"""

from __future__ import annotations

import hmac
import http.client
import io
import json
import logging
import socket
import threading
from time import monotonic
from typing import Any
from urllib.parse import quote
from uuid import UUID

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from bot.model import Contact, Reply
from bot.ports import Accepted, Remedy, SendError
from bot.whatsapp.errors import remedy_for_code, send_error
from bot.whatsapp.payloads import Json, PayloadError, payload, read_payload
from bot.whatsapp.picking import identifier, list_of, object_of, word

CONNECT_S = 2.0
TIMEOUT_S = 5.0
LONGEST_ANSWER = 64 * 1024  # Meta's are below 1 KB
CONNECTIONS = 32  # the threads that may send at once
HELD = frozenset({"held_for_quality_assessment", "paused"})  # message_status of a template Meta keeps back

# Their DEBUG lines carry the whole URL, and with it the proof of the secret.
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


class CloudApi:
    """One WhatsApp number of the Cloud API; fills `bot.ports.Messenger`. Any number of threads may share it."""

    def __init__(
        self,
        base_url: str,
        version: str,
        phone_number_id: str,
        access_token: str,
        app_secret: str,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        """Prepare everything that stays the same. `timeout_s` is for a whole call, connecting included, to the last byte.

        Two things Python cannot bound: looking up the name takes as long as the system's resolver, and each address
        the name has is tried for CONNECT_S.
        """
        self._timeout_s = timeout_s
        self._adapter = _Adapter(pool_connections=1, pool_maxsize=CONNECTIONS)
        self._template = _prepared(base_url, version, phone_number_id, access_token, app_secret)
        self._proxies = get_environ_proxies(base_url)  # HTTPS_PROXY and its kin, read once

    def send(self, to: Contact, reply: Reply, outbox_id: UUID) -> Accepted:
        """Send one message. Raise SendError; a reply over a limit is given up without a call."""
        try:
            body = payload(to, reply, outbox_id)
        except PayloadError as error:
            raise SendError(Remedy.GIVE_UP, 0, fault=f"payload: {error}") from None
        return _accepted(self._post(body), to)

    def refusal(self, code: int) -> SendError:
        """Return what a code asks for that came later, in a `failed` status."""
        treatment = remedy_for_code(code)
        return SendError(
            treatment.remedy,
            code,
            whole_number=treatment.whole_number,
            wait_s=treatment.first_wait_s,
            fault=treatment.meaning,
        )

    def mark_read(self, message_id: str, typing: bool) -> None:
        """Show that a message was read and, if `typing`, that an answer is being written; a failure changes nothing."""
        try:
            self._post(read_payload(message_id, typing))
        except SendError:
            return

    def close(self) -> None:
        """Give the connections back."""
        self._adapter.close()

    def _post(self, body: Json) -> bytes:
        request = self._template.copy()
        request.prepare_body(json.dumps(body, separators=(",", ":")).encode(), None)
        answer = self._exchange(request)
        if isinstance(answer, SendError):
            # Raised out here, so that no library's error, which holds the URL, hangs on it as its context.
            raise answer
        return answer

    def _exchange(self, request: requests.PreparedRequest) -> bytes | SendError:
        """Return the body of a 2xx, or what went wrong."""
        _call.begin(self._timeout_s)
        try:
            with self._adapter.send(
                request, stream=True, timeout=(min(CONNECT_S, self._timeout_s), self._timeout_s), proxies=self._proxies
            ) as response:
                answer = response.raw.read(LONGEST_ANSWER + 1)
                if 200 <= response.status_code < 300:
                    return bytes(answer)
                return send_error(response.status_code, answer, response.headers)
        except (requests.RequestException, urllib3.exceptions.HTTPError, http.client.HTTPException, OSError) as error:
            return _lost(error)


def _prepared(
    base_url: str, version: str, phone_number_id: str, access_token: str, app_secret: str
) -> requests.PreparedRequest:
    """Prepare the request that every call copies. Raise ValueError, without it, if the token cannot stand in a header.

    appsecret_proof: developers.facebook.com/docs/graph-api/guides/secure-requests
    """
    if not (access_token.isascii() and access_token.isprintable() and access_token == access_token.strip()):
        raise ValueError("the access token holds characters that no token has")
    proof = hmac.digest(app_secret.encode(), access_token.encode(), "sha256").hex()
    return requests.Request(
        "POST",
        f"{base_url.rstrip('/')}/{quote(version, safe='')}/{quote(phone_number_id, safe='')}/messages",
        params={"appsecret_proof": proof},
        headers={
            "Authorization": f"Bearer {access_token}",
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "sportello",
        },
    ).prepare()


def _accepted(answer: bytes, to: Contact) -> Accepted:
    """Read Meta's 200. Raise SendError if it does not name the message: it may have been sent."""
    try:
        body = object_of(json.loads(answer))
    except (ValueError, RecursionError):
        body = {}
    message = object_of(next(iter(list_of(body.get("messages"))), None))
    message_id = identifier(message.get("id"))
    if message_id is None:
        raise SendError(Remedy.RETRY, 0, unknown=True, fault="accepted, but the answer names no message")
    spelt = object_of(next(iter(list_of(body.get("contacts"))), None))
    return Accepted(
        message_id,
        Contact(
            identifier(spelt.get("user_id")) or to.user_id,
            identifier(spelt.get("wa_id")) or to.wa_id,
            to.profile_name,
            to.username,
            to.parent_user_id,
        ),
        held=word(message.get("message_status")) in HELD,
    )


def _lost(error: Exception) -> SendError:
    """Say what a failure without an answer means; only its class is told, its text holds the URL."""
    if _call.connecting:
        return SendError(Remedy.RETRY, 0, wait_s=1.0, fault=f"not connected: {type(error).__name__}")
    return SendError(Remedy.RETRY, 0, unknown=True, fault=f"connected, no answer: {type(error).__name__}")


# -------------------------------------------------------------------------------------------------------------- deadline


class _Call(threading.local):
    """The call this thread is making: until when it may take, and whether it is still connecting.

    A connection belongs to one thread while it is used, but only the thread knows the call: hence not on the connection.
    """

    until = 0.0
    connecting = False

    def begin(self, timeout_s: float) -> None:
        self.until = monotonic() + timeout_s
        self.connecting = False

    def left(self) -> float:
        """Return the seconds left. Raise TimeoutError if there are none."""
        left = self.until - monotonic()
        if left <= 0:
            raise TimeoutError("the call's time is up")
        return left


_call = _Call()


class _DeadlineSocket(io.RawIOBase):
    """What a socket sends us, until the call's time is up: requests' own timeout starts again with every byte."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(_call.left())
        return self._sock.recv_into(buffer)


class _Response(http.client.HTTPResponse):
    """An answer read through a _DeadlineSocket, headers and all."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        plain = self.fp
        self.fp = io.BufferedReader(_DeadlineSocket(sock))
        plain.close()


class _Connection(HTTPConnection):
    """A connection that says when it has not been made yet."""

    response_class = _Response

    def connect(self) -> None:
        _call.connecting = True
        super().connect()
        _call.connecting = False


class _SecureConnection(HTTPSConnection):
    """The same over TLS."""

    response_class = _Response

    def connect(self) -> None:
        _call.connecting = True
        super().connect()
        _call.connecting = False


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _Adapter(HTTPAdapter):
    """requests' adapter, on connections that keep the deadline. It never tries again by itself."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
        return manager

    def close(self) -> None:
        """Close the connections now: urllib3 forgets its pools and leaves closing to the garbage collector."""
        for manager in (self.poolmanager, *self.proxy_manager.values()):
            for key in manager.pools.keys():
                if (pool := manager.pools.get(key)) is not None:
                    pool.close()
        super().close()
