"""Statuses: they only move a row forward, whatever order they come in, and change nothing that is not ours."""

from __future__ import annotations

from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest

from bot.store import tables
from tests.conftest import MakeDesk
from tests.desks import NUMBER, DeskInProcess, Patient, together

NAMES = ("sent", "delivered", "read", "failed")
RANK = {"sent": 1, "delivered": 2, "read": 3}
ORDERS = [order for length in range(1, 5) for order in permutations(NAMES, length)]


def element(desk: DeskInProcess, row: Any, name: str, **more: Any) -> dict[str, Any]:
    """Return one status of a row, as Meta spells it; None for `row`: of a message we did not send."""
    given: dict[str, Any] = {"id": "wamid.unknown" if row is None else wamid(desk, row), "status": name}
    given |= {"timestamp": str(int(desk.clock.now().timestamp())), "recipient_id": "393330000001"}
    given |= {"errors": [{"code": 131026}]} if name == "failed" else {}
    given |= {} if row is None else {"biz_opaque_callback_data": str(row.id)}
    return {key: value for key, value in (given | more).items() if value is not None}


def wamid(desk: DeskInProcess, row: Any) -> str:
    return next(sent.wamid for sent in desk.whatsapp.sent if sent.outbox_id == row.id)


def body(*elements: dict[str, Any], number: str = NUMBER) -> dict[str, Any]:
    value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": number}, "statuses": elements}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}],
    }


def after(order: tuple[str, ...]) -> str:
    """Say where a row that was sent must stand after these statuses."""
    state = "sent"
    for name in order:
        if name == "failed":
            state = "failed" if state == "sent" else state
        elif state != "failed" and RANK[name] > RANK[state]:
            state = name
    return state


def answered(desk: DeskInProcess, count: int) -> list[Any]:
    """Return the rows that answered so many people, each the only one of a conversation."""
    for number in range(count):
        desk.patient(f"39333{number:07}").writes("ciao")
    return sorted(desk.rows(tables.outbox), key=lambda row: row.id)


def states(desk: DeskInProcess, rows: list[Any]) -> list[str]:
    now = {row.id: row.state for row in desk.rows(tables.outbox)}
    return [now[row.id] for row in rows]


def test_in_every_order_statuses_only_move_forward(desk: DeskInProcess) -> None:
    rows = answered(desk, len(ORDERS))

    for row, order in zip(rows, ORDERS, strict=True):
        for name in order:
            desk.post(body(element(desk, row, name)))

    assert states(desk, rows) == [after(order) for order in ORDERS]


def test_in_every_order_within_one_post_the_furthest_counts(desk: DeskInProcess) -> None:
    rows = answered(desk, len(ORDERS))

    for row, order in zip(rows, ORDERS, strict=True):
        desk.post(body(*(element(desk, row, name) for name in order)))

    in_time = [after(tuple(sorted(order, key=NAMES.index))) for order in ORDERS]
    assert states(desk, rows) == in_time


def test_a_status_that_comes_five_times_is_kept_once(desk: DeskInProcess) -> None:
    (row,) = answered(desk, 1)

    codes = [desk.post(body(element(desk, row, "delivered"))) for _ in range(5)]

    assert codes == [200] * 5
    assert len(desk.rows(tables.status)) == 1


def test_statuses_of_one_row_at_once_do_not_move_it_back(make_postgres_desk: MakeDesk) -> None:
    desk = make_postgres_desk()
    rows = answered(desk, 10)
    posts = [body(element(desk, row, name)) for row in rows for name in ("sent", "delivered", "read")]

    codes = together(30, lambda index: desk.post(posts[index]))

    assert set(codes) == {200}
    assert states(desk, rows) == ["read"] * 10


def test_read_without_delivered_is_read(desk: DeskInProcess) -> None:
    (row,) = answered(desk, 1)

    desk.post(body(element(desk, row, "read")))

    (now,) = desk.rows(tables.outbox)
    assert (now.state, now.delivered_at, now.read_at) == ("read", None, desk.clock.now())


def test_played_is_read(desk: DeskInProcess) -> None:
    (row,) = answered(desk, 1)

    desk.post(body(element(desk, row, "played")))

    assert states(desk, [row]) == ["read"]


def test_a_failure_after_delivery_changes_nothing(desk: DeskInProcess) -> None:
    (row,) = answered(desk, 1)

    for name in ("delivered", "failed"):
        desk.post(body(element(desk, row, name)))

    assert states(desk, [row]) == ["delivered"]
    assert desk.outcomes() == [("answered", None)]


def test_what_it_cost_is_kept(desk: DeskInProcess) -> None:
    (row,) = answered(desk, 1)
    pricing = {"billable": False, "category": "service", "type": "free_customer_service"}

    desk.post(body(element(desk, row, "sent", pricing=pricing), element(desk, row, "delivered", pricing=pricing)))

    (now,) = desk.rows(tables.outbox)
    assert (now.category, now.pricing_type) == ("service", "free_customer_service")


def test_a_status_without_our_id_finds_its_row_by_the_message(desk: DeskInProcess) -> None:
    (row,) = answered(desk, 1)

    desk.post(body(element(desk, row, "delivered", biz_opaque_callback_data=None)))

    assert states(desk, [row]) == ["delivered"]


def test_a_status_that_knows_the_recipients_user_id_only_counts(desk: DeskInProcess) -> None:
    (row,) = answered(desk, 1)

    desk.post(body(element(desk, row, "delivered", recipient_id=None, recipient_user_id="IT.1234567890")))

    assert states(desk, [row]) == ["delivered"]


@pytest.mark.parametrize(
    ("foreign", "number"),
    [
        ({"biz_opaque_callback_data": str(uuid4())}, NUMBER),
        ({"biz_opaque_callback_data": "somebody else's"}, NUMBER),
        ({}, "999"),
        ({"status": "teleported"}, NUMBER),
        ({"status": None}, NUMBER),
        ({"status": {"name": "read"}}, NUMBER),
    ],
)
def test_a_status_that_is_not_ours_or_unknown_changes_nothing(
    desk: DeskInProcess, foreign: dict[str, Any], number: str
) -> None:
    (row,) = answered(desk, 1)

    code = desk.post(body(element(desk, None, "read", **foreign), number=number))

    assert code == 200
    assert states(desk, [row]) == ["sent"]


def test_a_row_of_another_number_of_ours_is_not_moved(desk: DeskInProcess, patient: Patient) -> None:
    (row,) = answered(desk, 1)

    desk.post(body(element(desk, row, "read"), number="999"))

    assert states(desk, [row]) == ["sent"]


def test_a_thousand_statuses_in_one_post_are_noted(desk: DeskInProcess) -> None:
    rows = answered(desk, 5)
    unknown = [element(desk, None, "sent", id=f"wamid.other{number}") for number in range(995)]

    code = desk.post(body(*unknown, *(element(desk, row, "delivered") for row in rows)))

    assert code == 200
    assert states(desk, rows) == ["delivered"] * 5
    assert len(desk.rows(tables.status)) == 1_000
