"""An appointment as a calendar file (RFC 5545): time, place, code, perhaps a first name; never a service, a doctor, a word on health.

Its address cannot be guessed: the appointment's id with a keyed hash of it, so nothing is looked up for what is not ours.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from datetime import datetime
from uuid import UUID

from icalendar import Calendar, Event, vGeo

from bot.agenda import Appointment, AppointmentStatus, Booking
from bot.clinic import Clinic

PRODUCT = "-//Sportello//Sportello//EN"
PROOF_BYTES = 20  # 160 bits
TOKEN_LENGTH = (16 + PROOF_BYTES) * 4 // 3  # in base64 without padding: one spelling only
SEEN = (AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED, AppointmentStatus.FULFILLED, AppointmentStatus.NOSHOW)


class CalendarFiles:
    """The addresses of calendar files, made with a key of their own."""

    def __init__(self, public_url: str, secret_key: str) -> None:
        self._public_url = public_url
        self._key = hmac.digest(secret_key.encode(), b"calendar files", "sha256")

    def url(self, appointment_id: UUID) -> str:
        """Return the address of an appointment's file: the same for as long as SECRET_KEY is."""
        token = urlsafe_b64encode(appointment_id.bytes + self._proof(appointment_id.bytes)).decode()
        return f"{self._public_url}/visits/{token}.ics"

    def appointment_id(self, token: str) -> UUID | None:
        """Return whose file an address is for, None if it is not one of ours; in constant time."""
        try:
            told = urlsafe_b64decode(token.encode("ascii")) if len(token) == TOKEN_LENGTH else b""
        except (Base64Error, UnicodeEncodeError):
            told = b""
        row, proof = told[:16].ljust(16, b"\0"), told[16:]
        return UUID(bytes=row) if hmac.compare_digest(proof, self._proof(row)) else None

    def _proof(self, row: bytes) -> bytes:
        return hmac.digest(self._key, row, "sha256")[:PROOF_BYTES]


def calendar_url(booking: Booking, appointment: Appointment) -> str:
    """Return where an appointment's file is (the answer `calendar_file`); empty where there is no such page."""
    return booking.file_url(appointment.id) if booking.file_url is not None else ""


def write(appointment: Appointment, clinic: Clinic, now: datetime) -> bytes:
    """Return an appointment as it stands now, in UTC, so that no device's idea of the clinic's zone matters.

    A later revision replaces an earlier one (UID, SEQUENCE); a cancelled one is marked so.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(appointment, clinic, now))
    return bytes(calendar.to_ical())


def _event(appointment: Appointment, clinic: Clinic, now: datetime) -> Event:
    event = Event()
    event.add("uid", str(appointment.id))
    event.add("sequence", appointment.revision)
    event.add("dtstamp", now)
    event.add("dtstart", appointment.start)
    event.add("dtend", appointment.end)
    event.add("status", "CONFIRMED" if appointment.status in SEEN else "CANCELLED")
    event.add("class", "PRIVATE")
    event.add("summary", clinic.name)
    event.add("description", _told(appointment, clinic))
    if place := clinic.places.get(appointment.place):
        event.add("location", f"{place.name}, {place.street}, {place.postcode} {place.city}")
        event.add("geo", vGeo((float(place.latitude), float(place.longitude))))
    return event


def _told(appointment: Appointment, clinic: Clinic) -> str:
    """Return the code, and where the clinic lets people be named, whom it is for."""
    names = (appointment.patient.first_name,) if clinic.privacy == "named" else ()
    return " · ".join((*names, appointment.code))
