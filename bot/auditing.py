"""The `flask audit` commands: check the chain of seals, and read who did what."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

import click

from bot.ports import StoreUnavailable
from bot.trail import READ, Asked, Break, Checked, Entry, Fault
from bot.upkeep import AWAY, actor
from bot.wiring import Built

T = TypeVar("T")
HASH = re.compile(r"[0-9a-f]{64}")
MEANS: Mapping[Break, str] = MappingProxyType(
    {
        Break.ROW_ALTERED: "a row was altered after it was sealed",
        Break.ROW_MISSING: "a row was deleted, and not by age",
        Break.ROW_UNSEALED: "a row is neither sealed nor waiting for it: its seal was taken away",
        Break.SEAL_ALTERED: "the seal or its list of rows was altered",
        Break.SEAL_MISSING: "the seal is missing, and not by age",
        Break.LINK_BROKEN: "the seal does not hang on the one before it",
        Break.ANCHOR_MISSING: "the noted hash is in no seal: the end was cut off, or all was made anew (or it is older than the audit)",
    }
)


def audit(built: Built) -> click.Group:
    """Return the commands."""
    group = click.Group("audit", help="Who did what: check that nobody has altered it, and read it.")
    group.add_command(_verify(built))
    group.add_command(_show(built))
    return group


# ------------------------------------------------------------------------------------------------------------ checking


def _verify(built: Built) -> click.Command:
    @click.command("verify")
    @click.option(
        "--anchor", metavar="HASH", help="A hash noted elsewhere (an earlier check, the log): is it in the chain?"
    )
    @click.pass_context
    def verify(context: click.Context, anchor: str | None) -> None:
        """Check every seal and every row; exit with 1 at the first that is wrong. Note the newest hash elsewhere."""
        wanted = None if anchor is None else _hash(anchor)
        found = _reached(lambda: built.chain.check(wanted))
        click.echo(_said(found))
        if found.fault is not None:
            click.echo(_broken(found.fault), err=True)
            context.exit(1)
        if wanted is not None:
            click.echo("The noted hash is in the chain.")

    return verify


def _hash(typed: str) -> str:
    wanted = typed.strip().casefold()
    if not HASH.fullmatch(wanted):
        raise click.UsageError("a hash has 64 characters, 0 to 9 and a to f")
    return wanted


def _said(found: Checked) -> str:
    counts = (
        f"{found.seals} seals, {found.rows} rows, {found.gone} of them gone by age; {found.waiting} not sealed yet."
    )
    if found.upto is None:
        return f"Nothing is proven: {counts}"
    upto = f"Whole up to {found.upto.at:%Y-%m-%d %H:%M:%S}Z (seal {found.upto.number}): {counts}"
    return f"{upto}\nIts hash: {found.upto.hash}"


def _broken(fault: Fault) -> str:
    where = [f"at seal {fault.seal}" if fault.seal else "", f"of {fault.at:%Y-%m-%d %H:%M:%S}Z" if fault.at else ""]
    row = f" (row {fault.row})" if fault.row else ""
    return " ".join(["BROKEN", *filter(None, where)]) + f": {MEANS[fault.kind]}{row}"


# ------------------------------------------------------------------------------------------------------------- reading


def _show(built: Built) -> click.Command:
    @click.command("show")
    @click.option("--last", default=50, show_default=True, type=click.IntRange(1, 1000), help="How many rows.")
    @click.option("--actor", "who", help="Only what one actor did, as written here.")
    @click.option("--action", help="Only one action.")
    @click.option("--by", help="Who reads, as it will stand in the audit.")
    def show(last: int, who: str | None, action: str | None, by: str | None) -> None:
        """List the newest rows; that they were read stands in the audit too."""
        _reached(lambda: built.audit.note(actor(by), READ))
        entries = _reached(lambda: built.audit.page(Asked(actor=who, action=action), None, last))
        click.echo("\n".join(map(_line, entries)))

    return show


def _line(entry: Entry) -> str:
    subject = f"{entry.subject[0]} {entry.subject[1]}" if entry.subject else "-"
    counts = " ".join(f"{name}={count}" for name, count in entry.counts.items())
    return f"{entry.at:%Y-%m-%d %H:%M:%S}Z  {entry.actor:42} {entry.action:18} {subject}  {counts}".rstrip()


def _reached(work: Callable[[], T]) -> T:
    try:
        return work()
    except StoreUnavailable:
        raise click.ClickException(AWAY) from None
