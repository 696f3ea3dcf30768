"""`flask templates push|status` against the stand-in: once, again, after a change of the file, after Meta's own changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from bot.approvals import why_not
from bot.message_templates import Template
from bot.settings import Settings
from bot.store import tables
from bot.wiring import build
from simulator.config import Config
from simulator.server import Running, start
from tests.conftest import MakeDesk
from tests.desks import DeskInProcess
from tests.servers import until

LANGUAGES = 3


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: what is kept is tested on both elsewhere."""
    return sqlite_url


@pytest.fixture
def meta(environ: dict[str, str], tmp_path: Path) -> Iterator[Running]:
    """A stand-in that knows the tests' clinic."""
    running = start(
        Config(
            environ["WHATSAPP_APP_SECRET"],
            environ["WHATSAPP_VERIFY_TOKEN"],
            environ["WHATSAPP_ACCESS_TOKEN"],
            phone_number_id=environ["WHATSAPP_PHONE_NUMBER_ID"],
            waba_id=environ["WHATSAPP_BUSINESS_ACCOUNT_ID"],
            webhook_url="http://127.0.0.1:9/webhook",
            handshake=False,
            require_proof=True,
        )
    )
    environ["WHATSAPP_GRAPH_URL"] = running.url
    yield running
    running.stop()


@pytest.fixture
def desk(meta: Running, make_desk: MakeDesk) -> DeskInProcess:
    return make_desk()


def run(desk: DeskInProcess, *words: str) -> Result:
    return desk.app.test_cli_runner().invoke(args=("templates", *words))


def with_reminder(desk: DeskInProcess, **other: object) -> None:
    """Have another file for the reminder of three days before."""
    built = desk.app.extensions["sportello"]
    templates = tuple(_changed(one, other) if one.name == "reminder_72h" else one for one in built.templates)
    desk.stand(desk.desk, desk.pool)
    desk.built = replace(desk.built, templates=templates)
    desk.stand(desk.desk, desk.pool)


def _changed(template: Template, other: dict[str, object]) -> Template:
    return replace(template, **other)  # type: ignore[arg-type]


def audited(desk: DeskInProcess) -> list[str]:
    return [row.counts for row in desk.rows(tables.audit) if row.action == "templates_push"]


def test_a_push_brings_every_template_in_every_language_and_the_desk_knows(desk: DeskInProcess, meta: Running) -> None:
    count = len(desk.built.templates) * LANGUAGES

    pushed = run(desk, "push")

    assert (pushed.exit_code, pushed.output.splitlines()[-1]) == (
        0,
        f"{count} of {count} may be sent as their files say.",
    )
    assert len(meta.world.templates) == count + 1  # hello_world is Meta's own
    assert len(desk.built.approvals.known()) == count
    reminder = meta.world.templates["reminder_72h", "it"]
    assert (reminder.parameter_format, reminder.lifetime_s, reminder.category) == ("NAMED", 43200, "UTILITY")


def test_a_second_push_changes_nothing(desk: DeskInProcess, meta: Running) -> None:
    run(desk, "push")
    before = {key: one.id for key, one in meta.world.templates.items()}

    again = run(desk, "push")

    assert (again.exit_code, {key: one.id for key, one in meta.world.templates.items()}) == (0, before)
    assert [counts for counts in audited(desk)][-1] in ("{}", {})


def test_a_dry_run_says_what_it_would_do_and_does_nothing(desk: DeskInProcess, meta: Running) -> None:
    said = run(desk, "push", "--dry-run").output

    assert "would create reminder_72h (it)\n" in said
    assert (len(meta.world.templates), desk.built.approvals.known()) == (1, {})


def test_another_text_of_the_file_is_brought_and_the_rest_is_left(desk: DeskInProcess, meta: Running) -> None:
    run(desk, "push")
    known = next(one for one in desk.built.templates if one.name == "reminder_72h")
    words = {**known.wordings, "it": known.wordings["it"].replace("Buongiorno", "Buonasera")}
    with_reminder(desk, wordings=words)

    told = run(desk, "push", "--dry-run").output
    pushed = run(desk, "push")

    assert [line for line in told.splitlines() if line.startswith("would")] == ["would change reminder_72h (it)"]
    assert pushed.exit_code == 0
    assert meta.world.templates["reminder_72h", "it"].components[0]["text"].startswith("Buonasera")


def test_what_meta_does_not_take_is_told_with_its_meaning_and_the_rest_is_brought(
    desk: DeskInProcess, meta: Running
) -> None:
    with_reminder(desk, wordings={"it": "{{ first_name }} a presto", "en": "Hello {{ first_name }} bye"})

    pushed = run(desk, "push")

    assert pushed.exit_code == 1
    assert "refused  reminder_72h (it): it begins or ends with a value (100, 2388299, HTTP 400)" in pushed.stderr
    assert ("reminder_72h", "en") in meta.world.templates


def test_what_is_being_reviewed_is_left_alone(desk: DeskInProcess, meta: Running) -> None:
    run(desk, "push")
    meta.world.templates["reminder_72h", "it"].status = "PENDING"
    with_reminder(desk, lifetime_s=60)

    said = run(desk, "push", "--dry-run").output

    assert "would change reminder_72h (it)" not in said
    assert "would change reminder_72h (en)" in said


def test_status_names_each_state_and_its_remedy(desk: DeskInProcess, meta: Running) -> None:
    run(desk, "push")
    world = meta.world.templates
    world["reminder_72h", "it"].status = "PAUSED"
    world["reminder_24h", "it"].status, world["reminder_24h", "it"].reason = "REJECTED", "INVALID_FORMAT"
    world["reminder_7d", "en"].category = "MARKETING"
    del world["waiting_offer", "es"]

    found = run(desk, "status")

    lines = found.output.splitlines()
    assert found.exit_code == 1
    assert [line for line in lines if not line.rstrip().endswith("APPROVED")] == [
        "reminder_24h (it)                  REJECTED   (INVALID_FORMAT)",
        "reminder_72h (it)                  PAUSED",
        "reminder_7d (en)                   APPROVED   differs: category",
        "waiting_offer (es)                 NOT THERE",
        "-> moved by Meta to another category, and not sent: ask for a review of the category in WhatsApp Manager",
        "-> not there, so nobody is written to after 24 hours: flask templates push",
        "-> rejected: flask templates status tells why; correct the file, then push again",
        "-> paused by Meta for its quality: wait: it goes on by itself; ask people less often",
        "20 of 24 may be sent as their files say.",
    ]


def test_status_keeps_what_it_found_and_calls_somebody_about_a_category(desk: DeskInProcess, meta: Running) -> None:
    run(desk, "push")
    meta.world.templates["reminder_7d", "en"].category = "MARKETING"

    run(desk, "status")

    reminder = next(one for one in desk.built.templates if one.name == "reminder_7d")
    assert why_not(reminder, "en", desk.built.approvals.known()) == "category"
    assert [(row.cause, row.subject) for row in desk.rows(tables.alarm)] == [("template_category", "reminder_7d")]


def test_without_meta_nothing_is_forgotten(desk: DeskInProcess, meta: Running) -> None:
    run(desk, "push")
    meta.world.token["is_valid"] = True
    meta.stop()

    found = run(desk, "status")

    assert (found.exit_code, "Meta does not list the templates: no connection" in found.stderr) == (1, True)
    assert len(desk.built.approvals.known()) == 24


def test_where_templates_are_reviewed_a_push_waits_for_meta(desk: DeskInProcess, meta: Running) -> None:
    meta.world.config = replace(meta.world.config, review=True)

    pushed = run(desk, "push")

    assert (pushed.exit_code, pushed.output.splitlines()[-1]) == (0, "0 of 24 may be sent as their files say.")
    assert {one.status for one in desk.built.approvals.known().values()} == {"PENDING"}


def test_a_worker_that_starts_asks_meta_by_itself_while_a_template_is_paused(
    desk: DeskInProcess, meta: Running, environ: dict[str, str], sqlite_url: str
) -> None:
    run(desk, "push")
    meta.world.templates["reminder_72h", "it"].status = "PAUSED"
    run(desk, "status")
    meta.world.templates["reminder_72h", "it"].status = "APPROVED"
    worker = build(Settings.from_env({**environ, "DATABASE_URL": sqlite_url}), desk.clock, "worker", desk.house)

    worker.background.start()
    seen = until(lambda: desk.built.approvals.known()["reminder_72h", "it"].status == "APPROVED")
    worker.stop()

    assert seen
