"""Ask whether the demo may use its database: not if it holds anything that no demo of this folder wrote."""

from __future__ import annotations

import os
import sys

from bot.ports import StoreUnavailable
from bot.settings import Settings, SettingsError
from bot.store import Database, Seals
from bot.store.belonging import is_ours

REFUSED = """\
La base dati di DATABASE_URL contiene già dei dati, e non sono di questa prova: non viene toccata. Togliere DATABASE_URL
(unset DATABASE_URL), oppure indicarne una vuota. Se ./data/demo.env è stato cancellato, cancellare tutta ./data.
The database of DATABASE_URL already holds data, and this demo did not write it: it is left alone. Take DATABASE_URL away
(unset DATABASE_URL), or name an empty one. If ./data/demo.env was deleted, delete the whole of ./data."""


def main() -> int:
    """Return 0 if the database may be used; else say why not."""
    try:
        settings = Settings.from_env(os.environ)
        database = Database(settings.database_url, 1)
        ours = is_ours(database, Seals(settings.field_keys, settings.hash_key), settings.whatsapp_phone_number_id)
        database.close()
    except (SettingsError, StoreUnavailable) as fault:
        print(fault)
        return 1
    if not ours:
        print(REFUSED)
    return 0 if ours else 1


if __name__ == "__main__":
    sys.exit(main())
