"""flask preflight: a deploy in order passes; each thing that can be wrong with one is named, with its remedy."""

from __future__ import annotations

import json
import os
import re
import socket
import socketserver
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import delete
from werkzeug.serving import make_server

from bot.app import create_app
from bot.checkup import Looked, gather, look_at_house
from bot.clock import SystemClock
from bot.ports import Remedy, SendError
from bot.preflight import (
    AccountFacts,
    DatabaseFacts,
    Environment,
    Facts,
    Finding,
    HouseFacts,
    Level,
    NotAsked,
    NumberFacts,
    Portal,
    Post,
    Reached,
    RedisFacts,
    RoundTrip,
    Silent,
    SubscriptionFacts,
    TemplateFacts,
    TokenFacts,
    judge,
)
from bot.preflight.judge_whatsapp import USEFUL_FIELDS
from bot.settings import Settings, names
from bot.store import Database, tables
from bot.store.condition import condition
from bot.store.schema import upgrade
from bot.whatsapp.definitions import definition
from simulator.config import Config
from simulator.server import Running, start
from simulator.world import World
from tests import servers
from tests.conftest import ROOT
from tests.desks import DeskInProcess, Patient
from tests.processes import System, migrated

OK, WARN, STOP = Level.OK, Level.WARN, Level.STOP


# ---------------------------------------------------------------------------------- a deploy that really runs, and breaks


@dataclass
class Deploy:
    """A web process behind its webhook, a migrated database, a Redis, and the stand-in for Meta."""

    environ: dict[str, str]
    meta: Running
    house: Looked

    @property
    def world(self) -> World:
        """What Meta knows; change it to break it."""
        return self.meta.world

    def findings(self, **changed: str) -> tuple[Finding, ...]:
        """Run preflight with some settings changed; the menus are read once for all of these tests."""
        look = None if "CLINIC_FILE" in changed else (lambda _: self.house)
        return judge(gather(self.environ | changed, SystemClock(), look))

    def finds(self, check: str, **changed: str) -> list[tuple[Level, str]]:
        """Return what is said about one thing."""
        return [(found.level, found.says) for found in self.findings(**changed) if found.check == check]


@dataclass
class Web:
    """The desk's web application on a port, with its own database."""

    environ: dict[str, str]
    database: Database
    house: Looked


@pytest.fixture(scope="module")
def web(
    postgres: servers.Postgres, redis_running: servers.Redis, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Web]:
    clinic = tmp_path_factory.mktemp("clinic") / "clinic.yaml"
    clinic.write_text(without_pages(), encoding="utf-8")
    port = servers.free_port()
    url = migrated(postgres)
    environ = complete() | {
        "DATABASE_URL": url,
        "REDIS_URL": redis_running.url,
        "CLINIC_FILE": str(clinic),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    settings = Settings.from_env(environ)
    app = create_app(settings)
    server = make_server("127.0.0.1", port, app, threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    database = Database(settings.database_url, 2)
    yield Web(environ, database, look_at_house(clinic))
    server.shutdown()
    server.server_close()
    database.close()
    built = app.extensions["sportello"]
    built.database.close()
    built.redis.close()


@pytest.fixture
def deploy(web: Web, tmp_path: Path) -> Iterator[Deploy]:
    told = web.environ
    (tmp_path / "clock").write_text("0", "ascii")
    meta = start(
        Config(
            told["WHATSAPP_APP_SECRET"],
            told["WHATSAPP_VERIFY_TOKEN"],
            told["WHATSAPP_ACCESS_TOKEN"],
            phone_number_id=told["WHATSAPP_PHONE_NUMBER_ID"],
            waba_id=told["WHATSAPP_BUSINESS_ACCOUNT_ID"],
            webhook_url=f"{told['PUBLIC_URL']}/webhook",
            handshake=False,
            require_proof=True,
            clock=tmp_path / "clock",
        )
    )
    house = web.house[1]
    for template in house.templates:
        for language in house.languages:
            meta.world.add_template(definition(template, language))
    beat(web.database)
    yield Deploy(told | {"WHATSAPP_GRAPH_URL": meta.url}, meta, web.house)
    meta.stop()


def complete() -> dict[str, str]:
    """Return a whole environment with invented values, without servers."""
    return {
        "WHATSAPP_ACCESS_TOKEN": "EAAtest0token0of0nobody",
        "WHATSAPP_APP_SECRET": "0123456789abcdef0123456789abcdef",
        "WHATSAPP_VERIFY_TOKEN": "a-word-of-the-tests",
        "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
        "WHATSAPP_BUSINESS_ACCOUNT_ID": "102290129340398",
        "FIELD_KEYS": "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        "HASH_KEY": "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=",
        "SECRET_KEY": "tests-only-0123456789-abcdefghijklmnop",
    }


def without_pages() -> str:
    """Return the example of a clinic's file without its portal, so that no name is looked up on the internet."""
    told = yaml.load((ROOT / "clinic.example.yaml").read_text("utf-8"), yaml.BaseLoader)
    kept = {key: value for key, value in told.items() if key not in ("portal", "media")}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False)


def beat(database: Database) -> None:
    """Have a web process and a worker that have just been heard."""
    with database.begin() as connection:
        connection.execute(delete(tables.heartbeat))
        for kind in ("web", "worker"):
            times = {"started_at": database.time(-60), "beat_at": database.time(20)}  # enough for this test
            connection.execute(database.insert(tables.heartbeat).values(process=f"{kind}-test", kind=kind, **times))


def test_a_deploy_in_order_has_only_the_warnings_of_a_rehearsal(deploy: Deploy) -> None:
    wrong = [(found.level, found.check) for found in deploy.findings() if found.level is not OK]

    assert wrong == [(WARN, "graph"), (WARN, "smtp")]


def test_every_check_of_a_running_deploy_is_made(deploy: Deploy) -> None:
    made = {found.check for found in deploy.findings()}

    assert made == CHECKS - {"reviews"}


Break = Callable[[Deploy], Mapping[str, str] | None]


def number(**fields: Any) -> Break:
    return lambda deploy: deploy.world.number.update(fields)


def token(**fields: Any) -> Break:
    return lambda deploy: deploy.world.token.update(fields)


def setting(name: str, value: str) -> Break:
    return lambda _: {name: value}


def fields(*names: str) -> Break:
    return lambda deploy: setattr(deploy.world, "fields", names)


def unsubscribed(deploy: Deploy) -> None:
    deploy.world.subscribed = False


def moved(seconds: int) -> Break:
    def move(deploy: Deploy) -> None:
        clock = deploy.world.config.clock
        assert clock is not None
        clock.write_text(str(seconds), "ascii")

    return move


def paused(deploy: Deploy) -> None:
    next(iter(deploy.world.templates.values())).status = "PAUSED"


def changed_at_meta(**fields: Any) -> Break:
    def change(deploy: Deploy) -> None:
        for name, value in fields.items():
            setattr(deploy.world.templates["reminder_72h", "it"], name, value)

    return change


def not_at_meta(deploy: Deploy) -> None:
    deploy.world.templates.clear()


def health(can_send: str, *codes: int) -> Break:
    errors = [{"error_code": code} for code in codes]
    entity = {"entity_type": "WABA", "can_send_message": can_send, "errors": errors}
    return number(health_status={"can_send_message": can_send, "entities": [entity]})


DAY = 86_400
NOW = int(datetime.now(UTC).timestamp())
MESSAGING, MANAGEMENT = "whatsapp_business_messaging", "whatsapp_business_management"

FAULTS: dict[str, tuple[Break, str, Level, str]] = {
    "another token": (setting("WHATSAPP_ACCESS_TOKEN", "EAAanother"), "token", STOP, "with code 190"),
    "a token taken back": (token(is_valid=False), "token", STOP, "not valid"),
    "a person's token": (token(type="USER"), "token", WARN, "not a system user's"),
    "a token that ended": (token(expires_at=NOW - DAY), "token_expiry", STOP, "it ends on"),
    "a token that ends soon": (token(expires_at=NOW + 9 * DAY), "token_expiry", WARN, "it ends on"),
    "no right to send": (token(scopes=[MANAGEMENT]), "token_permissions", STOP, MESSAGING),
    "no right to look": (token(scopes=[MESSAGING]), "token_permissions", WARN, MANAGEMENT),
    "another app's secret": (setting("WHATSAPP_APP_SECRET", "f" * 32), "app_secret", STOP, "not the secret"),
    "another secret in the web": (setting("WHATSAPP_APP_SECRET", "f" * 32), "webhook_signed", STOP, "refused"),
    "another verify token": (setting("WHATSAPP_VERIFY_TOKEN", "w"), "webhook_handshake", STOP, "another verify token"),
    "nobody at PUBLIC_URL": (setting("PUBLIC_URL", "http://127.0.0.1:9"), "webhook_signed", STOP, "no connection"),
    "a version that ended": (setting("WHATSAPP_GRAPH_VERSION", "v20.0"), "graph_version", STOP, "until 2026-09-24"),
    "a version nobody knows": (setting("WHATSAPP_GRAPH_VERSION", "v99.0"), "graph_version", WARN, "not known here"),
    "another number": (setting("WHATSAPP_PHONE_NUMBER_ID", "1"), "number", STOP, "with code"),
    "a number of another account": (setting("WHATSAPP_PHONE_NUMBER_ID", "1"), "account", STOP, "not one of"),
    "another account": (setting("WHATSAPP_BUSINESS_ACCOUNT_ID", "1"), "account", STOP, "with code"),
    "a number not registered": (number(status="PENDING"), "number", STOP, "PENDING"),
    "a banned number": (number(status="BANNED"), "number", STOP, "BANNED"),
    "a flagged number": (number(status="FLAGGED"), "number", WARN, "FLAGGED"),
    "a number elsewhere": (number(platform_type="ON_PREMISE"), "number", STOP, "not on the Cloud API"),
    "bad quality": (number(quality_rating="RED"), "quality", WARN, "RED"),
    "a declined name": (number(name_status="DECLINED"), "display_name", WARN, "DECLINED"),
    "sending blocked": (health("BLOCKED", 141006), "messaging_health", STOP, "blocked by WABA (141006)"),
    "sending limited": (health("LIMITED"), "messaging_health", WARN, "limited by WABA"),
    "nobody subscribed": (unsubscribed, "subscribed_apps", STOP, "no message arrives"),
    "no webhook": (fields(), "webhook_fields", STOP, "no active webhook"),
    "messages not subscribed": (fields("calls"), "webhook_fields", STOP, "no message arrives"),
    "only messages subscribed": (fields("messages"), "webhook_fields", WARN, "account_update"),
    "a paused template": (paused, "templates", WARN, "hello_world (en_US) is PAUSED"),
    "a reminder paused": (
        changed_at_meta(status="PAUSED"),
        "templates",
        WARN,
        "paused by Meta for its quality: reminder_72h (it)",
    ),
    "a reminder in another category": (changed_at_meta(category="MARKETING"), "templates", WARN, "another category"),
    "a reminder nobody could fill in": (
        changed_at_meta(components=[{"type": "BODY", "text": "Ciao {{nome}}, a presto"}]),
        "templates",
        WARN,
        "cannot be filled in: Meta has other values or buttons: reminder_72h (it)",
    ),
    "no templates at all": (not_at_meta, "templates", WARN, "booked_by_clinic (es), cancelled_by_clinic (it)"),
    "a clock a minute off": (moved(60), "clock_meta", WARN, "differs from Meta's by"),
    "a clock an hour off": (moved(3600), "clock_meta", STOP, "differs from Meta's by"),
    "no Meta": (setting("WHATSAPP_GRAPH_URL", "http://127.0.0.1:9"), "token", STOP, "no connection"),
    "no Redis": (setting("REDIS_URL", "redis://127.0.0.1:9/0"), "redis", STOP, "ConnectionError"),
    "no database": (setting("DATABASE_URL", "postgres://desk@127.0.0.1:9/desk"), "database", STOP, "did not answer"),
    "no mail": (setting("SMTP_URL", "smtp://127.0.0.1:9/?from=a@b.example&to=c@d.example"), "smtp", WARN, "let us in"),
    "a setting that is malformed": (setting("HASH_KEY", "x"), "settings", STOP, "HASH_KEY must be 32 bytes"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_remedy(deploy: Deploy, name: str) -> None:
    break_it, check, level, words = FAULTS[name]

    changed = break_it(deploy) or {}

    found = [found for found in deploy.findings(**changed) if (found.check, found.level) == (check, level)]
    assert [words in one.says for one in found].count(True) == 1, found
    assert all(one.remedy and one.link for one in found)


def test_all_faults_are_told_at_once(deploy: Deploy) -> None:
    deploy.world.number["status"] = "BANNED"
    deploy.world.subscribed = False

    stops = {
        found.check for found in deploy.findings(HASH_KEY="", REDIS_URL="redis://127.0.0.1:9/0") if found.level is STOP
    }

    assert stops == {"settings", "redis", "number", "subscribed_apps"}


def test_no_finding_shows_a_secret_or_an_address_of_a_server(deploy: Deploy) -> None:
    hidden = {name: deploy.environ[name] for name in deploy.environ if name not in SHOWN}
    broken = {"DATABASE_URL": "postgres://u:p4ssw0rd@127.0.0.1:9/x", "REDIS_URL": "redis://:p4ssw0rd@127.0.0.1:9/0"}

    said = repr(deploy.findings()) + repr(deploy.findings(**broken))

    assert [name for name, value in {**hidden, "password": "p4ssw0rd"}.items() if value in said] == []


SHOWN = ("WHATSAPP_GRAPH_URL", "CLINIC_FILE", "PUBLIC_URL")


def test_meta_posting_elsewhere_is_told(deploy: Deploy) -> None:
    deploy.world.deliveries.webhook = replace(deploy.world.deliveries.webhook, url="https://other.example/webhook")

    assert deploy.finds("webhook_address") == [(WARN, "Meta posts to another address, at other.example")]


def test_a_database_that_was_not_migrated_is_told(deploy: Deploy, empty_postgres_url: str) -> None:
    (said,) = deploy.finds("migrations", DATABASE_URL=empty_postgres_url)

    assert said[0] is STOP and said[1].startswith("the database is at nothing, the code wants ")


def test_a_file_that_is_no_database_is_told(deploy: Deploy, tmp_path: Path) -> None:
    (tmp_path / "desk.sqlite").write_text("these are words, a page of them " * 100, "utf-8")

    (said,) = deploy.finds("database", DATABASE_URL=f"sqlite:///{tmp_path}/desk.sqlite")

    assert said == (STOP, "The database cannot be used: it does not let itself be looked at (DatabaseError)")


def test_a_redis_that_asks_for_a_password_is_told(deploy: Deploy, own_redis: servers.Redis) -> None:
    with socket.create_connection(("127.0.0.1", own_redis.port), 5) as line:
        line.sendall(b"CONFIG SET requirepass p4ssw0rd\r\n")
        line.recv(100)

    (said,) = deploy.finds("redis", REDIS_URL=own_redis.url)

    assert said == (STOP, "Redis cannot be used: no answer that can be used (AuthenticationError)")


def test_a_meta_that_never_answers_holds_nobody_up(deploy: Deploy) -> None:
    with Talking(Mute) as mute:
        (said,) = deploy.finds("clock_meta", WHATSAPP_GRAPH_URL=mute.url)

    assert said == (WARN, "Meta's time is not known: no answer in time")


def test_processes_that_are_not_heard_are_told(deploy: Deploy, web: Web) -> None:
    with web.database.begin() as connection:
        connection.execute(delete(tables.heartbeat))

    said = deploy.finds("web_process") + deploy.finds("worker_process")

    assert said == [(STOP, "none has a heartbeat")] * 2


def test_a_redis_that_throws_jobs_away_is_told(deploy: Deploy, own_redis: servers.Redis) -> None:
    with socket.create_connection(("127.0.0.1", own_redis.port), 5) as line:
        line.sendall(b"CONFIG SET maxmemory-policy allkeys-lru\r\n")
        line.recv(100)

    (said,) = deploy.finds("redis_eviction", REDIS_URL=own_redis.url)

    assert said == (WARN, "allkeys-lru may throw away jobs when memory is short")


def test_a_file_as_a_database_is_warned_of(deploy: Deploy, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/desk.sqlite"
    database = Database(url, 1)
    upgrade(database)
    database.close()

    (said,) = deploy.finds("database", DATABASE_URL=url)

    assert said[0] is WARN


def test_every_fault_of_the_clinics_file_is_told(deploy: Deploy, tmp_path: Path) -> None:
    path = tmp_path / "clinic.yaml"
    path.write_text(without_pages().replace("country: IT", "country: XX").replace("privacy: ", "privcy: "), "utf-8")

    said = deploy.finds("clinic_file", CLINIC_FILE=str(path))

    assert len(said) >= 2
    assert {level for level, _ in said} == {STOP}


def test_a_calendar_of_somebody_the_clinics_file_does_not_name_is_told(deploy: Deploy) -> None:
    said = deploy.finds("settings", BUSY_CALENDARS="neri=https://cal.example/a.ics verdoni=https://cal.example/b.ics")

    assert said == [(STOP, "BUSY_CALENDARS names verdoni: nobody of the clinic's file is called so")]


def test_an_emergency_number_nobody_called_for_a_year_is_warned_of(deploy: Deploy, tmp_path: Path) -> None:
    path = tmp_path / "clinic.yaml"
    path.write_text(re.sub(r"verified_on: '?2026-11-20'?", "verified_on: '2024-11-20'", without_pages()), "utf-8")

    said = deploy.finds("emergency_numbers", CLINIC_FILE=str(path))

    assert len(said) == 4
    assert {level for level, _ in said} == {WARN}


def test_something_else_at_our_address_is_told(deploy: Deploy) -> None:
    with Anything() as anything:
        said = {
            found.check: found.level
            for found in deploy.findings(PUBLIC_URL=anything.url)
            if found.check.startswith("webhook_")
        }

    assert said["webhook_handshake"] is STOP
    assert said["webhook_unsigned"] is STOP


def test_a_mail_server_that_lets_us_in_is_well(deploy: Deploy) -> None:
    with MailServer() as mail:
        said = deploy.finds("smtp", SMTP_URL=f"smtp://127.0.0.1:{mail.port}/?from=a@b.example&to=c@d.example")

    assert said == [(OK, "the mail server lets us in")]


class Talking(socketserver.ThreadingTCPServer):
    """A server of the loopback that says a few lines, for the length of a `with`."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, handler: type[socketserver.StreamRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.port: int = self.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class Welcoming(socketserver.StreamRequestHandler):
    """Answer every request with 200 and a page."""

    def handle(self) -> None:
        while self.rfile.readline().strip():
            pass
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\nwelcome")


class Mute(socketserver.StreamRequestHandler):
    """Hear, and never answer."""

    def handle(self) -> None:
        while self.rfile.readline():
            pass


class Mailing(socketserver.StreamRequestHandler):
    """Answer what a mail client says first."""

    def handle(self) -> None:
        self.wfile.write(b"220 mail.example\r\n")
        for line in self.rfile:
            self.wfile.write(b"221 bye\r\n" if line.lower().startswith(b"quit") else b"250 ok\r\n")


def Anything() -> Talking:  # noqa: N802  named like what it stands for
    """Return a web server that takes everything."""
    return Talking(Welcoming)


def MailServer() -> Talking:  # noqa: N802
    """Return a mail server."""
    return Talking(Mailing)


# --------------------------------------------------------------------------------------------- refused for want of payment


NO_PAYMENT = SendError(Remedy.ALARM, 131042, whole_number=False)


def test_a_refusal_for_payment_stops_until_something_went_out(desk: DeskInProcess, patient: Patient) -> None:
    desk.whatsapp.answers.append(NO_PAYMENT)
    patient.writes("ciao")

    (said,) = about("payment", database=looked_at(desk))

    assert said == (STOP, "Meta refused 1 messages for payment (131042) in seven days; nothing went out since")


def test_a_refusal_for_payment_long_ago_is_no_matter(desk: DeskInProcess, patient: Patient) -> None:
    desk.whatsapp.answers.append(NO_PAYMENT)
    patient.writes("ciao")
    desk.clock.move(timedelta(days=8))

    (said,) = about("payment", database=looked_at(desk))

    assert said == (OK, "Meta has not refused for payment (131042) in seven days")


def test_messages_that_went_out_since_a_refusal_for_payment_calm(desk: DeskInProcess, patient: Patient) -> None:
    desk.whatsapp.answers.append(NO_PAYMENT)
    patient.writes("ciao")
    desk.clock.move(timedelta(hours=1))
    desk.patient("393330000002").writes("ciao")

    (said,) = about("payment", database=looked_at(desk))

    assert said[0] is WARN


def looked_at(desk: DeskInProcess) -> DatabaseFacts:
    found = condition(desk.settings.database_url, desk.clock)
    assert isinstance(found, DatabaseFacts)
    return found


# --------------------------------------------------------------------------------------------------------- pure judgement

MOMENT = datetime(2026, 11, 23, 9, tzinfo=UTC)
WELL = Facts(
    now=MOMENT,
    environment=Environment((), "https://graph.facebook.com", "v26.0", "https://desk.example.org", "1", 1),
    house=HouseFacts(),
    database=DatabaseFacts(
        False, (16, 4), frozenset({"btree_gist"}), "0001", "0001", 0.1, 100, (("web", 0.5), ("worker", 0.7))
    ),
    redis=RedisFacts((7, 2, 4), "noeviction", True),
    token=TokenFacts(True, "SYSTEM_USER", "9", frozenset({MESSAGING, MANAGEMENT}), None),
    number=NumberFacts(
        "CONNECTED", "GREEN", "APPROVED", "CLOUD_API", "STANDARD", "TIER_2K", "https://desk.example.org/webhook"
    ),
    account=AccountFacts(frozenset({"1"}), frozenset({"9"})),
    subscription=SubscriptionFacts("https://desk.example.org/webhook", True, USEFUL_FIELDS | {"messages"}),
    templates=(TemplateFacts("reminder", "it", "APPROVED"),),
    meta_skew_s=0.4,
    round_trip=RoundTrip(Post(200, True), Post(200), Post(403)),
    portals=(Portal("portal.example", Reached(200)),),
    portal_hosts=frozenset({"portal.example"}),
    smtp=True,
)


def about(check: str, **changed: Any) -> list[tuple[Level, str]]:
    """Judge a deploy that is well but for this, and return what is said about one thing."""
    return [(found.level, found.says) for found in judge(replace(WELL, **changed)) if found.check == check]


def altered(facts: str, **fields: Any) -> dict[str, Any]:
    return {facts: replace(getattr(WELL, facts), **fields)}


def test_where_all_is_well_nothing_is_to_be_done() -> None:
    findings = judge(WELL)

    assert {(found.level, found.remedy, found.link) for found in findings} == {(OK, "", "")}


JUDGED: dict[str, tuple[str, dict[str, Any], Level, str]] = {
    "a provider": ("graph", altered("environment", graph_url="https://provider.example"), WARN, "not Meta's"),
    "old PostgreSQL": ("database", altered("database", version=(12, 9)), STOP, "too old"),
    "no extension": ("database_extension", altered("database", extensions=frozenset()), WARN, "btree_gist"),
    "few connections": ("database_connections", altered("database", connections=10), WARN, "10 are allowed, up to 15"),
    "a clock that runs ahead": ("clock_database", altered("database", skew_s=7.0), WARN, "by 7 s"),
    "a clock that is behind": ("clock_database", altered("database", skew_s=-900.0), STOP, "by 900 s"),
    "a heart that stopped": ("web_process", altered("database", beats=(("web", 9.0),)), STOP, "heartbeat"),
    "an old migration": ("migrations", altered("database", revision="0000"), STOP, "at 0000, the code wants 0001"),
    "old Redis": ("redis", altered("redis", version=(4, 0)), STOP, "too old"),
    "an untold policy": ("redis_eviction", altered("redis", policy=None), WARN, "not told"),
    "Meta posts elsewhere": ("webhook_address", altered("number", webhook="https://x.example/w"), STOP, "x.example"),
    "an override that is gone": ("webhook_address", altered("number", webhook=None), OK, "PUBLIC_URL"),
    "another app is told": (
        "subscribed_apps",
        {"account": AccountFacts(frozenset({"1"}), frozenset({"8"}))},
        STOP,
        "does not tell our app",
    ),
    "two apps are told": (
        "subscribed_apps",
        {"account": AccountFacts(frozenset({"1"}), frozenset({"8", "9"}))},
        OK,
        "and 1 more",
    ),
    "an inactive webhook": ("webhook_fields", altered("subscription", is_active=False), STOP, "no active webhook"),
    "fields nobody tells": ("webhook_fields", {"subscription": Silent("no answer in time")}, WARN, "not known"),
    "an open door": ("webhook_unsigned", altered("round_trip", unsigned=Post(200)), STOP, "unsigned"),
    "a door that is not there": ("webhook_unsigned", altered("round_trip", unsigned=Post(404)), WARN, "404"),
    "a web without database": ("webhook_signed", altered("round_trip", signed=Post(503)), STOP, "database"),
    "a page of others": ("webhook_handshake", altered("round_trip", handshake=Post(200)), STOP, "something else"),
    "a portal nobody finds": ("portal", {"portals": (Portal("p.example", Silent("DNS")),)}, WARN, "p.example"),
    "a portal that is broken": ("portal", {"portals": (Portal("p.example", Reached(502)),)}, WARN, "502"),
    "a portal that leads away": (
        "portal",
        {"portals": (Portal("portal.example", Reached(302, "login.example")),)},
        WARN,
        "login.example",
    ),
    "no portal": ("portal", {"portals": ()}, OK, "a team answers"),
    "nobody to write to": ("smtp", {"smtp": None}, WARN, "nobody is written to"),
    "a review that is overdue": ("reviews", altered("house", warnings=("media.x: its review was due",)), WARN, "due"),
    "a template that is broken": (
        "template_files",
        altered("house", template_files=("a fault",)),
        STOP,
        "a fault",
    ),
    "a text that is broken": ("wordings", altered("house", wordings=("a fault",)), STOP, "a fault"),
    "a flow that is broken": ("flows", altered("house", flows=("a fault",)), STOP, "a fault"),
    "a status nobody tells": ("number", altered("number", status=None), WARN, "not tell"),
    "a setting that is missing": ("token", {"token": NotAsked(("X",))}, Level.SKIPPED, "it needs X"),
}


@pytest.mark.parametrize("name", JUDGED)
def test_a_fact_is_judged(name: str) -> None:
    check, changed, level, words = JUDGED[name]

    said = about(check, **changed)

    assert [(found, words in says) for found, says in said] == [(level, True)]


@pytest.mark.parametrize(
    ("version", "today", "level"),
    [
        ("v26.0", "2026-11-23", OK),
        ("v25.0", "2026-11-23", OK),
        ("v21.0", "2026-10-01", OK),
        ("v21.0", "2026-11-23", WARN),
        ("v21.0", "2027-01-20", WARN),
        ("v21.0", "2027-01-21", STOP),
        ("v27.0", "2026-11-23", WARN),
    ],
)
def test_a_versions_end_is_told_ninety_days_before(version: str, today: str, level: Level) -> None:
    changed = altered("environment", graph_version=version) | {"now": datetime.fromisoformat(f"{today}T09:00+00:00")}

    (said,) = about("graph_version", **changed)

    assert said[0] is level


def test_several_web_processes_need_more_connections() -> None:
    (said,) = about("database_connections", **altered("environment", web_processes=4))

    assert said == (OK, "39 are needed, 100 allowed")


# ------------------------------------------------------------------------------------------------- the command, the papers


def test_the_command_names_every_setting_where_the_desk_cannot_start() -> None:
    done = run({})

    assert done.returncode == 1
    assert done.stdout.count("is not set") == 12
    assert "Traceback" not in done.stdout + done.stderr


def test_a_whole_deploy_that_is_in_order_is_let_through(
    postgres: servers.Postgres, redis_url: str, tmp_path: Path
) -> None:
    clinic = tmp_path / "clinic.yaml"
    clinic.write_text(without_pages(), encoding="utf-8")
    environ = complete() | {"CLINIC_FILE": str(clinic), "PUBLIC_URL": "http://127.0.0.1"}
    with running(System(environ, migrated(postgres), redis_url, tmp_path)) as system:
        done = run(system.environ | {"PUBLIC_URL": f"http://127.0.0.1:{system.port}"}, "--json")

    told = json.loads(done.stdout)
    wrong = [(found["check"], found["level"]) for found in told["findings"] if found["level"] != "ok"]
    not_pushed = ("templates", "warn")
    assert (done.returncode, told["ready"], wrong) == (0, True, [("graph", "warn"), not_pushed, ("smtp", "warn")])


@contextmanager
def running(system: System) -> Iterator[System]:
    try:
        yield system
    finally:
        for program in reversed(system.programs):
            program.kill()


def run(environ: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command as an operator does."""
    given = {"PATH": os.environ["PATH"], "NO_PROXY": "127.0.0.1,localhost", **environ}
    command = [sys.executable, "-m", "flask", "--app", "bot.app:create_app", "preflight", *words]
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=120)


CHECKS = frozenset(re.findall(r"^\| `([a-z_]+)` \|", (ROOT / "docs" / "deploying.md").read_text("utf-8"), re.M))


def test_the_table_of_checks_names_all_there_are() -> None:
    made = {found.check for found in judge(WELL)} | {check for check, *_ in JUDGED.values()}
    made |= {check for _, check, *_ in FAULTS.values()}

    assert made == CHECKS


def test_the_app_file_asks_for_everything_but_what_add_ons_bring() -> None:
    asked = json.loads((ROOT / "app.json").read_text("utf-8"))["env"]

    assert set(names()) - set(asked) == {"DATABASE_URL", "REDIS_URL"}


def test_every_remedy_leads_to_a_paragraph_that_is_there() -> None:
    said = [*judge(WELL)]
    for _, changed, *_ in JUDGED.values():
        said += judge(replace(WELL, **changed))
    unset = gather({}, SystemClock())
    said += judge(unset)
    written = {f"docs/{name}#{anchor}" for name in ("whatsapp.md", "deploying.md") for anchor in anchors(name)}

    assert {found.link for found in said if found.link} - written == set()


def anchors(name: str) -> Iterator[str]:
    """Return the anchors that GitHub gives the headings of a document."""
    for heading in re.findall(r"^#+ (.+)$", (ROOT / "docs" / name).read_text("utf-8"), re.M):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
