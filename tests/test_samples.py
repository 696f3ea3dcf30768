"""Every sample of Meta's webhooks, five times, shuffled, through two web processes at once: always 200, one effect each."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.keeping import RUN
from tests.processes import ROOT, System, system
from tests.servers import Postgres, until

Json = dict[str, Any]
SAMPLES: dict[str, Json] = {
    name: sample["payload"]
    for name, sample in json.loads((ROOT / "tests/data/webhook_samples.json").read_text("utf-8")).items()
}
SEED = 87
COPIES = 5
SILENT = {"reaction", "edit", "revoke", "system"}  # kinds that are noted and never answered


def test_all_samples_are_there() -> None:
    assert len(SAMPLES) == 87


@pytest.fixture
def desk(environ: dict[str, str], postgres: Postgres, redis_url: str, tmp_path: Path) -> Iterator[System]:
    with system(environ, postgres, redis_url, tmp_path, webs=2, phone=["--strangers"]) as running:
        assert until(lambda: running.one(KEPT_TONIGHT, RUN) > 0, 60)
        yield running


# Meta's samples are years old: the first retention, which a new desk does at once, would delete their statuses.
KEPT_TONIGHT = "SELECT count(*) FROM audit WHERE action = %s"


@pytest.mark.timeout(180)
def test_every_sample_for_our_number_has_one_effect(desk: System) -> None:
    number = desk.environ["WHATSAPP_PHONE_NUMBER_ID"]
    bodies = [ours(body, number) for body in SAMPLES.values()]

    statuses = post_all(desk, bodies)

    left = desk.quiet()
    assert (statuses, left) == ({200}, {})
    assert found(desk) == expected(bodies, number)


@pytest.mark.timeout(180)
def test_every_sample_as_it_stands_has_one_effect(desk: System) -> None:
    number = desk.environ["WHATSAPP_PHONE_NUMBER_ID"]
    bodies = list(SAMPLES.values())

    statuses = post_all(desk, bodies)

    left = desk.quiet()
    assert (statuses, left) == ({200}, {})
    assert found(desk) == expected(bodies, number)
    assert desk.one("SELECT count(*) FROM alarm WHERE cause = 'foreign_number'") > 0


@pytest.mark.timeout(180)
def test_every_sample_from_a_person_of_its_own_is_answered_once_if_it_deserves_an_answer(desk: System) -> None:
    number = desk.environ["WHATSAPP_PHONE_NUMBER_ID"]
    bodies = [of_one_person(ours(body, number), place) for place, body in enumerate(SAMPLES.values())]
    deserving = [one["type"] for body in bodies for one in messages_of(body) if one["type"] not in SILENT]

    statuses = post_all(desk, bodies)

    left = desk.quiet()
    assert (statuses, left) == ({200}, {})
    assert desk.control.counts().accepted == len(deserving)
    assert desk.one(REPLIED_TO) == len(deserving)


# Each sample is a person's of its own. Words that came before the examples were learnt may have been handed over as late: the
# line that says so answers no message.
REPLIED_TO = "SELECT count(DISTINCT conversation_id) FROM outbox WHERE state IN ('sent', 'delivered', 'read')"


# ------------------------------------------------------------------------------------------------------------ what is sent


def ours(body: Json, number: str) -> Json:
    """Return a sample as if it had come for our number."""
    written = json.loads(json.dumps(body))
    for value in values_of(written):
        if "metadata" in value:
            value["metadata"]["phone_number_id"] = number
    return dict(written)


def of_one_person(body: Json, place: int) -> Json:
    """Return a sample of just now, with a number, a business-scoped id and message ids that no other sample has."""
    own = {"wa_id": wa_id(place), "from": wa_id(place), "user_id": user_id(place), "from_user_id": user_id(place)}
    for value in values_of(body):
        for told in (*value.get("contacts", ()), *value.get("messages", ())):
            told |= {key: own[key] for key in own.keys() & told.keys()}
        for message in value.get("messages", ()):
            message |= {"id": f"wamid.sample{place}", "timestamp": str(int(time.time()))}
    return body


def wa_id(place: int) -> str:
    return f"39333000{place:04d}"


def user_id(place: int) -> str:
    return f"US.1349120865530274{place:04d}"


def messages_of(body: Json) -> list[Json]:
    return [message for value in values_of(body) for message in value.get("messages", ())]


def values_of(body: Json) -> Iterator[Json]:
    for entry in body["entry"]:
        for change in entry["changes"]:
            yield change["value"]


def post_all(desk: System, bodies: list[Json]) -> set[int]:
    """Post each body five times, shuffled, to both web processes at once; return which statuses came."""
    posts = [(body, COPIES * number + copy) for number, body in enumerate(bodies) for copy in range(COPIES)]
    random.Random(SEED).shuffle(posts)
    with ThreadPoolExecutor(8) as pool:
        return set(pool.map(lambda post: post_one(desk, *post), posts))


def post_one(desk: System, body: Json, turn: int) -> int:
    raw = json.dumps(body).encode()
    signature = hmac.new(desk.environ["WHATSAPP_APP_SECRET"].encode(), raw, hashlib.sha256).hexdigest()
    headers = {"X-Hub-Signature-256": f"sha256={signature}", "Content-Type": "application/json"}
    url = f"http://127.0.0.1:{desk.webs[turn % 2].port}/webhook"
    return requests.post(url, data=raw, headers=headers, timeout=30).status_code


# --------------------------------------------------------------------------------------------------------- what is expected


def expected(bodies: list[Json], number: str) -> dict[str, int]:
    """Return how many rows the samples deserve, read from Meta's JSON with no help of the desk's."""
    at_us = [value for body in bodies for value in values_of(body) if number_of(value) == number]
    messages: dict[str, set[str]] = {}
    for value in at_us:
        for message in value.get("messages", ()):
            messages.setdefault(message["id"], set()).add(message["type"])
    statuses = {
        (status["id"], status["status"])
        for body in bodies
        for value in values_of(body)
        for status in value.get("statuses", ())
        if number_of(value) == number and "calls" not in fields_of(body)
    }
    return {"messages": len(messages), "statuses": len(statuses), "updates": len(changes_of(bodies))}


def number_of(value: Json) -> str | None:
    number: str | None = value.get("metadata", {}).get("phone_number_id")
    return number


def fields_of(body: Json) -> set[str]:
    return {change["field"] for entry in body["entry"] for change in entry["changes"]}


def changes_of(bodies: list[Json]) -> set[str]:
    """Return every change that is neither a message nor a status, each once."""
    return {json.dumps(body["entry"], sort_keys=True) for body in bodies if fields_of(body) != {"messages"}}


# ------------------------------------------------------------------------------------------------------------ what is found


def found(desk: System) -> dict[str, int]:
    """Count what was stored."""
    return {
        "messages": desk.one("SELECT count(*) FROM message"),
        "statuses": desk.one("SELECT count(*) FROM status WHERE outbox_id IS NULL"),
        "updates": desk.one("SELECT count(*) FROM update WHERE field <> 'unreadable'"),
    }
