"""`python -m simulator`: run the stand-in until it is told to end."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from simulator.config import Config
from simulator.server import start


def main(arguments: Sequence[str] | None = None) -> int:
    """Start, say where, and wait for SIGTERM or SIGINT."""
    logging.basicConfig(format="%(levelname)s %(name)s %(message)s")
    config = read(arguments)
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    try:
        running = start(config)
    except (OSError, ValueError) as fault:
        print(f"the stand-in cannot start: {fault}", file=sys.stderr)
        return 1
    print(f"listening on {running.url}", flush=True)
    ending.wait()
    running.stop()
    return 0


def read(arguments: Sequence[str] | None) -> Config:
    """Read the command line."""
    given = _parser().parse_args(arguments)
    if given.statuses is None:
        given.statuses = not given.instant
    return Config(**{name: value for name, value in vars(given).items() if value is not None})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m simulator", description="A stand-in for WhatsApp's Cloud API, with phones in the browser."
    )
    parser.add_argument("--host", help="where to listen (127.0.0.1)")
    parser.add_argument("--port", type=int, help="0 takes a free one (0)")
    parser.add_argument("--webhook", dest="webhook_url", help="where webhooks are posted")
    parser.add_argument("--app-secret", required=True, help="signs webhooks")
    parser.add_argument("--verify-token", required=True, help="is sent in the handshake")
    parser.add_argument("--access-token", required=True, help="what a Bearer token must be")
    parser.add_argument("--phone-number-id", help="the clinic's number")
    parser.add_argument("--display-phone-number", help="the clinic's number as people see it")
    parser.add_argument("--waba-id", help="the clinic's account")
    parser.add_argument("--clock", type=Path, metavar="FILE", help="holds by how many seconds time is moved")
    parser.add_argument("--state", type=Path, metavar="FILE", help="keeps people and chats over a restart")
    parser.add_argument(
        "--templates", type=Path, metavar="FILE", help="a JSON list of message templates that are approved"
    )
    parser.add_argument("--seed", type=int, help="of the faults (0)")
    parser.add_argument(
        "--faults", help="duplicate=0.1,disorder=0.2,delay=0.5,lose=0.05,refuse=131000:0.02,slow=2:0.1 or JSON"
    )
    parser.add_argument("--throughput", type=int, help="messages a second, 0 for no limit (80)")
    parser.add_argument("--workers", type=int, help="webhooks that are posted at the same time (8)")
    parser.add_argument(
        "--instant", action="store_true", help="for benches: accept at once, keep no chats, know everybody"
    )
    parser.add_argument(
        "--statuses", action=argparse.BooleanOptionalAction, help="tell sent, delivered and read (not with --instant)"
    )
    parser.add_argument("--strangers", action="store_true", help="whoever is written to exists, in an open window")
    parser.add_argument("--require-proof", action="store_true", help="refuse requests without appsecret_proof")
    parser.add_argument("--review", action="store_true", help="new message templates wait for a review")
    parser.add_argument(
        "--no-handshake", dest="handshake", action="store_false", help="post webhooks without asking first"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
