"""What WhatsApp costs this month: delivered messages per number, category and kind of price, with the clinic's own price table.

Since October 2026 Meta charges each delivered message, answers too. The table is the clinic's; the bill is Meta's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.clinic import Prices

CHARGED = "regular"  # free_customer_service and free_entry_point cost nothing; what is not known is not guessed at
SERVICE = "service"
RECOUNTED = timedelta(minutes=10)
KEPT = timedelta(hours=1)  # a message of an earlier day may still be delivered: its days are counted again each hour

Delivered: TypeAlias = Mapping[tuple[str, str, str], int]  # (phone_number_id, category, kind of price) -> messages
Count: TypeAlias = Callable[[datetime, datetime], Delivered]


class Month:
    """Counts this month's delivered messages; the days before today only once an hour, however often it is asked."""

    def __init__(self, count: Count, zone: ZoneInfo) -> None:
        self._count = count
        self._zone = zone
        self._earlier: Delivered = {}
        self._counted: tuple[datetime, datetime] | None = None  # at which midnight it ends, and when it was counted

    def delivered(self, now: datetime) -> Delivered:
        """Return what was delivered of the messages sent since the month began, on the clinic's clock."""
        midnight = now.astimezone(self._zone).replace(hour=0, minute=0, second=0, microsecond=0)
        if not self._is_fresh(midnight, now):
            self._earlier = self._count(midnight.replace(day=1), midnight)
            self._counted = (midnight, now)
        return Counter(self._earlier) + Counter(self._count(midnight, now + timedelta(days=1)))

    def _is_fresh(self, midnight: datetime, now: datetime) -> bool:
        return self._counted is not None and self._counted[0] == midnight and now - self._counted[1] < KEPT


def cost(delivered: Delivered, prices: Prices) -> Mapping[str, Decimal]:
    """Return what each number's messages cost by the clinic's table; a category without a price costs nothing here."""
    sums: dict[str, Decimal] = {}
    for (number, category, kind), count in delivered.items():
        charged = count if kind == CHARGED else 0
        if category == SERVICE:
            charged = max(0, charged - prices.free_service_messages)
        sums[number] = sums.get(number, Decimal()) + charged * prices.per_message.get(category, Decimal())
    return sums


def next_costs(delivered: Delivered, prices: Prices, number: str) -> Mapping[str, Decimal]:
    """Return what the next message of each category costs on a number: nothing for answers, while free ones are left."""
    answers = sum(
        count for (of, category, kind), count in delivered.items() if (of, category, kind) == (number, SERVICE, CHARGED)
    )
    is_free = answers < prices.free_service_messages
    return {**prices.per_message, **({SERVICE: Decimal()} if is_free else {})}


class NextCosts:
    """What the next message costs on one number; counted every ten minutes, which is near enough to choose by."""

    def __init__(self, month: Month, prices: Prices | None, number: str) -> None:
        self._month = month
        self._prices = prices
        self._number = number
        self._told: tuple[datetime, Mapping[str, Decimal]] | None = None

    def __call__(self, now: datetime) -> Mapping[str, Decimal]:
        """Return the costs by category; empty: the clinic has no price table."""
        if self._prices is None:
            return {}
        if self._told is None or abs(now - self._told[0]) > RECOUNTED:
            self._told = (now, next_costs(self._month.delivered(now), self._prices, self._number))
        return self._told[1]
