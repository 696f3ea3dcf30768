"""The figures: what came in, what became of it and how long it took, as plots with their numbers; never of few people.

Whoever looks after the staff or reads the audit, and whoever is in every team, sees the whole clinic; anybody else sees what
their own teams were asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from flask import Blueprint, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from bot.attendance import Attended, Compared, Estimate, Share, baseline, compared, tells
from bot.attendance import share as attended_share
from bot.console import plots
from bot.console.conversation import flow_name
from bot.console.frame import Console, console, language, member, needs, page, text
from bot.console.queue import asker, reason, said, span
from bot.insight import (
    DAYS,
    STEP,
    UNITS,
    AtCounter,
    Period,
    Times,
    Whole,
    costs,
    listed,
    period,
    share,
    shown,
    spoken,
    total,
)
from bot.staff import Member, Permission

WHOLE = frozenset({Permission.PEOPLE, Permission.AUDIT})
CURRENCY = "USD"  # of the model's prices
ORDER = ("received", "opened", "menus", "reasons", "classifiers", "spam", "cost")  # pairs stand side by side


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that stands alone. `hint`: what is counted."""

    name: str
    value: str
    hint: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A plot and its numbers: rows are (name, number). `total` None: the parts have no sum."""

    id: str
    title: str
    hint: str
    plot: Markup
    column: str
    rows: tuple[tuple[str, str], ...]
    total: str | None = None


def register(routes: Blueprint, console: Console) -> None:
    """Add the page."""
    routes.add_url_rule("/figures", "figures", figures, methods=["GET"])


@needs(Permission.FIGURES)
def figures() -> Response:
    """Show the figures of the last days."""
    asked = _asked()
    teams = scope(member())
    counted = console().insights.at_counter(asked, teams)
    whole = console().insights.whole(asked) if teams is None else None
    facts = (*(_whole_facts(whole) if whole else ()), *_counter_facts(counted))
    if teams is None:
        facts = (*facts, *_visit_facts(asked))
    drawn = [*(_whole_figures(whole, asked) if whole else ()), *_counter_figures(counted, asked)]
    return page(
        "console/figures.html",
        facts=facts,
        figures=sorted(drawn, key=lambda one: ORDER.index(one.id)),
        teams=sorted(teams) if teams is not None else None,
        asked=asked,
        ranges=DAYS,
        units=UNITS,
    )


def scope(one: Member) -> frozenset[str] | None:
    """Return whose figures somebody sees; None: the whole clinic's."""
    return None if one.permissions & WHOLE else asker(one).teams


def _asked() -> Period:
    """Read what period is asked for; whatever is not on offer is the last four weeks, by week."""
    days = next((one for one in DAYS if str(one) == request.args.get("days")), 28)
    unit = next((one for one in UNITS if one == request.args.get("by")), "day" if days == min(DAYS) else "week")
    return period(days, unit, console().clock.now(), console().clinic.zone)


# ------------------------------------------------------------------------------------------------------------ in numbers


def number(count: int | None) -> str:
    """Return what is shown of a count; None: fewer than five."""
    return text("figures.few") if count is None else str(format_decimal(count, locale=language()))


def summed(counts: Sequence[int]) -> str:
    """Return a sum as it is shown."""
    least, is_least = total(counts)
    if not is_least:
        return number(least)
    return text("figures.at_least", count=number(least)) if least else text("figures.too_few")


def took(seconds: float | None) -> str:
    """Return how long something took: "1.4 s", "35 s", "12 min", "2 h 5 min"."""
    if seconds is None:
        return text("figures.too_few")
    if seconds < 60:
        return f"{format_decimal(seconds, format='0.#', locale=language())} s"
    return span(timedelta(seconds=seconds))


def money(cost: float | None) -> str:
    """Return what something cost; None: too few."""
    return text("figures.too_few") if cost is None else str(format_currency(cost, CURRENCY, locale=language()))


def spent(parts: Sequence[float | None]) -> str:
    """Return a sum of costs as it is shown: of what is shown."""
    known = [part for part in parts if part is not None]
    if len(known) == len(parts):
        return money(sum(known))
    return text("figures.at_least", count=money(sum(known))) if known else text("figures.too_few")


def day(at: datetime) -> str:
    """Return a day as short as an axis needs it."""
    return format_date(at.astimezone(console().clinic.zone), "d/M", locale=language())


# ------------------------------------------------------------------------------------------------------------- the facts


def _fact(id: str, value: str) -> Fact:
    return Fact(text(f"figures.{id}"), value, text(f"figures.{id}_hint"))


def _times(id: str, found: Times) -> Fact:
    median, p90 = spoken(found)
    value = took(median) if p90 is None else text("figures.times", median=took(median), slow=took(p90))
    return _fact(id, value)


def _whole_facts(whole: Whole) -> Iterable[Fact]:
    yield _fact("received", summed(whole.received))
    contained = share(whole.contained)
    talks, stayed = number(shown(whole.contained.of)), number(shown(whole.contained.count))
    per_cent = text("figures.too_few") if contained is None else f"{contained} %"
    yield _fact("contained", text("figures.contained_of", share=per_cent, count=stayed, of=talks))
    yield _times("answered", whole.answered)
    yield _fact("spam", summed(whole.spam))
    yield _fact("cost", spent(costs(whole.requests, whole.cost_usd)))


def _counter_facts(counted: AtCounter) -> Iterable[Fact]:
    yield _fact("opened", summed(counted.opened))
    yield _times("waited", counted.waited)
    yield _times("replied", counted.replied)
    yield _fact("unclaimed", number(shown(counted.unclaimed)))
    yield _fact("transfers", number(shown(counted.transfers)))


def _visit_facts(asked: Period) -> Iterable[Fact]:
    """Give the figures of visits and reminders: the clinic's, never a team's."""
    attendance = console().attendance
    kept = attendance.attended(asked.start, asked.end)
    yield _fact("reminded", number(shown(kept.reminded)))
    for id, count in (("confirmed", kept.confirmed), ("moved", kept.moved), ("cancelled", kept.cancelled)):
        yield _fact(id, _part(kept.of_reminded(count)))
    yield from _missed_facts(kept, baseline(attendance.months()))


def _part(found: Share | None) -> str:
    """Return a share with its interval, and the count it is made of: "62.5 % (54.1 to 70.2 %, n 136): 85"."""
    if found is None or not tells(found):
        return text("figures.too_few")
    return text("figures.part", rate=rate(attended_share(found), found.of), count=number(shown(found.count)))


def _missed_facts(kept: Attended, before: Share | None) -> Iterable[Fact]:
    """Give the share of missed visits, and how it compares with the time before the reminders."""
    noshow = kept.noshow
    if kept.over >= STEP and noshow is None:
        yield _fact("missed", text("figures.unmarked", count=number(shown(kept.marked)), of=number(shown(kept.over))))
        return
    yield _fact("missed", _part(noshow))
    found = compared(noshow, before)
    if before is None:
        yield _fact("compared", text("figures.no_baseline"))
    elif found is None:
        yield _fact("compared", text("figures.too_few"))
    else:
        yield _compared(found)


def _compared(found: Compared) -> Fact:
    value = text(
        "figures.compared_by",
        relative=_signed("in_proportion", found.relative),
        absolute=_signed("in_points", found.absolute),
        before=rate(found.rate_before, found.before.of),
    )
    return _fact("compared", value)


def rate(found: Estimate, of: int) -> str:
    """Return a share with its interval and of how many: "7.1 % (5.0 to 10.1 %, n 420)"."""
    value, low, high = (_per_cent(one) for one in (found.value, found.low, found.high))
    return text("figures.rate", value=value, low=low, high=high, of=number(shown(of)))


def _signed(key: str, found: Estimate) -> str:
    """Return a change with its interval, each with its sign."""
    value, low, high = (_per_cent(one, signed=True) for one in (found.value, found.low, found.high))
    return text(f"figures.{key}", value=value, low=low, high=high)


def _per_cent(part: float, signed: bool = False) -> str:
    """Return a part of one as per cent without the sign of it, to a tenth: "7.1", "-3.2", "+0.4"."""
    pattern = "+0.0;−0.0" if signed else "0.0"
    return str(format_decimal(round(100 * part, 1), format=pattern, locale=language()))


# ------------------------------------------------------------------------------------------------------------- the plots


def _whole_figures(whole: Whole, asked: Period) -> Iterable[Figure]:
    yield _over_time("received", whole.received, asked)
    yield _breakdown("menus", [(menu(id), count) for id, count in listed(whole.menus)])
    yield _breakdown("classifiers", [(chooser(*key), count) for key, count in listed(whole.classifiers)])
    yield _over_time("spam", whole.spam, asked)
    yield _cost(whole, asked)


def _counter_figures(counted: AtCounter, asked: Period) -> Iterable[Figure]:
    yield _over_time("opened", counted.opened, asked)
    yield _breakdown("reasons", [(reason(id), count) for id, count in listed(counted.reasons)])


def menu(id: str) -> str:
    """Return a menu as patients know it, or as we call what the main menu does not list; its id where it has no name."""
    key = f"figures.menu_{id}"
    return text(key) if console().texts.has(key) else flow_name(console().house, id, language()) or id


def chooser(by: str, verdict: str) -> str:
    """Return who chose and how sure it was."""
    who = text("figures.by_offline") if by == "offline" else by
    return f"{said(f'figures.verdict_{verdict}', 'figures.verdict_none')} · {who}"


def _figure(id: str, plot: Markup, column: str, rows: Iterable[tuple[str, str]], sum_: str | None = None) -> Figure:
    title, hint = text(f"figures.{id}_title"), text(f"figures.{id}_hint")
    return Figure(id, title, hint, plot, text(f"figures.{column}"), tuple(rows), sum_)


def _over_time(id: str, counts: Sequence[int], asked: Period) -> Figure:
    days, parts = [day(at) for at, _ in asked.stretches], [shown(count) for count in counts]
    plot = plots.columns([(name, part or 0) for name, part in zip(days, parts, strict=True)])
    rows = [(name, number(part)) for name, part in zip(days, parts, strict=True)]
    return _figure(id, plot, asked.unit, rows, summed(counts))


def _breakdown(id: str, parts: Sequence[tuple[str, int]]) -> Figure:
    return _figure(id, plots.bars(parts), id, [(name, number(part)) for name, part in parts])


def _cost(whole: Whole, asked: Period) -> Figure:
    days, parts = [day(at) for at, _ in asked.stretches], costs(whole.requests, whole.cost_usd)
    plot = plots.columns([(name, part or 0) for name, part in zip(days, parts, strict=True)])
    rows = [(name, money(part)) for name, part in zip(days, parts, strict=True)]
    return _figure("cost", plot, asked.unit, rows, spent(parts))
