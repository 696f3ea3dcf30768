"""Who gives what is due: each notice is decided for itself, claimed with its row of the outbox, and sent by whoever sends.

Any number of processes may do this at once: the unique index of `notice` decides who does it for one visit.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from bot.agenda import Offered, Offers
from bot.clinic import Clinic
from bot.clock import Clock
from bot.gate import window_is_open
from bot.notices import REMINDERS, Kind, Notice, Notices, NoticeState, Owed, Skipped, Timing, ToStaff
from bot.outreach.plan import Yet, is_quiet, is_used, judge, reach, without
from bot.outreach.wording import Later
from bot.ports import Content, Lanes

log = logging.getLogger("sportello.outreach")

SETTLED = timedelta(
    seconds=30
)  # a change is told when it has stood for so long: what staff correct at once is told once
LOOK_BACK = timedelta(days=14)  # for changes nobody told while nothing ran

Worded = Callable[[Notice, str, bool], Content | Later | None]


class Outreach:
    """What is owed now, and the giving of it.

    `worded` says a notice in a language; the flag tells whether free words may be sent. `Later`: it is looked for again; None:
    only a person can tell it.
    """

    def __init__(
        self,
        notices: Notices,
        lanes: Lanes,
        clinic: Clinic,
        clock: Clock,
        worded: Worded,
        offers: Offers | None = None,
    ) -> None:
        self._notices = notices
        self._lanes = lanes
        self._clinic = clinic
        self._clock = clock
        self._worded = worded
        self._offers = offers

    def owed(self) -> Iterator[Owed]:
        """Yield what nobody has claimed and may be due: changes first, then offers, then reminders, the nearest visit first."""
        now = self._clock.now()
        yield from self._notices.changes(now - LOOK_BACK, now - SETTLED)
        for offered in self._offers.untold() if self._offers is not None else ():
            to = self._notices.addressee(offered.contact_id)
            if to is not None:
                yield Owed(_offer(offered), to, now)
        for kind in reversed(REMINDERS):
            if is_used(self._clinic, kind):
                yield from self.reminders(kind, now, now)

    def reminders(self, kind: Kind, after: datetime, now: datetime) -> Iterator[Owed]:
        """Yield the visits after a moment that have no row of a kind of reminder which may be due by now."""
        before, services = reach(self._clinic, kind, now), without(self._clinic, kind)
        page = self._notices.due(kind, after, before, services)
        while page:
            yield from page
            last = page[-1].notice
            page = self._notices.due(kind, after, before, services, (last.starts_at, last.id))

    def give(self, owed: Owed) -> UUID | None:
        """Do what is to be done about one notice now; return the conversation in which something waits to be sent.

        Raise NobodyThere if its person was erased meanwhile.
        """
        verdict, timing = self.judge(owed, self._clock.now())
        if verdict is Yet.WAIT or timing is None:
            return None
        if isinstance(verdict, Skipped):
            self._notices.settle(owed, timing, NoticeState.SKIPPED, verdict)
            return None
        return self._give(owed, timing)

    def judge(self, owed: Owed, now: datetime) -> tuple[Yet | Skipped, Timing | None]:
        """Decide about one notice now, of whatever kind."""
        told = owed.notice
        if told.kind in REMINDERS:
            return judge(self._clinic, owed, now)
        timing = Timing(owed.since, told.until or told.starts_at)
        if now >= timing.until:
            return Skipped.STALE, timing
        return Yet.WAIT if is_quiet(self._clinic, owed.about(timing), now) else Yet.GO, timing

    def is_put_off(self, owed: Owed) -> bool:
        """Tell whether a notice that is due cannot be said now but perhaps soon: its template is paused."""
        return isinstance(self._said(owed), Later)

    def _said(self, owed: Owed) -> Content | Later | None:
        told, to = owed.notice, owed.to
        return self._worded(told, to.language, window_is_open(to.last_inbound_at, self._clock.now()))

    def _give(self, owed: Owed, timing: Timing) -> UUID | None:
        """Say a notice, if it can be said now; the gate asks everything again when it is sent."""
        told, to = owed.notice, owed.to
        content = self._said(owed)
        if content is None:
            self._leave_to_staff(owed, timing)
        if content is None or isinstance(content, Later) or not self._may_tell(told):
            return None
        with self._lanes.lane_of(to.conversation_id) as lane:
            is_given = lane.give_notice(owed, timing, content)
        return to.conversation_id if is_given else None

    def _may_tell(self, told: Notice) -> bool:
        """Note that a person is told of an offer; False if it is over."""
        return told.kind is not Kind.OFFER or (self._offers is not None and self._offers.told(told.id))

    def _leave_to_staff(self, owed: Owed, timing: Timing) -> None:
        """Have a person tell it; an offer of the waiting list goes to the next instead."""
        if owed.notice.kind is Kind.OFFER and self._offers is not None:
            self._offers.untellable(owed.notice.id)
        elif self._notices.settle(owed, timing, NoticeState.STAFF, ToStaff.NO_TEMPLATE):
            log.info("a person must tell this", extra={"appointment": str(owed.notice.id), "kind": owed.notice.kind})


def _offer(offered: Offered) -> Notice:
    slot = offered.slot
    return Notice(
        Kind.OFFER, offered.id, 1, slot.start, slot.place, slot.service, slot.practitioner, offered.first_name,
        until=offered.until,
    )  # fmt: skip
