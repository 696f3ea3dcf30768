"""Plots as inline SVG, drawn here: presentation attributes only, so that a page without inline styles and scripts may show them.

Colours are the page's own (`currentColor`); numbers and words stand in a table beside each plot, so a plot is not read aloud.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import leather
from leather import theme
from markupsafe import Markup

WIDTH, HEIGHT, ROW = 400, 220, 30  # the type is readable where the plot is as narrow as a phone
MOST_TICKS = 5
LONGEST_NAME = 21
FRACTIONS = re.compile(r'(="-?\d+\.\d)\d+(?=")')  # the library writes 25 places
OPENING = re.compile(r'^<svg width="(\d+)" height="(\d+)" version="1.1"')
Points = Sequence[tuple[str, float]]

theme.background_color = "none"
theme.label_color = theme.zero_color = "currentColor"
theme.tick_color = "#7d8b8e66"
theme.tick_font_family = "system-ui, sans-serif"


def columns(points: Points) -> Markup:
    """Return a column for each point, in their order; names are unique. Empty if there is nothing to see."""
    if not any(value for _, value in points):
        return Markup()
    chart = leather.Chart()
    chart.add_columns(list(points), fill_color="currentColor")
    chart.add_x_axis(ticks=_some([name for name, _ in points]))
    top = _top(points)
    chart.add_y_scale(0, top)
    chart.add_y_axis(ticks=_ticks(top), tick_formatter=_number)
    return _svg(chart, HEIGHT)


def bars(points: Points) -> Markup:
    """Return a bar for each point, the first on top. Empty if there is nothing to see."""
    if not any(value for _, value in points):
        return Markup()
    chart = leather.Chart()
    chart.add_bars([(value, name) for name, value in _short(points)], fill_color="currentColor")
    top = _top(points)
    chart.add_x_scale(0, top)
    chart.add_x_axis(ticks=_ticks(top), tick_formatter=_number)
    return _svg(chart, 80 + ROW * len(points))


def _svg(chart: leather.Chart, height: int) -> Markup:
    """Return a chart that is as wide as its place, and that nobody reads aloud."""
    drawn = chart.to_svg(width=WIDTH, height=height)
    sized = OPENING.sub(r'<svg class="plot" viewBox="0 0 \1 \2" aria-hidden="true" focusable="false"', drawn)
    # The library escapes what it writes: names of menus and reasons are text to it, never markup.
    return Markup(FRACTIONS.sub(r"\1", sized))


def _some(names: Sequence[str]) -> list[str]:
    """Return the first name and every so many after it, so that none is written over another."""
    return list(names[:: -(-len(names) // MOST_TICKS)])


def _short(points: Points) -> list[tuple[str, float]]:
    """Cut long names, and keep them apart: two bars of one name would be one."""
    cut: dict[str, float] = {}
    for name, value in points:
        short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
        while short in cut:
            short += "\u200b"
        cut[short] = value
    return list(cut.items())


def _top(points: Points) -> float:
    """Return the end of the axis: the next 1, 2, 4 or 8 times a power of ten."""
    largest, power = max(value for _, value in points), 0.01
    while True:
        for times in (1, 2, 4, 8):
            if power * times >= largest:
                return round(power * times, 2)
        power *= 10


def _ticks(top: float) -> list[float]:
    return [0, top / 2, top]


def _number(value: float, _index: int, _count: int) -> str:
    return f"{value:g}"
