"""One person's data, to be handed over: as JSON for another system, and as Italian text for the person."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.model import LinkButton, ListMessage, MediaLink, Place, Reply, ReplyButtons, TemplateMessage, Text
from bot.ports import Content, Dossier, Received, Said, SentFile, Typed, Wording
from bot.wording import WordingError

Worded = Callable[[Wording], Reply]
DELETED = "(contenuto cancellato: più vecchio di quanto viene conservato)"


def as_json(dossier: Dossier, worded: Worded) -> str:
    """Return everything, readable by machines; what was said stands there as it was read."""
    plain = _plain(dossier)
    for said, row in zip(plain["said"], dossier.said, strict=True):
        said["text"] = words_of(row.content, worded) if row.content else None
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def as_text(dossier: Dossier, worded: Worded, zone: ZoneInfo, clinic: str) -> str:
    """Return everything, readable by people."""
    return "\n".join(_lines(dossier, worded, zone, clinic)) + "\n"


def words_of(content: Content, worded: Worded) -> str:
    """Return what a person read of a row; where its wording is gone since, the name and values of it."""
    match content:
        case Typed(words):
            return words
        case Wording():
            try:
                return _of_reply(worded(content))
            except WordingError:
                return json.dumps(_plain(content), ensure_ascii=False)
        case MediaLink() | TemplateMessage():
            return _of_reply(content)


def _of_reply(reply: Reply) -> str:
    match reply:
        case Text(body):
            return body
        case ReplyButtons():
            return _joined(reply.header, reply.body, reply.footer, *(f"[{button.title}]" for button in reply.buttons))
        case ListMessage():
            rows = (row for section in reply.sections for row in section.rows)
            shown = (f"[{row.title}] {row.description or ''}".strip() for row in rows)
            return _joined(reply.header, reply.body, reply.footer, *shown)
        case LinkButton():
            return _joined(reply.body, reply.footer, f"[{reply.display_text}] {reply.url}")
        case Place():
            return _joined(reply.name, reply.address)
        case MediaLink():
            return _joined(reply.caption, reply.filename, reply.link)
        case TemplateMessage():
            return _joined(reply.name, *(value for _, value in reply.body), *reply.quick_replies)


def _joined(*parts: str | None) -> str:
    return "\n".join(part for part in parts if part)


# ---------------------------------------------------------------------------------------------------------------- JSON


def _plain(value: Any) -> Any:
    """Return a value in JSON's own kinds."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    match value:
        case Enum():
            return value.value
        case Mapping():
            return {str(key): _plain(one) for key, one in value.items()}
        case tuple() | list() | set() | frozenset():
            return [_plain(one) for one in value]
        case datetime():
            return value.isoformat()
        case bytes():
            return b64encode(value).decode()
        case None | bool() | int() | float() | str():
            return value
    return str(value)


# ---------------------------------------------------------------------------------------------------------------- text


def _lines(dossier: Dossier, worded: Worded, zone: ZoneInfo, clinic: str) -> Iterator[str]:
    def at(moment: datetime | None) -> str:
        return f"{moment.astimezone(zone):%d/%m/%Y %H:%M}" if moment else "-"

    yield from (f"{clinic}: copia dei dati conservati dall'assistente WhatsApp", "")
    yield from _person(dossier, at)
    yield from ("", "CONVERSAZIONE", "")
    for _, lines in sorted(_turns(dossier, worded, at), key=lambda turn: turn[0]):
        yield from lines
    yield from _rest(dossier, at)


def _person(dossier: Dossier, at: Callable[[datetime | None], str]) -> Iterator[str]:
    contact = dossier.contact
    yield from ("CHI", "", f"Riferimento: {dossier.contact_id}", f"Conosciuto dal: {at(dossier.known_since)}")
    if dossier.erased_at:
        yield f"Dati cancellati il: {at(dossier.erased_at)}"
    for name, value in (
        ("Nome del profilo WhatsApp", contact.profile_name),
        ("Nome utente", contact.username),
        ("Numero", contact.wa_id),
        ("Identificativo WhatsApp", contact.user_id),
        ("Identificativo WhatsApp superiore", contact.parent_user_id),
        ("Lingua", dossier.language or None),
    ):
        if value:
            yield f"{name}: {value}"


def _turns(
    dossier: Dossier, worded: Worded, at: Callable[[datetime | None], str]
) -> Iterator[tuple[tuple[datetime, UUID], tuple[str, ...]]]:
    """Give what was written and what was answered, each with the moment and the id it is sorted by."""
    for message in dossier.messages:
        yield (message.received_at, message.id), (f"[{at(message.received_at)}] Lei: {_written(message)}", "")
    for row in dossier.said:
        yield (row.created_at, row.id), (f"[{at(row.created_at)}] {_who(row)}: {_told(row, worded)}", "")


def _written(message: Received) -> str:
    if message.content is None:
        return f"{DELETED} ({message.kind})"
    kept = {key: value for key, value in message.content.items() if key not in ("wamid", "words", "shape")}
    more = ", ".join(f"{key}: {json.dumps(_plain(value), ensure_ascii=False)}" for key, value in kept.items())
    words = str(message.content.get("words") or f"({message.kind})")
    return f"{words} ({more})" if more else words


def _who(row: Said) -> str:
    return {"staff": "Personale"}.get(row.author, "Assistente")


def _told(row: Said, worded: Worded) -> str:
    words = words_of(row.content, worded) if row.content else DELETED
    return words if row.state in ("sent", "delivered", "read") else f"{words} (non consegnato: {row.state})"


def _size(file: SentFile) -> str:
    return f"{len(file.content)} byte" if file.content is not None else "non conservato"


def _rest(dossier: Dossier, at: Callable[[datetime | None], str]) -> Iterator[str]:
    yield from _section("RISPOSTE DATE NEI MENU", (_answers(dossier.answers),) if dossier.answers else ())
    calls = (f"[{at(c.at)}] {c.action}: {c.outcome or '-'} {_answers(c.answers or {})}" for c in dossier.calls)
    yield from _section("OPERAZIONI", calls)
    handed = (f"[{at(h.opened_at)}] {h.team}, {h.reason}; chiuso: {at(h.closed_at)}" for h in dossier.handoffs)
    yield from _section("PASSAGGI AL PERSONALE", handed)
    files = (f"[{at(f.at)}] {f.mime or '-'}: {_size(f)}" for f in dossier.files)
    yield from _section("FILE INVIATI (il contenuto è nella copia JSON)", files)
    chosen = (
        f"[{at(c.at)}] {c.route or '-'} ({c.by}, {'sicuro' if c.sure else 'incerto'}, {c.tone or '-'})"
        for c in dossier.chosen
    )
    yield from _section("SCELTE AUTOMATICHE SUI MESSAGGI SCRITTI", chosen)
    noted = (f"[{at(n.at)}] {n.words or DELETED}" for n in dossier.notes)
    yield from _section("APPUNTI DEL PERSONALE", noted)
    yield from _section("ETICHETTE", dossier.labels)
    visits = (
        f"[{at(v.starts_at)}] {v.service}, {v.practitioner}, {v.place}: {v.state} {v.code or ''} {_answers(v.patient or {})}"
        for v in dossier.visits
    )
    yield from _section("APPUNTAMENTI", visits)
    people = (f"[{at(p.known_since)}] {_answers(p.person or {})}; usato il: {at(p.last_at)}" for p in dossier.people)
    yield from _section("PERSONE PER CUI HA PRENOTATO", people)
    waits = (
        f"[{at(w.joined_at)}] {w.service}, {w.practitioner or '-'}, {w.place or '-'}, {w.part or '-'}; fino al:"
        f" {at(w.ends_at)} {_answers(w.patient or {})}"
        for w in dossier.waits
    )
    yield from _section("LISTA D'ATTESA", waits)
    offers = (
        f"[{at(o.at)}] {at(o.starts_at)}, {o.service}, {o.practitioner}, {o.place}: {o.state}" for o in dossier.offers
    )
    yield from _section("POSTI OFFERTI DALLA LISTA D'ATTESA", offers)
    told = (f"[{at(n.due_at)}] {n.kind}: {n.state} {n.reason or ''}".rstrip() for n in dossier.notices)
    yield from _section("PROMEMORIA E AVVISI", told)
    given = (f"[{at(c.at)}] {c.purpose}: {'sì' if c.given else 'no'} ({c.source})" for c in dossier.consents)
    yield from _section("CONSENSI E RIFIUTI", given)


def _answers(answers: Mapping[str, object]) -> str:
    return json.dumps(_plain(answers), ensure_ascii=False)


def _section(title: str, lines: Any) -> Iterator[str]:
    shown = tuple(lines)
    if shown:
        yield from ("", title, "", *shown)
