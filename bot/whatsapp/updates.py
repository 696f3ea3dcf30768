"""What Meta tells of account, templates, numbers and calls, as Updates: one table says what each field means to us.

Sources, all below developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/ unless a line says
otherwise. "seen" marks what only the tests of public libraries show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.model import Update
from bot.whatsapp.limits import TEMPLATE_NAME
from bot.whatsapp.picking import Json, digest, identifier, list_of, object_of, shape, word


@dataclass(frozen=True, slots=True)
class Rule:
    """Where in a field's value the event and its subject stand, and which of them the operator must know at once.

    Paths are dotted, the first that leads to a word wins. `alarming` is compared with the word at `graver`, or with the event.
    """

    event: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    alarming: frozenset[str] = frozenset()
    graver: str | None = None
    always: bool = False


_TEMPLATE = ("message_template_name",)

RULES: Mapping[str, Rule] = {
    # A template that cannot be sent any more silences reminders.
    "message_template_status_update": Rule(
        ("event",),
        _TEMPLATE,
        frozenset("REJECTED PAUSED DISABLED FLAGGED LOCKED LIMIT_EXCEEDED ARCHIVED DELETED PENDING_DELETION".split()),
    ),
    # A flip to marketing costs more, needs another consent and does not reach every country.
    "template_category_update": Rule(("new_category", "correct_category"), _TEMPLATE, frozenset({"MARKETING"})),
    "message_template_quality_update": Rule(("new_quality_score",), _TEMPLATE, frozenset({"RED"})),
    "message_template_components_update": Rule((), _TEMPLATE),
    "account_update": Rule(
        ("event",),
        (
            "restriction_info.restriction_type",
            "violation_info.violation_type",
            "ban_info.waba_ban_state",
            "disconnection_info.reason",
        ),
        frozenset(
            "ACCOUNT_RESTRICTION ACCOUNT_VIOLATION DISABLED_UPDATE ACCOUNT_DELETED ACCOUNT_OFFBOARDED "
            "PARTNER_REMOVED PARTNER_APP_UNINSTALLED".split()
        ),
    ),
    "account_alerts": Rule(
        ("alert_info.alert_type", "alert_type"),
        ("alert_info.alert_status", "alert_status"),
        frozenset({"CRITICAL"}),
        graver="alert_info.alert_severity",
    ),
    "account_review_update": Rule(("decision",), (), frozenset({"REJECTED"})),
    # The page says TIER_250 and so on, its example is a number.
    "business_capability_update": Rule(
        ("max_daily_conversations_per_business", "max_daily_conversation_per_phone"), ("max_phone_numbers_per_waba",)
    ),
    "phone_number_quality_update": Rule(
        ("event",), ("max_daily_conversations_per_business", "current_limit"), frozenset({"FLAGGED", "DOWNGRADE"})
    ),
    "phone_number_name_update": Rule(("decision",), ("rejection_reason",)),
    # Somebody changes, or asks to change, the PIN of the number.
    "security": Rule(("event",), (), always=True),
    "flows": Rule(("event",), ("flow_id",)),
    "business_username_updates": Rule(("status",)),
    # Only with the Business app beside this desk: an echo is a person of the clinic answering from the phone, past us.
    "smb_message_echoes": Rule(always=True),
    "smb_app_state_sync": Rule(),
    "history": Rule(),
    # Only with Meta's own agent on the number.
    "standby": Rule(),
    "messaging_handovers": Rule(),
    # Of no use to a front desk, known so as not to be counted as unknown.
    "automatic_events": Rule(),
    "partner_solutions": Rule(("event",)),
    "payment_configuration_update": Rule(),
    "tracking_events": Rule(),
    "group_lifecycle_update": Rule(),
    "group_participants_update": Rule(),
    "group_settings_update": Rule(),
    "group_status_update": Rule(),
}

# A ban lifted is no reason to wake anybody.
GOOD_NEWS = frozenset({("DISABLED_UPDATE", "REINSTATE")})


def read_update(field: str, change: Json, account_id: str | None, entry_time: object, at: datetime) -> Update:
    """Read a change of any field but `messages`, `calls` and `user_preferences`; an unknown field is kept by its shape."""
    value = object_of(change.get("value"))
    rule = RULES.get(field)
    event = _first(value, rule.event) if rule else None
    subject = _first(value, rule.subject) if rule else None
    return Update(
        field=field,
        event=event,
        # The same event may come back another day: the entry's time tells the two apart, and a redelivery repeats it.
        digest=digest(account_id, _written(entry_time), change),
        account_id=account_id,
        phone_number_id=identifier(object_of(value.get("metadata")).get("phone_number_id")),
        at=at,
        subject=subject,
        known=rule is not None,
        alarming=rule is not None and _is_alarming(rule, value, event, subject),
        shape=shape(change),
        language=_first(value, ("message_template_language",)),
        category=_first(value, ("new_category", "message_template_category")),
    )


def read_call(element: Json, event: str | None, account_id: str | None, phone_number_id: str, at: datetime) -> Update:
    """Read a call, or the state of one. Neither its id nor its people are named: both hold phone numbers."""
    return Update(
        field="calls",
        event=event,
        digest=digest("calls", phone_number_id, element),
        account_id=account_id,
        phone_number_id=phone_number_id or None,
        at=at,
        subject=word(element.get("direction")),
        known=True,
        alarming=False,
        shape=shape(element),
    )


def _is_alarming(rule: Rule, value: Json, event: str | None, subject: str | None) -> bool:
    if rule.always:
        return True
    grave = _at(value, rule.graver) if rule.graver else event
    return grave in rule.alarming and (event, subject) not in GOOD_NEWS


def _first(value: Json, paths: tuple[str, ...]) -> str | None:
    return next((found for path in paths if (found := _at(value, path)) is not None), None)


def _at(value: Json, path: str) -> str | None:
    """Return the word at a dotted path, going into the first of a list."""
    part: object = value
    for key in path.split("."):
        part = object_of(next(iter(list_of(part)), None)).get(key)
    if isinstance(part, int):
        return identifier(part)
    return word(part, TEMPLATE_NAME)


def _written(entry_time: object) -> str:
    return str(entry_time) if isinstance(entry_time, (int, str)) else ""
