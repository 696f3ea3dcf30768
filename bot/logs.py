"""Structured logs on standard output: one JSON object a line, ids only."""

from __future__ import annotations

import json
import logging
import sys

PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """Write a record as one line: time, level, what happened, and the ids it was given."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; of an error only its kind and place are shown, since a message may hold a person's words."""
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in PLAIN}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = where(record.exc_info[1])
        return json.dumps(line, default=str, ensure_ascii=False)


def configure() -> None:
    """Send our logs to standard output once; other libraries say warnings only."""
    ours = logging.getLogger("sportello")
    if ours.handlers:
        return
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    ours.propagate = False
    # Flask, RQ and all others too: their own handlers would print an error's message, which may hold a person's words.
    logging.getLogger().addHandler(handler)


def where(fault: BaseException) -> str:
    """Name an error by its kind and place, without its message: a message may hold a person's words."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else "?"
    return f"{type(fault).__name__} at {place}"
