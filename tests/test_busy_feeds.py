"""Busy times read from calendar feeds: written by hand, as other programs write them, and as half a file or worse."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scheduling.ics import MOST_EVENTS, BrokenFeed, busy_times

ROME = ZoneInfo("Europe/Rome")
SINCE = datetime(2026, 11, 23, tzinfo=ROME).astimezone(UTC)
UNTIL = SINCE + timedelta(days=21)


def event(*lines: str, uid: str = "1@example.org") -> str:
    """Return a VEVENT of these lines."""
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z", *lines, "END:VEVENT"))


def feed(*events: str) -> bytes:
    """Return a whole feed."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN")
    return "\r\n".join((*head, *events, "END:VCALENDAR", "")).encode()


def busy(*events: str, since: datetime = SINCE, until: datetime = UNTIL) -> list[str]:
    """Return the busy times of a feed on Rome's clock."""
    return shown(busy_times(feed(*events), ROME, since, until))


def shown(spans: tuple[tuple[datetime, datetime], ...]) -> list[str]:
    """Return spans as in "24T09:00/24T10:00", with the month where it is not November."""
    return [f"{at(start)}/{at(end)}" for start, end in spans]


def at(instant: datetime) -> str:
    here = instant.astimezone(ROME)
    return f"{here:%dT%H:%M}" if here.month == 11 else f"{here:%m-%dT%H:%M}"


NINE = ("DTSTART;TZID=Europe/Rome:20261124T090000", "DTEND;TZID=Europe/Rome:20261124T100000")
WEEKLY = (*NINE, "RRULE:FREQ=WEEKLY;BYDAY=TU")


# ------------------------------------------------------------------------------------------------------- when it is


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (NINE, "24T09:00/24T10:00"),
        (("DTSTART:20261124T080000Z", "DTEND:20261124T090000Z"), "24T09:00/24T10:00"),
        (("DTSTART:20261124T090000", "DTEND:20261124T100000"), "24T09:00/24T10:00"),  # floating: the clinic's clock
        (("DTSTART:20261124T090000", "DURATION:PT45M"), "24T09:00/24T09:45"),
        (("DTSTART;TZID=America/New_York:20261124T030000", "DURATION:PT1H"), "24T09:00/24T10:00"),
        (("DTSTART;TZID=W. Europe Standard Time:20261124T090000", "DURATION:PT1H"), "24T09:00/24T10:00"),
        (("DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261126"), "24T00:00/26T00:00"),
        (("DTSTART;VALUE=DATE:20261124",), "24T00:00/25T00:00"),
        (("DTSTART;VALUE=DATE:20261124", "DURATION:P2D"), "24T00:00/26T00:00"),
        (("DTSTART:20261122T220000Z", "DTEND:20261124T010000Z"), "22T23:00/24T02:00"),  # it began before we look
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_time_is_read_as_it_was_meant(lines: tuple[str, ...], expected: str) -> None:
    assert busy(event(*lines)) == [expected]


@pytest.mark.parametrize(
    "lines",
    [
        (*NINE, "TRANSP:TRANSPARENT"),
        (*NINE, "STATUS:CANCELLED"),
        ("DTSTART:20261124T090000Z",),
        ("DTSTART:20261124T090000Z", "DTEND:20261124T090000Z"),
        ("DTSTART:20251124T090000Z", "DTEND:20251124T100000Z"),
        ("DTSTART:20271124T090000Z", "DTEND:20271124T100000Z"),
    ],
    ids=" ".join,
)
def test_what_takes_no_time_of_ours_is_passed_over(lines: tuple[str, ...]) -> None:
    assert busy(event(*lines)) == []


def test_a_zone_the_feed_explains_itself_is_used() -> None:
    zone = (
        "BEGIN:VTIMEZONE",
        "TZID:Clinica",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0300",
        "END:STANDARD",
        "END:VTIMEZONE",
    )

    found = busy("\r\n".join(zone), event("DTSTART;TZID=Clinica:20261124T110000", "DURATION:PT1H"))

    assert found == ["24T09:00/24T10:00"]


def test_times_that_touch_or_overlap_are_one() -> None:
    hours = [("0900", "1000"), ("1000", "1100"), ("1030", "1130"), ("1300", "1400")]
    events = [event(f"DTSTART:20261124T{a}00", f"DTEND:20261124T{b}00", uid=a) for a, b in hours]

    assert busy(*events) == ["24T09:00/24T11:30", "24T13:00/24T14:00"]


def test_a_calendar_with_nothing_in_it_is_free() -> None:
    assert busy() == []


# ---------------------------------------------------------------------------------------------------- again and again


TUESDAYS = ["24T09:00/24T10:00", "12-01T09:00/12-01T10:00", "12-08T09:00/12-08T10:00"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (WEEKLY, TUESDAYS),
        ((*NINE, "RRULE:FREQ=WEEKLY;COUNT=2"), TUESDAYS[:2]),
        ((*NINE, "RRULE:FREQ=WEEKLY;UNTIL=20261201T080000Z"), TUESDAYS[:2]),
        ((*NINE, "RRULE:FREQ=WEEKLY;UNTIL=20261201"), TUESDAYS[:2]),
        ((*NINE, "RRULE:FREQ=WEEKLY;INTERVAL=2"), [TUESDAYS[0], TUESDAYS[2]]),
        ((*NINE, "RRULE:FREQ=MONTHLY;BYDAY=1TU"), TUESDAYS[:2]),
        ((*WEEKLY, "EXDATE;TZID=Europe/Rome:20261201T090000"), [TUESDAYS[0], TUESDAYS[2]]),
        ((*WEEKLY, "EXDATE:20261124T080000Z,20261201T080000Z"), TUESDAYS[2:]),
        ((*WEEKLY, "EXDATE;VALUE=DATE:20261201"), [TUESDAYS[0], TUESDAYS[2]]),
        ((*NINE, "RDATE;TZID=Europe/Rome:20261201T090000"), TUESDAYS[:2]),
        ((*NINE, "RDATE;VALUE=PERIOD:20261201T080000Z/PT1H,20261208T080000Z/20261208T090000Z"), TUESDAYS),
        (
            ("DTSTART;VALUE=DATE:20261127", "RRULE:FREQ=WEEKLY;COUNT=2"),
            ["27T00:00/28T00:00", "12-04T00:00/12-05T00:00"],
        ),
        (("DTSTART:20200107T080000Z", "DTEND:20200107T090000Z", "RRULE:FREQ=WEEKLY;BYDAY=TU"), TUESDAYS),
    ],
    ids=lambda value: " ".join(value),
)
def test_what_repeats_is_busy_each_time(lines: tuple[str, ...], expected: list[str]) -> None:
    assert busy(event(*lines)) == expected


def test_the_clock_of_what_repeats_does_not_move_with_the_season() -> None:
    lines = ("DTSTART;TZID=Europe/Rome:20270327T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3")
    since = datetime(2027, 3, 26, tzinfo=UTC)

    found = busy_times(feed(event(*lines)), ROME, since, since + timedelta(days=9))

    assert [start.hour for start, _ in found] == [8, 7, 7]
    assert {end - start for start, end in found} == {timedelta(hours=1)}


@pytest.mark.parametrize(("day", "hours"), [("20270328", 23), ("20261025", 25)])
def test_a_whole_day_is_as_long_as_the_clock_makes_it(day: str, hours: int) -> None:
    since = datetime(2026, 10, 1, tzinfo=UTC)

    ((start, end),) = busy_times(feed(event(f"DTSTART;VALUE=DATE:{day}")), ROME, since, since + timedelta(days=300))

    assert end - start == timedelta(hours=hours)


SECOND = "RECURRENCE-ID;TZID=Europe/Rome:20261201T090000"
MOVED = (SECOND, "DTSTART;TZID=Europe/Rome:20261202T150000", "DTEND;TZID=Europe/Rome:20261202T153000")
OF_MOVED = [TUESDAYS[0], "12-02T15:00/12-02T15:30", TUESDAYS[2]]


@pytest.mark.parametrize(
    ("instead", "expected"),
    [
        (MOVED, OF_MOVED),
        (("RECURRENCE-ID:20261201T080000Z", *MOVED[1:]), OF_MOVED),
        ((*MOVED, "STATUS:CANCELLED"), [TUESDAYS[0], TUESDAYS[2]]),
        ((*MOVED, "TRANSP:TRANSPARENT"), [TUESDAYS[0], TUESDAYS[2]]),
    ],
    ids=lambda value: " ".join(value),
)
def test_one_instance_may_stand_elsewhere(instead: tuple[str, ...], expected: list[str]) -> None:
    assert busy(event(*WEEKLY), event(*instead)) == expected
    assert busy(event(*instead), event(*WEEKLY)) == expected


def test_the_newest_revision_of_an_event_counts() -> None:
    older = event("SEQUENCE:1", *NINE)
    newer = event("SEQUENCE:2", "DTSTART:20261125T090000", "DTEND:20261125T100000")

    assert busy(newer, older) == busy(older, newer) == ["25T09:00/25T10:00"]


def test_events_without_a_name_are_each_their_own() -> None:
    named = [event(f"DTSTART:2026112{day}T090000", "DURATION:PT1H") for day in "45"]

    found = busy(*(one.replace("UID:1@example.org\r\n", "") for one in named))

    assert found == ["24T09:00/24T10:00", "25T09:00/25T10:00"]


# ----------------------------------------------------------------------------------------------------- broken feeds


MINUTES, HOURS = ",".join(map(str, range(60))), ",".join(map(str, range(24)))
EACH_MINUTE = f"RRULE:FREQ=DAILY;BYHOUR={HOURS};BYMINUTE={MINUTES};BYSECOND=0,20,40"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no calendar"),
        (b"<!doctype html><title>Sign in</title>", "no calendar"),
        (feed(event(*NINE))[:-20], "no calendar"),
        (feed(event(*NINE))[:-40] + b"\r\nEND:VCALENDAR", "no calendar"),
        (feed(event("DTSTART:tomorrow")), "not readable"),
        (feed(event("SUMMARY:no time")), "not readable"),
        (feed(event(*NINE, "RRULE:FREQ=SOMETIMES")), "not readable"),
        (feed(event(*NINE, "RRULE:FREQ=DAILY;BYDAY=XX")), "not readable"),
        (feed(event(*NINE, "EXDATE:never")), "not readable"),
        (feed(event(*NINE, "EXRULE:FREQ=DAILY")), "not readable"),
        (feed(event("DTSTART:20261124T090000Z", "DTSTART:20261125T090000Z")), "not readable"),
        (feed(event("DTSTART:20261124T090000Z", "DURATION:P99999999D")), "not readable"),
        (feed(event(*NINE, "RRULE:FREQ=DAILY;BYHOUR=25")), "not readable"),
        (feed(event("DTSTART:20261124T090000Z", "DTEND:20261124T080000Z")), "ends before it begins"),
        (feed(event("DTSTART;TZID=Mars/Base:20261124T090000", "DURATION:PT1H")), "unknown zone"),
        (feed(event(*WEEKLY), event(SECOND.replace(";TZID", ";RANGE=THISANDFUTURE;TZID"), *NINE)), "this and future"),
        (feed(event(*NINE, "RRULE:FREQ=SECONDLY")), "too often"),
        (feed(event(*NINE, "RRULE:FREQ=DAILY;INTERVAL=0")), "too often"),
        (feed(event(*NINE, EACH_MINUTE)), "too much"),
    ],
)
def test_a_feed_that_cannot_be_read_whole_is_broken(content: bytes, why: str) -> None:
    with pytest.raises(BrokenFeed) as raised:
        busy_times(content, ROME, SINCE, UNTIL)

    assert raised.value.why == why
    assert raised.value.__cause__ is None


def test_a_feed_with_more_events_than_a_person_has_is_broken() -> None:
    with pytest.raises(BrokenFeed, match="too much"):
        busy(*[event(*NINE)] * (MOST_EVENTS + 1))


def test_one_broken_event_breaks_the_feed_never_half_of_it() -> None:
    with pytest.raises(BrokenFeed):
        busy(event(*NINE), event("DTSTART:20261125T0900", "DURATION:PT1H", uid="2"))


WHOLE = feed(event(*WEEKLY, "EXDATE;TZID=Europe/Rome:20261201T090000"), event(*MOVED), event(*NINE, uid="2"))


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 40), st.binary(max_size=6))
def test_whatever_a_feed_becomes_on_its_way_it_is_read_or_broken(place: int, length: int, noise: bytes) -> None:
    content = WHOLE[:place] + noise + WHOLE[place + length :]

    try:
        found = busy_times(content, ROME, SINCE, UNTIL)
    except BrokenFeed:
        return

    assert all(start < end for start, end in found)
    assert list(found) == sorted(found)
