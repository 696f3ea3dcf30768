"""The clock: aware, in UTC, and movable where the demo and the tests need it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.clock import Clock, FixedClock, MovedClock, SystemClock

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
A_MOMENT = timedelta(seconds=5)


@pytest.fixture
def offset(tmp_path: Path) -> Path:
    return tmp_path / "clock"


def ahead(clock: Clock) -> float:
    """Return by how many seconds a clock is ahead, to the nearest ten."""
    return round((clock.now() - datetime.now(UTC)).total_seconds(), -1)


def test_the_time_is_aware_and_in_utc(offset: Path) -> None:
    clocks: list[Clock] = [SystemClock(), MovedClock(offset), FixedClock(NOON)]

    assert [clock.now().tzinfo for clock in clocks] == [UTC, UTC, UTC]


def test_without_its_file_the_moved_clock_tells_the_real_time(offset: Path) -> None:
    assert abs(MovedClock(offset).now() - datetime.now(UTC)) < A_MOMENT


@pytest.mark.parametrize("seconds", [3600, -86400, 0.5])
def test_the_moved_clock_is_ahead_by_what_stands_in_the_file(offset: Path, seconds: float) -> None:
    offset.write_text(f"{seconds:.3f}\n", "ascii")

    assert ahead(MovedClock(offset)) == round(seconds, -1)


def test_all_who_read_the_file_move_together(offset: Path) -> None:
    clocks = [MovedClock(offset), MovedClock(offset)]
    before = [ahead(clock) for clock in clocks]

    offset.write_text("7200", "ascii")

    assert (before, [ahead(clock) for clock in clocks]) == ([0, 0], [7200, 7200])


@pytest.mark.parametrize("words", ["", "nan", "1e99", "soon", "\xff"])
def test_a_half_written_file_changes_nothing(offset: Path, words: str) -> None:
    offset.write_text("7200", "ascii")
    clock = MovedClock(offset)
    clock.now()

    offset.write_text(words, "latin-1")

    assert ahead(clock) == 7200


def test_many_threads_may_ask_at_once(offset: Path) -> None:
    offset.write_text("3600", "ascii")
    clock = MovedClock(offset)
    told: list[float] = []
    threads = [threading.Thread(target=lambda: told.append(ahead(clock))) for _ in range(20)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told == [3600] * 20


def test_the_fixed_clock_stands_still_until_it_is_moved() -> None:
    clock = FixedClock(NOON.astimezone(timezone(timedelta(hours=1))))
    before = clock.now()

    clock.move(timedelta(hours=24))

    assert (before, clock.now()) == (NOON, NOON + timedelta(hours=24))


def test_the_fixed_clock_takes_aware_times_only() -> None:
    with pytest.raises(ValueError, match="aware"):
        FixedClock(datetime(2026, 11, 22, 12, 0))  # noqa: DTZ001  what must be refused
