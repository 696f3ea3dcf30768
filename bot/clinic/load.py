"""Read the clinic's file, name every fault of it at once, and return the clinic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from marshmallow import ValidationError

from bot.clinic import lines, readers
from bot.clinic.fields import word
from bot.clinic.lines import Flaw, Lined, read_lines
from bot.clinic.model import Clinic, ClinicError, Fault
from bot.clinic.readers import GROUND, Ground
from bot.clinic.schema import ClinicSchema

STALE = timedelta(days=365)

_SCHEMA = ClinicSchema()


def load_clinic(path: Path, today: date | None = None) -> Clinic:
    """Return the clinic, or raise ClinicError with every fault of its file.

    `today` is the day against which dates of verification are held; None: the current day in the clinic's zone.
    """
    lined = read_lines(_text(path))
    clinic, flaws = _read(lined, today)
    if clinic is None:
        raise ClinicError(_faults(path, lined, flaws))
    return clinic


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        problem, remedy = error.strerror or "unreadable", "let CLINIC_FILE name the file"
    except UnicodeDecodeError:
        problem, remedy = "it is not written in UTF-8", "save it as UTF-8"
    raise ClinicError([Fault(str(path), 1, "", f"the file cannot be read: {problem}", remedy)])


def _read(lined: Lined, today: date | None) -> tuple[Clinic | None, list[Flaw]]:
    """Return the clinic or None, with what is wrong."""
    if lined.flaws and lined.value is None:
        return None, list(lined.flaws)
    ground = _ground(lined.value, today)
    before = GROUND.set(ground)
    try:
        clinic: Clinic = _SCHEMA.load(lined.value)  # type: ignore[arg-type]  # what is no mapping is refused
    except ValidationError as error:
        return None, [*lined.flaws, *_flaws(error.messages)]
    finally:
        GROUND.reset(before)
    if lined.flaws:
        return None, list(lined.flaws)
    return replace(clinic, warnings=tuple(_warnings(clinic, ground.today))), []


def _ground(value: object, today: date | None) -> Ground:
    """Return what single values are checked against, from whatever can be read of the file.

    What is missing or wrong itself is left out: it is a fault of its own, and must not make faults elsewhere.
    """
    said: Mapping[str, Any] = value if isinstance(value, dict) else {}
    portal: Mapping[str, Any] = said["portal"] if isinstance(said.get("portal"), dict) else {}
    hosts, countries = _sound(readers.host, portal.get("hosts")), _sound(readers.country, [said.get("country")])
    return Ground(
        country=countries[0] if countries else None,
        languages=tuple(_sound(readers.language, said.get("languages"))),
        ids={name: frozenset(_sound(readers.new_id, said[name])) for name in readers.SECTIONS if name in said},
        hosts=frozenset(hosts) if hosts and len(hosts) == len(portal["hosts"]) else None,
        today=today or _today(said.get("zone")),
    )


def _sound(read: readers.Read[str], items: object) -> list[str]:
    """Return those of a list, or of a group's keys, that are right."""
    sound: list[str] = []
    for item in items if isinstance(items, list | dict) else []:
        with suppress(ValidationError):
            sound.append(read(word(item)))
    return sound


def _today(zone: object) -> date:
    return datetime.now(ZoneInfo(str(zone)) if zone in available_timezones() else UTC).date()


def _flaws(messages: Any, path: lines.Path = ()) -> Iterator[Flaw]:
    """Walk through marshmallow's nested messages: each is `fault` or `fault, newline, remedy`."""
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from _flaws(inner, path if key == "_schema" else (*path, key))
        return
    for message in messages:
        if isinstance(message, dict):  # raised by a validator of a whole list
            yield from _flaws(message, path)
        else:
            fault, _, remedy = str(message).partition("\n")
            yield Flaw(path, fault, remedy)


def _faults(path: Path, lined: Lined, flaws: Iterable[Flaw]) -> list[Fault]:
    faults = [
        Fault(str(path), flaw.line or lined.line(flaw.path), shown(flaw.path), flaw.fault, flaw.remedy)
        for flaw in flaws
    ]
    return sorted(faults, key=lambda fault: (fault.line, fault.path))


def shown(path: lines.Path) -> str:
    """Return a path as people read it: `emergency.helplines[0].phone`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def _warnings(clinic: Clinic, today: date) -> Iterator[str]:
    """Say what still works but should be looked at."""
    emergency = clinic.emergency
    checked = [("emergency", emergency.verified_on)]
    checked += [(f"emergency.helplines[{n}]", line.verified_on) for n, line in enumerate(emergency.helplines)]
    for where, verified_on in checked:
        if today - verified_on > STALE:
            yield f"{where}: last checked on {verified_on}, more than a year ago: call the number and renew the date"
    for where, review_by in _reviews(clinic):
        if review_by < today:
            yield f"{where}: its review was due on {review_by}: it is not sent before a new date"


def _reviews(clinic: Clinic) -> Iterator[tuple[str, date]]:
    """Give every approved thing, and until when it may be sent."""
    for medium in clinic.media.values():
        yield f"media.{medium.id}", medium.review_by
    for section, topics in (("tips", clinic.tips), ("faq", clinic.faq)):
        for topic in topics.values():
            for answer in topic.answers.values():
                yield f"{section}.{topic.id}.answers.{answer.id}", answer.review_by
    for answer in clinic.billing.values():
        yield f"billing.{answer.id}", answer.review_by
