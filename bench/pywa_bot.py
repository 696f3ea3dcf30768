"""A bot on pywa that does the same work: a message once, its person's place in PostgreSQL, one interactive reply.

Written as pywa's own documentation writes bots: a handler on Flask, pywa's client for the answer. It keeps less than the
desk does (nothing encrypted, no outbox, nothing for a reply that was not accepted), and says so in docs/bench.md.
"""

from __future__ import annotations

import hashlib
import os
from typing import Any

import psycopg
from flask import Flask, Response
from pywa import WhatsApp
from pywa.handlers import CallbackSelectionHandler, MessageHandler
from pywa.types import CallbackSelection, Message, Section, SectionList, SectionRow

from bench.crowd import WALK
from bench.rungs import Connections, Idle

INSERT = "INSERT INTO message (wamid_hash, person, content) VALUES (%s, %s, %s) ON CONFLICT (wamid_hash) DO NOTHING RETURNING id"
KNOWN = "SELECT place, turn FROM person WHERE id = %s FOR UPDATE"
MOVE = "INSERT INTO person (id, place) VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET place = excluded.place, turn = person.turn + 1"
MENU = SectionList(
    button_title="Scelga",
    sections=[
        Section(title="Menu", rows=[SectionRow(title=f"Voce {n}", callback_data=tap) for n, tap in enumerate(WALK, 1)])
    ],
)


def app() -> Flask:
    """Build the bot's web."""
    web = Flask(__name__, static_folder=None, template_folder=None)
    web.extensions["sportello"] = Idle()
    web.add_url_rule("/healthz", "healthz", lambda: Response("ok\n"), methods=["GET"])
    connections = Connections(os.environ["BENCH_DATABASE_URL"])
    whatsapp: Any = WhatsApp(
        phone_id=os.environ["BENCH_PHONE_NUMBER_ID"],
        token="bench",
        server=web,
        webhook_endpoint="/webhook",
        verify_token="bench",
        app_secret=os.environ["BENCH_APP_SECRET"],
    )
    whatsapp.api._session.base_url = os.environ["BENCH_GRAPH_URL"]  # pywa has no setting for where Meta is

    def greeted(_: WhatsApp, message: Message) -> None:
        answer(connections, message, message.text or "")

    def tapped(_: WhatsApp, tap: CallbackSelection[str]) -> None:
        answer(connections, tap, str(tap.data))

    whatsapp.add_handlers(MessageHandler(greeted), CallbackSelectionHandler(tapped))
    return web


def answer(connections: Connections, came: Message | CallbackSelection[str], content: str) -> None:
    """Keep the message and the person's place, then reply; a message seen before is not answered again."""
    person = came.from_user.wa_id or came.from_user.bsuid or ""
    with connections.transaction() as connection:
        if not kept(connection, came.id, person, content):
            return
    came.reply_text("Buongiorno! Di che cosa ha bisogno? Scelga una voce del menu.", buttons=MENU)


def kept(connection: psycopg.Connection, wamid: str, person: str, content: str) -> bool:
    """Store a message and move its person; False if it was stored before."""
    digest = hashlib.sha256(wamid.encode()).digest()
    if connection.execute(INSERT, (digest, person, content)).fetchone() is None:
        return False
    connection.execute(KNOWN, (person,)).fetchone()
    connection.execute(MOVE, (person, content))
    return True
