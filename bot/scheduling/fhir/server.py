"""One FHIR server over HTTP: what its answers mean, whichever vendor's it is. Nothing here knows what an appointment is."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import Any, Literal, Protocol
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter

from bot.agenda import CalendarUnavailable, NotThere, SlotTaken
from bot.reach import read_whole

CONNECT_S, READ_S, WHOLE_S = 3.0, 5.0, 8.0
CONNECTIONS = 64  # as many as the worker has threads, unless it was given more
LONGEST = 5 * 1024 * 1024
MOST, PAGES, SEARCH_S = (
    10_000,
    100,
    15.0,
)  # matches, pages and seconds of one search; some give 20 a page, whatever is asked
PATIENCE_S = 1.0  # so long a Retry-After is waited for, once
CONFLICTS = (409, 412, 422, 423)  # Oracle, Medplum, HAPI and others say the same thing with each of these
BUSY = (429, 503)
TOO_MANY = "too_many"
TAKEN = {"conflict", "business-rule", "duplicate", "not-found", "deleted", "lock-error", "invalid"}  # R4, issue-type
JSON = "application/fhir+json"
PATCH = "application/json-patch+json"

Resource = Mapping[str, Any]


class Credentials(Protocol):
    """Who gives the token."""

    def token(self) -> str:
        """Return one that holds. Raise CalendarUnavailable."""
        ...

    def forget(self, token: str) -> None:
        """Drop one that was refused."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """An answer: the resource, None where the body was empty, its version as the server spells it (opaque), and its clock."""

    resource: Resource | None = field(repr=False)
    etag: str | None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class FhirServer:
    """Read, search, create and patch. Every method raises CalendarUnavailable, NotThere or SlotTaken (a conflict)."""

    def __init__(self, base_url: str, credentials: Credentials | None = None) -> None:
        self._base = base_url.rstrip("/") + "/"
        self._credentials = credentials
        self._session = requests.Session()
        self._session.trust_env = False  # a .netrc must not change who we are
        adapter = HTTPAdapter(pool_maxsize=CONNECTIONS)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def read(self, path: str) -> Told:
        """Return one resource."""
        return self._told(self._asked("GET", self._base + path), "read")

    def search(self, kind: str, query: Sequence[tuple[str, str]], path: str | None = None) -> Iterator[Resource]:
        """Yield every match of every page; a page on another host is not followed. `path`: where, if not at the kind itself.

        What is more than can be looked at in time is CalendarUnavailable for TOO_MANY: ask for less.
        """
        url: str | None = self._base + (path or kind)
        seen: set[str] = set()
        count = 0
        until = time.monotonic() + SEARCH_S
        while url is not None:
            if url in seen:
                raise CalendarUnavailable("pages_in_a_circle")
            if count >= MOST or len(seen) >= PAGES or time.monotonic() > until:
                raise CalendarUnavailable(TOO_MANY)
            seen.add(url)
            bundle = self._told(self._asked("GET", url, query), "read").resource or {}
            if bundle.get("resourceType") != "Bundle":
                raise CalendarUnavailable("not_a_bundle")
            for one in _entries(bundle, kind):
                count += 1
                yield one
            url, query = self._next(bundle, url), ()

    def create(self, kind: str, resource: Resource, none_exist: str | None = None) -> Told:
        """Create a resource; `none_exist` is a query: where something matches it, nothing is created (where honoured)."""
        headers = {"If-None-Exist": none_exist} if none_exist else {}
        return self._told(self._asked("POST", self._base + kind, body=resource, headers=headers), "change")

    def patch(
        self,
        path: str,
        changes: Mapping[str, object],
        etag: str | None,
        new: Mapping[str, object] = MappingProxyType({}),
    ) -> Told:
        """Replace values, only if the resource still has this version (JSON Patch).

        `new` are values that need not be there yet: some servers take nothing but `replace`.
        """
        operations = [{"op": "replace", "path": f"/{name}", "value": value} for name, value in changes.items()]
        operations += [{"op": "add", "path": f"/{name}", "value": value} for name, value in new.items()]
        headers = {"Content-Type": PATCH} | ({"If-Match": etag} if etag else {})
        return self._told(self._asked("PATCH", self._base + path, body=operations, headers=headers), "change")

    def operate(self, path: str, parameters: Resource) -> tuple[Resource, ...]:
        """Have an operation done, and return what it gave.

        What was refused because it is taken is SlotTaken, whether it says so by its status or by an OperationOutcome in a
        200 (IHE ITI-117: "HTTP 200 is no proof").
        """
        answer = self._asked("POST", self._base + path, body=parameters, is_operation=True)
        told = self._told(answer, "operation")
        resource = told.resource or {}
        if resource.get("resourceType") not in ("Bundle", "Parameters"):
            return (resource,)
        listed = resource.get("entry") or resource.get("parameter")
        found = [one.get("resource") for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
        given = tuple(one for one in found if isinstance(one, Mapping))
        for outcome in given:
            if outcome.get("resourceType") == "OperationOutcome" and _is_error(outcome):
                raise _refusal(outcome)
        return given

    # ----------------------------------------------------------------------------------------------------- one request

    def _asked(
        self,
        method: str,
        url: str,
        query: Sequence[tuple[str, str]] = (),
        body: object = None,
        headers: Mapping[str, str] | None = None,
        is_operation: bool = False,
    ) -> _Answer:
        """Ask; once more with a new token after a 401, and after a short Retry-After."""
        told = {"Accept": JSON, "Prefer": "return=representation, handling=strict", **_content(body), **(headers or {})}
        answer = self._once(method, url, query, body, told)
        if answer.status == 401 and self._credentials is not None:
            answer = self._once(method, url, query, body, told, again=True)
        if answer.status in BUSY and (wait_s := _retry_after(answer)) is not None and wait_s <= PATIENCE_S:
            time.sleep(wait_s)
            answer = self._once(method, url, query, body, told)
        self._judge(method, answer, is_operation)
        return answer

    def _once(
        self,
        method: str,
        url: str,
        query: Sequence[tuple[str, str]],
        body: object,
        headers: Mapping[str, str],
        again: bool = False,
    ) -> _Answer:
        authorized = {**headers, **self._authorization(again)}
        raw = None if body is None else json.dumps(body).encode()
        answer = self._send(method, url, query, raw, authorized)
        if isinstance(answer, str):
            # Raised out here, so that no library's error, which holds the URL, hangs on it as its context.
            raise CalendarUnavailable(answer, unknown=method != "GET" and answer != "no_connection")
        return answer

    def _authorization(self, again: bool) -> Mapping[str, str]:
        if self._credentials is None:
            return {}
        token = self._credentials.token()
        if again:
            self._credentials.forget(token)
            token = self._credentials.token()
        return {"Authorization": f"Bearer {token}"}

    def _send(
        self, method: str, url: str, query: Sequence[tuple[str, str]], body: bytes | None, headers: Mapping[str, str]
    ) -> _Answer | str:
        """Return the answer, or the word for why there is none."""
        until = time.monotonic() + WHOLE_S
        try:
            with self._session.request(
                method, url, params=list(query), data=body, headers=dict(headers),
                timeout=(CONNECT_S, READ_S), allow_redirects=False, stream=True,
            ) as response:  # fmt: skip
                content = read_whole(response, until, LONGEST)
                told = {name.lower(): value for name, value in response.headers.items()}
                return _Answer(response.status_code, told, content)
        except requests.exceptions.ConnectTimeout:
            return "no_connection"
        except (requests.Timeout, TimeoutError):
            return "late"
        except requests.exceptions.SSLError:
            return "no_connection"
        except requests.ConnectionError as fault:
            return "no_connection" if "NewConnectionError" in repr(fault) else "broken_off"
        except (requests.RequestException, OSError, ValueError):
            return "broken_off"

    # -------------------------------------------------------------------------------------------------- what it means

    def _judge(self, method: str, answer: _Answer, is_operation: bool) -> None:
        status = answer.status
        if status in CONFLICTS or (status == 400 and (method == "PATCH" or is_operation)):
            raise SlotTaken
        if status in (404, 410):
            raise NotThere
        if status in (401, 403):
            raise CalendarUnavailable("refused")
        if status in BUSY:
            raise CalendarUnavailable("busy", retry_after_s=_retry_after(answer))
        if status >= 500:
            raise CalendarUnavailable("broken", unknown=method != "GET")
        if not 200 <= status < 300:
            raise CalendarUnavailable("rejected")

    def _told(self, answer: _Answer, what: Literal["read", "change", "operation"]) -> Told:
        """Read the resource; an OperationOutcome that tells of an error is a failure, whatever the status."""
        etag = answer.headers.get("etag")
        if not answer.body.strip():
            return Told(None, etag)
        try:
            resource = json.loads(answer.body, object_hook=self._here)
        except (ValueError, RecursionError):
            resource = None
        if not isinstance(resource, dict):
            raise CalendarUnavailable("malformed", unknown=what != "read")
        if resource.get("resourceType") == "OperationOutcome":
            if _is_error(resource):
                outcome = CalendarUnavailable("outcome", unknown=what != "read")
                raise _refusal(resource) if what == "operation" else outcome
            return Told(None, etag)
        version = (resource.get("meta") or {}).get("versionId") if isinstance(resource.get("meta"), dict) else None
        return Told(resource, etag or (f'W/"{version}"' if version else None), answer.headers.get("date"))

    def _here(self, told: dict[str, Any]) -> dict[str, Any]:
        """Take the address of this server off a reference; one to any other stays whole, and is nobody's here."""
        named = told.get("reference")
        if isinstance(named, str) and named.startswith(self._base):
            told["reference"] = named.removeprefix(self._base)
        return told

    def _next(self, bundle: Resource, here: str) -> str | None:
        links = bundle.get("link")
        for link in links if isinstance(links, list) else []:
            if isinstance(link, dict) and link.get("relation") == "next" and isinstance(link.get("url"), str):
                url = urljoin(here, str(link["url"]))
                if _origin(url) != _origin(self._base):
                    raise CalendarUnavailable("foreign_link")  # the token is for this host alone
                return url
        return None


def _entries(bundle: Resource, kind: str) -> Iterator[Resource]:
    """Yield the matches; an OperationOutcome of an error among them is a failure of the whole."""
    entries = bundle.get("entry")
    for entry in entries if isinstance(entries, list) else []:
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict):
            continue
        if resource.get("resourceType") == "OperationOutcome" and _is_error(resource):
            raise CalendarUnavailable("outcome")
        if resource.get("resourceType") == kind:
            yield resource


def _is_error(outcome: Resource) -> bool:
    issues = outcome.get("issue")
    graves = (
        issue.get("severity") for issue in (issues if isinstance(issues, list) else []) if isinstance(issue, dict)
    )
    return any(grave in ("error", "fatal") for grave in graves)


def _refusal(outcome: Resource) -> SlotTaken | CalendarUnavailable:
    """Tell "somebody was faster" from "it cannot be done now", by the codes of an operation's outcome."""
    issues = outcome.get("issue")
    codes = {one.get("code") for one in issues if isinstance(one, Mapping)} if isinstance(issues, list) else set()
    return SlotTaken() if codes & TAKEN else CalendarUnavailable("outcome", unknown=True)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _content(body: object) -> Mapping[str, str]:
    return {} if body is None else {"Content-Type": JSON}


def _retry_after(answer: _Answer) -> float | None:
    """Return for how many seconds the server asks to be left alone: told as a number, or as a date, then by its own clock."""
    told = answer.headers.get("retry-after", "")
    if re.fullmatch(r"[0-9]{1,9}", told):
        return float(told)
    then = _date(told)
    now = _date(answer.headers.get("date", "")) or datetime.now(UTC)
    return None if then is None else max(0.0, (then - now).total_seconds())


def _date(told: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(told)
    except ValueError:
        return None
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)
