"""What is left of a contact that is nobody's any more: its row, since when, and figures without names or numbers.

Who becomes one is decided elsewhere: by age in `retention.py`, by right in `rights.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, delete, select, update

from bot.model import Owner
from bot.store import tables
from bot.store.agenda_tables import appointment
from bot.store.backing import Backing
from bot.store.known_tables import person_known
from bot.store.outreach_tables import notice
from bot.store.sealed import EMPTIED
from bot.store.waiting_tables import waiting, waiting_offer

k, c = tables.contact.c, tables.conversation.c


def bury(backing: Backing, connection: Connection, contacts: Sequence[UUID]) -> int:
    """Make tombstones of contacts whose conversations are locked; return how many. Without hashes nobody finds them again."""
    now = backing.now()
    standing = {"answers_sealed": EMPTIED, "flow": None, "node": None, "team": None, "language": ""}
    times = {"last_inbound_at": None, "greeted_at": None, "erased_at": now}
    holder = {"owner": Owner.BOT, "epoch": c.epoch + 1, "behind": False, "acknowledged": False}
    holder |= {"awaits_id": None, "offered": None}
    connection.execute(
        update(tables.conversation).where(c.contact_id.in_(contacts)).values({**standing, **times, **holder})
    )
    nothing = {
        "person_sealed": EMPTIED,
        "user_id_hash": None,
        "wa_id_hash": None,
        "name_hash": None,
        "changed_at": None,
    }
    done = connection.execute(
        update(tables.contact).where(k.id.in_(contacts), k.erased_at.is_(None)).values({**nothing, "erased_at": now})
    )
    # A time that is booked stays booked: whoever keeps the calendar sees that it is nobody's any more.
    visits = update(appointment).where(appointment.c.contact_id.in_(contacts), appointment.c.state != "hold")
    connection.execute(visits.values(contact_id=None, patient_sealed=None))
    connection.execute(delete(appointment).where(appointment.c.contact_id.in_(contacts)))
    for table in (tables.consent, tables.stop, person_known, waiting, waiting_offer):
        connection.execute(delete(table).where(table.c.contact_id.in_(contacts)))
    theirs = select(c.id).where(c.contact_id.in_(contacts))
    # What was said stays a figure; what is still to be said is for nobody any more.
    unsaid = delete(notice).where(notice.c.conversation_id.in_(theirs), notice.c.state.in_(("queued", "staff")))
    connection.execute(unsaid)
    for table in (tables.note, tables.label):
        connection.execute(delete(table).where(table.c.conversation_id.in_(theirs)))
    return done.rowcount
