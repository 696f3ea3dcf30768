"""What WhatsApp costs this month, and what is held: counted from rows, shown at /metrics."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.billing import Delivered, Month, cost
from bot.clinic import Prices
from bot.ports import Remedy, SendError
from tests.desks import NUMBER, DeskInProcess, Patient

ROME = ZoneInfo("Europe/Rome")
PRICES = Prices("EUR", date(2026, 10, 1), {"service": Decimal("0.03"), "marketing": Decimal("0.06")}, 1000)


# ----------------------------------------------------------------------------------------------------------------- pure


@pytest.mark.parametrize(
    ("delivered", "sums"),
    [
        ({}, {}),
        ({("1", "service", "regular"): 1000}, {"1": Decimal("0")}),
        ({("1", "service", "regular"): 1100}, {"1": Decimal("3.00")}),
        ({("1", "service", "regular"): 600, ("2", "service", "regular"): 600}, {"1": Decimal("0"), "2": Decimal("0")}),
        ({("1", "service", "free_entry_point"): 5000}, {"1": Decimal("0")}),
        ({("1", "service", "a_new_kind"): 5000}, {"1": Decimal("0")}),
        ({("1", "marketing", "regular"): 10}, {"1": Decimal("0.60")}),
        ({("1", "a_new_category", "regular"): 10}, {"1": Decimal("0")}),
    ],
)
def test_a_months_messages_cost_what_the_clinics_table_says(delivered: Delivered, sums: Mapping[str, Decimal]) -> None:
    assert cost(delivered, PRICES) == sums


class Counting:
    """Counts one message a day, and notes for which days it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[datetime, datetime]] = []

    def __call__(self, since: datetime, until: datetime) -> Delivered:
        self.asked.append((since, until))
        return {("1", "service", "regular"): 1}


def test_a_month_begins_at_midnight_on_the_clinics_clock() -> None:
    count = Counting()

    Month(count, ROME).delivered(datetime(2026, 10, 31, 23, 30, tzinfo=UTC))  # half past midnight in Rome

    assert count.asked[0] == (datetime(2026, 11, 1, tzinfo=ROME), datetime(2026, 11, 1, tzinfo=ROME))


def test_earlier_days_are_counted_again_after_an_hour_only() -> None:
    count, noon = Counting(), datetime(2026, 11, 23, 11, tzinfo=UTC)
    month = Month(count, ROME)

    for minutes in (0, 1, 59, 61):
        month.delivered(noon + timedelta(minutes=minutes))

    first = datetime(2026, 11, 1, tzinfo=ROME)
    assert [since == first for since, _ in count.asked] == [True, False, False, False, True, False]


def test_earlier_days_are_counted_again_when_the_day_changes() -> None:
    count, late = Counting(), datetime(2026, 11, 23, 22, 55, tzinfo=UTC)
    month = Month(count, ROME)

    month.delivered(late)
    month.delivered(late + timedelta(minutes=10))

    assert [until for _, until in count.asked[::2]] == [datetime(2026, 11, day, tzinfo=ROME) for day in (23, 24)]


# -------------------------------------------------------------------------------------------------------------- /metrics


def status(desk: DeskInProcess, name: str, **pricing: Any) -> None:
    """Post what Meta says of the last message."""
    sent = desk.whatsapp.sent[-1]
    entry = {
        "id": sent.wamid,
        "status": name,
        "timestamp": str(int(desk.clock.now().timestamp())),
        "recipient_id": sent.to.wa_id,
        "biz_opaque_callback_data": str(sent.outbox_id),
        "pricing": {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "service"} | pricing,
    }
    metadata = {"display_phone_number": "390510000000", "phone_number_id": NUMBER}
    value = {"messaging_product": "whatsapp", "metadata": metadata, "statuses": [entry]}
    change = {"field": "messages", "value": value}
    assert desk.post({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}) == 200


def shown(desk: DeskInProcess, name: str) -> dict[tuple[str, ...], float]:
    """Return a family of /metrics: its labels' values, in the order of their names, and the figure."""
    page = desk.client.get("/metrics", headers=desk.token).get_data(as_text=True)
    return {
        tuple(value for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if sample.name == name
    }


def test_a_delivered_answer_is_billed_to_its_number(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    status(desk, "sent")
    status(desk, "delivered")

    assert shown(desk, "sportello_month_messages") == {("service", NUMBER, "regular"): 1}
    assert shown(desk, "sportello_month_cost") == {("EUR", NUMBER): 0}


def test_a_message_that_was_only_sent_is_not_billed(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    status(desk, "sent")

    assert shown(desk, "sportello_month_messages") == {}


def test_a_message_that_was_read_at_once_is_billed_once(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    status(desk, "delivered")
    status(desk, "read")

    assert shown(desk, "sportello_month_messages") == {("service", NUMBER, "regular"): 1}


def test_last_months_messages_are_not_this_months(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    status(desk, "delivered")
    desk.clock.move(timedelta(days=10))

    assert shown(desk, "sportello_month_messages") == {}


def test_an_unknown_kind_of_price_is_shown_as_meta_calls_it(desk: DeskInProcess, patient: Patient) -> None:
    patient.writes("ciao")
    status(desk, "delivered", type="free_something", category="service")

    assert shown(desk, "sportello_month_messages") == {("service", NUMBER, "free_something"): 1}


def test_held_rows_and_numbers_are_shown_with_their_reason(desk: DeskInProcess, patient: Patient) -> None:
    desk.whatsapp.answers.append(SendError(Remedy.ALARM, 131042, whole_number=True))
    patient.writes("ciao")

    assert shown(desk, "sportello_outbox_held") == {("alarm",): 1}
    assert shown(desk, "sportello_number_held") == {(NUMBER, "alarm"): 1}
    assert shown(desk, "sportello_outbox_codes") == {("131042",): 1}
    assert shown(desk, "sportello_alarms") == {("sending_refused",): 1}
