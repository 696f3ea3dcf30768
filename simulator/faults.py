"""What goes wrong on purpose: rules for sends, bad manners of deliveries; each draw follows from the seed, not from the time."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field, replace

from simulator.refusal import Json

EFFECTS = ("refuse", "fail", "lose", "cut", "silent", "slow")


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that goes wrong with requests to `/messages`.

    `refuse`: answered with `code`. `fail`: accepted, then a `failed` status with `code`. `lose`: done, but the connection is
    cut before the answer. `cut`: cut, and not done. `silent`: never answered, and not done. `slow`: answered after
    `seconds`. `times` counts down and None means for ever; `to` is a number, a business-scoped id or None for everybody;
    `on` is `send` or `receipt` (mark as read).
    """

    effect: str
    code: int = 131000
    times: int | None = None
    to: str | None = None
    probability: float = 1.0
    seconds: float = 0.0
    on: str = "send"

    def __post_init__(self) -> None:
        if self.effect not in EFFECTS or self.on not in ("send", "receipt"):
            raise ValueError(f"effect must be one of {', '.join(EFFECTS)}; on must be send or receipt")


@dataclass(frozen=True, slots=True)
class Manners:
    """How webhooks are delivered: chance of a copy, chance of being overtaken, and how long a delay may be."""

    duplicate: float = 0.0
    disorder: float = 0.0
    disorder_s: float = 2.0
    delay_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Trouble:
    """What goes wrong with one request."""

    refuse: int | None = None
    fail: int | None = None
    lose: bool = False
    cut: bool = False
    silent: bool = False
    slow_s: float = 0.0


NO_TROUBLE = Trouble()


@dataclass(slots=True)
class Faults:
    """The faults in force. Callers hold the world's lock.

    The n-th draw for one person and purpose is the same in every run with the same seed, whatever happens to others.
    """

    seed: int = 0
    manners: Manners = Manners()
    rules: list[Rule] = field(default_factory=list)
    _drawn: Counter[str] = field(default_factory=Counter)

    def on_request(self, who: str, names: Collection[str | None], on: str = "send") -> Trouble:
        """Return what goes wrong with a request to the person of these names, and use up what is counted."""
        if not self.rules:
            return NO_TROUBLE
        trouble = NO_TROUBLE
        for place, rule in enumerate(self.rules):
            if rule.on == on and self._strikes(rule, place, who, names):
                self.rules[place] = replace(rule, times=None if rule.times is None else rule.times - 1)
                trouble = _add(trouble, rule)
        self.rules = [rule for rule in self.rules if rule.times is None or rule.times > 0]
        return trouble

    def on_delivery(self, who: str) -> Sequence[float]:
        """Return after how many seconds each copy of a webhook leaves."""
        manners = self.manners
        if manners == Manners():
            return (0.0,)
        luck = self._draw("delivery", who)
        first = luck.uniform(0, manners.delay_s)
        if luck.random() < manners.disorder:
            first += luck.uniform(0, manners.disorder_s)
        copies = 1 if luck.random() < manners.duplicate else 0
        return (first, *(first + luck.uniform(0, 1) for _ in range(copies)))

    def change(self, wanted: Json) -> None:
        """Take `manners`, `rules` (replacing them) and `seed` from JSON; what is not named stays."""
        if "manners" in wanted:
            self.manners = replace(self.manners, **wanted["manners"])
        if "rules" in wanted:
            self.rules = [Rule(**rule) for rule in wanted["rules"]]
        if "seed" in wanted:
            self.seed = int(wanted["seed"])
            self._drawn.clear()

    def as_json(self) -> Json:
        return {"seed": self.seed, "manners": asdict(self.manners), "rules": [asdict(rule) for rule in self.rules]}

    def _strikes(self, rule: Rule, place: int, who: str, names: Collection[str | None]) -> bool:
        if rule.to is not None and rule.to.lstrip("+") not in names:
            return False
        return rule.probability >= 1 or self._draw(f"{rule.effect}{place}", who).random() < rule.probability

    def _draw(self, purpose: str, who: str) -> random.Random:
        name = f"{purpose}:{who}"
        self._drawn[name] += 1
        return random.Random(f"{self.seed}:{name}:{self._drawn[name]}")


def _add(trouble: Trouble, rule: Rule) -> Trouble:
    match rule.effect:
        case "refuse":
            return replace(trouble, refuse=rule.code)
        case "fail":
            return replace(trouble, fail=rule.code)
        case "slow":
            return replace(trouble, slow_s=max(trouble.slow_s, rule.seconds))
    return replace(trouble, **{rule.effect: True})


def read_faults(words: str, seed: int) -> Faults:
    """Read a command line: JSON as the control API takes it, or `duplicate=0.1,disorder=0.2,lose=0.05,refuse=131000:0.02`.

    Short forms: `duplicate`, `disorder`, `lose`, `cut`, `silent` = chance; `delay` = seconds; `refuse`, `fail` =
    code[:chance]; `slow` = seconds[:chance]. Raise ValueError naming what cannot be read.
    """
    faults = Faults(seed)
    if words.lstrip().startswith("{"):
        faults.change(json.loads(words))
        return faults
    for piece in filter(None, (piece.strip() for piece in words.split(","))):
        _take_piece(faults, piece)
    return faults


def _take_piece(faults: Faults, piece: str) -> None:
    name, _, value = piece.partition("=")
    first, _, chance = value.partition(":")
    try:
        if name in ("duplicate", "disorder"):
            faults.manners = replace(faults.manners, **{name: float(value)})
        elif name == "delay":
            faults.manners = replace(faults.manners, delay_s=float(value))
        elif name in ("refuse", "fail"):
            faults.rules.append(Rule(name, code=int(first), probability=float(chance or 1)))
        elif name == "slow":
            faults.rules.append(Rule(name, seconds=float(first), probability=float(chance or 1)))
        else:
            faults.rules.append(Rule(name, probability=float(value)))
    except ValueError as fault:
        raise ValueError(f"cannot read the fault {piece!r}: {fault}") from fault
