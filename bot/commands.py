"""The `flask` commands an operator runs: proving a deploy, migrations, the queue of handoffs, rotating keys."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

import click
from flask import Flask
from flask.cli import AppGroup

from bot.auditing import audit
from bot.baselining import figures
from bot.checkup import gather
from bot.clock import SystemClock
from bot.figures import metrics_token
from bot.preflight import Finding, Level, judge
from bot.staffing import staff
from bot.store import Backing
from bot.store.people import index_names
from bot.store.rotation import rotate
from bot.store.schema import upgrade
from bot.store.talks import read_talk
from bot.templating import templates
from bot.transcript import transcript
from bot.upkeep import actor
from bot.upkeep import commands as upkeep
from bot.wiring import Built


def register(app: Flask, built: Built) -> None:
    """Add the commands to the application."""
    app.cli.add_command(_db_upgrade(built))
    app.cli.add_command(_rotate_keys(built))
    app.cli.add_command(_metrics_token(built))
    app.cli.add_command(_queue(built))
    app.cli.add_command(_conversation(built))
    app.cli.add_command(staff(built))
    app.cli.add_command(audit(built))
    app.cli.add_command(templates(built))
    app.cli.add_command(figures(built))
    for command in upkeep(built):
        app.cli.add_command(command)


def preflight(environ: Mapping[str, str]) -> click.Command:
    """Return the command that proves a deploy; it needs no desk, so that it works where none can be built."""

    @click.command("preflight")
    @click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
    @click.pass_context
    def command(context: click.Context, as_json: bool) -> None:
        """Prove this deploy before patients meet it: everything is looked at, every fault comes with its remedy."""
        findings = judge(gather(environ, SystemClock()))
        click.echo(_as_json(findings) if as_json else "\n".join(_as_lines(findings)))
        context.exit(1 if any(finding.level is Level.STOP for finding in findings) else 0)

    return command


def _as_json(findings: Sequence[Finding]) -> str:
    ready = not any(finding.level is Level.STOP for finding in findings)
    return json.dumps({"ready": ready, "findings": [asdict(finding) for finding in findings]}, indent=2)


def _as_lines(findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings:
        mark = finding.level if finding.level in (Level.OK, Level.SKIPPED) else finding.level.upper()
        yield f"{mark:8} {finding.check:21} {finding.says}"
        if finding.remedy:
            yield f"{'':30} -> {finding.remedy} ({finding.link})"
    stops = sum(finding.level is Level.STOP for finding in findings)
    warnings = sum(finding.level is Level.WARN for finding in findings)
    yield f"{stops} would stop patients, {warnings} should be looked at."


def _db_upgrade(built: Built) -> click.Command:
    @click.command("db-upgrade")
    def db_upgrade() -> None:
        """Bring the database to the newest version; safe to run again, and by several at once."""
        upgrade(built.database)
        index_names(Backing(built.database, built.seals, built.house.clock.now))
        click.echo("The database is up to date.")

    return db_upgrade


def _rotate_keys(built: Built) -> click.Command:
    @click.command("rotate-keys")
    def rotate_keys() -> None:
        """Encrypt again, with the first of FIELD_KEYS, whatever an older key wrote; then that key may be removed."""
        counts = rotate(built.database, built.seals)
        built.audit.note(actor(None), "rotate_keys", counts=counts)
        for place, count in counts.items():
            click.echo(f"{place}: {count}")

    return rotate_keys


def _metrics_token(built: Built) -> click.Command:
    @click.command("metrics-token")
    def token() -> None:
        """Print the bearer token that opens `/metrics` and the details of `/readyz`; a new SECRET_KEY makes a new one."""
        click.echo(metrics_token(built.settings.secret_key))

    return token


def _conversation(built: Built) -> AppGroup:
    conversation = AppGroup("conversation", help="One conversation, by its id.")

    @conversation.command("export")
    @click.argument("conversation_id", metavar="ID", type=click.UUID)
    def export(conversation_id: UUID) -> None:
        """Print a conversation as a redacted transcript: taps and texts by their keys, nothing that a person wrote."""
        backing = Backing(built.database, built.seals, built.house.clock.now)
        talk = read_talk(backing, conversation_id)
        if talk is None:
            raise click.ClickException("there is no conversation of this id: see `flask queue list`")
        built.audit.note(actor(None), "conversation_export", ("conversation", conversation_id))
        click.echo(transcript(built.house, str(conversation_id), talk.lines, talk.language), nl=False)

    return conversation


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
        built.audit.note(actor(None), "queue_close", ("handoff", handoff))
        click.echo("Closed.")

    return queue
