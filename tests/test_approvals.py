"""What Meta says of the message templates: kept, changed by webhooks in any order, and obeyed."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.approvals import Approval, Compared, TemplateFacts, at_meta, compare, may_be_sent, titles, why_not
from bot.message_templates import load_templates
from bot.store import tables
from tests.conftest import ROOT
from tests.desks import MONDAY, DeskInProcess

HOUSE = {one.name: one for one in load_templates(ROOT / "templates" / "message_templates")}
REMINDER = HOUSE["reminder_72h"]
OURS = frozenset({"reminder_72h"})
ONE_KIND = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # where both have nothing to add
SAMPLES = json.loads((Path(__file__).parent / "data" / "webhook_samples.json").read_text("utf-8"))


def told(field: str, at: int = 0, **value: Any) -> dict[str, Any]:
    """Return a notification about our reminder, so many seconds after ten o'clock."""
    named = {"message_template_name": "reminder_72h", "message_template_language": "it", "message_template_id": 1}
    change = {"field": field, "value": named | value}
    entry = {"id": "102290129340398", "time": int(MONDAY.timestamp()) + at, "changes": [change]}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def status(event: str, at: int = 0, **value: Any) -> dict[str, Any]:
    return told("message_template_status_update", at, event=event, **value)


def known(desk: DeskInProcess) -> dict[tuple[str, str], tuple[str, str]]:
    return {key: (one.status, one.category) for key, one in desk.built.approvals.known().items()}


def alarms(desk: DeskInProcess) -> list[tuple[str, str]]:
    return [(row.cause, row.subject) for row in desk.rows(tables.alarm)]


# ------------------------------------------------------------------------------------------------------ what may be sent


@pytest.mark.parametrize(
    ("state", "category", "why"),
    [
        ("APPROVED", "utility", None),
        ("APPROVED", "", None),
        ("APPROVED", "marketing", "category"),
        ("PAUSED", "utility", "paused"),
        ("PENDING", "utility", "pending"),
        ("UNKNOWN", "utility", "unknown"),
    ],
)
def test_only_what_is_approved_in_its_category_is_sent(state: str, category: str, why: str | None) -> None:
    found = {("reminder_72h", "it"): Approval("reminder_72h", "it", state, category, MONDAY)}

    assert (why_not(REMINDER, "it", found), may_be_sent(REMINDER, "it", found)) == (why, why is None)


def test_what_was_never_asked_about_and_what_has_no_words_is_not_sent() -> None:
    assert (why_not(REMINDER, "it", {}), why_not(REMINDER, "fr", {})) == ("not_there", "not_written")


def test_what_meta_lists_is_kept_and_what_it_lists_no_more_is_forgotten(desk: DeskInProcess) -> None:
    desk.built.approvals.keep(
        [
            TemplateFacts("reminder_72h", "it", "APPROVED", category="UTILITY"),
            TemplateFacts("reminder_72h", "en", "PENDING", category="UTILITY"),
            TemplateFacts("somebody_elses", "en", "APPROVED"),
        ],
        OURS,
    )
    first = known(desk)

    desk.built.approvals.keep([TemplateFacts("reminder_72h", "it", "PAUSED", category="UTILITY")], OURS)

    assert first == {
        ("reminder_72h", "it"): ("APPROVED", "utility"),
        ("reminder_72h", "en"): ("PENDING", "utility"),
    }
    assert known(desk) == {("reminder_72h", "it"): ("PAUSED", "utility")}


# --------------------------------------------------------------------------------------------------------------- webhooks


@ONE_KIND
@pytest.mark.parametrize(
    ("event", "kept"),
    [
        ("APPROVED", "APPROVED"),
        ("REJECTED", "REJECTED"),
        ("PAUSED", "PAUSED"),
        ("DISABLED", "DISABLED"),
        ("REINSTATED", "APPROVED"),
        ("UNARCHIVED", "APPROVED"),
        ("PENDING_DELETION", "PENDING_DELETION"),
        ("FLAGGED", "PENDING"),  # a warning: what may be sent does not change
        ("SOMETHING_NEW", "PENDING"),
    ],
)
def test_a_status_is_obeyed_as_soon_as_meta_tells_it(desk: DeskInProcess, event: str, kept: str) -> None:
    desk.built.approvals.keep([TemplateFacts("reminder_72h", "it", "PENDING", category="UTILITY")], OURS)

    desk.post(status(event))

    assert known(desk) == {("reminder_72h", "it"): (kept, "utility")}


@ONE_KIND
def test_a_paused_template_calls_somebody(desk: DeskInProcess) -> None:
    desk.post(status("PAUSED", other_info={"title": "FIRST_PAUSE"}))

    assert alarms(desk) == [("meta_message_template_status_update", "PAUSED")]


def test_a_category_that_is_no_longer_ours_silences_the_template_and_calls_somebody(desk: DeskInProcess) -> None:
    desk.built.approvals.keep([TemplateFacts("reminder_72h", "it", "APPROVED", category="UTILITY")], OURS)

    desk.post(told("template_category_update", previous_category="UTILITY", new_category="MARKETING"))

    assert why_not(REMINDER, "it", desk.built.approvals.known()) == "category"
    assert alarms(desk) == [("meta_template_category_update", "MARKETING")]


@ONE_KIND
def test_a_category_announced_for_tomorrow_is_obeyed_tomorrow(desk: DeskInProcess) -> None:
    desk.built.approvals.keep([TemplateFacts("reminder_72h", "it", "APPROVED", category="UTILITY")], OURS)

    desk.post(told("template_category_update", new_category="UTILITY", correct_category="MARKETING"))

    assert why_not(REMINDER, "it", desk.built.approvals.known()) is None


@ONE_KIND
def test_an_approval_in_another_category_is_no_approval(desk: DeskInProcess) -> None:
    desk.post(status("APPROVED", message_template_category="MARKETING"))

    assert why_not(REMINDER, "it", desk.built.approvals.known()) == "category"


@ONE_KIND
def test_what_was_pushed_as_utility_and_approved_as_marketing_calls_somebody(desk: DeskInProcess) -> None:
    desk.built.approvals.keep([TemplateFacts("reminder_72h", "it", "PENDING", category="UTILITY")], OURS)

    desk.post(status("APPROVED", message_template_category="MARKETING"))

    assert why_not(REMINDER, "it", desk.built.approvals.known()) == "category"
    assert alarms(desk) == [("template_category", "reminder_72h")]


def test_webhooks_in_the_wrong_order_and_twice_end_where_meta_stands(desk: DeskInProcess) -> None:
    bodies = [status("PAUSED", 60), status("APPROVED", 120), status("PAUSED", 60), status("APPROVED", 0)]

    for body in bodies:
        desk.post(body)

    assert known(desk) == {("reminder_72h", "it"): ("APPROVED", "")}


@ONE_KIND
def test_a_webhook_sent_just_after_we_asked_counts(desk: DeskInProcess) -> None:
    desk.clock.move(timedelta(seconds=20, milliseconds=400))
    desk.built.approvals.keep([TemplateFacts("reminder_72h", "it", "PENDING")], OURS)

    desk.post(status("APPROVED", 5))

    assert known(desk) == {("reminder_72h", "it"): ("APPROVED", "")}


@ONE_KIND
def test_every_published_sample_about_templates_is_read(desk: DeskInProcess) -> None:
    about = [one["payload"] for name, one in SAMPLES.items() if "template_" in name]

    statuses = [desk.post(body) for body in about]

    assert len(about) >= 4
    assert set(statuses) == {200}


# ------------------------------------------------------------------------------------------------------ files against Meta


def at_meta_as_written(language: str = "it", **other: Any) -> TemplateFacts:
    """Return the reminder as Meta would list it, had it been pushed from its file."""
    facts = {
        "id": "17",
        "category": "UTILITY",
        "body": at_meta(REMINDER.wordings[language]),
        "buttons": titles(REMINDER, language),
        "lifetime_s": 43200,
    }
    return TemplateFacts("reminder_72h", language, **({"status": "APPROVED"} | facts | other))


def only(found: TemplateFacts) -> Compared:
    (one,) = compare((REMINDER,), ("it",), (found,))
    return one


def test_what_was_pushed_from_the_file_is_ready() -> None:
    assert (only(at_meta_as_written()).is_ready, only(at_meta_as_written()).is_sound) == (True, True)


@pytest.mark.parametrize(
    ("other", "differs", "is_sound"),
    [
        ({"category": "MARKETING"}, ("category",), True),
        ({"body": "Buongiorno, per {{first_name}} {{day}} {{time}} {{place}} {{code}}."}, ("words",), True),
        ({"body": "Buongiorno {{first_name}}, a presto."}, ("values",), False),
        ({"buttons": ("Confermo", "Sposto", "Disdico")}, ("titles",), True),
        ({"buttons": ("Confermo",)}, ("buttons",), False),
        ({"parts": ("HEADER",)}, ("buttons",), False),
        ({"lifetime_s": 60}, ("lifetime",), True),
    ],
)
def test_what_differs_from_the_file_is_named(other: dict[str, Any], differs: tuple[str, ...], is_sound: bool) -> None:
    found = only(at_meta_as_written(**other))

    assert (found.differs, found.is_sound, found.is_ready) == (differs, is_sound, False)


def test_what_meta_does_not_have_is_told_for_each_language() -> None:
    found = compare((REMINDER,), ("it", "en"), (at_meta_as_written("en"),))

    assert [(one.language, one.status) for one in found] == [("it", "NOT THERE"), ("en", "APPROVED")]
