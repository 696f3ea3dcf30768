"""The table of what was last seen of a calendar that another system keeps."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from bot.store.tables import Instant, metadata

bookmark = Table(
    "bookmark",  # how far the changes made in the clinic's own system are known; a row a system
    metadata,
    Column("system", String(40), primary_key=True),  # a hash of its address: another server begins anew
    Column("until", Instant),  # by its own clock; None: none of its changes was ever asked for
    Column("compared_at", Instant),  # when all that is known was last compared with it, by ours
)
