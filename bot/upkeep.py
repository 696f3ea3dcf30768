"""The `flask` commands about what is kept of people: retention, and one person's copy and erasure.

Whoever is meant is named by an id of ours (contact, conversation or handoff) or by a phone number or user id that is asked
for: what stands on a command line stays in the shell's history and is seen in the list of processes.
"""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from bot import dossier, later
from bot.keeping import Deleted
from bot.model import Contact, Reply
from bot.ports import Erased, StoreUnavailable, Wording
from bot.wiring import Built
from bot.wording import word

AWAY = "the database did not answer: nothing was changed; run it again"
REDIS_AWAY = "Redis did not answer: what the queue keeps of this person is not known; run it again when it does"


def commands(built: Built) -> tuple[click.Command, ...]:
    """Return the commands."""
    return _retention(built), _export(built), _erase(built)


def actor(by: str | None) -> str:
    """Return who does it, for the audit: the name given, else the machine's account."""
    if by and by.strip():
        return by.strip()[:80]
    try:
        return f"cli:{getpass.getuser()}"[:80]
    except (ImportError, KeyError, OSError):  # a container whose account has no name
        return f"cli:uid {os.getuid()}"


# ----------------------------------------------------------------------------------------------------------- retention


def _retention(built: Built) -> click.Group:
    group = click.Group("retention", help="Delete what is older than the clinic's file says.")

    @group.command("run")
    @click.option("--dry-run", is_flag=True, help="Count what would be deleted, and delete nothing.")
    @click.option("--by", help="Who asks for it, as it will stand in the audit.")
    def run(dry_run: bool, by: str | None) -> None:
        """Delete now what the night would delete, and prove it by counts."""
        done = _reached(lambda: built.keeper.look() if dry_run else built.keeper.run(actor(by)))
        if done is None:
            raise click.ClickException("another process is deleting just now: run it again in a minute")
        click.echo("\n".join(_balance(done, dry_run)))
        if not dry_run and any(one.left for one in done):
            raise click.ClickException("something too old is left over: it was in use; run it again")

    return group


def _balance(done: Sequence[Deleted], dry_run: bool) -> Iterator[str]:
    yield f"{'class':13} {'what':30} {'too old':>9}" + ("" if dry_run else f" {'deleted':>9} {'left':>9}")
    for one in done:
        line = f"{one.aged.kept:13} {one.aged.place:30} {one.found:9}"
        yield line if dry_run else f"{line} {one.deleted:9} {one.left:9}"
    if dry_run:
        yield "Nothing was deleted."


# --------------------------------------------------------------------------------------------------------- one person


def _who(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.argument("row", required=False, type=click.UUID, metavar="[CONTACT]"),
        click.option("--phone", is_flag=True, help="Ask for the phone number (or read it from standard input)."),
        click.option("--user-id", is_flag=True, help="Ask for WhatsApp's user id (or read it from standard input)."),
        click.option("--by", help="Who asks for it, as it will stand in the audit."),
    ):
        command = option(command)
    return command


def _people(built: Built, row: UUID | None, phone: bool, user_id: bool) -> tuple[UUID, ...]:
    """Return the contacts that are meant: more than one if somebody wrote to several numbers of the clinic."""
    if [row is not None, phone, user_id].count(True) != 1:
        raise click.UsageError("name one person: CONTACT (or a handoff of `flask queue list`), --phone, or --user-id")
    if row is not None:
        found = _reached(lambda: built.rights.find_row(row))
        people = () if found is None else (found,)
    else:
        asked = _asked(phone)
        people = _reached(lambda: built.rights.find(asked))
    if not people:
        raise click.ClickException(
            "nobody is known by that: a number is written with its country, as in +39 333 0000000"
        )
    return people


def _asked(phone: bool) -> Contact:
    if not phone:
        return Contact(user_id=click.prompt("User id", err=True).strip())
    digits = re.sub(r"\D", "", click.prompt("Phone number, with its country", err=True)).removeprefix("00")
    if not digits:
        raise click.ClickException("a phone number has digits")
    return Contact(wa_id=digits)


def _reached(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except StoreUnavailable:
        raise click.ClickException(AWAY) from None


def _export(built: Built) -> click.Command:
    @click.command("export")
    @_who
    @click.option("--to", default=".", type=click.Path(file_okay=False, path_type=Path), help="The folder to write to.")
    def export(row: UUID | None, phone: bool, user_id: bool, by: str | None, to: Path) -> None:
        """Write everything kept of one person: as JSON, and as text in Italian. Only your account can read the files."""
        for contact_id in _people(built, row, phone, user_id):
            _write_dossier(built, contact_id, actor(by), to)

    return export


def _write_dossier(built: Built, contact_id: UUID, by: str, folder: Path) -> None:
    house = built.house
    kept = _reached(lambda: built.rights.dossier(contact_id, by))

    def worded(content: Wording) -> Reply:
        return word(house.wordings, kept.language, content.bubble, house.limits)

    text = dossier.as_text(kept, worded, house.clinic.zone, house.clinic.name)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for ending, content in (("json", dossier.as_json(kept, worded)), ("txt", text)):
        path = folder / f"{contact_id}.{ending}"
        _write(path, content)
        click.echo(f"{path}: {len(kept.messages)} messages received, {len(kept.said)} sent.")


def _write(path: Path, content: str) -> None:
    """Write a file that nobody else could read at any moment; one that stands there is replaced."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(content)


def _erase(built: Built) -> click.Command:
    @click.command("erase")
    @_who
    @click.option("--yes", is_flag=True, help="Do not ask again.")
    def erase(row: UUID | None, phone: bool, user_id: bool, by: str | None, yes: bool) -> None:
        """Erase one person: words, files, ids, everything but a tombstone and figures. It cannot be taken back."""
        for contact_id in _people(built, row, phone, user_id):
            if not yes:
                click.confirm(f"Erase contact {contact_id} for ever?", abort=True, err=True)
            _erase_one(built, contact_id, actor(by))

    return erase


def _erase_one(built: Built, contact_id: UUID, by: str) -> None:
    """Jobs are looked for before the rows they name are gone, and again after, for those rung meanwhile."""
    traces = _reached(lambda: built.rights.traces(contact_id))
    rows = {*traces.conversations, *traces.calls, *traces.files}
    jobs = _forget_jobs(built, rows)
    erased: Erased = _reached(lambda: built.rights.erase(contact_id, by))
    left = _forget_jobs(built, rows)
    if erased.again:
        click.echo(
            f"{contact_id} was erased on {erased.at:%Y-%m-%d %H:%M}Z; {jobs + left} jobs were left and are gone."
        )
        return
    click.echo("\n".join(_erased_lines(erased, jobs + left)))
    if any(erased.left.values()):
        raise click.ClickException("something is left over: run it again")


def _forget_jobs(built: Built, rows: set[UUID]) -> int:
    try:
        return later.forget(built.redis, rows)
    except later.QueueUnavailable:
        raise click.ClickException(REDIS_AWAY) from None


def _erased_lines(erased: Erased, jobs: int) -> Iterator[str]:
    yield f"{'what':24} {'found':>9} {'left':>9}"
    counts: Mapping[str, int] = erased.found
    for place, found in counts.items():
        yield f"{place:24} {found:9} {erased.left[place]:9}"
    yield f"{'queue jobs':24} {jobs:9} {0:9}"
    yield f"Erased: contact {erased.contact_id}, {erased.at:%Y-%m-%d %H:%M}Z. Keep this id: after a backup is restored, erase it again."
