"""Whether reminders help: the formulas against published figures, the counts of visits, the baseline that is brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import Result

from bot.agenda import Appointment, AppointmentStatus, By
from bot.attendance import (
    Attended,
    BaselineError,
    Month,
    Share,
    baseline,
    change,
    compared,
    difference,
    read_baseline,
    share,
)
from bot.store import tables
from bot.store.agenda_tables import appointment
from tests.desks import MONDAY, DeskInProcess
from tests.visits import booked, diary_of, moved

ONE_KIND = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # where both have nothing to add


# --------------------------------------------------------------------------------------------------------------- formulas


@pytest.mark.parametrize(
    ("one", "two", "low", "high"),
    [  # Newcombe 1998, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_a_difference_is_newcombes(one: tuple[int, int], two: tuple[int, int], low: float, high: float) -> None:
    found = difference(Share(*one), Share(*two))

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert found.value == pytest.approx(one[0] / one[1] - two[0] / two[1])


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [  # Newcombe, Statist. Med. 17 (1998) 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_a_share_is_wilsons(count: int, of: int, low: float, high: float) -> None:
    found = share(Share(count, of))

    assert (found.value, round(found.low, 4), round(found.high, 4)) == (count / of, low, high)


def test_a_relative_change_is_katzs() -> None:
    """The risks of 30 of 100 and 40 of 100: the ratio 0.75, its logarithm -0.2877 with the standard error 0.1957."""
    found = change(Share(30, 100), Share(40, 100))

    assert [round(one, 3) for one in (found.value, found.low, found.high)] == [-0.25, -0.489, 0.101]


def test_few_on_either_side_are_compared_with_nothing() -> None:
    before = Share(51, 412)

    found = [compared(since, before) is None for since in (None, Share(4, 100), Share(96, 100), Share(5, 100))]

    assert found == [True, True, True, False]


@pytest.mark.parametrize(
    ("over", "marked", "known"), [(0, 0, None), (100, 79, None), (100, 80, Share(6, 80)), (100, 100, Share(6, 100))]
)
def test_a_share_is_told_only_where_what_became_of_visits_was_noted(
    over: int, marked: int, known: Share | None
) -> None:
    assert Attended(over, marked, 6, 0, 0, 0, 0).noshow == known


# ------------------------------------------------------------------------------------------------------------- the counts


def month(desk: DeskInProcess) -> Attended:
    """Count all of this month and the next."""
    return desk.built.attendance.attended(MONDAY - timedelta(days=22), MONDAY + timedelta(days=38))


def mark(desk: DeskInProcess, start: datetime, status: AppointmentStatus | None) -> None:
    visit = booked(desk, start)
    if status is not None:
        diary_of(desk).set_status(visit.id, status, uuid4(), by="staff")


def test_visits_that_are_over_are_counted_by_what_became_of_them(desk: DeskInProcess) -> None:
    desk.patient().writes("menu")
    became = (AppointmentStatus.FULFILLED, AppointmentStatus.NOSHOW, AppointmentStatus.ARRIVED, None)
    for hours, status in enumerate((*became, AppointmentStatus.CANCELLED), 1):
        mark(desk, MONDAY + timedelta(hours=hours), status)
    booked(desk, MONDAY + timedelta(days=60))
    before = month(desk)

    desk.clock.move(timedelta(days=1))

    assert (before.over, before.marked, before.missed) == (0, 0, 0)
    assert (month(desk).over, month(desk).marked, month(desk).missed) == (4, 3, 1)


@pytest.fixture
def reminded(desk: DeskInProcess) -> Reminded:
    """Somebody whose visit is tomorrow, and who was reminded of it."""
    patient = desk.patient()
    patient.writes("menu")
    visit = booked(desk, MONDAY + timedelta(days=8))
    desk.clock.move(timedelta(days=7))
    patient.writes("menu")
    desk.desk.give_due()
    return Reminded(desk, visit)


@dataclass
class Reminded:
    """A visit somebody was reminded of, and what may be done about it."""

    desk: DeskInProcess
    visit: Appointment

    def move(self, by: By = "patient") -> None:
        self.desk.clock.move(timedelta(hours=1))
        moved(self.desk, self.visit, MONDAY + timedelta(days=12), by=by)

    def cancel(self, by: By = "patient") -> None:
        self.desk.clock.move(timedelta(hours=1))
        diary_of(self.desk).set_status(self.visit.id, AppointmentStatus.CANCELLED, uuid4(), by=by)

    def confirm(self) -> None:
        diary_of(self.desk).confirm(self.visit.id, self.visit.revision)


def counted(desk: DeskInProcess) -> tuple[int, int, int, int]:
    """Return how many were reminded, and of these confirmed, moved, cancelled."""
    found = month(desk)
    return found.reminded, found.confirmed, found.moved, found.cancelled


def test_whoever_moves_after_a_reminder_stays_among_the_reminded(desk: DeskInProcess, reminded: Reminded) -> None:
    reminded.move()

    assert counted(desk) == (1, 0, 1, 0)


def test_whoever_cancels_after_a_reminder_stays_among_the_reminded(desk: DeskInProcess, reminded: Reminded) -> None:
    reminded.cancel()

    assert counted(desk) == (1, 0, 0, 1)


def test_whoever_confirmed_and_cancelled_then_has_cancelled(desk: DeskInProcess, reminded: Reminded) -> None:
    reminded.confirm()
    first = counted(desk)

    reminded.cancel()

    assert (first, counted(desk)) == ((1, 1, 0, 0), (1, 0, 0, 1))


def test_what_staff_change_after_a_reminder_is_no_answer_of_the_patients(
    desk: DeskInProcess, reminded: Reminded
) -> None:
    reminded.move(by="staff")
    first = counted(desk)

    reminded.cancel(by="staff")

    assert (first, counted(desk)) == ((1, 0, 0, 0), (1, 0, 0, 0))


def test_what_was_moved_before_any_reminder_is_no_answer_to_one(desk: DeskInProcess) -> None:
    desk.patient().writes("menu")
    visit = booked(desk, MONDAY + timedelta(days=8))

    moved(desk, visit, MONDAY + timedelta(days=9), by="patient")

    assert counted(desk) == (0, 0, 0, 0)


def test_reminded_and_confirmed_are_counted(desk: DeskInProcess) -> None:
    patient = desk.patient()
    patient.writes("menu")
    start = MONDAY + timedelta(days=8)
    visit = booked(desk, start)
    desk.clock.move(timedelta(days=7))
    patient.writes("menu")
    patient.reads_all()
    desk.desk.give_due()
    asked = month(desk)

    patient.taps(f"@visit/confirm/{visit.id}/1")
    desk.desk.give_due()

    assert (asked.reminded, asked.confirmed) == (1, 0)
    assert (month(desk).reminded, month(desk).confirmed) == (1, 1)
    assert desk.rows(appointment)[0].confirmed_at is not None


# ----------------------------------------------------------------------------------------------------------- the baseline

GOOD = "month,booked,noshow\n2026-02,380,40\n2026-01,412,51\n"


def bring(desk: DeskInProcess, tmp_path: Path, text: str | bytes) -> Result:
    path = tmp_path / "before.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return desk.app.test_cli_runner().invoke(args=("figures", "baseline", "--from", str(path)))


@ONE_KIND
def test_a_baseline_is_kept_in_place_of_the_one_before(desk: DeskInProcess, tmp_path: Path) -> None:
    bring(desk, tmp_path, GOOD)

    done = bring(desk, tmp_path, "\ufeffmonth,booked,noshow\r\n2025-12,100,10\r\n")

    assert (done.exit_code, done.output) == (
        0,
        "1 months kept, 2025-12 to 2025-12: 10.0 % of 100 visits missed.\n",
    )
    assert desk.built.attendance.months() == (Month("2025-12", 100, 10),)
    assert [row.action for row in desk.rows(tables.audit)].count("baseline_set") == 2


def test_months_are_kept_in_their_order_and_added_up() -> None:
    rows = [line.split(",") for line in GOOD.splitlines()]

    months = read_baseline(rows, "2026-11")

    assert [one.month for one in months] == ["2026-01", "2026-02"]
    assert baseline(months) == Share(91, 792)
    assert baseline(()) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "line 1: the columns are month, booked, noshow"),
        ("booked,month,noshow\n", "line 1: the columns are month, booked, noshow"),
        ("month,booked,noshow\n", "1 to 120 months are needed"),
        ("month,booked,noshow\n2026-1,4,1\n", "line 2: month: a past one"),
        ("month,booked,noshow\n2026-13,4,1\n", "line 2: month: a past one"),
        ("month,booked,noshow\n2026-11,4,1\n", "line 2: month: a past one"),
        ("month,booked,noshow\n2026-01,4,5\n", "line 2: booked and noshow: whole numbers"),
        ("month,booked,noshow\n2026-01,4.0,1\n", "line 2: booked and noshow: whole numbers"),
        ("month,booked,noshow\n2026-01,-4,1\n", "line 2: booked and noshow: whole numbers"),
        ("month,booked,noshow\n2026-01,4\n", "line 2: 3 columns are needed"),
        ("month,booked,noshow\n2026-01,4,1\n2026-01,5,1\n", "2026-01 stands there twice"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_line_by_line(text: str, fault: str) -> None:
    rows = [line.split(",") for line in text.splitlines()]

    with pytest.raises(BaselineError) as told:
        read_baseline(rows, "2026-11")

    assert fault in str(told.value)


@ONE_KIND
def test_a_file_that_is_no_table_changes_nothing(desk: DeskInProcess, tmp_path: Path) -> None:
    bring(desk, tmp_path, GOOD)

    codes = [bring(desk, tmp_path, text).exit_code for text in (b"\xff\xfe\x00", b'month\n"4', b"month" * 20000)]

    assert (codes, len(desk.built.attendance.months())) == ([1, 1, 1], 2)
