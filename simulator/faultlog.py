"""Name an unforeseen exception for the log: its type and place, never its text, which may hold somebody's words."""

from __future__ import annotations

import traceback


def where(fault: BaseException) -> str:
    """Return the type of an exception and the line that raised it."""
    frames = traceback.extract_tb(fault.__traceback__)
    last = frames[-1] if frames else None
    place = f"{last.filename}:{last.lineno}" if last else "nowhere"
    return f"{type(fault).__name__} at {place}"
