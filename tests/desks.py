"""A whole desk in one process, on a real database, with a WhatsApp that only notes what it is told; and patients who write to it."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Table, select, update

from bot.actions import Action
from bot.app import serve
from bot.background import Pool
from bot.classifying import Minds
from bot.clock import FixedClock
from bot.desk import Chore, FrontDesk, Mindful, Staff
from bot.figures import metrics_token
from bot.model import Contact, ListMessage, Place, Reply, ReplyButtons, Text
from bot.ports import Accepted, SendError
from bot.safety.mask import mask
from bot.settings import Settings
from bot.store import Backing, SqlClassifications, tables
from bot.store.schema import upgrade
from bot.turn import House
from bot.whatsapp.errors import remedy_for_code
from bot.wiring import Built, build, build_house
from menus.model import Flows

NUMBER = "106540352242922"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # ten in the morning in Italy, everything open
_count = itertools.count(1)


@dataclass
class Sent:
    """One message that reached the stand-in for Meta."""

    to: Contact
    reply: Reply
    outbox_id: UUID
    wamid: str

    @property
    def body(self) -> str:
        """What a patient reads of it."""
        if isinstance(self.reply, Text | ReplyButtons | ListMessage):
            return self.reply.body
        return self.reply.name if isinstance(self.reply, Place) else str(self.reply)

    @property
    def taps(self) -> tuple[str, ...]:
        """The ids that can be tapped."""
        if isinstance(self.reply, ReplyButtons):
            return tuple(button.id for button in self.reply.buttons)
        if isinstance(self.reply, ListMessage):
            return tuple(row.id for section in self.reply.sections for row in section.rows)
        return ()


@dataclass
class NotingMessenger:
    """Takes every message, or does what a test put into `answers` (an error is raised, a function is called)."""

    sent: list[Sent] = field(default_factory=list)
    answers: list[SendError | Callable[[], None]] = field(default_factory=list)
    typing: list[str] = field(default_factory=list)
    is_keeping: bool = False  # Meta accepts, and keeps back

    def send(self, to: Contact, reply: Reply, outbox_id: UUID) -> Accepted:
        """Note a message, unless the next answer is an error."""
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, SendError):
            raise answer
        if answer is not None:
            answer()
        wamid = f"wamid.out{next(_count)}"
        self.sent.append(Sent(to, reply, outbox_id, wamid))
        return Accepted(wamid, to, self.is_keeping)

    def refusal(self, code: int) -> SendError:
        """Say what Meta's table says."""
        treatment = remedy_for_code(code)
        return SendError(treatment.remedy, code, whole_number=treatment.whole_number, wait_s=treatment.first_wait_s)

    def mark_read(self, message_id: str, typing: bool) -> None:
        """Note who was shown that something is being done."""
        self.typing.append(message_id)


class NoBell:
    """A bell nobody hears; notes what was rung."""

    def __init__(self) -> None:
        self.rung: list[tuple[str, UUID]] = []
        self.is_heard = False

    def deliver(self, conversation_id: UUID) -> bool:
        """Note a ring."""
        self.rung.append(("deliver", conversation_id))
        return self.is_heard

    def call(self, call_id: UUID) -> bool:
        """Note a ring."""
        self.rung.append(("call", call_id))
        return self.is_heard

    def classify(self, call_id: UUID) -> bool:
        """Note a ring."""
        self.rung.append(("classify", call_id))
        return self.is_heard

    def fetch(self, file_id: UUID) -> bool:
        """Note a ring."""
        self.rung.append(("fetch", file_id))
        return self.is_heard


class AtOnce(Pool):
    """A pool that does chores in the thread that submits them; `held` keeps them until a test lets go."""

    def __init__(self, desk: FrontDesk) -> None:
        super().__init__(desk, threads=1)
        self._desk = desk
        self.held: list[Chore] | None = None

    def submit(self, chores: tuple[Chore, ...]) -> None:
        """Do chores now, or keep them."""
        if self.held is not None:
            self.held += chores
            return
        for chore in chores:
            self._desk.do(chore)

    def drain(self) -> None:
        """Nothing is left over."""


def backing_of(built: Built) -> Backing:
    """Return what the parts of a desk's store stand on."""
    return Backing(built.database, built.seals, built.house.clock.now)


_authored: dict[Path, House] = {}


def authored(clinic_file: Path, settings: Settings) -> House:
    """Return the flows, words and facts, read once a run: they are frozen, and reading them takes half a second."""
    if clinic_file not in _authored:
        _authored[clinic_file] = build_house(settings, FixedClock(MONDAY))
    return _authored[clinic_file]


class DeskInProcess:
    """The desk as `create_app` builds it, but for three things at its edges: WhatsApp, the bell and the clock."""

    def __init__(
        self,
        environ: Mapping[str, str],
        flows: Flows | None = None,
        actions: Mapping[str, Action] | None = None,
        minds: Minds | None = None,
    ) -> None:
        self.clock = FixedClock(MONDAY)
        self.settings = Settings.from_env(environ)
        house = replace(authored(self.settings.clinic_file, self.settings), clock=self.clock)
        self.house = replace(house, flows=flows or house.flows, actions={**house.actions, **(actions or {})})
        built = build(self.settings, self.clock, house=self.house)
        self.house = built.house
        upgrade(built.database)
        self.whatsapp = NotingMessenger()
        self.bell = NoBell()
        self.outbox = built.outbox
        messengers = {NUMBER: self.whatsapp}
        self.built: Built = built
        mindful = Mindful(minds, SqlClassifications(backing_of(built)), mask) if minds else None
        desk = FrontDesk(
            self.house,
            built.lanes,
            built.outbox,
            built.watch,
            built.records,
            messengers,
            self.bell,
            mindful,
            outreach=built.outreach,
        )
        self.stand(desk, AtOnce(desk))

    def stand(self, desk: FrontDesk, pool: Any) -> None:
        """Put a desk and its pool behind the door of the application."""
        self.desk, self.pool = desk, pool
        self.built = replace(self.built, desk=desk, pool=pool)
        self.app: Flask = serve(self.built, self.clock)

    @property
    def client(self) -> FlaskClient:
        """A client of the web application."""
        return self.app.test_client()

    @property
    def token(self) -> dict[str, str]:
        """The header of somebody who may read the figures."""
        return {"Authorization": f"Bearer {metrics_token(self.settings.secret_key)}"}

    def post(self, body: object, secret: str | None = None) -> int:
        """Post a body as Meta does, signed; return the status."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        key = (secret or self.settings.whatsapp_app_secret).encode()
        signature = hmac.new(key, raw, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature-256": f"sha256={signature}", "Content-Type": "application/json"}
        return self.client.post("/webhook", data=raw, headers=headers).status_code

    def patient(
        self, wa_id: str | None = "393330000001", user_id: str | None = None, name: str = "Anna Prova"
    ) -> Patient:
        """Return somebody who writes to the desk."""
        return Patient(self, wa_id, user_id, name)

    def rows(self, table: Table) -> list[Any]:
        """Return every row of a table."""
        with self.built.database.begin() as connection:
            return list(connection.execute(select(table)).all())

    def outcomes(self) -> list[tuple[str, str | None]]:
        """Return what became of every message, in the order of arrival."""
        rows = sorted(self.rows(tables.message), key=lambda row: row.id)
        return [(row.outcome, row.reason) for row in rows]

    def states(self) -> list[str]:
        """Return where every row of the outbox stands, in order."""
        return [row.state for row in sorted(self.rows(tables.outbox), key=lambda row: row.position)]

    def age(self, column: Any, seconds: float = 3600) -> None:
        """Move a time of the database's own into the past, in every row: leases end, answers become overdue."""
        past = self.built.database.time(-seconds)
        with self.built.database.begin() as connection:
            connection.execute(update(column.table).where(column.is_not(None)).values({column.name: past}))

    def beat_for_long(self) -> None:
        """Have a web process that has been up for an hour, so that statuses had time to come in."""
        self.built.watch.beat("web-test", "web")
        self.age(tables.heartbeat.c.started_at)

    def close(self) -> None:
        """Let go of the connections."""
        self.built.database.close()
        self.built.redis.close()


@dataclass
class Patient:
    """Somebody who writes to the clinic, and what they read."""

    at: DeskInProcess
    wa_id: str | None
    user_id: str | None
    name: str
    seen: int = 0

    def message(self, **content: Any) -> dict[str, Any]:
        """Return one message as Meta spells it, with an id of its own."""
        who = {"from": self.wa_id, "from_user_id": self.user_id}
        message = {
            "id": f"wamid.in{next(_count)}",
            "timestamp": str(int(self.at.clock.now().timestamp())),
            **{key: value for key, value in who.items() if value},
        }
        return message | content

    def body(self, *messages: dict[str, Any]) -> dict[str, Any]:
        """Return a whole notification around messages."""
        ids = {"wa_id": self.wa_id, "user_id": self.user_id}
        contact = {"profile": {"name": self.name}, **{key: value for key, value in ids.items() if value}}
        metadata = {"display_phone_number": "390510000000", "phone_number_id": NUMBER}
        value = {"messaging_product": "whatsapp", "metadata": metadata, "contacts": [contact], "messages": messages}
        change = {"field": "messages", "value": value}
        return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}

    def sends(self, **content: Any) -> int:
        """Send one message of any kind; return the webhook's status."""
        return self.at.post(self.body(self.message(**content)))

    def writes(self, words: str) -> int:
        """Write a text."""
        return self.sends(type="text", text={"body": words})

    def taps(self, option: str, title: str = "una voce") -> int:
        """Tap a row or a button by its id."""
        kind = "list_reply"
        return self.sends(type="interactive", interactive={"type": kind, kind: {"id": option, "title": title}})

    def reads_all(self) -> list[Sent]:
        """Return what arrived since the last look."""
        arrived = [sent for sent in self.at.whatsapp.sent if self._is_mine(sent.to)]
        new, self.seen = arrived[self.seen :], len(arrived)
        return new

    def reads(self) -> Sent:
        """Return the one message that arrived since the last look."""
        (sent,) = self.reads_all()
        return sent

    def _is_mine(self, to: Contact) -> bool:
        return (self.wa_id is not None and to.wa_id == self.wa_id) or (
            self.user_id is not None and to.user_id == self.user_id
        )


def together(count: int, work: Callable[[int], Any]) -> list[Any]:
    """Do something many times at once, in threads; return what came of each."""
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(work, range(count)))


def minutes(number: float) -> timedelta:
    """Return a span of minutes."""
    return timedelta(minutes=number)


ANNA = Staff("anna", "Anna")
