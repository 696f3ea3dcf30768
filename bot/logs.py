"""Structured logs on standard output: one JSON object a line, ids only."""

from __future__ import annotations

import json
import logging
import sys

PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """Write a record as one line: time, level, what happened, and the ids it was given."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; of an error only its kind is shown, since a message may hold a person's words."""
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in PLAIN}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
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
