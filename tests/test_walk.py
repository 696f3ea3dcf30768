"""Several people wander through the whole desk at random: never a refusal, never a dead end, never silence.

A walk follows from its seed. WALK_SEED=... walks a failed one again; its steps are in the failure's text.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest

from bot.clock import MovedClock
from bot.desk import Staff
from bot.wiring import Built, build
from simulator.control import ChatLine, Control, PersonView
from tests.conftest import counts
from tests.processes import UNSETTLED, System, system
from tests.servers import Postgres, until

SEED = int(os.environ.get("WALK_SEED", "20261123"))
STEPS = counts(10_000)
PEOPLE = 10
CHECK_EVERY = 50  # steps: somebody shows that a person or the menu is two taps away
TAPS_AWAY = 2
SETTLE_S = 15.0
ALARMED = {"emergency", "distress"}
SILENT_REASONS = {"in_queue", "with_staff"}  # handed to whoever has the conversation: one acknowledgement a wait

WORDS = (
    "quando aprite domani?", "dove siete?", "grazie mille", "orari", "indirizzo", "parcheggio", "come arrivo in autobus?",
    "what time do you open?", "where are you?", "thank you", "sono un nuovo paziente", "no", "sì", "stop", "riprendi",
    "ho perso la tessera", "quanto costa una visita?", "sabato", "lunedì", "domani",
)  # fmt: skip
PERSON = ("persona", "vorrei parlare con una persona", "operatore", "I want to talk to a human")
RUBBISH = (
    "asdfghjkl",
    "qwe rty",
    "?????",
    "x" * 300,
    "<b>ciao</b>",
    "{{ 7*7 }}",
    "'; DROP TABLE message; --",
    "%s%n\\0",
)
EMOJI = ("👍", "😀😀😀", "👩‍👩‍👧‍👦", "🏥", "❤️")
EMPTYISH = (" ", ".", "\u200b", "\n\n", "\u00a0", "-")
RIGHT_TO_LEFT = ("مرحبا، متى تفتحون؟", "שלום, מתי אתם פותחים?", "\u202eoaic\u202c")
FILES = ("image", "video", "audio", "voice", "document", "sticker")
OTHERS = ("contacts", "location", "unsupported", "order")


@dataclass
class Walker:
    """One person: their luck, what they see on their phone, and which conversation is theirs."""

    person: PersonView
    luck: random.Random
    lines: dict[str, ChatLine] = field(default_factory=dict)
    version: int = 0
    conversation: UUID | None = None

    def look(self, control: Control) -> int:
        """Look at the phone; return how many messages of the clinic are new."""
        news = control.chat(self.person.key, self.version)
        fresh = sum(1 for line in news if not line.mine and line.id not in self.lines)
        self.lines |= {line.id: line for line in news}
        self.version = max([self.version, *(line.version for line in news)])
        return fresh

    def options(self, newest: bool = True) -> list[tuple[str, str, str]]:
        """Return (message, id, title) of the options on offer, or of all older messages."""
        offers = [line for line in self.lines.values() if not line.mine and line.choices]
        chosen = offers[-1:] if newest else offers[:-1]
        return [(line.id, choice.id, choice.title) for line in chosen for choice in line.choices]


# ------------------------------------------------------------------------------------------------------------ what one does


def tap_offered(walker: Walker, control: Control) -> str:
    return tap_one(walker, control, walker.options())


def tap_old(walker: Walker, control: Control) -> str:
    return tap_one(walker, control, walker.options(newest=False) or walker.options())


def tap_one(walker: Walker, control: Control, options: list[tuple[str, str, str]]) -> str:
    if not options:
        return say(walker, control, "menu")
    message, option, _ = walker.luck.choice(options)
    control.tap(walker.person.key, option, message)
    return f"tap {option}"


def type_number(walker: Walker, control: Control) -> str:
    return say(walker, control, str(walker.luck.randrange(0, 13)))


def type_title(walker: Walker, control: Control) -> str:
    titles = [title for _, _, title in walker.options()] or ["menu"]
    return say(walker, control, walker.luck.choice(titles))


def type_long(walker: Walker, control: Control) -> str:
    return say(walker, control, (walker.luck.choice("aà😀 ") * 4096)[: 4096 - 1] + ".")


def send_file(walker: Walker, control: Control) -> str:
    kind = walker.luck.choice(FILES)
    control.send_file(walker.person.key, kind)
    return kind


def send_other(walker: Walker, control: Control) -> str:
    kind = walker.luck.choice(OTHERS)
    control.act(walker.person.key, kind)
    return kind


def react(walker: Walker, control: Control) -> str:
    control.react(walker.person.key, walker.luck.choice(EMOJI))
    return "reaction"


def change_ones_mind(walker: Walker, control: Control) -> str:
    kind = walker.luck.choice(("edit", "revoke"))
    control.act(walker.person.key, kind, **({"body": "menu"} if kind == "edit" else {}))
    return kind


def tap_unoffered(walker: Walker, control: Control) -> str:
    option = walker.luck.choice(("no/such/thing", "main/menu/gone", "@nothing/here", "x" * 200, "info/which"))
    control.tap_unoffered(walker.person.key, option)
    return f"forged {option}"


def say(walker: Walker, control: Control, words: str) -> str:
    control.say(walker.person.key, words)
    return f"say {words[:40]!r}"


def saying(*choices: str) -> Callable[[Walker, Control], str]:
    return lambda walker, control: say(walker, control, walker.luck.choice(choices))


ACTS: Mapping[Callable[[Walker, Control], str], int] = {
    tap_offered: 560,
    tap_old: 60,
    tap_unoffered: 10,
    type_number: 40,
    type_title: 50,
    type_long: 8,
    saying(*WORDS): 70,
    saying(*RUBBISH): 25,
    saying(*EMOJI): 15,
    saying(*EMPTYISH): 15,
    saying(*RIGHT_TO_LEFT): 10,
    send_file: 25,
    send_other: 20,
    react: 10,
    change_ones_mind: 10,
    saying(*PERSON): 15,
    saying("menu", "Menu", "inizio", "ciao", "hello"): 50,
    saying("lingua", "english", "italiano"): 15,
    saying("ho un forte dolore al petto e non respiro"): 2,
}
WAITS_NO_LONGER = 0.25  # of those in the queue write `menu`


# ----------------------------------------------------------------------------------------------------------------- the walk


@dataclass
class Walk:
    """All walkers, the desk they write to, and a member of staff who takes and closes conversations."""

    desk: System
    staff: Built
    luck: random.Random
    walkers: list[Walker] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    last: UUID = UUID(int=0)

    def enter(self, number: int) -> None:
        """Bring somebody new, who says hello first: so it is known which conversation is theirs."""
        person = self.desk.control.add_person(f"Prova {number}", ("both", "phone", "bsuid")[number % 3])
        walker = Walker(person, random.Random(f"{SEED}:{number}"))
        self.walkers.append(walker)
        say(walker, self.desk.control, "ciao")
        ((walker.conversation, _, _),) = self.settled(1)
        assert walker.look(self.desk.control) == 1

    def round(self) -> None:
        """Have everybody do one thing, wait until all of it is dealt with, and look at what came."""
        self.pass_time()
        owners = dict(self.desk.ask("SELECT id, owner FROM conversation"))
        for walker in self.walkers:
            self.act(walker, owners[walker.conversation])
        self.check({conversation: (outcome, reason) for conversation, outcome, reason in self.settled(PEOPLE)})

    def act(self, walker: Walker, owner: str) -> None:
        wants_out = owner == "queued" and walker.luck.random() < WAITS_NO_LONGER
        act = saying("menu") if wants_out else walker.luck.choices([*ACTS], [*ACTS.values()])[0]
        self.note(f"{walker.person.key} ({owner}): {act(walker, self.desk.control)}")

    def note(self, what: str) -> None:
        self.steps.append(what)

    def pass_time(self) -> None:
        """Let some time pass: rarely none, seldom hours or days. Each 6 s allow one more message to each person."""
        draw = self.luck.random()
        seconds = 15 if draw < 0.85 else 0 if draw < 0.93 else self.luck.randrange(60, 7200)
        seconds = seconds if draw < 0.995 else self.luck.randrange(1, 4) * 86400
        self.note(f"{seconds} s pass")
        if seconds:
            self.desk.control.move_clock(seconds)

    def settled(self, count: int) -> list[tuple[UUID, str, str | None]]:
        """Wait until so many more messages were received and everything is settled; return what became of them."""
        found: list[tuple[UUID, UUID, str, str | None]] = []

        def is_settled() -> bool:
            found[:] = self.desk.ask(NEWS, self.last)
            return len(found) >= count and all(row[2] != "open" for row in found) and self.desk.one(WAITING) == 0

        assert until(is_settled, SETTLE_S), self.story(f"{found} is not settled; waiting: {self.desk.ask(ROWS)}")
        assert len(found) == count, self.story(f"{len(found)} of {count} messages")
        self.last = found[-1][0]
        return [row[1:] for row in found]

    def check(self, became: Mapping[UUID, tuple[str, str | None]]) -> None:
        """Raise AssertionError for anybody left without an answer who deserved one, and for what the stand-in refused."""
        for walker in self.walkers:
            assert walker.conversation is not None
            fresh = walker.look(self.desk.control)
            outcome, reason = became[walker.conversation]
            may_be_silent = outcome == "ignored" or reason in SILENT_REASONS
            assert fresh or may_be_silent, self.story(f"{walker.person.key} got no answer: {outcome} ({reason})")
        tallies = self.desk.control.counts()
        assert tallies.refused == {}, self.story(str(tallies.refusals))
        assert {*tallies.webhooks} <= {"attempts", "taken"}, self.story(str(tallies.webhooks))

    # ------------------------------------------------------------------------------------------------ never a dead end

    def find_a_way_out(self, walker: Walker) -> None:
        """Tap at most twice: then the main menu is shown, or a person has the conversation."""
        way = [self.place(walker)]
        while not is_out(way[-1]) and len(way) <= TAPS_AWAY:
            options = {option: message for message, option, _ in walker.options()}
            assert options, self.story(f"nothing to tap at {way}")
            option = min(options, key=lambda option: option.rpartition("/")[2] not in ("person", "menu"))
            self.desk.control.move_clock(15)
            self.desk.control.tap(walker.person.key, option, options[option])
            self.note(f"{walker.person.key} looks for a way out: tap {option}")
            self.settled(1)
            walker.look(self.desk.control)
            way.append(self.place(walker))
        assert is_out(way[-1]), self.story(f"a dead end: {way}")

    def place(self, walker: Walker) -> tuple[str, str | None]:
        """Return who has somebody's conversation and in which flow they stand."""
        ((owner, flow),) = self.desk.ask("SELECT owner, flow FROM conversation WHERE id = %s", walker.conversation)
        return owner, flow

    def have_staff_work(self) -> None:
        """Now and then a member of staff takes a waiting conversation, writes, or gives it back."""
        for conversation, owner in self.desk.ask("SELECT id, owner FROM conversation WHERE owner <> 'bot' ORDER BY id"):
            draw = self.luck.random()
            if owner == "queued" and draw < 0.05:
                self.note(f"staff writes to {conversation}")
                self.staff.desk.say(conversation, Staff("anna", "Anna"), "Buongiorno, mi dica.")
            elif owner == "staff" and draw < 0.4 or draw > 0.97:
                self.note(f"staff closes {conversation}")
                self.staff.desk.close(conversation)
        assert until(lambda: self.desk.one(WAITING) == 0, SETTLE_S), self.story("what staff wrote did not leave")
        for walker in self.walkers:
            walker.look(self.desk.control)

    def story(self, fault: str) -> str:
        """Say what went wrong, with which seed, and what was done last."""
        return f"{fault}\nWALK_SEED={SEED}, {len(self.steps)} steps; the last ones:\n" + "\n".join(self.steps[-40:])


NEWS = "SELECT id, conversation_id, outcome, reason FROM message WHERE id > %s ORDER BY id"
WAITING = f"SELECT count(*) FROM outbox WHERE state IN {UNSETTLED!r}"
ROWS = f"SELECT conversation_id, position, author, state, why, code FROM outbox WHERE state IN {UNSETTLED!r}"


def is_out(place: tuple[str, str | None]) -> bool:
    owner, flow = place
    return owner != "bot" or flow == "main"


@pytest.fixture
def walk(environ: dict[str, str], postgres: Postgres, redis_url: str, tmp_path: Path) -> Iterator[Walk]:
    with system(environ, postgres, redis_url, tmp_path, moved=True, phone=["--no-statuses"]) as desk:
        staff = build(desk.settings, MovedClock(desk.clock))
        yield Walk(desk, staff, random.Random(f"{SEED}:time"))
        staff.redis.close()
        staff.database.close()


@pytest.mark.heavy
@pytest.mark.timeout(900)
def test_a_random_walk_meets_no_refusal_and_no_dead_end(walk: Walk) -> None:
    for number in range(PEOPLE):
        walk.enter(number)

    for number in range(STEPS // PEOPLE):
        walk.round()
        if number % (CHECK_EVERY // PEOPLE) == 0:
            walk.find_a_way_out(walk.walkers[number % PEOPLE])
        walk.have_staff_work()

    assert walk.desk.unfinished() == {}
    assert walk.desk.one("SELECT count(*) FROM message") == walk.desk.control.counts().incoming
