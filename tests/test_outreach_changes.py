"""What others changed, told against what the patient knows: one change after the other, back and forth, and in the night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agenda import Appointment, AppointmentStatus
from bot.notices import Addressee, Changed, Heard, Kind, Notice, NoticeState, Owed, Step, ToStaff
from bot.outreach.heard import to_tell
from bot.store.agenda_tables import appointment
from bot.store.outreach_tables import notice
from tests.desks import DeskInProcess, Patient
from tests.visits import booked, diary_of, many_booked, moved

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
NINE_AT_NIGHT = MONDAY + timedelta(hours=20)
TUESDAY = MONDAY + timedelta(days=1)
HALF_PAST_EIGHT, THREE, FIVE = (TUESDAY + timedelta(hours=hour) for hour in (7.5, 14, 16))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: the queries are tested on both in `test_outreach_many.py`."""
    return sqlite_url


@pytest.fixture
def writer(desk: DeskInProcess) -> Patient:
    """Somebody who wrote on Monday afternoon and read what came back."""
    desk.clock.move(NINE_AT_NIGHT - timedelta(hours=4) - desk.clock.now())
    writer = desk.patient()
    writer.writes("menu")
    writer.reads_all()
    return writer


def at(desk: DeskInProcess, moment: datetime) -> None:
    """Let the time pass to a moment."""
    desk.clock.move(moment - desk.clock.now())


def cancelled(desk: DeskInProcess, visit: Appointment) -> None:
    """Have staff cancel a visit."""
    diary_of(desk).set_status(visit.id, AppointmentStatus.CANCELLED, uuid4(), by="staff")


def changes(desk: DeskInProcess) -> list[tuple[str, str, str | None]]:
    """Return the notices of changes, in the order in which they were due."""
    rows = sorted(desk.rows(notice), key=lambda row: row.due_at)
    return [(row.kind, row.state, row.reason) for row in rows if not row.kind.startswith("reminder")]


def read_after(desk: DeskInProcess, writer: Patient, wait: timedelta = MINUTE) -> list[str]:
    """Give what is due after a while; return what the patient reads of it."""
    desk.clock.move(wait)
    desk.desk.give_due()
    return [sent.body for sent in writer.reads_all()]


def test_who_expects_an_early_visit_is_told_at_once_that_it_was_moved_twice(
    desk: DeskInProcess, writer: Patient
) -> None:
    visit = booked(desk, HALF_PAST_EIGHT)
    at(desk, NINE_AT_NIGHT)
    moved(desk, visit, THREE)
    desk.clock.move(timedelta(seconds=20))
    moved(desk, visit, FIVE)

    (said,) = read_after(desk, writer)

    assert "17:00" in said


def test_a_cancellation_names_the_time_the_patient_knows(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, HALF_PAST_EIGHT)
    at(desk, NINE_AT_NIGHT)
    moved(desk, visit, FIVE)
    cancelled(desk, visit)

    (said,) = read_after(desk, writer)

    assert "*8:30*" in said and "annullato" in said and "17:00" not in said
    assert changes(desk) == [(Kind.CANCELLED, NoticeState.SENT, None)]


def test_what_is_moved_in_the_night_and_cancelled_in_the_morning_is_told_as_known(
    desk: DeskInProcess, writer: Patient
) -> None:
    visit = booked(desk, THREE + 2 * DAY)
    at(desk, NINE_AT_NIGHT)
    moved(desk, visit, FIVE + 3 * DAY)
    nothing = read_after(desk, writer)
    at(desk, TUESDAY + timedelta(hours=6.9))
    cancelled(desk, visit)

    (said,) = read_after(desk, writer, timedelta(hours=1))

    assert nothing == []
    assert "giovedì 26 novembre" in said and "15:00" in said and "annullato" in said


def test_what_is_moved_and_moved_back_is_not_told(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, THREE + DAY)
    moved(desk, visit, FIVE + DAY)
    moved(desk, visit, THREE + DAY)

    assert read_after(desk, writer) == []
    assert changes(desk) == []


def test_what_was_told_and_is_moved_back_is_told(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, THREE + DAY)
    moved(desk, visit, FIVE + DAY)
    first = read_after(desk, writer)
    moved(desk, visit, THREE + DAY)

    second = read_after(desk, writer)

    assert ["17:00" in said for said in first] == [True]
    assert ["15:00" in said for said in second] == [True]


def test_what_staff_booked_and_cancelled_at_once_is_not_told(desk: DeskInProcess, writer: Patient) -> None:
    cancelled(desk, booked(desk, THREE + DAY, by="staff"))

    assert read_after(desk, writer) == []
    assert changes(desk) == []


def test_what_staff_booked_and_moved_at_once_is_told_as_new(desk: DeskInProcess, writer: Patient) -> None:
    moved(desk, booked(desk, THREE + DAY, by="staff"), FIVE + DAY)

    (said,) = read_after(desk, writer)

    assert "abbiamo fissato" in said and "17:00" in said
    assert changes(desk) == [(Kind.BOOKED, NoticeState.SENT, None)]


def test_what_the_patient_moved_in_between_is_what_they_know(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, HALF_PAST_EIGHT + DAY)
    moved(desk, visit, THREE + DAY, by="patient")
    moved(desk, visit, FIVE + DAY)
    cancelled(desk, visit)

    (said,) = read_after(desk, writer)

    assert "15:00" in said and "annullato" in said


def test_whom_a_person_was_to_call_may_know_either_time_and_is_told(desk: DeskInProcess, writer: Patient) -> None:
    at(desk, NINE_AT_NIGHT - timedelta(hours=2))
    visit = booked(desk, THREE + 3 * DAY)
    moved(desk, visit, FIVE + 3 * DAY)
    writer.writes("stop")
    writer.reads_all()
    desk.clock.move(MINUTE)
    desk.desk.give_due()
    writer.writes("start")
    writer.reads_all()
    moved(desk, visit, THREE + 3 * DAY)

    (said,) = read_after(desk, writer)

    assert "15:00" in said
    assert [row[1:] for row in changes(desk)] == [(NoticeState.STAFF, ToStaff.STOPPED), (NoticeState.SENT, None)]
    assert desk.built.notices.for_staff() == ()


def test_another_place_at_the_same_time_is_told(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, THREE + DAY)
    moved(desk, visit, THREE + DAY, practitioner="rossi")

    assert len(read_after(desk, writer)) == 1


def test_a_visit_that_was_missed_is_given_another_time_in_the_night_and_told_in_the_morning(
    desk: DeskInProcess, writer: Patient
) -> None:
    visit = booked(desk, NINE_AT_NIGHT - timedelta(hours=1))
    at(desk, NINE_AT_NIGHT + timedelta(hours=1))
    moved(desk, visit, THREE + 3 * DAY)

    night = read_after(desk, writer)
    at(desk, TUESDAY + timedelta(hours=7))

    assert (night, len(read_after(desk, writer))) == ([], 1)


def test_who_could_not_be_told_before_they_came_in_vain_is_called(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, HALF_PAST_EIGHT)
    at(desk, NINE_AT_NIGHT)
    cancelled(desk, visit)

    said = read_after(desk, writer, timedelta(hours=12))

    assert said == []
    assert [one.reason for one in desk.built.notices.for_staff()] == [ToStaff.STALE]


def test_what_staff_tidy_up_after_a_visit_is_nobodys_concern(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, HALF_PAST_EIGHT)
    at(desk, HALF_PAST_EIGHT + timedelta(hours=2))
    cancelled(desk, visit)

    assert read_after(desk, writer) == []
    assert desk.built.notices.for_staff() == ()


def test_what_waits_for_the_morning_hides_nothing_that_cannot(desk: DeskInProcess, writer: Patient) -> None:
    urgent = booked(desk, HALF_PAST_EIGHT)
    at(desk, NINE_AT_NIGHT)
    many_booked(desk, [THREE + 2 * DAY] * 210, wrote_at=desk.clock.now(), by="staff")
    moved(desk, urgent, FIVE + 9 * DAY)

    (said,) = read_after(desk, writer)

    assert "3 dicembre" in said


# ----------------------------------------------------------------------------------------------------------- as a table


ID = UUID(int=1)
BEFORE, BETWEEN, NOW_AT = (MONDAY + timedelta(days=n) for n in (1, 2, 3))
KNOWS = Step("booked", Heard.SURELY)
NEW = Step("booked", Heard.NO)
AWAY, BACK = Step("moved", Heard.NO, BEFORE, "bianchi"), Step("moved", Heard.NO, BETWEEN, "bianchi")
THERE = Step("moved", Heard.NO, NOW_AT, "bianchi")
GONE = Step("cancelled", Heard.NO)
CAME, REOPENED = Step("arrived", Heard.SURELY), Step("reopened", Heard.NO)


def perhaps(step: Step) -> Step:
    return Step(step.action, Heard.PERHAPS, step.was_starts_at, step.was_practitioner)


def changed(kind: Kind, *steps: Step) -> Changed:
    told = Notice(kind, ID, len(steps), NOW_AT, "centro", "ecg", "bianchi", "Anna")
    return Changed(Owed(told, Addressee(ID, "it", None), MONDAY), steps)


@pytest.mark.parametrize(
    ("steps", "now", "told"),
    [
        ((KNOWS, BACK), MONDAY, (Kind.MOVED, BETWEEN)),
        ((KNOWS, AWAY, BACK), MONDAY, (Kind.MOVED, BEFORE)),
        ((KNOWS, AWAY, BACK), BETWEEN, (Kind.MOVED, None)),  # the time they knew is over
        ((KNOWS, AWAY, perhaps(BACK)), MONDAY, (Kind.MOVED, BEFORE)),
        ((NEW,), MONDAY, (Kind.BOOKED, None)),
        ((NEW, BACK), MONDAY, (Kind.BOOKED, None)),
        ((NEW, GONE), MONDAY, None),
        ((perhaps(NEW), GONE), MONDAY, (Kind.CANCELLED, NOW_AT)),
        ((KNOWS, GONE), MONDAY, (Kind.CANCELLED, NOW_AT)),
        ((KNOWS, BACK, GONE), MONDAY, (Kind.CANCELLED, BETWEEN)),
        ((KNOWS, perhaps(BACK), GONE), MONDAY, (Kind.CANCELLED, BETWEEN)),
        ((KNOWS, perhaps(BACK), GONE), BETWEEN, (Kind.CANCELLED, NOW_AT)),
        ((KNOWS, CAME, REOPENED), MONDAY, None),
        ((KNOWS, BACK, REOPENED), MONDAY, (Kind.MOVED, BETWEEN)),
        ((KNOWS, THERE), MONDAY, (Kind.MOVED, NOW_AT)),  # another place alone
        ((KNOWS, Step("moved", Heard.NO, NOW_AT, "rossi")), MONDAY, (Kind.MOVED, NOW_AT)),
    ],
)
def test_what_is_told_depends_on_what_was_heard(
    steps: tuple[Step, ...], now: datetime, told: tuple[Kind, datetime | None] | None
) -> None:
    kind = Kind.CANCELLED if steps[-1] is GONE else Kind.MOVED

    owed = to_tell(changed(kind, *steps), now)

    assert (owed and (owed.notice.kind, owed.notice.was)) == told


actions = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(Heard)), min_size=1, max_size=8)


@given(st.sampled_from(Heard), actions)
def test_whoever_knows_the_newest_time_for_sure_is_told_nothing_and_all_others_are(
    first: Heard, moves: list[tuple[int, Heard]]
) -> None:
    hours = [0, *(hour for hour, _ in moves)]
    times = [MONDAY + DAY + timedelta(hours=hour) for hour in hours]
    steps = [Step("booked", first)]
    steps += [Step("moved", heard, was, "bianchi") for was, (_, heard) in zip(times, moves, strict=False)]
    told = Notice(Kind.MOVED, ID, len(steps), times[-1], "centro", "ecg", "bianchi", "Anna")

    owed = to_tell(Changed(Owed(told, Addressee(ID, "it", None), MONDAY), tuple(steps)), MONDAY)

    surely = max((n for n, step in enumerate(steps) if step.heard is Heard.SURELY), default=None)
    later = steps[(surely or 0) + 1 :] if surely is not None else steps
    stayed = all(time == times[-1] for time in times[surely or 0 :])
    if surely is not None and not later:
        assert owed is None
    if surely is not None and later and not stayed and times[surely] != times[-1]:
        assert owed is not None and owed.notice.kind is Kind.MOVED
    if surely is None:
        assert owed is not None


def test_the_list_of_calls_shows_the_time_the_patient_knows(desk: DeskInProcess, writer: Patient) -> None:
    visit = booked(desk, THREE + 3 * DAY)
    writer.writes("stop")
    writer.reads_all()
    moved(desk, visit, FIVE + 4 * DAY)
    cancelled(desk, visit)
    desk.clock.move(MINUTE)

    desk.desk.give_due()

    assert [(one.kind, one.starts_at) for one in desk.built.notices.for_staff()] == [(Kind.CANCELLED, THREE + 3 * DAY)]
    assert {row.state for row in desk.rows(appointment)} == {"cancelled"}
