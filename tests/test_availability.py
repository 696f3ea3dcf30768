"""When somebody is free: on the grid of the clinic's clock, also on the days it changes, and never where it is taken."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.agenda import Exceptional
from bot.clinic.hours import Span
from bot.scheduling.builtin.availability import (
    DAY,
    MINUTE,
    Free,
    Offering,
    Rule,
    Taken,
    Week,
    free,
)

ROME = ZoneInfo("Europe/Rome")
NOTHING = Taken(())
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
MONDAY = date(2026, 6, 1)

# The two days of a year on which the clock changes. Kathmandu never changes it: the days are Rome's.
CHANGES = {
    "Europe/Rome": (date(2027, 3, 28), date(2026, 10, 25)),
    "Europe/London": (date(2027, 3, 28), date(2026, 10, 25)),
    "America/New_York": (date(2027, 3, 14), date(2026, 11, 1)),
    "America/Sao_Paulo": (
        date(2018, 11, 4),
        date(2018, 2, 18),
    ),  # the last year in which Brazil changed it; at midnight
    "Asia/Kathmandu": (date(2027, 3, 28), date(2026, 10, 25)),
    "Australia/Sydney": (date(2026, 10, 4), date(2027, 4, 4)),
}
LENGTHS = (15, 20, 45, 90)
WINDOWS = ((time(0), time(0)), (time(0, 30), time(3, 30)), (time(1), time(2, 30)), (time(2, 30), time(9)))


def week(*rules: Rule, **more: object) -> Week:
    return Week("rossi", rules, **more)  # type: ignore[arg-type]


def every_day(start: time, end: time) -> tuple[Rule, ...]:
    return tuple(Rule("rossi", "centro", weekday, start, end) for weekday in range(7))


def whole(day: date, zone: ZoneInfo = ROME, days: int = 1) -> Span:
    start = datetime.combine(day, time.min, zone).astimezone(UTC)
    return Span(start, datetime.combine(day + days * DAY, time.min, zone).astimezone(UTC))


def asked(plan: Week, offering: Offering, within: Span, **told: object) -> list[Free]:
    given = {"taken": NOTHING, "per_day": {}, "now": within.start - DAY, "zone": ROME} | told
    return list(free(plan, offering, within=within, **given))  # type: ignore[arg-type]


def clocks(found: list[Free], zone: ZoneInfo = ROME) -> list[str]:
    return [f"{one.start.astimezone(zone):%H:%M}" for one in found]


# --------------------------------------------------------------------------------------------------- the change of the clock


def by_the_minute(day: date, start: time, end: time, offering: Offering, zone: ZoneInfo) -> list[datetime]:
    """Return the starts found by walking through the day minute by minute, asking the clock at each."""
    first, last = datetime.combine(day, start), datetime.combine(day + DAY if end == time.min else day, end)
    span = whole(day, zone)
    instants = [span.start + n * MINUTE for n in range(int((span.end - span.start) / MINUTE))]
    shown = [instant.astimezone(zone).replace(tzinfo=None) for instant in instants]
    opens = next(n for n, clock in enumerate(shown) if clock >= first)
    closes = next((n for n, clock in enumerate(shown) if clock >= last), len(shown))
    return [
        instants[n]
        for n in range(opens, closes - offering.minutes + 1)
        if shown[n] not in shown[:n] and (shown[n].hour * 60 + shown[n].minute) % offering.grid == 0
    ]


@pytest.mark.parametrize("minutes", LENGTHS)
@pytest.mark.parametrize("change", (0, 1), ids=("forward", "back"))
@pytest.mark.parametrize("name", CHANGES)
def test_the_day_the_clock_changes(name: str, change: int, minutes: int) -> None:
    zone, day, offering = ZoneInfo(name), CHANGES[name][change], Offering("visit", minutes, grid=15)

    for start, end in WINDOWS:
        found = asked(week(*every_day(start, end)), offering, whole(day, zone), zone=zone)

        assert [one.start for one in found] == by_the_minute(day, start, end, offering, zone)
        assert {one.end - one.start for one in found} <= {minutes * MINUTE}


def test_an_hour_the_clock_skips_is_not_offered() -> None:
    found = asked(week(*every_day(time(1), time(4))), Offering("visit", 30, grid=30), whole(date(2027, 3, 28)))

    assert clocks(found) == ["01:00", "01:30", "03:00", "03:30"]


def test_an_hour_the_clock_shows_twice_is_offered_once() -> None:
    found = asked(week(*every_day(time(1), time(4))), Offering("visit", 30, grid=30), whole(date(2026, 10, 25)))

    assert clocks(found) == ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]


# ------------------------------------------------------------------------------------------------------------ rules


def test_starts_stand_on_the_grid_and_the_last_visit_still_fits() -> None:
    found = asked(week(*every_day(time(9, 10), time(11))), Offering("visit", 40, grid=20), whole(MONDAY))

    assert clocks(found) == ["09:20", "09:40", "10:00", "10:20"]


def test_the_grid_may_be_shifted() -> None:
    found = asked(week(*every_day(time(9), time(10))), Offering("visit", 20, grid=20, grid_offset=5), whole(MONDAY))

    assert clocks(found) == ["09:05", "09:25"]


def test_what_is_kept_free_around_a_visit_may_reach_out_of_the_hours() -> None:
    offering = Offering("visit", 30, before=10, after=10, grid=30)

    assert clocks(asked(week(*every_day(time(9), time(10))), offering, whole(MONDAY))) == ["09:00", "09:30"]


def test_what_is_kept_free_around_a_visit_is_taken_with_it() -> None:
    offering = Offering("visit", 30, before=0, after=15, grid=15)
    nine = datetime(2026, 6, 1, 9, tzinfo=ROME).astimezone(UTC)

    found = asked(week(*every_day(time(9), time(11))), offering, whole(MONDAY), taken=Taken([offering.block(nine)]))

    assert clocks(found) == ["09:45", "10:00", "10:15", "10:30"]


def test_weeks_can_alternate() -> None:
    odd = Rule("rossi", "centro", 0, time(9), time(10), weeks="odd")

    found = asked(week(odd), Offering("visit", 60), whole(MONDAY, days=28))

    assert [one.start.astimezone(ROME).date().isocalendar().week % 2 for one in found] == [1, 1]


def test_a_rule_holds_between_its_dates() -> None:
    rule = Rule("rossi", "centro", 0, time(9), time(10), first=date(2026, 6, 8), last=date(2026, 6, 15))

    found = asked(week(rule), Offering("visit", 60), whole(MONDAY, days=28))

    assert [one.start.astimezone(ROME).date() for one in found] == [date(2026, 6, 8), date(2026, 6, 15)]


def test_a_rule_may_be_for_some_services_only() -> None:
    rule = Rule("rossi", "centro", 0, time(9), time(10), services=frozenset({"holter"}))

    assert asked(week(rule), Offering("visit", 60), whole(MONDAY)) == []
    assert len(asked(week(rule), Offering("holter", 60), whole(MONDAY))) == 1


def test_a_closed_day_of_a_place_closes_it_for_all() -> None:
    plan = week(*every_day(time(9), time(10)), special={("centro", MONDAY): ()})

    assert asked(plan, Offering("visit", 60), whole(MONDAY)) == []


def test_a_short_day_of_a_place_shortens_it_for_all() -> None:
    plan = week(*every_day(time(9), time(12)), special={("centro", MONDAY): ((time(8), time(10)),)})

    assert clocks(asked(plan, Offering("visit", 60, grid=60), whole(MONDAY))) == ["09:00"]


def test_an_exception_cuts_a_piece_out_of_the_day() -> None:
    lunch = Exceptional("rossi", "closed", datetime.combine(MONDAY, time(10)), datetime.combine(MONDAY, time(11)))

    found = asked(week(*every_day(time(9), time(12)), exceptions=(lunch,)), Offering("visit", 30), whole(MONDAY))

    assert clocks(found) == ["09:00", "09:15", "09:30", "11:00", "11:15", "11:30"]


def test_an_exception_can_open_a_day() -> None:
    day = MONDAY + 5 * DAY
    saturday = Exceptional("rossi", "open", datetime.combine(day, time(9)), datetime.combine(day, time(10)), "fiera")

    found = asked(week(exceptions=(saturday,)), Offering("visit", 30, grid=30), whole(MONDAY, days=7))

    assert [(one.place, f"{one.start.astimezone(ROME):%a %H:%M}") for one in found] == [
        ("fiera", "Sat 09:00"),
        ("fiera", "Sat 09:30"),
    ]


# ----------------------------------------------------------------------------------------- notice, horizon, day's limit


def test_nothing_is_offered_before_the_notice_is_over() -> None:
    now = datetime(2026, 6, 1, 8, 20, tzinfo=ROME).astimezone(UTC)

    found = asked(
        week(*every_day(time(9), time(11))), Offering("visit", 30, grid=30, notice_minutes=60), whole(MONDAY), now=now
    )

    assert clocks(found) == ["09:30", "10:00", "10:30"]


def test_nothing_is_offered_beyond_the_horizon() -> None:
    plan, within = week(*every_day(time(9), time(10))), whole(MONDAY, days=30)

    found = asked(plan, Offering("visit", 60, horizon_days=3), within, now=within.start)

    assert [one.start.astimezone(ROME).day for one in found] == [1, 2, 3, 4]


def test_a_full_day_offers_nothing_more() -> None:
    plan, offering = week(*every_day(time(9), time(12))), Offering("visit", 60, per_day=2)

    found = asked(plan, offering, whole(MONDAY, days=2), per_day={MONDAY: 2, MONDAY + DAY: 1})

    assert {one.start.astimezone(ROME).day for one in found} == {2}


def test_confirming_asks_for_exactly_one_start() -> None:
    plan, offering = week(*every_day(time(9), time(12))), Offering("visit", 60, grid=60)
    ten = datetime(2026, 6, 1, 10, tzinfo=ROME).astimezone(UTC)

    found = asked(plan, offering, Span(ten, ten + MINUTE), now=LONG_AGO + 9648 * DAY)

    assert found == [Free("rossi", "centro", ten, ten + 60 * MINUTE)]


# -------------------------------------------------------------------------------------------------------------- taken


def test_nothing_overlaps_what_is_taken() -> None:
    chance = random.Random(7)
    base = whole(MONDAY).start
    for _ in range(300):
        spans = [
            Span(base + a * MINUTE, base + (a + chance.randrange(1, 90)) * MINUTE)
            for a in (chance.randrange(0, 1440) for _ in range(chance.randrange(0, 12)))
        ]
        block = Span(base + chance.randrange(0, 1440) * MINUTE, base + 1440 * MINUTE)
        block = Span(block.start, block.start + timedelta(minutes=chance.randrange(1, 60)))

        is_free = Taken(spans).is_free(block)

        assert is_free == all(span.end <= block.start or span.start >= block.end for span in spans)


# ------------------------------------------------------------------------------------------------- all of it, naïvely


def works_at(plan: Week, place: str, rule: Rule | None, clock: datetime) -> bool:
    """Tell whether somebody works in this very minute of the clock: by one rule, or None: by what was opened besides."""
    day, now = clock.date(), clock.time()
    exceptions = [one for one in plan.exceptions if one.start <= clock < one.end and one.place in (None, place)]
    if any(one.kind == "closed" for one in exceptions):
        return False
    if rule is None:
        return any(one.kind == "open" and one.place == place for one in exceptions)
    hours = plan.special.get((place, day), ((time(0), time(0)),))
    in_hours = any(opens <= now and (now < closes or closes == time(0)) for opens, closes in hours)
    in_rule = rule.start <= now and (now < rule.end or rule.end == time(0))
    return rule.place == place and rule.weekday == day.weekday() and in_hours and in_rule


def naive(
    plan: Week, offering: Offering, taken: list[Span], within: Span, now: datetime, zone: ZoneInfo
) -> set[datetime]:
    """Return the starts found by asking every minute of every possible visit; none goes on after midnight."""
    found, shown = set(), set()
    for n in range(int((within.end - within.start) / MINUTE)):
        start = within.start + n * MINUTE
        clock = start.astimezone(zone).replace(tzinfo=None)
        is_first, on_grid = clock not in shown, (clock.hour * 60 + clock.minute) % offering.grid == offering.grid_offset
        shown.add(clock)
        if not is_first or not on_grid or start < now + offering.notice_minutes * MINUTE:
            continue
        visit = [(start + m * MINUTE).astimezone(zone).replace(tzinfo=None) for m in range(offering.minutes)]
        block = Span(start - offering.before * MINUTE, start + (offering.minutes + offering.after) * MINUTE)
        ways = [(rule.place, rule) for rule in plan.rules] + [(place, None) for place in ("centro", "fiera")]
        works = any(all(works_at(plan, place, rule, minute) for minute in visit) for place, rule in ways)
        is_one_day = {minute.date() for minute in visit} == {clock.date()}
        if works and is_one_day and all(one.end <= block.start or one.start >= block.end for one in taken):
            found.add(start)
    return found


def drawn(chance: random.Random, first: date) -> tuple[Week, Offering, list[Span]]:
    """Return a week, a service and what is taken, drawn by lot."""

    def times() -> tuple[time, time]:
        hours = sorted(chance.sample(range(24), 2))
        return time(hours[0], chance.choice((0, 10, 30))), time(hours[1], chance.choice((0, 30, 45)))

    def at() -> datetime:
        return datetime.combine(first + chance.randrange(3) * DAY, time(chance.randrange(24), chance.choice((0, 20))))

    places = ("centro", "fiera")
    rules = tuple(Rule("rossi", chance.choice(places), chance.randrange(7), *times()) for _ in range(8))
    special = {(chance.choice(places), first + chance.randrange(3) * DAY): (times(),) for _ in range(2)}
    begun = [(at(), chance.choice(("open", "closed")), chance.choice(places)) for _ in range(3)]
    exceptions = tuple(
        Exceptional("rossi", kind, when, when + timedelta(hours=3), place) for when, kind, place in begun
    )
    grid = chance.choice((5, 15, 20))
    offering = Offering(
        "visit",
        chance.choice(LENGTHS),
        chance.choice((0, 10)),
        chance.choice((0, 15)),
        grid,
        chance.choice((0, grid // 2)),
    )
    starts = [whole(first).start + chance.randrange(3 * 1440) * MINUTE for _ in range(4)]
    return (
        week(*rules, exceptions=exceptions, special=special),
        offering,
        [Span(one, one + 40 * MINUTE) for one in starts],
    )


@pytest.mark.parametrize("first", [date(2027, 3, 27), date(2026, 10, 24), MONDAY], ids=["forward", "back", "plain"])
@pytest.mark.parametrize("seed", range(6))
def test_free_is_what_asking_every_minute_finds(first: date, seed: int) -> None:
    plan, offering, taken = drawn(random.Random(f"{first} {seed}"), first)
    within = whole(first, days=3)
    now = within.start + 300 * MINUTE

    found = asked(plan, offering, within, taken=Taken(taken), now=now)

    starts = [one.start for one in found]
    assert starts == sorted(naive(plan, offering, taken, within, now, ROME))
