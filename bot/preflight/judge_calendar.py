"""From facts about the clinic's own FHIR server to findings, in the order in which a connection is put right."""

from __future__ import annotations

from collections.abc import Iterator

from bot.preflight.facts import CalendarFacts, Maybe, NotAsked, Refused, Silent
from bot.preflight.finding import FHIR, Finding, ok, skipped, stop, unknown, warn

SKEW_S, GREAT_SKEW_S = 5.0, 240.0  # an assertion is good for four minutes
R4 = ("4.0", "4.3")
TOKEN_REMEDIES = {
    "token_refused": "let the server know the client id and where our keys are published, and look at both clocks",
    "token_away": "look at FHIR_TOKEN_URL, and whether the server takes connections from here",
    "scope_refused": "have the server grant what FHIR_SCOPE asks for: it gave a token for less",
    "token_malformed": "look at FHIR_TOKEN_URL: what answers there gives no token",
}
LONGEST_LIST = 6


def judge_calendar(calendar: Maybe[CalendarFacts | None]) -> Iterator[Finding]:
    """Return the findings; none where the calendar is our own."""
    match calendar:
        case None:
            return
        case NotAsked():
            yield skipped("fhir", calendar)
        case Silent() | Refused():
            remedy = "look at FHIR_BASE_URL, then run this again"
            yield unknown("fhir", calendar, "The clinic's system was not looked at", remedy, f"{FHIR}#the-address")
        case CalendarFacts():
            yield from _names(calendar)
            yield from _access(calendar)
            if calendar.token is None:
                yield from _server(calendar)


def _names(calendar: CalendarFacts) -> Iterator[Finding]:
    link = f"{FHIR}#the-clinics-file"
    for fault in calendar.unnamed:
        yield stop("fhir_names", fault, "add it to the clinic's file", link)
    if not calendar.unnamed:
        yield ok("fhir_names", "the clinic's file names every practitioner, place and service there")


def _access(calendar: CalendarFacts) -> Iterator[Finding]:
    if calendar.keys:
        yield _keys(calendar)
    yield _rights(calendar)
    if not calendar.keys:
        yield warn(
            "fhir_token",
            "it is asked without a token, on this very machine",
            "set FHIR_TOKEN_URL unless a gateway here adds one",
            f"{FHIR}#the-token",
        )
    elif calendar.token is None:
        yield ok("fhir_token", "a token was given, for all that was asked for")
    else:
        remedy = TOKEN_REMEDIES.get(calendar.token, "look at the settings FHIR_...")
        yield stop("fhir_token", f"no token is given ({calendar.token})", remedy, f"{FHIR}#the-token")


def _keys(calendar: CalendarFacts) -> Finding:
    link, found = f"{FHIR}#the-key", calendar.published
    if isinstance(found, NotAsked | Silent | Refused):
        return unknown(
            "fhir_keys", found, "Our keys are not found under PUBLIC_URL", "deploy, then run this again", link
        )
    absent = [key for key in calendar.keys if key not in found]
    if absent:
        says = f"{len(absent)} of {len(calendar.keys)} keys are not published under PUBLIC_URL"
        return stop("fhir_keys", says, "deploy with these very settings, then run this again", link)
    return ok("fhir_keys", f"{len(calendar.keys)} published at /.well-known/jwks.json")


def _rights(calendar: CalendarFacts) -> Finding:
    if not calendar.lacking_rights:
        return ok("fhir_scope", "FHIR_SCOPE asks for all that is needed")
    says = f"FHIR_SCOPE does not ask for {', '.join(calendar.lacking_rights)}"
    return stop("fhir_scope", says, "add it, and have the server grant it", f"{FHIR}#the-token")


def _server(calendar: CalendarFacts) -> Iterator[Finding]:
    if calendar.silent is not None:
        remedy = "look at FHIR_BASE_URL: its /metadata must answer"
        yield stop("fhir_server", f"the server does not answer ({calendar.silent})", remedy, f"{FHIR}#the-address")
        return
    yield _version(calendar)
    yield _declared(calendar)
    if calendar.skew_s is not None:
        yield _clock(calendar.skew_s)
    yield from _each("fhir_schedules", "every schedule is there", calendar.schedules, "correct it in the clinic's file")
    yield from _free(calendar)


def _version(calendar: CalendarFacts) -> Finding:
    told = calendar.fhir_version
    if told is not None and told.startswith(R4):
        return ok("fhir_server", f"FHIR {told}")
    says = "it does not say which FHIR it speaks" if told is None else f"it speaks FHIR {told}"
    return stop("fhir_server", says, "name the server's address for R4 in FHIR_BASE_URL", f"{FHIR}#the-address")


def _declared(calendar: CalendarFacts) -> Finding:
    lacks = calendar.undeclared
    if not lacks:
        return ok("fhir_capability", "it says that it does all that is asked of it")
    more = f" and {len(lacks) - LONGEST_LIST} more" if len(lacks) > LONGEST_LIST else ""
    says = f"it does not say that it does {', '.join(lacks[:LONGEST_LIST])}{more}"
    return warn(
        "fhir_capability", says, "ask its vendor; try one booking and one cancellation", f"{FHIR}#what-is-asked"
    )


def _clock(skew_s: float) -> Finding:
    says = f"this machine's clock differs from the server's by {abs(skew_s):.0f} s"
    if abs(skew_s) < SKEW_S:
        return ok("clock_fhir", says)
    make = warn if abs(skew_s) < GREAT_SKEW_S else stop
    return make(
        "clock_fhir", says, "let NTP set both clocks: a token is refused to whoever is late", f"{FHIR}#the-token"
    )


def _each(check: str, well: str, faults: tuple[tuple[str, str], ...], remedy: str) -> Iterator[Finding]:
    for what, why in faults:
        yield stop(check, f"{what}: {why}", remedy, f"{FHIR}#the-clinics-file")
    if not faults:
        yield ok(check, well)


def _free(calendar: CalendarFacts) -> Iterator[Finding]:
    for service, why in calendar.services:
        remedy = "look whether its type in the clinic's file is the server's, and whether slots are free there"
        yield warn("fhir_free_times", f"{service}: {why}", remedy, f"{FHIR}#the-clinics-file")
    if not calendar.services and not calendar.unnamed:
        yield ok("fhir_free_times", "every service has free times")
