"""What the desk keeps, in PostgreSQL or SQLite. SQLAlchemy lives here and nowhere else."""

from bot.store.backing import Backing
from bot.store.database import Database
from bot.store.lanes import SqlLanes
from bot.store.outbox import SqlOutbox
from bot.store.records import SqlRecords
from bot.store.sealed import SealBroken, Seals
from bot.store.watch import SqlWatch

__all__ = [
    "Backing",
    "Database",
    "SealBroken",
    "Seals",
    "SqlLanes",
    "SqlOutbox",
    "SqlRecords",
    "SqlWatch",
]
