"""Keep people, chats, files, templates and waiting webhooks in one JSON file, so that they survive a restart."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

from simulator import chats, message_templates, people, phones
from simulator.refusal import Json
from simulator.world import World

FORM = 1
EVERY_S = 1.0


class Keeper:
    """Write the world to a file whenever it has changed, at most once a second, and when it stops."""

    def __init__(self, world: World, path: Path) -> None:
        self._world = world
        self._path = path
        self._written: tuple[str, int] | None = None
        self._thread = threading.Thread(target=self._work, name="keeper", daemon=True)

    def start(self) -> None:
        """Read what was kept, then keep on writing."""
        if self._path.exists():
            with self._world.lock:
                restore(self._world, json.loads(self._path.read_text(encoding="utf-8")))
        self._thread.start()

    def stop(self) -> None:
        """Write a last time; the world must be stopping."""
        self._thread.join()
        self.write()

    def write(self) -> None:
        with self._world.lock:
            stored = json.dumps(dump(self._world))
        draft = self._path.with_name(self._path.name + ".new")
        with draft.open("w", encoding="utf-8") as file:
            file.write(stored)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self._path)

    def _work(self) -> None:
        while not self._world.stopping.wait(EVERY_S):
            now = (self._world.epoch, self._world.chats.version)
            if now != self._written:
                self._written = now
                self.write()


def dump(world: World) -> Json:
    """Return everything that must survive."""
    pending = world.deliveries.pending()
    return {
        "form": FORM,
        "people": [people.as_json(person) for person in world.people],
        "messages": [chats.as_json(message) for message in world.chats.everything()],
        "files": world.files.as_json(),
        "templates": [template.as_json() for template in world.templates.values()],
        "pending": [
            {
                "body": delivery.body.decode("latin-1"),
                "kind": delivery.kind,
                "about": delivery.about,
                "first_at": delivery.first_at,
            }
            for delivery in pending
        ],
    }


def restore(world: World, stored: Json) -> None:
    """Take up where `dump` left off: what was on its way goes on. Raise ValueError for a foreign file."""
    if stored.get("form") != FORM:
        raise ValueError("the state file was written by another version: move it away")
    for person in stored["people"]:
        world.people.restore(person)
    for message in stored["messages"]:
        world.chats.add(chats.from_json(message))
    world.files.restore(stored["files"])
    for template in map(message_templates.from_json, stored["templates"]):
        world.templates[template.name, template.language] = template
    for waiting in stored["pending"]:
        body = waiting["body"].encode("latin-1")
        world.deliveries.post(body, waiting["kind"], waiting["about"], first_at=waiting["first_at"])
    for person in world.people:
        phones.come_online(world, person)
