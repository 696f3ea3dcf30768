"""What a phone does with a message of the clinic: it arrives, is shown, is read, and the clinic is told."""

from __future__ import annotations

from simulator import webhooks
from simulator.chats import ChatMessage
from simulator.people import Person
from simulator.world import World

STEPS = ("sent", "delivered", "read")


def receive(world: World, message: ChatMessage, fail: int | None = None) -> None:
    """Let an accepted message go its way, or fail with a code."""
    if fail is not None:
        world.agenda.after(world.config.status_delays_s[0], lambda: _fail(world, message.id, fail))
        return
    for step, delay in zip(STEPS, world.config.status_delays_s, strict=True):
        if message.type == "reaction" and step != "sent":  # Meta tells no more of a reaction
            return
        _later(world, message.id, step, delay)


def come_online(world: World, person: Person) -> None:
    """Deliver what waited while the phone was off."""
    for message in world.chats.of(person.key):
        if not message.mine and message.state in ("accepted", "sent"):
            receive(world, message)


def read_all(world: World, person: Person) -> None:
    """Give blue ticks to everything that was delivered."""
    for message in world.chats.of(person.key):
        if not message.mine and message.state == "delivered":
            _later(world, message.id, "read", 0.0)


def refused_by(world: World, person: Person, category: str) -> int | None:
    """Return the code with which a message to this person will fail, None if it will arrive."""
    if not person.reachable:
        return 131026
    return 131050 if category == "marketing" and not person.wants_marketing else None


def _later(world: World, message_id: str, step: str, delay: float) -> None:
    world.agenda.after(delay, lambda: _step(world, message_id, step))


def _step(world: World, message_id: str, step: str) -> None:
    with world.lock:
        message = world.chats.find(message_id)
        person = world.people.find(message.person) if message else None
        if message is None or person is None or not _happens(person, step):
            return
        if world.chats.advance(message, step):
            _tell(world, person, message, step)


def _happens(person: Person, step: str) -> bool:
    return step == "sent" or (person.online and (step == "delivered" or person.reads))


def _fail(world: World, message_id: str, code: int) -> None:
    with world.lock:
        message = world.chats.find(message_id)
        person = world.people.find(message.person) if message else None
        if message and person and world.chats.advance(message, "failed", (code,)):
            _tell(world, person, message, "failed", (code,))


def _tell(world: World, person: Person, message: ChatMessage, step: str, errors: tuple[int, ...] = ()) -> None:
    world.tallies.statuses[step] += 1
    if world.config.statuses:
        value = webhooks.status_value(world.line, person, message, step, world.clock.now(), errors)
        world.tell(person.wa_id or person.user_id or "", "messages", value)
