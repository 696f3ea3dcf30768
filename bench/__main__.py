"""`python -m bench ladder | latency`: measure the desk on this machine. Prints what was reached; decides nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bench import ladder


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one bench and return its exit code."""
    given = _parser().parse_args(arguments)
    return ladder.run(ladder.Plan(given.rounds, given.seconds, given.flights, given.people))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="How fast the desk is on this machine.")
    benches = parser.add_subparsers(dest="bench", required=True)
    climb = benches.add_parser("ladder", help="from a bare 200 to the whole turn, on one core")
    plan = ladder.Plan()
    climb.add_argument("--rounds", type=int, default=plan.rounds)
    climb.add_argument("--seconds", type=float, default=plan.seconds, help="of each round")
    climb.add_argument("--flights", type=int, default=plan.flights, help="messages under way at once")
    climb.add_argument("--people", type=int, default=plan.people)
    return parser


if __name__ == "__main__":
    sys.exit(main())
