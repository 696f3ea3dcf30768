"""What Meta says of the token, the number, the account, the webhook and the templates, for operators, never for a patient.

Preflight only asks; `flask templates push` also has templates reviewed.
"""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote

from bot.message_templates import Template
from bot.preflight import (
    HealthEntity,
    NumberFacts,
    Refused,
    Silent,
    SubscriptionFacts,
    TemplateFacts,
    TokenFacts,
)
from bot.reach import Answer, Unreached, ask
from bot.whatsapp.definitions import FIELDS, change, definition, listed
from bot.whatsapp.picking import Json, identifier, list_of, object_of, word

NUMBER_FIELDS = "status,quality_rating,name_status,platform_type,throughput,webhook_configuration"
LIMIT_FIELD, HEALTH_FIELD = "whatsapp_business_manager_messaging_limit", "health_status"
OBJECT = "whatsapp_business_account"
PAGES = 5  # of templates, 100 each: an account has 250 at most
OVERRIDES = ("phone_number", OBJECT, "application")  # the first that is set is where Meta posts


class AdminError(Exception):
    """Meta did not tell; `fact` says why."""

    def __init__(self, fact: Silent | Refused) -> None:
        super().__init__("Meta did not tell")
        self.fact = fact


@dataclass(frozen=True, slots=True)
class Admin:
    """The Graph API as an operator asks it. Every call but `subscription` carries appsecret_proof."""

    base_url: str
    version: str
    access_token: str = field(repr=False)
    app_secret: str = field(repr=False)

    def token(self) -> TokenFacts:
        """Ask about our own token. Raise AdminError."""
        told = object_of(self._get("debug_token", {"input_token": self.access_token}).get("data"))
        return TokenFacts(
            is_valid=told.get("is_valid") is True,
            kind=word(told.get("type")) or "",
            app_id=identifier(told.get("app_id")),
            scopes=frozenset(_words(told.get("scopes"))),
            expires_at=_moment(told.get("expires_at")),
        )

    def number(self, phone_number_id: str) -> NumberFacts:
        """Ask about a number of ours; what not every version tells is asked apart. Raise AdminError."""
        told = self._get(phone_number_id, {"fields": NUMBER_FIELDS})
        webhook = object_of(told.get("webhook_configuration"))
        return NumberFacts(
            status=word(told.get("status")),
            quality=word(told.get("quality_rating")),
            name_status=word(told.get("name_status")),
            platform=word(told.get("platform_type")),
            throughput=word(object_of(told.get("throughput")).get("level")),
            limit=word(self._maybe(phone_number_id, LIMIT_FIELD)),
            webhook=next((str(webhook[name]) for name in OVERRIDES if webhook.get(name)), None),
            health=tuple(_entities(self._maybe(phone_number_id, HEALTH_FIELD))),
        )

    def numbers(self, account_id: str) -> frozenset[str]:
        """Return the ids of an account's numbers. Raise AdminError."""
        told = self._get(f"{account_id}/phone_numbers", {"fields": "id", "limit": "100"})
        return frozenset(_ids(told.get("data")))

    def apps(self, account_id: str) -> frozenset[str]:
        """Return the ids of the apps that are told of an account. Raise AdminError."""
        told = self._get(f"{account_id}/subscribed_apps", {})
        apps = (object_of(app).get("whatsapp_business_api_data") for app in list_of(told.get("data")))
        return frozenset(_ids(list(apps)))

    def subscription(self, app_id: str) -> SubscriptionFacts | None:
        """Return where the app's webhook for WhatsApp goes, asked as the app itself; None: there is none. Raise AdminError."""
        told = self._ask(f"{app_id}/subscriptions", {}, f"{app_id}|{self.app_secret}")
        for entry in map(object_of, list_of(told.get("data"))):
            if entry.get("object") == OBJECT:
                named = (object_of(one).get("name", one) for one in list_of(entry.get("fields")))
                return SubscriptionFacts(
                    callback_url=str(entry.get("callback_url") or ""),
                    is_active=entry.get("active") is True,
                    fields=frozenset(_words(list(named))),
                )
        return None

    def templates(self, account_id: str) -> tuple[TemplateFacts, ...]:
        """Return the account's message templates. Raise AdminError."""
        return tuple(self._templates(account_id))

    def ask_for(self, account_id: str, template: Template, language: str) -> None:
        """Have Meta review a template in one language that it does not have. Raise AdminError."""
        self._post(f"{account_id}/message_templates", definition(template, language))

    def ask_to_change(self, template_id: str, template: Template, language: str) -> None:
        """Have Meta review what a file says now in place of what Meta has. Raise AdminError."""
        self._post(template_id, change(template, language))

    def clock_skew_s(self, phone_number_id: str) -> float:
        """Return our clock minus Meta's, from the Date of an answer: exact to a second or so. Raise AdminError."""
        answer = self._answer(phone_number_id, self._proven({"fields": "id"}), self.access_token)
        try:
            told = parsedate_to_datetime(answer.headers.get("date", ""))
        except ValueError:
            told = None
        if told is None or told.tzinfo is None:
            raise AdminError(Silent("its answer carries no date"))
        return time.time() - answer.took_s / 2 - told.timestamp()

    def _templates(self, account_id: str) -> Iterator[TemplateFacts]:
        query = {"fields": FIELDS, "limit": "100"}
        for _ in range(PAGES):
            page = self._get(f"{account_id}/message_templates", query)
            for told in map(object_of, list_of(page.get("data"))):
                yield listed(told)
            paging = object_of(page.get("paging"))
            after = object_of(paging.get("cursors")).get("after")
            if not paging.get("next") or not isinstance(after, str):
                return
            query = query | {"after": after}

    def _maybe(self, object_id: str, name: str) -> object:
        """Ask for one field that Meta may not know in this version; None if it refuses."""
        try:
            return self._get(object_id, {"fields": name}).get(name)
        except AdminError:
            return None

    def _get(self, path: str, query: Mapping[str, str]) -> Json:
        return self._ask(path, self._proven(query), self.access_token)

    def _post(self, path: str, body: Json) -> None:
        written = json.dumps(body, separators=(",", ":")).encode()
        answer = self._answer(path, self._proven({}), self.access_token, written)
        told = _object(answer.body)
        if answer.status >= 300 or "error" in told:
            raise AdminError(_refused(answer.status, object_of(told.get("error"))))

    def _proven(self, query: Mapping[str, str]) -> Mapping[str, str]:
        """Add appsecret_proof: developers.facebook.com/docs/graph-api/guides/secure-requests."""
        proof = hmac.digest(self.app_secret.encode(), self.access_token.encode(), "sha256").hex()
        return {**query, "appsecret_proof": proof}

    def _ask(self, path: str, query: Mapping[str, str], token: str) -> Json:
        answer = self._answer(path, query, token)
        told = _object(answer.body)
        if answer.status >= 300 or "error" in told:
            raise AdminError(_refused(answer.status, object_of(told.get("error"))))
        return told

    def _answer(self, path: str, query: Mapping[str, str], token: str, body: bytes | None = None) -> Answer:
        url = f"{self.base_url}/{quote(self.version, safe='')}/{quote(path)}"
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            return ask("GET" if body is None else "POST", url, query, headers, body)
        except Unreached as fault:
            why = fault.why
        raise AdminError(Silent(why))


def _refused(status: int, error: Json) -> Refused:
    code = error.get("code")
    said = f"{error.get('message')} {object_of(error.get('error_data')).get('details')}"
    known = code if isinstance(code, int) and not isinstance(code, bool) else None
    subcode = error.get("error_subcode")
    return Refused(known, status, "appsecret_proof" in said, subcode if isinstance(subcode, int) else None)


def _object(body: bytes) -> Json:
    try:
        return object_of(json.loads(body))
    except (ValueError, RecursionError):
        return {}


def _words(told: object) -> Iterator[str]:
    return (found for found in (word(one) for one in list_of(told)) if found is not None)


def _ids(told: object) -> Iterator[str]:
    return (found for one in list_of(told) if (found := identifier(object_of(one).get("id"))) is not None)


def _moment(told: object) -> datetime | None:
    """Return a moment from seconds; Meta writes 0 for never."""
    if not isinstance(told, int) or isinstance(told, bool) or not 0 < told < 10**11:
        return None
    return datetime.fromtimestamp(told, UTC)


def _entities(told: object) -> Iterator[HealthEntity]:
    for entity in map(object_of, list_of(object_of(told).get("entities"))):
        codes = (object_of(error).get("error_code") for error in list_of(entity.get("errors")))
        yield HealthEntity(
            word(entity.get("entity_type")) or "?",
            word(entity.get("can_send_message")) or "?",
            tuple(code for code in codes if isinstance(code, int)),
        )
