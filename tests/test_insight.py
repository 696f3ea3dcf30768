"""The figures against rows planted by hand: every number here was counted on paper first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Table
from uuid_utils.compat import uuid7

from bot.clock import FixedClock
from bot.insight import (
    AtCounter,
    Contained,
    Lately,
    Period,
    Times,
    Whole,
    costs,
    listed,
    menus_of,
    period,
    share,
    shown,
    spoken,
    times,
    total,
)
from bot.store import SqlInsights, tables
from tests.desks import MONDAY, NUMBER, DeskInProcess, backing_of

ROME = ZoneInfo("Europe/Rome")
WEEK = period(7, "day", MONDAY, ROME)


@dataclass
class Field:
    """A database rows are planted in, `days` and `hours` before MONDAY, ten in the morning in Italy."""

    desk: DeskInProcess

    def rows(self, table: Table, *rows: dict[str, Any]) -> None:
        with self.desk.built.database.begin() as connection:
            connection.execute(table.insert(), list(rows))

    def chat(self, **values: Any) -> UUID:
        row, person = uuid7(), uuid7()
        born = {"phone_number_id": NUMBER, "created_at": MONDAY}
        self.rows(tables.contact, {"id": person, "person_sealed": b"", **born})
        standing = {"owner": "bot", "epoch": 0, "turn": 0, "answers_sealed": b"", "language": "it"}
        rest = {"acknowledged": False, "behind": False, "position": 0, "pair_tokens": 45.0, "pair_at": MONDAY}
        self.rows(tables.conversation, {"id": row, "contact_id": person, **born, **standing, **rest, **values})
        return row

    def message(self, chat: UUID, at: datetime, after_s: float | None = 1.0, **values: Any) -> UUID:
        row = uuid7()
        settled = None if after_s is None else at + timedelta(seconds=after_s)
        sealed = {"wamid_hash": row.bytes, "content_sealed": b"", "kind": "text", "phone_number_id": NUMBER}
        moments = {"sent_at": at, "received_at": at, "answer_by": at, "settled_at": settled}
        became = {"outcome": "answered", "attempts": 1, **values}
        self.rows(tables.message, {"id": row, "conversation_id": chat, **sealed, **moments, **became})
        return row

    def handoff(self, chat: UUID, at: datetime, team: str = "reception", **values: Any) -> None:
        state = {"state": "closed", "reason": "asked", "priority": 0, "phone_number_id": NUMBER}
        row = {"id": uuid7(), "conversation_id": chat, "team": team, "opened_at": at}
        self.rows(tables.handoff, {**row, **state, **values})

    def classified(self, chat: UUID, message: UUID, at: datetime, **values: Any) -> None:
        row = {"id": uuid7(), "conversation_id": chat, "message_id": message, "at": at}
        chosen = {"by": "offline", "route": "book", "sure": True, "shadow": False, "cost_usd": None}
        self.rows(tables.classification, {**row, **chosen, **values})

    def act(self, chat: UUID, at: datetime, action: str) -> None:
        row = {"id": uuid7(), "at": at, "actor": "staff:a", "action": action, "counts": "{}"}
        self.rows(tables.audit, {**row, "subject_table": "conversation", "subject_id": chat})

    def counted(self, asked: Period = WEEK) -> Whole:
        return self._insights().whole(asked)

    def at_counter(self, asked: Period = WEEK, teams: frozenset[str] | None = None) -> AtCounter:
        return self._insights().at_counter(asked, teams)

    def _insights(self) -> SqlInsights:
        flows = self.desk.house.flows
        return SqlInsights(backing_of(self.desk.built), set(flows) - {"main"}, {"slots": "book"})


@pytest.fixture
def field(desk: DeskInProcess) -> Field:
    """An empty field, on either database."""
    return Field(desk)


def ago(days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
    """Return a moment before MONDAY."""
    return MONDAY - timedelta(days=days, hours=hours, minutes=minutes)


# --------------------------------------------------------------------------------------------------------------- the time


def test_a_week_ends_with_today_from_midnight_to_midnight() -> None:
    asked = period(7, "day", MONDAY, ROME)

    assert [at.isoformat() for at in (asked.start, asked.end)] == [
        "2026-11-17T00:00:00+01:00",
        "2026-11-24T00:00:00+01:00",
    ]
    assert len(asked.stretches) == 7


def test_weeks_are_counted_back_from_today_and_the_first_has_the_rest() -> None:
    asked = period(90, "week", MONDAY, ROME)

    assert [(until - since).days for since, until in asked.stretches] == [6, *[7] * 12]


def test_the_day_the_clock_is_set_back_has_25_hours() -> None:
    asked = period(7, "day", datetime(2026, 10, 26, 9, tzinfo=UTC), ROME)

    hours = [(until.astimezone(UTC) - since.astimezone(UTC)) / timedelta(hours=1) for since, until in asked.stretches]

    assert hours == [24, 24, 24, 24, 24, 25, 24]


def test_a_message_belongs_to_the_clinics_day_when_the_clock_is_set_back(field: Field) -> None:
    asked = period(7, "day", datetime(2026, 10, 26, 9, tzinfo=UTC), ROME)
    chat = field.chat()
    for day, hour, minute in ((24, 21, 59), (24, 22, 0), (25, 22, 59), (25, 23, 0)):  # Sunday is 22:00 to 23:00 UTC
        field.message(chat, datetime(2026, 10, day, hour, minute, tzinfo=UTC))

    assert field.counted(asked).received == (0, 0, 0, 0, 1, 2, 1)


def test_days_begin_at_a_quarter_where_the_zone_does(field: Field) -> None:
    asked = period(7, "day", MONDAY, ZoneInfo("Asia/Kathmandu"))  # midnight is 18:15 UTC
    chat = field.chat()
    for hour, minute in ((18, 14), (18, 15), (18, 16)):
        field.message(chat, datetime(2026, 11, 21, hour, minute, 59, tzinfo=UTC))

    assert field.counted(asked).received == (0, 0, 0, 0, 1, 2, 0)


# -------------------------------------------------------------------------------------------------------- the whole clinic


def test_an_empty_database_has_nothing_of_everything(field: Field) -> None:
    none = (0,) * 7
    empty = Whole(none, none, {}, {}, Times(), Contained(), none, (0.0,) * 7)

    assert field.counted() == empty
    assert field.at_counter() == AtCounter(none, {}, Times(), Times(), 0, 0)


def test_what_came_in_is_counted_by_day_and_spam_among_it(field: Field) -> None:
    chat = field.chat()
    for at in (ago(8), ago(2), ago(2), ago(0, 1)):
        field.message(chat, at)
    field.message(chat, ago(1), outcome="ignored", reason="spam")
    field.message(chat, ago(1), outcome="ignored", reason="reaction")

    found = field.counted()

    assert (found.received, found.spam) == ((0, 0, 0, 0, 2, 2, 1), (0, 0, 0, 0, 0, 1, 0))


def test_a_menu_counts_each_conversation_that_came_to_it_once(field: Field) -> None:
    one, other, third = field.chat(), field.chat(flow="info", last_inbound_at=ago(1)), field.chat(flow="main")
    for chat in (one, one, other):
        message = field.message(chat, ago(1))
        field.classified(chat, message, ago(1))
        call = {"step": 1, "turn": 1, "epoch": 0, "place": "ours", "arguments_sealed": b"", "state": "done"}
        row = {"id": uuid7(), "message_id": message, "conversation_id": chat, "action": "slots", "attempts": 1}
        field.rows(tables.call, {**call, **row, "created_at": ago(1)})
    field.classified(third, message, ago(1), sure=False)
    field.classified(third, message, ago(1), shadow=True, route="cancel")
    field.classified(third, message, ago(1), route="person:reception")
    field.classified(third, message, ago(9), route="cancel")

    assert field.counted().menus == {"book": 2, "info": 1}


def test_who_chose_and_how_sure_it_was(field: Field) -> None:
    chat = field.chat()
    message = field.message(chat, ago(1))
    for values in (
        {},
        {"sure": False},
        {"by": "haiku"},
        {"by": "haiku", "route": None, "sure": None},
        {"shadow": True},
    ):
        field.classified(chat, message, ago(1), **values)

    assert field.counted().classifiers == {
        ("offline", "sure"): 1,
        ("offline", "unsure"): 1,
        ("haiku", "sure"): 1,
        ("haiku", "none"): 1,
    }


def test_the_model_costs_what_its_requests_cost_with_trials(field: Field) -> None:
    chat = field.chat()
    message = field.message(chat, ago(1))
    field.classified(chat, message, ago(1), by="haiku", cost_usd=0.25)
    field.classified(chat, message, ago(1), by="haiku", cost_usd=0.5, shadow=True)
    field.classified(chat, message, ago(1))

    found = field.counted()

    assert (found.requests, found.cost_usd) == ((0, 0, 0, 0, 0, 2, 0), (0, 0, 0, 0, 0, 0.75, 0))


def test_an_answer_is_measured_to_a_tenth_and_what_was_not_answered_is_not(field: Field) -> None:
    chat = field.chat()
    for after in (0.4, 0.5, 0.6, 0.6, 0.7, 0.8, 0.9, 1.0, 2.5, 9000):
        field.message(chat, ago(1), after)
    field.message(chat, ago(1), 30, outcome="handed")
    field.message(chat, ago(1), None, outcome="open")

    assert field.counted().answered == Times(10, 0.7, 2.5)


def test_nine_thousand_seconds_count_as_ten_minutes(field: Field) -> None:
    field.message(field.chat(), ago(1), 9000)

    assert field.counted().answered == Times(1, 600.0, 600.0)


# ------------------------------------------------------------------------------------------------------------- contained


def test_a_talk_without_a_person_and_nothing_after_it_is_contained(field: Field) -> None:
    chat = field.chat()
    field.message(chat, ago(4, 2))
    field.message(chat, ago(4))

    assert field.counted().contained == Contained(1, 1)


def test_two_talks_that_follow_within_72_hours_are_one_that_was_not_and_one_that_was(field: Field) -> None:
    chat = field.chat()
    field.message(chat, ago(6))
    field.message(chat, ago(4))

    assert field.counted().contained == Contained(1, 2)


def test_somebody_who_comes_back_after_72_hours_had_been_helped(field: Field) -> None:
    chat = field.chat()
    field.message(chat, ago(6, 5))
    field.message(chat, ago(3, 4))

    assert field.counted().contained == Contained(2, 2)


def test_a_talk_of_the_last_72_hours_does_not_count_yet_but_is_seen(field: Field) -> None:
    chat = field.chat()
    field.message(chat, ago(5))
    field.message(chat, ago(2, 12))

    assert field.counted().contained == Contained(0, 1)


@pytest.mark.parametrize(
    ("opened", "closed", "count"),
    [
        (ago(5), ago(4, 12), 0),
        (ago(5, 1), None, 0),
        (ago(6), ago(5, 1), 1),
        (ago(4, 1), ago(4), 0),
        (ago(3, 23), ago(3), 1),
    ],
    ids=["during it", "there from before", "over before", "within a day", "a day later"],
)
def test_a_person_near_a_talk_decides_whether_it_was_without_one(
    field: Field, opened: datetime, closed: datetime | None, count: int
) -> None:
    chat = field.chat()
    field.message(chat, ago(5))
    field.handoff(chat, opened, closed_at=closed, state="closed" if closed else "claimed")

    assert field.counted().contained == Contained(count, 1)


def test_what_was_ignored_neither_begins_a_talk_nor_goes_on_with_it(field: Field) -> None:
    chat, spammer = field.chat(), field.chat()
    field.message(chat, ago(6))
    field.message(chat, ago(4), outcome="ignored", reason="reaction")
    field.message(spammer, ago(5), outcome="ignored", reason="spam")

    assert field.counted().contained == Contained(1, 1)


# --------------------------------------------------------------------------------------------------------- at the counter


def test_requests_are_counted_by_day_and_reason_and_how_long_they_waited(field: Field) -> None:
    for minutes, reason in ((1, "asked"), (2, "asked"), (30, "clinical")):
        chat = field.chat()
        field.handoff(chat, ago(1), reason=reason, claimed_at=ago(1, 0, -minutes), closed_at=ago(0, 20))
        field.act(chat, ago(1, 0, -minutes - 1), "reply")
        field.act(chat, ago(1, 0, -minutes - 5), "reply")
        field.act(chat, ago(0, 19), "reply")
    field.handoff(field.chat(), ago(2), state="queued")

    assert field.at_counter() == AtCounter(
        opened=(0, 0, 0, 0, 1, 3, 0),
        reasons={"asked": 3, "clinical": 1},
        waited=Times(3, 120.0, 1800.0),
        replied=Times(3, 180.0, 1860.0),
        unclaimed=1,
        transfers=0,
    )


def test_a_team_sees_its_own_requests_and_nobody_elses(field: Field) -> None:
    mine, theirs = field.chat(), field.chat()
    field.handoff(mine, ago(1), "nursing", closed_at=ago(0, 1))
    field.handoff(theirs, ago(1), "billing", reason="order", claimed_at=ago(0, 23), closed_at=ago(0, 1))
    field.act(theirs, ago(0, 22), "reply")
    field.act(theirs, ago(0, 21), "pass_on")

    seen = field.at_counter(teams=frozenset({"nursing"}))

    assert seen == AtCounter((0, 0, 0, 0, 0, 1, 0), {"asked": 1}, Times(), Times(), 1, 0)


def test_no_team_sees_nothing(field: Field) -> None:
    field.handoff(field.chat(), ago(1), closed_at=ago(0, 1))

    assert field.at_counter(teams=frozenset()) == AtCounter((0,) * 7, {}, Times(), Times(), 0, 0)


def test_each_transfer_counts_once_for_the_team_that_has_the_request_now(field: Field) -> None:
    chat = field.chat()
    field.handoff(chat, ago(3), "billing", closed_at=ago(2))
    field.handoff(chat, ago(1), "nursing", state="queued")
    for at in (ago(2, 12), ago(0, 5), ago(0, 4)):
        field.act(chat, at, "pass_on")

    counted = [field.at_counter(teams=teams).transfers for teams in (None, frozenset({"nursing"}))]

    assert counted == [3, 2]


# ----------------------------------------------------------------------------------------------------------- small groups


def test_a_count_is_shown_down_to_five_and_below_not_at_all() -> None:
    assert [shown(count) for count in (0, 1, 4, 5, 9, 10, 1234)] == [None, None, None, 5, 5, 10, 1230]


@pytest.mark.parametrize("hidden", [0, 1, 2, 3, 4])
def test_no_hidden_part_can_be_had_from_the_total(hidden: int) -> None:
    assert total((12, 31, hidden)) == (40, True)


def test_a_total_with_nothing_hidden_is_the_sum_to_five() -> None:
    assert total((12, 9)) == (20, False)


def test_a_breakdown_does_not_say_what_it_leaves_out() -> None:
    assert listed({"a": 4, "b": 12, "c": 0, "d": 23}) == (("d", 20), ("b", 10))
    assert listed({"a": 1, "b": 12, "d": 23}) == listed({"b": 12, "d": 23, "e": 4})


@pytest.mark.parametrize(
    ("count", "of", "is_shown"), [(4, 20, None), (16, 20, None), (5, 20, 25), (15, 20, 75), (0, 0, None)]
)
def test_a_share_needs_five_on_either_side(count: int, of: int, is_shown: int | None) -> None:
    assert share(Contained(count, of)) == is_shown


def test_times_of_few_are_not_shown() -> None:
    assert [spoken(Times(count, 1.0, 2.0)) for count in (4, 5, 19, 20)] == [
        (None, None),
        (1.0, None),
        (1.0, None),
        (1.0, 2.0),
    ]


def test_what_few_requests_cost_is_not_shown() -> None:
    assert costs((4, 5), (0.4, 0.123)) == (None, 0.12)


def test_the_middle_and_the_slowest_tenth_are_real_times() -> None:
    assert times({1.0: 5, 2.0: 4, 60.0: 1}) == Times(10, 1.0, 2.0)
    assert times({}) == Times()


# -------------------------------------------------------------------------------------------------------------- the rest


@dataclass
class Counting:
    """Counts how often it is asked."""

    asked: int = 0

    def whole(self, period: Period) -> Whole:
        self.asked += 1
        return Whole((self.asked,), (0,), {}, {}, Times(), Contained(), (0,), (0.0,))

    def at_counter(self, period: Period, teams: frozenset[str] | None) -> AtCounter:
        self.asked += 1
        return AtCounter((self.asked,), {}, Times(), Times(), 0, 0)


def test_figures_are_counted_once_a_minute_for_each_period_and_scope() -> None:
    clock, store = FixedClock(MONDAY), Counting()
    lately = Lately(store, clock)

    seen = [lately.at_counter(WEEK, teams).opened for teams in (None, frozenset({"a"}), None)]
    clock.move(timedelta(seconds=61))
    seen.append(lately.at_counter(replace(WEEK, now=clock.now()), None).opened)

    assert seen == [(1,), (2,), (1,), (3,)]


def test_an_action_of_two_menus_belongs_to_neither(desk: DeskInProcess) -> None:
    owners = menus_of(desk.house.flows)

    assert (owners["insurers"], "reception" in owners) == ("insurance", False)
