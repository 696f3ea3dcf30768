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
from bot.notices import CHANGES, REMINDERS, Kind, Notice, Notices, NoticeState, Owed, Skipped, Timing, ToStaff
from bot.outreach.heard import to_tell
from bot.outreach.plan import Yet, is_quiet, is_used, judge, may_be_waited_for, reach, without
from bot.outreach.wording import ByPerson, Later, Sayer
from bot.ports import Content, Lanes

log = logging.getLogger("sportello.outreach")

SETTLED = timedelta(
    seconds=30
)  # a change is told when it has stood for so long: what staff correct at once is told once
LOOK_BACK = timedelta(days=14)  # for changes nobody told while nothing ran

Worded = Callable[[Notice, str, bool], Content | Later | ByPerson]


class Outreach:
    """What is owed now, and the giving of it.

    `worded` says a notice in a language; the flag tells whether free words may be sent. `Later`: it is looked for again.
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

    def at_once(self) -> Outreach:
        """Return the same for a look at many: what Meta lets be sent is read once."""
        worded = self._worded.at_once() if isinstance(self._worded, Sayer) else self._worded
        return Outreach(self._notices, self._lanes, self._clinic, self._clock, worded, self._offers)

    def owed(self) -> Iterator[Owed]:
        """Yield what nobody has claimed and may be due: changes first, then offers, then reminders, the nearest visit first."""
        now = self._clock.now()
        yield from self.changes(now)
        for offered in self._offers.untold() if self._offers is not None else ():
            to = self._notices.addressee(offered.contact_id)
            if to is not None:
                yield Owed(_offer(offered), to, now)
        for kind in reversed(REMINDERS):
            if is_used(self._clinic, kind):
                yield from self.reminders(kind, now, now)

    def changes(self, now: datetime) -> Iterator[Owed]:
        """Yield what others changed and its patient does not know, once it has stood for a while."""
        since, until = now - LOOK_BACK, now - SETTLED
        page = self._notices.changes(since, until)
        while page:
            yield from (owed for changed in page if (owed := to_tell(changed, now)) is not None)
            last = page[-1].owed.notice
            page = self._notices.changes(since, until, (last.starts_at, last.id))

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
        unsaid = self._unsaid(owed, timing, verdict)
        if unsaid is None:
            return self._give(owed, timing)
        self._notices.settle(owed, timing, *unsaid)
        return None

    def judge(self, owed: Owed, now: datetime) -> tuple[Yet | Skipped, Timing | None]:
        """Decide about one notice now, of whatever kind."""
        told = owed.notice
        if told.kind in REMINDERS:
            return judge(self._clinic, owed, now)
        timing = Timing(owed.since, told.until or told.names_at)
        if now >= timing.until:
            return Skipped.STALE, timing
        return Yet.WAIT if is_quiet(self._clinic, owed.about(timing), now) else Yet.GO, timing

    def is_put_off(self, owed: Owed, timing: Timing) -> bool:
        """Tell whether a notice that is due cannot be said now but perhaps soon: its template is paused."""
        return isinstance(self._said(owed, timing), Later)

    def _unsaid(self, owed: Owed, timing: Timing, verdict: Yet | Skipped) -> tuple[NoticeState, str] | None:
        """Return what becomes of a notice that is not said; None: it is. A changed visit is told by a person, if that is of use."""
        is_change = owed.notice.kind in CHANGES
        if isinstance(verdict, Skipped):
            is_missed = is_change and owed.since < timing.until
            return (NoticeState.STAFF, ToStaff.STALE) if is_missed else (NoticeState.SKIPPED, verdict)
        if not owed.to.is_stopped or owed.notice.kind is Kind.OFFER:
            return None
        return (NoticeState.STAFF, ToStaff.STOPPED) if is_change else (NoticeState.SKIPPED, Skipped.STOPPED)

    def _said(self, owed: Owed, timing: Timing) -> Content | Later | ByPerson:
        """Return how a notice is said now; what was waited for in vain is told by a person while there is time."""
        told, to, now = owed.notice, owed.to, self._clock.now()
        said = self._worded(told, to.language, window_is_open(to.last_inbound_at, now))
        if isinstance(said, Later) and not may_be_waited_for(self._clinic, owed, timing, said.until, now):
            return ByPerson(ToStaff.PAUSED)
        return said

    def _give(self, owed: Owed, timing: Timing) -> UUID | None:
        """Say a notice, if it can be said now; the gate asks everything again when it is sent."""
        told, to = owed.notice, owed.to
        content = self._said(owed, timing)
        if isinstance(content, ByPerson):
            self._leave_to_staff(owed, timing, content.why)
        if isinstance(content, ByPerson | Later) or not self._may_tell(told):
            return None
        with self._lanes.lane_of(to.conversation_id) as lane:
            is_given = lane.give_notice(owed, timing, content)
        return to.conversation_id if is_given else None

    def _may_tell(self, told: Notice) -> bool:
        """Tell whether there is still something to tell of: an offer may be over. That it is told, its notice notes."""
        return told.kind is not Kind.OFFER or (self._offers is not None and self._offers.is_open(told.id))

    def _leave_to_staff(self, owed: Owed, timing: Timing, why: ToStaff) -> None:
        """Have a person tell it; an offer of the waiting list goes to the next instead."""
        if owed.notice.kind is Kind.OFFER and self._offers is not None:
            self._offers.untellable(owed.notice.id)
        elif self._notices.settle(owed, timing, NoticeState.STAFF, why):
            log.info("a person must tell this", extra={"appointment": str(owed.notice.id), "kind": owed.notice.kind})


def _offer(offered: Offered) -> Notice:
    slot = offered.slot
    return Notice(
        Kind.OFFER, offered.id, 1, slot.start, slot.place, slot.service, slot.practitioner, offered.first_name,
        until=offered.until,
    )  # fmt: skip
