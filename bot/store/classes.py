"""Which class of the clinic's file everything stored belongs to: each table's rows, and each sealed or hashed column.

`docs/data-map.md` says the same in words; a test holds both against `tables.py`.
"""

from __future__ import annotations

from types import MappingProxyType

from bot.model import Kept

ROWS = MappingProxyType(
    {
        "number": Kept.RUNNING,
        "contact": Kept.PERSON,
        "conversation": Kept.PERSON,
        "consent": Kept.PERSON,
        "person_known": Kept.PERSON,
        "appointment": Kept.APPOINTMENTS,
        "appointment_change": Kept.APPOINTMENTS,  # goes with its appointment
        "waiting": Kept.APPOINTMENTS,
        "waiting_offer": Kept.APPOINTMENTS,
        "freed_place": Kept.RUNNING,  # until nobody is left to be asked: hours, at most
        "errand": Kept.RUNNING,  # ids of the clinic's own system; struck off when done
        "bookmark": Kept.RUNNING,
        "agenda_block": Kept.APPOINTMENTS,
        "agenda_exception": Kept.APPOINTMENTS,
        "agenda_feed": Kept.RUNNING,  # nothing of a person's; the audit says who made and revoked it
        "notice": Kept.APPOINTMENTS,  # goes with its appointment
        "notice_day": Kept.METRICS,
        "stop": Kept.PERSON,
        "message": Kept.METRICS,
        "call": Kept.METRICS,  # goes with its message
        "classification": Kept.MODEL,
        "media": Kept.MEDIA,
        "outbox": Kept.METRICS,
        "status": Kept.METRICS,
        "handoff": Kept.METRICS,
        "note": Kept.WORDS,
        "label": Kept.WORDS,
        "template_state": Kept.RUNNING,  # of no person: Meta's last word on each message template
        "attendance_baseline": Kept.RUNNING,  # counts by month, of no person, that the clinic brought
        "update": Kept.AUDIT,
        "alarm": Kept.AUDIT,
        "audit": Kept.AUDIT,
        "audit_seal": Kept.AUDIT,
        "audit_sealed": Kept.AUDIT,  # goes with its seal
        "audit_unsealed": Kept.RUNNING,  # a second
        "heartbeat": Kept.RUNNING,
        "lease": Kept.RUNNING,
        "staff": Kept.AUDIT,  # the audit names them
        "staff_recovery": Kept.RUNNING,  # with their member
        "staff_session": Kept.RUNNING,  # until it ends, 12 hours at most
        "staff_attempt": Kept.RUNNING,  # a day
        "staff_role": Kept.RUNNING,
    }
)
COLUMNS = MappingProxyType(
    {
        "contact.person_sealed": Kept.PERSON,
        "contact.user_id_hash": Kept.PERSON,
        "contact.wa_id_hash": Kept.PERSON,
        "contact.name_hash": Kept.PERSON,
        "person_known.person_hash": Kept.PERSON,
        "person_known.person_sealed": Kept.PERSON,
        "conversation.answers_sealed": Kept.WORDS,
        "message.content_sealed": Kept.WORDS,
        "message.wamid_hash": Kept.METRICS,
        "call.arguments_sealed": Kept.WORDS,
        "media.content_sealed": Kept.MEDIA,
        "note.words_sealed": Kept.WORDS,
        "outbox.content_sealed": Kept.WORDS,
        "outbox.wamid_sealed": Kept.WORDS,  # a wamid holds the phone number in base64
        "outbox.wamid_hash": Kept.METRICS,
        "appointment.patient_sealed": Kept.APPOINTMENTS,
        "waiting.patient_sealed": Kept.APPOINTMENTS,
        "agenda_feed.token_hash": Kept.RUNNING,
        "status.wamid_hash": Kept.METRICS,
        "audit_seal.previous_hash": Kept.AUDIT,
        "audit_seal.seal_hash": Kept.AUDIT,
        "audit_sealed.row_hash": Kept.AUDIT,
        "staff.email_hash": Kept.AUDIT,
        "staff.person_sealed": Kept.AUDIT,
        "staff.password_sealed": Kept.AUDIT,
        "staff.factor_sealed": Kept.AUDIT,
        "staff.invitation_hash": Kept.AUDIT,
        "staff_recovery.code_hash": Kept.RUNNING,
        "staff_session.token_hash": Kept.RUNNING,
        "staff_session.said_sealed": Kept.RUNNING,
        "staff_attempt.key_hash": Kept.RUNNING,
    }
)
INSIDE = MappingProxyType({"message.content_sealed:media": Kept.MEDIA})  # a part of a sealed value that goes earlier
