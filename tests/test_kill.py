"""The desk's processes are killed, stopped and cut off under load: nothing is lost, nothing is said twice, order is kept."""

from __future__ import annotations

import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulator.control import Control, PersonView
from tests.conftest import counts
from tests.processes import Crowd, System, offered, ready, system, unkept_promises
from tests.servers import Postgres, Program, Redis, until

SEED = 20261123
WORDS = (
    "ciao", "menu", "menu", "orari", "persona", "1", "2", "Orari e sedi", "dove siete?", "lingua", "grazie", "siete aperti il sabato?",
)  # fmt: skip


def chatting(seed: int) -> Callable[[Control, PersonView], None]:
    """Return what somebody in the crowd does: mostly a tap on what is offered, else a few words."""
    luck, guard = random.Random(seed), threading.Lock()

    def act(control: Control, person: PersonView) -> None:
        with guard:
            taps, words, draw = luck.random() < 0.7, luck.choice(WORDS), luck.random()
        options = offered(control.chat(person.key)) if taps else ()
        if options:
            control.tap(person.key, options[int(draw * len(options))])
        else:
            control.say(person.key, words)

    return act


def crowd_of(running: System, count: int) -> tuple[PersonView, ...]:
    shapes = ("both", "phone", "bsuid")
    return tuple(running.control.add_person(f"Prova {n}", shapes[n % 3]) for n in range(count))


@pytest.fixture
def desk(environ: dict[str, str], postgres: Postgres, redis_url: str, tmp_path: Path) -> Iterator[System]:
    with system(environ, postgres, redis_url, tmp_path, webs=2) as running:
        yield running


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A PostgreSQL of this test alone, to be restarted."""
    server = Postgres()
    yield server
    server.stop()


@pytest.mark.heavy
@pytest.mark.timeout(420)
def test_kill_9_of_web_and_worker_under_load_loses_nothing_and_doubles_nothing(desk: System) -> None:
    people, luck = crowd_of(desk, 48), random.Random(SEED)
    victims = [web.program for web in desk.webs] + [desk.worker]
    lost = [{"effect": "lose", "probability": 0.03}]  # accepted, and the answer never comes: only a status tells
    desk.control.set_faults(lost, {"duplicate": 0.2, "disorder": 0.2, "disorder_s": 1.0}, SEED)

    with Crowd(desk, people, chatting(SEED), pause_s=0.3) as crowd:  # more, and the pair limit holds it up
        for _ in range(counts(100) + 3):
            kill_after(luck.uniform(0.3, 2.0), luck.choice(victims))
        done = crowd.stop()

    assert (desk.quiet(), done > 20) == ({}, True)
    assert unkept_promises(desk, people) == {}


def kill_after(seconds: float, victim: Program) -> None:
    """Let the crowd go on for a moment, then kill and start again."""
    go_on(seconds)
    victim.kill()
    victim.start_again()


def go_on(seconds: float) -> None:
    """Let the crowd write for so long."""
    threading.Event().wait(seconds)


@pytest.mark.heavy
@pytest.mark.timeout(300)
def test_sigterm_of_web_and_worker_under_load_ends_them_cleanly_and_loses_nothing(desk: System) -> None:
    people, web = crowd_of(desk, 24), desk.webs[0].program

    with Crowd(desk, people, chatting(SEED + 1)) as crowd:
        endings = [ending(desk, program) for _ in range(counts(5) + 1) for program in (web, desk.worker)]
        crowd.stop()

    assert [(code, seconds < 8) for code, seconds in endings] == [(0, True)] * len(endings)
    assert desk.quiet() == {}
    assert unkept_promises(desk, people) == {}


def ending(desk: System, program: Program) -> tuple[int, float]:
    """Ask a program to end while it works; return how it ended and how long it took. It is started again."""
    desk.webs[0].wait()
    desk.wait_worker()
    go_on(1.0)
    begun = time.monotonic()
    code = program.stop()
    seconds = time.monotonic() - begun
    program.start_again()
    return code, seconds


@pytest.mark.timeout(240)
def test_while_the_database_restarts_meta_is_asked_to_repeat_and_all_is_caught_up(
    environ: dict[str, str], own_postgres: Postgres, redis_url: str, tmp_path: Path
) -> None:
    with system(environ, own_postgres, redis_url, tmp_path, webs=2) as desk:
        people = crowd_of(desk, 24)

        with Crowd(desk, people, chatting(SEED + 2)) as crowd:
            go_on(2)
            own_postgres.program.signal(signal.SIGINT)
            own_postgres.program.wait_end()
            refused = until(lambda: desk.control.counts().webhooks.get("answered_503", 0) > 0, 20)
            was_ready = [ready(web) for web in desk.webs]
            own_postgres.program.start_again()
            own_postgres.wait()
            go_on(2)
            crowd.stop()

        codes = {name for name in desk.control.counts().webhooks if name.startswith("answered_")}
        assert (refused, was_ready, codes) == (True, [503, 503], {"answered_503"})
        assert desk.quiet() == {}
        assert unkept_promises(desk, people) == {}


@pytest.mark.parametrize("trouble", ["killed", "frozen", "restarted"])
@pytest.mark.timeout(120)
def test_whatever_happens_to_redis_taps_go_on_and_nobody_waits_longer(
    environ: dict[str, str], postgres: Postgres, own_redis: Redis, tmp_path: Path, trouble: str
) -> None:
    with system(environ, postgres, own_redis.url, tmp_path) as desk:
        people = crowd_of(desk, 12)

        with Crowd(desk, people, chatting(SEED + 3), threads=2, pause_s=0.3) as crowd:
            go_on(1)
            before = desk.one("SELECT count(*) FROM message")
            {"killed": own_redis.program.kill, "frozen": own_redis.program.freeze, "restarted": own_redis.restart}[
                trouble
            ]()
            go_on(5)
            crowd.stop()
        left = desk.quiet(30)
        seconds, late = desk.ask(SLOWEST)[0]

        assert (left, desk.one("SELECT count(*) FROM message") > before + 5) == ({}, True)
        assert (late, seconds < 6) == (0, True)
        assert unkept_promises(desk, people) == {}
        assert desk.worker.code is None


SLOWEST = """
    SELECT max(extract(epoch FROM settled_at - received_at)), count(*) FILTER (WHERE reason = 'overdue') FROM message
"""
