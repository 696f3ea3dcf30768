"""Who must know: an alarm is a row; here it becomes a line in the log and, where SMTP_URL is set, one e-mail per cause and hour."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from ssl import create_default_context
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from bot.ports import Alarm

log = logging.getLogger("sportello.alarm")

SMTP_TIMEOUT_S = 10
SAYS = {
    "emergency": "A patient wrote something that sounds like an emergency. Look at the queue now.",
    "distress": "A patient wrote something that sounds like distress. Look at the queue now.",
    "handoff_unclaimed": "A patient has waited for a person for two minutes and nobody has taken the request.",
    "handoff_unclaimed_long": "A patient has waited for a person for ten minutes and nobody has taken the request.",
    "answer_overdue": "An answer was late; a person has the conversation.",
    "model_capped": "The classifier has been asked as often as LLM_DAILY_CALLS allows in 24 hours: authored examples decide.",
    "no_worker": "No worker is alive. Look at the worker process.",
    "sending_refused": "Meta refuses to send: the token, the payment or a restriction. The code is the id below.",
    "row_failed": "A message could not be sent. A patient who waits for an answer was given to a person.",
    "message_failed": "A message could not be worked on three times; a person has the conversation.",
    "sign_in_locked": "Too many wrong tries to get into the console. `flask staff list` shows whose id it is; docs/console.md what to do.",
    "audit_broken": "The audit was altered, or rows of it are missing. `flask audit verify` says where; docs/console.md what to do.",
    "busy_calendar": "A practitioner's own calendar cannot be read; what was known of it holds. The id is theirs. docs/busy-calendars.md",
    "double_booked": "A visit is at a time that is busy in the practitioner's own calendar. Look at that day. docs/busy-calendars.md",
    "calendar_away": "The clinic's own calendar does not answer. Patients who want an appointment are given to a person. docs/fhir.md",
    "calendar_stuck": "Something we began in the clinic's own calendar cannot be finished: a time may stand held there. docs/fhir.md",
    "calendar_gone": "Most appointments are not in the clinic's own calendar any more. None was cancelled here; look there. docs/fhir.md",
    "reminder_balance": "A reminder was neither sent nor skipped nor left to staff. The log says `not finished` of what failed.",
    "template_category": "Meta files a message template in another category, and it is not sent. `flask templates status` says which.",
    "template_refused": "Meta refused a message template that was approved, and it is not sent. `flask templates status` says why.",
    "template_differs": "A message template has other values or buttons at Meta, and it is not sent: run `flask templates push`.",
    "template_held": "Meta keeps messages of a template back to see how people take it. Who gets none in time is left to staff.",
    "meta_message_template_status_update": "Meta changed what may be sent. `flask templates status` says which.",
    "meta_template_category_update": "Meta moved a message template, and it is not sent: `flask templates status`.",
    "foreign_number": "Webhooks arrive for a number this deployment does not serve.",
}


class Teller:
    """Tell of alarms; `smtp_url` is `smtp[s]://user:password@host:port?from=...&to=...`, None: the log alone."""

    def __init__(self, smtp_url: str | None, public_url: str) -> None:
        self._smtp_url = smtp_url
        self._public_url = public_url

    def tell(self, alarm: Alarm) -> bool:
        """Log an alarm and send its e-mail; False if the e-mail could not be sent."""
        log.warning("alarm", extra={"cause": alarm.cause, "subject": alarm.subject, "times": alarm.count})
        if self._smtp_url is None:
            return True
        try:
            self._send(self._smtp_url, self._letter(alarm))
        except (OSError, smtplib.SMTPException) as fault:
            log.error("alarm could not be mailed", extra={"cause": alarm.cause, "fault": type(fault).__name__})
            return False
        return True

    def _letter(self, alarm: Alarm) -> EmailMessage:
        letter = EmailMessage()
        letter["Subject"] = f"Sportello: {alarm.cause}"
        said = SAYS.get(alarm.cause, "Something needs a person's attention.")
        letter.set_content(
            f"{said}\n\nCause: {alarm.cause}\nId or code: {alarm.subject or '-'}\nTimes: {alarm.count}\n"
            f"Since: {alarm.opened_at:%Y-%m-%d %H:%M} UTC\n\n{self._public_url}\n"
        )
        return letter

    def check(self) -> str | None:
        """Try whether the mail server lets us in, without a letter; return why it does not, None if it does."""
        try:
            with _opened(urlsplit(self._smtp_url or "")) as server:
                server.noop()
        except (OSError, smtplib.SMTPException) as fault:
            return f"the mail server does not let us in ({type(fault).__name__})"
        return None

    def _send(self, url: str, letter: EmailMessage) -> None:
        parts = urlsplit(url)
        asked = parse_qs(parts.query)
        letter["From"], letter["To"] = asked["from"][0], ", ".join(asked["to"])
        with _opened(parts) as server:
            server.send_message(letter)


@contextmanager
def _opened(parts: SplitResult) -> Iterator[smtplib.SMTP]:
    """Connect, over TLS with a certificate we trust before a password is said, and log in."""
    is_tls = parts.scheme == "smtps"
    with _connected(parts.hostname or "", parts.port, is_tls) as server:
        if parts.username:
            if not is_tls:
                server.starttls(context=create_default_context())  # smtplib's own would take any certificate
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def _connected(host: str, port: int | None, is_tls: bool) -> smtplib.SMTP:
    if is_tls:
        return smtplib.SMTP_SSL(host, port or 465, timeout=SMTP_TIMEOUT_S, context=create_default_context())
    return smtplib.SMTP(host, port or 587, timeout=SMTP_TIMEOUT_S)
