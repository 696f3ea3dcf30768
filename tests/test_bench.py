"""The bench's own arithmetic, and one small run of everything it starts; never how fast anything is."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import closing
from typing import Any

import psycopg
import pytest

from bench import booking, growth, ladder, latency, surge
from bench.crowd import WALK, Crowd, recipient
from bench.rungs import RUNGS
from bench.servers import Cores
from bench.steps import statement
from bench.wire import Measured, Wire
from bot.store import lane, tables
from bot.whatsapp.signature import is_signed
from simulator.webhooks import Line

LINE = Line("200000000000002", "100000000000001", "+39 051 0000 100")
ANYWHERE = Cores(None, None)


@pytest.mark.parametrize(
    ("percent", "expected"), [(50, 2.0), (99, 4.0), (100, 4.0), (25, 1.0), (26, 2.0)], ids=lambda value: str(value)
)
def test_a_percentile_is_the_nearest_rank(percent: float, expected: float) -> None:
    assert ladder.percentile([4.0, 1.0, 3.0, 2.0], percent) == expected


def test_of_no_times_every_percentile_is_nought() -> None:
    assert ladder.percentile([], 99) == 0.0


def test_a_ratio_says_what_was_reached_and_what_was_aimed_at() -> None:
    lines = ladder.ratio("ours / theirs", {"ours": 300.0, "theirs": 400.0}, "ours", "theirs", 1.5)

    assert lines == ["ours / theirs                          0.75   aim 1.5: not reached"]


def test_a_rung_that_was_not_run_is_compared_with_nothing() -> None:
    assert ladder.ratio("ours / theirs", {"ours": 300.0}, "ours", "theirs", 1.5) == []


def test_a_latency_with_an_aim_says_whether_it_was_reached() -> None:
    assert latency.compared("tap to 200, p99", 29.96, 30.0) == "tap to 200, p99         30.0 ms   aim 30: reached"


def test_messages_come_at_the_same_moments_for_the_same_seed() -> None:
    plan = latency.Plan(rate=40.0, seconds=5.0, seed=7)

    assert latency.moments(plan, 0) == latency.moments(plan, 0)


def test_messages_come_as_often_as_asked_and_in_order() -> None:
    moments = latency.moments(latency.Plan(rate=40.0, seconds=100.0, seed=7), 0)

    assert moments == sorted(moments) and 3800 < len(moments) < 4200 and moments[-1] < 100.0


def test_there_are_enough_people_for_the_pace() -> None:
    assert latency.people(latency.Plan(rate=40.0)) == 360


def test_shares_name_the_dearest_step_first_and_what_no_step_claims() -> None:
    told: dict[str, Any] = {"process_s": 0.010, "steps": {"parse": [2, 0.002, 0.001], "engine": [2, 0.004, 0.003]}}

    lines = ladder.shares(Measured(1.0, ended=2), told)

    assert [line.split("  ")[0] for line in lines[3:]] == ["gunicorn, the watcher, threads", "engine", "parse"]


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        (str(lane.NEXT_ROW), "SQL: SELECT outbox"),
        (str(lane.SAVE), "SQL: UPDATE conversation"),
        ("SAVEPOINT message", "SQL: SAVEPOINT"),
        ("INSERT INTO outbox (id) VALUES (1)", "SQL: INSERT INTO outbox"),
        ("SELECT conversation.id \nFROM conversation FOR UPDATE", "SQL: SELECT conversation FOR UPDATE"),
    ],
    ids=["select", "update", "savepoint", "insert", "lock"],
)
def test_a_statement_is_named_by_what_it_does_to_which_table(sql: str, name: str) -> None:
    assert statement(sql) == name


def test_a_webhook_of_the_crowd_is_signed_over_its_very_bytes() -> None:
    _, request = Crowd(1, LINE, "0123456789abcdef0123456789abcdef").next()

    head, _, body = request.partition(b"\r\n\r\n")
    signature = head.decode().partition("X-Hub-Signature-256: ")[2]
    assert is_signed(body, signature, b"0123456789abcdef0123456789abcdef")


def test_people_write_in_turns_and_greet_before_they_tap() -> None:
    crowd = Crowd(2, LINE, "secret")

    written = []
    for _ in range(4):
        walker, request = crowd.next()
        message = json.loads(request.partition(b"\r\n\r\n")[2])["entry"][0]["changes"][0]["value"]["messages"][0]
        written.append((walker.person.key, message.get("text") or message["interactive"]["list_reply"]["id"]))
        crowd.answered(walker, None)

    assert written == [("p1", {"body": "ciao"}), ("p2", {"body": "ciao"}), ("p1", WALK[0]), ("p2", WALK[0])]


def test_a_reply_that_does_not_offer_the_next_tap_is_counted() -> None:
    crowd = Crowd(1, LINE, "secret")
    walker, _ = crowd.next()

    crowd.answered(walker, b'{"to":"+390000","text":{"body":"Un momento."}}')

    assert crowd.astray == 1


@pytest.mark.parametrize("sent", [b'{"to":"+393500000001"}', b'{"to": "393500000001"}'], ids=["ours", "pywa's"])
def test_a_reply_is_known_by_whom_it_is_for(sent: bytes) -> None:
    assert recipient(sent) == "393500000001"


def test_a_copied_row_has_every_column_of_its_table() -> None:
    sql = growth.copied(tables.number, "number t", {"id": "'2'"})

    assert sql == (
        "INSERT INTO number (id, held_until, why, begins_since, begins_at) "
        "SELECT '2', t.held_until, t.why, t.begins_since, t.begins_at FROM number t"
    )


def test_only_tables_that_were_read_from_end_to_end_are_named() -> None:
    lines = growth.told_scans({"contact": 2, "message": 0}, {"contact": 2, "message": 3})

    assert lines == ["read from end to end in the large one: message 3 times"]


def test_a_turn_that_takes_a_third_longer_is_not_what_was_aimed_at() -> None:
    assert growth.ratio("by rate", 1.34).endswith("1.34   aim 1.3: not reached")


def test_everybody_of_a_surge_writes_within_its_time_and_in_order() -> None:
    moments = surge.moments(surge.Plan(people=500, seconds=6.0))

    assert moments == sorted(moments) and len(moments) == 500 and moments[-1] < 6.0


@pytest.mark.parametrize(
    ("p99", "pace", "refused", "says"),
    [
        (1.9, 40.0, {}, "taps: p99 1.90 s   aim 2: reached"),
        (9.0, 79.0, {"130429": 7}, "at the limit (79 replies a second of 80 were taken, 7 refused for the limit)"),
        (9.0, 50.0, {"130429": 7}, "not reached (50 replies a second of 80 were taken, 7 refused for the limit)"),
        (9.0, 79.0, {}, "not reached (79 replies a second of 80 were taken, 0 refused for the limit)"),
    ],
    ids=["in time", "at the limit", "slower than the limit", "never at the limit"],
)
def test_a_surge_is_answered_in_time_or_as_fast_as_whatsapp_takes_replies(
    p99: float, pace: float, refused: dict[str, int], says: str
) -> None:
    assert surge.verdict(surge.Plan(), p99, pace, refused).endswith(says)


def test_the_pace_of_replies_is_that_of_the_time_when_there_was_always_one_to_take() -> None:
    times = [0.0, *(10 + n / 50 for n in range(1000)), 90.0]

    assert 49.9 < surge.pace(times) < 50.1


def hang_up_after_each(listener: socket.socket, answers: int) -> None:
    """Answer so many requests 200, each on a connection that is closed afterwards without a word."""
    for _ in range(answers):
        connection, _ = listener.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


def test_a_line_the_web_has_closed_is_not_used_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, closing(Wire()) as wire:
        answering = threading.Thread(target=hang_up_after_each, args=(listener, 5))
        answering.start()

        round_ = wire.round(listener.getsockname()[1], Crowd(5, LINE, "secret"), replies=False)
        measured = round_.paced([0.0, 0.1, 0.2, 0.3, 0.4])
        answering.join(10)

    assert (measured.ended, measured.lost) == (5, 0)


@pytest.mark.timeout(120)
def test_a_database_that_grew_answers_those_who_wrote_before() -> None:
    plan = growth.Plan(contacts=80, messages=240, rounds=1, seconds=0.5, people=20, flights=2)
    with ladder.standing(ANYWHERE) as (wire, servers):
        desk = growth.grown(wire, servers, plan)
        walked = wire.round(desk.web.port, desk.crowd, replies=True).closed(2, 20.0, most=20)
        with psycopg.connect(desk.name) as connection:
            counts = [connection.execute(f"SELECT count(*) FROM {name}".encode()).fetchone() for name in growth.GROWN]

    assert (walked.ended, walked.lost, desk.crowd.astray) == (20, 0, 0)
    assert counts == [(80,), (80,), (300,), (300,)]  # three each, and those who wrote: once before, twice since


@pytest.mark.timeout(120)
def test_a_small_surge_loses_and_doubles_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    code = surge.run(surge.Plan(people=30, seconds=1.0))

    told = capsys.readouterr().out
    assert code == 0, told
    assert "30 of 30 messages received" in told
    assert "0 replies accepted twice; 0 of unknown fate; 0 unsettled" in told


@pytest.mark.timeout(120)
def test_everybody_who_taps_is_answered_with_the_menu_they_expect() -> None:
    with ladder.standing(ANYWHERE) as (wire, servers):
        plan = ladder.Plan(rounds=1, seconds=20.0, flights=2, people=4)
        desk = ladder.started(servers, ladder.WHOLE, plan)
        ladder.greet(wire, desk, plan.flights)

        walked = wire.round(desk.web.port, desk.crowd, replies=True).closed(plan.flights, plan.seconds, most=16)

    assert (walked.ended, walked.lost, desk.crowd.astray) == (16, 0, 0)


@pytest.mark.timeout(120)
def test_a_step_is_watched_by_its_name() -> None:
    with ladder.standing(ANYWHERE) as (wire, servers):
        web = servers.desk("bench.steps:app()")
        crowd = Crowd(3, servers.line, servers.app_secret)
        wire.round(web.port, crowd, replies=True).closed(1, 20.0, most=6)

        steps = json.loads(web.told("/bench/steps"))["steps"]

    named = {"signature", "parse", "engine", "wording", "seals", "HTTP send", "SQL: COMMIT", "SQL: INSERT INTO message"}
    assert named <= steps.keys()


@pytest.mark.timeout(120)
def test_every_rung_answers_200_to_what_the_crowd_sends() -> None:
    with ladder.standing(ANYWHERE) as (wire, servers):
        rungs = [ladder.started(servers, name, ladder.Plan(people=4)) for name in RUNGS]

        ended = [wire.round(rung.web.port, rung.crowd, rung.replies).closed(2, 20.0, most=6).ended for rung in rungs]

    assert ended == [6, 6, 6, 6]


@pytest.mark.timeout(120)
def test_each_place_of_a_small_diary_is_given_to_one(capsys: pytest.CaptureFixture[str]) -> None:
    code = booking.run(booking.Plan(practitioners=2, past=500, rounds=1, takers=8))

    told = capsys.readouterr().out
    assert code == 0, told
    assert "8 who want one place at once, 2 times: one got it in 2, 0 without an answer" in told
