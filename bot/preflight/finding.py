"""What preflight says about one thing: how grave it is, what is so, what to do, and where that is explained."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.preflight.facts import NotAsked, Refused, Silent, Unknown

WHATSAPP, DEPLOYING, FHIR = "docs/whatsapp.md", "docs/deploying.md", "docs/fhir.md"


class Level(StrEnum):
    """How grave a finding is; `stop`: patients would not be answered, or not safely."""

    OK = "ok"
    WARN = "warn"
    STOP = "stop"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `remedy` and `link` are empty where all is well."""

    check: str
    level: Level
    says: str
    remedy: str = ""
    link: str = ""


def ok(check: str, says: str) -> Finding:
    """Say that all is well."""
    return Finding(check, Level.OK, says)


def warn(check: str, says: str, remedy: str, link: str) -> Finding:
    """Say what works but should be looked at."""
    return Finding(check, Level.WARN, says, remedy, link)


def stop(check: str, says: str, remedy: str, link: str) -> Finding:
    """Say what would stop patients."""
    return Finding(check, Level.STOP, says, remedy, link)


def skipped(check: str, why: NotAsked) -> Finding:
    """Say that something could not be looked at; the missing settings are faults of their own."""
    return Finding(check, Level.SKIPPED, f"not looked at: it needs {', '.join(why.settings)}")


def unknown(check: str, why: Unknown, subject: str, remedy: str, link: str, level: Level = Level.STOP) -> Finding:
    """Say that nothing usable was answered; `subject` begins the sentence."""
    match why:
        case NotAsked():
            return skipped(check, why)
        case Silent():
            return Finding(check, level, f"{subject}: {why.why}", remedy, link)
        case Refused():
            code = "without a code" if why.code is None else f"with code {why.code}"
            return Finding(check, level, f"{subject}: Meta refuses {code} (HTTP {why.status})", remedy, link)
