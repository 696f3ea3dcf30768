"""Everything the stand-in knows, under one lock, and the one place where it is put together."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field

from simulator import webhooks
from simulator.agenda import Agenda
from simulator.chats import Chats
from simulator.clock import Clock
from simulator.config import Config
from simulator.deliveries import Deliveries, Delivery, Webhook
from simulator.faults import Faults, read_faults
from simulator.media import Files
from simulator.message_templates import MessageTemplate, define, redefine
from simulator.messages_api import Model
from simulator.people import People
from simulator.refusal import Json
from simulator.webhooks import Line

STOP_S = 2.0
NUMBER = {
    "verified_name": "Ambulatorio",
    "code_verification_status": "VERIFIED",
    "quality_rating": "GREEN",
    "platform_type": "CLOUD_API",
    "name_status": "APPROVED",
    "status": "CONNECTED",
    "throughput": {"level": "STANDARD"},
    "whatsapp_business_manager_messaging_limit": "TIER_250",
    "health_status": {
        "can_send_message": "AVAILABLE",
        "entities": [{"entity_type": "PHONE_NUMBER", "can_send_message": "AVAILABLE"}],
    },
}
TOKEN = {  # what debug_token says of the token, but for the app and the accounts
    "application": "Stand-in",
    "type": "SYSTEM_USER",
    "user_id": "100000000000002",
    "is_valid": True,
    "expires_at": 0,
    "data_access_expires_at": 0,
    "scopes": ["whatsapp_business_management", "whatsapp_business_messaging"],
}
FIELDS = (  # of the webhook, that the app is subscribed to
    *("messages", "account_update", "account_alerts", "account_review_update", "business_capability_update"),
    *("phone_number_quality_update", "phone_number_name_update", "security", "message_template_status_update"),
    *("template_category_update", "message_template_quality_update", "user_preferences", "calls"),
)


@dataclass(slots=True)
class Tallies:
    """What happened, counted."""

    accepted: int = 0
    receipts: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    troubled: Counter[str] = field(default_factory=Counter)
    incoming: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    refusals: deque[Json] = field(default_factory=lambda: deque(maxlen=100))


class World:
    """The people, their chats and the clinic's account. Take `lock` to read or change anything in it."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.lock = threading.RLock()
        self.clock = Clock(config.clock)
        self.line = Line(config.waba_id, config.phone_number_id, config.display_phone_number)
        self.agenda = Agenda(2)
        self._posts = Agenda(config.workers)  # apart, so that a webhook that does not answer stops no phone
        webhook = Webhook(config.webhook_url, config.app_secret, config.verify_token, config.handshake)
        self.deliveries = Deliveries(webhook, self._posts, self.clock, config.webhook_timeout_s)
        self.deliveries.taken = self._was_taken
        self.deliveries.given_up = self._was_given_up
        self.throughput = Throughput(0 if config.instant else config.throughput)
        self.model = Model(config.seed)
        self.base_url = ""
        self.stopping = threading.Event()
        self.forget_all()

    def forget_all(self) -> None:
        """Begin anew: nobody, nothing said, the faults of the command line."""
        self.agenda.clear()
        self._posts.clear()
        self.deliveries.forget()
        self.deliveries.counts.clear()
        self.people = People(self.config.seed)
        self.chats = Chats()
        self.files = Files()
        self.faults: Faults = read_faults(self.config.faults, self.config.seed)
        self.tallies = Tallies()
        self.model.forget()
        self.number: Json = dict(NUMBER)
        self.token: Json = dict(TOKEN)
        self.fields: tuple[str, ...] = FIELDS
        self.subscribed = True
        self.templates: dict[tuple[str, str], MessageTemplate] = {}
        self._add_first_templates()
        self.epoch = f"{time.time_ns():x}"

    def tell(self, who: str, field_name: str, value: Json, about: str | None = None) -> None:
        """Post a change to the webhook, with the faults of the day; an account nobody is subscribed to is not told."""
        if not self.subscribed:
            return
        now = self.clock.now()
        body = webhooks.encode(webhooks.envelope(self.line, field_name, value, now))
        for after_s in self.faults.on_delivery(who):
            self.deliveries.post(body, _kind(field_name, value), about, after_s)

    def hurry(self, seconds: float) -> None:
        """Bring everything that waits forward by so much."""
        self.agenda.hurry(seconds)
        self._posts.hurry(seconds)

    def stop(self) -> None:
        """Let nothing begin any more; what is being posted has a moment to end, and is kept if it does not."""
        self.stopping.set()
        self.model.stop()
        self.chats.touch()
        deadline = time.monotonic() + STOP_S
        for agenda in (self.agenda, self._posts):
            agenda.stop(deadline)
        self.deliveries.close()

    def add_template(self, wanted: Json) -> MessageTemplate:
        """Define a template; an approved one unless templates are reviewed by hand. Raise Refusal."""
        template = define(wanted, str(10**15 + secrets.randbelow(9 * 10**15)))
        template.status = "PENDING" if self.config.review else "APPROVED"
        self.templates[template.name, template.language] = template
        return template

    def change_template(self, template: MessageTemplate, wanted: Json) -> MessageTemplate:
        """Give a template other words; they are looked at as a new one's are. Raise Refusal."""
        changed = redefine(template, wanted)
        changed.status = "PENDING" if self.config.review else "APPROVED"
        self.templates[template.name, template.language] = changed
        return changed

    def _add_first_templates(self) -> None:
        words = "Welcome and congratulations!! This message demonstrates your ability to send a message."
        hello = {
            "name": "hello_world",
            "language": "en_US",
            "category": "UTILITY",
            "components": [{"type": "BODY", "text": words}],
        }
        for wanted in (hello, *self._templates_of_file()):
            self.add_template(wanted).status = "APPROVED"

    def _templates_of_file(self) -> list[Json]:
        if self.config.templates is None:
            return []
        told: list[Json] = json.loads(self.config.templates.read_text(encoding="utf-8"))
        return told

    def _was_taken(self, delivery: Delivery) -> None:
        self._advance(delivery, "delivered")

    def _was_given_up(self, delivery: Delivery) -> None:
        self._advance(delivery, "failed")

    def _advance(self, delivery: Delivery, state: str) -> None:
        with self.lock:
            message = self.chats.find(delivery.about) if delivery.about else None
            if message is not None:
                self.chats.advance(message, state)


class Throughput:
    """How many messages a second the number may send."""

    def __init__(self, a_second: int) -> None:
        self._a_second = a_second
        self._left = float(a_second)
        self._at = time.monotonic()

    def take(self) -> bool:
        if not self._a_second:
            return True
        now = time.monotonic()
        self._left = min(float(self._a_second), self._left + (now - self._at) * self._a_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


def _kind(field_name: str, value: Json) -> str:
    """Name what a webhook tells, for counting: the field, or the type of message or status."""
    for part, key in (("statuses", "status"), ("messages", "type")):
        if value.get(part):
            return str(value[part][0].get(key, part))
    return field_name
