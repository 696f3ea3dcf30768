"""The patient's door to a calendar file of their appointment: whoever has the address reads it, nobody else learns anything."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from flask import Blueprint, Response

from bot.agenda import Appointment, NotThere
from bot.booking.files import CalendarFiles, write
from bot.clinic import Clinic
from bot.clock import Clock
from bot.ports import StoreUnavailable

OFTEN, WHILE = 10, timedelta(minutes=1)  # how often one file is read in a while
REMEMBERED = 2000  # files whose reading is counted at once; a process's memory is bounded
AGAIN_S = 60
HEADERS = {
    "Content-Disposition": 'attachment; filename="calendar.ics"',
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@dataclass(frozen=True)
class Files:
    """What the page needs. `appointment` returns one as it stands and raises NotThere."""

    addresses: CalendarFiles
    appointment: Callable[[UUID], Appointment]
    clinic: Clinic
    clock: Clock


class Pace:
    """How often each file was read lately, in this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._read: OrderedDict[UUID, tuple[datetime, int]] = OrderedDict()

    def take(self, row: UUID, now: datetime) -> bool:
        """Count a reading; False if there were too many in a while."""
        with self._lock:
            since, count = self._read.pop(row, (now, 0))
            since, count = (since, count) if now - since < WHILE else (now, 0)
            self._read[row] = (since, count + 1)
            while len(self._read) > REMEMBERED:
                self._read.popitem(last=False)
            return count < OFTEN


def blueprint(files: Files) -> Blueprint:
    """Return the blueprint that serves `/visits/<token>.ics`."""
    routes, pace = Blueprint("visits", __name__), Pace()

    def file(token: str) -> Response:
        """Answer with the file; what is not there, never was or is nobody's any more looks the same."""
        row = files.addresses.appointment_id(token)
        if row is None:
            return _nothing()
        if not pace.take(row, files.clock.now()):
            return Response(status=429, headers={"Retry-After": str(AGAIN_S)})
        return _answer(files, row)

    routes.add_url_rule("/visits/<token>.ics", "file", file, methods=["GET"])
    return routes


def _answer(files: Files, row: UUID) -> Response:
    try:
        appointment = files.appointment(row)
    except NotThere:
        return _nothing()
    except StoreUnavailable:
        return Response(status=503, headers={"Retry-After": str(AGAIN_S)})
    if not appointment.patient.first_name:  # erased: the time stays booked, and is nobody's
        return _nothing()
    content = write(appointment, files.clinic, files.clock.now())
    return Response(content, content_type="text/calendar; charset=utf-8; method=PUBLISH", headers=HEADERS)


def _nothing() -> Response:
    return Response(status=404)
