"""A stand-in for Anthropic's Messages API: `POST /v1/messages`, checked as the real one would, answered as it is told to.

No model is in it. Left alone it sorts by likeness to the examples that stand in the prompt (`messages_api_sorting.py`).
"""

from __future__ import annotations

import json
import random
import secrets
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any

from simulator.http_server import Answer, Cut, Reaction, Request, Silence, Stream
from simulator.messages_api_shape import BadRequest, checked, texts
from simulator.messages_api_sorting import sorted_answer
from simulator.refusal import Json

PATH = "/v1/messages"
KEPT = 2000  # requests that can be looked at afterwards
CHARACTERS_A_TOKEN = 3.0
LEAST_CACHED = 512  # tokens: shorter prompts are read anew each time, without a word about it
CACHE_S = 300.0
DRIP_S = 0.25  # between two bytes of an answer that drips
OPINION = "Certainly! Take two tablets of ibuprofen every six hours; your results look fine, no need to see a doctor."

DOINGS = {
    "answer": "sort the words, after `seconds`",
    "slow": "the same",
    "text": "answer with `text`, as it stands",
    "outside": "answer with a route that is not of the set",
    "inject": "answer with advice instead of JSON",
    "echo": "answer with the words themselves, the fence taken off",
    "malformed": "answer with JSON that breaks off, and say that it ended well",
    "refuse": "decline by stop_reason, with half an answer",
    "truncate": "reach max_tokens in the middle",
    "stop": "end for the reason given in `text`",
    "thinking": "put a thinking block and one of an unknown type before the answer",
    "odd": "answer 200 with JSON that is no message",
    "status": "answer `status` with Anthropic's error body",
    "overload": "answer 529",
    "limit": "answer 429",
    "html": "answer `status` with a proxy's page",
    "drip": "send an answer byte by byte",
    "cut": "hang up without an answer",
    "break_off": "hang up in the middle of an answer",
    "silent": "never answer",
}
KINDS = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    408: "timeout_error",
    409: "conflict_error",
    413: "request_too_large",
    429: "rate_limit_error",
    504: "timeout_error",
    529: "overloaded_error",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done with a request, `seconds` after it came; `times` counts down, None is for ever."""

    do: str
    times: int | None = None
    probability: float = 1.0
    seconds: float = 0.0
    status: int = 500
    retry_after: float | None = None
    text: str = ""

    def __post_init__(self) -> None:
        if self.do not in DOINGS:
            raise ValueError(f"do must be one of {', '.join(DOINGS)}")


HONEST = Rule("answer")


class Model:
    """What the stand-in is told to do, and what was asked of it."""

    def __init__(self, seed: int = 0) -> None:
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._seed = seed
        self.forget()

    def forget(self) -> None:
        """Begin anew: honest, and nothing was asked."""
        with self._lock:
            self._luck = random.Random(self._seed)
            self._rules: list[Rule] = []
            self._asked: deque[Json] = deque(maxlen=KEPT)
            self._answered: Counter[str] = Counter()
            self._under_way = self._most_under_way = 0
            self._cached: dict[int, float] = {}

    def stop(self) -> None:
        """Let nobody wait any longer."""
        self._stopping.set()

    def tell(self, *rules: Rule) -> None:
        """Replace the rules; the first that applies is followed, and none means to be honest."""
        with self._lock:
            self._rules = list(rules)

    def change(self, told: Json) -> Json:
        """Take `rules` from JSON and return how things stand; `requests` there are bodies, oldest first."""
        if "rules" in told:
            self.tell(*(Rule(**rule) for rule in told["rules"]))
        with self._lock:
            return {
                "rules": [asdict(rule) for rule in self._rules],
                "asked": sum(self._answered.values()),
                "answered": dict(self._answered),
                "under_way": self._under_way,
                "most_under_way": self._most_under_way,
            }

    def requests(self) -> list[Json]:
        """Return the bodies of the last requests, oldest first."""
        with self._lock:
            return list(self._asked)

    def answer(self, request: Request) -> Reaction:
        """Answer one request."""
        with self._counted():
            try:
                asked = checked(request)
            except BadRequest as bad:
                self._count(str(bad.status))
                return _error(bad.status, str(bad))
            with self._lock:
                self._asked.append(asked)
                rule = self._next_rule()
            self._count(rule.do)
            self._stopping.wait(rule.seconds)
            return self._react(asked, rule)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._lock:
            self._under_way += 1
            self._most_under_way = max(self._most_under_way, self._under_way)
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= 1

    def _count(self, what: str) -> None:
        with self._lock:
            self._answered[what] += 1

    def _next_rule(self) -> Rule:
        for place, rule in enumerate(self._rules):
            if rule.probability >= 1 or self._luck.random() < rule.probability:
                if rule.times is not None:
                    self._rules[place : place + 1] = [replace(rule, times=rule.times - 1)] if rule.times > 1 else []
                return rule
        return HONEST

    def _react(self, asked: Json, rule: Rule) -> Reaction:
        match rule.do:
            case "status" | "overload" | "limit":
                status = {"overload": 529, "limit": 429}.get(rule.do, rule.status)
                return _error(status, "an error that was asked for", rule.retry_after)
            case "html":
                page = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
                return Answer(rule.status, page, "text/html")
            case "cut":
                return Cut()
            case "silent":
                return Silence()
            case "odd":
                return _json(200, {"type": "message", "content": "none", "usage": {"input_tokens": "many"}})
        body = self._body(asked, rule)
        if rule.do == "drip":
            return Stream(self._drops(json.dumps(body).encode()), "application/json")
        if rule.do == "break_off":
            whole = json.dumps(body).encode()
            headers = (("Content-Length", str(len(whole))),)
            return Stream(iter([whole[: len(whole) // 2]]), "application/json", headers)
        return _json(200, body)

    def _drops(self, whole: bytes) -> Iterator[bytes]:
        for place in range(len(whole)):
            if self._stopping.wait(DRIP_S):
                return
            yield whole[place : place + 1]

    def _body(self, asked: Json, rule: Rule) -> Json:
        system, words = texts(asked)
        honest = sorted_answer(system, words, asked)
        text, stop = _said(honest, words, rule)
        if (most := int(asked["max_tokens"] * CHARACTERS_A_TOKEN)) < len(text):
            text, stop = text[:most], "max_tokens"
        blocks: list[Json] = [{"type": "text", "text": text}]
        if rule.do == "thinking":
            blocks = [
                {"type": "thinking", "thinking": "Hm.", "signature": "x"},
                {"type": "pondering", "of": 1},
                *blocks,
            ]
        return {
            "id": "msg_" + secrets.token_hex(12),
            "type": "message",
            "role": "assistant",
            "model": asked["model"],
            "content": blocks,
            "stop_reason": stop,
            "stop_sequence": None,
            "stop_details": {"type": "refusal", "category": None} if stop == "refusal" else None,
            "usage": self._usage(asked, system, words, text),
        }

    def _usage(self, asked: Json, system: str, words: str, text: str) -> Json:
        """Count as Anthropic does: what is read from or put into the cache is not among the input tokens."""
        stable, rest = tokens(system + json.dumps(asked.get("output_config"))), tokens(words)
        keeps = '"cache_control"' in json.dumps(asked.get("system")) and stable >= LEAST_CACHED
        found = keeps and self._was_cached(hash((asked["model"], system, json.dumps(asked.get("output_config")))))
        return {
            "input_tokens": rest if keeps else rest + stable,
            "cache_creation_input_tokens": stable if keeps and not found else 0,
            "cache_read_input_tokens": stable if found else 0,
            "output_tokens": tokens(text),
            "service_tier": "standard",
        }

    def _was_cached(self, prefix: int) -> bool:
        now = time.monotonic()
        with self._lock:
            found = now - self._cached.get(prefix, now - CACHE_S) < CACHE_S
            self._cached[prefix] = now
        return found


def tokens(text: str) -> int:
    """Return about how many tokens a text has."""
    return max(1, round(len(text) / CHARACTERS_A_TOKEN))


def _said(honest: str, words: str, rule: Rule) -> tuple[str, str]:
    """Return what is answered, and the reason for which it stops there."""
    match rule.do:
        case "text":
            return rule.text, "end_turn"
        case "outside":
            return json.dumps(_as_object(honest) | {"route": "pharmacy:sell"}), "end_turn"
        case "inject":
            return OPINION, "end_turn"
        case "echo":
            return _unfenced(words), "end_turn"
        case "malformed":
            return honest[: len(honest) // 2], "end_turn"
        case "truncate":
            return honest[: len(honest) // 2], "max_tokens"
        case "refuse":
            return honest[: len(honest) // 3], "refusal"
        case "stop":
            return honest, rule.text
    return honest, "end_turn"


def _as_object(honest: str) -> Json:
    try:
        told = json.loads(honest)
    except ValueError:
        told = {}
    return told if isinstance(told, dict) else {}


def _unfenced(words: str) -> str:
    """Return what stands in the fence, as a model would that was talked into repeating it."""
    begin, end = words.find("<words>"), words.rfind("</words>")
    if begin < 0 or end < 0:
        return words
    told: Any = json.loads(words[begin + len("<words>") : end])
    return str(told)


def _error(status: int, message: str, retry_after: float | None = None) -> Answer:
    kind = KINDS.get(status, "api_error" if status >= 500 else "invalid_request_error")
    extra = () if retry_after is None else (("retry-after", f"{retry_after:g}"),)
    return _json(status, {"type": "error", "error": {"type": kind, "message": message}}, extra)


def _json(status: int, body: Json, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    request_id = "req_" + secrets.token_hex(12)
    told = body | ({"request_id": request_id} if body.get("type") == "error" else {})
    return Answer(status, json.dumps(told).encode(), "application/json", (("request-id", request_id), *headers))
