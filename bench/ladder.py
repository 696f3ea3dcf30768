"""The ladder: from a bare 200 to our whole turn and a bot on pywa, round by round in turns, on one core."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from math import ceil
from statistics import median
from typing import Any

from bench.crowd import Crowd
from bench.rungs import RUNGS
from bench.servers import Cores, Servers, Web, on, one_core
from bench.wire import Measured, Wire

WHOLE, PYWA = "whole turn", "pywa bot"
SAYS = {
    "bare": "Flask answers 200",
    "signed": "+ signature",
    "parsed": "+ parse",
    "committed": "+ one PostgreSQL commit",
    WHOLE: "our whole turn, reply arrived",
    PYWA: "a bot on pywa, reply arrived",
}
OF_POSTGRES, OF_PYWA = 0.25, 1.5  # what is aimed at
FIRST_S = 60.0  # for everybody's greeting, before anything is measured


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, how often, how many at once, and how many people."""

    rounds: int = 5
    seconds: float = 4.0
    flights: int = 16
    people: int = 1200


@dataclass(slots=True)
class Rung:
    """One web with its people, and what its rounds measured."""

    name: str
    web: Web
    crowd: Crowd
    replies: bool
    rates: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    lost: int = 0

    def measure(self, wire: Wire, plan: Plan) -> None:
        """Run one round."""
        before = self.web.cpu_s()
        measured = wire.round(self.web.port, self.crowd, self.replies).closed(plan.flights, plan.seconds)
        self.rates.append(measured.rate)
        self.busy.append((self.web.cpu_s() - before) / measured.seconds)
        self.times += measured.to_reply if self.replies else measured.to_200
        self.lost += measured.lost

    @property
    def rate(self) -> float:
        """Return the median of the rounds."""
        return median(self.rates)

    @property
    def cost_ms(self) -> float:
        """Return the web's processor time for each turn, which other programs on the core disturb least."""
        used = [busy / rate for busy, rate in zip(self.busy, self.rates, strict=True) if rate]
        return median(used) * 1000 if used else 0.0


def run(plan: Plan) -> int:
    """Climb the ladder and print it; return 1 when replies were lost or went astray."""
    cores = one_core()
    print(f"ladder: {cores.told}; {plan.flights} at once; {plan.rounds} rounds of {plan.seconds:g} s each, in turns")
    with climbing(cores, plan) as (wire, rungs):
        for _ in range(plan.rounds):
            for rung in rungs:
                rung.measure(wire, plan)
        print("\n".join(table(rungs)))
    with standing(cores) as (wire, servers):
        print("\n".join(shares(*stepped(wire, servers, plan))))
    return int(any(rung.lost or rung.crowd.astray for rung in rungs))


@contextmanager
def climbing(cores: Cores, plan: Plan) -> Iterator[tuple[Wire, list[Rung]]]:
    """Start every rung; everybody has been greeted when they are handed over."""
    with standing(cores) as (wire, servers):
        rungs = [started(servers, name, plan) for name in (*RUNGS, WHOLE)]
        if find_spec("pywa") is None:
            print("without pywa, which is not installed: pip install -r requirements-bench.txt")
        else:
            rungs.append(started(servers, PYWA, plan))
        for rung in rungs:
            greet(wire, rung, plan.flights)
        yield wire, rungs


@contextmanager
def standing(cores: Cores) -> Iterator[tuple[Wire, Servers]]:
    """Start the wire and the servers that every web needs; end everything."""
    with on(cores.rest):
        wire = Wire()
        servers = Servers(cores, f"http://127.0.0.1:{wire.port}")
        try:
            yield wire, servers
        finally:
            servers.end()
            wire.close()


def started(servers: Servers, name: str, plan: Plan) -> Rung:
    """Start one rung."""
    start: dict[str, Callable[[], Web]] = {WHOLE: servers.desk, PYWA: servers.pywa_bot}
    web = start.get(name, lambda: servers.rung(name))()
    return Rung(name, web, Crowd(plan.people, servers.line, servers.app_secret), name in start)


def greet(wire: Wire, rung: Rung, flights: int) -> Measured:
    """Have everybody say good morning once: nobody is new when it is measured."""
    return wire.round(rung.web.port, rung.crowd, rung.replies).closed(flights, FIRST_S, most=rung.crowd.size)


def stepped(wire: Wire, servers: Servers, plan: Plan) -> tuple[Measured, dict[str, Any]]:
    """Measure one turn at a time on the desk with a watch on its steps; return what each took."""
    web = servers.desk("bench.steps:app()")
    desk = Rung(WHOLE, web, Crowd(min(plan.people, 200), servers.line, servers.app_secret), True)
    greet(wire, desk, plan.flights)
    web.told("/bench/steps")
    measured = wire.round(web.port, desk.crowd, True).closed(1, plan.seconds * 2)
    return measured, json.loads(web.told("/bench/steps"))


def shares(measured: Measured, told: dict[str, Any]) -> list[str]:
    """Return the lines that say where the time of a turn goes, the dearest step first."""
    turns, whole = max(1, measured.ended), told["process_s"] or 1.0
    steps = dict(told["steps"])
    claimed = sum(cpu for _, _, cpu in steps.values())
    steps["gunicorn, the watcher, threads"] = [turns, 0.0, whole - claimed]
    lines = [
        "",
        f"where a turn goes, one at a time ({turns} turns, {whole / turns * 1000:.2f} ms of CPU each)",
        f"{'':40}{'times':>6}{'wall ms':>9}{'CPU ms':>8}{'of CPU':>8}",
    ]
    for name, (calls, wall, cpu) in sorted(steps.items(), key=lambda step: -step[1][2]):
        lines.append(
            f"{name:40}{calls / turns:6.1f}{wall / turns * 1000:9.2f}{cpu / turns * 1000:8.2f}{cpu / whole:8.1%}"
        )
    return lines


def table(rungs: Sequence[Rung]) -> list[str]:
    """Return the lines of the ladder and its ratios."""
    lines = [f"{'':34}{'median/s':>9}{'min':>7}{'max':>7}{'p50 ms':>8}{'p99 ms':>8}{'CPU ms':>8}{'core':>6}{'lost':>6}"]
    lines += [_line(rung) for rung in rungs]
    rates = {rung.name: rung.rate for rung in rungs}
    lines.append("")
    lines += ratio("whole turn / PostgreSQL rung", rates, WHOLE, RUNGS[-1], OF_POSTGRES)
    lines += ratio("whole turn / pywa bot", rates, WHOLE, PYWA, OF_PYWA)
    frugal = {rung.name: 1 / rung.cost_ms for rung in rungs if rung.cost_ms}
    lines += ratio("the same by CPU: PostgreSQL rung", frugal, WHOLE, RUNGS[-1], OF_POSTGRES)
    lines += ratio("the same by CPU: pywa bot", frugal, WHOLE, PYWA, OF_PYWA)
    return lines


def _line(rung: Rung) -> str:
    low, high = percentile(rung.times, 50) * 1000, percentile(rung.times, 99) * 1000
    return (
        f"{SAYS[rung.name]:34}{rung.rate:9.0f}{min(rung.rates):7.0f}{max(rung.rates):7.0f}{low:8.1f}{high:8.1f}"
        f"{rung.cost_ms:8.2f}{median(rung.busy):6.0%}{rung.lost:6d}"
        + (f"  {rung.crowd.astray} astray" if rung.crowd.astray else "")
    )


def ratio(says: str, rates: dict[str, float], one: str, other: str, aim: float) -> list[str]:
    """Return the line that compares two rungs with what is aimed at; none if one of them was not run."""
    if one not in rates or not rates.get(other):
        return []
    reached = rates[one] / rates[other]
    return [f"{says:34}{reached:9.2f}   aim {aim:g}: {'reached' if reached >= aim else 'not reached'}"]


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the value that so many percent do not exceed (the nearest rank); 0 of none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)]
