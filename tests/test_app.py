"""The web application around the desk: the handshake, health, figures, and the commands an operator runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app import create_app
from bot.figures import Glance, metrics_token
from bot.ports import Health
from bot.settings import Settings
from bot.store import tables
from tests.desks import DeskInProcess, Patient


@pytest.fixture
def desk(environ: dict[str, str], sqlite_url: str) -> Iterator[DeskInProcess]:
    made = DeskInProcess(environ | {"DATABASE_URL": sqlite_url})
    yield made
    made.close()


@pytest.fixture
def patient(desk: DeskInProcess) -> Patient:
    return desk.patient()


def handshake(token: str, mode: str = "subscribe") -> str:
    return f"/webhook?hub.mode={mode}&hub.verify_token={token}&hub.challenge=1158201444"


def test_the_handshake_is_answered_with_the_bare_challenge(desk: DeskInProcess) -> None:
    answer = desk.client.get(handshake("a-word-of-the-tests"))

    assert (answer.status_code, answer.data) == (200, b"1158201444")


@pytest.mark.parametrize("path", [handshake("wrong"), handshake("a-word-of-the-tests", "unsubscribe"), "/webhook"])
def test_any_other_handshake_is_refused_without_a_word(desk: DeskInProcess, path: str) -> None:
    answer = desk.client.get(path)

    assert (answer.status_code, answer.data) == (403, b"")


def test_a_refused_post_is_counted_and_told_nothing(desk: DeskInProcess) -> None:
    answer = desk.client.post("/webhook", data=b"{}", headers={"X-Hub-Signature-256": "sha256=00"})

    assert (answer.status_code, answer.data) == (403, b"")
    assert figure(desk, "sportello_webhook_refused_total") == 1


def test_health_says_that_the_process_answers_without_asking_the_database(desk: DeskInProcess) -> None:
    desk.built.database.close()

    assert desk.client.get("/healthz").status_code == 200


def test_ready_tells_the_world_whether_the_desk_answers_and_no_more(desk: DeskInProcess) -> None:
    desk.built.records.ring("emergency", "0192f0c4-5f6e-7000-8000-00000000002a")

    answer = desk.client.get("/readyz")

    assert (answer.status_code, answer.json) == (200, {"ready": True, "worker": False})


@pytest.mark.parametrize(
    "header", ["", "Bearer ", "Bearer 0123", "Basic {}", "{}", "bearer {}", "Bearer {}x", "Bearer é"]
)
def test_the_figures_are_told_to_nobody_without_the_token(desk: DeskInProcess, header: str) -> None:
    given = header.format(metrics_token(desk.built.settings.secret_key))

    answer = desk.client.get("/metrics", headers={"Authorization": given})

    assert (answer.status_code, answer.data) == (401, b"")


def test_a_database_that_is_away_is_told_to_the_world_as_not_ready(environ: dict[str, str]) -> None:
    away = create_app(Settings.from_env(environ)).test_client()

    answer = away.get("/readyz")

    assert (answer.status_code, answer.json) == (503, {"ready": False, "worker": False})


def test_the_token_is_printed_for_whoever_collects_the_figures(desk: DeskInProcess) -> None:
    assert run(desk, "metrics-token").strip() == metrics_token(desk.built.settings.secret_key)


def test_the_health_is_counted_once_in_two_seconds(desk: DeskInProcess) -> None:
    looks: list[Health] = []

    def look() -> Health:
        looks.append(desk.built.watch.health())
        return looks[-1]

    glance = Glance(look, desk.clock)
    at_once = [glance.health() for _ in range(3)]
    desk.clock.move(timedelta(seconds=3))

    later = glance.health()

    assert [*at_once, later] == [looks[0]] * 3 + [looks[1]]


def test_ready_tells_of_the_worker_and_of_alarms(desk: DeskInProcess) -> None:
    desk.built.records.ring("sending_refused", "190")
    desk.built.watch.beat("worker-test", "worker")

    answer = desk.client.get("/readyz", headers=desk.token)

    assert answer.status_code == 200
    assert answer.json == {
        "ready": True,
        "database": "up",
        "worker": True,
        "oldest_open_s": None,
        "queued": 0,
        "alarms": [{"cause": "sending_refused", "subject": "190", "times": 1}],
    }


def test_a_database_without_its_tables_is_not_ready(desk: DeskInProcess) -> None:
    with desk.built.database.begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")

    answer = desk.client.get("/readyz", headers=desk.token)

    assert answer.status_code == 503
    assert answer.json and "db-upgrade" in answer.json["database"]


def test_the_figures_count_messages_by_what_became_of_them(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    patient.writes("vorrei parlare con una persona")

    assert figure(desk, "sportello_messages", outcome="answered", reason="") >= 1
    assert figure(desk, "sportello_outbox_rows", state="sent") == 2
    assert figure(desk, "sportello_database_up") == 1


def test_every_answer_forbids_what_a_page_might_do(desk: DeskInProcess) -> None:
    headers = desk.client.get("/healthz").headers

    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"


def figure(desk: DeskInProcess, name: str, **labels: str) -> float:
    """Return one figure of /metrics."""
    page = desk.client.get("/metrics", headers=desk.token).get_data(as_text=True)
    (value,) = [
        sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if sample.name == name and sample.labels == labels
    ]
    return float(value)


# ------------------------------------------------------------------------------------------------------------ commands


def run(desk: DeskInProcess, *words: str) -> str:
    result = desk.app.test_cli_runner().invoke(args=words)
    return result.output


def test_the_queue_is_listed_by_ids_alone(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("dolore al petto, non respiro")
    (handoff,) = desk.rows(tables.handoff)

    said = run(desk, "queue", "list")

    assert str(handoff.id) in said
    assert "emergency" in said
    assert "Anna" not in said and "petto" not in said


def test_closing_a_handoff_brings_the_assistant_back(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("dolore al petto, non respiro")
    (handoff,) = desk.rows(tables.handoff)

    said = run(desk, "queue", "close", str(handoff.id))

    assert said == "Closed.\n"
    assert desk.rows(tables.conversation)[0].owner == "bot"
    assert "0 waiting" in run(desk, "queue", "list")


def test_closing_what_is_not_in_the_queue_says_so(desk: DeskInProcess) -> None:
    said = run(desk, "queue", "close", "018f0000-0000-7000-8000-000000000000")

    assert "no such handoff" in said


def test_migrating_twice_changes_nothing(desk: DeskInProcess) -> None:
    assert run(desk, "db-upgrade") == "The database is up to date.\n"


def test_keys_are_rotated_by_one_command(
    desk: DeskInProcess, patient: Patient, environ: dict[str, str], sqlite_url: str
) -> None:
    patient.writes("ciao")
    old, new = environ["FIELD_KEYS"], "k2:" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU="
    both = environ | {"DATABASE_URL": sqlite_url, "FIELD_KEYS": f"{new},{old}"}
    rotating = DeskInProcess(both)

    said = run(rotating, "rotate-keys")

    assert "contact.person_sealed: 1" in said
    assert "message.content_sealed: 1" in said
    rotating.close()
    after = DeskInProcess(both | {"FIELD_KEYS": new})
    after.patient().writes("menu")
    assert after.outcomes() == [("answered", None), ("answered", None)]
    after.close()


def test_logs_are_json_lines_with_ids(
    desk: DeskInProcess, patient: Patient, capsys: pytest.CaptureFixture[str]
) -> None:
    import logging

    from bot.logs import JsonLines

    record = logging.makeLogRecord({"name": "sportello.x", "levelname": "INFO", "msg": "row sent", "row": "018f"})

    line = json.loads(JsonLines().format(record))

    assert (line["event"], line["row"], line["level"], line["from"]) == ("row sent", "018f", "info", "sportello.x")
