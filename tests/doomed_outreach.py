"""Children that give a reminder and are killed (SIGKILL) in the middle of it; what they told WhatsApp stands in a file."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from bot.clinic import Clinic
from bot.clock import FixedClock
from bot.desk import FrontDesk
from bot.model import Contact, Reply
from bot.outreach.freely import freely
from bot.outreach.keeper import Outreach
from bot.ports import Accepted, SendError
from bot.settings import Settings
from bot.store import Backing, Database, Seals, SqlLanes, SqlNotices, SqlOutbox, SqlRecords, SqlWatch
from tests.desks import NUMBER, NoBell, NotingMessenger, authored
from tests.doomed import FINISHED, main, points


@dataclass
class OnPaper:
    """Writes down whom it was told to write to; its caller may die before and after."""

    paper: Path
    point: Callable[[], object]

    def send(self, to: Contact, reply: Reply, outbox_id: UUID) -> Accepted:
        """Write a line."""
        self.point()
        with self.paper.open("a") as paper:
            paper.write(f"{outbox_id}\n")
        self.point()
        return Accepted(f"wamid.{outbox_id}", to)

    def refusal(self, code: int) -> SendError:
        """Say what Meta's table says."""
        return NotingMessenger().refusal(code)

    def mark_read(self, message_id: str, typing: bool) -> None:
        """Do nothing."""


def live(told: dict[str, Any], settings: Settings, clinic: Clinic) -> None:
    """Give what is due in this child, and die where it is told."""
    try:
        clinic = replace(clinic, reminders=("24h",))
        clock = FixedClock(datetime.fromisoformat(told["now"]))
        house = replace(authored(settings.clinic_file, settings), clock=clock)
        database = Database(settings.database_url, 2)
        point = points(database, told["at"])
        backing = Backing(database, Seals(settings.field_keys, settings.hash_key), clock.now)
        lanes, paper = SqlLanes(backing), OnPaper(Path(told["paper"]), point)
        outreach = Outreach(SqlNotices(backing), lanes, clinic, clock, lambda notice, *_: freely(clinic, notice))
        outbox, watch, records = SqlOutbox(backing), SqlWatch(backing), SqlRecords(backing)
        desk = FrontDesk(house, lanes, outbox, watch, records, {NUMBER: paper}, NoBell(), outreach=outreach)
        desk.give_due()
        point()
    except BaseException:  # a child must never go on as its parent
        traceback.print_exc()
        os._exit(1)
    os._exit(FINISHED)


if __name__ == "__main__":
    main(live, lambda settings: authored(settings.clinic_file, settings))
