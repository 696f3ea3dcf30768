"""A verdict from one of Anthropic's models: the only file that imports its SDK, loaded where jobs run and nowhere else."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from dataclasses import dataclass, replace
from typing import Any

from anthropic import APIConnectionError, APIError, APIStatusError, APITimeoutError, AsyncAnthropic

from llm import prompt
from llm.loop import ModelLoop
from llm.verdict import Question, Unclassified, Usage, Verdict

log = logging.getLogger("sportello.model")

MODEL = "claude-haiku-5-5"
API_URL = "https://api.anthropic.com"
MOST_TOKENS = 400  # an answer has about 60; one that is longer is not ours

PAUSE_S = 0.1  # before the one retry, and up to twice that, so that all who failed together do not come back together
ENOUGH_S = 0.8  # a retry with less time left would only be paid for
RETRIED = (408, 409, 429, 500, 502, 503, 504, 529)


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars for a million tokens, read and written; the cache costs what Anthropic asks for it everywhere."""

    read: float
    written: float

    CACHE_WRITE = 1.25
    CACHE_READ = 0.1

    def cost(self, fresh: int, kept: int, found: int, written: int) -> float:
        """Return dollars: `fresh` tokens were read anew, `kept` put into the cache, `found` in it."""
        read = fresh + kept * self.CACHE_WRITE + found * self.CACHE_READ
        return (read * self.read + written * self.written) / 1e6


PRICES = {MODEL: Prices(0.10, 0.50)}  # platform.claude.com/docs/en/about-claude/pricing, up to 100 k tokens a prompt


def open_loop(
    api_key: str, model: str | None = None, base_url: str | None = None, prices: Prices | None = None
) -> ModelLoop:
    """Return a loop that asks this model; None is the default one, at Anthropic, at its known price."""
    return ModelLoop(AnthropicClassifier(api_key, model or MODEL, base_url or API_URL, prices))


class AnthropicClassifier:
    """One structured answer for each question: no tools, no history, no thinking, no retries but one of our own."""

    def __init__(self, api_key: str, model: str = MODEL, base_url: str = API_URL, prices: Prices | None = None) -> None:
        for name in ("anthropic", "httpx2", "httpcore2"):  # at debug level they log whole requests
            logging.getLogger(name).setLevel(logging.WARNING)
        self.model = model
        self._prices = prices or PRICES.get(model)
        # Their retries sleep as long as a server says, their timeout is for each read: both are ours to decide.
        self._client = AsyncAnthropic(api_key=api_key, base_url=base_url, max_retries=0, open_telemetry=False)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def classify(self, question: Question, within_s: float) -> Verdict:
        """Ask within so many seconds, all in all. Raise Unclassified, with the usage where it was paid for."""
        begun = time.monotonic()
        try:
            async with asyncio.timeout(within_s):
                answer = await self._ask(question, begun + within_s)
        except TimeoutError:
            raise Unclassified("late") from None
        except APIError as fault:
            why = why_of(fault)
            log.warning("the model gave no answer", extra={"why": why, **_told(fault)})
            raise Unclassified(why) from None
        except ValueError:  # the SDK reads a body that is no JSON so
            raise Unclassified("malformed") from None
        usage = self._usage(answer, time.monotonic() - begun)
        return _verdict(answer, question, self.model, usage)

    async def _ask(self, question: Question, until: float) -> Any:
        """Ask, and once more after a passing fault if there is time for it."""
        try:
            return await self._create(question)
        except APIError as fault:
            pause_s = pause_before_retry(fault)
            if pause_s is None or time.monotonic() + pause_s + ENOUGH_S > until:
                raise
        await asyncio.sleep(pause_s)
        return await self._create(question)

    async def _create(self, question: Question) -> Any:
        return await self._client.messages.create(
            model=self.model,
            max_tokens=MOST_TOKENS,
            system=[{"type": "text", "text": prompt.system(question), "cache_control": {"type": "ephemeral"}}],
            messages=[{"role": "user", "content": prompt.message(question)}],
            thinking={"type": "disabled"},
            output_config={"effort": "low", "format": {"type": "json_schema", "schema": prompt.schema(question)}},
        )

    def _usage(self, answer: Any, took_s: float) -> Usage | None:
        """Return what the answer cost; None where it does not tell."""
        told = getattr(answer, "usage", None)
        if told is None:
            return None
        fresh, written = _count(told, "input_tokens"), _count(told, "output_tokens")
        kept, found = _count(told, "cache_creation_input_tokens"), _count(told, "cache_read_input_tokens")
        cost = self._prices.cost(fresh, kept, found, written) if self._prices else None
        return Usage(self.model, fresh + kept + found, written, took_s, cost)


def why_of(fault: APIError) -> str:
    """Say, in the words of WHYS, why a request failed."""
    match fault:
        case APITimeoutError():
            return "late"
        case APIConnectionError():
            return "away"
        case APIStatusError(status_code=408):
            return "late"
        case APIStatusError(status_code=429 | 529):
            return "busy"
        case APIStatusError(status_code=status) if status >= 500:
            return "away"
        case APIStatusError():
            return "rejected"
    return "malformed"  # an answer of another shape than the SDK knows


def pause_before_retry(fault: APIError) -> float | None:
    """Return how long to wait before asking once more; None where it would be of no use."""
    if isinstance(fault, APITimeoutError):
        return None
    if isinstance(fault, APIConnectionError):
        return _soon()
    if isinstance(fault, APIStatusError) and fault.status_code in RETRIED:
        return max(_soon(), _wish(fault.response.headers.get("retry-after")))
    return None


def _soon() -> float:
    return PAUSE_S * random.uniform(1, 2)


def _wish(retry_after: str | None) -> float:
    """Return the seconds a server asks for; 0 when it asks for none, or by a date."""
    try:
        return max(0.0, float(retry_after or 0))
    except ValueError:
        return 0.0


def _verdict(answer: Any, question: Question, model: str, usage: Usage | None) -> Verdict:
    """Read what the API returned. Raise Unclassified unless the answer came to its own end and is of the schema."""
    stop = getattr(answer, "stop_reason", None)
    if stop == "refusal":
        raise Unclassified("refused", usage)
    if stop != "end_turn":
        raise Unclassified("cut_off" if isinstance(stop, str) else "malformed", usage)
    try:
        return replace(prompt.read(_text(answer), question, model), usage=usage)
    except Unclassified as unread:
        raise Unclassified(unread.why, usage) from None


def _text(answer: Any) -> str:
    """Return the answer's text; blocks of other types, known or not, may stand before it."""
    blocks = answer.content if isinstance(answer.content, list) else []
    texts = [getattr(block, "text", None) for block in blocks if getattr(block, "type", None) == "text"]
    return "".join(text for text in texts if isinstance(text, str))


def _count(told: Any, name: str) -> int:
    value = getattr(told, name, None)
    return value if type(value) is int and value > 0 else 0


def _told(fault: APIError) -> dict[str, object]:
    """Return what may be logged of a fault: never its message, which can repeat what was sent."""
    if isinstance(fault, APIStatusError):
        return {"status": fault.status_code, "request": fault.request_id, "kind": fault.type}
    return {"kind": type(fault).__name__}
