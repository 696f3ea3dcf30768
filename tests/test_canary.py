"""Planted words, names, numbers and ids, a troubled day, and then a search: they are nowhere but sealed in the database."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import psycopg
import pytest
import redis
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy import select

from bot.desk import Staff
from bot.figures import metrics_token
from bot.later import QUEUE, RqBell
from bot.store.rotation import SEALED
from bot.wiring import Built, build
from simulator.control import PersonView
from tests.processes import System, system
from tests.servers import Postgres, Program, Redis, postgres_binaries, until

CARD = "4532015112830366"  # an invented number with a right check digit
WORDS = "ornitorinco fosforescente"
QUESTION = "caleidoscopio subacqueo"
CAPTION = "pentagramma arrugginito"
SUBJECT = "girandola malinconica"
STAFF_WORDS = "clavicembalo intergalattico"
NAME = "Zefirina Quattropassi"
RENAMED = "Ermenegilda Settebellezze"
WA_ID = "393477615243"
NEW_WA_ID = "393477698761"
USER_ID = "IT.77123456789012345677"
USERNAME = "zefirina.quattropassi"
FILE_NAME = "referto-di-zefirina.pdf"
FILE_WORDS = "ippogrifo malinconico"
WISH = "vorrei sapere del bradipo telepatico"
IBAN = "IT60X0542811101000000123456"
TAX_CODE = "RSSMRA85T10A562S"
PASSWORD = "Girasole-77!"
IDENTIFIERS = (CARD, IBAN, TAX_CODE, PASSWORD)  # of nobody


@dataclass
class Day:
    """A desk, who wrote to it, and everything about them that must not be found."""

    desk: System
    own: Built
    broker: redis.Redis
    planted: list[str] = field(default_factory=list)

    def plant_ids(self, person: PersonView) -> None:
        """Add the wamids of a chat: each holds the number in base64."""
        self.planted += [line.id for line in self.desk.control.chat(person.key)]


@pytest.fixture
def day(environ: dict[str, str], postgres: Postgres, own_redis: Redis, tmp_path: Path) -> Iterator[Day]:
    with system(environ, postgres, own_redis.url, tmp_path, model=True) as desk:
        own = build(desk.settings)
        broker = redis.Redis.from_url(own_redis.url)
        planted = [CARD, WORDS, QUESTION, CAPTION, SUBJECT, STAFF_WORDS, NAME, RENAMED, WA_ID, NEW_WA_ID, USER_ID]
        planted += [USERNAME, FILE_NAME, FILE_WORDS, WISH, *IDENTIFIERS, *secrets_of(desk)]
        yield Day(desk, own, broker, planted)
        broker.close()
        own.redis.close()
        own.database.close()


def secrets_of(desk: System) -> list[str]:
    names = (
        "ANTHROPIC_API_KEY",
        "WHATSAPP_ACCESS_TOKEN",
        "WHATSAPP_APP_SECRET",
        "WHATSAPP_VERIFY_TOKEN",
        "SECRET_KEY",
        "HASH_KEY",
    )
    return [*(desk.environ[name] for name in names), desk.environ["FIELD_KEYS"].partition(":")[2]]


@pytest.mark.timeout(240)
def test_nothing_planted_is_found_anywhere_after_a_troubled_day(day: Day) -> None:
    have_a_quiet_morning(day)
    have_trouble_with_meta(day)
    have_trouble_at_home(day)
    places = everything_that_can_be_read(day)

    found = {(name, word) for name, content in places.items() for word in day.planted if holds(content, word)}

    assert {"log web0", "log worker", "redis", "web /metrics", "web /readyz", "database", "titles"} <= {*places}
    assert found == set()


@pytest.mark.timeout(240)
def test_the_model_is_told_the_words_and_nobody_is_told_the_identifiers(day: Day) -> None:
    have_a_quiet_morning(day)
    asked = json.dumps(day.desk.control.model_requests(), ensure_ascii=False).encode()
    opened = everything_opened(day)
    words = (WORDS, WISH, QUESTION, CAPTION, FILE_WORDS, STAFF_WORDS)

    told = {word for word in day.planted if holds(asked, word)}

    assert told == {WORDS, WISH}
    assert {word for word in words if holds(opened, word)} == {*words}
    assert {identifier for identifier in IDENTIFIERS if holds(opened, identifier)} == set()


def everything_opened(day: Day) -> bytes:
    """Return every sealed value of the database, opened."""
    with day.own.database.begin() as connection:
        return b"\n".join(
            day.own.seals.open_bytes(sealed, table.name, column, row)
            for table, column in SEALED
            for row, sealed in connection.execute(select(table.c.id, table.c[column])).all()
            if sealed
        )


def test_the_search_finds_what_is_there() -> None:
    hidden = [
        f"so {WORDS} it is".encode(),
        base64.b64encode(f"x{WA_ID}".encode()),
        base64.b64encode(f"xx{WA_ID}y".encode()),
        USER_ID.encode().hex().encode(),
        NAME.upper().encode(),
    ]

    found = [holds(content, word) for content, word in zip(hidden, (WORDS, WA_ID, WA_ID, USER_ID, NAME), strict=True)]

    assert found == [True] * 5


# --------------------------------------------------------------------------------------------------------------- the day


def have_a_quiet_morning(day: Day) -> None:
    """Have somebody write, be answered, wait for a person, and be written to by one."""
    control = day.desk.control
    person = control.add_person(NAME, "both", wa_id=WA_ID, user_id=USER_ID, username=USERNAME)
    control.say(person.key, f"mi chiamo {NAME}, {WORDS}, il mio numero è {WA_ID}")
    day.desk.reads(person)
    assert day.desk.quiet() == {}
    control.say(person.key, "menu")
    assert day.desk.quiet() == {}
    control.say(person.key, f"{WISH}, IBAN {IBAN}, codice fiscale {TAX_CODE}, la password del portale è {PASSWORD}")
    assert day.desk.quiet() == {}
    control.say(person.key, "menu")
    assert day.desk.quiet() == {}
    control.say(person.key, f"la mia carta è {CARD}")
    control.send_file(person.key, "image", FILE_WORDS.encode(), "image/png", caption=CAPTION)
    control.send_file(person.key, "document", filename=FILE_NAME, caption=CAPTION)
    control.say(person.key, f"vorrei parlare con una persona, {QUESTION}")
    assert day.desk.quiet() == {}
    control.say(person.key, SUBJECT)
    assert day.desk.quiet() == {}
    day.own.desk.say(day.desk.one("SELECT id FROM conversation"), Staff("anna", "Anna"), STAFF_WORDS)
    control.act(person.key, "edit", body=f"{WORDS} {QUESTION}")
    control.act(person.key, "revoke")
    control.change_person(person.key, name=RENAMED)
    control.change_ids(person.key, wa_id=NEW_WA_ID)
    control.act(person.key, "raw", kind="novelty", part={WORDS: NAME, "number": WA_ID})
    assert day.desk.quiet() == {}
    day.plant_ids(person)


def have_trouble_with_meta(day: Day) -> None:
    """Have sends refused, lost, cut and failed, and posts that cannot be read."""
    control = day.desk.control
    for number, (effect, code) in enumerate(TROUBLES):
        person = control.add_person(NAME, wa_id=f"{NEW_WA_ID[:-2]}{number + 70}")
        control.set_faults(rules=[{"effect": effect, "code": code, "times": 1, "to": person.wa_id}])
        control.say(person.key, f"ciao {WORDS}")
        assert until(lambda: control.faults()["rules"] == [], 10), effect
        day.planted.append(person.wa_id or "")
        day.plant_ids(person)
    for body in (f'{{"entry": "{WORDS}"}}', f"{WORDS} {WA_ID}", f'[{{"{NAME}": "{WA_ID}"}}]'):
        control.post_raw(body)
    assert until(lambda: day.desk.one(NUMBER_HELD) == 1, 5)
    change(day.desk, "UPDATE number SET held_until = NULL")  # a refused token holds the whole number for a minute


TROUBLES: tuple[tuple[str, int], ...] = (
    *(("refuse", code) for code in (131000, 131026, 131047, 131056, 131051, 100)),
    *((effect, 131026) for effect in ("fail", "lose", "cut")),
    ("refuse", 190),
)
NUMBER_HELD = "SELECT count(*) FROM number WHERE held_until IS NOT NULL"


def have_trouble_at_home(day: Day) -> None:
    """Have the worker gone, tables gone, what is sealed spoilt, and jobs that fail."""
    control, desk = day.desk.control, day.desk
    person = control.add_person(NAME)
    desk.worker.kill()
    control.say(person.key, f"ciao {WORDS}")
    desk.worker.start_again()
    desk.wait_worker()
    conversations = [row for (row,) in desk.ask("SELECT id FROM conversation")]
    queue = Queue(QUEUE, connection=day.broker, serializer=JSONSerializer)
    bell = RqBell(day.broker)
    for table in ("outbox", "conversation"):
        failed = queue.failed_job_registry.count  # others may fail meanwhile: the web rings too
        change(desk, f"ALTER TABLE {table} RENAME TO gone")
        control.say(person.key, f"persona {QUESTION}")
        bell.deliver(conversations[0])
        assert until(lambda failed=failed: queue.failed_job_registry.count > failed, 30)  # type: ignore[misc]
        change(desk, f"ALTER TABLE gone RENAME TO {table}")
    change(desk, SPOIL)
    for somebody in control.people():
        control.say(somebody.key, f"menu {WORDS}")
    failed = queue.failed_job_registry.count
    queue.enqueue("os.system", "true", description="true")
    assert until(lambda: queue.failed_job_registry.count > failed, 30)
    assert until(lambda: "SealBroken" in desk.webs[0].program.said, 30)


SPOIL = r"UPDATE contact SET person_sealed = '\x00'::bytea WHERE id = (SELECT min(id::text)::uuid FROM contact)"


def change(desk: System, statement: str) -> None:
    with psycopg.connect(desk.database_url, autocommit=True) as connection:
        connection.execute(statement.encode())


# ------------------------------------------------------------------------------------------------------------ the search


def everything_that_can_be_read(day: Day) -> dict[str, bytes]:
    """Return what an operator, a log collector or a thief of a backup can read, by its place."""
    token = metrics_token(day.desk.settings.secret_key)
    web, programs = day.desk.webs[0], {"web0": day.desk.webs[0].program, "worker": day.desk.worker}
    titles = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if belongs(path, programs.values())]
    return {
        **{f"log {name}": program.log.read_bytes() for name, program in programs.items()},
        "redis": b"\n".join(everything_in(day.broker)),
        "web /metrics": web.get("/metrics", token).content,
        "web /readyz": web.get("/readyz", token).content,
        "database": dump_of(day.desk.database_url),
        "titles": b"\n".join(titles),
    }


def belongs(cmdline: Path, programs: Iterable[Program]) -> bool:
    """Say whether a process was started by one of these programs."""
    try:
        return os.getpgid(int(cmdline.parent.name)) in {program.pid for program in programs}
    except ProcessLookupError:
        return False


def dump_of(url: str) -> bytes:
    command = [str(postgres_binaries() / "pg_dump"), "--inserts", url]
    return subprocess.run(command, capture_output=True, check=True).stdout


def everything_in(broker: redis.Redis) -> Iterator[bytes]:
    """Yield every key and every value, RQ's compressed ones unpacked too."""
    read: dict[bytes, Callable[[bytes], Iterable[Any]]] = {
        b"string": lambda key: [broker.get(key) or b""],
        b"hash": lambda key: [part for pair in broker.hgetall(key).items() for part in pair],
        b"list": lambda key: broker.lrange(key, 0, -1),
        b"set": broker.smembers,
        b"zset": lambda key: broker.zrange(key, 0, -1),
        b"stream": lambda key: [repr(broker.xrange(key)).encode()],
        b"none": lambda key: [],  # gone since it was listed
    }
    for key in broker.scan_iter():
        yield key
        kind: Any = broker.type(key)
        for value in read[kind](key):
            yield value
            yield unpacked(value)


def unpacked(value: bytes) -> bytes:
    try:
        return zlib.decompress(value)
    except zlib.error:
        return b""


def holds(content: bytes, word: str) -> bool:
    """Say whether a word is in it: plain, in base64 at any place, in hex, or as a part of a URL."""
    raw, small = word.encode(), content.lower()
    if any(
        form.lower() in small for form in (raw, raw.hex().encode(), quote(word).encode(), quote_plus(word).encode())
    ):
        return True
    return any(form in content for form in in_base64(raw))


def in_base64(raw: bytes) -> set[bytes]:
    """Return what of the word's base64 stays the same whatever stands before and after it, for each of three places."""
    forms = set()
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + raw)
        whole = coded[-(-before * 8 // 6) : len(coded) - 4 if coded.endswith(b"=") else None]
        forms |= {whole, whole.translate(bytes.maketrans(b"+/", b"-_"))}
    return forms
