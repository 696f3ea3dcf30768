"""The stand-in for the Messages API: takes what Anthropic takes, refuses what Anthropic refuses, misbehaves as it is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from llm import prompt
from llm.verdict import Choice, Question, Slot
from simulator.config import Config
from simulator.control import Control, ControlError
from simulator.messages_api import DOINGS, Rule
from simulator.server import Running, start

CHOICES = (
    Choice("book", "Book a visit.", (("it", "vorrei prenotare una visita"), ("en", "I would like to book a visit"))),
    Choice("cancel", "Cancel a visit.", (("it", "devo disdire l'appuntamento"), ("en", "I need to cancel"))),
    Choice("info", "Opening hours and addresses.", (("it", "quando siete aperti?"), ("es", "¿cuál es el horario?"))),
    Choice("unclear", "Neither."),
)
SERVICE = Slot("service", (("derm", ("visita dermatologica", "dermatologo")), ("eco", ("ecografia",))))
HEADERS = {"Authorization": "Bearer sk-test", "anthropic-version": "2026-10-21", "content-type": "application/json"}


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    stand_in = start(Config("secret", "word", "token"))
    yield stand_in
    stand_in.stop()


@pytest.fixture(autouse=True)
def honest(running: Running) -> None:
    running.world.model.forget()


@pytest.fixture
def control(running: Running) -> Iterator[Control]:
    client = Control(running.url)
    yield client
    client.close()


def body(words: str = "vorrei prenotare", **other: Any) -> dict[str, Any]:
    """Return a request as the desk's classifier makes it."""
    asked = Question(words, "it", CHOICES, (SERVICE,))
    schema = {"type": "json_schema", "schema": prompt.schema(asked)}
    return {
        "model": "claude-haiku-5-5",
        "max_tokens": 300,
        "system": [{"type": "text", "text": prompt.system(asked), "cache_control": {"type": "ephemeral"}}],
        "messages": [{"role": "user", "content": prompt.message(asked)}],
        "thinking": {"type": "disabled"},
        "output_config": {"effort": "low", "format": schema},
    } | other


def post(running: Running, told: Any, **headers: str | None) -> requests.Response:
    sent = {name: value for name, value in (HEADERS | headers).items() if value is not None}
    raw = told if isinstance(told, bytes) else json.dumps(told).encode()
    with requests.Session() as session:
        session.trust_env = False
        return session.post(running.url + "/v1/messages", data=raw, headers=sent, timeout=10)


def answer(running: Running, words: str) -> dict[str, Any]:
    """Return what the stand-in makes of some words."""
    told: dict[str, Any] = json.loads(post(running, body(words)).json()["content"][0]["text"])
    return told


# ----------------------------------------------------------------------------------------------------- left to itself


def test_a_request_is_answered_as_anthropic_does(running: Running) -> None:
    told = post(running, body()).json()

    assert told.pop("id").startswith("msg_")
    assert (told.pop("content")[0]["type"], told.pop("usage").keys()) == (
        "text",
        {
            *("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens", "output_tokens"),
            "service_tier",
        },
    )
    assert told == {
        "type": "message",
        "role": "assistant",
        "model": "claude-haiku-5-5",
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "stop_details": None,
    }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Vorrei prenotare una visita", ("book", True, "it")),
        ("prenoto una visita dal dermatologo", ("book", True, "it")),
        ("I would like to book a visit please", ("book", True, "en")),
        ("¿Cuál es el horario?", ("info", True, "es")),
        ("non voglio prenotare, devo disdire l'appuntamento", ("cancel", True, "it")),
        ("brum brum", ("unclear", False, "it")),
    ],
)
def test_left_to_itself_it_sorts_by_the_examples_of_the_prompt(
    running: Running, words: str, expected: tuple[str, bool, str]
) -> None:
    told = answer(running, words)

    assert (told["route"], told["sure"], told["language"]) == expected


def test_it_answers_slots_whose_words_are_there(running: Running) -> None:
    assert answer(running, "vorrei una visita dal dermatologo")["answers"] == {"service": "derm"}


@pytest.mark.parametrize(
    ("words", "tone"), [("è una vergogna", "upset"), ("sono preoccupata", "worried"), ("buongiorno", "calm")]
)
def test_it_hears_a_tone_by_a_few_words(running: Running, words: str, tone: str) -> None:
    assert answer(running, words)["tone"] == tone


def test_a_schema_of_another_kind_is_filled_with_its_plainest_value(running: Running) -> None:
    parts = {"a": {"type": "string", "enum": ["x", "y"]}, "b": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}
    schema = {"type": "object", "properties": parts, "required": ["a", "b"], "additionalProperties": False}

    told = post(running, body(output_config={"format": {"type": "json_schema", "schema": schema}})).json()

    assert json.loads(told["content"][0]["text"]) == {"a": "x", "b": None}


def test_what_was_cached_is_not_counted_as_read_again(running: Running) -> None:
    long = "Regole. " * 300

    first, second = (post(running, body(system=[block(long)])).json()["usage"] for _ in range(2))

    kept = first["cache_creation_input_tokens"]
    assert kept > 512 and (second["cache_creation_input_tokens"], second["cache_read_input_tokens"]) == (0, kept)
    assert first["input_tokens"] == second["input_tokens"] < 100


def block(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}


def test_a_short_prompt_is_not_cached(running: Running) -> None:
    short = body(system=[block("Regole.")], output_config={"effort": "low"})

    for _ in range(2):
        usage = post(running, short).json()["usage"]

    assert (usage["cache_creation_input_tokens"], usage["cache_read_input_tokens"]) == (0, 0)


def test_an_answer_longer_than_max_tokens_is_cut(running: Running) -> None:
    told = post(running, body(max_tokens=5)).json()

    assert (told["stop_reason"], len(told["content"][0]["text"])) == ("max_tokens", 15)


# ------------------------------------------------------------------------------------------------- what it does not take


def closed(**parts: Any) -> dict[str, Any]:
    """Return an output_config of this schema."""
    return {"format": {"type": "json_schema", "schema": {"type": "object", "additionalProperties": False, **parts}}}


UNION = {"anyOf": [{"type": "string"}, {"type": "null"}]}
REFUSED: dict[str, dict[str, Any]] = {
    "model": {"model": None},
    "model:": {"model": "gpt-4"},
    "max_tokens": {"max_tokens": "many"},
    "messages: at": {"messages": []},
    "messages.0: role": {"messages": [{"role": "user"}]},
    "messages.0.role": {"messages": [{"role": "system", "content": "x"}]},
    "messages.0.content": {"messages": [{"role": "user", "content": " "}]},
    "prefill": {"messages": [{"role": "user", "content": "x"}, {"role": "assistant", "content": "{"}]},
    "system.0": {"system": [{"type": "text", "text": ""}]},
    "system:": {"system": 5},
    "cache_control": {"system": [{"type": "text", "text": "x", "cache_control": {"type": "ephemeral", "ttl": "2h"}}]},
    "A maximum of 4": {"system": [block("x")] * 5},
    "temperature": {"temperature": 0},
    "conversation": {"conversation": "x"},
    "stream": {"stream": True},
    "thinking.type": {"thinking": {"type": "off"}},
    "effort is above": {"output_config": {"effort": "max"}},
    "output_config.effort": {"output_config": {"effort": "least"}},
    "output_config:": {"output_config": {"schema": {}}},
    "output_config.format": {"output_config": {"format": {"type": "json"}}},
    "'additionalProperties' must": {"output_config": closed(additionalProperties=True)},
    "'additionalProperties' must be false": {"output_config": closed(properties={"a": {"type": "object"}})},
    "'minLength'": {"output_config": closed(properties={"a": {"type": "string", "minLength": 1}})},
    "'maxItems'": {"output_config": closed(properties={"a": {"type": "array", "maxItems": 2}})},
    "required property": {"output_config": closed(required=["a"])},
    "enum": {"output_config": closed(properties={"a": {"type": "string", "enum": []}})},
    "enum must hold different": {"output_config": closed(properties={"a": {"type": "string", "enum": ["x", "x"]}})},
    "union types": {
        "output_config": closed(properties={f"p{n}": UNION for n in range(17)}, required=[f"p{n}" for n in range(17)])
    },
    "optional parameters": {"output_config": closed(properties={f"p{n}": {"type": "string"} for n in range(25)})},
    "cannot be forced": {"thinking": {"type": "adaptive"}, "tool_choice": {"type": "tool", "name": "x"}},
}


@pytest.mark.parametrize(("said", "change"), REFUSED.items(), ids=REFUSED.keys())
def test_a_request_anthropic_would_refuse_is_refused_in_its_words(
    running: Running, said: str, change: dict[str, Any]
) -> None:
    refused = post(running, body(**change))

    told = refused.json()
    assert (refused.status_code, told["type"]) == (404 if said == "model:" else 400, "error")
    assert told["error"]["type"] == ("not_found_error" if said == "model:" else "invalid_request_error")
    assert said in told["error"]["message"]
    assert told["request_id"] == refused.headers["request-id"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": None}, 401),
        ({"Authorization": "Bearer "}, 401),
        ({"Authorization": "Basic x"}, 401),
        ({"Authorization": None, "x-api-key": "sk-test"}, 200),
        ({"anthropic-version": None}, 400),
        ({"anthropic-version": "2020-01-01"}, 400),
        ({"content-type": "text/plain"}, 400),
    ],
    ids=["no key", "empty", "basic", "x-api-key", "no version", "unknown version", "no json"],
)
def test_headers_are_checked_as_anthropic_does(running: Running, headers: dict[str, str | None], status: int) -> None:
    assert post(running, body(), **headers).status_code == status


def test_before_the_newest_version_a_temperature_is_taken(running: Running) -> None:
    assert post(running, body(temperature=0), **{"anthropic-version": "2023-06-01"}).status_code == 200


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"[" * 100_000], ids=["nothing", "half", "a list", "deep"])
def test_a_body_that_is_no_object_is_refused(running: Running, raw: bytes) -> None:
    assert post(running, raw).json()["error"]["type"] == "invalid_request_error"


# ------------------------------------------------------------------------------------------------------- as it is told


def test_a_rule_holds_for_as_many_requests_as_it_says_and_the_next_one_follows(
    running: Running, control: Control
) -> None:
    control.set_model({"do": "overload", "times": 2, "retry_after": 7}, {"do": "limit", "times": 1})

    told = [post(running, body()) for _ in range(4)]

    assert [answered.status_code for answered in told] == [529, 529, 429, 200]
    assert (told[0].headers["retry-after"], told[0].json()["error"]["type"]) == ("7", "overloaded_error")


def test_what_was_asked_can_be_looked_at_afterwards(running: Running, control: Control) -> None:
    post(running, body("vorrei un'ecografia"))
    post(running, body(model="gpt-4"))

    (asked,) = control.model_requests()
    stands = control.model()
    assert asked == body("vorrei un'ecografia")
    assert (stands["asked"], stands["answered"], stands["under_way"]) == (2, {"answer": 1, "404": 1}, 0)


def test_a_reset_makes_it_honest_and_forgetful(running: Running, control: Control) -> None:
    control.set_model({"do": "limit"})
    post(running, body())

    control.reset()

    assert (post(running, body()).status_code, len(control.model_requests())) == (200, 1)


def test_what_it_cannot_do_is_refused_with_what_it_can(control: Control) -> None:
    with pytest.raises(ControlError, match="do must be one of answer, slow"):
        control.set_model({"do": "sing"})


@pytest.mark.parametrize("do", ["cut", "break_off"])
def test_it_can_hang_up(running: Running, do: str) -> None:
    running.world.model.tell(Rule(do))

    with pytest.raises(requests.RequestException):
        post(running, body())


@pytest.mark.parametrize("do", sorted({*DOINGS} - {"cut", "break_off", "silent", "drip", "status", "html"}))
def test_whatever_else_it_does_is_an_answer_with_its_length(running: Running, do: str) -> None:
    running.world.model.tell(Rule(do))

    told = post(running, body())

    assert (told.status_code in (200, 429, 529), int(told.headers["content-length"])) == (True, len(told.content))


def test_with_the_same_seed_chance_falls_the_same_way(running: Running) -> None:
    runs = []
    for _ in range(2):
        running.world.model.forget()
        running.world.model.tell(Rule("limit", probability=0.5))
        runs.append([post(running, body()).status_code for _ in range(12)])

    assert runs[0] == runs[1] and {*runs[0]} == {200, 429}


def test_whatsapp_is_still_on_the_same_port(running: Running) -> None:
    with requests.Session() as session:
        session.trust_env = False
        told = session.get(running.url + "/v26.0/106540352242922", timeout=10)

    assert told.json()["error"]["type"] == "OAuthException"
