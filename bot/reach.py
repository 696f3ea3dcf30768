"""Ask one URL, bounded in time and size; an error never shows an address, a header or a body."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import requests

CONNECT_S, READ_S, WHOLE_S = 4.0, 8.0, 15.0
LONGEST = 1024 * 1024
PIECE = 16 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; the names of headers are in lower case. `took_s`: from asking to the first byte."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    took_s: float


class Unreached(Exception):
    """Nothing that can be used came back; `why` goes on a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def ask(
    method: str,
    url: str,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    within_s: float = WHOLE_S,
    longest: int = LONGEST,
) -> Answer:
    """Ask, follow no redirect, and return the answer whatever its status. Raise Unreached."""
    answer = _ask(method, url, query or {}, headers or {}, body, within_s, longest)
    if isinstance(answer, str):
        # Raised out here, so that no library's error, which holds the URL, hangs on it as its context.
        raise Unreached(answer)
    return answer


def _ask(
    method: str,
    url: str,
    query: Mapping[str, str],
    headers: Mapping[str, str],
    body: bytes | None,
    within_s: float,
    longest: int,
) -> Answer | str:
    begun = time.monotonic()
    try:
        with requests.request(
            method,
            url,
            params=dict(query),
            headers={"User-Agent": "sportello", "Accept-Encoding": "identity", **headers},
            data=body,
            timeout=(min(CONNECT_S, within_s), min(READ_S, within_s)),
            allow_redirects=False,
            stream=True,
        ) as response:
            took_s = time.monotonic() - begun
            content = read_whole(response, begun + within_s, longest)
            told = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, told, content, took_s)
    except (requests.RequestException, OSError, ValueError) as fault:
        return _why(fault)


def read_whole(response: requests.Response, until: float, longest: int = LONGEST) -> bytes:
    """Read a streamed body within a time (`until`, on the monotonic clock) and a size. Raise TimeoutError, ValueError."""
    content = bytearray()
    for piece in response.iter_content(PIECE):
        content += piece
        if len(content) > longest:
            raise ValueError("too long")
        if time.monotonic() > until:
            raise TimeoutError
    return bytes(content)


def _why(fault: Exception) -> str:
    match fault:
        case requests.exceptions.SSLError():
            return "its certificate is not accepted"
        case requests.Timeout() | TimeoutError():
            return "no answer in time"
        case requests.ConnectionError() if "NameResolution" in repr(fault) or "getaddrinfo" in repr(fault):
            return "its name leads nowhere (DNS)"
        case requests.ConnectionError():
            return "no connection"
        case _:
            return f"no answer that can be read ({type(fault).__name__})"
