"""Measure screening on labelled lines: `python -m bot.safety emergencies FILE` or `identifiers FILE`, one JSON object out.

A line is tab-separated: language (or kind of identifier), 1 or 0, text; `#` begins a comment. A weak sign (one soft line
with the number) is no alarm: it neither finds a line labelled 1 nor is it a false alarm on a line labelled 0.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.safety import Alert, Screened, screen


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line: `label` is its language or kind, `positive` whether something must be found."""

    label: str
    positive: bool
    text: str


class LineError(Exception):
    """A line cannot be read; the message names its number and what it should be, never its words."""


def read_lines(lines: Sequence[str]) -> Iterator[Line]:
    """Yield the labelled lines; raise LineError at the first that is not one."""
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        fields = line.rstrip("\r\n").split("\t", 2)
        if len(fields) != 3 or fields[1] not in ("0", "1"):
            raise LineError(f"line {number}: expected language or kind, 1 or 0, and a text, separated by tabs")
        yield Line(fields[0], fields[1] == "1", fields[2])


def alarmed(screened: Screened) -> bool:
    """Say whether a red flag or talk of suicide was recognised."""
    return screened.alert in (Alert.EMERGENCY, Alert.DISTRESS)


def was_cut(screened: Screened) -> bool:
    """Say whether something was cut."""
    return bool(screened.cut)


def measure(lines: Sequence[Line], found: Callable[[Screened], bool]) -> dict[str, object]:
    """Return count, what was missed, what was a false alarm, and the rates of both."""
    judged = [(line, found(screen(line.text))) for line in lines]
    missed = [line.text for line, hit in judged if line.positive and not hit]
    false_alarms = [line.text for line, hit in judged if hit and not line.positive]
    positives = sum(line.positive for line in lines)
    negatives = len(lines) - positives
    return {
        "count": len(lines),
        "missed": missed,
        "false_alarms": false_alarms,
        "recall": _share(positives - len(missed), positives, empty=1.0),
        "false_alarm_rate": _share(len(false_alarms), negatives, empty=0.0),
    }


def _share(part: int, whole: int, empty: float) -> float:
    return round(part / whole, 4) if whole else empty


_MEASURES = {"emergencies": alarmed, "identifiers": was_cut}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 2 when the file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m bot.safety", description="Measure screening on labelled lines.")
    parser.add_argument("what", choices=sorted(_MEASURES))
    parser.add_argument("file", type=Path)
    options = parser.parse_args(arguments)
    try:
        lines = list(read_lines(options.file.read_text(encoding="utf-8-sig").split("\n")))
    except (OSError, UnicodeDecodeError, LineError) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 2
    print(json.dumps(measure(lines, _MEASURES[options.what]), ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
