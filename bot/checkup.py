"""Gathering what preflight judges: every part is asked at the same time, on whatever settings can be read, within a bound."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar
from urllib.parse import urlsplit

from bot import later
from bot.alarm import Teller
from bot.clinic import Clinic, ClinicError, load_clinic
from bot.clock import Clock
from bot.message_templates import Template, TemplateError, load_templates, of_clinic
from bot.outreach.wording import check_templates
from bot.preflight import (
    AccountFacts,
    CalendarFacts,
    Environment,
    Facts,
    HouseFacts,
    Maybe,
    NotAsked,
    Portal,
    Reached,
    Refused,
    Silent,
    SubscriptionFacts,
    TokenFacts,
)
from bot.reach import Unreached, ask
from bot.scheduling.fhir.condition import condition as calendar_condition
from bot.scheduling.fhir.connect import reached
from bot.settings import readable
from bot.store.condition import condition
from bot.whatsapp.admin import Admin, AdminError
from bot.whatsapp.rehearsal import rehearse
from bot.wiring import ROOT, busy_fault
from bot.wording import WordingError, load_wordings
from menus.load import FlowError, load_flows

WHOLE_S = 60.0
TOO_LONG = Silent("no answer in time")
BROKEN_OFF = Silent("the look at it broke off: see the traceback")
TEMPLATES, FLOWS = ROOT / "templates", ROOT / "menus" / "flows"
ADMIN = ("whatsapp_graph_url", "whatsapp_graph_version", "whatsapp_access_token", "whatsapp_app_secret")
NUMBER, ACCOUNT = "whatsapp_phone_number_id", "whatsapp_business_account_id"

Found = TypeVar("Found")


class Question(Generic[Found]):
    """One thing that is being found out, in a thread that ends with us whatever it waits for."""

    def __init__(self, find: Callable[[], Maybe[Found]]) -> None:
        self._found: list[Maybe[Found]] = []
        self._thread = threading.Thread(target=lambda: self._found.append(find()), daemon=True)
        self._thread.start()

    def answer(self, until: float) -> Maybe[Found]:
        """Return what was found out, Silent if nothing was when the time is over."""
        self._thread.join(max(0.0, until - time.monotonic()))
        if self._found:
            return self._found[0]
        return TOO_LONG if self._thread.is_alive() else BROKEN_OFF


Looked: TypeAlias = tuple[Clinic | None, HouseFacts]


def gather(environ: Mapping[str, str], clock: Clock, look: Callable[[Path], Looked] | None = None) -> Facts:
    """Find everything out; what cannot be found out says why. `look` at the clinic's file and the menus: `look_at_house`."""
    return _Checkup(environ, clock).facts(look or look_at_house)


def look_at_house(clinic_file: Path) -> Looked:
    """Load the clinic's file, the flows, the words and the message templates, and tell what is wrong with each."""
    clinic, faults = _clinic(clinic_file)
    templates, template_faults = _templates(clinic)
    return clinic, HouseFacts(
        clinic=faults,
        flows=_faults(lambda: load_flows(FLOWS)),
        wordings=_faults(lambda: load_wordings(TEMPLATES, _languages(clinic), _values(clinic))),
        warnings=clinic.warnings if clinic else (),
        template_files=template_faults,
        templates=templates,
        languages=clinic.languages if clinic else (),
    )


class _Checkup:
    """One round of questions. All are put before the first answer is waited for."""

    def __init__(self, environ: Mapping[str, str], clock: Clock) -> None:
        self._told, self._problems = readable(environ)
        self._clock = clock
        self._processes = environ.get("WEB_CONCURRENCY", "")

    def facts(self, look: Callable[[Path], Looked]) -> Facts:
        """Ask, wait, and put it together."""
        clinic, house = self._house(look)
        until = time.monotonic() + WHOLE_S
        put = self._put
        database = put(("database_url",), lambda url: condition(url, self._clock))
        redis = put(("redis_url", "redis_tls_insecure"), later.condition)
        token = put(ADMIN, _of(_token))
        number = put((*ADMIN, NUMBER), _of(lambda admin, number: admin.number(number)))
        account = put((*ADMIN, ACCOUNT), _of(_account))
        templates = put((*ADMIN, ACCOUNT), _of(lambda admin, account: admin.templates(account)))
        skew_s = put((*ADMIN, NUMBER), _of(lambda admin, number: admin.clock_skew_s(number)))
        trip = put(("public_url",), self._rehearse)
        smtp = put((), self._smtp)
        elsewhere = put((), lambda: self._elsewhere(clinic))
        portals = [(url, put((), _portal(url))) for url in (_portal_urls(clinic) if clinic else ())]
        known_token, subscription = _apart(token.answer(until))
        return Facts(
            now=self._clock.now(),
            environment=self._environment(clinic),
            house=house,
            database=database.answer(until),
            redis=redis.answer(until),
            token=known_token,
            number=number.answer(until),
            account=account.answer(until),
            subscription=subscription,
            templates=templates.answer(until),
            meta_skew_s=skew_s.answer(until),
            round_trip=trip.answer(until),
            portals=tuple(Portal(_host(url), found.answer(until)) for url, found in portals),
            portal_hosts=frozenset(clinic.portal_hosts if clinic else ()),
            smtp=smtp.answer(until),
            calendar=elsewhere.answer(until),
        )

    def _put(self, needs: tuple[str, ...], find: Callable[..., Maybe[Found]]) -> Question[Found]:
        """Put a question, unless a setting it needs cannot be read."""
        absent = tuple(name.upper() for name in needs if name not in self._told)
        if absent:
            return Question(lambda: NotAsked(absent))
        return Question(lambda: find(*(self._told[name] for name in needs)))

    def _environment(self, clinic: Clinic | None) -> Environment:
        processes = self._processes
        stranger = busy_fault(self._told.get("busy_calendars", ()), clinic) if clinic else None
        return Environment(
            problems=(*self._problems, stranger) if stranger else self._problems,
            graph_url=self._told.get("whatsapp_graph_url"),
            graph_version=self._told.get("whatsapp_graph_version"),
            public_url=self._told.get("public_url"),
            phone_number_id=self._told.get(NUMBER),
            web_processes=int(processes) if processes.isascii() and processes.isdigit() and processes != "0" else 1,
        )

    def _house(self, look: Callable[[Path], Looked]) -> tuple[Clinic | None, Maybe[HouseFacts]]:
        path: Path | None = self._told.get("clinic_file")
        return (None, NotAsked(("CLINIC_FILE",))) if path is None else look(path)

    def _rehearse(self, public_url: str) -> Any:
        told = self._told
        return rehearse(public_url, told.get("whatsapp_verify_token"), told.get("whatsapp_app_secret"))

    def _elsewhere(self, clinic: Clinic | None) -> Maybe[CalendarFacts | None]:
        """Look at the clinic's own FHIR server, if the settings name one and can be read."""
        if any(one.startswith("FHIR_") for one in self._problems):
            return NotAsked(("FHIR_BASE_URL",))
        if self._told.get("fhir_base_url") is None:
            return None
        if clinic is None or self._told.get("public_url") is None:
            return NotAsked(("CLINIC_FILE", "PUBLIC_URL"))
        return calendar_condition(reached(self._told), clinic, str(self._told["public_url"]), self._clock)

    def _smtp(self) -> Maybe[bool | None]:
        url: str | None = self._told.get("smtp_url")
        if url is None:
            return NotAsked(("SMTP_URL",)) if any(one.startswith("SMTP_URL") for one in self._problems) else None
        fault = Teller(url, "").check()
        return True if fault is None else Silent(fault)


# ------------------------------------------------------------------------------------------------------ clinic and menus


def _clinic(path: Path) -> tuple[Clinic | None, tuple[str, ...]]:
    try:
        return load_clinic(path), ()
    except ClinicError as error:
        return None, tuple(str(fault) for fault in error.faults)


def _faults(load: Callable[[], object]) -> tuple[str, ...]:
    try:
        load()
    except (FlowError, WordingError) as error:
        return tuple(str(fault) for fault in error.faults)
    return ()


def _templates(clinic: Clinic | None) -> tuple[tuple[Template, ...], tuple[str, ...]]:
    """Return the message templates the clinic sends, and what is wrong with their files."""
    try:
        templates = load_templates(TEMPLATES / "message_templates")
        if clinic is None:
            return (), ()
        templates = of_clinic(templates, clinic.privacy)
        check_templates(templates, clinic)
    except TemplateError as error:
        return (), tuple(str(error).splitlines())
    return templates, ()


def _languages(clinic: Clinic | None) -> tuple[str, ...]:
    """Return the clinic's languages; all there are words for, if its file cannot be read."""
    if clinic is not None:
        return clinic.languages
    return tuple(sorted(folder.name for folder in TEMPLATES.iterdir() if folder.is_dir()))


def _values(clinic: Clinic | None) -> dict[str, Any]:
    return {
        "clinic": clinic.name if clinic else "",
        "emergency_number": clinic.emergency.numbers[0] if clinic else "",
    }


# ------------------------------------------------------------------------------------------------------------------ Meta


def _of(find: Callable[..., Maybe[Found]]) -> Callable[..., Maybe[Found]]:
    """Let a question be put to Meta: the first four settings make the caller, the others are handed on."""

    def found(url: str, version: str, token: str, secret: str, *others: str) -> Maybe[Found]:
        try:
            return find(Admin(url, version, token, secret), *others)
        except AdminError as error:
            return error.fact

    return found


def _token(admin: Admin) -> tuple[TokenFacts, Maybe[SubscriptionFacts | None]]:
    """Ask about the token, and then, as the app it names, about its webhook."""
    token = admin.token()
    if token.app_id is None:
        return token, Silent("Meta does not name the token's app")
    app_id = token.app_id
    return token, _told(lambda: admin.subscription(app_id))


def _apart(
    answer: Maybe[tuple[TokenFacts, Maybe[SubscriptionFacts | None]]],
) -> tuple[Maybe[TokenFacts], Maybe[SubscriptionFacts | None]]:
    if isinstance(answer, NotAsked | Silent | Refused):
        return answer, answer
    return answer


def _account(admin: Admin, account_id: str) -> AccountFacts:
    return AccountFacts(_told(lambda: admin.numbers(account_id)), _told(lambda: admin.apps(account_id)))


def _told(find: Callable[[], Found]) -> Maybe[Found]:
    try:
        return find()
    except AdminError as error:
        return error.fact


# ---------------------------------------------------------------------------------------------------------------- portal


def _portal_urls(clinic: Clinic) -> tuple[str, ...]:
    """Return the pages patients are sent to, and the front page of each other host on the list."""
    pages = tuple(url for url in (clinic.results_url, clinic.invoices_url) if url is not None)
    hosts = {_host(url) for url in pages}
    return (*pages, *(f"https://{host}/" for host in clinic.portal_hosts if host not in hosts))


def _portal(url: str) -> Callable[[], Reached | Silent]:
    def reach() -> Reached | Silent:
        try:
            answer = ask("GET", url)
        except Unreached as fault:
            return Silent(fault.why)
        return Reached(answer.status, _host(answer.headers.get("location", "")) or None)

    return reach


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
