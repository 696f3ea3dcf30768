"""Many at once: jobs that wait for a model that takes its time, in the desk's worker and in RQ's own, in the same run."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from redis import Redis
from rq import Queue, Retry
from rq.serializers import JSONSerializer

from bench.classify_jobs import DONE, JOB
from bench.ladder import percentile
from bench.servers import ROOT, START_S, footprint, machine
from simulator.control import Control
from tests.servers import Program
from tests.servers import Redis as RedisServer

OURS, STOCK = "ours", "stock"
SAYS = {OURS: "the desk's worker: one process, threads, one loop", STOCK: "RQ's own worker: one process, a fork a job"}
AT_ONCE, REDIS_MOST = 50, 8  # what is promised
LOOK_S = 0.2
DRAIN_S = 20.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How long the model takes, how many jobs are kept under way, how long and how often it is measured."""

    model_s: float = 1.5
    flights: int = 50
    seconds: float = 20.0
    rounds: int = 2


@dataclass(slots=True)
class Measured:
    """What one worker did, over all rounds. `times` are from being enqueued to being done, in seconds."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    at_once: int = 0
    connections: int = 0
    memory_mb: float = 0.0

    @property
    def rate(self) -> float:
        """Return jobs a second: the median of the rounds."""
        return median(self.rates) if self.rates else 0.0


def run(plan: Plan) -> int:
    """Measure both in turns and print; return 1 when a job of ours got no verdict."""
    print(
        f"classify: a model that takes {plan.model_s:g} s, {plan.flights} jobs under way, "
        f"{plan.rounds} rounds of {plan.seconds:g} s each, in turns"
    )
    found = measured(plan)
    print("\n".join(table(found)))
    return int(set(found[OURS].told) - {"claude-haiku-5-5"} != set())


def measured(plan: Plan) -> dict[str, Measured]:
    """Run the rounds and return what each worker did."""
    with standing(plan) as stage:
        found = {kind: Measured() for kind in (OURS, STOCK)}
        for _ in range(plan.rounds):
            for kind, sums in found.items():
                stage.round(kind, plan, sums)
        return found


def table(found: dict[str, Measured]) -> list[str]:
    """Return the lines that are printed."""
    lines = [f"{'':52}{'jobs/s':>8}{'p50 s':>8}{'p99 s':>8}{'at once':>9}{'Redis':>7}{'MB':>6}  told"]
    for kind, sums in found.items():
        told = ", ".join(f"{what} {count}" for what, count in sorted(sums.told.items()))
        p50, p99 = (percentile(sums.times, percent) for percent in (50, 99))
        lines.append(
            f"{SAYS[kind]:52}{sums.rate:8.1f}{p50:8.2f}{p99:8.2f}{sums.at_once:9}{sums.connections:7}"
            f"{sums.memory_mb:6.0f}  {told}"
        )
    ours, stock = found[OURS], found[STOCK]
    if stock.rate:
        lines.append(f"jobs a second, ours / stock: {ours.rate / stock.rate:.1f}")
    for says, reached, aim, good in (
        ("model calls at once", ours.at_once, AT_ONCE, ours.at_once >= AT_ONCE),
        ("connections to Redis", ours.connections, REDIS_MOST, ours.connections <= REDIS_MOST),
    ):
        lines.append(f"{says}: {reached}   aim {aim}: {'reached' if good else 'not reached'}")
    return lines


class Stage:
    """The stand-in, Redis and both workers; only one of them has jobs at a time."""

    def __init__(self, redis: RedisServer, control: Control, workers: dict[str, Program]) -> None:
        self._redis = Redis.from_url(redis.url)
        self._control = control
        self._workers = workers
        self._number = 0
        self._begun: dict[int, float] = {}
        self._queues = {
            kind: Queue(kind, connection=self._redis, serializer=JSONSerializer, default_timeout=30) for kind in workers
        }

    def round(self, kind: str, plan: Plan, sums: Measured) -> None:
        """Keep so many jobs under way for so long, then let those begun come to their end."""
        queue, begun = self._queues[kind], time.monotonic()
        self._begun.clear()
        for _ in range(plan.flights):
            self._enqueue(queue)
        done, looked = 0, 0.0
        while (now := time.monotonic()) - begun < plan.seconds:
            if now - looked > LOOK_S:
                self._look(kind, sums)
                looked = now
            if self._take(sums, LOOK_S):
                done += 1
                self._enqueue(queue)
        sums.rates.append(done / (time.monotonic() - begun))
        queue.empty()
        self._drain(queue)

    def close(self) -> None:
        """Let go of Redis."""
        self._redis.close()

    def _enqueue(self, queue: Queue) -> None:
        self._number += 1
        self._begun[self._number] = time.monotonic()
        queue.enqueue(JOB, self._number, description=JOB, result_ttl=0, retry=Retry(max=2))

    def _take(self, sums: Measured, wait_s: float) -> bool:
        """Take one that is done; False when none is for a while."""
        found = self._redis.brpop([DONE], timeout=wait_s)
        if not isinstance(found, (tuple, list)):
            return False
        number, _, told = found[1].decode().partition(" ")
        sums.times.append(time.monotonic() - self._begun.pop(int(number)))
        sums.told[told] += 1
        return True

    def _drain(self, queue: Queue) -> None:
        """Wait for what was begun and count it for nobody."""
        last = time.monotonic() + DRAIN_S
        unread = Measured()
        while queue.started_job_registry.get_job_ids(cleanup=False) and time.monotonic() < last:
            self._take(unread, LOOK_S)
        self._redis.delete(DONE)

    def _look(self, kind: str, sums: Measured) -> None:
        sums.at_once = max(sums.at_once, self._control.model()["under_way"])
        clients = sum(client["user"] == kind for client in self._redis.client_list())
        sums.connections = max(sums.connections, clients)
        sums.memory_mb = max(sums.memory_mb, footprint(self._workers[kind].pid))


@contextmanager
def standing(plan: Plan) -> Iterator[Stage]:
    """Start everything a run needs; end it."""
    home = Path(tempfile.mkdtemp(prefix="sportello-bench-"))
    redis, programs = RedisServer(), []
    try:
        secrets = ("--app-secret", "bench", "--verify-token", "bench", "--access-token", "bench")
        phone = Program([sys.executable, "-m", "simulator", *secrets], home / "phone.log", machine(), ROOT)
        programs.append(phone)
        url = phone.wait_line(r"listening on (http://\S+)", START_S).group(1)
        control = Control(url)
        control.set_model({"do": "slow", "seconds": plan.model_s})
        workers = {kind: _worker(kind, home, redis, url) for kind in (OURS, STOCK)}
        programs += workers.values()
        for worker in workers.values():
            worker.wait_line("worker ready", START_S)
        stage = Stage(redis, control, workers)
        yield stage
        stage.close()
        control.close()
    finally:
        for program in reversed(programs):
            program.kill()
        redis.stop()
        shutil.rmtree(home, ignore_errors=True)


def _worker(kind: str, home: Path, redis: RedisServer, url: str) -> Program:
    with Redis.from_url(redis.url) as client:  # a user of its own, by whom its connections are counted
        client.acl_setuser(kind, enabled=True, nopass=True, keys=["*"], channels=["*"], categories=["+@all"])
    told = {
        "REDIS_URL": redis.url.replace("//", f"//{kind}:any@"),
        "ANTHROPIC_BASE_URL": url,
        "ANTHROPIC_API_KEY": "sk-bench",
    }
    command = [sys.executable, "-m", "bench.classify_jobs", kind]
    return Program(command, home / f"{kind}.log", machine() | told, ROOT)
