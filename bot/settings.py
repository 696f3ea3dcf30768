"""What the desk must be told at its start: every environment variable there is, with its check and one line of help.

Read once, by `bot/app.py` and `worker.py`, and passed down. No secret has a default; no error shows a value.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

from bot.client_key import ClientKey, read_client_key

KEY_BYTES = 32  # AES-256 for the fields, HMAC-SHA-256 for the hashes
SECRET_KEY_CHARACTERS = 32

# How a platform gives itself away. Its disk is emptied at each deploy, so a file there is no database.
PLATFORM_PREFIXES = ("RAILWAY_", "FLY_", "SCALINGO_", "DOKKU_")
PLATFORM_NAMES = ("DYNO", "RENDER", "K_SERVICE", "VCAP_APPLICATION", "WEBSITE_INSTANCE_ID", "CC_DEPLOYMENT_ID")
SCALINGO_CONTAINER = re.compile(r"[a-z][a-z0-9-]*-\d+")  # CONTAINER=web-1; other programs set CONTAINER to other words


class SettingsError(Exception):
    """The environment cannot be used: every problem at once, each a sentence to act on, none with a value in it."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("The settings cannot be used:\n" + "\n".join(f"  - {problem}" for problem in problems))
        self.problems = problems


class _Fault(Exception):
    """What is wrong with one value: the end of a sentence that begins with the variable's name."""


# ------------------------------------------------------------------------------------------------- reading one value


def _word(raw: str) -> str:
    if not raw.isascii() or any(character.isspace() for character in raw):
        raise _Fault("holds a space or a letter that no such value has: copy it again")
    return raw


def _digits(raw: str) -> str:
    if not (raw.isascii() and raw.isdigit()):
        raise _Fault("must be Meta's id, digits only (not the phone number with its +)")
    return raw


def _graph_version(raw: str) -> str:
    if not re.fullmatch(r"v[1-9]\d{0,2}\.\d", raw):
        raise _Fault("must look like v26.0")
    return raw


def _secret_key(raw: str) -> str:
    if len(raw) < SECRET_KEY_CHARACTERS or len(set(raw)) < 8:
        raise _Fault(f"must be at least {SECRET_KEY_CHARACTERS} random characters: openssl rand -base64 48")
    return raw


def _key(raw: str) -> bytes:
    try:
        key = b64decode(raw, validate=True)
    except (Base64Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise _Fault(f"must be {KEY_BYTES} bytes in base64: openssl rand -base64 32")
    return key


def _field_keys(raw: str) -> tuple[tuple[str, bytes], ...]:
    keys = tuple(_field_key(number, entry.strip()) for number, entry in enumerate(raw.split(","), start=1))
    if len({id_ for id_, _ in keys}) < len(keys):
        raise _Fault("names the same key id twice")
    if len({key for _, key in keys}) < len(keys):
        raise _Fault("holds the same key under two ids")
    return keys


def _field_key(number: int, entry: str) -> tuple[str, bytes]:
    id_, colon, key = entry.partition(":")
    if not colon or not re.fullmatch(r"[A-Za-z0-9_-]{1,16}", id_):
        raise _Fault(f"entry {number} must be id:key, the id 1 to 16 letters, digits, - or _")
    try:
        return id_, _key(key)
    except _Fault as fault:
        raise _Fault(f"entry {number} {fault}") from None


def _database_url(raw: str) -> str:
    file = raw.removeprefix("sqlite:///")
    if file != raw and file not in ("", ":memory:"):
        return raw  # as it is: a path may hold spaces
    if _split(raw).scheme not in ("postgres", "postgresql", "postgresql+psycopg"):
        raise _Fault("must begin with postgres:// (or be sqlite:/// and a file's path, where the disk stays)")
    return "postgresql+psycopg:" + raw.partition(":")[2]


def _redis_url(raw: str) -> str:
    parts = _split(raw)
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        raise _Fault("must begin with redis:// or rediss:// and name a host")
    if "ssl_" in parts.query:
        raise _Fault("must not carry ssl_ options: a self-signed certificate is accepted by REDIS_TLS_INSECURE=1 only")
    return raw


def _flag(raw: str) -> bool:
    if raw not in ("0", "1"):
        raise _Fault("must be 1 or 0")
    return raw == "1"


def _web_url(raw: str) -> str:
    parts = _split(raw)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _Fault("must be a web address that begins with https://")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise _Fault("must begin with https:// (http:// is for this very machine only)")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise _Fault("must be a bare address: no user, no ?, no #")
    return raw.rstrip("/")


def _busy_calendars(raw: str) -> tuple[tuple[str, str], ...]:
    found = tuple(_busy_calendar(number, entry) for number, entry in enumerate(raw.split(), start=1))
    if len({practitioner for practitioner, _ in found}) < len(found):
        raise _Fault("names the same practitioner twice")
    return found


def _busy_calendar(number: int, entry: str) -> tuple[str, str]:
    practitioner, equals, url = entry.partition("=")
    if not equals or not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", practitioner):
        raise _Fault(f"entry {number} must be practitioner=https://..., the practitioner as in the clinic's file")
    parts = _split(re.sub(r"^webcals?://", "https://", url))
    is_here = parts.scheme == "http" and parts.hostname is not None and _is_loopback(parts.hostname)
    if not (parts.scheme == "https" or is_here) or not parts.hostname:
        raise _Fault(f"entry {number} must have an address that begins with https://")
    if parts.username or parts.password or parts.fragment:
        raise _Fault(f"entry {number} must have an address without a user and without a #")
    return practitioner, parts.geturl()


def _client_key(raw: str) -> ClientKey:
    try:
        return read_client_key(raw)
    except ValueError as fault:
        raise _Fault(str(fault)) from None


def _key_id(raw: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", raw):
        raise _Fault("must be 1 to 64 letters, digits, dots, - or _")
    return raw


def _scope(raw: str) -> str:
    if not all(
        re.fullmatch(r"system/([A-Za-z]+|\*)\.(\*|read|write|(?=[cruds])c?r?u?d?s?)", one) for one in raw.split()
    ):
        raise _Fault("must be scopes of a system, as in system/Slot.rsu, with a space between them")
    return " ".join(raw.split())


def _profile(raw: str) -> str:
    if raw not in ("rest", "ops"):
        raise _Fault("must be rest or ops")
    return raw


def _smtp_url(raw: str) -> str:
    parts = _split(raw)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise _Fault("must look like smtp://user:password@host:587/?from=desk@example.org&to=it@example.org")
    addresses = parse_qs(parts.query)
    absent = [name for name in ("from", "to") if "@" not in addresses.get(name, [""])[0]]
    if absent:
        raise _Fault(f"names no address in {' and '.join(f'{name}=' for name in absent)}")
    return raw


def _threads(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit() and 1 <= int(raw[:6]) <= 200):
        raise _Fault("must be a number from 1 to 200")
    return int(raw)


def _count(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit() and int(raw[:8]) <= 1_000_000):
        raise _Fault("must be a number from 0 to 1000000")
    return int(raw)


def _prices(raw: str) -> tuple[float, float]:
    found = re.fullmatch(r"(\d{1,4}(?:\.\d{1,4})?)/(\d{1,4}(?:\.\d{1,4})?)", raw, re.ASCII)
    if found is None:
        raise _Fault("must look like 0.10/0.50")
    return float(found[1]), float(found[2])


def _file(raw: str) -> Path:
    path = Path(raw)
    if not path.is_file():
        raise _Fault("names a file that is not there")
    return path


def _split(raw: str) -> SplitResult:
    try:
        parts = urlsplit(_word(raw))
        _ = parts.port
    except ValueError:
        raise _Fault("is not an address that can be read") from None
    return parts


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


# ------------------------------------------------------------------------------------------------------- the settings


def _setting(read: Callable[[str], Any], help: str, default: Any = MISSING, shown: bool = False) -> Any:
    """Declare a setting: how it is read, and the line of help that a missing one is reported with."""
    return field(default=default, repr=shown, metadata={"read": read, "help": help})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the desk is told; a field's variable is its name in capitals."""

    whatsapp_access_token: str = _setting(_word, "a system user's permanent token, from business.facebook.com")
    whatsapp_app_secret: str = _setting(_word, "the app's secret, from App settings > Basic at developers.facebook.com")
    whatsapp_verify_token: str = _setting(_word, "a word of your own, typed again where the webhook is registered")
    whatsapp_phone_number_id: str = _setting(_digits, "the number's id, from WhatsApp > API setup", shown=True)
    whatsapp_business_account_id: str = _setting(_digits, "the WABA's id, from WhatsApp > API setup", shown=True)
    whatsapp_graph_url: str = _setting(_web_url, "where Meta answers", "https://graph.facebook.com", shown=True)
    whatsapp_graph_version: str = _setting(_graph_version, "the version of Meta's Graph API", "v26.0", shown=True)
    database_url: str = _setting(_database_url, "postgres://user:password@host:5432/name, from the platform's add-on")
    redis_url: str = _setting(_redis_url, "redis://host:6379/0, from the platform's add-on")
    redis_tls_insecure: bool = _setting(_flag, "1 accepts a self-signed certificate of rediss://", False, shown=True)
    field_keys: tuple[tuple[str, bytes], ...] = _setting(
        _field_keys, "id:key for what is encrypted, the first one writes: echo k1:$(openssl rand -base64 32)"
    )
    hash_key: bytes = _setting(_key, "the key of the look-up hashes, never changed again: openssl rand -base64 32")
    secret_key: str = _setting(
        _secret_key, "what the staff's forms and the figures' token are made with: openssl rand -base64 48"
    )
    clinic_file: Path = _setting(_file, "the clinic's own facts; begin with a copy of clinic.example.yaml", shown=True)
    public_url: str = _setting(_web_url, "where the desk is reached from outside, https://...", shown=True)
    smtp_url: str | None = _setting(_smtp_url, "who is written to when something must be seen to", None)
    worker_threads: int = _setting(_threads, "how many jobs the worker does at once", 64, shown=True)
    anthropic_api_key: str | None = _setting(_word, "the key of the classifier; without it, authored examples", None)
    anthropic_base_url: str | None = _setting(_web_url, "where the classifier answers", None, shown=True)
    anthropic_model: str | None = _setting(_word, "the classifier's model", None, shown=True)
    anthropic_prices: tuple[float, float] | None = _setting(
        _prices, "what another model costs: US dollars for a million tokens read / written", None, shown=True
    )
    llm_daily_calls: int = _setting(_count, "how often the classifier is asked in 24 hours", 5000, shown=True)
    llm_person_calls: int = _setting(_count, "how often it is asked for one person in an hour", 20, shown=True)
    llm_surge: int = _setting(_count, "how many may wait for it before the others are spared the wait", 100, shown=True)
    llm_shadow: bool = _setting(
        _flag, "1 has the classifier look on: it decides, nothing is done about it", False, shown=True
    )

    busy_calendars: tuple[tuple[str, str], ...] = _setting(
        _busy_calendars, "practitioners' own calendars (ICS), whose busy times are not offered: neri=https://...", ()
    )
    fhir_base_url: str | None = _setting(
        _web_url, "the clinic's own FHIR R4 server, if it keeps the calendar, https://...", None, shown=True
    )
    fhir_token_url: str | None = _setting(_web_url, "where that server gives tokens", None, shown=True)
    fhir_client_id: str | None = _setting(_word, "the id that server gave the desk", None, shown=True)
    fhir_private_key: ClientKey | None = _setting(
        _client_key, "the key the desk signs with there: openssl ecparam -genkey -noout -name secp384r1", None
    )
    fhir_key_id: str | None = _setting(_key_id, "its name in the published set; without it, its thumbprint", None, True)
    fhir_previous_key: ClientKey | None = _setting(_client_key, "the key before it, while the two are changed", None)
    fhir_previous_key_id: str | None = _setting(_key_id, "the name of the key before it", None, True)
    fhir_scope: str = _setting(
        _scope,
        "what the desk asks to be allowed there",
        "system/Slot.rsu system/Schedule.rs system/Appointment.crus system/Patient.rs",
        shown=True,
    )
    fhir_profile: str = _setting(
        _profile, "rest (Slot and Appointment), or ops ($find, $hold, $book)", "rest", shown=True
    )

    @property
    def client_keys(self) -> tuple[ClientKey, ...]:
        """Return the keys the clinic's system knows us by, the one that signs first; none without such a system."""
        return client_keys({known.name: getattr(self, known.name) for known in fields(self)})

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read and check the environment; an empty variable is not set. Raise SettingsError with every problem."""
        values: dict[str, Any] = {}
        problems: list[str] = []
        for known in fields(cls):
            _read(known, environ, values, problems)
        problems += _contradictions(values, environ)
        if problems:
            raise SettingsError(tuple(problems))
        return cls(**values)


def readable(environ: Mapping[str, str]) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """Return the settings that can be read, by field, and every problem: for preflight, which goes on without the others."""
    values: dict[str, Any] = {known.name: known.default for known in fields(Settings) if known.default is not MISSING}
    read: dict[str, Any] = {}
    problems: list[str] = []
    for known in fields(Settings):
        _read(known, environ, read, problems)
    return values | read, (*problems, *_contradictions(read, environ))


def names() -> tuple[str, ...]:
    """Return the names of all variables the desk reads."""
    return tuple(known.name.upper() for known in fields(Settings))


def platform(environ: Mapping[str, str]) -> str | None:
    """Return the variable by which a platform with a passing disk is recognised; None on a machine of one's own."""
    for name in sorted(environ):
        if name in PLATFORM_NAMES or name.startswith(PLATFORM_PREFIXES):
            return name
    return "CONTAINER" if SCALINGO_CONTAINER.fullmatch(environ.get("CONTAINER", "")) else None


def _read(known: Field[Any], environ: Mapping[str, str], values: dict[str, Any], problems: list[str]) -> None:
    name = known.name.upper()
    raw = environ.get(name, "").strip()
    if not raw and known.default is MISSING:
        problems.append(f"{name} is not set: {known.metadata['help']}")
    elif raw:
        try:
            values[known.name] = known.metadata["read"](raw)
        except _Fault as fault:
            problems.append(f"{name} {fault}")


def _contradictions(values: Mapping[str, Any], environ: Mapping[str, str]) -> list[str]:
    """Name the settings that are well-formed but cannot stand together; what could not be read is not judged."""
    found = []
    host = platform(environ)
    if host and values.get("database_url", "").startswith("sqlite"):
        found.append(f"DATABASE_URL is a file, but {host} tells of a platform whose disk is emptied: add PostgreSQL")
    if values.get("redis_tls_insecure") and values.get("redis_url", "rediss:").startswith("redis:"):
        found.append("REDIS_TLS_INSECURE is set, but REDIS_URL does not use TLS: use rediss:// or remove it")
    if values.get("hash_key") in [key for _, key in values.get("field_keys", ())]:
        found.append("HASH_KEY is one of FIELD_KEYS: it must be a key of its own, those are changed and it never is")
    return found + _contradictions_elsewhere(values, environ)


KEY_IDS = (("private", "fhir_key_id"), ("previous", "fhir_previous_key_id"))
TOKEN_SETTINGS = ("fhir_token_url", "fhir_client_id", "fhir_private_key")


def _contradictions_elsewhere(values: Mapping[str, Any], environ: Mapping[str, str]) -> list[str]:
    """Name what is wrong with how the clinic's own system is reached; only on this very machine is it asked without a token."""
    told = {known.name for known in fields(Settings) if environ.get(known.name.upper(), "").strip()}
    others = sorted(name for name in told if name.startswith("fhir_") and name != "fhir_base_url")
    found = []
    if others and "fhir_base_url" not in told:
        found.append(f"FHIR_BASE_URL is not set, but {others[0].upper()} is: name the server, or remove the others")
    base = values.get("fhir_base_url")
    if base is not None and values.get("busy_calendars"):
        found.append("BUSY_CALENDARS is set, but FHIR_BASE_URL is too: that server says when somebody is busy")
    is_signed = any(name not in ("fhir_profile", "fhir_scope") for name in others)
    if base is not None and (is_signed or not base.startswith("http://")):
        helps = {known.name: known.metadata["help"] for known in fields(Settings)}
        absent = [name for name in TOKEN_SETTINGS if name not in told]
        found += [f"{name.upper()} is not set, but FHIR_BASE_URL is: {helps[name]}" for name in absent]
    if "fhir_previous_key" in told and "fhir_private_key" not in told:
        found.append(
            "FHIR_PREVIOUS_KEY is set, but FHIR_PRIVATE_KEY is not: it signs nothing, it is only still published"
        )
    keys = client_keys(values)
    if len({key.thumbprint for key in keys}) < len(keys):
        found.append("FHIR_PREVIOUS_KEY is the same key as FHIR_PRIVATE_KEY: put the new one into FHIR_PRIVATE_KEY")
    elif len({key.id for key in keys}) < len(keys):
        found.append("FHIR_PREVIOUS_KEY_ID names the key before it like the new one: each has a name of its own")
    return found


def client_keys(values: Mapping[str, Any]) -> tuple[ClientKey, ...]:
    """Return the keys among settings by field, each under its own name or the one it was given; the one that signs first."""
    named = ((values.get(f"fhir_{which}_key"), values.get(id)) for which, id in KEY_IDS)
    return tuple(ClientKey(id or key.id, key.pem) for key, id in named if key is not None)
