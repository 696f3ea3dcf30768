"""The worker's look at the templates: when Meta is asked again, what it brings, what rings, and what is left to people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.approvals import TemplateFacts, at_meta, titles, why_not
from bot.message_templates import Template
from bot.relisting import Relisting
from bot.store import tables
from tests.desks import DeskInProcess

HOUR = 3600.0


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: what is kept is tested on both elsewhere."""
    return sqlite_url


@dataclass
class Meta:
    """A list of templates that notes when it was asked for, and a worker that looks at it."""

    desk: DeskInProcess
    now: float = 0.0
    asked: list[float] = field(default_factory=list)
    is_silent: bool = False
    statuses: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.worker = self.made(self.desk.built.templates)

    def made(self, templates: Sequence[Template]) -> Relisting:
        """Return what a worker looks with whose files are these."""
        built, languages = self.desk.built, self.desk.house.clinic.languages
        return Relisting(
            self.listed, templates, languages, built.approvals, built.outbox, built.watch, built.records, self.tick
        )

    def tick(self) -> float:
        return self.now

    def listed(self) -> tuple[TemplateFacts, ...] | None:
        self.asked.append(self.now)
        return None if self.is_silent else self.has()

    def has(self) -> tuple[TemplateFacts, ...]:
        """Return every template as its file has it, but for what a test says."""
        return tuple(
            TemplateFacts(
                one.name, spoken, self.statuses.get(one.name, "APPROVED"), "1", "UTILITY",
                at_meta(self.others.get(one.name, one.wordings[spoken])), titles(one, spoken), one.lifetime_s,
            )
            for one in self.desk.built.templates
            for spoken in self.desk.house.clinic.languages
        )  # fmt: skip

    def is_kept(self) -> Meta:
        """Have the desk know what Meta has now."""
        self.desk.built.approvals.keep(self.has(), frozenset(one.name for one in self.desk.built.templates))
        return self

    def works(self, hours: float = 1.0) -> None:
        """Have the worker look every minute for some time."""
        for _ in range(int(hours * 60)):
            self.worker.keep("worker-1")
            self.now += 60.0


@pytest.fixture
def meta(desk: DeskInProcess) -> Meta:
    return Meta(desk)


def stands(desk: DeskInProcess) -> str | None:
    """Return why the reminder of the day before may not be sent in Italian."""
    reminder = next(one for one in desk.built.templates if one.name == "reminder_24h")
    return why_not(reminder, "it", desk.built.approvals.known())


def ringing(desk: DeskInProcess) -> list[tuple[str, str]]:
    return [(row.cause, row.subject) for row in desk.rows(tables.alarm) if row.closed_at is None]


def test_where_all_may_be_sent_meta_is_asked_nothing(meta: Meta) -> None:
    meta.is_kept().works(hours=2)

    assert meta.asked == []


def test_while_a_template_is_paused_meta_is_asked_once_an_hour(meta: Meta) -> None:
    meta.statuses = {"reminder_24h": "PAUSED"}

    meta.is_kept().works(hours=3)

    assert meta.asked == [0.0, HOUR, 2 * HOUR]


def test_a_template_goes_on_though_the_webhook_about_it_was_lost(desk: DeskInProcess, meta: Meta) -> None:
    meta.statuses = {"reminder_24h": "PAUSED"}
    meta.is_kept().works()
    paused = stands(desk)
    meta.statuses = {}

    meta.works(hours=3)

    assert (paused, stands(desk), meta.asked) == ("paused", None, [0.0, HOUR])


def test_what_meta_has_is_asked_where_it_was_never_told(desk: DeskInProcess, meta: Meta) -> None:
    bare = [TemplateFacts(one.name, one.language, "APPROVED", category="UTILITY") for one in meta.has()]
    desk.built.approvals.keep(bare, frozenset(one.name for one in bare))

    meta.works(hours=2)

    assert meta.asked == [0.0]


def test_a_meta_that_does_not_tell_is_asked_an_hour_later_and_nothing_is_forgotten(
    desk: DeskInProcess, meta: Meta
) -> None:
    meta.statuses, meta.is_silent = {"reminder_24h": "PAUSED"}, True

    meta.is_kept().works(hours=2)

    assert (meta.asked, len(desk.built.approvals.known()), stands(desk)) == ([0.0, HOUR], len(meta.has()), "paused")


def test_a_file_changed_without_a_push_rings_at_the_first_look_and_is_not_sent(desk: DeskInProcess, meta: Meta) -> None:
    meta.is_kept().is_silent = True
    files = [_with_fewer_buttons(one) if one.name == "reminder_24h" else one for one in desk.built.templates]

    meta.made(files).keep("worker-1")

    assert ringing(desk) == [("template_differs", "reminder_24h")]
    assert [why_not(one, "it", desk.built.approvals.known()) for one in files if one.name == "reminder_24h"] == [
        "differs"
    ]


def _with_fewer_buttons(template: Template) -> Template:
    return replace(template, buttons=template.buttons[:1])


def test_the_alarm_ends_when_meta_has_what_the_files_say(desk: DeskInProcess, meta: Meta) -> None:
    meta.others = {"reminder_24h": "Buongiorno {{ nome }}, a domani."}
    meta.is_kept().works(hours=0.1)
    rang = ringing(desk)
    meta.others = {}

    meta.is_kept().works(hours=0.1)

    assert (rang, ringing(desk)) == ([("template_differs", "reminder_24h")], [])


def test_a_category_meta_moved_silently_rings(desk: DeskInProcess, meta: Meta) -> None:
    meta.statuses = {"reminder_7d": "PAUSED"}
    meta.is_kept()
    moved = [replace(one, category="MARKETING") if one.name == "reminder_24h" else one for one in meta.has()]
    built = desk.built
    worker = Relisting(
        lambda: moved, built.templates, ("it",), built.approvals, built.outbox, built.watch, built.records, meta.tick
    )

    worker.keep("worker-1")

    assert (ringing(desk), stands(desk)) == ([("template_category", "reminder_24h")], "category")


def test_of_two_workers_one_looks(desk: DeskInProcess, meta: Meta) -> None:
    meta.statuses = {"reminder_24h": "PAUSED"}
    meta.is_kept()
    other = meta.made(desk.built.templates)

    meta.worker.keep("worker-1")
    other.keep("worker-2")

    assert meta.asked == [0.0]
