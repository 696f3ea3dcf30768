"""The surge: thousands write within a minute, everybody for the first time, to the whole desk as it runs. Is anybody lost or doubled?"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import Request

from bench.crowd import WALK, Crowd, Walker, tap, words
from bench.ladder import percentile
from bench.servers import Servers, all_cores, family, footprint
from bench.wire import Measured, Wire
from simulator.control import Control
from tests.processes import SENT, UNSETTLED, System
from tests.servers import direct

TAPS_P99_S = 2.0
QUIET_S = 300.0
# Words that are no menu's: what is done with them is the classifier's business, and without one the menu's.
SENTENCES = (
    "Buongiorno, ieri ho lasciato l'ombrello da voi, lo avete trovato?",
    "Mia madre deve portare qualcosa giovedì o basta la tessera",
    "scusate ma oggi siete aperti anche nel pomeriggio?",
    "Vorrei sapere se posso venire senza appuntamento per un prelievo",
    "Ho ricevuto un vostro messaggio ma non ho capito che cosa devo fare",
    "quanto si aspetta di solito da voi la mattina presto",
    "Grazie per l'altro giorno, siete stati gentilissimi con mio padre",
    "Mi hanno detto di scrivere qui per la fattura della visita di marzo",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How many people write within how long, how many of them tap, and what WhatsApp takes of us each second."""

    people: int = 5000
    seconds: float = 60.0
    taps: float = 0.7
    throughput: int = 80  # Meta's own, for a number: developers.facebook.com, "Throughput"; 0: no limit
    seed: int = 1
    webs: int = 1  # web processes, as WEB_CONCURRENCY says


class Surging(Crowd):
    """People who write once. `wrote` says when, `tapped` who tapped rather than wrote words; both by phone number.

    `refused` are the requests that were not answered 200 within six seconds.
    """

    def __init__(self, plan: Plan, servers: Servers) -> None:
        super().__init__(plan.people, servers.line, servers.app_secret)
        self._random = random.Random(plan.seed)
        self._taps = plan.taps
        self.wrote: dict[str, float] = {}
        self.tapped: set[str] = set()
        self.refused: list[bytes] = []
        self._posted: dict[Walker, bytes] = {}

    def next(self) -> tuple[Walker, bytes]:
        """Remember what was posted for whom: WhatsApp repeats what was not answered 200."""
        walker, request = super().next()
        self._posted[walker] = request
        return walker, request

    def lost(self, walker: Walker) -> None:
        """Keep what was refused, or answered too late."""
        self.refused.append(self._posted[walker])

    def content(self, walker: Walker) -> dict[str, object]:
        """Tap the main menu, or say something; the clock runs from here."""
        person = walker.person.wa_id or ""
        self.wrote[person] = time.time()
        if self._random.random() < self._taps:
            self.tapped.add(person)
            return tap(WALK[0])
        return words(self._random.choice(SENTENCES))


@dataclass(slots=True)
class Seen:
    """What the stand-in and the database say once all is quiet. Times in seconds from writing to the first reply's acceptance."""

    received: int
    outcomes: dict[str, int]
    unsettled: int
    to_reply: dict[str, list[float]] = field(default_factory=lambda: {"taps": [], "words": []})
    accepted_at: list[float] = field(default_factory=list)
    unanswered: int = 0
    doubled: int = 0  # rows WhatsApp accepted twice
    unknown: int = 0  # rows it accepted that the desk does not know as sent, or the other way round
    refused: dict[str, int] = field(default_factory=dict)

    @property
    def lost(self) -> int:
        """Return how many of those received wait for an outcome, or for any reply at all."""
        return self.outcomes.get("open", 0) + self.unsettled + self.unanswered


def run(plan: Plan) -> int:
    """Let everybody write and print what came of it; return 1 when a message was lost or anything was sent twice."""
    limit = f"{plan.throughput} a second" if plan.throughput else "any number"
    print(
        f"surge: {plan.people} new people within {plan.seconds:g} s, {plan.taps:.0%} tap, the others write words;"
        f" {plan.webs} web, worker, PostgreSQL, Redis and a WhatsApp that takes {limit}, on {len(os.sched_getaffinity(0))} cores"
    )
    wire, home = Wire(), Path(tempfile.mkdtemp(prefix="sportello-surge-"))
    servers = Servers(all_cores(), "")
    desk: System | None = None
    try:
        desk = servers.system(home, ("--strangers", "--throughput", str(plan.throughput)), plan.webs)
        crowd = Surging(plan, servers)
        measured, used = surged(wire, desk, crowd, plan)
        seen = looked(desk, crowd)
        print("\n".join(told(plan, measured, seen) + used))
        return int(seen.received != plan.people or seen.lost + seen.doubled + seen.unknown > 0)
    finally:
        if desk is not None:
            desk.stop()
        servers.end()
        wire.close()
        shutil.rmtree(home, ignore_errors=True)


def surged(wire: Wire, desk: System, crowd: Surging, plan: Plan) -> tuple[Measured, list[str]]:
    """Have everybody write, wait until nothing is left to do, and say who used what meanwhile."""
    processes = {f"web{number}": web.program.pid for number, web in enumerate(desk.webs)}
    processes |= {"worker": desk.worker.pid, "stand-in": desk.phone.pid}
    before, begun = {name: family(pid) for name, pid in processes.items()}, time.monotonic()
    measured = wire.round(desk.port, crowd, replies=False).paced(moments(plan))
    writing = time.monotonic() - begun
    connections = dict(desk.ask("SELECT application_name, count(*) FROM pg_stat_activity GROUP BY 1"))
    lines = ["", f"{'while they wrote':22}{'of a core':>10}{'PSS MB':>8}{'database connections':>22}"]
    for name, pid in processes.items():
        busy = (family(pid) - before[name]) / writing
        lines.append(f"{name:22}{busy:10.0%}{footprint(pid):8.0f}{connections.get(name, '-'):>22}")
    repeat(desk, crowd)
    settle(desk)
    lines.append(f"all was quiet {time.monotonic() - begun - writing:.1f} s after the last had written")
    return measured, lines


def repeat(desk: System, crowd: Surging) -> None:
    """Post again what was not answered 200, as WhatsApp does, until it is."""
    waiting = [request.partition(b"\r\n\r\n") for request in crowd.refused]
    deadline = time.monotonic() + QUIET_S
    while waiting and time.monotonic() < deadline:
        waiting = [parts for parts in waiting if not _is_taken(desk, parts[0], parts[2])]


def _is_taken(desk: System, head: bytes, body: bytes) -> bool:
    named = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    request = Request(f"http://127.0.0.1:{desk.port}/webhook", body, named)
    with suppress(OSError), closing(direct.open(request, timeout=20)) as answer:
        return bool(answer.status == 200)
    return False


def moments(plan: Plan) -> list[float]:
    """Return when everybody writes: at random within the time, in order."""
    rng = random.Random(f"surge:{plan.seed}")
    return sorted(rng.random() * plan.seconds for _ in range(plan.people))


def settle(desk: System) -> None:
    """Wait until nothing is open or unsettled and WhatsApp has told everything."""
    deadline = time.monotonic() + QUIET_S
    while time.monotonic() < deadline:
        counts = desk.control.counts()
        if not (counts.pending or counts.steps) and not any(_left(desk)):
            return
        time.sleep(0.5)


def _left(desk: System) -> tuple[Any, ...]:
    statement = (
        "SELECT (SELECT count(*) FROM message WHERE outcome = 'open'),"
        " (SELECT count(*) FROM outbox WHERE state = ANY(%s))"
    )
    return desk.ask(statement, list(UNSETTLED))[0]


def looked(desk: System, crowd: Surging) -> Seen:
    """Read what everybody was written, and compare it with the database."""
    why = "SELECT outcome || coalesce(' (' || reason || ')', ''), count(*) FROM message GROUP BY 1 ORDER BY 2 DESC"
    seen = Seen(desk.one("SELECT count(*) FROM message"), dict(desk.ask(why)), _left(desk)[1])
    seen.refused = dict(desk.control.counts().refused)
    rows = Counter[str]()
    for person, at, row in written(desk.control):
        seen.accepted_at.append(at)
        rows[row] += 1
        if (wrote := crowd.wrote.pop(person, None)) is not None:  # the first reply ends the wait
            seen.to_reply["taps" if person in crowd.tapped else "words"].append(at - wrote)
    seen.unanswered = len(crowd.wrote)
    sent = {str(row) for (row,) in desk.ask("SELECT id FROM outbox WHERE state = ANY(%s)", list(SENT))}
    seen.doubled, seen.unknown = sum(rows.values()) - len(rows), len(sent ^ rows.keys())
    return seen


def written(control: Control) -> list[tuple[str, float, str]]:
    """Return whom the clinic wrote to, when, and from which row of the outbox, in order of time."""
    found = [
        (person.wa_id or "", line.at, line.callback_data or "")
        for person in control.people()
        for line in control.reads(person.key)
    ]
    return sorted(found, key=lambda one: one[1])


def told(plan: Plan, measured: Measured, seen: Seen) -> list[str]:
    """Return the lines that say what came of everybody's message."""
    lines = [
        f"{seen.received} of {plan.people} messages received; {measured.lost} not answered 200 within 6 s and repeated;"
        f" {seen.unanswered} people without any reply",
        f"{seen.doubled} replies accepted twice; {seen.unknown} of unknown fate; {seen.unsettled} unsettled",
        "outcomes: " + ", ".join(f"{count} {outcome}" for outcome, count in seen.outcomes.items()),
        "",
        f"{'seconds':22}{'p50':>8}{'p90':>8}{'p99':>8}{'max':>8}",
        _times("to 200", measured.to_200),
        _times("taps to reply", seen.to_reply["taps"]),
        _times("words to reply", seen.to_reply["words"]),
        "",
        verdict(plan, percentile(seen.to_reply["taps"], 99), pace(seen.accepted_at), seen.refused),
    ]
    return lines


def _times(says: str, times: Sequence[float]) -> str:
    return f"{says:22}" + "".join(f"{percentile(times, percent):8.2f}" for percent in (50, 90, 99, 100))


def verdict(plan: Plan, p99_s: float, pace_: float, refused: dict[str, int]) -> str:
    """Say whether taps were answered in time, or as fast as WhatsApp takes replies."""
    if p99_s <= TAPS_P99_S:
        return f"taps: p99 {p99_s:.2f} s   aim {TAPS_P99_S:g}: reached"
    throttled = refused.get("130429", 0)
    says = f"taps: p99 {p99_s:.2f} s   aim {TAPS_P99_S:g} or WhatsApp's limit: "
    at_limit = plan.throughput and throttled and pace_ >= 0.95 * plan.throughput
    sent = f"{pace_:.0f} replies a second of {plan.throughput} were taken, {throttled} refused for the limit"
    return says + ("at the limit" if at_limit else "not reached") + f" ({sent})"


def pace(times: Sequence[float]) -> float:
    """Return how many were taken each second between the first tenth and the last: while there was always one to take."""
    inner = sorted(times)[len(times) // 10 : -max(1, len(times) // 10)]
    return (len(inner) - 1) / (inner[-1] - inner[0]) if len(inner) > 2 and inner[-1] > inner[0] else 0.0
