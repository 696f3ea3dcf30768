"""Bad input, signed: never a 500, an authored answer where it is a message, and what is away is caught up."""

from __future__ import annotations

import json
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from bot.background import Pool
from bot.desk import FrontDesk
from bot.later import WEB_TIMEOUT_S, RqBell, connect
from bot.store import tables
from tests import servers
from tests.calling import WORD, Looking, flows
from tests.conftest import MakeDesk, counts
from tests.desks import NUMBER, DeskInProcess, Patient, together

ENVELOPE = b'{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":%s}]}]}'


# ------------------------------------------------------------------------------------------------------- messages, however odd


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "\n",
        "\u200b",
        "\U0001f600" * 40,
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "a" * 4096,
        "\u00e8" * 4096,
        "\u0645\u0631\u062d\u0628\u0627 \u0643\u064a\u0641 \u062d\u0627\u0644\u0643",
        "\u202egnirts desrever",
        "nul\0nul",
        "\0",
        "\ud800",
        "half \udfff a pair",
        "{{ 7 * 7 }}{% for x in y %}",
        "'; DROP TABLE message; --",
        '%s %n \\ " \x1b[31m',
        "1" * 400,
        "Z\u0351\u036b\u0343\u036a" * 200,
    ],
)
def test_whatever_is_written_gets_an_authored_answer(desk: DeskInProcess, patient: Patient, words: str) -> None:
    patient.writes("ciao")
    patient.reads()

    status = patient.writes(words)

    assert status == 200
    assert "persona" in patient.reads().body
    assert desk.outcomes()[-1] == ("answered", None)


@pytest.mark.parametrize(
    "option",
    [
        "never/offered/id",
        "main/menu/nothing",
        "main",
        "/",
        "//",
        "main/menu/info/a/b/c/d",
        "@",
        "@desk/menu",
        "@nobody/knows",
        " ",
        "x" * 256,
        "x" * 5000,
        "main/menu/info\0",
        "\ud800/menu/info",
        "../../etc/passwd",
        "info/which/\u00e8",
    ],
)
def test_an_id_never_offered_gets_an_authored_answer(desk: DeskInProcess, patient: Patient, option: str) -> None:
    patient.writes("ciao")
    patient.reads()

    status = patient.taps(option)

    assert status == 200
    assert len(patient.reads_all()) == 1
    assert desk.outcomes()[-1] == ("answered", None)


@pytest.mark.parametrize(
    "content",
    [
        {"type": "text"},
        {"type": "text", "text": None},
        {"type": "text", "text": "ciao"},
        {"type": "text", "text": {"body": 7}},
        {"type": "text", "text": {"body": ["ciao"]}},
        {"type": 7, "text": {"body": "ciao"}},
        {"type": ["text"], "text": {"body": "ciao"}},
        {"type": "t" * 500},
        {"type": "te\0xt"},
        {"type": None},
        {"type": "interactive", "interactive": {"type": "list_reply", "list_reply": {"title": "x"}}},
        {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": "{}"}}},
        {"type": "interactive", "interactive": []},
        {"type": "button", "button": {"payload": {"a": 1}}},
        {"type": "image", "image": {"id": {"a": 1}}},
        {"type": "location", "location": {"latitude": "NaN"}},
        {"type": "contacts", "contacts": "nobody"},
        {"type": "system", "system": {"type": "user_changed_planet"}},
        {"type": "text", "text": {"body": "ciao"}, "timestamp": "99999999999999999999"},
        {"type": "text", "text": {"body": "ciao"}, "timestamp": -1},
        {"type": "text", "text": {"body": "ciao"}, "context": "x", "errors": "y", "referral": [1]},
    ],
)
def test_a_message_of_wrong_types_is_kept_and_accounted_for(
    desk: DeskInProcess, patient: Patient, content: dict[str, Any]
) -> None:
    status = patient.sends(**content)

    (row,) = desk.rows(tables.message)
    assert status == 200
    assert (row.outcome, row.reason, len(patient.reads_all())) in [("answered", None, 1), ("ignored", "system", 0)]


@pytest.mark.parametrize("name", ["", "\0", "\ud83d", "x" * 5000, "\u202e", 7, None, ["a"]])
def test_an_odd_name_hinders_nobody(desk: DeskInProcess, name: Any) -> None:
    patient = desk.patient(name=name)

    assert patient.writes("ciao") == 200
    assert len(patient.reads_all()) == 1


# ---------------------------------------------------------------------------------------------------------- bodies, however odd


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" ",
        b"null",
        b"7",
        b"[]",
        b'"x"',
        b"{}",
        b"not json",
        b'{"entry":null}',
        b'{"entry":7}',
        b'{"entry":[null,7,[],"x",{}]}',
        b'{"entry":[{"changes":[null,7,{"field":null,"value":null},{"field":7},{"field":"messages","value":[1]}]}]}',
        ENVELOPE % b'{"messages":[null,7,"x",[],{}]}',
        ENVELOPE % b'{"statuses":[null,7,{"id":null},{"id":"x","status":7}]}',
        ENVELOPE % b'{"errors":[{"code":"x"},7,{"code":1e400}]}',
        ENVELOPE % b'{"contacts":7,"metadata":7,"messages":7,"statuses":"x"}',
        b'{"entry":[{"changes":[{"field":"account_\\u0000update","value":{"event":"A\\u0000B"}}]}]}',
        b'{"entry":[{"changes":[{"field":"account_update","value":{"event":"A\\u0000B\\ud800"}}]}]}',
        b'{"entry":[{"changes":[{"field":"message_template_status_update","value":{"event":"PAUSED",'
        b'"message_template_name":"a\\u0000\\ud800","message_template_id":1}}]}]}',
        b'{"entry":[{"changes":[{"field":"user_preferences","value":{"user_preferences":[{"wa_id":"1\\u0000","value":"stop"}]}}]}]}',
        b'{"entry":[{"changes":[{"field":"' + b"f" * 5000 + b'","value":{}}]}]}',
        b"\xff\xfe\x00",
        b'\xef\xbb\xbf{"entry":[]}',
        b'{"entry":[{"id":"\xff\xfe"}]}',
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b"[" * 200_000,
        b'{"entry":' + b"9" * 6000 + b"}",
        b'{"entry":[{"id":1e999,"time":1e999,"changes":NaN}]}',
    ],
    ids=lambda raw: raw[:12].hex(),
)
def test_a_body_nobody_can_read_is_no_error(desk: DeskInProcess, raw: bytes) -> None:
    assert desk.post(raw) == 200


def test_what_can_be_read_beside_what_cannot_is_answered(desk: DeskInProcess, patient: Patient) -> None:
    body = patient.body(patient.message(type="text", text={"body": "ciao"}))
    raw = (
        json.dumps(body)
        .encode()
        .replace(b'"messages": [', b'"messages": [7, {"type": "\xff"}, ' + b"[" * 3000 + b"]" * 3000 + b", ")
    )

    status = desk.post(raw)

    assert status == 200
    assert len(patient.reads_all()) == 1


def test_three_megabytes_are_read(desk: DeskInProcess, patient: Patient) -> None:
    body = patient.body(patient.message(type="text", text={"body": "ciao"}))
    body["padding"] = "x" * 3_000_000

    assert desk.post(body) == 200
    assert len(patient.reads_all()) == 1


def test_more_than_meta_ever_sends_is_refused_unread(desk: DeskInProcess) -> None:
    assert desk.post(b"x" * 5_000_000) == 413


def test_whatever_is_broken_in_a_good_body_is_no_error(desk: DeskInProcess, patient: Patient) -> None:
    """Put odd things in place of any part of a good notification, by a fixed seed."""
    chance, odd = (
        random.Random(23),
        [None, 7, -1, 1e308, "", "\0", "\ud800", [], {}, [None], {"a": "\0"}, "x" * 3000, True],
    )
    statuses = []
    for _ in range(max(60, counts(2_000))):
        kinds = [{"type": "text", "text": {"body": "ciao"}}, {"type": "image", "image": {"id": "1", "caption": "c"}}]
        body = patient.body(patient.message(**chance.choice(kinds)))
        spoil(body, chance, odd)
        desk.clock.move(timedelta(seconds=6))  # as fast as WhatsApp lets anybody be answered
        statuses.append(desk.post(json.dumps(body).encode()))

    assert set(statuses) == {200}
    assert not any(outcome == "open" for outcome, _ in desk.outcomes())


def spoil(part: Any, chance: random.Random, odd: list[Any]) -> None:
    """Walk down to a part chosen at random and replace it."""
    keys = list(part) if isinstance(part, dict) else list(range(len(part)))
    key = chance.choice(keys)
    if isinstance(part[key], dict | list | tuple) and len(part[key]) and chance.random() < 0.85:
        part[key] = list(part[key]) if isinstance(part[key], tuple) else part[key]
        spoil(part[key], chance, odd)
    else:
        part[key] = chance.choice(odd)


# -------------------------------------------------------------------------------------------------------------- what is away


def test_with_the_database_away_meta_is_asked_to_repeat_and_all_is_caught_up(
    environ: dict[str, str],
) -> None:
    server = servers.Postgres()
    desk = DeskInProcess({**environ, "DATABASE_URL": server.url(server.create())})
    patient = desk.patient()
    patient.writes("ciao")
    patient.reads()
    bodies = [patient.body(patient.message(type="text", text={"body": words})) for words in ("lingua", "menu")]

    server.program.kill()
    away = [desk.post(body) for body in bodies]
    server.program.start_again()
    server.wait()
    back = [desk.post(body) for body in bodies]

    desk.close()
    server.stop()
    assert (away, back) == ([503, 503], [200, 200])
    assert len(patient.reads_all()) == 2


def test_a_connection_lost_in_the_middle_of_a_message_is_no_error(make_postgres_desk: MakeDesk) -> None:
    desk: DeskInProcess

    def lose() -> None:
        look.meanwhile = None
        kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        with desk.built.database.begin() as connection:
            connection.exec_driver_sql(kill)

    look = Looking("here", meanwhile=lose)
    desk = make_postgres_desk(flows(), look.actions)
    patient = desk.patient()
    body = patient.body(patient.message(type="text", text={"body": WORD}))

    first, second = desk.post(body), desk.post(body)

    assert (first, second) == (503, 200)
    assert len(patient.reads_all()) == 1
    assert [row.attempts for row in desk.rows(tables.message)] == [0]


@pytest.fixture
def black_hole() -> Iterator[str]:
    """The address of a Redis that takes connections and never says a word."""
    with closing(socket.socket()) as hole:
        hole.bind(("127.0.0.1", 0))
        hole.listen(64)
        yield f"redis://127.0.0.1:{hole.getsockname()[1]}/0"


def with_bell(desk: DeskInProcess, url: str) -> Pool:
    """Give the desk the real bell on this Redis, and a real pool; return the pool."""
    redis = connect(url, False, 4, WEB_TIMEOUT_S)
    built = desk.built
    rung = FrontDesk(
        desk.house, built.lanes, desk.outbox, built.watch, built.records, {NUMBER: desk.whatsapp}, RqBell(redis)
    )
    pool = Pool(rung)
    desk.stand(rung, pool)
    return pool


def slowest(desk: DeskInProcess, count: int) -> float:
    """Have many people ask for what leaves the house and then tap at once; return the longest any tap took."""

    def live(number: int) -> float:
        patient = desk.patient(f"39333{number:07}")
        patient.writes(WORD)
        begun = time.monotonic()
        assert desk.patient(f"39334{number:07}").taps("main/menu/info") == 200
        return time.monotonic() - begun

    return float(max(together(count, live)))


@pytest.mark.parametrize("state", ["away", "black_hole"])
def test_a_tap_never_notices_that_redis_is_gone(make_postgres_desk: MakeDesk, black_hole: str, state: str) -> None:
    desk = make_postgres_desk(flows(), Looking("away").actions)
    pool = with_bell(desk, black_hole if state == "black_hole" else f"redis://127.0.0.1:{servers.free_port()}/0")

    took = slowest(desk, 8)
    pool.drain()

    assert took < 2
    assert len([sent for sent in desk.whatsapp.sent if (sent.to.wa_id or "").startswith("39334")]) == 8


def test_a_redis_that_was_restarted_is_rung_again(make_postgres_desk: MakeDesk, own_redis: servers.Redis) -> None:
    look = Looking("away")
    desk = make_postgres_desk(flows(), look.actions)
    pool = with_bell(desk, own_redis.url)
    desk.patient("393330000001").writes(WORD)
    own_redis.program.start_again()
    own_redis.program.wait_port(own_redis.port)

    status = desk.patient("393330000002").writes(WORD)
    pool.drain()
    desk.age(tables.call.c.leased_until)
    desk.desk.finish_due(lambda place: True)

    assert status == 200
    assert (len(look.runs), len(desk.whatsapp.sent)) == (2, 4)  # the welcome at once, then what was found


def test_an_unsigned_flood_costs_nothing_and_stores_nothing(desk: DeskInProcess, patient: Patient) -> None:
    body = patient.body(patient.message(type="text", text={"body": "ciao"}))
    threads = threading.active_count()

    statuses = {desk.post(body, secret="another") for _ in range(50)}

    assert statuses == {403}
    assert desk.rows(tables.contact) == []
    assert threading.active_count() == threads
