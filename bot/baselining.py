"""The `flask figures` commands: bring what the clinic counted before it was reminded by this desk."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from bot.attendance import BaselineError, baseline, read_baseline
from bot.ports import StoreUnavailable
from bot.upkeep import AWAY, actor
from bot.wiring import Built

T = TypeVar("T")
LONGEST = 64 * 1024


def figures(built: Built) -> click.Group:
    """Return the commands."""
    group = click.Group("figures", help="What the figures compare with.")
    group.add_command(_baseline(built))
    return group


def _baseline(built: Built) -> click.Command:
    @click.command("baseline")
    @click.option(
        "--from",
        "path",
        required=True,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A CSV file: month,booked,noshow (2026-03,412,51), one line a month.",
    )
    @click.option("--by", help="Who brings it, as it will stand in the audit.")
    def command(path: Path, by: str | None) -> None:
        """Keep how many visits were booked and missed before, by month, in place of what was kept."""
        now = built.house.clock.now().astimezone(built.house.clinic.zone)
        try:
            months = read_baseline(_rows(path), f"{now:%Y-%m}")
        except BaselineError as error:
            raise click.ClickException(str(error)) from None
        _reached(lambda: built.attendance.keep(months))
        _reached(lambda: built.audit.note(actor(by), "baseline_set", counts={"months": len(months)}))
        before = baseline(months)
        share = f"{100 * before.value:.1f} % of {before.of} visits missed" if before else "no visits"
        click.echo(f"{len(months)} months kept, {months[0].month} to {months[-1].month}: {share}.")

    return command


def _rows(path: Path) -> list[list[str]]:
    """Read a file of comma-separated values, in UTF-8. Raise BaselineError."""
    try:
        with path.open("rb") as file:
            written = file.read(LONGEST + 1).decode("utf-8-sig")
        if len(written) > LONGEST:
            raise BaselineError("the file is too long to be a line a month")
        return [[cell.strip() for cell in row] for row in csv.reader(written.splitlines(), strict=True)]
    except (UnicodeDecodeError, csv.Error):
        raise BaselineError("the file is not comma-separated text in UTF-8") from None


def _reached(work: Callable[[], T]) -> T:
    try:
        return work()
    except StoreUnavailable:
        raise click.ClickException(AWAY) from None
