"""Reminders and notices outside the window: the template Meta approved, what a pause does, and who is told otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from bot.agenda import AppointmentStatus
from bot.approvals import Approval, Known, TemplateFacts, at_meta, titles
from bot.clinic import Prices
from bot.message_templates import Template, TemplateError
from bot.model import Author, Notification, Status, TemplateMessage
from bot.notices import Kind, Notice, NoticeState, ToStaff
from bot.outreach.wording import Later, Sayer
from bot.ports import Remedy, SendError
from bot.store import tables
from bot.store.outreach_tables import notice
from bot.wiring import Built, build, the_templates
from tests.desks import NUMBER, DeskInProcess, Patient, Sent
from tests.visits import booked, diary_of

NEXT_TUESDAY_TEN = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)  # ten o'clock in Italy
DAY_BEFORE = NEXT_TUESDAY_TEN - timedelta(days=1)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: what is kept of templates and notices is tested on both elsewhere."""
    return sqlite_url


@pytest.fixture
def writer(desk: DeskInProcess) -> Patient:
    """Somebody who wrote on Monday, and may be written to by template only when the reminder is due."""
    writer = desk.patient()
    writer.writes("menu")
    writer.reads_all()
    return writer


def listed(desk: DeskInProcess, status: str = "APPROVED", category: str = "UTILITY") -> None:
    """Have Meta list every template in Italian."""
    names = [one.name for one in desk.built.templates]
    desk.built.approvals.keep([TemplateFacts(one, "it", status, category=category) for one in names], frozenset(names))


def told(desk: DeskInProcess, event: str, name: str = "reminder_24h", **value: Any) -> None:
    """Have Meta tell of a template by webhook."""
    named = {"message_template_name": name, "message_template_language": "it", "message_template_id": 1}
    change = {"field": "message_template_status_update", "value": {"event": event, **named, **value}}
    entry = {"id": "102290129340398", "time": int(desk.clock.now().timestamp()), "changes": [change]}
    assert desk.post({"object": "whatsapp_business_account", "entry": [entry]}) == 200


def at(desk: DeskInProcess, moment: datetime) -> None:
    desk.clock.move(moment - desk.clock.now())


def given(desk: DeskInProcess) -> list[tuple[str, str, str | None]]:
    """Return the notices that were to be said, in the order in which they were due."""
    found = sorted(desk.rows(notice), key=lambda row: row.due_at)
    return [(row.kind, row.state, row.reason) for row in found if row.state != NoticeState.SKIPPED]


def test_after_24_hours_the_approved_template_is_sent_with_its_taps(desk: DeskInProcess, writer: Patient) -> None:
    listed(desk)
    visit = booked(desk, NEXT_TUESDAY_TEN)
    at(desk, DAY_BEFORE)

    desk.desk.give_due()

    (sent,) = writer.reads_all()
    assert isinstance(sent.reply, TemplateMessage)
    assert (sent.reply.name, sent.reply.language, dict(sent.reply.body)["code"]) == ("reminder_24h", "it", visit.code)
    assert sent.reply.quick_replies == tuple(f"@visit/{wish}/{visit.id}/1" for wish in ("confirm", "move", "cancel"))


def test_a_tap_on_the_template_confirms(desk: DeskInProcess, writer: Patient) -> None:
    listed(desk)
    visit = booked(desk, NEXT_TUESDAY_TEN)
    at(desk, DAY_BEFORE)
    desk.desk.give_due()
    writer.reads_all()

    writer.sends(type="button", button={"payload": f"@visit/confirm/{visit.id}/1", "text": "Confermo"})

    assert diary_of(desk).appointment(visit.id).confirmed_at is not None


def test_a_reminder_waits_while_its_template_is_paused_and_goes_when_it_is_not(
    desk: DeskInProcess, writer: Patient
) -> None:
    listed(desk)
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, DAY_BEFORE)
    told(desk, "PAUSED")
    waited = desk.desk.give_due()
    desk.clock.move(timedelta(hours=3))
    told(desk, "APPROVED")

    gone = [desk.desk.give_due() for _ in range(2)]

    assert (waited, gone, len(writer.reads_all())) == (0, [1, 0], 1)
    assert given(desk)[-1] == (Kind.REMINDER_24H, NoticeState.SENT, None)


def test_what_was_claimed_before_the_pause_is_taken_back_and_keeps_no_answer_waiting(
    desk: DeskInProcess, writer: Patient
) -> None:
    listed(desk)
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, DAY_BEFORE)
    desk.desk.give_due(lambda chores: None)
    told(desk, "PAUSED")

    writer.writes("menu")

    assert "Menu" in writer.reads().body or len(desk.whatsapp.sent) == 2
    assert Kind.REMINDER_24H not in [row.kind for row in desk.rows(notice)]


def due_tomorrow(desk: DeskInProcess, count: int = 1) -> None:
    """Have the reminders of so many visits of one person become due now."""
    for number in range(count):
        booked(desk, NEXT_TUESDAY_TEN + timedelta(minutes=30 * number))
    at(desk, DAY_BEFORE + timedelta(minutes=30 * (count - 1)))


def rows(desk: DeskInProcess) -> list[tuple[str, int | None]]:
    """Return where every notice's row of the outbox stands, and the code it was refused with."""
    found = sorted(desk.rows(tables.outbox), key=lambda row: row.position)
    return [(row.state, row.code) for row in found if row.author == Author.NOTICE]


def alarms(desk: DeskInProcess) -> list[tuple[str, str]]:
    return [(row.cause, row.subject) for row in desk.rows(tables.alarm)]


def test_a_template_refused_as_paused_is_tried_no_more_and_its_reminders_wait(
    desk: DeskInProcess, writer: Patient
) -> None:
    listed(desk)
    due_tomorrow(desk, 3)
    desk.whatsapp.answers = [SendError(Remedy.HOLD, 132015)]

    tried = [desk.desk.give_due() for _ in range(2)]

    assert (tried, rows(desk), given(desk)) == ([1, 0], [("withdrawn", 132015)], [])
    assert desk.built.approvals.known()["reminder_24h", "it"].status == "PAUSED"
    assert alarms(desk) == [("template_refused", "reminder_24h")]


def test_a_reminder_refused_as_paused_goes_when_the_template_is_back(desk: DeskInProcess, writer: Patient) -> None:
    listed(desk)
    due_tomorrow(desk)
    desk.whatsapp.answers = [SendError(Remedy.HOLD, 132015)]
    desk.desk.give_due()
    desk.clock.move(timedelta(hours=3))
    told(desk, "APPROVED")

    desk.desk.give_due()

    assert (len(writer.reads_all()), given(desk)) == (1, [(Kind.REMINDER_24H, NoticeState.SENT, None)])


@pytest.mark.parametrize("code", [132015, 132000, 131048])
def test_what_is_refused_for_now_keeps_no_answer_waiting(desk: DeskInProcess, writer: Patient, code: int) -> None:
    listed(desk)
    due_tomorrow(desk)
    desk.whatsapp.answers = [desk.whatsapp.refusal(code)]
    desk.desk.give_due()

    writer.writes("menu")

    assert len(writer.reads_all()) == 1
    assert desk.built.notices.for_staff() == ()


@pytest.mark.parametrize(("code", "status"), [(132016, "DISABLED"), (132001, "UNKNOWN")])
def test_the_code_of_a_refusal_is_metas_word_on_the_template(
    desk: DeskInProcess, writer: Patient, code: int, status: str
) -> None:
    listed(desk)
    due_tomorrow(desk, 2)
    desk.whatsapp.answers = [desk.whatsapp.refusal(code)]

    desk.desk.give_due()

    assert (len(rows(desk)), desk.built.approvals.known()["reminder_24h", "it"].status) == (1, status)


def test_a_disabled_template_leaves_its_reminders_to_people(desk: DeskInProcess, writer: Patient) -> None:
    listed(desk)
    due_tomorrow(desk, 2)
    desk.whatsapp.answers = [desk.whatsapp.refusal(132016)]
    for _ in range(2):
        desk.desk.give_due()

    left = [(one.kind, one.reason) for one in desk.built.notices.for_staff()]

    assert left == [(Kind.REMINDER_24H, ToStaff.NO_TEMPLATE)] * 2


def test_a_template_refused_in_one_language_is_sent_in_the_clinics_first(desk: DeskInProcess, writer: Patient) -> None:
    names = [one.name for one in desk.built.templates]
    both = [TemplateFacts(one, spoken, "APPROVED", category="UTILITY") for one in names for spoken in ("it", "es")]
    desk.built.approvals.keep(both, frozenset(names))
    due_tomorrow(desk)
    with desk.built.database.begin() as connection:
        connection.execute(tables.conversation.update().values(language="es"))
    desk.whatsapp.answers = [desk.whatsapp.refusal(132015)]

    for _ in range(2):
        desk.desk.give_due()

    (sent,) = writer.reads_all()
    assert isinstance(sent.reply, TemplateMessage)
    assert sent.reply.language == "it"


def test_a_pause_told_by_a_failed_status_counts_and_the_reminder_is_derived_again(
    desk: DeskInProcess, writer: Patient
) -> None:
    listed(desk)
    due_tomorrow(desk)
    desk.desk.give_due()
    (sent,) = writer.reads_all()

    failed(desk, sent, 132015)

    assert (given(desk), desk.built.notices.for_staff()) == ([], ())
    assert desk.built.approvals.known()["reminder_24h", "it"].status == "PAUSED"


def failed(desk: DeskInProcess, sent: Sent, code: int) -> None:
    """Have Meta tell that it could not deliver after all."""
    status = Status(sent.wamid, NUMBER, "failed", desk.clock.now(), sent.outbox_id, errors=(code,))
    desk.desk.receive(Notification(statuses=(status,)))


# ------------------------------------------------------------------------------------------------ the number's own limit


def test_a_spam_limit_has_the_clinic_begin_nothing_for_a_while(desk: DeskInProcess, writer: Patient) -> None:
    listed(desk)
    due_tomorrow(desk, 3)
    desk.whatsapp.answers = [desk.whatsapp.refusal(131048)]

    tried = [desk.desk.give_due() for _ in range(3)]

    assert (tried, rows(desk), given(desk)) == ([1, 0, 0], [("withdrawn", 131048)], [])
    assert alarms(desk) == [("sending_refused", "131048")]


def test_while_the_limit_lasts_one_reminder_asks_each_time_later(desk: DeskInProcess, writer: Patient) -> None:
    listed(desk)
    due_tomorrow(desk)
    asked: list[int] = []

    for minute in range(120):
        desk.whatsapp.answers = [desk.whatsapp.refusal(131048)]
        if desk.desk.give_due():
            asked.append(minute)
        desk.clock.move(timedelta(minutes=1))

    assert asked == [0, 1, 2, 4, 8, 16, 32, 64]


def test_when_the_limit_is_over_the_reminder_goes(desk: DeskInProcess, writer: Patient) -> None:
    listed(desk)
    due_tomorrow(desk)
    desk.whatsapp.answers = [desk.whatsapp.refusal(131048)]
    desk.desk.give_due()
    desk.clock.move(timedelta(minutes=1))

    desk.desk.give_due()

    assert (len(writer.reads_all()), given(desk)) == (1, [(Kind.REMINDER_24H, NoticeState.SENT, None)])


def test_what_the_clinic_changed_is_told_by_a_person_while_the_limit_lasts(
    desk: DeskInProcess, writer: Patient
) -> None:
    listed(desk)
    visit = booked(desk, NEXT_TUESDAY_TEN)
    desk.clock.move(timedelta(days=2))
    diary_of(desk).set_status(visit.id, AppointmentStatus.CANCELLED, uuid4(), by="staff")
    desk.clock.move(timedelta(minutes=1))
    desk.whatsapp.answers = [desk.whatsapp.refusal(131048)]

    for _ in range(2):
        desk.desk.give_due()

    assert [(one.kind, one.reason) for one in desk.built.notices.for_staff()] == [(Kind.CANCELLED, ToStaff.PAUSED)]


def test_what_was_claimed_before_the_limit_is_taken_back(desk: DeskInProcess, writer: Patient) -> None:
    listed(desk)
    due_tomorrow(desk)
    desk.desk.give_due(lambda chores: None)
    desk.built.outbox.hold_notices(NUMBER)

    writer.writes("menu")

    assert (len(writer.reads_all()), [state for state, _ in rows(desk)], given(desk)) == (1, ["withdrawn"], [])


# ------------------------------------------------------------------------------------------- what Meta has and the files


def with_shape(desk: DeskInProcess, **other: Any) -> None:
    """Have Meta list every template as its file has it, but for the reminder of the day before."""
    found = [at_meta_as_its_file(one) for one in desk.built.templates]
    found = [replace(one, **other) if one.name == "reminder_24h" else one for one in found]
    desk.built.approvals.keep(found, frozenset(one.name for one in found))


def at_meta_as_its_file(template: Template) -> TemplateFacts:
    body, buttons = at_meta(template.wordings["it"]), titles(template, "it")
    return TemplateFacts(template.name, "it", "APPROVED", "1", "UTILITY", body, buttons, template.lifetime_s)


def test_what_meta_has_as_the_files_is_sent(desk: DeskInProcess, writer: Patient) -> None:
    with_shape(desk)
    due_tomorrow(desk)

    assert desk.desk.give_due() == 1


@pytest.mark.parametrize(
    "other", [{"body": "Buongiorno {{nome}}, a domani."}, {"buttons": ("Confermo",)}, {"parts": ("HEADER",)}]
)
def test_a_template_that_cannot_be_filled_in_is_not_tried_and_its_reminders_wait(
    desk: DeskInProcess, writer: Patient, other: dict[str, Any]
) -> None:
    with_shape(desk, **other)
    due_tomorrow(desk)

    desk.desk.give_due()

    assert (rows(desk), given(desk), desk.built.notices.for_staff()) == ([], [], ())


def test_a_template_with_other_words_is_sent_all_the_same(desk: DeskInProcess, writer: Patient) -> None:
    reminder = next(one for one in desk.built.templates if one.name == "reminder_24h")
    with_shape(desk, body=at_meta(reminder.wordings["it"]).replace("Buongiorno", "Buonasera"))
    due_tomorrow(desk)

    assert desk.desk.give_due() == 1


def test_what_was_claimed_before_meta_told_of_another_template_is_taken_back(
    desk: DeskInProcess, writer: Patient
) -> None:
    with_shape(desk)
    due_tomorrow(desk)
    desk.desk.give_due(lambda chores: None)
    with_shape(desk, buttons=())

    writer.writes("menu")

    assert (len(writer.reads_all()), [state for state, _ in rows(desk)], given(desk)) == (1, ["withdrawn"], [])


def test_a_file_that_asks_for_what_the_code_does_not_fill_stops_the_start(desk: DeskInProcess) -> None:
    asks = replace(the_templates()[0].parameters[0], name="doctor", kind="words")
    files = tuple(
        replace(one, parameters=(*one.parameters, asks)) if one.name == "reminder_24h" else one
        for one in the_templates()
    )

    with pytest.raises(TemplateError, match="^reminder_24h.yaml: values.doctor: the code fills first_name"):
        build(desk.settings, desk.clock, house=desk.house, authored=files)


# --------------------------------------------------------------------------------------------------- the cheaper of the two


@pytest.mark.parametrize(
    ("prices", "template"),
    [
        (None, None),
        ({"service": "0.03", "utility": "0.03"}, None),
        ({"service": "0.03", "utility": "0.01"}, "reminder_24h"),
    ],
)
def test_within_24_hours_a_clinic_with_prices_reminds_by_what_costs_less(
    desk: DeskInProcess, writer: Patient, prices: dict[str, str] | None, template: str | None
) -> None:
    listed(desk)
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, DAY_BEFORE)
    writer.writes("menu")
    built = with_prices(desk, prices)

    for owed in built.outreach.owed():
        built.outreach.give(owed)

    assert [row.template for row in desk.rows(tables.outbox) if row.author == Author.NOTICE] == [template]
    built.database.close()
    built.redis.close()


def with_prices(desk: DeskInProcess, prices: dict[str, str] | None) -> Built:
    """Build the same desk for a clinic with this price table."""
    table = {category: Decimal(cost) for category, cost in (prices or {}).items()}
    told = Prices("EUR", NEXT_TUESDAY_TEN.date(), table, 0) if prices is not None else None
    house = replace(desk.house, clinic=replace(desk.house.clinic, prices=told))
    return build(desk.settings, desk.clock, house=house)


@dataclass
class CountedApprovals:
    """What Meta lets be sent, which counts how often it is read."""

    reads: int = 0

    def known(self) -> Known:
        self.reads += 1
        return {("reminder_24h", "it"): Approval("reminder_24h", "it", "PAUSED", "utility", DAY_BEFORE)}

    def keep(self, found: Sequence[TemplateFacts], ours: frozenset[str]) -> None:
        """Nothing is kept."""


def test_whoever_looks_at_many_reads_once_what_meta_lets_be_sent(desk: DeskInProcess) -> None:
    known, clinic = CountedApprovals(), desk.house.clinic
    look = Sayer(clinic, desk.built.templates, known, desk.clock).at_once()
    reminder = Notice(
        Kind.REMINDER_24H, uuid4(), 1, NEXT_TUESDAY_TEN, "centro", "general_visit", "bianchi", "Anna", "7K2M9"
    )

    said = [look(reminder, "it", False) for _ in range(3)]

    assert ([type(one) for one in said], known.reads) == ([Later] * 3, 1)


# ---------------------------------------------------------------------------------------------------- what Meta keeps back


@pytest.fixture
def kept_back(desk: DeskInProcess, writer: Patient) -> Sent:
    """A reminder Meta has accepted and keeps back, to see how people take the template."""
    listed(desk)
    due_tomorrow(desk)
    desk.whatsapp.is_keeping = True
    desk.desk.give_due()
    desk.whatsapp.is_keeping = False
    (sent,) = writer.reads_all()
    return sent


def test_what_meta_keeps_back_is_not_sent_yet_and_keeps_no_answer_waiting(
    desk: DeskInProcess, writer: Patient, kept_back: Sent
) -> None:
    writer.writes("menu")

    assert (len(writer.reads_all()), given(desk)) == (1, [(Kind.REMINDER_24H, NoticeState.QUEUED, None)])
    assert alarms(desk) == [("template_held", "reminder_24h")]


def test_what_meta_kept_back_and_lets_go_is_sent(desk: DeskInProcess, kept_back: Sent) -> None:
    status = Status(kept_back.wamid, NUMBER, "sent", desk.clock.now(), kept_back.outbox_id)
    desk.desk.receive(Notification(statuses=(status,)))

    assert given(desk) == [(Kind.REMINDER_24H, NoticeState.SENT, None)]


def test_what_meta_kept_back_until_it_was_of_no_use_is_left_to_people(desk: DeskInProcess, kept_back: Sent) -> None:
    early = desk.built.outbox.give_up_kept_back()
    at(desk, NEXT_TUESDAY_TEN - timedelta(hours=1))

    late = desk.built.outbox.give_up_kept_back()

    assert (early, late) == (0, 1)
    assert [one.reason for one in desk.built.notices.for_staff()] == [ToStaff.UNKNOWN]


@pytest.mark.parametrize(("status", "category"), [("APPROVED", "MARKETING"), ("REJECTED", "UTILITY")])
def test_what_may_not_be_sent_is_left_to_people(
    desk: DeskInProcess, writer: Patient, status: str, category: str
) -> None:
    listed(desk, status, category)
    booked(desk, NEXT_TUESDAY_TEN)
    at(desk, DAY_BEFORE)

    desk.desk.give_due()

    assert writer.reads_all() == []
    assert [one.reason for one in desk.built.notices.for_staff()] == [ToStaff.NO_TEMPLATE]


def test_a_cancelled_visit_does_not_wait_for_a_paused_template(desk: DeskInProcess, writer: Patient) -> None:
    listed(desk, "PAUSED")
    visit = booked(desk, NEXT_TUESDAY_TEN)
    desk.clock.move(timedelta(days=2))
    diary_of(desk).set_status(visit.id, AppointmentStatus.CANCELLED, uuid4(), by="staff")
    desk.clock.move(timedelta(minutes=1))

    desk.desk.give_due()

    assert writer.reads_all() == []
    assert [(one.kind, one.reason) for one in desk.built.notices.for_staff()] == [(Kind.CANCELLED, ToStaff.NO_TEMPLATE)]


def test_whoever_speaks_a_language_that_is_not_approved_reads_the_clinics_first(
    desk: DeskInProcess, writer: Patient
) -> None:
    listed(desk)
    booked(desk, NEXT_TUESDAY_TEN)
    with desk.built.database.begin() as connection:
        connection.execute(tables.conversation.update().values(language="es"))
    at(desk, DAY_BEFORE)

    desk.desk.give_due()

    (sent,) = writer.reads_all()
    assert isinstance(sent.reply, TemplateMessage)
    assert sent.reply.language == "it"
