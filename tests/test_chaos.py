"""Free text while the model, the worker and Redis are killed, frozen, slow or lying at random: everybody is answered in time."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulator.control import Control, PersonView
from tests.conftest import counts
from tests.processes import System, system, unkept_promises
from tests.servers import Postgres, Redis

SEED = 20261123
MESSAGES = 1000
PEOPLE = 10  # messages for each of them
BUDGET_S = 6.0
WORDS = (
    "vorrei fissare un controllo dall'oculista", "mi serve spostare la visita di domani", "quanto devo pagare la fattura di ieri",
    "come mi preparo all'ecografia", "siete aperti sabato mattina", "dove trovo i risultati degli esami",
    "I need to see somebody about my knee", "quisiera saber si trabajan con mi seguro", "scusate ma non ho capito niente",
    "una vergogna, aspetto da un'ora", "quante gocce devo prendere", "scrivimi una poesia", "ciao", "persona", "1", "grazie",
)  # fmt: skip
LIES = (
    {"do": "slow", "seconds": 4.0}, {"do": "outside"}, {"do": "inject"}, {"do": "echo"}, {"do": "malformed"}, {"do": "refuse"},
    {"do": "truncate"}, {"do": "odd"}, {"do": "overload"}, {"do": "limit"}, {"do": "status", "status": 500},
    {"do": "status", "status": 401}, {"do": "drip"}, {"do": "cut"}, {"do": "break_off"}, {"do": "silent"},
)  # fmt: skip
LATEST = """
    SELECT percentile_disc(0.99) WITHIN GROUP (ORDER BY extract(epoch FROM settled_at - received_at)) FROM message
    WHERE outcome IN ('answered', 'handed')
"""


class Trouble:
    """What goes wrong meanwhile, one thing after the other, until it is told to stop; all is well again at the end."""

    def __init__(self, desk: System, redis: Redis, seed: int) -> None:
        self._desk = desk
        self._redis = redis
        self._luck = random.Random(seed)
        self._ended = threading.Event()
        self.made: list[str] = []
        self._thread = threading.Thread(target=self._go)
        self._thread.start()

    def _go(self) -> None:
        control = self._desk.new_control()
        while not self._ended.is_set():
            for kind in self._luck.sample(("lie", "lie", "lie", "worker", "frozen worker", "redis", "frozen redis"), 7):
                if self._ended.is_set():
                    break
                self.made.append(kind)
                self._make(kind, control)
        control.set_model()
        control.close()

    def _make(self, kind: str, control: Control) -> None:
        moment = self._luck.uniform(0.3, 1.5)
        match kind:
            case "lie":
                control.set_model(self._luck.choice(LIES))
                self._ended.wait(moment)
            case "worker":
                self._desk.worker.kill()
                self._ended.wait(moment)
                self._desk.worker.start_again()
                self._ended.wait(2.0)
            case "redis":
                self._redis.program.kill()
                self._ended.wait(moment)
                self._redis.restart()
            case "frozen worker":
                self._for_a_moment(self._desk.worker.freeze, self._desk.worker.thaw, moment)
            case "frozen redis":
                self._for_a_moment(self._redis.program.freeze, self._redis.program.thaw, moment)

    def _for_a_moment(self, begin: Callable[[], None], end: Callable[[], None], seconds: float) -> None:
        begin()
        self._ended.wait(seconds)
        end()

    def stop(self) -> None:
        """Make an end of it."""
        self._ended.set()
        self._thread.join(30)


@pytest.fixture
def desk(environ: dict[str, str], postgres: Postgres, own_redis: Redis, tmp_path: Path) -> Iterator[System]:
    with system(environ, postgres, own_redis.url, tmp_path, model=True) as running:
        yield running


@pytest.mark.heavy
@pytest.mark.timeout(600)
def test_everybody_is_answered_in_time_whatever_is_killed_slow_or_lying(desk: System, own_redis: Redis) -> None:
    people = [desk.control.add_person(f"Prova {n}") for n in range(max(5, counts(MESSAGES) // PEOPLE))]
    trouble = Trouble(desk, own_redis, SEED)

    write(desk, people, counts(MESSAGES))
    trouble.stop()

    left = desk.quiet()
    late = {"p99": desk.one(LATEST)} if desk.one(LATEST) > BUDGET_S else {}
    assert (left, unkept_promises(desk, people), late) == ({}, {}, {}), trouble.made
    assert read_only_ours(desk, people)


def write(desk: System, people: list[PersonView], count: int) -> None:
    """Have people write, in threads, about twenty-five messages a second."""
    luck, pause = random.Random(SEED), threading.Event()
    written = [(luck.choice(people), luck.choice(WORDS)) for _ in range(count)]

    def go(mine: list[tuple[PersonView, str]]) -> None:
        control = desk.new_control()
        for person, words in mine:
            control.say(person.key, words)
            pause.wait(0.16)
        control.close()

    threads = [threading.Thread(target=go, args=(written[number::4],)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def read_only_ours(desk: System, people: list[PersonView]) -> bool:
    """Say whether nobody was told what the model said when it lied."""
    told = [line.words for person in people for line in desk.control.reads(person.key)]
    return bool(told) and not any("ibuprofen" in words or "poesia" in words for words in told)


@pytest.mark.timeout(240)
def test_words_find_their_menu_through_the_worker_and_the_model(desk: System) -> None:
    person = desk.control.add_person("Anna Prova")
    desk.control.say(person.key, "ciao")
    desk.reads(person)

    desk.control.say(person.key, "mi serve una visita oculistica")

    (_, *answer) = desk.reads(person, 2)
    assert all(option.id.startswith("book/") for option in answer[-1].choices)
    assert desk.ask("SELECT route, sure, why, by <> 'offline' FROM classification") == [("book", True, None, True)]
    assert len(desk.control.model_requests()) == 1
