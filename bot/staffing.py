"""The `flask staff` commands: the first member is let in here, and the last one who has lost everything.

Names and e-mails are asked for where they are not given: what stands on a command line stays in the shell's history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar
from uuid import UUID

import click
from flask.cli import AppGroup

from bot.console.people import LONGEST_EMAIL, LONGEST_NAME, is_email, state
from bot.console.texts import LANGUAGES
from bot.ports import StoreUnavailable
from bot.staff import ALL_TEAMS, Colleague, EmailTaken, LastManager, Person, Post, Role
from bot.upkeep import AWAY, actor
from bot.wiring import Built

T = TypeVar("T")
BY = click.option("--by", help="Who asks for it, as it will stand in the audit.")


def staff(built: Built) -> AppGroup:
    """Return the commands."""
    group = AppGroup("staff", help="Who may open the console: add, list, disable, let in again.")
    for command in (_add(built), _list(built), _disable(built), _reset(built)):
        group.add_command(command)
    return group


def _add(built: Built) -> click.Command:
    teams = [ALL_TEAMS, *built.house.clinic.teams]

    @click.command("add")
    @click.option("--name", prompt="Full name")
    @click.option("--first-name", prompt="First name, as patients read it")
    @click.option("--email", prompt="E-mail")
    @click.option(
        "--role", type=click.Choice([one.value for one in Role]), default=Role.MANAGER.value, show_default=True
    )
    @click.option(
        "--team", "chosen", multiple=True, type=click.Choice(teams), help="One or more; all if none is named."
    )
    @click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
    @BY
    def add(
        name: str, first_name: str, email: str, role: str, chosen: Sequence[str], language: str, by: str | None
    ) -> None:
        """Add a member and print the one-time link by which they choose a password and connect a phone."""
        person = Person(
            *(_typed(given, what) for given, what in ((name, "name"), (first_name, "name"), (email, "email")))
        )
        post = Post(Role(role), frozenset(chosen) or frozenset({ALL_TEAMS}), language)
        try:
            row = _reached(lambda: built.book.add(actor(by), person, post))
        except EmailTaken:
            raise click.ClickException(
                "somebody has this e-mail: see `flask staff list`, then `flask staff reset`"
            ) from None
        _print_link(built, actor(by), row)

    return add


def _typed(given: str, what: str) -> str:
    words = " ".join(given.split())
    if what == "email" and (len(words) > LONGEST_EMAIL or not is_email(words)):
        raise click.ClickException("an e-mail looks like carla@example.org")
    if what == "name" and not 0 < len(words) <= LONGEST_NAME:
        raise click.ClickException(f"a name has 1 to {LONGEST_NAME} characters")
    return words


def _print_link(built: Built, by: str, row: UUID) -> None:
    given = _reached(lambda: built.entry.invite(by, row))
    if given is None:
        raise click.ClickException("nobody has this id: see `flask staff list`")
    token, until = given
    click.echo(f"{built.settings.public_url}/console/invitation#{token}")
    click.echo(f"Good once, until {until:%Y-%m-%d %H:%M}Z. Hand it over in person or over a safe channel.", err=True)


def _list(built: Built) -> click.Command:
    @click.command("list")
    def show() -> None:
        """List everybody: id, role, whether they can get in, last sign-in, teams, e-mail."""
        click.echo("\n".join(_lines(built)))

    return show


def _lines(built: Built) -> Iterator[str]:
    everybody = _reached(built.book.colleagues)
    for one in everybody:
        here = f"{one.signed_in_at:%Y-%m-%d %H:%M}Z" if one.signed_in_at else "never"
        teams = ",".join(sorted(one.post.teams))
        is_in = state(one, built.house.clock.now())
        yield f"{one.id}  {one.post.role:12} {is_in:8} {here:17} {teams:24} {one.person.email}"
    yield f"{len(everybody)} members."


def _disable(built: Built) -> click.Command:
    @click.command("disable")
    @click.argument("who", metavar="ID|E-MAIL")
    @BY
    def disable(who: str, by: str | None) -> None:
        """Let a member in no more, and end their sessions at once."""
        known = _found(built, who)
        try:
            is_new = _reached(lambda: built.book.disable(actor(by), known.id))
        except LastManager:
            raise click.ClickException(
                "no other manager could get in: add one first, and let them sign in once"
            ) from None
        click.echo("Disabled." if is_new else "They were disabled before.")

    return disable


def _reset(built: Built) -> click.Command:
    @click.command("reset")
    @click.argument("who", metavar="ID|E-MAIL")
    @BY
    def reset(who: str, by: str | None) -> None:
        """Void a member's password, phone and recovery codes, and print a new one-time link."""
        _print_link(built, actor(by), _found(built, who).id)

    return reset


def _found(built: Built, who: str) -> Colleague:
    row = _reached(lambda: _id(who) or built.book.find(who))
    known = row and _reached(lambda: built.book.colleague(row))
    if not known:
        raise click.ClickException("nobody is known by that: see `flask staff list`")
    return known


def _id(who: str) -> UUID | None:
    try:
        return UUID(who)
    except ValueError:
        return None


def _reached(work: Callable[[], T]) -> T:
    try:
        return work()
    except StoreUnavailable:
        raise click.ClickException(AWAY) from None
