"""Three days in which everything changes: visits, templates, windows, Meta's mood; and what each patient last read is true."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from babel.dates import format_date
from sqlalchemy import update
from uuid_utils.compat import uuid7

from bot.agenda import Appointment, AppointmentStatus, By, SlotTaken
from bot.approvals import TemplateFacts
from bot.model import Contact, Reply, TemplateMessage
from bot.notices import CHANGES, Kind, NoticeState
from bot.outreach.plan import CLOSES, FLOOR, OPENS, quiet_until
from bot.ports import Accepted, Remedy, SendError
from bot.store import tables
from bot.store.agenda_tables import appointment
from bot.store.outreach_tables import notice
from tests.conftest import MakeDesk
from tests.desks import NUMBER, DeskInProcess, Sent
from tests.test_outreach_many import Unreliable, books_of, reminding, worked
from tests.visits import diary_of, many_booked, moved

MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)  # seven in Italy
DAY, HOUR, STEP = timedelta(days=1), timedelta(hours=1), timedelta(minutes=30)
PEOPLE, STOPPED = 120, 6


class Read(Unreliable):
    """A WhatsApp as unreliable as ever, that keeps what each phone shows, and now and then finds a template paused."""

    def __init__(self, desk: DeskInProcess, dice: random.Random) -> None:
        super().__init__(desk, dice)
        self.shown: list[tuple[str, Sent, datetime]] = []

    def send(self, to: Contact, reply: Reply, outbox_id: UUID) -> Accepted:
        """Take a message, or fail; what was taken is read."""
        if isinstance(reply, TemplateMessage) and self.dice.random() < 0.01:
            raise SendError(Remedy.HOLD, 132015)
        before = len(self.taken)
        try:
            return super().send(to, reply, outbox_id)
        finally:
            if len(self.taken) > before:
                sent = Sent(to, reply, outbox_id, "")
                self.shown.append((to.wa_id or "", sent, self.desk.clock.now()))


class Storm:
    """What staff, patients and Meta do meanwhile; and what each patient believes of their visit: its time, or that there is none."""

    def __init__(self, desk: DeskInProcess, dice: random.Random, booked: dict[UUID, datetime]) -> None:
        self.desk, self.dice, self.visits, self.booked = desk, dice, tuple(booked), booked
        self.diary = diary_of(desk)
        # When a patient last did or heard something without WhatsApp, and how their visit stood then; None: not any more.
        self.did: dict[UUID, list[tuple[datetime, datetime | None]]] = {id: [(MONDAY, at)] for id, at in booked.items()}

    def passes(self) -> None:
        """Let a while pass."""
        for _ in range(self.dice.randrange(5)):
            visit = self.diary.appointment(self.dice.choice(self.visits))
            if visit.status == AppointmentStatus.BOOKED and visit.start > self.desk.clock.now() + HOUR:
                self.change(visit)
        if self.dice.random() < 0.2:
            self.meta()
        if self.dice.random() < 0.5:
            self.writes()
        if self.dice.random() < 0.3:
            self.calls()

    def change(self, visit: Appointment) -> None:
        """Have staff or the patient change a visit, staff perhaps twice at once."""
        by: By = "patient" if self.dice.random() < 0.2 else "staff"
        for _ in range(self.dice.choice((1, 1, 2, 3)) if by == "staff" else 1):
            self.desk.clock.move(timedelta(seconds=7))
            if visit.status == AppointmentStatus.BOOKED:
                visit = self.changed(visit, by)
        if by == "patient":
            self.knows(visit)

    def knows(self, visit: Appointment) -> None:
        """Note that a patient knows how their visit stands."""
        is_over = visit.status == AppointmentStatus.CANCELLED
        self.did[visit.id].append((self.desk.clock.now(), None if is_over else visit.start))

    def changed(self, visit: Appointment, by: By) -> Appointment:
        """Cancel a visit, or give it another time, perhaps the one it was booked for."""
        if self.dice.random() < 0.3:
            return self.diary.set_status(visit.id, AppointmentStatus.CANCELLED, uuid4(), by=by)
        there = (self.booked[visit.id], self.booked[visit.id], *self.times())
        start = self.dice.choice([at for at in there if at != visit.start and at > self.desk.clock.now() + HOUR])
        try:
            return moved(self.desk, visit, start, by=by)
        except SlotTaken:
            return visit

    def times(self) -> tuple[datetime, ...]:
        """Return two times that come, in the clinic's day."""
        coming = [MONDAY + n * DAY + minutes for n in range(1, 6) for minutes in (1 * HOUR, 3 * HOUR, 8 * HOUR)]
        return tuple(self.dice.sample([at for at in coming if at > self.desk.clock.now() + 2 * HOUR], 2))

    def meta(self) -> None:
        """Have Meta think otherwise of some templates."""
        names = [one.name for one in self.desk.built.templates]
        stands = [self.dice.choice(("APPROVED", "APPROVED", "APPROVED", "PAUSED", "REJECTED")) for _ in names]
        approved(self.desk, stands)

    def writes(self) -> None:
        """Have some patients write, so that their windows are open."""
        c = tables.conversation.c
        with self.desk.built.database.begin() as connection:
            ids = [row.id for row in connection.execute(tables.conversation.select().with_only_columns(c.id))]
            some = self.dice.sample(sorted(ids), 5)
            wrote = update(tables.conversation).where(c.id.in_(some))
            connection.execute(wrote.values(last_inbound_at=self.desk.clock.now()))

    def calls(self) -> None:
        """Have staff call somebody and tell them how their visit stands."""
        for one in self.desk.built.notices.for_staff()[:3]:
            if one.appointment_id is not None:
                self.desk.built.notices.done(one.id, "staff:anna")
                self.knows(self.diary.appointment(one.appointment_id))


def approved(desk: DeskInProcess, stands: list[str] | None = None) -> None:
    """Have Meta list every template in Italian, approved or as told."""
    names = [one.name for one in desk.built.templates]
    told = zip(names, stands or ["APPROVED"] * len(names), strict=True)
    desk.built.approvals.keep(
        [TemplateFacts(name, "it", status, category="UTILITY") for name, status in told], frozenset(names)
    )


@pytest.fixture
def desk(make_postgres_desk: MakeDesk) -> DeskInProcess:
    """A desk that reminds twice, by every way it has."""
    desk = make_postgres_desk()
    reminding(desk, ("72h", "24h"))
    return desk


@pytest.mark.parametrize("seed", [1])
def test_what_each_patient_last_read_is_true_whatever_happened(desk: DeskInProcess, seed: int) -> None:
    dice = random.Random(seed)
    desk.clock.move(MONDAY - desk.clock.now())
    starts = [MONDAY + dice.randrange(1, 5) * DAY + dice.randrange(0, 24) * STEP for _ in range(PEOPLE)]
    half = PEOPLE // 2
    visits = many_booked(desk, starts[:half], wrote_at=MONDAY - DAY + 6 * HOUR)
    visits += many_booked(desk, starts[half:], wrote_at=MONDAY - 9 * DAY, first=half)
    stopped(desk, visits[half - STOPPED // 2 : half + STOPPED // 2])
    approved(desk)
    desk.beat_for_long()
    whatsapp, storm = Read(desk, dice), Storm(desk, dice, dict(zip(visits, starts, strict=True)))
    desk.desk._delivery._messengers = {NUMBER: whatsapp}

    for _ in range(int(3 * DAY / STEP)):
        desk.built.watch.beat("web-test", "web")
        storm.passes()
        worked(desk, dice, whatsapp)
        desk.clock.move(STEP)
    approved(desk)
    for _ in range(8):  # a calm hour of the next morning
        desk.built.watch.beat("web-test", "web")
        worked(desk, dice, whatsapp)
        desk.clock.move(STEP)

    assert doubled(whatsapp) == []
    assert untimely(desk, whatsapp) == []
    assert misled(desk, storm, whatsapp) == []
    assert senseless(desk, storm, whatsapp) == []
    desk.clock.move(6 * DAY)
    for _ in range(2):
        worked(desk, dice, whatsapp)
        books_of(desk).close()
    struck = {one.day: (one.waiting, one.difference) for one in desk.built.notices.balances(14)}
    assert {day: found for day, found in struck.items() if found != (0, 0)} == {}
    assert {row.state for row in desk.rows(notice)} == {"sent", "skipped", "staff"}


def stopped(desk: DeskInProcess, visits: tuple[UUID, ...]) -> None:
    """Have some people want nothing the clinic begins."""
    whose = {row.id: row.contact_id for row in desk.rows(appointment)}
    with desk.built.database.begin() as connection:
        stops = [{"id": uuid7(), "contact_id": whose[id], "purpose": "all", "at": MONDAY} for id in visits]
        connection.execute(tables.stop.insert(), stops)


def taps_of(sent: Sent) -> tuple[str, ...]:
    return sent.reply.quick_replies if isinstance(sent.reply, TemplateMessage) else sent.taps


def words_of(sent: Sent) -> str:
    """Return what is read: the text, or the name of the template and its values."""
    reply = sent.reply
    if isinstance(reply, TemplateMessage):
        return f"{reply.name} {' '.join(value for _, value in reply.body)}"
    return sent.body


def doubled(whatsapp: Read) -> list[object]:
    """Return what was read twice: the same words about the same revision of a visit."""
    read = Counter((who, taps_of(sent), words_of(sent)) for who, sent, _ in whatsapp.shown)
    return [one for one, times in read.items() if times > 1]


def untimely(desk: DeskInProcess, whatsapp: Read) -> list[object]:
    """Return what was read in the night, but for a change that could not wait for the morning."""
    rows = {row.outbox_id: row for row in desk.rows(notice)}
    clinic, found = desk.house.clinic, []
    for who, sent, at in whatsapp.shown:
        row, clock = rows[sent.outbox_id], at.astimezone(clinic.zone).time()
        opens = quiet_until(clinic, "centro", row.concerns_at, at)
        could_wait = opens is not None and (row.kind not in CHANGES or opens <= row.concerns_at - FLOOR)
        if could_wait or (row.kind not in CHANGES and not OPENS <= clock < CLOSES):
            found.append((who, row.kind, at, row.concerns_at))
    return found


def misled(desk: DeskInProcess, storm: Storm, whatsapp: Read) -> list[object]:
    """Return whose visit is not as they last read, did or heard it, and whom nobody is to call about it."""
    left = {
        (row.appointment_id, row.revision)
        for row in desk.rows(notice)
        if row.kind in CHANGES and row.state == NoticeState.STAFF
    }
    found: list[object] = []
    for row in desk.rows(appointment):
        if row.id in storm.visits and (row.id, row.revision) not in left:
            start = None if row.state == "cancelled" else row.starts_at
            belief = believed(storm, whatsapp, row.id)
            if not matches(desk, belief, start):
                found.append((row.code, start, belief))
    return found


def senseless(desk: DeskInProcess, storm: Storm, whatsapp: Read) -> list[object]:
    """Return the changes that told what was known, or named a time the patient had never heard of."""
    rows = {row.outbox_id: row for row in desk.rows(notice)}
    unsure = {(row.appointment_id, row.starts_at) for row in desk.rows(notice) if row.state == NoticeState.STAFF}
    knows = {id: list(did) for id, did in storm.did.items()}
    found: list[object] = []
    for who, sent, at in whatsapp.shown:
        row = rows[sent.outbox_id]
        known = max((one for one in knows[row.appointment_id] if one[0] <= at), key=lambda one: one[0])[1]
        perhaps = {start for id, start in unsure if id == row.appointment_id}
        if row.kind == Kind.CANCELLED and not any(is_named(desk, words_of(sent), one) for one in {known, *perhaps}):
            found.append((who, words_of(sent), known))
        if row.kind in (Kind.BOOKED, Kind.MOVED) and known == row.starts_at and not perhaps:
            found.append((who, words_of(sent), known))
        knows[row.appointment_id].append((at, None if row.kind == Kind.CANCELLED else row.starts_at))
    return found


def is_named(desk: DeskInProcess, words: str, start: datetime | None) -> bool:
    """Tell whether a text names a time."""
    if start is None:
        return False
    local = start.astimezone(desk.house.clinic.zone)
    return format_date(local, "EEEE d MMMM", locale="it") in words and f"{local.hour}:{local:%M}" in words


def believed(storm: Storm, whatsapp: Read, visit: UUID) -> str | datetime | None:
    """Return what a patient last learnt of their visit: words they read, or how it stood when they did or heard something."""
    learnt: list[tuple[datetime, str | datetime | None]] = [storm.did[visit][-1]]
    for _, sent, at in whatsapp.shown:
        if any(str(visit) in tap for tap in taps_of(sent)):
            learnt.append((at, words_of(sent)))
    return max(learnt, key=lambda one: one[0])[1]


def matches(desk: DeskInProcess, belief: str | datetime | None, start: datetime | None) -> bool:
    """Tell whether what was learnt is how the visit stands."""
    if not isinstance(belief, str):
        return belief == start
    is_over = "annullato" in belief or belief.startswith("cancelled")
    if start is None or is_over:
        return is_over and start is None
    return is_named(desk, belief, start)
