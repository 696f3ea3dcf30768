"""Meta's end points: who may call them, where each leads, and how the answer is written."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from email.utils import formatdate
from typing import Any
from urllib.parse import urlencode

from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from simulator import limits, media, sending
from simulator.faults import Trouble
from simulator.http_server import Answer, Cut, Reaction, Request, Silence
from simulator.message_templates import MessageTemplate
from simulator.refusal import Json, Refusal, error_body
from simulator.world import World

VERSIONS = (21, 26)  # the oldest and the newest that are served in November 2026
APP_ID = "100000000000001"
FIRST_FIELDS = ("verified_name", "code_verification_status", "display_phone_number", "quality_rating", "id")

Endpoint = Callable[[World, Request, tuple[str, ...]], "Json | Reaction"]


def answer(world: World, request: Request) -> Reaction:
    """Answer a request to `graph.facebook.com`."""
    try:
        told = _route(world, request)
    except Refusal as refusal:
        return _dated(world, _refuse(world, request, refusal))
    return _dated(world, _json(told)) if isinstance(told, dict) else told


def download(world: World, request: Request) -> Reaction:
    """Answer a request for a file's bytes, at the URL that was given for it."""
    try:
        _check_token(world, request)
    except Refusal as refusal:
        return _json(error_body(refusal), refusal.http_status)
    file = world.files.find(request.path.rpartition("/")[2])
    expires = request.query.get("ext", "")
    if file is None or not expires.isdigit() or int(expires) < world.clock.now():
        return Answer(404, b"", "text/plain")
    return Answer(200, file.content, file.mime_type, (("X-Content-Type-Options", "nosniff"),))


def _route(world: World, request: Request) -> Json | Reaction:
    version, _, rest = request.path.lstrip("/").partition("/")
    _check_version(version)
    if rest == f"{APP_ID}/subscriptions" and request.method == "GET":
        return _subscriptions(world, request)
    _check_token(world, request)
    _check_proof(world, request)
    parts = tuple(rest.rstrip("/").split("/"))
    endpoint = ENDPOINTS.get((request.method, parts[-1])) if len(parts) == 2 else None
    if parts == ("debug_token",) and request.method == "GET":
        return _debug_token(world, request, parts)
    if endpoint is not None:
        return endpoint(world, request, parts)
    if len(parts) == 1:
        return _one_object(world, request, parts[0])
    raise _unknown()


# -------------------------------------------------------------------------------------------------------- who may call


def _check_version(version: str) -> None:
    found = re.fullmatch(r"v(\d{1,3})\.0", version)
    if not found or int(found[1]) > VERSIONS[1]:
        raise Refusal(100, f"Unknown path components: /{version}", subcode=33)
    if int(found[1]) < VERSIONS[0]:
        raise Refusal(2635, f"Please update to the latest version: v{VERSIONS[1]}.0.")


def _check_token(world: World, request: Request) -> None:
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
    token = bearer or request.query.get("access_token", "")
    if not hmac.compare_digest(token.encode(), world.config.access_token.encode()):
        raise Refusal(190)


def _check_proof(world: World, request: Request) -> None:
    """Check appsecret_proof where it is sent, in the query or in a JSON body, or where the app requires it."""
    proof = request.query.get("appsecret_proof")
    if proof is None and request.body.startswith(b"{") and b"appsecret_proof" in request.body:
        proof = str(_body(request).get("appsecret_proof", ""))
    if proof is None:
        if world.config.require_proof:
            raise Refusal(100, "API calls from the server require an appsecret_proof argument")
        return
    if not hmac.compare_digest(
        proof.encode(), app_secret_proof(world.config.app_secret, world.config.access_token).encode()
    ):
        raise Refusal(100, "Invalid appsecret_proof provided in the API argument")


def app_secret_proof(app_secret: str, access_token: str) -> str:
    return hmac.new(app_secret.encode(), access_token.encode(), hashlib.sha256).hexdigest()


# ------------------------------------------------------------------------------------------------------------ messages


def _messages(world: World, request: Request, parts: tuple[str, ...]) -> Json | Reaction:
    _own_number(world, parts[0])
    body = _body(request)
    body.pop("appsecret_proof", None)
    with world.lock:
        taken = sending.send(world, body)
        _count(world, taken.trouble)
    return _misbehave(world, taken.trouble) or taken.answer


def _misbehave(world: World, trouble: Trouble) -> Reaction | None:
    """Do what goes wrong after a request was taken; None when the answer may go out."""
    if trouble.slow_s:
        world.stopping.wait(trouble.slow_s)
    if trouble.silent:
        return Silence()
    return Cut() if trouble.cut or trouble.lose else None


def _count(world: World, trouble: Trouble) -> None:
    for name in ("cut", "lose", "silent"):
        if getattr(trouble, name):
            world.tallies.troubled[name] += 1
    if trouble.slow_s:
        world.tallies.troubled["slow"] += 1


def _refuse(world: World, request: Request, refusal: Refusal) -> Answer:
    with world.lock:
        world.tallies.refused[str(refusal.code)] += 1
        told = {
            "at": world.clock.now(),
            "code": refusal.code,
            "details": refusal.details,
            "end": request.path.rpartition("/")[2],
        }
        world.tallies.refusals.append(told)
        if not world.config.instant:
            world.chats.touch()
    return _json(error_body(refusal), refusal.http_status)


# --------------------------------------------------------------------------------------------------------------- media


def _upload(world: World, request: Request, parts: tuple[str, ...]) -> Json:
    _own_number(world, parts[0])
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != "multipart/form-data":
        raise Refusal(100, "The parameter file is required.")
    _, form, files = FormDataParser(silent=True).parse(io.BytesIO(request.body), kind, len(request.body), options)
    if form.get("messaging_product") != "whatsapp":
        raise Refusal(100, "The parameter messaging_product is required.")
    if "file" not in files:
        raise Refusal(100, "The parameter file is required.")
    with files["file"].stream as stream:
        content = stream.read()
    mime_type = form.get("type") or files["file"].mimetype
    with world.lock:
        return {"id": world.files.keep(media.check_upload(mime_type, content), mime_type, content).id}


def _one_object(world: World, request: Request, object_id: str) -> Json:
    """Answer for an object that is named by its id alone: the number, the account, a file, a template."""
    match request.method, object_id:
        case "GET", world.config.phone_number_id:
            return _number(world, request)
        case "GET", world.config.waba_id:
            return {
                "id": object_id,
                "name": world.number["verified_name"],
                "currency": "EUR",
                "message_template_namespace": "stand_in",
            }
    with world.lock:
        file = world.files.find(object_id)
        if file is not None:
            return _file(world, request, file)
        template = next((found for found in world.templates.values() if found.id == object_id), None)
        if template is not None and request.method == "GET":
            return template.as_json()
        if template is not None and request.method == "POST":
            world.change_template(template, _body(request))
            return {"success": True}
    raise _unknown()


def _file(world: World, request: Request, file: media.File) -> Json:
    if request.method == "DELETE":
        world.files.remove(file.id)
        return {"success": True}
    query = urlencode({"ext": int(world.clock.now()) + limits.MEDIA_URL_S})
    described = {"mime_type": file.mime_type, "sha256": file.sha256, "file_size": len(file.content), "id": file.id}
    return {"messaging_product": "whatsapp", "url": f"{world.base_url}/_media/{file.id}?{query}"} | described


# ----------------------------------------------------------------------------------------------------------- templates


def _list_templates(world: World, request: Request, parts: tuple[str, ...]) -> Json:
    _own_account(world, parts[0])
    with world.lock:
        found = [template.as_json() for template in world.templates.values() if _matches(template, request.query)]
    limit, start = _whole(request.query, "limit", 25), _whole(request.query, "after", 0)
    page: Json = {"data": found[start : start + limit]}
    if start + limit < len(found):
        cursors = {"before": str(start), "after": str(start + limit)}
        query = urlencode({**request.query, "after": str(start + limit)})
        return page | {"paging": {"cursors": cursors, "next": f"{world.base_url}{request.path}?{query}"}}
    return page | {"paging": {"cursors": {"before": str(start), "after": str(len(found))}}}


def _whole(query: dict[str, str], name: str, usual: int) -> int:
    value = query.get(name, str(usual))
    if not value.isascii() or not value.isdigit():
        raise Refusal(100, f"Param {name} must be a number")
    return int(value)


def _matches(template: MessageTemplate, query: dict[str, str]) -> bool:
    named = {
        "name": template.name,
        "language": template.language,
        "status": template.status,
        "category": template.category,
    }
    return all(query.get(key, value).lower() == value.lower() for key, value in named.items())


def _add_template(world: World, request: Request, parts: tuple[str, ...]) -> Json:
    _own_account(world, parts[0])
    body = _body(request)
    body.pop("appsecret_proof", None)
    with world.lock:
        if (body.get("name"), body.get("language")) in world.templates:
            raise Refusal(
                100,
                "There is already content in this language for this template.",
                subcode=2388024,
                user_title="Content exists",
            )
        if len(world.templates) >= limits.TEMPLATES:
            raise Refusal(
                100,
                "You have reached the limit of templates.",
                subcode=2388019,
                user_title="Message template limit exceeded",
            )
        template = world.add_template(body)
        return {"id": template.id, "status": template.status, "category": template.category}


def _remove_template(world: World, request: Request, parts: tuple[str, ...]) -> Json:
    """Remove a template in all its languages, or the one with `hsm_id`."""
    _own_account(world, parts[0])
    name, only = request.query.get("name", ""), request.query.get("hsm_id")
    with world.lock:
        gone = [key for key, found in world.templates.items() if found.name == name and only in (None, found.id)]
        for key in gone:
            del world.templates[key]
    if not gone:
        raise Refusal(100, "Message template was not found.", subcode=2593002, user_title="Message Template Not Found")
    return {"success": True}


# ------------------------------------------------------------------------------------------------------------- account


def _number(world: World, request: Request) -> Json:
    with world.lock:
        facts: Json = world.number | {
            "display_phone_number": world.line.display_phone_number,
            "id": world.line.phone_number_id,
        }
    facts["webhook_configuration"] = {"application": world.deliveries.webhook.url}
    fields = request.query.get("fields")
    wanted = [name.partition("{")[0].strip() for name in fields.split(",")] if fields else FIRST_FIELDS
    return {name: facts[name] for name in dict.fromkeys((*wanted, "id")) if name in facts}


def _numbers(world: World, request: Request, parts: tuple[str, ...]) -> Json:
    _own_account(world, parts[0])
    return {"data": [_number(world, request)]}


def _debug_token(world: World, request: Request, parts: tuple[str, ...]) -> Json:
    if request.query.get("input_token") != world.config.access_token:
        fault = {"code": 190, "message": "Invalid OAuth access token."}
        return {"data": {"error": fault, "is_valid": False, "scopes": []}}
    with world.lock:
        granular = [{"scope": scope, "target_ids": [world.config.waba_id]} for scope in world.token["scopes"]]
        return {"data": {"app_id": APP_ID, "granular_scopes": granular} | world.token}


def _subscriptions(world: World, request: Request) -> Json:
    """Tell the app, and nobody else, where its webhooks go; its own token is its id and its secret."""
    expected = f"Bearer {APP_ID}|{world.config.app_secret}"
    if not hmac.compare_digest(request.headers.get("authorization", "").encode(), expected.encode()):
        raise Refusal(190)
    with world.lock:
        told = {"object": "whatsapp_business_account", "active": True, "callback_url": world.deliveries.webhook.url}
        fields = [{"name": name, "version": f"v{VERSIONS[1]}.0"} for name in world.fields]
        return {"data": [told | {"fields": fields}] if fields else []}


def _subscribed(world: World, request: Request, parts: tuple[str, ...]) -> Json:
    _own_account(world, parts[0])
    app = {
        "whatsapp_business_api_data": {
            "id": APP_ID,
            "name": "Stand-in",
            "link": "https://www.facebook.com/games/",
        }
    }
    return {"data": [app] if world.subscribed else []}


def _subscribe(world: World, request: Request, parts: tuple[str, ...]) -> Json:
    _own_account(world, parts[0])
    world.subscribed = request.method == "POST"
    return {"success": True}


ENDPOINTS: dict[tuple[str, str], Endpoint] = {
    ("POST", "messages"): _messages,
    ("POST", "media"): _upload,
    ("GET", "message_templates"): _list_templates,
    ("POST", "message_templates"): _add_template,
    ("DELETE", "message_templates"): _remove_template,
    ("GET", "subscribed_apps"): _subscribed,
    ("POST", "subscribed_apps"): _subscribe,
    ("DELETE", "subscribed_apps"): _subscribe,
    ("GET", "phone_numbers"): _numbers,
}


# ------------------------------------------------------------------------------------------------- checks and answers


def _own_number(world: World, object_id: str) -> None:
    if object_id != world.config.phone_number_id:
        raise Refusal(33, "Unsupported post request. The business phone number does not exist or has been deleted.")


def _own_account(world: World, object_id: str) -> None:
    if object_id != world.config.waba_id:
        raise _unknown()


def _unknown() -> Refusal:
    return Refusal(
        100,
        "Unsupported request. The object does not exist, or cannot be loaded due to missing permissions.",
        subcode=33,
    )


def _body(request: Request) -> Json:
    try:
        told: Any = json.loads(request.body)
    except ValueError as fault:
        raise Refusal(100, "Invalid JSON body") from fault
    if not isinstance(told, dict):
        raise Refusal(100, "The body must be a JSON object")
    return told


def _dated(world: World, answer: Answer) -> Answer:
    """Say what time it is here, as Meta's answers do."""
    return replace(answer, headers=(*answer.headers, ("Date", formatdate(world.clock.now(), usegmt=True))))


def _json(told: Json, status: int = 200) -> Answer:
    return Answer(status, json.dumps(told, separators=(",", ":")).encode())
