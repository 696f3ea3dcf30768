"""`/_control/...`: how tests and the page move the stand-in. JSON in, JSON out; only for whoever can reach the port."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from simulator import chats, inbound, message_templates, people, phones
from simulator.chats import ChatMessage
from simulator.http_server import Answer, Reaction, Request, Stream
from simulator.inbound import NotPossible
from simulator.people import Person
from simulator.refusal import Json, Refusal
from simulator.webhooks import encode
from simulator.world import World

ZONE = ZoneInfo("Europe/Rome")
BEAT_S = 10.0
TOGETHER_S = 0.04  # changes that come together are told together
FIRST_LOOK = 200  # messages of a chat a page gets when it opens


class NotFound(Exception):
    """There is nothing at this path."""


def answer(world: World, request: Request) -> Reaction:
    """Answer one request to the control API."""
    parts = request.path.strip("/").split("/")[1:]
    if request.method != "GET" and not _is_meant(request):
        return _json({"error": "send application/json from the same origin"}, 403)
    if parts == ["events"]:
        return Stream(events(world, request.headers.get("last-event-id", "")), headers=(("Cache-Control", "no-store"),))
    try:
        return _json(_route(world, request, parts))
    except NotFound as fault:
        return _json({"error": str(fault) or "there is nothing here"}, 404)
    except (NotPossible, ValueError, TypeError, KeyError) as fault:
        return _json({"error": str(fault)}, 400)
    except Refusal as fault:
        return _json({"error": fault.details, "code": fault.code}, 400)


def _is_meant(request: Request) -> bool:
    """Tell a request of ours from one that a foreign page makes a browser send."""
    origin = request.headers.get("origin")
    same = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    return same and (
        request.method == "DELETE" or request.headers.get("content-type", "").startswith("application/json")
    )


def _route(world: World, request: Request, parts: list[str]) -> Json:
    told = json.loads(request.body) if request.body else {}
    if not isinstance(told, dict):
        raise ValueError("the body must be a JSON object")
    if parts[:1] == ["people"] and len(parts) > 1:
        return _about_person(world, request, parts[1:], told)
    do = ENDPOINTS.get((request.method, "/".join(parts)))
    if do is None:
        raise NotFound
    with world.lock:
        return do(world, told)


def _about_person(world: World, request: Request, parts: list[str], told: Json) -> Json:
    with world.lock:
        person = world.people.find(parts[0])
        if person is None:
            raise NotFound("there is no such person")
        match request.method, parts[1:]:
            case "GET", ["chat"]:
                since = int(request.query.get("since", "0"))
                return {
                    "messages": [
                        chats.as_json(message) for message in world.chats.of(person.key) if message.version > since
                    ]
                }
            case "POST", ["say"]:
                return chats.as_json(inbound.say(world, person, told))
            case "POST", ["ids"]:
                inbound.change_ids(world, person, told.get("wa_id"), told.get("user_id"))
                return _person(world, person)
            case "POST", []:
                return _change_person(world, person, told)
            case "DELETE", []:
                return _remove_person(world, person)
    raise NotFound


def _change_person(world: World, person: Person, told: Json) -> Json:
    was_online, did_read, wanted = person.online, person.reads, person.wants_marketing
    people.change(person, told)
    if person.wants_marketing != wanted:
        inbound.tell_preference(world, person)
    if person.online and not was_online:
        phones.come_online(world, person)
    if person.reads and not did_read:
        phones.read_all(world, person)
    world.chats.touch()
    return _person(world, person)


def _remove_person(world: World, person: Person) -> Json:
    world.people.remove(person)
    world.chats.forget(person.key)
    return {}


# ---------------------------------------------------------------------------------------------------------- end points


def _list_people(world: World, told: Json) -> Json:
    return {"people": [_person(world, person) for person in world.people]}


def _add_person(world: World, told: Json) -> Json:
    person = world.people.add(told)
    world.chats.touch()
    return _person(world, person)


def _counts(world: World, told: Json) -> Json:
    tallies = world.tallies
    return {
        "accepted": tallies.accepted,
        "receipts": tallies.receipts,
        "refused": dict(tallies.refused),
        "troubled": dict(tallies.troubled),
        "incoming": tallies.incoming,
        "statuses": dict(tallies.statuses),
        "webhooks": dict(world.deliveries.counts),
        "pending": len(world.deliveries.pending()),
        "steps": world.agenda.waiting(),
        "refusals": list(tallies.refusals),
    }


def _faults(world: World, told: Json) -> Json:
    if told:
        world.faults.change(told)
        world.chats.touch()
    return world.faults.as_json()


def _model(world: World, told: Json) -> Json:
    """Tell or ask how the stand-in for the Messages API behaves."""
    return world.model.change(told)


def _model_requests(world: World, told: Json) -> Json:
    return {"requests": world.model.requests()}


def _clock(world: World, told: Json) -> Json:
    return {"now": world.clock.now(), "offset": world.clock.offset}


def _move_clock(world: World, told: Json) -> Json:
    """Move by `seconds`, to the next `hour` in Rome, or back to the real time (`reset`). What waits is hurried along."""
    before = world.clock.offset
    if told.get("reset"):
        world.clock.set_offset(0.0)
    elif "hour" in told:
        world.clock.move(_seconds_to(world.clock.now(), int(told["hour"])))
    else:
        world.clock.move(float(told["seconds"]))
    world.hurry(max(0.0, world.clock.offset - before))
    world.chats.touch()
    return _clock(world, told)


def _seconds_to(now: float, hour: int) -> float:
    here = datetime.fromtimestamp(now, ZONE)
    then = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    if then <= here:
        then += timedelta(days=1)
    return then.astimezone(UTC).timestamp() - now


def _reset(world: World, told: Json) -> Json:
    before = world.chats
    world.forget_all()
    before.touch()  # wakes the pages that wait for news of what is gone
    return _move_clock(world, {"reset": True})


def _webhook(world: World, told: Json) -> Json:
    webhook = world.deliveries.webhook
    return {"url": webhook.url, "verified": webhook.verified == webhook.url}


def _move_webhook(world: World, told: Json) -> Json:
    world.deliveries.move(str(told["url"]))
    return _webhook(world, told)


def _verify(world: World, told: Json) -> Json:
    return {"verified": world.deliveries.verify()}


def _post(world: World, told: Json) -> Json:
    """Post a change of any field, or a whole body as it stands (`raw`, a string)."""
    if "raw" in told:
        world.deliveries.post(str(told["raw"]).encode(), "raw")
    elif "body" in told:
        world.deliveries.post(encode(told["body"]), "body")
    else:
        world.tell(str(told["field"]), str(told["field"]), told["value"])
    return {}


def _pending(world: World, told: Json) -> Json:
    known = ("number", "kind", "attempts", "last_status", "first_at")
    return {
        "deliveries": [{name: getattr(delivery, name) for name in known} for delivery in world.deliveries.pending()]
    }


def _retry(world: World, told: Json) -> Json:
    world.deliveries.retry_now()
    return {}


def _templates(world: World, told: Json) -> Json:
    return {"templates": [template.as_json() for template in world.templates.values()]}


def _add_template(world: World, told: Json) -> Json:
    return world.add_template(told).as_json()


def _change_template(world: World, told: Json) -> Json:
    """Give a template another status, and tell the clinic."""
    template = _template(world, told)
    if told["status"] not in message_templates.STATUSES:
        raise ValueError(f"status must be one of {', '.join(message_templates.STATUSES)}")
    template.status, template.reason = told["status"], told.get("reason", "NONE")
    value = {"event": template.status, "reason": template.reason, "message_template_category": template.category}
    world.tell(template.id, "message_template_status_update", value | _named(template))
    return template.as_json()


def _change_category(world: World, told: Json) -> Json:
    """Move a template to another category, and tell the clinic."""
    template = _template(world, told)
    if told["category"] not in message_templates.CATEGORIES:
        raise ValueError(f"category must be one of {', '.join(message_templates.CATEGORIES)}")
    value = {"previous_category": template.category, "new_category": told["category"]}
    template.category = told["category"]
    world.tell(template.id, "template_category_update", value | _named(template))
    return template.as_json()


def _template(world: World, told: Json) -> message_templates.MessageTemplate:
    template = world.templates.get((told["name"], told["language"]))
    if template is None:
        raise NotFound("there is no such template")
    return template


def _named(template: message_templates.MessageTemplate) -> Json:
    return {
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
    }


def _number(world: World, told: Json) -> Json:
    world.number |= told
    return world.number


ENDPOINTS: dict[tuple[str, str], Callable[[World, Json], Json]] = {
    ("GET", "people"): _list_people,
    ("POST", "people"): _add_person,
    ("GET", "counts"): _counts,
    ("GET", "faults"): _faults,
    ("POST", "faults"): _faults,
    ("GET", "model"): _model,
    ("POST", "model"): _model,
    ("GET", "model/requests"): _model_requests,
    ("GET", "clock"): _clock,
    ("POST", "clock"): _move_clock,
    ("POST", "reset"): _reset,
    ("GET", "webhook"): _webhook,
    ("POST", "webhook"): _move_webhook,
    ("POST", "webhook/verify"): _verify,
    ("POST", "webhook/post"): _post,
    ("GET", "deliveries"): _pending,
    ("POST", "deliveries/retry"): _retry,
    ("GET", "templates"): _templates,
    ("POST", "templates"): _add_template,
    ("POST", "templates/status"): _change_template,
    ("POST", "templates/category"): _change_category,
    ("GET", "number"): _number,
    ("POST", "number"): _number,
}


# ---------------------------------------------------------------------------------------------------------------- events


def events(world: World, last_seen: str) -> Iterator[bytes]:
    """Yield what a page must know, now and whenever something changes; `last_seen` is `epoch/version`."""
    epoch, _, version = last_seen.partition("/")
    seen = int(version) if version.isdigit() and epoch == world.epoch else -1
    yield b"retry: 1000\n\n"
    while not world.stopping.is_set():
        chats_now = world.chats
        with world.lock:
            event, seen = _view(world, seen), chats_now.version
            name = f"{world.epoch}/{seen}"
        yield f"id: {name}\ndata: {json.dumps(event)}\n\n".encode()
        with chats_now.changed:
            chats_now.changed.wait_for(lambda: chats_now.version != seen or world.stopping.is_set(), BEAT_S)  # noqa: B023
        world.stopping.wait(TOGETHER_S)
        if world.chats is not chats_now:
            seen = -1


def _view(world: World, seen: int) -> Json:
    """Return what a page shows: everybody, and the messages it does not have yet."""
    return {
        "epoch": world.epoch,
        "fresh": seen < 0,
        "name": world.number["verified_name"],
        "now": world.clock.now(),
        "offset": world.clock.offset,
        "people": [_person(world, person) for person in world.people],
        "messages": [chats.as_json(message) for person in world.people for message in _news(world, person, seen)],
        "faults": world.faults.as_json(),
        "counts": _counts(world, {}),
    }


def _news(world: World, person: Person, seen: int) -> Iterator[ChatMessage]:
    for message in world.chats.of(person.key)[-FIRST_LOOK:]:
        if message.version > seen:
            yield message


def _person(world: World, person: Person) -> Json:
    now = world.clock.now()
    window_s = (
        max(0.0, 24 * 3600 - (now - person.last_inbound_at))
        if person.window_open(now) and person.last_inbound_at
        else 0.0
    )
    return people.as_json(person) | {"window_s": window_s, "typing_s": max(0.0, person.typing_until - now)}


def _json(told: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(told).encode(), headers=(("Cache-Control", "no-store"),))
