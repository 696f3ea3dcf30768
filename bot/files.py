"""The files people send: fetched by the worker, checked, sealed, for staff to see; what cannot be had is said to staff, not to patients."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from uuid import UUID

from bot.ports import MediaError, MediaSource, MediaStore

log = logging.getLogger("sportello.files")


class Files:
    """Fetch what people sent, one file at a time."""

    def __init__(self, store: MediaStore, sources: Mapping[str, MediaSource]) -> None:
        self._store = store
        self._sources = sources

    def fetch(self, file_id: UUID) -> None:
        """Fetch a file unless somebody does or did; what fails for a passing reason is due again when its lease ends."""
        leased = self._store.lease(file_id)
        if leased is None:
            return
        try:
            content, mime = self._sources[leased.phone_number_id].fetch(leased.media)
        except MediaError as fault:
            log.warning("file not fetched", extra={"file": str(file_id), "why": fault.why})
            if leased.is_last or not fault.passing:
                self._store.refuse(file_id, fault.why)
            return
        self._store.keep(file_id, mime, content)

    def due(self) -> tuple[UUID, ...]:
        """Return the files that wait for somebody to fetch them."""
        return self._store.due()
