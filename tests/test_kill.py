"""The desk's processes are killed, stopped and cut off under load: nothing is lost, nothing is said twice, order is kept."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.control import Control, PersonView
from tests.conftest import counts
from tests.processes import Crowd, System, offered, system, unkept_promises
from tests.servers import Postgres, Program

SEED = 20261123
WORDS = (
    "ciao", "menu", "menu", "orari", "persona", "1", "2", "Orari e sedi", "dove siete?", "lingua", "grazie", "siete aperti il sabato?",
)  # fmt: skip


def chatting(seed: int):  # type: ignore[no-untyped-def]
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


@pytest.mark.heavy
@pytest.mark.timeout(420)
def test_kill_9_of_web_and_worker_under_load_loses_nothing_and_doubles_nothing(desk: System) -> None:
    people, luck = crowd_of(desk, 36), random.Random(SEED)
    victims = [web.program for web in desk.webs] + [desk.worker]
    desk.control.set_faults(manners={"duplicate": 0.2, "disorder": 0.2, "disorder_s": 1.0}, seed=SEED)

    with Crowd(desk, people, chatting(SEED)) as crowd:
        for _ in range(counts(100) + 3):
            kill_after(luck.uniform(0.3, 2.0), luck.choice(victims))
        done = crowd.stop()

    assert (desk.quiet(), done > 20) == ({}, True)
    assert unkept_promises(desk, people) == {}


def kill_after(seconds: float, victim: Program) -> None:
    """Let the crowd go on for a moment, then kill and start again."""
    threading.Event().wait(seconds)
    victim.kill()
    victim.start_again()
