"""What was found out about a deploy: each fact, or why it is not known. No secret and no person's data is ever in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias, TypeVar

from bot.approvals import TemplateFacts as TemplateFacts
from bot.message_templates import Template

Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Nobody was asked, because these settings are missing or malformed."""

    settings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """Somebody was asked and gave no answer that can be used; `why` holds no address and no secret."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Meta answered with an error: its codes (None: an answer without one), and whether it is about appsecret_proof."""

    code: int | None
    status: int
    about_proof: bool = False
    subcode: int | None = None


Unknown: TypeAlias = NotAsked | Silent | Refused
Maybe: TypeAlias = Fact | Unknown


@dataclass(frozen=True, slots=True)
class Environment:
    """What the settings say, as far as they can be read; `problems` are sentences without values."""

    problems: tuple[str, ...] = ()
    graph_url: str | None = None
    graph_version: str | None = None
    public_url: str | None = None
    phone_number_id: str | None = None
    web_processes: int = 1


@dataclass(frozen=True, slots=True)
class HouseFacts:
    """What is wrong with the clinic's file, the flows, the words and the message templates; `warnings` are the clinic's own.

    `templates` are those the clinic sends, in `languages`; none where their files or the clinic's cannot be read.
    """

    clinic: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    template_files: tuple[str, ...] = ()
    templates: tuple[Template, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """The database as it is. `skew_s`: its clock minus ours. The last five are None where its tables are not there yet.

    `connections`: how many this user may open; None: no limit known. `beats`: (kind, seconds since) of each process.
    `payment_at`: when Meta last refused for want of a payment method (131042), `sent_at`: when a message last went out.
    """

    is_sqlite: bool
    version: tuple[int, ...]
    extensions: frozenset[str]
    revision: str | None
    head: str
    skew_s: float
    connections: int | None = None
    beats: tuple[tuple[str, float], ...] = ()
    payment_refusals: int = 0
    payment_at: datetime | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RedisFacts:
    """Redis (or Valkey) as it is. `policy` and `is_persistent` are None where the platform does not tell."""

    version: tuple[int, ...]
    policy: str | None
    is_persistent: bool | None


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What Meta's debug_token says. `expires_at` None: never."""

    is_valid: bool
    kind: str
    app_id: str | None
    scopes: frozenset[str]
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class HealthEntity:
    """One part of what Meta calls the messaging health of a number: may it send, and the codes that say why not."""

    kind: str
    can_send: str
    codes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """The clinic's number as Meta sees it; what Meta did not tell is None. `webhook` is the address that wins for it."""

    status: str | None
    quality: str | None
    name_status: str | None
    platform: str | None
    throughput: str | None
    limit: str | None
    webhook: str | None
    health: tuple[HealthEntity, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """The WhatsApp Business Account: its numbers, and the apps that are told of it."""

    numbers: Maybe[frozenset[str]]
    apps: Maybe[frozenset[str]]


@dataclass(frozen=True, slots=True)
class SubscriptionFacts:
    """Where the app's webhook goes, and the fields it is subscribed to; None: no webhook for WhatsApp."""

    callback_url: str
    is_active: bool
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reached:
    """An HTTP answer: its status, and where a redirect leads."""

    status: int
    redirect_host: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One answer of the webhook; `echoed`: its body was the challenge."""

    status: int
    echoed: bool = False


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """What the webhook answers from outside: the handshake, a signed empty notification, an unsigned one."""

    handshake: Maybe[Post]
    signed: Maybe[Post]
    unsigned: Maybe[Post]


@dataclass(frozen=True, slots=True)
class Portal:
    """A page of the clinic's portal, by its host, and what it answered."""

    host: str
    answer: Maybe[Reached]


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """The clinic's own FHIR server, as far as it was reached.

    `unnamed`: what the clinic's file does not name, `lacking_rights`: what FHIR_SCOPE does not ask for. `token`: why none was
    given, None: one was, or none is needed. `published`: the key ids found under PUBLIC_URL. `silent`: why it did not say what
    it can do; `undeclared`: what it does not say it does. `schedules`, `services`: which are not as they should be, and why.
    """

    unnamed: tuple[str, ...] = ()
    lacking_rights: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    published: Maybe[frozenset[str]] = frozenset()
    token: str | None = None
    silent: str | None = None
    skew_s: float | None = None
    fhir_version: str | None = None
    undeclared: tuple[str, ...] = ()
    schedules: tuple[tuple[str, str], ...] = ()
    services: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything preflight judges. `calendar` None: the calendar is our own. `smtp` None: SMTP_URL is not set; True: it let us in."""

    now: datetime
    environment: Environment
    house: Maybe[HouseFacts]
    database: Maybe[DatabaseFacts]
    redis: Maybe[RedisFacts]
    token: Maybe[TokenFacts]
    number: Maybe[NumberFacts]
    account: Maybe[AccountFacts]
    subscription: Maybe[SubscriptionFacts | None]
    templates: Maybe[tuple[TemplateFacts, ...]]
    meta_skew_s: Maybe[float]
    round_trip: Maybe[RoundTrip]
    portals: tuple[Portal, ...] = ()
    portal_hosts: frozenset[str] = field(default_factory=frozenset)
    smtp: Maybe[bool | None] = None
    calendar: Maybe[CalendarFacts | None] = None
