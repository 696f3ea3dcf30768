"""From facts to findings: everything that can be looked at, in the order in which a deploy is put right."""

from __future__ import annotations

from collections.abc import Iterator

from bot.preflight.facts import (
    DatabaseFacts,
    Environment,
    Facts,
    HouseFacts,
    Maybe,
    NotAsked,
    Portal,
    RedisFacts,
    Refused,
    Silent,
)
from bot.preflight.finding import DEPLOYING, Finding, Level, ok, skipped, stop, unknown, warn
from bot.preflight.judge_calendar import judge_calendar
from bot.preflight.judge_whatsapp import judge_whatsapp

POSTGRES = (13,)  # btree_gist is a trusted extension since then: whoever owns the database may create it
REDIS = (5,)  # what RQ needs
EXTENSION = "btree_gist"
WEB_CONNECTIONS, WORKER_CONNECTIONS, COMMAND_CONNECTIONS = (
    8,
    5,
    2,
)  # docs/states.md 7; a release or a command beside them
ALIVE_S = 5.0
SKEW_S, GREAT_SKEW_S = 5.0, 300.0


def judge(facts: Facts) -> tuple[Finding, ...]:
    """Return a finding for everything that was looked at."""
    return tuple(_findings(facts))


def _findings(facts: Facts) -> Iterator[Finding]:
    yield from _settings(facts.environment)
    yield from _house(facts.house)
    yield from _database(facts)
    yield from _redis(facts.redis)
    yield from judge_whatsapp(facts)
    yield from _portals(facts)
    yield _smtp(facts.smtp)
    yield from judge_calendar(facts.calendar)


# ---------------------------------------------------------------------------------------------------- settings and files


def _settings(environment: Environment) -> Iterator[Finding]:
    for problem in environment.problems:
        yield stop("settings", problem, "set it in the platform's settings", f"{DEPLOYING}#settings")
    if not environment.problems:
        yield ok("settings", "all are there and well-formed")


def _house(house: Maybe[HouseFacts]) -> Iterator[Finding]:
    link = f"{DEPLOYING}#the-clinics-file-and-the-menus"
    if not isinstance(house, HouseFacts):
        yield unknown("clinic_file", house, "The clinic's file cannot be read", "let CLINIC_FILE name it", link)
        return
    kinds = {
        "clinic_file": (house.clinic, "correct the line; docs/clinic-file.md explains each key"),
        "flows": (house.flows, "correct the flow: python -m menus check"),
        "wordings": (house.wordings, "correct the text: python -m menus check"),
        "template_files": (house.template_files, "correct the file in templates/message_templates"),
    }
    for check, (faults, remedy) in kinds.items():
        yield from (stop(check, fault, remedy, link) for fault in faults)
        if not faults:
            yield ok(check, "loads without a fault")
    yield from _warnings(house)


def _warnings(house: HouseFacts) -> Iterator[Finding]:
    """Tell the clinic's own warnings; those about emergency numbers are a check of their own."""
    link = f"{DEPLOYING}#the-clinics-file-and-the-menus"
    numbers = [warning for warning in house.warnings if warning.startswith("emergency")]
    for warning in house.warnings:
        check = "emergency_numbers" if warning in numbers else "reviews"
        yield warn(check, warning, "look at it again, then write the new date into the clinic's file", link)
    if not numbers and not house.clinic:
        yield ok("emergency_numbers", "each was called within the last year")


# -------------------------------------------------------------------------------------------------------------- database


def _database(facts: Facts) -> Iterator[Finding]:
    database, link = facts.database, f"{DEPLOYING}#the-database"
    if not isinstance(database, DatabaseFacts):
        remedy = "look at DATABASE_URL, and whether the database takes connections from here"
        yield unknown("database", database, "The database cannot be used", remedy, link)
        return
    yield from (_sqlite(),) if database.is_sqlite else _postgres(database, facts.environment)
    yield _migrations(database)
    yield _clock("clock_database", database.skew_s, "the database's")
    yield from _heartbeats(database)


def _sqlite() -> Finding:
    says = "it is a file: one machine, one disk, and a long lane of one patient may delay another's"
    return warn("database", says, "use PostgreSQL for patients: set DATABASE_URL", f"{DEPLOYING}#the-database")


def _postgres(database: DatabaseFacts, environment: Environment) -> Iterator[Finding]:
    link, shown = f"{DEPLOYING}#the-database", ".".join(map(str, database.version))
    if database.version < POSTGRES:
        yield stop("database", f"PostgreSQL {shown} is too old", "use 13 or newer", link)
    else:
        yield ok("database", f"PostgreSQL {shown}")
    if EXTENSION in database.extensions:
        yield ok("database_extension", f"{EXTENSION} is available")
    else:
        says = f"the extension {EXTENSION} is not available: appointments will need it"
        yield warn("database_extension", says, "ask the host for PostgreSQL's contrib extensions", link)
    yield _connections(database, environment)


def _connections(database: DatabaseFacts, environment: Environment) -> Finding:
    needed = environment.web_processes * WEB_CONNECTIONS + WORKER_CONNECTIONS + COMMAND_CONNECTIONS
    allowed = database.connections
    if allowed is None or allowed >= needed:
        return ok("database_connections", f"{needed} are needed, {'no limit' if allowed is None else allowed} allowed")
    says = f"{allowed} are allowed, up to {needed} are needed"
    return warn(
        "database_connections", says, "lower WEB_CONCURRENCY or take a larger plan", f"{DEPLOYING}#the-database"
    )


def _migrations(database: DatabaseFacts) -> Finding:
    if database.revision == database.head:
        return ok("migrations", f"at {database.head}")
    says = f"the database is at {database.revision or 'nothing'}, the code wants {database.head}"
    remedy = "run the release command: flask --app bot.app:create_app db-upgrade"
    return stop("migrations", says, remedy, f"{DEPLOYING}#migrations")


def _heartbeats(database: DatabaseFacts) -> Iterator[Finding]:
    for kind in ("web", "worker"):
        alive = sum(beat == kind and age < ALIVE_S for beat, age in database.beats)
        if alive:
            yield ok(f"{kind}_process", f"{alive} alive")
        else:
            remedy = f"start the {kind} process, look at its log, then run this again"
            yield stop(f"{kind}_process", "none has a heartbeat", remedy, f"{DEPLOYING}#processes")


def _clock(check: str, skew_s: float, whose: str) -> Finding:
    says = f"this machine's clock differs from {whose} by {abs(skew_s):.0f} s"
    if abs(skew_s) < SKEW_S:
        return ok(check, says)
    make = warn if abs(skew_s) < GREAT_SKEW_S else stop
    return make(check, says, "let NTP set the clock", f"{DEPLOYING}#clocks")


# ----------------------------------------------------------------------------------------------------------------- redis


def _redis(redis: Maybe[RedisFacts]) -> Iterator[Finding]:
    link = f"{DEPLOYING}#redis"
    if not isinstance(redis, RedisFacts):
        remedy = "look at REDIS_URL (rediss:// for TLS; REDIS_TLS_INSECURE=1 for a self-signed certificate)"
        yield unknown("redis", redis, "Redis cannot be used", remedy, link)
        return
    shown = ".".join(map(str, redis.version))
    if redis.version < REDIS:
        yield stop("redis", f"version {shown} is too old", "use 5 or newer, or Valkey", link)
    else:
        yield ok("redis", f"version {shown}")
    yield _eviction(redis.policy)
    yield _persistence(redis.is_persistent)


def _eviction(policy: str | None) -> Finding:
    link = f"{DEPLOYING}#redis"
    if policy == "noeviction":
        return ok("redis_eviction", "noeviction")
    says = "the policy is not told" if policy is None else f"{policy} may throw away jobs when memory is short"
    return warn("redis_eviction", says, "set maxmemory-policy to noeviction", link)


def _persistence(is_persistent: bool | None) -> Finding:
    says = {
        True: "jobs survive a restart",
        False: "nothing is kept over a restart; nothing is lost by it, the sweep rings again within 20 s",
        None: "not told; nothing would be lost by a restart",
    }
    return ok("redis_persistence", says[is_persistent])


# --------------------------------------------------------------------------------------------------------- what is around


def _portals(facts: Facts) -> Iterator[Finding]:
    if not facts.portals and not isinstance(facts.house, NotAsked):
        yield ok("portal", "the clinic's file names none: a team answers")
    for portal in facts.portals:
        yield _portal(portal, facts.portal_hosts)


def _portal(portal: Portal, hosts: frozenset[str]) -> Finding:
    link, remedy = f"{DEPLOYING}#the-portal", "correct the portal, or its links in the clinic's file"
    answer = portal.answer
    if isinstance(answer, NotAsked | Silent | Refused):
        return unknown("portal", answer, f"{portal.host} cannot be opened over https", remedy, link, Level.WARN)
    if answer.status >= 500 or answer.status == 404:
        return warn("portal", f"{portal.host} answers {answer.status}", remedy, link)
    if answer.redirect_host is not None and answer.redirect_host not in hosts:
        says = f"{portal.host} leads on to {answer.redirect_host}, which is not on the clinic's list of hosts"
        return warn("portal", says, "add that host to portal.hosts if it is yours", link)
    return ok("portal", f"{portal.host} answers {answer.status}")


def _smtp(smtp: Maybe[bool | None]) -> Finding:
    link = f"{DEPLOYING}#alarms"
    if isinstance(smtp, Silent | Refused):
        remedy = "look at SMTP_URL: host, port, user, password"
        return unknown("smtp", smtp, "Alarms cannot be mailed", remedy, link, Level.WARN)
    if isinstance(smtp, NotAsked):
        return skipped("smtp", smtp)
    if smtp is None:
        says = "nobody is written to when an alarm opens; it stands in the log and in the figures only"
        return warn("smtp", says, "set SMTP_URL", link)
    return ok("smtp", "the mail server lets us in")
