"""The `flask templates` commands: have Meta review the message templates of the files, and see which may be sent.

What Meta answers is kept, so that the desk knows by itself what it may send; webhooks keep it true from then on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import click

from bot.approvals import ABSENT, EDITABLE, TEMPLATE_FAULTS, Compared, TemplateFacts, compare, fault_of
from bot.ports import StoreUnavailable
from bot.preflight import NotAsked, Refused, Silent
from bot.relisting import keep_listed, ring_what_differs
from bot.upkeep import AWAY, actor
from bot.whatsapp.admin import Admin, AdminError
from bot.wiring import Built, admin_of

T = TypeVar("T")
LINK = "docs/whatsapp.md#message-templates"
# What Meta means by the subcodes of a refused template: developers.facebook.com/documentation/business-messaging/whatsapp/templates
MEANS = {
    2388019: "the account has 250 templates: delete some in WhatsApp Manager",
    2388023: "the name cannot be used now: one that was deleted is free again after 30 days",
    2388024: "Meta has it already: run it again",
    2388025: "the category of an approved template cannot be changed: give the file another name",
    2388039: "it is being reviewed: run it again when that is over",
    2388040: "a text is too long",
    2388047: "the header is not accepted",
    2388072: "the body is not accepted",
    2388073: "the footer is not accepted",
    2388293: "too many values for so few words",
    2388299: "it begins or ends with a value",
}


def templates(built: Built) -> click.Group:
    """Return the commands."""
    group = click.Group("templates", help="Message templates: have Meta review them, and see which may be sent.")
    group.add_command(_push(built))
    group.add_command(_status(built))
    return group


def _status(built: Built) -> click.Command:
    @click.command("status")
    @click.pass_context
    def status(context: click.Context) -> None:
        """List each template in each language of the clinic; exit with 1 unless all may be sent as the files say."""
        found = _kept(built)
        click.echo("\n".join(_lines(found)))
        context.exit(0 if all(one.is_ready for one in found) else 1)

    return status


def _push(built: Built) -> click.Command:
    @click.command("push")
    @click.option("--dry-run", is_flag=True, help="Only say what would be done.")
    @click.option("--by", help="Who asks for it, as it will stand in the audit.")
    @click.pass_context
    def push(context: click.Context, dry_run: bool, by: str | None) -> None:
        """Have Meta review what it does not have, or has otherwise; running it again changes nothing that is in order."""
        found = compare(built.templates, built.house.clinic.languages, _listed(built))
        asked = [one for one in found if step_of(one) != "leave"]
        if dry_run:
            click.echo("\n".join([*(f"would {step_of(one)} {_name(one)}" for one in asked), *_lines(found)]))
            return
        refused = [one for one in asked if not _ask(built, one)]
        counts = Counter(step_of(one) for one in asked if one not in refused)
        _reached(lambda: built.audit.note(actor(by), "templates_push", counts=counts))
        click.echo("\n".join(_lines(_kept(built))))
        context.exit(1 if refused else 0)

    return push


def step_of(one: Compared) -> str:
    """Return what a push does about a template: create it, change it, or leave it (Meta looks at it, or nothing differs)."""
    if one.status == ABSENT:
        return "create"
    is_ours_to_change = set(one.differs) - {"category"} and one.status in EDITABLE and one.id is not None
    return "change" if is_ours_to_change else "leave"


def _ask(built: Built, one: Compared) -> bool:
    """Have Meta review one; False if it was refused, and why is told."""
    admin, account = _admin(built), built.settings.whatsapp_business_account_id
    try:
        if one.id is None:
            admin.ask_for(account, one.template, one.language)
        else:
            admin.ask_to_change(one.id, one.template, one.language)
    except AdminError as error:
        click.echo(f"refused  {_name(one)}: {_said(error.fact)}", err=True)
        return False
    return True


# --------------------------------------------------------------------------------------------------------- what Meta has


def _kept(built: Built) -> tuple[Compared, ...]:
    """Ask Meta, keep what it says, ring where it has a template otherwise, and return how each stands."""
    listed = _listed(built)
    ours, languages = built.templates, built.house.clinic.languages
    _reached(lambda: keep_listed(listed, ours, languages, built.approvals, built.records))
    _reached(lambda: ring_what_differs(ours, languages, built.approvals.known(), built.records))
    return compare(ours, languages, listed)


def _listed(built: Built) -> tuple[TemplateFacts, ...]:
    try:
        return _admin(built).templates(built.settings.whatsapp_business_account_id)
    except AdminError as error:
        why = _said(error.fact)
        raise click.ClickException(
            f"Meta does not list the templates: {why}; see `flask preflight` and {LINK}"
        ) from None


def _admin(built: Built) -> Admin:
    return admin_of(built.settings)


# -------------------------------------------------------------------------------------------------------------- in words


def _lines(found: Sequence[Compared]) -> Iterator[str]:
    """Give a line each template, and what to do about each kind of fault."""
    for one in found:
        differs = f"differs: {', '.join(one.differs)}" if one.differs else ""
        reason = f"({one.reason})" if one.reason else ""
        yield " ".join(filter(None, (f"{_name(one):34}", f"{one.status:10}", reason, differs))).rstrip()
    faults = {fault_of(one) for one in found}
    yield from (f"-> {says}: {remedy}" for says, remedy in TEMPLATE_FAULTS if says in faults)
    ready = sum(one.is_ready for one in found)
    yield f"{ready} of {len(found)} may be sent as their files say."


def _name(one: Compared) -> str:
    return f"{one.template.name} ({one.language})"


def _said(fact: NotAsked | Silent | Refused) -> str:
    if isinstance(fact, Refused):
        codes = f"{fact.code or 'no code'}" + (f", {fact.subcode}" if fact.subcode else "")
        return MEANS.get(fact.subcode or 0, "Meta refuses it") + f" ({codes}, HTTP {fact.status})"
    return fact.why if isinstance(fact, Silent) else "nobody was asked"


def _reached(work: Callable[[], T]) -> T:
    try:
        return work()
    except StoreUnavailable:
        raise click.ClickException(AWAY) from None
