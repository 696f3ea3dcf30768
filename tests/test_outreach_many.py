"""Ten thousand reminders while everything fails that can: none twice, none at night, and the books come out even."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import update

from bot.clinic import Clinic, Lead
from bot.desk import Chore
from bot.model import Contact, Reply, Status
from bot.notices import Balance, Notice, ToStaff
from bot.outreach.books import Books
from bot.outreach.freely import freely
from bot.outreach.keeper import Outreach
from bot.outreach.wording import ByPerson
from bot.ports import Accepted, Remedy, SendError, Wording
from bot.store import tables
from bot.store.outreach_tables import notice
from tests.conftest import MakeDesk, counts
from tests.desks import NUMBER, DeskInProcess, NotingMessenger, together
from tests.doomed import Doom
from tests.visits import many_booked

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
STEP = timedelta(minutes=20)


class Died(BaseException):
    """The process was killed here."""


class Unreliable(NotingMessenger):
    """A WhatsApp that is away, too slow or refuses, and under which processes die, before it has a message and after."""

    def __init__(self, desk: DeskInProcess, dice: random.Random) -> None:
        super().__init__()
        self.desk, self.dice = desk, dice
        self.taken: list[tuple[str, UUID, datetime]] = []
        self.looked = 0

    def send(self, to: Contact, reply: Reply, outbox_id: UUID) -> Accepted:
        """Take a message, or fail."""
        fate = self.dice.random()
        if fate < 0.005:
            raise Died
        if fate < 0.035:
            raise SendError(Remedy.RETRY, 131000)
        if fate < 0.055:
            raise SendError(Remedy.GIVE_UP, 131026)
        if fate < 0.075:
            raise SendError(Remedy.RETRY, 0, unknown=True)
        self.taken.append((to.wa_id or "", outbox_id, self.desk.clock.now()))
        if fate < 0.08:
            raise Died
        if fate < 0.10:
            raise SendError(Remedy.RETRY, 0, unknown=True)
        return Accepted(f"wamid.{outbox_id}", to)

    def statuses(self) -> tuple[Status, ...]:
        """Return the statuses of what was taken since the last look, each perhaps lost."""
        new, self.looked = self.taken[self.looked :], len(self.taken)
        return tuple(Status(f"wamid.{row}", NUMBER, "sent", at, row) for _, row, at in new if self.dice.random() < 0.7)


def worked(desk: DeskInProcess, dice: random.Random, whatsapp: Unreliable) -> None:
    """Do what the processes do in a while; some die with work in their hands, their leases end, statuses come in."""

    def hand(chores: tuple[Chore, ...]) -> None:
        if dice.random() < 0.9:  # else the process died after the claim
            for chore in chores:
                desk.desk.do(chore)

    for step in (lambda: desk.desk.give_due(hand), lambda: desk.desk.finish_due(lambda place: True, hand)):
        while dies(step):
            pass
    desk.outbox.note_statuses(whatsapp.statuses())
    ended = update(tables.outbox).where(tables.outbox.c.state == "claimed")
    with desk.built.database.begin() as connection:
        connection.execute(ended.values(leased_until=desk.built.database.time(-3600)))


def dies(step: Callable[[], object]) -> bool:
    """Tell whether a process died at a step."""
    try:
        step()
    except Died:
        return True
    return False


def books_of(desk: DeskInProcess) -> Books:
    """Return books that were not looked at before."""
    return Books(desk.built.outreach, desk.built.notices, desk.built.records, desk.house.clinic, desk.clock)


def balances(desk: DeskInProcess) -> dict[str, Balance]:
    """Strike the past days; return what was struck."""
    books_of(desk).close()
    return {one.day: one for one in desk.built.notices.balances(9)}


def while_open(clinic: Clinic, notice: Notice, language: str, is_open: bool) -> Wording | ByPerson:
    """Say a notice in free words while they may be sent; there are no templates here."""
    return freely(clinic, notice) if is_open else ByPerson(ToStaff.NO_TEMPLATE)


def reminding(desk: DeskInProcess, plan: tuple[Lead, ...]) -> None:
    """Have the clinic remind by another plan, in the words it has."""
    built, clinic = desk.built, replace(desk.house.clinic, reminders=plan)
    clinic = replace(clinic, services={id: replace(one, reminders=None) for id, one in clinic.services.items()})
    given = Outreach(built.notices, built.lanes, clinic, desk.clock, built.outreach._worded, built.outreach._offers)
    desk.built = replace(built, outreach=given)
    desk.desk._outreach = given


@pytest.fixture
def desk(make_postgres_desk: MakeDesk) -> DeskInProcess:
    """A desk of a clinic that reminds once, the day before."""
    desk = make_postgres_desk()
    built = desk.built
    clinic = replace(desk.house.clinic, reminders=("24h",))
    desk.built = replace(
        built, outreach=Outreach(built.notices, built.lanes, clinic, desk.clock, partial(while_open, clinic))
    )
    desk.desk._outreach = desk.built.outreach
    return desk


@pytest.mark.timeout(1500)
def test_of_ten_thousand_reminders_none_is_doubled_or_lost_or_sent_at_night(desk: DeskInProcess) -> None:
    number, dice = counts(10_000), random.Random(7)
    starts = [MONDAY + DAY + timedelta(hours=7, minutes=dice.randrange(0, 720, 5)) for _ in range(number)]
    desk.clock.move(MONDAY + timedelta(hours=6) - desk.clock.now())
    many_booked(desk, starts, wrote_at=desk.clock.now())
    whatsapp = Unreliable(desk, dice)
    desk.beat_for_long()
    desk.desk._delivery._messengers = {NUMBER: whatsapp}

    for step in range(60):  # from seven to midnight, and from half past seven to eleven
        desk.built.watch.beat("web-test", "web")
        worked(desk, dice, whatsapp)
        desk.clock.move(STEP if step != 50 else 24 * STEP)

    got = Counter(who for who, _, _ in whatsapp.taken)
    assert [who for who, times in got.items() if times > 1] == []
    hours = {at.astimezone(desk.house.clinic.zone).hour for _, _, at in whatsapp.taken}
    assert hours <= set(range(8, 20))
    desk.clock.move(DAY)
    told = balances(desk)
    assert told["2026-11-23"].due == number
    assert {(one.waiting, one.difference) for one in told.values()} == {(0, 0)}
    assert {row.state for row in desk.rows(notice)} <= {"sent", "staff"}


def test_after_six_hours_without_the_desk_nothing_stale_goes_out_and_nothing_at_night(desk: DeskInProcess) -> None:
    starts = [
        MONDAY + DAY + timedelta(hours=6, minutes=15 * n) for n in range(60)
    ]  # Tuesday, seven to ten in the evening
    desk.clock.move(MONDAY + timedelta(hours=6) - desk.clock.now())
    many_booked(desk, starts, wrote_at=MONDAY + timedelta(hours=22))
    whatsapp = NotingAt(desk)
    desk.desk._delivery._messengers = {NUMBER: whatsapp}

    for hours in (
        *(n / 4 for n in range(36)),
        *(15 + n / 4 for n in range(80)),
    ):  # not from four in the afternoon to ten
        desk.clock.move(MONDAY + timedelta(hours=6 + hours) - desk.clock.now())
        desk.desk.give_due()

    zone = desk.house.clinic.zone
    visits = {f"3933{number:08}": start for number, start in enumerate(starts)}
    late = [start - at for who, at in whatsapp.at for start in [visits[who]]]
    assert {at.astimezone(zone).hour for _, at in whatsapp.at} <= set(range(8, 20))
    assert min(late) > timedelta(hours=2)
    assert not [
        at for _, at in whatsapp.at if timedelta(hours=9) < at - MONDAY - timedelta(hours=6) < timedelta(hours=15)
    ]
    assert len(visits) - len(whatsapp.at) == len([row for row in desk.rows(notice) if row.reason == "stale"])
    desk.clock.move(DAY)
    assert {(one.waiting, one.difference) for one in balances(desk).values()} == {(0, 0)}


class NotingAt(NotingMessenger):
    """Notes who was written to, and when by the desk's clock."""

    def __init__(self, desk: DeskInProcess) -> None:
        super().__init__()
        self.desk = desk
        self.at: list[tuple[str, datetime]] = []

    def send(self, to: Contact, reply: Reply, outbox_id: UUID) -> Accepted:
        """Take every message."""
        self.at.append((to.wa_id or "", self.desk.clock.now()))
        return super().send(to, reply, outbox_id)


def test_of_many_processes_that_look_at_once_one_gives_each_reminder(desk: DeskInProcess) -> None:
    number = counts(400)
    desk.clock.move(MONDAY + timedelta(hours=10) - desk.clock.now())
    many_booked(desk, [MONDAY + DAY + timedelta(hours=10)] * number, wrote_at=desk.clock.now())
    whatsapp = NotingAt(desk)
    desk.desk._delivery._messengers = {NUMBER: whatsapp}

    given = together(6, lambda _: desk.desk.give_due())

    assert sum(given) == number
    assert sorted(who for who, _ in whatsapp.at) == sorted(f"3933{n:08}" for n in range(number))


def test_a_reminder_nobody_looked_at_is_a_difference_that_rings(desk: DeskInProcess) -> None:
    desk.clock.move(MONDAY + timedelta(hours=6) - desk.clock.now())
    many_booked(desk, [MONDAY + DAY + timedelta(hours=12)] * 3, wrote_at=desk.clock.now())
    desk.clock.move(timedelta(hours=17, minutes=30))  # past midnight in Italy: nothing ran all day

    night = balances(desk)["2026-11-23"]
    desk.clock.move(timedelta(hours=8, minutes=30))
    ringing = balances(desk)["2026-11-23"]
    rung = [alarm.cause for alarm in desk.built.watch.health().alarms]
    desk.desk.give_due()
    even = balances(desk)["2026-11-23"]

    assert (night.due, night.waiting, night.difference) == (3, 3, 0)
    assert (ringing.due, ringing.waiting, ringing.difference) == (3, 0, 3)
    assert rung == ["reminder_balance"]
    assert (even.due, even.waiting, even.difference) == (3, 0, 0)
    assert desk.built.watch.health().alarms == ()


def test_the_figures_tell_what_became_of_reminders(desk: DeskInProcess) -> None:
    desk.clock.move(MONDAY + timedelta(hours=10) - desk.clock.now())
    many_booked(desk, [MONDAY + DAY + timedelta(hours=10)] * 2, wrote_at=desk.clock.now())
    desk.desk.give_due()
    desk.clock.move(DAY)
    balances(desk)

    page = desk.client.get("/metrics", headers=desk.token).get_data(as_text=True)

    assert 'sportello_notices{reason="",state="sent"} 2.0' in page
    assert "sportello_reminder_difference 0.0" in page


def test_kill_9_at_every_statement_of_giving_a_reminder(
    desk: DeskInProcess, environ: dict[str, str], postgres_url: str, tmp_path: Path
) -> None:
    doom, paper = Doom("tests.doomed_outreach"), tmp_path / "paper"
    desk.clock.move(MONDAY + timedelta(hours=10) - desk.clock.now())
    paper.touch()
    lived, at = False, 0

    while not lived:
        at += 1
        (visit,) = many_booked(desk, [MONDAY + DAY + timedelta(hours=10)], desk.clock.now(), first=at)
        lived = not doom.dies(at, environ | {"DATABASE_URL": postgres_url}, desk.clock.now(), {"paper": str(paper)})
        recovered(desk, paper.read_text().split() if at % 2 else [])

        (last,) = [row for row in desk.rows(notice) if row.appointment_id == visit]
        told = [*paper.read_text().split(), *(str(sent.outbox_id) for sent in desk.whatsapp.sent)]
        assert told.count(str(last.outbox_id)) + (last.state == "staff") in (1, 2 * (last.state == "staff")), at
        assert len(told) == len(set(told)), at

    doom.stop()
    assert at > 30


def recovered(desk: DeskInProcess, statuses: list[str]) -> None:
    """Do what another process does: statuses come in, or not, leases end, and what is left is taken up."""
    desk.outbox.note_statuses([Status(f"wamid.{row}", NUMBER, "sent", MONDAY, UUID(row)) for row in statuses])
    desk.beat_for_long()
    desk.age(tables.outbox.c.leased_until)
    for _ in range(2):
        desk.desk.finish_due(lambda place: True)
        desk.desk.give_due()
