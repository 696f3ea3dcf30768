"""What the Messages API takes: headers, fields, and the part of JSON Schema that structured outputs know."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from simulator.http_server import Request
from simulator.refusal import Json

VERSIONS = ("2023-06-01", "2026-10-21")
WITHOUT_SAMPLING = "2026-10-21"  # since this version temperature, top_p and top_k are refused
SAMPLING = ("temperature", "top_p", "top_k")
FIELDS = {
    *("model", "max_tokens", "messages", "system", "metadata", "stop_sequences", "stream", "thinking", "tools"),
    *("tool_choice", "output_config", "service_tier", "cache_control", "inference_geo", *SAMPLING),
}
EFFORTS = ("low", "medium", "high", "xhigh", "max")
KEYWORDS = {
    *("type", "properties", "required", "additionalProperties", "enum", "const", "anyOf", "allOf", "items"),
    *("description", "title", "default", "format", "$ref", "$defs"),
}
MOST_UNIONS, MOST_OPTIONAL, MOST_BREAKPOINTS = 16, 24, 4
MOST_TOKENS = 64_000


class BadRequest(Exception):
    """The request would be refused; the sentence is what the API would say."""

    def __init__(self, said: str, status: int = 400) -> None:
        super().__init__(said)
        self.status = status


def checked(request: Request) -> Json:
    """Return the body of a request that would be taken. Raise BadRequest."""
    if request.method != "POST":
        raise BadRequest("Method Not Allowed", 405)
    version = _headers(request.headers)
    asked = _body(request.body)
    for name in asked.keys() - FIELDS:
        raise BadRequest(f"{name}: Extra inputs are not permitted")
    if version == WITHOUT_SAMPLING:
        for name in asked.keys() & {*SAMPLING}:
            raise BadRequest(f"{name}: not supported by this version")
    _model(asked)
    _messages(asked.get("messages"))
    _system(asked.get("system"))
    _thinking(asked)
    _output(asked.get("output_config"))
    return asked


def texts(asked: Json) -> tuple[str, str]:
    """Return the system prompt and the last message, as text."""
    return _text(asked.get("system") or ""), _text(asked["messages"][-1]["content"])


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(block["text"] for block in content if block.get("type") == "text")


def _headers(headers: dict[str, str]) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if not headers.get("x-api-key") and not (scheme.lower() == "bearer" and token.strip()):
        raise BadRequest("x-api-key header or bearer token is required", 401)
    if not headers.get("content-type", "").startswith("application/json"):
        raise BadRequest("content-type must be application/json")
    version = headers.get("anthropic-version", "")
    if version not in VERSIONS:
        raise BadRequest("anthropic-version: header is required" if not version else "anthropic-version: not valid")
    return version


def _body(raw: bytes) -> Json:
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadRequest("The request body is not valid JSON") from None
    if not isinstance(told, dict):
        raise BadRequest("The request body must be an object")
    return told


def _model(asked: Json) -> None:
    model, most = asked.get("model"), asked.get("max_tokens")
    if not isinstance(model, str):
        raise BadRequest("model: Field required")
    if not model.startswith("claude-"):
        raise BadRequest(f"model: {model[:40]}", 404)
    if type(most) is not int:
        raise BadRequest("max_tokens: Field required")
    if not 0 <= most <= MOST_TOKENS:
        raise BadRequest(f"max_tokens: must be from 0 to {MOST_TOKENS}")
    if asked.get("stream"):
        raise BadRequest("stream: this stand-in does not stream")


def _messages(messages: Any) -> None:
    if not isinstance(messages, list) or not messages:
        raise BadRequest("messages: at least one message is required")
    for place, message in enumerate(messages):
        if not isinstance(message, dict) or message.keys() != {"role", "content"}:
            raise BadRequest(f"messages.{place}: role and content are required, and nothing else")
        if message["role"] not in ("user", "assistant"):
            raise BadRequest(f"messages.{place}.role: Input should be 'user' or 'assistant'")
        _content(f"messages.{place}.content", message["content"])
    if messages[-1]["role"] != "user":
        raise BadRequest("This model does not support assistant message prefill")


def _system(system: Any) -> None:
    if isinstance(system, list):
        _content("system", system)
        if sum("cache_control" in block for block in system) > MOST_BREAKPOINTS:
            raise BadRequest("A maximum of 4 blocks with cache_control may be provided")
    elif system is not None and not isinstance(system, str):
        raise BadRequest("system: Input should be a string or a list of blocks")


def _content(where: str, content: Any) -> None:
    if isinstance(content, str) and content.strip():
        return
    if not isinstance(content, list) or not content:
        raise BadRequest(f"{where}: text content blocks must be non-empty")
    for place, block in enumerate(content):
        _block(f"{where}.{place}", block)


def _block(where: str, block: Any) -> None:
    if not isinstance(block, dict) or block.get("type") != "text" or not isinstance(block.get("text"), str):
        raise BadRequest(f"{where}: this stand-in reads text blocks only")
    if not block["text"].strip():
        raise BadRequest(f"{where}: text content blocks must be non-empty")
    kept = block.get("cache_control")
    if kept is not None and (kept.get("type") != "ephemeral" or kept.get("ttl", "5m") not in ("5m", "1h")):
        raise BadRequest(f"{where}.cache_control: Input should be ephemeral, for 5m or 1h")


def _thinking(asked: Json) -> None:
    told = asked.get("thinking", {"type": "adaptive"})
    kind = told.get("type") if isinstance(told, dict) else None
    if kind not in ("disabled", "adaptive", "enabled"):
        raise BadRequest("thinking.type: Input should be 'disabled', 'adaptive' or 'enabled'")
    effort = (asked.get("output_config") or {}).get("effort", "medium")
    if kind == "disabled" and effort in ("xhigh", "max"):
        raise BadRequest("thinking: cannot be disabled while effort is above high")
    forced = (asked.get("tool_choice") or {}).get("type") in ("any", "tool")
    if kind != "disabled" and forced:
        raise BadRequest("tool_choice: a tool cannot be forced while thinking is on")


def _output(told: Any) -> None:
    if told is None:
        return
    if not isinstance(told, dict) or told.keys() - {"effort", "format"}:
        raise BadRequest("output_config: effort and format only")
    if told.get("effort", "medium") not in EFFORTS:
        raise BadRequest(f"output_config.effort: Input should be one of {', '.join(EFFORTS)}")
    wanted = told.get("format")
    if wanted is None:
        return
    if (
        not isinstance(wanted, dict)
        or wanted.get("type") != "json_schema"
        or not isinstance(wanted.get("schema"), dict)
    ):
        raise BadRequest("output_config.format: type must be json_schema, with a schema")
    _schema(wanted["schema"])


def _schema(whole: Json) -> None:
    nodes = [*_nodes(whole)]
    for node in nodes:
        _node(node)
    if sum("anyOf" in node for node in nodes) > MOST_UNIONS:
        raise BadRequest("output_config.format.schema: too many parameters with union types")
    optional = (node.get("properties", {}).keys() - {*node.get("required", ())} for node in nodes)
    if sum(map(len, optional)) > MOST_OPTIONAL:
        raise BadRequest("output_config.format.schema: too many optional parameters")


def _nodes(node: Json) -> Iterator[Json]:
    yield node
    below = [*node.get("properties", {}).values(), *node.get("anyOf", ()), *node.get("allOf", ())]
    below += [node["items"]] if "items" in node else []
    for part in below:
        if not isinstance(part, dict):
            raise BadRequest("output_config.format.schema: a part is not a schema")
        yield from _nodes(part)


def _node(node: Json) -> None:
    for keyword in node.keys() - KEYWORDS:
        raise BadRequest(f"output_config.format.schema: For '{node.get('type')}' type, '{keyword}' is not supported")
    if node.get("type") == "object" and node.get("additionalProperties") is not False:
        raise BadRequest("output_config.format.schema: For 'object' type, 'additionalProperties' must be false")
    if {*node.get("required", ())} - node.get("properties", {}).keys():
        raise BadRequest("output_config.format.schema: a required property is not among the properties")
    values = node.get("enum")
    if values is not None and (not values or len({json.dumps(value) for value in values}) < len(values)):
        raise BadRequest("output_config.format.schema: enum must hold different values, at least one")
