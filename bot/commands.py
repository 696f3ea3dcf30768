"""The `flask` commands an operator runs: migrations, the queue of handoffs, rotating keys."""

from __future__ import annotations

from uuid import UUID

import click
from flask import Flask
from flask.cli import AppGroup

from bot.store.rotation import rotate
from bot.store.schema import upgrade
from bot.wiring import Built


def register(app: Flask, built: Built) -> None:
    """Add the commands to the application."""
    app.cli.add_command(_db_upgrade(built))
    app.cli.add_command(_rotate_keys(built))
    app.cli.add_command(_queue(built))


def _db_upgrade(built: Built) -> click.Command:
    @click.command("db-upgrade")
    def db_upgrade() -> None:
        """Bring the database to the newest version; safe to run again, and by several at once."""
        upgrade(built.database)
        click.echo("The database is up to date.")

    return db_upgrade


def _rotate_keys(built: Built) -> click.Command:
    @click.command("rotate-keys")
    def rotate_keys() -> None:
        """Encrypt again, with the first of FIELD_KEYS, whatever an older key wrote; then that key may be removed."""
        for place, count in rotate(built.database, built.seals).items():
            click.echo(f"{place}: {count}")

    return rotate_keys


def _queue(built: Built) -> AppGroup:
    queue = AppGroup("queue", help="The conversations that wait for a person, until the console shows them.")

    @queue.command("list")
    def show() -> None:
        """List who waits: handoff, team, reason, since when. Ids only."""
        entries = built.lanes.queue_entries()
        for entry in entries:
            holder = entry.claimed_by or "-"
            since = f"{entry.opened_at:%Y-%m-%d %H:%M}"
            click.echo(f"{entry.id}  {entry.state:8} {entry.team:12} {entry.reason:14} {since}Z  {holder}")
        click.echo(f"{len(entries)} waiting or claimed.")

    @queue.command("close")
    @click.argument("handoff", type=click.UUID)
    def close(handoff: UUID) -> None:
        """Close a handoff: the assistant is back in that conversation and says so."""
        found = next((entry for entry in built.lanes.queue_entries() if entry.id == handoff), None)
        if found is None or not built.desk.close(found.conversation_id):
            raise click.ClickException("there is no such handoff in the queue: see `flask queue list`")
        click.echo("Closed.")

    return queue
