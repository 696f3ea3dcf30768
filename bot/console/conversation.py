"""One conversation at the counter: read, take, answer, note, label, pass on, close. Every path asks for the asker's teams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from babel.dates import format_date
from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.actions import Action
from bot.agenda import Appointment
from bot.approvals import may_be_sent
from bot.clinic import Clinic
from bot.console import guard
from bot.console.bubbles import Bubble, bubble
from bot.console.frame import Console, console, language, member, needs, page, tell, text
from bot.console.queue import as_staff, asker, names
from bot.counter import ChatView, Staff
from bot.gate import WINDOW, window_is_open
from bot.message_templates import Parameter, Template
from bot.ports import NobodyThere
from bot.safety import screen
from bot.safety.selling import offers_to_sell
from bot.staff import Colleague, Permission
from bot.turn import House
from menus.engine import MAIN
from menus.model import END, Ask, Do, Flow, Flows, Goto, Handoff, Localized, Menu, Node, Pick, Say

LONGEST_NOTE = 2000
NOT_HERE = frozenset({"person", "language", MAIN})  # flows nobody is led to from the counter


def register(routes: Blueprint, console: Console) -> None:
    """Add the pages."""
    one = "/conversations/<uuid:conversation_id>"
    routes.add_url_rule(one, "conversation", conversation, methods=["GET"])
    routes.add_url_rule(f"{one}/part", "conversation_part", conversation_part, methods=["GET"])
    for path, view in (
        ("claim", claim),
        ("reply", reply),
        ("note", note),
        ("label", label),
        ("assign", assign),
        ("close", close),
        ("template", template),
    ):
        routes.add_url_rule(f"{one}/{path}", path, view, methods=["POST"])
    routes.add_url_rule(f"{one}/media/<uuid:message_id>", "media", media, methods=["GET"])
    guard.QUIET.add("console.conversation_part")


# ------------------------------------------------------------------------------------------------------------- the page


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the forms of a page that was refused, so that nobody types twice."""

    words: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    fault: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    note_fault: str | None = None


@needs(Permission.READ)
def conversation(conversation_id: UUID) -> Response:
    """Show a conversation."""
    return _shown(conversation_id, Draft())


@needs(Permission.READ)
def conversation_part(conversation_id: UUID) -> Response:
    """Return what a live page puts in the place of what changed."""
    values = _values(conversation_id, Draft())
    return Response(render_template("console/conversation_part.html", **values), mimetype="text/html")


def _shown(conversation_id: UUID, draft: Draft, status: int = 200) -> Response:
    return page("console/conversation.html", status, **_values(conversation_id, draft))


def _values(conversation_id: UUID, draft: Draft) -> dict[str, Any]:
    staff, now = asker(), console().clock.now()
    view = console().counter.chat(staff, conversation_id, whole="all" in request.args)
    if view is None:
        abort(404)
    colleagues = console().book.colleagues()
    holder = view.handoff.claimed_by if view.handoff else None
    left = view.last_inbound_at + WINDOW - now if view.last_inbound_at else timedelta(0)
    return {
        "view": view,
        "bubbles": drawn(console().house, view),
        "draft": draft,
        "holder": holder,
        "names": {str(one.id): one.person.first_name for one in colleagues},
        "is_mine": holder == staff.id,
        "can_write": holder in (None, staff.id) and member().may(Permission.REPLY),
        "is_open": window_is_open(view.last_inbound_at, now),
        "left": left if left > timedelta(0) else None,
        "answers": given(console().house, view, language()),
        "flow_name": flow_name(console().house, view.card.flow, language()),
        "places": places(console().house, language()),
        "colleagues": tuple(assignable(colleagues, view, staff)),
        "teams": {id: _said(team.name, language()) for id, team in console().clinic.teams.items()},
        "canned": tuple(canned(console().clinic, view.card.language)),
        "templates": shown_templates(view.card.language),
        "labels": {id: _said(name, language()) for id, name in console().clinic.labels.items()},
        "visits": visits(staff, conversation_id, now),
        "longest": console().house.limits.text_body,
        "longest_note": LONGEST_NOTE,
        "version": view.version,
        "now": now,
    }


def visits(staff: Staff, conversation_id: UUID, now: datetime) -> tuple[Appointment, ...]:
    """Return what the person has booked, next first; nothing for whoever may not see the calendar."""
    if not member().may(Permission.CALENDAR):
        return ()
    return console().daybook.of_conversation(staff, conversation_id, now)


def drawn(house: House, view: ChatView) -> tuple[Bubble, ...]:
    """Return the lines as they are drawn, in the patient's language."""
    return tuple(bubble(house, view.card.language, line) for line in view.lines)


def given(house: House, view: ChatView, spoken: str) -> tuple[tuple[str, str], ...]:
    """Return the answers a person gave in the flows, not what the flows found for them; ids by their names.

    What has no name in the console's words is the flow's own: which slot, which summary.
    """
    asked = _asked(house.flows.values())
    told = ((name, value) for name, value in view.card.answers.items() if name in asked and value != "")
    known = ((name, value) for name, value in told if console().texts.has(f"conversation.answer_{name}"))
    return tuple((name, _answer(house.clinic, name, value, spoken)) for name, value in known)


def _answer(clinic: Clinic, name: str, given: object, spoken: str) -> str:
    """Return an answer as staff read it: what has a name in the clinic's file by that."""
    if isinstance(given, date):
        return format_date(given, "d MMM y", locale=spoken)
    value = str(given)
    named: Mapping[str, Mapping[str, Any]] = {
        "team": clinic.teams,
        "service": clinic.services,
        "place": clinic.places,
        "insurer": clinic.insurers,
    }
    found = named.get(name, {}).get(value)
    if found is None:
        key = f"conversation.value_{name}_{value}"
        return text(key) if console().texts.has(key) else value
    return found.name if isinstance(found.name, str) else _said(found.name, spoken)


def _asked(flows: Iterable[Flow]) -> frozenset[str]:
    found: set[str] = set()
    for flow in flows:
        for node in flow.nodes.values():
            match node:
                case Menu():
                    found.update(name for option in node.options for name, _ in option.sets)
                case Pick() | Ask():
                    found.add(node.answer)
    return frozenset(found)


def flow_name(house: House, flow: str | None, spoken: str) -> str | None:
    """Return a flow as the main menu names it, or by its id; None: the person stands in none."""
    if flow is None:
        return None
    entries = house.wordings.entries.get(spoken) or house.wordings.entries[house.wordings.languages[0]]
    for menu in (f"{MAIN}/menu", f"{MAIN}/other"):
        titled = entries[menu].options.get(flow) if menu in entries else None
        if titled is not None and titled.title.template is None:
            return titled.title.source
    return flow


def places(house: House, spoken: str) -> tuple[tuple[str, str], ...]:
    """Return where a conversation can be closed to, as (flow, name): whatever begins without an action that leaves the lane."""
    flows = sorted(set(house.flows) - NOT_HERE)
    named = [(id, flow_name(house, id, spoken) or id) for id in flows if begins_here(house.flows, id, house.actions)]
    return tuple(one for one in named if one[0] != one[1])


def begins_here(flows: Flows, id: str, actions: Mapping[str, Action]) -> bool:
    """Tell whether a flow comes to its first question by the clinic's own facts alone, and brings nobody on the way."""
    seen: set[tuple[str, str]] = set()
    look = [(id, flows[id].start)]
    while look:
        place = look.pop()
        if place in seen:
            continue
        seen.add(place)
        node = flows[place[0]].nodes[place[1]]
        if isinstance(node, Handoff) or (isinstance(node, Do) and actions[node.action].where != "here"):
            return False
        look += [_led_to(flows, place[0], goto) for goto in _ways(node) if goto != END]
    return True


def _ways(node: Node) -> tuple[Goto, ...]:
    """Return the ways on that are taken without an answer."""
    match node:
        case Say():
            return (node.goto,)
        case Do():
            return tuple(goto for _, goto in node.outcomes)
        case _:
            return ()


def _led_to(flows: Flows, flow: str, goto: Goto) -> tuple[str, str]:
    to = goto.flow or flow
    return to, goto.node or flows[to].start


def canned(clinic: Clinic, spoken: str) -> Iterator[tuple[str, str, str]]:
    """Give the clinic's ready answers as (id, title for staff, words in the patient's language)."""
    for one in clinic.canned.values():
        yield one.id, _said(one.title, language()), _said(one.words, spoken)


@dataclass(frozen=True, slots=True)
class ShownParameter:
    """A field of a template's form."""

    name: str
    label: str
    type: str
    longest: int


@dataclass(frozen=True, slots=True)
class ShownTemplate:
    """An approved template as its form shows it, in the patient's language."""

    name: str
    shown: str
    parameters: tuple[ShownParameter, ...]


def shown_templates(spoken: str) -> tuple[ShownTemplate, ...]:
    """Return the templates staff may send now: made for them, and approved in the patient's language."""
    known = console().approvals.known()
    return tuple(
        ShownTemplate(one.name, one.wordings[spoken], tuple(_parameter(p) for p in one.parameters))
        for one in console().templates
        if one.by == "staff" and may_be_sent(one, spoken, known)
    )


def _parameter(parameter: Parameter) -> ShownParameter:
    label = _said(parameter.label, language())
    return ShownParameter(parameter.name, label, parameter.kind, parameter.longest)


def _said(text: Localized, spoken: str) -> str:
    return dict(text.texts).get(spoken, text.texts[0][1])


def assignable(colleagues: tuple[Colleague, ...], view: ChatView, staff: Staff) -> Iterator[Staff]:
    """Give the colleagues who may write in this conversation."""
    for one in colleagues:
        known = as_staff(one)
        if known.id != staff.id and known.sees(view.team) and may_hold(one):
            yield known


def may_hold(colleague: Colleague) -> bool:
    """Tell whether somebody can sign in and may answer patients."""
    may_reply = Permission.REPLY in console().book.roles()[colleague.post.role]
    return may_reply and colleague.is_enrolled and colleague.disabled_at is None


# ------------------------------------------------------------------------------------------------------- what is done


def _back(conversation_id: UUID) -> Response:
    return redirect(url_for("console.conversation", conversation_id=conversation_id), 303)


def _must_be_there(conversation_id: UUID) -> None:
    """Answer 404 where a conversation is not there for this member, before anything else is said of what they sent."""
    if console().counter.chat_version(asker(), conversation_id) is None:
        abort(404)


def _held_by(holder: str) -> str:
    return names().get(holder, holder)


@needs(Permission.READ, Permission.REPLY)
def claim(conversation_id: UUID) -> Response:
    """Take a conversation; who was faster has it."""
    instead_of = request.form.get("instead_of") or None
    try:
        holder = console().desk.claim(conversation_id, asker(), instead_of, console().hand)
    except NobodyThere:
        abort(404)
    if holder is not None:
        tell("conversation.has_it", "warning", name=_held_by(holder))
    return _back(conversation_id)


@needs(Permission.READ, Permission.REPLY)
def reply(conversation_id: UUID) -> Response:
    """Send what was typed; what is refused stays in the form."""
    _must_be_there(conversation_id)
    words = request.form.get("words", "").replace("\r\n", "\n").strip()
    fault, values = _fault_of_reply(words)
    if fault is not None:
        return _shown(conversation_id, Draft(words=words, fault=fault, values=values), 422)
    view = console().counter.chat(asker(), conversation_id)
    if view is None:
        abort(404)
    if not window_is_open(view.last_inbound_at, console().clock.now()):
        return _shown(conversation_id, Draft(words=words, fault="conversation.window_closed"), 422)
    try:
        holder = console().desk.say(conversation_id, asker(), words, console().hand)
    except NobodyThere:
        abort(404)
    if holder is not None:
        kept = Draft(words=words, fault="conversation.not_sent_has_it", values={"name": _held_by(holder)})
        return _shown(conversation_id, kept, 409)
    return _back(conversation_id)


def _fault_of(words: str, longest: int) -> tuple[str | None, Mapping[str, str]]:
    """Return why words may not be sent or kept: a key of the texts and its values."""
    if not words:
        return "conversation.empty", {}
    if len(words) > longest:
        return "conversation.too_long", {"longest": str(longest), "over": str(len(words) - longest)}
    cut = screen(words).cut
    if cut:
        return "conversation.identifier", {"kinds": ", ".join(cut)}
    return None, {}


def _fault_of_reply(words: str) -> tuple[str | None, Mapping[str, str]]:
    """Return why words may not be sent to a patient."""
    fault, values = _fault_of(words, console().house.limits.text_body)
    if fault is None and offers_to_sell(words):
        return "conversation.selling", {}
    return fault, values


@needs(Permission.READ, Permission.REPLY)
def template(conversation_id: UUID) -> Response:
    """Send an approved message template, filled in: all that is possible when 24 hours have passed."""
    view = console().counter.chat(asker(), conversation_id)
    if view is None:
        abort(404)
    wanted = request.form.get("template", "")
    found = next((one for one in console().templates if one.name == wanted and one.by == "staff"), None)
    if found is None or not may_be_sent(found, view.card.language, console().approvals.known()):
        abort(400)
    given = {name.removeprefix("v-"): value.strip() for name, value in request.form.items() if name.startswith("v-")}
    fault, values = _fault_of_values(found, given)
    if fault is not None:
        kept = {f"v-{name}": value for name, value in given.items()}
        return _shown(conversation_id, Draft(fault=fault, values={**kept, **values}), 422)
    try:
        holder = console().desk.say(conversation_id, asker(), found.filled(view.card.language, given), console().hand)
    except NobodyThere:
        abort(404)
    if holder is not None:
        tell("conversation.has_it", "warning", name=_held_by(holder))
    return _back(conversation_id)


def _fault_of_values(found: Template, given: Mapping[str, str]) -> tuple[str | None, Mapping[str, str]]:
    for parameter in found.parameters:
        value = given.get(parameter.name, "")
        if not parameter.takes(value):
            return "conversation.template_value", {"name": parameter.name, "longest": str(parameter.longest)}
        cut = screen(value).cut
        if cut:
            return "conversation.identifier", {"kinds": ", ".join(cut)}
    return None, {}


@needs(Permission.READ, Permission.REPLY)
def note(conversation_id: UUID) -> Response:
    """Keep a note for colleagues; the patient never reads it in the chat."""
    _must_be_there(conversation_id)
    words = request.form.get("note", "").replace("\r\n", "\n").strip()
    fault, values = _fault_of(words, LONGEST_NOTE)
    if fault is not None:
        return _shown(conversation_id, Draft(note=words, note_fault=fault, values=values), 422)
    if not console().counter.add_note(asker(), conversation_id, words):
        abort(404)
    return _back(conversation_id)


@needs(Permission.READ, Permission.REPLY)
def label(conversation_id: UUID) -> Response:
    """Put a label of the clinic's on, or take one off."""
    _must_be_there(conversation_id)
    wanted, on = request.form.get("label", ""), request.form.get("on") == "yes"
    if on and wanted not in console().clinic.labels:
        abort(400)
    if not console().counter.label(asker(), conversation_id, wanted[:40], on):
        abort(404)
    return _back(conversation_id)


@needs(Permission.READ, Permission.REPLY)
def assign(conversation_id: UUID) -> Response:
    """Give a conversation to a colleague (`member:<id>`) or to a team's queue (`team:<id>`)."""
    _must_be_there(conversation_id)
    kind, _, wanted = request.form.get("to", "").partition(":")
    try:
        holder = _assign(conversation_id, kind, wanted)
    except NobodyThere:
        abort(404)
    if holder is not None:
        tell("conversation.has_it", "warning", name=_held_by(holder))
        return _back(conversation_id)
    tell("conversation.passed_on")
    return redirect(url_for("console.queue"), 303)


def _assign(conversation_id: UUID, kind: str, wanted: str) -> str | None:
    desk, hand = console().desk, console().hand
    if kind == "team" and wanted in console().clinic.teams:
        return desk.pass_on(conversation_id, asker(), wanted, hand)
    found = next((one for one in console().book.colleagues() if str(one.id) == wanted), None)
    if kind != "member" or found is None or not may_hold(found):
        abort(400)
    return desk.assign(conversation_id, asker(), as_staff(found), hand)


@needs(Permission.READ, Permission.REPLY)
def close(conversation_id: UUID) -> Response:
    """Give the conversation back to the assistant, at a place with a name."""
    _must_be_there(conversation_id)
    flow = request.form.get("to", MAIN)
    if flow != MAIN and flow not in dict(places(console().house, language())):
        abort(400)
    try:
        is_closed = console().desk.close(conversation_id, flow, asker(), console().hand)
    except NobodyThere:
        abort(404)
    if not is_closed:
        tell("conversation.not_closed", "warning")
        return _back(conversation_id)
    tell("conversation.closed")
    return redirect(url_for("console.queue"), 303)


# ------------------------------------------------------------------------------------------------------------------ files


@needs(Permission.READ, Permission.MEDIA)
def media(conversation_id: UUID, message_id: UUID) -> Response:
    """Open a file a patient sent: shown only if it is a picture that cannot run, else kept as a download.

    Whatever it says it is, its first bytes decide; nothing of it is ever part of a page.
    """
    if not console().counter.has_message(asker(), conversation_id, message_id):
        abort(404)
    opened = console().media.get(message_id)
    if opened is None:
        tell("conversation.file_away", "warning")
        return _back(conversation_id)
    console().audit.note(member().actor, "open_file", ("message", message_id))
    kind = picture_kind(opened.content)
    shown = f"inline; filename={message_id}.{kind}" if kind else f"attachment; filename={message_id}.bin"
    headers = {"Content-Disposition": shown, "X-Content-Type-Options": "nosniff"}
    headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    mime = f"image/{kind}" if kind else "application/octet-stream"
    return Response(opened.content, headers=headers, mimetype=mime)


def picture_kind(content: bytes) -> str | None:
    """Return jpeg, png or webp, by the first bytes; None for anything else."""
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return "webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None
