"""When places and teams are open: pure, on the clinic's clock, safe on days of clock change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain, takewhile
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays

from bot.clinic.model import Clinic, Day, Hours, Opening, SpecialDays
from menus.model import Localized

DAYS_AHEAD = 30


class Span(NamedTuple):
    """From an instant to an instant, in UTC (aware times of one zone would compare as wall clocks)."""

    start: datetime
    end: datetime


def hours_on(clinic: Clinic, place_id: str, day: date) -> Day:
    """Return when a place is open on a day."""
    place = clinic.places[place_id]
    return _day(clinic, place.hours, place.subdivision, day)


def team_hours_on(clinic: Clinic, team_id: str, day: date) -> Day:
    """Return when a team answers on a day; holidays are those of its place."""
    team = clinic.teams[team_id]
    if isinstance(team.hours, str):
        return hours_on(clinic, team.hours, day)
    return _day(clinic, team.hours, clinic.places[team.place].subdivision, day)


def is_open(clinic: Clinic, team_id: str, at: datetime) -> bool:
    """Tell whether a team answers at an aware instant."""
    return _span_at(clinic, team_id, at) is not None


def opens_at(clinic: Clinic, team_id: str, at: datetime) -> datetime | None:
    """Return the next opening after an aware instant, on the clinic's clock; None: none in the next 30 days."""
    starts = (span.start for span in _spans(clinic, team_id, at) if span.start > at)
    return _within_days_ahead(clinic, next(starts, None), at)


def closes_at(clinic: Clinic, team_id: str, at: datetime) -> datetime | None:
    """Return when a team that is open at an aware instant closes; None: it is closed, or open for 30 days and more."""
    span = _span_at(clinic, team_id, at)
    return _within_days_ahead(clinic, span.end if span else None, at)


def _span_at(clinic: Clinic, team_id: str, at: datetime) -> Span | None:
    begun = takewhile(lambda span: span.start <= at, _spans(clinic, team_id, at))
    return next((span for span in begun if at < span.end), None)


def _within_days_ahead(clinic: Clinic, instant: datetime | None, at: datetime) -> datetime | None:
    if instant is None or instant - at > timedelta(days=DAYS_AHEAD):
        return None
    return instant.astimezone(clinic.zone)


# ------------------------------------------------------------------------------------------------------------ one day


def _day(clinic: Clinic, hours: Hours, subdivision: str | None, day: date) -> Day:
    """Decide by the nearest rule: own exception, the clinic's exception, holiday, weekday."""
    special = _special(hours.exceptions, day) or _special(clinic.exceptions, day)
    if special:
        return Day(day, special.openings, special.reason)
    holiday = _holiday(clinic, subdivision, day) if hours.holidays == "closed" else None
    if holiday:
        return Day(day, (), holiday)
    return Day(day, hours.weekdays[day.weekday()])


def _special(exceptions: Iterable[SpecialDays], day: date) -> SpecialDays | None:
    return next((special for special in exceptions if special.first <= day <= special.last), None)


def _holiday(clinic: Clinic, subdivision: str | None, day: date) -> Localized | None:
    names = [_holidays(clinic.country, subdivision, day.year, language).get(day) for language in clinic.languages]
    texts = tuple((language, name) for language, name in zip(clinic.languages, names, strict=True) if name)
    return Localized(texts) if texts else None


def is_holiday(clinic: Clinic, place_id: str, day: date) -> bool:
    """Tell whether a day is a public holiday where a place is, whatever the place's own hours say; a place that is gone has
    the country's."""
    place = clinic.places.get(place_id)
    return day in _holidays(clinic.country, place.subdivision if place else None, day.year, clinic.languages[0])


@lru_cache(maxsize=256)
def _holidays(country: str, subdivision: str | None, year: int, language: str) -> Mapping[date, str]:
    """Return the public holidays of a year, named in a language, or as the country says where the library cannot."""
    found = holidays.country_holidays(
        country, subdiv=subdivision, years=year, language=_spoken(country, language), expand=False
    )
    return MappingProxyType(dict(found))


def _spoken(country: str, language: str) -> str | None:
    """Return the library's own name for a language (`it` is `it_IT` there: asked for `it`, it answers in English)."""
    known = holidays.country_holidays(country)
    same = (name for name in known.supported_languages if name.split("_")[0] == language)
    return next(same, known.default_language)


# ----------------------------------------------------------------------------------------------------------- instants


def _spans(clinic: Clinic, team_id: str, at: datetime) -> Iterator[Span]:
    """Yield when a team answers from the day before on, touching intervals joined (midnight too), earliest first."""
    if at.tzinfo is None:
        raise ValueError("an instant must be aware: give it a zone")
    today = at.astimezone(clinic.zone).date()
    days = (team_hours_on(clinic, team_id, today + timedelta(days=n)) for n in range(-1, DAYS_AHEAD + 3))
    return joined(chain.from_iterable(_day_spans(day, clinic.zone) for day in days))


def _day_spans(day: Day, zone: ZoneInfo) -> Sequence[Span]:
    spans = (Span(_start(day.date, opening, zone), _end(day.date, opening, zone)) for opening in day.openings)
    return sorted(span for span in spans if span.start < span.end)  # an hour that the clock skips does not exist


def _start(day: date, opening: Opening, zone: ZoneInfo) -> datetime:
    return _instant(day, opening.start, zone)


def _end(day: date, opening: Opening, zone: ZoneInfo) -> datetime:
    return _instant(day + timedelta(days=1) if opening.end == time.min else day, opening.end, zone)


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the instant at which the clock shows this; the first one where it shows it twice."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans, given earliest first, with those that touch or overlap made one."""
    whole: Span | None = None
    for span in spans:
        if whole and span.start > whole.end:
            yield whole
            whole = None
        whole = Span(whole.start, max(whole.end, span.end)) if whole else span
    if whole:
        yield whole
