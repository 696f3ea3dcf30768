"""Alembic's entry: runs the migrations on the connection `bot.store.schema` hands over."""

from alembic import context

import bot.store.agenda_tables  # noqa: F401  # its tables are in the metadata once it is read
import bot.store.elsewhere_tables  # noqa: F401
import bot.store.known_tables  # noqa: F401
import bot.store.outreach_tables  # noqa: F401
import bot.store.waiting_tables  # noqa: F401
from bot.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
