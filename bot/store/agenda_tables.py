"""The tables of the built-in calendar. Who an appointment is for is sealed; when, where and with whom must be compared."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from bot.store.tables import Instant, metadata

CLOCK = "%Y-%m-%dT%H:%M"  # how a time of the clinic's clock is written: in this order it sorts
TAKES_TIME = "state IN ('hold', 'booked', 'arrived')"

appointment = Table(
    "appointment",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column(
        "contact_id", Uuid, ForeignKey("contact.id", ondelete="CASCADE")
    ),  # None: made by staff for nobody who writes
    Column("state", String(10), nullable=False),  # hold, then FHIR's: booked, arrived, fulfilled, cancelled, noshow
    Column("revision", Integer, nullable=False),  # 0 while it is a hold
    Column("practitioner", String(40), nullable=False),
    Column("service", String(40), nullable=False),
    Column("place", String(40), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("block_from", Instant, nullable=False),  # with what is kept free around the visit
    Column("block_to", Instant, nullable=False),
    Column("zone", String(40), nullable=False),
    Column("local_start", String(16), nullable=False),  # the clock's time: a change of the zone's law can be replayed
    Column("hold_ends_at", Instant),  # of a hold: by the desk's clock
    Column("code", String(8)),  # what it is called in chat; None while it is a hold
    Column("patient_sealed", LargeBinary),  # first name, birth date
    Column("foreign_id", String(200)),  # its name in the clinic's own system
    Column("created_at", Instant, nullable=False),
    Column("confirmed_at", Instant),  # when the patient said that they come, to this time
    UniqueConstraint("code"),
    ExcludeConstraint(
        ("practitioner", "="),
        (text("tstzrange(block_from, block_to)"), "&&"),
        name="ex_appointment_practitioner_block",
        using="gist",
        where=text(TAKES_TIME),
    ).ddl_if(dialect="postgresql"),
)
Index(
    "ix_appointment_taken",
    appointment.c.practitioner,
    appointment.c.block_from,
    postgresql_where=text(TAKES_TIME),
    sqlite_where=text(TAKES_TIME),
)
Index("ix_appointment_contact_id", appointment.c.contact_id, appointment.c.starts_at)
Index("ix_appointment_ends_at", appointment.c.ends_at)
BOOKED = text("state = 'booked'")
Index("ix_appointment_booked", appointment.c.starts_at, postgresql_where=BOOKED, sqlite_where=BOOKED)

appointment_change = Table(
    "appointment_change",  # what was done to it, once a key
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("appointment_id", Uuid, ForeignKey("appointment.id", ondelete="CASCADE"), nullable=False),
    Column("key", Uuid, nullable=False),
    Column("action", String(10), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("reason", String(40)),
    Column("was_practitioner", String(40)),  # whose time it freed, and when that began; None: it freed none
    Column("was_starts_at", Instant),
    Column("at", Instant, nullable=False),
    Column("by", String(9), nullable=False, server_default="patient"),  # patient, staff, elsewhere
    Column("overrode", String(80)),  # the rules staff set aside for it, with a comma between; None: none
    UniqueConstraint("key"),
)
Index("ix_appointment_change_appointment_id", appointment_change.c.appointment_id)
BY_OTHERS = text("by <> 'patient'")
Index("ix_appointment_change_by_others", appointment_change.c.at, postgresql_where=BY_OTHERS, sqlite_where=BY_OTHERS)

errand = Table(
    "errand",  # what is still to be done in the clinic's own system, so that a crash leaves nothing held or booked there
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("hold_id", Uuid),  # whose slot it frees; gone once that is booked
    Column("action", String(10), nullable=False),  # free, cancel
    Column("foreign_id", String(200), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("leased_until", Instant),
    Column("attempts", Integer, nullable=False),
)
Index("ix_errand_due_at", errand.c.due_at)

agenda_block = Table(
    "agenda_block",  # time taken that is no visit: a block made by staff, or a busy time of an imported calendar
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("practitioner", String(40), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("source", String(20), nullable=False),  # staff, ics
    Column("made_by", String(80), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("reason", String(20)),  # a word of the console's; None: nobody said
)
Index("ix_agenda_block_practitioner_starts_at", agenda_block.c.practitioner, agenda_block.c.starts_at)

agenda_exception = Table(
    "agenda_exception",  # where the week of the clinic's file does not hold: extra hours, and what is closed
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("practitioner", String(40), nullable=False),
    Column("kind", String(6), nullable=False),  # open, closed; gone: was open, until staff took it back
    Column("place", String(40)),
    Column("local_start", String(16), nullable=False),  # the clinic's clock, as in 2026-12-24T08:00
    Column("local_end", String(16), nullable=False),
    Column("made_by", String(80), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("services", Text),  # what is done while it is open, with a space between; None: all of that place
)
Index("ix_agenda_exception_practitioner_local_start", agenda_exception.c.practitioner, agenda_exception.c.local_start)

agenda_feed = Table(
    "agenda_feed",  # an address under which another calendar reads a practitioner's times, until it is revoked
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("practitioner", String(40), nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("made_by", String(80), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    UniqueConstraint("token_hash"),
)
