"""Latency: so many messages a second come in whether the desk keeps up or not; how long until the 200, and until the reply."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bench.crowd import Crowd
from bench.ladder import Rung, greet, percentile
from bench.servers import Servers, all_cores
from bench.wire import Measured, Wire

AIMS_MS = (("tap to reply, p50", 50, 12.0), ("tap to reply, p99", 99, 80.0), ("tap to reply, max", 100, None))
AIM_OF_200_MS = (("tap to 200, p50", 50, None), ("tap to 200, p99", 99, 30.0), ("tap to 200, max", 100, None))
PER_PERSON_S = 6.0  # WhatsApp's pair limit in the long run: one message each six seconds


@dataclass(frozen=True, slots=True)
class Plan:
    """How many a second, how long, how often, and from which seed their moments are drawn."""

    rate: float = 40.0
    seconds: float = 30.0
    rounds: int = 3
    seed: int = 1


def run(plan: Plan) -> int:
    """Measure and print every round; return 1 when replies were lost or went astray."""
    print(f"latency: {plan.rate:g} messages a second for {plan.seconds:g} s, web and worker on all cores, PostgreSQL")
    wire = Wire()
    servers = Servers(all_cores(), f"http://127.0.0.1:{wire.port}")
    try:
        crowd = Crowd(people(plan), servers.line, servers.app_secret)
        desk = Rung("desk", servers.desk(with_worker=True), crowd, True)
        greet(wire, desk, 8)
        rounds = [measure(wire, desk, plan, number) for number in range(plan.rounds)]
    finally:
        servers.end()
        wire.close()
    return int(any(measured.lost for measured in rounds) or crowd.astray > 0)


def measure(wire: Wire, desk: Rung, plan: Plan, number: int) -> Measured:
    """Run one round and print it."""
    cpu = desk.web.cpu_s()
    measured = wire.round(desk.web.port, desk.crowd, True).paced(moments(plan, number))
    busy = (desk.web.cpu_s() - cpu) / plan.seconds
    print(f"round {number + 1}: {len(measured.to_reply)} replies, {measured.lost} lost, web {busy:.0%} of a core")
    for times, aims in ((measured.to_reply, AIMS_MS), (measured.to_200, AIM_OF_200_MS)):
        for says, percent, aim in aims:
            print("  " + compared(says, percentile(times, percent) * 1000, aim))
    return measured


def compared(says: str, reached_ms: float, aim_ms: float | None) -> str:
    """Return a line that says what was reached, and whether it is what was aimed at."""
    line = f"{says:20}{reached_ms:8.1f} ms"
    if aim_ms is None:
        return line
    return f"{line}   aim {aim_ms:g}: {'reached' if reached_ms <= aim_ms else 'not reached'}"


def moments(plan: Plan, number: int) -> list[float]:
    """Return when messages are due, as people come: at random, so many a second on average."""
    rng = random.Random(f"{plan.seed}:{number}")
    at, found = 0.0, []
    while (at := at + rng.expovariate(plan.rate)) < plan.seconds:
        found.append(at)
    return found or [0.0]


def people(plan: Plan) -> int:
    """Return how many people it takes so that nobody is written to faster than WhatsApp allows for long."""
    return max(20, round(plan.rate * PER_PERSON_S * 1.5))
