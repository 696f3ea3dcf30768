"""The demo's calendar: invented, the same for the same seed and day, never where anything stands, and nobody is written to."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.agenda_tables import agenda_block, appointment
from script.demo_calendar import SEED, Filling, fill
from tests.desks import DeskInProcess


@pytest.fixture
def desk(environ: dict[str, str], tmp_path: Path) -> Iterator[DeskInProcess]:
    made = DeskInProcess(environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/desk.sqlite"})
    yield made
    made.close()


def filling(desk: DeskInProcess, before: int = 1, after: int = 1) -> Filling:
    built = desk.built
    return Filling(
        desk.house.clinic, built.daybook, built.reception, desk.clock, random.Random(SEED), before=before, after=after
    )


def seen(desk: DeskInProcess) -> list[tuple[object, ...]]:
    """Return what anybody could see of it, but for the codes."""
    rows = sorted(desk.rows(appointment), key=lambda row: (row.practitioner, row.starts_at, row.state))
    return [
        (row.practitioner, row.service, row.place, row.starts_at, row.state, row.confirmed_at is None) for row in rows
    ]


def test_the_same_day_gets_the_same_calendar(desk: DeskInProcess, environ: dict[str, str], tmp_path: Path) -> None:
    other = DeskInProcess(environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/other.sqlite"})

    made = [fill(filling(one)) for one in (desk, other)]

    assert (made[0], seen(desk)) == (made[1], seen(other))
    assert made[0] > 20
    other.close()


def test_what_stands_there_is_never_touched(desk: DeskInProcess) -> None:
    fill(filling(desk))
    before = seen(desk)

    assert (fill(filling(desk)), seen(desk)) == (0, before)


def test_it_looks_like_a_clinics_week_and_nobody_is_written_to(desk: DeskInProcess) -> None:
    desk.clock.move(timedelta(days=2, hours=2))

    fill(filling(desk, before=3))

    rows = desk.rows(appointment)
    states = Counter(row.state for row in rows)
    assert {"booked", "fulfilled", "noshow", "cancelled"} <= states.keys()
    assert {row.state for row in rows if row.starts_at > desk.clock.now() + timedelta(hours=1)} <= {
        "booked",
        "cancelled",
    }
    assert {row.contact_id for row in rows} == {None}
    assert {row.reason for row in desk.rows(agenda_block)} == {"meeting", "leave", "closure"}
    assert len([row for row in rows if row.confirmed_at]) > len(rows) / 3
