"""`python -m bench --help`: measure the desk on this machine. Prints what was reached; decides nothing."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from typing import TypeAlias

from bench import booking, classify, growth, ladder, latency, surge

Benches: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one bench and return its exit code; SIGTERM ends what it has started, as Ctrl-C does."""
    given = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if given.bench == "latency":
        return latency.run(latency.Plan(given.rate, given.seconds, given.rounds, given.seed))
    if given.bench == "classify":
        return classify.run(classify.Plan(given.model_s, given.flights, given.seconds, given.rounds))
    if given.bench == "growth":
        return growth.run(
            growth.SMALL if given.small else growth.Plan(given.contacts, given.messages, given.rounds, given.seconds)
        )
    if given.bench == "booking":
        return booking.run(
            booking.SMALL if given.small else booking.Plan(given.practitioners, given.past, given.rounds, given.takers)
        )
    if given.bench == "surge":
        plan = surge.Plan(given.people, given.seconds, given.taps, given.throughput, given.seed, given.webs)
        return surge.run(plan)
    return ladder.run(ladder.Plan(given.rounds, given.seconds, given.flights, given.people))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="How fast the desk is on this machine.")
    benches = parser.add_subparsers(dest="bench", required=True)
    _ladder(benches)
    _latency(benches)
    _classify(benches)
    _growth(benches)
    _surge(benches)
    _booking(benches)
    return parser


def _ladder(benches: Benches) -> None:
    plan = ladder.Plan()
    climb = benches.add_parser("ladder", help="from a bare 200 to the whole turn, on one core")
    climb.add_argument("--rounds", type=int, default=plan.rounds)
    climb.add_argument("--seconds", type=float, default=plan.seconds, help="of each round")
    climb.add_argument("--flights", type=int, default=plan.flights, help="messages under way at once")
    climb.add_argument("--people", type=int, default=plan.people)


def _latency(benches: Benches) -> None:
    plan = latency.Plan()
    wait = benches.add_parser("latency", help="how long a reply takes at a steady pace, on all cores")
    wait.add_argument("--rate", type=float, default=plan.rate, help="messages a second")
    wait.add_argument("--seconds", type=float, default=plan.seconds, help="of each round")
    wait.add_argument("--rounds", type=int, default=plan.rounds)
    wait.add_argument("--seed", type=int, default=plan.seed, help="of the moments they come at")


def _classify(benches: Benches) -> None:
    plan = classify.Plan()
    many = benches.add_parser("classify", help="how many jobs a worker does that wait for a model, next to RQ's own")
    many.add_argument("--model-s", type=float, default=plan.model_s, help="how long the model takes")
    many.add_argument("--flights", type=int, default=plan.flights, help="jobs under way at once")
    many.add_argument("--seconds", type=float, default=plan.seconds, help="of each round")
    many.add_argument("--rounds", type=int, default=plan.rounds)


def _growth(benches: Benches) -> None:
    plan = growth.Plan()
    grow = benches.add_parser("growth", help="the whole turn in a database of years next to a new one")
    grow.add_argument("--contacts", type=int, default=plan.contacts, help="of the large database")
    grow.add_argument("--messages", type=int, default=plan.messages, help="of the large database, each with its reply")
    grow.add_argument("--rounds", type=int, default=plan.rounds)
    grow.add_argument("--seconds", type=float, default=plan.seconds, help="of each round")
    grow.add_argument("--small", action="store_true", help="a few thousand rows and one round, to try it")


def _surge(benches: Benches) -> None:
    plan = surge.Plan()
    rush = benches.add_parser("surge", help="thousands write within a minute, to everything that runs")
    rush.add_argument("--people", type=int, default=plan.people)
    rush.add_argument("--seconds", type=float, default=plan.seconds, help="within which they write")
    rush.add_argument("--taps", type=float, default=plan.taps, help="the share of them that taps")
    rush.add_argument(
        "--throughput", type=int, default=plan.throughput, help="what WhatsApp takes a second; 0: anything"
    )
    rush.add_argument("--webs", type=int, default=plan.webs, help="web processes, as WEB_CONCURRENCY says")
    rush.add_argument("--seed", type=int, default=plan.seed)


def _booking(benches: Benches) -> None:
    plan = booking.Plan()
    book = benches.add_parser("booking", help="free times in the diary of years, and many who want one place")
    book.add_argument("--practitioners", type=int, default=plan.practitioners)
    book.add_argument("--past", type=int, default=plan.past, help="appointments that have been")
    book.add_argument("--rounds", type=int, default=plan.rounds)
    book.add_argument("--takers", type=int, default=plan.takers, help="of one place, at once")
    book.add_argument("--small", action="store_true", help="a few thousand rows and two rounds, to try it")


if __name__ == "__main__":
    sys.exit(main())
