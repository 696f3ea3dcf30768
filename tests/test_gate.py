"""The one gate, row by row: who may speak when, the window to the minute, stops, held numbers, the pair limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gate import PAIR_BURST, PAIR_REFILL_S, may_send, tokens_left, window_is_open
from bot.model import Author, Owner, RowState, TemplateMessage
from bot.notices import About, Kind
from bot.ports import Bucket, Content, Decision, Draft, Drop, Facts, Hold, Send, Typed

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FULL = Bucket(45.0, NOW)
WORDS = Typed("Buongiorno")
SENT = Send(Bucket(44.0, NOW))


def facts(**known: object) -> Facts:
    plain = Facts(NOW, Owner.BOT, 3, NOW - timedelta(minutes=1), FULL, None, frozenset())
    return replace(plain, **known)  # type: ignore[arg-type]


def draft(author: Author = Author.ENGINE, epoch: int = 3, content: Content = WORDS, **more: object) -> Draft:
    return replace(Draft(author, epoch, content), **more)  # type: ignore[arg-type]


STAFF_HAS_IT = Drop(RowState.WITHDRAWN, "staff_has_the_chat")
OLDER = Drop(RowState.WITHDRAWN, "older_epoch")
WITH_PEOPLE = Drop(RowState.WITHDRAWN, "with_people")


@pytest.mark.parametrize(
    ("author", "purpose", "owner", "epoch", "decision"),
    [
        (Author.ENGINE, None, Owner.BOT, 3, SENT),
        (Author.ENGINE, None, Owner.BOT, 2, OLDER),
        (Author.ENGINE, None, Owner.QUEUED, 3, SENT),
        (Author.ENGINE, None, Owner.QUEUED, 2, OLDER),
        (Author.ENGINE, None, Owner.STAFF, 3, STAFF_HAS_IT),
        (Author.ENGINE, None, Owner.STAFF, 2, STAFF_HAS_IT),
        (Author.STAFF, None, Owner.BOT, 2, SENT),  # the assistant's return, said under the epoch before
        (Author.STAFF, None, Owner.QUEUED, 2, SENT),
        (Author.STAFF, None, Owner.STAFF, 3, SENT),
        (Author.NOTICE, "appointment", Owner.BOT, 0, SENT),
        (Author.NOTICE, "appointment", Owner.QUEUED, 0, SENT),
        (Author.NOTICE, "appointment", Owner.STAFF, 0, SENT),
        (Author.NOTICE, "result", Owner.STAFF, 0, SENT),
        (Author.NOTICE, "survey", Owner.BOT, 0, SENT),
        (Author.NOTICE, "survey", Owner.QUEUED, 0, WITH_PEOPLE),
        (Author.NOTICE, "survey", Owner.STAFF, 0, WITH_PEOPLE),
        (Author.NOTICE, "campaign", Owner.BOT, 0, SENT),
        (Author.NOTICE, "campaign", Owner.QUEUED, 0, WITH_PEOPLE),
        (Author.NOTICE, "campaign", Owner.STAFF, 0, WITH_PEOPLE),
        (Author.EMERGENCY, None, Owner.BOT, 0, SENT),
        (Author.EMERGENCY, None, Owner.QUEUED, 0, SENT),
        (Author.EMERGENCY, None, Owner.STAFF, 0, SENT),
    ],
)
def test_who_may_speak_is_decided_by_author_owner_and_epoch(
    author: Author, purpose: str | None, owner: Owner, epoch: int, decision: Decision
) -> None:
    assert may_send(draft(author, epoch, purpose=purpose), facts(owner=owner)) == decision


@pytest.mark.parametrize(
    ("silence", "is_open"),
    [
        (timedelta(0), True),
        (timedelta(hours=23, minutes=57, seconds=59), True),
        (timedelta(hours=23, minutes=58), False),  # two minutes before Meta closes it
        (timedelta(hours=24), False),
        (timedelta(days=30), False),
    ],
)
def test_the_window_closes_two_minutes_early(silence: timedelta, is_open: bool) -> None:
    assert window_is_open(NOW - silence, NOW) is is_open


def test_nobody_who_never_wrote_is_written_to_freely() -> None:
    decision = may_send(draft(), facts(last_inbound_at=None))

    assert decision == Drop(RowState.FAILED, "window_closed")


@pytest.mark.parametrize("author", list(Author))
def test_free_words_outside_the_window_fail_whoever_wrote_them(author: Author) -> None:
    decision = may_send(draft(author), facts(last_inbound_at=NOW - timedelta(hours=24)))

    assert decision == Drop(RowState.FAILED, "window_closed")


def test_a_message_template_needs_no_window() -> None:
    reminder = TemplateMessage("reminder", "it")

    decision = may_send(draft(Author.NOTICE, content=reminder, purpose="appointment"), facts(last_inbound_at=None))

    assert decision == SENT


@pytest.mark.parametrize(
    ("left", "decision"),
    [(timedelta(0), Drop(RowState.EXPIRED, "expired")), (timedelta(microseconds=1), SENT)],
)
def test_a_row_expires_at_its_instant(left: timedelta, decision: Decision) -> None:
    assert may_send(draft(expires_at=NOW + left), facts()) == decision


@pytest.mark.parametrize(
    ("stops", "decision"),
    [
        (set(), SENT),
        ({"campaign"}, SENT),
        ({"appointment"}, Drop(RowState.WITHDRAWN, "stopped")),
        ({"all"}, Drop(RowState.WITHDRAWN, "stopped")),
    ],
)
def test_a_notice_is_not_sent_to_who_stopped_it_or_all_of_them(stops: set[str], decision: Decision) -> None:
    notice = draft(Author.NOTICE, purpose="appointment")

    assert may_send(notice, facts(stopped=frozenset(stops))) == decision


VISIT = About(Kind.REMINDER_24H, 3, NOW + timedelta(days=1), "centro", until=NOW + timedelta(hours=22))
REMINDER = draft(Author.NOTICE, purpose="appointments", revision=3)


@pytest.mark.parametrize(
    ("about", "decision"),
    [
        (VISIT, SENT),
        (replace(VISIT, revision=4), Drop(RowState.WITHDRAWN, "changed")),
        (replace(VISIT, revision=None), Drop(RowState.WITHDRAWN, "changed")),  # it is gone
        (replace(VISIT, kind=Kind.OFFER, revision=None), SENT),  # of no visit yet
        (None, SENT),  # the answer to a tap
    ],
)
def test_a_notice_of_a_visit_that_was_changed_is_not_sent(about: About | None, decision: Decision) -> None:
    assert may_send(REMINDER, facts(about=about)) == decision


@pytest.mark.parametrize(
    ("about", "quiet", "decision"),
    [
        (VISIT, True, Drop(RowState.WITHDRAWN, "quiet_hours")),
        (VISIT, False, SENT),
        (None, True, SENT),  # what answers somebody has no hours
    ],
)
def test_the_clinic_begins_nothing_in_quiet_hours(about: About | None, quiet: bool, decision: Decision) -> None:
    assert may_send(REMINDER, facts(about=about), lambda told, now: quiet) == decision


TEMPLATE = TemplateMessage("reminder_24h", "it")


@pytest.mark.parametrize(
    ("content", "approved", "decision"),
    [
        (TEMPLATE, False, Drop(RowState.WITHDRAWN, "template")),
        (TEMPLATE, True, SENT),
        (WORDS, False, SENT),  # free words need nobody's approval
    ],
)
def test_a_notice_whose_template_was_paused_is_withdrawn_and_not_held(
    content: Content, approved: bool, decision: Decision
) -> None:
    assert may_send(replace(REMINDER, content=content), facts(about=VISIT, is_approved=approved)) == decision


def test_a_change_counts_before_the_hour() -> None:
    decision = may_send(REMINDER, facts(about=replace(VISIT, revision=4)), lambda told, now: True)

    assert decision == Drop(RowState.WITHDRAWN, "changed")


@pytest.mark.parametrize("author", [Author.ENGINE, Author.STAFF, Author.EMERGENCY])
def test_a_stop_silences_notices_only(author: Author) -> None:
    assert may_send(draft(author), facts(stopped=frozenset({"all"}))) == SENT


@pytest.mark.parametrize(
    ("until", "decision"),
    [
        (NOW + timedelta(seconds=1), Hold(NOW + timedelta(seconds=1), "number_held")),
        (NOW, SENT),
        (NOW - timedelta(seconds=1), SENT),
        (None, SENT),
    ],
)
def test_a_held_number_holds_every_row_until_it_is_free(until: datetime | None, decision: Decision) -> None:
    assert may_send(draft(), facts(number_held_until=until)) == decision


def test_an_empty_bucket_holds_the_row_until_the_next_token() -> None:
    decision = may_send(draft(), facts(bucket=Bucket(0.25, NOW)))

    assert decision == Hold(NOW + timedelta(seconds=4.5), "pair_rate")


def test_the_bucket_is_full_again_after_four_and_a_half_minutes() -> None:
    emptied = Bucket(0.0, NOW)

    left = [tokens_left(emptied, NOW + timedelta(seconds=s)) for s in (0, 6, 270, 99999)]

    assert left == [0.0, 1.0, 45.0, 45.0]


@given(st.lists(st.floats(0, 40), min_size=1, max_size=300))
def test_never_more_than_the_burst_and_one_each_six_seconds(pauses: list[float]) -> None:
    """Whatever the pauses between rows: in any span no more leave than 45 and what the span refills."""
    now, bucket, sent = NOW, FULL, list[datetime]()
    for pause in pauses:
        now += timedelta(seconds=pause)
        decision = may_send(draft(), facts(now=now, bucket=bucket, last_inbound_at=now))
        if isinstance(decision, Send):
            bucket, sent = decision.bucket, [*sent, now]

    for first in range(0, len(sent), 7):
        for last in range(first, len(sent)):
            allowed = PAIR_BURST + (sent[last] - sent[first]).total_seconds() / PAIR_REFILL_S
            assert last - first + 1 <= allowed + 1e-6


@given(st.floats(0, 45), st.floats(-86400, 86400))
def test_tokens_are_never_negative_and_never_more_than_the_burst(tokens: float, moved_s: float) -> None:
    """Whatever the clock does: a moved one neither fills nor empties the bucket beyond its bounds."""
    left = tokens_left(Bucket(tokens, NOW), NOW + timedelta(seconds=moved_s))

    assert 0 <= left <= PAIR_BURST


@given(st.floats(0, 45))
def test_a_held_row_may_leave_when_its_time_has_come(tokens: float) -> None:
    first = may_send(draft(), facts(bucket=Bucket(tokens, NOW)))

    if isinstance(first, Hold):
        assert isinstance(may_send(draft(), facts(now=first.until, bucket=Bucket(tokens, NOW))), Send)
